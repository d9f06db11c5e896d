"""Class K: spelling, doubled words, digits, marks, and characters that look like others."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate

from ita_desktop.domain.review.kinds import Finding, head_of
from ita_desktop.domain.review.texts import Role, UserText
from ita_desktop.paths import data_file, when_changed
from ita_desktop.thai import words
from ita_desktop.thai.digits import ADDRESS, to_arabic, to_thai

_PLAIN = re.compile(r"[^ -~ก-ฺเ-๛\n…“”‘’–—•฿]")
"""Any character office text seldom holds; a text without one is spared the closer look."""

_INVISIBLE = {
    "\u200b": ("", "ช่องว่างความกว้างศูนย์"),
    "\u200c": ("", "ตัวคั่นที่มองไม่เห็น"),
    "\u200d": ("", "ตัวเชื่อมที่มองไม่เห็น"),
    "\u200e": ("", "เครื่องหมายทิศทางที่มองไม่เห็น"),
    "\u200f": ("", "เครื่องหมายทิศทางที่มองไม่เห็น"),
    "\u2060": ("", "ตัวเชื่อมที่มองไม่เห็น"),
    "\ufeff": ("", "เครื่องหมายต้นแฟ้มที่มองไม่เห็น"),
    "\u00ad": ("", "ยัติภังค์ที่มองไม่เห็น"),
    "\u00a0": (" ", "ช่องว่างแบบไม่ตัดบรรทัด"),
    "\u2028": ("\n", "เครื่องหมายขึ้นบรรทัดที่มองไม่เห็น"),
    "\u2029": ("\n", "เครื่องหมายขึ้นย่อหน้าที่มองไม่เห็น"),
}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffc-\uffff]")

_LOOK_ALIKES = str.maketrans(
    {
        **dict(zip("АВЕЅІЈКМНОРСТХУЗ", "ABESIJKMHOPCTXY3", strict=True)),
        **dict(zip("аесорхуіјѕ", "aecopxyijs", strict=True)),
        **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True)),
        **dict(zip("ορνιυ", "opviu", strict=True)),
    }
)
_FOREIGN = re.compile(r"[A-Za-z]*[\u0370-\u03ff\u0400-\u04ff][A-Za-z\u0370-\u03ff\u0400-\u04ff]*")
_WIDE = re.compile(r"[\uff01-\uff5e]+")
_STRAY_LATIN = re.compile(r"[ก-ฺเ-๎][a-z](?=[ก-ฺเ-๎])|[เ-ไ][A-Za-z]|[a-zA-Z][ัิ-ฺ็-๎]")

_MARK_RULES: tuple[tuple[re.Pattern[str], str | None, str], ...] = (
    (re.compile("เเ"), "แ", "พิมพ์สระเอสองตัวแทนสระแอ"),
    (re.compile("ํ([่-๋]?)า"), r"\1ำ", "พิมพ์นิคหิตกับสระอาแทนสระอำ"),
    (re.compile("([่-๋])ํา"), r"\1ำ", "พิมพ์นิคหิตกับสระอาแทนสระอำ"),
    (re.compile("(?<![ฤฦ])ๅ"), "า", "พิมพ์ลากข้างยาวแทนสระอา"),
    (re.compile("([ัิ-ฺ็-๎])\\1+"), r"\1", "วรรณยุกต์หรือสระซ้ำ"),
    (re.compile("([่-๋])([ัิ-ฺ็])"), r"\2\1", "วรรณยุกต์อยู่ก่อนสระ"),
    (re.compile("([ะาำเ-ไ])\\1+"), r"\1", "สระซ้ำ"),
    (re.compile("[่-๋]{2}|[ัิ-ื]{2}|[ุู][ัิ-ื]|[ัิ-ื][ุู]"), None, "วรรณยุกต์หรือสระซ้อนกันสองตัว"),
    (re.compile("(?:^|(?<=[^ก-ฮะ-ฺเ-๎]))[ะ-ฺ็-๎]"), None, "สระหรือวรรณยุกต์ไม่มีพยัญชนะ"),
    (re.compile("[เ-ไ](?![ก-ฮ])"), None, "สระหน้าไม่มีพยัญชนะตาม"),
)
_ANY_MARK = re.compile(
    "เเ|ํ|(?<![ฤฦ])ๅ|[่-๋][ัิ-ฺ็-๎]|[ัิ-ฺ็][ัิ-ฺ็]|[ะาำเ-ไ]{2}|[็-๎]{2}|(?:^|(?<=[^ก-ฮะ-ฺเ-๎]))[ะ-ฺ็-๎]|[เ-ไ](?![ก-ฮ])"
)
"""Whether one of the rules about marks may find something."""

_DOUBLED = re.compile(r"(?=([ก-ฮเ-ไ][ก-ฮะ-ฺเ-๎]{1,40}?)( ?)\1)")
_MAY_DOUBLE = frozenset(("ต่าง", "อื่น", "นานา", "ใด", "มาก", "เร็ว", "ช้า", "จริง"))
"""Words that are said twice without the sign of repetition."""
_IN_PLACES = ("ใน", "ณ", "ไป", "มา", "ยัง", "จาก", "อยู่", "ตาม", "สถาน", "เป็น")
"""Before a doubled "ที่", these make it right: "ในที่ที่จัดไว้"."""
_FUNCTION_WORDS = frozenset(
    (
        *("เช่น", "และ", "ของ", "โดย", "ให้", "ได้", "ใน", "การ", "เพื่อ", "หรือ", "กับ", "จาก", "คือ"),
        *("มี", "เป็น", "ต้อง", "จะ", "ได้แก่", "ตาม", "แล้ว", "ซึ่ง", "อย่าง", "ความ", "ไม่", "ต่อ", "แก่"),
        *("เมื่อ", "ถึง", "ด้วย", "ยัง", "ควร", "สามารถ", "ตั้งแต่", "ระหว่าง", "ภายใน", "จำนวน"),
    )
)
_LONG_WORD = 6
"""Letters from which a word doubled over a space is no chance meeting of two words."""

_ABBREVIATIONS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<![ก-๙.])พ\.ศ(?=[ ๐-๙0-9])"), "พ.ศ."),
    (re.compile(r"(?<![ก-๙.])พ ?ศ\.?(?= ?[2๒][0-9๐-๙]{3})"), "พ.ศ."),
    (re.compile(r"(?<![ก-๙.])ป\.ป\.ช(?![ก-๙.])"), "ป.ป.ช."),
    (re.compile(r"(?<![ก-๙.])ปปช\."), "ป.ป.ช."),
    (re.compile(r"(?<![ก-๙.])พรบ\."), "พ.ร.บ."),
    (re.compile(r"(?<![ก-๙.])พ\.ร\.บ(?![ก-๙.])"), "พ.ร.บ."),
)

_DECIMAL_COMMA = re.compile(
    r"(?:ร้อยละ|คะแนน(?:เฉลี่ย|รวม)?|ได้)\s*([0-9๐-๙]{1,3},[0-9๐-๙]{2})(?![0-9๐-๙,])"
    r"|(?<![0-9๐-๙,.])([0-9๐-๙]{1,3},[0-9๐-๙]{2})\s*(?:คะแนน|%|เปอร์เซ็นต์)"
)
_ARABIC_RUN, _THAI_RUN = re.compile(r"[0-9]"), re.compile(r"[๐-๙]")
_LATIN_NUMBER = re.compile(r"[A-Za-z][0-9๐-๙A-Za-z.\-]*")
_REPEAT_LETTER = re.compile(r"ๆ(?=[ก-ฮเ-ไA-Za-z0-9๐-๙])")
_SPACES = re.compile(r"(?<=\S) {2,}(?=\S)| +(?=[)”,](?:\s|$))|(?<=[(“]) +")


@lru_cache(maxsize=1)
def misspellings() -> dict[str, str]:
    """Words written wrong and how they are written, from the program's own list.

    No wrong form is a word or a part of one, so every find can be mended for certain.
    """
    return read_misspellings(data_file("dictionary/misspellings.json").read_bytes())


def read_misspellings(content: bytes) -> dict[str, str]:
    """The words of a list's content. Raises ValueError, KeyError or TypeError for another shape."""
    return dict(json.loads(content.decode("utf-8"))["words"])


