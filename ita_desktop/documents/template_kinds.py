"""What a template may hold: every kind of block with its settings, and every placeholder.

The checker of templates, the composer and the page on which an office changes its own copy all go
by these tables; the Thai labels are what that page shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

PLACEHOLDERS: dict[str, str] = {
    "office": "ชื่อหน่วยงานเต็ม",
    "office_short": "ชื่อหน่วยงานย่อ",
    "place": "อำเภอและจังหวัด",
    "district": "อำเภอ",
    "province": "จังหวัด",
    "address": "ที่อยู่",
    "telephone": "โทรศัพท์",
    "fax": "โทรสาร",
    "website": "เว็บไซต์",
    "division": "ส่วนราชการเจ้าของเรื่อง",
    "addressee": "ตำแหน่งผู้ลงนามคนสุดท้าย",
    "measure_year": "ปีของมาตรการ",
    "analysed_year": "ปีของผลการประเมิน",
    "earlier_year": "ปีก่อนผลการประเมิน",
    "round": "รอบ",
    "round_start": "เดือนแรกของรอบ",
    "round_end": "เดือนสุดท้ายของรอบ",
    "month": "เดือนและปีของเอกสาร",
    "date": "วันที่ของเอกสาร",
    "measure_count": "จำนวนมาตรการ",
    "guideline_count": "จำนวนแนวทางยกระดับ",
    "done_count": "จำนวนมาตรการที่แล้วเสร็จ",
    "in_progress_count": "จำนวนมาตรการที่อยู่ระหว่างดำเนินการ",
    "not_started_count": "จำนวนมาตรการที่ยังไม่ได้ดำเนินการ",
    "total": "คะแนนรวม",
    "level": "ระดับ",
    "earlier_total": "คะแนนรวมปีก่อน",
    "earlier_level": "ระดับปีก่อน",
    "total_change": "การเปลี่ยนแปลงของคะแนนรวม",
    "instrument_scores": "คะแนนของแต่ละเครื่องมือ",
    "strong_list": "ตัวชี้วัดที่ได้คะแนนสูงสุด",
    "weak_list": "ตัวชี้วัดที่ต้องพัฒนา",
    "weak_summary": "จำนวนและชื่อตัวชี้วัดที่ต้องพัฒนา",
    "weak_count": "จำนวนตัวชี้วัดที่ต้องพัฒนา",
    "oit_year": "ปีของรายการ OIT",
    "oit_count": "จำนวนข้อ OIT",
    "disclosed_count": "จำนวนข้อ OIT ที่เปิดเผยแล้ว",
    "pass_mark": "คะแนนผ่านเกณฑ์",
    "high_mark": "คะแนนที่ถือว่าสูง",
    "strength_mark": "คะแนนที่ถือเป็นจุดแข็ง",
    "level_count": "จำนวนระดับผลการประเมิน",
    "iit_parts": "จำนวนและชื่อตัวชี้วัดของ IIT",
    "eit_parts": "จำนวนและชื่อตัวชี้วัดของ EIT",
    "oit_parts": "จำนวนและชื่อตัวชี้วัดของ OIT",
}
"""Every word that may stand in braces, and what it stands for; ``compose`` gives the values."""

_COUNT = {"count": "จำนวน"}
_GROUP_WORDS = {
    "instrument": "เครื่องมือ",
    "group": "กลุ่ม",
    "group_number": "เลขของกลุ่ม",
    "group_name": "ชื่อกลุ่ม",
    **_COUNT,
}
EXTRA_WORDS: dict[str, dict[str, str]] = {
    "guidelines": _GROUP_WORDS,
    "measures": _GROUP_WORDS,
    "selection": _COUNT,
    "focus": _COUNT,
    "issues": {**_GROUP_WORDS, "mean": "ค่าเฉลี่ย", "mean_level": "ระดับของค่าเฉลี่ย"},
    "oit_requests": {**_COUNT, "owner": "ผู้รับผิดชอบ", "wanted": "สิ่งที่ขอ"},
}
"""Further words in the wording of some kinds, which are about one group or one list."""


def words_of(kind: str) -> dict[str, str]:
    """Every word that may stand in braces in the wording of a kind of block, and its Thai name."""
    return {**PLACEHOLDERS, **EXTRA_WORDS.get(kind, {})}


RULES: dict[str, str] = {
    "full": "ได้คะแนนเต็ม ๑๐๐",
    "risen_high": "เพิ่มขึ้นและอยู่ในเกณฑ์สูง",
    "strength": "จุดแข็ง",
    "fell": "ลดลง",
    "below_pass": "ต่ำกว่าเกณฑ์ผ่าน",
    "weak": "ต่ำกว่าเกณฑ์ผ่านหรือลดลง",
    "lowest": "คะแนนต่ำสุด",
    "weak_or_lowest": "ต่ำกว่าเกณฑ์ผ่านหรือลดลง หากไม่มีใช้คะแนนต่ำสุด",
}
"""Rules by which indicators are chosen for a list."""

LISTS: dict[str, str] = {
    "numbers": "เลขข้อ ๑.",
    "brackets": "เลขข้อ ๑)",
    "dashes": "ขีด",
    "plain": "ย่อหน้า",
}
"""How the points in the cells of a column are told apart."""
USUAL_LIST = "numbers"

COLUMNS: dict[str, dict[str, str]] = {
    "scores": {
        "instrument": "เครื่องมือ",
        "name": "เครื่องมือ/ตัวชี้วัด",
        "weight": "น้ำหนัก",
        "earlier": "คะแนนปีก่อน",
        "score": "คะแนน",
        "change": "เปลี่ยนแปลง (คะแนน)",
        "change_percent": "เปลี่ยนแปลง (ร้อยละ)",
        "change_word": "เพิ่มขึ้น/ลดลง",
    },
    "measures": {
        "number": "ลำดับ",
        "title": "มาตรการ/กิจกรรม",
        "numbered_title": "ลำดับและมาตรการ",
        "title_items": "ลำดับ มาตรการ และข้อที่ตอบ",
        "answers": "ตัวชี้วัด/ประเด็นที่ตอบ",
        "approach": "แนวทางปฏิบัติ",
        "steps": "ขั้นตอน/วิธีดำเนินการ",
        "period": "ระยะเวลา",
        "short_period": "ระยะเวลา (เดือนย่อ)",
        "owners": "ผู้รับผิดชอบ",
        "follow_up": "การกำกับติดตาม",
        "result": "ผลการดำเนินการ",
        "output": "ผลผลิต",
        "outcome": "ผลลัพธ์",
        "outcome_photos": "ผลลัพธ์และภาพ",
        "photos": "ภาพ",
        "note": "หมายเหตุ",
        "status": "สถานะ",
    },
    "guidelines": {
        "number": "ลำดับ",
        "indicator": "ตัวชี้วัด",
        "steps": "แนวทาง",
        "period": "ระยะเวลา",
        "owners": "ผู้รับผิดชอบ",
        "result": "ผลการดำเนินการ",
        "progress": "ความก้าวหน้า",
        "status": "สถานะ",
    },
    "focus": {
        "indicator": "ตัวชี้วัด",
        "score": "คะแนน",
        "change": "เปลี่ยนแปลง (คะแนน)",
        "assessed": "ประเด็นการประเมิน",
        "develop": "ประเด็นที่ควรพัฒนา",
    },
    "issues": {
        "instrument": "แบบวัด",
        "item": "ประเด็นการประเมิน",
        "score": "คะแนน",
        "level": "ระดับ",
    },
    "oit": {
        "code": "ข้อ",
        "name": "รายการ",
        "disclosed": "การเปิดเผย",
        "url": "URL",
        "explanation": "คำอธิบาย",
        "owner": "ผู้รับผิดชอบ",
        "day": "วันที่เผยแพร่",
        "checked_by": "ผู้ตรวจสอบ",
    },
    "oit_requests": {
        "code": "ข้อ",
        "name": "รายการ",
        "missing": "สิ่งที่ขอ",
        "url": "URL ที่มีอยู่",
        "blank": "เว้นว่างให้เขียน",
    },
    "summary": {
        "office": "หน่วยงาน",
        "iit": "IIT",
        "eit": "EIT",
        "oit": "OIT",
        "total": "คะแนนรวม",
        "level": "ระดับ",
        "earlier": "ปีก่อน",
        "difference": "ผลต่าง",
    },
}
"""What a column of each kind of table can show."""

ISSUE_PARTS: dict[str, str] = {
    "table": "ตารางคะแนน",
    "items": "ผลการวิเคราะห์รายข้อ",
    "overview": "สรุปภาพรวม",
    "strengths": "จุดแข็ง",
    "improve": "จุดที่สามารถปรับปรุง",
    "lead": "นำข้อเสนอแนะ",
    "suggestions": "ข้อเสนอแนะ",
    "conclusion": "สรุป",
}
"""Parts of the analysis of one issue."""


class Want(Enum):
    """What a setting holds."""

    WORDING = "wording"
    """A text with placeholders."""
    WORDINGS = "wordings"
    """A list of such texts."""
    PLACE = "place"
    """The name of a passage: letters, digits, - and /."""
    NUMBER = "number"
    FLAG = "flag"
    CHOICE = "choice"
    CHOICES = "choices"
    COLUMNS = "columns"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of a kind of block."""

    want: Want
    label: str
    default: Any = ""
    low: float = 0
    high: float = 0
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of block: its Thai name and its settings."""

    name: str
    settings: Mapping[str, Setting]


_ALIGN = Setting(
    Want.CHOICE,
    "การจัดแนว",
    "left",
    choices={"left": "ชิดซ้าย", "center": "กึ่งกลาง", "right": "ชิดขวา", "thai": "กระจายแบบไทย"},
)
_SIZE = Setting(Want.NUMBER, "ขนาดอักษร", 0, 0, 60)
_INDENT = Setting(Want.NUMBER, "ย่อหน้า (มม.)", 0, 0, 100)
_TITLE = Setting(Want.WORDING, "ชื่อตาราง")
_COLUMNS = Setting(Want.COLUMNS, "คอลัมน์")
_LIST = Setting(
    Want.CHOICE,
    "รูปแบบรายการ",
    "none",
    choices={"none": "ย่อหน้า", "numbers": "เลขข้อ ๑.", "brackets": "เลขข้อ ๑)", "dashes": "ขีด"},
)
_RULE = Setting(Want.CHOICE, "เงื่อนไข", "weak", choices=RULES)
_GROUP = Setting(
    Want.CHOICE,
    "แยกตารางตาม",
    "none",
    choices={
        "none": "ไม่แยก",
        "instrument": "เครื่องมือ",
        "indicator": "ตัวชี้วัด",
        "issue": "ประเด็น",
    },
)

KINDS: dict[str, Kind] = {
    "heading": Kind(
        "หัวข้อ",
        {
            "text": Setting(Want.WORDING, "ข้อความ"),
            "level": Setting(Want.NUMBER, "ระดับ", 1, 1, 3),
            "align": _ALIGN,
            "size_pt": _SIZE,
            "first_indent_mm": _INDENT,
        },
    ),
    "paragraph": Kind(
        "ย่อหน้า",
        {
            "text": Setting(Want.WORDING, "ข้อความ"),
            "align": _ALIGN,
            "size_pt": _SIZE,
            "first_indent_mm": _INDENT,
            "left_indent_mm": _INDENT,
            "bold": Setting(Want.FLAG, "ตัวหนา", False),
        },
    ),
    "passage": Kind(
        "ข้อความของหน่วยงาน",
        {
            "place": Setting(Want.PLACE, "ชื่อช่อง"),
            "name": Setting(Want.WORDING, "ชื่อที่แสดง"),
            "heading": Setting(Want.WORDING, "หัวข้อ"),
            "text": Setting(Want.WORDING, "ข้อความตั้งต้น"),
            "list": _LIST,
            "align": _ALIGN,
            "first_indent_mm": _INDENT,
        },
    ),
    "space": Kind("ที่ว่าง", {"height_pt": Setting(Want.NUMBER, "ความสูง", 0, 0, 800)}),
    "page_break": Kind("ขึ้นหน้าใหม่", {}),
    "memo_head": Kind(
        "หัวบันทึกข้อความ",
        {
            "subject": Setting(Want.WORDING, "เรื่อง"),
            "to": Setting(Want.WORDING, "เรียน", "{addressee}"),
            "attachments": Setting(Want.WORDINGS, "สิ่งที่ส่งมาด้วย", ()),
        },
    ),
    "cover": Kind(
        "ปก",
        {
            "text": Setting(Want.WORDING, "ชื่อเอกสาร"),
            "middle": Setting(Want.WORDING, "กลางหน้า"),
            "foot": Setting(Want.WORDING, "ท้ายหน้า"),
        },
    ),
    "signatures": Kind(
        "ลงนาม",
        {
            "opinions": Setting(Want.FLAG, "มีความเห็น", False),
            "first_opinion": Setting(Want.NUMBER, "ความเห็นเริ่มจากผู้ลงนามคนที่", 2, 1, 9),
            "signers": Setting(
                Want.CHOICE,
                "ผู้ลงนาม",
                "all",
                choices={"all": "ทุกคน", "first": "ผู้จัดทำ", "last": "ผู้อนุมัติ"},
            ),
            "sign_line": Setting(Want.FLAG, "มีบรรทัดลงชื่อ", True),
            "role": Setting(
                Want.CHOICE,
                "บทบาทผู้ลงนาม",
                "beside",
                choices={"beside": "ท้ายบรรทัดลงชื่อ", "under": "ใต้ตำแหน่ง", "none": "ไม่พิมพ์"},
            ),
            "date_line": Setting(Want.FLAG, "มีบรรทัดวันที่", True),
        },
    ),
    "chart": Kind(
        "แผนภูมิ",
        {
            "source": Setting(
                Want.CHOICE,
                "ข้อมูล",
                None,
                choices={"indicators": "ตัวชี้วัดเทียบปีก่อน", "statuses": "มาตรการตามสถานะ"},
            ),
            "title": Setting(Want.WORDING, "ชื่อแผนภูมิ"),
            "size_pt": _SIZE,
        },
    ),
    "scores": Kind("ตารางคะแนน", {"title": _TITLE, "columns": _COLUMNS}),
    "method": Kind("ตารางวิธีคิดคะแนน", {"title": _TITLE}),
    "levels": Kind("ตารางระดับ", {"title": _TITLE}),
    "selection": Kind(
        "รายการตัวชี้วัด",
        {
            "rule": _RULE,
            "text": Setting(Want.WORDING, "หัวข้อ"),
            "empty": Setting(Want.WORDING, "เมื่อไม่มี"),
            "number": Setting(Want.WORDING, "เลขนำหน้า"),
        },
    ),
    "focus": Kind(
        "ตารางประเด็นที่ต้องพัฒนา",
        {
            "rule": _RULE,
            "title": _TITLE,
            "columns": _COLUMNS,
            "empty": Setting(Want.WORDING, "เมื่อไม่มี"),
        },
    ),
    "issues": Kind(
        "วิเคราะห์รายประเด็น",
        {
            "text": Setting(Want.WORDING, "หัวข้อของแต่ละประเด็น"),
            "columns": _COLUMNS,
            "together": Setting(Want.FLAG, "รวมข้อที่ได้คะแนนเต็มของแบบวัดเดียวกัน", False),
            "parts": Setting(Want.CHOICES, "ส่วนที่พิมพ์", tuple(ISSUE_PARTS), choices=ISSUE_PARTS),
        },
    ),
    "measures": Kind(
        "ตารางมาตรการ",
        {
            "title": _TITLE,
            "columns": _COLUMNS,
            "group": _GROUP,
            "run_on": Setting(Want.FLAG, "นับลำดับต่อกันทุกตาราง", False),
            "only": Setting(
                Want.CHOICE,
                "เฉพาะ",
                "all",
                choices={
                    "all": "ทั้งหมด",
                    "IIT": "IIT",
                    "EIT": "EIT",
                    "OIT": "OIT",
                    "rest": "ที่เหลือ",
                },
            ),
            "empty": Setting(Want.WORDING, "เมื่อไม่มี"),
        },
    ),
    "guidelines": Kind("ตารางแนวทางยกระดับ", {"title": _TITLE, "columns": _COLUMNS}),
    "photos": Kind(
        "ภาพถ่าย",
        {
            "title": Setting(Want.WORDING, "หัวข้อ"),
            "per_sheet": Setting(Want.NUMBER, "ภาพต่อหน้า", 4, 1, 8),
        },
    ),
    "oit": Kind("รายการ OIT", {"title": _TITLE, "columns": _COLUMNS}),
    "oit_requests": Kind(
        "ใบขอข้อมูล OIT",
        {
            "heading": Setting(Want.WORDING, "หัวข้อ"),
            "to": Setting(Want.WORDING, "เรียน"),
            "text": Setting(Want.WORDING, "ข้อความ"),
            "nobody": Setting(Want.WORDING, "เมื่อไม่มีผู้รับผิดชอบ"),
            "none": Setting(Want.WORDING, "เมื่อไม่มีสิ่งที่ต้องขอ"),
            "columns": _COLUMNS,
        },
    ),
    "summary": Kind("สรุปหนึ่งบรรทัด", {"title": _TITLE, "columns": _COLUMNS}),
}
"""Every kind of block and the settings it has."""
