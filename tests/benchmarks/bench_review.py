"""Plants mistakes one at a time in a clean office year and counts what the review finds.

    python -m tests.benchmarks.bench_review [--show KIND] [--misses]

A mistake counts as found only when a finding points at the planted place, or names it, and its rule
is of the kind's class. Also counts findings where nothing is wrong, and times reviews of
60 measures and 400 texts.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.measures import Measure
from ita_desktop.domain.review import Finding, Reviewer
from ita_desktop.domain.review.texts import user_texts
from ita_desktop.thai import words
from ita_desktop.thai.digits import to_thai
from tests.domain.figures import SHELF
from tests.domain.planted import (
    WHICH,
    YEAR,
    Kind,
    Plant,
    clean,
    sample,
    with_measure,
    with_passage,
    with_progress,
    with_score,
)
from tests.domain.planted_kinds import harmless, kinds

MEASURES, TEXTS = 60, 400


@dataclass
class Tally:
    """How many of a kind were planted and found, and what was missed."""

    name: str
    planted: int = 0
    caught: int = 0
    missed: list[Plant] = field(default_factory=list)


def is_caught(kind: Kind, plant: Plant, findings: tuple[Finding, ...]) -> bool:
    """Whether one of the findings is about the planted mistake."""
    return any(
        each.rule in kind.rules
        and (
            each.place in plant.places
            or (plant.named and to_thai(plant.named) in f"{each.problem} {each.mend}")
        )
        for each in findings
    )


def tally(kind: Kind, dossier: Dossier, reviewer: Reviewer, most: int | None = None) -> Tally:
    """Plants a kind everywhere it can be planted, or in the first ``most`` places."""
    made = Tally(kind.name)
    for plant in list(kind.plant(dossier))[:most]:
        made.planted += 1
        if is_caught(kind, plant, reviewer.review(plant.dossier, YEAR, WHICH)):
            made.caught += 1
        else:
            made.missed.append(plant)
    return made


def false_findings(reviewer: Reviewer) -> Iterator[tuple[str, Finding]]:
    """Findings in clean data and after harmless edits."""
    for name, dossier in (("sample", sample()), ("clean", clean())):
        for finding in reviewer.review(dossier, YEAR, WHICH):
            yield name, finding
    for kind in harmless():
        for plant in kind.plant(clean()):
            for finding in reviewer.review(plant.dossier, YEAR, WHICH):
                yield kind.name, finding


def large(measures: int = MEASURES, texts: int = TEXTS) -> Dossier:
    """The clean year with so many measures and, passages left out or added, so many texts."""
    base = clean().measures[YEAR]
    many = tuple(_copy(base[at % len(base)], at) for at in range(measures))
    listed = clean().passages[YEAR]
    dossier = replace(clean(), measures={YEAR: many}, disclosures={}, passages={YEAR: {}})
    room = max(0, texts - sum(1 for _ in user_texts(dossier, YEAR, WHICH)))
    for at, (key, text) in enumerate([*listed.items()] * (room // len(listed) + 1)):
        if at < room:
            again = at // len(listed)
            name, told = (f"{key}/{again}", f"{text} (ชุดที่ {again})") if again else (key, text)
            dossier = with_passage(dossier, name, told)
    return dossier


def _copy(measure: Measure, at: int) -> Measure:
    return replace(measure, id=1000 + at, title=f"{measure.title} ครั้งที่ {at}")


def timings(rounds: int = 7) -> dict[str, float]:
    """Milliseconds: a first review, one with nothing remembered, and after single edits."""
    dossier = large()
    words.warm_up()
    made: dict[str, list[float]] = {}
    for number in range(rounds):
        reviewer = Reviewer(SHELF)
        _timed(made, "full", reviewer, dossier)
        measure = dossier.measures[YEAR][number]
        step = with_measure(dossier, replace(measure, steps=f"{measure.steps}\nทบทวนผล {number}"))
        _timed(made, "after an edit of a step", reviewer, step)
        step = with_progress(step, step.measures[YEAR][9], result=f"รายงานครบ {number} ครั้ง")
        _timed(made, "after an edit of a result", reviewer, step)
        sheet = step.sheet(YEAR - 1)
        step = with_score(step, "i1", sheet.entered["i1"])
        step = with_score(step, "i2", sheet.entered["i2"] - number)
        _timed(made, "after an edit of a score", reviewer, step)
        step = with_passage(step, "preface", f"แก้ไขครั้งที่ {number}")
        _timed(made, "after an edit of a passage", reviewer, step)
        step = replace(step, office=replace(step.office, telephone=f"0 000{number}"))
        _timed(made, "after an edit of the office", reviewer, step)
        _timed(made, "nothing changed", reviewer, step)
    return {name: statistics.median(values) for name, values in made.items()}


def _timed(made: dict[str, list[float]], name: str, reviewer: Reviewer, dossier: Dossier) -> None:
    start = time.perf_counter()
    reviewer.review(dossier, YEAR, WHICH)
    made.setdefault(name, []).append((time.perf_counter() - start) * 1000)


def main() -> None:
    """Print the table, what was found for nothing, and the times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", default="", help="kind whose misses are printed")
    parser.add_argument("--misses", action="store_true", help="print the misses of every kind")
    asked = parser.parse_args()
    reviewer = Reviewer(SHELF)
    found = list(false_findings(reviewer))
    tallies = [tally(kind, clean(), reviewer) for kind in kinds()]
    print(f"{'kind':32}{'planted':>9}{'caught':>8}{'share':>9}")
    for each in tallies:
        share = each.caught / each.planted if each.planted else 0
        print(f"{each.name:32}{each.planted:>9}{each.caught:>8}{share:>9.1%}")
        if asked.misses or asked.show == each.name:
            for plant in each.missed:
                print("   missed:", *plant.places[:1], _text_at(plant))
    planted, caught = sum(t.planted for t in tallies), sum(t.caught for t in tallies)
    print(f"{f'{len(tallies)} kinds':32}{planted:>9}{caught:>8}{caught / planted:>9.1%}")
    print(f"false findings: {len(found)}")
    for name, finding in found[:60]:
        print("  ", name, finding.place, finding.rule, finding.problem)
    size = large()
    texts = sum(1 for _ in user_texts(size, YEAR, WHICH))
    print(f"{len(size.measures[YEAR])} measures, {texts} texts, milliseconds:")
    for name, value in timings().items():
        print(f"   {name:32}{value:>9.1f}")


def _text_at(plant: Plant) -> str:
    places = plant.places
    found = (e.text for e in user_texts(plant.dossier, YEAR, WHICH) if e.place in places)
    return repr(next(found, ""))[-160:]


if __name__ == "__main__":
    main()
