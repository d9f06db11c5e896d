"""Each check of windows finds the widget that is wrong, and is quiet about one that is right."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

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
from ui.widgets.choice import Choice
from ui.widgets.dialogs import Dialog
from ui.widgets.layouts import button, tab_through

Show = Callable[..., QDialog]


@pytest.fixture
def show(qapp: QApplication) -> Iterator[Show]:
    """Shows widgets below each other in a window of that kind."""
    made: list[QDialog] = []

    def put(*widgets: QWidget, kind: type[QDialog] = QDialog) -> QDialog:
        dialog = kind()
        made.append(dialog)
        column = QVBoxLayout(dialog)
        for widget in widgets:
            column.addWidget(widget)
        dialog.resize(400, 300)
        dialog.show()
        dialog.activateWindow()
        qapp.processEvents()
        return dialog

    yield put
    for dialog in made:
        dialog.close()
        dialog.deleteLater()


def line(name: str = "ชื่อ", tip: str = "ชื่อหน่วยงาน") -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setToolTip(tip)
    return made


def faults(dialog: QDialog) -> list[str]:
    """What all checks that change nothing find."""
    found = [*nameless(dialog), *unlabelled(dialog), *clashing(dialog), *cut_off(dialog)]
    found += [*sticking_out(dialog, QSize(800, 600)), *pale(dialog, set()), *not_thai(dialog)]
    return [*found, *astray(dialog)]


def test_a_good_window_has_no_fault(show: Show):
    caption, field = QLabel("&ชื่อ"), QLineEdit()
    caption.setBuddy(field)
    tabs = QTabWidget()
    tabs.addTab(QWidget(), "หนึ่ง")
    dialog = show(caption, field, tabs, QCheckBox("เลือก"), button("ตกลง", bool), line())
    assert faults(dialog) == []


@pytest.mark.parametrize("name", ["", "URL", "Excel"])
def test_a_control_without_a_thai_name_is_found(show: Show, name: str):
    assert len(list(nameless(show(line(name))))) == 1
    assert len(list(nameless(show(QPushButton(name or "…"))))) == 1
    assert list(nameless(show(line()))) == []


def test_a_control_that_nothing_tells_of_is_found(show: Show):
    listed = QListWidget()
    listed.setAccessibleName("รายการ")
    assert len(list(unlabelled(show(line(tip=""), listed)))) == 2
    table = QTableWidget(1, 1)
    table.setHorizontalHeaderLabels(["รายการ"])
    table.setAccessibleName("รายการ")
    assert list(unlabelled(show(line(), table))) == []


def test_keys_that_mean_two_things_are_found(show: Show):
    assert len(list(clashing(show(QPushButton("&ก"), QCheckBox("&ก"))))) == 1
    dialog = show(line())
    for _ in range(2):
        QShortcut(QKeySequence("Ctrl+K"), dialog)
    assert len(list(clashing(dialog))) == 1
    inner = QWidget()
    outer = show(inner)
    action = QAction(outer)
    action.setShortcut(QKeySequence("Ctrl+="))
    nested = QShortcut(QKeySequence("Ctrl+="), inner)
    nested.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    assert len(list(clashing(outer))) == 1
    one, two = QWidget(), QWidget()
    beside = show(one, two)
    for each in (one, two):
        made = QShortcut(QKeySequence("Ctrl+="), each)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    assert list(clashing(beside)) == []


def test_a_field_that_swallows_tab_is_found(show: Show):
    trap = QPlainTextEdit()
    trap.setAccessibleName("ข้อความ")
    found = list(astray(show(line(), trap, line())))
    assert any("Tab does not come back" in fault for fault in found)
    trap.setTabChangesFocus(True)


def test_a_field_that_tab_leaves_out_is_found(show: Show):
    class Skipped(QLineEdit):
        def focusInEvent(self, _event: object) -> None:  # noqa: N802
            after = self.nextInFocusChain()
            assert after is not None
            after.setFocus()

    assert any("leaves out" in fault for fault in astray(show(line(), Skipped(), line())))


def test_a_wrong_order_is_found_and_mended(show: Show):
    fields = [line(name) for name in ("หนึ่ง", "สอง", "สาม", "สี่")]
    dialog = show(*fields)
    tab_through(fields[0], fields[3], fields[1], fields[2])
    fields[0].setFocus()
    assert any("order of reading" in fault for fault in astray(dialog))
    tab_through(*fields)
    fields[0].setFocus()
    assert list(astray(dialog)) == []


def narrow(widget: QWidget) -> QWidget:
    widget.setMaximumWidth(40)
    return widget


@pytest.mark.parametrize(
    "make",
    [
        lambda: narrow(QLabel("ข้อความที่ยาวเกินที่ให้")),
        lambda: narrow(QPushButton("ข้อความที่ยาวเกินที่ให้")),
        lambda: narrow(QCheckBox("ข้อความที่ยาวเกินที่ให้")),
        lambda: narrow(_combo("ข้อความที่ยาวเกินที่ให้")),
        lambda: narrow(_example("ข้อความที่ยาวเกินที่ให้")),
        lambda: _low(QLabel("ข้อความ")),
        lambda: _low(_wrapped("ข้อความ " * 60)),
        lambda: _table("ข้อความที่ยาวเกินที่ให้", 30),
        lambda: _table("ก", 30, heading="หัวข้อที่ยาวเกินที่ให้"),
        lambda: _tabs("ข้อความที่ยาวเกินที่ให้"),
    ],
    ids=[
        *("label", "button", "box", "choice", "example", "low", "wrapped", "row", "heading"),
        "tab",
    ],
)
def test_a_text_that_is_cut_off_is_found(show: Show, make: Callable[[], QWidget]):
    assert len(list(cut_off(show(make())))) >= 1


def _combo(text: str) -> QComboBox:
    made = QComboBox()
    made.addItem(text)
    return made


def _example(text: str) -> QLineEdit:
    made = line()
    made.setPlaceholderText(text)
    return made


def _low(widget: QWidget) -> QWidget:
    widget.setFixedHeight(8)
    return widget


def _wrapped(text: str) -> QLabel:
    made = QLabel(text)
    made.setWordWrap(True)
    return made


def _table(text: str, width: int, heading: str = "ก") -> QTableWidget:
    from PySide6.QtWidgets import QTableWidgetItem

    made = QTableWidget(1, 1)
    made.setWordWrap(False)
    made.setHorizontalHeaderLabels([heading])
    made.setItem(0, 0, QTableWidgetItem(text))
    made.setColumnWidth(0, width)
    return made


def _tabs(text: str) -> QTabWidget:
    made = QTabWidget()
    made.setUsesScrollButtons(False)
    made.setElideMode(Qt.TextElideMode.ElideRight)
    for _ in range(6):
        made.addTab(QWidget(), text)
    return made


def test_what_does_not_fit_is_found(show: Show):
    assert any("larger than" in each for each in sticking_out(show(line()), QSize(300, 200)))
    outside = line()
    dialog = show(outside)
    outside.move(380, 10)
    assert any("sticks out" in fault for fault in sticking_out(dialog, QSize(800, 600)))


@pytest.mark.parametrize("kind", [QLabel, QPushButton, QCheckBox])
def test_a_pale_text_is_found(show: Show, kind: type[QWidget]):
    for colour, is_pale in (("#999999", True), ("#767676", True), ("#333333", False)):
        widget = kind("ข้อความ")  # type: ignore[call-arg]
        widget.setStyleSheet(f"color: {colour}; background: #eeeeee")
        assert bool(list(pale(show(widget), set()))) is is_pale, colour


def test_a_pale_row_is_found(show: Show):
    from PySide6.QtGui import QColor

    listed = QListWidget()
    listed.setAccessibleName("รายการ")
    listed.addItems(["หนึ่ง"])
    dialog = show(listed)
    assert list(pale(dialog, set())) == []
    listed.item(0).setForeground(QColor("#aaaaaa"))
    assert any("row is pale" in fault for fault in pale(dialog, set()))


def test_english_and_arabic_digits_are_found(show: Show):
    assert len(list(not_thai(show(QLabel("Close"), QLabel("3 รายการ"))))) == 2
    assert list(not_thai(show(QLabel("บันทึกเป็น PDF (Ctrl+P)"), QLabel("๓ รายการ")))) == []


def test_what_enter_presses_is_found(show: Show):
    """Left to itself Qt presses the first button."""
    pressed: list[str] = []
    first, second = button("ลบทั้งหมด", lambda: pressed.append("x")), button("ปิด", bool)
    assert len(list(pressed_by_enter(show(line(), first, second)))) == 1
    assert pressed == [], "to look for it does nothing"
    ours = show(line(), button("ลบทั้งหมด", bool), kind=Dialog)
    assert list(pressed_by_enter(ours)) == []


def test_a_window_that_esc_does_not_close_is_found(show: Show):
    class Stubborn(QDialog):
        def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
            event.accept()

    assert len(list(stays_after_esc(show(line(), kind=Stubborn)))) == 1
    assert list(stays_after_esc(show(line()))) == []


def test_a_choice_that_is_cut_off_says_all_of_it(show: Show):
    """The one kind of field that may be too narrow for its text."""
    choice = Choice({"a": "ข้อความที่ยาวเกินที่ให้"})
    choice.setCurrentIndex(0)
    choice.setToolTip("คำอธิบาย")
    show(choice)
    assert choice.tip == "คำอธิบาย"
    choice.setMaximumWidth(60)
    QApplication.processEvents()
    assert choice.tip == "ข้อความที่ยาวเกินที่ให้\nคำอธิบาย"
