"""The rules of the house that a reader of a change would miss.

Every rule is a function from a module to its offences, so that each can be shown to find one.
"""

from __future__ import annotations

import ast
import re
import shutil
import socket
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = ("ita_desktop", "ui", "db")
FRONT_DOOR = ("ita_desktop.cli", "ita_desktop.__main__")
LEAF = "ita_desktop.paths"  # knows only where the program's own files lie
THAI, DOMAIN = "ita_desktop.thai", "ita_desktop.domain"
DOCUMENTS, EXCHANGE = "ita_desktop.documents", "ita_desktop.exchange"
HANDOVER = "ita_desktop.handover"  # joins the two
UPDATES = "ita_desktop.updates"  # checks with the readers of all of them
MAY_IMPORT = {  # room -> what of ours it may import, beside itself; longest name wins
    LEAF: (),
    THAI: (),
    DOMAIN: (THAI, LEAF),
    DOCUMENTS: (DOMAIN, THAI, LEAF),
    EXCHANGE: (DOMAIN, THAI, LEAF),
    HANDOVER: (DOCUMENTS, EXCHANGE, DOMAIN, THAI, LEAF, "ita_desktop.VERSION"),
    UPDATES: (DOCUMENTS, EXCHANGE, DOMAIN, THAI, LEAF, "ita_desktop.files"),
    "db": (DOMAIN, LEAF),
    "ui": (*OURS,),
    "ita_desktop": (HANDOVER, DOCUMENTS, EXCHANGE, DOMAIN, THAI, LEAF),
}
ONLY_IN = {  # name -> where alone it may be imported
    "PySide6": "ui",
    "shiboken6": "ui",
    "PySide6.QtWidgets.QMessageBox": "ui.alerts",
    "sqlite3": "db",
    "sqlite_utils": "db",
    "reportlab": "ita_desktop.documents.pdf",
}
NOWHERE = (  # the network, and modules that run what they read
    *("socket", "socketserver", "ssl", "ftplib", "smtplib", "imaplib", "poplib", "telnetlib"),
    *("http.client", "http.server", "urllib.request", "xmlrpc", "requests", "httpx", "aiohttp"),
    *("urllib3", "PySide6.QtNetwork", "PySide6.QtWebSockets", "PySide6.QtWebEngineCore"),
    *("pickle", "marshal", "shelve", "dill"),
)
MAY_WRITE = {  # room -> why it writes files by itself
    "ita_desktop.files": "the one that does it safely",
    "db": "the data file, its back-ups and their notes, each with its own proof",
    "ui.keeping": "what waits to be written, in the private folder of this start",
    "ui.runs": "notes and reports, in the private folder of this start",
    "ui.crash": "the report of a crash, in the private folder of this start",
    "ui.selfcheck": "pictures of the window, where whoever tries it out says",
    "ita_desktop.exchange.sheets.reading": "a private temporary folder",
    "ita_desktop.exchange.sheets.child": "a private temporary folder",
}
SLOW_AT_START = ("PySide6", "reportlab", "pythainlp", "sqlite_utils", "uharfbuzz", "cryptography")
LONGEST_FUNCTION, LONG_FUNCTION, SHARE_OF_LONG = 60, 36, 0.1
SQL = re.compile(
    r"""\s*(
        SELECT\s.*\sFROM\s | SELECT\s+\w+\( | INSERT\s+(OR\s+\w+\s+)?INTO\s | REPLACE\s+INTO\s
      | UPDATE\s+\S+\s+SET\s | DELETE\s+FROM\s | WITH\s+\w+\s+AS\s*\(
      | (CREATE|DROP|ALTER)\s+(TEMP\w*\s+|UNIQUE\s+|VIRTUAL\s+)?(TABLE|INDEX|TRIGGER|VIEW)\s
      | PRAGMA\s+\w | BEGIN\s+(IMMEDIATE|EXCLUSIVE|DEFERRED)\b | ATTACH\s+\S+\s+AS\s | VACUUM$
    )""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
STRAY_TEXT = re.compile(
    r"(?<![\w.~])/(?:work|root|tmp)/"  # a path of one machine
    r"|pypi\.org|pythonhosted|npmjs|--(?:extra-)?index-url|--find-links|--trusted-host"
)
SKIPPED_FOLDERS = {".git", ".venv", "__pycache__", "demo-output", "out", "build", "dist"}


@dataclass(frozen=True)
class Module:
    """One of the program's Python files."""

    name: str
    tree: ast.Module
    is_package: bool = False

    def is_in(self, room: str) -> bool:
        return within(self.name, room)


@dataclass(frozen=True)
class Import:
    """One name that a module imports, written out in full."""

    name: str
    line: int
    at_start: bool


def within(name: str, room: str) -> bool:
    return name == room or name.startswith(room + ".")


def load(path: Path) -> Module:
    parts = path.relative_to(ROOT).with_suffix("").parts
    is_package = parts[-1] == "__init__"
    name = ".".join(parts[:-1] if is_package else parts)
    return Module(name, ast.parse(path.read_text("utf-8"), str(path)), is_package)


@cache
def program() -> tuple[Module, ...]:
    files = [path for room in OURS for path in sorted((ROOT / room).rglob("*.py"))]
    return tuple(load(path) for path in [*files, ROOT / "start.py"])


@pytest.fixture(scope="module", autouse=True)
def _forget_trees() -> Iterator[None]:
    """Half a million nodes are not looked through again by all the tests that come after."""
    yield
    for each in (program, nodes, imports):
        each.cache_clear()


@cache
def nodes(tree: ast.Module) -> tuple[ast.AST, ...]:
    """Every node of a module, walked through once for all rules."""
    return tuple(ast.walk(tree))


@cache
def imports(module: Module) -> tuple[Import, ...]:
    return tuple(_imports(module, module.tree, at_start=True))


def _imports(module: Module, outer: ast.AST, *, at_start: bool) -> Iterator[Import]:
    for node in ast.iter_child_nodes(outer):
        for name in _imported_names(node, module):
            yield Import(name, getattr(node, "lineno", 0), at_start)
        yield from _imports(module, node, at_start=at_start and not _is_lazy(node))


def _is_lazy(node: ast.AST) -> bool:
    if isinstance(node, ast.If):
        return ast.unparse(node.test).endswith("TYPE_CHECKING")
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)


