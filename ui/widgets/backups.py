"""แฟ้มสำรอง: what each day held, a look inside, and back to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from db.backup import Backups
from db.errors import DataFileError
from db.shelf import Backup
from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import thai_date
from ui import alerts
from ui.backing import second_place, set_second_place
from ui.places import Line, differing, lines_of
from ui.session import Session
from ui.text import shown
from ui.widgets.dialogs import Panel, Rows
from ui.widgets.hints import EmptyHint
from ui.widgets.layouts import WrappedLabel, button, label, row

_INTRO = (
    "โปรแกรมทำแฟ้มสำรองเองทุกครึ่งชั่วโมงที่มีการแก้ไข และเมื่อปิดแฟ้ม ทุกฉบับถูกเปิดตรวจก่อนเก็บ "
    "การกู้คืนไม่ทำให้ข้อมูลของวันนี้หาย เพราะวันนี้จะกลายเป็นแฟ้มสำรองอีกฉบับหนึ่ง"
)


def size_text(size: int) -> str:
    """Bytes for a reader."""
    return f"{size / 1_000_000:.1f} ล้านไบต์" if size >= 100_000 else f"{max(1, size // 1000)} พันไบต์"


class BackupsPanel(Panel):
    """The list of back-ups of one data file. ``session``: None when the file can't be opened."""

    restore_asked = Signal(object, object)
    """The data file is to become that back-up: path, Backup."""

    def __init__(
        self,
        path: Path,
        session: Session | None,
        make: Callable[[], bool] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("แฟ้มสำรอง", QSize(1040, 600), parent)
        self.path, self._session = path, session
        intro = WrappedLabel(_INTRO)
        self.table = Rows(
            "แฟ้มสำรอง", ("วันและเวลา", "สิ่งที่มี", "ทำเมื่อ", "ขนาด", "สภาพ"), (170, 0, 190, 120, 90)
        )
        EmptyHint(
            self.table,
            "ยังไม่มีแฟ้มสำรอง โปรแกรมจะสำรองเองเมื่อมีการแก้ไขและเมื่อปิดแฟ้ม\nหากต้องการตอนนี้ กด “สำรองตอนนี้”",
        )
        self.second = WrappedLabel("", "notice")
        self.look_button = button("ดูข้างในและเทียบกับวันนี้…", self.look, primary=True)
        self.restore_button = button("กู้คืนฉบับนี้…", self.restore)
        self.make_button = button("สำรองตอนนี้", make or bool)
        self.make_button.setVisible(make is not None)
        self.second_button = button(
            "เลือกที่สำรองแห่งที่สอง…", self.ask_second, tip="แฟลชไดรฟ์หรือไดรฟ์อื่น ใช้เมื่อเครื่องเสียทั้งเครื่อง"
        )
        self.table.chosen.connect(lambda _: self.look())
        for part in (intro, self.table, self.second):
            self.column.addWidget(part)
        self.column.addLayout(
            row(
                *(self.look_button, self.restore_button, None),
                *(self.make_button, self.second_button, button("ปิด", self.close)),
            )
        )
        self.looking: LookPanel | None = None
        self.refresh()
        self.table.setFocus()

    def backups(self) -> Backups:
        """The back-ups, with the second place as chosen now."""
        return Backups(self.path, second_place())

    def refresh(self) -> None:
        """Show the list as it is now."""
        backups = self.backups()
        self.listed = backups.list()
        self.table.show_rows([_row(each) for each in self.listed])
        for each in (self.look_button, self.restore_button):
            each.setEnabled(bool(self.listed))
        second = backups.second_place()
        self.second.setText(
            shown(second.sentence)
            if second
            else "ยังไม่มีที่สำรองแห่งที่สอง ถ้าเครื่องนี้เสียหรือหาย แฟ้มสำรองในเครื่องจะหายไปด้วย "
            "โปรดเลือกแฟลชไดรฟ์หรือไดรฟ์อื่น"
        )

    @property
    def chosen(self) -> Backup | None:
        """The back-up in the current row."""
        at = self.table.currentRow()
        return self.listed[at] if 0 <= at < len(self.listed) else None

    def look(self) -> None:
        """Look into the chosen one; not a byte of it changes."""
        backup = self.chosen
        if backup is None:
            return
        try:
            backups, session = self.backups(), self._session
            dossier = backups.look(backup)
            found: tuple[Line, ...] = ()
            if session is not None:
                changes = differing(backups.records(backup), session.store.records())
                found = lines_of(changes, session.dossier)
        except DataFileError as error:
            alerts.warn(self, "เปิดดูไม่ได้", str(error))
            return
        self.looking = LookPanel(backup, dossier, found, session, self)
        self.looking.show()

    def restore(self) -> None:
        """Ask, with what would change, and have the file become the chosen back-up."""
        backup = self.chosen
        if backup is None:
            return
        lines = self._changes(backup)
        question = shown(f"แฟ้มข้อมูลจะกลับไปเป็นฉบับ {backup.sentence()}\n\n{lines}") + (
            "\n\nข้อมูลของวันนี้จะถูกเก็บเป็นแฟ้มสำรองอีกฉบับหนึ่งก่อน จึงกลับมาได้เสมอ"
        )
        if alerts.ask(self, "กู้คืนแฟ้มสำรอง", question, "กู้คืน"):
            self.close()
            self.restore_asked.emit(self.path, backup)

    def _changes(self, backup: Backup) -> str:
        if self._session is None:
            return "เทียบกับแฟ้มวันนี้ไม่ได้ เพราะแฟ้มเปิดไม่ได้"
        try:
            lines = self.backups().differences(backup, self._session.store).lines
        except DataFileError as error:
            return str(error)
        return "\n".join(f"• {line}" for line in lines) or "ข้อมูลเหมือนกับวันนี้ทุกอย่าง"

    def ask_second(self) -> None:
        """Choose the folder on another drive, and bring it up to date."""
        chosen = QFileDialog.getExistingDirectory(self, "เลือกที่สำรองแห่งที่สอง", str(Path.home()))
        if chosen:
            self.set_second(Path(chosen))

    def set_second(self, folder: Path) -> None:
        """Use a folder as the second place."""
        set_second_place(folder)
        try:
            self.backups().copy_to_second()
        except DataFileError as error:
            alerts.warn(self, "สำรองไปที่แห่งที่สองไม่ได้", str(error))
        self.refresh()


def _row(backup: Backup) -> tuple[str, ...]:
    when = f"{thai_date(backup.at, short=True)} {backup.at:%H.%M} น."
    held = backup.sentence().partition(" – ")[2]
    state = "✓ ตรวจแล้ว" if backup.healthy else "✗ ใช้ไม่ได้"
    texts = (when, held, backup.reason.label, size_text(backup.size), state)
    return tuple(shown(text) for text in texts)


class LookPanel(Panel):
    """Inside a back-up, to read only: each field that differs from today's (``found``)."""

    def __init__(
        self,
        backup: Backup,
        dossier: Dossier,
        found: tuple[Line, ...],
        session: Session | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(shown(f"ข้างในแฟ้มสำรอง {backup.sentence()}"), QSize(1040, 600), parent)
        year = session.year if session else max(dossier.measures, default=0)
        head = WrappedLabel(shown(_overview(dossier, year)))
        self.measures = Rows("มาตรการในแฟ้มสำรอง", ("ที่", "มาตรการ", "ผู้รับผิดชอบ"), (50, 0, 260))
        self.measures.show_rows(
            [
                (shown(at), measure.title, measure.owners)
                for at, measure in enumerate(dossier.measures.get(year, ()), start=1)
            ]
        )
        self.table = Rows("ที่ต่างจากวันนี้", ("ช่อง", "ในแฟ้มสำรอง", "วันนี้"), (260, 0, 0))
        self.table.show_rows([(shown(each.where), each.old, each.new) for each in found])
        words = f"ต่างจากวันนี้ {len(found)} ช่อง" if found else "ข้อมูลเหมือนกับวันนี้ทุกช่อง"
        self.column.addWidget(head)
        if session is not None:
            self.column.addWidget(label(shown(words), "title"))
            self.column.addWidget(self.table, 2)
        self.column.addWidget(label(shown(f"มาตรการของปีงบประมาณ {year} ในแฟ้มสำรอง"), "title"))
        self.column.addWidget(self.measures, 1)
        self.column.addLayout(row(None, button("ปิด", self.close)))


def _overview(dossier: Dossier, year: int) -> str:
    name = dossier.office.full_name or "ยังไม่ได้กรอกชื่อหน่วยงาน"
    scores = len(dossier.sheet(year - 1).entered)
    measures = len(dossier.measures.get(year, ()))
    return (
        f"{name} – คะแนนปี {year - 1} กรอกแล้ว {scores} ช่อง มาตรการปี {year} {measures} รายการ "
        f"เอกสารที่ออกแล้ว {len(dossier.issued)} ฉบับ (ดูได้อย่างเดียว แก้ไขไม่ได้)"
    )
