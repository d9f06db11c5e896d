"""Starting the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QSize
from PySide6.QtGui import QFontInfo, QKeySequence
from PySide6.QtWidgets import QApplication

from tests.ui.disasters import pause, until
from ui.app import run
from ui.main_window import LAST_FILE, MainWindow, fitting
from ui.theme import FAMILY


@pytest.fixture
def opened(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> list[Path | None]:
    """Runs the event loop for a moment; the files the window had open then."""
    found: list[Path | None] = []

    def run_a_moment(_app: QApplication) -> int:
        pause(50)
        for window in QApplication.topLevelWidgets():
            if isinstance(window, MainWindow) and window.isVisible():
                opening = window.opening
                until(lambda opening=opening: opening is None or opening.over)
                found.append(window.session.store.path if window.session else None)
                window.close()
        return 0

    monkeypatch.setattr(QApplication, "exec", run_a_moment)
    return found


def test_the_file_that_was_asked_for_is_opened(opened: list[Path | None], empty_file: Path):
    assert run(empty_file) == 0
    assert opened == [empty_file]


def test_the_last_file_is_opened_again(opened: list[Path | None], empty_file: Path):
    QSettings().setValue(LAST_FILE, str(empty_file))
    run(None)
    assert opened == [empty_file]


@pytest.mark.parametrize("last", ["", "หายไปแล้ว.ita"])
def test_without_a_last_file_the_start_page_shows(opened: list[Path | None], last: str):
    QSettings().setValue(LAST_FILE, last)
    run(None)
    assert opened == [None]


def test_qts_words_that_have_no_thai_stay_as_they_are(qapp: QApplication):
    ctrl_p = QKeySequence("Ctrl+P").toString(QKeySequence.SequenceFormat.NativeText)
    assert ctrl_p in ("Ctrl+P", "⌘P")


@pytest.mark.parametrize("screen", [QSize(911, 512), QSize(1366, 768), QSize(2560, 1440)])
def test_the_first_window_fits_the_screen(screen: QSize):
    size = fitting(screen)
    assert size.width() < screen.width()
    assert size.height() < screen.height()


def test_the_programs_own_thai_font_is_used(qapp: QApplication):
    assert QFontInfo(qapp.font()).family() == FAMILY
