"""A program killed while it backs up or restores leaves whole back-ups and a whole data file."""

from __future__ import annotations

import os
import random
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from db.backup import Backups
from db.copying import digest_of
from db.opening import check_copy
from db.store import Store
from tests.db.matter import fill, kill, start_child

KILLS = int(os.environ.get("ITA_BACKUP_KILLS", "8"))
AT_ONCE = 3
LONGEST_LIFE = 0.4

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the same kill, measured on POSIX")


def said_until(child: subprocess.Popen[str], life: float) -> list[str]:
    """Let the child live so long after it is ready, kill it, and return what it said."""
    assert child.stdout is not None
    if child.stdout.readline() != "ready\n":
        raise AssertionError(child.communicate()[1])
    timer = threading.Timer(life, child.kill)
    timer.start()
    said = [line.strip() for line in child.stdout if line.endswith("\n")]
    timer.join()
    kill(child)
    return said


def one_back_up(path: Path, life: float) -> int:
    """Kill a program that backs up; returns how many it had reported."""
    with Store.create(path) as store:
        fill(store)
        store.add_picture(os.urandom(400_000))
        first = Backups(path).make(store).run()
    said = said_until(start_child("backups", path), life)
    backups = Backups(path)
    found = backups.list()
    assert found, "no back-up is left"
    for backup in found:
        assert backup.healthy and backups.verify(backup), backup
        check_copy(backup.path)
    numbers = {backup.number for backup in found}
    assert not said or int(said[-1]) in numbers, "what was reported is not there"
    newest = backups.newest()
    assert newest is not None and newest.number >= max([first.number, *map(int, said)])
    with Store(path) as store:  # and the file itself is whole
        later = backups.make(store).run()
    assert later.number > newest.number
    assert [each.name for each in backups.folder.iterdir() if each.name.startswith(".")] == []
    return len(said)


def test_kills_during_back_ups(tmp_path: Path):
    chance = random.Random(time.time_ns())
    lives = [chance.uniform(0, LONGEST_LIFE) for _ in range(KILLS)]
    paths = [tmp_path / f"{number}.ita" for number in range(KILLS)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = list(pool.map(one_back_up, paths, lives))
    assert len(found) == KILLS
    assert sum(found) > 0, "the children were killed before they made a back-up"


def one_restore(path: Path, life: float) -> int:
    """Kill a program that restores one of two back-ups in turn; the file is always one of them."""
    backups = Backups(path)
    with Store.create(path) as store:
        fill(store)
        store.add_picture(os.urandom(300_000))
        digests = [backups.make(store).run().digest]
        store.set_office("name", "ที่สอง")
        digests.append(backups.make(store).run().digest)
        store.set_office("name", "วันนี้")
    today = digest_of(path)
    said = said_until(start_child("restores", path), life)
    assert digest_of(path) in {today, *digests}
    assert digest_of(path) != today or len(said) <= 2
    with Store(path) as store:
        assert store.dossier().office.name in ("ตัวอย่าง", "ที่สอง", "วันนี้")
    kept = {each.contents.office.removeprefix("องค์การบริหารส่วนตำบล") for each in backups.list()}
    assert len(said) < 2 or "วันนี้" in kept, "today's file was lost"
    assert backups.restore(backups.list()[-1]) is not None
    assert digest_of(path) == digests[0]
    return len(said)


def test_kills_during_restores(tmp_path: Path):
    chance = random.Random(time.time_ns())
    lives = [chance.uniform(0, LONGEST_LIFE) for _ in range(KILLS)]
    paths = [tmp_path / f"{number}.ita" for number in range(KILLS)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = list(pool.map(one_restore, paths, lives))
    assert sum(found) > KILLS, "the children were killed before they restored"


def test_check_sees_a_back_up_that_was_named_too_early(tmp_path: Path):
    """The control: a half copy under a final name must be seen."""
    path = tmp_path / "x.ita"
    with Store.create(path) as store:
        fill(store)
        made = Backups(path).make(store).run()
    made.path.chmod(0o600)
    content = made.path.read_bytes()
    made.path.write_bytes(content[: len(content) // 2].ljust(len(content), b"\0"))
    assert not Backups(path).verify(made)
    assert Backups(path).newest() is None
