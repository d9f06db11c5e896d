"""The window itself: files, years, undo from anywhere, digits."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget

from db.errors import LockedDataFile
from db.store import Store
from ita_desktop.documents.compose import pictures_needed
from ita_desktop.paths import resources
from tests.ui.conftest import Alerts, Keyboard, on_disk, open_session, page_of, wait_saved
from tests.ui.disasters import until
from ui.importing import ImportDialog
from ui.main_window import LAST_FILE, PAGES, MainWindow, data_folder
from ui.pages.office import OfficePage
from ui.pages.scores import ScoresPage

SAMPLE_JSON = resources() / "sample" / "office.json"
OpenWindow = Callable[[Path], MainWindow]


@pytest.fixture
def bare(qapp: QApplication, make_bare: Callable[[], MainWindow]) -> MainWindow:
    """A window with no file open."""
    return make_bare()


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for at in range(4096, len(content)):
        content[at] = 0x5A
    path.write_bytes(content)


def make_newer(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 9999")
    connection.close()


BAD_FILES: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (Path.unlink, "ไม่พบแฟ้ม"),
    "foreign": (lambda path: path.write_text("สวัสดี"), "ไม่ใช่แฟ้มข้อมูลของโปรแกรมนี้"),
    "empty": (lambda path: path.write_bytes(b""), "ไม่มีข้อมูล"),
    "newer": (make_newer, "รุ่นใหม่กว่า"),
    "damaged": (damage, "แฟ้มสำรอง"),
}


@pytest.mark.parametrize(("spoil", "sentence"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_file_gets_a_page_with_its_own_sentence(
    bare: MainWindow,
    told: Alerts,
    empty_file: Path,
    tmp_path: Path,
    spoil: Callable[[Path], object],
    sentence: str,
):
    good = tmp_path / "ดี.ita"
    Store.create(good).close()
    spoil(empty_file)
    before = empty_file.read_bytes() if empty_file.exists() else None
    assert not bare.open_file(empty_file)
    assert told.told == []
    said = "".join(each.text() for each in bare.problem.findChildren(QLabel))
    assert sentence in said and empty_file.name in said
    assert (empty_file.read_bytes() if empty_file.exists() else None) == before
    assert bare.stack.currentWidget() is bare.problem
    assert bare.open_file(good)
    assert bare.stack.currentWidget() is bare.workspace


def test_a_file_open_elsewhere_is_told(bare: MainWindow, empty_file: Path):
    with Store(empty_file):
        assert not bare.open_file(empty_file)
    assert isinstance(bare.problem.error, LockedDataFile)
    assert bare.open_file(empty_file)


def test_a_bad_file_leaves_the_open_one_open(window: MainWindow, tmp_path: Path):
    path = open_session(window).store.path
    assert not window.open_file(tmp_path / "ไม่มี.ita")
    assert window.stack.currentWidget() is window.problem
    assert open_session(window).store.path == path
    assert window.open_file(path)
    assert window.stack.currentWidget() is window.workspace
    open_session(window).store.set_office("name", "สุขใจ")
    assert window.office_name.text() == "อบต.สุขใจ"


def test_opening_the_open_file_again_changes_nothing(window: MainWindow, told: Alerts):
    session = open_session(window)
    assert window.open_file(session.store.path)
    assert window.session is session
    assert told.told == []


def test_another_file_takes_the_place_of_the_open_one(keys: Keyboard, tmp_path: Path):
    other = tmp_path / "อื่น.ita"
    Store.create(other).close()
    first = open_session(keys.window).store.path
    keys.press("Ctrl+1").tab_to("ชื่อ").type("สุขใจ")
    assert keys.window.open_file(other)
    assert page_of(keys.window, OfficePage).form.fields["name"].value() == ""
    assert keys.window.tabs.count() == len(PAGES)
    with Store(first) as store:
        assert store.dossier().office.name == "สุขใจ"


def test_ctrl_o_opens_what_is_chosen(
    bare: MainWindow, empty_file: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    bare.start.open_button.click()
    assert bare.session is None
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(empty_file), ""))
    bare.start.open_button.click()
    assert open_session(bare).store.path == empty_file


def test_a_new_file_is_made_and_opened(
    bare: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    bare.start.new_button.click()
    assert bare.session is None
    wanted = str(tmp_path / "โฟลเดอร์ใหม่" / "หน่วยงาน")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (wanted, ""))
    bare.start.new_button.click()
    assert open_session(bare).store.path == Path(wanted + ".ita")
    assert bare.stack.currentWidget() is bare.workspace


def test_a_new_file_never_takes_the_place_of_one(
    bare: MainWindow, empty_file: Path, told: Alerts, monkeypatch: pytest.MonkeyPatch
):
    before = empty_file.read_bytes()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(empty_file), ""))
    bare.new_file()
    assert told.told[0][0] == "สร้างแฟ้มไม่ได้"
    assert "อยู่แล้ว" in told.told[0][1]
    assert empty_file.read_bytes() == before


def test_a_place_for_no_file_is_told_in_thai(
    bare: MainWindow, tmp_path: Path, told: Alerts, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "แฟ้ม").write_text("")
    wanted = str(tmp_path / "แฟ้ม" / "หน่วยงาน.ita")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (wanted, ""))
    bare.new_file()
    assert told.told[0][0] == "สร้างแฟ้มไม่ได้"
    assert not any(letter.isascii() and letter.isalpha() for letter in _without_name(told))
    assert bare.stack.currentWidget() is bare.start


def _without_name(told: Alerts) -> str:
    return told.told[0][1].replace("หน่วยงาน.ita", "")


def test_the_sample_is_made_once_and_kept(bare: MainWindow):
    path = data_folder() / "แฟ้มตัวอย่าง.ita"
    path.unlink(missing_ok=True)
    bare.start.sample_button.click()
    session = open_session(bare)
    assert (session.store.path, session.year) == (path, 2569)
    assert bare.office_name.text() == "อบต.ตัวอย่าง"
    kept = pictures_needed(session.dossier, session.year)
    assert kept and all(session.store.picture(digest) for digest in kept)
    session.store.set_office("name", "ลองแก้")
    bare.close()
    again = MainWindow()
    again.open_sample()
    assert open_session(again).dossier.office.name == "ลองแก้"
    again.close()
    again.deleteLater()
    path.unlink()


def import_from(monkeypatch: pytest.MonkeyPatch, source: Path | None) -> list[str]:
    """The import dialog reads ``source`` and goes on as far as it can; what it refused."""
    refused: list[str] = []

    def exec_(dialog: ImportDialog) -> int:
        if source is not None:
            dialog.read(source)
            dialog.reader.finish()
            QApplication.processEvents()
        if source is not None and dialog.next_button.isEnabled():
            dialog.next_button.click()
        else:
            refused.append(dialog.state.text())
            dialog.reject()
        return 0

    monkeypatch.setattr(ImportDialog, "exec", exec_)
    return refused


def test_a_json_is_imported_as_one_step(
    keys: Keyboard, monkeypatch: pytest.MonkeyPatch, told: Alerts
):
    assert import_from(monkeypatch, SAMPLE_JSON) == []
    keys.press("Ctrl+1").tab_to("ที่อยู่").type("ก่อนหน้า").press("Ctrl+I")
    assert keys.window.office_name.text() == "อบต.ตัวอย่าง"
    assert "นำเข้าแล้ว" in keys.window.statusBar().currentMessage()
    keys.press("Ctrl+Z")
    office = open_session(keys.window).dossier.office
    assert (office.name, office.address) == ("", "ก่อนหน้า")
    assert told.told == []


@pytest.mark.parametrize("content", ["", "{", '{"format": "other"}', "[1, 2]", "ข้อความ"])
def test_a_bad_json_is_told_and_changes_nothing(
    sample_keys: Keyboard,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    content: str,
):
    source = tmp_path / "เสีย.json"
    source.write_text(content)
    before = open_session(sample_keys.window).dossier
    refused = import_from(monkeypatch, source)
    sample_keys.press("Ctrl+I")
    assert all(refused)
    assert len(refused) == 1
    assert open_session(sample_keys.window).dossier == before


def test_no_import_is_no_import(sample_keys: Keyboard, monkeypatch: pytest.MonkeyPatch):
    before = open_session(sample_keys.window).dossier
    import_from(monkeypatch, None)
    sample_keys.press("Ctrl+I")
    assert open_session(sample_keys.window).dossier == before


def test_the_year_changes_every_page(sample_keys: Keyboard):
    keys = sample_keys
    keys.window.year.setFocus()
    keys.press("Down")
    session = open_session(keys.window)
    assert session.year == 2568
    assert "๒๕๖๗" in keys.window.analysed_label.text()
    assert page_of(keys.window, ScoresPage).model.tree.framework.year == 2567
    assert keys.window.pages["measures"].model.measures == ()  # type: ignore[union-attr]
    keys.press("Up")
    assert len(keys.window.pages["progress"].model.measures) == 18  # type: ignore[union-attr]


def test_reopening_remembers_the_year_and_the_file(sample_keys: Keyboard, make_window: OpenWindow):
    session = open_session(sample_keys.window)
    session.set_year(2568)
    sample_keys.window.close()
    assert QSettings().value(LAST_FILE) == str(session.store.path)
    assert open_session(make_window(session.store.path)).year == 2568


@pytest.mark.parametrize("page", PAGES)
def test_undo_and_redo_from_every_page(sample_keys: Keyboard, page: str):
    keys = sample_keys
    store = open_session(keys.window).store
    store.set_office("district", "ใหม่")
    keys.press(f"Ctrl+{PAGES.index(page)}", "Ctrl+Z")
    assert store.dossier().office.district == "ตัวอย่าง"
    assert "เลิกทำแล้ว" in keys.window.statusBar().currentMessage()
    keys.press("Ctrl+Y")
    assert store.dossier().office.district == "ใหม่"
    keys.press("Ctrl+Z", "Ctrl+Shift+Z")
    assert store.dossier().office.district == "ใหม่"


@pytest.mark.background
def test_the_other_pages_are_built_while_she_looks_at_the_first(sample_window: MainWindow):
    until(lambda: len(sample_window.pages.made()) == len(PAGES))
    assert sample_window.tabs.currentIndex() == 0
    store = open_session(sample_window).store
    store.set_office("district", "ใหม่")  # and all of them hear of an edit
    assert page_of(sample_window, OfficePage).form.fields["district"].value() == "ใหม่"


def test_undo_from_inside_every_field(sample_keys: Keyboard):
    """Wherever the cursor is, Ctrl+Z reaches the window while the field has nothing of its own."""
    keys = sample_keys
    store = open_session(keys.window).store
    for number in range(len(PAGES)):
        keys.press(f"Ctrl+{number}")
        seen: list[QWidget] = []
        while keys.focus not in seen and len(seen) < 30:
            seen.append(keys.focus)
            store.set_office("district", "ใหม่")
            where = keys.focus.accessibleName() or keys.focus.property("text")
            keys.press("Ctrl+Z")
            assert store.dossier().office.district == "ตัวอย่าง", where
            keys.press("Tab")


def test_nothing_to_undo_is_said(keys: Keyboard):
    assert not keys.window.undo_button.isEnabled()
    keys.window.undo()
    assert "ไม่มีสิ่งที่จะเลิกทำ" in keys.window.statusBar().currentMessage()
    keys.window.redo()
    assert "ไม่มีสิ่งที่จะทำซ้ำ" in keys.window.statusBar().currentMessage()


def test_the_buttons_name_what_they_take_back(keys: Keyboard):
    keys.press("Ctrl+1").tab_to("ชื่อ").type("สุขใจ").press("Tab")
    assert "แก้ชื่อหน่วยงาน" in keys.window.undo_button.toolTip()
    assert "แก้ชื่อหน่วยงาน" in keys.window.undo_action.text()
    keys.window.undo_button.click()
    assert not keys.window.undo_button.isEnabled()
    assert keys.window.redo_button.isEnabled()
    keys.window.redo_button.click()
    assert open_session(keys.window).dossier.office.name == "สุขใจ"


def test_letters_are_taken_back_one_stretch_at_a_time_in_a_text(keys: Keyboard):
    keys.press("Ctrl+3", "Ctrl+N").tab_to("วิธีดำเนินการ").type("one")
    keys.press("Home").type("two").press("Ctrl+Z")
    assert page_field(keys) == "one"
    keys.press("Ctrl+Z")
    wait_saved(keys.window)
    assert page_field(keys) == ""
    year = open_session(keys.window).year
    assert on_disk(open_session(keys.window).store.path).measures[year][0].steps == ""


def page_field(keys: Keyboard) -> str:
    return keys.window.pages["measures"].form.fields["steps"].value()  # type: ignore[union-attr]


def test_digits_are_switched_with_page_year_and_data_kept(sample_keys: Keyboard):
    keys = sample_keys
    keys.press("Ctrl+1").tab_to("อำเภอ").press("End").type("ใหม่")
    session = open_session(keys.window)
    session.set_year(2568)
    keys.press("Ctrl+2")
    keys.window.digits_action.trigger()
    assert keys.window.tabs.currentIndex() == PAGES.index("scores")
    assert keys.window.analysed_label.text() == "(วิเคราะห์ผลปี 2567)"
    assert "บันทึกแล้ว" in keys.window.saved_label.text()
    scores = page_of(keys.window, ScoresPage)
    assert scores.model.index_of("1").data() == "88.44"
    assert session.dossier.office.district == "ตัวอย่างใหม่"
    keys.press("Ctrl+Z")
    assert session.dossier.office.district == "ตัวอย่าง"
    keys.window.digits_action.trigger()
    assert page_of(keys.window, ScoresPage).model.index_of("1").data() == "๘๘.๔๔"


def test_quitting_saves_what_is_being_typed(keys: Keyboard):
    path = open_session(keys.window).store.path
    keys.press("Ctrl+1").tab_to("ชื่อ").type("สุขใจ").press("Ctrl+Q")
    assert not keys.window.isVisible()
    assert on_disk(path).office.name == "สุขใจ"


def test_turning_to_another_program_saves(keys: Keyboard, qapp: QApplication):
    keys.press("Ctrl+1").tab_to("ชื่อ").type("สุขใจ")
    other = MainWindow()
    other.show()
    other.activateWindow()
    qapp.processEvents()
    assert not open_session(keys.window).saver.pending
    other.close()
    other.deleteLater()


def test_without_a_file_nothing_can_be_asked_of_one(bare: MainWindow, told: Alerts):
    assert not any(action.isEnabled() for action in bare.file_actions)
    assert bare.windowTitle() == "ITA Desktop"
    for ask in (bare.undo, bare.redo, bare.make_pdf, lambda: bare.show_page(2)):
        ask()
    bare.digits_action.trigger()
    assert told.told == []


def test_a_long_name_never_makes_the_window_wider(window: MainWindow):
    width = window.minimumSizeHint().width()
    open_session(window).store.set_office("name", "หนองบัวระเหวแก่งสนามนางใหญ่" * 6)
    assert window.minimumSizeHint().width() <= width
    assert window.office_name.toolTip().startswith("อบต.หนองบัว")


def test_an_import_shows_the_year_that_came_in(keys: Keyboard, monkeypatch: pytest.MonkeyPatch):
    session = open_session(keys.window)
    session.set_year(2565)
    import_from(monkeypatch, SAMPLE_JSON)
    keys.press("Ctrl+I")
    assert session.year == 2569


def test_undo_names_the_score(keys: Keyboard):
    session = open_session(keys.window)
    for code, name in (("total", "รวม"), ("10", "ตัวชี้วัดที่ 10"), ("i1", "i1")):
        session.store.set_scores(2568, {code: Decimal("90.00")})
        assert session.store.undo_label() == f"กรอกคะแนน {name} ปี 2568"
