"""The message boxes as they are shown: Thai buttons, plain text, the careful answer first."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from ui.alerts import ask, tell, warn  # the real ones: other tests get stand-ins
from ui.widgets.wrapping import plain

Boxes = list[tuple[str, list[str]]]


@pytest.fixture
def press(qapp: QApplication) -> Callable[[Qt.Key], Boxes]:
    """Press a key in the box that opens next; its text and buttons are kept."""

    def prepare(key: Qt.Key) -> Boxes:
        seen: Boxes = []

        def answer() -> None:
            box = QApplication.activeModalWidget()
            assert isinstance(box, QMessageBox)
            assert box.textFormat() is Qt.TextFormat.PlainText
            seen.append((plain(box.text()), [each.text() for each in box.buttons()]))
            QTest.keyClick(box, key)

        QTimer.singleShot(50, answer)
        return seen

    return prepare


@pytest.mark.parametrize("say", [tell, warn])
def test_a_message_is_plain_text_with_one_thai_button(
    press: Callable[[Qt.Key], Boxes], say: Callable[..., None]
):
    seen = press(Qt.Key.Key_Return)
    say(None, "หัวเรื่อง", "<b>สมชาย</b>")
    assert seen == [("<b>สมชาย</b>", ["ตกลง"])]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_enter_and_escape_give_the_careful_answer(press: Callable[[Qt.Key], Boxes], key: Qt.Key):
    seen = press(key)
    assert not ask(None, "หัวเรื่อง", "ปิดหรือไม่", "ปิดโดยไม่บันทึก", "กลับไปแก้ไข")
    assert sorted(seen[0][1]) == sorted(["ปิดโดยไม่บันทึก", "กลับไปแก้ไข"])


def test_the_other_answer_is_given_on_purpose(qapp: QApplication):
    def answer() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        next(each for each in box.buttons() if each.text() == "ลบ").click()

    QTimer.singleShot(50, answer)
    assert ask(None, "หัวเรื่อง", "ลบหรือไม่", "ลบ")
