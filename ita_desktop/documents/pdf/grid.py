"""Where the cells of a table stand when some reach over several columns or rows."""

from __future__ import annotations

from typing import NamedTuple

from ita_desktop.documents.blocks import Cell


class Place(NamedTuple):
    """A cell, or a missing one, with the columns and rows it takes."""

    cell: Cell | None
    column: int
    columns: int
    rows: int


def placed(rows: tuple[tuple[Cell, ...], ...], columns: int) -> list[list[Place]]:
    """The places of each row from left to right.

    No two of them meet: a cell that reaches too far is cut off at what already stands there or at
    the table's edge, a surplus one is dropped, a missing one leaves an empty place.
    """
    covered = [0] * columns
    found: list[list[Place]] = []
    for index, row in enumerate(rows):
        places: list[Place] = []
        cells = iter(row)
        at = 0
        while at < columns:
            if covered[at]:
                at += 1
                continue
            cell = next(cells, None)
            if cell is None or (cell.colspan <= 1 and cell.rowspan <= 1):
                places.append(Place(cell, at, 1, 1))
                at += 1
                continue
            wide = _free(covered, at, cell.colspan)
            high = max(1, min(cell.rowspan, len(rows) - index))
            places.append(Place(cell, at, wide, high))
            covered[at : at + wide] = [high] * wide
            at += wide
        found.append(places)
        covered = [max(0, left - 1) for left in covered]
    return found


def _free(covered: list[int], at: int, wanted: int) -> int:
    """How many of the columns from ``at`` on nothing from above covers."""
    wide = 1
    while wide < wanted and at + wide < len(covered) and not covered[at + wide]:
        wide += 1
    return wide


def groups(names: list[str]) -> list[tuple[int, int]]:
    """Neighbours with the same name that is not empty, as (first, how many)."""
    found: list[tuple[int, int]] = []
    for index, name in enumerate(names):
        if found and name and names[found[-1][0]] == name:
            found[-1] = found[-1][0], found[-1][1] + 1
        else:
            found.append((index, 1))
    return found
