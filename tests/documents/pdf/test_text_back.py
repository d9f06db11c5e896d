"""Text that comes out of the file exactly as it went in."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest

from ita_desktop.documents.blocks import Align, PageSetup, Paragraph, Run, StatusBoxes, text_of
from ita_desktop.documents.pdf import render_pdf
from ita_desktop.thai import words

from .reading import REFERENCE, document, joined, paragraph, readings, table, text_of_file

HARD = "น้ำ กตัญญู ฐานะ ญุ ป่า ฟั่น ปิ่น ที่ ผู้ องค์การ ก่ี๋ ปุ๋ย ฎุ ฏู ฤๅษี จำเป็น ทำ ป้ำ"
LONG = (
    "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน ตามที่ได้ดำเนินการ"
    "วิเคราะห์ผลการประเมิน ITA ขององค์การบริหารส่วนตำบล ประจำปีงบประมาณ พ.ศ. ๒๕๖๖ และ (Do & DON'T) "
    "กตัญญูกตเวที น้ำใจ ปุ่มกด ทุก ๆ ๖ เดือน สำนักปลัดฯ ฯลฯ i๑ e๒ o๑๒ 93.59 % “อัญประกาศ” – ฐานุ "
)


@pytest.mark.parametrize("align", list(Align))
@pytest.mark.parametrize("text", [HARD, LONG.strip(), (LONG * 3).strip()])
def test_paragraphs_come_back(text: str, align: Align) -> None:
    block = paragraph(text, align=align, first_indent_mm=25)
    for found in text_of_file(block):
        assert found.strip() == text


def test_runs_labels_and_links_come_back() -> None:
    block = Paragraph(
        (
            Run("ดูที่ "),
            Run("https://www.nacc.go.th/", link="https://www.nacc.go.th/"),
            Run(" ตัวห", bold=True),
            Run("นา", italic=True),
            Run("และญุ่"),
        ),
        label="๑.",
    )
    for found in text_of_file(block):
        assert found.strip() == text_of(block)


def test_status_boxes_come_back() -> None:
    boxes = StatusBoxes(("ดำเนินการแล้วเสร็จ", "ยังไม่ได้ดำเนินการ", "อยู่ระหว่างดำเนินการ"), 0)
    for pages in readings(render_pdf(document(boxes))):
        lines = [line.strip() for line in "".join(pages).splitlines() if line.strip()]
        assert lines == text_of(boxes).split("\n")


def test_cells_come_back() -> None:
    rows = [[LONG.strip(), HARD, "ข้อ " + str(number)] for number in range(4)]
    for pages in readings(render_pdf(document(table(rows))))[:2]:
        found = joined("".join(pages))
        for text in {text for row in rows for text in row}:
            assert text in found


def test_a_hyphen_alone_is_not_taken_for_a_broken_word() -> None:
    data = render_pdf(
        document(table([["-", "ไม่มี"], ["ก -", "ข"]]), paragraph("จบ -"), paragraph("ต่อ"))
    )
    for pages in readings(data):
        found = "".join(pages).replace("\r", "")
        assert len(re.findall("(?m)-(?: |$)", found)) == 3


def test_no_private_codes_and_nothing_invisible() -> None:
    for found in text_of_file(paragraph(HARD + LONG)):
        assert not re.search("[\ue000-\uf8ff\u200b-\u200f\u2060\ufeff\ufffd]", found)


# --- the reference documents ---------------------------------------------------------------------

references = pytest.mark.parametrize(
    "path", sorted(REFERENCE.glob("*.txt")), ids=lambda path: path.stem[:20]
)
needs_references = pytest.mark.skipif(
    not REFERENCE.is_dir(), reason="the reference documents are not here"
)
READERS = ("pdfium", "poppler, raw", "poppler")


def lines_of_document(path: Path) -> list[list[str]]:
    """A document's lines, each as its cells; spaces as they are set."""
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    cells = [[" ".join(cell.split()) for cell in row] for row in rows]
    return [row for row in cells if any(row)]


def in_reading(text: str) -> str:
    """What a reader may not change; it may tell spaces at line ends as it likes."""
    return "".join(text.split())


@needs_references
@references
def test_paragraphs_of_the_reference_documents_come_back_exactly(path: Path) -> None:
    texts = [cell for row in lines_of_document(path) for cell in row if cell]
    data = render_pdf(document(*(paragraph(text, align=Align.THAI) for text in texts)))
    for reader, pages in zip(READERS, readings(data), strict=False):
        found = joined("".join(pages))
        assert in_reading(found) == in_reading("".join(texts)), reader
        assert unicodedata.is_normalized("NFC", found)
        assert not re.search("[\ue000-\uf8ff\u200b-\u200f\u2060\ufeff\ufffd]", found)
        assert "ํา" not in found  # ำ in two parts
        assert [text for text in texts if text not in found] == [], reader


@needs_references
@references
def test_cells_of_the_reference_documents_come_back_exactly(path: Path) -> None:
    rows = [(row + [""] * 5)[:5] for row in lines_of_document(path) if len(row) > 1]
    if not rows:
        pytest.skip("a document without tables")
    page = PageSetup(landscape=True, number_from=0)
    for row in rows:  # each row by itself: no page end parts it
        data = render_pdf(document(table([row]), page=page))
        head = "".join(f"หัวข้อ{number}" for number in range(5))
        for reader, pages in zip(READERS[:2], readings(data), strict=False):
            if len(pages) == 1:
                assert in_reading(pages[0]) == in_reading(head + "".join(row)), reader
                assert all(cell in joined(pages[0]) for cell in row)


@needs_references
@references
def test_whole_words_are_found_by_searching(path: Path) -> None:
    texts = [cell for row in lines_of_document(path) for cell in row if cell]
    counted = Counter(
        word.strip()
        for text in texts
        for word in words.units(text)
        if re.fullmatch(r"[ก-๎]{5,}\s*", word)
    )
    data = render_pdf(document(*(paragraph(text, align=Align.THAI) for text in texts)))
    pdf = pypdfium2.PdfDocument(data)
    pages = [page.get_textpage() for page in pdf]
    everything = "\n".join(texts)
    for word, _ in counted.most_common(40):
        hits = sum(_hits(page, word) for page in pages)
        # A word the office itself parted by a space is found too where a line ends there.
        assert everything.count(word) <= hits <= in_reading(everything).count(word), word


def _hits(page: pypdfium2.PdfTextPage, word: str) -> int:
    searcher = page.search(word, match_case=True)
    return sum(1 for _ in iter(searcher.get_next, None))
