"""What the report on measures still misses: office, signers, scores, measures and progress."""

from __future__ import annotations

from collections.abc import Iterator

from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.framework import Framework
from ita_desktop.domain.measures import Measure, MeasureKind, Status, owner_names, points
from ita_desktop.domain.review.figures import suspects_text
from ita_desktop.domain.review.kinds import Finding, Place
from ita_desktop.domain.review.rules import found
from ita_desktop.domain.scores import ScoreTree, score_tree


def review_report(
    dossier: Dossier, framework: Framework, year: int, which: Round
) -> tuple[Finding, ...]:
    """What the report on measures of ``year`` still misses in that round.

    ``framework`` is that of the analysed year (``year`` - 1).
    """
    tree = score_tree(framework, dossier.sheet(framework.year))
    return (
        *office_findings(dossier),
        *score_findings(tree),
        *plan_findings(dossier, framework, year, which),
    )


def office_findings(dossier: Dossier) -> Iterator[Finding]:
    """What is missing on the page of the office."""
    yield from _office(dossier)
    yield from _chain(dossier)


def _missing(place: Place, rule: str, problem: str, mend: str) -> Finding:
    return found(rule, place, problem, mend)


def _office(dossier: Dossier) -> Iterator[Finding]:
    names = {"name": "ชื่อหน่วยงาน", "district": "อำเภอ", "province": "จังหวัด"}
    for field, label in names.items():
        if not getattr(dossier.office, field).strip():
            place = Place("office", field=field)
            mend = f"กรอก{label}ในหน้าหน่วยงาน"
            yield _missing(place, "office-missing", f"ยังไม่ได้กรอก{label}", mend)


def _chain(dossier: Dossier) -> Iterator[Finding]:
    if not dossier.chain:
        place = Place("office", field="chain")
        yield _missing(place, "chain-missing", "ยังไม่มีผู้ลงนาม", "เพิ่มผู้ลงนามในหน้าหน่วยงาน")
    for number, link in enumerate(dossier.chain, start=1):
        person, place = dossier.person(link.person_id), Place("office", link.id, "chain")
        if person is None:
            problem = f"ผู้ลงนามลำดับที่ {number} ยังไม่ได้เลือกบุคคล"
            yield _missing(place, "signer-missing", problem, "เลือกบุคคลในสายการลงนาม")
        elif not (person.given_name.strip() and person.position.strip()):
            yield _missing(
                Place("office", person.id, "person"),
                "person-incomplete",
                f"ผู้ลงนามลำดับที่ {number} ยังไม่มีชื่อหรือตำแหน่ง",
                "กรอกชื่อและตำแหน่งในรายชื่อบุคคล",
            )


def score_findings(tree: ScoreTree) -> Iterator[Finding]:
    """Scores of the analysed year that are missing or can't come from their parts."""
    year = tree.framework.year
    if tree.total is None:
        yield _missing(
            Place("scores", year),
            "score-missing",
            f"คะแนนปี {year} ยังไม่ครบ จึงยังไม่มีคะแนนรวม",
            "กรอกคะแนนในหน้าคะแนน",
        )
    for code, text in tree.sheet.drafts.items():
        if code in tree.nodes:
            yield _missing(
                Place("scores", year, code),
                "score-draft",
                f"คะแนน {tree.nodes[code].name} พิมพ์ไว้ว่า “{text[:20]}” ซึ่งไม่ใช่คะแนน จึงยังไม่ได้นับ",
                "แก้เป็นตัวเลข ๐ ถึง ๑๐๐ ในหน้าคะแนน",
            )
    for node in tree.unattainable():
        problem = f"คะแนนที่กรอก {node.name} {node.entered} ไม่ตรงกับที่คำนวณได้ {node.computed}"
        hints = (suspects_text(tree, node), "ตรวจตัวเลขกับผลประกาศอีกครั้ง")
        place = Place("scores", year, node.code)
        mend = " ".join(hint for hint in hints if hint)
        yield found("score-unattainable", place, problem, mend, subject=str(node.entered))
    level, computed = tree.sheet.official_level, tree.computed_level
    if level and computed and level != computed:
        problem = f"ระดับที่กรอก “{level}” ไม่ตรงกับคะแนน ซึ่งอยู่ในระดับ “{computed}”"
        place = Place("scores", year, "level")
        yield found("level-differs", place, problem, "ตรวจระดับกับผลประกาศ", subject=level)


