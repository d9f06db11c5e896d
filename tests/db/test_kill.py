"""What was reported as saved survives the death of the program at any moment."""

from __future__ import annotations

import os
import random
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from db.opening import create_data_file
from db.store import Store
from ita_desktop.domain.dossier import Dossier
from tests.db.children import numbers
from tests.db.matter import kill, start_child

KILLS = int(os.environ.get("ITA_KILLS", "30"))
AT_ONCE = 3
LONGEST_LIFE = 0.25


class Lost(AssertionError):
    """Something that was reported as saved is gone, or half of it."""


def last_saved(child: subprocess.Popen[str], life: float) -> int:
    """Let the child live so long, kill it, and return the last number it reported."""
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    timer = threading.Timer(life, child.kill)  # says are read meanwhile: a full pipe would stop it
    timer.start()
    said = [line for line in child.stdout if line.endswith("\n")]
    timer.join()
    kill(child)
    return int(said[-1]) if said else 0


def check(path: Path, saved: int) -> int:
    """Open (quick_check and all) and raise Lost when an edit is missing or half there."""
    with Store(path) as store:
        dossier = store.dossier()
        found = numbers(dossier)
        if len(found) > 1:
            raise Lost(f"half an edit: {found}")
        imported, typed = (int(text or 0) for text in (*found, dossier.office.address))
        if not saved <= max(imported, typed) <= saved + 1:
            raise Lost(f"saved {saved}, found {imported} and {typed}")
        _check_history(store, imported, typed)
        return max(imported, typed)


def _check_history(store: Store, imported: int, typed: int) -> None:
    done = [edit for edit in store.edits(100_000) if edit.state == "done"]
    if sum(edit.place == "import" for edit in done) != (imported + 1) // 2:
        raise Lost(f"{len(done)} edits in the history of {imported} and {typed}")
    while store.undo():
        pass
    if store.dossier() != Dossier():
        raise Lost("the history does not lead back")


def one_round(path: Path, life: float) -> int:
    create_data_file(path)
    return check(path, last_saved(start_child("edits", path), life))


@pytest.mark.skipif(os.name == "nt", reason="the same kill, measured on POSIX")
def test_kills_lose_nothing(tmp_path: Path):
    chance = random.Random(time.time_ns())
    lives = [chance.uniform(0, LONGEST_LIFE) for _ in range(KILLS)]
    paths = [tmp_path / f"{number}.ita" for number in range(KILLS)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = list(pool.map(one_round, paths, lives))
    assert len(found) == KILLS
    assert sum(found) > KILLS, "the children were killed before they could edit"


def test_check_finds_a_program_that_reports_too_early(tmp_path: Path):
    """The control: a loss must be seen."""
    path = tmp_path / "liar.ita"
    create_data_file(path)
    saved = last_saved(start_child("liar", path), 0.1)
    assert saved == 2
    with pytest.raises(Lost):
        check(path, saved)
