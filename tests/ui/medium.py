"""A small drive of its own for a test: it can be full, pulled and plugged in again.

A real file system where the system lets the test mount one (Linux, as root); tests are skipped
elsewhere, and ``Faulty`` in tests/db/test_faults.py stands for a disk that refuses.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

_MOUNT = shutil.which("mount") if sys.platform == "linux" else None


class NoDrive(Exception):
    """This system lets no test mount anything."""


class Drive:
    """A file system kept in a file, mounted at ``place``."""

    def __init__(self, folder: Path, megabytes: int = 4) -> None:
        """Make and mount it; raises NoDrive."""
        self.place = folder / "แฟลชไดรฟ์"
        self._image = folder / "drive.img"
        self.place.mkdir()
        if _MOUNT is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
            raise NoDrive
        with self._image.open("wb") as file:
            file.truncate(megabytes * 1_000_000)
        self._run("mkfs.ext4", "-q", "-F", "-m", "0", str(self._image))
        self.plug_in()

    @staticmethod
    def _run(*words: str) -> None:
        try:
            subprocess.run(words, check=True, capture_output=True, timeout=30)
        except (OSError, subprocess.SubprocessError) as error:
            raise NoDrive(str(error)) from error

    def plug_in(self) -> None:
        """Mount it (again)."""
        self._run("mount", "-o", "loop", str(self._image), str(self.place))

    def pull(self) -> None:
        """Take it away under whoever has files open on it: nothing can be read or written."""
        fill = self.place / "fill"
        fill.unlink(missing_ok=True)
        self._run("umount", "-l", str(self.place))

    def fill(self) -> None:
        """Leave no byte free."""
        with (self.place / "fill").open("ab", buffering=0) as file:
            for size in (65536, 4096, 512, 1):
                try:
                    while file.write(b"\0" * size) == size:
                        pass
                except OSError:
                    continue

    def empty(self) -> None:
        """Give the room back."""
        (self.place / "fill").unlink(missing_ok=True)

    def away(self) -> None:
        """Unmount for good; never raises."""
        if _MOUNT is not None:
            subprocess.run(
                ("umount", "-l", str(self.place)), check=False, capture_output=True, timeout=30
            )