def language_findings(entry: UserText) -> Iterator[Finding]:
    """What is wrong with the writing of a text, whatever it says."""
    text = entry.text
    if _PLAIN.search(text):
        yield from _odd_characters(entry)
    if _ANY_MARK.search(text):
        yield from _marks(entry)
    yield from _stray_latin(entry)
    yield from _misspelt(entry)
    yield from _doubled(entry)
    yield from _digits(entry)
    yield from _small_signs(entry)


@lru_cache(maxsize=1)
def _by_start() -> dict[str, tuple[str, ...]]:
    """The misspellings by their first three letters, the longest first."""
    made: dict[str, tuple[str, ...]] = {}
    for wrong in sorted(misspellings(), key=len, reverse=True):
        made[wrong[:3]] = (*made.get(wrong[:3], ()), wrong)
    return made


when_changed(misspellings.cache_clear)
when_changed(_by_start.cache_clear)


def _misspelt(entry: UserText) -> Iterator[Finding]:
    text, starts, told = entry.text, _by_start(), set[str]()
    for at in range(len(text) - 2):
        if text[at : at + 3] not in starts:
            continue
        here = starts[text[at : at + 3]]
        wrong = next((each for each in here if text.startswith(each, at)), None)
        if wrong is not None and wrong not in told and re.compile(head_of(wrong)).match(text, at):
            told.add(wrong)
            right = misspellings()[wrong]
            mend = f"แก้เป็น “{right}”"
            yield entry.says("misspelling", wrong, f"“{wrong}” เขียนผิด", mend, right)


