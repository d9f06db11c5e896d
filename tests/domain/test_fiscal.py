"""Fiscal years, rounds, periods and Buddhist-era dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_desktop.domain.fiscal import (
    Round,
    calendar_month,
    fiscal_year,
    month_name,
    parse_thai_date,
    period_text,
    thai_date,
    year_name,
)


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2025, 9, 30), 2568),
        (date(2025, 10, 1), 2569),
        (date(2025, 12, 31), 2569),
        (date(2026, 1, 1), 2569),
        (date(2026, 11, 20), 2570),
    ],
)
def test_fiscal_year_begins_in_october(day: date, year: int):
    assert fiscal_year(day) == year


def test_months_of_a_fiscal_year():
    assert [calendar_month(2569, month) for month in (1, 3, 4, 9, 12)] == [
        (10, 2568),
        (12, 2568),
        (1, 2569),
        (6, 2569),
        (9, 2569),
    ]
    assert month_name(2569, 1) == "ตุลาคม 2568"
    assert month_name(2569, 4, short=True) == "ม.ค. 2569"


@given(st.dates(date(1957, 10, 1), date(2150, 1, 1)))
def test_every_day_lies_in_one_month_of_its_fiscal_year(day: date):
    year = fiscal_year(day)
    months = [calendar_month(year, month) for month in range(1, 13)]
    assert months.count((day.month, day.year + 543)) == 1
    assert fiscal_year(day + timedelta(days=366)) in (year + 1, year + 2)


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (1, 12, "ปีงบประมาณ พ.ศ. 2569"),
        (5, 5, "กุมภาพันธ์ 2569"),
        (1, 3, "ตุลาคม ถึง ธันวาคม 2568"),
        (1, 9, "ตุลาคม 2568 ถึง มิถุนายน 2569"),
        (4, 12, "มกราคม ถึง กันยายน 2569"),
        (2, 12, "พฤศจิกายน 2568 ถึง กันยายน 2569"),
    ],
)
def test_periods_in_words(first: int, last: int, text: str):
    assert period_text(2569, first, last) == text


def test_dates_as_official_letters_write_them():
    assert thai_date(date(2022, 4, 26)) == "26 เมษายน 2565"
    assert thai_date(date(2022, 12, 1), short=True) == "1 ธ.ค. 2565"


def test_names():
    assert year_name(2569) == "ปีงบประมาณ พ.ศ. 2569"
    assert [which.label for which in Round] == ["รอบ 3 เดือน", "รอบ 6 เดือน", "รอบ 12 เดือน"]


@pytest.mark.parametrize(
    "text",
    [
        "๗ ม.ค. ๒๕๖๙",
        "7/1/69",
        "07.01.2569",
        "7-1-2569",
        "7 มกราคม 2569",
        " 7 มค 69",
        "7ม.ค.69",
        "วันที่ ๗ มกราคม ๒๕๖๙",
        "วันพุธที่ 7 เดือนมกราคม พ.ศ. 2569",
        "7 มกราคม ปี 2569",
    ],
)
def test_a_date_may_be_typed_in_any_usual_way(text: str):
    assert parse_thai_date(text) == date(2026, 1, 7)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("7 ม.ค.", "อ่านวันที่ไม่ได้"),
        ("พรุ่งนี้", "อ่านวันที่ไม่ได้"),
        ("7/13/2569", "อ่านวันที่ไม่ได้"),
        ("31/2/2569", "ไม่มีวันที่นี้"),
        ("7/1/2026", "2569"),
        ("7/1/2999", "พ.ศ."),
    ],
)
def test_what_is_no_date_is_told_in_thai(text: str, told: str):
    with pytest.raises(ValueError, match=told):
        parse_thai_date(text)


def test_an_empty_date_is_none():
    assert parse_thai_date("  ") is None
