"""Documents become Word files: sections, styles, page numbers, file description."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from ita_desktop.documents.blocks import (
    Align,
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
    Run,
    Section,
    ShareChart,
    SignatureChain,
    Space,
    StatusBoxes,
    Table,
)
from ita_desktop.documents.xlsx import settled_zip

from .papers import write_chain, write_chart, write_cover, write_grid, write_memo
from .pictures import write_picture
from .tables import write_boxes, write_table
from .text import field_run, font_name, kept, write_paragraph, write_run
from .xml import child, type_of

_A4_MM = (210.0, 297.0)
_HEADING_PT = {1: 18.0, 2: 16.0, 3: 16.0}
_NEVER = datetime(2000, 1, 1)
_MARK_PT = 9.0


def render(document: Document) -> bytes:
    """The document as a Word file."""
    made = docx.Document()
    sections = document.sections or (Section(PageSetup(), ()),)
    _dress_styles(made, sections[0].page)
    for number, section in enumerate(sections):
        _open_section(made, document, section.page, first=number == 0)
        for block in section.blocks:
            _write(made, block, section.page)
    _describe(made, document)
    out = io.BytesIO()
    made.save(out)
    return settled_zip(out.getvalue())


def _dress_styles(made: Any, page: PageSetup) -> None:
    """The document's type as the default; headings as offices print them."""
    for level in (0, 1, 2, 3):
        style = made.styles["Normal" if level == 0 else f"Heading {level}"]
        properties = style.element.get_or_add_rPr()
        size = _HEADING_PT.get(level, page.size_pt)
        type_of(properties, font_name(page.font), size, bold=level > 0, italic=False)
        child(properties, "w:color", val="000000")
        shape = style.paragraph_format
        shape.space_before, shape.space_after, shape.line_spacing = Pt(0), Pt(0), 1.0
        if level:
            shape.keep_with_next = True


def _open_section(made: Any, document: Document, page: PageSetup, *, first: bool) -> None:
    section = made.sections[0] if first else made.add_section(WD_SECTION.NEW_PAGE)
    wide, high = _A4_MM if not page.landscape else (_A4_MM[1], _A4_MM[0])
    section.page_width, section.page_height = Mm(wide), Mm(high)
    section.orientation = WD_ORIENT.LANDSCAPE if page.landscape else WD_ORIENT.PORTRAIT
    section.left_margin, section.right_margin = Mm(page.left_mm), Mm(page.right_mm)
    section.top_margin, section.bottom_margin = Mm(page.top_mm), Mm(page.bottom_mm)
    section.header_distance, section.footer_distance = Mm(10), Mm(8)
    numbering = child(section._sectPr, "w:pgNumType", fmt="thaiNumbers")  # noqa: SLF001
    if page.number_restart or first:
        numbering.set(qn("w:start"), "1")
    _number_pages(section, document, page)


def _number_pages(section: Any, document: Document, page: PageSetup) -> None:
    """ "- ๒ -" in the middle of the header, and the mark at the foot."""
    section.different_first_page_header_footer = page.number_from == 2
    section.header.is_linked_to_previous = False
    header = section.header.paragraphs[0]
    write_paragraph(header, Paragraph((), Align.CENTER), page.font, page.size_pt, Align.CENTER)
    if page.number_from:
        write_run(header, Run("- "), page.font, page.size_pt)
        field_run(header, "PAGE", page.font, page.size_pt)
        write_run(header, Run(" -"), page.font, page.size_pt)
    for footer in (section.footer, section.first_page_footer):
        footer.is_linked_to_previous = False
        if document.mark:
            write_run(footer.paragraphs[0], Run(document.mark), page.font, _MARK_PT)
    section.first_page_header.is_linked_to_previous = False


def _write(made: Any, block: Block, page: PageSetup) -> None:
    """One block at the end of the document."""
    font, size = page.font, page.size_pt
    width = (_A4_MM[1] if page.landscape else _A4_MM[0]) - page.left_mm - page.right_mm
    match block:
        case Paragraph():
            write_paragraph(made.add_paragraph(), block, font, size, Align.LEFT)
        case Heading():
            _write_heading(made, block, page)
        case Table():
            write_table(made, block, font, size, width)
            made.add_paragraph().paragraph_format.space_after = Pt(block.space_after_pt / 2)
        case Space():
            _gap(made, block.height_pt)
        case PageBreak():
            made.add_page_break()
        case _:
            _write_paper(made, block, page, width)


def _write_paper(made: Any, block: Block, page: PageSetup, width: float) -> None:
    font, size = page.font, page.size_pt
    match block:
        case MemoHead():
            write_memo(made, block, font, size, width)
        case SignatureChain():
            write_chain(made, block, font, size, width)
        case Cover():
            height = (_A4_MM[0] if page.landscape else _A4_MM[1]) - page.top_mm - page.bottom_mm
            write_cover(made, block, font, size, height)
        case Picture():
            write_picture(made.add_paragraph(), block, font, size, width)
        case PictureGrid():
            write_grid(made, block, font, size, width)
        case BarChart() | ShareChart():
            write_chart(made, block, font, size)
        case StatusBoxes():
            write_boxes(made, block, font, size)
        case _:
            raise TypeError(block)


def _write_heading(made: Any, heading: Heading, page: PageSetup) -> None:
    paragraph = made.add_paragraph(style=f"Heading {heading.level}")
    size = heading.size_pt or _HEADING_PT.get(heading.level, page.size_pt)
    block = Paragraph(
        (Run(heading.text, bold=True),),
        heading.align,
        first_indent_mm=heading.first_indent_mm,
        size_pt=size,
        space_before_pt=heading.space_before_pt,
        space_after_pt=heading.space_after_pt,
        keep_with_next=True,
    )
    write_paragraph(paragraph, block, page.font, page.size_pt, Align.LEFT)


def _gap(made: Any, height: float) -> None:
    paragraph = made.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(max(0.0, height - 12))


def _describe(made: Any, document: Document) -> None:
    properties = made.core_properties
    properties.title, properties.author = kept(document.title)[:255], kept(document.author)[:255]
    properties.subject = kept(document.subject)[:255]
    properties.created = properties.modified = _NEVER
    properties.last_modified_by = ""
