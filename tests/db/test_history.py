"""Undo, redo and their history: against a model, across reopening."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from db.history import Change, merge
from db.store import Store
from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.measures import MeasureKind, Status
from tests.db.matter import ALL_PARTS, FULL, settled

TEXTS = st.sampled_from(["", "ก", "น้ำ", "กตัญญู", "x\0", "😀"])
SCORES = st.one_of(st.none(), st.integers(0, 10000).map(lambda cents: Decimal(cents) / 100))
CODES = st.sampled_from(["total", "i1", "i2", "9.1"])
YEARS = st.sampled_from([2567, 2568])


def undo_twice(store: Store) -> None:
    store.undo()
    store.undo()


def redo_twice(store: Store) -> None:
    store.redo()
    store.redo()


def failing_edit(store: Store, name: str) -> None:
    with store.edit("ล้มเหลว", "office") as rows:
        rows.set("office", 1, {"name": name})
        rows.insert("division", {"name": name, "rank": 1})
        store.dossier()
        raise RuntimeError("stop")


def test_typing_in_one_visit_is_one_step(store: Store):
    for text in ("อ", "อบ", "อบต"):
        store.set_office("name", text, merge="visit 1")
    for text in ("อบต ", "อบต ก"):
        store.set_office("name", text, merge="visit 2")
    assert len(store.edits()) == 2
    store.undo()
    assert store.dossier().office.name == "อบต"
    store.undo()
    assert store.dossier() == Dossier()
    redo_twice(store)
    assert store.dossier().office.name == "อบต ก"


@pytest.mark.parametrize("between", ["edit", "undo", "reopen", "failure", "field", "no token"])
def test_visit_ends(path: Path, between: str):
    store = Store(path)
    store.set_office("name", "ก", merge="visit")
    if between == "edit":
        store.add_division("ข")
    elif between == "undo":
        store.undo()
        store.redo()
    elif between == "reopen":
        store.close()
        store = Store(path)
    elif between == "failure":
        with pytest.raises(RuntimeError):
            failing_edit(store, "ค")
    count = len(store.edits())
    token = None if between == "no token" else "visit"
    store.set_office("district" if between == "field" else "name", "กข", merge=token)
    assert len(store.edits()) == count + 1
    store.close()


def test_typing_back_leaves_no_step(store: Store):
    store.set_office("district", "เมือง")
    store.undo()
    for text in ("ก", ""):
        store.set_office("name", text, merge="visit")
    assert (store.undo_label(), store.redo_label()) == (None, None)
    assert store.dossier() == Dossier()
    store.set_office("name", "ข", merge="visit")
    assert len([edit for edit in store.edits() if edit.state == "done"]) == 1


def test_visit_that_inserts_and_deletes(store: Store):
    for score in (Decimal(1), None, Decimal(2), Decimal(3)):
        store.set_scores(2568, {"i1": score}, merge="visit")
    assert len(store.edits()) == 1
    store.undo()
    assert store.dossier().sheets == {}
    store.redo()
    assert store.dossier().sheet(2568).entered == {"i1": Decimal("3.00")}


def test_folding_changes():
    row = {"id": 1, "name": "ก", "rank": 1}
    insert, delete = Change("t", 1, None, row), Change("t", 1, row, None)
    rename = Change("t", 1, {"name": "ก"}, {"name": "ข"})
    again = Change("t", 1, {"name": "ข", "rank": 1}, {"name": "ค", "rank": 2})
    renamed = {**row, "name": "ข"}
    assert merge([insert, rename]) == [Change("t", 1, None, renamed)]
    assert merge([insert, delete]) == []
    assert merge([rename, Change("t", 1, renamed, None)]) == [Change("t", 1, row, None)]
    assert merge([delete, insert]) == []
    assert merge([delete, Change("t", 1, None, renamed)]) == [rename]
    both = Change("t", 1, {"name": "ก", "rank": 1}, {"name": "ค", "rank": 2})
    assert merge([rename, again]) == [both]
    other = Change("t", (2568, "i1"), None, {"value": "1.00"})
    assert merge([rename, other]) == [rename, other]


def test_new_edit_drops_what_was_undone(path: Path):
    with Store(path) as store:
        for name in "กขค":
            store.set_office("name", name)
        undo_twice(store)
        store.set_office("name", "ง")
        assert store.redo() is None
        states = [edit.state for edit in store.edits()]
        assert states == ["done", "dropped", "dropped", "done"]
    with Store(path) as store:
        undo_twice(store)
        assert store.dossier() == Dossier()
        redo_twice(store)
        assert (store.dossier().office.name, store.redo()) == ("ง", None)


def test_edit_that_changes_nothing_is_none(store: Store):
    store.set_office("name", "ก")
    store.undo()
    store.set_office("name", "")
    assert store.redo_label() == "แก้ชื่อหน่วยงาน"


def test_taking_in_the_same_again_later_is_no_edit(store: Store, monkeypatch: pytest.MonkeyPatch):
    store.take_in(FULL, ["set_aside"])
    monkeypatch.setattr("db.store.now_text", lambda: "2600-01-01T00:00:00+07:00")
    store.take_in(FULL, ["set_aside"])
    assert len(store.edits()) == 1
    ((finding, _),) = FULL.set_aside[2569].items()
    store.take_in(replace(FULL, set_aside={2569: {finding: "เหตุผลใหม่"}}), ["set_aside"])
    assert store.dossier().set_aside[2569] == {finding: "เหตุผลใหม่"}


def test_history_row_tells_when_where_old_and_new(store: Store):
    store.set_office("name", "ก")
    (edit,) = store.edits()
    assert edit.changes == (Change("office", 1, {"name": ""}, {"name": "ก"}),)
    assert (edit.label, edit.place, edit.state) == ("แก้ชื่อหน่วยงาน", "office/name", "done")
    assert edit.at.utcoffset() is not None
    assert len(store.edits(limit=0)) == 0


@dataclass
class Model:
    """What the store must show: a line of snapshots and a place on it."""

    line: list[Any]
    now: int = 0
    visit: object = field(default=None)

    def step(self, snapshot: Any, visit: object = None) -> None:
        """An edit has led to ``snapshot``."""
        if snapshot == self.line[self.now]:
            return
        if visit is not None and visit == self.visit:
            self.line[self.now] = snapshot
            if snapshot == self.line[self.now - 1]:
                self.line.pop()
                self.now -= 1
                visit = None
        else:
            self.line = [*self.line[: self.now + 1], snapshot]
            self.now += 1
        self.visit = visit

    def go(self, by: int) -> bool:
        """Undo (-1) or redo (+1), where there is something to."""
        if not 0 <= self.now + by < len(self.line):
            return False
        self.now += by
        self.visit = None
        return True


class Histories(RuleBasedStateMachine):
    """Random edits, undo, redo, failures and reopening."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="ita-history-")
        self.path = Path(self.folder.name) / "ก.ita"
        self.store = Store.create(self.path)
        self.model = Model([self.snapshot()])

    def snapshot(self) -> tuple[Dossier, str]:
        return settled(self.store.dossier()), self.store.setting("letterhead")

    def did(self, visit: object = None) -> None:
        self.model.step(self.snapshot(), visit)

    def ids(self, name: str) -> list[int]:
        found = getattr(self.store.dossier(), name)
        rows = [each for year in found.values() for each in year] if name == "measures" else found
        return [row.id for row in rows]

    @rule(text=TEXTS, visit=st.sampled_from([None, "a", "b"]))
    def type_name(self, text: str, visit: str | None) -> None:
        self.store.set_office("name", text, merge=visit)
        self.did(visit and ("name", visit))

    @rule(year=YEARS, code=CODES, score=SCORES, visit=st.sampled_from([None, "a"]))
    def type_score(self, year: int, code: str, score: Decimal | None, visit: str | None) -> None:
        self.store.set_scores(year, {code: score}, merge=visit)
        self.did(visit and (year, code, visit))

    @rule(year=YEARS, scores=st.dictionaries(CODES, SCORES))
    def paste_scores(self, year: int, scores: dict[str, Decimal | None]) -> None:
        self.store.set_scores(year, scores)
        self.did()

    @rule(year=YEARS, count=st.one_of(st.none(), st.integers(1, 99)), level=TEXTS)
    def respondents_and_level(self, year: int, count: int | None, level: str) -> None:
        self.store.set_respondents(year, "IIT", count)
        self.did()
        self.store.set_official_level(year, level.strip("\0"))
        self.did()

    @rule(name=TEXTS, role=TEXTS)
    def add_people(self, name: str, role: str) -> None:
        person = self.store.add_person({"given_name": name})
        self.did()
        self.store.add_chain_link(person, role)
        self.did()

    @precondition(lambda self: self.ids("people"))
    @rule(data=st.data(), text=TEXTS)
    def change_people(self, data: st.DataObject, text: str) -> None:
        person = data.draw(st.sampled_from(self.ids("people")))
        self.store.set_person(person, "position", text)
        self.did()
        if text == "น้ำ":
            self.store.delete_person(person)
            self.did()

    @rule(name=TEXTS)
    def add_division(self, name: str) -> None:
        self.store.add_division(name)
        self.did()

    @rule(title=TEXTS, kind=st.sampled_from(MeasureKind))
    def add_measure(self, title: str, kind: MeasureKind) -> None:
        self.store.add_measure(2569, kind, title=title, issues=(1,))
        self.did()

    @precondition(lambda self: self.ids("measures"))
    @rule(data=st.data(), text=TEXTS, status=st.sampled_from([None, *Status]))
    def change_measure(self, data: st.DataObject, text: str, status: Status | None) -> None:
        measure = data.draw(st.sampled_from(self.ids("measures")))
        which = data.draw(st.sampled_from(["set", "progress", "copy", "delete", "up"]))
        if which == "set":
            self.store.set_measure(measure, title=text, indicators=(text,))
        elif which == "progress":
            self.store.set_progress(measure, Round.SIX, status=status, note=text)
        elif which == "copy":
            self.store.duplicate_measure(measure)
        elif which == "delete":
            self.store.delete_measure(measure)
        else:
            self.store.move_row("measure", measure, -1)
        self.did()

    @precondition(lambda self: len(self.ids("divisions")) > 1)
    @rule(data=st.data(), by=st.sampled_from([-2, -1, 1, 2]))
    def move_or_delete_division(self, data: st.DataObject, by: int) -> None:
        division = data.draw(st.sampled_from(self.ids("divisions")))
        self.store.move_row("division", division, by)
        self.did()
        if by == 2:
            self.store.delete_row("division", division)
            self.did()

    @rule(text=TEXTS)
    def set_setting(self, text: str) -> None:
        self.store.set_setting("letterhead", text)
        self.did()
        self.store.keep("measure_year", text)
        self.store.keep_score_draft(2568, "i1", text)

    @rule(parts=st.sets(st.sampled_from(ALL_PARTS)))
    def take_in(self, parts: set[str]) -> None:
        self.store.take_in(FULL, sorted(parts, key=ALL_PARTS.index))
        self.did()

    @rule(text=TEXTS)
    def fail(self, text: str) -> None:
        with pytest.raises(RuntimeError):
            failing_edit(self.store, f"ไม่ควรอยู่ {text}")
        self.model.visit = None

    @rule()
    def undo(self) -> None:
        assert (self.store.undo() is not None) == self.model.go(-1)

    @rule()
    def redo(self) -> None:
        assert (self.store.redo() is not None) == self.model.go(+1)

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = Store(self.path)
        self.model.visit = None

    @invariant()
    def shows_the_model(self) -> None:
        assert self.snapshot() == self.model.line[self.model.now]
        self.store._parts.clear()
        assert self.snapshot() == self.model.line[self.model.now], "kept longer than true"

    def teardown(self) -> None:
        if not hasattr(self, "store"):
            return
        try:
            while self.store.undo():
                self.model.go(-1)
                self.shows_the_model()
            assert self.model.now == 0
            while self.store.redo():
                self.model.go(+1)
                self.shows_the_model()
            assert self.model.now == len(self.model.line) - 1
        finally:
            self.store.close()
            self.folder.cleanup()


TestHistories = Histories.TestCase
TestHistories.settings = settings(
    max_examples=int(os.environ.get("ITA_HISTORIES", "15")), stateful_step_count=30, deadline=None
)
