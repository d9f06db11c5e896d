"""Opening a data file safely: look first, touch nothing until it is known to be ours and whole.

The settings and the order of the checks follow what experiments with power cuts, copies and
foreign files showed; ``docs/data-file.md`` gives the reasons.
"""

from __future__ import annotations

import os
import re
import sqlite3
import stat
import struct
import tempfile
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from urllib.parse import quote
from weakref import WeakKeyDictionary

from sqlite_utils import Database

from db import reasons
from db.errors import (
    CreateFailed,
    DamagedDataFile,
    EmptyDataFile,
    ExistingFile,
    LockedDataFile,
    MissingDataFile,
    NewerDataFile,
    NotADataFile,
    ReadOnlyDataFile,
    UnsafeDataFile,
    UpgradeFailed,
    WriteFailed,
)
from db.history import transaction
from db.migrations import APPLICATION_ID, SCHEMA_VERSION, migrations

_MAGIC = b"SQLite format 3\x00"
_HEAD = 100
_LIBRARYS_OWN = re.compile(r"^sqlite_|_sqlite_migrations")
_BUSY_SECONDS = 0.3

_Settings = dict[str, tuple[str | int, str | int]]
"""name -> (set to, read back as)"""

# Settings that don't read the file. locking_mode is not among them: under it a lock once begun is
# never let go, and of programs that start at once each would keep half a lock and refuse all.
_BEFORE_LOCK: _Settings = {
    "foreign_keys": ("ON", 1),
    "trusted_schema": ("OFF", 0),
    "cell_size_check": ("ON", 1),
    "mmap_size": (0, 0),
}
_IN_LOCK: _Settings = {"locking_mode": ("EXCLUSIVE", "exclusive")}
_WITH_LOCK: _Settings = {"synchronous": ("FULL", 2), "secure_delete": ("ON", 1)}
# A file that another program has turned to WAL is written by this one, so it comes last.
_WHEN_WHOLE: _Settings = {"journal_mode": ("TRUNCATE", "truncate")}
SETTINGS = _BEFORE_LOCK | _IN_LOCK | _WITH_LOCK | _WHEN_WHOLE

_Identity = tuple[int, int]
_held: WeakKeyDictionary[Database, _Identity] = WeakKeyDictionary()


def open_data_file(path: Path) -> Database:
    """Open the data file for this program alone, migrated to the newest schema.

    Raises a DataFileError with its own sentence when the file is missing, foreign, newer, locked,
    read-only or damaged; the file is then unchanged to the byte.
    """
    real = _real(path)
    identity = _check_from_outside(real, path)
    _check_writable(real, path)
    connection = _connect(real, path)
    try:
        _take(connection, path)
        _check_whole(connection, path)
        _set(connection, _WHEN_WHOLE, path)
        database = _database(connection)
        _migrate(database, path)
    except BaseException:
        connection.close()
        raise
    _held[database] = identity
    return database


def close_data_file(database: Database, path: Path) -> None:
    """Let go of the file and take the finished journal away, while nobody else can have it."""
    _held.pop(database, None)
    # A journal that waits belongs to a save that failed: it must stay. Only under the lock is
    # this safe, so SQLite removes it, not we.
    with suppress(OSError, sqlite3.Error):
        if not _is_waiting(journal_of(_real(path))):
            database.conn.execute("PRAGMA locking_mode = NORMAL").fetchall()
            database.conn.execute("PRAGMA journal_mode = DELETE").fetchall()
    database.close()


def check_in_place(database: Database, path: Path) -> None:
    """Raise WriteFailed when the open file is no longer the one under its name.

    Writing would succeed, into a file that nobody can find again. Windows itself refuses to move
    or delete a file that is open.
    """
    there = None
    with suppress(OSError):
        there = _identity(path.stat())
    if os.name != "nt" and there != _held.get(database):
        raise WriteFailed(path, reasons.MOVED)


def check_from_outside(path: Path) -> bool:
    """Whether the file under that name is, to the system, one this process has open.

    For a file whose medium was away: nothing is opened that this process may hold a lock on.
    Raises a DataFileError when there is none of ours.
    """
    real = _real(path)
    try:
        found = real.stat()
    except (OSError, ValueError) as error:
        raise reasons.why_not_looked_at(error, path) from error
    if _identity(found) in _held.values():
        return True
    _check_from_outside(real, path)
    return False


