"""What can't be opened is refused with its own sentence and left untouched to the byte."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import struct
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from db.errors import (
    CreateFailed,
    DamagedDataFile,
    DataFileError,
    EmptyDataFile,
    ExistingFile,
    LockedDataFile,
    MissingDataFile,
    NewerDataFile,
    NotADataFile,
    ReadOnlyDataFile,
    UnreadableDataFile,
    UnsafeDataFile,
    UpgradeFailed,
)
from db.migrations import APPLICATION_ID, SCHEMA_VERSION, first, papers, seals, set_aside
from db.reasons import why_not_looked_at
from db.store import Store
from tests.db.matter import change, fill, kill, look, start_child, tables

FLIPS = int(os.environ.get("ITA_FLIPS", "100"))
copying: Any = import_module("db.copying")
opening: Any = import_module("db.opening")  # as a module: much of it is patched here
TOGETHER = 1.5
"""Seconds until all children have started and open the file at the same moment."""
Migration = Callable[[Any], None]
"""Seconds an empty file may take to open."""


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A whole data file of 50 pages and all kinds of rows."""
    path = tmp_path_factory.mktemp("full") / "full.ita"
    with Store.create(path) as store:
        fill(store)
        with store.edit("เพิ่มมาก", "division") as rows:
            for rank in range(20):
                rows.insert("division", {"name": f"{rank}" + "ก" * 2000, "rank": rank})
    return path.read_bytes()


@pytest.fixture
def full(tmp_path: Path, content: bytes) -> Path:
    """A closed data file full of rows."""
    path = tmp_path / "หน่วยงาน.ita"
    path.write_bytes(content)
    return path


def refused(path: Path, kind: type[DataFileError]) -> DataFileError:
    """Open what must be refused; nothing in its folder may change."""
    before = look(path.parent)
    with pytest.raises(DataFileError) as caught:
        Store(path)
    assert look(path.parent) == before
    assert type(caught.value) is kind, repr(caught.value)
    assert path.name in str(caught.value)
    return caught.value


def patched(path: Path, offset: int, new: bytes) -> None:
    content = bytearray(path.read_bytes())
    content[offset : offset + len(new)] = new
    path.write_bytes(content)


# --- what is no data file --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        (b"", EmptyDataFile),
        (b"\0", EmptyDataFile),
        (bytes(8192), EmptyDataFile),
        (b"x", NotADataFile),
        (b"SQLite format 3\0", NotADataFile),
        ("ชื่อ,คะแนน\n".encode() * 100, NotADataFile),
        (b"\xd0\xcf\x11\xe0" + bytes(5000), NotADataFile),
    ],
)
def test_other_content(tmp_path: Path, other: bytes, kind: type[DataFileError]):
    path = tmp_path / "แฟ้ม.ita"
    path.write_bytes(other)
    refused(path, kind)


def test_zip_renamed(tmp_path: Path):
    path = tmp_path / "ชุด.ita"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("a", "b" * 500)
    refused(path, NotADataFile)


def test_other_programs_database(tmp_path: Path):
    path = tmp_path / "other.ita"
    change(path, "CREATE TABLE office (id)", "PRAGMA user_version = 1")
    refused(path, NotADataFile)
    change(path, "PRAGMA application_id = 252006673")
    refused(path, NotADataFile)


def test_folder_in_place_of_a_file(tmp_path: Path):
    (tmp_path / "โฟลเดอร์.ita").mkdir()
    refused(tmp_path / "โฟลเดอร์.ita", NotADataFile)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders")
