"""Damaged sheets and files: taken in whole and undoable, or refused without a trace.

Five thousand, each in a process with its limits:
``python -m tests.benchmarks.bench_import_mutants``.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.hostile.mutants import mutants, seeds
from tests.hostile.taking import planned, sample_store, taken_and_back

COUNT = 175


def test_damaged_sources_are_taken_in_or_refused(tmp_path: Path):
    outcomes: Counter[str] = Counter()
    with sample_store(tmp_path / "หน่วยงาน.ita") as store:
        present = store.dossier()
        for mutant in mutants(COUNT):
            plan = planned(mutant, present)
            if plan is None:
                outcomes["refused"] += 1
                assert store.dossier() == present, mutant.name
            else:
                outcomes["taken"] += 1
                assert taken_and_back(store, plan), mutant.name
    assert sum(outcomes.values()) == COUNT
    assert min(outcomes["refused"], outcomes["taken"]) > COUNT // 10, outcomes


def test_what_is_whole_is_taken_in(tmp_path: Path):
    """The control: what is damaged above is fine before."""
    from tests.hostile.mutants import Mutant

    with sample_store(tmp_path / "หน่วยงาน.ita") as store:
        for name, content in seeds().items():
            plan = planned(Mutant(name, content, name == "json"), store.dossier())
            assert plan is not None and plan.counts, name
