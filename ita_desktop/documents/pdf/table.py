"""Tables: column widths, rows that may be split between lines, a repeated heading row.

Lengths are points.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ita_desktop.documents.blocks import (
    Align,
    Cell,
    Column,
    Paragraph,
    Picture,
    Run,
    StatusBoxes,
    Table,
)
from ita_desktop.documents.grid import GOES_ON, full_rows

from .flow import Paint, Sheets, Strip
from .ink import Ink
from .lines import Line, Setting, line_height, lines_of, setting_of
from .links import with_links
from .pictures import caption_lines, paint_picture, set_size
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
    picture: Picture | None = None
    """A picture in place of a line."""

    @property
    def is_gap(self) -> bool:
        """Height with nothing in it."""
        return self.line is None and self.picture is None


@dataclass(slots=True)
class Box:
    """A laid-out cell: where it stands in the table and what it holds."""

    x: float
    width: float
    items: list[Item]
    open_top: bool = False
    """A merged cell that goes on from the row above: there is no rule between them."""
    open_bottom: bool = False
    """A merged cell that goes on in the row below."""
    goes_on: bool = False
    """Its cell has begun before: at the top of a page it says so."""
    again: list[Line] = field(default_factory=list)
    """What it says then, when it has nothing of its own left."""

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
    rows = _laid_out(replace(table, rows=full_rows(table)), widths, font, own)
    strips.extend(_row_strip(boxes, repeat, own, font) for boxes in rows)
    if table.space_after_pt > 0:
        strips.append(Strip(table.space_after_pt))
    return strips


def _nothing(_sheets: Sheets, _x: float, _y: float) -> None:
    """Paints nothing: height that stays even at the top of a page."""


# --- cells ---------------------------------------------------------------------------------------


def _laid_out(table: Table, widths: list[float], font: str, size: float) -> Iterator[list[Box]]:
    """The boxes of each row; what a merged cell holds is shared out among its rows."""
    merged: dict[float, _Merged] = {}
    for row in table.rows:
        boxes = _boxes(row, table.columns, widths, font, size)
        if merged or any(cell.rowspan != 1 for cell in row):
            _share_out(row, boxes, merged)
        yield boxes


@dataclass(slots=True)
class _Merged:
    """What is left of a merged cell: rows, contents, and what it says on a new page."""

    rows: int
    items: list[Item]
    again: list[Line]


def _share_out(row: tuple[Cell, ...], boxes: list[Box], merged: dict[float, _Merged]) -> None:
    """Give the row's boxes of merged cells their share: what fits beside the others."""
    pairs = list(zip(row, boxes, strict=False))
    room = max((box.height for cell, box in pairs if cell.rowspan == 1), default=0.0)
    for cell, box in pairs:
        if cell.rowspan > 1:
            merged[box.x] = _Merged(cell.rowspan, box.items, box.again)
        if box.x not in merged:
            continue
        left = merged[box.x]
        left.rows -= 1
        box.open_top = box.goes_on = cell.rowspan == GOES_ON
        box.open_bottom = left.rows > 0
        count = _fitting(left.items, room) if left.rows else len(left.items)
        box.items, left.items = left.items[:count], _without_gap(left.items[count:])
        box.again = left.again
        if not left.rows:
            del merged[box.x]


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
        room = max(wide - 2 * PADDING, 1.0)
        align = cell.align or columns[at].align
        box = Box(x, wide, _items(cell, font, size, room, align))
        if cell.continued:
            setting = Setting(font, size, align)
            box.again = lines_of(Paragraph((Run(cell.continued),)), setting, room)
        found.append(box)
        x += wide
        at += span
    for wide in widths[at:]:
        found.append(Box(x, wide, []))
        x += wide
    return found


def _items(cell: Cell, font: str, size: float, width: float, align: Align) -> list[Item]:
    items: list[Item] = []
    for block in cell.blocks:
        if isinstance(block, Picture):
            items += _picture_items(block, font, size, width)
            continue
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


def _picture_items(picture: Picture, font: str, size: float, width: float) -> list[Item]:
    """A picture and the lines of its caption, which stay with it."""
    height = set_size(picture, width)[1] + 2
    lines = caption_lines(picture, font, size, width)
    return [
        Item(height, first=True, picture=picture),
        *(Item(line.height, line, tied=True) for line in lines),
    ]


def _heading_strip(
    columns: tuple[Column, ...], widths: list[float], font: str, size: float
) -> Strip:
    """The heading row; neighbours of one group stand under its heading."""
    boxes = _centred([column.heading for column in columns], _edges(widths), font, size, inner=True)
    groups = _groups(columns)
    if not groups:
        height = _height(boxes, font, size)
        _to_middle(boxes, height)
        painter = _painter(boxes, height, _HEADING_GRAY)
        return Strip(height, painter, keep_next=True, words=_first_words(boxes))
    return _grouped_strip(boxes, groups, widths, (font, size))


def _edges(widths: list[float]) -> list[tuple[float, float]]:
    """Left edge and width of each column."""
    return [(sum(widths[:at]), wide) for at, wide in enumerate(widths)]


def _groups(columns: tuple[Column, ...]) -> list[tuple[int, int, str]]:
    """First column, number of columns and heading of each group."""
    found: list[tuple[int, int, str]] = []
    for at, column in enumerate(columns):
        if not column.group:
            continue
        if found and found[-1][2] == column.group and sum(found[-1][:2]) == at:
            found[-1] = found[-1][0], found[-1][1] + 1, column.group
        else:
            found.append((at, 1, column.group))
    return found


