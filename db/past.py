"""Reading the history: a field's own past, what was deleted, what has changed since."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from db.history import Change, Edit, merge, read_edit
from db.rows import Key, Row, Rows, key_parts
from db.wording import record_name

if TYPE_CHECKING:
    from sqlite_utils import Database

_PARTS = {"progress": ("measure", "measure_id"), "photo": ("measure", "measure_id")} | {
    "passing": ("issued", "issued_id")
}
"""Table of parts -> the table of what they belong to, and the column that says to which."""
_BIN = (
    *("measure", "person", "chain_link", "division", "photo", "issued", "passing"),
    *("score", "passage", "disclosure", "framework", "template", "progress"),
)
"""What a clerk may miss."""
_ORDER_ONLY = {"rank"}


@dataclass(frozen=True, slots=True)
class Step:
    """One change of one field. ``old`` None: the record was made; ``new`` None: deleted."""

    edit: int
    at: datetime
    label: str
    state: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Deleted:
    """Something in the bin. ``name``: what it was, in Thai; ``rows``: all that went with it.

    The first of ``rows`` is the record itself. ``edit``, ``table`` and ``key`` are what
    ``Store.put_back`` wants.
    """

    edit: int
    at: datetime
    label: str
    table: str
    key: Key
    name: str
    rows: tuple[tuple[str, Row], ...]


@dataclass(frozen=True, slots=True)
class Altered:
    """What has become of one field since a moment, on the whole.

    ``column`` "": the whole record was added (``old`` None) or deleted (``new`` None); then the
    other one holds the record. ``name`` is the record's, in Thai.
    """

    table: str
    key: Key
    column: str
    name: str
    old: Any
    new: Any


def edits_of(database: Database, table: str, key: Key, limit: int = 200) -> list[Edit]:
    """The edits that have touched one record, newest first."""
    named = list(key) if isinstance(key, tuple) else key
    begins = json.dumps([table, named], ensure_ascii=False, separators=(",", ":"))[:-1] + ","
    rows = database.table("edit").rows_where(
        "instr(changes, ?) > 0", [begins], order_by="id DESC", limit=limit
    )
    return [read_edit(row) for row in rows]


def past_of(
    database: Database, table: str, key: Key, column: str, limit: int = 200
) -> tuple[Step, ...]:
    """What stood in one field before, newest first; undone and dropped steps say so."""
    return tuple(
        Step(edit.id, edit.at, edit.label, edit.state, _value(c.old, column), _value(c.new, column))
        for edit in edits_of(database, table, key, limit)
        for c in edit.changes
        if (c.table, key_parts(c.key)) == (table, key_parts(key)) and _speaks_of(c, column)
    )


def _value(row: Row | None, column: str) -> Any:
    return None if row is None else row.get(column)


def _speaks_of(change: Change, column: str) -> bool:
    return any(row is not None and column in row for row in (change.old, change.new))


# --- the bin ---------------------------------------------------------------------------------


def deleted(database: Database, rows: Rows, limit: int = 200) -> tuple[Deleted, ...]:
    """What was deleted and is not there now, latest first."""
    found: list[Deleted] = []
    seen: set[tuple[str, tuple[int | str, ...]]] = set()
    for row in database.table("edit").rows_where(
        "state = 'done' AND instr(changes, '},null]') > 0", order_by="id DESC"
    ):
        for each in _deleted_by(read_edit(row)):
            where = (each.table, key_parts(each.key))
            if where not in seen and rows.get(each.table, each.key) is None:
                found.append(each)
            seen.add(where)
            if len(found) == limit:
                return tuple(found)
    return tuple(found)


def _deleted_by(edit: Edit) -> Iterator[Deleted]:
    """What an edit has deleted, each with its parts."""
    gone = [change for change in edit.changes if change.new is None and change.old is not None]
    owners = {(change.table, change.key) for change in gone}
    for change in gone:
        if change.table in _BIN and _owner(change) not in owners and change.old is not None:
            parts = [each for each in gone if _owner(each) == (change.table, change.key)]
            held = [(each.table, each.old) for each in (change, *parts) if each.old is not None]
            name = record_name(change.table, key_parts(change.key), change.old)
            yield Deleted(edit.id, edit.at, edit.label, change.table, change.key, name, tuple(held))


def _owner(change: Change) -> tuple[str, Any] | None:
    """What a deleted part belongs to."""
    owner = _PARTS.get(change.table)
    return None if owner is None or change.old is None else (owner[0], change.old[owner[1]])


def find_deleted(database: Database, edit_id: int, table: str, key: Key) -> Deleted | None:
    """What one edit has deleted under that key."""
    for row in database.table("edit").rows_where("id = ?", [edit_id]):
        for each in _deleted_by(read_edit(row)):
            if (each.table, key_parts(each.key)) == (table, key_parts(key)):
                return each
    return None


def emptied_links(database: Database, gone: Deleted) -> list[int]:
    """Places in the chain that the edit emptied because their person was deleted."""
    if gone.table != "person":
        return []
    (row,) = database.table("edit").rows_where("id = ?", [gone.edit])
    return [
        int(change.key)
        for change in read_edit(row).changes
        if change.table == "chain_link"
        and isinstance(change.key, int)
        and change.old is not None
        and change.new == {"person_id": None}
        and change.old.get("person_id") == gone.key
    ]


def owner_of(table: str, row: Row) -> tuple[str, Any] | None:
    """Table and id of what a part belongs to; None when it belongs to nothing."""
    owner = _PARTS.get(table)
    return None if owner is None else (owner[0], row[owner[1]])


# --- since -----------------------------------------------------------------------------------


def last_before(database: Database, at: datetime) -> int:
    """Id of the last edit before a moment; 0 when there is none.

    Edits stand in the order they were made: one whose clock was wrong does not hide the others.
    """
    last = 0
    rows = database.execute("SELECT id, at FROM edit ORDER BY id")
    for edit_id, text in rows:
        if datetime.fromisoformat(text).astimezone() >= at.astimezone():
            break
        last = edit_id
    return last


def edit_of_issue(database: Database, issued_id: int) -> int | None:
    """Id of the edit that entered a document into the register; None when it is forgotten."""
    for edit in edits_of(database, "issued", issued_id, limit=100_000):
        if any(c.table == "issued" and c.key == issued_id and c.old is None for c in edit.changes):
            return edit.id
    return None


def changes_since(database: Database, edit_id: int) -> tuple[Altered, ...]:
    """What has changed on the whole after that edit, in the order of first change."""
    rows = database.table("edit").rows_where("id > ? AND state = 'done'", [edit_id], order_by="id")
    changes = [change for row in rows for change in read_edit(row).changes]
    return tuple(each for change in merge(changes) for each in _altered(change))


def _altered(change: Change) -> Iterable[Altered]:
    row = {**(change.old or {}), **(change.new or {})}
    name = record_name(change.table, key_parts(change.key), row)
    if change.old is None or change.new is None:
        return [Altered(change.table, change.key, "", name, change.old, change.new)]
    return [
        Altered(change.table, change.key, column, name, old, change.new.get(column))
        for column, old in change.old.items()
        if column not in _ORDER_ONLY
    ]
