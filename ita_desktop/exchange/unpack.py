"""Opening a hand-over package of a stranger: nothing is believed before it was checked.

Structure and bounds come first, then the seal over the whole file, the manifest, and the digest of
every part. A package whose structure can't be trusted is refused with a PackageError; what is
missing or changed in one that can be read is listed in ``Package.problems``.
"""

from __future__ import annotations

import hashlib
import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any, BinaryIO

from ita_desktop.domain.framework import (
    SIZE_LIMIT,
    Framework,
    FrameworkError,
    read_framework,
)
from ita_desktop.domain.office import Office
from ita_desktop.exchange.checked import entries, group, text_in, texts, whole, year_in
from ita_desktop.exchange.errors import PackageError, SourceError, one_line
from ita_desktop.exchange.interchange import Interchange, interchange_from_data, parse_json
from ita_desktop.exchange.lock import LockedFile, is_locked
from ita_desktop.exchange.names import name_problem
from ita_desktop.exchange.package import (
    DATA,
    ENDINGS,
    FORMAT,
    KINDS,
    MANIFEST,
    MOST_DATA,
    MOST_FILE,
    MOST_MANIFEST,
    MOST_PART,
    MOST_PARTS,
    MOST_WHOLE,
    SUFFIX,
    VERSION,
    Manifest,
    Part,
    manifest_data,
)
from ita_desktop.exchange.safe_zip import HarmfulZip, NotSuchZip, ZipBounds, open_zip

MOST_DIRECTORY = 300_000
"""Bytes of the zip file's own list of members: enough for ``MOST_PARTS``, no more."""
MOST_RATIO = 250
"""So many times larger than packed a part may be; small ones may be more."""
SMALL = 1_000_000
MOST_VALUES = 400_000
"""Commas and brackets in a JSON part: what its values would take in memory is bounded by them."""

_BLOCK = 1 << 18
_BOUNDS = ZipBounds(
    parts=MOST_PARTS,
    part=MOST_PART,
    whole=MOST_WHOLE,
    directory=MOST_DIRECTORY,
    ratio=MOST_RATIO,
    small=SMALL,
)
_READ_ERRORS = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError)
_UNREADABLE = (*_READ_ERRORS, NotImplementedError, struct.error, KeyError, OverflowError)

_NOT_ONE = "ไม่ใช่ชุดข้อมูลที่โปรแกรมนี้ทำ หรือแฟ้มถูกตัดขาด โปรดขอแฟ้มใหม่จากหน่วยงานผู้ส่ง"
_UNSAFE = "โปรแกรมไม่เปิดเพื่อความปลอดภัย โปรดขอแฟ้มใหม่จากหน่วยงานผู้ส่ง"


class NotAPackage(PackageError):
    """Another kind of file, or one whose structure is broken."""


class UnsafePackage(PackageError):
    """It could do harm: names that climb out of a folder, bombs, links, doubles."""


class NewerPackage(PackageError):
    """A newer program's."""


class DamagedPackage(PackageError):
    """The structure is whole, what is inside is not what was packed."""


class Fault(Enum):
    """What is wrong with a package that can be read; the value is the word in lists."""

    SEAL = "ผนึกไม่ตรง"
    CHANGED = "ถูกเปลี่ยน"
    MISSING = "หายไป"
    UNKNOWN = "แปลกปลอม"
    FINGERPRINT = "รหัสไม่ตรง"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is missing, changed or too many. ``text`` is a Thai sentence."""

    fault: Fault
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Package:
    """An open package. It reads from its file until ``opened`` is left."""

    manifest: Manifest
    fingerprint: str
    problems: tuple[Problem, ...]
    locked: bool
    size: int
    _archive: zipfile.ZipFile = field(repr=False)

    @property
    def is_whole(self) -> bool:
        """Whether every byte is as it was made."""
        return not self.problems

    def read(self, part: Part) -> bytes:
        """The content of a part. Raises DamagedPackage when it is not what was packed."""
        try:
            with self._archive.open(part.name) as source:
                content = source.read(part.size + 1)
        except _UNREADABLE as error:
            raise DamagedPackage(self.complaint) from error
        if hashlib.sha256(content).hexdigest() != part.sha256:
            raise DamagedPackage(self.complaint)
        return content

    def data(self) -> Interchange:
        """The office's data. Raises DamagedPackage or SourceError; whole packages only."""
        part = self.manifest.part(DATA)
        if self.problems or part is None:
            raise DamagedPackage(self.complaint)
        return interchange_from_data(bounded_json(self.read(part)))

    def frameworks(self) -> dict[int, Framework]:
        """The office's own frameworks of the years it hands over, by year; whole packages only.

        Raises DamagedPackage when one can't be read.
        """
        found: dict[int, Framework] = {}
        for part in self.manifest.parts:
            if part.kind != "framework":
                continue
            if self.problems or part.size > SIZE_LIMIT:
                raise DamagedPackage(self.complaint)
            try:
                framework = read_framework(self.read(part), part.name.rpartition("/")[2])
            except FrameworkError as error:
                problem = f"“{part.name}” ใช้ไม่ได้ที่ {error.place}: {error.problem}"
                raise DamagedPackage(f"{problem} โปรดขอแฟ้มใหม่จากหน่วยงานผู้ส่ง") from error
            found[framework.year] = framework
        return found

    @property
    def complaint(self) -> str:
        """What is wrong first, and what to do."""
        found = self.problems[0].text if self.problems else "ชุดข้อมูลไม่มีส่วนข้อมูลสำหรับนำเข้า"
        more = f" และอีก {len(self.problems) - 1} รายการ" if len(self.problems) > 1 else ""
        return f"{found}{more} โปรดขอแฟ้มใหม่จากหน่วยงานผู้ส่ง"


