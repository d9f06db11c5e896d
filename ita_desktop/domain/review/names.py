"""Class E: agencies, places, people, posts and official names in texts."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import lru_cache

from ita_desktop.domain.office import OFFICE_KINDS, SIGNER_ROLES, ChainLink, Person
from ita_desktop.domain.review.facts import Codes, Names
from ita_desktop.domain.review.kinds import Finding, Place
from ita_desktop.domain.review.rules import found
from ita_desktop.domain.review.texts import Role, UserText, plain_text

_KINDS = (*OFFICE_KINDS, *OFFICE_KINDS.values())
_AGENCY_ANYWHERE = re.compile("|".join(map(re.escape, _KINDS)))
_LETTERS = re.compile(r"[ก-ฮะ-ฺเ-๎]+")

_GENERAL = (
    *(
        "ทุก",
        "แห่ง",
        "ใน",
        "ที่",
        "และ",
        "หรือ",
        "ได้",
        "มี",
        "เป็น",
        "ต้อง",
        "ให้",
        "กับ",
        "ของ",
        "โดย",
        "จะ",
    ),
    *("จัด", "ดำเนิน", "ประกาศ", "กำหนด", "แจ้ง", "เผยแพร่", "ปฏิบัติ", "ตาม", "เพื่อ", "เพิ่ม", "ลด", "รับ"),
    *(
        "ส่ง",
        "เสนอ",
        "สรุป",
        "รายงาน",
        "ปรับ",
        "พัฒนา",
        "ตรวจ",
        "ติด",
        "เปิด",
        "ปิด",
        "ทำ",
        "นำ",
        "ใช้",
        "ร่วม",
    ),
    *("อื่น", "ข้าง", "ใกล้", "ดังกล่าว", "ทั่ว", "นี้", "นั้น", "เอง", "ซึ่ง", "ว่า", "จาก", "ต่อ", "ถึง", "เมื่อ"),
    *("ควร", "สามารถ", "ยัง", "ไม่", "อาจ", "มอบ", "แต่ง", "ออก", "สั่ง", "อนุมัติ", "เห็น", "พิจารณา", "ขอ"),
    *("สำรวจ", "ประชุม", "อบรม", "ชี้", "แนะ", "สนับสนุน", "ส่งเสริม", "ป้องกัน", "แก้", "ทบทวน", "วิเคราะห์"),
    *(
        "ประเมิน",
        "ประสาน",
        "ประชา",
        "บริการ",
        "บริหาร",
        "บันทึก",
        "เข้า",
        "เก็บ",
        "ตั้ง",
        "ถือ",
        "ทราบ",
        "ผ่าน",
    ),
    *(
        "พบ",
        "พร้อม",
        "ภาย",
        "ระหว่าง",
        "ด้าน",
        "เรื่อง",
        "เกี่ยว",
        "เช่น",
        "คือ",
        "ไป",
        "มาตรการ",
        "มาใช้",
        "มาร่วม",
        "มากกว่า",
        "แล้ว",
        "ด้วย",
    ),
    *("ควบคุม", "กำกับ", "จำนวน", "ตลอด", "ทั้ง", "แต่", "แบบ", "ประจำ", "ปี", "รอบ", "เขต", "พื้นที่"),
    *("ขับ", "คัด", "ก่อสร้าง", "ซ่อม", "จ้าง", "จ่าย", "เบิก", "โอน", "มุ่ง", "เน้น", "ยก", "ย้าย", "เชิญ"),
    *(
        "ชำระ",
        "รวบ",
        "รวม",
        "เพราะ",
        "หาก",
        "ถ้า",
        "เนื่อง",
        "ผู้",
        "พนักงาน",
        "บุคลากร",
        "เจ้าหน้าที่",
        "หมู่ที่",
    ),
    *("ตระหนัก", "คำนึง", "ขยาย", "ยึด", "เลือก", "เชื่อม", "คาด", "ศึกษา", "คุ้มครอง", "บูรณาการ", "กระจาย"),
    *("ฝึก", "เร่ง", "ระบุ", "ยืนยัน", "มิได้", "คงที่", "เคย", "จึง", "ร้อง", "สอบ", "สุ่ม", "เท่านั้น", "เพียง"),
    *(
        "มัก",
        "ย่อม",
        "ก็",
        "ลงนาม",
        "ลงพื้นที่",
        "ต้อนรับ",
        "ทดสอบ",
        "ทดลอง",
        "สร้างความ",
        "สร้างระบบ",
        "วางแผน",
    ),
    *(
        "เรียน",
        "ขนาด",
        "ประเภท",
        "ระดับ",
        "สามัญ",
        "ชั้น",
        "หลาย",
        "บางแห่ง",
        "บางส่วน",
        "บางเรื่อง",
        "คน",
        "เดียว",
        "ต่าง",
        "ไทย",
    ),
    *("ครบ", "ครั้ง", "คณะ", "เดือน", "ก่อน", "หลังจาก", "ขึ้น", "อย่าง", "อีก", "วันที่"),
)
"""How words begin that follow the kind of an office when no name does."""

_NAMED_ALIKE = (
    *(
        "ในเมือง",
        "ในคลอง",
        "ในเตา",
        "ผ่านศึก",
        "ร่วมจิต",
        "ร่วมไทย",
        "คนที",
        "ที่วัง",
        "ทำนบ",
        "รับร่อ",
        "ครบุรี",
    ),
)
"""Names of sub-districts that begin like such a word."""

OFFICE_SLIPS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile("องค์กรบริหารส่วน(?=ตำบล|จังหวัด)"), "องค์การบริหารส่วน"),
    (re.compile("องค์กรการบริหารส่วน(?=ตำบล|จังหวัด)"), "องค์การบริหารส่วน"),
    (re.compile("องค์การบริการส่วน(?=ตำบล|จังหวัด)"), "องค์การบริหารส่วน"),
    (re.compile("องค์การบริหารส่วน(?:ตําบล|ตำบน|ตำบ(?!ล))"), "องค์การบริหารส่วนตำบล"),
    (re.compile("องค์การบริหาร(?:งาน)?ตำบล"), "องค์การบริหารส่วนตำบล"),
    (re.compile("องค์การส่วนตำบล"), "องค์การบริหารส่วนตำบล"),
    (re.compile("(?:องค์การ|องการ|องค์กา|องค์ารณ์)บริหารสวน(?=ตำบล)"), "องค์การบริหารส่วน"),
    (re.compile("องการบริหารส่วน(?=ตำบล|จังหวัด)"), "องค์การบริหารส่วน"),
    (re.compile("องค์การบริหารส่วนต\\.(?=[ก-ฮ])"), "องค์การบริหารส่วนตำบล"),
    (re.compile(r"อ\.บ\.ต\."), "อบต."),
    (re.compile(r"(?<![ก-๙.])อบต(?![ก-๙.])"), "อบต."),
    (re.compile("เทศบาลตําบล"), "เทศบาลตำบล"),
    (re.compile("เทศบาบตำบล|เทศบาลต\\.(?=[ก-ฮ])"), "เทศบาลตำบล"),
    (re.compile("นายองค์การบริหารส่วน"), "นายกองค์การบริหารส่วน"),
    (re.compile("นายกองค์บริหารส่วน"), "นายกองค์การบริหารส่วน"),
    (re.compile("สำนักงานปลัดฯ? ?อบต\\."), "สำนักปลัด อบต."),
)
_TRAINING = re.compile(r"(?<![ก-๙])(?:นายก |ปลัด |พนักงาน |รอง)?(อบรม\.)")

_OFFICIAL: tuple[tuple[str, str], ...] = (
    ("ผู้มีส่วนได้เสีย", "ผู้มีส่วนได้ส่วนเสีย"),
    ("ผู้มีส่วนได้ส่วนได้เสีย", "ผู้มีส่วนได้ส่วนเสีย"),
    ("ผู้ส่วนได้ส่วนเสีย", "ผู้มีส่วนได้ส่วนเสีย"),
    ("คุณธรรมและโปร่งใส", "คุณธรรมและความโปร่งใส"),
    ("คุณธรรมและความโปรงใส", "คุณธรรมและความโปร่งใส"),
    ("โปร่งใสและคุณธรรมในการดำเนินงาน", "คุณธรรมและความโปร่งใสในการดำเนินงาน"),
    ("การใช้ทรัพย์สินของทางราชการ", "การใช้ทรัพย์สินของราชการ"),
    ("การบริหารงานเงินงบประมาณ", "การบริหารเงินงบประมาณ"),
    ("การปรับปรุงระบบงาน", "การปรับปรุงระบบการทำงาน"),
    ("การเปิดเผยข้อมูลสาธารณ(", "การเปิดเผยข้อมูลสาธารณะ ("),
    ("แบบวัดการรับรู้ผู้มีส่วนได้", "แบบวัดการรับรู้ของผู้มีส่วนได้"),
    ("แบบวัดการเปิดเผยข้อมูลต่อสาธารณะ", "แบบวัดการเปิดเผยข้อมูลสาธารณะ"),
    ("แบบตรวจการเปิดเผยข้อมูลสาธารณะ", "แบบวัดการเปิดเผยข้อมูลสาธารณะ"),
    ("การดำเนินงานของหน่วยงานรัฐ", "การดำเนินงานของหน่วยงานภาครัฐ"),
    (
        "สำนักงานคณะกรรมการป้องกันและปราบปรามการทุจริตแห่งขาติ",
        "สำนักงานคณะกรรมการป้องกันและปราบปรามการทุจริตแห่งชาติ",
    ),
    ("ป้องกันและปราบปรามทุจริตแห่งชาติ", "ป้องกันและปราบปรามการทุจริตแห่งชาติ"),
)
_INDICATOR = re.compile(r"ตัวชี้วัด(?:ที่|ที)?\s*(\d{1,2})(?![\d.])\s*[:–-]?\s*[“\"(]?\s*(?:ด้าน)?")

_PROVINCES = (
    "กระบี่|กาญจนบุรี|กาฬสินธุ์|กำแพงเพชร|ขอนแก่น|จันทบุรี|ฉะเชิงเทรา|"
    "ชลบุรี|ชัยนาท|ชัยภูมิ|ชุมพร|เชียงราย|เชียงใหม่|ตรัง|ตราด|ตาก|นครนายก|"
    "นครปฐม|นครพนม|นครราชสีมา|นครศรีธรรมราช|นครสวรรค์|นนทบุรี|นราธิวาส|น่าน|"
    "บึงกาฬ|บุรีรัมย์|ปทุมธานี|ประจวบคีรีขันธ์|ปราจีนบุรี|ปัตตานี|"
    "พระนครศรีอยุธยา|พะเยา|พังงา|พัทลุง|พิจิตร|พิษณุโลก|เพชรบุรี|เพชรบูรณ์|"
    "แพร่|ภูเก็ต|มหาสารคาม|มุกดาหาร|แม่ฮ่องสอน|ยโสธร|ยะลา|ร้อยเอ็ด|ระนอง|"
    "ระยอง|ราชบุรี|ลพบุรี|ลำปาง|ลำพูน|เลย|ศรีสะเกษ|สกลนคร|สงขลา|สตูล|"
    "สมุทรปราการ|สมุทรสงคราม|สมุทรสาคร|สระแก้ว|สระบุรี|สิงห์บุรี|สุโขทัย|"
    "สุพรรณบุรี|สุราษฎร์ธานี|สุรินทร์|หนองคาย|หนองบัวลำภู|อ่างทอง|"
    "อำนาจเจริญ|อุดรธานี|อุตรดิตถ์|อุทัยธานี|อุบลราชธานี"
)
_PROVINCE = re.compile(rf"จังหวัด\s?({_PROVINCES})")

_PERSON = re.compile(
    r"(?<![ก-๙])(?P<title>นางสาว|นาย|นาง|น\.ส\.|ว่าที่ร้อยตรี|ว่าที่ร\.ต\.)\s?"
    r"(?P<given>[ก-ฮเ-ไ][ก-ฮะ-ฺเ-๎]+)\s+(?P<family>[ก-ฮเ-ไ][ก-ฮะ-ฺเ-๎]+)"
    r"(?:\s*(?:ตำแหน่ง\s*)(?P<post>[ก-ฮะ-ฺเ-๎]+))?"
)
_NO_PERSON = re.compile(
    r"(?:ก(?:องค์การ|เทศมนตรี|อบต|สมาคม|รัฐมนตรี|$)|ทะเบียน|อำเภอ|ช่าง|จ้าง|แพทย์|ตรวจ|ทหาร|หน้า|ท่า|ประกัน)"
)
_ADDRESSEE = re.compile(r"^\s*เรียน\s+(?P<who>\S.*?)\s*$", re.MULTILINE)
_OPINION = re.compile(
    r"^\s*(?:ความเห็น|ความคิดเห็น)(?:ของ)?\s*(?P<who>[ก-ฮเ-ไ][^\n:]*?)\s*:?\s*$", re.MULTILINE
)
_POSTS = ("นายก", "ปลัด", "รองปลัด", "หัวหน้า", "ผู้อำนวยการ", "นัก", "เจ้าพนักงาน")


def name_findings(entry: UserText, names: Names) -> Iterator[Finding]:
    """Agencies, provinces, persons and posts in a text that are not the office's own."""
    text = entry.text
    if "อ" in text or "เทศบา" in text:
        yield from _misspelt(entry)
        yield from _agencies(entry, names)
    if "จังหวัด" in text:
        yield from _provinces(entry, names)
    if entry.role is Role.NAME:
        return
    if "นา" in text or "น.ส." in text or "ว่าที่" in text:
        yield from _persons(entry, names)
    if "เรียน" in text or "ความเห็น" in text or "ความคิดเห็น" in text:
        yield from _letter_lines(entry, names)


