"""Small texts and cells: everything leaves with Thai digits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import islice

from ita_desktop.documents.blocks import Cell, Paragraph, Picture, Run, StatusBoxes, Table
from ita_desktop.domain.framework import Framework, Instrument
from ita_desktop.domain.points import Point, labelled, points
from ita_desktop.domain.scores import half_up
from ita_desktop.thai.digits import to_thai

TABLE_SIZE_PT = 14.0
SCORE_FORMAT = "0.00"
DOTS = "." * 12
"""What is not known stays blank for the pen, and is seen to be missing."""

_HANG_MM, _WIDE_HANG_MM, _LEVEL_MM = 6.0, 8.5, 4.0
_SHORT_LABEL = 2
"""A label of more letters (๑.๑) needs more room before its text."""

CellBlocks = tuple[Paragraph | StatusBoxes | Picture, ...]


def score_text(score: Decimal | None) -> str:
    """A score with two decimals; "" when there is none."""
    return "" if score is None else to_thai(f"{score:.2f}")


def change_text(change: Decimal | None) -> str:
    """The change, signed, so that a fall can't be read as a rise."""
    if change is None:
        return ""
    if change == 0:
        return to_thai("0.00")
    return to_thai(f"{'+' if change > 0 else '−'}{abs(change):.2f}")


def percent_of(earlier: Decimal, now: Decimal) -> Decimal | None:
    """The change as a percentage of the earlier score; None when that was nought."""
    return None if earlier == 0 else half_up((now - earlier) * 100 / earlier)


def change_words(earlier: Decimal | None, now: Decimal | None) -> str:
    """The change in words, points and percent each by its own name."""
    if earlier is None or now is None:
        return "ไม่มีคะแนนที่เปรียบเทียบได้"
    if earlier == now:
        return "เท่าเดิม"
    word = "เพิ่มขึ้น" if now > earlier else "ลดลง"
    percent = percent_of(earlier, now)
    share = "" if percent is None else f" คิดเป็นร้อยละ {abs(percent):.2f}"
    return to_thai(f"{word} {abs(now - earlier):.2f} คะแนน{share}")


def indicator_names(framework: Framework, codes: Iterable[str]) -> str:
    """Indicators with their numbers, in one sentence."""
    return _joined([f"ตัวชี้วัดที่ {code} {framework.indicators[code].name}" for code in codes])


def _joined(names: list[str]) -> str:
    return " ".join(names[:-1]) + f" และ{names[-1]}" if len(names) > 1 else "".join(names)


def instrument_parts(instrument: Instrument) -> str:
    """How many indicators an instrument has, and which, with their sub-indicators."""
    names = []
    for indicator in instrument.indicators:
        subs = [sub.name for sub in indicator.subindicators]
        inner = f" ({len(subs)} ตัวชี้วัดย่อย ได้แก่ {_joined(subs)})" if subs else ""
        names.append(f"ตัวชี้วัดที่ {indicator.code} {indicator.name}{inner}")
    return f"{len(names)} ตัวชี้วัด ได้แก่ {_joined(names)}"


def paragraph(text: str, *, bold: bool = False, label: str | None = None) -> Paragraph:
    """A paragraph of a table's cell."""
    printed = None if label is None else to_thai(label)
    return Paragraph((Run(to_thai(text), bold=bold),), label=printed, hang_mm=6)


def line(text: str, *, bold: bool = False) -> Cell:
    """A cell with one paragraph."""
    return Cell((paragraph(text, bold=bold),))


def lines(texts: Iterable[str]) -> Cell:
    """A cell with a paragraph for each text."""
    return Cell(tuple(paragraph(text) for text in texts) or (paragraph(""),))


def listed(
    found: Iterable[Point], style: str, first: int = 1, *, bare: bool = False
) -> Iterator[tuple[Point, str | None]]:
    """Points with what stands before them, Thai digits."""
    for point, label in labelled(found, style, first, bare=bare):
        yield point, None if label is None else to_thai(label)


def hang_of(point: Point, label: str | None) -> tuple[float, float]:
    """Millimetres from the left to a point's label, and from there to its text."""
    wide = label is not None and len(label) > _SHORT_LABEL
    return (point.level - 1) * _LEVEL_MM, _WIDE_HANG_MM if wide else _HANG_MM


def numbered(
    text: str, style: str = "numbers", *, first: int = 1, always: bool = False
) -> tuple[Paragraph, ...]:
    """The points of a text as a list, those of lower levels further to the right.

    One point alone has no number, unless it goes on from others; dashes stand before it too.
    """
    found = points(text)
    alone = sum(point.level == 1 for point in found) < 2
    bare = alone and first == 1 and not always and style != "dashes"
    return tuple(
        _point_paragraph(point, label) for point, label in listed(found, style, first, bare=bare)
    )


def _point_paragraph(point: Point, label: str | None) -> Paragraph:
    left, hang = hang_of(point, label)
    return Paragraph((Run(to_thai(point)),), label=label, left_indent_mm=left, hang_mm=hang)


def titled(title: str, text: str, style: str = "numbers") -> tuple[Paragraph, ...]:
    """The points under a small bold title; nothing when there are none."""
    found = numbered(text, style)
    return (paragraph(title, bold=True), *found) if found else ()


def cell(blocks: Iterable[Paragraph | StatusBoxes | Picture]) -> Cell:
    """A cell of blocks; an empty paragraph when there are none."""
    return Cell(tuple(blocks) or (paragraph(""),))


def with_bold(table: Table, bold: Sequence[bool]) -> Table:
    """The table with the texts of those columns bold; cells over several columns stay as set."""
    if not any(bold):
        return table
    covered = [0] * len(bold)
    rows: list[tuple[Cell, ...]] = []
    for row in table.rows:
        free = iter([at for at, left in enumerate(covered) if not left])
        covered = [max(0, left - 1) for left in covered]
        made: list[Cell] = []
        for each in row:
            places = list(islice(free, each.colspan))
            for at in places:
                covered[at] = each.rowspan - 1
            heavy = len(places) == 1 and bold[places[0]]
            made.append(_emboldened(each) if heavy else each)
        rows.append(tuple(made))
    return replace(table, rows=tuple(rows))


def _emboldened(found: Cell) -> Cell:
    blocks = tuple(
        replace(block, runs=tuple(replace(run, bold=True) for run in block.runs))
        if isinstance(block, Paragraph)
        else block
        for block in found.blocks
    )
    return replace(found, blocks=blocks)
