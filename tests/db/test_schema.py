"""The tables of the data file, and files of every schema version so far."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from db.migrations import APPLICATION_ID, SCHEMA_VERSION, migrations
from db.opening import _migration_names
from db.store import AREAS, Store
from tests.db.matter import FULL, FULL_1, FULL_2, FULL_3, fill, settled, tables

FILES = Path(__file__).parent / "files"
VERSIONS = range(1, SCHEMA_VERSION + 1)
SMALL_TABLES = {"chain_link"}
"""Tables of a dozen rows: an index on their foreign keys would cost more than it saves."""


@pytest.fixture
def connection(path: Path) -> Iterator[sqlite3.Connection]:
    """A new data file, seen by plain SQLite."""
    with closing(sqlite3.connect(path)) as opened:
        yield opened


def test_every_table_is_strict(connection: sqlite3.Connection):
    found = {row[1]: row[5] for row in connection.execute("PRAGMA table_list")}
    found = {name: strict for name, strict in found.items() if not name.startswith("sqlite_")}
    assert len(found) == 23
    assert not [name for name, strict in found.items() if not strict]


def test_every_table_has_an_area(connection: sqlite3.Connection):
    rows = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
    ours = {name for (name,) in rows if not name.startswith(("sqlite_", "_"))}
    assert ours - {"edit", "picture", "seal"} == set(AREAS)


def test_foreign_keys_are_deferred_silent_and_indexed(connection: sqlite3.Connection):
    checked = 0
    for table in AREAS:
        first_columns = _indexed(connection, table)
        for key in connection.execute(f"PRAGMA foreign_key_list({table})"):
            column, on_update, on_delete = key[3], key[5], key[6]
            assert (on_update, on_delete) == ("NO ACTION", "NO ACTION"), table
            assert table in SMALL_TABLES or column in first_columns, (table, column)
            (sql,) = connection.execute(
                "SELECT sql FROM sqlite_schema WHERE name = ?", [table]
            ).fetchone()
            assert "DEFERRABLE INITIALLY DEFERRED" in sql
            checked += 1
    assert checked == 4


def _indexed(connection: sqlite3.Connection, table: str) -> set[str]:
    """Columns that some index of the table begins with."""
    names = [row[1] for row in connection.execute(f"PRAGMA index_list({table})")]
    return {connection.execute(f"PRAGMA index_info({name})").fetchone()[2] for name in names}


def test_version_and_mark(connection: sqlite3.Connection):
    assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    assert len(_migration_names()) == SCHEMA_VERSION
    assert repr(migrations).count("00") == SCHEMA_VERSION


def test_names_of_migrations_count_up():
    numbers = [int(name[:4]) for name in _migration_names()]
    assert numbers == list(VERSIONS)


@pytest.mark.parametrize(
    "value", ["1x.00", "101.00", "1.0", "100.01", "-1.00", "01.00", "1e5.00", "", "๑.๐๐", "nan"]
)
def test_score_column_takes_scores_only(connection: sqlite3.Connection, value: str):
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute("INSERT INTO score VALUES (2568, 'i1', ?)", [value])


@pytest.mark.parametrize("value", ["0.00", "9.99", "10.00", "99.99", "100.00"])
def test_score_column_takes_every_score(connection: sqlite3.Connection, value: str):
    connection.execute("INSERT INTO score VALUES (2568, 'i1', ?)", [value])


# --- files of earlier versions ---------------------------------------------------------------


def write_schema_file(folder: Path) -> None:
    """Write a full file of the present schema version and its rows beside it.

    Run once when a version is released, and never again for it:
    ``python -c "from tests.db.test_schema import *; write_schema_file(FILES)"``
    """
    path = folder / f"schema-{SCHEMA_VERSION}.ita"
    with Store.create(path) as store:
        fill(store)
        with store.edit("กรอบการประเมิน", "framework/2570") as rows:
            rows.put("framework", 2570, {"content": '{"year": 2570}'})
    rows_text = json.dumps(tables(path), ensure_ascii=False, indent=1)
    path.with_suffix(".json").write_text(rows_text, "utf-8", newline="\n")


def test_file_of_this_version_can_be_written(tmp_path: Path):
    write_schema_file(tmp_path)
    found = tables(tmp_path / f"schema-{SCHEMA_VERSION}.ita")
    assert all(found[name] for name in (*AREAS, "edit", "picture")), (
        "a table without rows shows nothing"
    )


@pytest.mark.parametrize("version", VERSIONS)
def test_file_of_every_version_opens_and_keeps_every_row(tmp_path: Path, version: int):
    stored = FILES / f"schema-{version}.ita"
    path = tmp_path / "เก่า.ita"
    shutil.copyfile(stored, path)
    with Store(path) as store:
        assert settled(store.dossier()) == {1: FULL_1, 2: FULL_2, 3: FULL_3}.get(version, FULL)
        assert store.frameworks() == {2570: '{"year": 2570}'}
        assert store.undo_label() == "กรอบการประเมิน"
    expected = json.loads(stored.with_suffix(".json").read_text("utf-8"))
    found = tables(path)
    applied = found.pop("_sqlite_migrations")
    assert [row[2] for row in applied] == _migration_names()
    assert applied[:version] == expected.pop("_sqlite_migrations")
    _keeps(found, expected)


def _keeps(found: dict[str, list[list[object]]], expected: dict[str, list[list[object]]]) -> None:
    """Columns may have been added behind; nothing may be gone."""
    for name, rows in expected.items():
        width = len(rows[0]) if rows else 0
        assert [row[:width] for row in found[name]] == rows, name


def test_keeping_is_checked():
    _keeps({"t": [[1, "ก", "new"]]}, {"t": [[1, "ก"]]})
    losses: list[Callable[[], None]] = [
        lambda: _keeps({"t": []}, {"t": [[1, "ก"]]}),
        lambda: _keeps({"t": [[1, "ข"]]}, {"t": [[1, "ก"]]}),
    ]
    for loss in losses:
        with pytest.raises(AssertionError):
            loss()
