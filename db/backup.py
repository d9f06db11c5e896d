"""Back-ups of one data file: made, listed, looked into, thinned, and put back.

Every back-up is a whole data file of its own, in a folder beside the data file, and counts only
once it was read through and found whole. ``docs/data-file.md`` gives the reasons.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from db import reasons
from db.compare import Difference, Records, difference
from db.contents import read_contents
from db.copying import Copying, connect_to_copy, copy_file, digest_of, sync
from db.errors import BackupFailed, DataFileError
from db.migrations import SCHEMA_VERSION
from db.opening import check_copy, close_data_file, open_as_it_is, read_copy, version_of
from db.schedule import Schedule
from db.shelf import Backup, Reason, Shelf, is_whole, read_backup
from db.store import Store
from db.thinning import to_delete
from ita_desktop.domain.dossier import Dossier

__all__ = ["Backup", "Backups", "Difference", "Making", "Reason", "Schedule", "SecondPlace"]

FOLDER_SUFFIX = "-backup"
MOST = 20 << 30
"""All back-ups together take no more bytes than this …"""
SHARE = 4
"""… nor more than a quarter of what the drive has for them."""
_DAMAGED = "มีส่วนของแฟ้มข้อมูลที่ชำรุด โปรดสั่งตรวจแฟ้ม"
SPARE = 50 << 20
"""So many bytes stay free: a full disk would refuse what is typed."""


def now() -> datetime:
    """The time now to the second, with the difference to world time."""
    return datetime.now().replace(microsecond=0).astimezone()


class Making:
    """A back-up in the making, in slices, so that typing goes on between them.

    Call ``step`` from the thread that owns the store, until it returns False; 20 ms apart is good.
    What is edited between the slices is in the back-up too. Closing the store cancels the copying.
    What was under way leaves nothing behind when it fails or is cancelled.
    """

    def __init__(
        self,
        copy_to: Callable[[Path], Copying],
        shelf: Shelf,
        reason: Reason,
        afterwards: Callable[[], object],
    ) -> None:
        self._shelf, self._reason, self._afterwards = shelf, reason, afterwards
        self._at = now()
        self._backup: Backup | None = None
        self._error: BaseException | None = None
        self._thread: threading.Thread | None = None
        self._stack = ExitStack()
        with self._failing():
            self._growing = self._stack.enter_context(shelf.growing())
            self._copying = copy_to(self._growing)

    def step(self, budget: float = 0.008) -> bool:
        """Copy for about ``budget`` seconds; True while there is more to do.

        Copying is followed by reading through the copy, in a thread of its own: then a step
        returns at once. Within an edit nothing is copied. Raises BackupFailed.
        """
        if self._thread is None and self._error is None:
            with self._failing():
                if self._copying.step(budget):
                    return True
                # Not a daemon: a back-up that only has to be checked is finished before the end.
                self._thread = threading.Thread(target=self._finish, name="checking a back-up")
                self._thread.start()
        if self._thread is not None and self._thread.is_alive():
            return True
        if self._error is not None:
            raise self._error
        return False

    def run(self) -> Backup:
        """All the rest at once; raises BackupFailed."""
        while self.step(1.0):
            if self._thread is not None:
                self._thread.join()
        if self._backup is None:
            raise BackupFailed(self._shelf.folder, "ยกเลิกแล้ว")
        return self._backup

    def cancel(self) -> None:
        """Give up the copying; nothing is left of it. A copy that is being checked is finished."""
        if self._thread is None and self._error is None:
            self._copying.cancel()
            self._error = BackupFailed(self._shelf.folder, "ยกเลิกแล้ว")
            self._stack.close()

    @property
    def share(self) -> float:
        """How much is copied, 0 to 1."""
        return self._copying.share

    @property
    def backup(self) -> Backup | None:
        """The back-up, once it is there."""
        return self._backup

    @contextmanager
    def _failing(self) -> Iterator[None]:
        """Whatever goes wrong, nothing stays, and the clerk gets a sentence."""
        try:
            yield
        except BaseException as error:
            self._stack.close()
            self._error = _why_not_made(error, self._shelf.folder)
            if self._error is error:
                raise
            raise self._error from error

    def _finish(self) -> None:
        with suppress(BaseException), self._failing(), self._stack:  # told by the next step
            self._backup = self._check_and_name()
        if self._backup is not None:
            with suppress(DataFileError, OSError):
                self._afterwards()

    def _check_and_name(self) -> Backup:
        sync(self._growing)
        check_copy(self._growing)
        with closing(connect_to_copy(self._growing)) as connection:
            contents = read_contents(connection)
        digest = digest_of(self._growing)
        unnamed = Backup(self._growing, 0, self._at, self._reason, 0, True, digest, contents)
        return self._shelf.put_up(self._growing, unnamed)


def _why_not_made(error: BaseException, path: Path) -> BaseException:
    if isinstance(error, BackupFailed):
        return error
    if isinstance(error, DataFileError):
        return BackupFailed(path, _DAMAGED)
    if isinstance(error, OSError | sqlite3.Error):
        return BackupFailed(path, reasons.reason(error))
    if isinstance(error, reasons.UNREADABLE_CONTENT):
        return BackupFailed(path, _DAMAGED)
    return error


@dataclass(frozen=True, slots=True)
class SecondPlace:
    """The folder on another drive. ``there``: it can be reached now.

    ``newest``: the newest back-up seen in it now; ``behind``: the data file's newest healthy
    back-up is not there yet. ``sentence`` says it in Thai.
    """

    folder: Path
    there: bool
    newest: Backup | None
    behind: bool
    sentence: str


class Backups:
    """The back-ups of one data file.

    Made of the data file's path, whether the file is there or not: a folder beside it holds them.
    ``second`` is a folder on another drive that gets a copy of each newest one.
    ``most`` bounds all back-ups together, in bytes; None: what the drive can spare.
    """

    def __init__(self, path: Path, second: Path | None = None, *, most: int | None = None) -> None:
        self.path = Path(os.path.realpath(path))
        self.second = second
        self._most = most
        self._shelf = Shelf(self.folder, self.path.stem)

    @property
    def folder(self) -> Path:
        """Where they are; made with the first one."""
        return self.path.with_name(self.path.name + FOLDER_SUFFIX)

    # --- making --------------------------------------------------------------------------------

    def make(self, store: Store, reason: Reason = Reason.ASKED) -> Making:
        """Begin a back-up of the open file; see ``Making``.

        When it is done, old ones are thinned and the second place gets its copy, in the thread
        that checks. Raises BackupFailed.
        """
        return self.make_by(store.begin_copy, reason)

    def make_by(
        self, copy_to: Callable[[Path], Copying], reason: Reason, *, thinned: bool = True
    ) -> Making:
        """Begin a back-up of a file that is open without a store."""
        self._make_room()
        return Making(copy_to, self._shelf, reason, self._afterwards if thinned else bool)

    def _make_room(self) -> None:
        """Never fill a disk: what is typed needs the rest. Raises BackupFailed."""
        needed = _size(self.path) + SPARE
        if _free(self.path.parent) < needed:
            self.thin(now())
        if _free(self.path.parent) < needed:
            raise BackupFailed(self.path, reasons.FULL)

    def _afterwards(self) -> None:
        self.thin(now())
        self.copy_to_second()

    def make_closed(self, reason: Reason = Reason.ASKED, *, thinned: bool = True) -> Backup:
        """A back-up of the file while no program has it open; an earlier schema stays as it is.

        Raises BackupFailed, or why the file can't be opened.
        """
        database = open_as_it_is(self.path)
        try:
            copy_to = partial(Copying, database.conn)
            return self.make_by(copy_to, reason, thinned=thinned).run()
        finally:
            close_data_file(database, self.path)

    # --- reading -------------------------------------------------------------------------------

    def list(self) -> tuple[Backup, ...]:
        """All back-ups, newest first. Reads their notes, not the files. Never raises."""
        return self._shelf.list()

    def newest(self) -> Backup | None:
        """The newest one that is whole to the byte; reads files until one is."""
        return next((each for each in self.list() if each.healthy and self.verify(each)), None)

    def verify(self, backup: Backup) -> bool:
        """Whether the file is byte for byte what was checked when it was made; reads all of it."""
        return is_whole(backup)

    def look(self, backup: Backup) -> Dossier:
        """What it holds, of any schema version; changes no byte. Raises a DataFileError."""
        with looking(backup.path) as store:
            return store.dossier()

    def differences(self, backup: Backup, store: Store) -> Difference:
        """What restoring it would change in the open file. Changes no byte of either.

        Raises a DataFileError when one of them can't be read.
        """
        return difference(store.records(), self.records(backup))

    def records(self, backup: Backup) -> Records:
        """Every record of the office's data it holds. Raises a DataFileError."""
        with looking(backup.path) as store:
            return store.records()

    def restore(self, backup: Backup) -> Backup | None:
        """Put a back-up in the data file's place; see ``db.restore.restore``."""
        from db.restore import restore

        return restore(self, backup)

    # --- thinning ------------------------------------------------------------------------------

    def thin(self, at: datetime) -> tuple[Backup, ...]:
        """Delete what is no longer needed at that time; returns what was deleted.

        Kept: the newest of each hour of the last 24, of each day of two weeks, of each week of a
        quarter, of each month; less when all together exceed the bound. The newest healthy
        three always stay, and nothing goes unless one that stays was read through just now.
        """
        return _thin(self._shelf, self._most, at)

    # --- the second place ----------------------------------------------------------------------

    def copy_to_second(self) -> SecondPlace | None:
        """Copy the newest healthy back-up to the second place; None when there is no such place.

        A place that is not there is no error: the answer says so. Raises BackupFailed when it is
        there and refuses. May take long: not for the window's thread.
        """
        if self.second is None or not self.second.is_dir():
            return self.second_place()
        newest = self.newest()
        if newest is not None and not self._is_in_second(newest):
            try:
                self._copy(newest, self.second)
            except OSError as error:
                raise BackupFailed(self.second, reasons.reason(error)) from error
        return self.second_place()

    def _copy(self, backup: Backup, second: Path) -> None:
        shelf = self._second_shelf(second)
        if _free(second) < backup.size + SPARE:
            raise BackupFailed(second, reasons.FULL)
        with shelf.growing() as growing:
            copy_file(backup.path, growing)
            if digest_of(growing) != backup.digest:
                raise BackupFailed(second, "คัดลอกแล้วไม่ตรงกับต้นฉบับ")
            number = 0 if shelf.next_number() > backup.number else backup.number
            shelf.put_up(growing, replace(backup, number=number))
        _thin(shelf, self._most, now())

    def _second_shelf(self, second: Path) -> Shelf:
        """A folder for this data file alone: a stick may serve several offices."""
        mark = hashlib.sha256(os.fsencode(self.path)).hexdigest()[:8]
        stem = self.path.stem
        short = os.fsencode(stem)[:60].decode("utf-8", "ignore").rstrip(" .")
        return Shelf(second / f"{short}-{mark}{FOLDER_SUFFIX}", stem)

    def _is_in_second(self, backup: Backup) -> bool:
        assert self.second is not None
        there = self._second_shelf(self.second).list()
        return any(each.healthy and each.digest == backup.digest for each in there)

    def second_place(self) -> SecondPlace | None:
        """How the second place stands; None when there is none. Reads notes only."""
        if self.second is None:
            return None
        ours = next((each for each in self.list() if each.healthy), None)
        if not self.second.is_dir():
            words = f"ไม่พบที่สำรองแห่งที่สอง “{self.second}” โปรดเสียบแฟลชไดรฟ์หรือเลือกที่ใหม่"
            return SecondPlace(self.second, False, None, ours is not None, words)
        found = (each for each in self._second_shelf(self.second).list() if each.healthy)
        newest = next(found, None)
        behind = ours is not None and not self._is_in_second(ours)
        return SecondPlace(self.second, True, newest, behind, _second_words(newest, behind))


