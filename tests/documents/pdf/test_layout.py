"""How pages are filled."""

from __future__ import annotations

import re
from typing import Any

import pytest

from ita_desktop.documents.blocks import (
    Align,
    Block,
    Cell,
    Column,
    Document,
    Heading,
    PageBreak,
    PageSetup,
    Paragraph,
    Run,
    Section,
    SignatureChain,
    Signer,
    Space,
    StatusBoxes,
    Table,
)
from ita_desktop.documents.pdf import render_pdf
from ita_desktop.documents.pdf.fonts import Style
from ita_desktop.documents.pdf.lines import MM, Setting, lines_of, setting_of
from ita_desktop.thai import words

from .geometry import Pages
from .reading import document, joined, pages_by_pdfium, paragraph, table

SENTENCE = "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสขององค์การบริหารส่วนตำบล "


def pages(*blocks: Block, page: PageSetup | None = None) -> list[str]:
    return pages_by_pdfium(render_pdf(document(*blocks, page=page)))


def broken(text: str, width: float, align: Align = Align.LEFT) -> list[str]:
    block = paragraph(text, align=align)
    return [line.text for line in lines_of(block, setting_of(block, "Laksaman", 16), width)]


@pytest.mark.parametrize("align", [Align.LEFT, Align.THAI])
@pytest.mark.parametrize("width", [125, 170, 420])
def test_lines_end_at_word_boundaries_only(width: float, align: Align) -> None:
    text = (SENTENCE * 5).strip()
    allowed, at = set(), 0
    for unit in words.units(text):
        for part in words.soft(unit):
            at += len(part)
            allowed.add(at)
    at = 0
    lines = broken(text, width, align)
    assert len(lines) > 2
    for line in lines:
        at += len(line)
        assert at in allowed
    assert "".join(lines) == text


def test_a_word_wider_than_the_column_breaks_inside_then_anywhere() -> None:
    assert broken("องค์การบริหารส่วนตำบล", 70) == ["องค์การบริหาร", "ส่วนตำบล"]
    assert "".join(broken("ญู" * 400, 60)) == "ญู" * 400
    assert all(line.startswith("ญ") for line in broken("ญู" * 400, 60))


def test_justified_lines_fill_the_column_and_nothing_is_too_wide() -> None:
    block = paragraph((SENTENCE * 8).strip(), align=Align.THAI, first_indent_mm=25)
    from ita_desktop.documents.pdf.lines import opened

    lines = lines_of(block, setting_of(block, "Laksaman", 16), 450)
    for line in lines[:-1]:
        last = line.opening if line.opening > 0 else 0.0
        wide = line.x + line.width + sum(opened(made, line.opening) for made in line.pieces) - last
        assert wide == pytest.approx(450, abs=0.1)


def test_ragged_lines_never_run_over() -> None:
    for width in (40, 100, 333):
        block = paragraph(SENTENCE * 6)
        for line in lines_of(block, Setting("Laksaman", 16, Align.LEFT), width):
            assert line.width <= width + 0.05


def test_header_row_and_title_are_repeated() -> None:
    rows = [[SENTENCE * 2, f"แถว {number} จบ"] for number in range(40)]
    found = pages(table(rows, title="ชื่อตาราง", repeat_title=True))
    assert len(found) > 2
    for page in found:
        assert "หัวข้อ 0" in page
        assert "ชื่อตาราง" in page
    once = pages(table(rows, title="ชื่อตาราง"))
    assert sum("ชื่อตาราง" in page for page in once) == 1


def test_rows_are_kept_whole_when_they_fit() -> None:
    rows = [[SENTENCE * 4, f"เริ่ม{number}", f"{SENTENCE * 3}จบ{number}"] for number in range(30)]
    for page in pages(table(rows), page=PageSetup(landscape=True, number_from=0)):
        begun = set(re.findall(r"เริ่ม(\d+)", page))
        assert begun
        assert begun == set(re.findall(r"จบ(\d+)", page))


def test_a_cell_taller_than_a_page_splits_and_loses_nothing() -> None:
    tall = "".join(f"ข้อความที่ {number} ของช่องที่สูงมาก " for number in range(400)).strip()
    found = pages(table([["สั้น", tall], ["ต่อมา", "ท้ายสุด"]]))
    assert len(found) > 2
    body = joined("".join(page.replace("หัวข้อ 0 หัวข้อ 1", "") for page in found))
    for number in range(400):
        assert f"ข้อความที่ {number} ของ" in body
    assert "ท้ายสุด" in body


def test_both_tall_cells_go_on_side_by_side() -> None:
    left = "".join(f"ซ้าย{number} " for number in range(900))
    right = "".join(f"ขวา{number} " for number in range(900))
    found = pages(table([[left, right]]))
    assert len(found) > 2
    for page in found:
        assert "ซ้าย" in page
        assert "ขวา" in page


