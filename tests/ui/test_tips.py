"""Every field that can be filled in or chosen has a tip, and the foot of the window shows it."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from tests.ui.conftest import Keyboard, open_session, page_of
from ui.main_window import PAGES, MainWindow
from ui.pages.office import OfficePage
from ui.widgets.tips import tip_of

FIELDS = (QLineEdit, QPlainTextEdit, QComboBox)


def untold(parent: QWidget) -> list[str]:
    """Fields without a tip, seen or not; what is only read needs none."""
    found = []
    for kind in FIELDS:
        for each in parent.findChildren(kind):
            read_only = isinstance(each, QLineEdit | QPlainTextEdit) and each.isReadOnly()
            if not read_only and len(tip_of(each)) < 8:
                found.append(f"{type(each).__name__} {each.objectName()} {each.accessibleName()}")
    return found


def test_every_field_of_every_page_has_a_tip(sample_window: MainWindow):
    seen = {}
    for at, name in enumerate(PAGES):
        sample_window.show_page(at)
        QApplication.processEvents()
        page = sample_window.pages[name]
        seen[name] = sum(len(page.findChildren(kind)) for kind in FIELDS)
        assert untold(page) == [], name
    assert sum(seen.values()) > 60, seen
    assert untold(sample_window.workspace) == []
    field = page_of(sample_window, OfficePage).findChildren(QLineEdit)[0]
    field.setToolTip("")
    field.setPlaceholderText("")
    field.setAccessibleDescription("")
    holder = QWidget()
    field.setParent(holder)
    assert untold(holder), "a field without a tip would not be found"


def test_the_tip_of_the_field_stands_at_the_foot(sample_keys: Keyboard):
    window = sample_keys.window
    assert open_session(window)
    window.show_page(PAGES.index("office"))
    page = page_of(window, OfficePage)
    page.form.go_to("district")
    QApplication.processEvents()
    assert window.tip_label.text() == tip_of(page.form.fields["district"])
    assert window.tip_label.text()
    before = window.width()
    window.tip_label.setText("ก" * 500)
    QApplication.processEvents()
    assert window.width() == before
