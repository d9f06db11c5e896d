"""Checking a file finds what was changed in it; opening never takes a damaged one for whole."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import struct
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from db.doctor import as_data, examine, examine_open
from db.errors import (
    DamagedDataFile,
    DataFileError,
    EmptyDataFile,
    ExistingFile,
    LockedDataFile,
    MissingDataFile,
    NewerDataFile,
    NotADataFile,
    RescueFailed,
)
from db.migrations import SCHEMA_VERSION
from db.opening import journal_of
from db.rescue import rescue, ways_out
from db.store import Store
from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.measures import MeasureKind
from tests.db.matter import ALL_PARTS, FULL, change, fill, kill, look, start_child
from tests.db.test_backup import everything, make

FLIPS = int(os.environ.get("ITA_SEAL_FLIPS", "100"))
DAMAGES = int(os.environ.get("ITA_DAMAGES", "120"))
FOUND_AT_LEAST = 0.999
FILES = Path(__file__).parent / "files"


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A whole data file with all kinds of rows, and a history worth the name."""
    path = tmp_path_factory.mktemp("full") / "full.ita"
    with Store.create(path) as store:
        fill(store)
        for number in range(30):
            store.add_measure(2570, MeasureKind.MEASURE, title=f"มาตรการ {number} " * 12)
            store.set_office("address", f"{number} หมู่ {number}")
        for number in range(5, 11):
            store.set_measure(number, steps="๑) วาง\n๒) ทำ " * 20)
    return path.read_bytes()


@pytest.fixture
def full(tmp_path: Path, content: bytes) -> Path:
    """A closed data file full of rows."""
    path = tmp_path / "หน่วยงาน.ita"
    path.write_bytes(content)
    return path


def dump(path: Path) -> Any:
    """Every value of every table as SQLite gives it; how it fails, when it does.

    Its own list of the last ids is no value of ours.
    """
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)) as connection:
            names = connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'sqlite_sequence'"
            ).fetchall()
            return {
                name: connection.execute(f'SELECT * FROM "{name}" ORDER BY 1, 2').fetchall()
                for (name,) in names
            }
    except (sqlite3.Error, UnicodeDecodeError) as error:
        return str(error)


