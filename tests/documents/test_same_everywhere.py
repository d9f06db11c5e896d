"""Every document says the same in PDF, in Word and as a workbook.

The files are read back by programs that know nothing of ours: pdfium, python-docx, openpyxl, and
where it is installed an office program that turns the Word file into pages of its own.

Text is compared letter by letter. The Word file gives the pieces (paragraphs and cells) in reading
order; each must be found in the pages, in that order, and when all are found nothing may be left of
the pages but what pages repeat by themselves: numbers, heading rows, catchwords, the code below.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from openpyxl import load_workbook

from ita_desktop.documents.blocks import BarChart, Document, ShareChart, Table
from ita_desktop.documents.compose import Matter, compose, pictures_needed
from ita_desktop.documents.formats import render
from ita_desktop.documents.templates import load_templates
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.framework import FrameworkShelf
from ita_desktop.exchange.interchange import read_interchange
from ita_desktop.paths import resources
from ita_desktop.thai.digits import to_thai
from tests.documents.pdf.reading import pages_by_pdfium

OFFICE_PROGRAM = shutil.which("soffice")
YEAR = 2569
Reading = Callable[[str], str]
MARK = "QXZW-KVJY"
LONG = 12
"""Pieces of fewer letters are counted only, in pages that another program made."""
CATCHWORD = 3
PAGE_NUMBER = re.compile(r"^[๐-๙0-9]{1,2}|[๐-๙0-9]{1,2}$")
"""A stretch longer than that which a piece holds too is the catchword of a memo."""
TEMPLATES = load_templates(resources() / "documents")
Case = tuple[str, Round | None]
NAMED: list[Case] = [
    (kind, which) for kind, template in TEMPLATES.items() for which in (template.rounds or (None,))
]
CASES = [
    pytest.param(kind, which, id=f"{kind}-{int(which)}" if which else kind) for kind, which in NAMED
]


# --- reading the files back -----------------------------------------------------------------------


def bare(text: str) -> str:
    """Letters without marks: other programs' pages lose or move them where fonts differ."""
    return "".join(char for char in letters(text) if unicodedata.category(char)[0] != "M")


def letters(text: str) -> str:
    """Letters, figures and ticks: spaces and full stops fall where lines and dots for pens end.

    Thai marks are put in one order, and a sara am in its two parts, as readers of pages do.
    """
    plain = unicodedata.normalize("NFKD", text).replace("\u0e33", "\u0e4d\u0e32")
    plain = re.sub("\u0e4d([\u0e48-\u0e4b])", "\\1\u0e4d", plain)
    return "".join(char for char in plain if unicodedata.category(char)[0] in "LNM" or char in "☑☐")


@dataclass(frozen=True)
class WordTable:
    """A table of a Word file: texts by row and column, "" where a merged cell goes on."""

    heads: int
    rows: tuple[tuple[str, ...], ...]


def cell_text(tc: Any) -> str:
    return "\n".join(line for p in tc.iter(qn("w:p")) if (line := paragraph_text(p)))


def paragraph_text(p: Any) -> str:
    parts = {qn("w:tab"): " ", qn("w:br"): "\n"}
    found = (
        (node.text or "") if node.tag == qn("w:t") else parts.get(node.tag, "")
        for node in p.iter(qn("w:t"), qn("w:tab"), qn("w:br"))
        if node.getparent().tag != qn("w:tabs")
    )
    return "".join(found)


def attribute(tc: Any, name: str) -> str | None:
    found = tc.find(f"{qn('w:tcPr')}/{qn(name)}")
    return None if found is None else found.get(qn("w:val"), "continue")


def word_table(tbl: Any) -> WordTable:
    rows: list[tuple[str, ...]] = []
    heads = 0
    for tr in tbl.findall(qn("w:tr")):
        heads += tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        row: list[str] = []
        for tc in tr.findall(qn("w:tc")):
            goes_on = attribute(tc, "w:vMerge") == "continue"
            row.append("" if goes_on else cell_text(tc))
            row += [""] * (int(attribute(tc, "w:gridSpan") or 1) - 1)
        rows.append(tuple(row))
    return WordTable(heads, tuple(rows))


@dataclass(frozen=True)
class WordFile:
    """What stands in a Word file: every piece of text in reading order, and its tables."""

    pieces: tuple[str, ...]
    tables: tuple[WordTable, ...]


def word_file(data: bytes) -> WordFile:
    body: Any = docx.Document(io.BytesIO(data)).element.body
    pieces: list[str] = []
    tables: list[WordTable] = []
    for child in body:
        if child.tag == qn("w:p"):
            pieces.append(paragraph_text(child))
        elif child.tag == qn("w:tbl"):
            found = word_table(child)
            pieces += [text for row in found.rows for text in row]
            if found.heads:
                tables.append(found)
    return WordFile(tuple(text for text in pieces if letters(text)), tuple(tables))


