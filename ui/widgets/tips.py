"""The tip of the field one is in: what belongs there, with an example; for the window's foot."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

FIELDS = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView)
"""Kinds of widgets in which something is entered or chosen."""
_MOST_STEPS = 3
"""A field may stand inside a larger one, which has the tip: the line of a date, of a pick list."""


def tip_of(widget: QWidget | None) -> str:
    """What belongs into a field; "" for buttons, whose own words say what they do."""
    if widget is None or isinstance(widget, QAbstractButton):
        return ""
    each: QWidget | None = widget
    for _ in range(_MOST_STEPS):
        if each is None or each.isWindow():
            break
        found = each.toolTip() or each.accessibleDescription()
        if found:
            return " ".join(found.split())
        each = each.parentWidget()
    text = widget.placeholderText() if isinstance(widget, QLineEdit | QPlainTextEdit) else ""
    return " ".join(text.split())
