"""Font files made for a test: a bundled font under another name, or with less in it."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import uharfbuzz

hb: Any = uharfbuzz

STYLES = {"": 0, "Bold": 1, "Italic": 2, "BoldItalic": 3}


def renamed(source: Path, target: Path, family: str, style: str = "") -> None:
    """Copy a font under another family name, as an office's own font would be."""
    write(target, {**tables(source), b"name": _name_table(family, style or "Regular")})


def without(source: Path, target: Path, family: str, left_out: str) -> None:
    """A copy under another name that has no glyphs for the characters ``left_out``."""
    face = hb.Face(hb.Blob(source.read_bytes()))
    request = hb.SubsetInput()
    request.unicode_set.update(set(face.unicodes) - {ord(char) for char in left_out})
    request.layout_feature_tag_set.invert()
    target.write_bytes(bytes(hb.subset(face, request).blob.data))
    renamed(target, target, family)


def tables(path: Path) -> dict[bytes, bytes]:
    data = path.read_bytes()
    (count,) = struct.unpack(">H", data[4:6])
    rows = struct.iter_unpack(">4s4xII", data[12 : 12 + 16 * count])
    return {tag: data[offset : offset + length] for tag, offset, length in rows}


def write(path: Path, parts: dict[bytes, bytes]) -> None:
    count = len(parts)
    head, body, start = b"", b"", 12 + 16 * count
    for tag in sorted(parts):
        content = parts[tag]
        head += struct.pack(">4sIII", tag, _checksum(content), start + len(body), len(content))
        body += content + b"\0" * (-len(content) % 4)
    path.write_bytes(struct.pack(">4sHHHH", b"\0\1\0\0", count, 128, 3, 16) + head + body)


def _checksum(content: bytes) -> int:
    padded = content + b"\0" * (-len(content) % 4)
    return sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF


def _name_table(family: str, style: str) -> bytes:
    texts = {1: family, 2: style, 4: f"{family} {style}", 6: "Office-Regular"}
    rows, storage = b"", b""
    for number, text in texts.items():
        coded = text.encode("utf-16-be")
        rows += struct.pack(">HHHHHH", 3, 1, 0x409, number, len(coded), len(storage))
        storage += coded
    return struct.pack(">HHH", 0, len(texts), 6 + len(rows)) + rows + storage
