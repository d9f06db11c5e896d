"""The bar of troubles: what is wrong stays in sight, with the ways out, until it is solved."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.layouts import WrappedLabel, button

Way = tuple[str, Callable[[], object]]
"""A button: what it says, what it does."""


class _Trouble(QFrame):
    """One trouble: its sentence and its buttons."""

    def __init__(self, text: str, ways: tuple[Way, ...], *, grave: bool) -> None:
        super().__init__()
        self.setProperty("trouble", "grave" if grave else "mild")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.text = text
        self.ways = tuple(words for words, _ in ways)
        self.buttons = {words: button(words, do) for words, do in ways}
        said = WrappedLabel(f"⚠ {text}" if grave else text)
        said.setAccessibleName(text)
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 6, 14, 6)
        line.setSpacing(8)
        line.addWidget(said, 1)
        for each in self.buttons.values():
            line.addWidget(each, 0, Qt.AlignmentFlag.AlignVCenter)


class Troubles(QWidget):
    """All troubles, the gravest above; hidden while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("troubles")
        self._shown: dict[str, _Trouble] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(1)
        self.hide()

    def show_trouble(self, key: str, text: str, *ways: Way, grave: bool = True) -> None:
        """Show a trouble, or what has become of it; the same again changes nothing."""
        old = self._shown.get(key)
        words = tuple(each for each, _ in ways)
        if old is not None and (old.text, old.ways) == (text, words):
            return
        self.solve(key)
        made = _Trouble(text, ways, grave=grave)
        self._shown[key] = made
        self._column.insertWidget(0 if grave else self._column.count(), made)
        self.show()

    def solve(self, key: str) -> None:
        """Take a trouble away: it is solved."""
        gone = self._shown.pop(key, None)
        if gone is not None:
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self.setVisible(bool(self._shown))

    def text(self, key: str) -> str:
        """What is said of a trouble, "" when there is none."""
        found = self._shown.get(key)
        return found.text if found else ""

    def press(self, key: str, words: str) -> None:
        """Press a button of a trouble."""
        self._shown[key].buttons[words].click()

    def keys(self) -> tuple[str, ...]:
        """The troubles in sight."""
        return tuple(self._shown)
