"""Watches one open data file from within: what each commit brings, and what is shown as saved.

A data file is told by one digest over every row of every table. The witness says the digest that a
commit would bring before it begins, after it has succeeded, and whenever the status bar says saved.
Whatever happens to program or disk: a file found afterwards must have the digest that was promised
last, or one that was on its way.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from db.store import Store

COMING, COMMITTED, SHOWN = "coming", "committed", "shown"
PROMISES = (COMMITTED, SHOWN)


def digest(connection: Any) -> str:
    """One digest over every row of every table of an open data file."""
    found = hashlib.sha256()
    tables = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
        "ORDER BY name"
    ).fetchall()
    for (table,) in tables:
        found.update(f"\n{table}\n".encode())
        for row in connection.execute(f'SELECT * FROM "{table}"'):
            found.update(repr(row).encode())
    return found.hexdigest()[:24]


def digest_of(store: Store) -> str:
    """The digest of an open store's file."""
    return digest(store._database.conn)


def digest_plain(path: Path) -> str:
    """The digest of a file that no program has open, read by plain SQLite."""
    address = f"{path.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as connection:
        return digest(connection)


class Witness:
    """In place of a store's connection: tells of every commit."""

    def __init__(self, connection: sqlite3.Connection, tell: Callable[[str, str], None]) -> None:
        self._real = connection
        self._tell = tell

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        if sql != "COMMIT":
            return self._real.execute(sql, *values)
        coming = digest(self._real)
        self._tell(COMING, coming)
        cursor = self._real.execute(sql, *values)
        self._tell(COMMITTED, coming)
        return cursor

    def shown(self) -> None:
        """The status bar says that all is saved."""
        self._tell(SHOWN, digest(self._real))


def attach(store: Store, tell: Callable[[str, str], None]) -> Witness:
    """Watch an open store."""
    witness = Witness(store._database.conn, tell)
    store._database.conn = witness  # type: ignore[assignment]
    return witness


class Told(list[tuple[str, str]]):
    """What a witness told, in order: (word, digest)."""

    @classmethod
    def of_lines(cls, lines: Iterable[str]) -> Told:
        """From its lines; half a line, where the program was killed, is not counted."""
        pairs = (line.rstrip("\n").partition(" ") for line in lines if line.endswith("\n"))
        return cls((word, found) for word, _, found in pairs)

    def promised(self, first: str) -> str:
        """The digest that was promised last; ``first`` before anything was."""
        return next((found for word, found in reversed(self) if word in PROMISES), first)

    def allowed(self, first: str) -> set[str]:
        """Digests that a file found now may have: the promised one, or those on their way."""
        at = next((n for n in range(len(self) - 1, -1, -1) if self[n][0] in PROMISES), -1)
        later = {found for word, found in self[at + 1 :] if word == COMING}
        return {self.promised(first), *later}


def appender(path: Path) -> Callable[[str, str], None]:
    """Tells into a file that survives the teller's death."""
    descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    return lambda word, found: (os.write(descriptor, f"{word} {found}\n".encode()), None)[1]
