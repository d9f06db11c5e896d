"""Every page and every window over it, in each look and size: named, reached, whole, legible."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

import ui
from db.errors import MissingDataFile
from ita_desktop import paths
from ita_desktop.domain.beginning import Stage
from tests.ui.disasters import until
from tests.ui.every_window import NOT_SHOWN, WAYS, Desk, copied, prepare, walk
from tests.ui.window_checks import (
    astray,
    clashing,
    cut_off,
    nameless,
    not_thai,
    pale,
    pressed_by_enter,
    stays_after_esc,
    sticking_out,
    unlabelled,
)
from ui.main_window import PAGES, MainWindow
from ui.pages.documents import DocumentsPage
from ui.pages.overview import OverviewPage
from ui.theme import SIZES, USUAL_SIZE, apply_theme, choose
from ui.widgets.help import HelpWindow
from ui.widgets.search_panel import SearchPanel

FULL, SMALL = QSize(1366, 728), QSize(911, 485)
"""A screen of 1366 × 768 less the task bar; the same at 150 %."""


@dataclass(frozen=True)
class Setting:
    """A look, a size of the text and a screen."""

    look: str
    points: int
    screen: QSize


SETTINGS = {
    "light-small": Setting("light", min(SIZES), FULL),
    "light-large": Setting("light", max(SIZES), FULL),
    "dark-small": Setting("dark", min(SIZES), FULL),
    "dark-large": Setting("dark", max(SIZES), FULL),
    "light-150%": Setting("light", USUAL_SIZE, SMALL),
}


class Screen:
    """Stands for the screen, which is 800 × 800 where tests run."""

    def __init__(self, size: QSize) -> None:
        self._size = size

    def availableGeometry(self) -> QRect:  # noqa: N802
        return QRect(0, 0, self._size.width(), self._size.height())


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepare(tmp_path_factory.mktemp("prepared"))


@pytest.fixture
def desk(
    request: pytest.FixtureRequest,
    qapp: QApplication,
    prepared: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[tuple[Desk, Setting]]:
    setting = SETTINGS[request.param]
    choose(look=setting.look, size=setting.points)
    apply_theme(qapp)
    monkeypatch.setattr(QWidget, "screen", lambda _: Screen(setting.screen))
    monkeypatch.setattr(paths, "user_folder", lambda: tmp_path / "user")
    window = MainWindow()
    window.resize(setting.screen)
    window.show()
    QTest.qWaitForWindowExposed(window)
    assert window.open_file(copied(prepared, tmp_path / "desk"))
    yield Desk(window, tmp_path / "desk"), setting
    window.close()
    window.deleteLater()
    # Another look is put on all that is left: without this, on every widget of this window.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    choose(look="light", size=USUAL_SIZE)
    apply_theme(qapp)


def faults_of(window: QWidget, setting: Setting, seen: set[tuple[object, ...]]) -> Iterator[str]:
    for _ in range(8):
        QApplication.processEvents()
    yield from nameless(window)
    yield from unlabelled(window)
    yield from clashing(window)
    yield from cut_off(window)
    yield from sticking_out(window, setting.screen)
    yield from pale(window, seen)
    yield from not_thai(window)
    in_front(window)
    yield from astray(window)


def pages_of(desk: Desk) -> Iterator[tuple[str, QWidget]]:
    """Every page, and every part of a page that stands behind another."""
    window = desk.window
    overview, documents = window.pages["overview"], window.pages["documents"]
    assert isinstance(overview, OverviewPage)
    assert isinstance(documents, DocumentsPage)
    until(lambda: not overview.maker.busy)
    for at, name in enumerate(PAGES):
        window.show_page(at)
        yield name, window
    window.show_page(PAGES.index("documents"))
    for at in range(documents.tabs.count()):
        documents.tabs.setCurrentIndex(at)
        yield f"documents {documents.tabs.tabText(at)}", window
    window.begin_guide()
    for stage in Stage:
        overview.guide.show_stage(stage)
        yield f"guide {stage.name}", window
    window.stack.setCurrentWidget(window.start)
    yield "start", window
    path = desk.folder / "ไม่มี.ita"
    window._show_problem(path, MissingDataFile(path))
    yield "problem", window


@pytest.mark.parametrize("desk", SETTINGS, indirect=True)
def test_every_page_and_window(desk: tuple[Desk, Setting]):
    place, setting = desk
    found: list[str] = []
    seen: set[tuple[object, ...]] = set()
    for name, window in pages_of(place):
        found += [f"{name}: {fault}" for fault in faults_of(window, setting, seen)]
    place.window.stack.setCurrentWidget(place.window.workspace)
    for name, way, widget in walk(place):
        assert type(widget) is way.kind
        found += [f"{name}: {fault}" for fault in faults_of(widget, setting, seen)]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize("desk", ["light-150%"], indirect=True)
def test_f1_enter_and_esc_in_every_window(desk: tuple[Desk, Setting]):
    """Its own chapter; what the window is for, or nothing; and out of it, maybe page by page."""
    found: list[str] = []

    def leave(name: str, widget: QWidget) -> None:
        in_front(widget)
        found.extend(f"{name}: {fault}" for fault in stays_after_esc(widget))

    for name, way, widget in walk(desk[0], leave):
        in_front(widget)
        if way.chapter:
            found += [f"{name}: {fault}" for fault in untold(widget, way.chapter)]
        if way.kind is not SearchPanel:  # Enter goes to what was found, and the panel is gone
            found += [f"{name}: {fault}" for fault in pressed_by_enter(widget)]
    assert not found, "\n" + "\n".join(found)


def untold(widget: QWidget, chapter: str) -> Iterator[str]:
    """F1 that does not open the chapter, over the window and readable beside it."""
    QTest.keyClick(QApplication.focusWidget() or widget, Qt.Key.Key_F1)
    manuals = widget.findChildren(HelpWindow)
    if not manuals or not manuals[0].isVisible():
        yield "F1 opens nothing"
        return
    shown = manuals[0]._chapters[manuals[0].list.currentRow()].key
    if shown != chapter or not manuals[0].text.toPlainText().strip():
        yield f"F1 opens {shown}, not {chapter}"
    manuals[0].close()
    in_front(widget)


def in_front(widget: QWidget) -> None:
    """Give a window the keyboard."""
    widget.activateWindow()
    QApplication.processEvents()


# --- the list is complete ----------------------------------------------------------------------


def test_every_dialog_of_the_program_is_looked_at():
    for module in pkgutil.walk_packages(ui.__path__, "ui."):
        importlib.import_module(module.name)
    made = {each.__name__ for each in below(QDialog) if each.__module__.startswith("ui.")}
    listed = {way.kind.__name__ for way in WAYS.values()}
    assert len(made) > 20
    assert made - listed - set(NOT_SHOWN) == set()


def below(kind: type) -> Iterator[type]:
    for each in kind.__subclasses__():
        yield each
        yield from below(each)


def qt_windows(source: str) -> set[str]:
    """Qt's own windows that a module uses, and windows made of anything by a flag."""
    names = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
    flags = {
        f"{kind.name} {attribute.attr}"
        for kind in ast.walk(ast.parse(source))
        if isinstance(kind, ast.ClassDef)
        for attribute in ast.walk(kind)
        if isinstance(attribute, ast.Attribute)
        and attribute.attr in ("Popup", "Tool", "Window", "Dialog", "ToolTip")
        and ast.unparse(attribute.value).endswith("WindowType")
    }
    found = {name for name in names if name.startswith("Q") and name.endswith(("Dialog", "Box"))}
    layouts = {"QComboBox", "QGroupBox", "QSpinBox", "QCheckBox", "QStyleOptionComboBox"}
    return found - layouts | {flag.split()[0] for flag in flags}


def test_every_window_that_is_no_dialog_of_ours_is_looked_at():
    assert qt_windows("QColorDialog.getColor()") == {"QColorDialog"}
    assert qt_windows("class A:\n  def b(s):\n    c(Qt.WindowType.Popup)") == {"A"}
    files = sorted(Path(ui.__path__[0]).rglob("*.py"))
    used = set[str]().union(*(qt_windows(path.read_text("utf-8")) for path in files))
    listed = {way.kind.__name__ for way in WAYS.values()}
    assert {"CalendarPopup", "QProgressDialog", "QFileDialog"} <= used
    assert used - listed - set(NOT_SHOWN) == set()
