"""An upgrade is all or nothing: an error at every statement of every migration changes nothing."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from db.backup import Backups
from db.doctor import examine
from db.errors import UpgradeFailed
from db.migrations import SCHEMA_VERSION
from db.store import Store
from tests.db.matter import tables

opening: Any = import_module("db.opening")
FILES = Path(__file__).parent / "files"
EARLIER = range(1, SCHEMA_VERSION)


class Counting:
    """A connection that fails at its n-th writing statement, seals and commit included."""

    def __init__(self, connection: sqlite3.Connection, fails_at: int) -> None:
        self._real, self._fails_at, self.count = connection, fails_at, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def _write(self, sql: str) -> None:
        if not sql.lstrip().upper().startswith(("SELECT", "PRAGMA TABLE", "ROLLBACK")):
            self.count += 1
            if self.count == self._fails_at:
                error = sqlite3.OperationalError("disk I/O error")
                error.sqlite_errorcode = sqlite3.SQLITE_IOERR_WRITE
                raise error

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        self._write(sql)
        return self._real.execute(sql, *values)

    def executemany(self, sql: str, values: Any) -> sqlite3.Cursor:
        self._write(sql)
        return self._real.executemany(sql, values)


def schema(path: Path) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()
        found = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema")
        return [*found.fetchall(), version]


def upgraded(path: Path, fails_at: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """Open with a fault at that statement of the migration; returns how many there were."""
    counting: list[Counting] = []

    def faulty(database: Any, found: Path) -> None:
        if not counting:
            counting.append(Counting(database.conn, fails_at))
            database.conn = counting[0]

    with monkeypatch.context() as patch:
        patch.setattr(opening, "_back_up_first", faulty)
        Store(path).close()
    return counting[0].count


@pytest.mark.parametrize("version", EARLIER)
def test_error_at_every_statement(tmp_path: Path, version: int, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "เก่า.ita"
    shutil.copyfile(FILES / f"schema-{version}.ita", path)
    rows, before = tables(path), schema(path)
    at = 0
    while True:
        at += 1
        try:
            upgraded(path, at, monkeypatch)
            break
        except UpgradeFailed:
            assert (tables(path), schema(path)) == (rows, before), at
            assert [each.name for each in tmp_path.iterdir()] == [path.name]
    assert at > 20, "too few statements to be a migration"
    assert examine(path) == ()
    fresh = tmp_path / "ใหม่.ita"
    Store.create(fresh).close()
    assert sorted(schema(path)[:-1]) == sorted(schema(fresh)[:-1])


@pytest.mark.parametrize("version", EARLIER)
def test_damaged_earlier_file_is_not_upgraded(tmp_path: Path, version: int):
    """What an earlier schema has no seals for is at least read through."""
    path = tmp_path / "เก่า.ita"
    shutil.copyfile(FILES / f"schema-{version}.ita", path)
    content = path.read_bytes()
    path.write_bytes(content.replace("ตัวอย่าง".encode(), b"\xff" * len("ตัวอย่าง".encode())))
    spoilt = path.read_bytes()
    assert spoilt != content
    with pytest.raises(UpgradeFailed, match="สำรองแฟ้มก่อนไม่ได้"):
        Store(path)
    assert path.read_bytes() == spoilt
    assert Backups(path).list() == ()


def test_every_schema_version_is_sealed_after_the_upgrade(tmp_path: Path):
    for version in range(1, SCHEMA_VERSION + 1):
        path = tmp_path / f"{version}.ita"
        shutil.copyfile(FILES / f"schema-{version}.ita", path)
        Store(path).close()
        assert examine(path) == ()
        found = tables(path)
        sealed = {name for name, *_ in found["seal"]}
        full = {name for name, rows in found.items() if rows and not name.startswith("sqlite_")}
        assert sealed == full - {"seal", "picture"}
