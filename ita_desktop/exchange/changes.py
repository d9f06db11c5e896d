"""What has changed between two states of an office's data, in words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import month_name, thai_date
from ita_desktop.domain.measures import PROGRESS_WORDS, STATUS_LABELS
from ita_desktop.domain.office import LETTERHEAD_WORDS, OFFICE_WORDS
from ita_desktop.exchange.interchange import interchange_to_data

_FIELDS: dict[str, str] = {
    "kind": "ประเภท",
    **OFFICE_WORDS,
    "title": "ชื่อมาตรการ",
    "indicators": "ตัวชี้วัด",
    "issues": "ประเด็น",
    "items": "ข้อที่ตอบ",
    "steps": "วิธีดำเนินการ",
    "owners": "ผู้รับผิดชอบ",
    "first_month": "เดือนเริ่ม",
    "last_month": "เดือนสิ้นสุด",
    "approach": "แนวทางปฏิบัติ",
    "follow_up": "การกำกับติดตาม",
    "continued": "วิธีเพิ่มเติม",
    "day": "วันที่",
    "status": "สถานะ",
    **PROGRESS_WORDS,
    "photos": "ภาพ",
    "disclosed": "การเปิดเผย",
    "url": "URL",
    "explanation": "คำอธิบาย",
    "owner": "ผู้รับผิดชอบ",
    "checked_by": "ผู้ตรวจสอบ",
    "number": "เลขที่",
}
_STATUSES = {status.value: label for status, label in STATUS_LABELS.items()}

RECORD = "record"
"""Key of a measure's record id in a snapshot."""

Facts = dict[tuple[str, ...], str]
"""What the data say, by place; the place's parts are its label, joined."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is no longer as it was. ``old`` or ``new`` is "" where there was none."""

    label: str
    old: str
    new: str


def differences(
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    year: int,
    names: Mapping[str, str] | None = None,
) -> tuple[Difference, ...]:
    """What has changed of all that a document of measure year ``year`` can show.

    Both are data of the interchange form, better still of ``snapshot``: then a measure is known by
    its record, else by its words and at last by its place. ``names``: what places of passages and
    kinds of documents are called in Thai.
    """
    listed = _listed(old, year), _listed(new, year)
    pairs = _paired(*listed)
    before = _facts(old, year) | _measure_facts(listed[0], _old_words(*listed, pairs), year)
    now = _facts(new, year) | _measure_facts(listed[1], _words(listed[1]), year)
    before, now = _with_order(before, now, listed, pairs)
    keys = [*before, *(key for key in now if key not in before)]
    called = names or {}
    return tuple(
        Difference(
            " • ".join(called.get(part, part) for part in key),
            before.get(key, ""),
            now.get(key, ""),
        )
        for key in keys
        if before.get(key, "") != now.get(key, "")
    )


MARK_WORDS = {
    "threshold": "ต่างกันไม่เกินเท่านี้ถือว่าเท่าเดิม",
    "strength": "จุดแข็งตั้งแต่",
    "high": "คะแนนสูงตั้งแต่",
    "count": "จำนวนในรายการ",
    "scale": "ระดับของข้อคำถาม",
}
"""What the marks of the analysis are called."""
_Found = Iterator[tuple[tuple[str, ...], str]]


def _facts(data: Mapping[str, Any], year: int) -> Facts:
    found: Facts = {}
    for source in (_office, _people, _scores, _papers, _set_aside, _marks):
        found.update(source(data, year))
    return {key: value for key, value in found.items() if value}


def field_word(name: str) -> str:
    """What a field of the data is called in Thai; its own name when it has no word."""
    return _field(name)


def _field(name: object) -> str:
    return _FIELDS.get(str(name), str(name))


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(_text(each) for each in value)
    if isinstance(value, dict):
        return " ".join(_text(each) for each in value.values())
    if isinstance(value, bool):
        return "ใช่" if value else ""
    return "" if value is None else str(value)


def _office(data: Mapping[str, Any], _year: int) -> _Found:
    for name, value in data.get("office", {}).items():
        yield ("หน่วยงาน", _field(name)), _text(value)
    for name, value in data.get("letterhead", {}).items():
        yield ("หัวกระดาษ", LETTERHEAD_WORDS.get(str(name), str(name))), _text(value)


def _people(data: Mapping[str, Any], _year: int) -> _Found:
    people = {person.get("id"): person for person in data.get("people", [])}
    for number, link in enumerate(data.get("chain", []), start=1):
        person = people.get(link.get("person"), {})
        names = ("title", "given_name", "family_name", "position", "acting")
        text = " ".join(person[name] for name in names if person.get(name))
        yield (f"ผู้ลงนามลำดับที่ {number}",), f"{text} ({link.get('role', '')})"


def _scores(data: Mapping[str, Any], year: int) -> _Found:
    for sheet in data.get("scores", []):
        assessed = sheet.get("year")
        if assessed not in (year - 1, year - 2):
            continue
        for code, score in sheet.get("entered", {}).items():
            yield (f"คะแนนปี {assessed}", str(code)), _text(score)
        yield (f"คะแนนปี {assessed}", "ระดับ"), sheet.get("official_level", "")


_KINDS = {"measure": "มาตรการ", "guideline": "แนวทางยกระดับ"}
_Listed = list[Mapping[str, Any]]
_Pairs = dict[int, int]
"""Place in the new list -> place in the old one of the same measure."""


def snapshot(dossier: Dossier) -> dict[str, Any]:
    """All that a document can show, in the interchange form, each measure with its record's id.

    For comparing states of one data file; pictures' bytes are no part of it. The ids mean nothing
    elsewhere, so this is no file to give away.
    """
    data = interchange_to_data(dossier)
    measures = [measure for found in dossier.measures.values() for measure in found]
    for entry, measure in zip(data["measures"], measures, strict=True):
        entry[RECORD] = measure.id
    return data


