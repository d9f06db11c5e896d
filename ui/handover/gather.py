"""รวมของอำเภอ: a folder of packages becomes one workbook and one PDF."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QLineEdit, QTabWidget, QWidget

from ita_desktop.domain.fiscal import thai_date
from ita_desktop.domain.framework import FrameworkShelf
from ita_desktop.exchange.district import (
    District,
    Fate,
    Progress,
    Wishes,
    find_packages,
    summarise,
)
from ita_desktop.exchange.district_book import district_workbook
from ita_desktop.exchange.lock import LONGEST_PASSWORD
from ita_desktop.exchange.offices import read_offices
from ita_desktop.files import write_file
from ita_desktop.handover.district_paper import district_pdf
from ita_desktop.paths import data_files
from ui import alerts
from ui.handover.frame import (
    HandoverDialog,
    Listing,
    below,
    documents_folder,
    form_of,
    wrapped,
)
from ui.text import change_text, score_text, shown
from ui.widgets.layouts import button, card, row, tab_through
from ui.widgets.texts import LineField

_SHOWN = 2_000
"""So many rows of a list are shown in the window; the workbook has all."""


class GatherDialog(HandoverDialog):
    """The window that sums packages up."""

    said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("รวมของอำเภอ", parent)
        self.district: District | None = None
        self._saved: Path | None = None
        self._build_form()
        self._build_result()
        self.work.done.connect(self._on_done)
        self.work.failed.connect(self._on_failed)
        self.work.cancelled.connect(self._on_cancelled)
        self.stack.setCurrentWidget(self.form_page)

    def _build_form(self) -> None:
        self.folder, self.list, self.password = LineField(), LineField(), LineField()
        self.folder.setPlaceholderText("โฟลเดอร์ที่เก็บแฟ้มที่หน่วยงานส่งมา")
        self.list.setPlaceholderText("ไม่ใส่ก็ได้ ใส่แล้วบอกได้ว่าใครยังไม่ส่ง")
        self.password.setPlaceholderText("ใส่เมื่อหน่วยงานล็อกแฟ้มด้วยรหัสเดียวกัน")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setMaxLength(LONGEST_PASSWORD)
        self.folder.typed.connect(self._show_ready)
        folder_button = button("เลือกโฟลเดอร์…", self.ask_folder)
        list_button = button("เลือกบัญชีรายชื่อ…", self.ask_list)
        self.start_button = button("รวม", self.start, tip="อ่านทุกชุดข้อมูลในโฟลเดอร์", primary=True)
        self.close_button = button("ปิด", self.reject)
        hint = wrapped(
            "อ่านทุกชุดข้อมูลในโฟลเดอร์และโฟลเดอร์ย่อย หน่วยงานที่ส่งหลายครั้งใช้ชุดใหม่สุด "
            "แฟ้มที่เสียหายจะอยู่ในรายการพร้อมเหตุผล\nบัญชีรายชื่อเป็นแฟ้ม CSV จาก Excel "
            "ที่มีหัวคอลัมน์ ชื่อหน่วยงาน อำเภอ จังหวัด",
            "muted",
        )
        choose = card("ชุดข้อมูลที่จะรวม", form_of({"โฟลเดอร์": self.folder}), row(folder_button, None))
        extra = card("ถ้ามี", form_of({"บัญชีรายชื่อ": self.list}), row(list_button, None))
        locked = card("", form_of({"รหัสผ่าน": self.password}), hint)
        self.form_page = self.add_page(
            below(choose, extra, locked), buttons=(None, self.start_button, self.close_button)
        )
        self._show_ready()

    def _build_result(self) -> None:
        self.summary = wrapped("")
        self.lines = Listing("ผลรายหน่วยงาน", _LINE_HEADS, 1)
        self.weak = Listing("ตัวชี้วัดที่อ่อน", _WEAK_HEADS, 1)
        self.missing = Listing("ยังไม่ได้ส่ง", ("หน่วยงาน", "อำเภอ", "จังหวัด"), 0)
        self.files = Listing("แฟ้มที่ไม่ได้ใช้", ("แฟ้ม", "ผล", "เหตุผล"), 2)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("ส่วนของผล")
        self.tabs.tabBar().setAccessibleName("ส่วนของผล")
        self.tabs.setMinimumHeight(230)
        self.book_button = button("บันทึกเป็น Excel…", lambda: self.ask_save(".xlsx"), primary=True)
        self.paper_button = button("บันทึกเป็น PDF…", lambda: self.ask_save(".pdf"))
        self.open_button = button("เปิดแฟ้มที่บันทึก", self.open_saved, tip="เปิดด้วยโปรแกรมของเครื่อง")
        self.again_button = button("รวมใหม่", self._again)
        self.done_button = button("ปิด", self.accept)
        self.result_page = self.add_page(
            card("", self.summary),
            self.tabs,
            buttons=(
                *(None, self.book_button, self.paper_button, self.open_button),
                *(self.again_button, self.done_button),
            ),
        )

    def entered(self) -> None:
        """Enter after the folder starts."""
        if self.stack.currentWidget() is self.form_page and self.start_button.isEnabled():
            self.start()

    # --- choosing ------------------------------------------------------------------------------

    def ask_folder(self) -> None:
        """Ask for the folder of packages."""
        chosen = QFileDialog.getExistingDirectory(self, "โฟลเดอร์ของชุดข้อมูล", str(documents_folder()))
        if chosen:
            self.folder.show_value(chosen)
            self._show_ready()

    def ask_list(self) -> None:
        """Ask for the list of all offices."""
        chosen, _ = QFileDialog.getOpenFileName(
            self, "บัญชีรายชื่อหน่วยงาน", str(documents_folder()), "แฟ้ม CSV (*.csv)"
        )
        if chosen:
            self.list.show_value(chosen)

    def _show_ready(self, _: object = None) -> None:
        self.start_button.setEnabled(bool(self.folder.value().strip()))

    # --- reading -------------------------------------------------------------------------------

    def start(self) -> None:
        """Read all packages, in the background."""
        folder, listed = self.folder.value().strip(), self.list.value().strip()
        password = self.password.value() or None

        def job(progress: Progress) -> object:
            offices = read_offices(Path(listed)) if listed else None
            shelf = FrameworkShelf(data_files("frameworks"))
            paths = find_packages([Path(folder)])
            wishes = Wishes(None, password, offices)
            return summarise(paths, shelf.get, datetime.now().astimezone(), wishes, progress)

        self.show_working("กำลังหาชุดข้อมูล")
        self.work.start(job)

    def _on_done(self, found: object) -> None:
        if isinstance(found, District):
            self._show(found)
        elif isinstance(found, Path):
            self._saved = found
            self.open_button.setEnabled(True)
            self.stack.setCurrentWidget(self.result_page)
            self.summary.setText(f"{self.summary.text()}\nบันทึกแล้ว: {found.name}")
            self.said.emit(f"บันทึกแล้ว: {found.name}")
            self.open_button.setFocus()

    def _on_failed(self, problem: object) -> None:
        self._show_page()
        alerts.warn(self, "รวมของอำเภอไม่สำเร็จ", str(problem))

    def _on_cancelled(self) -> None:
        self._show_page()

    def _show_page(self) -> None:
        self.stack.setCurrentWidget(self.result_page if self.district else self.form_page)

    def _again(self) -> None:
        self.district = None
        self.stack.setCurrentWidget(self.form_page)
        self.folder.setFocus()

    # --- the result ----------------------------------------------------------------------------

    def _show(self, district: District) -> None:
        self.district = district
        self._saved = None
        self.open_button.setEnabled(False)
        self.summary.setText(shown("\n".join(_sentences(district))))
        self.lines.show_rows(_line_rows(district))
        self.weak.show_rows(_weak_rows(district))
        self.missing.show_rows(
            [(each.short_name, each.district, each.province) for each in district.missing[:_SHOWN]]
        )
        unused = [each for each in district.arrivals if each.fate is not Fate.TAKEN]
        self.files.show_rows(
            [(each.name, each.fate.value, each.reason) for each in unused[:_SHOWN]]
        )
        self._offer_tabs(len(unused))
        self.stack.setCurrentWidget(self.result_page)
        self.book_button.setFocus()

    def _offer_tabs(self, unused: int) -> None:
        assert self.district is not None
        while self.tabs.count():
            self.tabs.removeTab(0)
        self.tabs.addTab(self.lines, "ผลรายหน่วยงาน")
        self.tabs.addTab(self.weak, "ตัวชี้วัดที่อ่อน")
        if self.district.listed is not None:
            self.tabs.addTab(self.missing, shown(f"ยังไม่ได้ส่ง {len(self.district.missing)}"))
        if unused:
            self.tabs.addTab(self.files, shown(f"แฟ้มที่ไม่ได้ใช้ {unused}"))
        buttons = (self.book_button, self.paper_button, self.open_button)
        tab_through(self.tabs, *buttons, self.again_button, self.done_button)

    def ask_save(self, suffix: str) -> None:
        """Ask where to, and write the summary in that form."""
        assert self.district is not None
        name = f"สรุป ITA ของอำเภอ ปี {self.district.analysed_year}{suffix}"
        kind = "แฟ้ม Excel" if suffix == ".xlsx" else "เอกสาร PDF"
        chosen, _ = QFileDialog.getSaveFileName(
            self, "บันทึกสรุป", str(documents_folder() / name), f"{kind} (*{suffix})"
        )
        if chosen:
            self.save_at(Path(chosen), suffix)

    def save_at(self, path: Path, suffix: str) -> None:
        """Write the summary at ``path``, in the background."""
        assert self.district is not None
        target = path if path.suffix.lower() == suffix else path.with_name(path.name + suffix)
        district = self.district

        def job(_progress: Progress) -> object:
            if suffix == ".xlsx":
                content = district_workbook(district)
            else:
                content = district_pdf(district, datetime.now().date())
            write_file(target, content)
            return target

        self.show_working("กำลังเขียนสรุป")
        self.work.start(job)

    def open_saved(self) -> None:
        """Open what was saved in the computer's own program."""
        if self._saved is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved)))


