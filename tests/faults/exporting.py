"""Everything that the program writes beside the data file, made through window and command line.

``prepare`` goes to its place; ``act`` writes to ``desk.target`` and returns whether that is said to
be done.
"""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from PySide6.QtWidgets import QFileDialog

from ita_desktop import cli
from tests.faults.base import YEAR
from tests.faults.desk import Desk
from tests.faults.saves import DOCUMENTS_TAB, Save, at_documents
from ui.pages.documents import DocumentsPage


def _document(suffix: str) -> Callable[[Desk], bool]:
    return lambda desk: desk.page(DocumentsPage).make_at(desk.target, suffix)


def _issued(desk: Desk) -> bool:
    register = desk.page(DocumentsPage).register
    assert register.issued is not None
    return register.save_file_at(register.issued, desk.target)


def _template(desk: Desk) -> bool:
    said: list[str] = []
    editor = desk.page(DocumentsPage).editor
    editor.said.connect(said.append)
    with patch.object(QFileDialog, "getSaveFileName", lambda *_: (str(desk.target), "")):
        editor.give_out()
    return bool(said)


def _command(*words: str) -> Callable[[Desk], bool]:
    """A command over a copy of the data file; what it says on stderr was told."""

    def act(desk: Desk) -> bool:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "ข้อมูล.ita"
            shutil.copyfile(desk.base, path)
            filled = {"{file}": str(path), "{target}": str(desk.target)}
            complaint = io.StringIO()
            with redirect_stdout(io.StringIO()), redirect_stderr(complaint):
                code = cli.main([filled.get(word, word) for word in words])
        desk.told.extend(complaint.getvalue().splitlines())
        return code == 0

    return act


def _demo(desk: Desk) -> bool:
    """The sample's data file takes the place of an earlier one; documents are tried above."""
    try:
        cli._make_sample(desk.target)
    except Exception as error:  # noqa: BLE001 - the command line makes a sentence of each
        desk.told.append(cli._plain_sentence(error))
        return False
    return True


def _straight(desk: Desk) -> bool:
    """The control: what nothing in the program may do."""
    try:
        desk.target.write_bytes(b"new" * 100)
    except OSError as error:
        desk.told.append(str(error))
        return False
    return True


def _never(_: object) -> bool:
    return False


_REPORT = ("report", "{file}", "--year", str(YEAR), "--kind", "district-line", "--to", "{target}")
EXPORTS = (
    *(Save(f"document {s[1:]}", at_documents(), _document(s), _never) for s in
      (".pdf", ".docx", ".xlsx")),
    Save("issued pdf", at_documents(DOCUMENTS_TAB["register"]), _issued, _never),
    Save("template json", at_documents(DOCUMENTS_TAB["editor"], "memo"), _template, _never),
    *(Save(f"command {s}", at_documents(), _command(*_REPORT), _never) for s in
      ("pdf", "docx", "xlsx")),
    Save("sample ita", at_documents(), _demo, _never),
    Save("straight txt", at_documents(), _straight, _never),
)  # fmt: skip
