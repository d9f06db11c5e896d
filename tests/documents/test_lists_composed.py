"""Lists in cells and passages, running numbers, and words about the year's framework."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

import docx
import pytest
from openpyxl import load_workbook

from ita_desktop.documents.blocks import (
    Block,
    Cover,
    Document,
    Heading,
    Paragraph,
    SignatureChain,
    Table,
    text_of,
)
from ita_desktop.documents.compose import Matter, compose
from ita_desktop.documents.formats import render
from ita_desktop.documents.template_kinds import LISTS
from ita_desktop.documents.templates import TemplateError, parse_template
from ita_desktop.domain.analysis import issue_results
from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.measures import Measure, MeasureKind, Progress
from ita_desktop.domain.office import ChainLink, Office, Person
from ita_desktop.domain.scores import ScoreSheet, score_tree
from ita_desktop.thai.digits import to_thai
from tests.documents.pdf.reading import pages_by_pdfium
from tests.domain.figures import DOCUMENT_1_FY2563, DOCUMENT_1_FY2564, DOCUMENT_5, SHELF

YEAR = 2569


def composed(
    block: dict[str, Any], dossier: Dossier | None = None, year: int = YEAR
) -> tuple[Block, ...]:
    template = parse_template({"kind": "k", "name": "ชื่อ", "rounds": [6], "blocks": [block]}, "x")
    about = Matter(dossier or Dossier(), year, Round.SIX, SHELF.get(year - 1), SHELF.get(year - 2))
    return compose(template, about).sections[0].blocks


def compose_whole(block: dict[str, Any], dossier: Dossier) -> Document:
    template = parse_template({"kind": "k", "name": "ชื่อ", "rounds": [6], "blocks": [block]}, "x")
    about = Matter(dossier, YEAR, Round.SIX, SHELF.get(YEAR - 1), SHELF.get(YEAR - 2))
    return compose(template, about)


def texts(blocks: Sequence[Block]) -> list[str]:
    return [text_of(block) for block in blocks if isinstance(block, Paragraph)]


def tables(blocks: Sequence[Block]) -> list[list[list[str]]]:
    found = [block for block in blocks if isinstance(block, Table)]
    return [[[text_of(cell) for cell in row] for row in table.rows] for table in found]


def sheet(year: int, entered: dict[str, str]) -> ScoreSheet:
    return ScoreSheet(year, {code: Decimal(score) for code, score in entered.items()})


@pytest.mark.parametrize(
    ("style", "several", "one"),
    [
        ("numbers", "๑. ก\n๒. ข", "ก"),
        ("brackets", "๑) ก\n๒) ข", "ก"),
        ("dashes", "- ก\n- ข", "- ก"),
        ("plain", "ก\nข", "ก"),
    ],
)
def test_a_column_tells_its_points_apart_in_its_own_way(style: str, several: str, one: str) -> None:
    column = {"heading": "x", "list": style}
    values = ("approach", "steps", "follow_up", "result", "output", "outcome", "note")
    for text, shown in (("1. ก\n2. ข", several), ("ก", one)):
        progress = Progress(result=text, output=text, outcome=text, note=text)
        measure = Measure(
            *(1, YEAR),
            approach=text,
            steps=text,
            follow_up=text,
            progress={Round.SIX: progress},
        )
        block = {"block": "measures", "columns": [{**column, "value": value} for value in values]}
        ((row,),) = tables(composed(block, Dossier(measures={YEAR: (measure,)})))
        assert row == [shown] * len(values)


def test_a_list_under_a_point_is_in_all_three_kinds_of_file() -> None:
    text = "วางแผน\n- ประชุม\n- แจ้งทุกกอง\nทำตามแผน\n  เดือนแรก"
    columns = [{"heading": "ก", "value": "steps"}, {"heading": "ข", "value": "title"}]
    dossier = Dossier(measures={YEAR: (Measure(1, YEAR, steps=text, title="ค"),)})
    made = compose_whole({"block": "measures", "columns": columns}, dossier)
    lines = ["๑. วางแผน", "- ประชุม", "- แจ้งทุกกอง", "๒. ทำตามแผน", "๒.๑ เดือนแรก"]
    book = load_workbook(io.BytesIO(render(made, ".xlsx")))
    cell = str(book.worksheets[0]["A2"].value).split("\n")
    assert [line.strip() for line in cell] == lines
    assert [line.startswith("  ") for line in cell] == [False, True, True, False, True]
    word = docx.Document(io.BytesIO(render(made, ".docx"))).tables[0].cell(1, 0).paragraphs
    assert [p.text.replace("\t", " ") for p in word] == lines
    left = [p.paragraph_format.left_indent or 0 for p in word]
    assert left[0] == left[3] < left[1] == left[2] < left[4]
    page = "".join(pages_by_pdfium(render(made, ".pdf")))
    assert [line for line in lines if line.replace(" ", "") not in page.replace(" ", "")] == []


def test_ways_count_on_from_the_first_level_alone() -> None:
    ways = (Measure(1, YEAR, steps="ก\n- ข\nค"), Measure(2, YEAR, steps="ง\n  จ", continued=True))
    block = {"block": "measures", "columns": [{"heading": "x", "value": "steps"}]}
    ((first,), (second,)) = tables(composed(block, Dossier(measures={YEAR: ways})))[0]
    assert (first, second) == ("๑. ก\n- ข\n๒. ค", "๓. ง\n๓.๑ จ")


def test_a_passage_and_an_issue_have_lists_under_their_points() -> None:
    block = {"block": "passage", "place": "a", "text": "ก\n- ข\nค", "list": "numbers"}
    found = [one for one in composed(block) if isinstance(one, Paragraph)]
    assert texts(found) == ["๑. ก", "- ข", "๒. ค"]
    assert found[1].left_indent_mm > found[0].left_indent_mm
    issues: dict[str, Any] = {"block": "issues", "text": "x", "parts": ["suggestions"]}
    issues["columns"] = [{"heading": "x", "value": "item"}]
    own = Dossier(
        sheets={YEAR - 1: sheet(YEAR - 1, DOCUMENT_5)},
        passages={YEAR: {"issue/1/suggestions": "หัวข้อ\n- ก\n- ข", "issue/2/suggestions": "ค\nง"}},
    )
    said = texts(composed(issues, own))
    assert said[:5] == ["๑) หัวข้อ", "- ก", "- ข", "- ค", "- ง"]


def test_guidelines_and_what_is_to_be_developed_have_the_list_of_their_column() -> None:
    progress = Progress(result="ก\nข", note="ค\nง")
    guideline = Measure(
        *(1, YEAR, MeasureKind.GUIDELINE),
        indicators=("1",),
        steps="จ\nฉ",
        progress={Round.SIX: progress},
    )
    columns = [
        {"heading": value, "value": value, "list": "dashes"} for value in ("steps", "progress")
    ]
    dossier = Dossier(measures={YEAR: (guideline,)})
    (((steps, shown),),) = tables(composed({"block": "guidelines", "columns": columns}, dossier))
    assert steps == "- จ\n- ฉ"
    assert shown.split("\n")[:5] == ["- ก", "- ข", "หมายเหตุ", "- ค", "- ง"]
    own = Dossier(
        sheets={YEAR - 1: sheet(YEAR - 1, DOCUMENT_5)},
        passages={YEAR: {"develop/4": "ทบทวนแบบยืม\nแจ้งทุกกอง"}},
    )
    focus = {
        "block": "focus",
        "rule": "lowest",
        "columns": [{"heading": "x", "value": "develop", "list": "brackets"}],
    }
    assert tables(composed(focus, own))[0][0] == ["๑) ทบทวนแบบยืม\n๒) แจ้งทุกกอง"]


def test_a_list_that_is_not_known_is_refused() -> None:
    column = {"heading": "x", "value": "steps", "list": "stars"}
    data = {"kind": "k", "name": "x", "blocks": [{"block": "measures", "columns": [column]}]}
    with pytest.raises(TemplateError, match=r"columns\[0\]\.list") as caught:
        parse_template(data, "x")
    assert all(name in str(caught.value) for name in LISTS)


def test_a_passage_with_numbers_in_brackets() -> None:
    block = {"block": "passage", "place": "a", "text": "ก\nข", "list": "brackets"}
    assert texts(composed(block)) == ["๑) ก", "๒) ข"]


@pytest.mark.parametrize(("run_on", "numbers"), [(False, "๑๒๑๑"), (True, "๑๒๓๔")])
def test_numbers_run_on_through_the_tables_where_they_shall(run_on: bool, numbers: str) -> None:
    codes = ("2", "1", "1", "6")
    found = [Measure(n, YEAR, title=f"ม{n}", indicators=(c,)) for n, c in enumerate(codes)]
    block = {
        "block": "measures",
        "group": "indicator",
        "run_on": run_on,
        "columns": [{"heading": "x", "value": "number"}],
    }
    made = tables(composed(block, Dossier(measures={YEAR: tuple(found)})))
    assert [len(table) for table in made] == [2, 1, 1]
    assert "".join(row[0] for table in made for row in table) == numbers


def test_the_parts_of_each_instrument_come_from_the_framework() -> None:
    block = {"block": "paragraph", "text": "{level_count}|{iit_parts}|{eit_parts}|{oit_parts}"}
    levels, iit, eit, oit = texts(composed(block))[0].split("|")
    assert levels == "๕"
    assert iit.startswith("๕ ตัวชี้วัด ได้แก่ ตัวชี้วัดที่ ๑ ") and " และตัวชี้วัดที่ ๕ " in iit
    assert eit.startswith("๓ ตัวชี้วัด ได้แก่ ตัวชี้วัดที่ ๖ ")
    assert oit.startswith("๒ ตัวชี้วัด ได้แก่ ตัวชี้วัดที่ ๙ ")
    for indicator in SHELF.get(YEAR - 1).indicators.values():
        for sub in indicator.subindicators:
            assert sub.name in oit
    assert "(๕ ตัวชี้วัดย่อย ได้แก่ " in oit and "(๒ ตัวชี้วัดย่อย ได้แก่ " in oit


def developed(now: dict[str, str], before: dict[str, str]) -> list[str]:
    """Numbers of the indicators that the rule picks."""
    year = 2565
    sheets = {year - 1: sheet(year - 1, now), year - 2: sheet(year - 2, before)}
    column = {"heading": "x", "value": "indicator"}
    block = {"block": "focus", "rule": "weak_or_lowest", "columns": [column]}
    found = tables(composed(block, Dossier(sheets=sheets), year))
    return [row[0].split()[1] for table in found for row in table]


def test_the_lowest_are_to_be_developed_where_none_is_weak() -> None:
    assert developed(DOCUMENT_1_FY2564, DOCUMENT_1_FY2563) == ["๔", "๒", "๕", "๓", "๑"]
    high = {str(n): f"{85 + n}.00" for n in range(1, 11)}
    assert developed(high, dict.fromkeys(high, "80.00")) == ["๑", "๒", "๓"]
    assert developed({}, {}) == []


def test_each_issue_says_how_many_items_of_each_instrument_it_rests_on() -> None:
    columns = [{"heading": "x", "value": "item"}]
    block = {"block": "issues", "text": "{group_number}", "columns": columns, "parts": ["items"]}
    dossier = Dossier(sheets={YEAR - 1: sheet(YEAR - 1, DOCUMENT_5)})
    leads = [text for text in texts(composed(block, dossier)) if text.startswith("ประเด็นนี้")]
    assert len(leads) == 7
    assert leads[0] == "ประเด็นนี้พิจารณาจากแบบวัด IIT ๓ ข้อ และ OIT ๔ ข้อ รวม ๗ ข้อ ดังนี้"
    assert leads[3] == "ประเด็นนี้พิจารณาจากแบบวัด IIT ๓ ข้อ ดังนี้"


@pytest.mark.parametrize("first", [1, 2, 3, 9])
def test_opinions_begin_with_the_signer_they_shall(first: int) -> None:
    people = tuple(Person(n, given_name=f"น{n}", position=f"ต{n}") for n in range(1, 5))
    links = tuple(ChainLink(n, n, f"บ{n}") for n in range(1, 5))
    block = {"block": "signatures", "opinions": True, "first_opinion": first}
    (chain,) = composed(block, Dossier(people=people, chain=links))
    assert isinstance(chain, SignatureChain)
    found = [signer.opinion is not None for signer in chain.signers]
    assert found == [number >= first for number in range(1, 5)]


@pytest.mark.parametrize(("fax", "foot"), [("", "a\nโทร. b"), ("043 1", "a\nโทร. b\nโทรสาร ๐๔๓ ๑")])
def test_a_line_of_the_cover_without_its_word_is_left_out(fax: str, foot: str) -> None:
    block = {"block": "cover", "text": "x", "foot": "a\nโทร. {telephone}\nโทรสาร {fax}\n{website}"}
    (made,) = composed(block, Dossier(office=Office(telephone="b", fax=fax)))
    assert isinstance(made, Cover) and made.foot == foot


def test_the_items_a_measure_answers_stand_under_its_title() -> None:
    items = SHELF.get(YEAR - 1).items
    measures = (
        Measure(1, YEAR, title="ก", items=("i2", "i1", "nowhere")),
        Measure(2, YEAR, title="ข"),
    )
    block = {"block": "measures", "columns": [{"heading": "x", "value": "title_items"}]}
    found = tables(composed(block, Dossier(measures={YEAR: measures})))[0]
    shown = [to_thai(f"{code} {items[code].title}") for code in ("i1", "i2")]
    assert found == [["\n".join(["๑. ก", *shown])], ["๒. ข"]]


def test_a_lead_stands_under_the_title_of_the_suggestions() -> None:
    block: dict[str, Any] = {"block": "issues", "text": "x", "parts": ["lead", "suggestions"]}
    block["columns"] = [{"heading": "x", "value": "item"}]
    own = Dossier(
        sheets={YEAR - 1: sheet(YEAR - 1, DOCUMENT_5)}, passages={YEAR: {"issue/2/lead": "ของเรา"}}
    )
    made = composed(block, own)
    titles = [one.text for one in made if isinstance(one, Heading) and one.text != "x"]
    assert titles == ["ข้อเสนอแนะ"] * 7
    leads = [
        text_of(after)
        for one, after in pairwise(made)
        if text_of_heading(one) == titles[0] and isinstance(after, Paragraph)
    ]
    assert len(set(leads)) == 7 and leads[1] == "ของเรา"
    assert "คะแนน" in leads[0] and not leads[0].startswith("-")
    assert not [lead for lead in leads if re.search(r"[][{}]", lead)]


def text_of_heading(block: Block) -> str:
    return block.text if isinstance(block, Heading) else ""


def test_an_issue_without_scores_has_no_lead() -> None:
    block: dict[str, Any] = {"block": "issues", "text": "x", "parts": ["lead"]}
    block["columns"] = [{"heading": "x", "value": "item"}]
    assert texts(composed(block)) == []


def test_items_with_full_score_are_taken_together() -> None:
    block: dict[str, Any] = {"block": "issues", "text": "x", "parts": ["items"], "together": True}
    block["columns"] = [{"heading": "x", "value": "item"}]
    sheets = {YEAR - 1: sheet(YEAR - 1, DOCUMENT_5)}
    issue = issue_results(score_tree(SHELF.get(YEAR - 1), sheets[YEAR - 1]))[0]
    codes = [to_thai(item.code) for item in issue.items if item.instrument == "OIT"]
    said = texts(composed(block, Dossier(sheets=sheets)))
    head = f"{' '.join(codes[:-1])} และ {codes[-1]} คะแนน ๑๐๐.๐๐ ทุกข้อ\nวิเคราะห์: "
    assert len([text for text in said if text.startswith(head)]) == 1
    assert not [text for text in said if text.startswith(f"{codes[1]} ")]
    own = Dossier(sheets=sheets, passages={YEAR: {f"analysis/{issue.items[-1].code}": "ของเรา"}})
    assert any(text.startswith(f"{codes[1]} ") for text in texts(composed(block, own)))


def test_what_an_indicator_assesses_can_be_the_offices_text() -> None:
    focus = {"block": "focus", "rule": "lowest"}
    columns = {"columns": [{"heading": "x", "value": "assessed"}]}
    own = Dossier(
        sheets={YEAR - 1: sheet(YEAR - 1, DOCUMENT_5)},
        passages={YEAR: {"assessed/4": "การใช้ทรัพย์สิน\n\nการยืม 2 แบบ"}},
    )
    assert tables(composed({**focus, **columns}, own))[0][0] == ["การใช้ทรัพย์สิน\nการยืม ๒ แบบ"]


def test_a_bold_column_is_bold_under_merged_cells_too() -> None:
    ways = (Measure(1, YEAR, title="ก", steps="ข"), Measure(2, YEAR, steps="ค", continued=True))
    columns = [
        {"heading": "1", "value": "title"},
        {"heading": "2", "value": "steps", "bold": True},
        {"heading": "3", "value": "period"},
    ]
    block = {"block": "measures", "columns": columns}
    (table,) = composed(block, Dossier(measures={YEAR: ways}))
    assert isinstance(table, Table)
    bold = [
        [
            run.bold
            for cell in row
            for one in cell.blocks
            if isinstance(one, Paragraph)
            for run in one.runs
        ]
        for row in table.rows
    ]
    assert bold == [[False, True, False], [True, False]]


@pytest.mark.parametrize(
    ("sign_line", "role", "lines"),
    [
        (True, "beside", ["ลงชื่อ  ผู้จัดทำ", "(ก ข)", "ปลัด"]),
        (True, "under", ["ลงชื่อ", "(ก ข)", "ปลัด", "ผู้จัดทำ"]),
        (True, "none", ["ลงชื่อ", "(ก ข)", "ปลัด"]),
        (False, "beside", ["(ก ข)", "ปลัด", "ผู้จัดทำ"]),
        (False, "under", ["(ก ข)", "ปลัด", "ผู้จัดทำ"]),
        (False, "none", ["(ก ข)", "ปลัด"]),
    ],
)
def test_a_signature_with_or_without_sign_line_and_role(
    sign_line: bool, role: str, lines: list[str]
) -> None:
    people = (Person(1, given_name="ก", family_name="ข", position="ปลัด"),)
    dossier = Dossier(people=people, chain=(ChainLink(1, 1, "ผู้จัดทำ"),))
    block = {"block": "signatures", "sign_line": sign_line, "role": role, "date_line": False}
    made = compose_whole(block, dossier)
    sheet_rows = load_workbook(io.BytesIO(render(made, ".xlsx"))).worksheets[0].iter_rows()
    assert [str(row[0].value) for row in sheet_rows if row[0].value] == lines
    plain = ["".join(line.split()) for line in lines]
    word = docx.Document(io.BytesIO(render(made, ".docx"))).tables[0].cell(0, 1).paragraphs
    page = "".join(pages_by_pdfium(render(made, ".pdf"))).splitlines()
    for found in ([p.text for p in word], page):
        assert [line for one in found if (line := re.sub(r"[.\s]", "", one))] == plain
