"""The rows of a table as records, with every cell that can't be read listed by its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from ita_desktop.domain.disclosure import oit_items, read_disclosed
from ita_desktop.domain.fiscal import Round, parse_thai_date
from ita_desktop.domain.framework import Framework
from ita_desktop.domain.measures import Measure, MeasureKind, Status
from ita_desktop.domain.papers import Disclosure
from ita_desktop.domain.scores import ScoreTextError, parse_score
from ita_desktop.exchange.errors import one_line
from ita_desktop.exchange.sheets.columns import (
    Layout,
    TableKind,
    bare_key,
    round_of,
)
from ita_desktop.exchange.sheets.raw import Note, RawTable
from ita_desktop.exchange.sheets.values import (
    plain,
    read_code,
    read_indicators,
    read_issues,
    read_items,
    read_period,
    read_status,
    read_tick,
)
from ita_desktop.thai.digits import to_arabic

MOST_RESPONDENTS = 1_000_000
RESPONDENTS, LEVEL = "ผู้ตอบ", "ระดับ"
"""What stands in the column of codes of the own form before what is no score."""
WAY = "วิธีเพิ่มเติม"
"""What the own form calls the kind of a further way of the measure above."""

_TICKS = {
    "done": Status.DONE,
    "not_started": Status.NOT_STARTED,
    "in_progress": Status.IN_PROGRESS,
}
_TEXTS = ("title", "steps", "owners", "approach", "follow_up")
_PROGRESS_TEXTS = ("result", "output", "outcome", "note")
_NUMBERED = re.compile(r"[(\[]?[0-9]{1,2}[)\]]?")
_DASHES = ("-", "–", "—")
"""Alone in a cell they stand for nothing."""
_SUM = re.compile(r"^(?:รวม|ผลรวม|ค่าเฉลี่ย)")


@dataclass(slots=True)
class MeasureRow:
    """A measure as its row tells it: only what the table has columns for, and no blank cell.

    ``values``: fields of a measure; ``progress``: fields by round. ``number`` is what its row calls
    it, "" where there is no such column. ``continued``: it goes on the row before. ``kind`` None:
    the table names measures by their number alone.
    """

    cell: str
    kind: MeasureKind | None
    number: str = ""
    continued: bool = False
    values: dict[str, Any] = field(default_factory=dict)
    progress: dict[Round, dict[str, Any]] = field(default_factory=dict)


@dataclass(slots=True)
class Reading:
    """What the rows of one table say.

    ``problems``: cells that can't be read, each with a sentence; they are left out.
    ``used`` and ``passed``: how many rows became something, and how many did not and why.
    """

    problems: list[Note] = field(default_factory=list)
    used: int = 0
    passed: dict[str, int] = field(default_factory=dict)
    measures: list[MeasureRow] = field(default_factory=list)
    scores: dict[str, Decimal] = field(default_factory=dict)
    respondents: dict[str, int] = field(default_factory=dict)
    level: str = ""
    disclosures: dict[str, dict[str, Any]] = field(default_factory=dict)
    office: dict[str, str] = field(default_factory=dict)
    people: list[dict[str, str]] = field(default_factory=list)

    def skip(self, why: str) -> None:
        """Count a row that is not used."""
        self.passed[why] = self.passed.get(why, 0) + 1


@dataclass(frozen=True, slots=True)
class Setting:
    """What the rows are read for.

    ``year``: the measure year, or the assessed year of scores and of the OIT list. ``round``: of
    columns of progress that name none. ``framework``: of the assessed year whose codes the rows
    name. ``office_labels``: label in the own form -> field of the office.
    """

    year: int
    round: Round
    framework: Framework
    office_labels: dict[str, str] = field(default_factory=dict)


def read_rows(table: RawTable, layout: Layout, setting: Setting) -> Reading:
    """Read the rows below the heading."""
    worker = _Worker(table, layout, setting)
    readers: dict[TableKind, Callable[[int], None]] = {
        TableKind.SCORES: worker.score,
        TableKind.MEASURES: worker.measure,
        TableKind.GUIDELINES: worker.measure,
        TableKind.DISCLOSURES: worker.disclosure,
        TableKind.OFFICE: worker.office,
        TableKind.PEOPLE: worker.person,
    }
    read = readers[layout.kind]
    heads = [_heads(table, layout, at) for at in range(table.width)]
    for row in range(layout.body, len(table.rows)):
        texts = table.rows[row]
        if not any(text.strip() for text in texts):
            worker.reading.skip("แถวว่าง")
        elif _is_heading(texts, heads) or _is_numbering(texts):
            worker.reading.skip("หัวตารางซ้ำ")
        else:
            read(row)
    return worker.reading


def _heads(table: RawTable, layout: Layout, column: int) -> set[str]:
    """What the heading says over a column."""
    return {plain(table.cell(row, column)) for row in range(layout.top, layout.body)}


def _is_heading(texts: tuple[str, ...], heads: list[set[str]]) -> bool:
    """Whether a row is the heading again, as at the top of each page of a Word table."""
    found = [(plain(text), head) for text, head in zip(texts, heads, strict=True) if text.strip()]
    return len(found) >= 2 and all(text in head for text, head in found)


def _is_numbering(texts: tuple[str, ...]) -> bool:
    """Whether a row only numbers the columns: (1) (2) (3)."""
    found = [to_arabic(text.strip()) for text in texts if text.strip()]
    if len(found) < 3 or not all(_NUMBERED.fullmatch(text) for text in found):
        return False
    numbers = [int(re.sub(r"\D", "", text)) for text in found]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] == 1


class _Worker:
    """Reads the rows of one table one after the other."""

    def __init__(self, table: RawTable, layout: Layout, setting: Setting) -> None:
        self.table = table
        self.layout = layout
        self.setting = setting
        self.reading = Reading()
        self.section: tuple[str, ...] = ()
        self.columns = {key: at for at, key in enumerate(layout.keys) if key}

    def text(self, row: int, key: str) -> str:
        """The text of the row's cell in the column of a field."""
        text = self.table.cell(row, self.columns[key]).strip() if key in self.columns else ""
        return "" if text in _DASHES else text

    def cell(self, row: int, key: str) -> str:
        """The name of that cell."""
        return self.table.name_of(row, self.columns.get(key, 0))

    def complain(self, row: int, key: str, sentence: str) -> None:
        """List a cell that can't be read."""
        text = one_line(self.text(row, key).replace("\n", " "), 30)
        told = f"“{text}” {sentence}" if text else sentence
        self.reading.problems.append(Note(self.cell(row, key), told))

    def tried(self, row: int, key: str, read: Callable[[str], Any]) -> Any:
        """What ``read`` makes of a cell; None for a blank one and one that can't be read."""
        text = self.text(row, key)
        if not text:
            return None
        try:
            return read(text)
        except ValueError as error:
            self.complain(row, key, str(error))
            return None

    # --- scores ------------------------------------------------------------------------------

    def score(self, row: int) -> None:
        code_text, name = self.text(row, "code"), self.text(row, "name")
        if plain(code_text).startswith(RESPONDENTS):
            self._respondents(row, code_text)
            return
        if plain(code_text) == LEVEL:
            self.reading.level = self.text(row, "score")
            self.reading.used += bool(self.reading.level)
            return
        try:
            code = read_code(code_text, name, self.setting.framework)
        except ValueError as error:
            self.complain(row, "code", str(error))
            return
        text = self.text(row, "score")
        if code is None:
            self._no_code(row, text)
            return
        if not text:
            self.reading.skip("แถวที่ไม่มีคะแนน")
            return
        try:
            score = parse_score(text)
        except ScoreTextError as error:
            self.complain(row, "score", str(error))
            return
        if score is not None:
            self._keep_score(row, code, score)

    def _keep_score(self, row: int, code: str, score: Decimal) -> None:
        before = self.reading.scores.get(code)
        if before is not None and before != score:
            sentence = f"ข้อ {code} มีคะแนนสองค่าในตาราง ({before} และ {score}) โปรดเหลือค่าเดียว"
            self.complain(row, "score", sentence)
            return
        self.reading.scores[code] = score
        self.reading.used += 1

    def _no_code(self, row: int, text: str) -> None:
        name = self.text(row, "name") or self.text(row, "code")
        if not text:
            self.reading.skip("แถวหัวข้อ")
        elif _SUM.match(plain(name)):
            self.reading.skip("แถวรวมหรือเฉลี่ย")
        else:
            key = "name" if self.text(row, "name") else "code"
            year = self.setting.year
            self.complain(row, key, f"ไม่ตรงกับข้อใดของกรอบปี {year} โปรดแก้ชื่อหรือใส่รหัส")

    def _respondents(self, row: int, code_text: str) -> None:
        code = re.sub(r"[^A-Za-z]", "", code_text).upper()
        text = to_arabic(self.text(row, "score")).replace(",", "")
        if not text:
            return
        known = {instrument.code for instrument in self.setting.framework.instruments}
        number = int(text) if re.fullmatch(r"[0-9]{1,7}", text) else 0
        if code not in known or not 1 <= number <= MOST_RESPONDENTS:
            self.complain(row, "score", "จำนวนผู้ตอบต้องเป็นจำนวนเต็มตั้งแต่ ๑ ขึ้นไป")
            return
        self.reading.respondents[code] = number
        self.reading.used += 1

    # --- measures ----------------------------------------------------------------------------

    def measure(self, row: int) -> None:
        if self._is_section(row):
            return
        kind = self._kind(row)
        head = self.text(row, "indicators" if kind is MeasureKind.GUIDELINE else "title")
        number = self._number(row)
        found = MeasureRow(self.cell(row, "title"), kind, number)
        further = WAY in self.text(row, "kind")
        goes_on = bool(self.reading.measures) and (further or not (head or number))
        self._fields(row, found)
        self._progress(row, found)
        if not found.values and not found.progress:
            self.reading.skip("แถวที่ไม่มีข้อมูล")
        elif goes_on:
            self._go_on(found, further=further)
        elif not head and not (number and kind is not MeasureKind.MEASURE):
            what = "ตัวชี้วัดของแนวทาง" if kind is MeasureKind.GUIDELINE else "ชื่อมาตรการ"
            key = "title" if "title" in self.columns else "indicators"
            self.complain(row, key, f"แถวนี้ไม่มี{what} โปรดเติมในตาราง")
        else:
            if kind is MeasureKind.MEASURE and self.section:
                found.values.setdefault("indicators", self.section)
            self.reading.measures.append(found)
            self.reading.used += 1

    def _number(self, row: int) -> str:
        found = re.match(r"^[^0-9]{0,12}([0-9]{1,3})(?![0-9])", to_arabic(self.text(row, "number")))
        return found[1] if found else ""

    def _is_section(self, row: int) -> bool:
        """A row with one text across the table heads the rows below: it may name an indicator."""
        texts = [text.strip() for text in self.table.rows[row] if text.strip()]
        if len(set(texts)) != 1 or len(self.columns) < 3:
            return False
        bare = plain(texts[0])
        if not re.match("ตัวชี้วัด|ประเด็น|เครื่องมือ|แบบวัด|iit|eit|oit|ด้าน|ส่วนที่|รวม", bare):
            return False
        try:
            self.section = read_indicators(texts[0], self.setting.framework)
        except ValueError:
            self.section = ()
        self.reading.skip("แถวหัวข้อ")
        return True

    def _kind(self, row: int) -> MeasureKind | None:
        if self.layout.kind is TableKind.GUIDELINES or "แนวทาง" in self.text(row, "kind"):
            return MeasureKind.GUIDELINE
        return MeasureKind.MEASURE if "title" in self.columns else None

    def _fields(self, row: int, found: MeasureRow) -> None:
        framework = self.setting.framework
        for key in _TEXTS:
            if text := self.text(row, key):
                found.values[key] = " ".join(text.split()) if key == "title" else text
        readers: tuple[tuple[str, Callable[[str], Any]], ...] = (
            ("indicators", lambda text: read_indicators(text, framework)),
            ("issues", lambda text: read_issues(text, framework)),
            ("items", lambda text: read_items(text, framework)),
        )
        for key, read in readers:
            value = self.tried(row, key, read)
            if value is not None:
                found.values[key] = value
        if found.kind is MeasureKind.GUIDELINE:
            found.values.pop("title", None)
        period = self.tried(row, "period", lambda text: read_period(text, self.setting.year))
        if period is not None:
            names = ("first_month", "last_month", "day")
            found.values.update(zip(names, period, strict=True))
        day = self.tried(row, "day", parse_thai_date)
        if day is not None:
            month = (day.month + 2) % 12 + 1
            found.values.update(first_month=month, last_month=month, day=day)
        self._months(row, found)

    def _months(self, row: int, found: MeasureRow) -> None:
        """Months in columns of their own, as in the program's form."""
        months: dict[str, int] = {}
        for key in ("first_month", "last_month"):
            period = self.tried(row, key, lambda text: read_period(text, self.setting.year))
            if period is not None:
                months[key] = period[0]
        if months.get("first_month", 1) > months.get("last_month", 12):
            self.complain(row, "last_month", "เดือนสิ้นสุดอยู่ก่อนเดือนเริ่ม โปรดแก้ลำดับเดือน")
            return
        found.values.update(months)

    def _progress(self, row: int, found: MeasureRow) -> None:
        ticks: dict[Round, list[str]] = {}
        for key in self.columns:
            bare, which = bare_key(key), round_of(key) or self.setting.round
            if bare in _TICKS:
                if self.tried(row, key, read_tick):
                    ticks.setdefault(which, []).append(key)
            elif bare == "status":
                status = self.tried(row, key, read_status)
                if status is not None:
                    found.progress.setdefault(which, {})["status"] = status
            elif bare in _PROGRESS_TEXTS and (text := self.text(row, key)):
                found.progress.setdefault(which, {})[bare] = text
        for which, keys in ticks.items():
            if len(keys) > 1:
                self.complain(row, keys[1], "มีเครื่องหมายสถานะมากกว่าหนึ่งช่อง โปรดเลือกสถานะเดียว")
            else:
                found.progress.setdefault(which, {})["status"] = _TICKS[bare_key(keys[0])]

    def _go_on(self, found: MeasureRow, *, further: bool) -> None:
        """A row without a name goes on the one above: more points, or a way of its own."""
        self.reading.used += 1
        above = self.reading.measures[-1]
        if further or "owners" in found.values or "first_month" in found.values:
            found.continued = True
            found.kind = above.kind
            found.values.pop("title", None)
            self.reading.measures.append(found)
            return
        for key, value in found.values.items():
            if key in _TEXTS and key in above.values:
                above.values[key] = f"{above.values[key]}\n{value}"
            else:
                above.values.setdefault(key, value)
        for which, values in found.progress.items():
            there = above.progress.setdefault(which, {})
            for key, value in values.items():
                joined = isinstance(value, str) and key in there
                there[key] = f"{there[key]}\n{value}" if joined else there.get(key, value)

    # --- the OIT list ------------------------------------------------------------------------

    def disclosure(self, row: int) -> None:
        code = self._oit_code(row)
        values: dict[str, Any] = {
            key: " ".join(text.split()) if key == "url" else text
            for key in ("url", "explanation", "owner", "checked_by")
            if (text := self.text(row, key))
        }
        disclosed = self.tried(row, "disclosed", _disclosed)
        if disclosed is not None:
            values["disclosed"] = disclosed
        day: date | None = self.tried(row, "day", parse_thai_date)
        if day is not None:
            values["day"] = day
        if not values:
            self.reading.skip("แถวที่ไม่มีข้อมูล")
        elif code is None:
            key = "code" if self.text(row, "code") else "name"
            year = self.setting.year
            self.complain(row, key, f"ไม่ตรงกับข้อ OIT ใดของปี {year} โปรดใส่รหัส เช่น o12")
        elif code in self.reading.disclosures:
            self._more_of(code, values)
        else:
            self.reading.disclosures[code] = values
            self.reading.used += 1

    def _more_of(self, code: str, values: dict[str, Any]) -> None:
        """A second row of the same item: its addresses go on in the explanation."""
        there = self.reading.disclosures[code]
        extra = [text for key in ("url", "explanation") if (text := values.get(key))]
        there["explanation"] = "\n".join(filter(None, [there.get("explanation", ""), *extra]))
        self.reading.used += 1

    def _oit_code(self, row: int) -> str | None:
        codes = [item.code for item in oit_items(self.setting.framework)]
        bare = to_arabic(self.text(row, "code")).replace(" ", "").lower()
        match = re.fullmatch(r"(?:ข้อ)?(?:ที่)?o?([0-9]{1,2})\.?", bare)
        if match and f"o{int(match[1])}" in codes:
            return f"o{int(match[1])}"
        try:
            found = read_code("", self.text(row, "name"), self.setting.framework)
        except ValueError:
            return None
        return found if found in codes else None

    # --- office and people -------------------------------------------------------------------

    def office(self, row: int) -> None:
        label, value = self.text(row, "label"), self.text(row, "value")
        name = self.setting.office_labels.get(plain(label))
        if name is None:
            self.reading.skip("แถวที่ไม่รู้จัก")
        elif value:
            self.reading.office[name] = value
            self.reading.used += 1

    def person(self, row: int) -> None:
        keys = ("role", "title", "given_name", "family_name", "position", "acting")
        person = {key: " ".join(self.text(row, key).split()) for key in keys}
        if not person["given_name"]:
            self.reading.skip("แถวที่ไม่มีชื่อ")
            return
        self.reading.people.append(person)
        self.reading.used += 1


def _disclosed(text: str) -> bool | None:
    """The words of the OIT page, and a tick."""
    try:
        return read_disclosed(text)
    except ValueError as unknown:
        try:
            return read_tick(text)
        except ValueError:
            raise unknown from None


def disclosures_of(reading: Reading, present: dict[str, Disclosure]) -> dict[str, Disclosure]:
    """The OIT list as it will be: what the rows do not say stays."""
    from dataclasses import replace

    return {
        code: replace(present.get(code) or Disclosure(code), **values)
        for code, values in reading.disclosures.items()
    }


def identity(measure: Measure) -> str:
    """By what a measure is known again: its title, a guideline its indicator."""
    if measure.kind is MeasureKind.GUIDELINE and not measure.title:
        return f"g:{measure.indicators[0] if measure.indicators else ''}"
    return f"m:{plain(measure.title)}"


def groups(measures: list[Any]) -> Iterator[list[Any]]:
    """Each measure with its further ways behind it."""
    group: list[Any] = []
    for measure in measures:
        if group and not measure.continued:
            yield group
            group = []
        group.append(measure)
    if group:
        yield group
