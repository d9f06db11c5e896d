"""Blocks of running text become strips: paragraphs, headings, status boxes, gaps."""

from __future__ import annotations

from ita_desktop.documents.blocks import (
    Align,
    Heading,
    Paragraph,
    Run,
    StatusBoxes,
)

from .flow import Sheets, Strip
from .lines import MM, Line, Setting, lines_of, setting_of
from .links import with_links

TICKED, EMPTY = "☑", "☐"
_BOX_HANG_EM = 0.95
"""Room for a status box before its text, in ems."""


def line_strip(line: Line) -> Strip:
    """A line of text as a strip."""

    def paint(sheets: Sheets, x: float, y: float) -> None:
        sheets.ink.line(line, x, y - line.ascent)

    return Strip(line.height, paint, words=line.text)


def text_strips(lines: list[Line], keep_next: bool = False) -> list[Strip]:
    """Lines as strips; the first two and the last two stay together."""
    strips = [line_strip(line) for line in lines]
    for index, strip in enumerate(strips):
        strip.keep_next = index in (0, len(strips) - 2) and index < len(strips) - 1
    if strips:
        strips[-1].keep_next = keep_next
    return strips


def spaced(strips: list[Strip], before: float, after: float) -> list[Strip]:
    """Strips with gaps before and after, which belong to them."""
    if before > 0:
        strips = [Strip(before, keep_next=True), *strips]
    if after > 0:
        strips = [*strips, Strip(after, keep_next=strips[-1].keep_next if strips else False)]
    return strips


def paragraph_strips(paragraph: Paragraph, font: str, size: float, width: float) -> list[Strip]:
    """A paragraph of running text."""
    lines = lines_of(with_links(paragraph), setting_of(paragraph, font, size), width)
    strips = text_strips(lines, paragraph.keep_with_next)
    return spaced(strips, paragraph.space_before_pt, paragraph.space_after_pt)


HEADING_SIZE = {1: 1.25, 2: 1.125, 3: 1.0}
"""Size of a heading by its level, times the body size."""


def heading_lines(heading: Heading, font: str, size: float, width: float) -> list[Line]:
    """The lines of a heading: bold, larger the higher its level."""
    own = heading.size_pt or size * HEADING_SIZE.get(heading.level, 1.0)
    indent = heading.first_indent_mm * MM
    setting = Setting(font, own, heading.align, first_indent=indent, bold=True)
    return lines_of(Paragraph((Run(heading.text),)), setting, width)


def box_lines(boxes: StatusBoxes, font: str, size: float, width: float) -> list[Line]:
    """Status boxes, one option a line, the text beside its box."""
    made: list[Line] = []
    for index, option in enumerate(boxes.options):
        label = TICKED if index == boxes.ticked else EMPTY
        setting = Setting(
            font, size, Align.LEFT, label=label, hang=min(size * _BOX_HANG_EM, width * 0.4)
        )
        made += lines_of(Paragraph((Run(option),)), setting, width)
    return made
