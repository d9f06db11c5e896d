"""The program's own form as a workbook: filled in in Excel or LibreOffice, and taken in again.

Its columns are found by their headings like those of any other table, so that a sheet whose columns
were moved is still read. A hidden name carries version and measure year.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ita_desktop.domain.disclosure import DISCLOSED_LABELS, oit_items
from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round, month_name, thai_date
from ita_desktop.domain.framework import Framework
from ita_desktop.domain.measures import STATUS_LABELS, Measure, MeasureKind
from ita_desktop.domain.office import NAME_TITLES, OFFICE_KINDS, SIGNER_ROLES
from ita_desktop.domain.scores import TOTAL, ScoreSheet
from ita_desktop.exchange.sheets.plan import OFFICE_LABELS
from ita_desktop.exchange.sheets.raw import MOST_CELL
from ita_desktop.exchange.sheets.rows import LEVEL, RESPONDENTS, WAY
from ita_desktop.exchange.sheets.workbook import MARK

VERSION = 1
MEASURE_ROWS = 60
PEOPLE_ROWS = 12

_FAMILY = "TH Sarabun New"
_PLAIN = Font(name=_FAMILY, size=15)
_BOLD = Font(name=_FAMILY, size=15, bold=True)
_TITLE = Font(name=_FAMILY, size=20, bold=True)
_HINT = Font(name=_FAMILY, size=14, italic=True, color="FF55626A")
_HEAD_FILL = PatternFill("solid", fgColor="FFE0EEF0")
_FIELD_FILL = PatternFill("solid", fgColor="FFFFFBEA")
_FIXED_FILL = PatternFill("solid", fgColor="FFF3F6F7")
_THIN = Side(style="thin", color="FFB9C4C9")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_WRAP = Alignment(vertical="top", wrap_text=True)
_LINE_PT = 24.0
_HIGHEST_ROW = 409.0
_LISTS = "รายการเลือก"
_UNFIT = re.compile(r"[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FORMULA_LIKE = ("=", "+", "-", "@", "\t", "|", "%")
KIND_WORDS = {MeasureKind.MEASURE: "มาตรการ", MeasureKind.GUIDELINE: "แนวทางยกระดับ"}


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of a sheet: heading, width in characters, list to pick from, whether it is fixed.

    ``strict``: nothing but the list may be entered. ``look``: number format.
    """

    heading: str
    width: float
    pick: str = ""
    strict: bool = True
    fixed: bool = False
    look: str = "@"


def make_form(
    year: int, framework: Framework, oit: Framework, dossier: Dossier | None = None
) -> bytes:
    """The form of a measure year as an .xlsx file, with what ``dossier`` holds already filled in.

    ``framework``: of the analysed year, ``oit`` of the measure year's own OIT list.
    """
    held = dossier or Dossier()
    book = Workbook()
    book.remove(book.worksheets[0])
    book.defined_names[MARK] = DefinedName(MARK, attr_text=f'"{VERSION} {year}"', hidden=True)
    book.properties.title = f"แบบกรอกข้อมูล ITA ปี {year}"
    book.properties.creator = "ITA Desktop"
    book.properties.language = "th-TH"
    made = _Form(book, year)
    made.lists(framework, held)
    made.instructions()
    made.office(held)
    made.people(held)
    made.scores(framework, held.sheet(year - 1))
    made.measures(held)
    for which in (Round.SIX, Round.TWELVE):
        made.progress(which, held)
    made.disclosures(oit, held)
    book.move_sheet(_LISTS, len(book.worksheets))
    book[_LISTS].sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def put(cell: Any, text: str) -> None:
    """Write a text that stays a text: never a formula, never a link, nothing a sheet can't hold."""
    fit = _ESCAPE_LIKE.sub("_x005F_", _UNFIT.sub("", text))[:MOST_CELL]
    if fit:
        cell.value = fit
        cell.data_type = "s"
        cell.quotePrefix = fit.startswith(_FORMULA_LIKE)


