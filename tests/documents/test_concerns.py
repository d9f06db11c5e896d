"""Which findings of the review concern which document."""

from __future__ import annotations

import pytest

from ita_desktop.documents.concerns import concerns, parts_of
from ita_desktop.documents.templates import load_templates
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.review import Finding, Place, Severity
from ita_desktop.paths import resources

TEMPLATES = load_templates(resources() / "documents")
YEAR = 2569
REPORTS = {"measures-report", "progress-report", "photo-report"}
SIGNED = set(TEMPLATES) - {"score-summary"}


def told(place: Place, which: Round = Round.SIX) -> set[str]:
    """The kinds of document that a finding at the place concerns."""
    finding = Finding(Severity.ERROR, place, "rule", "problem", "mend")
    return {kind for kind, each in TEMPLATES.items() if concerns(each, finding, YEAR, which)}


@pytest.mark.parametrize(
    ("place", "kinds"),
    [
        (Place("office", field="name"), set(TEMPLATES)),
        (Place("office", field="chain"), SIGNED),
        (Place("office", 3, "person"), SIGNED),
        (
            Place("scores", 2568, "1"),
            REPORTS | {"analysis-memo", "issues-plan", "score-summary", "district-line"},
        ),
        (Place("measures", 1, "steps"), REPORTS | {"analysis-memo", "issues-plan"}),
        (Place("progress", 1, "status"), REPORTS | {"memo"}),
        (Place("documents", f"oit/{YEAR}/o1", "url"), {"oit-list"}),
        (Place("documents", f"oit/{YEAR - 1}/o1", "url"), set()),
        (Place("documents", "memo/facts/6", "passage"), {"memo"}),
        (Place("documents", "memo/facts/12", "passage"), set()),
        (Place("documents", "memo/6", "day"), {"memo"}),
        (Place("documents", "oit-list/0", "day"), {"oit-list"}),
        (Place("documents", "issue/1/strengths", "passage"), {"issues-plan"}),
    ],
)
def test_a_finding_concerns_what_prints_it(place: Place, kinds: set[str]):
    assert told(place) == kinds


def test_every_document_prints_something():
    assert all(parts_of(template) for template in TEMPLATES.values())
