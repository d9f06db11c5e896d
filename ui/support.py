"""What she can send when something does not work: one file that says nothing of anybody.

Every part is a text that she reads before it is saved. No name, text, figure or file name of the
office's data is in it; the program sends nothing by itself.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from PySide6.QtCore import QLocale, QSize, Qt
from PySide6.QtGui import QGuiApplication, QStyleHints
from PySide6.QtWidgets import QFileDialog, QListWidget, QPlainTextEdit, QSplitter, QWidget

from db.errors import DataFileError
from db.store import Store
from db.support import Outline, outline_of
from db.surroundings import place_of
from ita_desktop import VERSION
from ita_desktop.files import FileNotWritten, write_file
from ui import alerts, theme
from ui.backing import second_place
from ui.crash import about_computer
from ui.text import shown, thai_digits
from ui.widgets.dialogs import Panel
from ui.widgets.layouts import WrappedLabel, button, label, row

TITLE = "ส่งข้อมูลให้ผู้ดูแล"
_INTRO = (
    "รวมข้อมูลทางเทคนิคเป็นแฟ้มเดียวสำหรับส่งให้ผู้ดูแลโปรแกรมเมื่อมีปัญหา "
    "ไม่มีชื่อบุคคล ชื่อหน่วยงาน ชื่อแฟ้ม คะแนน หรือข้อความใดที่ท่านพิมพ์ "
    "เลือกดูแต่ละรายการได้ก่อนบันทึก โปรแกรมไม่ส่งเองทางอินเทอร์เน็ต"
)
_LIBRARIES = (
    *("PySide6-Essentials", "sqlite-utils", "pythainlp", "reportlab", "python-docx", "openpyxl"),
    *("Pillow", "pypdfium2", "uharfbuzz"),
)
_NAME = "ข้อมูลสำหรับผู้ดูแล ITA Desktop.zip"


def support_parts(store: Store | None, page: str, reports: Iterable[str]) -> dict[str, str]:
    """The parts of the file: name -> text. ``page``: key of the page in view."""
    parts = {
        "เครื่องและโปรแกรม.txt": "\n".join([*about_computer(page), *_more_of_computer()]),
        "การตั้งค่า.txt": "\n".join(_settings(store)),
    }
    if store is not None:
        parts |= _of_data_file(store)
    found = [each for each in reports if each.strip()]
    parts["รายงานข้อผิดพลาด.txt"] = "\n\n".join(found) or "ไม่มีรายงานข้อผิดพลาด"
    return {name: text.rstrip() + "\n" for name, text in parts.items()}


def packed(parts: Mapping[str, str]) -> bytes:
    """The parts as one zip file."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in parts.items():
            made.writestr(name, text.encode("utf-8-sig"))  # so that Notepad reads it
    return kept.getvalue()


def _more_of_computer() -> list[str]:
    hints: QStyleHints = QGuiApplication.styleHints()
    screens = QGuiApplication.screens()
    lines = [
        f"ITA Desktop {VERSION}",
        f"หน่วยประมวลผล {os.cpu_count()} • จอภาพ {len(screens)} จอ • ระบบหน้าจอ "
        f"{QGuiApplication.platformName()}",
        f"ภาษาของเครื่อง {QLocale.system().name()} • สีของเครื่อง {hints.colorScheme().name}",
    ]
    for name in _LIBRARIES:
        with suppress(PackageNotFoundError):
            lines.append(f"{name} {version(name)}")
    return lines


def _settings(store: Store | None) -> list[str]:
    place = second_place()
    lines = [
        f"สีหน้าจอ {theme.chosen_look() or 'ตามเครื่อง'} • ตัวอักษร {theme.points()} พอยต์",
        f"เลขบนหน้าจอ {'ไทย' if thai_digits() else 'อารบิก'}",
        f"ที่สำรองแห่งที่สอง {_there(place)}",
    ]
    if store is not None:
        where = place_of(store.path)
        kind = (where.service or "โฟลเดอร์เครือข่าย") if where else "ในเครื่อง"
        lines.append(f"ที่เก็บแฟ้มข้อมูล {kind}")
    return lines


