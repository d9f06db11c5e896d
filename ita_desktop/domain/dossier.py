"""Everything one data file holds, as the rest of the program sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ita_desktop.domain.marks import Marks
from ita_desktop.domain.measures import Measure, MeasureKind
from ita_desktop.domain.office import ChainLink, Division, Letterhead, Office, Person
from ita_desktop.domain.papers import Disclosure, Issued, Paper, PaperKey
from ita_desktop.domain.scores import ScoreSheet


@dataclass(frozen=True, slots=True)
class Dossier:
    """A snapshot of the office's data. Sheets and measures are keyed by their fiscal year.

    ``passages``: measure year -> place -> text. ``disclosures``: assessed year -> OIT item code.
    ``set_aside``: measure year -> key of a finding of the review -> why it was set aside.
    ``templates``: the office's own document templates, kind -> JSON text.
    """

    office: Office = Office()
    people: tuple[Person, ...] = ()
    chain: tuple[ChainLink, ...] = ()
    divisions: tuple[Division, ...] = ()
    sheets: Mapping[int, ScoreSheet] = field(default_factory=dict)
    measures: Mapping[int, tuple[Measure, ...]] = field(default_factory=dict)
    letterhead: Letterhead = Letterhead()
    passages: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    disclosures: Mapping[int, Mapping[str, Disclosure]] = field(default_factory=dict)
    papers: Mapping[PaperKey, Paper] = field(default_factory=dict)
    issued: tuple[Issued, ...] = ()
    templates: Mapping[str, str] = field(default_factory=dict)
    set_aside: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    marks: Marks = Marks()

    def sheet(self, year: int) -> ScoreSheet:
        """The score sheet of a year; an empty one when nothing was entered."""
        return self.sheets.get(year) or ScoreSheet(year)

    def measures_of(self, year: int, kind: MeasureKind) -> tuple[Measure, ...]:
        """Measures or guidelines of a measure year, in order."""
        return tuple(measure for measure in self.measures.get(year, ()) if measure.kind is kind)

    def passage(self, year: int, place: str) -> str:
        """The office's own text for a place in a measure year's documents; "" when none."""
        return self.passages.get(year, {}).get(place, "")

    def disclosure(self, year: int, code: str) -> Disclosure:
        """What is disclosed for an OIT item; an empty one when nothing was entered."""
        return self.disclosures.get(year, {}).get(code) or Disclosure(code)

    def paper(self, key: PaperKey) -> Paper:
        """Number and date of a document; blank when none was given."""
        return self.papers.get(key) or Paper()

    def person(self, person_id: int | None) -> Person | None:
        """The person with that id."""
        return next((person for person in self.people if person.id == person_id), None)


def with_draft(dossier: Dossier, year: int, code: str, text: str) -> Dossier:
    """The dossier with a text that is no score yet in that place of the sheet; "": with none."""
    sheet = dossier.sheet(year)
    drafts = {each: kept for each, kept in sheet.drafts.items() if each != code}
    changed = replace(sheet, drafts={**drafts, code: text} if text else drafts)
    sheets = {each: kept for each, kept in dossier.sheets.items() if each != year}
    if changed != ScoreSheet(year):
        sheets[year] = changed
    return replace(dossier, sheets=sheets)
