"""Class D: fiscal years, periods, rounds and dates.

Rule of the field: measures of a fiscal year answer the assessment of the year before, are carried
out from 1 October to 30 September, and a report tells of nothing that lies after its own day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from ita_desktop.domain.fiscal import (
    BUDDHIST_OFFSET,
    MONTHS,
    SHORT_MONTHS,
    Round,
    parse_thai_date,
    thai_date,
)
from ita_desktop.domain.measures import Measure, Status
from ita_desktop.domain.papers import NO_ROUND, Disclosure, Paper, PaperKey
from ita_desktop.domain.review.facts import Times
from ita_desktop.domain.review.kinds import Finding, Place
from ita_desktop.domain.review.rules import found
from ita_desktop.domain.review.texts import Role, UserText, plain_text
from ita_desktop.thai.digits import to_arabic

WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")

_MONTH = "|".join(re.escape(name) for name in (*MONTHS, *SHORT_MONTHS))
_DATE = re.compile(
    rf"(?:วัน(?P<weekday>{'|'.join(WEEKDAYS)})\s*ที่\s*)?(?<![\d.,/\-])"
    rf"(?P<day>\d{{1,2}})\s*(?:เดือน\s*)?(?P<month>{_MONTH})\s*(?P<era>พ\.?\s?ศ\.?\s*)?(?P<year>\d{{2,4}})?(?!\d)"
)
_NUMERIC = re.compile(r"(?<![\d/.\-])(\d{1,2})/(\d{1,2})/(\d{4})(?![\d/])")
_NO_DAY = re.compile(rf"(?:เมื่อวันที่|ณ วันที่|ลงวันที่)\s*(?=(?:{_MONTH})\s*(?:พ\.ศ\.\s*)?\d{{4}})")
_YEARLY = re.compile(r"\s*(?:ของ|ทุก|-|–|ถึง|และ|แต่ละ|เป็นต้น|หรือ|เดือน|,)")
_RANGE_ENDS = re.compile(r"\s*(?:-|–|ถึง)\s*\d")
_REFERRED = re.compile(
    r"(?:ลงวันที่|ตั้งแต่วันที่|ตั้งแต่|นับแต่วันที่|ประกาศ\s*ณ\s*วันที่|สั่ง\s*ณ\s*วันที่|พ\.ร\.บ\.[^\n]*)\s*$"
)

_DIGIT = re.compile("[0-9]")
_FISCAL = re.compile(r"(?:ปีงบประมาณ|ประจำปี|งบประมาณปี)\s*(?:พ\.ศ\.\s*)?(?P<year>\d{4})(?!\d)")
_ANY_YEAR = re.compile(r"(?:พ\.ศ\.|ปี)\s*(?P<year>\d{4})(?!\d)")
_CUT_YEAR = re.compile(
    r"(?:พ\.ศ\.|ปีงบประมาณ)\s*(?P<year>\d{1,3})(?![\d.,]|\s*(?:[-–,]|ปี|ระยะ|แผน|โครงการ|มาตรการ))"
)
_RANGE = re.compile(r"\s*(?:[-–]|ถึง)\s*(?:พ\.ศ\.\s*)?\d{4}")
_BEFORE_RANGE = re.compile(r"\d{4}\s*(?:[-–]|ถึง)\s*$")
_BREAK = r"(?:(?!ผลการประเมิน|ผลการวิเคราะห์|ต่อ|ถัดไป|ก่อน|เดิม|ที่ผ่านมา|จาก|ตามแผน|แผนปฏิบัติการ)[^\n])"
_MEASURES_OF = re.compile(
    rf"มาตรการ{_BREAK}{{0,80}}?ประจำปีงบประมาณ\s*(?:พ\.ศ\.\s*)?(\d{{4}})(?!\d)"
)
_RESULT_OF = re.compile(
    r"(?:ผลการประเมิน|ผลการวิเคราะห์)(?:(?!มาตรการ|นำมา|เพื่อ|ไปสู่|เตรียม)[^\n]){0,90}?"
    r"(?:ประจำ)?ปีงบประมาณ\s*(?:พ\.ศ\.\s*)?(\d{4})(?!\d)"
)
_ROUND = re.compile(r"รอบ(?:ระยะเวลา)?\s*(?:ที่\s*)?(\d{1,3})\s*เดือน")
_LATER_DONE = re.compile(r"(?:จะ|เตรียม|ต่อไป|ในรอบ|ภายใน|ถัดไป|และ\s*รอบ|ต่อเนื่อง)")

_OLDEST, _FARTHEST = 2, 1
"""A fiscal year told of may lie so many years before and after the measure year."""


def text_dates(entry: UserText, times: Times) -> Iterator[Finding]:
    """Dates, years and rounds in a text."""
    if entry.role is Role.NAME:
        return
    text = plain_text(entry.text)
    if not _DIGIT.search(text):
        yield from _half_dates(entry, text)
        return
    yield from _dates(entry, text, times)
    yield from _half_dates(entry, text)
    if "ปี" in text or "พ.ศ." in text:
        yield from _years(entry, text, times)
    if "รอบ" in text:
        yield from _rounds(entry, text, times)


def _dates(entry: UserText, text: str, times: Times) -> Iterator[Finding]:
    for match in _DATE.finditer(text):
        typed = entry.text[match.start() : match.end()].strip()
        if match["year"] is None:
            if match["weekday"] or text[: match.start()].endswith(("วันที่", "วันที่ ")):
                after = text[match.end() :]
                if not _YEARLY.match(after):
                    problem = f"วันที่ “{typed}” ไม่มีปี"
                    yield entry.says("date-half", typed, problem, "เขียนปี พ.ศ. ต่อท้ายวันที่")
            elif int(match["day"]) > 31:
                yield _impossible(entry, typed)
            continue
        yield from _one_date(entry, match, typed, times)
    for match in _NUMERIC.finditer(text):
        typed = match[0]
        yield from _read_date(entry, match, to_arabic(typed), times, None)


def _one_date(entry: UserText, match: re.Match[str], typed: str, times: Times) -> Iterator[Finding]:
    year = match["year"]
    if len(year) == 3 or (len(year) == 2 and match["month"] in MONTHS and match["era"]):
        problem = f"วันที่ “{typed}” มีปีไม่ครบสี่หลัก"
        yield entry.says("year-cut", typed, problem, "เขียนปี พ.ศ. ให้ครบ")
        return
    plain = f"{match['day']} {match['month']} {year}"
    yield from _read_date(entry, match, plain, times, match["weekday"])


def _read_date(
    entry: UserText, match: re.Match[str], plain: str, times: Times, weekday: str | None
) -> Iterator[Finding]:
    typed = entry.text[match.start() : match.end()].strip()
    try:
        day = parse_thai_date(plain)
    except ValueError as error:
        rule = "year-christian" if "ค.ศ." in str(error) else "date-impossible"
        yield entry.says(rule, typed, f"วันที่ “{typed}”: {error}", "แก้วันที่")
        return
    if day is None:
        return
    if weekday and WEEKDAYS[day.weekday()] != weekday:
        right = WEEKDAYS[day.weekday()]
        yield entry.says("date-weekday", typed, f"“{typed}” ที่จริงเป็นวัน{right}", "แก้วันหรือวันที่")
    yield from _in_period(entry, match.string[: match.start()], typed, day, times)


def _impossible(entry: UserText, typed: str) -> Finding:
    return entry.says("date-impossible", typed, f"“{typed}” ไม่มีในปฏิทิน", "แก้วันที่")


def _in_period(
    entry: UserText, before: str, typed: str, day: date, times: Times
) -> Iterator[Finding]:
    referred = _REFERRED.search(before[-24:]) is not None
    done = entry.role in (Role.RESULT, Role.CAPTION) and not _AHEAD.search(before[-30:])
    if entry.role is Role.PLAN and not referred and not times.first <= day <= times.last:
        problem = f"“{typed}” อยู่นอกปีงบประมาณ {times.year}"
        yield entry.says("date-outside", typed, problem, "ตรวจวันที่กับระยะเวลาดำเนินการ")
    elif done and day > times.round_end:
        problem = f"“{typed}” อยู่หลัง{times.which.label}"
        yield entry.says("date-after", typed, problem, "ตรวจวันที่กับรอบที่รายงาน")
    elif done and times.document_day is not None and day > times.document_day:
        yield _after_document(entry, typed)
    elif done and day < times.first and not referred:
        problem = f"“{typed}” อยู่ก่อนปีงบประมาณ {times.year}"
        yield entry.says("date-before", typed, problem, "ตรวจปีของวันที่")
    elif not done and entry.role is not Role.PLAN:
        yield from _far(entry, before, typed, day, times)


def _far(entry: UserText, before: str, typed: str, day: date, times: Times) -> Iterator[Finding]:
    """Notes, passages and disclosures may look back and ahead, but not far ahead."""
    reported = entry.role is Role.PASSAGE and entry.place.record is not None
    told = times.document_day if reported else None
    limit = times.last + timedelta(days=366)
    if day > limit:
        problem = f"“{typed}” อยู่ห่างจากปีงบประมาณ {times.year} เกินไป"
        yield entry.says("date-after", typed, problem, "ตรวจปีของวันที่")
    elif told is not None and day > told and _is_done(entry.text, len(before)):
        yield _after_document(entry, typed)


def _after_document(entry: UserText, typed: str) -> Finding:
    problem = f"“{typed}” อยู่หลังวันที่ของเอกสาร"
    return entry.says("date-after-document", typed, problem, "ตรวจวันที่กับวันที่ของเอกสาร")


_AHEAD = re.compile(r"(?:จะ|ภายใน|กำหนด)[^\n]*$")
"""Before a date: the thing is still to come."""


def _is_done(text: str, at: int) -> bool:
    """Whether the line around a date says that the thing was done, not that it will be."""
    start = text.rfind("\n", 0, at) + 1
    line = text[start:].partition("\n")[0]
    ahead = text[max(start, at - 30) : at]
    return _DONE.search(line) is not None and _AHEAD.search(ahead) is None


_DONE = re.compile(r"แล้ว(?:เสร็จ)?(?:\s|เมื่อ|$)|ได้(?:จัด|ดำเนินการ|ประชุม|ประกาศ)")


def _half_dates(entry: UserText, text: str) -> Iterator[Finding]:
    if "วันที่" not in text:
        return
    for match in _NO_DAY.finditer(text):
        typed = entry.text[match.start() : match.end()].strip()
        yield entry.says("date-half", typed, f"“{typed}” ไม่มีเลขวัน", "เขียนวัน เดือน ปี ให้ครบ")
    for match in re.finditer(r"วันที่\s*(\d{1,2})(?=\s*(?:$|\n|[.)]))", text):
        typed = entry.text[match.start() : match.end()]
        yield entry.says("date-half", typed, f"“{typed}” ไม่มีเดือนและปี", "เขียนวัน เดือน ปี ให้ครบ")


def _years(entry: UserText, text: str, times: Times) -> Iterator[Finding]:
    told: set[str] = set()
    for match in _CUT_YEAR.finditer(text):
        typed = entry.text[match.start() : match.end()]
        yield entry.says("year-cut", typed, f"“{typed}” มีปีไม่ครบสี่หลัก", "เขียนปี พ.ศ. ให้ครบ")
    for pattern, near in ((_FISCAL, True), (_ANY_YEAR, False)):
        for match in pattern.finditer(text):
            year = int(match["year"])
            if match["year"] in told:
                continue
            told.add(match["year"])
            after, before = text[match.end() :], text[: match.start("year")]
            in_range = bool(_RANGE.match(after) or _BEFORE_RANGE.search(before))
            yield from _one_year(entry, match["year"], year, near and not in_range, times)
    yield from _whose_year(entry, text, times)


def _one_year(
    entry: UserText, typed: str, year: int, near: bool, times: Times
) -> Iterator[Finding]:
    if 1900 <= year <= 2199:
        right = year + BUDDHIST_OFFSET
        yield entry.says("year-christian", typed, f"ปี {year} เป็นปี ค.ศ.", f"เขียนปี พ.ศ. คือ {right}")
    elif year > times.year + 6 or year < 2400:
        yield entry.says("year-far", typed, f"ปี {year} อยู่ห่างเกินไป", "ตรวจตัวเลขของปี")
    elif near and not times.year - _OLDEST <= year <= times.year + _FARTHEST:
        problem = f"ปีงบประมาณ {year} ไม่ใช่ปีของมาตรการหรือปีที่วิเคราะห์"
        yield entry.says("year-far", typed, problem, "ตรวจตัวเลขของปี")


def _whose_year(entry: UserText, text: str, times: Times) -> Iterator[Finding]:
    for match in _MEASURES_OF.finditer(text):
        if times.year - _OLDEST <= int(match[1]) <= times.year + _FARTHEST and (
            int(match[1]) != times.year
        ):
            problem = f"มาตรการเป็นของปีงบประมาณ {times.year} แต่เขียนว่า {match[1]}"
            yield entry.says("year-measures", match[1], problem, "แก้ปีของมาตรการ")
    for match in _RESULT_OF.finditer(text):
        if int(match[1]) in (times.year, times.year + 1):
            problem = f"ผลที่วิเคราะห์เป็นของปี {times.year - 1} แต่เขียนว่า {match[1]}"
            yield entry.says("year-analysed", match[1], problem, "แก้ปีของผลการประเมิน")


def _rounds(entry: UserText, text: str, times: Times) -> Iterator[Finding]:
    for match in _ROUND.finditer(text):
        months = int(match[1])
        typed = entry.text[match.start() : match.end()]
        if months not in (3, 6, 9, 12):
            yield entry.says("round-unknown", typed, f"ไม่มี“{typed}”", "ตรวจรอบรายงาน")
        elif entry.role is Role.RESULT and months > int(times.which):
            before = text[max(0, match.start() - 30) : match.start()]
            if _LATER_DONE.search(before) is None:
                problem = f"เขียนถึง{typed} ในรายงาน{times.which.label}"
                yield entry.says("round-later", typed, problem, "ตรวจรอบรายงาน")


def measure_times(measure: Measure, name: str, times: Times) -> Iterator[Finding]:
    """The period of a measure, its one day, and a status that comes before its time."""
    place = Place("measures", measure.id, "first_month")
    first, last = measure.first_month, measure.last_month
    if not (1 <= first <= 12 and 1 <= last <= 12) or first > last:
        mend = "แก้เดือนเริ่มต้นและเดือนสิ้นสุด"
        yield found("period-wrong", place, f"{name} มีระยะเวลาสิ้นสุดก่อนเริ่มต้น", mend)
        return
    day = measure.day
    if day is not None and not times.first <= day <= times.last:
        place = Place("measures", measure.id, "day")
        problem = f"{name} กำหนดวันไว้นอกปีงบประมาณ {times.year}"
        yield found("day-outside", place, problem, "แก้วันที่ดำเนินการ", subject=day.isoformat())
        return
    if measure.progress_in(times.which).status is Status.DONE:
        late = day > times.round_end if day is not None else first > int(times.which)
        if late:
            place = Place("progress", measure.id, "status")
            problem = f"{name} แล้วเสร็จก่อนเวลาที่กำหนดไว้ในแผน"
            yield found("done-too-early", place, problem, "ตรวจสถานะหรือระยะเวลา")


def paper_days(papers: list[tuple[PaperKey, Paper]], times: Times) -> Iterator[Finding]:
    """Days of a year's documents: a round's report after the round, none long after it."""
    for key, paper in papers:
        if paper.day is None:
            continue
        which = next((each for each in Round if each == key.round), None)
        if which is None and key.round != NO_ROUND:
            continue
        earliest, latest = _window(times, which)
        if earliest <= paper.day <= latest:
            continue
        place = Place("documents", f"{key.kind}/{key.round}", "day")
        what = which.label if which else f"ปีงบประมาณ {times.year}"
        side = "ก่อน" if paper.day < earliest else "หลัง"
        problem = f"เอกสารของ{what} ลงวันที่ {thai_date(paper.day)} ซึ่ง{side}ช่วงที่ควรเป็น"
        yield found("document-day", place, problem, "ตรวจวันที่ของเอกสาร", subject=str(paper.day))


def _window(times: Times, which: Round | None) -> tuple[date, date]:
    """When a document may be dated: a report from its round's end on, a plan around its year."""
    if which is None:
        return times.first - timedelta(days=92), times.last
    end = Times(times.year, which).round_end
    return end - timedelta(days=7), end + timedelta(days=120)


def disclosure_days(disclosure: Disclosure, year: int) -> Iterator[Finding]:
    """The day an OIT item was published: inside the assessed fiscal year."""
    times = Times(year, Round.TWELVE)
    if disclosure.day is not None and not times.first <= disclosure.day <= times.last:
        place = Place("documents", f"oit/{year}/{disclosure.code}", "day")
        problem = f"วันที่เผยแพร่ข้อ {disclosure.code} อยู่นอกปีงบประมาณ {year}"
        subject = disclosure.day.isoformat()
        yield found("disclosure-day", place, problem, "ตรวจวันที่เผยแพร่", subject=subject)
