"""Edits: every write to the office's data, recorded so that it can be undone and redone.

An edit is one transaction, one undo step and one row of table ``edit``: when, where, the old and
the new values of every row it touched. Undo puts the old values back and marks the row; both
survive a restart because they are rows like any other.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from sqlite_utils.db import NotFoundError

if TYPE_CHECKING:
    from sqlite_utils import Database
    from sqlite_utils.db import Table

Key = int | str | tuple[int | str, ...]
Row = dict[str, Any]


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
    """One recorded edit. ``place`` names what was edited (``measure/12/title``)."""

    id: int
    at: datetime
    label: str
    place: str
    changes: tuple[Change, ...]
    state: str


class Recorder:
    """Writes rows inside one edit and remembers what they were."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.changes: list[Change] = []

    def row(self, table: str, key: Key) -> Row | None:
        """The row as it is now."""
        return _row(self._database, table, key)

    def insert(self, table: str, values: Mapping[str, Any]) -> int:
        """Insert a row with a generated id and return the id."""
        target = _table(self._database, table)
        target.insert(dict(values))
        row_id = cast(int, target.last_pk)
        self.changes.append(Change(table, row_id, None, _row(self._database, table, row_id)))
        return row_id

    def put(self, table: str, key: Key, values: Mapping[str, Any]) -> None:
        """Set columns of the row with that key, inserting the row when there is none."""
        old = _row(self._database, table, key)
        if old is None:
            self._insert_keyed(table, key, values)
            return
        changed = {column: value for column, value in values.items() if old[column] != value}
        if changed:
            _table(self._database, table).update(key, changed)
            before = {column: old[column] for column in changed}
            self.changes.append(Change(table, key, before, changed))

    def _insert_keyed(self, table: str, key: Key, values: Mapping[str, Any]) -> None:
        target = _table(self._database, table)
        parts = key if isinstance(key, tuple) else (key,)
        target.insert({**dict(zip(target.pks, parts, strict=True)), **values})
        self.changes.append(Change(table, key, None, _row(self._database, table, key)))

    def delete(self, table: str, key: Key) -> None:
        """Delete the row with that key, if there is one."""
        old = _row(self._database, table, key)
        if old is not None:
            _table(self._database, table).delete(key)
            self.changes.append(Change(table, key, old, None))


def _table(database: Database, name: str) -> Table:
    return database.table(name)


def _row(database: Database, table: str, key: Key) -> Row | None:
    try:
        return _table(database, table).get(key)
    except NotFoundError:
        return None


@contextmanager
def transaction(database: Database) -> Iterator[None]:
    """One immediate transaction: all or nothing."""
    # atomic() alone would begin deferred and find out about a lock only at the first write.
    database.conn.execute("BEGIN IMMEDIATE")
    try:
        with database.atomic():
            yield
        database.conn.execute("COMMIT")
    except BaseException:
        database.rollback()
        raise


def record(database: Database, label: str, place: str, changes: list[Change]) -> None:
    """Add the history row of an edit, inside its transaction; what was undone can't be redone."""
    _drop_undone(database)
    _table(database, "edit").insert(
        {"at": _now(), "label": label, "place": place, "changes": _to_json(changes)}
    )


def record_merged(database: Database, last: Edit, changes: list[Change]) -> None:
    """Add what was typed on to the last edit, so that one visit to a field is one undo step."""
    _drop_undone(database)
    merged = _merge([*last.changes, *changes])
    _table(database, "edit").update(last.id, {"at": _now(), "changes": _to_json(merged)})


def _drop_undone(database: Database) -> None:
    for row in _table(database, "edit").rows_where("state = 'undone'", select="id"):
        _table(database, "edit").update(row["id"], {"state": "dropped"})


def _merge(changes: list[Change]) -> list[Change]:
    """Changes in order, later updates of a row folded into its earlier ones."""
    merged: dict[tuple[str, Key], Change] = {}
    for change in changes:
        where = (change.table, change.key)
        before = merged.get(where)
        merged[where] = change if before is None else _fold(before, change)
    return [change for change in merged.values() if (change.old, change.new) != (None, None)]


def _fold(first: Change, then: Change) -> Change:
    """One change that does both."""
    old = None if first.old is None else {**(then.old or {}), **first.old}
    new = None if then.new is None else {**(first.new or {}), **then.new}
    return Change(first.table, first.key, old, new)


def last_done(database: Database) -> Edit | None:
    """The edit that undo would take back."""
    return _first(database, "state = 'done'", "id DESC")


def next_undone(database: Database) -> Edit | None:
    """The edit that redo would bring back."""
    return _first(database, "state = 'undone'", "id")


def _first(database: Database, where: str, order: str) -> Edit | None:
    row = next(_table(database, "edit").rows_where(where, order_by=order, limit=1), None)
    return None if row is None else _edit(row)


def edits(database: Database, limit: int = 200) -> list[Edit]:
    """The latest edits, newest first."""
    rows = _table(database, "edit").rows_where(order_by="id DESC", limit=limit)
    return [_edit(row) for row in rows]


def undo(database: Database, edit: Edit) -> None:
    """Put back what was before the edit, inside a transaction of the caller."""
    for change in reversed(edit.changes):
        _restore(database, change, change.old, change.new)
    _table(database, "edit").update(edit.id, {"state": "undone"})


def redo(database: Database, edit: Edit) -> None:
    """Do the edit once more, inside a transaction of the caller."""
    for change in edit.changes:
        _restore(database, change, change.new, change.old)
    _table(database, "edit").update(edit.id, {"state": "done"})


def _restore(database: Database, change: Change, wanted: Row | None, present: Row | None) -> None:
    table = _table(database, change.table)
    if wanted is None:
        table.delete(change.key)
    elif present is None:
        table.insert(wanted)
    else:
        table.update(change.key, wanted)


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _to_json(changes: list[Change]) -> str:
    return json.dumps(
        [[c.table, c.key, c.old, c.new] for c in changes], ensure_ascii=False, separators=(",", ":")
    )


def _edit(row: Mapping[str, Any]) -> Edit:
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
