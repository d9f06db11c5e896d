"""One open data file as the window works with it: store, frameworks, year, and saving.

Nothing waits for a Save button: what is typed is handed to ``Saver.later`` and written after a
short pause, at the latest when the field, the tab or the program is left (``flush``).
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from db.errors import DataFileError, RefusedEdit
from db.store import Notice, Store
from ita_desktop.documents.compose import Matter, pictures_needed
from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round, fiscal_year
from ita_desktop.domain.framework import Framework, FrameworkShelf
from ita_desktop.paths import resources

PAUSE_MS = 400
"""Typing is written after so long a pause …"""
LONGEST_WAIT_S = 0.8
"""… and, while she goes on typing, at least this often."""
RETRY_MS = 3000
SAMPLE = "sample"
"""The setting that marks a data file as the made-up office to play with."""
SAMPLE_MARK = "ข้อมูลตัวอย่าง"
"""Stands across the window, and across the pages in the preview, while such a file is open."""

Write = Callable[[], object]
Result = TypeVar("Result")


class Saver(QObject):
    """Holds what was typed until it is on the disk."""

    failed = Signal(str)
    """A write was refused, for the reason in the Thai sentence; it is kept and tried again."""
    refused = Signal(str)
    """The data file will never take a write (its record is gone): it was dropped, and why."""
    recovered = Signal()
    """All that was kept is on the disk now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pending: dict[object, Write] = {}
        self._since = 0.0
        self._broken = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.flush)

    @property
    def pending(self) -> bool:
        """Whether something typed is not on the disk yet."""
        return bool(self._pending)

    def later(self, key: object, write: Write) -> None:
        """Write after a pause; a later write of the same ``key`` replaces an earlier one."""
        if not self._pending:
            self._since = time.monotonic()
        self._pending[key] = write
        waited = time.monotonic() - self._since
        left = max(0, int((LONGEST_WAIT_S - waited) * 1000))
        self._timer.start(min(PAUSE_MS, left))

    def now(self, write: Write) -> bool:
        """Write at once, after all that waits; returns whether it reached the disk."""
        self.later(object(), write)
        return self.flush()

    def flush(self) -> bool:
        """Write all that waits; returns whether nothing is left."""
        self._timer.stop()
        while self._pending:
            key, write = next(iter(self._pending.items()))
            try:
                write()
            except RefusedEdit as error:
                self.refused.emit(str(error))
            except DataFileError as error:
                self._broken = True
                self._timer.start(RETRY_MS)
                self.failed.emit(str(error))
                return False
            # Writing may have queued the same key anew; only what was written is done.
            if self._pending.get(key) is write:
                del self._pending[key]
        if self._broken:
            self._broken = False
            self.recovered.emit()
        return True


class Session(QObject):
    """An open data file with its measure year."""

    changed = Signal(object)
    """Something in the file has changed (a Notice)."""
    year_changed = Signal(int)
    """Another measure year was chosen."""

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.store = store
        self.saver = Saver(self)
        self._pictures: dict[str, bytes] = {}
        self._shelf: FrameworkShelf | None = None
        self._year = self._first_year()
        store.subscribe(self._on_notice)

    @classmethod
    def open(cls, path: Path) -> Session:
        """Open a data file; raises a DataFileError with its sentence."""
        return cls(Store(path))

    def close(self) -> bool:
        """Write what waits and let go of the file; False when something could not be written."""
        clean = self.saver.flush()
        self.store.close()
        return clean

    def _first_year(self) -> int:
        """The year last chosen, else the newest with measures, else the running fiscal year."""
        kept = self.store.setting("measure_year")
        if kept.isdigit():
            return int(kept)
        years = self.store.dossier().measures
        return max(years, default=fiscal_year(date.today()))

    @property
    def is_sample(self) -> bool:
        """Whether the file holds the made-up office to play with."""
        try:
            return self.store.setting(SAMPLE) == "yes"
        except DataFileError:
            return False

    @property
    def year(self) -> int:
        """The measure year; the analysed year is the one before."""
        return self._year

    def set_year(self, year: int) -> None:
        """Choose another measure year."""
        self.saver.flush()
        if year != self._year:
            self._year = year
            with contextlib.suppress(DataFileError):
                self.keep_year()
            self.year_changed.emit(year)

    def keep_year(self) -> None:
        """Remember the chosen year in the file, outside the history of edits."""
        self.store.keep("measure_year", str(self._year))

    def do(self, action: Callable[[], Result]) -> Result | None:
        """Do something at once, after all that waits; None when it can't be, which is told."""
        if not self.saver.flush():
            return None
        try:
            return action()
        except DataFileError as error:
            self.saver.refused.emit(str(error))
            return None

    def done(self, action: Callable[[], object]) -> bool:
        """Do something at once; returns whether it was done."""
        return self.do(lambda: (action(), True)) is not None

    @property
    def dossier(self) -> Dossier:
        """Everything in the file, as of now."""
        return self.store.dossier()

    @property
    def shelf(self) -> FrameworkShelf:
        """Shipped frameworks and the office's own."""
        if self._shelf is None:
            self._shelf = FrameworkShelf(resources() / "frameworks", self.store.frameworks())
        return self._shelf

    def framework(self, year: int) -> Framework:
        """The framework of an assessed year."""
        return self.shelf.get(year)

    def matter(self, which: Round) -> Matter:
        """What a document of the chosen year and that round is about."""
        self.saver.flush()
        dossier = self.dossier
        return Matter(
            dossier=dossier,
            year=self._year,
            round=which,
            framework=self.framework(self._year - 1),
            earlier=self.framework(self._year - 2),
            oit=self.framework(self._year),
            pictures=self._pictures_of(pictures_needed(dossier, self._year)),
        )

    def _pictures_of(self, digests: tuple[str, ...]) -> dict[str, bytes]:
        """The picture files, read once: a digest never stands for another picture."""
        self._pictures = {
            digest: content
            for digest in digests
            if (content := self._pictures.get(digest) or self.store.picture(digest))
        }
        return dict(self._pictures)

    def _on_notice(self, notice: Notice) -> None:
        if "frameworks" in notice.areas:
            self._shelf = None
        self.changed.emit(notice)
