"""Windows of their own beside the main one: lists with what can be done with them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QPushButton,
    QStyle,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.theme import scaled
from ui.widgets.wrapping import WordDelegate

WINDOW = QSize(940, 600)
"""A window of usual size; a smaller screen makes it smaller."""
FRAME = QSize(24, 48)
"""What a window's frame, its title and the task bar take of the screen."""
MOST_FITTED = 300
"""Rows that are made as tall as their texts; measuring thousands would take seconds."""


Index = QModelIndex | QPersistentModelIndex

ROOM = 190
"""Pixels that a column of long texts should have."""
LEAST, TALLEST = 32, 92
"""Pixels of a row; the whole text is its tip."""


class _Cell(WordDelegate):
    """The row is chosen, never a cell of it: no cell looks different from the others."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.state &= ~QStyle.StateFlag.State_HasFocus


class Dialog(QDialog):
    """A window over the main one. Enter presses the button that has the keyboard.

    Left to itself Qt lets Enter in a field press the first button there is, whatever that does.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.enter_button: QPushButton | None = None
        """What Enter in a field presses, where the window is there for one thing."""

    def take_size(self, wished: QSize) -> None:
        """Be as large as wished at the usual size of the text, and no larger than the screen."""
        room = self.screen().availableGeometry().size() - FRAME
        size = QSize(scaled(wished.width()), scaled(wished.height()))
        self.resize(size.boundedTo(room))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A button with the keyboard has had its Enter already."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif self.enter_button is not None and self.enter_button.isVisible():
            self.enter_button.click()


class Panel(Dialog):
    """A window that does not stop the rest; Esc closes it. No larger than the screen."""

    def __init__(self, title: str, size: QSize, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(False)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 14, 16, 14)
        self.column.setSpacing(10)
        self.take_size(size)


class Rows(QTableWidget):
    """A table to read and to choose a row from. ``chosen`` carries its number, on Enter too."""

    chosen = Signal(int)
    moved = Signal(int)

    def __init__(self, name: str, headings: Sequence[str], widths: Sequence[int]) -> None:
        super().__init__(0, len(headings))
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(list(headings))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(True)
        self.setItemDelegate(_Cell(self))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(scaled(LEAST))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._widths = tuple(widths)
        for at, width in enumerate(widths):
            if not width:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        self.cellDoubleClicked.connect(lambda at, _: self.chosen.emit(at))
        self.currentCellChanged.connect(lambda at, *_: self.moved.emit(at))

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show rows of texts, keeping the current row where there still is one."""
        here = max(self.currentRow(), 0)
        self.setRowCount(len(rows))
        for at, texts in enumerate(rows):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(" ".join(text.split()))
                item.setToolTip(text)
                self.setItem(at, column, item)
        self._fit()
        if rows:
            self.setCurrentCell(min(here, len(rows) - 1), 0)
        self.moved.emit(self.currentRow())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrapping depends on the width."""
        super().resizeEvent(event)
        self._share_width()
        self._fit()

    def _share_width(self) -> None:
        """On a small screen the narrow columns give way: long texts stand in the others."""
        fixed = sum(map(scaled, self._widths))
        wide = sum(not width for width in self._widths) * scaled(ROOM)
        share = min(1.0, max(0.55, (self.viewport().width() - wide) / max(fixed, 1)))
        header = self.horizontalHeader()
        for at, width in enumerate(self._widths):
            if width:
                least = header.sectionSizeFromContents(at).width()
                self.setColumnWidth(at, max(int(scaled(width) * share), least))
        header.length()  # has the stretched columns take their width before rows are measured

    def _fit(self) -> None:
        """Rows as tall as their texts, within limits."""
        if self.rowCount() <= MOST_FITTED:
            self.resizeRowsToContents()
            for at in range(self.rowCount()):
                height = min(max(self.rowHeight(at), scaled(LEAST)), scaled(TALLEST))
                self.setRowHeight(at, height)

    def texts(self) -> list[list[str]]:
        """What is shown, row by row."""
        return [
            [item.text() if (item := self.item(at, column)) else "" for column in self._columns()]
            for at in range(self.rowCount())
        ]

    def _columns(self) -> range:
        return range(self.columnCount())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentRow() >= 0:
            self.chosen.emit(self.currentRow())
            return
        super().keyPressEvent(event)
