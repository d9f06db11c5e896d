"""The score tree: figures of real documents, a second computation, intervals, levels, typing."""

from __future__ import annotations

import json
import random
import re
import time
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations_with_replacement
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ita_desktop.domain.framework import Item, LevelRule
from ita_desktop.domain.scores import (
    TOTAL,
    Interval,
    NodeKind,
    ScoreSheet,
    ScoreTextError,
    half_up,
    level_of,
    parse_score,
    printed_interval,
    respondent_test,
    respondents_that_fit,
    score_tree,
)
from ita_desktop.paths import resources
from tests.domain.figures import (
    DOCUMENT_1_FY2563,
    DOCUMENT_1_FY2564,
    DOCUMENT_2,
    DOCUMENT_5,
    DOCUMENT_5_EIT,
    DOCUMENT_5_IIT,
    SHELF,
    UNPUBLISHED_YEAR,
    YEARS,
    tree_of,
)

HALF = Fraction(1, 200)

# --- figures of real documents ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "entered", "instruments", "total", "level"),
    [
        (2564, DOCUMENT_1_FY2564, "86.04 89.92 97.32", "91.72", "A"),
        (2563, DOCUMENT_1_FY2563, "91.09 80.97 31.20", "64.10", "D"),
        (2566, DOCUMENT_2, "83.68 92.00 80.63", "84.96", "ต้องปรับปรุง"),
        (2568, DOCUMENT_5, "93.38 95.34 100.00", "96.61", "ผ่านดี"),
    ],
    ids=["document 1 FY2564", "document 1 FY2563", "document 2", "document 5"],
)
def test_check_figures(
    year: int, entered: dict[str, str], instruments: str, total: str, level: str
):
    tree = tree_of(year, entered)
    assert list(tree.instruments) == ["IIT", "EIT", "OIT"]
    assert [str(score) for score in tree.instruments.values()] == instruments.split()
    assert (str(tree.total), tree.level) == (total, level)
    assert tree.unattainable() == ()


def test_document_1_fy2563_official_beside_computed():
    tree = tree_of(2563, {**DOCUMENT_1_FY2563, TOTAL: "64.09"})
    root = tree.root
    assert (str(root.score), str(root.computed)) == ("64.09", "64.10")
    assert root.attainable is True
    assert root.computed_interval == Interval(Fraction("64.0926"), Fraction("64.1026"))
    assert tree.level == "D"
    # The unrounded value that goes on agrees with both the announced and the computed figure.
    assert root.exact == Fraction("64.0926")
    assert root.interval == Interval(Fraction("64.0926"), Fraction("64.095"))


@pytest.mark.parametrize(
    ("official", "attainable"),
    [("64.08", False), ("64.09", True), ("64.10", True), ("64.11", False), ("0.00", False)],
)
def test_only_figures_the_parts_can_give_are_attainable(official: str, attainable: bool):
    tree = tree_of(2563, {**DOCUMENT_1_FY2563, TOTAL: official})
    assert tree.root.attainable is attainable
    assert bool(tree.unattainable()) is not attainable
    assert tree.score(TOTAL) == Decimal(official)  # never overwritten


def test_document_5_issue_mean_is_a_mistake():
    tree = tree_of(2568, DOCUMENT_5)
    codes = ["i1", "i2", "i3", "o5", "o6", "o7", "o8"]
    parts = [tree.nodes[code].interval for code in codes]
    mean = Interval(
        sum((part.low for part in parts if part), Fraction()) / 7,
        sum((part.high for part in parts if part), Fraction()) / 7,
    )
    assert (round(float(mean.low), 4), round(float(mean.high), 4)) == (97.92, 97.9229)
    assert not mean.attains(Decimal("97.93"))
    assert mean.attains(Decimal("97.92"))


def test_only_the_total_is_known():
    tree = tree_of(2566, {TOTAL: "84.96"})
    assert tree.total == Decimal("84.96")
    assert tree.instruments == {"IIT": None, "EIT": None, "OIT": None}
    assert tree.root.attainable is None
    assert tree.level == "ต้องปรับปรุง"


