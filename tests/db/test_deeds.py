"""What could not be written is kept as deeds and done later, as one edit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from db.deeds import DOABLE, Deed, NotADeed, read_deed
from db.store import Store
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.measures import MeasureKind, Status
from ita_desktop.domain.papers import PaperKey
from tests.db.matter import fill

HOSTILE = ("=1+1", "<b>", "\u202e", "ก\nข", '"', "\\", "๔.๕", "{}", "😀", " ")


@pytest.mark.parametrize(
    "deed",
    [
        Deed("set_office", ("name", "สุขใจ")),
        Deed("enter_scores", (2568, {"i1": Decimal("90.10"), "i2": None}, {"i3": "abc"})),
        Deed("set_progress", (3, Round.SIX), {"status": Status.DONE}),
        Deed("set_paper", (PaperKey(2569, "memo", 6),), {"day": date(2026, 3, 1)}),
        Deed("set_measure", (3,), {"indicators": ("1", "2"), "continued": True}),
        Deed("set_letterhead", (), {"left_mm": 25.4, "font": None}),
        *(Deed("set_office", ("name", text)) for text in HOSTILE),
    ],
    ids=lambda deed: deed.method,
)
def test_a_kept_deed_is_read_as_it_was(deed: Deed):
    assert read_deed(deed.text()) == deed


@pytest.mark.parametrize(
    "text",
    [
        *("", "{}", "[]", "null", '["close",[],{}]', '["delete_measure",[1],{"dict":[]}]'),
        *('["set_office"', '["set_office",[{"exec":"x"}],{"dict":[]}]', '["set_office",1,2]'),
        *('["__class__",[],{"dict":[]}]', "[" * 5000, '["set_office",[{}],{"dict":[]}]'),
    ],
)
def test_what_is_no_deed_is_refused(text: str):
    with pytest.raises(NotADeed):
        read_deed(text)


def test_every_deed_is_a_method_of_the_store():
    assert not [name for name in DOABLE if not callable(getattr(Store, name, None))]


def _some(store: Store) -> list[Deed]:
    measure = store.add_measure(2569, MeasureKind.MEASURE, title="เดิม")
    return [
        Deed("set_office", ("name", "สุขใจ")),
        Deed("set_measure", (measure,), {"title": "ใหม่"}),
        Deed("set_progress", (measure, Round.SIX), {"status": Status.DONE, "result": "ทำแล้ว"}),
        Deed("enter_scores", (2568, {"i1": Decimal(90)}, {"i2": "abc"})),
        Deed("set_mark", ("threshold", Decimal(3))),
        Deed("set_mark", ("strength", Decimal(91))),
    ]


def test_deeds_become_one_edit_that_undo_takes_back(store: Store):
    deeds = _some(store)
    before = store.dossier()
    assert store.do_all(deeds, "นำสิ่งที่พิมพ์ค้างไว้กลับมา") == []
    now = store.dossier()
    assert (now.office.name, now.measures[2569][0].title) == ("สุขใจ", "ใหม่")
    assert now.measures[2569][0].progress[Round.SIX].status is Status.DONE
    assert now.sheet(2568).entered == {"i1": Decimal("90.00")}
    assert now.sheet(2568).drafts == {"i2": "abc"}
    assert (now.marks.threshold, now.marks.strength) == (3, 91)
    store.undo()
    store.keep_score_draft(2568, "i2", "")
    assert store.dossier() == before


def test_a_rehearsal_says_what_would_change_and_changes_nothing(store: Store):
    deeds = _some(store)
    before, edits = store.dossier(), store.edits()
    found = store.rehearse(deeds)
    changed = {(change.table, change.key) for change in found.changes}
    assert ("office", 1) in changed
    assert ("score", (2568, "i1")) in changed
    assert (store.dossier(), store.edits()) == (before, edits)


def test_what_fits_no_longer_is_left_out_and_told(store: Store):
    fill(store)
    deeds = [
        Deed("set_office", ("district", "ใหม่")),
        Deed("set_measure", (987654,), {"title": "ไม่มีแล้ว"}),
        Deed("set_office", ("nothing", "x")),
        Deed("set_measure", (), {}),
        Deed("set_office", ("province", "ใหม่")),
    ]
    refused = store.do_all(deeds, "นำกลับมา")
    assert [each.deed for each in refused] == deeds[1:4]
    assert all(each.reason for each in refused)
    office = store.dossier().office
    assert (office.district, office.province) == ("ใหม่", "ใหม่")


@pytest.mark.parametrize("named", [{"origin": object()}, {"merge": ("x", object())}])
def test_what_only_the_window_knows_is_not_kept(named: Mapping[str, Any]):
    assert read_deed(Deed("set_office", ("name", "ก"), named).text()) == Deed(
        "set_office", ("name", "ก")
    )
