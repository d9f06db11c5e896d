"""The head of a memo: emblem and title, labelled lines on dots, addressee. Lengths are points."""

from __future__ import annotations

from typing import NamedTuple

from ita_desktop.documents.blocks import Align, MemoHead, Paragraph, Run

from .drawing import dotted
from .flow import Sheets, Strip
from .fonts import Style, piece
from .lines import MM, Line, Setting, line_height, lines_of
from .text import spaced, text_strips

_DOTS_BELOW_EM = 0.17
"""How far under the base line the dots stand, in ems of the content."""
_DATE_FROM = 0.5
"""Where "วันที่" begins, as a share of the width."""


class Field(NamedTuple):
    """A label and its content beside it, for a line of dots from ``x`` to ``end``."""

    x: float
    end: float
    label: Line
    content: list[Line]


def memo_strips(head: MemoHead, font: str, size: float, width: float) -> list[Strip]:
    """A memo's head as strips."""
    strips = [_title(head, font, width)]
    middle = width * _DATE_FROM
    rows = [
        [_field("ส่วนราชการ", head.division, (0.0, width), head, (font, size))],
        [
            _field("ที่", head.number, (0.0, middle - size * 0.3), head, (font, size)),
            _field("วันที่", head.date, (middle, width), head, (font, size)),
        ],
        [_field("เรื่อง", head.subject, (0.0, width), head, (font, size))],
    ]
    for row in rows:
        strips += _row(row, size)
    strips += _addressed("เรียน", (head.to,), font, size, width)
    if head.attachments:
        strips += _addressed("สิ่งที่ส่งมาด้วย", head.attachments, font, size, width)
    for strip in strips:
        strip.keep_next = True
    return [*strips, Strip(size * 0.3, keep_next=True)]


def _title(head: MemoHead, font: str, width: float) -> Strip:
    setting = Setting(font, head.title_pt, Align.CENTER, bold=True)
    lines = lines_of(Paragraph((Run(head.title),)), setting, width)
    emblem = max(0.0, head.emblem_mm) * MM
    height = max(emblem, sum(line.height for line in lines))

    def paint(sheets: Sheets, x: float, y: float) -> None:
        if head.emblem and emblem:
            sheets.picture(head.emblem, x, y, emblem)
        base = y - height + sum(line.height for line in lines)
        for line in lines:  # the title stands at the foot of the emblem
            sheets.ink.line(line, x, base - line.ascent)
            base -= line.height

    return Strip(height, paint, words=head.title)


def _field(
    label: str, text: str, ends: tuple[float, float], head: MemoHead, type_: tuple[str, float]
) -> Field:
    font, size = type_
    bold = Setting(font, head.label_pt, Align.LEFT, bold=True)
    made = lines_of(Paragraph((Run(label),)), bold, ends[1] - ends[0])[0]
    room = ends[1] - ends[0] - made.width - size * 0.5
    content = lines_of(Paragraph((Run(text),)), Setting(font, size, Align.LEFT), max(room, size))
    return Field(*ends, made, content)


def _row(fields: list[Field], size: float) -> list[Strip]:
    """Fields side by side; further lines of a long content stand under its first."""
    count = max(len(found.content) for found in fields)
    return [_field_strip(fields, number, size) for number in range(count)]


def _field_strip(fields: list[Field], number: int, size: float) -> Strip:
    first = fields[0].label if number == 0 else fields[0].content[0]

    def paint(sheets: Sheets, x: float, y: float) -> None:
        base = y - first.ascent
        for found in fields:
            if number >= len(found.content):
                continue
            if number == 0:
                sheets.ink.line(found.label, x + found.x, base)
            start = x + found.x + found.label.width + size * 0.2
            dotted(sheets.ink, start, x + found.end, base - _DOTS_BELOW_EM * size)
            sheets.ink.line(found.content[number], start + size * 0.3, base)

    return Strip(first.height, paint, words=first.text)


def _addressed(
    label: str, texts: tuple[str, ...], font: str, size: float, width: float
) -> list[Strip]:
    """A label with one or more texts hanging beside it; several are numbered by who wrote them."""
    hang = piece(label, Style(font, size)).width + size * 0.6
    strips: list[Strip] = []
    for index, text in enumerate(texts):
        setting = (
            Setting(font, size, Align.LEFT, label=label, hang=hang)
            if index == 0
            else Setting(font, size, Align.LEFT, left_indent=hang)
        )
        strips += text_strips(lines_of(Paragraph((Run(text),)), setting, width))
    return spaced(strips, line_height(font, size)[1] * 0.35, 0.0)
