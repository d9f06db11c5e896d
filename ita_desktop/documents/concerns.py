"""Which findings of the review concern which kind of document.

A document misses what its blocks print: findings about scores concern one that prints scores, and
so on. The template's blocks tell; no kind is named here, so an office's own kinds count too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ita_desktop.documents.templates import BlockTemplate, Template
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.papers import NO_ROUND
from ita_desktop.domain.review import Finding

_OFFICE_ALWAYS = frozenset({"name", "district", "province"})
_SCORE_BLOCKS = frozenset({"scores", "selection", "focus", "issues", "summary"})
_SIGNED = frozenset({"signatures", "memo_head"})
_PROGRESS_COLUMNS = frozenset(
    {"result", "output", "outcome", "outcome_photos", "photos", "note", "status", "progress"}
)
_COUNT_WORDS = re.compile(r"\{(done_count|in_progress_count|not_started_count)\}")
_SCORE_WORDS = re.compile(
    r"\{(total|level|total_change|instrument_scores|strong_list|weak_[a-z]+)\}"
)
_ISSUE_TEXTS = ("issue/", "analysis/")


def parts_of(template: Template) -> frozenset[str]:
    """What a kind of document prints.

    Of "signers", "scores", "measures", "guidelines", "progress", "oit".
    """
    return frozenset(part for block in template.blocks for part in _parts(block))


def _parts(block: BlockTemplate) -> Iterator[str]:
    wording = " ".join(_words(block.settings))
    if block.kind in _SIGNED:
        yield "signers"
    if block.kind in _SCORE_BLOCKS or _SCORE_WORDS.search(wording):
        yield "scores"
    if _COUNT_WORDS.search(wording):
        yield "progress"
    if block.kind == "chart":
        yield "progress" if block.wording("source") == "statuses" else "scores"
    if block.kind in ("measures", "guidelines"):
        yield block.kind
        columns = {column.value for column in block.settings.get("columns", ())}
        if columns & _PROGRESS_COLUMNS:
            yield "progress"
    if block.kind == "photos":
        yield "progress"
    if block.kind == "oit":
        yield "oit"


def _words(value: object) -> Iterator[str]:
    """Every text among a block's settings."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _words(each)
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _words(each)


def concerns(template: Template, finding: Finding, year: int, which: Round) -> bool:
    """Whether a finding of the review of ``year`` and round is about what the document prints."""
    return bool(concerned(template, (finding,), year, which))


def concerned(
    template: Template, found: Iterable[Finding], year: int, which: Round
) -> tuple[Finding, ...]:
    """Those findings of the review of ``year`` and round that are about what is printed."""
    parts = parts_of(template)  # once: every word of the template is looked at for them
    return tuple(each for each in found if _concerns(template, parts, each, year, which))


def _concerns(
    template: Template, parts: frozenset[str], finding: Finding, year: int, which: Round
) -> bool:
    place = finding.place
    if place.page == "office":
        return place.field in _OFFICE_ALWAYS or "signers" in parts
    if place.page == "scores":
        return "scores" in parts
    if place.page == "measures":
        return bool(parts & {"measures", "guidelines"})
    if place.page == "progress":
        return "progress" in parts
    record = str(place.record)
    if record.startswith("oit/"):
        return "oit" in parts and record.startswith(f"oit/{year}/")
    return _concerns_texts(template, record, place.field, which)


def _concerns_texts(template: Template, record: str, field: str, which: Round) -> bool:
    """Whether a finding on the page of documents is about this one's texts or its day."""
    if field == "day":
        months = int(which) if template.rounds else NO_ROUND
        return record == f"{template.kind}/{months}"
    places = {part.wording("place") for part in template.passages}
    if template.rounds:
        places = {f"{place}/{int(which)}" for place in places}
    prints_issues = any(block.kind == "issues" for block in template.blocks)
    return record in places or (prints_issues and record.startswith(_ISSUE_TEXTS))
