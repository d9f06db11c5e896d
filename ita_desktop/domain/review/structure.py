"""Classes F and I: numbering, brackets, open sentences, pasted texts, and missing parts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.measures import Measure, MeasureKind, Status
from ita_desktop.domain.papers import Disclosure
from ita_desktop.domain.points import main_points, points
from ita_desktop.domain.review.kinds import Finding, Place
from ita_desktop.domain.review.rules import found
from ita_desktop.domain.review.texts import Role, UserText
from ita_desktop.domain.scores import ScoreTree
from ita_desktop.thai import words
from ita_desktop.thai.digits import THAI, to_arabic

_LEADING = re.compile(r"^[ \t]*\(?([0-9๐-๙]{1,2})\s*[.)](?![0-9๐-๙])[ \t]*", re.MULTILINE)
_SUB_NUMBER = re.compile(
    r"^[ \t]*([0-9๐-๙]{1,2})\.([0-9๐-๙]{1,2})(?![0-9๐-๙.])[ \t]*(?=[^\s0-9๐-๙])", re.MULTILINE
)

_OPEN_WORDS = (
    *("เมื่อวันที่", "ณ วันที่", "วันที่", "จำนวน", "เช่น", "และ", "คือ", "โดย", "ได้แก่", "เพื่อ", "หรือ", "ของ"),
    *("กับ", "ซึ่ง", "ร้อยละ", "เมื่อ", "ณ", "แก่", "จาก", "ประกอบด้วย", "ตามที่", "ดังนี้", "อาทิ", "พร้อมทั้ง"),
    *("เนื่องจาก", "ภายใต้", "รวมทั้ง", "ตลอดจน", "สำหรับ", "ระหว่าง", "ตั้งแต่", "เป็นเงิน", "ครั้งที่", "เลขที่"),
)
_OPEN_ENDS = re.compile(f"(?:{'|'.join(sorted(_OPEN_WORDS, key=len, reverse=True))}|[(“,/:;–-])$")
_ANNOUNCING = ("ดังนี้", "ได้แก่", "คือ", "ประกอบด้วย", ":")
_BEFORE_LINES = (*_ANNOUNCING, "เช่น", "อาทิ")
_CERTAIN = ("เมื่อวันที่", "ณ วันที่", "(", "“", ",", "/", ":", ";", "–", "-")

_LINE_NUMBER = re.compile(r"^[ \t]*(?:[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]+)*|[ก-ฮa-z])\)", re.MULTILINE)
_LIST_NUMBER = re.compile(r"(?<![(\wะ-ฺเ-๎])(?:[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]+)*|[ก-ฮa-z])\)")
_PAIRS = {")": "(", "]": "[", "}": "{", "”": "“", "’": "‘", "»": "«"}
_PAIR_SIGNS = frozenset('()[]{}“”«»"')

_LEAST_LETTERS = 25
"""Letters of a text which two fields do not share by chance."""
_ALIKE = 0.94
_ENDS = 12


def text_structure(entry: UserText) -> Iterator[Finding]:
    """Numbering, brackets and open ends of one text."""
    text = entry.text
    if entry.role is not Role.NAME:
        yield from _numbering(entry)
        yield from _open_ends(entry)
    if not _PAIR_SIGNS.isdisjoint(text):
        yield from _brackets(entry)


def _numbering(entry: UserText) -> Iterator[Finding]:
    matches = list(_LEADING.finditer(entry.text))
    if len(matches) >= 2:
        numbers = [int(match[1]) for match in matches]
        typed = [match[1] for match in matches]
        yield from _sequence(entry, numbers, typed)
        if len({number[0] in THAI for number in typed}) > 1:
            problem = "เลขลำดับใช้ทั้งเลขไทยและเลขอารบิก"
            yield entry.says("numbering-mixed", "digits", problem, "ใช้เลขลำดับแบบเดียว")
        yield from _unnumbered(entry, len(matches))
    groups: dict[str, list[re.Match[str]]] = defaultdict(list)
    for match in _SUB_NUMBER.finditer(entry.text):
        groups[to_arabic(match[1])].append(match)
    for group in groups.values():
        if len(group) >= 2:
            typed = [match[0].strip() for match in group]
            yield from _sequence(entry, [int(match[2]) for match in group], typed)


def _sequence(entry: UserText, numbers: Sequence[int], typed: Sequence[str]) -> Iterator[Finding]:
    expected = numbers[0]
    if expected != 1:
        problem = f"รายการเริ่มที่ {typed[0]} ไม่ใช่ ๑"
        yield entry.says("numbering-gap", typed[0], problem, "ตรวจเลขลำดับ")
    for before, number, shown in zip(numbers, numbers[1:], typed[1:], strict=False):
        if number == before:
            yield entry.says("numbering-double", shown, f"เลขลำดับ {shown} ซ้ำ", "แก้เลขลำดับ")
        elif number != before + 1 and number != 1:
            problem = f"เลขลำดับข้ามจาก {before} เป็น {number}"
            yield entry.says("numbering-gap", shown, problem, "แก้เลขลำดับ")


def _unnumbered(entry: UserText, numbered: int) -> Iterator[Finding]:
    lines = [line for line in entry.text.splitlines() if line.strip()]
    fields = ("steps", "result", "output", "outcome", "approach", "follow_up")
    first = _LEADING.match(lines[0]) if lines else None
    if entry.place.field in fields and first and numbered < len(lines) and numbered >= 2:
        problem = f"มีเลขลำดับ {numbered} จาก {len(lines)} ข้อ"
        yield entry.says("numbering-mixed", "some", problem, "ใส่เลขลำดับให้ครบหรือไม่ใส่เลย")


def _open_ends(entry: UserText) -> Iterator[Finding]:
    lines = entry.text.rstrip().splitlines()
    for at, raw in enumerate(lines):
        line = raw.rstrip()
        match = _OPEN_ENDS.search(line)
        if match is None or not line.strip("-–/ \t"):
            continue  # a dash alone says that there is nothing to say
        word = match[0]
        if at < len(lines) - 1 and word in _BEFORE_LINES:
            continue
        if entry.role is Role.PASSAGE and word in _ANNOUNCING:
            continue  # the document goes on with a table or a list
        if word in _CERTAIN or _ends_in_word(line, word):
            yield entry.says(
                "sentence-open", word, f"ประโยคจบที่ “{word}” ยังไม่จบความ", "เขียนต่อให้จบความ"
            )


def _ends_in_word(line: str, word: str) -> bool:
    """Whether the line's last word is that word, and not one that merely ends in it."""
    tail = line[-60:]
    length = 0
    for token in reversed(words.tokens(tail)):
        length += len(token)
        if length >= len(word):
            return length == len(word)
    return False


