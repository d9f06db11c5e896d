"""Charts: bars that are told apart in black and white, with labels that cannot meet.

Labels stand at the left, figures in a column of their own at the right, so neither depends on how
long a bar is. Lengths are points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ita_desktop.documents.blocks import (
    Align,
    BarChart,
    BarGroup,
    Paragraph,
    Run,
    Share,
    ShareChart,
)

from .drawing import Area, crossed, dashed, frame, hatched, stroke
from .flow import Sheets, Strip
from .ink import Ink
from .lines import Line, Setting, line_height, lines_of
from .text import text_strips

Pattern = Callable[[Ink, Area], None]

_WIDEST_LABEL = 0.36
"""No label takes more than this share of the width before it goes on in a second line."""
_PITCH = 0.8
"""From one figure to the next below it, times the height of a line: figures have no marks."""
_BAR = 0.72
"""Thickness of a bar, times that pitch."""
_GAP_EM = 0.4
_DIGIT_EM = 0.4
"""Height of a digit, in ems: figures stand in the middle of their bars."""
_SMALLEST = 9.0
"""Type size a chart that is taller than the page is not set below."""
_GRID_GRAY = 0.75


def _plain(_ink: Ink, _area: Area) -> None:
    """White: the outline alone."""


def _dark(ink: Ink, area: Area) -> None:
    ink.fill(*area, 0.3)


def _striped(ink: Ink, area: Area) -> None:
    hatched(ink, area, 3.2)


def _crossed(ink: Ink, area: Area) -> None:
    crossed(ink, area, 5.0)


_SERIES: tuple[Pattern, ...] = (_crossed, _plain, _striped, _dark)
"""Fillings of the series of a bar chart, counted from the last."""
_PARTS: tuple[Pattern, ...] = (_dark, _plain, _striped, _crossed)
"""Fillings of the parts of a whole, counted from the first."""


def chart_strips(
    chart: BarChart | ShareChart, font: str, size: float, width: float, limit: float = 1e9
) -> list[Strip]:
    """A chart as strips that stay on one page.

    One higher than ``limit``, the height of a page, is set in smaller type.
    """
    own = chart.size_pt or size
    strips = _strips(chart, font, own, width)
    while sum(strip.height for strip in strips) > limit and own - 1 >= _SMALLEST:
        own -= 1
        strips = _strips(chart, font, own, width)
    if chart.space_after_pt > 0:
        strips.append(Strip(chart.space_after_pt))
    return strips


def _strips(chart: BarChart | ShareChart, font: str, size: float, width: float) -> list[Strip]:
    strips: list[Strip] = []
    if chart.title:
        strips += text_strips(_lines(chart.title, font, size, width, Align.CENTER, bold=True))
    if isinstance(chart, BarChart):
        strips += _Bars(chart, font, size, width).strips()
    else:
        strips += _parts(chart, font, size, width)
    for strip in strips:
        strip.keep_next = strip is not strips[-1]
    return strips


def _lines(
    text: str,
    font: str,
    size: float,
    width: float,
    align: Align = Align.LEFT,
    *,
    bold: bool = False,
) -> list[Line]:
    setting = Setting(font, size, align, bold=bold)
    return lines_of(Paragraph((Run(text),)), setting, max(width, 1.0))


_ENDLESS = 1e5


def _line(text: str, font: str, size: float) -> Line:
    """The text on one line, whatever its length."""
    return _lines(text.replace("\n", " "), font, size, _ENDLESS)[0]


def _filled(ink: Ink, area: Area, pattern: Pattern) -> None:
    """A bar: its filling and its outline."""
    pattern(ink, area)
    frame(ink, *area)


# --- bars ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Row:
    """A group laid out: the lines of its label, and its figures."""

    group: BarGroup
    label: list[Line]
    texts: list[Line]
    height: float


class _Bars:
    """One bar chart: where its columns stand, and the strips it is drawn as."""

    def __init__(self, chart: BarChart, font: str, size: float, width: float) -> None:
        self._chart, self._font, self._size, self._width = chart, font, size, width
        self._gap = size * _GAP_EM
        self._pitch = line_height(font, size)[1] * _PITCH
        widest = max((_line(g.label, font, size).width for g in chart.groups), default=0.0)
        self._label_width = min(widest + 0.5, width * _WIDEST_LABEL)
        self._rows = [self._row(group) for group in chart.groups]
        figures = max((t.width for row in self._rows for t in row.texts), default=0.0)
        self._left = self._label_width + self._gap
        self._plot = max(width - self._left - self._gap - figures, 1.0)
        count = len(chart.series)
        self._patterns = [_SERIES[(index - count) % len(_SERIES)] for index in range(count)]

    def _row(self, group: BarGroup) -> _Row:
        label = _lines(group.label, self._font, self._size, self._label_width)
        texts = [_line(bar.text, self._font, self._size) for bar in group.bars]
        high = max(sum(line.height for line in label), len(texts) * self._pitch)
        return _Row(group, label, texts, high + self._gap)

    def _at(self, value: float) -> float:
        """Where a value stands, from the chart's left edge."""
        share = value / self._chart.most if self._chart.most > 0 else 0.0
        return self._left + self._plot * min(max(share, 0.0), 1.0)

    def strips(self) -> Iterator[Strip]:
        """Legend, mark, groups, scale."""
        yield from _legend(
            list(zip(self._chart.series, self._patterns, strict=True)),
            self._font,
            self._size,
            self._width,
        )
        if self._chart.mark:
            yield self._scale([self._chart.mark])
        for index, row in enumerate(self._rows):
            yield self._group(row, last=index == len(self._rows) - 1)
        if self._chart.ticks:
            yield self._scale(list(self._chart.ticks))

    def _scale(self, ticks: list[tuple[float, str]]) -> Strip:
        """Texts centred on their places; one that would touch the one before it is left out."""
        placed: list[tuple[float, Line]] = []
        edge = -_ENDLESS
        for value, text in ticks:
            line = _line(text, self._font, self._size)
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
                stroke(ink, (at, y, at, y - row.height), 0.4, _GRID_GRAY)
            self._bars(row, ink, x, y)
            if self._chart.mark:
                dashed(ink, x + self._at(self._chart.mark[0]), y, y - row.height)
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
                _filled(ink, (x + self._left, middle - high / 2, wide, high), pattern)
            base = middle - self._size * _DIGIT_EM / 2
            ink.line(text, x + self._width - text.width, base)
            middle -= self._pitch


