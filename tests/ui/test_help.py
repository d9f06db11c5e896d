"""F1 opens the manual at the chapter of the page; it is searched and saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from ita_desktop.documents.manual import chapters
from ita_desktop.paths import resources
from tests.ui.conftest import Alerts, Keyboard, page_of
from tests.ui.disasters import until
from ui.frameworks import FrameworksDialog
from ui.help_key import CHAPTERS
from ui.main_window import PAGES, MainWindow
from ui.pages.oit import OitPage
from ui.widgets.dialogs import Dialog
from ui.widgets.help import HelpWindow, as_html
from ui.widgets.layouts import row


def opened(keys: Keyboard) -> HelpWindow:
    keys.window.help_action.trigger()
    found = keys.window._help
    assert found is not None
    return found


@pytest.mark.parametrize("page", PAGES)
def test_every_page_has_its_chapter(sample_keys: Keyboard, page: str):
    window = sample_keys.window
    window.show_page(PAGES.index(page))
    found = opened(sample_keys)
    assert found._chapters[found.list.currentRow()].key == page
    assert found.text.toPlainText().strip()
    found.close()


def test_searching_keeps_the_chapters_that_hold_the_words(sample_keys: Keyboard):
    found = opened(sample_keys)
    found.search.setText("ภาพถ่าย")
    found.search.typed.emit("ภาพถ่าย")
    kept = [at for at in range(found.list.count()) if not found.list.item(at).isHidden()]
    assert 0 < len(kept) < found.list.count()
    found.close()


def test_pictures_are_shown(sample_keys: Keyboard):
    found = opened(sample_keys)
    found.show_chapter("scores")
    chapter = found._chapters[found.list.currentRow()]
    assert "scores.png" in as_html(chapter)
    assert found.text.document().size().height() > 300
    found.close()


def test_the_manual_is_saved_as_pdf(
    sample_keys: Keyboard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: Alerts
):
    target = tmp_path / "คู่มือ.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    found = opened(sample_keys)
    found.save()
    assert target.read_bytes().startswith(b"%PDF")

    def full(*_: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr("ita_desktop.files.write_file", full)
    found.save()
    assert told.told[-1][0] == "บันทึกคู่มือไม่ได้"
    found.close()


def test_f1_in_a_dialog_opens_its_chapter(sample_keys: Keyboard):
    """In one that has to be answered first too: its own manual can be read."""
    window = sample_keys.window
    window.show_page(PAGES.index("oit"))
    page_of(window, OitPage).show_papers()
    window.support_action.trigger()
    window.frameworks_action.trigger()
    dialogs = [
        (page_of(window, OitPage).papers, "oit"),
        (window.helping.support, "safety"),
        (window.findChildren(FrameworksDialog)[0], "years"),
    ]
    for dialog, chapter in reversed(dialogs):
        assert dialog is not None
        dialog.activateWindow()
        field = dialog.findChildren(QAbstractButton)[0]
        field.setFocus()
        QApplication.processEvents()
        window._on_focus(None, field)
        QTest.keyClick(dialog, Qt.Key.Key_F1)
        (manual,) = dialog.findChildren(HelpWindow)
        assert manual.isVisible()
        assert manual._chapters[manual.list.currentRow()].key == chapter
        manual.close()
        dialog.close()


def test_every_window_s_chapter_is_there():
    assert set(CHAPTERS.values()) <= {chapter.key for chapter in chapters()}
    for beginning in CHAPTERS:
        assert list(resources().parent.glob(beginning.replace(".", "/") + "*")), beginning


def test_pictures_are_as_wide_as_there_is_room(qapp: QApplication):
    found = HelpWindow()
    found.show_chapter("scores")
    for width in (1000, 560, 1000):
        found.resize(width, 500)
        until(lambda: found._width == found.text.picture_width)
        assert found.text.horizontalScrollBar().maximum() == 0, width
        assert f"width='{found._width}'" in as_html(found._chapters[3], found._width)
    assert found._width > 400
    found.close()
    found.deleteLater()


def test_the_windows_of_another_main_window_are_left_to_it(
    sample_keys: Keyboard, qtbot: QtBot
) -> None:
    other = MainWindow()  # one that has no file
    qtbot.addWidget(other)
    dialog = Dialog(sample_keys.window)
    dialog.setLayout(row(field := QLineEdit()))
    qtbot.addWidget(dialog)
    other._on_focus(None, field)
    assert not dialog.findChildren(QShortcut)
    sample_keys.window._on_focus(None, field)
    assert dialog.findChildren(QShortcut)
