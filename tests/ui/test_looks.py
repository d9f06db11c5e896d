"""What can be asserted of looks, on every page at both sizes: nothing cut off, all reachable."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QTabBar,
    QTreeView,
    QWidget,
)

from tests.ui.conftest import Keyboard, open_session, page_of
from tests.ui.test_page_view import pause
from ui.main_window import PAGES, MainWindow
from ui.pages.measures import MeasuresPage
from ui.pages.office import OfficePage
from ui.pages.overview import OverviewPage
from ui.pages.scores import ScoresPage
from ui.theme import SIZES as TEXT_SIZES
from ui.theme import USUAL_SIZE, apply_theme, choose, chosen_size
from ui.widgets.forms import Choice
from ui.widgets.layouts import ElidedLabel

FULL = (1366, 728)
"""A screen of 1366 × 768 less the task bar."""
SMALL = (911, 485)
"""The same screen at 150 %."""
LARGE = (1366, 727)
"""The first screen again, with the largest text: ``ITA_LARGE=1`` looks at it too."""
_LOOKED_AT = {
    "full": FULL,
    "small": SMALL,
    **({"large": LARGE} if os.environ.get("ITA_LARGE") else {}),
}
SIZES = pytest.mark.parametrize("size", list(_LOOKED_AT.values()), ids=list(_LOOKED_AT))
FILES = pytest.mark.parametrize("file", ["sample_file", "empty_file"])
ENGLISH = re.compile(r"[A-Za-z]{2,}")
MAY_BE_ENGLISH = re.compile(
    r"ITA|Desktop|PDF|IIT|EIT|OIT|Excel|Word|URL|E-Service|Ctrl|Alt|Enter|Esc|Delete|Up|Down|PageUp|PageDown"
    r"|https|PNG|Tab|Space|Shift"
)
INPUTS = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView, QRadioButton, QPushButton)

Show = Callable[[tuple[int, int]], MainWindow]


@pytest.fixture
def text_size(qapp: QApplication) -> Iterator[Callable[[int], None]]:
    """Sets the size of the text; the usual one comes back when the windows are gone."""

    def put_on(points: int) -> None:
        choose(size=points)
        apply_theme(qapp)

    yield put_on
    if chosen_size() != USUAL_SIZE:
        put_on(USUAL_SIZE)


@pytest.fixture
def own(
    request: pytest.FixtureRequest,
    text_size: Callable[[int], None],  # before the windows, so that it is put back after them
    make_window: Callable[[Path], MainWindow],
    file: str,
) -> Show:
    """A window of the test's own over the named file at a size."""
    path = request.getfixturevalue(file)

    def make(size: tuple[int, int]) -> MainWindow:
        if size == LARGE:
            text_size(max(TEXT_SIZES))
        return at_rest(make_window(path), size)

    return make


@pytest.fixture
def show(request: pytest.FixtureRequest, looked_at: Callable[[str], MainWindow], file: str) -> Show:
    """A window over the named file at a size; the same for all tests, which change nothing."""

    def make(size: tuple[int, int]) -> MainWindow:
        if size == LARGE:
            return request.getfixturevalue("own")(size)
        return at_rest(looked_at(file), size)

    return make


def at_rest(window: MainWindow, size: tuple[int, int]) -> MainWindow:
    window.show_page(0)
    window.resize(*size)
    settle()
    overview = page_of(window, OverviewPage)
    for _ in range(500):  # it comes from the background, and moves what stands below it
        if not overview.maker.busy:
            break
        pause(20)
    return window


def settle() -> None:
    """Let layouts and scroll areas come to rest."""
    for _ in range(5):
        QApplication.processEvents()


