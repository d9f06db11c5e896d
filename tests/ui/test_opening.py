"""The first file is opened in pieces; whatever comes between, nothing is left half open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QWidget

from db.errors import DataFileError
from db.opening import create_data_file
from tests.ui.conftest import open_session
from tests.ui.disasters import until
from ui.helping import recent_files
from ui.main_window import LAST_FILE, PAGES, MainWindow
from ui.pages.office import OfficePage
from ui.pages.oit import OitPage
from ui.session import Session

DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


@pytest.fixture
def window(qapp: QApplication) -> Iterator[MainWindow]:
    made = MainWindow()
    made.show()
    made.activateWindow()
    yield made
    made.close()
    made.deleteLater()
    qapp.processEvents()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return new(tmp_path / "แรก.ita")


def new(path: Path) -> Path:
    create_data_file(path)
    return path


def test_the_file_is_open_with_its_first_page_and_all_is_told_once(
    window: MainWindow, file: Path
) -> None:
    told: list[bool] = []
    window.open_soon(file, lambda: told.append(window.session is not None))
    assert window.session is None, "not before the window has answered"
    until(lambda: bool(told))
    assert told == [True]
    assert open_session(window).store.path == file
    assert window.stack.currentWidget() is window.workspace
    assert window.pages["overview"] in window.pages.made()
    assert window.pages["overview"].isVisible()
    assert QSettings().value(LAST_FILE) == str(file) and file in recent_files()


def test_it_is_as_if_opened_at_once(window: MainWindow, file: Path) -> None:
    window.open_soon(file)
    until(lambda: window.session is not None)
    soon = (window.focusWidget(), window.windowTitle(), window.tabs.count())
    other = MainWindow()
    other.show()
    other.activateWindow()
    other.open_file(new(file.with_name("อีกแฟ้ม.ita")))
    at_once = (other.focusWidget(), other.windowTitle(), other.tabs.count())
    assert type(soon[0]) is type(at_once[0]) and soon[1:] == at_once[1:]
    other.close()
    other.deleteLater()


def test_a_file_that_can_not_be_opened_is_told_of(window: MainWindow, tmp_path: Path) -> None:
    told: list[bool] = []
    window.open_soon(tmp_path / "ไม่มี.ita", lambda: told.append(True))
    until(lambda: bool(told))
    assert window.session is None
    assert window.stack.currentWidget() is window.problem


def test_another_file_opened_meanwhile_counts(window: MainWindow, file: Path) -> None:
    told: list[bool] = []
    other = new(file.with_name("อีกแฟ้ม.ita"))
    window.open_soon(file, lambda: told.append(True))
    assert window.open_file(other)
    assert told == [True]
    for _ in range(20):
        QApplication.processEvents()
    assert open_session(window).store.path == other
    assert window.tabs.count() == len(window.pages)


def test_left_between_two_pieces_nothing_is_held(window: MainWindow, file: Path) -> None:
    pieces = window._open_in_pieces(file)
    for _ in range(3):
        next(pieces)
    pieces.close()
    assert (window.session, window.tabs.count()) == (None, 0)
    assert window.open_file(file), "nobody holds it"


def test_a_first_page_that_can_not_be_read_is_asked_for_again(
    window: MainWindow, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ui.pages.overview import OverviewPage

    build, away = OverviewPage.build, [True]

    def failing(page: OverviewPage) -> Iterator[None]:
        if away.pop() if away else False:
            raise DataFileError(file)
        return build(page)

    monkeypatch.setattr(OverviewPage, "build", failing)
    window.open_soon(file)
    until(lambda: window.session is not None)
    assert window.pages["overview"].isVisible()


def test_the_window_closed_meanwhile_opens_nothing(window: MainWindow, file: Path) -> None:
    window.open_soon(file)
    window.close()
    for _ in range(20):
        QApplication.processEvents()
    assert window.session is None


# --- pages half built --------------------------------------------------------------------------


def begin(window: MainWindow, name: str, pieces: int) -> None:
    """Build some pieces of a page, as the window does in quiet moments."""
    window.pages.stop()
    for _ in zip(range(pieces), window.pages.pieces(name), strict=False):
        pass


@pytest.mark.parametrize("pieces", [1, 3, 6, 9])
def test_a_page_knows_what_was_done_while_it_was_built(
    window: MainWindow, file: Path, pieces: int
) -> None:
    window.open_file(file)
    session = open_session(window)
    begin(window, "office", pieces)
    session.store.set_office("district", "ใหม่")
    page = window.pages["office"]
    assert isinstance(page, OfficePage)
    assert page.form.fields["district"].value() == "ใหม่"


@pytest.mark.parametrize("pieces", [1, 2, 3])
def test_a_page_follows_the_year_that_was_changed_while_it_was_built(
    window: MainWindow, file: Path, pieces: int
) -> None:
    window.open_file(file)
    session = open_session(window)
    begin(window, "oit", pieces)
    session.set_year(session.year - 1)
    page = window.pages["oit"]
    assert isinstance(page, OitPage)
    assert page.shown_year == session.year


@pytest.mark.parametrize("name", PAGES[1:])
@pytest.mark.parametrize("pieces", [2, 5])
def test_nothing_of_a_half_built_page_outlives_its_file(
    window: MainWindow, file: Path, name: str, pieces: int
) -> None:
    window.open_file(file)
    begin(window, name, pieces)
    assert window.open_file(new(file.with_name("อีกแฟ้ม.ita")))
    QApplication.processEvents()
    page = window.pages[name]
    assert window.tabs.count() == len(PAGES)
    window.tabs.setCurrentIndex(PAGES.index(name))
    assert page.isVisible() and page.entrance.isVisible()


@pytest.mark.parametrize("name", PAGES[1:])
def test_a_page_asked_for_half_built_stands_as_one_built_at_once(
    window: MainWindow, file: Path, name: str
) -> None:
    window.open_file(file)
    begin(window, name, 3)
    pieced = [type(each).__name__ for each in window.pages[name].findChildren(QWidget)]
    window.show_anew()
    window.pages.stop()
    whole = [type(each).__name__ for each in window.pages[name].findChildren(QWidget)]
    assert pieced == whole


@pytest.mark.parametrize("name", PAGES)
def test_no_part_of_a_page_is_without_a_place_between_two_pieces(
    window: MainWindow, file: Path, name: str
) -> None:
    """One that is, would be freed by whichever thread collects garbage, if the page is given up."""
    session = Session.open(file)
    pages = window._page_set(session)
    holder = pages._holders[name]
    for _ in pages.pieces(name):
        for page in holder.findChildren(QWidget, options=DIRECT):
            parts = [each for each in vars(page).values() if isinstance(each, QWidget)]
            assert [each for each in parts if not page.isAncestorOf(each)] == []
    close_down = getattr(pages[name], "close_down", None)
    if close_down is not None:
        close_down()
    pages.drop()
    session.close()
