"""What the clerk calls a record of the data file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from db.compare import NAMES
from ita_desktop.domain.measures import PROGRESS_WORDS
from ita_desktop.domain.office import LETTERHEAD_WORDS, OFFICE_WORDS

_OTHER = {
    "edit": "ประวัติการแก้ไข",
    "picture": "แฟ้มภาพหรือเอกสารที่เก็บไว้",
    "_sqlite_migrations": "บันทึกรุ่นของแฟ้ม",
    "seal": "ค่าตรวจของแฟ้ม",
}
_TITLES = ("title", "name", "caption", "code", "result", "content", "label")
_LONGEST = 60

_OF_OFFICE = {name: f"{word}ของหน่วยงาน" for name, word in OFFICE_WORDS.items()} | {
    "kind": "ประเภทหน่วยงาน",
    "name": "ชื่อหน่วยงาน",
    "responsible_division": OFFICE_WORDS["responsible_division"],
}

FIELD_WORDS = {
    **{f"office/{name}": word for name, word in _OF_OFFICE.items()},
    **{f"letterhead/{name}": f"{word}ของหัวกระดาษ" for name, word in LETTERHEAD_WORDS.items()},
    "title": "ชื่อมาตรการ",
    "steps": "วิธีดำเนินการ",
    "owners": "ผู้รับผิดชอบ",
    "approach": "แนวทางปฏิบัติ",
    "follow_up": "การกำกับติดตาม",
    "indicators": "ตัวชี้วัด",
    "issues": "ประเด็น",
    "items": "ข้อที่ตอบ",
    "first_month": "ระยะเวลา",
    "last_month": "ระยะเวลา",
    "day": "วันที่ทำ",
    "continued": "ชนิดข้อ",
    "status": "สถานะ",
    **PROGRESS_WORDS,
    "disclosure/disclosed": "การเผยแพร่",
    "disclosure/url": "ที่อยู่",
    "disclosure/explanation": "คำอธิบาย",
    "disclosure/owner": "ผู้รับผิดชอบ",
    "disclosure/day": "วันที่เผยแพร่",
    "disclosure/checked_by": "ผู้ตรวจ",
    "person/title": "คำนำหน้าบุคคล",
    "person/given_name": "ชื่อบุคคล",
    "person/family_name": "นามสกุลบุคคล",
    "person/position": "ตำแหน่งบุคคล",
    "person/acting": "การรักษาราชการแทน",
}
"""What undo and history call the fields of the office, its paper, measures, people and items."""


def table_name(table: str) -> str:
    """The records of a table, in Thai."""
    return NAMES.get(table) or _OTHER.get(table, "ข้อมูลอื่น")


def record_name(table: str, key: Sequence[Any], row: Mapping[str, Any] | None = None) -> str:
    """One record, in Thai: by its place, and by its own words when they are known."""
    match table, tuple(key):
        case "score" | "respondents", (year, code):
            found = f"{table_name(table)} ปี {year} {code}"
        case "official_level", (year,):
            found = f"ระดับ ปี {year}"
        case "passage" | "disclosure" | "set_aside", (year, place):
            found = f"{table_name(table)} ปี {year} {place}"
        case "progress", (_, months):
            found = f"ความก้าวหน้า รอบ {months} เดือน"
        case "picture", (digest,):
            found = f"{table_name(table)} (รหัส {str(digest)[:8]})"
        case "office", _:
            found = table_name(table)
        case _:
            found = " ".join([table_name(table), *map(str, key)])
    words = title_of(row)
    return f"{found} “{words}”" if words else found


def title_of(row: Mapping[str, Any] | None) -> str:
    """A record's own words, on one line and not long; "" when it has none."""
    if row and row.get("given_name"):  # a person, whose "title" is นาย or นาง
        texts: Iterable[Any] = [f"{row['given_name']} {row.get('family_name') or ''}"]
    else:
        texts = [row.get(name) for name in _TITLES] if row else []
    text = next((text for text in texts if isinstance(text, str) and text.strip()), "")
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST].rstrip() + "…"
