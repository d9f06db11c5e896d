"""Measures: points and owners out of typed texts, progress, status words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.measures import (
    NO_PROGRESS,
    STATUS_LABELS,
    Measure,
    MeasureKind,
    Progress,
    Status,
    owner_names,
    points,
)


@pytest.mark.parametrize(
    ("line", "point"),
    [
        ("ทบทวนขั้นตอน", "ทบทวนขั้นตอน"),
        ("1. ทบทวน", "ทบทวน"),
        ("1.ทบทวน", "ทบทวน"),
        ("๑. ทบทวน", "ทบทวน"),
        ("  12) ทบทวน  ", "ทบทวน"),
        ("๑๒ . ทบทวน", "ทบทวน"),
        ("- ทบทวน", "ทบทวน"),
        ("– ทบทวน", "ทบทวน"),
        ("• ทบทวน", "ทบทวน"),
        # figures that are no numbering stay
        ("1.5 ล้านบาท", "1.5 ล้านบาท"),
        ("๘.๓๐ น. เปิดบริการ", "๘.๓๐ น. เปิดบริการ"),
        ("2566. เป็นปีแรก", "2566. เป็นปีแรก"),
        ("3 งาน", "3 งาน"),
        ("-5 คะแนน", "-5 คะแนน"),
        ("123) ข้อ", "123) ข้อ"),
        ("(1) ทบทวน", "(1) ทบทวน"),
        ("ข้อ 1. ทบทวน", "ข้อ 1. ทบทวน"),
    ],
)
def test_a_typed_number_is_taken_away(line: str, point: str):
    assert points(line) == (point,)


def test_points_are_lines_that_hold_something():
    assert points("") == points(" \n\t\n1.\n- \n๒)") == ()
    assert points("1. ก\n\n2. ข\r\n3. ค") == ("ก", "ข", "ค")


@given(st.lists(st.text(st.characters(categories=["L", "M"]), min_size=1), min_size=1))
def test_numbering_is_made_anew_without_gap_or_double(lines: list[str]):
    plain = "\n".join(lines)
    numbered = "\n".join(f"{number % 100}. {line}" for number, line in enumerate(lines))
    assert points(numbered) == points(plain)


def test_owner_names():
    assert owner_names("สำนักปลัด, กองคลัง/กองช่าง\n หน่วยตรวจสอบภายใน ,") == (
        "สำนักปลัด",
        "กองคลัง",
        "กองช่าง",
        "หน่วยตรวจสอบภายใน",
    )
    assert owner_names("กองการศึกษา ศาสนา และวัฒนธรรม") == ("กองการศึกษา ศาสนา และวัฒนธรรม",)
    assert owner_names(" ,/\n") == ()


def test_status_words_in_the_order_of_the_boxes():
    assert list(STATUS_LABELS.values()) == [
        "ดำเนินการแล้วเสร็จ",
        "ยังไม่ได้ดำเนินการ",
        "อยู่ระหว่างดำเนินการ",
    ]
    assert [status.label for status in STATUS_LABELS] == list(STATUS_LABELS.values())
    assert set(STATUS_LABELS) == set(Status)


def test_progress_of_a_round():
    done = Progress(Status.DONE, result="เสร็จ")
    measure = Measure(1, 2569, first_month=1, last_month=9, progress={Round.SIX: done})
    assert measure.progress_in(Round.SIX) is done
    assert measure.progress_in(Round.TWELVE) is NO_PROGRESS
    assert measure.period == "ตุลาคม 2568 ถึง มิถุนายน 2569"


def test_dossier_finds_what_is_asked_for():
    guideline = Measure(2, 2569, MeasureKind.GUIDELINE)
    dossier = Dossier(measures={2569: (Measure(1, 2569), guideline, Measure(3, 2569))})
    assert [m.id for m in dossier.measures_of(2569, MeasureKind.MEASURE)] == [1, 3]
    assert dossier.measures_of(2569, MeasureKind.GUIDELINE) == (guideline,)
    assert dossier.measures_of(2570, MeasureKind.MEASURE) == ()
    assert dossier.sheet(2568).year == 2568 and not dossier.sheet(2568).entered
    assert dossier.person(None) is dossier.person(7) is None
