"""A small editable table with its buttons: add, delete, up, down."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.models.rows_model import CellDelegate, ColumnSpec, RowsModel
from ui.widgets.hints import EmptyHint
from ui.widgets.layouts import button, row


class _Table(QTableView):
    """A table in which Delete deletes the row, Tab leaves after the last cell."""

    delete_pressed = Signal()

    def sizeHint(self) -> QSize:
        """No taller than it must be; it takes what room is left."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if (
            event.key() == Qt.Key.Key_Delete
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.delete_pressed.emit()
            return
        begins = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
        if begins and self.state() is not QAbstractItemView.State.EditingState:
            self.edit(self.currentIndex())
            return
        super().keyPressEvent(event)


class RecordTable(QWidget):
    """Rows of one kind of record. The owner does what the signals ask for."""

    add_asked = Signal()
    delete_asked = Signal(int)
    move_asked = Signal(int, int)

    def __init__(
        self,
        name: str,
        columns: tuple[ColumnSpec, ...],
        least_rows: int = 4,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.model = RowsModel(columns, self)
        self.view = _Table()
        self.view.setAccessibleName(name)
        self.view.setAccessibleDescription(
            f"{name}: กด Enter หรือพิมพ์ทับเพื่อแก้ช่อง  •  Ctrl+Delete ลบแถว"
        )
        self.view.setModel(self.model)
        self.view.setItemDelegate(CellDelegate(self.view))
        self._dress(columns, least_rows)
        self.hint = EmptyHint(self.view, f"ยังไม่มี{name}\nกด “เพิ่ม{name}” เพื่อเริ่ม")
        self.view.delete_pressed.connect(self._delete)
        self.add_button = button(f"เพิ่ม{name}", self.add_asked.emit)
        self.delete_button = button("ลบ", self._delete, tip=f"ลบ{name}ที่เลือก (Ctrl+Delete)")
        self.up_button = button("▲ ขึ้น", lambda: self._move(-1), tip=f"เลื่อน{name}ขึ้น")
        self.down_button = button("▼ ลง", lambda: self._move(1), tip=f"เลื่อน{name}ลง")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        column.addLayout(
            row(self.add_button, self.delete_button, self.up_button, self.down_button, None)
        )
        self.model.modelReset.connect(self._update_buttons)
        self._update_buttons()

    def _dress(self, columns: tuple[ColumnSpec, ...], least_rows: int) -> None:
        view = self.view
        view.setTabKeyNavigation(False)
        view.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.SelectedClicked
            | QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setAlternatingRowColors(True)
        view.setWordWrap(False)
        view.verticalHeader().setDefaultSectionSize(theme.scaled(30))
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for number, column in enumerate(columns):
            view.setColumnWidth(number, theme.scaled(column.width))
        view.horizontalHeader().setStretchLastSection(True)
        view.horizontalHeader().setHighlightSections(False)
        view.setMinimumHeight(theme.scaled(38 + 30 * least_rows))

    def show_records(self, records: tuple[object, ...]) -> None:
        """Show the records, keeping the current cell."""
        here = self.view.currentIndex()
        record_id, column = self.model.id_at(here), here.column()
        self.model.show_records(records)
        if record_id is not None and not self.view.currentIndex().isValid():
            self.select(record_id, column)

    def select(self, record_id: int, column: int = 0, *, edit: bool = False) -> None:
        """Go to a record, and begin to type in it when asked."""
        at = self.model.row_of(record_id)
        index = self.model.index(at, column) if at >= 0 else QModelIndex()
        self.view.setCurrentIndex(index)
        if edit and index.isValid():
            self.view.setFocus()
            self.view.edit(index)

    def _current(self) -> int | None:
        return self.model.id_at(self.view.currentIndex())

    def _delete(self) -> None:
        record_id = self._current()
        if record_id is not None:
            at = self.view.currentIndex().row()
            self.delete_asked.emit(record_id)
            left = self.model.rowCount()
            if left:
                self.view.setCurrentIndex(self.model.index(min(at, left - 1), 0))

    def _move(self, by: int) -> None:
        record_id = self._current()
        if record_id is not None:
            self.move_asked.emit(record_id, by)
            self.select(record_id, max(self.view.currentIndex().column(), 0))

    def _update_buttons(self) -> None:
        some = self.model.rowCount() > 0
        for each in (self.delete_button, self.up_button, self.down_button):
            each.setEnabled(some)
