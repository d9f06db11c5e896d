"""The workbook writer: every table of a document becomes a worksheet."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from math import ceil
from typing import Any, NamedTuple
from unicodedata import category

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from ita_desktop.thai.digits import to_arabic
from ita_desktop.thai.shaping import clusters

from .blocks import (
    Align,
    BarChart,
    Block,
    Cell,
    Cover,
    Document,
    Heading,
    MemoHead,
    PageSetup,
    Paragraph,
    Picture,
    PictureGrid,
    Section,
    ShareChart,
    SignatureChain,
    Signer,
    StatusBoxes,
    Table,
    text_of,
)
from .docx.grid import Placed, headings, placed, shares
from .docx.package import MADE, fit, one_line, repacked

_FAMILY, _SIZE = "TH Sarabun New", 14
_LONGEST = 32_767
_LONGEST_NAME = 31
_HIGHEST_ROW = 409.0
_LINE_PT = 24.0
_CHARACTER_MM = 1.9
"""Width of a character, the unit columns are measured in."""
_SPACE_MM = 1.0
"""Width of a space: an indent becomes so many."""
_NARROWEST = 5.0
_PADDING = 1.0
_FILLED = 0.85
"""Share of a line that words fill, also where a wider font stands in."""
_TEXT_COLUMN = 90.0
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_MOST_DIGITS = 15
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_FORMULA_LIKE = ("=", "+", "-", "@", "\u2212", "\t", "|", "%")
_THIN = Side(style="thin", color="FF000000")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_GRAY = PatternFill("solid", fgColor="FFE6E6E6")
_PLAIN, _BOLD = Font(name=_FAMILY, size=_SIZE), Font(name=_FAMILY, size=_SIZE, bold=True)
_ALIGN = {Align.CENTER: "center", Align.RIGHT: "right"}


class _Area(NamedTuple):
    """Cells of a sheet that are one; rows and columns are counted from 1."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1


def render_xlsx(document: Document) -> bytes:
    """Return the document's tables as a workbook; the same document gives the same bytes.

    A document without a table becomes one sheet of its texts, line by line.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    _describe(book, document)
    taken: set[str] = set()
    for table, heading, page in _tables(document):
        name = _sheet_name(table.sheet or table.title or heading or "ตาราง", taken)
        _table_sheet(book.create_sheet(name), table, page)
    if not book.worksheets:
        _text_sheet(book.create_sheet(_sheet_name(document.title or "เอกสาร", taken)), document)
    for sheet in book.worksheets:
        header: Any = sheet.oddHeader
        header.center.text = one_line(document.notice).replace("&", "&&") or None
        footer: Any = sheet.oddFooter
        footer.left.text = one_line(document.mark).replace("&", "&&") or None
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).save()  # Workbook.save would write the time of day
    return repacked(made.getvalue())


def _describe(book: Workbook, document: Document) -> None:
    about = book.properties
    about.title = one_line(document.title)
    about.creator = one_line(document.author)
    about.lastModifiedBy = about.creator
    about.subject = one_line(document.subject)
    about.keywords = ", ".join(one_line(word) for word in document.keywords)
    about.language = "th-TH"
    about.created = about.modified = MADE


def _tables(document: Document) -> Iterator[tuple[Table, str, PageSetup]]:
    """Each table with the heading before it and the page it stands on."""
    heading = ""
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Heading):
                heading = block.text
            elif isinstance(block, Table) and block.columns:
                yield block, heading, section.page


def _sheet_name(wanted: str, taken: set[str]) -> str:
    """A name a sheet may have that no other sheet has."""
    plain = _FORBIDDEN.sub("-", one_line(wanted)).strip(" '") or "ตาราง"
    number, name = 1, _cut(plain, _LONGEST_NAME)
    while name.casefold() in taken or name.casefold() == "history":
        number += 1
        ending = f" ({number})"
        name = _cut(plain, _LONGEST_NAME - len(ending)) + ending
    taken.add(name.casefold())
    return name


def _cut(text: str, longest: int) -> str:
    """The text's first characters, counted as a workbook does; no letter loses its marks."""
    kept, room = "", longest
    for cluster in clusters(text):
        room -= len(cluster.encode("utf-16-le")) // 2
        if room < 0:
            break
        kept += cluster
    return kept.strip(" '")


