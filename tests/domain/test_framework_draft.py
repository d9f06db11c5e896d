"""A framework under the editor's hands: what is wrong is told where it is, references follow."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from ita_desktop.domain.framework import (
    FrameworkError,
    FrameworkShelf,
    framework_problems,
    framework_to_data,
    parse_framework,
)
from ita_desktop.domain.framework_draft import ROOT, DraftKind, FrameworkDraft
from ita_desktop.paths import resources

SHELF = FrameworkShelf(resources() / "frameworks")
BASE = SHELF.get(2569)


@pytest.fixture
def draft() -> FrameworkDraft:
    return FrameworkDraft.of(BASE)


def test_a_draft_of_a_framework_is_that_framework(draft: FrameworkDraft):
    assert draft.problems(SHELF.get(2568)) == ()
    assert draft.framework() == BASE
    assert FrameworkDraft.parse(draft.text) == draft
    labels = [node.label for node in draft.nodes()]
    assert labels[0] == "กรอบปี 2569"
    assert labels[1].startswith("เครื่องมือ IIT")
    assert sum(node.kind is DraftKind.ITEM for node in draft.nodes()) == len(BASE.items)


def test_every_mistake_is_told_at_its_place(draft: FrameworkDraft):
    i1, o1 = draft.item_paths["i1"], draft.item_paths["o1"]
    wrong = (
        draft.put(("instruments", 0), "weight", "๐.๔")
        .put(i1, "code", "i2")
        .put(o1, "title", "  ")
        .put(("levels", 0), "total_min", "50")
        .put(ROOT, "pass_mark", "แปดสิบห้า")
    )
    found = {(p.path, p.field) for p in wrong.problems()}
    assert found >= {
        (("instruments", 0), "weight"),
        (draft.item_paths["i2"], "code"),
        (o1, "title"),
        (("levels", 1), "total_min"),
        (ROOT, "pass_mark"),
    }
    sentences = [p.sentence for p in wrong.problems()]
    assert any(s.startswith("เครื่องมือ OIT › ตัวชี้วัด 9 › ตัวชี้วัดย่อย 9.1 › ข้อ o1") for s in sentences)
    assert not any("instruments[" in s for s in sentences), "places are said in words"


def test_what_is_told_is_what_the_reader_of_files_refuses():
    """Random damage: problems are empty exactly when the file would be taken."""
    random = Random(5)
    refused = 0
    for _ in range(150):
        data = json.loads(json.dumps(framework_to_data(BASE)))
        _damage(data, random)
        try:
            parse_framework(data, "2569.json")
        except FrameworkError as error:
            refused += 1
            found = framework_problems(data, "2569.json")
            places = [each.place for each in found]
            assert any(p == error.place or p.startswith(f"{error.place}") for p in places), error
            assert len({(e.place, e.problem) for e in found}) == len(found)
        else:
            assert framework_problems(data, "2569.json") == ()
    assert refused > 100


def _damage(node: object, random: Random) -> None:
    """Put something else somewhere in the data, or take something away."""
    entries = (
        node if isinstance(node, dict) else dict(enumerate(node)) if isinstance(node, list) else {}
    )
    if not entries:
        return
    key = random.choice(list(entries))
    if isinstance(entries[key], dict | list) and random.random() < 0.8:
        _damage(entries[key], random)
    elif random.random() < 0.3:
        del node[key]  # type: ignore[index]
    else:
        node[key] = random.choice(["", "0.5", "i1", None, 3, [], {}, "๙", True])  # type: ignore[index]


def test_a_renamed_item_is_renamed_wherever_it_is_named(draft: FrameworkDraft):
    renamed = draft.put(draft.item_paths["o25"], "code", "o99")
    made = renamed.framework()
    assert made.measures_code == "o99"
    assert made.crosswalk["o99"] == "o27"
    assert "o99" in {code for issue in made.issues for code in issue.items}
    assert "o25" not in made.crosswalk


def test_a_code_that_is_taken_renames_nothing(draft: FrameworkDraft):
    """On the way to "i12" one types "i1", which is another item's."""
    wrong = draft.put(draft.item_paths["i5"], "code", "i1")
    assert any(p.field == "code" for p in wrong.problems())
    right = draft.put(draft.item_paths["i5"], "code", "i77")
    assert right.framework().crosswalk["i77"] == "i5"
    assert right.framework().crosswalk["i1"] == "i1"


