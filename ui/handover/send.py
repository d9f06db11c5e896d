"""ส่งให้อำเภอ: choose year and documents, lock on wish, make the package, see its fingerprint."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QVBoxLayout, QWidget

from ita_desktop.documents.templates import TemplateError, load_templates
from ita_desktop.domain.framework import FrameworkError
from ita_desktop.exchange.arrivals import RECORD, record_of
from ita_desktop.exchange.lock import LONGEST_PASSWORD, Strength, lock, strength
from ita_desktop.exchange.package import COVER, SUFFIX, Manifest, content_of
from ita_desktop.files import write_file
from ita_desktop.handover.parts import (
    Material,
    Offer,
    Progress,
    gather_material,
    has_scores,
    make_package,
    offers,
    open_findings,
    suggested_name,
)
from ita_desktop.paths import data_files
from ui import alerts
from ui.handover.frame import (
    HandoverDialog,
    Listing,
    below,
    copyable,
    documents_folder,
    form_of,
    size_text,
    wrapped,
)
from ui.handover.work import Work
from ui.session import Session
from ui.text import shown
from ui.widgets.checklist import CheckList
from ui.widgets.forms import Choice
from ui.widgets.layouts import Turning, button, card, label
from ui.widgets.texts import LineField

_FILTER = f"ชุดข้อมูล ITA (*{SUFFIX})"
_MAIL = 20_000_000
"""Bytes beyond which e-mail often refuses a file."""
_ROWS = 9


class SendDialog(HandoverDialog):
    """The window that makes a package."""

    said = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("ส่งให้อำเภอ", parent)
        self._session = session
        self._material: Material | None = None
        self._offers: tuple[Offer, ...] = ()
        self._path = Path()
        self.made: Manifest | None = None
        self.cover = b""
        self._review = Work(self)
        self._review.done.connect(self._on_findings)
        self._review.failed.connect(self._on_no_findings)
        self._build_form()
        self._build_result()
        self._connect()
        self.show_year(session.year)
        self.stack.setCurrentWidget(self.form_page)

    # --- building ------------------------------------------------------------------------------

    def _build_form(self) -> None:
        years = sorted({*self._session.dossier.measures, self._session.year}, reverse=True)
        self.year = Choice({str(year): shown(year) for year in years})
        self.documents = CheckList("เอกสารที่จะส่ง", _ROWS)
        self.findings = wrapped("")
        self.password, self.again = LineField(), LineField()
        self.password.setMaxLength(LONGEST_PASSWORD)
        self.again.setMaxLength(LONGEST_PASSWORD)
        self.password.setPlaceholderText("ไม่ใส่ก็ได้")
        self.see = QCheckBox("แสดงรหัสผ่าน")
        self.verdict = wrapped("", "muted")
        self._show_password(False)
        self.make_button = button(
            "ทำชุดข้อมูล…", self.ask_where, tip="เลือกที่เก็บ แล้วทำแฟ้มสำหรับส่งอำเภอ", primary=True
        )
        self.close_button = button("ปิด", self.reject)
        documents = card("สิ่งที่จะส่ง", form_of({"มาตรการของปี": self.year}), self.documents)
        told = wrapped("ตาราง ข้อมูลสำหรับนำเข้า และใบนำส่งอยู่ในชุดข้อมูลเสมอ", "muted")
        column = documents.layout()
        assert isinstance(column, QVBoxLayout)
        column.addWidget(told)
        column.addStretch(1)
        lock_hint = wrapped("ใส่รหัสผ่านเมื่อต้องส่งผ่านอีเมลหรือไลน์ แล้วแจ้งรหัสแก่ผู้รับทางอื่น", "muted")
        locking = card(
            "ล็อกด้วยรหัสผ่าน",
            form_of({"รหัสผ่าน": self.password, "พิมพ์ซ้ำ": self.again}),
            self.see,
            self.verdict,
            lock_hint,
        )
        right = below(locking, card("ตรวจก่อนส่ง", self.findings))
        self.form_page = self.add_page(
            Turning(680, (documents, 3), (right, 2)),
            buttons=(None, self.make_button, self.close_button),
        )

    def _build_result(self) -> None:
        self.outcome = wrapped("", "good")
        self.fingerprint = copyable("รหัสชุดข้อมูล")
        self.told = wrapped("")
        self.inside = Listing("สิ่งที่อยู่ในชุดข้อมูล", ("สิ่งที่ส่ง", "รหัสท้ายหน้า", "ขนาด"), 0)
        self.print_button = button(
            "พิมพ์ใบนำส่ง…", self.print_cover, tip="พิมพ์ใบนำส่งที่มีรหัสชุดข้อมูล ให้ผู้ส่งลงนาม", primary=True
        )
        self.folder_button = button("เปิดโฟลเดอร์", self.open_folder, tip="ดูแฟ้มในโฟลเดอร์ที่เก็บไว้")
        self.done_button = button("ปิด", self.accept)
        heading = label("รหัสชุดข้อมูล")
        heading.setBuddy(self.fingerprint)
        self.result_page = self.add_page(
            card("", self.outcome, heading, self.fingerprint, self.told),
            card("สิ่งที่อยู่ในชุดข้อมูล", self.inside),
            buttons=(None, self.print_button, self.folder_button, self.done_button),
        )

    def _connect(self) -> None:
        self.year.picked.connect(self._on_year)
        self.documents.ticked.connect(self._show_ready)
        self.password.typed.connect(self._show_ready)
        self.again.typed.connect(self._show_ready)
        self.see.toggled.connect(self._show_password)
        self.work.done.connect(self._on_made)
        self.work.failed.connect(self._on_failed)
        self.work.cancelled.connect(self._on_cancelled)

    @property
    def reviewing(self) -> bool:
        """Whether the findings are still looked for."""
        return self._review.busy

    # --- what is chosen ------------------------------------------------------------------------

    def _on_year(self, value: str) -> None:
        self.show_year(int(value))

    def show_year(self, year: int) -> None:
        """Offer the documents of a measure year."""
        self.year.show_value(str(year))
        self._material = self._gather(year)
        self._offers = offers(self._material) if self._material else ()
        self.documents.offer({str(at): _title(each) for at, each in enumerate(self._offers)})
        ready = tuple(str(at) for at, each in enumerate(self._offers) if each.ready)
        self.documents.show_values(ready)
        self.findings.setText("กำลังตรวจ…")
        material = self._material
        if material is not None:
            self._review.start(lambda _: open_findings(material))
        self._show_ready()

    def _gather(self, year: int) -> Material | None:
        session = self._session
        try:
            templates = load_templates(data_files("documents"), session.dossier.templates)
        except (TemplateError, FrameworkError) as error:
            alerts.warn(self, "ส่งให้อำเภอ", shown(error))
            return None
        return session.do(
            lambda: gather_material(
                session.dossier, session.shelf, templates, year, session.store.picture
            )
        )

    def _on_findings(self, found: object) -> None:
        assert isinstance(found, tuple)
        texts = [f"รอบ {months} เดือน เหลือ {count} รายการที่ควรแก้" for months, count in found if count]
        rounds = " และ ".join(str(months) for months, _ in found)
        good = f"ไม่มีรายการที่ควรแก้ในรอบ {rounds} เดือน" if rounds else "ยังไม่มีรอบที่เริ่มบันทึก"
        if self._material is not None and not has_scores(self._material):
            texts.append("ยังไม่มีคะแนนรวม บรรทัดของหน่วยงานในสรุปของอำเภอจะว่าง")
        more = "\nดูและแก้ได้ที่หน้าเอกสาร หรือจะส่งตามนี้ก็ได้ จำนวนที่ค้างจะอยู่ในใบนำส่ง"
        self.findings.setText(shown("\n".join(texts) + more if texts else good))

    def _on_no_findings(self, problem: object) -> None:
        self.findings.setText(shown(str(problem)))

    def _show_password(self, on: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password
        self.password.setEchoMode(mode)
        self.again.setEchoMode(mode)

    def _show_ready(self, _: object = None) -> None:
        """Say what is still missing; the button waits for it."""
        problem = self._password_problem()
        word = strength(self.password.value())
        good = f"รหัสผ่านนี้{word.value}" if word is not Strength.NONE else "ไม่ล็อก ใครได้แฟ้มก็เปิดอ่านได้"
        advice = " ควรใช้หลายคำต่อกัน เช่น สี่คำที่ไม่เกี่ยวกัน" if word is Strength.WEAK else ""
        self.verdict.setText(shown(problem or good + advice))
        self.verdict.setProperty("role", "wrong" if problem else "muted")
        self.verdict.style().polish(self.verdict)
        self.make_button.setEnabled(not problem and bool(self.documents.values()))

    def _password_problem(self) -> str:
        first, second = self.password.value(), self.again.value()
        if first != second:
            return "รหัสผ่านสองช่องยังไม่ตรงกัน โปรดพิมพ์ให้เหมือนกัน"
        if first and not first.strip():
            return "รหัสผ่านมีแต่ช่องว่าง โปรดพิมพ์รหัสอื่น"
        return ""

    # --- making --------------------------------------------------------------------------------

    def ask_where(self) -> None:
        """Ask where to, and make the package."""
        assert self._material is not None
        name = suggested_name(self._material.dossier, self._material.year) + SUFFIX
        chosen, _ = QFileDialog.getSaveFileName(
            self, "ทำชุดข้อมูลส่งอำเภอ", str(documents_folder() / name), _FILTER
        )
        if chosen:
            self.make_at(Path(chosen))

    def make_at(self, path: Path) -> None:
        """Make the package at ``path``, in the background."""
        assert self._material is not None
        self._path = path if path.suffix.lower() == SUFFIX else path.with_name(path.name + SUFFIX)
        ticked = set(self.documents.values())
        chosen = [each for at, each in enumerate(self._offers) if str(at) in ticked]
        material, password, target = self._material, self.password.value(), self._path

        def job(progress: Progress) -> object:
            manifest, content = make_package(
                material, chosen, datetime.now().astimezone(), progress
            )
            size, cover = len(content), content_of(content, COVER)
            write_file(target, lock(content, password) if password else content)
            return manifest, size, cover

        self.show_working("กำลังทำชุดข้อมูล")
        self.work.start(job)

    def _on_made(self, found: object) -> None:
        assert isinstance(found, tuple)
        manifest, size, self.cover = found
        self.made = manifest
        key = RECORD.format(year=manifest.year)
        store = self._session.store
        self._session.do(lambda: store.keep(key, record_of(manifest, store.setting(key))))
        self.outcome.setText(f"ทำชุดข้อมูลแล้ว: {self._path.name}")
        self.fingerprint.setText(manifest.fingerprint)
        self.told.setText("\n".join(self._after(manifest, size)))
        self.inside.show_rows(
            [(shown(part.title), part.code, size_text(part.size)) for part in manifest.parts]
        )
        self.stack.setCurrentWidget(self.result_page)
        self.print_button.setFocus()
        self.said.emit(f"ทำชุดข้อมูลแล้ว: {self._path.name}")

    def _after(self, manifest: Manifest, size: int) -> list[str]:
        """What to know of the package that was made."""
        lock_word = "ล็อกด้วยรหัสผ่านแล้ว โปรดแจ้งรหัสแก่ผู้รับทางอื่น" if self.password.value() else "ไม่ได้ล็อก"
        texts = [f"{self._path.parent}", f"ขนาด {size_text(size)} {lock_word}"]
        if size > _MAIL:
            texts.append("แฟ้มใหญ่ อีเมลอาจไม่รับ โปรดใช้ยูเอสบีหรือเลือกเอกสารให้น้อยลง")
        texts += [shown(text) for text in manifest.left_out]
        texts.append("พิมพ์ใบนำส่งให้ผู้ส่งลงนาม ผู้รับใช้รหัสบนใบตรวจว่าแฟ้มไม่ถูกเปลี่ยน")
        return texts

    def _on_failed(self, problem: object) -> None:
        self.stack.setCurrentWidget(self.form_page)
        alerts.warn(self, "ทำชุดข้อมูลไม่สำเร็จ", str(problem))

    def _on_cancelled(self) -> None:
        self.stack.setCurrentWidget(self.form_page)
        self.make_button.setFocus()

    def done(self, result: int) -> None:
        """Let go of the reviewing thread too."""
        self._review.close()
        super().done(result)

    # --- afterwards ----------------------------------------------------------------------------

    def print_cover(self) -> None:
        """Print the cover through the system's dialog."""
        from ui.printing import print_pdf

        if print_pdf(self, self.cover, f"ใบนำส่ง {self._path.stem}"):
            self.said.emit("ส่งใบนำส่งไปยังเครื่องพิมพ์แล้ว")

    def open_folder(self) -> None:
        """Open the folder the package lies in."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path.parent)))


def _title(offer: Offer) -> str:
    """A document as it is offered: what goes in of it."""
    extra = ""
    if offer.issued is not None:
        extra = f" – ฉบับที่ออกแล้ว {offer.issued.code}"
        extra += " (ข้อมูลเปลี่ยนหลังออก)" if offer.stale else ""
    elif not offer.ready:
        extra = " – ยังไม่มีข้อมูล"
    return shown(offer.title) + extra
