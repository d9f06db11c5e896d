"""The documents of a year: nothing of the office's data is left out, counts agree with lists."""

from __future__ import annotations

import re
from dataclasses import replace

import pypdfium2
import pytest

from ita_desktop.documents.blocks import Document, Heading, Paragraph, Table, text_of
from ita_desktop.documents.compose import Matter, compose
from ita_desktop.documents.pdf import render_pdf
from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.measures import MeasureKind, counted, points
from ita_desktop.thai.digits import to_arabic, to_thai
from tests.documents.test_compose import SHELF, sheet
from tests.documents.test_same_everywhere import CASES, TEMPLATES, YEAR, made, matter
from tests.domain.figures import DOCUMENT_1_FY2563, DOCUMENT_1_FY2564

LISTING = [
    pytest.param(kind, which, id=f"{kind}-{which}")
    for kind, template in TEMPLATES.items()
    if any(block.kind == "measures" for block in template.blocks)
    for which in (template.rounds or (None,))
]


def texts(document: Document) -> list[str]:
    """Every heading, paragraph and cell, in reading order."""
    found: list[str] = []
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph | Heading):
                found.append(text_of(block))
            elif isinstance(block, Table):
                found += [text_of(cell) for row in block.rows for cell in row]
    return found


def whole(document: Document) -> str:
    return "\n".join(texts(document))


@pytest.mark.parametrize(("kind", "which"), LISTING)
def test_every_measure_is_in_every_plan(kind: str, which: Round | None):
    said = whole(made(kind, which))
    measures = matter(which).dossier.measures_of(YEAR, MeasureKind.MEASURE)
    assert len(measures) > 5
    for measure in measures:
        assert measure.continued or to_thai(measure.title) in said
        for step in points(measure.steps):
            assert to_thai(step) in said


@pytest.mark.parametrize(("kind", "which"), CASES)
def test_no_placeholder_and_no_gap_is_printed(kind: str, which: Round | None):
    document = made(kind, which)
    said = [*texts(document), document.title, document.subject]
    assert [text for text in said if re.search(r"[{}]|None|\bnan\b|พ\.ศ\.\s*$", text)] == []
    assert [
        text for text in said if re.search(r"(?<![A-Za-z./0-9])[0-9]+(?![\w./]*[A-Za-z/])", text)
    ] == []


@pytest.mark.parametrize(("kind", "which"), CASES)
def test_announced_counts_are_those_of_the_data(kind: str, which: Round | None):
    said = to_arabic(whole(made(kind, which)))
    measures = matter(which).dossier.measures_of(YEAR, MeasureKind.MEASURE)
    for match in re.finditer(r"กำหนดมาตรการ[^\n]{0,60}?(\d+) มาตรการ", said):
        assert int(match[1]) == counted(measures)


def test_the_summary_is_one_page():
    pdf = pypdfium2.PdfDocument(render_pdf(made("score-summary", None)))
    assert len(pdf) == 1


def reference_1() -> str:
    """The analysis of reference document 1's two years, in Arabic digits."""
    year = 2565
    years = {2563: DOCUMENT_1_FY2563, 2564: DOCUMENT_1_FY2564}
    dossier = Dossier(sheets={each: sheet(each, figures) for each, figures in years.items()})
    subject = Matter(dossier, year, Round.TWELVE, SHELF.get(2564), SHELF.get(2563))
    return to_arabic(whole(compose(TEMPLATES["analysis-memo"], subject)))


def listed(said: str, heading: str) -> tuple[int, list[str]]:
    """The count a heading announces, and the numbers of the indicators under it."""
    found = re.search(rf"{heading}[^\n]*?(\d+) ตัวชี้วัด[^\n]*\n((?:[\d.]+ ตัวชี้วัดที่ \d+[^\n]*\n)+)", said)
    assert found, heading
    return int(found[1]), re.findall(r"ตัวชี้วัดที่ (\d+)", found[2])


def test_the_lists_of_reference_1_follow_their_rules():
    """It announced four indicators that fell and listed five, and left one that rose out."""
    said = reference_1()
    assert listed(said, "จุดอ่อน[^\n]*ลดลง") == (5, ["1", "2", "3", "4", "5"])
    assert listed(said, "เต็ม") == (1, ["10"])
    assert listed(said, "เพิ่มขึ้น") == (3, ["6", "7", "9"])
    assert listed(said, "ต่ำกว่า") == (2, ["2", "4"])
    # The official totals give 27.63 and 43.11; here they are computed from rounded indicators.
    assert "เพิ่มขึ้น 27.62 คะแนน คิดเป็นร้อยละ 43.09" in said


def test_every_document_is_made_of_an_empty_file():
    """A new office prints rulings to fill by pen, not an error."""
    empty = replace(matter(None), dossier=Dossier(), pictures={})
    for template in TEMPLATES.values():
        for which in template.rounds or (Round.TWELVE,):
            assert render_pdf(compose(template, replace(empty, round=which))).startswith(b"%PDF")
