"""Merged cells: which column every cell of a row stands in."""

from __future__ import annotations

from ita_desktop.documents.blocks import Cell, Table

GOES_ON = 0
"""The ``rowspan`` of a cell that stands where one from above goes on."""


def full_rows(table: Table) -> tuple[tuple[Cell, ...], ...]:
    """The rows with a cell for every column: where one from above goes on, an empty one."""
    if all(cell.rowspan <= 1 for row in table.rows for cell in row):
        return table.rows
    left: dict[int, tuple[int, int]] = {}
    found: list[tuple[Cell, ...]] = []
    for number, row in enumerate(table.rows):
        found.append(_full_row(row, len(table.columns), len(table.rows) - number, left))
    return tuple(found)


def _full_row(
    row: tuple[Cell, ...], columns: int, rows_left: int, left: dict[int, tuple[int, int]]
) -> tuple[Cell, ...]:
    """One row; ``left``: column -> (columns, rows) that a cell from above still covers."""
    cells: list[Cell] = []
    given = iter(row)
    at = 0
    while at < columns:
        if at in left:
            span, rows = left.pop(at)
            cells.append(Cell((), colspan=span, rowspan=GOES_ON))
            if rows > 1:
                left[at] = span, rows - 1
        else:
            cell = next(given, None)
            if cell is None:
                break
            span = min(max(1, cell.colspan), columns - at)
            rows = min(max(1, cell.rowspan), rows_left)
            cells.append(Cell(cell.blocks, cell.align, span, rows, cell.continued))
            if rows > 1:
                left[at] = span, rows - 1
        at += span
    return tuple(cells)
