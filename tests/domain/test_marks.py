"""Marks of the analysis, the bank of texts, and which weak point is answered."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_desktop.domain.analysis import changes
from ita_desktop.domain.bank import bank_of
from ita_desktop.domain.coverage import answered, coverage
from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.marks import LIMITS, Marks, mark_of, read_marks
from ita_desktop.domain.measures import Measure, MeasureKind, Progress
from ita_desktop.domain.scores import ScoreSheet, score_tree
from ita_desktop.domain.selection import Scale, select
from tests.domain.figures import DOCUMENT_2, SHELF

TREE = score_tree(SHELF.get(2566), ScoreSheet(2566, {c: Decimal(s) for c, s in DOCUMENT_2.items()}))
OTHER = Marks(
    Decimal(1), Decimal(90), Decimal(80), 5, Scale(((Decimal(50), "ดี"), (Decimal(0), "แย่")))
)


def measure(number: int, *indicators: str, **fields: object) -> Measure:
    return Measure(number, 2567, MeasureKind.MEASURE, f"มาตรการ {number}", indicators, **fields)  # type: ignore[arg-type]


# --- marks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("marks", [Marks(), OTHER, Marks(count=1)])
def test_marks_are_kept_and_read(marks: Marks):
    assert read_marks(marks.text()) == marks
    assert (marks.text() == "") is (marks == Marks())


@given(st.text())
def test_what_cannot_be_read_is_as_usual(text: str):
    assert isinstance(read_marks(text), Marks)


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "5",
        '{"count": "99"}',
        '{"scale": [["x"]]}',
        '{"strength": "NaN"}',
        "{",
        '{"high": {}}',
    ],
)
def test_wrong_marks_are_as_usual(text: str):
    assert read_marks(text) == Marks()


@pytest.mark.parametrize("name", LIMITS)
def test_bounds(name: str):
    low, high = LIMITS[name]
    assert mark_of(name, str(low)) == low
    assert mark_of(name, f" {high} ") == high
    for wrong in (low - 1, high + 1, "", "x", "Infinity", "NaN"):
        with pytest.raises(ValueError, match="ต้องเป็นตัวเลข"):
            mark_of(name, str(wrong))


def test_rules_follow_the_marks():
    found = changes(TREE, None)
    strong = select(OTHER.rules()["strength"], found, Decimal(85))
    assert {each.code for each in strong} == {"1", "6", "7", "9"}
    assert "90" in OTHER.rules()["strength"].condition_text(Decimal(85))
    assert len(select(OTHER.rules()["lowest"], found, Decimal(85))) == 5


# --- weak points and measures ---------------------------------------------------------------------


def test_every_weak_point_is_listed_with_its_measures():
    measures = (
        measure(1, "2"),
        measure(2, "10.1"),
        measure(3, "2", continued=True),
        measure(4, "4"),
    )
    found = coverage(changes(TREE, None), TREE, measures, Marks())
    assert [(each.code, [number for number, _ in each.measures]) for each in found] == [
        *(("10", [2]), ("2", [1]), ("4", [3]), ("5", [])),
    ]


def test_a_good_year_lists_its_lowest():
    good = {code: Decimal(90) for code in DOCUMENT_2}
    tree = score_tree(SHELF.get(2566), ScoreSheet(2566, good))
    assert len(coverage(changes(tree, None), tree, (), Marks())) == 3


def test_a_measure_answers_by_issue():
    framework = SHELF.get(2568)
    tree = score_tree(framework, ScoreSheet(2568))
    issue = framework.issues[0]
    by_issue = measure(1, issues=(issue.no,))
    asked = {
        c for c, i in framework.indicators.items() if {x.code for x in i.items} & {*issue.items}
    }
    assert answered(by_issue, tree) == asked != set()


# --- the bank -------------------------------------------------------------------------------------


def bank(*measures: Measure, **fields: object) -> Dossier:
    years: dict[int, tuple[Measure, ...]] = {}
    for each in measures:
        years[each.year] = (*years.get(each.year, ()), each)
    return Dossier(measures=years, **fields)  # type: ignore[arg-type]


def test_the_bank_holds_other_years_once_the_newest_first():
    old = replace(measure(1, "1", steps="จัดอบรมเจ้าหน้าที่"), year=2565)
    new = replace(measure(2, "2", steps="จัดอบรม เจ้าหน้าที่"), year=2566)
    same = replace(measure(3, "2", steps="จัดอบรมเจ้าหน้าที่"), year=2566)
    found = bank_of(bank(old, new, same, measure(9, steps="ของปีนี้เองไม่ต้องเสนอ")), 2567)
    steps = [(each.year, each.text) for each in found if each.field == "steps"]
    assert steps == [(2566, "จัดอบรม เจ้าหน้าที่"), (2566, "จัดอบรมเจ้าหน้าที่")]


def test_the_bank_offers_what_answers_the_same_first():
    one = replace(measure(1, "1"), year=2566, title="ปรับปรุงคำสั่งมอบหมายงาน")
    two = replace(measure(2, "2"), year=2565, title="เปิดเผยแผนการใช้งบประมาณ")
    assert bank_of(bank(one, two), 2567)[0].text == one.title
    assert bank_of(bank(one, two), 2567, indicators=["2"])[0].text == two.title


def test_the_bank_is_searched_in_either_digits():
    done = Progress(result="อบรม ๒ รุ่น รวม 40 คน")
    held = replace(measure(1), year=2566, progress={Round.SIX: done})
    dossier = bank(held, passages={2566: {"problems": "งบประมาณไม่เพียงพอ"}})
    assert [each.field for each in bank_of(dossier, 2567, "2 ๔๐")] == ["result"]
    assert [each.field for each in bank_of(dossier, 2567, "งบประมาณ")] == ["passage"]
    assert bank_of(dossier, 2567, fields=["title"])[0].text == "มาตรการ 1"
