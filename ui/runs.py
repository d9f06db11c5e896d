"""One start of the program and what it leaves behind when it does not end as it should.

Each run has a private folder in the data folder, held by a lock while the program
lives. A run that ends well takes its folder away. A folder that nobody holds belongs to a run
that was killed, crashed or lost its power: the next start tells what is in it.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp

from PySide6.QtCore import QLockFile

from ui.data_place import data_folder

KEPT = "kept.jsonl"
FAULTS = "faults.txt"
_ALIVE = "alive.lock"
_HERE = "here.json"
_REPORT = "report"
MOST_REPORTS = 20
"""A mistake that comes with every keystroke must not fill the disk."""


def runs_folder() -> Path:
    """Where the folders of all runs are."""
    return data_folder() / "runs"


def _hold(folder: Path) -> QLockFile | None:
    """The folder's lock; None while the program that has it lives."""
    lock = QLockFile(str(folder / _ALIVE))
    lock.setStaleLockTime(0)  # only death makes it stale, never a long working day
    return lock if lock.tryLock(0) else None


@dataclass(frozen=True, slots=True)
class Here:
    """What was open when a run ended: the data file, and which page was in view.

    ``left``: the program was closed as it should, but typing had to be left behind.
    """

    path: Path | None = None
    page: str = ""
    left: bool = False


class Run:
    """This start of the program."""

    def __init__(self, base: Path | None = None) -> None:
        """Make the folder; raises OSError when there is no place for it."""
        base = base or runs_folder()
        base.mkdir(parents=True, exist_ok=True)
        self.folder = Path(mkdtemp(prefix=f"{datetime.now():%Y%m%d-%H%M%S}-", dir=base))
        self._lock = _hold(self.folder)
        self._reports = 0
        self._here = Here()

    @property
    def kept(self) -> Path:
        """The file of what was typed and is not saved yet."""
        return self.folder / KEPT

    @property
    def faults(self) -> Path:
        """Where the interpreter writes its stack when the process dies of a fault."""
        return self.folder / FAULTS

    @property
    def here(self) -> Here:
        """What is open now."""
        return self._here

    def note(self, here: Here) -> None:
        """Remember what is open, for the next start; a disk that refuses is no matter."""
        if here != self._here:
            self._here = here
            with suppress(OSError):
                _write_here(self.folder, here)

    def hand_over(self) -> bool:
        """Put what is kept into a folder of its own, to be told of at the next start."""
        try:
            folder = Path(
                mkdtemp(prefix=f"{datetime.now():%Y%m%d-%H%M%S}-", dir=self.folder.parent)
            )
            _write_here(folder, Here(self._here.path, self._here.page, left=True))
            self.kept.replace(folder / KEPT)
        except OSError:
            return False
        return True

    def report(self, text: str) -> Path | None:
        """Keep the report of a mistake; None when it could not be, or there are too many."""
        if self._reports >= MOST_REPORTS:
            return None
        self._reports += 1
        path = self.folder / f"{_REPORT}-{self._reports}.txt"
        with suppress(OSError):
            path.write_text(text, "utf-8")
            return path
        return None

    def reports(self) -> tuple[str, ...]:
        """The reports of this run, oldest first."""
        return _texts(self.folder)

    def end(self) -> None:
        """The program ends as it should: nothing is left to tell."""
        if self._lock is not None:
            self._lock.unlock()
        shutil.rmtree(self.folder, ignore_errors=True)


class EarlierRun:
    """A run that did not end as it should. Nobody else tells of it while this object lives."""

    def __init__(self, folder: Path, lock: QLockFile) -> None:
        self.folder = folder
        self._lock = lock

    @property
    def here(self) -> Here:
        """What was open."""
        import json

        try:
            found = json.loads((self.folder / _HERE).read_text("utf-8"))
            path = str(found["path"])
            left = bool(found.get("left"))
            return Here(Path(path) if path else None, str(found["page"]), left)
        except (OSError, ValueError, LookupError, TypeError):
            return Here()

    @property
    def ended(self) -> datetime:
        """About when it was last alive."""
        times = [self.folder.stat().st_mtime]
        for path in self.folder.iterdir():
            if path.name != _ALIVE:
                with suppress(OSError):
                    times.append(path.stat().st_mtime)
        return datetime.fromtimestamp(max(times))

    @property
    def kept(self) -> Path:
        """The file of what was typed and not saved; it need not be there."""
        return self.folder / KEPT

    @property
    def faults(self) -> str:
        """The stack of a fault of the process, "" when there was none."""
        try:
            return (self.folder / FAULTS).read_text("utf-8", "replace")
        except OSError:
            return ""

    def reports(self) -> tuple[str, ...]:
        """Reports of mistakes before the end, oldest first."""
        return _texts(self.folder)

    def drop_kept(self) -> None:
        """What was kept is in the data file again, or not wanted."""
        with suppress(OSError):
            self.kept.unlink(missing_ok=True)

    def done(self) -> None:
        """All is told: take the folder away."""
        self._lock.unlock()
        shutil.rmtree(self.folder, ignore_errors=True)

    def leave(self) -> None:
        """Let a later start tell of it again."""
        self._lock.unlock()


def earlier_runs(base: Path | None = None, *, but: Run | None = None) -> tuple[EarlierRun, ...]:
    """The runs that did not end as they should, newest first."""
    base = base or runs_folder()
    found: list[EarlierRun] = []
    with suppress(OSError):
        for entry in sorted(os.scandir(base), key=lambda each: each.name, reverse=True):
            if not entry.is_dir(follow_symlinks=False) or (but and entry.path == str(but.folder)):
                continue
            lock = _hold(Path(entry.path))
            if lock is not None:
                found.append(EarlierRun(Path(entry.path), lock))
    return tuple(found)


def _write_here(folder: Path, here: Here) -> None:
    import json  # not needed before a data file is open

    found = {"path": str(here.path or ""), "page": here.page, "left": here.left}
    (folder / _HERE).write_text(json.dumps(found), "utf-8")


def _texts(folder: Path) -> tuple[str, ...]:
    texts: list[str] = []
    for number in range(1, MOST_REPORTS + 1):
        try:
            texts.append((folder / f"{_REPORT}-{number}.txt").read_text("utf-8"))
        except OSError:
            break
    return tuple(texts)
