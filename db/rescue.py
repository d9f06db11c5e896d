"""A new data file of what can still be read of a damaged one, and a list of what was lost."""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
from collections.abc import Iterator, Set
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db import reasons
from db.backup import Backups, looking
from db.compare import Difference, Record, Records, difference
from db.copying import copy_file, give_name, remove, sync_folder
from db.errors import DataFileError, ExistingFile, LockedDataFile, RescueFailed
from db.history import transaction
from db.opening import check_copy, create_data_file, is_open_elsewhere, open_data_file
from db.remains import TABLES, Remains, remains_of
from db.rows import Rows, keepable
from db.seals import ERRORS, digest, key_text
from db.shelf import Backup
from db.wording import record_name, table_name
from ita_desktop.domain.fiscal import fiscal_year

if TYPE_CHECKING:
    from sqlite_utils import Database

    from db.store import Store

_NAMELESS = "(มาตรการที่กู้ชื่อกลับมาไม่ได้)"
_BEHIND = 9999
"""The rank of what was put in for a lost one: at the end of its list."""


@dataclass(frozen=True, slots=True)
class Rescue:
    """What a rescue brought. ``lost`` and ``doubtful`` are Thai lines for the clerk to go through.

    ``kept``: number of records of the office's data in the new file. Doubtful ones are among
    them: they can be read, and are not what was once written.
    """

    path: Path
    kept: int
    lost: tuple[str, ...]
    doubtful: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WaysOut:
    """What can be offered for a data file that is damaged or missing.

    ``newest``: the newest whole back-up; ``loses``: what putting it back would change, as far as
    the file can still be read; ``rescuable``: whether anything of the file can be read at all.
    """

    newest: Backup | None
    loses: Difference
    rescuable: bool


def ways_out(path: Path, second: Path | None = None) -> WaysOut:
    """What can be offered for that file. Reads everything; changes no byte. Never raises."""
    backups = Backups(path, second)
    newest = backups.newest()
    loses, rescuable = Difference(), False
    like = newest.path if newest else None
    with suppress(OSError, DataFileError, *ERRORS), remains_of(backups.path, like) as remains:
        records = {} if remains is None else remains.records()
        rescuable = any(records.values())
        if newest is not None:
            loses = difference(records, backups.records(newest))
    return WaysOut(newest, loses, rescuable)


def rescue(path: Path, to: Path, like: Path | None = None) -> Rescue:
    """Bring what can be read of a closed file into a new one; the file itself is not touched.

    ``like``: a whole back-up of it, for its first page. Raises RescueFailed, ExistingFile,
    LockedDataFile.
    """
    if os.path.lexists(to):
        raise ExistingFile(to)
    real = Path(os.path.realpath(path))
    if is_open_elsewhere(real):
        raise LockedDataFile(path)
    try:
        with remains_of(real, like) as remains:
            if remains is None:
                raise RescueFailed(path, "ไม่มีส่วนใดที่อ่านได้")
            with _earlier(like) as earlier:
                return _bring_over(remains, path, to, earlier)
    except (OSError, sqlite3.Error) as error:
        raise RescueFailed(path, reasons.reason(error)) from error


@contextmanager
def _earlier(like: Path | None) -> Iterator[Store | None]:
    """The back-up, by which lost records and files can be put back; None when there is none."""
    with ExitStack() as stack:
        earlier = None
        if like is not None:
            with suppress(DataFileError):
                earlier = stack.enter_context(looking(like))
        yield earlier


def _bring_over(remains: Remains, path: Path, to: Path, earlier: Store | None) -> Rescue:
    """Fill a new file in a private folder, read through it, and give it its name."""
    with tempfile.TemporaryDirectory(prefix="ita-", ignore_cleanup_errors=True) as folder:
        new = Path(folder) / "new.ita"
        create_data_file(new)
        database = open_data_file(new)
        try:
            filling = _Filling(remains, database, earlier)
            with transaction(database):
                filling.fill()
        finally:
            database.close()
        if not filling.kept:
            raise RescueFailed(path, "ไม่มีส่วนใดที่อ่านได้")
        check_copy(new)
        _put(new, to)
    return Rescue(to, filling.kept, tuple(filling.lost), tuple(filling.doubtful))


