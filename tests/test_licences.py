"""What is inside is listed with its licence, and the bill of materials fits the lock."""

from __future__ import annotations

import json
import re
import runpy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from ita_desktop.inside import SBOM, components, folder

ROOT = Path(__file__).resolve().parent.parent
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
PINS = dict(re.findall(r"^([a-z0-9-]+)==([^ \\;]+)", LOCK, re.MULTILINE))


def test_every_locked_distribution_is_listed_with_its_version() -> None:
    listed = {each.name: each.version for each in components() if each.kind == "library"}
    assert len(PINS) > 20 and listed == PINS, "python docs/make_licences.py"


def test_every_licence_can_be_read_offline() -> None:
    for each in components():
        assert each.licence and each.what, each.name
        assert len(each.text()) > 200, each.name
    kept = {path for each in components() for path in each.texts}
    standard = {folder() / name for name in ("GPL-3.txt", "LGPL-3.txt")}
    assert set(folder().glob("*.txt")) - kept - standard == set(), "python docs/make_licences.py"


def test_what_is_no_distribution_is_listed_too() -> None:
    kinds: dict[str, set[str]] = {}
    for each in components():
        kinds.setdefault(each.kind, set()).add(each.name)
    assert kinds["runtime"] == {"Python", "SQLite"}
    assert kinds["font"] == {"Laksaman", "DejaVu Sans", "Sarabun"}
    fonts = {path.stem.split("-")[0] for path in (ROOT / "resources" / "fonts").rglob("*.ttf")}
    assert fonts == {name.replace(" ", "") for name in kinds["font"]}
    assert kinds["data"] == {"Thailand Geography JSON"}


def test_texts_of_qt_and_fonts_are_whole() -> None:
    texts = {each.name: each.text() for each in components()}
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in texts["pyside6-essentials"]
    assert "END OF TERMS AND CONDITIONS" in texts["pyside6-essentials"]
    assert "SIL OPEN FONT LICENSE" in texts["Sarabun"].upper()
    assert "GNU GENERAL PUBLIC LICENSE" in texts["Laksaman"]


def bill() -> Mapping[str, Any]:
    return json.loads((folder() / SBOM).read_text("utf-8"))


def test_the_bill_fits_the_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    make = runpy.run_path(str(ROOT / "docs" / "make_sbom.py"))
    assert make["text"]() == (folder() / SBOM).read_text("utf-8"), "python docs/make_sbom.py"
    libraries = [each for each in bill()["components"] if "purl" in each]
    assert {each["name"]: each["version"] for each in libraries} == PINS
    held = {one["content"] for each in libraries for one in each["hashes"]}
    assert held == set(re.findall(r"sha256:([0-9a-f]{64})", LOCK))
    for each in libraries:
        assert each["purl"] == f"pkg:pypi/{each['name']}@{each['version']}"


def test_the_bill_names_no_time_unless_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "serialNumber" not in bill() and "timestamp" not in bill()["metadata"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    made = runpy.run_path(str(ROOT / "docs" / "make_sbom.py"))["bill"]()
    assert made["metadata"]["timestamp"] == "1970-01-02T00:00:00Z"


def test_the_bill_has_the_shape_of_cyclonedx() -> None:
    found = bill()
    assert (found["bomFormat"], found["specVersion"], found["version"]) == ("CycloneDX", "1.5", 1)
    references = [each["bom-ref"] for each in found["components"]]
    assert len(set(references)) == len(references)
    known = {*references, found["metadata"]["component"]["bom-ref"]}
    for each in found["dependencies"]:
        assert {each["ref"], *each["dependsOn"]} <= known
    for each in found["components"]:
        assert each["type"] in ("library", "platform", "file", "data")
        for licence in each["licenses"]:
            assert set(licence) in ({"license"}, {"expression"})
            assert "expression" not in licence or len(each["licenses"]) == 1