def each_page(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    for at, name in enumerate(PAGES):
        window.show_page(at)
        settle()
        yield name, window.pages[name]


def visible(parent: QWidget, *kinds: type[QWidget]) -> list[QWidget]:
    """What is on the screen, or would be after scrolling."""
    found: list[QWidget] = []
    for kind in kinds:
        found += [each for each in parent.findChildren(kind) if each.isVisible()]
    return found


def describe(widget: QWidget) -> str:
    text = widget.accessibleName() or widget.property("text") or widget.objectName()
    return f"{type(widget).__name__} {text!r}"


# --- nothing cut off ---------------------------------------------------------------------------


@SIZES
@FILES
def test_the_window_takes_the_size_it_is_given(show: Show, size: tuple[int, int]):
    window = show(size)
    for name, _ in each_page(window):
        assert (window.width(), window.height()) == size, name


@SIZES
@FILES
def test_no_button_and_no_label_is_cut_off(show: Show, size: tuple[int, int]):
    window = show(size)
    cut = []
    for name, _ in each_page(window):
        for each in visible(window, QPushButton, QRadioButton, QLabel, QComboBox):
            if isinstance(each, ElidedLabel):
                continue
            wanted, given = each.sizeHint(), each.size()
            wraps = isinstance(each, QLabel) and each.wordWrap()
            height = each.heightForWidth(given.width()) if wraps else wanted.height()
            if (not wraps and given.width() < wanted.width()) or given.height() < height:
                cut.append((name, describe(each), wanted.toTuple(), given.toTuple()))
    assert cut == []


@SIZES
@FILES
def test_nothing_sticks_out_of_its_parent(show: Show, size: tuple[int, int]):
    """What does not fit scrolls downwards; nothing hides to the right."""
    window = show(size)
    out = []
    for name, page in each_page(window):
        for area in visible(page, QScrollArea):
            assert isinstance(area, QScrollArea)
            inner = area.widget()
            assert inner and inner.width() <= area.viewport().width(), name
        for each in visible(page, *INPUTS, QLabel):
            right = each.mapTo(page, QPoint(each.width(), 0)).x()
            bottom = each.mapTo(page, QPoint(0, each.height())).y()
            scrolls = any(area.isAncestorOf(each) for area in visible(page, QScrollArea))
            if right > page.width() or (bottom > page.height() and not scrolls):
                out.append((name, describe(each)))
    assert out == []


@SIZES
@FILES
def test_headings_of_columns_are_not_cut_off(show: Show, size: tuple[int, int]):
    window = show(size)
    cut = []
    for name, page in each_page(window):
        for header in visible(page, QHeaderView):
            assert isinstance(header, QHeaderView)
            if header.orientation() is Qt.Orientation.Vertical:
                continue
            for at in range(header.count()):
                wanted = header.sectionSizeFromContents(at).width()
                if header.sectionSize(at) < wanted:
                    cut.append((name, header.model().headerData(at, header.orientation())))
    assert cut == []


@SIZES
@FILES
def test_figures_and_remarks_have_room(own: Show, size: tuple[int, int]):
    window = own(size)
    page = page_of(window, ScoresPage)
    window.show_page(PAGES.index("scores"))
    page.show_year(2568)
    page.model.enter({"total": "100", "1": "100", "i1": "93,59"})
    settle()
    metrics = page.view.fontMetrics()
    assert page.view.horizontalScrollBar().maximum() == 0
    for column in range(1, 5):
        room = page.view.columnWidth(column) - 8
        assert metrics.horizontalAdvance("▲ ๑๐๐.๐๐") <= room
    assert page.view.columnWidth(0) >= 200
    remark = page.model.index_of("i1", 5)
    assert remark.data(Qt.ItemDataRole.ToolTipRole) == remark.data()
    assert page.view.viewport().height() >= 5 * 28


@SIZES
@FILES
def test_the_longest_level_is_not_cut_off(own: Show, size: tuple[int, int]):
    window = own(size)
    window.show_page(PAGES.index("scores"))
    page = page_of(window, ScoresPage)
    page.show_year(2566)
    page.model.enter({"total": "100.00", "IIT": "100.00", "EIT": "100.00", "OIT": "100.00"})
    longest = max((rule.level for rule in page.model.tree.framework.levels), key=len)
    open_session(window).store.set_official_level(2566, longest)
    settle()
    assert page._figures["level"][0].text() == longest
    for label in visible(page, QLabel):
        if not isinstance(label, ElidedLabel) and not label.wordWrap():  # type: ignore[attr-defined]
            assert label.width() >= label.sizeHint().width(), describe(label)
    assert window.width() == size[0]


# --- named and reached -------------------------------------------------------------------------


def has_name(widget: QWidget, window: MainWindow) -> bool:
    if widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()):
        return True
    return any(label.buddy() is widget for label in window.findChildren(QLabel))


