"""The clerk's year: what is due when, and what the data say is done.

The tasks are data (``resources/calendar/ita.json``): a day of the fiscal year each, the page that
serves it, and by what it is seen to be done. The office may set another day, and ticks by hand
what no data can tell; both are settings in the data file, under ``calendar/``.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import BUDDHIST_OFFSET
from ita_desktop.domain.measures import MeasureKind, owner_names, points

SETTINGS = "calendar/"
"""Settings of the calendar begin with that: ``calendar/<year>/<key>/day`` and ``…/done``."""
SOON = 30
"""A task within so many days is soon due."""
_KEYS = frozenset({"key", "name", "note", "month", "day", "page", "done"})
_RULES = frozenset({"issued", "round", "year", "scores", "planned", "disclosed"})


@dataclass(frozen=True, slots=True)
class Task:
    """One task of the clerk's year.

    ``name`` holds ``{year}`` (the measure year) or ``{before}`` (the year before it). It is due
    on ``day`` of the calendar month ``month`` within the fiscal year. ``page``: the window's page
    that serves it, "" for none. ``done``: by which data it is seen to be done; empty: by hand.
    """

    key: str
    name: str
    note: str
    month: int
    day: int
    page: str
    done: Mapping[str, Any]

    def title(self, year: int) -> str:
        """The name in a measure year, Arabic digits."""
        return self.name.replace("{year}", str(year)).replace("{before}", str(year - 1))

    def usual_day(self, year: int) -> date:
        """The day it is due in fiscal year ``year`` where the office has set no other."""
        return date(year - BUDDHIST_OFFSET - (self.month >= 10), self.month, self.day)

    @property
    def by_hand(self) -> bool:
        """Whether only the clerk knows that it is done."""
        return not self.done


@dataclass(frozen=True, slots=True)
class Due:
    """A task of one year: when it is due, whether that is the office's own day, whether done.

    ``done_on`` is known for what was issued or ticked.
    """

    task: Task
    year: int
    day: date
    own_day: bool
    done: bool
    done_on: date | None = None

    @property
    def title(self) -> str:
        """What is to be done, Arabic digits."""
        return self.task.title(self.year)

    def days_left(self, today: date) -> int:
        """Days until it is due; negative when that day has passed."""
        return (self.day - today).days


@dataclass(frozen=True, slots=True)
class Known:
    """What the tasks ask of frameworks: assessed years with a total, OIT codes of the year."""

    scored: Collection[int] = ()
    oit_codes: Sequence[str] = ()


def load_tasks(path: Path) -> tuple[Task, ...]:
    """The tasks of a calendar file. Raises OSError or ValueError when it can't be used."""
    return parse_tasks(json.loads(path.read_text("utf-8")), path.name)


def parse_tasks(data: Sequence[Mapping[str, Any]], name: str) -> tuple[Task, ...]:
    """The tasks of decoded data; ``name``: the file's. Raises ValueError for another shape."""
    tasks = tuple(_task(each) for each in data)
    if len({task.key for task in tasks}) != len(tasks):
        raise ValueError(f"{name}: a key stands twice")
    return tasks


def _task(data: Mapping[str, Any]) -> Task:
    done = data.get("done", {})
    if set(data) - _KEYS or set(done) - _RULES:
        raise ValueError(f"calendar: {data.get('key')} has an unknown field")
    task = Task(
        *(data[name] for name in ("key", "name", "note", "month", "day", "page")), done=done
    )
    task.usual_day(2569)  # a day that is in no calendar is told at once
    return task


def day_setting(year: int, key: str) -> str:
    """The setting that holds the office's own day of a task (ISO 8601)."""
    return f"{SETTINGS}{year}/{key}/day"


def done_setting(year: int, key: str) -> str:
    """The setting that holds the day on which a task was ticked (ISO 8601)."""
    return f"{SETTINGS}{year}/{key}/done"


def agenda(
    tasks: Sequence[Task], dossier: Dossier, year: int, settings: Mapping[str, str], known: Known
) -> tuple[Due, ...]:
    """The tasks of a measure year in the order they are due.

    ``settings``: those of the calendar, by their whole key; a text that is no day counts as none.
    """
    found = [_due(task, dossier, year, settings, known) for task in tasks]
    return tuple(sorted(found, key=lambda due: due.day))


def _due(task: Task, dossier: Dossier, year: int, settings: Mapping[str, str], known: Known) -> Due:
    own = _day(settings.get(day_setting(year, task.key), ""))
    ticked = _day(settings.get(done_setting(year, task.key), ""))
    done, done_on = _by_data(task, dossier, year, known)
    return Due(
        task,
        year,
        own or task.usual_day(year),
        own is not None,
        done or ticked is not None,
        done_on or ticked,
    )


def _by_data(task: Task, dossier: Dossier, year: int, known: Known) -> tuple[bool, date | None]:
    """Whether the data say that it is done, and since when where they know."""
    rule = task.done
    if "issued" in rule:
        return _issued(rule, dossier, year + rule.get("year", 0))
    if "scores" in rule:
        return year + rule["scores"] in known.scored, None
    if "planned" in rule:
        return is_planned(dossier, year), None
    if "disclosed" in rule:
        return is_disclosed(dossier, year, known.oit_codes), None
    return False, None


def _issued(rule: Mapping[str, Any], dossier: Dossier, year: int) -> tuple[bool, date | None]:
    months = rule.get("round")
    days = [
        datetime.fromisoformat(each.at).date()
        for each in dossier.issued
        if each.key.year == year
        and each.key.kind in rule["issued"]
        and months in (None, each.key.round)
    ]
    return bool(days), min(days, default=None)


def is_planned(dossier: Dossier, year: int) -> bool:
    """Whether the year has measures and each of them says what, how and who."""
    measures = dossier.measures_of(year, MeasureKind.MEASURE)
    return bool(measures) and all(
        (each.title.strip() or each.continued) and points(each.steps) and owner_names(each.owners)
        for each in measures
    )


def is_disclosed(dossier: Dossier, year: int, codes: Sequence[str]) -> bool:
    """Whether every OIT item is decided, and each disclosed one has its address."""
    found = [dossier.disclosure(year, code) for code in codes]
    return bool(found) and all(
        each.disclosed is False or (each.disclosed and each.url.strip()) for each in found
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def left_text(days: int) -> str:
    """The days left in words, Arabic digits: "อีก 12 วัน", "วันนี้", "เลยกำหนด 3 วัน"."""
    if days < 0:
        return f"เลยกำหนด {-days} วัน"
    near = {0: "วันนี้", 1: "พรุ่งนี้"}
    if days in near:
        return near[days]
    return f"อีก {days} วัน" if days < 60 else f"อีกราว {round(days / 30.4)} เดือน"
