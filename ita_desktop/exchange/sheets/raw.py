"""A table as it was found in a file or on the clipboard: texts in cells, and nothing else yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

MOST_TABLES = 40
MOST_ROWS = 2_000
MOST_COLUMNS = 60
MOST_CELL = 32_767
"""Letters of a cell: what a workbook itself can hold."""
MOST_LETTERS = 3_000_000
"""Of all tables of a file together."""
MOST_MERGED = 5_000
MOST_NOTES = 200


@dataclass(frozen=True, slots=True)
class Area:
    """Cells that are one; rows and columns from 0, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence about a cell, or about the table as a whole where ``cell`` is "".

    ``column`` of the cell, from 0; it matters only where that column is taken in. None: always.
    """

    cell: str
    sentence: str
    column: int | None = None


@dataclass(frozen=True, slots=True)
class RawTable:
    """One table. Every row has as many cells as the widest; a merged area's text is in its first.

    ``lettered``: its cells are called as in a worksheet (C7). ``place`` is the number of the first
    row in its sheet, from 0.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    merged: tuple[Area, ...] = ()
    notes: tuple[Note, ...] = ()
    lettered: bool = True

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.rows[0]) if self.rows else 0

    def cell(self, row: int, column: int) -> str:
        """The text of a cell, "" outside the table."""
        inside = 0 <= row < len(self.rows) and 0 <= column < self.width
        return self.rows[row][column] if inside else ""

    def name_of(self, row: int, column: int) -> str:
        """What the clerk calls a cell: "C7", or its row and column in a pasted table."""
        if not self.lettered:
            return f"แถวที่ {row + 1} ช่องที่ {column + 1}"
        return f"{letters_of(column)}{row + 1}"


@dataclass(frozen=True, slots=True)
class Source:
    """What was read. ``mark``: "1 2569" in the program's own form, version and year."""

    tables: tuple[RawTable, ...]
    mark: str = ""


def letters_of(column: int) -> str:
    """The letters over a worksheet's column, counted from 0: A … Z, AA …"""
    name, left = "", column + 1
    while left:
        left, digit = divmod(left - 1, 26)
        name = chr(ord("A") + digit) + name
    return name


def even(rows: list[list[str]]) -> tuple[tuple[str, ...], ...]:
    """Rows filled up to one width, without the empty rows and columns at the end."""
    while rows and not any(text.strip() for text in rows[-1]):
        rows.pop()
    filled = (at + 1 for row in rows for at, text in enumerate(row) if text.strip())
    width = max(filled, default=0)
    return tuple(tuple([*row, *[""] * (width - len(row))][:width]) for row in rows)


def source_to_data(source: Source) -> dict[str, Any]:
    """The source as data for JSON, from the reading process to the asking one."""
    return {
        "mark": source.mark,
        "tables": [
            {
                "name": table.name,
                "rows": table.rows,
                "merged": [[a.top, a.left, a.bottom, a.right] for a in table.merged],
                "notes": [[note.cell, note.sentence, note.column] for note in table.notes],
                "lettered": table.lettered,
            }
            for table in source.tables
        ],
    }


def source_from_data(data: dict[str, Any]) -> Source:
    """The source again."""
    return Source(
        tuple(
            RawTable(
                name=table["name"],
                rows=tuple(tuple(row) for row in table["rows"]),
                merged=tuple(Area(*each) for each in table["merged"]),
                notes=tuple(Note(*each) for each in table["notes"]),
                lettered=table["lettered"],
            )
            for table in data["tables"]
        ),
        data["mark"],
    )