def test_colspan_and_uneven_rows() -> None:
    columns = (Column("ก"), Column("ข"), Column("ค"))
    rows = (
        (Cell((paragraph("รวมสองช่อง"),), colspan=2), Cell((paragraph("ท้าย"),))),
        (Cell((paragraph("ช่องเดียว"),)),),
        tuple(Cell((paragraph("เกิน"),)) for _ in range(5)),
        (),
    )
    text = joined("".join(pages(Table(columns, rows))))
    for expected in ("รวมสองช่อง", "ท้าย", "ช่องเดียว", "เกิน"):
        assert expected in text


CHAIN = SignatureChain(
    (
        Signer("นายหนึ่ง ใจดี", "นักทรัพยากรบุคคล", "ผู้จัดทำ"),
        Signer("นางสอง ใจงาม", "หัวหน้าสำนักปลัด", opinion="ความเห็นของหัวหน้าสำนักปลัด"),
        Signer(
            "นายสาม ใจเย็น",
            "รองปลัด",
            acting="รักษาราชการแทนปลัดองค์การบริหารส่วนตำบล",
            opinion="ความเห็นของปลัด",
        ),
        Signer("", "นายกองค์การบริหารส่วนตำบล", opinion="ความเห็นของนายก"),
    )
)


@pytest.mark.parametrize("lines", range(0, 40, 3))
def test_a_signer_is_never_torn_nor_alone(lines: int) -> None:
    body = [paragraph(f"บรรทัดที่ {number}") for number in range(lines)]
    found = pages(*body, CHAIN)
    blocks = [
        ("ผู้จัดทำ", "(นายหนึ่ง ใจดี)", "นักทรัพยากรบุคคล"),
        ("ความเห็นของหัวหน้าสำนักปลัด", "(นางสอง ใจงาม)"),
        ("ความเห็นของปลัด", "(นายสาม ใจเย็น)", "รองปลัด", "รักษาราชการแทนปลัดองค์การบริหารส่วนตำบล"),
        ("ความเห็นของนายก", "นายกองค์การบริหารส่วนตำบล"),
    ]
    for parts in blocks:
        assert any(all(part in page for part in parts) for page in found)
    for page in found:
        alone = "บรรทัดที่" not in page and page.count("วันที่") < 2
        assert not alone or page.startswith("ความเห็น")


@pytest.mark.parametrize("lines", range(30))
def test_signatures_leave_no_page_half_white(lines: int) -> None:
    body = [paragraph(f"บรรทัดที่ {number}") for number in range(lines)]
    opinions = tuple(Signer(f"ผู้ที่{n}", "รอง", opinion=f"ความเห็นที่ {n}") for n in range(4))
    for chain, page in (
        (SignatureChain(opinions), PageSetup(number_from=0)),
        (
            SignatureChain(tuple(Signer(f"ผู้ที่{n}", "รอง") for n in range(6))),
            PageSetup(number_from=0, landscape=True),
        ),
    ):
        found = Pages(render_pdf(document(*body, chain, page=page)))
        for number in range(len(found) - 1):
            lowest = min(area.bottom for area in found.texts(number))
            high = found.size(number)[1] - 45 * MM
            assert lowest - 20 * MM < 0.45 * high


def test_two_signers_without_opinions_stay_together() -> None:
    chain = SignatureChain((Signer("ผู้ที่หนึ่ง", "รอง"), Signer("ผู้ที่สอง", "นายก")))
    for lines in range(12, 40):
        body = [paragraph(f"บรรทัดที่ {number}") for number in range(lines)]
        assert any("ผู้ที่หนึ่ง" in page and "ผู้ที่สอง" in page for page in pages(*body, chain))


@pytest.mark.parametrize("lines", range(2, 30, 3))
def test_signatures_after_a_tall_row_are_not_alone(lines: int) -> None:
    rows = table([[f"ช่อง {'ข้อความของแถว ' * 3 * lines}", "ช่อง"]])
    for page in pages(rows, CHAIN, page=PageSetup(landscape=True, number_from=0)):
        assert "ข้อความของแถว" in page or page.count("วันที่") >= 2 or "ใจดี" not in page
        if "ใจดี" in page:
            assert "ข้อความของแถว" in page


def test_no_heading_at_the_foot_of_a_page() -> None:
    for lines in range(20, 40):
        body = [paragraph(f"บรรทัดที่ {number}") for number in range(lines)]
        found = pages(*body, Heading("หัวเรื่อง"), paragraph("ตามมา"))
        assert any("หัวเรื่อง" in page and "ตามมา" in page for page in found)
        found = pages(*body, Heading("หัวเรื่อง"), table([["ในตาราง", SENTENCE]]))
        assert any("หัวเรื่อง" in page and "ในตาราง" in page for page in found)


