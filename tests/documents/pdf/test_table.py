"""Tables: column widths from the contents, and where rows may be parted."""

from __future__ import annotations

import random
import re

import pytest

from ita_desktop.documents.blocks import (
    Cell,
    Column,
    Heading,
    PageSetup,
    Paragraph,
    Run,
    SignatureChain,
    Signer,
    StatusBoxes,
    Table,
)
from ita_desktop.documents.pdf import cells, render_pdf
from ita_desktop.documents.pdf import table as tables
from ita_desktop.documents.pdf.lines import line_height
from ita_desktop.documents.pdf.table import table_strips
from ita_desktop.documents.pdf.widths import _moved, _needs, column_widths

from .reading import document, pages_by_pdfium, paragraph, table

WORDS = (
    "รายงานผลการดำเนินการ ตามมาตรการส่งเสริมคุณธรรม และความโปร่งใส ของสำนักปลัด กองคลัง กองช่าง "
    "ประชาชน ตรวจสอบได้ เผยแพร่ทางเว็บไซต์ ติดตามทุกเดือน ภายในเดือนมีนาคม ๒๕๖๙"
)
WIDE = 245 * 72 / 25.4


def text_of(count: int, seed: int) -> str:
    return " ".join(random.Random(seed).choices(WORDS.split(), k=count))


def uneven(seed: int) -> Table:
    """A table whose wishes do not fit its contents."""
    lengths = [1, 30, 3, 60, 8]
    rows = tuple(
        tuple(
            Cell((paragraph(text_of(length, seed * 100 + row * 10 + length)),))
            for length in lengths
        )
        for row in range(12)
    )
    return Table(tuple(Column(f"หัวข้อที่ {n}", 20.0) for n in range(5)), rows)


def height(made: Table) -> float:
    return sum(strip.height for strip in table_strips(made, "Laksaman", 14, WIDE))


