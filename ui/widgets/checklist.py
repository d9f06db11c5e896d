"""A list of boxes to tick: the indicators or issues a measure answers."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ui.widgets.wrapping import WordDelegate


class CheckList(QListWidget):
    """Boxes by value. ``ticked`` carries the values ticked after the user changed one."""

    ticked = Signal(list)

    def __init__(self, name: str, rows: int = 5, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setToolTip(f"{name}: กดเว้นวรรคเพื่อเลือกหรือเลิกเลือก")
        self._rows = rows
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(True)
        self.setItemDelegate(WordDelegate(self))
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.itemChanged.connect(lambda _: self.ticked.emit(self.values()))

    def offer(self, choices: Mapping[str, str]) -> None:
        """Replace the boxes."""
        with QSignalBlocker(self):
            self.clear()
            for value, text in choices.items():
                item = QListWidgetItem(text, self)
                item.setData(Qt.ItemDataRole.UserRole, value)
                item.setToolTip(text)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Unchecked)
        height = self.sizeHintForRow(0) if choices else 26
        self.setFixedHeight(height * min(self._rows, max(len(choices), 1)) + 4)

    def values(self) -> list[str]:
        """The values that are ticked, in order."""
        items = (self.item(i) for i in range(self.count()))
        return [
            i.data(Qt.ItemDataRole.UserRole)
            for i in items
            if i.checkState() is Qt.CheckState.Checked
        ]

    def show_values(self, values: tuple[str, ...]) -> None:
        """Tick what the data says."""
        with QSignalBlocker(self):
            for i in range(self.count()):
                item = self.item(i)
                on = item.data(Qt.ItemDataRole.UserRole) in values
                item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
