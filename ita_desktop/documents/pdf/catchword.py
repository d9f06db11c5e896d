"""The first words of the next page, at the foot of a memo page that goes on: /ข้อพิจารณา..."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ita_desktop.thai import words
from ita_desktop.thai.digits import ADDRESS
from ita_desktop.thai.shaping import clean, clusters

_ENOUGH = 11
"""Letters after which a phrase without a space is long enough to be found again."""
_PHRASE = 3
"""Letters that do as well where the phrase ends in a space or a stroke."""
_MOST = 36
"""Characters a catchword never goes beyond."""
_ENDS = " /:;,"
_DOTS = re.compile(r"\.{3,}|…")
_BETWEEN = frozenset(
    (
        *("การ", "ความ", "ผล", "และ", "หรือ", "ของ", "ที่", "ซึ่ง", "อัน", "ใน", "แห่ง", "กับ", "แก่"),
        *("แด่", "ต่อ", "เพื่อ", "โดย", "ด้วย", "ให้", "ได้", "จะ", "มี", "ผู้", "เป็น", "จาก", "ตาม"),
        *("คือ", "ว่า", "ไม่", "ขอ", "จึง", "ทั้ง", "แต่", "ถึง", "นาย", "นาง"),
    )
)
"""Words that only lead on to the next: no catchword ends in one while there is room."""


def catchword(text: str) -> str:
    """ "/first words..." of a text; "" when it holds no letter."""
    text = _DOTS.split(clean(text).strip(" .…"))[0]
    if address := ADDRESS.match(text):
        return f"/{address[0][:_MOST]}..."
    taken = ""
    for unit in _small_units(text):
        if taken and len(taken) + len(unit.rstrip()) > _MOST:
            break
        taken += unit
        if _is_enough(taken, unit):
            break
    core = taken.lstrip(" -–•").rstrip(" ./:;,-–…([{“‘")
    return f"/{core}..." if _letters(core) else ""


def _small_units(text: str) -> Iterator[str]:
    """Units of the text; one that alone is too long by its inner words, then by letters."""
    for unit in words.units(text):
        if len(unit) <= _MOST:
            yield unit
            continue
        for part in words.inner(unit):
            yield from [part] if len(part) <= _MOST else clusters(part)


def _is_enough(taken: str, last: str) -> bool:
    count = _letters(taken)
    if last.strip() in _BETWEEN:
        return False
    if taken[-1] in _ENDS and not taken.rstrip().endswith("."):
        return count >= _PHRASE
    return count >= _ENOUGH


def _letters(text: str) -> int:
    return sum(unicodedata.category(char)[0] == "L" for char in text)
