"""Live fields: the two languages of one field."""

from __future__ import annotations

import pytest

from ita_desktop.domain.live import in_code, in_thai

WORDS = {"total": "คะแนนรวม", "weak_list": "ตัวชี้วัดที่ต้องพัฒนา"}
PAIRS = [
    ("ได้ {score:i1} คะแนน", "ได้ {คะแนน:i1} คะแนน"),
    ("{mean:issue3} {level:issue3}", "{ค่าเฉลี่ย:ประเด็น3} {ระดับ:ประเด็น3}"),
    ("{change:total} {percent:9.1}", "{การเปลี่ยนแปลง:รวม} {ร้อยละที่เปลี่ยน:9.1}"),
    ("{total} คือ {weak_list}", "{คะแนนรวม} คือ {ตัวชี้วัดที่ต้องพัฒนา}"),
    ("ไม่มี", "ไม่มี"),
]


@pytest.mark.parametrize(("code", "thai"), PAIRS)
def test_both_languages_are_one(code: str, thai: str):
    assert in_thai(code, WORDS) == thai
    assert in_code(thai, WORDS) == code
    assert in_code(code, WORDS) == code


def test_typed_with_thai_digits_and_spaces():
    assert in_code("{ คะแนน : i๑ } {ค่าเฉลี่ย:ประเด็น ๒}") == "{score:i1} {mean:issue2}"


@pytest.mark.parametrize("text", ["{คะแนน", "{ชื่อ:i1}", "{}", "{ไม่รู้จัก}", "{a{b}c}", "{คะแนน:\ni1}"])
def test_what_is_no_live_field_stays_as_typed(text: str):
    assert in_code(text, WORDS) == text
    assert in_thai(text, WORDS) == text
