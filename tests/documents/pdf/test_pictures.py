"""Pictures, covers and the mark at the foot."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image

from ita_desktop.documents.blocks import (
    Align,
    Block,
    Cell,
    Column,
    Cover,
    Document,
    MemoHead,
    PageSetup,
    Picture,
    PictureGrid,
    Section,
    Table,
)
from ita_desktop.documents.pdf import render_pdf
from ita_desktop.documents.pdf.lines import MM

from .geometry import Area, Pages
from .reading import document, paragraph, readings

WIDTH = 160 * MM
SENTENCE = "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส "


def picture(
    size: tuple[int, int] = (400, 300), kind: str = "JPEG", mode: str = "RGB", turned: int = 0
) -> bytes:
    """A picture file, dark in its upper left quarter."""
    image = Image.new(mode, size, "white")
    image.paste("black" if mode != "RGBA" else (0, 0, 0, 255), (0, 0, size[0] // 2, size[1] // 2))
    buffer = io.BytesIO()
    if turned:
        about = image.getexif()
        about[0x0112] = turned
        image.save(buffer, kind, exif=about)
    else:
        image.save(buffer, kind)
    return buffer.getvalue()


def shown(*blocks: Block, page: PageSetup | None = None) -> Pages:
    return Pages(render_pdf(document(*blocks, page=page)))


def streams(data: bytes) -> list[bytes]:
    """The dictionaries of the pictures of a file, transparency left out."""
    found = re.findall(rb"obj\s*(<<(?:(?!endobj).)*?/Subtype /Image.*?)stream", data, re.DOTALL)
    return [head for head in found if b"/Subtype /Image" in head]


def size(area: Area) -> tuple[float, float]:
    return area.right - area.left, area.top - area.bottom


# --- in the flow ---------------------------------------------------------------------------------


def test_a_picture_keeps_its_proportions_within_its_bounds() -> None:
    (wide,) = shown(Picture(picture((800, 100)))).pictures(0)
    assert size(wide) == pytest.approx((WIDTH, WIDTH / 8), abs=0.5)
    (high,) = shown(Picture(picture((100, 800)))).pictures(0)
    assert size(high) == pytest.approx((10 * MM, 80 * MM), abs=0.5)
    (own,) = shown(Picture(picture(), width_mm=40)).pictures(0)
    assert size(own) == pytest.approx((40 * MM, 30 * MM), abs=0.5)
    (most,) = shown(Picture(picture((100, 800)), height_mm=900)).pictures(0)
    assert 25 * MM - most.top < 842  # on the page
    assert most.bottom >= 20 * MM - 0.1


@pytest.mark.parametrize(("align", "x"), [(Align.LEFT, 30), (Align.CENTER, 90), (Align.RIGHT, 150)])
def test_a_picture_stands_where_it_is_aligned_and_its_caption_under_its_middle(
    align: Align, x: float
) -> None:
    found = shown(Picture(picture(), "Caption", width_mm=40, align=align))
    (area,) = found.pictures(0)
    assert area.left == pytest.approx(x * MM, abs=0.5)
    page, caption = found.one("Caption")
    assert page == 0
    assert caption.top < area.bottom < caption.top + 12
    assert caption.left + caption.right == pytest.approx(area.left + area.right, abs=2)


@pytest.mark.parametrize("lines", range(14, 30))
def test_a_caption_is_on_its_pictures_page_and_nothing_stands_over_it(lines: int) -> None:
    body = [paragraph(f"line{n}z") for n in range(lines)]
    found = shown(*body, Picture(picture(), "Caption", width_mm=80), paragraph("afterz"))
    page, caption = found.one("Caption")
    (area,) = found.pictures(page)
    assert area.bottom > caption.top
    assert area.bottom >= 20 * MM
    for word in [*(f"line{n}z" for n in range(lines)), "afterz"]:
        number, other = found.one(word)
        assert number != page or not (other.meets(area) or other.meets(caption))


def test_a_picture_as_high_as_the_page_leaves_room_for_its_caption() -> None:
    tall = Picture(picture((100, 800)), "Caption\nEndz", height_mm=900)
    cell = Cell((tall,))
    for made in (tall, PictureGrid((tall, tall), height_mm=900), Table((Column("ก"),), ((cell,),))):
        found = shown(paragraph("x"), made)
        for page, caption in found.find("Endz"):
            assert found.pictures(page)
            assert caption.bottom >= 20 * MM
            assert all(area.top < 842 - 25 * MM + 0.1 for area in found.pictures(page))
            assert all(area.bottom > caption.top for area in found.pictures(page))


@pytest.mark.parametrize("data", [b"", b"no picture", picture()[:400], picture(kind="PNG")[:90]])
def test_an_unreadable_picture_leaves_a_frame_and_its_caption(data: bytes) -> None:
    found = shown(paragraph("x"), Picture(data, "Caption", width_mm=50))
    assert found.pictures(0) == []
    found.one("Caption")
    ink = Pages(render_pdf(document(Picture(data, "Caption", width_mm=50))))
    frames = ink.outlines(0)
    assert len(frames) == 1
    assert size(frames[0])[0] == pytest.approx(50 * MM, abs=2)


# --- in cells ------------------------------------------------------------------------------------


def test_a_picture_in_a_cell_fits_between_the_rules() -> None:
    cell = Cell((paragraph("overz"), Picture(picture(), "Caption"), paragraph("underz")))
    found = shown(Table((Column("ก"), Column("ข")), ((cell, Cell((paragraph("ข"),))),)))
    (area,) = found.pictures(0)
    uprights = sorted({round(r.left) for r in found.rules(0) if r.right - r.left < 2})
    assert uprights[0] < area.left < area.right < uprights[1]
    over, caption, under = (found.one(word)[1] for word in ("overz", "Caption", "underz"))
    assert over.bottom > area.top > area.bottom > caption.top > caption.bottom > under.top
    assert found.across(0, area.left + 1, area.bottom, area.top) == []


def test_a_row_of_many_pictures_is_parted_between_them() -> None:
    cell = Cell(tuple(Picture(picture(), f"cap{n}z") for n in range(12)))
    for made in (
        Table((Column("ก"), Column("ข")), ((cell, Cell((paragraph("ข"),))),)),
        Table(
            (Column("ก"), Column("ข")),
            ((Cell(cell.blocks, rowspan=2), Cell((paragraph("ข"),))), (Cell(()),)),
        ),
    ):
        found = shown(made)
        assert len(found) > 1
        assert sum(len(found.pictures(page)) for page in range(len(found))) == 12
        for n in range(12):
            page, caption = found.one(f"cap{n}z")
            over = [area for area in found.pictures(page) if area.bottom > caption.top]
            assert min(area.bottom for area in over) - caption.top < 10
            assert all(not area.meets(caption) for area in found.pictures(page))
        for page in range(len(found)):
            assert all(area.bottom >= 20 * MM for area in found.pictures(page))


# --- grids ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("across", [1, 2, 3, 4])
def test_a_grid_has_rows_that_are_never_parted(across: int) -> None:
    many = tuple(
        Picture(picture((300, 200 + 40 * (n % 3))), f"cap{n}z {SENTENCE * (n % 2)}")
        for n in range(14)
    )
    found = shown(PictureGrid(many, across=across, height_mm=70))
    captions = [found.one(f"cap{n}z") for n in range(14)]
    for at in range(0, 14, across):
        row = captions[at : at + across]
        assert len({page for page, _ in row}) == 1
        assert max(a.bottom for _, a in row) - min(a.bottom for _, a in row) < 1
        assert [a.left for _, a in row] == sorted(a.left for _, a in row)
    areas = [(page, area) for page in range(len(found)) for area in found.pictures(page)]
    assert len(areas) == 14
    for page, area in areas:
        assert 30 * MM - 1 <= area.left < area.right <= 190 * MM + 1
        assert area.bottom >= 20 * MM
        assert size(area)[1] <= 70 * MM + 1
        others = [other for number, other in areas if number == page and other != area]
        assert not any(area.meets(other) for other in others)
    for pages in readings(render_pdf(document(PictureGrid(many, across=across))))[:1]:
        order = [int(n) for n in re.findall(r"cap(\d+)z", "".join(pages))]
        assert order == list(range(14))


# --- the file ------------------------------------------------------------------------------------


def test_each_picture_is_in_the_file_once_at_its_largest() -> None:
    data = picture((3000, 2000))
    made = render_pdf(
        document(
            Picture(data, width_mm=20),
            Picture(data, width_mm=100),
            PictureGrid((Picture(data), Picture(data))),
            Picture(picture(kind="PNG")),
        )
    )
    heads = streams(made)
    assert len(heads) == 2
    widths = [int(re.search(rb"/Width (\d+)", head)[1]) for head in heads]  # type: ignore
    assert 100 / 25.4 * 300 <= max(widths) <= 100 / 25.4 * 300 + 80
    assert (
        len(Pages(made).pictures(0))
        + sum(len(Pages(made).pictures(n)) for n in range(1, len(Pages(made))))
        == 5
    )
    assert made == render_pdf(
        document(
            Picture(data, width_mm=20),
            Picture(data, width_mm=100),
            PictureGrid((Picture(data), Picture(data))),
            Picture(picture(kind="PNG")),
        )
    )


def test_a_photograph_no_larger_than_needed_stays_as_it_is() -> None:
    data = picture((1000, 700))
    assert data in render_pdf(document(Picture(data)))
    assert data not in render_pdf(document(Picture(data, width_mm=20)))


@pytest.mark.parametrize(
    ("turned", "dark"),
    [(1, (0, 0)), (3, (1, 1)), (6, (1, 0)), (8, (0, 1)), (2, (1, 0)), (5, (0, 0))],
)
def test_a_picture_stands_upright(turned: int, dark: tuple[int, int]) -> None:
    found = shown(Picture(picture((400, 200), turned=turned), width_mm=40))
    (area,) = found.pictures(0)
    high = size(area)[1] > size(area)[0]
    assert high == (turned >= 5)
    image = found.image(0)
    corners = {}
    for right in (0, 1):
        for low in (0, 1):
            x = area.left + size(area)[0] * (0.25 + 0.5 * right)
            y = 842 - area.top + size(area)[1] * (0.25 + 0.5 * low)
            corners[right, low] = image.getpixel((round(x), round(y)))
    assert min(corners, key=lambda at: corners[at]) == dark


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"])
def test_every_kind_of_picture_is_drawn(mode: str) -> None:
    image = Image.new("RGB", (120, 80), "white")
    image.paste("black", (0, 0, 60, 80))
    grey = image.convert("L")
    made = (
        Image.frombytes("I;16", (120, 80), b"".join(bytes((v, v)) for v in grey.tobytes()))
        if mode == "I;16"
        else image.convert(mode)
    )
    buffer = io.BytesIO()
    made.save(buffer, "JPEG" if mode == "CMYK" else "PNG")
    found = shown(Picture(buffer.getvalue(), width_mm=60))
    (area,) = found.pictures(0)
    page = found.image(0)
    y = round(842 - (area.top + area.bottom) / 2)
    dark = page.getpixel((round(area.left + 20), y))
    light = page.getpixel((round(area.right - 20), y))
    assert isinstance(dark, int)
    assert isinstance(light, int)
    assert dark < 60
    assert light > 200


def test_transparency_shows_the_paper() -> None:
    image = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    image.paste((0, 0, 0, 255), (0, 0, 50, 100))
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    found = shown(Picture(buffer.getvalue(), width_mm=60))
    (area,) = found.pictures(0)
    y = round(842 - (area.top + area.bottom) / 2)
    assert found.image(0).getpixel((round(area.right - 20), y)) == 255
    assert found.image(0).getpixel((round(area.left + 20), y)) == 0


# --- covers --------------------------------------------------------------------------------------


def test_a_cover_fills_a_page_of_its_own() -> None:
    cover = Cover("TitleA\nTitleB", "Middle", "FootA\nFootB", seal=picture((100, 100), "PNG"))
    page = PageSetup(number_from=1)
    found = shown(paragraph("beforez"), cover, paragraph("afterz"), page=page)
    assert [found.one(word)[0] for word in ("beforez", "TitleA", "FootB", "afterz")] == [0, 1, 1, 2]
    assert found.text(1).split() == ["TitleA", "TitleB", "Middle", "FootA", "FootB"]
    (seal,) = found.pictures(1)
    assert size(seal) == pytest.approx((35 * MM, 35 * MM), abs=0.5)
    assert seal.top == pytest.approx(842 - 25 * MM, abs=1)
    title, middle, foot = (found.one(word)[1] for word in ("TitleB", "Middle", "FootB"))
    assert seal.bottom > title.top > title.bottom > 421
    assert title.bottom > middle.top > foot.top
    assert 20 * MM <= foot.bottom < 20 * MM + 15
    for area in (seal, title, middle, foot):
        assert area.left + area.right == pytest.approx(2 * 110 * MM, abs=3)
    blank = shown(Cover("TitleA"))
    assert blank.one("TitleA")[1].top == pytest.approx(found.one("TitleA")[1].top, abs=1)


def test_a_long_cover_is_made_smaller() -> None:
    cover = Cover("\n".join(f"t{n}z" for n in range(20)), SENTENCE * 20, "Foot\nEndz")
    found = shown(cover)
    assert len(found) == 1
    assert found.one("t19z")[1].bottom > found.one("Foot")[1].top
    assert found.one("Endz")[1].bottom >= 20 * MM - 1


# --- the mark ------------------------------------------------------------------------------------


@pytest.mark.parametrize("bottom", [0, 5, 10, 15, 20, 30])
@pytest.mark.parametrize("code", ["ITA-2569-7F3A", "รหัส-" + "M" * 75])
def test_the_mark_stands_on_every_page_and_meets_nothing(bottom: float, code: str) -> None:
    setup = PageSetup(bottom_mm=bottom, catchwords=True)
    body = [paragraph(SENTENCE * 3 + f"ข้อความยาวมากพอสมควร{n}") for n in range(40)]
    blocks = (Cover("TitleA"), MemoHead("ก", "ข", "ค"), *body)
    made = Document("ท", (Section(setup, blocks),), mark=code)
    found = Pages(render_pdf(made))
    assert len(found) > 2
    marks = dict(found.find(code))
    assert sorted(marks) == list(range(len(found)))
    for page, mark in marks.items():
        assert mark.left == pytest.approx(30 * MM, abs=2)
        assert 5 < mark.bottom < max(bottom, 13) * MM
        own = Area(mark.left - 2, mark.bottom - 2, mark.right + 2, mark.top + 2)
        others = [
            area
            for area in found.texts(page)
            if area.left < own.left or area.right > own.right or area.bottom > own.top
        ]
        assert not any(area.meets(mark) for area in others)
        for number, words in found.find("/รายงาน"):
            over = [area for area in found.texts(number) if area.bottom > words.top - 3]
            assert not any(area.meets(words, 0.5) for area in over)


def test_without_a_mark_nothing_stands_there() -> None:
    assert shown(paragraph("x")).text(0).strip() == "x"
