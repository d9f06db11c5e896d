"""Charts as small tables: a label, and the text of each figure."""

from __future__ import annotations

from ita_desktop.documents.blocks import (
    Align,
    BarChart,
    Cell,
    Column,
    Paragraph,
    Run,
    ShareChart,
    Table,
)

from .table import table
from .text import Shape, plain
from .xml import Room


def chart(room: Room, block: BarChart | ShareChart) -> None:
    """Put a chart's figures into the room."""
    size = block.size_pt or room.size
    if block.title:
        plain(room, block.title, Shape(Align.CENTER, keep_next=True), bold=True, size=size)
    mark = block.mark[1] if isinstance(block, BarChart) and block.mark else ""
    if mark:
        plain(room, mark, Shape(Align.CENTER, after=2.0, keep_next=True), size=size)
    table(room, _bars(block) if isinstance(block, BarChart) else _parts(block))


def _cells(*texts: str) -> tuple[Cell, ...]:
    return tuple(Cell((Paragraph((Run(text),)),)) for text in texts)


def _bars(block: BarChart) -> Table:
    columns = (Column("", 3.0), *(Column(name, 1.0, Align.CENTER) for name in block.series))
    rows = tuple(_cells(group.label, *(bar.text for bar in group.bars)) for group in block.groups)
    return Table(columns, rows, size_pt=block.size_pt, space_after_pt=block.space_after_pt)


def _parts(block: ShareChart) -> Table:
    columns = (Column("", 2.0), Column("", 1.0, Align.CENTER))
    rows = tuple(_cells(share.label, share.text) for share in block.shares)
    return Table(columns, rows, size_pt=block.size_pt, space_after_pt=block.space_after_pt)
