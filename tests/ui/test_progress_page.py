"""The page of progress: one status, and texts that land where they belong."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.measures import Measure, MeasureKind, Progress, Status
from tests.ui.conftest import Keyboard, on_disk, open_session, page_of, wait_saved
from ui.pages.progress import ProgressPage

SIX, TWELVE = Round.SIX, Round.TWELVE
RESULT = "ผลการดำเนินการ"


@pytest.fixture
def progress(keys: Keyboard) -> Keyboard:
    """Two measures, the page of progress open."""
    session = open_session(keys.window)
    for title in ("ก", "ข"):
        session.store.add_measure(session.year, MeasureKind.MEASURE, title=title)
    return keys.press("Ctrl+4", "Home")


def page(keys: Keyboard) -> ProgressPage:
    return page_of(keys.window, ProgressPage)


def stored(keys: Keyboard) -> tuple[Measure, ...]:
    wait_saved(keys.window)
    session = open_session(keys.window)
    return on_disk(session.store.path).measures[session.year]


def of(keys: Keyboard, at: int, which: Round) -> Progress:
    return stored(keys)[at].progress_in(which)


def ticked(keys: Keyboard) -> list[Status]:
    return [status for status, each in page(keys).status_buttons.items() if each.isChecked()]


def click(keys: Keyboard, status: Status) -> None:
    button = page(keys).status_buttons[status]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(8, button.height() // 2))


def test_nothing_is_ticked_until_somebody_does(progress: Keyboard):
    assert ticked(progress) == []
    assert page(progress).status_hint.text() == "โปรดเลือกหนึ่งสถานะ"


@pytest.mark.parametrize("status", Status)
def test_the_mouse_ticks_exactly_one(progress: Keyboard, status: Status):
    for each in Status:
        click(progress, each)
    click(progress, status)
    assert ticked(progress) == [status]
    click(progress, status)
    assert ticked(progress) == [status], "a second click takes nothing away"
    assert of(progress, 0, SIX).status is status
    assert page(progress).status_hint.text() == ""


@pytest.mark.parametrize(
    ("key", "status"), list(zip(("Alt+1", "Alt+2", "Alt+3"), Status, strict=True))
)
def test_alt_and_a_number_ticks_while_typing(progress: Keyboard, key: str, status: Status):
    progress.tab_to(RESULT).type("ทำ").press(key).type("แล้ว")
    assert ticked(progress) == [status]
    assert (of(progress, 0, SIX).status, of(progress, 0, SIX).result) == (status, "ทำแล้ว")


def test_arrows_go_round_the_statuses(progress: Keyboard):
    progress.tab_to("ดำเนินการแล้วเสร็จ").press("Space")
    assert of(progress, 0, SIX).status is Status.DONE
    progress.press("Right")
    assert of(progress, 0, SIX).status is Status.NOT_STARTED
    progress.press("Right")
    assert of(progress, 0, SIX).status is Status.IN_PROGRESS
    progress.press("Left")
    assert ticked(progress) == [Status.NOT_STARTED]
    assert of(progress, 0, SIX).status is Status.NOT_STARTED


def test_tab_stops_at_the_ticked_status(progress: Keyboard):
    progress.press("Alt+3").tab_to("อยู่ระหว่างดำเนินการ").tab_to(RESULT)
    progress.press("Shift+Tab")
    assert progress.focus is page(progress).status_buttons[Status.IN_PROGRESS]


def test_each_round_has_its_own_record(progress: Keyboard):
    progress.press("Alt+3").tab_to(RESULT).type("หกเดือน")
    progress.tab_to("รอบ ๖ เดือน", key="Shift+Tab").press("Right")
    assert ticked(progress) == []
    progress.press("Alt+1").tab_to(RESULT).type("สิบสองเดือน")
    assert of(progress, 0, SIX) == Progress(Status.IN_PROGRESS, "หกเดือน")
    assert of(progress, 0, TWELVE) == Progress(Status.DONE, "สิบสองเดือน")
    progress.tab_to("รอบ ๑๒ เดือน", key="Shift+Tab").press("Left")
    assert ticked(progress) == [Status.IN_PROGRESS]


def test_counts_and_marks_follow(progress: Keyboard):
    assert "ยังไม่ได้เลือก ๒" in page(progress).counts.text()
    progress.press("Alt+1")
    counts = page(progress).counts.text()
    assert "ดำเนินการแล้วเสร็จ ๑" in counts and "ยังไม่ได้เลือก ๑" in counts
    index = page(progress).model.index(0)
    assert index.data().startswith("☑")
    assert "ดำเนินการแล้วเสร็จ" in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_step_buttons_go_on_and_stop_at_the_ends(progress: Keyboard):
    progress.tab_to("ถัดไป ▶").press("Space")
    assert page(progress).heading.text() == "ข"
    progress.press("Space")
    assert page(progress).heading.text() == "ข"
    assert "ครบทุกรายการ" in progress.window.statusBar().currentMessage()
    progress.tab_to("◀ ก่อนหน้า", key="Shift+Tab").press("Space", "Space")
    assert page(progress).heading.text() == "ก"
    assert "รายการแรก" in progress.window.statusBar().currentMessage()


@pytest.mark.parametrize(
    ("field", "key"),
    [("result", RESULT), ("output", "ผลผลิต"), ("outcome", "ผลลัพธ์"), ("note", "หมายเหตุ")],
)
def test_typing_and_going_on_at_once_lands_right(progress: Keyboard, field: str, key: str):
    progress.tab_to(key).type("หนึ่ง").press("Alt+PgDown").type("สอง")
    progress.press("Alt+PgUp").type("x")
    assert sorted(getattr(of(progress, 0, SIX), field)) == sorted("หนึ่งx")
    assert getattr(of(progress, 1, SIX), field) == "สอง"
    assert stored(progress)[0].progress_in(TWELVE) == Progress()


def test_typing_and_changing_the_round_at_once_lands_right(progress: Keyboard):
    progress.tab_to(RESULT).type("หก")
    page(progress).show_round(TWELVE)
    progress.type("สิบสอง")
    page(progress).show_round(SIX)
    assert page(progress).form.fields["result"].value() == "หก"
    assert (of(progress, 0, SIX).result, of(progress, 0, TWELVE).result) == ("หก", "สิบสอง")


def test_typing_and_leaving_the_tab_or_the_year_at_once_lands_right(progress: Keyboard):
    session = open_session(progress.window)
    year = session.year
    progress.tab_to(RESULT).type("แท็บ").press("Ctrl+1")
    assert not session.saver.pending
    assert of(progress, 0, SIX).result == "แท็บ"
    progress.press("Ctrl+4").tab_to("ผลผลิต").type("ปี")
    session.set_year(year - 1)
    assert page(progress).stack.currentIndex() == 0
    session.set_year(year)
    assert of(progress, 0, SIX).output == "ปี"


def test_clicking_another_measure_while_typing_lands_right(progress: Keyboard):
    progress.tab_to(RESULT).type("หนึ่ง")
    view = page(progress).list
    place = view.visualRect(page(progress).model.index(1)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page(progress).heading.text() == "ข"
    progress.tab_to(RESULT).type("สอง")
    assert [m.progress_in(SIX).result for m in stored(progress)] == ["หนึ่ง", "สอง"]


def test_status_is_undone_in_one_step(progress: Keyboard):
    progress.press("Alt+1", "Alt+2", "Ctrl+Z")
    assert ticked(progress) == [Status.DONE]
    progress.press("Ctrl+Z")
    assert ticked(progress) == []
    progress.press("Ctrl+Y")
    assert ticked(progress) == [Status.DONE]


def test_the_plan_stands_beside_the_result(sample_keys: Keyboard):
    sample_keys.press("Ctrl+4", "Home")
    plan = page(sample_keys).plan.text()
    assert "๑. ทบทวนขั้นตอน" in plan and "สำนักปลัด, กองช่าง" in plan


def test_without_measures_it_says_where_to_begin(keys: Keyboard):
    keys.press("Ctrl+4")
    assert page(keys).stack.currentIndex() == 0
    keys.press("Alt+1", "Alt+PgDown")
    page(keys).set_status(Status.DONE)
    session = open_session(keys.window)
    assert on_disk(session.store.path).measures == {}
