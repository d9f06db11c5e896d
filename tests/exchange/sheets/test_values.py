"""What single cells say."""

from __future__ import annotations

from datetime import date

import pytest

from ita_desktop.domain.framework import FrameworkShelf
from ita_desktop.domain.measures import Status
from ita_desktop.exchange.sheets.values import (
    read_code,
    read_indicators,
    read_issues,
    read_items,
    read_period,
    read_status,
    read_tick,
)
from ita_desktop.paths import resources

FRAMEWORK = FrameworkShelf(resources() / "frameworks").get(2568)


@pytest.mark.parametrize("text", ["✓", "☑", "/", "x", "X", "1", "๑", "TRUE", " ✔ ", "(✓)"])
def test_ticked(text: str):
    assert read_tick(text) is True


@pytest.mark.parametrize("text", ["", " ", "-", "☐", "0", "๐", "FALSE"])
def test_not_ticked(text: str):
    assert read_tick(text) is False


@pytest.mark.parametrize("text", ["2", "✓✓", "เสร็จ", "=1"])
def test_no_tick(text: str):
    with pytest.raises(ValueError, match="✓"):
        read_tick(text)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("ดำเนินการแล้วเสร็จ", Status.DONE),
        ("ดำเนินการแล้ว", Status.DONE),
        ("ยังไม่ได้ดำเนินการ", Status.NOT_STARTED),
        ("ยังไม่แล้วเสร็จ", Status.NOT_STARTED),
        ("อยู่ระหว่าง ดำเนินการ", Status.IN_PROGRESS),
        ("☑ ดำเนินการแล้วเสร็จ\n☐ ยังไม่ได้ดำเนินการ\n☐ อยู่ระหว่างดำเนินการ", Status.DONE),
        ("☐ ดำเนินการแล้วเสร็จ ☐ ยังไม่ได้ดำเนินการ ☑ อยู่ระหว่างดำเนินการ", Status.IN_PROGRESS),
        ("☐ ดำเนินการแล้วเสร็จ ☐ ยังไม่ได้ดำเนินการ", None),
        ("", None),
    ],
)
def test_status(text: str, status: Status | None):
    assert read_status(text) is status


@pytest.mark.parametrize("text", ["ดี", "☑ ดำเนินการแล้วเสร็จ ☑ ยังไม่ได้ดำเนินการ", "50%"])
def test_no_status(text: str):
    with pytest.raises(ValueError, match="โปรด"):
        read_status(text)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("ต.ค. 2568 - ก.ย. 2569", (1, 12)),
        ("ตุลาคม ๒๕๖๘ ถึง มีนาคม ๒๕๖๙", (1, 6)),
        ("ม.ค. 69 – มิ.ย. 69", (4, 9)),
        ("มกราคม - มีนาคม 2569", (4, 6)),
        ("ตลอดปีงบประมาณ", (1, 12)),
        ("ปีงบประมาณ พ.ศ. 2569", (1, 12)),
        ("ไตรมาสที่ 2 - 3", (4, 9)),
        ("ไตรมาส ๔", (10, 12)),
        ("เมษายน 2569", (7, 7)),
        ("มี.ค.", (6, 6)),
    ],
)
def test_period(text: str, months: tuple[int, int]):
    assert read_period(text, 2569) == (*months, None)


def test_period_of_one_day():
    assert read_period("12 กุมภาพันธ์ 2569", 2569) == (5, 5, date(2026, 2, 12))


@pytest.mark.parametrize(
    "text", ["เร็ว ๆ นี้", "ก.ย. 2568 - ต.ค. 2568", "ม.ค. 2568", "ม.ค. ก.พ. มี.ค.", "13/13/2569"]
)
def test_no_period(text: str):
    with pytest.raises(ValueError, match="โปรด"):
        read_period(text, 2569)


@pytest.mark.parametrize(
    ("code", "name", "found"),
    [
        ("i1", "", "i1"),
        ("I 01", "", "i1"),
        ("ข้อ o12", "", "o12"),
        ("ตัวชี้วัดที่ ๓", "", "3"),
        ("9.1", "", "9.1"),
        ("IIT", "", "IIT"),
        ("", "การใช้อำนาจ", "3"),
        ("7", "การใช้อำนาจ", "3"),
        ("", "ตัวชี้วัดที่ 3 การใช้อำนาจ", "3"),
        ("", "คะแนนรวม", "total"),
        ("", "แบบวัดการเปิดเผยข้อมูลสาธารณะ (OIT)", "OIT"),
        ("", "เรื่องอื่น", None),
        ("3", "เรื่องอื่น", None),
        ("", "", None),
    ],
)
def test_code(code: str, name: str, found: str | None):
    assert read_code(code, name, FRAMEWORK) == found


def test_code_and_name_that_disagree():
    with pytest.raises(ValueError, match="ไม่ตรงกัน"):
        read_code("ตัวชี้วัดที่ 2", "การใช้อำนาจ", FRAMEWORK)


def test_lists_of_codes():
    assert read_indicators("ตัวชี้วัดที่ ๑ และ ๓", FRAMEWORK) == ("1", "3")
    assert read_indicators("การใช้งบประมาณ", FRAMEWORK) == ("2",)
    assert read_indicators("9.1, 9.2", FRAMEWORK) == ("9.1", "9.2")
    assert read_items("i1, I2 และ o 12", FRAMEWORK) == ("i1", "i2", "o12")
    assert read_issues("2, 5", FRAMEWORK) == (2, 5)
    for read, text in ((read_indicators, "ทุกตัว"), (read_items, "i99"), (read_issues, "9")):
        with pytest.raises(ValueError, match="โปรด"):
            read(text, FRAMEWORK)