def _brackets(entry: UserText) -> Iterator[Finding]:
    text = _LINE_NUMBER.sub("", entry.text)
    numbers = {match.end() - 1 for match in _LIST_NUMBER.finditer(text)}
    stack: list[str] = []
    for at, sign in enumerate(text):
        if sign in "([{“«":
            stack.append(sign)
        elif sign not in _PAIRS or sign == "’":
            continue
        elif stack and stack[-1] == _PAIRS[sign]:
            stack.pop()
        elif at not in numbers:
            problem = f"มี “{sign}” โดยไม่มีเครื่องหมายเปิด"
            yield entry.says("brackets", sign, problem, "ใส่เครื่องหมายให้ครบคู่")
            return
    if stack:
        problem = f"มี “{stack[-1]}” โดยไม่มีเครื่องหมายปิด"
        yield entry.says("brackets", stack[-1], problem, "ใส่เครื่องหมายให้ครบคู่")
    elif text.count('"') % 2:
        yield entry.says("brackets", '"', "เครื่องหมายคำพูดไม่ครบคู่", "ใส่เครื่องหมายให้ครบคู่")


# --- pasted texts ------------------------------------------------------------------------------


_COMPARED = ("steps", "result", "output", "outcome", "note", "approach", "title", "passage")


@lru_cache(maxsize=4096)
def _pieces(text: str) -> tuple[tuple[str, str], ...]:
    """The points of a text that are long enough, each as typed and flattened for comparing."""
    flat = ((point, re.sub(r"[\s“”\"().,ๆฯ]+", "", to_arabic(point))) for point in points(text))
    return tuple((point, bare) for point, bare in flat if len(bare) >= _LEAST_LETTERS)


def pasted_findings(entries: Sequence[UserText]) -> Iterator[Finding]:
    """Points that stand word for word, or nearly so, in two fields.

    How measures are followed up, who owns them and captions of photos may well be the same.
    """
    seen: dict[str, UserText] = {}
    buckets: dict[str, list[tuple[str, UserText]]] = defaultdict(list)
    for entry in entries:
        if entry.place.field not in _COMPARED:
            continue
        for point, bare in _pieces(entry.text):
            before = seen.get(bare)
            if before is not None:
                yield _pasted("pasted-twice", entry, before, point, "เหมือนกับ")
                continue
            keys = {bare[:_ENDS], bare[-_ENDS:]}
            near = _near_one(bare, (each for key in keys for each in buckets[key]), entry)
            if near is not None:
                yield _pasted("nearly-twice", entry, near, point, "เกือบเหมือนกับ")
            seen[bare] = entry
            for key in keys:
                buckets[key].append((bare, entry))


