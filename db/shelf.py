"""One folder of back-ups: how they are named, noted down, listed and deleted.

A back-up has two files: the data file itself, guarded against writing, and beside it a small note
(JSON) with its digest and what it holds. The note is written first: a back-up that has its final
name has been read through and noted down.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from db.contents import Contents, read_contents
from db.copying import connect_to_copy, digest_of, give_name, remove, sync_folder
from db.errors import DataFileError
from db.opening import check_copy
from ita_desktop.domain.fiscal import thai_date

SUFFIX = ".ita-backup"
_NOTE = ".json"
_PART = ".growing-"
_UNREADABLE = (OSError, ValueError, LookupError, TypeError, AttributeError, OverflowError)
_UNREADABLE += (RecursionError,)
"""What reading a note of any content raises."""
_NAME = re.compile(
    rf"^(?P<stem>.+) (?P<number>[0-9]{{6,12}}) (?P<at>[0-9]{{8}}-[0-9]{{6}}) (?P<reason>[a-z]+)"
    rf"{re.escape(SUFFIX)}$",
    re.DOTALL,
)
_LONGEST_STEM = 100
"""Bytes of the data file's name in a back-up's: with the rest it stays below any system's 255."""
_LONGEST_PATH = 250 if os.name == "nt" else 500
"""Of a whole path: letters that Windows still takes, bytes that SQLite takes elsewhere."""


_in_hand: set[Path] = set()
"""What this program is making now: no left-overs."""


class Reason(StrEnum):
    """Why a back-up was made; part of its name."""

    AUTO = "auto"
    CLOSE = "close"
    ASKED = "asked"
    MIGRATION = "migration"
    RESTORE = "restore"

    @property
    def label(self) -> str:
        """In Thai, as a list of back-ups shows it."""
        return _LABELS[self]


_LABELS = {
    Reason.AUTO: "สำรองเองขณะทำงาน",
    Reason.CLOSE: "สำรองเมื่อปิดแฟ้ม",
    Reason.ASKED: "สั่งสำรอง",
    Reason.MIGRATION: "ก่อนปรับให้เข้ากับโปรแกรมรุ่นใหม่",
    Reason.RESTORE: "ก่อนกู้คืน",
}


@dataclass(frozen=True, slots=True)
class Backup:
    """One back-up. ``number`` counts up for ever: later is higher, whatever the clock said.

    ``size`` in bytes. ``healthy`` False: the file is not as long as when it was checked, or its
    note is gone and it can't be read; ``Backups.verify`` reads all of it. ``digest`` is the
    SHA-256 of the file ("" when its note is gone).
    """

    path: Path
    number: int
    at: datetime
    reason: Reason
    size: int
    healthy: bool
    digest: str
    contents: Contents

    def sentence(self) -> str:
        """One line for a list in Thai: ``12 ต.ค. 2569 14.30 น. – มาตรการ 14 รายการ คะแนนครบ``."""
        when = f"{thai_date(self.at, short=True)} {self.at:%H.%M} น."
        return f"{when} – {self.contents.sentence() if self.healthy else 'อ่านไม่ได้'}"


