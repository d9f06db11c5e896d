"""An office whose every text is hostile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import cycle
from typing import Any

from ita_desktop.domain.dossier import Dossier
from ita_desktop.exchange.interchange import read_interchange
from ita_desktop.paths import resources
from tests.hostile.texts import HOSTILE_TEXTS

_OFFICE = ("name", "district", "province", "address", "postal_code", "telephone", "website")
_OFFICE_TOO = ("email", "responsible_division", "number_prefix", "fax")
_PERSON = ("title", "given_name", "family_name", "position", "acting")
_MEASURE = ("title", "steps", "owners", "approach", "follow_up")
_PROGRESS = ("result", "output", "outcome", "note")
_DISCLOSURE = ("url", "explanation", "owner", "checked_by")


def hostile_office(*texts: str) -> Dossier:
    """The sample office with every typed text replaced by one of the texts, in turn."""
    supply = cycle(texts or HOSTILE_TEXTS)
    return _replaced(lambda: next(supply))


def _replaced(text: Callable[[], str]) -> Dossier:
    sample = read_interchange(resources() / "sample" / "office.json").dossier

    def new(record: Any, names: tuple[str, ...]) -> Any:
        return replace(record, **{name: text() for name in names})

    return replace(
        sample,
        office=new(sample.office, (*_OFFICE, *_OFFICE_TOO)),
        people=tuple(new(person, _PERSON) for person in sample.people),
        chain=tuple(new(link, ("role",)) for link in sample.chain),
        divisions=tuple(new(division, ("name",)) for division in sample.divisions),
        measures={
            year: tuple(
                replace(
                    new(measure, _MEASURE),
                    progress={
                        which: new(progress, _PROGRESS)
                        for which, progress in measure.progress.items()
                    },
                )
                for measure in measures
            )
            for year, measures in sample.measures.items()
        },
        passages={
            year: {place: text() for place in passages}
            for year, passages in sample.passages.items()
        },
        disclosures={
            year: {code: new(found, _DISCLOSURE) for code, found in items.items()}
            for year, items in sample.disclosures.items()
        },
        papers={key: new(paper, ("number",)) for key, paper in sample.papers.items()},
    )