def shown(value: Any, number_format: str) -> str:
    """What a sheet's cell shows, in the digits of a document."""
    if isinstance(value, int | float | Decimal):
        decimals = number_format.partition(".")[2].count("0")
        return to_thai(f"{value:.{decimals}f}")
    return str(value or "")


def sheets(data: bytes) -> list[list[list[str]]]:
    book = load_workbook(io.BytesIO(data))
    return [
        [[shown(cell.value, cell.number_format) for cell in row] for row in sheet.iter_rows()]
        for sheet in book.worksheets
    ]


# --- finding every piece in the pages -------------------------------------------------------------


class Pages:
    """The letters of all pages, and which of them belong to a piece already found."""

    def __init__(self, pages: list[str]) -> None:
        self.text = "".join(pages)
        self.taken = bytearray(len(self.text))
        self.ends = [sum(map(len, pages[: n + 1])) for n in range(len(pages))]

    def take(self, piece: str, start: int, parts: int = 3) -> int:
        """Find a piece from ``start`` on and return where it begins; -1: it is not there.

        A cell of a row that goes on on the next page stands in two parts, other cells between.
        """
        at = self._free(piece, start)
        if at >= 0:
            self._mark(at, len(piece))
            return at
        for length in range(len(piece) - 1, 3, -1) if parts > 1 else ():
            at = self._free(piece[:length], start)
            page = next((end for end in self.ends if end > at), 0)
            if at >= 0 and self.take(piece[length:], page, parts - 1) >= 0:
                self._mark(at, length)
                return at
        return -1

    def _free(self, piece: str, start: int) -> int:
        at = self.text.find(piece, start)
        while at >= 0 and any(self.taken[at : at + len(piece)]):
            at = self.text.find(piece, at + 1)
        return at

    def _mark(self, at: int, length: int) -> None:
        self.taken[at : at + length] = b"\1" * length

    def left(self) -> list[str]:
        """The stretches that belong to no piece, cut at the ends of pages."""
        ends = set(self.ends)
        found, stretch = [], ""
        for at, char in enumerate(self.text):
            if at in ends or self.taken[at]:
                found.append(stretch)
                stretch = ""
            if not self.taken[at]:
                stretch += char
        return [text for text in [*found, stretch] if text]


def lost_pieces(pages: Pages, pieces: list[str], unordered: set[str]) -> list[str]:
    """The pieces that cannot be found after what stood before them.

    ``unordered`` pieces are looked for last and anywhere, the longest first.
    """
    lost: list[str] = []
    later: list[str] = []
    cursor = 0
    for piece in pieces:
        at = pages.take(piece, cursor) if piece not in unordered else -1
        if at >= 0:
            cursor = at
        else:
            (later if piece in unordered else lost).append(piece)
    return lost + [one for one in sorted(later, key=len)[::-1] if pages.take(one, 0) < 0]


def torn(pages: list[str], pieces: list[str]) -> list[str]:
    """The long pieces that stand nowhere whole, nor in parts at the ends of two pages."""
    whole = "".join(pages)
    return [
        piece
        for piece in pieces
        if len(piece) >= LONG
        and piece not in whole
        and not any(
            piece[:cut] in before and piece[cut:] in after
            for before, after in pairwise(pages)
            for cut in range(1, len(piece))
        )
    ]


def repeated(document: Document, tables: tuple[WordTable, ...]) -> set[str]:
    """What pages repeat by themselves: heading rows, cells that go on, and the code."""
    heads = {text for found in tables for row in found.rows[: found.heads] for text in row}
    blocks = [block for section in document.sections for block in section.blocks]
    rows = [row for block in blocks if isinstance(block, Table) for row in block.rows]
    titles = {block.title or "" for block in blocks if isinstance(block, Table)}
    going_on = {cell.continued for row in rows for cell in row}
    return {document.mark, *heads, *titles, *going_on}


def charts(document: Document) -> tuple[set[str], set[str]]:
    """Texts of charts: those a reader meets in no fixed order, and those only pages have."""
    found = [
        block
        for section in document.sections
        for block in section.blocks
        if isinstance(block, BarChart | ShareChart)
    ]
    bars = [chart for chart in found if isinstance(chart, BarChart)]
    series = {name for chart in bars for name in chart.series}
    parts = [share for chart in found if isinstance(chart, ShareChart) for share in chart.shares]
    drawn = {text for chart in bars for _place, text in chart.ticks}
    drawn |= {share.short for share in parts}
    return {letters(text) for text in series}, drawn


