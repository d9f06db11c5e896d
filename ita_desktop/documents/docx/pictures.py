"""Pictures in a Word file."""

from __future__ import annotations

import io
from typing import Any

from docx.shared import Mm, Pt
from PIL import Image, ImageOps

from ita_desktop.documents.blocks import Align, Paragraph, Picture, Run

from .text import kept, write_paragraph, write_run


def upright(data: bytes) -> tuple[bytes, float] | None:
    """The picture turned upright, and its height as a share of its width; None when unreadable."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            turned = image.getexif().get(0x0112, 1) != 1
            if turned:
                out = io.BytesIO()
                made = ImageOps.exif_transpose(image)
                made.convert("RGB").save(out, "JPEG", quality=90)
                return out.getvalue(), made.height / made.width
            if image.format not in ("JPEG", "PNG"):
                return None
            return data, image.height / image.width
    except (OSError, ValueError, SyntaxError, ZeroDivisionError, Image.DecompressionBombError):
        return None


def write_picture(paragraph: Any, picture: Picture, font: str, size: float, room_mm: float) -> None:
    """A picture in an empty paragraph, its caption under it in the same paragraph."""
    write_paragraph(paragraph, Paragraph((), picture.align), font, size, Align.LEFT)
    if (found := upright(picture.data)) is not None:
        data, shape = found
        wide = min(picture.width_mm or room_mm, room_mm, picture.height_mm / shape)
        made = paragraph.add_run()
        inline = made.add_picture(io.BytesIO(data), width=Mm(wide))
        alt = kept(picture.alt or picture.caption)
        inline._inline.docPr.set("descr", alt)  # noqa: SLF001
        if picture.caption:
            made.add_break()
    write_run(paragraph, Run(picture.caption), font, size)
    paragraph.paragraph_format.space_after = Pt(4)
