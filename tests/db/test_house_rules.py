"""What bites in sqlite-utils and SQLite has no place in db/.

Each rule is a function from a module to its offences, and is shown to find one.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent.parent.parent / "db"
WRITERS = ("history", "opening", "migrations", "rows", "seals", "copying", "rescue")
WRITE = re.compile(
    r"\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER|VACUUM|ATTACH|BEGIN|COMMIT|END"
    r"|ROLLBACK|SAVEPOINT|RELEASE|REINDEX|ANALYZE|PRAGMA\s+\w+\s*=\s*\w)",
    re.IGNORECASE,
)
NEVER = {  # sqlite-utils' own, and why
    "insert_all": "commits every hundred rows",
    "upsert_all": "commits every hundred rows",
    "upsert": "makes a column of a misspelt key",
    "transform": "drops triggers and collations",
    "executescript": "commits first",
    "commit": "leaves a migration half applied",
    "convert": "rewrites a whole table",
    "enable_counts": "adds triggers",
    "ensure_autocommit_on": "changes who commits",
    "enable_wal": "loses the last edits in a power cut",
}
Rule = Callable[[str, ast.Module], Iterator[str]]


def calls(tree: ast.Module) -> Iterator[tuple[ast.Call, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr=name)) | ast.Call(func=ast.Name(id=name)):
                yield node, name


def first_text(call: ast.Call) -> str:
    """The literal beginning of a call's first argument."""
    match call.args[:1]:
        case [ast.Constant(value=str() as text)]:
            return text
        case [ast.JoinedStr(values=[ast.Constant(value=str() as text), *_])]:
            return text
    return ""


def raw_writes(name: str, tree: ast.Module) -> Iterator[str]:
    """Writing statements stand where transactions, rows and the schema are kept, nowhere else."""
    for call, called in calls(tree):
        if called == "execute" and name not in WRITERS and WRITE.match(first_text(call)):
            yield f"{name}:{call.lineno} {first_text(call)[:40]}"


def statements_not_written_out(name: str, tree: ast.Module) -> Iterator[str]:
    """Outside the writers nobody passes ``execute`` a statement that can't be read here."""
    for call, called in calls(tree):
        if called == "execute" and name not in WRITERS and not first_text(call):
            yield f"{name}:{call.lineno}"


def tables_by_value(name: str, tree: ast.Module) -> Iterator[str]:
    """SQL is never put together with values: %, format and + have no place in it."""
    for call, called in calls(tree):
        if called == "execute" and call.args and isinstance(call.args[0], ast.BinOp):
            yield f"{name}:{call.lineno}"


def what_bites(name: str, tree: ast.Module) -> Iterator[str]:
    for call, called in calls(tree):
        if called in NEVER:
            yield f"{name}:{call.lineno} {called}: {NEVER[called]}"
        for keyword in call.keywords:
            switch = (keyword.arg, getattr(keyword.value, "value", None))
            if switch in (("alter", True), ("transactional", False), ("recreate", True)):
                yield f"{name}:{call.lineno} {switch}"


def databases_with_plugins(name: str, tree: ast.Module) -> Iterator[str]:
    """A plugin installed on the computer must never run on the office's data."""
    for call, called in calls(tree):
        given = {k.arg: getattr(k.value, "value", None) for k in call.keywords}
        if called == "Database" and given.get("execute_plugins") is not False:
            yield f"{name}:{call.lineno}"


def connections_by_path(name: str, tree: ast.Module) -> Iterator[str]:
    """A path makes an empty file where there is none; a URI with mode=rw does not."""
    for call, called in calls(tree):
        given = {k.arg: getattr(k.value, "value", None) for k in call.keywords}
        if called == "connect" and first_text(call) != ":memory:" and not given.get("uri"):
            yield f"{name}:{call.lineno}"


def migrations_without_sql(name: str, tree: ast.Module) -> Iterator[str]:
    """A migration runs SQL that is written out in its module, and sets the version."""
    constants = {t.id for n in tree.body if isinstance(n, ast.Assign) for t in _names(n.targets)}
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef) and _is_migration(function):
            texts = [str(n.value) for n in ast.walk(function) if isinstance(n, ast.Constant)]
            version = int(next(t for t in texts if re.fullmatch(r"\d{4}_\w+", t))[:4])
            used = {n.id for n in ast.walk(function) if isinstance(n, ast.Name)}
            attributes = {n.attr for n in ast.walk(function) if isinstance(n, ast.Attribute)}
            sql = used & constants or any(WRITE.match(text) for text in texts)
            if not sql or attributes - {"execute"}:
                yield f"{name}.{function.name} has no SQL of its own, or calls {attributes}"
            if f"PRAGMA user_version = {version}" not in texts:
                yield f"{name}.{function.name} does not set version {version}"


def _names(targets: list[ast.expr]) -> Iterator[ast.Name]:
    yield from (target for target in targets if isinstance(target, ast.Name))


def _is_migration(function: ast.FunctionDef) -> bool:
    return any(ast.unparse(each).startswith("migrations(") for each in function.decorator_list)


OFFENCES: list[tuple[Rule, str]] = [
    (raw_writes, "db.conn.execute('INSERT INTO t VALUES (1)')"),
    (raw_writes, "db.execute(f'  update {x} set a = 1')"),
    (raw_writes, "db.execute('PRAGMA journal_mode = OFF')"),
    (statements_not_written_out, "db.execute(sql)"),
    (tables_by_value, "db.execute('SELECT ' + name)"),
    (what_bites, "db['t'].insert_all(rows)"),
    (what_bites, "db.conn.commit()"),
    (what_bites, "db.table('t').insert(row, alter=True)"),
    (what_bites, "@migrations(transactional=False)\ndef f(db): ..."),
    (what_bites, "db['t'].transform(drop=['a'])"),
    (databases_with_plugins, "Database(connection)"),
    (databases_with_plugins, "sqlite_utils.Database(connection, execute_plugins=True)"),
    (connections_by_path, "sqlite3.connect(path)"),
    (migrations_without_sql, "@migrations(name='0002_x')\ndef f(db):\n    db['t'].create({})"),
    (
        migrations_without_sql,
        "@migrations(name='0002_x')\ndef f(db):\n    db.execute('DROP TABLE t')\n"
        "    db.execute('PRAGMA user_version = 3')",
    ),
]
RULES = list(dict.fromkeys(rule for rule, _ in OFFENCES))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_db_keeps(rule: Rule):
    files = sorted(FOLDER.rglob("*.py"))
    assert len(files) > 5
    found = [each for f in files for each in rule(f.stem, ast.parse(f.read_text("utf-8")))]
    assert found == []


@pytest.mark.parametrize(("rule", "source"), OFFENCES, ids=range(len(OFFENCES)))
def test_rule_finds_an_offence(rule: Rule, source: str):
    assert list(rule("store", ast.parse(source)))
