"""The history as the clerk asks it: a field's past, the bin, changes since; and its size."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from db.doctor import examine_open
from db.errors import NotPutBack
from db.past import Altered
from db.store import Store
from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.measures import MeasureKind
from ita_desktop.domain.papers import Issued, PaperKey
from tests.db.matter import ALL_PARTS, FULL, PICTURE, fill

history: Any = import_module("db.history")
NOW = datetime(2026, 11, 21, 12).astimezone()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sets the clock by which edits are dated."""

    def set_to(at: datetime) -> None:
        monkeypatch.setattr(history, "_now", lambda: at.isoformat(timespec="seconds"))

    return set_to


# --- a field's own past ----------------------------------------------------------------------


def test_past_of_a_field(store: Store):
    for name in ("ก", "ข", "ค"):
        store.set_office("name", name)
        store.set_office("district", name)
    store.undo()
    store.undo()
    found = store.past("office", 1, "name")
    assert [(step.old, step.new, step.state) for step in found] == [
        ("ข", "ค", "undone"),
        ("ก", "ข", "done"),
        ("", "ก", "done"),
    ]
    assert store.past("office", 1, "province") == ()


def test_past_of_a_row_with_a_long_key(store: Store):
    store.set_scores(2568, {"i1": Decimal(90), "i10": Decimal(80)})
    store.set_scores(2568, {"i1": Decimal("93.59")})
    store.set_scores(2568, {"i1": None})
    found = store.past("score", (2568, "i1"), "value")
    assert [(step.old, step.new) for step in found] == [
        ("93.59", None),
        ("90.00", "93.59"),
        (None, "90.00"),
    ]
    assert [edit.label for edit in store.edits_of("score", (2568, "i10"))] == [
        "วางคะแนน 2 ช่อง ปี 2568"
    ]


def test_text_that_looks_like_a_place_is_no_place(store: Store):
    store.set_office("name", '["measure",12,{"title":"x"},null]')
    assert store.edits_of("measure", 12) == []
    assert store.bin() == ()


# --- the bin ---------------------------------------------------------------------------------


def test_deleted_measure_comes_back_with_all_it_had(store: Store):
    fill(store)
    before = store.dossier()
    store.delete_measure(1)
    store.set_office("name", "แก้ต่อไป")
    (gone,) = [each for each in store.bin() if each.table == "measure"]
    assert gone.name.startswith("มาตรการ 1 “มาตรการ “ก”")
    assert [name for name, _ in gone.rows] == ["measure", "photo", "progress", "progress"]
    store.put_back(gone.edit, gone.table, gone.key)
    assert store.dossier().measures == before.measures
    assert store.bin() == ()
    assert examine_open(store) == ()
    assert store.undo_label() == "นำ มาตรการ 1 “มาตรการ “ก”” กลับมา"
    store.undo()
    assert len(store.bin()) == 1
    assert store.dossier().office.name == "แก้ต่อไป"


def test_deleted_person_takes_the_place_in_the_chain_again(store: Store):
    fill(store)
    store.delete_person(2)
    gone = store.bin()[0]
    assert gone.name == "บุคคลและสายการลงนาม 2 “ป่า ฟั่น”"
    store.put_back(gone.edit, "person", 2)
    assert store.dossier().chain[0].person_id == 2
    assert {p.id for p in store.dossier().people} == {1, 2}


def test_place_that_was_given_away_stays_given_away(store: Store):
    fill(store)
    store.delete_person(2)
    store.set_chain_link(1, person_id=1)
    gone = store.bin()[0]
    store.put_back(gone.edit, gone.table, gone.key)
    assert store.dossier().chain[0].person_id == 1


