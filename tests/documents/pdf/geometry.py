"""Where things stand on a finished page, as pdfium sees them. Points, y grows upwards."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image


class Area(NamedTuple):
    """A rectangle."""

    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: Area, slack: float = 0.0) -> bool:
        """Whether the two share more than an edge."""
        return (
            self.left < other.right - slack
            and other.left < self.right - slack
            and self.bottom < other.top - slack
            and other.bottom < self.top - slack
        )


class Pages:
    """A file's pages."""

    def __init__(self, data: bytes) -> None:
        self._pdf: Any = pypdfium2.PdfDocument(data)
        self._pages = list(self._pdf)
        self._texts = [page.get_textpage() for page in self._pages]

    def __len__(self) -> int:
        return len(self._pages)

    def size(self, page: int) -> tuple[float, float]:
        """Width and height of a page."""
        return self._pages[page].get_size()

    def text(self, page: int) -> str:
        """All text of a page."""
        return self._texts[page].get_text_range().replace("\r", "")

    def find(self, word: str) -> list[tuple[int, Area]]:
        """Where a word stands: each page it is found on, and its rectangle."""
        found: list[tuple[int, Area]] = []
        for number, text in enumerate(self._texts):
            searcher = text.search(word, match_case=True)
            for index, count in iter(searcher.get_next, None):
                boxes = [text.get_charbox(at) for at in range(index, index + count)]
                lefts, bottoms, rights, tops = zip(*boxes, strict=True)
                area = Area(min(lefts), min(bottoms), max(rights), max(tops))
                found.append((number, area))
        return found

    def one(self, word: str) -> tuple[int, Area]:
        """Where a word stands that is there once."""
        (found,) = self.find(word)
        return found

    def _objects(self, page: int, kind: int) -> Iterator[Area]:
        for item in self._pages[page].get_objects():
            if item.type == kind:
                place = getattr(item, "get_bounds", None) or item.get_pos
                yield Area(*place())

    def rules(self, page: int) -> list[Area]:
        """The straight rules of a page, as thin rectangles."""
        paths = self._objects(page, pdfium.FPDF_PAGEOBJ_PATH)
        return [area for area in paths if min(area[2] - area[0], area[3] - area[1]) < 2]

    def pictures(self, page: int) -> list[Area]:
        """The pictures of a page."""
        return list(self._objects(page, pdfium.FPDF_PAGEOBJ_IMAGE))

    def across(self, page: int, x: float, low: float, high: float) -> list[float]:
        """Heights at which a level rule crosses the upright line at ``x`` between two heights."""
        found: set[float] = set()
        for rule in self.rules(page):
            y = (rule.bottom + rule.top) / 2
            level = rule.right - rule.left > rule.top - rule.bottom
            if level and rule.left <= x <= rule.right and low <= y <= high:
                found.add(round(y, 1))
        return sorted(found)

    def outlines(self, page: int) -> list[Area]:
        """The frames of a page: paths that are no straight rules."""
        paths = self._objects(page, pdfium.FPDF_PAGEOBJ_PATH)
        return [area for area in paths if min(area[2] - area[0], area[3] - area[1]) >= 2]

    def texts(self, page: int) -> list[Area]:
        """The rectangles of all pieces of text."""
        return list(self._objects(page, pdfium.FPDF_PAGEOBJ_TEXT))

    def image(self, page: int) -> Image.Image:
        """The page at 72 dpi in grey: a pixel a point."""
        return self._pages[page].render(scale=1).to_pil().convert("L")
