"""Worksheets of an .xlsx file: looked at before they are unpacked, read as texts."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import IO, Any
from xml.etree import ElementTree

from ita_desktop.domain.fiscal import BUDDHIST_OFFSET
from ita_desktop.exchange.errors import SourceError, one_line
from ita_desktop.exchange.sheets.raw import (
    MOST_CELL,
    MOST_COLUMNS,
    MOST_LETTERS,
    MOST_MERGED,
    MOST_NOTES,
    MOST_ROWS,
    MOST_TABLES,
    Area,
    Note,
    RawTable,
    Source,
    even,
)

MOST_PARTS = 2_000
MOST_UNPACKED = 60_000_000
MOST_MARKUP = 20_000_000
"""Of all parts that are no pictures."""
MOST_RATIO = 300
"""How many times smaller a part may be packed; sheets of texts reach about 30."""
SMALL_PART = 1_000_000
"""Parts up to here may be packed as well as they like."""
MOST_ELEMENTS = 150_000
"""Of a sheet: a cell with a value is two or three, an empty one with a look of its own is one."""
MARK = "ITA_DESKTOP_FORM"
"""The hidden name by which the program knows its own form."""

_MARKUP = (".xml", ".rels", ".vml")
_MEND = "เปิดแฟ้มด้วย Excel แล้วบันทึกใหม่เป็น .xlsx"
_BUDDHIST_FROM = 2400
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""How a workbook writes a character that its text can't hold."""
_MARK_TEXT = re.compile(r'"?([0-9]{1,3} [0-9]{4})"?')


def check_archive(archive: zipfile.ZipFile) -> None:
    """Refuse an archive that is not what a workbook can be. Raises SourceError."""
    parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        raise SourceError("", "แฟ้มมีส่วนย่อยมากผิดปกติ", "เลือกแฟ้มอื่น")
    if len({part.filename for part in parts}) != len(parts):
        raise SourceError("", "แฟ้มมีส่วนย่อยชื่อซ้ำกัน", _MEND)
    if any(part.flag_bits & 1 for part in parts):
        raise SourceError("", "แฟ้มมีรหัสผ่าน", "เปิดด้วย Excel แล้วบันทึกใหม่โดยไม่มีรหัสผ่าน")
    swollen = any(
        part.file_size > SMALL_PART and part.file_size > MOST_RATIO * max(part.compress_size, 1)
        for part in parts
    )
    marked = sum(part.file_size for part in parts if part.filename.lower().endswith(_MARKUP))
    whole = sum(part.file_size for part in parts)
    if swollen or whole > MOST_UNPACKED or marked > MOST_MARKUP:
        raise SourceError("", "แฟ้มคลายออกแล้วใหญ่เกินกว่าจะเป็นตารางของหน่วยงาน", "เลือกแฟ้มอื่น")


def _no_entities(archive: zipfile.ZipFile) -> None:
    """Refuse declarations: no office program writes them, and entities can grow without end."""
    for part in archive.infolist():
        if not part.filename.lower().endswith(_MARKUP):
            continue
        with archive.open(part) as content:
            head = content.read(4096).replace(b"\0", b"")
            if b"<!" in head.replace(b"<!--", b""):
                raise SourceError("", "แฟ้มมีคำสั่งที่ไม่ใช่ตาราง", _MEND)


@dataclass(slots=True)
class _Frame:
    """What openpyxl does not tell when it reads a sheet row by row."""

    merged: list[Area] = field(default_factory=list)
    unknown: set[tuple[int, int]] = field(default_factory=set)
    """Cells with a formula that was never calculated, row and column from 0."""
    beyond: str = ""
    """A cell with a value outside of what is read."""
    hidden: int = 0


def read_workbook(path_or_file: Any) -> Source:
    """The visible sheets of a workbook. Raises SourceError, or what a damaged file raises."""
    with zipfile.ZipFile(path_or_file) as archive:
        check_archive(archive)
        _no_entities(archive)
        return _sheets(path_or_file, archive)


def _sheets(path_or_file: Any, archive: zipfile.ZipFile) -> Source:
    from openpyxl import load_workbook

    book = load_workbook(path_or_file, read_only=True, data_only=True, keep_links=False)
    try:
        tables: list[RawTable] = []
        letters = 0
        visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        for sheet in visible[:MOST_TABLES]:
            with archive.open(sheet._worksheet_path) as content:  # type: ignore[attr-defined]  # noqa: SLF001
                frame = _frame(content)
            table = _table(sheet, frame)
            letters += sum(len(text) for row in table.rows for text in row)
            if letters > MOST_LETTERS:
                raise SourceError("", "แฟ้มมีข้อความมากเกินไป", "แบ่งเป็นหลายแฟ้ม")
            if table.rows:
                tables.append(table)
        return Source(tuple(tables), _mark(book))
    finally:
        book.close()


def _mark(book: Any) -> str:
    defined = book.defined_names.get(MARK)
    match = _MARK_TEXT.fullmatch(str(defined.value)) if defined is not None else None
    return match[1] if match else ""


# --- the frame of a sheet -------------------------------------------------------------------------


