"""A table model over simple records: people, sign-off chain, divisions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ita_desktop.domain.search import fold
from ui.text import shown
from ui.widgets.pasting import clipboard_text, is_block
from ui.widgets.phrases import offer_phrases
from ui.widgets.texts import LineField

Index = QModelIndex | QPersistentModelIndex
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


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

    def read(self, text: str) -> Any:
        """A pasted text as a value of this column; None for what can't be picked here."""
        if self.choices is None or self.free:
            return text
        names = {value: fold(name) for value, name in self.choices().items() if value is not None}
        exact = [value for value, name in names.items() if name == fold(text)]
        begin = [value for value, name in names.items() if name.startswith(fold(text))]
        return (exact or (begin if len(begin) == 1 else [None]))[0]


ANSWERED = frozenset(
    {
        int(Qt.ItemDataRole.DisplayRole),
        int(Qt.ItemDataRole.EditRole),
        int(Qt.ItemDataRole.ToolTipRole),
        int(Qt.ItemDataRole.AccessibleTextRole),
    }
)
"""All that rows tell; at each painting a view asks every cell for twice as much."""
_READ = (
    Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemNeverHasChildren
    | Qt.ItemFlag.ItemIsDragEnabled
)
_TYPED = _READ | Qt.ItemFlag.ItemIsEditable


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
        return _READ if self.columns[index.column()].fixed else _TYPED

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
        if role not in ANSWERED:
            return None
        column = self.columns[index.column()]
        value = self._rows[index.row()][column.key]
        if role == Qt.ItemDataRole.EditRole:
            return value
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return column.choices().get(value, value) if column.choices else value
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.heading} {value or 'ว่าง'}"
        return None

    def read_block(
        self, at: Index, cells: Sequence[Sequence[str]]
    ) -> tuple[dict[int, dict[str, Any]], list[dict[str, Any]], int]:
        """A pasted block as id -> field -> value, rows that go below the last, unusable cells.

        The block begins at a cell and goes to the right and down. Blank cells change nothing.
        """
        changed: dict[int, dict[str, Any]] = {}
        added: list[dict[str, Any]] = []
        wrong = 0
        for number, texts in enumerate(cells, start=at.row()):
            columns = self.columns[at.column() :]
            read = [
                (column.key, column.read(text.strip()))
                for column, text in zip(columns, texts, strict=False)
                if text.strip() and not column.fixed
            ]
            values = {key: value for key, value in read if value is not None}
            wrong += len(read) - len(values)
            if values and number < len(self._rows):
                changed[self._rows[number]["id"]] = values
            elif values:
                added.append(values)
        return changed, added, wrong

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
    """Editors of a table: lines and pick lists.

    Enter goes on to the row below, a pasted block goes to many cells.
    """

    step_asked = Signal(int)
    paste_asked = Signal()
    opened = Signal()

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if (
            event.type() is QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and isinstance(editor, QWidget)
            and self._takes(editor, event)
        ):
            return True
        return super().eventFilter(editor, event)

    def _takes(self, editor: QWidget, event: QKeyEvent) -> bool:
        """Leave the editor on a key that goes on, or that puts in more than one cell."""
        enters = event.key() in ENTER
        pastes = event.matches(QKeySequence.StandardKey.Paste) and is_block(clipboard_text())
        if not enters and not pastes:
            return False
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        if pastes:
            self.paste_asked.emit()
        else:
            self.step_asked.emit(1)
        return True

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        model = index.model()
        assert isinstance(model, RowsModel)
        self.opened.emit()
        column = model.columns[index.column()]
        line = self._line(parent, index)
        editor = line if column.choices is None else self._pick(parent, column, line)
        editor.setAccessibleName(column.heading)
        if column.phrases is not None:
            offer_phrases(editor if isinstance(editor, QComboBox) else line, column.phrases)
            # An open list of phrases keeps Enter from the filter above; it picks, then goes on.
            line.returnPressed.connect(lambda: QTimer.singleShot(0, lambda: self._go_on(editor)))
        return editor

    def _go_on(self, editor: QWidget) -> None:
        """Enter was pressed in an editor: to the row below, when it has not been left yet."""
        view = self.parent()
        assert isinstance(view, QAbstractItemView)
        if view.indexWidget(self._edited) is editor:
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
            self.step_asked.emit(1)

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
            line = editor.lineEdit()
            assert line is not None
            line.selectAll()  # typing replaces, as in a cell without a list
        else:
            editor.setCurrentIndex(editor.findData(value))

    def value_in(self, editor: QWidget) -> Any:
        if not isinstance(editor, QComboBox):
            return super().value_in(editor)
        return editor.currentText() if editor.isEditable() else editor.currentData()
