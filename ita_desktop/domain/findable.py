"""Everything that can be found in an office's data, each text with where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from ita_desktop.domain.disclosure import oit_items
from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round, thai_date
from ita_desktop.domain.framework import Framework, Indicator
from ita_desktop.domain.measures import PROGRESS_WORDS, Measure
from ita_desktop.domain.office import OFFICE_WORDS, Office, Person
from ita_desktop.domain.papers import Issued, PaperKey
from ita_desktop.domain.review.kinds import Place
from ita_desktop.domain.review.texts import named_measures, passage_name
from ita_desktop.domain.scores import TOTAL
from ita_desktop.domain.search import Findable

_OFFICE = {"kind": "ประเภทหน่วยงาน", **OFFICE_WORDS}
_PERSON = {"position": "ตำแหน่ง", "acting": "รักษาราชการแทน"}
_PLAN = {
    "title": "ชื่อ",
    "steps": "วิธีดำเนินการ",
    "owners": "ผู้รับผิดชอบ",
    "approach": "แนวทางปฏิบัติ",
    "follow_up": "กำกับติดตาม",
}
_DISCLOSURE = {
    "url": "ที่อยู่ (URL)",
    "explanation": "คำอธิบาย",
    "owner": "ผู้รับผิดชอบ",
    "checked_by": "ผู้ตรวจ",
}
_SHORT = 44
"""Letters of a measure's title beside its number."""


def findable(
    dossier: Dossier,
    year: int,
    scored: Framework,
    oit: Framework,
    remarks: Mapping[str, str] | None = None,
) -> Iterator[Findable]:
    """Every text of a data file, in the order of the pages, the newest year first.

    ``year``: the measure year in view. ``scored``: the framework of its analysed year, ``oit`` that
    of its OIT list. ``remarks``: what is said beside a score of the analysed year, by code.
    """
    yield from _office(dossier.office)
    for person in dossier.people:
        yield from _person(person)
    for division in dossier.divisions:
        place = Place("office", division.id, "division")
        yield Findable("หน่วยงาน", "กอง/สำนัก", division.name, place)
    yield from _chain(dossier)
    yield from _scores(dossier, scored, remarks or {})
    for each in sorted(dossier.measures, reverse=True):
        for measure, name in named_measures(dossier, each):
            yield from _measure(measure, name)
    yield from _oit(dossier, year, oit)
    for each, passages in sorted(dossier.passages.items(), reverse=True):
        for key, text in passages.items():
            yield _passage(key, text, each)
    yield from _papers(dossier)


def _office(office: Office) -> Iterator[Findable]:
    for field, label in _OFFICE.items():
        yield Findable("หน่วยงาน", label, getattr(office, field), Place("office", field=field))


def _person(person: Person) -> Iterator[Findable]:
    place = Place("office", person.id, "person/given_name")
    yield Findable("หน่วยงาน", "บุคคล • ชื่อ", person.full_name, place)
    for field, label in _PERSON.items():
        place = Place("office", person.id, f"person/{field}")
        name = person.full_name or "(ยังไม่มีชื่อ)"
        yield Findable("หน่วยงาน", f"{name} • {label}", getattr(person, field), place)


def _chain(dossier: Dossier) -> Iterator[Findable]:
    for number, link in enumerate(dossier.chain, start=1):
        person = dossier.person(link.person_id)
        text = " ".join(part for part in (link.role, person.full_name if person else "") if part)
        place = Place("office", link.id, "chain_link")
        yield Findable("หน่วยงาน", f"สายการลงนาม ลำดับที่ {number}", text, place)


def _scores(
    dossier: Dossier, framework: Framework, remarks: Mapping[str, str]
) -> Iterator[Findable]:
    sheet = dossier.sheet(framework.year)
    entered = {code: f"{score:.2f}" for code, score in sheet.entered.items()}
    kind, year = f"คะแนนปี {framework.year}", framework.year
    for code, word, name in _nodes(framework):
        text = " ".join(part for part in (name, sheet.drafts.get(code), entered.get(code)) if part)
        place = Place("scores", year, code)
        yield Findable(kind, word, text, place, year + 1, typed=False)
        if remark := remarks.get(code):
            yield Findable(kind, f"{word} • ข้อสังเกต", remark, place, year + 1, typed=False)
    for older in sorted(dossier.sheets, reverse=True):
        total = dossier.sheets[older].entered.get(TOTAL)
        text = " ".join(filter(None, (dossier.sheets[older].official_level, _figure(total))))
        place = Place("scores", older, "level")
        where = "ระดับตามประกาศและคะแนนรวม"
        yield Findable(f"คะแนนปี {older}", where, text, place, older + 1, typed=False)


