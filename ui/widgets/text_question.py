"""A question that is answered with a line of text."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme
from ui.widgets.dialogs import Dialog
from ui.widgets.layouts import button, label, row
from ui.widgets.texts import LineField


class TextQuestion(Dialog):
    """Asks for a line of text. Enter takes it, Esc leaves all as it is."""

    def __init__(self, parent: QWidget | None, title: str, question: str, text: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.field = LineField()
        self.field.setText(text)
        self.field.selectAll()
        self.field.setMinimumWidth(theme.scaled(380))
        caption = label(question)
        caption.setBuddy(self.field)
        self.accept_button = button("ตกลง", self.accept, primary=True)
        self.enter_button = self.accept_button
        self.cancel_button = button("ยกเลิก", self.reject)
        column = QVBoxLayout(self)
        column.addWidget(caption)
        column.addWidget(self.field)
        column.addLayout(row(None, self.accept_button, self.cancel_button))
