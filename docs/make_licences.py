"""Gather what the program is made of and every licence text: ``resources/licences/``.

Run from the project's root with the program's own Python, after the locks have changed:
``python docs/make_licences.py``, then ``python docs/make_sbom.py``. Texts come from the installed
distributions; the standard texts they only name (LGPL, GPL) from Debian's ``common-licenses``, or
stay as they are where there is no such folder. Nothing is taken from the network.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))

LOCK = ROOT / "requirements.lock"
TARGET = ROOT / "resources" / "licences"
COMMON = Path("/usr/share/common-licenses")

# What the metadata of a distribution say in other words than an SPDX expression.
NAMED = {
    "click-default-group": "LicenseRef-Public-Domain",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",
    "reportlab": "BSD-3-Clause",
    "sqlite-fts4": "Apache-2.0",
    "uharfbuzz": "Apache-2.0",
}
# Qt may be used under any of its licences; here it is used under this one.
CHOSEN = {"pyside6-essentials": "LGPL-3.0-only", "shiboken6": "LGPL-3.0-only"}
STANDARD = {"pyside6-essentials": ("LGPL-3", "GPL-3"), "shiboken6": ("LGPL-3", "GPL-3")}
LIBRARIES = {
    "cffi": "เรียกคลังโปรแกรมภาษา C",
    "charset-normalizer": "เดาการเข้ารหัสข้อความ",
    "click": "คำสั่งบรรทัดคำสั่ง",
    "click-default-group": "คำสั่งบรรทัดคำสั่ง",
    "cryptography": "รหัสผ่านของชุดข้อมูล และลายเซ็นของแฟ้มปรับปรุง",
    "et-xmlfile": "เขียนแฟ้ม Excel",
    "lxml": "อ่านและเขียน XML",
    "openpyxl": "อ่านและเขียนแฟ้ม Excel",
    "pillow": "ภาพถ่าย",
    "pip": "ติดตั้งส่วนประกอบ",
    "pluggy": "ส่วนเสริมของ sqlite-utils",
    "pycparser": "เรียกคลังโปรแกรมภาษา C",
    "pypdfium2": "แสดงและพิมพ์ PDF",
    "pyside6-essentials": "หน้าต่างของโปรแกรม (Qt)",
    "pythainlp": "คลังคำภาษาไทย",
    "python-dateutil": "วันที่",
    "python-docx": "อ่านและเขียนแฟ้ม Word",
    "reportlab": "เขียนแฟ้ม PDF",
    "shiboken6": "เชื่อม Python กับ Qt",
    "sqlite-fts4": "ส่วนประกอบของ sqlite-utils",
    "sqlite-utils": "แฟ้มข้อมูล",
    "tabulate": "ส่วนประกอบของ sqlite-utils",
    "typing-extensions": "ชนิดข้อมูลของ Python",
    "tzdata": "เขตเวลา",
    "uharfbuzz": "จัดรูปตัวอักษรไทย",
}
SQLITE = """SQLite is in the public domain.

All of the code and documentation in SQLite has been dedicated to the public domain by its authors.
Anyone is free to copy, modify, publish, use, compile, sell, or distribute it, for any purpose,
commercial or non-commercial, and by any means. See https://www.sqlite.org/copyright.html
"""
QT_NOTE = """Qt and PySide6 are used here under the GNU Lesser General Public License, version 3.

They are separate libraries in the program's folder and may be replaced by another build of the same
interface. Their sources, and those of what Qt itself contains with the licences of each, are at
https://download.qt.io/official_releases/QtForPython/ and https://doc.qt.io/qt-6/licensing.html
"""


def locked() -> Iterator[tuple[str, str]]:
    """Name and version of every distribution in the lock."""
    for line in LOCK.read_text("utf-8").splitlines():
        if found := re.match(r"([A-Za-z0-9._-]+)==([^ \\;]+)", line):
            yield found[1].lower(), found[2]


def library(name: str, version: str) -> tuple[dict[str, Any], str]:
    """The entry of a distribution, and its licence texts as one."""
    found = metadata.distribution(name)
    if found.version != version:
        raise SystemExit(f"{name} {found.version} is installed, the lock says {version}")
    about = found.metadata
    said = about.get("License-Expression") or about.get("License") or ""
    licence = NAMED.get(name) or CHOSEN.get(name) or said
    pages = _pages(about)
    entry = _entry("library", name, LIBRARIES[name], licence, f"{name}.txt", pages, version)
    return entry, _texts_of(found, name)


def _pages(about: Any) -> str:
    """The address of a distribution's home, as its metadata tell."""
    said = dict(each.split(", ", 1) for each in about.get_all("Project-URL") or [])
    known = {key.casefold(): value for key, value in said.items()}
    for key in (
        "homepage",
        "home",
        "source",
        "source code",
        "repository",
        "github",
        "documentation",
    ):
        if key in known:
            return known[key]
    return about.get("Home-page") or next(iter(known.values()), "")


