"""What is kept beside the data file, and what a report of a mistake says."""

from __future__ import annotations

import ast
import errno
import stat
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from db.deeds import Deed
from tests.ui.conftest import page_of
from tests.ui.disasters import sample, window_over
from ui.crash import Crashes, report_of_fault
from ui.keeping import Kept, Unfinished, read_kept, unfinished_texts, write_kept
from ui.main_window import MainWindow
from ui.pages.measures import MeasuresPage
from ui.runs import MOST_REPORTS, Here, Run, earlier_runs
from ui.widgets.texts import TextField

ROOT = Path(__file__).resolve().parent.parent.parent
DEEDS = (
    Deed("set_office", ("name", "สุขใจ\n=1+1 😀 \ud800")),
    Deed("enter_scores", (2568, {"i1": Decimal("90.00")}, {"i2": "abc"})),
)
KEPT = Kept(Path("/ที่/ข้อมูล.ita"), DEEDS, (Unfinished("วันที่", "31/2/"),))


def test_what_was_kept_is_read_as_it_was(tmp_path: Path):
    path = tmp_path / "kept.jsonl"
    write_kept(path, KEPT)
    assert read_kept(path) == KEPT
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_cut_off_anywhere_gives_what_is_whole_and_says_so(tmp_path: Path):
    path = tmp_path / "kept.jsonl"
    write_kept(path, KEPT)
    content = path.read_bytes()
    for end in range(0, len(content) - 1, 7):
        path.write_bytes(content[:end])
        found = read_kept(path)
        assert found is None or found.cut
        assert found is None or set(map(Deed.text, found.deeds)) <= set(map(Deed.text, DEEDS))


@pytest.mark.parametrize(
    "content",
    [b"", b"\0" * 400, b"[]\n", b'{"path": 1}', b'{"path":"x"}\n{"deed":"[\\"close\\",[],{}]"}\n'],
)
def test_a_strange_file_does_nothing(tmp_path: Path, content: bytes):
    path = tmp_path / "kept.jsonl"
    path.write_bytes(content)
    found = read_kept(path)
    assert found is None or found.deeds == ()


def test_it_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("ui.keeping.MOST_BYTES", 5000)
    path = tmp_path / "kept.jsonl"
    many = tuple(Deed("set_office", ("name", "ก" * 500)) for _ in range(50))
    write_kept(path, Kept(tmp_path, many))
    found = read_kept(path)
    assert found is not None
    assert found.cut
    assert 0 < len(found.deeds) < 50


def test_a_write_that_fails_leaves_the_earlier_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "kept.jsonl"
    write_kept(path, KEPT)

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("ui.keeping.os.fsync", full)
    with pytest.raises(OSError, match="full"):
        write_kept(path, Kept(tmp_path))
    assert read_kept(path) == KEPT


