"""The rules of the review: class, severity, and why, in a Thai sentence.

Class letters: A arithmetic · B count · C item code · D year, date, period · E name · F numbering
and structure · G level · H contradiction · I missing part · K form and language. They follow the
mistakes found in published documents of offices.
"""

from __future__ import annotations

from dataclasses import dataclass

from ita_desktop.domain.review.kinds import Finding, Fix, Place, Severity
from ita_desktop.thai.digits import to_thai


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """One rule: ``letter`` is its class, ``why`` the rule in a Thai sentence."""

    letter: str
    severity: Severity
    why: str


_E, _W, _H = Severity.ERROR, Severity.WARNING, Severity.HINT

_NEEDED = "รายงานต้องมีข้อมูลครบทุกช่องก่อนเสนอผู้ลงนาม"
_ONE_FIGURE = "ตัวเลขเดียวกันต้องตรงกันทุกแห่งในเอกสาร"
_MEASURE_PARTS = "มาตรการทุกข้อต้องมีวิธีดำเนินการ ผู้รับผิดชอบ ระยะเวลา ผล ผลลัพธ์ และสถานะ"
_OWN_NAME = "ชื่อหน่วยงานในเอกสารต้องตรงกับชื่อที่ตั้งไว้ในหน้าหน่วยงาน"
_OWN_PEOPLE = "ชื่อและตำแหน่งในเอกสารต้องตรงกับรายชื่อบุคคลในหน้าหน่วยงาน"
_OFFICIAL = "ชื่อตัวชี้วัดและถ้อยคำของการประเมินต้องใช้ตามที่สำนักงาน ป.ป.ช. กำหนด"
_CODES = "รหัสข้อต้องเป็นของกรอบการประเมินในปีที่วิเคราะห์"
_SPELL = "เอกสารราชการต้องสะกดคำให้ถูกต้อง"
_SCRIPT = "อักขระที่พิมพ์ผิดหรือมองไม่เห็นทำให้ค้นหาและตัดบรรทัดผิด"
_MEAN = (
    "ขั้นตอนการประมวลผลคะแนนของสำนักงาน ป.ป.ช.: "
    "ตัวชี้วัดเป็นค่าเฉลี่ยของข้อย่อย และคะแนนรวมเป็นผลรวมถ่วงน้ำหนักของเครื่องมือ"
)
_DATE = "วันที่ต้องมีอยู่จริงในปฏิทินและเขียนครบ วัน เดือน ปี พ.ศ."
_PERIOD = "งานของปีงบประมาณต้องอยู่ระหว่าง 1 ตุลาคม ถึง 30 กันยายน และไม่เกินรอบที่รายงาน"
_YEARS = "มาตรการของปีหนึ่งมาจากผลการประเมินของปีก่อนหน้า"
_AGREE = "ข้อความต้องไม่ขัดกับตัวเลขหรือข้อมูลส่วนอื่นของเอกสาร"

