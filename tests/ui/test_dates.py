"""The date field: typed, picked from the calendar, refused in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from tests.ui.conftest import Keyboard, on_disk, open_session, page_of, wait_saved
from ui.pages.measures import MeasuresPage
from ui.text import set_thai_digits
from ui.widgets.dates import DateField, MonthGrid

DAY = date(2026, 1, 7)
TypeText = Callable[[str], None]


class Desk:
    """A date field with a field after it, and what it reported."""

    def __init__(self) -> None:
        self.window = QWidget()
        self.field, self.next = DateField(), QLineEdit()
        column = QVBoxLayout(self.window)
        column.addWidget(self.field)
        column.addWidget(self.next)
        self.given: list[date | None] = []
        self.field.typed.connect(self.given.append)
        self.window.show()
        QTest.qWaitForWindowExposed(self.window)
        self.window.activateWindow()
        self.field.setFocus()

    def leave(self) -> None:
        self.next.setFocus()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        widget = QApplication.activePopupWidget() or QApplication.focusWidget()
        widget = widget.focusWidget() or widget if widget else None
        QTest.keyClick(widget, key, modifier or Qt.KeyboardModifier.NoModifier)  # type: ignore[arg-type]


@pytest.fixture
def desk(qapp: QApplication) -> Iterator[Desk]:
    made = Desk()
    yield made
    made.window.close()
    made.window.deleteLater()
    qapp.processEvents()


@pytest.mark.parametrize("text", ["๗ ม.ค. ๒๕๖๙", "7/1/69", "7 มกราคม 2569"])
def test_a_typed_date_is_written_out_when_left(desk: Desk, type_text: TypeText, text: str):
    type_text(text)
    assert desk.given[-1] == DAY
    assert desk.field.line.text() == text, "not while it is typed"
    desk.leave()
    assert desk.field.line.text() == "๗ มกราคม ๒๕๖๙"
    assert desk.field.problem.isHidden()


def test_the_screen_may_show_arabic_digits(desk: Desk):
    set_thai_digits(False)
    desk.field.show_value(DAY)
    desk.leave()
    desk.field.show_value(date(2026, 2, 1))
    assert desk.field.line.text() == "1 กุมภาพันธ์ 2569"


def test_what_is_no_date_stays_and_is_told(desk: Desk, type_text: TypeText):
    type_text("กลางเดือน")
    assert desk.field.problem.isHidden(), "nobody is corrected while typing"
    desk.leave()
    assert desk.given == []
    assert desk.field.line.text() == "กลางเดือน"
    assert "โปรดพิมพ์วัน เดือน ปี พ.ศ." in desk.field.problem.text()
    assert desk.field.problem.isVisible()
    assert desk.field.problem.text() in desk.field.line.accessibleDescription()
    desk.field.show_value(None)
    assert desk.field.line.text() == "กลางเดือน", "news of other fields leave it alone"
    desk.field.forget()
    assert desk.field.line.text() == "" and desk.field.problem.isHidden()


def test_the_beginning_of_a_date_never_remains(desk: Desk, type_text: TypeText):
    desk.field.show_value(DAY)
    desk.leave()
    desk.field.setFocus()
    desk.field.line.selectAll()
    type_text("26/4/25")
    assert desk.given[-1] == date(1982, 4, 26)
    type_text("6")
    assert desk.given[-1] == DAY, "what can't be read takes the shorter reading back"
    type_text("9")
    assert desk.given[-1] == date(2026, 4, 26)


def test_an_emptied_field_has_no_date(desk: Desk):
    desk.field.show_value(DAY)
    desk.leave()
    desk.field.setFocus()
    desk.field.line.selectAll()
    desk.press(Qt.Key.Key_Delete)
    assert desk.given == [None]


def test_a_new_value_from_the_data_replaces_a_draft(desk: Desk, type_text: TypeText):
    type_text("x")
    desk.leave()
    desk.field.show_value(DAY)
    assert desk.field.line.text() == "๗ มกราคม ๒๕๖๙"
    assert desk.field.problem.isHidden()


# --- the calendar ------------------------------------------------------------------------------


def test_the_calendar_is_worked_by_keyboard(desk: Desk):
    desk.field.show_value(DAY)
    desk.press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = desk.field.popup
    assert popup is not None and popup.isVisible()
    assert popup.month.text() == "มกราคม ๒๕๖๙"
    popup.grid.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown):
        QTest.keyClick(popup.grid, key)
    assert popup.month.text() == "กุมภาพันธ์ ๒๕๖๙"
    QTest.keyClick(popup.grid, Qt.Key.Key_Return)
    assert desk.given == [date(2026, 2, 15)]
    assert not popup.isVisible()
    assert desk.field.line.text() == "๑๕ กุมภาพันธ์ ๒๕๖๙"


def test_escape_closes_the_calendar_and_changes_nothing(desk: Desk):
    desk.field.show_value(DAY)
    desk.field.open_calendar()
    popup = desk.field.popup
    assert popup is not None
    QTest.keyClick(popup.grid, Qt.Key.Key_Down)
    QTest.keyClick(popup.grid, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert desk.given == [] and desk.field.value() == DAY


def test_a_click_picks_a_day(desk: Desk):
    desk.field.show_value(DAY)
    desk.field.open_calendar()
    popup = desk.field.popup
    assert popup is not None
    item = next(i for i in popup.grid.findItems("๒๐", Qt.MatchFlag.MatchExactly))
    place = popup.grid.visualItemRect(item).center()
    QTest.mouseClick(popup.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.given == [date(2026, 1, 20)]


@pytest.mark.parametrize(
    ("day", "months", "there"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 31), -12, date(2025, 1, 31)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2157, 12, 1), 1, date(2157, 12, 1)),
        (date(1957, 1, 1), -1, date(1957, 1, 1)),
    ],
)
def test_turning_months_stays_inside_them(qapp: QApplication, day: date, months: int, there: date):
    grid = MonthGrid()
    grid.go(day)
    grid.turn(months)
    assert grid.day == there
    grid.deleteLater()


def test_a_week_begins_on_sunday(qapp: QApplication):
    grid = MonthGrid()
    grid.go(date(2026, 2, 1))  # a Sunday
    assert [item.text() for at in range(2) if (item := grid.item(0, at))] == ["๑", "๒"]
    first = grid.item(0, 0)
    assert first is not None and "วันอาทิตย์ที่ ๑ กุมภาพันธ์ ๒๕๖๙" in first.toolTip()
    grid.go(date(2026, 8, 1))  # a Saturday
    assert (item := grid.item(0, 6)) is not None and item.text() == "๑"
    grid.deleteLater()


# --- a measure's day ---------------------------------------------------------------------------


def _stored(keys: Keyboard) -> list[date | None]:
    wait_saved(keys.window)
    session = open_session(keys.window)
    return [m.day for m in on_disk(session.store.path).measures[session.year]]


def test_a_measure_takes_one_day(keys: Keyboard):
    keys.press("Ctrl+3", "Ctrl+N").type("ก").tab_to("วันเดียว").type("7/1/69")
    assert _stored(keys) == [DAY]
    keys.press("Tab", "Ctrl+Z")
    assert _stored(keys) == [None]
    field = page_of(keys.window, MeasuresPage).extra.fields["day"]
    assert isinstance(field, DateField) and field.line.text() == ""


def test_no_date_is_not_carried_to_another_measure(keys: Keyboard):
    keys.press("Ctrl+3", "Ctrl+N").type("ก").tab_to("วันเดียว").type("กลางปี").press("Tab")
    field = page_of(keys.window, MeasuresPage).extra.fields["day"]
    assert isinstance(field, DateField) and field.problem.isVisible()
    assert _stored(keys) == [None]
    keys.press("Ctrl+N")
    assert field.line.text() == "" and not field.problem.isVisible()
    assert _stored(keys) == [None, None]
