"""Writing files so that an earlier one is never destroyed by a failed writing."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path


class FileNotWritten(Exception):
    """A file could not be written; what was there before is untouched. ``str()`` is Thai."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(
            f"เขียนแฟ้ม “{path.name}” ไม่สำเร็จ โปรดปิดโปรแกรมที่เปิดแฟ้มนี้อยู่ "
            "ตรวจพื้นที่ว่าง หรือเลือกที่เก็บอื่น แล้วลองอีกครั้ง"
        )


def write_file(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path``, replacing an earlier file only once all is on the disk."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    except OSError as error:
        raise FileNotWritten(path) from error
    growing = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        growing.chmod(0o666 & ~_umask())
        growing.replace(path)
    except OSError as error:
        raise FileNotWritten(path) from error
    finally:  # after an interruption too; once all went well there is none
        with suppress(OSError):
            growing.unlink()


def _umask() -> int:
    """What the system takes from a new file's rights; a temporary file has none for others."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
