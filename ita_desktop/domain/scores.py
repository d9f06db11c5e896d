"""The score tree of one fiscal year.

Scores can be entered at any node (total, instrument, indicator, sub-indicator, item). A node is
computed when all its parts are known; what was entered stays beside what was computed. Unrounded
values are carried upward exactly, and two decimals, half up, are shown.

Rules of the field (NACC, ขั้นตอนการประมวลผลคะแนน): an IIT or EIT indicator is the mean of its items;
an OIT indicator is the mean of its *sub-indicators*; an instrument is the mean of its indicators;
the total is the weighted sum of the instruments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from math import ceil, floor, gcd, lcm

from ita_desktop.domain.framework import Framework, Indicator, Instrument, Item, SubIndicator
from ita_desktop.thai.digits import to_arabic

TOTAL = "total"
HUNDRED = Decimal(100)
_CENT = Decimal("0.01")
_HALF_CENT = Fraction(1, 200)
_SCORE = re.compile(r"\d{1,3}(\.\d{1,2})?", re.ASCII)
_BLANKS = re.compile(r"^[\s\u200b\ufeff]+|[\s\u200b\ufeff]+$")


class ScoreTextError(ValueError):
    """What was typed is no score. ``str()`` is one plain Thai sentence with the mend."""


def parse_score(text: str) -> Decimal | None:
    """The score typed or pasted: 0 to 100 with at most two decimals, Thai or Arabic digits.

    Returns None for an empty text. Accepts blanks around and a per cent sign behind.
    Raises ScoreTextError for anything else.
    """
    plain = _BLANKS.sub("", to_arabic(text))
    if not plain:
        return None
    plain = _BLANKS.sub("", plain.removesuffix("%"))
    if not _SCORE.fullmatch(plain):
        raise ScoreTextError(_why_no_score(plain))
    score = Decimal(plain)
    if score > HUNDRED:
        raise ScoreTextError("คะแนนต้องไม่เกิน ๑๐๐ โปรดตรวจตัวเลขอีกครั้ง")
    return score.quantize(_CENT)


def _why_no_score(plain: str) -> str:
    if re.fullmatch(r"\d{1,3},\d{1,2}", plain, re.ASCII):
        return "ใช้จุดทศนิยม (.) แทนจุลภาค (,) เช่น ๙๓.๕๙"
    if re.fullmatch(r"\d{1,3}\.\d{3,}", plain, re.ASCII):
        return "คะแนนมีทศนิยมไม่เกินสองตำแหน่ง โปรดปัดเศษก่อน เช่น ๙๓.๕๙"
    if re.fullmatch(r"-\d+(\.\d+)?", plain, re.ASCII):
        return "คะแนนต้องไม่ต่ำกว่า ๐ โปรดลบเครื่องหมายลบ"
    if re.fullmatch(r"\d+(\.\d+)?", plain, re.ASCII):
        return "คะแนนต้องไม่เกิน ๑๐๐ โปรดตรวจตัวเลขอีกครั้ง"
    return "คะแนนต้องเป็นตัวเลข ๐ ถึง ๑๐๐ เช่น ๙๓.๕๙ (เลขไทยหรือเลขอารบิกก็ได้)"


def half_up(value: Fraction | Decimal) -> Decimal:
    """The value at two decimals, half up, as scores are shown."""
    if isinstance(value, Decimal):
        return value.quantize(_CENT, ROUND_HALF_UP)
    return Decimal(floor(value * 100 + Fraction(1, 2))).scaleb(-2)


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a true value must lie: ``low <= value <= high``, in points."""

    low: Fraction
    high: Fraction

    def attains(self, printed: Decimal) -> bool:
        """Whether some value inside, rounded half up to two decimals, prints as ``printed``."""
        target = Fraction(printed)
        return self.low < target + _HALF_CENT and self.high >= target - _HALF_CENT

    def meet(self, other: Interval) -> Interval:
        """What both intervals allow."""
        return Interval(max(self.low, other.low), min(self.high, other.high))


def printed_interval(printed: Decimal, *, exact_ends: bool = False) -> Interval:
    """The true values behind a figure printed with two decimals.

    ``exact_ends``: 0 and 100 can only be themselves. True of items, where one answer below
    the best moves the mean by far more than half a hundredth.
    """
    value = Fraction(printed)
    if exact_ends and printed in (Decimal(0), HUNDRED):
        return Interval(value, value)
    return Interval(max(value - _HALF_CENT, Fraction(0)), min(value + _HALF_CENT, Fraction(100)))


