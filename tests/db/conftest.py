"""A data file of its own for every test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.store import Store
from tests.ready import put_empty


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A new data file, closed."""
    return put_empty(tmp_path / "หน่วยงาน.ita")


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """A new data file, open."""
    with Store(path) as opened:
        yield opened
