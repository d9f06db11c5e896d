"""Column widths: what the template wishes, moved to where the words need room.

The widths are those that make the table low without straying far from the wishes. They follow from
the contents alone, so the same table always gets the same columns. Lengths are points.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from math import ceil
from typing import NamedTuple

from ita_desktop.documents.blocks import (
    Cell,
    Column,
    Paragraph,
    Picture,
    Run,
    StatusBoxes,
    Table,
)

from .grid import Place, groups, placed
from .lines import MM, Box, boxes_of, setting_of, stretches

PADDING = 1.5 * MM
"""Between a rule and the text beside it."""
PADDING_ABOVE = 0.5 * MM
"""Between a rule and the lines under or over it: they have room for marks of their own."""
RULE = 0.5

_WIDEST_SHARE = 0.4
"""No column claims more than this share of the table for one long word."""
_NARROWEST, _WIDEST = 0.65, 2.0
"""How far a column may go from its wish, as shares of it."""
_STRAY_COST = 0.4
"""What moving all of the width would cost, as a share of the table's height."""
_SAMPLE = 40
"""Rows that are looked at; of a longer table as many, spread evenly."""
_MANY_WORDS = 60
"""A text of more words is measured by its length alone."""
_LOSS_EM = 0.8
"""What such a text leaves empty at the end of a line, on average."""
_STEPS = (1, 2, 4, 8)
"""How much is moved at a time, in hundredths of the table's width."""
_ROUNDS = 40
_PICTURE = 25 * MM
"""The least a column gives a picture that does not say how wide it is."""


class Text(NamedTuple):
    """A row of text in a cell: widths of its boxes with and without the space after each."""

    solid: tuple[float, ...]
    spaced: tuple[float, ...]
    indent: float
    loss: float

    def lines(self, room: float) -> int:
        """How many lines it takes in a column whose text is ``room`` wide."""
        room = max(room - self.indent, 1.0)
        whole = sum(self.spaced)
        if whole <= room:
            return 1
        if len(self.solid) > _MANY_WORDS:
            return ceil(whole / max(room - self.loss, 1.0))
        count, x = 1, 0.0
        for solid, spaced in zip(self.solid, self.spaced, strict=True):
            if x and x + solid > room:
                count, x = count + 1, 0.0
            x += spaced
        return count


def column_widths(table: Table, font: str, size: float, width: float) -> list[float]:
    """The width of each column; together they are ``width``."""
    if not table.columns:
        return []
    shares = [max(column.width, 0.01) for column in table.columns]
    wishes = [share / sum(shares) * width for share in shares]
    needs = _needs(table, font, size, width)
    start = _moved(wishes, needs)
    if len(start) == 1 or any(has < need for has, need in zip(start, needs, strict=True)):
        return start  # too narrow for its words as it is
    return _Search(table, font, size, wishes, needs).best(start)


def _needs(table: Table, font: str, size: float, width: float) -> list[float]:
    """The least width of each column: that of its longest word."""
    longest = [
        max((box.width for row in _heading(column, font, size) for box in row), default=0.0)
        for column in table.columns
    ]
    _need_of_groups(table.columns, font, size, longest)
    for row in placed(table.rows, len(longest)):
        for at, cell in _single(row):
            for block in cell.blocks:
                if isinstance(block, Picture):
                    wish = block.width_mm * MM if block.width_mm else _PICTURE
                    longest[at] = max(longest[at], wish)
            for paragraph, indent in _paragraphs(cell, size):
                for boxes in _boxes(paragraph, font, size):
                    need = max((box.width for box in boxes), default=0.0) + indent
                    longest[at] = max(longest[at], need)
    return [min(need + 2 * PADDING + RULE, width * _WIDEST_SHARE) for need in longest]


def _need_of_groups(
    columns: tuple[Column, ...], font: str, size: float, longest: list[float]
) -> None:
    """Widen the columns under a common heading until its longest word has room over them."""
    for first, count in groups([column.group for column in columns]):
        if not columns[first].group:
            continue
        common = Column(columns[first].group)
        need = max((box.width for row in _heading(common, font, size) for box in row), default=0.0)
        for at in range(first, first + count):
            longest[at] = max(longest[at], need / count)


def _moved(wishes: list[float], needs: list[float]) -> list[float]:
    """The wishes, those too narrow for their longest word widened at the others' cost."""
    lacking = sum(max(0.0, need - has) for need, has in zip(needs, wishes, strict=True))
    spare = [max(0.0, has - need) for need, has in zip(needs, wishes, strict=True)]
    if not lacking or not sum(spare):
        return wishes
    given = min(1.0, lacking / sum(spare))
    got = min(1.0, sum(spare) / lacking)
    return [
        has + (need - has) * got if need > has else has - extra * given
        for need, has, extra in zip(needs, wishes, spare, strict=True)
    ]


