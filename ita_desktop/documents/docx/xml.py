"""Elements of a Word file, and the room blocks are put into."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

Element = Any
"""An lxml element: the library has no types for what it makes."""

MM = 1440 / 25.4
"""Twips in a millimetre."""


def element(tag: str, *children: Element, **attributes: object) -> Element:
    """An element such as ``w:p``; its attributes are of the w namespace unless they name one."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(name.replace("__", ":") if "__" in name else f"w:{name}"), str(value))
    for child in children:
        made.append(child)
    return made


def twips(mm: float) -> int:
    """Millimetres as the file counts them."""
    return round(mm * MM)


@dataclass(slots=True)
class Shared:
    """What all rooms of a document share."""

    part: Any
    """The part that relations and pictures belong to."""
    pictures: int = 0
    """How many pictures the document holds so far: each has its own number."""


@dataclass(slots=True)
class Room:
    """Where blocks are put: the text of a section, or a table cell. ``width`` is millimetres."""

    shared: Shared
    font: str
    size: float
    width: float
    height: float = 200.0
    elements: list[Element] = field(default_factory=list)
    page_break: bool = False
    """Whether what comes next begins on a new page."""

    def add(self, made: Element) -> None:
        """Put an element behind what is there."""
        if self.page_break:
            self.page_break = False
            if made.tag != qn("w:p"):
                self.add(filler(before=True))
            else:
                _break_before(made)
        self.elements.append(made)

    def inner(self, width: float, size: float | None = None) -> Room:
        """A room inside this one: a cell."""
        return Room(self.shared, self.font, size or self.size, width, self.height)


def filler(height_pt: float = 1.0, *, before: bool = False) -> Element:
    """An empty paragraph of exactly that height: keeps tables apart, and makes empty room.

    ``before``: it begins a new page.
    """
    height = max(20, min(round(height_pt * 20), 31_000))
    spacing = element("w:spacing", before=0, after=0, line=height, lineRule="exact")
    small = element("w:rPr", element("w:sz", val=2), element("w:szCs", val=2))
    made = element("w:p", element("w:pPr", spacing, small))
    if before:
        _break_before(made)
    return made


def _break_before(paragraph: Element) -> None:
    properties = paragraph.find(qn("w:pPr"))
    at = 0
    for tag in ("w:pStyle", "w:keepNext", "w:keepLines"):
        at += properties.find(qn(tag)) is not None
    properties.insert(at, element("w:pageBreakBefore"))


def keep_with_next(paragraph: Element) -> None:
    """Tie a paragraph to the one after it."""
    properties = paragraph.find(qn("w:pPr"))
    if properties.find(qn("w:keepNext")) is None:
        at = 0 if properties.find(qn("w:pStyle")) is None else 1
        properties.insert(at, element("w:keepNext"))
