"""The page of the OIT list: typing, pasting, marks, filters, years."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from ita_desktop.domain.papers import Disclosure
from ita_desktop.domain.review import Place
from tests.ui.conftest import Alerts, Keyboard, on_disk, open_session, page_of, wait_saved
from ui.main_window import MainWindow
from ui.pages.oit import OitPage
from ui.widgets.pasting import cells_of

OWN = "https://www.sukjai.go.th"
OIT = "Ctrl+5"


@pytest.fixture
def oit(keys: Keyboard) -> Iterator[Keyboard]:
    """The page over a new file of 2569, at the address of the first item."""
    session = open_session(keys.window)
    session.set_year(2569)
    session.store.set_office("website", OWN)
    keys.press(OIT)
    yield keys
    QGuiApplication.clipboard().clear()


def page(keys: Keyboard | MainWindow) -> OitPage:
    return page_of(keys.window if isinstance(keys, Keyboard) else keys, OitPage)


def stored(keys: Keyboard, code: str, year: int = 2569) -> Disclosure:
    wait_saved(keys.window)
    return on_disk(open_session(keys.window).store.path).disclosure(year, code)


def urls(keys: Keyboard, count: int) -> list[str]:
    return [stored(keys, f"o{number}").url for number in range(1, count + 1)]


def cell(keys: Keyboard, code: str, key: str, role: Qt.ItemDataRole) -> str:
    model = page(keys).model
    return model.index(model.codes().index(code), model.column_of(key)).data(role)


def go(keys: Keyboard, code: str, key: str) -> Keyboard:
    page(keys).go_to(Place("oit", code, key))
    return keys


def paste(keys: Keyboard, text: str) -> Keyboard:
    QGuiApplication.clipboard().setText(text)
    return keys.press("Ctrl+V")


def test_the_items_are_those_of_the_year(oit: Keyboard):
    assert page(oit).model.codes() == [f"o{number}" for number in range(1, 27)]
    assert page(oit).model.index(0, 0).data() == "o๑"
    assert "๐ จาก ๒๖ ข้อ" in page(oit).counts.text()
    fixed = page(oit).model.index(0, 1)
    assert not fixed.flags() & Qt.ItemFlag.ItemIsEditable


def test_addresses_are_typed_down_the_column(oit: Keyboard):
    oit.type(f"{OWN}/1").press("Return").type(f"{OWN}/2").press("Return")
    assert urls(oit, 3) == [f"{OWN}/1", f"{OWN}/2", ""]
    assert page(oit).code == "o3"


def test_a_row_is_typed_across(oit: Keyboard):
    oit.type(f"{OWN}/1")
    for text in ("หน้า ITA", "สำนักปลัด", "7/1/69", "สมหญิง"):
        oit.press("Tab").type(text)
    oit.press("Return")
    wanted = Disclosure("o1", None, f"{OWN}/1", "หน้า ITA", "สำนักปลัด", date(2026, 1, 7), "สมหญิง")
    assert stored(oit, "o1") == wanted
    assert cell(oit, "o1", "day", Qt.ItemDataRole.DisplayRole) == "๗ ม.ค. ๒๕๖๙"


def test_disclosed_is_picked_by_keyboard(oit: Keyboard):
    go(oit, "o1", "disclosed").press("F2", "Down", "Return")
    assert stored(oit, "o1").disclosed is True
    assert "๑ จาก ๒๖" in page(oit).counts.text()
    assert page(oit).code == "o2", "Enter goes down from a pick list too"
    oit.press("Up", "Delete")
    assert stored(oit, "o1").disclosed is None


def test_owners_are_suggested(sample_keys: Keyboard):
    sample_keys.press(OIT)
    column = page(sample_keys).model.columns[page(sample_keys).model.column_of("owner")]
    assert column.choices is not None
    divisions = open_session(sample_keys.window).dossier.divisions
    assert {each.name for each in divisions} <= set(column.choices())


def test_a_cell_reaches_the_disk_while_it_is_open_and_undo_takes_it_back(oit: Keyboard):
    oit.type(f"{OWN}/12")
    assert isinstance(oit.focus, QLineEdit)
    assert stored(oit, "o1").url == f"{OWN}/12"
    assert oit.focus.text() == f"{OWN}/12", "news of the own writing leave the editor alone"
    oit.press("Return", "Ctrl+Z")
    assert stored(oit, "o1").url == ""
    assert cell(oit, "o1", "url", Qt.ItemDataRole.DisplayRole) == ""


# --- pasting -----------------------------------------------------------------------------------


def test_a_column_of_addresses_is_pasted_as_one_edit(oit: Keyboard):
    paste(oit, f"{OWN}/1\r\n\r\n{OWN}/3\r\n")
    assert urls(oit, 4) == [f"{OWN}/1", "", f"{OWN}/3", ""]
    assert "วางแล้ว ๒ ข้อ" in oit.window.statusBar().currentMessage()
    oit.press("Ctrl+Z")
    assert urls(oit, 3) == ["", "", ""]


def test_a_column_is_pasted_into_an_open_cell(oit: Keyboard):
    oit.press("F2")
    paste(oit, f"{OWN}/1\n{OWN}/2\n")
    assert urls(oit, 2) == [f"{OWN}/1", f"{OWN}/2"]


def test_rows_with_codes_find_their_items(oit: Keyboard):
    paste(oit, f"O๓\t{OWN}/3\no1\tรายการ\t{OWN}/1\n")
    assert urls(oit, 3) == [f"{OWN}/1", "", f"{OWN}/3"]


def test_a_block_is_pasted_to_the_right(oit: Keyboard):
    go(oit, "o2", "disclosed")
    paste(oit, f"เปิดเผยแล้ว\t{OWN}/2\t\tกองคลัง\t7/1/2569\nอาจจะ\t{OWN}/3\t\tกองช่าง\tเร็วๆ นี้\n")
    assert stored(oit, "o2") == Disclosure("o2", True, f"{OWN}/2", "", "กองคลัง", date(2026, 1, 7))
    assert stored(oit, "o3") == Disclosure("o3", None, f"{OWN}/3", "", "กองช่าง")
    assert "มี ๒ ช่องที่ใช้ไม่ได้" in oit.window.statusBar().currentMessage()


def test_more_rows_than_items_are_told(oit: Keyboard):
    go(oit, "o26", "url")
    paste(oit, f"{OWN}/1\n{OWN}/2\n")
    assert stored(oit, "o26").url == f"{OWN}/1"
    assert "อีก ๑ แถวไม่มีข้อให้วาง" in oit.window.statusBar().currentMessage()


def test_pasting_nothing_says_so(oit: Keyboard):
    paste(oit, "")
    assert "ไม่มีข้อความให้วาง" in oit.window.statusBar().currentMessage()


def test_cells_of_excel_may_hold_line_ends():
    assert cells_of('a\t"b\nc ""d"""\r\ne\r\n') == [["a", 'b\nc "d"'], ["e"]]
    assert cells_of("a\n\nb\n") == [["a"], [""], ["b"]]


