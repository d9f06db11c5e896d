"""Tables in a Word file: ruled ones, and unruled ones that only hold things in their place."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn
from docx.shared import Mm

from ita_desktop.documents.blocks import (
    Align,
    Cell,
    Column,
    Paragraph,
    Picture,
    Run,
    StatusBoxes,
    Table,
)
from ita_desktop.documents.grid import GOES_ON, full_rows

from .pictures import write_picture
from .text import SYMBOLS, write_paragraph, write_run
from .xml import borders, child, element

_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
_GRAY = "E6E6E6"


def new_table(
    holder: Any, rows: int, widths_mm: list[float], *, ruled: bool, header_rows: int = 0
) -> Any:
    """An empty table of fixed column widths."""
    made = holder.add_table(rows, len(widths_mm))
    made.autofit = False
    properties = made._tbl.tblPr  # noqa: SLF001
    kind = "single" if ruled else "nil"
    properties.append(borders("w:tblBorders", dict.fromkeys(_EDGES, kind)))
    child(properties, "w:tblLayout", type="fixed")
    for column, width in zip(made.columns, widths_mm, strict=True):
        column.width = Mm(width)
    for number, row in enumerate(made.rows):
        row_properties = row._tr.get_or_add_trPr()  # noqa: SLF001
        if number < header_rows:
            row_properties.append(element("w:cantSplit"))
            row_properties.append(element("w:tblHeader"))
        for cell, width in zip(row.cells, widths_mm, strict=True):
            cell.width = Mm(width)
    return made


def clear(cell: Any) -> Any:
    """The one empty paragraph of a new cell."""
    return cell.paragraphs[0]


def write_table(holder: Any, table: Table, font: str, size: float, width_mm: float) -> None:
    """A ruled table with its title and its repeated heading."""
    own = table.size_pt or size
    if table.title:
        title = holder.add_paragraph()
        text = Paragraph((Run(table.title, bold=True),), space_before_pt=4, keep_with_next=True)
        write_paragraph(title, text, font, own, Align.LEFT)
    columns = table.columns
    grouped = any(column.group for column in columns)
    heads = 2 if grouped else 1
    total = sum(column.width for column in columns) or 1
    widths = [width_mm * column.width / total for column in columns]
    made = new_table(holder, heads + len(table.rows), widths, ruled=True, header_rows=heads)
    grid = [list(row.cells) for row in made.rows]
    _write_head(grid, columns, font, own, grouped=grouped)
    for number, row in enumerate(full_rows(table), start=heads):
        _write_row(grid, number, row, columns, (font, own))


def _write_head(
    grid: list[list[Any]], columns: tuple[Column, ...], font: str, size: float, *, grouped: bool
) -> None:
    at = 0
    while at < len(columns):
        end = at + 1
        group = columns[at].group
        while group and end < len(columns) and columns[end].group == group:
            end += 1
        if group:
            _head_cell(grid[0][at].merge(grid[0][end - 1]), group, font, size)
            for inner in range(at, end):
                _head_cell(grid[1][inner], columns[inner].heading, font, size)
        else:
            cell = grid[0][at].merge(grid[1][at]) if grouped else grid[0][at]
            _head_cell(cell, columns[at].heading, font, size)
        at = end


def _head_cell(cell: Any, text: str, font: str, size: float) -> None:
    paragraph = Paragraph((Run(text, bold=True),), Align.CENTER)
    write_paragraph(clear(cell), paragraph, font, size, Align.CENTER)
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001
    child(properties, "w:shd", val="clear", color="auto", fill=_GRAY)
    child(properties, "w:vAlign", val="center")


def _write_row(
    grid: list[list[Any]],
    number: int,
    row: tuple[Cell, ...],
    columns: tuple[Column, ...],
    type_: tuple[str, float],
) -> None:
    at = 0
    for cell in row:
        if cell.rowspan != GOES_ON:
            last = min(number + cell.rowspan, len(grid)) - 1
            target = grid[number][at]
            if cell.rowspan > 1 or cell.colspan > 1:
                target = target.merge(grid[last][at + cell.colspan - 1])
            write_cell(target, cell, *type_, cell.align or columns[at].align)
        at += cell.colspan


def write_cell(target: Any, cell: Cell, font: str, size: float, align: Align) -> None:
    """The blocks of a cell, one paragraph each."""
    for extra in target.paragraphs[1:]:  # merging leaves the empty ones of the merged cells
        extra._p.getparent().remove(extra._p)  # noqa: SLF001
    first = True
    for block in cell.blocks:
        lines = _lines(block)
        for line in lines:
            paragraph = clear(target) if first else target.add_paragraph()
            first = False
            if isinstance(line, Picture):
                room = (target.width or Mm(60)) - Mm(4)
                write_picture(paragraph, line, font, size, room / 36000)
            else:
                write_paragraph(paragraph, line, font, size, align)


def _lines(block: Paragraph | StatusBoxes | Picture) -> list[Paragraph | Picture]:
    if isinstance(block, StatusBoxes):
        return [
            Paragraph((Run("☑" if number == block.ticked else "☐"), Run(f" {option}")))
            for number, option in enumerate(block.options)
        ]
    return [block]


def write_boxes(holder: Any, boxes: StatusBoxes, font: str, size: float) -> None:
    """Check boxes, one option a line."""
    for number, option in enumerate(boxes.options):
        paragraph = holder.add_paragraph()
        write_run(paragraph, Run("☑" if number == boxes.ticked else "☐"), SYMBOLS, size)
        write_run(paragraph, Run(f" {option}"), font, size)


def underline_dotted(cell: Any) -> None:
    """A dotted rule under a cell, to write on."""
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001
    for old in properties.findall(qn("w:tcBorders")):
        properties.remove(old)
    properties.append(borders("w:tcBorders", {"bottom": "dotted"}))
