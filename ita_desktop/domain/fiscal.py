"""Fiscal years, rounds and Buddhist-era dates.

A Thai fiscal year N (ปีงบประมาณ พ.ศ. N) runs from 1 October N-1 to 30 September N, Buddhist era
(พ.ศ. = CE + 543). A month inside a fiscal year is counted 1 (October) to 12 (September), so that a
period can never lie outside its year. Texts made here carry Arabic digits; whoever prints them
turns them into Thai ones.
"""

from __future__ import annotations

import re
from datetime import date
from enum import IntEnum

from ita_desktop.thai.digits import to_arabic

BUDDHIST_OFFSET = 543
FIRST_YEAR = 2500
LAST_YEAR = 2700

MONTHS = (
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)

SHORT_MONTHS = (
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
)


class Round(IntEnum):
    """A reporting round (รอบ); its value is the number of months it covers from 1 October."""

    THREE = 3
    SIX = 6
    TWELVE = 12

    @property
    def label(self) -> str:
        """The round as offices call it."""
        return f"รอบ {int(self)} เดือน"


def fiscal_year(day: date) -> int:
    """The fiscal year (พ.ศ.) a day belongs to."""
    year = day.year + BUDDHIST_OFFSET
    return year + 1 if day.month >= 10 else year


def calendar_month(year: int, fiscal_month: int) -> tuple[int, int]:
    """The calendar month (1-12) and Buddhist-era year of month 1-12 of fiscal year ``year``."""
    month = (fiscal_month + 8) % 12 + 1
    return month, year - 1 if month >= 10 else year


def month_name(year: int, fiscal_month: int, *, short: bool = False) -> str:
    """ "ตุลาคม 2568" for month 1 of fiscal year 2569."""
    month, calendar_year = calendar_month(year, fiscal_month)
    return f"{(SHORT_MONTHS if short else MONTHS)[month - 1]} {calendar_year}"


def year_name(year: int) -> str:
    """The fiscal year in full, as it is printed."""
    return f"ปีงบประมาณ พ.ศ. {year}"


def period_text(year: int, first_month: int, last_month: int, *, short: bool = False) -> str:
    """The period of a measure in words; the whole year is named as the year.

    ``short`` takes short month names and, for the whole year too, its months.
    """
    if (first_month, last_month) == (1, 12) and not short:
        return year_name(year)
    if first_month == last_month:
        return month_name(year, first_month, short=short)
    names = SHORT_MONTHS if short else MONTHS
    first, first_year = calendar_month(year, first_month)
    last, last_year = calendar_month(year, last_month)
    start = names[first - 1] if first_year == last_year else f"{names[first - 1]} {first_year}"
    return f"{start} ถึง {names[last - 1]} {last_year}"


def thai_date(day: date, *, short: bool = False) -> str:
    """ "26 เมษายน 2565": full month, no "วันที่ … เดือน", as official letters write it."""
    month = (SHORT_MONTHS if short else MONTHS)[day.month - 1]
    return f"{day.day} {month} {day.year + BUDDHIST_OFFSET}"


# Not compiled here: the window needs years at its start, dates only later.
_DATE_WORDS = r"^วัน[ก-ฮะ-์]*ที่|พ\.ศ\.|เดือน|ปี"
_DATE_PARTS = r"^(\d{1,2})\s*[/\-. ]?\s*(\d{1,2}|[ก-๙.]+)\s*[/\-. ]?\s*(\d{4}|\d{2})$"


def parse_thai_date(text: str) -> date | None:
    """The day in a typed date of the Buddhist era; None for an empty text.

    "26 เมษายน 2565", "26 เม.ย. 65", "26/4/2565", "วันอังคารที่ 26 เมษายน พ.ศ. 2565", Thai or Arabic
    digits. A year of two digits is one of 25xx. Raises ValueError with a plain Thai sentence.
    """
    plain = " ".join(re.sub(_DATE_WORDS, " ", to_arabic(text).strip()).split())
    if not plain:
        return None
    match = re.match(_DATE_PARTS, plain)
    month = _month_of(match[2]) if match else None
    if match is None or month is None:
        raise ValueError("อ่านวันที่ไม่ได้ โปรดพิมพ์วัน เดือน ปี พ.ศ. เช่น 26 เม.ย. 2569")
    year = int(match[3]) + (2500 if len(match[3]) == 2 else 0)
    if 1900 <= year <= 2199:
        raise ValueError(f"ปี {year} เป็นปี ค.ศ. โปรดพิมพ์ปี พ.ศ. คือ {year + BUDDHIST_OFFSET}")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"ปี {year} ใช้ไม่ได้ โปรดพิมพ์ปี พ.ศ. เช่น 2569")
    try:
        return date(year - BUDDHIST_OFFSET, month, int(match[1]))
    except ValueError as error:
        raise ValueError("ไม่มีวันที่นี้ในปฏิทิน โปรดตรวจวันและเดือน") from error


def _month_of(text: str) -> int | None:
    """The month (1-12) a number, a full name or a short name stands for."""
    if text.isdigit():
        return int(text) if 1 <= int(text) <= 12 else None
    plain = text.replace(".", "")
    for number, (full, short) in enumerate(zip(MONTHS, SHORT_MONTHS, strict=True), start=1):
        if plain in (full, short.replace(".", "")):
            return number
    return None
