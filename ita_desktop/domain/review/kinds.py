"""What a finding is: where, what is wrong, why that is wrong, and the mend where it is certain."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"

    @property
    def rank(self) -> int:
        """0 for what must be mended, and so on."""
        return tuple(Severity).index(self)


_MARK = re.compile("[ะ-ฺ็-๎]")


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
        return re.sub(
            head_of(self.old) + re.escape(self.old) + tail_of(self.new), lambda _: self.new, text
        )


def head_of(wrong: str) -> str:
    """A pattern of what stands before a wrong piece that is wrong: "กฏ" ends the word "ปรากฏ"."""
    return "(?<!ปรา)" if wrong.startswith("กฏ") else ""


def tail_of(right: str) -> str:
    """A pattern of what may follow a wrong piece and is replaced with it.

    The wrong piece may end before a mark that the right one brings along: "ผลลัพท" of "ผลลัพท์"
    becomes "ผลลัพธ์", and the mark is not to stand there twice.
    """
    return f"{right[-1]}?" if right and _MARK.match(right[-1]) else ""


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


def by_weight(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """What must be mended before what should be looked at, then advice; each in its old order."""
    return tuple(sorted(found, key=lambda each: each.severity.rank))
