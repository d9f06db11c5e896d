"""What was typed before the program died: shown beside what the file says, and put back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QWidget

from db.errors import DataFileError
from db.store import Rehearsal
from ita_desktop.files import FileNotWritten, write_file
from ui import alerts
from ui.keeping import Kept
from ui.places import lines_of
from ui.session import Session
from ui.text import shown
from ui.widgets.dialogs import Panel, Rows
from ui.widgets.layouts import WrappedLabel, button, row

LABEL = "นำสิ่งที่พิมพ์ค้างไว้กลับมา"
_INTRO = (
    "ก่อนโปรแกรมปิดครั้งก่อน มีสิ่งที่พิมพ์แล้วแต่ยังไม่ได้ลงแฟ้ม โปรแกรมเก็บไว้ให้ครบ "
    "ตรวจดูแล้วกดนำกลับมา ถ้าไม่ถูกต้องกด Ctrl+Z เพื่อเลิกทำทั้งหมดได้"
)


class RecoveryPanel(Panel):
    """The preview, and what she decides: all back as one edit, later, or thrown away."""

    settled = Signal(bool)
    """What was kept is done with; whether it was put back."""

    def __init__(self, session: Session, kept: Kept, parent: QWidget | None = None) -> None:
        super().__init__("พบสิ่งที่พิมพ์ค้างไว้", QSize(980, 520), parent)
        self._session, self._kept = session, kept
        intro = WrappedLabel(_INTRO)
        self.table = Rows("สิ่งที่พิมพ์ค้างไว้", ("ช่อง", "ในแฟ้มตอนนี้", "ที่พิมพ์ค้างไว้"), (230, 0, 0))
        self.notes = WrappedLabel("", "notice")
        self.back_button = button("นำกลับมาทั้งหมด", self.put_back, primary=True)
        self.copy_button = button("คัดลอกข้อความทั้งหมด", self.copy)
        self.later_button = button("ยังไม่ทำตอนนี้", self.close, tip="โปรแกรมจะถามอีกครั้งเมื่อเปิดครั้งหน้า")
        self.drop_button = button("ทิ้ง…", self.drop)
        for part in (intro, self.table, self.notes):
            self.column.addWidget(part)
        self.column.addLayout(
            row(self.back_button, self.copy_button, None, self.later_button, self.drop_button)
        )
        self._show()
        self.back_button.setFocus()

    def _show(self) -> None:
        try:
            found = self._session.store.rehearse(self._kept.deeds)
        except DataFileError as error:
            found = Rehearsal((), ())
            self.back_button.setEnabled(False)
            self.notes.setText(str(error))
        lines = lines_of(found.changes, self._session.dossier)
        rows = [(shown(line.where), line.old, line.new) for line in lines]
        rows += [(f"{each.field} (ยังพิมพ์ไม่จบ)", "", each.text) for each in self._kept.unfinished]
        self.table.show_rows(rows)
        self._lines = rows
        self.back_button.setEnabled(bool(lines))
        self._say(found)

    def _say(self, found: Rehearsal) -> None:
        notes: list[str] = []
        if self._kept.unfinished:
            notes.append("ข้อความที่ยังพิมพ์ไม่จบนำกลับเข้าช่องเองไม่ได้ โปรดคัดลอกไปพิมพ์ต่อ")
        if found.refused:
            notes.append(
                shown(f"มี {len(found.refused)} รายการที่ใส่กลับไม่ได้ เพราะรายการนั้นถูกลบหรือเปลี่ยนไปแล้ว")
            )
        if self._kept.cut:
            notes.append("แฟ้มที่เก็บไว้ถูกตัดขาดตอนท้าย จึงอาจไม่ครบทุกตัวอักษร")
        if not self._lines:
            notes.append("ทุกอย่างอยู่ในแฟ้มครบแล้ว ไม่มีอะไรต้องนำกลับมา")
        if notes or not self.notes.text():
            self.notes.setText("\n".join(notes))
        self.notes.setVisible(bool(self.notes.text()))

    def put_back(self) -> None:
        """Do all of it as one edit."""
        if self._session.do(lambda: self._session.store.do_all(self._kept.deeds, LABEL)) is None:
            return
        if self._kept.unfinished:
            self.copy()
        self.settled.emit(True)
        self.accept()

    def copy(self) -> None:
        """Put all the texts on the clipboard."""
        text = "\n".join(f"{where}\t{new}" for where, _, new in self._lines)
        QGuiApplication.clipboard().setText(text)

    def drop(self) -> None:
        """Throw it away, once she has said so."""
        if alerts.ask(
            self,
            "ทิ้งสิ่งที่พิมพ์ค้างไว้",
            "สิ่งที่พิมพ์ค้างไว้จะถูกลบและนำกลับมาไม่ได้อีก ข้อมูลในแฟ้มไม่เปลี่ยน",
            "ทิ้ง",
        ):
            self.settled.emit(False)
            self.accept()


class TextPanel(Panel):
    """A text to read, copy and save."""

    def __init__(self, title: str, intro: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(title, QSize(760, 520), parent)
        self._name = title
        head = WrappedLabel(intro)
        self.text = QPlainTextEdit(text)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(title)
        self.copy_button = button(
            "คัดลอก", lambda: QGuiApplication.clipboard().setText(text), primary=True
        )
        self.save_button = button("บันทึกเป็นแฟ้ม…", self._save)
        for part in (head, self.text):
            self.column.addWidget(part)
        self.column.addLayout(
            row(self.copy_button, self.save_button, None, button("ปิด", self.close))
        )

    def _save(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self._name, f"{self._name} ITA Desktop.txt", "ข้อความ (*.txt)"
        )
        if chosen:
            try:
                write_file(Path(chosen), self.text.toPlainText().encode())
            except FileNotWritten as error:
                alerts.warn(self, "บันทึกไม่ได้", str(error))


class ReportPanel(TextPanel):
    """A report of a mistake, as it would be sent: she sees that it names nobody."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        intro = (
            "รายงานนี้บอกเพียงว่าโปรแกรมผิดพลาดที่ส่วนใด ไม่มีชื่อบุคคล ชื่อแฟ้ม หรือข้อความที่ท่านพิมพ์ "
            "โปรดคัดลอกหรือบันทึกเป็นแฟ้ม แล้วส่งให้ผู้ดูแลโปรแกรม โปรแกรมไม่ส่งเองทางอินเทอร์เน็ต"
        )
        super().__init__("รายงานข้อผิดพลาด", intro, text, parent)