@pytest.mark.parametrize(
    ("table", "key", "words"),
    [("measure", 1, "มีข้อมูลใหม่"), ("photo", 1, "เจ้าของถูกลบ"), ("measure", 99, "ประวัติ")],
)
def test_what_can_not_be_put_back(store: Store, table: str, key: int, words: str):
    fill(store)
    store.delete_row("photo", 1)
    photo = store.bin()[0]
    store.delete_measure(1)
    gone = store.bin()[0]
    if table == "measure" and key == 1:
        store.put_back(gone.edit, "measure", 1)
    before, edits = store.dossier(), len(store.edits(1000))
    with pytest.raises(NotPutBack, match=words):
        store.put_back(photo.edit if table == "photo" else gone.edit, table, key)
    assert (store.dossier(), len(store.edits(1000))) == (before, edits)


def test_register_entry_and_import_in_the_bin(store: Store):
    fill(store)
    entry = store.dossier().issued[0]
    store.delete_issued(entry.id)
    store.put_back(store.bin()[0].edit, "issued", entry.id)
    assert store.dossier().issued == (entry,)
    store.take_in(replace(FULL, measures={2569: ()}, people=()), ALL_PARTS, files=[PICTURE])
    assert {gone.table for gone in store.bin()} >= {"measure", "person"}


def test_undone_deletion_is_not_in_the_bin(store: Store):
    fill(store)
    store.delete_measure(2)
    store.undo()
    assert [gone for gone in store.bin() if gone.table == "measure"] == []


# --- since -----------------------------------------------------------------------------------


def issue(store: Store) -> int:
    key = PaperKey(2569, "memo", 6)
    return store.issue(Issued(0, key, "บันทึก", "C", "2026-04-26T10:00:00"), b"pdf", b"{}")


def test_changes_since_an_issued_document(store: Store):
    fill(store)
    store.set_measure(1, title="ก่อนออก")
    issued = issue(store)
    assert store.changes_since_issued(issued) == ()
    store.set_measure(1, title="หลังออก")
    store.set_measure(1, title="หลังออกอีก")
    store.set_office("name", "ไปแล้วกลับ")
    store.set_office("name", "ตัวอย่าง")
    new = store.add_division("ใหม่")
    store.move_row("division", new, -1)
    store.delete_measure(2)
    found = store.changes_since_issued(issued)
    assert found is not None
    assert found[0] == Altered("measure", 1, "title", "มาตรการ 1 “หลังออกอีก”", "ก่อนออก", "หลังออกอีก")
    assert [
        (each.table, each.column, each.old is None, each.new is None) for each in found[1:]
    ] == [
        ("division", "", True, False),
        ("measure", "", False, True),
    ]
    assert store.changes_since_issued(999) is None


def test_changes_since_a_time_though_the_clock_was_wrong(store: Store, clock: Any):
    clock(NOW - timedelta(days=2))
    store.set_office("name", "วานซืน")
    clock(NOW)
    store.set_office("district", "วันนี้")
    clock(NOW - timedelta(days=9000))
    store.set_office("province", "นาฬิกาผิด")
    found = store.changes_since(NOW - timedelta(days=1))
    assert {each.column for each in found} == {"district", "province"}
    assert len(store.changes_since(NOW - timedelta(days=3))) == 3
    assert store.changes_since(NOW + timedelta(days=1)) == ()


# --- kept small ------------------------------------------------------------------------------


def test_recent_edits_are_never_touched(store: Store, clock: Any):
    clock(NOW - timedelta(days=2000))
    for number in range(100):
        store.set_office("name", f"{number}")
    before = store.edits(1000)
    assert store.tidy_history(NOW) == 0
    assert store.edits(1000) == before


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "RECENT", 3)


def test_steps_of_a_day_long_ago_become_one(store: Store, clock: Any, short: None):
    clock(NOW - timedelta(days=400))
    for number in range(20):
        store.set_office("name", f"{number}")
        store.set_office("district", f"{number}")
    clock(NOW - timedelta(days=399))
    store.set_office("name", "วันถัดมา")
    clock(NOW)
    for text in "กขค":
        store.set_office("province", text)
    assert store.tidy_history(NOW) == 38
    assert [(s.old, s.new) for s in store.past("office", 1, "name")] == [
        ("19", "วันถัดมา"),
        ("", "19"),
    ]
    assert examine_open(store) == ()
    while store.undo():
        pass
    assert store.dossier().office.name == ""
    while store.redo():
        pass
    assert store.dossier().office.name == "วันถัดมา"


