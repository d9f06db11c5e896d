"""A fiscal year's assessment framework, as data.

A framework is one JSON file (``resources/frameworks/`` or an office's own, kept in its data file).
No year appears in code: what a year asks, weighs and calls things is read from its file, and a file
that is wrong is refused with its name, the place in it and the mend.

The layout of the file is described in ``docs/framework.md`` and, for machines, in
``resources/schemas/framework.schema.json``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import Enum
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import NoReturn

LAYOUT = 1
"""Version of the file layout that this program reads and writes (key ``layout``)."""

FIRST_YEAR, LAST_YEAR = 2500, 2700
"""Fiscal years (Buddhist era) that a framework can be for; anything else is a slip of typing."""

SIZE_LIMIT = 2_000_000
"""Largest file that is read, in bytes; the shipped ones are under 60 kB."""


class Confidence(Enum):
    """How sure a part of a framework is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Item:
    """One question or disclosure (i1, e1, o1), the leaf of the score tree."""

    code: str
    title: str
    negative: bool = False
    """Worded negatively: a high score means the bad thing does not happen."""
    answers: tuple[Decimal, ...] = ()
    """What one answer can be worth, ascending; empty when not known."""
    parts: int = 1
    """Sub-questions each respondent answers; the item is their mean."""
    confidence: Confidence = Confidence.HIGH
    part_texts: tuple[str, ...] = ()
    """Texts of the sub-questions in order, ``parts`` of them; empty when not known or only one."""
    negative_parts: tuple[int, ...] = ()
    """Numbers (from 1) of the sub-questions worded negatively, when only some of them are."""
    also_printed: tuple[str, ...] = ()
    """Other titles seen on paper that mean this item; not the official one."""


@dataclass(frozen=True, slots=True)
class SubIndicator:
    """A sub-indicator of an OIT indicator (9.1 …)."""

    code: str
    name: str
    items: tuple[Item, ...]
    also_printed: tuple[str, ...] = ()
    """Other names seen on paper; not the official one."""


@dataclass(frozen=True)
class Indicator:
    """An indicator (ตัวชี้วัด). It has either ``subindicators`` or ``own_items``."""

    code: str
    name: str
    own_items: tuple[Item, ...] = ()
    subindicators: tuple[SubIndicator, ...] = ()
    also_printed: tuple[str, ...] = ()
    """Other names seen on paper; not the official one."""

    @property
    def items(self) -> tuple[Item, ...]:
        """All items under the indicator in order."""
        if self.subindicators:
            return tuple(item for sub in self.subindicators for item in sub.items)
        return self.own_items


@dataclass(frozen=True, slots=True)
class InstrumentPart:
    """A part of an instrument that is collected on its own (EIT part 1 and part 2)."""

    name: str
    share: Decimal
    """What the part counts in the instrument, 0..1; the shares of an instrument sum to 1."""


@dataclass(frozen=True)
class Instrument:
    """IIT, EIT or OIT with its weight in the total (weights sum to 1)."""

    code: str
    name: str
    weight: Decimal
    indicators: tuple[Indicator, ...]
    parts: tuple[InstrumentPart, ...] = ()
    """How it is collected in parts; empty: in one. ``Framework.confidence["instrument_parts"]``."""

    @property
    def label(self) -> str:
        """The code and the Thai name, the English one in brackets left out."""
        return f"{self.code} {self.name.partition(' (')[0]}"


@dataclass(frozen=True, slots=True)
class LevelRule:
    """A level that fits when the total and, where given, each instrument reach these minima."""

    level: str
    total_min: Decimal
    each_instrument_min: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """One of the seven issues (ประเด็น) that regroup items of all instruments."""

    no: int
    name: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Framework:
    """All that one fiscal year's assessment asks and how it is scored."""

    year: int
    instruments: tuple[Instrument, ...]
    levels: tuple[LevelRule, ...]
    pass_mark: Decimal
    issues: tuple[Issue, ...] = ()
    crosswalk: dict[str, str | None] = field(default_factory=dict)
    """Item code of this year -> code of the same question in ``crosswalk_year``; None: has none."""
    crosswalk_year: int | None = None
    measures_code: str = ""
    """OIT item that asks for the measures document (o42 … o25)."""
    report_code: str = ""
    """OIT item that asks for the report on the measures (o43 … o26)."""
    confidence: dict[str, Confidence] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    based_on: int | None = None
    """Set when no framework is published for this year and another year's stands in."""
    source: str = ""
    """Where the figures come from, in Thai, for the clerk."""
    crosswalk_unsure: dict[str, Confidence] = field(default_factory=dict)
    """Item codes whose crosswalk entry is less sure than ``confidence["crosswalk"]``."""

    @property
    def provisional(self) -> bool:
        """True when the window must say that the year is not confirmed."""
        overall = self.confidence.get("overall", Confidence.HIGH)
        return self.based_on is not None or overall in (Confidence.LOW, Confidence.NONE)

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """Indicator by code ("1" … "10"), in order."""
        return {ind.code: ind for inst in self.instruments for ind in inst.indicators}

    @cached_property
    def items(self) -> dict[str, Item]:
        """Item by code, in order."""
        return {item.code: item for ind in self.indicators.values() for item in ind.items}

    def crosswalk_trust(self, code: str) -> Confidence:
        """How sure the crosswalk entry of an item is: the least of entry, crosswalk and item."""
        entry = self.crosswalk_unsure.get(code)
        whole = entry or self.confidence.get("crosswalk", Confidence.HIGH)
        own = self.items[code].confidence if code in self.items else Confidence.NONE
        return max(whole, own, key=list(Confidence).index)

    def codes(self) -> Iterator[str]:
        """Every code a score can be entered at, "total" first, then in tree order."""
        yield "total"
        for instrument in self.instruments:
            yield instrument.code
            for indicator in instrument.indicators:
                yield indicator.code
                for sub in indicator.subindicators:
                    yield sub.code
                    yield from (item.code for item in sub.items)
                yield from (item.code for item in indicator.own_items)


