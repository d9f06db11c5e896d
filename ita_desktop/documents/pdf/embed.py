"""Fonts into the file: composite fonts with the used glyphs only, under their own numbers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from reportlab.pdfbase import pdfdoc

from . import fonts
from .fonts import Face, number
from .ink import Ink
from .photo import Layer, Photo


def embed_fonts(document: Any, ink: Ink) -> None:
    """Put every font ``ink`` used into reportlab's ``document``."""
    used = ink.glyphs_used()
    dictionary = document.idToObject["BasicFonts"].dict
    for face, name in ink.faces.items():
        dictionary[name] = _font(document, face, name, used.get(face, {}))


def _font(document: Any, face: Face, name: str, used: dict[int, str]) -> Any:
    gids = sorted(used)
    file = fonts.subset(face, set(gids))
    about = fonts.describe(face)
    # The tag names the subset; it follows from the contents, so that files compare equal.
    digest = hashlib.sha256(file).digest()
    tag = "".join(chr(ord("A") + byte % 26) for byte in digest[:6])
    base = pdfdoc.PDFName(f"{tag}+{about.name}")
    descendant = pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("Font"),
            "Subtype": pdfdoc.PDFName("CIDFontType2"),
            "BaseFont": base,
            "CIDSystemInfo": pdfdoc.PDFDictionary(
                {
                    "Registry": pdfdoc.PDFString("Adobe"),
                    "Ordering": pdfdoc.PDFString("Identity"),
                    "Supplement": 0,
                }
            ),
            "DW": 0,
            "W": _widths(face, gids),
            "CIDToGIDMap": pdfdoc.PDFName("Identity"),
            "FontDescriptor": _descriptor(document, about, base, file, name),
        }
    )
    font = pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("Font"),
            "Subtype": pdfdoc.PDFName("Type0"),
            "BaseFont": base,
            "Encoding": pdfdoc.PDFName("Identity-H"),
            "DescendantFonts": pdfdoc.PDFArray([document.Reference(descendant, f"cid:{name}")]),
            "ToUnicode": document.Reference(_stream(_to_unicode(face, used)), f"cmap:{name}"),
        }
    )
    return document.Reference(font, f"font:{name}")


def _descriptor(document: Any, about: fonts.Description, base: Any, file: bytes, name: str) -> Any:
    stream = _stream(file)
    stream.dictionary["Length1"] = len(file)
    descriptor = pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("FontDescriptor"),
            "FontName": base,
            "Flags": 4 | (64 if about.italic else 0),
            "FontBBox": pdfdoc.PDFArray([number(value) for value in about.box]),
            "ItalicAngle": -12 if about.italic else 0,
            "Ascent": number(about.ascent),
            "Descent": number(about.descent),
            "CapHeight": number(about.cap_height),
            "StemV": 80,
            "FontFile2": document.Reference(stream, f"file:{name}"),
        }
    )
    return document.Reference(descriptor, f"descriptor:{name}")


def _stream(content: bytes) -> Any:
    return pdfdoc.PDFStream(content=content, filters=[pdfdoc.PDFZCompress])


def _widths(face: Face, gids: list[int]) -> Any:
    """The W array: runs of neighbouring glyphs share one entry."""
    entries: list[str] = []
    last = -2
    for gid in gids:
        width = number(face.advance(gid) * 1000 / face.units_per_em)
        if gid == last + 1:
            entries[-1] += f" {width}"
        else:
            entries.append(f"{gid} [{width}")
        last = gid
    return pdfdoc.PDFArray([f"{entry}]" for entry in entries])


def _to_unicode(face: Face, used: dict[int, str]) -> bytes:
    """The ToUnicode map, for readers that do not know ActualText."""
    known = fonts.characters_of(face)
    rows: list[str] = []
    for gid in sorted(used):
        text = chr(known[gid]) if gid in known and not _private(known[gid]) else used[gid]
        if gid and text:
            rows.append(f"<{gid:04X}><{text.encode('utf-16-be').hex().upper()}>")
    blocks = [rows[start : start + 100] for start in range(0, len(rows), 100)]
    body = "".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n"
        f"{body}endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")


def _private(code: int) -> bool:
    return 0xE000 <= code <= 0xF8FF


_COLORS = {1: "DeviceGray", 3: "DeviceRGB"}


def embed_photos(document: Any, photos: Iterable[Photo]) -> None:
    """Put each picture into reportlab's ``document`` once."""
    for photo in photos:
        name = pdfdoc.xObjectName(photo.name)
        stream = _image(photo.image, photo.width, photo.height)
        if photo.mask is not None:
            mask = _image(photo.mask, photo.width, photo.height)
            stream.dictionary["SMask"] = document.Reference(mask, f"{name}mask")
        document.Reference(stream, name)


def _image(layer: Layer, width: int, height: int) -> Any:
    """An image as a stream, its pixels packed as they are."""
    stream = pdfdoc.PDFStream(content=layer.content, filters=[])
    entries = {
        "Type": pdfdoc.PDFName("XObject"),
        "Subtype": pdfdoc.PDFName("Image"),
        "Width": width,
        "Height": height,
        "BitsPerComponent": 8,
        "ColorSpace": pdfdoc.PDFName(_COLORS[layer.colors]),
        "Filter": pdfdoc.PDFName("DCTDecode" if layer.jpeg else "FlateDecode"),
    }
    if not layer.jpeg:
        entries["DecodeParms"] = pdfdoc.PDFDictionary(
            {"Predictor": 15, "Colors": layer.colors, "BitsPerComponent": 8, "Columns": width}
        )
    for key, value in entries.items():
        stream.dictionary[key] = value
    return stream