def test_dropped_edits_go_after_90_days(store: Store, clock: Any, short: None):
    for days in (100, 80):
        clock(NOW - timedelta(days=days))
        store.set_office("name", f"{days}")
        store.undo()
        store.set_office("district", f"{days}")
    for text in "กขค":
        store.set_office("province", text)
    assert store.tidy_history(NOW) == 1
    assert [e.state for e in store.edits()].count("dropped") == 1


def test_folding_never_leads_undo_astray(tmp_path: Path, clock: Any, short: None):
    """Random edits of a day long ago, folded: undoing all of them leads to the beginning."""
    for seed in range(4):
        chance = random.Random(seed)
        with Store.create(tmp_path / f"{seed}.ita") as store:
            store.connection.execute("PRAGMA synchronous = OFF").fetchall()  # hundreds of edits
            clock(NOW - timedelta(days=500))
            for number in range(60):
                _edit_at_random(store, chance, number)
            clock(NOW)
            for text in "กขค":
                store.set_office("province", text)
            end = store.dossier()
            gone = store.tidy_history(NOW)
            assert gone > 0
            assert store.dossier() == end
            assert examine_open(store) == ()
            while store.undo():
                pass
            assert store.dossier() == Dossier()
            while store.redo():
                pass
            assert store.dossier() == end


def _edit_at_random(store: Store, chance: random.Random, number: int) -> None:
    measures = store.dossier().measures.get(2569, ())
    match chance.randrange(6 if measures else 2):
        case 0:
            store.set_office(chance.choice(["name", "district"]), f"{number}")
        case 1:
            store.add_measure(2569, MeasureKind.MEASURE, title=f"{number}")
        case 2 | 3:
            store.set_measure(chance.choice(measures).id, title=f"{number}", steps=f"{number}")
        case 4:
            store.set_progress(chance.choice(measures).id, Round.SIX, result=f"{number}")
        case 5:
            store.delete_measure(chance.choice(measures).id)


def test_size_after_20_000_edits(store: Store, clock: Any, monkeypatch: pytest.MonkeyPatch):
    """Ten years of typing: the history stays a small part of what one photo takes."""
    store.connection.execute("PRAGMA synchronous = OFF").fetchall()  # the size is what is asked
    store.connection.execute("BEGIN IMMEDIATE")
    rows = store._table
    text = "จัดอบรมเจ้าหน้าที่ผู้ให้บริการ " * 5
    for number in range(20_000):
        at = NOW - timedelta(days=3650 - number * 3650 / 20_000)
        clock(at)
        place = f"office/{('name', 'district', 'address')[number % 3]}"
        column = place.split("/")[1]
        change = history.Change(
            "office", 1, {column: f"{text}{number - 3}"}, {column: f"{text}{number}"}
        )
        history.record(rows, "แก้ข้อมูลหน่วยงาน", place, [change])
    store.connection.execute("COMMIT")
    size = _history_size(store)
    gone = store.tidy_history(NOW)
    assert gone > 5_000
    assert _history_size(store) < size * 0.75 < 20_000_000
    assert len(store.edits(600)) == 600
    monkeypatch.setattr(history, "MOST_LETTERS", 1_000_000)
    store.tidy_history(NOW)
    assert _history_size(store) <= 1_100_000
    monkeypatch.setattr(history, "MOST_EDITS", 600)
    store.tidy_history(NOW)
    assert len(store.edits(1000)) == 600
    assert examine_open(store) == ()


def _history_size(store: Store) -> int:
    (found,) = store.connection.execute("SELECT sum(length(changes)) FROM edit").fetchone()
    return found
