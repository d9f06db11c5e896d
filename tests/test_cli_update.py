"""The command ``update``: made, confirmed, listed, taken back."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ita_desktop import paths
from ita_desktop.cli import main
from ita_desktop.paths import resources

ABOUT = {
    "name": "ita-2570",
    "number": 20270115,
    "title": "กรอบปี 2570",
    "by": "ผู้ดูแล",
    "notes": "เพิ่มปี 2570",
}


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(paths, "user_folder", lambda: tmp_path / "user")
    paths.look_again()
    yield
    monkeypatch.undo()
    paths.look_again()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What a maintainer lays out: the framework of 2570."""
    found = tmp_path / "new"
    (found / "frameworks").mkdir(parents=True)
    data = json.loads((resources() / "frameworks" / "2569.json").read_text("utf-8"))
    data.pop("crosswalk")
    (found / "frameworks" / "2570.json").write_text(json.dumps({**data, "year": 2570}), "utf-8")
    (found / "update.json").write_text(json.dumps(ABOUT), "utf-8")
    return found


def test_an_update_from_its_maker_to_the_office_and_back(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key, stick, office = tmp_path / "key.pem", tmp_path / "x.itaupdate", tmp_path / "o.ita"
    assert main(["update", "--make-key", str(key)]) == 0
    assert main(["update", "--make-key", str(key)]) == 2, "a key is never overwritten"
    assert main(["update", "--make", str(folder), "--key", str(key), "--to", str(stick)]) == 0
    assert "กุญแจสาธารณะ" in capsys.readouterr().out
    assert main(["new", str(office)]) == 0

    assert main(["update", str(stick)]) == 2, "an unknown signature needs the checksum"
    said = capsys.readouterr()
    assert "--checksum" in said.err and "ไม่มีลายเซ็น" in said.out
    code = next(line for line in said.out.splitlines() if line.startswith("รหัสตรวจสอบ")).split()[1]
    wrong = "ZZZZ" if not code.startswith("Z") else "YYYY"
    assert main(["update", str(stick), "--checksum", wrong]) == 2
    assert main(["update", str(stick), "--preview", "--for", str(office)]) == 0
    assert "2570: เพิ่มเข้ามาใหม่" in capsys.readouterr().out
    assert main(["update", "--list"]) == 0
    assert "ยังไม่ได้ติดตั้ง" in capsys.readouterr().out

    assert main(["update", str(stick), "--checksum", code[:4]]) == 0
    assert main(["framework", str(office), "--list"]) == 0
    assert "2570  " in (listed := capsys.readouterr().out) and "จากแฟ้มปรับปรุง" in listed
    assert main(["update", "--list"]) == 0
    assert code in capsys.readouterr().out
    assert main(["update", "--take-back", "ita-2570"]) == 0
    capsys.readouterr()
    assert main(["framework", str(office), "--list"]) == 0
    assert "2570  " not in capsys.readouterr().out
    assert main(["update", "--take-back", "ita-2570"]) == 2


def test_a_folder_with_a_mistake_makes_no_file(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stick = tmp_path / "x.itaupdate"
    shutil.copy(folder / "update.json", folder / "frameworks" / "2571.json")
    assert main(["update", "--make", str(folder), "--to", str(stick)]) == 2
    assert "frameworks/2571.json" in capsys.readouterr().err
    assert not stick.exists()
    assert main(["update", "--list", "--take-back", "x"]) == 2
