"""Documents become PDF files: sections, page numbers, outline, file description."""

from __future__ import annotations

import gc
import io
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase.pdfdoc import xObjectName
from reportlab.pdfgen.canvas import Canvas

from ita_desktop.documents.blocks import (
    Align,
    BarChart,
    Block,
    Cover,
    Document,
    Heading,
    MemoHead,
    PageBreak,
    PageSetup,
    Paragraph,
    Picture,
    PictureGrid,
    Run,
    Section,
    ShareChart,
    SignatureChain,
    Space,
    StatusBoxes,
    Table,
)
from ita_desktop.thai.digits import to_thai
from ita_desktop.thai.shaping import clean

from .catchword import catchword
from .chart import chart_strips
from .cover import cover_strip
from .drawing import placed
from .embed import embed_fonts, embed_photos
from .figure import grid_strips, picture_strips
from .flow import Flow, Sheets, Strip
from .fonts import number
from .ink import Ink
from .lines import MM, Setting, line_height, lines_of
from .links import target
from .memo import memo_strips
from .photo import Photo, forget, photo, size_of
from .signature import signature_strips
from .swatches import ENDLESS
from .table import table_strips
from .text import box_lines, heading_lines, paragraph_strips, spaced, text_strips
from .widths import RULE

_A4 = (210 * MM, 297 * MM)
_NUMBER_HEIGHT_MM = 15.0
"""Where the page number's base line stands, from the top of the sheet."""
_NOTICE_PT, _NOTICE_GREY = 64.0, 0.88
_MARK_PT = 9.0
_SHEET_EDGE_MM = 8.0
"""What most office printers leave blank at the edge, and a little more."""

rl_config.useA85 = 0  # plain binary streams: a fifth smaller


class _Canvas(Canvas):
    """reportlab's canvas without its own font at the head of every page."""

    def uses(self, name: str) -> None:
        """The page in hand shows the picture of that name."""
        self.__dict__["_formsinuse"].append(name)

    def _make_preamble(self) -> None:
        self._preamble = f"{RULE} w"

    @property
    def file(self) -> Any:
        """reportlab's document, where fonts go; it has no public door to it."""
        return self.__dict__["_doc"]