def test_empty_sheet_knows_nothing():
    tree = tree_of(2568, {})
    assert tree.total is None and tree.level is None and tree.computed_level is None
    assert all(
        node.score is node.computed is node.exact is node.interval is node.attainable is None
        for node in tree.root.walk()
    )
    assert tree.score("no such code") is None


def test_oit_goes_through_subindicators_not_items():
    """9.1 has four items, 9.3 two: the mean of items would be another figure."""
    items = {code: "100.00" for code in SHELF.get(2568).items if code.startswith("o")}
    tree = tree_of(2568, {**items, "o1": "0.00", "o2": "0.00"})
    assert tree.score("9.1") == Decimal("50.00")
    assert tree.score("9") == Decimal("90.00")
    assert tree.score("OIT") == Decimal("95.00")


def test_one_missing_part_keeps_the_parent_unknown():
    entered = {code: figure for code, figure in DOCUMENT_5.items() if code != "i10"}
    tree = tree_of(2568, entered)
    assert [tree.score(code) for code in ("4", "IIT", TOTAL)] == [None, None, None]
    assert tree.score("5") == Decimal("91.72")


def test_unattainable_entry_goes_on_as_the_official_one():
    tree = tree_of(2568, {**DOCUMENT_5, "4": "80.00"})
    (wrong,) = tree.unattainable()
    assert (wrong.code, str(wrong.entered), str(wrong.computed)) == ("4", "80.00", "87.28")
    assert tree.nodes["4"].exact == 80
    assert tree.score("IIT") == Decimal("91.92")


def test_nodes_know_their_kind_and_item():
    tree = tree_of(2568, {})
    kinds = {code: tree.nodes[code].kind for code in (TOTAL, "IIT", "1", "9.1", "i1", "o1")}
    assert list(kinds.values()) == [
        NodeKind.TOTAL,
        NodeKind.INSTRUMENT,
        NodeKind.INDICATOR,
        NodeKind.SUBINDICATOR,
        NodeKind.ITEM,
        NodeKind.ITEM,
    ]
    item = SHELF.get(2568).items["i3"]
    assert tree.nodes["i3"].item is item and tree.nodes["i3"].name == item.title
    assert tree.nodes["IIT"].item is None
    assert list(tree.nodes) == list(SHELF.get(2568).codes())


# --- a second computation, on the plain data of the framework files -------------------------------


@dataclass
class Plain:
    """A node of the second computation."""

    code: str
    parts: list[tuple[Fraction, Plain]] = field(default_factory=list)

    def walk(self) -> list[Plain]:
        return [self, *(found for _, part in self.parts for found in part.walk())]


@dataclass(frozen=True)
class Known:
    """What the second computation finds at a node: value, bounds, and the same from its parts."""

    own: tuple[Fraction, Fraction, Fraction] | None
    from_parts: tuple[Fraction, Fraction, Fraction] | None


def plain_tree(year: int) -> Plain:
    file = resources() / "frameworks" / f"{min(year, 2569)}.json"
    data = json.loads(file.read_text("utf-8"))
    shares = [Fraction(instrument["weight"]) for instrument in data["instruments"]]
    parts = [plain_node(instrument) for instrument in data["instruments"]]
    return Plain(TOTAL, list(zip(shares, parts, strict=True)))


def plain_node(data: dict[str, Any]) -> Plain:
    below = data.get("indicators") or data.get("subindicators") or data.get("items") or []
    return Plain(data["code"], [(Fraction(1, len(below)), plain_node(each)) for each in below])


def in_cents(value: Fraction) -> int:
    """Half up, in whole numbers only."""
    return (200 * value.numerator + value.denominator) // (2 * value.denominator)