def _misspelt(entry: UserText) -> Iterator[Finding]:
    for pattern, right in OFFICE_SLIPS:
        for match in pattern.finditer(entry.text):
            problem = f"“{match[0]}” เขียนชื่อหน่วยงานผิด"
            yield entry.says("agency-misspelt", match[0], problem, f"แก้เป็น “{right}”", right)
    for match in _TRAINING.finditer(entry.text):
        yield entry.says(
            "agency-misspelt", match[1], "“อบรม.” น่าจะเป็น “อบต.”", "แก้เป็น “อบต.”", "อบต."
        )


def _agencies(entry: UserText, names: Names) -> Iterator[Finding]:
    own = names.office.name.strip()
    if not own:
        return
    for match in _AGENCY_ANYWHERE.finditer(entry.text):
        rest = entry.text[match.end() :]
        mine = match[0] in (names.office.kind, OFFICE_KINDS.get(names.office.kind, ""))
        if rest.startswith(own):
            if not mine:
                wrong = match[0] + own
                problem = f"“{wrong}” ไม่ตรงกับประเภทของหน่วยงาน"
                yield entry.says("agency-kind", wrong, problem, f"แก้เป็น “{names.office.full_name}”")
            continue
        letters = _LETTERS.match(rest)
        if letters and len(letters[0]) > 1 and _is_name(letters[0]):
            wrong = match[0] + letters[0][:20]
            problem = f"“{wrong}” ไม่ใช่ชื่อหน่วยงานนี้"
            yield entry.says(
                "agency-other", wrong, problem, f"ตรวจว่าหมายถึง “{names.office.full_name}” หรือไม่"
            )