# --- marks -------------------------------------------------------------------------------------


def test_what_is_no_address_is_marked_by_sign_tip_and_sentence(oit: Keyboard):
    oit.type("ดูหน้าแรก").press("Return").type(f"{OWN}/2").press("Return", "Up", "Up")
    wait_saved(oit.window)
    assert stored(oit, "o1").url == "ดูหน้าแรก", "it is kept as typed"
    assert cell(oit, "o1", "url", Qt.ItemDataRole.DisplayRole) == "⚠ ดูหน้าแรก"
    assert cell(oit, "o1", "url", Qt.ItemDataRole.EditRole) == "ดูหน้าแรก"
    sentence = "นี่ไม่ใช่ที่อยู่เว็บ"
    assert sentence in cell(oit, "o1", "url", Qt.ItemDataRole.ToolTipRole)
    assert sentence in cell(oit, "o1", "url", Qt.ItemDataRole.AccessibleTextRole)
    assert page(oit).code == "o1" and sentence in page(oit).remark.text()
    oit.press("Down")
    assert page(oit).remark.text() == ""
    assert "⚠ ควรตรวจที่อยู่ ๑ ข้อ" in page(oit).counts.text()


def test_repeated_and_foreign_addresses_are_marked(oit: Keyboard):
    paste(oit, f"{OWN}/1\n{OWN}/1/\nhttps://drive2.example.com/a\n")
    assert "ซ้ำกับข้อ o๒" in page(oit).remark.text()
    oit.press("Down", "Down")
    assert "drive2.example.com" in page(oit).remark.text(), "addresses keep their digits"
    open_session(oit.window).store.set_office("website", "drive2.example.com")
    assert page(oit).remark.text() == "", "the marks follow the office's website"


def test_what_is_no_date_stays_in_its_cell_and_is_not_kept(oit: Keyboard):
    go(oit, "o1", "day").type("26/4/25").press("Return")
    assert stored(oit, "o1").day == date(1982, 4, 26)
    go(oit, "o1", "day").press("F2", "Ctrl+A").type("26/4/256").press("Return", "Up")
    assert stored(oit, "o1").day == date(1982, 4, 26)
    assert cell(oit, "o1", "day", Qt.ItemDataRole.DisplayRole) == "⚠ 26/4/256"
    assert "ยังไม่ถูกเก็บ" in page(oit).remark.text()
    oit.press("F2", "End").type("9").press("Return")
    assert stored(oit, "o1").day == date(2026, 4, 26)


# --- filters, years, copying -------------------------------------------------------------------


