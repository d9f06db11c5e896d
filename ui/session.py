"""One open data file as the window works with it: store, frameworks, year, and saving.

Nothing waits for a Save button: what is typed is handed to ``Saver.later`` and written after a
short pause, at the latest when the field, the tab or the program is left (``flush``).
"""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from db.errors import DataFileError, RefusedEdit
from ita_desktop.domain.fiscal import Round, fiscal_year
from ita_desktop.paths import data_files

if TYPE_CHECKING:
    from db.deeds import Deed
    from db.store import Notice, Store
    from ita_desktop.documents.compose import Matter
    from ita_desktop.domain.dossier import Dossier
    from ita_desktop.domain.framework import Framework, FrameworkShelf
    from ui.looking import Reviews

PAUSE_MS = 400
"""Typing is written after so long a pause …"""
LONGEST_WAIT_S = 0.8
"""… and, while she goes on typing, at least this often."""
RETRY_MS = 3000
SAMPLE = "sample"
"""The setting that marks a data file as the made-up office to play with."""
SAMPLE_NOTICE = "ตัวอย่าง ไม่ใช่เอกสารจริง"
"""Stands across every printed page of that office."""
SAMPLE_MARK = "ข้อมูลตัวอย่าง"
"""Stands across the window, and across the pages in the preview, while such a file is open."""
MISTAKEN = (
    "โปรแกรมผิดพลาดขณะบันทึกค่าที่เพิ่งพิมพ์ ค่านั้นยังไม่ได้บันทึก ข้อมูลอื่นยังอยู่ครบ "
    "โปรดคัดลอกค่านั้นเก็บไว้ ปิดโปรแกรมแล้วเปิดใหม่ และส่งรายงานข้อผิดพลาดให้ผู้ดูแลโปรแกรม"
)

