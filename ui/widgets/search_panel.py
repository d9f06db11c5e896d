"""The window of Ctrl+F: a field to type in, and what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.text import shown
from ui.widgets.dialogs import Panel
from ui.widgets.found_list import FoundList
from ui.widgets.layouts import ElidedLabel, button, label, row
from ui.widgets.texts import LineField

if TYPE_CHECKING:
    from ita_desktop.domain.search import Found

_PAGE = 8


class SearchPanel(Panel):
    """A field to type in, and what was found below it. Arrows choose, Enter goes there."""

    go_asked = Signal(object)
    """A hit is to be opened: its Findable."""
    asked = Signal(str)
    """Another text is looked for."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("ค้นหาทุกอย่าง", QSize(860, 560), parent)
        self.field = LineField()
        self.field.setAccessibleName("คำที่ต้องการหา")
        self.field.setPlaceholderText("พิมพ์คำที่ต้องการหา เช่น ชื่อคน ข้อ o12 คำในมาตรการ หรือชื่อคำสั่ง")
        self.field.setToolTip("ไม่ต้องพิมพ์ครบ เว้นวรรคหรือไม่ก็ได้ เลขไทยหรือเลขอารบิกก็ได้")
        self.field.setClearButtonEnabled(True)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self.asked)
        self.count = label("", "muted")
        self.list = FoundList()
        self.list.picked.connect(self.go)
        caption = label("ค้นหา")
        caption.setBuddy(self.field)
        hint = ElidedLabel("↑ ↓ เลือก  •  Enter ไปที่ช่องนั้น  •  Esc ปิด  •  F3 ไปที่ถัดไป")
        hint.setProperty("role", "muted")
        self.go_button = button("ไปที่ช่องนี้", self.go, primary=True)
        for part in (row(caption, self.field), row(self.count, None)):
            self.column.addLayout(part)
        self.column.addWidget(self.list, 1)
        foot = row(hint, self.go_button, button("ปิด", self.close))
        foot.setStretch(0, 1)
        self.column.addLayout(foot)

    def show_found(self, found: Found) -> None:
        """Show what was found, and say how much."""
        self.list.show_found(found)
        self.go_button.setEnabled(bool(found.hits))
        more = found.count - len(found.hits)
        text = f"พบ {found.count} แห่ง" + (f" แสดง {len(found.hits)} แห่งแรก" if more else "")
        if not found.count:
            typed = self.field.text().strip()
            text = f"ไม่พบ “{typed[:40]}” ลองพิมพ์ให้สั้นลง หรือใช้คำอื่น" if typed else ""
        self.count.setText(shown(text))

    def go(self) -> None:
        """Open the field of the chosen hit."""
        hit = self.list.chosen
        if hit is not None:
            self.close()
            self.go_asked.emit(hit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows move in the list while the keyboard is in the field."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            steps = {
                Qt.Key.Key_Up: -1,
                Qt.Key.Key_Down: 1,
                Qt.Key.Key_PageUp: -_PAGE,
                Qt.Key.Key_PageDown: _PAGE,
            }
            if event.key() in steps:
                self.list.step(steps[Qt.Key(event.key())])
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the hit from anywhere but a button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go()
        else:
            super().keyPressEvent(event)
