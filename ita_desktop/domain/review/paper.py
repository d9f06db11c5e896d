"""Reviews a finished document for the rules that need no data file.

Each paragraph and cell is read as one text of an office whose name, years and scores are those the
document gives itself; tables are recomputed; lists are held against their headings and the table.
Places are ``Place("document", number of the paragraph or row)``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from ita_desktop.domain.analysis import Change, Direction, changes
from ita_desktop.domain.points import main_points
from ita_desktop.domain.review.codes import code_findings
from ita_desktop.domain.review.contradiction import contradiction_findings
from ita_desktop.domain.review.counts import count_findings
from ita_desktop.domain.review.facts import Codes, Facts, Figures, Names, Shelf, Times
from ita_desktop.domain.review.figures import text_findings
from ita_desktop.domain.review.finished import (
    About,
    Finished,
    Grid,
    Line,
    about,
    columns_of_years,
    lists_of,
    score_of,
)
from ita_desktop.domain.review.kinds import Finding, Place
from ita_desktop.domain.review.language import language_findings
from ita_desktop.domain.review.names import name_findings, official_names
from ita_desktop.domain.review.rules import found
from ita_desktop.domain.review.structure import pasted_findings, text_structure
from ita_desktop.domain.review.texts import Role, UserText
from ita_desktop.domain.review.years import text_dates
from ita_desktop.domain.scores import ScoreSheet, ScoreTree, level_of, score_tree
from ita_desktop.thai.digits import to_arabic

PAGE = "document"
_HALF = Fraction(1, 200)
"""Half a hundredth: a printed figure stands for all values so near."""
_LEAST_ROWS = 2
_TICK = re.compile(r"[☐☑☒□■√✓✔]")
_TICKED = re.compile(r"[☑☒■√✓✔]")
_MEAN = re.compile(r"เฉลี่ย")
_WAYS = {
    "เพิ่มขึ้น": Direction.ROSE,
    "ลดลง": Direction.FELL,
    "เท่าเดิม": Direction.SAME,
    "คงที่": Direction.SAME,
}
_LISTED = re.compile(r"ตัวชี้วัดที่\s*(\d{1,2})\b")
_OVER = re.compile(r"(?:มากกว่า|เกินกว่า|สูงกว่า)\s*(?:ร้อยละ\s*)?(\d{2,3})")
_UNDER = re.compile(r"(?:ต่ำกว่า|น้อยกว่า)\s*(?:ร้อยละ\s*)?(\d{2,3})")
_RESULT_HEAD = re.compile(r"ผลการดำเนินการ|สรุปผล|ความก้าวหน้า")
_PLAN_HEAD = re.compile(r"วิธี|แนวทาง|ขั้นตอน|กิจกรรม")
_LEVEL_SAID = re.compile(r"ระดับ\s*([A-F]{1,2})\b\D{0,12}(\d{1,3}\.\d\d)")
_SCORE_SAID = re.compile(r"(\d{1,3}\.\d\d)\s*คะแนน\D{0,30}ระดับ\s*([A-F]{1,2})\b")


def review_finished(document: Finished, shelf: Shelf) -> tuple[Finding, ...]:
    """Everything that is wrong in a finished document by itself, in reading order."""
    known = about(document, shelf)
    facts = _facts(known, shelf)
    made = (
        *_texts(document, known, facts),
        *_lists(document, known, facts),
        *(each for grid in document.grids for each in _table(grid)),
        *_opinions(document),
        *_misplaced(document, facts),
        *_scales(document),
        *_levels(document, facts.figures.tree),
        *_years(document, known),
        *_whole(document, known),
    )
    unique = {finding.key: finding for finding in made}
    return tuple(sorted(unique.values(), key=lambda each: (int(each.place.record or 0), each.rule)))


def _facts(known: About, shelf: Shelf) -> Facts:
    years = {*shelf.years(), known.analysed}
    codes = Codes({year: shelf.get(year) for year in sorted(years)})
    tree = known.trees.get(known.analysed) or _empty(known.analysed, shelf)
    before = max((year for year in known.trees if year < known.analysed), default=None)
    earlier = known.trees[before] if before else None
    return Facts(
        Names(known.office, (), (), ()),
        codes,
        Times(known.year, known.which),
        Figures(tree, earlier, 0, {}),
    )


def _empty(year: int, shelf: Shelf) -> ScoreTree:
    return score_tree(shelf.get(year), ScoreSheet(year))


# --- single texts ---------------------------------------------------------------------------------


def _entries(document: Finished, year: int) -> Iterator[UserText]:
    for part in document.parts:
        if isinstance(part, Line):
            yield _entry(part.number, part.text, year)
        else:
            for at, row in enumerate(part.rows):
                for text in dict.fromkeys(cell for cell in row if cell.strip()):
                    yield _entry(part.number + at, _unfolded(text), year, cell=True)


def _entry(number: int, text: str, year: int, *, cell: bool = False) -> UserText:
    place = Place(PAGE, number, "cell" if cell else "")
    return UserText(place, _dated(text), Role.RESULT, f"บรรทัดที่ {number}", year)


_FOLDED = re.compile(r"\s(?=\(?[\d๐-๙]{1,2}\.[1-9๑-๙][\d๐-๙]?\s+(?!คะแนน|ร้อยละ)[ก-๎])")
_DAY_WORD = re.compile(r"([\d๐-๙]{1,2})\s+เดือน\s*([ก-๎]+)\s+(?:พ\.\s?ศ\.?\s*)?(?=[\d๐-๙]{4})")


def _unfolded(text: str) -> str:
    """A cell whose points were run together: each sub-numbered point on a line of its own."""
    return _FOLDED.sub("\n", text)


def _dated(text: str) -> str:
    """Dates spelt with the word for month ("7 เดือน มกราคม พ.ศ. 2563") as plain dates."""
    return _DAY_WORD.sub(r"\1 \2 ", text)


_NOT_HERE = frozenset(
    {
        *("person-unknown", "person-misspelt", "person-position", "owner-unknown"),
        *("opinion-role", "round-later", "spaces"),
    }
)
"""Rules about lists of people that a finished document does not bring along; about rounds, which
its plan may name; and about spaces, which reading a page makes itself."""
_TORN = frozenset(
    {"sentence-open", "brackets", "code-title", "word-doubled", "digits-mixed", "list-count"}
)
"""Rules that lines of paper break without being wrong."""
_LEADS = ("ดังนี้", "คือ", ":", "-", "ได้แก่", "ดังต่อไปนี้")
"""How a paragraph ends that a list or a table follows; and a cell that is left blank."""


def _texts(document: Finished, known: About, facts: Facts) -> Iterator[Finding]:
    entries = tuple(_entries(document, known.analysed))
    last = max((part.number for part in document.parts), default=0)
    for entry in entries:
        for finding in _in_text(entry, facts):
            leads = finding.rule == "sentence-open" and _leads_on(entry, last)
            own_day = finding.rule == "date-after" and not entry.place.field
            torn = document.broken and finding.rule in _TORN
            if finding.rule not in _NOT_HERE and not (leads or own_day or torn):
                yield finding
    yield from pasted_findings([each for each in entries if len(each.text) >= _LONG])


_LONG = 60
"""A text of fewer letters may well stand in several cells."""


def _leads_on(entry: UserText, last: int) -> bool:
    """Whether an open end is one that what follows closes."""
    return entry.text.strip().endswith(_LEADS) and entry.place.record != last


def _in_text(entry: UserText, facts: Facts) -> Iterator[Finding]:
    yield from language_findings(entry)
    yield from text_structure(entry)
    yield from name_findings(entry, facts.names)
    yield from code_findings(entry, facts.codes)
    yield from official_names(entry, facts.codes)
    yield from text_dates(entry, facts.times)
    if facts.figures.tree.sheet.entered:
        if not (entry.place.field and "ตั้งแต่" in entry.text):  # a scale, not a score
            yield from text_findings(entry, facts)
        yield from count_findings(entry, facts)
        if not entry.place.field:  # a cell may hold a title, which says nothing of its score
            said = replace(entry, text=_without_titles(entry.text, facts))
            yield from contradiction_findings(said, facts.figures)
    else:
        yield from (each for each in count_findings(entry, facts) if each.rule == "list-count")


def _without_titles(text: str, facts: Facts) -> str:
    """The text without the official titles of items, which say nothing of a score."""
    plain = to_arabic(text)
    if not re.search(r"[ieo]\d", plain):
        return text
    for item in facts.figures.tree.framework.items.values():
        plain = plain.replace(to_arabic(item.title), "")
    return plain


# --- lists ----------------------------------------------------------------------------------------


def _lists(document: Finished, known: About, facts: Facts) -> Iterator[Finding]:
    """Counts against the lists they announce, and lists against their own rule."""
    tree = facts.figures.tree
    moved = {each.code: each for each in changes(tree, facts.figures.earlier)}
    moved = moved if tree.sheet.entered else {}
    for line in lists_of(document):
        entry = _entry(line.number, line.text, known.analysed)
        yield from count_findings(entry, facts)
        yield from _by_rule(entry, moved)


def _by_rule(entry: UserText, moved: dict[str, Change]) -> Iterator[Finding]:
    """A list of indicators under a rule ("ลดลง", "มากกว่า 90"): each fits, none is left out."""
    heading, _, below = to_arabic(entry.text).partition("\n")
    listed = list(dict.fromkeys(_LISTED.findall(below)))
    fits = _rule_of(heading)
    if fits is None or not listed or not moved:
        return
    wrong = [code for code in listed if code in moved and not fits(moved[code])]
    left = [code for code, each in moved.items() if fits(each) and code not in listed]
    left = [] if "ไม่รวม" in heading else left
    if wrong:
        names = ", ".join(wrong)
        problem = f"ตัวชี้วัดที่ {names} ไม่เป็นไปตามหัวข้อของรายการ"
        yield entry.says("list-rule", names, problem, "ตรวจกับตารางคะแนนอีกครั้ง")
    if left:
        names = ", ".join(left)
        problem = f"ตัวชี้วัดที่ {names} เข้าเงื่อนไขของหัวข้อ แต่ไม่อยู่ในรายการ"
        yield entry.says("list-rule", f"+{names}", problem, "เพิ่มในรายการ หรือแก้หัวข้อ")


def _rule_of(heading: str) -> Callable[[Change], bool] | None:
    """What a heading asks of an indicator; None when it asks nothing that can be told."""
    if "ตัวชี้วัด" not in heading:
        return None
    way = next((found_way for word, found_way in _WAYS.items() if word in heading), None)
    over, under = _OVER.search(heading), _UNDER.search(heading)
    full = "100" in heading and "เต็ม" in heading
    if not (way or over or under or full):
        return None

    def fits(each: Change) -> bool:
        score = each.score
        if score is None:
            return False
        return (
            (way is None or each.direction is way)
            and (over is None or score > Decimal(over[1]))
            and (under is None or score < Decimal(under[1]))
            and (not full or score == 100)
        )

    return fits


# --- tables ---------------------------------------------------------------------------------------


def _table(grid: Grid) -> Iterator[Finding]:
    yield from _means(grid)
    yield from _ways(grid)
    yield from _ticks(grid)
    yield from _steps(grid)


def _means(grid: Grid) -> Iterator[Finding]:
    """A row of means: each figure is the mean of the figures above it."""
    for column in range(len(grid.head)):
        above: list[Decimal] = []
        for at, row in enumerate(grid.rows):
            score = score_of(row[column])
            label = " ".join(cell for cell in row[:column] if cell and score_of(cell) is None)
            if score is None:
                continue
            if not _MEAN.search(label):
                above.append(score)
                continue
            if len(above) >= _LEAST_ROWS:
                yield from _mean(grid.number + at, label, score, above)
            above = []


def _mean(number: int, label: str, score: Decimal, above: list[Decimal]) -> Iterator[Finding]:
    exact = sum(map(Fraction, above)) / len(above)
    if abs(exact - Fraction(score)) > 2 * _HALF:
        right = f"{float(exact):.2f}"
        problem = (
            f"บรรทัดที่ {number}: {label.strip()[:20]} {score} "
            f"แต่ค่าเฉลี่ยของ {len(above)} ค่าข้างบนคือ {right}"
        )
        mend = "ตรวจตัวเลขในตาราง ถ้าเป็นคะแนนรวมถ่วงน้ำหนัก ให้เรียกว่า “คะแนนรวม”"
        yield found("table-mean", Place(PAGE, number), problem, mend, subject=str(score))


def _ways(grid: Grid) -> Iterator[Finding]:
    """The word for a change against the two years beside it."""
    years = sorted(columns_of_years(grid).items(), key=lambda pair: pair[1])
    if len(years) != 2:
        return
    (old, _), (new, _) = years
    for at, row in enumerate(grid.rows):
        before, now = score_of(row[old]), score_of(row[new])
        said = next((cell.strip() for cell in row if cell.strip() in _WAYS), "")
        if before is None or now is None or not said:
            continue
        way = Direction.ROSE if now > before else Direction.FELL if now < before else Direction.SAME
        if _WAYS[said] is not way:
            number = grid.number + at
            problem = f"บรรทัดที่ {number}: {before} → {now} เขียนว่า “{said}” แต่{way.word}"
            yield found(
                "change-opposite", Place(PAGE, number), problem, f"แก้เป็น “{way.word}”", subject=said
            )


def _ticks(grid: Grid) -> Iterator[Finding]:
    """Status boxes: where most rows have them, all have, and exactly one is ticked."""
    titled = sum(bool(cell.strip()) for cell in grid.head) == 1
    body = [
        (grid.number + at, "\n".join(row))
        for at, row in enumerate(grid.rows)
        if at > titled
        and row != grid.head
        and sum(bool(cell.strip()) for cell in row) > _LEAST_ROWS
    ]
    having = [text for _, text in body if _TICK.search(text)]
    if len(having) < _LEAST_ROWS or len(having) * 2 < len(body):
        return
    for number, text in body:
        ticked = len(_TICKED.findall(text))
        if not _TICK.search(text):
            yield _status(number, "ไม่มีช่องสถานะ ทั้งที่แถวอื่นมี")
        elif ticked != 1:
            yield _status(number, "ไม่ได้เลือกสถานะ" if not ticked else f"เลือกสถานะไว้ {ticked} ช่อง")


def _status(number: int, problem: str) -> Finding:
    place = Place(PAGE, number)
    return found("status-missing", place, f"บรรทัดที่ {number}: {problem}", "เลือกสถานะเดียวให้ครบทุกแถว")


def _steps(grid: Grid) -> Iterator[Finding]:
    """One result a planned step, where a table has both."""
    plan = next((at for at, cell in enumerate(grid.head) if _PLAN_HEAD.search(cell)), None)
    result = next((at for at, cell in enumerate(grid.head) if _RESULT_HEAD.search(cell)), None)
    if plan is None or result is None or plan == result:
        return
    for at, row in enumerate(grid.rows[1:], start=1):
        steps, results = _numbered(row[plan]), _numbered(row[result])
        if steps > results > 0:
            number = grid.number + at
            problem = f"บรรทัดที่ {number}: วางไว้ {steps} ข้อ แต่รายงานผล {results} ข้อ"
            yield found("result-fewer", Place(PAGE, number), problem, "รายงานผลให้ครบทุกข้อ")


def _numbered(text: str) -> int:
    """How many numbered points a cell has; its lines where none is numbered."""
    numbers = re.findall(r"(?:^|\s)(\d{1,2})[.)]\s", to_arabic(text))
    dashes = re.findall(r"(?:^|\s)[-–•]\s", text)
    return len(numbers) or len(dashes) or len(main_points(text))


# --- the whole ------------------------------------------------------------------------------------


def _scales(document: Finished) -> Iterator[Finding]:
    """The office's own words for scores: one word a score, and a higher score no lower word."""
    said: dict[Decimal, list[tuple[int, str]]] = {}
    for grid in document.grids:
        column = next((at for at, cell in enumerate(grid.head) if "ระดับ" in cell), None)
        if column is None:
            continue
        for at, row in enumerate(grid.rows[1:], start=1):
            scores = [score for cell in row[:column] if (score := score_of(cell)) is not None]
            if scores and row[column].strip():
                said.setdefault(scores[-1], []).append((grid.number + at, row[column].strip()))
    yield from _uneven(said)


