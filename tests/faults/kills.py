"""The program's death at any moment of any kind of save.

``python -m tests.faults.kills [COUNT]``.
"""

from __future__ import annotations

import signal
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from tests.faults.found import GOOD, NEUTRAL, Found
from tests.faults.office import Office, copied, in_offices
from tests.faults.save_names import SAVE_NAMES
from tests.faults.shim import Death

HALF_WAY = ("PRAGMA journal_mode = MEMORY",)
"""The control: with the journal in memory, a kill between two pages must damage the file."""
LONGEST_LIFE = 0.15
SHORTEST_LIFE = 0.001


@dataclass(frozen=True)
class Kill:
    """One death: at a call (``at`` of all the calls the save makes), or after some time."""

    save: str
    at: float
    how: Death | None
    """None: killed from outside, whatever the program is doing."""


def kills(count: int, saves: Iterable[str], seed: int) -> list[Kill]:
    """Deaths spread over the kinds of saves: three of four at a call, one by the clock."""
    chance, names = Random(seed), list(saves)
    hows = (Death.BEFORE, Death.AFTER, Death.HALF, None)
    return [
        Kill(names[n % len(names)], chance.random(), hows[n // len(names) % len(hows)])
        for n in range(count)
    ]


def try_kill(
    office: Office, kill: Kill, calls: dict[str, int], settings: tuple[str, ...] = ()
) -> tuple[str, str]:
    """Kill the program so, open what is left with the program's own opening, and judge."""
    if kill.save not in calls:
        calls[kill.save] = office.run(kill.save, settings=settings).report["calls"]
        assert calls[kill.save], f"{kill.save} writes nothing"
    befalls: dict[str, Any] = {"life": kill.at * LONGEST_LIFE}
    if kill.how is not None:
        befalls = {"die": 1 + int(kill.at * calls[kill.save]), "how": kill.how}
    run = office.run(kill.save, settings=settings, **befalls)
    while kill.how is None and not run.status and befalls["life"] > SHORTEST_LIFE:
        befalls["life"] /= 2  # it was done before: a quicker death, however quick the machine is
        run = office.run(kill.save, settings=settings, **befalls)
    if run.status != signal.SIGKILL:
        good = not run.status and not run.report["error"]
        return ("outlived" if good else "crashed"), str(run.report)
    left = copied(office.path, office.folder / "left")
    found = office.look.digest(left.parent, left.name)
    if found in run.told.allowed(office.first):
        return "whole", ""
    known = {office.first, *(digest for _, digest in run.told)}
    return ("lost" if found in known else "damaged"), f"{kill}: {found} {run.told}"


def on(office: Office, deaths: Iterator[Kill], settings: tuple[str, ...] = ()) -> Found:
    """Die these deaths in one office."""
    found: Counter[str] = Counter()
    notes: list[str] = []
    calls: dict[str, int] = {}
    for kill in deaths:
        verdict, why = try_kill(office, kill, calls, settings)
        found[verdict] += 1
        if verdict not in (GOOD, *NEUTRAL):
            notes.append(f"{verdict}: {why}")
    return Found("kills", found, notes=notes)


def proof(count: int, saves: Iterable[str] = SAVE_NAMES, *, seed: int = 1) -> Found:
    """So many deaths over these kinds of saves, in several offices at a time."""
    return in_offices("kills", kills(count, saves, seed), on)


def control(office: Office, count: int = 12) -> Found:
    """With the journal in memory, deaths in the middle of a large edit."""
    return on(office, iter(kills(count, ("import",), 1)), HALF_WAY)


def main(count: str = "1000") -> None:
    """Print what was found, and the control."""
    found = proof(int(count))
    print(found)  # noqa: T201
    print(*found.notes, sep="\n")  # noqa: T201
    with Office() as office:
        print("control", control(office, 60))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