@FILES
def test_every_input_has_a_name(show: Show):
    window = show(FULL)
    nameless = []
    for name, _ in each_page(window):
        for each in visible(window, *INPUTS, QTabBar):
            inside = isinstance(each.parent(), QComboBox) or isinstance(each, QHeaderView)
            if not inside and not has_name(each, window):
                nameless.append((name, describe(each)))
    assert nameless == []


@FILES
def test_every_label_beside_a_field_is_its_buddy(show: Show):
    window = show(FULL)
    for page in window.pages.values():
        for form in (getattr(page, key, None) for key in ("form", "extra")):
            for key, label in getattr(form, "labels", {}).items():
                assert label.buddy() is form.fields[key]  # type: ignore[union-attr]


def tab_round(keys: Keyboard, key: str) -> list[QWidget]:
    """What Tab visits from the page's entrance until it is back."""
    seen: list[QWidget] = []
    while keys.focus not in seen:
        seen.append(keys.focus)
        keys.press(key)
    return seen


def stops(page: QWidget) -> list[QWidget]:
    """What Tab should visit on a page."""
    kinds = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView, QAbstractButton)
    return [
        each
        for each in visible(page, *kinds)
        if each.isEnabled()
        and each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(each.parent(), QComboBox)
    ]


@SIZES
@FILES
def test_tab_visits_everything_and_shift_tab_goes_back(
    show: Show, size: tuple[int, int], type_text: Callable[[str], None]
):
    window = show(size)
    keys = Keyboard(window, type_text)
    for at, name in enumerate(PAGES):
        keys.press(f"Ctrl+{at}")
        forth = tab_round(keys, "Tab")
        missed = [describe(each) for each in stops(window.pages[name]) if each not in forth]
        assert missed == [], name
        keys.press(f"Ctrl+{at}")
        back = tab_round(keys, "Shift+Tab")
        assert [forth[0], *reversed(forth[1:])] == back, name


@SIZES
@FILES
def test_tab_order_is_reading_order(
    show: Show, size: tuple[int, int], type_text: Callable[[str], None]
):
    """Inside a card from top to bottom, in a line from left to right; cards in their order."""
    window = show(size)
    keys = Keyboard(window, type_text)
    for at, name in enumerate(PAGES):
        keys.press(f"Ctrl+{at}")
        page = window.pages[name]
        window.tabs.tabBar().setFocus()
        order = [each for each in tab_round(keys, "Tab") if page.isAncestorOf(each)]
        for before, after in pairwise(order):
            if _card(before) is _card(after):
                assert _reads_before(before, after, page), (name, describe(before), describe(after))
        cards = list(dict.fromkeys(_card(each) for each in order))
        changes = sum(1 for a, b in pairwise(order) if _card(a) is not _card(b))
        assert changes == len(cards) - 1, f"{name}: no card is visited twice"


def _place(widget: QWidget, page: QWidget) -> QPoint:
    return widget.mapTo(page, QPoint(0, 0))


def _card(widget: QWidget) -> QWidget | None:
    parent = widget.parentWidget()
    while parent is not None and not parent.property("card"):
        parent = parent.parentWidget()
    return parent


def _reads_before(before: QWidget, after: QWidget, page: QWidget) -> bool:
    one, two = _place(before, page), _place(after, page)
    same_line = one.y() < two.y() + after.height() and two.y() < one.y() + before.height()
    return one.x() < two.x() if same_line else one.y() < two.y()


