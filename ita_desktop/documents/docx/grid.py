"""Where the cells of a table stand, for writers whose tables are grids."""

from __future__ import annotations

from typing import NamedTuple

from ita_desktop.documents.blocks import Align, Cell, Column, Table


class Placed(NamedTuple):
    """A cell at its place; rows and columns are counted from 0. ``cell`` None: left blank."""

    row: int
    column: int
    rows: int
    columns: int
    cell: Cell | None
    align: Align


class HeadingCell(NamedTuple):
    """A heading at its place; rows and columns are counted from 0."""

    row: int
    column: int
    rows: int
    columns: int
    text: str


def placed(table: Table) -> list[Placed]:
    """Every cell of the table's rows; missing ones are blank, surplus ones are dropped."""
    found: list[Placed] = []
    covered: set[tuple[int, int]] = set()
    for row, cells in enumerate(table.rows):
        waiting = list(cells)
        column = 0
        while column < len(table.columns):
            if (row, column) in covered:
                column += 1
                continue
            cell = waiting.pop(0) if waiting else None
            place = _place(table, cell, row, column, covered)
            found.append(place)
            covered |= {
                (row + down, column + right)
                for down in range(place.rows)
                for right in range(place.columns)
            }
            column += place.columns
    return found


def _place(
    table: Table, cell: Cell | None, row: int, column: int, covered: set[tuple[int, int]]
) -> Placed:
    align = table.columns[column].align
    if cell is None:
        return Placed(row, column, 1, 1, None, align)
    most = min(max(1, cell.colspan), len(table.columns) - column)
    wide = 1
    while wide < most and (row, column + wide) not in covered:
        wide += 1
    high = min(max(1, cell.rowspan), len(table.rows) - row)
    return Placed(row, column, high, wide, cell, cell.align or align)


def headings(columns: tuple[Column, ...]) -> tuple[int, list[HeadingCell]]:
    """How many heading rows a table has (two where columns are grouped), and their cells."""
    if not any(column.group for column in columns):
        return 1, [HeadingCell(0, at, 1, 1, column.heading) for at, column in enumerate(columns)]
    found: list[HeadingCell] = []
    at = 0
    while at < len(columns):
        group = columns[at].group
        end = at + 1
        if not group:
            found.append(HeadingCell(0, at, 2, 1, columns[at].heading))
            at = end
            continue
        while end < len(columns) and columns[end].group == group:
            end += 1
        found.append(HeadingCell(0, at, 1, end - at, group))
        found += [HeadingCell(1, place, 1, 1, columns[place].heading) for place in range(at, end)]
        at = end
    return 2, found


def shares(columns: tuple[Column, ...], width: float) -> list[float]:
    """The widths of the columns: their shares scaled to ``width``."""
    own = [max(column.width, 0.01) for column in columns]
    return [width * share / sum(own) for share in own]
