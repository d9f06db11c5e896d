"""Tables: column widths, rows that may be split between lines, a repeated heading row.

Lengths are points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ita_desktop.documents.blocks import (
    Align,
    Cell,
    Column,
    Paragraph,
    Run,
    StatusBoxes,
    Table,
)

from .flow import Sheets, Strip
from .lines import Line, Setting, line_height, lines_of, setting_of
from .links import with_links
from .text import box_lines, text_strips
from .widths import PADDING, column_widths

_HEADING_GRAY = 0.9
_KEPT_LINES = 2
"""Lines of a cell that stay together on either side of a page end."""
_LOOK_BACK = 12
"""Lines before a page's foot among which a better place to part a cell is looked for."""
_MID_POINT, _LONE_LINE, _LONE_POINT = 3.0, 2.0, 2.5
"""Lines of empty paper that are better than parting a point, leaving a single line of one, or
carrying over the last point alone."""


@dataclass(slots=True)
class Item:
    """A line of a cell or a gap between its paragraphs."""

    height: float
    line: Line | None = None
    first: bool = False
    """Whether the line begins a paragraph."""
    tied: bool = False
    """Whether it stays with the line before: status boxes are read together."""


@dataclass(slots=True)
class Box:
    """A laid-out cell: where it stands in the table and what it holds."""

    x: float
    width: float
    items: list[Item]

    @property
    def height(self) -> float:
        """Height of the contents, without padding."""
        return sum(item.height for item in self.items)


def table_strips(table: Table, font: str, size: float, width: float) -> list[Strip]:
    """A table as strips: title, heading row, rows."""
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
    rows = (_boxes(row, table.columns, widths, font, own) for row in table.rows)
    strips.extend(_row_strip(boxes, repeat, own, font) for boxes in rows)
    if table.space_after_pt > 0:
        strips.append(Strip(table.space_after_pt))
    return strips


def _nothing(_sheets: Sheets, _x: float, _y: float) -> None:
    """Paints nothing: height that stays even at the top of a page."""


# --- cells ---------------------------------------------------------------------------------------


def _boxes(
    row: tuple[Cell, ...], columns: tuple[Column, ...], widths: list[float], font: str, size: float
) -> list[Box]:
    """Lay out the cells of a row; missing cells stay empty, surplus ones are dropped."""
    found: list[Box] = []
    x, at = 0.0, 0
    for cell in row:
        if at >= len(widths):
            break
        span = max(1, cell.colspan)
        wide = sum(widths[at : at + span])
        align = cell.align or columns[at].align
        found.append(Box(x, wide, _items(cell, font, size, max(wide - 2 * PADDING, 1.0), align)))
        x += wide
        at += span
    for wide in widths[at:]:
        found.append(Box(x, wide, []))
        x += wide
    return found


def _items(cell: Cell, font: str, size: float, width: float, align: Align) -> list[Item]:
    items: list[Item] = []
    for block in cell.blocks:
        if isinstance(block, StatusBoxes):
            lines = box_lines(block, font, size, width)
            before = after = 0.0
        else:
            chosen = align if block.align is Align.LEFT else block.align
            lines = lines_of(with_links(block), setting_of(block, font, size, chosen), width)
            before, after = block.space_before_pt, block.space_after_pt
        if before > 0 and items:
            items.append(Item(before))
        boxes = isinstance(block, StatusBoxes)
        for index, line in enumerate(lines):
            items.append(Item(line.height, line, first=index == 0, tied=boxes and index > 0))
        if after > 0 and block is not cell.blocks[-1]:
            items.append(Item(after))
    return items


def _heading_strip(
    columns: tuple[Column, ...], widths: list[float], font: str, size: float
) -> Strip:
    setting = Setting(font, size, Align.CENTER, bold=True)
    boxes: list[Box] = []
    x = 0.0
    for column, wide in zip(columns, widths, strict=True):
        room = max(wide - 2 * PADDING, 1.0)
        lines = lines_of(Paragraph((Run(column.heading),)), setting, room)
        boxes.append(Box(x, wide, [Item(line.height, line) for line in lines]))
        x += wide
    height = _height(boxes, font, size)
    for box in boxes:  # headings stand in the middle of their row
        box.items.insert(0, Item((height - 2 * PADDING - box.height) / 2))
    words = _first_words(boxes)
    return Strip(height, _painter(boxes, height, _HEADING_GRAY), keep_next=True, words=words)


