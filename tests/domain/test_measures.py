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
)
from ita_desktop.domain.points import labelled, main_points, points


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


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        # by mark: another kind of list stands under the point above it
        ("1. ก\n- ข\n- ค\n2. ง", "1221"),
        ("- ก\n๑.๑ ข\n๑.๒ ค\n- ง\n๒.๑ จ", "12212"),
        ("ก\n- ข\n- ค\nง", "1221"),
        ("1) ก\n1. ข\n2. ค\n2) ง", "1221"),
        ("1. ก\n1.1 ข\nก. ค\nข. ง\n1.2 จ\n2. ฉ", "123321"),
        # by indent
        ("ก\n  ข\n\tค\nง", "1231"),
        ("- ก\n  - ข\n  - ค\n- ง", "1221"),
        ("    ก\nข\n  ค", "112"),
        ("ก\n ข\nค", "111"),
        ("ก\n  ข\n    ค\n      ง\n  จ", "12332"),
        # what is no list of its own
        ("ก\n2. ข\n3. ค", "111"),
        ("1. ก\nข\n2) ค", "111"),
        ("- ก\nข\n- ค", "111"),
        ("1. ก\n1.5 ล้านบาท\n๘.๓๐ น. เปิด\nจ. สระบุรี", "1111"),
    ],
)
def test_a_point_stands_on_the_level_it_was_typed_on(text: str, levels: str):
    assert "".join(str(point.level) for point in points(text)) == levels
    assert len(main_points(text)) == levels.count("1")


def test_marks_of_lower_levels_are_taken_away_too():
    found = points("1. ก\n  1.1) ข\n  1.2 1.5 ล้าน\nก. ค\n- ง")
    assert found == ("ก", "ข", "1.5 ล้าน", "ค", "ง")
    assert [point.dash for point in found] == [False, False, False, False, True]


@pytest.mark.parametrize(
    ("style", "text", "labels"),
    [
        ("numbers", "ก\n  ข\n  ค\nง\n  จ", "1. 1.1 1.2 2. 2.1"),
        ("numbers", "1. ก\n- ข\n2. ค\n- ง", "1. - 2. -"),
        ("brackets", "ก\n  ข\nค\n- ง", "1) 1.1) 2) -"),
        ("dashes", "ก\n- ข\n- ค\nง", "- 1.1 1.2 -"),
        ("dashes", "ก\n  ข\n    ค\n    ง\n    - จ", "- 1.1 ก. ข. -"),
        ("plain", "ก\n- ข\n  1. ค\nง\n  จ", "None - ก. None 1."),
    ],
)
def test_lower_levels_are_numbered_from_the_point_above(style: str, text: str, labels: str):
    assert " ".join(str(label) for _point, label in labelled(points(text), style)) == labels


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
