"""The command ``framework``: list, import with what it does, export, refusals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from db.store import Store
from ita_desktop import cli
from ita_desktop.domain.framework import FrameworkShelf, framework_text, load_framework
from ita_desktop.domain.framework_draft import FrameworkDraft
from ita_desktop.paths import resources
from tests.test_cli import Capture, fails, run

SHELF = FrameworkShelf(resources() / "frameworks")
SAMPLE = resources() / "sample" / "office.json"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    path = tmp_path / "o.ita"
    assert cli.main(["new", str(path)]) == 0
    return path


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """2568 without o22, as a file."""
    draft = FrameworkDraft.of(SHELF.get(2568))
    path = tmp_path / "2568.json"
    path.write_text(framework_text(draft.remove(draft.item_paths["o22"]).framework()), "utf-8")
    return path


def test_listing_says_where_each_year_comes_from(office: Path, source: Path, capsys: Capture):
    capsys.readouterr()
    lines = run(capsys, "framework", office, "--list").splitlines()
    assert lines[0] == "2569  50 ข้อ  มากับโปรแกรม  (ฉบับชั่วคราว)"
    assert len(lines) == 7
    run(capsys, "framework", office, "--import", source)
    listed = run(capsys, "framework", office, "--list").splitlines()
    assert "51 ข้อ  ของหน่วยงาน จากแฟ้ม 2568.json ตั้งแต่" in listed[1]


def test_importing_says_what_it_does_to_scores(office: Path, source: Path, capsys: Capture):
    run(capsys, "import", office, SAMPLE, said="")
    said = run(capsys, "framework", office, "--import", source)
    assert said.startswith("นำเข้ากรอบปี 2568 แล้ว (51 ข้อ)")
    assert "คะแนนที่ไม่มีช่องแล้ว: o22" in said and "OIT): o22" in said
    with Store(office) as store:
        assert store.undo_label() == "นำเข้ากรอบปี 2568"
        assert "o22" in store.dossier().sheet(2568).entered, "nothing is deleted"


def test_what_is_exported_can_be_imported(office: Path, tmp_path: Path, capsys: Capture):
    target = tmp_path / "ส่งออก 2569.json"
    capsys.readouterr()
    assert str(target) in run(capsys, "framework", office, "--export", "2569", "--to", target)
    assert load_framework(target) == SHELF.get(2569)
    assert run(capsys, "framework", office, "--import", target) == "นำเข้ากรอบปี 2569 แล้ว (50 ข้อ)\n"


def test_a_year_beyond_the_shipped_ones(office: Path, tmp_path: Path, capsys: Capture):
    target = tmp_path / "2571.json"
    capsys.readouterr()
    run(capsys, "framework", office, "--export", "2571", "--to", target)
    run(capsys, "framework", office, "--import", target)
    assert run(capsys, "framework", office, "--list").startswith("2571  50 ข้อ  ของหน่วยงาน")


HOSTILE = [
    b"",
    b"\xff\xfe\x00",
    b"PK\x03\x04",
    b"[" * 100_000,
    b'{"layout": 1, "layout": 2}',
    b'{"year": NaN}',
    b"9" * 6000,
    b" " * 2_000_001,
    json.dumps({"layout": 1, "year": "2568", "source": "<b>\u202e"}).encode(),
]


@pytest.mark.parametrize("content", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_files_are_refused(office: Path, tmp_path: Path, capsys: Capture, content: bytes):
    path = tmp_path / "2568.json"
    path.write_bytes(content)
    capsys.readouterr()
    before = office.read_bytes()
    assert "2568.json" in fails(capsys, "framework", office, "--import", path)
    assert office.read_bytes() == before


def test_wrong_words_are_refused(office: Path, source: Path, tmp_path: Path, capsys: Capture):
    capsys.readouterr()
    for words in (
        (),
        ("--list", "--import", source),
        ("--export", "2569"),
        ("--to", tmp_path / "x.json"),
        ("--export", "2026", "--to", tmp_path / "x.json"),
        ("--export", "2569", "--to", tmp_path / "x.pdf"),
        ("--import", tmp_path / "ไม่มี.json"),
    ):
        fails(capsys, "framework", office, *words)
    assert not list(tmp_path.glob("x.*"))


def test_an_own_framework_that_is_broken_can_be_replaced(
    office: Path, source: Path, capsys: Capture
):
    with Store(office) as store, store.edit("เสีย", "framework/2568") as rows:
        rows.put("framework", 2568, {"content": "{"})
        rows.put("framework", 2571, {"content": source.read_text("utf-8")})
    capsys.readouterr()
    assert "2568" in run(capsys, "framework", office, "--list", said="ปี 2571 อ่านไม่ได้")
    run(capsys, "framework", office, "--import", source, said="ปี 2568 อ่านไม่ได้")
    assert "51 ข้อ" in run(capsys, "framework", office, "--list", said="ปี 2571 อ่านไม่ได้")
