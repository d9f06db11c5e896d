"""Restoring: the data file is the back-up to the byte, and today's file is never lost."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import struct
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from db.backup import Backups, Reason, backup_at
from db.copying import digest_of
from db.errors import DataFileError, LockedDataFile, RestoreFailed
from db.opening import check_copy
from db.shelf import Backup, note_of
from db.store import Store
from tests.db.matter import change, fill, kill, start_child

opening: Any = import_module("db.opening")
restore: Any = import_module("db.restore")
backup_module: Any = import_module("db.backup")
TIMES = int(os.environ.get("ITA_RESTORES", "12"))
FILES = Path(__file__).parent / "files"


@pytest.fixture
def made(path: Path) -> Backup:
    """A back-up of a full file that was edited since, closed."""
    with Store(path) as store:
        fill(store)
        found = Backups(path).make(store).run()
        store.set_office("name", "วันนี้")
    return found


def others(path: Path) -> list[str]:
    """What lies beside the data file and its folder of back-ups."""
    mine = {path.name, Backups(path).folder.name}
    return sorted(each.name for each in path.parent.iterdir() if each.name not in mine)


def is_restored(path: Path, made: Backup) -> None:
    assert digest_of(path) == made.digest
    assert path.stat().st_mode & 0o777 == 0o600 or os.name == "nt"
    with Store(path) as store:
        assert store.dossier().office.name == "ตัวอย่าง"


def test_restored_and_today_is_a_back_up(path: Path, made: Backup):
    today = Backups(path).restore(made)
    is_restored(path, made)
    assert today is not None and today.reason is Reason.RESTORE
    assert Backups(path).look(today).office.name == "วันนี้"
    assert others(path) == []
    Backups(path).restore(today)
    with Store(path) as store:
        assert store.dossier().office.name == "วันนี้"


def test_file_that_is_gone(path: Path, made: Backup):
    path.unlink()
    assert Backups(path).restore(made) is None
    is_restored(path, made)


def test_again_and_again(path: Path, made: Backup):
    """Back and forth between states, each time to the byte."""
    chance = random.Random(3)
    known = {made.digest: made}
    for _ in range(TIMES):
        with Store(path) as store:
            store.set_office("address", str(chance.random()))
        chosen = chance.choice(list(known.values()))
        today = Backups(path).restore(chosen)
        assert today is not None
        assert digest_of(path) == chosen.digest
        known[today.digest] = today


def interrupted(path: Path) -> None:
    child = start_child("half", path, "TRUNCATE")
    assert child.stdout is not None
    assert child.stdout.readline() == "half\n"
    kill(child)


def test_interrupted_save_beside_it(path: Path, made: Backup):
    interrupted(path)
    assert opening.journal_of(path).stat().st_size > 0
    today = Backups(path).restore(made)
    is_restored(path, made)
    assert today is not None and Backups(path).look(today).office.name == "วันนี้"
    assert others(path) == []


def test_stale_journal_without_its_file(path: Path, made: Backup):
    interrupted(path)
    journal = opening.journal_of(path).read_bytes()
    path.unlink()
    assert Backups(path).restore(made) is None
    is_restored(path, made)
    kept = [name for name in others(path) if "damaged" in name]
    assert [(path.parent / name).read_bytes() for name in kept] == [journal]


def test_copying_over_it_by_hand_is_why(path: Path, made: Backup):
    """The control: what a clerk does with the file manager, the journal still beside it."""
    interrupted(path)
    path.unlink()
    shutil.copyfile(made.path, path)
    try:
        Store(path).close()
    except DataFileError:
        return
    assert digest_of(path) != made.digest


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "zeros": lambda content: bytes(len(content)),
    "empty": lambda _: b"",
    "other": lambda _: b"PK\x03\x04 something else" * 100,
    "cut": lambda content: content[: len(content) // 2],
    "page": lambda content: content[:8192] + bytes(4096) + content[12288:],
    "letter": lambda content: content.replace("วันนี้".encode(), "วันนั้".encode()),
    "newer": lambda content: content[:60] + struct.pack(">I", 99) + content[64:],
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_file_is_kept_to_the_byte(path: Path, made: Backup, damage: str):
    spoilt = DAMAGES[damage](path.read_bytes())
    path.write_bytes(spoilt)
    opening.journal_of(path).write_bytes(b"\xd9\xd5\x05\xf9 stale" * 100)
    journal = opening.journal_of(path).read_bytes()
    assert Backups(path).restore(made) is None
    is_restored(path, made)
    kept = {name: (path.parent / name).read_bytes() for name in others(path)}
    assert sorted(kept.values(), key=len) == sorted([spoilt, journal], key=len)
    assert all("damaged" in name for name in kept)
    assert made in Backups(path).list()


# --- refused ---------------------------------------------------------------------------------


def everything(folder: Path) -> dict[str, bytes]:
    files = sorted(folder.rglob("*"))
    return {str(each.relative_to(folder)): each.read_bytes() for each in files if each.is_file()}


def refused(path: Path, chosen: Backup, kind: type[DataFileError] = RestoreFailed) -> str:
    before = everything(path.parent)
    with pytest.raises(kind) as caught:
        Backups(path).restore(chosen)
    assert everything(path.parent) == before
    return str(caught.value)


@pytest.mark.parametrize("spoilt", ["flipped", "cut", "empty", "gone", "other"])
def test_bad_back_up(path: Path, made: Backup, spoilt: str):
    content = made.path.read_bytes()
    made.path.chmod(0o600)
    match spoilt:
        case "flipped":
            made.path.write_bytes(content.replace("ตัวอย่าง".encode(), "ตัวอย่าน".encode()))
        case "cut":
            made.path.write_bytes(content[:-1])
        case "empty":
            made.path.write_bytes(b"")
        case "gone":
            made.path.unlink()
        case "other":
            made.path.write_bytes(b"x" * len(content))
    assert "ชำรุด" in refused(path, made)
    note_of(made.path).unlink()
    assert "ชำรุด" in refused(path, backup_at(made.path))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", bytes(9000), "ชื่อ,คะแนน\n".encode() * 500])
def test_wrong_file(path: Path, made: Backup, content: bytes, tmp_path: Path):
    other = tmp_path / "อื่น.xlsx"
    other.write_bytes(content)
    refused(path, backup_at(other))


def test_another_programs_database(path: Path, made: Backup, tmp_path: Path):
    other = tmp_path / "other.db"
    change(other, "CREATE TABLE office (id)")
    refused(path, backup_at(other))
    refused(path, backup_at(tmp_path))


def test_open_elsewhere(path: Path, made: Backup):
    child = start_child("hold", path)
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == "held\n"
        refused(path, made, LockedDataFile)
    finally:
        kill(child)


def test_open_in_this_program(path: Path, made: Backup):
    with Store(path) as store:
        with pytest.raises(LockedDataFile):
            Backups(path).restore(made)
        store.set_office("name", "ยังเขียนได้")
    assert others(path) == []


@pytest.mark.parametrize("what", ["copy_file", "digest_of", "_take_sidecars_away", "sync_folder"])
def test_fault_on_the_way(path: Path, made: Backup, what: str, monkeypatch: Any):
    """The data file is today's, or the back-up; today's is in the file or in a back-up."""
    real, calls = getattr(restore, what), []

    def fail(*arguments: Any) -> Any:
        calls.append(arguments)
        raise OSError(28, "no space")

    with monkeypatch.context() as patch:
        patch.setattr(restore, what, fail)
        with pytest.raises(RestoreFailed, match="เต็ม"):
            Backups(path).restore(made)
    assert calls and callable(real)
    with Store(path) as store:
        name = store.dossier().office.name
    kept = [Backups(path).look(each).office.name for each in Backups(path).list()]
    assert name == "วันนี้" or "วันนี้" in kept
    assert others(path) == []


def test_no_room_for_todays_file(path: Path, made: Backup, monkeypatch: Any):
    usage = shutil.disk_usage(path.parent)._replace(free=1000)
    monkeypatch.setattr(backup_module.shutil, "disk_usage", lambda _: usage)
    assert "เต็ม" in refused(path, made)


def test_todays_file_with_a_broken_record_is_kept_as_it_is(path: Path, made: Backup):
    """One that opens, and is yet not whole: history and files are read only by a check."""
    change(path, "UPDATE edit SET label = 'อื่น' WHERE id = 2")
    Store(path).close()
    content = path.read_bytes()
    assert Backups(path).restore(made) is None
    is_restored(path, made)
    (kept,) = others(path)
    assert (path.parent / kept).read_bytes() == content


@pytest.mark.parametrize("version", [1, 2, 3, 4])
def test_of_every_schema_version(path: Path, version: int):
    old = path.with_name("เก่า.ita")
    shutil.copyfile(FILES / f"schema-{version}.ita", old)
    made = Backups(old).make_closed()
    Store(old).close()
    Backups(old).restore(made)
    assert digest_of(old) == made.digest
    with Store(old) as store:
        assert store.dossier().office.name == "ตัวอย่าง"
        assert store.undo_label() == "กรอบการประเมิน"
    check_copy(old)


def test_what_was_restored_is_checked_by_sqlite_too(path: Path, made: Backup):
    Backups(path).restore(made)
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()