def test_items_are_added_moved_and_removed(draft: FrameworkDraft):
    added, path = draft.add(draft.item_paths["o1"], DraftKind.ITEM)
    assert path[:-1] == draft.item_paths["o1"][:-1] and path[-1] == 1
    assert added.value(path, "code") == "o27"
    assert [p.field for p in added.problems()] == ["title"]
    good = added.put(path, "title", "ข้อใหม่").put(path, "answers", "๐ ๑๐๐")
    assert good.framework().items["o27"].title == "ข้อใหม่"
    last = good.item_paths["o4"]
    moved, there = good.move(last, 1)
    assert moved.node(there[:-2]).code == "9.2", "goes on into the next sub-indicator"
    back, again = moved.move(there, -1)
    assert again == last and back == good
    gone = good.remove(path)
    assert gone == draft
    fewer = draft.remove(draft.item_paths["o5"]).framework()
    assert "o5" not in fewer.crosswalk
    assert all("o5" not in issue.items for issue in fewer.issues)


def test_the_first_sub_indicator_takes_the_items(draft: FrameworkDraft):
    path = draft.item_paths["i1"][:-2]
    items = [item.code for item in BASE.indicators["1"].items]
    made, sub = draft.add(path, DraftKind.SUBINDICATOR)
    assert made.value(sub, "code") == "1.1"
    whole = made.put(sub, "name", "ย่อย").framework()
    assert [item.code for item in whole.indicators["1"].items] == items
    back = made.remove(sub)
    assert next(p.where for p in back.problems()).endswith("ตัวชี้วัด 1")


def test_levels_issues_instruments_and_parts(draft: FrameworkDraft):
    more, path = draft.add(("levels", 0), DraftKind.LEVEL)
    assert path == ("levels", 1)
    assert more.remove(path) == draft
    issue, at = draft.add(ROOT, DraftKind.ISSUE)
    issue = issue.put(at, "name", "ประเด็นใหม่").put_codes(at, ["i1", "o1"])
    assert issue.framework().issues[-1].items == ("i1", "o1")
    assert issue.framework().issues[-1].no == 8
    assert draft.value(("instruments", 1), "parts").count("=") == 2
    parted = draft.put(("instruments", 0), "parts", "ส่วนที่ ๑ = 0.4\nส่วนที่ ๒ = ๐.๖")
    assert [str(p.share) for p in parted.framework().instruments[0].parts] == ["0.4", "0.6"]
    with pytest.raises(LookupError):
        draft.add(("levels", 0), DraftKind.ITEM)


def test_crosswalk_is_chosen_item_by_item(draft: FrameworkDraft):
    i1 = draft.item_paths["i1"]
    assert draft.value(i1, "counterpart") == "i1"
    none = draft.put(i1, "counterpart", "").framework()
    assert none.crosswalk["i1"] is None
    unsure = draft.put(i1, "counterpart_trust", "low")
    assert unsure.framework().crosswalk_unsure["i1"].value == "low"
    assert unsure.put(i1, "counterpart_trust", "") == draft
    gone = draft.put(i1, "counterpart", "o400")
    assert [(p.path, p.field) for p in gone.problems(SHELF.get(2568))] == [(i1, "counterpart")]
    assert draft.put(ROOT, "crosswalk_year", "").framework().crosswalk == {}


def test_a_copied_year_is_honest_about_itself():
    made = FrameworkDraft.copied(BASE, 2570)
    framework = made.framework()
    assert framework.year == 2570 and framework.provisional and framework.based_on is None
    assert framework.crosswalk["o25"] == "o25" and framework.crosswalk_year == 2569
    assert "2569" in framework.source
    assert made.problems(BASE) == ()


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "{", '{"layout": 1}', '{"layout": 1, "year": 2570, "instruments": {"a": 1}}',
     '{"layout": 1, "year": 2570, "instruments": ["x"]}', "[" * 5000, "9" * 5000,
     '{"layout": 1, "year": 2570, "issues": 7, "instruments": [{"indicators": 5}]}'],
)  # fmt: skip
def test_a_kept_text_that_is_no_draft_is_refused(text: str):
    with pytest.raises(ValueError):  # noqa: PT011 - any sentence: it is not shown
        FrameworkDraft.parse(text)


def test_the_shipped_files_have_no_problems():
    for path in sorted(Path(resources() / "frameworks").glob("*.json")):
        assert framework_problems(json.loads(path.read_text("utf-8")), path.name) == ()