class NodeKind(Enum):
    """What a node of the score tree is."""

    TOTAL = "total"
    INSTRUMENT = "instrument"
    INDICATOR = "indicator"
    SUBINDICATOR = "subindicator"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """What the office has entered for one fiscal year.

    ``entered``: code ("total", "IIT", "1", "9.1", "i1") -> official score.
    ``respondents``: instrument code -> number of people who answered, where known.
    ``official_level``: the level as announced, "" when not entered.
    ``drafts``: code -> text typed there that is no score yet; it is kept until it is mended.
    """

    year: int
    entered: Mapping[str, Decimal] = field(default_factory=dict)
    respondents: Mapping[str, int] = field(default_factory=dict)
    official_level: str = ""
    drafts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ScoreNode:
    """One node with its entered and its computed score.

    ``exact`` is the unrounded value to carry on with; ``interval`` is where the true value lies.
    Both are None while the node is unknown. ``computed_interval`` rests on the parts alone.
    """

    code: str
    name: str
    kind: NodeKind
    children: tuple[ScoreNode, ...]
    entered: Decimal | None
    computed_exact: Fraction | None
    computed_interval: Interval | None
    exact: Fraction | None
    interval: Interval | None
    item: Item | None = None

    @property
    def computed(self) -> Decimal | None:
        """The score computed from the parts, at two decimals half up."""
        return None if self.computed_exact is None else half_up(self.computed_exact)

    @property
    def score(self) -> Decimal | None:
        """The score to show and print: the official one where entered, else the computed one."""
        return self.computed if self.entered is None else self.entered

    @property
    def attainable(self) -> bool | None:
        """Whether the entered score can come from the parts; None when one of them is missing."""
        if self.entered is None or self.computed_interval is None:
            return None
        return self.computed_interval.attains(self.entered)

    def walk(self) -> Iterator[ScoreNode]:
        """This node and all below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class ScoreTree:
    """All scores of one fiscal year."""

    framework: Framework
    sheet: ScoreSheet
    root: ScoreNode
    nodes: Mapping[str, ScoreNode]

    @property
    def total(self) -> Decimal | None:
        """The office's total score."""
        return self.root.score

    def score(self, code: str) -> Decimal | None:
        """The score shown at ``code``; None when unknown or no node of this year."""
        node = self.nodes.get(code)
        return None if node is None else node.score

    @property
    def instruments(self) -> dict[str, Decimal | None]:
        """The shown score of each instrument."""
        return {node.code: node.score for node in self.root.children}

    @property
    def computed_level(self) -> str | None:
        """The level by the year's own rules, or None while it can't be told."""
        return level_of(self.framework, self.total, self.instruments)

    @property
    def level(self) -> str | None:
        """The announced level where entered, else the computed one."""
        return self.sheet.official_level or self.computed_level

    def unattainable(self) -> tuple[ScoreNode, ...]:
        """Nodes whose entered score can't come from their parts."""
        return tuple(node for node in self.root.walk() if node.attainable is False)


def score_tree(framework: Framework, sheet: ScoreSheet) -> ScoreTree:
    """Build the tree of a year from its framework and what was entered."""
    instruments = tuple(_instrument_node(part, sheet) for part in framework.instruments)
    weights = [Fraction(part.weight) for part in framework.instruments]
    root = _node(TOTAL, "คะแนนรวม", NodeKind.TOTAL, instruments, sheet, weights=weights)
    return ScoreTree(framework, sheet, root, {node.code: node for node in root.walk()})


def _instrument_node(part: Instrument, sheet: ScoreSheet) -> ScoreNode:
    children = tuple(_indicator_node(indicator, sheet) for indicator in part.indicators)
    return _node(part.code, part.label, NodeKind.INSTRUMENT, children, sheet)


def _indicator_node(part: Indicator, sheet: ScoreSheet) -> ScoreNode:
    if part.subindicators:
        children = tuple(_subindicator_node(sub, sheet) for sub in part.subindicators)
    else:
        children = tuple(_item_node(item, sheet) for item in part.own_items)
    return _node(part.code, part.name, NodeKind.INDICATOR, children, sheet)


def _subindicator_node(part: SubIndicator, sheet: ScoreSheet) -> ScoreNode:
    children = tuple(_item_node(item, sheet) for item in part.items)
    return _node(part.code, part.name, NodeKind.SUBINDICATOR, children, sheet)


def _item_node(item: Item, sheet: ScoreSheet) -> ScoreNode:
    return replace(_node(item.code, item.title, NodeKind.ITEM, (), sheet), item=item)


def _node(
    code: str,
    name: str,
    kind: NodeKind,
    children: tuple[ScoreNode, ...],
    sheet: ScoreSheet,
    *,
    weights: list[Fraction] | None = None,
) -> ScoreNode:
    entered = sheet.entered.get(code)
    computed, computed_interval = _from_children(children, weights)
    exact, interval = _best_known(entered, computed, computed_interval, kind)
    return ScoreNode(
        code=code,
        name=name,
        kind=kind,
        children=children,
        entered=entered,
        computed_exact=computed,
        computed_interval=computed_interval,
        exact=exact,
        interval=interval,
    )


def _from_children(
    children: tuple[ScoreNode, ...], weights: list[Fraction] | None
) -> tuple[Fraction | None, Interval | None]:
    """The weighted sum (the mean without weights) of the children, when all are known."""
    if not children:
        return None, None
    shares = weights or [Fraction(1, len(children))] * len(children)
    value = low = high = Fraction(0)
    for child, share in zip(children, shares, strict=True):
        if child.exact is None or child.interval is None:
            return None, None
        value += share * child.exact
        low += share * child.interval.low
        high += share * child.interval.high
    return value, Interval(low, high)


