"""What the status bar calls saved survives kills, power cuts and disk errors.

The numbers are small here; ``python -m tests.promises --full`` does the full ones. Every proof is
shown to find what it looks for, by a control under which the promise must break.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults import cuts, errors, kills
from tests.faults.found import Found
from tests.faults.office import Office
from tests.faults.save_names import SAVE_NAMES
from tests.faults.shim import needs_shim

pytestmark = needs_shim

KILLS = 220  # a few come when the save is over already
CUTS = 2000
EVERY_POINT_OF = "paste scores"


def check(found: Found, tried: float) -> None:
    assert (found.bad, found.notes) == (0, []), f"{found}\n" + "\n".join(found.notes)
    assert found.verdicts["whole"] >= tried, str(found)


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    """One window process for all of a test worker's trials."""
    with Office() as opened:
        yield opened


@pytest.mark.parametrize("turn", range(4))
def test_kills(office: Office, turn: int):
    deaths = iter(kills.kills(KILLS // 4, SAVE_NAMES[turn::4], turn))
    check(kills.on(office, deaths), 200 // 4)


def test_kills_with_the_journal_in_memory_damage_the_file(office: Office):
    assert kills.control(office).verdicts["damaged"] > 0


@pytest.mark.parametrize("turn", range(3))
def test_power_cuts(office: Office, turn: int):
    saves = SAVE_NAMES[turn::3]
    found = sum(cuts.on(office, CUTS // 3, saves, seed=turn), Found("power cuts"))
    check(found, CUTS // 3)


@pytest.mark.parametrize(
    ("settings", "verdict"), [(cuts.UNSYNCED, "damaged"), (cuts.FORGETFUL, "lost")]
)
def test_power_cuts_with_weaker_settings(office: Office, settings: tuple[str, ...], verdict: str):
    assert cuts.control(office, settings).verdicts[verdict] > 0


@pytest.mark.parametrize("turn", range(4))
def test_disk_errors_at_every_point(office: Office, turn: int):
    calls = errors.calls_of(office, EVERY_POINT_OF)
    faults = list(errors.faults_of(EVERY_POINT_OF, calls, halves=False))
    check(errors.on(office, iter(faults[turn::4])), 0.9 * len(calls))


def test_disk_errors_with_the_journal_in_memory_damage_the_file(office: Office):
    found = errors.control(office)
    assert found.verdicts["damaged"] > 0, str(found)


def test_what_was_shown_as_saved_and_is_gone_is_called_lost():
    """The judge itself, without a disk."""
    told = cuts.Told([("coming", "a"), ("committed", "a"), ("shown", "a"), ("coming", "b")])
    assert told.allowed("first") == {"a", "b"}
    assert told.promised("first") == "a"
    half_line = cuts.Told.of_lines(["coming a\n", "committed a"])
    assert half_line.allowed("first") == {"first", "a"}