def _odd_characters(entry: UserText) -> Iterator[Finding]:
    for sign, (new, name) in _INVISIBLE.items():
        if sign in entry.text:
            yield entry.says("invisible", sign, f"มี{name}", "ลบอักขระนั้นออก", new)
    for match in _unique(_CONTROL, entry.text):
        yield entry.says("invisible", match, "มีอักขระควบคุมที่มองไม่เห็น", "ลบอักขระนั้นออก", "")
    for match in _unique(_FOREIGN, entry.text):
        new = match.translate(_LOOK_ALIKES)
        certain = new.isascii()
        mend = f"พิมพ์ใหม่เป็น “{new}”" if certain else "พิมพ์ใหม่ด้วยอักษรไทยหรืออังกฤษ"
        problem = f"“{match}” มีอักษรต่างชาติที่ดูเหมือนอักษรอังกฤษ"
        yield entry.says("look-alike", match, problem, mend, new if certain else None)
    for match in _unique(_WIDE, entry.text):
        new = "".join(chr(ord(sign) - 0xFEE0) for sign in match)
        yield entry.says("look-alike", match, f"“{match}” เป็นอักษรแบบกว้าง", f"แก้เป็น “{new}”", new)


def _unique(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(match[0] for match in pattern.finditer(text)))


def _marks(entry: UserText) -> Iterator[Finding]:
    seen: set[int] = set()
    told: set[str] = set()
    for pattern, new, problem in _MARK_RULES:
        for match in pattern.finditer(entry.text):
            span = range(*match.span())
            wrong = match[0]
            if not seen.isdisjoint(span) or wrong in told:
                seen.update(span)
                continue
            seen.update(span)
            told.add(wrong)
            right = None if new is None else match.expand(new)
            word = _around(entry.text, match.start())
            yield entry.says("thai-marks", wrong, f"“{word}” {problem}", "พิมพ์คำนี้ใหม่", right)


def spans(text: str, finding: Finding) -> list[tuple[int, int]]:
    """Where in a text stands what a finding says is wrong.

    A single vowel or a short word that is wrong at one place is right at others.
    """
    wrong = finding.fix.old if finding.fix else finding.subject
    if finding.rule == "thai-marks":
        found = _mark_spans(text)
    elif finding.rule == "abbreviation":
        found = [match.span() for pattern, _ in _ABBREVIATIONS for match in pattern.finditer(text)]
    else:
        piece = head_of(wrong) + re.escape(wrong)
        found = [match.span() for match in re.finditer(piece, text)] if wrong else []
    return [each for each in found if text[slice(*each)] == wrong]


def _mark_spans(text: str) -> list[tuple[int, int]]:
    """Where the rules about marks find something; each letter is one rule's."""
    taken, found = set[int](), list[tuple[int, int]]()
    for pattern, _, _ in _MARK_RULES:
        for match in pattern.finditer(text):
            if taken.isdisjoint(range(*match.span())):
                found.append(match.span())
            taken.update(range(*match.span()))
    return found


def _around(text: str, at: int) -> str:
    """The run of letters around a place, short enough for a sentence."""
    start = max(text.rfind(" ", 0, at), text.rfind("\n", 0, at)) + 1
    ends = [end for end in (text.find(" ", at), text.find("\n", at)) if end >= 0]
    return text[max(start, at - 8) : min([*ends, at + 8, len(text)])]