def second(node: Plain, entered: dict[str, Decimal], found: dict[str, Known]) -> Known:
    """Fill ``found`` for the node and all below."""
    below = [(share, second(part, entered, found).own) for share, part in node.parts]
    known = [(share, own) for share, own in below if own]
    from_parts = None
    if below and len(known) == len(below):
        value, low, high = (sum(share * own[i] for share, own in known) for i in range(3))
        from_parts = (Fraction(value), Fraction(low), Fraction(high))
    found[node.code] = Known(second_own(node, entered.get(node.code), from_parts), from_parts)
    return found[node.code]


def second_own(
    node: Plain, official: Decimal | None, from_parts: tuple[Fraction, Fraction, Fraction] | None
) -> tuple[Fraction, Fraction, Fraction] | None:
    if official is None:
        return from_parts
    exact = Fraction(official)
    sure = not node.parts and official in (0, 100)
    low = exact if sure else max(Fraction(0), exact - HALF)
    high = exact if sure else min(Fraction(100), exact + HALF)
    if from_parts is None or not possible(from_parts, official):
        return exact, low, high
    low, high = max(low, from_parts[1]), min(high, from_parts[2])
    agrees = in_cents(from_parts[0]) == official * 100
    return (from_parts[0] if agrees else sorted((low, exact, high))[1]), low, high


def possible(from_parts: tuple[Fraction, Fraction, Fraction], official: Decimal) -> bool:
    """Whether some value of the range prints as the official figure."""
    return in_cents(from_parts[1]) <= official * 100 <= in_cents(from_parts[2])


PLAIN = {year: plain_tree(year) for year in (*YEARS, UNPUBLISHED_YEAR)}


def random_entries(year: int, seed: int) -> dict[str, Decimal]:
    """Entries as offices make them: filled to some depth, gaps, official figures above."""
    luck = random.Random(seed)
    entered: dict[str, Decimal] = {}
    gaps, officials = luck.choice([0, 0, 0.02, 0.5]), luck.choice([0, 0.2, 0.9])

    def fill(node: Plain, depth: int) -> None:
        if depth and node.parts:
            for _, part in node.parts:
                fill(part, depth - luck.choice([1, 1, 1, 2]))
        elif luck.random() >= gaps:
            cents = luck.choice([0, 10000, luck.randint(0, 10000), luck.randint(9000, 9999)])
            entered[node.code] = Decimal(cents) / 100

    for share_part in PLAIN[year].parts:
        fill(share_part[1], luck.randint(0, 4))
    found: dict[str, Known] = {}
    for _ in range(2):  # official figures near what the parts give, some off by a hundredth
        second(PLAIN[year], entered, found)
        for code, known in found.items():
            if known.from_parts and code not in entered and luck.random() < officials:
                cents = in_cents(known.from_parts[0]) + luck.choice([0, 0, 0, 1, -1, 40])
                entered[code] = Decimal(min(max(cents, 0), 10000)) / 100
    return entered


@settings(max_examples=150)
@given(year=st.sampled_from([*YEARS, UNPUBLISHED_YEAR]), seed=st.integers(0, 2**32))
def test_tree_agrees_with_a_second_computation(year: int, seed: int):
    entered = random_entries(year, seed)
    expected: dict[str, Known] = {}
    second(PLAIN[year], entered, expected)
    tree = score_tree(SHELF.get(year), ScoreSheet(year, entered))
    assert set(tree.nodes) == set(expected)
    for code, node in tree.nodes.items():
        known = expected[code]
        triple = node.computed_exact, node.computed_interval
        assert triple == as_pair(known.from_parts), code
        assert (node.exact, node.interval) == as_pair(known.own), code
        if node.entered is not None and known.from_parts is not None:
            assert node.attainable is possible(known.from_parts, node.entered), code
        else:
            assert node.attainable is None
        shown = entered.get(code)
        if shown is None and known.from_parts is not None:
            shown = Decimal(in_cents(known.from_parts[0])).scaleb(-2)
        assert node.score == shown, code
        if node.exact is not None and node.interval is not None:
            assert node.interval.low <= node.exact <= node.interval.high, code


