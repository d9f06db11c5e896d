"""Rules that pick scores for a list, and the office's own scale of words.

A list and the sentence above it come from one rule, so that they can't disagree. Texts have
Arabic digits; who prints them turns the digits Thai.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum
from itertools import pairwise

from ita_desktop.domain.analysis import Change, Direction
from ita_desktop.domain.scores import HUNDRED

_ZERO = Decimal(0)


class Order(Enum):
    """How a selected list is sorted. Equal ones keep the order of the framework."""

    FRAMEWORK = "framework"
    HIGHEST = "highest"
    LOWEST = "lowest"
    GAIN = "gain"
    LOSS = "loss"


@dataclass(frozen=True, slots=True)
class Condition:
    """What a change must fulfil, all at once; None and () ask nothing. Marks are in points."""

    over: Decimal | None = None
    at_least: Decimal | None = None
    below: Decimal | None = None
    below_pass: bool = False
    directions: tuple[Direction, ...] = ()

    def fits(self, change: Change, pass_mark: Decimal) -> bool:
        """Whether a change fulfils it; one without a score never does."""
        score = change.score
        if score is None or (self.directions and change.direction not in self.directions):
            return False
        return (
            (self.over is None or score > self.over)
            and (self.at_least is None or score >= self.at_least)
            and (self.below is None or score < self.below)
            and not (self.below_pass and score >= pass_mark)
        )

    def text(self, pass_mark: Decimal) -> str:
        """The condition in Thai, made of the same figures that ``fits`` uses."""
        parts: list[str] = []
        if self.directions:
            parts.append("คะแนน" + "หรือ".join(each.word for each in self.directions))
        if self.over is not None:
            parts.append(f"ได้มากกว่า {_mark(self.over)} คะแนน")
        if self.at_least is not None:
            full = self.at_least == HUNDRED
            parts.append("ได้ 100 คะแนนเต็ม" if full else f"ได้ตั้งแต่ {_mark(self.at_least)} คะแนนขึ้นไป")
        if self.below is not None:
            parts.append(f"ได้ต่ำกว่า {_mark(self.below)} คะแนน")
        if self.below_pass:
            parts.append(f"ได้ต่ำกว่าเกณฑ์ผ่าน {_mark(pass_mark)} คะแนน")
        return " และ".join(parts)


def _mark(value: Decimal) -> str:
    return format(value.normalize(), "f")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that picks from a list: any of its conditions, sorted, the first ``limit`` of them.

    ``text`` is the heading of the list ("จุดแข็ง"). No conditions: everything that has a score.
    """

    key: str
    text: str
    any_of: tuple[Condition, ...] = ()
    order: Order = Order.FRAMEWORK
    limit: int | None = None

    def condition_text(self, pass_mark: Decimal) -> str:
        """What the rule asks, in Thai, such as "คะแนนเพิ่มขึ้น และได้มากกว่า 90 คะแนน"."""
        text = " หรือ".join(condition.text(pass_mark) for condition in self.any_of)
        if self.limit is None:
            return text
        most = f"{_ORDER_WORDS[self.order]} {self.limit} ลำดับแรก".strip()
        return f"{text} ({most})" if text else most

    def fits(self, change: Change, pass_mark: Decimal) -> bool:
        """Whether the rule picks a change, its limit left aside."""
        if not self.any_of:
            return change.score is not None
        return any(condition.fits(change, pass_mark) for condition in self.any_of)


_ORDER_WORDS = {
    Order.FRAMEWORK: "",
    Order.HIGHEST: "คะแนนสูงที่สุด",
    Order.LOWEST: "คะแนนต่ำที่สุด",
    Order.GAIN: "คะแนนเพิ่มขึ้นมากที่สุด",
    Order.LOSS: "คะแนนลดลงมากที่สุด",
}
_ORDER_KEYS: dict[Order, Callable[[Change], Decimal]] = {
    Order.FRAMEWORK: lambda change: _ZERO,  # noqa: ARG005
    Order.HIGHEST: lambda change: -(change.score or _ZERO),
    Order.LOWEST: lambda change: change.score or _ZERO,
    Order.GAIN: lambda change: -(change.points or _ZERO),
    Order.LOSS: lambda change: change.points or _ZERO,
}


def full() -> Rule:
    """Full score, 100."""
    return Rule("full", "ได้คะแนนเต็ม", (Condition(at_least=HUNDRED),))


def risen_high(over: Decimal = Decimal(90)) -> Rule:
    """Rose and stands above ``over``, as offices list their strengths."""
    condition = Condition(over=over, directions=(Direction.ROSE,))
    return Rule("risen_high", "คะแนนเพิ่มขึ้นและอยู่ในเกณฑ์สูง", (condition,))


def strength(at_least: Decimal = Decimal(95)) -> Rule:
    """Strength: stands at ``at_least`` or more; highest first."""
    return Rule("strength", "จุดแข็ง", (Condition(at_least=at_least),), Order.HIGHEST)


def fell() -> Rule:
    """Fell, by however little the threshold of the changes lets through."""
    return Rule("fell", "คะแนนลดลง", (Condition(directions=(Direction.FELL,)),))