def _listed(data: Mapping[str, Any], year: int) -> _Listed:
    """The year's measures and guidelines, in their order."""
    return [each for each in data.get("measures", []) if each.get("year") == year]


def _paired(old: _Listed, new: _Listed) -> _Pairs:
    """Which measure is which: by record where both tell it, else by words, else by place."""
    if all(RECORD in each for each in (*old, *new)):
        places = {each[RECORD]: at for at, each in enumerate(old)}
        return {at: places[each[RECORD]] for at, each in enumerate(new) if each[RECORD] in places}
    pairs: _Pairs = {}
    for key_of in (_content, _title, _place):
        left = [at for at in range(len(old)) if at not in pairs.values()]
        free: dict[object, list[int]] = {}
        for at, key in zip(left, key_of([old[at] for at in left]), strict=True):
            free.setdefault(key, []).append(at)
        rest = [at for at in range(len(new)) if at not in pairs]
        for at, key in zip(rest, key_of([new[at] for at in rest]), strict=True):
            if free.get(key):
                pairs[at] = free[key].pop(0)
    return pairs


def _content(listed: _Listed) -> Iterator[object]:
    for each in listed:
        yield json.dumps({**each, RECORD: 0}, sort_keys=True, default=str)


def _title(listed: _Listed) -> Iterator[object]:
    for each in listed:
        yield (_kind(each), each["title"]) if each.get("title") else object()


def _place(listed: _Listed) -> Iterator[tuple[str, int]]:
    counts: dict[str, int] = {}
    for each in listed:
        counts[_kind(each)] = counts.get(_kind(each), 0) + 1
        yield _kind(each), counts[_kind(each)]


def _kind(measure: Mapping[str, Any]) -> str:
    return str(measure.get("kind", "measure"))


def _words(listed: _Listed) -> list[str]:
    """What each measure is called: its kind and its number in the list."""
    return [f"{_KINDS.get(kind, kind)}ลำดับที่ {number}" for kind, number in _place(listed)]


def _old_words(old: _Listed, new: _Listed, pairs: _Pairs) -> list[str]:
    """What the measures of the old list are called: as now, or as they were once deleted."""
    now = _words(new)
    called = {before: now[at] for at, before in pairs.items()}
    return [called.get(at, f"{words} ที่ลบแล้ว") for at, words in enumerate(_words(old))]


def _with_order(
    before: Facts, now: Facts, listed: tuple[_Listed, _Listed], pairs: _Pairs
) -> tuple[Facts, Facts]:
    """Both with the order of the measures that both have, where that is another."""
    places = [pairs[at] for at in sorted(pairs)]
    if places == sorted(places):
        return before, now
    key = ("ลำดับของมาตรการ",)
    kept = [listed[0][at] for at in sorted(places)]
    moved = [listed[1][at] for at in sorted(pairs)]
    return before | {key: _titles(kept)}, now | {key: _titles(moved)}


def _titles(listed: _Listed) -> str:
    return "\n".join(
        str(each.get("title") or "") or _text(each.get("approach")) or "–" for each in listed
    )


def _measure_facts(listed: _Listed, words: list[str], year: int) -> Facts:
    found: Facts = {}
    for measure, where in zip(listed, words, strict=True):
        found.update(_measure(measure, where, year))
    return {key: value for key, value in found.items() if value}


def _measure(measure: Mapping[str, Any], where: str, year: int) -> _Found:
    for name, value in measure.items():
        if name not in ("year", "kind", "progress", RECORD):
            yield (where, _field(name)), _when(name, value, year) or _text(value)
    for progress in measure.get("progress", []):
        which = f"รอบ {progress.get('round')} เดือน"
        for name, value in progress.items():
            if name != "round":
                text = _STATUSES.get(value, "") if name == "status" else _text(value)
                yield (where, which, _field(name)), text


def _when(name: str, value: Any, year: int) -> str:
    """A fiscal month or a day in words; "" for any other field."""
    if name in ("first_month", "last_month") and isinstance(value, int):
        return month_name(year, value)
    if name == "day" and isinstance(value, str):
        return thai_date(date.fromisoformat(value))
    return ""


def _papers(data: Mapping[str, Any], year: int) -> _Found:
    for passage in data.get("passages", []):
        if passage.get("year") == year:
            yield ("ข้อความในเอกสาร", str(passage.get("place"))), passage.get("text", "")
    for found in data.get("disclosures", []):
        if found.get("year") in (year, year - 1):
            where = f"OIT ปี {found['year']} ข้อ {found.get('code')}"
            for name, value in found.items():
                if name not in ("year", "code"):
                    yield (where, _field(name)), _text(value)
    for paper in data.get("papers", []):
        if paper.get("year") == year:
            months = paper.get("round", 0)
            where = (str(paper.get("kind")), *((f"รอบ {months} เดือน",) if months else ()))
            yield (*where, "เลขที่"), paper.get("number", "")
            yield (*where, "วันที่"), _text(paper.get("day"))


def _set_aside(data: Mapping[str, Any], year: int) -> _Found:
    for aside in data.get("set_aside", []):
        if aside.get("year") == year:
            reason = aside.get("reason") or "ไม่ได้ให้เหตุผล"
            yield ("ข้อสังเกตที่พักไว้", str(aside.get("finding"))), reason


def _marks(data: Mapping[str, Any], _year: int) -> _Found:
    for name, value in data.get("marks", {}).items():
        yield ("เกณฑ์การวิเคราะห์", MARK_WORDS.get(str(name), str(name))), _text(value)