def _near_one(
    bare: str, candidates: Iterator[tuple[str, UserText]], entry: UserText
) -> UserText | None:
    for other, where in candidates:
        if where.place != entry.place and _nearly(bare, other):
            return where
    return None


@lru_cache(maxsize=20_000)
def _nearly(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 4 or min(len(one), len(other)) < 40:
        return False
    if re.sub(r"\d", "", one) == re.sub(r"\d", "", other):
        return False  # the same work with other figures is no slip
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _pasted(rule: str, entry: UserText, before: UserText, point: str, how: str) -> Finding:
    short = point if len(point) <= 30 else f"{point[:30]}…"
    problem = f"“{short}” {how}ข้อความใน{before.name}"
    return entry.says(rule, point, problem, "เขียนให้ตรงกับเรื่องของช่องนี้")


# --- parts that are missing --------------------------------------------------------------------


def measure_structure(measure: Measure, name: str, which: Round) -> Iterator[Finding]:
    """Results that copy the plan, outcomes that copy the output, and photos without a caption."""
    progress = measure.progress_in(which)
    steps, results = _flat(measure.steps), _flat(progress.result)
    outputs, outcomes = _flat(progress.output), _flat(progress.outcome)
    place = Place("progress", measure.id, "result")
    copied = [point for point in results if point in steps and len(point) > 4]
    if copied:
        problem = f"{name} ผลการดำเนินการลอกวิธีดำเนินการ “{copied[0][:30]}”"
        yield found("result-is-step", place, problem, "เขียนสิ่งที่ทำแล้ว", subject=copied[0])
    final = which is Round.TWELVE and progress.status is Status.DONE
    planned, done = len(main_points(measure.steps)), len(main_points(progress.result))
    if final and done and done * 2 < planned:
        problem = f"{name} มีวิธีดำเนินการ {planned} ข้อ แต่มีผล {done} ข้อ"
        yield found("result-fewer", place, problem, "เขียนผลของทุกข้อ", subject=str(done))
    place = Place("progress", measure.id, "outcome")
    if outcomes and (outcomes in (outputs, results)):
        problem = f"{name} ผลลัพธ์เหมือนผลผลิตหรือผลการดำเนินการ"
        yield found("outcome-is-output", place, problem, "เขียนผลที่เกิดแก่ผู้รับบริการหรือหน่วยงาน")
    for number, photo in enumerate(progress.photos, start=1):
        if not photo.caption.strip():
            place = Place("progress", measure.id, f"photo/{photo.id}")
            problem = f"{name} ภาพที่ {number} ยังไม่มีคำบรรยาย"
            yield found("caption-missing", place, problem, "เขียนคำบรรยายภาพ")


def _flat(text: str) -> tuple[str, ...]:
    return tuple(" ".join(point.split()) for point in points(text))


def weak_findings(dossier: Dossier, tree: ScoreTree, year: int) -> Iterator[Finding]:
    """Indicators under the pass mark that no measure and no guideline answers."""
    answered: set[str] = set()
    for kind in MeasureKind:
        for measure in dossier.measures_of(year, kind):
            answered.update(code.partition(".")[0] for code in measure.indicators)
    if not dossier.measures_of(year, MeasureKind.MEASURE):
        return
    for code, indicator in tree.framework.indicators.items():
        score = tree.score(code)
        if score is not None and score < tree.framework.pass_mark and code not in answered:
            problem = f"ตัวชี้วัดที่ {code} {indicator.name} ได้ {score} ต่ำกว่าเกณฑ์ แต่ยังไม่มีมาตรการ"
            place = Place("measures", year, code)
            yield found("weak-without-measure", place, problem, "เพิ่มมาตรการของตัวชี้วัดนี้", subject=code)


def evidence_findings(disclosure: Disclosure, year: int) -> Iterator[Finding]:
    """An OIT item said to be disclosed, without the address where it is."""
    if disclosure.disclosed and not disclosure.url.strip():
        place = Place("documents", f"oit/{year}/{disclosure.code}", "url")
        problem = f"ข้อ {disclosure.code} ปี {year} เปิดเผยแล้ว แต่ยังไม่มีที่อยู่เว็บ"
        yield found("evidence-missing", place, problem, "ใส่ที่อยู่เว็บของข้อมูล")
