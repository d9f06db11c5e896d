"""Paragraphs become lines.

The best line ends of a whole paragraph are chosen together (total fit), among the places
``ita_desktop.thai.words`` allows. Lengths are points.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain
from typing import NamedTuple

from ita_desktop.documents.blocks import Align, Paragraph
from ita_desktop.thai import words
from ita_desktop.thai.shaping import clean, clusters

from .fonts import Face, Piece, Style, family, piece

MM = 72 / 25.4

SPACE_WEIGHT = 6.0
"""How much more a space opens than the place between two letters of a justified line."""
_GOOD_OPENING = 0.05
_MOST_OPENING = 0.085
"""How far letters of a justified line move apart, in ems: gladly, and at most. A line that needs
more stays short, for holes look worse."""
_SOFT_COST = 12.0
"""Cost of ending a line inside a phrase of the field, such as ผลประโยชน์|ส่วนรวม."""
_SPACE_SHRINK = 0.25
"""How much of a space a justified line may take away."""
_SHORT_LAST = 0.18
"""A last line under this share of the width is avoided."""
_SHORT_COST = 1000.0
"""Cost of a short last line; the lines before it would rather open than leave it so."""
_LONELY_COST = 2000.0
"""What one short word alone on the last line costs besides."""
_OVERFULL = 1e9
_LINE_COST = 1000.0
"""Cost of a line in ragged text: fewer lines always come first, then an even edge."""


class Box(NamedTuple):
    """A piece no line may end in, and the spaces after it, which vanish at the line's end."""

    pieces: tuple[Piece, ...]
    width: float
    spaces: tuple[Piece, ...]
    space_width: float
    links: tuple[str | None, ...] = ()
    """For each of ``pieces`` then ``spaces`` the address it leads to; empty when none does."""
    soft: bool = False
    """The box ends inside a phrase: a line ends there only for a clear gain."""
    opens: float = 0.0
    """How many places may open in the box and its spaces; a space counts ``SPACE_WEIGHT``."""

    def places(self, with_spaces: bool) -> tuple[int, int]:
        """Letters and spaces after which the box may open when a line is justified."""
        parts = (*self.pieces, *self.spaces) if with_spaces else self.pieces
        return sum(made.letters for made in parts), sum(made.spaces for made in parts)


Shown = tuple[Face, str, str]
"""Glyphs in one font: its face, its size, and the operators, as they stand in the page."""


@dataclass(slots=True)
class Line:
    """One line, ready to be placed: ``x`` from the left edge of the column it was broken for."""

    text: str
    pieces: list[Piece]
    x: float
    width: float
    ascent: float
    height: float
    opening: float = 0.0
    """Points to add between letters; a space takes ``SPACE_WEIGHT`` times as much."""
    label: Piece | None = None
    label_x: float = 0.0
    links: tuple[tuple[str, float, float], ...] = ()
    """Addresses with the stretch (from, to) of the line that leads to them."""
    shown: tuple[Shown, ...] | None = None
    """The operators that show the line's glyphs, once they have been written."""


class Setting(NamedTuple):
    """How a paragraph is set, apart from its text and width."""

    family: str
    size: float
    align: Align
    first_indent: float = 0.0
    left_indent: float = 0.0
    label: str | None = None
    hang: float = 0.0
    bold: bool = False


def setting_of(paragraph: Paragraph, font: str, size: float, align: Align | None = None) -> Setting:
    """The setting of a paragraph; ``size`` is the size where the paragraph gives none."""
    return Setting(
        font,
        paragraph.size_pt or size,
        align or paragraph.align,
        paragraph.first_indent_mm * MM,
        paragraph.left_indent_mm * MM,
        clean(paragraph.label) if paragraph.label else None,
        paragraph.hang_mm * MM if paragraph.label else 0.0,
    )


def line_height(font: str, size: float) -> tuple[float, float]:
    """Ascent and whole height of a line of text."""
    above, below = family(font).line_em
    return above * size, (above + below) * size


# --- boxes ---------------------------------------------------------------------------------------


class Stretch(NamedTuple):
    """Text in one style with the address it leads to."""

    text: str
    style: Style
    link: str | None


def stretches(paragraph: Paragraph, setting: Setting) -> list[list[Stretch]]:
    """The paragraph's text by lines that end with a line break of its own."""
    rows: list[list[Stretch]] = [[]]
    for run in paragraph.runs:
        style = Style(setting.family, setting.size, run.bold or setting.bold, run.italic)
        for number, part in enumerate(clean(run.text).split("\n")):
            if number:
                rows.append([])
            if part:
                rows[-1].append(Stretch(part, style, run.link))
    return rows


