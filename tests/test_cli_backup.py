"""The commands backup, restore and doctor: Thai sentences, exit codes, nothing lost."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from db.backup import Backups
from db.store import Store
from ita_desktop import cli

Capture = pytest.CaptureFixture[str]
TITLE = "จัดทำมาตรการ"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A data file with a little in it, closed."""
    path = tmp_path / "หน่วยงาน.ita"
    with Store.create(path) as store:
        store.set_office("name", TITLE)
    return path


def run(capsys: Capture, *words: str | Path) -> tuple[int, str, str]:
    """Exit code, what it printed, and what it complained."""
    code = cli.main([str(word) for word in words])
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err
    return code, out, err


def spoil(path: Path) -> None:
    """Make another letter of one, wherever it stands."""
    content = path.read_bytes()
    path.write_bytes(content.replace(TITLE.encode(), TITLE.replace("จัด", "ขัด").encode()))
    assert path.read_bytes() != content


def test_back_up_list_and_restore(capsys: Capture, file: Path):
    code, out, err = run(capsys, "backup", file)
    assert (code, err) == (0, "")
    assert "ยังไม่มีมาตรการ" in out and Path(out.splitlines()[1]).is_file()
    with Store(file) as store:
        store.set_office("name", "ใหม่")
    for words in (["restore", file], ["restore", file, "--list"]):
        code, out, err = run(capsys, *words)
        assert (code, err) == (0, "")
        assert out.startswith("   1  ") and "สั่งสำรอง" in out
    code, out, err = run(capsys, "restore", file, "--from", "1")
    assert (code, err) == (0, "") and "กู้คืนแล้ว" in out and "เลขที่ 2" in out
    with Store(file) as store:
        assert store.dossier().office.name == TITLE
    second = Backups(file).list()[0].path
    assert run(capsys, "restore", file, "--from", second)[0] == 0
    with Store(file) as store:
        assert store.dossier().office.name == "ใหม่"


def test_back_up_to_a_second_place(capsys: Capture, file: Path, tmp_path: Path):
    usb = tmp_path / "usb"
    code, out, err = run(capsys, "backup", file, "--to", usb)
    assert (code, out) == (2, "") and "ไม่พบโฟลเดอร์" in err and Backups(file).list() == ()
    usb.mkdir()
    code, out, err = run(capsys, "backup", file, "--to", usb)
    assert (code, err) == (0, "")
    copy = Path(out.splitlines()[-1])
    assert copy.is_relative_to(usb)
    file.unlink()
    assert run(capsys, "restore", file, "--from", copy)[0] == 0
    with Store(file) as store:
        assert store.dossier().office.name == TITLE


def test_nothing_to_restore(capsys: Capture, file: Path):
    code, out, err = run(capsys, "restore", file)
    assert (code, out) == (1, "") and "ไม่มีแฟ้มสำรอง" in err
    before = file.read_bytes()
    for source in ("7", "ไม่มี.ita-backup", os.devnull, file.parent):
        code, out, err = run(capsys, "restore", file, "--from", source)
        assert (code, out) == (2, "") and err.count("\n") == 1 and "โปรด" in err
    assert file.read_bytes() == before


def test_doctor_finds_nothing_and_something(capsys: Capture, file: Path):
    code, out, err = run(capsys, "doctor", file)
    assert (code, out) == (0, "") and "แฟ้มสมบูรณ์" in err
    run(capsys, "backup", file)
    spoil(file)
    before = file.read_bytes()
    code, out, err = run(capsys, "doctor", file)
    assert code == 1 and "ข้อมูลหน่วยงาน ไม่ตรงกับที่บันทึกไว้" in out
    assert "แฟ้มสำรองล่าสุดที่ใช้ได้ เลขที่ 1" in err and "หากกู้คืน ข้อมูลหน่วยงาน: เปลี่ยน 1" in err
    code, out, _ = run(capsys, "doctor", file, "--json")
    found = json.loads(out)
    assert code == 1 and not found["healthy"] and found["count"] == len(found["problems"]) > 0
    code, out, err = run(capsys, "scores", file, "--year", "2568")
    assert code == 2 and "ชำรุด" in err
    assert file.read_bytes() == before


def test_rescue(capsys: Capture, file: Path, tmp_path: Path):
    to = tmp_path / "กู้.ita"
    run(capsys, "backup", file)
    spoil(file)
    code, out, err = run(capsys, "doctor", file, "--rescue", to)
    assert code in (0, 1) and err == "" and "กู้ได้" in out
    with Store(to) as store:
        assert store.dossier().office.name == TITLE
    code, out, err = run(capsys, "doctor", file, "--rescue", to)
    assert (code, out) == (2, "") and "อยู่แล้ว" in err
    to.unlink()
    code, out, _ = run(capsys, "doctor", file, "--rescue", to, "--json")
    assert set(json.loads(out)) == {"kept", "lost", "doubtful"}


@pytest.mark.parametrize("command", ["backup", "doctor"])
def test_files_that_are_none(capsys: Capture, command: str, tmp_path: Path):
    other = tmp_path / "x.ita"
    other.write_bytes(b"PK\x03\x04")
    for path in (other, tmp_path / "ไม่มี.ita", tmp_path):
        code, out, err = run(capsys, command, path)
        assert (code, out) == (2, "") and err.count("\n") == 1 and "โปรด" in err
    assert sorted(each.name for each in tmp_path.iterdir()) == ["x.ita"]


def test_open_file_names_its_holder_on_the_screen(capsys: Capture, file: Path):
    with Store(file):
        for words in (["backup", file], ["doctor", file], ["restore", file, "--from", "1"]):
            code, out, err = run(capsys, *words)
            assert (code, out) == (2, "") and err.count("\n") == 1