def _centred(
    texts: list[str], edges: list[tuple[float, float]], font: str, size: float, *, inner: bool
) -> list[Box]:
    setting = Setting(font, size, Align.CENTER, bold=True)
    boxes: list[Box] = []
    for text, (x, wide) in zip(texts, edges, strict=True):
        room = max(wide - 2 * PADDING, 1.0) if inner else wide
        lines = lines_of(Paragraph((Run(text),)), setting, room)
        boxes.append(Box(x, wide, [Item(line.height, line) for line in lines]))
    return boxes


def _to_middle(boxes: list[Box], height: float) -> None:
    """Headings stand in the middle of their row."""
    for box in boxes:
        box.items.insert(0, Item((height - 2 * PADDING - box.height) / 2))


def _grouped_strip(
    boxes: list[Box],
    groups: list[tuple[int, int, str]],
    widths: list[float],
    type_: tuple[str, float],
) -> Strip:
    """A heading of two rows; a column of no group fills both."""
    edges = [(sum(widths[:at]), sum(widths[at : at + span])) for at, span, _ in groups]
    upper = _centred([text for _, _, text in groups], edges, *type_, inner=True)
    grouped = {at for first, span, _ in groups for at in range(first, first + span)}
    lower = [box for at, box in enumerate(boxes) if at in grouped]
    alone = [box for at, box in enumerate(boxes) if at not in grouped]
    high, low = _height(upper, *type_), _height(lower, *type_)
    low = max(low, _height(alone, *type_) - high if alone else 0.0)
    words = _first_words([*alone[:1], *upper])
    for part, height in ((upper, high), (lower, low), (alone, high + low)):
        _to_middle(part, height)
    # Painted from left to right, so that they are read so.
    parts = sorted(
        [(box.x, 0, 0.0, box, high) for box in upper]
        + [(box.x, 1, high, box, low) for box in lower]
        + [(box.x, 0, 0.0, box, high + low) for box in alone],
        key=lambda part: part[:2],
    )

    def paint(sheets: Sheets, x: float, y: float) -> None:
        for _, _, down, box, height in parts:
            _painter([replace(box, x=0.0)], height, _HEADING_GRAY)(sheets, x + box.x, y - down)

    return Strip(high + low, paint, keep_next=True, words=words)


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

    strip = Strip(height, _painter(boxes, height), repeat=repeat, split=split)
    strip.words = _first_words(boxes)
    if any(box.open_bottom for box in boxes):
        strip.close = _closer(boxes, height)
    if any(box.goes_on for box in boxes):
        strip.resume = _resumer(boxes, height)
    return strip


def _closer(boxes: list[Box], height: float) -> Paint:
    """Rules the foot of merged cells that end with the page."""

    def paint(sheets: Sheets, x: float, y: float) -> None:
        for box in boxes:
            if box.open_bottom:
                sheets.ink.rule(x + box.x, y - height, x + box.x + box.width, y - height)

    return paint


def _resumer(boxes: list[Box], height: float) -> Paint:
    """Rules the head of cells that go on on a new page, and says which they are."""

    def paint(sheets: Sheets, x: float, y: float) -> None:
        for box in boxes:
            if box.open_top:
                sheets.ink.rule(x + box.x, y, x + box.x + box.width, y)
            fits = sum(line.height for line in box.again) <= height - 2 * PADDING + 0.01
            if box.goes_on and not box.items and fits:
                top = y - PADDING
                for line in box.again:
                    sheets.ink.line(line, x + box.x + PADDING, top - line.ascent)
                    top -= line.height

    return paint


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
        rest.append(replace(box, items=_without_gap(box.items[count:]), goes_on=True))
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
    before = [item for item in items[:count] if not item.is_gap]
    after = [item for item in items[count:] if not item.is_gap]
    pictured = any(item.picture for item in (*before[-1:], *after[:1]))
    kept = 1 if pictured else _KEPT_LINES
    if min(len(before), len(after)) < kept or after[0].tied:
        return None
    if after[0].first:
        points = sum(item.first for item in after)
        return _LONE_POINT if points == 1 and len(after) <= _KEPT_LINES else 0.0
    ends_alone = len(after) == 1 or after[1].first
    return _MID_POINT + _LONE_LINE * (before[-1].first + ends_alone)


def _without_gap(items: list[Item]) -> list[Item]:
    return items[1:] if items and items[0].is_gap else items


def _painter(boxes: list[Box], height: float, gray: float | None = None) -> Paint:
    merged = any(box.open_top or box.open_bottom for box in boxes)

    def paint(sheets: Sheets, x: float, y: float) -> None:
        ink = sheets.ink
        width = sum(box.width for box in boxes)
        if gray is not None:
            ink.fill(x, y - height, width, height, gray)
        if merged:
            _rule_openings(ink, boxes, x, y, height)
        else:
            ink.rule(x, y, x + width, y)
            ink.rule(x, y - height, x + width, y - height)
        ink.rule(x, y, x, y - height)
        for box in boxes:
            edge = x + box.x + box.width
            ink.rule(edge, y, edge, y - height)
            _paint_items(sheets, box, x + box.x + PADDING, y - PADDING)

    return paint


def _rule_openings(ink: Ink, boxes: list[Box], x: float, y: float, height: float) -> None:
    """Rules above and below each cell, but none inside a merged one."""
    for box in boxes:
        left, right = x + box.x, x + box.x + box.width
        if not box.open_top:
            ink.rule(left, y, right, y)
        if not box.open_bottom:
            ink.rule(left, y - height, right, y - height)


def _paint_items(sheets: Sheets, box: Box, x: float, top: float) -> None:
    for item in box.items:
        if item.line is not None:
            sheets.ink.line(item.line, x, top - item.line.ascent)
        elif item.picture is not None:
            paint_picture(sheets, item.picture, x, top, max(box.width - 2 * PADDING, 1.0))
        top -= item.height