class FrameworkError(Exception):
    """A framework file cannot be used. ``str(error)`` is one plain Thai sentence for the clerk."""

    def __init__(self, name: str, place: str, problem: str, mend: str) -> None:
        super().__init__(name, place, problem, mend)
        self.name = name
        """File name as the clerk knows it."""
        self.place = place
        """Where in the file (``instruments[1].weight``), a line and column, or "$": all of it."""
        self.problem = problem
        """What is wrong, in Thai."""
        self.mend = mend
        """What to do about it, in Thai."""

    def __str__(self) -> str:
        where = "" if self.place == "$" else f"ที่ {self.place} "
        return (
            f"ใช้แฟ้มกรอบการประเมิน {_flat(self.name)} ไม่ได้ เพราะ{where}{self.problem} โปรด{self.mend}"
        )


_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.\-]{0,19}", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,3}(\.[0-9]{1,6})?", re.ASCII)
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]")
_TEXT_LIMIT = 2000
_HUNDRED = Decimal(100)
_ONE = Decimal(1)


class _JsonObject(dict[str, object]):
    """A JSON object as read from a file; remembers a key that was written twice."""

    twice: str | None = None


def _flat(text: str) -> str:
    """A text as it may stand in an error sentence: short, one line."""
    if len(text) <= 40 and text.isprintable():
        return text
    line = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[:40])
    return f"{line}…" if len(text) > len(line) else line


def _shown(value: object) -> str:
    """A value as it may stand in an error sentence; never fails, however odd the value."""
    match value:
        case str():
            return f'"{_flat(value)}"'
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value) if abs(value) < 10**12 else "ตัวเลขที่ยาวมาก"
        case dict():
            return "กลุ่มข้อมูล {…}"
        case list() | tuple():
            return "รายการ […]"
        case _:
            return "ตัวเลขทศนิยมหรือข้อมูลชนิดอื่น"


