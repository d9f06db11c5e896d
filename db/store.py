"""The store: domain objects in and out of the data file, one transaction an edit.

Reading gives a ``Dossier``, built from the tables and kept until an edit touches its area. Every
writing method is one edit: one transaction, one undo step, one history row, one notice to those who
listen. Typing on in the same field (same ``merge`` token) goes on with the same edit.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlite_utils.db import quote_identifier

from db import history, past
from db.compare import Records, read_records
from db.copying import Copying
from db.deeds import DOABLE, Deed
from db.errors import (
    DataFileError,
    GoneRow,
    MovedDataFile,
    NotPutBack,
    RefusedEdit,
    UnreadableDataFile,
    WriteFailed,
)
from db.history import Change, Edit, Mark, Recorder
from db.merging import chain_texts, paired, photos_of
from db.opening import (
    Upgrade,
    changed_outside,
    check_from_outside,
    check_in_place,
    close_data_file,
    create_data_file,
    left_open,
    look_again,
    open_data_file,
    upgraded,
)
from db.papers import LETTERHEAD, Papers, now_text
from db.reasons import MOVED, OVERWRITTEN, UNREADABLE_CONTENT, why_not_read, why_not_written
from db.rows import Key, Row, Rows, key_parts
from db.takeover import Takeover, list_text
from db.wording import FIELD_WORDS, table_name, title_of
from db.years import Years
from ita_desktop.domain import agenda
from ita_desktop.domain.dossier import Dossier, with_draft
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.marks import Marks, read_marks
from ita_desktop.domain.measures import Measure, MeasureKind, Progress, Status
from ita_desktop.domain.office import ChainLink, Division, Letterhead, Office, Person
from ita_desktop.domain.scores import TOTAL, ScoreSheet, half_up

if TYPE_CHECKING:
    from sqlite_utils import Database

    from db.holders import Holder

AREAS: dict[str, str] = {
    "office": "office",
    "person": "people",
    "chain_link": "people",
    "division": "people",
    "score": "scores",
    "respondents": "scores",
    "official_level": "scores",
    "measure": "measures",
    "progress": "measures",
    "framework": "frameworks",
    "setting": "settings",
    "photo": "measures",
    "passage": "papers",
    "disclosure": "papers",
    "paper": "papers",
    "issued": "papers",
    "passing": "papers",
    "template": "papers",
    "set_aside": "papers",
}
"""Table -> the part of the dossier it belongs to; notices name these parts."""

_DRAFT = "draft/score/"
_FONT = f"{LETTERHEAD}font"
_MARKS = "marks"

_TEXT_FIELDS: dict[str, frozenset[str]] = {
    "office": frozenset(field.name for field in fields(Office)),
    "person": frozenset({"title", "given_name", "family_name", "position", "acting"}),
    "measure": frozenset({"title", "steps", "owners", "approach", "follow_up"}),
    "progress": frozenset({"result", "output", "outcome", "note"}),
}

_LIST_OF = {
    "measure": ("year", "kind"),
    "photo": ("measure_id", "round"),
    "passing": ("issued_id",),
}
"""Columns that rows of one list have in common."""

_DELETED = {
    "chain_link": "ลบผู้ลงนาม",
    "division": "ลบกอง/สำนัก",
    "photo": "ลบภาพ",
    "passing": "ลบขั้นการเดินเรื่อง",
}
"""What deleting a row of each simple table is called."""

_MOVED = {
    "person": "บุคคล",
    "chain_link": "ผู้ลงนาม",
    "division": "กอง/สำนัก",
    "measure": "มาตรการ",
    "photo": "ภาพ",
}
"""What the rows of each list that has an order are called."""

_NO_PROGRESS = {**dict.fromkeys(_TEXT_FIELDS["progress"], ""), "status": None}
_ONE_VALUE = frozenset({"score", "respondents", "official_level", "passage", "setting"})
"""Tables whose rows are one value: no row means that there is none."""

_LISTS = ("indicators", "issues", "items")
_MEASURE_FIELDS = (
    *("title", "indicators", "issues", "steps", "owners", "first_month", "last_month"),
    *("approach", "follow_up", "continued", "day", "items"),
)


@dataclass(frozen=True, slots=True)
class Notice:
    """What an edit, undo or redo has changed, for pages to follow.

    ``place`` is the edited place; ``origin`` is whoever edited, so that a page can leave alone
    what its user is typing in. ``saved_at`` is when it reached the disk.
    """

    areas: frozenset[str]
    label: str
    place: str
    origin: object
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Refused:
    """A deed that the file will never take, with the Thai sentence that says why."""

    deed: Deed
    reason: str


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What deeds would change, row by row, and which of them the file would refuse."""

    changes: tuple[Change, ...]
    refused: tuple[Refused, ...]


class _Enough(Exception):
    """Ends a rehearsal: nothing of it may stay."""

    def __init__(self, rehearsal: Rehearsal) -> None:
        super().__init__()
        self.rehearsal = rehearsal


