"""Others at the same file: a copying program, a synchronised folder, a second start; odd places.

What is copied out of an open file is whole or is refused with a sentence; what is put over it is
noticed before anything is written; the clock and the path play no part.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from db.errors import DataFileError, LockedDataFile, WriteFailed
from db.opening import create_data_file, journal_of
from db.store import Store
from ita_desktop.domain.dossier import Dossier
from tests.db.children import numbers
from tests.db.matter import kill, start_child

COPIES = int(os.environ.get("ITA_COPIES", "40"))
SECTOR = 4096


def slow_copy(source: Path, target: Path, chance: Random) -> None:
    """Copy as a synchronising program does: in pieces, taking its time, with no look at locks."""
    with source.open("rb") as old, target.open("wb") as new:
        while piece := old.read(SECTOR * chance.randint(1, 8)):
            new.write(piece)
            time.sleep(chance.random() * 0.002)


def verdict(path: Path) -> str:
    """ "whole", or why the copy is refused; half an edit that opens is an error."""
    try:
        with Store(path) as store:
            dossier = store.dossier()
            assert len(numbers(dossier)) <= 1, f"half an edit opens: {numbers(dossier)}"
            while store.undo():
                pass
            assert store.dossier() == Dossier(), "the history does not lead back"
    except DataFileError as error:
        assert "โปรด" in str(error)
        return type(error).__name__
    return "whole"


@pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody copy a file that is so locked")
@pytest.mark.parametrize("parts", ["file", "file, journal", "journal, file"])
def test_a_file_copied_while_it_is_written(tmp_path: Path, parts: str):
    path, chance = tmp_path / "แฟ้ม.ita", Random(1)
    create_data_file(path)
    child = start_child("edits", path)
    assert child.stdout
    assert child.stdout.readline() == "ready\n"
    found: dict[str, int] = {}
    try:
        for number in range(COPIES // 3):
            folder = tmp_path / str(number)
            folder.mkdir()
            for part in parts.split(", "):
                source = path if part == "file" else journal_of(path)
                if source.exists():
                    slow_copy(source, folder / source.name, chance)
            told = verdict(folder / path.name)
            found[told] = found.get(told, 0) + 1
    finally:
        kill(child)
    assert sum(found.values()) == COPIES // 3


@pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody write over a file that is open")
@pytest.mark.parametrize("way", ["in place", "by renaming"])
def test_an_older_copy_put_over_the_open_file_is_noticed(path: Path, tmp_path: Path, way: str):
    older = tmp_path / "เก่า.ita"
    shutil.copyfile(path, older)
    with Store(path) as store:
        store.set_office("name", "ใหม่กว่า")
        command = ["cp", str(older), str(path)]
        if way == "by renaming":
            command = ["mv", str(older), str(path)]
        subprocess.run(command, check=True)
        with pytest.raises(DataFileError, match="โปรด"):
            store.set_office("district", "ก")
        assert store.changed_outside()
        with pytest.raises(DataFileError, match="โปรด"):
            store.set_office("district", "ข")
    assert path.read_bytes() == older.read_bytes() if way == "in place" else True
    with Store(path) as store:
        assert store.dossier().office.name == "", "what the other program put there is untouched"


@pytest.mark.skipif(os.name == "nt", reason="Windows is not exact about times of open files")
def test_a_changed_time_alone_stops_nobody(path: Path):
    with Store(path) as store:
        store.set_office("name", "ก")
        subprocess.run(["touch", "-d", "2001-01-01", str(path)], check=True)
        assert store.changed_outside()
        store.set_office("name", "ข")
        assert not store.changed_outside()
        store.undo()
    with Store(path) as store:
        assert store.dossier().office.name == "ก"


@pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody write over a file that is open")
def test_a_copy_of_a_moment_ago_put_over_the_open_file_is_noticed(path: Path, tmp_path: Path):
    """The same session's own file, one edit older: every page but the newest is the same."""
    with Store(path) as store:
        store.set_office("name", "ก")
        subprocess.run(["cp", str(path), str(tmp_path / "เมื่อครู่.ita")], check=True)
        store.set_office("telephone", "043-000-000")
        subprocess.run(["cp", str(tmp_path / "เมื่อครู่.ita"), str(path)], check=True)
        for _ in range(2):
            with pytest.raises(WriteFailed, match="เขียนทับ"):
                store.set_office("district", "ข")
    with Store(path) as store:
        assert (store.dossier().office.name, store.dossier().office.telephone) == ("ก", "")


def test_a_second_start_says_where_the_file_is_open(path: Path):
    child = start_child("hold", path)
    assert child.stdout
    assert child.stdout.readline() == "held\n"
    before = path.read_bytes()
    with pytest.raises(LockedDataFile, match="โปรด"):
        Store(path)
    kill(child)
    assert path.read_bytes() == before
    with Store(path) as store:
        store.set_office("name", "ก")


class Clock(datetime):
    """A clock that goes back a day at every look."""

    looked = 0

    @classmethod
    def now(cls, tz: object = None) -> datetime:
        Clock.looked += 1
        return datetime(2026, 4, 26, 10) - timedelta(days=Clock.looked)


def test_a_clock_set_back_changes_no_order(path: Path, monkeypatch: pytest.MonkeyPatch):
    for module in ("db.history", "db.papers", "db.store"):
        monkeypatch.setattr(f"{module}.datetime", Clock)
    with Store(path) as store:
        for name in ("ก", "ข", "ค"):
            store.set_office("name", name)
        at = [edit.at for edit in store.edits()]
        assert Clock.looked and at == sorted(at), "the newest edit has the earliest time"
        store.undo()
    with Store(path) as store:
        assert store.dossier().office.name == "ข"
        store.redo()
        assert store.dossier().office.name == "ค"
        for _ in range(3):
            store.undo()
        assert store.dossier() == Dossier()


def long_folder(tmp_path: Path, length: int, name: str) -> Path:
    """A folder such that a file of that name in it has a path of so many characters."""
    folder = tmp_path
    piece = "โฟลเดอร์ #1 100% ของ อบต. (?)"
    while (room := length - len(str(folder)) - len(name) - 2) > 0:
        folder /= piece[: max(1, room if room <= len(piece) else len(piece))].strip() or "ก"
    return folder


@pytest.mark.skipif(os.name == "nt", reason="Windows has no ? in names")
def test_a_path_of_240_characters_through_a_death(tmp_path: Path):
    """Thai letters, spaces, #, %, ? and great length: also where the journal must be found."""
    name = "ข้อมูล ITA #2 50%.ita"
    folder = long_folder(tmp_path, 240, name)
    folder.mkdir(parents=True)
    path = folder / name
    assert 232 <= len(str(path)) <= 240
    with Store.create(path) as store:
        store.set_office("name", "ก่อน")
    child = start_child("half", path, "TRUNCATE")
    assert child.stdout
    assert child.stdout.readline() == "half\n"
    kill(child)
    assert journal_of(path).stat().st_size, "the death left work for the next opening"
    with Store(path) as store:
        assert store.dossier().office.name == "ก่อน"
        assert not store.dossier().divisions
    report = folder / "รายงาน.pdf"
    words = ["report", str(path), "--year", "2569", "--kind", "score-summary", "--to", str(report)]
    done = subprocess.run(
        [sys.executable, "-m", "ita_desktop", *words], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0 and "Traceback" not in done.stderr, done.stderr
    assert report.read_bytes().startswith(b"%PDF")