def _figure(score: Decimal | None) -> str:
    return "" if score is None else f"{score:.2f}"


def _nodes(framework: Framework) -> Iterator[tuple[str, str, str]]:
    """Code, what it is called, its name: of every instrument, indicator and item."""
    for instrument in framework.instruments:
        yield instrument.code, f"เครื่องมือ {instrument.code}", instrument.name
        for indicator in instrument.indicators:
            yield indicator.code, f"ตัวชี้วัดที่ {indicator.code}", indicator.name
            yield from _below(indicator)


def _below(indicator: Indicator) -> Iterator[tuple[str, str, str]]:
    for each in indicator.subindicators:
        yield each.code, f"ตัวชี้วัดย่อยที่ {each.code}", each.name
    for item in indicator.items:
        yield item.code, f"ข้อ {item.code}", f"{item.code} {item.title}"


def _measure(measure: Measure, name: str) -> Iterator[Findable]:
    year = measure.year
    title = " ".join(measure.title.split())
    short = title if len(title) <= _SHORT else f"{title[: _SHORT - 1]}…"
    called = f"{name} “{short}”" if short else name
    kind = f"มาตรการปี {year}"
    for field, label in _PLAN.items():
        where = f"{name} • {label}" if field == "title" else f"{called} • {label}"
        place = Place("measures", measure.id, field)
        yield Findable(kind, where, getattr(measure, field), place, year)
    for which in Round:
        yield from _progress(measure, called, which)


def _progress(measure: Measure, called: str, which: Round) -> Iterator[Findable]:
    progress, year, months = measure.progress_in(which), measure.year, int(which)
    kind = f"ความก้าวหน้าปี {year} {which.label}"
    for field, label in PROGRESS_WORDS.items():
        place = Place("progress", measure.id, field)
        text = getattr(progress, field)
        yield Findable(kind, f"{called} • {label}", text, place, year, months)
    for number, photo in enumerate(progress.photos, start=1):
        place = Place("progress", measure.id, f"photo/{photo.id}")
        where = f"{called} • คำบรรยายภาพที่ {number}"
        yield Findable(kind, where, photo.caption, place, year, months)


def _oit(dossier: Dossier, year: int, framework: Framework) -> Iterator[Findable]:
    for item in oit_items(framework):
        place, text = Place("oit", item.code, "url"), f"{item.code} {item.title}"
        yield Findable(f"OIT ปี {year}", f"ข้อ {item.code}", text, place, year, typed=False)
    for each, found in sorted(dossier.disclosures.items(), reverse=True):
        for code, disclosure in found.items():
            for field, label in _DISCLOSURE.items():
                place, text = Place("oit", code, field), getattr(disclosure, field)
                yield Findable(f"OIT ปี {each}", f"ข้อ {code} • {label}", text, place, each)


def _passage(key: str, text: str, year: int) -> Findable:
    last = key.rpartition("/")[2]
    months = int(last) if last in {str(int(which)) for which in Round} else 0
    where = passage_name(key) + (f" รอบ {months} เดือน" if months else "")
    place = Place("documents", key, "passage")
    return Findable(f"ข้อความในเอกสารปี {year}", where, text, place, year, months)


def _papers(dossier: Dossier) -> Iterator[Findable]:
    for key, paper in sorted(dossier.papers.items(), reverse=True):
        kind, where = f"เอกสารปี {key.year}", f"เลขที่{_round(key)}"
        yield Findable(kind, where, paper.number, None, key.year, key.round, key)
    for issued in dossier.issued:
        yield _issued(issued)


def _issued(issued: Issued) -> Findable:
    key = issued.key
    text = " ".join(part for part in (issued.name, issued.code, issued.number) if part)
    day = thai_date(date.fromisoformat(issued.at[:10]), short=True)
    where = f"ออกเมื่อ {day}{_round(key)}"
    return Findable("ทะเบียนเอกสาร", where, text, None, key.year, key.round, key)


def _round(key: PaperKey) -> str:
    return f" รอบ {key.round} เดือน" if key.round else ""
