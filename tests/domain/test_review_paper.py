"""The review of finished documents: tables recomputed, lists held against their own headings."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_desktop.domain.review import Finding
from ita_desktop.domain.review.finished import about, read_plain
from ita_desktop.domain.review.paper import review_finished
from ita_desktop.domain.review.rules import RULES
from tests.domain.figures import SHELF

REFERENCE = Path(__file__).parents[3] / "shared" / "reference"
OFFICE = "องค์การบริหารส่วนตำบลตัวอย่าง ได้วิเคราะห์ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. ๒๕๖๗"
SIGNED = "ลงชื่อ\n(นายก ข)"
SCORES = """เครื่องมือ\tตัวชี้วัด\t๒๕๖๖\t๒๕๖๗\tการเปลี่ยนแปลง
IIT\t๑. การปฏิบัติหน้าที่\t๙๐.๐๐\t๙๑.๐๐\tเพิ่มขึ้น
\t๒. การใช้งบประมาณ\t๙๐.๐๐\t๘๐.๐๐\tลดลง
\t๓. การใช้อำนาจ\t๙๐.๐๐\t๘๕.๐๐\tลดลง"""


def review(*lines: str) -> list[Finding]:
    text = "\n\n".join((OFFICE, *lines, "มาตรการ ประจำปีงบประมาณ พ.ศ. ๒๕๖๘", SIGNED))
    return list(review_finished(read_plain(text), SHELF))


def rules(*lines: str) -> list[str]:
    return [finding.rule for finding in review(*lines)]


def test_a_document_says_whose_and_of_when_it_is():
    known = about(read_plain(f"{OFFICE}\n\n{SCORES}\n\nมาตรการ ประจำปีงบประมาณ พ.ศ. ๒๕๖๘"), SHELF)
    assert known.office.full_name == "องค์การบริหารส่วนตำบลตัวอย่าง"
    assert (known.year, known.analysed) == (2568, 2567)
    assert {year: len(tree.sheet.entered) for year, tree in known.trees.items()} == {
        2566: 3,
        2567: 3,
    }


def test_a_right_document_is_clean():
    listed = "จุดอ่อน : ตัวชี้วัดที่ลดลง มีจำนวน ๒ ตัวชี้วัด คือ"
    points = ("๑.๑ ตัวชี้วัดที่ ๒ การใช้งบประมาณ", "๑.๒ ตัวชี้วัดที่ ๓ การใช้อำนาจ")
    assert rules(SCORES, f"๑. {listed}", *points) == []


TABLE = "ข้อ\tคะแนน\nก\t๙๐.๐๐\nข\t๘๐.๐๐\nคะแนนเฉลี่ย\t{mean}"
LIST = ("๑. จุดอ่อน : ตัวชี้วัดที่ลดลง มีจำนวน ๒ ตัวชี้วัด คือ", "๑.๑ ตัวชี้วัดที่ ๒ ก")
TICKS = "ที่\tสถานะ\tผล\n๑\t☑ แล้ว ☐ ยัง\tก\n๒\t☑ แล้ว ☐ ยัง\tข\n๓\t{box}\tค"
STEPS = "ที่\tวิธีดำเนินการ\tผลการดำเนินการ\n๑\t๑. วางแผน ๒. อบรม ๓. ติดตาม\t๑. วางแผนแล้ว ๒. อบรมแล้ว{more}"
LEVELS = "ข้อ\tคะแนน\tระดับ\nก\t๙๓.๐๐\tดี\nข\t๙๓.๐๐\t{word}"


@pytest.mark.parametrize(
    ("wrong", "right", "rule"),
    [
        ((TABLE.format(mean="๘๖.๐๐"),), (TABLE.format(mean="๘๕.๐๐"),), "table-mean"),
        (
            (SCORES.replace("๘๕.๐๐\tลดลง", "๘๕.๐๐\tเพิ่มขึ้น"),),
            *((SCORES,), "change-opposite"),
        ),
        (
            (SCORES, *LIST, "๑.๒ ตัวชี้วัดที่ ๑ ข"),
            *((SCORES, *LIST, "๑.๒ ตัวชี้วัดที่ ๓ ข"), "list-rule"),
        ),
        (
            (SCORES, LIST[0].replace("๒", "๔", 1), LIST[1], "๑.๒ ตัวชี้วัดที่ ๓ ข"),
            *((SCORES, *LIST, "๑.๒ ตัวชี้วัดที่ ๓ ข"), "list-count"),
        ),
        ((TICKS.format(box="–"),), (TICKS.format(box="☐ แล้ว ☑ ยัง"),), "status-missing"),
        ((TICKS.format(box="☑ แล้ว ☑ ยัง"),), (TICKS.format(box="☑ แล้ว ☐ ยัง"),), "status-missing"),
        ((STEPS.format(more=""),), (STEPS.format(more=" ๓. ติดตามแล้ว"),), "result-fewer"),
        ((LEVELS.format(word="ดีมาก"),), (LEVELS.format(word="ดี"),), "scale-uneven"),
        (("องค์การบริหารส่วนตำบลนาสุขใจ จัดอบรม",), ("อบต.ตัวอย่าง จัดอบรม",), "agency-other"),
        (
            ("ความเห็นของปลัด", "(นายก ข)", "นายกองค์การบริหารส่วนตำบลตัวอย่าง"),
            *(("ความเห็นของนายก", "(นายก ข)", "นายกองค์การบริหารส่วนตำบลตัวอย่าง"), "opinion-role"),
        ),
        (
            ("สรุปแบบ IIT", "ตัวชี้วัด\tผล\nตัวชี้วัดที่ ๖ คุณภาพการดำเนินงาน\tก\nตัวชี้วัดที่ ๑ การปฏิบัติหน้าที่\tข"),
            ("สรุปแบบ IIT", "ตัวชี้วัด\tผล\nตัวชี้วัดที่ ๒ การใช้งบประมาณ\tก\nตัวชี้วัดที่ ๑ การปฏิบัติหน้าที่\tข"),
            "other-indicator",
        ),
    ],
)
def test_each_rule_fires_where_it_should(wrong: tuple[str, ...], right: tuple[str, ...], rule: str):
    assert rule in rules(*wrong)
    assert rule not in rules(*right)


def test_measures_of_a_year_answer_the_year_before():
    same = "มาตรการ ประจำปีงบประมาณ พ.ศ. ๒๕๖๗"
    text = f"{OFFICE}\n{same}\n{same}\n{SIGNED}"
    assert "year-measures" in [f.rule for f in review_finished(read_plain(text), SHELF)]


@given(st.text(alphabet="กขคงา่้็๑๒๓.0123456789ieo\t\n()“”☑☐ ", max_size=400))
def test_any_text_is_reviewed(text: str):
    review_finished(read_plain(text), SHELF)


# --- the reference documents ----------------------------------------------------------------------

FOUND: dict[str, dict[int, set[str]]] = {
    "1": {
        14: {"agency-misspelt"},
        139: {"percent-points"},
        154: {"table-mean"},
        161: {"list-rule"},
        169: {"list-count"},
        183: {"misspelling"},
        211: {"agency-misspelt"},
        242: {"official-name"},
    },
    "2": {
        7: {"year-measures"},
        28: {"agency-other"},
        30: {"result-fewer"},
        36: {"result-fewer"},
        37: {"other-indicator"},
        43: {"result-fewer", "indicator-name"},
        50: {"result-fewer"},
        51: {"result-fewer"},
    },
    "3": {22: {"agency-misspelt"}, 40: {"word-doubled"}, 51: {"date-before"}, 52: {"date-before"}},
    "4": {
        20: {"word-doubled"},
        44: {"opinion-role"},
        63: {"sentence-open"},
        67: {"agency-misspelt"},
    },
    "5": {269: {"scale-uneven"}, 374: {"table-mean"}, 445: {"agency-other", "misspelling"}},
}
"""What was found wrong by hand in the reference documents: line -> rules."""


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference documents are not here")
@pytest.mark.parametrize("number", FOUND)
def test_the_reference_documents_hold_what_was_found_by_hand(number: str):
    (path,) = REFERENCE.glob(f"{number}-*.txt")
    found: dict[int, set[str]] = {}
    for finding in review_finished(read_plain(path.read_text("utf-8")), SHELF):
        found.setdefault(int(finding.place.record or 0), set()).add(finding.rule)
    assert {line: rules & found.get(line, set()) for line, rules in FOUND[number].items()} == (
        FOUND[number]
    )


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference documents are not here")
def test_item_codes_with_a_zero_for_a_letter():
    (path,) = REFERENCE.glob("5-*.txt")
    found = review_finished(read_plain(path.read_text("utf-8")), SHELF)
    assert Counter(RULES[each.rule].letter for each in found)["C"] > 40
