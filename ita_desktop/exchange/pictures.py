"""Photos come in: upright, without what tells where and by whom, no larger than print needs."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_BYTES = 100_000_000
MOST_PIXELS = 120_000_000
MOST_WHOLE = 50_000_000
"""Dots of a picture that can't be made smaller while it is read: any but JPEG."""
MOST_SIDE = 2000
"""Pixels of the longer side: 17 cm at 300 dots an inch."""
_QUALITY = 85
_SMALL_PNG = 300_000
_FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "GIF", "TIFF")


class PictureError(Exception):
    """A file can't be taken as a picture. ``str()`` is one plain Thai sentence with the mend."""


def prepare_picture(content: bytes, most_side: int = MOST_SIDE) -> bytes:
    """The picture as it is kept: JPEG, or PNG for small line art. Raises PictureError."""
    from PIL import Image

    if len(content) > MOST_BYTES:
        raise PictureError("แฟ้มภาพใหญ่เกิน 100 เมกะไบต์ โปรดย่อภาพก่อน")
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
            wide, high = image.size
            if wide * high > MOST_PIXELS:
                raise PictureError("ภาพมีจำนวนจุดมากเกินไป โปรดย่อภาพก่อน")
            kind = image.format
            if kind not in ("JPEG", "MPO") and wide * high > MOST_WHOLE:
                raise PictureError("ภาพมีจำนวนจุดมากเกินไป โปรดย่อภาพก่อน")
            image.draft("RGB", (most_side, most_side))
            return _made(image, kind, most_side)
    except Image.DecompressionBombError as error:
        raise PictureError("ภาพมีจำนวนจุดมากเกินไป โปรดย่อภาพก่อน") from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise PictureError("อ่านแฟ้มนี้เป็นภาพไม่ได้ โปรดเลือกแฟ้ม JPEG หรือ PNG") from error


def check_picture(content: bytes) -> None:
    """Refuse what is no whole JPEG or PNG of a size that can be printed. Raises PictureError."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as image:
            wide, high = image.size
            if wide * high > MOST_WHOLE:
                raise PictureError("ภาพมีจำนวนจุดมากเกินไป โปรดย่อภาพก่อน")
            image.load()
    except Image.DecompressionBombError as error:
        raise PictureError("ภาพมีจำนวนจุดมากเกินไป โปรดย่อภาพก่อน") from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise PictureError("ภาพไม่สมบูรณ์ โปรดใช้ภาพ JPEG หรือ PNG ที่เปิดดูได้") from error


def _made(image: Image, kind: str | None, most_side: int) -> bytes:
    from PIL import Image as Pillow
    from PIL import ImageOps

    upright = ImageOps.exif_transpose(image)
    flat = upright.convert("RGBA") if "A" in upright.getbands() else upright.convert("RGB")
    if flat.mode == "RGBA":
        paper = Pillow.new("RGB", flat.size, "white")
        paper.paste(flat, mask=flat.getchannel("A"))
        flat = paper
    flat.thumbnail((most_side, most_side))
    # Comments and the like would be written again; only what colours mean is kept.
    flat.info = {name: flat.info[name] for name in ("icc_profile",) if name in flat.info}
    out = io.BytesIO()
    if kind == "PNG":
        flat.save(out, "PNG", optimize=True)
        if out.tell() <= _SMALL_PNG:
            return out.getvalue()
        out = io.BytesIO()
    flat.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()
