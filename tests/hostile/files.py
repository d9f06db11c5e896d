"""Files that lie, bomb or are broken. Each is built here; none is kept."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from itertools import pairwise

from tests.exchange.sheets.tables import PLAN_ROWS, workbook

SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def rezipped(content: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """A workbook with its parts changed; a part that becomes None is left out."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for info in source.infolist():
            made = change(info.filename, source.read(info))
            if made is not None:
                target.writestr(info.filename, made)
    return out.getvalue()


def with_sheet(xml: bytes) -> bytes:
    """A workbook whose only sheet is that text."""
    return rezipped(workbook(PLAN_ROWS), lambda name, old: xml if name == SHEET else old)


def sheet(rows: bytes, after: bytes = b"") -> bytes:
    """The text of a sheet around rows."""
    start = f'<worksheet xmlns="{NAMESPACE}"><sheetData>'.encode()
    return start + rows + b"</sheetData>" + after + b"</worksheet>"


def cell(reference: str, text: str = "x") -> bytes:
    """A cell with a text of its own."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'.encode()


def billion_laughs() -> bytes:
    """Ten entities, each ten times the one before."""
    names = [f"a{number}" for number in range(10)]
    entities = "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names)
    )
    declared = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a0 "lol">{entities}]>'
    return with_sheet(declared.encode() + sheet(b"<row>" + cell("A1", "&a9;") + b"</row>"))


def far_cell() -> bytes:
    """Texts in the first and in the very last cell of a sheet."""
    rows = b'<row r="1">' + cell("A1", "มาตรการ") + cell("B1", "ผู้รับผิดชอบ") + b"</row>"
    rows += b'<row r="2">' + cell("A2", "ก") + cell("B2", "ข") + b"</row>"
    rows += b'<row r="1048576">' + cell("XFD1048576") + b"</row>"
    return with_sheet(sheet(rows))


def huge_merge() -> bytes:
    """160 million cells that are one."""
    merged = b'<mergeCells count="1"><mergeCell ref="A1:XFD10000"/></mergeCells>'
    rows = b'<row r="1">' + cell("A1", "มาตรการ") + b"</row>"
    return with_sheet(sheet(rows, merged))


def many_merges() -> bytes:
    """A hundred thousand merged areas."""
    areas = b"".join(b'<mergeCell ref="A%d:B%d"/>' % (n, n) for n in range(1, 100_001))
    rows = b'<row r="1">' + cell("A1", "มาตรการ") + b"</row>"
    return with_sheet(sheet(rows, b"<mergeCells>" + areas + b"</mergeCells>"))


def packed_bomb(megabytes: int = 300) -> bytes:
    """A sheet of that size, packed a thousand times smaller."""
    filler = b"<row><c><v>1</v></c></row>" * 40_000
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(PLAN_ROWS))) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for info in source.infolist():
            if info.filename != SHEET:
                target.writestr(info.filename, source.read(info))
        with target.open(SHEET, "w") as part:
            part.write(f'<worksheet xmlns="{NAMESPACE}"><sheetData>'.encode())
            for _ in range(megabytes * 1_000_000 // len(filler)):
                part.write(filler)
            part.write(b"</sheetData></worksheet>")
    return out.getvalue()


def many_texts(megabytes: int = 50) -> bytes:
    """A workbook whose list of texts is that long, none like another."""
    texts = "".join(f"<si><t>มาตรการ {n * 7919}</t></si>" for n in range(megabytes * 19_000))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    out = io.BytesIO(
        rezipped(
            workbook(PLAN_ROWS),
            lambda name, old: old.replace(b"</Types>", override.encode()),
        )
    )
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as target:
        target.writestr("xl/sharedStrings.xml", f'<sst xmlns="{NAMESPACE}">{texts}</sst>')
    return out.getvalue()


def many_cells(rows: int = 15_000) -> bytes:
    """A sheet of so many rows of fifty numbers."""
    lines = (
        b'<row r="%d">%s</row>' % (n, b"".join(b"<c><v>%d</v></c>" % (n * k) for k in range(50)))
        for n in range(1, rows + 1)
    )
    return with_sheet(sheet(b"".join(lines)))


def lying_size(content: bytes) -> bytes:
    """A workbook whose directory says that a large sheet is small."""
    big = rezipped(content, lambda name, old: old + b" " * 5_000_000 if name == SHEET else old)
    data = bytearray(big)
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(SHEET.encode()))
    data[at + 24 : at + 28] = struct.pack("<I", 100)
    return bytes(data)


def locked(content: bytes) -> bytes:
    """A workbook whose parts say that they are encrypted."""
    data = bytearray(content)
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        data[at + 8] |= 1
    return bytes(data)


def many_parts() -> bytes:
    """An archive of five thousand parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for number in range(5_000):
            target.writestr(f"xl/{number}.xml", b"<a/>")
    return out.getvalue()


def doubled_part() -> bytes:
    """A workbook that has its sheet twice."""
    import warnings

    out = io.BytesIO(workbook(PLAN_ROWS))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(out, "a") as target:
            target.writestr(SHEET, b"<worksheet/>")
    return out.getvalue()


def _chunk(kind: bytes, body: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + body))
    return struct.pack(">I", len(body)) + kind + body + check


def _png(wide: int, high: int, body: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", wide, high, 1, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", body), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def empty_png(wide: int = 14_000, high: int = 14_000) -> bytes:
    """A picture of so many dots in 69 bytes: its data are missing."""
    return _png(wide, high, b"")


@cache
def flat_png(wide: int, high: int) -> bytes:
    """A whole picture of one colour, a bit a dot: 100 kB for a thousand million dots."""
    packer = zlib.compressobj(9)
    line = bytes(1 + (wide + 7) // 8)
    return _png(wide, high, b"".join(packer.compress(line) for _ in range(high)) + packer.flush())


POSTSCRIPT = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n(%pipe%id) (r) file\nshowpage\n"

TABLE = b"<table><tr><td>a</td><td>b</td></tr>"

HOSTILE_FILES: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "one byte": lambda: b"P",
    "zeros": lambda: bytes(10_000),
    "billion laughs": billion_laughs,
    "far cell": far_cell,
    "huge merge": huge_merge,
    "many merges": many_merges,
    "300 MB in less than one": packed_bomb,
    "50 MB of rows": lambda: packed_bomb(50),
    "50 MB of texts": many_texts,
    "750,000 cells": many_cells,
    "lying size": lambda: lying_size(workbook(PLAN_ROWS)),
    "locked": lambda: locked(workbook(PLAN_ROWS)),
    "many parts": many_parts,
    "a part twice": doubled_part,
    "half a workbook": lambda: workbook(PLAN_ROWS)[:3000],
    "old Excel": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000),
    "PostScript": lambda: POSTSCRIPT,
    "a program": lambda: b"MZ\x90\0" + bytes(range(256)) * 50,
    "spans without end": lambda: TABLE + b"<tr>" + b"<td colspan=99999 rowspan=99999>x" * 3000,
    "a table in a table": lambda: b"<table><tr><td>" * 20_000,
    "comments left open": lambda: TABLE + b"<!--" * 200_000,
    "tags left open": lambda: TABLE + b"<a <" * 300_000,
    "a million columns": lambda: b"a,b" * 1_000_000,
    "a quotation mark left open": lambda: b'a,"' + b"x" * 5_000_000,
    "a cell of 20 MB": lambda: b"x" * 20_000_000,
    "rows without end": lambda: b"a,b\n" * 5_000_000,
    "half a UTF-16": lambda: b"\xff\xfe" + b"\x01\xd8" * 999,
}
