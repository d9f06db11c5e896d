"""What cells say: ticks, periods, codes. Each reader raises ValueError with a Thai sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from ita_desktop.domain.fiscal import BUDDHIST_OFFSET, MONTHS, SHORT_MONTHS, parse_thai_date
from ita_desktop.domain.framework import Framework
from ita_desktop.domain.measures import STATUS_LABELS, Status
from ita_desktop.domain.scores import TOTAL
from ita_desktop.thai.digits import to_arabic

_NOISE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff()\[\]{}./:;,*\"'“”‘’!?<>\-–—_|]+")
_TICKED = frozenset("✓✔☑☒√✅/x×1pü\uf0fc\uf052\uf0fe\uf050") | {"true", "ใช่", "yes"}
_UNTICKED = frozenset("☐□-–—0o\uf0a3\uf06f\uf0a8") | {"", "false", "ไม่", "no"}
_BOXES = re.compile(r"([☑☒✓✔√☐□\uf0fc\uf052\uf0fe\uf0a3\uf06f\uf0a8])\s*([^☑☒✓✔√☐□\uf000-\uf0ff]*)")
_STATUS_WORDS: tuple[tuple[re.Pattern[str], Status], ...] = (
    (re.compile("ยังไม่|ไม่ได้ดำเนินการ|ไม่ดำเนินการ"), Status.NOT_STARTED),
    (re.compile("ระหว่าง|กำลัง|บางส่วน"), Status.IN_PROGRESS),
    (re.compile("แล้วเสร็จ|เสร็จสิ้น|ดำเนินการแล้ว|เรียบร้อย|เสร็จ"), Status.DONE),
)
_QUARTER = re.compile(r"ไตรมาส(?:ที่)?([1-4])(?:(?:-|–|ถึง|และ)(?:ไตรมาส)?(?:ที่)?([1-4]))?")
_WHOLE_YEAR = re.compile(
    r"ตลอดทั้ง?ปี|ตลอดปี|ทั้งปี|^ปีงบประมาณ(?:พศ)?(?:25[0-9]{2})?$|^(?:พศ)?25[0-9]{2}$"
)
_ITEM = re.compile(r"(?<![a-z0-9])([ieo])\s?([0-9]{1,2})(?![0-9])", re.IGNORECASE)
_CODE_LIKE = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})?")
_LEAD = re.compile(r"^(?:ข้อ|ตัวชี้วัด(?:ย่อย)?|ลำดับ)?(?:ที่)?")


def plain(text: str) -> str:
    """A text without what differs from hand to hand: spaces, marks, digits' script, capitals."""
    return _NOISE.sub("", to_arabic(text).replace("\u0e4d\u0e32", "ำ").lower())


def read_tick(text: str) -> bool:
    """Whether a cell is ticked. Raises ValueError."""
    bare = to_arabic(text).strip().strip("()[]").strip().lower()
    if bare in _TICKED:
        return True
    if bare in _UNTICKED:
        return False
    raise ValueError("ช่องนี้ควรเป็นเครื่องหมาย ✓ หรือว่าง โปรดใส่เครื่องหมายเดียว")


def read_status(text: str) -> Status | None:
    """The status a cell names or ticks; None for a blank one. Raises ValueError."""
    ticked = [
        label
        for box, label in _BOXES.findall(text)
        if box not in "☐□\uf0a3\uf06f\uf0a8" and label.strip()
    ]
    if len(ticked) > 1:
        raise ValueError("ทำเครื่องหมายสถานะมากกว่าหนึ่งช่อง โปรดเลือกสถานะเดียว")
    if not ticked and _BOXES.search(text):
        return None  # boxes, none of them ticked
    bare = plain(ticked[0] if ticked else text)
    if not bare:
        return None
    for words, status in _STATUS_WORDS:
        if words.search(bare):
            return status
    labels = " ".join(STATUS_LABELS.values())
    raise ValueError(f"ไม่รู้จักสถานะนี้ โปรดใช้ {labels}")