@SIZES
@FILES
def test_what_has_the_focus_is_in_sight(
    show: Show, size: tuple[int, int], type_text: Callable[[str], None]
):
    window = show(size)
    keys = Keyboard(window, type_text)
    for at, name in enumerate(PAGES):
        keys.press(f"Ctrl+{at}")
        for each in tab_round(keys, "Tab"):
            each.setFocus(Qt.FocusReason.TabFocusReason)
            settle()
            seen = each.visibleRegion().boundingRect()
            assert seen.width() >= min(each.width(), 40), (name, describe(each))
            assert seen.height() >= min(each.height(), 24), (name, describe(each))


# --- Thai throughout ---------------------------------------------------------------------------


def texts_of(widget: QWidget) -> Iterator[str]:
    for key in ("text", "placeholderText", "title"):
        yield str(widget.property(key) or "")
    yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
    yield widget.statusTip()


def english_in(text: str) -> list[str]:
    return ENGLISH.findall(MAY_BE_ENGLISH.sub("", text.replace("&", "")))


@FILES
def test_no_english_on_the_screen(show: Show):
    window = show(FULL)
    found = []
    for name, _ in each_page(window):
        for each in visible(window, QWidget):
            if isinstance(each, (QLineEdit, QPlainTextEdit)):  # the user's own text
                continue
            if each is window.file_label:
                continue
            found += [(name, describe(each), text) for text in texts_of(each) if english_in(text)]
    for menu in window.menuBar().findChildren(QMenu) or window.findChildren(QMenu):
        found += [("menu", menu.title(), menu.title())] if english_in(menu.title()) else []
        for action in menu.actions():
            found += [("menu", "", action.text())] if english_in(action.text()) else []
    assert found == []
    assert english_in(window.windowTitle()) == []


@FILES
def test_no_arabic_digits_in_what_the_program_says(show: Show):
    window = show(FULL)
    for _, _page in each_page(window):
        for each in visible(window, QLabel, QPushButton):
            text = str(each.property("text"))
            assert not re.search("[0-9]", text), text


@pytest.mark.parametrize(("kind", "page"), [(QLineEdit, "office"), (QPlainTextEdit, "measures")])
def test_the_menu_of_a_field_is_thai(
    sample_window: MainWindow, kind: type[QLineEdit | QPlainTextEdit], page: str
):
    sample_window.show_page(PAGES.index(page))
    settle()
    field = sample_window.pages[page].findChild(kind)
    assert field is not None
    menu = field.createStandardContextMenu()
    texts = [each.text().partition("\t")[0] for each in menu.actions() if not each.isSeparator()]
    menu.deleteLater()
    assert len(texts) >= 6
    assert [text for text in texts if english_in(text)] == []


def test_a_wheel_over_an_unfocused_choice_changes_nothing(sample_window: MainWindow):
    sample_window.show_page(PAGES.index("office"))
    choice = page_of(sample_window, OfficePage).form.fields["kind"]
    assert isinstance(choice, Choice)
    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(choice.mapToGlobal(QPoint(5, 5))),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    for focused, changes in ((False, False), (True, True)):
        (choice if focused else sample_window.year).setFocus()
        before = choice.value()
        QApplication.sendEvent(choice, turn)
        assert (choice.value() != before) is changes


def test_long_texts_scroll_inside_their_field(sample_keys: Keyboard):
    sample_keys.window.resize(*SMALL)
    sample_keys.press("Ctrl+3", "Home").tab_to("วิธีดำเนินการ")
    field = page_of(sample_keys.window, MeasuresPage).form.fields["steps"]
    before = field.height()
    sample_keys.press("Ctrl+End").type("\nก" * 4)
    settle()
    assert field.height() > before, "grows with its text"
    sample_keys.type("\nก" * 12)
    settle()
    assert field.height() < 400, "but not for ever"


def test_the_tree_of_scores_shows_the_whole_name_as_tip(sample_window: MainWindow):
    page = page_of(sample_window, ScoresPage)
    index = page.model.index_of("i1", 0)
    assert index.data(Qt.ItemDataRole.ToolTipRole) == index.data()
    assert isinstance(page.view, QTreeView)
