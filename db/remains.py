"""What can still be read of a damaged data file, row by row, without touching it.

All work is done on a private copy. Where a page is broken, reading goes on behind it.
"""

from __future__ import annotations

import os
import sqlite3
import struct
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from sqlite_utils.db import quote_identifier

from db.compare import NAMES, Record, Records
from db.copying import connect_to_copy
from db.opening import SIDECARS, create_data_file, size_in_header
from db.seals import ERRORS, key_columns, key_text

_BLOCK = 4096
_MOST_GROWTH = 64
_FARTHEST = 1 << 40
_INTERIOR = 5
"""SQLite's mark of a page that only says where the rows of a table are."""

TABLES = (*NAMES, "edit")


class Remains:
    """The readable rows of a damaged file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = self._connection = connection
        connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")

    def columns(self, table: str) -> list[str]:
        """Names of the table's columns; none when not even they can be read."""
        try:
            found = self._connection.execute(f"PRAGMA table_info({quote_identifier(table)})")
            return [row[1] for row in found.fetchall()]
        except ERRORS:
            return []

    def rows(self, table: str) -> tuple[list[tuple[Any, ...]], bool]:
        """Every row of a table that can be read, in the order of its columns; and whether all.

        Of kept files only the digest, and where they stand: ``content`` gives one.
        """
        if not self.columns(table):
            return [], False
        wanted = "digest, rowid" if table == "picture" else "*"
        found: dict[int, tuple[Any, ...]] = {}
        last, clean = self._read_on(table, wanted, -_FARTHEST, found)
        whole = clean
        while not clean:
            place = self._behind(table, last)
            if place is None:
                break
            last, clean = self._read_on(table, wanted, place, found)
        return [found[rowid] for rowid in sorted(found)], whole

    def content(self, rowid: int) -> bytes | None:
        """One kept file by the place of its row; None when it can't be read."""
        try:
            row = self._connection.execute(
                "SELECT content FROM picture WHERE rowid = ?", [rowid]
            ).fetchone()
        except ERRORS:
            return None
        return row[0] if row is not None and isinstance(row[0], bytes) else None

    def _read_on(
        self, table: str, wanted: str, place: int, found: dict[int, tuple[Any, ...]]
    ) -> tuple[int, bool]:
        """Read from a row id on; returns the last one reached, and whether that was the end."""
        last = place - 1
        name = quote_identifier(table)
        try:
            for rowid, *row in self._connection.execute(
                f"SELECT rowid, {wanted} FROM {name} NOT INDEXED WHERE rowid >= ? ORDER BY rowid",  # noqa: S608
                [place],
            ):
                found[rowid] = tuple(row)
                last = rowid
        except ERRORS:
            return max(last, place), False
        return last, True

    def _behind(self, table: str, last: int) -> int | None:
        """The first row id behind a broken page from which a row can be read."""
        reach = 1
        while not self._can_read(table, last + reach):
            reach *= 2
            if reach > _FARTHEST:
                return None
        low, high = last + reach // 2, last + reach
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self._can_read(table, middle) else (middle, high)
        return high

    def _can_read(self, table: str, place: int) -> bool:
        name = quote_identifier(table)
        try:
            self._connection.execute(
                f"SELECT rowid FROM {name} NOT INDEXED WHERE rowid >= ? ORDER BY rowid LIMIT 1",  # noqa: S608
                [place],
            ).fetchall()
        except ERRORS:
            return False
        return True

    def seals(self) -> tuple[dict[str, dict[str, bytes]], bool]:
        """Table -> key as text -> seal, as far as they can be read; and whether all."""
        found: dict[str, dict[str, bytes]] = {}
        for order in ("ASC", "DESC"):
            try:
                for name, key, digest in self._connection.execute(
                    f"SELECT name, key, digest FROM seal ORDER BY name {order}, key {order}"  # noqa: S608
                ):
                    found.setdefault(name, {})[key] = digest
                return found, bool(found)
            except ERRORS:
                continue
        return found, False

    def keyed(self, table: str, rows: Sequence[tuple[Any, ...]]) -> dict[str, Record]:
        """Rows by their key as text, each as column -> value."""
        names = self.columns(table)
        keys = key_columns(self._connection, table)
        records = [dict(zip(names, row, strict=False)) for row in rows]
        return {key_text(record[name] for name in keys): record for record in records}

    def records(self) -> Records:
        """What can be read of the office's data, to compare with another state."""
        found: dict[str, Mapping[tuple[Any, ...], Record]] = {}
        for table in NAMES:
            with suppress(*ERRORS):
                names, keys = self.columns(table), key_columns(self._connection, table)
                rows, _ = self.rows(table)
                records = [dict(zip(names, row, strict=False)) for row in rows]
                found[table] = {tuple(r[name] for name in keys): r for r in records}
        return found