def test_the_filter_shows_what_has_no_address_and_rows_stay_while_worked_on(oit: Keyboard):
    store = open_session(oit.window).store
    store.set_disclosure(2569, "o1", url=f"{OWN}/1")
    page(oit).filter.choose("missing", "url")
    assert page(oit).model.codes()[0] == "o2" and page(oit).model.rowCount() == 25
    page(oit).view.setFocus()
    oit.type(f"{OWN}/2").press("Return")
    assert stored(oit, "o2").url == f"{OWN}/2"
    assert page(oit).model.codes()[0] == "o2", "a row does not run away from its typist"
    page(oit).filter.choose("missing", "url")
    assert page(oit).model.codes()[0] == "o3"
    paste(oit, f"{OWN}/3\n{OWN}/4\n")
    assert urls(oit, 4) == [f"{OWN}/{number}" for number in range(1, 5)]


def test_the_filter_shows_a_division(sample_keys: Keyboard):
    sample_keys.press(OIT)
    page(sample_keys).filter.choose("owner", "กองคลัง")
    rows = page(sample_keys).model
    found = {cell(sample_keys, code, "owner", Qt.ItemDataRole.DisplayRole) for code in rows.codes()}
    assert found == {"กองคลัง"}


def test_a_division_nobody_names_any_more_is_still_named_in_thai(oit: Keyboard):
    store = open_session(oit.window).store
    store.set_disclosure(2569, "o1", owner="กองเก่า")
    page(oit).filter.choose("owner", "กองเก่า")
    store.set_disclosure(2569, "o1", owner="กองใหม่")
    assert "กองเก่า" in page(oit).filter.button.text()
    page(oit).show_year(2568)
    assert not page(oit).filter.active and "กองเก่า" not in page(oit).filter.button.text()
    assert page(oit).model.rowCount() == 28


def test_each_year_has_its_own_list(oit: Keyboard):
    oit.type(f"{OWN}/1").press("Return")
    page(oit).show_year(2568)
    assert page(oit).model.rowCount() == 28
    assert cell(oit, "o1", "url", Qt.ItemDataRole.DisplayRole) == ""
    page(oit).view.setFocus()
    oit.type("8").press("Return")
    assert (stored(oit, "o1", 2568).url, stored(oit, "o1").url) == ("8", f"{OWN}/1")
    open_session(oit.window).set_year(2569)
    page(oit).go_to(Place("oit", "o1"))
    assert page(oit).year == 2569


def test_a_row_is_copied_with_its_address(oit: Keyboard):
    store = open_session(oit.window).store
    store.set_disclosure(2569, "o2", url=f"{OWN}/o2", explanation="หน้า ITA")
    go(oit, "o2", "url")
    page(oit).copy_button.click()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].startswith("o๒ ") and lines[1:] == ["หน้า ITA", f"{OWN}/o2"]


def test_a_finding_leads_to_its_cell(sample_window: MainWindow):
    page(sample_window).filter.choose("owner", "กองคลัง")
    sample_window.go_to(Place("oit", "o9"))
    assert page(sample_window).code == "o9"
    assert page(sample_window).view.hasFocus()
    assert page(sample_window).isVisible()


def test_it_follows_undo_from_another_page(oit: Keyboard):
    oit.type(f"{OWN}/1").press("Return", "Ctrl+1", "Ctrl+Z")
    assert cell(oit, "o1", "url", Qt.ItemDataRole.DisplayRole) == ""
    oit.press("Ctrl+Y")
    assert cell(oit, "o1", "url", Qt.ItemDataRole.DisplayRole) == f"{OWN}/1"


def test_requests_for_the_divisions_and_the_district_s_list_are_made(
    sample_keys: Keyboard, tmp_path: Path, told: Alerts
):
    page = page_of(sample_keys.window, OitPage)
    store = open_session(sample_keys.window).store
    store.set_disclosure(page.year, page.model.codes()[0], disclosed=None, url="")
    page.show_papers()
    papers = page.papers
    assert [len(each.wishes) for each in papers.requests] == [1]
    made = {suffix: tmp_path / f"ใบขอ{suffix}" for suffix in (".pdf", ".docx", ".xlsx")}
    assert all(papers.make_at(path, suffix) for suffix, path in made.items())
    assert [path.read_bytes()[:2] for path in made.values()] == [b"%P", b"PK", b"PK"]
    first = made[".pdf"].read_bytes()
    papers.form.fields["paper"].show_value("list")
    papers._show()
    assert not papers.form.fields["owner"].isVisible()
    assert papers.make_at(made[".pdf"], ".pdf")
    assert made[".pdf"].read_bytes() != first
    assert not told.told
    papers.close()


def test_one_key_copies_an_item_for_the_system(sample_keys: Keyboard):
    page = page_of(sample_keys.window, OitPage)
    sample_keys.press(OIT, "Ctrl+Shift+C")
    copied = QGuiApplication.clipboard().text()
    found = open_session(sample_keys.window).dossier.disclosure(page.year, page.code)
    assert found.url in copied
    assert copied.splitlines()[0].endswith(page._items[page.code].title)
