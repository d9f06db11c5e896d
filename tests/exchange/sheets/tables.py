"""Tables as offices have them: made-up contents in the shapes of real ones."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import Workbook

PROGRESS_HTML = """
<html><body><p>รายงานผล</p><table border=1>
<tr><td colspan="7">องค์การบริหารส่วนตำบลตัวอย่าง ปีงบประมาณ พ.ศ. ๒๕๖๙ รอบ ๖ เดือน</td></tr>
<tr><th rowspan=2>ที่</th><th rowspan=2>มาตรการ/กิจกรรม</th><th colspan=3>สถานะการดำเนินการ</th>
<th rowspan=2>ผลการดำเนินการ</th><th rowspan=2>ผู้รับผิดชอบ</th></tr>
<tr><th>ดำเนินการ<br>แล้วเสร็จ</th><th>ยังไม่ได้ดำเนินการ</th><th>อยู่ระหว่าง<br>ดำเนินการ</th></tr>
<tr><td colspan=7>ตัวชี้วัดที่ ๒ การใช้งบประมาณ</td></tr>
<tr><td>๑</td><td>ประกาศเจตนารมณ์ &lt;สุจริต&gt;</td><td>✓</td><td></td><td></td>
<td><p>๑. ประกาศแล้ว</p><p>๒. เผยแพร่แล้ว</p></td><td rowspan=2>สำนักปลัด</td></tr>
<tr><td>๒</td><td>อบรมจริยธรรม</td><td></td><td></td><td>/</td><td>อบรม ๑ รุ่น</td></tr>
<tr><th>ที่</th><th>มาตรการ/กิจกรรม</th><th></th><th></th><th></th><th>ผลการดำเนินการ</th><th>ผู้รับผิดชอบ</th></tr>
<tr><td>๓</td><td>ลดการใช้ดุลยพินิจ</td><td>✓</td><td>✓</td><td></td><td>-</td><td>กองคลัง</td></tr>
</table></body></html>
"""
"""Two heading rows, a title line, a section row, ticks, one row with two of them."""

SCORES_CSV = (
    "ลำดับ,ตัวชี้วัด,คะแนน ปี 2567,คะแนน ปี 2568\r\n"
    "1,การปฏิบัติหน้าที่,90.10,๙๑.๒๕\r\n"
    "2,การใช้งบประมาณ,80.00,85.50\r\n"
    '3,การใช้อำนาจ,70.00,"86,5"\r\n'
    "4,เรื่องที่ไม่มี,1.00,2.00\r\n"
    ",คะแนนรวม,88.00,89.99\r\n"
)
"""Two years, Thai digits, a decimal comma, a name that is nowhere."""

OIT_TEXT = (
    "ข้อ\tรายการข้อมูล\tURL\tผู้รับผิดชอบ\n"
    "O1\tโครงสร้าง\thttps://www.example.go.th/1\tสำนักปลัด\n"
    "๒\tผู้บริหาร\thttps://www.example.go.th/2\tสำนักปลัด\n"
    'O3\tติดต่อ\t"https://www.example.go.th/3"\tกองช่าง\n'
    "O99\tไม่มี\thttps://www.example.go.th/99\t\n"
)

PLAN_ROWS: tuple[tuple[Any, ...], ...] = (
    ("แผนมาตรการ ปีงบประมาณ พ.ศ. 2569", None, None, None, None, None),
    (None, None, None, None, None, None),
    ("ลำดับที่", None, "มาตรการ", "วิธีการดำเนินงาน", "ระยะเวลา", "ผู้รับผิดชอบ"),
    (1, None, "เปิดเผยข้อมูลจัดซื้อ", "ประกาศทุกเดือน", "ต.ค. 2568 - ก.ย. 2569", "กองคลัง"),
    (None, None, None, "สรุปทุกไตรมาส", None, None),
    (None, None, None, "รายงานผู้บริหาร", "ไตรมาสที่ 2", "สำนักปลัด"),
    (2, None, "อบรมบุคลากร", "จัดอบรม", "12 ก.พ. 2569", "สำนักปลัด"),
    (3, None, "ทบทวนคู่มือ", "ทบทวน", "เมื่อพร้อม", "ทุกกอง"),
)


def workbook(rows: Any, merged: tuple[str, ...] = (), name: str = "Sheet1") -> bytes:
    """A workbook of one sheet."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = name
    for row in rows:
        sheet.append(row)
    for area in merged:
        sheet.merge_cells(area)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