def _is_name(letters: str) -> bool:
    """Whether what follows the kind of an office is a name, and not how the sentence goes on."""
    return letters.startswith(_NAMED_ALIKE) or not letters.startswith(_GENERAL)


def _provinces(entry: UserText, names: Names) -> Iterator[Finding]:
    own = names.office.province.strip()
    if own and not entry.place.field.startswith("province"):
        for match in _PROVINCE.finditer(entry.text):
            if match[1] != own:
                problem = f"“จังหวัด{match[1]}” ไม่ใช่จังหวัดของหน่วยงาน"
                yield entry.says("province-other", match[0], problem, "ตรวจชื่อจังหวัด")


def _persons(entry: UserText, names: Names) -> Iterator[Finding]:
    if not names.people:
        return
    for match in _PERSON.finditer(entry.text):
        if match["title"] == "นาย" and _NO_PERSON.match(match["given"]):
            continue
        given, family, title = match["given"], match["family"], match["title"]
        person = next((each for each in names.people if _is(each, given, family)), None)
        typed = entry.text[match.start() : match.end("family")]
        if person is None:
            yield from _unlisted(entry, names, typed, given, family)
            continue
        if person.title and person.title != title:
            problem = f"“{typed}” คำนำหน้าชื่อไม่ตรงกับรายชื่อ"
            yield entry.says("person-title", typed, problem, f"แก้เป็น “{person.full_name}”")
        post = match["post"]
        if post and not any(_alike_post(post, each) for each in (person.position, person.acting)):
            problem = f"ตำแหน่งของ{typed} ไม่ตรงกับรายชื่อ"
            yield entry.says(
                "person-position", post, problem, f"ตำแหน่งในรายชื่อคือ “{person.position}”"
            )


