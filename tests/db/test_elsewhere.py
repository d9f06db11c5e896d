"""Saved elsewhere: all of an open file that its own place no longer takes, and what waits."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from db.deeds import Deed
from db.elsewhere import save_elsewhere
from db.errors import CreateFailed, ExistingFile, MovedDataFile, WriteFailed
from db.store import Store
from ita_desktop.domain.framework_origin import Source
from tests.db.matter import fill

WAITING = (Deed("set_office", ("district", "พิมพ์ค้าง")), Deed("set_measure", (1,), {"title": "ใหม่"}))


class Unplugged:
    """A connection to a stick that is gone: nothing can be read or written any more."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._real = connection
        self.gone = True

    def __getattr__(self, name: str) -> Any:
        if self.gone and name in ("execute", "backup", "cursor"):
            return self._fail
        return getattr(self._real, name)

    def _fail(self, *_: object, **__: object) -> None:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR_READ
        raise error


def unplug(store: Store) -> Unplugged:
    gone = Unplugged(store._database.conn)
    store._database.conn = gone  # type: ignore[assignment]
    return gone


def test_a_copy_holds_all_and_what_waits(store: Store, tmp_path: Path):
    fill(store)
    before = store.dossier()
    found = save_elsewhere(store, tmp_path / "ที่อื่น" / "ข้อมูล #1.ita", WAITING)
    assert (found.whole, found.photos, found.refused) == (True, 0, ())
    assert store.dossier() == before
    with Store(found.path) as copy:
        now = copy.dossier()
        assert now.office == replace(before.office, district="พิมพ์ค้าง")
        assert now.measures[2569][0].title == "ใหม่"
        photos = [p for m in now.measures[2569] for r in m.progress.values() for p in r.photos]
        assert photos
        assert all(copy.picture(photo.digest) for photo in photos)
        assert len(copy.edits(10_000)) == len(store.edits(10_000)) + 1
        copy.undo()
        assert copy.dossier() == before
    assert [path.name for path in found.path.parent.iterdir()] == [found.path.name]


def test_a_file_that_can_not_be_read_is_filled_from_what_was_last_read(
    store: Store, tmp_path: Path
):
    fill(store)
    before = store.dossier()
    with Store.create(tmp_path / "control.ita") as other:
        assert other.take_over(before, store.picture) == 0
        assert other.dossier() == before  # with the files at hand nothing at all is missing
    store.set_framework(2570, "{}", Source.FILE)
    own = store.frameworks()
    gone = unplug(store)
    found = save_elsewhere(store, tmp_path / "ที่อื่น.ita", WAITING)
    assert not found.whole
    with Store(found.path) as copy:
        assert copy.frameworks() == own
    assert found.photos > 0
    assert found.refused == ()
    with Store(found.path) as copy:
        now = copy.dossier()
        assert now.office == replace(before.office, district="พิมพ์ค้าง")
        assert [m.id for m in now.measures[2569]] == [m.id for m in before.measures[2569]]
        assert now.measures[2569][0].title == "ใหม่"
        assert (now.sheets, now.people, now.chain) == (before.sheets, before.people, before.chain)
    gone.gone = False


def test_a_file_that_is_there_is_never_overwritten(store: Store, tmp_path: Path):
    there = tmp_path / "มีแล้ว.ita"
    there.write_bytes(b"mine")
    with pytest.raises(ExistingFile):
        save_elsewhere(store, there, ())
    assert there.read_bytes() == b"mine"


def test_what_can_not_be_saved_leaves_nothing(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(*_: object, **__: object) -> None:
        raise WriteFailed(store.path, "ที่เก็บข้อมูลเต็ม")

    monkeypatch.setattr(Store, "do_all", full)
    folder = tmp_path / "ที่อื่น"
    with pytest.raises(CreateFailed, match="เต็ม"):
        save_elsewhere(store, folder / "ข้อมูล.ita", WAITING)
    assert list(folder.iterdir()) == []


def _away_and_back(path: Path, change: Callable[[Path], object] = lambda _: None) -> None:
    """What a stick that is pulled and plugged in again looks like: the same, another file."""
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content)
    change(path)


def test_a_file_that_came_back_is_opened_anew(store: Store):
    fill(store)
    store.dossier()
    _away_and_back(store.path)
    with pytest.raises(WriteFailed):
        store.set_office("name", "ก")
    assert store.is_away()
    store.reconnect()
    assert not store.is_away()
    store.set_office("name", "ก")
    store.close()
    with Store(store.path) as again:
        assert again.dossier().office.name == "ก"


def test_a_text_that_is_no_score_yet_is_known_when_the_file_comes_back(store: Store):
    """It is kept without an edit: nothing else tells what the file holds now."""
    fill(store)
    store.dossier()
    store.keep_score_draft(2568, "i1", "93,")
    _away_and_back(store.path)
    with pytest.raises(WriteFailed):
        store.keep_score_draft(2568, "i1", "93,5")
    store.reconnect()
    assert store.dossier().sheet(2568).drafts["i1"] == "93,"
    store.keep_score_draft(2568, "i1", "93,5")
    store.close()
    with Store(store.path) as again:
        assert again.dossier().sheet(2568).drafts["i1"] == "93,5"


def test_a_draft_whose_commit_failed_and_yet_stands_is_the_files_own(store: Store):
    fill(store)
    store.dossier()

    def stands(path: Path) -> None:  # as if it had reached the disk
        with Store(path) as other:
            other.keep_score_draft(2568, "i1", "93,5")

    _away_and_back(store.path, stands)
    with pytest.raises(WriteFailed):
        store.keep_score_draft(2568, "i1", "93,5")
    store.reconnect()
    assert store.dossier().sheet(2568).drafts["i1"] == "93,5"


def test_another_file_in_its_place_is_not_written_to(store: Store, tmp_path: Path):
    fill(store)
    known = store.dossier()
    other = tmp_path / "อื่น.ita"
    with Store.create(other) as made:
        made.set_office("name", "คนอื่น")
    before = other.read_bytes()
    store.path.unlink()
    other.rename(store.path)
    with pytest.raises(MovedDataFile):
        store.reconnect()
    with pytest.raises(WriteFailed):
        store.set_office("name", "ก")
    assert store.last_dossier == known
    assert store.path.read_bytes() == before
    found = save_elsewhere(store, tmp_path / "ที่อื่น.ita", WAITING)
    assert found.whole  # the file that was open is without a name, but still there
    with Store(found.path) as copy:
        assert copy.dossier().office.district == "พิมพ์ค้าง"


def test_while_it_is_gone_it_is_only_told(store: Store):
    fill(store)
    store.dossier()
    content = store.path.read_bytes()
    store.path.unlink()
    for _ in range(3):
        assert store.is_away()
        with pytest.raises(Exception, match="ไม่พบแฟ้ม"):
            store.reconnect()
    store.path.write_bytes(content)
    store.reconnect()
    store.set_office("name", "ก")