def boxes_of(row: list[Stretch]) -> list[Box]:
    """The boxes of one row of text. Style changes inside a word do not let a line end there."""
    if len(row) == 1 and row[0].link is None:
        return list(_plain_row(row[0].text, row[0].style))
    return list(_mixed_boxes(words.units("".join(part.text for part in row)), row))


@lru_cache(maxsize=4_000)
def _plain_row(text: str, style: Style) -> tuple[Box, ...]:
    return tuple(chain.from_iterable(_phrase(phrase, style) for phrase in words.phrases(text)))


@lru_cache(maxsize=20_000)
def _phrase(text: str, style: Style) -> tuple[Box, ...]:
    return tuple(chain.from_iterable(_plain_boxes(unit, style) for unit in words.units(text)))


@lru_cache(maxsize=40_000)
def _plain_boxes(unit: str, style: Style) -> tuple[Box, ...]:
    *parts, last = words.soft(unit)
    soft = (_plain_box(part, style)._replace(soft=True) for part in parts)
    return (*soft, _plain_box(last, style))


def _plain_box(unit: str, style: Style) -> Box:
    core = unit.rstrip(" ")
    body = piece(core, style)
    if len(core) == len(unit):
        return Box((body,), body.width, (), 0.0, opens=_opens((body,)))
    gap = piece(unit[len(core) :], style)
    return Box((body,), body.width, (gap,), gap.width, opens=_opens((body, gap)))


def _opens(pieces: Iterable[Piece]) -> float:
    return sum(made.letters + made.spaces * SPACE_WEIGHT for made in pieces)


def _mixed_boxes(units: Iterable[str], row: list[Stretch]) -> Iterator[Box]:
    """Cut the units of a row along its changes of style."""
    parts = iter(row)
    current = next(parts, None)
    used = 0
    for unit in units:
        core_left = len(unit.rstrip(" "))
        left = len(unit)
        body: list[tuple[Piece, str | None]] = []
        gaps: list[tuple[Piece, str | None]] = []
        while left and current is not None:
            take = min(core_left or left, len(current.text) - used)
            made = piece(current.text[used : used + take], current.style), current.link
            (body if core_left else gaps).append(made)
            core_left, left, used = max(0, core_left - take), left - take, used + take
            if used == len(current.text):
                current, used = next(parts, None), 0
        yield _joined(body, gaps)


def _joined(body: list[tuple[Piece, str | None]], gaps: list[tuple[Piece, str | None]]) -> Box:
    links = tuple(link for _, link in (*body, *gaps))
    pieces, spaces = tuple(made for made, _ in body), tuple(made for made, _ in gaps)
    return Box(
        pieces,
        sum(made.width for made in pieces),
        spaces,
        sum(made.width for made in spaces),
        links if any(links) else (),
        opens=_opens((*pieces, *spaces)),
    )


def fitted(boxes: list[Box], row: list[Stretch], first: float, width: float) -> list[Box]:
    """Replace boxes wider than the column by their inner parts, as far down as it takes."""
    limits = [min(first, width) if index == 0 else width for index in range(len(boxes))]
    if all(box.width <= limit for box, limit in zip(boxes, limits, strict=True)):
        return boxes
    made: list[Box] = []
    at = 0
    for box, limit in zip(boxes, limits, strict=True):
        unit = _text(box)
        part = _sub(row, at, len(unit))
        at += len(unit)
        if box.width <= limit:
            made.append(box)
        else:
            made.extend(_mixed_boxes(_narrowed(unit, part, limit), part))
    return made


def _sub(row: list[Stretch], start: int, length: int) -> list[Stretch]:
    """The part of a row from character ``start`` on."""
    found: list[Stretch] = []
    for part in row:
        text = part.text[max(0, start) : max(0, start + length)]
        start -= len(part.text)
        if text:
            found.append(part._replace(text=text))
    return found


def _narrowed(unit: str, row: list[Stretch], limit: float) -> Iterator[str]:
    parts = words.inner(unit)
    if len(parts) == 1:
        yield from _by_clusters(unit, row, limit)
        return
    at = 0
    for part in parts:
        sub = _sub(row, at, len(part))
        if sum(box.width for box in _mixed_boxes([part], sub)) <= limit:
            yield part
        else:
            yield from _narrowed(part, sub, limit)
        at += len(part)


def _by_clusters(unit: str, row: list[Stretch], limit: float) -> Iterator[str]:
    """The last resort: as many whole clusters as fit."""
    size = max(part.style.size for part in row)
    style = row[0].style._replace(size=size, bold=any(part.style.bold for part in row))
    held, width = "", 0.0
    for cluster in clusters(unit):
        own = piece(cluster, style).width
        if held and width + own > limit and cluster.strip():
            yield held
            held, width = "", 0.0
        held += cluster
        width += own
    if held:
        yield held