def beyond(left: list[str], again: set[str], said: str) -> list[str]:
    """What stands in the pages and in no piece, what pages repeat taken away."""
    found: list[str] = []
    for stretch in left:
        rest = stretch
        for text in sorted(again, key=len, reverse=True):
            rest = rest.replace(text, "")
        rest = PAGE_NUMBER.sub("", rest)
        if rest and not (len(rest) > CATCHWORD and rest in said):
            found.append(rest)
    return found


# --- the documents of the sample office -----------------------------------------------------------


@cache
def matter(which: Round | None) -> Matter:
    found = read_interchange(resources() / "sample" / "office.json")
    shelf = FrameworkShelf(resources() / "frameworks")
    needed = pictures_needed(found.dossier, YEAR)
    return Matter(
        dossier=found.dossier,
        year=YEAR,
        round=which or Round.TWELVE,
        framework=shelf.get(YEAR - 1),
        earlier=shelf.get(YEAR - 2),
        oit=shelf.get(YEAR),
        pictures={digest: found.pictures[digest] for digest in needed},
        mark=MARK,
    )


@cache
def made(kind: str, which: Round | None) -> Document:
    return compose(TEMPLATES[kind], matter(which))


@cache
def word(kind: str, which: Round | None) -> bytes:
    return render(made(kind, which), ".docx")


@pytest.mark.parametrize(("kind", "which"), CASES)
def test_the_pages_say_what_the_word_file_says(kind: str, which: Round | None):
    document, found = made(kind, which), word_file(word(kind, which))
    pages = Pages([letters(text) for text in pages_by_pdfium(render(document, ".pdf"))])
    series, drawn = charts(document)
    pieces = [letters(piece) for piece in found.pieces]
    assert lost_pieces(pages, pieces, series) == []
    again = {letters(text) for text in repeated(document, found.tables) | drawn} - {""}
    assert beyond(pages.left(), again, "".join(pieces)) == []


def turned_into_pages(folder: Path) -> dict[Case, list[str]]:
    """The pages that an office program makes of the Word files: all in one start of it."""
    assert OFFICE_PROGRAM
    files = {case: folder / f"{number}.docx" for number, case in enumerate(NAMED)}
    for (kind, which), file in files.items():
        file.write_bytes(word(kind, which))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = ["--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    command = [OFFICE_PROGRAM, profile, *convert, *map(str, files.values())]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return {
        case: [bare(text) for text in pages_by_pdfium(file.with_suffix(".pdf").read_bytes())]
        for case, file in files.items()
    }


def differs(kind: str, which: Round | None, pages: list[str]) -> list[str]:
    """What the Word file says and those pages don't, and the other way round."""
    found = word_file(word(kind, which))
    pieces = [bare(piece) for piece in found.pieces]
    shown_letters, said = Counter("".join(pages)), Counter("".join(pieces))
    once = repeated(made(kind, which), found.tables) | {f"{number}" for number in range(99)}
    added = set(shown_letters - said) - set(bare("".join(once)))
    return [*torn(pages, pieces), *(said - shown_letters), *sorted(added)]


@pytest.mark.skipif(OFFICE_PROGRAM is None, reason="no office program")
def test_the_word_files_turned_into_pages_say_the_same(tmp_path: Path):
    pages = turned_into_pages(tmp_path)
    wrong = {case: differs(*case, each) for case, each in pages.items()}
    assert {case: found for case, found in wrong.items() if found} == {}
    assert len(pages) == len(NAMED) > len(TEMPLATES)
    other = pages[NAMED[0]]
    assert differs(*NAMED[-1], other), "other pages are found to differ"


@pytest.mark.parametrize(("kind", "which"), CASES)
def test_the_workbook_holds_the_tables_of_the_word_file(kind: str, which: Round | None):
    read = word_file(word(kind, which))
    found = sheets(render(made(kind, which), ".xlsx"))
    tables = [table for table in read.tables if table.rows[0][0]]  # charts have no first heading
    if not tables:
        whole = letters("".join(text for sheet in found for row in sheet for text in row))
        lines = (letters(line) for piece in read.pieces for line in piece.split("\n"))
        assert [line for line in lines if line not in whole] == []
        return
    assert len(found) == len(tables)
    for sheet, table in zip(found, tables, strict=True):
        title = sheet.pop(0)[0] if len(sheet) > len(table.rows) else ""
        assert not title or letters(title) in map(letters, read.pieces)
        lines = [[letters(text) for text in row] for row in table.rows]
        assert [[letters(text) for text in row] for row in sheet] == lines
