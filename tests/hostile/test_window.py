"""Typed texts are never markup on the screen: labels, tool tips, tables, boxes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLabel,
    QMessageBox,
    QTextEdit,
    QToolTip,
    QWidget,
)

from db.store import Store
from tests.hostile.office import hostile_office
from tests.ui.conftest import (  # noqa: F401 - fixtures
    _fresh_settings,
    make_window,
    qapp,
    told,
)
from tests.ui.test_looks import settle
from ui.alerts import MessageBox
from ui.main_window import PAGES, MainWindow
from ui.widgets.wrapping import plain

MARKUP = "<b>x</b><img src='nowhere.png'>"
PARTS = ("office", "people", "divisions", "measures", "passages", "disclosures", "papers")


@pytest.fixture
def window(tmp_path: Path, make_window: Callable[[Path], MainWindow]) -> MainWindow:  # noqa: F811
    """A window over an office all of whose texts are markup."""
    path = tmp_path / "<b>แฟ้ม.ita"
    with Store.create(path) as store:
        store.take_in(hostile_office(MARKUP), PARTS)
    return make_window(path)


def cells(model: QAbstractItemModel, parent: QModelIndex = QModelIndex()) -> Iterator[QModelIndex]:  # noqa: B008
    for row in range(min(model.rowCount(parent), 50)):
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
        for column in range(columns):
            index = model.index(row, column, parent)
            yield index
            if column == 0:
                yield from cells(model, index)


def test_every_label_shows_markup_as_text(window: MainWindow):
    seen = 0
    for at in range(len(PAGES)):
        window.show_page(at)
        settle()
        for each in window.findChildren(QLabel):
            if each.isVisible():
                assert each.textFormat() is Qt.TextFormat.PlainText, each.text()
                seen += "<b>" in each.text()
        assert window.findChildren(QTextEdit) == [], "the one widget that reads markup"
    assert seen, "the texts do come to the screen"


def tip_shown(text: str, where: QWidget) -> QLabel:
    """The label of the tool tip with that text, as Qt shows it."""
    QToolTip.showText(QPoint(5, 5), text, where)
    settle()
    tips = [
        each
        for each in QApplication.topLevelWidgets()
        if isinstance(each, QLabel) and each.inherits("QTipLabel") and each.isVisible()
    ]
    assert tips
    return tips[-1]


def test_every_tool_tip_shows_markup_as_text(window: MainWindow):
    found: dict[str, QWidget] = {}
    for at in range(len(PAGES)):
        window.show_page(at)
        settle()
        for each in window.findChildren(QWidget):
            found[each.toolTip()] = each
        for view in window.findChildren(QAbstractItemView):
            if view.model() is not None:
                for index in cells(view.model()):
                    found[str(index.data(Qt.ItemDataRole.ToolTipRole) or "")] = view
    hostile = [text for text in found if "<b>" in text]
    assert hostile
    for text in hostile[:5]:
        tip = tip_shown(text, window)
        assert tip.textFormat() is Qt.TextFormat.PlainText
        assert tip.text() == text
    QToolTip.hideText()


def test_a_message_box_shows_markup_as_text(window: MainWindow):
    box = MessageBox(window, QMessageBox.Icon.Warning, MARKUP, MARKUP)
    box.show()
    settle()
    assert plain(box.text()) == MARKUP
    for each in box.findChildren(QLabel):
        assert each.textFormat() is Qt.TextFormat.PlainText
    box.close()
    box.deleteLater()


def test_a_label_that_reads_markup_would_be_found(qapp: QApplication):  # noqa: F811
    """The control: without the theme a label does read it."""
    label = QLabel(MARKUP)
    assert label.textFormat() is Qt.TextFormat.AutoText
    label.show()
    settle()
    assert label.textFormat() is Qt.TextFormat.PlainText
    label.close()
    label.deleteLater()
