"""Which column is what: found by the Thai words of its heading, and settable by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from ita_desktop.domain.fiscal import Round
from ita_desktop.exchange.sheets.raw import RawTable
from ita_desktop.exchange.sheets.values import plain

LOOKED_AT = 30
"""Rows from the top among which the heading is."""
HIGHEST_HEADING = 3


class TableKind(Enum):
    """What the rows of a table are."""

    SCORES = "scores"
    MEASURES = "measures"
    GUIDELINES = "guidelines"
    DISCLOSURES = "disclosures"
    OFFICE = "office"
    PEOPLE = "people"


KIND_LABELS: dict[TableKind, str] = {
    TableKind.SCORES: "คะแนน",
    TableKind.MEASURES: "มาตรการและความก้าวหน้า",
    TableKind.GUIDELINES: "แนวทางยกระดับและความก้าวหน้า",
    TableKind.DISCLOSURES: "รายการ OIT",
    TableKind.OFFICE: "ข้อมูลหน่วยงาน",
    TableKind.PEOPLE: "บุคคลและสายการลงนาม",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A field a column can hold: its key, its label, and what headings call it.

    ``by_round``: there is one for each round; its key in a match is "6/status" where the heading
    names the round, else "status".
    """

    key: str
    label: str
    words: re.Pattern[str]
    by_round: bool = False


def _rule(key: str, label: str, words: str, *, by_round: bool = False) -> Rule:
    return Rule(key, label, re.compile(words), by_round)


