"""For each weak point: which measures answer it, and where there is none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ita_desktop.domain.analysis import Change
from ita_desktop.domain.marks import Marks
from ita_desktop.domain.measures import Measure
from ita_desktop.domain.scores import ScoreTree
from ita_desktop.domain.selection import select


@dataclass(frozen=True, slots=True)
class Covered:
    """A weak indicator with the measures that answer it: (number in the list, title)."""

    code: str
    name: str
    score: Decimal | None
    measures: tuple[tuple[int, str], ...]


def coverage(
    found: Iterable[Change], tree: ScoreTree, measures: Sequence[Measure], marks: Marks
) -> tuple[Covered, ...]:
    """The indicators below the pass mark or fallen, else the lowest ones, each with its measures.

    A measure answers an indicator it names, one whose sub-indicator it names, or one of whose
    items an issue it names holds. Further ways of a measure count with it.
    """
    rules, changes = marks.rules(), tuple(found)
    weak = select(rules["weak"], changes, tree.framework.pass_mark)
    weak = weak or select(rules["lowest"], changes, tree.framework.pass_mark)
    numbered = list(_numbered(measures))
    return tuple(
        Covered(
            each.code,
            each.name,
            each.score,
            tuple(
                (number, measure.title)
                for number, measure in numbered
                if each.code in answered(measure, tree)
            ),
        )
        for each in weak
    )


def answered(measure: Measure, tree: ScoreTree) -> frozenset[str]:
    """The codes of the indicators a measure answers, by name, sub-indicator or issue."""
    codes = {code.split(".")[0] for code in measure.indicators}
    items = {
        item
        for issue in tree.framework.issues
        if issue.no in measure.issues
        for item in issue.items
    }
    for code, indicator in tree.framework.indicators.items():
        if items & {item.code for item in indicator.items}:
            codes.add(code)
    return frozenset(codes)


def _numbered(measures: Sequence[Measure]) -> Iterable[tuple[int, Measure]]:
    number = 0
    for measure in measures:
        if not measure.continued or not number:
            number += 1
            yield number, measure
