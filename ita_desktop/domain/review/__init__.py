"""ตรวจก่อนพิมพ์: what is missing or wrong before a document is printed.

A finding says where (so that a click can go there), what is wrong in one Thai sentence, why, and
what to do. Findings are derived from the data whenever they are asked for and never stored; they
never keep anybody from saving or printing.
"""

from ita_desktop.domain.review.basis import review_report
from ita_desktop.domain.review.engine import Reviewer, review_year
from ita_desktop.domain.review.kinds import Finding, Fix, Place, Severity, by_weight

__all__ = [
    "Finding",
    "Fix",
    "Place",
    "Reviewer",
    "Severity",
    "by_weight",
    "review_report",
    "review_year",
]
