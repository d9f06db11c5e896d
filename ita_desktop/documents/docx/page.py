"""Sections: paper, margins, page numbers above, the document's mark below."""

from __future__ import annotations

from typing import Any

from ita_desktop.documents.blocks import Align, PageSetup

from .package import one_line
from .text import Shape, family, run_properties, shaped, text_run
from .xml import Element, element, twips

_A4 = (11906, 16838)
_NUMBER_MM, _MARK_MM = 12.5, 8.0
_MARK_PT = 9.0


def section_properties(
    part: Any, page: PageSetup, mark: str, *, first: bool, notice: str = ""
) -> Element:
    """A section's page set-up; ``first``: of the document; ``notice``: at the head of each page."""
    starts = first or page.number_restart
    other_first = page.number_from > 1 and starts
    made = element("w:sectPr")
    numbers = _header(part, page, numbered=page.number_from > 0, notice=notice)
    made.append(element("w:headerReference", type="default", r__id=numbers))
    if other_first:
        blank = _header(part, page, numbered=False, notice=notice)
        made.append(element("w:headerReference", type="first", r__id=blank))
    foot = _footer(part, page, mark)
    made.append(element("w:footerReference", type="default", r__id=foot))
    if other_first:
        made.append(element("w:footerReference", type="first", r__id=foot))
    made.append(element("w:type", val="nextPage"))
    made.append(_paper(page))
    made.append(
        element(
            "w:pgMar",
            top=twips(page.top_mm),
            right=twips(page.right_mm),
            bottom=twips(page.bottom_mm),
            left=twips(page.left_mm),
            header=twips(min(_NUMBER_MM, page.top_mm)),
            footer=twips(min(_MARK_MM, page.bottom_mm)),
            gutter=0,
        )
    )
    start = {"start": 1} if page.number_restart else {}
    made.append(element("w:pgNumType", fmt="thaiNumbers", **start))
    if other_first:
        made.append(element("w:titlePg"))
    return made


def _paper(page: PageSetup) -> Element:
    wide, high = reversed(_A4) if page.landscape else _A4
    turned = {"orient": "landscape"} if page.landscape else {}
    return element("w:pgSz", w=wide, h=high, **turned)


def _header(part: Any, page: PageSetup, *, numbered: bool, notice: str) -> str:
    header, relation = part.add_header_part()
    root = header.element
    for child in list(root):
        root.remove(child)
    content = _number(page) if numbered else []
    if words := one_line(notice):
        content = [text_run(f"[ {words} ]   ", page.font, page.size_pt, bold=True), *content]
    root.append(shaped(Shape(Align.CENTER, style="Header"), page.font, page.size_pt, *content))
    return relation


def _number(page: PageSetup) -> list[Element]:
    """ "- ๒ -"; numbers that begin later than on the second page ask for the page's number."""
    shown = [
        _run(page, "- "),
        *_field(page, [_instruction(page, " PAGE ")]),
        _run(page, " -"),
    ]
    if page.number_from <= 2:
        return shown
    condition = [
        _instruction(page, " IF "),
        *_field(page, [_instruction(page, " PAGE \\* Arabic ")]),
        _instruction(page, f" >= {page.number_from} "),
    ]
    quote = _instruction(page, '"')
    return _field(page, [*condition, quote, *shown, _instruction(page, '" ""')])


def _run(page: PageSetup, text: str) -> Element:
    return text_run(text, page.font, page.size_pt)


def _instruction(page: PageSetup, text: str) -> Element:
    made = element("w:instrText", xml__space="preserve")
    made.text = text
    return element("w:r", run_properties(family(page.font), page.size_pt), made)


def _field(page: PageSetup, inside: list[Element]) -> list[Element]:
    def mark(kind: str) -> Element:
        properties = run_properties(family(page.font), page.size_pt)
        return element("w:r", properties, element("w:fldChar", fldCharType=kind))

    return [mark("begin"), *inside, mark("separate"), _run(page, "๒"), mark("end")]


def _footer(part: Any, page: PageSetup, mark: str) -> str:
    footer, relation = part.add_footer_part()
    root = footer.element
    for child in list(root):
        root.remove(child)
    text = one_line(mark)
    content = [text_run(text, page.font, _MARK_PT)] if text else []
    root.append(shaped(Shape(style="Footer"), page.font, _MARK_PT, *content))
    return relation
