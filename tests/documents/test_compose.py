"""From a dossier and a template to blocks: every figure, status and number from the data."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from ita_desktop.documents.blocks import (
    Align,
    Cell,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    SignatureChain,
    Space,
    StatusBoxes,
    Table,
    text_of,
)
from ita_desktop.documents.compose import Matter, compose
from ita_desktop.documents.pdf import render_pdf
from ita_desktop.documents.template_kinds import COLUMNS
from ita_desktop.documents.templates import load_template, parse_template
from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.measures import Measure, MeasureKind, Progress, Status
from ita_desktop.domain.office import ChainLink, Letterhead, Office, Person
from ita_desktop.domain.scores import ScoreSheet
from ita_desktop.paths import resources
from tests.documents.pdf.reading import joined, pages_by_pdfium
from tests.domain.figures import DOCUMENT_2, SHELF

REPORT = load_template(resources() / "documents" / "measures-report.json")
YEAR = 2567  # the measures answer document 2's figures of FY2566
HOSTILE = [
    *["{office} {total} {level}", "{{x}}", "{", "}", "<b>ก</b>", "x<y>z", "</para>", "&amp;"],
    *["<img src='x.png'/>", "=1+1", "{=1+1}", "%s %d", "\\n", "$total", "{0}", "{instrument}"],
]


def matter(dossier: Dossier, which: Round = Round.TWELVE) -> Matter:
    return Matter(dossier, YEAR, which, SHELF.get(YEAR - 1), SHELF.get(YEAR - 2))


def sheet(year: int, entered: dict[str, str], level: str = "") -> ScoreSheet:
    scores = {code: Decimal(score) for code, score in entered.items()}
    return ScoreSheet(year, scores, official_level=level)


def only(block: dict[str, Any], dossier: Dossier, which: Round = Round.TWELVE) -> Any:
    """The blocks that one block of a template becomes."""
    data = {"kind": "x", "name": "x", "rounds": [3], "blocks": [block]}
    return compose(parse_template(data, "x.json"), matter(dossier, which)).sections[0].blocks


def columns(*values: str) -> list[dict[str, str]]:
    return [{"heading": value, "value": value} for value in values]


def grid(table: Table) -> list[list[str]]:
    return [[text_of(cell) for cell in row] for row in table.rows]


def cell_of(value: str, measure: Measure, kind: str = "measures") -> Cell:
    """What one column shows for one measure."""
    dossier = Dossier(sheets={YEAR - 1: sheet(YEAR - 1, DOCUMENT_2)}, measures={YEAR: (measure,)})
    (table,) = only({"block": kind, "columns": columns(value)}, dossier)
    return table.rows[0][0]


def shown(value: str, kind: str = "measures", **fields: Any) -> str:
    guideline = MeasureKind.GUIDELINE if kind == "guidelines" else MeasureKind.MEASURE
    return text_of(cell_of(value, Measure(1, YEAR, guideline, **fields), kind))


# --- words ----------------------------------------------------------------------------------------

OFFICE = Office(
    kind="เทศบาลตำบล", name="ตัวอย่าง", district="ก", province="ข", website="www.example.go.th/7"
)


def test_every_placeholder_has_its_value():
    dossier = Dossier(
        office=OFFICE,
        sheets={YEAR - 1: sheet(YEAR - 1, DOCUMENT_2)},
        measures={
            YEAR: (Measure(1, YEAR), *(Measure(n, YEAR, MeasureKind.GUIDELINE) for n in (2, 3)))
        },
    )
    text = "|".join(
        f"{{{word}}}"
        for word in [
            *["office", "office_short", "place", "measure_year", "analysed_year", "earlier_year"],
            *["round", "round_start", "round_end", "measure_count", "guideline_count"],
            *["total", "level"],
        ]
    )
    (paragraph,) = only({"block": "paragraph", "text": text}, dossier, Round.SIX)
    assert text_of(paragraph).split("|") == [
        *["เทศบาลตำบลตัวอย่าง", "ทต.ตัวอย่าง", "อำเภอก จังหวัดข", "๒๕๖๗", "๒๕๖๖", "๒๕๖๕"],
        *["รอบ ๖ เดือน", "ตุลาคม ๒๕๖๖", "มีนาคม ๒๕๖๗", "๑", "๒", "๘๔.๙๖", "ต้องปรับปรุง"],
    ]


def test_settings_of_simple_blocks():
    (heading,) = only(
        {"block": "heading", "text": "ข้อ 1", "level": 2, "align": "center", "size_pt": 20},
        Dossier(),
    )
    assert heading == Heading("ข้อ ๑", 2, Align.CENTER, 20.0)
    (paragraph,) = only(
        {"block": "paragraph", "text": "ก", "align": "thai", "first_indent_mm": 25}, Dossier()
    )
    assert (paragraph.align, paragraph.first_indent_mm) == (Align.THAI, 25)
    assert only({"block": "space", "height_pt": 12}, Dossier()) == (Space(12.0),)
    assert only({"block": "page_break"}, Dossier()) == (PageBreak(),)


def test_description_of_the_file():
    document = compose(REPORT, matter(Dossier(office=OFFICE)))
    assert "๒๕๖๗ (รอบ ๑๒ เดือน)" in document.title
    assert document.subject == "เทศบาลตำบลตัวอย่าง อำเภอก จังหวัดข"
    assert document.author == "เทศบาลตำบลตัวอย่าง"
    assert document.sections[0].page == REPORT.page


# --- scores ---------------------------------------------------------------------------------------

SCORE_COLUMNS = columns("name", "weight", "earlier", "score", "change")


def test_score_table_of_document_2():
    before = {"1": "90.00", "2": "75.23", "total": "85.00", "IIT": "83.68"}
    dossier = Dossier(
        sheets={
            YEAR - 1: sheet(YEAR - 1, DOCUMENT_2),
            YEAR - 2: sheet(YEAR - 2, before),
        }
    )
    (table,) = only({"block": "scores", "columns": SCORE_COLUMNS}, dossier)
    rows = grid(table)
    assert [row[3] for row in rows] == [
        *["๘๓.๖๘", "๙๓.๕๙", "๗๕.๒๓", "๘๘.๑๕", "๗๙.๘๐", "๘๑.๖๕"],
        *["๙๒.๐๐", "๙๕.๖๔", "๙๒.๓๘", "๘๗.๙๙"],
        *["๘๐.๖๓", "๙๐.๐๐", "๗๑.๒๕", "๘๔.๙๖", "ต้องปรับปรุง"],
    ]
    assert [row[1] for row in rows if row[1]] == ["๓๐", "๓๐", "๔๐"]
    assert rows[1][0].startswith("๑. ") and rows[12][0].startswith("๑๐. ")
    assert rows[-2][0] == "คะแนนรวม"
    changes = {row[0]: row[4] for row in rows if row[4]}
    assert list(changes.values()) == ["๐.๐๐", "+๓.๕๙", "๐.๐๐", "−๐.๐๔"]
    assert rows[-1] == ["ระดับผลการประเมิน", "", "A", "ต้องปรับปรุง", ""]
    bold = [row[0].blocks[0].runs[0].bold for row in table.rows]
    assert bold == [True] + [False] * 5 + [True] + [False] * 3 + [True] + [False] * 2 + [True] * 2


def test_score_table_without_scores():
    (table,) = only({"block": "scores", "title": "ผล", "columns": SCORE_COLUMNS}, Dossier())
    assert table.title == "ผล"
    assert {cell for row in grid(table) for cell in row[2:]} == {""}


def test_announced_level_is_printed():
    dossier = Dossier(sheets={YEAR - 1: sheet(YEAR - 1, DOCUMENT_2, "ผ่าน")})
    (table,) = only({"block": "scores", "columns": columns("score")}, dossier)
    assert grid(table)[-1] == ["ผ่าน"]


# --- measures and guidelines ----------------------------------------------------------------------


def test_measures_are_numbered_in_order():
    found = tuple(Measure(9 - n, YEAR, title=title) for n, title in enumerate("กขค"))
    dossier = Dossier(measures={YEAR: found, YEAR - 1: (Measure(1, YEAR - 1, title="อื่น"),)})
    block = {
        "block": "measures",
        "title": "ปี {measure_year}",
        "columns": columns("number", "title"),
    }
    (table,) = only(block, dossier)
    assert grid(table) == [["๑", "ก"], ["๒", "ข"], ["๓", "ค"]]
    assert (table.title, table.repeat_title) == ("ปี ๒๕๖๗", True)
    assert [column.heading for column in table.columns] == ["number", "title"]


def test_points_are_numbered_only_when_there_are_several():
    cell = cell_of("steps", Measure(1, YEAR, steps="1) ประชุม 2 ครั้ง\n2. ตรวจ i1 และ o27\n\n๗. สรุป"))
    assert [text_of(block) for block in cell.blocks] == [
        "๑. ประชุม ๒ ครั้ง",
        "๒. ตรวจ i๑ และ o๒๗",
        "๓. สรุป",
    ]
    assert shown("steps", steps="1. ประชุม") == "ประชุม"
    assert shown("steps", steps=" \n") == ""


def test_addresses_keep_the_digits_they_must_be_typed_with():
    text = "เผยแพร่ 3 เรื่องที่ https://www.example.go.th/page/12"
    assert shown("steps", steps=text) == "เผยแพร่ ๓ เรื่องที่ https://www.example.go.th/page/12"


def test_plan_columns():
    fields: dict[str, Any] = {
        "owners": "สำนักปลัด, กองช่าง",
        "first_month": 1,
        "last_month": 9,
        "indicators": ("1", "no such code", "9"),
        "issues": (),
    }
    assert shown("owners", **fields) == "สำนักปลัด\nกองช่าง"
    assert shown("owners") == ""
    assert shown("period", **fields) == "ตุลาคม ๒๕๖๖ ถึง มิถุนายน ๒๕๖๗"
    names = SHELF.get(YEAR - 1).indicators
    assert shown("answers", **fields).split("\n") == [
        f"ตัวชี้วัดที่ ๑ {names['1'].name}",
        f"ตัวชี้วัดที่ ๙ {names['9'].name}",
    ]
    assert shown("answers") == ""


def test_answered_issues_are_named():
    framework = SHELF.get(2568)
    dossier = Dossier(measures={2569: (Measure(1, 2569, issues=(7, 2, 99)),)})
    data = {"kind": "x", "name": "x", "rounds": [6]}
    block = {"block": "measures", "columns": columns("answers")}
    template = parse_template(data | {"blocks": [block]}, "x.json")
    about = Matter(dossier, 2569, Round.SIX, framework, SHELF.get(2567))
    (table,) = compose(template, about).sections[0].blocks
    assert isinstance(table, Table)
    assert grid(table)[0][0].split("\n") == [
        f"ประเด็นที่ {'๒' if issue.no == 2 else '๗'} {issue.name}"
        for issue in framework.issues
        if issue.no in (2, 7)
    ]


def test_guidelines_stand_under_their_instrument_in_order_of_the_indicators():
    codes = ["10", "7", "1", "6", "no such code", "3"]
    found = [
        Measure(n, YEAR, MeasureKind.GUIDELINE, indicators=(code,), steps=f"ของ {code}")
        for n, code in enumerate(codes)
    ]
    found.append(Measure(8, YEAR, MeasureKind.GUIDELINE, steps="ของไม่มี"))
    found.append(Measure(9, YEAR, MeasureKind.GUIDELINE, indicators=("8", "2"), steps="ของแรก"))
    dossier = Dossier(sheets={YEAR - 1: sheet(YEAR - 1, DOCUMENT_2)}, measures={YEAR: tuple(found)})
    block = {
        "block": "guidelines",
        "title": "สรุป {instrument}",
        "columns": columns("number", "steps", "indicator"),
    }
    tables = only(block, dossier)
    assert [table.title for table in tables] == ["สรุป IIT", "สรุป EIT", "สรุป OIT"]
    rows = [[row[:2] for row in grid(table)] for table in tables]
    assert rows == [
        [["๑", "ของ ๑"], ["๒", "ของ ๓"]],
        [["๑", "ของ ๖"], ["๒", "ของ ๗"], ["๓", "ของแรก"]],
        [["๑", "ของ ๑๐"]],
    ]
    name = SHELF.get(YEAR - 1).indicators["10"].name
    assert grid(tables[2])[0][2] == f"ตัวชี้วัดที่ ๑๐ {name}\nคะแนน ๗๑.๒๕"


def test_indicator_without_a_score():
    dossier = Dossier(
        measures={YEAR: (Measure(1, YEAR, MeasureKind.GUIDELINE, indicators=("1",)),)}
    )
    (table,) = only({"block": "guidelines", "columns": columns("indicator")}, dossier)
    assert "คะแนน" not in grid(table)[0][0] and len(table.rows) == 1


def test_no_guidelines_no_table():
    assert only({"block": "guidelines", "columns": columns("steps")}, Dossier()) == ()


# --- progress -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "ticked"),
    [(Status.DONE, 0), (Status.NOT_STARTED, 1), (Status.IN_PROGRESS, 2), (None, None)],
)
@pytest.mark.parametrize("value", ["status", "progress"])
def test_status_boxes(value: str, status: Status | None, ticked: int | None):
    measure = Measure(
        *(1, YEAR, MeasureKind.GUIDELINE),
        indicators=("1",),
        progress={Round.TWELVE: Progress(status), Round.SIX: Progress(Status.DONE)},
    )
    cell = cell_of(value, measure, "guidelines")
    (boxes,) = [block for block in cell.blocks if isinstance(block, StatusBoxes)]
    assert boxes.ticked == ticked
    assert boxes.options == ("ดำเนินการแล้วเสร็จ", "ยังไม่ได้ดำเนินการ", "อยู่ระหว่างดำเนินการ")
    assert text_of(boxes).count("☑") == (ticked is not None)


def of_round(**texts: Any) -> dict[str, Any]:
    return {"progress": {Round.TWELVE: Progress(**texts)}}


def test_result_with_its_note():
    assert shown("result", **of_round(result="ก 1\nข", note="ค")) == "๑. ก ๑\n๒. ข\nหมายเหตุ\nค"
    assert shown("result", **of_round(note="ค")) == "หมายเหตุ\nค"
    assert shown("result", **of_round(note=" ")) == ""


def test_output_and_outcome_are_told_apart_only_side_by_side():
    both = of_round(output="คู่มือ 1 ฉบับ", outcome="เร็วขึ้น")
    assert shown("outcome", **both) == "ผลผลิต\nคู่มือ ๑ ฉบับ\nผลลัพธ์\nเร็วขึ้น"
    assert shown("outcome", **of_round(outcome="เร็วขึ้น")) == "เร็วขึ้น"
    assert shown("outcome", **of_round(output="คู่มือ", outcome=" \n")) == "คู่มือ"
    assert shown("outcome", **of_round(output="  ", outcome="เร็วขึ้น")) == "เร็วขึ้น"
    assert shown("outcome", **of_round(output=" ", outcome=" ")) == ""
    assert shown("outcome") == ""


def test_progress_column_holds_all():
    texts = of_round(result="ก", output="ข", outcome="ค\nง", note="จ")
    lines = shown("progress", "guidelines", indicators=("1",), **texts).split("\n")
    assert lines[:8] == ["ก", "ผลผลิต", "ข", "ผลลัพธ์", "๑. ค", "๒. ง", "หมายเหตุ", "จ"]
    assert len(lines) == 11


def test_another_round_is_another_text():
    progress = {Round.SIX: Progress(result="ครึ่งปี"), Round.TWELVE: Progress(result="ทั้งปี")}
    dossier = Dossier(measures={YEAR: (Measure(1, YEAR, progress=progress),)})
    block = {"block": "measures", "columns": columns("result")}
    (half,), (whole,), (quarter,) = (
        only(block, dossier, which) for which in (Round.SIX, Round.TWELVE, Round.THREE)
    )
    assert [grid(table) for table in (half, whole, quarter)] == [[["ครึ่งปี"]], [["ทั้งปี"]], [[""]]]


# --- signatures -----------------------------------------------------------------------------------


def test_sign_off_chain_in_order():
    people = (
        Person(1, "นางสาว", "สมหญิง", "ก", "นิติกร 7"),
        Person(2, "นาย", "สมชาย", "ข", "ปลัด", "รักษาราชการแทนนายก 1"),
    )
    chain = (ChainLink(1, 2, "ผู้ตรวจ 1"), ChainLink(2, 1, "ผู้จัดทำ"), ChainLink(3, None, "ผู้อนุมัติ"))
    (block,) = only({"block": "signatures"}, Dossier(people=people, chain=chain))
    assert isinstance(block, SignatureChain)
    assert [(s.name, s.position, s.acting, s.role) for s in block.signers] == [
        ("นายสมชาย ข", "ปลัด", "รักษาราชการแทนนายก ๑", "ผู้ตรวจ ๑"),
        ("นางสาวสมหญิง ก", "นิติกร ๗", "", "ผู้จัดทำ"),
        ("", "", "", "ผู้อนุมัติ"),
    ]


def test_somebody_signs_when_nobody_is_chosen():
    (block,) = only({"block": "signatures"}, Dossier())
    assert [(signer.name, signer.role) for signer in block.signers] == [("", "ผู้รายงาน")]


# --- the whole report -----------------------------------------------------------------------------


def texts(document: Document) -> str:
    """All text of a document."""
    found = [document.title, document.subject]
    for block in document.sections[0].blocks:
        if isinstance(block, Paragraph | Heading):
            found.append(text_of(block))
        elif isinstance(block, Table):
            found += [block.title or "", *(column.heading for column in block.columns)]
            found += [cell for row in grid(block) for cell in row]
        elif isinstance(block, SignatureChain):
            found += [f"{s.name}\n{s.position}\n{s.acting}\n{s.role}" for s in block.signers]
    return "\n".join(found)


OWNER = "กอง {office}"


def written_with(text: str) -> Dossier:
    """A dossier whose every text is ``text`` (but owners, which are parted at some signs)."""
    progress = Progress(Status.DONE, text, text, text, text)
    progresses = {Round.TWELVE: progress}
    common: dict[str, Any] = {"steps": text, "owners": OWNER, "progress": progresses}
    measure = Measure(1, YEAR, title=text, indicators=("1",), **common)
    guideline = Measure(2, YEAR, MeasureKind.GUIDELINE, indicators=("1",), **common)
    return Dossier(
        office=Office(name=text, district=text, province=text),
        people=(Person(1, text, text, text, text, text),),
        chain=(ChainLink(1, 1, text),),
        sheets={YEAR - 1: sheet(YEAR - 1, DOCUMENT_2, level=text)},
        measures={YEAR: (measure, guideline)},
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_user_typed_is_never_expanded(text: str):
    plain = texts(compose(REPORT, matter(written_with("ฮฮฮ"))))
    hostile = texts(compose(REPORT, matter(written_with(text))))
    as_printed = text.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    assert plain.count("ฮฮฮ") > 20 and plain.count(OWNER) == 2
    assert hostile.count("{office}") == 2 + (text == HOSTILE[0]) * plain.count("ฮฮฮ")
    hostile, plain = hostile.replace(OWNER, ""), plain.replace(OWNER, "")
    assert hostile.replace(text, "ฮฮฮ").replace(as_printed, "ฮฮฮ") == plain


@pytest.mark.parametrize("which", list(Round))
def test_a_new_office_composes_and_renders(which: Round):
    document = compose(REPORT, matter(Dossier(), which))
    assert "{" not in texts(document)
    text = "".join(pages_by_pdfium(render_pdf(document)))
    assert "ลงชื่อ" in text


def test_every_table_with_every_column_renders():
    blocks = [
        {"block": kind, "columns": columns(*sorted(values))} for kind, values in COLUMNS.items()
    ]
    data = {"kind": "x", "name": "x", "rounds": [3], "blocks": blocks}
    template = parse_template(data, "x.json")
    for dossier in (Dossier(), written_with("ข้อความ"), written_with(" ")):
        render_pdf(compose(template, matter(dossier)))


def test_printed_report_holds_document_2():
    guidelines = tuple(
        Measure(
            *(int(code), YEAR, MeasureKind.GUIDELINE),
            indicators=(code,),
            steps="ก",
            progress={Round.TWELVE: Progress(Status.DONE)},
        )
        for code in DOCUMENT_2
    )
    dossier = Dossier(
        office=OFFICE,
        sheets={YEAR - 1: sheet(YEAR - 1, DOCUMENT_2)},
        measures={YEAR: guidelines},
    )
    text = joined("".join(pages_by_pdfium(render_pdf(compose(REPORT, matter(dossier))))))
    for figure in [*DOCUMENT_2.values(), "83.68", "92.00", "80.63", "84.96"]:
        assert figure.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")) in text
    assert "ต้องปรับปรุง" in text
    assert text.count("☑") == 10 and text.count("☐") == 20


def test_matter_knows_its_years():
    about = matter(Dossier(sheets={YEAR - 1: sheet(YEAR - 1, DOCUMENT_2)}))
    assert about.analysed_year == YEAR - 1
    assert str(about.tree().total) == "84.96"
    assert replace(about, year=YEAR + 1).earlier_tree().sheet.year == YEAR - 1


def test_the_letterhead_rules_the_font():
    plain = compose(REPORT, matter(Dossier()))
    own = compose(REPORT, matter(Dossier(letterhead=Letterhead(font="TH SarabunIT๙"))))
    assert plain.sections[0].page.font == REPORT.page.font
    assert own.sections[0].page == replace(plain.sections[0].page, font="TH SarabunIT๙")
