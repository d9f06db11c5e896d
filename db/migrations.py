"""The schema of the data file, as a list of migrations that is only ever appended to.

Each migration writes its SQL out in full and is never changed once released. ``SCHEMA_VERSION`` is
kept in the file's ``user_version``; a file with a higher one is refused before anything is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils.migrations import Migrations

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x49544131
"""ITA1: marks a SQLite file as this program's data file."""

SCHEMA_VERSION = 4

migrations = Migrations("ita_desktop")

# Foreign keys carry no ON DELETE action: what a delete takes with it is deleted by the store, so
# that the history knows of it and can bring it back. They are deferred because undo restores rows
# in the order they were written. JSON is checked by its first and last letter only: with
# trusted_schema off, SQLite 3.40 does not run json_valid() in a CHECK.
_TABLES_1 = (
    """
    CREATE TABLE office (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        kind TEXT NOT NULL DEFAULT 'องค์การบริหารส่วนตำบล',
        name TEXT NOT NULL DEFAULT '',
        district TEXT NOT NULL DEFAULT '',
        province TEXT NOT NULL DEFAULT '',
        address TEXT NOT NULL DEFAULT '',
        postal_code TEXT NOT NULL DEFAULT '',
        telephone TEXT NOT NULL DEFAULT '',
        website TEXT NOT NULL DEFAULT '',
        email TEXT NOT NULL DEFAULT '',
        responsible_division TEXT NOT NULL DEFAULT '',
        number_prefix TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    "INSERT INTO office (id) VALUES (1)",
    """
    CREATE TABLE person (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        rank INTEGER NOT NULL,
        title TEXT NOT NULL DEFAULT '',
        given_name TEXT NOT NULL DEFAULT '',
        family_name TEXT NOT NULL DEFAULT '',
        position TEXT NOT NULL DEFAULT '',
        acting TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    """
    CREATE TABLE chain_link (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        rank INTEGER NOT NULL,
        person_id INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
        role TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    """
    CREATE TABLE division (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        rank INTEGER NOT NULL,
        name TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    """
    CREATE TABLE score (
        year INTEGER NOT NULL CHECK (year BETWEEN 2500 AND 2700),
        code TEXT NOT NULL CHECK (code <> ''),
        value TEXT NOT NULL CHECK (
            value GLOB '[0-9].[0-9][0-9]' OR value GLOB '[1-9][0-9].[0-9][0-9]' OR value = '100.00'
        ),
        PRIMARY KEY (year, code)
    ) STRICT
    """,
    """
    CREATE TABLE respondents (
        year INTEGER NOT NULL CHECK (year BETWEEN 2500 AND 2700),
        instrument TEXT NOT NULL CHECK (instrument <> ''),
        count INTEGER NOT NULL CHECK (count BETWEEN 1 AND 1000000),
        PRIMARY KEY (year, instrument)
    ) STRICT
    """,
    """
    CREATE TABLE official_level (
        year INTEGER PRIMARY KEY CHECK (year BETWEEN 2500 AND 2700),
        level TEXT NOT NULL CHECK (level <> '')
    ) STRICT
    """,
    """
    CREATE TABLE measure (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        year INTEGER NOT NULL CHECK (year BETWEEN 2500 AND 2700),
        kind TEXT NOT NULL CHECK (kind IN ('measure', 'guideline')),
        rank INTEGER NOT NULL,
        title TEXT NOT NULL DEFAULT '',
        indicators TEXT NOT NULL DEFAULT '[]' CHECK (indicators GLOB '[[]*]'),
        issues TEXT NOT NULL DEFAULT '[]' CHECK (issues GLOB '[[]*]'),
        steps TEXT NOT NULL DEFAULT '',
        owners TEXT NOT NULL DEFAULT '',
        first_month INTEGER NOT NULL DEFAULT 1 CHECK (first_month BETWEEN 1 AND 12),
        last_month INTEGER NOT NULL DEFAULT 12 CHECK (last_month BETWEEN first_month AND 12)
    ) STRICT
    """,
    "CREATE INDEX measure_by_year ON measure (year, kind, rank)",
    """
    CREATE TABLE progress (
        measure_id INTEGER NOT NULL REFERENCES measure (id) DEFERRABLE INITIALLY DEFERRED,
        round INTEGER NOT NULL CHECK (round IN (3, 6, 12)),
        status TEXT CHECK (status IN ('done', 'not_started', 'in_progress')),
        result TEXT NOT NULL DEFAULT '',
        output TEXT NOT NULL DEFAULT '',
        outcome TEXT NOT NULL DEFAULT '',
        note TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (measure_id, round)
    ) STRICT
    """,
    """
    CREATE TABLE framework (
        year INTEGER PRIMARY KEY CHECK (year BETWEEN 2500 AND 2700),
        content TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE setting (
        key TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE edit (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL CHECK (datetime(at) IS NOT NULL),
        label TEXT NOT NULL,
        place TEXT NOT NULL,
        changes TEXT NOT NULL CHECK (changes GLOB '[[]*]'),
        state TEXT NOT NULL DEFAULT 'done' CHECK (state IN ('done', 'undone', 'dropped'))
    ) STRICT
    """,
    "CREATE INDEX edit_by_state ON edit (state, id)",
)


@migrations(name="0001_first")
def first(db: Database) -> None:
    """Office, people, chain, divisions, scores, measures, progress, settings, history."""
    for statement in _TABLES_1:
        db.execute(statement)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute("PRAGMA user_version = 1")


# Pictures, scans and issued files are kept by their digest, each once, outside the history: what
# refers to them is in it. They are only ever added while the file is open.
_TABLES_2 = (
    "ALTER TABLE measure ADD COLUMN approach TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE measure ADD COLUMN follow_up TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE measure ADD COLUMN continued INTEGER NOT NULL DEFAULT 0"
    " CHECK (continued IN (0, 1))",
    "ALTER TABLE measure ADD COLUMN day TEXT CHECK (day IS NULL OR date(day) IS NOT NULL)",
    """
    CREATE TABLE picture (
        digest TEXT PRIMARY KEY CHECK (length(digest) = 64),
        content BLOB NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE photo (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        measure_id INTEGER NOT NULL REFERENCES measure (id) DEFERRABLE INITIALLY DEFERRED,
        round INTEGER NOT NULL CHECK (round IN (3, 6, 12)),
        rank INTEGER NOT NULL,
        digest TEXT NOT NULL CHECK (length(digest) = 64),
        caption TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    "CREATE INDEX photo_by_measure ON photo (measure_id, round, rank)",
    """
    CREATE TABLE passage (
        year INTEGER NOT NULL CHECK (year BETWEEN 2500 AND 2700),
        place TEXT NOT NULL,
        content TEXT NOT NULL,
        PRIMARY KEY (year, place)
    ) STRICT
    """,
    """
    CREATE TABLE disclosure (
        year INTEGER NOT NULL CHECK (year BETWEEN 2500 AND 2700),
        code TEXT NOT NULL,
        disclosed INTEGER CHECK (disclosed IN (0, 1)),
        url TEXT NOT NULL DEFAULT '',
        explanation TEXT NOT NULL DEFAULT '',
        owner TEXT NOT NULL DEFAULT '',
        day TEXT CHECK (day IS NULL OR date(day) IS NOT NULL),
        checked_by TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (year, code)
    ) STRICT
    """,
    """
    CREATE TABLE paper (
        year INTEGER NOT NULL CHECK (year BETWEEN 2500 AND 2700),
        kind TEXT NOT NULL,
        round INTEGER NOT NULL CHECK (round IN (0, 3, 6, 12)),
        number TEXT NOT NULL DEFAULT '',
        day TEXT CHECK (day IS NULL OR date(day) IS NOT NULL),
        PRIMARY KEY (year, kind, round)
    ) STRICT
    """,
    """
    CREATE TABLE issued (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        year INTEGER NOT NULL CHECK (year BETWEEN 2500 AND 2700),
        kind TEXT NOT NULL,
        round INTEGER NOT NULL CHECK (round IN (0, 3, 6, 12)),
        name TEXT NOT NULL,
        code TEXT NOT NULL,
        at TEXT NOT NULL CHECK (datetime(at) IS NOT NULL),
        number TEXT NOT NULL DEFAULT '',
        day TEXT CHECK (day IS NULL OR date(day) IS NOT NULL),
        file TEXT NOT NULL CHECK (length(file) = 64),
        data TEXT NOT NULL CHECK (length(data) = 64)
    ) STRICT
    """,
    """
    CREATE TABLE passing (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        issued_id INTEGER NOT NULL REFERENCES issued (id) DEFERRABLE INITIALLY DEFERRED,
        rank INTEGER NOT NULL,
        step TEXT NOT NULL CHECK (step IN ('printed', 'sent', 'signed', 'returned')),
        day TEXT CHECK (day IS NULL OR date(day) IS NOT NULL),
        who TEXT NOT NULL DEFAULT '',
        scan TEXT NOT NULL DEFAULT '',
        scan_name TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    "CREATE INDEX passing_by_issued ON passing (issued_id, rank)",
    """
    CREATE TABLE template (
        kind TEXT PRIMARY KEY,
        content TEXT NOT NULL
    ) STRICT
    """,
)


@migrations(name="0002_papers")
def papers(db: Database) -> None:
    """Photos, texts and papers: what the documents hold besides scores and measures."""
    for statement in _TABLES_2:
        db.execute(statement)
    db.execute("PRAGMA user_version = 2")


# The key of a finding names its rule and its place: what was set aside once is known again.
_TABLES_3 = (
    "ALTER TABLE office ADD COLUMN fax TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE measure ADD COLUMN items TEXT NOT NULL DEFAULT '[]' CHECK (items GLOB '[[]*]')",
    """
    CREATE TABLE set_aside (
        year INTEGER NOT NULL CHECK (year BETWEEN 2500 AND 2700),
        finding TEXT NOT NULL CHECK (finding <> ''),
        reason TEXT NOT NULL,
        at TEXT NOT NULL CHECK (datetime(at) IS NOT NULL),
        PRIMARY KEY (year, finding)
    ) STRICT
    """,
)


@migrations(name="0003_set_aside")
def set_aside(db: Database) -> None:
    """Fax of the office, items a measure answers, findings that were set aside with a reason."""
    for statement in _TABLES_3:
        db.execute(statement)
    db.execute("PRAGMA user_version = 3")


# A digest for each record. The rows are sealed by whoever runs the migrations, in the same
# transaction and after the last one: a seal holds all columns of its row.
_TABLES_4 = (
    """
    CREATE TABLE seal (
        name TEXT NOT NULL CHECK (name <> ''),
        key TEXT NOT NULL,
        digest BLOB NOT NULL CHECK (length(digest) = 16),
        PRIMARY KEY (name, key)
    ) STRICT, WITHOUT ROWID
    """,
)


@migrations(name="0004_seals")
def seals(db: Database) -> None:
    """A digest for each record, by which a changed letter is found."""
    for statement in _TABLES_4:
        db.execute(statement)
    db.execute("PRAGMA user_version = 4")
