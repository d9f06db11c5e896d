"""The data of an open file, saved whole to another place: when its own place no longer takes it.

First SQLite's back-up through the store's own connection, which brings everything along, photos
and history too. When the medium can't even be read any more, a new file is filled from what was
last read of it. Then what waits to be written is done in the copy, as one edit, and only a copy
that was opened and checked gets its name.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from db.copying import give_name
from db.deeds import Deed
from db.errors import CreateFailed, DataFileError, ExistingFile
from db.opening import create_data_file, journal_of
from db.reasons import reason
from db.store import Refused, Store

LABEL = "พิมพ์ขณะบันทึกแฟ้มเดิมไม่ได้"


@dataclass(frozen=True, slots=True)
class SavedElsewhere:
    """What a copy holds.

    ``whole``: photos, issued files and history too; else only the data as last read. ``photos``:
    how many pictures could not be brought along. ``refused``: what waited and fits no longer.
    """

    path: Path
    whole: bool
    photos: int
    refused: tuple[Refused, ...]


def save_elsewhere(store: Store, path: Path, deeds: Iterable[Deed]) -> SavedElsewhere:
    """Save all of the open store and what waits as a new data file; the open one stays as it is.

    An existing file is never overwritten. Raises ExistingFile, CreateFailed; nothing is then left.
    """
    if os.path.lexists(path):
        raise ExistingFile(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        folder = tempfile.TemporaryDirectory(prefix=".", suffix=".new", dir=path.parent)
    except OSError as error:
        raise CreateFailed(path, reason(error)) from error
    with folder as name:
        growing = Path(name) / "copy.ita"
        whole = _copied(store, growing, path)
        photos = 0 if whole else _filled(store, growing, path)
        try:
            with Store(growing) as copy:
                refused = copy.do_all(deeds, LABEL)
            _sync(growing)
            give_name(growing, path)
        except FileExistsError as error:
            raise ExistingFile(path) from error
        except (DataFileError, OSError, sqlite3.Error) as error:
            detail = error.detail if isinstance(error, DataFileError) else reason(error)
            raise CreateFailed(path, detail) from error
    return SavedElsewhere(path, whole, photos, tuple(refused))


def _copied(store: Store, growing: Path, path: Path) -> bool:
    """Copy through the store's connection; False when the open file can't be read."""
    growing.touch(0o600)
    try:
        copying = store.begin_copy(growing)
        while copying.step(1.0):
            pass
        # A damaged page is copied as it is; only opening tells.
        with Store(growing) as copy:
            same = copy.dossier() == store.last_dossier
    except (DataFileError, sqlite3.Error) as error:
        _clear(growing)
        if _no_room(error):
            detail = error.detail if isinstance(error, DataFileError) else reason(error)
            raise CreateFailed(path, detail) from error
        return False
    if not same:
        _clear(growing)
    return same


def _no_room(error: Exception) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL


def _clear(growing: Path) -> None:
    for each in (growing, journal_of(growing)):
        with suppress(OSError):
            each.unlink(missing_ok=True)


def _filled(store: Store, growing: Path, path: Path) -> int:
    """Fill a new file from what was last read; returns how many pictures are missing."""
    try:
        create_data_file(growing)
        with Store(growing) as copy:
            missing = copy.take_over(store.last_dossier, store.picture)
            copy.take_frameworks(store.last_frameworks)
            return missing
    except DataFileError as error:
        raise CreateFailed(path, error.detail) from error


def _sync(growing: Path) -> None:
    with growing.open("rb+") as file:
        os.fsync(file.fileno())
