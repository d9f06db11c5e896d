"""The page of the office: fields, people, chain, divisions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox

from ita_desktop.domain.dossier import Dossier
from tests.ui.conftest import Keyboard, on_disk, open_session, page_of, wait_saved
from ui.main_window import MainWindow
from ui.pages.office import OFFICE_FIELDS, OfficePage
from ui.widgets.forms import FieldKind
from ui.widgets.texts import LineField

TYPED = [spec for spec in OFFICE_FIELDS if spec.kind is not FieldKind.CHOICE]
Leave = Callable[[Keyboard], object]


def stored(keys: Keyboard) -> Dossier:
    wait_saved(keys.window)
    return on_disk(open_session(keys.window).store.path)


def page(keys: Keyboard) -> OfficePage:
    return page_of(keys.window, OfficePage)


def names(keys: Keyboard) -> list[str]:
    return [person.given_name for person in stored(keys).people]


@pytest.mark.parametrize("spec", TYPED, ids=lambda spec: spec.key)
def test_a_field_reaches_the_disk_without_being_left(keys: Keyboard, spec: object):
    keys.press("Ctrl+1").tab_to(spec.label).type("กขค 12")  # type: ignore[attr-defined]
    field = keys.focus
    assert getattr(stored(keys).office, spec.key) == "กขค 12"  # type: ignore[attr-defined]
    assert keys.focus is field


@pytest.mark.parametrize(
    "leave",
    [
        pytest.param(lambda keys: keys.press("Tab"), id="field"),
        pytest.param(lambda keys: keys.press("Ctrl+3"), id="tab"),
        pytest.param(lambda keys: keys.window.close(), id="window"),
    ],
)
def test_leaving_writes_at_once(keys: Keyboard, leave: Leave):
    session = open_session(keys.window)
    keys.press("Ctrl+1").tab_to("ชื่อ").type("สุขใจ")
    assert session.saver.pending
    leave(keys)
    assert not session.saver.pending
    assert on_disk(session.store.path).office.name == "สุขใจ"


def test_the_kind_is_chosen_by_keyboard(keys: Keyboard):
    keys.press("Ctrl+1", "Down").tab_to("ชื่อ").type("สุขใจ")
    office = stored(keys).office
    assert office.full_name == "เทศบาลตำบลสุขใจ"
    assert "เทศบาลตำบลสุขใจ" in page(keys).full_name.text()
    assert keys.window.windowTitle() == "ทต.สุขใจ – ITA Desktop"
    assert keys.window.office_name.text() == "ทต.สุขใจ"


def test_a_person_is_typed_across_the_row(keys: Keyboard):
    keys.press("Ctrl+1").tab_to("เพิ่มบุคคล").press("Space")
    for text in ("นางสาว", "สมหญิง", "นามสมมุติ", "นิติกร"):
        keys.type(text).press("Tab")
    person = stored(keys).people[0]
    assert person.full_name == "นางสาวสมหญิง นามสมมุติ"
    assert person.position == "นิติกร"


def test_a_cell_reaches_the_disk_while_it_is_open(sample_keys: Keyboard):
    keys = sample_keys
    keys.press("Ctrl+1").tab_to("บุคคล")
    page(keys).people.select(
        page(keys).people.model.id_at(page(keys).people.model.index(0, 0)) or 0, 1
    )
    keys.press("F2", "End").type("ใจ")
    assert names(keys)[0] == "สมหญิงใจ"
    keys.press("Ctrl+Z")
    assert names(keys)[0] == "สมหญิง"


def test_a_role_is_kept_as_typed(keys: Keyboard):
    keys.press("Ctrl+1").tab_to("เพิ่มผู้ลงนาม").press("Space").type("ผู้ตรวจ").press("Return", "Tab")
    assert stored(keys).chain[0].role == "ผู้ตรวจ"


def test_the_chain_names_people_as_they_are_now(sample_keys: Keyboard):
    keys = sample_keys
    person = stored(keys).people[0]
    open_session(keys.window).store.set_person(person.id, "given_name", "สมใหม่")
    shown = page(keys).chain.model.index(0, 1).data()
    assert shown.startswith("นางสาวสมใหม่ นามสมมุติ – ")


def test_a_signer_is_picked_by_keyboard(sample_keys: Keyboard):
    keys = sample_keys
    dossier = stored(keys)
    keys.press("Ctrl+1").tab_to("ผู้ลงนาม").press("Home", "Right", "F2")
    assert isinstance(keys.focus, QComboBox)
    keys.press("Down", "Return")
    assert stored(keys).chain[0].person_id == dossier.people[1].id


@pytest.mark.parametrize(
    ("table", "add", "area"),
    [
        ("people", "เพิ่มบุคคล", "people"),
        ("chain", "เพิ่มผู้ลงนาม", "chain"),
        ("divisions", "เพิ่มกอง/สำนัก", "divisions"),
    ],
)
def test_rows_are_added_moved_deleted_and_undone(
    sample_keys: Keyboard, table: str, add: str, area: str
):
    keys = sample_keys
    rows: Callable[[], tuple[object, ...]] = lambda: getattr(stored(keys), area)  # noqa: E731
    before = rows()
    shown = getattr(page(keys), table)
    keys.press("Ctrl+1").tab_to(add).press("Space", "Esc")
    assert len(rows()) == len(before) + 1
    assert shown.view.currentIndex().row() == len(before)
    shown.up_button.click()
    assert rows()[len(before)] == before[-1]
    assert shown.view.currentIndex().row() == len(before) - 1
    shown.view.setFocus()
    keys.press("Ctrl+Del")
    assert rows() == before
    keys.press("Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    assert rows() == before
    assert [
        shown.model.id_at(shown.model.index(at, 0)) for at in range(shown.model.rowCount())
    ] == [
        row.id  # type: ignore[attr-defined]
        for row in before
    ]


@pytest.mark.parametrize(("button", "start", "end"), [("up_button", 0, 0), ("down_button", 3, 3)])
def test_moving_past_the_ends_does_nothing(
    sample_keys: Keyboard, button: str, start: int, end: int
):
    people = page(sample_keys).people
    before = names(sample_keys)
    people.view.setCurrentIndex(people.model.index(start, 0))
    getattr(people, button).click()
    assert names(sample_keys) == before
    assert people.view.currentIndex().row() == end


def test_deleting_a_person_empties_their_place_and_undo_fills_it(sample_keys: Keyboard):
    keys = sample_keys
    before = stored(keys)
    keys.press("Ctrl+1").tab_to("บุคคล").press("Ctrl+Home", "Ctrl+Del")
    after = stored(keys)
    assert [p.id for p in after.people] == [p.id for p in before.people[1:]]
    assert after.chain[0].person_id is None
    assert "ยังไม่ได้เลือก" in page(keys).chain.model.index(0, 1).data()
    keys.press("Ctrl+Z")
    assert stored(keys) == before
    assert "นางสาวสมหญิง" in page(keys).chain.model.index(0, 1).data()


def test_deleting_a_person_whose_cell_is_open(sample_keys: Keyboard):
    keys = sample_keys
    keys.press("Ctrl+1").tab_to("บุคคล").press("Ctrl+Home", "Right", "F2").type("ใหม่")
    page(keys).people.delete_button.click()
    assert names(keys) == ["สมศรี", "สมชาย", "สมหมาย"]
    keys.press("Ctrl+Z", "Ctrl+Z")
    assert names(keys)[0] == "สมหญิง"


def test_buttons_of_an_empty_table_are_off(keys: Keyboard):
    people = page(keys).people
    assert not people.delete_button.isEnabled()
    people.add_button.click()
    assert people.delete_button.isEnabled()


def test_undo_of_a_field_shows_the_old_text(sample_keys: Keyboard):
    keys = sample_keys
    keys.press("Ctrl+1").tab_to("อำเภอ").press("End").type("ใหม่").press("Tab")
    assert stored(keys).office.district == "ตัวอย่างใหม่"
    keys.press("Ctrl+Z")
    assert stored(keys).office.district == "ตัวอย่าง"
    assert page(keys).form.fields["district"].value() == "ตัวอย่าง"


def test_ctrl_z_while_typing_takes_back_the_typing(sample_keys: Keyboard):
    keys = sample_keys
    keys.press("Ctrl+1").tab_to("อำเภอ").press("End").type("ใหม่").press("Ctrl+Z")
    assert page(keys).form.fields["district"].value() == "ตัวอย่าง"
    assert stored(keys).office.district == "ตัวอย่าง"


def test_divisions_are_offered_as_the_responsible_one(sample_keys: Keyboard):
    keys = sample_keys
    open_session(keys.window).store.add_division("กองใหม่")
    field = page(keys).form.fields["responsible_division"]
    assert isinstance(field, QComboBox)
    assert field.findText("กองใหม่") >= 0
    assert field.currentText() == "สำนักปลัด"


def test_reopening_shows_what_was_typed(keys: Keyboard, make_window: Callable[[Path], MainWindow]):
    keys.press("Ctrl+1").tab_to("ที่อยู่").type("99 หมู่ 9")
    path = open_session(keys.window).store.path
    keys.window.close()
    again = page_of(make_window(path), OfficePage)
    assert again.form.fields["address"].value() == "99 หมู่ 9"


def test_a_division_is_renamed_and_one_visit_is_one_step(sample_keys: Keyboard):
    keys = sample_keys
    before = stored(keys).divisions
    keys.press("Ctrl+1").tab_to("กอง/สำนัก").press("Ctrl+Home", "F2", "End").type("ใหม่")
    assert stored(keys).divisions[0].name == before[0].name + "ใหม่"
    keys.press("Return", "Ctrl+Z")
    assert stored(keys).divisions == before


def test_a_person_without_a_name_can_be_picked_all_the_same(keys: Keyboard):
    keys.press("Ctrl+1").tab_to("เพิ่มบุคคล").press("Space", "Esc")
    keys.tab_to("เพิ่มผู้ลงนาม").press("Space", "Tab", "Down", "Return")
    dossier = stored(keys)
    assert dossier.chain[0].person_id == dossier.people[0].id
    assert page(keys).chain.model.index(0, 1).data() == "(ยังไม่มีชื่อ)"


def test_provinces_and_their_districts_are_offered_while_one_types(
    window: MainWindow, type_text: Callable[[str], None]
):
    page = page_of(window, OfficePage)
    window.show_page(1)
    for key, typed, name in (
        ("province", "พรรณ", "สุพรรณบุรี"),
        ("district", "สองพี่", "สองพี่น้อง"),
    ):
        field = page.form.fields[key]
        assert isinstance(field, LineField)
        field.setFocus()
        type_text(typed)
        finder = field.completer()
        assert finder is not None
        model = finder.completionModel()
        assert name in [model.index(at, 0).data() for at in range(model.rowCount())]
        popup = finder.popup()
        assert popup is not None
        popup.hide()
        field.show_value(name)
        finder.activated.emit(name)


def test_a_cell_pasted_into_one_line_brings_no_line_end_with_it(keys: Keyboard):
    keys.press("Ctrl+1")
    field = page_of(keys.window, OfficePage).form.fields["name"]
    assert isinstance(field, LineField)
    field.setFocus()
    QGuiApplication.clipboard().setText("สุขใจ\r\n\tใหม่\n")
    keys.press("Ctrl+A").press("Ctrl+V")
    assert field.text() == "สุขใจ ใหม่" and field.cursorPosition() == len("สุขใจ ใหม่")
    wait_saved(keys.window)
    assert on_disk(open_session(keys.window).store.path).office.name == "สุขใจ ใหม่"
