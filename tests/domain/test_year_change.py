"""Into a new year: what is offered, what happened to it on the way, and nothing twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.framework import FrameworkShelf
from ita_desktop.domain.framework_changes import Level
from ita_desktop.domain.measures import Measure, MeasureKind, Progress, Status
from ita_desktop.domain.papers import Disclosure
from ita_desktop.domain.year_change import Group, Offer, YearChange
from ita_desktop.paths import resources

SHELF = FrameworkShelf(resources() / "frameworks")
DONE = {Round.SIX: Progress(Status.IN_PROGRESS), Round.TWELVE: Progress(Status.DONE)}
OPEN = {Round.SIX: Progress(Status.DONE), Round.TWELVE: Progress(Status.IN_PROGRESS, "ทำไปครึ่ง")}


def measure(number: int, title: str, **values: Any) -> Measure:
    return replace(Measure(number, 2569, title=title), **values)


MEASURES = (
    measure(1, "ทำแล้ว", progress=DONE),
    measure(2, "ค้างอยู่", progress=OPEN, indicators=("9", "9.1"), items=("o27", "o12"), issues=(1,)),
    measure(3, "วิธีเพิ่มเติม", continued=True, progress=DONE),
    measure(4, "ไม่เคยรายงาน"),
    measure(5, "", kind=MeasureKind.GUIDELINE, indicators=("1",), steps="อบรม", progress=DONE),
)
OFFICE = Dossier(measures={2569: MEASURES})


def change(dossier: Dossier = OFFICE, year: int = 2570, **more: Any) -> YearChange:
    return YearChange(dossier, SHELF, year, **more)


def offers(dossier: Dossier, group: Group, **more: Any) -> dict[str, Offer]:
    return {offer.key: offer for offer in change(dossier, **more).of(group)}


def with_texts(*texts: str) -> Dossier:
    return Dossier(passages={2569: {f"memo/facts{at}": text for at, text in enumerate(texts)}})


# --- measures ------------------------------------------------------------------------------------


def test_unfinished_measures_and_all_guidelines_are_ticked():
    found = change()
    ticked = {offer.key: offer.ticked for offer in found.offers}
    assert ticked == {
        "measure/1": False,
        "measure/2": True,
        "measure/4": True,
        "measure/5": True,
    }
    assert [offer.state for offer in found.of(Group.MEASURE)] == [
        "ดำเนินการแล้วเสร็จ",
        "อยู่ระหว่างดำเนินการ",
        "ยังไม่ได้บันทึกสถานะ",
    ]
    assert found.of(Group.GUIDELINE)[0].title == "การปฏิบัติหน้าที่"


def test_a_measure_comes_with_its_further_ways_and_without_progress():
    made = change().brought({"measure/2"})
    assert [m.title for m in made.measures] == ["ค้างอยู่", "วิธีเพิ่มเติม"]
    assert all(m.year == 2570 and m.progress == {} for m in made.measures)
    assert made.measures[1].continued


def test_codes_go_to_the_new_years_codes():
    """The measures of 2570 speak of 2569, whose o25 was o27 and which has no o12."""
    found = change()
    (made, _) = found.brought({"measure/2"}).measures
    assert (made.items, made.indicators, made.issues) == (("o25",), ("9", "9.1"), (1,))
    remarks = offers(OFFICE, Group.MEASURE)["measure/2"].remarks
    assert "ข้อ o27 เป็น o25" in remarks
    assert any(r.startswith("ข้อ o12 ไม่มีในปีใหม่") for r in remarks)
    (choice,) = found.to_choose
    assert found.unchosen({"measure/2"}) == (choice,) and found.unchosen({"measure/4"}) == ()
    assert (choice.level, choice.old, choice.offered) == (Level.ITEM, "o12", ())
    chosen = change(chosen={(Level.ITEM, "o12"): "o11"})
    assert chosen.unchosen({"measure/2"}) == ()
    assert chosen.brought({"measure/2"}).measures[0].items == ("o25", "o11")
    assert "ข้อ o12 เป็น o11" in chosen.of(Group.MEASURE)[1].remarks


def test_years_in_a_measure_move_on_and_figures_are_pointed_out():
    text = "แผนประจำปีงบประมาณ พ.ศ. ๒๕๖๙ ตามคำสั่งปี 2569 ยกระดับ o12 และ o1 ให้ได้ 95.00"
    office = Dossier(measures={2569: (measure(1, text, day=date(2026, 1, 7)),)})
    (offer,) = change(office).offers
    assert offer.measures[0].title.startswith("แผนประจำปีงบประมาณ พ.ศ. ๒๕๗๐ ตามคำสั่งปี 2569")
    assert offer.measures[0].day is None
    said = " ".join(offer.remarks)
    assert "95.00" in said and "ข้อ o12" in said and "ข้อ o1 " not in said and "วันเดียว" in said


# --- texts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "ได้คะแนน 93.59 คะแนน",
        "ได้ ๙๓.๕๙",
        "อยู่ในระดับผ่านดี",
        "คิดเป็นร้อยละ ๙๐",
        "เพิ่มขึ้น 4 คะแนน",
        "ตามหนังสือลงวันที่ 3 มกราคม 2569",
        "ผลของปี พ.ศ. ๒๕๖๘",
    ],
)
def test_lines_with_figures_of_the_old_year_are_left_out(line: str):
    (offer,) = change(with_texts(f"บรรทัดแรก\n{line}\nบรรทัดท้าย")).offers
    assert offer.after == "บรรทัดแรก\nบรรทัดท้าย"
    assert offer.ticked and offer.remarks
    (none,) = change(with_texts(line)).offers
    assert (
        none.why_not and not none.ticked and change(with_texts(line)).brought({none.key}).keys == ()
    )


@pytest.mark.parametrize(
    "line",
    [
        "ตามพระราชบัญญัติข้อมูลข่าวสารของราชการ พ.ศ. ๒๕๔๐ มาตรา ๙",
        "มีงานบริการ 12 งาน รอบ 6 เดือน",
        "ดูที่ https://www.example.go.th/2569/93.59",
        "ได้ {คะแนน:i1} คะแนน อยู่ในระดับ {level:total}",
        "เปิดบริการ 8.3 น. ข้อ 1.2 วันที่ 1/10",
    ],
)
def test_other_numbers_stay(line: str):
    (offer,) = change(with_texts(line)).offers
    assert (offer.after, offer.ticked, offer.remarks) == (line, True, ())


def test_fiscal_years_and_live_codes_move_on():
    text = "มาตรการประจำปีงบประมาณ พ.ศ. 2569 ข้อ {คะแนน:o27} {change:issue3} {คะแนน:o12}"
    (offer,) = change(with_texts(text)).offers
    assert offer.after == (
        "มาตรการประจำปีงบประมาณ พ.ศ. 2570 ข้อ {score:o25} {change:issue3} {คะแนน:o12}"
    )


def test_texts_of_a_round_are_offered_but_not_ticked():
    office = Dossier(passages={2569: {"problems/6": "ขาดคน"}})
    (offer,) = change(office).offers
    assert not offer.ticked and not offer.why_not
    assert dict(change(office).brought({offer.key}).passages) == {"problems/6": "ขาดคน"}


def test_a_text_of_the_new_year_is_never_replaced():
    office = Dossier(passages={2569: {"memo/law": "เก่า"}, 2570: {"memo/law": "ใหม่"}})
    (offer,) = change(office).offers
    assert offer.why_not and change(office).brought({offer.key}).passages == {}


# --- the OIT list --------------------------------------------------------------------------------


def listed(*found: Disclosure, new: tuple[Disclosure, ...] = ()) -> Dossier:
    years = {2568: found, 2569: new}
    return Dossier(disclosures={y: {d.code: d for d in each} for y, each in years.items() if each})


FULL = Disclosure(
    "o27", True, "https://a.go.th/1", "เผยแพร่แล้ว", "กองคลัง", date(2025, 3, 1), "นาย ก"
)


def test_the_oit_list_goes_to_its_new_codes_to_be_checked_anew():
    (offer,) = change(listed(FULL), 2569).offers
    (made,) = offer.disclosures
    assert made == Disclosure("o25", None, "https://a.go.th/1", "เผยแพร่แล้ว", "กองคลัง")
    assert "ข้อ o27 เป็น o25" in offer.remarks
    assert "https://a.go.th/1 (ของปีเดิม ต้องตรวจใหม่)" in offer.after


def test_what_stands_in_the_new_list_stays():
    there = Disclosure("o25", True, "https://a.go.th/2", day=date(2026, 1, 1))
    (offer,) = change(listed(FULL, new=(there,)), 2569).offers
    (made,) = offer.disclosures
    assert (made.url, made.disclosed, made.owner) == ("https://a.go.th/2", True, "กองคลัง")
    whole = replace(there, explanation="มี", owner="มี")
    (offer,) = change(listed(FULL, new=(whole,)), 2569).offers
    assert offer.why_not == "มีข้อมูลในปีใหม่แล้ว"


def test_a_dropped_item_is_shown_and_brings_nothing():
    (offer,) = change(listed(Disclosure("o12", url="https://a.go.th")), 2569).offers
    assert offer.why_not == "ปีใหม่ไม่มีข้อนี้" and offer.disclosures == ()


def test_joined_items_make_one_entry():
    """In 2568 the items o1 and o3 of 2567 are one."""
    found = (Disclosure("o1", url="https://a.go.th/1"), Disclosure("o3", url="x", owner="กองช่าง"))
    office = Dossier(disclosures={2567: {d.code: d for d in found}})
    made = change(office, 2568)
    (one,) = made.brought(made.proposed()).disclosures
    assert (one.code, one.url, one.owner) == ("o1", "https://a.go.th/1", "กองช่าง")


# --- twice ---------------------------------------------------------------------------------------


def test_twice_brings_nothing_double():
    first = change()
    made = first.brought(first.proposed())
    later = replace(OFFICE, measures={**OFFICE.measures, 2570: made.measures})
    again = change(later, brought=made.keys)
    assert again.proposed() == frozenset()
    assert again.brought({offer.key for offer in again.offers}).keys == ("measure/1",)
    forgotten = change(later)
    assert forgotten.proposed() == frozenset(), "known by what it says, too"


def test_what_was_deleted_in_the_new_year_can_be_brought_again():
    again = change(brought=("measure/2",))
    offer = again.of(Group.MEASURE)[1]
    assert not offer.ticked and not offer.why_not
    assert any("เคยนำมาแล้ว" in remark for remark in offer.remarks)
    assert len(again.brought({"measure/2"}).measures) == 2
