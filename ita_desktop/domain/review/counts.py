"""Class B: a number written before a list, or of things that can be counted in the data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ita_desktop.domain.analysis import Direction
from ita_desktop.domain.measures import Status
from ita_desktop.domain.review.facts import Facts, Figures
from ita_desktop.domain.review.kinds import Finding
from ita_desktop.domain.review.texts import Role, UserText, plain_text

_DIGIT = re.compile("[0-9]")
_UNITS = (
    "รายการ|ประกาศ|ตัวชี้วัด|มาตรการ|ข้อ|กิจกรรม|เรื่อง|ฉบับ|โครงการ|ช่องทาง|แห่ง|ประเด็น|ด้าน|งานบริการ|งาน|"
    "หมู่บ้าน|ขั้นตอน|ส่วนราชการ|กอง|หน่วยงาน|คำสั่ง|แบบ|วิธี|ประการ|ครั้ง|ราย|คน|ระบบ|ประเภท"
)
_ANNOUNCED = re.compile(
    rf"(?:(?:จำนวน\s*)?(?<![\d.,/])(?P<count>\d{{1,3}})\s*(?P<unit>{_UNITS})\s*"
    r"(?P<how>ได้แก่|คือ|ดังนี้|ประกอบด้วย|ดังต่อไปนี้|:)"
    r"|จำนวน\s*(?P<count2>\d{1,3})\s*(?P<unit2>ประกาศ|รายการ|ตัวชี้วัด|มาตรการ|ฉบับ)"
    r"(?P<how2>(?=\s*\n\s*(?:1[.)]|\d{1,2}\.1(?!\d)))))"
    r"[ \t]*:?(?P<list>[^\n]*(?:\n.*)*)"
)
_NUMBERED = re.compile(r"(?:^|(?<=[\s(]))\(?(\d{1,2})(?:[.)])(?!\d)\s*")
_SUB_NUMBERED = re.compile(r"^[ \t]*\d{1,2}\.(\d{1,2})(?![\d.])[ \t]*(?=\S)", re.MULTILINE)
_DASHED = re.compile(r"^\s*[-–•]\s*\S", re.MULTILINE)
_CODES = re.compile(r"(?<![A-Za-z0-9])[ieo]\d{1,2}(?!\d)")
_LIST_END = re.compile(r"(?:\s(?:ซึ่ง|โดย|เพื่อ|ทั้งนี้|เมื่อ|จึง|แล้ว|ทำให้)|\.\s|;)")
_NAMED = re.compile(r"“[^”]+”")

_ALL = re.compile(
    r"(?:ทั้งหมด|ทั้งสิ้น)\s*(?:จำนวน\s*)?(?P<count>\d{1,3})\s*(?P<unit>ตัวชี้วัด|มาตรการ|ประเด็น)"
    r"|(?P<unit2>ตัวชี้วัด|มาตรการ)\s*(?:ทั้งหมด|ทั้งสิ้น|รวมทั้งสิ้น|รวม)\s*(?:จำนวน\s*)?(?P<count2>\d{1,3})\s*(?:ตัวชี้วัด|มาตรการ|ข้อ)"
    r"|(?:กำหนด|จัดทำ|มี)มาตรการ\s*(?:ไว้\s*)?(?:รวม\s*)?จำนวน\s*(?P<count3>\d{1,3})\s*มาตรการ"
)
_STATUSES = (
    (
        re.compile(r"(?<!ไม่)(?:ดำเนินการ)?แล้วเสร็จ(?:แล้ว)?\s*(?:จำนวน\s*)?(\d{1,3})\s*มาตรการ"),
        Status.DONE,
    ),
    (re.compile(r"อยู่ระหว่างดำเนินการ\s*(?:จำนวน\s*)?(\d{1,3})\s*มาตรการ"), Status.IN_PROGRESS),
    (re.compile(r"ยังไม่ได้ดำเนินการ\s*(?:จำนวน\s*)?(\d{1,3})\s*มาตรการ"), Status.NOT_STARTED),
)
_BELOW = re.compile(
    r"(?:ไม่ผ่านเกณฑ์|ต่ำกว่าเกณฑ์(?:ผ่าน)?)(?:[^\n\d]{0,30})(?:มี)?จำนวน\s*(\d{1,2})\s*ตัวชี้วัด"
)
_CHANGED = re.compile(
    r"ตัวชี้วัด[^\n\d]{0,24}(เพิ่มขึ้น|ลดลง|เท่าเดิม)[^\n\d]{0,12}จำนวน\s*(\d{1,2})\s*ตัวชี้วัด"
)


def count_findings(entry: UserText, facts: Facts) -> Iterator[Finding]:
    """Numbers in a text that the text's own list or the data does not bear out."""
    if entry.role is Role.NAME:
        return
    text = plain_text(entry.text)
    if not _DIGIT.search(text):
        return
    yield from _announced(entry, text)
    if "ตัวชี้วัด" in text or "มาตรการ" in text or "ประเด็น" in text:
        yield from _known(entry, text, facts.figures)


