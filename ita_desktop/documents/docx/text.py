"""Running text: runs, paragraphs, headings, status boxes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from ita_desktop.documents.blocks import Align, Heading, Paragraph, Run, StatusBoxes
from ita_desktop.documents.pdf.links import linked, target

from .package import fit
from .xml import Element, Room, element, twips

_WORD_NAMES = {"Laksaman": "TH Sarabun New"}
"""The bundled family stands in for the one that offices have."""
_SYMBOLS = "Segoe UI Symbol"
_BOXES = ("☐", "☑")
_BOX_HANG_EM = 1.15
_JUSTIFY = {
    Align.LEFT: "left",
    Align.CENTER: "center",
    Align.RIGHT: "right",
    Align.THAI: "thaiDistribute",
}
HEADING_SIZE = {1: 1.25, 2: 1.125, 3: 1.0}
"""Size of a heading by its level, times the body size."""
_SAFE = ("http:", "https:", "mailto:")
_LONGEST_LINK = 2_000
_PT_MM = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Shape:
    """How a paragraph stands. Lengths are millimetres, spaces are points."""

    align: Align = Align.LEFT
    left: float = 0.0
    first: float = 0.0
    """From ``left`` to where the first line begins; negative where the others hang."""
    before: float = 0.0
    after: float = 0.0
    keep_next: bool = False
    style: str = ""
    tab: bool = False
    """Whether a tab leads to ``left``."""


def family(font: str) -> str:
    """The family's name as the file names it."""
    return _WORD_NAMES.get(font, font)


def run_properties(font: str, size: float, *, bold: bool = False, italic: bool = False) -> Element:
    """What makes a run look so, for Latin and for Thai letters alike."""
    half_points = max(2, round(size * 2))
    made = element("w:rPr", element("w:rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font))
    for wanted, tags in ((bold, ("w:b", "w:bCs")), (italic, ("w:i", "w:iCs"))):
        for tag in tags:
            made.append(element(tag) if wanted else element(tag, val=0))
    made.append(element("w:color", val="000000"))
    made.append(element("w:sz", val=half_points))
    made.append(element("w:szCs", val=half_points))
    made.append(element("w:lang", val="en-US", eastAsia="en-US", bidi="th-TH"))
    return made


def text_run(
    text: str, font: str, size: float, *, bold: bool = False, italic: bool = False
) -> Element:
    """A run; line breaks in its text end a line, tabs lead to the next stop."""
    made = element("w:r", run_properties(family(font), size, bold=bold, italic=italic))
    for number, line in enumerate(text.split("\n")):
        if number:
            made.append(element("w:br"))
        for place, stretch in enumerate(line.split("\t")):
            if place:
                made.append(element("w:tab"))
            if stretch:
                piece = element("w:t", xml__space="preserve")
                piece.text = stretch
                made.append(piece)
    return made


def shaped(shape: Shape, font: str, size: float, *content: Element) -> Element:
    """A paragraph of finished runs."""
    properties = element("w:pPr")
    if shape.style:
        properties.append(element("w:pStyle", val=shape.style))
    if shape.keep_next:
        properties.append(element("w:keepNext"))
    if shape.tab:
        stop = element("w:tab", val="left", pos=twips(shape.left))
        properties.append(element("w:tabs", stop))
    before, after = (round(max(0.0, space) * 20) for space in (shape.before, shape.after))
    properties.append(element("w:spacing", before=before, after=after))
    if shape.left or shape.first:
        indent = {"hanging": twips(-shape.first)} if shape.first < 0 else {}
        indent = indent or {"firstLine": twips(shape.first)}
        properties.append(element("w:ind", left=twips(shape.left), **indent))
    properties.append(element("w:jc", val=_JUSTIFY[shape.align]))
    properties.append(run_properties(family(font), size))
    return element("w:p", properties, *content)


def plain(
    room: Room, text: str, shape: Shape | None = None, *, bold: bool = False, size: float = 0.0
) -> None:
    """Put a paragraph of one text into the room."""
    own = size or room.size
    run = text_run(fit(text), room.font, own, bold=bold)
    room.add(shaped(shape or Shape(), room.font, own, run))


def paragraph(room: Room, block: Paragraph, align: Align | None = None) -> None:
    """Put a paragraph into the room; ``align`` is for one that has no alignment of its own."""
    size = block.size_pt or room.size
    hang = block.hang_mm if block.label else 0.0
    shape = Shape(
        align if align and block.align is Align.LEFT else block.align,
        block.left_indent_mm + hang + (block.first_indent_mm if hang else 0.0),
        -hang if hang else block.first_indent_mm,
        block.space_before_pt,
        block.space_after_pt,
        block.keep_with_next,
        tab=bool(block.label),
    )
    runs = list(_runs(room, block.runs, size))
    if block.label:
        runs.insert(0, text_run(fit(block.label) + "\t", room.font, size))
    room.add(shaped(shape, room.font, size, *runs))


def _runs(room: Room, runs: tuple[Run, ...], size: float) -> Iterator[Element]:
    for run in linked(runs):
        text = fit(run.text)
        if not text:
            continue
        made = text_run(text, room.font, size, bold=run.bold, italic=run.italic)
        address = target(run.link) if run.link else None
        if address and len(address) <= _LONGEST_LINK and address.lower().startswith(_SAFE):
            kind = RELATIONSHIP_TYPE.HYPERLINK
            relation = room.shared.part.relate_to(address, kind, is_external=True)
            made = element("w:hyperlink", made, r__id=relation)
        yield made


def heading(room: Room, block: Heading) -> None:
    """Put a heading of the file's outline into the room."""
    level = min(max(block.level, 1), 3)
    size = block.size_pt or room.size * HEADING_SIZE[level]
    shape = Shape(
        block.align,
        first=block.first_indent_mm,
        before=block.space_before_pt,
        after=block.space_after_pt,
        keep_next=True,
        style=f"Heading{level}",
    )
    plain(room, block.text, shape, bold=True, size=size)


def boxes(room: Room, block: StatusBoxes) -> None:
    """Put check boxes into the room, one option a line."""
    hang = room.size * _BOX_HANG_EM * _PT_MM
    shape = Shape(left=hang, first=-hang, tab=True)
    for index, option in enumerate(block.options):
        box = text_run(_BOXES[index == block.ticked], _SYMBOLS, room.size * 0.8)
        text = text_run("\t" + fit(option), room.font, room.size)
        made = shaped(shape, room.font, room.size, box, text)
        room.add(made)


def paragraphs_of(made: Element) -> list[Element]:
    """All paragraphs in an element."""
    return list(made.iter(qn("w:p")))
