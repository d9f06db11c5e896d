"""A real window over a fresh data file for every test."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from db.store import Store
from ita_desktop.domain.dossier import Dossier
from tests.ready import put_empty, put_sample
from ui.app import make_app
from ui.looking import Paper
from ui.main_window import MainWindow
from ui.page_set import PageSet
from ui.pages.documents import DocumentsPage
from ui.session import Session
from ui.text import set_thai_digits


class Alerts:
    """What the program told; ``answer`` is what is clicked when it asks."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str]] = []
        self.answer = True


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application as the program makes it."""
    return make_app(["tests"])


@pytest.fixture(autouse=True)
def told(monkeypatch: pytest.MonkeyPatch) -> Alerts:
    """No test waits at a message box; each one is kept."""
    kept = Alerts()

    def ask(_parent: object, title: str, question: str, *_words: str) -> bool:
        kept.told.append((title, question))
        return kept.answer

    monkeypatch.setattr("ui.alerts.tell", lambda _p, *told: kept.told.append(told))
    monkeypatch.setattr("ui.alerts.warn", lambda _p, *told: kept.told.append(told))
    monkeypatch.setattr("ui.alerts.ask", ask)
    return kept


@pytest.fixture(autouse=True)
def _fresh_settings(qapp: QApplication) -> Iterator[None]:
    QSettings().clear()
    set_thai_digits(True)
    yield
    QSettings().clear()


def look_at_once(page: DocumentsPage, paper: Paper) -> None:
    """In place of the page's own, which has it done in the background."""
    page._on_looked(page._session.reviews.look(paper))


