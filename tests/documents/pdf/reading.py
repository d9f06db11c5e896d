"""Reading PDF files back, with both readers people use."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pypdfium2

from ita_desktop.documents.blocks import (
    Block,
    Cell,
    Column,
    Document,
    PageSetup,
    Paragraph,
    Run,
    Section,
    Table,
)
from ita_desktop.documents.pdf import render_pdf

POPPLER = shutil.which("pdftotext")
REFERENCE = Path(__file__).parents[4] / "shared" / "reference"


def paragraph(text: str, **settings: object) -> Paragraph:
    """A paragraph of one run."""
    return Paragraph((Run(text),), **settings)  # type: ignore[arg-type]


def document(*blocks: Block, page: PageSetup | None = None) -> Document:
    """A document of one section, without page numbers unless ``page`` says so."""
    return Document("ทดสอบ", (Section(page or PageSetup(number_from=0), blocks),))


def table(rows: list[list[str]], **settings: object) -> Table:
    """A table of plain text with equal columns."""
    columns = tuple(Column(f"หัวข้อ {number}") for number in range(len(rows[0])))
    cells = tuple(tuple(Cell((paragraph(text),)) for text in row) for row in rows)
    return Table(columns, cells, **settings)  # type: ignore[arg-type]


def pages_by_pdfium(data: bytes) -> list[str]:
    """The text of each page as pdfium (Chrome, Edge) gives it."""
    pdf = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_range() for page in pdf]
    finally:
        pdf.close()


def pages_by_poppler(data: bytes, *options: str) -> list[str]:
    """The text of each page as poppler (Linux readers) gives it."""
    assert POPPLER
    done = subprocess.run(
        [POPPLER, *options, "-enc", "UTF-8", "-", "-"],
        input=data,
        stdout=subprocess.PIPE,
        check=True,
    )
    return done.stdout.decode("utf-8").split("\f")[:-1]


def readings(data: bytes) -> list[list[str]]:
    """The text of each page by every reader at hand."""
    found = [pages_by_pdfium(data)]
    if POPPLER:
        found += [pages_by_poppler(data, "-raw"), pages_by_poppler(data)]
    return found


def joined(text: str) -> str:
    """Text with its line ends taken out: what was broken softly must be whole again."""
    return text.replace("\r\n", "").replace("\n", "").replace("\f", "")


def text_of_file(*blocks: Block) -> list[str]:
    """The whole text by every reader, line ends taken out."""
    return [joined("".join(pages)) for pages in readings(render_pdf(document(*blocks)))]
