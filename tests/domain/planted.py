"""A clean office year with every kind of text, and mistakes to plant in it one at a time.

``kinds`` lists the mistakes; each gives changed dossiers and the place where a finding must be.
Used by the tests and by ``tests.benchmarks.bench_review``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any

from ita_desktop.domain.analysis import issue_results
from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.drafts import Drafter, fill_figures, load_wording
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.measures import Measure, Progress
from ita_desktop.domain.review import Fix, Place
from ita_desktop.domain.review.texts import Role, UserText, user_texts
from ita_desktop.domain.scores import ScoreTree, score_tree
from ita_desktop.exchange.interchange import read_interchange
from ita_desktop.paths import resources
from tests.domain.figures import SHELF

YEAR = 2569
WHICH = Round.TWELVE
OWN = "องค์การบริหารส่วนตำบลตัวอย่าง"


def sample() -> Dossier:
    """The sample office as shipped."""
    return read_interchange(resources() / "sample" / "office.json").dossier


def trees(dossier: Dossier) -> tuple[ScoreTree, ScoreTree]:
    """The score trees of the analysed year and the one before."""
    now, before = (
        score_tree(SHELF.get(year), dossier.sheet(year)) for year in (YEAR - 1, YEAR - 2)
    )
    return now, before


@cache
def clean() -> Dossier:
    """The sample with official figures at every node and with texts in every passage."""
    dossier = sample()
    now, before = trees(dossier)
    entered = {code: node.score for code, node in now.nodes.items() if node.score is not None}
    sheet = replace(dossier.sheet(YEAR - 1), entered=entered, official_level=now.level or "")
    dossier = replace(dossier, sheets={**dossier.sheets, YEAR - 1: sheet})
    drafter = Drafter(now, load_wording(resources() / "wording" / "analysis.json"), earlier=before)
    texts = dict(dossier.passages[YEAR])
    for code in now.framework.items:
        if lines := drafter.item(code):
            texts[f"analysis/{code}"] = fill_figures("\n".join(lines), now, before)
    for code in now.framework.indicators:
        if lines := drafter.indicator(code):
            texts[f"analysis/{code}"] = "\n".join(lines)
    for issue in issue_results(now):
        texts[f"issues/{issue.no}/improve"] = "\n".join(drafter.issue_improve(issue))
        texts[f"issues/{issue.no}/strengths"] = "\n".join(drafter.issue_strengths(issue))
    texts["analysis/target"] = "\n".join(drafter.total())
    texts |= PASSAGES
    return replace(dossier, passages={YEAR: {key: text for key, text in texts.items() if text}})


PASSAGES = {
    "memo/background/12": (
        f"ตามที่{OWN}ได้ประกาศมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน "
        "ประจำปีงบประมาณ พ.ศ. 2569 เมื่อวันที่ 20 ตุลาคม 2568 นั้น"
    ),
    "memo/facts/12": (
        "สำนักปลัดได้รวบรวมผลการดำเนินการรอบ 12 เดือน ระหว่างเดือนตุลาคม 2568 ถึงกันยายน 2569 แล้ว\n"
        "มีส่วนราชการรายงาน จำนวน 4 กอง ได้แก่ 1) สำนักปลัด 2) กองคลัง 3) กองช่าง "
        "4) กองการศึกษา ศาสนา และวัฒนธรรม"
    ),
    "memo/law/12": "ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. 2526 และที่แก้ไขเพิ่มเติม",
    "memo/proposal/12": "เห็นควรเสนอผู้บริหารพิจารณาลงนามในรายงาน และเผยแพร่บนเว็บไซต์ของหน่วยงาน",
    "preface": (
        f"{OWN} จัดทำรายงานฉบับนี้จากผลการประเมินประจำปีงบประมาณ พ.ศ. 2568 "
        "เพื่อยกระดับการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ"
    ),
    "followup/12": "ติดตามทุกไตรมาส และรายงานผลต่อผู้บริหารในการประชุมประจำเดือน",
}


@dataclass(frozen=True)
class Plant:
    """One planted mistake, the places a finding may point at, and a name it may be told by."""

    dossier: Dossier
    places: tuple[Place, ...]
    named: str = ""


Planter = Callable[[Dossier], Iterator[Plant]]


@dataclass(frozen=True)
class Kind:
    """One kind of mistake and the rules (or classes) that must find it."""

    name: str
    rules: frozenset[str]
    plant: Planter


# --- changing a dossier ------------------------------------------------------------------------


def put_text(dossier: Dossier, place: Place, text: str) -> Dossier:
    """The dossier with another text at the place of a text (of round ``WHICH``)."""
    if place.page == "documents" and place.field == "passage":
        return with_passage(dossier, str(place.record), text)
    if place.page == "documents":
        return _put_disclosure(dossier, place, text)
    if place.page == "office":
        return _put_office(dossier, place, text)
    measure = next(each for each in dossier.measures[YEAR] if each.id == place.record)
    if place.page == "measures":
        return with_measure(dossier, replace(measure, **{place.field: text}))
    if place.field.startswith("photo/"):
        number = int(place.field.partition("/")[2])
        photos = tuple(
            replace(photo, caption=text) if photo.id == number else photo
            for photo in measure.progress_in(WHICH).photos
        )
        return with_progress(dossier, measure, photos=photos)
    return with_progress(dossier, measure, **{place.field: text})


def _put_office(dossier: Dossier, place: Place, text: str) -> Dossier:
    if place.field.startswith("person/"):
        field = place.field.partition("/")[2]
        people = tuple(
            replace(person, **{field: text}) if person.id == place.record else person
            for person in dossier.people
        )
        return replace(dossier, people=people)
    if place.field == "division":
        divisions = tuple(
            replace(each, name=text) if each.id == place.record else each
            for each in dossier.divisions
        )
        return replace(dossier, divisions=divisions)
    return replace(dossier, office=replace(dossier.office, **{place.field: text}))


def _put_disclosure(dossier: Dossier, place: Place, text: Any) -> Dossier:
    _, year, code = str(place.record).split("/")
    listed = dict(dossier.disclosures[int(year)])
    listed[code] = replace(listed[code], **{place.field: text})
    return replace(dossier, disclosures={**dossier.disclosures, int(year): listed})


def with_passage(dossier: Dossier, key: str, text: str) -> Dossier:
    """The dossier with a passage."""
    return replace(dossier, passages={YEAR: {**dossier.passages[YEAR], key: text}})


def with_measure(dossier: Dossier, changed: Measure) -> Dossier:
    """The dossier with a measure in place of the one with its id."""
    measures = tuple(changed if m.id == changed.id else m for m in dossier.measures[YEAR])
    return replace(dossier, measures={**dossier.measures, YEAR: measures})


def with_progress(dossier: Dossier, measure: Measure, **values: Any) -> Dossier:
    """The dossier with other progress of a measure in round ``WHICH``."""
    changed: Progress = replace(measure.progress_in(WHICH), **values)
    return with_measure(dossier, replace(measure, progress={**measure.progress, WHICH: changed}))


def with_score(dossier: Dossier, code: str, score: Decimal) -> Dossier:
    """The dossier with another score in the analysed year."""
    sheet = dossier.sheet(YEAR - 1)
    changed = replace(sheet, entered={**sheet.entered, code: score})
    return replace(dossier, sheets={**dossier.sheets, YEAR - 1: changed})


def apply_fix(dossier: Dossier, fix: Fix) -> Dossier:
    """The dossier after a certain mend."""
    fields = ("name", "district", "province", "address", "responsible_division")
    for entry in user_texts(dossier, YEAR, WHICH):
        place = Place(entry.place.page, entry.place.record, entry.detail or entry.place.field)
        if place == fix.place:
            text = getattr(dossier.office, place.field) if place.field in fields else entry.text
            return put_text(dossier, place, fix.apply(text))
    raise LookupError(fix.place)


# --- where to plant ----------------------------------------------------------------------------


def texts_of(dossier: Dossier, *roles: Role, every: int = 1) -> list[UserText]:
    """The texts of the year and round with these roles (all but names when none is given)."""
    wanted = roles or tuple(role for role in Role if role is not Role.NAME)
    found = [entry for entry in user_texts(dossier, YEAR, WHICH) if entry.role in wanted]
    return found[::every]


def appended(*sentences: str, roles: tuple[Role, ...] = (), every: int = 6) -> Planter:
    """Plants each sentence behind every so many texts, the sentences in turn."""

    def plant(dossier: Dossier) -> Iterator[Plant]:
        for number, entry in enumerate(texts_of(dossier, *roles, every=every)):
            sentence = sentences[number % len(sentences)]
            text = f"{entry.text}\n{sentence}"
            yield Plant(put_text(dossier, entry.place, text), (entry.place,))

    return plant


def edited(change: Callable[[str, int], str | None], *roles: Role, every: int = 4) -> Planter:
    """Plants a change of the text itself where it can be made."""

    def plant(dossier: Dossier) -> Iterator[Plant]:
        for number, entry in enumerate(texts_of(dossier, *roles, every=every)):
            text = change(entry.text, number)
            if text is not None and text != entry.text:
                yield Plant(put_text(dossier, entry.place, text), (entry.place,))

    return plant


def passages(*sentences: str) -> Planter:
    """Plants each sentence as a passage of its own."""

    def plant(dossier: Dossier) -> Iterator[Plant]:
        for number, sentence in enumerate(sentences):
            key = f"analysis/planted{number}"
            place = Place("documents", key, "passage")
            yield Plant(with_passage(dossier, key, sentence), (place,))

    return plant
