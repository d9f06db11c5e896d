"""What a data file holds, in a few counts: how a back-up is told from another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class YearScores:
    """Scores of one assessed year: how many were entered, and whether they give a total."""

    entered: int
    complete: bool


@dataclass(frozen=True, slots=True)
class Contents:
    """What a data file held, without opening it.

    ``measures``: measure year -> number of measures and guidelines. ``scores``: assessed year ->
    its scores. ``photos`` and ``issued`` count photos and documents in the register.
    """

    office: str = ""
    measures: Mapping[int, int] = field(default_factory=dict)
    scores: Mapping[int, YearScores] = field(default_factory=dict)
    photos: int = 0
    issued: int = 0
