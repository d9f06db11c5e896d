"""Findings about the type of a finished document."""

from __future__ import annotations

from pathlib import Path

import pytest

from ita_desktop.documents.blocks import (
    Bar,
    BarChart,
    BarGroup,
    Block,
    Cell,
    Column,
    Document,
    Heading,
    MemoHead,
    PageSetup,
    Paragraph,
    Run,
    Section,
    Share,
    ShareChart,
    SignatureChain,
    Signer,
    StatusBoxes,
    Table,
)
from ita_desktop.documents.check import check_type
from ita_desktop.documents.pdf import fonts, fonts_changed, installed

from .pdf.font_files import without

OFFICE = "TH SarabunIT๙"


def paper(*blocks: Block, font: str = "Laksaman") -> Document:
    return Document("ท", (Section(PageSetup(font=font), blocks),))


def paragraph(text: str) -> Paragraph:
    return Paragraph((Run(text),))


def rules(*blocks: Block, font: str = "Laksaman") -> list[str]:
    return [finding.rule for finding in check_type(paper(*blocks, font=font))]


def test_an_ordinary_document_has_no_findings() -> None:
    boxes = StatusBoxes(("แล้วเสร็จ", "ยังไม่ได้ดำเนินการ"), 0)
    assert rules(paragraph("รายงาน ITA ๒๕๖๙ “ผ่านดี” – 95.00 % ฯลฯ\nก"), boxes) == []


def test_a_font_that_is_not_installed() -> None:
    found = check_type(paper(paragraph("ก☺"), font="ไม่มีแบบนี้"))
    assert [finding.rule for finding in found] == ["font-not-installed", "font-lacks-character"]
    assert "“ไม่มีแบบนี้”" in found[0].problem


BLOCKS: list[Block] = [
    paragraph("ก☺"),
    Paragraph((Run("ก"),), label="☺"),
    Heading("☺"),
    StatusBoxes(("ก", "☺"), 0),
    Table((Column("☺"),), ()),
    Table((Column("ก"),), ((Cell((paragraph("☺"),)),),)),
    Table((Column("ก"),), (), title="☺"),
    MemoHead("ก", "ข", "ค", attachments=("☺",)),
    SignatureChain((Signer("ก", "ข", opinion="☺"),)),
    BarChart(("ก",), (BarGroup("☺", (Bar(1, "๑"),)),)),
    ShareChart((Share("ก", 1, "☺"),)),
]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: type(block).__name__)
def test_a_character_of_another_font_is_found_in_every_block(block: Block) -> None:
    (finding,) = check_type(paper(block))
    assert finding.rule == "font-lacks-character"
    assert finding.problem.startswith("แบบอักษร “Laksaman” ไม่มีอักขระ “☺”")
    assert finding.place.page == "documents"


def test_a_character_no_font_has() -> None:
    assert rules(paragraph("ก漢ข")) == ["character-without-font"]


def test_an_installed_font_that_lacks_a_letter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installed, "folders", lambda: [tmp_path])
    without(fonts.FOLDER / "Laksaman.ttf", tmp_path / "a.ttf", OFFICE, "”“")
    fonts_changed()
    (finding,) = check_type(paper(paragraph("กข “ค”"), font=OFFICE))
    assert finding.problem.startswith(f"แบบอักษร “{OFFICE}” ไม่มีอักขระ ““ ””")
    monkeypatch.undo()
    fonts_changed()