def _uneven(said: dict[Decimal, list[tuple[int, str]]]) -> Iterator[Finding]:
    for score, places in said.items():
        words = Counter(word for _, word in places)
        if len(words) > 1:
            usual = words.most_common(1)[0][0]
            number, word = next(each for each in places if each[1] != usual)
            problem = f"บรรทัดที่ {number}: คะแนน {score} เรียกว่า “{word}” แต่ที่อื่นเรียกว่า “{usual}”"
            yield found(
                "scale-uneven",
                Place(PAGE, number),
                problem,
                "ใช้คำเดียวกันกับคะแนนเดียวกัน",
                subject=word,
            )
    lowest: dict[str, Decimal] = {}
    highest: dict[str, Decimal] = {}
    for score, places in said.items():
        for _, word in places:
            lowest[word] = min(score, lowest.get(word, score))
            highest[word] = max(score, highest.get(word, score))
    for word, low in lowest.items():
        for other, high in highest.items():
            crossed = lowest[other] < low < high and highest[word] > high
            if word < other and crossed:
                number = next(n for n, w in said[low] if w == word)
                problem = (
                    f"บรรทัดที่ {number}: “{word}” เริ่มที่ {low} "
                    f"แต่ “{other}” ใช้กับคะแนน {lowest[other]} ถึง {high}"
                )
                yield found(
                    "scale-uneven",
                    Place(PAGE, number),
                    problem,
                    "กำหนดช่วงคะแนนของแต่ละคำให้ชัด",
                    subject=word,
                )