def test_pipe_in_place_of_a_file(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe.ita")
    refused(tmp_path / "pipe.ita", NotADataFile)


@pytest.mark.parametrize("name", ["ไม่มี.ita", "ไม่มี/แฟ้ม.ita", "ก" * 300 + ".ita", "nul\0.ita"])
def test_missing(tmp_path: Path, name: str):
    with pytest.raises(MissingDataFile):
        Store(tmp_path / name)
    assert look(tmp_path) == {}


def test_link_in_a_circle_and_link_to_nothing(tmp_path: Path):
    for name, target in (("circle.ita", "circle.ita"), ("nothing.ita", "gone.ita")):
        (tmp_path / name).symlink_to(target)
        with pytest.raises(MissingDataFile):
            Store(tmp_path / name)
    assert not (tmp_path / "gone.ita").exists()


# --- ours, and yet not to be opened ----------------------------------------------------------


@pytest.mark.parametrize("version", [SCHEMA_VERSION + 1, 1000, 0x7FFFFFFF, -1])
def test_newer(full: Path, version: int):
    change(full, f"PRAGMA user_version = {version}")
    refused(full, NewerDataFile)


def test_newer_between_look_and_lock(full: Path, monkeypatch: pytest.MonkeyPatch):
    def raise_version(found: Path, path: Path) -> None:
        change(found, f"PRAGMA user_version = {SCHEMA_VERSION + 1}")

    monkeypatch.setattr(opening, "_check_writable", raise_version)
    with pytest.raises(NewerDataFile):
        Store(full)


@pytest.mark.parametrize(
    "statements",
    [
        ["PRAGMA user_version = 0"],
        ["DELETE FROM _sqlite_migrations"],
        ["UPDATE _sqlite_migrations SET name = 'another' WHERE id = 1"],
        ["DROP TABLE _sqlite_migrations"],
        ["DROP TABLE progress"],
        ["DROP INDEX measure_by_year"],
        ["CREATE TRIGGER t AFTER UPDATE ON office BEGIN DELETE FROM score; END"],
        ["CREATE VIEW v AS SELECT 1"],
        ["DELETE FROM office"],
        ["PRAGMA foreign_keys = OFF", "DELETE FROM measure"],
        ["PRAGMA ignore_check_constraints = ON", "UPDATE score SET value = '1x.00'"],
        ["PRAGMA ignore_check_constraints = ON", "UPDATE measure SET kind = 'x'"],
        ["UPDATE measure SET indicators = '[1,]'"],
        ["UPDATE measure SET title = CAST(x'e0b8' AS TEXT)"],
    ],
)
def test_changed_by_another_hand(full: Path, statements: list[str]):
    change(full, *statements)
    refused(full, DamagedDataFile)


def test_readable_index_tables_and_analysis_of_others_do_no_harm(full: Path):
    change(full, "CREATE TABLE note (x)", "CREATE INDEX i ON person (position)", "ANALYZE")
    with Store(full) as store:
        assert store.dossier().office.name == "ตัวอย่าง"


def test_turned_to_wal_by_another_program(full: Path):
    change(full, "PRAGMA journal_mode = WAL")
    with Store(full) as store:
        store.set_office("name", "ใหม่")
        assert store._database.conn.execute("PRAGMA journal_mode").fetchone() == ("truncate",)
    assert [each.name for each in full.parent.iterdir()] == [full.name]


# --- damage ----------------------------------------------------------------------------------


def test_truncated_anywhere(full: Path):
    whole = full.read_bytes()
    sizes = {*range(0, len(whole), 4096), *range(0, len(whole), 2777), 1, 99, 100, len(whole) - 1}
    for size in sorted(sizes):
        full.write_bytes(whole[:size])
        kinds = (EmptyDataFile, NotADataFile, DamagedDataFile)
        refused(full, kinds[(size >= 1) + (size >= 100)])


def test_any_page_zeroed(full: Path):
    whole = full.read_bytes()
    for page in range(len(whole) // 4096):
        full.write_bytes(whole)
        patched(full, page * 4096, bytes(4096))
        refused(full, DamagedDataFile if page else EmptyDataFile)


def test_flipped_bytes_never_crash(full: Path):
    """Refused untouched, or opened: never another error.

    A letter that becomes another letter is not seen here; only a digest of each record would.
    """
    whole, chance, found = full.read_bytes(), random.Random(5), 0
    for _ in range(FLIPS):
        place = chance.randrange(len(whole))
        full.write_bytes(whole)
        patched(full, place, bytes([whole[place] ^ chance.randrange(1, 256)]))
        before = look(full.parent)
        try:
            with Store(full) as store:
                _read_all(store)
        except DataFileError:
            assert look(full.parent) == before
            found += 1
    assert found > FLIPS / 6  # the rest hits empty pages, or text that stays text


def _read_all(store: Store) -> None:
    for read in (store.dossier, store.frameworks, store.edits, store.undo_label, store.redo_label):
        with suppress(DamagedDataFile):  # history is read when it is asked for
            read()


def test_header_that_promises_nothing_valid(full: Path):
    patched(full, 92, struct.pack(">I", 0))
    with Store(full) as store:
        assert store.dossier().office.name == "ตัวอย่าง"


def test_page_size_of_64_k(full: Path):
    change(full, "PRAGMA page_size = 65536", "VACUUM")
    whole = full.read_bytes()
    assert opening.size_in_header(whole[:100]) == len(whole)
    full.write_bytes(whole[:-1])
    refused(full, DamagedDataFile)


# --- held, guarded, unreadable ---------------------------------------------------------------


def test_held_by_another_window(full: Path):
    child = start_child("hold", full)
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == "held\n"
        refused(full, LockedDataFile)
    finally:
        kill(child)
    with Store(full) as store:
        assert store.dossier().office.name == "ตัวอย่าง"


@pytest.mark.parametrize("begin", ["BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"])
def test_held_by_another_program(full: Path, begin: str):
    with closing(sqlite3.connect(full, isolation_level=None)) as other:
        other.execute(begin)
        refused(full, LockedDataFile)


def test_second_opening_in_the_same_program_keeps_the_lock(full: Path):
    """A handle closed anywhere in a process drops its locks, so the second must not even look."""
    link = full.with_name("link.ita")
    link.symlink_to(full)
    with Store(full) as store:
        for path in (full, link):
            with pytest.raises(LockedDataFile):
                Store(path)
        child = start_child("hold", full)
        assert "LockedDataFile" in child.communicate()[1]
        store.set_office("name", "ยังเขียนได้")
    with Store(link) as store:
        assert store.dossier().office.name == "ยังเขียนได้"


def test_two_at_once_one_gets_it(full: Path):
    at = time.time() + TOGETHER
    children = [start_child("hold", full, at) for _ in range(3)]
    try:
        held = 0
        for child in children:
            assert child.stdout is not None
            held += child.stdout.readline() == "held\n"
        assert held == 1
    finally:
        for child in children:
            kill(child)


def test_read_only_by_mode(full: Path):
    full.chmod(0o444)
    refused(full, ReadOnlyDataFile)


@pytest.mark.parametrize("guarded", ["file", "folder"])
def test_read_only_by_the_system(full: Path, guarded: str, monkeypatch: pytest.MonkeyPatch):
    place = full if guarded == "file" else full.parent
    monkeypatch.setattr(opening.os, "access", lambda path, mode: path != place)
    refused(full, ReadOnlyDataFile)


def test_opened_for_reading_only_without_a_word(full: Path, monkeypatch: pytest.MonkeyPatch):
    """SQLite falls back to reading when the system refuses writing, if only for a moment."""
    monkeypatch.setattr("db.opening._uri", lambda path: f"{path.resolve().as_uri()}?mode=ro")
    refused(full, ReadOnlyDataFile)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (PermissionError(13, "x"), UnreadableDataFile),
        (OSError(5, "x"), UnreadableDataFile),
        (OSError(99, "x"), UnreadableDataFile),
        (NotADirectoryError(20, "x"), MissingDataFile),
    ],
)
def test_unreadable(
    full: Path, error: OSError, kind: type[DataFileError], monkeypatch: pytest.MonkeyPatch
):
    def fail(*_: object) -> None:
        raise error

    before = look(full.parent)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", fail)
        with pytest.raises(kind):
            opening.open_data_file(full)
    assert look(full.parent) == before


