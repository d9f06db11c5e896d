"""The hand-over package: what it holds, its manifest, and how one is made.

``docs/package.md`` describes the file, ``resources/schemas/package.schema.json`` is the manifest's
schema. ``unpack.py`` opens one. Making is a matter of bytes: the same parts and the same time give
the same file.
"""

from __future__ import annotations

import hashlib
import io
import json
import unicodedata
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from ita_desktop.domain.office import Office
from ita_desktop.exchange.errors import PackageError
from ita_desktop.exchange.names import RESERVED, UNFIT, name_problem, spoken
from ita_desktop.exchange.safe_zip import sealed_zip

SUFFIX = ".itapack"
FORMAT, VERSION = "ita-desktop-package", 1
MANIFEST, COVER, DATA = "manifest.json", "ใบนำส่ง.pdf", "ข้อมูล.json"
FOLDERS = {"document": "เอกสาร", "table": "ตาราง", "csv": "ตาราง CSV", "framework": "กรอบการประเมิน"}
"""Kind of part -> the folder it lies in; the cover and the data lie at the top."""
ENDINGS = {
    "cover": ".pdf",
    "document": ".pdf",
    "table": ".xlsx",
    "csv": ".csv",
    "data": ".json",
    "framework": ".json",
}
"""Kind of part -> how its name ends: nothing that a computer would run travels in a package."""
KINDS = tuple(ENDINGS)