# --- a table's sheet ------------------------------------------------------------------------------


def _table_sheet(sheet: Worksheet, table: Table, page: PageSetup) -> None:
    widths = [max(_NARROWEST, wide) for wide in shares(table.columns, _characters(page))]
    for at, wide in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = round(wide, 2)
    first = 1
    if table.title:
        _title_row(sheet, table.title, widths)
        first = 2
    count, cells = headings(table.columns)
    for head in sorted(cells, key=lambda one: one.rows):
        area = _Area(first + head.row, head.column + 1, head.rows, head.columns)
        _ruled(sheet, area)
        for cell in _span(sheet, area):
            cell.font, cell.fill = _BOLD, _GRAY
        top = _write(sheet, area, head.text)
        top.alignment = Alignment("center", "center", wrap_text=True)
        _raise(sheet, area, head.text, widths)
    body = first + count
    _rows(sheet, table, body, widths)
    sheet.freeze_panes = f"A{body}"
    sheet.print_title_rows = f"{1 if table.repeat_title else first}:{body - 1}"
    _print_setup(sheet, page)


def _title_row(sheet: Worksheet, title: str, widths: list[float]) -> None:
    area = _Area(1, 1, 1, len(widths))
    top = _write(sheet, area, title)
    top.font = _BOLD
    top.alignment = Alignment("left", "top", wrap_text=True)
    _raise(sheet, area, title, widths)


def _rows(sheet: Worksheet, table: Table, first: int, widths: list[float]) -> None:
    for place in sorted(placed(table), key=lambda one: one.rows):  # the merged ones at last
        column = table.columns[place.column]
        area = _Area(first + place.row, place.column + 1, place.rows, place.columns)
        _ruled(sheet, area)
        text = "" if place.cell is None else _cell_text(place.cell)
        value = _number(text) if column.number else None
        top = _write(sheet, area, text if value is None else value)
        top.font = _BOLD if _is_bold(place) else _PLAIN
        if value is not None:
            top.number_format = column.number
        across = _ALIGN.get(_align(place), "left")
        top.alignment = Alignment(across, "top", wrap_text=True)
        _raise(sheet, area, text, widths)


def _cell_text(cell: Cell) -> str:
    """A cell's text; spaces stand before what is indented on paper."""
    indented = (
        " " * round(block.left_indent_mm / _SPACE_MM if isinstance(block, Paragraph) else 0)
        + text_of(block)
        for block in cell.blocks
    )
    return "\n".join(indented)


def _paragraphs(place: Placed) -> list[Paragraph]:
    blocks = place.cell.blocks if place.cell else ()
    return [block for block in blocks if isinstance(block, Paragraph)]


def _align(place: Placed) -> Align:
    own = [block.align for block in _paragraphs(place)[:1] if block.align is not Align.LEFT]
    return own[0] if own else place.align


def _is_bold(place: Placed) -> bool:
    runs = [run for block in _paragraphs(place) for run in block.runs if run.text.strip()]
    return bool(runs) and all(run.bold for run in runs)


def _span(sheet: Worksheet, area: _Area) -> Iterator[Any]:
    """The cells of an area, before it is merged."""
    for row in range(area.row, area.row + area.rows):
        for column in range(area.column, area.column + area.columns):
            yield sheet.cell(row, column)


def _ruled(sheet: Worksheet, area: _Area) -> None:
    for cell in _span(sheet, area):
        cell.border = _GRID


def _write(sheet: Worksheet, area: _Area, value: str | Decimal) -> SheetCell:
    """Put a number or a text, never a formula, into an area; its cells become one."""
    top = next(_span(sheet, area))
    if isinstance(value, Decimal):
        top.value = value
    elif text := _ESCAPE_LIKE.sub("_x005F_", fit(value))[:_LONGEST]:
        top.value = text
        top.data_type = "s"
        if text.startswith(_FORMULA_LIKE):
            top.quotePrefix = True
    if area.rows > 1 or area.columns > 1:
        sheet.merge_cells(
            start_row=area.row,
            start_column=area.column,
            end_row=area.row + area.rows - 1,
            end_column=area.column + area.columns - 1,
        )
    return top


