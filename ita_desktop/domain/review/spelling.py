"""What is certainly written wrong in one text, with its places: for marks while she types.

The rules are those of the review. Only what no correct text holds is marked: misspellings of the
program's list, wrong marks, letters that only look right, what cannot be seen, words said twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from ita_desktop.domain.review.kinds import Finding, Place, tail_of
from ita_desktop.domain.review.language import language_findings, spans
from ita_desktop.domain.review.names import OFFICE_SLIPS
from ita_desktop.domain.review.texts import Role, UserText

_RULES = frozenset(
    ("misspelling", "thai-marks", "look-alike", "invisible", "word-doubled", "abbreviation")
)
LONGEST = 20_000
LONGEST_LINE = 3000
"""Letters of a text, and of a line of it, that are looked through while she types."""


@dataclass(frozen=True, slots=True)
class Slip:
    """One wrong place. ``right`` is the certain mend; None: only she can tell."""

    start: int
    end: int
    problem: str
    right: str | None

    def mend(self, text: str) -> str:
        """The text with this one place mended."""
        return text if self.right is None else text[: self.start] + self.right + text[self.end :]


def slips(text: str) -> tuple[Slip, ...]:
    """The wrong places of a text in their order; none over another."""
    if len(text) > LONGEST:
        return ()
    found: list[Slip] = []
    start = 0
    for line in text.split("\n"):
        found += [
            replace(each, start=each.start + start, end=each.end + start)
            for each in _slips_of_line(line)
        ]
        start += len(line) + 1
    return tuple(found)


@lru_cache(maxsize=500)
def _slips_of_line(text: str) -> tuple[Slip, ...]:
    if not text.strip() or len(text) > LONGEST_LINE:
        return ()
    found = [slip for each in _findings(text) for slip in _places(text, each)]
    found += [
        Slip(*match.span(), f"“{match[0]}” ที่ถูกคือ “{right}”", right)
        for pattern, right in OFFICE_SLIPS
        for match in pattern.finditer(text)
    ]
    kept: list[Slip] = []
    for slip in sorted(found, key=lambda each: (each.start, -each.end)):
        if not kept or slip.start >= kept[-1].end:
            kept.append(slip)
    return tuple(kept)


def _findings(text: str) -> list[Finding]:
    # Of a name: figures of both kinds in one text are no slip of the hand here.
    entry = UserText(Place(""), text, Role.NAME, "", 0)
    return [each for each in language_findings(entry) if each.rule in _RULES]


def _places(text: str, finding: Finding) -> list[Slip]:
    right = finding.fix.new if finding.fix else None
    problem = finding.problem.removeprefix(": ")
    tail = re.compile(tail_of(right or ""))
    places = ((start, tail.match(text, end)) for start, end in spans(text, finding))
    return [Slip(start, after.end(), problem, right) for start, after in places if after]
