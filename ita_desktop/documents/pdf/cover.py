"""A cover that fills its page. Lengths are points."""

from __future__ import annotations

from ita_desktop.documents.blocks import Align, Cover, Paragraph, Run

from .flow import Sheets, Strip
from .lines import MM, Line, Setting, lines_of
from .pictures import pixels, print_ready

_TITLE_AT, _MIDDLE_AT = 0.28, 0.6
"""Where title and middle begin at the earliest, as shares of the page's height from the top."""


def cover_strips(cover: Cover, font: str, width: float, height: float) -> list[Strip]:
    """A cover as one strip as high as the text of a page."""
    title = _lines(cover.title, font, cover.title_pt, width)
    middle = _lines(cover.middle, font, cover.text_pt, width)
    foot = _lines(cover.foot, font, cover.text_pt, width)
    seal = max(0.0, cover.seal_mm) * MM

    def paint(sheets: Sheets, x: float, y: float) -> None:
        if cover.seal and (size := pixels(cover.seal)):
            wide = seal * size[0] / size[1]
            left = x + (width - wide) / 2
            sheets.picture(print_ready(cover.seal, round(wide)), left, y, seal)
        below = _set(sheets, title, x, min(y - seal - 12, y - height * _TITLE_AT))
        _set(sheets, middle, x, min(below - 24, y - height * _MIDDLE_AT))
        _set(sheets, foot, x, y - height + sum(line.height for line in foot))

    return [Strip(height - 0.5, paint, words=cover.title.partition("\n")[0])]


def _lines(text: str, font: str, size: float, width: float) -> list[Line]:
    setting = Setting(font, size, Align.CENTER, bold=True)
    kept = "\n".join(line.strip() for line in text.splitlines() if line.strip())
    return lines_of(Paragraph((Run(kept),)), setting, width) if kept else []


def _set(sheets: Sheets, lines: list[Line], x: float, top: float) -> float:
    for line in lines:
        sheets.ink.line(line, x, top - line.ascent)
        top -= line.height
    return top