def quick_check(path: Path) -> bool:
    """SQLite's own check: whether it finds anything."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)) as connection:
            return connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",)
    except (sqlite3.Error, UnicodeDecodeError):
        return True


# --- seals -----------------------------------------------------------------------------------


def test_whole_file(full: Path):
    before = look(full.parent)
    assert examine(full) == ()
    assert look(full.parent) == before
    assert as_data(()) == {"healthy": True, "count": 0, "problems": []}


def test_every_way_of_writing_seals(path: Path):
    with Store(path) as store:
        fill(store)
        store.take_in(FULL, ALL_PARTS)
        first = store.dossier().measures[2569][0].id
        store.set_progress(first, Round.TWELVE, result="ก")
        store.move_row("measure", first, 1)
        store.duplicate_measure(first)
        store.delete_measure(first)
        for _ in range(4):
            store.undo()
        store.redo()
        store.set_office("name", "จบ", merge="ครั้งเดียว")
        store.set_office("name", "จบแล้ว", merge="ครั้งเดียว")
        store.keep_score_draft(2568, "i1", "x")
        store.keep_score_draft(2568, "i1", "")
        assert examine_open(store) == ()
    assert examine(path) == ()


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE score SET value = '94.59' WHERE code = 'i1'", "คะแนน ปี 2568 i1 ไม่ตรง"),
        ("UPDATE measure SET title = title || ' ' WHERE id = 3", "มาตรการ 3 ไม่ตรง"),
        ("UPDATE edit SET label = 'x' WHERE id = 2", "ประวัติการแก้ไข 2 ไม่ตรง"),
        ("DELETE FROM division WHERE id = 1", "กอง/สำนัก 1 หายไป"),
        ("INSERT INTO division VALUES (77, 1, 'ก')", "กอง/สำนัก 77 ไม่ได้บันทึก"),
        ("DELETE FROM picture", "ของภาพ 1 “ภาพ ก” หายไป"),
        ("UPDATE picture SET content = x'01'", "ไม่ตรงกับที่บันทึกไว้"),
        ("UPDATE _sqlite_migrations SET applied_at = '' WHERE id = 1", "รุ่นของแฟ้ม 1 ไม่ตรง"),
        ("UPDATE seal SET digest = zeroblob(16) WHERE name = 'office'", "ข้อมูลหน่วยงาน ไม่ตรง"),
        ("DELETE FROM seal WHERE name = 'person'", "ไม่ได้บันทึกโดยโปรแกรม"),
        ("DROP INDEX edit_by_state", "โครงสร้าง"),
        ("DELETE FROM person", "อ้างถึง"),
    ],
)
def test_what_another_hand_has_changed(full: Path, statement: str, words: str):
    change(full, statement)
    found = examine(full)
    assert any(words in problem.sentence for problem in found), found
    data = json.loads(json.dumps(as_data(found)))
    assert data["count"] == len(found) and not data["healthy"]


def test_flipped_values_are_found(full: Path, content: bytes):
    """Single bits anywhere in the file: wherever a value is another one now, it is told."""
    before, chance = dump(full), random.Random(11)
    changed = found = by_sqlite = 0
    while changed < FLIPS:
        place, bit = chance.randrange(len(content)), 1 << chance.randrange(8)
        with full.open("r+b") as file:
            file.seek(place)
            file.write(bytes([content[place] ^ bit]))
        if dump(full) != before:
            changed += 1
            by_sqlite += quick_check(full)
            try:
                found += bool(examine(full))
            except DataFileError:
                found += 1
        with full.open("r+b") as file:
            file.seek(place)
            file.write(content[place : place + 1])
    assert found / changed >= FOUND_AT_LEAST, f"{found} of {changed}"
    assert by_sqlite / changed < 0.5, "the control: SQLite alone misses most of them"


# --- never opened quietly --------------------------------------------------------------------


def damaged(content: bytes, number: int, chance: random.Random) -> bytes:
    """A file that is not what it was: one of seven kinds."""
    place = chance.randrange(len(content))
    page = place - place % 4096
    match number % 7:
        case 0:
            return content[:place]
        case 1:
            return content[:page] + bytes(4096) + content[page + 4096 :]
        case 2:
            flip = bytes([content[place] ^ (1 << chance.randrange(8))])
            return content[:place] + flip + content[place + 1 :]
        case 3:
            return bytes(chance.choice([0, 1, 4096, len(content)]))
        case 4:
            return chance.randbytes(place + 1)
        case 5:
            newer = SCHEMA_VERSION + 1 + chance.randrange(1000)
            return content[:60] + struct.pack(">I", newer) + content[64:]
    other = chance.randrange(len(content) // 4096) * 4096
    return content[:page] + content[other : other + 4096] + content[page + 4096 :]


def test_damaged_and_foreign_files_are_never_opened_quietly(full: Path, content: bytes):
    """Refused untouched, or opened with every record of the office as it was."""
    chance = random.Random(7)
    with Store(full) as store:
        before: Dossier = store.dossier()
    refused = 0
    for number in range(DAMAGES):
        full.write_bytes(damaged(content, number, chance))
        untouched = look(full.parent)
        try:
            with Store(full) as store:
                assert store.dossier() == before, number
        except DataFileError:
            refused += 1
            assert look(full.parent) == untouched, number
    assert refused > DAMAGES * 0.7
    full.unlink()
    with pytest.raises(MissingDataFile):
        Store(full)
    assert not full.exists()


def test_opening_tells_a_changed_letter(full: Path, content: bytes):
    full.write_bytes(content.replace("สมชาย".encode(), "สมชาง".encode()))
    before = look(full.parent)
    with pytest.raises(DamagedDataFile):
        Store(full)
    assert look(full.parent) == before


@pytest.mark.parametrize(
    ("spoilt", "kind"),
    [
        (b"", EmptyDataFile),
        (b"PK\x03\x04" * 100, NotADataFile),
    ],
)
def test_examining_what_is_no_data_file(tmp_path: Path, spoilt: bytes, kind: type[DataFileError]):
    path = tmp_path / "x.ita"
    path.write_bytes(spoilt)
    with pytest.raises(kind):
        examine(path)
    with pytest.raises(MissingDataFile):
        examine(tmp_path / "ไม่มี.ita")
    with pytest.raises(NotADataFile):
        examine(tmp_path)


def test_examining_a_newer_or_open_file(full: Path):
    with Store(full), pytest.raises(LockedDataFile):
        examine(full)
    child = start_child("hold", full)
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    try:
        with pytest.raises(LockedDataFile):
            examine(full)
    finally:
        kill(child)
    change(full, f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    with pytest.raises(NewerDataFile):
        examine(full)


def test_examining_an_interrupted_file_touches_nothing(full: Path):
    child = start_child("half", full, "TRUNCATE")
    assert child.stdout is not None
    assert child.stdout.readline() == "half\n"
    kill(child)
    assert journal_of(full).stat().st_size > 0
    before = look(full.parent)
    assert examine(full) == ()
    assert look(full.parent) == before


@pytest.mark.parametrize("version", [1, 2, 3])
def test_examining_an_earlier_schema(tmp_path: Path, version: int):
    path = tmp_path / "เก่า.ita"
    shutil.copyfile(FILES / f"schema-{version}.ita", path)
    assert examine(path) == ()
    change(path, "PRAGMA foreign_keys = OFF", "DELETE FROM measure")
    assert examine(path) != ()


# --- rescue ----------------------------------------------------------------------------------


def rescued(path: Path, like: Path | None = None) -> tuple[Any, Dossier]:
    """Rescue into a new file; the old one and its folder stay as they are."""
    to = path.with_name("กู้.ita")
    to.unlink(missing_ok=True)
    before = everything(path.parent)
    found = rescue(path, to, like)
    after = everything(path.parent)
    assert {name: after[name] for name in before} == before
    assert after.keys() - before.keys() == {to.name}
    assert {problem.how for problem in examine(to)} <= {"file"}, "a photo's file may be lost"
    with Store(to) as store:
        return found, store.dossier()


def test_whole_file_comes_over_whole(full: Path):
    with Store(full) as store:
        before, label = store.dossier(), store.undo_label()
    found, dossier = rescued(full)
    assert (found.lost, found.doubtful) == ((), ())
    assert dossier == before
    with Store(found.path) as store:
        assert store.undo_label() == label
        assert store.undo() is not None


def test_any_page_lost_and_every_record_comes_back(full: Path, content: bytes):
    """From the rest of the file, from its history, or from the back-up: proved by the seals."""
    with Store(full) as store:
        before = store.dossier()
        made = make(store)
    whole = 0
    pages = random.Random(4).sample(range(len(content) // 4096), 10)
    for page in sorted({*pages, 0}):
        full.write_bytes(content[: page * 4096] + bytes(4096) + content[page * 4096 + 4096 :])
        found, dossier = rescued(full, made.path)
        assert dossier == before, (page, found)
        whole += not found.doubtful
    assert whole == len({*pages, 0})


def test_without_a_back_up_most_comes_back(full: Path, content: bytes):
    with Store(full) as store:
        before = store.dossier()
    alike = 0
    pages = range(0, len(content) // 4096, 4)
    for page in pages:
        full.write_bytes(content[: page * 4096] + bytes(4096) + content[page * 4096 + 4096 :])
        with suppress(RescueFailed):
            found, dossier = rescued(full)
            alike += dossier == before
            assert dossier == before or found.lost or found.doubtful, page
    assert alike > len(pages) * 0.7


def test_changed_letter_is_put_right_from_the_history(full: Path, content: bytes):
    title = "มาตรการ 7 " * 3
    wrong = title.replace("7", "9")
    place = content.rindex(title.encode())  # the record; the history wrote it first
    full.write_bytes(content[:place] + wrong.encode() + content[place + len(title.encode()) :])
    found, dossier = rescued(full)
    assert [m.title for m in dossier.measures[2570]][7] == "มาตรการ 7 " * 12
    assert found.doubtful == () or "มาตรการ" not in "".join(found.doubtful)


def test_what_nobody_knows_is_told(full: Path):
    """Of an office that never typed its history: what is lost is named in Thai."""
    change(
        full,
        "DELETE FROM edit",
        "DELETE FROM seal WHERE name = 'edit'",
        "PRAGMA foreign_keys = OFF",
        "DELETE FROM measure WHERE id = 1",
        "UPDATE person SET position = 'อื่น' WHERE id = 1",
        "DELETE FROM picture",
    )
    found, dossier = rescued(full)
    assert "มาตรการ 1" in found.lost
    assert any("ตัวภาพ" in line for line in found.lost)
    assert any("สมชาย" in line for line in found.doubtful)
    kept = {m.id: m for m in dossier.measures[2570] + dossier.measures[2569]}
    assert kept[1].progress[Round.SIX].result.startswith("อบรมแล้ว"), "its progress is not lost"
    assert dossier.people[0].position == "อื่น"


def test_cut_file(full: Path, content: bytes):
    with Store(full) as store:
        made = make(store)
        before = store.dossier()
    full.write_bytes(content[: len(content) // 2])
    found, dossier = rescued(full, made.path)
    assert dossier.people == before.people
    assert found.kept > 30


@pytest.mark.parametrize("spoilt", [b"", bytes(9000), b"nothing of ours" * 1000])
def test_nothing_to_rescue(tmp_path: Path, spoilt: bytes):
    path = tmp_path / "x.ita"
    path.write_bytes(spoilt)
    with pytest.raises(RescueFailed):
        rescue(path, tmp_path / "y.ita")
    assert [each.name for each in tmp_path.iterdir()] == ["x.ita"]


def test_rescue_never_overwrites(full: Path, tmp_path: Path):
    other = tmp_path / "อื่น.ita"
    other.write_text("somebody's")
    with pytest.raises(ExistingFile):
        rescue(full, other)
    assert other.read_text() == "somebody's"
    with pytest.raises(RescueFailed):
        rescue(full, tmp_path / "ไม่มี" / "x.ita")


def test_rescue_of_an_open_file(full: Path, tmp_path: Path):
    with Store(full) as store:
        with pytest.raises(LockedDataFile):
            rescue(full, tmp_path / "x.ita")
        store.set_office("name", "ยังเขียนได้")


# --- ways out --------------------------------------------------------------------------------


def test_ways_out_of_a_damaged_file(full: Path):
    with Store(full) as store:
        made = make(store)
        store.add_division("หลังสำรอง")
    content = full.read_bytes()
    place = content.index("หลังสำรอง".encode())
    page = content.rindex("สมชาย".encode()) // 4096
    full.write_bytes(content[: page * 4096] + bytes(4096) + content[page * 4096 + 4096 :])
    with pytest.raises(DamagedDataFile):
        Store(full)
    before = everything(full.parent)
    ways = ways_out(full)
    assert everything(full.parent) == before
    assert ways.newest == made and ways.rescuable
    assert any("กอง/สำนัก: จะหายไป 1" in line for line in ways.loses.lines), (place, ways)


def test_ways_out_of_nothing(tmp_path: Path):
    ways = ways_out(tmp_path / "ไม่มี.ita")
    assert (ways.newest, ways.rescuable, ways.loses.lines) == (None, False, ())
