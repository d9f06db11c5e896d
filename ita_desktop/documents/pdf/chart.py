"""Charts: bars of indicators, parts of a whole. Lengths are points."""

from __future__ import annotations

from collections.abc import Iterator

from ita_desktop.documents.blocks import Align, BarChart, Share, ShareChart

from .bars import bar_strips
from .drawing import frame
from .flow import Sheets, Strip
from .lines import line_height
from .swatches import PARTS, Pattern, filled, legend, one_line, text_lines
from .text import text_strips

_SMALLEST = 9.0
"""Type size a chart that is taller than the page is not set below."""
_GAP_EM = 0.4


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
        strips += text_strips(text_lines(chart.title, font, size, width, Align.CENTER, bold=True))
    if isinstance(chart, BarChart):
        strips += bar_strips(chart, font, size, width)
    else:
        strips += _parts(chart, font, size, width)
    for strip in strips:
        strip.keep_next = strip is not strips[-1]
    return strips


def _parts(chart: ShareChart, font: str, size: float, width: float) -> Iterator[Strip]:
    patterns = [PARTS[index % len(PARTS)] for index in range(len(chart.shares))]
    yield _whole(chart.shares, patterns, font, size, width)
    texts = [f"{share.label} {share.text}" for share in chart.shares]
    for text, pattern in zip(texts, patterns, strict=True):
        yield from legend([(text, pattern)], font, size, width)


def _whole(
    shares: tuple[Share, ...], patterns: list[Pattern], font: str, size: float, width: float
) -> Strip:
    """The bar, and over each part its short text where the part is wide enough for it."""
    values = [max(share.value, 0.0) for share in shares]
    total = sum(values)
    shorts = [one_line(share.short, font, size) for share in shares]
    line = line_height(font, size)[1]
    thick = line * 1.2

    def paint(sheets: Sheets, x: float, y: float) -> None:
        low, at = y - line - thick, x
        for value, pattern, short in zip(values, patterns, shorts, strict=True):
            wide = width * value / total if total > 0 else 0.0
            if wide > 0:
                filled(sheets.ink, (at, low, wide, thick), pattern)
            if short.width + size * 0.3 <= wide:
                sheets.ink.line(short, at + (wide - short.width) / 2, y - short.ascent)
            at += wide
        frame(sheets.ink, x, low, width, thick)

    return Strip(line + thick + size * _GAP_EM, paint)
