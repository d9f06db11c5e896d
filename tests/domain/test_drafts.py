"""Drafts: never the same sentence twice, negations in place, figures that are the tree's."""

from __future__ import annotations

import re
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ita_desktop.domain.analysis import issue_results
from ita_desktop.domain.drafts import (
    Drafter,
    fill_figures,
    load_wording,
    parse_wording,
    stale_figures,
)
from ita_desktop.domain.scores import ScoreTree
from ita_desktop.paths import resources
from ita_desktop.thai.digits import to_thai
from tests.domain.figures import (
    DOCUMENT_1_FY2563,
    DOCUMENT_1_FY2564,
    DOCUMENT_5,
    SHELF,
    UNPUBLISHED_YEAR,
    YEARS,
    tree_of,
)

WORDING = load_wording(resources() / "wording" / "analysis.json")
FIGURE = re.compile(r"(?:ข้อ |ตัวชี้วัดที่ )([0-9a-z.]+)\D*? (\d+\.\d\d) คะแนน")
MARKS = ["0", "49.99", "50", "84.99", "85", "90.12", "94.99", "95", "99.99", "100"]


def whole_document(drafter: Drafter, tree: ScoreTree) -> list[str]:
    """Everything a document could ask for, items under their issues and then all of them."""
    said = [*drafter.total()]
    for issue in issue_results(tree):
        for item in issue.items:
            said += drafter.item(item.code)
        for part in ("overview", "strengths", "improve", "suggestions", "conclusion"):
            said += getattr(drafter, f"issue_{part}")(issue)
    for code, node in tree.nodes.items():
        if node.item is not None:
            said += drafter.item(code)
        elif code[0].isdigit():
            said += drafter.indicator(code)
    for code in (*tree.framework.indicators, *tree.framework.items):
        said += drafter.actions(code)
    return said


def random_tree(year: int, seed: int) -> ScoreTree:
    """A tree with random item scores, marks often hit; every second one has gaps."""
    random = Random(seed)
    entered = {}
    for code in SHELF.get(year).items:
        choice = ["0", "100"] if code[0] == "o" else [*MARKS, f"{random.uniform(0, 100):.2f}"]
        if seed % 2 or random.random() < 0.95:
            entered[code] = random.choice(choice)
    return tree_of(year, entered)


SEEDS = st.integers(0, 10**9)
COMPARED = st.sampled_from([2564, 2567, 2568, 2569])


@settings(max_examples=40, deadline=None)
@given(COMPARED, SEEDS, st.booleans())
def test_no_sentence_twice_and_no_field_left_open(year: int, seed: int, alone: bool):
    tree = random_tree(year, seed)
    earlier = None if alone else random_tree(year - 1, seed + 1)
    said = whole_document(Drafter(tree, WORDING, earlier=earlier), tree)
    filled = [fill_figures(sentence, tree, earlier) for sentence in said]
    assert len(set(filled)) == len(filled)
    assert not [text for text in filled if re.search(r"[\[\]{}]|  |None", text)]
    assert said == whole_document(Drafter(tree, WORDING, earlier=earlier), tree)


@settings(max_examples=20, deadline=None)
@given(COMPARED, SEEDS)
def test_filled_figures_are_the_trees(year: int, seed: int):
    tree = random_tree(year, seed)
    for sentence in whole_document(Drafter(tree, WORDING), tree):
        filled = fill_figures(sentence, tree)
        assert not re.search(r"\d\.\d", re.sub(r"\{[^}]*\}|\d+\.\d(?!\d)", "", sentence))
        if match := FIGURE.match(filled):
            score = tree.score(match[1])
            assert score is not None
            assert Decimal(match[2]) in (score, 100 - score)
        assert stale_figures(filled, tree) == ()


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("score", MARKS)
def test_negative_items_are_said_with_their_negation(year: int, score: str):
    items = SHELF.get(year).items.values()
    tree = tree_of(year, {item.code: score for item in items})
    for item in items:
        if item.negative:
            for _ in range(3):  # each variant
                first, *_rest = Drafter(tree, WORDING).item(item.code)
                assert "ไม่" in first.replace("ไม่ถึง", "").replace("ไม่ต่ำ", "")


@pytest.mark.parametrize("year", [*YEARS, UNPUBLISHED_YEAR])
def test_every_item_has_words_and_actions_of_its_own(year: int):
    framework = SHELF.get(year)
    tree = tree_of(year, {})
    for code, item in framework.items.items():
        subject = WORDING.subject(item, code)
        instrument = {"i": "IIT", "e": "EIT", "o": "OIT"}[code[0]]
        subject = WORDING.subject(item, instrument)
        if instrument != "OIT" and year > 2566:
            assert subject.about and subject.finding, item.title
        if item.negative:
            assert "ไม่" in subject.about and "ไม่" in subject.finding
        assert Drafter(tree, WORDING).actions(code), item.title
    for code in framework.codes():
        if code[0].isdigit():
            assert len(Drafter(tree, WORDING).actions(code)) == 2


