"""What a proof found: how often each verdict, and how much was looked at."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

GOOD = "whole"
NEUTRAL = ("outlived", "not met")
"""Trials in which nothing befell the program: the save was over before."""
BAD = ("lost", "half", "damaged")


@dataclass
class Found:
    """Verdict -> how often. ``beside``: other counts worth telling."""

    name: str
    verdicts: Counter[str] = field(default_factory=Counter)
    beside: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    """The first few things that went wrong, for whoever mends them."""

    @property
    def tried(self) -> int:
        """How many trials there were."""
        return sum(self.verdicts.values())

    @property
    def bad(self) -> int:
        """How many broke the promise."""
        return self.tried - sum(self.verdicts[name] for name in (GOOD, *NEUTRAL))

    def __add__(self, other: Found) -> Found:
        beside = Counter(self.beside) + Counter(other.beside)
        notes = [*self.notes, *other.notes][:20]
        return Found(self.name, self.verdicts + other.verdicts, dict(beside), notes)

    def __str__(self) -> str:
        wrong = ", ".join(f"{self.verdicts[name]} {name}" for name in BAD)
        others = sorted(self.verdicts.keys() - {GOOD, *BAD})
        more = "".join(f", {self.verdicts[name]} {name}" for name in others)
        beside = "".join(f"; {count} {name}" for name, count in self.beside.items())
        return f"{self.name}: {self.tried} tried, {wrong}{more}{beside}"