def as_pair(
    triple: tuple[Fraction, Fraction, Fraction] | None,
) -> tuple[Fraction | None, Interval | None]:
    return (None, None) if triple is None else (triple[0], Interval(triple[1], triple[2]))


def test_random_entries_reach_every_case():
    """Control: the property above would prove nothing if its entries were all of one kind."""
    seen: set[str] = set()
    for seed in range(60):
        entered = random_entries(2568, seed)
        tree = score_tree(SHELF.get(2568), ScoreSheet(2568, entered))
        seen.add("total" if tree.total is not None else "no total")
        for node in tree.root.walk():
            rounds = node.entered == node.computed
            seen.add(f"{node.attainable}{'' if rounds else ' other'} {node.kind.value}")
    assert {"total", "no total", "True total", "True other total", "False other total"} <= seen
    assert {"True other indicator", "False other subindicator", "True other instrument"} <= seen


# --- the interval holds the truth -----------------------------------------------------------------


def random_truth(year: int, luck: random.Random) -> dict[str, Fraction]:
    """Unrounded scores of every node, from answers of people."""
    truth: dict[str, Fraction] = {}

    def settle(node: Plain) -> Fraction:
        if node.parts:
            truth[node.code] = sum((share * settle(part) for share, part in node.parts), Fraction())
        elif node.code.startswith("o"):
            truth[node.code] = Fraction(luck.choice([0, 100, 100]))
        else:
            people = luck.randint(1, 400)
            truth[node.code] = Fraction(20 * luck.randint(0, 5 * people), people)
        return truth[node.code]

    settle(PLAIN[year])
    return truth


@settings(max_examples=120)
@given(year=st.sampled_from(YEARS), seed=st.integers(0, 2**32))
def test_truth_lies_in_every_interval(year: int, seed: int):
    luck = random.Random(seed)
    truth = random_truth(year, luck)
    codes = [code for code in truth if luck.random() < luck.choice([0.3, 0.8, 1.0])]
    entered = {code: Decimal(in_cents(truth[code])) / 100 for code in codes}
    tree = score_tree(SHELF.get(year), ScoreSheet(year, entered))
    for code, node in tree.nodes.items():
        for interval in (node.computed_interval, node.interval):
            assert interval is None or interval.low <= truth[code] <= interval.high, code
        assert node.attainable is not False, code


def test_an_item_at_the_end_of_the_scale_is_exact():
    """One answer below the best moves an item's mean by far more than half a hundredth."""
    assert printed_interval(Decimal(100), exact_ends=True) == Interval(Fraction(100), Fraction(100))
    assert printed_interval(Decimal("0.00"), exact_ends=True) == Interval(Fraction(0), Fraction(0))
    assert printed_interval(Decimal(100)) == Interval(100 - HALF, Fraction(100))
    assert printed_interval(Decimal(0)) == Interval(Fraction(0), HALF)
    assert printed_interval(Decimal("50.10"), exact_ends=True).low == Fraction("50.095")


@pytest.mark.parametrize(
    ("low", "high", "printed", "attains"),
    [
        ("93.585", "93.585", "93.59", True),
        ("93.585", "93.585", "93.58", False),
        ("93.595", "93.595", "93.59", False),
        ("93.5949", "93.5949", "93.59", True),
        ("90", "93.585", "93.59", True),
        ("90", "93.58499", "93.59", False),
        ("93.595", "94", "93.59", False),
        ("93.59499", "94", "93.59", True),
    ],
)
def test_attains_rounds_half_up(low: str, high: str, printed: str, attains: bool):
    assert Interval(Fraction(low), Fraction(high)).attains(Decimal(printed)) is attains


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("0", "0.00"),
        ("100", "100.00"),
        ("0.005", "0.01"),
        ("0.00499999999", "0.00"),
        ("84.955", "84.96"),
        ("84.945", "84.95"),
        ("84.965", "84.97"),
        ("84.9549999", "84.95"),
        ("99.995", "100.00"),
    ],
)
def test_half_up(value: str, shown: str):
    assert str(half_up(Fraction(value))) == shown
    assert str(half_up(Decimal(value))) == shown


