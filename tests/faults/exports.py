"""Disk errors and deaths at every call of everything that is written beside the data file.

Whatever happens, the file that was there before is there still, to the byte, or the new one is
there whole; and nobody says that it was written when it was not.

``python -m tests.faults.exports``.
"""

from __future__ import annotations

import errno
import signal
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.faults.disk import read_log
from tests.faults.errors import Fault, counted, faults_of
from tests.faults.found import GOOD, NEUTRAL, Found
from tests.faults.office import Office, Run, found_in, in_offices
from tests.faults.save_names import EXPORT_NAMES
from tests.faults.shim import Call, Death

OLD = b"what was there before"
HOWS = tuple(Death)
MOST_POINTS = 24
"""An export that makes more calls, a whole data file, is tried at so many, evenly spread."""


def target_of(office: Office, export: str) -> Path:
    """Where the export goes: into the watched folder, under a name that is hard to handle."""
    ending = export.rpartition(" ")[2]
    return office.path.parent / f"รายงาน #1 100% {export}.{ending}"


def _begin(office: Office, export: str, old: bytes | None) -> Path:
    for each in office.path.parent.iterdir():
        if each.name != office.path.name:
            each.unlink()
    target = target_of(office, export)
    if old is not None:
        target.write_bytes(old)
    return target


def calls_of(office: Office, export: str) -> tuple[list[Call], bytes]:
    """The calls of an export that nothing befalls, and what it writes."""
    log = office.folder / "log"
    target = _begin(office, export, OLD)
    run = office.run(export, log=str(log), target=str(target))
    new = target.read_bytes()
    if run.status or not run.report["done"] or new == OLD:
        raise RuntimeError(f"{export}: {run.report} {office.errors()[-2000:]}")
    return counted(read_log(log), office.path.parent), new


def _judge(run: Run, target: Path, new: bytes) -> tuple[str, str]:
    found = target.read_bytes() if target.exists() else None
    rest = [each.name for each in target.parent.iterdir() if each.name.endswith(".part")]
    is_new = found == new or (found != OLD and _is_whole_data_file(target))
    if found != OLD and not is_new:
        return "damaged", f"{found and found[:40]!r} {run.report}"
    if run.status == signal.SIGKILL:
        return GOOD, ""
    if run.status or run.report["error"]:
        return "crashed", str(run.report)
    if run.report["done"] and not is_new:
        return "said done and is not", str(run.report)
    if not run.report["done"] and not run.report["told"]:
        return "not told", str(run.report)
    if rest and run.report["failed"] == 1:  # a disk that refuses for good takes nothing away either
        return "rubbish left", f"{rest} {run.report}"
    return (GOOD if run.report["failed"] else "not met"), ""


def _is_whole_data_file(target: Path) -> bool:
    """Data files of the same content differ in times; whether it opens tells whole from half."""
    return target.suffix == ".ita" and ":" not in found_in(target.parent, target.name)


def try_fault(office: Office, fault: Fault, new: bytes) -> tuple[str, str]:
    """Export under a fault."""
    target = _begin(office, fault.save, OLD)
    befalls = {"fail": fault.nth, "error": fault.error, "half": fault.half, "then": fault.then}
    return _judge(office.run(fault.save, target=str(target), **befalls), target, new)


def try_death(office: Office, export: str, nth: int, how: Death, new: bytes) -> tuple[str, str]:
    """Export and die on the way."""
    target = _begin(office, export, OLD)
    return _judge(office.run(export, target=str(target), die=nth, how=how), target, new)


def on(office: Office, exports: Iterator[str]) -> Found:
    """Every fault and every death at every call of these exports, in one office."""
    found: Counter[str] = Counter()
    notes: list[str] = []

    def note(what: object, verdict: tuple[str, str]) -> None:
        found[verdict[0]] += 1
        if verdict[0] not in (GOOD, *NEUTRAL):
            notes.append(f"{what}: {verdict}")

    for export in exports:
        calls, new = calls_of(office, export)
        tried = set(range(1, len(calls) + 1, -(-len(calls) // MOST_POINTS)))
        for fault in faults_of(export, calls):
            if fault.nth in tried:
                note(fault, try_fault(office, fault, new))
        for nth in tried:
            how = HOWS[nth % len(HOWS)]
            note((export, nth, how), try_death(office, export, nth, how, new))
    return Found("exports", found, notes=notes)


def proof(exports: Iterable[str] = EXPORT_NAMES) -> Found:
    """The same, in several offices at a time."""
    return in_offices("exports", exports, on)


def control(office: Office) -> Found:
    """A writer that writes straight to its target must be found out."""
    export = "straight txt"
    _, new = calls_of(office, export)
    fault = Fault(export, 2, Call.WRITE, errno.ENOSPC, half=True)
    return Found("control", Counter([try_fault(office, fault, new)[0]]))


def main() -> None:
    """Print what was found."""
    found = proof()
    print(found)  # noqa: T201
    print(*found.notes, sep="\n")  # noqa: T201


if __name__ == "__main__":
    main()