def _first_words(boxes: list[Box]) -> str:
    lines = (item.line for box in boxes for item in box.items if item.line is not None)
    return next((line.text for line in lines if line.text.strip()), "")


def _height(boxes: Sequence[Box], font: str, size: float) -> float:
    empty = line_height(font, size)[1]
    return max([box.height for box in boxes] or [empty], default=empty) + 2 * PADDING


# --- rows ----------------------------------------------------------------------------------------


def _row_strip(boxes: list[Box], repeat: tuple[Strip, ...], size: float, font: str) -> Strip:
    height = max(_height(boxes, font, size), line_height(font, size)[1] + 2 * PADDING)

    def split(room: float, forced: bool) -> tuple[Strip, Strip] | None:
        parts = _split(boxes, room - 2 * PADDING, forced)
        if parts is None:
            return None
        first, rest = (_row_strip(part, repeat, size, font) for part in parts)
        return first, rest

    painter = _painter(boxes, height)
    return Strip(height, painter, repeat=repeat, split=split, words=_first_words(boxes))


def _split(boxes: list[Box], room: float, forced: bool) -> tuple[list[Box], list[Box]] | None:
    """Part a row's cells at ``room``, each between its own lines; they go on side by side."""
    first: list[Box] = []
    rest: list[Box] = []
    for box in boxes:
        count = _cut(box.items, room)
        if count is None and forced:
            count = _fitting(box.items, room)
        if count is None or (box.items and not count):
            return None
        first.append(replace(box, items=box.items[:count]))
        rest.append(replace(box, items=_without_gap(box.items[count:])))
    if not any(box.items for box in rest):
        return None
    return first, rest


def _fitting(items: list[Item], room: float) -> int:
    """How many items fit."""
    height = 0.0
    for count, item in enumerate(items):
        height += item.height
        if height > room + 0.01:
            return count
    return len(items)


def _cut(items: list[Item], room: float) -> int | None:
    """After how many items a cell is best parted; None when it can't be parted well.

    At least two lines stay on either side; a point is kept whole for a little empty paper.
    """
    fitting = _fitting(items, room)
    if fitting == len(items):
        return fitting
    best: tuple[float, int] | None = None
    empty = 0.0
    for count in range(fitting, max(0, fitting - _LOOK_BACK), -1):
        cost = _cost(items, count)
        if cost is not None and (best is None or empty + cost < best[0]):
            best = empty + cost, count
        empty += items[count - 1].height / max(item.height for item in items)
    return best[1] if best else None


def _cost(items: list[Item], count: int) -> float | None:
    """What parting a cell after ``count`` items costs, in lines; None when it is not done."""
    before = [item for item in items[:count] if item.line is not None]
    after = [item for item in items[count:] if item.line is not None]
    if min(len(before), len(after)) < _KEPT_LINES or after[0].tied:
        return None
    if after[0].first:
        points = sum(item.first for item in after)
        return _LONE_POINT if points == 1 and len(after) <= _KEPT_LINES else 0.0
    ends_alone = len(after) == 1 or after[1].first
    return _MID_POINT + _LONE_LINE * (before[-1].first + ends_alone)


def _without_gap(items: list[Item]) -> list[Item]:
    return items[1:] if items and items[0].line is None else items


def _painter(boxes: list[Box], height: float, gray: float | None = None):  # noqa: ANN202
    def paint(sheets: Sheets, x: float, y: float) -> None:
        ink = sheets.ink
        width = sum(box.width for box in boxes)
        if gray is not None:
            ink.fill(x, y - height, width, height, gray)
        ink.rule(x, y, x + width, y)
        ink.rule(x, y - height, x + width, y - height)
        ink.rule(x, y, x, y - height)
        for box in boxes:
            edge = x + box.x + box.width
            ink.rule(edge, y, edge, y - height)
            top = y - PADDING
            for item in box.items:
                if item.line is not None:
                    ink.line(item.line, x + box.x + PADDING, top - item.line.ascent)
                top -= item.height

    return paint