def _number(text: str) -> Decimal | None:
    """The number a text is, in Thai or Arabic digits; None where it is anything else."""
    plain = to_arabic(text.strip()).replace("\u2212", "-")
    if not plain.isascii() or not _NUMBER.fullmatch(plain):
        return None
    digits = plain.replace(",", "")
    return Decimal(digits) if sum(map(str.isdigit, digits)) <= _MOST_DIGITS else None


def _height(text: str, wide: float) -> float:
    """About how high a text stands in a column so wide; rather too high than cut off."""
    room = max(wide * _FILLED - _PADDING, 1.0)
    lengths = (sum(category(char) != "Mn" for char in line) for line in text.split("\n"))
    return sum(max(1, ceil(length / room)) for length in lengths) * _LINE_PT


def _raise(sheet: Worksheet, area: _Area, text: str, widths: list[float]) -> None:
    """Make an area's last row so high that the text fits in: not every program does it itself."""
    wide = sum(widths[area.column - 1 : area.column - 1 + area.columns])
    last = area.row + area.rows - 1
    above = (sheet.row_dimensions[row].height or _LINE_PT for row in range(area.row, last))
    needed = min(_height(fit(text), wide) - sum(above), _HIGHEST_ROW)
    dimension = sheet.row_dimensions[last]
    dimension.height = max(needed, dimension.height or 0.0, _LINE_PT)


def _characters(page: PageSetup) -> float:
    paper = 297.0 if page.landscape else 210.0
    return max(paper - page.left_mm - page.right_mm, 20.0) / _CHARACTER_MM


def _print_setup(sheet: Worksheet, page: PageSetup) -> None:
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.orientation = "landscape" if page.landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left, margins.right = page.left_mm / 25.4, page.right_mm / 25.4
    margins.top, margins.bottom = page.top_mm / 25.4, page.bottom_mm / 25.4
    margins.header = margins.footer = 0.4


# --- a document without tables --------------------------------------------------------------------


def _text_sheet(sheet: Worksheet, document: Document) -> None:
    sheet.column_dimensions["A"].width = _TEXT_COLUMN
    row = 0
    for section in document.sections:
        for block in section.blocks:
            for line in (part for text in _texts(block) for part in fit(text).split("\n")):
                row += 1
                cell = _write(sheet, _Area(row, 1), line)
                cell.font = _BOLD if isinstance(block, Heading) else _PLAIN
                cell.alignment = Alignment("left", "top", wrap_text=True)
                _raise(sheet, _Area(row, 1), line, [_TEXT_COLUMN])
    first = document.sections[0] if document.sections else Section(PageSetup(), ())
    _print_setup(sheet, first.page)


def _texts(block: Block) -> list[str]:
    """What a block says, in reading order."""
    if isinstance(block, Paragraph | Heading | StatusBoxes | Picture):
        found = [text_of(block)]
    elif isinstance(block, PictureGrid):
        found = [picture.caption for picture in block.pictures]
    elif isinstance(block, Cover):
        found = [block.title, block.middle, block.foot]
    elif isinstance(block, MemoHead):
        found = _memo(block)
    elif isinstance(block, SignatureChain):
        found = [text for signer in block.signers for text in _signer(block, signer)]
    else:
        found = _chart(block) if isinstance(block, BarChart | ShareChart) else []
    return [text for text in found if text]


def _signer(chain: SignatureChain, signer: Signer) -> list[str]:
    """A signer's lines without dots: nobody signs a sheet."""
    return [
        signer.opinion or "",
        *(text.strip() for text in chain.lines(signer, "  ", signer.name)),
    ]


def _memo(head: MemoHead) -> list[str]:
    fields = [
        ("ส่วนราชการ", head.division),
        ("ที่", head.number),
        ("วันที่", head.date),
        ("เรื่อง", head.subject),
        ("เรียน", head.to),
        *(("สิ่งที่ส่งมาด้วย", text) for text in head.attachments),
    ]
    return [head.title, *(f"{label}  {text}".strip() for label, text in fields)]


def _chart(chart: BarChart | ShareChart) -> list[str]:
    if isinstance(chart, ShareChart):
        return [chart.title, *(f"{share.label}  {share.text}" for share in chart.shares)]
    return [chart.title] + [
        f"{group.label}  {series}  {bar.text}"
        for group in chart.groups
        for series, bar in zip(chart.series, group.bars, strict=False)
    ]
