"""A table that is only read: rows of texts under headings, wrapped, one row chosen at a time."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from ui.theme import scaled


class PlainTable(QTableWidget):
    """Texts in rows. ``entered``: Enter or a double click on a row, by its number."""

    entered = Signal(int)
    chosen = Signal(int)
    """The current row has changed."""

    def __init__(self, name: str, headings: Sequence[str], stretch: Collection[int]) -> None:
        """``stretch``: the columns that share what width is left."""
        super().__init__(0, len(headings))
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(list(headings))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        for column in range(len(headings)):
            mode = QHeaderView.ResizeMode
            header.setSectionResizeMode(column, mode.Stretch if column in stretch else mode.Fixed)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.itemDoubleClicked.connect(lambda item: self.entered.emit(item.row()))
        self.currentCellChanged.connect(lambda now, *_: self.chosen.emit(now))

    def widths(self, *pixels: int) -> None:
        """Set the widths of the first columns, for the usual text size; stretched ones go alone."""
        for column, width in enumerate(pixels):
            self.setColumnWidth(column, scaled(width))

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these rows, the cursor where it was."""
        here = max(self.currentRow(), 0)
        self.setRowCount(len(rows))
        for at, texts in enumerate(rows):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
                self.setItem(at, column, item)
        if rows:
            self.setCurrentCell(min(here, len(rows) - 1), 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentRow() >= 0:
            self.entered.emit(self.currentRow())
            return
        super().keyPressEvent(event)