class Pages:
    """The pages of one document. Fulfils ``flow.Sheets`` for the section in hand."""

    def __init__(self, document: Document) -> None:
        self.ink = Ink()
        self.left = self.top = self.bottom = 0.0
        self._buffer = io.BytesIO()
        self._canvas = _Canvas(
            self._buffer, pagesize=_A4, pageCompression=1, invariant=1, lang="th-TH"
        )
        self._describe(document)
        self._mark = _one_line(document.mark)
        self._notice = _one_line(document.notice)
        self._photos: dict[str, Photo] = {}
        self._setup = PageSetup()
        self._size = _A4
        self._sheet = 0
        self._number = 0
        self._restart = False
        self._outline_level = -1
        self._bookmarks = 0

    def _describe(self, document: Document) -> None:
        canvas = self._canvas
        canvas.setTitle(_one_line(document.title))
        canvas.setAuthor(_one_line(document.author))
        canvas.setSubject(_one_line(document.subject))
        canvas.setKeywords(", ".join(_one_line(word) for word in document.keywords))
        canvas.setCreator("ITA Desktop")
        canvas.setViewerPreference("DisplayDocTitle", "true")

    @property
    def width(self) -> float:
        """Width of the text on a page."""
        return max(self._size[0] - (self._setup.left_mm + self._setup.right_mm) * MM, 20 * MM)

    def open_section(self, setup: PageSetup) -> None:
        """Begin a section on a new page."""
        self._close_page()
        self._setup = setup
        self._restart = setup.number_restart
        self._size = (_A4[1], _A4[0]) if setup.landscape else _A4
        self.left = setup.left_mm * MM
        self.top = self._size[1] - setup.top_mm * MM
        self.bottom = min(max(setup.bottom_mm * MM, self._foot()), self.top - 20 * MM)
        self._open_page()

    def next_page(self, words: str) -> None:
        """End the page in hand and begin the next, whose first text is ``words``."""
        if self._setup.catchwords and (text := catchword(words)):
            self._margin_line(text, Align.RIGHT, self._catchword_base())
        self._close_page()
        self._open_page()

    def picture(self, data: bytes, x: float, top: float, height: float, room: float = 0.0) -> None:
        """Draw a picture file so high, in the middle of a room; an unreadable one stays blank."""
        size = size_of(data)
        if size is None:
            return
        width = height * size[0] / size[1]
        made = photo(data, width, height)
        if made is not None and width <= self._size[0]:
            self.photo(made, (x + max(0.0, room - width) / 2, top - height, width, height), "")

    def photo(self, photo: Photo, area: tuple[float, float, float, float], alt: str) -> None:
        """Draw a picture in an area (x, y, width, height); ``alt`` says what is seen."""
        known = self._photos.get(photo.name)
        if known is None or known.width < photo.width:
            self._photos[photo.name] = photo
        self._canvas.uses(photo.name)
        placed(self.ink, xObjectName(photo.name), area, clean(alt))

    def clear(self) -> None:
        """Take the page number off the page just begun."""
        self.ink.operators.clear()

    def _foot(self) -> float:
        """The least height of the lower margin: mark and catchword have room in it."""
        if not self._mark:
            return 0.0
        words = line_height(self._setup.font, self._setup.size_pt)[0]
        return _SHEET_EDGE_MM * MM + _MARK_PT + (words if self._setup.catchwords else 0.0)

    def _print_mark(self) -> None:
        """The document's mark, lower left, under everything else."""
        if self._mark:
            setting = Setting(self._setup.font, _MARK_PT, Align.LEFT)
            line = lines_of(Paragraph((Run(self._mark),)), setting, ENDLESS)[0]
            self.ink.line(line, self.left, self._mark_base())

    def _print_notice(self) -> None:
        """The document's notice in large grey letters from corner to corner, under the text."""
        if not self._notice:
            return
        wide, high = self._size
        written, self.ink.operators = self.ink.operators, []
        setting = Setting(self._setup.font, _NOTICE_PT, Align.LEFT)
        for line in lines_of(Paragraph((Run(self._notice, bold=True),)), setting, ENDLESS)[:1]:
            self.ink.line(line, -line.width / 2, -_NOTICE_PT / 4)
        angle = math.atan2(high, wide)
        turn = (math.cos(angle), math.sin(angle), -math.sin(angle), math.cos(angle))
        matrix = " ".join(number(each) for each in (*turn, wide / 2, high / 2))
        self.ink.operators = [f"q {_NOTICE_GREY} g {matrix} cm", *self.ink.operators, "Q", *written]

    def _mark_base(self) -> float:
        return min(_SHEET_EDGE_MM * MM, self.bottom - _MARK_PT)

    def _catchword_base(self) -> float:
        """Base line of the catchword: two lines under the text, but never off the sheet."""
        line = line_height(self._setup.font, self._setup.size_pt)[1]
        lowest = self._mark_base() + _MARK_PT if self._mark else _SHEET_EDGE_MM * MM
        return max(self.bottom - 1.6 * line, lowest)

    def _margin_line(self, text: str, align: Align, base: float) -> None:
        """A line in the upper or lower margin."""
        setting = Setting(self._setup.font, self._setup.size_pt, align)
        for line in lines_of(Paragraph((Run(text),)), setting, self.width):
            self.ink.line(line, self.left, base)

    def _open_page(self) -> None:
        self._number = 1 if self._restart else self._number + 1
        self._sheet += 1
        self._restart = False
        self._canvas.setPageSize(self._size)
        # A reader's page box shows the number that stands on the page.
        self._canvas.addPageLabel(self._sheet - 1, prefix=to_thai(str(self._number)))
        first = self._setup.number_from
        if first and self._number >= first:
            text = f"- {to_thai(str(self._number))} -"
            self._margin_line(text, Align.CENTER, self._size[1] - _NUMBER_HEIGHT_MM * MM)

    def _close_page(self) -> None:
        if not self._sheet:
            return
        self._print_mark()
        self._print_notice()
        for link, rectangle in _joined(self.ink.links):
            if (url := target(link)) is not None:
                self._canvas.linkURL(url, rectangle, relative=0)
        self.ink.links.clear()
        self._canvas.addLiteral("\n".join(self.ink.take()))
        self._canvas.showPage()

    def bookmark(self, title: str, level: int, y: float) -> None:
        """Enter a heading into the file's outline."""
        if not title:
            return
        self._bookmarks += 1
        key = f"h{self._bookmarks}"
        self._canvas.bookmarkHorizontal(key, 0, y)
        # An outline may not skip a level.
        self._outline_level = max(0, min(level - 1, self._outline_level + 1))
        self._canvas.addOutlineEntry(title, key, self._outline_level)

    def finish(self) -> bytes:
        """Close the last page and return the file."""
        self._close_page()
        embed_fonts(self._canvas.file, self.ink)
        embed_photos(self._canvas.file, self._photos.values())
        self._canvas.save()
        return self._buffer.getvalue()


