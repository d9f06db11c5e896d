"""What an edit through the store costs, beside the same rows written by plain sqlite3.

Run from the project's folder: ``python -m tests.benchmarks.bench_edit [FOLDER] [TIMES]``.
The files are made in FOLDER (default: the system's temporary folder), which should lie on a
disk like the office's; on a memory disk only the program's own share is seen.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from statistics import median

from db.opening import SETTINGS, create_data_file
from db.store import Store
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.measures import MeasureKind

TIMES = 300
TARGET = 1.5
LONG = "จัดอบรมเจ้าหน้าที่ผู้ให้บริการ " * 40


@dataclass(frozen=True)
class Case:
    """One kind of edit, both ways; each takes the number of the turn."""

    name: str
    store: Callable[[Store, int], object]
    bare: Callable[[sqlite3.Connection, int], None]


def history(table: str, key: object, old: object, new: object) -> str:
    return json.dumps([[table, key, old, new]], ensure_ascii=False)


def bare(table: str, key: dict[str, object], column: str, text: str) -> Callable[..., None]:
    """Update one column and add the history row, in one transaction."""
    where = " AND ".join(f"{name} = ?" for name in key)
    update = f"UPDATE {table} SET {column} = ? WHERE {where}"
    insert = "INSERT INTO edit (at, label, place, changes) VALUES (?, ?, ?, ?)"

    def write(connection: sqlite3.Connection, turn: int) -> None:
        value = text.format(turn)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(update, [value, *key.values()])
        changes = history(
            table, list(key.values()), {column: text.format(turn - 1)}, {column: value}
        )
        at = datetime.now().astimezone().isoformat(timespec="seconds")
        connection.execute(insert, [at, "แก้", f"{table}/{column}", changes])
        connection.execute("COMMIT")

    return write


CASES = (
    Case(
        "office name",
        lambda store, turn: store.set_office("name", f"{turn}"),
        bare("office", {"id": 1}, "name", "{}"),
    ),
    Case(
        "one score",
        lambda store, turn: store.set_scores(2568, {"i1": Decimal(turn % 10000) / 100}),
        bare("score", {"year": 2568, "code": "i1"}, "value", "12.34"),
    ),
    Case(
        "progress, long text",
        lambda store, turn: store.set_progress(1, Round.SIX, result=f"{turn}{LONG}"),
        bare("progress", {"measure_id": 1, "round": 6}, "result", "{}" + LONG),
    ),
)


def prepare(path: Path) -> None:
    create_data_file(path)
    with Store(path) as store:
        store.add_measure(2569, MeasureKind.MEASURE, title="ก")
        store.set_progress(1, Round.SIX, result="ก")
        store.set_scores(2568, {"i1": Decimal(1)})


def connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    for name, (wanted, _) in SETTINGS.items():
        connection.execute(f"PRAGMA {name} = {wanted}").fetchall()
    return connection


def took(action: Callable[..., object], *arguments: object) -> float:
    start = time.perf_counter()
    action(*arguments)
    return time.perf_counter() - start


@dataclass(frozen=True)
class Cost:
    """Median milliseconds of an edit through the store and bare, and what the file grew by."""

    through: float
    plain: float
    grown: float
    """Bytes an edit, history and seals included."""

    @property
    def ratio(self) -> float:
        """How many times a bare transaction the edit takes."""
        return self.through / self.plain


def measure(case: Case, folder: Path, times: int) -> Cost:
    """Both ways turn about, so that a slow disk is fair."""
    paths = [folder / f"{case.name} {kind}.ita" for kind in ("store", "bare")]
    for path in paths:
        prepare(path)
    before = paths[0].stat().st_size
    pairs: list[tuple[float, float]] = []
    with Store(paths[0]) as store, closing(connect(paths[1])) as connection:
        pairs.extend(
            (took(case.store, store, turn), took(case.bare, connection, turn))
            for turn in range(1, times + 1)
        )
    through, plain = zip(*pairs, strict=True)
    grown = (paths[0].stat().st_size - before) / times
    return Cost(median(through) * 1000, median(plain) * 1000, grown)


def costs(times: int, where: str | None = None) -> dict[str, Cost]:
    """Kind of edit -> what it costs."""
    with tempfile.TemporaryDirectory(dir=where) as folder:
        return {case.name: measure(case, Path(folder), times) for case in CASES}


def main(where: str | None = None, times: str = str(TIMES)) -> None:
    print(f"{'edit':22}{'store ms':>10}{'bare ms':>10}{'ratio':>8}{'bytes':>8}   (target {TARGET})")
    for name, cost in costs(int(times), where).items():
        print(f"{name:22}{cost.through:10.2f}{cost.plain:10.2f}{cost.ratio:8.2f}{cost.grown:8.0f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
