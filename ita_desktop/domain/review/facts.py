"""What the texts are held against: office, people, scores, codes and dates of a year and round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol

from ita_desktop.domain.analysis import Change, changes
from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import BUDDHIST_OFFSET, Round
from ita_desktop.domain.framework import Framework, Indicator, Item
from ita_desktop.domain.measures import Measure, Status, counted
from ita_desktop.domain.office import Office, Person
from ita_desktop.domain.scores import ScoreTree
from ita_desktop.thai.digits import to_arabic


class Shelf(Protocol):
    """Frameworks by year: a shelf of them, or a mapping through ``FrameworksOf``."""

    def years(self) -> Sequence[int]:
        """The years at hand."""
        ...

    def get(self, year: int) -> Framework:
        """The framework of a year."""
        ...


class FrameworksOf:
    """A plain mapping of frameworks in the part of a shelf. ``get`` raises KeyError."""

    def __init__(self, frameworks: Mapping[int, Framework]) -> None:
        self._frameworks = dict(frameworks)

    def years(self) -> Sequence[int]:
        """The years at hand, ascending."""
        return sorted(self._frameworks)

    def get(self, year: int) -> Framework:
        """The framework of a year."""
        return self._frameworks[year]


@dataclass(frozen=True)
class Names:
    """The office and its people, as the rules about names need them."""

    office: Office
    people: tuple[Person, ...]
    signers: tuple[Person, ...]
    divisions: tuple[str, ...]

    @property
    def last_signer(self) -> Person | None:
        """Who signs last; None while the chain is empty."""
        return self.signers[-1] if self.signers else None


TITLE_START = 6
"""Letters by which titles of items are looked up."""

Titles = Mapping[str, tuple[tuple[str, str], ...]]
"""How titles begin -> (code, title) of those that begin so, longest title first."""


@dataclass(frozen=True)
class Codes:
    """Which codes there are, by assessed year, and the names behind them."""

    frameworks: Mapping[int, Framework]

    @cached_property
    def known(self) -> dict[int, frozenset[str]]:
        """The item codes of each year."""
        return {year: frozenset(each.items) for year, each in self.frameworks.items()}

    @cached_property
    def everywhere(self) -> frozenset[str]:
        """Item codes of any year."""
        return frozenset().union(*self.known.values())

    @cached_property
    def titles(self) -> dict[int, Titles]:
        """The titles of each year's items, by how they begin."""
        return {year: _titles(each) for year, each in self.frameworks.items()}

    def indicators(self, year: int) -> Mapping[str, Indicator]:
        """The indicators of a year by code; empty for a year not at hand."""
        return self.frameworks[year].indicators if year in self.frameworks else {}

    def items(self, year: int) -> Mapping[str, Item]:
        """The items of a year by code; empty for a year not at hand."""
        return self.frameworks[year].items if year in self.frameworks else {}


@dataclass(frozen=True)
class Times:
    """Measure year, round, and the first day of a document that reports on it."""

    year: int
    which: Round
    document_day: date | None = None

    @property
    def first(self) -> date:
        """First day of the fiscal year."""
        return date(self.year - BUDDHIST_OFFSET - 1, 10, 1)

    @property
    def last(self) -> date:
        """Last day of the fiscal year."""
        return date(self.year - BUDDHIST_OFFSET, 9, 30)

    @property
    def round_end(self) -> date:
        """Last day the round reports on."""
        year = self.year - BUDDHIST_OFFSET
        if self.which is Round.THREE:
            return date(year - 1, 12, 31)
        return date(year, 3, 31) if self.which is Round.SIX else self.last


@dataclass(frozen=True)
class Figures:
    """The analysed year's scores, the year before, and the counts a text may cite."""

    tree: ScoreTree
    earlier: ScoreTree | None
    measures: int
    statuses: Mapping[Status, int]

    @cached_property
    def changes(self) -> dict[str, Change]:
        """The change at every node of the analysed year, by code."""
        return {each.code: each for each in changes(self.tree, self.earlier, self.tree.nodes)}


@dataclass(frozen=True)
class Facts:
    """All that a text can be held against."""

    names: Names
    codes: Codes
    times: Times
    figures: Figures


def _titles(framework: Framework) -> Titles:
    made: dict[str, list[tuple[str, str]]] = {}
    for item in sorted(framework.items.values(), key=lambda item: -len(item.title)):
        title = to_arabic(item.title)
        if len(title) >= TITLE_START:
            made.setdefault(title[:TITLE_START], []).append((item.code, title))
    return {start: tuple(listed) for start, listed in made.items()}


def names_of(dossier: Dossier) -> Names:
    """Office, people and signers of a dossier."""
    people = (dossier.person(link.person_id) for link in dossier.chain)
    return Names(
        dossier.office,
        dossier.people,
        tuple(person for person in people if person is not None),
        tuple(division.name.strip() for division in dossier.divisions if division.name.strip()),
    )


def codes_of(shelf: Shelf, year: int) -> Codes:
    """The codes of every year at hand; the analysed and the measure year always."""
    years = {*shelf.years(), year - 1}
    return Codes({each: shelf.get(each) for each in sorted(years)})


def times_of(dossier: Dossier, year: int, which: Round) -> Times:
    """Year and round, with the earliest day of the round's documents."""
    days = [
        paper.day
        for key, paper in dossier.papers.items()
        if key.year == year and key.round == which and paper.day is not None
    ]
    return Times(year, which, min(days, default=None))


def figures_of(
    tree: ScoreTree, earlier: ScoreTree | None, measures: Sequence[Measure], which: Round
) -> Figures:
    """Scores and counts of a round; ``tree`` is the analysed year's."""
    statuses = [each.progress_in(which).status for each in measures if not each.continued]
    counts = {status: statuses.count(status) for status in Status}
    return Figures(tree, earlier, counted(measures), counts)
