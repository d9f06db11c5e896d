"""What is being made ready, how much is left, and a button to leave it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.preparing import WORKING, Preparer
from ui.text import shown
from ui.widgets.layouts import button, label, row

_LONGEST = 28
"""Letters of a file's name that are shown."""
_LEFT = "ยกเลิกแล้ว ภาพที่ยังเตรียมไม่เสร็จไม่ถูกเพิ่ม"


class WaitingBar(QWidget):
    """Stands in its place while pictures are made ready; hidden otherwise."""

    said = Signal(str)

    def __init__(self, preparer: Preparer) -> None:
        super().__init__()
        self._preparer = preparer
        self.label = label(WORKING, "notice")
        self.label.setWordWrap(True)
        self.cancel_button = button(
            "ยกเลิก", self.cancel, tip="ไม่เพิ่มภาพที่ยังเตรียมไม่เสร็จ ภาพที่เพิ่มแล้วยังอยู่"
        )
        line = row(self.label, self.cancel_button)
        line.setContentsMargins(0, 0, 0, 0)
        line.setStretch(0, 1)
        self.setLayout(line)
        self.hide()
        preparer.changed.connect(self._show)

    def cancel(self) -> None:
        """Leave what is not ready; nothing of it is kept."""
        self._preparer.cancel()
        self.said.emit(_LEFT)

    def _show(self) -> None:
        left = [*self._preparer.left]
        if left:
            more = shown(f" และอีก {len(left) - 1} ภาพ") if len(left) > 1 else ""
            self.label.setText(f"{WORKING} {_short(left[0])}{more}")
        self.setVisible(bool(left))


def _short(name: str) -> str:
    """A file's name with its ending; a long one would push the page apart."""
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 9]}…{name[-8:]}"
