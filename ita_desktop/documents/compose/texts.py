"""Small texts and cells: everything leaves with Thai digits."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from ita_desktop.documents.blocks import Cell, Paragraph, Picture, Run, StatusBoxes
from ita_desktop.domain.framework import Framework
from ita_desktop.domain.measures import points
from ita_desktop.domain.scores import half_up
from ita_desktop.thai.digits import to_thai

TABLE_SIZE_PT = 14.0
SCORE_FORMAT = "0.00"
DOTS = "." * 12
"""What is not known stays blank for the pen, and is seen to be missing."""

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
    names = [f"ตัวชี้วัดที่ {code} {framework.indicators[code].name}" for code in codes]
    if len(names) < 2:
        return "".join(names)
    return f"{' '.join(names[:-1])} และ{names[-1]}"


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


def numbered(text: str, *, first: int = 1, always: bool = False) -> tuple[Paragraph, ...]:
    """The points of a text, numbered when there are several or when they go on from others."""
    found = points(text)
    if len(found) < 2 and first == 1 and not always:
        return tuple(paragraph(point) for point in found)
    return tuple(paragraph(point, label=f"{i}.") for i, point in enumerate(found, start=first))


def titled(title: str, text: str) -> tuple[Paragraph, ...]:
    """The points under a small bold title; nothing when there are none."""
    found = numbered(text)
    return (paragraph(title, bold=True), *found) if found else ()


def cell(blocks: Iterable[Paragraph | StatusBoxes | Picture]) -> Cell:
    """A cell of blocks; an empty paragraph when there are none."""
    return Cell(tuple(blocks) or (paragraph(""),))
