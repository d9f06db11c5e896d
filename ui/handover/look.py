"""เปิดชุดข้อมูล: what is inside a package, what is missing or changed, take it out or in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from db.errors import DataFileError
from ita_desktop.domain.framework import Framework, FrameworkError, framework_text
from ita_desktop.domain.framework_origin import Source
from ita_desktop.exchange.arrivals import RECORD, check_arrival, moment_text, record_of
from ita_desktop.exchange.errors import SourceError, one_line
from ita_desktop.exchange.interchange import Interchange, check_codes
from ita_desktop.exchange.lock import LONGEST_PASSWORD, LockedPackage, WrongPassword
from ita_desktop.exchange.package import DATA, SUFFIX, free_path
from ita_desktop.exchange.unpack import DamagedPackage, Package, opened
from ita_desktop.files import write_file
from ita_desktop.thai.digits import to_arabic
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
from ui.handover.work import Progress
from ui.session import Session
from ui.text import shown
from ui.widgets.layouts import button, card, label
from ui.widgets.texts import LineField

FILTER = f"ชุดข้อมูล ITA (*{SUFFIX})"
_KINDS = {
    "cover": "ใบนำส่ง",
    "document": "เอกสาร",
    "table": "ตาราง",
    "csv": "ตาราง CSV",
    "data": "ข้อมูล",
    "framework": "กรอบการประเมิน",
}
_WHOLE = "ครบถ้วน ไม่ถูกเปลี่ยนตั้งแต่หน่วยงานทำไว้"
_CHANGED = "ชุดข้อมูลนี้ไม่ครบหรือถูกเปลี่ยน อย่าใช้ โปรดขอแฟ้มใหม่จากหน่วยงานผู้ส่ง"


@dataclass(frozen=True, slots=True)
class _Incoming:
    """What is taken in: the data, and the sender's own frameworks by year."""

    data: Interchange
    frameworks: Mapping[int, Framework]


