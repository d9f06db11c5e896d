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
from .lines import (
    MM,
    Line,
    Setting,
    boxes_of,
    line_height,
    lines_of,
    setting_of,
    stretches,
)
from .links import with_links
from .text import box_lines, text_strips

PADDING = 1.5 * MM
RULE = 0.5
_HEADING_GRAY = 0.9
_WIDEST_SHARE = 0.4
"""No column claims more than this share of the table for one long word."""


@dataclass(slots=True)
class Item:
    """A line of a cell or a gap between its paragraphs."""

    height: float
    line: Line | None = None


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


# --- widths --------------------------------------------------------------------------------------


def column_widths(table: Table, font: str, size: float, width: float) -> list[float]:
    """The columns' shares of ``width``, moved so that no word need be broken.

    A column too narrow for its longest word takes what it lacks from those with room to spare.
    """
    shares = [max(column.width, 0.01) for column in table.columns]
    wanted = [share / sum(shares) * width for share in shares]
    least = [
        min(need + 2 * PADDING + RULE, width * _WIDEST_SHARE)
        for need in _longest_words(table, font, size)
    ]
    lacking = sum(max(0.0, need - has) for need, has in zip(least, wanted, strict=True))
    spare = [max(0.0, has - need) for need, has in zip(least, wanted, strict=True)]
    if not lacking or not sum(spare):
        return wanted
    given = min(1.0, lacking / sum(spare))
    got = min(1.0, sum(spare) / lacking)
    return [
        has + (need - has) * got if need > has else has - extra * given
        for need, has, extra in zip(least, wanted, spare, strict=True)
    ]


def _longest_words(table: Table, font: str, size: float) -> list[float]:
    longest = [
        _longest_word(Paragraph((Run(column.heading, bold=True),)), font, size)
        for column in table.columns
    ]
    for row in table.rows:
        at = 0
        for cell in row:
            if cell.colspan == 1 and at < len(longest):
                for block in cell.blocks:
                    for paragraph, extra in _paragraphs(block, size):
                        need = _longest_word(paragraph, font, size) + extra
                        longest[at] = max(longest[at], need)
            at += max(1, cell.colspan)
    return longest


def _paragraphs(block: Paragraph | StatusBoxes, size: float) -> list[tuple[Paragraph, float]]:
    """The paragraphs of a block, with the width that stands before their words."""
    if isinstance(block, Paragraph):
        return [(block, (block.hang_mm if block.label else 0.0) * MM + block.left_indent_mm * MM)]
    return [(Paragraph((Run(option),)), size) for option in block.options]


def _longest_word(paragraph: Paragraph, font: str, size: float) -> float:
    setting = setting_of(paragraph, font, size)
    return max(
        (box.width for row in stretches(paragraph, setting) for box in boxes_of(row)), default=0.0
    )


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
        items += [Item(line.height, line) for line in lines]
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

    def split(room: float) -> tuple[Strip, Strip] | None:
        parts = _split(boxes, room - 2 * PADDING)
        if parts is None:
            return None
        first, rest = (_row_strip(part, repeat, size, font) for part in parts)
        return first, rest

    painter = _painter(boxes, height)
    return Strip(height, painter, repeat=repeat, split=split, words=_first_words(boxes))


def _split(boxes: list[Box], room: float) -> tuple[list[Box], list[Box]] | None:
    """Part a row's cells at ``room``, each between its own lines; they go on side by side."""
    first: list[Box] = []
    rest: list[Box] = []
    for box in boxes:
        count = _fitting(box.items, room)
        if box.items and count < min(2, len(box.items)):
            return None  # one line alone is no start
        first.append(replace(box, items=box.items[:count]))
        rest.append(replace(box, items=_without_gap(box.items[count:])))
    if not any(box.items for box in rest):
        return None
    return first, rest


def _fitting(items: list[Item], room: float) -> int:
    """How many items fit; a last line is not left to stand alone when another can go with it."""
    height = 0.0
    for count, item in enumerate(items):
        height += item.height
        if height > room + 0.01:
            alone = count == len(items) - 1 and count > 2
            return count - 1 if alone else count
    return len(items)


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
