"""Signature blocks: one signer after another, each block whole."""

from __future__ import annotations

from ita_desktop.documents.blocks import Align, SignatureChain, Signer
from ita_desktop.documents.pdf.fonts import Style, piece

from .package import fit
from .table import cell, frame, row
from .text import Shape, plain
from .xml import Element, Room, filler, keep_with_next

_PT_MM = 25.4 / 72
_OPINION_LINES = 2
_WIDE_MM = 560 * _PT_MM
"""From this text width on (A4 landscape) two signers stand beside each other."""
_NAME_DOTS_EM = 8.5
_LEAST_DOTS_EM = 4.0
_ROOM_FOR_NAME = 0.68
"""Share of its half page that a signer's first line takes: another font may set it wider."""
_ROOM_FOR_DOTS = 0.85
"""A line of full stops ends a little early: another font may set them wider."""


def signatures(room: Room, chain: SignatureChain) -> None:
    """Put a chain of signers into the room; nobody signs an otherwise empty page."""
    if not chain.signers:
        return
    if room.elements and room.elements[-1].tag.endswith("}p") and not room.page_break:
        keep_with_next(room.elements[-1])
    half = room.width / 2
    made = frame([half, half], ruled=False, padding=0.0)
    beside = room.width >= _WIDE_MM and not any(signer.opinion for signer in chain.signers)
    if beside and len(chain.signers) > 1:
        for at in range(0, len(chain.signers), 2):
            pair = [_block(room, signer, chain) for signer in chain.signers[at : at + 2]]
            cells = [cell(inner) for inner in pair]
            cells += [cell(room.inner(half))] * (len(pair) == 1)
            last = at + 2 >= len(chain.signers)
            made.append(_tied(row(*cells, whole=True), tie=not last))
    else:
        for index, signer in enumerate(chain.signers):
            if signer.opinion:
                opinion = cell(_opinion(room, signer.opinion), span=2)
                made.append(_tied(row(opinion, whole=True), tie=True))
            cells = [cell(room.inner(half)), cell(_block(room, signer, chain))]
            tie = index == len(chain.signers) - 2
            made.append(_tied(row(*cells, whole=True), tie=tie))
    room.add(made)
    room.add(filler())


def _tied(line: Element, *, tie: bool) -> Element:
    if tie:
        for found in line.iter("{*}p"):
            keep_with_next(found)
    return line


def _block(room: Room, signer: Signer, chain: SignatureChain) -> Room:
    """One signer's lines in a cell of their own."""
    inner = room.inner(room.width / 2)
    plain(inner, "", Shape(before=0.0 if signer.opinion else room.size * 0.6))  # for the pen
    for text in _texts(room, signer, chain):
        plain(inner, text, Shape(Align.CENTER))
    return inner


def _texts(room: Room, signer: Signer, chain: SignatureChain) -> list[str]:
    words = piece(f"ลงชื่อ{fit(signer.role)}", Style(room.font, room.size)).width
    left = room.width / 2 / _PT_MM * _ROOM_FOR_NAME - words
    dots = _dots(room, max(_LEAST_DOTS_EM, min(_NAME_DOTS_EM, left / room.size)))
    date = f"วันที่{_dots(room, 1.6)}/{_dots(room, 3.2)}/{_dots(room, 2.2)}"
    return chain.lines(signer, dots, signer.name or dots, date)


def _opinion(room: Room, text: str) -> Room:
    inner = room.inner(room.width)
    plain(inner, text, Shape(before=room.size * 0.6))
    dots = _dots(room, room.width * _ROOM_FOR_DOTS / _PT_MM / room.size)
    for _line in range(_OPINION_LINES):
        plain(inner, dots)
    return inner


def _dots(room: Room, ems: float) -> str:
    """Full stops that fill a length of so many ems."""
    own = piece("." * 50, Style(room.font, room.size)).width / 50
    return "." * max(3, int(ems * room.size / own - 0.01))
