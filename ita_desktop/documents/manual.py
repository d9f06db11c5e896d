"""คู่มือ: the manual for the clerk, from its chapters to paper.

Chapters are text files of ``resources/help/`` in a small language of lines:

``# `` the chapter's title · ``## `` a part · ``- `` a point · ``1. `` a step · ``| a | b |`` a row
of a table, the first one its heading · ``![words](file.png)`` a picture · anything else a
paragraph. ``**words**`` are bold. The same lines serve the window's help and the PDF.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from ita_desktop.documents.blocks import (
    Align,
    Block,
    Cell,
    Column,
    Cover,
    Document,
    Heading,
    PageSetup,
    Paragraph,
    Picture,
    Run,
    Section,
    Table,
)
from ita_desktop.paths import resources
from ita_desktop.thai.digits import to_thai

TITLE = "คู่มือการใช้งาน ITA Desktop"
_TEXT_PT = 15.0
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_PICTURE = re.compile(r"!\[(?P<words>[^\]]*)\]\((?P<file>[\w.-]+)\)")
_KEYS = re.compile(r"((?:(?:Ctrl|Alt|Shift)\+)+\S+|\bF[0-9]{1,2}\b)")
_STEP = re.compile(r"(?P<number>[0-9]+)\. (?P<text>.*)")


class Kind(Enum):
    """What a line of a chapter is."""

    TITLE = auto()
    PART = auto()
    POINT = auto()
    STEP = auto()
    TABLE = auto()
    PICTURE = auto()
    TEXT = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """One element. ``rows``: cells of a TABLE, heading first; ``file``: the picture's."""

    kind: Kind
    text: str = ""
    number: int = 0
    rows: tuple[tuple[str, ...], ...] = ()
    file: Path | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: its key (the page of the window it is about), title and lines."""

    key: str
    title: str
    lines: tuple[Line, ...]


def help_folder() -> Path:
    """Where the chapters and their pictures are."""
    return resources() / "help"


def chapters(folder: Path | None = None) -> tuple[Chapter, ...]:
    """All chapters in order; a file is named ``NN-key.md``. Raises OSError, ValueError."""
    base = folder or help_folder()
    return tuple(_chapter(path) for path in sorted(base.glob("[0-9][0-9]-*.md")))


def _chapter(path: Path) -> Chapter:
    lines = tuple(read_lines(path.read_text("utf-8"), path.parent))
    if not lines or lines[0].kind is not Kind.TITLE:
        raise ValueError(f"{path.name} does not begin with a title")
    return Chapter(path.stem.partition("-")[2], lines[0].text, lines[1:])


def read_lines(text: str, folder: Path) -> Iterator[Line]:
    """The elements of a chapter; lines of a paragraph that follow one another are joined."""
    for block in re.split(r"\n\s*\n", text.strip()):
        rows = block.splitlines()
        if rows[0].startswith("|"):
            yield Line(Kind.TABLE, rows=tuple(_cells(row) for row in rows))
        elif rows[0].startswith(("- ", "1. ")):
            yield from (_item(row) for row in _joined(rows))
        else:
            yield _single(" ".join(rows), folder)


def _cells(row: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in row.strip().strip("|").split("|"))


def _joined(rows: list[str]) -> list[str]:
    """List items; a line that begins none goes on with the one before."""
    found: list[str] = []
    for row in rows:
        if row.startswith("- ") or _STEP.match(row):
            found.append(row)
        else:
            found[-1] = f"{found[-1]} {row.strip()}"
    return found


def _item(row: str) -> Line:
    step = _STEP.match(row)
    if step:
        return Line(Kind.STEP, step["text"], int(step["number"]))
    return Line(Kind.POINT, row.removeprefix("- "))


def _single(text: str, folder: Path) -> Line:
    picture = _PICTURE.fullmatch(text)
    if picture:
        return Line(Kind.PICTURE, picture["words"], file=folder / "pictures" / picture["file"])
    for mark, kind in (("## ", Kind.PART), ("# ", Kind.TITLE)):
        if text.startswith(mark):
            return Line(kind, text.removeprefix(mark))
    return Line(Kind.TEXT, text)


def bold_parts(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it is bold."""
    for number, piece in enumerate(_BOLD.split(text)):
        if piece:
            yield piece, number % 2 == 1


def with_digits(text: str, convert: Callable[[str], str]) -> str:
    """The text with its digits converted, but not those of keys to press."""
    pieces = _KEYS.split(text)
    return "".join(each if at % 2 else convert(each) for at, each in enumerate(pieces))


def _thai(text: str) -> str:
    return with_digits(text, to_thai)


# --- on paper ------------------------------------------------------------------------------------


def manual(found: tuple[Chapter, ...] | None = None) -> Document:
    """The whole manual as a document: a cover, then each chapter."""
    page = PageSetup(left_mm=25, right_mm=20, top_mm=20, bottom_mm=18, size_pt=_TEXT_PT)
    blocks: list[Block] = []
    for number, chapter in enumerate(found or chapters(), start=1):
        blocks.append(Heading(_thai(f"{number}. {chapter.title}"), 1, space_before_pt=14))
        blocks += [block for line in chapter.lines for block in _blocks(line)]
    cover = Cover(TITLE, "สำหรับองค์กรปกครองส่วนท้องถิ่น", "ใช้งานได้โดยไม่ต้องมีอินเทอร์เน็ต")
    return Document(
        title=TITLE, subject=TITLE, sections=(Section(page, (cover,)), Section(page, tuple(blocks)))
    )


def _blocks(line: Line) -> Iterator[Block]:
    runs = tuple(Run(_thai(text), bold=bold) for text, bold in bold_parts(line.text))
    match line.kind:
        case Kind.PART:
            yield Heading(_thai(line.text), 2, space_before_pt=8)
        case Kind.POINT:
            yield Paragraph(runs, Align.THAI, left_indent_mm=5, label="-", hang_mm=5)
        case Kind.STEP:
            label = _thai(f"{line.number}.")
            yield Paragraph(runs, Align.THAI, left_indent_mm=5, label=label, hang_mm=8)
        case Kind.TABLE:
            yield _table(line)
        case Kind.PICTURE if line.file is not None:
            yield Picture(line.file.read_bytes(), line.text, width_mm=150, alt=line.text)
        case _:
            yield Paragraph(runs, Align.THAI, space_after_pt=4)


def _table(line: Line) -> Table:
    heads, *rows = line.rows
    return Table(
        tuple(Column(_thai(head)) for head in heads),
        tuple(tuple(_cell(text) for text in row) for row in rows),
        size_pt=_TEXT_PT - 1,
    )


def _cell(text: str) -> Cell:
    runs = tuple(Run(_thai(piece), bold=bold) for piece, bold in bold_parts(text))
    return Cell((Paragraph(runs),))
