"""Photos, texts, the OIT list, papers and their register: kept, undone and brought back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from db.store import Store
from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.measures import MeasureKind
from ita_desktop.domain.papers import Disclosure, Issued, Paper, PaperKey, Step

YEAR, SIX = 2569, Round.SIX
KEY = PaperKey(YEAR, "memo", 6)
PICTURE, PDF, DATA = b"\xff\xd8\xff photo", b"%PDF-1.7 made", b"{}"
ISSUED = Issued(0, KEY, "บันทึกข้อความ", "2569-06-ABCDEF", "2026-03-31T10:00:00+07:00", "1", None)


def with_photo(store: Store) -> int:
    measure = store.add_measure(YEAR, MeasureKind.MEASURE, title="ก")
    return store.add_photo(measure, SIX, store.add_picture(PICTURE), "ภาพแรก")


def with_issued(store: Store) -> int:
    return store.issue(ISSUED, PDF, DATA)


def photos(store: Store) -> list[tuple[str, str]]:
    (measure,) = store.dossier().measures[YEAR]
    return [(photo.caption, photo.digest) for photo in measure.progress_in(SIX).photos]


def test_a_file_is_kept_once_and_proves_itself(store: Store):
    digest = store.add_picture(PICTURE)
    assert digest == store.add_picture(PICTURE) == hashlib.sha256(PICTURE).hexdigest()
    assert store.picture(digest) == PICTURE
    assert store.picture("0" * 64) is None
    assert store.picture("") is None


def test_photos_keep_their_order_and_captions(store: Store):
    first = with_photo(store)
    measure = store.dossier().measures[YEAR][0].id
    digest = store.add_picture(b"\x89PNG other")
    second = store.add_photo(measure, SIX, digest)
    store.set_photo(second, caption="ภาพสอง")
    store.move_row("photo", second, -1)
    assert [caption for caption, _ in photos(store)] == ["ภาพสอง", "ภาพแรก"]
    store.delete_row("photo", first)
    assert [caption for caption, _ in photos(store)] == ["ภาพสอง"]
    store.undo()
    assert [caption for caption, _ in photos(store)] == ["ภาพสอง", "ภาพแรก"]


def test_a_deleted_measure_takes_its_photos_and_undo_brings_both_back(store: Store):
    with_photo(store)
    store.delete_measure(store.dossier().measures[YEAR][0].id)
    assert not store.dossier().measures.get(YEAR)
    store.undo()
    assert photos(store) == [("ภาพแรก", hashlib.sha256(PICTURE).hexdigest())]


Change = Callable[[Store], Any]
Look = Callable[[Dossier], Any]
CASES: list[tuple[str, Change, Look, Any]] = [
    (
        "passage",
        lambda store: store.set_passage(YEAR, "memo/facts/6", "ข้อเท็จจริง"),
        lambda dossier: dossier.passage(YEAR, "memo/facts/6"),
        "ข้อเท็จจริง",
    ),
    (
        "disclosure",
        lambda store: store.set_disclosure(YEAR, "o1", disclosed=True, day=date(2026, 1, 7)),
        lambda dossier: dossier.disclosures.get(YEAR, {}).get("o1"),
        Disclosure("o1", True, day=date(2026, 1, 7)),
    ),
    (
        "paper",
        lambda store: store.set_paper(KEY, number="12", day=date(2026, 3, 31)),
        lambda dossier: dossier.paper(KEY),
        Paper("12", date(2026, 3, 31)),
    ),
    (
        "template",
        lambda store: store.set_template("memo", "{}"),
        lambda dossier: dict(dossier.templates),
        {"memo": "{}"},
    ),
    (
        "letterhead",
        lambda store: store.set_letterhead(left_mm=25.0),
        lambda dossier: dossier.letterhead.left_mm,
        25.0,
    ),
]


@pytest.mark.parametrize(
    ("change", "look", "now"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_each_is_kept_undone_and_redone(store: Store, change: Change, look: Look, now: Any):
    before = look(store.dossier())
    change(store)
    assert look(store.dossier()) == now
    store.undo()
    assert look(store.dossier()) == before != now
    store.redo()
    assert look(store.dossier()) == now


def test_a_finding_is_set_aside_and_taken_up_again(store: Store):
    store.set_aside(YEAR, "rule score/2568/i1", "ตรวจแล้ว")
    store.set_aside(YEAR, "rule score/2568/i1", "ตรวจกับประกาศแล้ว")
    assert store.dossier().set_aside == {YEAR: {"rule score/2568/i1": "ตรวจกับประกาศแล้ว"}}
    assert store.undo_label() == "พักข้อสังเกต"
    store.set_aside(YEAR, "rule score/2568/i1", None)
    assert store.dossier().set_aside == {} and store.undo_label() == "รับข้อสังเกตกลับมา"
    store.undo()
    store.undo()
    assert store.dossier().set_aside == {YEAR: {"rule score/2568/i1": "ตรวจแล้ว"}}
    taken = Dossier(set_aside={YEAR: {"other": ""}})
    store.take_in(taken, ["set_aside"])
    assert store.dossier().set_aside == taken.set_aside
    store.undo()
    assert store.dossier().set_aside == {YEAR: {"rule score/2568/i1": "ตรวจแล้ว"}}


def test_an_emptied_text_is_gone(store: Store):
    store.set_passage(YEAR, "memo/facts/6", "ก")
    store.set_passage(YEAR, "memo/facts/6", "")
    assert not store.dossier().passages.get(YEAR)


def test_a_size_goes_back_to_the_templates_own(store: Store):
    store.set_letterhead(size_pt=18.0)
    store.set_letterhead(size_pt=None)
    assert store.dossier().letterhead.size_pt is None


def test_a_setting_nobody_declared_is_refused(store: Store):
    with pytest.raises(TypeError):
        store.set_letterhead(colour="red")


def test_an_issued_document_keeps_its_file_and_data(store: Store):
    with_issued(store)
    (found,) = store.dossier().issued
    assert (found.code, found.key, found.number) == (ISSUED.code, KEY, "1")
    assert store.picture(found.file) == PDF
    assert store.picture(found.data) == DATA


def test_the_way_up_the_chain_is_ticked_off(store: Store):
    issued = with_issued(store)
    store.add_passing(issued, Step.PRINTED, day=date(2026, 4, 1))
    sent = store.add_passing(issued, Step.SENT, day=date(2026, 4, 2), who="ปลัด")
    scan = store.add_picture(b"%PDF-scan")
    store.set_passing(sent, scan=scan, scan_name="ลงนาม.pdf")
    (found,) = store.dossier().issued
    assert [(p.step, p.day, p.who, p.scan_name) for p in found.passings] == [
        (Step.PRINTED, date(2026, 4, 1), "", ""),
        (Step.SENT, date(2026, 4, 2), "ปลัด", "ลงนาม.pdf"),
    ]


def test_a_document_taken_out_comes_back_with_its_way(store: Store):
    issued = with_issued(store)
    store.add_passing(issued, Step.SIGNED, who="นายก")
    before = store.dossier().issued
    store.delete_issued(issued)
    assert store.dossier().issued == ()
    store.undo()
    assert store.dossier().issued == before