def _imported_names(node: ast.AST, module: Module) -> list[str]:
    match node:
        case ast.Import(names=names):
            return [alias.name for alias in names]
        case ast.ImportFrom(names=names):
            origin = _origin(node, module)
            return [f"{origin}.{alias.name}" for alias in names]
        case ast.Call(
            func=ast.Attribute(attr="import_module") | ast.Name(id="import_module" | "__import__"),
            args=[ast.Constant(value=str() as name), *_],
        ):
            return [name]
    return []


def _origin(node: ast.ImportFrom, module: Module) -> str:
    if not node.level:
        return node.module or ""
    package = module.name.split(".")
    up = node.level - (1 if module.is_package else 0)
    return ".".join([*package[: len(package) - up], *([node.module] if node.module else [])])


def wrong_rooms(module: Module) -> Iterator[str]:
    """Who may import whom among our own packages."""
    if module.name in FRONT_DOOR or module.name == "start":
        return
    room = max((room for room in MAY_IMPORT if module.is_in(room)), key=len)
    for found in imports(module):
        if not any(within(found.name, ours) for ours in OURS):
            continue
        allowed = any(within(found.name, other) for other in MAY_IMPORT[room])
        own = within(found.name, room) and room != "ita_desktop"
        front_door = any(within(found.name, door) for door in FRONT_DOOR)
        if front_door or not (allowed or own):
            yield f"{module.name}:{found.line} imports {found.name}"


def eager_front_door(module: Module) -> Iterator[str]:
    """The front door opens the window and the data file only when asked to."""
    if module.name in FRONT_DOOR:
        for found in imports(module):
            if found.at_start and (within(found.name, "ui") or within(found.name, "db")):
                yield f"{module.name}:{found.line} imports {found.name} at start"