_LINE_HEADS = ("อันดับ", "หน่วยงาน", "อำเภอ", "รวม", "ระดับ", "ผลต่าง", "มาตรการ", "ทำเมื่อ")
_WEAK_HEADS = ("ที่", "ตัวชี้วัด", "ต่ำกว่าเกณฑ์", "เฉลี่ย")


def _line_rows(district: District) -> list[tuple[str, ...]]:
    ranked = [(rank, line) for rank, line in zip(district.ranks, district.lines, strict=True)]
    ranked.sort(key=lambda one: one[0] or len(ranked) + 1)
    return [
        (
            shown(rank) if rank else "–",
            line.office.short_name or "ไม่ระบุชื่อ",
            line.office.district,
            score_text(line.total),
            shown(line.level),
            change_text(line.difference),
            shown(line.measures),
            shown(thai_date(line.made.date(), short=True)),
        )
        for rank, line in ranked[:_SHOWN]
    ]


def _weak_rows(district: District) -> list[tuple[str, ...]]:
    return [
        (shown(each.code), each.name, shown(f"{each.below} แห่ง"), score_text(each.mean))
        for each in district.weak_indicators()
    ]


def _sentences(district: District) -> list[str]:
    mean = district.mean
    texts = [f"ปี {district.analysed_year}: ใช้ได้ {len(district.lines):,} หน่วยงาน"]
    if mean is not None:
        texts[0] += f" คะแนนรวมเฉลี่ย {mean:.2f}"
    if district.listed is not None:
        texts.append(f"ยังไม่ได้ส่ง {len(district.missing):,} จาก {district.listed:,} หน่วยงาน")
    fates = district.fates()
    words = [
        f"{fate.value} {fates[fate]:,}" for fate in Fate if fate is not Fate.TAKEN and fates[fate]
    ]
    if words:
        texts.append(f"แฟ้มที่ไม่ได้ใช้: {' '.join(words)}")
    if len(district.lines) > _SHOWN:
        texts.append(f"หน้าต่างนี้แสดง {_SHOWN:,} แถวแรก แฟ้ม Excel มีครบ")
    return texts
