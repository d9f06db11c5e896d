"""The page of analysis: two years, lists by rule, what a change would do, holes, marks."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTreeWidget

from ita_desktop.domain.marks import Marks
from ita_desktop.domain.measures import MeasureKind
from tests.ui.conftest import Keyboard, on_disk, open_session, page_of, wait_saved
from ui.main_window import PAGES
from ui.pages.analysis import AnalysisPage

COMPARE, LISTS, TRIAL, GRID, DRAFTS, MARKS = range(6)


@pytest.fixture
def page(sample_keys: Keyboard) -> AnalysisPage:
    sample_keys.press("Ctrl+7")
    return page_of(sample_keys.window, AnalysisPage)


def rows(view: QTreeWidget) -> list[list[str]]:
    items = (view.topLevelItem(at) for at in range(view.topLevelItemCount()))
    return [[item.text(at) for at in range(view.columnCount())] for item in items if item]


def choose(view: QTreeWidget, at: int) -> None:
    item = view.topLevelItem(at)
    assert item
    view.setCurrentItem(item)


def row_of(view: QTreeWidget, start: str) -> list[str]:
    return next(row for row in rows(view) if row[0].startswith(start))


def test_two_years_side_by_side(page: AnalysisPage):
    assert "๙๖.๖๑" in page.summary.text()
    assert "เพิ่มขึ้นจากปี ๒๕๖๗ ๘.๔๕ คะแนน คิดเป็นร้อยละ ๙.๕๘" in page.summary.text()
    assert row_of(page.compared, "คะแนนรวม")[1:] == ["๘๘.๑๖", "๙๖.๖๑", "▲ ๘.๔๕", "+๙.๕๘", "เพิ่มขึ้น"]
    assert len(rows(page.compared)) == 1 + 3 + 10


def test_the_years_turned_round_say_fell(page: AnalysisPage):
    page.year.show_value("2567")
    page.other.show_value("2568")
    page.refresh()
    assert row_of(page.compared, "คะแนนรวม")[5] == "ลดลง"
    assert "ลดลงจากปี ๒๕๖๘ ๘.๔๕ คะแนน คิดเป็นร้อยละ ๘.๗๕" in page.summary.text()


def test_what_has_no_counterpart_is_said(page: AnalysisPage, sample_keys: Keyboard):
    open_session(sample_keys.window).store.set_scores(2563, {"i1": Decimal("90.00")})
    page.detail.show_value("items")
    page.other.show_value("2563")
    page.refresh()
    assert {"ไม่มีข้อคู่เทียบในปีก่อน"} <= {row[5] for row in rows(page.compared)}


def test_a_threshold_makes_small_changes_none(page: AnalysisPage, sample_keys: Keyboard):
    page.tabs.setCurrentIndex(MARKS)
    field = page.marks.fields["threshold"]
    field.setFocus()
    sample_keys.press("Ctrl+A").type("๑๐")
    wait_saved(sample_keys.window)
    assert on_disk(open_session(sample_keys.window).store.path).marks.threshold == 10
    page.tabs.setCurrentIndex(COMPARE)
    assert row_of(page.compared, "คะแนนรวม")[5] == "เท่าเดิม"
    open_session(sample_keys.window).store.undo()
    assert row_of(page.compared, "คะแนนรวม")[5] == "เพิ่มขึ้น"


@pytest.mark.parametrize(
    ("key", "typed"),
    [("threshold", "มาก"), ("strength", "101"), ("count", "สาม"), ("scale", "95 ดี\n90 ดี\n0 แย่")],
)
def test_a_mark_that_is_none_is_not_kept(
    page: AnalysisPage, sample_keys: Keyboard, key: str, typed: str
):
    page.tabs.setCurrentIndex(MARKS)
    page.marks.fields[key].setFocus()
    sample_keys.press("Ctrl+A").type(typed)
    assert page.problem.text()
    assert page.marks.fields[key].value() == typed
    wait_saved(sample_keys.window)
    assert on_disk(open_session(sample_keys.window).store.path).marks == Marks()


def test_lists_say_their_rule_and_count(page: AnalysisPage):
    page.tabs.setCurrentIndex(LISTS)
    found = rows(page.lists)
    heads = [(at, row[0]) for at, row in enumerate(found) if row[0].startswith("■")]
    for (at, head), (end, _) in zip(heads, [*heads[1:], (at_issues(found), "")], strict=True):
        said = int("".join(c for c in head.rpartition("จำนวน")[2] if c.isdigit()))
        assert said == end - at - 1, head


def at_issues(found: list[list[str]]) -> int:
    return next(at for at, row in enumerate(found) if row[0].startswith("□"))


def test_what_holds_the_total_down_most_comes_first(page: AnalysisPage):
    page.tabs.setCurrentIndex(LISTS)
    assert rows(page.pulls)[0][0].startswith("๔.")
    wins = [row[4] for row in rows(page.pulls)]
    assert wins == sorted(wins, reverse=True)


def test_a_tried_score_moves_the_total_and_is_not_kept(page: AnalysisPage, sample_keys: Keyboard):
    page.tabs.setCurrentIndex(TRIAL)
    before = open_session(sample_keys.window).dossier
    choose(page.trial, 3)
    page.trial_field.setFocus()
    sample_keys.type("100")
    assert "๙๗.๓๘" in page.trial_total.text()
    assert "+๐.๗๗" in page.trial_total.text()
    wait_saved(sample_keys.window)
    assert open_session(sample_keys.window).dossier == before
    page.reset_button.click()
    assert "→" not in page.trial_total.text()


def test_a_tried_text_that_is_no_score_changes_nothing(page: AnalysisPage, sample_keys: Keyboard):
    page.tabs.setCurrentIndex(TRIAL)
    page.trial_field.setFocus()
    sample_keys.type("101")
    assert page.trial_field.property("state") == "wrong"
    assert "→" not in page.trial_total.text()


def test_a_hole_is_shown_and_filled(page: AnalysisPage, sample_keys: Keyboard):
    session = open_session(sample_keys.window)
    session.store.set_scores(2568, {"8": Decimal("70.00"), "EIT": None, "total": None})
    for measure in session.dossier.measures_of(2569, MeasureKind.MEASURE):
        if "8" in measure.indicators or measure.issues:
            session.store.set_measure(measure.id, indicators=("1",), issues=())
    page.tabs.setCurrentIndex(GRID)
    assert row_of(page.grid, "๘.")[2] == "✗ ยังไม่มีมาตรการ"
    choose(page.grid, 0)
    page.add_button.click()
    made = session.dossier.measures_of(2569, MeasureKind.MEASURE)[-1]
    assert made.indicators == ("8",)
    assert sample_keys.window.tabs.currentIndex() == PAGES.index("measures")
    sample_keys.press("Ctrl+7")
    assert "✗" not in row_of(page.grid, "๘.")[2]


def test_drafts_and_earlier_texts_are_copied(page: AnalysisPage, sample_keys: Keyboard):
    session = open_session(sample_keys.window)
    session.store.add_measure(2568, MeasureKind.MEASURE, title="อบรมจริยธรรมประจำปี")
    page.tabs.setCurrentIndex(DRAFTS)
    page.refresh()
    assert ["มาตรการ ปี ๒๕๖๘", "อบรมจริยธรรมประจำปี"] in rows(page.bank)
    page.search.setFocus()
    sample_keys.type("ไม่มีคำนี้")
    assert rows(page.bank) == []
    sample_keys.press("Ctrl+A").type("จริยธรรม")
    assert len(rows(page.bank)) == 1
    page._copy(page.bank)
    assert QGuiApplication.clipboard().text() == "อบรมจริยธรรมประจำปี"
    said = [row[1] for row in rows(page.drafts)]
    assert len(said) > 60 and len(set(said)) == len(said)
    assert not any("{" in text for text in said)


def test_an_empty_file_has_a_word_on_every_part(keys: Keyboard):
    keys.press("Ctrl+7")
    empty = page_of(keys.window, AnalysisPage)
    for at in range(empty.tabs.count()):
        empty.tabs.setCurrentIndex(at)
    assert "ยังไม่ครบ" in empty.summary.text()
