"""The page of measures and guidelines."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget, QPushButton

from ita_desktop.domain.measures import Measure, MeasureKind
from tests.ui.conftest import Keyboard, on_disk, open_session, page_of, wait_saved
from ui.pages.measures import MeasuresPage
from ui.widgets.forms import Suggest

INDICATORS, ISSUES = "ตัวชี้วัดที่มาตรการนี้ตอบ", "ประเด็นที่มาตรการนี้ตอบ"


def titles(keys: Keyboard, kind: MeasureKind = MeasureKind.MEASURE) -> list[str]:
    return [measure.title for measure in stored(keys, kind)]


def stored(keys: Keyboard, kind: MeasureKind = MeasureKind.MEASURE) -> tuple[Measure, ...]:
    """The measures a second program finds in the file."""
    wait_saved(keys.window)
    session = open_session(keys.window)
    return on_disk(session.store.path).measures_of(session.year, kind)


def page(keys: Keyboard) -> MeasuresPage:
    return page_of(keys.window, MeasuresPage)


def add(keys: Keyboard, *names: str) -> None:
    keys.press("Ctrl+3")
    for name in names:
        keys.press("Ctrl+N").type(name)
    keys.tab_to("รายการมาตรการ", key="Shift+Tab")


def test_typing_names_the_measure_in_the_list_at_once(keys: Keyboard):
    keys.press("Ctrl+3", "Ctrl+N").type("จัดทำคู่มือ")
    assert titles(keys) == ["จัดทำคู่มือ"]
    assert page(keys).list.currentIndex().data() == "๑. จัดทำคู่มือ"
    assert page(keys).heading.text() == "๑. จัดทำคู่มือ"


def test_every_field_reaches_the_disk(keys: Keyboard):
    keys.press("Ctrl+3", "Ctrl+N").type("ก").press("Tab").type("ข้อหนึ่ง\nข้อสอง")
    keys.press("Tab").type("กองคลัง / กองช่าง").press("Tab", "Down", "Tab", "Up")
    measure = stored(keys)[0]
    assert (measure.title, measure.steps) == ("ก", "ข้อหนึ่ง\nข้อสอง")
    assert measure.owners == "กองคลัง / กองช่าง"
    assert (measure.first_month, measure.last_month) == (2, 11)


def test_duplicate_stands_below_without_progress_and_undo_takes_it_away(sample_keys: Keyboard):
    keys = sample_keys
    keys.press("Ctrl+3", "Home")
    before = titles(keys)
    keys.press("Ctrl+D")
    copies = stored(keys)
    assert [m.title for m in copies] == [before[0], *before]
    assert copies[0].progress and not copies[1].progress
    assert page(keys).list.currentIndex().row() == 1
    keys.press("Ctrl+Z")
    assert titles(keys) == before


@pytest.mark.parametrize(("key", "order"), [("Alt+Down", "ขกค"), ("Alt+Up", "กขค")])
def test_move_keeps_the_choice_and_is_undone(keys: Keyboard, key: str, order: str):
    add(keys, "ก", "ข", "ค")
    keys.press("Home", key)
    assert titles(keys) == list(order)
    assert page(keys).heading.text().endswith("ก")
    if order != "กขค":
        keys.press("Ctrl+Z")
        assert titles(keys) == ["ก", "ข", "ค"]


def test_delete_goes_to_a_neighbour_and_undo_brings_all_back(sample_keys: Keyboard):
    keys = sample_keys
    keys.press("Ctrl+3", "End")
    before = stored(keys)
    keys.press("Ctrl+Del")
    assert stored(keys) == before[:-1]
    assert page(keys).list.currentIndex().row() == len(before) - 2
    assert "Ctrl+Z" in keys.window.statusBar().currentMessage()
    keys.press("Ctrl+Z")
    assert stored(keys) == before, "with its progress"


def test_deleting_the_last_shows_the_empty_page(keys: Keyboard):
    add(keys, "ก")
    keys.press("Ctrl+Del")
    assert page(keys).stack.currentWidget() is page(keys).empty
    keys.press("Ctrl+Del", "Ctrl+D")
    assert titles(keys) == []


def test_delete_word_in_a_field_deletes_no_measure(keys: Keyboard):
    keys.press("Ctrl+3", "Ctrl+N").type("one two").press("Home", "Ctrl+Del")
    assert titles(keys) == ["two"]


def test_alt_down_in_a_pick_list_moves_no_measure(keys: Keyboard):
    add(keys, "ก", "ข")
    keys.press("Home").tab_to("เดือนเริ่ม")
    keys.press("Alt+Down")
    assert page(keys).first_month.view().isVisible()
    page(keys).first_month.hidePopup()
    assert titles(keys) == ["ก", "ข"]


@pytest.mark.parametrize(
    ("field", "key", "months"), [("เดือนเริ่ม", "End", (12, 12)), ("เดือนสิ้นสุด", "Home", (1, 1))]
)
def test_the_month_just_picked_rules(keys: Keyboard, field: str, key: str, months: tuple[int, int]):
    add(keys, "ก")
    measure = stored(keys)[0]
    open_session(keys.window).store.set_measure(measure.id, first_month=4, last_month=6)
    keys.tab_to(field).press(key)
    measure = stored(keys)[0]
    assert (measure.first_month, measure.last_month) == months
    assert int(page(keys).first_month.value()) == months[0]
    assert int(page(keys).last_month.value()) == months[1]


def test_months_are_named_with_their_year(keys: Keyboard):
    keys.press("Ctrl+3", "Ctrl+N")
    year = open_session(keys.window).year
    first, last = page(keys).first_month.currentText(), page(keys).last_month.currentText()
    thai = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
    assert first == f"ตุลาคม {year - 1}".translate(thai)
    assert last == f"กันยายน {year}".translate(thai)


def test_indicators_and_issues_are_ticked_by_keyboard(keys: Keyboard):
    keys.press("Ctrl+3", "Ctrl+N").type("ก").tab_to(INDICATORS)
    keys.press("Space", "Down", "Down", "Space").tab_to(ISSUES).press("End", "Space")
    measure = stored(keys)[0]
    assert (measure.indicators, measure.issues) == (("1", "3"), (7,))
    keys.press("Space").tab_to(INDICATORS, key="Shift+Tab").press("Space")
    measure = stored(keys)[0]
    assert (measure.indicators, measure.issues) == (("1",), ())


def test_items_of_the_chosen_indicators_can_be_ticked(keys: Keyboard):
    keys.press("Ctrl+3", "Ctrl+N").type("ก")
    boxes = page(keys).items
    assert not boxes.isVisible()
    keys.tab_to(INDICATORS).press("Space")
    offered = [boxes.item(i).text().split()[0] for i in range(boxes.count())]
    assert boxes.isVisible() and offered[0] == "i๑" and len(offered) == 3
    keys.tab_to("ข้อที่มาตรการนี้ตอบ").press("Down", "Space")
    assert stored(keys)[0].items == ("i2",)
    keys.tab_to(INDICATORS, key="Shift+Tab").press("Space")
    assert [boxes.item(i).text().split()[0] for i in range(boxes.count())] == ["i๒"]
    keys.press("Down", "Space")
    assert boxes.count() == 4 and stored(keys)[0].items == ("i2",), "what was ticked is kept"
    keys.press("Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    assert stored(keys)[0].items == () and boxes.values() == []


def test_guidelines_have_no_items_to_tick(keys: Keyboard):
    keys.press("Ctrl+3").tab_to("มาตรการ", key="Shift+Tab").press("Right")
    keys.tab_to("เพิ่มให้ครบทุกตัวชี้วัด").press("Space")
    assert not page(keys).items.isVisible()


def test_fill_adds_a_guideline_for_each_indicator_as_one_step(keys: Keyboard):
    keys.press("Ctrl+3").tab_to("มาตรการ", key="Shift+Tab").press("Right")
    keys.tab_to("เพิ่มให้ครบทุกตัวชี้วัด").press("Space")
    codes = [m.indicators[0] for m in stored(keys, MeasureKind.GUIDELINE)]
    assert codes == [str(number) for number in range(1, 11)]
    assert page(keys).current is not None
    keys.press("Space")
    assert len(stored(keys, MeasureKind.GUIDELINE)) == 10
    assert "ครบทุกตัวชี้วัดแล้ว" in keys.window.statusBar().currentMessage()
    keys.press("Ctrl+Z")
    assert stored(keys, MeasureKind.GUIDELINE) == ()


def test_a_guideline_gets_its_indicator_by_keyboard(keys: Keyboard):
    keys.press("Ctrl+3").tab_to("มาตรการ", key="Shift+Tab").press("Right", "Ctrl+N")
    assert keys.focus.accessibleName() == "ตัวชี้วัด"
    keys.press("Down", "Down")
    assert stored(keys, MeasureKind.GUIDELINE)[0].indicators == ("2",)
    assert "ตัวชี้วัดที่ ๒" in page(keys).heading.text()


def test_owners_offer_divisions_and_phrases_used_before(sample_keys: Keyboard):
    keys = sample_keys
    keys.press("Ctrl+3")
    owners = page(keys).form.fields["owners"]
    assert isinstance(owners, Suggest)
    offered = [owners.itemText(at) for at in range(owners.count())]
    assert {"สำนักปลัด", "กองคลัง", "สำนักปลัด, กองช่าง"} <= set(offered)
    assert len(offered) == len(set(offered))


def test_owners_are_kept_as_typed_though_a_longer_phrase_is_offered(sample_keys: Keyboard):
    keys = sample_keys
    keys.press("Ctrl+3", "Ctrl+N").tab_to("ผู้รับผิดชอบ").type("สำนักปลัด, ก").press("Tab", "Ctrl+1")
    assert stored(keys)[-1].owners == "สำนักปลัด, ก"


def test_an_offered_owner_is_picked_by_keyboard(sample_keys: Keyboard):
    keys = sample_keys
    keys.press("Ctrl+3", "Ctrl+N").tab_to("ผู้รับผิดชอบ").press("Down")
    assert stored(keys)[-1].owners == "สำนักปลัด"


def test_switching_the_kind_keeps_both_choices(sample_keys: Keyboard):
    keys = sample_keys
    keys.press("Ctrl+3", "Home", "Down", "Down").tab_to("มาตรการ", key="Shift+Tab").press("Right")
    keys.tab_to("รายการมาตรการ").press("End")
    keys.tab_to("แนวทางยกระดับ", key="Shift+Tab").press("Left")
    assert page(keys).list.currentIndex().row() == 2
    keys.press("Right")
    assert page(keys).list.currentIndex().row() == 9
    assert page(keys).kind_buttons[MeasureKind.GUIDELINE].isChecked()


def test_counts_stand_on_the_kinds(sample_keys: Keyboard):
    sample_keys.press("Ctrl+3")
    shown = [each.text() for each in page(sample_keys).kind_buttons.values()]
    assert shown == ["มาตรการ (๗)", "แนวทางยกระดับ (๑๐)"]


def test_the_empty_page_begins_the_first_measure(keys: Keyboard):
    keys.press("Ctrl+3").tab_to("เพิ่มรายการแรก").press("Space")
    keys.type("ก")
    assert titles(keys) == ["ก"]


def test_mouse_adds_and_deletes(keys: Keyboard):
    keys.press("Ctrl+3")
    left = Qt.MouseButton.LeftButton
    QTest.mouseClick(page(keys).add_button, left)
    keys.type("ก")
    QTest.mouseClick(page(keys).copy_button, left)
    QTest.mouseClick(page(keys).up_button, left)
    QTest.mouseClick(page(keys).down_button, left)
    QTest.mouseClick(page(keys).delete_button, left)
    assert titles(keys) == ["ก"]


def test_typing_is_one_undo_step_a_visit(keys: Keyboard):
    keys.press("Ctrl+3", "Ctrl+N").type("ก").press("Tab").type("ข")
    wait_saved(keys.window)
    keys.press("Shift+Tab").type("ค").tab_to("รายการมาตรการ", key="Shift+Tab")
    keys.press("Ctrl+Z")
    assert (stored(keys)[0].title, stored(keys)[0].steps) == ("ก", "ข")
    keys.press("Ctrl+Z")
    assert (stored(keys)[0].title, stored(keys)[0].steps) == ("ก", "")
    keys.press("Ctrl+Z", "Ctrl+Z")
    assert stored(keys) == ()


def test_typing_and_switching_at_once_lands_in_the_right_measure(keys: Keyboard):
    add(keys, "ก", "ข")
    keys.press("Home").tab_to("วิธีดำเนินการ").type("หนึ่ง")
    page(keys).list.setCurrentIndex(page(keys).model.index(1))
    keys.type("สอง")
    keys.press("Ctrl+1")
    assert [m.steps for m in stored(keys)] == ["หนึ่ง", "สอง"]


def test_undo_typing_never_brings_another_measures_text(keys: Keyboard):
    add(keys, "ก", "ข")
    keys.press("Home").tab_to("วิธีดำเนินการ").type("x")
    page(keys).list.setCurrentIndex(page(keys).model.index(1))
    keys.type("x")
    page(keys).list.setCurrentIndex(page(keys).model.index(0))
    keys.window.undo()
    assert [m.steps for m in stored(keys)] == ["x", ""]


def test_long_issue_names_can_be_read(keys: Keyboard):
    keys.press("Ctrl+3", "Ctrl+N")
    issues: QListWidget = page(keys).issues
    assert all(issues.item(at).toolTip() == issues.item(at).text() for at in range(issues.count()))


def test_buttons_of_nothing_are_off(keys: Keyboard):
    keys.press("Ctrl+3")
    found: list[QPushButton] = [page(keys).copy_button, page(keys).delete_button]
    assert not any(each.isEnabled() for each in found)
    keys.press("Ctrl+N")
    assert all(each.isEnabled() for each in found)


def test_keystrokes_are_quick(
    sample_keys: Keyboard, tell_speed: Callable[[str, list[float]], None]
):
    sample_keys.press("Ctrl+3").tab_to("วิธีดำเนินการ")
    tell_speed("measures", sample_keys.timed("จัดทำคู่มือการปฏิบัติงาน"))
