"""The clerk's year: days, words for the days left, and what the data say is done."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ita_desktop.domain.agenda import (
    Due,
    Known,
    agenda,
    day_setting,
    done_setting,
    left_text,
    load_tasks,
)
from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import fiscal_year
from ita_desktop.domain.measures import Measure
from ita_desktop.domain.papers import Disclosure, Issued, PaperKey
from ita_desktop.paths import resources

TASKS = load_tasks(resources() / "calendar" / "ita.json")
YEAR = 2570
PAGES = {"", "scores", "documents", "analysis", "measures", "oit"}


def due_of(
    key: str,
    dossier: Dossier | None = None,
    settings: dict[str, str] | None = None,
    known: Known | None = None,
) -> Due:
    found = agenda(TASKS, dossier or Dossier(), YEAR, settings or {}, known or Known())
    return next(each for each in found if each.task.key == key)


def issued(kind: str, months: int, year: int = YEAR) -> Dossier:
    key = PaperKey(year, kind, months)
    return Dossier(issued=(Issued(1, key, "", "", "2027-04-12T09:00:00+07:00"),))


def test_every_day_lies_in_its_fiscal_year():
    for year in (2566, YEAR, 2600):
        assert {fiscal_year(task.usual_day(year)) for task in TASKS} == {year}


def test_every_page_is_one_of_the_window():
    assert {task.page for task in TASKS} <= PAGES


def test_tasks_come_in_the_order_they_are_due():
    days = [each.day for each in agenda(TASKS, Dossier(), YEAR, {}, Known())]
    assert days == sorted(days)
    assert (days[0], days[-1]) == (date(2026, 10, 15), date(2027, 9, 30))


def test_titles_name_the_year_they_are_about():
    assert due_of("report-6").title == "รายงานรอบ 6 เดือน ของมาตรการปี 2570"
    assert due_of("report-12").title == "รายงานรอบ 12 เดือน ของมาตรการปี 2569"


def test_nothing_is_done_in_an_empty_file():
    assert [
        each.task.key for each in agenda(TASKS, Dossier(), YEAR, {}, Known()) if each.done
    ] == []


@pytest.mark.parametrize(
    ("kind", "months", "year", "key"),
    [
        ("measures-report", 6, YEAR, "report-6"),
        ("photo-report", 12, YEAR - 1, "report-12"),
        ("issues-plan", 0, YEAR, "analysis"),
        ("oit-list", 0, YEAR, "oit-district"),
        ("district-line", 0, YEAR, "district"),
    ],
)
def test_an_issued_document_ticks_its_task_and_no_other(
    kind: str, months: int, year: int, key: str
):
    done = [
        each for each in agenda(TASKS, issued(kind, months, year), YEAR, {}, Known()) if each.done
    ]
    assert [each.task.key for each in done] == [key]
    assert done[0].done_on == date(2027, 4, 12)


@pytest.mark.parametrize(("months", "year"), [(12, YEAR), (6, YEAR - 1), (0, YEAR)])
def test_another_round_or_year_ticks_not_the_six_month_report(months: int, year: int):
    assert not due_of("report-6", issued("measures-report", months, year)).done


def test_scores_tick_their_year():
    known = Known(scored={YEAR - 1})
    assert due_of("scores", known=known).done
    assert not due_of("result", known=known).done


def test_a_plan_is_made_once_every_measure_says_what_how_and_who():
    whole = Measure(1, YEAR, title="จัดทำคู่มือ", steps="ประชุม", owners="สำนักปลัด")
    for measures, done in (
        ((whole,), True),
        ((whole, replace(whole, id=2, owners="")), False),
        ((whole, replace(whole, id=2, title="", continued=True)), True),
    ):
        assert due_of("plan", Dossier(measures={YEAR: measures})).done is done


def test_oit_is_done_once_all_is_decided_and_has_its_address():
    known = Known(oit_codes=("o1", "o2"))
    good = {"o1": Disclosure("o1", True, "https://a.go.th"), "o2": Disclosure("o2", False)}
    assert due_of("oit", Dossier(disclosures={YEAR: good}), known=known).done
    for bad in (Disclosure("o1", True), Disclosure("o1")):
        dossier = Dossier(disclosures={YEAR: {**good, "o1": bad}})
        assert not due_of("oit", dossier, known=known).done


def test_the_office_sets_a_day_of_its_own_and_ticks_by_hand():
    settings = {day_setting(YEAR, "group"): "2027-02-10", done_setting(YEAR, "group"): "2027-02-01"}
    due = due_of("group", settings=settings)
    assert (due.day, due.own_day) == (date(2027, 2, 10), True)
    assert (due.done, due.done_on) == (True, date(2027, 2, 1))


def test_a_setting_of_another_year_or_no_day_counts_for_nothing():
    settings = {
        day_setting(YEAR - 1, "group"): "2026-02-10",
        day_setting(YEAR, "group"): "พรุ่งนี้",
        done_setting(YEAR, "group"): "",
    }
    due = due_of("group", settings=settings)
    assert (due.day, due.own_day, due.done) == (date(2027, 1, 31), False, False)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-3, "เลยกำหนด 3 วัน"),
        (0, "วันนี้"),
        (1, "พรุ่งนี้"),
        (12, "อีก 12 วัน"),
        (59, "อีก 59 วัน"),
        (92, "อีกราว 3 เดือน"),
    ],
)
def test_days_left_in_words(days: int, words: str):
    assert left_text(days) == words


@pytest.mark.parametrize(
    "change",
    [
        {"day": 31, "month": 2},
        {"done": {"unknown": True}},
        {"colour": "red"},
        {"key": "scores"},
    ],
)
def test_a_wrong_calendar_is_refused(tmp_path: Path, change: dict[str, object]):
    tasks = json.loads((resources() / "calendar" / "ita.json").read_text("utf-8"))
    path = tmp_path / "ita.json"
    path.write_text(json.dumps([*tasks[:2], {**tasks[5], **change}]), "utf-8")
    with pytest.raises(ValueError, match=r"."):
        load_tasks(path)
