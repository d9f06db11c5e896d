"""A cover that fills a page. Lengths are points."""

from __future__ import annotations

from ita_desktop.documents.blocks import Align, Cover, Paragraph, Run

from .flow import Sheets, Strip
from .lines import MM, Line, Setting, lines_of

_TITLE_GAP = 0.05
"""Between seal and title, as a share of the page's height."""
_MIDDLE = 0.62
"""Where the middle of the middle text stands, from the top, as a share of the page's height."""
_BETWEEN_EM = 1.0
"""Least distance between two texts."""
_SMALLEST = 0.3


def cover_strip(cover: Cover, font: str, width: float, height: float) -> Strip:
    """A cover as one strip as high as the page; its type is made smaller until all fits."""
    scale = 1.0
    while True:
        texts = _texts(cover, font, width, scale)
        seal = max(0.0, cover.seal_mm) * MM * scale
        gap = min(cover.title_pt, cover.text_pt) * scale * _BETWEEN_EM
        needed = seal + height * _TITLE_GAP + 2 * gap + sum(map(_height, texts))
        if needed <= height or scale <= _SMALLEST:
            break
        scale -= 0.05
    title, middle, foot = texts
    title_top = seal + height * _TITLE_GAP
    foot_top = height - _height(foot)
    middle_top = height * _MIDDLE - _height(middle) / 2
    middle_top = min(middle_top, foot_top - gap - _height(middle))
    middle_top = max(middle_top, title_top + _height(title) + gap)

    def paint(sheets: Sheets, x: float, y: float) -> None:
        sheets.clear()
        if cover.seal and seal:
            sheets.picture(cover.seal, x, y, seal, width)
        for lines, top in ((title, title_top), (middle, middle_top), (foot, foot_top)):
            base = y - top
            for line in lines:
                sheets.ink.line(line, x, base - line.ascent)
                base -= line.height

    return Strip(height, paint, words=title[0].text if title else "")


def _texts(cover: Cover, font: str, width: float, scale: float) -> list[list[Line]]:
    sizes = (cover.title_pt, cover.text_pt, cover.text_pt)
    return [
        lines_of(
            Paragraph((Run(text),)), Setting(font, size * scale, Align.CENTER, bold=True), width
        )
        if text.strip()
        else []
        for text, size in zip((cover.title, cover.middle, cover.foot), sizes, strict=True)
    ]


def _height(lines: list[Line]) -> float:
    return sum(line.height for line in lines)
