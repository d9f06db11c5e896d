"""What putting another framework in a year's place does to what the office has entered.

Nothing is deleted by it: a score without a place stays in the data file and comes back with a
framework that has its code. This only says beforehand what will be seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.framework import Framework
from ita_desktop.domain.live import FIELD, KINDS, in_code
from ita_desktop.domain.measures import Measure, MeasureKind
from ita_desktop.domain.scores import NodeKind, ScoreTree, score_tree


class Subject(Enum):
    """What an effect is on; ``heading`` is its Thai name in a list."""

    LEVEL = "level"
    SCORE = "score"
    HOMELESS = "homeless"
    REWORDED = "reworded"
    MEASURE = "measure"
    DISCLOSURE = "disclosure"
    TEXT = "text"
    CROSSWALK = "crosswalk"

    @property
    def heading(self) -> str:
        """The Thai name."""
        return _HEADINGS[self]


_HEADINGS = {
    Subject.LEVEL: "ระดับ",
    Subject.SCORE: "คะแนนที่คำนวณ",
    Subject.HOMELESS: "คะแนนที่ไม่มีช่องแล้ว",
    Subject.REWORDED: "คะแนนของข้อที่เปลี่ยนข้อความ",
    Subject.MEASURE: "มาตรการ",
    Subject.DISCLOSURE: "การเปิดเผยข้อมูล (OIT)",
    Subject.TEXT: "ข้อความในเอกสาร",
    Subject.CROSSWALK: "ตารางเทียบของปีถัดไป",
}


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that will be otherwise: what, as it is, as it will be (Arabic digits)."""

    subject: Subject
    what: str
    before: str
    after: str


class Years(Protocol):
    """Where frameworks of other years come from; ``FrameworkShelf`` is one."""

    def get(self, year: int) -> Framework:
        """The framework of a year."""
        ...

    def years(self) -> tuple[int, ...]:
        """Years that have one of their own."""
        ...


def has_scores(dossier: Dossier, year: int) -> bool:
    """Whether anything was entered for an assessed year."""
    sheet = dossier.sheet(year)
    return bool(sheet.entered or sheet.drafts or sheet.respondents or sheet.official_level)


def effects_of(
    dossier: Dossier, before: Framework, after: Framework, shelf: Years
) -> tuple[Effect, ...]:
    """All that changes in the office's data when ``after`` takes the place of ``before``.

    Both are of one year; the measures of the following year are made from it. ``shelf`` gives the
    years' frameworks as they are now.
    """
    return (
        *_scores(dossier, before, after),
        *_homeless(dossier, before, after),
        *_reworded(dossier, before, after),
        *_measures(dossier, before, after),
        *_disclosures(dossier, before, after),
        *_texts(dossier, before, after),
        *_crosswalks(before, after, shelf),
    )


def _scores(dossier: Dossier, before: Framework, after: Framework) -> Iterator[Effect]:
    """Level, total and everything above the items whose shown or computed figure changes."""
    sheet = dossier.sheet(before.year)
    if not has_scores(dossier, before.year):
        return
    old, new = score_tree(before, sheet), score_tree(after, sheet)
    if old.level != new.level or old.computed_level != new.computed_level:
        yield Effect(Subject.LEVEL, "ระดับของปี", _level(old), _level(new))
    for code, node in new.nodes.items():
        was = old.nodes.get(code)
        if node.kind is NodeKind.ITEM:
            continue
        one, two = _figure(old, code), _figure(new, code)
        if one != two:
            name = node.name if node.kind is NodeKind.TOTAL else f"{code} {node.name}"
            yield Effect(Subject.SCORE, name, one if was else "ไม่มีช่องนี้", two)


def _level(tree: ScoreTree) -> str:
    if tree.sheet.official_level and tree.computed_level:
        return f"{tree.sheet.official_level} (ตามคะแนน {tree.computed_level})"
    return tree.level or "ยังบอกไม่ได้"


def _figure(tree: ScoreTree, code: str) -> str:
    """The shown score, with what the parts give where that differs."""
    node = tree.nodes.get(code)
    if node is None or node.score is None:
        return "ยังไม่มีคะแนน"
    if node.computed is not None and node.computed != node.score:
        return f"{node.score} (คำนวณได้ {node.computed})"
    return str(node.score)


