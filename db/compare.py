"""What one state of a data file has and another has not."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils.db import quote_identifier

from db.seals import key_columns

Record = dict[str, Any]
Records = Mapping[str, Mapping[tuple[Any, ...], Record]]
"""Table -> key -> column -> value."""

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ข้อมูลหน่วยงาน", ("office",)),
    ("บุคคลและสายการลงนาม", ("person", "chain_link")),
    ("กอง/สำนัก", ("division",)),
    ("คะแนน", ("score", "respondents", "official_level")),
    ("มาตรการ", ("measure",)),
    ("ความก้าวหน้า", ("progress",)),
    ("ภาพ", ("photo",)),
    ("ข้อความในเอกสาร", ("passage",)),
    ("การเปิดเผยข้อมูล (OIT)", ("disclosure",)),
    ("เลขที่และวันที่เอกสาร", ("paper",)),
    ("ทะเบียนเอกสาร", ("issued", "passing")),
    ("แม่แบบเอกสาร", ("template",)),
    ("กรอบการประเมิน", ("framework",)),
    ("ข้อสังเกตที่พักไว้", ("set_aside",)),
    ("การตั้งค่า", ("setting",)),
)
"""What the clerk calls the records of each table."""

NAMES = {table: name for name, tables in GROUPS for table in tables}
_REMEMBERED = {("measure_year",)}
"""Settings that only say where the user was."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What changes from one state of a data file to another, in Thai lines for the clerk.

    ``lines``: ``มาตรการ: จะหายไป 2 กลับมา 1 เปลี่ยน 3`` …; empty when both hold the same.
    """

    lines: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.lines)


def read_records(connection: sqlite3.Connection) -> Records:
    """Every record of the office's data; history, files and seals are no part of it."""
    found = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
    present = {name for (name,) in found}
    return {table: _read_table(connection, table) for table in NAMES if table in present}


def _read_table(connection: sqlite3.Connection, table: str) -> dict[tuple[Any, ...], Record]:
    keys = key_columns(connection, table)
    cursor = connection.execute(f"SELECT * FROM {quote_identifier(table)}")  # noqa: S608
    names = [column[0] for column in cursor.description]
    rows = [dict(zip(names, row, strict=True)) for row in cursor]
    return {tuple(row[name] for name in keys): row for row in rows}


def difference(present: Records, wanted: Records) -> Difference:
    """What would change if ``wanted`` took the place of ``present``."""
    lines: list[str] = []
    for name, tables in GROUPS:
        counts = [0, 0, 0]
        for table in tables:
            pair = present.get(table, {}), wanted.get(table, {})
            counts = [a + b for a, b in zip(counts, _counts(table, *pair), strict=True)]
        words = zip(("จะหายไป", "กลับมา", "เปลี่ยน"), counts, strict=True)
        said = [f"{word} {count}" for word, count in words if count]
        if said:
            lines.append(f"{name}: {' '.join(said)} รายการ")
    return Difference(tuple(lines))


def _counts(
    table: str,
    present: Mapping[tuple[Any, ...], Record],
    wanted: Mapping[tuple[Any, ...], Record],
) -> tuple[int, int, int]:
    """How many records go, come back, and change."""
    passing = _REMEMBERED if table == "setting" else set()
    gone = present.keys() - wanted.keys() - passing
    back = wanted.keys() - present.keys() - passing
    both = (present.keys() & wanted.keys()) - passing
    changed = [key for key in both if not _alike(present[key], wanted[key])]
    return len(gone), len(back), len(changed)


def _alike(one: Record, other: Record) -> bool:
    """The same in all columns that both have: a file of an earlier schema has fewer."""
    return all(one[name] == other[name] for name in one.keys() & other.keys())
