"""Pictures in the flow of the text, in cells and beside each other."""

from __future__ import annotations

import io
import struct

from docx.image.exceptions import (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
)
from docx.oxml.shape import CT_Inline
from docx.shared import Mm

from ita_desktop.documents.blocks import Picture

from .package import one_line
from .text import Shape, family, plain, run_properties, shaped
from .xml import Element, Room, element

_UNREADABLE = (
    *(InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError),
    *(struct.error, KeyError, IndexError, ValueError, ZeroDivisionError),
)


def picture(room: Room, block: Picture, height_mm: float | None = None) -> None:
    """Put a picture and its caption into the room; one that cannot be read leaves its caption."""
    most = block.height_mm if height_mm is None else min(height_mm, block.height_mm)
    wide = min(block.width_mm or room.width, room.width)
    run = picture_run(room, block.data, wide, most, block.alt or block.caption)
    if run is not None:
        shape = Shape(block.align, keep_next=bool(block.caption))
        room.add(shaped(shape, room.font, room.size, run))
    if block.caption:
        plain(room, block.caption, Shape(block.align, after=4.0))


def picture_run(
    room: Room, data: bytes, width_mm: float, height_mm: float, alt: str
) -> Element | None:
    """A run that shows the picture within these bounds; None where it cannot be read."""
    try:
        relation, image = room.shared.part.get_or_add_image(io.BytesIO(data))
        wide, high = image.px_width, image.px_height
    except _UNREADABLE:
        return None
    if wide <= 0 or high <= 0:
        return None
    scale = min(width_mm / wide, height_mm / high)
    room.shared.pictures += 1
    number = room.shared.pictures
    inline = CT_Inline.new_pic_inline(
        number, relation, f"picture{number}", Mm(wide * scale), Mm(high * scale)
    )
    inline.docPr.set("descr", one_line(alt))
    properties = run_properties(family(room.font), room.size)
    return element("w:r", properties, element("w:drawing", inline))
