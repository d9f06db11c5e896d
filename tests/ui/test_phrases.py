"""Phrases typed before are offered while one types; only what is picked is taken."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from tests.ui.conftest import Keyboard, open_session, page_of
from ui.pages.measures import MeasuresPage
from ui.pages.oit import OitPage
from ui.widgets.forms import Suggest
from ui.widgets.phrases import PhraseFinder


def offered(finder: PhraseFinder) -> list[str]:
    model = finder.model()
    return [model.index(at, 0).data() for at in range(model.rowCount())]


def popup_key(finder: PhraseFinder, key: Qt.Key) -> None:
    QTest.keyClick(finder.list, key)
    for _ in range(3):
        QApplication.processEvents()


def test_owners_are_found_by_part_and_the_names_before_stay(sample_keys: Keyboard):
    window, session = sample_keys.window, open_session(sample_keys.window)
    sample_keys.press("Ctrl+3")
    page = page_of(window, MeasuresPage)
    field = page.form.fields["owners"]
    assert isinstance(field, Suggest) and page.current is not None
    finder, measure = field.completer(), page.current.id
    assert isinstance(finder, PhraseFinder)
    page.form.go_to("owners")
    sample_keys.press("Ctrl+A").type("กองคล")
    session.saver.flush()
    sample_keys.type("ัง, กอง")
    assert "กองคล" not in offered(finder), "what is half typed is no phrase"
    assert "กองคลัง" not in offered(finder), "it stands there already"
    sample_keys.press("Backspace", "Backspace", "Backspace").type("ช่า")
    assert finder.list.isVisible() and offered(finder)[0] == "กองช่าง"
    popup_key(finder, Qt.Key.Key_Down)
    popup_key(finder, Qt.Key.Key_Return)
    assert field.value() == "กองคลัง, กองช่าง"
    session.saver.flush()
    found = {m.id: m.owners for m in session.dossier.measures[session.year]}
    assert found[measure] == "กองคลัง, กองช่าง"
    # What is typed is meant as typed, whatever is offered when the field is left.
    page.form.go_to("owners")
    sample_keys.press("Ctrl+A").type("กอง")
    assert finder.list.isVisible()
    sample_keys.press("Tab")
    assert not finder.list.isVisible() and sample_keys.focus is not field
    assert field.value() == "กอง"
    page.form.go_to("owners")
    sample_keys.press("Ctrl+A").type("ฮฮฮ")
    assert not finder.list.isVisible()


def test_a_cell_offers_what_was_typed_in_other_rows(sample_keys: Keyboard):
    window, session = sample_keys.window, open_session(sample_keys.window)
    session.store.set_disclosure(session.year, "o1", explanation="ข้อมูลอยู่ที่หน้าแรกของเว็บไซต์")
    sample_keys.press("Ctrl+5")
    page = page_of(window, OitPage)
    # Typing over a cell with a list replaces what stands there.
    page.view.go(page.model.codes().index("o2"), page.model.column_of("owner"))
    sample_keys.type("คณะทำงาน").press("Return")
    session.saver.flush()
    assert session.dossier.disclosure(session.year, "o2").owner == "คณะทำงาน"
    page.view.go(page.model.codes().index("o3"), page.model.column_of("explanation"))
    sample_keys.type("หน้าแรก")
    editor = sample_keys.focus
    assert isinstance(editor, QLineEdit)
    finder = editor.completer()
    assert isinstance(finder, PhraseFinder)
    assert offered(finder) == ["ข้อมูลอยู่ที่หน้าแรกของเว็บไซต์"]
    popup_key(finder, Qt.Key.Key_Down)
    popup_key(finder, Qt.Key.Key_Return)  # picks, and goes on
    session.saver.flush()
    found = session.dossier.disclosure(session.year, "o3").explanation
    assert found == "ข้อมูลอยู่ที่หน้าแรกของเว็บไซต์"
    assert page.code == "o4"
    # Enter with nothing picked takes what was typed, and goes on like everywhere.
    sample_keys.type("หน้าแรก")
    editor = sample_keys.focus
    assert isinstance(editor, QLineEdit)
    finder = editor.completer()
    assert isinstance(finder, PhraseFinder)
    popup_key(finder, Qt.Key.Key_Return)
    session.saver.flush()
    assert session.dossier.disclosure(session.year, "o4").explanation == "หน้าแรก"
    assert page.code == "o5"
