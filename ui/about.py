"""เกี่ยวกับโปรแกรม: version, where data lie, and everything inside with its licence."""

from __future__ import annotations

import platform
from pathlib import Path

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import QSysInfo, Qt, qVersion
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from db.migrations import SCHEMA_VERSION
from db.opening import sqlite_version
from ita_desktop import VERSION
from ita_desktop.inside import SBOM, Component, components, folder
from ita_desktop.paths import shipped_number, user_folder
from ita_desktop.updates.shelf import installed
from ui.text import shown
from ui.updating import read_only
from ui.widgets.dialogs import WINDOW, Panel, Rows
from ui.widgets.layouts import WrappedLabel, button, label, row

_KINDS = {
    "program": "โปรแกรม",
    "runtime": "ตัวเรียกใช้",
    "font": "แบบอักษร",
    "data": "ข้อมูล",
    "library": "คลังโปรแกรม",
}


def version_of(component: Component) -> str:
    """The version of a component; what only the running program knows is asked of it."""
    running = {
        "ITA Desktop": VERSION,
        "Python": platform.python_version(),
        "SQLite": sqlite_version(),
    }
    return running.get(component.name) or component.version


def details() -> str:
    """What somebody who helps from afar asks for; it names no office, no person and no folder."""
    lines = [
        f"ITA Desktop {VERSION}",
        f"แฟ้มข้อมูลรุ่น {SCHEMA_VERSION}",
        f"ข้อมูลที่มากับโปรแกรม {shipped_number()}",
        *(
            f"การปรับปรุง {each.about.folder} {each.spoken} {each.state}".rstrip()
            for each in installed()
        ),
        f"Python {platform.python_version()}, Qt {qVersion()}, PySide {pyside_version}, "
        f"SQLite {sqlite_version()}",
        f"{QSysInfo.prettyProductName()} {QSysInfo.currentCpuArchitecture()}",
    ]
    return "\n".join(lines)


class AboutDialog(Panel):
    """What the program is and what is inside; every licence is read here, without the internet."""

    def __init__(self, path: Path | None, parent: QWidget | None = None) -> None:
        super().__init__("เกี่ยวกับโปรแกรม", WINDOW, parent)
        self.title = label(f"ITA Desktop รุ่น {VERSION}", "title")
        self.told = WrappedLabel(
            shown(
                "บันทึก วิเคราะห์ และรายงานผล ITA ของหน่วยงาน โดยไม่ใช้อินเทอร์เน็ต\n"
                f"ใช้ได้โดยไม่เสียค่าใช้จ่าย ตามสัญญาอนุญาต MIT • แฟ้มข้อมูลรุ่น {SCHEMA_VERSION}"
            )
        )
        self.places = WrappedLabel(_places(path), "muted")
        self.listed = components()
        headings = ("สิ่งที่อยู่ในโปรแกรม", "รุ่น", "หน้าที่", "สัญญาอนุญาต")
        self.table = Rows("สิ่งที่อยู่ในโปรแกรม", headings, (170, 90, 0, 190))
        self.table.show_rows([_row_of(each) for each in self.listed])
        self.licence = read_only("ข้อความสัญญาอนุญาต")
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(self.licence)
        split.setSizes([220, 200])
        self.copy_button = button(
            "คัดลอกรายละเอียดรุ่น", self.copy, tip="ไว้ส่งให้ผู้ดูแล ไม่มีชื่อหน่วยงานและไม่มีชื่อโฟลเดอร์"
        )
        self.copied = label("", "muted")
        self.close_button = button("ปิด", self.close)
        for part in (self.title, self.told, self.places):
            self.column.addWidget(part)
        self.column.addWidget(split, 1)
        self.column.addLayout(row(self.copy_button, self.copied, None, self.close_button))
        self.table.moved.connect(self._show_licence)
        self._show_licence(0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_licence(self, at: int) -> None:
        if not 0 <= at < len(self.listed):
            return
        found = self.listed[at]
        try:
            text = found.text()
        except OSError:
            text = "ไม่พบแฟ้มสัญญาอนุญาต โปรดติดตั้งโปรแกรมใหม่ให้ครบ"
        page = f"{found.page}\n\n" if found.page else ""
        if found.kind == "program":
            page = f"{details()}\nรายการทั้งหมดสำหรับผู้ตรวจ (CycloneDX): {folder() / SBOM}\n\n"
        self.licence.setPlainText(f"{found.name} {version_of(found)}\n{page}{text}")

    def copy(self) -> None:
        """Put the version's details on the clipboard."""
        QApplication.clipboard().setText(details())
        self.copied.setText("คัดลอกแล้ว วางในข้อความถึงผู้ดูแลได้")


def _row_of(found: Component) -> list[str]:
    what = f"{_KINDS[found.kind]}: {found.what}"
    return [found.name, version_of(found), what, found.licence.removeprefix("LicenseRef-")]


def _places(path: Path | None) -> str:
    lines = [f"แฟ้มข้อมูลที่เปิดอยู่ {path}"] if path is not None else []
    lines.append(f"การตั้งค่า การปรับปรุง และสิ่งที่รอเก็บ อยู่ที่ {user_folder()}")
    return "\n".join(lines)