# --- parts of a whole ----------------------------------------------------------------------------


def _parts(chart: ShareChart, font: str, size: float, width: float) -> Iterator[Strip]:
    patterns = [_PARTS[index % len(_PARTS)] for index in range(len(chart.shares))]
    yield _whole(chart.shares, patterns, font, size, width)
    texts = [f"{share.label} {share.text}" for share in chart.shares]
    for text, pattern in zip(texts, patterns, strict=True):
        yield from _legend([(text, pattern)], font, size, width)


def _whole(
    shares: tuple[Share, ...], patterns: list[Pattern], font: str, size: float, width: float
) -> Strip:
    """The bar, and over each part its short text where the part is wide enough for it."""
    values = [max(share.value, 0.0) for share in shares]
    total = sum(values)
    shorts = [_line(share.short, font, size) for share in shares]
    line = line_height(font, size)[1]
    thick = line * 1.2

    def paint(sheets: Sheets, x: float, y: float) -> None:
        low, at = y - line - thick, x
        for value, pattern, short in zip(values, patterns, shorts, strict=True):
            wide = width * value / total if total > 0 else 0.0
            if wide > 0:
                _filled(sheets.ink, (at, low, wide, thick), pattern)
            if short.width + size * 0.3 <= wide:
                sheets.ink.line(short, at + (wide - short.width) / 2, y - short.ascent)
            at += wide
        frame(sheets.ink, x, low, width, thick)

    return Strip(line + thick + size * _GAP_EM, paint)


_Entry = tuple[float, Line, Pattern | None]
"""Where a text of the legend stands, and the filling it explains; None where it goes on."""


def _legend(
    entries: list[tuple[str, Pattern]], font: str, size: float, width: float
) -> Iterator[Strip]:
    """Each filling with its text, as many on a line as there is room for."""
    swatch = size * 1.3
    shift = swatch + size * 0.4
    row: list[_Entry] = []
    x = 0.0
    for text, pattern in entries:
        lines = _lines(text, font, size, width - shift)
        wide = shift + max(line.width for line in lines) + size * 1.5
        if row and (x + wide > width or len(lines) > 1):
            yield _legend_row(row, swatch, size)
            row, x = [], 0.0
        row.append((x, lines[0], pattern))
        x += wide
        for line in lines[1:]:
            yield _legend_row(row, swatch, size)
            row = [(0.0, line, None)]
            x = width
    if row:
        yield _legend_row(row, swatch, size)


def _legend_row(row: list[tuple[float, Line, Pattern | None]], swatch: float, size: float) -> Strip:
    def paint(sheets: Sheets, x: float, y: float) -> None:
        for shift, line, pattern in row:
            base = y - line.ascent
            if pattern is not None:
                _filled(sheets.ink, (x + shift, base - size * 0.05, swatch, size * 0.5), pattern)
            sheets.ink.line(line, x + shift + swatch + size * 0.4, base)

    return Strip(row[0][1].height, paint, words=row[0][1].text)
