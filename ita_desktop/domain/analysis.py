"""Comparison of years, what an indicator costs the total, and the means of the seven issues."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from ita_desktop.domain.framework import Framework, Issue
from ita_desktop.domain.scores import HUNDRED, NodeKind, ScoreNode, ScoreTree, half_up


def counterpart(framework: Framework, earlier: Framework, code: str) -> str | None:
    """The code in ``earlier`` of what stands at ``code`` in ``framework``; None: no counterpart.

    Items go by the crosswalk, never by equal code: the same code is another question in another
    year. Sub-indicators go by name. Total, instruments and indicators keep their codes, as far as
    the earlier year has them.
    """
    if code in framework.items:
        same_years = framework.crosswalk_year == earlier.year
        return framework.crosswalk.get(code) if same_years else None
    for indicator in framework.indicators.values():
        for sub in indicator.subindicators:
            if sub.code == code:
                return _sub_by_name(earlier, indicator.code, sub.name)
    return code if code in set(earlier.codes()) else None


def _sub_by_name(earlier: Framework, indicator_code: str, name: str) -> str | None:
    indicator = earlier.indicators.get(indicator_code)
    subs = indicator.subindicators if indicator else ()
    return next((sub.code for sub in subs if sub.name == name), None)


class Direction(Enum):
    """Which way a score went; ``word`` is how it is printed."""

    ROSE = "rose"
    FELL = "fell"
    SAME = "same"
    UNKNOWN = "unknown"

    @property
    def word(self) -> str:
        """The Thai word; "" when a year's score is not known."""
        return _WORDS[self]


_WORDS = {
    Direction.ROSE: "เพิ่มขึ้น",
    Direction.FELL: "ลดลง",
    Direction.SAME: "เท่าเดิม",
    Direction.UNKNOWN: "",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One score beside the earlier year's, both as printed (0 to 100, two decimals).

    ``earlier`` is None when the earlier year does not know the score or has no such thing; in the
    latter case ``earlier_code`` is None too. ``threshold``: a difference of so many points or
    less counts as none.
    """

    code: str
    name: str
    kind: NodeKind
    earlier: Decimal | None
    score: Decimal | None
    earlier_code: str | None
    threshold: Decimal = Decimal("0.00")

    @property
    def points(self) -> Decimal | None:
        """Score less earlier score, in points; None when either is not known."""
        if self.earlier is None or self.score is None:
            return None
        return self.score - self.earlier

    @property
    def percent(self) -> Decimal | None:
        """The points in per cent of the earlier score, two decimals; None also for an earlier 0.

        Printed figures are the base, so that a reader can recompute it.
        """
        if self.points is None or not self.earlier:
            return None
        return half_up(Fraction(self.points) / Fraction(self.earlier) * 100)

    @property
    def direction(self) -> Direction:
        """Rose, fell, same (within the threshold) or unknown."""
        if self.points is None:
            return Direction.UNKNOWN
        if abs(self.points) <= self.threshold:
            return Direction.SAME
        return Direction.ROSE if self.points > 0 else Direction.FELL


def changes(
    tree: ScoreTree,
    earlier: ScoreTree | None,
    codes: Iterable[str] | None = None,
    *,
    threshold: Decimal = Decimal("0.00"),
) -> tuple[Change, ...]:
    """The changes at ``codes`` (the indicators when not given), in that order.

    Codes that are no node of ``tree`` are left out. ``earlier`` None: every change is unknown.
    """
    wanted = tree.framework.indicators if codes is None else codes
    nodes = [tree.nodes[code] for code in wanted if code in tree.nodes]
    return tuple(_change(tree, earlier, node, threshold) for node in nodes)


def _change(
    tree: ScoreTree, earlier: ScoreTree | None, node: ScoreNode, threshold: Decimal
) -> Change:
    before = earlier and counterpart(tree.framework, earlier.framework, node.code)
    was = earlier.score(before) if earlier and before else None
    return Change(node.code, node.name, node.kind, was, node.score, before or None, threshold)


@dataclass(frozen=True, slots=True)
class Pull:
    """How far one indicator holds the total down.

    ``weight``: points of total per point of the indicator. ``exact``: points of total, unrounded,
    that would be won if the indicator stood at ``target``.
    """

    code: str
    name: str
    score: Decimal
    target: Decimal
    weight: Fraction
    exact: Fraction

    @property
    def points(self) -> Decimal:
        """The points of total won, two decimals half up."""
        return half_up(self.exact)


TARGETS = (Decimal(85), Decimal(95), HUNDRED)
"""What is asked of an indicator: the pass mark, the best level's mark, full score."""


def pulls_down(tree: ScoreTree, targets: Sequence[Decimal] = TARGETS) -> tuple[Pull, ...]:
    """For each target in turn the indicators below it, those that cost most first.

    Weights come from the structure of the year: the instrument's weight over its number of
    indicators (an instrument is the mean of its indicators). Unknown indicators are left out.
    """
    found: list[Pull] = []
    for target in targets:
        at_target = [pull for pull in _pulls(tree, target) if pull.exact > 0]
        found += sorted(at_target, key=lambda pull: -pull.exact)
    return tuple(found)


def _pulls(tree: ScoreTree, target: Decimal) -> Iterable[Pull]:
    for instrument in tree.framework.instruments:
        weight = Fraction(instrument.weight) / len(instrument.indicators)
        for indicator in instrument.indicators:
            node = tree.nodes[indicator.code]
            if node.score is not None and node.exact is not None:
                gain = weight * (Fraction(target) - node.exact)
                yield Pull(node.code, node.name, node.score, target, weight, gain)


@dataclass(frozen=True, slots=True)
class IssueItem:
    """An item inside an issue: its code, title, instrument code and printed score."""

    code: str
    title: str
    instrument: str
    score: Decimal | None


@dataclass(frozen=True, slots=True)
class IssueResult:
    """One of the seven issues with its items, grouped by instrument in the framework's order.

    ``mean`` is the office's own figure, not one of the NACC's: the mean of the unrounded item
    scores, two decimals half up; None while ``missing`` names items without a score.
    """

    no: int
    name: str
    items: tuple[IssueItem, ...]
    mean: Decimal | None
    missing: tuple[str, ...]


def issue_results(tree: ScoreTree) -> tuple[IssueResult, ...]:
    """The results of the year's issues; empty for a year that has none (before FY2567)."""
    return tuple(_issue_result(tree, issue) for issue in tree.framework.issues)


def _issue_result(tree: ScoreTree, issue: Issue) -> IssueResult:
    items: list[IssueItem] = []
    for instrument in tree.framework.instruments:
        own = {item.code for indicator in instrument.indicators for item in indicator.items}
        for code in issue.items:
            if code in own:
                node = tree.nodes[code]
                items.append(IssueItem(code, node.name, instrument.code, node.score))
    missing = tuple(item.code for item in items if item.score is None)
    exact = [value for item in items if (value := tree.nodes[item.code].exact) is not None]
    mean = half_up(sum(exact, Fraction(0)) / len(exact)) if exact and not missing else None
    return IssueResult(issue.no, issue.name, tuple(items), mean, missing)