def _stray_latin(entry: UserText) -> Iterator[Finding]:
    for match in _STRAY_LATIN.finditer(entry.text):
        word = _around(entry.text, match.start())
        problem = f"“{word}” มีอักษรอังกฤษปนในคำไทย"
        yield entry.says("look-alike", word, problem, "พิมพ์คำนี้ใหม่")


def _doubled(entry: UserText) -> Iterator[Finding]:
    ends: set[int] | None = None
    done = 0
    for match in _DOUBLED.finditer(entry.text):
        word, start = match[1], match.start()
        end = start + 2 * len(word) + len(match[2])
        right = word in _MAY_DOUBLE or (
            word == "ที่" and entry.text[:start].rstrip().endswith(_IN_PLACES)
        )
        if start < done or right or not _may_meet(word, match[2], entry.text[end:]):
            continue
        if ends is None:
            ends = {0, *accumulate(map(len, words.tokens(entry.text)))}
        cuts = {start, start + len(word), end - len(word), end}
        if cuts <= ends:
            done = end
            wrong = entry.text[start:end]
            yield entry.says("word-doubled", wrong, f"คำว่า “{word}” ซ้ำกัน", "ลบคำที่ซ้ำ", word)


def _may_meet(word: str, space: str, after: str) -> bool:
    """Whether a doubling is worth a look: over a space two sentences may meet in one word."""
    if not space:
        return True
    return word in _FUNCTION_WORDS or (len(word) >= _LONG_WORD and not after[:1].isalpha())


def _digits(entry: UserText) -> Iterator[Finding]:
    text = entry.text
    if entry.role is Role.NAME or not _THAI_RUN.search(text) or not _ARABIC_RUN.search(text):
        return
    bare = _LATIN_NUMBER.sub("", ADDRESS.sub("", text))
    arabic, thai = len(_ARABIC_RUN.findall(bare)), len(_THAI_RUN.findall(bare))
    if arabic and thai:
        new = to_thai(text) if thai >= arabic else to_arabic(text)
        problem = "ใช้ทั้งเลขไทยและเลขอารบิก"
        finding = entry.says("digits-mixed", text, problem, "ใช้เลขแบบเดียวทั้งข้อความ", new)
        yield replace(finding, subject="digits")


def _small_signs(entry: UserText) -> Iterator[Finding]:
    text = entry.text
    if "พ" in text or "ป" in text:
        for pattern, right in _ABBREVIATIONS:
            for wrong in _unique(pattern, text):
                if right not in text or wrong not in right:
                    yield entry.says(
                        "abbreviation", wrong, f"“{wrong}” ขาดจุด", f"แก้เป็น “{right}”", right
                    )
                else:
                    yield entry.says("abbreviation", wrong, f"“{wrong}” ขาดจุด", f"แก้เป็น “{right}”")
    if "," in text:
        for match in _DECIMAL_COMMA.finditer(text):
            wrong = match[1] or match[2]
            right = wrong.replace(",", ".")
            yield entry.says(
                "decimal-comma", wrong, f"“{wrong}” ใช้จุลภาค", f"แก้เป็น “{right}”", right
            )
    if "ๆ" in text:
        yield from _repeat_sign(entry)
    if "  " in text or " )" in text or "( " in text or " ”" in text or "“ " in text or " ," in text:
        for wrong in _unique(_SPACES, text):
            new = " " if len(wrong) > 1 else None
            yield entry.says("spaces", wrong, "มีเว้นวรรคเกิน", "ลบเว้นวรรคที่เกิน", new)


def _repeat_sign(entry: UserText) -> Iterator[Finding]:
    text = entry.text
    if re.search(r"(?:^|\n)\s*ๆ|ๆ\s*ๆ", text):
        yield entry.says("repeat-mark", "ๆ", "ไม้ยมกไม่มีคำนำหน้าหรือซ้ำกัน", "ตรวจไม้ยมก")
    if _REPEAT_LETTER.search(text):
        word = _around(text, text.index("ๆ"))
        yield entry.says("repeat-mark", "ๆ-", f"“{word}” ไม่เว้นวรรคหลังไม้ยมก", "เว้นวรรคหลังไม้ยมก")
    if re.search(r"[^\s]ๆ", text) and re.search(r"\sๆ", text):
        yield entry.says("repeat-mark", " ๆ", "เว้นวรรคก่อนไม้ยมกบ้างไม่เว้นบ้าง", "ใช้แบบเดียวทั้งข้อความ")
