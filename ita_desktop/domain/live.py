"""ตัวเลขสด: places in an office's own text that are filled when the document is composed.

The program keeps them as ``{score:i1}`` or ``{total}``; an officer reads and types their Thai
names, ``{คะแนน:i1}`` and ``{คะแนนรวม}``. Both are understood, with Thai or Arabic digits.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ita_desktop.thai.digits import to_arabic

KINDS: dict[str, str] = {
    "score": "คะแนน",
    "earlier": "คะแนนปีก่อน",
    "gap": "คะแนนที่ขาด",
    "change": "การเปลี่ยนแปลง",
    "points": "ผลต่าง",
    "percent": "ร้อยละที่เปลี่ยน",
    "direction": "ทิศทาง",
    "level": "ระดับ",
    "mean": "ค่าเฉลี่ย",
}
"""What may be asked of a code, and its Thai name; ``drafts.fill_figures`` gives the values."""

_TOTAL, _TOTAL_THAI = "total", "รวม"
_ISSUE, _ISSUE_THAI = "issue", "ประเด็น"
_KINDS_BACK = {thai: kind for kind, thai in KINDS.items()}
FIELD = re.compile(r"\{ *(?P<name>[^{}:\n]{1,60}?) *(?:: *(?P<code>[^{}:\n]{1,20}?) *)?\}")
"""A live field, in either language."""


def in_thai(text: str, words: Mapping[str, str]) -> str:
    """The text with the program's names of live fields in Thai. ``words``: name -> Thai name."""

    def thai(match: re.Match[str]) -> str:
        name, code = match["name"], match["code"]
        if code is None:
            return f"{{{words[name]}}}" if name in words else match[0]
        return f"{{{KINDS[name]}:{_code_in_thai(code)}}}" if name in KINDS else match[0]

    return FIELD.sub(thai, text)


def _code_in_thai(code: str) -> str:
    if code == _TOTAL:
        return _TOTAL_THAI
    number = code.removeprefix(_ISSUE)
    return f"{_ISSUE_THAI}{number}" if number != code else code


def in_code(text: str, words: Mapping[str, str] | None = None) -> str:
    """The text with Thai names of live fields as the program keeps them; others stay as typed."""
    back = {thai: name for name, thai in (words or {}).items()}

    def kept(match: re.Match[str]) -> str:
        name, code = match["name"], match["code"]
        if code is None:
            return f"{{{back[name]}}}" if name in back else match[0]
        kind = _KINDS_BACK.get(name, name)
        return f"{{{kind}:{_code_kept(code)}}}" if kind in KINDS else match[0]

    return FIELD.sub(kept, text) if "{" in text else text


def _code_kept(typed: str) -> str:
    code = to_arabic(typed)
    if code == _TOTAL_THAI:
        return _TOTAL
    number = code.removeprefix(_ISSUE_THAI).strip()
    return f"{_ISSUE}{number}" if code.startswith(_ISSUE_THAI) else code
