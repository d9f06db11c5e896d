"""Memo pages: the head, the catchword at the foot of a page that goes on, page numbers."""

from __future__ import annotations

import io
import re
import zlib
from itertools import pairwise

import pypdfium2
import pytest
from PIL import Image, ImageChops

from ita_desktop.documents.blocks import (
    Align,
    Block,
    Document,
    Heading,
    MemoHead,
    PageBreak,
    PageSetup,
    Section,
    SignatureChain,
    Signer,
)
from ita_desktop.documents.pdf import render_pdf
from ita_desktop.documents.pdf.catchword import catchword
from ita_desktop.documents.pdf.lines import MM
from ita_desktop.documents.pdf.memo import memo_strips

from .reading import document, joined, pages_by_pdfium, paragraph, readings, table

SENTENCE = "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสขององค์การบริหารส่วนตำบล "
HEAD = MemoHead(
    division="สำนักปลัด อบต.ตัวอย่าง โทร. ๐ ๓๖๕๑ ๐๘๐๔",
    subject="การประเมินคุณธรรมและความโปร่งใสในการดำเนินงานขององค์การบริหารส่วนตำบลตัวอย่าง ประจำปี ๒๕๖๕",
    to="นายกองค์การบริหารส่วนตำบลตัวอย่าง",
    number="สห ๗๔๖๐๑/๔๔๗",
    date="๒๖ เมษายน ๒๕๖๕",
    attachments=("๑. รายงานผล", "๒. แบบสรุป"),
)
MEMO = PageSetup(catchwords=True)


def picture(size: tuple[int, int] = (200, 200)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGBA", size, (90, 90, 90, 255)).save(buffer, "PNG")
    return buffer.getvalue()


def pages(*blocks: Block, page: PageSetup = MEMO) -> list[str]:
    found = pages_by_pdfium(render_pdf(document(*blocks, page=page)))
    return [text.replace("\r", "").strip() for text in found]


def zlib_content(data: bytes) -> str:
    """The operators of the first page."""
    streams = re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL)
    texts = [zlib.decompressobj().decompress(stream) for stream in streams]
    return next(text for text in texts if b" Tf" in text).decode("latin-1")


def ink_of(data: bytes) -> Image.Image:
    """The first page at 72 dpi in grey: a pixel a point."""
    pdf = pypdfium2.PdfDocument(data)
    try:
        return pdf[0].render(scale=1).to_pil().convert("L")
    finally:
        pdf.close()


def test_the_head_reads_back_in_order() -> None:
    for found in readings(render_pdf(document(HEAD))):
        text = "".join(found).replace("\r", "")
        expected = (
            f"บันทึกข้อความ ส่วนราชการ {HEAD.division} ที่ {HEAD.number} วันที่ {HEAD.date} "
            f"เรื่อง {HEAD.subject} เรียน {HEAD.to} สิ่งที่ส่งมาด้วย ๑. รายงานผล ๒. แบบสรุป"
        )
        assert "".join(text.split()) == "".join(expected.split())


def test_the_head_has_the_sizes_of_the_rules() -> None:
    content = zlib_content(render_pdf(document(HEAD)))
    sizes = [round(float(size) / 0.665, 1) for size in re.findall(r" ([\d.]+) Tf", content)]
    assert sizes == [29, *[20, 16] * 4, *[16] * (len(sizes) - 9)]
    assert content.index("/T1 19.285 Tf") < content.index("/T2")
    strips = memo_strips(HEAD, "Laksaman", 16, 160 * MM)
    assert strips[0].height == pytest.approx(15 * MM, abs=0.01)
    assert all(strip.keep_next for strip in strips)


def test_the_emblem_stands_upper_left_and_is_15_mm_high() -> None:
    filled = MemoHead("ก", "ข", "ค", emblem=picture())
    blank, drawn = ink_of(render_pdf(document(HEAD))), ink_of(render_pdf(document(filled)))
    left, top = round(30 * MM), round(25 * MM)
    side = round(15 * MM)
    area = (left, top, left + side, top + side)
    assert blank.crop(area).getextrema() == (255, 255)
    corner = ImageChops.invert(drawn.crop((0, 0, left + side + 10, top + side + 1)))
    bounds = corner.getbbox()
    assert bounds is not None
    assert bounds == pytest.approx(area, abs=1.5)
    assert render_pdf(document(filled)) == render_pdf(document(filled))


