"""The review finds planted mistakes where they are, and nothing in what is right.

The whole count is in ``tests.benchmarks.bench_review``; here a few places of each kind.
"""

from __future__ import annotations

import pytest

from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.review import Reviewer, review_year
from ita_desktop.domain.review.rules import RULES
from tests.benchmarks.bench_review import is_caught
from tests.domain.figures import SHELF
from tests.domain.planted import WHICH, YEAR, Kind, clean, sample
from tests.domain.planted_kinds import harmless, kinds

REVIEWER = Reviewer(SHELF)
KINDS, HARMLESS = kinds(), harmless()


@pytest.mark.parametrize("which", [Round.SIX, Round.TWELVE])
def test_nothing_is_found_in_the_sample(which: Round):
    assert review_year(sample(), SHELF, YEAR, which) == ()


def test_nothing_is_found_in_the_clean_year():
    assert review_year(clean(), SHELF, YEAR, WHICH) == ()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_planted_mistakes_are_found(kind: Kind):
    plants = list(kind.plant(clean()))
    assert plants
    step = max(1, len(plants) // 5)
    for plant in plants[::step]:
        findings = REVIEWER.review(plant.dossier, YEAR, WHICH)
        assert is_caught(kind, plant, findings), (plant.places, findings)


@pytest.mark.parametrize("kind", HARMLESS, ids=lambda kind: kind.name)
def test_right_sentences_are_left_alone(kind: Kind):
    plants = list(kind.plant(clean()))
    step = max(1, len(plants) // 6)
    for plant in plants[::step]:
        assert REVIEWER.review(plant.dossier, YEAR, WHICH) == ()


def test_there_are_enough_kinds():
    assert len(KINDS) >= 40
    assert {info.letter for info in RULES.values()} == set("ABCDEFGHIK")


def test_findings_are_plain_thai_with_their_reason():
    for kind in KINDS:
        plant = next(iter(kind.plant(clean())))
        for finding in REVIEWER.review(plant.dossier, YEAR, WHICH):
            assert finding.rule in RULES
            assert finding.why and finding.mend and finding.key
            if finding.rule not in ("invisible", "misspelling", "look-alike"):
                assert not any(digit in finding.problem for digit in "0123456789"), finding