def _homeless(dossier: Dossier, before: Framework, after: Framework) -> Iterator[Effect]:
    sheet, known = dossier.sheet(before.year), set(after.codes())
    stays = "ไม่มีช่องให้แสดง แต่ยังเก็บอยู่ในแฟ้ม"
    names = _names(before)
    for code in sorted(set(sheet.entered) - known, key=_order(before)):
        what = f"{code} {names.get(code, '')}".strip()
        yield Effect(Subject.HOMELESS, what, str(sheet.entered[code]), stays)
    for code in sorted(set(sheet.drafts) - known):
        yield Effect(Subject.HOMELESS, code, sheet.drafts[code], stays)
    for instrument, count in sheet.respondents.items():
        if instrument not in known:
            yield Effect(Subject.HOMELESS, f"จำนวนผู้ตอบ {instrument}", str(count), stays)


def _reworded(dossier: Dossier, before: Framework, after: Framework) -> Iterator[Effect]:
    """Scores that will stand beside another question, because its code was given away."""
    entered = dossier.sheet(before.year).entered
    for code, item in after.items.items():
        old = before.items.get(code)
        if code in entered and old and "".join(old.title.split()) != "".join(item.title.split()):
            what = f"{code} ({entered[code]})"
            yield Effect(Subject.REWORDED, what, old.title, item.title)


def _measures(dossier: Dossier, before: Framework, after: Framework) -> Iterator[Effect]:
    """Measures of the following year that name what will not be there any more."""
    for number, measure in enumerate(dossier.measures.get(before.year + 1, ()), start=1):
        for code in dict.fromkeys((*measure.indicators, *measure.items)):
            if code in set(before.codes()) and code not in set(after.codes()):
                yield Effect(Subject.MEASURE, _title(measure, number), code, "ต้องเลือกรหัสใหม่")
        issues = {issue.no for issue in after.issues}
        for no in measure.issues:
            if no in {issue.no for issue in before.issues} and no not in issues:
                said = f"ประเด็นที่ {no}"
                yield Effect(Subject.MEASURE, _title(measure, number), said, "ต้องเลือกประเด็นใหม่")


def _title(measure: Measure, number: int) -> str:
    kind = "แนวทาง" if measure.kind is MeasureKind.GUIDELINE else "มาตรการ"
    return f"{kind} “{measure.title.splitlines()[0][:60]}”" if measure.title else f"{kind} {number}"


def _disclosures(dossier: Dossier, before: Framework, after: Framework) -> Iterator[Effect]:
    for code, found in dossier.disclosures.get(before.year, {}).items():
        if code in before.items and code not in after.items:
            said = found.url or found.explanation or "มีข้อมูล"
            what = f"{code} {before.items[code].title}"
            yield Effect(Subject.DISCLOSURE, what, said, "ไม่มีข้อนี้ แต่ยังเก็บอยู่ในแฟ้ม")


def _texts(dossier: Dossier, before: Framework, after: Framework) -> Iterator[Effect]:
    """Live figures of the following year's texts that will stay as they are typed."""
    known, was = _live_codes(after), _live_codes(before)
    for text in dossier.passages.get(before.year + 1, {}).values():
        for match in FIELD.finditer(text):
            asked = FIELD.fullmatch(in_code(match[0]))
            if asked is None or asked["name"] not in KINDS:
                continue
            if asked["code"] in was and asked["code"] not in known:
                yield Effect(Subject.TEXT, match[0], "แทนด้วยตัวเลข", "ไม่ได้แทนด้วยตัวเลข")


def _live_codes(framework: Framework) -> set[str]:
    return {*framework.codes(), *(f"issue{issue.no}" for issue in framework.issues)}


def _crosswalks(before: Framework, after: Framework, shelf: Years) -> Iterator[Effect]:
    """Later years whose crosswalk names an item that will be gone."""
    for year in shelf.years():
        if year <= after.year:
            continue
        later = shelf.get(year)
        if later.crosswalk_year != after.year:
            continue
        for code, old in later.crosswalk.items():
            if old in before.items and old not in after.items:
                yield Effect(Subject.CROSSWALK, f"{code} ของปี {year}", f"เทียบกับ {old}", "ไม่มีคู่เทียบ")


def _names(framework: Framework) -> Mapping[str, str]:
    found = {code: item.title for code, item in framework.items.items()}
    found |= {code: each.name for code, each in framework.indicators.items()}
    for indicator in framework.indicators.values():
        found |= {sub.code: sub.name for sub in indicator.subindicators}
    return found | {each.code: each.name for each in framework.instruments}


def _order(framework: Framework):  # noqa: ANN202 - a sort key
    places = {code: at for at, code in enumerate(framework.codes())}
    return lambda code: (places.get(code, len(places)), code)
