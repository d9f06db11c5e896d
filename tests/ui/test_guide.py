"""The guided start: typed through by keyboard, skipped, left and resumed, told by the data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton

from ita_desktop.domain.beginning import Stage
from ita_desktop.domain.fiscal import fiscal_year
from tests.ui.conftest import Alerts, Keyboard, on_disk, open_session, page_of, wait_saved
from ui.main_window import PAGES, MainWindow
from ui.pages.overview import OverviewPage
from ui.widgets.guide import Guide
from ui.widgets.stages import ChainStage, OfficeStage, ScoresStage
from ui.widgets.wrapping import plain

SCORES = ("95.15", "94.95", "97.78", "87.28", "91.72", "95.45", "95.28", "95.29", "100", "100")


def guide_of(window: MainWindow) -> Guide:
    return page_of(window, OverviewPage).guide


class Presses(QObject):
    """Counts keys that go down, letters included."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            focus = QApplication.focusWidget()
            self.count += watched is focus
        return False


# --- the whole of it ------------------------------------------------------------------------------


def leave(keys: Keyboard) -> Keyboard:
    """Tab out of a field whose list is open: without a screen no window is active after that."""
    if (popup := QApplication.activePopupWidget()) is not None:
        popup.hide()
    keys.window.activateWindow()
    QApplication.processEvents()
    return keys.press("Tab")


def fill_office(keys: Keyboard) -> None:
    leave(keys.type("สุขใจ").press("Tab").type("สุพ"))
    leave(keys.type("เมือง")).press("Ctrl+Return")


def fill_chain(keys: Keyboard) -> None:
    keys.press("Space")
    for number, (given, position) in enumerate((("ก", "เจ้าหน้าที่"), ("ข", ""), ("ค", ""), ("ง", ""))):
        keys.press(*(["Tab"] if number else [])).type("นาย").press("Tab").type(given)
        keys.press("Tab").type("นามสมมุติ").press("Tab")
        if position:
            keys.type(position)
    keys.press("Ctrl+Return")


def test_from_the_first_start_to_the_overview_by_keyboard_alone(
    keys: Keyboard, qapp: QApplication, capsys: pytest.CaptureFixture[str]
):
    window, session = keys.window, open_session(keys.window)
    presses = Presses()
    qapp.installEventFilter(presses)
    keys.press("Ctrl+0")
    fill_office(keys)
    fill_chain(keys)
    keys.press("Ctrl+Return")
    for score in SCORES:
        keys.type(score).press("Return")
    keys.press("Ctrl+Return")
    qapp.removeEventFilter(presses)
    with capsys.disabled():
        print(f"\nguided start: {presses.count} keys")  # noqa: T201
    assert not page_of(window, OverviewPage).guiding
    wait_saved(window)
    dossier = on_disk(session.store.path)
    office = dossier.office
    assert (office.name, office.district, office.province) == ("สุขใจ", "เมืองสุพรรณบุรี", "สุพรรณบุรี")
    assert [p.full_name for p in dossier.people] == [f"นาย{n} นามสมมุติ" for n in "กขคง"]
    assert dossier.people[3].position == "นายกองค์การบริหารส่วนตำบลสุขใจ"
    year = fiscal_year(date.today())
    entered = dossier.sheet(year - 1).entered
    assert [entered[str(n)] for n in range(1, 11)] == [Decimal(text) for text in SCORES]
    assert guide_of(window).beginning.open == ()
    assert guide_of(window).reminder() == ""
    assert 60 < presses.count < 260


# --- when it comes --------------------------------------------------------------------------------


def test_a_new_file_begins_with_it_and_no_tab_is_closed_to_her(keys: Keyboard):
    page = page_of(keys.window, OverviewPage)
    assert keys.window.tabs.currentIndex() == 0
    assert page.guiding
    for at in range(1, len(PAGES)):
        keys.press(f"Ctrl+{at}")
        assert keys.window.tabs.currentIndex() == at
    keys.press("Ctrl+0")
    assert keys.focus.accessibleName() == "ชื่อ"


def test_a_file_with_data_begins_with_the_overview_and_reminds_of_nothing(
    sample_window: MainWindow,
):
    page = page_of(sample_window, OverviewPage)
    assert not page.guiding
    assert page.resume.isHidden()


def test_opening_and_looking_writes_nothing(keys: Keyboard):
    store = open_session(keys.window).store
    assert store.settings_under("begin/") == {}
    assert store.undo_label() is None


# --- left, skipped, resumed -----------------------------------------------------------------------


