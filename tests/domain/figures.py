"""Figures of real published documents, as printed there.

The documents are numbered as in the project's reference collection.
"""

from __future__ import annotations

from decimal import Decimal

from ita_desktop.domain.framework import FrameworkShelf
from ita_desktop.domain.scores import ScoreSheet, ScoreTree, score_tree
from ita_desktop.paths import resources

SHELF = FrameworkShelf(resources() / "frameworks")
YEARS = (2563, 2564, 2565, 2566, 2567, 2568, 2569)
UNPUBLISHED_YEAR = 2570


def by_indicator(figures: str) -> dict[str, str]:
    """Ten figures in a row as scores of the indicators 1 to 10."""
    return {str(number): figure for number, figure in enumerate(figures.split(), start=1)}


def by_item(letter: str, figures: str) -> dict[str, str]:
    """Figures in a row as scores of the items i1, i2 …"""
    return {f"{letter}{number}": figure for number, figure in enumerate(figures.split(), start=1)}


DOCUMENT_1_FY2563 = by_indicator("95.72 86.35 93.93 87.60 91.86 86.55 77.37 78.98 49.90 12.50")
DOCUMENT_1_FY2564 = by_indicator("91.94 82.87 86.77 82.54 86.10 90.32 91.75 87.68 94.64 100.00")
DOCUMENT_2 = by_indicator("93.59 75.23 88.15 79.80 81.65 95.64 92.38 87.99 90.00 71.25")
DOCUMENT_5_IIT = by_item(
    "i",
    "92.12 93.33 100.00 93.33 95.76 95.76 97.58 98.79 96.97 74.55 97.58 89.70 94.55 90.91 89.70",
)
DOCUMENT_5_EIT = by_item("e", "94.15 94.63 97.56 95.61 95.12 95.12 96.10 95.61 94.15")
DOCUMENT_5 = {**DOCUMENT_5_IIT, **DOCUMENT_5_EIT, **by_item("o", "100.00 " * 28)}


def tree_of(year: int, entered: dict[str, str]) -> ScoreTree:
    """The score tree of a year with those scores entered."""
    scores = {code: Decimal(figure) for code, figure in entered.items()}
    return score_tree(SHELF.get(year), ScoreSheet(year, scores))
