"""The table every typesetter of the benchmark is given: five columns of Thai office text.

The sentences are our own and the sample office's. They repeat as they do in offices' reports: a
measure comes back for several indicators, its steps with it, the months and figures differ, so
that most words repeat, many sentences do, and no two rows are equal.
"""

from __future__ import annotations

import json
import random
from pathlib import Path

from ita_desktop.thai.digits import to_thai

SAMPLE = Path(__file__).parents[2] / "resources" / "sample" / "office.json"

HEADINGS = (
    "ประเด็นการประเมิน",
    "มาตรการและขั้นตอนการดำเนินการ",
    "ระยะเวลาและผู้รับผิดชอบ",
    "ผลการดำเนินการ",
    "ปัญหา อุปสรรค และข้อเสนอแนะ",
)
SHARES = (1.2, 2.3, 1.2, 2.7, 2.0)
"""Widths of the columns, relative to each other."""

Row = tuple[str, str, str, str, str]

_INDICATORS = (
    "ตัวชี้วัดที่ 1 การปฏิบัติหน้าที่",
    "ตัวชี้วัดที่ 2 การใช้งบประมาณ",
    "ตัวชี้วัดที่ 3 การใช้อำนาจ",
    "ตัวชี้วัดที่ 4 การใช้ทรัพย์สินของราชการ",
    "ตัวชี้วัดที่ 5 การแก้ไขปัญหาการทุจริต",
    "ตัวชี้วัดที่ 6 คุณภาพการดำเนินงาน",
    "ตัวชี้วัดที่ 7 ประสิทธิภาพการสื่อสาร",
    "ตัวชี้วัดที่ 8 การปรับปรุงระบบการทำงาน",
    "ตัวชี้วัดที่ 9 การเปิดเผยข้อมูล",
    "ตัวชี้วัดที่ 10 การป้องกันการทุจริต",
)
_OPENINGS = (
    "ตามที่ผู้บริหารเห็นชอบแผนปฏิบัติการป้องกันการทุจริต ประจำปีงบประมาณ พ.ศ. {year} แล้ว {division}ได้ดำเนินการดังนี้",
    "{division}รายงานผลการดำเนินการในรอบ {round} เดือน ต่อที่ประชุมหัวหน้าส่วนราชการ"
    "เมื่อวันที่ {day} {month} {year}",
    "จากการประชุมคณะทำงานขับเคลื่อนการประเมิน ITA ครั้งที่ {count}/{year} "
    "ที่ประชุมมีมติให้{division}เป็นผู้รับผิดชอบหลัก",
    "ผลการประเมินข้อ i{item} และ e{item} ได้ {score} คะแนน จึงกำหนดมาตรการเพิ่มเติมให้ชัดเจนขึ้น",
    "ในปีงบประมาณ พ.ศ. {year} มีผู้มาติดต่อราชการกับ{division} จำนวน {many} ราย ไม่พบเรื่องร้องเรียน",
)
_FACTS = (
    "เจ้าหน้าที่เข้ารับการอบรมด้านคุณธรรมและจริยธรรม จำนวน {count} คน คิดเป็นร้อยละ {score} ของบุคลากรทั้งหมด",
    "เผยแพร่คู่มือการปฏิบัติงานบนเว็บไซต์ขององค์การบริหารส่วนตำบลและปิดประกาศ ณ จุดบริการ จำนวน {count} แห่ง",
    "จัดทำหนังสือแจ้งเวียนที่ ตย 00001/{many} ลงวันที่ {day} {month} {year} ให้ทุกส่วนราชการถือปฏิบัติ",
    "ผู้มีส่วนได้ส่วนเสียร่วมให้ข้อเสนอแนะผ่านช่องทางออนไลน์ จำนวน {many} ราย มีความพึงพอใจในระดับมาก",
    "ตรวจสอบทะเบียนคุมทรัพย์สินและครุภัณฑ์ครบทุกรายการ ไม่พบการนำทรัพย์สินของราชการไปใช้ส่วนตัว",
    "ได้มอบหมายให้หัวหน้าสำนักปลัดกำกับ ติดตาม และรายงานผลต่อปลัดองค์การบริหารส่วนตำบลเป็นประจำทุกเดือน",
    "การจัดซื้อจัดจ้างวงเงินเกิน {money} บาท ได้ประกาศในระบบ e-GP และเว็บไซต์"
    "ของหน่วยงาน (www.example.go.th) ทุกโครงการ",
    "นายกองค์การบริหารส่วนตำบลประกาศเจตนารมณ์ “งดรับ งดให้ No Gift Policy” เมื่อวันที่ {day} {month} {year}",
    "ประชุมชี้แจงหลักเกณฑ์การประเมินผลการปฏิบัติราชการและการเลื่อนขั้นเงินเดือนให้บุคลากรทุกคนทราบ",
    "เบิกจ่ายงบประมาณแล้ว {money} บาท คิดเป็นร้อยละ {score} เป็นไปตามแผนการใช้จ่ายงบประมาณประจำปี",
    "เปิดช่องทางรับเรื่องร้องเรียนการทุจริตและประพฤติมิชอบเพิ่มขึ้น {count} ช่องทาง มีระบบคุ้มครองผู้ร้องเรียน",
    "ข้าราชการ พนักงานจ้าง และผู้บริหารลงนามรับทราบประมวลจริยธรรมและข้อกำหนดจริยธรรมครบทุกคน",
)
_PROBLEMS = (
    "บุคลากรมีจำนวนจำกัดและต้องรับผิดชอบงานหลายด้าน ทำให้การรวบรวมข้อมูลล่าช้ากว่ากำหนด {count} วัน",
    "ประชาชนบางส่วนยังไม่ทราบช่องทางการรับบริการอิเล็กทรอนิกส์ (e-Service) ของหน่วยงาน",
    "ระเบียบและหนังสือสั่งการมีการเปลี่ยนแปลงบ่อย เจ้าหน้าที่จึงต้องใช้เวลาทำความเข้าใจเพิ่มขึ้น",
    "ไม่มีปัญหาอุปสรรคในการดำเนินการ",
    "สัญญาณอินเทอร์เน็ตในพื้นที่หมู่ที่ {count} ไม่เสถียร ทำให้การตอบแบบสอบถามออนไลน์ไม่ครบตามเป้าหมาย",
)
_ADVICE = (
    "ควรประชาสัมพันธ์ให้ประชาชนทราบอย่างต่อเนื่องผ่านหอกระจายข่าวและเพจเฟซบุ๊กของหน่วยงาน",
    "ควรจัดอบรมให้ความรู้แก่บุคลากรอย่างน้อยปีละ {count} ครั้ง และประเมินผลก่อนและหลังการอบรม",
    "เห็นควรกำหนดผู้รับผิดชอบแทนเมื่อเจ้าหน้าที่ไปราชการ และรายงานความก้าวหน้าทุก ๆ {round} เดือน",
    "ควรนำผลการวิเคราะห์ไปปรับปรุงขั้นตอนการให้บริการในปีงบประมาณ พ.ศ. {next} ให้สะดวกและรวดเร็วยิ่งขึ้น",
    "ควรติดตามประเมินผลอย่างเป็นรูปธรรม เพื่อรักษามาตรฐานความโปร่งใสและป้องกันผลประโยชน์ทับซ้อน",
)
_MONTHS = (
    *("ตุลาคม", "พฤศจิกายน", "ธันวาคม", "มกราคม", "กุมภาพันธ์", "มีนาคม"),
    *("เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน"),
)


