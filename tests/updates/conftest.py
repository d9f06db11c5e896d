"""A user's folder of its own for every test, and what updates are made of."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ita_desktop import paths
from ita_desktop.updates import update_file
from ita_desktop.updates.update_file import About, Update, build_update, public_text, read_update

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
ABOUT = About("ita-2570", 20270115, "กรอบปี 2570", "ผู้ดูแลโปรแกรม", "เพิ่มปี 2570")


@pytest.fixture(autouse=True)
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of installed updates, empty."""
    folder = tmp_path / "user" / "updates"
    monkeypatch.setattr(paths, "user_folder", lambda: folder.parent)
    paths.look_again()
    yield folder
    monkeypatch.undo()
    paths.look_again()


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """This program knows the key that the tests sign with."""
    monkeypatch.setattr(update_file, "known_keys", lambda: {public_text(KEY): "ผู้ดูแลโปรแกรม"})


def framework(year: int, change: Callable[[dict[str, Any]], object] = lambda data: None) -> bytes:
    """The shipped framework of 2569, or of that year, as a file for ``year``."""
    path = paths.resources() / "frameworks" / f"{min(year, 2569)}.json"
    data = json.loads(path.read_text("utf-8"))
    data["year"] = year
    if year > 2569:
        data.pop("crosswalk", None)
    change(data)
    return json.dumps(data, ensure_ascii=False).encode()


def made(contents: dict[str, bytes], about: About = ABOUT, *, signed: bool = False) -> Update:
    """An update of these files, as it is read from its bytes."""
    return read_update(build_update(about, contents, KEY if signed else None))