_PROGRESS = (
    _rule("done", "ช่อง ✓ ดำเนินการแล้วเสร็จ", "แล้วเสร็จ|^เสร็จ|^ดำเนินการแล้ว$", by_round=True),
    _rule("not_started", "ช่อง ✓ ยังไม่ได้ดำเนินการ", "ยังไม่|^ไม่ได้ดำเนินการ|^ไม่ดำเนินการ", by_round=True),
    _rule("in_progress", "ช่อง ✓ อยู่ระหว่างดำเนินการ", "ระหว่างดำเนิน|กำลังดำเนิน", by_round=True),
    _rule("status", "สถานะ", "สถานะ|ความก้าวหน้า|ความคืบหน้า", by_round=True),
    _rule("result", "ผลการดำเนินการ", "ผลการดำเนิน|สรุปผล|รายงานผล|ผลการปฏิบัติ", by_round=True),
    _rule("output", "ผลผลิต", "ผลผลิต", by_round=True),
    _rule("outcome", "ผลลัพธ์", "ผลลัพธ์|ผลที่(?:คาดว่าจะ)?ได้รับ", by_round=True),
    _rule("note", "หมายเหตุ", "หมายเหตุ|ปัญหา|อุปสรรค", by_round=True),
)
_PLAN = (
    _rule("number", "ลำดับที่", "^(?:ที่|ลำดับ(?:ที่)?|ข้อ(?:ที่)?|no|มาตรการ(?:ลำดับ)?ที่|เลขที่)$"),
    _rule("kind", "ประเภท", "^(?:ประเภท|ชนิด)"),
    _rule("items", "ข้อที่ตอบ", "ข้อที่ตอบ|ข้อคำถาม|รหัสข้อ"),
    _rule("indicators", "ตัวชี้วัด", "ตัวชี้วัด"),
    _rule("issues", "ประเด็น", "ประเด็น"),
    _rule("follow_up", "การกำกับติดตาม", "กำกับ|การติดตาม"),
    _rule("approach", "แนวทางปฏิบัติ", "แนวทาง(?:การ)?ปฏิบัติ"),
    _rule("first_month", "เดือนเริ่ม", "เดือน(?:ที่)?เริ่ม|^เริ่ม(?:ต้น|ดำเนินการ)?$"),
    _rule("last_month", "เดือนสิ้นสุด", "เดือน(?:ที่)?(?:สิ้นสุด|เสร็จ)|^สิ้นสุด$"),
    _rule("day", "วันที่จัด (ถ้าวันเดียว)", "^วันที่(?:จัด|ดำเนิน|ทำ)"),
    _rule("period", "ระยะเวลา", "ระยะเวลา|ห้วงเวลา|ช่วงเวลา|กำหนดเวลา|กรอบเวลา|^เวลา|วันเดือนปี"),
    _rule("owners", "ผู้รับผิดชอบ", "รับผิดชอบ|^ผู้ดำเนินการ|^เจ้าภาพ"),
)
_STEPS = "วิธี(?:การ)?(?:ดำเนิน|ปฏิบัติ)|ขั้นตอน|แนวทาง(?:การ)?ดำเนิน|รายละเอียด"
_RULES: dict[TableKind, tuple[Rule, ...]] = {
    TableKind.SCORES: (
        _rule(
            "score",
            "คะแนน",
            "คะแนน|ผลการประเมิน|ร้อยละ|^ปี(?:งบประมาณ)?(?:พศ)?25[0-9]{2}$|^25[0-9]{2}$",
        ),
        _rule("code", "รหัส", "^(?:รหัส|ข้อ|ที่|ลำดับ|ตัวชี้วัดที่|no|code)"),
        _rule("name", "รายการ", "รายการ|ตัวชี้วัด|ข้อคำถาม|เครื่องมือ|แบบวัด|ประเด็น|ชื่อ"),
    ),
    TableKind.MEASURES: (
        *_PLAN,
        *_PROGRESS,
        _rule("steps", "วิธีดำเนินการ", _STEPS),
        _rule("title", "ชื่อมาตรการ", "มาตรการ|กิจกรรม|โครงการ"),
    ),
    TableKind.GUIDELINES: (
        *_PLAN,
        *_PROGRESS,
        _rule("steps", "แนวทาง/วิธีดำเนินการ", f"แนวทาง|{_STEPS}|การยกระดับ|การพัฒนา"),
    ),
    TableKind.DISCLOSURES: (
        _rule("url", "ที่อยู่เว็บ (URL)", "url|link|ลิงก?์|ลิ้งก?์|ที่อยู่(?:เว็บ|บนเว็บ)|เว็บไซต์|ช่องทาง"),
        _rule("disclosed", "การเผยแพร่", "สถานะ|^การ(?:เปิด|เผย)|เผยแพร่แล้ว"),
        _rule("day", "วันที่เผยแพร่", "วันที่|วันเดือนปี"),
        _rule("owner", "ผู้รับผิดชอบ", "รับผิดชอบ"),
        _rule("checked_by", "ผู้ตรวจสอบ", "ผู้ตรวจ"),
        _rule("explanation", "คำอธิบาย", "คำอธิบาย|รายละเอียด|หมายเหตุ|องค์ประกอบ"),
        _rule("code", "ข้อ", "^(?:ข้อ|รหัส|ที่|ลำดับ|o$|no|code)"),
        _rule("name", "รายการ", "รายการ|ข้อมูล|ประเด็น|ตัวชี้วัด|ชื่อ"),
    ),
    TableKind.OFFICE: (
        _rule("label", "หัวข้อ", "^หัวข้อ$"),
        _rule("value", "ข้อมูล", "^ข้อมูลของหน่วยงาน$"),
    ),
    TableKind.PEOPLE: (
        _rule("role", "ลงนามในฐานะ", "ฐานะ|บทบาท"),
        _rule("title", "คำนำหน้า", "คำนำหน้า"),
        _rule("family_name", "นามสกุล", "^(?:นาม)?สกุล$"),
        _rule("given_name", "ชื่อ", "^ชื่อ$"),
        _rule("acting", "รักษาราชการแทน", "รักษา(?:ราชการ|การ)"),
        _rule("position", "ตำแหน่ง", "ตำแหน่ง"),
    ),
}
_NEEDED: dict[TableKind, tuple[frozenset[str], ...]] = {
    TableKind.SCORES: (frozenset({"score"}), frozenset({"code", "name"})),
    TableKind.MEASURES: (
        frozenset({"title", "number"}),
        frozenset({"steps", "owners", "period", "status", "done", "result", "first_month"}),
    ),
    TableKind.GUIDELINES: (frozenset({"steps"}), frozenset({"indicators", "number"})),
    TableKind.DISCLOSURES: (
        frozenset({"url", "disclosed", "owner", "explanation"}),
        frozenset({"code", "name"}),
    ),
    TableKind.OFFICE: (frozenset({"label"}), frozenset({"value"})),
    TableKind.PEOPLE: (frozenset({"given_name"}), frozenset({"role", "position"})),
}
"""Of each set, one key at least must be matched before a table can be taken in as that kind."""

