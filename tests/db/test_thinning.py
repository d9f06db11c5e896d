"""Thinning: hours of today, days of two weeks, weeks of a quarter, months; never the last one."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from db.contents import Contents
from db.shelf import Backup, Reason
from db.thinning import ALWAYS_KEPT, to_delete

NOW = datetime(2026, 11, 21, 16, 40).astimezone()
MUCH = 1 << 60


def made(
    number: int,
    at: datetime,
    *,
    size: int = 100,
    healthy: bool = True,
    reason: Reason = Reason.AUTO,
) -> Backup:
    return Backup(Path(f"{number}"), number, at, reason, size, healthy, "x", Contents())


def every(step: timedelta, count: int) -> list[Backup]:
    """So many back-ups, one a step, the newest now; latest number first."""
    return [made(count - n, NOW - step * n) for n in range(count)]


def kept(backups: list[Backup], most: int = MUCH, now: datetime = NOW) -> list[Backup]:
    going = {backup.number for backup in to_delete(backups, now, most)}
    return [backup for backup in backups if backup.number not in going]


def days_ago(backups: list[Backup]) -> list[int]:
    return [(NOW - backup.at).days for backup in backups]


def test_two_years_of_every_other_hour():
    """What a clerk finds of two years in which the program never slept."""
    left = kept(every(timedelta(hours=2), 2 * 365 * 48 // 4))
    ages = [NOW - backup.at for backup in left]
    today = sum(age <= timedelta(days=1) for age in ages)
    days = sum(timedelta(days=1) < age <= timedelta(days=14) for age in ages)
    weeks = sum(timedelta(days=14) < age <= timedelta(days=92) for age in ages)
    months = sum(timedelta(days=92) < age for age in ages)
    assert (today, days, weeks, months) == (13, 14, 12, 22)
    assert left[0].at == NOW


def test_thinning_again_takes_nothing_more():
    left = kept(every(timedelta(hours=3), 2000))
    assert kept(left) == left


def test_thinning_every_day_leaves_what_thinning_once_leaves_or_more():
    """Old ones don't vanish because they were the newest of their day only yesterday."""
    shelf: list[Backup] = []
    for n in range(400):
        now = NOW + timedelta(days=n)
        shelf = kept([made(n + 1, now), *shelf], now=now)
    ages = [(NOW + timedelta(days=399) - backup.at).days for backup in shelf]
    assert ages[:14] == list(range(14))
    gaps = [older - newer for newer, older in pairwise(ages)]
    assert max(gaps) <= 62
    assert ages[-1] >= 360, "the first months are still there"


def test_bound_leaves_a_row_over_the_whole_time():
    left = kept(every(timedelta(days=1), 700), most=1000)
    ages = days_ago(left)
    assert len(left) == 10
    assert ages[:3] == [0, 1, 2]
    assert ages[-1] > 600
    gaps = [older - newer for newer, older in pairwise(ages[3:])]
    assert all(gap < age * 1.6 for gap, age in zip(gaps, ages[4:], strict=False))


def test_newest_stay_however_small_the_bound():
    assert len(kept(every(timedelta(days=1), 50), most=0)) == ALWAYS_KEPT


def test_without_a_healthy_one_nothing_goes():
    wrecks = [made(9 - n, NOW - timedelta(days=n * 100), healthy=False) for n in range(9)]
    assert kept(wrecks, most=0) == wrecks


def test_wreck_never_takes_the_place_of_a_healthy_one():
    good = [made(n, NOW - timedelta(days=100 - n)) for n in (3, 2, 1)]
    wrecks = [made(n, NOW - timedelta(days=30), healthy=False) for n in (6, 5, 4)]
    assert kept([*wrecks, *good], most=0) == good
    fresh = [made(7, NOW, healthy=False)]
    assert kept([*fresh, *good], most=0) == [*fresh, *good]


def test_before_great_changes_stays_for_a_quarter():
    hour = NOW - timedelta(days=40)
    pile = [
        made(n, hour, reason=Reason.RESTORE if n == 5 else Reason.AUTO) for n in range(20, 0, -1)
    ]
    assert [backup.number for backup in kept(pile)] == [20, 19, 18, 17, 5]


# --- wrong clocks ----------------------------------------------------------------------------


def test_clock_set_back_for_a_while():
    """Times that contradict the numbers are no reason to let a back-up go."""
    before = [made(n, NOW - timedelta(days=2, hours=20 - n)) for n in range(1, 11)]
    wrong = [made(n, datetime(2001, 1, 1, n).astimezone()) for n in range(11, 16)]
    after = [made(n, NOW - timedelta(hours=20 - n)) for n in range(16, 21)]
    left = kept([*after[::-1], *wrong[::-1], *before[::-1]])
    assert {backup.number for backup in left} >= {*range(11, 21), 10}


def test_clock_ahead_for_a_while():
    ahead = [made(n, datetime(2099, 1, 1, n).astimezone()) for n in range(5, 10)]
    before = [made(n, NOW - timedelta(days=10 - n)) for n in range(1, 5)]
    after = [made(n, NOW - timedelta(hours=20 - n)) for n in range(10, 15)]
    assert {b.number for b in kept([*after[::-1], *ahead[::-1], *before[::-1]])} == set(
        range(1, 15)
    )


def test_clock_now_set_back_lets_nothing_go():
    pile = every(timedelta(hours=1), 200)
    assert kept(pile, now=datetime(2001, 1, 1).astimezone()) == pile


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.integers(-4000, 4000), st.integers(1, 400), st.booleans(), st.sampled_from(Reason)
        ),
        max_size=60,
    ),
    st.integers(0, 5000),
)
def test_any_shelf_keeps_its_newest_healthy(found: list[tuple[int, int, bool, Reason]], most: int):
    shelf = [
        made(n, NOW + timedelta(hours=hours), size=size, healthy=healthy, reason=reason)
        for n, (hours, size, healthy, reason) in enumerate(found, start=1)
    ][::-1]
    left = kept(shelf, most)
    healthy = [backup for backup in shelf if backup.healthy]
    assert left[: len(healthy[:1])] or not healthy
    assert [b for b in left if b.healthy][:ALWAYS_KEPT] == healthy[:ALWAYS_KEPT]
    rest = [backup for backup in left if backup.healthy][ALWAYS_KEPT:]
    newest = sum(backup.size for backup in healthy[:ALWAYS_KEPT])
    assert not rest or newest + sum(backup.size for backup in rest) <= most
