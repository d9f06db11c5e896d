"""Filters and the order of lists."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from ita_desktop.domain.filters import (
    NONE,
    DisclosureFilter,
    MeasureFilter,
    latest_status,
    owners_of,
)
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.measures import Measure, Progress, Status
from ita_desktop.domain.ordering import dragged, stepped
from ita_desktop.domain.papers import Disclosure

DONE, OPEN = Progress(Status.DONE), Progress(Status.IN_PROGRESS)
MEASURES = (
    Measure(1, 2569, owners="กองคลัง, กองช่าง", indicators=("1", "9.1"), progress={Round.SIX: DONE}),
    Measure(2, 2569, owners="กองช่าง", indicators=("2",), progress={Round.TWELVE: OPEN}),
    Measure(3, 2569),
)


def passing(wanted: MeasureFilter) -> list[int]:
    return [each.id for each in MEASURES if wanted.passes(each, latest_status(each))]


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (MeasureFilter(), [1, 2, 3]),
        (MeasureFilter(owner="กองช่าง"), [1, 2]),
        (MeasureFilter(owner="กอง"), []),
        (MeasureFilter(owner=NONE), [3]),
        (MeasureFilter(indicator="9"), [1]),
        (MeasureFilter(indicator=NONE), [3]),
        (MeasureFilter(status="done"), [1]),
        (MeasureFilter(status=NONE), [3]),
        (MeasureFilter(owner="กองช่าง", status="in_progress"), [2]),
    ],
)
def test_measures_pass_by_owner_indicator_and_status(wanted: MeasureFilter, ids: list[int]):
    assert passing(wanted) == ids


def test_owners_are_named_once():
    assert owners_of(MEASURES) == ("กองคลัง", "กองช่าง")


@pytest.mark.parametrize(
    ("wanted", "passes"),
    [
        (DisclosureFilter(), True),
        (DisclosureFilter(owner="กองคลัง", disclosed="yes", indicator="9"), True),
        (DisclosureFilter(disclosed="no"), False),
        (DisclosureFilter(indicator="10"), False),
        (DisclosureFilter(missing="url"), True),
        (DisclosureFilter(missing="day"), True),
        (DisclosureFilter(missing="owner"), False),
    ],
)
def test_items_pass_by_what_is_missing(wanted: DisclosureFilter, passes: bool):
    found = Disclosure("o1", disclosed=True, url=" ", owner="กองคลัง")
    assert wanted.passes(found, "9") is passes


# --- the order -----------------------------------------------------------------------------------


def plan(text: str) -> tuple[Measure, ...]:
    """ "1 2 +3" are two measures, the second with a further way."""
    return tuple(
        Measure(int(each.strip("+")), 2569, continued=each.startswith("+")) for each in text.split()
    )


def ids(text: str) -> tuple[int, ...]:
    return tuple(int(each) for each in text.split())


@pytest.mark.parametrize(
    ("before", "moved", "to", "after"),
    [
        ("1 2 3", 3, 1, "3 1 2"),
        ("1 2 3", 1, 3, "2 1 3"),
        ("1 2 3", 1, None, "2 3 1"),
        ("1 2 3", 2, 2, "1 2 3"),
        ("1 2 3", 2, 3, "1 2 3"),
        ("1 +2 3", 1, None, "3 1 2"),  # with its way
        ("1 +2 3", 3, 2, "1 2 3"),  # never between a measure and its way
        ("1 +2 +3 4", 1, 3, "1 2 3 4"),  # onto itself
        ("1 +2 3 4", 2, 4, "1 3 2 4"),  # a way goes by itself
    ],
)
def test_what_is_dragged_comes_to_stand_there(before: str, moved: int, to: int | None, after: str):
    assert dragged(plan(before), moved, to) == ids(after)


@pytest.mark.parametrize(
    ("before", "moved", "by", "after"),
    [
        ("1 2 3", 1, 1, "2 1 3"),
        ("1 2 3", 3, 1, "1 2 3"),
        ("1 2 3", 1, -1, "1 2 3"),
        ("1 2 +3 4", 1, 1, "2 3 1 4"),
        ("1 2 +3 4", 4, -1, "1 4 2 3"),
        ("1 2 +3 4", 2, 1, "1 4 2 3"),
        ("1 2 +3 4", 2, -1, "2 3 1 4"),
        ("1 2 +3 +4", 4, -1, "1 2 4 3"),
    ],
)
def test_a_step_passes_a_whole_measure(before: str, moved: int, by: int, after: str):
    assert stepped(plan(before), moved, by) == ids(after)


def test_nothing_is_lost_by_any_move():
    measures: Sequence[Measure] = plan("1 +2 3 4 +5 +6 7")
    for moved in range(1, 8):
        for to in (*range(1, 8), None):
            assert sorted(dragged(measures, moved, to)) == list(range(1, 8))
        for by in (-1, 1):
            assert sorted(stepped(measures, moved, by)) == list(range(1, 8))
