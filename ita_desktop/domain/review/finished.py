"""A finished document as text and tables, and what it says about itself.

What a neighbour or a predecessor wrote comes without a data file. Office, years and scores are
taken from the document's own words and tables, so that its texts can be held against them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.framework import Framework
from ita_desktop.domain.office import Office
from ita_desktop.domain.review.facts import Shelf
from ita_desktop.domain.scores import HUNDRED, ScoreSheet, ScoreTree, score_tree
from ita_desktop.thai.digits import to_arabic

_AGENCY = re.compile(
    r"(องค์การบริหารส่วนตำบล|องค์การบริหารส่วนจังหวัด|เทศบาลตำบล|เทศบาลเมือง|เทศบาลนคร)"
    r"([ก-๎]{2,24})(?=[\s,.)(]|$)"
)
_ENDS = re.compile(r"(อำเภอ|จังหวัด|ประจำ|ได้|จึง|ขอ|มี|เป็น|และ|ที่|โดย|ใน|ต่อ|ทราบ|เพื่อ|รอบ|ตาม|ของ|นั้น).*")
_YEAR = re.compile(r"(?:พ\.\s?ศ\.?|ปีงบประมาณ|ปี)\s*(25\d\d)")
_RESULT_YEAR = re.compile(
    r"(?:ผลการประเมิน|ผลคะแนน)[^\d]{0,160}?(?:ปีงบประมาณ|ประจำปี)[^\n\d]{0,12}(25\d\d)"
)
_MEASURE_YEAR = re.compile(
    r"(?:มาตรการ|การดำเนินการ)[^\n]{0,120}?(?:ปีงบประมาณ|ประจำปี)[^\n\d]{0,12}(25\d\d)"
)
_NUMBER = re.compile(r"^\D{0,3}(\d{1,3}\.\d{1,2}|100)\s*(?:คะแนน)?$")
_NUMBERED_NAME = re.compile(r"^(?:ตัวชี้วัดที่\s*)?\(?(\d{1,2})[.)]?\s+(\S.*)$")
_SCORED = re.compile(
    r"ตัวชี้วัดที่\s*(\d{1,2})\b[^\d\n]{0,60}(?:\n[^\d\n]{0,30})?คะแนน\s*(\d{1,3}\.\d\d)"
)
_ITEM = re.compile(r"^([ieo])\s?(\d{1,2})\b")
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: its number in the document (from 1) and its text."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: the number of its first row in the document, and its cells by row."""

    number: int
    rows: tuple[tuple[str, ...], ...]

    @property
    def head(self) -> tuple[str, ...]:
        """The first row."""
        return self.rows[0] if self.rows else ()


@dataclass(frozen=True)
class Finished:
    """A finished document: paragraphs and tables in reading order.

    ``broken``: lines of paper rather than paragraphs, as a PDF gives them, and no tables.
    """

    parts: tuple[Line | Grid, ...]
    broken: bool = False

    @cached_property
    def text(self) -> str:
        """All of it, a paragraph or a row a line, Arabic digits."""
        lines: list[str] = []
        for part in self.parts:
            if isinstance(part, Line):
                lines.append(part.text)
            else:
                lines += ["\t".join(row) for row in part.rows]
        return to_arabic("\n".join(lines))

    @property
    def lines(self) -> Iterator[Line]:
        """The paragraphs."""
        return (part for part in self.parts if isinstance(part, Line))

    @property
    def grids(self) -> Iterator[Grid]:
        """The tables."""
        return (part for part in self.parts if isinstance(part, Grid))


def read_plain(text: str) -> Finished:
    """Plain text: a line a paragraph; lines with tabs that follow one another are a table."""
    parts: list[Line | Grid] = []
    rows: list[tuple[str, ...]] = []
    first = 0
    lines = [*text.splitlines(), ""]
    for number, line in enumerate(lines, start=1):
        if "\t" in line:
            first = first or number
            rows.append(tuple(_cell(cell) for cell in line.split("\t")))
            continue
        if rows:
            parts.append(Grid(first, _even(rows)))
            rows, first = [], 0
        if line.strip():
            parts.append(Line(number, _cell(line).lstrip("#").strip()))
    return Finished(tuple(gone_on(parts)))


_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,60}>")
_ENDS_LINE = re.compile(r"</li>|<br\s*/?>|</p>|</tr>", re.IGNORECASE)


def _cell(text: str) -> str:
    """A cell or line without the markup that scanning programs leave behind."""
    plain = _MARKUP.sub("", _ENDS_LINE.sub("\n", text))
    return "\n".join(line.strip() for line in plain.split("\n") if line.strip())


def gone_on(parts: Sequence[Line | Grid]) -> list[Line | Grid]:
    """The parts, a table row that was cut at the end of a page put together again.

    The next table has the same heading, and its first row has no first cell.
    """
    found: list[Line | Grid] = []
    for part in parts:
        before = found[-1] if found else None
        goes_on = (
            isinstance(part, Grid)
            and isinstance(before, Grid)
            and part.head == before.head
            and not (part.rows[1:] or (part.head,))[0][0].strip()
        )
        if goes_on and isinstance(part, Grid) and isinstance(before, Grid):
            found[-1:] = _rejoined(before, part)
        else:
            found.append(part)
    return found


def _rejoined(before: Grid, after: Grid) -> list[Grid]:
    *rows, last = before.rows
    head, first, *rest = after.rows
    joined = tuple("\n".join(filter(None, pair)) for pair in zip(last, first, strict=True))
    made = [Grid(before.number, (*rows, joined))]
    return [*made, Grid(after.number, (head, *rest))] if rest else made