def create_data_file(path: Path) -> None:
    """Make a new, empty data file. An existing file is never overwritten."""
    try:
        if os.path.lexists(path):
            raise ExistingFile(path)
        descriptor, name = tempfile.mkstemp(prefix=".", suffix=".new", dir=path.parent)
        os.close(descriptor)
        growing = Path(name)
        try:
            _fill(growing)
            _give_name(growing, path)
            _sync_folder(path.parent)
        finally:
            growing.unlink(missing_ok=True)
            journal_of(growing).unlink(missing_ok=True)
    except FileExistsError as error:
        raise ExistingFile(path) from error
    except (OSError, ValueError, sqlite3.Error) as error:
        raise CreateFailed(path, reasons.reason(error)) from error


def _fill(path: Path) -> None:
    with closing(sqlite3.connect(_uri(path), uri=True, isolation_level=None)) as connection:
        _set(connection, SETTINGS, path)
        database = _database(connection)
        with transaction(database):
            migrations.apply(database)


def _give_name(growing: Path, path: Path) -> None:
    """Rename without ever replacing: POSIX's own rename would overwrite what is there."""
    try:
        os.link(growing, path)
    except FileExistsError:
        raise
    except OSError:  # a medium without hard links, as many USB sticks are
        if os.path.lexists(path):
            raise FileExistsError(path) from None
        growing.rename(path)


