"""Rows tied together by cells that reach over several of them. Lengths are points.

Such rows are one strip, which a page end may part between any two of its rows or, as it may any
row, inside one. A cell that reaches over the page end goes on on the next page.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from typing import NamedTuple

from .cells import Box, Item, Layout, cut, first_words, fitting, paint_items, without_gap
from .flow import WASTE_LIMIT, Paint, Sheets, Strip
from .widths import PADDING_ABOVE

HEADING_GRAY = 0.9

Rows = list[list[Box]]


def heights_of(rows: Rows, least: float) -> list[float]:
    """The height of each row; the last one under a tall cell takes what the others lack."""
    found = [
        max([least, *(box.height + 2 * PADDING_ABOVE for box in row if box.rows == 1)])
        for row in rows
    ]
    spans = [(at + box.rows, at, box) for at, row in enumerate(rows) for box in row if box.rows > 1]
    for end, at, box in sorted(spans, key=lambda span: span[:2]):
        lacking = box.height + 2 * PADDING_ABOVE - sum(found[at:end])
        if lacking > 0:
            found[end - 1] += lacking
    return found


def centred(rows: Rows, heights: list[float]) -> None:
    """Move what the cells hold to the middle of their heights."""
    for at, row in enumerate(rows):
        for box in row:
            free = sum(heights[at : at + box.rows]) - 2 * PADDING_ABOVE - box.height
            box.items.insert(0, Item(free / 2))


def rows_strip(rows: Rows, repeat: tuple[Strip, ...], by: Layout) -> Strip:
    """Rows tied together as one strip."""
    heights = heights_of(rows, by.least)
    width = max((box.x + box.width for row in rows for box in row), default=0.0)

    def split(room: float, forced: bool, page: float) -> tuple[Strip, Strip] | None:
        place = _place(rows, heights, room, forced, page)
        if place is None:
            return None
        first, rest = _parted(rows, heights, place)
        return rows_strip(first, repeat, by), rows_strip(rest, repeat, by)

    return Strip(
        sum(heights),
        rows_painter(rows, heights, width),
        repeat=repeat,
        split=split,
        words=first_words(box for row in rows for box in row),
        loose=True,
    )


def rows_painter(
    rows: Rows, heights: list[float], width: float, gray: float | None = None
) -> Paint:
    """Draws rows: the left edge, each cell's other edges, and what they hold."""
    drops = [0.0, *accumulate(heights)]

    def paint(sheets: Sheets, x: float, y: float) -> None:
        ink = sheets.ink
        if gray is not None:
            ink.fill(x, y - drops[-1], width, drops[-1], gray)
        ink.rule(x, y, x, y - drops[-1])
        for at, row in enumerate(rows):
            for box in row:
                left, right = x + box.x, x + box.x + box.width
                top, foot = y - drops[at], y - drops[at + box.rows]
                ink.rule(right, top, right, foot)
                # Twice between two rows, as everywhere in a table: one grey on the screen.
                ink.rule(left, top, right, top)
                ink.rule(left, foot, right, foot)
                paint_items(sheets, box, x, top)

    return paint


# --- parting -------------------------------------------------------------------------------------


class Cut(NamedTuple):
    """Where rows are parted: after so many whole ones, and so far down inside the next."""

    whole: int
    inside: float = 0.0
    forced: bool = False


def _place(rows: Rows, heights: list[float], room: float, forced: bool, page: float) -> Cut | None:
    """Where rows are best parted so that the first part is at most ``room`` high."""
    ends = list(accumulate(heights))
    count = sum(end <= room + 0.01 for end in ends)
    if count == len(rows):
        return None
    left = room - (ends[count - 1] if count else 0.0)
    must = forced and not count
    if must or left > page * WASTE_LIMIT or heights[count] > page:
        inside = Cut(count, left, must)
        if _parts_well(rows, heights, inside):
            return inside
    if count:
        return Cut(count)
    return Cut(1) if forced and len(rows) > 1 else None


def _parts_well(rows: Rows, heights: list[float], place: Cut) -> bool:
    """Whether the row can be parted there: each of its cells, with something left to go over."""
    left = False
    for at, row in enumerate(rows[: place.whole + 1]):
        for box in row:
            if at + box.rows <= place.whole:
                continue
            number = _fitting(box, at, heights, place)
            own = at == place.whole
            if box.items and own and not number:
                return False
            left = left or (number < len(box.items) and at + box.rows == place.whole + 1)
    return left


def _fitting(box: Box, at: int, heights: list[float], place: Cut) -> int:
    """How many items of a cell that the cut goes through, from row ``at`` on, stay before it."""
    room = sum(heights[at : place.whole]) + place.inside - 2 * PADDING_ABOVE
    number = cut(box.items, room)
    if number is None and (place.forced or at < place.whole):
        number = fitting(box.items, room)
    return number or 0


def _parted(rows: Rows, heights: list[float], place: Cut) -> tuple[Rows, Rows]:
    """The rows before the cut and those after it; cells it goes through stand in both."""
    inside = place.inside > 0
    upper = place.whole + inside
    first: Rows = []
    over: list[Box] = []
    for at, row in enumerate(rows[:upper]):
        kept: list[Box] = []
        for box in row:
            end = at + box.rows
            if end < upper or (end == upper and not inside):
                kept.append(box)
                continue
            number = _fitting(box, at, heights, place)
            rest = without_gap(box.items[number:]) or box.continued
            kept.append(replace(box, items=box.items[:number], rows=upper - at))
            over.append(replace(box, items=rest, rows=end - place.whole))
        first.append(kept)
    begun = [] if inside else rows[place.whole]
    top = sorted([*over, *begun], key=lambda box: box.x)
    return first, [top, *rows[place.whole + 1 :]]
