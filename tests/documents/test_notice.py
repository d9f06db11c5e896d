"""Words across every page: what is printed from the sample can't be taken for real."""

from __future__ import annotations

import io
from typing import Any

import pypdfium2
from docx import Document as WordFile
from openpyxl import load_workbook

from ita_desktop.documents.blocks import (
    Cell,
    Column,
    Document,
    Heading,
    PageBreak,
    PageSetup,
    Paragraph,
    Run,
    Section,
    Table,
)
from ita_desktop.documents.formats import render

NOTICE = "ตัวอย่าง ไม่ใช่เอกสารจริง"


def made(notice: str) -> Document:
    cell = Cell((Paragraph((Run("คะแนน"),)),))
    table = Table((Column("ข้อ"),), ((cell,),))
    first = Section(PageSetup(), (Heading("หัวข้อ"), PageBreak(), Paragraph((Run("หน้าสอง"),))))
    return Document("ชื่อ", (first, Section(PageSetup(landscape=True), (table,))), notice=notice)


def pages(document: Document) -> list[str]:
    with pypdfium2.PdfDocument(render(document, ".pdf")) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def heads(document: Document) -> list[Any]:
    book: Any = load_workbook(io.BytesIO(render(document, ".xlsx")))
    return [sheet.oddHeader.center.text for sheet in book.worksheets]


def test_it_stands_on_every_page_in_every_form():
    shown = pages(made(NOTICE))
    assert len(shown) == 3
    assert all(NOTICE in page for page in shown)
    word = WordFile(io.BytesIO(render(made(NOTICE), ".docx")))
    assert all(NOTICE in section.header.paragraphs[0].text for section in word.sections)
    assert set(heads(made(NOTICE))) == {NOTICE}


def test_without_it_nothing_is_printed_and_nothing_moves():
    bare = pages(made(""))
    assert not any(NOTICE in page for page in bare)
    assert [page.replace(NOTICE, "").split() for page in pages(made(NOTICE))] == [
        page.split() for page in bare
    ]
    assert set(heads(made(""))) == {None}