def _frame(content: IO[bytes]) -> _Frame:
    frame = _Frame()
    merged = 0
    for number, (_, element) in enumerate(ElementTree.iterparse(content)):
        tag = element.tag[element.tag.rfind("}") + 1 :]
        if tag == "row":
            for cell in element:
                _look_at_cell(frame, cell)
            frame.hidden += element.get("hidden") in ("1", "true")
            element.clear()  # what is done with takes no room
        elif tag == "mergeCell":
            merged += 1
            frame.merged.extend(_areas(element.get("ref", "")))
        if number > MOST_ELEMENTS or merged > MOST_MERGED:
            mend = "คัดลอกเฉพาะตารางที่ต้องการไว้ในแฟ้มใหม่"
            raise SourceError("", "แผ่นงานมีช่องมากเกินกว่าจะเป็นตารางของหน่วยงาน", mend)
    return frame


def _look_at_cell(frame: _Frame, element: ElementTree.Element) -> None:
    kinds = {child.tag.rpartition("}")[2]: child for child in element}
    value = kinds.get("v")
    has_value = "is" in kinds or (value is not None and bool((value.text or "").strip()))
    match = _REFERENCE.fullmatch(element.get("r", ""))
    if match is None:
        return
    row, column = int(match[2]) - 1, _column(match[1])
    if row >= MOST_ROWS or column >= MOST_COLUMNS:
        if has_value and not frame.beyond:
            frame.beyond = match[0]
    elif "f" in kinds and not has_value and len(frame.unknown) < MOST_NOTES:
        frame.unknown.add((row, column))


def _areas(reference: str) -> Iterator[Area]:
    """The merged area as far as it lies in what is read."""
    match = _REFERENCE.fullmatch(reference)
    if match is None or match[3] is None:
        return
    top, left = int(match[2]) - 1, _column(match[1])
    bottom, right = int(match[4]) - 1, _column(match[3])
    if 0 <= top < MOST_ROWS and left < MOST_COLUMNS and bottom >= top and right >= left:
        yield Area(top, left, min(bottom, MOST_ROWS - 1), min(right, MOST_COLUMNS - 1))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


# --- the texts of a sheet -------------------------------------------------------------------------


def _table(sheet: Any, frame: _Frame) -> RawTable:
    rows: list[list[str]] = []
    letters = 0
    errors: list[tuple[int, int, str]] = []
    for row in sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS):
        texts = [cell_text(cell) for cell in row]
        letters += sum(map(len, texts))
        if letters > MOST_LETTERS:
            raise SourceError("", "แฟ้มมีข้อความมากเกินไป", "แบ่งเป็นหลายแฟ้ม")
        for column, cell in enumerate(row):
            if cell.data_type == "e" and len(errors) < MOST_NOTES:
                errors.append((len(rows), column, texts[column]))
                texts[column] = ""
        rows.append(texts)
    name = one_line(sheet.title, 100)
    bare = RawTable(name, even(rows), tuple(frame.merged))
    return RawTable(name, bare.rows, bare.merged, tuple(_notes(bare, frame, errors)))


def _notes(table: RawTable, frame: _Frame, errors: list[tuple[int, int, str]]) -> Iterator[Note]:
    for row, column in sorted(frame.unknown):
        sentence = "ช่องนี้เป็นสูตรที่ยังไม่ได้คำนวณ โปรดเปิดแฟ้มด้วย Excel แล้วบันทึกอีกครั้ง"
        yield Note(table.name_of(row, column), sentence, column)
    for row, column, text in errors:
        sentence = f"ช่องนี้มีค่าผิดพลาด {one_line(text, 20)} โปรดแก้สูตรใน Excel"
        yield Note(table.name_of(row, column), sentence, column)
    if frame.beyond:
        limits = f"เกิน {MOST_ROWS} แถวหรือ {MOST_COLUMNS} ช่อง"
        yield Note(frame.beyond, f"มีข้อมูล{limits} ส่วนที่เกินไม่ได้อ่าน โปรดลบหรือย้ายมาไว้ในตาราง")
    if frame.hidden:
        yield Note("", f"มีแถวที่ซ่อนอยู่ {frame.hidden} แถว ซึ่งอ่านด้วย")


def cell_text(cell: Any) -> str:
    """What a cell holds as the clerk would type it: numbers as shown, days of the Buddhist era."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number_text(value, str(getattr(cell, "number_format", "") or ""))
    if isinstance(value, datetime | date):
        year = value.year + (BUDDHIST_OFFSET if value.year < _BUDDHIST_FROM else 0)
        return f"{value.day}/{value.month}/{year}"
    if isinstance(value, time | timedelta):
        return str(value)
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value))
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")[:MOST_CELL]


def _number_text(value: float, look: str) -> str:
    """A number with as many figures as a worksheet keeps; a share in per cent as it is shown."""
    percent = "%" in look
    if isinstance(value, int) and not percent:
        return str(value) if abs(value) < 10**15 else f"{value:.15g}"
    shown = f"{value * 100 if percent else value:.15g}"
    return f"{shown}%" if percent else shown
