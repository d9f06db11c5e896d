"""Signature blocks: one signer after another, each block whole. Lengths are points."""

from __future__ import annotations

from ita_desktop.documents.blocks import Align, Paragraph, Run, SignatureChain, Signer

from .flow import Sheets, Strip
from .fonts import Style, piece
from .lines import Line, Setting, line_height, lines_of
from .text import line_strip

_OPINION_LINES = 2
_WIDE = 560.0
"""From this text width on (A4 landscape) two signers stand beside each other."""
_NAME_DOTS_EM = 8.5
"""Length of the dotted line a signer writes on, in ems."""


def signature_strips(chain: SignatureChain, font: str, size: float, width: float) -> list[Strip]:
    """A chain of signers as strips; a signer's block is never parted.

    Signers stand below each other in the right half; on a page wide enough, two beside each other,
    so that a chain does not fill a page of its own. The last two stay on one page where it can
    hold them: nobody signs an otherwise empty page. Only where that would leave much of the page
    before empty, and the last signer's opinion stands over the name, does the last go over alone.
    """
    beside = width >= _WIDE and not any(signer.opinion for signer in chain.signers)
    if beside and len(chain.signers) > 1:
        return _pairs(chain, font, size, width)
    strips: list[Strip] = []
    signers = chain.signers
    for index, signer in enumerate(signers):
        block = _block(chain, signer, font, size, width)
        for strip in block[:-1]:
            strip.keep_next = True
        if index == len(signers) - 2:
            block[-1].keep_next = block[-1].weak = True
            block[-1].yields = bool(signers[index + 1].opinion)
        strips += block
    return strips


def _pairs(chain: SignatureChain, font: str, size: float, width: float) -> list[Strip]:
    """Two signers a row, read row by row; all rows on one page where little is wasted."""
    rows: list[Strip] = []
    for at in range(0, len(chain.signers), 2):
        blocks = [
            _block(chain, signer, font, size, width, left=side * width / 2)
            for side, signer in enumerate(chain.signers[at : at + 2])
        ]
        rows.append(_beside(blocks))
    for number, strip in enumerate(rows[:-1], start=1):
        strip.keep_next = strip.weak = True
        strip.yields = len(chain.signers) - 2 * number >= 2  # two keep each other company
    return rows


def _beside(blocks: list[list[Strip]]) -> Strip:
    """Blocks beside each other as one strip, painted one after another as they are read."""

    def paint(sheets: Sheets, x: float, y: float) -> None:
        for block in blocks:
            top = y
            for strip in block:
                if strip.paint is not None:
                    strip.paint(sheets, x, top)
                top -= strip.height

    height = max(sum(strip.height for strip in block) for block in blocks)
    return Strip(height, paint, words=next(s.words for s in blocks[0] if s.words))


def _block(
    chain: SignatureChain,
    signer: Signer,
    font: str,
    size: float,
    width: float,
    *,
    left: float | None = None,
) -> list[Strip]:
    """One signer's lines, centred in the half page that begins at ``left`` (None: the right)."""
    line = line_height(font, size)[1]
    half = width / 2
    strips = [Strip(line * 0.6)]
    if signer.opinion:
        strips += _opinion(signer.opinion, font, size, width)
    strips.append(_empty(line))  # room for the pen
    setting = Setting(font, size, Align.CENTER)
    for text in _texts(chain, signer, font, size):
        for made in lines_of(Paragraph((Run(text),)), setting, half):
            strips.append(_shifted(made, half if left is None else left))
    return strips


def _texts(chain: SignatureChain, signer: Signer, font: str, size: float) -> list[str]:
    """What stands in a signer's block, line by line."""
    dots = _dots(_NAME_DOTS_EM, font, size)
    return chain.lines(signer, dots, signer.name or dots, _date(font, size))


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
