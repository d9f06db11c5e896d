"""Hostile files are refused in a sentence or made harmless, in little time and memory."""

from __future__ import annotations

import io
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from db.store import Store
from ita_desktop import cli
from ita_desktop.exchange.errors import SourceError
from ita_desktop.exchange.interchange import read_interchange
from ita_desktop.exchange.pictures import PictureError, prepare_picture
from ita_desktop.exchange.sheets import reading
from ita_desktop.exchange.sheets.child import MOST_MEMORY, MOST_SECONDS
from ita_desktop.exchange.sheets.raw import MOST_COLUMNS, MOST_LETTERS, MOST_ROWS, Source
from tests.exchange.sheets.tables import PLAN_ROWS, workbook
from tests.hostile.files import HOSTILE_FILES, POSTSCRIPT, empty_png, flat_png
from tests.hostile.watched import watched

SLOW = {"50 MB of texts", "750,000 cells", "comments left open", "tags left open"}
"""They take until the time is up; ``bench_import_mutants`` reads them too."""


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for the memory used")
@pytest.mark.parametrize("name", [name for name in HOSTILE_FILES if name not in SLOW])
def test_reading_stays_within_its_limits(name: str, tmp_path: Path):
    done = watched(HOSTILE_FILES[name](), tmp_path)
    assert done.memory <= MOST_MEMORY
    assert done.seconds <= MOST_SECONDS
    if done.code == 0:
        answer = json.loads(done.answer)
        if "refused" in answer:
            assert all(isinstance(text, str) for text in answer["refused"])
        else:
            for table in answer["found"]["tables"]:
                assert len(table["rows"]) <= MOST_ROWS
                assert all(len(row) <= MOST_COLUMNS for row in table["rows"])
            assert len(done.answer) < MOST_LETTERS * 2


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("billion laughs", "คำสั่งที่ไม่ใช่ตาราง"),
        ("300 MB in less than one", "ใหญ่เกิน"),
        ("lying size", "เสียหาย"),
        ("locked", "รหัสผ่าน"),
        ("many parts", "มากผิดปกติ"),
        ("a part twice", "ซ้ำกัน"),
        ("old Excel", ".xls"),
        ("nothing", "ว่างเปล่า"),
    ],
)
def test_what_is_wrong_is_said(name: str, words: str, tmp_path: Path):
    path = tmp_path / "แฟ้ม #1 %?.xlsx"
    path.write_bytes(HOSTILE_FILES[name]())
    with pytest.raises(SourceError, match=words):
        reading.read_file(path)


def test_what_lies_too_far_out_is_told(tmp_path: Path):
    path = tmp_path / "ไกล.xlsx"
    path.write_bytes(HOSTILE_FILES["far cell"]())
    (table,) = reading.read_file(path).tables
    assert table.rows == (("มาตรการ", "ผู้รับผิดชอบ"), ("ก", "ข"))
    assert [note.cell for note in table.notes] == ["XFD1048576"]


def test_a_formula_that_was_never_calculated_is_told(tmp_path: Path):
    path = tmp_path / "สูตร.xlsx"
    path.write_bytes(workbook([["รหัส", "คะแนน"], ["i1", "=1+1"], ["i2", 3]]))
    (table,) = reading.read_file(path).tables
    assert [(note.cell, note.column) for note in table.notes] == [("B2", 1)]
    assert "คำนวณ" in table.notes[0].sentence


# --- the reading process --------------------------------------------------------------------------


def test_one_that_takes_too_long_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "ช้า.csv"
    path.write_text("รหัส,คะแนน\n", "utf-8")
    sleep = [sys.executable, "-c", "import time; time.sleep(60)"]
    monkeypatch.setattr(reading, "MOST_SECONDS", 0.5)
    monkeypatch.setattr(reading, "_command", lambda *_: sleep)
    with pytest.raises(SourceError, match="ไม่เสร็จใน"):
        reading.read_file(path)


