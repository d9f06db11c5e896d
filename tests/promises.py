"""The promises the program makes to the clerk, each with its proof, as one table.

``python -m tests.promises [--full] [--only WORD …]``: runs the proofs, prints the table, and ends
with code 1 when a promise is broken. Without ``--full`` the numbers are those of the tests. What
each proof does stands in ``docs/promises.md``.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.faults.found import Found

ROOT = Path(__file__).resolve().parent.parent
NOT_THERE = "not there yet"


@dataclass(frozen=True)
class Outcome:
    """What a proof found. ``kept`` None: there is no such proof yet."""

    kept: bool | None
    found: str
    control: str = ""


@dataclass(frozen=True)
class Row:
    """One promise. ``control``: what must fail, to show that the proof can; ``target`` in full."""

    promise: str
    proof: str
    control: str
    target: str
    check: Callable[[bool], Outcome]


def tests(names: Sequence[str], full: dict[str, int], *more: str) -> Callable[[bool], Outcome]:
    """A proof that is a set of tests; ``full`` are the variables that make its numbers full."""

    def check(is_full: bool) -> Outcome:
        missing = [name for name in names if not (ROOT / name.partition("::")[0]).exists()]
        if missing:
            return Outcome(None, f"{NOT_THERE}: {', '.join(missing)}")
        numbers = {name: str(number) for name, number in full.items()} if is_full else {}
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *names, *more]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, **numbers, "QT_QPA_PLATFORM": "offscreen"},
            capture_output=True,
            text=True,
            check=False,
        )
        summary = done.stdout.strip().splitlines()[-1:] or [done.stderr[-200:]]
        counted = re.sub(r" in [0-9.]+s.*", " tests", summary[0]).strip("= ")
        said = "".join(f", {name} {number}" for name, number in numbers.items())
        return Outcome(done.returncode == 0, counted + said, "in the tests")

    return check


def command(
    words: Sequence[str], otherwise: Callable[[bool], Outcome]
) -> Callable[[bool], Outcome]:
    """A proof that has a command of its own for its full numbers; ``otherwise`` without them."""

    def check(is_full: bool) -> Outcome:
        if not is_full:
            return otherwise(False)
        done = subprocess.run(
            [sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True, check=False
        )
        lines = [" ".join(line.split()) for line in (done.stdout or done.stderr).splitlines()]
        return Outcome(done.returncode == 0, "; ".join(lines[-6:]).replace("|", "/"))

    return check


def told(found: Found) -> str:
    """The counts, and the first things that went wrong."""
    return "; ".join((str(found), *(note[:300].replace("|", "/") for note in found.notes[:3])))


def kills(full: bool) -> Outcome:
    """Deaths during every kind of save."""
    from tests.faults import kills as proof
    from tests.faults.office import Office

    found = proof.proof(1000 if full else 200)
    with Office() as office:
        control = proof.control(office, 30)
    return Outcome(not found.bad and control.verdicts["damaged"] > 0, told(found), str(control))


def cuts(full: bool) -> Outcome:
    """Power cuts during every kind of save."""
    from tests.faults import cuts as proof
    from tests.faults.found import Found
    from tests.faults.office import Office

    found = sum(proof.proof(20_000 if full else 2_000), Found("power cuts"))
    with Office() as office:
        unsynced = proof.control(office, proof.UNSYNCED)
        forgetful = proof.control(office, proof.FORGETFUL)
    controls = unsynced.verdicts["damaged"] > 0 and forgetful.verdicts["lost"] > 0
    return Outcome(
        not found.bad and controls,
        told(found),
        f"synchronous OFF {unsynced.verdicts['damaged']} damaged, "
        f"DELETE/FULL {forgetful.verdicts['lost']} lost",
    )


def disk_errors(full: bool) -> Outcome:
    """Errors of the disk at every call of every kind of save, or of one kind."""
    from tests.faults import errors as proof
    from tests.faults.office import Office
    from tests.faults.save_names import SAVE_NAMES

    found = proof.proof(SAVE_NAMES if full else ("paste scores",))
    with Office() as office:
        control = proof.control(office)
    return Outcome(not found.bad and control.verdicts["damaged"] > 0, told(found), str(control))


def exports(full: bool) -> Outcome:
    """Errors and deaths at every call of what is written beside the data file."""
    from tests.faults import exports as proof
    from tests.faults.office import Office
    from tests.faults.save_names import EXPORT_NAMES

    found = proof.proof(EXPORT_NAMES if full else ("template json",))
    with Office() as office:
        control = proof.control(office)
    return Outcome(not found.bad and control.verdicts["damaged"] > 0, told(found), str(control))


def edit_cost(full: bool) -> Outcome:
    """An edit on the disk beside a bare transaction with the same settings."""
    from tests.benchmarks.bench_edit import TARGET, costs

    found = costs(1000 if full else 100)
    told = ", ".join(f"{name} {c.ratio:.2f} ({c.grown:.0f} bytes)" for name, c in found.items())
    return Outcome(max(c.ratio for c in found.values()) <= TARGET, told, "the bare one itself")


PROMISES = (
    Row(
        "a saved entry survives the program's death",
        "killed at random calls and times during every kind of save",
        "journal in memory must damage",
        "1,000 kills: 0 lost, 0 half, 0 damaged",
        kills,
    ),
    Row(
        "a saved entry survives a power cut",
        "recorded calls of the program's own saves, unsynced ones dropped, torn, reordered",
        "synchronous OFF must damage, DELETE/FULL must lose",
        "20,000 cuts: 0 lost, 0 half, 0 damaged",
        cuts,
    ),
    Row(
        "a disk error or a full disk loses nothing",
        "every call of every kind of save fails, once and for good",
        "journal in memory must damage",
        "every call: 0 damaged, 0 shown as saved but lost",
        disk_errors,
    ),
    Row(
        "there is always a good back-up",
        "killed while backing up; bad sources; full disks",
        "a bad copy must not count",
        "200 kills: at least one checked copy",
        tests(
            ("tests/db/test_backup.py", "tests/db/test_backup_kill.py"), {"ITA_BACKUP_KILLS": 200}
        ),
    ),
    Row(
        "restoring works",
        "stale journal, interruption, bad copy, wrong file",
        "copying over a crashed file must damage",
        "50 of 50 equal the back-up",
        tests(("tests/db/test_restore.py",), {"ITA_RESTORES": 50}),
    ),
    Row(
        "a damaged or wrong file is never opened quietly",
        "cut, zeroed, flipped, empty, newer and other programs' files",
        "the whole file opens",
        "500 files: 0 crashes, 0 writes; 99.9 % of flipped values found",
        tests(
            ("tests/db/test_opening.py", "tests/db/test_doctor.py"),
            {"ITA_FLIPS": 500, "ITA_SEAL_FLIPS": 2000, "ITA_DAMAGES": 500},
        ),
    ),
    Row(
        "an upgrade is all or nothing",
        "full files of every schema version; failing migrations",
        "an upgrade that does not fail",
        "0 objects lost",
        tests(("tests/db/test_schema.py", "tests/db/test_opening.py"), {},
              "-k", "schema or upgrade or version"),
    ),
    Row(
        "an import is all or nothing",
        "hostile sheets, texts and interchange files",
        "a good file comes in",
        "0 uncaught errors, 0 rows changed on refusal",
        command(
            ("tests.benchmarks.bench_import_mutants", "5000"),
            tests(("tests/hostile/test_mutants.py", "tests/hostile/test_files.py"), {}),
        ),
    ),
    Row(
        "an export never destroys an earlier one",
        "every call of every export fails, or the program ends there",
        "a writer straight to its target must damage",
        "every call: the old file, or the new one whole",
        exports,
    ),
    Row(
        "what is printed is what was typed",
        "hostile and made-up texts, read out of the PDF again",
        "a wrong letter must be found",
        "2,000 texts: all the same",
        tests(("tests/hostile/test_texts.py",), {}, "-k", "printed or letter"),
    ),
    Row(
        "typed text is never a formula or a link",
        "workbooks and Word files parsed",
        "a formula must be found",
        "0",
        tests(
            ("tests/hostile/test_texts.py", "tests/documents/test_xlsx.py"),
            {},
            "-k",
            "formula or link or number",
        ),
    ),
    Row(
        "a changed package is seen",
        "one-bit flips; parts exchanged, added, removed",
        "the package as it was sent opens",
        "1,000 refused",
        tests(("tests/exchange/test_package.py",), {"ITA_PACKAGE_FLIPS": 1000}),
    ),
    Row(
        "nothing leaves the computer",
        "making a socket fails every test, the whole suite over",
        "a test that tries is caught",
        "0 attempts",
        tests(("tests/test_house.py", "tests/ui/test_main_job.py"), {}, "-k", "network or clerk or "
              "import"),
    ),
    Row(
        "others at the same file do no harm",
        "copies of the open file; older ones put over it; a second start; clock and path",
        "a changed time alone stops nobody",
        "600 copies whole or refused",
        tests(("tests/db/test_company.py",), {"ITA_COPIES": 600}),
    ),
    Row(
        "saving costs nothing to speak of",
        "an edit on the disk beside a bare transaction, medians",
        "",
        "at most 1.5 times",
        edit_cost,
    ),
)  # fmt: skip


def run(rows: Sequence[Row], full: bool, tell: Callable[[str], object]) -> bool:
    """Run the proofs and tell of each in turn; whether all promises that have a proof are kept."""
    kept = True
    tell("| promise | kept | found | control | target | s |\n|---|---|---|---|---|---|")
    for row in rows:
        began = time.monotonic()
        try:
            outcome = row.check(full)
        except Exception as error:  # noqa: BLE001 - the other promises are to be told too
            outcome = Outcome(False, f"the proof itself failed: {error!r:.300}")
        word = {True: "yes", False: "NO", None: "?"}[outcome.kept]
        kept &= outcome.kept is not False
        took = time.monotonic() - began
        cells = (row.promise, word, outcome.found, outcome.control or row.control, row.target)
        tell(f"| {' | '.join(cells)} | {took:.0f} |")
    return kept


def main() -> int:
    """Read the command line; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.promises")
    parser.add_argument("--full", action="store_true", help="the full numbers: about an hour")
    parser.add_argument("--only", nargs="+", default=[], help="promises with any of these words")
    given = parser.parse_args()
    rows = [row for row in PROMISES if not given.only or any(w in row.promise for w in given.only)]
    return 0 if run(rows, given.full, lambda text: print(text, flush=True)) else 1  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
