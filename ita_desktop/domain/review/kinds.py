"""What a finding is: where, what is wrong, why that is wrong, and the mend where it is certain."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding is: the page, the record on it, and the field."""

    page: str
    record: int | str | None = None
    field: str = ""


@dataclass(frozen=True, slots=True)
class Fix:
    """A mend that is certain: in the text at ``place`` every ``old`` becomes ``new``."""

    place: Place
    old: str
    new: str

    def apply(self, text: str) -> str:
        """The mended text."""
        return text.replace(self.old, self.new)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend. ``problem`` and ``mend`` are Thai sentences; ``rule`` names the rule.

    ``why`` is the rule in a Thai sentence. ``subject`` is what is wrong (a word, a figure), by
    which two findings of one rule at one place are told apart.
    """

    severity: Severity
    place: Place
    rule: str
    problem: str
    mend: str
    why: str = ""
    fix: Fix | None = None
    subject: str = ""

    @property
    def key(self) -> str:
        """Stays the same while the same thing is wrong at the same place.

        A finding is set aside by its key, so what has changed since is shown again.
        """
        place = self.place
        record = "" if place.record is None else str(place.record)
        parts = (self.rule, place.page, record, place.field, self.subject or self.problem)
        return "|".join(part.replace("|", "/") for part in parts)
