"""The year's tables as CSV that Thai Excel opens right: scores, measures, the OIT list.

UTF-8 with a byte order mark, commas, CRLF, digits that are digits. A text that a worksheet would
take for a formula gets an apostrophe before it.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from ita_desktop.domain.analysis import counterpart
from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.framework import Framework
from ita_desktop.domain.measures import Measure, MeasureKind
from ita_desktop.domain.scores import score_tree

Value = str | int | Decimal | None
Row = Sequence[Value]

LONGEST_CELL = 32_000
"""Excel keeps 32,767 characters of a cell and drops the rest without a word."""
_FORMULA = ("=", "+", "-", "@", "|", "%", "\u2212", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_NO_LETTERS = {0xFFFE: None, 0xFFFF: None}
_DROPPED = ("Cc", "Cf", "Cs")
_LINES = re.compile(r"\r\n|[\r\u2028\u2029\x0b\x0c\x85]")


def csv_bytes(rows: Iterable[Row]) -> bytes:
    """Rows as a CSV file. Numbers stay numbers, texts never become formulas."""
    made = io.StringIO(newline="")
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerows([_cell(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + made.getvalue().encode("utf-8")


def _cell(value: Value) -> str:
    if isinstance(value, str):
        return plain_text(value)
    return "" if value is None else str(value)


def plain_text(text: str) -> str:
    """A text as a cell of a CSV may hold it: visible, never the start of a formula."""
    kept = visible_text(text)
    return f"'{kept}" if kept.lstrip().startswith(_FORMULA) else kept


def visible_text(text: str) -> str:
    """A text as a cell may hold it: no control characters, one kind of line end, not too long."""
    kept = "".join(
        letter if letter == "\n" or unicodedata.category(letter) not in _DROPPED else ""
        for letter in _LINES.sub("\n", text.replace("\t", " ").translate(_NO_LETTERS))
    )
    return unicodedata.normalize("NFC", kept)[:LONGEST_CELL]


def score_rows(dossier: Dossier, framework: Framework, earlier: Framework) -> Iterator[Row]:
    """Every score of the analysed year beside the year before, heading first."""
    now, before = framework.year, earlier.year
    yield ("รหัส", "ชื่อ", f"คะแนนปี {before}", f"คะแนนปี {now}", "เปลี่ยนแปลง", "ที่มาของคะแนน")
    tree = score_tree(framework, dossier.sheet(now))
    past = score_tree(earlier, dossier.sheet(before))
    for node in tree.root.walk():
        code = counterpart(framework, earlier, node.code)
        old = past.score(code) if code else None
        if node.score is None and old is None:
            continue
        change = None if node.score is None or old is None else node.score - old
        source = "" if node.score is None else "กรอก" if node.entered is not None else "คำนวณ"
        yield (node.code, node.name, old, node.score, change, source)
    yield ("", "ระดับ", past.level or "", tree.level or "", "", "")


def measure_rows(dossier: Dossier, year: int) -> Iterator[Row]:
    """The year's measures and guidelines with the progress of both rounds, heading first."""
    rounds = (Round.SIX, Round.TWELVE)
    names = ("สถานะ", "ผลการดำเนินการ", "ผลผลิต", "ผลลัพธ์", "หมายเหตุ")
    yield (
        *("ลำดับ", "ประเภท", "ชื่อ", "ตัวชี้วัด", "ประเด็น", "ข้อ", "วิธีดำเนินการ", "ผู้รับผิดชอบ", "ระยะเวลา"),
        *(f"{name} {which.label}" for which in rounds for name in names),
    )
    for kind, word in ((MeasureKind.MEASURE, "มาตรการ"), (MeasureKind.GUIDELINE, "แนวทางยกระดับ")):
        number = 0
        for measure in dossier.measures_of(year, kind):
            number += not measure.continued
            progress = (value for which in rounds for value in _progress(measure, which))
            yield (number, word, *_plan(measure), *progress)


def _plan(measure: Measure) -> Row:
    return (
        measure.title,
        " ".join(measure.indicators),
        " ".join(str(issue) for issue in measure.issues),
        " ".join(measure.items),
        measure.steps,
        measure.owners,
        measure.period,
    )


def _progress(measure: Measure, which: Round) -> Row:
    found = measure.progress_in(which)
    status = found.status.label if found.status else ""
    return (status, found.result, found.output, found.outcome, found.note)


def disclosure_rows(dossier: Dossier, framework: Framework) -> Iterator[Row]:
    """The OIT list of the framework's year, heading first."""
    yield ("ข้อ", "ชื่อ", "การเปิดเผย", "URL", "คำอธิบาย", "ผู้รับผิดชอบ", "วันที่เผยแพร่", "ผู้ตรวจสอบ")
    words = {True: "เปิดเผย", False: "ไม่เปิดเผย", None: ""}
    for code, item in framework.items.items():
        found = dossier.disclosures.get(framework.year, {}).get(code)
        if found is not None:
            day = found.day.isoformat() if found.day else ""
            shown = (words[found.disclosed], found.url, found.explanation, found.owner, day)
            yield (code, item.title, *shown, found.checked_by)
