"""Bar charts with labels that cannot meet.

Labels stand at the left and figures in a column of their own at the right, so neither depends on
how long a bar is. Lengths are points.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ita_desktop.documents.blocks import BarChart, BarGroup

from .drawing import dashed, stroke
from .flow import Sheets, Strip
from .ink import Ink
from .lines import Line, line_height
from .swatches import ENDLESS, GRID_GRAY, SERIES, Pattern, filled, legend, one_line, text_lines

_WIDEST_LABEL = 0.36
"""No label takes more than this share of the width before it goes on in a second line."""
_PITCH = 0.8
"""From one figure to the next below it, times the height of a line: figures have no marks."""
_BAR = 0.72
"""Thickness of a bar, times that pitch."""
_GAP_EM = 0.4
_DIGIT_EM = 0.4
"""Height of a digit, in ems: figures stand in the middle of their bars."""


def bar_strips(chart: BarChart, font: str, size: float, width: float) -> Iterator[Strip]:
    """Legend, mark, bars, scale."""
    count = len(chart.series)
    patterns = [SERIES[(index - count) % len(SERIES)] for index in range(count)]
    yield from legend(list(zip(chart.series, patterns, strict=True)), font, size, width)
    yield from _Bars(chart, patterns, font, size, width).strips()


@dataclass(frozen=True, slots=True)
class _Row:
    """A group laid out: the lines of its label, and its figures."""

    group: BarGroup
    label: list[Line]
    texts: list[Line]
    height: float


class _Bars:
    """One bar chart: where its columns stand, and the strips it is drawn as."""

    def __init__(
        self, chart: BarChart, patterns: list[Pattern], font: str, size: float, width: float
    ) -> None:
        self._chart, self._font, self._size, self._width = chart, font, size, width
        self._gap = size * _GAP_EM
        self._pitch = line_height(font, size)[1] * _PITCH
        widest = max((one_line(g.label, font, size).width for g in chart.groups), default=0.0)
        self._label_width = min(widest + 0.5, width * _WIDEST_LABEL)
        self._rows = [self._row(group) for group in chart.groups]
        figures = max((t.width for row in self._rows for t in row.texts), default=0.0)
        self._left = self._label_width + self._gap
        self._plot = max(width - self._left - self._gap - figures, 1.0)
        self._patterns = patterns

    def _row(self, group: BarGroup) -> _Row:
        label = text_lines(group.label, self._font, self._size, self._label_width)
        texts = [one_line(bar.text, self._font, self._size) for bar in group.bars]
        high = max(sum(line.height for line in label), len(texts) * self._pitch)
        return _Row(group, label, texts, high + self._gap)

    def _at(self, value: float) -> float:
        """Where a value stands, from the chart's left edge."""
        share = value / self._chart.most if self._chart.most > 0 else 0.0
        return self._left + self._plot * min(max(share, 0.0), 1.0)

    def strips(self) -> Iterator[Strip]:
        """Mark, groups, scale."""
        if self._chart.mark:
            yield self._scale([self._chart.mark])
        for index, row in enumerate(self._rows):
            yield self._group(row, last=index == len(self._rows) - 1)
        if self._chart.ticks:
            yield self._scale(list(self._chart.ticks))

    def _scale(self, ticks: list[tuple[float, str]]) -> Strip:
        """Texts centred on their places; one that would touch the one before it is left out."""
        placed: list[tuple[float, Line]] = []
        edge = -ENDLESS
        for value, text in ticks:
            line = one_line(text, self._font, self._size)
            x = min(max(0.0, self._at(value) - line.width / 2), self._width - line.width)
            if x >= edge + self._gap / 2:
                placed.append((x, line))
                edge = x + line.width

        def paint(sheets: Sheets, x: float, y: float) -> None:
            for shift, line in placed:
                sheets.ink.line(line, x + shift, y - line.ascent)

        return Strip(line_height(self._font, self._size)[1], paint)

    def _group(self, row: _Row, *, last: bool) -> Strip:
        def paint(sheets: Sheets, x: float, y: float) -> None:
            ink = sheets.ink
            for value, _ in self._chart.ticks:
                at = x + self._at(value)
                stroke(ink, (at, y, at, y - row.height), 0.4, GRID_GRAY)
            self._bars(row, ink, x, y)
            if self._chart.mark:
                at = x + self._at(self._chart.mark[0])
                dashed(ink, (at, y, at, y - row.height))
            base = x + self._left
            ink.rule(base, y, base, y - row.height)
            if last:
                ink.rule(base, y - row.height, base + self._plot, y - row.height)

        return Strip(row.height, paint, words=row.group.label)

    def _bars(self, row: _Row, ink: Ink, x: float, y: float) -> None:
        top = y - (row.height - sum(line.height for line in row.label)) / 2
        for line in row.label:
            ink.line(line, x, top - line.ascent)
            top -= line.height
        middle = y - (row.height - (len(row.texts) - 1) * self._pitch) / 2
        for bar, text, pattern in zip(row.group.bars, row.texts, self._patterns, strict=False):
            if bar.value is not None:
                high = self._pitch * _BAR
                wide = self._at(bar.value) - self._left
                filled(ink, (x + self._left, middle - high / 2, wide, high), pattern)
            base = middle - self._size * _DIGIT_EM / 2
            ink.line(text, x + self._width - text.width, base)
            middle -= self._pitch