def _levels(document: Finished, tree: ScoreTree) -> Iterator[Finding]:
    """A level named beside a total, by the year's own rules."""
    for line in document.lines:
        text = to_arabic(line.text)
        pairs = [(m[1], m[2]) for m in _LEVEL_SAID.finditer(text)]
        pairs += [(m[2], m[1]) for m in _SCORE_SAID.finditer(text)]
        for said, score in pairs:
            right = level_of(tree.framework, Decimal(score), {})
            if right and right != said and {r.level for r in tree.framework.levels} >= {said}:
                problem = f"บรรทัดที่ {line.number}: คะแนน {score} อยู่ในระดับ {right} แต่เขียนว่า {said}"
                yield found(
                    "level-text", Place(PAGE, line.number), problem, f"แก้เป็น {right}", subject=said
                )


def _years(document: Finished, known: About) -> Iterator[Finding]:
    """Measures answer the result of the year before."""
    if known.year - known.analysed == 1:
        return
    number = next((line.number for line in document.lines), 1)
    for line in document.lines:
        if "มาตรการ" in line.text and str(known.analysed) in to_arabic(line.text):
            number = line.number
            break
    problem = f"บรรทัดที่ {number}: มาตรการของปี {known.year} อ้างผลการประเมินปี {known.analysed}"
    mend = f"มาตรการของปี {known.year} มาจากผลการประเมินปี {known.year - 1} โปรดตรวจปี"
    yield found("year-measures", Place(PAGE, number), problem, mend, subject=str(known.analysed))