@pytest.mark.parametrize("seed", range(6))
def test_widths_make_the_table_lower_within_their_limits(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = uneven(seed)
    widths = column_widths(made, "Laksaman", 14, WIDE)
    needs = _needs(made, "Laksaman", 14, WIDE)
    assert sum(widths) == pytest.approx(WIDE, abs=0.1)
    for has, need in zip(widths, needs, strict=True):
        assert has >= need - 0.01
        assert WIDE / 5 * 0.64 <= has <= max(WIDE / 5 * 2.01, need)
    chosen = height(made)
    wished = _moved([WIDE / 5] * 5, needs)
    monkeypatch.setattr(tables, "column_widths", lambda *_: wished)
    assert chosen < 0.85 * height(made)


def test_widths_are_the_wishes_when_nothing_can_be_gained() -> None:
    columns = (Column("ก", 50), Column("ข", 30), Column("ค", 20))
    rows = tuple(tuple(Cell((paragraph("สั้น"),)) for _ in columns) for _ in range(30))
    widths = column_widths(Table(columns, rows), "Laksaman", 14, 600)
    assert widths == pytest.approx([300, 180, 120])


def test_widths_follow_from_the_table_alone() -> None:
    once = column_widths(uneven(3), "Laksaman", 14, WIDE)
    column_widths(uneven(4), "Laksaman", 14, WIDE)
    assert column_widths(uneven(3), "Laksaman", 14, WIDE) == once


def test_a_whole_word_is_worth_more_than_a_wish() -> None:
    columns = (Column("ลำดับ", 1), Column("หน่วยงาน", 1), Column("ผล", 30))
    cells = ("๑", "องค์การบริหารส่วนตำบล", "ผ่าน")
    rows = (tuple(Cell((paragraph(text),)) for text in cells),)
    text = "".join(pages_by_pdfium(render_pdf(document(Table(columns, rows)))))
    assert "องค์การบริหารส่วนตำบล" in text


# --- parting rows --------------------------------------------------------------------------------


def items_of(*counts: int) -> list[cells.Item]:
    """A cell of points with so many lines each."""
    strip = paragraph("ก")
    line = cells.lines_of(strip, cells.setting_of(strip, "Laksaman", 14), 100)[0]
    return [cells.Item(10.0, line, first=n == 0) for count in counts for n in range(count)]


@pytest.mark.parametrize(
    ("points", "room", "expected"),
    [
        ((4, 4, 4), 100, 8),  # between points, though two more lines would fit
        ((4, 4, 4), 60, 4),
        ((3, 3), 50, 3),
        ((20,), 100, 10),  # one long point is parted where the page ends
        ((20,), 190, 18),  # but not before its last line
        ((20,), 10, None),  # nor after its first
        ((3,), 20, None),
        ((1, 1, 1, 1), 30, 2),  # the last point does not go over alone
        ((1, 1), 10, None),
        ((2, 12), 50, 5),
        ((2, 12), 30, 2),
        ((5, 5), 200, 10),
    ],
)
def test_where_a_cell_is_parted(points: tuple[int, ...], room: float, expected: int | None) -> None:
    assert cells.cut(items_of(*points), room) == expected


def test_no_cell_is_parted_badly_at_any_height() -> None:
    chance = random.Random(5)
    for _ in range(300):
        points = [chance.randint(1, 6) for _ in range(chance.randint(1, 9))]
        items, room = items_of(*points), chance.uniform(5, 300)
        count = cells.cut(items, room)
        if count is None or count == len(items):
            continue
        assert count * 10 <= room + 0.1
        assert 2 <= count <= len(items) - 2


def pointed(count: int, words: int) -> Cell:
    """A cell of numbered points; each says where it begins and ends."""
    return Cell(
        tuple(
            Paragraph((Run(f"เริ่ม{n} {text_of(words, n)} จบ{n}"),), label=f"{n}.")
            for n in range(count)
        )
    )


@pytest.mark.parametrize("words", [4, 8, 11])
def test_a_row_taller_than_a_page_is_parted_between_points(words: int) -> None:
    row = (pointed(70, words), Cell((paragraph("สั้น"),)))
    made = Table((Column("ก"), Column("ข")), (row,))
    pages = pages_by_pdfium(render_pdf(document(made)))
    assert len(pages) > 2
    for page in pages:
        begun = set(re.findall(r"เริ่ม(\d+)", page))
        assert begun
        assert begun == set(re.findall(r"จบ(\d+)", page))


@pytest.mark.parametrize("lines", range(18, 34))
def test_no_title_heading_or_heading_row_alone_at_the_foot(lines: int) -> None:
    body = [paragraph(f"บรรทัดที่ {number}") for number in range(lines)]
    rows = [[text_of(25, lines), "แถวแรก"], ["แถวสอง", "ข"]]
    made = table(rows, title="ชื่อตาราง", repeat_title=False)
    for page in pages_by_pdfium(render_pdf(document(*body, Heading("หัวเรื่อง"), made))):
        heads = [part in page for part in ("หัวเรื่อง", "ชื่อตาราง")]
        assert all(heads) == any(heads)
        assert not any(heads) or "แถวแรก" in page
        assert "หัวข้อ 0" not in page or "แถวแรก" in page or "แถวสอง" in page


@pytest.mark.parametrize("rows", range(8, 26, 2))
def test_signatures_follow_a_row_of_the_table(rows: int) -> None:
    made = table([[f"แถว{n}", text_of(8, n)] for n in range(rows)])
    chain = SignatureChain((Signer("นายหนึ่ง ใจดี", "ปลัด", "ผู้รายงาน"),))
    for page in pages_by_pdfium(render_pdf(document(made, chain))):
        assert "ใจดี" not in page or "แถว" in page
        assert ("ลงชื่อ" in page) == ("ใจดี" in page)


def test_status_boxes_are_never_parted() -> None:
    options = ("ดำเนินการแล้วเสร็จ", "ยังไม่ได้ดำเนินการ", "อยู่ระหว่างดำเนินการ")
    size = line_height("Laksaman", 16)[1]
    cell = Cell((paragraph("ก\nข"), StatusBoxes(options, 1)))
    items = cells.items_of(cell, cells.Layout("Laksaman", 16, 1e9), 300, cells.Align.LEFT)
    assert len(items) == 5
    assert [cells.cut(items, size * lines) for lines in (1.5, 2.5, 3.5, 4.5, 5.5)] == [
        *(None, 2, 2, 2, 5)
    ]


def test_a_row_too_tall_for_a_tiny_page_is_still_set() -> None:
    page = PageSetup(top_mm=200, bottom_mm=75, number_from=0)
    text = "".join(pages_by_pdfium(render_pdf(document(table([["ก\nข\nค\nง\nจ"]]), page=page))))
    assert all(letter in text for letter in "กขคงจ")
