"""The commands of hand-over: a package out, checked, taken in again, and many summed up."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
from openpyxl import load_workbook

from db.store import Store
from ita_desktop.domain.dossier import Dossier
from ita_desktop.exchange.interchange import interchange_to_data
from ita_desktop.exchange.unpack import opened
from ita_desktop.handover.parts import of_year
from ita_desktop.paths import resources
from tests.test_cli import (
    Capture,
    content,
    dossier,
    empty,
    fails,
    run,
    sample,
)
from tests.test_cli import (
    opened as window_opened,
)

__all__ = ["empty", "sample", "window_opened"]  # fixtures

SCHEMA = json.loads((resources() / "schemas" / "package.schema.json").read_text("utf-8"))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Packages with two documents instead of thirteen, and locks that open at once."""
    from ita_desktop.documents import templates

    everything = templates.load_templates
    kinds = ("memo", "score-summary")

    def few(*arguments: object) -> dict[str, object]:
        found = everything(*arguments)  # type: ignore[arg-type]
        return {kind: found[kind] for kind in kinds}

    monkeypatch.setattr(templates, "load_templates", few)
    monkeypatch.setattr("ita_desktop.exchange.lock.SCRYPT_LOG_N", 2)


@pytest.fixture
def package(sample: Path, tmp_path: Path, capsys: Capture, quick: None) -> Path:
    """The sample office's package."""
    path = tmp_path / "ส่งอำเภอ #1.itapack"
    run(capsys, "export", sample, "--year", "2569", "--to", path)
    return path


