"""A field that finds in a list while one types, and a shorter way: a unique beginning is enough."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QCompleter, QWidget

from ita_desktop.domain.places import plain_place
from ui.widgets.forms import Suggest
from ui.widgets.texts import LineField


class Lookup(Suggest):
    """Names to be found by any part of them. Other texts may be typed too.

    When the field is left, a beginning that only one name of the list has becomes that name, and a
    word before the name (``word``, such as จังหวัด) is taken off.
    """

    going_on = Signal()
    """Ctrl+Enter was pressed here."""

    def __init__(self, word: str = "", parent: QWidget | None = None) -> None:
        super().__init__({}, parent)
        self._word = word
        self._names: tuple[str, ...] = ()
        self.setMaxVisibleItems(14)
        line = self.lineEdit()
        assert isinstance(line, LineField)
        self.line = line
        line.editingFinished.connect(self.settle)
        line.returnPressed.connect(lambda: self._on_return(QGuiApplication.keyboardModifiers()))

    def offer_names(self, names: Iterable[str]) -> None:
        """Replace the list."""
        names = tuple(names)
        if names == self._names:
            return
        text = self.currentText()
        self._names = names
        self.offer({name: name for name in names})
        finder = QCompleter(list(names), self)
        finder.setFilterMode(Qt.MatchFlag.MatchContains)
        finder.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        finder.activated.connect(self._take)
        self.setCompleter(finder)
        self.show_value(text)

    def _take(self, name: str) -> None:
        self.show_value(name)
        self.typed.emit(name)

    def event(self, event: QEvent) -> bool:
        """Tab leaves the field: with its list still open nobody would hear of that."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                self._close_list()
            elif _goes_on(Qt.Key(event.key()), event.modifiers()):
                self._on_return(event.modifiers())
                return True
        return super().event(event)

    def _on_return(self, modifiers: Qt.KeyboardModifier) -> None:
        """Enter settles; with Ctrl it is meant for the page, which an open list keeps it from."""
        self.settle()
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            # Later: the list that is just closing gives the keyboard back to this field.
            QTimer.singleShot(0, self.going_on.emit)

    def _close_list(self) -> None:
        finder = self.completer()
        popup = finder.popup() if finder is not None else None
        if popup is not None:
            popup.hide()

    def settle(self) -> None:
        """The field is left: a unique beginning becomes the name."""
        self._close_list()
        text = plain_place(self.currentText(), self._word) if self._word else self.currentText()
        starts = [name for name in self._names if name.startswith(text)]
        if len(text) >= 2 and text not in self._names and len(starts) == 1:
            text = starts[0]
        if text != self.currentText():
            self._take(text)


def _goes_on(key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
    returns = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return returns and bool(modifiers & Qt.KeyboardModifier.ControlModifier)
