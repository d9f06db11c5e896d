"""The real input of the main job: reference document 2, read where it stands.

Its figures are facts and stand here; its sentences are read from the folder beside the project, and
the tests that need them are skipped where it is not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

SOURCE = (
    Path(__file__).resolve().parents[3] / "shared" / "reference" / "2-results-of-measures-2566.txt"
)
YEAR = 2566
SCORES = {
    "1": "93.59",
    "2": "75.23",
    "3": "88.15",
    "4": "79.80",
    "5": "81.65",
    "6": "95.64",
    "7": "92.38",
    "8": "87.99",
    "9": "90.00",
    "10": "71.25",
}
"""The ten indicator scores of FY2566."""

STATUSES: dict[str, int | None] = {**dict.fromkeys(map(str, range(1, 8)), 0), "8": 2}
"""Indicator -> which of the three boxes is ticked; 9 and 10 have none on paper."""


@dataclass(frozen=True)
class MeasureText:
    """One measure as it is typed."""

    title: str
    steps: str
    owners: str
    result: str
    outcome: str


@dataclass(frozen=True)
class GuidelineText:
    """One improvement guideline as it is typed."""

    code: str
    steps: str
    owners: str
    result: str


OWN_MEASURES = tuple(
    MeasureText(
        title=f"มาตรการสมมุติที่ {number} ป้องกันผลประโยชน์ทับซ้อน",
        steps="จัดทำประกาศและแจ้งเวียนให้ทราบ\nประชุมชี้แจงทุกกอง",
        owners="ทุกกอง, สำนักปลัด",
        result="ประกาศแล้วและแจ้งเวียนครบ\nชี้แจงในการประชุมประจำเดือน",
        outcome="เจ้าหน้าที่ปฏิบัติหน้าที่ได้ถูกต้อง",
    )
    for number in range(1, 7)
)
OWN_GUIDELINES = tuple(
    GuidelineText(
        code=code,
        steps=f"แนวทางสมมุติข้อแรกของตัวชี้วัด {code}\nกตัญญูรู้คุณผู้ใช้บริการ น้ำใจดี",
        owners="สำนักปลัด",
        result="ดำเนินการตามแผนแล้ว\nผู้รับบริการทราบขั้นตอน",
    )
    for code in SCORES
)


def _plain(cell: str) -> str:
    """The cell without the scanner's markup, points on lines of their own."""
    text = re.sub(r"</p>\s*<p>", "\n", cell)
    text = re.sub(r"<input[^>]*>\s*\S+", "", text)
    text = re.sub(r"<[^>]+>", "", text)
    text = re.sub(r"\s+(?=[๑-๙]\. |- )", "\n", text)
    return "\n".join(" ".join(line.split()) for line in text.splitlines()).strip()


def _rows(columns: int) -> list[list[str]]:
    lines = SOURCE.read_text("utf-8").splitlines()
    return [cells for line in lines if len(cells := line.split("\t")) == columns]


def read_measures() -> tuple[MeasureText, ...]:
    """The six measures."""
    return tuple(
        MeasureText(_plain(r[1]), _plain(r[2]), _plain(r[4]), _plain(r[5]), _plain(r[6]))
        for r in _rows(7)
        if r[0].rstrip(".") in "๑๒๓๔๕๖"
    )


def read_guidelines() -> tuple[GuidelineText, ...]:
    """The ten improvement guidelines."""
    found = []
    for row in _rows(5):
        match = re.match(r"ตัวชี้วัดที่ ([๐-๙]+)", row[0])
        if match:
            code = str(int(match[1]))
            found.append(GuidelineText(code, _plain(row[1]), _plain(row[2]), _plain(row[4])))
    return tuple(found)
