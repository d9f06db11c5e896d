"""Another office program reads the file: the same texts in the same order."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from ita_desktop.documents.blocks import (
    Document,
    Heading,
    PageSetup,
    Paragraph,
    Picture,
    PictureGrid,
    Section,
    StatusBoxes,
    Table,
    text_of,
)
from ita_desktop.documents.compose import compose
from ita_desktop.documents.docx import render_docx
from ita_desktop.documents.docx.grid import headings
from ita_desktop.domain.dossier import Dossier
from tests.documents.pdf.reading import pages_by_pdfium
from tests.documents.test_compose import OFFICE, REPORT, YEAR, matter, sheet
from tests.domain.figures import DOCUMENT_2

from .sample import every_block

OFFICE_PROGRAM = shutil.which("soffice")
pytestmark = pytest.mark.skipif(OFFICE_PROGRAM is None, reason="no office program")


def normal(text: str) -> str:
    """Letters and digits: spaces fall where lines end, and the reader moves marks over letters."""
    plain = unicodedata.normalize("NFKD", text).replace("\u0e33", "\u0e4d\u0e32")
    return "".join(char for char in plain if unicodedata.category(char)[0] in "LN" or char in "☑☐")


def converted(document: Document, folder: Path) -> str:
    source = folder / "made.docx"
    source.write_bytes(render_docx(document))
    assert OFFICE_PROGRAM
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [
            *[OFFICE_PROGRAM, f"-env:UserInstallation={profile}", "--headless"],
            *["--convert-to", "pdf", "--outdir", str(folder), str(source)],
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return normal("".join(pages_by_pdfium((folder / "made.pdf").read_bytes())))


def texts(document: Document) -> Iterator[str]:
    """The texts of the plain blocks and of every cell, in reading order."""
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph | Heading | StatusBoxes | Picture):
                yield text_of(block)
            elif isinstance(block, PictureGrid):
                yield from (picture.caption for picture in block.pictures)
            elif isinstance(block, Table):
                yield block.title or ""
                yield from (head.text for head in headings(block.columns)[1] if not head.row)
                yield from (text_of(cell) for row in block.rows for cell in row)


def missing(document: Document, shown: str) -> list[str]:
    at, lost = 0, []
    for text in texts(document):
        found = shown.find(normal(text), at)
        if found < 0:
            lost.append(text)
        else:
            at = found + len(normal(text))
    return lost


def test_every_kind_of_block_is_read_in_order(tmp_path: Path):
    document = Document("ก", (Section(PageSetup(number_from=0), every_block()),))
    shown = converted(document, tmp_path)
    assert missing(document, shown) == []
    signed = ["บันทึกข้อความ", "สำนักปลัด", "รายงานผล", "๙.๐๐", "นายสมชาย ใจดี", "รักษาราชการแทน"]
    assert [text for text in signed if normal(text) not in shown] == []


def test_a_composed_report_is_read_in_order(tmp_path: Path):
    dossier = Dossier(office=OFFICE, sheets={YEAR - 1: sheet(YEAR - 1, DOCUMENT_2)})
    document = compose(REPORT, matter(dossier))
    assert missing(document, converted(document, tmp_path)) == []
