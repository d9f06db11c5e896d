"""From a field on the screen to where it stands in the data file, so that its past can be shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

if TYPE_CHECKING:
    from db.rows import Key
    from ui.main_window import MainWindow
    from ui.widgets.forms import Form

Where = tuple[str, "Key", str]
"""Table, key, column."""


def record_of(window: MainWindow, field: QWidget) -> Where | None:
    """Where a field of a form is kept; None for one that is kept in no row of its own."""
    from ui.widgets.forms import Form

    form = field.parentWidget()
    while form is not None and not isinstance(form, Form):
        form = form.parentWidget()
    if form is None:
        return None
    found = (key for key, each in form.fields.items() if each is field or each.isAncestorOf(field))
    key = next(found, "")
    return _in_form(window, form, key) if key else None


def _in_form(window: MainWindow, form: Form, key: str) -> Where | None:
    from ui.pages.measures import MeasuresPage
    from ui.pages.progress import ProgressPage

    page = next((each for each in window.pages.made() if each.isAncestorOf(form)), None)
    if isinstance(page, MeasuresPage) and page.current:
        return ("measure", page.current.id, {"indicator": "indicators"}.get(key, key))
    if isinstance(page, ProgressPage) and page.current:
        return ("progress", (page.current.id, int(page.round)), key)
    year = window.session.year if window.session else 0
    kinds: dict[str, Where] = {
        "office": ("office", 1, key),
        "letterhead": ("setting", f"letterhead/{key}", "value"),
        "passages": ("passage", (year, key), "content"),
    }
    return kinds.get(form.objectName())


def offer_past(
    view: QAbstractItemView, find: Callable[[], Where | None], show: Callable[[Where], object]
) -> None:
    """Give a table a menu with the past of its current cell, by mouse and by the menu key."""
    from ui.widgets.texts import PAST

    def ask(at: QPoint) -> None:
        where = find()
        if where is not None:
            menu = QMenu(view)
            menu.addAction(PAST).triggered.connect(lambda _checked: show(where))
            menu.exec(view.viewport().mapToGlobal(at))
            menu.deleteLater()

    view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    view.customContextMenuRequested.connect(ask)


def past_key(window: MainWindow, show: Callable[[], object]) -> None:
    """Ctrl+Shift+H in a field: its past, without a mouse."""
    QShortcut(QKeySequence("Ctrl+Shift+H"), window).activated.connect(show)