def test_left_in_the_middle_it_goes_on_there_after_a_restart(
    keys: Keyboard, make_window: Callable[[Path], MainWindow]
):
    keys.press("Ctrl+0")
    fill_office(keys)
    assert guide_of(keys.window).stage is Stage.CHAIN
    path = open_session(keys.window).store.path
    keys.window.close()
    window = make_window(path)
    page = page_of(window, OverviewPage)
    assert page.guiding
    assert page.guide.stage is Stage.CHAIN
    assert page.guide.stage_buttons[Stage.OFFICE].text() == "✓ หน่วยงาน"


def test_typed_and_closed_without_a_step_it_is_still_there(
    keys: Keyboard, make_window: Callable[[Path], MainWindow]
):
    keys.press("Ctrl+0").type("สุขใจ")
    path = open_session(keys.window).store.path
    keys.window.close()
    page = page_of(make_window(path), OverviewPage)
    assert page.guiding
    assert page.guide.stage is Stage.OFFICE


def test_for_later_it_leaves_a_bar_that_leads_back(
    keys: Keyboard, make_window: Callable[[Path], MainWindow]
):
    keys.press("Ctrl+0")
    fill_office(keys)
    keys.tab_to("ไว้ทำทีหลัง").press("Space")
    page = page_of(keys.window, OverviewPage)
    assert not page.guiding
    assert page.resume.isVisible()
    assert page.resume_label.text() == (
        "การเริ่มต้นทำไปแล้ว ๑ จาก ๔ ขั้น ยังเหลือ “ผู้ลงนาม” “ปีงบประมาณ” “คะแนนปีที่แล้ว”"
    )
    path = open_session(keys.window).store.path
    keys.window.close()
    page = page_of(make_window(path), OverviewPage)
    assert not page.guiding, "she said later"
    page.resume_button.click()
    assert page.guiding
    assert page.guide.stage is Stage.CHAIN


def test_skipped_stages_are_marked_and_stay_open(keys: Keyboard):
    keys.press("Ctrl+0")
    guide = guide_of(keys.window)
    for _ in Stage:
        keys.tab_to("ข้ามขั้นนี้").press("Space")
    page = page_of(keys.window, OverviewPage)
    assert not page.guiding
    assert guide.beginning.skipped == frozenset(Stage)
    assert page.resume.isVisible()
    page.enough_button.click()
    assert page.resume.isHidden()
    keys.window.begin_guide()
    assert page.guiding, "the menu leads back at any time"
    assert guide.stage_buttons[Stage.CHAIN].text() == "ข้าม: ผู้ลงนาม"


def test_what_is_typed_elsewhere_counts(keys: Keyboard):
    store = open_session(keys.window).store
    for name, value in (("name", "ก"), ("district", "แม่สอด"), ("province", "ตาก")):
        store.set_office(name, value)
    assert Stage.OFFICE in guide_of(keys.window).beginning.done


# --- the stages -----------------------------------------------------------------------------------


def office_stage(keys: Keyboard) -> OfficeStage:
    page = guide_of(keys.window).pages[Stage.OFFICE]
    assert isinstance(page, OfficeStage)
    return page


@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        ("สุพ", "สุพรรณบุรี"),
        ("จังหวัดตาก", "ตาก"),
        ("จ.ตาก", "ตาก"),
        ("นคร", "นคร"),  # several begin so
        ("แดนไกล", "แดนไกล"),  # none: what is typed stays
        ("ส", "ส"),
    ],
)
def test_a_beginning_that_is_unique_is_enough(keys: Keyboard, typed: str, becomes: str):
    keys.press("Ctrl+0", "Tab").type(typed).press("Tab")
    wait_saved(keys.window)
    assert office_stage(keys).province.value() == becomes
    assert open_session(keys.window).dossier.office.province == becomes


def test_the_list_finds_names_by_any_part(keys: Keyboard):
    keys.press("Ctrl+0", "Tab").type("บุรี")
    completer = office_stage(keys).province.completer()
    assert completer is not None
    assert completer.completionCount() == 12
    completer.setCompletionPrefix("ไม่มี")
    assert completer.completionCount() == 0


def test_districts_are_those_of_the_province(keys: Keyboard):
    leave(keys.press("Ctrl+0", "Tab").type("ตาก"))
    field = office_stage(keys).district
    assert [field.itemText(at) for at in range(field.count())].count("แม่สอด") == 1
    assert field.count() == 9
    leave(keys.type("แม่สาย"))
    wait_saved(keys.window)
    assert "ไม่พบอำเภอ “แม่สาย” ในจังหวัดตาก" in office_stage(keys).remark.text()


