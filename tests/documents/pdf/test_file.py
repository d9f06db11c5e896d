"""What the file says about itself: description, language, outline, page labels, links, size."""

from __future__ import annotations

import ctypes
import re
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from ita_desktop.documents.blocks import (
    Align,
    Document,
    Heading,
    PageBreak,
    PageSetup,
    Paragraph,
    Run,
    Section,
)
from ita_desktop.documents.pdf import render_pdf
from ita_desktop.documents.pdf.fonts import Style, piece
from ita_desktop.documents.pdf.lines import MM
from ita_desktop.documents.pdf.links import linked, target

from .reading import document, joined, pages_by_pdfium, paragraph, table


def page_labels(data: bytes) -> list[str]:
    """What a reader's page box shows for each page."""
    pdf: Any = pypdfium2.PdfDocument(data)
    try:
        return [pdf.get_page_label(number) for number in range(len(pdf))]
    finally:
        pdf.close()


def link_areas(data: bytes, page: int = 0) -> list[tuple[str, float, float, float, float]]:
    """Address and rectangle (points) of every link on a page."""
    pdf: Any = pypdfium2.PdfDocument(data)
    found, sheet = [], pdf[page]
    start, raw = ctypes.c_int(0), pdfium.FPDF_LINK()
    while pdfium.FPDFLink_Enumerate(sheet.raw, start, raw):
        action = pdfium.FPDFLink_GetAction(raw)
        length = pdfium.FPDFAction_GetURIPath(pdf.raw, action, None, 0)
        buffer = ctypes.create_string_buffer(length)
        pdfium.FPDFAction_GetURIPath(pdf.raw, action, buffer, length)
        box = pdfium.FS_RECTF()
        pdfium.FPDFLink_GetAnnotRect(raw, box)
        found.append((buffer.value.decode("ascii"), box.left, box.bottom, box.right, box.top))
    pdf.close()
    return found


def test_page_labels_are_the_printed_numbers() -> None:
    first = Section(PageSetup(), (paragraph("ก"), PageBreak(), paragraph("ข")))
    memo = Section(PageSetup(number_restart=True), (paragraph("ค"), PageBreak(), paragraph("ง")))
    data = render_pdf(Document("ท", (first, memo)))
    assert page_labels(data) == ["๑", "๒", "๑", "๒"]
    printed = [re.findall("- ([๐-๙]+) -", page) for page in pages_by_pdfium(data)]
    assert printed == [[], ["๒"], [], ["๒"]]


def test_addresses_in_text_and_cells_are_links() -> None:
    url = "https://www.nacc.go.th/ita/2569?a=1"
    text = f"ดูได้ที่ {url}. และที่อื่น"
    data = render_pdf(document(paragraph(text), table([[text, "ไม่มี"]])))
    areas = link_areas(data)
    assert len(areas) >= 2
    assert {found[0] for found in areas} == {url}
    style = Style("Laksaman", 16)
    left = 30 * MM + piece("ดูได้ที่ ", style).width
    assert areas[0][1] == pytest.approx(left, abs=0.1)
    assert areas[0][3] == pytest.approx(left + piece(url, style).width, abs=0.1)
    assert text in joined("".join(pages_by_pdfium(data)))


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("(https://a.go.th/x_(1)) จบ", ["https://a.go.th/x_(1)"]),
        ("https://a.go.th/go/iit/ระหว่างเดือน", ["https://a.go.th/go/iit/"]),
        ("http://อบต.ไทย/ข่าว ต่อ", ["http://อบต.ไทย/ข่าว"]),
        ("https:// ว่าง http://a.th, http://b.th", ["http://a.th", "http://b.th"]),
        ("javascript://x ftp://a.th", []),
    ],
)
def test_where_an_address_ends(text: str, links: list[str]) -> None:
    runs = linked((Run(text, bold=True),))
    assert [run.link for run in runs if run.link] == links
    assert "".join(run.text for run in runs) == text
    assert all(run.bold for run in runs)


def test_a_link_already_there_is_left_alone() -> None:
    run = Run("https://a.th", link="https://b.th")
    assert linked((run,)) == (run,)


def test_a_long_address_leads_there_from_every_line() -> None:
    url = "https://www.example.go.th/" + "a-long-name/" * 20
    areas = link_areas(render_pdf(document(paragraph(url))))
    assert len({bottom for _, _, bottom, _, _ in areas}) == len(areas) > 1
    assert {found[0] for found in areas} == {url}


def test_link_targets_are_harmless_ascii() -> None:
    assert target("http://อบต.ไทย/ก ข") == (
        "http://%E0%B8%AD%E0%B8%9A%E0%B8%95.%E0%B9%84%E0%B8%97%E0%B8%A2/%E0%B8%81%E0%B8%82"
    )
    assert target("java\u200bscript:x") is None
    assert target("file:///etc") is None


def test_twenty_pages_are_small_and_described() -> None:
    text = "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรม ITA พ.ศ. ๒๕๖๙ (Do & Don't) "
    blocks = []
    for number in range(24):
        blocks += [Heading(f"ตอนที่ {number}", 1), Heading("ย่อย", 2)]
        blocks += [paragraph(text * 8, align=Align.THAI) for _ in range(5)]
        blocks.append(table([[text * 2, f"แถว {number}", text], [text, "ต่อ", text]]))
        blocks.append(Paragraph((Run(text, italic=True), Run(text, bold=True, italic=True))))
    about = Document("ชื่อ", (Section(PageSetup(), tuple(blocks)),), "ผู้เขียน", "เรื่อง", ("คำ",))
    data = render_pdf(about)
    assert len(pages_by_pdfium(data)) >= 20
    assert len(data) < 300_000
    assert data == render_pdf(about)
    pdf: Any = pypdfium2.PdfDocument(data)
    info = pdf.get_metadata_dict()
    assert [info[key] for key in ("Title", "Author", "Subject", "Keywords")] == [
        *("ชื่อ", "ผู้เขียน", "เรื่อง", "คำ")
    ]
    assert b"/Lang (th-TH)" in data
    titles = [entry.get_title() for entry in pdf.get_toc()]
    assert titles == [title for n in range(24) for title in (f"ตอนที่ {n}", "ย่อย")]
    pdf.close()


@pytest.mark.parametrize("lines", range(20, 34))
def test_the_outline_leads_to_the_page_the_heading_stands_on(lines: int) -> None:
    body = [paragraph(f"บรรทัดที่ {number}") for number in range(lines)]
    data = render_pdf(document(*body, Heading("ข้อพิจารณา"), *[paragraph("ตาม")] * 3))
    pages = pages_by_pdfium(data)
    pdf: Any = pypdfium2.PdfDocument(data)
    (entry,) = pdf.get_toc()
    assert "ข้อพิจารณา" in pages[entry.get_dest().get_index()]
    pdf.close()