class _Reader:
    """What the reading of one file knows: its name, and the codes that are taken."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.taken: dict[str, str] = {"total": "รหัสสงวนของคะแนนรวม"}


class _Node:
    """One value of the file with its place; each reading method returns it checked or refuses."""

    __slots__ = ("place", "reader", "value")

    def __init__(self, reader: _Reader, place: str, value: object) -> None:
        self.reader = reader
        self.place = place
        self.value = value

    def fail(self, problem: str, mend: str) -> NoReturn:
        """Refuse the file because of this value."""
        raise FrameworkError(self.reader.name, self.place or "$", problem, mend)

    def at(self, key: str | int, value: object) -> _Node:
        """The value under a key or number of this one."""
        if isinstance(key, int):
            return _Node(self.reader, f"{self.place}[{key}]", value)
        return _Node(self.reader, f"{self.place}.{key}" if self.place else key, value)

    def entries(self) -> dict[str, _Node]:
        """An object with any keys."""
        value = self.value
        if not isinstance(value, dict):
            self.fail(f"ต้องเป็นกลุ่มข้อมูล {{…}} แต่พบ {_shown(value)}", "แก้ตามตัวอย่างในแฟ้มของปีอื่น")
        if isinstance(value, _JsonObject) and value.twice is not None:
            self.at(_flat(value.twice), None).fail("มีชื่อนี้ซ้ำสองครั้งในก้อนเดียวกัน", "เหลือไว้เพียงครั้งเดียว")
        found: dict[str, _Node] = {}
        for key, inner in value.items():
            if not isinstance(key, str):
                self.fail(f"มีชื่อที่ไม่ใช่ข้อความคือ {_shown(key)}", "ใช้ชื่อที่เป็นข้อความ")
            found[key] = self.at(_flat(key), inner)
        return found

    def fields(self, required: Sequence[str], optional: Sequence[str] = ()) -> dict[str, _Node]:
        """An object that has all the required keys and no key but these and the optional ones."""
        found = self.entries()
        for key, node in found.items():
            if key not in required and key not in optional:
                known = ", ".join((*required, *optional))
                node.fail("เป็นชื่อที่โปรแกรมไม่รู้จัก", f"แก้ตัวสะกดหรือลบออก (ใช้ได้: {known})")
        for key in required:
            if key not in found:
                self.at(key, None).fail("ไม่มีข้อมูลนี้", "เพิ่มข้อมูลนี้ตามตัวอย่างในแฟ้มของปีอื่น")
        return found

    def array(self, least: int = 1) -> list[_Node]:
        """A list with at least so many entries."""
        if not isinstance(self.value, (list, tuple)):
            self.fail(f"ต้องเป็นรายการ […] แต่พบ {_shown(self.value)}", "ใส่ไว้ในวงเล็บเหลี่ยม")
        if len(self.value) < least:
            self.fail(
                "ไม่มีรายการ" if least == 1 else "มีรายการไม่ครบ", f"เพิ่มให้มีอย่างน้อย {least} รายการ"
            )
        return [self.at(number, inner) for number, inner in enumerate(self.value)]

    def text(self) -> str:
        """A line of text that is not blank, without control characters or broken code points."""
        value = self.value
        if not isinstance(value, str):
            self.fail(f"ต้องเป็นข้อความ แต่พบ {_shown(value)}", "ใส่ข้อความในเครื่องหมายคำพูด")
        value = value.strip()
        if not value:
            self.fail("เป็นข้อความว่าง", "ใส่ข้อความ")
        if len(value) > _TEXT_LIMIT:
            self.fail(f"ยาวเกิน {_TEXT_LIMIT} ตัวอักษร", "ย่อให้สั้นลง")
        if _UNPRINTABLE.search(value):
            self.fail("มีอักขระควบคุมหรืออักขระเสียปนอยู่", "พิมพ์ข้อความนี้ใหม่ในบรรทัดเดียว")
        return value

    def code(self) -> str:
        """A code such as i1, o42, 9.1, IIT."""
        value = self.value
        if not isinstance(value, str) or not _CODE.fullmatch(value):
            self.fail(
                f"ต้องเป็นรหัส แต่พบ {_shown(value)}",
                "ใช้อักษรอังกฤษ ตัวเลขอารบิก จุด หรือขีด ไม่เกิน 20 ตัว เช่น o27",
            )
        return value

    def new_code(self) -> str:
        """A code that no other node of the score tree has (small and capital letters are one)."""
        code = self.code()
        before = self.reader.taken.setdefault(code.casefold(), self.place)
        if before != self.place:
            self.fail(f"ใช้รหัส {code} ซ้ำกับ {before}", "ใช้รหัสที่ไม่ซ้ำกัน")
        return code

    def number(self, highest: Decimal = _HUNDRED) -> Decimal:
        """A decimal written as text, from 0 to ``highest``; exact as written."""
        value = self.value
        if not isinstance(value, str) or not _NUMBER.fullmatch(value):
            self.fail(
                f"ต้องเป็นตัวเลขในเครื่องหมายคำพูด แต่พบ {_shown(value)}",
                'เขียนด้วยเลขอารบิก เช่น "0.30" หรือ "85"',
            )
        if Decimal(value) > highest:
            self.fail(f"มีค่า {value} ซึ่งเกิน {highest}", f"ใส่ค่าตั้งแต่ 0 ถึง {highest}")
        return Decimal(value)

    def whole(self, lowest: int, highest: int) -> int:
        """A whole number between two bounds."""
        value = self.value
        if not isinstance(value, int) or isinstance(value, bool):
            self.fail(f"ต้องเป็นจำนวนเต็ม แต่พบ {_shown(value)}", "เขียนเป็นเลขอารบิก ไม่มีเครื่องหมายคำพูด")
        if not lowest <= value <= highest:
            self.fail(f"มีค่า {_shown(value)}", f"ใส่ค่าตั้งแต่ {lowest} ถึง {highest}")
        return value

    def flag(self) -> bool:
        """true or false."""
        if not isinstance(self.value, bool):
            self.fail(f"ต้องเป็น true หรือ false แต่พบ {_shown(self.value)}", "ใส่ true หรือ false")
        return self.value

    def confidence(self) -> Confidence:
        """One of the confidence words."""
        words = [word.value for word in Confidence]
        if not isinstance(self.value, str) or self.value not in words:
            self.fail(f"ใช้คำ {_shown(self.value)} ซึ่งไม่รู้จัก", f"ใช้คำใดคำหนึ่งใน {', '.join(words)}")
        return Confidence(self.value)

    def texts(self) -> tuple[str, ...]:
        """A list of lines, possibly empty."""
        return tuple(node.text() for node in self.array(0))


def _read_parts(fields: dict[str, _Node]) -> tuple[int, tuple[str, ...], tuple[int, ...]]:
    """Number of sub-questions, their texts, and the numbers of the negative ones."""
    count, texts = 1, ()
    if node := fields.get("parts"):
        if isinstance(node.value, int):
            count = node.whole(1, 50)
        else:
            texts = tuple(part.text() for part in node.array(2))
            count = len(texts)
    negative: list[int] = []
    if node := fields.get("negative_parts"):
        for part in node.array():
            negative.append(part.whole(1, count))
            if sorted(set(negative)) != negative:
                part.fail("ไม่เรียงจากน้อยไปมากหรือซ้ำกัน", "เรียงเลขข้อย่อยจากน้อยไปมาก ไม่ซ้ำกัน")
    return count, texts, tuple(negative)


def _read_answers(node: _Node) -> tuple[Decimal, ...]:
    """What one answer can be worth, ascending; empty: not known."""
    answers: list[Decimal] = []
    for inner in node.array(0):
        answers.append(inner.number())
        if len(answers) > 1 and answers[-1] <= answers[-2]:
            inner.fail("ไม่มากกว่าค่าก่อนหน้า", "เรียงค่าของคำตอบจากน้อยไปมาก ไม่ซ้ำกัน")
    if len(answers) == 1:
        node.fail("มีค่าของคำตอบเพียงค่าเดียว", "ใส่ให้ครบทุกค่า หรือเว้นว่าง [] ถ้ายังไม่ทราบ")
    return tuple(answers)


def _read_item(node: _Node) -> Item:
    fields = node.fields(
        ("code", "title", "negative", "answers", "confidence"),
        ("parts", "negative_parts", "also_printed"),
    )
    parts, texts, negative_parts = _read_parts(fields)
    if negative_parts and fields["negative"].flag():
        fields["negative_parts"].fail("มีทั้งที่ทั้งข้อเป็นเชิงลบแล้ว", "ลบออก หรือแก้ negative เป็น false")
    return Item(
        code=fields["code"].new_code(),
        title=fields["title"].text(),
        negative=fields["negative"].flag(),
        answers=_read_answers(fields["answers"]),
        parts=parts,
        confidence=fields["confidence"].confidence(),
        part_texts=texts,
        negative_parts=negative_parts,
        also_printed=_read_optional_texts(fields, "also_printed"),
    )


def _read_optional_texts(fields: dict[str, _Node], key: str) -> tuple[str, ...]:
    return fields[key].texts() if key in fields else ()


def _read_items(node: _Node) -> tuple[Item, ...]:
    return tuple(_read_item(inner) for inner in node.array())


def _read_subindicator(node: _Node) -> SubIndicator:
    fields = node.fields(("code", "name", "items"), ("also_printed",))
    return SubIndicator(
        code=fields["code"].new_code(),
        name=fields["name"].text(),
        items=_read_items(fields["items"]),
        also_printed=_read_optional_texts(fields, "also_printed"),
    )


def _read_indicator(node: _Node) -> Indicator:
    fields = node.fields(("code", "name"), ("items", "subindicators", "also_printed"))
    own, subs = fields.get("items"), fields.get("subindicators")
    if own and subs:
        node.fail("มีทั้ง items และ subindicators", "เหลือไว้เพียงอย่างเดียว")
    if not own and not subs:
        node.at("items", None).fail("ไม่มีข้อคำถาม", "เพิ่ม items หรือ subindicators ให้ตัวชี้วัดนี้")
    return Indicator(
        code=fields["code"].new_code(),
        name=fields["name"].text(),
        own_items=_read_items(own) if own else (),
        subindicators=tuple(_read_subindicator(sub) for sub in subs.array()) if subs else (),
        also_printed=_read_optional_texts(fields, "also_printed"),
    )


def _read_part(node: _Node) -> InstrumentPart:
    fields = node.fields(("name", "share"))
    return InstrumentPart(fields["name"].text(), fields["share"].number(_ONE))


def _check_sum(node: _Node, what: str, shares: Sequence[Decimal]) -> None:
    """Refuse shares that do not sum to exactly 1."""
    if sum(shares) != 1:
        node.fail(f"{what}รวมกันได้ {sum(shares)}", f"แก้{what}ให้รวมกันได้ 1 พอดี")


def _read_instrument(node: _Node) -> Instrument:
    fields = node.fields(("code", "name", "weight", "indicators"), ("parts",))
    parts: tuple[InstrumentPart, ...] = ()
    if split := fields.get("parts"):
        parts = tuple(_read_part(part) for part in split.array(2))
        _check_sum(split, "สัดส่วนของส่วนย่อย", [part.share for part in parts])
    return Instrument(
        code=fields["code"].new_code(),
        name=fields["name"].text(),
        weight=fields["weight"].number(_ONE),
        indicators=tuple(_read_indicator(inner) for inner in fields["indicators"].array()),
        parts=parts,
    )


def _read_instruments(node: _Node) -> tuple[Instrument, ...]:
    instruments = tuple(_read_instrument(inner) for inner in node.array())
    _check_sum(node, "น้ำหนักของเครื่องมือ", [instrument.weight for instrument in instruments])
    return instruments


def _read_level(node: _Node) -> LevelRule:
    fields = node.fields(("level", "total_min"), ("each_instrument_min",))
    each = fields.get("each_instrument_min")
    minimum = each.number() if each and each.value is not None else None
    return LevelRule(fields["level"].text(), fields["total_min"].number(), minimum)


def _fits_below(rule: LevelRule, before: LevelRule) -> bool:
    """True when some score can reach ``rule`` though it did not fit the rule ``before`` it."""
    if rule.total_min == before.total_min:
        each = before.each_instrument_min
        return each is not None and (rule.each_instrument_min or Decimal(0)) < each
    return rule.total_min < before.total_min


def _read_levels(node: _Node) -> tuple[LevelRule, ...]:
    """Level rules in order, the first that fits counts; the last one fits every score."""
    rules: list[LevelRule] = []
    for inner in node.array():
        rule = _read_level(inner)
        if rules and not _fits_below(rule, rules[-1]):
            inner.at("total_min", None).fail(
                "ไม่ต่ำกว่าเกณฑ์ของระดับก่อนหน้า", "เรียงระดับจากเกณฑ์สูงไปหาเกณฑ์ต่ำ"
            )
        if any(rule.level == other.level for other in rules):
            inner.at("level", None).fail(f"ใช้ชื่อระดับ {_shown(rule.level)} ซ้ำ", "ใช้ชื่อระดับที่ไม่ซ้ำกัน")
        rules.append(rule)
    if rules[-1].total_min != 0 or rules[-1].each_instrument_min is not None:
        node.at(len(rules) - 1, None).fail(
            "เป็นระดับสุดท้ายแต่ไม่รับทุกคะแนน", 'ให้ระดับสุดท้ายมี total_min เป็น "0" และไม่มีเงื่อนไขรายเครื่องมือ'
        )
    return tuple(rules)


def _known_item(node: _Node, known: Mapping[str, Item]) -> str:
    """The code of an item that this year has."""
    code = node.code()
    if code not in known:
        node.fail(f"อ้างถึงข้อ {code} ซึ่งไม่มีในปีนี้", "แก้รหัสให้ตรงกับข้อที่มีใน instruments หรือลบออก")
    return code


def _read_issue(node: _Node, known: Mapping[str, Item]) -> Issue:
    fields = node.fields(("no", "name", "items"))
    items: list[str] = []
    for inner in fields["items"].array():
        items.append(_known_item(inner, known))
        if items[-1] in items[:-1]:
            inner.fail(f"มีข้อ {items[-1]} ซ้ำในประเด็นเดียวกัน", "เหลือไว้เพียงครั้งเดียว")
    return Issue(fields["no"].whole(1, 99), fields["name"].text(), tuple(items))


def _read_issues(node: _Node, known: Mapping[str, Item]) -> tuple[Issue, ...]:
    issues: list[Issue] = []
    for inner in node.array(0):
        issue = _read_issue(inner, known)
        if issues and issue.no <= issues[-1].no:
            inner.at("no", None).fail(
                f"มีเลขประเด็น {issue.no} ซ้ำหรือไม่เรียง", "เรียงเลขประเด็นจากน้อยไปมาก"
            )
        issues.append(issue)
    return tuple(issues)


@dataclass(frozen=True, slots=True)
class _Crosswalk:
    """The three crosswalk fields of a framework while it is read."""

    year: int | None = None
    items: dict[str, str | None] = field(default_factory=dict)
    unsure: dict[str, Confidence] = field(default_factory=dict)


def _read_crosswalk(node: _Node | None, year: int, known: Mapping[str, Item]) -> _Crosswalk:
    if node is None:
        return _Crosswalk()
    fields = node.fields(("year", "items"), ("unsure",))
    before = fields["year"].whole(FIRST_YEAR, year - 1)
    walk: dict[str, str | None] = {}
    for code, inner in fields["items"].entries().items():
        _known_item(_Node(inner.reader, inner.place, code), known)
        walk[code] = None if inner.value is None else inner.code()
    unsure: dict[str, Confidence] = {}
    for code, inner in fields["unsure"].entries().items() if "unsure" in fields else ():
        if walk.get(code) is None:
            inner.fail("ไม่มีคู่เทียบใน crosswalk.items", "แก้รหัสหรือลบออก")
        unsure[code] = inner.confidence()
    return _Crosswalk(before, walk, unsure)


def _read_confidence(node: _Node) -> dict[str, Confidence]:
    entries = node.entries()
    if "overall" not in entries:
        node.at("overall", None).fail("ไม่มีข้อมูลนี้", "ระบุความเชื่อมั่นโดยรวมของปีนี้")
    for key, inner in entries.items():
        if not re.fullmatch(r"[a-z][a-z_]{0,39}", key, re.ASCII):
            inner.fail("เป็นชื่อที่ใช้ไม่ได้", "ใช้อักษรอังกฤษตัวเล็กกับขีดล่าง เช่น oit_items")
    return {key: inner.confidence() for key, inner in entries.items()}


def _read_documents(node: _Node, known: Mapping[str, Item]) -> tuple[str, str]:
    """Codes of the items that ask for the measures and for the report on them."""
    fields = node.fields(("measures", "report"))
    codes = [_known_item(fields[key], known) for key in ("measures", "report")]
    if codes[0] == codes[1]:
        fields["report"].fail(f"ใช้ข้อ {codes[1]} ซ้ำกับ measures", "ระบุคนละข้อ")
    return codes[0], codes[1]


def _read_year(node: _Node) -> int:
    year = node.whole(FIRST_YEAR, LAST_YEAR)
    stem = re.sub(r"\.json$", "", node.reader.name, flags=re.IGNORECASE)
    if re.fullmatch(r"[0-9]{4}", stem) and int(stem) != year:
        node.fail(f"เป็นปี {year} ไม่ตรงกับชื่อแฟ้ม", "แก้ปีในแฟ้มหรือชื่อแฟ้มให้ตรงกัน")
    return year


def _read_based_on(node: _Node | None, year: int) -> int | None:
    if node is None:
        return None
    base = node.whole(FIRST_YEAR, LAST_YEAR)
    if base == year:
        node.fail("อ้างปีของตัวเอง", "ระบุปีอื่นที่นำมาใช้แทน หรือลบออก")
    return base


_REQUIRED = (
    "layout",
    "year",
    "source",
    "notes",
    "confidence",
    "pass_mark",
    "levels",
    "measure_documents",
    "instruments",
)
_OPTIONAL = ("based_on", "issues", "crosswalk")


def parse_framework(data: object, name: str) -> Framework:
    """A framework from decoded JSON data.

    ``name`` is the file name as the clerk knows it; when it is a year ("2569.json"), the year in
    the data must be the same. Raises FrameworkError, and nothing else, for data that is wrong.
    """
    fields = _Node(_Reader(name), "", data).fields(_REQUIRED, _OPTIONAL)
    fields["layout"].whole(LAYOUT, LAYOUT)
    year = _read_year(fields["year"])
    framework = Framework(
        year=year,
        instruments=_read_instruments(fields["instruments"]),
        levels=_read_levels(fields["levels"]),
        pass_mark=fields["pass_mark"].number(),
        confidence=_read_confidence(fields["confidence"]),
        notes=fields["notes"].texts(),
        based_on=_read_based_on(fields.get("based_on"), year),
        source=fields["source"].text(),
    )
    known = framework.items
    measures, report = _read_documents(fields["measure_documents"], known)
    walk = _read_crosswalk(fields.get("crosswalk"), year, known)
    return replace(
        framework,
        issues=_read_issues(fields["issues"], known) if "issues" in fields else (),
        crosswalk=walk.items,
        crosswalk_year=walk.year,
        crosswalk_unsure=walk.unsure,
        measures_code=measures,
        report_code=report,
    )


class _Collector:
    """Reads pieces of a file one by one and keeps what is wrong with each."""

    def __init__(self, name: str) -> None:
        self.reader = _Reader(name)
        self.found: dict[tuple[str, str], FrameworkError] = {}

    def ask(self, read: Callable[[], object]) -> None:
        """Do one reading and keep its refusal. A place is told once, by its smallest piece."""
        try:
            read()
        except FrameworkError as error:
            self.found.setdefault((error.place, error.problem), error)

    def pieces(self, node: _Node) -> None:
        """Everything under a node of the score tree, the smallest pieces first."""
        value = node.value
        if not isinstance(value, dict):
            return
        for key, read in _TREE.items():
            inner = value.get(key)
            if isinstance(inner, list):
                branch = node.at(key, inner)
                for piece in (branch.at(number, each) for number, each in enumerate(inner)):
                    self.pieces(piece)
                    self.ask(partial(read, piece))


_TREE: dict[str, Callable[[_Node], object]] = {
    "instruments": _read_instrument,
    "indicators": _read_indicator,
    "subindicators": _read_subindicator,
    "items": _read_item,
}
"""The branches of the score tree and who reads an entry of each."""


def framework_problems(data: Mapping[str, object], name: str) -> tuple[FrameworkError, ...]:
    """All that is wrong with decoded data, in the order of the file; empty: it can be used.

    ``parse_framework`` stops at the first mistake; who is typing wants to see every one. The same
    readers judge here, piece by piece, so nothing is said that they would not refuse.
    """
    try:
        parse_framework(data, name)
    except FrameworkError as error:
        whole = error
    else:
        return ()
    collector = _Collector(name)
    root = _Node(collector.reader, "", dict(data))
    collector.pieces(root)
    for key, read in _rest(data).items():
        if key in data:
            collector.ask(partial(read, root.at(key, data[key])))
    collector.ask(partial(_check_weights, root))
    if not any(_within(place, whole.place) for place, _ in collector.found):
        collector.found.setdefault((whole.place, whole.problem), whole)
    return tuple(collector.found.values())


def _check_weights(root: _Node) -> None:
    """The sum of the weights, also while something else of an instrument is wrong."""
    branch = root.entries().get("instruments")
    instruments = branch.array() if branch else []
    weights = [each.entries()["weight"] for each in instruments if "weight" in each.entries()]
    if instruments and len(weights) == len(instruments):
        node = root.at("instruments", None)
        _check_sum(node, "น้ำหนักของเครื่องมือ", [each.number(_ONE) for each in weights])


def _within(place: str, whole: str) -> bool:
    """Whether a place is the other one or lies under it."""
    return place == whole or place.startswith((f"{whole}.", f"{whole}["))


def _rest(data: Mapping[str, object]) -> dict[str, Callable[[_Node], object]]:
    """Who reads each key outside the branches of the score tree."""
    known = dict.fromkeys(_codes_in(data), Item("", ""))
    year = data.get("year")
    number = year if isinstance(year, int) and not isinstance(year, bool) else LAST_YEAR
    return {
        "layout": lambda node: node.whole(LAYOUT, LAYOUT),
        "year": _read_year,
        "based_on": lambda node: _read_based_on(node, number),
        "source": _Node.text,
        "notes": _Node.texts,
        "confidence": _read_confidence,
        "pass_mark": _Node.number,
        "levels": _read_levels,
        "instruments": _read_instruments,
        "measure_documents": lambda node: _read_documents(node, known),
        "issues": lambda node: _read_issues(node, known),
        "crosswalk": lambda node: _read_crosswalk(node, number, known),
    }


def _codes_in(branch: object) -> Iterator[str]:
    """Codes of the items in data that may be wrong elsewhere."""
    if not isinstance(branch, Mapping):
        return
    for key in _TREE:
        inner = branch.get(key)
        for each in inner if isinstance(inner, list) else ():
            if key == "items" and isinstance(each, Mapping) and isinstance(each.get("code"), str):
                yield each["code"]
            yield from _codes_in(each)


def _json_object(pairs: list[tuple[str, object]]) -> _JsonObject:
    found = _JsonObject(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                found.twice = key
            seen.add(key)
    return found


def _no_constant(word: str) -> NoReturn:
    raise ValueError(word)


def read_framework(content: bytes | str, name: str) -> Framework:
    """A framework from the content of a file (UTF-8, a byte order mark is allowed).

    Raises FrameworkError, and nothing else, for content that is wrong.
    """
    if len(content) > SIZE_LIMIT:
        limit = f"{SIZE_LIMIT // 1_000_000} ล้านไบต์"
        raise FrameworkError(name, "$", f"แฟ้มใหญ่เกิน {limit}", "ตรวจว่าเลือกแฟ้มถูกต้อง")
    try:
        text = content.decode("utf-8") if isinstance(content, bytes) else content
        data: object = json.loads(
            text.removeprefix("\ufeff"),
            object_pairs_hook=_json_object,
            parse_constant=_no_constant,
        )
    except UnicodeDecodeError:
        mend = "เปิดแฟ้มแล้วบันทึกใหม่โดยเลือกการเข้ารหัส UTF-8"
        raise FrameworkError(name, "$", "แฟ้มไม่ได้เข้ารหัสแบบ UTF-8", mend) from None
    except json.JSONDecodeError as error:
        place = f"บรรทัด {error.lineno} ตัวที่ {error.colno}"
        mend = "ตรวจเครื่องหมายจุลภาค คำพูด และวงเล็บใกล้ตำแหน่งนี้"
        raise FrameworkError(name, place, "รูปแบบ JSON ผิด", mend) from None
    except ValueError:
        mend = "ลบค่า NaN, Infinity หรือตัวเลขที่ยาวผิดปกติออก"
        raise FrameworkError(name, "$", "มีตัวเลขที่ใช้ไม่ได้", mend) from None
    except RecursionError:
        mend = "ตรวจว่าเลือกแฟ้มถูกต้อง"
        raise FrameworkError(name, "$", "ข้อมูลซ้อนกันลึกเกินไป", mend) from None
    return parse_framework(data, name)


def load_framework(path: Path) -> Framework:
    """A framework from a file. Raises FrameworkError, and nothing else, when it cannot be used."""
    try:
        with path.open("rb") as file:
            content = file.read(SIZE_LIMIT + 1)
    except (OSError, ValueError) as error:
        reason = "ไม่พบแฟ้ม" if isinstance(error, FileNotFoundError) else "เปิดอ่านแฟ้มไม่ได้"
        mend = "ตรวจว่าแฟ้มยังอยู่และไม่ได้ถูกโปรแกรมอื่นใช้งานอยู่"
        raise FrameworkError(path.name, "$", reason, mend) from None
    return _read_file(content, path.name)


@lru_cache(maxsize=16)
def _read_file(content: bytes, name: str) -> Framework:
    """The same bytes are taken apart once: every file that is opened asks for the same years."""
    return read_framework(content, name)


def _item_data(item: Item) -> dict[str, object]:
    data: dict[str, object] = {
        "code": item.code,
        "title": item.title,
        "negative": item.negative,
        "answers": [format(answer, "f") for answer in item.answers],
        "confidence": item.confidence.value,
    }
    if item.parts != 1:
        data["parts"] = list(item.part_texts) or item.parts
    if item.negative_parts:
        data["negative_parts"] = list(item.negative_parts)
    return data | _also(item)


def _also(node: Item | SubIndicator | Indicator) -> dict[str, object]:
    return {"also_printed": list(node.also_printed)} if node.also_printed else {}


def _indicator_data(indicator: Indicator) -> dict[str, object]:
    data: dict[str, object] = {"code": indicator.code, "name": indicator.name} | _also(indicator)
    if not indicator.subindicators:
        return data | {"items": [_item_data(item) for item in indicator.own_items]}
    data["subindicators"] = [
        {"code": sub.code, "name": sub.name}
        | _also(sub)
        | {"items": [_item_data(item) for item in sub.items]}
        for sub in indicator.subindicators
    ]
    return data


def _instrument_data(instrument: Instrument) -> dict[str, object]:
    data: dict[str, object] = {
        "code": instrument.code,
        "name": instrument.name,
        "weight": format(instrument.weight, "f"),
    }
    if instrument.parts:
        data["parts"] = [
            {"name": part.name, "share": format(part.share, "f")} for part in instrument.parts
        ]
    data["indicators"] = [_indicator_data(indicator) for indicator in instrument.indicators]
    return data


def _level_data(rule: LevelRule) -> dict[str, object]:
    data: dict[str, object] = {"level": rule.level, "total_min": format(rule.total_min, "f")}
    if rule.each_instrument_min is not None:
        data["each_instrument_min"] = format(rule.each_instrument_min, "f")
    return data


def _crosswalk_data(framework: Framework) -> dict[str, object]:
    data: dict[str, object] = {
        "year": framework.crosswalk_year,
        "items": dict(framework.crosswalk),
    }
    if framework.crosswalk_unsure:
        data["unsure"] = {code: word.value for code, word in framework.crosswalk_unsure.items()}
    return data


def framework_to_data(framework: Framework) -> dict[str, object]:
    """The framework as JSON data of the file layout; ``parse_framework`` gives it back equal."""
    data: dict[str, object] = {"layout": LAYOUT, "year": framework.year}
    if framework.based_on is not None:
        data["based_on"] = framework.based_on
    data |= {
        "source": framework.source,
        "notes": list(framework.notes),
        "confidence": {part: word.value for part, word in framework.confidence.items()},
        "pass_mark": format(framework.pass_mark, "f"),
        "levels": [_level_data(rule) for rule in framework.levels],
        "measure_documents": {
            "measures": framework.measures_code,
            "report": framework.report_code,
        },
        "instruments": [_instrument_data(instrument) for instrument in framework.instruments],
    }
    if framework.issues:
        data["issues"] = [
            {"no": issue.no, "name": issue.name, "items": list(issue.items)}
            for issue in framework.issues
        ]
    if framework.crosswalk_year is not None:
        data["crosswalk"] = _crosswalk_data(framework)
    return data


_SHORT_LIST = re.compile(
    r'\[\n\s+((?:"(?:[^"\\]|\\.)*"|\d+)(?:,\n\s+(?:"(?:[^"\\]|\\.)*"|\d+))*)\n\s*\]'
)


def framework_text(framework: Framework) -> str:
    """The framework as the text of a file: two spaces a level, a short list on one line."""

    def one_line(match: re.Match[str]) -> str:
        line = "[" + re.sub(r"\n\s+", " ", match[1]) + "]"
        return line if len(line) <= 80 else match[0]

    text = json.dumps(framework_to_data(framework), ensure_ascii=False, indent=2)
    return _SHORT_LIST.sub(one_line, text) + "\n"


def check_crosswalk(framework: Framework, previous: Framework) -> None:
    """Refuse a framework whose crosswalk names an item that ``previous`` does not have.

    A file can be read without its neighbour, so this is asked when both are at hand.
    """
    for code, before in framework.crosswalk.items():
        if before is not None and before not in previous.items:
            raise FrameworkError(
                f"{framework.year}.json",
                f"crosswalk.items.{code}",
                f"อ้างถึงข้อ {before} ซึ่งไม่มีในกรอบการประเมินปี {previous.year}",
                "แก้รหัสให้ตรงกับปีนั้น หรือใส่ null",
            )


def _year_files(files: Path | Iterable[Path]) -> dict[int, Path]:
    """Files, of a folder or listed, that are named after a year (2569.json), by year."""
    folder = files if isinstance(files, Path) else Path()
    try:
        files = sorted(files.iterdir() if isinstance(files, Path) else files)
    except OSError:
        mend = "ติดตั้งโปรแกรมใหม่ให้ครบ"
        raise FrameworkError(folder.name, "$", "ไม่พบโฟลเดอร์ของกรอบการประเมิน", mend) from None
    return {
        int(path.stem): path
        for path in files
        if path.suffix.lower() == ".json" and re.fullmatch(r"[0-9]{4}", path.stem)
    }


def shipped_frameworks(folder: Path) -> dict[int, Framework]:
    """All frameworks of a folder by year, ascending; FrameworkError for the first wrong one."""
    return {year: load_framework(path) for year, path in _year_files(folder).items()}


def _stand_in(base: Framework, year: int) -> Framework:
    """The framework of another year, re-dated, for a year that has none.

    The year before it either is ``base`` or is stood in for by ``base``, so its items have the
    same codes and the crosswalk is the identity.
    """
    note = (
        f"ยังไม่มีกรอบการประเมินของปีงบประมาณ พ.ศ. {year} ในโปรแกรม "
        f"จึงใช้กรอบการประเมินของปีงบประมาณ พ.ศ. {base.year} แทนไปก่อน "
        "เมื่อสำนักงาน ป.ป.ช. ประกาศแล้วให้นำแฟ้มกรอบการประเมินของปีนั้นเข้ามา"
    )
    sure = {
        part: max(word, Confidence.LOW, key=list(Confidence).index)
        for part, word in base.confidence.items()
    }
    return replace(
        base,
        year=year,
        based_on=base.based_on or base.year,
        confidence=sure | {"crosswalk": Confidence.LOW},
        notes=(note, *base.notes),
        crosswalk={code: code for code in base.items} if year > FIRST_YEAR else {},
        crosswalk_year=year - 1 if year > FIRST_YEAR else None,
        crosswalk_unsure={},
    )


class FrameworkShelf:
    """Frameworks by year: the shipped ones and the office's own, which win.

    A file is read when its year is first asked for. A year that has none gets the nearest earlier
    framework, else the nearest later one, re-dated and marked with ``based_on``.
    """

    def __init__(
        self,
        files: Path | Sequence[Path],
        own: Mapping[int, Framework | bytes | str] | None = None,
    ) -> None:
        """``files``: the program's, or the folder that holds them (``paths.data_files``).

        ``own``: the office's, as content or already read.
        """
        self._files = _year_files(files)
        self._folder_name = files.name if isinstance(files, Path) else "frameworks"
        self._own: dict[int, Framework | bytes | str] = dict(own or {})
        self._read: dict[int, Framework] = {}

    def years(self) -> tuple[int, ...]:
        """Years that have a framework of their own, ascending."""
        return tuple(sorted(self._files.keys() | self._own.keys()))

    def is_own(self, year: int) -> bool:
        """True when the year's framework is the office's own."""
        return year in self._own

    def file_of(self, year: int) -> Path | None:
        """The program's file of a year, shipped or of an update; None: there is none."""
        return self._files.get(year)

    def is_shipped(self, year: int) -> bool:
        """True when the program brings a framework of the year along."""
        return year in self._files

    def base_of(self, year: int) -> int:
        """The year whose framework stands in for one that has none: nearest earlier, else later."""
        return self._nearest(year)

    def get(self, year: int) -> Framework:
        """The framework of a year. Raises FrameworkError when its file is wrong."""
        if not FIRST_YEAR <= year <= LAST_YEAR:
            mend = f"ใช้ปี พ.ศ. ตั้งแต่ {FIRST_YEAR} ถึง {LAST_YEAR}"
            raise FrameworkError(f"{year}.json", "year", f"เป็นปี {year}", mend)
        if year not in self._read:
            self._read[year] = self._load(year)
        return self._read[year]

    def shipped(self, year: int) -> Framework | None:
        """The shipped framework of a year, also when the office has its own; None: not shipped."""
        path = self._files.get(year)
        return load_framework(path) if path else None

    def put(self, framework: Framework) -> None:
        """Add or replace the office's own framework of its year.

        Raises FrameworkError when its crosswalk names an item that the earlier year on the shelf
        does not have; nothing is changed then.
        """
        if framework.crosswalk_year in self.years():
            check_crosswalk(framework, self.get(framework.crosswalk_year))
        self._own[framework.year] = framework
        self._read.clear()

    def drop(self, year: int) -> None:
        """Take the office's own framework of a year away; the shipped one, if any, is back."""
        self._own.pop(year, None)
        self._read.clear()

    def drop_broken(self) -> tuple[int, ...]:
        """Drop the office's own frameworks that can't be read; returns their years, ascending.

        They were checked when they were taken in, so this is a damaged or foreign data file. What
        the program brings along counts for those years.
        """
        broken: list[int] = []
        for year in sorted(self._own):
            try:
                if not FIRST_YEAR <= year <= LAST_YEAR or self._load(year).year != year:
                    broken.append(year)
            except FrameworkError:
                broken.append(year)
        for year in broken:
            self.drop(year)
        return tuple(broken)

    def _load(self, year: int) -> Framework:
        own = self._own.get(year)
        if isinstance(own, Framework):
            return own
        if own is not None:
            return read_framework(own, f"{year}.json")
        if year in self._files:
            return load_framework(self._files[year])
        return _stand_in(self.get(self._nearest(year)), year)

    def _nearest(self, year: int) -> int:
        """The nearest earlier year on the shelf, else the nearest later one."""
        years = self.years()
        if not years:
            mend = "ติดตั้งโปรแกรมใหม่ให้ครบ หรือนำแฟ้มกรอบการประเมินเข้ามา"
            raise FrameworkError(self._folder_name, "$", "ไม่มีกรอบการประเมินของปีใดเลย", mend)
        return max((known for known in years if known < year), default=years[0])
