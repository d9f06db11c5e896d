"""The district's workbook: streamed, typed numbers, headings that stay, nothing a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from math import ceil
from typing import Any
from unicodedata import category

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from ita_desktop.domain.measures import STATUS_LABELS
from ita_desktop.domain.office import Office
from ita_desktop.domain.scores import half_up
from ita_desktop.exchange.district import District, Line
from ita_desktop.exchange.tables import visible_text

Value = str | int | Decimal | None
_FAMILY, _SIZE = "TH Sarabun New", 14
_PLAIN, _BOLD = Font(name=_FAMILY, size=_SIZE), Font(name=_FAMILY, size=_SIZE, bold=True)
_TITLE = Font(name=_FAMILY, size=18, bold=True)
_GRAY = PatternFill("solid", fgColor="FFE6E6E6")
_THIN = Side(style="thin", color="FF808080")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD = Alignment("center", "center", wrap_text=True)
_TOP, _MIDDLE = Alignment("left", "top", wrap_text=True), Alignment("center", "top")
_RIGHT = Alignment("right", "top")
_LINE_PT, _TITLE_PT, _HIGHEST_PT = 22.0, 28.0, 400.0
_FILLED = 0.9
"""Share of a line that words fill, also where a wider font stands in."""
_SCORE, _WHOLE, _CHANGE = "0.00", "#,##0", "+0.00;-0.00;0.00"
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FORMULA_LIKE = ("=", "+", "-", "@", "\u2212", "|", "%", "'")


@dataclass(frozen=True, slots=True)
class _Head:
    """A column: heading, width in characters, number format ("" for text), whether centred."""

    name: str
    width: float
    number: str = ""
    centre: bool = False


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet: its name, title, columns, rows and last row (what is summed up), if any.

    ``printed``: so many columns go on paper; 0: all.
    """

    name: str
    title: str
    heads: Sequence[_Head]
    rows: Iterable[Sequence[Value]]
    last: Sequence[Value] = ()
    printed: int = 0


def district_workbook(district: District) -> bytes:
    """The summary as .xlsx. Rows are written as they come; what was typed stays text."""
    book = Workbook(write_only=True)
    for sheet in _sheets(district):
        _write(book, sheet)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _sheets(district: District) -> Iterator[_Sheet]:
    yield _summary(district)
    yield _ranking(district)
    yield _indicators(district)
    yield _measures(district)
    if district.listed is not None:
        yield _missing(district)
    yield _files(district)


def _write(book: Workbook, sheet: _Sheet) -> None:
    made: Any = book.create_sheet(sheet.name)
    made.freeze_panes = "C3" if sheet.heads[1].name == "หน่วยงาน" else "A3"
    for at, head in enumerate(sheet.heads, start=1):
        made.column_dimensions[get_column_letter(at)].width = head.width
    made.print_title_rows = "2:2"
    made.page_setup.paperSize, made.page_setup.orientation = 9, "landscape"  # A4
    made.page_setup.fitToWidth, made.page_setup.fitToHeight = 1, 0
    made.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    made.oddFooter.right.text = "&P/&N"
    margins = made.page_margins
    margins.left = margins.right = 0.5
    cells = _Cells(made)
    made.row_dimensions[1].height = _TITLE_PT
    made.append([cells.title(sheet.title)])
    names = [head.name for head in sheet.heads]
    made.row_dimensions[2].height = _height(names, sheet.heads) + _LINE_PT / 4
    made.append([cells.head(head.name, at) for at, head in enumerate(sheet.heads)])
    count = 2
    for row in sheet.rows:
        count += 1
        made.row_dimensions[count].height = _height(row, sheet.heads)
        made.append([cells.of(value, sheet.heads[at], at) for at, value in enumerate(row)])
        del made.row_dimensions[count]
    if sheet.last:
        made.row_dimensions[count + 1].height = _LINE_PT
        last = enumerate(sheet.last)
        made.append([cells.of(value, sheet.heads[at], at, bold=True) for at, value in last])
    made.auto_filter.ref = f"A2:{get_column_letter(len(sheet.heads))}{count}"
    if sheet.printed:
        end = count + bool(sheet.last)
        made.print_area = f"A1:{get_column_letter(sheet.printed)}{end}"


def _height(row: Sequence[Value], heads: Sequence[_Head]) -> float:
    """So high that the row's texts fit in: not every program does it itself."""
    lines = 1
    for value, head in zip(row, heads, strict=True):
        if isinstance(value, str) and not (head.centre and value != head.name):
            room = max(head.width * _FILLED - 1, 1.0)
            wide = sum(category(letter) != "Mn" for letter in value)
            lines = max(lines, ceil(wide / room) + value.count("\n"))
    return min(lines * _LINE_PT, _HIGHEST_PT)