@pytest.fixture(autouse=True)
def _looked_at_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is looked at before printing is looked at at once, so that a test need not wait.

    And only the pages it asks for are built. Tests marked ``background`` have both as she has.
    """

    if request.node.get_closest_marker("background") is None:
        monkeypatch.setattr(DocumentsPage, "_look", look_at_once)
        monkeypatch.setattr(PageSet, "build_ahead", lambda _pages: None)


def shown_window() -> MainWindow:
    """A window with no file, in sight and in front."""
    window = MainWindow()
    window.resize(1366, 700)
    window.show()
    QTest.qWaitForWindowExposed(window)
    window.activateWindow()
    return window


def close_windows(windows: Iterable[MainWindow]) -> None:
    """Close and free them."""
    for window in windows:
        window.close()
        window.deleteLater()
    QApplication.processEvents()


@pytest.fixture
def make_window(qapp: QApplication) -> Iterator[Callable[[Path], MainWindow]]:
    """Open windows; all are closed and freed after the test."""
    made: list[MainWindow] = []

    def make(path: Path) -> MainWindow:
        window = shown_window()
        made.append(window)
        assert window.open_file(path)
        return window

    yield make
    close_windows(made)


@pytest.fixture(scope="module")
def looked_at(
    qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], MainWindow]]:
    """One window for all tests of a module that change nothing, by the fixture of its file."""
    made: dict[str, MainWindow] = {}

    def find(file: str) -> MainWindow:
        if file not in made:
            put = {"sample_file": put_sample, "empty_file": put_empty}[file]
            path = put(tmp_path_factory.mktemp("looked_at") / "หน่วยงาน.ita")
            made[file] = shown_window()
            assert made[file].open_file(path)
        made[file].activateWindow()
        return made[file]

    yield find
    close_windows(made.values())


@pytest.fixture
def make_bare(qapp: QApplication) -> Iterator[Callable[[], MainWindow]]:
    """Windows with no file open."""
    made: list[MainWindow] = []

    def make() -> MainWindow:
        window = MainWindow()
        made.append(window)
        window.show()
        return window

    yield make
    close_windows(made)


@pytest.fixture
def empty_file(tmp_path: Path) -> Path:
    """A new data file."""
    return put_empty(tmp_path / "หน่วยงาน.ita")


@pytest.fixture
def sample_file(tmp_path: Path) -> Path:
    """A data file with the sample office."""
    return put_sample(tmp_path / "หน่วยงาน.ita")


@pytest.fixture
def window(make_window: Callable[[Path], MainWindow], empty_file: Path) -> MainWindow:
    """A window over a new data file."""
    return make_window(empty_file)


@pytest.fixture
def sample_window(make_window: Callable[[Path], MainWindow], sample_file: Path) -> MainWindow:
    """A window over the sample office."""
    return make_window(sample_file)


class Keyboard:
    """Works the window with keys alone."""

    def __init__(self, window: MainWindow, type_text: Callable[[str], None]) -> None:
        self.window = window
        self._type_text = type_text

    @property
    def focus(self) -> QWidget:
        """Where a key would go."""
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def press(self, *keys: str) -> Keyboard:
        """Press keys by name: "Tab", "Ctrl+2", "Return"."""
        for name in keys:
            combination = QKeySequence(name)[0]  # type: ignore[reportIndexIssue]
            key, modifiers = combination.key(), combination.keyboardModifiers()
            if name == "Shift+Tab":  # what a keyboard sends
                key = Qt.Key.Key_Backtab
            QTest.keyClick(self.focus, key, modifiers)
            # A table finishes its editor only once the key has passed the event queue.
            QApplication.processEvents()
        return self

    def type(self, text: str) -> Keyboard:
        """Type a text; a line end is typed as Return."""
        for number, line in enumerate(text.split("\n")):
            if number:
                self.press("Return")
            self._type_text(line)
        return self

    def timed(self, text: str) -> list[float]:
        """Type a text; the seconds each letter took until the window had done all of it."""
        seconds = []
        for letter in text:
            before = time.perf_counter()
            self.type(letter)
            seconds.append(time.perf_counter() - before)
        return seconds

    def tab_to(self, name: str, most: int = 40, key: str = "Tab") -> Keyboard:
        """Press Tab until the field with that accessible name or text has the focus."""
        for _ in range(most):
            found = {self.focus.accessibleName(), self.focus.property("text")}
            proxy = self.focus.parentWidget()
            if proxy is not None:
                found.add(proxy.accessibleName())
            if name in found:
                return self
            self.press(key)
        raise AssertionError(f"Tab never reaches {name}")


@pytest.fixture
def keys(window: MainWindow, type_text: Callable[[str], None]) -> Keyboard:
    """The keyboard of the window over a new file."""
    return Keyboard(window, type_text)


@pytest.fixture
def sample_keys(sample_window: MainWindow, type_text: Callable[[str], None]) -> Keyboard:
    """The keyboard of the window over the sample office."""
    return Keyboard(sample_window, type_text)


@pytest.fixture
def tell_speed(capsys: pytest.CaptureFixture[str]) -> Callable[[str, list[float]], None]:
    """Say how quick keystrokes are; only what a person would feel is a failure."""

    def tell(page: str, seconds: list[float]) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n{page}: slowest keystroke {max(seconds) * 1000:.0f} ms\n")
        assert sorted(seconds)[len(seconds) // 2] < 0.3

    return tell


def wait_saved(window: MainWindow) -> None:
    """Let the pause after typing pass."""
    assert window.session is not None
    for _ in range(200):
        if not window.session.saver.pending:
            return
        QTest.qWait(10)
    raise AssertionError("what was typed is not on the disk after two seconds")


def on_disk(path: Path) -> Dossier:
    """What a second program would find in the file: a copy of it, for the file itself is locked."""
    copy = path.with_name("สำเนา.ita")
    shutil.copy(path, copy)
    with Store(copy) as store:
        return store.dossier()


def open_session(window: MainWindow) -> Session:
    """The session of a window that has a file open."""
    assert window.session is not None
    return window.session


PageType = TypeVar("PageType", bound=QWidget)


def page_of(window: MainWindow, kind: type[PageType]) -> PageType:
    """The window's page of that class; no other is built for it."""
    page = window.pages[kind.__module__.removeprefix("ui.pages.")]
    assert isinstance(page, kind)
    return page
