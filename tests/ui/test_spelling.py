"""Wavy lines stand under what is certainly wrong, and nowhere else; a key mends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget

from ita_desktop.domain.review.language import misspellings
from ita_desktop.domain.review.spelling import slips
from ita_desktop.exchange.interchange import interchange_to_data, read_interchange
from ita_desktop.thai import words
from tests.ready import SAMPLE
from tests.ui.conftest import Keyboard
from ui.theme import colours
from ui.widgets.texts import LineField, TextField

Field = LineField | TextField
WRONG = "ประกาศตามกฏหมายขององค์กรบริหารส่วนตำบลแล้ว"
RIGHT = "ประกาศตามกฎหมายขององค์การบริหารส่วนตำบลแล้ว"


@pytest.fixture(scope="module", autouse=True)
def _words() -> None:
    words.warm_up()


@pytest.fixture(params=[LineField, TextField])
def field(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[Field]:
    """A field of each kind, with another to go to."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    made = request.param()
    column.addWidget(made)
    column.addWidget(LineField())
    holder.resize(700, 200)
    holder.show()
    QTest.qWaitForWindowExposed(holder)
    holder.activateWindow()
    yield made
    holder.close()
    holder.deleteLater()


def values(data: Any) -> Iterator[str]:
    match data:
        case dict():
            for each in data.values():
                yield from values(each)
        case list():
            for each in data:
                yield from values(each)
        case str():
            yield data


def test_every_listed_misspelling_is_marked_where_it_stands():
    for wrong, right in misspellings().items():
        text = f"แผน {wrong} ของปี"
        found = [each for each in slips(text) if wrong in text[each.start : each.end + 1]]
        assert found or slips(text), wrong
        if found and found[0].end - found[0].start == len(wrong):
            assert found[0].mend(text) == f"แผน {right} ของปี", wrong


def test_no_mark_in_what_is_right():
    texts = list(values(interchange_to_data(read_interchange(SAMPLE).dossier)))
    assert len(texts) > 300
    assert [(text, slips(text)) for text in texts if slips(text)] == []
    assert not slips("นายกองค์การบริหารส่วนตำบล และ อบต. ในที่ต่าง ๆ https://www.example.go.th")


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("องค์กรบริหารส่วนตำบล", "องค์การบริหารส่วนตำบล"),
        ("น\u200bโยบาย", "นโยบาย"),
        ("ІТА ปีนี้", "ITA ปีนี้"),
        ("เเผนงาน", "แผนงาน"),
        ("ของของหน่วยงาน", "ของหน่วยงาน"),
        ("ทํางาน", "ทำงาน"),
    ],
)
def test_certain_mistakes_have_a_mend(wrong: str, right: str):
    (slip,) = slips(wrong)
    assert slip.mend(wrong) == right


def test_a_wrong_vowel_is_marked_only_where_it_is_wrong():
    text = "เปิดเผยและเผยแพร่ตามข้อสังเ แล้วเสร็จ"
    (slip,) = slips(text)
    assert (slip.start, slip.end) == (text.index("สังเ") + 3, text.index("สังเ") + 4)
    text = "ปี พ.ศ. ๒๕๖๘ และ พ.ศ ๒๕๖๙"
    (slip,) = slips(text)
    assert slip.start == text.rindex("พ.ศ")


def test_a_mend_takes_the_mark_behind_it_along():
    text = "ผลผลิตและผลลัพท์ของปี"
    (slip,) = slips(text)
    assert slip.mend(text) == "ผลผลิตและผลลัพธ์ของปี"


def test_the_key_says_when_there_is_nothing_to_mend(sample_keys: Keyboard):
    window = sample_keys.window
    field = LineField(window)
    field.show_value(RIGHT)
    QTest.keyClick(field, Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    assert "ไม่พบคำที่เขียนผิด" in window.statusBar().currentMessage()
    field.show_value("ตามข้อสังเ แล้ว")
    QTest.keyClick(field, Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    assert "แก้เอง" in window.statusBar().currentMessage()
    field.deleteLater()


def test_marks_are_seen_and_touch_nothing(field: Field):
    typed: list[str] = []
    field.typed.connect(typed.append)
    field.show_value(RIGHT)
    field.spelling.look()
    assert not reds(field)
    field.show_value(WRONG)
    field.spelling.look()
    assert [WRONG[each.start : each.end] for each in field.spelling.slips] == [
        "กฏหมาย",
        "องค์กรบริหารส่วน",
    ]
    assert reds(field)
    assert field.value() == WRONG
    assert typed == []
    assert not undoable(field)


def reds(field: Field) -> int:
    """Dots in the colour of the wavy lines."""
    QApplication.processEvents()
    image: QImage = field.grab().toImage()
    wrong = QColor(colours().wrong)
    return sum(
        abs(image.pixelColor(x, y).red() - wrong.red()) < 30
        and image.pixelColor(x, y).green() < 110
        for x in range(image.width())
        for y in range(image.height())
    )


def undoable(field: Field) -> bool:
    if isinstance(field, LineField):
        return field.isUndoAvailable()
    return field.document().isUndoAvailable()


def test_a_key_mends_one_after_the_other_and_can_be_taken_back(field: Field):
    typed: list[str] = []
    field.show_value(WRONG)
    field.setFocus()
    field.typed.connect(typed.append)
    for _ in range(3):
        QTest.keyClick(field, Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    assert field.value() == RIGHT == typed[-1]
    assert not field.spelling.slips
    field.undo()
    field.undo()
    assert "กฏหมาย" in field.value()


def test_the_menu_offers_the_mend(field: Field):
    field.show_value(WRONG)
    field.spelling.look()
    menu = QMenu()
    menu.addAction("วาง")
    field.spelling.add_to(menu, WRONG.index("กฏหมาย") + 2)
    names = [each.text() for each in menu.actions()]
    assert names[1].startswith("แก้เป็น “กฎหมาย”")
    assert names[-1] == "วาง"
    menu.actions()[1].trigger()
    assert "กฎหมาย" in field.value()
    other = QMenu()
    other.addAction("วาง")
    field.spelling.add_to(other, 1)
    assert len(other.actions()) == 1


def test_the_word_that_is_being_typed_is_not_marked(field: Field, type_text: Callable[[str], None]):
    field.setFocus()
    type_text("ตามกฏหมาย")
    field.spelling.look()
    assert not field.spelling.slips
    type_text("ใหม่")
    field.spelling.look()
    assert len(field.spelling.slips) == 1
    field.show_value("ข้อความอื่นของรายการอื่น")
    assert not field.spelling.slips
