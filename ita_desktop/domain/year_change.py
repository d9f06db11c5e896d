"""ขึ้นปีใหม่: what of a year's plan and lists goes on into the next measure year.

Nothing is written here. ``YearChange`` compares the frameworks, and offers measures, guidelines,
texts and the OIT list one by one, each as it will be, with what happened to it on the way. Who is
asked ticks; ``brought`` is what the data file then takes in at once. People, chain, divisions,
letterhead and templates belong to no year and go on by themselves.

A measure year's measures speak of the analysed year (the year before), its OIT list of its own
year. So two pairs of frameworks are compared: codes of measures go from the old analysed year to
the new one, OIT items from the old measure year to the new one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property

from ita_desktop.domain.disclosure import oit_items
from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.framework import Framework
from ita_desktop.domain.framework_changes import Comparison, Level
from ita_desktop.domain.framework_effects import Years
from ita_desktop.domain.live import FIELD, KINDS, in_code
from ita_desktop.domain.measures import Measure, MeasureKind, Status
from ita_desktop.domain.papers import Disclosure
from ita_desktop.thai.digits import ADDRESS, THAI, to_arabic, to_thai

Choice = tuple[Level, str]
"""A code of the old year that has to be chosen anew: its level and the code."""


class Group(Enum):
    """What is brought over, in the order of the steps; ``heading`` is its Thai name."""

    MEASURE = "measure"
    GUIDELINE = "guideline"
    TEXT = "text"
    DISCLOSURE = "disclosure"

    @property
    def heading(self) -> str:
        """The Thai name."""
        return _HEADINGS[self]


_HEADINGS = {
    Group.MEASURE: "มาตรการ",
    Group.GUIDELINE: "แนวทางยกระดับ",
    Group.TEXT: "ข้อความในเอกสาร",
    Group.DISCLOSURE: "การเปิดเผยข้อมูล (OIT)",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that can be brought over, as it will be in the new year.

    ``key`` names its source and stays the same however often it is offered. ``why_not``: it is
    there already, so it can't be ticked. ``ticked`` is what is proposed. ``before`` and ``after``
    show it in plain lines; ``remarks`` are Thai sentences: what was changed, what to look at.
    """

    key: str
    group: Group
    title: str
    state: str
    ticked: bool
    before: str
    after: str
    remarks: tuple[str, ...] = ()
    why_not: str = ""
    measures: tuple[Measure, ...] = ()
    passages: Mapping[str, str] = field(default_factory=dict)
    disclosures: tuple[Disclosure, ...] = ()


