"""What can be asserted of the looks of frameworks and of the change of year, at both sizes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.measures import MeasureKind, Status
from tests.ui.conftest import Keyboard
from tests.ui.test_looks import (
    FULL,
    INPUTS,
    SMALL,
    describe,
    english_in,
    has_name,
    settle,
    stops,
    tab_round,
    texts_of,
    visible,
)
from ui.frameworks import FrameworksDialog
from ui.session import Session
from ui.widgets.layouts import ElidedLabel
from ui.year_change import STEPS, YearChangeDialog

Scene = tuple[str, QDialog, Callable[[], object]]


@pytest.fixture
def session(empty_file: Path) -> Iterator[Session]:
    session = Session.open(empty_file)
    store = session.store
    scores = dict.fromkeys(session.framework(2569).items, Decimal("91.25"))
    store.set_scores(2569, scores)
    long = "จัดทำคู่มือมาตรฐานการให้บริการประชาชนประจำปีงบประมาณ พ.ศ. 2569 ให้ได้ 95.00 คะแนน " * 2
    made = store.add_measure(2569, MeasureKind.MEASURE, title=long, items=("o11", "o12", "o27"))
    store.set_progress(made, Round.TWELVE, status=Status.IN_PROGRESS)
    store.add_guidelines(2569, [str(number) for number in range(1, 11)])
    store.set_passage(2569, "memo/law", f"{long}\nตามกฎหมาย")
    for code in session.framework(2569).items:
        if code.startswith("o"):
            store.set_disclosure(2569, code, url=f"https://a.go.th/{code}", owner="กองคลัง")
    session.set_year(2569)
    yield session
    session.close()
    QApplication.processEvents()


def scenes(session: Session) -> Iterator[Scene]:
    """Every page of both dialogs."""
    frameworks = FrameworksDialog(session)
    editor = frameworks.editor

    def wrong() -> None:
        frameworks.edit_year(2568)
        for path in ((), ("levels", 0), ("issues", 0), editor.draft.item_paths["i2"]):
            item = next(item for item in editor._items() if editor._path_of(item) == path)
            editor.tree.setCurrentItem(item)
        editor._on_typed("code", "i1")
        editor._on_typed("answers", "๑๐๐ ๐")

    def effects() -> None:
        frameworks.edit_year(2569)
        for code in ("o1", "o2", "i1", "e1"):
            editor._take(editor.draft.remove(editor.draft.item_paths[code]), ())
        editor.use()

    yield "years", frameworks, frameworks.show_years
    yield "editor", frameworks, lambda: frameworks.edit_year(2569)
    yield "wrong", frameworks, wrong
    yield "effects", frameworks, effects
    steps = YearChangeDialog(session)
    for at in range(len(STEPS)):
        yield f"step {at + 1}", steps, lambda at=at: steps.go_to(at)


@pytest.fixture(params=[FULL, SMALL], ids=["full", "small"])
def each_scene(request: pytest.FixtureRequest, session: Session) -> Iterator[Iterator[Scene]]:
    made: list[QDialog] = []

    def shown_scenes() -> Iterator[Scene]:
        for name, dialog, show in scenes(session):
            if dialog not in made:
                made.append(dialog)
                dialog.resize(*request.param)
                dialog.show()
                QTest.qWaitForWindowExposed(dialog)
                dialog.activateWindow()
            show()
            settle()
            assert (dialog.width(), dialog.height()) == request.param, name
            yield name, dialog, show

    yield shown_scenes()
    for dialog in made:
        dialog.close()
        dialog.deleteLater()


def cut_off(dialog: QWidget) -> Iterator[str]:
    """Buttons, labels, choices and headings that are narrower or lower than their text."""
    for each in visible(dialog, QPushButton, QLabel, QComboBox):
        if isinstance(each, ElidedLabel):
            continue
        wraps = isinstance(each, QLabel) and each.wordWrap()
        combo = isinstance(each, QComboBox)
        wanted = each.sizeHint()
        height = each.heightForWidth(each.width()) if wraps else wanted.height()
        if (not wraps and not combo and each.width() < wanted.width()) or each.height() < height:
            yield f"{describe(each)} {wanted.toTuple()} {each.size().toTuple()}"
    for header in visible(dialog, QHeaderView):
        assert isinstance(header, QHeaderView)
        if header.objectName() != "vertical" and header.orientation().name == "Horizontal":
            for at in range(header.count()):
                if header.sectionSize(at) < header.sectionSizeFromContents(at).width():
                    yield f"heading {at} of {header.parent()}"


def sticking_out(dialog: QWidget) -> Iterator[str]:
    for area in visible(dialog, QScrollArea):
        assert isinstance(area, QScrollArea)
        inner = area.widget()
        if inner is not None and inner.width() > area.viewport().width():
            yield f"{describe(inner)} is wider than its area"
    for each in visible(dialog, *INPUTS, QLabel):
        right = each.mapTo(dialog, QPoint(each.width(), 0)).x()
        bottom = each.mapTo(dialog, QPoint(0, each.height())).y()
        scrolls = any(area.isAncestorOf(each) for area in visible(dialog, QScrollArea))
        if right > dialog.width() or (bottom > dialog.height() and not scrolls):
            yield describe(each)


def test_looks_of_every_page(each_scene: Iterator[Scene]):
    """Nothing cut off or sticking out, everything named, all of it Thai with Thai digits."""
    wrong: list[tuple[str, str]] = []
    for name, dialog, _ in each_scene:
        wrong += [(name, f"cut off: {found}") for found in cut_off(dialog)]
        wrong += [(name, f"sticks out: {found}") for found in sticking_out(dialog)]
        for each in visible(dialog, *INPUTS):
            inside = isinstance(each.parent(), QComboBox) or isinstance(each, QHeaderView)
            if not inside and not has_name(each, dialog):  # type: ignore[arg-type]
                wrong.append((name, f"has no name: {describe(each)}"))
        for each in visible(dialog, QWidget):
            if not isinstance(each, QLineEdit | QPlainTextEdit):
                said = [text for text in texts_of(each) if english_in(text)]
                wrong += [(name, f"is English: {describe(each)} {text}") for text in said]
        for each in visible(dialog, QLabel, QPushButton):
            text = str(each.property("text"))
            if any(digit in text for digit in "0123456789"):
                wrong.append((name, f"has Arabic digits: {text}"))
    assert wrong == []


def test_tab_visits_everything(each_scene: Iterator[Scene], type_text: Callable[[str], None]):
    missed: list[tuple[str, list[str]]] = []
    for name, dialog, _ in each_scene:
        keys = Keyboard(dialog, type_text)  # type: ignore[arg-type]
        visited = tab_round(keys, "Tab")
        left = [describe(each) for each in stops(dialog) if each not in visited]
        back = tab_round(keys, "Shift+Tab")
        if left or set(back) != set(visited):
            missed.append((name, left))
        assert not isinstance(visited[0], QAbstractItemView) or visited[0].isVisible()
    assert missed == []
