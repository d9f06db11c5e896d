"""The office's own frameworks, and what is brought over into a new year.

``Years`` is the part of the store that knows them. A framework is kept as the text of its file;
where it came from lies beside it among the settings, written and undone in the same edit. A draft
of a framework is no edit: like the text of a score that is none yet, it is kept until it is used.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, suppress
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from db.errors import WriteFailed
from ita_desktop.domain.framework_origin import Origin, Source
from ita_desktop.domain.measures import MeasureKind
from ita_desktop.domain.year_change import BroughtOver

if TYPE_CHECKING:
    from db.history import Recorder

_ORIGIN = "framework/origin/"
_DRAFT = "draft/framework/"
_BROUGHT = "brought_over/"
_DISCLOSURE = ("url", "explanation", "owner")
_MEASURE = (
    *("title", "indicators", "issues", "steps", "owners", "first_month", "last_month"),
    *("approach", "follow_up", "continued", "items"),
)


class Years:
    """What the store knows of frameworks and of the change of year."""

    last_frameworks: Mapping[int, str] = MappingProxyType({})
    """The office's own frameworks as they were last read, for when the file is out of reach."""

    if TYPE_CHECKING:

        def edit(
            self, label: str, place: str, *, origin: object = None, merge: object = None
        ) -> AbstractContextManager[Recorder]:
            """One edit; see ``Store.edit``."""
            ...

        def setting(self, key: str, default: str = "") -> str:
            """A setting kept in the file."""
            ...

        def keep(self, key: str, value: str) -> None:
            """Keep a setting outside the history."""
            ...

        def _rows(self, table: str, order: str | None = None) -> Iterator[dict[str, Any]]: ...
        def _reading(self) -> AbstractContextManager[None]: ...
        def _insert_measure(
            self, rows: Recorder, year: int, kind: MeasureKind, values: Mapping[str, Any]
        ) -> int: ...

    # --- frameworks ------------------------------------------------------------------------------

    def frameworks(self) -> dict[int, str]:
        """The office's own frameworks: year -> content of the framework file."""
        with self._reading():
            self.last_frameworks = {r["year"]: r["content"] for r in self._rows("framework")}
        return dict(self.last_frameworks)

    def framework_origin(self, year: int) -> Origin | None:
        """Where the office's own framework of a year came from; None when that is not known."""
        return _origin(self.setting(f"{_ORIGIN}{year}"))

    def set_framework(
        self,
        year: int,
        content: str,
        source: Source,
        *,
        name: str = "",
        note: str = "",
        origin: object = None,
    ) -> None:
        """Keep the office's own framework of a year, as one edit; its draft is done with.

        ``name``: the file it was read from, or the year it was copied from. ``note``: the office's
        own words on it. The content must have been checked.
        """
        label = f"{_SET_LABELS[source]} {year}"
        with self.edit(label, f"framework/{year}", origin=origin) as rows:
            rows.put("framework", year, {"content": content})
            at = datetime.now().astimezone().isoformat(timespec="seconds")
            told = {"source": source.value, "name": name, "note": note, "at": at}
            rows.put("setting", f"{_ORIGIN}{year}", {"value": json.dumps(told, ensure_ascii=False)})
        with suppress(WriteFailed):  # the edit stands; a draft that is left over harms nobody
            self.keep_framework_draft(year, "")

    def take_frameworks(self, contents: Mapping[int, str]) -> None:
        """Put in what another file's store has read last; where they came from is not known."""
        with self.edit("ย้ายกรอบการประเมินของหน่วยงาน", "framework") as rows:
            for year, content in contents.items():
                rows.put("framework", year, {"content": content})

    def drop_framework(self, year: int, *, origin: object = None) -> None:
        """Take the office's own framework of a year back; the shipped one, if any, counts again."""
        with self.edit(f"เลิกใช้กรอบปี {year} ของหน่วยงาน", f"framework/{year}", origin=origin) as rows:
            rows.delete("framework", year)
            rows.delete("setting", f"{_ORIGIN}{year}")

    def framework_drafts(self) -> dict[int, str]:
        """Frameworks that are being edited: year -> text of the draft."""
        with self._reading():
            found = {
                row["key"].removeprefix(_DRAFT): row["value"]
                for row in self._rows("setting")
                if row["key"].startswith(_DRAFT) and row["value"]
            }
        return {int(year): text for year, text in found.items() if year.isdecimal()}

    def keep_framework_draft(self, year: int, text: str) -> None:
        """Keep what is being edited until it is used or given up (""); outside the history."""
        self.keep(f"{_DRAFT}{year}", text)

    # --- a new year ------------------------------------------------------------------------------

    def brought_over(self, year: int) -> frozenset[str]:
        """What was brought over into a year already, by the keys of ``BroughtOver``."""
        text = self.setting(f"{_BROUGHT}{year}")
        try:
            found = json.loads(text) if text else []
        except ValueError:
            return frozenset()
        return frozenset(str(key) for key in found) if isinstance(found, list) else frozenset()

    def bring_over(self, brought: BroughtOver, *, origin: object = None) -> None:
        """Write all that is brought over into a new year, as one edit; nothing is no edit."""
        year = brought.year
        if not brought.keys:
            return
        with self.edit(f"ขึ้นปีงบประมาณ {year}", "measure", origin=origin) as rows:
            for measure in brought.measures:
                values = {name: getattr(measure, name) for name in _MEASURE}
                self._insert_measure(rows, year, measure.kind, values)
            rows.place = "measure"
            for place, text in brought.passages.items():
                rows.put("passage", (year, place), {"content": text})
            for found in brought.disclosures:
                values = {name: getattr(found, name) for name in _DISCLOSURE}
                rows.put("disclosure", (year, found.code), values)
            keys = sorted({*self.brought_over(year), *brought.keys})
            rows.put("setting", f"{_BROUGHT}{year}", {"value": json.dumps(keys)})


_SET_LABELS = {
    Source.FILE: "นำเข้ากรอบปี",
    Source.COPY: "เพิ่มกรอบปี",
    Source.TYPED: "แก้กรอบปี",
}


def _origin(text: str) -> Origin | None:
    """The origin a setting holds; None for none, or for one of a newer program."""
    try:
        told = json.loads(text) if text else {}
        at = datetime.fromisoformat(told["at"])
        return Origin(Source(told["source"]), at, str(told["name"]), str(told["note"]))
    except (ValueError, KeyError, TypeError):
        return None
