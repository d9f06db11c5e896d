"""A disk that loses its power: what of a program's recorded calls can be left on it.

A write or a truncation is on the disk for certain once its file was synced. Until then the disk
may have none of it, all of it, some sectors of it, later ones and not earlier ones, or the file's
new length without its new bytes. The same holds for names: a new, renamed or deleted name is
certain once its folder was synced (``POSIX``); where folders can't be synced, a file's own sync
takes its new name along, and a deletion is never certain (``WINDOWS``).
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from random import Random

from tests.faults.shim import Call

_HEAD = struct.Struct("<BBIqII")
GARBAGE = b"\xa5\x5a\x00\xff" * 128


class System(Enum):
    """How names reach the disk."""

    POSIX = "posix"
    WINDOWS = "windows"


@dataclass(frozen=True, slots=True)
class Record:
    """One recorded call. ``text``: path or word; ``data``: bytes written, or the other path."""

    call: Call
    created: bool
    handle: int
    offset: int
    text: str
    data: bytes


def read_log(path: Path) -> list[Record]:
    """The calls of a log, in order."""
    raw, at, found = path.read_bytes(), 0, []
    while at + _HEAD.size <= len(raw):
        call, created, handle, offset, text_size, data_size = _HEAD.unpack_from(raw, at)
        at += _HEAD.size
        text = os.fsdecode(raw[at : at + text_size])
        data = raw[at + text_size : at + text_size + data_size]
        at += text_size + data_size
        found.append(Record(Call(call), bool(created), handle, offset, text, data))
    return found


@dataclass(frozen=True, slots=True)
class _Change:
    """A write, or (``data`` None) a truncation to ``offset``."""

    offset: int
    data: bytes | None


@dataclass
class _File:
    synced: bytes = b""
    pending: list[_Change] = field(default_factory=list)

    def sync(self) -> None:
        if self.pending:
            self.synced = bytes(_applied(self.synced, self.pending))
            self.pending = []


def _applied(content: bytes, changes: list[_Change]) -> bytearray:
    found = bytearray(content)
    for change in changes:
        if change.data is None:
            del found[change.offset :]
            found.extend(bytes(change.offset - len(found)))
        else:
            found.extend(bytes(max(0, change.offset - len(found))))
            found[change.offset : change.offset + len(change.data)] = change.data
    return found


_Names = dict[str, int]


@dataclass(frozen=True, slots=True)
class _Naming:
    """A name given (to a file) or taken away; ``old`` is the name it had in a renaming."""

    name: str
    file: int | None
    old: str = ""

    def apply(self, names: _Names) -> None:
        if self.file is None:
            names.pop(self.name, None)
            return
        names[self.name] = self.file
        if self.old:
            names.pop(self.old, None)


class Disk:
    """One folder on such a disk. ``start``: name -> content of what is there for certain."""

    def __init__(self, folder: Path, start: Mapping[str, bytes], system: System) -> None:
        self._folder, self._system = str(folder), system
        self._files: dict[int, _File] = {}
        self._handles: dict[int, int] = {}
        self._names: _Names = {}
        self._synced_names: _Names = {}
        self._namings: list[_Naming] = []
        for name, content in start.items():
            self._names[name] = self._new(content)
        self._synced_names = dict(self._names)

    def _new(self, content: bytes = b"") -> int:
        number = len(self._files) + 1
        self._files[number] = _File(content)
        return number

    def _name(self, path: str) -> str:
        return path.removeprefix(self._folder).lstrip("/")

    def do(self, record: Record) -> None:
        """Take one more call."""
        match record.call:
            case Call.OPEN:
                self._open(record)
            case Call.WRITE:
                self._change(record, record.data)
            case Call.TRUNCATE:
                self._change(record, None)
            case Call.SYNC:
                self._sync(self._handles[record.handle])
            case Call.UNLINK:
                self._rename(_Naming(self._name(record.text), None))
            case Call.RENAME | Call.LINK:
                old, new = self._name(record.text), self._name(os.fsdecode(record.data))
                gone = old if record.call is Call.RENAME else ""
                self._rename(_Naming(new, self._names[old], gone))
            case Call.MARK:
                pass

    def _open(self, record: Record) -> None:
        name = self._name(record.text)
        if name and name not in self._names:
            self._rename(_Naming(name, self._new()))
        self._handles[record.handle] = self._names[name] if name else 0

    def _change(self, record: Record, data: bytes | None) -> None:
        self._files[self._handles[record.handle]].pending.append(_Change(record.offset, data))

    def _rename(self, naming: _Naming) -> None:
        naming.apply(self._names)
        self._namings.append(naming)

    def _sync(self, file: int) -> None:
        if file:
            self._files[file].sync()
            if self._system is System.WINDOWS:
                self._sync_names([n for n in self._namings if n.file == file])
        elif self._system is System.POSIX:
            self._sync_names(list(self._namings))

    def _sync_names(self, namings: list[_Naming]) -> None:
        for naming in namings:
            naming.apply(self._synced_names)
            self._namings.remove(naming)

    def left(self, chance: Random) -> dict[str, bytes]:
        """What may be on the disk when the power goes now: name -> content."""
        names = dict(self._synced_names)
        for naming in _some(self._namings, chance):
            naming.apply(names)
        contents = {file: _left_of(self._files[file], chance) for file in set(names.values())}
        return {name: contents[file] for name, file in names.items()}


def _some(namings: list[_Naming], chance: Random) -> list[_Naming]:
    match chance.randrange(3):
        case 0:
            return []
        case 1:
            return namings[: chance.randint(0, len(namings))]
        case _:
            return [each for each in namings if chance.random() < 0.5]


def _left_of(file: _File, chance: Random) -> bytes:
    """One of the states a file can be in after a power cut."""
    pending = file.pending
    if not pending:
        return file.synced
    sector = chance.choice((512, 4096))
    match chance.randrange(5):
        case 0:
            return file.synced
        case 1:
            return bytes(_applied(file.synced, pending))
        case 2:
            kept = chance.randrange(len(pending))
            torn = list(_sectors(pending[kept], sector, chance, in_order=True))
            return bytes(_applied(file.synced, [*pending[:kept], *torn]))
        case 3:
            return bytes(_applied(file.synced, _scattered(pending, sector, chance)))
        case _:
            return _with_garbage(file, _scattered(pending, sector, chance))


def _scattered(pending: list[_Change], sector: int, chance: Random) -> list[_Change]:
    return [part for change in pending for part in _sectors(change, sector, chance)]


def _sectors(
    change: _Change, sector: int, chance: Random, *, in_order: bool = False
) -> Iterator[_Change]:
    """Some of the sectors of a write: any, or the first ones. A truncation is whole or not."""
    if change.data is None:
        if chance.random() < 0.5:
            yield change
        return
    end = change.offset + len(change.data)
    at = change.offset
    while at < end:
        after = min(end, (at // sector + 1) * sector)
        if chance.random() < 0.5:
            yield _Change(at, change.data[at - change.offset : after - change.offset])
        elif in_order:
            return
        at = after


def _with_garbage(file: _File, kept: list[_Change]) -> bytes:
    """The file has its new length; where nothing new has reached the disk, anything may stand."""
    whole = _applied(file.synced, file.pending)
    start = file.synced[: len(whole)]
    missing = len(whole) - len(start)
    filled = start + (GARBAGE * (missing // len(GARBAGE) + 1))[:missing]
    return bytes(_applied(filled, [each for each in kept if each.data is not None]))
