"""What a data file holds, in a few counts: how a back-up is told from another."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ita_desktop.domain.framework import FrameworkError, FrameworkShelf
from ita_desktop.domain.scores import ScoreSheet, score_tree
from ita_desktop.paths import data_files


@dataclass(frozen=True, slots=True)
class YearScores:
    """Scores of one assessed year: how many were entered, and whether they give a total."""

    entered: int
    complete: bool


@dataclass(frozen=True, slots=True)
class Contents:
    """What a data file held, without opening it.

    ``measures``: measure year -> number of measures and guidelines. ``scores``: assessed year ->
    its scores. ``photos`` and ``issued`` count photos and documents in the register.
    """

    office: str = ""
    measures: Mapping[int, int] = field(default_factory=dict)
    scores: Mapping[int, YearScores] = field(default_factory=dict)
    photos: int = 0
    issued: int = 0

    def as_data(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return {
            "office": self.office,
            "measures": {str(year): count for year, count in self.measures.items()},
            "scores": {str(y): [s.entered, s.complete] for y, s in self.scores.items()},
            "photos": self.photos,
            "issued": self.issued,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Contents:
        """Raises KeyError, TypeError, ValueError or AttributeError when it is something else."""
        return cls(
            office=str(data["office"]),
            measures={int(year): int(count) for year, count in data["measures"].items()},
            scores={int(y): YearScores(int(n), bool(c)) for y, (n, c) in data["scores"].items()},
            photos=int(data["photos"]),
            issued=int(data["issued"]),
        )

    def sentence(self) -> str:
        """The newest year's measures, and whether its scores are complete, in Thai."""
        words = [_measures_text(self.measures), _scores_text(self.scores)]
        if self.photos:
            words.append(f"ภาพ {self.photos} ภาพ")
        if self.issued:
            words.append(f"เอกสารที่ออก {self.issued} ฉบับ")
        return " ".join(words)


def _measures_text(measures: Mapping[int, int]) -> str:
    if not measures:
        return "ยังไม่มีมาตรการ"
    return f"มาตรการ {measures[max(measures)]} รายการ"


def _scores_text(scores: Mapping[int, YearScores]) -> str:
    if not scores:
        return "ยังไม่มีคะแนน"
    year = max(scores)
    found = scores[year]
    return f"คะแนนปี {year} " + ("ครบ" if found.complete else f"{found.entered} ช่อง")


def read_contents(connection: sqlite3.Connection) -> Contents:
    """Count what a whole file of any schema version holds. Writes nothing."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
    names = connection.execute("SELECT kind, name FROM office").fetchone() or ("", "")
    return Contents(
        office="".join(names) if names[1] else "",
        measures=_measures(connection),
        scores=_read_scores(connection),
        photos=_photos(connection) if "photo" in tables else 0,
        issued=_issued(connection) if "issued" in tables else 0,
    )


def _measures(connection: sqlite3.Connection) -> dict[int, int]:
    """Further ways of a measure, which came with schema 2, are not counted."""
    columns = {row[1] for row in connection.execute("PRAGMA table_info(measure)")}
    if "continued" not in columns:
        return dict(connection.execute("SELECT year, count(*) FROM measure GROUP BY year"))
    return dict(
        connection.execute("SELECT year, count(*) FROM measure WHERE continued = 0 GROUP BY year")
    )


def _photos(connection: sqlite3.Connection) -> int:
    return connection.execute("SELECT count(*) FROM photo").fetchone()[0]


def _issued(connection: sqlite3.Connection) -> int:
    return connection.execute("SELECT count(*) FROM issued").fetchone()[0]


def _read_scores(connection: sqlite3.Connection) -> dict[int, YearScores]:
    sheets: dict[int, dict[str, Decimal]] = {}
    for year, code, value in connection.execute("SELECT year, code, value FROM score"):
        sheets.setdefault(year, {})[code] = Decimal(value)
    own: dict[int, bytes | str | Any] = dict(
        connection.execute("SELECT year, content FROM framework")
    )
    shelf = FrameworkShelf(data_files("frameworks"), own)
    return {
        year: YearScores(len(entered), _is_complete(shelf, year, entered))
        for year, entered in sorted(sheets.items())
    }


def _is_complete(shelf: FrameworkShelf, year: int, entered: Mapping[str, Decimal]) -> bool:
    try:
        return score_tree(shelf.get(year), ScoreSheet(year, dict(entered))).total is not None
    except FrameworkError:  # the office's own may be wrong: then nobody can tell
        return False
