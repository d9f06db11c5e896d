"""ตรวจก่อนพิมพ์: the sample is clean, and every rule can fire where it should."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.measures import Measure, MeasureKind, Progress, Status
from ita_desktop.domain.review import Finding, Place, Severity, review_report
from ita_desktop.domain.review.structure import measure_structure
from ita_desktop.domain.scores import ScoreSheet
from ita_desktop.exchange.interchange import read_interchange
from ita_desktop.paths import resources
from tests.domain.figures import SHELF

YEAR = 2569
SAMPLE = read_interchange(resources() / "sample" / "office.json").dossier
FIRST_MEASURE = SAMPLE.measures_of(YEAR, MeasureKind.MEASURE)[0]
FIRST_GUIDELINE = SAMPLE.measures_of(YEAR, MeasureKind.GUIDELINE)[0]


def findings(dossier: Dossier, which: Round = Round.TWELVE) -> tuple[Finding, ...]:
    return review_report(dossier, SHELF.get(YEAR - 1), YEAR, which)


def with_office(**values: str) -> Dossier:
    return replace(SAMPLE, office=replace(SAMPLE.office, **values))


def with_signer(**values: str) -> Dossier:
    first, *others = SAMPLE.people
    return replace(SAMPLE, people=(replace(first, **values), *others))


def with_scores(official_level: str = "", **scores: str) -> Dossier:
    sheet = SAMPLE.sheet(YEAR - 1)
    entered = {**sheet.entered, **{code: Decimal(score) for code, score in scores.items()}}
    changed = replace(sheet, entered=entered, official_level=official_level)
    return replace(SAMPLE, sheets={**SAMPLE.sheets, YEAR - 1: changed})


def with_drafts(**texts: str) -> Dossier:
    changed = replace(SAMPLE.sheet(YEAR - 1), drafts=texts)
    return replace(SAMPLE, sheets={**SAMPLE.sheets, YEAR - 1: changed})


def with_measure(changed: Measure) -> Dossier:
    measures = [changed if m.id == changed.id else m for m in SAMPLE.measures[YEAR]]
    return replace(SAMPLE, measures={YEAR: tuple(measures)})


def with_progress(measure: Measure, which: Round = Round.TWELVE, **values: object) -> Dossier:
    changed = replace(measure.progress[which], **values)
    return with_measure(replace(measure, progress={**measure.progress, which: changed}))


@pytest.mark.parametrize("which", [Round.SIX, Round.TWELVE])
def test_sample_office_is_clean(which: Round):
    assert findings(SAMPLE, which) == ()


def test_new_office_misses_everything_it_should():
    rules = [found.rule for found in findings(Dossier())]
    assert rules == [
        *["office-missing"] * 3,
        "chain-missing",
        "score-missing",
        "measures-missing",
    ]


M, G = FIRST_MEASURE, FIRST_GUIDELINE
CASES: list[tuple[str, Dossier, Place, str]] = [
    ("office-missing", with_office(name=" "), Place("office", field="name"), "ชื่อหน่วยงาน"),
    ("office-missing", with_office(district=""), Place("office", field="district"), "อำเภอ"),
    ("office-missing", with_office(province=""), Place("office", field="province"), "จังหวัด"),
    ("chain-missing", replace(SAMPLE, chain=()), Place("office", field="chain"), "ผู้ลงนาม"),
    (
        "signer-missing",
        replace(SAMPLE, chain=(*SAMPLE.chain[:2], replace(SAMPLE.chain[2], person_id=None))),
        Place("office", SAMPLE.chain[2].id, "chain"),
        "ลำดับที่ ๓",
    ),
    (
        "signer-missing",
        replace(SAMPLE, people=SAMPLE.people[1:]),
        Place("office", SAMPLE.chain[0].id, "chain"),
        "ลำดับที่ ๑",
    ),
    (
        "person-incomplete",
        with_signer(given_name=""),  # a title alone is no name
        Place("office", SAMPLE.people[0].id, "person"),
        "ลำดับที่ ๑",
    ),
    (
        "person-incomplete",
        with_signer(position="  "),
        Place("office", SAMPLE.people[0].id, "person"),
        "ตำแหน่ง",
    ),
    (
        "score-missing",
        replace(SAMPLE, sheets={}),
        Place("scores", YEAR - 1),
        "ปี ๒๕๖๘",
    ),
    (
        "score-draft",
        with_drafts(i1="92,12"),
        Place("scores", YEAR - 1, "i1"),
        "“๙๒,๑๒”",
    ),
    (
        "score-unattainable",
        with_scores(IIT="93.40"),
        Place("scores", YEAR - 1, "IIT"),
        "๙๓.๔๐ ไม่ตรงกับที่คำนวณได้ ๙๓.๓๘",
    ),
    (
        "level-differs",
        with_scores(official_level="ผ่านดีเยี่ยม"),
        Place("scores", YEAR - 1, "level"),
        "“ผ่านดีเยี่ยม”",
    ),
    (
        "measures-missing",
        replace(SAMPLE, measures={YEAR: SAMPLE.measures_of(YEAR, MeasureKind.GUIDELINE)}),
        Place("measures", YEAR),
        "ปี ๒๕๖๙",
    ),
    (
        "guideline-without-indicator",
        with_measure(replace(G, indicators=())),
        Place("measures", G.id, "indicators"),
        "ลำดับที่ ๑",
    ),
    (
        "guideline-without-indicator",
        with_measure(replace(G, indicators=("99",))),
        Place("measures", G.id, "indicators"),
        "ลำดับที่ ๑",
    ),
    (
        "title-missing",
        with_measure(replace(M, title=" ")),
        Place("measures", M.id, "title"),
        "มาตรการที่ ๑",
    ),
    (
        "steps-missing",
        with_measure(replace(M, steps="1. \n- \n")),
        Place("measures", M.id, "steps"),
        "วิธีดำเนินการ",
    ),
    (
        "owners-missing",
        with_measure(replace(G, owners=" , ")),
        Place("measures", G.id, "owners"),
        "ตัวชี้วัดที่ ๑",
    ),
    (
        "indicators-missing",
        with_measure(replace(M, indicators=(), issues=())),
        Place("measures", M.id, "indicators"),
        "ประเด็น",
    ),
    ("status-missing", with_progress(M, status=None), Place("progress", M.id, "status"), "รอบ ๑๒"),
    ("status-missing", with_progress(G, status=None), Place("progress", G.id, "status"), "สถานะ"),
    (
        "result-missing",
        with_progress(M, result=""),
        Place("progress", M.id, "result"),
        "ผลการดำเนินการ",
    ),
    ("outcome-missing", with_progress(M, outcome=""), Place("progress", M.id, "outcome"), "ผลลัพธ์"),
    (
        "unfinished-unexplained",
        with_progress(M, status=Status.IN_PROGRESS),
        Place("progress", M.id, "note"),
        "มาตรการที่ ๑",
    ),
    (
        "unfinished-unexplained",
        with_progress(M, status=Status.NOT_STARTED, result="", outcome=""),
        Place("progress", M.id, "note"),
        "มาตรการที่ ๑",
    ),
]
WARNINGS = {"score-unattainable", "level-differs", "unfinished-unexplained"}


@pytest.mark.parametrize(
    ("rule", "dossier", "place", "words"), CASES, ids=[f"{c[0]}-{i}" for i, c in enumerate(CASES)]
)
def test_rule_fires_alone_and_in_its_place(rule: str, dossier: Dossier, place: Place, words: str):
    (found,) = findings(dossier)
    assert (found.rule, found.place) == (rule, place)
    assert words in found.problem
    assert found.severity is (Severity.WARNING if rule in WARNINGS else Severity.ERROR)
    assert found.mend and not any(digit in found.problem for digit in "0123456789")


@pytest.mark.parametrize(
    "dossier",
    [
        with_measure(replace(M, indicators=())),  # an issue is enough
        with_measure(replace(M, issues=())),  # so is an indicator
        with_measure(replace(G, title="")),  # a guideline has no title
        with_progress(M, output=""),
        with_progress(M, status=Status.IN_PROGRESS, note="ดำเนินการต่อปีหน้า"),
        with_progress(M, status=Status.NOT_STARTED, result="", outcome="", note="รองบประมาณ"),
        with_scores(IIT="93.38", official_level="ผ่านดี"),
        with_drafts(o35="abc"),  # a code of another year can't be seen, so it can't be mended
        with_signer(family_name="", title=""),
    ],
)
def test_what_is_right_is_left_alone(dossier: Dossier):
    assert findings(dossier) == ()


@pytest.mark.parametrize("status", [Status.IN_PROGRESS, Status.NOT_STARTED])
def test_half_way_through_the_year_nothing_need_be_finished(status: Status):
    dossier = with_progress(M, Round.SIX, status=status, note="")
    assert findings(dossier, Round.SIX) == ()


def test_a_round_nobody_wrote_down_misses_all():
    rules = [found.rule for found in findings(with_measure(replace(M, progress={})))]
    assert rules == ["status-missing", "result-missing", "outcome-missing"]
    rules = [found.rule for found in findings(with_measure(replace(G, progress={})))]
    assert rules == ["status-missing", "result-missing"]


def test_an_announced_level_is_not_judged_without_scores():
    sheet = ScoreSheet(YEAR - 1, official_level="ผ่านดี")
    dossier = replace(SAMPLE, sheets={YEAR - 1: sheet})
    assert [found.rule for found in findings(dossier)] == ["score-missing"]


def test_steps_are_counted_by_their_first_level():
    """A list under a step asks for no result of its own."""
    for steps, expected in (("ก\n  - ข\n  - ค\n  - ง\n  - จ", 0), ("ก\nข\nค\nง\nจ", 1)):
        progress = Progress(Status.DONE, "ทำแล้ว\n- รอบแรก", outcome="ดี")
        measure = Measure(1, 2569, title="ก", steps=steps, progress={Round.TWELVE: progress})
        found = [f.rule for f in measure_structure(measure, "ม", Round.TWELVE)]
        assert found.count("result-fewer") == expected
