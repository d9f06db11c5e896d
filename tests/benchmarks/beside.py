"""Pages of this program beside LibreOffice's of the same text, as pictures to look at.

    python -m tests.benchmarks.beside FOLDER

Writes three pictures: a table, justified text over the width of a memo, and a 6 cm column; this
program at the left, LibreOffice (``soffice`` on the path) at the right. The text is our own.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image

from ita_desktop.documents import pdf
from ita_desktop.documents.blocks import (
    Align,
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
from tests.benchmarks import office_table
from tests.benchmarks.rivals import sources

MM = 72 / 25.4
MARGIN_MM = 17.6
DOTS_PER_POINT = 1.1


def main(folder: Path) -> None:
    """Make the three pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        at = Path(name)
        _table(at)
        for width_mm in (160, 60):
            _column(at, width_mm)
        convert = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", name]
        subprocess.run([*convert, *map(str, at.glob("*.docx"))], check=True, capture_output=True)
        for kind in ("table", "text-160", "text-60"):
            _join(at / f"{kind}-here.pdf", at / f"{kind}.pdf", folder / f"beside-{kind}.png")


def _write(block: tuple[Block, ...], page: PageSetup, target: Path) -> None:
    target.write_bytes(pdf.render_pdf(Document("เทียบ", (Section(page, block),))))


def _table(at: Path) -> None:
    rows = office_table.rows(8)
    columns = tuple(
        Column(heading, share)
        for heading, share in zip(office_table.HEADINGS, office_table.SHARES, strict=True)
    )
    cells = tuple(tuple(Cell((Paragraph((Run(text),)),)) for text in row) for row in rows)
    _write((Table(columns, cells),), PageSetup(landscape=True), at / "table-here.pdf")
    sources.table_docx(rows, at / "table.docx")


def _column(at: Path, width_mm: int) -> None:
    texts = [f"{row[1]} {row[3]} {row[4]}" for row in office_table.rows(8)]
    page = PageSetup(
        left_mm=MARGIN_MM,
        right_mm=210 - MARGIN_MM - width_mm,
        top_mm=MARGIN_MM,
        bottom_mm=MARGIN_MM,
        number_from=0,
    )
    blocks = tuple(Paragraph((Run(text),), align=Align.THAI) for text in texts)
    _write(blocks, page, at / f"text-{width_mm}-here.pdf")
    sources.column_docx(texts, width_mm * MM, at / f"text-{width_mm}.docx")


def _join(left: Path, right: Path, target: Path) -> None:
    pages = [_first_page(left), _first_page(right)]
    width = min(pages[1].width, pages[0].width)
    pages[0] = pages[0].crop((0, 0, width, pages[0].height))
    joined = Image.new("L", (sum(p.width for p in pages) + 12, max(p.height for p in pages)), 200)
    joined.paste(pages[0], (0, 0))
    joined.paste(pages[1], (pages[0].width + 12, 0))
    joined.save(target, optimize=True)


def _first_page(path: Path) -> Image.Image:
    with pypdfium2.PdfDocument(path) as document:
        page = document[0].render(scale=DOTS_PER_POINT)  # pyright: ignore[reportArgumentType]
        return page.to_pil().convert("L")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