def test_held_on_windows(tmp_path: Path):
    error = PermissionError(13, "sharing violation")
    error.winerror = 32  # type: ignore[attr-defined]
    assert isinstance(why_not_looked_at(error, tmp_path), LockedDataFile)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_BUSY, LockedDataFile),
        (sqlite3.SQLITE_READONLY_DIRECTORY, ReadOnlyDataFile),
        (sqlite3.SQLITE_CANTOPEN, ReadOnlyDataFile),
        (sqlite3.SQLITE_IOERR_READ, UnreadableDataFile),
        (sqlite3.SQLITE_NOTADB, DamagedDataFile),
    ],
)
def test_sqlite_refuses_to_connect(
    full: Path, code: int, kind: type[DataFileError], monkeypatch: pytest.MonkeyPatch
):
    def fail(*_: object, **__: object) -> None:
        error = sqlite3.OperationalError("no")
        error.sqlite_errorcode = code
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(opening.sqlite3, "connect", fail)
        refused(full, kind)


def test_setting_that_does_not_take(full: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(opening._BEFORE_LOCK, "foreign_keys", ("OFF", 1))
    assert "foreign_keys = 0" in str(refused(full, UnsafeDataFile))


# --- an interrupted save ---------------------------------------------------------------------


def interrupted(path: Path, journal_mode: str) -> bytes:
    """Kill a program in the middle of an edit; returns the file as it was before."""
    before = path.read_bytes()
    child = start_child("half", path, journal_mode)
    assert child.stdout is not None
    assert child.stdout.readline() == "half\n"
    kill(child)
    assert path.read_bytes() != before, "the edit was too small to reach the file"
    return before


def test_interrupted_save_is_rolled_back(full: Path):
    rows = tables(full)
    before = interrupted(full, "TRUNCATE")
    assert opening.journal_of(full).stat().st_size > 0
    with Store(full) as store:
        assert store.dossier().office.name == "ตัวอย่าง"
    assert tables(full) == rows
    assert full.read_bytes()[100:] == before[100:]
    assert [each.name for each in full.parent.iterdir()] == [full.name]


def test_interrupted_save_without_journal_is_noticed(full: Path):
    """The control: the same kill with the journal in memory leaves a half edit."""
    rows = tables(full)
    interrupted(full, "MEMORY")
    try:
        Store(full).close()
    except DamagedDataFile:
        return
    assert tables(full) != rows


def test_interrupted_file_of_a_newer_program_is_left_alone(full: Path):
    interrupted(full, "TRUNCATE")
    patched(full, 60, struct.pack(">I", SCHEMA_VERSION + 1))
    refused(full, NewerDataFile)


# --- opened ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["หน่วย งาน.ita", "a#b?c%20d&mode=ro.ita", "100%.ita", "“คำพูด”.ita", "ไม่มีนามสกุล", "~$x.ita"],
)
def test_any_name(tmp_path: Path, name: str):
    folder = tmp_path / f"โฟลเดอร์ {name}"
    folder.mkdir()
    with Store.create(folder / name) as store:
        store.set_office("name", "ก")
    with Store(folder / name) as store:
        assert store.dossier().office.name == "ก"
    assert [each.name for each in folder.iterdir()] == [name]


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_name_that_is_no_text(tmp_path: Path):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.ita"))
    with Store.create(path) as store:
        store.set_office("name", "ก")
    assert path.exists()


