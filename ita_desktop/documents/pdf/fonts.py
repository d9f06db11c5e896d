"""Fonts for the paper: families, fallback, and pieces of text shaped and ready to be written.

Sizes and widths are points. A family's ``scale`` turns a nominal size into the size the glyphs are
drawn at: Laksaman is the design of TH Sarabun drawn half as large again (its ก is 0.580 em wide,
TH Sarabun's 0.386), so that at 0.665 it fills exactly the room the offices' own font fills.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import uharfbuzz

from ita_desktop.paths import resources
from ita_desktop.thai.shaping import Face, clusters

from . import installed

hb: Any = uharfbuzz  # the package carries no types

FOLDER = resources() / "fonts" / "documents"
DEFAULT_FAMILY = "Laksaman"
FALLBACK = FOLDER / "DejaVuSans.ttf"

_STYLES = ("", "Bold", "Italic", "BoldItalic")
_STYLE_BITS = ((False, False), (True, False), (False, True), (True, True))


@dataclass(frozen=True)
class Family:
    """Four styles of one design. ``gap_em`` is added to the line height of the fonts' metrics."""

    name: str
    files: tuple[Path, Path, Path, Path]
    scale: float = 1.0
    gap_em: float = 0.0

    def face(self, bold: bool, italic: bool) -> Face:
        """The face of a style."""
        return load_face(self.files[bold + 2 * italic])

    @cached_property
    def line_em(self) -> tuple[float, float]:
        """Height above and below the base line of a line, in ems of the nominal size."""
        face = self.face(bold=False, italic=False)
        ascent, descent, leading = (
            value / face.units_per_em * self.scale for value in face.line_metrics
        )
        return ascent, descent + leading + self.gap_em


@lru_cache(maxsize=64)
def load_face(path: Path) -> Face:
    """The face in a font file; read once."""
    return Face(path)


def _bundled() -> Family:
    files = [FOLDER / f"Laksaman{'-' + style if style else ''}.ttf" for style in _STYLES]
    # TH Sarabun's own line gap: with it a page holds the lines it holds in the offices' Word.
    return Family(DEFAULT_FAMILY, (files[0], files[1], files[2], files[3]), 0.665, 0.030)


@lru_cache(maxsize=32)
def family(name: str) -> Family:
    """The family called ``name``: bundled or installed; the bundled one when there is none."""
    if name.casefold() == DEFAULT_FAMILY.casefold():
        return _bundled()
    return _installed(name) or _bundled()


def has_family(name: str) -> bool:
    """Whether ``name`` is bundled or installed on this computer."""
    return name.casefold() == DEFAULT_FAMILY.casefold() or _installed(name) is not None


@lru_cache(maxsize=32)
def _installed(name: str) -> Family | None:
    """The installed family of that name, at its own size; a style it lacks is set regular."""
    styles = installed.find(name)
    regular = styles.get((False, False))
    if regular is None:
        return None
    files = [styles.get(style, regular) for style in _STYLE_BITS]
    return Family(name, (files[0], files[1], files[2], files[3]))


def look_again() -> None:
    """Forget which families are installed; ``pdf.fonts_changed`` forgets the lines as well."""
    installed.forget()
    family.cache_clear()
    _installed.cache_clear()
    piece.cache_clear()


class Style(NamedTuple):
    """How a piece of text is set; ``size`` is the nominal size in points."""

    family: str
    size: float
    bold: bool = False
    italic: bool = False


class Segment(NamedTuple):
    """Neighbouring glyphs of one face. ``cells`` are its operators, one entry a glyph cluster."""

    face: Face
    size: float
    cells: tuple[str, ...]
    spaces: frozenset[int] = frozenset()
    """Which of the cells are spaces."""
    shown: str = ""
    """The cells joined: what stands in the TJ array when the line is not opened."""


@dataclass(eq=False, slots=True)
class Piece:
    """Shaped text in one style: what is written, and how wide it is."""

    text: str
    width: float
    segments: tuple[Segment, ...]
    glyphs: tuple[tuple[Face, tuple[tuple[int, str], ...]], ...] = field(repr=False)
    """For the embedded fonts: each face with its (glyph, the characters it stands for)."""

    letters: int = 0
    spaces: int = 0
    """How many glyph clusters are letters and spaces: where a justified line may open."""


@lru_cache(maxsize=40_000)
def piece(text: str, style: Style) -> Piece:
    """Shape ``text`` (clean, without line ends) and write its operators; kept for reuse."""
    width = 0.0
    segments: list[Segment] = []
    glyphs: list[tuple[Face, tuple[tuple[int, str], ...]]] = []
    for face, scale, part in _by_face(text, style):
        size = style.size * scale
        advance, cells, used = _operators(part, face, size)
        width += advance
        joined = "".join(cells).replace("><", "")
        segments.append(Segment(face, size, cells, _spaces(used), joined))
        glyphs.append((face, used))
    spaces = sum(len(segment.spaces) for segment in segments)
    letters = sum(len(segment.cells) for segment in segments) - spaces
    return Piece(text, width, tuple(segments), tuple(glyphs), letters, spaces)


def _spaces(used: tuple[tuple[int, str], ...]) -> frozenset[int]:
    """Which glyph clusters are spaces; a cluster of several glyphs begins with its letter."""
    if not any(char == " " for _, char in used):
        return frozenset()
    starts = [char for _, char in used if char]
    return frozenset(index for index, char in enumerate(starts) if char == " ")


def missing(text: str, name: str = DEFAULT_FAMILY, *, bold: bool = False) -> str:
    """Characters of ``text`` that the family itself lacks, in order of first use."""
    covered = family(name).face(bold=bold, italic=False).covered
    return "".join(dict.fromkeys(char for char in text if ord(char) not in covered and char > " "))


