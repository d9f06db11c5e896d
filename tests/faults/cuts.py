"""Power cuts during the program's own saves, replayed on a simulated disk.

``python -m tests.faults.cuts [COUNT]``.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.faults.disk import Disk, Record, System, read_log
from tests.faults.found import GOOD, Found
from tests.faults.office import Look, Office, copied, cores, scratch
from tests.faults.save_names import SAVE_NAMES
from tests.faults.shim import Call
from tests.faults.witness import Told

UNSYNCED = ("PRAGMA synchronous = OFF",)
FORGETFUL = ("PRAGMA locking_mode = NORMAL", "PRAGMA journal_mode = DELETE")
"""Controls: settings with which a power cut must damage the file, and must lose a save."""


@dataclass(frozen=True)
class Recorded:
    """The calls that one kind of save made, from a known beginning."""

    save: str
    folder: Path
    name: str
    base: bytes
    first: str
    calls: tuple[Record, ...]


def record(office: Office, save: str, settings: tuple[str, ...] = ()) -> Recorded:
    """Do a save and write its calls down; with other settings, on a file that nobody holds."""
    log, path = office.folder / "log", office.path
    if settings:
        office.put_back()
        path = copied(path, office.folder / "other")
    opened = str(path) if settings else ""
    run = office.run(save, log=str(log), settings=settings, open=opened)
    if run.status or run.report["error"]:
        raise RuntimeError(f"{save}: {run.report} {office.errors()[-2000:]}")
    calls = tuple(read_log(log))
    log.unlink()
    return Recorded(save, path.parent, path.name, office.base, office.first, calls)


def put(left: dict[str, bytes], folder: Path) -> None:
    """Make the folder hold what a disk was left with."""
    for each in folder.iterdir():
        each.unlink()
    for name, content in left.items():
        (folder / name).write_bytes(content)


def cut(recorded: Recorded, seed: int, each: int) -> Found:
    """Cut the power ``each`` times after every call, and judge what the program opens then."""
    found: Counter[str] = Counter()
    chance, notes = Random(seed), []
    with scratch() as folder:
        place, look = Path(folder), Look()
        for system in System:
            disk = Disk(recorded.folder, {recorded.name: recorded.base}, system)
            told = Told()
            for call in recorded.calls:
                disk.do(call)
                if call.call is Call.MARK:
                    word, _, digest = call.text.partition(" ")
                    told.append((word, digest))
                    if word == "coming":
                        continue
                for _ in range(each):
                    put(disk.left(chance), place)
                    digest = look.digest(place, recorded.name)
                    verdict = judged(digest, told, recorded)
                    found[verdict] += 1
                    if verdict != GOOD:
                        notes.append(f"{recorded.save}, {system.value}: {verdict}: {digest}")
        states = len(look)
    return Found(recorded.save, found, {"different disks": states}, notes[:5])


def judged(digest: str, told: Told, recorded: Recorded) -> str:
    """Whether what was found is what was promised."""
    if digest in told.allowed(recorded.first):
        return "whole"
    earlier = {recorded.first, *(found for _, found in told)}
    return "lost" if digest in earlier else "damaged"


def places(recorded: Iterable[Recorded]) -> int:
    """After how many calls the power can be cut, on both systems."""
    return sum(len(each.calls) for each in recorded) * len(System)


def proof(count: int, saves: Iterable[str] = SAVE_NAMES, *, seed: int = 1) -> Iterator[Found]:
    """At least ``count`` cuts over the kinds of saves, each result by kind."""
    with Office() as office:
        recorded = [record(office, save) for save in saves]
    each = -(-count // places(recorded))
    with ProcessPoolExecutor(cores()) as pool:
        jobs = [pool.submit(cut, one, seed + n, each) for n, one in enumerate(recorded)]
        yield from (job.result() for job in jobs)


def on(office: Office, count: int, saves: Iterable[str], *, seed: int = 1) -> Iterator[Found]:
    """The same with one office, in this process."""
    recorded = [record(office, save) for save in saves]
    each = -(-count // places(recorded))
    yield from (cut(one, seed + n, each) for n, one in enumerate(recorded))


def control(office: Office, settings: tuple[str, ...], *, each: int = 2) -> Found:
    """The same with settings under which the promise must break."""
    return cut(record(office, "paste 200 cells", settings), 1, each)


def main(count: str = "20000") -> None:
    """Print what was found, by kind of save, and the controls."""
    total = Found("all")
    for found in proof(int(count)):
        print(found)  # noqa: T201
        total += found
    print(total)  # noqa: T201
    with Office() as office:
        for settings in (UNSYNCED, FORGETFUL):
            print(settings, control(office, settings))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