def test_opening_and_closing_change_no_byte(full: Path):
    before = look(full.parent)
    with Store(full) as store:
        store.dossier()
    assert look(full.parent) == before


def test_settings_hold_on_every_connection(full: Path):
    for _ in range(2):
        with Store(full) as store:
            for name, (_, expected) in opening.SETTINGS.items():
                assert store._database.conn.execute(f"PRAGMA {name}").fetchone() == (expected,)
            assert store._database.conn.isolation_level is None
            assert store._database._tracer is None


def test_settings_are_those_of_the_promise():
    assert {name: expected for name, (_, expected) in opening.SETTINGS.items()} == {
        "journal_mode": "truncate",
        "synchronous": 2,
        "locking_mode": "exclusive",
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "secure_delete": 1,
        "mmap_size": 0,
    }


def test_empty_journal_goes_with_the_program(path: Path):
    with Store(path) as store:
        store.set_office("name", "ก")
        assert opening.journal_of(path).exists()
    assert not opening.journal_of(path).exists()


def test_journal_with_content_is_never_taken_away(path: Path):
    with Store(path) as store:
        store.set_office("name", "ก")
        opening.journal_of(path).write_bytes(b"\xd9" * 600)
    assert opening.journal_of(path).stat().st_size == 600
    with Store(path) as store:
        assert store.dossier().office.name == "ก"


# --- upgrading -------------------------------------------------------------------------------


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Migration], None]]:
    """Make a program with two migrations more; the last one is given."""

    def extend(last: Migration) -> None:
        newer = Migrations("ita_desktop")
        newer(name="0001_first")(first)
        newer(name="0002_papers")(papers)
        newer(name="0003_set_aside")(set_aside)
        newer(name="0004_seals")(seals)

        @newer(name="0005_note")
        def note(database: Database) -> None:
            database.execute("CREATE TABLE note (id INTEGER PRIMARY KEY) STRICT")
            database.execute("PRAGMA user_version = 5")

        newer(name="0006_last")(last)
        monkeypatch.setattr(opening, "migrations", newer)
        monkeypatch.setattr(opening, "SCHEMA_VERSION", 6)
        opening._migration_names.cache_clear()
        opening._expected_objects.cache_clear()

    yield extend
    opening._migration_names.cache_clear()
    opening._expected_objects.cache_clear()


