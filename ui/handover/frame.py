"""What the windows of this folder share: size, scrolling body, a row of buttons, progress."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, QStandardPaths, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.handover.work import Work
from ui.text import shown
from ui.widgets.dialogs import Dialog
from ui.widgets.layouts import button, label, row, scrolling

_WISHED = QSize(900, 600)


class HandoverDialog(Dialog):
    """A window of pages: one at a time, each scrolling where the screen is small."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.work = Work(self)
        self.stack = QStackedWidget()
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("ความคืบหน้า")
        self.progress_label = wrapped("")
        self.cancel_button = button("ยกเลิก", self.work.cancel, tip="หยุดงานนี้ ไม่มีแฟ้มใดถูกเขียน")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 10, 12, 10)
        self._column.addWidget(self.stack, 1)
        self.working_page = QWidget()
        inside = QVBoxLayout(self.working_page)
        inside.addStretch(1)
        inside.addWidget(self.progress_label)
        inside.addWidget(self.progress)
        inside.addLayout(row(self.cancel_button, None))
        inside.addStretch(1)
        self.stack.addWidget(self.working_page)
        self.work.progressed.connect(self._on_progress)
        self.take_size(_WISHED)

    def add_page(self, *widgets: QWidget, buttons: Sequence[QWidget | None] = ()) -> QWidget:
        """A page of widgets below each other, with a row of buttons that never scrolls away."""
        inner, page = QWidget(), QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in widgets:
            column.addWidget(widget, int(widget is widgets[-1]))
        whole = QVBoxLayout(page)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(inner), 1)
        whole.addLayout(row(*buttons))
        self.stack.addWidget(page)
        return page

    def show_working(self, text: str) -> None:
        """Show the page of progress."""
        self.progress_label.setText(shown(text))
        self.progress.setRange(0, 0)
        self.stack.setCurrentWidget(self.working_page)
        self.cancel_button.setFocus()

    def _on_progress(self, done: int, whole: int, name: str) -> None:
        self.progress.setRange(0, whole)
        self.progress.setValue(done)
        count = shown(f"{done} จาก {whole}")
        self.progress_label.setText(f"กำลังทำ ({count}) {shown(name[:80])}")

    def done(self, result: int) -> None:
        """Stop what runs before the window goes."""
        self.work.close()
        super().done(result)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field does what the page is for; it never presses just any button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered()
            event.accept()
            return
        super().keyPressEvent(event)

    def entered(self) -> None:
        """Enter was pressed in a field."""


def wrapped(text: str, role: str = "") -> QLabel:
    """A label of as many lines as it needs."""
    made = label(text, role)
    made.setWordWrap(True)
    return made


def below(*widgets: QWidget) -> QWidget:
    """Widgets below each other, what room is left at the foot."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return made


def copyable(name: str) -> QLabel:
    """A large label whose text can be marked and copied."""
    made = label("", "figure")
    made.setAccessibleName(name)
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return made


def form_of(fields: dict[str, QWidget]) -> QFormLayout:
    """Labelled fields: every label with its buddy, every field with its name."""
    form = QFormLayout()
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    for text, field in fields.items():
        caption = label(text)
        caption.setBuddy(field)
        form.addRow(caption, field)
        if not field.accessibleName():
            field.setAccessibleName(text)
    return form


class Listing(QTreeWidget):
    """Rows to read: name, columns, and the text of a row as its tip."""

    def __init__(self, name: str, heads: Sequence[str], stretch: int) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(True)
        self.setHeaderLabels([shown(head) for head in heads])
        self.header().setStretchLastSection(False)
        for at in range(len(heads)):
            mode = QHeaderView.ResizeMode
            self.header().setSectionResizeMode(
                at, mode.Stretch if at == stretch else mode.Interactive
            )
        self.setMinimumHeight(130)
        # Tab leaves the list; the arrows go through its rows.
        self.setTabKeyNavigation(False)

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Replace the rows."""
        self.clear()
        items = [QTreeWidgetItem([str(text) for text in each]) for each in rows]
        for item in items:
            for at in range(item.columnCount()):
                item.setToolTip(at, item.text(at))
        self.addTopLevelItems(items)
        for at in range(self.columnCount()):
            if self.header().sectionResizeMode(at) is QHeaderView.ResizeMode.Interactive:
                self.resizeColumnToContents(at)
        if items:
            self.setCurrentItem(items[0])


def documents_folder() -> Path:
    """The user's documents; a file dialog that is given a missing folder begins elsewhere."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(place) if Path(place).is_dir() else Path.home()


def size_text(size: int) -> str:
    """A size in Thai units, the screen's digits."""
    if size < 1_000_000:
        return shown(f"{max(1, round(size / 1000)):,} กิโลไบต์")
    return shown(f"{size / 1_000_000:.1f} เมกะไบต์")
