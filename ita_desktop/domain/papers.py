"""What an office's documents hold besides scores and measures.

*Passages* are the office's own texts in a document (parts of a memo, problems, suggestions, the
analysis of an item), kept by measure year and place. *Disclosures* are the OIT list of a year. A
*paper* is one document of a year: its number and date, and every time it was issued.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

NO_ROUND = 0
"""The round of a document that is made once a year."""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What the office discloses for one OIT item.

    ``disclosed`` None: not decided yet. ``day``: when it was published.
    """

    code: str
    disclosed: bool | None = None
    url: str = ""
    explanation: str = ""
    owner: str = ""
    day: date | None = None
    checked_by: str = ""


@dataclass(frozen=True, slots=True, order=True)
class PaperKey:
    """Which document: measure year, kind of template, round in months (NO_ROUND: none)."""

    year: int
    kind: str
    round: int = NO_ROUND


@dataclass(frozen=True, slots=True)
class Paper:
    """Number (ที่) and date of a document; blank ones are left for the pen."""

    number: str = ""
    day: date | None = None


class Step(Enum):
    """Where an issued document is on its way up the chain; the value is stored."""

    PRINTED = "printed"
    SENT = "sent"
    SIGNED = "signed"
    RETURNED = "returned"

    @property
    def label(self) -> str:
        """The step's name on the screen."""
        return STEP_LABELS[self]


STEP_LABELS: dict[Step, str] = {
    Step.PRINTED: "พิมพ์แล้ว",
    Step.SENT: "เสนอถึง",
    Step.SIGNED: "ลงนามแล้ว",
    Step.RETURNED: "ได้รับคืน",
}


@dataclass(frozen=True, slots=True)
class Passing:
    """One step of an issued document up the chain: what, when, to or by whom.

    ``scan``: digest of the scanned paper, "" when there is none; ``scan_name`` its file name.
    """

    id: int
    step: Step
    day: date | None = None
    who: str = ""
    scan: str = ""
    scan_name: str = ""


@dataclass(frozen=True, slots=True)
class Issued:
    """A document as it was issued (ทะเบียนเอกสาร).

    ``code`` is printed small in its foot; ``at`` is the moment, ISO 8601; ``file`` and ``data`` are
    the digests of the PDF and of the data as they were (the interchange form).
    """

    id: int
    key: PaperKey
    name: str
    code: str
    at: str
    number: str = ""
    day: date | None = None
    file: str = ""
    data: str = ""
    passings: tuple[Passing, ...] = ()
