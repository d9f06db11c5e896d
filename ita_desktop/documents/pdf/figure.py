"""Pictures with their captions, alone and in rows. Lengths are points."""

from __future__ import annotations

from dataclasses import dataclass

from ita_desktop.documents.blocks import Align, Paragraph, Picture, PictureGrid, Run

from .drawing import frame
from .flow import Sheets, Strip
from .lines import MM, Line, Setting, lines_of
from .photo import Photo, photo, size_of

_CAPTION_GAP_EM = 0.15
_ROW_GAP_EM = 0.5
_BETWEEN = 4 * MM
"""Between two pictures of a row."""
_LEAST = 10 * MM
"""No picture is made lower than this to find room for its caption."""
_FRAME = 60 * MM, 0.75
"""Width of the frame of a picture that cannot be read, and its height as a share of that."""
_CAPTION_WIDTH = 60 * MM
"""A caption under a narrower picture at one side may be so wide."""


@dataclass(slots=True)
class Figure:
    """A picture laid out in a room: its own size, its caption, its place from the left edge."""

    x: float
    width: float
    height: float
    photo: Photo | None
    alt: str
    caption: list[Line]
    caption_x: float
    gap: float

    @property
    def caption_height(self) -> float:
        """Height of the caption with the gap before it."""
        return self.gap + sum(line.height for line in self.caption) if self.caption else 0.0

    @property
    def total(self) -> float:
        """Height of picture and caption."""
        return self.height + self.caption_height

    @property
    def words(self) -> str:
        """The first text."""
        return next((line.text for line in self.caption if line.text.strip()), "")

    def paint(self, sheets: Sheets, x: float, y: float) -> None:
        """Draw the picture, its upper edge at ``y``, and its caption under it."""
        area = (x + self.x, y - self.height, self.width, self.height)
        if self.photo is None:
            frame(sheets.ink, *area)
        else:
            sheets.photo(self.photo, area, self.alt or " ".join(line.text for line in self.caption))
        base = y - self.height - self.gap
        for line in self.caption:
            sheets.ink.line(line, x + self.caption_x, base - line.ascent)
            base -= line.height


def figure(
    picture: Picture, font: str, size: float, room: float, limit: float = 1e9, high: float = 1e9
) -> Figure:
    """Lay out a picture in ``room``: it is at most ``high``, with its caption at most ``limit``."""
    most = min(room, picture.width_mm * MM) if picture.width_mm else room
    gap = size * _CAPTION_GAP_EM
    pixels = size_of(picture.data)
    wide, tall = _scaled(pixels, most, max(min(picture.height_mm * MM, high), 1.0))
    caption, block = _caption(picture, font, size, room, wide)
    if caption:
        free = max(limit - gap - sum(line.height for line in caption), _LEAST)
        if tall > free:
            wide, tall = wide * free / tall, free
    elif tall > limit:
        wide, tall = wide * limit / tall, limit
    left = room - block if picture.align is Align.RIGHT else 0.0
    made = photo(picture.data, wide, tall) if pixels else None
    return Figure(left + (block - wide) / 2, wide, tall, made, picture.alt, caption, left, gap)


def _caption(
    picture: Picture, font: str, size: float, room: float, wide: float
) -> tuple[list[Line], float]:
    """The lines under a picture so wide, and the width they are centred in."""
    to_side = picture.align in (Align.LEFT, Align.RIGHT)
    if not picture.caption.strip():
        return [], wide if to_side else room
    paragraph, setting = Paragraph((Run(picture.caption),)), Setting(font, size, Align.CENTER)
    if not to_side:
        return lines_of(paragraph, setting, room), room
    lines = lines_of(paragraph, setting, max(wide, min(room, _CAPTION_WIDTH)))
    block = min(room, max(wide, *(line.width + 0.1 for line in lines)))
    return lines_of(paragraph, setting, block), block


def _scaled(pixels: tuple[int, int] | None, most: float, bound: float) -> tuple[float, float]:
    """Width and height on paper."""
    if pixels is None:
        wide = min(most, _FRAME[0])
        return wide, min(bound, wide * _FRAME[1])
    tall = most * pixels[1] / pixels[0]
    return (most, tall) if tall <= bound else (bound * pixels[0] / pixels[1], bound)


def picture_strips(
    picture: Picture, font: str, size: float, width: float, limit: float
) -> list[Strip]:
    """A picture in the flow, with a little air."""
    made = figure(picture, font, size, width, limit)
    return [
        Strip(size * _CAPTION_GAP_EM * 2, keep_next=True),
        Strip(made.total, made.paint, words=made.words),
        Strip(size * _ROW_GAP_EM),
    ]


def grid_strips(
    grid: PictureGrid, font: str, size: float, width: float, limit: float
) -> list[Strip]:
    """Pictures in rows; a row is one strip."""
    across = max(1, grid.across)
    room = max((width - _BETWEEN * (across - 1)) / across, 1.0)
    strips = [Strip(size * _CAPTION_GAP_EM * 2, keep_next=True)]
    for at in range(0, len(grid.pictures), across):
        row = [
            figure(picture, font, size, room, limit, grid.height_mm * MM)
            for picture in grid.pictures[at : at + across]
        ]
        strips += [_row(row, room), Strip(size * _ROW_GAP_EM)]
    return strips


def _row(row: list[Figure], room: float) -> Strip:
    """Figures beside each other; their pictures end at one height, where the captions begin."""
    highest = max(made.height for made in row)

    def paint(sheets: Sheets, x: float, y: float) -> None:
        for index, made in enumerate(row):
            made.paint(sheets, x + index * (room + _BETWEEN), y - (highest - made.height))

    height = highest + max(made.caption_height for made in row)
    return Strip(height, paint, words=next((made.words for made in row if made.words), ""))
