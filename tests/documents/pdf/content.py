"""The glyphs a finished page shows, read back from its operators.

Knows just the operators this program writes (BDC, BT, Tf, Tm, TJ, Ts, ET, EMC) and stops at any
other that would move text. Positions are points from the page's lower left corner.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r"/Span<</ActualText<FEFF(?P<actual>[0-9A-F]*)>>>BDC|\[(?P<array>[^\]]*)\]TJ|/(?P<name>\w+)"
    r"|(?P<number>-?\d*\.?\d+)|(?P<operator>[A-Za-z*]+)"
)
_ENTRY = re.compile(r"<(?P<gids>[0-9A-F]+)>|(?P<move>-?\d*\.?\d+)")


@dataclass(frozen=True)
class Shown:
    """One glyph on the page."""

    font: str
    size: float
    gid: int
    x: float
    y: float


@dataclass
class Span:
    """What stands between one BDC and its EMC: the text, and the glyphs that show it."""

    text: str
    glyphs: list[Shown] = field(default_factory=list)


def objects(data: bytes) -> dict[int, bytes]:
    """The objects of a file by their number."""
    found = re.finditer(rb"(?:^|\n)(\d+) 0 obj\b(.*?)\nendobj", data, re.DOTALL)
    return {int(match[1]): match[2] for match in found}


def stream_of(body: bytes) -> bytes:
    """The contents of a stream object."""
    raw = body.partition(b"stream")[2].lstrip(b"\r\n").rpartition(b"endstream")[0]
    return zlib.decompress(raw) if b"FlateDecode" in body.partition(b"stream")[0] else raw


@dataclass(frozen=True)
class Font:
    """An embedded font: its file's name and the width of each glyph, thousandths of the em."""

    name: str
    widths: dict[int, float]


def fonts_of(data: bytes) -> dict[str, Font]:
    """The fonts of a file by the names pages call them."""
    parts = objects(data)
    found: dict[str, Font] = {}
    listed = b" ".join(re.findall(rb"/(T\d+ \d+) 0 R", data))
    for name, number in re.findall(rb"(T\d+) (\d+)", listed):
        font = parts[int(number)]
        base = re.search(rb"/BaseFont /[A-Z]{6}\+([\w-]+)", font)
        descendant = re.search(rb"/DescendantFonts \[\s*(\d+) 0 R", font)
        assert base and descendant
        widths = re.search(rb"/W \[(.*?\])\s*\]", parts[int(descendant[1])], re.DOTALL)
        assert widths
        found[name.decode()] = Font(base[1].decode(), dict(_widths(widths[1].decode())))
    return found


def _widths(text: str) -> Iterator[tuple[int, float]]:
    for first, values in re.findall(r"(\d+) \[([^\]]*)\]", text):
        for offset, value in enumerate(values.split()):
            yield int(first) + offset, float(value)


def spans(data: bytes) -> list[list[Span]]:
    """For each page of a file the spans it shows, in the order they are written."""
    parts, fonts = objects(data), fonts_of(data)
    pages = [body for body in parts.values() if re.search(rb"/Type /Page\b", body)]
    contents = [re.search(rb"/Contents (\d+) 0 R", body) for body in pages]
    return [
        list(_Reader(fonts).read(stream_of(parts[int(found[1])]).decode("latin-1")))
        for found in contents
        if found
    ]


class _Reader:
    """Follows the operators of one page."""

    def __init__(self, fonts: dict[str, Font]) -> None:
        self.fonts = fonts
        self.font, self.size = "", 0.0
        self.x = self.y = self.rise = 0.0
        self.span: Span | None = None

    def read(self, content: str) -> Iterator[Span]:
        numbers: list[float] = []
        for match in _TOKEN.finditer(content):
            if match["number"]:
                numbers.append(float(match["number"]))
                continue
            if match["name"]:
                self.font = match["name"]
                continue
            if match["actual"] is not None:
                self.span = Span(bytes.fromhex(match["actual"]).decode("utf-16-be"))
            elif match["array"] is not None:
                self.show(match["array"])
            elif match["operator"] == "EMC":
                assert self.span
                yield self.span
                self.span = None
            else:
                self.obey(match["operator"], numbers)
            numbers = []

    def obey(self, operator: str, numbers: list[float]) -> None:
        if operator == "Tf":
            (self.size,) = numbers
        elif operator == "Tm":
            assert numbers[:4] == [1, 0, 0, 1]
            self.x, self.y = numbers[4:]
        elif operator == "Ts":
            (self.rise,) = numbers
        else:
            assert operator in {"BT", "ET", "m", "l", "S", "w", "re", "f", "g", "q", "Q", "cm"}, (
                operator
            )

    def show(self, array: str) -> None:
        assert self.span is not None, "glyphs outside a span"
        widths = self.fonts[self.font].widths
        for entry in _ENTRY.finditer(array):
            if entry["move"]:
                self.x -= float(entry["move"]) / 1000 * self.size
                continue
            digits = entry["gids"]
            for at in range(0, len(digits), 4):
                gid = int(digits[at : at + 4], 16)
                y = self.y + self.rise
                self.span.glyphs.append(
                    Shown(self.fonts[self.font].name, self.size, gid, self.x, y)
                )
                self.x += widths[gid] / 1000 * self.size