@pytest.mark.parametrize("data", [b"", b"no picture", picture()[:60], picture((4000, 1))])
def test_an_unusable_picture_leaves_its_room_blank(data: bytes) -> None:
    head = MemoHead("ก", "ข", "ค", emblem=data)
    assert "บันทึกข้อความ" in pages(head)[0]


def test_empty_fields_leave_the_dots_for_the_pen() -> None:
    drawn = ink_of(render_pdf(document(MemoHead("", "", ""))))
    dark = [
        y
        for y in range(110, 240)
        if sum(drawn.getpixel((x, y)) < 250 for x in range(150, 530)) > 100  # type: ignore
    ]
    rows = [y for y in dark if y - 1 not in dark]
    assert len(rows) == 3


CATCHWORDS = {
    "ข้อพิจารณา/ข้อเสนอแนะ": "/ข้อพิจารณา...",
    "จากผลการวิเคราะห์ผลการประเมินคุณธรรม": "/จากผลการวิเคราะห์...",
    "ทั้งนี้ แม้ผลการประเมิน": "/ทั้งนี้...",
    "๒. ข้อเท็จจริง": "/๒. ข้อเท็จจริง...",
    "(๑) ให้เจ้าหน้าที่": "/(๑) ให้เจ้าหน้าที่...",
    "- จัดทำคู่มือ": "/จัดทำคู่มือ...",
    "ลงชื่อ..............ผู้จัดทำ": "/ลงชื่อ...",
    "พ.ศ. ๒๕๖๔ จะมีผลคะแนน": "/พ.ศ. ๒๕๖๔ จะมีผลคะแนน...",
    "ป.ป.ช. กำหนดค่าเป้าหมาย": "/ป.ป.ช. กำหนดค่าเป้าหมาย...",
    "https://www.go.th/a ต่อ": "/https://www.go.th/a...",
    "......": "",
    "": "",
}


@pytest.mark.parametrize("text", CATCHWORDS)
def test_catchword_of(text: str) -> None:
    assert catchword(text) == CATCHWORDS[text]


def test_a_catchword_is_never_long() -> None:
    for text in ("ก" * 500, SENTENCE * 4, "a" * 300, "https://" + "a" * 300):
        assert 4 < len(catchword(text)) <= 36 + 4


@pytest.mark.parametrize("lines", range(20, 33))
def test_every_page_but_the_last_ends_in_the_first_words_of_the_next(lines: int) -> None:
    body = [paragraph(f"บรรทัดของบันทึกที่ {number}") for number in range(lines)]
    part = Heading("ข้อพิจารณา/ข้อเสนอแนะ", 3)
    found = pages(HEAD, *body, part, *[paragraph(SENTENCE * 5, align=Align.THAI)] * 4)
    assert len(found) > 1
    for page, following in pairwise(found):
        last = page.split("\n")[-1]
        assert re.fullmatch("/.+\\.\\.\\.", last)
        rest = re.sub(r"^- [๐-๙]+ -\s*", "", following)
        assert rest.startswith(last[1:-3])
    assert not re.search(r"(?m)^/.*\.\.\.$", found[-1])


def test_tables_signatures_and_page_breaks_have_their_catchword() -> None:
    rows = table([[f"แถว {number}"] for number in range(60)])
    assert pages(rows)[0].endswith("/หัวข้อ 0...")
    chain = SignatureChain((Signer("นายหนึ่ง", "ปลัด", opinion="ความเห็นของปลัด"),) * 4)
    assert pages(chain)[0].endswith("/ความเห็นของปลัด...")
    broken = pages(paragraph("ก่อน"), PageBreak(), paragraph("ภายหลัง"), PageBreak())
    assert [page.split("\n")[-1] for page in broken] == ["/ภายหลัง...", "ภายหลัง"]


def test_no_catchword_between_sections_nor_without_the_setting() -> None:
    memo, report = (
        Section(MEMO, (paragraph("ข้อความ"),)),
        Section(PageSetup(number_restart=True), (table([["ก" * 10]] * 60),)),
    )
    for page in pages_by_pdfium(render_pdf(Document("ท", (memo, report)))):
        assert "/" not in page


def test_the_catchword_stays_on_the_sheet() -> None:
    page = PageSetup(bottom_mm=6, catchwords=True, number_from=0)
    data = render_pdf(document(*[paragraph("บรรทัดที่ดี")] * 80, page=page))
    pdf = pypdfium2.PdfDocument(data)
    text = pdf[0].get_textpage()
    last = text.get_charbox(text.count_chars() - 1)
    pdf.close()
    assert last[1] > 5 * MM
    assert "/บรรทัดที่ดี..." in joined(pages_by_pdfium(data)[0])