def _text(box: Box) -> str:
    return "".join(made.text for made in (*box.pieces, *box.spaces))


# --- line ends -----------------------------------------------------------------------------------


def line_ends(boxes: list[Box], first: float, width: float, setting: Setting) -> list[int]:
    """Indexes after the last box of each line, the best for the paragraph as a whole.

    ``first`` is the width of the first line, ``width`` that of the others.
    """
    count = len(boxes)
    if not boxes or sum(box.width + box.space_width for box in boxes) <= min(first, width):
        return [count]
    justified = setting.align is Align.THAI
    sums = _running_sums(boxes, justified)
    cheapest = _cheapest_justified if justified else _cheapest_ragged
    room = _Room(first, width, setting.size)
    best = [0.0]
    """For each number of boxes what the lines cost that hold them."""
    back = [0]
    for end in range(1, count):
        cost, begin = cheapest(best, sums, end, room)
        best.append(cost + (_SOFT_COST if boxes[end - 1].soft else 0.0))
        back.append(begin)
    back.append(_last_begin(best, sums, room, cheapest))
    found = [count]
    while back[found[-1]]:
        found.append(back[found[-1]])
    return found[::-1]


class _Room(NamedTuple):
    """Width of a paragraph's first line and of the others, and its type size."""

    first: float
    width: float
    em: float


class _Sums(NamedTuple):
    """Where each box starts and ends on an endless line; before each box, how many places may open
    (a space counts ``SPACE_WEIGHT``) and the width of the spaces."""

    starts: list[float]
    ends: list[float]
    opens: list[float]
    spaces: list[float]


def _running_sums(boxes: list[Box], justified: bool) -> _Sums:
    starts = [0.0]
    starts.extend(accumulate(box.width + box.space_width for box in boxes))
    ends = [start + box.width for start, box in zip(starts, boxes, strict=False)]
    if not justified:
        return _Sums(starts, ends, [], [])
    opens, spaces = [0.0], [0.0]
    opens.extend(accumulate(box.opens for box in boxes))
    spaces.extend(accumulate(box.space_width for box in boxes))
    return _Sums(starts, ends, opens, spaces)


def _cheapest_ragged(best: list[float], sums: _Sums, end: int, room: _Room) -> tuple[float, int]:
    """Cost of the lines up to box ``end``, and where the last of them begins.

    Only the width left over counts, so what is ragged stays even.
    """
    spare = room.width - sums.ends[end - 1]
    weight = 100 / (room.width * room.width)
    begin = max(1, bisect_left(sums.starts, -0.01 - spare, 0, end))
    costs = [
        before + (spare + start) * (spare + start) * weight
        for before, start in zip(best[begin:end], sums.starts[begin:end], strict=True)
    ]
    found = min(costs, default=_OVERFULL)
    where = begin + costs.index(found) if costs else end - 1
    slack = room.first - sums.ends[end - 1]
    if slack >= -0.01 and 100 * (slack / room.first) ** 2 < found:
        return _LINE_COST + 100 * (slack / room.first) ** 2, 0
    return (found + _LINE_COST, where) if costs else (best[end - 1] + _OVERFULL, end - 1)


def _cheapest_justified(best: list[float], sums: _Sums, end: int, room: _Room) -> tuple[float, int]:
    """As ``_cheapest_ragged``; what counts is how far the line must open, or its spaces close."""
    edge, opens, spaces = sums.ends[end - 1], sums.opens, sums.spaces
    good = room.em * _GOOD_OPENING
    found, where = best[end - 1] + _OVERFULL, end - 1
    for begin in range(end - 1, -1, -1):
        limit = room.width if begin else room.first
        slack = limit - edge + sums.starts[begin]
        if slack < -0.01:
            shrink = (spaces[end - 1] - spaces[begin]) * _SPACE_SHRINK
            if slack < -limit * 0.1:
                break  # more boxes can only be wider still
            if shrink < -slack:
                continue
            ratio, hole = slack / shrink, 0.0
        else:
            places = (opens[end] - opens[begin]) * good
            ratio = slack / places if places else 10.0
            hole = 2000 * (ratio - 1) if ratio > 1 else 0.0
        cost = best[begin] + 10 + 100 * ratio * ratio + hole
        if cost < found:
            found, where = cost, begin
    return found, where


