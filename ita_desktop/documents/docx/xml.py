"""The few elements of WordprocessingML that are written by hand.

python-docx knows no complex-script properties; without them Word sets Thai in another size and
weight than was asked for.
"""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

Element = Any

_ORDER = (
    *("w:rStyle", "w:rFonts", "w:b", "w:bCs", "w:i", "w:iCs", "w:color", "w:sz", "w:szCs"),
    *("w:u", "w:lang"),
)


def element(name: str, **attributes: str) -> Element:
    """An element such as ``w:sz`` with attributes of the same namespace."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def child(parent: Element, name: str, **attributes: str) -> Element:
    """A new element at the end of ``parent``; one of that name there before is replaced."""
    for old in parent.findall(qn(name)):
        parent.remove(old)
    made = element(name, **attributes)
    parent.append(made)
    return made


def type_of(properties: Element, font: str, size_pt: float, *, bold: bool, italic: bool) -> None:
    """Font, size and weight of run properties, for Latin and for Thai alike."""
    names = {"ascii": font, "hAnsi": font, "cs": font, "eastAsia": font}
    child(properties, "w:rFonts", **names)
    for name, on in (("w:b", bold), ("w:bCs", bold), ("w:i", italic), ("w:iCs", italic)):
        child(properties, name, val="1" if on else "0")
    half_points = str(round(size_pt * 2))
    child(properties, "w:sz", val=half_points)
    child(properties, "w:szCs", val=half_points)
    child(properties, "w:lang", val="en-US", bidi="th-TH")
    in_order(properties)


def in_order(properties: Element) -> None:
    """Run properties in the order the format asks for."""
    rank = {qn(name): number for number, name in enumerate(_ORDER)}
    found = sorted(properties, key=lambda each: rank.get(each.tag, len(rank)))
    for each in found:
        properties.remove(each)
    for each in found:
        properties.append(each)


def borders(name: str, edges: dict[str, str]) -> Element:
    """A group of borders: edge -> kind of line ("single", "dotted", "nil")."""
    group = element(name)
    for edge, kind in edges.items():
        group.append(element(f"w:{edge}", val=kind, sz="4", space="0", color="000000"))
    return group