def plan_findings(
    dossier: Dossier, framework: Framework, year: int, which: Round
) -> Iterator[Finding]:
    """What measures, guidelines and their progress in the round still miss."""
    measures = dossier.measures_of(year, MeasureKind.MEASURE)
    if not measures:
        place = Place("measures", year)
        problem = f"ยังไม่มีมาตรการของปี {year}"
        yield _missing(place, "measures-missing", problem, "เพิ่มมาตรการในหน้ามาตรการ")
    number = way = 0
    for measure in measures:
        way = way + 1 if measure.continued and number else 0
        number += 0 if way else 1
        name = f"มาตรการที่ {number}" + (f" วิธีเพิ่มเติมที่ {way}" if way else "")
        yield from _measure(measure, name, which)
    for number, guideline in enumerate(dossier.measures_of(year, MeasureKind.GUIDELINE), start=1):
        code = guideline.indicators[0] if guideline.indicators else ""
        if code in framework.indicators:
            yield from _measure(guideline, f"แนวทางยกระดับตัวชี้วัดที่ {code}", which)
        else:
            yield _missing(
                Place("measures", guideline.id, "indicators"),
                "guideline-without-indicator",
                f"แนวทางยกระดับลำดับที่ {number} ยังไม่ได้เลือกตัวชี้วัด จึงจะไม่อยู่ในรายงาน",
                "เลือกตัวชี้วัดในหน้ามาตรการ",
            )


def _measure(measure: Measure, name: str, which: Round) -> Iterator[Finding]:
    is_measure = measure.kind is MeasureKind.MEASURE
    plan = {
        "title": ("ชื่อ", bool(measure.title.strip()) or measure.continued or not is_measure),
        "steps": ("วิธีดำเนินการ", bool(points(measure.steps))),
        "owners": ("ผู้รับผิดชอบ", bool(owner_names(measure.owners))),
        "indicators": ("ตัวชี้วัดหรือประเด็น", bool(measure.indicators or measure.issues)),
    }
    for field, (label, present) in plan.items():
        if not present:
            place = Place("measures", measure.id, field)
            yield _missing(place, f"{field}-missing", f"{name} ยังไม่มี{label}", f"กรอก{label}")
    yield from _progress(measure, name, which)


def _progress(measure: Measure, name: str, which: Round) -> Iterator[Finding]:
    progress = measure.progress_in(which)
    is_measure = measure.kind is MeasureKind.MEASURE
    needed = {
        "status": ("สถานะ", progress.status is not None),
        "result": ("ผลการดำเนินการ", bool(points(progress.result))),
        "outcome": ("ผลลัพธ์", bool(points(progress.outcome)) or not is_measure),
    }
    not_started = progress.status is Status.NOT_STARTED
    for field, (label, present) in needed.items():
        if not (present or not_started):
            place = Place("progress", measure.id, field)
            problem = f"{name} {which.label} ยังไม่มี{label}"
            yield _missing(place, f"{field}-missing", problem, f"กรอก{label}ในหน้าความก้าวหน้า")
    late = which is Round.TWELVE and progress.status in (Status.IN_PROGRESS, Status.NOT_STARTED)
    if late and not points(progress.note):
        problem = f"{name} ครบปีแล้วแต่ยังไม่แล้วเสร็จ และไม่มีคำอธิบาย"
        place = Place("progress", measure.id, "note")
        mend = "อธิบายเหตุผลและกำหนดแล้วเสร็จในช่องหมายเหตุ"
        yield found("unfinished-unexplained", place, problem, mend)