def _second_words(newest: Backup | None, behind: bool) -> str:
    if newest is None:
        return "ที่สำรองแห่งที่สองยังไม่มีแฟ้มสำรอง โปรดสั่งสำรองหนึ่งครั้ง"
    last = f"แฟ้มสำรองล่าสุดในที่แห่งที่สอง: {newest.sentence()}"
    return f"{last} ยังไม่ใช่ฉบับล่าสุด โปรดสั่งสำรอง" if behind else last


def _thin(shelf: Shelf, most: int | None, at: datetime) -> tuple[Backup, ...]:
    backups = shelf.list()
    bound = _bound(shelf.folder, sum(each.size for each in backups)) if most is None else most
    going = to_delete(backups, at, bound)
    staying = [each for each in backups if each.healthy and each not in going]
    if not going or not any(is_whole(each) for each in staying):
        return ()
    deleted: list[Backup] = []
    for backup in going:
        with suppress(OSError):  # held by another program: next time
            shelf.delete(backup)
            deleted.append(backup)
    return tuple(deleted)


def _bound(folder: Path, used: int) -> int:
    return min(MOST, (_free(folder) + used) // SHARE)


def _free(folder: Path) -> int:
    """Free bytes of the drive; plenty when nobody can tell."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return MOST


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


@contextmanager
def looking(path: Path) -> Iterator[Store]:
    """A back-up as a store to read from; not a byte of it or beside it changes.

    One of an earlier schema is brought up to date in a private copy. Raises a DataFileError.
    """
    if version_of(path) == SCHEMA_VERSION:
        with Store(path, read_copy(path)) as store:
            yield store
        return
    with tempfile.TemporaryDirectory(prefix="ita-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / "copy.ita"
        copy.touch(mode=0o600)
        copy_file(path, copy)
        with Store(copy) as store:
            yield store


def backup_at(path: Path) -> Backup:
    """A back-up by its path, wherever it lies. Never raises: see ``Backup.healthy``."""
    return read_backup(path)
