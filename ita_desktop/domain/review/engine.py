"""All findings of a measure year and round, and what was found kept for the next time."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.framework import Framework
from ita_desktop.domain.measures import Measure, MeasureKind
from ita_desktop.domain.review.basis import office_findings, plan_findings, score_findings
from ita_desktop.domain.review.codes import code_findings, measure_codes
from ita_desktop.domain.review.contradiction import (
    contradiction_findings,
    disclosure_scores,
    scale_findings,
    status_findings,
)
from ita_desktop.domain.review.counts import count_findings
from ita_desktop.domain.review.facts import (
    Facts,
    FrameworksOf,
    Shelf,
    codes_of,
    figures_of,
    names_of,
    times_of,
)
from ita_desktop.domain.review.figures import sheet_findings, text_findings
from ita_desktop.domain.review.kinds import Finding
from ita_desktop.domain.review.language import language_findings
from ita_desktop.domain.review.names import (
    chain_findings,
    name_findings,
    official_names,
    owner_findings,
)
from ita_desktop.domain.review.structure import (
    evidence_findings,
    measure_structure,
    pasted_findings,
    text_structure,
    weak_findings,
)
from ita_desktop.domain.review.texts import UserText, named_measures, user_texts
from ita_desktop.domain.review.years import (
    disclosure_days,
    measure_times,
    paper_days,
    text_dates,
)
from ita_desktop.domain.scores import ScoreTree, score_tree

T = TypeVar("T")
Findings = tuple[Finding, ...]


class _Memo:
    """Results by key, each kept while what it was made of stays equal."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, tuple[tuple[Any, ...], Any]] = {}

    def get(self, key: Hashable, inputs: tuple[Any, ...], make: Callable[[], T]) -> T:
        """The result for ``key``, made anew when its inputs have changed."""
        kept = self._kept.get(key)
        if kept is not None and kept[0] == inputs:
            return kept[1]
        made = make()
        self._kept[key] = (inputs, made)
        return made


_Rules = Callable[[UserText, Facts], Iterator[Finding]]


class _TextMemo:
    """Findings in single texts, by groups of rules that look at the same facts.

    A group forgets what it found when the key of its facts changes, all groups of a text when the
    text itself does.
    """

    def __init__(self, groups: Sequence[_Rules]) -> None:
        self._groups = groups
        self._keys: list[object] = [None] * len(groups)
        self._ages = [0] * len(groups)
        self._kept: dict[UserText, list[tuple[int, Findings]]] = {}

    def review(
        self, entries: Iterable[UserText], facts: Facts, keys: Sequence[object]
    ) -> Iterator[Finding]:
        """The findings in the texts; ``keys`` tell each group whether its facts are the same."""
        for at, key in enumerate(keys):
            if key != self._keys[at]:
                self._keys[at] = key
                self._ages[at] += 1
        before, self._kept = self._kept, {}
        for entry in entries:
            kept = before.get(entry) or [(-1, ()) for _ in self._groups]
            self._kept[entry] = kept
            for at, age in enumerate(self._ages):
                if kept[at][0] != age:
                    kept[at] = (age, tuple(self._groups[at](entry, facts)))
                yield from kept[at][1]


def _language(entry: UserText, _facts: Facts) -> Iterator[Finding]:
    yield from language_findings(entry)
    yield from text_structure(entry)


def _names(entry: UserText, facts: Facts) -> Iterator[Finding]:
    yield from name_findings(entry, facts.names)
    if entry.place.field == "owners":
        yield from owner_findings(entry, facts.names.divisions)


def _codes(entry: UserText, facts: Facts) -> Iterator[Finding]:
    yield from code_findings(entry, facts.codes)
    yield from official_names(entry, facts.codes)


def _times(entry: UserText, facts: Facts) -> Iterator[Finding]:
    yield from text_dates(entry, facts.times)


def _figures(entry: UserText, facts: Facts) -> Iterator[Finding]:
    yield from text_findings(entry, facts)
    yield from count_findings(entry, facts)
    yield from contradiction_findings(entry, facts.figures)