def test_half_up_of_a_third():
    assert str(half_up(Fraction(200, 3))) == "66.67"


# --- levels ---------------------------------------------------------------------------------------

EXCELLENT, GOOD, PASSED = "ผ่านดีเยี่ยม", "ผ่านดี", "ผ่าน"
WEAK, URGENT = "ต้องปรับปรุง", "ต้องปรับปรุงโดยด่วน"


@pytest.mark.parametrize("year", [2563, 2564, 2565])
@pytest.mark.parametrize(
    ("total", "level"),
    [
        *[("100", "AA"), ("95.00", "AA"), ("94.99", "A"), ("85.00", "A"), ("84.99", "B")],
        *[("75.00", "B"), ("74.99", "C"), ("65.00", "C"), ("64.99", "D"), ("55.00", "D")],
        *[("54.99", "E"), ("50.00", "E"), ("49.99", "F"), ("0.00", "F")],
    ],
)
def test_levels_of_the_old_years_hang_on_the_total_alone(year: int, total: str, level: str):
    assert tree_of(year, {TOTAL: total}).level == level


@pytest.mark.parametrize("year", [2566, 2567, 2568, 2569, UNPUBLISHED_YEAR])
@pytest.mark.parametrize(
    ("total", "instruments", "level"),
    [
        ("95.00", ("95.00", "95.00", "95.00"), EXCELLENT),
        ("96.61", ("93.38", "95.34", "100.00"), GOOD),
        ("95.00", ("94.99", "95.00", "95.00"), GOOD),
        ("94.99", ("95.00", "95.00", "95.00"), GOOD),
        ("95.00", ("84.99", "100.00", "100.00"), PASSED),
        ("85.00", ("85.00", "85.00", "85.00"), GOOD),
        ("85.00", ("85.00", "85.00", "84.99"), PASSED),
        ("84.99", ("95.00", "95.00", "95.00"), WEAK),
        ("70.00", ("10.00", "99.00", "99.00"), WEAK),
        ("69.99", ("99.00", "99.00", "99.00"), URGENT),
        ("0.00", ("0.00", "0.00", "0.00"), URGENT),
        # what is not known leaves the level open only where it matters
        ("84.99", (None, None, None), WEAK),
        ("96.00", (None, None, None), None),
        ("96.00", ("95.00", None, "95.00"), None),
        ("96.00", ("90.00", None, None), None),
        ("96.00", ("84.99", None, None), PASSED),
        (None, ("99.00", "99.00", "99.00"), None),
    ],
)
def test_levels_of_the_new_years(
    year: int, total: str | None, instruments: tuple[str | None, ...], level: str | None
):
    scores = {
        code: None if score is None else Decimal(score)
        for code, score in zip(("IIT", "EIT", "OIT"), instruments, strict=True)
    }
    known = None if total is None else Decimal(total)
    assert level_of(SHELF.get(year), known, scores) == level


def test_no_rule_fits():
    framework = replace(SHELF.get(2568), levels=(LevelRule(PASSED, Decimal(85)),))
    assert level_of(framework, Decimal("84.99"), {}) is None


def test_announced_level_is_shown_beside_the_computed_one():
    sheet = ScoreSheet(2568, {TOTAL: Decimal("84.96")}, official_level=PASSED)
    tree = score_tree(SHELF.get(2568), sheet)
    assert (tree.level, tree.computed_level) == (PASSED, WEAK)


# --- respondents ----------------------------------------------------------------------------------


def item(*answers: str, parts: int = 1) -> Item:
    return Item("x1", "ข้อทดสอบ", answers=tuple(Decimal(each) for each in answers), parts=parts)


def with_items(figures: dict[str, str]) -> dict[str, tuple[Item, Decimal]]:
    items = SHELF.get(2568).items
    return {code: (items[code], Decimal(figure)) for code, figure in figures.items()}


