"""A data file of its own for every test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.opening import create_data_file
from db.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A new data file, closed."""
    found = tmp_path / "หน่วยงาน.ita"
    create_data_file(found)
    return found


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """A new data file, open."""
    with Store(path) as opened:
        yield opened
