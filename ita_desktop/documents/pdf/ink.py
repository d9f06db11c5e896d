"""Drawing on a page: text with the characters it stands for, rules, fills, links.

Every line of text is wrapped in marked content with ``/ActualText``, so that copying, searching
and reading aloud give back the very characters, whatever glyphs shaping chose and however a
justified line was opened. Lengths are points; y grows upwards, as in PDF.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from .fonts import Face, Piece, Segment, number
from .lines import SPACE_WEIGHT, Line, Shown


class Ink:
    """Collects the operators of the page in hand, and the fonts of the whole document."""

    def __init__(self) -> None:
        self.operators: list[str] = []
        self.links: list[tuple[str, tuple[float, float, float, float]]] = []
        self.pieces: dict[Piece, None] = {}
        """Every piece used so far, in order of first use."""
        self._names: dict[Face, str] = {}

    def font_name(self, face: Face) -> str:
        """The name a face goes by in the page's operators."""
        name = self._names.get(face)
        if name is None:
            name = self._names[face] = f"T{len(self._names) + 1}"
        return name

    @property
    def faces(self) -> dict[Face, str]:
        """The faces used, with their names."""
        return self._names

    def take(self) -> list[str]:
        """The operators since the last call, for the page that ends here."""
        taken, self.operators = self.operators, []
        return taken

    def line(self, line: Line, x: float, base: float) -> None:
        """Set a line, its column beginning at ``x``, on the base line ``base``."""
        if not line.text.strip():
            return
        add = self.operators.append
        add(f"/Span<</ActualText<FEFF{_actual_text(line)}>>>BDC BT")
        start = x + line.x
        if line.label is not None:
            add(f"1 0 0 1 {number(x + line.label_x)} {number(base)} Tm")
            self._show(shown_of(line.label.segments))
            self.pieces[line.label] = None
        add(f"1 0 0 1 {number(start)} {number(base)} Tm")
        if line.shown is None:
            line.shown = shown_of(_opened(line) if line.opening else _closed(line))
        self._show(line.shown)
        self.pieces.update(dict.fromkeys(line.pieces))
        add("ET EMC")
        for link, begin, end in line.links:
            top = base + line.ascent * 0.8
            self.links.append((link, (start + begin, base - line.ascent * 0.25, start + end, top)))

    def _show(self, shown: tuple[Shown, ...]) -> None:
        for face, size, array in shown:
            self.operators.append(f"/{self.font_name(face)} {size} Tf {array}")

    def rule(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """A straight rule in the current width."""
        self.operators.append(f"{number(x1)} {number(y1)} m {number(x2)} {number(y2)} l S")

    def fill(self, x: float, y: float, width: float, height: float, gray: float) -> None:
        """A filled rectangle; ``gray`` 0 is black, 1 is white."""
        self.operators.append(
            f"{number(gray)} g {number(x)} {number(y)} {number(width)} {number(height)} re f 0 g"
        )

    def glyphs_used(self) -> dict[Face, dict[int, str]]:
        """For each face the glyphs used and the character each was first used for."""
        found: dict[Face, dict[int, str]] = defaultdict(dict)
        for made in self.pieces:
            for face, glyphs in made.glyphs:
                for gid, text in glyphs:
                    found[face].setdefault(gid, text)
        return found


def _actual_text(line: Line) -> str:
    """The characters of a line as the hexadecimal digits of a PDF string."""
    # Readers take a hyphen at the end of a line for a broken word and drop it: a space after
    # it keeps "- ๒ -", and the "-" that stands for an empty cell.
    text = f"{line.text} " if line.text.endswith("-") else line.text
    return text.encode("utf-16-be").hex().upper()


def shown_of(segments: Iterable[Segment]) -> tuple[Shown, ...]:
    """The operators for glyphs one after another, what is in one font joined."""
    found: list[Shown] = []
    held: list[str] = []
    face, size = None, 0.0
    for segment in segments:
        if face is not None and (segment.face is not face or segment.size != size):
            found.append((face, number(size), _array(held)))
            held = []
        face, size = segment.face, segment.size
        held.append(segment.shown)
    if face is not None:
        found.append((face, number(size), _array(held)))
    return tuple(found)


def _array(entries: list[str]) -> str:
    """A TJ operator; neighbouring strings are joined, and an empty array is left out."""
    return f"[{''.join(entries)}]TJ".replace("><", "").replace("[]TJ", "")


def _closed(line: Line) -> Iterator[Segment]:
    return (segment for made in line.pieces for segment in made.segments)


def _opened(line: Line) -> Iterator[Segment]:
    """The segments of a justified line, their letters moved apart."""
    for made in line.pieces:
        for segment in made.segments:
            # Letters never move closer together: a line that is too long gives way at its spaces.
            narrow = f" {number(-max(0.0, line.opening) * 1000 / segment.size)}"
            wide = f" {number(-line.opening * SPACE_WEIGHT * 1000 / segment.size)}"
            cells = (
                cell + (wide if index in segment.spaces else narrow)
                for index, cell in enumerate(segment.cells)
            )
            yield segment._replace(shown="".join(cells))
