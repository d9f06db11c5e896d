"""A filter in one line: a button with a menu of choices, how many are shown, one press to clear."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from ui.text import shown
from ui.widgets.layouts import ElidedLabel, button

ALL = "ทั้งหมด"
_MOST_LETTERS = 18


@dataclass(frozen=True, slots=True)
class Group:
    """What can be filtered by: its key, its Thai name, value -> text of what can be chosen."""

    key: str
    name: str
    values: Mapping[str, str]


class FilterBar(QWidget):
    """Choices of several groups, one value each. ``chosen`` is emitted when any has changed."""

    chosen = Signal()

    def __init__(self, hint: str = "", parent: QWidget | None = None) -> None:
        """``hint``: stands where the count does while everything is shown."""
        super().__init__(parent)
        self._hint = hint
        self._groups: Sequence[Group] = ()
        self.values: dict[str, str] = {}
        """Group -> chosen value; a group of which all is shown is absent."""
        self.menu = QMenu(self)
        self.button = button("กรอง", self.open, tip="เลือกให้แสดงเฉพาะบางรายการ (Ctrl+Shift+F)")
        self.clear_button = button("✕ ล้าง", self.clear, tip="แสดงทุกรายการ")
        self.count = ElidedLabel()
        self.count.setProperty("role", "muted")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.button)
        line.addWidget(self.clear_button)
        line.addWidget(self.count, 1)
        self._show()

    @property
    def active(self) -> bool:
        """Whether anything is filtered."""
        return bool(self.values)

    def offer(self, groups: Sequence[Group]) -> None:
        """What can be chosen now; a chosen value that is no longer offered stays until cleared."""
        self._groups = groups
        self._show()

    def open(self) -> None:
        """Show the choices below the button."""
        self._fill()
        self.menu.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))

    def choose(self, key: str, value: str) -> None:
        """Filter by a value of a group; "" shows all of the group again."""
        self.values.pop(key, None)
        if value:
            self.values[key] = value
        self._show()
        self.chosen.emit()

    def clear(self) -> None:
        """Show everything again."""
        if self.values:
            had_focus = self.clear_button.hasFocus()
            self.values.clear()
            self._show()
            if had_focus:
                self.button.setFocus()
            self.chosen.emit()

    def forget(self) -> None:
        """Drop, without a word, chosen values that another list does not offer."""
        offered = {group.key: group.values for group in self._groups}
        self.values = {k: v for k, v in self.values.items() if v in offered.get(k, {})}
        self._show()

    def tell(self, visible: int, all_: int) -> None:
        """Say how many of how many are shown."""
        text = shown(f"แสดง {visible} จาก {all_}") if self.active else self._hint
        self.count.setText(text)

    def _fill(self) -> None:
        self.menu.clear()
        for group in self._groups:
            now = self.values.get(group.key, "")
            text = self._text(group)
            inner = self.menu.addMenu(_plain(f"{group.name}: {text}" if text else group.name))
            picks = QActionGroup(inner)
            for value, words in {"": ALL, **group.values}.items():
                action = inner.addAction(_plain(words))
                action.setCheckable(True)
                action.setChecked(value == now)
                action.triggered.connect(
                    lambda _=False, key=group.key, value=value: self.choose(key, value)
                )
                picks.addAction(action)
        if self.active:
            self.menu.addSeparator()
            self.menu.addAction("แสดงทุกรายการ").triggered.connect(lambda _=False: self.clear())

    def _text(self, group: Group) -> str:
        value = self.values.get(group.key, "")
        return group.values.get(value, value) if value else ""

    def _show(self) -> None:
        words = ", ".join(text for group in self._groups if (text := self._text(group)))
        short = words if len(words) <= _MOST_LETTERS else f"{words[: _MOST_LETTERS - 1]}…"
        self.button.setText(_plain(f"กรอง: {short} ▾" if short else "กรอง ▾"))
        self.button.setAccessibleName(f"กรอง {words}" if words else "กรอง")
        self.button.setToolTip(
            f"{words}\n(Ctrl+Shift+F)" if words else "เลือกให้แสดงเฉพาะบางรายการ (Ctrl+Shift+F)"
        )
        self.clear_button.setVisible(self.active)


def _plain(text: str) -> str:
    """A text in which & is no mnemonic."""
    return text.replace("&", "&&")