class Reviewer:
    """Reviews a dossier again and again; only what an edit touched is looked at anew.

    One reviewer serves one window: it remembers the last review of each unit (a text, a measure,
    a sheet). ``frameworks`` is a shelf or a mapping year -> framework.
    """

    def __init__(self, frameworks: Shelf | Mapping[int, Framework]) -> None:
        self._shelf = FrameworksOf(frameworks) if isinstance(frameworks, Mapping) else frameworks
        self._memo = _Memo()
        self._texts_kept = _TextMemo((_language, _names, _codes, _times, _figures))

    def review(self, dossier: Dossier, year: int, which: Round) -> Findings:
        """Everything to mend for a measure year and round, in the order of the pages.

        The analysed year is the one before. Raises KeyError when the frameworks are a mapping
        without the analysed year.
        """
        facts = self._facts(dossier, year, which)
        entries = tuple(user_texts(dossier, year, which))
        return _in_order(
            (
                *office_findings(dossier),
                *chain_findings(dossier.chain, dossier.people),
                *self._sheets(dossier, facts),
                *plan_findings(dossier, facts.figures.tree.framework, year, which),
                *self._measures(dossier, facts, year),
                *self._papers(dossier, facts, year),
                *self._texts(entries, facts),
                *self._memo.get("whole", entries, lambda: tuple(_whole(entries))),
            )
        )

    def _facts(self, dossier: Dossier, year: int, which: Round) -> Facts:
        fresh = codes_of(self._shelf, year)
        codes = self._memo.get("codes", tuple(fresh.frameworks.values()), lambda: fresh)
        framework = codes.frameworks[year - 1]
        earlier = codes.frameworks.get(year - 2)
        tree = self._tree(dossier, framework)
        before = self._tree(dossier, earlier) if earlier and year - 2 in dossier.sheets else None
        measures = dossier.measures_of(year, MeasureKind.MEASURE)
        figures = self._memo.get(
            "figures",
            (tree, before, measures, which),
            lambda: figures_of(tree, before, measures, which),
        )
        return Facts(names_of(dossier), codes, times_of(dossier, year, which), figures)

    def _tree(self, dossier: Dossier, framework: Framework) -> ScoreTree:
        sheet = dossier.sheet(framework.year)
        key = ("tree", framework.year)
        return self._memo.get(key, (sheet, framework), lambda: score_tree(framework, sheet))

    def _texts(self, entries: tuple[UserText, ...], facts: Facts) -> Iterator[Finding]:
        figures = facts.figures
        counts = (figures.measures, tuple(figures.statuses.items()))
        scores = (figures.tree, figures.earlier, counts)
        keys = (None, facts.names, facts.codes, facts.times, (scores, facts.codes))
        return self._texts_kept.review(entries, facts, keys)

    def _sheets(self, dossier: Dossier, facts: Facts) -> Iterator[Finding]:
        tree = facts.figures.tree
        yield from self._memo.get("scores", (tree,), lambda: tuple(score_findings(tree)))
        trees = [tree, *([facts.figures.earlier] if facts.figures.earlier else [])]
        for each in trees:
            key = ("sheet", each.sheet.year)
            inputs = (each.sheet, each.framework)
            yield from self._memo.get(key, inputs, lambda each=each: tuple(sheet_findings(each)))
        for year in (tree.sheet.year, tree.sheet.year + 1):
            for disclosure in dossier.disclosures.get(year, {}).values():
                yield from disclosure_days(disclosure, year)
                yield from evidence_findings(disclosure, year)
                if year == tree.sheet.year:
                    yield from disclosure_scores(disclosure, tree)

    def _measures(self, dossier: Dossier, facts: Facts, year: int) -> Iterator[Finding]:
        framework = facts.figures.tree.framework
        for measure, name in named_measures(dossier, year):
            inputs = (measure, name, facts.times, framework)
            yield from self._memo.get(
                ("measure", measure.id),
                inputs,
                lambda measure=measure, name=name: tuple(_one(measure, name, facts, framework)),
            )
        yield from weak_findings(dossier, facts.figures.tree, year)

    @staticmethod
    def _papers(dossier: Dossier, facts: Facts, year: int) -> Iterator[Finding]:
        papers = [(key, paper) for key, paper in dossier.papers.items() if key.year == year]
        which = (0, int(facts.times.which))
        yield from paper_days([each for each in papers if each[0].round in which], facts.times)


def _whole(entries: tuple[UserText, ...]) -> Iterator[Finding]:
    yield from pasted_findings(entries)
    yield from scale_findings(entries)


def _one(measure: Measure, name: str, facts: Facts, framework: Framework) -> Iterator[Finding]:
    yield from measure_codes(measure, name, framework)
    yield from measure_times(measure, name, facts.times)
    yield from status_findings(measure, name, facts.times)
    yield from measure_structure(measure, name, facts.times.which)


_PAGES = ("office", "scores", "measures", "progress", "documents")


def _in_order(findings: tuple[Finding, ...]) -> Findings:
    """Each finding once, in the order of the window's pages."""
    unique = {finding.key: finding for finding in findings}
    return tuple(sorted(unique.values(), key=lambda finding: _PAGES.index(finding.place.page)))


def review_year(
    dossier: Dossier, frameworks: Shelf | Mapping[int, Framework], year: int, which: Round
) -> Findings:
    """Everything to mend for a measure year and round; ``frameworks`` as for ``Reviewer``."""
    return Reviewer(frameworks).review(dossier, year, which)


__all__ = ["Reviewer", "review_year"]
