"""Picture files made ready for the page: turned upright, no larger than print needs."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from dataclasses import dataclass, field
from functools import lru_cache

from PIL import Image, ImageOps

_DPI = 300
_SLACK = 1.1
"""A picture so little larger than needed is left as it is."""
_QUALITY = 88
_PARTS = 64
"""Widths and heights that are told apart when the same picture is asked for at many sizes."""
_ORIENTATION = 0x0112

_UNREADABLE = (
    *(OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, EOFError, MemoryError),
    *(struct.error, zlib.error, Image.DecompressionBombError, Image.DecompressionBombWarning),
)


@dataclass(frozen=True, slots=True)
class Layer:
    """Pixels as a file holds them: their filter, and how many colours a pixel has."""

    content: bytes = field(repr=False)
    jpeg: bool
    colors: int


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture ready to be embedded. Those of the same file share ``name``."""

    name: str
    width: int
    height: int
    image: Layer
    mask: Layer | None = None


def size_of(data: bytes) -> tuple[int, int] | None:
    """Width and height of a picture that can be read, upright; None for any other."""
    return _size(data)


def photo(data: bytes, width: float, height: float) -> Photo | None:
    """The picture for a place so many points wide and high; None when it cannot be read."""
    pixels = round(width / 72 * _DPI), round(height / 72 * _DPI)
    coarse = tuple(-(-max(1, side) // _PARTS) * _PARTS for side in pixels)
    return _photo(data, coarse[0], coarse[1])


def forget() -> None:
    """Let go of the pictures of a finished document."""
    _size.cache_clear()
    _photo.cache_clear()


@lru_cache(maxsize=256)
def _size(data: bytes) -> tuple[int, int] | None:
    try:
        with Image.open(io.BytesIO(data)) as image:
            turned = image.getexif().get(_ORIENTATION, 1) in (5, 6, 7, 8)
            wide, high = image.size
            image.draft(None, (64, 64))  # an eighth of the pixels is enough to see it is whole
            image.load()
    except _UNREADABLE:
        return None
    if wide < 1 or high < 1:
        return None
    return (high, wide) if turned else (wide, high)


@lru_cache(maxsize=256)
def _photo(data: bytes, width: int, height: int) -> Photo | None:
    name = hashlib.sha256(data).hexdigest()[:16]
    try:
        with Image.open(io.BytesIO(data)) as image:
            is_jpeg = image.format == "JPEG"
            upright = image.getexif().get(_ORIENTATION, 1) in (0, 1)
            turned = (width, height) if upright else (max(width, height),) * 2
            small = image.width <= turned[0] * _SLACK or image.height <= turned[1] * _SLACK
            if is_jpeg and upright and small and image.mode in ("L", "RGB"):
                image.load()  # a file that breaks off is found here
                layer = Layer(data, jpeg=True, colors=len(image.getbands()))
                return Photo(name, *image.size, layer)
            return _remade(name, image, is_jpeg, width, height)
    except _UNREADABLE:
        return None


def _remade(name: str, image: Image.Image, is_jpeg: bool, width: int, height: int) -> Photo:
    """The picture upright, in plain colours, and made smaller where it is too large."""
    if is_jpeg:
        side = max(width, height)
        image.draft(None, (side, side))  # decodes large ones at a half, a quarter, an eighth
    plain = _plain(ImageOps.exif_transpose(image))
    share = max(width / plain.width, height / plain.height)
    if share * _SLACK < 1:
        wanted = max(1, round(plain.width * share)), max(1, round(plain.height * share))
        plain = plain.resize(wanted, Image.Resampling.LANCZOS)
    mask = None
    if plain.mode in ("LA", "RGBA"):
        alpha = plain.getchannel("A")
        plain = plain.convert(plain.mode[:-1])
        mask = None if alpha.getextrema() == (255, 255) else _layer(alpha, jpeg=False)
    return Photo(name, *plain.size, _layer(plain, jpeg=is_jpeg), mask)


def _plain(image: Image.Image) -> Image.Image:
    """The picture in grey or RGB of eight bits, with its transparency."""
    if image.mode in ("L", "RGB", "LA", "RGBA") and "transparency" not in image.info:
        return image
    if image.mode.startswith("I"):
        return image.point(lambda value: value * (1 / 256)).convert("L")
    if image.mode == "PA" or "transparency" in image.info:
        return image.convert("RGBA")
    return image.convert("L" if image.mode in ("1", "F") else "RGB")


def _layer(image: Image.Image, *, jpeg: bool) -> Layer:
    buffer = io.BytesIO()
    colors = len(image.getbands())
    if jpeg:
        image.save(buffer, "JPEG", quality=_QUALITY)
        return Layer(buffer.getvalue(), jpeg=True, colors=colors)
    image.save(buffer, "PNG")
    return Layer(_pixels_of_png(buffer.getvalue()), jpeg=False, colors=colors)


def _pixels_of_png(data: bytes) -> bytes:
    """The packed pixels of a PNG file: a PDF file holds them in the same form."""
    found, at = b"", 8
    while at + 8 <= len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        if kind == b"IDAT":
            found += data[at + 8 : at + 8 + length]
        at += length + 12
    return found