RULES: dict[str, RuleInfo] = {
    "office-missing": RuleInfo("I", _E, _NEEDED),
    "chain-missing": RuleInfo("I", _E, _NEEDED),
    "signer-missing": RuleInfo("I", _E, _NEEDED),
    "person-incomplete": RuleInfo("I", _E, _NEEDED),
    "score-missing": RuleInfo("I", _E, _NEEDED),
    "score-draft": RuleInfo("A", _E, "คะแนนต้องเป็นตัวเลข ๐ ถึง ๑๐๐ ทศนิยมไม่เกินสองตำแหน่ง"),
    "score-unattainable": RuleInfo("A", _W, _MEAN),
    "score-impossible": RuleInfo("A", _W, "ค่าเฉลี่ยของข้อต้องเป็นไปได้จากจำนวนผู้ตอบและค่าของคำตอบแต่ละข้อ"),
    "respondents-differ": RuleInfo("A", _W, "ค่าเฉลี่ยของข้อต้องเป็นไปได้จากจำนวนผู้ตอบและค่าของคำตอบแต่ละข้อ"),
    "oit-value": RuleInfo("A", _W, "ข้อ OIT ได้คะแนนเต็มหรือศูนย์ตามคำตอบที่กรอบการประเมินกำหนด"),
    "figure-differs": RuleInfo("A", _W, _ONE_FIGURE),
    "score-over": RuleInfo("A", _E, "คะแนนและร้อยละของคะแนนไม่เกิน 100"),
    "level-differs": RuleInfo("G", _W, "ระดับมาจากคะแนนรวมตามเกณฑ์ของปีนั้น"),
    "level-text": RuleInfo("G", _W, "ระดับมาจากคะแนนรวมตามเกณฑ์ของปีนั้น"),
    "scale-order": RuleInfo("G", _W, "คะแนนสูงกว่าต้องไม่ได้คำระดับที่ต่ำกว่า และคะแนนเท่ากันใช้คำเดียวกัน"),
    "list-count": RuleInfo("B", _W, "จำนวนที่เขียนต้องเท่ากับรายการที่ตามมา"),
    "known-count": RuleInfo("B", _W, "จำนวนที่เขียนต้องเท่ากับจำนวนที่นับได้จากข้อมูล"),
    "code-unknown": RuleInfo("C", _W, _CODES),
    "code-other-year": RuleInfo("C", _W, _CODES),
    "code-letter": RuleInfo("C", _W, "รหัสข้อใช้อักษร i e o ตัวเล็กภาษาอังกฤษ ตามด้วยเลขข้อ"),
    "code-title": RuleInfo("C", _W, "รหัสข้อกับชื่อข้อต้องเป็นข้อเดียวกัน"),
    "measure-code": RuleInfo("C", _W, _CODES),
    "measure-issue": RuleInfo("C", _W, "ประเด็นต้องเป็นของกรอบการประเมินในปีที่วิเคราะห์"),
    "period-wrong": RuleInfo("D", _E, _PERIOD),
    "day-outside": RuleInfo("D", _E, _PERIOD),
    "done-too-early": RuleInfo("D", _W, _PERIOD),
    "date-impossible": RuleInfo("D", _E, _DATE),
    "date-weekday": RuleInfo("D", _W, "วันในสัปดาห์ต้องตรงกับวันที่ในปฏิทิน"),
    "date-half": RuleInfo("D", _W, _DATE),
    "date-before": RuleInfo("D", _W, _PERIOD),
    "date-after": RuleInfo("D", _W, _PERIOD),
    "date-outside": RuleInfo("D", _W, _PERIOD),
    "date-after-document": RuleInfo("D", _W, "รายงานจะมีผลที่เกิดหลังวันที่ของเอกสารไม่ได้"),
    "document-day": RuleInfo("D", _W, "เอกสารของรอบใดต้องลงวันที่หลังรอบนั้นสิ้นสุด"),
    "disclosure-day": RuleInfo("D", _W, "วันที่เผยแพร่ข้อมูล OIT ต้องอยู่ในปีงบประมาณที่ประเมิน"),
    "year-christian": RuleInfo("D", _E, "เอกสารราชการใช้ปี พ.ศ."),
    "year-far": RuleInfo("D", _W, _YEARS),
    "year-cut": RuleInfo("D", _E, _DATE),
    "year-measures": RuleInfo("D", _W, _YEARS),
    "year-analysed": RuleInfo("D", _W, _YEARS),
    "round-unknown": RuleInfo("D", _W, "รอบรายงานมีรอบ 3 เดือน 6 เดือน และ 12 เดือน"),
    "round-later": RuleInfo("D", _W, "รายงานรอบต้นจะมีผลของรอบหลังไม่ได้"),
    "agency-other": RuleInfo("E", _W, _OWN_NAME),
    "agency-kind": RuleInfo("E", _W, _OWN_NAME),
    "agency-misspelt": RuleInfo("E", _E, _OWN_NAME),
    "province-other": RuleInfo("E", _W, _OWN_NAME),
    "person-misspelt": RuleInfo("E", _W, _OWN_PEOPLE),
    "person-unknown": RuleInfo("E", _H, _OWN_PEOPLE),
    "person-position": RuleInfo("E", _W, _OWN_PEOPLE),
    "person-title": RuleInfo("E", _W, "คำนำหน้าชื่อต้องเป็นคำเต็มและเขียนถูกต้อง"),
    "signer-twice": RuleInfo("E", _W, "ผู้ลงนามแต่ละลำดับต้องเป็นคนละคน"),
    "signer-role": RuleInfo("E", _W, "ลำดับลงนามเริ่มที่ผู้จัดทำ และจบที่ผู้อนุมัติ"),
    "addressee": RuleInfo("E", _W, "เรียนถึงตำแหน่งของผู้ลงนามคนสุดท้าย"),
    "opinion-role": RuleInfo("E", _W, "หัวข้อความเห็นต้องตรงกับตำแหน่งของผู้ลงนามใต้ความเห็น"),
    "owner-unknown": RuleInfo("E", _H, "ผู้รับผิดชอบควรเป็นส่วนราชการที่ตั้งไว้ในหน้าหน่วยงาน"),
    "official-name": RuleInfo("E", _W, _OFFICIAL),
    "indicator-name": RuleInfo("E", _W, _OFFICIAL),
    "table-mean": RuleInfo("A", _W, "ค่าเฉลี่ยในตารางต้องคำนวณได้จากตัวเลขในตารางเดียวกัน"),
    "other-indicator": RuleInfo("H", _W, "ข้อความของแต่ละตัวชี้วัดต้องพูดถึงข้อของตัวชี้วัดนั้น"),
    "list-rule": RuleInfo("H", _W, "รายการต้องเป็นไปตามเงื่อนไขที่หัวข้อของรายการบอก"),
    "scale-uneven": RuleInfo("G", _W, "คะแนนเท่ากันใช้คำระดับเดียวกัน และคะแนนสูงกว่าต้องไม่ได้คำที่ต่ำกว่า"),
    "signature-missing": RuleInfo("I", _W, "เอกสารที่เสนอต้องมีผู้ลงนามและวันที่"),
    "scores-missing": RuleInfo("I", _H, "การวิเคราะห์ต้องแสดงคะแนนที่วิเคราะห์"),
    "numbering-gap": RuleInfo("F", _W, "เลขลำดับต้องเรียงต่อกัน"),
    "numbering-double": RuleInfo("F", _W, "เลขลำดับต้องไม่ซ้ำ"),
    "numbering-mixed": RuleInfo("F", _H, "รายการเดียวกันใช้เลขลำดับแบบเดียวกันทุกข้อ"),
    "pasted-twice": RuleInfo("F", _W, "ข้อความของแต่ละช่องต้องตอบเรื่องของช่องนั้น"),
    "nearly-twice": RuleInfo("F", _H, "ข้อความของแต่ละช่องต้องตอบเรื่องของช่องนั้น"),
    "sentence-open": RuleInfo("I", _W, "ประโยคต้องจบความ"),
    "brackets": RuleInfo("F", _W, "วงเล็บและเครื่องหมายคำพูดต้องมีทั้งเปิดและปิด"),
    "measures-missing": RuleInfo("I", _E, _NEEDED),
    "guideline-without-indicator": RuleInfo("I", _E, _MEASURE_PARTS),
    "title-missing": RuleInfo("I", _E, _MEASURE_PARTS),
    "steps-missing": RuleInfo("I", _E, _MEASURE_PARTS),
    "owners-missing": RuleInfo("I", _E, _MEASURE_PARTS),
    "indicators-missing": RuleInfo("I", _E, _MEASURE_PARTS),
    "status-missing": RuleInfo("I", _E, _MEASURE_PARTS),
    "result-missing": RuleInfo("I", _E, _MEASURE_PARTS),
    "outcome-missing": RuleInfo("I", _E, _MEASURE_PARTS),
    "unfinished-unexplained": RuleInfo("I", _W, "งานที่ไม่แล้วเสร็จเมื่อครบปีต้องอธิบายเหตุผล"),
    "result-fewer": RuleInfo("I", _H, "วิธีดำเนินการแต่ละข้อควรมีผลการดำเนินการ"),
    "result-is-step": RuleInfo("H", _W, "ผลการดำเนินการต้องบอกสิ่งที่ทำแล้ว ไม่ใช่ลอกแผน"),
    "outcome-is-output": RuleInfo("H", _W, "ผลลัพธ์คือผลที่เกิดแก่ผู้รับบริการ ต่างจากผลผลิต"),
    "weak-without-measure": RuleInfo("I", _W, "ตัวชี้วัดที่ต่ำกว่าเกณฑ์ต้องมีมาตรการอย่างน้อยหนึ่งข้อ"),
    "evidence-missing": RuleInfo("I", _W, "ข้อที่เปิดเผยแล้วต้องมีที่อยู่เว็บเป็นหลักฐาน"),
    "caption-missing": RuleInfo("I", _H, "ภาพถ่ายต้องมีคำบรรยาย"),
    "disclosure-score": RuleInfo("H", _W, _AGREE),
    "status-contradicts": RuleInfo("H", _W, _AGREE),
    "praise-low": RuleInfo("H", _W, _AGREE),
    "blame-high": RuleInfo("H", _W, _AGREE),
    "pass-mark": RuleInfo("H", _W, _AGREE),
    "change-opposite": RuleInfo("H", _W, _AGREE),
    "negation-missing": RuleInfo("H", _W, "คะแนนสูงของข้อคำถามเชิงลบหมายความว่าสิ่งไม่ดีนั้นไม่เกิดขึ้น"),
    "percent-points": RuleInfo("H", _W, "ร้อยละกับคะแนนเป็นคนละหน่วย ใช้อย่างใดอย่างหนึ่ง"),
    "word-doubled": RuleInfo("K", _W, "คำเดียวกันไม่เขียนติดกันสองครั้ง"),
    "misspelling": RuleInfo("K", _W, _SPELL),
    "digits-mixed": RuleInfo("K", _H, "ข้อความเดียวใช้เลขไทยหรือเลขอารบิกแบบเดียว"),
    "look-alike": RuleInfo("K", _W, _SCRIPT),
    "thai-marks": RuleInfo("K", _W, _SCRIPT),
    "invisible": RuleInfo("K", _W, _SCRIPT),
    "repeat-mark": RuleInfo("K", _H, "ไม้ยมกเว้นวรรคหลัง และใช้แบบเดียวกันทั้งข้อความ"),
    "abbreviation": RuleInfo("K", _W, "อักษรย่อต้องมีจุดครบ"),
    "decimal-comma": RuleInfo("K", _W, "คะแนนใช้จุดทศนิยม ไม่ใช้จุลภาค"),
    "spaces": RuleInfo("K", _H, "เว้นวรรคเพียงหนึ่งเคาะ และไม่เว้นวรรคก่อนเครื่องหมายปิด"),
}
"""Every rule by its name."""


def why_of(rule: str) -> str:
    """The rule in a Thai sentence, Thai digits."""
    return to_thai(RULES[rule].why)


def found(
    rule: str, place: Place, problem: str, mend: str, *, fix: Fix | None = None, subject: str = ""
) -> Finding:
    """A finding of a rule; class, severity and reason come from the list of rules."""
    info = RULES[rule]
    text, hint = to_thai(problem), to_thai(mend)
    return Finding(info.severity, place, rule, text, hint, why_of(rule), fix, subject)
