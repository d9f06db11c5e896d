"""The steps into a new year: all seen before it is taken, one edit, one Ctrl+Z, nothing twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.framework_changes import Level
from ita_desktop.domain.measures import MeasureKind, Status
from ita_desktop.domain.year_change import Group
from tests.ui.conftest import Keyboard, open_session
from ui.main_window import MainWindow
from ui.session import Session
from ui.widgets.forms import Choice
from ui.year_change import STEPS, YearChangeDialog


@pytest.fixture
def session(qapp: QApplication, empty_file: Path) -> Iterator[Session]:
    """A year with something of everything, chosen in the window."""
    session = Session.open(empty_file)
    store = session.store
    made = store.add_measure(
        2569, MeasureKind.MEASURE, title="ค้างอยู่", items=("o12", "o27"), indicators=("1",)
    )
    store.set_progress(made, Round.TWELVE, status=Status.IN_PROGRESS)
    done = store.add_measure(2569, MeasureKind.MEASURE, title="เสร็จแล้ว")
    store.set_progress(done, Round.TWELVE, status=Status.DONE)
    store.add_guidelines(2569, ["1", "2"])
    store.set_passage(2569, "memo/law", "ตามกฎหมาย\nได้ 93.59 คะแนน")
    store.set_disclosure(2569, "o1", url="https://a.go.th/1", owner="กองช่าง", disclosed=True)
    session.set_year(2569)
    yield session
    session.close()
    qapp.processEvents()


@pytest.fixture
def dialog(qapp: QApplication, session: Session) -> Iterator[YearChangeDialog]:
    made = YearChangeDialog(session)
    made.show()
    QTest.qWaitForWindowExposed(made)
    made.activateWindow()
    qapp.processEvents()
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def board(dialog: YearChangeDialog, type_text: Callable[[str], None]) -> Keyboard:
    return Keyboard(cast("MainWindow", dialog), type_text)


def titles(dialog: YearChangeDialog, group: Group) -> dict[str, bool]:
    """The offers of a step and whether they are ticked."""
    tree = dialog.pages[group].list
    items = [tree.topLevelItem(at) for at in range(tree.topLevelItemCount())]
    return {i.text(0): i.checkState(0) is Qt.CheckState.Checked for i in items if i is not None}


def test_by_keyboard_from_the_menu_to_the_new_year_and_back(sample_keys: Keyboard):
    session = open_session(sample_keys.window)
    before, edits = session.dossier, len(session.store.edits())
    sample_keys.press("Ctrl+Shift+Y")
    dialog = sample_keys.window.findChild(YearChangeDialog)
    assert dialog is not None and dialog.isVisible()
    for _ in range(len(STEPS) - 1):
        sample_keys.press("Alt+Right")
    assert dialog.take_button.hasFocus()
    assert session.dossier == before and len(session.store.edits()) == edits
    sample_keys.press("Return")
    assert session.year == 2570
    found = session.dossier.measures_of(2570, MeasureKind.GUIDELINE)
    assert len(found) == 10
    assert len(session.store.edits()) == edits + 1
    sample_keys.window.undo()
    assert session.dossier == before


def test_the_first_step_says_what_it_goes_by(dialog: YearChangeDialog):
    assert dialog.year == 2570 and dialog.year_choice.value() == "2570"
    assert "มาตรการและแนวทาง ๔ รายการ" in dialog.summary.text()
    assert "สายการลงนาม" in dialog.summary.text()
    words = dialog.frameworks.text()
    assert "จากกรอบปี ๒๕๖๘ เป็นกรอบปี ๒๕๖๙" in words and "ใช้ของปี ๒๕๖๙ แทน" in words


def test_what_changed_between_the_years_is_listed(dialog: YearChangeDialog):
    table = dialog.differences
    rows = [
        [table.item(row, column).text() for column in range(4)]  # type: ignore[union-attr]
        for row in range(table.rowCount())
    ]
    assert ["มาตรการ", "ไม่มีแล้ว", "ข้อ o๒๒ รายงานการรับทรัพย์สินหรือประโยชน์อื่นใดโดยธรรมจรรยา", "–"] in rows
    assert any(row[1] == "เพิ่มใหม่" and row[3].startswith("ข้อ o๑๑") for row in rows)
    assert any(row[2].startswith("ข้อ o๒๗") and row[3].startswith("ข้อ o๒๕") for row in rows)


def test_a_code_that_is_gone_is_chosen_anew(dialog: YearChangeDialog, board: Keyboard):
    board.press("Alt+Right")
    (field,) = dialog.choices.fields.values()
    assert isinstance(field, Choice) and field.hasFocus()
    assert "o12" in dialog.final.text() or "o๑๒" in dialog.final.text()
    field.setCurrentIndex(field.findData("o11"))
    field.activated.emit(field.currentIndex())
    assert dialog._chosen == {(Level.ITEM, "o12"): "o11"}
    offer = dialog.change.of(Group.MEASURE)[0]
    assert offer.measures[0].items == ("o11", "o25")
    assert "o๑๒" not in dialog.final.text()


def test_ticks_are_made_with_the_space_bar_and_stay(dialog: YearChangeDialog, board: Keyboard):
    board.press("Alt+Right", "Alt+Right")
    assert titles(dialog, Group.MEASURE) == {"⚠ ค้างอยู่": True, "เสร็จแล้ว": False}
    board.press("Down", "Space")
    assert titles(dialog, Group.MEASURE)["เสร็จแล้ว"]
    dialog._on_code((Level.ITEM, "o12"), "o11")
    assert titles(dialog, Group.MEASURE)["เสร็จแล้ว"], "a new code leaves the ticks"
    board.press("Space")
    assert not titles(dialog, Group.MEASURE)["เสร็จแล้ว"]
    page = dialog.pages[Group.GUIDELINE]
    page.none_button.click()
    assert not any(titles(dialog, Group.GUIDELINE).values())
    page.all_button.click()
    assert all(titles(dialog, Group.GUIDELINE).values())


def test_each_offer_shows_before_and_after(dialog: YearChangeDialog):
    page = dialog.pages[Group.TEXT]
    assert page.before.toPlainText() == "ตามกฎหมาย\nได้ ๙๓.๕๙ คะแนน"
    assert page.after.toPlainText() == "ตามกฎหมาย"
    assert "ตัดบรรทัด" in page.remarks.toPlainText()
    oit = dialog.pages[Group.DISCLOSURE]
    assert "https://a.go.th/1 (ของปีเดิม ต้องตรวจใหม่)" in oit.after.toPlainText()
    assert isinstance(oit.after, QPlainTextEdit) and oit.after.isReadOnly()


def test_nothing_ticked_takes_nothing(dialog: YearChangeDialog, session: Session):
    for page in dialog.pages.values():
        page.none_button.click()
    assert not dialog.take_button.isEnabled()
    edits = len(session.store.edits())
    dialog.take()
    assert len(session.store.edits()) == edits


def test_twice_offers_nothing_double(dialog: YearChangeDialog, session: Session):
    dialog.take()
    assert session.year == 2570
    edits = len(session.store.edits())
    session.set_year(2569)
    again = YearChangeDialog(session)
    assert again.keys() == set() and not again.take_button.isEnabled()
    states = [again.pages[Group.MEASURE].list.topLevelItem(0).text(1)]  # type: ignore[union-attr]
    assert states == ["อยู่ระหว่างดำเนินการ (มีในปีใหม่แล้ว)"]
    again.set_year(2571)
    assert again.change.before == 2570 and len(again.keys()) == 5
    assert len(session.store.edits()) == edits
    again.deleteLater()


def test_a_file_with_nothing_says_so_in_every_step(qapp: QApplication, empty_file: Path):
    session = Session.open(empty_file)
    made = YearChangeDialog(session)
    made.show()
    assert not made.take_button.isEnabled()
    for at, group in enumerate(Group, start=2):
        made.go_to(at)
        page = made.pages[group]
        assert "ข้ามไปขั้นถัดไปได้" in page.intro.text() and not page.list.isVisible()
    made.close()
    made.deleteLater()
    session.close()
