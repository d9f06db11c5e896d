"""Wavy lines under what is certainly written wrong, and the mend at a key or in the menu.

A field is looked through after a pause in typing. The marks are drawn over the text: neither the
text nor what can be undone knows of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QColor, QInputMethodEvent, QStatusTipEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit, QTextEdit

from ita_desktop.thai import words
from ui import theme
from ui.widgets.wrapping import news

if TYPE_CHECKING:
    from ita_desktop.domain.review.spelling import Slip

PAUSE_MS = 500
KEY = "Ctrl+."
_NOTHING = "ช่องนี้ไม่พบคำที่เขียนผิด"
_ONLY_HERS = "คำที่ขีดเส้นไว้ไม่มีคำแก้ที่แน่นอน โปรดตรวจและแก้เอง"
"""Said in the status bar when there is nothing to mend with the key."""


class SpellingMarks(QObject):
    """The marks of one field; read-only fields and passwords have none."""

    def __init__(self, field: QLineEdit | QPlainTextEdit) -> None:
        super().__init__(field)
        self._field = field
        self.slips: tuple[Slip, ...] = ()
        """The wrong places that are marked now."""
        self._seen = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.look)
        field.textChanged.connect(self._on_changed)
        news().ready.connect(self._on_changed)

    def _text(self) -> str:
        field = self._field
        return field.text() if isinstance(field, QLineEdit) else field.toPlainText()

    def _caret(self) -> int:
        field = self._field
        if isinstance(field, QLineEdit):
            return field.cursorPosition()
        return field.textCursor().position()

    def _on_changed(self) -> None:
        if self.slips:
            text = self._text()
            kept = (s for s in self.slips if text[s.start : s.end] == self._seen[s.start : s.end])
            self._mark(tuple(kept))
            self._seen = text
        self._pause.start()

    def forget(self) -> None:
        """Another text is shown: its own wrong places are looked for in a while."""
        self._mark(())
        self._pause.start()

    def look(self) -> None:
        """Look the field through now. The word at the caret may not be finished yet."""
        from ita_desktop.domain.review.spelling import slips

        self._pause.stop()
        field, text = self._field, self._text()
        hidden = isinstance(field, QLineEdit) and field.echoMode() is not QLineEdit.EchoMode.Normal
        if field.isReadOnly() or hidden or not words.loaded():
            return
        typing = self._caret() if field.hasFocus() else -1
        self._seen = text
        self._mark(tuple(slip for slip in slips(text) if slip.end != typing))

    def _mark(self, found: tuple[Slip, ...]) -> None:
        if found == self.slips:
            return
        self.slips = found
        if isinstance(self._field, QLineEdit):
            _mark_line(self._field, found)
        else:
            _mark_text(self._field, found)

    # --- mending -------------------------------------------------------------------------------

    def at(self, position: int) -> Slip | None:
        """The wrong place at a letter of the text."""
        return next((each for each in self.slips if each.start <= position <= each.end), None)

    def mend(self, slip: Slip) -> None:
        """Put the right word in, as if it were typed: the field can take it back."""
        if (
            slip.right is None
            or self._text()[slip.start : slip.end] != self._seen[slip.start : slip.end]
        ):
            return
        field = self._field
        if isinstance(field, QLineEdit):
            field.setSelection(slip.start, slip.end - slip.start)
            field.insert(slip.right)
        else:
            cursor = field.textCursor()
            cursor.setPosition(slip.start)
            cursor.setPosition(slip.end, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(slip.right)
            field.setTextCursor(cursor)
        self.look()

    def mend_next(self) -> None:
        """Mend the wrong place at the caret, or the next one that can be mended."""
        self.look()
        certain = [each for each in self.slips if each.right is not None]
        here = self._caret()
        found = next((each for each in certain if each.end >= here), next(iter(certain), None))
        if found is not None:
            self.mend(found)
        else:
            said = _ONLY_HERS if self.slips else _NOTHING
            QApplication.sendEvent(self._field, QStatusTipEvent(said))

    def add_to(self, menu: QMenu, position: int) -> None:
        """Offer the mend of the place at ``position`` at the head of a field's menu."""
        slip = self.at(position)
        first = menu.actions()[0] if menu.actions() else None
        if slip is None or first is None:
            return
        made = [menu.addAction(slip.problem)]
        made[0].setEnabled(False)
        if slip.right is not None:
            words_ = f"แก้เป็น “{slip.right}”" if slip.right.strip() else "แก้ให้"
            made.append(menu.addAction(f"{words_}\t{KEY}"))
            made[-1].triggered.connect(lambda _checked: self.mend(slip))
        made.append(menu.addSeparator())
        menu.insertActions(first, made)


def _wave() -> QTextCharFormat:
    made = QTextCharFormat()
    made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    made.setUnderlineColor(QColor(theme.colours().wrong))
    return made


def _mark_text(field: QPlainTextEdit, found: tuple[Slip, ...]) -> None:
    marks = []
    for slip in found:
        mark = QTextEdit.ExtraSelection()
        cursor = field.textCursor()
        cursor.setPosition(slip.start)
        cursor.setPosition(slip.end, QTextCursor.MoveMode.KeepAnchor)
        mark.cursor = cursor
        mark.format = _wave()
        marks.append(mark)
    field.setExtraSelections(marks)


def _mark_line(field: QLineEdit, found: tuple[Slip, ...]) -> None:
    """A field of one line takes formats only the way an input method gives them."""
    kind = QInputMethodEvent.AttributeType.TextFormat
    here = field.cursorPosition()
    marks = [
        QInputMethodEvent.Attribute(kind, slip.start - here, slip.end - slip.start, _wave())
        for slip in found
    ]
    QApplication.sendEvent(field, QInputMethodEvent("", marks))


def is_key(key: int, modifiers: Qt.KeyboardModifier) -> bool:
    """Whether a key asks for the next mend."""
    return key == Qt.Key.Key_Period and modifiers == Qt.KeyboardModifier.ControlModifier
