"""Checking a data file: every page, every reference, every record, every kept file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db import seals
from db.copying import connect_to_copy
from db.errors import DamagedDataFile, LockedDataFile, UnreadableDataFile
from db.opening import (
    check_head_of,
    expected_schema,
    is_open_elsewhere,
    journal_of,
    sealed_tables,
    waits_to_be_rolled_back,
)
from db.remains import remains_of
from db.seals import ERRORS, Broken, How
from db.wording import record_name, table_name

if TYPE_CHECKING:
    from db.store import Store

_MOST = 100
"""So many faults of pages are told; more say nothing new."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. ``table`` is "" when it is no matter of one record."""

    table: str
    key: tuple[Any, ...]
    how: str
    sentence: str


def examine(path: Path) -> tuple[Problem, ...]:
    """Everything that is wrong with a closed data file; empty when it is whole.

    Reads all of it and changes no byte. Raises a DataFileError when it is no data file of ours, is
    missing, newer, or open elsewhere.
    """
    check_head_of(path)
    if is_open_elsewhere(path):
        raise LockedDataFile(path)
    try:
        if not waits_to_be_rolled_back(path):
            with closing(connect_to_copy(path)) as connection:
                return tuple(_problems(connection))
        # An interrupted save is put right in a private copy, as opening would.
        with remains_of(path) as remains:
            if remains is None:
                raise DamagedDataFile(path, str(journal_of(path)))
            return tuple(_problems(remains.connection))
    except OSError as error:
        raise UnreadableDataFile(path, str(error.strerror)) from error
    except ERRORS as error:
        return (_of_the_file(str(error)),)


def examine_open(store: Store) -> tuple[Problem, ...]:
    """The same for the file that is open; it takes a moment, and nothing is written."""
    return tuple(_problems(store.connection))


def _problems(connection: sqlite3.Connection) -> Iterator[Problem]:
    yield from _pages(connection)
    with suppress(*ERRORS):
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        yield from _schema(connection, version)
        yield from _references(connection)
        yield from map(_of_a_record, seals.check(connection, sealed_tables(version)))
        if _has(connection, "picture"):
            yield from map(_of_a_record, seals.check_pictures(connection))
            yield from _lost_files(connection)


def _pages(connection: sqlite3.Connection) -> Iterator[Problem]:
    try:
        found = connection.execute(f"PRAGMA integrity_check({_MOST})").fetchall()
    except ERRORS as error:
        found = [(str(error),)]
    for (words,) in found:
        if words != "ok":
            yield _of_the_file(words)


def _of_the_file(detail: str) -> Problem:
    return Problem("", (), "page", f"มีหน้าของแฟ้มที่อ่านไม่ได้หรือไม่ถูกต้อง ({detail})")


def _schema(connection: sqlite3.Connection, version: int) -> Iterator[Problem]:
    expected = expected_schema(version)
    found = dict(connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql <> ''"))
    for name, sql in expected.items():
        if found.get(name) != sql:
            yield Problem(name, (), "schema", f"โครงสร้างของ{table_name(name)}ไม่เหมือนที่โปรแกรมสร้าง")


def _references(connection: sqlite3.Connection) -> Iterator[Problem]:
    for table, rowid, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        words = f"{table_name(table)} อ้างถึง{table_name(parent)}ที่ไม่มีอยู่"
        yield Problem(table, (rowid,), "reference", words)


def _has(connection: sqlite3.Connection, table: str) -> bool:
    found = connection.execute("SELECT count(*) FROM sqlite_schema WHERE name = ?", [table])
    return bool(found.fetchone()[0])


def _lost_files(connection: sqlite3.Connection) -> Iterator[Problem]:
    """What refers to a kept file that is not there."""
    found = connection.execute("""
        SELECT 'photo', id, caption FROM photo WHERE digest NOT IN (SELECT digest FROM picture)
        UNION ALL SELECT 'issued', id, name FROM issued
            WHERE file NOT IN (SELECT digest FROM picture)
                OR data NOT IN (SELECT digest FROM picture)
        UNION ALL SELECT 'passing', id, scan_name FROM passing
            WHERE scan <> '' AND scan NOT IN (SELECT digest FROM picture)
    """)
    for table, key, words in found:
        name = record_name(table, (key,), {"title": words})
        yield Problem(table, (key,), "file", f"แฟ้มภาพหรือเอกสารของ{name} หายไป")


_WORDS = {
    How.CHANGED: "ไม่ตรงกับที่บันทึกไว้",
    How.LOST: "หายไปจากแฟ้ม",
    How.STRAY: "ไม่ได้บันทึกโดยโปรแกรมนี้",
    How.UNREADABLE: "อ่านไม่ได้",
}


def _of_a_record(broken: Broken) -> Problem:
    name = record_name(broken.table, broken.key) if broken.key else table_name(broken.table)
    return Problem(broken.table, broken.key, broken.how.value, f"{name} {_WORDS[broken.how]}")


def as_data(problems: tuple[Problem, ...]) -> dict[str, Any]:
    """Problems as data for JSON."""
    return {
        "healthy": not problems,
        "count": len(problems),
        "problems": [
            {"table": p.table, "key": list(p.key), "how": p.how, "sentence": p.sentence}
            for p in problems
        ],
    }