def _closures(source: str) -> list[int]:
    """Lines where a write is handed to the saver as a lambda, which can't be kept."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("later", "now")
        and "saver" in ast.unparse(node.func.value)
        and any(isinstance(each, ast.Lambda) for each in node.args)
    ]


def test_every_write_of_the_window_can_be_kept():
    assert _closures("self.saver.later(1, lambda: 2)") == [1]
    files = sorted((ROOT / "ui").rglob("*.py"))
    assert len(files) > 20
    assert {path.name: found for path in files if (found := _closures(path.read_text()))} == {}


def test_half_typed_values_are_kept_as_texts(sample_window: MainWindow):
    page = page_of(sample_window, MeasuresPage)
    sample_window.tabs.setCurrentWidget(page)
    line = page.extra.fields["day"].line  # type: ignore[union-attr]
    assert unfinished_texts(sample_window) == ()
    line.setText("31/2/")
    line.typed.emit("31/2/")
    assert unfinished_texts(sample_window) == (Unfinished(line.accessibleName(), "31/2/"),)


def test_a_refused_text_of_several_lines_is_kept_too(qapp: QApplication):
    window = QWidget()
    field = TextField(parent=window)
    field.setAccessibleName("ข้อความ")
    field.setPlainText("ข้อความ {\nต่อ")
    assert unfinished_texts(window) == ()
    field.setProperty("state", "wrong")
    assert unfinished_texts(window) == (Unfinished("ข้อความ", "ข้อความ {\nต่อ"),)


def test_what_is_half_typed_at_closing_is_told_of_at_the_next_start(tmp_path: Path):
    path = sample(tmp_path / "ข้อมูล.ita")
    with window_over(path, tmp_path / "runs") as window:
        window.tabs.setCurrentWidget(page_of(window, MeasuresPage))
        field = page_of(window, MeasuresPage).findChildren(TextField)[0]
        field.setPlainText("ข้อความ { ต่อ")
        field.setProperty("state", "wrong")
    (run,) = earlier_runs(tmp_path / "runs")
    kept = read_kept(run.kept)
    assert kept is not None
    assert [each.text for each in kept.unfinished] == ["ข้อความ { ต่อ"]


def test_runs_know_their_dead(tmp_path: Path):
    mine, other = Run(tmp_path), Run(tmp_path)
    other.note(Here(Path("/ก/ข.ita"), "scores"))
    assert earlier_runs(tmp_path, but=mine) == ()  # it lives
    other._lock.unlock()  # type: ignore[union-attr]
    (found,) = earlier_runs(tmp_path, but=mine)
    assert found.here == Here(Path("/ก/ข.ita"), "scores")
    assert earlier_runs(tmp_path, but=mine) == ()  # it is being told of already
    found.done()
    mine.end()
    assert list(tmp_path.iterdir()) == []


def test_a_mistake_is_caught_once_and_told_without_her_words(
    tmp_path: Path, qapp: QApplication, capsys: pytest.CaptureFixture[str]
):
    path = sample(tmp_path / "ข้อมูลลับ.ita")
    with window_over(path, tmp_path / "runs") as window:
        crashes, run = window.guard.crashes, window.guard.run
        assert crashes is not None and run is not None
        before = sys.excepthook
        crashes.install()
        for _ in range(3):
            try:
                _fail({"นายสมมุติ": 1})
            except KeyError as error:
                sys.excepthook(type(error), error, error.__traceback__)
        crashes.remove()
        assert sys.excepthook is before
        (report,) = run.reports()
        assert "builtins.KeyError" in report
        assert "tests/ui/test_keeping.py" in report
        assert "_fail" in report
        for word in ("สมมุติ", "ข้อมูลลับ", str(tmp_path), str(Path.home())):
            assert word not in report + capsys.readouterr().err
        assert "ยังทำงานต่อได้" in window.guard.troubles.text("mistake")
        assert window.isVisible()
        window.guard.troubles.press("mistake", "ดูรายงาน…")
        assert window.guard.panel.text.toPlainText() == report  # type: ignore[union-attr]
        window.guard.troubles.press("mistake", "ปิดข้อความนี้")
        assert not window.guard.troubles.keys()


def _fail(found: dict[str, Any]) -> None:
    raise KeyError(*found)


def test_many_mistakes_do_not_fill_the_disk(tmp_path: Path):
    run = Run(tmp_path)
    crashes = Crashes(run)
    for number in range(60):
        code = compile("\n" * number + "raise ValueError('x')", "a.py", "exec")
        try:
            exec(code, {})
        except ValueError as error:
            crashes.catch(type(error), error, error.__traceback__)
    assert len(run.reports()) == MOST_REPORTS
    run.end()


def test_a_fault_is_reported_by_places_only():
    text = (
        "Fatal Python error: Segmentation fault\n\nCurrent thread 0x00007f1 (most recent call "
        'first):\n  File "/home/somchai/ita/ui/session.py", line 12 in flush\n'
        "secret words of hers\n"
    )
    report = report_of_fault(text, "scores")
    assert "ui/session.py:12 flush" in report
    assert "Segmentation fault" in report
    for word in ("somchai", "secret"):
        assert word not in report
