"""Small layout helpers: cards, titles, button rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.widgets.wrapping import breakable, news


class WipedLabel(QLabel):
    """A label that leaves nothing of its former text behind, and breaks lines between Thai words.

    Marks such as ุ reach into the padding, which Qt itself does not paint anew.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._plain = text
        self._told = False

    def text(self) -> str:
        """The text as it was given, without the places to break."""
        return self._plain

    def setText(self, text: str) -> None:
        self._plain = text
        super().setText(breakable(text) if self.wordWrap() else text)
        self.update()

    def setWordWrap(self, on: bool) -> None:
        """Lines of a wrapped text end between its words."""
        super().setWordWrap(on)
        if on:
            super().setText(breakable(self._plain))
            if not self._told:
                self._told = True
                news().ready.connect(self._break_anew)  # bound: it ends with this label

    def _break_anew(self) -> None:
        self.setText(self._plain)


def label(text: str, role: str = "") -> QLabel:
    """A plain-text label; ``role`` picks its look from the theme."""
    made = WipedLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    return made


class WrappedLabel(WipedLabel):
    """A text of as many lines as it needs, with the height they take.

    A layout asks a wrapped label for its height before it has given it a width.
    """

    def __init__(self, text: str, role: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        if role:
            self.setProperty("role", role)

    def setText(self, text: str) -> None:
        super().setText(text)
        self._claim()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrapping depends on the width."""
        super().resizeEvent(event)
        self._claim()

    def _claim(self) -> None:
        needed = max(self.heightForWidth(self.width()), 0)
        if needed != self.minimumHeight():
            self.setMinimumHeight(needed)


class ElidedLabel(WipedLabel):
    """A label of one line that ends in "…" where there is no room, with the whole as its tip."""

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        """However long the text: it never makes the window wider."""
        return QSize(40, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        room = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter = QPainter(self)
        self.style().drawItemText(
            painter,
            room,
            int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter),
            self.palette(),
            self.isEnabled(),
            text,
            self.foregroundRole(),
        )


class Turning(QWidget):
    """Parts side by side while there is room for them, else one below the other."""

    def __init__(self, turn_at: int, *parts: tuple[QWidget | QLayout, int]) -> None:
        super().__init__()
        self._turn_at = turn_at
        self._line = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(10)
        self._parts = [part for part, _ in parts]
        for part, stretch in parts:
            if isinstance(part, QLayout):
                self._line.addLayout(part, stretch)
            else:
                self._line.addWidget(part, stretch)

    @property
    def turned(self) -> bool:
        """Whether the parts stand below each other."""
        return self._line.direction() is QBoxLayout.Direction.TopToBottom

    def minimumSizeHint(self) -> QSize:
        """As wide as the widest part: what is to turn must be let become narrow."""
        margins = self._line.contentsMargins()
        width = max(map(_least_width, self._parts)) + margins.left() + margins.right()
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= theme.scaled(self._turn_at)
        ways = QBoxLayout.Direction
        self._line.setDirection(ways.LeftToRight if wide else ways.TopToBottom)


def _least_width(part: QWidget | QLayout) -> int:
    if isinstance(part, QLayout):
        return part.minimumSize().width()
    return max(part.minimumSizeHint().width(), part.minimumWidth())


def card(title: str, *parts: QWidget | QLayout) -> QFrame:
    """A white card with a title.

    One without parts stands in its place first, and is filled there: a widget is dressed anew
    with all that is in it whenever it gets another parent.
    """
    frame = QFrame()
    frame.setProperty("card", True)
    column = QVBoxLayout(frame)
    column.setContentsMargins(14, 10, 14, 12)
    column.setSpacing(8)
    if title:
        heading = label(title, "title")
        heading.setWordWrap(True)
        column.addWidget(heading)
    if parts:
        fill(frame, *parts)
        end(frame)
    return frame


def fill(frame: QWidget, *parts: QWidget | QLayout) -> None:
    """Put parts into a card, below what is there."""
    column = frame.layout()
    assert isinstance(column, QVBoxLayout)
    for part in parts:
        if isinstance(part, QLayout):
            column.addLayout(part)
        else:
            column.addWidget(part)


def end(frame: QWidget) -> None:
    """The card has all its parts: without one that takes what height is left, a stretch does."""
    column = frame.layout()
    assert isinstance(column, QVBoxLayout)
    parts = frame.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    if not any(column.indexOf(part) >= 0 and _grows(part) for part in parts):
        column.addStretch(1)


def _grows(part: QWidget) -> bool:
    return bool(part.sizePolicy().expandingDirections() & Qt.Orientation.Vertical)


def button(
    text: str, action: Callable[[], object], *, tip: str = "", primary: bool = False
) -> QPushButton:
    """A push button; ``tip`` is its tool tip and what a screen reader says."""
    made = QPushButton(text)
    # In a window, unlike in a dialog, this means only that Enter presses the focused button too.
    made.setAutoDefault(True)
    made.clicked.connect(lambda _checked: action())
    if tip:
        made.setToolTip(tip)
        made.setAccessibleDescription(tip)
    made.setProperty("primary", primary)
    return made


def one_tab_stop(buttons: Iterable[QAbstractButton]) -> None:
    """Let Tab stop at the checked one of a group (the first, when none is), whatever the way.

    Left to itself Qt stops at whichever button of the group had the focus last.
    """
    made = list(buttons)
    stop = next((each for each in made if each.isChecked()), made[0])
    for each in made:
        policy = Qt.FocusPolicy.StrongFocus if each is stop else Qt.FocusPolicy.ClickFocus
        each.setFocusPolicy(policy)


def tab_through(*parts: QWidget) -> None:
    """Let Tab go through the parts in this order, and through each part as it did before.

    What is made anew, or put into its place later, otherwise comes last.
    """
    stops = [each for part in parts for each in _focus_chain(part)]
    for one, two in pairwise(stops):
        QWidget.setTabOrder(one, two)


def _focus_chain(part: QWidget) -> list[QWidget]:
    found = [part]
    each = part.nextInFocusChain()
    while each is not None and each is not part:
        if part.isAncestorOf(each):
            found.append(each)
        each = each.nextInFocusChain()
    return [each for each in found if each.focusPolicy() & Qt.FocusPolicy.TabFocus]


def row(*parts: QWidget | None) -> QHBoxLayout:
    """Widgets side by side; None is a stretch."""
    line = QHBoxLayout()
    line.setSpacing(8)
    for part in parts:
        if part is None:
            line.addStretch(1)
        else:
            line.addWidget(part)
    return line


def beside(page: QWidget, left: QWidget, right: QWidget) -> None:
    """Lay a page out: what is chosen from at the left, what is chosen at the right."""
    both = QHBoxLayout(page)
    both.setContentsMargins(12, 10, 12, 10)
    both.setSpacing(10)
    both.addWidget(left, 2)
    both.addWidget(right, 3)


def shortcut(where: QWidget, key: str, action: Callable[[], object]) -> None:
    """A key that works while the keyboard is in ``where``."""
    made = QShortcut(QKeySequence(key), where)
    made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    made.activated.connect(action)


def scrolling(inner: QWidget) -> QScrollArea:
    """The widget in a scroll area of its own, as wide as there is room."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(inner)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