def _texts_of(found: metadata.Distribution, name: str) -> str:
    pieces = [QT_NOTE] if name in STANDARD else []
    for each in sorted(found.files or (), key=str):
        stem = each.name.upper()
        own = ".dist-info/" in str(each) or name == "reportlab"
        if (own and any(word in stem for word in ("LICEN", "COPYING", "NOTICE"))) or _built(
            str(each)
        ):
            title = str(each).partition(".dist-info/")[2] or str(each)
            pieces.append(f"{'=' * 78}\n{title}\n{'=' * 78}\n\n{_read(each.read_binary())}")
    pieces += [
        f"{'=' * 78}\n{each}\n{'=' * 78}\n\n{standard(each)}" for each in STANDARD.get(name, ())
    ]
    if not pieces:
        raise SystemExit(f"{name}: no licence text found")
    return "\n".join(piece.replace("\r\n", "\n").rstrip() + "\n" for piece in pieces)


def _read(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:  # some old texts write (c) as one byte
        return content.decode("cp1252")


def _built(path: str) -> bool:
    """A licence of what a wheel has built in (pdfium's own parts)."""
    return "/BUILD_LICENSES/" in path


def standard(name: str) -> str:
    """A standard licence text."""
    kept = TARGET / f"{name}.txt"
    path = COMMON / name
    return (path if path.exists() else kept).read_text("utf-8")


def _entry(  # noqa: PLR0913, PLR0917 - a row of a table
    kind: str, name: str, what: str, licence: str, text: str, page: str, version: str = ""
) -> dict[str, Any]:
    return {
        "kind": kind,
        "name": name,
        "version": version,
        "what": what,
        "licence": licence,
        "texts": text.split(),
        "page": page,
    }


def others() -> Iterator[dict[str, Any]]:
    """What is inside and no distribution: the program, the runtime, fonts and data.

    Texts are files beside the index, or paths from there, parted by blanks. A version that is
    empty is told by the running program.
    """
    fonts = "../fonts"
    yield _entry("program", "ITA Desktop", "โปรแกรมนี้", "MIT", "program.txt", "")
    yield _entry(
        "runtime", "Python", "ภาษาโปรแกรม", "PSF-2.0", "python.txt", "https://www.python.org"
    )
    yield _entry(
        "runtime", "SQLite", "ฐานข้อมูลในแฟ้ม", "blessing", "sqlite.txt", "https://www.sqlite.org"
    )
    yield _entry(
        "font", "Laksaman", "แบบอักษรของเอกสาร", "GPL-2.0-or-later WITH Font-exception-2.0",
        f"{fonts}/documents/Laksaman-LICENSE.txt {fonts}/documents/GPL-2.txt", "https://linux.thai.net/projects/fonts-tlwg",
        "4.001",
    )  # fmt: skip
    yield _entry(
        "font", "DejaVu Sans", "เครื่องหมายที่ Laksaman ไม่มี", "Bitstream-Vera",
        f"{fonts}/documents/DejaVuSans-LICENSE.txt", "https://dejavu-fonts.github.io", "2.37",
    )  # fmt: skip
    yield _entry(
        "font", "Sarabun", "แบบอักษรของหน้าต่าง", "OFL-1.1", f"{fonts}/screen/OFL.txt",
        "https://github.com/cadsondemak/Sarabun", "1.000",
    )  # fmt: skip
    yield _entry(
        "data", "Thailand Geography JSON", "รายชื่อจังหวัดและอำเภอ", "MIT", "../places/LICENSE.txt",
        "https://github.com/thailand-geography-data/thailand-geography-json",
    )  # fmt: skip


def contents() -> tuple[list[dict[str, Any]], dict[str, str]]:
    """The index, and the texts by file name."""
    texts = {"program.txt": (ROOT / "LICENSE").read_text("utf-8"), "sqlite.txt": SQLITE}
    # Both carry the whole licence of Python, its history included.
    texts["python.txt"] = _texts_of(metadata.distribution("typing-extensions"), "typing-extensions")
    entries = list(others())
    for name, version in locked():
        entry, texts[f"{name}.txt"] = library(name, version)
        entries.append(entry)
    return entries, texts


def main() -> None:
    """Write index and texts; what is no longer needed goes."""
    entries, texts = contents()
    for name in ("GPL-3", "LGPL-3"):
        texts[f"{name}.txt"] = standard(name)
    TARGET.mkdir(exist_ok=True)
    for path in TARGET.glob("*.txt"):
        if path.name not in texts:
            path.unlink()
    for name, text in texts.items():
        (TARGET / name).write_text(text, "utf-8", newline="\n")
    index = json.dumps({"components": entries}, ensure_ascii=False, indent=1)
    (TARGET / "index.json").write_text(index + "\n", "utf-8", newline="\n")


if __name__ == "__main__":
    main()
