"""Checked values out of parsed JSON: each is what it must be, or a SourceError says where."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from ita_desktop.domain.fiscal import FIRST_YEAR, LAST_YEAR
from ita_desktop.exchange.errors import SourceError, one_line
from ita_desktop.exchange.pictures import PictureError, check_picture

MOST_ENTRIES = 5_000
MOST_TEXT = 100_000
MOST_PICTURE = 12_000_000

T = TypeVar("T")

_UNKEEPABLE = re.compile("[\0\ud800-\udfff]")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.\-]{0,19}", re.ASCII)
_PLACE = re.compile(r"[a-z0-9-]+(/[a-z0-9.-]+)*", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
"""First bytes of a JPEG and of a PNG."""


class Written(str):
    """A number with a decimal point, as it is written: never through binary floating point."""

    __slots__ = ()


def group(data: Any, place: str, names: tuple[str, ...] | None) -> dict[str, Any]:
    """A group in braces, with no other names than those given. Raises SourceError."""
    if not isinstance(data, dict):
        raise SourceError(place, "ต้องเป็นกลุ่มข้อมูลในวงเล็บปีกกา { }", "แก้รูปแบบตามตัวอย่าง")
    if len(data) > MOST_ENTRIES:
        raise SourceError(place, "มีรายการมากเกินไป", "แบ่งเป็นหลายแฟ้ม")
    unknown = [key for key in data if names is not None and key not in names]
    if unknown:
        problem = f"ไม่รู้จักคำว่า “{one_line(unknown[0])}”"
        raise SourceError(place or unknown[0], problem, "แก้ตัวสะกดหรือลบออก")
    return dict(data)


def entries(data: Any, place: str) -> list[Any]:
    """A list of at most ``MOST_ENTRIES``. Raises SourceError."""
    if not isinstance(data, list):
        raise SourceError(place, "ต้องเป็นรายการในวงเล็บเหลี่ยม [ ]", "แก้รูปแบบตามตัวอย่าง")
    if len(data) > MOST_ENTRIES:
        raise SourceError(place, "มีรายการมากเกินไป", "แบ่งเป็นหลายแฟ้ม")
    return data


def texts(data: Any, place: str) -> list[str]:
    """A list of texts. Raises SourceError."""
    return [text_in(entry, f"{place}[{i}]") for i, entry in enumerate(entries(data, place))]


def text_in(data: Any, place: str) -> str:
    """A text the data file can keep. Raises SourceError."""
    if not isinstance(data, str) or isinstance(data, Written):
        raise SourceError(place, "ต้องเป็นข้อความในเครื่องหมายคำพูด", "แก้รูปแบบตามตัวอย่าง")
    if len(data) > MOST_TEXT:
        raise SourceError(place, "ข้อความยาวเกินหนึ่งแสนตัวอักษร", "ตัดข้อความให้สั้นลง")
    # A lone surrogate or a NUL can be written in JSON but not kept in the data file.
    if _UNKEEPABLE.search(data):
        raise SourceError(place, "มีอักขระที่ใช้ไม่ได้", "ลบอักขระนั้นแล้วพิมพ์ใหม่")
    return data


def whole(data: Any, place: str, low: int, high: int) -> int:
    """A whole number between two bounds. Raises SourceError."""
    if isinstance(data, bool) or not isinstance(data, int) or not low <= data <= high:
        raise SourceError(place, f"ต้องเป็นจำนวนเต็ม {low} ถึง {high}", "แก้ตัวเลข")
    return data


def year_in(data: Any, place: str) -> int:
    """A fiscal year of the Buddhist era. Raises SourceError."""
    if isinstance(data, int) and 1950 <= data <= 2150:
        mend = f"ใช้ปี พ.ศ. คือ {data + 543}"
        raise SourceError(place, f"ปี {data} เป็นปี ค.ศ.", mend)
    return whole(data, place, FIRST_YEAR, LAST_YEAR)


def word(words: Callable[[Any], T], data: Any, place: str) -> T:
    """What one of a few words stands for. Raises SourceError."""
    try:
        return words(data)
    except (ValueError, TypeError) as error:
        shown = one_line(str(data)) if isinstance(data, str | int) else "ข้อมูลชนิดอื่น"
        raise SourceError(place, f"ไม่รู้จักค่า “{shown}”", "ใช้ค่าตามตัวอย่าง") from error


def code_in(code: str, place: str) -> str:
    """A code of a framework, such as i1 or 9.1. Raises SourceError."""
    if not _CODE.fullmatch(code):
        problem = f"รหัส “{one_line(code)}” ใช้ไม่ได้"
        raise SourceError(place, problem, "ใช้รหัสตามกรอบการประเมิน เช่น i1")
    return code


def flag(data: Any, place: str) -> bool:
    """A yes or no. Raises SourceError."""
    if not isinstance(data, bool):
        raise SourceError(place, "ต้องเป็น true หรือ false", "แก้รูปแบบตามตัวอย่าง")
    return data


def day(data: Any, place: str) -> date | None:
    """A day as "2026-04-26"; None for null. Raises SourceError."""
    if data is None:
        return None
    try:
        return date.fromisoformat(text_in(data, place))
    except ValueError as error:
        raise SourceError(place, "วันที่ใช้ไม่ได้", "เขียนวันที่เป็น ปี ค.ศ.-เดือน-วัน เช่น 2026-04-26") from error


def name_of_place(data: Any, place: str) -> str:
    """The name of a passage or a kind of document. Raises SourceError."""
    found = text_in(data, place)
    if not _PLACE.fullmatch(found) or len(found) > 80:
        raise SourceError(place, f"ใช้ชื่อ “{one_line(found)}” ไม่ได้", "ใช้ชื่อตามตัวอย่าง")
    return found


def digest(data: Any, place: str) -> str:
    """A picture's SHA-256. Raises SourceError."""
    found = text_in(data, place)
    if not _DIGEST.fullmatch(found):
        raise SourceError(place, "รหัสของภาพใช้ไม่ได้", "ส่งออกแฟ้มใหม่จากโปรแกรมต้นทาง")
    return found


def picture(data: Any, place: str, wanted: str) -> bytes:
    """A picture in base64 whose digest is ``wanted``. Raises SourceError."""
    mend = "ส่งออกแฟ้มใหม่จากโปรแกรมต้นทาง"
    if not isinstance(data, str) or len(data) > MOST_PICTURE * 4 // 3 + 4:
        raise SourceError(place, "ภาพใหญ่เกิน ๑๒ เมกะไบต์หรือไม่ใช่ข้อความ", mend)
    try:
        content = base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError) as error:
        raise SourceError(place, "อ่านภาพไม่ได้", mend) from error
    if not content.startswith(_PICTURES):
        raise SourceError(place, "ไม่ใช่ภาพ JPEG หรือ PNG", mend)
    if hashlib.sha256(content).hexdigest() != wanted:
        raise SourceError(place, "ภาพไม่ตรงกับรหัสของภาพ", mend)
    try:
        check_picture(content)
    except PictureError as error:
        raise SourceError(place, str(error)) from error
    return content
