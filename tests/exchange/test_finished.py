"""Finished documents are read as their text and tables; what is none is refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ita_desktop.documents.formats import render
from ita_desktop.domain.review.finished import Grid, about
from ita_desktop.domain.review.paper import review_finished
from ita_desktop.exchange.errors import SourceError
from ita_desktop.exchange.finished import read_finished
from tests.documents.test_same_everywhere import CASES, made
from tests.domain.figures import SHELF

KNOWN = {"score-summary": {"signature-missing"}}
"""A summary for the wall has no signers, and the review says so."""


@pytest.mark.parametrize("suffix", [".docx", ".pdf"])
@pytest.mark.parametrize(("kind", "which"), CASES)
def test_our_own_documents_are_clean(kind, which, suffix: str, tmp_path: Path):
    path = tmp_path / f"made{suffix}"
    path.write_bytes(render(made(kind, which), suffix))
    document = read_finished(path)
    assert about(document, SHELF).office.full_name == "องค์การบริหารส่วนตำบลตัวอย่าง"
    found = [each for each in review_finished(document, SHELF) if each.rule != "scores-missing"]
    assert {each.rule for each in found} <= KNOWN.get(kind, set()), [f.problem for f in found]


def test_tables_of_a_word_file_are_tables(tmp_path: Path):
    path = tmp_path / "made.docx"
    path.write_bytes(render(made("analysis-memo", None), ".docx"))
    document = read_finished(path)
    assert any("ตัวชี้วัด" in "".join(grid.head) for grid in document.grids)
    known = about(document, SHELF)
    assert {year: len(tree.sheet.entered) for year, tree in known.trees.items()} == {
        2567: 10,
        2568: 10,
    }
    assert all(
        isinstance(grid, Grid) and len(set(map(len, grid.rows))) == 1 for grid in document.grids
    )


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", lambda: b"PK\x03\x04"),
        ("a.docx", lambda: zipped(x=b"1")),
        ("a.docx", lambda: zipped(bomb=b"\0" * 310_000_000)),
        ("a.pdf", lambda: b"%PDF-1.7 broken"),
        ("a.txt", lambda: b"\xff\xfe\x00"),
        ("a.doc", lambda: b"\xd0\xcf\x11\xe0"),
    ],
    ids=("half a zip", "no document", "bomb", "broken", "no text", "doc"),
)
def test_what_is_no_document_is_refused(tmp_path: Path, name: str, content: Callable[[], bytes]):
    path = tmp_path / name
    path.write_bytes(content())
    with pytest.raises(SourceError, match="โปรด"):
        read_finished(path)


def test_a_missing_file(tmp_path: Path):
    with pytest.raises(SourceError, match="เปิดแฟ้มไม่ได้"):
        read_finished(tmp_path / "x.docx")
