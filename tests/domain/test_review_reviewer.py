"""The reviewer: the same findings as anew, keys that stay, and texts of any kind."""

from __future__ import annotations

import time
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.framework import FrameworkShelf
from ita_desktop.domain.measures import Measure
from ita_desktop.domain.review import Finding, Place, Reviewer, Severity, review_year
from ita_desktop.domain.review.figures import slips, suspects
from ita_desktop.domain.review.names import distance
from ita_desktop.domain.scores import score_tree
from ita_desktop.paths import resources
from ita_desktop.thai import words
from tests.benchmarks.bench_review import large
from tests.domain.figures import SHELF
from tests.domain.planted import (
    WHICH,
    YEAR,
    clean,
    put_text,
    texts_of,
    trees,
    with_passage,
    with_progress,
    with_score,
)

FIRST = clean().measures[YEAR][0]


def edits() -> list[Dossier]:
    """A row of edits, one upon the other."""
    made = [clean()]
    made.append(with_progress(made[-1], FIRST, result="ประชุมเมื่อวันที่ 31 เมษายน 2569"))
    made.append(with_score(made[-1], "i4", Decimal("39.33")))
    made.append(with_passage(made[-1], "preface", "เทศบาลตำบลบ้านใหม่ เว็บไซด์"))
    made.append(replace(made[-1], office=replace(made[-1].office, name="บ้านใหม่")))
    made.append(replace(made[-1], measures={YEAR: made[-1].measures[YEAR][1:]}))
    made.append(clean())
    return made


def test_what_is_remembered_changes_nothing():
    reviewer = Reviewer(SHELF)
    for dossier in edits():
        assert reviewer.review(dossier, YEAR, WHICH) == review_year(dossier, SHELF, YEAR, WHICH)


def test_rounds_and_years_in_turn():
    reviewer = Reviewer(SHELF)
    for which in (Round.TWELVE, Round.SIX, Round.THREE, Round.TWELVE):
        for year in (YEAR, YEAR - 1, YEAR):
            fresh = review_year(clean(), SHELF, year, which)
            assert reviewer.review(clean(), year, which) == fresh


def test_a_new_framework_is_looked_at():
    shelf = FrameworkShelf(resources() / "frameworks")
    reviewer = Reviewer(shelf)
    assert reviewer.review(clean(), YEAR, WHICH) == ()
    framework = shelf.get(YEAR - 1)
    shelf.put(replace(framework, pass_mark=Decimal(99)))
    assert reviewer.review(clean(), YEAR, WHICH) == review_year(clean(), shelf, YEAR, WHICH) != ()


def test_frameworks_may_be_a_mapping():
    frameworks = {year: SHELF.get(year) for year in (YEAR - 2, YEAR - 1, YEAR)}
    assert review_year(clean(), frameworks, YEAR, WHICH) == ()
    with pytest.raises(KeyError):
        review_year(clean(), {YEAR: SHELF.get(YEAR)}, YEAR, WHICH)


def test_an_empty_office_gives_what_is_missing():
    rules = {each.rule for each in review_year(Dossier(), SHELF, YEAR, WHICH)}
    assert rules == {"office-missing", "chain-missing", "score-missing", "measures-missing"}


def test_findings_come_in_the_order_of_the_pages():
    dossier = edits()[4]
    pages = [each.place.page for each in review_year(dossier, SHELF, YEAR, WHICH)]
    order = ("office", "scores", "measures", "progress", "documents")
    assert pages == sorted(pages, key=order.index)
    assert len(set(pages)) >= 3


def test_keys_stay_and_tell_findings_apart():
    dossier = with_passage(clean(), "preface", "เว็บไซด์ และเวปไซด์ เเละ")
    first, again = (review_year(dossier, SHELF, YEAR, WHICH) for _ in range(2))
    keys = [each.key for each in first]
    assert keys == [each.key for each in again]
    assert len(set(keys)) == len(keys) >= 3
    moved = with_passage(clean(), "preface", "ก่อนอื่น เว็บไซด์ และเวปไซด์ เเละ")
    assert keys == [each.key for each in review_year(moved, SHELF, YEAR, WHICH)]


