"""Fonts installed on this computer, found by the names they give themselves.

An office knows a font by the name its word processor lists (TH SarabunIT๙), not by its file. Only
the few bytes that hold names and style are read, so that a folder of hundreds of fonts is quick.
"""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, NamedTuple

from ita_desktop.thai.digits import to_arabic

_FAMILY_NAMES = (1, 16)
"""Name records that hold a family's name: the four-style one, and that of a larger family."""
_STYLE_NAMES = {1: 2, 16: 17}
"""For each of them the record that holds the style's name."""
_PLAIN_STYLES = frozenset(("", "regular", "bold", "italic", "bolditalic", "normal", "oblique"))
_MOST_TABLES = 200
_LONGEST_TABLE = 1 << 20


class FontFile(NamedTuple):
    """A font file: the family names it answers to (normalised) and its style."""

    path: Path
    families: frozenset[str]
    bold: bool
    italic: bool


def folders() -> list[Path]:
    """Where fonts are installed: for everybody first, then for this user."""
    home = Path.home()
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA", str(home)))
        windows = Path(os.environ.get("WINDIR", "C:/Windows"))
        return [windows / "Fonts", local / "Microsoft" / "Windows" / "Fonts"]
    if sys.platform == "darwin":
        return [Path("/Library/Fonts"), home / "Library" / "Fonts"]
    return [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts"]


def normal(name: str) -> str:
    """A family name as it is compared: case, spaces, hyphens and kind of digit do not count."""
    return "".join(char for char in to_arabic(name).casefold() if char not in " -_\u00a0")


def find(name: str) -> dict[tuple[bool, bool], Path]:
    """The files of the installed family ``name`` by (bold, italic); empty when there is none."""
    wanted = normal(name)
    found: dict[tuple[bool, bool], Path] = {}
    for file in _files(tuple(folders())):
        if wanted in file.families:
            found.setdefault((file.bold, file.italic), file.path)
    return found


@lru_cache(maxsize=4)
def _files(places: tuple[Path, ...]) -> tuple[FontFile, ...]:
    """All font files of the folders, in a fixed order; read once."""
    return tuple(_read_all(places))


def forget() -> None:
    """Look again next time: a font may have been installed meanwhile."""
    _files.cache_clear()


def _read_all(places: tuple[Path, ...]) -> Iterator[FontFile]:
    for place in places:
        for path in sorted(place.rglob("*")) if place.is_dir() else ():
            if path.suffix.casefold() == ".ttf":
                try:
                    yield read(path)
                except (OSError, struct.error, ValueError):
                    continue  # no font, or one nobody can read: as if it were not there


def read(path: Path) -> FontFile:
    """Names and style of one font file. Raises OSError, struct.error or ValueError."""
    with path.open("rb") as stream:
        tables = _directory(stream)
        if b"glyf" not in tables:
            raise ValueError("no TrueType outlines")
        names = _names(_table(stream, tables[b"name"]) if b"name" in tables else b"")
        style = _style_bits(stream, tables)
    return FontFile(path, frozenset(_families(names)), bool(style & 1), bool(style & 2))


def _families(names: dict[int, set[str]]) -> Iterator[str]:
    """Family names; that of a larger family only for its regular, bold and italic."""
    for number in _FAMILY_NAMES:
        styles = {normal(style) for style in names.get(_STYLE_NAMES[number], set())}
        if number == 1 or not styles or styles & _PLAIN_STYLES:
            yield from (normal(name) for name in names.get(number, ()))


def _directory(stream: BinaryIO) -> dict[bytes, tuple[int, int]]:
    """Offset and length of each table."""
    kind, count = struct.unpack(">4sH6x", stream.read(12))
    if kind not in (b"\0\1\0\0", b"true") or count > _MOST_TABLES:
        raise ValueError("not a TrueType file")
    rows = struct.iter_unpack(">4s4xII", stream.read(16 * count))
    return {tag: (offset, length) for tag, offset, length in rows}


def _table(stream: BinaryIO, where: tuple[int, int]) -> bytes:
    offset, length = where
    stream.seek(offset)
    return stream.read(min(length, _LONGEST_TABLE))


def _style_bits(stream: BinaryIO, tables: dict[bytes, tuple[int, int]]) -> int:
    """1 for bold, 2 for italic, as ``macStyle`` has it."""
    if b"OS/2" in tables:
        (selection,) = struct.unpack(">H", _table(stream, tables[b"OS/2"])[62:64])
        return (1 if selection & 0x20 else 0) | (2 if selection & 0x01 else 0)
    (style,) = struct.unpack(">H", _table(stream, tables[b"head"])[44:46])
    return int(style) & 3


def _names(table: bytes) -> dict[int, set[str]]:
    """The texts of a name table by their number, in every language it has."""
    found: dict[int, set[str]] = {}
    if len(table) < 6:
        return found
    _, count, start = struct.unpack(">HHH", table[:6])
    for row in struct.iter_unpack(">HHHHHH", table[6 : 6 + 12 * count]):
        platform, _, _, number, length, offset = row
        text = table[start + offset : start + offset + length]
        codec = "mac_roman" if platform == 1 else "utf-16-be"
        found.setdefault(number, set()).add(text.decode(codec, "replace").strip("\0 "))
    return found
