"""A small editable table with its buttons: add, delete, up, down."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent, QKeySequence
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
from ui.text import shown
from ui.widgets.hints import EmptyHint
from ui.widgets.layouts import button, row, shortcut
from ui.widgets.pasting import cells_of, clipboard_text
from ui.widgets.row_drag import let_drag, take_drop


class _Table(QTableView):
    """A table in which Delete deletes the row, Tab leaves after the last cell."""

    delete_pressed = Signal()
    paste_pressed = Signal()
    dropped = Signal(int)
    """The current row was dropped before the row of that number."""

    def dropEvent(self, event: QDropEvent) -> None:
        """Say where the dragged row is to go; the data put it there."""
        gap = take_drop(self, event)
        if gap is not None and self.currentIndex().isValid():
            self.dropped.emit(gap)

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
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_pressed.emit()
            return
        if event.key() == Qt.Key.Key_Delete:
            self._empty()
            return
        begins = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
        if begins and self.state() is not QAbstractItemView.State.EditingState:
            self.edit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _empty(self) -> None:
        """Take away what stands in the current cell."""
        here, model = self.currentIndex(), self.model()
        if here.isValid() and isinstance(model, RowsModel):
            column = model.columns[here.column()]
            picked = column.choices is not None and not column.free
            model.setData(here, None if picked else "")

    def step(self, by: int) -> None:
        """Go to the row below or above in the same column; at the ends stay."""
        there = self.currentIndex().siblingAtRow(self.currentIndex().row() + by)
        if there.isValid():
            self.setCurrentIndex(there)


class RecordTable(QWidget):
    """Rows of one kind of record. The owner does what the signals ask for."""

    add_asked = Signal()
    delete_asked = Signal(int)
    move_asked = Signal(int, int)
    paste_asked = Signal(object, object)
    """A block was pasted: id -> field -> value of rows that are there, values of rows to add."""
    said = Signal(str)

    def __init__(
        self,
        name: str,
        columns: tuple[ColumnSpec, ...],
        least_rows: int = 4,
        parent: QWidget | None = None,
        *,
        pasted: bool = False,
    ) -> None:
        """``pasted``: the owner does what ``paste_asked`` asks for."""
        super().__init__(parent)
        self._pasted = pasted
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.model = RowsModel(columns, self)
        self.view = _Table()
        self.view.setAccessibleName(name)
        self.view.setAccessibleDescription(
            f"{name}: กด Enter หรือพิมพ์ทับเพื่อแก้ช่อง  •  Ctrl+Delete ลบแถว"
        )
        self.view.setModel(self.model)
        cells = CellDelegate(self.view)
        self.view.setItemDelegate(cells)
        cells.step_asked.connect(self.view.step)
        cells.paste_asked.connect(self._paste)
        self.view.paste_pressed.connect(self._paste)
        self._dress(columns, least_rows)
        self.hint = EmptyHint(self.view, f"ยังไม่มี{name}\nกด “เพิ่ม{name}” เพื่อเริ่ม")
        self.view.delete_pressed.connect(self._delete)
        self.add_button = button(f"เพิ่ม{name}", self.add_asked.emit)
        self.delete_button = button("ลบ", self._delete, tip=f"ลบ{name}ที่เลือก (Ctrl+Delete)")
        self.up_button = button("▲ ขึ้น", lambda: self._move(-1), tip=f"เลื่อน{name}ขึ้น (Alt+Up)")
        self.down_button = button("▼ ลง", lambda: self._move(1), tip=f"เลื่อน{name}ลง (Alt+Down)")
        let_drag(self.view)
        self.view.dropped.connect(self._drop)
        shortcut(self.view, "Alt+Up", lambda: self._move(-1))
        shortcut(self.view, "Alt+Down", lambda: self._move(1))
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

    def _paste(self) -> None:
        """Put the clipboard's cells in, from the current cell to the right and down."""
        if not self._pasted:
            return
        cells = cells_of(clipboard_text())
        here = self.view.currentIndex()
        if not here.isValid():
            here = self.model.index(0, 0)
        if not any(map(any, cells)):
            self.said.emit("ไม่มีข้อความให้วาง โปรดคัดลอกช่องจาก Excel ก่อน")
            return
        changed, added, wrong = self.model.read_block(here, cells)
        if changed or added:
            self.paste_asked.emit(changed, added)
        note = f"วางแล้ว {len(changed) + len(added)} แถว"
        self.said.emit(shown(note + (f"  •  มี {wrong} ช่องที่ใช้ไม่ได้ จึงไม่ได้วาง" if wrong else "")))

    def _drop(self, gap: int) -> None:
        """Move the current row before the row of that number."""
        here = self.view.currentIndex().row()
        by = gap - here - (gap > here)
        if by:
            self._move(by)

    def _update_buttons(self) -> None:
        some = self.model.rowCount() > 0
        for each in (self.delete_button, self.up_button, self.down_button):
            each.setEnabled(some)
