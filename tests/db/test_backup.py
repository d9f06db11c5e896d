"""Back-ups: only what was read through counts, and nothing of a failed one stays."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from db.backup import Backup, Backups, Making, Reason, Schedule, backup_at
from db.errors import BackupFailed, DamagedDataFile, DataFileError, LockedDataFile, UpgradeFailed
from db.opening import check_copy
from db.store import Store
from tests.db.matter import change, fill, look, settled, tables

backup_module: Any = import_module("db.backup")
copying: Any = import_module("db.copying")
shelf: Any = import_module("db.shelf")
FILES = Path(__file__).parent / "files"


@pytest.fixture
def full(path: Path) -> Iterator[Store]:
    """A data file full of rows, open."""
    with Store(path) as store:
        fill(store)
        yield store


def make(store: Store, reason: Reason = Reason.ASKED) -> Backup:
    return Backups(store.path).make(store, reason).run()


def everything(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file below a folder: its bytes and when they were last written."""
    return {
        str(each.relative_to(folder)): (each.read_bytes(), each.stat().st_mtime_ns)
        for each in sorted(folder.rglob("*"))
        if each.is_file()
    }


def left_overs(store_or_path: Store | Path) -> list[str]:
    path = store_or_path.path if isinstance(store_or_path, Store) else store_or_path
    folder = Backups(path).folder
    found = folder.iterdir() if folder.exists() else []
    return [each.name for each in found if each.name.startswith(".")]


# --- making ----------------------------------------------------------------------------------


def test_back_up_is_the_file_and_says_what_it_holds(path: Path):
    with Store(path) as store:
        fill(store)
        made = make(store)
    assert tables(made.path) == tables(path)
    assert backup_at(made.path) == made == Backups(path).list()[0]
    assert made.contents.measures == {2569: 2}
    assert made.contents.scores[2568].entered == 2
    assert made.contents.scores[2567].complete
    assert (made.contents.photos, made.contents.issued) == (1, 1)
    assert "มาตรการ 2 รายการ" in made.sentence()
    assert path.stem in made.path.name and " asked" in made.path.name
    check_copy(made.path)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights elsewhere")
def test_only_the_owner_may_read(full: Store, path: Path):
    made = make(full)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o400
    assert stat.S_IMODE(shelf.note_of(made.path).stat().st_mode) == 0o600


def test_typing_goes_on_between_slices_and_is_in_it(full: Store, path: Path):
    for number in range(40):
        full.add_picture(bytes([number]) * 50_000)
    making, slices, typed = Backups(path).make(full, Reason.AUTO), 0, 0
    while making.step(0):
        slices += 1
        if making.share < 1:
            full.set_office("address", f"{slices}")
            typed = slices
        assert not full.connection.in_transaction
        time.sleep(0.001)
    assert typed > 5, "the back-up was made in one piece"
    assert making.backup is not None
    assert Backups(path).look(making.backup).office.address == f"{typed}"
    assert settled(Backups(path).look(making.backup)) == settled(full.dossier())


def test_half_an_edit_is_in_no_back_up(full: Store, path: Path):
    making = Backups(path).make(full, Reason.AUTO)
    before = making.share
    with full.edit("ครึ่งเดียว", "office") as rows:
        rows.set("office", 1, {"name": "ครึ่งเดียว"})
        assert making.step() and making.step()
        assert making.share == before
        rows.set("office", 1, {"name": "ทั้งหมด"})
    assert Backups(path).look(making.run()).office.name == "ทั้งหมด"


def test_given_up_leaves_nothing(full: Store, path: Path):
    full.add_picture(os.urandom(500_000))
    for steps in (0, 1, 2):
        making = Backups(path).make(full, Reason.AUTO)
        for _ in range(steps):
            making.step(0)
        making.cancel()
        making.cancel()
        with pytest.raises(BackupFailed, match="ยกเลิก"):
            making.run()
        assert left_overs(full) == []
    full.set_office("name", "ยังเขียนได้")
    assert Backups(path).list() == ()


def test_closing_gives_a_half_made_one_up(path: Path):
    with Store(path) as store:
        store.add_picture(os.urandom(500_000))
        making = Backups(path).make(store, Reason.AUTO)
        assert making.step(0)
    with pytest.raises(sqlite3.ProgrammingError):
        _ = store.connection.total_changes
    with pytest.raises(BackupFailed):
        making.run()
    with Store(path) as store:
        assert store.dossier().office.name == ""
        assert make(store).number == 1
    assert left_overs(path) == []