def below_pass() -> Rule:
    """Below the year's pass mark."""
    return Rule("below_pass", "ไม่ผ่านเกณฑ์", (Condition(below_pass=True),))


def weak() -> Rule:
    """Below the pass mark or fell; lowest first."""
    conditions = (Condition(below_pass=True), Condition(directions=(Direction.FELL,)))
    return Rule("weak", "จุดที่ต้องพัฒนา", conditions, Order.LOWEST)


def lowest(count: int = 3) -> Rule:
    """The ``count`` lowest scores."""
    return Rule("lowest", "คะแนนต่ำที่สุด", (), Order.LOWEST, count)


def biggest_gains(count: int = 3) -> Rule:
    """The ``count`` that rose most."""
    condition = Condition(directions=(Direction.ROSE,))
    return Rule("gains", "คะแนนเพิ่มขึ้นมากที่สุด", (condition,), Order.GAIN, count)


def biggest_losses(count: int = 3) -> Rule:
    """The ``count`` that fell most."""
    condition = Condition(directions=(Direction.FELL,))
    return Rule("losses", "คะแนนลดลงมากที่สุด", (condition,), Order.LOSS, count)


RULES: dict[str, Rule] = {
    rule.key: rule
    for rule in (
        *(full(), risen_high(), strength(), fell(), below_pass()),
        *(weak(), lowest(), biggest_gains(), biggest_losses()),
    )
}
"""The rules with their usual marks, by key."""


def select(
    rule: Rule,
    found: Iterable[Change],
    pass_mark: Decimal,
    *,
    excluding: Iterable[Change] = (),
) -> tuple[Change, ...]:
    """What the rule picks, sorted as it says; nothing whose code is in ``excluding``.

    With a limit, ties at the end are cut in the order of the framework.
    """
    taken = {change.code for change in excluding}
    picked = [each for each in found if each.code not in taken and rule.fits(each, pass_mark)]
    picked.sort(key=_ORDER_KEYS[rule.order])
    return tuple(picked if rule.limit is None else picked[: rule.limit])


class ScaleError(ValueError):
    """A scale that can't be used. ``str()`` is one plain Thai sentence with the mend."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The office's own words for items and issues: (least score, word), highest step first.

    Not a scale of the NACC, whose levels are of the total only. One word per score: the last
    step begins at 0, each step is lower than the one before, no word stands twice.
    """

    steps: tuple[tuple[Decimal, str], ...]

    def __post_init__(self) -> None:
        marks = [mark for mark, _ in self.steps]
        words = [word for _, word in self.steps]
        if not marks or marks[-1] != 0:
            raise ScaleError("ระดับต่ำสุดต้องเริ่มที่ 0 คะแนน โปรดเพิ่มระดับที่เริ่มจาก 0")
        if marks[0] > HUNDRED:
            raise ScaleError("คะแนนต่ำสุดของระดับต้องไม่เกิน 100 โปรดตรวจตัวเลข")
        if any(high <= low for high, low in pairwise(marks)):
            raise ScaleError("โปรดเรียงระดับจากคะแนนสูงไปต่ำ โดยไม่ให้คะแนนซ้ำกัน")
        if any(not word.strip() for word in words) or len(set(words)) < len(words):
            raise ScaleError("แต่ละระดับต้องมีชื่อ และชื่อต้องไม่ซ้ำกัน โปรดแก้ชื่อระดับ")

    def word(self, score: Decimal) -> str:
        """The word of a printed score."""
        return next((word for mark, word in self.steps if score >= mark), self.steps[-1][1])

    def to_data(self) -> list[list[str]]:
        """The steps as JSON data: [least score, word], highest first."""
        return [[_mark(mark) if mark else "0", word] for mark, word in self.steps]

    @classmethod
    def parse(cls, data: object) -> Scale:
        """The scale of ``to_data``; ScaleError, and nothing else, for data that is wrong."""
        if not isinstance(data, Sequence) or isinstance(data, str):
            raise ScaleError("เกณฑ์ระดับต้องเป็นรายการของคะแนนกับชื่อระดับ โปรดกำหนดใหม่")
        return cls(tuple(_step(each) for each in data))


def _step(data: object) -> tuple[Decimal, str]:
    match data:
        case [str() | int() as mark, str(word)] if not isinstance(mark, bool):
            try:
                value = Decimal(mark)
            except InvalidOperation:
                value = Decimal("NaN")
            if value.is_finite():
                return value, word.strip()
    raise ScaleError("แต่ละระดับต้องมีคะแนนเริ่มต้นกับชื่อระดับ โปรดตรวจตัวเลขคะแนน")


DEFAULT_SCALE = Scale(
    (
        (Decimal(95), "ดีเยี่ยม"),
        (Decimal(90), "ดีมาก"),
        (Decimal(85), "ดี"),
        (Decimal(75), "พอใช้"),
        (Decimal(0), "ต้องปรับปรุง"),
    )
)
"""The scale an office begins with; 85 is the year's pass mark since FY2563."""