class Store(Papers, Years):
    """One open data file. Close it when done."""

    def __init__(self, path: Path, database: Database | None = None) -> None:
        """Open ``path``; raises a DataFileError with its own sentence.

        ``database``: the file as it was opened already, such as a back-up that is only read.
        """
        self.path = path
        self._database = open_data_file(path) if database is None else database
        self._table = Rows(self._database)
        self._listeners: list[Callable[[Notice], None]] = []
        self._parts: dict[str, Any] = {}
        self._merge_token: object = None
        self._merge_edit: int | None = None
        self._last_mark: Mark | None = None
        self._tried: Mark | None = None
        self._tried_draft: tuple[int, str, str] | None = None
        self._overwritten = False
        self._joint: Recorder | None = None
        self._cut_off = False
        self.last_dossier = Dossier()
        self._before_close: list[Callable[[], None]] = []
        try:
            self.dossier()  # what the checks can't see, a letter broken inside a text, is told now
        except BaseException:
            self.close()
            raise

    @classmethod
    def create(cls, path: Path) -> Store:
        """Make a new data file and open it."""
        create_data_file(path)
        return cls(path)

    def close(self) -> None:
        """Let go of the file; a back-up under way is given up."""
        self._give_up_copies()
        close_data_file(self._database, self.path)

    def _give_up_copies(self) -> None:
        for give_up in self._before_close:
            give_up()
        self._before_close.clear()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def connection(self) -> sqlite3.Connection:
        """The open file, for those in this room that only read."""
        return self._database.conn

    def begin_copy(self, target: Path) -> Copying:
        """Copy the whole file into an existing one, in slices; closing the store gives it up."""
        if self._cut_off:
            raise UnreadableDataFile(self.path, MOVED)
        copying = Copying(self._database.conn, target)
        self._before_close.append(copying.cancel)
        return copying

    @property
    def upgraded(self) -> Upgrade | None:
        """What opening did to a file of an earlier program; None when there was nothing to do."""
        return upgraded(self._database)

    @property
    def left_open(self) -> Holder | None:
        """Who had the file when the program last ended without closing it; None: it was closed."""
        return left_open(self._database)

    def changed_outside(self) -> bool:
        """Whether somebody else has written, replaced or removed the file while it is open here.

        Asks the system, not the file; a timer may ask every few seconds.
        """
        return changed_outside(self._database, self.path)

    def subscribe(self, listener: Callable[[Notice], None]) -> None:
        """Call ``listener`` after every edit, undo and redo.

        What it raises goes to ``sys.excepthook``: the edit is on the disk, and the others hear it.
        """
        self._listeners.append(listener)

    # --- reading -------------------------------------------------------------------------------

    def dossier(self) -> Dossier:
        """Everything in the file, as of now."""
        people, chain, divisions = self._part("people", self._read_people)
        self.last_dossier = Dossier(
            office=self._part("office", self._read_office),
            people=people,
            chain=chain,
            divisions=divisions,
            sheets=self._part("scores", self._read_scores),
            measures=self._part("measures", self._read_measures),
            **self._part("settings", self._read_settings),
            **self._part("papers", self._read_papers),
        )
        return self.last_dossier

    def _read_settings(self) -> dict[str, Any]:
        return {
            "letterhead": self._read_letterhead(),
            "marks": read_marks(self.setting(_MARKS)),
        }

    def _part(self, area: str, read: Callable[[], Any]) -> Any:
        if area not in self._parts:
            with self._reading():
                self._parts[area] = read()
        return self._parts[area]

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Rows that are not what the program wrote mean a damaged file, not a crash."""
        if self._cut_off:
            raise UnreadableDataFile(self.path, MOVED)
        try:
            yield
        except UNREADABLE_CONTENT as error:
            raise why_not_read(error, self.path) from error

    def _rows(self, table: str, order: str | None = None) -> Iterator[dict[str, Any]]:
        # By plain SQL: sqlite-utils looks through the schema twice before it reads a table.
        ordered = f" ORDER BY {order}" if order else ""
        cursor = self._database.conn.execute(f"SELECT * FROM {quote_identifier(table)}{ordered}")  # noqa: S608
        names = [column[0] for column in cursor.description]
        for values in cursor:
            row = dict(zip(names, values, strict=True))
            # No text is ever stored with NUL: it is a page of zeros from a bad medium.
            if any(isinstance(value, str) and "\0" in value for value in row.values()):
                raise ValueError(f"zeros in {table}")
            yield row

    def _read_office(self) -> Office:
        row = next(self._rows("office"), None)
        if row is None:
            raise LookupError("no office")
        return Office(**{name: row[name] for name in _TEXT_FIELDS["office"]})

    def _read_people(self) -> tuple[tuple[Any, ...], ...]:
        people = tuple(Person(**_without_rank(row)) for row in self._rows("person", "rank, id"))
        chain = tuple(ChainLink(**_without_rank(r)) for r in self._rows("chain_link", "rank, id"))
        divisions = tuple(Division(**_without_rank(r)) for r in self._rows("division", "rank, id"))
        return people, chain, divisions

    def _read_scores(self) -> dict[int, ScoreSheet]:
        entered: dict[int, dict[str, Decimal]] = {}
        for row in self._rows("score"):
            entered.setdefault(row["year"], {})[row["code"]] = Decimal(row["value"])
        respondents: dict[int, dict[str, int]] = {}
        for row in self._rows("respondents"):
            respondents.setdefault(row["year"], {})[row["instrument"]] = row["count"]
        levels = {row["year"]: row["level"] for row in self._rows("official_level")}
        drafts = self._read_drafts()
        return {
            year: ScoreSheet(
                year=year,
                entered=entered.get(year, {}),
                respondents=respondents.get(year, {}),
                official_level=levels.get(year, ""),
                drafts=drafts.get(year, {}),
            )
            for year in sorted({*entered, *respondents, *levels, *drafts})
        }

    def _read_drafts(self) -> dict[int, dict[str, str]]:
        """Texts typed into score fields that are no scores: year -> code -> text."""
        drafts: dict[int, dict[str, str]] = {}
        for row in self._database.table("setting").rows_where("key GLOB ?", [f"{_DRAFT}*"]):
            year, _, code = row["key"].removeprefix(_DRAFT).partition("/")
            if year.isdecimal():
                drafts.setdefault(int(year), {})[code] = row["value"]
        return drafts

    def _read_measures(self) -> dict[int, tuple[Measure, ...]]:
        progress: dict[int, dict[Round, Progress]] = {}
        for row in self._rows("progress"):
            progress.setdefault(row["measure_id"], {})[Round(row["round"])] = _progress(row)
        for (measure_id, months), photos in self._read_photos().items():
            rounds = progress.setdefault(measure_id, {})
            found = rounds.get(Round(months), Progress())
            rounds[Round(months)] = replace(found, photos=photos)
        measures: dict[int, list[Measure]] = {}
        for row in self._rows("measure", "year, kind DESC, rank, id"):
            measures.setdefault(row["year"], []).append(_measure(row, progress.get(row["id"], {})))
        return {year: tuple(found) for year, found in measures.items()}

    def setting(self, key: str, default: str = "") -> str:
        """A setting kept in the file."""
        with self._reading():
            row = Recorder(self._table).row("setting", key)
        return default if row is None else row["value"]

    def settings_under(self, prefix: str) -> dict[str, str]:
        """The settings whose keys begin with ``prefix``, by their whole key."""
        with self._reading():
            rows = self._rows("setting")
            return {row["key"]: row["value"] for row in rows if row["key"].startswith(prefix)}

    def edits_since(self, day: date) -> list[tuple[datetime, str]]:
        """When and what was edited on that day and after, newest first, undone edits left out.

        Only the words: what each has changed can be large (``edits`` reads it).
        """
        with self._reading():
            return history.labels_since(self._database, day)

    # --- editing -------------------------------------------------------------------------------

    @contextmanager
    def edit(
        self, label: str, place: str, *, origin: object = None, merge: object = None
    ) -> Iterator[Recorder]:
        """One edit: everything written through the recorder inside, or nothing.

        ``merge``: a token of one visit to one field; edits that carry the same one are one step.
        Raises WriteFailed when the disk refuses and RefusedEdit when the file's rules do; the
        file, what was read of it and the history are then as they were.
        """
        if self._joint is not None:
            with self._joining(self._joint):
                yield self._joint
            return
        recorder = Recorder(self._table, place)
        changes: list[Change] = []
        mark = None
        try:
            with self._writing():
                yield recorder
                changes = recorder.net()
                if changes:
                    mark = self._record(label, recorder.place, changes, merge)
        except WriteFailed:
            if mark is None or not history.stands(self._table, mark):
                raise
        if changes:
            self._tell({change.table for change in changes}, label, recorder.place, origin)

    @contextmanager
    def _joining(self, joint: Recorder) -> Iterator[None]:
        """Inside an edit of several: this one's writes are the outer one's."""
        place = joint.place
        try:
            yield
        finally:
            joint.place = place
            self._parts.clear()  # what is read next must see what was just written

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction. After a failure only the file knows what it holds: nothing is kept."""
        if self._joint is not None:
            yield
            return
        if self._cut_off:
            raise WriteFailed(self.path, MOVED)
        try:
            check_in_place(self._database, self.path)
            self._check_not_overwritten()
            try:
                with history.transaction(self._database):
                    yield
            finally:
                look_again(self._database, self.path)
        except BaseException as error:
            self._parts.clear()
            self._end_merge()
            self._last_mark = None
            told = why_not_written(error, self.path)
            if told is None:
                raise
            raise told from error

    def _check_not_overwritten(self) -> None:
        """Raise WriteFailed when another program has put other content into the open file.

        Going on would mix two files. The time of change alone proves nothing (a network drive may
        set it late): what was read before must be there when it is read from the disk once more.
        """
        if not self._overwritten and not self.changed_outside():
            return
        known = None if self._overwritten else self.dossier()
        self._parts.clear()
        self._database.execute("PRAGMA shrink_memory").fetchall()
        self._overwritten = known is None or self.dossier() != known
        if self._overwritten or not self._last_stands():
            self._overwritten = True
            raise WriteFailed(self.path, OVERWRITTEN)
        look_again(self._database, self.path)

    def _last_stands(self) -> bool:
        return self._last_mark is None or history.stands(self._table, self._last_mark)

    def _record(self, label: str, place: str, changes: list[Change], merge: object) -> Mark | None:
        last = history.last_done(self._database) if merge is not None else None
        same_visit = last is not None and merge == self._merge_token and last.id == self._merge_edit
        if last is not None and same_visit and (last.label, last.place) == (label, place):
            mark = history.record_merged(self._table, last, changes)
        else:
            mark = history.record(self._table, label, place, changes)
        self._merge_token, self._merge_edit = merge, None if mark is None else mark.id
        self._last_mark = self._tried = mark
        return mark

    def _end_merge(self) -> None:
        self._merge_token = self._merge_edit = None

    def _tell(self, tables: Iterable[str], label: str, place: str, origin: object) -> None:
        areas = frozenset(AREAS[table] for table in tables)
        for area in areas:
            self._parts.pop(area, None)
        notice = Notice(areas, label, place, origin, datetime.now().astimezone())
        for listener in list(self._listeners):
            try:
                listener(notice)
            except Exception as error:  # noqa: BLE001 - nobody may take it for a failed save
                sys.excepthook(type(error), error, error.__traceback__)

    def undo(self) -> Edit | None:
        """Take back the last edit; returns it, or None when there is none."""
        return self._step(history.last_done, history.undo)

    def redo(self) -> Edit | None:
        """Bring back the last undone edit; returns it, or None when there is none."""
        return self._step(history.next_undone, history.redo)

    def _step(
        self, find: Callable[[Any], Edit | None], step: Callable[[Rows, Edit], Mark]
    ) -> Edit | None:
        with self._reading():
            edit = find(self._database)
        if edit is None:
            return None
        mark = None
        try:
            with self._writing():
                mark = self._last_mark = self._tried = step(self._table, edit)
        except WriteFailed:
            if mark is None or not history.stands(self._table, mark):
                raise
        self._end_merge()
        self._tell({change.table for change in edit.changes}, edit.label, edit.place, None)
        return edit

    def undo_label(self) -> str | None:
        """What undo would take back, in words."""
        with self._reading():
            edit = history.last_done(self._database)
        return None if edit is None else edit.label

    def redo_label(self) -> str | None:
        """What redo would bring back, in words."""
        with self._reading():
            edit = history.next_undone(self._database)
        return None if edit is None else edit.label

    def edits(self, limit: int = 200) -> list[Edit]:
        """The latest edits, newest first."""
        with self._reading():
            return history.edits(self._database, limit)

    def records(self) -> Records:
        """Every record of the office's data as it is now, to compare with another state."""
        with self._reading():
            return read_records(self._database.conn)

    def edits_of(self, table: str, key: Key, limit: int = 200) -> list[Edit]:
        """The edits that have touched one record, newest first."""
        with self._reading():
            return past.edits_of(self._database, table, key, limit)

    def past(self, table: str, key: Key, column: str, limit: int = 200) -> tuple[past.Step, ...]:
        """What stood in one field before, newest first."""
        with self._reading():
            return past.past_of(self._database, table, key, column, limit)

    def bin(self, limit: int = 200) -> tuple[past.Deleted, ...]:
        """What was deleted and is not there now, latest first, with all that went with it."""
        with self._reading():
            return past.deleted(self._database, self._table, limit)

    def put_back(self, edit: int, table: str, key: Key, *, origin: object = None) -> None:
        """Bring back what an edit has deleted, with its parts, as a new edit.

        Raises NotPutBack when it is there, or when what it belongs to is not.
        """
        with self._reading():
            gone = past.find_deleted(self._database, edit, table, key)
            links = [] if gone is None else past.emptied_links(self._database, gone)
        if gone is None:
            raise NotPutBack(self.path, "ประวัติส่วนนี้ไม่อยู่แล้ว")
        label, place = f"นำ {gone.name[:40]} กลับมา", "/".join(map(str, (table, *key_parts(key))))
        with self.edit(label, place, origin=origin) as rows:
            for name, row in gone.rows:
                self._put_row_back(rows, name, row)
            for link in links:
                if (found := rows.row("chain_link", link)) and found["person_id"] is None:
                    rows.set("chain_link", link, {"person_id": gone.key})
            rows.place = place

    def _put_row_back(self, rows: Recorder, table: str, row: Row) -> None:
        names = self._table.key_columns(table)
        key = tuple(row[name] for name in names) if len(names) > 1 else row[names[0]]
        if rows.row(table, key) is not None:
            raise NotPutBack(self.path, "มีข้อมูลใหม่อยู่ในที่เดิมแล้ว")
        owner = past.owner_of(table, row)
        if owner is not None and rows.row(*owner) is None:
            raise NotPutBack(self.path, f"{table_name(owner[0])}ที่เป็นเจ้าของถูกลบไปแล้ว")
        person = row.get("person_id")
        if table == "chain_link" and person is not None and rows.row("person", person) is None:
            row = {**row, "person_id": None}
        rows.put(table, key, {name: value for name, value in row.items() if name not in names})

    def changes_since(self, at: datetime) -> tuple[past.Altered, ...]:
        """What has changed on the whole since a moment (with its time zone)."""
        with self._reading():
            return past.changes_since(self._database, past.last_before(self._database, at))

    def changes_since_issued(self, issued_id: int) -> tuple[past.Altered, ...] | None:
        """What has changed since a document was issued; None when the history is forgotten."""
        with self._reading():
            edit = past.edit_of_issue(self._database, issued_id)
            return None if edit is None else past.changes_since(self._database, edit)

    def tidy_history(self, now: datetime) -> int:
        """Make the history smaller; returns how many edits went. See ``history.tidy``.

        For the moment after a back-up, such as closing: the back-up still has them all.
        """
        with self._writing():
            gone = history.tidy(self._table, now)
        self._end_merge()
        return gone

    def take_value_back(
        self, table: str, key: Key, column: str, value: Any, *, origin: object = None
    ) -> None:
        """Put an earlier value into a field again, as a new edit; None empties it.

        A record that is its one value (a score, a passage) is then taken away.
        """
        place = "/".join(map(str, (table, *key_parts(key), column)))
        with self.edit("ใช้ค่าเดิมอีกครั้ง", place, origin=origin) as rows:
            if value is None and table in _ONE_VALUE:
                rows.delete(table, key)
            elif table in _ONE_VALUE:
                rows.put(table, key, {column: value})
            else:
                rows.set(table, key, {column: value})

    # --- what could not be written at once --------------------------------------------------------

    def do_all(self, deeds: Iterable[Deed], label: str) -> list[Refused]:
        """Do deeds in order as one edit; returns those that the file will never take, and why.

        Raises WriteFailed when the disk refuses: then none of them was done.
        """
        with self.edit(label, "kept") as rows:
            return self._do_inside(rows, deeds)

    def rehearse(self, deeds: Iterable[Deed]) -> Rehearsal:
        """What ``do_all`` would change. The file is left as it is."""
        try:
            with self.edit("rehearsal", "kept") as rows:
                refused = self._do_inside(rows, deeds)
                raise _Enough(Rehearsal(tuple(rows.net()), tuple(refused)))
        except _Enough as found:
            return found.rehearsal

    def _do_inside(self, rows: Recorder, deeds: Iterable[Deed]) -> list[Refused]:
        refused: list[Refused] = []
        self._joint = rows
        try:
            for deed in deeds:
                reason = self._do_one(rows, deed)
                if reason is not None:
                    refused.append(Refused(deed, reason))
        finally:
            self._joint = None
        return refused

    def _do_one(self, rows: Recorder, deed: Deed) -> str | None:
        """Do one deed, wholly or not at all; returns why the file will never take it."""
        if deed.method not in DOABLE:
            raise KeyError(deed.method)
        before = len(rows.changes)
        try:
            with history.savepoint(self._database):
                getattr(self, deed.method)(*deed.arguments, **deed.lasting.named)
        except (*UNREADABLE_CONTENT, TypeError, RefusedEdit) as error:
            told = error if isinstance(error, RefusedEdit) else why_not_written(error, self.path)
            if not isinstance(told, RefusedEdit | None):
                raise  # the disk, not the deed
            del rows.changes[before:]
            self._parts.clear()
            return str(told or RefusedEdit(self.path, type(error).__name__))
        return None

    def is_away(self) -> bool:
        """Whether the open file is out of reach: taken away, or another lies under its name."""
        if self._cut_off:
            return True
        try:
            check_in_place(self._database, self.path)
            self._database.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except (WriteFailed, *UNREADABLE_CONTENT):
            return True
        return False

    def take_over(self, dossier: Dossier, picture: Callable[[str], bytes | None]) -> int:
        """Fill this new file with all of a dossier under the same ids; what waits speaks of them.

        ``picture`` gives a file by its digest. Returns how many files it could not give.
        """
        taken = Takeover(dossier, picture)
        parts = ("office", "scores", "letterhead", "passages", "disclosures", "papers", "set_aside")
        takers = self._takers()
        with self.edit("ย้ายข้อมูลมาจากแฟ้มที่อ่านไม่ได้", "import") as rows:
            for part in parts:
                takers[part](rows, dossier)
            for content in taken.files.values():
                self._keep_file(content)
            for table, key, values in taken.rows():
                rows.put(table, key, values)
        for year, sheet in dossier.sheets.items():
            for code, text in sheet.drafts.items():
                self.keep_score_draft(year, code, text)
        self.set_marks(dossier.marks)
        return taken.missing

    def reconnect(self) -> None:
        """Open the file under its name anew, after its medium was away or its place was lost.

        Raises a DataFileError when it is not there or holds something else than when it was last
        read (MovedDataFile); all that waits then goes on waiting.
        """
        if check_from_outside(self.path) and not self._cut_off:
            self._let_go()  # the same file to the system: this process holds its lock
        found = Store(self.path)
        if not self._holds_what_was_read(found) and not self._holds_what_was_tried(found):
            found.close()
            raise MovedDataFile(self.path)
        if not self._cut_off:
            self._let_go()
        self._database, self._table = found._database, found._table
        self._cut_off = self._overwritten = False

    def _holds_what_was_read(self, found: Store) -> bool:
        """Whether the file is as it was read last, or has the draft besides that was tried last."""
        holds = found.dossier()
        if holds == self.last_dossier:
            return True
        if self._tried_draft is None:
            return False
        return holds == with_draft(self.last_dossier, *self._tried_draft)

    def _holds_what_was_tried(self, found: Store) -> bool:
        """Whether the file has one edit more than was read: its commit failed and yet stands."""
        return self._tried is not None and history.stands(found._table, self._tried)

    def _let_go(self) -> None:
        self._give_up_copies()
        self._cut_off = True
        self._parts.clear()
        self._end_merge()
        close_data_file(self._database, self.path)

    # --- office, people, chain, divisions -------------------------------------------------------

    def set_office(
        self, name: str, value: str, *, origin: object = None, merge: object = None
    ) -> None:
        """Set one field of the office."""
        _known("office", name)
        place = f"office/{name}"
        with self.edit(f"แก้{FIELD_WORDS[place]}", place, origin=origin, merge=merge) as rows:
            rows.put("office", 1, {name: value})

    def add_person(self, values: Mapping[str, str] | None = None, *, origin: object = None) -> int:
        """Add a person at the end of the list; returns the id."""
        with self.edit("เพิ่มบุคคล", "person", origin=origin) as rows:
            return self._append(rows, "person", values or {})

    def set_person(
        self, person_id: int, name: str, value: str, *, origin: object = None, merge: object = None
    ) -> None:
        """Set one field of a person."""
        _known("person", name)
        place = f"person/{person_id}/{name}"
        label = f"แก้{FIELD_WORDS.get(f'person/{name}', 'ข้อมูลบุคคล')}"
        with self.edit(label, place, origin=origin, merge=merge) as rows:
            rows.set("person", person_id, {name: value})

    def delete_person(self, person_id: int, *, origin: object = None) -> None:
        """Delete a person; chain places they held stay, empty."""
        with self.edit("ลบบุคคล", f"person/{person_id}", origin=origin) as rows:
            for link in self.dossier().chain:
                if link.person_id == person_id:
                    rows.set("chain_link", link.id, {"person_id": None})
            rows.delete("person", person_id)

    def add_chain_link(
        self, person_id: int | None = None, role: str = "", *, origin: object = None
    ) -> int:
        """Add a place at the end of the sign-off chain; returns the id."""
        with self.edit("เพิ่มผู้ลงนาม", "chain_link", origin=origin) as rows:
            return self._append(rows, "chain_link", {"person_id": person_id, "role": role})

    def set_chain_link(self, link_id: int, *, origin: object = None, **values: Any) -> None:
        """Set ``person_id`` or ``role`` of a place in the chain."""
        name = _first_name(values)
        place = f"chain_link/{link_id}/{name}"
        label = {"person_id": "เลือกผู้ลงนาม", "role": "แก้ฐานะของผู้ลงนาม"}.get(name, "แก้สายการลงนาม")
        with self.edit(label, place, origin=origin) as rows:
            rows.set("chain_link", link_id, values)

    def add_division(self, name: str = "", *, origin: object = None) -> int:
        """Add a division; returns the id."""
        with self.edit("เพิ่มกอง/สำนัก", "division", origin=origin) as rows:
            return self._append(rows, "division", {"name": name})

    def set_division(
        self, division_id: int, name: str, *, origin: object = None, merge: object = None
    ) -> None:
        """Rename a division."""
        place = f"division/{division_id}/name"
        with self.edit("แก้ชื่อกอง/สำนัก", place, origin=origin, merge=merge) as rows:
            rows.set("division", division_id, {"name": name})

    def delete_row(self, table: str, row_id: int, *, origin: object = None) -> None:
        """Delete a chain place, a division, a photo or a step of an issued document."""
        label = _DELETED[table]
        with self.edit(label, f"{table}/{row_id}", origin=origin) as rows:
            rows.delete(table, row_id)

    def set_rows(
        self,
        table: str,
        changed: Mapping[int, Mapping[str, Any]],
        added: Iterable[Mapping[str, Any]],
        *,
        origin: object = None,
    ) -> None:
        """Put a pasted block into a list, as one edit: cells of its rows, and new rows below.

        ``table``: person, chain_link or division.
        """
        new = list(added)
        label = f"วาง{_MOVED[table]} {len(changed) + len(new)} แถว"
        with self.edit(label, table, origin=origin) as rows:
            for row_id, values in changed.items():
                rows.set(table, row_id, values)
            for values in new:
                self._append(rows, table, values)
            rows.place = table

    def move_row(self, table: str, row_id: int, by: int, *, origin: object = None) -> bool:
        """Move a person, chain place, division or measure up (-1) or down (+1) in its list."""
        ids = self._ordered_ids(table, row_id)
        here = ids.index(row_id)
        there = here + by
        if not 0 <= there < len(ids):
            return False
        ids.insert(there, ids.pop(here))
        with self.edit(self._move_label(table, row_id), f"{table}/{row_id}", origin=origin) as rows:
            _rank(rows, table, ids)
        return True

    def reorder(
        self, table: str, row_id: int, ids: Iterable[int], *, origin: object = None
    ) -> bool:
        """Put the list a row stands in into the order of ``ids``, for the sake of that row.

        False when that changes nothing. Raises GoneRow when the list has other rows by now.
        """
        present, wanted = self._ordered_ids(table, row_id), list(ids)
        if sorted(present) != sorted(wanted):
            raise GoneRow(self.path)
        if present == wanted:
            return False
        with self.edit(self._move_label(table, row_id), f"{table}/{row_id}", origin=origin) as rows:
            _rank(rows, table, wanted)
        return True

    def _move_label(self, table: str, row_id: int) -> str:
        """What moving a row is called: with the row's own words where it has any."""
        words = title_of(self._present(table, row_id))
        thing = _MOVED.get(table, "")
        return f"ย้าย{thing} “{words[:40]}”" if words else f"ย้าย{thing}"

    def _ordered_ids(self, table: str, row_id: int) -> list[int]:
        """Ids of the list the row stands in, in order."""
        row = self._present(table, row_id)
        where, values = ("1", [])
        if table in _LIST_OF:
            names = _LIST_OF[table]
            where, values = " AND ".join(f"{n} = ?" for n in names), [row[n] for n in names]
        rows = self._database.table(table).rows_where(where, values, order_by="rank, id")
        return [each["id"] for each in rows]

    def _present(self, table: str, row_id: int) -> Row:
        """The row; raises GoneRow when it was deleted."""
        with self._reading():
            row = self._table.get(table, row_id)
        if row is None:
            raise GoneRow(self.path)
        return row

    def _append(
        self,
        rows: Recorder,
        table: str,
        values: Mapping[str, Any],
        where: str = "1",
        bound: Iterable[Any] = (),
    ) -> int:
        """Insert a row at the end of the list that ``where`` picks; the edit's place names it."""
        rank = self._last_rank(table, where, bound) + 1
        row_id = rows.insert(table, {**values, "rank": rank})
        rows.place = f"{table}/{row_id}"
        return row_id

    def _last_rank(self, table: str, where: str, values: Iterable[Any]) -> int:
        rows = self._database.table(table).rows_where(
            where, list(values), order_by="rank DESC", limit=1
        )
        return next((row["rank"] for row in rows), 0)

    # --- scores --------------------------------------------------------------------------------

    def set_scores(
        self,
        year: int,
        scores: Mapping[str, Decimal | None],
        *,
        origin: object = None,
        merge: object = None,
    ) -> None:
        """Enter scores of a year; None takes an entry away. A pasted block is one edit."""
        label = _score_label(list(scores))
        place = f"score/{year}/{_first_name(scores)}"
        with self.edit(f"{label} ปี {year}", place, origin=origin, merge=merge) as rows:
            for code, score in scores.items():
                if score is None:
                    rows.delete("score", (year, code))
                else:
                    rows.put("score", (year, code), {"value": str(half_up(score))})

    def set_respondents(
        self, year: int, instrument: str, count: int | None, *, origin: object = None
    ) -> None:
        """Enter how many people answered an instrument; None when not known."""
        place = f"respondents/{year}/{instrument}"
        with self.edit(f"กรอกจำนวนผู้ตอบ {instrument} ปี {year}", place, origin=origin) as rows:
            if count is None:
                rows.delete("respondents", (year, instrument))
            else:
                rows.put("respondents", (year, instrument), {"count": count})

    def set_official_level(self, year: int, level: str, *, origin: object = None) -> None:
        """Enter the level as announced; "" takes it away."""
        with self.edit(f"กรอกระดับ ปี {year}", f"official_level/{year}", origin=origin) as rows:
            if level:
                rows.put("official_level", year, {"level": level})
            else:
                rows.delete("official_level", year)

    # --- measures ------------------------------------------------------------------------------

    def add_measure(
        self, year: int, kind: MeasureKind, *, origin: object = None, **values: Any
    ) -> int:
        """Add a measure or guideline at the end of its list; returns the id."""
        label = "เพิ่มมาตรการ" if kind is MeasureKind.MEASURE else "เพิ่มแนวทางยกระดับ"
        with self.edit(label, "measure", origin=origin) as rows:
            return self._insert_measure(rows, year, kind, values)

    def add_guidelines(self, year: int, codes: Iterable[str], *, origin: object = None) -> None:
        """Add an empty guideline for each of the indicators, as one edit."""
        found = list(codes)
        label = f"เพิ่มแนวทางยกระดับ {len(found)} ตัวชี้วัด"
        with self.edit(label, "measure", origin=origin) as rows:
            for code in found:
                self._insert_measure(rows, year, MeasureKind.GUIDELINE, {"indicators": (code,)})
            rows.place = "measure"

    def _insert_measure(
        self, rows: Recorder, year: int, kind: MeasureKind, values: Mapping[str, Any]
    ) -> int:
        columns = {**_as_columns(values), "year": year, "kind": kind.value}
        where = "year = ? AND kind = ?"
        return self._append(rows, "measure", columns, where, (year, kind.value))

    def set_measure(
        self, measure_id: int, *, origin: object = None, merge: object = None, **values: Any
    ) -> None:
        """Set fields of a measure: title, indicators, issues, items, steps, owners, months."""
        name = _first_name(values)
        place = f"measure/{measure_id}/{name}"
        with self.edit(
            self._measure_label(name, measure_id), place, origin=origin, merge=merge
        ) as rows:
            rows.set("measure", measure_id, _as_columns(values))

    def delete_measure(self, measure_id: int, *, origin: object = None) -> None:
        """Delete a measure with its progress; undo brings both back."""
        name = _measure_name(self._present("measure", measure_id))
        with self.edit(f"ลบ{name}", f"measure/{measure_id}", origin=origin) as rows:
            self._delete_measure(rows, measure_id)

    def _delete_measure(self, rows: Recorder, measure_id: int) -> None:
        """Delete a measure with its progress and photos."""
        for row in self._database.table("photo").rows_where("measure_id = ?", [measure_id]):
            rows.delete("photo", row["id"])
        for which in Round:
            rows.delete("progress", (measure_id, int(which)))
        rows.delete("measure", measure_id)

    def duplicate_measure(self, measure_id: int, *, origin: object = None) -> int:
        """Add a copy right below, without its progress; returns the copy's id."""
        row = self._present("measure", measure_id)
        ids = self._ordered_ids("measure", measure_id)
        with self.edit("ทำสำเนามาตรการ", f"measure/{measure_id}", origin=origin) as rows:
            copy = rows.insert("measure", {k: v for k, v in row.items() if k != "id"})
            ids.insert(ids.index(measure_id) + 1, copy)
            _rank(rows, "measure", ids)
            rows.place = f"measure/{copy}"
        return copy

    def set_progress(
        self,
        measure_id: int,
        which: Round,
        *,
        origin: object = None,
        merge: object = None,
        **values: Any,
    ) -> None:
        """Set fields of a measure's progress in a round: status, result, output, outcome, note."""
        name = _first_name(values)
        place = f"progress/{measure_id}/{int(which)}/{name}"
        label = f"{self._measure_label(name, measure_id)} {which.label}"
        columns = {k: v.value if isinstance(v, Status) else v for k, v in values.items()}
        with self.edit(label, place, origin=origin, merge=merge) as rows:
            if any(columns.values()) or rows.row("progress", (measure_id, int(which))):
                rows.put("progress", (measure_id, int(which)), columns)

    def _measure_label(self, name: str, measure_id: int) -> str:
        """What an edit of a measure's field is called: the field, and which measure.

        The title is that of the last snapshot: while the disk refuses nothing is read for words.
        """
        words = f"แก้{FIELD_WORDS.get(name, 'มาตรการ')}"
        each = (m for found in self.last_dossier.measures.values() for m in found)
        title = next((measure.title for measure in each if measure.id == measure_id), "")
        # A title in the making would be another step with each letter.
        return words if name == "title" or not title else f"{words} “{title[:30]}”"

    def set_statuses(
        self, measure_ids: Iterable[int], which: Round, status: Status, *, origin: object = None
    ) -> None:
        """Give several measures the same status in a round, as one edit."""
        ids = list(measure_ids)
        label = f"เปลี่ยน {len(ids)} รายการเป็น “{status.label}” {which.label}"
        with self.edit(label, f"progress/{ids[0]}/{int(which)}/status", origin=origin) as rows:
            for measure_id in ids:
                rows.put("progress", (measure_id, int(which)), {"status": status.value})

    def keep(self, key: str, value: str) -> None:
        """Remember where the user was (the year, the tab): no edit, nothing to undo."""
        if self.setting(key) != value:
            with self._writing():
                Recorder(self._table).put("setting", key, {"value": value})

    def set_setting(
        self, key: str, value: str, *, label: str = "แก้การตั้งค่า", origin: object = None
    ) -> None:
        """Set a setting, as an edit that the history calls ``label``."""
        if self.setting(key) == value:
            return  # one that was never set is "" already: no step that undoes nothing
        with self.edit(label, f"setting/{key}", origin=origin) as rows:
            rows.put("setting", key, {"value": value})

    def set_calendar(
        self, key: str, value: str, *, label: str = "ตั้งวันกำหนดในปฏิทินงาน", origin: object = None
    ) -> None:
        """Set a day of the calendar (ISO 8601; "": none): ``day_setting`` or ``done_setting``."""
        if not key.startswith(agenda.SETTINGS):
            raise ValueError(f"no setting of the calendar: {key[:40]}")
        self.set_setting(key, value, label=label, origin=origin)

    def set_marks(self, marks: Marks, *, origin: object = None, merge: object = None) -> None:
        """Keep the marks the office analyses by."""
        with self.edit("แก้เกณฑ์การวิเคราะห์", "setting/marks", origin=origin, merge=merge) as rows:
            if marks.text() or rows.row("setting", _MARKS):
                rows.put("setting", _MARKS, {"value": marks.text()})

    def set_mark(
        self, name: str, value: Any, *, origin: object = None, merge: object = None
    ) -> None:
        """Keep one of the marks, the others as they are."""
        self.set_marks(replace(self.dossier().marks, **{name: value}), origin=origin, merge=merge)

    def set_font(self, family: str, *, origin: object = None) -> None:
        """Choose the font family of documents; "" is the program's own."""
        self.set_setting(_FONT, family, label="แก้แบบอักษรของเอกสาร", origin=origin)

    # --- drafts: what was typed and is no score yet ----------------------------------------------

    def keep_score_draft(self, year: int, code: str, text: str) -> None:
        """Keep such a text until it is mended ("" when it is): nothing typed is lost."""
        key = f"{_DRAFT}{year}/{code}"
        self._parts.pop("scores", None)
        self._tried_draft = (year, code, text)
        with self._writing():
            rows = Recorder(self._table)
            if text:
                rows.put("setting", key, {"value": text})
            else:
                rows.delete("setting", key)
        with suppress(DataFileError):  # no edit tells of it: what the file holds is read here
            self.dossier()

    def enter_scores(
        self,
        year: int,
        scores: Mapping[str, Decimal | None],
        drafts: Mapping[str, str],
        *,
        origin: object = None,
        merge: object = None,
    ) -> None:
        """Enter scores, and keep as drafts the texts that are none ("" where one was mended)."""
        kept = self.dossier().sheet(year).drafts
        for code, text in drafts.items():
            if text != kept.get(code, ""):
                self.keep_score_draft(year, code, text)
        self.set_scores(year, scores, origin=origin, merge=merge)

    # --- import --------------------------------------------------------------------------------

    def take_in(
        self,
        dossier: Dossier,
        parts: Iterable[str],
        *,
        files: Iterable[bytes] = (),
        label: str = "นำเข้าข้อมูล",
    ) -> None:
        """Put an imported dossier in, with the picture files it refers to, as one edit.

        ``parts`` names what the source holds: "office", "people", "divisions", "scores",
        "measures", "letterhead", "passages", "disclosures", "papers", "set_aside",
        "marks". People with their chain, and divisions, replace those in the file; scores,
        measures and what was set aside replace those of the years they hold.
        """
        takers = self._takers()
        with self.edit(label, "import") as rows:
            for content in files:
                self._keep_file(content)
            for part in parts:
                takers[part](rows, dossier)

    def _takers(self) -> dict[str, Callable[[Recorder, Dossier], None]]:
        return {
            "office": self._take_office,
            "people": self._take_people,
            "divisions": self._take_divisions,
            "scores": self._take_scores,
            "measures": self._take_measures,
            "letterhead": self._take_letterhead,
            "passages": self._take_passages,
            "disclosures": self._take_disclosures,
            "papers": self._take_papers,
            "set_aside": self._take_set_aside,
            "marks": self._take_marks,
        }

    def _take_office(self, rows: Recorder, dossier: Dossier) -> None:
        office = dossier.office
        rows.put("office", 1, {name: getattr(office, name) for name in _TEXT_FIELDS["office"]})

    def _take_people(self, rows: Recorder, dossier: Dossier) -> None:
        present = self.dossier()
        now, new = ((d.people, d.chain) for d in (present, dossier))
        if chain_texts(*now) == chain_texts(*new):
            return
        for link in present.chain:
            rows.delete("chain_link", link.id)
        for person in present.people:
            rows.delete("person", person.id)
        new_id: dict[int | None, int] = {}
        for rank, person in enumerate(dossier.people, start=1):
            columns = {name: getattr(person, name) for name in _TEXT_FIELDS["person"]}
            new_id[person.id] = rows.insert("person", {**columns, "rank": rank})
        for rank, link in enumerate(dossier.chain, start=1):
            columns = {"person_id": new_id.get(link.person_id), "role": link.role}
            rows.insert("chain_link", {**columns, "rank": rank})

    def _take_divisions(self, rows: Recorder, dossier: Dossier) -> None:
        present = self.dossier().divisions
        if [each.name for each in present] == [each.name for each in dossier.divisions]:
            return
        for division in present:
            rows.delete("division", division.id)
        for rank, division in enumerate(dossier.divisions, start=1):
            rows.insert("division", {"name": division.name, "rank": rank})

    def _take_scores(self, rows: Recorder, dossier: Dossier) -> None:
        for year, sheet in dossier.sheets.items():
            self._clear_year(rows, year)
            for code, score in sheet.entered.items():
                rows.put("score", (year, code), {"value": str(half_up(score))})
            for instrument, count in sheet.respondents.items():
                rows.put("respondents", (year, instrument), {"count": count})
            if sheet.official_level:
                rows.put("official_level", year, {"level": sheet.official_level})

    def _clear_year(self, rows: Recorder, year: int) -> None:
        present = self.dossier().sheet(year)
        keys: list[tuple[str, Key]] = [("score", (year, code)) for code in present.entered]
        keys += [("respondents", (year, code)) for code in present.respondents]
        for table, key in [*keys, ("official_level", year)]:
            rows.delete(table, key)

    def _take_letterhead(self, rows: Recorder, dossier: Dossier) -> None:
        for field in fields(Letterhead):
            value = getattr(dossier.letterhead, field.name)
            if value not in (None, ""):
                rows.put("setting", f"{LETTERHEAD}{field.name}", {"value": str(value)})

    def _take_passages(self, rows: Recorder, dossier: Dossier) -> None:
        for year, passages in dossier.passages.items():
            for place, text in passages.items():
                rows.put("passage", (year, place), {"content": text})

    def _take_disclosures(self, rows: Recorder, dossier: Dossier) -> None:
        names = ("disclosed", "url", "explanation", "owner", "day", "checked_by")
        for year, found in dossier.disclosures.items():
            for code, disclosure in found.items():
                values = {name: getattr(disclosure, name) for name in names}
                rows.put("disclosure", (year, code), _as_columns(values))

    def _take_papers(self, rows: Recorder, dossier: Dossier) -> None:
        for key, paper in dossier.papers.items():
            values = _as_columns({"number": paper.number, "day": paper.day})
            rows.put("paper", (key.year, key.kind, key.round), values)

    def _take_marks(self, rows: Recorder, dossier: Dossier) -> None:
        if dossier.marks.text() or rows.row("setting", _MARKS):
            rows.put("setting", _MARKS, {"value": dossier.marks.text()})

    def _take_set_aside(self, rows: Recorder, dossier: Dossier) -> None:
        present = self.dossier().set_aside
        for year, findings in dossier.set_aside.items():
            kept = present.get(year, {})
            for finding in sorted(kept.keys() - findings.keys()):
                rows.delete("set_aside", (year, finding))
            for finding, reason in findings.items():
                if kept.get(finding) != reason:  # the same reason again keeps its day
                    rows.put("set_aside", (year, finding), {"reason": reason, "at": now_text()})

    def _take_measures(self, rows: Recorder, dossier: Dossier) -> None:
        present = self.dossier().measures
        for year, measures in dossier.measures.items():
            now = present.get(year, ())
            known = paired(now, measures)
            for old in now:
                if old.id not in known.values():
                    self._delete_measure(rows, old.id)
            ids: dict[MeasureKind, list[int]] = {}
            for at, measure in enumerate(measures):
                measure_id = self._take_measure(rows, measure, known.get(at))
                ids.setdefault(measure.kind, []).append(measure_id)
            for each in ids.values():
                _rank(rows, "measure", each)
            rows.place = "import"

    def _take_measure(self, rows: Recorder, measure: Measure, known: int | None) -> int:
        """Add a measure, or make the known one say the same; returns its id."""
        values = {name: getattr(measure, name) for name in _MEASURE_FIELDS}
        if known is None:
            measure_id = self._insert_measure(rows, measure.year, measure.kind, values)
        else:
            measure_id = known
            rows.set("measure", known, _as_columns(values))
        for which in Round:
            self._take_progress(rows, measure_id, which, measure.progress.get(which))
        return measure_id

    def _take_progress(
        self, rows: Recorder, measure_id: int, which: Round, progress: Progress | None
    ) -> None:
        key = (measure_id, int(which))
        if progress is not None:
            status = None if progress.status is None else progress.status.value
            columns = {name: getattr(progress, name) for name in _TEXT_FIELDS["progress"]}
            rows.put("progress", key, {**columns, "status": status})
        elif _progress(rows.row("progress", key) or _NO_PROGRESS) != Progress():
            rows.delete("progress", key)  # a round without any text is none: left as it is
        self._take_photos(rows, key, progress or Progress())

    def _take_photos(self, rows: Recorder, key: tuple[int, int], progress: Progress) -> None:
        where = "measure_id = ? AND round = ?"
        found = self._database.table("photo").rows_where(where, list(key), order_by="rank, id")
        present = list(found)
        if [(row["digest"], row["caption"]) for row in present] == [*photos_of(progress)]:
            return
        for row in present:
            rows.delete("photo", row["id"])
        for rank, photo in enumerate(progress.photos, start=1):
            values = {"measure_id": key[0], "round": key[1], "rank": rank}
            rows.insert("photo", {**values, "digest": photo.digest, "caption": photo.caption})


