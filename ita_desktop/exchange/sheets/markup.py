"""Tables in the markup that web pages and Word put on the clipboard."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from ita_desktop.exchange.sheets.raw import (
    MOST_CELL,
    MOST_COLUMNS,
    MOST_LETTERS,
    MOST_MERGED,
    MOST_ROWS,
    MOST_TABLES,
    Area,
    Note,
    RawTable,
    even,
)

_SILENT = frozenset({"script", "style", "head", "title", "template"})
_BREAKS = frozenset({"br", "p", "div", "li", "tr"})
_NUMBER = re.compile(r"[0-9]{1,5}")
_DEEPEST = 30


class _Growing:
    """A table while its markup is read: cells by row and column."""

    def __init__(self) -> None:
        self.rows: list[dict[int, str]] = []
        self.taken: dict[int, set[int]] = {}
        self.merged: list[Area] = []
        self.notes: list[Note] = []
        self.at: tuple[int, int] | None = None
        self.parts: list[str] = []

    def open_row(self) -> None:
        """Begin a row."""
        self.close_cell()
        if len(self.rows) <= MOST_ROWS:
            self.rows.append({})

    def open_cell(self, down: int, across: int) -> None:
        """Begin a cell that goes over so many rows and columns."""
        self.close_cell()
        if not self.rows:
            self.rows.append({})
        row = len(self.rows) - 1
        taken = self.taken.setdefault(row, set())
        column = next(at for at in range(MOST_COLUMNS + 1) if at not in taken)
        if column >= MOST_COLUMNS or row >= MOST_ROWS:
            self.note_size()
            return
        last = min(column + across, MOST_COLUMNS) - 1
        bottom = min(row + down, MOST_ROWS) - 1
        for each in range(row, bottom + 1):
            self.taken.setdefault(each, set()).update(range(column, last + 1))
        if (bottom, last) != (row, column) and len(self.merged) < MOST_MERGED:
            self.merged.append(Area(row, column, bottom, last))
        self.at = (row, column)

    def note_size(self) -> None:
        """Say once that not all of it is read."""
        if not self.notes:
            sentence = f"ตารางใหญ่เกิน {MOST_ROWS} แถว {MOST_COLUMNS} ช่อง ส่วนที่เกินไม่ได้อ่าน"
            self.notes.append(Note("", sentence))

    def close_cell(self) -> None:
        """End the open cell."""
        if self.at is not None:
            row, column = self.at
            self.rows[row][column] = _tidy("".join(self.parts))[:MOST_CELL]
        self.at = None
        self.parts = []

    def table(self, name: str) -> RawTable:
        """What has grown."""
        self.close_cell()
        wide = max((max(row, default=-1) + 1 for row in self.rows), default=0)
        rows = [[row.get(at, "") for at in range(wide)] for row in self.rows[:MOST_ROWS]]
        return RawTable(name, even(rows), tuple(self.merged), tuple(self.notes), lettered=False)


class _Reader(HTMLParser):
    """Finds tables; a table within a table is one of its own, its text is in the outer cell too."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.done: list[_Growing] = []
        self._open: list[_Growing] = []
        self._silent = 0
        self._letters = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table" and len(self._open) < _DEEPEST and len(self.done) < MOST_TABLES:
            self._open.append(_Growing())
            self.done.append(self._open[-1])
        elif self._open and tag == "tr":
            self._open[-1].open_row()
        elif self._open and tag in ("td", "th"):
            found = dict(attrs)
            self._open[-1].open_cell(_span(found.get("rowspan")), _span(found.get("colspan")))
        elif tag in _BREAKS:
            self._take("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "table" and self._open:
            self._open.pop().close_cell()
        elif tag in ("td", "th") and self._open:
            self._open[-1].close_cell()
        elif tag in ("p", "div", "li"):
            self._take("\n")

    def handle_data(self, data: str) -> None:
        # Ends of lines in markup are only spaces; <br> and <p> are what the eye sees as lines.
        self._take(re.sub(r"[ \t\r\n\f]+", " ", data))

    def _take(self, text: str) -> None:
        self._letters += len(text)
        if self._silent or self._letters > MOST_LETTERS:
            return
        for table in self._open:
            if table.at is not None:
                table.parts.append(text)


def _span(text: str | None) -> int:
    match = _NUMBER.match((text or "").strip())
    return min(max(int(match[0]), 1), MOST_ROWS) if match else 1


def _tidy(text: str) -> str:
    """Lines without blanks around them, none empty."""
    lines = (" ".join(line.split()) for line in text.replace("\xa0", " ").split("\n"))
    return "\n".join(line for line in lines if line)


def read_markup(text: str) -> tuple[RawTable, ...]:
    """All tables of a page that have at least one cell with text."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    tables = [grown.table(f"ตารางที่ {n}") for n, grown in enumerate(reader.done, start=1)]
    return tuple(table for table in tables if table.rows)


def is_markup(text: str) -> bool:
    """Whether a text is a page with a table, whatever its file is called."""
    return re.search(r"<table[\s>]", text[:200_000], re.IGNORECASE) is not None
