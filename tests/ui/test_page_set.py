"""Pages are built when they are needed, or ahead in quiet moments, and never after the file."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QLabel, QTabWidget, QWidget

from db.errors import DataFileError
from tests.ui.test_page_view import pause
from ui.page_set import PageSet

pytestmark = pytest.mark.background


@pytest.fixture
def tabs(qapp: QApplication) -> Iterator[QTabWidget]:
    shown = QTabWidget()
    shown.show()
    yield shown
    shown.close()


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FIRST_PAUSE_MS", "PAUSE_MS", "PIECE_PAUSE_MS", "AWAY_MS"):
        monkeypatch.setattr(f"ui.page_set.{name}", 1)


class Builder:
    """Makes pages of three pieces; ``away`` while the data file can't be read."""

    def __init__(self, tabs: QTabWidget) -> None:
        self.away = False
        self.told: list[str] = []
        self.pieces = 0
        names = {"a": "ก", "b": "ข", "c": "ค"}
        makers = {name: (title, self._make) for name, title in names.items()}
        self.pages: PageSet[QWidget] = PageSet(
            tabs, makers, lambda name, _page: self.told.append(name)
        )

    def _make(self, holder: QWidget) -> Generator[None, None, QWidget]:
        page = QLabel("", holder)
        page.hide()
        for letter in "หน้":
            self.pieces += 1
            if self.away:
                raise DataFileError(Path("หน่วยงาน.ita"))
            page.setText(page.text() + letter)
            yield
        page.setText("หน้า")
        return page

    def begin(self) -> None:
        """Build ahead until a page is half built."""
        self.pages.build_ahead()
        while not self.pieces:
            pause(1)
        self.pages.stop()


def texts(tabs: QTabWidget) -> list[str]:
    """What all pages say, half built ones too, without those that are going."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return [each.text() for each in tabs.findChildren(QLabel)]


def test_a_page_is_built_once_when_it_is_asked_for(tabs: QTabWidget):
    built = Builder(tabs)
    assert [tabs.tabText(at) for at in range(tabs.count())] == ["ก", "ข", "ค"]
    assert built.told == []
    tabs.setCurrentIndex(1)
    assert built.pages["b"].isVisible()
    assert built.pages["b"] is built.pages["b"]
    assert built.told == ["b"]
    assert built.pages.made() == (built.pages["b"],)
    assert list(built.pages) == ["a", "b", "c"]


def test_the_rest_is_built_ahead(tabs: QTabWidget):
    built = Builder(tabs)
    assert built.pages["c"]
    built.pages.build_ahead()
    pause(100)
    assert built.told == ["c", "a", "b"]


def test_nothing_is_built_after_the_end(tabs: QTabWidget):
    built = Builder(tabs)
    built.pages.build_ahead()
    built.pages.stop()
    pause(30)
    assert built.told == []
    built.pages.build_ahead()
    built.pages.drop()
    pause(30)
    assert (built.told, tabs.count(), len(built.pages)) == ([], 0, 0)


def test_a_page_that_can_not_be_built_is_built_later(tabs: QTabWidget):
    built = Builder(tabs)
    built.away = True
    with pytest.raises(DataFileError):
        built.pages["a"]
    built.pages.build_ahead()
    pause(30)
    assert built.told == []
    built.away = False
    pause(100)
    assert built.told == ["a", "b", "c"]


def test_nothing_is_built_ahead_while_something_is_made_beside(tabs: QTabWidget):
    built = Builder(tabs)
    busy = [True]
    built.pages.busy = lambda: busy[0]
    built.pages.build_ahead()
    pause(50)
    assert built.told == []
    busy[0] = False
    pause(100)
    assert built.told == ["a", "b", "c"]


def test_a_page_asked_for_half_built_is_whole(tabs: QTabWidget):
    built = Builder(tabs)
    built.begin()
    assert built.told == [] and built.pages.made() == ()
    assert texts(tabs) != ["หน้า"]
    page = built.pages["a"]
    assert texts(tabs) == ["หน้า"]
    assert built.pages["a"] is page
    assert (built.told, built.pieces) == (["a"], 3)


def test_a_half_built_page_is_not_seen(tabs: QTabWidget):
    built = Builder(tabs)
    built.begin()
    assert [each.isVisible() for each in tabs.findChildren(QLabel)] == [False]
    assert built.pages["a"].isVisible()


def test_nothing_of_a_half_built_page_is_left_when_the_file_is_closed(tabs: QTabWidget):
    built = Builder(tabs)
    built.begin()
    built.pages.drop()
    assert texts(tabs) == []
    assert (built.told, tabs.count(), len(built.pages)) == ([], 0, 0)


def test_a_page_that_fails_midway_is_built_anew(tabs: QTabWidget):
    built = Builder(tabs)
    built.begin()
    built.away = True
    with pytest.raises(DataFileError):
        built.pages["a"]
    assert texts(tabs) == []
    built.away = False
    assert built.pages["a"]
    assert texts(tabs) == ["หน้า"]
    assert built.told == ["a"]


def test_what_happened_meanwhile_is_told_once_the_page_is_whole(tabs: QTabWidget):
    built = Builder(tabs)
    whole = built.pages["c"]
    built.pieces = 0
    built.begin()
    heard: list[QWidget] = []
    built.pages.tell(heard.append)
    assert heard == [whole]
    page = built.pages["a"]
    assert heard == [whole, page]
    built.pages.tell(heard.append)
    assert heard == [whole, page, whole, page]


def test_what_a_dropped_half_missed_is_not_told_to_the_next(tabs: QTabWidget):
    built = Builder(tabs)
    built.begin()
    heard: list[QWidget] = []
    built.pages.tell(heard.append)
    built.away = True
    with pytest.raises(DataFileError):
        built.pages["a"]
    built.away = False
    assert built.pages["a"]
    assert heard == []
