"""The Word file's own structure: runs, paragraphs, tables, sections, parts."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest

from ita_desktop.documents.blocks import (
    Align,
    Cell,
    Column,
    Cover,
    Document,
    Heading,
    PageBreak,
    PageSetup,
    Paragraph,
    Picture,
    Run,
    Section,
    SignatureChain,
    Signer,
    StatusBoxes,
    Table,
    text_of,
)
from ita_desktop.documents.docx import render_docx

from .sample import (
    R,
    W,
    body,
    cell,
    document,
    every_block,
    parts,
    picture_file,
    ruled,
    say,
    value,
    words,
)

HOSTILE = [
    *[
        "=cmd|'/c calc'!A1",
        "<w:p>&amp;</w:p>",
        "ก\x00\x07\x1bข",
        "\ufffe\uffff",
        "\ud800",
        "😀👍🏽" * 20,
    ],
    *["ก" * 3000, "x" * 3000, "{MERGEFIELD x}", "]]>", "a\tb", " สอง  ช่อง ", "\r\n\x0b\x0c", ""],
]


def test_every_run_is_set_for_thai_and_latin():
    for name, part in parts(document(*every_block(), mark="ITA-๑")).items():
        if not name.startswith("word/") or part is None:
            continue
        for run in part.iter(f"{W}r"):
            fonts = run.find(f"{W}rPr/{W}rFonts")
            names = {fonts.get(W + key) for key in ("ascii", "hAnsi", "cs", "eastAsia")}
            assert names in ({"TH Sarabun New"}, {"Segoe UI Symbol"})
            assert value(run, "rPr/sz") == value(run, "rPr/szCs")
            assert value(run, "rPr/b") == value(run, "rPr/bCs")
            assert value(run, "rPr/i") == value(run, "rPr/iCs")
            assert value(run, "rPr/lang", "bidi") == "th-TH"


def test_another_family_stays_as_it_is():
    found = body(say("ก"), page=PageSetup(font="Angsana New")).find(f".//{W}rFonts")
    assert found.get(f"{W}cs") == "Angsana New"


def test_paragraphs():
    block = Paragraph(
        (Run("ก\nข", bold=True), Run("ค", italic=True)), Align.THAI, label="๑.", left_indent_mm=10
    )
    made = body(block)[0]
    assert words(made) == "๑.\tก\nขค"
    assert value(made, "pPr/jc") == "thaiDistribute"
    assert value(made, "pPr/ind", "left") == "907"
    assert value(made, "pPr/ind", "hanging") == "340"
    assert value(made, "pPr/tabs/tab", "pos") == "907"
    indented = body(say("ก", first_indent_mm=25.4, keep_with_next=True))[0]
    assert value(indented, "pPr/ind", "firstLine") == "1440"
    assert indented.find(f"{W}pPr/{W}keepNext") is not None


def test_headings_are_in_the_outline_and_black():
    found = parts(document(Heading("หัว", 2)))
    assert value(found["word/document.xml"][0][0], "pPr/pStyle") == "Heading2"
    styles = {style.get(f"{W}styleId"): style for style in found["word/styles.xml"]}
    assert value(styles["Heading2"], "pPr/outlineLvl") == "1"
    assert value(styles["Heading2"], "rPr/color") == "000000"
    assert value(styles["Heading2"], "name") == "heading 2"
    assert found["word/styles.xml"].find(f"{W}docDefaults") is not None


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("https://a.go.th/ก", True),
        ("mailto:a@b.th", True),
        ("javascript:alert(1)", False),
        ("file:///c:/x", False),
        ("ftp://a.th", False),
    ],
)
def test_links_of_harmless_kinds_only(link: str, kept: bool):
    found = parts(document(Paragraph((Run("ที่นี่", link=link),))))
    links = list(found["word/document.xml"].iter(f"{W}hyperlink"))
    assert bool(links) == kept
    assert words(found["word/document.xml"]) == "ที่นี่"
    if kept:
        relations = {node.get("Id"): node for node in found["word/_rels/document.xml.rels"]}
        assert relations[links[0].get(f"{R}id")].get("TargetMode") == "External"


def grid_texts(table: Any) -> list[list[str]]:
    return [[words(found) for found in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")]


def test_tables():
    title, table = body(ruled())[:2]
    assert words(title) == "ตารางที่ ๑" and title.find(f"{W}pPr/{W}keepNext") is not None
    assert grid_texts(table) == [
        ["ที่", "การดำเนินงาน", "สถานะ"],
        ["", "มาตรการ", "ผล", ""],
        ["๑", "จัดทำแผน", "มีแผน", "☑\tแล้วเสร็จ☐\tยังไม่ดำเนินการ"],
        ["", "รวมสองช่อง", "ภาพในตาราง"],
        ["๒", "ประชุม", "ประชุมแล้ว", ""],
    ]
    rows = list(table.iter(f"{W}tr"))
    heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
    assert heads == [True, True, False, False, False]
    assert value(rows[0][2], "tcPr/gridSpan") == "2"
    assert [value(row[1], "tcPr/vMerge") for row in rows] == [
        *["restart", "continue", "restart", "continue", None]
    ]
    assert value(rows[0][1], "tcPr/shd", "fill") == "E6E6E6"
    assert value(table, "tblPr/tblLayout", "type") == "fixed"
    assert value(table, "tblPr/tblBorders/insideV") == "single"
    widths = [int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")]
    assert sum(widths) == pytest.approx(160 * 1440 / 25.4, abs=4)
    assert widths[0] < widths[1]


def test_a_repeated_title_is_a_heading_row():
    table = body(Table((Column("ก"),), ((cell("ข"),),), title="ชื่อ", repeat_title=True))[0]
    assert grid_texts(table) == [["ชื่อ"], ["ก"], ["ข"]]
    assert len(list(table.iter(f"{W}tblHeader"))) == 2


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts(text: str):
    picture = Cell((Picture(text.encode("utf-8", "replace"), text),))
    made = Document(
        text,
        (
            Section(
                PageSetup(),
                (
                    Heading(text),
                    Paragraph((Run(text, link=text),), label=text),
                    StatusBoxes((text,), 0),
                    Table((Column(text, group=text),), ((cell(text),), (picture,)), title=text),
                    Cover(text, text, text, b"x"),
                    SignatureChain((Signer(text, text, text, text, text),)),
                ),
            ),
        ),
        *(text, text, (text,), text),
    )
    reopened = docx.Document(io.BytesIO(render_docx(made)))
    if text in {"<w:p>&amp;</w:p>", "=cmd|'/c calc'!A1", "]]>"}:
        assert reopened.paragraphs[0].text == text
        assert reopened.tables[0].cell(2, 0).text == text


def test_sections_and_page_numbers():
    made = Document(
        "ก",
        (
            Section(PageSetup(number_from=0), (Cover("ปก"),)),
            Section(PageSetup(number_restart=True), (say("ข"), ruled())),
            Section(PageSetup(landscape=True, left_mm=15), (say("ค"),)),
        ),
        mark="ITA-๑",
    )
    found = parts(made)
    sections = list(found["word/document.xml"].iter(f"{W}sectPr"))
    assert [value(one, "pgSz", "orient") for one in sections] == [None, None, "landscape"]
    assert [value(one, "pgNumType", "start") for one in sections] == [None, "1", None]
    assert {value(one, "pgNumType", "fmt") for one in sections} == {"thaiNumbers"}
    assert [one.find(f"{W}titlePg") is not None for one in sections] == [False, True, False]
    assert value(sections[2], "pgMar", "left") == "850"
    names = {node.get("Id"): node.get("Target") for node in found["word/_rels/document.xml.rels"]}
    heads = [
        {
            node.get(f"{W}type"): words(found[f"word/{names[node.get(f'{R}id')]}"])
            for node in one.iter(f"{W}headerReference")
        }
        for one in sections
    ]
    assert heads == [{"default": ""}, {"default": "- ๒ -", "first": ""}, {"default": "- ๒ -"}]
    feet = [words(part) for name, part in found.items() if name.startswith("word/footer")]
    assert set(feet) == {"ITA-๑"}


def test_numbers_from_a_later_page_ask_for_the_page():
    found = parts(document(say("ก"), page=PageSetup(number_from=4)))
    codes = [
        "".join(node.text for node in part.iter(f"{W}instrText"))
        for name, part in found.items()
        if name.startswith("word/header")
    ]
    assert any("IF" in code and ">= 4" in code for code in codes)


def test_a_page_break_leaves_no_empty_line():
    made = body(say("ก"), PageBreak(), say("ข"), PageBreak(), ruled())
    assert made[1].find(f"{W}pPr/{W}pageBreakBefore") is not None
    assert words(made[1]) == "ข"
    assert made[2].find(f"{W}pPr/{W}pageBreakBefore") is not None


def test_pictures_keep_their_proportions_and_say_what_is_seen():
    made = body(Picture(picture_file(80, 40), "ใต้ภาพ", width_mm=40, alt="คน"))
    drawn = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
    extent, about = (next(made.iter(drawn + name)) for name in ("extent", "docPr"))
    assert (extent.get("cx"), extent.get("cy")) == ("1440000", "720000")
    assert about.get("descr") == "คน"
    assert words(made) == "ใต้ภาพ"
    assert not list(body(Picture(b"\x89PNG\r\n\x1a\n", "ภาพ")).iter(f"{W}drawing"))


def test_numbers_of_pictures_differ():
    drawn = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
    numbers = [node.get("id") for node in body(*every_block()).iter(drawn)]
    assert len(numbers) == len(set(numbers)) == 4


def test_signers():
    chain = SignatureChain((Signer("ก", "ปลัด", opinion="ความเห็น"), Signer("ข", "นายก")))
    line, table = body(say("เห็นควร"), chain)[:2]
    assert line.find(f"{W}pPr/{W}keepNext") is not None
    rows = list(table.iter(f"{W}tr"))
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    assert words(rows[0]).startswith("ความเห็น....")
    assert "(ก)ปลัดวันที่..." in words(rows[1])
    assert all(found.find(f"{W}pPr/{W}keepNext") is not None for found in rows[1].iter(f"{W}p"))
    wide = PageSetup(landscape=True)
    pair = body(SignatureChain((Signer("ก", ""), Signer("ข", "")), date_line=False), page=wide)[0]
    assert len(list(pair.iter(f"{W}tr"))) == 1


def test_same_document_same_bytes_and_its_description():
    made = document(*every_block(), author="ทต.ก", subject="ข", keywords=("ค", "ง"))
    data = render_docx(made)
    assert data == render_docx(made)
    about = docx.Document(io.BytesIO(data)).core_properties
    assert (about.title, about.author, about.subject) == ("เรื่อง", "ทต.ก", "ข")
    assert about.keywords == "ค, ง" and about.created == about.modified
    assert docx.Document(io.BytesIO(render_docx(Document("", ())))).sections


def test_a_cell_says_what_its_blocks_say():
    found = grid_texts(body(ruled())[1])
    texts = [text_of(one) for row in ruled().rows for one in row]
    shown = "|".join(text for row in found for text in row).replace("\t", "").replace(" ", "")
    assert all(text.replace("\n", "").replace(" ", "") in shown for text in texts)