_OPINION = re.compile(r"^ความ(?:คิด)?เห็น(?:ของ)?\s*(.+?)[.…\s]*$")
_NAME_LINE = re.compile(r"^\(\s*(?:นาย|นาง|น\.ส\.|ว่าที่|พ\.|ส\.|จ\.)")
_POSTS = ("รองปลัด", "ปลัด", "รองนายก", "นายก", "หัวหน้า", "ผู้อำนวยการ")


def _opinions(document: Finished) -> Iterator[Finding]:
    """An opinion line names the post of whoever signs below it."""
    lines = list(document.lines)
    for at, line in enumerate(lines):
        opinion = _OPINION.match(line.text)
        if opinion is None:
            continue
        signed = _post_below(lines[at + 1 :])
        said = next((post for post in _POSTS if opinion[1].startswith(post)), "")
        if signed and said and not signed.startswith(said):
            problem = f"บรรทัดที่ {line.number}: เขียนว่าความเห็นของ “{opinion[1]}” แต่ผู้ลงนามคือ “{signed}”"
            place = Place(PAGE, line.number)
            mend = f"แก้เป็นความเห็นของ{signed}"
            yield found("opinion-role", place, problem, mend, subject=opinion[1])


def _post_below(lines: list[Line]) -> str:
    """The post under the next name in brackets, or the one acted for."""
    for at, line in enumerate(lines):
        if _OPINION.match(line.text):
            return ""
        if _NAME_LINE.match(line.text):
            below = [each.text.strip() for each in lines[at + 1 : at + 3]]
            acted = [re.split(r"แทน", text)[-1].strip() for text in below if "การแทน" in text]
            return (acted or below or [""])[0]
    return ""


