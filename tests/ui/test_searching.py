"""Ctrl+F: found while typing, opened by Enter, with the words chosen in their field."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from tests.ui.conftest import Keyboard, open_session, page_of
from ui.main_window import PAGES, MainWindow
from ui.pages.measures import MeasuresPage
from ui.pages.office import OfficePage
from ui.pages.oit import OitPage
from ui.pages.progress import ProgressPage
from ui.widgets.search_panel import SearchPanel


def open_search(window: MainWindow) -> SearchPanel:
    window.find_action.trigger()
    assert window.searching.panel is not None
    return window.searching.panel


def look_for(window: MainWindow, text: str, where: str = "") -> None:
    """Look for a text and open the hit that stands at ``where``."""
    panel = open_search(window)
    panel.field.setText(text)
    hits = panel.list.rows.found.hits
    at = next(at for at, hit in enumerate(hits) if where in f"{hit.kind} {hit.where}")
    panel.list.step(at)
    press(panel.field, "Return")


def press(widget: QWidget, *keys: str) -> None:
    for name in keys:
        pressed = QKeySequence(name)[0]  # type: ignore[reportIndexIssue]
        QTest.keyClick(widget, pressed.key(), pressed.keyboardModifiers())
        QApplication.processEvents()


def test_everything_is_found_and_opened_by_keyboard(sample_keys: Keyboard):
    window = sample_keys.window
    assert isinstance(window, MainWindow)
    sample_keys.press("Ctrl+F")
    panel = window.searching.panel
    assert panel is not None and panel.isVisible()
    panel.field.setFocus()
    for letter in "ยืมและคืน":
        panel.field.insert(letter)
    assert panel.list.rows.found.count > 1 and "พบ" in panel.count.text()
    press(panel.field, "Down", "Down", "Up")
    assert panel.list.currentIndex().row() == 1
    press(panel.field, "Up", "Return")
    assert not panel.isVisible()
    page = page_of(window, MeasuresPage)
    assert window.tabs.currentIndex() == PAGES.index("measures")
    field = page.form.fields["title"]
    assert isinstance(field, QPlainTextEdit)
    assert field.textCursor().selectedText() == "ยืมและคืน"


def test_each_page_is_opened_at_its_field(sample_window: MainWindow):
    session = open_session(sample_window)
    look_for(sample_window, "o12", "ที่อยู่")
    oit = page_of(sample_window, OitPage)
    assert sample_window.tabs.currentIndex() == PAGES.index("oit") and oit.code == "o12"
    look_for(sample_window, "ครบ 6 เดือน", "รอบ 6 เดือน")
    progress = page_of(sample_window, ProgressPage)
    assert int(progress.round) == 6 and progress.form.fields["result"].hasFocus()
    division = session.dossier.divisions[-1]
    look_for(sample_window, division.name, "กอง/สำนัก")
    office = page_of(sample_window, OfficePage)
    assert office.divisions.model.id_at(office.divisions.view.currentIndex()) == division.id
    look_for(sample_window, "o12", f"คะแนนปี {session.year - 1}")
    assert sample_window.tabs.currentIndex() == PAGES.index("scores")
    look_for(sample_window, "เลขไทยบนหน้าจอ", "เมนู")  # a command of the menu is done
    assert not sample_window.digits_action.isChecked()


def test_an_edit_is_found_at_once_and_what_was_deleted_in_the_bin(sample_window: MainWindow):
    session = open_session(sample_window)
    measure = session.dossier.measures[session.year][0]
    panel = open_search(sample_window)
    panel.field.setText("คำที่ไม่เคยมี")
    assert "ไม่พบ" in panel.count.text() and not panel.go_button.isEnabled()
    session.store.set_measure(measure.id, title="คำที่ไม่เคยมีมาก่อน")
    panel.field.setText("คำที่ไม่เคยมีมา")
    assert panel.list.rows.found.count
    session.store.delete_measure(measure.id)
    look_for(sample_window, "คำที่ไม่เคยมีมา", "ถังของที่ลบ")
    history = sample_window.helping.history
    assert history is not None and history.isVisible() and history.bin.currentRow() == 0
    history.put_back()
    assert measure.id in [each.id for each in session.dossier.measures[session.year]]


def test_f3_goes_to_the_next_place(sample_window: MainWindow):
    look_for(sample_window, "กองคลัง", "ผู้รับผิดชอบ")
    page = page_of(sample_window, MeasuresPage)
    first = page.list.chosen_id
    sample_window.find_next_action.trigger()
    assert page.list.chosen_id != first
    assert page.form.fields["owners"].hasFocus()


def test_nothing_of_another_file_is_found(sample_window: MainWindow):
    panel = open_search(sample_window)
    panel.field.setText("กองคลัง")
    assert sample_window.let_go()
    assert sample_window.searching.panel is None
    assert not panel.isVisible()
