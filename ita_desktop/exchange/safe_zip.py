"""Zip files of strangers, looked at before anything of them is unpacked; and sealed ones, made.

The one kind that is read is the kind this program writes: one disk, no big-file extension, no
encryption, no links, members that do not share bytes, and at the end a seal, the digest of every
byte before it.
"""

from __future__ import annotations

import hashlib
import io
import stat
import struct
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import BinaryIO

from ita_desktop.exchange.errors import one_line
from ita_desktop.exchange.names import name_problem

SEAL = b"ITA Desktop seal, SHA-256: "
SEAL_LENGTH = len(SEAL) + 64
"""The seal is the last thing in a zip file of ours: the digest of every byte before it."""

_BLOCK = 1 << 18
_END = struct.Struct("<4s4H2LH")
_END_MARK, _BIG_MARK = b"PK\x05\x06", b"PK\x06\x07"
_LOCAL_HEADER = 30
_MAY_BE_SET = 0x800
"""The only flag of a member that may be set: its name is UTF-8."""
_BANGKOK = timezone(timedelta(hours=7))


class NotSuchZip(Exception):
    """Another kind of file, or one that was cut off."""


class HarmfulZip(Exception):
    """It could do harm; ``str()`` says how, in Thai, to stand after "in the file"."""


@dataclass(frozen=True, slots=True)
class ZipBounds:
    """What is the most: members beside the list of them, bytes of one and of all unpacked, bytes
    of the directory; a member of more than ``small`` bytes at most ``ratio`` times its packed size.
    """

    parts: int
    part: int
    whole: int
    directory: int
    ratio: int
    small: int


Opened = tuple[int, bool, zipfile.ZipFile, dict[str, zipfile.ZipInfo]]


def open_zip(source: BinaryIO, bounds: ZipBounds) -> Opened:
    """Size, whether the seal is whole, the archive, and its members by name, none of them harmful.

    Raises NotSuchZip or HarmfulZip, and what ``zipfile`` raises for a broken directory.
    """
    size = _check_end(source, bounds)
    sealed = _is_sealed(source, size)
    archive = zipfile.ZipFile(source)
    return size, sealed, archive, _members(archive, size, bounds)


def _check_end(source: BinaryIO, bounds: ZipBounds) -> int:
    """Look at the end of the zip file before a library parses it; returns the file's size."""
    size = source.seek(0, io.SEEK_END)
    end = size - SEAL_LENGTH - _END.size
    if end < 0:
        raise NotSuchZip
    source.seek(max(0, end - 20))
    before = source.read(min(20, end))
    mark, numbers, entry_bytes, start, comment = _end_record(source.read(_END.size))
    if mark != _END_MARK or comment != SEAL_LENGTH or before.startswith(_BIG_MARK):
        raise NotSuchZip
    if numbers[:2] != (0, 0) or numbers[2] != numbers[3] or start + entry_bytes != end:
        raise NotSuchZip
    if numbers[2] > bounds.parts + 1 or entry_bytes > bounds.directory:
        raise HarmfulZip("มีแฟ้มข้างในมากเกินไป")
    source.seek(0)
    return size


def _end_record(found: bytes) -> tuple[bytes, tuple[int, ...], int, int, int]:
    if len(found) != _END.size:
        raise NotSuchZip
    mark, *numbers, entry_bytes, start, comment = _END.unpack(found)
    return mark, tuple(numbers), entry_bytes, start, comment


def _is_sealed(source: BinaryIO, size: int) -> bool:
    """Whether the seal is the digest of every byte before it."""
    digest, left, tail = hashlib.sha256(), size - 64, b""
    while left:
        block = source.read(min(_BLOCK, left))
        if not block:
            return False
        digest.update(block)
        left -= len(block)
        tail = (tail + block)[-len(SEAL) :]
    seal = source.read(65)
    source.seek(0)
    return tail == SEAL and seal == digest.hexdigest().encode()


def _members(archive: zipfile.ZipFile, size: int, bounds: ZipBounds) -> dict[str, zipfile.ZipInfo]:
    """The members by name, once none of them can do harm."""
    found: dict[str, zipfile.ZipInfo] = {}
    folded: set[str] = set()
    whole_size = 0
    for info in archive.infolist():
        problem = _member_problem(info, bounds)
        if not problem and info.filename.casefold() in folded:
            problem = "มีแฟ้มข้างในชื่อซ้ำกัน"
        whole_size += info.file_size
        if not problem and whole_size > bounds.whole:
            problem = "แฟ้มข้างในเมื่อคลายแล้วใหญ่เกินไป"
        if problem:
            raise HarmfulZip(f"{problem} (“{one_line(info.filename, 40)}”)")
        folded.add(info.filename.casefold())
        found[info.filename] = info
    _check_overlap(found.values(), size)
    return found


def _member_problem(info: zipfile.ZipInfo, bounds: ZipBounds) -> str:
    """Why a member may not be touched; "" when it may."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    ratio = info.file_size / max(info.compress_size, 1)
    tests = (
        (name_problem(info.filename) or info.filename != info.orig_filename, "มีชื่อแฟ้มที่ใช้ไม่ได้"),
        (bool(info.flag_bits & ~_MAY_BE_SET), "มีแฟ้มที่เข้ารหัสหรือจัดเก็บผิดแบบ"),
        (info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED), "มีการบีบอัดแบบที่ไม่รับ"),
        (kind not in (0, stat.S_IFREG) or info.is_dir(), "มีทางลัดหรือสิ่งที่ไม่ใช่แฟ้ม"),
        (info.file_size > bounds.part, "มีแฟ้มที่ใหญ่เกินไป"),
        (info.file_size > bounds.small and ratio > bounds.ratio, "มีแฟ้มที่คลายแล้วใหญ่ผิดปกติ"),
    )
    return next((problem for found, problem in tests if found), "")


def _check_overlap(infos: Iterable[zipfile.ZipInfo], size: int) -> None:
    """Members that share bytes would unpack to far more than the file holds."""
    reached = 0
    for info in sorted(infos, key=lambda one: one.header_offset):
        if info.header_offset < reached:
            raise HarmfulZip("มีแฟ้มซ้อนทับกัน")
        reached = info.header_offset + _LOCAL_HEADER + info.compress_size
    if reached > size:
        raise NotSuchZip


def sealed_zip(files: Iterable[tuple[str, bytes]], made: datetime) -> bytes:
    """The files as a sealed zip file: the same files and time give the same bytes.

    ``made`` has its zone; it becomes the time of every member, as the clerk's clock shows it.
    """
    moment = made.astimezone(_BANGKOK).timetuple()[:6]
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            archive.writestr(entry, content)
        archive.comment = SEAL + b"0" * 64
    sealed = target.getvalue()[:-64]
    return sealed + hashlib.sha256(sealed).hexdigest().encode()