_ABOUT = re.compile(r"ตัวชี้วัดที่\s*(\d{1,2})\b")
_INSTRUMENT = re.compile(r"\b(IIT|EIT|OIT)\b")
_ROW_CODE = re.compile(r"(?<![A-Za-z0-9])([ieo])\s?(\d{1,2})(?![0-9])")


def _misplaced(document: Finished, facts: Facts) -> Iterator[Finding]:
    """Indicators under another instrument's heading; items in another indicator's row."""
    framework = facts.figures.tree.framework
    owner = {i.code: e.code for e in framework.instruments for i in e.indicators}
    items = {
        c: code for code, each in framework.indicators.items() for c in (x.code for x in each.items)
    }
    heading = ""
    for part in document.parts:
        if isinstance(part, Line):
            heading = part.text
            continue
        named = set(_INSTRUMENT.findall(f"{heading} {' '.join(part.head)}"))
        for at, row in enumerate(part.rows):
            text = to_arabic(" ".join(row))
            code = next(iter(_ABOUT.findall(to_arabic(row[0]))), "")
            if code not in owner:
                continue
            number = part.number + at
            if len(named) == 1 and owner[code] not in named:
                yield _other(
                    number, f"ตัวชี้วัดที่ {code} เป็นของ {owner[code]} แต่อยู่ใต้หัวข้อ {named.pop()}", code
                )
            cited = {f"{m[1]}{m[2]}" for m in _ROW_CODE.finditer(text)}
            wrong = sorted(each for each in cited if items.get(each, code) != code)
            if wrong:
                names = ", ".join(wrong)
                whose = items[wrong[0]]
                problem = f"{names} เป็นข้อของตัวชี้วัดที่ {whose} แต่อยู่ในแถวของตัวชี้วัดที่ {code}"
                yield _other(number, problem, names)


def _other(number: int, problem: str, subject: str) -> Finding:
    mend = "ย้ายไปไว้ที่ตัวชี้วัดของข้อนั้น หรือแก้รหัส"
    place = Place(PAGE, number)
    return found("other-indicator", place, f"บรรทัดที่ {number}: {problem}", mend, subject=subject)


_SIGNED = re.compile(r"ลงชื่อ|\(\s*(?:นาย|นาง)|ผู้อนุมัติ|ผู้รายงาน|ผู้จัดทำ")


def _whole(document: Finished, known: About) -> Iterator[Finding]:
    """What the whole lacks: signature, date, scores it speaks of."""
    last = max((part.number for part in document.parts), default=1)
    if not _SIGNED.search(document.text):
        yield found("signature-missing", Place(PAGE, last), "เอกสารไม่มีผู้ลงนาม", "เพิ่มผู้ลงนามตามสายงาน")
    if not known.trees and not document.broken and "วิเคราะห์ผล" in document.text:
        problem = "เอกสารอ้างผลการประเมิน แต่ไม่มีคะแนนหรือตารางคะแนน"
        yield found("scores-missing", Place(PAGE, last), problem, "เพิ่มตารางคะแนนของปีที่วิเคราะห์")