def _single(row: list[Place]) -> Iterator[tuple[int, Cell]]:
    """The cells of a row that stand in one column, with that column."""
    for place in row:
        if place.columns == 1 and place.cell is not None:
            yield place.column, place.cell


def _paragraphs(cell: Cell, size: float) -> Iterator[tuple[Paragraph, float]]:
    """The paragraphs of a cell, with the width that stands before their words."""
    for block in cell.blocks:
        if isinstance(block, StatusBoxes):
            yield from ((Paragraph((Run(option),)), size) for option in block.options)
        elif isinstance(block, Picture):
            if block.caption:
                yield Paragraph((Run(block.caption),)), 0.0
        else:
            hang = block.hang_mm if block.label else 0.0
            yield block, (hang + block.left_indent_mm) * MM


def _boxes(paragraph: Paragraph, font: str, size: float) -> Iterator[list[Box]]:
    setting = setting_of(paragraph, font, size)
    return (boxes_of(row) for row in stretches(paragraph, setting))


def _heading(column: Column, font: str, size: float) -> Iterator[list[Box]]:
    return _boxes(Paragraph((Run(column.heading, bold=True),)), font, size)


class _Search:
    """Looks for the widths that make the table lowest, moving a little from column to column."""

    def __init__(
        self, table: Table, font: str, size: float, wishes: list[float], needs: list[float]
    ) -> None:
        self._wishes = wishes
        self._width = sum(wishes)
        self._least = [
            max(need, wish * _NARROWEST) for need, wish in zip(needs, wishes, strict=True)
        ]
        self._most = [
            max(least, wish * _WIDEST) for least, wish in zip(self._least, wishes, strict=True)
        ]
        loss = size * _LOSS_EM
        self._texts = _texts(table, font, size, loss)
        self._known: list[dict[float, list[int]]] = [{} for _ in wishes]

    def best(self, start: list[float]) -> list[float]:
        """The best widths found from ``start`` on."""
        widths, cost = start, self._cost(start)
        rows = len(self._texts[0])
        if self._height(widths) <= rows:
            return widths  # one line everywhere: nothing to gain
        for _ in range(_ROUNDS):
            found = min(
                ((self._cost(other), other) for other in self._neighbours(widths)),
                default=(cost, widths),
            )
            if found[0] >= cost - 1e-9:
                break
            cost, widths = found
        return widths

    def _neighbours(self, widths: list[float]) -> Iterator[list[float]]:
        for giver, taker in permutations(range(len(widths)), 2):
            for step in _STEPS:
                moved = self._width * step / 100
                given, taken = widths[giver] - moved, widths[taker] + moved
                if given < self._least[giver] or taken > self._most[taker]:
                    break
                other = list(widths)
                other[giver], other[taker] = round(given, 3), round(taken, 3)
                yield other

    def _cost(self, widths: list[float]) -> float:
        stray = sum(abs(has - wish) for has, wish in zip(widths, self._wishes, strict=True))
        return self._height(widths) * (1 + _STRAY_COST * stray / (2 * self._width))

    def _height(self, widths: list[float]) -> int:
        """Lines of all rows together; a row is as high as its highest cell."""
        columns = [self._lines(at, width) for at, width in enumerate(widths)]
        return sum(map(max, zip(*columns, strict=True)))

    def _lines(self, at: int, width: float) -> list[int]:
        """Lines of each cell of a column that wide."""
        found = self._known[at].get(width)
        if found is None:
            room = width - 2 * PADDING
            found = [
                ceil(sum(text.lines(room) for text in cell.texts) / cell.rows) or 1
                for cell in self._texts[at]
            ]
            self._known[at][width] = found
        return found


class Texts(NamedTuple):
    """The texts of a cell, and the rows that share their lines."""

    texts: list[Text]
    rows: int = 1


def _texts(table: Table, font: str, size: float, loss: float) -> list[list[Texts]]:
    """For each column, for each row looked at (the heading first), the texts of its cell."""
    count = len(table.columns)
    found = [
        [Texts(_measured(_heading(column, font, size), 0.0, loss))] for column in table.columns
    ]
    picked = min(_SAMPLE, len(table.rows))
    rows = placed(table.rows, count)
    for index in range(picked):
        cells = [Texts([]) for _ in range(count)]
        for place in rows[index * len(rows) // picked]:
            if place.columns > 1 or place.cell is None:
                continue
            texts: list[Text] = []
            for paragraph, indent in _paragraphs(place.cell, size):
                texts += _measured(_boxes(paragraph, font, size), indent, loss)
            cells[place.column] = Texts(texts, place.rows)
        for column, cell in zip(found, cells, strict=True):
            column.append(cell)
    return found


def _measured(rows: Iterator[list[Box]], indent: float, loss: float) -> list[Text]:
    return [
        Text(
            tuple(box.width for box in boxes),
            tuple(box.width + box.space_width for box in boxes),
            indent,
            loss,
        )
        for boxes in rows
    ]
