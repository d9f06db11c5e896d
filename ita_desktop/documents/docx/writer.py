"""Writes a document as a Word file."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import docx
from docx.oxml.ns import qn

from ita_desktop.documents.blocks import (
    BarChart,
    Block,
    Cover,
    Document,
    Heading,
    MemoHead,
    PageBreak,
    PageSetup,
    Paragraph,
    Picture,
    PictureGrid,
    Section,
    ShareChart,
    SignatureChain,
    Space,
    StatusBoxes,
    Table,
)

from .chart import chart
from .memo import cover, memo
from .package import MADE, one_line, repacked
from .page import section_properties
from .picture import picture
from .signature import signatures
from .styles import drop_unused, set_settings, set_styles
from .table import cell, frame, row, table
from .text import boxes, heading, paragraph
from .xml import Element, Room, Shared, filler

_LONGEST_ABOUT = 255


def render_docx(document: Document) -> bytes:
    """Return ``document`` as a DOCX file; the same document gives the same bytes."""
    file = docx.Document()
    sections = document.sections or (Section(PageSetup(), ()),)
    first = sections[0].page
    drop_unused(file.part)
    set_styles(file.styles.element, first.font, first.size_pt)
    set_settings(file.settings.element)
    _describe(file, document)
    body: Element = file.element.body
    for child in list(body):
        body.remove(child)
    shared = Shared(file.part)
    for number, section in enumerate(sections):
        elements = _section(section, shared)
        ends = section_properties(
            file.part, section.page, document.mark, first=number == 0, notice=document.notice
        )
        if number < len(sections) - 1:
            elements[-1].find(qn("w:pPr")).append(ends)
        for made in elements:
            body.append(made)
        if number == len(sections) - 1:
            body.append(ends)
    made = io.BytesIO()
    file.save(made)
    return repacked(made.getvalue())


def _describe(file: Any, document: Document) -> None:
    about = file.core_properties
    words = ", ".join(one_line(word) for word in document.keywords)
    about.title = one_line(document.title)[:_LONGEST_ABOUT]
    about.author = about.last_modified_by = one_line(document.author)[:_LONGEST_ABOUT]
    about.subject = one_line(document.subject)[:_LONGEST_ABOUT]
    about.keywords = words[:_LONGEST_ABOUT]
    about.comments = about.category = ""
    about.language = "th-TH"
    about.created = about.modified = MADE
    about.revision = 1


def _section(section: Section, shared: Shared) -> list[Element]:
    """The elements of a section, the last of them a paragraph."""
    page = section.page
    paper = (297.0, 210.0) if page.landscape else (210.0, 297.0)
    width = max(paper[0] - page.left_mm - page.right_mm, 20.0)
    height = max(paper[1] - page.top_mm - page.bottom_mm, 20.0)
    room = Room(shared, page.font, page.size_pt, width, height)
    for block in section.blocks:
        _put(room, block)
    if not room.elements or room.elements[-1].tag != qn("w:p"):
        room.page_break = False
        room.add(filler())
    return room.elements


def _put(room: Room, block: Block) -> None:
    if isinstance(block, PageBreak):
        room.page_break = bool(room.elements)
    else:
        _MAKERS[type(block)](room, block)


def _space(room: Room, block: Space) -> None:
    if block.height_pt > 0:
        room.add(filler(block.height_pt))


def _grid(room: Room, block: PictureGrid) -> None:
    """Pictures beside each other in a table without lines; a row is never parted."""
    across = max(1, block.across)
    wide = room.width / across
    made = frame([wide] * across, ruled=False)
    for at in range(0, len(block.pictures), across):
        cells: list[Element] = []
        for place in range(at, at + across):
            inner = room.inner(wide - 4.0)
            if place < len(block.pictures):
                picture(inner, block.pictures[place], block.height_mm)
            inner.width = wide
            cells.append(cell(inner))
        made.append(row(*cells, whole=True))
    if block.pictures:
        room.add(made)
        room.add(filler())


_MAKERS: dict[type, Callable[[Room, Any], None]] = {
    Paragraph: paragraph,
    Heading: heading,
    StatusBoxes: boxes,
    Table: table,
    BarChart: chart,
    ShareChart: chart,
    MemoHead: memo,
    Picture: picture,
    PictureGrid: _grid,
    Cover: cover,
    SignatureChain: signatures,
    Space: _space,
}
"""How each kind of block is put into a room."""