def test_document_5_fits_its_respondents_alone():
    assert respondents_that_fit(with_items(DOCUMENT_5_IIT), most=65) == [33]
    assert respondents_that_fit(with_items(DOCUMENT_5_EIT), most=81) == [41]
    # With enough people everything is possible: doubles fit too, so the search has an end.
    assert respondents_that_fit(with_items(DOCUMENT_5_IIT), most=132) == [33, 66, 99, 132]


def test_document_5_figure_no_41_people_can_give():
    found = respondent_test(SHELF.get(2568).items["e8"], Decimal("95.60"), 41)
    assert (found.possible, str(found.below), str(found.above)) == (False, "95.12", "95.61")
    assert respondent_test(SHELF.get(2568).items["e8"], Decimal("95.61"), 41).possible


def test_at_the_ends_one_neighbour_is_missing():
    nothing = respondent_test(item("0", "50", "100"), Decimal(0), 2)
    assert (nothing.possible, nothing.below, str(nothing.above)) == (True, None, "25.00")
    everything = respondent_test(item("0", "50", "100"), Decimal(100), 2)
    assert (everything.possible, str(everything.below), everything.above) == (True, "75.00", None)
    beyond = respondent_test(item("20", "40"), Decimal(10), 5)
    assert (beyond.possible, beyond.below, str(beyond.above)) == (False, None, "20.00")


@pytest.mark.parametrize("respondents", [0, -3])
def test_nothing_is_said_without_respondents_or_answers(respondents: int):
    assert respondent_test(item("0", "100"), Decimal("12.34"), respondents).possible
    assert respondent_test(item(), Decimal("12.34"), 3).possible


SCALES = [
    ("0", "20", "40", "60", "80", "100"),
    ("0", "33", "67", "100"),
    ("0", "33.33", "66.67", "100"),
    ("20", "30", "100"),
    ("0", "100"),
    ("50",),
]


@pytest.mark.parametrize("scale", SCALES, ids=" ".join)
@pytest.mark.parametrize(("respondents", "parts"), [(1, 1), (2, 1), (3, 1), (7, 1), (2, 3)])
def test_respondents_by_listing_every_answer(scale: tuple[str, ...], respondents: int, parts: int):
    answers = respondents * parts
    values = [Fraction(value) for value in scale]
    means = sorted(
        {in_cents(sum(chosen, Fraction()) / answers) for chosen in _choices(values, answers)}
    )
    tested = item(*scale, parts=parts)
    for cents in {*means, *(c + by for c in means for by in (-1, 1, 7)), 0, 10000}:
        printed = Decimal(cents) / 100
        found = respondent_test(tested, printed, respondents)
        below = max((mean for mean in means if mean < cents), default=None)
        above = min((mean for mean in means if mean > cents), default=None)
        assert found.possible is (cents in means), printed
        assert (found.below, found.above) == (_points(below), _points(above)), printed


def _choices(values: list[Fraction], answers: int) -> Any:
    return combinations_with_replacement(values, answers)


def _points(cents: int | None) -> Decimal | None:
    return None if cents is None else Decimal(cents) / 100


def test_at_the_end_of_an_uneven_scale_many_people_are_not_enough():
    found = respondent_test(item("0", "33", "67", "100"), Decimal("0.02"), 700)
    assert (found.possible, str(found.below), str(found.above)) == (False, "0.00", "0.05")


@pytest.mark.parametrize("scale", [*SCALES[:4], ("0", "33.333333", "66.666667", "100")], ids=str)
def test_many_respondents_take_no_time(scale: tuple[str, ...]):
    started = time.perf_counter()
    for respondents in (3_000, 5_000, 1_000_000):
        assert respondent_test(item(*scale), Decimal("91.23"), respondents).possible
    assert time.perf_counter() - started < 5