def _there(place: Path | None) -> str:
    if place is None:
        return "ยังไม่ได้เลือก"
    return "พบ" if place.is_dir() else "ไม่พบ"


def _of_data_file(store: Store) -> dict[str, str]:
    try:
        found = outline_of(store)
    except DataFileError as error:
        return {"แฟ้มข้อมูล.txt": f"อ่านแฟ้มข้อมูลไม่ได้ ({type(error).__name__})"}
    return {
        "แฟ้มข้อมูล.txt": "\n".join(_outline(found)),
        "ผลตรวจแฟ้ม.txt": "\n".join(_faults(found)),
        "ลำดับการแก้ไข.txt": "\n".join(_edits(found)),
    }


def _outline(found: Outline) -> Iterable[str]:
    yield from (f"{name} = {value}" for name, value in found.settings.items())
    yield ""
    yield "จำนวนรายการในแต่ละตาราง"
    yield from (f"{table}: {count}" for table, count in found.rows.items())
    yield ""
    yield "ภาพและเอกสารที่ใหญ่ที่สุด (กิโลไบต์): " + ", ".join(str(n // 1024) for n in found.sizes)


def _faults(found: Outline) -> Iterable[str]:
    if not found.faults:
        yield "อ่านครบทุกหน้าและทุกรายการ ไม่พบสิ่งผิดปกติ"
    for (table, how), count in found.faults.items():
        yield f"{table or 'แฟ้ม'}: {how} {count}"


def _edits(found: Outline) -> Iterable[str]:
    yield f"การแก้ไขล่าสุด {len(found.edits)} ครั้ง: เวลา สถานะ และคอลัมน์ที่แก้ ไม่มีค่าที่แก้"
    for edit in found.edits:
        columns = ", ".join(edit.touched[:12])
        yield f"{edit.at:%Y-%m-%d %H:%M:%S} {edit.state} {columns}"


class SupportPanel(Panel):
    """Shows every part before anything is saved."""

    def __init__(self, parts: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(TITLE, QSize(900, 560), parent)
        self.parts = dict(parts)
        self.list = QListWidget()
        self.list.setAccessibleName("สิ่งที่อยู่ในแฟ้ม")
        self.list.addItems(list(parts))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName("เนื้อหาของรายการที่เลือก")
        self.text.setTabChangesFocus(True)
        heading = label("สิ่งที่อยู่ในแฟ้ม")
        heading.setBuddy(self.list)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.list)
        split.addWidget(self.text)
        split.setSizes([theme.scaled(230), theme.scaled(640)])
        self.save_button = button(
            "บันทึกเป็นแฟ้มเดียว…", self.save, tip="เลือกที่เก็บ แล้วส่งแฟ้มนั้นให้ผู้ดูแลโปรแกรม", primary=True
        )
        self.column.addWidget(WrappedLabel(_INTRO))
        self.column.addWidget(heading)
        self.column.addWidget(split, 1)
        self.column.addLayout(row(self.save_button, None, button("ปิด", self.close)))
        self.list.currentTextChanged.connect(self._show)
        self.list.setCurrentRow(0)

    def _show(self, name: str) -> None:
        self.text.setPlainText(self.parts.get(name, ""))

    def save(self) -> None:
        """Write the file where she says."""
        suggested = f"{datetime.now():%Y-%m-%d} {_NAME}"
        chosen, _ = QFileDialog.getSaveFileName(self, TITLE, suggested, "แฟ้มบีบอัด (*.zip)")
        if not chosen:
            return
        path = Path(chosen if chosen.endswith(".zip") else chosen + ".zip")
        try:
            write_file(path, packed(self.parts))
        except FileNotWritten as error:
            alerts.warn(self, "บันทึกไม่ได้", str(error))
            return
        alerts.tell(self, TITLE, shown(f"บันทึกแล้วที่ “{path}” โปรดส่งแฟ้มนี้ให้ผู้ดูแลโปรแกรม"))
        self.close()