@dataclass(frozen=True, slots=True)
class BroughtOver:
    """What the data file takes in for a new measure year, as one edit."""

    year: int
    measures: tuple[Measure, ...]
    passages: Mapping[str, str]
    disclosures: tuple[Disclosure, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToChoose:
    """A code used by what is brought over that has no certain heir; ``offered`` are likely ones."""

    level: Level
    old: str
    name: str
    offered: tuple[str, ...]


class YearChange:
    """The change from a measure year into the next one.

    ``chosen``: for codes without a certain heir, the new code, or "" for none.
    ``brought``: keys that were brought over into the new year before.
    """

    def __init__(
        self,
        dossier: Dossier,
        frameworks: Years,
        year: int,
        *,
        chosen: Mapping[Choice, str] | None = None,
        brought: Collection[str] = (),
    ) -> None:
        self.dossier = dossier
        self.year = year
        self.before = year - 1
        self.chosen = dict(chosen or {})
        self._brought = frozenset(brought)
        self.plan = Comparison(frameworks.get(year - 2), frameworks.get(year - 1))
        """Of the analysed years: what the codes of measures mean."""
        self.oit = Comparison(frameworks.get(year - 1), frameworks.get(year))
        """Of the measure years: the OIT lists."""

    # --- codes -----------------------------------------------------------------------------------

    @cached_property
    def to_choose(self) -> tuple[ToChoose, ...]:
        """Codes of measures that the new year does not have, or has several for."""
        measures = self.dossier.measures.get(self.before, ())
        used = dict.fromkeys(choice for each in measures for choice in self._used_by(each))
        found = (self._to_choose(level, old) for level, old in used)
        return tuple(each for each in found if each is not None)

    def _to_choose(self, level: Level, old: str) -> ToChoose | None:
        known = any(old in each.old for each in self.plan.differences if each.level is level)
        new = self.plan.codes_of(level, old)
        if len(new) == 1 or not known:
            return None
        return ToChoose(level, old, _name_of(self.plan.earlier, level, old), new)

    def new_code(self, level: Level, old: str) -> str:
        """The new year's code for an old one; "" when there is none."""
        new = self.plan.codes_of(level, old)
        if len(new) == 1:
            return new[0]
        return self.chosen.get((level, old), "")

    def codes_of_level(self, level: Level) -> dict[str, str]:
        """What can be chosen at a level in the new analysed year: code -> name."""
        framework = self.plan.later
        if level is Level.ISSUE:
            return {str(issue.no): issue.name for issue in framework.issues}
        if level is Level.INDICATOR:
            return {code: each.name for code, each in framework.indicators.items()}
        if level is Level.SUBINDICATOR:
            subs = (sub for each in framework.indicators.values() for sub in each.subindicators)
            return {sub.code: sub.name for sub in subs}
        return {code: item.title for code, item in framework.items.items()}

    def _codes(self, olds: Iterable[str], remarks: list[str]) -> tuple[str, ...]:
        found: list[str] = []
        for old in olds:
            level = _level_of(self.plan.earlier, old)
            new = self.new_code(level, old)
            _say_code(remarks, level, old, new)
            found += [new] if new and new not in found else []
        return tuple(found)

    def _issues(self, olds: Iterable[int], remarks: list[str]) -> tuple[int, ...]:
        found: list[int] = []
        for old in olds:
            new = self.new_code(Level.ISSUE, str(old))
            _say_code(remarks, Level.ISSUE, str(old), new)
            found += [int(new)] if new and int(new) not in found else []
        return tuple(found)

    # --- offers ----------------------------------------------------------------------------------

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        """Everything that can be brought over, group by group."""
        return (*self._measures(), *self._texts(), *self._disclosures())

    def of(self, group: Group) -> tuple[Offer, ...]:
        """The offers of a group."""
        return tuple(offer for offer in self.offers if offer.group is group)

    def proposed(self) -> frozenset[str]:
        """The keys that are ticked when nobody has said anything else."""
        return frozenset(offer.key for offer in self.offers if offer.ticked)

    def brought(self, keys: Collection[str]) -> BroughtOver:
        """What is taken in when these keys are ticked; what can't be ticked is left out."""
        taken = [offer for offer in self.offers if offer.key in keys and not offer.why_not]
        return BroughtOver(
            year=self.year,
            measures=tuple(measure for offer in taken for measure in offer.measures),
            passages={place: text for o in taken for place, text in o.passages.items()},
            disclosures=_merged(found for offer in taken for found in offer.disclosures),
            keys=tuple(offer.key for offer in taken),
        )

    def unchosen(self, keys: Collection[str]) -> tuple[ToChoose, ...]:
        """Of the codes to choose those that what is ticked uses, and that have none yet."""
        ticked = {int(key.removeprefix("measure/")) for key in keys if key.startswith("measure/")}
        used: set[Choice] = set()
        for kind in MeasureKind:
            for group in _with_further_ways(self.dossier.measures_of(self.before, kind)):
                if group[0].id in ticked:
                    used |= {choice for measure in group for choice in self._used_by(measure)}
        left = (each for each in self.to_choose if (each.level, each.old) in used)
        return tuple(each for each in left if not self.chosen.get((each.level, each.old)))

    def _used_by(self, measure: Measure) -> Iterator[Choice]:
        for code in (*measure.indicators, *measure.items):
            yield _level_of(self.plan.earlier, code), code
        for number in measure.issues:
            yield Level.ISSUE, str(number)

    # --- measures and guidelines -----------------------------------------------------------------

    def _measures(self) -> Iterator[Offer]:
        present = {_likeness(m) for m in self.dossier.measures.get(self.year, ())}
        for kind in MeasureKind:
            for group in _with_further_ways(self.dossier.measures_of(self.before, kind)):
                yield self._measure_offer(group, present)

    def _measure_offer(self, group: list[Measure], present: set[tuple[str, ...]]) -> Offer:
        first, remarks = group[0], list[str]()
        made = tuple(self._measure(measure, remarks) for measure in group)
        done = all(_last_status(measure) is Status.DONE for measure in group)
        guideline = first.kind is MeasureKind.GUIDELINE
        key = f"measure/{first.id}"
        there = any(_likeness(each) in present for each in made)
        again = key in self._brought
        state = _status_words(group)
        if again and not there:
            remarks.append("เคยนำมาแล้ว แต่รายการในปีใหม่ถูกแก้หรือถูกลบไป")
        return Offer(
            key=key,
            group=Group.GUIDELINE if guideline else Group.MEASURE,
            title=_one_line(first.title) or self._guideline_name(first),
            state=state,
            ticked=not there and not again and (guideline or not done),
            before=_lines(first, group),
            after=_lines(made[0], list(made)),
            remarks=tuple(dict.fromkeys(remarks)),
            why_not="มีในปีใหม่แล้ว" if there else "",
            measures=made,
        )

    def _guideline_name(self, measure: Measure) -> str:
        indicators = self.plan.earlier.indicators
        names = [indicators[code].name for code in measure.indicators if code in indicators]
        return " ".join(names) or "ไม่มีชื่อ"

    def _measure(self, old: Measure, remarks: list[str]) -> Measure:
        texts = {name: self._shift(getattr(old, name), remarks) for name in _TEXTS}
        if old.day is not None:
            remarks.append("เดิมกำหนดไว้วันเดียว ปีใหม่ใช้ระยะเวลาเป็นเดือน โปรดตรวจระยะเวลา")
        for text in texts.values():
            self._remark_figures(text, remarks)
        return replace(
            old,
            id=0,
            year=self.year,
            indicators=self._codes(old.indicators, remarks),
            items=self._codes(old.items, remarks),
            issues=self._issues(old.issues, remarks),
            progress={},
            day=None,
            **texts,
        )

    def _shift(self, text: str, remarks: list[str] | None = None) -> str:
        """A text with "ปีงบประมาณ" of the old years moved on by one, and live codes renamed."""
        moved = _YEAR_WORDS.sub(self._next_year, text)
        if moved != text and remarks is not None:
            remarks.append("เลื่อนปีงบประมาณในข้อความเป็นปีใหม่แล้ว")
        return FIELD.sub(self._live, moved)

    def _next_year(self, match: re.Match[str]) -> str:
        year = int(to_arabic(match["year"]))
        if year not in (self.before - 1, self.before):
            return match[0]
        written = str(year + 1)
        thai = match["year"][0] in THAI
        return match["words"] + (to_thai(written) if thai else written)

    def _live(self, match: re.Match[str]) -> str:
        """A live field with the new year's code; as it is when there is no certain one."""
        asked = FIELD.fullmatch(in_code(match[0]))
        if asked is None or asked["code"] is None or asked["name"] not in KINDS:
            return match[0]
        new = self._live_code(asked["code"])
        return match[0] if new in (None, asked["code"]) else f"{{{asked['name']}:{new}}}"

    def _live_code(self, old: str) -> str | None:
        new = self.plan.code_of(old)
        if new is None:
            issue = old.startswith("issue")
            level = Level.ISSUE if issue else _level_of(self.plan.earlier, old)
            chosen = self.chosen.get((level, old.removeprefix("issue")), "")
            new = f"issue{chosen}" if chosen and issue else chosen
        return new or None

    def _remark_figures(self, text: str, remarks: list[str]) -> None:
        if found := self._figure_in(text):
            remarks.append(f"ข้อความมี “{found}” ซึ่งอาจเป็นของปีเดิม โปรดตรวจหลังนำมา")
        for match in _ITEM_CODE.finditer(ADDRESS.sub("", to_arabic(text))):
            old = match[0].lower()
            new = self.plan.codes_of(Level.ITEM, old)
            if old in self.plan.earlier.items and new != (old,):
                to = f"ปีใหม่คือ {' หรือ '.join(new)}" if new else "ปีใหม่ไม่มีข้อนี้"
                remarks.append(f"ข้อความอ้างถึงข้อ {old} ({to}) โปรดแก้หลังนำมา")

    def _figure_in(self, text: str) -> str:
        """The first figure of the old year in a text: a score, a level, a year; "" when none."""
        plain = ADDRESS.sub(" ", FIELD.sub(" ", to_arabic(text)))
        if match := _SCORE_WORDS.search(plain):
            return match[0].strip()
        years = (str(each) for each in range(self.before - 3, self.before + 1))
        found = next((each for each in years if re.search(rf"(?<!\d){each}(?!\d)", plain)), "")
        return found or self._level_in(plain)

    def _level_in(self, plain: str) -> str:
        levels = {rule.level for each in (self.plan, self.oit) for rule in each.earlier.levels}
        words = (
            f"ระดับ{gap}{level}" for level in sorted(levels, key=len)[::-1] for gap in ("", " ")
        )
        return next((said for said in words if said in plain), "")

    # --- texts -----------------------------------------------------------------------------------

    def _texts(self) -> Iterator[Offer]:
        present = self.dossier.passages.get(self.year, {})
        for place, text in self.dossier.passages.get(self.before, {}).items():
            yield self._text_offer(place, text, present.get(place, ""))

    def _text_offer(self, place: str, text: str, present: str) -> Offer:
        kept, left_out = [], []
        remarks: list[str] = []
        new_place = self._place(place, remarks)
        for line in text.splitlines():
            moved = self._shift(line, remarks)
            (left_out if self._figure_in(moved) else kept).append(moved)
        after = "\n".join(kept).strip()
        if left_out:
            remarks.append(f"ตัดบรรทัดที่มีตัวเลขของปีเดิมออก {len(left_out)} บรรทัด")
        round_text = place.rpartition("/")[2] in {str(int(each)) for each in Round}
        key = f"passage/{self.before}/{place}"
        there = bool(present.strip())
        why_not = "มีข้อความของปีใหม่แล้ว" if there else ""
        if not after.strip():
            why_not = why_not or "ทุกบรรทัดเป็นตัวเลขของปีเดิม"
        again = key in self._brought
        return Offer(
            key=key,
            group=Group.TEXT,
            title=_one_line(text),
            state="ของรอบในปีเดิม" if round_text else "ตัดตัวเลขออก" if left_out else "ใช้ต่อได้",
            ticked=not why_not and not again and not round_text,
            before=text,
            after=after,
            remarks=tuple(dict.fromkeys(remarks)),
            why_not=why_not,
            passages={new_place: after},
        )

    def _place(self, place: str, remarks: list[str]) -> str:
        """The place in the new year: where it names an item, the item's new code."""
        head, slash, code = place.rpartition("/")
        if not slash or code not in self.plan.earlier.items:
            return place
        new = self.new_code(Level.ITEM, code)
        _say_code(remarks, Level.ITEM, code, new)
        return f"{head}/{new}" if new else place

    # --- the OIT list ----------------------------------------------------------------------------

    def _disclosures(self) -> Iterator[Offer]:
        old = self.dossier.disclosures.get(self.before, {})
        titles = {item.code: item.title for item in oit_items(self.oit.earlier)}
        for code in (*titles, *(each for each in old if each not in titles)):
            if code in old and _has_content(old[code]):
                yield self._disclosure_offer(old[code], titles.get(code, ""))

    def _disclosure_offer(self, old: Disclosure, title: str) -> Offer:
        heirs, remarks = self.oit.codes_of(Level.ITEM, old.code), list[str]()
        made: list[Disclosure] = []
        for heir in heirs:
            made += self._disclosure(old, heir, remarks)
        _say_codes(remarks, old.code, heirs)
        why_not = "" if made else "มีข้อมูลในปีใหม่แล้ว" if heirs else "ปีใหม่ไม่มีข้อนี้"
        key = f"disclosure/{self.before}/{old.code}"
        return Offer(
            key=key,
            group=Group.DISCLOSURE,
            title=f"{old.code} {title}".strip(),
            state=", ".join(heirs) if heirs else "ไม่มีแล้ว",
            ticked=bool(made) and key not in self._brought,
            before=_disclosure_lines(old),
            after="\n".join(_disclosure_lines(each, "(ของปีเดิม ต้องตรวจใหม่)") for each in made),
            remarks=tuple(dict.fromkeys(remarks)),
            why_not=why_not,
            disclosures=tuple(made),
        )

    def _disclosure(self, old: Disclosure, code: str, remarks: list[str]) -> Iterator[Disclosure]:
        """The entry of one heir; what stands there in the new year already is kept."""
        present = self.dossier.disclosure(self.year, code)
        explanation = self._shift(old.explanation, remarks)
        if self._figure_in(explanation):
            remarks.append("ไม่นำคำอธิบายมา เพราะมีตัวเลขของปีเดิม")
            explanation = ""
        made = replace(
            present,
            url=present.url or old.url,
            explanation=present.explanation or explanation,
            owner=present.owner or old.owner,
        )
        if made != present:
            yield made


# --- helpers -------------------------------------------------------------------------------------

_TEXTS = ("title", "steps", "approach", "follow_up")
_DISCLOSED = ("url", "explanation", "owner")
_YEAR_WORDS = re.compile(
    r"(?P<words>(?:ปีงบประมาณ|ประจำปี)\s*(?:พ\.\s*ศ\.)?\s*)(?P<year>[0-9๐-๙]{4})(?![0-9๐-๙])"
)
_SCORE_WORDS = re.compile(
    r"(?<![0-9/.])[0-9]{1,3}\.[0-9]{2}(?![0-9])|ร้อยละ\s*[0-9.]+|[0-9.]+\s*(?:คะแนน|%|เปอร์เซ็นต์)"
)
"""Figures of a result: with two decimals, in per cent, or called a score."""
_ITEM_CODE = re.compile(r"(?<![A-Za-z0-9.\-/_:{])[ieoIEO][0-9]{1,3}(?![A-Za-z0-9}]|\.[0-9])")


def _merged(found: Iterable[Disclosure]) -> tuple[Disclosure, ...]:
    """One entry an item: what was joined into it fills the fields the first one left empty."""
    made: dict[str, Disclosure] = {}
    for each in found:
        first = made.setdefault(each.code, each)
        filled = {name: getattr(first, name) or getattr(each, name) for name in _DISCLOSED}
        made[each.code] = replace(first, **filled)
    return tuple(made.values())


def _level_of(framework: Framework, code: str) -> Level:
    if code in framework.items:
        return Level.ITEM
    return Level.INDICATOR if code in framework.indicators else Level.SUBINDICATOR


def _name_of(framework: Framework, level: Level, code: str) -> str:
    if level is Level.ISSUE:
        return next((each.name for each in framework.issues if str(each.no) == code), "")
    if level is Level.ITEM:
        return framework.items[code].title if code in framework.items else ""
    if level is Level.INDICATOR:
        return framework.indicators[code].name if code in framework.indicators else ""
    subs = (sub for each in framework.indicators.values() for sub in each.subindicators)
    return next((sub.name for sub in subs if sub.code == code), "")


def _say_code(remarks: list[str], level: Level, old: str, new: str) -> None:
    """Tell what became of a code, where it is not what it was."""
    word = "ประเด็นที่" if level is Level.ISSUE else level.word
    if not new:
        remarks.append(f"{word} {old} ไม่มีในปีใหม่ โปรดเลือกใหม่หลังนำมา")
    elif new != old:
        remarks.append(f"{word} {old} เป็น {new}")


def _say_codes(remarks: list[str], old: str, heirs: tuple[str, ...]) -> None:
    if heirs and heirs != (old,):
        remarks.append(f"ข้อ {old} เป็น {' และ '.join(heirs)}")


def _with_further_ways(measures: Iterable[Measure]) -> list[list[Measure]]:
    """Each measure with the further ways under it."""
    groups: list[list[Measure]] = []
    for measure in measures:
        if measure.continued and groups:
            groups[-1].append(measure)
        else:
            groups.append([measure])
    return groups


def _last_status(measure: Measure) -> Status | None:
    """The status in the last round that has one."""
    found = [measure.progress_in(which).status for which in reversed(Round)]
    return next((status for status in found if status is not None), None)


def _status_words(group: Iterable[Measure]) -> str:
    """How far a measure is: its least finished way counts."""
    found = {_last_status(measure) for measure in group}
    for status in (None, Status.NOT_STARTED, Status.IN_PROGRESS, Status.DONE):
        if status in found:
            return status.label if status else "ยังไม่ได้บันทึกสถานะ"
    return ""


def _likeness(measure: Measure) -> tuple[str, ...]:
    """What two measures that are the same have in common, whatever was typed around it."""
    plain = "".join(to_arabic(measure.title).split())
    codes = () if plain else measure.indicators
    return (measure.kind.value, plain or "".join(measure.steps.split()), *codes)


def _one_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[0] if lines else ""


def _lines(first: Measure, group: list[Measure]) -> str:
    """A measure in plain lines, as the preview shows it."""
    said = [first.title]
    for measure in group:
        codes = [*measure.indicators, *measure.items]
        issues = [f"ประเด็นที่ {number}" for number in measure.issues]
        said += [f"ตอบ: {', '.join([*codes, *issues])}"] if codes or issues else []
        said += [f"วิธีดำเนินการ: {measure.steps}"] if measure.steps else []
        said += [f"แนวทางปฏิบัติ: {measure.approach}"] if measure.approach else []
        said += [f"กำกับติดตาม: {measure.follow_up}"] if measure.follow_up else []
        said += [f"ผู้รับผิดชอบ: {measure.owners}"] if measure.owners else []
        said += [f"ระยะเวลา: {measure.period}"]
    return "\n".join(line for line in said if line.strip())


def _disclosure_lines(found: Disclosure, mark: str = "") -> str:
    said = {
        "ที่อยู่": f"{found.url} {mark}".strip() if found.url else "",
        "คำอธิบาย": found.explanation,
        "ผู้รับผิดชอบ": found.owner,
    }
    return "\n".join([found.code, *(f"{name}: {text}" for name, text in said.items() if text)])


def _has_content(found: Disclosure) -> bool:
    return any(text.strip() for text in (found.url, found.explanation, found.owner))
