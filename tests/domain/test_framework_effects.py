"""What another framework does to a year that has scores, said before it is taken."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.framework import Framework, FrameworkShelf
from ita_desktop.domain.framework_draft import FrameworkDraft
from ita_desktop.domain.framework_effects import Effect, Subject, effects_of, has_scores
from ita_desktop.domain.measures import Measure, MeasureKind
from ita_desktop.domain.papers import Disclosure
from ita_desktop.domain.scores import ScoreSheet
from ita_desktop.paths import resources

SHELF = FrameworkShelf(resources() / "frameworks")
BASE = SHELF.get(2568)
SHEET = ScoreSheet(2568, entered=dict.fromkeys(BASE.items, Decimal("90.00")))
OFFICE = Dossier(sheets={2568: replace(SHEET, entered={**SHEET.entered, "o22": Decimal("0.00")})})


def without(*codes: str) -> Framework:
    draft = FrameworkDraft.of(BASE)
    for code in codes:
        draft = draft.remove(draft.item_paths[code])
    return draft.framework()


def told(dossier: Dossier, after: Framework, subject: Subject) -> list[Effect]:
    found = effects_of(dossier, BASE, after, SHELF)
    return [effect for effect in found if effect.subject is subject]


def test_the_same_framework_does_nothing():
    assert effects_of(OFFICE, BASE, BASE, SHELF) == ()
    assert effects_of(Dossier(), BASE, without("o21"), SHELF) != (), "the year after compares"


def test_a_score_without_a_place_is_named_and_what_it_changes():
    after = without("o22")
    (homeless,) = told(OFFICE, after, Subject.HOMELESS)
    assert homeless.what.startswith("o22 ") and homeless.before == "0.00"
    changed = {effect.what.split()[0]: effect for effect in told(OFFICE, after, Subject.SCORE)}
    assert set(changed) == {"คะแนนรวม", "OIT", "10", "10.1"}
    assert changed["10.1"].after == "90.00"
    assert [e.what for e in told(OFFICE, after, Subject.CROSSWALK)] == []
    (walk,) = told(OFFICE, without("o21"), Subject.CROSSWALK)
    assert walk.what == "o20 ของปี 2569"


def test_the_level_changes_with_weights():
    draft = FrameworkDraft.of(BASE)
    entered = {code: Decimal(100 if code[0] == "i" else 80) for code in BASE.items}
    office = Dossier(sheets={2568: ScoreSheet(2568, entered=entered)})
    for at, weight in enumerate(("0", "0.5", "0.5")):
        draft = draft.put(("instruments", at), "weight", weight)
    (level,) = told(office, draft.framework(), Subject.LEVEL)
    assert level.before != level.after
    totals = [e for e in told(office, draft.framework(), Subject.SCORE) if e.what == "คะแนนรวม"]
    assert [(e.before, e.after) for e in totals] == [("86.00", "80.00")]


def test_an_official_score_stays_and_the_computed_one_is_told():
    office = Dossier(sheets={2568: replace(SHEET, entered={**SHEET.entered, "total": Decimal(90)})})
    draft = FrameworkDraft.of(BASE)
    low = {**office.sheets[2568].entered, "i1": Decimal(50)}
    office = Dossier(sheets={2568: ScoreSheet(2568, entered=low)})
    gone = draft.remove(draft.item_paths["i1"]).framework()
    total = next(e for e in told(office, gone, Subject.SCORE) if e.what == "คะแนนรวม")
    assert total.before == "90 (คำนวณได้ 89.20)" and total.after in ("90", "90.00")


def test_a_code_given_to_another_question_is_told():
    draft = FrameworkDraft.of(BASE)
    other = draft.put(draft.item_paths["o5"], "title", "เรื่องอื่น").framework()
    (effect,) = told(OFFICE, other, Subject.REWORDED)
    assert effect.what == "o5 (90.00)" and effect.after == "เรื่องอื่น"


def test_measures_disclosures_and_texts_are_named():
    measure = Measure(
        1, 2569, MeasureKind.MEASURE, "อบรม", indicators=("9.1",), items=("o22",), issues=(7,)
    )
    office = replace(
        OFFICE,
        measures={2569: (measure,)},
        disclosures={2568: {"o22": Disclosure("o22", url="https://www.example.go.th/o22")}},
        passages={2569: {"problems/6": "ได้ {คะแนน:o22} และ {score:o1} และ {x:y}"}},
    )
    after = replace(without("o22"), issues=BASE.issues[:6])
    assert [e.before for e in told(office, after, Subject.MEASURE)] == ["o22", "ประเด็นที่ 7"]
    assert next(e.what for e in told(office, after, Subject.DISCLOSURE)).startswith("o22 ")
    assert [e.what for e in told(office, after, Subject.TEXT)] == ["{คะแนน:o22}"]


def test_what_counts_as_having_scores():
    assert has_scores(OFFICE, 2568) and not has_scores(OFFICE, 2567)
    assert has_scores(Dossier(sheets={2568: ScoreSheet(2568, drafts={"i1": "9x"})}), 2568)
