"""Lines on the screen end between Thai words; what is typed and copied stays as it was typed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import accumulate, pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ita_desktop.thai import words
from ui.widgets.layouts import WrappedLabel
from ui.widgets.texts import TextField
from ui.widgets.wrapping import BREAK, breakable, news

TEXT = (
    "องค์การบริหารส่วนตำบลเผยแพร่ข้อมูลข่าวสารที่เป็นประโยชน์ต่อประชาชน และเปิดโอกาสให้ผู้มีส่วนได้ส่วนเสีย"
    "เข้ามามีส่วนร่วมในการดำเนินงานน้ำดื่มสะอาด กตัญญูรู้คุณแผ่นดิน ITA ๒๕๖๙ ของหน่วยงาน"
)
WIDTHS = range(230, 700, 23)


@pytest.fixture(scope="module", autouse=True)
def _words() -> None:
    words.warm_up()


@pytest.fixture
def field(qapp: QApplication) -> Iterator[TextField]:
    """A field in a window of its own."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    made = TextField()
    column.addWidget(made)
    holder.resize(300, 400)
    holder.show()
    QTest.qWaitForWindowExposed(holder)
    yield made
    holder.close()
    holder.deleteLater()


def lines(field: TextField) -> list[str]:
    """The lines as they stand on the screen."""
    found: list[str] = []
    block = field.document().begin()
    while block.isValid():
        layout, text = block.layout(), block.text()
        each = (layout.lineAt(at) for at in range(layout.lineCount()))
        found += [text[line.textStart() :][: line.textLength()] for line in each]
        block = block.next()
    return found


def may_end(text: str) -> set[int]:
    return set(accumulate(len(unit) for part in words.phrases(text) for unit in words.units(part)))


def wrong_ends(field: TextField) -> set[int]:
    """Line ends inside words, over many widths."""
    found: set[int] = set()
    holder = field.window()
    for width in WIDTHS:
        holder.resize(width, 400)
        QApplication.processEvents()
        shown = lines(field)
        assert "".join(shown) == field.toPlainText()
        found |= set(accumulate(map(len, shown))) - may_end(field.toPlainText())
    return found


def test_lines_of_a_field_end_between_words(field: TextField, monkeypatch: pytest.MonkeyPatch):
    field.show_value(TEXT)
    assert wrong_ends(field) == set()
    monkeypatch.setattr(words, "loaded", lambda: False)
    assert wrong_ends(field), "Qt's own line ends are no better: the test shows nothing"


def test_every_line_fits_and_takes_what_fits(field: TextField):
    field.show_value(TEXT)
    for width in WIDTHS:
        field.window().resize(width, 400)
        QApplication.processEvents()
        room = field.viewport().width() - 2 * field.document().documentMargin()
        measure = field.fontMetrics().horizontalAdvance
        shown = lines(field)
        assert all(measure(each.rstrip()) <= room + 2 for each in shown), (width, shown)
        for line, following in pairwise(shown):
            first = words.units(words.phrases(following)[0])[0].rstrip()
            assert measure(line + first) > room - 2, (width, line, first)


def test_a_word_wider_than_the_field_is_broken_and_the_words_after_it_are_not(field: TextField):
    field.show_value(
        "https://www.example.go.th/data/" + "ก" * 60 + " เผยแพร่ข้อมูลข่าวสารต่อประชาชนในพื้นที่"
    )
    field.window().resize(230, 400)
    QApplication.processEvents()
    shown = lines(field)
    assert shown[-1].endswith("พื้นที่")
    after = "".join(shown).index("เผยแพร่")
    ends = set(accumulate(map(len, shown)))
    assert {end for end in ends if end > after} <= may_end(field.toPlainText())


def test_the_field_grows_with_its_lines(field: TextField):
    field.show_value(TEXT)
    field.window().resize(250, 400)
    QApplication.processEvents()
    narrow, height = len(lines(field)), field.height()
    assert field.document().lineCount() == narrow
    field.window().resize(650, 400)
    QApplication.processEvents()
    assert len(lines(field)) < narrow
    assert field.height() < height


def test_what_is_typed_stays_as_it_is(field: TextField):
    """Edits at random, against a plain text that is edited alike."""
    chance = random.Random(7)
    pieces = ["ประชาชน", " ", "\n", "น้ำ", "ITA ๒๕๖๙ ", "กตัญญู", "https://a.go.th/b ", "่", "ๆ "]
    kept = ""
    typed: list[str] = []
    field.typed.connect(typed.append)
    for _ in range(150):
        at = chance.randint(0, len(kept))
        end = min(len(kept), at + chance.choice((0, 0, 0, 3, 9)))
        new = chance.choice(pieces)
        cursor = field.textCursor()
        cursor.setPosition(at)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(new)
        kept = kept[:at] + new + kept[end:]
        assert field.toPlainText() == kept == typed[-1]
        assert "".join(lines(field)) == kept.replace("\n", "")
    while field.document().isUndoAvailable():
        field.undo()
    assert field.toPlainText() == ""


def test_the_caret_walks_and_copies_without_hidden_signs(field: TextField):
    field.show_value(TEXT)
    field.window().resize(260, 400)
    field.setFocus()
    field.moveCursor(QTextCursor.MoveOperation.End)
    assert field.textCursor().position() == len(TEXT)
    field.moveCursor(QTextCursor.MoveOperation.Start)
    field.moveCursor(QTextCursor.MoveOperation.EndOfLine)
    first = lines(field)[0]
    assert field.textCursor().position() in (len(first), len(first) - 1)
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert field.textCursor().position() > len(first)
    field.selectAll()
    field.copy()
    assert QGuiApplication.clipboard().text() == TEXT


def test_a_label_is_broken_for_the_eye_only(qapp: QApplication):
    shown = WrappedLabel(TEXT)
    assert shown.text() == TEXT
    drawn = shown.property("text")
    assert drawn.replace(BREAK, "") == TEXT
    assert drawn.split(BREAK) == [u for part in words.phrases(TEXT) for u in words.units(part)]
    shown.setText("เผยแพร่ข้อมูลข่าวสาร")
    assert shown.text() == "เผยแพร่ข้อมูลข่าวสาร"


def test_what_was_shown_before_the_words_were_there_is_shown_anew(
    field: TextField, monkeypatch: pytest.MonkeyPatch
):
    with monkeypatch.context() as before:
        before.setattr(words, "loaded", lambda: False)
        shown = WrappedLabel(TEXT)
        field.show_value(TEXT)
        assert shown.property("text") == breakable(TEXT) == TEXT
    news().ready.emit()
    QApplication.processEvents()
    assert BREAK in shown.property("text")
    assert set(accumulate(map(len, lines(field)))) <= may_end(TEXT)
