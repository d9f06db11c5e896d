"""Where all that the program writes by itself lies."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

import ui.app as starting
import ui.data_place as places
from ita_desktop import paths
from ita_desktop.cli import main
from ita_desktop.paths import updates_folder
from ui.data_place import (
    BESIDE,
    IN_DOCUMENTS,
    INSTALLED,
    NOTE,
    DataPlace,
    Form,
    choose,
    find_place,
    kept_path,
    path_kept,
    program_folder,
)
from ui.guarding import MEDIUM, Guard
from ui.helping import recent_files, remember_recent
from ui.main_window import MainWindow
from ui.runs import runs_folder

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a portable program."""
    program = tmp_path / "แฟลชไดรฟ์" / "ITA"
    program.mkdir(parents=True)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program / "ita-desktop"))
    return program


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """No folder takes a file. Permissions would not do: a test may run as root."""
    monkeypatch.setattr(places, "_takes_files", lambda _folder: False)


def found(program: Path | None, base: Path) -> DataPlace:
    return find_place(program, base / "local", base / "documents")


def test_a_command_of_a_portable_program_finds_the_window_s_updates(stick: Path):
    (stick / BESIDE).mkdir()
    try:
        assert main(["update", "--list"]) == 0
        assert updates_folder() == stick / BESIDE / "updates"
    finally:
        paths._chosen.clear()
        paths.look_again()
        places._Here.place = None


def test_from_source_and_installed_data_go_to_the_local_folder(stick: Path, tmp_path: Path):
    assert found(None, tmp_path) == DataPlace(Form.LOCAL, tmp_path / "local")
    assert program_folder() == stick
    (stick / INSTALLED).touch()
    assert program_folder() is None


def test_a_new_portable_program_asks(stick: Path, tmp_path: Path):
    assert found(stick, tmp_path).form is Form.UNDECIDED


def test_the_choice_is_remembered_beside_the_program(stick: Path, tmp_path: Path):
    assert choose(stick, beside=False)
    assert (stick / NOTE).read_text("utf-8")
    in_documents = DataPlace(Form.DOCUMENTS, tmp_path / "documents" / IN_DOCUMENTS)
    assert found(stick, tmp_path) == in_documents
    assert choose(stick, beside=True)
    assert found(stick, tmp_path) == DataPlace(Form.BESIDE, stick / BESIDE)


def test_a_read_only_medium_leaves_data_in_the_computer(stick: Path, tmp_path: Path, refused: None):
    (stick / BESIDE).mkdir()
    assert found(stick, tmp_path) == DataPlace(Form.READ_ONLY, tmp_path / "local")


def test_a_choice_that_cannot_be_kept_is_told(stick: Path):
    (stick / BESIDE).write_text("no folder")
    assert not choose(stick, beside=True)


@pytest.mark.parametrize("beside", [True, False])
def test_the_first_start_asks_once_and_settings_follow(
    stick: Path, monkeypatch: pytest.MonkeyPatch, beside: bool
):
    asked: list[str] = []

    def ask(_parent: object, _title: str, question: str, *_words: str) -> bool:
        asked.append(question)
        return beside

    monkeypatch.setattr("ui.alerts.ask", ask)
    starting.settle_place()
    starting.settle_place()
    assert len(asked) == 1
    place = places.data_place()
    assert place.form is (Form.BESIDE if beside else Form.DOCUMENTS)
    assert Path(QSettings().fileName()).is_relative_to(place.folder)
    assert runs_folder().is_relative_to(place.folder)


def test_a_stick_may_have_another_letter_tomorrow(stick: Path):
    (stick / BESIDE).mkdir()
    places.follow()
    mine, elsewhere = stick / BESIDE / "ข้อมูล.ita", stick.parent / "อื่น.ita"
    assert kept_path(mine) == "ข้อมูล.ita"
    assert [path_kept(kept_path(each)) for each in (mine, elsewhere)] == [mine, elsewhere]
    remember_recent(mine)
    assert recent_files() == (mine,)


def test_elsewhere_paths_are_kept_whole(tmp_path: Path):
    assert kept_path(tmp_path / "ข้อมูล.ita") == str(tmp_path / "ข้อมูล.ita")


def test_that_data_are_in_the_computer_is_told_until_she_knows(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qapp: object
):
    place = DataPlace(Form.READ_ONLY, tmp_path / "local")
    monkeypatch.setattr("ui.guarding.data_place", lambda: place)
    window = MainWindow()
    guard = Guard(window)
    guard.tell_of_place()
    assert str(place.folder) in guard.troubles.text(MEDIUM)
    guard.troubles.press(MEDIUM, "รับทราบ")
    guard.tell_of_place()
    assert guard.troubles.keys() == ()
    monkeypatch.setattr("ui.guarding.data_place", lambda: DataPlace(Form.BESIDE, tmp_path))
    guard.tell_of_place()
    assert guard.troubles.keys() == ()


@pytest.fixture(autouse=True)
def _as_it_was(monkeypatch: pytest.MonkeyPatch):
    """The place of all other tests again."""
    yield
    monkeypatch.undo()
    places.follow()


def test_the_first_window_loads_nothing_slow():
    code = (
        "import sys, ui.app; from ui.selfcheck import SLOW;"
        "print(*{*SLOW, 'sqlite_utils', 'uharfbuzz'} & {*sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.split()) == (0, []), done.stderr
