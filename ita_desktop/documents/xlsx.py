"""Tables become a workbook: one sheet a table, figures as numbers, text never as a formula."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ita_desktop.documents.blocks import (
    Align,
    BarChart,
    Block,
    Cell,
    Column,
    Document,
    Heading,
    PageSetup,
    Paragraph,
    ShareChart,
    Table,
    text_of,
)
from ita_desktop.documents.grid import GOES_ON, full_rows
from ita_desktop.thai.digits import to_arabic
from ita_desktop.thai.shaping import clean

FONT = "TH Sarabun New"
_SIZE = 14
_LONGEST = 32_767
"""So many characters Excel keeps in a cell."""
_WIDTH = {False: 95, True: 140}
"""Characters across a page, upright and across."""
_NEVER = datetime(2000, 1, 1)
_NUMBER = re.compile(r"^[+\-−]?\d{1,3}(,?\d{3})*(\.\d+)?$", re.ASCII)
_BAD_IN_NAME = re.compile(r"[\[\]:*?/\\]")
_EDGE = Side(style="thin", color="FF000000")
_BORDER = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_GRAY = PatternFill("solid", fgColor="FFE6E6E6")
_PLACES = {Align.CENTER: "center", Align.RIGHT: "right"}


def render_xlsx(document: Document) -> bytes:
    """The tables of a document as a workbook; without any, its texts on one sheet.

    The same document gives the same bytes.
    """
    book = Workbook()
    first = book.active
    if first is not None:
        book.remove(first)
    names: set[str] = set()
    for title, page, table in _tables(document):
        name = _sheet_name(table.sheet or title, names)
        _fill(book.create_sheet(name), document, page, table, title)
    if not names:
        _texts(book.create_sheet("เอกสาร"), document)
    _describe(book, document)
    return _saved(book)


def _tables(document: Document) -> Iterator[tuple[str, PageSetup, Table]]:
    """Each table with its title, or the heading before it, and its page."""
    heading = ""
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Heading):
                heading = block.text
            elif isinstance(block, Table):
                yield block.title or heading, section.page, block


def _sheet_name(wish: str, taken: set[str]) -> str:
    plain = _BAD_IN_NAME.sub("-", " ".join(clean(wish).split())).strip("' ") or "ตาราง"
    name, number = plain[:31], 1
    while name.casefold() in taken:
        number += 1
        ending = f" ({number})"
        name = plain[: 31 - len(ending)] + ending
    taken.add(name.casefold())
    return name


def _fill(sheet: Worksheet, document: Document, page: PageSetup, table: Table, title: str) -> None:
    columns = table.columns
    _put(sheet, 1, 1, title, _Look(bold=True, border=False))
    grouped = any(column.group for column in columns)
    first = 3
    last_head = first + 1 if grouped else first
    _head(sheet, columns, first, grouped=grouped)
    for number, row in enumerate(full_rows(table), start=last_head + 1):
        _row(sheet, columns, row, number)
    _set_up(sheet, document, page, columns, (first, last_head))


def _head(sheet: Worksheet, columns: tuple[Column, ...], first: int, *, grouped: bool) -> None:
    """One row of headings, or two where columns stand in groups."""
    last = first + 1 if grouped else first
    for at, column in enumerate(columns, start=1):
        for number in range(first, last + 1):
            _put(sheet, number, at, "", _HEAD)
        _put(sheet, last if column.group else first, at, column.heading, _HEAD)
        if grouped and not column.group:
            sheet.merge_cells(start_row=first, end_row=last, start_column=at, end_column=at)
    at = 1
    while at <= len(columns):
        group = columns[at - 1].group
        end = at
        while group and end < len(columns) and columns[end].group == group:
            end += 1
        if group:
            _put(sheet, first, at, group, _HEAD)
            if end > at:
                sheet.merge_cells(start_row=first, end_row=first, start_column=at, end_column=end)
        at = end + 1


def _row(sheet: Worksheet, columns: tuple[Column, ...], row: tuple[Cell, ...], number: int) -> None:
    at = 1
    for cell in row:
        column = columns[at - 1]
        for extra in range(cell.colspan):
            _put(sheet, number, at + extra, "")
        if cell.rowspan != GOES_ON:
            look = _Look(
                bold=_is_bold(cell),
                align=cell.align or column.align,
                number=column.number if cell.colspan == 1 else "",
            )
            _put(sheet, number, at, text_of(cell), look)
            if cell.colspan > 1 or cell.rowspan > 1:
                sheet.merge_cells(
                    start_row=number,
                    end_row=number + max(1, cell.rowspan) - 1,
                    start_column=at,
                    end_column=at + cell.colspan - 1,
                )
        at += cell.colspan


def _is_bold(cell: Cell) -> bool:
    runs = [run for block in cell.blocks if isinstance(block, Paragraph) for run in block.runs]
    return bool(runs) and all(run.bold for run in runs)


@dataclass(frozen=True, slots=True)
class _Look:
    """How a cell looks; ``number``: the format of figures, "" where the column is one of texts."""

    bold: bool = False
    fill: bool = False
    border: bool = True
    align: Align = Align.LEFT
    number: str = ""


_HEAD = _Look(bold=True, fill=True, align=Align.CENTER)
_PLAIN = _Look()


def _put(sheet: Worksheet, row: int, column: int, text: str, look: _Look = _PLAIN) -> None:
    """Put a text, or a figure where the column is one of figures, into a cell."""
    found: Any = sheet.cell(row, column)
    if type(found).__name__ == "MergedCell":
        return
    value = _number(text) if look.number else None
    if value is not None:
        found.value, found.number_format = value, look.number
    else:
        kept = clean(text)[:_LONGEST]
        found.value = kept or None
        if kept:  # whatever it begins with, it is no formula
            found.data_type = "s"
            found.quotePrefix = kept[0] in "=+-@\t"
    found.font = Font(name=FONT, size=_SIZE, bold=look.bold)
    horizontal = _PLACES.get(look.align, "left")
    found.alignment = Alignment(wrap_text=look.border, vertical="top", horizontal=horizontal)
    if look.border:
        found.border = _BORDER
    if look.fill:
        found.fill = _GRAY


def _number(text: str) -> float | None:
    plain = to_arabic(text.strip())
    if not _NUMBER.match(plain):
        return None
    return float(plain.replace("−", "-").replace(",", ""))


def _set_up(
    sheet: Worksheet,
    document: Document,
    page: PageSetup,
    columns: tuple[Column, ...],
    head: tuple[int, int],
) -> None:
    """Widths, frozen heading and how the sheet is printed."""
    shares = sum(column.width for column in columns) or 1
    for at, column in enumerate(columns, start=1):
        width = max(7.0, _WIDTH[page.landscape] * column.width / shares)
        sheet.column_dimensions[get_column_letter(at)].width = round(width, 1)
    sheet.freeze_panes = f"A{head[1] + 1}"
    sheet.print_title_rows = f"{head[0]}:{head[1]}"
    setup = sheet.page_setup
    setup.paperSize = "9"  # A4
    setup.orientation = "landscape" if page.landscape else "portrait"
    setup.fitToWidth, setup.fitToHeight = 1, 0
    if sheet.sheet_properties.pageSetUpPr is not None:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins = sheet.page_margins
    margins.left, margins.right = page.left_mm / 25.4, page.right_mm / 25.4
    margins.top, margins.bottom = page.top_mm / 25.4, page.bottom_mm / 25.4
    header: Any = sheet.oddHeader
    header.center.text = "- &P -"
    if document.mark:
        footer: Any = sheet.oddFooter
        footer.left.text = document.mark.replace("&", "&&")


def _texts(sheet: Worksheet, document: Document) -> None:
    """A document without tables, line by line."""
    sheet.column_dimensions["A"].width = _WIDTH[False]
    number = 0
    for section in document.sections:
        for text in (text for block in section.blocks for text in _lines(block)):
            number += 1
            _put(sheet, number, 1, text, _Look(border=False))
            sheet.cell(number, 1).alignment = Alignment(wrap_text=True, vertical="top")


def _lines(block: Block) -> Iterator[str]:
    from ita_desktop.documents.check import texts_of

    if isinstance(block, BarChart | ShareChart):
        yield block.title
    elif isinstance(block, Paragraph | Heading):
        yield text_of(block)
    else:
        yield from (text for text in texts_of(block) if text)


def _describe(book: Workbook, document: Document) -> None:
    properties = book.properties
    properties.title, properties.creator = clean(document.title), clean(document.author)
    properties.subject = clean(document.subject)
    properties.created = properties.modified = _NEVER


def _saved(book: Workbook) -> bytes:
    """The file with every time in it the same, so that equal documents are equal files."""
    raw = io.BytesIO()
    book.save(raw)
    return settled_zip(raw.getvalue())


def settled_zip(content: bytes) -> bytes:
    """A zip file with the same parts, all of one time."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                stamp = rb"<dcterms:modified[^>]*>[^<]*</dcterms:modified>"
                data = re.sub(stamp, _MODIFIED, data)
            info = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, data)
    return out.getvalue()


_MODIFIED = (
    b'<dcterms:modified xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    b'xsi:type="dcterms:W3CDTF">2000-01-01T00:00:00Z</dcterms:modified>'
)
