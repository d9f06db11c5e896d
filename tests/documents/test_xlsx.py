"""The workbook: every table a sheet, numbers typed, nothing a formula."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import load_workbook

from ita_desktop.documents.blocks import (
    Align,
    Cell,
    Column,
    Document,
    Heading,
    PageSetup,
    Paragraph,
    Picture,
    Run,
    Section,
    StatusBoxes,
    Table,
)
from ita_desktop.documents.xlsx import render_xlsx

PORTRAIT = PageSetup()
HOSTILE = [
    *[
        "=cmd|'/c calc'!A1",
        "+1+1",
        "-2+3",
        "@SUM(1)",
        "<w:p>&amp;</w:p>",
        "\x00\x07ก\x1bข",
        "😀" * 40,
    ],
    *["\tx", "#N/A", "=1+1", "2024-01-01", "ก" * 500, "_x0041_", "\ufffe\uffff", "\ud800", "1e5"],
]


def cell(text: str, **fields: Any) -> Cell:
    return Cell((Paragraph((Run(text),)),), **fields)


def book_of(*blocks: Any, page: PageSetup = PORTRAIT, **fields: Any) -> Any:
    data = render_xlsx(Document("เรื่อง", (Section(page, blocks),), **fields))
    return load_workbook(io.BytesIO(data))


def table(*texts: str, number: str = "", **fields: Any) -> Table:
    return Table((Column("ก", number=number),), tuple((cell(text),) for text in texts), **fields)


def test_headings_groups_and_spans():
    columns = (Column("ที่"), Column("ก", 2, group="รวม"), Column("ข", 2, group="รวม"))
    rows = ((cell("๑", rowspan=2), cell("x"), cell("y")), (cell("z", colspan=2),), (cell("ท"),))
    sheet = book_of(Table(columns, rows, title="ตาราง ๑"), page=PageSetup(landscape=True)).active
    assert {str(area) for area in sheet.merged_cells.ranges} == {
        *["A1:C1", "A2:A3", "B2:C2", "A4:A5", "B5:C5"]
    }
    texts = [[value or "" for value in row] for row in sheet.values]
    assert texts == [
        ["ตาราง ๑", "", ""],
        ["ที่", "รวม", ""],
        ["", "ก", "ข"],
        ["๑", "x", "y"],
        ["", "z", ""],
        ["ท", "", ""],
    ]
    assert sheet.freeze_panes == "A4"
    assert sheet.print_title_rows == "$2:$3"
    assert sheet["B2"].font.b and sheet["B2"].font.name == "TH Sarabun New"
    assert sheet["B2"].fill.fgColor.rgb == "FFE6E6E6"
    assert sheet["C6"].border.left.style == "thin"
    assert sheet["B4"].alignment.wrap_text and sheet["B4"].alignment.vertical == "top"
    assert sheet.column_dimensions["B"].width == pytest.approx(
        2 * sheet.column_dimensions["A"].width, abs=0.1
    )
    setup = sheet.page_setup
    assert (setup.paperSize, setup.orientation) == (9, "landscape")
    assert (setup.fitToWidth, setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


@pytest.mark.parametrize(
    ("text", "value"),
    [("๘๔.๙๖", 84.96), ("+๑.๕๐", 1.5), ("−๒", -2), ("๑,๒๓๔", 1234), ("-0.5", -0.5)],
)
def test_numbers_are_typed(text, value):
    found = book_of(table(text, number="0.00")).active["A2"]
    assert (found.value, found.data_type, found.number_format) == (value, "n", "0.00")


@pytest.mark.parametrize("text", ["-", "ไม่มี", "๑ ข้อ", "1e5", "๑.๒.๓", "9" * 16, "=1", "๑\n๒"])
def test_what_is_no_number_stays_text(text):
    found = book_of(table(text, number="0.00")).active["A2"]
    assert (found.value, found.data_type) == (text, "s")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_texts(text):
    book = book_of(Table((Column(text),), ((cell(text),),), title=text, sheet=text), mark=text)
    for found in (book.active[place] for place in ("A1", "A2", "A3")):
        assert found.value is None or found.data_type == "s"
        if text[0] in "=+-@":
            assert found.value == text and found.quotePrefix


def test_a_text_column_holds_no_numbers():
    assert book_of(table("๑๒")).active["A2"].data_type == "s"


def test_what_is_too_long_is_cut():
    assert len(book_of(table("ก" * 40_000)).active["A2"].value) == 32_767


def test_names_of_sheets():
    book = book_of(
        Heading("หมวด ๑"),
        table("ก"),
        table("ข", title="a[b]:c*d?e/f\\g"),
        table("ค", title="ก" * 40),
        table("ง", sheet="ก" * 40),
        table("จ", sheet="'A'"),
        table("ฉ", sheet="a"),
    )
    assert book.sheetnames == [
        *["หมวด ๑", "a-b--c-d-e-f-g", "ก" * 31, "ก" * 27 + " (2)", "A", "a (2)"]
    ]


def test_boxes_and_pictures_in_cells():
    boxes = Cell((StatusBoxes(("ใช่", "ไม่"), 0), Picture(b"", caption="ภาพ ๑")))
    found = book_of(Table((Column("ก"),), ((boxes,),))).active["A2"]
    assert found.value == "☑ ใช่\n☐ ไม่\nภาพ ๑"


def test_without_a_table_the_texts_stand_line_by_line():
    sheet = book_of(
        Heading("หัว"), Paragraph((Run("ก\nข"),), Align.THAI, label="๑."), Picture(b"", "ภาพ")
    ).active
    assert [row[0] for row in sheet.values] == ["หัว", "๑. ก", "ข", "ภาพ"]


def test_same_document_same_bytes():
    document = Document("ก", (Section(PageSetup(), (table("๑"),)),), "ข", "ค", ("ง",))
    assert render_xlsx(document) == render_xlsx(document)
    assert load_workbook(io.BytesIO(render_xlsx(document))).properties.title == "ก"
    assert load_workbook(io.BytesIO(render_xlsx(Document("", ())))).sheetnames == ["เอกสาร"]


def test_rows_are_as_high_as_their_texts():
    rows = ((cell("ยาว" * 100, rowspan=2), cell("๑")), (cell("ก\nข\nค"),))
    sheet = book_of(Table((Column("ก"), Column("ข")), rows)).active
    heights = [sheet.row_dimensions[row].height for row in (1, 2, 3)]
    assert heights[0] == heights[1] < heights[2]
    assert sum(heights[1:]) >= 4 * heights[0]
