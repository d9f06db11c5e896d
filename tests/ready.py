"""Data files that stand ready: each made once a process by the program itself, then copied.

For tests to which the file is only where they begin. What is under test when a file is made, filled
or opened makes its own.
"""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from db.opening import create_data_file
from db.store import Store
from ita_desktop.exchange.interchange import read_interchange
from ita_desktop.paths import resources

SAMPLE = resources() / "sample" / "office.json"


@cache
def _empty() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ใหม่.ita"
        create_data_file(path)
        return path.read_bytes()


@cache
def _sample() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = put_empty(Path(folder) / "ตัวอย่าง.ita")
        found = read_interchange(SAMPLE)
        with Store(path) as store:
            store.take_in(found.dossier, found.parts)
        return path.read_bytes()


def put_empty(path: Path) -> Path:
    """A new data file there, where no file is yet."""
    return _put(_empty(), path)


def put_sample(path: Path) -> Path:
    """A data file with the sample office there, where no file is yet."""
    return _put(_sample(), path)


def _put(content: bytes, path: Path) -> Path:
    with path.open("xb") as file:
        file.write(content)
    path.chmod(0o600)  # as the program makes it
    return path