def _last_begin(
    best: list[float],
    sums: _Sums,
    room: _Room,
    cheapest: Callable[[list[float], _Sums, int, _Room], tuple[float, int]],
) -> int:
    """Where the last line begins: it costs nothing unless it is very short."""
    count = len(sums.ends)
    found, where = cheapest(best, sums, count, room)
    for begin in range(count - 1, -1, -1):
        limit = room.width if begin else room.first
        slack = limit - sums.ends[-1] + sums.starts[begin]
        if slack < -0.01:
            break
        cost = best[begin] + _last_cost(limit, slack, count - begin, begin)
        if cost < found:
            found, where = cost, begin
    return where


def _last_cost(limit: float, slack: float, boxes: int, begin: int) -> float:
    if begin == 0 or limit - slack >= limit * _SHORT_LAST:
        return 0.0
    return _SHORT_COST + (_LONELY_COST if boxes == 1 else 0.0)


# --- lines ---------------------------------------------------------------------------------------


def lines_of(paragraph: Paragraph, setting: Setting, width: float) -> list[Line]:
    """Break a paragraph into lines for a column of ``width``."""
    if setting.size <= 0:
        return []
    return _lines(paragraph.runs, setting, round(width, 3))


@lru_cache(maxsize=4_000)
def _lines(runs: tuple, setting: Setting, width: float) -> list[Line]:
    ascent, height = line_height(setting.family, setting.size)
    left = min(setting.left_indent + setting.hang, width * 0.8)
    room = width - left
    indent = max(-left, min(setting.first_indent, room * 0.8))
    made: list[Line] = []
    for number, row in enumerate(stretches(Paragraph(runs), setting)):
        extra = indent if number == 0 else 0.0
        boxes = fitted(boxes_of(row), row, room - extra, room)
        begin = 0
        for end in line_ends(boxes, room - extra, room, setting):
            line = _line(boxes[begin:end], room - extra, setting, end == len(boxes))
            line.x += left + extra
            line.ascent, line.height = ascent, height
            made.append(line)
            begin, extra = end, 0.0
    if setting.label:
        _add_label(made[0], setting)
    return made


def _add_label(line: Line, setting: Setting) -> None:
    line.label = piece(setting.label or "", Style(setting.family, setting.size, setting.bold))
    line.label_x = setting.left_indent
    line.text = f"{setting.label} {line.text}"


def _line(boxes: list[Box], room: float, setting: Setting, last: bool) -> Line:
    pieces: list[Piece] = []
    for box in boxes:
        pieces.extend(box.pieces)
        pieces.extend(box.spaces)
    text = "".join(made.text for made in pieces)
    if boxes and boxes[-1].spaces:
        del pieces[len(pieces) - len(boxes[-1].spaces) :]
    width = sum(made.width for made in pieces)
    line = Line(text, pieces, 0.0, width, 0.0, 0.0)
    slack = room - width
    if setting.align is Align.CENTER:
        line.x = slack / 2
    elif setting.align is Align.RIGHT:
        line.x = slack
    elif setting.align is Align.THAI and (not last or slack < 0):
        line.opening = _opening(boxes, slack, setting.size)
    line.links = tuple(_links(boxes, line.opening)) if any(box.links for box in boxes) else ()
    return line


def _opening(boxes: list[Box], slack: float, em: float) -> float:
    """Points to open between letters so that the line fills its room, within what looks well."""
    letters, spaces = boxes[-1].places(with_spaces=False)
    for box in boxes[:-1]:
        more = box.places(with_spaces=True)
        letters, spaces = letters + more[0], spaces + more[1]
    if slack < 0:
        # Only the spaces give way: letters never move closer together.
        return slack / spaces / SPACE_WEIGHT if spaces else 0.0
    places = letters - 1 + spaces * SPACE_WEIGHT
    opening = slack / places if places > 0 else 0.0
    return opening if opening <= _MOST_OPENING * em else _GOOD_OPENING * em


def _links(boxes: list[Box], opening: float) -> Iterator[tuple[str, float, float]]:
    x = 0.0
    for index, box in enumerate(boxes):
        gaps = box.spaces if index < len(boxes) - 1 else ()
        for number, made in enumerate((*box.pieces, *gaps)):
            wide = made.width + opened(made, opening)
            if box.links and (link := box.links[number]):
                yield link, x, x + wide
            x += wide


def opened(made: Piece, opening: float) -> float:
    """How much wider a piece becomes when a line is opened by ``opening`` points a letter."""
    letters = made.letters if opening > 0 else 0
    return opening * (letters + made.spaces * SPACE_WEIGHT)


def forget() -> None:
    """Set everything anew: the fonts that lines were made of may have changed."""
    for kept in (_plain_row, _plain_boxes, _lines):
        kept.cache_clear()
