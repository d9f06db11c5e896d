"""What a back-up of a large data file costs the one who types meanwhile.

Run from the project's folder: ``python -m tests.benchmarks.bench_backup [FOLDER] [MEGABYTES]``.
The file is made in FOLDER (default: the system's temporary folder), which should lie on a disk like
the office's. Every 20 ms the window's thread gives the back-up a slice; between the slices it saves
an edit every 200 ms. Side by side stand the same edits without a back-up, and a back-up in one
piece (the control: what a window without slices would stand still for).
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from db.backup import Backups, Reason
from db.store import Store

MEGABYTES = 300
PHOTO = 400_000
PAUSE = 0.02
EDIT_EVERY = 0.2
TARGET_MS = 50


def fill(path: Path, megabytes: int) -> None:
    with Store.create(path) as store:
        for _ in range(megabytes * 1_000_000 // PHOTO):
            store.add_picture(os.urandom(PHOTO))


def took(action: object) -> float:
    start = time.perf_counter()
    action()  # type: ignore[operator]
    return (time.perf_counter() - start) * 1000


def type_on(store: Store, turn: int) -> float:
    return took(lambda: store.set_office("address", f"{turn} หมู่ {turn}"))


def alone(store: Store, times: int = 40) -> list[float]:
    found = []
    for turn in range(times):
        found.append(type_on(store, turn))
        time.sleep(EDIT_EVERY / 4)
    return found


def with_backup(store: Store, backups: Backups) -> tuple[list[float], list[float], float]:
    """Milliseconds of every slice and of every edit meanwhile, and seconds of the whole."""
    start = time.perf_counter()
    slices: list[float] = []
    edits: list[float] = []
    making, more, last = backups.make(store, Reason.AUTO), True, start
    slices.append((time.perf_counter() - start) * 1000)
    while more:
        copying, begun = making.share < 1, time.perf_counter()
        more = making.step()
        if copying:  # afterwards a thread checks, and a slice is nothing
            slices.append((time.perf_counter() - begun) * 1000)
        if time.perf_counter() - last > EDIT_EVERY:
            edits.append(type_on(store, len(edits)))
            last = time.perf_counter()
        time.sleep(PAUSE)
    assert making.backup is not None and making.backup.healthy
    return slices, edits, time.perf_counter() - start


def show(name: str, found: list[float]) -> None:
    found = sorted(found)
    share = found[int(len(found) * 0.99)] if found else 0
    print(f"{name:32}{len(found):8}{found[len(found) // 2]:10.1f}{share:10.1f}{found[-1]:10.1f}")


def main(where: str | None = None, megabytes: str = str(MEGABYTES)) -> None:
    with tempfile.TemporaryDirectory(dir=where) as folder:
        path = Path(folder) / "หน่วยงาน.ita"
        fill(path, int(megabytes))
        with Store(path) as store:
            backups = Backups(path)
            before = alone(store)
            slices, edits, whole = with_backup(store, backups)
            piece = took(backups.make(store, Reason.ASKED).run)
        print(f"file {path.stat().st_size / 1e6:.0f} MB; back-up with typing {whole:.1f} s")
        print(f"{'ms':32}{'count':>8}{'median':>10}{'99 %':>10}{'longest':>10}")
        show(f"slice (target {TARGET_MS})", slices)
        show("edit during the back-up", edits)
        show("edit without a back-up", before)
        show("control: back-up in one piece", [piece])


if __name__ == "__main__":
    main(*sys.argv[1:])
