"""Reads finished documents of others: Word files, PDF files with text, and plain text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ita_desktop.domain.review.finished import Finished, Grid, Line, gone_on, read_plain
from ita_desktop.exchange.errors import SourceError

MOST_BYTES = 50_000_000
MOST_UNPACKED = 300_000_000
MOST_PAGES = 500
MOST_TEXT = 5_000_000
"""Letters of a document; a report has about 100,000."""


def read_finished(path: Path) -> Finished:
    """The text and tables of a .docx, .pdf or .txt file. Raises SourceError."""
    name = path.name
    try:
        if path.stat().st_size > MOST_BYTES:
            raise SourceError(name, "แฟ้มใหญ่เกิน 50 เมกะไบต์", "เลือกแฟ้มที่เล็กกว่านี้")
        content = path.read_bytes()
    except OSError as error:
        raise SourceError(name, "เปิดแฟ้มไม่ได้", "ตรวจว่าแฟ้มยังอยู่") from error
    if content.startswith(b"%PDF-"):
        return _pdf(content, name)
    if content.startswith(b"PK"):
        return read_word(content, name)
    try:
        return read_plain(content[:MOST_TEXT].decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        mend = "บันทึกเป็น .docx หรือ .pdf แล้วลองอีกครั้ง"
        raise SourceError(name, "ไม่ใช่เอกสาร Word PDF หรือข้อความ", mend) from error


def read_word(content: bytes, name: str) -> Finished:
    """The text and tables of a Word file. Raises SourceError."""
    from lxml.etree import LxmlError

    mend = "บันทึกแฟ้มนี้ใหม่ด้วยโปรแกรม Word แล้วลองอีกครั้ง"
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
                raise SourceError(name, "แฟ้มคลายออกแล้วใหญ่เกินไป", "เลือกแฟ้มอื่น")
        import docx

        body: Any = docx.Document(io.BytesIO(content)).element.body
        return Finished(tuple(gone_on([*_parts(body)])))
    except (zipfile.BadZipFile, KeyError, ValueError, LxmlError, OSError) as error:
        raise SourceError(name, "อ่านเป็นเอกสาร Word ไม่ได้", mend) from error


def _parts(body: Any) -> Iterator[Line | Grid]:
    from docx.oxml.ns import qn

    number = 0
    for child in body:
        if child.tag == qn("w:p"):
            for text in _paragraph(child).split("\n"):
                if text.strip():
                    number += 1
                    yield Line(number, text.strip())
        elif child.tag == qn("w:tbl"):
            rows = _rows(child)
            if _is_frame(child) or (rows and max(map(len, rows)) == 1):
                for text in ("  ".join(filter(str.strip, row)) for row in rows):
                    if text.strip():
                        number += 1
                        yield Line(number, text)
            elif rows:
                yield Grid(number + 1, rows)
                number += len(rows)


def _paragraph(element: Any) -> str:
    from docx.oxml.ns import qn

    breaks = {qn("w:tab"): " ", qn("w:br"): "\n"}
    return "".join(
        (node.text or "") if node.tag == qn("w:t") else breaks.get(node.tag, "")
        for node in element.iter(qn("w:t"), qn("w:tab"), qn("w:br"))
        if node.getparent().tag != qn("w:tabs")
    )


def _is_frame(table: Any) -> bool:
    """Whether a table has no lines: it only puts texts beside each other."""
    from docx.oxml.ns import qn

    borders = table.find(f"{qn('w:tblPr')}/{qn('w:tblBorders')}")
    inner = None if borders is None else borders.find(qn("w:insideV"))
    return inner is not None and inner.get(qn("w:val")) in ("nil", "none")


def _rows(table: Any) -> tuple[tuple[str, ...], ...]:
    """The cells of a table; a merged cell's text stands in its first row."""
    from docx.oxml.ns import qn

    rows: list[tuple[str, ...]] = []
    for line in table.iter(qn("w:tr")):
        cells: list[str] = []
        for cell in line.findall(qn("w:tc")):
            merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            goes_on = merged is not None and merged.get(qn("w:val"), "continue") == "continue"
            texts = (_paragraph(each).strip() for each in cell.iter(qn("w:p")))
            cells.append("" if goes_on else "\n".join(filter(None, texts)))
            span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
            cells += [""] * (int(span.get(qn("w:val"), "1")) - 1 if span is not None else 0)
        rows.append(tuple(cells))
    wide = max(map(len, rows), default=0)
    return tuple((*row, *[""] * (wide - len(row))) for row in rows)


def _pdf(content: bytes, name: str) -> Finished:
    """The lines of a PDF; its tables are not told apart from text."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        mend = "ถ้าแฟ้มมีรหัสผ่าน ให้เปิดแล้วบันทึกใหม่โดยไม่มีรหัส"
        raise SourceError(name, "อ่านเป็น PDF ไม่ได้", mend) from error
    lines: list[Line] = []
    try:
        for at in range(min(len(pdf), MOST_PAGES)):
            page = pdf[at].get_textpage()
            for text in page.get_text_range().splitlines():
                if text.strip():
                    lines.append(Line(len(lines) + 1, text.strip()))
    finally:
        pdf.close()
    if not lines:
        mend = "ใช้แฟ้ม Word ต้นฉบับ หรือ PDF ที่ค้นหาข้อความได้"
        raise SourceError(name, "PDF นี้เป็นภาพสแกน ไม่มีข้อความให้ตรวจ", mend)
    return Finished(tuple(lines), broken=True)
