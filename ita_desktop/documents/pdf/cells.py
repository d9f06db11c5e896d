"""Cells of a table laid out, and where they may be parted. Lengths are points."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from ita_desktop.documents.blocks import (
    Align,
    Cell,
    Paragraph,
    Picture,
    Run,
    StatusBoxes,
)

from .figure import Figure, figure
from .flow import Sheets
from .lines import Line, line_height, lines_of, setting_of
from .links import with_links
from .text import box_lines
from .widths import PADDING, PADDING_ABOVE

_KEPT_LINES = 2
"""Lines of a cell that stay together on either side of a page end."""
_LOOK_BACK = 12
"""Lines before a page's foot among which a better place to part a cell is looked for."""
_MID_POINT, _LONE_LINE, _LONE_POINT = 3.0, 2.0, 2.5
"""Lines of empty paper that are better than parting a point, leaving a single line of one, or
carrying over the last point alone."""


_AIR_EM = 0.25
"""Between a picture and what stands over or under it in its cell."""


@dataclass(slots=True)
class Item:
    """A line of a cell, a picture with its caption, or a gap between its paragraphs."""

    height: float
    line: Line | None = None
    first: bool = False
    """Whether the line begins a paragraph."""
    tied: bool = False
    """Whether it stays with the line before: status boxes are read together."""
    figure: Figure | None = None

    @property
    def is_gap(self) -> bool:
        """Whether it is empty height."""
        return self.line is None and self.figure is None

    @property
    def text(self) -> str:
        """The text on it."""
        if self.figure is not None:
            return self.figure.words
        return self.line.text if self.line is not None else ""


@dataclass(slots=True)
class Box:
    """A laid-out cell: where it stands in the table and what it holds."""

    x: float
    width: float
    items: list[Item]
    rows: int = 1
    """Over how many rows it reaches."""
    continued: list[Item] = field(default_factory=list)
    """What it holds on a further page when all its items stand on those before."""

    @property
    def height(self) -> float:
        """Height of the contents, without padding."""
        return sum(item.height for item in self.items)


class Layout(NamedTuple):
    """What the cells of a table are laid out by: font, size, the height of a picture at most."""

    font: str
    size: float
    limit: float

    @property
    def least(self) -> float:
        """The least height of a row."""
        return line_height(self.font, self.size)[1] + 2 * PADDING_ABOVE


def box_of(cell: Cell | None, x: float, width: float, rows: int, align: Align, by: Layout) -> Box:
    """Lay out a cell; a missing one is empty."""
    if cell is None:
        return Box(x, width, [])
    room = max(width - 2 * PADDING, 1.0)
    align = cell.align or align
    made = Box(x, width, items_of(cell, by, room, align), rows)
    if rows > 1 and cell.continued:
        again = Cell((Paragraph((Run(cell.continued),)),))
        made.continued = items_of(again, by, room, align)
    return made


def items_of(cell: Cell, by: Layout, width: float, align: Align) -> list[Item]:
    """The lines, pictures and gaps of a cell."""
    items: list[Item] = []
    for block in cell.blocks:
        if isinstance(block, Picture):
            items += _picture_items(block, by, width, bool(items), block is cell.blocks[-1])
            continue
        if isinstance(block, StatusBoxes):
            lines = box_lines(block, by.font, by.size, width)
            before = after = 0.0
        else:
            chosen = align if block.align is Align.LEFT else block.align
            lines = lines_of(with_links(block), setting_of(block, by.font, by.size, chosen), width)
            before, after = block.space_before_pt, block.space_after_pt
        if before > 0 and items:
            items.append(Item(before))
        boxes = isinstance(block, StatusBoxes)
        for index, line in enumerate(lines):
            items.append(Item(line.height, line, first=index == 0, tied=boxes and index > 0))
        if after > 0 and block is not cell.blocks[-1]:
            items.append(Item(after))
    return items


def _picture_items(
    picture: Picture, by: Layout, width: float, after_text: bool, last: bool
) -> list[Item]:
    """A picture and its caption as one item, with a little air above and below."""
    air = by.size * _AIR_EM
    made = figure(picture, by.font, by.size, width, max(by.limit - air, 1.0))
    whole = Item(made.total, first=True, figure=made)
    return [*([Item(air)] if after_text else []), whole, *([] if last else [Item(air)])]


def first_words(boxes: Iterable[Box]) -> str:
    """The first text of the cells."""
    texts = (item.text for box in boxes for item in box.items)
    return next((text for text in texts if text.strip()), "")


def paint_items(sheets: Sheets, box: Box, x: float, top: float) -> None:
    """Set what a cell holds, the cell's upper edge at ``top``."""
    top -= PADDING_ABOVE
    for item in box.items:
        if item.line is not None:
            sheets.ink.line(item.line, x + box.x + PADDING, top - item.line.ascent)
        elif item.figure is not None:
            item.figure.paint(sheets, x + box.x + PADDING, top)
        top -= item.height


# --- parting -------------------------------------------------------------------------------------


def fitting(items: list[Item], room: float) -> int:
    """How many items fit."""
    height = 0.0
    for count, item in enumerate(items):
        height += item.height
        if height > room + 0.01:
            return count
    return len(items)


def cut(items: list[Item], room: float) -> int | None:
    """After how many items a cell is best parted; None when it can't be parted well.

    At least two lines stay on either side; a point is kept whole for a little empty paper.
    """
    most = fitting(items, room)
    if most == len(items):
        return most
    best: tuple[float, int] | None = None
    empty = 0.0
    line = max((item.height for item in items if item.line is not None), default=1.0)
    for count in range(most, max(0, most - _LOOK_BACK), -1):
        cost = _cost(items, count)
        if cost is not None and (best is None or empty + cost < best[0]):
            best = empty + cost, count
        empty += items[count - 1].height / line
    return best[1] if best else None


def _cost(items: list[Item], count: int) -> float | None:
    """What parting a cell after ``count`` items costs, in lines; None when it is not done."""
    before = [item for item in items[:count] if not item.is_gap]
    after = [item for item in items[count:] if not item.is_gap]
    if min(_weight(before), _weight(after)) < _KEPT_LINES or after[0].tied:
        return None
    if after[0].first:
        points = sum(item.first for item in after)
        return _LONE_POINT if points == 1 and len(after) <= _KEPT_LINES else 0.0
    ends_alone = len(after) == 1 or after[1].first
    return _MID_POINT + _LONE_LINE * (before[-1].first + ends_alone)


def _weight(items: list[Item]) -> int:
    """How many lines stand together; a picture may stand alone."""
    return sum(1 if item.figure is None else _KEPT_LINES for item in items)


def without_gap(items: list[Item]) -> list[Item]:
    """The items without the gap they would begin with."""
    return items[1:] if items and items[0].is_gap else items
