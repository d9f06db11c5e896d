"""What charts share: fillings told apart in black and white, legends, single lines of text.

Lengths are points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ita_desktop.documents.blocks import Align, Paragraph, Run

from .drawing import Area, crossed, frame, hatched
from .flow import Sheets, Strip
from .ink import Ink
from .lines import Line, Setting, lines_of

Pattern = Callable[[Ink, Area], None]
"""Fills an area of the page."""

GRID_GRAY = 0.75
"""Lines of a scale: there when looked for."""
ENDLESS = 1e5
"""A width no text fills."""


def _plain(_ink: Ink, _area: Area) -> None:
    """White: the outline alone."""


def _dark(ink: Ink, area: Area) -> None:
    ink.fill(*area, 0.3)


def _striped(ink: Ink, area: Area) -> None:
    hatched(ink, area, 3.2)


def _crossed(ink: Ink, area: Area) -> None:
    crossed(ink, area, 5.0)


SERIES: tuple[Pattern, ...] = (_crossed, _plain, _striped, _dark)
"""Fillings of the series of a bar chart, counted from the last."""
PARTS: tuple[Pattern, ...] = (_dark, _plain, _striped, _crossed)
"""Fillings of the parts of a whole, counted from the first."""


def text_lines(
    text: str,
    font: str,
    size: float,
    width: float,
    align: Align = Align.LEFT,
    *,
    bold: bool = False,
) -> list[Line]:
    """A text of a chart, broken for a column."""
    setting = Setting(font, size, align, bold=bold)
    return lines_of(Paragraph((Run(text),)), setting, max(width, 1.0))


def one_line(text: str, font: str, size: float) -> Line:
    """The text on one line, whatever its length."""
    return text_lines(text.replace("\n", " "), font, size, ENDLESS)[0]


def filled(ink: Ink, area: Area, pattern: Pattern) -> None:
    """A bar: its filling and its outline."""
    pattern(ink, area)
    frame(ink, *area)


_Entry = tuple[float, Line, Pattern | None]
"""Where a text of the legend stands, and the filling it explains; None where it goes on."""


def legend(
    entries: list[tuple[str, Pattern]], font: str, size: float, width: float
) -> Iterator[Strip]:
    """Each filling with its text, as many on a line as there is room for."""
    swatch = size * 1.3
    shift = swatch + size * 0.4
    row: list[_Entry] = []
    x = 0.0
    for text, pattern in entries:
        lines = text_lines(text, font, size, width - shift)
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
                filled(sheets.ink, (x + shift, base - size * 0.05, swatch, size * 0.5), pattern)
            sheets.ink.line(line, x + shift + swatch + size * 0.4, base)

    return Strip(row[0][1].height, paint, words=row[0][1].text)
