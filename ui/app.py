"""Starting the window."""

from __future__ import annotations

import sys
import threading
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from ita_desktop.updates.words import use_updated_words
from ui import alerts
from ui.collecting import Collecting
from ui.data_place import (
    BESIDE,
    IN_DOCUMENTS,
    NAME,
    Form,
    choose,
    follow,
    path_kept,
    program_folder,
)
from ui.main_window import LAST_FILE, MainWindow
from ui.runs import Run, earlier_runs
from ui.thai_qt import ThaiWords
from ui.theme import STYLE, apply_theme
from ui.widgets.wrapping import news

_WHERE = (
    "จะเก็บข้อมูลของหน่วยงานไว้ที่ไหน\n\n"
    f"• ข้างโปรแกรม ในโฟลเดอร์ “{BESIDE}” ข้อมูลไปกับแฟลชไดรฟ์ ใช้ได้ทุกเครื่องที่เสียบ "
    "แต่ถ้าแฟลชไดรฟ์หาย ข้อมูลหายไปด้วย จึงควรตั้งที่สำรองแห่งที่สอง\n"
    f"• ในเอกสารของเครื่องนี้ ในโฟลเดอร์ “{IN_DOCUMENTS}” เหมาะเมื่อใช้เครื่องเดียวเป็นประจำ"
)


def make_app(arguments: list[str]) -> QApplication:
    """The application with its name, place for data, words, fonts and colours."""
    running = QApplication.instance()
    is_new = not isinstance(running, QApplication)
    app = QApplication([*arguments, "-style", STYLE]) if is_new else running
    if is_new:
        Collecting(app)
    app.setOrganizationName(NAME)
    app.setApplicationName(NAME)
    words = ThaiWords(app)
    app.installTranslator(words)
    follow()
    apply_theme(app, has_style=is_new)
    return app


def settle_place() -> None:
    """Ask a portable program's first user where data go; where it can't be kept, say nothing."""
    program = program_folder()
    if program is None or follow().form is not Form.UNDECIDED:
        return
    choose(program, alerts.ask(None, "เริ่มใช้ครั้งแรก", _WHERE, "ข้างโปรแกรม", "ในเอกสารของเครื่องนี้"))
    follow()


def open_window() -> tuple[MainWindow, Run | None]:
    """The window, shown, with no data file yet, and this start's private folder if it has one."""
    started = _begin()
    window = MainWindow(started)
    if window.guard.crashes is not None:
        window.guard.crashes.install()
    window.show()
    return window, started


def run(path: Path | None) -> int:
    """Open the window over ``path``, or over the file that was open last; returns the exit code."""
    app = make_app(sys.argv[:1])
    settle_place()
    use_updated_words()
    window, started = open_window()
    last = QSettings().value(LAST_FILE, "", type=str)
    if path is None and isinstance(last, str) and last:
        path = path_kept(last)

    def go_on() -> None:
        window.guard.tell_of(earlier_runs(but=started))
        window.guard.tell_of_place()

    if path is not None:
        window.open_soon(path, go_on)
    else:
        QTimer.singleShot(0, go_on)
    QTimer.singleShot(600, _warm_up)
    code = app.exec()
    window.guard.end()
    return code


def _begin() -> Run | None:
    """The private folder of this start; a computer that has no place for one still gets a window.

    None: then nothing can be kept beside the data file, and no report of a mistake.
    """
    try:
        return Run()
    except OSError:
        return None


def _warm_up() -> None:
    """Load the word list beside the window; the first document is then quick."""
    from ita_desktop.thai.words import warm_up

    tell = news()  # in this thread, so that what it tells is heard here

    def load() -> None:
        warm_up()
        with suppress(RuntimeError):  # the program has ended meanwhile
            tell.ready.emit()

    threading.Thread(target=load, name="word list", daemon=True).start()
