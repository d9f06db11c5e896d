"""Putting a back-up in the data file's place, with nothing of today lost."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from db import reasons
from db.backup import Backups
from db.copying import copy_file, digest_of, remove, sync_folder
from db.errors import (
    BackupFailed,
    DataFileError,
    LockedDataFile,
    ReadOnlyDataFile,
    RestoreFailed,
)
from db.holders import read_note
from db.opening import SIDECARS, is_open_elsewhere, waits_to_be_rolled_back
from db.shelf import Backup, Reason

KEPT = "damaged"


def restore(backups: Backups, backup: Backup) -> Backup | None:
    """Put a back-up in the data file's place; the file must be closed everywhere.

    Today's file first becomes a checked back-up, which is returned. One that is too damaged for
    that is kept beside it to the byte (``name (damaged …).ita-damaged``), and None is returned.
    Afterwards the data file is the back-up byte for byte. Raises RestoreFailed or another
    DataFileError; the data file is then as it was.
    """
    path = backups.path
    if not backups.verify(backup):
        raise RestoreFailed(path, "แฟ้มสำรองนี้ชำรุดหรือไม่ใช่แฟ้มสำรอง")
    digest = backup.digest or digest_of(backup.path)
    try:
        staged = _staged(path, backup.path, digest)
        try:
            today = _keep_today(backups)
            _take_sidecars_away(path)
            staged.replace(path)
            sync_folder(path.parent)
        finally:
            with suppress(OSError):
                remove(staged)
        if digest_of(path) != digest:
            raise RestoreFailed(path, "เขียนลงแล้วไม่ตรงกับแฟ้มสำรอง")
    except OSError as error:
        raise RestoreFailed(path, reasons.reason(error)) from error
    return today


def _staged(path: Path, source: Path, digest: str) -> Path:
    """A checked copy of the back-up in the data file's own folder, on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=".", suffix=".restoring", dir=path.parent)
    os.close(descriptor)
    staged = Path(name)
    try:
        copy_file(source, staged)
        if digest_of(staged) != digest:
            raise RestoreFailed(path, "คัดลอกแล้วไม่ตรงกับแฟ้มสำรอง")
    except BaseException:
        remove(staged)
        raise
    return staged


def _keep_today(backups: Backups) -> Backup | None:
    """Today's file as a back-up; as it is, when no checked one can be made of it."""
    path = backups.path
    if is_open_elsewhere(path):
        raise LockedDataFile(path, read_note(path))
    if not waits_to_be_rolled_back(path):
        today = _as_backup(backups)
        if today is None:
            _keep_as_it_is(path)
        return today
    # Opening lets SQLite undo half a save, and it may turn out to be damaged only then.
    kept = _keep_as_it_is(path)
    today = _as_backup(backups)
    if today is not None:
        for copy in kept:
            remove(copy)
    return today


def _as_backup(backups: Backups) -> Backup | None:
    """A checked back-up of today's file; None when the file is not there or not whole."""
    try:
        return backups.make_closed(Reason.RESTORE, thinned=False)
    except (LockedDataFile, ReadOnlyDataFile):
        raise
    except BackupFailed as error:
        if error.detail == reasons.FULL:
            raise RestoreFailed(backups.path, error.detail) from error
    except DataFileError:
        pass
    return None


def _keep_as_it_is(path: Path) -> list[Path]:
    """Copies of the file and what SQLite keeps beside it, to the byte, beside it."""
    at = datetime.now().strftime("%Y%m%d-%H%M%S")
    made: list[Path] = []
    for part in ("", *SIDECARS):
        source = path.with_name(path.name + part)
        if source.is_file() and (source == path or source.stat().st_size):
            kept = _unused(path.with_name(f"{path.stem} ({KEPT} {at}).ita-{KEPT}{part}"))
            descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            os.close(descriptor)
            made.append(kept)
            if copy_file(source, kept) != digest_of(kept):
                raise RestoreFailed(path, "เก็บแฟ้มเดิมไว้ไม่ได้")
    sync_folder(path.parent)
    return made


def _unused(path: Path) -> Path:
    """That name, or the next one with a number that nothing has yet."""
    names = [path, *(path.with_name(f"{path.name}-{number}") for number in range(2, 1000))]
    return next(each for each in names if not os.path.lexists(each))


def _take_sidecars_away(path: Path) -> None:
    """A journal of the earlier file would be played back into the new one.

    Nothing in it is lost: a whole file was rolled back and closed, anything else was copied.
    """
    for part in SIDECARS:
        remove(path.with_name(path.name + part))
    sync_folder(path.parent)
