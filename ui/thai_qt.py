"""Thai for Qt's own words: Qt ships no Thai translation of its menus and dialogs."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTranslator

WORDS: dict[str, str] = {
    "&Undo": "เ&ลิกทำ",
    "&Redo": "ทำ&ซ้ำ",
    "Cu&t": "&ตัด",
    "&Copy": "&คัดลอก",
    "&Paste": "&วาง",
    "Delete": "ลบ",
    "Scroll Left": "เลื่อนไปทางซ้าย",
    "Scroll Right": "เลื่อนไปทางขวา",
    "Select All": "เลือกทั้งหมด",
    "Copy &Link Location": "คัดลอกที่อยู่ลิงก์",
    "Insert Unicode control character": "แทรกอักขระควบคุม",
    "OK": "ตกลง",
    "&OK": "ตกลง",
    "Cancel": "ยกเลิก",
    "&Cancel": "ยกเลิก",
    "Close": "ปิด",
    "&Close": "ปิด",
    "Open": "เปิด",
    "&Open": "เปิด",
    "Save": "บันทึก",
    "&Save": "บันทึก",
    "Save As": "บันทึกเป็น",
    "&Yes": "ใช่",
    "&No": "ไม่ใช่",
    "Apply": "ใช้",
    "Reset": "คืนค่า",
    "Help": "ช่วยเหลือ",
    "Find Directory": "ค้นหาโฟลเดอร์",
    "Open File": "เปิดแฟ้ม",
    "Look in:": "ดูใน:",
    "&Look in:": "&ดูใน:",
    "Directory:": "โฟลเดอร์:",
    "File &name:": "&ชื่อแฟ้ม:",
    "Files of type:": "ชนิดแฟ้ม:",
    "Files of &type:": "ช&นิดแฟ้ม:",
    "Show ": "แสดง",
    "List of places and bookmarks": "รายการที่เก็บแฟ้ม",
    "&Choose": "&เลือก",
    "All Files (*)": "แฟ้มทั้งหมด (*)",
    "All files (*)": "แฟ้มทั้งหมด (*)",
    "My Computer": "คอมพิวเตอร์",
    "Computer": "คอมพิวเตอร์",
    "Name": "ชื่อ",
    "Size": "ขนาด",
    "Type": "ชนิด",
    "Kind": "ชนิด",
    "Date Modified": "วันที่แก้ไข",
    "Back": "ย้อนกลับ",
    "Go back": "ย้อนกลับ",
    "Forward": "ไปหน้า",
    "Go forward": "ไปหน้า",
    "Parent Directory": "โฟลเดอร์ก่อนหน้า",
    "Go to the parent directory": "ไปโฟลเดอร์ก่อนหน้า",
    "Create New Folder": "สร้างโฟลเดอร์ใหม่",
    "Create a New Folder": "สร้างโฟลเดอร์ใหม่",
    "&New Folder": "โฟลเดอร์&ใหม่",
    "New Folder": "โฟลเดอร์ใหม่",
    "List View": "แบบรายการ",
    "Detail View": "แบบรายละเอียด",
    "Change to list view mode": "แสดงแบบรายการ",
    "Change to detail view mode": "แสดงแบบรายละเอียด",
    "&Rename": "เปลี่ยนชื่อ",
    "&Delete": "ลบ",
    "Show &hidden files": "แสดงแฟ้มที่ซ่อน",
    "Sidebar": "แถบข้าง",
    "Files": "แฟ้ม",
    "Remove": "เอาออก",
    "Drive": "ไดรฟ์",
    "File": "แฟ้ม",
    "File Folder": "โฟลเดอร์",
    "Folder": "โฟลเดอร์",
    "%1\nFile not found.\nPlease verify the correct file name was given.": (
        "%1\nไม่พบแฟ้มนี้ โปรดตรวจชื่อแฟ้มอีกครั้ง"
    ),
    "%1\nDirectory not found.\nPlease verify the correct directory name was given.": (
        "%1\nไม่พบโฟลเดอร์นี้ โปรดตรวจชื่ออีกครั้ง"
    ),
    "%1 already exists.\nDo you want to replace it?": "มีแฟ้ม %1 อยู่แล้ว ต้องการเขียนทับหรือไม่",
}


class ThaiWords(QTranslator):
    """Translates Qt's standard texts by their English words, whatever their context."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)

    def isEmpty(self) -> bool:
        """Qt passes over an empty translator; this one is not."""
        return False

    def translate(
        self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        """The Thai words, else Qt's own: Qt takes even "" for a translation and shows nothing."""
        return WORDS.get(sourceText, sourceText)
