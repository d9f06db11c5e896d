"""A picture of the office: chosen, dropped, pasted, cleared, and shown small."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QPixmap
from PySide6.QtWidgets import QFileDialog, QLabel, QVBoxLayout, QWidget

from ui import alerts
from ui.preparing import KINDS, Prepared, Preparer, Source, pictures_in
from ui.widgets.layouts import button, row, shortcut
from ui.widgets.waiting import WaitingBar

_THUMB = QSize(150, 112)


class PictureBox(QWidget):
    """One picture. The owner keeps what ``chosen`` brings and shows it with ``show_picture``."""

    chosen = Signal(bytes)
    """A picture made ready for keeping; empty bytes: there shall be none."""
    said = Signal(str)

    def __init__(self, name: str, empty: str, parent: QWidget | None = None) -> None:
        """``name``: what the picture is called; ``empty``: what is said while there is none."""
        super().__init__(parent)
        self._name, self._empty = name, empty
        self._digest: str | None = None
        self.preparer = Preparer(self)
        self.setAcceptDrops(True)
        self.thumb = QLabel()
        self.thumb.setFixedSize(_THUMB + QSize(4, 4))
        self.thumb.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.thumb.setWordWrap(True)
        self.thumb.setProperty("role", "picture")
        self.waiting = WaitingBar(self.preparer)
        self.waiting.said.connect(self.said)
        self.choose_button = button("เลือกแฟ้ม…", self.choose, tip=f"เลือกแฟ้ม{name} หรือลากภาพมาวาง")
        self.paste_button = button("วาง", self.paste, tip=f"วาง{name}ที่คัดลอกไว้ (Ctrl+V)")
        self.clear_button = button("ลบภาพ", self.clear, tip=f"ลบ{name} เรียกคืนได้ด้วยเลิกทำ")
        for each, words in (
            (self.choose_button, "เลือกแฟ้ม"),
            (self.paste_button, "วาง"),
            (self.clear_button, "ลบ"),
        ):
            each.setAccessibleName(f"{words}{name}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.thumb)
        column.addWidget(self.waiting)
        column.addLayout(row(self.choose_button, None))
        column.addLayout(row(self.paste_button, self.clear_button, None))
        shortcut(self, "Ctrl+V", self.paste)
        self.show_picture("", None)

    def show_picture(self, digest: str, content: bytes | None) -> None:
        """Show the kept picture. ``content`` None with a digest: its file is not there any more."""
        self.clear_button.setEnabled(bool(digest))
        if digest == self._digest:
            return
        self._digest = digest
        picture = QPixmap()
        if content:
            picture.loadFromData(content)
        if picture.isNull():
            self.thumb.setText("เปิดภาพที่เก็บไว้ไม่ได้ โปรดเลือกแฟ้มใหม่" if digest else self._empty)
        else:
            kept, smooth = (
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            self.thumb.setPixmap(picture.scaled(_THUMB, kept, smooth))
        said = f"{self._name}: {'มีภาพแล้ว' if digest else 'ยังไม่มีภาพ'}"
        self.thumb.setAccessibleName(said)
        self.thumb.setToolTip(said)

    def choose(self) -> None:
        """Choose a picture file."""
        path, _ = QFileDialog.getOpenFileName(self, f"เลือก{self._name}", "", KINDS)
        if path:
            self.take(Path(path))

    def paste(self) -> None:
        """Take the picture of the clipboard."""
        found = pictures_in(QGuiApplication.clipboard().mimeData())
        if found:
            self.take(found[0])
        else:
            self.said.emit("ไม่มีภาพให้วาง โปรดคัดลอกภาพหรือแฟ้มภาพก่อน")

    def clear(self) -> None:
        """Have no picture; undo brings it back."""
        self.chosen.emit(b"")

    def take(self, source: Source) -> None:
        """Make a picture ready and hand it to the owner; one that can't be taken is told of."""
        self.preparer.ask(source, self._on_prepared)

    def _on_prepared(self, done: Prepared) -> None:
        if done.problem:
            alerts.warn(self, f"ใช้ภาพ “{done.name}” ไม่ได้", done.problem)
        else:
            self.chosen.emit(done.content)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A picture may be dropped here."""
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped; of several pictures the first."""
        found = pictures_in(event.mimeData())
        if found:
            self.take(found[0])
        event.acceptProposedAction()
