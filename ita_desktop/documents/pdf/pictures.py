"""Pictures on the page: how large they are set, which file is embedded. Lengths are points."""

from __future__ import annotations

import io
from functools import lru_cache

from PIL import Image, ImageOps

from ita_desktop.documents.blocks import Align, Paragraph, Picture, PictureGrid, Run

from .flow import Sheets, Strip
from .lines import MM, Line, Setting, lines_of
from .text import line_strip

_DPI = 300
_GAP = 4.0
_FRAME_SHAPE = (4, 3)
"""Proportions of the frame that stands for a picture that cannot be read."""


@lru_cache(maxsize=64)
def pixels(data: bytes) -> tuple[int, int] | None:
    """Width and height of a picture as it is seen, turned upright; None when unreadable."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            wide, high = image.size
            turned = image.getexif().get(0x0112, 1) >= 5
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    if min(wide, high) < 1:
        return None
    return (high, wide) if turned else (wide, high)


@lru_cache(maxsize=64)
def print_ready(data: bytes, width: int) -> bytes:
    """The file to embed for a picture ``width`` points wide: upright, no finer than print is."""
    most = max(1, width * _DPI // 72)
    size = pixels(data)
    try:
        with Image.open(io.BytesIO(data)) as image:
            turned = image.getexif().get(0x0112, 1) != 1
            if size is None or (size[0] <= most * 1.2 and not turned):
                return data
            image.draft("RGB", (most, most * size[1] // size[0]))
            upright = ImageOps.exif_transpose(image)
            small = upright.convert("RGBA" if "A" in upright.getbands() else "RGB")
            small.thumbnail((most, most * 10))
            out = io.BytesIO()
            if small.mode == "RGBA":
                small.save(out, "PNG")
            else:
                small.save(out, "JPEG", quality=85)
            return out.getvalue()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return data


def set_size(picture: Picture, room: float) -> tuple[float, float]:
    """Width and height a picture is set in a room so wide, in its own proportions."""
    wide, high = pixels(picture.data) or _FRAME_SHAPE
    most = room if picture.width_mm is None else min(room, picture.width_mm * MM)
    width = min(most, picture.height_mm * MM * wide / high)
    return width, width * high / wide


def caption_lines(picture: Picture, font: str, size: float, room: float) -> list[Line]:
    """The lines of its caption."""
    if not picture.caption:
        return []
    setting = Setting(font, size, Align.CENTER)
    return lines_of(Paragraph((Run(picture.caption),)), setting, room)


def paint_picture(sheets: Sheets, picture: Picture, x: float, y: float, room: float) -> None:
    """Paint a picture with its upper edge at ``y``, aligned in the room."""
    width, height = set_size(picture, room)
    shift = {Align.LEFT: 0.0, Align.RIGHT: room - width}.get(picture.align, (room - width) / 2)
    left = x + shift
    if pixels(picture.data) is None:
        for start, end in (((0, 0), (1, 0)), ((1, 0), (1, 1)), ((1, 1), (0, 1)), ((0, 1), (0, 0))):
            sheets.ink.rule(
                *(left + start[0] * width, y - start[1] * height),
                *(left + end[0] * width, y - end[1] * height),
            )
        return
    sheets.picture(print_ready(picture.data, round(width)), left, y, height)


def picture_strips(picture: Picture, font: str, size: float, width: float) -> list[Strip]:
    """A picture and its caption, never parted."""
    return [_picture_strip(picture, font, size, width), Strip(_GAP)]


def grid_strips(grid: PictureGrid, font: str, size: float, width: float) -> list[Strip]:
    """Rows of pictures beside each other, none parted."""
    across = max(1, grid.across)
    gap = _GAP * 2
    room = (width - gap * (across - 1)) / across
    strips: list[Strip] = []
    for at in range(0, len(grid.pictures), across):
        row = [
            _picture_strip(_bounded(picture, grid.height_mm), font, size, room)
            for picture in grid.pictures[at : at + across]
        ]
        strips += [_row(row, room + gap), Strip(_GAP * 2)]
    return strips


def _bounded(picture: Picture, height_mm: float) -> Picture:
    return Picture(
        picture.data,
        picture.caption,
        picture.width_mm,
        min(picture.height_mm, height_mm),
        picture.align,
        picture.alt,
    )


def _row(strips: list[Strip], step: float) -> Strip:
    def paint(sheets: Sheets, x: float, y: float) -> None:
        for number, strip in enumerate(strips):
            if strip.paint is not None:
                strip.paint(sheets, x + number * step, y)

    words = next((strip.words for strip in strips if strip.words), "")
    return Strip(max(strip.height for strip in strips), paint, words=words)


def _picture_strip(picture: Picture, font: str, size: float, room: float) -> Strip:
    lines = caption_lines(picture, font, size, room)
    _, high = set_size(picture, room)

    def paint(sheets: Sheets, x: float, y: float) -> None:
        paint_picture(sheets, picture, x, y, room)
        top = y - high - _GAP / 2
        for line in lines:
            made = line_strip(line)
            if made.paint is not None:
                made.paint(sheets, x, top)
            top -= line.height

    height = high + _GAP / 2 + sum(line.height for line in lines)
    return Strip(height, paint, words=lines[0].text if lines else "")
