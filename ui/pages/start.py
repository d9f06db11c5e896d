"""The first page: no data file is open yet."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.layouts import button, card, label, row


class StartPage(QWidget):
    """Says what the program does and offers the ways to begin."""

    new_asked = Signal()
    open_asked = Signal()
    sample_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        intro = label(
            "บันทึกคะแนน ITA วางมาตรการ ติดตามความก้าวหน้า และพิมพ์รายงาน\n"
            "ทุกสิ่งที่พิมพ์ถูกบันทึกลงแฟ้มเดียวในเครื่องนี้ทันที ไม่ต้องใช้อินเทอร์เน็ต"
        )
        self.new_button = button("เริ่มแฟ้มใหม่ของหน่วยงาน…", self.new_asked.emit, primary=True)
        self.open_button = button("เปิดแฟ้มที่มีอยู่…", self.open_asked.emit)
        self.sample_button = button(
            "ลองใช้แฟ้มตัวอย่าง", self.sample_asked.emit, tip="ข้อมูลสมมุติของ อบต.ตัวอย่าง ไม่ใช่ข้อมูลจริง"
        )
        column = QVBoxLayout(self)
        column.addStretch(1)
        made = card(
            "ยินดีต้อนรับ", intro, row(self.new_button, self.open_button, self.sample_button, None)
        )
        made.setMaximumWidth(720)
        column.addWidget(made, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