def test_the_usual_chain_is_one_edit_and_can_be_undone(keys: Keyboard):
    store = open_session(keys.window).store
    guide = guide_of(keys.window)
    guide.show_stage(Stage.CHAIN)
    page = guide.pages[Stage.CHAIN]
    assert isinstance(page, ChainStage)
    assert keys.focus is page.offer_button
    keys.press("Space")
    assert len(store.dossier().chain) == len(store.dossier().people) == 4
    assert store.undo_label() == "ใช้สายการลงนามทั่วไป"
    assert keys.focus is page.entrance
    keys.window.undo()
    assert store.dossier().chain == store.dossier().people == ()
    assert page.stack.currentIndex() == 0


def scores_stage(keys: Keyboard) -> ScoresStage:
    guide = guide_of(keys.window)
    guide.show_stage(Stage.SCORES)
    page = guide.pages[Stage.SCORES]
    assert isinstance(page, ScoresStage)
    return page


def test_scores_are_pasted_as_a_column_with_names(keys: Keyboard):
    page = scores_stage(keys)
    QGuiApplication.clipboard().setText(
        "\n".join(f"ตัวชี้วัดที่ {n}\t{score}" for n, score in enumerate(SCORES, start=1))
    )
    keys.press("Ctrl+V")
    sheet = open_session(keys.window).dossier.sheet(fiscal_year(date.today()) - 1)
    assert len(sheet.entered) == 10
    assert page.figure.text() == "คะแนนรวม ๙๖.๖๑  ระดับ ผ่านดี"
    keys.press("Ctrl+Z")
    sheet = open_session(keys.window).dossier.sheet(fiscal_year(date.today()) - 1)
    assert sheet.entered == {}, "a paste is one edit"


def test_what_is_no_score_stays_typed_with_a_sentence(
    keys: Keyboard, make_window: Callable[[Path], MainWindow]
):
    page = scores_stage(keys)
    keys.type("101")
    assert "ไม่เกิน ๑๐๐" in page.remark.text()
    wait_saved(keys.window)
    path = open_session(keys.window).store.path
    keys.window.close()
    window = make_window(path)
    year = fiscal_year(date.today()) - 1
    assert open_session(window).dossier.sheet(year).drafts == {"1": "101"}
    field = guide_of(window).pages[Stage.SCORES].form.fields["1"]  # type: ignore[attr-defined]
    assert field.value() == "101"


def test_only_the_total_is_enough(keys: Keyboard):
    page = scores_stage(keys)
    keys.press("Up").tab_to("หรือคะแนนรวม").type("88.5")
    wait_saved(keys.window)
    assert page.figure.text().startswith("คะแนนรวม ๘๘.๕๐")


def test_another_year_asks_for_the_scores_of_the_year_before_it(keys: Keyboard):
    page = scores_stage(keys)
    year = open_session(keys.window).year
    assert page.heading.endswith(str(year - 1).translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")))
    open_session(keys.window).set_year(2568)
    assert page.heading == "คะแนนผลการประเมินปี ๒๕๖๗"
    keys.type("90")
    wait_saved(keys.window)
    assert open_session(keys.window).dossier.sheet(2567).entered == {"1": Decimal("90.00")}


# --- every empty page says what belongs there -----------------------------------------------------


@pytest.mark.parametrize(
    ("page", "word", "begin"),
    [
        ("office", "ยังไม่มีผู้ลงนาม", "เพิ่มผู้ลงนาม"),
        ("measures", "ยังไม่มีมาตรการของปี", "เพิ่มรายการแรก"),
        ("progress", "ยังไม่มีมาตรการของปีนี้", "ไปเพิ่มมาตรการ"),
        ("documents", "รายการ", "ไปที่ช่อง"),
        ("analysis", "ยังไม่ครบ", "กรอกคะแนน"),
        ("overview", "หน่วยงานของเราคือ", "ถัดไป ▶"),
    ],
)
def test_an_empty_page_says_what_belongs_there_and_begins_it(
    window: MainWindow, told: Alerts, page: str, word: str, begin: str
):
    window.show_page(PAGES.index(page))
    QApplication.processEvents()
    shown = [
        plain(str(each.property("text")))
        for each in window.pages[page].findChildren(QObject)
        if each.property("visible") and each.property("text")
    ]
    assert any(word in text for text in shown), shown
    (button,) = [
        each
        for each in window.pages[page].findChildren(QPushButton)
        if each.isVisible() and each.text() == begin
    ]
    button.click()
    assert told.told == []


def test_the_word_goes_when_there_is_something(keys: Keyboard):
    keys.press("Ctrl+1")
    from ui.pages.office import OfficePage

    table = page_of(keys.window, OfficePage).people
    assert table.hint.isVisible()
    store = open_session(keys.window).store
    person = store.add_person()
    assert not table.hint.isVisible()
    store.delete_person(person)
    assert table.hint.isVisible()
