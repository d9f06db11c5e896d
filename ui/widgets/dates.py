"""A date of the Buddhist era, typed in any usual way or picked from a small Thai calendar."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFont, QIcon, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ita_desktop.domain.fiscal import (
    BUDDHIST_OFFSET,
    FIRST_YEAR,
    LAST_YEAR,
    MONTHS,
    parse_thai_date,
    thai_date,
)
from ita_desktop.paths import resources
from ui import theme
from ui.text import shown
from ui.widgets.checked import CheckedField
from ui.widgets.layouts import button, label, shortcut

_WEEK = ("อา.", "จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.")
"""A Thai week begins on Sunday."""
_WEEKDAYS = ("อาทิตย์", "จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์")
_FIRST = date(FIRST_YEAR - BUDDHIST_OFFSET, 1, 1)
_LAST = date(LAST_YEAR - BUDDHIST_OFFSET, 12, 31)
_CELL = QSize(44, 30)
_DAY = Qt.ItemDataRole.UserRole


class MonthGrid(QTableWidget):
    """The days of one month, six weeks from Sunday to Saturday, for mouse and keyboard."""

    turned = Signal()
    """Another day is chosen, maybe in another month."""
    picked = Signal(object)
    """A day was taken (a date)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(6, 7, parent)
        self.day = date.today()
        self.setAccessibleName("ปฏิทิน")
        self.setToolTip(
            "ลูกศรเลื่อนวัน  •  PageUp PageDown เลื่อนเดือน  •  "
            "Ctrl กับ PageUp PageDown เลื่อนปี  •  Enter เลือก"
        )
        self.setHorizontalHeaderLabels(list(_WEEK))
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        wide, high = theme.scaled(_CELL.width()), theme.scaled(_CELL.height())
        for header, size in (
            (self.horizontalHeader(), wide),
            (self.verticalHeader(), high),
        ):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setMinimumSectionSize(10)
            header.setDefaultSectionSize(size)
        for policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedSize(7 * wide + 4, head + 6 * high + 4)
        self.cellClicked.connect(lambda *_: self._pick())
        self.currentItemChanged.connect(lambda now, _: self._on_current(now))

    def go(self, day: date) -> None:
        """Show the month of a day, with the day chosen; days outside 2500-2700 are not gone to."""
        self.day = min(max(day, _FIRST), _LAST)
        first = self.day.replace(day=1)
        ahead = (first.weekday() + 1) % 7
        self.blockSignals(True)
        for at in range(42):
            self.setItem(at // 7, at % 7, _item(first, at - ahead))
        here = ahead + self.day.day - 1
        self.setCurrentCell(here // 7, here % 7)
        self.blockSignals(False)
        self.viewport().update()
        self.turned.emit()

    def turn(self, months: int) -> None:
        """Go so many months on, to the same day or the month's last."""
        at = self.day.year * 12 + self.day.month - 1 + months
        year, month = at // 12, at % 12 + 1
        if not _FIRST.year <= year <= _LAST.year:
            return
        self.go(date(year, month, min(self.day.day, calendar.monthrange(year, month)[1])))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go on past the ends of the month."""
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -7,
            Qt.Key.Key_Down: 7,
        }
        key = event.key()
        months = 12 if event.modifiers() & Qt.KeyboardModifier.ControlModifier else 1
        if key in steps:
            self.go(_moved(self.day, steps[Qt.Key(key)]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turn(months if key == Qt.Key.Key_PageDown else -months)
        elif key == Qt.Key.Key_Home:
            self.go(self.day.replace(day=1))
        elif key == Qt.Key.Key_End:
            last = calendar.monthrange(self.day.year, self.day.month)[1]
            self.go(self.day.replace(day=last))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._pick()
        else:
            event.ignore()  # Escape closes the calendar

    def _on_current(self, now: QTableWidgetItem | None) -> None:
        found = now.data(_DAY) if now is not None else None
        if isinstance(found, date):
            self.day = found

    def _pick(self) -> None:
        self.picked.emit(self.day)


def _moved(day: date, by: int) -> date:
    return day + timedelta(days=by) if _FIRST <= day <= _LAST else day


def _item(first: date, away: int) -> QTableWidgetItem:
    """The cell of the day so many days from the first of the month; other months' are blank."""
    day = first + timedelta(days=away)
    item = QTableWidgetItem()
    if day.month != first.month:
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        return item
    item.setText(shown(day.day))
    item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
    item.setData(_DAY, day)
    said = f"วัน{_WEEKDAYS[(day.weekday() + 1) % 7]}ที่ {thai_date(day)}"
    if day == date.today():
        font = QFont(QApplication.font())
        font.setBold(True)
        font.setUnderline(True)
        item.setFont(font)
        said += " (วันนี้)"
    item.setToolTip(shown(said))
    item.setData(Qt.ItemDataRole.AccessibleTextRole, shown(said))
    return item


class CalendarPopup(QFrame):
    """A month to pick a day from. Escape or a click elsewhere closes it."""

    picked = Signal(object)
    """The day (a date), or None to leave the field empty."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("card", True)
        self.setAccessibleName("ปฏิทิน")
        self.grid = MonthGrid()
        self.month = label("", "title")
        self.month.setAlignment(Qt.AlignmentFlag.AlignCenter)
        turns = [
            self._turn_button("«", -12, "ปีก่อน"),
            self._turn_button("‹", -1, "เดือนก่อน"),
            self._turn_button("›", 1, "เดือนถัดไป"),
            self._turn_button("»", 12, "ปีถัดไป"),
        ]
        head, foot = QHBoxLayout(), QHBoxLayout()
        for part in (*turns[:2], self.month, *turns[2:]):
            head.addWidget(part, 1 if part is self.month else 0)
        foot.addWidget(button("วันนี้", lambda: self._take(date.today())))
        foot.addStretch(1)
        foot.addWidget(button("ไม่ระบุวันที่", lambda: self._take(None)))
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addLayout(head)
        column.addWidget(self.grid, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(foot)
        self.grid.turned.connect(self._show_month)
        self.grid.picked.connect(self._take)

    def _turn_button(self, text: str, months: int, name: str) -> QPushButton:
        made = button(text, lambda: self.grid.turn(months), tip=name)
        made.setAccessibleName(name)
        made.setFixedWidth(theme.scaled(34))
        made.setStyleSheet("padding: 4px 0;")
        return made

    def open_at(self, below: QWidget, day: date) -> None:
        """Open under a widget, inside its screen, with a day chosen and the keyboard on it."""
        self.grid.go(day)
        self.adjustSize()
        room = below.screen().availableGeometry()
        corner = below.mapToGlobal(QPoint(0, below.height() + 2))
        if corner.y() + self.height() > room.bottom():
            corner = below.mapToGlobal(QPoint(0, -self.height() - 2))
        corner.setX(max(room.left(), min(corner.x(), room.right() - self.width())))
        corner.setY(max(room.top(), corner.y()))
        self.move(corner)
        self.show()
        self.grid.setFocus()

    def _show_month(self) -> None:
        day = self.grid.day
        self.month.setText(shown(f"{MONTHS[day.month - 1]} {day.year + BUDDHIST_OFFSET}"))

    def _take(self, day: date | None) -> None:
        self.close()
        self.picked.emit(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes the calendar and changes nothing."""
        if event.matches(QKeySequence.StandardKey.Cancel):
            self.close()
        else:
            super().keyPressEvent(event)


class DateField(CheckedField):
    """A date of the Buddhist era. ``typed`` carries a date, or None for an empty field."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.calendar_button = button("", self.open_calendar, tip="เลือกวันจากปฏิทิน (Alt+Down)")
        self._show_arrow()
        self.calendar_button.setAccessibleName("เลือกวันจากปฏิทิน")
        self._tools.addWidget(self.calendar_button)
        self._tools.addStretch(1)
        self.line.setMinimumWidth(150)
        self.line.setMaximumWidth(220)
        self.popup: CalendarPopup | None = None
        for key in ("Alt+Down", "F4"):
            shortcut(self, key, self.open_calendar)

    def changeEvent(self, event: QEvent) -> None:
        """Another look: a dark arrow is not seen on a dark button."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "calendar_button"):
            self._show_arrow()

    def _show_arrow(self) -> None:
        self.calendar_button.setIcon(QIcon(str(resources() / "icons" / theme.down_arrow())))

    def read(self, text: str) -> date | None:
        """The day a text names; raises ValueError with a Thai sentence."""
        try:
            return parse_thai_date(text)
        except ValueError as error:
            raise ValueError(shown(error)) from error

    def written(self, value: date | None) -> str:
        """ "๗ มกราคม ๒๕๖๙" """
        return "" if value is None else shown(thai_date(value))

    def open_calendar(self) -> None:
        """Show the calendar at the field's day, or at today."""
        if self.popup is None:
            self.popup = CalendarPopup(self)
            self.popup.picked.connect(self.pick)
        self.popup.open_at(self.line, self.value() or date.today())

    def pick(self, day: date | None) -> None:
        """Take a day from the calendar."""
        self.line.visit = object()
        self._draft = False
        self._say("")
        self.line.show_value(self.written(day))
        self._give(day)
        self.line.setFocus()
