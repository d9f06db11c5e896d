"""Write the bill of materials: ``resources/licences/sbom.cdx.json``, in the form CycloneDX 1.5.

Run from the project's root with the program's own Python, after ``python docs/make_licences.py``:
``python docs/make_sbom.py``. The same lock and index give the same bytes: there is no serial
number, and a time stamp only when ``SOURCE_DATE_EPOCH`` is set.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tomllib
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
INDEX = ROOT / "resources" / "licences" / "index.json"
TARGET = INDEX.with_name("sbom.cdx.json")
APPLICATION = "ita-desktop"
_TYPES = {"library": "library", "runtime": "platform", "font": "file", "data": "data"}


def hashes() -> dict[str, list[str]]:
    """SHA-256 of every file that the lock accepts, by the distribution's name."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in (ROOT / "requirements.lock").read_text("utf-8").splitlines():
        if begins := re.match(r"([A-Za-z0-9._-]+)==", line):
            name = begins[1].lower()
        found.setdefault(name, []).extend(re.findall(r"--hash=sha256:([0-9a-f]{64})", line))
    return found


def licences(expression: str) -> list[dict[str, Any]]:
    """A component's licence: one SPDX id, an expression, or a name that SPDX does not list."""
    if expression.startswith("LicenseRef-"):
        return [{"license": {"name": expression.removeprefix("LicenseRef-").replace("-", " ")}}]
    if " " in expression:
        return [{"expression": expression}]
    return [{"license": {"id": expression}}]


def component(entry: dict[str, Any], known: dict[str, list[str]]) -> dict[str, Any]:
    """One entry of the index as a component."""
    name, version = entry["name"], entry["version"]
    library = entry["kind"] == "library"
    made: dict[str, Any] = {
        "type": _TYPES[entry["kind"]],
        "bom-ref": reference(entry),
        "name": name,
    }
    if version:
        made["version"] = version
    if library:
        made["hashes"] = [{"alg": "SHA-256", "content": each} for each in sorted(known[name])]
    made["licenses"] = licences(entry["licence"])
    if library:
        made["purl"] = reference(entry)
    if entry["page"]:
        made["externalReferences"] = [{"type": "website", "url": entry["page"]}]
    return made


def reference(entry: dict[str, Any]) -> str:
    """The name of a component within the bill: its package URL, or kind and name."""
    if entry["kind"] == "library":
        return f"pkg:pypi/{entry['name']}@{entry['version']}"
    return f"{entry['kind']}:{entry['name'].replace(' ', '-').lower()}"


def needs(name: str, known: dict[str, str]) -> list[str]:
    """References of what a distribution asks for, as far as the lock has it."""
    asked = metadata.distribution(name).requires or []
    names = {
        re.sub(r"[-_.]+", "-", found[0]).lower()
        for each in asked
        if "extra ==" not in each and (found := re.match(r"[A-Za-z0-9._-]+", each))
    }
    return sorted(known[each] for each in names if each in known)


def bill() -> dict[str, Any]:
    """The bill as data."""
    index = json.loads(INDEX.read_text("utf-8"))["components"]
    entries = [entry for entry in index if entry["kind"] != "program"]
    known = hashes()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    here = {entry["name"]: reference(entry) for entry in entries if entry["kind"] == "library"}
    direct = {re.split(r"[<>=\[; ]", each)[0].lower() for each in project["dependencies"]}
    others = [reference(entry) for entry in entries if entry["kind"] != "library"]
    root = {"ref": APPLICATION, "dependsOn": sorted([*(here[each] for each in direct), *others])}
    below = [{"ref": each, "dependsOn": needs(name, here)} for name, each in sorted(here.items())]
    about: dict[str, Any] = {
        "component": {
            "type": "application",
            "bom-ref": APPLICATION,
            "name": APPLICATION,
            "version": project["version"],
            "licenses": licences(project["license"]),
        }
    }
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        moment = datetime.fromtimestamp(int(epoch), UTC)
        about = {"timestamp": moment.strftime("%Y-%m-%dT%H:%M:%SZ"), **about}
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": about,
        "components": [component(entry, known) for entry in entries],
        "dependencies": [root, *below],
    }


def text() -> str:
    """The bill as the text of its file."""
    return json.dumps(bill(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    TARGET.write_text(text(), "utf-8", newline="\n")
    sys.stdout.write(f"{TARGET.relative_to(ROOT)}\n")