def _unlisted(
    entry: UserText, names: Names, typed: str, given: str, family: str
) -> Iterator[Finding]:
    near = next((each for each in names.people if _near(each, given, family)), None)
    if near is not None:
        problem = f"“{typed}” สะกดไม่ตรงกับรายชื่อ"
        yield entry.says("person-misspelt", typed, problem, f"ชื่อในรายชื่อคือ “{near.full_name}”")
    else:
        problem = f"“{typed}” ไม่อยู่ในรายชื่อบุคคลของหน่วยงาน"
        yield entry.says("person-unknown", typed, problem, "ตรวจชื่อบุคคล")


def _is(person: Person, given: str, family: str) -> bool:
    own = person.family_name
    return person.given_name == given and (not own or family == own or family.startswith(own))


def _near(person: Person, given: str, family: str) -> bool:
    if not person.given_name or not person.family_name:
        return False
    return (
        distance(person.given_name, given) <= 2
        and distance(person.family_name, family[: len(person.family_name) + 1]) <= 2
    )


def _alike_post(post: str, own: str) -> bool:
    flat = own.replace(" ", "")
    return bool(flat) and (flat.startswith(post) or post.startswith(flat))


@lru_cache(maxsize=4096)
def distance(one: str, other: str) -> int:
    """How many letters must change, go or come to make one word of the other."""
    if abs(len(one) - len(other)) > 3:
        return 4
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        before, row[0] = row[0], i
        for j, wanted in enumerate(other, start=1):
            change = before + (letter != wanted)
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, change)
    return row[-1]


