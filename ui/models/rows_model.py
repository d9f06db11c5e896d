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
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.text import shown
from ui.widgets.phrases import offer_phrases
from ui.widgets.texts import LineField

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column: the record's attribute, the heading, what can be picked, how wide.

    ``choices`` gives stored value -> shown text at the moment of editing; None: free text.
    ``free``: other texts than the choices may be typed. ``fixed``: only shown, never edited.
    ``phrases``: what is offered below a free text while one types, the best first.
    """

    key: str
    heading: str
    choices: Callable[[], dict[Any, str]] | None = None
    free: bool = False
    width: int = 120
    fixed: bool = False
    phrases: Callable[[], Sequence[str]] | None = None


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
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled  # rows are dropped between rows only
        flags = super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled
        if index.isValid() and self.columns[index.column()].fixed:
            return flags
        return flags | Qt.ItemFlag.ItemIsEditable

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

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


class TypedDelegate(QStyledItemDelegate):
    """Hands over what is typed at once; an open editor shows what changed elsewhere (undo)."""

    _edited = QPersistentModelIndex()
    _giving = False

    def _hand_over(self, editor: QWidget) -> None:
        """Give what is in the editor to the model.

        A pick list also says "activated" while it loses the focus, when the view has let go of it.
        """
        view = self.parent()
        assert isinstance(view, QAbstractItemView)
        if view.indexWidget(self._edited) is editor:
            self.commitData.emit(editor)

    def _line(self, parent: QWidget, index: Index) -> LineField:
        self._edited = QPersistentModelIndex(index)
        line = LineField(parent)
        line.setFrame(False)
        line.typed.connect(lambda _: self._hand_over(line))
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        value = index.data(Qt.ItemDataRole.EditRole)
        if not self._giving and value != editor.property("given"):
            editor.setProperty("given", value)
            self.show_in(editor, value)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        self._giving = True
        try:
            model.setData(index, self.value_in(editor))
        finally:
            self._giving = False
        editor.setProperty("given", index.data(Qt.ItemDataRole.EditRole))

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Take the whole cell: inside the cell's padding the text would be cut off below."""
        editor.setGeometry(option.rect)

    def show_in(self, editor: QWidget, value: Any) -> None:
        """Put a value into an editor."""
        assert isinstance(editor, QLineEdit)
        editor.setText(value or "")

    def value_in(self, editor: QWidget) -> Any:
        """What an editor holds."""
        assert isinstance(editor, QLineEdit)
        return editor.text()


class CellDelegate(TypedDelegate):
    """Editors of a table: lines and pick lists."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        model = index.model()
        assert isinstance(model, RowsModel)
        column = model.columns[index.column()]
        line = self._line(parent, index)
        editor = line if column.choices is None else self._pick(parent, column, line)
        editor.setAccessibleName(column.heading)
        if column.phrases is not None:
            offer_phrases(editor if isinstance(editor, QComboBox) else line, column.phrases)
        return editor

    def _pick(self, parent: QWidget, column: ColumnSpec, line: LineField) -> QComboBox:
        pick = QComboBox(parent)
        for value, text in (column.choices() if column.choices else {}).items():
            pick.addItem(text, value)
        pick.activated.connect(lambda _: self._hand_over(pick))
        if column.free:
            pick.setLineEdit(line)
            # What is typed is meant as typed: "ผู้ตรวจ" must not become "ผู้ตรวจสอบ" on leaving.
            pick.setCompleter(None)  # type: ignore[arg-type]
            pick.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            line.typed.connect(lambda _: self._hand_over(pick))
        else:
            line.deleteLater()
        return pick

    def show_in(self, editor: QWidget, value: Any) -> None:
        if not isinstance(editor, QComboBox):
            super().show_in(editor, value)
        elif editor.isEditable():
            editor.setEditText(value or "")
        else:
            editor.setCurrentIndex(editor.findData(value))

    def value_in(self, editor: QWidget) -> Any:
        if not isinstance(editor, QComboBox):
            return super().value_in(editor)
        return editor.currentText() if editor.isEditable() else editor.currentData()
