"""What changed between two years: renamed, moved, split, joined, new, dropped."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from ita_desktop.domain.framework import Framework, FrameworkShelf, SubIndicator
from ita_desktop.domain.framework_changes import Comparison, Difference, Kind, Level
from ita_desktop.paths import resources

SHELF = FrameworkShelf(resources() / "frameworks")


def compared(year: int) -> Comparison:
    return Comparison(SHELF.get(year - 1), SHELF.get(year))


def of(comparison: Comparison, level: Level, kind: Kind) -> list[Difference]:
    return [d for d in comparison.differences if (d.level, d.kind) == (level, kind)]


def with_walk(framework: Framework, walk: dict[str, str | None]) -> Framework:
    return replace(framework, crosswalk=framework.crosswalk | walk)


@pytest.mark.parametrize("year", [2564, 2565, 2566, 2567, 2568, 2569, 2570])
def test_everything_of_both_years_is_told_once(year: int):
    comparison = compared(year)
    olds = [c for d in comparison.differences if d.level is Level.ITEM for c in d.old]
    assert sorted(olds) == sorted(comparison.earlier.items)
    news = {c for d in comparison.differences if d.level is Level.ITEM for c in d.new}
    assert news == set(comparison.later.items)


def test_the_real_change_of_2569_is_told():
    found = compared(2569)
    assert [d.new for d in of(found, Level.ITEM, Kind.NEW)] == [("o11",)]
    dropped = [d.old[0] for d in of(found, Level.ITEM, Kind.DROPPED)]
    assert dropped == ["o11", "o12", "o22"]
    moved = {d.old[0]: d.new[0] for d in of(found, Level.ITEM, Kind.MOVED)}
    moved |= {d.old[0]: d.new[0] for d in of(found, Level.ITEM, Kind.RENAMED)}
    assert (moved["o27"], moved["o28"]) == ("o25", "o26")
    assert found.code_of("o27") == "o25"
    assert found.code_of("o11") is None
    assert (found.code_of("total"), found.code_of("IIT"), found.code_of("9.1")) == (
        *("total", "IIT"),
        "9.1",
    )
    assert found.code_of("issue3") == "issue3"


def test_items_that_became_one_are_told():
    found = compared(2568)
    joined = {d.old[0]: d.new[0] for d in of(found, Level.ITEM, Kind.JOINED)}
    assert joined == {
        "o1": "o1",
        "o3": "o1",
        "o14": "o12",
        "o16": "o12",
        "o20": "o16",
        "o21": "o16",
    }
    assert found.codes_of(Level.ITEM, "o3") == ("o1",)


def test_a_title_within_another_instruments_title_joins_nothing():
    """FY2565's o18 (a budget plan) stands word for word in a question of IIT."""
    assert of(compared(2566), Level.ITEM, Kind.JOINED) == []


def test_a_stand_in_year_has_the_same_everything():
    kinds = Counter(d.kind for d in compared(2570).differences)
    assert set(kinds) == {Kind.SAME}


def test_one_item_continued_by_two_is_split():
    later = with_walk(SHELF.get(2569), {"o11": "o13"})
    found = Comparison(SHELF.get(2568), later)
    split = of(found, Level.ITEM, Kind.SPLIT)
    assert [(d.old, d.new) for d in split] == [(("o13",), ("o11", "o12"))]
    assert found.code_of("o13") is None, "which of the two is for the office to say"


def test_without_a_crosswalk_equal_titles_are_known_again():
    later = replace(SHELF.get(2569), crosswalk={}, crosswalk_year=None)
    found = Comparison(SHELF.get(2568), later)
    assert not found.by_crosswalk
    assert found.origins["o11"] is None
    assert found.origins["o2"] == "o2"
    by_title = {code: old for code, old in found.origins.items() if old}
    walk = SHELF.get(2569).crosswalk
    assert 25 < len(by_title) < len(walk)
    assert all(walk[code] == old for code, old in by_title.items())


def test_renamed_indicators_and_issues():
    base = SHELF.get(2569)
    oit = base.instruments[2]
    nine = oit.indicators[0]
    subs = tuple(
        replace(sub, name="ชื่อใหม่") if sub.code == "9.1" else sub for sub in nine.subindicators
    )
    indicators = (replace(nine, name="ชื่อใหม่", subindicators=subs), *oit.indicators[1:])
    instruments = (*base.instruments[:2], replace(oit, indicators=indicators))
    issues = (replace(base.issues[0], name="อีกชื่อ"), *base.issues[2:])
    later = replace(
        base,
        year=2570,
        instruments=instruments,
        issues=issues,
        crosswalk={code: code for code in base.items},
        crosswalk_year=2569,
    )
    found = Comparison(base, later)
    assert [d.old for d in of(found, Level.INDICATOR, Kind.RENAMED)] == [("9",)]
    assert [d.old for d in of(found, Level.SUBINDICATOR, Kind.RENAMED)] == [("9.1",)]
    assert [(d.old, d.new) for d in of(found, Level.ISSUE, Kind.RENAMED)] == [(("1",), ("1",))]
    assert [d.old for d in of(found, Level.ISSUE, Kind.DROPPED)] == [("2",)]
    assert isinstance(subs[0], SubIndicator)
