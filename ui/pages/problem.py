"""The page of a file that can't be opened: why, and buttons that do what helps."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from db.errors import (
    DamagedDataFile,
    DataFileError,
    LockedDataFile,
    MissingDataFile,
    NotADataFile,
    ReadOnlyDataFile,
)
from ui.text import shown
from ui.widgets.layouts import WrappedLabel, button, card, label, row, scrolling

if TYPE_CHECKING:
    from db.rescue import WaysOut

RETRY_MS = 3000

_TITLES: tuple[tuple[type[DataFileError], str], ...] = (
    (LockedDataFile, "แฟ้มนี้มีคนเปิดอยู่"),
    (MissingDataFile, "ไม่พบแฟ้มข้อมูล"),
    (ReadOnlyDataFile, "แฟ้มนี้เขียนไม่ได้"),
    (DamagedDataFile, "แฟ้มข้อมูลชำรุด"),
    (NotADataFile, "แฟ้มนี้เปิดไม่ได้"),
    (DataFileError, "เปิดแฟ้มไม่ได้"),
)
_BROKEN = (DamagedDataFile, NotADataFile, MissingDataFile)
"""Where a back-up or a rescue may help."""


@dataclass(frozen=True, slots=True)
class Action:
    """One way on: what the button says, what it will do, and the doing."""

    words: str
    explanation: str
    do: Callable[[], object]


class _Looking(QObject):
    """Looks in the background for what a broken file can be helped with."""

    found = Signal(object)

    def look(self, path: Path, second: Path | None) -> None:
        """Begin; ``found`` comes in the window's thread."""
        threading.Thread(
            target=lambda: self._look(path, second), name="ways out", daemon=True
        ).start()

    def _look(self, path: Path, second: Path | None) -> None:
        from db.rescue import ways_out

        ways = ways_out(path, second)
        try:
            self.found.emit((path, ways))
        except RuntimeError:  # the window has been closed meanwhile
            return


