"""Who has the file, where it lies, what lies beside it, who has changed it."""

from __future__ import annotations

import json
import os
from datetime import datetime
from importlib import import_module
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

import pytest

from db.errors import LockedDataFile
from db.holders import Holder, leave_note, note_beside, read_note
from db.opening import create_data_file
from db.store import Store
from db.surroundings import (
    Place,
    conflict_copies,
    conflict_sentence,
    is_conflict_name,
    is_on_network,
    place_of,
)
from tests.db.matter import kill, look, start_child

surroundings: Any = import_module("db.surroundings")
holders: Any = import_module("db.holders")


# --- who has it ------------------------------------------------------------------------------


def test_who_has_it_is_shown_and_never_in_the_error(path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LOGNAME", "somchai")
    monkeypatch.setenv("USERNAME", "somchai")
    child = start_child("hold", path)
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == "held\n"
        before = look(path.parent)
        with pytest.raises(LockedDataFile) as caught:
            Store(path)
        assert look(path.parent) == before
    finally:
        kill(child)
    holder = caught.value.holder
    assert holder is not None and holder.user == "somchai" and holder.computer
    assert "somchai" in caught.value.shown and holder.computer in caught.value.shown
    assert "somchai" not in str(caught.value) and "somchai" not in repr(caught.value)
    assert abs((datetime.now().astimezone() - holder.since).total_seconds()) < 60


def test_note_of_a_dead_program_hinders_nobody_and_is_told(path: Path):
    child = start_child("hold", path)
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    kill(child)
    assert note_beside(path).exists()
    with Store(path) as store:
        assert store.left_open is not None
        assert (read_note(path) or store.left_open).since >= store.left_open.since
        store.set_office("name", "ใช้ต่อได้")
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    with Store(path) as store:
        assert store.left_open is None


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights elsewhere")
def test_note_is_private(path: Path):
    with Store(path):
        assert note_beside(path).stat().st_mode & 0o777 == 0o600


def test_note_is_never_written_through_a_link(path: Path, tmp_path: Path):
    other = tmp_path / "other.txt"
    other.write_text("somebody's")
    note_beside(path).symlink_to(other)
    Store(path).close()
    assert other.read_text() == "somebody's"


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[" * 9000, b"\xff", b'{"since": 1}', b'{"since": "9999-99-99"}', b"null"],
)
def test_note_of_any_content(path: Path, content: bytes):
    note_beside(path).write_bytes(content)
    assert read_note(path) is None
    Store(path).close()


def test_hostile_names_in_a_note(path: Path):
    note = {"since": "2026-11-21T08:00:00+07:00", "computer": "a\n" * 900, "user": "\x1b[31m<b>"}
    note_beside(path).write_text(json.dumps(note))
    found = read_note(path)
    assert found is not None and len(found.computer) <= 60
    assert all(letter.isprintable() for letter in found.computer + found.user)


def test_holder_without_names():
    holder = Holder(datetime(2026, 11, 21, 8, 5).astimezone(), "PC-7", "")
    thai = holder.words(lambda text: text.replace("2569", "๒๕๖๙"))
    assert "๒๕๖๙" in thai and "PC-7" in thai, "the day in the screen's digits, names as they are"
    words = Holder(holder.since, "", "").words()
    assert words == "ที่เครื่องอื่น ตั้งแต่ 21 พ.ย. 2569 เวลา 08.05 น."


def test_folder_that_takes_no_note(path: Path, monkeypatch: pytest.MonkeyPatch):
    def fail(*_: object, **__: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(holders.os, "open", fail)
    leave_note(path)
    assert read_note(path) is None


# --- changed from outside --------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody touch an open file")
def test_changes_from_outside_are_noticed(path: Path):
    with Store(path) as store:
        for number in range(5):
            store.set_office("name", f"{number}")
            store.keep("measure_year", f"{number}")
            assert not store.changed_outside()
        os.utime(path, ns=(1, 1))
        assert store.changed_outside()
        store.set_office("name", "แล้ว")
        assert not store.changed_outside()
        moved = path.rename(path.with_name("moved.ita"))
        assert store.changed_outside()
        moved.rename(path)
        assert not store.changed_outside()


# --- synced and network folders --------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "service"),
    [
        (r"C:\Users\x\OneDrive\เอกสาร\ก.ita", "OneDrive"),
        (r"C:\Users\x\OneDrive - อบต. ตัวอย่าง\ก.ita", "OneDrive"),
        (r"D:\Dropbox (งาน)\ITA\ก.ita", "Dropbox"),
        (r"G:\ไดรฟ์ของฉัน\ก.ita", "Google Drive"),
        (r"G:\My Drive\ITA\ก.ita", "Google Drive"),
        (r"C:\Users\x\iCloudDrive\ก.ita", "iCloud"),
        ("/Users/x/Library/Mobile Documents/com~apple~CloudDocs/ก.ita", "iCloud"),
        ("/home/x/Nextcloud/ก.ita", "Nextcloud"),
        (r"C:\Users\x\Documents\ก.ita", ""),
        (r"C:\Users\x\AppData\Local\ITA Desktop\OneDrive.ita", ""),
        ("/home/x/dropbox-old/ก.ita", ""),
    ],
)
def test_synced_by_the_folders_name(path: str, service: str):
    kind = PureWindowsPath if "\\" in path else PurePosixPath
    assert surroundings._by_name(kind(path)) == service


def test_synced_by_the_system_and_by_marks(tmp_path: Path):
    folder = tmp_path / "งาน" / "ใน"
    folder.mkdir(parents=True)
    path = folder / "ก.ita"
    assert place_of(path, {}) is None
    assert place_of(path, {"OneDriveCommercial": str(tmp_path)}) == Place("OneDrive")
    assert place_of(path, {"OneDrive": ""}) is None
    (tmp_path / ".dropbox.cache").mkdir()
    found = place_of(path, {})
    assert found == Place("Dropbox")
    assert found is not None and "Dropbox" in found.sentence() and "โปรดย้าย" in found.sentence()


def test_network_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    assert is_on_network(Path("//server/share/ก.ita"))
    assert "เครือข่าย" in Place("").sentence() and "โปรด" in Place("").sentence()
    mounts = tmp_path / "mounts"
    mounts.write_text(
        f"/dev/sda1 / ext4 rw 0 0\nserver:/x {tmp_path}/a\\040b nfs4 rw 0 0\nshort line\n"
    )
    system = surroundings._file_system
    assert system(tmp_path / "a b" / "ก.ita", mounts) == "nfs4"
    assert system(tmp_path / "a bc" / "ก.ita", mounts) == "ext4"
    assert system(tmp_path / "ก.ita", tmp_path / "none") == ""
    monkeypatch.setattr(surroundings, "_file_system", lambda _: "cifs")
    assert place_of(tmp_path / "ก.ita", {}) == Place("")


# --- conflict copies -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("other", "conflict"),
    [
        ("หน่วยงาน (SOMCHAI-PC's conflicted copy 2026-11-21).ita", True),
        ("หน่วยงาน (สำเนาที่ขัดแย้งของ PC 2026-11-21).ita", True),
        ("หน่วยงาน (conflicted copy 2026-11-21 080000).ita", True),
        ("หน่วยงาน-DESKTOP-4F7K2.ita", True),
        ("หน่วยงาน-LAPTOP7-2.ita", True),
        ("หน่วยงาน (1).ita", True),
        ("หน่วยงาน 2.ita", True),
        ("หน่วยงาน.sync-conflict-20261121-080000-ABCDEFG.ita", True),
        ("หน่วยงาน_conflict-20261121-080000.ita", True),
        ("หน่วยงาน.ita", False),
        ("หน่วยงาน-2569.ita", False),
        ("หน่วยงาน ปี 2569.ita", False),
        ("หน่วยงาน (สำรอง).ita", False),
        ("หน่วยงาน-เก่า.ita", False),
        ("หน่วยงานอื่น (1).ita", False),
        ("หน่วยงาน (1).pdf", False),
    ],
)
def test_names_of_conflict_copies(other: str, conflict: bool):
    assert is_conflict_name("หน่วยงาน.ita", other) is conflict


def test_conflict_copies_beside_a_file(path: Path):
    copy, other = path.with_name(f"{path.stem} (1).ita"), path.with_name(f"{path.stem} (2).ita")
    create_data_file(copy)
    other.write_text("no data file")
    path.with_name(f"{path.stem}-DESKTOP-X1.ita").symlink_to(path)
    with Store(path) as store:
        assert conflict_copies(path) == (copy,)
        child = start_child("hold", path)
        assert "LockedDataFile" in child.communicate()[1], "looking let the lock go"
        store.set_office("name", "ก")
    assert copy.name in conflict_sentence(path, (copy,))
    assert conflict_copies(path.parent / "ไม่มี" / "ก.ita") == ()
