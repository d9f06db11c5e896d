"""What stands for what across the years."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ita_desktop.domain.analysis import counterpart
from tests.domain.figures import SHELF, UNPUBLISHED_YEAR, YEARS

NEIGHBOURS = [(year, year - 1) for year in (*YEARS[1:], UNPUBLISHED_YEAR)]


@pytest.mark.parametrize(("year", "before"), NEIGHBOURS)
def test_total_instruments_and_indicators_keep_their_codes(year: int, before: int):
    framework, earlier = SHELF.get(year), SHELF.get(before)
    codes = ["total", "IIT", "EIT", "OIT", *framework.indicators]
    assert [counterpart(framework, earlier, code) for code in codes] == codes


@pytest.mark.parametrize(("year", "before"), NEIGHBOURS)
def test_items_go_by_the_crosswalk_and_end_where_there_is_something(year: int, before: int):
    framework, earlier = SHELF.get(year), SHELF.get(before)
    for code in framework.items:
        found = counterpart(framework, earlier, code)
        assert found == framework.crosswalk.get(code)
        assert found is None or found in earlier.items


def test_equal_codes_are_not_equal_questions():
    """The item that asks for the measures moved from o34 to o27."""
    framework, earlier = SHELF.get(2568), SHELF.get(2567)
    assert counterpart(framework, earlier, framework.measures_code) == earlier.measures_code
    assert (framework.measures_code, earlier.measures_code) == ("o27", "o34")


def test_items_have_no_counterpart_in_a_year_the_crosswalk_does_not_name():
    assert counterpart(SHELF.get(2568), SHELF.get(2566), "o27") is None


def test_subindicators_go_by_name():
    framework, earlier = SHELF.get(2568), SHELF.get(2567)
    first, second = framework.indicators["9"].subindicators[:2]
    assert counterpart(framework, earlier, "9.1") in (
        None,
        *(sub.code for sub in earlier.indicators["9"].subindicators if sub.name == first.name),
    )
    swapped = _with_subindicators(
        earlier, (replace(first, code="9.2"), replace(second, code="9.1"))
    )
    assert counterpart(framework, swapped, "9.1") == "9.2"
    assert counterpart(framework, swapped, "9.2") == "9.1"
    assert counterpart(framework, swapped, "9.3") is None


def test_what_the_earlier_year_lacks_has_no_counterpart():
    framework, earlier = SHELF.get(2568), SHELF.get(2567)
    oit = earlier.instruments[2]
    without_9 = replace(oit, indicators=tuple(i for i in oit.indicators if i.code != "9"))
    shrunk = replace(earlier, instruments=(*earlier.instruments[:2], without_9))
    assert counterpart(framework, shrunk, "9") is None
    assert counterpart(framework, shrunk, "9.1") is None
    assert counterpart(framework, shrunk, "10") == "10"
    assert counterpart(framework, earlier, "no such code") is None


def _with_subindicators(framework, subindicators):
    oit = framework.instruments[2]
    nine = replace(framework.indicators["9"], subindicators=subindicators)
    others = tuple(each for each in oit.indicators if each.code != "9")
    changed = replace(oit, indicators=(nine, *others))
    return replace(framework, instruments=(*framework.instruments[:2], changed))
