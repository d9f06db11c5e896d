"""Whole pages and heads: a memo's head, a cover."""

from __future__ import annotations

from itertools import pairwise

from ita_desktop.documents.blocks import Align, Cover, MemoHead
from ita_desktop.documents.pdf.fonts import Style, piece

from .package import fit
from .picture import picture_run
from .table import cell, frame, row
from .text import Shape, plain, shaped, text_run
from .xml import Element, Room, element, filler, twips

_PT_MM = 25.4 / 72
_AFTER_LABEL_MM = 1.0
_ASCENT = 0.9
"""Height of a line above its base, as a share of the type size."""
_WIDER_FONT = 1.4
"""Room for a label where another font stands in for the document's."""


def memo(room: Room, head: MemoHead) -> None:
    """Put a memo's head into the room: emblem and title, labelled lines on dots, addressee."""
    _title(room, head)
    _fields(room, head)
    room.add(filler())
    _addressed(room, "เรียน", (head.to,))
    if head.attachments:
        _addressed(room, "สิ่งที่ส่งมาด้วย", head.attachments)
    room.add(filler(room.size * 0.3))


def _title(room: Room, head: MemoHead) -> None:
    side = max(head.emblem_mm, 1.0) + 3
    widths = [side, max(room.width - 2 * side, 20.0), side]
    emblem = room.inner(side)
    run = None
    if head.emblem and head.emblem_mm > 0:
        run = picture_run(room, head.emblem, side, head.emblem_mm, "ตราสัญลักษณ์")
    if run is not None:
        emblem.add(shaped(Shape(), room.font, room.size, run))
    title = room.inner(widths[1])
    plain(title, head.title, Shape(Align.CENTER), bold=True, size=head.title_pt)
    made = frame(widths, ruled=False, padding=0.0)
    line = row(
        cell(emblem, valign="bottom"),
        cell(title, valign="bottom"),
        cell(room.inner(side)),
        whole=True,
    )
    height = element("w:trHeight", val=twips(max(head.emblem_mm, 0.0)), hRule="atLeast")
    line[0].append(height)
    made.append(line)
    room.add(made)
    room.add(filler())


def _fields(room: Room, head: MemoHead) -> None:
    """The labelled lines: one table whose columns end wherever a field of any line ends."""
    half = room.width / 2
    lines = [
        [(0.0, room.width, "ส่วนราชการ", head.division)],
        [(0.0, half, "ที่", head.number), (half, room.width, "วันที่", head.date)],
        [(0.0, room.width, "เรื่อง", head.subject)],
    ]
    ends: list[list[tuple[float, str, bool]]] = []
    for fields in lines:
        found: list[tuple[float, str, bool]] = []
        for start, end, label, text in fields:
            found.append((round(start + _label_width(room, label, head.label_pt), 2), label, True))
            found.append((round(end, 2), text, False))
        ends.append(found)
    edges = sorted({0.0, *(end for found in ends for end, _text, _label in found)})
    widths = [after - before for before, after in pairwise(edges)]
    made = frame(widths, ruled=False, padding=0.0)
    for found in ends:
        made.append(row(*_field_cells(room, found, edges, head.label_pt), whole=True))
    room.add(made)


def _field_cells(
    room: Room, found: list[tuple[float, str, bool]], edges: list[float], label_pt: float
) -> list[Element]:
    made: list[Element] = []
    start = 0.0
    for end, text, is_label in found:
        inner = room.inner(end - start)
        size = label_pt if is_label else room.size
        # Labels stand level with the first line of what they label, however many it has.
        lower = 0.0 if is_label else max(0.0, (label_pt - room.size) * _ASCENT)
        shape = Shape(left=0.0 if is_label else 1.0, before=lower, keep_next=True)
        plain(inner, text, shape, bold=is_label, size=size)
        span = edges.index(end) - edges.index(start)
        borders = None if is_label else {"bottom": "dotted"}
        made.append(cell(inner, span=span, borders=borders, valign="top"))
        start = end
    return made


def _label_width(room: Room, label: str, size: float) -> float:
    wide = piece(label, Style(room.font, size, bold=True)).width * _PT_MM
    return wide * _WIDER_FONT + _AFTER_LABEL_MM


def _addressed(room: Room, label: str, texts: tuple[str, ...]) -> None:
    """A label with one or more texts hanging beside it; several are numbered by who wrote them."""
    hang = piece(label, Style(room.font, room.size)).width * _PT_MM * _WIDER_FONT + 2.0
    for index, text in enumerate(texts):
        before = room.size * 0.5 if index == 0 else 0.0
        first = -hang if index == 0 else 0.0
        shape = Shape(left=hang, first=first, before=before, keep_next=True, tab=index == 0)
        lead = label + "\t" if index == 0 else ""
        run = text_run(lead + fit(text), room.font, room.size)
        room.add(shaped(shape, room.font, room.size, run))


def cover(room: Room, block: Cover) -> None:
    """Put a cover into the room: it fills a page of its own."""
    if room.elements:
        room.page_break = True
    high = max(room.height - 12.0, 60.0)
    parts = [
        (high * 0.5, "top", block.title, block.title_pt),
        (high * 0.25, "center", block.middle, block.text_pt),
        (high * 0.25, "bottom", block.foot, block.text_pt),
    ]
    made = frame([room.width], ruled=False, padding=0.0)
    for number, (height, valign, text, size) in enumerate(parts):
        inner = room.inner(room.width)
        if number == 0:
            _seal(inner, block)
        plain(inner, text, Shape(Align.CENTER), bold=True, size=size)
        line = row(cell(inner, valign=valign), whole=True)
        line[0].append(element("w:trHeight", val=twips(height), hRule="atLeast"))
        made.append(line)
    room.add(made)
    room.add(filler())
    room.page_break = True


def _seal(inner: Room, block: Cover) -> None:
    run = None
    if block.seal and block.seal_mm > 0:
        run = picture_run(inner, block.seal, inner.width, block.seal_mm, "ตราสัญลักษณ์")
    if run is not None:
        inner.add(shaped(Shape(Align.CENTER, after=40.0), inner.font, inner.size, run))
    elif block.seal_mm > 0:
        inner.add(filler(block.seal_mm / _PT_MM + 40.0))
