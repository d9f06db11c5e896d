"""The only message boxes of the program, so that tests can see every one of them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from ui.widgets.wrapping import breakable


class MessageBox(QMessageBox):
    """A box that tells or asks; F1 opens the chapter of the window it belongs to."""

    def __init__(
        self, parent: QWidget | None, icon: QMessageBox.Icon, title: str, text: str
    ) -> None:
        super().__init__(icon, title, "", parent=parent)
        # Names and file names are shown as they are, never as markup.
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(breakable(text))


def tell(parent: QWidget | None, title: str, text: str) -> None:
    """Tell something good or neutral; one button."""
    box = MessageBox(parent, QMessageBox.Icon.Information, title, text)
    box.addButton("ตกลง", QMessageBox.ButtonRole.AcceptRole)
    box.exec()


def warn(parent: QWidget | None, title: str, text: str) -> None:
    """Tell what went wrong and what to do; one button."""
    box = MessageBox(parent, QMessageBox.Icon.Warning, title, text)
    box.addButton("ตกลง", QMessageBox.ButtonRole.AcceptRole)
    box.exec()


def ask(parent: QWidget | None, title: str, question: str, yes: str, no: str = "ยกเลิก") -> bool:
    """Ask before something that can't be taken back; the careful answer is the default."""
    box = MessageBox(parent, QMessageBox.Icon.Question, title, question)
    accept = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    refuse = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(refuse)
    box.setEscapeButton(refuse)
    box.exec()
    return box.clickedButton() is accept


def ask_text(parent: QWidget | None, title: str, question: str, text: str = "") -> str | None:
    """Ask for a line of text; None when she leaves it."""
    from ui.widgets.text_question import TextQuestion

    asked = TextQuestion(parent, title, question, text)
    found = asked.field.text() if asked.exec() else None
    asked.deleteLater()
    return found
