"""Pages are built when they are needed, or ahead in quiet moments, and never after the file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
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
    for name in ("FIRST_PAUSE_MS", "PAUSE_MS", "AWAY_MS"):
        monkeypatch.setattr(f"ui.page_set.{name}", 1)


class Builder:
    """Makes pages; ``away`` while the data file can't be read."""

    def __init__(self, tabs: QTabWidget) -> None:
        self.away = False
        self.told: list[str] = []
        names = {"a": "ก", "b": "ข", "c": "ค"}
        makers = {name: (title, self._make) for name, title in names.items()}
        self.pages: PageSet[QWidget] = PageSet(
            tabs, makers, lambda name, _page: self.told.append(name)
        )

    def _make(self) -> QWidget:
        if self.away:
            raise DataFileError(Path("หน่วยงาน.ita"))
        return QLabel("หน้า")


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
