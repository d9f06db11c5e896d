"""Who has a data file open: a small note beside it, for people.

The lock itself is SQLite's; the note is only information. One that is still there when the file
can be had says that the program ended without closing it. Names of computer and user are shown on
the screen and go nowhere else: no error's text, no log holds them.
"""

from __future__ import annotations

import getpass
import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ita_desktop.domain.fiscal import thai_date

_SUFFIX = "-lock"
_LONGEST = 60
_MOST = 4096


@dataclass(frozen=True, slots=True)
class Holder:
    """A program that has, or had, a data file open. ``computer`` and ``user`` "" when unknown."""

    since: datetime
    computer: str
    user: str

    def words(self, digits: Callable[[str], str] = str) -> str:
        """Where and since when, in Thai, for the screen only.

        ``digits`` turns the day and the time to the digits that the screen shows; a computer's
        name keeps its own.
        """
        place = f"ที่เครื่อง {self.computer}" if self.computer else "ที่เครื่องอื่น"
        who = f" โดยผู้ใช้ {self.user}" if self.user else ""
        since = self.since.astimezone()
        moment = digits(f"{thai_date(since, short=True)} เวลา {since:%H.%M} น.")
        return f"{place}{who} ตั้งแต่ {moment}"


def note_beside(path: Path) -> Path:
    """Where the note of a data file lies."""
    return path.with_name(path.name + _SUFFIX)


def leave_note(path: Path) -> None:
    """Say that this program has the file, if the folder lets us. Under the lock only."""
    note = {
        "since": datetime.now().astimezone().isoformat(timespec="seconds"),
        "computer": _computer(),
        "user": _user(),
    }
    with suppress(OSError):
        beside = note_beside(path)
        beside.unlink(missing_ok=True)  # whatever it is: a link is not followed
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(json.dumps(note, ensure_ascii=False))


def take_note_away(path: Path) -> None:
    """Before the lock is let go: afterwards the note may be another's."""
    with suppress(OSError):
        note_beside(path).unlink(missing_ok=True)


def read_note(path: Path) -> Holder | None:
    """What the note says; None when there is none that can be read."""
    try:
        with note_beside(path).open("rb") as file:
            note = json.loads(file.read(_MOST))
        since = datetime.fromisoformat(note["since"]).astimezone()
        return Holder(since, _plain(note["computer"]), _plain(note["user"]))
    except (OSError, ValueError, LookupError, TypeError, OverflowError, RecursionError):
        return None


def _plain(text: Any) -> str:
    """A name that another program may have written: one short line."""
    return "".join(letter for letter in str(text) if letter.isprintable())[:_LONGEST]


def _computer() -> str:
    name = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
    return _plain(name)


def _user() -> str:
    try:
        return _plain(getpass.getuser())
    except (OSError, KeyError, ImportError):
        return ""