_ROUND = re.compile(r"(?<![0-9])(12|6|3)เดือน")
_YEAR = re.compile(r"25[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is read: its kind, its heading, and the field of each column ("" for none)."""

    kind: TableKind
    top: int
    height: int
    keys: tuple[str, ...]

    @property
    def body(self) -> int:
        """The first row below the heading, from 0."""
        return self.top + self.height

    def missing(self) -> bool:
        """Whether a column without which the table can't be read is not matched."""
        bare = {bare_key(key) for key in self.keys}
        return any(not needed & bare for needed in _NEEDED[self.kind])


def rules_of(kind: TableKind) -> tuple[Rule, ...]:
    """The fields the columns of such a table can be."""
    return _RULES[kind]


def choices(kind: TableKind) -> dict[str, str]:
    """Key -> what the clerk picks it by; "" first: the column is not taken."""
    found = {"": "ไม่นำเข้า"}
    for rule in _RULES[kind]:
        found[rule.key] = rule.label
        if rule.by_round:
            for which in (Round.SIX, Round.TWELVE):
                found[f"{int(which)}/{rule.key}"] = f"{rule.label} ({which.label})"
    return found


def needed_labels(kind: TableKind) -> tuple[str, ...]:
    """For each thing a table of that kind needs, the columns that would do, in words."""
    labels = {rule.key: rule.label for rule in _RULES[kind]}
    return tuple(
        " หรือ ".join(labels[rule.key] for rule in _RULES[kind] if rule.key in needed)
        for needed in _NEEDED[kind]
    )


def bare_key(key: str) -> str:
    """The key without its round."""
    return key.rpartition("/")[2]


def round_of(key: str) -> Round | None:
    """The round of a key that names one."""
    months = key.partition("/")[0]
    return Round(int(months)) if "/" in key else None


def find_layout(
    table: RawTable, year: int | None = None, kind: TableKind | None = None
) -> Layout | None:
    """The best reading of a table, of any kind unless one is given; None when nothing fits.

    ``year``: of several columns of scores the one of this assessed year is taken.
    """
    best: tuple[int, Layout] | None = None
    for top in range(min(LOOKED_AT, len(table.rows))):
        for height, heads in _headings(table, top):
            for each in (kind,) if kind else TableKind:
                keys, strength = _matched(each, heads, year)
                layout = Layout(each, top, height, keys)
                if not layout.missing() and (best is None or strength > best[0]):
                    best = (strength, layout)
    return best[1] if best else None


def layout_at(table: RawTable, kind: TableKind, top: int, year: int | None = None) -> Layout:
    """The best reading with the heading in that row; no column may be matched."""
    best: tuple[int, Layout] | None = None
    for height, heads in _headings(table, top):
        keys, strength = _matched(kind, heads, year)
        if best is None or strength > best[0]:
            best = (strength, Layout(kind, top, height, keys))
    return best[1] if best else Layout(kind, top, 1, ("",) * table.width)


def headings_of(table: RawTable, layout: Layout) -> tuple[str, ...]:
    """What stands over each column, its own words before those of its group."""
    for height, heads in _headings(table, layout.top):
        if height == layout.height:
            return tuple(" – ".join(dict.fromkeys(filter(None, head[::-1]))) for head in heads)
    return ("",) * table.width


def _headings(table: RawTable, top: int) -> Iterator[tuple[int, tuple[tuple[str, ...], ...]]]:
    """Headings that begin in a row: of one row, and of more where groups have columns below."""
    if sum(bool(text.strip()) for text in table.rows[top]) < 2:
        return
    rows = [_filled(table, top, group=False)]
    yield 1, tuple((text,) for text in rows[0])
    for height in range(2, HIGHEST_HEADING + 1):
        below = top + height - 1
        if below >= len(table.rows) or not _is_second_line(table, below - 1, below):
            return
        rows[-1] = _filled(table, below - 1, group=True)
        rows.append(_filled(table, below, group=False))
        yield height, tuple(zip(*rows, strict=True))


def _filled(table: RawTable, row: int, *, group: bool) -> tuple[str, ...]:
    """A row of a heading with merged areas filled; ``group``: an empty cell belongs to its left.

    Only where something stands below it: else it is the lower part of the cell above.
    """
    texts = [" ".join(text.split()) for text in table.rows[row]]
    for area in table.merged:
        if area.top <= row <= area.bottom and area.right > area.left:
            for column in range(area.left, min(area.right + 1, len(texts))):
                texts[column] = " ".join(table.cell(area.top, area.left).split())
    if group:
        for column in range(1, len(texts)):
            if not texts[column] and table.cell(row + 1, column).strip():
                texts[column] = texts[column - 1]
    return tuple(texts)


def _is_second_line(table: RawTable, above: int, below: int) -> bool:
    """Whether a row is the lower part of a heading: its texts stand only below groups."""
    across = {
        column
        for area in table.merged
        if area.top <= above <= area.bottom and area.right > area.left
        for column in range(area.left, area.right + 1)
    }
    found = [at for at, text in enumerate(table.rows[below]) if text.strip()]
    row = table.rows[above]
    for column in found:
        blank = not row[column].strip()
        leads = column + 1 < len(row) and not row[column + 1].strip() and column + 1 in found
        if not (column in across or blank or leads):
            return False
    return len(found) >= 2 and len(found) < len(row)


@lru_cache(maxsize=4096)
def _matched(
    kind: TableKind, heads: tuple[tuple[str, ...], ...], year: int | None
) -> tuple[tuple[str, ...], int]:
    """The key of each column, and how strong the match is as a whole."""
    wishes: list[tuple[int, int, int, str]] = []
    for column, head in enumerate(heads):
        for order, rule in enumerate(_RULES[kind]):
            strength = _strength(rule, head)
            if strength:
                strength += _of_year(rule, head, year)
                wishes.append((-strength, order, column, _key(rule, head)))
    keys = [""] * len(heads)
    total, taken = 0, set[str]()
    for strength, _, column, key in sorted(wishes):
        if not keys[column] and key not in taken:
            keys[column] = key
            taken.add(key)
            total -= strength
    return tuple(keys), total


def _strength(rule: Rule, head: tuple[str, ...]) -> int:
    """How surely a column is the field: by its own words, or only by its group's."""
    words = [plain(text) for text in head if text]
    if not words or len(words[-1]) > 80:
        return 0
    if rule.words.fullmatch(words[-1]):
        return 30
    if rule.words.match(words[-1]):
        return 24
    if rule.words.search(words[-1]):
        return 20
    return 5 if any(rule.words.search(word) for word in words[:-1]) else 0


def _of_year(rule: Rule, head: tuple[str, ...], year: int | None) -> int:
    """Of columns of scores of several years the asked one comes first."""
    if rule.key != "score" or year is None:
        return 0
    years = _YEAR.findall(plain("".join(head)))
    return 3 if str(year) in years else -10 if years else 0


def _key(rule: Rule, head: tuple[str, ...]) -> str:
    match = _ROUND.search(plain("".join(head))) if rule.by_round else None
    return f"{match[1]}/{rule.key}" if match else rule.key


def words_above(table: RawTable, layout: Layout) -> str:
    """The lines over the heading, and the table's name: where office, year and round are told."""
    lines = [" ".join(filter(str.strip, row)) for row in table.rows[: layout.top]]
    return "\n".join([table.name, *filter(str.strip, lines)])


def years_in(text: str) -> tuple[int, ...]:
    """The years of the Buddhist era that a text names, in order, each once."""
    found = re.findall(r"(?<![0-9])(25[0-9]{2})(?![0-9])", text.translate(_DIGITS))
    return tuple(dict.fromkeys(int(year) for year in found))


_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def round_in(text: str) -> Round | None:
    """The round a text names, None when it names none or several."""
    found = {int(months) for months in _ROUND.findall(plain(text))}
    return Round(found.pop()) if len(found) == 1 else None