def test_a_finding_needs_only_what_it_always_needed():
    finding = Finding(Severity.HINT, Place("office"), "rule", "ปัญหา", "วิธีแก้")
    assert (finding.why, finding.fix) == ("", None)
    assert finding.key == "rule|office|||ปัญหา"


@pytest.mark.parametrize("code", ["i4", "i9", "e3", "e8"])
def test_the_figure_most_likely_mistyped_is_named(code: str):
    right = clean().sheet(YEAR - 1).entered[code]
    for typed in (right / 10, *sorted(slips(right))[::7]):
        dossier = with_score(clean(), code, typed.quantize(Decimal("0.01")))
        tree = score_tree(SHELF.get(YEAR - 1), dossier.sheet(YEAR - 1))
        for node in tree.unattainable():
            likely = {each.code: each.meant for each in suspects(tree, node)}
            assert code in likely


def test_slips_are_one_movement_of_the_hand():
    assert Decimal("93.33") in slips(Decimal("39.33"))
    assert Decimal("93.30") in slips(Decimal("9.33"))
    assert Decimal("93.38") not in slips(Decimal("93.38"))
    assert all(0 <= each <= 100 for each in slips(Decimal("100.00")))


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [("", "", 0), ("กข", "กข", 0), ("กข", "กค", 1), ("กขค", "กค", 1), ("ก", "กขคงจ", 4)],
)
def test_distance(one: str, other: str, steps: int):
    assert distance(one, other) == steps == distance(other, one)


_LETTERS = st.sampled_from(
    [
        *[*"กขนมรวสหอะาิีุู่้์ๆ 0129๐๑๕๙.,()“”%/-:\n{}ieo", "จำนวน ", "ตัวชี้วัดที่ ", "วันที่ ", " มกราคม 25"],
        *["ปีงบประมาณ พ.ศ. ", "นาย", "องค์การบริหารส่วนตำบล", "ได้แก่ ", "คะแนน", "ร้อยละ ", "รอบ 6 เดือน"],
        *["เรียน ", "ความเห็น", "มาตรการ", "ข้อ i", "ลดลง", "จังหวัด", "อบต.", "1) ", "{score:i1}"],
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_LETTERS, max_size=30).map("".join), st.integers(0, 60))
def test_any_text_can_be_reviewed(text: str, at: int):
    entries = texts_of(clean())
    entry = entries[at * 3 % len(entries)]
    dossier = put_text(clean(), entry.place, text)
    for finding in _REVIEWER.review(dossier, YEAR, WHICH):
        assert finding.problem and finding.mend and finding.why
        assert finding.fix is None or finding.fix.old != finding.fix.new


_REVIEWER = Reviewer(SHELF)


def test_measures_of_any_shape_can_be_reviewed():
    bare = Measure(9_999, YEAR)
    dossier = replace(clean(), measures={YEAR: (bare, replace(bare, id=10_000, continued=True))})
    assert review_year(dossier, SHELF, YEAR, WHICH)
    assert trees(clean())[0].unattainable() == ()


@pytest.mark.parametrize(
    ("which", "rule"), [(Round.THREE, "date-after"), (Round.SIX, "date-after"), (Round.TWELVE, "")]
)
def test_a_result_cannot_lie_behind_its_round(which: Round, rule: str):
    progress = replace(FIRST.progress[Round.TWELVE], result="อบรมเมื่อวันที่ 20 เมษายน 2569")
    measure = replace(FIRST, progress={which: progress})
    dossier = replace(clean(), measures={YEAR: (measure, *clean().measures[YEAR][1:])})
    found = review_year(dossier, SHELF, YEAR, which)
    place = Place("progress", FIRST.id, "result")
    rules = [each.rule for each in found if each.place == place and each.rule != "result-fewer"]
    assert rules == ([rule] if rule else [])


def test_an_edit_is_reviewed_faster_than_the_whole():
    dossier = large()
    reviewer = Reviewer(SHELF)
    words.warm_up()
    times = []
    for text in ("ครั้งแรก", "ครั้งที่สอง"):
        start = time.perf_counter()
        reviewer.review(with_passage(dossier, "preface", text), YEAR, WHICH)
        times.append(time.perf_counter() - start)
    first, after_edit = times
    assert after_edit < first / 2
