"""What has changed since a document was issued, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.marks import Marks
from ita_desktop.domain.measures import STATUS_LABELS, Measure, MeasureKind, Progress, Status
from ita_desktop.domain.office import ChainLink, Letterhead, Office, Person
from ita_desktop.domain.papers import Disclosure, Paper, PaperKey
from ita_desktop.domain.scores import ScoreSheet
from ita_desktop.exchange.changes import Difference, differences
from ita_desktop.exchange.interchange import interchange_to_data

YEAR = 2569
PROGRESS = Progress(Status.DONE, "ทำแล้ว")
MEASURE = Measure(
    1, YEAR, MeasureKind.MEASURE, "อบรม", steps="วางแผน", progress={Round.SIX: PROGRESS}
)
KEY = PaperKey(YEAR, "memo", 6)
DOSSIER = Dossier(
    office=Office(name="ตัวอย่าง"),
    people=(Person(1, "นาย", "ก", "ข", "ปลัด"),),
    chain=(ChainLink(1, 1, "ผู้ตรวจสอบ"),),
    sheets={YEAR - 1: ScoreSheet(YEAR - 1, {"i1": Decimal("90.00")})},
    measures={YEAR: (MEASURE,)},
    passages={YEAR: {"memo/facts/6": "เดิม"}},
    disclosures={YEAR: {"o1": Disclosure("o1", True, "https://a.example")}},
    papers={KEY: Paper("1", date(2026, 3, 31))},
)


def compared(new: Dossier, **settings: Any) -> tuple[Difference, ...]:
    return differences(interchange_to_data(DOSSIER), interchange_to_data(new), YEAR, **settings)


def test_the_same_data_have_no_differences():
    assert compared(DOSSIER) == ()


def changed(**fields: Any) -> Callable[[], Dossier]:
    return lambda: replace(DOSSIER, **fields)


def with_measure(**fields: Any) -> Callable[[], Dossier]:
    return changed(measures={YEAR: (replace(MEASURE, **fields),)})


@pytest.mark.parametrize(
    ("new", "label", "old", "now"),
    [
        (changed(office=Office(name="ตัวอย่าง", fax="02")), "หน่วยงาน • โทรสาร", "", "02"),
        (with_measure(items=("i1", "o2")), "มาตรการลำดับที่ 1 • ข้อที่ตอบ", "", "i1\no2"),
        (changed(set_aside={YEAR: {"x": ""}}), "ข้อสังเกตที่พักไว้ • x", "", "ไม่ได้ให้เหตุผล"),
        (
            changed(marks=Marks(strength=Decimal(90))),
            *("เกณฑ์การวิเคราะห์ • จุดแข็งตั้งแต่", "", "90"),
        ),
        (changed(office=Office(name="ใหม่")), "หน่วยงาน • ชื่อ", "ตัวอย่าง", "ใหม่"),
        (changed(letterhead=Letterhead(left_mm=25)), "หัวกระดาษ • ขอบซ้าย", "", "25"),
        (
            changed(people=(Person(1, "นาง", "ก", "ข", "ปลัด"),)),
            *("ผู้ลงนามลำดับที่ 1", "นาย ก ข ปลัด (ผู้ตรวจสอบ)", "นาง ก ข ปลัด (ผู้ตรวจสอบ)"),
        ),
        (
            changed(sheets={YEAR - 1: ScoreSheet(YEAR - 1, {"i1": Decimal("91.00")})}),
            *("คะแนนปี 2568 • i1", "90.00", "91.00"),
        ),
        (with_measure(title="จัดอบรม"), "มาตรการลำดับที่ 1 • ชื่อมาตรการ", "อบรม", "จัดอบรม"),
        (
            with_measure(progress={Round.SIX: replace(PROGRESS, status=Status.IN_PROGRESS)}),
            *(
                "มาตรการลำดับที่ 1 • รอบ 6 เดือน • สถานะ",
                STATUS_LABELS[Status.DONE],
                "อยู่ระหว่างดำเนินการ",
            ),
        ),
        (changed(measures={}), "มาตรการลำดับที่ 1 • ชื่อมาตรการ", "อบรม", ""),
        (changed(passages={}), "ข้อความในเอกสาร • ข้อเท็จจริง", "เดิม", ""),
        (
            changed(disclosures={YEAR: {"o1": Disclosure("o1", True, "https://b.example")}}),
            *("OIT ปี 2569 ข้อ o1 • URL", "https://a.example", "https://b.example"),
        ),
        (
            changed(papers={KEY: Paper("2", date(2026, 3, 31))}),
            *("บันทึกข้อความ • รอบ 6 เดือน • เลขที่", "1", "2"),
        ),
    ],
)
def test_each_part_is_named(new: Callable[[], Dossier], label: str, old: str, now: str):
    names = {"memo/facts/6": "ข้อเท็จจริง", "memo": "บันทึกข้อความ"}
    assert Difference(label, old, now) in compared(new(), names=names)


def test_other_years_are_not_looked_at():
    other = replace(MEASURE, id=2, year=2568, title="ปีก่อน")
    new = replace(DOSSIER, measures={YEAR: (MEASURE,), 2568: (other,)})
    assert compared(new) == ()


def test_no_word_of_the_program_is_shown():
    """What a label shows is Thai, but for codes and addresses."""
    every = replace(Letterhead(), **dict.fromkeys(("right_mm", "top_mm", "size_pt"), 20.0))
    shown = compared(replace(DOSSIER, letterhead=every, office=Office(kind="x", email="y")))
    assert shown
    assert [each.label for each in shown if each.label.isascii() or "_" in each.label] == []