def test_upgrade(full: Path, next_version: Callable[..., None]):
    def last(database: Database) -> None:
        database.execute("ALTER TABLE note ADD COLUMN text TEXT NOT NULL DEFAULT ''")
        database.execute("PRAGMA user_version = 6")

    rows = tables(full)
    next_version(last)
    for _ in range(2):
        with Store(full) as store:
            assert store.dossier().office.name == "ตัวอย่าง"
    after = tables(full)
    assert after.pop("note") == []
    applied = {"_sqlite_migrations", "seal"}
    assert len(after.pop("_sqlite_migrations")) == 6
    assert len(after.pop("seal")) == len(rows["seal"]) + 2
    assert after == {name: found for name, found in rows.items() if name not in applied}


def test_failed_upgrade_leaves_all_as_it_was(full: Path, next_version: Callable[..., None]):
    def last(database: Database) -> None:
        database.execute("DROP TABLE score")
        database.execute("INSERT INTO nowhere VALUES (1)")

    rows = tables(full)
    next_version(last)
    with pytest.raises(UpgradeFailed):
        Store(full)
    assert tables(full) == rows
    with closing(sqlite3.connect(full)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)


# --- creating --------------------------------------------------------------------------------


def test_new_file_is_ours_alone(tmp_path: Path):
    path = tmp_path / "ใหม่.ita"
    opening.create_data_file(path)
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    assert struct.unpack_from(">I", path.read_bytes(), 68) == (APPLICATION_ID,)
    if os.name != "nt":
        assert path.stat().st_mode & 0o777 == 0o600


def test_never_over_an_existing_file(full: Path):
    before = look(full.parent)
    with pytest.raises(ExistingFile):
        Store.create(full)
    full.with_name("link.ita").symlink_to("nowhere.ita")
    for name in (full.name, "link.ita"):
        with pytest.raises(ExistingFile):
            opening.create_data_file(full.with_name(name))
    assert look(full.parent) == before


@pytest.mark.parametrize("hard_links", [True, False])
def test_file_that_appears_meanwhile_stays(
    tmp_path: Path, hard_links: bool, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "ใหม่.ita"
    fill_file = opening._fill

    def meanwhile(growing: Path) -> None:
        fill_file(growing)
        path.write_text("somebody else's")

    monkeypatch.setattr(opening, "_fill", meanwhile)
    if not hard_links:
        monkeypatch.setattr(copying.os, "link", no_hard_links)
    with pytest.raises(ExistingFile):
        opening.create_data_file(path)
    assert {name: content for name, (content, _) in look(tmp_path).items()} == {
        path.name: b"somebody else's"
    }


def no_hard_links(*_: object) -> None:
    raise OSError(95, "not supported")


def test_on_a_medium_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(copying.os, "link", no_hard_links)
    with Store.create(tmp_path / "ใหม่.ita") as store:
        assert store.edits() == []
    assert [each.name for each in tmp_path.iterdir()] == ["ใหม่.ita"]


@pytest.mark.parametrize(
    ("name", "words"),
    [("ไม่มี/ใหม่.ita", "ไม่พบโฟลเดอร์"), ("ก" * 300, "ชื่อแฟ้มยาวเกินไป"), ("a\0b", "ระบบไม่ยอมให้ทำ")],
)
def test_name_that_can_not_be(tmp_path: Path, name: str, words: str):
    with pytest.raises(CreateFailed, match=words):
        opening.create_data_file(tmp_path / name)
    assert look(tmp_path) == {}


@pytest.mark.parametrize(
    ("error", "words"),
    [(OSError(28, "no space"), "เต็ม"), (PermissionError(13, "no"), "ไม่มีสิทธิ์"), (None, "เต็ม")],
)
def test_failed_creation_leaves_nothing(
    tmp_path: Path, error: OSError | None, words: str, monkeypatch: pytest.MonkeyPatch
):
    def fail(growing: Path) -> None:
        shutil.copy(__file__, growing)
        opening.journal_of(growing).write_text("rest")
        if error is not None:
            raise error
        full = sqlite3.OperationalError("database or disk is full")
        full.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise full

    monkeypatch.setattr(opening, "_fill", fail)
    with pytest.raises(CreateFailed, match=words):
        opening.create_data_file(tmp_path / "ใหม่.ita")
    assert look(tmp_path) == {}


def test_folder_that_can_not_be_synced(tmp_path: Path):
    copying.sync_folder(tmp_path / "nowhere")


def test_every_sentence_says_what_to_do():
    kinds = [each for each in vars(import_module("db.errors")).values() if isinstance(each, type)]
    sentences = [k.sentence for k in kinds if issubclass(k, DataFileError)]
    assert len(set(sentences)) == len(sentences) == 21
    assert all("โปรด" in sentence and "{name}" in sentence for sentence in sentences)