FIRST_THINGS_FIRST = (
    "ยังทำสิ่งนี้ไม่ได้ เพราะสิ่งที่พิมพ์ก่อนหน้านี้ยังบันทึกลงแฟ้มไม่ได้ โปรดแก้ตามเหตุที่บอกไว้ด้านล่างของหน้าต่าง แล้วทำอีกครั้ง"
)
Asked = ParamSpec("Asked")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A write with its arguments, to be done once the pause is over."""

    write: Callable[..., object]
    arguments: tuple[Any, ...]
    named: Mapping[str, Any]

    def do(self) -> None:
        self.write(*self.arguments, **self.named)

    @property
    def deed(self) -> Deed | None:
        """The write in a form that can be kept beside the data file."""
        from db.deeds import DOABLE, Deed

        name = getattr(self.write, "__name__", "")
        return Deed(name, self.arguments, self.named).lasting if name in DOABLE else None


class Saver(QObject):
    """Holds what was typed until it is on the disk."""

    failed = Signal(str)
    """A write was refused, for the reason in the Thai sentence; it is kept and tried again."""
    refused = Signal(str)
    """The data file will never take a write (its record is gone): it was dropped, and why."""
    recovered = Signal()
    """All that was kept is on the disk now."""
    queued = Signal()
    """Something was typed that is not on the disk yet."""
    before_retry = Signal()
    """The disk refused the last time and is about to be tried again."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pending: dict[object, _Waiting] = {}
        self._since = 0.0
        self._broken = False
        self.reachable: Callable[[], bool] = lambda: True
        """Whether the data file can be reached again; asked when nothing waits any more."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.flush)

    @property
    def pending(self) -> bool:
        """Whether something typed is not on the disk yet."""
        return bool(self._pending)

    @property
    def waited(self) -> float:
        """Seconds that the oldest of what waits has waited; 0 when nothing does."""
        return time.monotonic() - self._since if self._pending else 0.0

    @property
    def broken(self) -> bool:
        """Whether the disk refused the last time."""
        return self._broken

    def deeds(self) -> tuple[Deed, ...]:
        """What waits, in order, as it can be kept elsewhere and done later."""
        return tuple(deed for each in self._pending.values() if (deed := each.deed))

    def forget(self) -> None:
        """Drop all that waits: it is kept elsewhere."""
        self._timer.stop()
        self._pending.clear()
        self._broken = False

    def later(
        self,
        key: object,
        write: Callable[Asked, object],
        *arguments: Asked.args,
        **named: Asked.kwargs,
    ) -> None:
        """Write after a pause; a later write of the same ``key`` replaces an earlier one.

        ``write`` is a method of the store: with its name and arguments it can be kept elsewhere
        while the disk refuses.
        """
        if not self._pending:
            self._since = time.monotonic()
        self._pending[key] = _Waiting(write, arguments, named)
        waited = time.monotonic() - self._since
        left = max(0, int((LONGEST_WAIT_S - waited) * 1000))
        self._timer.start(min(PAUSE_MS, left))
        self.queued.emit()

    def now(
        self, write: Callable[Asked, object], *arguments: Asked.args, **named: Asked.kwargs
    ) -> bool:
        """Write at once, after all that waits; returns whether it reached the disk."""
        self.later(object(), write, *arguments, **named)
        return self.flush()

    def flush(self) -> bool:
        """Write all that waits; returns whether nothing is left."""
        self._timer.stop()
        if self._broken:
            self.before_retry.emit()
        while self._pending:
            key, waiting = next(iter(self._pending.items()))
            try:
                waiting.do()
            except RefusedEdit as error:
                self.refused.emit(str(error))
            except DataFileError as error:
                self.tell_failure(str(error))
                return False
            except Exception as error:  # noqa: BLE001 - one mistake must not hold up all the rest
                sys.excepthook(type(error), error, error.__traceback__)
                self.refused.emit(MISTAKEN)
            # Writing may have queued the same key anew; only what was written is done.
            if self._pending.get(key) is waiting:
                del self._pending[key]
        if self._broken and not self.reachable():
            self._timer.start(RETRY_MS)
        elif self._broken:
            self._broken = False
            self.recovered.emit()
        return True

    def tell_failure(self, sentence: str) -> None:
        """The data file can't be reached: say so, and try again after a while."""
        self._broken = True
        self._timer.start(RETRY_MS)
        self.failed.emit(sentence)


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
        self.broken_frameworks: tuple[int, ...] = ()
        """Years whose own framework in the file can't be read; the program's counts for them."""
        self._year = self._first_year()
        store.subscribe(self._on_notice)
        self.saver.before_retry.connect(self._look_for_the_file)
        self.saver.reachable = lambda: not store.is_away()

    def _look_for_the_file(self) -> None:
        """A stick that was plugged in again is another file to the system: open it anew."""
        if self.store.is_away():
            with contextlib.suppress(DataFileError):
                self.store.reconnect()

    @classmethod
    def open(cls, path: Path) -> Session:
        """Open a data file; raises a DataFileError with its sentence."""
        from db.store import Store

        return cls(Store(path))

    def close(self) -> bool:
        """Write what waits and let go of the file; False when something could not be written."""
        clean = self.saver.flush()
        self.saver.forget()
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
        if not self.saver.flush():  # an edit never overtakes what was typed before it
            self.saver.refused.emit(FIRST_THINGS_FIRST)
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
        """Everything in the file, as of now; while the medium is away, as it was last read."""
        try:
            return self.store.dossier()
        except DataFileError as error:
            self.saver.tell_failure(str(error))
            return self.store.last_dossier

    @cached_property
    def reviews(self) -> Reviews:
        """What the review remembers of this file, for all pages."""
        from ui.looking import Reviews

        return Reviews()

    @property
    def shelf(self) -> FrameworkShelf:
        """Shipped frameworks and the office's own, without those that can't be read."""
        from ita_desktop.domain.framework import FrameworkShelf

        if self._shelf is None:
            self._shelf = FrameworkShelf(data_files("frameworks"), self.store.frameworks())
            self.broken_frameworks = self._shelf.drop_broken()
        return self._shelf

    def forget_data(self) -> None:
        """The program's own data have changed (an update): look at them anew."""
        self._shelf = None

    def framework(self, year: int) -> Framework:
        """The framework of an assessed year."""
        return self.shelf.get(year)

    def matter(self, which: Round) -> Matter:
        """What a document of the chosen year and that round is about."""
        from ita_desktop.documents.compose import Matter, pictures_needed

        self.saver.flush()
        dossier = self.dossier
        return Matter(
            dossier=dossier,
            year=self._year,
            round=which,
            framework=self.framework(self._year - 1),
            earlier=self.framework(self._year - 2),
            oit=self.framework(self._year),
            notice=SAMPLE_NOTICE if self.is_sample else "",
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
        with contextlib.suppress(DataFileError):
            self.store.dossier()  # read while it can be: what is known if the medium goes
        self.changed.emit(notice)
