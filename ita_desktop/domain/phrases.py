"""What the office has typed before, to be offered where it types the like again.

Nothing is kept for it: the phrases are those that stand in the data file now. What was used most
comes first, and a use of the newest year counts more than an old one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.measures import owner_names
from ita_desktop.domain.papers import Disclosure
from ita_desktop.domain.search import fold

MOST_OFFERED = 10
LEAST_TYPED = 2
LONGEST = 120
"""Letters of a phrase; longer texts are told apart by nobody in a list."""

Use = tuple[int, str]
"""The year in which a phrase was used, and the phrase."""


def ranked(uses: Iterable[Use], declared: Iterable[str] = ()) -> tuple[str, ...]:
    """Phrases once each: used most and latest first, then what was declared and never used."""
    weights: dict[str, float] = {}
    found = [(year, " ".join(text.split())) for year, text in uses]
    newest = max((year for year, _ in found), default=0)
    for year, text in found:
        if text and len(text) <= LONGEST:
            weights[text] = weights.get(text, 0) + 1 / (1 + newest - year)
    first = sorted(weights, key=lambda text: -weights[text])
    return tuple(dict.fromkeys((*first, *(name for name in declared if name.strip()))))


def owners(dossier: Dossier) -> tuple[str, ...]:
    """Everybody who owns a measure or an item, and the divisions."""
    return ranked(_owners(dossier), (each.name for each in dossier.divisions))


def owner_phrases(dossier: Dossier) -> tuple[str, ...]:
    """The same, and owners as they were written together ("กองคลัง, กองช่าง")."""
    together = [
        (year, each.owners)
        for year, measures in dossier.measures.items()
        for each in measures
        if len(owner_names(each.owners)) > 1
    ]
    return tuple(dict.fromkeys((*owners(dossier), *ranked(together))))


def _owners(dossier: Dossier) -> Iterator[Use]:
    for year, measures in dossier.measures.items():
        for each in measures:
            yield from ((year, name) for name in owner_names(each.owners))
    for year, found in _disclosures(dossier):
        yield from ((year, name) for name in owner_names(found.owner))


def checkers(dossier: Dossier) -> tuple[str, ...]:
    """Whoever has checked an item, and the people of the office."""
    used = ((year, found.checked_by) for year, found in _disclosures(dossier))
    return ranked(used, (person.full_name for person in dossier.people))


def explanations(dossier: Dossier) -> tuple[str, ...]:
    """What was written beside items of the OIT list."""
    return ranked((year, found.explanation) for year, found in _disclosures(dossier))


def captions(dossier: Dossier) -> tuple[str, ...]:
    """What was written under photos: the same place, the same occasion."""
    return ranked(
        (year, photo.caption)
        for year, measures in dossier.measures.items()
        for each in measures
        for progress in each.progress.values()
        for photo in progress.photos
    )


def positions(dossier: Dossier) -> tuple[str, ...]:
    """The posts of the office's people, their own and those they act for."""
    return ranked((0, text) for each in dossier.people for text in (each.position, each.acting))


def _disclosures(dossier: Dossier) -> Iterator[tuple[int, Disclosure]]:
    for year, found in dossier.disclosures.items():
        for each in found.values():
            yield year, each


def matching(phrases: Sequence[str], typed: str, most: int = MOST_OFFERED) -> tuple[str, ...]:
    """Phrases that hold what was typed, those that begin with it first.

    One letter is in nearly everything: nothing is offered yet. What stands there already is not
    offered again.
    """
    wanted = fold(typed)
    if len(wanted) < LEAST_TYPED:
        return ()
    found = [(text, fold(text)) for text in phrases]
    begin = [text for text, folded in found if folded.startswith(wanted) and folded != wanted]
    hold = [text for text, folded in found if wanted in folded[1:] and text not in begin]
    return tuple((begin + hold)[:most])


def last_part(text: str) -> tuple[str, str]:
    """A text that names several, parted before the last name: what stands before, the last name.

    Names are parted as ``owner_names`` parts them.
    """
    found = re.search(r"[^,/\n]*\Z", text)
    start = found.start() if found else 0
    part = text[start:]
    lead = len(part) - len(part.lstrip())
    return text[: start + lead], part.lstrip()