def package_to_data(package: Package) -> dict[str, Any]:
    """What is inside a package and what is wrong with it, as data for JSON."""
    return {
        **manifest_data(package.manifest, package.fingerprint),
        "locked": package.locked,
        "whole": package.is_whole,
        "problems": [
            {"fault": problem.fault.name.lower(), "name": problem.name, "text": problem.text}
            for problem in package.problems
        ],
    }


def bounded_json(content: bytes) -> Any:
    """JSON of a stranger, refused before its values could fill the memory. Raises SourceError."""
    if sum(content.count(mark) for mark in (b",", b"[", b"{")) > MOST_VALUES:
        raise SourceError("", "ข้อมูลมีรายการมากเกินไป", "ขอแฟ้มใหม่จากหน่วยงานผู้ส่ง")
    try:
        return parse_json(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SourceError("", "ข้อมูลไม่ใช่ข้อความ UTF-8", "ขอแฟ้มใหม่จากหน่วยงานผู้ส่ง") from error


def looks_like_package(path: Path) -> bool:
    """Whether the file is a package by its ending."""
    return path.suffix.lower() == SUFFIX


@contextmanager
def opened(path: Path, password: str | None = None) -> Iterator[Package]:
    """Open a package and check all of it. Raises a PackageError."""
    with _source(path) as source:
        yield _package(source, path, password)


def _package(source: BinaryIO, path: Path, password: str | None) -> Package:
    try:
        locked = is_locked(source.read(16))
        source.seek(0)
        if not locked:
            return _checked(source, locked=False)
        opened_lock = io.BufferedReader(LockedFile(source, password), 1 << 16)
        return _checked(opened_lock, locked=True)
    except _UNREADABLE as error:
        raise NotAPackage(f"อ่านแฟ้ม “{one_line(path.name)}” ไม่ได้ เพราะ{_NOT_ONE}") from error


@contextmanager
def _source(path: Path) -> Iterator[BinaryIO]:
    name = one_line(path.name)
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise NotAPackage(f"“{name}” ไม่ใช่แฟ้ม โปรดเลือกแฟ้มชุดข้อมูล")
        if about.st_size > MOST_FILE:
            most = MOST_FILE // 1_000_000
            raise UnsafePackage(f"แฟ้ม “{name}” ใหญ่เกิน {most} เมกะไบต์ โปรดตรวจว่าเลือกแฟ้มถูกต้อง")
        source = path.open("rb")
    except (OSError, ValueError) as error:
        raise NotAPackage(f"เปิดแฟ้ม “{name}” ไม่ได้ โปรดตรวจชื่อแฟ้ม ที่เก็บ และสิทธิ์การอ่าน") from error
    with source:
        yield source


def _checked(source: BinaryIO, *, locked: bool) -> Package:
    try:
        size, sealed, archive, members = open_zip(source, _BOUNDS)
    except NotSuchZip as error:
        raise NotAPackage(f"แฟ้มนี้{_NOT_ONE}") from error
    except HarmfulZip as error:
        raise UnsafePackage(f"ในชุดข้อมูล{error} {_UNSAFE}") from error
    manifest, fingerprint = _manifest(archive, members)
    problems = _part_problems(archive, members, manifest)
    if not sealed:
        text = "แฟ้มถูกแก้ไขหรือเสียหายหลังจากทำเสร็จ (ผนึกท้ายแฟ้มไม่ตรง)"
        problems.append(Problem(Fault.SEAL, "", text))
    if fingerprint != manifest.fingerprint:
        text = "รหัสชุดข้อมูลในสารบัญไม่ตรงกับเนื้อหา"
        problems.append(Problem(Fault.FINGERPRINT, MANIFEST, text))
    return Package(manifest, manifest.fingerprint, tuple(problems), locked, size, archive)


# --- the manifest --------------------------------------------------------------------------------


def _manifest(
    archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo]
) -> tuple[Manifest, str]:
    info = members.get(MANIFEST)
    if info is None or info.file_size > MOST_MANIFEST:
        raise NotAPackage(f"แฟ้มนี้ไม่มีสารบัญของชุดข้อมูล จึง{_NOT_ONE}")
    try:
        with archive.open(info) as source:
            content = source.read(MOST_MANIFEST)
        return manifest_from_data(bounded_json(content))
    except (*_UNREADABLE, SourceError) as error:
        raise DamagedPackage(f"สารบัญของชุดข้อมูลเสียหายหรือถูกแก้ไข {_UNSAFE}") from error


