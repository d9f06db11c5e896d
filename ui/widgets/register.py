"""ทะเบียนเอกสาร: what was issued, how far it is up the chain, and what has changed since."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFileDialog,
    QListWidget,
    QListWidgetItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ita_desktop.domain.fiscal import parse_thai_date, thai_date
from ita_desktop.domain.papers import Issued, Step
from ita_desktop.files import FileNotWritten, write_file
from ui import alerts, theme
from ui.issuing import changed_since
from ui.session import Session
from ui.text import shown
from ui.widgets.forms import Choice, Suggest
from ui.widgets.hints import EmptyHint
from ui.widgets.layouts import Turning, button, label, row
from ui.widgets.texts import LineField

MOST_SCAN = 40_000_000
_ADD, _ALL_DONE = "บันทึกขั้น", "ครบทุกขั้นแล้ว"


class Register(QWidget):
    """The issued documents of the chosen year, the newest first."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.papers = QTreeWidget()
        self.papers.setAccessibleName("เอกสารที่ออกแล้ว")
        self.papers.setHeaderLabels(["เอกสาร", "รหัส", "เลขที่", "วันที่", "สถานะ"])
        self.papers.setRootIsDecorated(False)
        EmptyHint(self.papers, "ยังไม่มีเอกสารที่ออกในปีนี้\nเลือกเอกสารทางซ้าย แล้วกด “ออกเอกสาร”")
        self.papers.currentItemChanged.connect(lambda *_: self._show_one())
        self.steps = QListWidget()
        self.steps.setAccessibleName("การเดินเรื่อง")
        self.steps.setToolTip("เส้นทางของเอกสารฉบับที่เลือก ขั้นล่าสุดอยู่ท้ายสุด")
        self.steps.setMaximumHeight(110)
        self.changes = QListWidget()
        self.changes.setAccessibleName("สิ่งที่เปลี่ยนไปหลังออกเอกสาร")
        self.changes.setToolTip("ข้อมูลที่แก้หลังออกเอกสารฉบับที่เลือก")
        self.changes.setWordWrap(True)
        self.step = Choice({step.value: step.label for step in Step})
        self.step.setCurrentIndex(0)
        self.step.setAccessibleName("ขั้น")
        self.step.setToolTip("เอกสารถึงขั้นใดแล้ว เช่น พิมพ์ ส่งเสนอ ลงนาม")
        self.who = Suggest({})
        self.who.setAccessibleName("ผู้รับหรือผู้ลงนาม")
        self.who.setToolTip("ชื่อหรือตำแหน่ง เช่น ปลัด อบต. เลือกจากรายชื่อหรือพิมพ์เอง")
        self.day = LineField()
        self.day.setAccessibleName("วันที่")
        self.day.setToolTip("วันที่ของขั้นนี้ เช่น ๑๕ ธ.ค. ๒๕๖๘ หรือ 15/12/68")
        self.day.setPlaceholderText("วันนี้")
        self.day.setMaximumWidth(theme.scaled(150))
        self.day.setMinimumWidth(theme.scaled(90))
        self._lay_out()

    def _lay_out(self) -> None:
        self.open_button = button("เปิดแฟ้มที่ออก…", self.save_file, tip="บันทึกแฟ้มที่ออกไว้แล้วเปิดดู")
        self.scan_button = button("แนบสแกน…", self.attach, tip="แนบแฟ้มสแกนของฉบับที่ลงนามกับขั้นที่เลือก")
        self.delete_button = button("ลบจากทะเบียน", self.delete, tip="เรียกคืนได้ด้วยเลิกทำ")
        self.add_button = button(_ADD, self.add_step, primary=True)
        self.step.picked.connect(lambda _: self._offer_more())
        self.who.typed.connect(lambda _: self._offer_more())
        self.day.typed.connect(lambda _: self._offer_more())
        column = QVBoxLayout(self)
        column.addWidget(self.papers, 3)
        column.addLayout(row(self.open_button, self.delete_button, None))
        column.addWidget(label("การเดินเรื่อง", "title"))
        column.addWidget(self.steps)
        caption = label("วันที่")
        caption.setBuddy(self.day)
        what = row(self.step, self.who, caption, self.day)
        column.addWidget(Turning(620, (what, 1), (row(self.add_button, self.scan_button, None), 0)))
        self.changed_label = label("", "muted")
        self.changed_label.setWordWrap(True)
        column.addWidget(self.changed_label)
        column.addWidget(self.changes, 2)

    # --- showing ---------------------------------------------------------------------------------

    @property
    def issued(self) -> Issued | None:
        """The chosen document."""
        item = self.papers.currentItem()
        wanted = item.data(0, Qt.ItemDataRole.UserRole) if item else None
        return next((each for each in self._all() if each.id == wanted), None)

    def _all(self) -> list[Issued]:
        year = self._session.year
        return [each for each in self._session.dossier.issued if each.key.year == year]

    def refresh(self) -> None:
        """Show the register as it is now."""
        chosen = self.issued
        self.papers.clear()
        for each in self._all():
            old = bool(changed_since(self._session, each))
            last = each.passings[-1].step.label if each.passings else "ออกแล้ว"
            state = f"{last} • ล้าสมัย" if old else last
            which = f" รอบ {each.key.round} เดือน" if each.key.round else ""
            day = thai_date(each.day, short=True) if each.day else ""
            texts = [each.name + which, each.code, each.number, day, state]
            # The code is read off the paper: its digits stay as they are printed.
            item = QTreeWidgetItem([texts[0], texts[1], *map(shown, texts[2:])])
            item.setText(0, shown(texts[0]))
            item.setData(0, Qt.ItemDataRole.UserRole, each.id)
            self.papers.addTopLevelItem(item)
            if chosen is not None and each.id == chosen.id:
                self.papers.setCurrentItem(item)
        first = self.papers.topLevelItem(0)
        if self.papers.currentItem() is None and first is not None:
            self.papers.setCurrentItem(first)
        for at, width in enumerate((300, 140, 110, 110, 140)):
            self.papers.setColumnWidth(at, theme.scaled(width))
        names = [person.position for person in self._session.dossier.people if person.position]
        self.who.offer({name: name for name in names})
        self._show_one()

    def _show_one(self) -> None:
        issued = self.issued
        self.steps.clear()
        self.changes.clear()
        for part in (self.open_button, self.delete_button, self.scan_button):
            part.setEnabled(issued is not None)
        done = issued is not None and {each.step for each in issued.passings} == set(Step)
        self._offer_step(issued is not None and not done, _ALL_DONE if done else _ADD)
        if issued is None:
            self.changed_label.setText("ยังไม่มีเอกสารที่ออก เมื่อเอกสารพร้อมแล้วให้กด “ออกเอกสาร”")
            return
        for passing in issued.passings:
            day = thai_date(passing.day, short=True) if passing.day else ""
            scan = f" • สแกน: {passing.scan_name}" if passing.scan else ""
            item = QListWidgetItem(shown(f"{passing.step.label} {passing.who} {day}{scan}"))
            item.setData(Qt.ItemDataRole.UserRole, passing.id)
            self.steps.addItem(item)
        found = changed_since(self._session, issued)
        self.changed_label.setText(
            shown(f"ล้าสมัย: ข้อมูลเปลี่ยนไป {len(found)} แห่งหลังออกเอกสาร")
            if found
            else "ข้อมูลยังตรงกับเอกสารที่ออก"
        )
        for each in found[:200]:
            self.changes.addItem(shown(f"{each.label}: “{each.old or '–'}” → “{each.new or '–'}”"))

    def _offer_step(self, on: bool, words: str) -> None:
        self.add_button.setText(words)
        self.add_button.setEnabled(on)

    def _offer_more(self) -> None:
        """She chooses a step or a person herself: a paper may go up to one more."""
        if self.issued is not None:
            self._offer_step(True, _ADD)

    def begin(self) -> None:
        """The newest document, with the keyboard at the first step of its way."""
        first = self.papers.topLevelItem(0)
        if first is not None:
            self.papers.setCurrentItem(first)
        self.step.setCurrentIndex(0)
        self.add_button.setFocus()

    # --- what the user does ----------------------------------------------------------------------

    def add_step(self) -> None:
        """Tick off a step of the chosen document."""
        issued = self.issued
        if issued is None:
            return
        try:
            day = parse_thai_date(self.day.value()) or date.today()
        except ValueError as error:
            alerts.warn(self, "วันที่ใช้ไม่ได้", str(error))
            self.day.setFocus()
            return
        step, who = Step(self.step.value()), self.who.value()
        if any((each.step, each.who, each.day) == (step, who, day) for each in issued.passings):
            alerts.tell(
                self,
                "บันทึกขั้นนี้ไว้แล้ว",
                shown(f"“{f'{step.label} {who}'.strip()}” วันที่ {thai_date(day, short=True)} มีอยู่แล้ว")
                + " จึงไม่ได้บันทึกซ้ำ\nหากเป็นขั้นอื่น โปรดเลือกขั้น ผู้รับ หรือวันที่ก่อน",
            )
            return
        session = self._session
        session.done(lambda: session.store.add_passing(issued.id, step, day=day, who=who))
        self.day.clear()
        self._offer_next(step)

    def _offer_next(self, step: Step) -> None:
        """What comes after a step, with the keyboard where it is ticked off."""
        steps = list(Step)
        self.step.show_value(steps[min(steps.index(step) + 1, len(steps) - 1)].value)
        self.add_button.setFocus()

    def attach(self) -> None:
        """Attach a scan to the chosen step."""
        chosen, _ = QFileDialog.getOpenFileName(
            self, "แนบสแกน", "", "แฟ้มสแกน (*.pdf *.jpg *.jpeg *.png)"
        )
        if chosen:
            self.attach_file(Path(chosen))

    def attach_file(self, path: Path) -> bool:
        """Attach the file to the chosen step, or to the last one."""
        issued = self.issued
        if issued is None or not issued.passings:
            alerts.tell(self, "แนบสแกน", "โปรดบันทึกขั้นก่อน แล้วจึงแนบสแกนของขั้นนั้น")
            return False
        try:
            content = path.read_bytes() if path.stat().st_size <= MOST_SCAN else b""
        except OSError:
            content = b""
        if not content.startswith((b"%PDF-", b"\xff\xd8\xff", b"\x89PNG")):
            alerts.warn(self, "แนบสแกนไม่ได้", "โปรดเลือกแฟ้ม PDF JPEG หรือ PNG ที่ไม่เกิน ๔๐ เมกะไบต์")
            return False
        item = self.steps.currentItem() or self.steps.item(self.steps.count() - 1)
        passing = item.data(Qt.ItemDataRole.UserRole)
        store = self._session.store
        return self._session.done(
            lambda: store.set_passing(passing, scan=store.add_picture(content), scan_name=path.name)
        )

    def delete(self) -> None:
        """Take the chosen document out of the register; undo brings it back."""
        issued = self.issued
        if issued is not None:
            self._session.done(lambda: self._session.store.delete_issued(issued.id))

    def save_file(self) -> None:
        """Save the issued file somewhere and open it."""
        issued = self.issued
        if issued is None:
            return
        chosen, _ = QFileDialog.getSaveFileName(
            self, "บันทึกแฟ้มที่ออก", f"{issued.code}.pdf", "เอกสาร PDF (*.pdf)"
        )
        if chosen and self.save_file_at(issued, Path(chosen)):
            QDesktopServices.openUrl(QUrl.fromLocalFile(chosen))

    def save_file_at(self, issued: Issued, path: Path) -> bool:
        """Write the issued file; tells when it is lost or can't be written."""
        content = self._session.store.picture(issued.file)
        if content is None:
            alerts.warn(self, "ไม่พบแฟ้มที่ออก", "แฟ้มของเอกสารนี้ไม่อยู่ในแฟ้มข้อมูล โปรดเปิดแฟ้มสำรอง")
            return False
        try:
            write_file(path, content)
        except FileNotWritten as error:
            alerts.warn(self, "บันทึกไม่สำเร็จ", str(error))
            return False
        return True
