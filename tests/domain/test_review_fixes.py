"""Mends that are certain: applying one takes its finding away and brings no other."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ita_desktop.domain.review import Finding, Fix, Place, Reviewer, Severity
from ita_desktop.domain.review.language import language_findings, misspellings
from ita_desktop.domain.review.texts import Role, UserText
from ita_desktop.thai import words
from tests.domain.figures import SHELF
from tests.domain.planted import WHICH, YEAR, Kind, apply_fix, clean
from tests.domain.planted_kinds import kinds

REVIEWER = Reviewer(SHELF)
PLACE = Place("documents", "preface", "passage")
FIXED = (
    "misspelling",
    "two sara e",
    "nikhahit and sara aa",
    "invisible character",
    "tone before vowel",
    "mark twice",
    "word doubled",
    "mixed digits",
    "misspelt agency",
    "letter of a code",
    "official name",
    "comma for a point",
    "owner misspelt",
)


def findings(text: str, role: Role = Role.PASSAGE) -> list[Finding]:
    return list(language_findings(UserText(PLACE, text, role, "คำนำ", YEAR - 1)))


@pytest.mark.parametrize("kind", [k for k in kinds() if k.name in FIXED], ids=lambda k: k.name)
def test_a_fix_takes_its_finding_away(kind: Kind):
    plants = list(kind.plant(clean()))
    mended = 0
    for plant in plants[:: max(1, len(plants) // 8)]:
        for finding in REVIEWER.review(plant.dossier, YEAR, WHICH):
            if finding.fix is None:
                continue
            after = REVIEWER.review(apply_fix(plant.dossier, finding.fix), YEAR, WHICH)
            keys = {each.key for each in after}
            assert finding.key not in keys
            assert keys <= {each.key for each in REVIEWER.review(plant.dossier, YEAR, WHICH)}
            mended += 1
    assert mended


def test_every_misspelling_is_found_and_mended():
    for wrong, right in misspellings().items():
        found = [each for each in findings(f"การ{wrong} ในปีนี้") if each.rule == "misspelling"]
        fixes = {each.fix.old: each.fix.new for each in found if each.fix}
        assert fixes.get(wrong) == right
        assert not [each for each in findings(right) if each.rule == "misspelling"]


def test_no_misspelling_is_part_of_a_word():
    """Each wrong form stands in no word of the Royal Institute's dictionary."""
    from pythainlp.corpus.common import thai_orst_words

    dictionary = "\n".join(thai_orst_words())
    assert len(misspellings()) >= 150
    assert [wrong for wrong in misspellings() if wrong in dictionary] == []
    rights = "\n".join(misspellings().values())
    assert [wrong for wrong in misspellings() if wrong in rights] == []


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("น้ํา", "น้ำ"),
        ("นํ้า", "น้ำ"),
        ("เเผน", "แผน"),
        ("ทีม่่า", None),
        ("ท่ี", "ที่"),
        ("ด่วน\u200bที่สุด", "ด่วนที่สุด"),
        ("IТA", "ITA"),
        ("ว่าๅ", None),
        ("สองๅ", "สองา"),
        ("ปี 256๙ ครบ 3", None),
    ],
)
def test_characters_and_marks(wrong: str, right: str | None):
    found = findings(wrong)
    assert found
    if right is not None:
        (fix,) = [each.fix for each in found if each.fix]
        assert fix.apply(wrong) == right


@pytest.mark.parametrize(
    "text",
    [
        "ต่าง ๆ ที่เกี่ยวข้อง",
        "จัดไว้ในที่ที่เห็นง่าย",
        "เจ้าหน้าที่ที่รับผิดชอบ",
        "ฤๅษี",
        "แบบ ก. ข. และ ค.",
        "ครบทุกเดือน เดือนละ 4 เรื่อง",
        "เว็บไซต์ https://www.example.go.th/2 ปี ๒๕๖๙",
        "ก่อน–หลัง “ใสสะอาด” 100 % ฿",
        "น้ำ ค่ำ ทำ จำนวน ซ้ำ",
        "E-Service และ No Gift Policy ปี 2569",
        "",
    ],
)
def test_good_writing_is_left_alone(text: str):
    assert findings(text) == []


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet='กขคงนมรวสหอะาำิีึืุูเแโใไๆ่้๊๋์ํ็ั ๐๑0129.,()“”"ioe%\n\u200bเ', max_size=60))
def test_any_writing_can_be_read(text: str):
    for finding in findings(text):
        assert finding.severity in Severity
        assert finding.problem
        if finding.fix is not None:
            assert finding.fix.old in text
            assert finding.fix.apply(text) != text


def test_a_fix_mends_every_occurrence():
    assert Fix(PLACE, "เเ", "แ").apply("เเละ เเผน") == "และ แผน"


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("ผลลัพท์ของงาน", "ผลลัพธ์ของงาน"),
        ("ใบอนุญาติ", "ใบอนุญาต"),
        ("ข้อสังเกตุ", "ข้อสังเกต"),
        ("ลายเซ็นต์", "ลายเซ็น"),
    ],
)
def test_common_misspellings_are_told_once(wrong: str, right: str):
    (found,) = findings(wrong)
    assert found.fix and found.fix.apply(wrong) == right


def test_a_mend_never_doubles_a_mark():
    assert Fix(PLACE, "ผลลัพท", "ผลลัพธ์").apply("ผลลัพท์และผลลัพท") == "ผลลัพธ์และผลลัพธ์"


def test_a_word_that_ends_like_a_wrong_one_begins_is_left_alone():
    assert not findings("ตามที่ปรากฏหมายเลขโทรศัพท์ไว้")
    assert Fix(PLACE, "กฏหมาย", "กฎหมาย").apply("กฏหมายปรากฏหมายเลข") == "กฎหมายปรากฏหมายเลข"


def test_words_join_up_to_their_text():
    text = "จัดทำคู่มือ 12 งานบริการ (ฉบับที่ 2)"
    assert "".join(words.tokens(text)) == text
    assert words.tokens("") == ()
