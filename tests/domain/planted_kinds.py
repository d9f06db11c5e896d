"""The kinds of mistakes that are planted; see ``planted``."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.measures import MeasureKind, Status
from ita_desktop.domain.review import Place
from ita_desktop.domain.review.language import misspellings
from ita_desktop.domain.review.rules import RULES
from ita_desktop.domain.review.texts import Role
from ita_desktop.domain.scores import NodeKind
from ita_desktop.thai import words
from tests.domain.planted import (
    OWN,
    WHICH,
    YEAR,
    Kind,
    Plant,
    Planter,
    appended,
    edited,
    passages,
    put_text,
    texts_of,
    trees,
    with_measure,
    with_progress,
    with_score,
)

CENT = Decimal("0.01")


def _items(dossier: Dossier, letters: str) -> list[str]:
    return [code for code in trees(dossier)[0].framework.items if code[0] in letters]


def _score(dossier: Dossier, code: str, score: Decimal) -> Plant:
    name = trees(dossier)[0].nodes[code].name
    named = code if code[0] in "ieo" else name
    return Plant(with_score(dossier, code, score), (Place("scores", YEAR - 1, code),), named)


def transposed(dossier: Dossier) -> Iterator[Plant]:
    for code in _items(dossier, "ie"):
        digits = f"{dossier.sheet(YEAR - 1).entered[code]:.2f}".replace(".", "")
        for at in range(len(digits) - 1):
            made = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
            score = Decimal(made).scaleb(-2)
            if made != digits and score <= 100:
                yield _score(dossier, code, score)
                break


def one_digit(dossier: Dossier) -> Iterator[Plant]:
    for number, code in enumerate(_items(dossier, "ie")):
        digits = f"{dossier.sheet(YEAR - 1).entered[code]:.2f}".replace(".", "")
        at = len(digits) - 1 - number % 3
        made = digits[:at] + str((int(digits[at]) + 5) % 10) + digits[at + 1 :]
        score = Decimal(made).scaleb(-2)
        if score <= 100:
            yield _score(dossier, code, score)


def shifted(dossier: Dossier) -> Iterator[Plant]:
    for code in _items(dossier, "ie"):
        score = dossier.sheet(YEAR - 1).entered[code] / 10
        yield _score(dossier, code, score.quantize(CENT))


def oit_values(dossier: Dossier) -> Iterator[Plant]:
    for number, code in enumerate(_items(dossier, "o")):
        yield _score(dossier, code, Decimal(("10.00", "99.00", "1.00", "50.00")[number % 4]))


def official(kind: NodeKind, *steps: str) -> Planter:
    def plant(dossier: Dossier) -> Iterator[Plant]:
        for code, node in trees(dossier)[0].nodes.items():
            for step in steps:
                score = (node.score or Decimal(0)) - Decimal(step)
                if node.kind is kind and node.score is not None and 0 <= score <= 100:
                    yield _score(dossier, code, score)

    return plant


def respondents(dossier: Dossier) -> Iterator[Plant]:
    sheet = dossier.sheet(YEAR - 1)
    for code, people in sheet.respondents.items():
        for step in (-3, -2, -1, 1, 2, 4):
            changed = replace(sheet, respondents={**sheet.respondents, code: people + step})
            sheets = {**dossier.sheets, YEAR - 1: changed}
            places = (Place("scores", YEAR - 1, code),)
            yield Plant(replace(dossier, sheets=sheets), places, code[0].lower())


def cited(dossier: Dossier) -> Iterator[Plant]:
    """Each score that a passage cites, written a little differently."""
    tree = trees(dossier)[0]
    for entry in texts_of(dossier, Role.PASSAGE):
        code = str(entry.place.record).partition("/")[2]
        score = tree.score(code) if code in tree.nodes else None
        if score is not None and f"{score:.2f}" in entry.text:
            wrong = entry.text.replace(f"{score:.2f}", f"{max(score - 3, Decimal(0)):.2f}", 1)
            yield Plant(put_text(dossier, entry.place, wrong), (entry.place,))


def scale_words(dossier: Dossier) -> Iterator[Plant]:
    for entry in texts_of(dossier, Role.PASSAGE):
        for right, wrong in (("ระดับดีเยี่ยม", "ระดับพอใช้"), ("ระดับดีมาก", "ระดับพอใช้")):
            if f"คะแนน อยู่ใน{right}" in entry.text:
                text = entry.text.replace(right, wrong, 1)
                yield Plant(put_text(dossier, entry.place, text), (entry.place,))


def levels(dossier: Dossier) -> Iterator[Plant]:
    tree = trees(dossier)[0]
    for rule in tree.framework.levels:
        if rule.level != tree.level:
            changed = replace(dossier.sheet(YEAR - 1), official_level=rule.level)
            sheets = {**dossier.sheets, YEAR - 1: changed}
            yield Plant(replace(dossier, sheets=sheets), (Place("scores", YEAR - 1, "level"),))


def other_titles(dossier: Dossier) -> Iterator[Plant]:
    items = trees(dossier)[0].framework.items
    codes = list(items)
    sentences = [
        f"ข้อ {code} {items[other].title}"
        for code, other in itertools.pairwise(codes)
        if items[code].title[:18] != items[other].title[:18] and code[0] == other[0]
    ]
    yield from passages(*sentences[::2])(dossier)


# --- measures ----------------------------------------------------------------------------------


def measure_field(field: str, value: object, page: str = "measures") -> Planter:
    """Plants a value in a field of each measure; on the page of progress, in the round."""

    def plant(dossier: Dossier) -> Iterator[Plant]:
        for measure in dossier.measures_of(YEAR, MeasureKind.MEASURE):
            if field == "title" and measure.continued:
                continue
            place = Place(page, measure.id, field)
            if page == "progress":
                yield Plant(with_progress(dossier, measure, **{field: value}), (place,))
            else:
                yield Plant(with_measure(dossier, replace(measure, **{field: value})), (place,))

    return plant


def no_indicators(dossier: Dossier) -> Iterator[Plant]:
    for measure in dossier.measures_of(YEAR, MeasureKind.MEASURE):
        changed = replace(measure, indicators=(), issues=())
        place = Place("measures", measure.id, "indicators")
        yield Plant(with_measure(dossier, changed), (place,))


def reversed_period(dossier: Dossier) -> Iterator[Plant]:
    for measure in dossier.measures[YEAR]:
        changed = replace(measure, first_month=9, last_month=3, day=None)
        place = Place("measures", measure.id, "first_month")
        yield Plant(with_measure(dossier, changed), (place,))


def strange_day(dossier: Dossier) -> Iterator[Plant]:
    days = (date(2025, 9, 30), date(2026, 10, 1), date(2024, 2, 12), date(2027, 2, 12))
    for number, measure in enumerate(dossier.measures_of(YEAR, MeasureKind.MEASURE)):
        changed = replace(measure, day=days[number % len(days)])
        yield Plant(with_measure(dossier, changed), (Place("measures", measure.id, "day"),))


def unfinished(dossier: Dossier) -> Iterator[Plant]:
    for measure in dossier.measures[YEAR]:
        status = Status.IN_PROGRESS
        place = Place("progress", measure.id, "note")
        yield Plant(with_progress(dossier, measure, status=status, note=""), (place,))


def contrary_status(dossier: Dossier) -> Iterator[Plant]:
    for number, measure in enumerate(dossier.measures[YEAR]):
        place = Place("progress", measure.id, "status")
        if number % 2:
            changed = with_progress(dossier, measure, status=Status.NOT_STARTED, note="รองบประมาณ")
        else:
            result = "อยู่ระหว่างดำเนินการจัดทำร่าง"
            changed = with_progress(dossier, measure, status=Status.DONE, result=result)
        yield Plant(changed, (place,))


def result_of_step(dossier: Dossier) -> Iterator[Plant]:
    for measure in dossier.measures[YEAR]:
        place = Place("progress", measure.id, "result")
        yield Plant(with_progress(dossier, measure, result=measure.steps), (place,))


def fewer_results(dossier: Dossier) -> Iterator[Plant]:
    for measure in dossier.measures[YEAR]:
        steps = "\n".join(("สำรวจข้อมูล", "สรุปข้อมูล", "เสนอผู้บริหาร"))
        changed = replace(measure, steps=steps)
        made = with_progress(dossier, changed, status=Status.DONE, result="สำรวจครบ 3 ครั้ง")
        yield Plant(made, (Place("progress", measure.id, "result"),))


def outcome_of_output(dossier: Dossier) -> Iterator[Plant]:
    for measure in dossier.measures_of(YEAR, MeasureKind.MEASURE):
        place = Place("progress", measure.id, "outcome")
        output = measure.progress_in(WHICH).output
        yield Plant(with_progress(dossier, measure, outcome=output), (place,))


def pasted(dossier: Dossier) -> Iterator[Plant]:
    """The outcome of another measure; told at either of the two places."""
    measures = dossier.measures_of(YEAR, MeasureKind.MEASURE)
    for measure, other in itertools.pairwise(measures):
        text = other.progress_in(WHICH).outcome
        if len(text) >= 30:
            places = tuple(Place("progress", each.id, "outcome") for each in (measure, other))
            yield Plant(with_progress(dossier, measure, outcome=text), places)


def nearly_pasted(dossier: Dossier) -> Iterator[Plant]:
    measures = dossier.measures_of(YEAR, MeasureKind.MEASURE)
    for measure, other in itertools.pairwise(measures):
        text = other.progress_in(WHICH).outcome
        if len(text) >= 44:
            places = tuple(Place("progress", each.id, "outcome") for each in (measure, other))
            near = f"{text[:-1]}{'น' if text[-1] != 'น' else 'ม'}"
            yield Plant(with_progress(dossier, measure, outcome=near), places)


def weak(dossier: Dossier) -> Iterator[Plant]:
    sheet = dossier.sheet(YEAR - 1)
    for code in trees(dossier)[0].framework.indicators:
        entered = {"total": sheet.entered["total"], code: Decimal("80.00")}
        changed = replace(sheet, entered=entered, respondents={}, official_level="")
        measures = tuple(
            replace(each, indicators=tuple(c for c in each.indicators if c != code))
            for each in dossier.measures[YEAR]
        )
        made = replace(
            dossier,
            sheets={**dossier.sheets, YEAR - 1: changed},
            measures={**dossier.measures, YEAR: measures},
        )
        yield Plant(made, (Place("measures", YEAR, code),))


# --- documents, people -------------------------------------------------------------------------


def disclosure(field: str, value: object, *, shift_days: int = 0) -> Planter:
    def plant(dossier: Dossier) -> Iterator[Plant]:
        for code, each in list(dossier.disclosures[YEAR - 1].items())[::2]:
            new = each.day + timedelta(days=shift_days) if shift_days and each.day else value
            listed = {**dossier.disclosures[YEAR - 1], code: replace(each, **{field: new})}
            made = replace(dossier, disclosures={**dossier.disclosures, YEAR - 1: listed})
            place = Place("documents", f"oit/{YEAR - 1}/{code}", field)
            yield Plant(made, (place,))

    return plant


def paper_day(dossier: Dossier) -> Iterator[Plant]:
    for key, paper in dossier.papers.items():
        if key.round not in (0, int(WHICH)) or paper.day is None:
            continue
        for years in (-1, 1):
            day = paper.day.replace(year=paper.day.year + years)
            made = replace(dossier, papers={**dossier.papers, key: replace(paper, day=day)})
            yield Plant(made, (Place("documents", f"{key.kind}/{key.round}", "day"),))


def signers(dossier: Dossier) -> Iterator[Plant]:
    chain = dossier.chain
    for at in range(1, len(chain)):
        twice = replace(chain[at], person_id=chain[at - 1].person_id)
        made = (*chain[:at], twice, *chain[at + 1 :])
        yield Plant(replace(dossier, chain=made), (Place("office", chain[at].id, "chain"),))
        role = replace(chain[at], role=chain[at - 1].role)
        made = (*chain[:at], role, *chain[at + 1 :])
        yield Plant(replace(dossier, chain=made), (Place("office", chain[at].id, "chain"),))


def other_office_posts(dossier: Dossier) -> Iterator[Plant]:
    for person in dossier.people:
        if OWN in person.position:
            for name in ("ดอนแก้ว", "หนองบัว", "บ้านใหม่", "ท่าศาลา"):
                changed = replace(person, position=person.position.replace("ตัวอย่าง", name))
                people = tuple(changed if p.id == person.id else p for p in dossier.people)
                place = Place("office", person.id, "person")
                yield Plant(replace(dossier, people=people), (place,))


def near_owners(dossier: Dossier) -> Iterator[Plant]:
    for measure in dossier.measures[YEAR]:
        owners = measure.owners
        wrong = owners.replace("สำนักปลัด", "สำนักปัด").replace("กองคลัง", "กองคลั่ง")
        wrong = wrong.replace("กองช่าง", "กองชาง")
        if wrong != owners:
            place = Place("measures", measure.id, "owners")
            yield Plant(with_measure(dossier, replace(measure, owners=wrong)), (place,))


def captions(dossier: Dossier) -> Iterator[Plant]:
    for measure in dossier.measures[YEAR]:
        for photo in measure.progress_in(WHICH).photos:
            blank = tuple(
                replace(each, caption="") if each.id == photo.id else each
                for each in measure.progress_in(WHICH).photos
            )
            place = Place("progress", measure.id, f"photo/{photo.id}")
            yield Plant(with_progress(dossier, measure, photos=blank), (place,))


# --- language ----------------------------------------------------------------------------------


def misspelt(text: str, number: int) -> str | None:
    pairs = [(w, r) for w, r in misspellings().items() if r in text]
    if not pairs:
        return None
    wrong, right = pairs[number % len(pairs)]
    return text.replace(right, wrong, 1)


def doubled(text: str, number: int) -> str | None:
    parts = list(words.tokens(text))
    long = [i for i, part in enumerate(parts) if len(part) >= 3 and "ก" <= part[0] <= "ไ"]
    if not long:
        return None
    at = long[number % len(long)]
    return "".join([*parts[: at + 1], parts[at], *parts[at + 1 :]])


def swapped(old: str, new: str) -> Planter:
    def change(text: str, _number: int) -> str | None:
        return text.replace(old, new, 1) if old in text else None

    return edited(change, every=3)


def inserted(*signs: str) -> Planter:
    def change(text: str, number: int) -> str | None:
        at = 2 + number * 7 % max(len(text) - 3, 1)
        return text[:at] + signs[number % len(signs)] + text[at:]

    return edited(change, every=5)


def tone_first(text: str, number: int) -> str | None:
    at = next((i for i in range(len(text) - 1) if text[i] in "ิีึืุูั" and text[i + 1] in "่้"), None)
    return None if at is None else text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def mark_twice(text: str, number: int) -> str | None:
    places = [i for i, sign in enumerate(text) if sign in "่้ิีุู์็ั"]
    if not places:
        return None
    at = places[number % len(places)]
    return text[: at + 1] + text[at] + text[at + 1 :]


def thai_digit(text: str, number: int) -> str | None:
    digits = [i for i, sign in enumerate(text) if sign.isdigit() and not _latin(text, i)]
    if len(digits) < 2:
        return f"{text}\nครบ 3 ครั้ง ใน ๒ เดือน"
    at = digits[number % len(digits)]
    return text[:at] + "๐๑๒๓๔๕๖๗๘๙"[int(text[at])] + text[at + 1 :]


def _latin(text: str, at: int) -> bool:
    while at >= 0 and text[at].isascii() and (text[at].isalnum() or text[at] in ".-/"):
        at -= 1
        if text[at].isascii() and text[at].isalpha():
            return True
    return False


def open_end(text: str, number: int) -> str | None:
    ends = (
        "เมื่อวันที่",
        "ณ วันที่",
        "จำนวน",
        "เช่น",
        "และ",
        "โดย",
        "(",
        "เพื่อ",
        "ร้อยละ",
        "จาก",
        "หรือ",
        "ซึ่ง",
    )
    return f"{text} {ends[number % len(ends)]}"


def brackets(text: str, number: int) -> str | None:
    return f"{text} {('(ฉบับปรับปรุง', 'ฉบับปรับปรุง)', '“ใสสะอาด', '[ร่าง')[number % 4]}"


# --- all of them -------------------------------------------------------------------------------


def _letters(letters: str) -> frozenset[str]:
    return frozenset(name for name, info in RULES.items() if info.letter in letters)


_DONE = (Role.RESULT,)
_RIGHT_AND_WRONG: tuple[
    tuple[str, str, tuple[Role, ...], tuple[str, ...], tuple[str, ...]], ...
] = (
    # name, classes, roles, wrong sentences, right sentences
    (
        "count of a list",
        "B",
        (Role.RESULT, Role.PASSAGE, Role.NOTE),
        (
            "มีช่องทาง จำนวน 4 ช่องทาง ได้แก่ 1) เว็บไซต์ 2) โทรศัพท์ 3) ตู้รับเรื่อง",
            "ประกาศ จำนวน 2 ฉบับ ได้แก่ “งดรับของขวัญ”, “เจตจำนงสุจริต”, “มาตรการภายใน”",
            "ข้อที่ต้องติดตาม จำนวน 3 ข้อ ได้แก่ i1, i4, i7, i10",
            "เผยแพร่ 5 รายการ ดังนี้\n- แผนงาน\n- งบประมาณ\n- รายงานประจำเดือน",
            "ได้รับข้อเสนอ 4 เรื่อง ได้แก่ ถนน ไฟฟ้า และประปา",
            "ออกประกาศ จำนวน 2 ประกาศ\n1.1 งดรับของขวัญ\n1.2 เจตจำนงสุจริต\n1.3 มาตรการภายใน",
        ),
        (
            "มีช่องทาง จำนวน 3 ช่องทาง ได้แก่ 1) เว็บไซต์ 2) โทรศัพท์ 3) ตู้รับเรื่อง",
            "ประกาศ จำนวน 3 ฉบับ ได้แก่ “งดรับของขวัญ”, “เจตจำนงสุจริต”, “มาตรการภายใน”",
            "ข้อที่ต้องติดตาม จำนวน 4 ข้อ ได้แก่ i1, i4, i7, i10",
            "เผยแพร่ 3 รายการ ดังนี้\n- แผนงาน\n- งบประมาณ\n- รายงานประจำเดือน",
            "ได้รับข้อเสนอ 3 เรื่อง ได้แก่ ถนน ไฟฟ้า และประปา",
            "ออกประกาศ จำนวน 2 ประกาศ\n1.1 งดรับของขวัญ\n1.2 เจตจำนงสุจริต",
            "- จัดอบรม 3 ครั้ง\n- สรุปผลอบรม\n- รายงานผู้บริหาร",
            "แจ้งหน่วยงานใน 2 เรื่อง ได้แก่ งานสารบรรณ (ข้อ e3: 97.56)",
        ),
    ),
    (
        "count of the data",
        "B",
        (),
        ("ครอบคลุมตัวชี้วัดทั้งหมด 9 ตัวชี้วัด", "รวมมาตรการทั้งสิ้น 12 มาตรการ", "ทั้งหมด 8 ประเด็น"),
        ("ครอบคลุมตัวชี้วัดทั้งหมด 10 ตัวชี้วัด", "รวมมาตรการทั้งสิ้น 7 มาตรการ", "ทั้งหมด 7 ประเด็น"),
    ),
    (
        "count by status",
        "B",
        (),
        ("ดำเนินการแล้วเสร็จ จำนวน 5 มาตรการ", "อยู่ระหว่างดำเนินการ จำนวน 2 มาตรการ"),
        ("ดำเนินการแล้วเสร็จ จำนวน 7 มาตรการ", "ดำเนินการแล้วเสร็จ 7 มาตรการ"),
    ),
    (
        "code of no year",
        "C",
        _DONE,
        ("แก้ไขตามข้อ i46 แล้ว", "แก้ไขตามข้อ e75 แล้ว", "แก้ไขตามข้อ o91 แล้ว"),
        ("แก้ไขตามข้อ i1 แล้ว", "แก้ไขตามข้อ e7 แล้ว", "แก้ไขตามข้อ o19 แล้ว"),
    ),
    (
        "code of another year",
        "C",
        _DONE,
        ("เผยแพร่ตามข้อ o35 แล้ว", "เผยแพร่ตามข้อ o๔๓ แล้ว", "ตามข้อ i28 แล้ว"),
        ("เผยแพร่ตามข้อ o28 แล้ว", "เผยแพร่ตามข้อ o27 แล้ว", "ตามข้อ i15 แล้ว"),
    ),
    (
        "letter of a code",
        "CK",
        _DONE,
        ("เผยแพร่ตามข้อ ๐๑๒ แล้ว", "ตามข้อ l4 แล้ว", "ตามข้อ о12 แล้ว", "ตามข้อ е3 แล้ว"),
        ("เผยแพร่ตามข้อ o12 แล้ว", "ตามข้อ i4 แล้ว", "ตามข้อ o13 แล้ว", "ตามข้อ e3 แล้ว"),
    ),
    (
        "year far off",
        "D",
        (),
        ("ตามแผนปีงบประมาณ พ.ศ. 2596", "ในปีงบประมาณ 2559", "ประจำปีงบประมาณ พ.ศ. 2659"),
        ("ตามแผนปีงบประมาณ พ.ศ. 2569", "ในปีงบประมาณ 2568", "ตามแผนพัฒนาท้องถิ่น (พ.ศ. 2566-2570)"),
    ),
    (
        "christian year",
        "D",
        (),
        ("ในปีงบประมาณ 2026", "เมื่อวันที่ 5 มกราคม 2026", "ประจำปี 2025"),
        ("ในปีงบประมาณ 2569", "เมื่อวันที่ 5 มกราคม 2569", "ประจำปี 2568"),
    ),
    (
        "year of the measures",
        "D",
        (Role.PASSAGE,),
        ("มาตรการส่งเสริมความโปร่งใส ประจำปีงบประมาณ พ.ศ. 2568",),
        ("มาตรการส่งเสริมความโปร่งใส ประจำปีงบประมาณ พ.ศ. 2569",),
    ),
    (
        "analysed year",
        "D",
        (Role.PASSAGE,),
        ("จากผลการวิเคราะห์ ประจำปีงบประมาณ พ.ศ. 2569", "ผลการประเมินในปีงบประมาณ 2569"),
        ("จากผลการวิเคราะห์ ประจำปีงบประมาณ พ.ศ. 2568", "ผลการประเมินในปีงบประมาณ 2568"),
    ),
    (
        "cut year",
        "D",
        (),
        ("เมื่อวันที่ 5 มกราคม พ.ศ. 25", "ในปีงบประมาณ พ.ศ. 256", "ประกาศ พ.ศ. 25"),
        ("เมื่อวันที่ 5 มกราคม 2569", "ในปีงบประมาณ พ.ศ. 2569", "ประกาศ พ.ศ. 2569"),
    ),
    (
        "no such day",
        "D",
        (),
        ("ประชุมวันที่ 31 กุมภาพันธ์ 2569", "ประชุมวันที่ 31 เมษายน 2569", "ประชุมวันที่ 32 มี.ค. 2569"),
        ("ประชุมวันที่ 28 กุมภาพันธ์ 2569", "ประชุมวันที่ 30 เมษายน 2569", "ประชุมวันที่ 31 มี.ค. 2569"),
    ),
    (
        "wrong weekday",
        "D",
        (),
        ("จัดประชุมวันจันทร์ที่ 12 กุมภาพันธ์ 2569", "จัดประชุมวันศุกร์ที่ 5 มกราคม 2569"),
        ("จัดประชุมวันพฤหัสบดีที่ 12 กุมภาพันธ์ 2569", "จัดประชุมวันจันทร์ที่ 5 มกราคม 2569"),
    ),
    (
        "half a date",
        "D",
        (),
        ("จัดประชุมเมื่อวันที่ 12 กุมภาพันธ์", "ลงวันที่ มกราคม 2569", "ประกาศเมื่อวันที่ 12"),
        ("จัดประชุมเมื่อวันที่ 12 กุมภาพันธ์ 2569", "ลงวันที่ 5 มกราคม 2569", "ภายในวันที่ 5 ของทุกเดือน"),
    ),
    (
        "date before the period",
        "D",
        _DONE,
        ("จัดอบรมเมื่อวันที่ 7 มกราคม 2568", "ประชุมเมื่อ 3 มิ.ย. 2566", "ประชุม 5/2/2568"),
        ("จัดอบรมเมื่อวันที่ 7 มกราคม 2569", "ประชุมเมื่อ 3 มิ.ย. 2569", "ตามคำสั่งลงวันที่ 1 มีนาคม 2565"),
    ),
    (
        "date after the round",
        "D",
        _DONE,
        ("จัดอบรมเมื่อวันที่ 7 ตุลาคม 2569", "ประชุมเมื่อ 3 มิ.ย. 2570", "ประชุม 5/2/2570"),
        ("จัดอบรมเมื่อวันที่ 7 กันยายน 2569", "ประชุมเมื่อ 3 มิ.ย. 69", "ประชุม 5/2/2569"),
    ),
    (
        "after the document",
        "D",
        (Role.PASSAGE,),
        ("ได้จัดประชุมเมื่อวันที่ 20 ตุลาคม 2569", "ประกาศแล้วเมื่อวันที่ 1 พ.ย. 2569"),
        ("ได้จัดประชุมเมื่อวันที่ 5 ตุลาคม 2569", "จะจัดประชุมในวันที่ 20 ตุลาคม 2569"),
    ),
    (
        "placeholder of nothing",
        "C",
        (Role.PASSAGE,),
        ("ได้คะแนน {score:i99}", "ตัวชี้วัดแรก{change:11}", "{mean:issue9} คะแนน"),
        ("ได้คะแนน {score:i9}", "ตัวชี้วัดแรก{change:1}", "{mean:issue7} คะแนน"),
    ),
    (
        "no such round",
        "D",
        (),
        ("รายงานผลรอบ 5 เดือน", "รายงานผลรอบ 16 เดือน", "รายงานผลรอบ 8 เดือน"),
        ("รายงานผลรอบ 6 เดือน", "รายงานผลรอบ 12 เดือน", "รายงานผลรอบ 3 เดือน"),
    ),
    (
        "another agency",
        "E",
        (),
        (
            "องค์การบริหารส่วนตำบลดอนแก้ว จัดประชุมแล้ว",
            "ตามประกาศ อบต.หนองบัว",
            "เทศบาลตำบลบ้านใหม่ เผยแพร่ข้อมูล",
            "ประชาชนในเขต ทต.ท่าศาลา",
        ),
        (
            f"{OWN} จัดประชุมแล้ว",
            "ตามประกาศ อบต.ตัวอย่าง",
            "องค์การบริหารส่วนตำบลเผยแพร่ข้อมูล",
            "พนักงานองค์การบริหารส่วนตำบลทุกคน",
        ),
    ),
    (
        "kind of the agency",
        "E",
        (),
        ("เทศบาลตำบลตัวอย่าง เผยแพร่ข้อมูล", "ตามประกาศ ทต.ตัวอย่าง"),
        (f"{OWN} เผยแพร่ข้อมูล", "ตามประกาศ อบต.ตัวอย่าง"),
    ),
    (
        "misspelt agency",
        "E",
        (),
        (
            "องค์กรบริหารส่วนตำบลตัวอย่าง จัดประชุม",
            "องค์การบริหารตำบลตัวอย่าง จัดประชุม",
            "องค์การบริการส่วนตำบลตัวอย่าง จัดประชุม",
            "ประกาศ อบต ตัวอย่าง",
            "พนักงาน อบรม. ทุกคน",
            f"เรียน นาย{OWN}",
        ),
        (
            f"{OWN} จัดประชุม",
            "ประกาศ อบต. ตัวอย่าง",
            "พนักงาน อบต. ทุกคน",
            "องค์กรปกครองส่วนท้องถิ่น",
            "อบรมพนักงานทุกคน",
            f"เรียน นายก{OWN}",
        ),
    ),
    (
        "another province",
        "E",
        (),
        ("อบรมที่จังหวัดเชียงใหม่", "ประสานจังหวัดสระบุรี", "ศาลากลางจังหวัดพิจิตร"),
        ("อบรมที่จังหวัดตัวอย่าง", "ประสานจังหวัด", "ศาลากลางจังหวัด"),
    ),
    (
        "misspelt person",
        "E",
        (),
        ("นายสมชาย นามสมุติ เป็นประธาน", "นางสมศี นามสมมุติ ชี้แจง", "นางสมหญิง นามสมมุติ บันทึก"),
        ("นายสมชาย นามสมมุติ เป็นประธาน", "นางสมศรี นามสมมุติ ชี้แจง", "นางสาวสมหญิง นามสมมุติ บันทึก"),
    ),
    (
        "unknown person",
        "E",
        (),
        ("นายวิชัย ใจดี เป็นประธาน", "นางสาวปราณี มีสุข ชี้แจง"),
        ("นายสมหมาย นามสมมุติ เป็นประธาน", "นายก อบต. เป็นประธาน", "นายทะเบียน ชี้แจง"),
    ),
    (
        "post of a person",
        "E",
        (),
        ("นายสมชาย นามสมมุติ ตำแหน่งผู้อำนวยการกองคลัง", "นางสมศรี นามสมมุติ ตำแหน่ง ปลัดอำเภอ"),
        (
            "นางสมศรี นามสมมุติ ตำแหน่งนักจัดการงานทั่วไปชำนาญการ",
            f"นายสมชาย นามสมมุติ ตำแหน่ง ปลัด{OWN}",
        ),
    ),
    (
        "addressee",
        "E",
        (Role.PASSAGE,),
        ("เรียน นายอำเภอตัวอย่าง", f"เรียน ปลัด{OWN}", "เรียน ผู้ว่าราชการจังหวัด"),
        (f"เรียน นายก{OWN}",),
    ),
    (
        "opinion",
        "E",
        (Role.PASSAGE,),
        ("ความเห็นของหัวหน้าส่วนการคลัง", "ความเห็นนายกเทศมนตรี", "ความเห็น ผู้อำนวยการกองคลัง"),
        (f"ความเห็นของนายก{OWN}", f"ความเห็นปลัด{OWN}"),
    ),
    (
        "official name",
        "E",
        (),
        (
            "การใช้ทรัพย์สินของทางราชการ",
            "ผู้มีส่วนได้เสียภายนอก",
            "การประเมินคุณธรรมและโปร่งใส",
            "แบบตรวจการเปิดเผยข้อมูลสาธารณะ",
        ),
        (
            "การใช้ทรัพย์สินของราชการ",
            "ผู้มีส่วนได้ส่วนเสียภายนอก",
            "การประเมินคุณธรรมและความโปร่งใส",
            "แบบวัดการเปิดเผยข้อมูลสาธารณะ",
        ),
    ),
    (
        "name of an indicator",
        "E",
        (),
        (
            "ตัวชี้วัดที่ 4 การใช้อำนาจ",
            "ตัวชี้วัดที่ 8 การปรับปรุงการทำงาน",
            "ตัวชี้วัดที่ 1 การปฏิบัตหน้าที่",
            "ตัวชี้วัดที่ 11 การเปิดเผยข้อมูล",
        ),
        (
            "ตัวชี้วัดที่ 3 การใช้อำนาจ",
            "ตัวชี้วัดที่ 8 การปรับปรุงระบบการทำงาน",
            "ตัวชี้วัดที่ 1 การปฏิบัติหน้าที่",
            "ตัวชี้วัดที่ 9 การเปิดเผยข้อมูล",
        ),
    ),
    (
        "gap in numbering",
        "F",
        (Role.PASSAGE,),
        ("1. สำรวจข้อมูล\n2. สรุปข้อมูล\n4. รายงานข้อมูล", "2) สำรวจข้อมูล\n3) สรุปข้อมูล"),
        ("1. สำรวจข้อมูล\n2. สรุปข้อมูล\n3. รายงานข้อมูล", "1) สำรวจข้อมูล\n2) สรุปข้อมูล"),
    ),
    (
        "number twice",
        "F",
        (Role.PASSAGE,),
        ("1. สำรวจข้อมูล\n2. สรุปข้อมูล\n2. รายงานข้อมูล", "๑. สำรวจข้อมูล\n๑. สรุปข้อมูล\n๒. ส่งข้อมูล"),
        ("1. สำรวจข้อมูล\n2. สรุปข้อมูล\n3. รายงานข้อมูล",),
    ),
    (
        "percent and points",
        "H",
        (),
        ("เพิ่มขึ้นร้อยละ 43.11 คะแนน", "ลดลง 3.20% คะแนน", "คิดเป็นร้อยละ 12.50 %"),
        ("เพิ่มขึ้นร้อยละ 43.11", "ลดลง 3.20 คะแนน", "คิดเป็นร้อยละ 12.50"),
    ),
    (
        "short form",
        "K",
        (),
        ("ประกาศ พ.ศ 2569", "ตามที่ ป.ป.ช กำหนด", "ตาม พ.ร.บ ข้อมูลข่าวสาร", "สำนักงาน ปปช."),
        ("ประกาศ พ.ศ. 2569", "ตามที่ ป.ป.ช. กำหนด", "ตาม พ.ร.บ. ข้อมูลข่าวสาร"),
    ),
    (
        "comma for a point",
        "K",
        (),
        ("ความพึงพอใจร้อยละ 92,15", "ได้ 87,50 คะแนน"),
        ("ความพึงพอใจร้อยละ 92.15", "เบิกจ่าย 1,250 บาท"),
    ),
    (
        "repeat sign",
        "K",
        (),
        ("ปรับปรุงสิ่งต่างๆให้ดี", "ทำซ้ำ ๆ ๆ ไป", "งานต่างๆ และเรื่องอื่น ๆ"),
        ("ปรับปรุงสิ่งต่าง ๆ ให้ดี", "ทำซ้ำ ๆ ไป", "งานต่างๆ และเรื่องอื่นๆ"),
    ),
    (
        "over a hundred",
        "A",
        (),
        ("คะแนนเฉลี่ย 193.20", "ร้อยละ 932", "ได้ 9338.00 คะแนน"),
        ("ความพึงพอใจเฉลี่ย 93.20", "ร้อยละ 93", "ผู้ร่วมงาน 193 คน"),
    ),
)
_CONTRARY: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    # name, classes, wrong passages, right passages: i10 74.55, e3 97.56, i3 100.00, 4 rose
    (
        "praise of a low score",
        "H",
        ("ข้อ i10 อยู่ในระดับดีเยี่ยม", "ข้อ i10 มีผลดีมาก", "ข้อ i10 เป็นจุดแข็งของหน่วยงาน"),
        ("ข้อ i10 ยังไม่อยู่ในระดับดีเยี่ยม", "ข้อ e3 มีผลดีเยี่ยม", "พัฒนาข้อ i10 ให้อยู่ในระดับดีมาก"),
    ),
    (
        "blame of a high score",
        "H",
        ("ข้อ e3 ต้องปรับปรุง", "ข้อ e3 เป็นจุดอ่อน", "ข้อ i3 ต่ำมาก", "ข้อ i7 น่าเป็นห่วง"),
        ("ข้อ i10 ต้องปรับปรุง", "ข้อ i10 เป็นจุดอ่อน", "ข้อ e3 ไม่มีส่วนที่ต้องปรับปรุง"),
    ),
    (
        "pass mark",
        "H",
        ("ข้อ e3 ไม่ผ่านเกณฑ์", "ตัวชี้วัดที่ 1 ต่ำกว่าเกณฑ์", "ข้อ i10 ผ่านเกณฑ์แล้ว"),
        ("ข้อ i10 ไม่ผ่านเกณฑ์", "ตัวชี้วัดที่ 1 ผ่านเกณฑ์", "ข้อ e3 สูงกว่าเกณฑ์"),
    ),
    (
        "change the other way",
        "H",
        (
            "คะแนนตัวชี้วัดที่ 4 คะแนนลดลงจากปีก่อน",
            "ตัวชี้วัดที่ 1 มีคะแนนลดลง",
            "ตัวชี้วัดที่ 2 คะแนนคงที่",
            "ตัวชี้วัดที่ 5 ลดลงจากปีก่อน",
            "ตัวชี้วัดที่ 6 มีคะแนนลดลง",
        ),
        (
            "ตัวชี้วัดที่ 4 คะแนนเพิ่มขึ้นจากปีก่อน",
            "ตัวชี้วัดที่ 1 มีคะแนนเพิ่มขึ้น",
            "ตัวชี้วัดที่ 2 ควรมีคะแนนเพิ่มขึ้น",
        ),
    ),
    (
        "negative item",
        "H",
        ("ข้อ i3 เจ้าหน้าที่มีการเรียกรับสินบน", "ข้อ i7 ผู้บังคับบัญชาสั่งให้ทำธุระส่วนตัว"),
        ("ข้อ i3 เจ้าหน้าที่ไม่มีการเรียกรับสินบน", "ข้อ i7 ไม่มีการสั่งให้ทำธุระส่วนตัว"),
    ),
    (
        "level in a text",
        "G",
        ("คะแนนรวมอยู่ในระดับผ่านดีเยี่ยม", "คะแนนรวม ระดับ “ผ่าน”", "คะแนนรวมอยู่ในระดับต้องปรับปรุง"),
        ("คะแนนรวมอยู่ในระดับผ่านดี", "คะแนนรวม ระดับ “ผ่านดี”"),
    ),
)


def harmless() -> list[Kind]:
    """Right sentences in the same places: nothing may be found."""
    made = [
        Kind(f"{name} (right)", frozenset(), appended(*right, roles=roles, every=5))
        for name, _, roles, _, right in _RIGHT_AND_WRONG
    ]
    made += [
        Kind(f"{name} (right)", frozenset(), passages(*right)) for name, _, _, right in _CONTRARY
    ]
    return made


def kinds() -> list[Kind]:
    """Every kind of mistake."""
    return [
        *_figure_kinds(),
        *(
            Kind(name, _letters(letters), appended(*wrong, roles=roles))
            for name, letters, roles, wrong, _ in _RIGHT_AND_WRONG
        ),
        *(Kind(name, _letters(letters), passages(*wrong)) for name, letters, wrong, _ in _CONTRARY),
        *_measure_kinds(),
        *_record_kinds(),
        *_language_kinds(),
    ]


def _figure_kinds() -> list[Kind]:
    a, g = _letters("A"), _letters("G")
    return [
        Kind("score transposed", a, transposed),
        Kind("score with another digit", a, one_digit),
        Kind("decimal shifted", a, shifted),
        Kind("score of an OIT item", a, oit_values),
        Kind("official indicator", a, official(NodeKind.INDICATOR, "0.10", "1.00")),
        Kind("official instrument", a, official(NodeKind.INSTRUMENT, "0.10", "1.00")),
        Kind("official total", a, official(NodeKind.TOTAL, "0.05", "-0.05", "1.00")),
        Kind("number of respondents", a, respondents),
        Kind("score cited in a text", a, cited),
        Kind("official level", g, levels),
        Kind("word of the scale", _letters("GH"), scale_words),
        Kind("title of another item", _letters("C"), other_titles),
    ]


def _measure_kinds() -> list[Kind]:
    d, i = _letters("D"), _letters("I")
    return [
        Kind("measure without steps", i, measure_field("steps", "")),
        Kind("measure without owner", i, measure_field("owners", "")),
        Kind("measure without title", i, measure_field("title", "")),
        Kind("measure without indicator", i, no_indicators),
        Kind("measure without status", i, measure_field("status", None, "progress")),
        Kind("measure without result", i, measure_field("result", "", "progress")),
        Kind("measure without outcome", i, measure_field("outcome", "", "progress")),
        Kind("period reversed", d, reversed_period),
        Kind("day outside the year", d, strange_day),
        Kind("unfinished, unexplained", i, unfinished),
        Kind("status against result", _letters("H"), contrary_status),
        Kind("result copies the plan", _letters("H"), result_of_step),
        Kind("steps without result", i, fewer_results),
        Kind("outcome is output", _letters("H"), outcome_of_output),
        Kind("pasted from a measure", _letters("F"), pasted),
        Kind("nearly pasted", _letters("F"), nearly_pasted),
        Kind("weak without measure", i, weak),
        Kind("photo without caption", i, captions),
    ]


def _record_kinds() -> list[Kind]:
    return [
        Kind("code of a measure", _letters("C"), measure_codes),
        Kind("disclosed without address", _letters("I"), disclosure("url", "")),
        Kind("day of disclosure", _letters("D"), disclosure("day", None, shift_days=365)),
        Kind("not disclosed, full score", _letters("H"), disclosure("disclosed", False)),
        Kind("day of a document", _letters("D"), paper_day),
        Kind("signers", _letters("E"), signers),
        Kind("post at another agency", _letters("E"), other_office_posts),
        Kind("owner misspelt", _letters("EK"), near_owners),
    ]


def measure_codes(dossier: Dossier) -> Iterator[Plant]:
    for number, measure in enumerate(dossier.measures_of(YEAR, MeasureKind.MEASURE)):
        place = Place("measures", measure.id, "indicators")
        changed = replace(measure, indicators=(("11", "9.9", "i99", "99")[number % 4],))
        yield Plant(with_measure(dossier, changed), (place,))


def _language_kinds() -> list[Kind]:
    k, f, i = _letters("K"), _letters("F"), _letters("I")
    return [
        Kind("misspelling", k, edited(misspelt, every=2)),
        Kind("word doubled", k, edited(doubled, every=3)),
        Kind("two sara e", k, swapped("แ", "เเ")),
        Kind("nikhahit and sara aa", k, swapped("ำ", "ํา")),
        Kind("invisible character", k, inserted("\u200b", "\u00a0", "\ufeff", "\u00ad", "\x02")),
        Kind("tone before vowel", k, edited(tone_first)),
        Kind("mark twice", k, edited(mark_twice)),
        Kind("look-alike letter", k, inserted("с", "ο", "а", "ｅ")),
        Kind("mixed digits", k, edited(thai_digit, Role.RESULT, Role.PASSAGE, every=3)),
        Kind("sentence left open", i, edited(open_end)),
        Kind("bracket", f, edited(brackets)),
    ]
