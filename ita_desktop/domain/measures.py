"""Measures, improvement guidelines and their progress.

A *measure* (มาตรการ/กิจกรรม) answers indicators or issues; an *improvement guideline*
(แนวทางในการยกระดับการประเมิน) belongs to one indicator. Both have steps, owners, a period inside the
fiscal year and, for each round, a progress record, so both are one class told apart by ``kind``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from ita_desktop.domain.fiscal import Round, period_text, thai_date
from ita_desktop.domain.points import main_points as main_points  # noqa: PLC0414 (known here too)
from ita_desktop.domain.points import points as points  # noqa: PLC0414


class MeasureKind(Enum):
    """Which of the two tables of the report a measure stands in."""

    MEASURE = "measure"
    GUIDELINE = "guideline"


class Status(Enum):
    """Status of a measure in a round; the value is stored, ``label`` is printed."""

    DONE = "done"
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"

    @property
    def label(self) -> str:
        """The words beside the box on paper."""
        return STATUS_LABELS[self]


STATUS_LABELS: dict[Status, str] = {
    Status.DONE: "ดำเนินการแล้วเสร็จ",
    Status.NOT_STARTED: "ยังไม่ได้ดำเนินการ",
    Status.IN_PROGRESS: "อยู่ระหว่างดำเนินการ",
}
"""The three boxes in the order they are printed."""


PROGRESS_WORDS: dict[str, str] = {
    "result": "ผลการดำเนินการ",
    "output": "ผลผลิต",
    "outcome": "ผลลัพธ์",
    "note": "หมายเหตุ",
}
"""What the texts of a measure's progress are called wherever they are named."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo that shows what was done. ``digest``: the picture's SHA-256, by which it is kept."""

    id: int
    digest: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a measure is in one round.

    ``result``: what was done (สรุปผลการดำเนินการ); ``output``: ผลผลิต; ``outcome``: ผลลัพธ์.
    Texts may have several lines, one point each.
    """

    status: Status | None = None
    result: str = ""
    output: str = ""
    outcome: str = ""
    note: str = ""
    photos: tuple[Photo, ...] = ()


NO_PROGRESS = Progress()


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure or guideline of one measure year.

    ``indicators``, ``items`` and ``issues`` name what it answers, by code (of an indicator or a
    sub-indicator, of items) and number. Months are fiscal months (1 = October … 12 = September);
    ``day`` is set when it takes one certain day. ``approach``: แนวทางปฏิบัติ; ``follow_up``:
    การกำกับติดตาม.

    With ``continued`` it is a further way of the measure above it: it has steps, owners and a
    period of its own, is printed under the same title and number, and isn't counted.
    """

    id: int
    year: int
    kind: MeasureKind = MeasureKind.MEASURE
    title: str = ""
    indicators: tuple[str, ...] = ()
    issues: tuple[int, ...] = ()
    steps: str = ""
    owners: str = ""
    first_month: int = 1
    last_month: int = 12
    progress: Mapping[Round, Progress] = field(default_factory=dict)
    approach: str = ""
    follow_up: str = ""
    continued: bool = False
    day: date | None = None
    items: tuple[str, ...] = ()

    @property
    def period(self) -> str:
        """The period in words, Arabic digits."""
        if self.day is not None:
            return thai_date(self.day)
        return period_text(self.year, self.first_month, self.last_month)

    @property
    def short_period(self) -> str:
        """The period with short month names, Arabic digits."""
        if self.day is not None:
            return thai_date(self.day, short=True)
        return period_text(self.year, self.first_month, self.last_month, short=True)

    def progress_in(self, which: Round) -> Progress:
        """The progress record of a round; an empty one when nothing was entered."""
        return self.progress.get(which, NO_PROGRESS)


def counted(measures: Iterable[Measure]) -> int:
    """How many measures there are: a further way of one isn't counted."""
    return sum(not measure.continued for measure in measures)


def owner_names(text: str) -> tuple[str, ...]:
    """The owners in a text that parts them by commas, slashes or line ends."""
    names = (name.strip() for name in re.split(r"[,/\n]", text))
    return tuple(name for name in names if name)