class _Cells:
    """The cells of one sheet, each used again in the next row.

    A row is on the disk once it is appended, and giving every cell its looks anew takes most of
    the time.
    """

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._made: dict[tuple[int, str], Any] = {}

    def title(self, text: str) -> Any:
        """The title over a sheet."""
        cell = WriteOnlyCell(self._sheet, text)
        cell.font = _TITLE
        return cell

    def head(self, text: str, at: int) -> Any:
        """The heading of column ``at``."""
        cell = self._kept(at, "head", _BOLD, _HEAD)
        cell.fill, cell.value, cell.data_type = _GRAY, text, "s"
        return cell

    def of(self, value: Value, head: _Head, at: int, *, bold: bool = False) -> Any:
        """The cell of column ``at`` with a value: a text stays a text, whatever it begins with."""
        font, weight = (_BOLD, "bold") if bold else (_PLAIN, "plain")
        if not isinstance(value, str):
            cell = self._kept(at, f"number {weight}", font, _MIDDLE if head.centre else _RIGHT)
            cell.number_format, cell.value = head.number or "General", value
            return cell
        text = _ESCAPE_LIKE.sub("_x005F_", visible_text(value))
        quoted = text.startswith(_FORMULA_LIKE)
        kind = f"text {weight} {quoted}"
        cell = self._kept(at, kind, font, _MIDDLE if head.centre else _TOP)
        if quoted:
            cell.quotePrefix = True
        cell.value = text or None
        if text:
            cell.data_type = "s"
        return cell

    def _kept(self, at: int, kind: str, font: Font, alignment: Alignment) -> Any:
        cell = self._made.get((at, kind))
        if cell is None:
            cell = self._made[at, kind] = WriteOnlyCell(self._sheet)
            cell.font, cell.border, cell.alignment = font, _GRID, alignment
        return cell


# --- the sheets ----------------------------------------------------------------------------------


def _where(office: Office) -> tuple[str, str, str]:
    return office.short_name or "ไม่ระบุชื่อ", office.district, office.province


_WHERE = (_Head("หน่วยงาน", 24), _Head("อำเภอ", 14), _Head("จังหวัด", 14))


def _summary(district: District) -> _Sheet:
    """What goes on paper first, what only serves to look a package up beyond it."""
    codes = [instrument.code for instrument in district.framework.instruments]
    heads = (
        _Head("ที่", 6, _WHOLE, centre=True),
        *_WHERE,
        *(_Head(code, 8, _SCORE) for code in codes),
        _Head("คะแนนรวม", 9, _SCORE),
        _Head("ระดับ", 13, centre=True),
        _Head(f"ปี {district.analysed_year - 1}", 9, _SCORE),
        _Head("ผลต่าง", 9, _CHANGE),
        _Head("อันดับ", 7, _WHOLE, centre=True),
        _Head("ตัวชี้วัดที่ต่ำกว่าเกณฑ์", 22),
        _Head("หมายเหตุ", 22),
    )
    beyond = (
        _Head("ต่ำกว่าเกณฑ์ (ตัวชี้วัด)", 14, _WHOLE, centre=True),
        _Head("รายการที่ควรแก้ค้าง", 12, _WHOLE, centre=True),
        _Head("ทำเมื่อ", 18),
        _Head("รหัสชุดข้อมูล", 26),
    )
    numbered = enumerate(zip(district.lines, district.ranks, strict=True), start=1)
    rows = (_summary_row(number, line, rank, codes) for number, (line, rank) in numbered)
    means = [_mean([line.instruments.get(code) for line in district.lines]) for code in codes]
    blank = ("",) * (len(heads) + len(beyond) - len(codes) - 5)
    last = (None, "เฉลี่ย", "", "", *means, district.mean, *blank)
    title = f"สรุปผลการประเมิน ITA ปีงบประมาณ {district.analysed_year} และมาตรการปี {district.year}"
    return _Sheet("สรุปรายหน่วยงาน", title, (*heads, *beyond), rows, last, len(heads))


def _summary_row(
    number: int, line: Line, rank: int | None, codes: Sequence[str]
) -> Sequence[Value]:
    return (
        number,
        *_where(line.office),
        *(line.instruments.get(code) for code in codes),
        line.total,
        line.level,
        line.earlier,
        line.difference,
        rank,
        " ".join(line.weak),
        " • ".join(line.remarks),
        len(line.weak),
        line.findings,
        _moment(line.made),
        line.fingerprint,
    )


