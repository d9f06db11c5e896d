"""A pick list of kept values with their shown texts."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QHelpEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QToolTip,
    QWidget,
)

_SLACK = 4
"""Pixels that the focus takes of the room: a text that fits without it is not cut for it."""


class Choice(QComboBox):
    """A pick list whose wheel does nothing while it is not focused."""

    picked = Signal(str)

    def __init__(self, choices: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.visit = object()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.offer(choices)
        self.activated.connect(lambda _: self.picked.emit(self.value()))

    def offer(self, choices: Mapping[str, str]) -> None:
        """Replace what can be picked, keeping what is picked where possible."""
        now = self.value()
        with QSignalBlocker(self):
            self.clear()
            for value, text in choices.items():
                self.addItem(text, value)
        self.show_value(now)

    def value(self) -> str:
        """The stored value of what is picked, "" when nothing is."""
        return self.currentData() or ""

    def show_value(self, value: str) -> None:
        """Pick from the data; a value that is not offered is added, so that none is lost."""
        index = self.findData(value)
        if index < 0 and value:
            self.addItem(value, value)
            index = self.count() - 1
        with QSignalBlocker(self):
            self.setCurrentIndex(index)

    def event(self, event: QEvent) -> bool:
        """What is picked is said in full where there is no room for it."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.tip, self)
            return True
        return super().event(event)

    @property
    def tip(self) -> str:
        """The tip, after the whole text of what is picked when it is cut off."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        cut = self.fontMetrics().horizontalAdvance(self.currentText()) > self._room(option)
        texts = (self.currentText() if cut else "", self.toolTip())
        return "\n".join(text for text in texts if text)

    def _room(self, option: QStyleOptionComboBox) -> int:
        """The pixels that there are for the text."""
        kind, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        return self.style().subControlRect(kind, option, part, self).width()

    def fitting(self, option: QStyleOptionComboBox) -> str:
        """As much of what is picked as there is room for."""
        text, room, measure = option.currentText, self._room(option), self.fontMetrics()
        if measure.horizontalAdvance(text) <= room + _SLACK:
            return text
        return measure.elidedText(text, Qt.TextElideMode.ElideRight, room)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A text that is too long ends in "…" and not within a letter."""
        if self.isEditable():
            super().paintEvent(event)
            return
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self.fitting(option)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel turn over an unfocused box scrolls the page instead."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
