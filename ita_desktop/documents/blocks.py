"""A document as data.

``compose`` makes these blocks from a dossier, and each writer (PDF first) turns the same blocks
into bytes. Blocks carry text exactly as it shall be read back out of the finished file: digits are
already Thai, numbers are already formatted. Lengths are millimetres, type sizes are points.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


class Align(Enum):
    """How the lines of a paragraph fill its width."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    THAI = "thai"
    """Justified the Thai way: space is spread between words, the last line stays natural."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style. ``text`` may hold line breaks (\\n), which end a line."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Runs of text set together.

    ``label`` (such as "๑." or "-") stands at the left of the first line, the text hangs
    ``hang_mm`` to the right of it. ``size_pt`` None means the page's body size.
    """

    runs: tuple[Run, ...]
    align: Align = Align.LEFT
    first_indent_mm: float = 0.0
    left_indent_mm: float = 0.0
    label: str | None = None
    hang_mm: float = 6.0
    size_pt: float | None = None
    space_before_pt: float = 0.0
    space_after_pt: float = 0.0
    keep_with_next: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``level`` 1 to 3. Never the last thing on a page; in the file's outline."""

    text: str
    level: int = 1
    align: Align = Align.LEFT
    size_pt: float | None = None
    space_before_pt: float = 6.0
    space_after_pt: float = 3.0
    first_indent_mm: float = 0.0


@dataclass(frozen=True, slots=True)
class StatusBoxes:
    """Check boxes, one option a line; ``ticked`` is the index of the ticked one, or None."""

    options: tuple[str, ...]
    ticked: int | None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture file (JPEG or PNG) in the flow of the text or inside a table cell.

    It keeps its proportions: as wide as ``width_mm`` (None: as the room it stands in), never
    higher than ``height_mm``. ``caption`` stands centred under it and is never parted from it;
    ``alt`` says in words what is seen. One that cannot be read leaves its caption and a frame.
    """

    data: bytes = field(repr=False)
    caption: str = ""
    width_mm: float | None = None
    height_mm: float = 80.0
    align: Align = Align.CENTER
    alt: str = ""


@dataclass(frozen=True, slots=True)
class PictureGrid:
    """Pictures beside each other, ``across`` to a row, each with its caption under it.

    A row is never parted. ``height_mm`` bounds each picture.
    """

    pictures: tuple[Picture, ...]
    across: int = 2
    height_mm: float = 80.0


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell: blocks above each other.

    A cell with ``rowspan`` n reaches over n rows; the rows below it have no cell in its columns.
    Where the rows go on on another page, the cell's text is not set again but its ``continued``
    text is ("" leaves the cell blank there).
    """

    blocks: tuple[Paragraph | StatusBoxes | Picture, ...]
    align: Align | None = None
    """Overrides the column's alignment for paragraphs that are LEFT."""
    colspan: int = 1
    rowspan: int = 1
    continued: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One table column. ``width`` is a share; the writer scales the shares to the text width.

    Neighbours with the same ``group`` stand under one common heading over their own.
    ``number`` is the format of typed numbers in a worksheet ("0.00"); "" means text.
    """

    heading: str
    width: float = 1.0
    align: Align = Align.LEFT
    group: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table. The heading row is repeated on each page it goes on.

    ``title`` is set bold above the table and repeated with the heading row when ``repeat_title``.
    ``rows`` hold one Cell per column (a Cell with ``colspan`` n stands for n columns; columns that
    a ``rowspan`` from above covers have none). ``sheet`` names the table where tables are sheets of
    a workbook; "" leaves the choice to the writer.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str | None = None
    repeat_title: bool = False
    size_pt: float | None = None
    space_after_pt: float = 8.0
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: how long it is on the chart's scale, and the text printed for it.

    ``value`` None means there is no figure: no bar is drawn, the text says so.
    """

    value: float | None
    text: str


