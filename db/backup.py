"""Back-ups of one data file: made, listed, looked into, thinned, and put back.

Every back-up is a whole data file of its own, in a folder beside the data file, and counts only
once it was read through and found whole. ``docs/data-file.md`` gives the reasons.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from db.contents import Contents

if TYPE_CHECKING:
    from db.store import Store
    from ita_desktop.domain.dossier import Dossier

EVERY = timedelta(minutes=30)
"""How long changes may wait for a back-up."""


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
        raise NotImplementedError


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
        """One line for a list in Thai: ``๑๒ ต.ค. ๒๕๖๙ ๑๔.๓๐ น. – มาตรการ ๑๔ รายการ คะแนนครบ``."""
        raise NotImplementedError


class Making:
    """A back-up in the making, in slices, so that typing goes on between them.

    Call ``step`` from the thread that owns the store, outside an edit, until it returns False;
    20 ms apart is good. Edits between the slices are in the back-up too. Closing the store
    cancels it. What was under way leaves nothing behind when it fails or is cancelled.
    """

    def step(self, budget: float = 0.008) -> bool:
        """Copy for about ``budget`` seconds; True while there is more to do.

        Copying is followed by reading through the copy, in a thread of its own: then a step
        returns at once. Raises BackupFailed.
        """
        raise NotImplementedError

    def run(self) -> Backup:
        """All the rest at once; raises BackupFailed."""
        raise NotImplementedError

    def cancel(self) -> None:
        """Give up; nothing is left of it. After the end it does nothing."""
        raise NotImplementedError

    @property
    def share(self) -> float:
        """How much is copied, 0 to 1."""
        raise NotImplementedError

    @property
    def backup(self) -> Backup | None:
        """The back-up, once it is there."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Difference:
    """What one state of a data file has and another has not, in Thai lines for the clerk.

    ``lines``: ``มาตรการ: เพิ่ม 2 แก้ 1`` …; empty when both hold the same.
    """

    lines: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.lines)


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
        self.path = path
        self.second = second
        self._most = most

    @property
    def folder(self) -> Path:
        """Where they are; made with the first one."""
        raise NotImplementedError

    def make(self, store: Store, reason: Reason) -> Making:
        """Begin a back-up of the open file; see ``Making``. It is thinned and copied when done."""
        raise NotImplementedError

    def list(self) -> tuple[Backup, ...]:
        """All back-ups, newest first. Reads their notes, not the files. Never raises."""
        raise NotImplementedError

    def newest(self) -> Backup | None:
        """The newest one that is whole to the byte; reads files until one is."""
        raise NotImplementedError

    def verify(self, backup: Backup) -> bool:
        """Whether the file is byte for byte what was checked when it was made; reads all of it."""
        raise NotImplementedError

    def look(self, backup: Backup) -> Dossier:
        """What it holds, of any schema version; changes no byte. Raises a DataFileError."""
        raise NotImplementedError

    def differences(self, backup: Backup, store: Store | None = None) -> Difference:
        """What restoring it would change: against the open store, else against the closed file.

        Changes no byte of either. A damaged data file is compared as far as it can be read.
        Raises a DataFileError when the back-up itself can't be read.
        """
        raise NotImplementedError

    def restore(self, backup: Backup) -> Backup | None:
        """Put a back-up in the data file's place; the file must be closed everywhere.

        Today's file first becomes a checked back-up, which is returned. One that is too damaged
        for that is kept beside, to the byte, and None is returned. Afterwards the data file
        is the back-up byte for byte. Raises RestoreFailed (then the data file is as it was),
        LockedDataFile.
        """
        raise NotImplementedError

    def thin(self, now: datetime) -> tuple[Backup, ...]:
        """Delete what is no longer needed; returns what was deleted.

        Kept: the newest of each hour of the last 24, of each day of two weeks, of each week of a
        quarter, of each month; less when all together exceed the bound. The newest healthy
        three always stay.
        """
        raise NotImplementedError

    def copy_to_second(self) -> SecondPlace | None:
        """Copy the newest healthy back-up to the second place; None when there is no such place.

        A place that is not there is no error: the answer says so. Raises BackupFailed when it is
        there and refuses. May take long: not for the window's thread.
        """
        raise NotImplementedError

    def second_place(self) -> SecondPlace | None:
        """How the second place stands; None when there is none."""
        raise NotImplementedError


@dataclass
class Schedule:
    """When a back-up is due: after 30 minutes of change. No timer of its own, no Qt.

    The window's timer asks ``due`` (every minute, say) with a clock that never goes back
    (``time.monotonic()``, seconds), and tells of every Notice and every back-up.
    """

    every: timedelta = EVERY
    _changed_since: float | None = field(default=None, init=False)

    def changed(self, now: float) -> None:
        """An edit was saved."""
        raise NotImplementedError

    def made(self) -> None:
        """A back-up was begun: what it holds need not be held again."""
        raise NotImplementedError

    def due(self, now: float) -> bool:
        """Whether changes have waited long enough."""
        raise NotImplementedError

    @property
    def waiting(self) -> bool:
        """Whether anything has changed since the last back-up: then closing makes one."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class WaysOut:
    """What can be offered for a data file that is damaged or missing.

    ``newest``: the newest whole back-up; ``loses``: what has changed since, as far as the file
    can still be read; ``rescuable``: whether anything of the file can be read at all.
    """

    newest: Backup | None
    loses: Difference
    rescuable: bool


def ways_out(path: Path) -> WaysOut:
    """What can be offered for that file. Reads everything; changes no byte. Never raises."""
    raise NotImplementedError
