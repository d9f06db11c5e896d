"""A data file full of everything, and ways to look at one from outside."""

from __future__ import annotations

import hashlib
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from db.store import Store
from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.marks import Marks
from ita_desktop.domain.measures import Measure, MeasureKind, Photo, Progress, Status
from ita_desktop.domain.office import ChainLink, Division, Letterhead, Office, Person
from ita_desktop.domain.papers import Disclosure, Issued, Paper, PaperKey, Step
from ita_desktop.domain.scores import ScoreSheet
from ita_desktop.domain.selection import Scale

ROOT = Path(__file__).resolve().parent.parent.parent
ALL_PARTS = (
    *("office", "people", "divisions", "scores", "measures"),
    *("letterhead", "passages", "disclosures", "papers", "set_aside", "marks"),
)
PICTURE = b"\xff\xd8\xff a photo"
DIGEST = hashlib.sha256(PICTURE).hexdigest()
PROGRESS = Progress(Status.DONE, "อบรมแล้ว\n๒ รุ่น", "๔๐ คน", "เข้าใจ", "กตัญญู น้ำ")
FULL_1 = Dossier(
    office=Office(name="ตัวอย่าง", telephone="043-000-000 ต่อ 12", postal_code="00123"),
    people=(
        Person(1, "นาย", "สมชาย", "ใจดี", "ปลัด", "รักษาราชการแทน"),
        Person(2, "นางสาว", "ป่า", "ฟั่น", "นายก", ""),
    ),
    chain=(ChainLink(1, 2, "ผู้อนุมัติ"), ChainLink(2, None, "ผู้ตรวจสอบ")),
    divisions=(Division(1, "สำนักปลัด"), Division(2, "กองคลัง")),
    sheets={
        2567: ScoreSheet(2567, {"total": Decimal("84.96")}),
        2568: ScoreSheet(
            2568, {"i1": Decimal("93.59"), "e1": Decimal("100.00")}, {"IIT": 33}, "ต้องปรับปรุง"
        ),
    },
    measures={
        2569: (
            Measure(
                1, 2569, MeasureKind.MEASURE, "มาตรการ “ก”", ("1", "9.1"), (2, 3), "๑) วาง\n๒) ทำ",
                "สำนักปลัด", 2, 9, {Round.SIX: PROGRESS, Round.TWELVE: Progress()},
            ),
            Measure(2, 2569, MeasureKind.GUIDELINE, indicators=("3",)),
        )
    },
)  # fmt: skip


_FIRST, _SECOND = FULL_1.measures[2569]
FULL_2 = replace(
    FULL_1,
    letterhead=Letterhead(font="TH Sarabun New", left_mm=32.5, emblem=DIGEST),
    measures={
        2569: (
            replace(
                _FIRST,
                approach="วาง\nทำ",
                follow_up="รอบ ๖ เดือน",
                progress={
                    Round.SIX: replace(PROGRESS, photos=(Photo(1, DIGEST, "ภาพ ก"),)),
                    Round.TWELVE: Progress(),
                },
            ),
            Measure(2, 2569, steps="แต่งตั้ง", owners="กองคลัง", continued=True, day=date(2026, 2, 28)),
            replace(_SECOND, id=3),
        )
    },
    passages={2569: {"preface": "คำนำ\nของเรา", "problems/6": "ฝน"}},
    disclosures={
        2569: {"o1": Disclosure("o1", True, "https://x.go.th", "ก", "ข", date(2026, 4, 1), "ค")}
    },
    papers={PaperKey(2569, "memo", 6): Paper("ตย ๑/๒", date(2026, 4, 26))},
)
"""What schema 2 could hold."""
_THIRD = FULL_2.measures[2569]
FULL_3 = replace(
    FULL_2,
    office=replace(FULL_2.office, fax="043-000-001"),
    measures={2569: (replace(_THIRD[0], items=("i1", "o27")), *_THIRD[1:])},
    set_aside={2569: {"near-threshold score/2568/i1": "ตรวจกับประกาศแล้ว"}},
)
"""What schema 3 could hold."""
FULL = replace(
    FULL_3,
    marks=Marks(
        threshold=Decimal("0.50"),
        count=5,
        scale=Scale(((Decimal(80), "ดี"), (Decimal(0), "พอใช้"))),
    ),
)
"""What schema 3 could hold, and everything since."""


def settled(dossier: Dossier) -> Dossier:
    """The dossier without drafts, which are no edits: neither imported nor undone."""
    sheets = {year: replace(sheet, drafts={}) for year, sheet in dossier.sheets.items()}
    sheets = {y: s for y, s in sheets.items() if s != ScoreSheet(y)}
    return replace(dossier, sheets=sheets, issued=(), templates={})


def fill(store: Store) -> None:
    """Make a new file hold FULL, a setting, and some history: done, undone and dropped."""
    store.set_office("name", "ก่อน")
    store.undo()
    store.take_in(FULL, ALL_PARTS, files=[PICTURE])
    issued = Issued(0, PaperKey(2569, "memo", 6), "บันทึก", "2569-06-ABC234", "2026-04-26T10:00:00")
    store.add_passing(store.issue(issued, b"pdf", b"{}"), Step.SENT, who="ปลัด")
    store.set_template("memo", "{}")
    store.set_setting("letterhead", "krut")
    store.keep("measure_year", "2569")
    store.keep_score_draft(2568, "i2", "93,5")
    store.set_office("district", "เมือง")
    store.undo()


def tables(path: Path) -> dict[str, list[list[Any]]]:
    """Every row of every table, read by plain SQLite."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
        ).fetchall()
        return {
            name: [
                [value.hex() if isinstance(value, bytes) else value for value in row]
                for row in connection.execute(f'SELECT * FROM "{name}"')
            ]
            for (name,) in names
        }


def change(path: Path, *statements: str) -> None:
    """Change a file as another program would."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement).fetchall()


def look(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file of a folder: its bytes and when they were last written."""
    return {
        each.name: (each.read_bytes(), each.stat().st_mtime_ns)
        for each in folder.iterdir()
        if each.is_file()
    }


def start_child(*arguments: object) -> subprocess.Popen[str]:
    """Another process of this program: ``children.py`` with the arguments."""
    command = [sys.executable, "-m", "tests.db.children", *map(str, arguments)]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def kill(child: subprocess.Popen[str]) -> str:
    """End a child at once; returns what it had still said."""
    child.kill()
    said, _ = child.communicate()
    return said
