"""The layer between a program and the system (``shim.c``): built once, loaded by a child."""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from enum import IntEnum
from functools import cache
from pathlib import Path

import pytest

SOURCE = Path(__file__).with_name("shim.c")
VARIABLE = "ITA_SHIM"
"""Names the built layer to the child that runs over it."""


class Call(IntEnum):
    """What a program may do to files, as in ``shim.c``."""

    OPEN = 1
    WRITE = 2
    TRUNCATE = 3
    SYNC = 4
    UNLINK = 5
    RENAME = 6
    LINK = 7
    MARK = 8


EVERY = sum(1 << call for call in Call)
GROWING = 1 << Call.WRITE | 1 << Call.OPEN
"""What a full disk goes on refusing."""


class Death(IntEnum):
    """When the program ends: at a call, before it, after it, or with half of it done."""

    BEFORE = 1
    AFTER = 2
    HALF = 3


def why_not_here() -> str:
    """Why the layer can't be used on this computer; "" when it can."""
    if not sys.platform.startswith("linux"):
        return "system calls are watched on Linux only"
    return "" if shutil.which("gcc") else "gcc is not installed (apt-get install gcc libc6-dev)"


needs_shim = pytest.mark.skipif(
    bool(why_not_here()) and not os.environ.get("CI"), reason=why_not_here() or "it is here"
)
"""On CI the compiler has to be there: a proof that is skipped proves nothing."""


@cache
def built() -> Path:
    """The built layer; the same source is built once in a temporary folder."""
    if problem := why_not_here():
        raise RuntimeError(problem)
    name = f"ita-shim-{hashlib.sha256(SOURCE.read_bytes()).hexdigest()[:16]}-{os.getuid()}.so"
    library = Path(tempfile.gettempdir()) / name
    if not library.exists():
        descriptor, growing = tempfile.mkstemp(dir=library.parent, suffix=".so")
        os.close(descriptor)
        command = ["gcc", "-shared", "-fPIC", "-O2", "-o", growing, str(SOURCE), "-ldl"]
        subprocess.run([*command, "-lpthread"], check=True, capture_output=True)
        Path(growing).replace(library)
    return library


def environment() -> dict[str, str]:
    """The environment of a child that runs over the layer."""
    return {**os.environ, "LD_PRELOAD": str(built()), VARIABLE: str(built())}


class Shim:
    """Gives the layer its orders, in the child that runs over it."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(os.environ[VARIABLE])
        self._library.shim_counted.restype = ctypes.c_long
        self._library.shim_fail.argtypes = [ctypes.c_long, *[ctypes.c_int] * 3]
        self._library.shim_die.argtypes = [ctypes.c_long, ctypes.c_int]

    def watch(self, folder: Path, log: Path | None = None) -> None:
        """Watch the files of a folder from now on, with a log of every call or without."""
        named = os.fsencode(log) if log else None
        self._library.shim_watch(os.fsencode(folder), named)

    def mark(self, text: str) -> None:
        """Put a word into the log."""
        self._library.shim_mark(text.encode())

    def fail(self, nth: int, error: int, *, half: bool = False, then: int = 0) -> None:
        """Let the nth call from now fail, and with ``then`` (bits of calls) later ones too."""
        self._library.shim_fail(nth, error, half, then)

    def heal(self) -> None:
        """Let nothing fail any more."""
        self._library.shim_fail(0, 0, 0, 0)

    def die(self, nth: int, how: Death) -> None:
        """End this program at the nth call from now."""
        self._library.shim_die(nth, how)

    @property
    def counted(self) -> int:
        """Calls since the last order."""
        return self._library.shim_counted()

    @property
    def failed(self) -> int:
        """Calls that were made to fail since the last order."""
        return self._library.shim_failed()