class _Draw:
    """Chooses sentences and fills in their figures; the same seed gives the same text."""

    def __init__(self) -> None:
        office = json.loads(SAMPLE.read_text("utf-8"))
        self.measures = office["measures"]
        self.divisions = office["divisions"]
        self.random = random.Random(2569)

    def fill(self, sentence: str) -> str:
        chance = self.random
        year = chance.choice((2567, 2568, 2569))
        return sentence.format(
            year=year,
            next=year + 1,
            division=chance.choice(self.divisions),
            round=chance.choice((6, 12)),
            day=chance.randint(1, 30),
            month=chance.choice(_MONTHS),
            count=chance.randint(2, 12),
            many=chance.randint(20, 400),
            item=chance.randint(1, 15),
            score=f"{chance.randint(7000, 10000) / 100:.2f}",
            money=f"{chance.randint(20, 900) * 1000:,}",
        )

    def some(self, sentences: tuple[str, ...], least: int, most: int) -> str:
        chosen = self.random.sample(sentences, self.random.randint(least, most))
        return " ".join(self.fill(sentence) for sentence in chosen)

    def row(self) -> Row:
        measure = self.random.choice(self.measures)
        results = measure["progress"] or [{"result": "", "outcome": ""}]
        result = self.random.choice(results)
        first, last = sorted(self.random.sample(_MONTHS, 2), key=_MONTHS.index)
        steps = " ".join(f"({at}) {step}" for at, step in enumerate(measure["steps"], 1))
        told = " ".join(f"{result['result']} {result['outcome']}".split())
        return (
            self.random.choice(_INDICATORS),
            f"{measure['title']} {steps}".strip(),
            f"{first} 2568 - {last} 2569 {' และ'.join(measure['owners'])}",
            f"{self.some(_OPENINGS, 1, 1)} {told} {self.some(_FACTS, 1, 2)}".strip(),
            f"{self.some(_PROBLEMS, 1, 1)} {self.some(_ADVICE, 1, 2)}",
        )


def rows(count: int, distinct: int | None = None) -> list[Row]:
    """The first ``count`` rows of the table, digits in Thai as offices print them.

    With ``distinct`` the rows repeat after that many.
    """
    draw = _Draw()
    made: list[Row] = []
    for _ in range(count if distinct is None else min(count, distinct)):
        first, second, third, fourth, fifth = (to_thai(text) for text in draw.row())
        made.append((first, second, third, fourth, fifth))
    return [made[at % len(made)] for at in range(count)]
