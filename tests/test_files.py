"""A failed or interrupted writing never destroys the file that was there, and leaves no rubbish."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import pytest

from ita_desktop.files import FileNotWritten, write_file

OLD, NEW = b"the earlier report", b"%PDF the new one" * 1000


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "รายงาน #1 100%?.pdf"
    path.write_bytes(OLD)
    return path


def test_a_file_is_replaced_whole(target: Path):
    write_file(target, NEW)
    assert target.read_bytes() == NEW
    assert list(target.parent.iterdir()) == [target]


def test_missing_folders_are_made(tmp_path: Path):
    path = tmp_path / "ก" / "ข" / "รายงาน.pdf"
    write_file(path, NEW)
    assert path.read_bytes() == NEW


class Broken(OSError):
    """The disk says no."""


@pytest.mark.parametrize("step", ["fsync", "replace", "mkstemp", "write"])
def test_an_error_at_any_step_leaves_the_old_file(
    target: Path, monkeypatch: pytest.MonkeyPatch, step: str
):
    def fail(*_: object, **__: object) -> None:
        raise Broken

    class FullDisk:
        """An open file that takes nothing."""

        def __init__(self, descriptor: int, _mode: str) -> None:
            os.close(descriptor)

        def __enter__(self) -> FullDisk:
            return self

        def __exit__(self, *_: object) -> None:
            pass

        write = fail

    if step == "replace":
        monkeypatch.setattr(Path, "replace", fail)
    elif step == "mkstemp":
        monkeypatch.setattr(tempfile, "mkstemp", fail)
    elif step == "write":
        monkeypatch.setattr(os, "fdopen", FullDisk)
    else:
        monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(FileNotWritten, match="รายงาน #1") as caught:
        write_file(target, NEW)
    assert isinstance(caught.value.__cause__, Broken) and caught.value.path == target
    assert target.read_bytes() == OLD
    assert list(target.parent.iterdir()) == [target]


def test_an_interruption_leaves_the_old_file_and_no_rubbish(
    target: Path, monkeypatch: pytest.MonkeyPatch
):
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_file(target, NEW)
    assert target.read_bytes() == OLD
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize("where", ["folder", "below a file", "name too long"])
def test_places_that_take_no_file(target: Path, where: str):
    path = {
        "folder": target.parent,
        "below a file": target / "x.pdf",
        "name too long": target.with_name("ก" * 300 + ".pdf"),
    }[where]
    with pytest.raises(FileNotWritten):
        write_file(path, NEW)
    assert target.read_bytes() == OLD
    assert not list(target.parent.glob(".*"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no umask")
def test_a_written_file_has_the_rights_of_any_new_file(tmp_path: Path):
    write_file(tmp_path / "ก.pdf", b"x")
    (tmp_path / "ข").touch()
    assert (tmp_path / "ก.pdf").stat().st_mode == (tmp_path / "ข").stat().st_mode