_Area = tuple[float, float, float, float]


def _joined(links: list[tuple[str, _Area]]) -> Iterator[tuple[str, _Area]]:
    """The stretches of one address on one line as a single area."""
    held: tuple[str, _Area] | None = None
    for link, area in links:
        if held and held[0] == link and held[1][1] == area[1] and area[0] - held[1][2] < 1:
            held = link, (*held[1][:2], *area[2:])
            continue
        if held:
            yield held
        held = link, area
    if held:
        yield held


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())


def render_pdf(document: Document) -> bytes:
    """Set ``document`` and return the PDF file; the same document gives the same bytes."""
    with _collector_resting():
        pages = Pages(document)
        for section in document.sections or (Section(PageSetup(), ()),):
            pages.open_section(section.page)
            _set_section(section, pages)
        return pages.finish()


@contextmanager
def _collector_resting() -> Iterator[None]:
    """Keep Python's cycle collector from walking the word lists again and again.

    Setting a document makes many small objects and no cycles worth the walk: a third of the time.
    """
    active = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        forget()
        if active:
            gc.enable()


def _set_section(section: Section, pages: Pages) -> None:
    flow = Flow(pages)
    held: list[Strip] = []
    for block in section.blocks:
        if isinstance(block, PageBreak):
            flow.add(held)
            held = []
            flow.page_break()
            continue
        if isinstance(block, Cover):
            flow.add(held)
            flow.page_break()
            page = section.page
            held = [cover_strip(block, page.font, pages.width, pages.top - pages.bottom)]
            continue
        if isinstance(block, SignatureChain):
            _tie(held)
        strips = _strips(block, section.page, pages)
        if held and not held[-1].keep_next:
            flow.add(held)
            held = []
        held += strips
    flow.add(held)


def _tie(held: list[Strip]) -> None:
    """Keep the end of what stands before a signature block on the signature's page."""
    for strip in reversed(held):
        strip.weak = not strip.keep_next
        strip.keep_next = True
        if not strip.is_gap:
            break


def _box_strips(boxes: StatusBoxes, font: str, size: float, width: float) -> list[Strip]:
    return text_strips(box_lines(boxes, font, size, width))


def _space(space: Space, _font: str, _size: float, _width: float) -> list[Strip]:
    return [Strip(max(0.0, space.height_pt))]


_MAKERS: dict[type, Callable[[Any, str, float, float], list[Strip]]] = {
    Paragraph: paragraph_strips,
    StatusBoxes: _box_strips,
    MemoHead: memo_strips,
    SignatureChain: signature_strips,
    Space: _space,
}
"""How each kind of block becomes strips of a font, a size and a width."""
_BOUNDED: dict[type, Callable[[Any, str, float, float, float], list[Strip]]] = {
    Table: table_strips,
    BarChart: chart_strips,
    ShareChart: chart_strips,
    Picture: picture_strips,
    PictureGrid: grid_strips,
}
"""Those that also ask how high a page is."""


def _strips(block: Block, page: PageSetup, pages: Pages) -> list[Strip]:
    if isinstance(block, Heading):
        return _heading_strips(block, page, pages)
    by = page.font, page.size_pt, pages.width
    if maker := _BOUNDED.get(type(block)):
        return maker(block, *by, pages.top - pages.bottom)
    return _MAKERS[type(block)](block, *by)


def _heading_strips(heading: Heading, page: PageSetup, pages: Pages) -> list[Strip]:
    strips = text_strips(heading_lines(heading, page.font, page.size_pt, pages.width))
    if strips and (inner := strips[0].paint) is not None:
        title, level = _one_line(heading.text), heading.level

        def paint(sheets: Sheets, x: float, y: float) -> None:
            inner(sheets, x, y)
            pages.bookmark(title, level, y)

        strips[0].paint = paint
    strips = spaced(strips, heading.space_before_pt, heading.space_after_pt)
    for strip in strips:
        strip.keep_next = True
    return strips