def test_two_at_once_do_not_take_each_other_away(full: Store, path: Path):
    first, second = (Backups(path).make(full, Reason.AUTO) for _ in range(2))
    assert first.step(0)
    numbers = {second.run().number, first.run().number}
    assert numbers == {1, 2}
    assert all(Backups(path).verify(each) for each in Backups(path).list())


def test_left_overs_of_a_killed_program_are_swept(full: Store, path: Path):
    folder = make(full).path.parent
    (folder / ".growing-x.ita-backup").write_bytes(b"half")
    make(full)
    assert left_overs(full) == []


# --- only from a healthy file ----------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE office SET name = 'อื่น'",
        "UPDATE edit SET label = 'อื่น' WHERE id = 3",
        "DELETE FROM score",
        "UPDATE picture SET content = x'00'",
        "INSERT INTO division (rank, name) VALUES (9, 'แทรก')",
    ],
)
def test_a_bad_one_never_counts_and_the_good_one_stays(full: Store, path: Path, statement: str):
    good = make(full)
    full.connection.execute(statement)
    before = everything(good.path.parent)
    with pytest.raises(BackupFailed, match="ชำรุด"):
        make(full)
    assert everything(good.path.parent) == before
    assert Backups(path).newest() == good


@pytest.fixture
def small_disk(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """A disk on which a copy may take so many pages."""
    scratch = copying._scratch

    def limit(pages: int) -> None:
        def limited(target: Path) -> sqlite3.Connection:
            connection = scratch(target)
            connection.execute(f"PRAGMA max_page_count = {pages}")
            return connection

        monkeypatch.setattr(copying, "_scratch", limited)

    return limit


def test_disk_full_while_copying(full: Store, path: Path, small_disk: Callable[[int], None]):
    good = make(full)
    before = everything(good.path.parent)
    full.add_picture(os.urandom(300_000))
    for pages in (1, 10, 60):
        small_disk(pages)
        with pytest.raises(BackupFailed, match="เต็ม"):
            make(full)
        assert everything(good.path.parent) == before
        full.set_office("name", f"พิมพ์ต่อได้ {pages}")
    assert Backups(path).newest() == good


@pytest.mark.parametrize("what", ["sync", "digest_of", "check_copy", "read_contents"])
def test_fault_after_copying(full: Store, path: Path, what: str, monkeypatch: pytest.MonkeyPatch):
    good = make(full)
    before = everything(good.path.parent)

    def fail(*_: object) -> None:
        raise OSError(28, "no space")

    with monkeypatch.context() as patch:
        patch.setattr(backup_module, what, fail)
        with pytest.raises(BackupFailed, match="เต็ม"):
            make(full)
    assert everything(good.path.parent) == before
    assert make(full).number == 2


def test_fault_while_naming(full: Store, path: Path, monkeypatch: pytest.MonkeyPatch):
    good = make(full)
    before = everything(good.path.parent)
    for what in ("_write_note", "give_name"):

        def fail(*_: object) -> None:
            raise OSError(5, "input/output error")

        with monkeypatch.context() as patch:
            patch.setattr(shelf, what, fail)
            with pytest.raises(BackupFailed):
                make(full)
        assert everything(good.path.parent) == before


def test_never_fills_the_disk(full: Store, path: Path, monkeypatch: pytest.MonkeyPatch):
    usage = shutil.disk_usage(path.parent)._replace(free=path.stat().st_size + 1000)
    monkeypatch.setattr(backup_module.shutil, "disk_usage", lambda _: usage)
    with pytest.raises(BackupFailed, match="เต็ม"):
        make(full)
    assert Backups(path).list() == ()


# --- listed, looked into ---------------------------------------------------------------------


def test_looking_changes_no_byte(full: Store, path: Path):
    made = make(full)
    full.set_office("name", "ใหม่")
    backups, before = Backups(path), everything(path.parent)
    assert backups.look(made).office.name == "ตัวอย่าง"
    assert backups.list() and backups.newest() == made and backups.verify(made)
    assert backups.differences(made, full).lines == ("ข้อมูลหน่วยงาน: เปลี่ยน 1 รายการ",)
    assert everything(path.parent) == before


def test_back_up_can_not_be_written(full: Store, path: Path):
    made = make(full)
    with backup_module.looking(made.path) as old, pytest.raises(DataFileError):
        old.set_office("name", "ใหม่")
    assert Backups(path).verify(made)


@pytest.mark.parametrize("version", [1, 2, 3])
def test_back_up_of_an_earlier_schema(tmp_path: Path, version: int):
    path = tmp_path / "เก่า.ita"
    shutil.copyfile(FILES / f"schema-{version}.ita", path)
    made = Backups(path).make_closed()
    before = everything(tmp_path)
    assert Backups(path).look(made).office.name == "ตัวอย่าง"
    assert made.contents.measures == {2569: 2}
    assert everything(tmp_path) == before
    with closing(sqlite3.connect(f"{made.path.as_uri()}?immutable=1", uri=True)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (version,)


def test_what_restoring_would_change(full: Store, path: Path):
    made = make(full)
    full.delete_measure(1)
    full.add_division("ใหม่")
    full.keep("measure_year", "2570")
    assert Backups(path).differences(made, full).lines == (
        "กอง/สำนัก: จะหายไป 1 รายการ",
        "มาตรการ: กลับมา 1 รายการ",
        "ความก้าวหน้า: กลับมา 2 รายการ",
        "ภาพ: กลับมา 1 รายการ",
    )


@pytest.mark.parametrize("spoilt", ["cut", "longer", "flipped", "gone", "note", "no note"])
def test_spoilt_back_up_is_not_the_newest(full: Store, path: Path, spoilt: str):
    good, bad = make(full), make(full)
    bad.path.chmod(0o600)
    content = bad.path.read_bytes()
    match spoilt:
        case "cut":
            bad.path.write_bytes(content[:-4096])
        case "longer":
            bad.path.write_bytes(content + b"x")
        case "flipped":
            bad.path.write_bytes(content[:9000] + bytes([content[9000] ^ 1]) + content[9001:])
        case "gone":
            bad.path.unlink()
        case "note":
            shelf.note_of(bad.path).write_text('{"at": [], "size": "x"}')
            bad.path.write_bytes(content[:5000])
        case "no note":
            shelf.note_of(bad.path).unlink()
            bad.path.write_bytes(content.replace("ตัวอย่าง".encode(), "ตัวอย่าน".encode()))
    backups = Backups(path)
    assert backups.newest() == good
    assert make(full).number == 3, "the number of a lost one is not used again"
    if spoilt not in ("flipped", "no note", "gone"):
        assert [each.healthy for each in backups.list()] == [True, False, True]


def test_back_up_without_its_note_is_read_itself(full: Store, path: Path):
    made = make(full)
    shelf.note_of(made.path).unlink()
    (found,) = Backups(path).list()
    assert (found.contents, found.healthy, found.digest) == (made.contents, True, "")
    assert Backups(path).verify(found)


@pytest.mark.parametrize("content", [b"", b"{}", b"null", b"[" * 5000, b'{"at": 1e400}', b"\xff"])
def test_note_of_any_content(full: Store, path: Path, content: bytes):
    made = make(full)
    shelf.note_of(made.path).write_bytes(content)
    assert len(Backups(path).list()) == 1


@pytest.mark.parametrize(
    "name",
    ["หน่วย งาน", "a#b?c%20d&mode=ro", "100%", "x" * 232, "ก" * 75, " 000001 20260101-000000 auto"],
)
def test_any_name(tmp_path: Path, name: str):
    folder = tmp_path / "โฟลเดอร์ # 100%"
    folder.mkdir()
    path = folder / f"{name}.ita"
    with Store.create(path) as store:
        fill(store)
        made = make(store)
        assert Backups(path).look(made).office.name == "ตัวอย่าง"
    assert Backups(path).list() == (made,)
    assert Backups(path).restore(made) is not None


def test_path_of_240_letters(tmp_path: Path):
    folder = tmp_path
    while len(str(folder)) < 200:
        folder = folder / "long # folder ยาว"
    folder.mkdir(parents=True)
    path = folder / ("ก" * (240 - len(str(folder))) + ".ita")
    with Store.create(path) as store:
        made = make(store)
    assert len(str(path)) >= 240
    assert Backups(path).restore(made) is not None


# --- the clock -------------------------------------------------------------------------------


def test_clock_set_back_overwrites_nothing(full: Store, path: Path, monkeypatch: Any):
    times = [datetime(2026, 11, 21, 8), datetime(2001, 1, 1), datetime(2001, 1, 1)]
    made = []
    for at in times:
        monkeypatch.setattr(backup_module, "now", at.astimezone)
        made.append(make(full))
    assert [each.number for each in Backups(path).list()] == [3, 2, 1]
    assert len({each.path for each in made}) == 3
    monkeypatch.setattr(backup_module, "now", datetime(2027, 5, 1).astimezone)
    newest = make(full)
    assert Backups(path).newest() == newest


# --- before a migration ----------------------------------------------------------------------


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A data file of the first schema, closed."""
    path = tmp_path / "เก่า.ita"
    shutil.copyfile(FILES / "schema-1.ita", path)
    return path


def test_migration_begins_with_a_back_up(old: Path):
    rows = tables(old)
    Store(old).close()
    (made,) = Backups(old).list()
    assert made.reason is Reason.MIGRATION
    assert tables(made.path) == rows
    Store(old).close()
    assert len(Backups(old).list()) == 1, "only a migration asks for one"


def test_without_a_back_up_no_migration(old: Path, small_disk: Callable[[int], None]):
    small_disk(3)
    rows = tables(old)
    with pytest.raises(UpgradeFailed, match="เต็ม"):
        Store(old)
    assert tables(old) == rows
    assert [each.name for each in old.parent.iterdir() if each.is_file()] == [old.name]


# --- a second place --------------------------------------------------------------------------


def test_second_place_gets_the_newest(full: Store, path: Path, tmp_path: Path):
    usb = tmp_path / "usb"
    backups = Backups(path, usb)
    assert Backups(path).second_place() is None
    missing = backups.make(full, Reason.CLOSE).run()
    state = backups.second_place()
    assert state is not None and not state.there and state.behind and "เสียบ" in state.sentence
    usb.mkdir()
    state = backups.second_place()
    assert state is not None and state.there and state.behind and state.newest is None
    state = backups.copy_to_second()
    assert state is not None and state.newest is not None and not state.behind
    assert state.newest.digest == missing.digest
    assert state.newest.path.read_bytes() == missing.path.read_bytes()
    full.set_office("name", "ใหม่")
    later = backups.make(full, Reason.AUTO).run()
    state = backups.second_place()
    assert state is not None and state.newest is not None and state.newest.digest == later.digest
    assert backups.copy_to_second() == state
    assert Backups(path).restore


def test_second_place_that_is_full(full: Store, path: Path, tmp_path: Path, monkeypatch: Any):
    usb = tmp_path / "usb"
    usb.mkdir()
    make(full)

    def fail(*_: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(backup_module, "copy_file", fail)
    with pytest.raises(BackupFailed, match="เต็ม"):
        Backups(path, usb).copy_to_second()
    assert [each for each in usb.rglob("*") if each.is_file()] == []
    assert Backups(path, usb).make(full, Reason.AUTO).run().healthy, "the first place counts"


def test_two_offices_on_one_stick_do_not_mix(tmp_path: Path):
    usb = tmp_path / "usb"
    usb.mkdir()
    for office in ("ก", "ข"):
        (tmp_path / office).mkdir()
        path = tmp_path / office / "หน่วยงาน.ita"
        with Store.create(path) as store:
            store.set_office("name", office)
            Backups(path, usb).make(store, Reason.AUTO).run()
    found = [tmp_path / office / "หน่วยงาน.ita" for office in ("ก", "ข")]
    places = [Backups(path, usb).second_place() for path in found]
    names = [p.newest.contents.office[-1] for p in places if p is not None and p.newest is not None]
    assert names == ["ก", "ข"]


# --- the schedule ----------------------------------------------------------------------------


def test_due_after_half_an_hour_of_change():
    schedule = Schedule()
    assert not schedule.due(10_000) and not schedule.waiting
    schedule.changed(100)
    schedule.changed(1500)
    assert schedule.waiting
    assert [schedule.due(at) for at in (100, 1899, 1900, 9999)] == [False, False, True, True]
    schedule.made()
    assert not schedule.waiting and not schedule.due(99_999)
    schedule.every = timedelta(seconds=1)
    schedule.changed(5)
    assert schedule.due(6)


def test_making_is_what_the_window_is_given(full: Store, path: Path):
    making = Backups(path).make(full, Reason.AUTO)
    assert isinstance(making, Making) and making.backup is None and making.share == 0
    while making.step():
        time.sleep(0.001)
    assert making.backup is not None and making.share == 1
    assert not making.step()


def test_open_file_is_not_backed_up_as_a_closed_one(full: Store, path: Path):
    with pytest.raises(LockedDataFile):
        Backups(path).make_closed()
    full.set_office("name", "ยังเขียนได้")


def test_damaged_file_is_not_backed_up(path: Path):
    good = Backups(path).make_closed()
    change(path, "UPDATE office SET name = 'อื่น'")
    before = look(path.parent)
    with pytest.raises(DamagedDataFile):
        Backups(path).make_closed()
    assert look(path.parent) == before
    assert Backups(path).newest() == good