# --- typing ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("93.59", "93.59"),
        ("๙๓.๕๙", "93.59"),
        ("๔.๕", "4.50"),
        ("๙3.๕9", "93.59"),
        ("0", "0.00"),
        ("007", "7.00"),
        ("100", "100.00"),
        ("100.00", "100.00"),
        ("๑๐๐.๐", "100.00"),
        (" 93.59 ", "93.59"),
        ("\u00a093.59\t", "93.59"),
        ("\ufeff93.59\u200b\r\n", "93.59"),
        ("93.59%", "93.59"),
        ("93.59 %", "93.59"),
    ],
)
def test_scores_that_are_taken(text: str, score: str):
    assert str(parse_score(text)) == score


@pytest.mark.parametrize("text", ["", " ", "\t\r\n", "\u00a0\u200b\ufeff"])
def test_nothing_typed_is_no_score(text: str):
    assert parse_score(text) is None


TOO_HIGH, TOO_LOW = "ต้องไม่เกิน ๑๐๐", "ต้องไม่ต่ำกว่า ๐"
FINE, COMMA, NO_NUMBER = "ไม่เกินสองตำแหน่ง", "จุดทศนิยม", "ต้องเป็นตัวเลข"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("101", TOO_HIGH),
        ("100.01", TOO_HIGH),
        ("1000", TOO_HIGH),
        ("9" * 5000, TOO_HIGH),
        ("๙" * 5000, TOO_HIGH),
        ("-1", TOO_LOW),
        ("-๐.๕", TOO_LOW),
        ("93.591", FINE),
        ("99.999", FINE),
        ("0." + "3" * 5000, FINE),
        ("4,5", COMMA),
        ("๔,๕", COMMA),
        ("1,000", NO_NUMBER),
        ("nan", NO_NUMBER),
        ("inf", NO_NUMBER),
        ("-inf", NO_NUMBER),
        ("1e5", NO_NUMBER),
        ("1E1", NO_NUMBER),
        ("1_0", NO_NUMBER),
        ("1_000", NO_NUMBER),
        ("+5", NO_NUMBER),
        ("2/3", NO_NUMBER),
        ("0x10", NO_NUMBER),
        ("93.", NO_NUMBER),
        (".5", NO_NUMBER),
        ("9 3", NO_NUMBER),
        ("1 00", NO_NUMBER),
        ("93 .59", NO_NUMBER),
        ("93.\u00a059", NO_NUMBER),
        ("%", NO_NUMBER),
        ("93%%", NO_NUMBER),
        ("%93", NO_NUMBER),
        ("abc", NO_NUMBER),
        ("#N/A", NO_NUMBER),
        ("=1+1", NO_NUMBER),
        ("٣", NO_NUMBER),
        ("٩٣.٥٩", NO_NUMBER),
        ("९३", NO_NUMBER),
        ("９３", NO_NUMBER),
        ("9²", NO_NUMBER),
        ("½", NO_NUMBER),
        ("Ⅷ", NO_NUMBER),
        ("9\u200b3", NO_NUMBER),
        ("9\x003", NO_NUMBER),
        ("9\n3", NO_NUMBER),
        ("93\ud800", NO_NUMBER),
        ("−5", NO_NUMBER),
    ],
    ids=lambda text: ascii(text[:12]),
)
def test_scores_that_are_refused(text: str, why: str):
    with pytest.raises(ScoreTextError) as refused:
        parse_score(text)
    sentence = str(refused.value)
    assert why in sentence
    assert "\n" not in sentence and len(sentence) < 100


@example("1e5")
@example("٩")
@given(st.text(st.sampled_from("0123456789๐๑๙.,-+eE_% \u00a0٣²naif"), max_size=9) | st.text())
def test_any_text_is_a_score_nothing_or_refused(text: str):
    try:
        score = parse_score(text)
    except ScoreTextError:
        return
    if score is None:
        assert not text.strip(" \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\u200b\ufeff") or text.isspace()
        return
    assert 0 <= score <= 100 and score.as_tuple().exponent == -2
    assert re.search("[0-9๐-๙]", text)


@given(st.integers(0, 10000))
def test_every_score_is_read_back(cents: int):
    score = Decimal(cents) / 100
    shown = f"{score:.2f}"
    thai = shown.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    assert parse_score(shown) == parse_score(thai) == score