def _even(rows: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    wide = max(map(len, rows))
    return tuple((*row, *[""] * (wide - len(row))) for row in rows)


@dataclass(frozen=True)
class About:
    """What a document says about itself. ``year`` is the measure year, ``analysed`` the result's.

    ``trees``: the scores that stand in its tables, by assessed year.
    """

    office: Office
    year: int
    analysed: int
    which: Round
    trees: dict[int, ScoreTree]


def about(document: Finished, shelf: Shelf) -> About:
    """Office, years, round and scores of a document, from its own words."""
    text = document.text
    analysed = _often(_RESULT_YEAR.findall(text))
    year = _often(_MEASURE_YEAR.findall(text)) or (analysed + 1 if analysed else 0)
    years = Counter(map(int, _YEAR.findall(text)))
    common = [each for each, count in years.items() if count >= _LEAST] or list(years)
    year = year or max(common, default=shelf.years()[-1] + 1)
    analysed = analysed or year - 1
    rounds = {months: len(re.findall(rf"{months}\s?เดือน", text)) for months in (6, 12)}
    which = Round.SIX if rounds[6] > rounds[12] else Round.TWELVE
    trees = {
        each: score_tree(shelf.get(each), ScoreSheet(each, entered))
        for each, entered in _sheets(document, analysed, shelf).items()
    }
    return About(_office(text), year, analysed, which, trees)


def _often(found: Sequence[str]) -> int:
    counts = Counter(map(int, found))
    return counts.most_common(1)[0][0] if counts else 0


def _office(text: str) -> Office:
    names: Counter[tuple[str, str]] = Counter()
    for match in _AGENCY.finditer(text):
        name = _ENDS.sub("", match[2])
        if len(name) >= _LEAST:
            names[(match[1], name)] += 1
    if not names:
        return Office(name="")
    (kind, name), _ = names.most_common(1)[0]
    return Office(kind=kind, name=name)


def score_of(cell: str) -> Decimal | None:
    """The score a cell holds and nothing else; None otherwise."""
    match = _NUMBER.match(to_arabic(cell).strip())
    if match is None:
        return None
    value = Decimal(match[1])
    return value if value <= HUNDRED else None


def columns_of_years(grid: Grid) -> dict[int, int]:
    """Column -> year, where headings name years."""
    found: dict[int, int] = {}
    for row in grid.rows[:2]:
        for at, cell in enumerate(row):
            match = re.search(r"25\d\d", to_arabic(cell))
            if match and len(cell) < 40:
                found.setdefault(at, int(match[0]))
    return found


def _sheets(document: Finished, analysed: int, shelf: Shelf) -> dict[int, dict[str, Decimal]]:
    """The scores in the tables, by year and code."""
    sheets: dict[int, dict[str, Decimal]] = {}
    for grid in document.grids:
        years = columns_of_years(grid)
        for row in grid.rows:
            for code, at in _codes_in(row, shelf.get(analysed)):
                for column, score in _scores_in(row, at):
                    year = years.get(column, analysed if not years else 0)
                    if year in shelf.years():
                        sheets.setdefault(year, {}).setdefault(code, score)
    for match in _SCORED.finditer(document.text):
        sheets.setdefault(analysed, {}).setdefault(match[1], Decimal(match[2]))
    return {year: _known(codes, shelf.get(year)) for year, codes in sheets.items()}


def _known(codes: dict[str, Decimal], framework: Framework) -> dict[str, Decimal]:
    known = {*framework.indicators, *framework.items}
    return {code: score for code, score in codes.items() if code in known}


def _codes_in(row: Sequence[str], framework: Framework) -> Iterator[tuple[str, int]]:
    """Codes that a row is about, with their column: "4. การใช้ทรัพย์สิน…", "i5 …"."""
    for at, cell in enumerate(row):
        plain = to_arabic(cell).strip()
        item = _ITEM.match(plain)
        if item:
            yield f"{item[1]}{item[2]}", at
            return
        match = _NUMBERED_NAME.match(plain)
        if match and match[1] in framework.indicators:
            name = framework.indicators[match[1]].name
            if _alike(match[2], name):
                yield match[1], at
                return


def _alike(said: str, name: str) -> bool:
    plain, own = "".join(said.split()), "".join(name.split())
    return plain[:5] == own[:5] or own in plain


def _scores_in(row: Sequence[str], after: int) -> Iterator[tuple[int, Decimal]]:
    for at, cell in enumerate(row[after + 1 :], start=after + 1):
        score = score_of(cell)
        if score is not None:
            yield at, score


def lists_of(document: Finished) -> Iterator[Line]:
    """Paragraphs that announce a list, each joined with the numbered lines below it."""
    parts = list(document.parts)
    for at, part in enumerate(parts):
        if not isinstance(part, Line):
            continue
        below: list[str] = []
        for after in parts[at + 1 :]:
            if not isinstance(after, Line) or not _is_point(after.text, part.text):
                break
            below.append(after.text)
        if len(below) > 1:
            yield Line(part.number, "\n".join([part.text, *below]))


_POINT = re.compile(r"^\(?(\d{1,2}(?:\.\d{1,2})*)[.)]?\s")


def _is_point(text: str, heading: str) -> bool:
    """Whether a line is a point under a heading: of a deeper number, or any where it has none."""
    point, own = _POINT.match(to_arabic(text)), _POINT.match(to_arabic(heading))
    if point is None:
        return False
    if own is None:
        return True
    return point[1].startswith(f"{own[1]}.") and point[1] != own[1]
