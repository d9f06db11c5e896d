"""Every text the office typed that comes into the documents of a year and round, with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.measures import Measure, MeasureKind
from ita_desktop.domain.papers import Disclosure
from ita_desktop.domain.review.kinds import Finding, Fix, Place
from ita_desktop.domain.review.rules import found
from ita_desktop.thai.digits import to_arabic


@lru_cache(maxsize=4096)
def plain_text(text: str) -> str:
    """The text with Arabic digits; kept, as several rules read each text."""
    return to_arabic(text)


class Role(Enum):
    """What a text tells: a plan lies ahead, a result lies behind; names stand by themselves."""

    NAME = "name"
    PLAN = "plan"
    RESULT = "result"
    NOTE = "note"
    CAPTION = "caption"
    PASSAGE = "passage"
    DISCLOSURE = "disclosure"


@dataclass(frozen=True, slots=True)
class UserText:
    """One text, where it stands, what it tells, and what a problem sentence calls it.

    ``year``: the assessed year whose framework its codes belong to. ``detail``: the very field,
    where the place's field holds several (a person's names).
    """

    place: Place
    text: str
    role: Role
    name: str
    year: int
    detail: str = ""

    def says(
        self, rule: str, wrong: str, problem: str, mend: str, new: str | None = None
    ) -> Finding:
        """A finding in this text; with ``new``, ``wrong`` can be replaced by it for certain."""
        place = Place(self.place.page, self.place.record, self.detail or self.place.field)
        fix = None if new is None else Fix(place, wrong, new)
        return found(rule, self.place, f"{self.name}: {problem}", mend, fix=fix, subject=wrong)


_PLAN = {
    "title": ("ชื่อ", Role.PLAN),
    "steps": ("วิธีดำเนินการ", Role.PLAN),
    "owners": ("ผู้รับผิดชอบ", Role.NAME),
    "approach": ("แนวทางปฏิบัติ", Role.PLAN),
    "follow_up": ("การกำกับติดตาม", Role.PLAN),
}
_PROGRESS = {
    "result": ("ผลการดำเนินการ", Role.RESULT),
    "output": ("ผลผลิต", Role.RESULT),
    "outcome": ("ผลลัพธ์", Role.RESULT),
    "note": ("หมายเหตุ", Role.NOTE),
}
_OFFICE = {
    "name": "ชื่อหน่วยงาน",
    "district": "อำเภอ",
    "province": "จังหวัด",
    "address": "ที่อยู่",
    "responsible_division": "ส่วนราชการ",
}
_PERSON = {
    "title": "คำนำหน้าชื่อ",
    "given_name": "ชื่อบุคคล",
    "family_name": "นามสกุล",
    "position": "ตำแหน่ง",
    "acting": "ตำแหน่งรักษาการ",
}


def user_texts(dossier: Dossier, year: int, which: Round) -> Iterator[UserText]:
    """The texts of a measure year and round that are not blank, in the order of the pages."""
    yield from office_texts(dossier, year)
    for measure, name in named_measures(dossier, year):
        yield from measure_texts(measure, name, which)
    yield from passage_texts(dossier, year, which)
    for assessed in (year - 1, year):
        for disclosure in dossier.disclosures.get(assessed, {}).values():
            yield from disclosure_texts(disclosure, assessed)


def named_measures(dossier: Dossier, year: int) -> Iterator[tuple[Measure, str]]:
    """The measures and guidelines of a year, each with the name a sentence calls it by."""
    number = way = 0
    for measure in dossier.measures_of(year, MeasureKind.MEASURE):
        way = way + 1 if measure.continued and number else 0
        number += 0 if way else 1
        yield measure, f"มาตรการที่ {number}" + (f" วิธีเพิ่มเติมที่ {way}" if way else "")
    for number, guideline in enumerate(dossier.measures_of(year, MeasureKind.GUIDELINE), start=1):
        code = guideline.indicators[0] if guideline.indicators else ""
        yield guideline, f"แนวทางยกระดับตัวชี้วัดที่ {code}" if code else f"แนวทางยกระดับลำดับที่ {number}"


def office_texts(dossier: Dossier, year: int) -> Iterator[UserText]:
    """The texts of the page of the office: the office, people, divisions."""
    for field, label in _OFFICE.items():
        if text := getattr(dossier.office, field).strip():
            yield UserText(Place("office", field=field), text, Role.NAME, label, year - 1)
    for person in dossier.people:
        for field, label in _PERSON.items():
            if text := getattr(person, field).strip():
                place = Place("office", person.id, "person")
                yield UserText(place, text, Role.NAME, label, year - 1, f"person/{field}")
    for division in dossier.divisions:
        if text := division.name.strip():
            place = Place("office", division.id, "division")
            yield UserText(place, text, Role.NAME, "ส่วนราชการ", year - 1)


def measure_texts(measure: Measure, name: str, which: Round) -> Iterator[UserText]:
    """The texts of one measure: its plan, and its progress in the round."""
    year = measure.year - 1
    for field, (label, role) in _PLAN.items():
        if text := getattr(measure, field):
            place = Place("measures", measure.id, field)
            yield UserText(place, text, role, f"{name} {label}", year)
    progress = measure.progress_in(which)
    for field, (label, role) in _PROGRESS.items():
        if text := getattr(progress, field):
            place = Place("progress", measure.id, field)
            yield UserText(place, text, role, f"{name} {label}", year)
    for number, photo in enumerate(progress.photos, start=1):
        if photo.caption:
            place = Place("progress", measure.id, f"photo/{photo.id}")
            label = f"{name} คำบรรยายภาพที่ {number}"
            yield UserText(place, photo.caption, Role.CAPTION, label, year)


def passage_texts(dossier: Dossier, year: int, which: Round) -> Iterator[UserText]:
    """The passages of a year, without those of other rounds."""
    others = tuple(f"/{int(each)}" for each in Round if each is not which)
    for key, text in dossier.passages.get(year, {}).items():
        if text.strip() and not key.endswith(others):
            place = Place("documents", key, "passage")
            yield UserText(place, text, Role.PASSAGE, passage_name(key), year - 1)


_PASSAGES: Sequence[tuple[str, str]] = (
    ("problems", "ปัญหาและอุปสรรค"),
    ("suggestions", "ข้อเสนอแนะ"),
    ("followup", "การติดตาม"),
    ("preface", "คำนำ"),
    ("background", "เรื่องเดิม"),
    ("facts", "ข้อเท็จจริง"),
    ("law", "ข้อกฎหมาย"),
    ("proposal", "ข้อพิจารณา"),
    ("close", "คำลงท้าย"),
    ("introduction", "ความเป็นมา"),
    ("analysis", "บทวิเคราะห์"),
    ("issues", "บทวิเคราะห์ประเด็น"),
)


def passage_name(key: str) -> str:
    """What a problem sentence calls the passage kept under ``key``."""
    return next((name for part, name in _PASSAGES if part in key), "ข้อความในเอกสาร")


def disclosure_texts(disclosure: Disclosure, year: int) -> Iterator[UserText]:
    """The texts of one item of the OIT list of an assessed year."""
    for field, label in {"explanation": "คำอธิบาย", "owner": "ผู้รับผิดชอบ"}.items():
        if text := getattr(disclosure, field).strip():
            place = Place("documents", f"oit/{year}/{disclosure.code}", field)
            name = f"ข้อ {disclosure.code} ปี {year} {label}"
            yield UserText(place, text, Role.DISCLOSURE, name, year)
