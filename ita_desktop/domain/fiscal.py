"""Fiscal years, rounds and Buddhist-era dates.

A Thai fiscal year N (ปีงบประมาณ พ.ศ. N) runs from 1 October N-1 to 30 September N, Buddhist era
(พ.ศ. = CE + 543). A month inside a fiscal year is counted 1 (October) to 12 (September), so that a
period can never lie outside its year. Texts made here carry Arabic digits; whoever prints them
turns them into Thai ones.
"""

from __future__ import annotations

from datetime import date
from enum import IntEnum

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


def period_text(year: int, first_month: int, last_month: int) -> str:
    """The period of a measure in words; the whole year is named as the year."""
    if (first_month, last_month) == (1, 12):
        return year_name(year)
    if first_month == last_month:
        return month_name(year, first_month)
    first, first_year = calendar_month(year, first_month)
    last, last_year = calendar_month(year, last_month)
    start = MONTHS[first - 1] if first_year == last_year else f"{MONTHS[first - 1]} {first_year}"
    return f"{start} ถึง {MONTHS[last - 1]} {last_year}"


def thai_date(day: date, *, short: bool = False) -> str:
    """ "26 เมษายน 2565": full month, no "วันที่ … เดือน", as official letters write it."""
    month = (SHORT_MONTHS if short else MONTHS)[day.month - 1]
    return f"{day.day} {month} {day.year + BUDDHIST_OFFSET}"
