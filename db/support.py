"""What a data file looks like from outside, for whoever helps: shapes and counts, never a word."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlite_utils.db import quote_identifier

from db.doctor import examine_open

if TYPE_CHECKING:
    from db.store import Store

_SETTINGS = ("user_version", "application_id", "page_size", "page_count", "freelist_count",
             "journal_mode", "synchronous", "encoding")  # fmt: skip
_MOST_EDITS = 100


@dataclass(frozen=True, slots=True)
class Trace:
    """One edit without what it said: when, whether it stands, and which columns it touched."""

    at: datetime
    state: str
    touched: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A data file without anything that was entered.

    ``settings``: SQLite's own. ``rows``: records of each table. ``sizes``: the largest kept files
    in bytes, largest first. ``faults``: what the doctor found, by table and kind, with how often.
    """

    settings: dict[str, str]
    rows: dict[str, int]
    sizes: tuple[int, ...]
    faults: dict[tuple[str, str], int]
    edits: tuple[Trace, ...]


def outline_of(store: Store) -> Outline:
    """Read all of an open file and tell what it looks like. Raises a DataFileError."""
    connection = store.connection
    settings = {name: str(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in _SETTINGS}
    names = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    rows = {name: _count(connection, name) for (name,) in sorted(names)}
    largest = connection.execute(
        "SELECT length(content) FROM picture ORDER BY 1 DESC LIMIT 5"
    ).fetchall()
    faults = Counter((each.table, each.how) for each in examine_open(store))
    return Outline(settings, rows, tuple(n for (n,) in largest), dict(faults), tuple(_edits(store)))


def _count(connection: sqlite3.Connection, table: str) -> int:
    found = connection.execute(f"SELECT count(*) FROM {quote_identifier(table)}")  # noqa: S608
    return found.fetchone()[0]


def _edits(store: Store) -> Iterator[Trace]:
    for edit in store.edits(_MOST_EDITS):
        touched = {
            f"{change.table}.{column}"
            for change in edit.changes
            for column in (change.new if change.new is not None else change.old) or {}
        }
        yield Trace(edit.at, edit.state, tuple(sorted(touched)))
