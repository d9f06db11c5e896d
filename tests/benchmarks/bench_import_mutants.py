"""Five thousand damaged sources, and every hostile file, each in a process with its limits.

``python -m tests.benchmarks.bench_import_mutants [COUNT]`` prints a table; the exit code is 1 when
a promise is broken. Each source is read in a forked process under the limits of the reading one;
what it accepts is then taken into a sample office's data file and taken back. Linux only.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from db.store import Store
from ita_desktop.domain.dossier import Dossier
from ita_desktop.exchange.sheets import child
from tests.hostile.files import HOSTILE_FILES
from tests.hostile.mutants import Mutant, mutants
from tests.hostile.taking import planned, sample_store, taken_and_back

_TAKEN, _REFUSED, _FAULT = 0, 1, 2


@dataclass
class Tally:
    """What has come of the sources so far."""

    outcomes: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    memory: int = 0
    faults: list[str] = field(default_factory=list)


def forked(mutant: Mutant, present: Dossier) -> tuple[int, float, int]:
    """Read and plan in another process; its exit code, seconds, bytes of memory."""
    before = time.monotonic()
    process = os.fork()
    if process == 0:
        code = _FAULT
        try:
            child._limit()
            code = _REFUSED if planned(mutant, present) is None else _TAKEN
        except MemoryError:
            code = _REFUSED  # the program says so too: the process was refused its memory
        except BaseException:  # noqa: BLE001 - told by the code; a fork must never go on
            traceback.print_exc()
        finally:
            os._exit(code)
    ended, status, used = os.wait4(process, os.WNOHANG)
    while not ended:
        if time.monotonic() - before > child.MOST_SECONDS - 0.1:
            os.kill(process, signal.SIGKILL)  # as the program does, which waits no longer
        time.sleep(0.002)
        ended, status, used = os.wait4(process, os.WNOHANG)
    seconds = time.monotonic() - before
    return os.waitstatus_to_exitcode(status), seconds, used.ru_maxrss * 1024


def one(mutant: Mutant, store: Store, present: Dossier, tally: Tally) -> None:
    """Read one source, take it in and back where it is accepted, and count what came of it."""
    code, seconds, memory = forked(mutant, present)
    tally.seconds, tally.memory = max(tally.seconds, seconds), max(tally.memory, memory)
    if code == _FAULT:
        tally.faults.append(f"{mutant.name}: an error nobody caught")
    elif code < 0:
        tally.outcomes["ended by a limit, refused"] += 1
    elif code == _REFUSED:
        tally.outcomes["refused in a sentence"] += 1
    else:
        plan = planned(mutant, present)
        assert plan is not None
        if not taken_and_back(store, plan):
            tally.faults.append(f"{mutant.name}: not one edit, or not taken back")
        partly = "taken in, cells listed that can't be read" if plan.problems else "taken in"
        tally.outcomes[partly if plan.changes else "nothing to take in"] += 1
    if store.dossier() != present:
        tally.faults.append(f"{mutant.name}: rows changed")


def main() -> int:
    """Run all, print the table, return the exit code."""
    warnings.simplefilter("ignore")  # openpyxl warns of what is damaged
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    tally = Tally()
    with (
        tempfile.TemporaryDirectory() as folder,
        sample_store(Path(folder) / "sample.ita") as store,
    ):
        present = store.dossier()
        for name, made in HOSTILE_FILES.items():
            one(Mutant(f"hostile file: {name}", made()), store, present, tally)
        for mutant in mutants(count):
            one(mutant, store, present, tally)
    within = tally.seconds <= child.MOST_SECONDS and tally.memory <= child.MOST_MEMORY
    print(f"sources                {count + len(HOSTILE_FILES)}")
    for outcome, number in tally.outcomes.most_common():
        print(f"  {outcome:45}{number}")
    print(f"longest                {tally.seconds:.1f} s (promise: {child.MOST_SECONDS} s)")
    print(f"most memory            {tally.memory / 1e6:.0f} MB (promise: 300 MB)")
    print(f"faults                 {len(tally.faults)}")
    for fault in tally.faults[:20]:
        print(f"  {fault}")
    return 0 if within and not tally.faults else 1


if __name__ == "__main__":
    sys.exit(main())