MOST_FILE = 150_000_000
"""Bytes of a package as a file."""
MOST_WHOLE = 250_000_000
"""Bytes of all its parts, unpacked."""
MOST_PART = 80_000_000
MOST_DATA = 20_000_000
MOST_MANIFEST = 500_000
MOST_PARTS = 300


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a package, as the manifest tells of it.

    ``name``: where it lies in the package, such as "เอกสาร/01 ….pdf". ``kind``: one of ``KINDS``.
    ``document`` and ``round`` (months, 0: none) say which document it is; ``code`` is the mark in
    the foot of an issued one.
    """

    name: str
    kind: str
    title: str
    size: int = 0
    sha256: str = ""
    document: str = ""
    round: int = 0
    code: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a package says of itself. ``year``: the measure year. ``made``: when, with time zone.

    ``findings``: round in months -> how many findings of the review were open when it was made.
    ``left_out``: what did not fit in or could not be made, as Thai sentences.
    """

    office: Office
    year: int
    made: datetime
    program: str
    parts: tuple[Part, ...]
    findings: tuple[tuple[int, int], ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """Sixteen letters that stand for all parts but the cover, which has them printed on it."""
        data = manifest_data(self)
        data.pop("fingerprint")
        data["parts"] = [part for part in data["parts"] if part["kind"] != "cover"]
        exact = json.dumps(data, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
        return spoken(hashlib.sha256(exact.encode()).digest())

    def part(self, name: str) -> Part | None:
        """The part of that name."""
        return next((part for part in self.parts if part.name == name), None)


def manifest_data(manifest: Manifest, fingerprint: str = "") -> dict[str, Any]:
    """The manifest as data for JSON, in one order."""
    office = manifest.office
    return {
        "format": FORMAT,
        "version": VERSION,
        "program": manifest.program,
        "made": manifest.made.isoformat(timespec="seconds"),
        "year": manifest.year,
        "office": {
            "kind": office.kind,
            "name": office.name,
            "district": office.district,
            "province": office.province,
        },
        "fingerprint": fingerprint,
        "findings": {str(months): count for months, count in manifest.findings},
        "left_out": list(manifest.left_out),
        "parts": [_part_data(part) for part in manifest.parts],
    }


def _part_data(part: Part) -> dict[str, Any]:
    names = ("name", "kind", "title", "size", "sha256", "document", "round", "code")
    return {name: getattr(part, name) for name in names}


# --- names ---------------------------------------------------------------------------------------


def fitting_name(title: str, suffix: str, longest: int = 80) -> str:
    """A file name made of a title, safe on every system."""
    plain = unicodedata.normalize("NFC", title)
    kept = (
        " " if unicodedata.category(letter)[0] == "Z" else letter
        for letter in UNFIT.sub("-", plain)
        if unicodedata.category(letter)[0] != "C"
    )
    name = " ".join("".join(kept).split()).strip(" .")[:longest].strip(" .")
    if not name or RESERVED.fullmatch(name):
        name = f"แฟ้ม {name}".strip()
    return name + suffix


# --- making --------------------------------------------------------------------------------------

Content = tuple[Part, bytes]
"""A part, its size and digest not filled in yet, and its bytes."""


def sized(part: Part, content: bytes) -> Part:
    """The part with size and digest of its content."""
    return replace(part, size=len(content), sha256=hashlib.sha256(content).hexdigest())


def build_package(
    manifest: Manifest,
    contents: Sequence[Content],
    make_cover: Callable[[Manifest], bytes] | None = None,
) -> tuple[Manifest, bytes]:
    """The package of these parts as a file, and its whole manifest.

    ``manifest`` has no parts yet. ``make_cover`` makes the cover from the manifest of all other
    parts, whose fingerprint it prints. Raises PackageError when the parts are too many or too big.
    """
    if manifest.made.tzinfo is None:
        raise ValueError("the time a package is made needs its zone")
    filled = replace(manifest, parts=tuple(sized(part, content) for part, content in contents))
    files = [(part.name, content) for part, content in contents]
    fingerprint = filled.fingerprint
    if make_cover is not None:
        cover = make_cover(filled)
        described = sized(Part(COVER, "cover", "ใบนำส่งชุดข้อมูล"), cover)
        filled = replace(filled, parts=(described, *filled.parts))
        files.insert(0, (COVER, cover))
    _check_bounds(filled)
    data = manifest_data(filled, fingerprint)
    listed = json.dumps(data, ensure_ascii=False, indent=1).encode()
    if len(listed) > MOST_MANIFEST:
        raise PackageError("รายการในชุดข้อมูลยาวเกินไป โปรดเลือกเอกสารให้น้อยลง")
    made = sealed_zip([(MANIFEST, listed), *files], filled.made)
    if len(made) > MOST_FILE:
        raise PackageError(_TOO_BIG)
    return filled, made


_TOO_BIG = "ชุดข้อมูลใหญ่เกินไป โปรดเลือกเอกสารให้น้อยลง แล้วส่งเป็นหลายชุด"


def content_of(package: bytes, name: str) -> bytes:
    """A part of a package that was just made here, not locked yet."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return archive.read(name)


def _check_bounds(manifest: Manifest) -> None:
    parts = manifest.parts
    names = {part.name.casefold() for part in parts}
    assert all(part.name.endswith(ENDINGS[part.kind]) for part in parts)
    assert len(names) == len(parts) and not any(name_problem(part.name) for part in parts)
    if len(parts) > MOST_PARTS or sum(part.size for part in parts) > MOST_WHOLE:
        raise PackageError(_TOO_BIG)
    for part in parts:
        if part.size > (MOST_DATA if part.kind == "data" else MOST_PART):
            problem = f"“{part.title}” ใหญ่เกินไป ({part.size // 1_000_000} เมกะไบต์)"
            raise PackageError(f"{problem} โปรดลดจำนวนหรือขนาดภาพ หรือไม่เลือกเอกสารนี้")


def free_path(folder: Path, part: Part) -> Path:
    """Where a part may be written in a folder that a person chose: never over another file.

    The name is made anew of the part's own, so that nothing of it can lead elsewhere.
    """
    last = part.name.rpartition("/")[2]
    stem, dot, ending = last.rpartition(".")
    known = bool(dot) and f".{ending.lower()}" in ENDINGS.values()
    title, suffix = (stem, f".{ending.lower()}") if known else (last, ".bin")
    number = 1
    while True:
        again = f" ({number})" if number > 1 else ""
        path = folder / fitting_name(f"{title}{again}", suffix)
        if not path.exists() and not path.is_symlink():
            return path
        number += 1
