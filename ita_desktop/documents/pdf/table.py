"""Tables: column widths, rows that may be split between lines, a repeated heading row.

Lengths are points.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ita_desktop.documents.blocks import Align, Column, Paragraph, Run, Table

from .cells import Box, Item, Layout, box_of, cut, first_words, fitting, paint_items, without_gap
from .flow import Paint, Sheets, Strip
from .grid import Place, groups, placed
from .lines import Setting, lines_of
from .spans import HEADING_GRAY, centred, heights_of, rows_painter, rows_strip
from .text import text_strips
from .widths import PADDING, PADDING_ABOVE, column_widths


def table_strips(
    table: Table, font: str, size: float, width: float, limit: float = 1e9
) -> list[Strip]:
    """A table as strips: title, heading row, rows. ``limit`` is the height of a page."""
    own = table.size_pt or size
    widths = column_widths(table, font, own, width)
    head: list[Strip] = []
    if table.title:
        bold = Setting(font, own, Align.LEFT, bold=True)
        lines = lines_of(Paragraph((Run(table.title),)), bold, width)
        head += text_strips(lines)
        head.append(Strip(own * 0.15, _nothing))
    heading = _heading_strip(table.columns, widths, font, own)
    repeat = (*head, heading) if table.repeat_title else (heading,)
    strips = [*head, heading]
    for strip in strips:
        strip.keep_next = bool(table.rows)
    taken = sum(strip.height for strip in strips)
    free = limit - taken if taken < limit * 0.6 else limit
    by = Layout(font, own, free - 2 * PADDING_ABOVE - 1)
    strips += (_strip(rows, repeat, by) for rows in _tied(_rows(table, widths, by)))
    if table.space_after_pt > 0:
        strips.append(Strip(table.space_after_pt))
    return strips


def _nothing(_sheets: Sheets, _x: float, _y: float) -> None:
    """Paints nothing: height that stays even at the top of a page."""


# --- cells ---------------------------------------------------------------------------------------


def _rows(table: Table, widths: list[float], by: Layout) -> Iterator[list[Box]]:
    """Lay out the cells of each row."""
    edges = [0.0]
    for wide in widths:
        edges.append(edges[-1] + wide)

    def made(place: Place) -> Box:
        x = edges[place.column]
        wide = edges[place.column + place.columns] - x
        align = table.columns[place.column].align
        return box_of(place.cell, x, wide, place.rows, align, by)

    for row in placed(table.rows, len(widths)):
        yield [made(place) for place in row]


def _tied(rows: Iterator[list[Box]]) -> Iterator[list[list[Box]]]:
    """Rows that a cell reaches over together, any other alone."""
    held: list[list[Box]] = []
    left = 0
    for row in rows:
        held.append(row)
        left = max(left - 1, *(box.rows - 1 for box in row), 0)
        if not left:
            yield held
            held = []
    if held:
        yield held


def _heading_strip(
    columns: tuple[Column, ...], widths: list[float], font: str, size: float
) -> Strip:
    """The heading row; groups of columns stand in a row of their own above it."""
    setting = Setting(font, size, Align.CENTER, bold=True)

    def box(text: str, x: float, wide: float, rows: int = 1) -> Box:
        lines = lines_of(Paragraph((Run(text),)), setting, max(wide - 2 * PADDING, 1.0))
        return Box(x, wide, [Item(line.height, line) for line in lines], rows)

    grouped = any(column.group for column in columns)
    upper: list[Box] = []
    lower: list[Box] = []
    x = 0.0
    for first, count in groups([column.group for column in columns]):
        common = columns[first].group
        if common:
            upper.append(box(common, x, sum(widths[first : first + count])))
        for at in range(first, first + count):
            own = box(columns[at].heading, x, widths[at], 2 if grouped and not common else 1)
            (lower if common or not grouped else upper).append(own)
            x += widths[at]
    rows = [upper, lower] if grouped else [lower]
    heights = heights_of(rows, Layout(font, size, 0.0).least)
    centred(rows, heights)
    painter = rows_painter(rows, heights, sum(widths), HEADING_GRAY)
    words = first_words(box for row in rows for box in row)
    return Strip(sum(heights), painter, keep_next=True, words=words)


# --- rows ----------------------------------------------------------------------------------------


def _strip(rows: list[list[Box]], repeat: tuple[Strip, ...], by: Layout) -> Strip:
    return _row_strip(rows[0], repeat, by) if len(rows) == 1 else rows_strip(rows, repeat, by)


def _row_strip(boxes: list[Box], repeat: tuple[Strip, ...], by: Layout) -> Strip:
    """A row no cell of which reaches into another."""
    height = max(by.least, max((box.height for box in boxes), default=0.0) + 2 * PADDING_ABOVE)

    def split(room: float, forced: bool, _page: float) -> tuple[Strip, Strip] | None:
        parts = _split(boxes, room - 2 * PADDING_ABOVE, forced)
        if parts is None:
            return None
        first, rest = (_row_strip(part, repeat, by) for part in parts)
        return first, rest

    painter = _painter(boxes, height)
    return Strip(height, painter, repeat=repeat, split=split, words=first_words(boxes))


def _split(boxes: list[Box], room: float, forced: bool) -> tuple[list[Box], list[Box]] | None:
    """Part a row's cells at ``room``, each between its own lines; they go on side by side."""
    first: list[Box] = []
    rest: list[Box] = []
    for box in boxes:
        count = cut(box.items, room)
        if count is None and forced:
            count = fitting(box.items, room)
        if count is None or (box.items and not count):
            return None
        first.append(replace(box, items=box.items[:count]))
        rest.append(replace(box, items=without_gap(box.items[count:])))
    if not any(box.items for box in rest):
        return None
    return first, rest


def _painter(boxes: list[Box], height: float) -> Paint:
    def paint(sheets: Sheets, x: float, y: float) -> None:
        ink = sheets.ink
        width = sum(box.width for box in boxes)
        ink.rule(x, y, x + width, y)
        ink.rule(x, y - height, x + width, y - height)
        ink.rule(x, y, x, y - height)
        for box in boxes:
            edge = x + box.x + box.width
            ink.rule(edge, y, edge, y - height)
            paint_items(sheets, box, x, y)

    return paint
