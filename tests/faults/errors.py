"""Disk errors at every call of every kind of save, once and for good.

``python -m tests.faults.errors [SAVE …]``.
"""

from __future__ import annotations

import errno
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.faults.clerk_job import UNDER
from tests.faults.cuts import record
from tests.faults.disk import Record
from tests.faults.found import GOOD, NEUTRAL, Found
from tests.faults.kills import HALF_WAY
from tests.faults.office import Office, Run, copied, in_offices
from tests.faults.save_names import SAVE_NAMES, WAITING
from tests.faults.shim import EVERY, GROWING, Call
from tests.faults.witness import Told


@dataclass(frozen=True)
class Fault:
    """What befalls the nth call of a save, and those after it."""

    save: str
    nth: int
    call: Call
    error: int
    half: bool = False
    then: int = 0

    def __str__(self) -> str:
        lasting = "for good" if self.then else "once"
        half = " after half of it" if self.half else ""
        return (
            f"{self.save}: call {self.nth} ({self.call.name}) {errno.errorcode[self.error]} "
            f"{lasting}{half}"
        )


def faults_of(save: str, calls: Iterable[Call], *, halves: bool = True) -> Iterator[Fault]:
    """Every fault that is tried on a save that makes these calls; writes fail half done, too."""
    for nth, call in enumerate(calls, start=1):
        for error, for_good in ((errno.EIO, EVERY), (errno.ENOSPC, GROWING)):
            for then in (0, for_good):
                yield Fault(save, nth, call, error, then=then)
                if call is Call.WRITE and halves:
                    yield Fault(save, nth, call, error, half=True, then=then)
        if call is Call.OPEN:
            for error in (errno.EROFS, errno.EACCES):
                yield from (Fault(save, nth, call, error, then=then) for then in (0, EVERY))


def try_fault(office: Office, fault: Fault, settings: tuple[str, ...] = ()) -> tuple[str, str]:
    """Do the save under the fault; the verdict, and what is to be known of a bad one."""
    copies = office.folder / "copies"
    befalls: dict[str, Any] = {"fail": fault.nth, "error": fault.error, "then": fault.then}
    befalls |= {"half": fault.half, "settings": settings, "copies": str(copies)}
    run = office.run(fault.save, **befalls)
    under, after = Told(run.told), Told(run.told)
    if (UNDER, "") in run.told:
        del under[run.told.index((UNDER, "")) :]
    try:
        if run.status or (run.report["error"] and not settings):
            return "crashed", f"{run.status} {run.report.get('error', '')[-600:]}"
        final = copied(office.path, office.folder / "final")
        for where, told in ((copies / UNDER, under), (final.parent, after)):
            if where.exists() and (problem := _judged(office, where, told)):
                return problem
        return _promised(fault, run)
    finally:
        _clear(copies)


def _judged(office: Office, folder: Path, told: Told) -> tuple[str, str] | None:
    found = office.look.digest(folder, office.path.name)
    if found in told.allowed(office.first):
        return None
    known = {office.first, *(digest for _, digest in told)}
    return ("lost" if found in known else "damaged"), f"{folder.name}: {found} {told}"


def _promised(fault: Fault, run: Run) -> tuple[str, str]:
    """What the window said must be so: nothing waits unsaid, nothing typed is gone."""
    report = run.report
    if report.get("closed"):
        return ("whole" if report["failed"] else "not met"), ""
    if report["saved_under"] and report["pending_under"] and report["failed"]:
        return "said saved while waiting", str(report)
    if not (report["settled"] and report["saved_after"] and report.get("works_on")):
        return "does not go on", str(report)
    if not report.get("kept") and (fault.save in WAITING or not report["told"]):
        return "lost", str(report)
    return ("whole" if report["failed"] else "not met"), ""


def _clear(folder: Path) -> None:
    if folder.exists():
        for each in sorted(folder.rglob("*"), reverse=True):
            each.rmdir() if each.is_dir() else each.unlink()
        folder.rmdir()


def counted(records: Iterable[Record], folder: Path) -> list[Call]:
    """The recorded calls that the layer counts: opening the folder to sync it changes nothing."""
    kept = (each for each in records if each.call is not Call.MARK)
    return [e.call for e in kept if not (e.call is Call.OPEN and e.text == str(folder))]


def calls_of(office: Office, save: str) -> list[Call]:
    """The calls a save makes when nothing befalls it."""
    made = counted(record(office, save).calls, office.path.parent)
    assert made, f"{save} writes nothing"
    return made


def on(office: Office, faults: Iterator[Fault]) -> Found:
    """Try these faults in one office."""
    found: Counter[str] = Counter()
    notes: list[str] = []
    for fault in faults:
        verdict, why = try_fault(office, fault)
        found[verdict] += 1
        if verdict not in (GOOD, *NEUTRAL):
            notes.append(f"{fault}: {verdict}: {why}")
    return Found("disk errors", found, notes=notes)


def proof(saves: Iterable[str] = SAVE_NAMES) -> Found:
    """Every fault at every call of these kinds of saves, in several offices at a time."""
    with Office() as office:
        calls = {save: calls_of(office, save) for save in saves}
    faults = [fault for save, made in calls.items() for fault in faults_of(save, made)]
    return in_offices("disk errors", faults, on)


def control(office: Office) -> Found:
    """With the journal in memory, a disk that fails for good in the middle must damage the file."""
    found: Counter[str] = Counter()
    for nth in range(1, 12):
        fault = Fault("import", nth, Call.WRITE, errno.EIO, then=EVERY)
        verdict, _ = try_fault(office, fault, HALF_WAY)
        found[verdict] += 1
    return Found("control", found)


def main(*saves: str) -> None:
    """Print what was found."""
    found = proof(saves or SAVE_NAMES)
    print(found)  # noqa: T201
    print(*found.notes, sep="\n")  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
