"""The store: what goes in comes out, an edit at a time."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from types import TracebackType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.deeds import Deed, read_deed
from db.errors import GoneRow, RefusedEdit
from db.history import transaction
from db.rows import NoSuchRow, keepable
from db.store import Notice, Store
from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.measures import MeasureKind, Status
from ita_desktop.domain.office import Office, Person
from ita_desktop.domain.scores import ScoreSheet
from tests.db.matter import ALL_PARTS, FULL, fill, settled, tables

Action = Callable[[Store], object]
MEASURE, GUIDELINE = MeasureKind.MEASURE, MeasureKind.GUIDELINE


def test_new_file_is_empty(store: Store):
    assert store.dossier() == Dossier()
    assert store.frameworks() == {}
    assert store.edits() == []
    assert (store.undo(), store.redo(), store.undo_label(), store.redo_label()) == (None,) * 4


def test_everything_comes_back_after_reopening(path: Path):
    with Store(path) as store:
        fill(store)
        assert settled(store.dossier()) == FULL
    with Store(path) as store:
        assert settled(store.dossier()) == FULL
        assert store.setting("letterhead") == "krut"
        assert store.setting("nothing", "ไม่มี") == "ไม่มี"
        assert store.dossier().sheet(2568).drafts == {"i2": "93,5"}
        assert store.dossier().sheet(2567).drafts == {}


def test_taking_in_twice_gives_the_same(store: Store):
    for _ in range(2):
        store.take_in(FULL, ALL_PARTS)
    found = store.dossier()
    assert (found.office, found.sheets) == (FULL.office, FULL.sheets)
    assert [person.full_name for person in found.people] == [p.full_name for p in FULL.people]
    signer = found.person(found.chain[0].person_id)
    assert signer is not None and signer.given_name == "ป่า"
    assert [len(m.progress) for m in found.measures[2569]] == [2, 0, 0]
    assert settled(found) == FULL
    assert len(store.edits()) == 1, "the second time nothing has changed"


def test_taking_in_one_part_leaves_the_others(store: Store):
    store.take_in(FULL, ALL_PARTS)
    other = Dossier(office=Office(name="อื่น"), sheets={2568: ScoreSheet(2568)})
    store.take_in(other, ["office", "scores"])
    assert store.dossier().office.name == "อื่น"
    assert set(store.dossier().sheets) == {2567}
    assert store.dossier().people == FULL.people


def test_frameworks_are_read(path: Path):
    with Store(path) as store, store.edit("กรอบ", "framework/2570") as rows:
        rows.put("framework", 2570, {"content": "{}"})
    with Store(path) as store:
        assert store.frameworks() == {2570: "{}"}


# --- lists -----------------------------------------------------------------------------------


def test_lists_keep_their_order(store: Store):
    ids = [store.add_division(name) for name in "กขค"]
    assert store.move_row("division", ids[2], -1)
    assert store.move_row("division", ids[0], +2)
    assert not store.move_row("division", ids[0], +1)
    assert not store.move_row("division", ids[2], -1)
    assert [division.name for division in store.dossier().divisions] == ["ค", "ข", "ก"]
    store.delete_row("division", ids[1])
    store.add_division("ง")
    store.set_division(ids[0], "ก๑")
    assert [division.name for division in store.dossier().divisions] == ["ค", "ก๑", "ง"]


def test_measures_and_guidelines_are_two_lists(store: Store):
    first = store.add_measure(2569, MEASURE, title="ก", indicators=("1",), issues=(2,))
    guideline = store.add_measure(2569, GUIDELINE, title="น")
    store.add_measure(2570, MEASURE, title="ปีอื่น")
    second = store.add_measure(2569, MEASURE, title="ข")
    copy = store.duplicate_measure(first)
    assert [m.id for m in store.dossier().measures_of(2569, MEASURE)] == [first, copy, second]
    assert store.move_row("measure", second, -2)
    assert [m.id for m in store.dossier().measures_of(2569, MEASURE)] == [second, first, copy]
    assert [m.id for m in store.dossier().measures_of(2569, GUIDELINE)] == [guideline]
    copied = store.dossier().measures_of(2569, MEASURE)[2]
    assert (copied.title, copied.indicators, copied.issues) == ("ก", ("1",), (2,))


def test_guidelines_for_several_indicators_are_one_edit(store: Store):
    store.add_guidelines(2569, ["1", "2", "3"])
    found = store.dossier().measures_of(2569, GUIDELINE)
    assert [measure.indicators for measure in found] == [("1",), ("2",), ("3",)]
    store.undo()
    assert store.dossier() == Dossier()


def test_deleting_a_measure_takes_its_progress_along_and_undo_brings_both(store: Store):
    measure = store.add_measure(2569, MEASURE, title="ลบได้")
    store.set_progress(measure, Round.SIX, status=Status.DONE, result="ทำแล้ว")
    before = store.dossier()
    store.delete_measure(measure)
    assert store.dossier().measures == {}
    assert store.undo_label() == "ลบ “ลบได้”"
    store.undo()
    assert store.dossier() == before
    store.set_measure(measure, title="")
    store.delete_measure(measure)
    assert store.undo_label() == "ลบมาตรการที่ยังไม่มีข้อความ"


def test_deleting_a_person_empties_their_places(store: Store):
    store.take_in(FULL, ALL_PARTS)
    store.delete_person(2)
    assert [link.person_id for link in store.dossier().chain] == [None, None]
    store.undo()
    assert settled(store.dossier()) == FULL


def test_people_and_chain(store: Store):
    person = store.add_person({"given_name": "ก"})
    link = store.add_chain_link(person, "ผู้อนุมัติ")
    store.set_person(person, "position", "ปลัด")
    store.set_chain_link(link, role="ผู้ตรวจสอบ")
    assert store.dossier().people == (Person(person, given_name="ก", position="ปลัด"),)
    assert store.dossier().chain[0].role == "ผู้ตรวจสอบ"
    store.delete_row("chain_link", link)
    assert store.dossier().chain == ()


def test_scores(store: Store):
    store.set_scores(2568, {"i1": Decimal("93.59"), "i2": Decimal("0.005"), "e1": Decimal(100)})
    entered = {"i1": Decimal("93.59"), "i2": Decimal("0.01"), "e1": Decimal("100.00")}
    assert store.dossier().sheet(2568).entered == entered
    store.set_scores(2568, {"i1": None, "i2": None, "e1": None, "e2": None})
    assert store.dossier().sheets == {}
    store.set_respondents(2568, "IIT", 33)
    store.set_official_level(2568, "ผ่านดี")
    assert store.dossier().sheet(2568) == ScoreSheet(2568, {}, {"IIT": 33}, "ผ่านดี")
    store.set_respondents(2568, "IIT", None)
    store.set_official_level(2568, "")
    assert store.dossier().sheets == {}


def test_what_is_remembered_is_no_edit(store: Store):
    for value in ("2569", "2569", "2570"):
        store.keep("measure_year", value)
    store.keep_score_draft(2568, "i1", "93,5")
    assert (store.setting("measure_year"), store.edits()) == ("2570", [])
    store.keep_score_draft(2568, "i1", "")
    store.keep_score_draft(2568, "i1", "")
    assert store.dossier().sheet(2568).drafts == {}


def test_nothing_entered_is_no_step(store: Store):
    measure = store.add_measure(2569, MEASURE)
    store.set_progress(measure, Round.SIX, status=None, note="")
    store.set_setting("letterhead", "")
    store.set_scores(2568, {"i1": None})
    store.take_in(Dossier(), ALL_PARTS)
    assert len(store.edits()) == 1
    store.set_progress(measure, Round.SIX, note="ก")
    store.set_progress(measure, Round.SIX, note="")
    assert len(store.edits()) == 3


def test_taking_in_the_same_scores_is_no_step(store: Store):
    for _ in range(2):
        store.take_in(FULL, ["office", "scores"])
    assert len(store.edits()) == 1


# --- places and notices ----------------------------------------------------------------------


def test_places_name_what_was_edited(store: Store):
    person = store.add_person()
    link = store.add_chain_link(person)
    division = store.add_division("ก")
    measure = store.add_measure(2569, MEASURE)
    copy = store.duplicate_measure(measure)
    store.set_measure(measure, first_month=2, last_month=3)
    store.set_chain_link(link, person_id=None)
    store.set_progress(measure, Round.SIX, note="ก")
    store.set_scores(2568, {"i1": Decimal(1)})
    store.set_setting("a", "b")
    store.move_row("measure", copy, -1)
    store.add_guidelines(2569, ["1", "2"])
    store.take_in(FULL, ALL_PARTS)
    assert [edit.place for edit in reversed(store.edits())] == [
        f"person/{person}",
        f"chain_link/{link}",
        f"division/{division}",
        f"measure/{measure}",
        f"measure/{copy}",
        f"measure/{measure}/first_month",
        f"chain_link/{link}/person_id",
        f"progress/{measure}/6/note",
        "score/2568/i1",
        "setting/a",
        f"measure/{copy}",
        "measure",
        "import",
    ]


def test_one_edit_is_one_notice(store: Store):
    heard: list[Notice] = []
    store.subscribe(heard.append)
    me = object()
    store.take_in(FULL, ["office", "scores"])
    store.set_measure(store.add_measure(2569, MEASURE, origin=me), title="ก", origin=me)
    store.set_office("name", FULL.office.name)  # as it was: nothing to tell
    store.set_measure(1)
    store.undo()
    assert [(notice.areas, notice.place, notice.origin is me) for notice in heard] == [
        ({"office", "scores"}, "import", False),
        ({"measures"}, "measure/1", True),
        ({"measures"}, "measure/1/title", True),
        ({"measures"}, "measure/1/title", False),
    ]
    assert all(notice.saved_at.tzinfo for notice in heard)


def test_listener_that_fails_is_reported_and_harms_nobody(
    store: Store, monkeypatch: pytest.MonkeyPatch
):
    reported: list[object] = []
    heard: list[Notice] = []

    def report(kind: type, error: BaseException, trace: TracebackType | None) -> None:
        reported.append((kind, str(error), trace is not None))

    def fail(_: Notice) -> None:
        raise KeyError("a page's own mistake")

    monkeypatch.setattr(sys, "excepthook", report)
    store.subscribe(fail)
    store.subscribe(heard.append)
    assert store.add_division("ก") == 1
    store.undo()
    assert len(heard) == 2
    assert reported == [(KeyError, '"a page\'s own mistake"', True)] * 2
    assert store.redo_label() == "เพิ่มกอง/สำนัก"


def test_listener_may_edit(store: Store):
    def follow(notice: Notice) -> None:
        if notice.place == "office/name":
            store.set_office("district", "ตาม")

    store.subscribe(follow)
    store.set_office("name", "นำ")
    assert store.dossier().office == Office(name="นำ", district="ตาม")
    store.undo()
    assert store.dossier().office == Office(name="นำ")


# --- what can't be kept ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("กตัญญู น้ำ ป่า ฟั่น", "กตัญญู น้ำ ป่า ฟั่น"),
        ("\ud83d\ude00", "😀"),
        ("ก\ud83dข", "ก\ufffdข"),
        ("\ude00\ud83d", "\ufffd\ufffd"),
        ("a\0b\0", "ab"),
        ("\x0b\u202e\u200b\ufeff\r\n\t", "\x0b\u202e\u200b\ufeff\r\n\t"),
        ("=1+1 <b> ' \" ; -- %", "=1+1 <b> ' \" ; -- %"),
        ("ก" * 40_000, "ก" * 40_000),
    ],
    ids=range(8),
)
def test_text_comes_back_as_typed(path: Path, text: str, kept: str):
    with Store(path) as store:
        store.set_office("name", text)
        store.add_measure(2569, MEASURE, title=text, indicators=(text,))
        store.set_setting(f"key {text[:9]}", text)
        store.keep("k", text)
        store.keep_score_draft(2568, "i1", text)
        store.undo()
        store.redo()
        title = store.undo_label()
    with Store(path) as store:
        measure = store.dossier().measures[2569][0]
        assert (store.dossier().office.name, measure.title, measure.indicators) == (
            kept, kept, (kept,),
        )  # fmt: skip
        assert (store.setting("k"), store.dossier().sheet(2568).drafts) == (
            kept,
            {"i1": kept} if kept else {},
        )
        assert title == "แก้การตั้งค่า"


@given(st.text(st.characters(), max_size=30))
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_can_be_kept(text: str):
    kept = keepable(text)
    kept.encode()
    assert "\0" not in kept
    assert keepable(kept) == kept
    if "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text):
        assert kept == text


REFUSED: list[Action] = [
    lambda s: s.set_scores(2568, {"i1": Decimal(1), "i2": Decimal("100.01")}),
    lambda s: s.set_scores(2568, {"i1": Decimal(1), "i2": Decimal("-1")}),
    lambda s: s.set_scores(2568, {"i1": Decimal(1), "i2": Decimal("NaN")}),
    lambda s: s.set_scores(2568, {"i1": Decimal(1), "i2": Decimal("Infinity")}),
    lambda s: s.set_scores(2568, {"i1": Decimal(1), "": Decimal(1)}),
    lambda s: s.set_scores(2024, {"i1": Decimal(1)}),
    lambda s: s.set_respondents(2568, "IIT", 0),
    lambda s: s.set_respondents(2568, "IIT", 2**70),
    lambda s: s.set_progress(999, Round.SIX, result="ไม่มีมาตรการ"),
    lambda s: s.set_measure(1, title="x", first_month=9, last_month=2),
    lambda s: s.set_chain_link(1, person_id=999),
    lambda s: s.add_chain_link(999),
    lambda s: s.set_official_level(10**30, "x"),
    lambda s: s.take_in(
        Dossier(Office(name="ใหม่"), sheets={2568: ScoreSheet(2568, {"i1": Decimal(101)})}),
        ["office", "people", "scores"],
    ),
]
GONE: list[Action] = [
    lambda s: s.set_measure(999, title="x"),
    lambda s: s.set_person(999, "title", "x"),
    lambda s: s.set_division(999, "x"),
    lambda s: s.set_chain_link(999, role="x"),
    lambda s: s.delete_measure(999),
    lambda s: s.duplicate_measure(999),
    lambda s: s.move_row("measure", 999, 1),
]
MISTAKES: list[tuple[Action, type[Exception]]] = [
    (lambda s: s.set_office("nmae", "x"), KeyError),
    (lambda s: s.set_person(1, "rank", "x"), KeyError),
    (lambda s: s.set_measure(1, nmae="x"), sqlite3.OperationalError),
    (lambda s: s.set_progress(1, Round.SIX, note=object()), sqlite3.ProgrammingError),
    (lambda s: s.add_person({"nmae": "x"}), sqlite3.OperationalError),
    (lambda s: s.take_in(Dossier(Office(name="ใหม่")), ["office", "unknown"]), KeyError),
]


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        *((action, RefusedEdit) for action in REFUSED),
        *((action, GoneRow) for action in GONE),
        *MISTAKES,
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_refused_edit_leaves_all_as_it_was(path: Path, action: Action, kind: type[Exception]):
    with Store(path) as store:
        fill(store)
        heard: list[Notice] = []
        store.subscribe(heard.append)
        with pytest.raises(kind) as caught:
            action(store)
        assert type(caught.value) is kind
        assert settled(store.dossier()) == FULL
        assert (store.undo_label(), store.redo_label()) == ("แก้การตั้งค่า", "แก้อำเภอของหน่วยงาน")
        assert heard == []
        assert not store._database.conn.in_transaction
        store.redo()
        assert store.dossier().office.district == "เมือง"
        store.undo()
        rows = tables_without_times(path, store)
    with Store(path) as store:
        assert settled(store.dossier()) == FULL
        assert tables_without_times(path, store) == rows


def tables_without_times(path: Path, store: Store) -> object:
    store.close()
    return tables(path)


def stopped_edit(store: Store, error: BaseException) -> None:
    with store.edit("ก", "office/name") as rows:
        rows.set("office", 1, {"name": "ไม่ควรอยู่"})
        store._parts.clear()
        assert store.dossier().office.name == "ไม่ควรอยู่"
        raise error


def edit_within_an_edit(store: Store) -> None:
    with store.edit("ก", "office/name") as rows:
        rows.set("office", 1, {"name": "นอก"})
        store.set_office("name", "ใน")


def test_what_was_read_inside_a_failed_edit_is_forgotten(store: Store):
    with pytest.raises(RuntimeError, match="stop"):
        stopped_edit(store, RuntimeError("stop"))
    assert store.dossier() == Dossier()
    assert store.edits() == []


def test_interrupt_rolls_back(store: Store):
    with pytest.raises(KeyboardInterrupt):
        stopped_edit(store, KeyboardInterrupt())
    assert store.dossier() == Dossier()


def test_edit_inside_an_edit_is_a_mistake_that_leaves_nothing(store: Store):
    with pytest.raises(sqlite3.OperationalError):
        edit_within_an_edit(store)
    assert store.dossier() == Dossier()
    store.set_office("name", "ต่อ")
    assert store.dossier().office.name == "ต่อ"


def test_rows_are_written_in_transactions_only(store: Store):
    with pytest.raises(RuntimeError, match="outside"):
        store._table.update("office", 1, {"name": "x"})
    with transaction(store._database), pytest.raises(NoSuchRow):
        store._table.delete("person", 7)


def test_a_deleted_guideline_is_named_by_its_text(store: Store):
    values = {"approach": "เผยแพร่ขั้นตอน\nการให้บริการ", "indicators": ("7",)}
    guideline = store.add_measure(2569, MeasureKind.GUIDELINE, **values)
    store.delete_measure(guideline)
    assert store.undo_label() == "ลบ “เผยแพร่ขั้นตอน การให้บริการ”"
    bare = store.add_measure(2569, MeasureKind.GUIDELINE, indicators=("7", "8"))
    store.delete_measure(bare)
    assert store.undo_label() == "ลบแนวทางของตัวชี้วัดที่ 7, 8"


def test_a_day_of_the_calendar_is_a_deed_and_an_edit(store: Store):
    key = "calendar/2570/oit/day"
    deed = Deed("set_calendar", (key, "2027-03-02"))
    assert read_deed(deed.text()) == deed
    assert store.do_all([deed], "นำกลับมา") == []
    assert store.setting(key) == "2027-03-02"
    store.undo()
    assert store.setting(key) == ""
    with pytest.raises(ValueError, match="calendar"):
        store.set_calendar("sample", "yes")
