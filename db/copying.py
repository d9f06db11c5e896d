"""Whole copies of an open data file, through SQLite's own back-up, in slices.

The copying itself runs in a thread that works only while the owner of the connection waits for
it, so the connection is never used by two at once: between two slices the copying stands still,
and typing is saved as ever. What is written meanwhile is in the copy too.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import threading
import time
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote

_PAGES = 16
"""Pages copied between two looks at the clock: 64 kB, so that a slow disk does not overstay."""
_BLOCK = 1 << 20


class _Abandoned(Exception):
    """The copying was given up."""


class Copying:
    """One copy in the making. ``target`` must be there and is filled; the caller removes it."""

    def __init__(self, source: sqlite3.Connection, target: Path) -> None:
        self.share = 0.0
        self._source = source
        self._target = target
        self._may_go, self._has_stopped = threading.Semaphore(0), threading.Semaphore(0)
        self._until = 0.0
        self._over = self._abandoned = False
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._work, name="copying", daemon=True)

    def step(self, budget: float) -> bool:
        """Copy for about ``budget`` seconds; True while there is more. Raises what failed.

        Inside an edit nothing is copied: half of an edit is no state of the file.
        """
        if not self._over and not self._source.in_transaction:
            self._go_on(budget)
        if self._error is not None:
            raise self._error
        return not self._over

    def _go_on(self, budget: float) -> None:
        self._until = time.perf_counter() + budget
        if self._thread.ident is None:
            self._thread.start()
        else:
            self._may_go.release()
        self._has_stopped.acquire()

    def cancel(self) -> None:
        """Give up and let go of the connection."""
        self._abandoned = True
        if self._thread.ident is None:
            self._over = True
        elif not self._over:
            self._go_on(0)
        if self._thread.ident is not None:
            self._thread.join()

    def _work(self) -> None:
        try:
            with closing(_scratch(self._target)) as copy:
                self._source.backup(copy, pages=_PAGES, progress=self._after_pages, sleep=0.001)
        except BaseException as error:  # noqa: BLE001 - told by the next step, in the owner's thread
            self._error = None if isinstance(error, _Abandoned) else error
        self._over = True
        self._has_stopped.release()

    def _after_pages(self, _status: int, remaining: int, total: int) -> None:
        self.share = 1 - remaining / max(total, 1)
        if time.perf_counter() < self._until and not self._abandoned:
            return
        if not self._abandoned:
            self._has_stopped.release()
            self._may_go.acquire()
        if self._abandoned:
            raise _Abandoned


def _scratch(target: Path) -> sqlite3.Connection:
    """A connection that only has to be quick: a copy that is interrupted is thrown away."""
    connection = sqlite3.connect(_uri(target, "mode=rw"), uri=True, isolation_level=None)
    for setting in ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE"):
        connection.execute(f"PRAGMA {setting}").fetchall()
    return connection


def _uri(path: Path, how: str) -> str:
    return f"file:{quote(os.fsencode(path))}?{how}"


def connect_to_copy(path: Path) -> sqlite3.Connection:
    """Read a file that nobody writes: no lock, no journal, not a byte is changed."""
    connection = sqlite3.connect(
        _uri(path, "mode=ro&immutable=1"), uri=True, isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA trusted_schema = OFF").fetchall()
    connection.execute("PRAGMA cell_size_check = ON").fetchall()
    return connection


def digest_of(path: Path) -> str:
    """The SHA-256 of a file that is not open as a data file in this program."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            found.update(block)
    return found.hexdigest()


def copy_file(source: Path, target: Path) -> str:
    """Copy the bytes of a closed file into an existing one, onto the disk; returns the SHA-256."""
    found = hashlib.sha256()
    with source.open("rb") as reading, target.open("r+b") as writing:
        while block := reading.read(_BLOCK):
            found.update(block)
            writing.write(block)
        writing.truncate()
        writing.flush()
        os.fsync(writing.fileno())
    return found.hexdigest()


def sync(path: Path) -> None:
    """Have the file on the disk."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk, where the system lets us (Windows does not)."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def give_name(growing: Path, path: Path) -> None:
    """Rename without ever replacing: POSIX's own rename would overwrite what is there."""
    try:
        os.link(growing, path)
    except FileExistsError:
        raise
    except OSError:  # a medium without hard links, as many USB sticks are
        if os.path.lexists(path):
            raise FileExistsError(path) from None
        growing.rename(path)
    else:
        growing.unlink()


def remove(path: Path) -> None:
    """Delete a file, also one that is guarded against writing, as Windows wants it."""
    with suppress(OSError):
        path.chmod(0o600)
    path.unlink(missing_ok=True)