class LookDialog(HandoverDialog):
    """The window that opens a package and checks all of it."""

    said = Signal(str)
    taken = Signal(int)
    """A package's data went into the open file; of which measure year."""

    def __init__(self, session: Session | None = None, parent: QWidget | None = None) -> None:
        super().__init__("เปิดชุดข้อมูล", parent)
        self._session = session
        self._path = Path()
        self._password: str | None = None
        self.package: Package | None = None
        self._build_password()
        self._build_contents()
        self.work.done.connect(self._on_done)
        self.work.failed.connect(self._on_failed)
        self.work.cancelled.connect(self.reject)

    def _build_password(self) -> None:
        self.asked = wrapped("")
        self.password = LineField()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setMaxLength(LONGEST_PASSWORD)
        self.open_button = button("เปิด", self._unlock, primary=True)
        self.give_up_button = button("ปิด", self.reject)
        self.password_page = self.add_page(
            below(card("ต้องใช้รหัสผ่าน", self.asked, form_of({"รหัสผ่าน": self.password}))),
            buttons=(None, self.open_button, self.give_up_button),
        )

    def _build_contents(self) -> None:
        self.verdict = wrapped("")
        self.about = wrapped("")
        self.fingerprint = copyable("รหัสชุดข้อมูล")
        self.on_paper = LineField()
        self.on_paper.setPlaceholderText("พิมพ์รหัสจากใบนำส่งเพื่อเทียบ")
        self.on_paper.typed.connect(self._compare)
        self.compared = wrapped("", "muted")
        self.problems = Listing("สิ่งที่ขาดหรือถูกเปลี่ยน", ("ผล", "รายละเอียด"), 1)
        self.problems_card = card("สิ่งที่ขาดหรือถูกเปลี่ยน", self.problems)
        self.inside = Listing("สิ่งที่อยู่ในชุดข้อมูล", ("ชนิด", "ชื่อ", "ผล", "ขนาด"), 1)
        self.save_button = button(
            "นำเอกสารออก…",
            self.ask_folder,
            tip="บันทึกเอกสารและตารางทั้งหมดลงโฟลเดอร์ที่เลือก",
            primary=True,
        )
        self.take_button = button(
            "นำเข้าแฟ้มที่เปิดอยู่…", self.take_in, tip="นำข้อมูลของชุดนี้เข้าแฟ้มข้อมูลที่เปิดอยู่ เลิกทำได้"
        )
        self.close_button = button("ปิด", self.accept)
        heading = label("รหัสชุดข้อมูล")
        heading.setBuddy(self.fingerprint)
        paper = form_of({"รหัสบนใบนำส่ง": self.on_paper})
        self.contents_page = self.add_page(
            card("", self.verdict, self.about, heading, self.fingerprint, paper, self.compared),
            self.problems_card,
            card("สิ่งที่อยู่ในชุดข้อมูล", self.inside),
            buttons=(None, self.save_button, self.take_button, self.close_button),
        )

    def entered(self) -> None:
        """Enter after the password opens."""
        if self.stack.currentWidget() is self.password_page:
            self._unlock()

    # --- opening -------------------------------------------------------------------------------

    def look_at(self, path: Path, password: str | None = None) -> None:
        """Open and check a package, in the background."""
        self._path, self._password = path, password

        def job(_progress: Progress) -> object:
            with opened(path, password) as package:
                return package

        self.show_working(f"กำลังตรวจ {one_line(path.name)}")
        self.cancel_button.setVisible(False)  # a package is checked within seconds
        self.work.start(job)

    def _unlock(self) -> None:
        self.look_at(self._path, self.password.value())

    def _on_failed(self, problem: object) -> None:
        if isinstance(problem, LockedPackage | WrongPassword):
            self.asked.setText(shown(str(problem)))
            self.asked.setProperty("role", "wrong" if isinstance(problem, WrongPassword) else "")
            self.asked.style().polish(self.asked)
            self.stack.setCurrentWidget(self.password_page)
            self.password.selectAll()
            self.password.setFocus()
            return
        alerts.warn(self, "เปิดชุดข้อมูลไม่ได้", str(problem))
        if self.package is None:
            self.reject()
        else:
            self.stack.setCurrentWidget(self.contents_page)

    def _on_done(self, found: object) -> None:
        if isinstance(found, Package):
            self._show(found)
        elif isinstance(found, int):
            self.stack.setCurrentWidget(self.contents_page)
            self.said.emit(shown(f"นำออกแล้ว {found} แฟ้ม"))
            self.compared.setText(shown(f"นำออกแล้ว {found} แฟ้ม"))
        elif isinstance(found, _Incoming):
            self.stack.setCurrentWidget(self.contents_page)
            self._take(found)

    def _show(self, package: Package) -> None:
        self.package = package
        manifest = package.manifest
        self.verdict.setText(_WHOLE if package.is_whole else _CHANGED)
        self.verdict.setProperty("role", "good" if package.is_whole else "wrong")
        self.verdict.style().polish(self.verdict)
        office = one_line(f"{manifest.office.full_name} {manifest.office.place}", 160)
        texts = [
            f"{office} มาตรการของปี {manifest.year}",
            f"ทำเมื่อ {moment_text(manifest.made)} โปรแกรม {one_line(manifest.program)}",
        ]
        counts = [f"รอบ {months} เดือน {count}" for months, count in manifest.findings if count]
        texts += [f"รายการที่ควรแก้ซึ่งค้างเมื่อทำ: {' '.join(counts)}"] if counts else []
        texts += [one_line(text, 200) for text in manifest.left_out[:10]]
        self.about.setText(shown("\n".join(texts)))
        self.fingerprint.setText(package.fingerprint)
        self._show_parts(package)
        usable = package.is_whole
        self.save_button.setEnabled(usable)
        can_take = usable and manifest.part(DATA) is not None and self._session is not None
        self.take_button.setEnabled(can_take)
        self.stack.setCurrentWidget(self.contents_page)
        self.on_paper.setFocus()

    def _show_parts(self, package: Package) -> None:
        faults = {problem.name: problem.fault for problem in package.problems}
        rows = [
            (
                _KINDS[part.kind],
                shown(one_line(part.title, 120)),
                faults[part.name].value if part.name in faults else "ตรงตามที่ทำไว้",
                size_text(part.size),
            )
            for part in package.manifest.parts
        ]
        self.inside.show_rows(rows)
        self.problems.show_rows([(each.fault.value, each.text) for each in package.problems])
        self.problems_card.setVisible(not package.is_whole)

    def _compare(self, text: str) -> None:
        """Hold the letters from paper against those of the file."""
        typed = re.sub(r"[^A-Z0-9]", "", to_arabic(text).upper())
        wanted = self.fingerprint.text().replace("-", "")
        if not typed:
            words, role = "", "muted"
        elif typed == wanted:
            words, role = "ตรงกันทุกตัว แฟ้มนี้คือชุดที่ผู้ส่งลงนาม", "good"
        elif wanted.startswith(typed):
            words, role = "ตรงกันถึงตัวที่พิมพ์ โปรดพิมพ์ต่อจนครบ", "muted"
        else:
            words, role = "ไม่ตรงกัน โปรดดูตัวที่พิมพ์ หรือแฟ้มนี้ไม่ใช่ชุดที่ผู้ส่งลงนาม", "wrong"
        self.compared.setText(words)
        self.compared.setProperty("role", role)
        self.compared.style().polish(self.compared)

    # --- taking out and in ---------------------------------------------------------------------

    def ask_folder(self) -> None:
        """Ask for a folder, and write every document and table there."""
        chosen = QFileDialog.getExistingDirectory(self, "นำเอกสารออกไปที่", str(documents_folder()))
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, folder: Path) -> None:
        """Write every document and table into the folder; nothing there is overwritten."""
        path, password = self._path, self._password

        def job(progress: Progress) -> object:
            with opened(path, password) as package:
                if not package.is_whole:
                    raise DamagedPackage(package.complaint)
                parts = [part for part in package.manifest.parts if part.kind != "data"]
                for number, part in enumerate(parts):
                    progress(number, len(parts), part.title)
                    write_file(free_path(folder, part), package.read(part))
                return len(parts)

        self.show_working("กำลังนำเอกสารออก")
        self.work.start(job)

    def take_in(self) -> None:
        """Take the data into the open file, as one edit; asks when it is another's or older."""
        path, password = self._path, self._password

        def job(_progress: Progress) -> object:
            with opened(path, password) as package:
                return _Incoming(package.data(), package.frameworks())

        self.show_working("กำลังอ่านข้อมูล")
        self.work.start(job)

    def _take(self, incoming: _Incoming) -> None:
        found = incoming.data
        session, package = self._session, self.package
        assert session is not None and package is not None
        manifest, store = package.manifest, session.store
        key = RECORD.format(year=manifest.year)
        told = list(check_arrival(manifest, session.dossier, store.setting(key)))
        new = {
            year: framework
            for year, framework in incoming.frameworks.items()
            if framework != session.framework(year)
        }
        told = [*told, *(f"กรอบการประเมินปี {year} จะใช้ของหน่วยงานผู้ส่ง" for year in sorted(new))]
        words = "\n".join(
            [*told, f"ข้อมูลปี {manifest.year} ในแฟ้มที่เปิดอยู่จะถูกแทนด้วยข้อมูลของชุดนี้ (เลิกทำได้ด้วย Ctrl+Z)"]
        )
        if not alerts.ask(self, "นำเข้าข้อมูล", shown(words), "นำเข้า"):
            return
        try:
            check_codes(found.dossier, lambda year: new.get(year) or session.framework(year))
            for each in new.values():
                self._do(session, partial(
                    store.set_framework, each.year, framework_text(each), Source.FILE,
                    name=self._path.name,
                ))  # fmt: skip
            self._do(session, lambda: store.take_in(
                found.dossier, found.parts, files=found.pictures.values(),
                label=f"นำเข้าชุดข้อมูลปี {manifest.year}",
            ))  # fmt: skip
            store.keep(key, record_of(manifest, store.setting(key)))
        except (SourceError, FrameworkError, DataFileError) as error:
            alerts.warn(self, "นำเข้าไม่ได้", shown(str(error)))
            return
        self.taken.emit(manifest.year)
        times = f" {len(new) + 1} ครั้ง" if new else ""
        self.said.emit(shown(f"นำเข้าแล้ว กด Ctrl+Z{times} เพื่อเลิกทำทั้งหมด"))
        self.accept()

    @staticmethod
    def _do(session: Session, action: Callable[[], object]) -> None:
        session.saver.flush()
        action()