def misplaced_imports(module: Module) -> Iterator[str]:
    """Qt, SQL, PDF and message boxes each have one home."""
    for found in imports(module):
        for name, home in ONLY_IN.items():
            if within(found.name, name) and not module.is_in(home):
                yield f"{module.name}:{found.line} imports {found.name}, which belongs in {home}"


def forbidden_imports(module: Module) -> Iterator[str]:
    """Nothing leaves the computer; nothing that was read is run."""
    for found in imports(module):
        if any(within(found.name, name) for name in NOWHERE):
            yield f"{module.name}:{found.line} imports {found.name}"


def unsafe_calls(module: Module) -> Iterator[str]:
    """No eval, no exec (Qt's own ``dialog.exec()`` is another thing)."""
    for node in nodes(module.tree):
        match node:
            case ast.Call(func=ast.Name(id="eval" | "exec" as name)):
                yield f"{module.name}:{node.lineno} calls {name}"


def message_boxes(module: Module) -> Iterator[str]:
    """Message boxes come from ui/alerts.py, also when reached as an attribute."""
    for node in nodes(module.tree):
        match node:
            case ast.Attribute(attr="QMessageBox") if not module.is_in("ui.alerts"):
                yield f"{module.name}:{node.lineno} uses QMessageBox"


def sql_outside_db(module: Module) -> Iterator[str]:
    """Strings that look like SQL statements stand in db/ alone."""
    if module.is_in("db"):
        return
    prose = {id(node) for node in _docstrings(module.tree)}
    for node in nodes(module.tree):
        if id(node) not in prose and SQL.match(_text(node)):
            yield f"{module.name}:{getattr(node, 'lineno', 0)} looks like SQL"


def _docstrings(tree: ast.Module) -> Iterator[ast.AST]:
    for node in nodes(tree):
        match node:
            case ast.Expr(value=ast.Constant(value=str()) as constant):
                yield constant


def _text(node: ast.AST) -> str:
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(_text(part) or "x" for part in parts)
    return ""


def careless_writers(module: Module) -> Iterator[str]:
    """Files are written by ``ita_desktop.files`` and the data file's room: never half, never over
    an earlier one. Books and pictures are saved into memory first.
    """
    if module.name == "start" or any(module.is_in(room) for room in MAY_WRITE):
        return
    memory = _memory_files(module.tree)
    for node in nodes(module.tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="write_bytes" | "write_text" as name)):
                yield f"{module.name}:{node.lineno} calls {name}"
            case ast.Call(
                func=ast.Name(id="open" as name) | ast.Attribute(attr=("open" | "fdopen") as name)
            ):
                if any(_is_writing_mode(_text(each)) for each in _given(node)):
                    yield f"{module.name}:{node.lineno} opens for writing with {name}"
            case ast.Call(func=ast.Attribute(attr="save"), args=[ast.expr() as target, *_]):
                if ast.unparse(target) not in memory:
                    yield f"{module.name}:{node.lineno} saves to {ast.unparse(target)}"
            case ast.Call(func=ast.Attribute(attr="ZipFile"), args=[target, mode, *_]):
                if _is_writing_mode(_text(mode)) and ast.unparse(target) not in memory:
                    yield f"{module.name}:{node.lineno} zips into {ast.unparse(target)}"


def _given(call: ast.Call) -> list[ast.expr]:
    return [*call.args, *(each.value for each in call.keywords if each.arg == "mode")]


def _is_writing_mode(text: str) -> bool:
    # "x" makes a new file and never takes the place of one.
    return bool(re.fullmatch(r"[rwaxbt+]{1,3}", text)) and bool(set(text) & set("wa+"))


def _memory_files(tree: ast.Module) -> set[str]:
    """Names that stand for a file in memory."""
    found = set()
    for node in nodes(tree):
        match node:
            case ast.Assign(targets=[*targets], value=ast.Call(func=function)):
                if ast.unparse(function).rpartition(".")[2] in ("BytesIO", "QBuffer"):
                    found |= {
                        name.strip()
                        for each in targets
                        for name in ast.unparse(each).strip("()").split(",")
                    }
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
                found |= {
                    ast.unparse(name)
                    for name, value in zip(names, values, strict=False)
                    if "BytesIO(" in ast.unparse(value)
                }
    return found