def _letter_lines(entry: UserText, names: Names) -> Iterator[Finding]:
    last = names.last_signer
    if last is not None and last.position:
        for match in _ADDRESSEE.finditer(entry.text):
            who = match["who"]
            if not any(
                _alike_post(who.replace(" ", ""), post) for post in (last.position, last.acting)
            ):
                problem = f"เรียนถึง “{who[:40]}” แต่ผู้ลงนามคนสุดท้ายคือ “{last.position}”"
                yield entry.says("addressee", who, problem, "แก้ผู้รับหรือสายการลงนาม")
    posts = [post for each in names.signers for post in (each.position, each.acting) if post]
    for match in _OPINION.finditer(entry.text):
        who = match["who"].replace(" ", "")
        if who.startswith(_POSTS) and not any(_alike_post(who, post) for post in posts):
            problem = f"“{match['who'][:40]}” ไม่ใช่ตำแหน่งของผู้ลงนาม"
            yield entry.says("opinion-role", match["who"], problem, "แก้ให้ตรงกับตำแหน่งของผู้ลงนาม")


def official_names(entry: UserText, codes: Codes) -> Iterator[Finding]:
    """Official names written nearly right, and indicators called by another's name."""
    text = entry.text
    for wrong, right in _OFFICIAL:
        if wrong in text:
            yield entry.says(
                "official-name", wrong, f"“{wrong}” ไม่ใช่ชื่อทางการ", f"ใช้ “{right}”", right
            )
    if "ตัวชี้วัด" in text:
        yield from _indicator_names(entry, codes)