_TOP = (
    *("format", "version", "program", "made", "year", "office", "fingerprint", "findings"),
    *("left_out", "parts"),
)
_OFFICE = ("kind", "name", "district", "province")
_PART_TEXTS = ("name", "kind", "title", "sha256", "document", "code")


def manifest_from_data(data: Any) -> tuple[Manifest, str]:
    """The manifest and the fingerprint it states. Raises SourceError, or NewerPackage."""
    if isinstance(data, dict) and data.get("format") == FORMAT:
        version = data.get("version")
        if type(version) is int and version > VERSION:
            raise NewerPackage("ชุดข้อมูลนี้ทำด้วยโปรแกรมรุ่นใหม่กว่า โปรดใช้โปรแกรมรุ่นล่าสุดเปิด")
    top = group(data, "", _TOP)
    if top.get("format") != FORMAT or type(top.get("version")) is not int or top["version"] < 1:
        raise SourceError("format", "ไม่ใช่สารบัญของชุดข้อมูล")
    office = group(top.get("office"), "office", _OFFICE)
    manifest = Manifest(
        office=Office(**{name: text_in(office.get(name), f"office.{name}") for name in _OFFICE}),
        year=year_in(top.get("year"), "year"),
        made=_moment(top.get("made")),
        program=text_in(top.get("program"), "program"),
        parts=tuple(
            _part(entry, f"parts[{at}]") for at, entry in enumerate(entries(top["parts"], "parts"))
        ),
        findings=_findings(top.get("findings")),
        left_out=tuple(texts(top.get("left_out"), "left_out")),
    )
    return manifest, text_in(top.get("fingerprint"), "fingerprint")


def _moment(data: Any) -> datetime:
    try:
        made = datetime.fromisoformat(text_in(data, "made"))
    except ValueError as error:
        raise SourceError("made", "เวลาที่ทำใช้ไม่ได้") from error
    if made.tzinfo is None or not 2000 <= made.year <= 2300:
        raise SourceError("made", "เวลาที่ทำใช้ไม่ได้")
    return made


def _findings(data: Any) -> tuple[tuple[int, int], ...]:
    found = group(data, "findings", ("3", "6", "12"))
    return tuple(
        (int(months), whole(count, f"findings.{months}", 0, 1_000_000))
        for months, count in found.items()
    )


def _part(data: Any, place: str) -> Part:
    found = group(data, place, (*_PART_TEXTS, "size", "round"))
    part = Part(
        **{name: text_in(found.get(name), f"{place}.{name}") for name in _PART_TEXTS},
        size=whole(found.get("size"), f"{place}.size", 0, MOST_PART),
        round=whole(found.get("round"), f"{place}.round", 0, 12),
    )
    unfit = part.kind not in KINDS or not part.name.endswith(ENDINGS[part.kind])
    if unfit or name_problem(part.name) or len(part.title) > 300:
        raise SourceError(place, "รายการในสารบัญใช้ไม่ได้")
    if part.kind == "data" and (part.name != DATA or part.size > MOST_DATA):
        raise SourceError(place, "ส่วนข้อมูลในสารบัญใช้ไม่ได้")
    return part


# --- the parts -----------------------------------------------------------------------------------


def _part_problems(
    archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo], manifest: Manifest
) -> list[Problem]:
    """What is missing, changed or not in the manifest, in the manifest's order."""
    problems: list[Problem] = []
    known = {MANIFEST}
    for part in manifest.parts:
        if part.name in known:
            text = f"สารบัญมี “{part.name}” ซ้ำกัน"
            problems.append(Problem(Fault.UNKNOWN, part.name, text))
            continue
        known.add(part.name)
        info = members.get(part.name)
        if info is None:
            problems.append(Problem(Fault.MISSING, part.name, f"“{part.name}” หายไปจากชุดข้อมูล"))
        elif not _is_as_packed(archive, info, part):
            text = f"“{part.name}” ไม่ตรงกับที่หน่วยงานทำไว้ (เสียหายหรือถูกแก้ไข)"
            problems.append(Problem(Fault.CHANGED, part.name, text))
    for name in members:
        if name not in known:
            text = f"มี “{name}” ที่ไม่ได้อยู่ในสารบัญแปลกปลอมเข้ามา"
            problems.append(Problem(Fault.UNKNOWN, name, text))
    return problems


def _is_as_packed(archive: zipfile.ZipFile, info: zipfile.ZipInfo, part: Part) -> bool:
    if info.file_size != part.size:
        return False
    digest = hashlib.sha256()
    try:
        with archive.open(info) as source:
            while block := source.read(_BLOCK):
                digest.update(block)
    except _UNREADABLE:
        return False
    return digest.hexdigest() == part.sha256