def words_of(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


# --- out and in -----------------------------------------------------------------------------------


def test_export_says_the_fingerprint(sample: Path, tmp_path: Path, capsys: Capture, quick: None):
    out = run(capsys, "export", sample, "--year", "2569", "--to", tmp_path / "x")
    with opened(tmp_path / "x.itapack") as found:
        assert found.is_whole and found.fingerprint in out
        assert found.manifest.year == 2569
        assert len([part for part in found.manifest.parts if part.kind == "document"]) == 3


def test_what_is_exported_comes_in_as_one_edit(package: Path, tmp_path: Path, capsys: Capture):
    other = tmp_path / "อำเภอ.ita"
    run(capsys, "new", other)
    run(capsys, "import", other, package)
    with Store(other) as store:
        there = store.dossier()
        assert [edit.label for edit in store.edits()] == ["นำเข้าชุดข้อมูลปี 2569"]
        assert all(
            store.picture(photo.digest)
            for measure in there.measures[2569]
            for progress in measure.progress.values()
            for photo in progress.photos
        )
        store.undo()
        assert store.dossier() == Dossier()
    sample = interchange_to_data(of_year(dossier(package.parent / "สำนักงาน #1.ita"), 2569))
    assert {**interchange_to_data(there), "people": 0, "chain": 0} == {
        **sample,
        "people": 0,
        "chain": 0,
    }


def test_twice_and_after_its_own_newer_one_are_told(
    sample: Path, package: Path, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
):
    run(capsys, "import", sample, package, said="มีข้อมูลของชุดนี้อยู่แล้ว")
    with Store(sample) as store:
        before = len(store.edits())
        store.set_office("telephone", "0 9999 9999")
    _wait_a_second(monkeypatch)
    newer = tmp_path / "ใหม่.itapack"
    run(capsys, "export", sample, "--year", "2569", "--to", newer)
    run(capsys, "import", sample, package, said="เก่ากว่าชุดที่แฟ้มนี้รู้จัก")
    run(capsys, "import", sample, newer, said="มีข้อมูลของชุดนี้อยู่แล้ว")
    run(capsys, "import", sample, package, said="เก่ากว่าชุดที่แฟ้มนี้รู้จัก")
    with Store(sample) as store:
        assert len(store.edits()) > before
        assert store.dossier().office.telephone != "0 9999 9999"
        store.undo()
        assert store.dossier().office.telephone == "0 9999 9999"


def _wait_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    time.sleep(1.1)  # a package's time has whole seconds


def test_another_offices_package_is_told(
    package: Path, empty: Path, tmp_path: Path, capsys: Capture
):
    path = tmp_path / "อื่น.ita"
    run(capsys, "new", path)
    with Store(path) as store:
        store.set_office("name", "อื่น")
    run(capsys, "import", path, package, said="ชุดข้อมูลนี้เป็นของอบต.ตัวอย่าง แต่แฟ้มนี้เป็นของอบต.อื่น")


def test_a_locked_one_asks_for_its_password(
    sample: Path, tmp_path: Path, capsys: Capture, quick: None
):
    word = words_of(tmp_path / "รหัส.txt", "\ufeffน้ำใส ไหล\nบรรทัดอื่น\n")
    wrong = words_of(tmp_path / "ผิด.txt", "น้ำขุ่น")
    path = tmp_path / "ลับ.itapack"
    run(capsys, "export", sample, "--year", "2569", "--to", path, "--password-file", word)
    before = content(sample)
    assert "ล็อกด้วยรหัสผ่าน" in fails(capsys, "import", sample, path)
    assert "รหัสผ่านไม่ถูกต้อง" in fails(capsys, "import", sample, path, "--password-file", wrong)
    assert content(sample) == before
    run(capsys, "import", sample, path, "--password-file", word, said="อยู่แล้ว")
    for bad in (words_of(tmp_path / "ว่าง", "\n"), tmp_path / "ไม่มี"):
        assert "รหัสผ่าน" in fails(capsys, "check", path, "--password-file", bad)


def test_a_changed_one_changes_nothing(sample: Path, package: Path, capsys: Capture):
    changed = bytearray(package.read_bytes())
    changed[len(changed) // 3] ^= 4
    package.write_bytes(changed)
    before = content(sample)
    assert "โปรดขอแฟ้มใหม่" in fails(capsys, "import", sample, package)
    assert content(sample) == before


def test_a_failed_export_leaves_the_earlier_one(
    sample: Path, package: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
):
    before = package.read_bytes()

    def fail(*_: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr("os.fsync", fail)
    fails(capsys, "export", sample, "--year", "2569", "--to", package)
    assert package.read_bytes() == before
    assert not list(package.parent.glob(".*.part"))


def test_a_year_without_anything_is_told(empty: Path, tmp_path: Path, capsys: Capture):
    told = fails(capsys, "export", empty, "--year", "2569", "--to", tmp_path / "x")
    assert "ยังไม่มีข้อมูลของปี 2569" in told and not (tmp_path / "x.itapack").exists()
    assert "ค.ศ." in fails(capsys, "export", empty, "--year", "2026", "--to", tmp_path / "x")


# --- check ----------------------------------------------------------------------------------------


def test_check_lists_what_is_inside(package: Path, capsys: Capture):
    assert "ข้อมูล.json" in run(capsys, "check", package, said="พบ 0 รายการ")
    data = json.loads(run(capsys, "check", package, "--json"))
    assert data.pop("whole") and not data.pop("locked") and data.pop("problems") == []
    jsonschema.validate(data, SCHEMA)


# --- district -------------------------------------------------------------------------------------


def test_district_makes_workbook_and_paper(package: Path, tmp_path: Path, capsys: Capture):
    folder = tmp_path / "รับ"
    folder.mkdir()
    for name in ("ก", "ข"):
        (folder / f"{name}.itapack").write_bytes(package.read_bytes())
    (folder / "เสีย.itapack").write_bytes(b"x")
    offices = words_of(tmp_path / "บัญชี.csv", "ชื่อหน่วยงาน,อำเภอ\nอบต.ตัวอย่าง,ตัวอย่าง\nอบต.สอง,ตัวอย่าง\n")
    book, paper = tmp_path / "สรุป.xlsx", tmp_path / "สรุป.pdf"
    out = run(
        *(capsys, "district", folder, "--to", book, "--pdf", paper, "--offices", offices),
        said="ซ้ำกับฉบับที่ใช้: ข.itapack",
    )
    assert "จาก 1 หน่วยงาน" in out and "ยังไม่ได้ส่ง 1 จาก 2" in out
    assert load_workbook(book)["สรุปรายหน่วยงาน"]["B3"].value == "อบต.ตัวอย่าง"
    assert paper.read_bytes().startswith(b"%PDF")


def test_district_refuses_what_it_cannot_do(tmp_path: Path, capsys: Capture):
    assert ".xlsx" in fails(capsys, "district", tmp_path, "--to", tmp_path / "x.pdf")
    assert "ไม่พบชุดข้อมูล" in fails(capsys, "district", tmp_path, "--to", tmp_path / "x.xlsx")
    assert "ค.ศ." in fails(
        capsys, "district", tmp_path, "--to", tmp_path / "x.xlsx", "--year", "2026"
    )
    missing = tmp_path / "ไม่มี.csv"
    told = fails(capsys, "district", tmp_path, "--to", tmp_path / "x.xlsx", "--offices", missing)
    assert "บัญชีรายชื่อ" in told


def test_an_own_framework_comes_in_with_its_scores(
    sample: Path, tmp_path: Path, capsys: Capture, quick: None
):
    """A code that only the sender's framework has is no reason to refuse the package."""
    own, there, sent = tmp_path / "2568.json", tmp_path / "there.ita", tmp_path / "x.itapack"
    text = (resources() / "frameworks" / "2568.json").read_text("utf-8")
    text = text.replace('"i1": "i1"', '"i99": "i1"').replace('"code": "i1"', '"code": "i99"')
    own.write_text(text.replace('["i1", ', '["i99", '), "utf-8")
    run(capsys, "framework", sample, "--import", own)
    with Store(sample) as store:
        store.set_scores(2568, {"i99": Decimal("91.00"), "i1": None})
    run(capsys, "export", sample, "--year", "2569", "--to", sent, said="ควรแก้")
    run(capsys, "new", there)
    run(capsys, "import", there, sent, said="นำกรอบการประเมินปี 2568")
    with Store(there) as store:
        assert list(store.frameworks()) == [2568]
        assert store.dossier().sheet(2568).entered["i99"] == Decimal("91.00")
