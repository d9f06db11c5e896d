"""Strokes and fills beyond a plain rule, as operators of a page. Lengths are points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import ceil, floor

from .fonts import number
from .ink import Ink


def stroke(ink: Ink, points: tuple[float, float, float, float], width: float, gray: float) -> None:
    """A straight line (x1, y1, x2, y2) of its own width and grey (0 black, 1 white)."""
    ink.operators.append(f"q {number(width)} w {number(gray)} G {_path(*points)} S Q")


def dotted(ink: Ink, x1: float, x2: float, y: float) -> None:
    """A row of round dots to write on."""
    if x2 > x1:
        ink.operators.append(f"q 1 J 0.8 w [0 2.6] 0 d {_path(x1, y, x2, y)} S Q")


def dashed(ink: Ink, points: tuple[float, float, float, float]) -> None:
    """A dashed line (x1, y1, x2, y2) that shows on white, grey and black alike."""
    path = _path(*points)
    ink.operators.append(f"q 2.2 w 1 G {path} S 0.9 w 0 G [4 2] 0 d {path} S Q")


def frame(ink: Ink, x: float, y: float, width: float, height: float) -> None:
    """The outline of a rectangle; (x, y) is its lower left corner."""
    ink.operators.append(f"q 0.6 w {number(x)} {number(y)} {number(width)} {number(height)} re S Q")


Area = tuple[float, float, float, float]
"""x and y of the lower left corner, width, height."""


def hatched(ink: Ink, area: Area, step: float) -> None:
    """Slanting lines inside ``area``, ``step`` apart along its foot."""
    _strokes(ink, area, _slanted(area[2], area[3], step))


def crossed(ink: Ink, area: Area, step: float) -> None:
    """Lines slanting both ways inside ``area``."""
    width = area[2]
    lines = list(_slanted(width, area[3], step))
    back = [(width - x1, y1, width - x2, y2) for x1, y1, x2, y2 in lines]
    _strokes(ink, area, [*lines, *back])


def _strokes(ink: Ink, area: Area, lines: Iterable[Area]) -> None:
    x, y = area[:2]
    paths = " ".join(_path(x + x1, y + y1, x + x2, y + y2) for x1, y1, x2, y2 in lines)
    if paths:
        ink.operators.append(f"q 0.5 w {paths} S Q")


def _slanted(width: float, height: float, step: float) -> Iterator[Area]:
    """Lines y = x - c clipped to the rectangle."""
    for count in range(ceil(-height / step), floor(width / step) + 1):
        shift = count * step
        x1, x2 = max(0.0, shift), min(width, shift + height)
        if x2 - x1 > 0.05:
            yield x1, x1 - shift, x2, x2 - shift


def placed(ink: Ink, name: str, area: Area, alt: str) -> None:
    """The picture of that name in ``area``; ``alt`` is read out for it."""
    x, y, width, height = map(number, area)
    drawn = f"q {width} 0 0 {height} {x} {y} cm /{name} Do Q"
    if alt:
        text = alt.encode("utf-16-be").hex().upper()
        drawn = f"/Figure<</Alt<FEFF{text}>>>BDC {drawn} EMC"
    ink.operators.append(drawn)


def _path(x1: float, y1: float, x2: float, y2: float) -> str:
    return f"{number(x1)} {number(y1)} m {number(x2)} {number(y2)} l"
