"""Edits: every write to the office's data, recorded so that it can be undone and redone.

An edit is one transaction, one undo step and one row of table ``edit``: when, where, the old and
the new values of every row it touched. Undo puts the old values back and marks the row; both
survive a restart because they are rows like any other.

The rows of ``edit`` make one line in time: done ones first, undone ones after them. A new edit
drops the undone ones: they stay readable as history and can't be redone.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from db.rows import Key, Row, Rows, keepable_key, keepable_row, key_parts

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class Change:
    """One row before and after. ``old`` None: inserted; ``new`` None: deleted.

    For an update both hold only the columns that differ.
    """

    table: str
    key: Key
    old: Row | None
    new: Row | None


@dataclass(frozen=True, slots=True)
class Edit:
    """One recorded edit.

    ``place`` names what was edited: ``table``, ``table/key`` or ``table/key/column``
    (``measure/12/title``, ``score/2568/i1``, ``office/name``); the first place when there are
    several. ``state`` is done, undone or dropped.
    """

    id: int
    at: datetime
    label: str
    place: str
    changes: tuple[Change, ...]
    state: str


@dataclass(frozen=True, slots=True)
class Mark:
    """What a finished edit must have left in the file: column ``column`` of edit ``id``."""

    id: int
    column: str
    value: str


class Recorder:
    """Writes rows inside one edit and remembers what they were.

    ``place`` is the edit's place; whoever inserts a row may make it more exact once the row's
    id is known. Every text passes ``keepable``: this is the data file's door.
    """

    def __init__(self, rows: Rows, place: str = "") -> None:
        self._rows = rows
        self.place = place
        self.changes: list[Change] = []

    def net(self) -> list[Change]:
        """What has changed on the whole: rows that are as they were before are left out."""
        return merge(self.changes)

    def row(self, table: str, key: Key) -> Row | None:
        """The row as it is now."""
        return self._rows.get(table, keepable_key(key))

    def insert(self, table: str, values: Mapping[str, Any]) -> int:
        """Insert a row with a generated id and return the id."""
        row_id = self._rows.insert(table, keepable_row(values))
        self.changes.append(Change(table, row_id, None, self._rows.get(table, row_id)))
        return row_id

    def put(self, table: str, key: Key, values: Mapping[str, Any]) -> None:
        """Set columns of the row with that key, inserting the row when there is none."""
        key = keepable_key(key)
        old = self._rows.get(table, key)
        if old is not None:
            self._change(table, key, old, values)
            return
        keyed = dict(zip(self._rows.key_columns(table), key_parts(key), strict=True))
        self._rows.insert(table, {**keyed, **keepable_row(values)})
        self.changes.append(Change(table, key, None, self._rows.get(table, key)))

    def set(self, table: str, key: Key, values: Mapping[str, Any]) -> None:
        """Set columns of a row that must be there; raises NoSuchRow when it was deleted."""
        key = keepable_key(key)
        old = self._rows.get(table, key)
        self._change(table, key, {} if old is None else old, values)

    def _change(self, table: str, key: Key, old: Row, values: Mapping[str, Any]) -> None:
        wanted = keepable_row(values)
        changed = {name: value for name, value in wanted.items() if not _same(old, name, value)}
        if changed:
            self._rows.update(table, key, changed)
            before = {name: old[name] for name in changed}
            self.changes.append(Change(table, key, before, changed))

    def delete(self, table: str, key: Key) -> None:
        """Delete the row with that key, if there is one."""
        key = keepable_key(key)
        old = self._rows.get(table, key)
        if old is not None:
            self._rows.delete(table, key)
            self.changes.append(Change(table, key, old, None))


def _same(row: Row, name: str, value: Any) -> bool:
    return name in row and row[name] == value


@contextmanager
def transaction(database: Database) -> Iterator[None]:
    """One immediate transaction: all or nothing."""
    # atomic() would begin deferred and find out about a lock only at the first write.
    database.conn.execute("BEGIN IMMEDIATE")
    try:
        yield
        database.conn.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):  # the first error is the one to tell
            database.rollback()
        raise


@contextmanager
def savepoint(database: Database) -> Iterator[None]:
    """A part of a transaction that is done wholly or not at all; what it raises goes on."""
    database.conn.execute("SAVEPOINT part")
    try:
        yield
    except BaseException:
        with suppress(sqlite3.Error):  # the first error is the one to tell
            database.conn.execute("ROLLBACK TO part")
            database.conn.execute("RELEASE part")
        raise
    database.conn.execute("RELEASE part")


# --- recording -------------------------------------------------------------------------------


def record(rows: Rows, label: str, place: str, changes: list[Change]) -> Mark:
    """Add the history row of an edit, inside its transaction; what was undone is dropped."""
    undone = rows.database.execute("SELECT id FROM edit WHERE state = 'undone'").fetchall()
    for (edit_id,) in undone:
        rows.update("edit", edit_id, {"state": "dropped"})
    written = _to_json(changes)
    values = keepable_row({"label": label, "place": place})
    edit_id = rows.insert("edit", {"at": _now(), **values, "changes": written})
    return Mark(edit_id, "changes", written)


def record_merged(rows: Rows, last: Edit, changes: list[Change]) -> Mark | None:
    """Add what was typed on to the last edit, so that one visit to a field is one undo step.

    None when everything is as it was before the visit: then there is no edit left to undo.
    """
    merged = merge([*last.changes, *changes])
    if not merged:
        rows.delete("edit", last.id)
        return None
    written = _to_json(merged)
    rows.update("edit", last.id, {"at": _now(), "changes": written})
    return Mark(last.id, "changes", written)


def merge(changes: Iterable[Change]) -> list[Change]:
    """Changes in order, later ones of a row folded into its earlier ones, vain ones left out."""
    merged: dict[tuple[str, tuple[int | str, ...]], Change] = {}
    for change in changes:
        where = (change.table, key_parts(change.key))
        before = merged.get(where)
        merged[where] = change if before is None else _fold(before, change)
    return [change for change in merged.values() if change.old != change.new]


def _fold(first: Change, then: Change) -> Change:
    """One change that does both."""
    old = None if first.old is None else {**(then.old or {}), **first.old}
    new = None if then.new is None else {**(first.new or {}), **then.new}
    if old is not None and new is not None:  # an update: only the columns that differ
        old, new = _differing(old, new), _differing(new, old)
    return Change(first.table, first.key, old, new)


def _differing(row: Row, other: Row) -> Row:
    return {name: value for name, value in row.items() if not _same(other, name, value)}


# --- reading ---------------------------------------------------------------------------------


def last_done(database: Database) -> Edit | None:
    """The edit that undo would take back."""
    return _first(database, "state = 'done'", "id DESC")


def next_undone(database: Database) -> Edit | None:
    """The edit that redo would bring back."""
    return _first(database, "state = 'undone'", "id")


def _first(database: Database, where: str, order: str) -> Edit | None:
    row = next(database.table("edit").rows_where(where, order_by=order, limit=1), None)
    return None if row is None else read_edit(row)


def edits(database: Database, limit: int = 200) -> list[Edit]:
    """The latest edits, newest first."""
    rows = database.table("edit").rows_where(order_by="id DESC", limit=limit)
    return [read_edit(row) for row in rows]


def labels_since(database: Database, day: date) -> list[tuple[datetime, str]]:
    """Time and label of the edits that stand since the beginning of ``day``, newest first."""
    found = database.table("edit").rows_where(
        "state = 'done' AND at >= ?", [day.isoformat()], order_by="id DESC", select="at, label"
    )
    return [(datetime.fromisoformat(row["at"]), row["label"]) for row in found]


def stands(rows: Rows, mark: Mark) -> bool:
    """Whether an edit is in the file although the disk reported an error: asked of the file."""
    if rows.database.conn.in_transaction:
        return False  # not rolled back either: what can be read is not on the disk
    try:
        row = rows.get("edit", mark.id)
    except sqlite3.Error:
        return False
    return row is not None and row[mark.column] == mark.value


# --- undo and redo ---------------------------------------------------------------------------


def undo(rows: Rows, edit: Edit) -> Mark:
    """Put back what was before the edit, inside a transaction of the caller."""
    for change in reversed(edit.changes):
        _restore(rows, change, change.old, change.new)
    return _set_state(rows, edit, "undone")


def redo(rows: Rows, edit: Edit) -> Mark:
    """Do the edit once more, inside a transaction of the caller."""
    for change in edit.changes:
        _restore(rows, change, change.new, change.old)
    return _set_state(rows, edit, "done")


def _restore(rows: Rows, change: Change, wanted: Row | None, present: Row | None) -> None:
    if wanted is None:
        rows.delete(change.table, change.key)
    elif present is None:
        rows.insert(change.table, wanted)
    else:
        rows.update(change.table, change.key, wanted)


def _set_state(rows: Rows, edit: Edit, state: str) -> Mark:
    rows.update("edit", edit.id, {"state": state})
    return Mark(edit.id, "state", state)


# --- kept small ------------------------------------------------------------------------------

RECENT = 500
"""So many of the latest edits are never touched: undo goes on as ever."""
DROPPED_KEPT = timedelta(days=90)
STEPS_KEPT = timedelta(days=365)
MOST_EDITS = 50_000
MOST_LETTERS = 20_000_000
"""Of all changes together, as text."""


def tidy(rows: Rows, now: datetime) -> int:
    """Make the history smaller, inside a transaction; returns how many edits went.

    Dropped edits go after 90 days. Of steps older than a year those of one field on one day become
    one. Beyond the bounds the oldest go. The latest 500 stay as they are.
    """
    listed = rows.database.execute(
        "SELECT id, at, state, length(changes) FROM edit ORDER BY id"
    ).fetchall()
    old = [(edit_id, _parse(at), state, size) for edit_id, at, state, size in listed[:-RECENT]]
    going = {i for i, at, state, _ in old if state == "dropped" and now - at > DROPPED_KEPT}
    settled = [i for i, at, state, _ in old if state == "done" and now - at > STEPS_KEPT]
    going |= _fold_days(rows, settled)
    count = len(listed) - len(going)
    letters = sum(size for edit_id, _, _, size in listed if edit_id not in going)
    for edit_id, _, _, size in old:
        if count <= MOST_EDITS and letters <= MOST_LETTERS:
            break
        if edit_id not in going:
            going.add(edit_id)
            count, letters = count - 1, letters - size
    for edit_id in going:
        rows.delete("edit", edit_id)
    return len(going)


def _parse(at: str) -> datetime:
    return datetime.fromisoformat(at).astimezone()


def _fold_days(rows: Rows, ids: list[int]) -> set[int]:
    """Fold earlier steps of a field into the day's last one; returns those that are in it now.

    Only plain changes of values, and only when nothing else has touched the same value between:
    undoing the folded step then leads where undoing them one by one led.
    """
    gone: set[int] = set()
    last: dict[tuple[object, str], tuple[int, tuple[Change, ...]]] = {}
    for edit_id in ids:
        row = rows.get("edit", edit_id)
        if row is None:
            continue
        edit = read_edit(row)
        place = (edit.at.date(), edit.place)
        earlier = last.pop(place, None)
        last = {p: found for p, found in last.items() if not _touch(found[1], edit.changes)}
        if any(change.old is None or change.new is None for change in edit.changes):
            continue
        changes = edit.changes
        if earlier is not None:
            gone.add(earlier[0])
            changes = tuple(merge([*earlier[1], *changes]))
            if not changes:
                gone.add(edit_id)
                continue
            rows.update("edit", edit_id, {"changes": _to_json(list(changes))})
        last[place] = (edit_id, changes)
    return gone


def _touch(some: Iterable[Change], others: Iterable[Change]) -> bool:
    """Whether two edits have a value in common; an added or deleted row is all its values."""
    mine = {(change.table, key_parts(change.key)): change for change in some}
    for other in others:
        change = mine.get((other.table, key_parts(other.key)))
        if change is None:
            continue
        if other.old is None or other.new is None or (change.new or {}).keys() & other.new.keys():
            return True
    return False


# --- as text ---------------------------------------------------------------------------------


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _to_json(changes: list[Change]) -> str:
    return json.dumps(
        [[c.table, c.key, c.old, c.new] for c in changes], ensure_ascii=False, separators=(",", ":")
    )


def read_edit(row: Mapping[str, Any]) -> Edit:
    """An edit from its row of table ``edit``."""
    changes = tuple(
        Change(table, tuple(key) if isinstance(key, list) else key, old, new)
        for table, key, old, new in json.loads(row["changes"])
    )
    return Edit(
        id=row["id"],
        at=datetime.fromisoformat(row["at"]),
        label=row["label"],
        place=row["place"],
        changes=changes,
        state=row["state"],
    )
