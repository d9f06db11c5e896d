"""What she sees when things go wrong, in the real window, on a real small drive where it can be."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from db.backup import Backups
from db.errors import DamagedDataFile, LockedDataFile, MissingDataFile, NotADataFile
from db.shelf import Reason
from db.store import Store
from tests.ui import disasters
from tests.ui.conftest import Alerts, page_of
from tests.ui.disasters import (
    go_to_address,
    pause,
    runs_below,
    sample,
    session_of,
    start_program,
    type_in,
    until,
    window_over,
)
from tests.ui.medium import Drive, NoDrive
from ui.keeping import read_kept
from ui.main_window import MainWindow
from ui.pages.office import OfficePage
from ui.runs import earlier_runs
from ui.widgets.recovery import RecoveryPanel

KILLS = int(os.environ.get("ITA_WINDOW_KILLS", "2"))
pytestmark = pytest.mark.usefixtures("qapp")


@contextmanager
def scene(
    make: Callable[[Path], AbstractContextManager[MainWindow]], folder: Path
) -> Iterator[MainWindow]:
    try:
        with make(folder) as window:
            yield window
    except NoDrive:
        pytest.skip("this system lets no test mount a drive")


def address(path: Path) -> str:
    """What a program that opens the file finds."""
    with Store(path) as store:
        return store.dossier().office.address


def shown_address(window: MainWindow) -> str:
    return str(page_of(window, OfficePage).form.fields["address"].value())


# --- the disk refuses --------------------------------------------------------------------------


def test_a_full_disk_is_told_typing_goes_on_and_all_is_written_later(tmp_path: Path):
    with scene(disasters.disk_full, tmp_path) as window:
        path = session_of(window).store.path
        assert "เต็ม" in window.guard.troubles.text("saving")
        assert window.guard.troubles.isVisible()
        type_in(" และอีก")
        typed = shown_address(window)
        assert typed.startswith(" เลขที่ ๙๙ หมู่ ๒ และอีก")
        window.guard.troubles.press("saving", "ลองบันทึกอีกครั้ง")
        assert window.guard.troubles.keys() == ("saving",)
        assert window.guard.run is not None
        until(lambda: read_kept(window.guard.run.kept) is not None)  # type: ignore[union-attr]
        (path.parent / "fill").unlink()
        until(lambda: not window.guard.troubles.keys())
        assert not session_of(window).saver.pending
        until(lambda: not window.guard.run.kept.exists())  # type: ignore[union-attr]
        window.close()
        assert address(path) == typed


def test_a_pulled_stick_is_told_and_written_when_it_is_back(tmp_path: Path):
    try:
        drive = Drive(tmp_path)
    except NoDrive:
        pytest.skip("this system lets no test mount a drive")
    try:
        path = sample(drive.place / "ข้อมูล ITA.ita")
        with window_over(path, tmp_path / "runs") as window:
            go_to_address(window)
            drive.pull()
            type_in("ถอดแล้ว")
            until(lambda: "ถอดแฟลชไดรฟ์" in window.guard.troubles.text("saving"))
            for number in range(7):  # every page can still be looked at
                window.tabs.setCurrentIndex(number)
            go_to_address(window)
            type_in("ยังพิมพ์")
            typed = shown_address(window)
            drive.plug_in()
            until(lambda: not window.guard.troubles.keys())
            window.close()
        assert address(path) == typed
        assert "ถอดแล้ว" in typed and "ยังพิมพ์" in typed
    finally:
        drive.away()


def test_saved_elsewhere_with_what_was_typed_and_gone_on_there(tmp_path: Path, told: Alerts):
    with scene(disasters.stick_pulled, tmp_path) as window:
        typed = shown_address(window)
        to = tmp_path / "ที่ใหม่" / "ข้อมูล.ita"
        assert window.guard.save_elsewhere(to)
        assert told.told[-1][0] == "บันทึกไว้ที่อื่นแล้ว"
        assert session_of(window).store.path == to
        assert window.guard.troubles.keys() == ()
        assert shown_address(window) == typed
        go_to_address(window)
        type_in("ต่อ")
        typed = shown_address(window)
        window.close()
        assert address(to) == typed


def test_closing_while_it_can_not_be_saved_keeps_it_for_next_time(tmp_path: Path, told: Alerts):
    with scene(disasters.disk_full, tmp_path) as window:
        path, typed = session_of(window).store.path, shown_address(window)
        window.close()
        assert not window.isVisible()
        assert "จะเก็บสิ่งนั้นไว้" in told.told[-1][1]
        (path.parent / "fill").unlink()
        shutil.copy(path, tmp_path / "หลัง.ita")
        found = earlier_runs(tmp_path / "runs", but=window.guard.run)
        assert [each.here.left for each in found] == [True]
        kept = read_kept(found[0].kept)
        assert kept is not None
        assert kept.path == path
        with window_over(path, tmp_path / "runs") as again:
            again.guard.tell_of(found)
            panel = again.guard.panel
            assert isinstance(panel, RecoveryPanel)
            assert again.guard.troubles.text("earlier") == ""  # she closed it: nothing went wrong
            panel.put_back()
            assert shown_address(again) == typed
        assert address(path) == typed
    assert earlier_runs(tmp_path / "runs") == ()


# --- a bad end ---------------------------------------------------------------------------------


def test_what_was_kept_before_a_kill_is_previewed_and_put_back_as_one_edit(tmp_path: Path):
    with disasters.crashed(tmp_path) as window:
        assert "ปิดไปโดยไม่ปกติ" in window.guard.troubles.text("earlier")
        panel = window.guard.panel
        assert isinstance(panel, RecoveryPanel)
        ((where, now, then),) = panel.table.texts()
        assert where == "หน่วยงาน • ที่อยู่"
        assert now == shown_address(window)
        assert then.startswith("เลขที่ ๙๙ หมู่ ๒ ตำบลตัวอย่าง")
        panel.put_back()
        assert shown_address(window) == then
        window.undo()
        assert shown_address(window) == now
        window.guard.troubles.press("earlier", "รับทราบ")
        assert window.guard.troubles.keys() == ()
    assert earlier_runs(runs_below(tmp_path)) == ()


def typed_until_killed(folder: Path, seconds: float, *, refusing: bool) -> tuple[Path, int]:
    """Type numbers through the real program, kill it; the last one two seconds before."""
    path = sample(folder / "ข้อมูล ITA.ita")
    script = ("refuse;" if refusing else "") + "count"
    said: list[tuple[float, int]] = []
    with start_program(path, folder, script) as program:
        assert program.stdout is not None
        first = program.stdout.readline()
        end = time.monotonic() + seconds
        said.append((time.monotonic(), int(first)))
        while time.monotonic() < end:
            said.append((time.monotonic(), int(program.stdout.readline())))
        program.kill()
        killed = time.monotonic()
    return path, max((number for at, number in said if at < killed - 2), default=-1)


def found_after(folder: Path, path: Path) -> str:
    """The address after the kill, with what the next start puts back."""
    with window_over(path, runs_below(folder)) as window:
        window.guard.tell_of(earlier_runs(runs_below(folder), but=window.guard.run))
        if isinstance(window.guard.panel, RecoveryPanel):
            window.guard.panel.put_back()
        return shown_address(window)


@pytest.mark.skipif(os.name == "nt", reason="the same kill, measured on POSIX")
@pytest.mark.parametrize("number", range(KILLS))
def test_a_kill_loses_no_keystroke_older_than_two_seconds(tmp_path: Path, number: int):
    """While all is well, and (every other one) while the disk refuses each save."""
    refusing = bool(number % 2)
    path, last = typed_until_killed(tmp_path, 3.2 + 0.37 * (number % 5), refusing=refusing)
    assert last >= 0, "it was killed before two seconds of typing"
    if refusing:  # control: what is found comes from the kept file, not from the data file
        shutil.copy(path, tmp_path / "copy.ita")
        assert f"{last}," not in address(tmp_path / "copy.ita")
    text = found_after(tmp_path, path)
    assert text.startswith("".join(f"{each}," for each in range(last + 1)))


def test_a_mistake_of_the_program_is_told_reported_and_survived(tmp_path: Path):
    path = sample(tmp_path / "ข้อมูล ITA.ita")
    script = "mistake;type ยังอยู่;say typed;wait"
    with start_program(path, tmp_path, script) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "typed\n"
        time.sleep(1.5)
        program.kill()
    (run,) = earlier_runs(runs_below(tmp_path))
    (report,) = run.reports()
    assert "RuntimeError" in report
    assert "_mistake" in report
    for word in ("สมมุติ", "0812345678", str(tmp_path), "ยังอยู่", "ข้อมูล ITA"):
        assert word not in report
    assert "ยังอยู่" in address(path)
    run.done()


def test_a_fault_of_the_process_leaves_a_report(tmp_path: Path):
    path = sample(tmp_path / "ข้อมูล ITA.ita")
    with start_program(path, tmp_path, "fault") as program:
        assert program.wait(30) != 0
    with window_over(path, runs_below(tmp_path)) as window:
        window.guard.tell_of(earlier_runs(runs_below(tmp_path), but=window.guard.run))
        window.guard.troubles.press("earlier", "ดูรายงาน…")
        report = window.guard.panel.text.toPlainText()  # type: ignore[union-attr]
        assert "Segmentation fault" in report
        assert "tests/ui/person.py" in report
        assert str(Path.home()) not in report
        window.guard.troubles.press("earlier", "รับทราบ")


def test_a_program_that_is_closed_leaves_nothing_to_tell(tmp_path: Path):
    path = sample(tmp_path / "ข้อมูล ITA.ita")
    with start_program(path, tmp_path, "type ก;close") as program:
        assert program.wait(60) == 0
    assert earlier_runs(runs_below(tmp_path)) == ()
    assert address(path).startswith("ก")
    assert [each.reason for each in Backups(path).list()] == [Reason.CLOSE]


# --- files that can't be opened ------------------------------------------------------------------


def test_a_locked_file_says_who_and_opens_by_itself_when_it_is_free(tmp_path: Path):
    path = sample(tmp_path / "ข้อมูล ITA.ita")
    with start_program(path, tmp_path / "เพื่อน", "say open;wait") as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "open\n"
        with window_over(path, tmp_path / "runs") as window:
            assert isinstance(window.problem.error, LockedDataFile)
            assert window.problem.isVisible()
            assert "ตั้งแต่" in window.problem.error.shown
            program.kill()
            program.wait()
            until(lambda: window.session is not None)
            assert window.workspace.isVisible()


def test_a_damaged_file_is_restored_from_its_newest_backup(tmp_path: Path, told: Alerts):
    path = sample(tmp_path / "ข้อมูล ITA.ita")
    with Store(path) as store:
        Backups(path).make(store, Reason.ASKED).run()
        known = store.dossier()
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 6] = b"\0" * 4096 * 3
    path.write_bytes(content)
    with window_over(path, tmp_path / "runs") as window:
        assert isinstance(window.problem.error, DamagedDataFile)
        until(lambda: window.problem.ways is not None)
        assert path.read_bytes() == content
        words = [each.words for each in window.problem.offered]
        assert words[:3] == ["กู้คืนจากแฟ้มสำรองล่าสุด", "ดูแฟ้มสำรองทั้งหมด…", "กู้ข้อมูลที่ยังอ่านได้ไปไว้ในแฟ้มใหม่…"]
        rescued = tmp_path / "กู้.ita"
        assert window.helping.rescue(path, rescued, window.problem.ways.newest)  # type: ignore[union-attr]
        assert session_of(window).store.path == rescued
        window.open_file(path)
        until(lambda: window.problem.ways is not None)
        window.problem.press("กู้คืนจากแฟ้มสำรองล่าสุด")
        assert session_of(window).dossier == known
    assert told.told == []


@pytest.mark.parametrize("kind", ["missing", "empty", "foreign"])
def test_every_other_problem_is_a_page_with_a_way_on(tmp_path: Path, kind: str):
    path = tmp_path / "ข้อมูล.ita"
    contents = {"empty": b"", "foreign": b"hello"}
    if kind in contents:
        path.write_bytes(contents[kind])
    with window_over(path, tmp_path / "runs") as window:
        assert isinstance(window.problem.error, MissingDataFile | NotADataFile)
        assert "เลือกแฟ้มอื่น…" in [each.words for each in window.problem.offered]
        if kind == "missing":  # a stick that is plugged in now
            sample(path)
            until(lambda: window.session is not None)


def test_the_open_file_stays_open_behind_a_problem(tmp_path: Path):
    path = sample(tmp_path / "ข้อมูล ITA.ita")
    with window_over(path, tmp_path / "runs") as window:
        window.open_file(tmp_path / "ไม่มี.ita")
        assert window.problem.isVisible()
        window.problem.press("กลับไปแฟ้มที่เปิดอยู่")
        assert window.workspace.isVisible()
        assert session_of(window).store.path == path


def test_conflict_copies_and_synced_folders_are_told(tmp_path: Path):
    folder = tmp_path / "OneDrive"
    folder.mkdir()
    path = sample(folder / "ข้อมูล.ita")
    shutil.copy(path, folder / "ข้อมูล (1).ita")
    with window_over(path, tmp_path / "runs") as window:
        assert "OneDrive" in window.guard.troubles.text("place")
        assert "ข้อมูล (1).ita" in window.guard.troubles.text("copies")
        window.guard.troubles.press("place", "รับทราบ")
        window.guard.troubles.press("copies", "รับทราบ")
        assert window.guard.troubles.keys() == ()


def test_a_copy_made_while_open_is_a_whole_file(tmp_path: Path):
    path = sample(tmp_path / "ข้อมูล ITA.ita")
    with window_over(path, tmp_path / "runs") as window:
        go_to_address(window)
        type_in("ก่อน")
        session_of(window).saver.flush()
        assert shutil.copy(path, tmp_path / "สำเนา.ita")
        assert "ก่อน" in address(tmp_path / "สำเนา.ita")
        type_in("หลัง")
        session_of(window).saver.flush()
    assert "หลัง" in address(path)


def test_nothing_is_kept_while_all_is_well(tmp_path: Path):
    path = sample(tmp_path / "ข้อมูล ITA.ita")
    with window_over(path, tmp_path / "runs") as window:
        go_to_address(window)
        for _ in range(4):
            type_in("ก")
            pause(450)
            assert window.guard.run is not None
            assert not window.guard.run.kept.exists()
    QApplication.processEvents()