@contextmanager
def remains_of(path: Path, like: Path | None = None) -> Iterator[Remains | None]:
    """What can be read of a closed file; None when nothing can. Not a byte of it changes.

    ``like``: a whole back-up of it; its schema stands in for one that is lost. Raises OSError.
    """
    with tempfile.TemporaryDirectory(prefix="ita-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / "copy.ita"
        _copy_readable(path, copy)
        for part in SIDECARS:
            sidecar = path.with_name(path.name + part)
            if sidecar.is_file():
                _copy_readable(sidecar, copy.with_name(copy.name + part))
        _roll_back(copy)
        _pad(copy)
        if not _has_schema(copy):
            _lend_schema(copy, like)
        if not _has_schema(copy):
            yield None
            return
        with closing(connect_to_copy(copy)) as connection:
            yield Remains(connection)


def _copy_readable(source: Path, target: Path) -> None:
    """Copy block by block; one that the medium does not give any more becomes zeros."""
    target.touch(mode=0o600)
    size = source.stat().st_size
    with source.open("rb", buffering=0) as reading, target.open("r+b") as writing:
        for place in range(0, size, _BLOCK):
            reading.seek(place)
            try:
                block = reading.read(_BLOCK)
            except OSError:
                block = b""
            wanted = min(_BLOCK, size - place)
            writing.write(block.ljust(wanted, b"\0"))


def _roll_back(copy: Path) -> None:
    """Let SQLite put an interrupted save right, in the copy."""
    uri = f"{copy.as_uri()}?mode=rw"
    with suppress(*ERRORS), closing(sqlite3.connect(uri, uri=True)) as connection:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    for part in SIDECARS:
        copy.with_name(copy.name + part).unlink(missing_ok=True)


def _pad(copy: Path) -> None:
    """Make a file that was cut as long as it says: SQLite reads nothing at all of a shorter one."""
    with copy.open("r+b") as file:
        head = file.read(100)
        size = file.seek(0, os.SEEK_END)
        wanted = size_in_header(head) if len(head) == 100 else 0
        if size < wanted <= size * _MOST_GROWTH + _BLOCK * _BLOCK:
            file.truncate(wanted)


def _has_schema(copy: Path) -> bool:
    try:
        with closing(connect_to_copy(copy)) as connection:
            found = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            return {"office", "measure", "edit"} <= {name for (name,) in found}
    except ERRORS:
        return False


def _lend_schema(copy: Path, like: Path | None) -> None:
    """Put the pages of the schema of a back-up, else of a new file, over lost ones.

    Where each table begins is said there and never changes in a data file's life, upgrades aside.
    """
    with tempfile.TemporaryDirectory(prefix="ita-", ignore_cleanup_errors=True) as folder:
        source = like
        if source is None:
            source = Path(folder) / "new.ita"
            create_data_file(source)
        with source.open("rb") as whole:
            size = struct.unpack(">H", whole.read(18)[16:])[0]
            size = 65536 if size == 1 else max(size, 512)
            pages = _pages_of_schema(whole, size)
    first = bytearray(pages[1])
    count = max(copy.stat().st_size // size, *pages)
    struct.pack_into(">I", first, 28, count)
    first[92:96] = first[24:28]
    pages[1] = bytes(first)
    with copy.open("r+b") as file:
        for number, page in pages.items():
            file.seek((number - 1) * size)
            file.write(page)
        file.truncate(max(count * size, file.seek(0, os.SEEK_END)))
        file.flush()
        os.fsync(file.fileno())


def _pages_of_schema(whole: BinaryIO, size: int) -> dict[int, bytes]:
    """Number -> content of every page of the table that says where the others are."""
    found: dict[int, bytes] = {}
    todo = [1]
    while todo:
        number = todo.pop()
        whole.seek((number - 1) * size)
        page = found[number] = whole.read(size)
        start = 100 if number == 1 else 0
        if page[start] == _INTERIOR:
            (cells,) = struct.unpack_from(">H", page, start + 3)
            places = struct.unpack_from(f">{cells}H", page, start + 12)
            children = [struct.unpack_from(">I", page, place)[0] for place in places]
            todo += [*children, struct.unpack_from(">I", page, start + 8)[0]]
    return found
