"""The classes of mistakes that published documents of offices hold, each shown once.

The numbers are those of the project's list of mistakes; the sentences are our own.
"""

from __future__ import annotations

import pytest

from ita_desktop.domain.review import Place, Reviewer
from tests.domain.figures import SHELF
from tests.domain.planted import OWN, WHICH, YEAR, clean, with_passage, with_progress

REVIEWER = Reviewer(SHELF)

PASSAGES = [
    ("1-1", "agency-misspelt", f"เรียน นาย{OWN}"),
    ("1-3", "percent-points", "คะแนนเพิ่มขึ้นคิดเป็นร้อยละ ๔๓.๑๑ คะแนน"),
    ("1-5", "list-count", "มีจำนวน ๒ ตัวชี้วัด คือ\n๕.๑ การใช้อำนาจ\n๕.๒ การใช้งบประมาณ\n๕.๓ อื่น"),
    ("1-10", "official-name", "การใช้ทรัพย์สินของทางราชการเป็นไปตามระเบียบ"),
    ("1-11", "misspelling", "ประเด็นที่ต้องจะต้องพัฒนา"),
    ("1-12", "list-count", "จำนวน ๒ ประกาศ ดังนี้\n๑.๑ ฉบับแรก\n๑.๒ ฉบับสอง\n๑.๓ ฉบับสาม"),
    ("1-13", "pass-mark", "ตัวชี้วัดที่ ๖ ไม่ผ่านเกณฑ์ จึงกำหนดมาตรการ"),
    ("1-16", "official-name", "การบริหารงานเงินงบประมาณ"),
    ("1-17", "agency-misspelt", "องค์การบริหารตำบลตัวอย่างได้จัดประชุม"),
    ("1-19", "opinion-role", "ความเห็นหัวหน้าส่วนฯ"),
    ("1-21", "year-analysed", "รายงานการวิเคราะห์ผลการประเมิน ประจำปีงบประมาณ พ.ศ. ๒๕๖๙"),
    ("1-24", "official-name", "การรับรู้ของผู้มีส่วนได้เสียภายใน"),
    ("1-26", "misspelling", "กำกับดูแลอย่างสม่าเสมอ"),
    ("2-1", "year-measures", "มาตรการส่งเสริมคุณธรรม ประจำปีงบประมาณ พ.ศ. ๒๕๖๘"),
    ("2-2", "agency-other", "องค์การบริหารส่วนตำบลตัวยาง จัดประชุม"),
    ("2-4", "indicator-name", "ตัวชี้วัดที่ ๙ การเปิดเผยข้อมล"),
    ("2-5", "indicator-name", "ตัวชี้วัดที่ ๘ การปรับปรุงการทำงาน"),
    ("2-16", "misspelling", "แจ้งได้หากพบว่ามีกรเรียกรับสินบน"),
    ("3-1", "agency-misspelt", "องค์กรบริหารส่วนตำบลตัวอย่าง"),
    ("3-12", "word-doubled", "หลายช่องทาง เช่น เช่น เว็บไซต์"),
    ("3-12", "abbreviation", "ตั้งแต่ปี พ.ศ ๒๕๖๗"),
    ("H9", "praise-low", "ข้อ i10 อยู่ในระดับดีเยี่ยม"),
    ("H9", "negation-missing", "ข้อ i3 เจ้าหน้าที่มีการเรียกรับสินบน"),
    ("C4", "code-other-year", "เผยแพร่ตามข้อ o43 ครบถ้วน"),
    ("C4", "code-letter", "เผยแพร่ตามข้อ ๐๗ ครบถ้วน"),
    ("I10", "sentence-open", "ประกาศใช้แล้วเมื่อวันที่"),
    ("K11", "digits-mixed", "ครบ ๑๒ ครั้ง จาก 12 ครั้ง"),
]


@pytest.mark.parametrize(("number", "rule", "text"), PASSAGES)
def test_mistakes_of_published_documents(number: str, rule: str, text: str):
    place = Place("documents", "preface", "passage")
    found = REVIEWER.review(with_passage(clean(), "preface", text), YEAR, WHICH)
    assert rule in {each.rule for each in found if each.place == place}, number


@pytest.mark.parametrize(
    ("number", "rule", "field", "text"),
    [
        ("3-2", "date-before", "result", "เผยแพร่แล้วเมื่อวันที่ ๗ มกราคม ๒๕๖๗"),
        ("1-20", "date-after", "result", "ประชุมเมื่อวันที่ ๓๐ พฤศจิกายน ๒๕๖๙"),
        ("3-7", "round-unknown", "outcome", "รายงานผลรอบ ๗ เดือน"),
        ("2-11", "pasted-twice", "outcome", "ประชาชนยื่นคำร้องได้โดยไม่ต้องเดินทางมาที่ทำการ"),
    ],
)
def test_mistakes_in_results(number: str, rule: str, field: str, text: str):
    measure = clean().measures[YEAR][0]
    found = REVIEWER.review(with_progress(clean(), measure, **{field: text}), YEAR, WHICH)
    places = {each.place for each in found if each.rule == rule}
    assert places, number
    assert all(place.page == "progress" for place in places)


@pytest.mark.parametrize(
    "text",
    [
        "ผลคะแนนตามแบบวัด (ข้อ e3: 97.56) และ (ข้อ i3: 100.00)",
        "ตามแผนพัฒนาท้องถิ่น (พ.ศ. 2566-2570)",
        "ระเบียบกระทรวงมหาดไทย พ.ศ. 2548 และที่แก้ไขเพิ่มเติม",
        "แบ่งเป็น 2 ส่วน คือ 1) ส่วนของผู้รับบริการ และ 2) ส่วนของผู้ประเมิน",
        "ดำเนินการต่อในปีงบประมาณ พ.ศ. 2570",
        "-",
        "นายกองค์การบริหารส่วนตำบลเป็นประธานในที่ประชุม",
        "โทรศัพท์ 0 0000 0000 ต่อ 12 เวลา 08.30 - 16.30 น.",
        "ทั้ง 3 มาตรการได้รับความเห็นชอบ",
        "ภายในวันที่ 10 ของทุกเดือน",
        "ระหว่างวันที่ 5 - 7 มกราคม 2569",
        "ปัญหาที่พบ คือ",
        "ก) สำรวจ ข) วิเคราะห์ (ถ้ามี) ค) สรุป",
        "คะแนนรวมได้ {score:total} คะแนน ระดับ{level:total}",
    ],
)
def test_common_right_sentences(text: str):
    assert REVIEWER.review(with_passage(clean(), "preface", text), YEAR, WHICH) == ()
