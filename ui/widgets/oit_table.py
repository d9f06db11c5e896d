"""The table of the OIT list: typed across and down, pasted from Excel."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui import theme
from ui.models.oit_model import OitModel
from ui.models.rows_model import CellDelegate, Index

_LEAST_NAME = 140
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class OitDelegate(CellDelegate):
    """Editors of the cells; a date that can't be read goes back to what was there before."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        model = index.model()
        assert isinstance(model, OitModel)
        model.begin(index)
        return super().createEditor(parent, option, index)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Of a long address the end is shown too: it tells one page from another."""
        super().initStyleOption(option, index)
        model = index.model()
        if isinstance(model, OitModel) and model.columns[index.column()].key == "url":
            option.textElideMode = Qt.TextElideMode.ElideMiddle


class OitTable(QTableView):
    """The items as rows; Tab leaves the table, arrows and Enter move inside."""

    paste_asked = Signal()

    def __init__(self, model: OitModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("รายการเปิดเผยข้อมูล")
        self.setAccessibleDescription(
            "พิมพ์ทับได้ทุกช่อง วางคอลัมน์จาก Excel ด้วย Ctrl+V  •  ที่อยู่ขึ้นต้นด้วย https://"
        )
        self.cells = OitDelegate(self)
        self.setModel(model)
        self.setItemDelegate(self.cells)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.DoubleClicked
            | triggers.SelectedClicked
            | triggers.AnyKeyPressed
            | triggers.EditKeyPressed
        )
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.scaled(30))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        for at, column in enumerate(model.columns):
            self.setColumnWidth(at, theme.scaled(column.width))
        self.cells.step_asked.connect(self._step)
        self.cells.paste_asked.connect(self.paste_asked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The names give way on a small screen, so that address and code are seen together."""
        super().resizeEvent(event)
        model = self.model()
        assert isinstance(model, OitModel)
        at = model.column_of("title")
        wide = model.columns[at].width
        left = self.viewport().width() - theme.scaled(sum(c.width for c in model.columns)) + wide
        self.setColumnWidth(at, min(max(left, _LEAST_NAME), wide))
        # Scrolled to while there was less room, the cell may have pushed the codes out of sight.
        self.horizontalScrollBar().setValue(0)
        self.scrollTo(self.currentIndex())

    def _step(self, by: int) -> None:
        here = self.currentIndex()
        there = here.siblingAtRow(here.row() + by)
        if there.isValid():
            self.setCurrentIndex(there)

    def go(self, row: int, column: int) -> None:
        """Go to a cell, and have it in sight."""
        there = self.model().index(row, column)
        self.setCurrentIndex(there)
        self.scrollTo(there)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter begins to edit, Ctrl+V pastes, Ctrl+C copies the cell, Delete empties it."""
        editing = self.state() is QAbstractItemView.State.EditingState
        here = self.currentIndex()
        if not editing and event.key() in _ENTER:
            self.edit(here)
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_asked.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._copy(here)
        elif event.key() == Qt.Key.Key_Delete and not editing:
            self._empty(here)
        else:
            super().keyPressEvent(event)

    def _copy(self, here: QModelIndex) -> None:
        model = self.model()
        assert isinstance(model, OitModel)
        if here.isValid():
            QGuiApplication.clipboard().setText(model.plain(here))

    def _empty(self, here: QModelIndex) -> None:
        model = self.model()
        assert isinstance(model, OitModel)
        if here.isValid() and model.flags(here) & Qt.ItemFlag.ItemIsEditable:
            model.begin(here)
            self.cells.opened.emit()
            is_choice = model.columns[here.column()].key == "disclosed"
            model.setData(here, None if is_choice else "")