@pytest.mark.parametrize(
    "code", ["import os; os.abort()", "raise SystemExit(3)", "print('no answer file')"]
)
def test_one_that_dies_is_told(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "ตาย.csv"
    path.write_text("รหัส,คะแนน\n", "utf-8")
    monkeypatch.setattr(reading, "_command", lambda *_: [sys.executable, "-c", code])
    with pytest.raises(SourceError, match="โปรด"):
        reading.read_file(path)


@pytest.mark.parametrize("answer", ["", "[", "[]", '{"found": 1}', '{"found": {"tables": [1]}}'])
def test_an_answer_that_is_none_is_told(
    answer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def command(_: Path, target: Path) -> list[str]:
        target.write_text(answer, "utf-8")
        return [sys.executable, "-c", ""]

    path = tmp_path / "ก.csv"
    path.write_text("รหัส,คะแนน\n", "utf-8")
    monkeypatch.setattr(reading, "_command", command)
    with pytest.raises(SourceError, match="โปรด"):
        reading.read_file(path)


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is the system's")
def test_one_that_wants_too_much_memory_is_refused_it():
    """The control of the limit: without it the same code gets its memory."""
    import subprocess

    wants = "x = bytearray(400_000_000); x[::4096] = b'1' * len(x[::4096])"
    limited = f"from ita_desktop.exchange.sheets.child import _limit; _limit(); {wants}"
    codes = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode
        for code in (limited, wants)
    ]
    assert codes == [1, 0]


def test_temporary_files_are_private_and_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = tmp_path / "ชั่วคราว"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    seen: list[int] = []

    def look(wanted: Path, _: Path) -> list[str]:
        seen.append(wanted.parent.stat().st_mode & 0o077)
        return [sys.executable, "-c", ""]

    with monkeypatch.context() as patch:
        patch.setattr(reading, "_command", look)
        with pytest.raises(SourceError):
            reading.read_pasted("รหัส\tคะแนน")
    assert isinstance(reading.read_pasted("รหัส\tคะแนน"), Source)
    assert seen == ([0] if sys.platform != "win32" else seen)
    assert list(folder.iterdir()) == []


def test_the_packed_program_calls_itself(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    command = reading._command(Path("in"), Path("out"))
    assert command == [sys.executable, reading.COMMAND, "in", "out"]
    assert reading.COMMAND in cli.commands.commands


# --- pictures -------------------------------------------------------------------------------------


def jpeg(**options: object) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new(str(options.pop("mode", "RGB")), (400, 300), 200).save(out, "JPEG", **options)
    return out.getvalue()


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
@pytest.mark.parametrize(
    "content",
    [
        lambda: b"",
        lambda: POSTSCRIPT,
        lambda: b"%PDF-1.4",
        empty_png,
        lambda: empty_png(60_000, 60_000),
        lambda: flat_png(30_000, 30_000),
        lambda: jpeg()[:600],
        lambda: b"\xff\xd8\xff" + bytes(999),
        lambda: b"GIF89a" + b"\xff" * 50,
        lambda: b"II*\0" + b"\xff" * 50,
        lambda: b"RIFF\x10\0\0\0WEBPVP8 " + bytes(20),
    ],
    ids=range(11),
)
def test_no_picture(content: Callable[[], bytes]):
    with pytest.raises(PictureError, match="โปรด"):
        prepare_picture(content())


def test_a_picture_keeps_nothing_but_its_dots():
    from PIL import Image

    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (13.0, 45.0, 0.0)}
    exif[0x013B] = "ชื่อผู้ถ่าย"
    exif[0x0112] = 6
    made = prepare_picture(jpeg(exif=exif, comment=b"secret"))
    with Image.open(io.BytesIO(made)) as image:
        assert image.size == (300, 400), "turned upright"
        assert not image.getexif() and "comment" not in image.info
    assert b"secret" not in made and b"Exif" not in made


def test_print_colours_become_screen_colours():
    from PIL import Image

    with Image.open(io.BytesIO(prepare_picture(jpeg(mode="CMYK")))) as image:
        assert image.mode == "RGB"


def test_a_picture_in_an_interchange_file_is_looked_at(tmp_path: Path):
    import base64
    import hashlib

    for content in (empty_png(), flat_png(30_000, 30_000), jpeg()[:600]):
        digest = hashlib.sha256(content).hexdigest()
        data = {
            "format": "ita-desktop",
            "version": 1,
            "pictures": {digest: base64.b64encode(content).decode()},
        }
        path = tmp_path / "ภาพ.json"
        path.write_text(json.dumps(data), "utf-8")
        with pytest.raises(SourceError, match="ภาพ"):
            read_interchange(path)


# --- interchange files ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"a":' * 100_000,
        "[" + "{}," * 3_000_000 + "{}]",
        '{"format": "ita-desktop", "version": ' + "9" * 10_000 + "}",
        '{"format": "ita-desktop", "version": NaN}',
        '{"format": "ita-desktop", "version": 1e999}',
        '{"format": "ita-desktop", "version": 1, "office": {"name": "\\ud800"}}',
        '{"format": "ita-desktop", "version": 1, "office": {"name": "\\u0000"}}',
        "\0" * 1000,
        "",
    ],
    ids=range(10),
)
def test_no_interchange_file(text: str, tmp_path: Path):
    path = tmp_path / "ผิด.json"
    path.write_text(text, "utf-8")
    with pytest.raises(SourceError, match="โปรด"):
        read_interchange(path)


def test_a_refused_file_changes_no_byte(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = tmp_path / "หน่วยงาน.ita"
    Store.create(file).close()
    before = file.read_bytes()
    for name in ("billion laughs", "lying size", "zeros"):
        source = tmp_path / "เข้า.xlsx"
        source.write_bytes(HOSTILE_FILES[name]())
        assert cli.main(["import", str(file), str(source), "--year", "2569"]) == 2
        assert "Traceback" not in capsys.readouterr().err
    assert file.read_bytes() == before
    source.write_bytes(workbook(PLAN_ROWS))
    assert cli.main(["import", str(file), str(source), "--year", "2569"]) == 2, "a cell is unread"
    assert file.read_bytes() == before