def _announced(entry: UserText, text: str) -> Iterator[Finding]:
    match = _ANNOUNCED.search(text)
    while match:
        silent = match["count"] is None
        unit, how = ("unit2", "how2") if silent else ("unit", "how")
        listed = _listed(match["list"])
        said = int(match["count2"] if silent else match["count"])
        if listed is not None and said != listed[0] and (listed[1] or listed[0] < said):
            typed = entry.text[match.start() : match.end(unit)]
            least = "" if listed[1] else "ไม่เกิน "
            problem = f"เขียนว่า {said} {match[unit]} แต่รายการที่ตามมามี {least}{listed[0]}"
            yield entry.says("list-count", typed, problem, "แก้จำนวนหรือรายการให้ตรงกัน")
        match = _ANNOUNCED.search(text, match.end(how))


def _listed(text: str) -> tuple[int, bool] | None:
    """How many things a list holds, and whether that is certain; None when it can't be told."""
    first, _, rest = text.partition("\n")
    below = [match[1] for match in _SUB_NUMBERED.finditer(text)]
    if below and int(below[0]) == 1 and not first.strip():
        run = _run([int(number) for number in below])
        return (run, True) if run > 1 else None
    numbers = [int(match[1]) for match in _NUMBERED.finditer(text)]
    if numbers and numbers[0] == 1 and (not first.strip() or _NUMBERED.search(first)):
        run = _run(numbers)
        return (run, True) if run > 1 else None
    if not first.strip():
        lines = len(_DASHED.findall(rest))
        return (lines, True) if lines > 1 else None
    first = _LIST_END.split(first, maxsplit=1)[0]
    codes = _CODES.findall(first)
    if len(codes) > 1:
        return len(codes), True
    quoted = _NAMED.findall(first)
    if len(quoted) > 1:
        return len(quoted), True
    if "," in first:
        return _by_comma(first)
    return _by_space(first)


def _run(numbers: Sequence[int]) -> int:
    """The length of the list 1, 2, 3 …; a second list that begins anew is not counted."""
    return next(
        (at for at in range(1, len(numbers)) if numbers[at] < numbers[at - 1]), len(numbers)
    )


def _by_comma(text: str) -> tuple[int, bool] | None:
    parts = [part for part in re.split(r",|\s(?:และ|หรือ|รวมทั้ง|ตลอดจน)", text) if part.strip()]
    plain = "(" not in text and not re.search(r"\d", text)
    return len(parts), plain


def _by_space(text: str) -> tuple[int, bool] | None:
    """Things parted by spaces are at most as many as the pieces: a piece may be part of a name."""
    pieces = text.split()
    if len(pieces) < 2 or not any(
        piece.startswith(("และ", "หรือ", "รวมทั้ง")) for piece in pieces[1:]
    ):
        return None
    if any(word in piece[1:] for piece in pieces for word in ("และ", "หรือ", "กับ", "รวมทั้ง")):
        return None
    pieces = [piece for piece in pieces if piece not in ("และ", "หรือ")]
    return len(pieces), False


def _known(entry: UserText, text: str, figures: Figures) -> Iterator[Finding]:
    for match in _ALL.finditer(text):
        unit = match["unit"] or match["unit2"] or "มาตรการ"
        said = int(match["count"] or match["count2"] or match["count3"])
        known = {
            "ตัวชี้วัด": len(figures.tree.framework.indicators),
            "มาตรการ": figures.measures,
            "ประเด็น": len(figures.tree.framework.issues),
        }[unit]
        if known and said != known:
            yield _differs(entry, match, unit, said, known)
    for pattern, status in _STATUSES:
        for match in pattern.finditer(text):
            known = figures.statuses.get(status, 0)
            if figures.measures and int(match[1]) != known:
                yield _differs(entry, match, f"มาตรการที่{status.label}", int(match[1]), known)
    yield from _indicator_counts(entry, text, figures)


def _indicator_counts(entry: UserText, text: str, figures: Figures) -> Iterator[Finding]:
    tree = figures.tree
    scores = [tree.score(code) for code in tree.framework.indicators]
    for match in _BELOW.finditer(text):
        if None in scores:
            continue
        known = sum(score < tree.framework.pass_mark for score in scores if score is not None)
        if int(match[1]) != known:
            yield _differs(entry, match, "ตัวชี้วัดที่ต่ำกว่าเกณฑ์", int(match[1]), known)
    for match in _CHANGED.finditer(text):
        ways = [figures.changes[code].direction for code in tree.framework.indicators]
        if Direction.UNKNOWN in ways:
            continue
        known = sum(way.word == match[1] for way in ways)
        if int(match[2]) != known:
            yield _differs(entry, match, f"ตัวชี้วัดที่{match[1]}", int(match[2]), known)


def _differs(entry: UserText, match: re.Match[str], what: str, said: int, known: int) -> Finding:
    typed = entry.text[match.start() : match.end()]
    problem = f"เขียนว่า{what}มี {said} แต่นับได้ {known}"
    return entry.says("known-count", typed, problem, "แก้จำนวนให้ตรงกับข้อมูล")
