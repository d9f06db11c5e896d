"""คลังข้อความ: the office's own sentences and measures of other years, to be used again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.measures import Measure
from ita_desktop.thai.digits import to_arabic

_FIELDS = {
    "title": "มาตรการ",
    "steps": "วิธีดำเนินการ",
    "approach": "แนวทางปฏิบัติ",
    "follow_up": "การกำกับติดตาม",
}
_PROGRESS = {"result": "ผลการดำเนินการ", "output": "ผลผลิต", "outcome": "ผลลัพธ์", "note": "หมายเหตุ"}
_SHORTEST = 8
"""Texts of fewer letters are no sentences worth keeping."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A text of an earlier year: what it was, its year, and which indicators it answered.

    ``field``: the field of a measure or of its progress; "passage" for a text of a document.
    """

    field: str
    source: str
    year: int
    text: str
    indicators: tuple[str, ...] = ()


def bank_of(
    dossier: Dossier,
    year: int,
    search: str = "",
    *,
    indicators: Iterable[str] = (),
    fields: Iterable[str] = (),
) -> tuple[Kept, ...]:
    """Texts of other years than ``year``: those that answer ``indicators`` first, then the newest.

    The same text is offered once, with its newest year. ``search``: words that must all be in it
    (either digits). ``fields``: only these; () means all.
    """
    words = to_arabic(search).casefold().split()
    wanted, only = set(indicators), set(fields)
    found: dict[str, Kept] = {}
    for kept in sorted(_all(dossier, year), key=lambda each: -each.year):
        plain = to_arabic(kept.text).casefold()
        fits = (not only or kept.field in only) and all(word in plain for word in words)
        if fits and len(plain.strip()) >= _SHORTEST:
            found.setdefault(" ".join(plain.split()), kept)
    return tuple(sorted(found.values(), key=lambda each: not wanted & set(each.indicators)))


def _all(dossier: Dossier, year: int) -> Iterator[Kept]:
    for own, measures in dossier.measures.items():
        if own != year:
            for measure in measures:
                yield from _of_measure(measure)
    for own, passages in dossier.passages.items():
        if own != year:
            for text in passages.values():
                yield Kept("passage", f"ข้อความในเอกสาร ปี {own}", own, text.strip())


def _of_measure(measure: Measure) -> Iterator[Kept]:
    for field, name in _FIELDS.items():
        text = getattr(measure, field).strip()
        yield Kept(field, f"{name} ปี {measure.year}", measure.year, text, measure.indicators)
    for progress in measure.progress.values():
        for field, name in _PROGRESS.items():
            text = getattr(progress, field).strip()
            yield Kept(field, f"{name} ปี {measure.year}", measure.year, text, measure.indicators)