def _month_names() -> dict[str, int]:
    """Each name of a month, without full stops -> its place in the fiscal year."""
    found: dict[str, int] = {}
    for number, (full, short) in enumerate(zip(MONTHS, SHORT_MONTHS, strict=True), start=1):
        fiscal = (number + 2) % 12 + 1
        found[full] = found[short.replace(".", "")] = fiscal
        found[short.replace(".", "") + "."] = fiscal
    return found


_MONTHS = _month_names()
_MONTH = re.compile(
    "("
    + "|".join([*MONTHS, *(re.escape(m).replace(r"\.", r"\.?\s?") for m in SHORT_MONTHS)])
    + r")\s*(?:พ\.?\s?ศ\.?\s*)?([0-9]{4}|[0-9]{2}(?![0-9]))?"
)


def read_period(text: str, year: int) -> tuple[int, int, date | None]:
    """First and last fiscal month of a period within the fiscal year, and the day when it is one.

    Raises ValueError.
    """
    bare = to_arabic(text).strip()
    if _WHOLE_YEAR.search(plain(bare)) and not _MONTH.search(bare):
        return 1, 12, None
    quarter = _QUARTER.search(re.sub(r"\s+", "", bare))
    if quarter:
        first, last = int(quarter[1]), int(quarter[2] or quarter[1])
        if first <= last:
            return first * 3 - 2, last * 3, None
    day = _one_day(bare)
    if day is not None:
        month = (day.month + 2) % 12 + 1
        return month, month, day
    months = [_fiscal(match, year) for match in _MONTH.finditer(bare)]
    if 1 <= len(months) <= 2 and months[0] <= months[-1]:
        return months[0], months[-1], None
    raise ValueError("อ่านระยะเวลาไม่ได้ โปรดเขียนเช่น ต.ค. 2568 - ก.ย. 2569 หรือ ไตรมาสที่ 1")


def _one_day(text: str) -> date | None:
    try:
        return parse_thai_date(text)
    except ValueError:
        return None


def _fiscal(match: re.Match[str], year: int) -> int:
    """The fiscal month of a name with its year. Raises ValueError when it is another year's."""
    fiscal = _MONTHS[re.sub(r"[.\s]", "", match[1])]
    if match[2]:
        written = int(match[2]) + (2500 if len(match[2]) == 2 else 0)
        expected = year - 1 if fiscal <= 3 else year
        if written + (BUDDHIST_OFFSET if written < 2400 else 0) != expected:
            raise ValueError(f"ระยะเวลาอยู่นอกปีงบประมาณ {year} โปรดตรวจปี")
    return fiscal


# --- codes of a framework -------------------------------------------------------------------------


