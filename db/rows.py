"""Single rows by their key.

The same steps as sqlite-utils' ``get``, ``insert``, ``update`` and ``delete``, without the seven
look-ups of the schema that each of those makes, and only inside a transaction. Table and column
names are quoted; values are bound. This is the one door of writing: it seals what it writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlite_utils.db import quote_identifier

from db.seals import UNSEALED, digest, key_text

if TYPE_CHECKING:
    from sqlite_utils import Database

Key = int | str | tuple[int | str, ...]
Row = dict[str, Any]

_SEAL = (
    "INSERT INTO seal (name, key, digest) VALUES (?, ?, ?)"
    " ON CONFLICT (name, key) DO UPDATE SET digest = excluded.digest"
)


class NoSuchRow(LookupError):
    """The row that was to be changed is not there."""


def keepable(text: str) -> str:
    """The text as a data file can keep it.

    Halves of a letter outside the basic plane (a lone surrogate, as some keyboards and pasted
    texts bring them) are joined when they meet and become U+FFFD when not; NUL, at which SQLite's
    own functions stop reading, is left out. Everything else stays as typed.
    """
    plain = text.replace("\0", "")
    try:
        plain.encode()
    except UnicodeEncodeError:
        return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return plain


def keepable_row(values: Mapping[str, Any]) -> Row:
    """The values with every text made keepable."""
    return {
        name: keepable(value) if isinstance(value, str) else value for name, value in values.items()
    }


def keepable_key(key: Key) -> Key:
    """The key with every text made keepable."""
    if isinstance(key, tuple):
        return tuple(keepable(part) if isinstance(part, str) else part for part in key)
    return keepable(key) if isinstance(key, str) else key


def key_parts(key: Key) -> tuple[int | str, ...]:
    """A key's parts, also of a key that has only one."""
    return key if isinstance(key, tuple) else (key,)


class _Written(NamedTuple):
    """What a writing has left: the id of an inserted row, and the row; None: there was none."""

    lastrowid: int
    row: tuple[Any, ...] | None


class Rows:
    """The rows of one open data file, one at a time."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._key_columns: dict[str, list[str]] = {}
        self._places: dict[str, list[int]] = {}

    def key_columns(self, table: str) -> list[str]:
        """Columns of the table's primary key; asked once, since they don't change while open."""
        if table not in self._key_columns:
            self._key_columns[table] = self.database.table(table).pks
        return self._key_columns[table]

    def get(self, table: str, key: Key) -> Row | None:
        """The row with that key."""
        sql = f"SELECT * FROM {quote_identifier(table)} WHERE {self._where(table)}"  # noqa: S608
        cursor = self.database.execute(sql, key_parts(key))
        row, names = cursor.fetchone(), [column[0] for column in cursor.description]
        return None if row is None else dict(zip(names, row, strict=True))

    def insert(self, table: str, values: Mapping[str, Any]) -> int:
        """Insert a row; returns its row id."""
        columns, marks = _list(values), ", ".join("?" * len(values))
        sql = f"INSERT INTO {quote_identifier(table)} ({columns}) VALUES ({marks})"  # noqa: S608
        return self._write_sealed(table, sql, values.values()).lastrowid

    def update(self, table: str, key: Key, values: Mapping[str, Any]) -> None:
        """Set columns of the row with that key; raises NoSuchRow when there is none."""
        columns = ", ".join(f"{quote_identifier(name)} = ?" for name in values)
        sql = f"UPDATE {quote_identifier(table)} SET {columns} WHERE {self._where(table)}"  # noqa: S608
        if self._write_sealed(table, sql, (*values.values(), *key_parts(key))).row is None:
            raise NoSuchRow(f"{table} {key}")

    def delete(self, table: str, key: Key) -> None:
        """Delete the row with that key; raises NoSuchRow when there is none."""
        sql = f"DELETE FROM {quote_identifier(table)} WHERE {self._where(table)}"  # noqa: S608
        if not self._write(sql, key_parts(key)).rowcount:
            raise NoSuchRow(f"{table} {key}")
        if table not in UNSEALED:
            sealed = (table, key_text(key_parts(key)))
            self._write("DELETE FROM seal WHERE name = ? AND key = ?", sealed)

    def _where(self, table: str) -> str:
        return " AND ".join(f"{quote_identifier(name)} = ?" for name in self.key_columns(table))

    def _write_sealed(self, table: str, sql: str, values: Iterable[Any]) -> _Written:
        """Write a row and its seal, over the row as the file now holds it."""
        if table in UNSEALED:
            cursor = self._write(sql, values)
            return _Written(cursor.lastrowid, () if cursor.rowcount else None)
        cursor = self._write(f"{sql} RETURNING *", values)
        row = cursor.fetchone()
        written = _Written(cursor.lastrowid, row)
        cursor.close()
        if row is not None:
            places = self._key_places(table, [column[0] for column in cursor.description])
            key = key_text(row[place] for place in places)
            self._write(_SEAL, (table, key, digest(table, row)))
        return written

    def _key_places(self, table: str, columns: list[str]) -> list[int]:
        """Where in a whole row its key stands."""
        if table not in self._places:
            self._places[table] = [columns.index(name) for name in self.key_columns(table)]
        return self._places[table]

    def _write(self, sql: str, values: Iterable[Any]) -> Any:
        if not self.database.conn.in_transaction:
            raise RuntimeError("written outside a transaction")
        return self.database.execute(sql, tuple(values))


def _list(names: Iterable[str]) -> str:
    return ", ".join(map(quote_identifier, names))
