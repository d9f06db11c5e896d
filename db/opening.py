"""Opening a data file safely: look first, touch nothing until it is known to be ours and whole.

The settings and the order of the checks follow what experiments with power cuts, copies and
foreign files showed; ``docs/data-file.md`` gives the reasons.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import struct
from pathlib import Path
from urllib.parse import quote

from sqlite_utils import Database

from db.errors import (
    DamagedDataFile,
    DataFileError,
    ExistingFile,
    LockedDataFile,
    MissingDataFile,
    NewerDataFile,
    NotADataFile,
    ReadOnlyDataFile,
    WriteFailed,
)
from db.migrations import APPLICATION_ID, SCHEMA_VERSION, migrations

_MAGIC = b"SQLite format 3\x00"
_SETTINGS = (
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA journal_mode = TRUNCATE",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA mmap_size = 0",
)
_BUSY_MILLISECONDS = 300


def open_data_file(path: Path) -> Database:
    """Open the data file for this program alone, migrated to the newest schema.

    Raises a DataFileError with its own sentence when the file is missing, foreign, newer, locked,
    read-only or damaged; the file is then unchanged to the byte.
    """
    _check_from_outside(path)
    _check_writable(path)
    connection = _connect(path)
    try:
        _take(connection, path)
        _check_whole(connection, path)
        database = Database(connection, execute_plugins=False)
        _migrate(database, path)
    except BaseException:
        connection.close()
        raise
    return database


def create_data_file(path: Path) -> None:
    """Make a new, empty data file. An existing file is never overwritten."""
    if path.exists():
        raise ExistingFile(path)
    growing = path.with_name(path.name + ".new")
    try:
        growing.unlink(missing_ok=True)
        descriptor = os.open(growing, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        os.close(descriptor)
        connection = sqlite3.connect(_uri(growing, "rw"), uri=True)
        try:
            for setting in _SETTINGS:
                connection.execute(setting).fetchall()
            _migrate(Database(connection, execute_plugins=False), path)
        finally:
            connection.close()
        _sidecar(growing).unlink(missing_ok=True)
        growing.rename(path)
    except (OSError, sqlite3.Error) as error:
        growing.unlink(missing_ok=True)
        _sidecar(growing).unlink(missing_ok=True)
        raise WriteFailed(path, _reason(error)) from error


def _check_from_outside(path: Path) -> None:
    """Tell from the first bytes whether the file is ours, complete and not too new."""
    try:
        if not path.is_file():
            raise MissingDataFile(path) if not path.exists() else NotADataFile(path)
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(100)
    except PermissionError as error:
        raise LockedDataFile(path) from error
    except OSError as error:
        raise MissingDataFile(path) from error
    if len(head) < 100 or not head.startswith(_MAGIC):
        raise NotADataFile(path)
    (application_id,) = struct.unpack_from(">I", head, 68)
    if application_id != APPLICATION_ID:
        raise NotADataFile(path)
    (user_version,) = struct.unpack_from(">I", head, 60)
    if user_version > SCHEMA_VERSION:
        raise NewerDataFile(path)
    if not _has_hot_journal(path) and size < _size_in_header(head):
        raise DamagedDataFile(path)


def _size_in_header(head: bytes) -> int:
    """The size in bytes that the header promises; 0 when it makes no valid promise."""
    page_size, pages = struct.unpack_from(">H", head, 16)[0], struct.unpack_from(">I", head, 28)[0]
    changes, valid_for = struct.unpack_from(">I", head, 24)[0], struct.unpack_from(">I", head, 92)[0]
    return (65536 if page_size == 1 else page_size) * pages if changes == valid_for else 0


def _sidecar(path: Path) -> Path:
    return path.with_name(path.name + "-journal")


def _has_hot_journal(path: Path) -> bool:
    """Whether an interrupted save waits to be rolled back; only then may opening change the file."""
    journal = _sidecar(path)
    return journal.is_file() and journal.stat().st_size > 0


def _check_writable(path: Path) -> None:
    # The mode bits are asked as well as the system, because an administrator may write anything.
    if not path.stat().st_mode & stat.S_IWUSR or not os.access(path, os.W_OK):
        raise ReadOnlyDataFile(path)
    if not os.access(path.parent, os.W_OK):
        raise ReadOnlyDataFile(path)


def _uri(path: Path, mode: str) -> str:
    """A URI that opens only what is there; any character of the path is safe in it."""
    return f"file:{quote(str(path.resolve()))}?mode={mode}"


def _connect(path: Path) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(
            _uri(path, "rw"), uri=True, timeout=_BUSY_MILLISECONDS / 1000
        )
    except sqlite3.OperationalError as error:
        raise ReadOnlyDataFile(path) from error
    return connection


def _take(connection: sqlite3.Connection, path: Path) -> None:
    """Hold the file for this connection until it closes."""
    try:
        for setting in _SETTINGS:
            connection.execute(setting).fetchall()
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
    except sqlite3.DatabaseError as error:
        raise _why_not_taken(error, path) from error


def _why_not_taken(error: sqlite3.DatabaseError, path: Path) -> DataFileError:
    text = str(error)
    if "locked" in text or "busy" in text:
        return LockedDataFile(path)
    if "readonly" in text or "unable to open" in text:
        return ReadOnlyDataFile(path)
    return DamagedDataFile(path, text)


def _check_whole(connection: sqlite3.Connection, path: Path) -> None:
    """Read through the file: pages, tables, references. Writes nothing."""
    try:
        verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema")}
        foreign_keys = connection.execute("PRAGMA foreign_keys").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise DamagedDataFile(path, str(error)) from error
    if verdict != "ok" or broken is not None or not foreign_keys:
        raise DamagedDataFile(path, str(verdict))
    if not {"office", "measure", "score", "edit", "_sqlite_migrations"} <= tables:
        raise DamagedDataFile(path, "tables missing")


def _migrate(database: Database, path: Path) -> None:
    try:
        if migrations.pending(database):
            migrations.apply(database)
    except sqlite3.DatabaseError as error:
        raise WriteFailed(path, _reason(error)) from error


def _reason(error: Exception) -> str:
    """A few plain words for a system error."""
    text = str(error).lower()
    if "full" in text or "no space" in text:
        return "ที่เก็บข้อมูลเต็ม"
    if "readonly" in text or "read-only" in text or "permission" in text:
        return "ไม่มีสิทธิ์เขียน"
    if "i/o" in text or "input/output" in text:
        return "อ่านหรือเขียนที่เก็บข้อมูลไม่ได้"
    if "locked" in text:
        return "แฟ้มถูกโปรแกรมอื่นใช้อยู่"
    return "เขียนแฟ้มไม่ได้"