@lru_cache(maxsize=32)
def _names_of(key: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Plain names -> code; a name that two nodes have stands for none."""
    found: dict[str, str] = {}
    double: set[str] = set()
    for name, code in key:
        bare = plain(name)
        if found.setdefault(bare, code) != code:
            double.add(bare)
    return {name: code for name, code in found.items() if name and name not in double}


def names_in(framework: Framework) -> dict[str, str]:
    """Plain names of everything that has a score -> its code."""
    return _names_of(tuple(_named(framework)))


def _named(framework: Framework) -> Iterable[tuple[str, str]]:
    for instrument in framework.instruments:
        yield instrument.name, instrument.code
        yield instrument.name.partition(" (")[0], instrument.code
        for indicator in instrument.indicators:
            for name in (indicator.name, *indicator.also_printed):
                yield name, indicator.code
            for sub in indicator.subindicators:
                for name in (sub.name, *sub.also_printed):
                    yield name, sub.code
            for item in indicator.items:
                yield item.title, item.code


_TOTALS = re.compile(
    r"^(?:ผล)?(?:คะแนน)?(?:รวม|เฉลี่ยรวม|ภาพรวม)(?:ทั้งหมด|ทั้งสิ้น|ita)?$|^คะแนน(?:เฉลี่ย|รวม)?(?:ita|ภาพรวม|ทั้งหมด)?$"
    r"|^ค่าคะแนน(?:เฉลี่ย|รวม)$|^total$|^ita$|^ผลการประเมินita$|^คะแนนita$"
)


def read_code(code: str, name: str, framework: Framework) -> str | None:
    """The code of the node a row is about, by its code and its name; None where there is none.

    Raises ValueError when the two name different nodes.
    """
    by_code = _by_code(code, framework)
    by_name = _by_name(name, framework)
    if to_arabic(code).strip().isdigit() and plain(name):
        return by_name  # a bare number may only be the row's place in its list
    if by_code and by_name and by_code != by_name:
        raise ValueError(f"รหัส {by_code} กับชื่อในแถวนี้ไม่ตรงกัน โปรดตรวจแถวนี้")
    return by_code or by_name


def _by_code(text: str, framework: Framework) -> str | None:
    bare = to_arabic(text).strip().lower()
    codes = {code.lower(): code for code in framework.codes()}
    trimmed = _LEAD.sub("", bare.replace(" ", "")).strip(".)( ")
    for each in (bare, trimmed):
        if each in codes:
            return codes[each]
    item = _ITEM.fullmatch(trimmed)
    return codes.get(f"{item[1].lower()}{int(item[2])}") if item else None


def _by_name(text: str, framework: Framework) -> str | None:
    bare = plain(text)
    if not bare:
        return None
    if _TOTALS.match(bare):
        return TOTAL
    names = names_in(framework)
    if bare in names:
        return names[bare]
    without = re.sub(r"^(?:ตัวชี้วัด(?:ย่อย)?(?:ที่)?|ข้อ(?:ที่)?)?[ieo]?[0-9]{1,3}", "", bare)
    if without in names:
        return names[without]
    found = re.findall(r"(?<![a-z])(iit|eit|oit)(?![a-z])", text.lower())
    if len(set(found)) == 1 and not re.search("ตัวชี้วัด|ข้อ(?!มูล)", text):
        return found[0].upper()
    # "ตัวชี้วัดที่ 3 การใช้อำนาจ" in other words: the number after the word says which.
    number = re.match(r"^ตัวชี้วัด(?:ที่)?([0-9]{1,2})(?![0-9])", bare)
    return number[1] if number and number[1] in framework.indicators else None


def read_indicators(text: str, framework: Framework) -> tuple[str, ...]:
    """Codes of the indicators and sub-indicators a cell names. Raises ValueError."""
    bare = to_arabic(text)
    known = {*framework.indicators}
    known.update(s.code for i in framework.indicators.values() for s in i.subindicators)
    found = [code for code in _CODE_LIKE.findall(_ITEM.sub(" ", bare)) if code in known]
    if not found:
        flat = plain(text)
        names = {name: code for name, code in names_in(framework).items() if code in known}
        found = [code for name, code in names.items() if name in flat]
    if not found:
        raise ValueError("ไม่พบตัวชี้วัดที่ช่องนี้บอก โปรดใส่เลขตัวชี้วัด เช่น 1, 3")
    return tuple(dict.fromkeys(found))


def read_items(text: str, framework: Framework) -> tuple[str, ...]:
    """Codes of the items a cell names. Raises ValueError."""
    found = [f"{kind.lower()}{int(number)}" for kind, number in _ITEM.findall(to_arabic(text))]
    unknown = [code for code in found if code not in framework.items]
    if not found or unknown:
        example = f" ({unknown[0]})" if unknown else ""
        raise ValueError(f"ไม่พบข้อที่ช่องนี้บอก{example} โปรดใส่รหัสข้อ เช่น i1, e5, o12")
    return tuple(dict.fromkeys(found))


def read_issues(text: str, framework: Framework) -> tuple[int, ...]:
    """Numbers of the issues a cell names. Raises ValueError."""
    flat = plain(text)
    by_name = [issue.no for issue in framework.issues if plain(issue.name) in flat]
    known = {issue.no for issue in framework.issues}
    numbers = [int(n) for n in re.findall(r"[0-9]{1,2}", to_arabic(text))]
    found = by_name or [number for number in numbers if number in known]
    if not found or (not by_name and len(found) != len(numbers)):
        raise ValueError("ไม่พบประเด็นที่ช่องนี้บอก โปรดใส่เลขประเด็น เช่น 2, 5")
    return tuple(dict.fromkeys(found))
