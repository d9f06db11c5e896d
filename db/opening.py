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
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from urllib.parse import quote
from weakref import WeakKeyDictionary

from sqlite_utils import Database

from db import reasons, seals
from db.copying import Copying, connect_to_copy, give_name, sync_folder
from db.errors import (
    BackupFailed,
    CreateFailed,
    DamagedDataFile,
    DataFileError,
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
from db.holders import Holder, leave_note, read_note, take_note_away
from db.migrations import APPLICATION_ID, SCHEMA_VERSION, migrations

_MAGIC = b"SQLite format 3\x00"
_HEAD = 100
SIDECARS = ("-journal", "-wal", "-shm")
"""What SQLite may keep beside a file."""

_MIGRATIONS = "_sqlite_migrations"
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


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What opening did to a file of an earlier program: from which schema, and what it was before.

    ``backup``: the checked back-up of the file as the earlier program left it.
    """

    before: int
    backup: Path

    def sentence(self, path: Path) -> str:
        """What the clerk is told; Arabic digits."""
        return (
            f"แฟ้ม “{path.name}” ทำไว้ด้วยโปรแกรมรุ่นก่อน โปรแกรมรุ่นนี้ปรับให้ใช้ต่อได้แล้ว ข้อมูลครบทุกรายการ "
            f"และเก็บแฟ้มก่อนปรับไว้ที่ {self.backup} หลังจากนี้โปรแกรมรุ่นก่อนจะเปิดแฟ้มนี้ไม่ได้"
        )


_held: WeakKeyDictionary[Database, _Identity] = WeakKeyDictionary()
_left_open: WeakKeyDictionary[Database, Holder | None] = WeakKeyDictionary()
_upgraded: WeakKeyDictionary[Database, Upgrade] = WeakKeyDictionary()
_looks: WeakKeyDictionary[Database, tuple[int, int]] = WeakKeyDictionary()


def sqlite_version() -> str:
    """The version of SQLite that this program runs with."""
    return sqlite3.sqlite_version


def open_data_file(path: Path) -> Database:
    """Open the data file for this program alone, migrated to the newest schema.

    Raises a DataFileError with its own sentence when the file is missing, foreign, newer, locked,
    read-only or damaged; the file is then unchanged to the byte.
    """
    database = open_as_it_is(path)
    try:
        _migrate(database, path)
    except BaseException:
        close_data_file(database, path)
        raise
    return database


def open_as_it_is(path: Path) -> Database:
    """The same, without bringing an earlier schema up to date."""
    real = _real(path)
    identity = _check_from_outside(real, path)
    _check_writable(real, path)
    connection = _connect(real, path)
    try:
        _take(connection, path)
        _check_whole(connection, path)
        _check_writing(connection, path)
        _set(connection, _WHEN_WHOLE, path)
        database = _database(connection)
    except LockedDataFile as error:
        connection.close()
        raise LockedDataFile(path, read_note(real)) from error
    except BaseException:
        connection.close()
        raise
    _held[database] = identity
    _left_open[database] = read_note(real)
    leave_note(real)
    look_again(database, path)
    return database


def left_open(database: Database) -> Holder | None:
    """Who had the file when a program last ended without closing it; None when it was closed."""
    return _left_open.get(database)


def upgraded(database: Database) -> Upgrade | None:
    """What opening brought up to date; None when the file was of this schema already."""
    return _upgraded.get(database)


def look_again(database: Database, path: Path) -> None:
    """Remember how the file looks from outside now that this program has written."""
    with suppress(OSError):
        found = path.stat()
        _looks[database] = (found.st_mtime_ns, found.st_size)


def changed_outside(database: Database, path: Path) -> bool:
    """Whether somebody else has written, replaced or removed the open file.

    Windows lets nobody, and is not exact about times while a file is open.
    """
    try:
        found = path.stat()
    except OSError:
        return True
    looks = (found.st_mtime_ns, found.st_size)
    moved = _identity(found) != _held.get(database)
    return os.name != "nt" and (moved or looks != _looks.get(database, looks))


def is_open_elsewhere(path: Path) -> bool:
    """Whether a program has the data file open just now; this one too. Changes nothing."""
    with suppress(OSError):
        if _identity(path.stat()) in _held.values():
            return True
    uri = f"file:{quote(os.fsencode(path))}?mode=ro"
    try:
        with closing(sqlite3.connect(uri, uri=True, timeout=_BUSY_SECONDS)) as connection:
            connection.execute("PRAGMA schema_version").fetchone()
    except sqlite3.Error as error:
        return reasons.is_busy(error)
    return False


def close_data_file(database: Database, path: Path) -> None:
    """Let go of the file and take the finished journal away, while nobody else can have it."""
    if _held.pop(database, None) is not None:
        with suppress(DataFileError):
            take_note_away(_real(path))
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
            give_name(growing, path)
            sync_folder(path.parent)
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
            seals.seal_all(database.conn, sealed_tables(SCHEMA_VERSION))


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
    if not interrupted and found.st_size < size_in_header(head):
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


def size_in_header(head: bytes) -> int:
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
    # isolation_level None: the driver never begins a hidden transaction of its own. A copy is
    # made in a thread of its own, which uses the connection only while its owner waits.
    try:
        return sqlite3.connect(
            _uri(real),
            uri=True,
            timeout=_BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
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
        (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
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
    # The history is read when it is asked for; the files by their own digest, one by one.
    broken = seals.check(connection, sealed_tables(version) - {seals.HISTORY})
    if broken:
        raise DamagedDataFile(path, f"seals: {broken[:3]}")


def check_copy(path: Path) -> None:
    """Read through every record and file of a whole copy that nobody has open; writes nothing.

    Raises a DataFileError, as opening it would; a file of an earlier schema is as good.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
        size = path.stat().st_size
        connection = connect_to_copy(path)
    except OSError as error:
        raise reasons.why_not_looked_at(error, path) from error
    except sqlite3.Error as error:
        raise reasons.why_not_read(error, path) from error
    with closing(connection):
        _check_head(head, path)
        if size < size_in_header(head):
            raise DamagedDataFile(path, "shorter than its header says")
        _check_whole(connection, path)
        broken = check_rest(connection)
        if broken:
            raise DamagedDataFile(path, f"seals: {broken[:3]}")


def read_copy(path: Path) -> Database:
    """A whole file of this schema version that nobody has open, to read only.

    Raises a DataFileError. Not a byte is changed, and nothing can be written.
    """
    try:
        database = _database(connect_to_copy(path))
    except sqlite3.Error as error:
        raise reasons.why_not_read(error, path) from error
    try:
        _check_whole(database.conn, path)
    except BaseException:
        database.close()
        raise
    return database


def version_of(path: Path) -> int:
    """The schema version in the first bytes of a closed file; raises a DataFileError."""
    return _int(check_head_of(path), 60)


def check_head_of(path: Path) -> bytes:
    """The first bytes of a closed file; raises a DataFileError when they are none of ours."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise NotADataFile(path)
        if _identity(path.stat()) in _held.values():
            raise LockedDataFile(path)
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except (OSError, ValueError) as error:
        raise reasons.why_not_looked_at(error, path) from error
    _check_head(head, path)
    return head


def waits_to_be_rolled_back(path: Path) -> bool:
    """Whether an interrupted save waits beside a closed file."""
    return _is_waiting(journal_of(_real(path)))


def check_rest(connection: sqlite3.Connection) -> list[seals.Broken]:
    """What opening leaves for later: records of the history, and the kept files."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    broken = seals.check(connection, sealed_tables(version) & {seals.HISTORY})
    has_files = ("table", "picture") in _expected_objects(version)
    return [*broken, *(seals.check_pictures(connection) if has_files else ())]


def sealed_tables(version: int) -> frozenset[str]:
    """The tables whose every row has a seal in a file of that schema version."""
    tables = {name for kind, name in _expected_objects(version) if kind == "table"}
    return frozenset({*tables, _MIGRATIONS} - seals.UNSEALED) if "seal" in tables else frozenset()


def _check_writing(connection: sqlite3.Connection, path: Path) -> None:
    """Raise ReadOnlyDataFile when SQLite could open the file for reading only; writes nothing.

    It does so without a word when the system refuses the other, if only for a moment, and would
    then refuse every edit for good.
    """
    try:
        connection.execute("UPDATE office SET name = name WHERE 0")
    except reasons.SQLITE_ERRORS as error:
        raise reasons.why_not_taken(error, path) from error


def _check_applied(connection: sqlite3.Connection, version: int, path: Path) -> None:
    """The file's version and its list of migrations must agree."""
    try:
        applied = [migration.name for migration in migrations.applied(_database(connection))]
    except reasons.UNREADABLE_CONTENT as error:
        raise reasons.why_not_read(error, path) from error
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


@cache
def expected_schema(version: int) -> dict[str, str]:
    """Name of each of our tables and indexes -> how it was created, of that schema version."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrations.apply(_database(connection), stop_before=_migration_names()[version:])
        rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql <> ''")
        return {name: sql for name, sql in rows if not _LIBRARYS_OWN.search(name)}


# --- migrating -------------------------------------------------------------------------------


def _back_up_first(database: Database, path: Path) -> Path:
    """Without a checked back-up there is no migration; raises UpgradeFailed. Returns its place."""
    from db.backup import (
        Backups,
        Reason,
    )  # it reads back-ups through the store, which opens files here

    try:
        copy_to = partial(Copying, database.conn)
        return Backups(path).make_by(copy_to, Reason.MIGRATION, thinned=False).run().path
    except BackupFailed as error:
        raise UpgradeFailed(path, f"สำรองแฟ้มก่อนไม่ได้: {error.detail}") from error


def _migrate(database: Database, path: Path) -> None:
    """Bring the schema up to date: all the missing migrations, or none."""
    try:
        if migrations.pending(database):
            (before,) = database.conn.execute("PRAGMA user_version").fetchone()
            backup = _back_up_first(database, path)
            with transaction(database):
                migrations.apply(database)
                seals.seal_all(database.conn, sealed_tables(SCHEMA_VERSION))
            _upgraded[database] = Upgrade(before, backup)
    except sqlite3.Error as error:
        raise UpgradeFailed(path, reasons.reason(error)) from error
