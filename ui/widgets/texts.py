"""Text fields that report typing, grow with their text and leave Ctrl+Z to the window."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QCompleter, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from ui.widgets.spelling import SpellingMarks, is_key
from ui.widgets.wrapping import WordLayout, news

PAST = "ค่าก่อนหน้าของช่องนี้…"


def show_field_menu(field: QLineEdit | QPlainTextEdit, event: QContextMenuEvent) -> None:
    """The field's own menu, and its past where the window knows it."""
    menu = field.createStandardContextMenu()
    if isinstance(field, LineField | TextField):
        at = event.pos()
        line = isinstance(field, LineField)
        field.spelling.add_to(
            menu, field.cursorPositionAt(at) if line else field.cursorForPosition(at).position()
        )
    ask = getattr(field.window(), "past_of", None)
    show = ask(field) if ask is not None else None
    if show is not None:
        menu.addSeparator()
        menu.addAction(PAST).triggered.connect(lambda _checked: show())
    menu.exec(event.globalPos())
    menu.deleteLater()


def _is_for_window(event: QEvent, *, undo: bool, redo: bool) -> bool:
    """Whether the key asks for an undo or redo the field itself has none of."""
    if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    if event.matches(QKeySequence.StandardKey.Undo):
        return not undo
    return event.matches(QKeySequence.StandardKey.Redo) and not redo


def close_list_on_tab(finder: QCompleter | None, event: QEvent) -> None:
    """Tab leaves a field: with its list of phrases still open nobody would hear of that."""
    if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and finder:
        popup = finder.popup()
        if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and popup is not None:
            popup.hide()


_BREAKS = re.compile(r"[ ]*[\t\r\n\v\f\u0085\u2028\u2029]+[ ]*")
"""What parts lines and cells; it has no place in a field of one line."""


class LineField(QLineEdit):
    """A field of one line. ``typed`` carries the text after each change by the user."""

    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.visit = object()
        """Stands for one stay in the field: all typed in it is one undo step."""
        self.spelling = SpellingMarks(self)
        self.textEdited.connect(self._on_edited)

    def _on_edited(self, text: str) -> None:
        """Tell of the typing. A cell copied from a sheet ends in a line end: it is taken out."""
        if _BREAKS.search(text):
            at = len(_BREAKS.sub(" ", text[: self.cursorPosition()]).lstrip())
            text = _BREAKS.sub(" ", text).strip()
            self.setText(text)
            self.setCursorPosition(min(at, len(text)))
        self.typed.emit(text)

    def value(self) -> str:
        """The text."""
        return self.text()

    def show_value(self, value: str) -> None:
        """Show a text from the data; not reported as typing."""
        if value != self.text():
            with QSignalBlocker(self):
                self.setText(value)
            self.setCursorPosition(0)
            self.spelling.forget()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A new stay begins."""
        self.visit = object()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was typed last is looked at now."""
        super().focusOutEvent(event)
        self.spelling.look()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_key(event.key(), event.modifiers()):
            self.spelling.mend_next()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        show_field_menu(self, event)

    def event(self, event: QEvent) -> bool:
        """Take Ctrl+Z only while there is typing of this stay to take back."""
        close_list_on_tab(self.completer(), event)
        if _is_for_window(event, undo=self.isUndoAvailable(), redo=self.isRedoAvailable()):
            event.ignore()
            return False
        return super().event(event)


class TextField(QPlainTextEdit):
    """A field of several lines that is as tall as its text, within limits."""

    typed = Signal(str)
    take_lines: Callable[[list[str]], bool] | None = None
    """Is offered what was pasted, when it is several lines; whether it was taken."""

    def __init__(
        self, least_lines: int = 2, most_lines: int = 12, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.visit = object()
        self._least, self._most = least_lines, most_lines
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.document().setDocumentLayout(WordLayout(self))
        news().ready.connect(self._grow)  # bound, so that it ends with this field
        self.spelling = SpellingMarks(self)
        self.textChanged.connect(self._on_changed)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    def value(self) -> str:
        """The text."""
        return self.toPlainText()

    def show_value(self, value: str) -> None:
        """Show a text from the data; not reported as typing."""
        if value != self.toPlainText():
            with QSignalBlocker(self):
                self.setPlainText(value)
            self.spelling.forget()
            self._grow()
        # The field may stand for another record now, whose text must not be "undone" into this one.
        self.document().clearUndoRedoStacks()

    def _on_changed(self) -> None:
        self._grow()
        self.typed.emit(self.toPlainText())

    def _grow(self) -> None:
        """Fit the height to the wrapped lines."""
        line = QFontMetricsF(self.font()).lineSpacing()
        lines = min(max(self.document().size().height(), self._least), self._most)
        margins = 2 * (self.document().documentMargin() + self.frameWidth()) + 10
        height = int(lines * line + margins)
        if height != self.height():
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrapping depends on the width."""
        super().resizeEvent(event)
        self._grow()

    def sizeHint(self) -> QSize:
        """As wide as the layout likes."""
        return QSize(240, self.height())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A new stay begins."""
        self.visit = object()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was typed last is looked at now."""
        super().focusOutEvent(event)
        self.spelling.look()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Lines that are pasted or dropped may each have a place of their own."""
        lines = [line.strip() for line in source.text().splitlines() if line.strip()]
        taken = self.take_lines is not None and len(lines) > 1 and self.take_lines(lines)
        if not taken:
            super().insertFromMimeData(source)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        show_field_menu(self, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Up and Alt+Down put the line in another place: a step, a point; a key mends."""
        if is_key(event.key(), event.modifiers()):
            self.spelling.mend_next()
            return
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.modifiers() == Qt.KeyboardModifier.AltModifier and event.key() in steps:
            self.move_line(steps[Qt.Key(event.key())])
            return
        super().keyPressEvent(event)

    def move_line(self, by: int) -> None:
        """Put the line of the cursor above the one before (-1) or below the one after (+1)."""
        cursor = self.textCursor()
        here, column = cursor.blockNumber(), cursor.positionInBlock()
        lines = self.toPlainText().split("\n")
        there = here + by
        if self.isReadOnly() or not 0 <= there < len(lines):
            return
        lines[here], lines[there] = lines[there], lines[here]
        first = self.document().findBlockByNumber(min(here, there))
        last = self.document().findBlockByNumber(max(here, there))
        cursor.setPosition(first.position())
        cursor.setPosition(last.position() + last.length() - 1, cursor.MoveMode.KeepAnchor)
        cursor.insertText("\n".join(lines[min(here, there) : max(here, there) + 1]))
        cursor.setPosition(self.document().findBlockByNumber(there).position() + column)
        self.setTextCursor(cursor)

    def event(self, event: QEvent) -> bool:
        """Take Ctrl+Z only while there is typing to take back."""
        text = self.document()
        if _is_for_window(event, undo=text.isUndoAvailable(), redo=text.isRedoAvailable()):
            event.ignore()
            return False
        return super().event(event)
