"""Small layout helpers: cards, titles, button rows."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)


def label(text: str, role: str = "") -> QLabel:
    """A plain-text label; ``role`` picks its look from the theme."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    return made


def card(title: str, *parts: QWidget | QLayout) -> QFrame:
    """A white card with a title."""
    frame = QFrame()
    frame.setProperty("card", True)
    column = QVBoxLayout(frame)
    column.setContentsMargins(14, 10, 14, 12)
    column.setSpacing(8)
    if title:
        column.addWidget(label(title, "title"))
    for part in parts:
        if isinstance(part, QLayout):
            column.addLayout(part)
        else:
            column.addWidget(part)
    if parts and not any(_grows(part) for part in parts):
        column.addStretch(1)
    return frame


def _grows(part: QWidget | QLayout) -> bool:
    """Whether the part takes what height is left; a card without such a part ends in a stretch."""
    vertical = Qt.Orientation.Vertical
    return isinstance(part, QWidget) and bool(part.sizePolicy().expandingDirections() & vertical)


def button(
    text: str, action: Callable[[], object], *, tip: str = "", primary: bool = False
) -> QPushButton:
    """A push button; ``tip`` is its tool tip and what a screen reader says."""
    made = QPushButton(text)
    made.setAutoDefault(False)
    made.clicked.connect(lambda _checked: action())
    if tip:
        made.setToolTip(tip)
        made.setAccessibleDescription(tip)
    made.setProperty("primary", primary)
    return made


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


def scrolling(inner: QWidget) -> QScrollArea:
    """The widget in a scroll area of its own, as wide as there is room."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(inner)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
