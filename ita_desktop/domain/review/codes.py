"""Class C: item codes in texts and in measures, held against the frameworks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ita_desktop.domain.framework import Framework
from ita_desktop.domain.live import FIELD, KINDS, in_code
from ita_desktop.domain.measures import Measure
from ita_desktop.domain.review.facts import TITLE_START, Codes, Titles
from ita_desktop.domain.review.kinds import Finding, Place
from ita_desktop.domain.review.rules import found
from ita_desktop.domain.review.texts import Role, UserText, plain_text
from ita_desktop.thai.digits import ADDRESS

_CODE = re.compile(r"(?<![A-Za-z0-9.\-/_:{])([ieoIEO])[ -]?(\d{1,3})(?![A-Za-z0-9}]|\.\d)")
_WRONG_LETTER = re.compile(r"(?<![A-Za-z0-9.\-/_:{])([lL|!0])(\d{1,2})(?![A-Za-z0-9}]|[.:/-]\d)")
_REPORTED = re.compile(r"(?:ข้อ|รหัส|ตัวชี้วัด|แบบวัด|\()\s*$")


def code_findings(entry: UserText, codes: Codes) -> Iterator[Finding]:
    """Codes in a text that the assessed year does not have, or that are typed with other letters.

    Measures are made from the analysed year and reported in the list of the measure year, so the
    codes of both are right.
    """
    if entry.role is Role.NAME or entry.year not in codes.frameworks:
        return
    text = entry.text
    plain = plain_text(text)
    if "{" in text:
        yield from _placeholders(entry, codes)
    if any(letter in plain for letter in "ieoIEOlL|!0๐"):
        bare = ADDRESS.sub(lambda match: " " * len(match[0]), plain)
        yield from _known_codes(entry, bare, codes)
        yield from _wrong_letters(entry, bare, codes)


def _placeholders(entry: UserText, codes: Codes) -> Iterator[Finding]:
    """Placeholders for figures of something the assessed year does not have: they stay as typed."""
    framework = codes.frameworks[entry.year]
    known = {*framework.codes(), *(f"issue{issue.no}" for issue in framework.issues)}
    for match in FIELD.finditer(entry.text):
        if match["code"] is None:
            continue
        asked = FIELD.fullmatch(in_code(match[0]))
        if asked is None or asked["name"] not in KINDS or asked["code"] not in known:
            problem = f"“{match[0]}” ไม่มีในกรอบการประเมินปี {entry.year} จึงไม่ได้แทนด้วยตัวเลข"
            yield entry.says("code-unknown", match[0], problem, "แก้รหัสในวงเล็บปีกกา")


def _known_codes(entry: UserText, plain: str, codes: Codes) -> Iterator[Finding]:
    known = codes.known[entry.year]
    later = codes.known.get(entry.year + 1, frozenset())
    titles = codes.titles[entry.year]
    for match in _CODE.finditer(plain):
        code = f"{match[1].lower()}{int(match[2])}"
        typed = entry.text[match.start() : match.end()]
        if code in known or (code in later and entry.role is not Role.DISCLOSURE):
            if match[1].isupper() or match[0] != f"{match[1]}{match[2]}":
                mend = f"เขียนรหัสเป็น {code}"
                yield entry.says("code-letter", typed, f"รหัส “{typed}” เขียนไม่ตรงแบบ", mend)
            yield from _title_after(entry, plain, match, code, titles)
        elif code in codes.everywhere:
            years = [year for year, each in codes.known.items() if code in each]
            problem = f"รหัส {code} ไม่มีในปี {entry.year} เป็นของปี {years[0]}"
            yield entry.says(
                "code-other-year", typed, problem, "ตรวจรหัสกับกรอบการประเมินของปีที่วิเคราะห์"
            )
        elif match[1].islower() or int(match[2]) < 100:
            problem = f"ไม่มีรหัส {code} ในกรอบการประเมินปี {entry.year}"
            yield entry.says("code-unknown", typed, problem, "ตรวจรหัสข้อ")


def _title_after(
    entry: UserText, plain: str, match: re.Match[str], code: str, titles: Titles
) -> Iterator[Finding]:
    after = plain[match.end() : match.end() + 300].lstrip(' :“"(-–')
    listed = titles.get(after[:TITLE_START], ())
    other = next((each for each, title in listed if _told(after, title)), None)
    if other and not any(each == code and _told(after, title) for each, title in listed):
        typed = entry.text[match.start() : match.end()]
        problem = f"รหัส {code} แต่ข้อความที่ตามมาเป็นชื่อข้อ {other}"
        yield entry.says("code-title", typed, problem, "แก้รหัสหรือชื่อข้อให้ตรงกัน")


def _told(text: str, title: str) -> bool:
    """Whether a text begins with a title, and not merely with a longer word."""
    return text.startswith(title) and not text[len(title) : len(title) + 1].isalpha()


def _wrong_letters(entry: UserText, plain: str, codes: Codes) -> Iterator[Finding]:
    """A letter l or a zero where i or o belongs; mended for certain where the code exists."""
    known = codes.known[entry.year] | codes.known.get(entry.year + 1, frozenset())
    for match in _WRONG_LETTER.finditer(plain):
        letter = "o" if match[1] == "0" else "i"
        code = f"{letter}{int(match[2])}"
        typed = entry.text[match.start() : match.end()]
        if match[1] == "0" and not (
            _REPORTED.search(plain[: match.start()]) or entry.text[match.start()] == "๐"
        ):
            continue
        if code in known and int(match[2]) and not _is_number(plain, match):
            new = f"{letter}{typed[1:]}"
            problem = f"รหัส “{typed}” ใช้อักขระผิด"
            yield entry.says("code-letter", typed, problem, f"แก้เป็น {code}", new)


def _is_number(plain: str, match: re.Match[str]) -> bool:
    """Whether digits that begin with 0 are a clock time, a day, a house or telephone number."""
    if match[1] != "0":
        return False
    before, after = plain[: match.start()].rstrip(), plain[match.end() :].lstrip()
    return (
        before[-1:].isdigit()
        or after[:1].isdigit()
        or before.endswith(("เวลา", "วันที่", "โทร", "โทร."))
    )


def measure_codes(measure: Measure, name: str, framework: Framework) -> Iterator[Finding]:
    """Indicators and issues of a measure that the analysed year does not have."""
    place = Place("measures", measure.id, "indicators")
    known = set(framework.codes())
    for code in measure.indicators:
        if code not in known:
            problem = f"{name} ตอบตัวชี้วัด {code} ซึ่งไม่มีในปี {framework.year}"
            yield found("measure-code", place, problem, "เลือกตัวชี้วัดใหม่", subject=code)
    issues = {issue.no for issue in framework.issues}
    for number in measure.issues:
        if issues and number not in issues:
            problem = f"{name} ตอบประเด็นที่ {number} ซึ่งไม่มีในปี {framework.year}"
            yield found("measure-issue", place, problem, "เลือกประเด็นใหม่", subject=str(number))
    if len(set(measure.indicators)) < len(measure.indicators):
        problem = f"{name} เลือกตัวชี้วัดเดียวกันสองครั้ง"
        yield found("measure-code", place, problem, "ลบตัวชี้วัดที่ซ้ำ", subject="double")
