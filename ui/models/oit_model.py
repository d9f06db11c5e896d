"""The OIT list of a year as rows: what is disclosed for each item, with its marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from ita_desktop.domain.disclosure import DISCLOSED_LABELS, Flaw, Mark, read_disclosed
from ita_desktop.domain.fiscal import parse_thai_date, thai_date
from ita_desktop.domain.framework import Item
from ita_desktop.domain.papers import Disclosure
from ui.models.rows_model import ANSWERED, ColumnSpec, Index, RowsModel
from ui.text import shown

SIGN = "⚠ "
"""Stands before what is to be looked at; the sentence is the cell's tip."""


@dataclass(frozen=True, slots=True)
class OitRow:
    """One item with what was entered for it. ``id`` is its number in the framework's list."""

    id: int
    code: str
    title: str
    disclosed: bool | None
    url: str
    explanation: str
    owner: str
    day: date | None
    checked_by: str


def oit_row(number: int, item: Item, found: Disclosure) -> OitRow:
    """The row of an item."""
    names = ("disclosed", "url", "explanation", "owner", "day", "checked_by")
    values = {name: getattr(found, name) for name in names}
    return OitRow(number, item.code, item.title, **values)


class OitModel(RowsModel):
    """Rows of the OIT list. ``entered`` carries code, field and value of what the user typed.

    A text that is no date is kept in its cell, with a sign and the reason, and is not handed over.
    """

    entered = Signal(str, str, object)

    def __init__(self, columns: tuple[ColumnSpec, ...], parent: QObject | None = None) -> None:
        super().__init__(columns, parent)
        self.marks: Mapping[str, Sequence[Mark]] = {}
        self._drafts: dict[str, str] = {}
        self._before: dict[str, date | None] = {}
        self.edited.connect(self._on_edited)

    # --- what is shown -------------------------------------------------------------------------

    def forget(self) -> None:
        """Drop texts that are no dates: another year is shown."""
        self._drafts.clear()

    def show_marks(self, marks: Mapping[str, Sequence[Mark]]) -> None:
        """Show what is to be looked at in the addresses."""
        self.marks = marks
        if self._rows:
            self.dataChanged.emit(
                self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1)
            )

    def code_at(self, index: Index) -> str:
        """The item of a row, "" for none."""
        return self._rows[index.row()]["code"] if index.isValid() else ""

    def codes(self) -> list[str]:
        """The items shown, in order."""
        return [row["code"] for row in self._rows]

    def column_of(self, key: str) -> int:
        """The column that shows a field."""
        return next(at for at, column in enumerate(self.columns) if column.key == key)

    def problems(self, code: str, key: str = "") -> list[str]:
        """What is wrong with an item, in Thai sentences; with ``key`` only in that field."""
        found: list[str] = []
        if key in ("", "url"):
            found += [_sentence(mark) for mark in self.marks.get(code, ())]
        if key in ("", "day") and code in self._drafts:
            try:
                parse_thai_date(self._drafts[code])
            except ValueError as error:
                found.append(shown(f"วันที่ของข้อ {code}: {error} ค่านี้จึงยังไม่ถูกเก็บ"))
        return found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Signs stand before what is to be looked at, and the tip says why."""
        if role not in ANSWERED:
            return None
        key, code = self.columns[index.column()].key, self.code_at(index)
        text = self._text(index, key, code)
        problems = self.problems(code, key)
        match role:
            case Qt.ItemDataRole.EditRole if key == "day":
                return text
            case Qt.ItemDataRole.DisplayRole:
                return f"{SIGN}{text}" if problems else text
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join((text, *problems))
            case Qt.ItemDataRole.AccessibleTextRole:
                heading = self.columns[index.column()].heading
                return " ".join((heading, text or "ว่าง", *problems))
            case _:
                return super().data(index, role)

    def plain(self, index: Index) -> str:
        """The text of a cell without a sign, as it is copied."""
        return self._text(index, self.columns[index.column()].key, self.code_at(index))

    def _text(self, index: Index, key: str, code: str) -> str:
        value = self._rows[index.row()][key]
        if key == "day":
            return self._drafts.get(code) or (shown(thai_date(value, short=True)) if value else "")
        if key in ("code", "title"):
            return shown(value)
        return DISCLOSED_LABELS[value] if key == "disclosed" else value

    # --- what is entered -----------------------------------------------------------------------

    def begin(self, index: Index) -> None:
        """A stay in a cell begins: an unreadable date goes back to what is there now."""
        row = self._rows[index.row()]
        self._before[row["code"]] = row["day"]

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take what was typed into a cell."""
        if self.columns[index.column()].key != "day":
            return super().setData(index, value, role)
        row = self._rows[index.row()]
        code = row["code"]
        if value == self.data(index, Qt.ItemDataRole.EditRole):
            return True
        try:
            day = parse_thai_date(value)
        except ValueError:
            self._drafts[code] = value
            day = self._before.get(code, row["day"])
        else:
            self._drafts.pop(code, None)
        self.dataChanged.emit(index, index)
        return super().setData(index, day, role)

    def _on_edited(self, number: int, key: str, value: object) -> None:
        self.entered.emit(self._rows[self.row_of(number)]["code"], key, value)

    def read(self, code: str, key: str, text: str) -> dict[str, Any]:
        """A pasted text as field -> value; empty where it can't be one.

        A text that is no date becomes a draft. Unlike in a typed cell nothing is handed over.
        """
        plain = text.strip()
        try:
            if key == "disclosed":
                return {key: read_disclosed(plain)}
            if key == "day":
                day = parse_thai_date(plain)
                self._drafts.pop(code, None)
                return {key: day}
        except ValueError:
            if key == "day":
                self._drafts[code] = plain
            return {}
        return {key: plain}


def _sentence(mark: Mark) -> str:
    """The mark's sentence; digits inside an address stay as they are typed into a browser."""
    return mark.sentence if mark.flaw is Flaw.OTHER_HOST else shown(mark.sentence)
