"""Tables: ruled ones for figures and texts, and blank ones that put blocks beside each other."""

from __future__ import annotations

from collections.abc import Sequence

from ita_desktop.documents.blocks import Align, Cell, Paragraph, Picture, StatusBoxes, Table
from ita_desktop.documents.pdf.widths import column_widths

from .grid import Placed, headings, placed
from .picture import picture
from .text import Shape, boxes, paragraph, plain
from .xml import Element, Room, element, filler, keep_with_next, twips

_GRAY = "E6E6E6"
_PADDING_MM = 1.5
_PT_MM = 25.4 / 72
_MEASURED_LARGER = 1.08
"""Words are measured a little larger than they are set: the reader's font may be wider."""
_SIDES = ("top", "left", "bottom", "right")


def frame(widths: Sequence[float], *, ruled: bool, padding: float = _PADDING_MM) -> Element:
    """An empty table of columns so wide (millimetres)."""
    kind = "single" if ruled else "nil"
    lines = [element(f"w:{side}", val=kind, sz=4, space=0, color="000000") for side in _SIDES]
    lines += [
        element(f"w:{side}", val=kind, sz=4, space=0, color="000000")
        for side in ("insideH", "insideV")
    ]
    margins = [
        element(f"w:{side}", w=twips(padding if side in ("left", "right") else 0), type="dxa")
        for side in _SIDES
    ]
    properties = element(
        "w:tblPr",
        element("w:tblW", w=sum(map(twips, widths)), type="dxa"),
        element("w:tblInd", w=0, type="dxa"),
        element("w:tblBorders", *lines),
        element("w:tblLayout", type="fixed"),
        element("w:tblCellMar", *margins),
    )
    columns = [element("w:gridCol", w=twips(wide)) for wide in widths]
    return element("w:tbl", properties, element("w:tblGrid", *columns))


def row(*cells: Element, head: bool = False, whole: bool = False) -> Element:
    """A table row; ``head``: repeated on each page, ``whole``: never parted."""
    properties = element("w:trPr")
    if whole or head:
        properties.append(element("w:cantSplit"))
    if head:
        properties.append(element("w:tblHeader"))
    return element("w:tr", properties, *cells)


def cell(
    room: Room,
    *,
    span: int = 1,
    merge: str = "",
    fill: str = "",
    borders: dict[str, str] | None = None,
    valign: str = "",
) -> Element:
    """A table cell that holds what the room holds; ``merge``: "restart" or "continue"."""
    properties = element("w:tcPr", element("w:tcW", w=twips(room.width), type="dxa"))
    if span > 1:
        properties.append(element("w:gridSpan", val=span))
    if merge:
        properties.append(element("w:vMerge", val=merge))
    if borders:
        lines = [
            element(f"w:{side}", val=borders[side], sz=4, space=0, color="000000")
            for side in _SIDES
            if side in borders
        ]
        properties.append(element("w:tcBorders", *lines))
    if fill:
        properties.append(element("w:shd", val="clear", color="auto", fill=fill))
    if valign:
        properties.append(element("w:vAlign", val=valign))
    if not room.elements or not room.elements[-1].tag.endswith("}p"):
        plain(room, "")
    return element("w:tc", properties, *room.elements)


def table(room: Room, block: Table) -> None:
    """Put a ruled table with its title into the room."""
    if block.title and not (block.repeat_title and block.columns):
        size = block.size_pt or room.size
        plain(room, block.title, Shape(after=2.0, keep_next=True), bold=True, size=size)
    if block.columns:
        widths = _widths(room, block)
        made = frame(widths, ruled=True)
        for line in [*_head(room, block, widths), *_body(room, block, widths)]:
            made.append(line)
        room.add(made)
    room.add(filler(max(1.0, block.space_after_pt)))


def _widths(room: Room, block: Table) -> list[float]:
    """The columns' shares, moved as in print to where a word would else be torn."""
    blank = Cell(())
    rows = [[blank] * len(block.columns) for _row in block.rows]
    for place in placed(block):
        if place.cell and place.columns == 1:
            texts = [found for found in place.cell.blocks if not isinstance(found, Picture)]
            rows[place.row][place.column] = Cell(tuple(texts))
    plain_table = Table(block.columns, tuple(map(tuple, rows)))
    size = (block.size_pt or room.size) * _MEASURED_LARGER
    return [
        wide * _PT_MM for wide in column_widths(plain_table, room.font, size, room.width / _PT_MM)
    ]


def _head(room: Room, block: Table, widths: list[float]) -> list[Element]:
    """The heading rows, below the title where it is repeated with them."""
    made: list[Element] = []
    if block.title and block.repeat_title:
        inner = room.inner(sum(widths), block.size_pt)
        plain(inner, block.title, Shape(after=2.0), bold=True)
        open_sides = {"top": "nil", "left": "nil", "right": "nil"}
        made.append(row(cell(inner, span=len(widths), borders=open_sides), head=True))
    count, cells = headings(block.columns)
    if not any(head.text.strip() for head in cells):
        return made
    for number in range(count):
        line: list[tuple[int, Element]] = []
        for head in cells:
            if not head.row <= number < head.row + head.rows:
                continue
            inner = room.inner(sum(widths[head.column : head.column + head.columns]), block.size_pt)
            if number == head.row:
                plain(inner, head.text, Shape(Align.CENTER), bold=True)
            merge = _merge(head.rows, number - head.row)
            found = cell(inner, span=head.columns, merge=merge, fill=_GRAY, valign="center")
            line.append((head.column, found))
        made.append(row(*(found for _at, found in sorted(line, key=_first)), head=True))
    for head_row in made if block.rows else ():
        for found in head_row.iter("{*}p"):
            keep_with_next(found)
    return made


def _first(pair: tuple[int, Element]) -> int:
    return pair[0]


def _merge(rows: int, down: int) -> str:
    if rows == 1:
        return ""
    return "continue" if down else "restart"


def _body(room: Room, block: Table, widths: list[float]) -> list[Element]:
    lines: list[list[tuple[int, Element]]] = [[] for _row in block.rows]
    for place in placed(block):
        for down in range(place.rows):
            inner = room.inner(
                sum(widths[place.column : place.column + place.columns]), block.size_pt
            )
            if down == 0 and place.cell is not None:
                _fill(inner, place.cell, place)
            found = cell(inner, span=place.columns, merge=_merge(place.rows, down))
            lines[place.row + down].append((place.column, found))
    return [row(*(found for _at, found in sorted(line, key=_first))) for line in lines]


def _fill(inner: Room, found: Cell, place: Placed) -> None:
    room = inner.inner(max(inner.width - 2 * _PADDING_MM, 5.0))
    room.elements = inner.elements
    for block in found.blocks:
        if isinstance(block, Paragraph):
            paragraph(room, block, place.align)
        elif isinstance(block, StatusBoxes):
            boxes(room, block)
        elif isinstance(block, Picture):
            picture(room, block)
