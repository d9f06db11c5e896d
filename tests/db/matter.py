"""A data file full of everything, and ways to look at one from outside."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from db.store import Store
from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.measures import Measure, MeasureKind, Progress, Status
from ita_desktop.domain.office import ChainLink, Division, Office, Person
from ita_desktop.domain.scores import ScoreSheet

ROOT = Path(__file__).resolve().parent.parent.parent
ALL_PARTS = ("office", "people", "divisions", "scores", "measures")
PROGRESS = Progress(Status.DONE, "อบรมแล้ว\n๒ รุ่น", "๔๐ คน", "เข้าใจ", "กตัญญู น้ำ")
FULL = Dossier(
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


def settled(dossier: Dossier) -> Dossier:
    """The dossier without drafts, which are no edits: neither imported nor undone."""
    sheets = {year: replace(sheet, drafts={}) for year, sheet in dossier.sheets.items()}
    return replace(dossier, sheets={y: s for y, s in sheets.items() if s != ScoreSheet(y)})


def fill(store: Store) -> None:
    """Make a new file hold FULL, a setting, and some history: done, undone and dropped."""
    store.set_office("name", "ก่อน")
    store.undo()
    store.take_in(FULL, ALL_PARTS)
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
            name: [list(row) for row in connection.execute(f'SELECT * FROM "{name}"')]
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
