"""The paper that asks for OIT data: a page an owner, the same in every form."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
from docx import Document as WordFile
from openpyxl import load_workbook

from ita_desktop.documents.blocks import Document, Heading, PageBreak, SignatureChain, Table
from ita_desktop.documents.compose import Matter, compose
from ita_desktop.documents.formats import render
from ita_desktop.documents.templates import load_template
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.framework import FrameworkShelf
from ita_desktop.exchange.interchange import read_interchange
from ita_desktop.paths import resources

YEAR = 2569


@pytest.fixture(scope="module")
def matter() -> Matter:
    dossier = read_interchange(resources() / "sample" / "office.json").dossier
    found = dict(dossier.disclosures[YEAR])
    for number, (code, each) in enumerate(found.items()):
        if number % 4 == 0:
            found[code] = replace(each, disclosed=None, url="")
    found["o3"] = replace(found["o3"], disclosed=False, owner="")
    dossier = replace(dossier, disclosures={**dossier.disclosures, YEAR: found})
    shelf = FrameworkShelf(resources() / "frameworks", {})
    frameworks = (shelf.get(YEAR - 1), shelf.get(YEAR - 2))
    wanted = date(2026, 12, 15)
    return Matter(dossier, YEAR, Round.TWELVE, *frameworks, oit=shelf.get(YEAR), wanted=wanted)


def made(matter: Matter) -> Document:
    path = resources() / "documents" / "on-request" / "oit-requests.json"
    return compose(load_template(path), matter)


def pdf_text(document: Document) -> str:
    with pypdfium2.PdfDocument(render(document, ".pdf")) as pdf:
        return "".join(page.get_textpage().get_text_range() for page in pdf)


def owners(matter: Matter) -> list[str]:
    found = matter.dossier.disclosures[YEAR].values()
    return [each.owner for each in found if each.disclosed is not True]


def test_every_owner_gets_a_page_with_a_place_to_sign(matter: Matter):
    blocks = made(matter).sections[0].blocks
    pages = len(set(owners(matter)))
    for kind, count in ((Heading, pages), (Table, pages), (SignatureChain, pages)):
        assert sum(isinstance(block, kind) for block in blocks) == count
    assert sum(isinstance(block, PageBreak) for block in blocks) == pages - 1
    tables = [block for block in blocks if isinstance(block, Table)]
    assert sum(len(table.rows) for table in tables) == len(owners(matter))
    assert tables[-1].sheet == "ไม่มีผู้รับผิดชอบ"


def test_one_owner_alone_can_be_asked(matter: Matter):
    owner = next(each for each in owners(matter) if each)
    blocks = made(replace(matter, owner=owner)).sections[0].blocks
    (table,) = [block for block in blocks if isinstance(block, Table)]
    assert table.sheet == owner


def test_nothing_missing_makes_a_page_that_says_so(matter: Matter):
    whole = read_interchange(resources() / "sample" / "office.json").dossier
    assert "ทุกข้อครบแล้ว" in pdf_text(made(replace(matter, dossier=whole)))


def test_every_form_holds_the_same(matter: Matter):
    document = made(matter)
    pdf = pdf_text(document)
    word = WordFile(io.BytesIO(render(document, ".docx")))
    book = load_workbook(io.BytesIO(render(document, ".xlsx")))
    names = {each for each in owners(matter) if each}
    assert len(book.sheetnames) == len(set(owners(matter)))
    paragraphs = "\n".join(each.text for each in word.paragraphs)
    for name in names:
        assert f"เรียน  {name}" in paragraphs
        assert name.split()[0] in pdf
    wanted = "๑๕ ธันวาคม ๒๕๖๙"
    assert pdf.count(wanted) == paragraphs.count(wanted) == len(set(owners(matter)))
