"""Where a year's framework comes from, as the window and the command line say it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from ita_desktop.domain.fiscal import thai_date
from ita_desktop.domain.framework import FrameworkShelf
from ita_desktop.paths import is_shipped


class Source(Enum):
    """How the office's own framework of a year came into the data file; the value is stored."""

    FILE = "file"
    COPY = "copy"
    TYPED = "typed"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an own framework came from. ``name``: file name, or the year it was copied from."""

    source: Source
    at: datetime
    name: str = ""
    note: str = ""

    @property
    def words(self) -> str:
        """The origin in Thai, Arabic digits."""
        since = f"ตั้งแต่ {thai_date(self.at.date(), short=True)}"
        match self.source:
            case Source.FILE:
                how = f"จากแฟ้ม {self.name}"
            case Source.COPY:
                how = f"คัดลอกจากปี {self.name} แล้วแก้"
            case Source.TYPED:
                how = "แก้จากของโปรแกรม"
        return f"{how} {since}"


@dataclass(frozen=True, slots=True)
class YearEntry:
    """One year in the list of frameworks."""

    year: int
    own: bool
    shipped: bool
    origin: str
    """Where it comes from, in Thai, Arabic digits."""
    note: str
    items: int
    provisional: bool


def year_entries(
    shelf: FrameworkShelf, origin_of: Callable[[int], Origin | None]
) -> tuple[YearEntry, ...]:
    """The years that have a framework of their own, newest first. Raises FrameworkError."""
    return tuple(_entry(shelf, year, origin_of) for year in reversed(shelf.years()))


def _program_words(shelf: FrameworkShelf, year: int) -> str:
    path = shelf.file_of(year)
    return "มากับโปรแกรม" if path is None or is_shipped(path) else "จากแฟ้มปรับปรุงที่ติดตั้งไว้"


def _entry(
    shelf: FrameworkShelf, year: int, origin_of: Callable[[int], Origin | None]
) -> YearEntry:
    own, shipped = shelf.is_own(year), shelf.is_shipped(year)
    framework, origin = shelf.get(year), origin_of(year) if own else None
    words = (
        f"ของหน่วยงาน {origin.words if origin else ''}".strip()
        if own
        else _program_words(shelf, year)
    )
    return YearEntry(
        year=year,
        own=own,
        shipped=shipped,
        origin=words,
        note=origin.note if origin else "",
        items=len(framework.items),
        provisional=framework.provisional,
    )