def _sync_folder(folder: Path) -> None:
    """Have the new name itself on the disk, where the system lets us (Windows does not)."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


# --- from outside ----------------------------------------------------------------------------


def _real(path: Path) -> Path:
    """The file behind links: SQLite keeps the journal beside that one."""
    try:
        return Path(os.path.realpath(path))
    except ValueError as error:  # NUL in the name
        raise MissingDataFile(path) from error


def _check_from_outside(real: Path, path: Path) -> _Identity:
    """Tell from the first bytes whether the file is ours, complete and not too new."""
    try:
        found = real.stat()
        if not stat.S_ISREG(found.st_mode):
            raise NotADataFile(path)
        # Closing any handle of a file drops this process's own locks on it: never open twice.
        if _identity(found) in _held.values():
            raise LockedDataFile(path)
        with real.open("rb") as file:
            head = file.read(_HEAD)
        interrupted = _is_waiting(journal_of(real))
    except (OSError, ValueError) as error:
        raise reasons.why_not_looked_at(error, path) from error
    _check_head(head, path)
    if not interrupted and found.st_size < _size_in_header(head):
        raise DamagedDataFile(path, "shorter than its header says")
    return _identity(found)


def _check_head(head: bytes, path: Path) -> None:
    if not any(head):
        raise EmptyDataFile(path)
    if len(head) < _HEAD or not head.startswith(_MAGIC) or _int(head, 68) != APPLICATION_ID:
        raise NotADataFile(path)
    if _int(head, 60) > SCHEMA_VERSION:
        raise NewerDataFile(path)


def _identity(found: os.stat_result) -> _Identity:
    return found.st_dev, found.st_ino


def _int(head: bytes, offset: int) -> int:
    return struct.unpack_from(">I", head, offset)[0]


def _size_in_header(head: bytes) -> int:
    """The size in bytes that the header promises; 0 when it makes no valid promise."""
    page_size = struct.unpack_from(">H", head, 16)[0]
    valid = _int(head, 24) == _int(head, 92)
    return (65536 if page_size == 1 else page_size) * _int(head, 28) if valid else 0


def journal_of(path: Path) -> Path:
    """Where SQLite keeps the rollback journal of a file."""
    return path.with_name(path.name + "-journal")


def _is_waiting(journal: Path) -> bool:
    """Whether an interrupted save waits to be rolled back: only then may opening change a file.

    SQLite's own mark: a finished journal is empty, or begins with a zero.
    """
    if not journal.is_file():
        return False
    with journal.open("rb") as file:
        return file.read(1) not in (b"", b"\0")


def _check_writable(real: Path, path: Path) -> None:
    # The mode bits are asked as well as the system, because an administrator may write anything.
    bits = (stat.S_IWUSR, stat.S_IWGRP, stat.S_IWOTH)
    by_mode = any(real.stat().st_mode & bit for bit in bits)
    if not by_mode or not os.access(real, os.W_OK) or not os.access(real.parent, os.W_OK):
        raise ReadOnlyDataFile(path)


# --- from inside -----------------------------------------------------------------------------


def _uri(path: Path) -> str:
    """A URI that opens only what is there; any character of the path is safe in it."""
    return f"file:{quote(os.fsencode(path))}?mode=rw"


def _connect(real: Path, path: Path) -> sqlite3.Connection:
    # isolation_level None: the driver never begins a hidden transaction of its own.
    try:
        return sqlite3.connect(_uri(real), uri=True, timeout=_BUSY_SECONDS, isolation_level=None)
    except sqlite3.Error as error:
        raise reasons.why_not_taken(error, path) from error


def _database(connection: sqlite3.Connection) -> Database:
    return Database(connection, execute_plugins=False, strict=True)


def _set(connection: sqlite3.Connection, settings: _Settings, path: Path) -> None:
    """Make the settings, and see that they took."""
    for name, (wanted, expected) in settings.items():
        connection.execute(f"PRAGMA {name} = {wanted}").fetchall()
        (found,) = connection.execute(f"PRAGMA {name}").fetchone() or (0,)
        if found != expected:
            raise UnsafeDataFile(path, f"{name} = {found}")


def _take(connection: sqlite3.Connection, path: Path) -> None:
    """Hold the file for this connection until it closes; an interrupted save is rolled back."""
    try:
        _set(connection, _BEFORE_LOCK, path)
        connection.execute("BEGIN EXCLUSIVE")
        _set(connection, _IN_LOCK, path)
        connection.execute("COMMIT")
        _set(connection, _WITH_LOCK, path)
    except reasons.SQLITE_ERRORS as error:
        raise reasons.why_not_taken(error, path) from error


def _check_whole(connection: sqlite3.Connection, path: Path) -> None:
    """Read through the file: version, pages, rows, references, schema. Writes nothing."""
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        stray = connection.execute("PRAGMA foreign_key_check").fetchone()
        objects = _objects(connection)
    except reasons.SQLITE_ERRORS as error:
        raise reasons.why_not_read(error, path) from error
    if version > SCHEMA_VERSION:  # another program was quicker, between our look and our lock
        raise NewerDataFile(path)
    if version < 1 or verdict != "ok" or stray is not None:
        raise DamagedDataFile(path, f"version {version}: {verdict} {stray or ''}")
    expected = _expected_objects(version)
    foreign = {found for found in objects - expected if found[0] in ("trigger", "view")}
    if foreign or not expected <= objects:
        raise DamagedDataFile(path, f"schema: {sorted(expected - objects) or sorted(foreign)}")
    _check_applied(connection, version, path)


def _check_applied(connection: sqlite3.Connection, version: int, path: Path) -> None:
    """The file's version and its list of migrations must agree."""
    applied = [migration.name for migration in migrations.applied(_database(connection))]
    if applied != _migration_names()[:version]:
        raise DamagedDataFile(path, f"version {version} with {applied}")


@cache
def _migration_names() -> list[str]:
    with closing(sqlite3.connect(":memory:")) as connection:
        return [migration.name for migration in migrations.pending(_database(connection))]


def _objects(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    """Type and name of our tables, indexes, triggers and views; not SQLite's and sqlite-utils'."""
    rows = connection.execute("SELECT type, name FROM sqlite_schema")
    return {(kind, name) for kind, name in rows if not _LIBRARYS_OWN.search(name)}


@cache
def _expected_objects(version: int) -> set[tuple[str, str]]:
    """What a whole file of that schema version holds."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        database = _database(connection)
        migrations.apply(database, stop_before=_migration_names()[version:])
        return _objects(connection)


# --- migrating -------------------------------------------------------------------------------


def _migrate(database: Database, path: Path) -> None:
    """Bring the schema up to date: all the missing migrations, or none."""
    try:
        if migrations.pending(database):
            with transaction(database):
                migrations.apply(database)
    except sqlite3.Error as error:
        raise UpgradeFailed(path, reasons.reason(error)) from error
