"""Texts of lines and separators: CSV files of any usual encoding, and pasted cells."""

from __future__ import annotations

import csv
import io

from ita_desktop.exchange.errors import SourceError
from ita_desktop.exchange.sheets.raw import MOST_CELL, MOST_COLUMNS, MOST_ROWS, Note, RawTable, even

_SEPARATORS = "\t,;|"
_SAMPLE_LINES = 30


def decoded(content: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or the Thai code page 874. Raises SourceError."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in content[:200]:  # UTF-16 without its mark: every other byte of Latin text is 0
        encodings = ["utf-16-le" if content[1:2] == b"\0" else "utf-16-be"]
    else:
        encodings = ["utf-8-sig", "cp874"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    mend = "เปิดแฟ้มด้วย Excel แล้วบันทึกเป็น CSV UTF-8 หรือ .xlsx"
    raise SourceError("", "อ่านตัวอักษรในแฟ้มไม่ได้", mend)


def read_delimited(text: str, name: str, *, lettered: bool = True) -> RawTable:
    """The table in a text whose cells are parted by tabs, commas or semicolons.

    Raises SourceError.
    """
    separator = _separator(text)
    csv.field_size_limit(MOST_CELL)
    notes: list[Note] = []
    try:
        rows = _rows(text, separator)
    except csv.Error as error:
        if separator != "\t":
            raise SourceError("", _why(error), "เปิดแฟ้มด้วย Excel แล้วบันทึกเป็น .xlsx") from error
        # Word does not quote what it copies: a lone quotation mark is then only a letter.
        rows = [line.split("\t") for line in text.splitlines()[: MOST_ROWS + 1]]
    if len(rows) > MOST_ROWS:
        notes.append(Note("", f"ตารางยาวเกิน {MOST_ROWS} แถว แถวหลังจากนั้นไม่ได้อ่าน"))
    if any(any(cell.strip() for cell in row[MOST_COLUMNS:]) for row in rows):
        notes.append(Note("", f"ตารางกว้างเกิน {MOST_COLUMNS} ช่อง ช่องหลังจากนั้นไม่ได้อ่าน"))
    kept = [[cell[:MOST_CELL] for cell in row[:MOST_COLUMNS]] for row in rows[:MOST_ROWS]]
    return RawTable(name, even(kept), notes=tuple(notes), lettered=lettered)


def _rows(text: str, separator: str) -> list[list[str]]:
    """At most one row more than is kept."""
    rows: list[list[str]] = []
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
        rows.append(row)
        if len(rows) > MOST_ROWS:
            break
    return rows


def _separator(text: str) -> str:
    """What parts the cells: what the first lines have most evenly, a tab before all others."""
    lines = [line for line in text[:200_000].splitlines() if line.strip()][:_SAMPLE_LINES]
    counts = {mark: [line.count(mark) for line in lines] for mark in _SEPARATORS}
    if any(counts["\t"]):
        return "\t"
    return max(",;|", key=lambda mark: (sum(map(bool, counts[mark])), sum(counts[mark])))


def _why(error: csv.Error) -> str:
    if "field larger" in str(error):
        return f"มีช่องที่ยาวเกิน {MOST_CELL} ตัวอักษร หรือเครื่องหมายคำพูดเปิดแล้วไม่ปิด"
    return "เครื่องหมายคำพูดในแฟ้มไม่ครบคู่"
