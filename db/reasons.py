"""From errors of SQLite and of the system to the errors a clerk can read."""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path

from db.errors import (
    DamagedDataFile,
    DataFileError,
    GoneRow,
    LockedDataFile,
    MissingDataFile,
    ReadOnlyDataFile,
    RefusedEdit,
    UnreadableDataFile,
    WriteFailed,
)
from db.rows import NoSuchRow

FULL = "ที่เก็บข้อมูลเต็ม"
_FORBIDDEN = "ไม่มีสิทธิ์"
_BROKEN = "อ่านหรือเขียนที่เก็บข้อมูลไม่ได้"
_BUSY = "แฟ้มถูกโปรแกรมอื่นใช้อยู่"
_NO_FOLDER = "ไม่พบโฟลเดอร์"
_LONG_NAME = "ชื่อแฟ้มยาวเกินไป"
_OTHER = "ระบบไม่ยอมให้ทำ"
_LONGEST_PATH = 480
"""Bytes of a path that SQLite opens, with the journal's ending."""
MOVED = "แฟ้มถูกย้าย ลบ หรือแทนที่ขณะเปิดอยู่"
OVERWRITTEN = "แฟ้มถูกโปรแกรมอื่นเขียนทับขณะเปิดอยู่"

_BY_SQLITE = {
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_READONLY: _FORBIDDEN,
    sqlite3.SQLITE_PERM: _FORBIDDEN,
    sqlite3.SQLITE_CANTOPEN: _FORBIDDEN,
    sqlite3.SQLITE_IOERR: _BROKEN,
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
}
_BY_SYSTEM = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.EROFS: _FORBIDDEN,
    errno.EIO: _BROKEN,
    errno.EBUSY: _BUSY,
    errno.ENOENT: _NO_FOLDER,
    errno.ENOTDIR: _NO_FOLDER,
    errno.ENAMETOOLONG: _LONG_NAME,
}
_NOWHERE = {errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.ELOOP, errno.EINVAL}
_HELD_BY_ANOTHER_ON_WINDOWS = {32, 33}
_SPOILT = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_NOT_KEPT = (sqlite3.IntegrityError, sqlite3.InterfaceError, sqlite3.DataError, ArithmeticError)

SQLITE_VERSION = sqlite3.sqlite_version
"""Which SQLite this is, for a report of a mistake."""

SQLITE_ERRORS = (sqlite3.Error, UnicodeDecodeError)
"""What SQLite's driver raises: also when its message quotes broken letters from the file."""

UNREADABLE_CONTENT = (sqlite3.Error, ValueError, ArithmeticError, LookupError)
"""What reading a row raises when its bytes are not what the program wrote."""


def reason(error: Exception) -> str:
    """A few plain words for an error of SQLite or of the system."""
    if isinstance(error, OSError):
        return _BY_SYSTEM.get(error.errno or 0, _OTHER)
    return _BY_SQLITE.get(_code(error), _OTHER)


def _code(error: BaseException) -> int:
    """SQLite's primary result code; 0 when the error did not come from SQLite itself."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def is_busy(error: BaseException) -> bool:
    """Whether another program has what was asked for."""
    return _BY_SQLITE.get(_code(error)) == _BUSY


def why_not_looked_at(error: OSError | ValueError, path: Path) -> DataFileError:
    """Why the first bytes of a file can't be read."""
    if isinstance(error, ValueError) or error.errno in _NOWHERE:
        return MissingDataFile(path)
    if getattr(error, "winerror", None) in _HELD_BY_ANOTHER_ON_WINDOWS:
        return LockedDataFile(path)
    return UnreadableDataFile(path, reason(error))


def why_not_taken(error: Exception, path: Path) -> DataFileError:
    """Why a file that looks like ours can't be locked."""
    words = reason(error)
    if words == _BUSY:
        return LockedDataFile(path)
    if words == _FORBIDDEN and len(os.fsencode(path)) > _LONGEST_PATH:
        return UnreadableDataFile(path, _LONG_NAME)
    if words == _FORBIDDEN:
        return ReadOnlyDataFile(path)
    return why_not_read(error, path)


def why_not_read(error: Exception, path: Path) -> DataFileError:
    """Why what stands in an open file can't be read."""
    if _code(error) == sqlite3.SQLITE_IOERR:
        return UnreadableDataFile(path, reason(error))
    return DamagedDataFile(path, str(error))


def why_not_written(error: BaseException, path: Path) -> DataFileError | None:
    """Why an edit was not written; None when the error is no matter of the data file."""
    if isinstance(error, NoSuchRow):
        return GoneRow(path)
    if isinstance(error, _NOT_KEPT):
        return RefusedEdit(path, str(error))
    if _code(error) in _SPOILT or isinstance(error, UnicodeDecodeError):
        return DamagedDataFile(path, str(error))
    if isinstance(error, sqlite3.OperationalError) and _code(error) != sqlite3.SQLITE_ERROR:
        return WriteFailed(path, reason(error))
    return None
