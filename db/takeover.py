"""The rows of a dossier under their own ids: for a file that is filled from memory alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from db.rows import Key, keepable
from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.measures import Measure
from ita_desktop.domain.papers import Issued

Placed = tuple[str, Key, dict[str, Any]]
"""Table, key, columns."""


def list_text(values: Iterable[Any]) -> str:
    """A list as JSON. Its texts are cleaned here: escaped in JSON, the recorder can't see them."""
    return json.dumps([keepable(value) if isinstance(value, str) else value for value in values])


class Takeover:
    """What a dossier holds in rows that others point to; the files they need are asked for.

    ``files``: those that could be had; ``missing``: how many could not. A photo or an issued
    document without its file is left out, for its row may not stand alone.
    """

    def __init__(self, dossier: Dossier, picture: Callable[[str], bytes | None]) -> None:
        self._dossier = dossier
        self.files: dict[str, bytes] = {}
        wanted = set(_digests(dossier))
        for digest in wanted:
            try:
                content = picture(digest)
            except Exception:  # noqa: BLE001 - whatever the broken medium says: the rest is saved
                content = None
            if content is not None:
                self.files[digest] = content
        self.missing = len(wanted) - len(self.files)

    def rows(self) -> Iterator[Placed]:
        """The rows, each after those it points to."""
        dossier = self._dossier
        for rank, person in enumerate(dossier.people, start=1):
            names = ("title", "given_name", "family_name", "position", "acting")
            values = {name: getattr(person, name) for name in names}
            yield "person", person.id, {**values, "rank": rank}
        for rank, link in enumerate(dossier.chain, start=1):
            values = {"person_id": link.person_id, "role": link.role, "rank": rank}
            yield "chain_link", link.id, values
        for rank, division in enumerate(dossier.divisions, start=1):
            yield "division", division.id, {"name": division.name, "rank": rank}
        for measures in dossier.measures.values():
            for rank, measure in enumerate(measures, start=1):
                yield from self._measure(measure, rank)
        for kind, content in dossier.templates.items():
            yield "template", kind, {"content": content}
        for issued in dossier.issued:
            if {issued.file, issued.data} <= self.files.keys():
                yield from self._issued(issued)

    def _measure(self, measure: Measure, rank: int) -> Iterator[Placed]:
        names = ("title", "steps", "owners", "first_month", "last_month", "approach", "follow_up")
        values = {name: getattr(measure, name) for name in names}
        lists = {name: list_text(getattr(measure, name)) for name in _LISTS}
        more = {
            "year": measure.year,
            "kind": measure.kind.value,
            "continued": int(measure.continued),
            "day": _day(measure.day),
            "rank": rank,
        }
        yield "measure", measure.id, {**values, **lists, **more}
        for which, progress in measure.progress.items():
            texts = {name: getattr(progress, name) for name in _PROGRESS}
            status = None if progress.status is None else progress.status.value
            yield "progress", (measure.id, int(which)), {**texts, "status": status}
            for at, photo in enumerate(progress.photos, start=1):
                if photo.digest in self.files:
                    own = {"measure_id": measure.id, "round": int(which), "rank": at}
                    own |= {"digest": photo.digest, "caption": photo.caption}
                    yield "photo", photo.id, own

    def _issued(self, issued: Issued) -> Iterator[Placed]:
        key = {"year": issued.key.year, "kind": issued.key.kind, "round": issued.key.round}
        names = ("name", "code", "at", "number", "file", "data")
        values = {name: getattr(issued, name) for name in names}
        yield "issued", issued.id, {**key, **values, "day": _day(issued.day)}
        for rank, passing in enumerate(issued.passings, start=1):
            scan = passing.scan if passing.scan in self.files else ""
            own = {"issued_id": issued.id, "rank": rank, "step": passing.step.value}
            own |= {"day": _day(passing.day), "who": passing.who, "scan_name": passing.scan_name}
            yield "passing", passing.id, {**own, "scan": scan}


_LISTS = ("indicators", "issues", "items")
_PROGRESS = ("result", "output", "outcome", "note")


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _digests(dossier: Dossier) -> Iterator[str]:
    """The files a dossier speaks of."""
    for measures in dossier.measures.values():
        for measure in measures:
            for progress in measure.progress.values():
                yield from (photo.digest for photo in progress.photos)
    for issued in dossier.issued:
        yield from (issued.file, issued.data)
        yield from (passing.scan for passing in issued.passings if passing.scan)
    yield from filter(None, (dossier.letterhead.emblem, dossier.letterhead.seal))
