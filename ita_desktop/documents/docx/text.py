"""Paragraphs and runs in a Word file."""

from __future__ import annotations

import re
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from ita_desktop.documents.blocks import Align, Paragraph, Run
from ita_desktop.thai.shaping import clean

from .xml import child, element, type_of

WORD_FONTS = {"Laksaman": "TH Sarabun New"}
"""The program's own font has the design and the metrics of one that offices have in Word."""
SYMBOLS = "Segoe UI Symbol"

_ALIGN = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTER: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
    Align.THAI: WD_ALIGN_PARAGRAPH.THAI_JUSTIFY,
}
_LINK = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def font_name(font: str) -> str:
    """The family as Word knows it."""
    return WORD_FONTS.get(font, font)


def kept(text: str) -> str:
    """The text without what a Word file cannot hold."""
    return _UNWRITABLE.sub("", clean(text))


def write_paragraph(target: Any, block: Paragraph, font: str, size: float, align: Align) -> None:
    """Write a paragraph's runs, label and shape into an empty paragraph."""
    shape = target.paragraph_format
    shape.alignment = _ALIGN[align if block.align is Align.LEFT else block.align]
    shape.space_before, shape.space_after = Pt(block.space_before_pt), Pt(block.space_after_pt)
    shape.keep_with_next = block.keep_with_next or None
    hang = block.hang_mm if block.label else 0.0
    if block.left_indent_mm or hang:
        shape.left_indent = Mm(block.left_indent_mm + hang)
    if hang:
        shape.first_line_indent = Mm(-hang)
        shape.tab_stops.add_tab_stop(Mm(block.left_indent_mm + hang), WD_TAB_ALIGNMENT.LEFT)
    elif block.first_indent_mm:
        shape.first_line_indent = Mm(block.first_indent_mm)
    own = block.size_pt or size
    if block.label:
        write_run(target, Run(f"{block.label}\t"), font, own)
    for run in block.runs:
        write_run(target, run, font, own)


def write_run(target: Any, run: Run, font: str, size: float) -> None:
    """Write a run; line ends become breaks, a web address a link."""
    if run.link and _LINK.fullmatch(run.link):
        _write_link(target, run, font, size)
        return
    made = target.add_run()
    _fill(made, kept(run.text))
    _dress(made, run, font, size)


def _fill(made: Any, text: str) -> None:
    for number, part in enumerate(text.split("\n")):
        if number:
            made.add_break()
        for index, piece in enumerate(part.split("\t")):
            if index:
                made.add_tab()
            if piece:
                made.add_text(piece)


def _dress(made: Any, run: Run, font: str, size: float) -> None:
    properties = made._r.get_or_add_rPr()  # noqa: SLF001
    type_of(properties, font_name(font), size, bold=run.bold, italic=run.italic)


def _write_link(target: Any, run: Run, font: str, size: float) -> None:
    relation = target.part.relate_to(run.link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = element("w:hyperlink")
    link.set(qn("r:id"), relation)
    made = target.add_run()
    _fill(made, kept(run.text))
    _dress(made, run, font, size)
    link.append(made._r)  # noqa: SLF001
    target._p.append(link)  # noqa: SLF001


def field_run(target: Any, instruction: str, font: str, size: float) -> None:
    """A field that Word fills in, such as the page number."""
    for kind in ("begin", "", "end"):
        made = target.add_run()
        _dress(made, Run(""), font, size)
        if kind:
            made._r.append(element("w:fldChar", fldCharType=kind))  # noqa: SLF001
        else:
            text = child(made._r, "w:instrText")  # noqa: SLF001
            text.set(qn("xml:space"), "preserve")
            text.text = f" {instruction} "