def test_disclosures_are_said_as_such():
    tree = tree_of(2568, {"o1": "100", "o2": "0"})
    drafter = Drafter(tree, WORDING)
    assert "ครบถ้วน" in drafter.item("o1")[0]
    assert "ยังไม่" in drafter.item("o2")[0]
    assert "ยังไม่มีคะแนน" in drafter.item("o3")[0]
    assert "ก่อนหน้า" in drafter.item("o1")[0]


def test_the_height_and_the_way_decide_the_words():
    earlier = tree_of(2563, DOCUMENT_1_FY2563)
    tree = tree_of(2564, DOCUMENT_1_FY2564)
    drafter = Drafter(tree, WORDING, earlier=earlier)
    texts = {
        code: [fill_figures(each, tree, earlier) for each in drafter.indicator(code)]
        for code in tree.framework.indicators
    }
    assert "ลดลง 3.48 คะแนน" in texts["2"][1]
    assert "เพิ่มขึ้น 14.38 คะแนน" in texts["7"][1]
    assert {
        code for code, said in texts.items() if "เกณฑ์ 85" in said[0] and "ผ่าน" not in said[0]
    } == {
        "2",
        "4",
    }
    assert any("ตัวชี้วัดที่ 2" in each and "ตัวชี้วัดที่ 4" in each for each in drafter.total())


def test_issue_4_of_document_5_begins_with_borrowing():
    tree = tree_of(2568, DOCUMENT_5)
    drafter, issue = Drafter(tree, WORDING), issue_results(tree)[3]
    improve = [fill_figures(each, tree) for each in drafter.issue_improve(issue)]
    assert ["i10" in improve[0], "i12" in improve[1]] == [True, True]
    assert "74.55" in improve[0]
    assert len(drafter.issue_suggestions(issue)) == 3
    assert "i10" in drafter.issue_conclusion(issue)[0]


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("{score:i10} {gap:i10} {level:i10}", "74.55 25.45 ต้องปรับปรุง"),
        ("{mean:issue1} {level:issue4}", "97.92 ดี"),
        ("{level:total} {score:total}", "ผ่านดี 96.61"),
        (
            "{score:i99} {colour:i1} {mean:issue9} {score:",
            "{score:i99} {colour:i1} {mean:issue9} {score:",
        ),
        ("{change:1} {mean:i1}", "{change:1} {mean:i1}"),
    ],
)
def test_placeholders(text: str, filled: str):
    assert fill_figures(text, tree_of(2568, DOCUMENT_5)) == filled


def test_placeholders_of_change():
    earlier, tree = tree_of(2563, DOCUMENT_1_FY2563), tree_of(2564, DOCUMENT_1_FY2564)
    text = "{earlier:2} {points:2} {percent:2} {direction:2} {change:2}"
    assert fill_figures(text, tree, earlier) == "86.35 3.48 4.03 ลดลง ลดลง 3.48 คะแนน"
    assert fill_figures("{change:2}", tree, tree) == "เท่าเดิม"


@pytest.mark.parametrize(
    ("text", "stale"),
    [
        ("ข้อ i10 ได้ 74.55 คะแนน", []),
        ("ข้อ i10 ได้ 75.45 คะแนน", ["i10"]),
        ("ข้อ i๑๐ ได้ ๗๕.๔๕ คะแนน และ i๑๑ ได้ ๙๗.๕๘", ["i10"]),
        ("ตัวชี้วัดที่ 4 ได้ 90.00 คะแนน", ["4"]),
        ("ตัวชี้วัดย่อยที่ 9.1 ได้ 90.00 คะแนน", ["9.1"]),
        ("ประเด็นที่ 1 เฉลี่ย 97.93 คะแนน", ["issue1"]),
        ("คะแนนรวม 96.61 คะแนน", []),
        ("i10 เพิ่มขึ้น 3.00 คะแนน", []),
        ("i10 ไม่ผ่าน\nพื้นที่ 12.50 ไร่", []),
        ("อัตราร้อยละ 12.50", []),
        ("{score:i10} 12.50", []),
    ],
)
def test_typed_figures_that_are_no_longer_right(text: str, stale: list[str]):
    found = stale_figures(text, tree_of(2568, DOCUMENT_5))
    assert [each.code for each in found] == stale
    assert [text[each.start : each.end] for each in found] == [each.typed for each in found]


def test_last_years_figure_is_right_too():
    earlier, tree = tree_of(2563, DOCUMENT_1_FY2563), tree_of(2564, DOCUMENT_1_FY2564)
    text = to_thai("ตัวชี้วัดที่ 2 เดิมได้ 86.35 คะแนน")
    assert stale_figures(text, tree, earlier) == ()
    assert stale_figures(text, tree)[0].current == Decimal("82.87")


@pytest.mark.parametrize("data", [None, [], {}, {"subjects": [1], "groups": [], "sentences": {}}])
def test_wording_of_another_shape_is_refused(data: object):
    with pytest.raises(ValueError, match="wording"):
        parse_wording(data)