def test_page_numbers_sections_and_page_breaks() -> None:
    first = Section(PageSetup(), (paragraph("หนึ่ง"), PageBreak(), PageBreak(), paragraph("สอง")))
    second = Section(PageSetup(landscape=True), (paragraph("สาม"), Space(20)))
    third = Section(PageSetup(number_from=0), (paragraph("สี่"),))
    data = render_pdf(Document("ท", (first, second, third)))
    found = pages_by_pdfium(data)
    assert len(found) == 4
    assert [re.findall("- ([๐-๙]+) -", page) for page in found] == [[], ["๒"], ["๓"], []]


def test_outline_and_description() -> None:
    import pypdfium2

    blocks = (Heading("บทนำ", 2), Heading("ตอนหนึ่ง", 1), Heading("ตอนย่อย", 3), paragraph("x"))
    data = render_pdf(
        Document("ชื่อเรื่อง", (Section(PageSetup(), blocks),), author="สำนักปลัด", subject="ITA")
    )
    pdf: Any = pypdfium2.PdfDocument(data)
    titles = [(entry.level, entry.get_title()) for entry in pdf.get_toc()]
    assert titles == [(0, "บทนำ"), (0, "ตอนหนึ่ง"), (1, "ตอนย่อย")]
    about = pdf.get_metadata_dict()
    assert (about["Title"], about["Author"], about["Subject"]) == ("ชื่อเรื่อง", "สำนักปลัด", "ITA")
    assert b"th-TH" in data


def test_same_document_same_bytes_and_small() -> None:
    blocks = [paragraph(SENTENCE * 12, align=Align.THAI) for _ in range(90)]
    data = render_pdf(document(*blocks))
    assert data == render_pdf(document(*blocks))
    assert len(pages_by_pdfium(data)) > 20
    assert len(data) < 300_000


HOSTILE = [
    "",
    " ",
    "     ",
    "\n\n\n",
    "\x00\x01\x1f\x7f",
    "\ud800x\udfff",
    "\u202eabc\u2066ก\u2069",
    "👩‍👩‍👧‍👦 🇹🇭 ☑ ✓",
    "ก" + "่้๊๋" * 10,
    "่่่",
    "עברית العربية 漢字 हिन्दी",
    "\ue000\uf8ff\U0010ffff\ufffe",
    "a" * 3000,
    "ก" * 3000,
    "\u0e33" * 20,
    "\u00a0\u3000\u2003x",
    "(" * 300 + ")" * 300,
    "\\ ( ) < > [ ] % / BT ET EMC",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_never_fails(text: str) -> None:
    run = Run(text, bold=True, link="javascript:alert(1)")
    blocks: list[Block] = [
        *(Paragraph((run, Run(text)), align=align, label=text) for align in Align),
        Heading(text),
        StatusBoxes((text, text), 1),
        Table(
            (Column(text), Column("")),
            ((Cell((paragraph(text), StatusBoxes((text,), None))),),),
            text,
        ),
        SignatureChain((Signer(text, text, text, text, text),)),
    ]
    data = render_pdf(Document(text, (Section(PageSetup(), tuple(blocks)),), text, text, (text,)))
    assert data.startswith(b"%PDF")
    assert pages_by_pdfium(data)
    assert b"javascript" not in data


def test_extreme_settings_never_fail() -> None:
    tight = PageSetup(left_mm=150, right_mm=150, top_mm=300, bottom_mm=300, size_pt=72)
    narrow = Table(tuple(Column("กขค", 0.0) for _ in range(40)), ())
    for block in (paragraph(SENTENCE), table([[SENTENCE] * 12]), narrow, CHAIN, Table((), ())):
        assert render_pdf(document(block, page=tight)).startswith(b"%PDF")
    assert render_pdf(Document("", ())).startswith(b"%PDF")
    assert render_pdf(document(paragraph("x", size_pt=0.0))).startswith(b"%PDF")


def test_characters_no_font_has_come_back_as_themselves() -> None:
    text = "ก漢字ข"
    assert text in joined("".join(pages(paragraph(text))))


def test_the_fallback_is_used_for_its_characters_only() -> None:
    from ita_desktop.documents.pdf.fonts import FALLBACK, missing, piece

    faces = [segment.face.path for segment in piece("ก☑ข", Style("Laksaman", 16)).segments]
    assert faces[1] == FALLBACK
    assert faces[0] == faces[2] != FALLBACK
    assert missing("ก☑ข☐") == "☑☐"
