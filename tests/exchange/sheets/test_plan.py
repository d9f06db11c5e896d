"""From a table as offices have it to what would change; nothing is written here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from db.store import Store
from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.framework import FrameworkShelf
from ita_desktop.domain.measures import Measure, MeasureKind, Photo, Progress, Status
from ita_desktop.domain.office import Office
from ita_desktop.exchange.interchange import read_interchange
from ita_desktop.exchange.sheets.child import read_source
from ita_desktop.exchange.sheets.columns import TableKind, find_layout, layout_at
from ita_desktop.exchange.sheets.form import make_form
from ita_desktop.exchange.sheets.plan import Plan, plan_interchange, plan_tables, propose
from ita_desktop.paths import resources
from tests.exchange.sheets.tables import (
    OIT_TEXT,
    PLAN_ROWS,
    PROGRESS_HTML,
    SCORES_CSV,
    workbook,
)

SHELF = FrameworkShelf(resources() / "frameworks")
SAMPLE = read_interchange(resources() / "sample" / "office.json")
YEAR = 2569


def planned(content: bytes, present: Dossier = Dossier(), year: int = YEAR) -> Plan:  # noqa: B008
    return plan_tables(propose(read_source(content), year), present, SHELF.get)


# --- a table of measures --------------------------------------------------------------------------


def test_progress_with_two_heading_rows_ticks_and_sections():
    plan = planned(PROGRESS_HTML.encode())
    one, two, three = plan.after.measures[YEAR]
    assert [m.title for m in (one, two, three)] == [
        "ประกาศเจตนารมณ์ <สุจริต>",
        "อบรมจริยธรรม",
        "ลดการใช้ดุลยพินิจ",
    ]
    assert {m.indicators for m in (one, two, three)} == {("2",)}
    assert one.progress_in(Round.SIX).status is Status.DONE
    assert one.progress_in(Round.SIX).result == "๑. ประกาศแล้ว\n๒. เผยแพร่แล้ว"
    assert two.progress_in(Round.SIX).status is Status.IN_PROGRESS
    assert not three.progress_in(Round.SIX).status
    assert [note.cell for note in plan.problems] == ["ตารางที่ 1 แถวที่ 8 ช่องที่ 4"]
    assert "มากกว่าหนึ่งช่อง" in plan.problems[0].sentence
    assert "ดำเนินการแล้วเสร็จ 1" in plan.counts[0] and "ใช้ 3 แถว" in plan.counts[0]


def test_plan_of_a_worksheet_with_title_lines_empty_columns_and_further_ways():
    plan = planned(workbook(PLAN_ROWS))
    first, way, training, third = plan.after.measures[YEAR]
    assert first.steps == "ประกาศทุกเดือน\nสรุปทุกไตรมาส"
    assert (first.first_month, first.last_month) == (1, 12)
    assert way.continued and way.owners == "สำนักปลัด" and (way.first_month, way.last_month) == (4, 6)
    assert training.day == date(2026, 2, 12)
    assert (third.first_month, third.last_month) == (1, 12)
    assert [note.cell for note in plan.problems] == ["Sheet1 E8"]


def test_merged_cells_of_a_worksheet_are_one_heading():
    rows = [
        ["มาตรการ", "ผลการดำเนินงาน", None, None, "หมายเหตุ"],
        [None, "แล้วเสร็จ", "ยังไม่ดำเนินการ", "ระหว่างดำเนินการ", None],
        ["ก", None, "x", None, "รอ"],
    ]
    plan = planned(workbook(rows, ("A1:A2", "B1:D1", "E1:E2")))
    (measure,) = plan.after.measures[YEAR]
    assert measure.progress_in(Round.TWELVE) == Progress(Status.NOT_STARTED, note="รอ")


def test_columns_of_both_rounds_are_told_apart():
    rows = [
        ["มาตรการ", "สถานะ รอบ 6 เดือน", "สถานะ รอบ 12 เดือน"],
        ["ก", "อยู่ระหว่างดำเนินการ", "ดำเนินการแล้วเสร็จ"],
    ]
    (measure,) = planned(workbook(rows)).after.measures[YEAR]
    assert measure.progress_in(Round.SIX).status is Status.IN_PROGRESS
    assert measure.progress_in(Round.TWELVE).status is Status.DONE


def test_guidelines_stand_under_their_indicator():
    rows = [
        ["ตัวชี้วัด", "แนวทางการยกระดับ", "ผู้รับผิดชอบ"],
        ["ตัวชี้วัดที่ 4 การใช้ทรัพย์สินของราชการ", "ทำแบบยืม", "กองคลัง"],
        ["การใช้อำนาจ", "ประชุม", "สำนักปลัด"],
    ]
    plan = planned(workbook(rows))
    assert [m.indicators for m in plan.after.measures[YEAR]] == [("4",), ("3",)]
    assert {m.kind for m in plan.after.measures[YEAR]} == {MeasureKind.GUIDELINE}


def test_what_is_there_is_changed_in_place_and_blank_cells_take_nothing_away():
    photo = Photo(7, "0" * 64, "อบรม")
    there = Measure(
        12,
        YEAR,
        title="อบรม บุคลากร",
        steps="เดิม",
        owners="กองช่าง",
        progress={Round.SIX: Progress(Status.DONE, "ทำแล้ว", photos=(photo,))},
    )
    present = Dossier(measures={YEAR: (there,)})
    rows = [["มาตรการ", "วิธีดำเนินการ", "ผู้รับผิดชอบ"], ["อบรมบุคลากร", "ใหม่", None], ["เพิ่ม", "ก", "ข"]]
    plan = planned(workbook(rows), present)
    changed, added = plan.after.measures[YEAR]
    assert changed == replace(there, title="อบรมบุคลากร", steps="ใหม่")
    assert added.title == "เพิ่ม"
    assert "ตรงกับที่มีอยู่ 1 เพิ่มใหม่ 1" in plan.counts[0]


# --- scores and the OIT list ----------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "utf-16"])
def test_scores_by_name_of_the_asked_year(encoding: str):
    plan = planned(SCORES_CSV.encode(encoding))
    entered = plan.after.sheets[2568].entered
    assert entered == {"1": Decimal("91.25"), "2": Decimal("85.50"), "total": Decimal("89.99")}
    assert len(plan.problems) == 2
    assert "จุดทศนิยม" in plan.problems[0].sentence
    assert "ไม่ตรงกับข้อใด" in plan.problems[1].sentence
    assert "3 ช่อง ผลบวกทุกช่อง 266.74" in plan.counts[0]


def test_scores_of_the_year_before_can_be_asked_for():
    entered = planned(SCORES_CSV.encode(), year=2568).after.sheets[2567].entered
    assert entered["1"] == Decimal("90.10") and entered["3"] == Decimal("70.00")


def test_one_code_with_two_scores_is_listed():
    text = "รหัส\tคะแนน\ni1\t90\ni1\t91\n"
    plan = planned(text.encode())
    assert plan.after.sheets[2568].entered == {"i1": Decimal("90.00")}
    assert "สองค่า" in plan.problems[0].sentence


def test_share_and_day_cells_come_as_they_are_shown():
    import io

    from openpyxl import load_workbook

    book = load_workbook(
        io.BytesIO(workbook([["รหัส", "คะแนน"], ["i1", 0.9359], ["i2", 93.58999999999999]]))
    )
    book.worksheets[0]["B2"].number_format = "0.00%"
    out = io.BytesIO()
    book.save(out)
    entered = planned(out.getvalue()).after.sheets[2568].entered
    assert entered == {"i1": Decimal("93.59"), "i2": Decimal("93.59")}


def test_oit_list_with_codes_in_any_hand():
    plan = planned(OIT_TEXT.encode("utf-16"))
    found = plan.after.disclosures[YEAR]
    assert [(code, each.url[-1], each.owner) for code, each in found.items()] == [
        ("o1", "1", "สำนักปลัด"),
        ("o2", "2", "สำนักปลัด"),
        ("o3", "3", "กองช่าง"),
    ]
    assert len(plan.problems) == 1 and "O99" in plan.problems[0].sentence


def test_a_column_can_be_set_by_hand():
    rows = [["ก", "ข"], ["i1", "95"]]
    (table,) = read_source(workbook(rows)).tables
    assert find_layout(table) is None
    layout = layout_at(table, TableKind.SCORES, 0)
    assert layout.missing()
    jobs = propose(read_source(workbook([["รหัส", "คะแนน"], ["i1", "95"]])), YEAR)
    by_hand = replace(jobs[0], table=table, layout=replace(layout, keys=("code", "score")))
    plan = plan_tables([by_hand], Dossier(), SHELF.get)
    assert plan.after.sheets[2568].entered == {"i1": Decimal("95.00")}


# --- warnings -------------------------------------------------------------------------------------


def test_another_office_and_another_year_are_told():
    present = Dossier(office=Office(name="แม่น้ำ"))
    plan = planned(PROGRESS_HTML.encode(), present)
    assert any("“ตัวอย่าง” ไม่ใช่ “แม่น้ำ”" in each for each in plan.warnings)
    plan = planned(PROGRESS_HTML.encode(), Dossier(office=Office(name="ตัวอย่าง")), 2570)
    assert len(plan.warnings) == 1 and "ปี 2569" in plan.warnings[0] and "2570" in plan.warnings[0]
    assert planned(PROGRESS_HTML.encode(), Dossier(office=Office(name="ตัวอย่าง"))).warnings == ()


def test_an_interchange_file_of_another_office_is_told_and_its_changes_shown():
    present = Dossier(office=Office(name="แม่น้ำ"))
    plan = plan_interchange(SAMPLE, present)
    assert "ไม่ใช่ “องค์การบริหารส่วนตำบลแม่น้ำ”" in plan.warnings[0]
    assert any(change.old == "แม่น้ำ" for change in plan.changes)
    assert not plan_interchange(SAMPLE, SAMPLE.dossier).changes


# --- the own form ---------------------------------------------------------------------------------


def form(dossier: Dossier | None = None) -> bytes:
    return make_form(YEAR, SHELF.get(YEAR - 1), SHELF.get(YEAR), dossier)


def test_an_empty_form_changes_nothing():
    plan = planned(form())
    assert plan.empty and not plan.problems
    plan = planned(form(), SAMPLE.dossier)
    assert plan.empty and not plan.problems


def test_the_form_brings_back_what_it_was_made_with():
    source = read_source(form(SAMPLE.dossier))
    assert source.mark == f"1 {YEAR}"
    plan = plan_tables(propose(source, 2501), Dossier(), SHELF.get)
    assert plan.problems == () and plan.warnings == ()
    after, sample = plan.after, SAMPLE.dossier
    assert after.office == sample.office
    assert after.sheets[YEAR - 1] == sample.sheets[YEAR - 1]
    assert [replace(m, id=0) for m in after.measures[YEAR]] == [
        replace(m, id=0, progress={r: replace(p, photos=()) for r, p in m.progress.items()})
        for m in sample.measures[YEAR]
    ]
    assert {c: replace(d, disclosed=None) for c, d in after.disclosures[YEAR].items()} == {
        c: replace(d, disclosed=None) for c, d in sample.disclosures[YEAR].items()
    }


def test_progress_in_the_form_goes_by_number_to_the_measure_of_its_own_sheet():
    """Also where the measures of the file stand in another order than those of the form."""
    measures = SAMPLE.dossier.measures[YEAR]
    turned = replace(SAMPLE.dossier, measures={YEAR: tuple(reversed(measures))})
    plan = plan_tables(propose(read_source(form(SAMPLE.dossier)), YEAR), turned, SHELF.get)
    wanted = {m.title: m.progress_in(Round.SIX).result for m in measures if m.title}
    found = {m.title: m.progress_in(Round.SIX).result for m in plan.after.measures[YEAR] if m.title}
    assert found == wanted


# --- into the data file ---------------------------------------------------------------------------


@pytest.fixture
def store(tmp_path: Path) -> Callable[[], Store]:
    return lambda: Store.create(tmp_path / "หน่วยงาน.ita")


def test_taken_in_as_one_edit_and_twice_changes_nothing(store: Callable[[], Store]):
    with store() as file:
        for content in (PROGRESS_HTML.encode(), workbook(PLAN_ROWS), form(SAMPLE.dossier)):
            before = file.dossier()
            plan = planned(content, before)
            assert plan.changes
            file.take_in(plan.after, plan.parts)
            again = planned(content, file.dossier())
            assert again.empty and again.problems == plan.problems
            count = len(file.edits())
            file.take_in(again.after, again.parts)
            assert len(file.edits()) == count, "twice is no edit"
        for _ in range(3):
            file.undo()
        assert file.dossier() == Dossier()


def test_an_interchange_file_twice_is_one_edit(store: Callable[[], Store]):
    with store() as file:
        for _ in range(2):
            file.take_in(SAMPLE.dossier, SAMPLE.parts)
        assert len(file.edits()) == 1
        ids = [measure.id for measure in file.dossier().measures[YEAR]]
        changed = [replace(m, owners="กองคลัง") for m in SAMPLE.dossier.measures[YEAR]]
        file.take_in(replace(SAMPLE.dossier, measures={YEAR: tuple(changed)}), ["measures"])
        assert [m.id for m in file.dossier().measures[YEAR]] == ids, "known ones stay themselves"
        assert {m.owners for m in file.dossier().measures[YEAR]} == {"กองคลัง"}