def _moment(moment: datetime) -> str:
    return f"{moment.day:02}/{moment.month:02}/{moment.year + 543} {moment:%H:%M}"


def _mean(scores: Iterable[Decimal | None]) -> Decimal | None:
    known = [score for score in scores if score is not None]
    return half_up(sum(known, Decimal(0)) / len(known)) if known else None


def _ranking(district: District) -> _Sheet:
    heads = (
        _Head("อันดับ", 8, _WHOLE, centre=True),
        *_WHERE,
        _Head("คะแนนรวม", 12, _SCORE),
        _Head("ระดับ", 16, centre=True),
        _Head("ผลต่าง", 10, _CHANGE),
    )
    rows = (
        (rank, *_where(line.office), line.total, line.level, line.difference)
        for rank, line in district.ranking()
    )
    return _Sheet("อันดับ", f"อันดับตามคะแนนรวม ปี {district.analysed_year}", heads, rows)


def _indicators(district: District) -> _Sheet:
    heads = (
        _Head("ตัวชี้วัด", 9, centre=True),
        _Head("ชื่อตัวชี้วัด", 40),
        _Head("หน่วยงานที่มีคะแนน", 14, _WHOLE, centre=True),
        _Head("ต่ำกว่าเกณฑ์", 12, _WHOLE, centre=True),
        _Head("เฉลี่ย", 10, _SCORE),
        _Head("ต่ำสุด", 60),
    )
    rows = (
        (
            found.code,
            found.name,
            found.known,
            found.below,
            found.mean,
            ", ".join(f"{name} {score}" for name, score in found.lowest),
        )
        for found in district.weak_indicators()
    )
    mark = f"{district.framework.pass_mark.normalize():f}"
    return _Sheet("ตัวชี้วัดที่อ่อน", f"ตัวชี้วัดที่ต่ำกว่าเกณฑ์ {mark} คะแนน", heads, rows)


def _measures(district: District) -> _Sheet:
    labels = [*STATUS_LABELS.values(), "ยังไม่ระบุ"]
    states = [*STATUS_LABELS, None]
    heads = (
        _Head("ที่", 6, _WHOLE, centre=True),
        *_WHERE,
        _Head("รอบ (เดือน)", 10, _WHOLE, centre=True),
        _Head("มาตรการ", 11, _WHOLE, centre=True),
        *(_Head(label, 14, _WHOLE, centre=True) for label in labels),
    )
    rows = (
        (
            number,
            *_where(line.office),
            int(line.round) if line.round else None,
            line.measures,
            *(line.statuses[state] for state in states),
        )
        for number, line in enumerate(district.lines, start=1)
    )
    found = district.statuses
    last = (None, "รวม", "", "", None, found.total(), *(found[state] for state in states))
    return _Sheet("มาตรการตามสถานะ", f"มาตรการตามสถานะ ปี {district.year}", heads, rows, last)


def _missing(district: District) -> _Sheet:
    heads = (_Head("ที่", 6, _WHOLE, centre=True), *_WHERE, _Head("หมายเหตุ", 40))
    absent = [(*_where(office), "ยังไม่ได้ส่ง") for office in district.missing]
    extra = [(name, "", "", "ส่งมาแต่ไม่อยู่ในบัญชีรายชื่อ") for name in district.unlisted]
    rows = ((number, *row) for number, row in enumerate([*absent, *extra], start=1))
    title = f"ยังไม่ได้ส่ง {len(district.missing):,} จาก {district.listed:,} หน่วยงาน"
    return _Sheet("ยังไม่ได้ส่ง", title, heads, rows)


def _files(district: District) -> _Sheet:
    heads = (
        _Head("ที่", 6, _WHOLE, centre=True),
        _Head("แฟ้ม", 40),
        _Head("ผล", 18),
        _Head("หน่วยงาน", 36),
        _Head("ทำเมื่อ", 18),
        _Head("รหัสชุดข้อมูล", 24),
        _Head("เหตุผล", 70),
    )
    rows = (
        (
            number,
            found.name,
            found.fate.value,
            found.office,
            _moment(found.made) if found.made else "",
            found.fingerprint,
            found.reason,
        )
        for number, found in enumerate(district.arrivals, start=1)
    )
    return _Sheet("แฟ้มที่รับ", f"แฟ้มที่รับ {len(district.arrivals):,} แฟ้ม", heads, rows)