def drawable(char: str, name: str = DEFAULT_FAMILY) -> bool:
    """Whether the family or any fallback has a glyph for the character."""
    chosen = family(name)
    style = Style(name, 16.0)
    faces = [
        chosen.face(bold=False, italic=False),
        *(face for face, _ in _fallbacks(chosen, style)),
    ]
    return any(ord(char) in face.covered for face in faces)


def _by_face(text: str, style: Style) -> Iterator[tuple[Face, float, str]]:
    """Split into (face, scale, text): the family's face, or the fallback where it lacks a glyph."""
    chosen = family(style.family)
    main = chosen.face(style.bold, style.italic)
    if main.covered.issuperset(map(ord, text)):
        if text:
            yield main, chosen.scale, text
        return
    parts: list[tuple[Face, float, str]] = []
    faces = [(main, chosen.scale), *_fallbacks(chosen, style)]
    for cluster in clusters(text):
        known = (face for face in faces if _covers(face[0], cluster))
        face, scale = next(known, faces[-1])
        if parts and parts[-1][0] is face:
            parts[-1] = (face, scale, parts[-1][2] + cluster)
        else:
            parts.append((face, scale, cluster))
    yield from parts


def _fallbacks(chosen: Family, style: Style) -> Iterator[tuple[Face, float]]:
    """Faces with their scales for what the family lacks: the bundled family, then symbols.

    Each is drawn so that its capitals are as high as the family's.
    """
    main = chosen.face(style.bold, style.italic)
    bundled = _bundled().face(style.bold, style.italic)
    for other in (bundled, load_face(FALLBACK)):
        if other is not main:
            ratio = (main.cap_height / main.units_per_em) / (other.cap_height / other.units_per_em)
            yield other, chosen.scale * ratio


def _covers(face: Face, cluster: str) -> bool:
    return all(ord(char) in face.covered or "\ufe00" <= char <= "\ufe0f" for char in cluster)


@lru_cache(maxsize=20_000)
def number(value: float) -> str:
    """A number as PDF writes it: no exponent, no needless digits."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text


def _operators(
    text: str, face: Face, size: float
) -> tuple[float, tuple[str, ...], tuple[tuple[int, str], ...]]:
    """Width in points, the TJ entries of each glyph cluster, and the glyphs used."""
    per_em = 1000 / face.units_per_em
    total = 0
    cells: list[str] = []
    used: list[tuple[int, str]] = []
    last = -1
    known = 0
    for glyph in face.shape(text):
        own = face.advance(glyph.gid)
        entry = _entry(glyph.gid, glyph.x_offset, glyph.x_advance - own, per_em)
        if glyph.y_offset:
            rise = number(glyph.y_offset / face.units_per_em * size)
            entry = f"]TJ {rise} Ts[{entry}]TJ 0 Ts["
        if glyph.cluster == last:
            cells[-1] += entry
        else:
            cells.append(entry)
            last = glyph.cluster
        used.append((glyph.gid, text[glyph.cluster] if len(cells) != known else ""))
        known = len(cells)
        total += glyph.x_advance
    return total * size / face.units_per_em, tuple(cells), tuple(used)


def _entry(gid: int, offset: int, extra: int, per_em: float) -> str:
    """One glyph of a TJ array: moved by ``offset``, followed by ``extra`` (font units).

    A space stands before each number, for another may stand before it.
    """
    before = f" {number(-offset * per_em)}" if offset else ""
    after = f" {number(-(extra - offset) * per_em)}" if extra - offset else ""
    return f"{before}<{gid:04X}>{after}"


# --- embedding -----------------------------------------------------------------------------------

_KEPT_TABLES = frozenset(("cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"))


def subset(face: Face, gids: set[int]) -> bytes:
    """The font file with only ``gids`` in it, under their own numbers."""
    request = hb.SubsetInput()
    request.flags = (
        hb.SubsetFlags.RETAIN_GIDS
        | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        | hb.SubsetFlags.NOTDEF_OUTLINE
    )
    request.glyph_set.update(gids)
    request.drop_table_tag_set.update(
        int.from_bytes(tag.encode("ascii"), "big")
        for tag in face.hb_face.table_tags
        if tag not in _KEPT_TABLES
    )
    return bytes(hb.subset(face.hb_face, request).blob.data)


@dataclass(frozen=True)
class Description:
    """What a PDF says about an embedded font; lengths in thousandths of the em."""

    name: str
    box: tuple[float, float, float, float]
    ascent: float
    descent: float
    cap_height: float
    italic: bool


def describe(face: Face) -> Description:
    """Read a face's description from its tables."""
    head = bytes(face.hb_face.reference_table("head").data)
    per_em = 1000 / face.units_per_em
    low_x, low_y, high_x, high_y = (value * per_em for value in struct.unpack(">hhhh", head[36:44]))
    ascent, descent, _ = face.line_metrics
    name = face.hb_face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME) or face.path.stem
    plain = "".join(char for char in name if char.isascii() and (char.isalnum() or char == "-"))
    (mac_style,) = struct.unpack(">H", head[44:46])
    return Description(
        plain or "Font",
        (low_x, low_y, high_x, high_y),
        ascent * per_em,
        -descent * per_em,
        face.cap_height * per_em,
        bool(mac_style & 2),
    )


def characters_of(face: Face) -> dict[int, int]:
    """Glyph to code point, by the face's own character map; the lowest code point wins."""
    found: dict[int, int] = {}
    for code in sorted(face.covered):
        gid = face.hb_font.get_nominal_glyph(code)
        if gid:
            found.setdefault(gid, code)
    return found
