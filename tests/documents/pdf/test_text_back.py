"""Text that comes out of the file exactly as it went in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ita_desktop.documents.blocks import Align, Paragraph, Run, StatusBoxes, text_of
from ita_desktop.documents.pdf import render_pdf

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


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the reference documents are not here")
@pytest.mark.parametrize("path", sorted(REFERENCE.glob("*.txt")), ids=lambda path: path.stem[:20])
def test_reference_documents_come_back(path: Path) -> None:
    texts = list(dict.fromkeys(re.split(r"[\t\n]", path.read_text("utf-8"))))
    texts = [" ".join(text.split()) for text in texts if text.strip()]
    data = render_pdf(document(*(paragraph(text, align=Align.THAI) for text in texts)))
    for pages in readings(data)[:2]:
        found = joined("".join(pages))
        lost = [text for text in texts if text not in found]
        assert not lost