class ProblemPage(QWidget):
    """Says why a file can't be opened and does what she chooses."""

    retry_asked = Signal(object)
    choose_asked = Signal()
    new_asked = Signal()
    restore_asked = Signal(object, object)
    rescue_asked = Signal(object, object)
    backups_asked = Signal(object)
    copy_asked = Signal(object)
    open_asked = Signal(object)
    back_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path = Path()
        self.error: DataFileError | None = None
        self.ways: WaysOut | None = None
        self.offered: tuple[Action, ...] = ()
        self._recent: tuple[Path, ...] = ()
        self._working = False
        self._looking = _Looking(self)
        self._looking.found.connect(self._on_found)
        self._timer = QTimer(self)
        self._timer.setInterval(RETRY_MS)
        self._timer.timeout.connect(self._retry)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._holder = QWidget()
        self._column = QVBoxLayout(self._holder)
        column.addWidget(scrolling(self._holder))

    def show_problem(
        self,
        path: Path,
        error: DataFileError,
        *,
        recent: tuple[Path, ...] = (),
        working: bool = False,
        second: Path | None = None,
    ) -> None:
        """Show why ``path`` can't be opened. ``working``: another file is open to go back to."""
        same = path == self.path and type(error) is type(self.error)
        self.path, self.error, self._recent, self._working = path, error, recent, working
        if same and isinstance(error, LockedDataFile):
            return  # the next of many tries: nothing is new, and her focus stays where it is
        self.ways = None
        if isinstance(error, _BROKEN):
            self._looking.look(path, second)
        self._timer.stop()
        if isinstance(error, LockedDataFile | MissingDataFile):
            self._timer.start()
        self._rebuild()

    def _retry(self) -> None:
        """A file that is let go of, or a stick that is plugged in: it is opened by itself."""
        if isinstance(self.error, LockedDataFile) or self.path.is_file():
            self.retry_asked.emit(self.path)

    def leave(self) -> None:
        """The page goes out of sight: nothing is tried any more."""
        self._timer.stop()
        self.error = None

    def _on_found(self, found: tuple[Path, WaysOut]) -> None:
        path, ways = found
        if path == self.path and self.error is not None:
            self.ways = ways
            self._rebuild()

    # --- what can be done ------------------------------------------------------------------------

    def _ways_on(self) -> list[Action]:
        found = [*self._special()]
        path = self.path
        if not isinstance(self.error, NotADataFile | DamagedDataFile):
            found.append(
                Action(
                    "ลองเปิดอีกครั้ง",
                    "เมื่อแก้สาเหตุแล้ว เช่น เสียบแฟลชไดรฟ์ หรือปิดที่เครื่องอื่น",
                    lambda: self.retry_asked.emit(path),
                )
            )
        found.append(Action("เลือกแฟ้มอื่น…", "เปิดแฟ้มข้อมูลที่อยู่ที่อื่นหรือชื่ออื่น", self.choose_asked.emit))
        if isinstance(self.error, MissingDataFile):
            found.append(Action("เริ่มแฟ้มใหม่…", "เมื่อยังไม่เคยมีข้อมูลมาก่อน", self.new_asked.emit))
        if self._working:
            found.append(Action("กลับไปแฟ้มที่เปิดอยู่", "แฟ้มนั้นยังเปิดอยู่ตามเดิม", self.back_asked.emit))
        return found

    def _special(self) -> list[Action]:
        if isinstance(self.error, ReadOnlyDataFile):
            path = self.path
            words = "โปรแกรมคัดลอกทั้งแฟ้ม ตรวจ แล้วเปิดสำเนานั้น แฟ้มเดิมไม่เปลี่ยน"
            return [Action("คัดลอกมาไว้ในเครื่องนี้แล้วเปิด", words, lambda: self.copy_asked.emit(path))]
        if isinstance(self.error, _BROKEN) and self.ways is not None:
            found = self._restoring(self.ways)
            return [*found, *self._recents()] if isinstance(self.error, MissingDataFile) else found
        return self._recents() if isinstance(self.error, MissingDataFile) else []

    def _restoring(self, ways: WaysOut) -> list[Action]:
        found: list[Action] = []
        path, newest = self.path, ways.newest
        if newest is not None:
            changes = "\n".join(f"• {line}" for line in ways.loses.lines)
            loses = f"\nเทียบกับที่ยังอ่านได้ในแฟ้มนี้:\n{changes}" if changes else ""
            found.append(
                Action(
                    "กู้คืนจากแฟ้มสำรองล่าสุด",
                    shown(f"{newest.sentence()}{loses}\nแฟ้มที่ชำรุดถูกเก็บไว้ ไม่ถูกลบ"),
                    lambda: self.restore_asked.emit(path, newest),
                )
            )
            found.append(
                Action(
                    "ดูแฟ้มสำรองทั้งหมด…", "เลือกวันอื่น ดูข้างในก่อน", lambda: self.backups_asked.emit(path)
                )
            )
        if ways.rescuable:
            found.append(
                Action(
                    "กู้ข้อมูลที่ยังอ่านได้ไปไว้ในแฟ้มใหม่…",
                    "อ่านทุกรายการที่ยังอ่านได้ แล้วบอกว่ารายการใดหายไป แฟ้มเดิมไม่ถูกแก้",
                    lambda: self.rescue_asked.emit(path, newest),
                )
            )
        return found

    def _recents(self) -> list[Action]:
        return [
            Action(
                f"เปิด “{path.name}”",
                f"เคยเปิดจาก {path.parent}",
                lambda path=path: self.open_asked.emit(path),
            )
            for path in self._recent
            if path != self.path and path.is_file()
        ][:3]

    # --- showing ---------------------------------------------------------------------------------

    def _rebuild(self) -> None:
        focus = self.focusWidget()
        chosen = focus.text() if isinstance(focus, QPushButton) else ""
        while self._column.count():
            item = self._column.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        assert self.error is not None
        error = self.error
        title = next(words for kind, words in _TITLES if isinstance(error, kind))
        locked = isinstance(error, LockedDataFile)
        sentence = WrappedLabel(error.shown_in(shown) if locked else str(error))
        where = WrappedLabel(f"ที่อยู่ของแฟ้ม: {self.path}", "muted")
        parts: list[QWidget] = [sentence, where]
        if isinstance(error, LockedDataFile):
            parts.append(label("โปรแกรมจะเปิดให้เองทันทีที่แฟ้มว่าง ไม่ต้องกดอะไร", "muted"))
        if isinstance(error, _BROKEN) and self.ways is None:
            parts.append(label("กำลังหาแฟ้มสำรองและสิ่งที่ยังอ่านได้…", "muted"))
        self.offered = tuple(self._ways_on())
        made = card(
            f"⚠ {title}", *parts, *(_line(a, first=not at) for at, a in enumerate(self.offered))
        )
        made.setMaximumWidth(820)
        made.setMinimumWidth(620)
        self._column.addStretch(1)
        self._column.addWidget(made, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(2)
        buttons = made.findChildren(QPushButton)
        same = (each for each in buttons if each.text() == chosen)
        if buttons:  # the keyboard begins at what helps most
            next(same, buttons[0]).setFocus()

    def press(self, words: str) -> None:
        """Do what the button of that name does."""
        next(action for action in self.offered if action.words == words).do()


def _line(action: Action, *, first: bool) -> QWidget:
    """A button with its explanation beside."""
    line = QWidget()
    made = button(action.words, action.do, primary=first)
    made.setMinimumWidth(250)
    said = WrappedLabel(action.explanation, "muted")
    box = row(made, said)
    box.setStretch(1, 1)
    box.setAlignment(made, Qt.AlignmentFlag.AlignTop)
    box.setContentsMargins(0, 0, 0, 0)
    line.setLayout(box)
    return line
