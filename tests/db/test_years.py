"""Frameworks of the office's own and the change of year, in and out of the data file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from db.errors import RefusedEdit, WriteFailed
from db.store import Notice, Store
from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.framework import FrameworkShelf, framework_text
from ita_desktop.domain.framework_draft import FrameworkDraft
from ita_desktop.domain.framework_origin import Source, year_entries
from ita_desktop.domain.measures import MeasureKind, Status
from ita_desktop.domain.year_change import BroughtOver, YearChange
from ita_desktop.paths import resources

FOLDER = resources() / "frameworks"
SHIPPED = FrameworkShelf(FOLDER)
OWN = framework_text(FrameworkDraft.copied(SHIPPED.get(2569), 2570).framework())


def test_a_framework_with_its_origin_is_one_edit(store: Store):
    heard: list[Notice] = []
    store.subscribe(heard.append)
    store.set_framework(2570, OWN, Source.FILE, name="2570.json", note="ตามคู่มือ")
    (edit,) = store.edits()
    assert (edit.label, edit.place) == ("นำเข้ากรอบปี 2570", "framework/2570")
    assert [notice.areas for notice in heard] == [{"frameworks", "settings"}]
    origin = store.framework_origin(2570)
    assert origin is not None
    assert (origin.source, origin.name, origin.note) == (Source.FILE, "2570.json", "ตามคู่มือ")
    assert origin.words.startswith("จากแฟ้ม 2570.json ตั้งแต่ ")
    store.undo()
    assert store.frameworks() == {} and store.framework_origin(2570) is None
    store.redo()
    assert store.frameworks() == {2570: OWN}


def test_taking_it_back_is_one_edit_too(path: Path):
    with Store(path) as store:
        store.set_framework(2569, framework_text(SHIPPED.get(2569)), Source.TYPED)
        store.drop_framework(2569)
        assert store.frameworks() == {} and store.framework_origin(2569) is None
    with Store(path) as store:
        store.undo()
        assert set(store.frameworks()) == {2569}
        entries = year_entries(FrameworkShelf(FOLDER, store.frameworks()), store.framework_origin)
        assert entries[0].own and entries[0].shipped and "แก้จากของโปรแกรม" in entries[0].origin
        assert entries[1].origin == "มากับโปรแกรม"


def test_a_draft_is_kept_outside_the_history_and_done_with_once_used(path: Path):
    draft = FrameworkDraft.of(SHIPPED.get(2569)).put((), "source", "")
    with Store(path) as store:
        store.keep_framework_draft(2569, draft.text)
        assert store.edits() == [] and store.dossier() == Dossier()
    with Store(path) as store:
        assert FrameworkDraft.parse(store.framework_drafts()[2569]) == draft
        store.set_framework(2569, OWN, Source.TYPED)
        assert store.framework_drafts() == {}


@pytest.mark.parametrize(
    "text", ["", "x", "[]", "{}", '{"at": "x"}', '{"at": 5, "source": "file"}']
)
def test_an_origin_that_cannot_be_read_is_none(store: Store, text: str):
    store.set_setting("framework/origin/2570", text)
    assert store.framework_origin(2570) is None
    store.set_setting("brought_over/2570", text)
    assert store.brought_over(2570) == frozenset()


def filled(store: Store) -> YearChange:
    measure = store.add_measure(2569, MeasureKind.MEASURE, title="ค้าง", indicators=("1",))
    store.set_progress(measure, Round.TWELVE, status=Status.IN_PROGRESS, result="ครึ่งเดียว")
    done = store.add_measure(2569, MeasureKind.MEASURE, title="เสร็จ")
    store.set_progress(done, Round.TWELVE, status=Status.DONE)
    store.add_measure(2569, MeasureKind.GUIDELINE, indicators=("2",), steps="อบรม")
    store.set_passage(2569, "memo/law", "ตามกฎหมาย")
    store.set_disclosure(
        2569, "o1", url="https://a.go.th", owner="กองช่าง", disclosed=True, day=date(2026, 1, 2)
    )
    store.set_disclosure(2570, "o1", explanation="ของใหม่")
    return change(store)


def change(store: Store) -> YearChange:
    return YearChange(store.dossier(), SHIPPED, 2570, brought=store.brought_over(2570))


def test_a_year_is_brought_over_as_one_edit(store: Store):
    found = filled(store)
    before, edits = store.dossier(), len(store.edits())
    store.bring_over(found.brought(found.proposed()))
    after = store.dossier()
    assert len(store.edits()) == edits + 1
    assert store.undo_label() == "ขึ้นปีงบประมาณ 2570"
    assert [(m.title, m.kind, m.progress) for m in after.measures[2570]] == [
        ("ค้าง", MeasureKind.MEASURE, {}),
        ("", MeasureKind.GUIDELINE, {}),
    ]
    assert after.passages[2570] == {"memo/law": "ตามกฎหมาย"}
    one = after.disclosure(2570, "o1")
    assert (one.url, one.explanation, one.owner) == ("https://a.go.th", "ของใหม่", "กองช่าง")
    assert (one.disclosed, one.day) == (None, None)
    assert after.measures[2569] == before.measures[2569]
    assert after.disclosures[2569] == before.disclosures[2569]
    store.undo()
    assert store.dossier() == before and store.brought_over(2570) == frozenset()


def test_twice_brings_nothing_double(store: Store):
    first = filled(store)
    store.bring_over(first.brought(first.proposed()))
    after = store.dossier()
    store.bring_over(BroughtOver(2570, (), {}, (), ()))
    again = change(store)
    assert again.proposed() == frozenset()
    edits = len(store.edits())
    store.bring_over(again.brought(again.proposed()))
    assert (store.dossier(), len(store.edits())) == (after, edits)
    store.set_measure(after.measures[2570][0].id, title="แก้ชื่อแล้ว")
    assert change(store).proposed() == frozenset(), "what she has changed since is known, too"


def test_a_failure_brings_nothing(store: Store, monkeypatch: pytest.MonkeyPatch):
    found = filled(store)
    before = store.dossier()
    brought = found.brought(found.proposed())
    wrong = BroughtOver(2570, brought.measures, {"memo/law": None}, (), brought.keys)  # type: ignore[dict-item]
    with pytest.raises(RefusedEdit):
        store.bring_over(wrong)
    assert store.dossier() == before and store.brought_over(2570) == frozenset()

    def full(*_: object) -> None:
        raise WriteFailed(store.path, "เต็ม")

    monkeypatch.setattr(store, "keep_framework_draft", full)
    store.set_framework(2570, OWN, Source.TYPED)
    assert set(store.frameworks()) == {2570}, "a draft that can't be cleared is no failed edit"