def _put(new: Path, to: Path) -> None:
    descriptor, name = tempfile.mkstemp(prefix=".", suffix=".rescue", dir=to.parent)
    os.close(descriptor)
    growing = Path(name)
    try:
        copy_file(new, growing)
        give_name(growing, to)
        sync_folder(to.parent)
    except FileExistsError as error:
        raise ExistingFile(to) from error
    finally:
        remove(growing)


@dataclass
class _Filling:
    """The new file as it is filled, inside one transaction."""

    remains: Remains
    database: Database
    earlier: Store | None
    kept: int = 0
    lost: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    all_sealed: bool = False
    _known: dict[str, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rows = Rows(self.database)
        self.told = _as_history_tells(self.remains)
        self.records: Records = {} if self.earlier is None else self.earlier.records()

    def fill(self) -> None:
        seals, self.all_sealed = self.remains.seals()
        for table in TABLES:
            self._bring_table(table, seals.get(table, {}))
        self._bring_pictures()
        self._tell_lost_pictures()
        self._mend_references()
        if self.lost:
            self._close_history()

    def _bring_table(self, table: str, seals: dict[str, bytes]) -> None:
        raw, whole = self.remains.rows(table)
        records = self.remains.keyed(table, raw) if raw else {}
        columns = self.remains.columns(table)
        for key, record in records.items():
            sealed = seals.get(key)
            sure = sealed in (None, digest(table, tuple(record.values())))
            right = None if sure else self._as_sealed(table, key, columns, sealed)
            self._bring(table, key, right or record, sure=sure or right is not None)
        missing = seals.keys() - records.keys()
        if table == "edit" and missing:
            self.lost.append(f"{table_name(table)} {len(missing)} รายการ")
            return
        for key in sorted(missing):
            self._bring_lost(table, key, columns, seals[key])
        if not whole and not self.all_sealed:
            self.lost.append(f"{table_name(table)}: อ่านได้ไม่ครบ")
            for key, record in self._unread(table, records.keys() | missing):
                self._bring(table, key, record, sure=False)

    def _unread(self, table: str, seen: Set[str]) -> Iterator[tuple[str, Record]]:
        """What history or back-up know of a table of which nobody can say what it held."""
        earlier = {key_text(key): r for key, r in self.records.get(table, {}).items()}
        told = {key: record for (name, key), record in self.told.items() if name == table}
        for key in sorted((earlier.keys() | told.keys()) - seen):
            yield key, told.get(key) or earlier[key]

    def _bring_pictures(self) -> None:
        """The kept files, one after the other; each is what its name says, or is left out."""
        for name, rowid in self.remains.rows("picture")[0]:
            content = self.remains.content(rowid)
            if content is not None and sha256(content).hexdigest() == name:
                with suppress(*ERRORS):
                    self.rows.insert("picture", {"digest": name, "content": content})

    def _tell_lost_pictures(self) -> None:
        """The files that are spoken of and could not be brought."""
        for row in self.database.table("photo").rows:
            if not self._has_picture(row["digest"]):
                self.lost.append(f"ตัวภาพของ{record_name('photo', (row['id'],), row)}")
        for row in self.database.table("issued").rows:
            if not all([self._has_picture(row["file"]), self._has_picture(row["data"])]):
                self.lost.append(f"แฟ้ม PDF ของ{record_name('issued', (row['id'],), row)}")

    def _has_picture(self, name: str) -> bool:
        """Whether the file is there now, if need be from the back-up."""
        if self.rows.get("picture", name) is not None:
            return True
        content = None if self.earlier is None else self.earlier.picture(name)
        if content is not None:
            self.rows.insert("picture", {"digest": name, "content": content})
        return content is not None

    def _bring_lost(self, table: str, key: str, columns: list[str], sealed: bytes) -> None:
        """Put a lost record back from the history or the back-up, if one of them knows it."""
        right = self._as_sealed(table, key, columns, sealed)
        known = right or next(self._told_of(table, key), None)
        if known is None:
            self.lost.append(record_name(table, _parts(key)))
        else:
            self._bring(table, key, known, sure=right is not None)

    def _as_sealed(
        self, table: str, key: str, columns: list[str], sealed: bytes | None
    ) -> Record | None:
        """The record as it was when it was sealed: the seal itself proves it."""
        for told in self._told_of(table, key):
            if digest(table, tuple(told.get(name) for name in columns)) == sealed:
                return told
        return None

    def _told_of(self, table: str, key: str) -> Iterator[Record]:
        """What history and back-up know of a record, the later first."""
        if told := self.told.get((table, key)):
            yield told
        with suppress(TypeError):  # a broken key
            if earlier := self.records.get(table, {}).get(_parts(key)):
                yield earlier

    def _bring(self, table: str, key: str, record: Record, *, sure: bool) -> None:
        known = self._columns(table)
        values = {name: _clean(value) for name, value in record.items() if name in known}
        name = record_name(table, _parts(key), values)
        if not all(_is_list(text) for text in _lists(table, values)):
            self.lost.append(name)
            return
        try:
            if table == "office":
                self.rows.update(table, 1, values)
            else:
                self.rows.insert(table, values)
        except (*ERRORS, LookupError):
            self.lost.append(f"{name} (ค่าที่อ่านได้ใช้ไม่ได้)")
            return
        self.kept += table != "edit"
        if not sure and table != "edit":
            self.doubtful.append(name)

    def _columns(self, table: str) -> frozenset[str]:
        if table not in self._known:
            self._known[table] = frozenset(self.database.table(table).columns_dict)
        return self._known[table]

    def _mend_references(self) -> None:
        """What points to a lost record: an empty chain place, a nameless measure, or lost too."""
        found = self.database.execute("PRAGMA foreign_key_check").fetchall()
        for table, rowid, parent, _ in found:
            row = self._row(table, rowid)
            if row is None:
                continue
            if table == "chain_link":
                self.rows.update(table, rowid, {"person_id": None})
            elif parent == "measure":
                self._put_nameless(row["measure_id"])
            else:
                self.lost.append(record_name(table, (rowid,), row))
                self.rows.delete(table, row["id"])

    def _row(self, table: str, rowid: int) -> Record | None:
        found = self.database.table(table).rows_where("rowid = ?", [rowid], select="*", limit=1)
        return next(iter(found), None)

    def _put_nameless(self, measure_id: int) -> None:
        if self.rows.get("measure", measure_id) is None:
            (year,) = self.database.execute("SELECT max(year) FROM measure").fetchone()
            values = {"id": measure_id, "year": year or fiscal_year(date.today())}
            self.rows.insert(
                "measure", {**values, "kind": "measure", "rank": _BEHIND, "title": _NAMELESS}
            )
            self.doubtful.append(record_name("measure", (measure_id,), {"title": _NAMELESS}))

    def _close_history(self) -> None:
        """Steps over records that are gone can't be undone any more; they stay to be read."""
        found = self.database.execute("SELECT id FROM edit WHERE state <> 'dropped'").fetchall()
        for (edit_id,) in found:
            self.rows.update("edit", edit_id, {"state": "dropped"})


def _as_history_tells(remains: Remains) -> dict[tuple[str, str], Record]:
    """Every record as the readable edits leave it; one that was deleted is not among them."""
    found: dict[tuple[str, str], Record] = {}
    raw, _ = remains.rows("edit")
    for edit in remains.keyed("edit", raw).values() if raw else ():
        if edit.get("state") == "done":
            for change in _changes(edit.get("changes")):
                _follow(found, change)
    return found


def _changes(text: Any) -> list[list[Any]]:
    try:
        found = json.loads(text)
        return [change for change in found if isinstance(change, list) and len(change) == 4]
    except (ValueError, TypeError):
        return []


def _follow(found: dict[tuple[str, str], Record], change: list[Any]) -> None:
    table, key, old, new = change
    where = (str(table), key_text(key if isinstance(key, list) else [key]))
    if new is None:
        found.pop(where, None)
    elif isinstance(new, dict):
        found[where] = dict(new) if old is None else {**found.get(where, {}), **new}


def _parts(key: str) -> tuple[Any, ...]:
    found = json.loads(key)
    return tuple(found) if isinstance(found, list) else (found,)


def _clean(value: Any) -> Any:
    """A text without broken letters: U+FFFD in their place."""
    if isinstance(value, str):
        return keepable(value.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
    return value


def _lists(table: str, values: Record) -> Iterator[Any]:
    names = {"edit": ("changes",), "measure": ("indicators", "issues", "items")}
    yield from (values[name] for name in names.get(table, ()) if name in values)


def _is_list(text: Any) -> bool:
    try:
        return isinstance(json.loads(text), list)
    except (ValueError, TypeError):
        return False