def _known(table: str, name: str) -> None:
    """Refuse a column nobody declared, so that a slip in a form is found at once."""
    if name not in _TEXT_FIELDS[table]:
        raise KeyError(f"{table} has no field {name}")


def _as_columns(values: Mapping[str, Any]) -> dict[str, Any]:
    """Measure fields as columns: lists become JSON."""
    columns: dict[str, Any] = {}
    for name, value in values.items():
        if name in _LISTS:
            columns[name] = list_text(value)
        elif isinstance(value, date):
            columns[name] = value.isoformat()
        else:
            columns[name] = int(value) if isinstance(value, bool) else value
    return columns


def _rank(rows: Recorder, table: str, ids: Iterable[int]) -> None:
    """Put the rows of a list in that order."""
    for rank, each in enumerate(ids, start=1):
        rows.set(table, each, {"rank": rank})


def _first_name(values: Mapping[str, Any]) -> str:
    """What an edit of several values is called after."""
    return next(iter(values), "")


def _score_label(codes: list[str]) -> str:
    """What undo calls an entry of scores: which one, or how many."""
    if len(codes) != 1:
        return f"วางคะแนน {len(codes)} ช่อง"
    code = codes[0]
    name = "รวม" if code == TOTAL else f"ตัวชี้วัดที่ {code}" if code.isdigit() else code
    return f"กรอกคะแนน {name}"