class Shelf:
    """The back-ups of one data file in one folder. The folder is made with the first one."""

    def __init__(self, folder: Path, stem: str) -> None:
        self.folder = folder
        self._stem = _short_stem(stem, folder)

    def list(self) -> tuple[Backup, ...]:
        """All of them, latest number first. Never raises: what can't be read is not healthy."""
        try:
            found = [read_backup(path) for path in self.folder.iterdir() if _NAME.match(path.name)]
        except OSError:
            return ()
        return tuple(sorted(found, key=lambda b: (b.number, b.path.name), reverse=True))

    @contextmanager
    def growing(self) -> Iterator[Path]:
        """An empty private file to make a back-up in; gone afterwards unless it was put up."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._sweep()
        descriptor, name = tempfile.mkstemp(prefix=_PART, suffix=SUFFIX, dir=self.folder)
        os.close(descriptor)
        path = Path(name)
        _in_hand.add(path)
        try:
            yield path
        finally:
            _in_hand.discard(path)
            with suppress(OSError):
                remove(path)

    def _sweep(self) -> None:
        """Take away what an interrupted back-up has left. One program has the data file."""
        for path in self.folder.iterdir():
            if path.name.startswith(_PART) and path not in _in_hand:
                with suppress(OSError):
                    remove(path)

    def put_up(self, growing: Path, backup: Backup) -> Backup:
        """Give a checked file its note and its final name, over nothing that is there.

        Of ``backup`` the path and the size are not looked at; number 0 is the next one.
        """
        size = growing.stat().st_size
        number = backup.number or self.next_number()
        at, reason = backup.at, backup.reason
        path = self.folder / f"{self._stem} {number:06} {at:%Y%m%d-%H%M%S} {reason}{SUFFIX}"
        note = {
            "at": at.isoformat(timespec="seconds"),
            "size": size,
            "digest": backup.digest,
            "contents": backup.contents.as_data(),
        }
        _write_note(note_of(path), note)
        try:
            give_name(growing, path)
        except BaseException:
            note_of(path).unlink(missing_ok=True)
            raise
        path.chmod(0o400)  # only now: Windows renames and links nothing that is guarded
        sync_folder(self.folder)
        return replace(backup, path=path, number=number, size=size, healthy=True)

    def next_number(self) -> int:
        """A number higher than any that was seen in the folder, notes of lost files included."""
        return 1 + max((self._number_of(path) for path in self.folder.iterdir()), default=0)

    @staticmethod
    def _number_of(path: Path) -> int:
        match = _NAME.match(path.name.removesuffix(_NOTE))
        return int(match["number"]) if match else 0

    @staticmethod
    def delete(backup: Backup) -> None:
        """Delete a back-up, then its note. Raises OSError when the system refuses."""
        remove(backup.path)
        note_of(backup.path).unlink(missing_ok=True)


def note_of(path: Path) -> Path:
    """Where the note of a back-up lies."""
    return path.with_name(path.name + _NOTE)


def _write_note(path: Path, note: dict[str, object]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(note, ensure_ascii=False, indent=1))
        file.flush()
        os.fsync(file.fileno())


def _short_stem(stem: str, folder: Path) -> str:
    """The data file's name, shortened to what fits; a digest tells long ones apart."""
    length = len(str(folder)) if os.name == "nt" else len(os.fsencode(folder))
    room = max(12, min(_LONGEST_STEM, _LONGEST_PATH - length - 60))
    raw = os.fsencode(stem)
    if len(raw) <= room:
        return stem
    kept = raw[: room - 9].decode("utf-8", "ignore").rstrip(" .")
    return f"{kept}~{hashlib.sha256(raw).hexdigest()[:8]}"


# --- reading one -----------------------------------------------------------------------------


def read_backup(path: Path) -> Backup:
    """A back-up by its path, from its note; without one, from the file itself. Never raises."""
    match = _NAME.match(path.name)
    number = int(match["number"]) if match else 0
    reason = Reason(match["reason"]) if match and match["reason"] in tuple(Reason) else Reason.ASKED
    at = _time_in(match["at"]) if match else None
    try:
        size, changed = path.stat().st_size, datetime.fromtimestamp(path.stat().st_mtime)
    except (OSError, ValueError, OverflowError):
        size, changed = 0, datetime.fromtimestamp(0)
    at = (at or changed).astimezone()
    try:
        note = json.loads(note_of(path).read_text("utf-8"))
        noted_at, noted_size = datetime.fromisoformat(note["at"]).astimezone(), int(note["size"])
        digest, contents = str(note["digest"]), Contents.from_data(note["contents"])
    except _UNREADABLE:
        found = _read_from_file(path)
        return Backup(path, number, at, reason, size, found is not None, "", found or Contents())
    healthy = size == noted_size and size > 0
    return Backup(path, number, noted_at, reason, size, healthy, digest, contents)


def _time_in(name: str) -> datetime | None:
    with suppress(ValueError):
        return datetime.strptime(name, "%Y%m%d-%H%M%S")
    return None


def _read_from_file(path: Path) -> Contents | None:
    try:
        with closing(connect_to_copy(path)) as connection:
            return read_contents(connection)
    except (sqlite3.Error, ValueError, ArithmeticError, LookupError, OSError):
        return None


def is_whole(backup: Backup) -> bool:
    """Whether the file is byte for byte what was noted down; without a note, whether it is whole.

    Reads all of it.
    """
    try:
        if backup.digest:
            return digest_of(backup.path) == backup.digest
        check_copy(backup.path)
    except (OSError, DataFileError):
        return False
    return True
