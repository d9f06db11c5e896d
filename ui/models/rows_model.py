"""A table model over simple records: people, sign-off chain, divisions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.text import shown

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column: the record's attribute, the heading, what can be picked, how wide.

    ``choices`` gives stored value -> shown text at the moment of editing; None: free text.
    ``free``: other texts than the choices may be typed.
    """

    key: str
    heading: str
    choices: Callable[[], dict[Any, str]] | None = None
    free: bool = False
    width: int = 120


class RowsModel(QAbstractTableModel):
    """Records as rows. ``edited`` carries id, key and new value; the owner writes it."""

    edited = Signal(int, str, object)

    def __init__(self, columns: tuple[ColumnSpec, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = columns
        self._rows: list[dict[str, Any]] = []

    def show_records(self, records: Sequence[Any]) -> None:
        """Show records; rows that stayed the same in number are updated in place."""
        rows = [
            {"id": r.id, **{column.key: getattr(r, column.key) for column in self.columns}}
            for r in records
        ]
        if [row["id"] for row in rows] == [row["id"] for row in self._rows]:
            self._rows = rows
            if rows:
                last = self.index(len(rows) - 1, len(self.columns) - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def id_at(self, index: Index) -> int | None:
        """The record's id of a row."""
        return self._rows[index.row()]["id"] if index.isValid() else None

    def row_of(self, record_id: int) -> int:
        """The row of a record, -1 when it is not shown."""
        return next((i for i, row in enumerate(self._rows) if row["id"] == record_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Horizontal:
            return self.columns[section].heading
        return shown(section + 1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column = self.columns[index.column()]
        value = self._rows[index.row()][column.key]
        if role == Qt.ItemDataRole.EditRole:
            return value
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return column.choices().get(value, value) if column.choices else value
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.heading} {value or 'ว่าง'}"
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row, key = self._rows[index.row()], self.columns[index.column()].key
        if row[key] != value:
            row[key] = value
            self.edited.emit(row["id"], key, value)
        return True


class CellDelegate(QStyledItemDelegate):
    """Editors of a table: lines that hand over what is typed at once, and pick lists."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        model = index.model()
        assert isinstance(model, RowsModel)
        column = model.columns[index.column()]
        editor = self._line(parent) if column.choices is None else self._pick(parent, column)
        editor.setAccessibleName(column.heading)
        return editor

    def _line(self, parent: QWidget) -> QLineEdit:
        line = QLineEdit(parent)
        line.setFrame(False)
        line.textEdited.connect(lambda _: self.commitData.emit(line))
        return line

    def _pick(self, parent: QWidget, column: ColumnSpec) -> QComboBox:
        pick = QComboBox(parent)
        for value, text in (column.choices() if column.choices else {}).items():
            pick.addItem(text, value)
        pick.activated.connect(lambda _: self.commitData.emit(pick))
        if column.free:
            pick.setEditable(True)
            pick.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            # Only what the user types: the box also "edits" its text while it is being filled.
            line = pick.lineEdit()
            if line is not None:
                line.textEdited.connect(lambda _: self.commitData.emit(pick))
        return pick

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        value = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, QLineEdit):
            # While she types, what is in the field is newer than what is in the model.
            if not editor.isModified():
                editor.setText(value or "")
        elif isinstance(editor, QComboBox):
            self._show_pick(editor, value)

    def _show_pick(self, pick: QComboBox, value: Any) -> None:
        if pick.isEditable():
            if pick.currentText() != (value or ""):
                pick.setEditText(value or "")
        else:
            pick.setCurrentIndex(pick.findData(value))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text())
        elif isinstance(editor, QComboBox):
            value = editor.currentText() if editor.isEditable() else editor.currentData()
            model.setData(index, value)
