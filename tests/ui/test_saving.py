"""Saving: nothing typed is lost, and the status bar tells the truth about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest

from db.errors import RefusedEdit, WriteFailed
from db.store import Store
from tests.ui.conftest import Alerts, Keyboard, on_disk, open_session, page_of, wait_saved
from ui.main_window import MainWindow
from ui.pages.measures import MeasuresPage
from ui.pages.office import OfficePage
from ui.pages.scores import ScoresPage


class Disk:
    """A disk that refuses to be written to while ``full``."""

    def __init__(self) -> None:
        self.full = False
        self.error: type[WriteFailed | RefusedEdit] = WriteFailed


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    state, edit = Disk(), Store.edit
    monkeypatch.setattr("ui.session.RETRY_MS", 30)

    @contextmanager
    def refusing(store: Store, *args: Any, **more: Any) -> Iterator[Any]:
        if state.full:
            raise state.error(store.path, "ไม่มีพื้นที่ว่าง")
        with edit(store, *args, **more) as recorder:
            yield recorder

    monkeypatch.setattr(Store, "edit", refusing)
    return state


def type_name(keys: Keyboard, text: str) -> None:
    keys.press("Ctrl+1").tab_to("ชื่อ").type(text)


def until(condition: Callable[[], bool]) -> None:
    for _ in range(100):
        if condition():
            return
        QTest.qWait(10)
    raise AssertionError("it never happened")


def saved_text(window: MainWindow) -> str:
    return window.saved_label.text()


def test_the_status_bar_tells_when_it_was_saved(keys: Keyboard):
    assert saved_text(keys.window) == "เปิดแฟ้มแล้ว"
    type_name(keys, "สุขใจ")
    wait_saved(keys.window)
    assert re.fullmatch(
        r"บันทึกแล้ว [๐-๙]+ \S+ [๐-๙]{4} เวลา [๐-๙]{2}\.[๐-๙]{2}\.[๐-๙]{2} น\.",
        saved_text(keys.window),
    )


def test_typing_on_and_on_is_written_in_between(keys: Keyboard):
    """Whoever types without a pause has it on the disk within a second all the same."""
    saver = open_session(keys.window).saver
    keys.press("Ctrl+1").tab_to("ที่อยู่")
    written = []
    open_session(keys.window).changed.connect(written.append)
    for _ in range(15):
        keys.type("ก")
        QTest.qWait(80)
    assert saver.pending
    assert written


def test_a_refused_write_says_so_keeps_the_text_and_writes_it_later(keys: Keyboard, disk: Disk):
    window = keys.window
    disk.full = True
    type_name(keys, "สุขใจ")
    until(lambda: saved_text(window) == "ยังไม่ได้บันทึก")
    assert "ไม่มีพื้นที่ว่าง" in window.guard.troubles.text("saving")
    assert window.saved_label.property("role") == "wrong"
    assert page_of(window, OfficePage).form.fields["name"].value() == "สุขใจ"
    keys.press("Tab").type("เมือง")
    path = open_session(window).store.path
    assert on_disk(path).office.name == ""
    disk.full = False
    until(lambda: not open_session(window).saver.pending)
    assert (on_disk(path).office.name, on_disk(path).office.district) == ("สุขใจ", "เมือง")
    assert saved_text(window).startswith("บันทึกแล้ว")
    assert window.saved_label.property("role") == ""


def test_the_newest_text_is_what_is_written_in_the_end(keys: Keyboard, disk: Disk):
    disk.full = True
    type_name(keys, "สุข")
    until(lambda: saved_text(keys.window) == "ยังไม่ได้บันทึก")
    keys.type("ใจ")
    disk.full = False
    wait_saved(keys.window)
    assert on_disk(open_session(keys.window).store.path).office.name == "สุขใจ"


def test_scores_typed_while_the_disk_is_full_are_all_written_later(keys: Keyboard, disk: Disk):
    keys.press("Ctrl+2")
    page = page_of(keys.window, ScoresPage)
    page.show_year(2568)
    page.view.go(page.model.index_of("1"))
    disk.full = True
    for score in ("90", "80", "abc"):
        keys.type(score).press("Return")
    assert page.model.index_of("1").data() == "๙๐.๐๐"
    disk.full = False
    wait_saved(keys.window)
    stored = on_disk(open_session(keys.window).store.path).sheet(2568).entered
    assert {code: str(score) for code, score in stored.items()} == {"1": "90.00", "2": "80.00"}
    assert on_disk(open_session(keys.window).store.path).sheet(2568).drafts == {"3": "abc"}


def test_closing_asks_while_something_is_not_written(keys: Keyboard, disk: Disk, told: Alerts):
    window, path = keys.window, open_session(keys.window).store.path
    disk.full = True
    type_name(keys, "สุขใจ")
    told.answer = False
    window.close()
    assert window.isVisible()
    assert told.told[-1][0] == "ยังบันทึกไม่ได้"
    assert page_of(window, OfficePage).form.fields["name"].value() == "สุขใจ"
    disk.full = False
    window.close()
    assert not window.isVisible()
    assert len(told.told) == 1
    assert on_disk(path).office.name == "สุขใจ"


def test_closing_all_the_same_is_her_choice(keys: Keyboard, disk: Disk, told: Alerts):
    path = open_session(keys.window).store.path
    disk.full = True
    type_name(keys, "สุขใจ")
    keys.window.close()
    assert not keys.window.isVisible()
    assert on_disk(path).office.name == ""


def test_opening_another_file_asks_too(keys: Keyboard, disk: Disk, told: Alerts, tmp_path: Path):
    other = tmp_path / "อื่น.ita"
    Store.create(other).close()
    path = open_session(keys.window).store.path
    disk.full = True
    type_name(keys, "สุขใจ")
    told.answer = False
    assert not keys.window.open_file(other)
    assert open_session(keys.window).store.path == path
    with Store(other):
        pass  # it was let go of


@pytest.mark.parametrize("press", ["Ctrl+N", "Ctrl+D", "Ctrl+Del", "Alt+Down", "Alt+Up"])
def test_what_a_key_asks_for_is_told_when_it_can_not_be(
    sample_keys: Keyboard, disk: Disk, told: Alerts, press: str
):
    keys = sample_keys
    keys.press("Ctrl+3", "Home", "Down")
    page = page_of(keys.window, MeasuresPage)
    before = page.model.measures
    disk.full = True
    keys.press(press)
    assert [title for title, _ in told.told] == ["บันทึกไม่ได้"]
    assert page.model.measures == before
    assert page.list.currentIndex().row() == 1


@pytest.mark.parametrize("button", ["add_button", "delete_button", "up_button", "down_button"])
@pytest.mark.parametrize("table", ["people", "chain", "divisions"])
def test_a_table_that_can_not_be_changed_stays_as_it_is(
    sample_keys: Keyboard, disk: Disk, told: Alerts, table: str, button: str
):
    shown = getattr(page_of(sample_keys.window, OfficePage), table)
    shown.view.setCurrentIndex(shown.model.index(1, 0))
    rows = shown.model.rowCount()
    disk.full = True
    getattr(shown, button).click()
    assert [title for title, _ in told.told] == ["บันทึกไม่ได้"]
    assert shown.model.rowCount() == rows


def test_undo_that_can_not_be_written_is_told(keys: Keyboard, told: Alerts, monkeypatch: Any):
    type_name(keys, "สุขใจ")
    wait_saved(keys.window)

    def refuse(store: Store) -> None:
        raise WriteFailed(store.path, "ไม่มีพื้นที่ว่าง")

    monkeypatch.setattr(Store, "undo", refuse)
    keys.window.undo()
    assert told.told[-1][0] == "บันทึกไม่ได้"
    assert page_of(keys.window, OfficePage).form.fields["name"].value() == "สุขใจ"


def test_what_the_file_will_never_take_is_told_once_and_blocks_nothing(
    keys: Keyboard, disk: Disk, told: Alerts
):
    disk.full, disk.error = True, RefusedEdit
    type_name(keys, "สุขใจ")
    keys.press("Tab")
    assert [title for title, _ in told.told] == ["บันทึกไม่ได้"]
    disk.full = False
    keys.type("เมือง")
    wait_saved(keys.window)
    assert on_disk(open_session(keys.window).store.path).office.district == "เมือง"


def test_nothing_is_added_while_older_typing_waits(sample_keys: Keyboard, disk: Disk, told: Alerts):
    """First things first: an edit never overtakes what was typed before it."""
    keys = sample_keys
    type_name(keys, "x")
    disk.full = True
    people = page_of(keys.window, OfficePage).people
    people.add_button.click()
    assert people.model.rowCount() == 4
    assert "ก่อนหน้านี้ยังบันทึกลงแฟ้มไม่ได้" in told.told[-1][1], "and is told so"
    disk.full = False
    wait_saved(keys.window)
    assert on_disk(open_session(keys.window).store.path).office.name.endswith("x")
