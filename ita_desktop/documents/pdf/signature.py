"""Signature blocks: one signer after another, each block whole. Lengths are points."""

from __future__ import annotations

from ita_desktop.documents.blocks import Align, Paragraph, Run, SignatureChain, Signer

from .flow import Sheets, Strip
from .fonts import Style, piece
from .lines import Line, Setting, line_height, lines_of
from .text import line_strip

_OPINION_LINES = 2
_NAME_DOTS_EM = 8.5
"""Length of the dotted line a signer writes on, in ems."""


def signature_strips(chain: SignatureChain, font: str, size: float, width: float) -> list[Strip]:
    """A chain of signers as strips; a signer's block is never parted.

    The last two stay on one page where it can hold them: nobody signs an otherwise empty page.
    """
    strips: list[Strip] = []
    for index, signer in enumerate(chain.signers):
        block = _block(signer, chain.date_line, font, size, width)
        for strip in block[:-1]:
            strip.keep_next = True
        block[-1].keep_next = block[-1].weak = index == len(chain.signers) - 2
        strips += block
    return strips


def _block(signer: Signer, date_line: bool, font: str, size: float, width: float) -> list[Strip]:
    line = line_height(font, size)[1]
    strips = [Strip(line * 0.6)]
    if signer.opinion:
        strips += _opinion(signer.opinion, font, size, width)
    strips.append(_empty(line))  # room for the pen
    half = width / 2
    texts = [
        _sign_here(signer.role, font, size),
        f"({signer.name or _dots(_NAME_DOTS_EM, font, size)})",
    ]
    texts += [text for text in (signer.position, signer.acting) if text.strip()]
    if date_line:
        texts.append(_date(font, size))
    setting = Setting(font, size, Align.CENTER)
    for text in texts:
        for made in lines_of(Paragraph((Run(text),)), setting, half):
            strips.append(_shifted(made, half))
    return strips


def _opinion(text: str, font: str, size: float, width: float) -> list[Strip]:
    setting = Setting(font, size, Align.LEFT)
    strips = [line_strip(made) for made in lines_of(Paragraph((Run(text),)), setting, width)]
    dots = _dots(width / size, font, size)
    for _ in range(_OPINION_LINES):
        strips += [line_strip(made) for made in lines_of(Paragraph((Run(dots),)), setting, width)]
    return strips


def _dots(ems: float, font: str, size: float) -> str:
    """Full stops that fill a length of so many ems."""
    own = piece("." * 50, Style(font, size)).width / 50
    return "." * max(3, int(ems * size / own - 0.01))


def _sign_here(role: str, font: str, size: float) -> str:
    return f"ลงชื่อ{_dots(_NAME_DOTS_EM, font, size)}{role}"


def _date(font: str, size: float) -> str:
    day, month = _dots(1.6, font, size), _dots(3.2, font, size)
    return f"วันที่{day}/{month}/{_dots(2.2, font, size)}"


def _shifted(line: Line, by: float) -> Strip:
    """The line as a strip, in the right half of the page."""
    strip = line_strip(line)
    inner = strip.paint

    def paint(sheets: Sheets, x: float, y: float) -> None:
        if inner is not None:
            inner(sheets, x + by, y)

    strip.paint = paint
    return strip


def _empty(height: float) -> Strip:
    """Height that stays even at the top of a page."""

    def paint(_sheets: Sheets, _x: float, _y: float) -> None:
        """Nothing to see: the pen writes here."""

    return Strip(height, paint)
