"""A document with every kind of block, and the parts of the file it becomes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from docx.oxml import parse_xml

from ita_desktop.documents.blocks import (
    Align,
    Bar,
    BarChart,
    BarGroup,
    Block,
    Cell,
    Column,
    Document,
    Heading,
    MemoHead,
    PageBreak,
    PageSetup,
    Paragraph,
    Picture,
    PictureGrid,
    Run,
    Section,
    Share,
    ShareChart,
    SignatureChain,
    Signer,
    Space,
    StatusBoxes,
    Table,
)
from ita_desktop.documents.docx import render_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PORTRAIT = PageSetup()


def picture_file(wide: int = 40, high: int = 30) -> bytes:
    from PIL import Image

    made = io.BytesIO()
    Image.new("RGB", (wide, high), "gray").save(made, "PNG")
    return made.getvalue()


def say(text: str, **fields: Any) -> Paragraph:
    return Paragraph((Run(text),), **fields)


def cell(text: str, **fields: Any) -> Cell:
    return Cell((say(text),), **fields)


def ruled() -> Table:
    columns = (
        Column("ที่", 0.4, Align.CENTER),
        Column("มาตรการ", 2, group="การดำเนินงาน"),
        Column("ผล", 2, group="การดำเนินงาน"),
        Column("สถานะ", 1.5),
    )
    state = Cell((StatusBoxes(("แล้วเสร็จ", "ยังไม่ดำเนินการ"), 0),))
    rows = (
        (cell("๑", rowspan=2), cell("จัดทำแผน"), cell("มีแผน"), state),
        (cell("รวมสองช่อง", colspan=2), Cell((Picture(b"x", "ภาพในตาราง"),))),
        (cell("๒"), cell("ประชุม"), cell("ประชุมแล้ว")),
    )
    return Table(columns, rows, title="ตารางที่ ๑")


def every_block() -> tuple[Block, ...]:
    data = picture_file()
    signer = Signer("นายสมชาย ใจดี", "นักวิเคราะห์", "ผู้รายงาน")
    chief = Signer("", "ปลัด", acting="รักษาราชการแทน", opinion="ความเห็นของปลัด")
    return (
        MemoHead("สำนักปลัด", "รายงานผล", "นายก", "สห ๑", "๑ มกราคม", ("แผน", "ภาพ"), data),
        Heading("ข้อเท็จจริง", 1),
        say("ข้อความ\nบรรทัดสอง", align=Align.THAI, first_indent_mm=25),
        say("ข้อย่อย", label="๑.", left_indent_mm=10),
        StatusBoxes(("ใช่", "ไม่ใช่"), 1),
        ruled(),
        Space(12),
        Picture(data, "ภาพที่ ๑", alt="คนประชุม"),
        PictureGrid((Picture(data, "ซ้าย"), Picture(b"x", "ขวา"), Picture(data)), 2, 30),
        BarChart(("ปี ๖๖",), (BarGroup("หน้าที่", (Bar(9.0, "๙.๐๐"),)),), "แผนภูมิ"),
        ShareChart((Share("เสร็จ", 2, "๒ ข้อ"),), "ส่วน"),
        PageBreak(),
        SignatureChain((signer, chief)),
    )


def document(*blocks: Block, page: PageSetup = PORTRAIT, **fields: Any) -> Document:
    return Document("เรื่อง", (Section(page, blocks),), **fields)


def parts(made: Document) -> dict[str, Any]:
    """The parts of the file by name, read."""
    with zipfile.ZipFile(io.BytesIO(render_docx(made))) as file:
        return {
            name: parse_xml(file.read(name)) if name.endswith((".xml", ".rels")) else None
            for name in file.namelist()
        }


def body(*blocks: Block, page: PageSetup = PORTRAIT) -> Any:
    return parts(document(*blocks, page=page))["word/document.xml"][0]


def value(node: Any, path: str, name: str = "val") -> str | None:
    """An attribute of the element at the path (names of the w namespace)."""
    found = node.find("/".join(W + step for step in path.split("/")))
    return None if found is None else found.get(W + name)


def words(node: Any) -> str:
    """The text of an element, line breaks and tabs as such."""
    return "".join(_text(node))


def _text(node: Any) -> Iterator[str]:
    for found in node.iter(f"{W}t", f"{W}br", f"{W}tab"):
        if found.tag == f"{W}t":
            yield found.text or ""
        elif found.getparent().tag == f"{W}r":
            yield "\n" if found.tag == f"{W}br" else "\t"