def init_imports(module: Module) -> Iterator[str]:
    """Importing the package costs nothing."""
    if module.name == "ita_desktop":
        yield from (f"ita_desktop/__init__.py imports {found.name}" for found in imports(module))


def bad(name: str, source: str) -> Module:
    return Module(name, ast.parse(source))


RULES_AND_OFFENCES: list[tuple[Callable[[Module], Iterator[str]], Module]] = [
    (wrong_rooms, bad("ita_desktop.thai.digits", "from ita_desktop.domain import scores")),
    (wrong_rooms, bad("ita_desktop.domain.scores", "from ita_desktop import documents")),
    (wrong_rooms, bad("ita_desktop.domain.scores", "from ..documents import blocks")),
    (wrong_rooms, bad("ita_desktop.documents.compose", "import ita_desktop.exchange.sheets")),
    (wrong_rooms, bad("ita_desktop.demo", "def f():\n    from db import store")),
    (wrong_rooms, bad("ita_desktop.exchange.package", "from ita_desktop.handover import cover")),
    (wrong_rooms, bad("ita_desktop.handover.parts", "from db import store")),
    (wrong_rooms, bad("ita_desktop.paths", "from ita_desktop.thai import digits")),
    (wrong_rooms, bad("db.store", "from ita_desktop.thai import digits")),
    (wrong_rooms, bad("ui.main_window", "from ita_desktop.cli import main")),
    (eager_front_door, bad("ita_desktop.cli", "from db import store")),
    (eager_front_door, bad("ita_desktop.__main__", "try:\n    import ui\nfinally: pass")),
    (misplaced_imports, bad("ita_desktop.thai.shape", "import PySide6.QtGui")),
    (misplaced_imports, bad("ui.pages.scores", "from PySide6.QtWidgets import QMessageBox")),
    (misplaced_imports, bad("ita_desktop.cli", "def f():\n    import sqlite_utils")),
    (misplaced_imports, bad("ita_desktop.documents.docx", "from reportlab.lib import colors")),
    (message_boxes, bad("ui.pages.office", "QtWidgets.QMessageBox.warning()")),
    (forbidden_imports, bad("ui.printing", "from PySide6 import QtNetwork")),
    (forbidden_imports, bad("ita_desktop.cli", "import_module('urllib.request')")),
    (unsafe_calls, bad("ita_desktop.domain.scores", "eval('1+1')")),
    (sql_outside_db, bad("ui.models.table", "x = f'select * from {table} where 1'")),
    (sql_outside_db, bad("ita_desktop.domain.review", "x = 'PRAGMA user_version'")),
    (init_imports, bad("ita_desktop", "import os")),
    (careless_writers, bad("ui.pages.documents", "path.write_bytes(content)")),
    (careless_writers, bad("ita_desktop.cli", "with open(path, 'w') as f: f.write('x')")),
    (careless_writers, bad("ita_desktop.cli", "path.open(mode='ab')")),
    (careless_writers, bad("ita_desktop.exchange.package", "zipfile.ZipFile(path, 'w')")),
    (careless_writers, bad("ui.pages.documents", "os.fdopen(descriptor, 'r+b')")),
    (careless_writers, bad("ita_desktop.documents.docx.writer", "book.save(path)")),
]
RULES = list(dict.fromkeys(rule for rule, _ in RULES_AND_OFFENCES))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_program_keeps(rule: Callable[[Module], Iterator[str]]):
    assert [offence for module in program() for offence in rule(module)] == []


@pytest.mark.parametrize(
    ("rule", "offender"),
    RULES_AND_OFFENCES,
    ids=[f"{rule.__name__}-{offender.name}" for rule, offender in RULES_AND_OFFENCES],
)
def test_each_rule_finds_an_offence(rule: Callable[[Module], Iterator[str]], offender: Module):
    assert list(rule(offender))


