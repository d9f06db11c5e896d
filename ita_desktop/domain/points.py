"""The points of a typed text and their levels.

A text holds a point a line. What somebody typed before a point (a number, a dash, spaces) says on
which level it stands and is then taken off: numbering is generated when printed, so it never has a
gap or a double.

A line stands a level lower when it is indented, or when it has another mark than the points above
it: dashes under a number, ๑.๑ under a dash. A line without mark and indent is of the first level.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

from ita_desktop.thai.digits import to_arabic

LEVELS = 3
"""Deeper points stand on the lowest level: a cell has no room for more."""
LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
"""The letters of a list in their order; the law's lists leave out those that look alike."""

_NUMBER = re.compile(r"([0-9๐-๙]{1,2})\s*([.)])(?![0-9๐-๙])\s*")
_NESTED = re.compile(r"((?:[1-9๑-๙][0-9๐-๙]?\.){1,2})([1-9๑-๙][0-9๐-๙]?)(?:[.)](?!\w)|(?=\s))\s*")
_LETTER = re.compile(rf"([{LETTERS}])[.)]\s+")
_DASH = re.compile(r"[-–•]\s+")
_TAB = 4
_INDENTED = 2
"""From so many spaces on a line is indented; one alone is a slip of the thumb."""


class Point(str):
    """The text of a point, with its level from 1 and whether it was typed with a dash."""

    __slots__ = ("dash", "level")

    level: int
    dash: bool

    def __new__(cls, text: str, level: int = 1, *, dash: bool = False) -> Self:
        """A point of that text."""
        made = super().__new__(cls, text)
        made.level = level
        made.dash = dash
        return made


@dataclass(frozen=True, slots=True)
class _Mark:
    """What stands before a point: its kind ("" none) and which of its list it is.

    ``above``: of ๑.๒ what stands before its last number.
    """

    kind: str = ""
    number: int = 0
    above: str = ""


@dataclass(slots=True)
class _Level:
    """A level that has points: how far they are indented and what stands before them."""

    indent: int
    mark: _Mark


def points(text: str) -> tuple[Point, ...]:
    """The points of a text, one a line, without what somebody typed before them."""
    levels: list[_Level] = []
    made: list[Point] = []
    for line in text.splitlines():
        body = line.lstrip()
        mark, rest = _parted(body, levels)
        if rest.strip():
            _enter(levels, _width(line[: len(line) - len(body)]), mark)
            dash = mark.kind == "dash"
            made.append(Point(rest.strip(), min(len(levels), LEVELS), dash=dash))
    return tuple(made)


def main_points(text: str) -> tuple[Point, ...]:
    """The points of the first level alone: they are what is counted."""
    return tuple(point for point in points(text) if point.level == 1)


def point_label(style: str, number: int) -> str | None:
    """What stands before a point in a list of that style; None where nothing does."""
    return {"numbers": f"{number}.", "brackets": f"{number})", "dashes": "-"}.get(style)


def labelled(
    found: Iterable[Point], style: str, first: int = 1, *, bare: bool = False
) -> Iterator[tuple[Point, str | None]]:
    """Points with what stands before them.

    Under a number or a dash points count on from it (๑.๑), unless they were typed with dashes;
    under a paragraph they count by themselves. The third level has letters. ``bare``: nothing
    stands before a point of the first level.
    """
    counts = [first - 1, 0, 0]
    over = None
    for point in found:
        at = point.level - 1
        counts[at:] = [counts[at] + 1] + [0] * (LEVELS - point.level)
        if at == 0:
            over = label = None if bare else point_label(style, counts[0])
        else:
            label = _lower_label(point, style, counts, under_label=over is not None)
        yield point, label


def _lower_label(point: Point, style: str, counts: list[int], *, under_label: bool) -> str:
    if point.dash and (style != "dashes" or point.level > 2):
        return "-"
    if point.level > 2:
        return f"{LETTERS[(counts[2] - 1) % len(LETTERS)]}."
    end = ")" if style == "brackets" else ""
    return f"{counts[0]}.{counts[1]}{end}" if under_label else f"{counts[1]}{end or '.'}"


def _width(indent: str) -> int:
    return sum(_TAB if char == "\t" else 1 for char in indent)


def _parted(body: str, levels: list[_Level]) -> tuple[_Mark, str]:
    """What stands before a line's text, and the text.

    "1.5" and "น." may as well be words: they are marks only where they go on with a list, or
    begin one under a point.
    """
    if found := _NUMBER.match(body):
        return _Mark("number" + found[2], int(found[1])), body[found.end() :]
    if found := _DASH.match(body):
        return _Mark("dash", 1), body[found.end() :]
    mark = _Mark()
    if found := _NESTED.match(body):
        depth = found[1].count(".")
        mark = _Mark(f"nested{depth}", int(found[2]), to_arabic(found[1]))
    elif found := _LETTER.match(body):
        mark = _Mark("letter", LETTERS.index(found[1]) + 1)
    if found and _follows(levels, mark):
        return mark, body[found.end() :]
    return _Mark(), body


def _follows(levels: list[_Level], mark: _Mark) -> bool:
    """Whether a mark is the next of a list that is open, or the first of one under a point."""
    if mark.number == 1:
        return bool(levels)
    lists = (level.mark for level in levels)
    return any(
        (one.kind, one.above) == (mark.kind, mark.above) and one.number < mark.number
        for one in lists
    )


def _enter(levels: list[_Level], indent: int, mark: _Mark) -> None:
    """Open, keep or close levels, so that the last one is the level of a line."""
    while len(levels) > 1 and indent + _INDENTED <= levels[-1].indent:
        levels.pop()
    if not levels or indent >= levels[-1].indent + _INDENTED:
        levels.append(_Level(indent, mark))
        return
    # A first line further to the right than the others is how a paragraph begins in Thai.
    levels[0].indent = min(levels[0].indent, indent)
    beside = [at for at, level in enumerate(levels) if abs(level.indent - indent) < _INDENTED]
    alike = [at for at in beside if levels[at].mark.kind == mark.kind]
    if alike:
        del levels[alike[-1] + 1 :]
        levels[-1].mark = mark
    elif mark.number == 1:  # another kind of list begins: it stands under the point
        levels.append(_Level(indent, mark))
    else:
        del levels[beside[0] + 1 :]
