"""Shaping: text becomes positioned glyphs, as HarfBuzz sees them.

Lengths here are font units (``Face.units_per_em`` to the type size). Text is shaped by script run,
so that a string that begins in Latin still has its tone marks and its feet of ญ ฐ set as Thai.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import uharfbuzz

hb: Any = uharfbuzz  # the package carries no types

_CACHE_LIMIT = 50_000
"""Shaped strings a face keeps; office text repeats itself, so this is seldom reached."""


class Glyph(NamedTuple):
    """One positioned glyph; ``cluster`` is the index of its first character in the text."""

    gid: int
    cluster: int
    x_advance: int
    x_offset: int
    y_offset: int


class Face:
    """A font file, ready for shaping."""

    def __init__(self, path: Path) -> None:
        self.path = path
        # Read into memory: a mapped file would stay locked on Windows.
        self.hb_face = hb.Face(hb.Blob(path.read_bytes()))
        self.hb_font = hb.Font(self.hb_face)
        self.units_per_em = self.hb_face.upem
        self._shaped: dict[str, tuple[Glyph, ...]] = {}
        self._advances: dict[int, int] = {}

    def _table(self, tag: str) -> bytes:
        return bytes(self.hb_face.reference_table(tag).data)

    @cached_property
    def covered(self) -> frozenset[int]:
        """The code points this face has glyphs for."""
        return frozenset(self.hb_face.unicodes)

    @cached_property
    def line_metrics(self) -> tuple[int, int, int]:
        """Ascent, descent (both positive) and external leading, by the rule Word uses.

        Word takes the Windows metrics, and of ``hhea``'s line gap what they do not already hold.
        """
        hhea, os2 = self._table("hhea"), self._table("OS/2")
        ascent, descent, gap = struct.unpack(">hhh", hhea[4:10])
        if len(os2) < 78:
            return ascent, -descent, max(0, gap)
        win_ascent, win_descent = struct.unpack(">HH", os2[74:78])
        return win_ascent, win_descent, max(0, gap - (win_ascent + win_descent - ascent + descent))

    @cached_property
    def cap_height(self) -> int:
        """Height of a capital letter; it tells how large a design is within its em."""
        gid = self.hb_font.get_nominal_glyph(ord("H"))
        extents = self.hb_font.get_glyph_extents(gid) if gid else None
        return extents.y_bearing if extents else round(self.units_per_em * 0.7)

    def advance(self, gid: int) -> int:
        """The glyph's own width, before shaping moves anything."""
        width = self._advances.get(gid)
        if width is None:
            width = self._advances[gid] = self.hb_font.get_glyph_h_advance(gid)
        return width

    def shape(self, text: str) -> tuple[Glyph, ...]:
        """Shape ``text`` (already cleaned), left to right; the result is kept."""
        found = self._shaped.get(text)
        if found is None:
            if len(self._shaped) >= _CACHE_LIMIT:
                self._shaped.clear()
            found = self._shaped[text] = tuple(_shape(text, self))
        return found


def shape(text: str, face: Face) -> tuple[Glyph, ...]:
    """Shape ``text`` with ``face``, script run by script run."""
    return face.shape(text)


def _shape(text: str, face: Face) -> Iterator[Glyph]:
    for start, end, script in script_runs(text):
        buffer = hb.Buffer()
        # Code points, not str: clusters are then indexes into the text whatever it holds.
        buffer.add_codepoints([ord(char) for char in text[start:end]])
        if script:
            buffer.script = script
            buffer.language = "th" if script == "Thai" else "en"
        else:
            buffer.guess_segment_properties()
        buffer.direction = "ltr"
        hb.shape(face.hb_font, buffer)
        for info, at in zip(buffer.glyph_infos, buffer.glyph_positions or (), strict=True):
            cluster = info.cluster + start
            yield Glyph(info.codepoint, cluster, at.x_advance, at.x_offset, at.y_offset)


_THAI_OR_NEUTRAL = re.compile(r"[\u0e00-\u0e7f\s!-@\[-`{-~\u00a0\u2010-\u2027\u2030-\u205e]*\Z")


def script_runs(text: str) -> list[tuple[int, int, str]]:
    """Split into runs (start, end, script): ``Thai``, ``Latn``, or "" for any other script.

    Neutral characters (digits, spaces, punctuation) belong to the run before them, those at the
    start to the run after; text that is nothing but neutral counts as Thai.
    """
    if _THAI_OR_NEUTRAL.match(text):
        return [(0, len(text), "Thai")] if text else []
    runs: list[tuple[int, int, str]] = []
    start, script = 0, None
    for index, char in enumerate(text):
        kind = _script(char)
        if kind is None or kind == script:
            continue
        if script is not None:
            runs.append((start, index, script))
            start = index
        script = kind
    runs.append((start, len(text), "Thai" if script is None else script))
    return runs


@lru_cache(maxsize=4096)
def _script(char: str) -> str | None:
    if "\u0e01" <= char <= "\u0e5b" and char != "฿":
        return "Thai"
    if not char.isalpha():
        return None
    return "Latn" if unicodedata.name(char, "").startswith("LATIN ") else ""


# Fonts of the 1990s kept shifted marks at private-use codes; text pasted from old files has them.
_OLD_WINDOWS_THAI = dict(
    zip(
        range(0xF700, 0xF71B),
        "\u0e10\u0e34\u0e35\u0e36\u0e37\u0e48\u0e49\u0e4a\u0e4b\u0e4c"
        "\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e0d\u0e31\u0e4d\u0e47"
        "\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e38\u0e39\u0e3a",
        strict=True,
    )
)

_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNFIT = re.compile("[\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff]")
_PLAIN = re.compile(r"[\n -~\u0e01-\u0e3a\u0e3f-\u0e5b\u2013-\u2026]*\Z")


@lru_cache(maxsize=20_000)
def clean(text: str) -> str:
    """Return ``text`` as it can be set: NFC, one kind of line end, nothing invisible.

    Control characters, zero-width characters and direction overrides go; a tab becomes a space;
    lone surrogates and private-use codes become U+FFFD, old Thai ones the characters they meant.
    """
    if not _PLAIN.match(text):
        text = _LINE_ENDS.sub("\n", text.translate(_OLD_WINDOWS_THAI)).replace("\t", " ")
        text = _UNFIT.sub("\ufffd", _DROPPED.sub("", text))
    return unicodedata.normalize("NFC", text)


_CLUSTER = re.compile(r"\r\n|[เแโใไ]*[ก-ฮฤฦ][ัิ-ฺ็-๎]*(?:[ะาำๅ][ัิ-ฺ็-๎]*)*|[เแโใไ]+(?![ก-ฮ])|(?s:.)[ัิ-ฺ็-๎]*")


def clusters(text: str) -> list[str]:
    """Split into grapheme clusters: what may never be torn apart, even as a last resort."""
    found: list[str] = []
    for piece in _CLUSTER.findall(text):
        if found and not piece[0].isascii() and _extends(piece[0]):
            found[-1] += piece
        else:
            found.append(piece)
    return found


@lru_cache(maxsize=4096)
def _extends(char: str) -> bool:
    """Whether ``char`` belongs to the character before it (marks, joiners, skin tones)."""
    if char in "ะาำๅๆฯ" or "\U0001f3fb" <= char <= "\U0001f3ff":
        return True
    return unicodedata.category(char) in ("Mn", "Me", "Mc") or char == "\u200d"
