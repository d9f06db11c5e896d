"""Seals: a digest for each record, so that a letter that has become another letter is noticed.

SQLite's own checks see a broken page, not a flipped bit inside a value. Table ``seal`` holds a
digest for every row of every other table, written in the same transaction by the one door of
writing (``db/rows.py``). Files in ``picture`` need none: their key is their SHA-256.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlite_utils.db import quote_identifier

ERRORS = (sqlite3.Error, UnicodeDecodeError)
"""What reading a damaged file raises: also when a message quotes broken letters from it."""

UNSEALED = frozenset({"seal", "picture"})
HISTORY = "edit"
_SIZE = 16

Key = tuple[int | str, ...]


class How(Enum):
    """What is wrong with a record."""

    CHANGED = "changed"
    LOST = "lost"
    STRAY = "stray"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Broken:
    """A record that is not what was written. UNREADABLE: from that table no more can be read."""

    table: str
    key: Key
    how: How


def digest(table: str, row: Sequence[Any]) -> bytes:
    """The seal of a row: its values in the order of the table's columns."""
    text = _ROW.encode([table, *row])
    content = text.encode("utf-8", "surrogateescape")
    return hashlib.blake2b(content, digest_size=_SIZE).digest()


def _no_text(value: object) -> object:
    # A flipped bit can make a blob of a text: another value, and so another seal.
    return {"blob": bytes(value).hex()} if isinstance(value, bytes) else str(value)


# Kept, for ``json.dumps`` makes another one for every row of the file that is opened.
_ROW = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_no_text)
_KEY = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def key_text(key: Iterable[int | str]) -> str:
    """A record's key as table ``seal`` keeps it."""
    return _KEY.encode(list(key))


def key_columns(connection: sqlite3.Connection, table: str) -> list[str]:
    """Columns of the table's primary key, in its order."""
    found = connection.execute(f"PRAGMA table_info({quote_identifier(table)})").fetchall()
    return [row[1] for row in sorted(found, key=lambda row: row[5]) if row[5]]


# --- sealing ---------------------------------------------------------------------------------


def seal_all(connection: sqlite3.Connection, tables: Iterable[str]) -> None:
    """Seal every row there is, inside the caller's transaction: after a migration only.

    What is sealed counts as right from then on, so it must have been checked before.
    """
    connection.execute("DELETE FROM seal")
    for table in sorted(tables):
        connection.executemany(
            "INSERT INTO seal (name, key, digest) VALUES (?, ?, ?)",
            [(table, key, digest(table, row)) for key, row in _rows(connection, table)],
        )


def _rows(connection: sqlite3.Connection, table: str) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Every row with its key as text."""
    keys = key_columns(connection, table)
    cursor = connection.execute(f"SELECT * FROM {quote_identifier(table)}")  # noqa: S608
    places = [[column[0] for column in cursor.description].index(name) for name in keys]
    for row in cursor:
        yield key_text(row[place] for place in places), row


# --- checking --------------------------------------------------------------------------------


def check(connection: sqlite3.Connection, tables: Iterable[str]) -> list[Broken]:
    """The records of those tables that are not what was written. Writes nothing."""
    with _any_bytes(connection):
        return [each for table in sorted(tables) for each in _check_table(connection, table)]


def check_pictures(connection: sqlite3.Connection) -> list[Broken]:
    """The kept files that are not what they were. Reads all of them."""
    found: list[Broken] = []
    with _any_bytes(connection):
        try:
            for key, content in connection.execute("SELECT digest, content FROM picture"):
                if hashlib.sha256(_as_bytes(content)).hexdigest() != key:
                    found.append(Broken("picture", (key,), How.CHANGED))
        except ERRORS:
            found.append(Broken("picture", (), How.UNREADABLE))
    return found


def _as_bytes(content: object) -> bytes:
    return content if isinstance(content, bytes) else b""


@contextmanager
def _any_bytes(connection: sqlite3.Connection) -> Iterator[None]:
    """Read texts that are no UTF-8 too: they are told as changed, and not as an error."""
    before = connection.text_factory
    connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        connection.text_factory = before


def _check_table(connection: sqlite3.Connection, table: str) -> Iterator[Broken]:
    seals: dict[str, bytes] = {}
    try:
        seals.update(
            connection.execute("SELECT key, digest FROM seal WHERE name = ?", [table]).fetchall()
        )
        for key, row in _rows(connection, table):
            sealed = seals.pop(key, None)
            if sealed != digest(table, row):
                yield Broken(table, _key(key), How.STRAY if sealed is None else How.CHANGED)
    except ERRORS:
        yield Broken(table, (), How.UNREADABLE)
        return
    for key in seals:
        yield Broken(table, _key(key), How.LOST)


def _key(text: str) -> Key:
    """The key of a seal; as it stands when even that is broken."""
    try:
        found = json.loads(text)
    except ValueError:
        return (text,)
    return tuple(found) if isinstance(found, list) else (text,)