class _Form:
    """The sheets of one form."""

    def __init__(self, book: Workbook, year: int) -> None:
        self.book = book
        self.year = year
        self.ranges: dict[str, str] = {}

    def lists(self, framework: Framework, held: Dossier) -> None:
        """The hidden sheet that the drop-downs take their words from."""
        sheet: Worksheet = self.book.create_sheet(_LISTS)
        owners = [division.name for division in held.divisions if division.name] or ["สำนักปลัด"]
        indicators = [f"{i.code} {i.name}" for i in framework.indicators.values()]
        words: dict[str, Sequence[str]] = {
            "kind": [*KIND_WORDS.values(), WAY],
            "status": list(STATUS_LABELS.values()),
            "indicator": indicators,
            "month": [month_name(self.year, month) for month in range(1, 13)],
            "owner": owners,
            "role": SIGNER_ROLES,
            "title": NAME_TITLES,
            "office": list(OFFICE_KINDS),
            "disclosed": [label for label in DISCLOSED_LABELS.values() if label],
            "level": list(dict.fromkeys(rule.level for rule in framework.levels)),
        }
        for at, (name, entries) in enumerate(words.items(), start=1):
            for row, text in enumerate(entries, start=1):
                put(sheet.cell(row, at), text)
            letter = get_column_letter(at)
            self.ranges[name] = f"'{_LISTS}'!${letter}$1:${letter}${max(len(entries), 1)}"

    def instructions(self) -> None:
        """What to fill in, and how it comes into the program."""
        sheet: Worksheet = self.book.create_sheet("คำอธิบาย")
        sheet.column_dimensions["A"].width = 96
        lines = (
            f"แบบกรอกข้อมูล ITA สำหรับมาตรการของปีงบประมาณ พ.ศ. {self.year}",
            f"คะแนนในแบบนี้เป็นของปีที่ประเมิน พ.ศ. {self.year - 1}",
            "",
            "1. กรอกเฉพาะช่องสีเหลืองอ่อน ช่องที่ไม่ทราบให้เว้นว่าง ช่องว่างไม่ลบข้อมูลเดิมในโปรแกรม",
            "2. ช่องที่มีลูกศรให้เลือกจากรายการ เช่น ประเภท สถานะ เดือน",
            "3. วิธีดำเนินการหลายข้อ ให้ขึ้นบรรทัดใหม่ในช่องเดียวกัน (Alt+Enter) ไม่ต้องใส่เลขข้อ",
            "4. แผ่นความก้าวหน้าใช้ลำดับที่เดียวกับแผ่นมาตรการ ชื่อมาตรการจะขึ้นให้เอง",
            "5. คะแนนใช้จุดทศนิยมไม่เกินสองตำแหน่ง เลขไทยหรือเลขอารบิกก็ได้",
            "6. บันทึกเป็น .xlsx แล้วในโปรแกรมเลือก แฟ้ม > นำเข้าข้อมูล โปรแกรมจะแสดงสิ่งที่จะเปลี่ยนก่อนนำเข้า",
            "7. นำเข้าแล้วเลิกทำได้ด้วย Ctrl+Z",
        )
        for row, text in enumerate(lines, start=1):
            cell = sheet.cell(row, 1)
            put(cell, text)
            cell.font = _TITLE if row == 1 else _PLAIN
            cell.alignment = _WRAP
            sheet.row_dimensions[row].height = _LINE_PT * (1 if len(text) < 90 else 2)
        self._paper(sheet, 0)

    def office(self, held: Dossier) -> None:
        """Names and address, a line each."""
        columns = (_Column("หัวข้อ", 38, fixed=True), _Column("ข้อมูลของหน่วยงาน", 70))
        rows = [[label, getattr(held.office, name)] for label, name in OFFICE_LABELS.items()]
        sheet = self._sheet("หน่วยงาน", "ข้อมูลหน่วยงาน", columns, rows, len(rows), landscape=False)
        self._pick(sheet, "office", "B4:B4", strict=True)

    def people(self, held: Dossier) -> None:
        """The sign-off chain, in the order papers climb."""
        columns = (
            _Column("ลงนามในฐานะ", 18, "role", strict=False),
            _Column("คำนำหน้า", 14, "title", strict=False),
            _Column("ชื่อ", 22),
            _Column("นามสกุล", 24),
            _Column("ตำแหน่ง", 44),
            _Column("รักษาราชการแทน", 44),
        )
        rows = []
        for link in held.chain:
            person = held.person(link.person_id)
            if person is not None:
                names = (person.title, person.given_name, person.family_name)
                rows.append([link.role, *names, person.position, person.acting])
        self._sheet("ผู้ลงนาม", "สายการลงนาม ตามลำดับจากผู้จัดทำขึ้นไป", columns, rows, PEOPLE_ROWS)

    def scores(self, framework: Framework, scores: ScoreSheet) -> None:
        """Every code of the assessed year with its name."""
        columns = (
            _Column("รหัส", 12, fixed=True),
            _Column("รายการ", 96, fixed=True),
            _Column("คะแนน", 14, look="0.00"),
        )
        rows: list[list[Any]] = [[TOTAL, "คะแนนรวม", scores.entered.get(TOTAL, "")]]
        for code, name in _names(framework):
            rows.append([code, name, scores.entered.get(code, "")])
        for instrument in framework.instruments:
            count = scores.respondents.get(instrument.code, "")
            if instrument.code != "OIT":
                rows.append([f"{RESPONDENTS} {instrument.code}", "จำนวนผู้ตอบ (คน)", count])
        rows.append([LEVEL, "ระดับตามประกาศ", scores.official_level])
        title = (
            f"คะแนน ITA ปีที่ประเมิน พ.ศ. {framework.year if not framework.based_on else self.year - 1}"
        )
        sheet = self._sheet("คะแนน", title, columns, rows, len(rows), landscape=False)
        last = 3 + len(rows)
        for row in range(last - sum(i.code != "OIT" for i in framework.instruments), last):
            sheet.cell(row, 3).number_format = "0"
        sheet.cell(last, 3).number_format = "@"
        self._pick(sheet, "level", f"C{last}:C{last}", strict=False)
        self._limit_scores(sheet, last - 3)

    def _limit_scores(self, sheet: Worksheet, last: int) -> None:
        rule = DataValidation("decimal", operator="between", formula1="0", formula2="100")
        rule.allow_blank = True
        rule.errorTitle, rule.error = "คะแนน", "คะแนนต้องเป็นตัวเลข 0 ถึง 100"
        rule.errorStyle = "warning"
        rule.showErrorMessage = True
        sheet.add_data_validation(rule)
        rule.add(f"C4:C{last}")

    def measures(self, held: Dossier) -> None:
        """Measures and guidelines, a row each."""
        columns = (
            _Column("ลำดับที่", 9, fixed=True),
            _Column("ประเภท", 16, "kind"),
            _Column("มาตรการ/กิจกรรม", 44),
            _Column("ตัวชี้วัด", 26, "indicator", strict=False),
            _Column("ประเด็น", 12),
            _Column("ข้อที่ตอบ", 14),
            _Column("วิธีดำเนินการ", 56),
            _Column("ผู้รับผิดชอบ", 24, "owner", strict=False),
            _Column("เดือนเริ่ม", 20, "month"),
            _Column("เดือนสิ้นสุด", 20, "month"),
            _Column("วันที่จัด (ถ้าวันเดียว)", 20),
            _Column("แนวทางปฏิบัติ", 40),
            _Column("การกำกับติดตาม", 40),
        )
        rows = [
            [str(number), *self._measure(measure)]
            for number, measure in enumerate(_listed(held, self.year), start=1)
        ]
        rows += [[str(number)] for number in range(len(rows) + 1, MEASURE_ROWS + 1)]
        title = f"มาตรการและแนวทางยกระดับ ปีงบประมาณ พ.ศ. {self.year}"
        self._sheet("มาตรการ", title, columns, rows, len(rows))

    def _measure(self, measure: Measure) -> list[str]:
        return [
            WAY if measure.continued else KIND_WORDS[measure.kind],
            measure.title,
            ", ".join(measure.indicators),
            ", ".join(map(str, measure.issues)),
            ", ".join(measure.items),
            measure.steps,
            measure.owners,
            month_name(self.year, measure.first_month),
            month_name(self.year, measure.last_month),
            thai_date(measure.day, short=True) if measure.day else "",
            measure.approach,
            measure.follow_up,
        ]

    def progress(self, which: Round, held: Dossier) -> None:
        """What was done in a round; the titles stand there by a formula that nobody reads back."""
        columns = (
            _Column("ลำดับที่", 9, fixed=True),
            _Column("ชื่อ", 44, fixed=True),
            _Column("สถานะ", 24, "status"),
            _Column("ผลการดำเนินการ", 56),
            _Column("ผลผลิต", 40),
            _Column("ผลลัพธ์", 40),
            _Column("หมายเหตุ", 30),
        )
        rows: list[list[Any]] = []
        listed = _listed(held, self.year)
        for number in range(1, max(MEASURE_ROWS, len(listed)) + 1):
            found = listed[number - 1].progress_in(which) if number <= len(listed) else None
            status = found.status.label if found and found.status else ""
            texts = [found.result, found.output, found.outcome, found.note] if found else []
            rows.append([str(number), "", status, *texts])
        title = f"ความก้าวหน้า {which.label} ปีงบประมาณ พ.ศ. {self.year}"
        sheet = self._sheet(f"ความก้าวหน้า {int(which)} เดือน", title, columns, rows, len(rows))
        for row in range(4, 4 + len(rows)):
            name, indicator = f"มาตรการ!C{row}", f"มาตรการ!D{row}"
            cell: Any = sheet.cell(row, 2)
            cell.value = f'=IF({name}<>"",{name},IF({indicator}<>"",{indicator},""))'

    def disclosures(self, oit: Framework, held: Dossier) -> None:
        """The OIT list of the measure year."""
        columns = (
            _Column("ข้อ", 9, fixed=True),
            _Column("รายการข้อมูล", 56, fixed=True),
            _Column("URL", 60),
            _Column("การเผยแพร่", 18, "disclosed"),
            _Column("คำอธิบาย", 40),
            _Column("ผู้รับผิดชอบ", 24, "owner", strict=False),
            _Column("วันที่เผยแพร่", 18),
            _Column("ผู้ตรวจสอบ", 22),
        )
        rows = []
        for item in oit_items(oit):
            found = held.disclosure(self.year, item.code)
            day = thai_date(found.day, short=True) if found.day else ""
            texts = [found.url, DISCLOSED_LABELS[found.disclosed], found.explanation, found.owner]
            rows.append([item.code, item.title, *texts, day, found.checked_by])
        title = f"รายการเปิดเผยข้อมูล (OIT) ปีที่ประเมิน พ.ศ. {self.year}"
        self._sheet("OIT", title, columns, rows, len(rows))

    # --- how every sheet looks ---------------------------------------------------------------

    def _sheet(
        self,
        name: str,
        title: str,
        columns: Sequence[_Column],
        rows: Sequence[Sequence[Any]],
        height: int,
        *,
        landscape: bool = True,
    ) -> Worksheet:
        sheet: Worksheet = self.book.create_sheet(name)
        put(sheet.cell(1, 1), title)
        sheet.cell(1, 1).font = _TITLE
        put(sheet.cell(2, 1), "กรอกช่องสีเหลืองอ่อน ช่องที่ไม่ทราบเว้นว่างไว้")
        sheet.cell(2, 1).font = _HINT
        for at, column in enumerate(columns, start=1):
            sheet.column_dimensions[get_column_letter(at)].width = column.width
            head = sheet.cell(3, at)
            put(head, column.heading)
            head.font, head.fill, head.border = _BOLD, _HEAD_FILL, _GRID
            head.alignment = Alignment("center", "center", wrap_text=True)
        last = 3 + max(height, len(rows))
        self._cells(sheet, columns, rows, last)
        for at, column in enumerate(columns, start=1):
            if column.pick:
                letter = get_column_letter(at)
                self._pick(sheet, column.pick, f"{letter}4:{letter}{last}", strict=column.strict)
        fixed = next((at for at, column in enumerate(columns) if not column.fixed), 0)
        sheet.freeze_panes = f"{get_column_letter(min(fixed, 2) + 1)}4"
        sheet.print_title_rows = "3:3"
        self._paper(sheet, 1 if landscape else 0)
        return sheet

    @staticmethod
    def _cells(
        sheet: Worksheet, columns: Sequence[_Column], rows: Sequence[Sequence[Any]], last: int
    ) -> None:
        for row in range(4, last + 1):
            values = rows[row - 4] if row - 4 < len(rows) else ()
            for at, column in enumerate(columns, start=1):
                cell = sheet.cell(row, at)
                cell.number_format = column.look
                cell.font, cell.border, cell.alignment = _PLAIN, _GRID, _WRAP
                cell.fill = _FIXED_FILL if column.fixed else _FIELD_FILL
                cell.protection = Protection(locked=column.fixed)
                value = values[at - 1] if at <= len(values) else ""
                if isinstance(value, str):
                    put(cell, value)
                else:
                    cell.value = value
            if lines := _lines(values, columns):
                sheet.row_dimensions[row].height = min(lines * _LINE_PT, _HIGHEST_ROW)

    def _pick(self, sheet: Worksheet, name: str, area: str, *, strict: bool) -> None:
        rule = DataValidation("list", formula1=self.ranges[name], allow_blank=True)
        rule.errorTitle = "เลือกจากรายการ"
        rule.error = "โปรดเลือกจากรายการ หรือลบช่องนี้ให้ว่าง"
        rule.showErrorMessage = strict
        rule.errorStyle = "stop" if strict else "information"
        sheet.add_data_validation(rule)
        rule.add(area)

    @staticmethod
    def _paper(sheet: Worksheet, landscape: int) -> None:
        sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = _LINE_PT, True
        sheet.page_setup.paperSize = 9  # A4
        sheet.page_setup.orientation = "landscape" if landscape else "portrait"
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_margins.left = sheet.page_margins.right = 0.5
        footer: Any = sheet.oddFooter
        footer.center.text = "หน้า &P / &N"


def _lines(values: Sequence[Any], columns: Sequence[_Column]) -> int:
    """How many lines the highest cell of a row needs; 0 for one, which grows by itself."""
    found = 1
    for value, column in zip(values, columns, strict=False):
        lines = str(value).split("\n")
        found = max(found, sum(ceil(len(line) / (column.width * 0.95)) or 1 for line in lines))
    return found if found > 1 else 0


def _names(framework: Framework) -> Iterable[tuple[str, str]]:
    """Code and name of everything that has a score, in tree order, but the total."""
    for instrument in framework.instruments:
        yield instrument.code, instrument.label
        for indicator in instrument.indicators:
            yield indicator.code, f"ตัวชี้วัดที่ {indicator.code} {indicator.name}"
            for sub in indicator.subindicators:
                yield sub.code, f"ตัวชี้วัดย่อยที่ {sub.code} {sub.name}"
                for item in sub.items:
                    yield item.code, item.title
            for item in indicator.own_items:
                yield item.code, item.title


def _listed(held: Dossier, year: int) -> list[Measure]:
    """The measures, their further ways and the guidelines of a year as the form numbers them."""
    return [measure for kind in MeasureKind for measure in held.measures_of(year, kind)]
