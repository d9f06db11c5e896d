"""Updates, the window about the program, and the word on a file of an earlier program."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from db.backup import Backups
from db.migrations import SCHEMA_VERSION
from ita_desktop import VERSION, paths
from ita_desktop.inside import components
from ita_desktop.updates.shelf import installed
from ita_desktop.updates.update_file import build_update
from tests.ui.conftest import Alerts, open_session
from tests.updates.conftest import ABOUT, KEY, framework
from ui.about import AboutDialog, details
from ui.guarding import UPGRADED
from ui.main_window import MainWindow
from ui.updating import UpdatesDialog

OLD = Path(__file__).parents[1] / "db" / "files"
SMALL = QSize(880, 430)
"""What is left of 1366 × 768 at 150 %."""


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(paths, "user_folder", lambda: tmp_path / "user")
    paths.look_again()
    yield
    monkeypatch.undo()
    paths.look_again()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """An update file on a stick: another framework of 2568, and one of 2570."""

    def change(data: dict[str, object]) -> None:
        data["levels"] = [{"level": "ผ่านทุกแห่ง", "total_min": "0"}]

    path = tmp_path / "ใหม่.itaupdate"
    contents = {
        "frameworks/2568.json": framework(2568, change),
        "frameworks/2570.json": framework(2570),
    }
    path.write_bytes(build_update(ABOUT, contents, KEY))
    return path


def dialog_of(window: MainWindow) -> UpdatesDialog:
    window.updates_action.trigger()
    found = window.findChild(UpdatesDialog)
    assert found is not None
    in_front(found)
    return found


def in_front(dialog: QWidget) -> None:
    dialog.activateWindow()
    QApplication.processEvents()
    assert dialog.isActiveWindow()


def test_an_update_is_looked_at_confirmed_counts_and_is_taken_back(
    sample_window: MainWindow, stick: Path, told: Alerts, type_text: Callable[[str], None]
) -> None:
    window = sample_window
    session = open_session(window)
    before = [session.framework(year) for year in (2568, 2570)]
    dialog = dialog_of(window)
    assert dialog.list.empty.isVisible() and not dialog.take_back_button.isEnabled()

    dialog.look_at(stick)
    assert "ผ่านทุกแห่ง" in dialog.check.about.toPlainText(), "what it does to a year with scores"
    assert "กรอบการประเมินปี ๒๕๗๐" in dialog.check.about.toPlainText()
    assert QApplication.focusWidget() is dialog.check.letters
    assert not dialog.install_button.isEnabled()
    code = dialog.check.checksum.text()
    type_text("ZZZZ" if not code.startswith("Z") else "YYYY")
    QTest.keyClick(dialog.check.letters, Qt.Key.Key_Return)
    assert installed() == () and not dialog.install_button.isEnabled()
    dialog.check.letters.clear()
    type_text(code[:4].lower())
    QTest.keyClick(dialog.check.letters, Qt.Key.Key_Return)
    assert "ติดตั้ง" in told.told[-1][1]
    assert [each.about.name for each in installed()] == ["ita-2570"]
    session = open_session(window)
    assert session.framework(2568).levels[0].level == "ผ่านทุกแห่ง"
    assert session.framework(2570).based_on is None
    assert dialog.list.table.texts()[0][1] == "ผู้ดูแลโปรแกรม"
    assert code in dialog.list.about.toPlainText()

    told.answer = False
    dialog.take_back_button.click()
    assert "ผ่านทุกแห่ง" in told.told[-1][1] and len(installed()) == 1
    told.answer = True
    dialog.take_back_button.click()
    assert installed() == ()
    assert [open_session(window).framework(year) for year in (2568, 2570)] == before


def test_a_broken_file_is_told_and_changes_nothing(
    make_bare: Callable[[], MainWindow], stick: Path, told: Alerts
) -> None:
    stick.write_bytes(stick.read_bytes()[:-1])
    dialog = dialog_of(make_bare())
    dialog.look_at(stick)
    assert "ใช้แฟ้มปรับปรุงไม่ได้" in told.told[-1][1]
    assert dialog.stack.currentWidget() is dialog.list and installed() == ()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_esc_leaves_the_check_first(
    make_bare: Callable[[], MainWindow], stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ita_desktop.updates.update_file.known_keys", _known)
    dialog = dialog_of(make_bare())
    dialog.look_at(stick)
    assert dialog.install_button.isEnabled() and not dialog.check.letters.isVisible()
    assert "ผู้ดูแล" in dialog.check.origin.text()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible() and dialog.stack.currentWidget() is dialog.list


def _known() -> dict[str, str]:
    from ita_desktop.updates.update_file import public_text

    return {public_text(KEY): "ผู้ดูแลโปรแกรม"}


def cut_off(dialog: QWidget) -> list[str]:
    """Buttons and labels that have less room than they want."""
    found = []
    for each in [*dialog.findChildren(QPushButton), *dialog.findChildren(QLabel)]:
        if not each.isVisible():
            continue
        wanted, given = each.sizeHint(), each.size()
        wraps = isinstance(each, QLabel) and each.wordWrap()
        height = each.heightForWidth(given.width()) if wraps else wanted.height()
        if (not wraps and given.width() < wanted.width()) or given.height() < height:
            found.append(f"{each.text()} {wanted.toTuple()} {given.toTuple()}")
        right = each.mapTo(dialog, each.rect().bottomRight())
        if right.x() > dialog.width() or right.y() > dialog.height():
            found.append(f"{each.text()} sticks out")
    return found


def tab_round() -> list[QWidget]:
    seen: list[QWidget] = []
    while (focus := QApplication.focusWidget()) is not None and focus not in seen:
        seen.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    return seen


def test_both_windows_fit_a_small_screen_and_are_read_in_order(
    make_bare: Callable[[], MainWindow], stick: Path
) -> None:
    window = make_bare()
    about = AboutDialog(stick, window)
    updates = dialog_of(window)
    for dialog in (about, updates):
        dialog.show()
        dialog.resize(SMALL)
        QTest.qWaitForWindowExposed(dialog)
        QApplication.processEvents()
        assert dialog.size() == SMALL and cut_off(dialog) == []
    updates.look_at(stick)
    QApplication.processEvents()
    assert cut_off(updates) == []
    for dialog in (updates, about):
        in_front(dialog)
        first = updates.check.about if dialog is updates else about.table
        first.setFocus()
        order = tab_round()
        places = [each.mapTo(dialog, each.rect().topLeft()) for each in order]
        assert len(order) >= 3
        assert all(a.y() <= b.y() + 20 for a, b in pairwise(places)), order
        dialog.close()


def test_about_lists_everything_with_its_licence(make_bare: Callable[[], MainWindow]) -> None:
    window = make_bare()
    window.about_action.trigger()
    about = window.findChild(AboutDialog)
    assert about is not None
    rows = about.table.texts()
    assert [row[0] for row in rows] == [each.name for each in components()]
    assert all(version for name, version, *_ in rows if "Geography" not in name)
    assert VERSION in about.title.text() and "MIT" in about.told.text()
    at = [row[0] for row in rows].index("pyside6-essentials")
    about.table.setCurrentCell(at, 0)
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in about.licence.toPlainText()
    about.copy_button.click()
    said = QApplication.clipboard().text()
    assert said == details() and f"ITA Desktop {VERSION}" in said and "SQLite 3" in said
    assert str(Path.home()) not in said
    about.close()


def test_a_file_of_an_earlier_program_says_where_it_lies_as_it_was(
    make_window: Callable[[Path], MainWindow], tmp_path: Path
) -> None:
    path = tmp_path / "เก่า.ita"
    shutil.copyfile(OLD / "schema-1.ita", path)
    window = make_window(path)
    said = window.guard.troubles.text(UPGRADED)
    (backup,) = Backups(path).list()
    assert str(backup.path) in said and "โปรแกรมรุ่นก่อน" in said
    with closing(sqlite3.connect(f"file:{backup.path}?mode=ro", uri=True)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    assert window.let_go()
    assert window.open_file(path)
    assert window.guard.troubles.text(UPGRADED) == "", "said once, when it was done"


def test_a_file_of_a_newer_program_is_left_to_the_byte(
    make_bare: Callable[[], MainWindow], empty_file: Path
) -> None:
    with closing(sqlite3.connect(empty_file)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    content, about = empty_file.read_bytes(), empty_file.stat()
    beside = sorted(path.name for path in empty_file.parent.iterdir())
    window = make_bare()
    assert not window.open_file(empty_file)
    assert "รุ่นใหม่กว่า" in str(window.problem.error)
    window.close()
    after = empty_file.stat()
    assert empty_file.read_bytes() == content
    assert (after.st_mtime_ns, after.st_size) == (about.st_mtime_ns, about.st_size)
    assert sorted(path.name for path in empty_file.parent.iterdir()) == beside


def test_the_words_of_both_windows_are_thai(make_bare: Callable[[], MainWindow]) -> None:
    dialog = dialog_of(make_bare())
    for each in [*dialog.findChildren(QPushButton), *dialog.findChildren(QLabel)]:
        assert not re.search("[A-Za-z]{2,}", each.text()), each.text()
