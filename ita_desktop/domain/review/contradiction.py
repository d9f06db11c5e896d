"""Class H and G: words that the figures, the level or the status gainsay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from ita_desktop.domain.analysis import Direction
from ita_desktop.domain.measures import Measure, Status
from ita_desktop.domain.papers import Disclosure
from ita_desktop.domain.review.facts import Figures, Times
from ita_desktop.domain.review.kinds import Finding, Place
from ita_desktop.domain.review.rules import found
from ita_desktop.domain.review.texts import Role, UserText, plain_text
from ita_desktop.domain.scores import HUNDRED, TOTAL, ScoreTree

_REWORD = "แก้ถ้อยคำให้ตรงกับคะแนน"
_HIGH = Decimal(95)
"""From here on a score is praised in offices' papers, never blamed."""
_MENTION = re.compile(
    r"(?P<code>(?<![A-Za-z0-9.:/\-])(?:[ieo]\d{1,2}|IIT|EIT|OIT)(?![A-Za-z0-9:}]))"
    r"|ตัวชี้วัด(?:ย่อย)?ที่\s*(?P<indicator>\d{1,2}(?:\.\d)?)(?!\d)"
    r"|(?P<total>คะแนนรวม|คะแนนเฉลี่ยรวม|ภาพรวมของหน่วยงาน)"
)
_CLAUSE_END = re.compile(r"\n|;|\s(?:แต่|ส่วน|ขณะที่|ทั้งนี้|อย่างไรก็ตาม|เพื่อ|จึง|เกณฑ์)|$")
_OTHER_SUBJECT = re.compile(r"ตัวชี้วัด(?!ที่\s*\d)|ข้อ(?:ที่|คำถาม|ใด)|บางข้อ|ประเด็น|ด้าน(?:ที่|ใด)")
"""Where words about a total or an instrument turn to some of its parts."""
_REACH = 140
_PRAISE = re.compile(r"(?<!ผ่าน)(?:ดีเยี่ยม|ดีมาก|ยอดเยี่ยม|โดดเด่น|จุดแข็ง|สูงมาก|น่าพอใจอย่างยิ่ง|เป็นแบบอย่างที่ดี)")
_BLAME = re.compile(
    r"(?:ต้องปรับปรุง(?!โดยด่วน)|ต่ำมาก|จุดอ่อน|น่าเป็นห่วง|บกพร่อง|ต้องแก้ไขโดยด่วน|ไม่น่าพอใจ|พอใช้)"
)
_FAILS = re.compile(r"ไม่ผ่านเกณฑ์|ไม่ถึงเกณฑ์|(?<!ไม่)ต่ำกว่าเกณฑ์|ไม่ผ่านการประเมิน")
_PASSES = re.compile(r"(?<!ไม่)(?:ผ่านเกณฑ์|สูงกว่าเกณฑ์|เกินเกณฑ์)|ไม่ต่ำกว่าเกณฑ์")
_WAYS = re.compile(r"(?P<rose>เพิ่มขึ้น|สูงขึ้น)|(?P<fell>ลดลง|ต่ำลง)|(?P<same>เท่าเดิม|คงที่|ไม่เปลี่ยนแปลง)")
_WISHED = re.compile(
    r"(?:ให้|ควร|จะ|ต้อง|ไม่|เพื่อ|เป้าหมาย|คาดว่า|อาจ|สามารถ|การ|หาก|ถ้า|ที่|ทั้ง|เคย)[^\n]{0,12}$"
)
_COMPARED = re.compile(r"คะแนน|ปีก่อน|ปีที่ผ่านมา|ผลการประเมิน|ร้อยละ")
_NEGATED = re.compile(
    r"ไม่|มิ|ปราศจาก|ปลอด|ป้องกัน|ลด|แก้ไข|ห้าม|งด|ต่อต้าน|ร้องเรียน|ปัญหา|ความเสี่ยง|ปราบปราม"
)
_BAD_THINGS = (
    *("เรียกรับสินบน", "รับสินบน", "เบิกจ่ายเงินเป็นเท็จ", "เอื้อประโยชน์", "ธุระส่วนตัว", "ประโยชน์ส่วนตัว"),
    *("การทุจริต", "ประพฤติมิชอบ", "เลือกปฏิบัติ", "สินบน", "เป็นเท็จ"),
)
_ASKED = re.compile(r"มากน้อยเพียงใด|หรือไม่|อย่างไร")
_PERCENT_POINTS = re.compile(
    r"ร้อยละ\s*[\d๐-๙]+(?:[.,][\d๐-๙]+)?\s*คะแนน|[\d๐-๙]\s*(?:%|เปอร์เซ็นต์)\s*คะแนน"
    r"|ร้อยละ\s*[\d๐-๙]+(?:\.[\d๐-๙]+)?\s*(?:%|เปอร์เซ็นต์)"
)
_LEVEL_BEFORE = re.compile(r"(?:ระดับ|ผลการประเมิน(?:อยู่ใน)?|ได้ระดับ)\s*[“\"(]?\s*$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A score spoken of in a text: its code, the words about it, and where they begin."""

    code: str
    said: str
    start: int


def mentions(text: str) -> Iterator[Mention]:
    """The scores a text (Arabic digits) speaks of, each with the clause about it."""
    matches = list(_MENTION.finditer(text))
    for at, match in enumerate(matches):
        stop = matches[at + 1].start() if at + 1 < len(matches) else len(text)
        stop = min(stop, match.end() + _REACH)
        clause = _CLAUSE_END.search(text, match.end(), stop)
        end = clause.start() if clause else stop
        if _code(match).isalpha():
            turn = _OTHER_SUBJECT.search(text, match.end(), end)
            end = turn.start() if turn else end
        yield Mention(_code(match), text[match.end() : end], match.end())


def _code(match: re.Match[str]) -> str:
    return match["code"] or match["indicator"] or TOTAL


def contradiction_findings(entry: UserText, figures: Figures) -> Iterator[Finding]:
    """Praise, blame, change, level and wording that the scores gainsay."""
    if entry.role is Role.NAME:
        return
    if "ร้อยละ" in entry.text or "%" in entry.text or "เปอร์เซ็นต์" in entry.text:
        for match in _PERCENT_POINTS.finditer(entry.text):
            problem = f"“{match[0]}” ใช้ร้อยละกับหน่วยอื่นปนกัน"
            yield entry.says("percent-points", match[0], problem, "ใช้ร้อยละหรือคะแนนอย่างใดอย่างหนึ่ง")
    if not _may_mention(entry.text):
        return
    text = plain_text(entry.text)
    other_year = str(figures.tree.framework.year - 1) in text
    for mention in mentions(text):
        yield from _heights(entry, mention, figures)
        if not other_year:
            yield from _levels(entry, mention, figures.tree)
        yield from _ways(entry, mention, figures)
        yield from _negation(entry, mention, figures.tree)


def _may_mention(text: str) -> bool:
    return (
        "ตัวชี้วัด" in text
        or "คะแนน" in text
        or "ภาพรวม" in text
        or re.search("[ieoIEO]", text) is not None
    )


def _heights(entry: UserText, mention: Mention, figures: Figures) -> Iterator[Finding]:
    tree = figures.tree
    score = tree.score(mention.code)
    if score is None:
        return
    mark = tree.framework.pass_mark
    praise, blame = _PRAISE.search(mention.said), _BLAME.search(mention.said)
    what = _named(mention.code)
    if praise and score < mark and not _negated(mention.said, praise):
        problem = f"เขียนว่า “{praise[0]}” แต่{what} ได้ {score}"
        yield entry.says(
            "praise-low", f"{mention.code} {praise[0]}", problem, "แก้ถ้อยคำให้ตรงกับคะแนน"
        )
    if blame and score >= _HIGH and not _negated(mention.said, blame):
        problem = f"เขียนว่า “{blame[0]}” แต่{what} ได้ {score}"
        yield entry.says("blame-high", f"{mention.code} {blame[0]}", problem, _REWORD)
    fails, passes = _FAILS.search(mention.said), _PASSES.search(mention.said)
    if fails and score >= mark:
        yield _mark(entry, mention, fails[0], score)
    elif passes and not fails and score < mark:
        yield _mark(entry, mention, passes[0], score)


def _mark(entry: UserText, mention: Mention, word: str, score: Decimal) -> Finding:
    problem = f"เขียนว่า “{word}” แต่{_named(mention.code)} ได้ {score}"
    return entry.says("pass-mark", f"{mention.code} {word}", problem, "แก้ถ้อยคำให้ตรงกับเกณฑ์ผ่าน")


def _negated(said: str, match: re.Match[str]) -> bool:
    """Whether the word is denied or wished for: "ยังไม่ดีมาก", "ไม่มีข้อที่ต้องปรับปรุง"."""
    before = said[max(0, match.start() - 14) : match.start()]
    return re.search(r"ไม่|มิ|ให้|เป้าหมาย|ควร|สู่", before) is not None


def _named(code: str) -> str:
    if code == TOTAL:
        return "คะแนนรวม"
    return f"ข้อ {code}" if code[0] in "ieo" else code if code.isalpha() else f"ตัวชี้วัดที่ {code}"


def _levels(entry: UserText, mention: Mention, tree: ScoreTree) -> Iterator[Finding]:
    if mention.code != TOTAL or tree.level is None:
        return
    names = sorted({rule.level for rule in tree.framework.levels}, key=len, reverse=True)
    for match in re.finditer("|".join(map(re.escape, names)), mention.said):
        before = mention.said[: match.start()]
        if not _LEVEL_BEFORE.search(before) or re.search("เป้าหมาย|เกณฑ์|ให้", before):
            continue
        if match[0] != tree.level:
            problem = f"เขียนว่าอยู่ในระดับ “{match[0]}” แต่ผลคือ “{tree.level}”"
            yield entry.says("level-text", match[0], problem, "แก้ระดับให้ตรงกับผลประเมิน")
        return


def _ways(entry: UserText, mention: Mention, figures: Figures) -> Iterator[Finding]:
    change = figures.changes.get(mention.code)
    if change is None or change.direction is Direction.UNKNOWN:
        return
    match = _WAYS.search(mention.said)
    if match is None or _WISHED.search(mention.said[: match.start()][-16:]):
        return
    told = Direction.ROSE if match["rose"] else Direction.FELL if match["fell"] else Direction.SAME
    if told is not change.direction and _COMPARED.search(mention.said):
        problem = (
            f"เขียนว่า{_named(mention.code)} “{match[0]}” "
            f"แต่คะแนนจาก {change.earlier} เป็น {change.score}"
        )
        yield entry.says(
            "change-opposite", f"{mention.code} {match[0]}", problem, "แก้ให้ตรงกับคะแนนสองปี"
        )


def _negation(entry: UserText, mention: Mention, tree: ScoreTree) -> Iterator[Finding]:
    node = tree.nodes.get(mention.code)
    if node is None or node.item is None or not node.item.negative or node.score is None:
        return
    bad = next((word for word in _BAD_THINGS if word in mention.said), None)
    if (
        bad is None
        or node.score < tree.framework.pass_mark
        or bad not in node.item.title
        or _ASKED.search(mention.said)
        or _NEGATED.search(mention.said)
    ):
        return
    problem = (
        f"ข้อ {mention.code} เป็นคำถามเชิงลบ ได้ {node.score} แต่ข้อความกล่าวถึง “{bad}” โดยไม่มีคำปฏิเสธ"
    )
    yield entry.says("negation-missing", f"{mention.code} {bad}", problem, "เขียนว่าไม่มีหรือไม่พบสิ่งนั้น")


_SCALE_WORDS = ("ดีเยี่ยม", "ดีมาก", "ดี", "พอใช้", "ต้องปรับปรุง")
_SCALED = re.compile(
    r"(?:ได้|เท่ากับ|คือ)\s*(?P<score>\d{1,3}\.\d{2})\s*คะแนน\s*(?:อยู่ใน|จัดอยู่ใน)?ระดับ\s?[“\"]?"
    rf"(?P<word>{'|'.join(_SCALE_WORDS)})(?![ก-ฮะ-ฺเ-๎])"
)


def scale_findings(entries: Sequence[UserText]) -> Iterator[Finding]:
    """Words for scores that go down where the scores go up, over all texts.

    Offices may have their own scale; what is sure is that a higher score has no lower word.
    """
    told = [
        (Decimal(match["score"]), _SCALE_WORDS.index(match["word"]), match["word"], entry)
        for entry in entries
        if "ระดับ" in entry.text and "คะแนน" in entry.text
        for match in _SCALED.finditer(plain_text(entry.text))
    ]
    ranks = [rank for _, rank, _, _ in sorted(told, key=lambda each: (each[0], -each[1]))]
    if all(before >= after for before, after in pairwise(ranks)) and _one_word_each(told):
        return
    clashes = [[at for at, other in enumerate(told) if _clash(each, other)] for each in told]
    for each, against in zip(told, clashes, strict=True):
        if against and len(against) >= max(len(clashes[at]) for at in against):
            other = told[against[0]]
            problem = f"{each[0]} อยู่ในระดับ “{each[2]}” แต่ {other[0]} อยู่ในระดับ “{other[2]}”"
            subject = f"{each[0]} {each[2]}"
            yield each[3].says("scale-order", subject, problem, "ใช้เกณฑ์ระดับเดียวกันทั้งเอกสาร")


_Told = tuple[Decimal, int, str, UserText]


def _one_word_each(told: Sequence[_Told]) -> bool:
    return len({each[0] for each in told}) == len({each[:2] for each in told})


def _clash(one: _Told, other: _Told) -> bool:
    if one[0] == other[0]:
        return one[1] != other[1]
    return one[1] != other[1] and (one[0] > other[0]) == (one[1] > other[1])


_UNDONE = re.compile(r"ยังไม่ได้ดำเนินการ|ยังไม่ได้เริ่ม|ยังไม่แล้วเสร็จ|อยู่ระหว่างดำเนินการ")
_FINISHED = re.compile(r"ดำเนินการแล้วเสร็จ(?:ครบ|ทั้ง|ทุก)|แล้วเสร็จครบทุก")


def status_findings(measure: Measure, name: str, times: Times) -> Iterator[Finding]:
    """A status that the result gainsays."""
    progress = measure.progress_in(times.which)
    place = Place("progress", measure.id, "status")
    mend = "แก้สถานะหรือผลการดำเนินการให้ตรงกัน"
    if progress.status is Status.DONE and (match := _UNDONE.search(progress.result)):
        problem = f"{name} สถานะแล้วเสร็จ แต่ผลเขียนว่า “{match[0]}”"
        yield found("status-contradicts", place, problem, mend, subject=match[0])
    told = progress.result.strip() and not _UNDONE.search(progress.result)
    if progress.status is Status.NOT_STARTED and told:
        problem = f"{name} สถานะยังไม่ได้ดำเนินการ แต่มีผลการดำเนินการ"
        yield found("status-contradicts", place, problem, mend, subject="result")
    if progress.status is Status.IN_PROGRESS and (match := _FINISHED.search(progress.result)):
        problem = f"{name} สถานะอยู่ระหว่างดำเนินการ แต่ผลเขียนว่า “{match[0]}”"
        yield found("status-contradicts", place, problem, mend, subject=match[0])


def disclosure_scores(disclosure: Disclosure, tree: ScoreTree) -> Iterator[Finding]:
    """An item said to be disclosed that got nothing, or the other way round."""
    node = tree.nodes.get(disclosure.code)
    score = None if node is None else node.entered
    if score is None or disclosure.disclosed is None:
        return
    wrong = score == HUNDRED if disclosure.disclosed is False else False
    if wrong:
        place = Place("documents", f"oit/{tree.sheet.year}/{disclosure.code}", "disclosed")
        problem = f"ข้อ {disclosure.code} บันทึกว่าไม่เปิดเผย แต่ได้ {score} คะแนน"
        yield found("disclosure-score", place, problem, "ตรวจสถานะการเปิดเผยหรือคะแนน")
