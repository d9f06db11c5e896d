"""Disks that refuse: what is told, what stands in the file, what comes after."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from db.errors import DamagedDataFile, RefusedEdit, UnreadableDataFile, WriteFailed
from db.store import Notice, Store
from tests.db.matter import ALL_PARTS, FULL, fill

Action = Callable[[Store], object]
CHANGED = replace(FULL, office=replace(FULL.office, name="นำเข้า"))
"""What is imported must differ from what is there: the same again is no edit."""
ACTIONS: dict[str, Action] = {
    "edit": lambda s: s.set_office("name", "ใหม่"),
    "merged": lambda s: s.set_office("district", "ใหม่", merge="visit"),
    "import": lambda s: s.take_in(CHANGED, ALL_PARTS),
    "undo": lambda s: s.undo(),
    "redo": lambda s: s.redo(),
    "remembered": lambda s: s.keep("measure_year", "2570"),
    "draft": lambda s: s.keep_score_draft(2568, "i1", "x"),
}
VISIBLY_ALIKE = ("import", "undo", "remembered", "draft")
HAS_MARK = ("edit", "merged", "import", "undo", "redo")


class Faulty:
    """A connection whose statements can be made to fail, before or after they were done."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._real = connection
        self.fails: Mapping[str, sqlite3.Error] = {}
        self.done_first = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        said = sql.upper()
        error = next((e for start, e in self.fails.items() if said.startswith(start.upper())), None)
        if error is None:
            return self._real.execute(sql, *values)
        if self.done_first:
            self._real.execute(sql, *values)
        raise error


def disk_error(code: int = sqlite3.SQLITE_IOERR_FSYNC) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = code
    return error


@pytest.fixture
def faulty(store: Store) -> Faulty:
    """The open store's connection, with something to undo, to redo and to go on typing in."""
    fill(store)
    store.set_office("district", "ก")
    store.undo()
    connection = Faulty(store._database.conn)
    store._database.conn = connection  # type: ignore[assignment]
    return connection


@pytest.mark.parametrize("name", ACTIONS)
def test_refused_write_is_told_and_leaves_all_as_it_was(store: Store, faulty: Faulty, name: str):
    before, labels = store.dossier(), (store.undo_label(), store.redo_label())
    heard: list[Notice] = []
    store.subscribe(heard.append)
    faulty.fails = {"COMMIT": disk_error()}
    with pytest.raises(WriteFailed, match="อ่านหรือเขียนที่เก็บข้อมูลไม่ได้"):
        ACTIONS[name](store)
    faulty.fails = {}
    assert (store.dossier(), heard) == (before, [])
    assert (store.undo_label(), store.redo_label()) == labels
    ACTIONS[name](store)
    assert store.dossier() != before or name in VISIBLY_ALIKE


@pytest.mark.parametrize("name", HAS_MARK)
def test_write_that_stands_in_spite_of_an_error_is_no_failure(
    store: Store, faulty: Faulty, name: str
):
    heard: list[Notice] = []
    store.subscribe(heard.append)
    if name == "merged":
        store.set_office("district", "ให", merge="visit")
    faulty.fails, faulty.done_first = {"COMMIT": disk_error()}, True
    ACTIONS[name](store)
    faulty.fails = {}
    shown = store.dossier()
    assert heard
    store._parts.clear()
    assert store.dossier() == shown


def test_when_even_reading_fails_it_counts_as_failed(store: Store, faulty: Faulty):
    faulty.fails = {"COMMIT": disk_error(), 'SELECT * FROM "edit"': disk_error()}
    faulty.done_first = True
    with pytest.raises(WriteFailed):
        store.set_office("name", "ใหม่")


def test_typing_back_with_a_failing_disk(store: Store, faulty: Faulty):
    store.set_office("website", "ก", merge="visit")
    faulty.fails = {"COMMIT": disk_error()}
    with pytest.raises(WriteFailed):
        store.set_office("website", "", merge="visit")
    faulty.fails = {}
    assert store.dossier().office.website == "ก"


def test_failing_rollback_does_not_hide_the_reason(store: Store, faulty: Faulty):
    faulty.fails = {
        "COMMIT": disk_error(sqlite3.SQLITE_FULL),
        "ROLLBACK": disk_error(sqlite3.SQLITE_IOERR),
    }
    with pytest.raises(WriteFailed, match="เต็ม"):
        store.set_office("name", "ใหม่")


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (disk_error(sqlite3.SQLITE_READONLY_DBMOVED), WriteFailed),
        (disk_error(sqlite3.SQLITE_BUSY), WriteFailed),
        (disk_error(sqlite3.SQLITE_CORRUPT_INDEX), DamagedDataFile),
        (sqlite3.OperationalError("unknown"), WriteFailed),
        (disk_error(sqlite3.SQLITE_ERROR), sqlite3.OperationalError),
        (sqlite3.DataError("string or blob too big"), RefusedEdit),
        (sqlite3.ProgrammingError("closed"), sqlite3.ProgrammingError),
    ],
)
def test_each_error_has_its_name(
    store: Store, faulty: Faulty, error: sqlite3.Error, kind: type[Exception]
):
    faulty.fails = {"UPDATE": error}
    with pytest.raises(kind) as caught:
        store.set_office("name", "ใหม่")
    assert type(caught.value) is kind


def test_broken_letters_met_while_writing(store: Store, faulty: Faulty):
    with pytest.raises(DamagedDataFile), store.edit("ก", "office"):
        b"\xe0".decode()


@pytest.mark.parametrize("read", ["dossier", "edits", "frameworks", "undo_label", "redo_label"])
def test_medium_that_fails_while_reading(store: Store, faulty: Faulty, read: str):
    store._parts.clear()
    faulty.fails = {"SELECT": disk_error(sqlite3.SQLITE_IOERR_READ)}
    with pytest.raises(UnreadableDataFile):
        getattr(store, read)()


@pytest.mark.parametrize("name", [name for name in ACTIONS if name not in ("undo", "redo")])
def test_full_disk(store: Store, name: str):
    """SQLite's own refusal: the file may not grow by a page."""
    fill(store)
    before = store.dossier()
    connection = store._database.conn
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")
    long = "ก" * 200_000
    with pytest.raises(WriteFailed, match="เต็ม"):
        store.set_office("name", long)
    with pytest.raises(WriteFailed, match="เต็ม"):
        store.keep("measure_year", long)
    assert store.dossier() == before
    connection.execute("PRAGMA max_page_count = 100000")
    ACTIONS[name](store)


def test_file_taken_away_while_open(store: Store, path: Path):
    store.set_office("name", "ก")
    moved = path.rename(path.with_name("moved.ita"))
    for action in (action for name, action in ACTIONS.items() if name != "redo"):
        with pytest.raises(WriteFailed, match="ถูกย้าย"):
            action(store)
    path.write_bytes(moved.read_bytes())  # a copy in its place is another file
    with pytest.raises(WriteFailed, match="ถูกย้าย"):
        store.set_office("name", "ข")
    moved.replace(path)
    store.set_office("name", "ค")
    assert store.dossier().office.name == "ค"


def test_closing_a_broken_file_raises_nothing(path: Path):
    store = Store(path)
    store.set_office("name", "ก")
    connection = Faulty(store._database.conn)
    store._database.conn = connection  # type: ignore[assignment]
    connection.fails = {"PRAGMA": disk_error()}
    store.close()
    with Store(path) as store:
        assert store.dossier().office.name == "ก"