def _without_rank(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "rank"}


def _progress(row: Mapping[str, Any]) -> Progress:
    return Progress(
        status=Status(row["status"]) if row["status"] else None,
        result=row["result"],
        output=row["output"],
        outcome=row["outcome"],
        note=row["note"],
    )


def _measure(row: Mapping[str, Any], progress: Mapping[Round, Progress]) -> Measure:
    return Measure(
        id=row["id"],
        year=row["year"],
        kind=MeasureKind(row["kind"]),
        title=row["title"],
        indicators=tuple(json.loads(row["indicators"])),
        issues=tuple(json.loads(row["issues"])),
        steps=row["steps"],
        owners=row["owners"],
        first_month=row["first_month"],
        last_month=row["last_month"],
        progress=progress,
        approach=row["approach"],
        follow_up=row["follow_up"],
        continued=bool(row["continued"]),
        day=None if row["day"] is None else date.fromisoformat(row["day"]),
        items=tuple(json.loads(row["items"])),
    )


def _measure_name(row: Mapping[str, Any]) -> str:
    """A measure in the history by its first words: a guideline has no title but its text."""
    kind = "แนวทาง" if row["kind"] == MeasureKind.GUIDELINE.value else "มาตรการ"
    for column in ("title", "approach", "steps"):
        words = " ".join(str(row[column] or "").split())
        if words:
            return f" “{words[:40]}{'…' if len(words) > 40 else ''}”"
    codes = ", ".join(json.loads(row["indicators"] or "[]"))
    return f"{kind}ของตัวชี้วัดที่ {codes}" if codes else f"{kind}ที่ยังไม่มีข้อความ"
