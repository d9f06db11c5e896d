"""Class A: figures that cannot come from their parts, from the answers, or from each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor

from ita_desktop.domain.drafts import stale_figures
from ita_desktop.domain.review.facts import Facts
from ita_desktop.domain.review.kinds import Finding, Place
from ita_desktop.domain.review.rules import found
from ita_desktop.domain.review.texts import Role, UserText, plain_text
from ita_desktop.domain.scores import (
    HUNDRED,
    NodeKind,
    ScoreNode,
    ScoreTree,
    respondent_test,
)

_HALF_CENT = Fraction(1, 200)
_TWENTIETH = Fraction(1, 20)
_MOST_SUSPECTS = 3


@dataclass(frozen=True, slots=True)
class Suspect:
    """A figure that, typed a little differently, would make a sum come out: most likely a slip."""

    code: str
    name: str
    typed: Decimal
    meant: Decimal


@lru_cache(maxsize=4096)
def slips(typed: Decimal) -> frozenset[Decimal]:
    """What may have been meant by a typed score, when the hand slipped once.

    Two neighbouring digits exchanged, one digit another, the decimal point shifted by one, or a
    digit dropped or doubled. Scores are 0 to 100 with two decimals.
    """
    digits = f"{typed:05.2f}".replace(".", "")
    made = {
        digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :] for i in range(len(digits) - 1)
    }
    for i in range(len(digits)):
        made.update(digits[:i] + other + digits[i + 1 :] for other in "0123456789")
    values = {Decimal(each).scaleb(-2) for each in made}
    values.update((typed * 10, (typed / 10).quantize(Decimal("0.01"))))
    return frozenset(value for value in values if 0 <= value <= HUNDRED and value != typed)


def suspects(tree: ScoreTree, node: ScoreNode) -> tuple[Suspect, ...]:
    """Which single figure, typed a little differently, makes an unattainable node fit its parts.

    The node's own figure first, then those of its parts that were entered and are used in it.
    """
    computed = node.computed
    if node.entered is None or node.computed_interval is None or computed is None:
        return ()
    made: list[Suspect] = []
    if computed in slips(node.entered):
        made.append(Suspect(node.code, node.name, node.entered, computed))
    target = Fraction(node.entered)
    for part, weight in _parts(tree, node):
        if part.entered is None:
            continue
        low = (target - _HALF_CENT - node.computed_interval.high) / weight
        high = (target + _HALF_CENT - node.computed_interval.low) / weight
        meant = _meant(tree, part, part.entered, low, high)
        if meant is not None:
            made.append(Suspect(part.code, part.name, part.entered, meant))
    return tuple(made)


def _meant(
    tree: ScoreTree, part: ScoreNode, typed: Decimal, low: Fraction, high: Fraction
) -> Decimal | None:
    """What was meant by a typed figure, if one slip away it changes by ``low`` up to ``high``."""
    fitting = [
        meant
        for meant in slips(typed)
        if low <= Fraction(meant) - Fraction(typed) < high and _possible(tree, part, meant)
    ]
    if fitting:
        return min(fitting, key=lambda meant: abs(meant - typed))
    # A decimal point shifted to the left has lost the last digit.
    first, last = Fraction(typed * 10) - _TWENTIETH, Fraction(typed * 10) + _TWENTIETH
    first, last = max(first, Fraction(typed) + low), min(last, Fraction(typed) + high)
    hundredths = range(ceil(first * 100), floor(last * 100) + 1)
    found_again = (Decimal(each).scaleb(-2) for each in hundredths if 0 <= each <= 10_000)
    middle = (first + last) / 2
    likely = [each for each in found_again if _possible(tree, part, each)]
    return min(likely, key=lambda each: abs(Fraction(each) - middle), default=None)


def _parts(tree: ScoreTree, node: ScoreNode) -> Iterator[tuple[ScoreNode, Fraction]]:
    """The figures a node rests on, each with what a point of it moves the node by."""
    weights = {part.code: Fraction(part.weight) for part in tree.framework.instruments}
    for child in node.children:
        weight = weights.get(child.code, Fraction(1, len(node.children)))
        if child.entered is not None or not child.children:
            yield child, weight
        else:
            for part, share in _parts(tree, child):
                yield part, share * weight


def _possible(tree: ScoreTree, part: ScoreNode, meant: Decimal) -> bool:
    if part.item is None:
        return True
    if part.code.startswith("o"):
        return meant in part.item.answers
    instrument = "IIT" if part.code.startswith("i") else "EIT"
    people = tree.sheet.respondents.get(instrument)
    return not people or respondent_test(part.item, meant, people).possible


def suspects_text(tree: ScoreTree, node: ScoreNode) -> str:
    """Which figure to look at first, as a Thai sentence; "" when nothing stands out."""
    likely = suspects(tree, node)
    impossible = [each for each in likely if not _is_possible_now(tree, each)]
    likely = tuple(impossible) or likely
    if not 0 < len(likely) <= _MOST_SUSPECTS:
        return ""
    named = " หรือ ".join(f"{_short(each)} ({each.typed} อาจเป็น {each.meant})" for each in likely)
    return f"ตัวเลขที่น่าจะพิมพ์ผิดคือ {named}"


def _is_possible_now(tree: ScoreTree, suspect: Suspect) -> bool:
    return _possible(tree, tree.nodes[suspect.code], suspect.typed)


def _short(suspect: Suspect) -> str:
    return suspect.code if re.match(r"[ieo]\d", suspect.code) else suspect.name


def sheet_findings(tree: ScoreTree) -> Iterator[Finding]:
    """Scores that no answers of so many people can give, and OIT scores that no answer is worth."""
    year = tree.sheet.year
    for instrument in tree.root.children:
        people = tree.sheet.respondents.get(instrument.code)
        items = [node for node in instrument.walk() if node.kind is NodeKind.ITEM]
        entered = [node for node in items if node.entered is not None and node.item is not None]
        if people:
            yield from _impossible(year, instrument.code, people, entered)
        elif instrument.code == "OIT":
            yield from _oit_values(year, entered)


def _impossible(
    year: int, instrument: str, people: int, entered: list[ScoreNode]
) -> Iterator[Finding]:
    bad = [node for node in entered if not _test(node, people)]
    if len(bad) >= 3 and len(bad) * 2 > len(entered):
        problem = (
            f"คะแนน {len(bad)} จาก {len(entered)} ข้อเป็นไปไม่ได้หากมีผู้ตอบ {instrument} {people} คน"
        )
        place = Place("scores", year, instrument)
        mend = "ตรวจจำนวนผู้ตอบกับผลประกาศ"
        yield found("respondents-differ", place, problem, mend, subject=str(people))
        return
    for node in bad:
        if node.item is None or node.entered is None:
            continue
        near = respondent_test(node.item, node.entered, people)
        values = [str(value) for value in (near.below, near.above) if value is not None]
        problem = f"คะแนนข้อ {node.code} {node.entered} เป็นไปไม่ได้หากมีผู้ตอบ {people} คน"
        mend = f"ค่าที่เป็นไปได้ใกล้ที่สุดคือ {' หรือ '.join(values)} โปรดตรวจกับผลประกาศ"
        place = Place("scores", year, node.code)
        yield found("score-impossible", place, problem, mend, subject=str(node.entered))


def _test(node: ScoreNode, people: int) -> bool:
    if node.item is None or node.entered is None:
        return True
    return respondent_test(node.item, node.entered, people).possible


def _oit_values(year: int, entered: list[ScoreNode]) -> Iterator[Finding]:
    for node in entered:
        if node.item is None or not node.item.answers or node.entered in node.item.answers:
            continue
        values = " หรือ ".join(str(value) for value in node.item.answers)
        problem = f"คะแนนข้อ {node.code} {node.entered} ไม่ใช่คะแนนที่ข้อ OIT ได้"
        place = Place("scores", year, node.code)
        mend = f"คะแนนของข้อนี้เป็น {values} โปรดตรวจกับผลประกาศ"
        yield found("oit-value", place, problem, mend, subject=str(node.entered))


_FIGURE = re.compile(r"[\d๐-๙]\.[\d๐-๙]{2}")
_OVER = re.compile(
    r"ร้อยละ\s*(\d{3,}(?:\.\d+)?)|คะแนน(?:เฉลี่ย|รวม)*\s*(\d{3,}\.\d{2})"
    r"|(?<![\d,.])(\d{3,}\.\d{2})\s*(?:คะแนน|%)"
)


def text_findings(entry: UserText, facts: Facts) -> Iterator[Finding]:
    """Scores cited in a text that are not the score, or that no score can be."""
    text = entry.text
    if entry.role is Role.NAME:
        return
    if "ร้อยละ" in text or "คะแนน" in text or "%" in text:
        for match in _OVER.finditer(plain_text(text)):
            figure = match[1] or match[2] or match[3]
            if Decimal(figure) > HUNDRED:
                problem = f"ตัวเลข {figure} เกิน 100"
                yield entry.says("score-over", figure, problem, "ตรวจจุดทศนิยมและตัวเลข")
    if not _FIGURE.search(text):
        return
    for stale in stale_figures(text, facts.figures.tree, facts.figures.earlier):
        what = _code_name(stale.code)
        problem = f"เขียนคะแนน{what} {stale.typed} แต่ในหน้าคะแนนคือ {stale.current}"
        yield entry.says("figure-differs", stale.typed, problem, "แก้ตัวเลขให้ตรงกัน")


def _code_name(code: str) -> str:
    if code == "total":
        return "รวม"
    if code.startswith("issue"):
        return f"ประเด็นที่ {code.removeprefix('issue')}"
    return f"ข้อ {code}" if code[0] in "ieo" else f" {code}" if code.isalpha() else f"ตัวชี้วัดที่ {code}"