@dataclass(frozen=True, slots=True)
class BarGroup:
    """Bars that are compared, one a series, under one label."""

    label: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars lying beside their labels, told apart without colour; the last series is the darkest.

    ``ticks`` and ``mark`` are places on the scale from 0 to ``most`` with the text printed there;
    ``mark`` is the line every bar should reach.
    """

    series: tuple[str, ...]
    groups: tuple[BarGroup, ...]
    title: str = ""
    most: float = 100.0
    ticks: tuple[tuple[float, str], ...] = ()
    mark: tuple[float, str] | None = None
    size_pt: float | None = None
    space_after_pt: float = 8.0


@dataclass(frozen=True, slots=True)
class Share:
    """One part of a whole: its size, and the texts printed for it and in short over its bar."""

    label: str
    value: float
    text: str
    short: str = ""


@dataclass(frozen=True, slots=True)
class ShareChart:
    """One bar cut into the parts of a whole, with a line of text for each part."""

    shares: tuple[Share, ...]
    title: str = ""
    size_pt: float | None = None
    space_after_pt: float = 8.0


@dataclass(frozen=True, slots=True)
class Signer:
    """One place in a signature block.

    ``opinion`` is the line above (ความเห็นของ…), followed by dotted lines for the pen;
    ``acting`` stands under the own position (รักษาราชการแทน…).
    An empty ``name`` prints dots in the brackets.
    """

    name: str
    position: str
    role: str = ""
    acting: str = ""
    opinion: str | None = None


@dataclass(frozen=True, slots=True)
class SignatureChain:
    """Signers from the first to the last. One signer's block is never torn apart."""

    signers: tuple[Signer, ...]
    date_line: bool = True
    """Print "วันที่ ....../......./......" under each, blank for the pen."""
    sign_line: bool = True
    """Print ลงชื่อ and dots over each name; without it the room for the pen stays."""
    role: str = "beside"
    """Where a signer's role stands: "beside" the sign line, "under" the post, or "none"."""

    def lines(self, signer: Signer, sign: str, name: str, date: str = "") -> list[str]:
        """A signer's lines from the sign line down, of the dotted lines as a writer makes them."""
        beside = self.role == "beside" and self.sign_line
        found = [f"ลงชื่อ{sign}{signer.role if beside else ''}"] if self.sign_line else []
        found += [f"({name})"] if name else []
        found += [signer.position, signer.acting]
        found += [signer.role] if self.role != "none" and not beside else []
        found += [date] if self.date_line else []
        return [text for text in found if text.strip()]


@dataclass(frozen=True, slots=True)
class MemoHead:
    """The head of a memo (บันทึกข้อความ): emblem, title, labelled lines on dots, addressee.

    ``emblem`` holds the office's own picture file; without one its room at the upper left stays
    blank. An empty ``number`` or ``date`` leaves the dots for the pen.
    """

    division: str
    subject: str
    to: str
    number: str = ""
    date: str = ""
    attachments: tuple[str, ...] = ()
    emblem: bytes | None = field(default=None, repr=False)
    emblem_mm: float = 15.0
    title: str = "บันทึกข้อความ"
    title_pt: float = 29.0
    label_pt: float = 20.0


@dataclass(frozen=True, slots=True)
class Cover:
    """A cover that fills a page: seal above, title in the upper half, office at the foot.

    Texts may have several lines; all are centred and bold. Without ``seal`` its room stays blank.
    """

    title: str
    middle: str = ""
    foot: str = ""
    seal: bytes | None = field(default=None, repr=False)
    seal_mm: float = 35.0
    title_pt: float = 26.0
    text_pt: float = 20.0


@dataclass(frozen=True, slots=True)
class Space:
    """Empty height."""

    height_pt: float


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block = (
    Paragraph
    | Heading
    | StatusBoxes
    | Table
    | BarChart
    | ShareChart
    | MemoHead
    | Picture
    | PictureGrid
    | Cover
    | SignatureChain
    | Space
    | PageBreak
)


@dataclass(frozen=True, slots=True)
class PageSetup:
    """Paper, margins and type of one section: the letterhead settings decide them."""

    landscape: bool = False
    left_mm: float = 30.0
    right_mm: float = 20.0
    top_mm: float = 25.0
    bottom_mm: float = 20.0
    font: str = "Laksaman"
    size_pt: float = 16.0
    number_from: int = 2
    """Pages from this one on carry "- ๒ -" centred at the top; 0 means none does."""
    number_restart: bool = False
    """The section's first page is page 1: a report after its memo counts its own pages."""
    catchwords: bool = False
    """A page that goes on ends in the first words of the next: "/ข้อพิจารณา..." (memos)."""


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks that share one page set-up; a section begins on a new page."""

    page: PageSetup
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. Title, author and subject also go into the file's own description."""

    title: str
    sections: tuple[Section, ...]
    author: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = field(default=())
    mark: str = ""
    """A short code printed small at the foot of every page, lower left; "" prints none."""
    notice: str = ""
    """Words across every page, such as that nothing of it is real; "" prints none."""


def text_of(block: Paragraph | Heading | StatusBoxes | Picture | Cell) -> str:
    """The text a reader gets from the block, lines separated by \\n."""
    if isinstance(block, Paragraph):
        body = "".join(run.text for run in block.runs)
        return f"{block.label} {body}" if block.label else body
    if isinstance(block, Heading):
        return block.text
    if isinstance(block, Picture):
        return block.caption
    if isinstance(block, StatusBoxes):
        boxes = ("☑" if index == block.ticked else "☐" for index in range(len(block.options)))
        lines = zip(boxes, block.options, strict=True)
        return "\n".join(f"{box} {option}" for box, option in lines)
    return "\n".join(text_of(part) for part in block.blocks)