def test_rules_leave_the_allowed_alone():
    good = [
        bad("ita_desktop.cli", "def f():\n    from db import store\n    import ui.main_window"),
        bad("ita_desktop.domain.scores", "import ita_desktop.thai\nfrom . import office"),
        bad("ita_desktop.documents.pdf.writer", "import reportlab\nfrom ita_desktop import paths"),
        bad("ui.alerts", "from PySide6.QtWidgets import QMessageBox\nbox.exec()"),
        bad("ui.pages.office", "from db import store\nfrom ita_desktop.exchange import package"),
        bad("ui.pictures", "made = io.BytesIO()\nimage.save(made, 'PNG')\npath.open('rb')"),
        bad("ita_desktop.domain.office", '"""Select a name from the list."""\nx = "updated"'),
    ]
    assert [offence for rule in RULES for module in good for offence in rule(module)] == []


def function_lengths() -> dict[str, int]:
    tests = (load(path) for path in sorted((ROOT / "tests").rglob("*.py")))
    return {
        f"{module.name}.{node.name}:{node.lineno}": (node.end_lineno or 0) - node.lineno + 1
        for module in [*program(), *tests]
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_functions_are_short():
    lengths = function_lengths()
    assert {name: n for name, n in lengths.items() if n > LONGEST_FUNCTION} == {}
    long = sorted((n, name) for name, n in lengths.items() if n > LONG_FUNCTION)
    assert len(long) <= SHARE_OF_LONG * len(lengths), long


def project_files() -> list[Path]:
    """What belongs to the project: what git would keep, or, without git, what lies there."""
    git = shutil.which("git")
    if git and (ROOT / ".git").exists():
        command = [git, "-C", str(ROOT), "ls-files", "-z", "-co", "--exclude-standard"]
        listed = subprocess.run(command, capture_output=True, check=False)
        if listed.returncode == 0:
            return [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return [
        path
        for path in ROOT.rglob("*")
        if path.is_file() and not SKIPPED_FOLDERS & set(path.relative_to(ROOT).parts)
    ]


def stray_texts(path: Path) -> Iterator[str]:
    content = path.read_bytes()
    if b"\0" in content or path == Path(__file__).resolve():
        return
    for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), 1):
        if found := STRAY_TEXT.search(line):
            yield f"{path.relative_to(ROOT)}:{number} holds {found[0]}"


def test_no_machine_paths_and_no_package_hosts():
    files = [path for path in project_files() if path.is_file()]
    assert ROOT / "pyproject.toml" in files
    assert [found for path in files for found in stray_texts(path)] == []


def pins(lock: str) -> dict[str, str]:
    text = (ROOT / lock).read_text("utf-8").replace("\\\n", " ")
    found = {}
    for line in text.splitlines():
        match = re.fullmatch(r"([\w.-]+)==(\S+)( ; .+?)?((?:\s+--hash=sha256:[0-9a-f]{64})+)", line)
        assert match, f"{lock}: not a pin with hashes: {line[:80]}"
        found[match[1]] = match[2]
    return found


def test_locks_pin_everything_alike():
    runtime = pins("requirements.lock")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    for group in ("dev", "build"):
        whole = pins(f"requirements-{group}.lock")
        assert runtime.items() <= whole.items()
        asked = [*project["project"]["dependencies"], *project["dependency-groups"][group]]
        names = {re.split(r"[\[<>=]", wish)[0].lower() for wish in asked}
        assert names <= whole.keys()


@pytest.mark.skipif(not (ROOT / "ita_desktop/cli.py").exists(), reason="no command line yet")
def test_front_door_loads_nothing_slow():
    code = "import sys, ita_desktop, ita_desktop.cli; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert loaded.isdisjoint(SLOW_AT_START)


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
def test_network_is_out_of_reach(family: int, network_attempts: list[str]):
    with pytest.raises(RuntimeError, match="socket"):
        socket.socket(family)
    with pytest.raises(RuntimeError, match="getaddrinfo"):
        socket.getaddrinfo("localhost", 80)
    assert len(network_attempts) == 2
    network_attempts.clear()
