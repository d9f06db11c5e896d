"""Photos come in upright, without what tells where, and no larger than print needs."""

from __future__ import annotations

import io
import zlib

import pytest
from PIL import Image

from ita_desktop.exchange.pictures import MOST_SIDE, PictureError, prepare_picture


def file(image: Image.Image, kind: str = "JPEG", **settings: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **settings)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_a_turned_photo_stands_upright_without_its_place():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "CAMERA"
    exif.get_ifd(0x8825)[1] = "N"  # where it was taken
    photo = Image.new("RGB", (300, 100), "red")
    made = prepare_picture(file(photo, exif=exif))
    assert opened(made).size == (100, 300)
    assert not opened(made).getexif()
    assert b"CAMERA" not in made and b"Exif" not in made


def test_a_large_photo_is_scaled_for_print():
    made = prepare_picture(file(Image.effect_noise((4000, 3000), 40)))
    assert opened(made).size == (MOST_SIDE, MOST_SIDE * 3 // 4)
    assert opened(made).format == "JPEG"


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "BMP", "GIF", "TIFF"])
def test_other_forms_are_taken(kind: str):
    assert opened(prepare_picture(file(Image.new("RGB", (30, 20), "blue"), kind))).size == (30, 20)


def test_see_through_pixels_become_paper():
    made = opened(prepare_picture(file(Image.new("RGBA", (8, 8), (0, 0, 0, 0)), "PNG")))
    assert made.convert("RGB").getpixel((4, 4)) == (255, 255, 255)


def bomb() -> bytes:
    """A small PNG that says it has 400 million pixels."""
    head = (20_000).to_bytes(4) * 2 + b"\x08\x00\x00\x00\x00"
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b""))
    chunks = (len(c).to_bytes(4) + n + c + zlib.crc32(n + c).to_bytes(4) for n, c in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"not a picture", b"%PDF-1.7", b"\xff\xd8\xff", b"<svg></svg>"),
        file(Image.new("RGB", (200, 200)))[:400],
        bomb(),
    ],
)
def test_what_is_no_whole_picture_is_refused_in_thai(content: bytes):
    with pytest.raises(PictureError, match="โปรด"):
        prepare_picture(content)