def _best_known(
    entered: Decimal | None,
    computed: Fraction | None,
    computed_interval: Interval | None,
    kind: NodeKind,
) -> tuple[Fraction | None, Interval | None]:
    """The value and interval to carry upward.

    The official figure rules. Where the parts can give it they say more than its two decimals do,
    so the unrounded value goes on; it always lies in the interval.
    """
    if entered is None:
        return computed, computed_interval
    printed = printed_interval(entered, exact_ends=kind is NodeKind.ITEM)
    if computed is None or computed_interval is None or not computed_interval.attains(entered):
        return Fraction(entered), printed
    both = printed.meet(computed_interval)
    if half_up(computed) == entered:
        return computed, both
    return min(max(Fraction(entered), both.low), both.high), both


def level_of(
    framework: Framework, total: Decimal | None, instruments: Mapping[str, Decimal | None]
) -> str | None:
    """The level of a total: the first of the year's rules that fits the printed figures.

    Returns None when the total is unknown, or when a rule hangs on an instrument that is.
    """
    if total is None:
        return None
    for rule in framework.levels:
        if total < rule.total_min:
            continue
        if rule.each_instrument_min is None:
            return rule.level
        known = [score for score in instruments.values() if score is not None]
        if any(score < rule.each_instrument_min for score in known):
            continue
        return rule.level if len(known) == len(instruments) else None
    return None


@dataclass(frozen=True, slots=True)
class RespondentTest:
    """Whether an item's mean can come from so many respondents, and the nearest that can."""

    possible: bool
    below: Decimal | None
    above: Decimal | None


def respondent_test(item: Item, printed: Decimal, respondents: int) -> RespondentTest:
    """Test one printed item mean against the number of respondents.

    The mean of N answers is a sum of N answer values over N (an item with sub-questions has
    N answers to each). Items whose answer values are not known pass.
    """
    answers = respondents * item.parts
    if not item.answers or answers <= 0:
        return RespondentTest(True, None, None)
    means = _means(item.answers, answers)
    low, high = Fraction(printed) - _HALF_CENT, Fraction(printed) + _HALF_CENT
    found, below, above = means.from_on(low), means.before(low), means.from_on(high)
    return RespondentTest(
        possible=found is not None and found < high,
        below=None if below is None else half_up(below),
        above=None if above is None else half_up(above),
    )


@dataclass(frozen=True, slots=True)
class _Means:
    """The means so many answers can have: ``least`` plus k steps, for each bit k of ``sums``."""

    least: Fraction
    step: Fraction
    sums: int

    def from_on(self, bound: Fraction) -> Fraction | None:
        """The least mean that is not below ``bound``."""
        first = max(ceil((bound - self.least) / self.step), 0)
        rest = self.sums >> first
        lowest = (rest & -rest).bit_length() - 1
        return self.least + self.step * (first + lowest) if rest else None

    def before(self, bound: Fraction) -> Fraction | None:
        """The greatest mean below ``bound``."""
        end = max(ceil((bound - self.least) / self.step), 0)
        rest = self.sums & ((1 << end) - 1)
        return self.least + self.step * (rest.bit_length() - 1) if rest else None


_MOST_WORK = 2_000_000_000
"""Bits to move at most when sums are listed one answer at a time: well under a second."""


@lru_cache(maxsize=512)
def _means(values: tuple[Decimal, ...], answers: int) -> _Means:
    """The means that ``answers`` answers out of ``values`` can have.

    Evenly spaced values reach every sum on their grid. Others are listed answer by answer, unless
    the answers are so many that no two neighbouring means are more than 0.01 apart: then every
    printed figure is possible, and so it is held to be when listing would take too long.
    """
    exact = [Fraction(value) for value in values]
    least, whole = exact[0], lcm(*(value.denominator for value in exact))
    steps = [int((value - least) * whole) for value in exact]
    unit = gcd(*steps) or 1
    steps = [step // unit for step in steps]
    most, gap = steps[-1] * answers, max((b - a for a, b in pairwise(steps)), default=1)
    step = Fraction(unit, whole * answers)
    if gap <= 1:
        return _Means(least, step, (1 << most + 1) - 1)
    if gap * step <= _CENT or most * answers > _MOST_WORK:
        cents = floor((exact[-1] - least) * 100)
        return _Means(least, Fraction(_CENT), (1 << cents + 1) - 1)
    return _Means(least, step, _sums(steps, answers))


def _sums(steps: list[int], answers: int) -> int:
    """Every sum of ``answers`` of the steps, as bits."""
    sums = 1
    for _ in range(answers):
        grown = 0
        for step in steps:
            grown |= sums << step
        sums = grown
    return sums


def respondents_that_fit(items: Mapping[str, tuple[Item, Decimal]], most: int = 400) -> list[int]:
    """The respondent counts (1 to ``most``) under which every given item mean is possible."""
    return [
        count
        for count in range(1, most + 1)
        if all(respondent_test(item, printed, count).possible for item, printed in items.values())
    ]