def _indicator_names(entry: UserText, codes: Codes) -> Iterator[Finding]:
    indicators = codes.indicators(entry.year)
    for match in _INDICATOR.finditer(plain_text(entry.text)):
        indicator = indicators.get(match[1])
        if indicator is None:
            if indicators and int(match[1]) > len(indicators):
                typed = entry.text[match.start() : match.end()].strip()
                problem = f"ปี {entry.year} ไม่มีตัวชี้วัดที่ {match[1]}"
                yield entry.says("indicator-name", typed, problem, "ตรวจเลขตัวชี้วัด")
            continue
        rest = entry.text[match.end() :]
        if rest.startswith(indicator.name):
            continue
        also = next((name for name in indicator.also_printed if rest.startswith(name)), "")
        if also:
            problem = f"ชื่อตัวชี้วัดที่ {match[1]} คือ “{indicator.name}”"
            yield entry.says("indicator-name", also, problem, "แก้ชื่อตัวชี้วัด", indicator.name)
            continue
        other = next((each for each in indicators.values() if rest.startswith(each.name)), None)
        if other is not None:
            problem = f"ตัวชี้วัดที่ {match[1]} คือ “{indicator.name}” ไม่ใช่ “{other.name}”"
            yield entry.says("indicator-name", other.name, problem, "แก้เลขหรือชื่อตัวชี้วัด")
            continue
        letters = _LETTERS.match(rest)
        near = _nearest_start(letters[0], indicator.name) if letters else ""
        if near:
            problem = f"ชื่อตัวชี้วัดที่ {match[1]} คือ “{indicator.name}”"
            yield entry.says("indicator-name", near, problem, "แก้ชื่อตัวชี้วัด", indicator.name)


def _nearest_start(text: str, name: str) -> str:
    """The beginning of ``text`` that is nearly ``name``; "" when none is."""
    if distance(text[:4], name[:4]) > 1:
        return ""
    allowed = 1 if len(name) < 14 else 2
    lengths = range(max(4, len(name) - 3), min(len(text), len(name) + 3) + 1)
    best = min(((distance(text[:n], name), n) for n in lengths), default=(9, 0))
    return text[: best[1]] if 0 < best[0] <= allowed else ""


def chain_findings(chain: tuple[ChainLink, ...], people: tuple[Person, ...]) -> Iterator[Finding]:
    """Signers that stand twice, and roles out of their order."""
    seen: set[int] = set()
    listed = {person.id: person for person in people}
    for number, link in enumerate(chain, start=1):
        place = Place("office", link.id, "chain")
        if link.person_id in seen and link.person_id in listed:
            problem = f"ผู้ลงนามลำดับที่ {number} ลงนามไว้แล้วในลำดับก่อน"
            yield found("signer-twice", place, problem, "เลือกผู้ลงนามใหม่", subject=str(number))
        if link.person_id is not None:
            seen.add(link.person_id)
        if not link.role.strip():
            problem = f"ผู้ลงนามลำดับที่ {number} ยังไม่มีหน้าที่"
            yield found("signer-role", place, problem, "เลือกหน้าที่ในสายการลงนาม", subject="")
    ranks = [(link, SIGNER_ROLES.index(link.role)) for link in chain if link.role in SIGNER_ROLES]
    for (_, before), (link, rank) in itertools.pairwise(ranks):
        if rank <= before:
            place = Place("office", link.id, "chain")
            problem = f"หน้าที่ “{link.role}” อยู่ผิดลำดับในสายการลงนาม"
            yield found("signer-role", place, problem, "เรียงลำดับผู้ลงนาม", subject=link.role)


def owner_findings(entry: UserText, divisions: tuple[str, ...]) -> Iterator[Finding]:
    """An owner written nearly like a division of the office, but not quite."""
    for owner in re.split(r"[,/\n]", entry.text):
        name = owner.strip()
        if not name or name in divisions:
            continue
        near = next((each for each in divisions if 0 < distance(name, each) <= 2), None)
        if near is not None and len(name) > 4:
            problem = f"“{name}” สะกดไม่ตรงกับ “{near}”"
            yield entry.says("owner-unknown", name, problem, f"แก้เป็น “{near}”", near)
