"""The whole job by keyboard, from the first start to the signed document, in so few keys."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.measures import Status
from ita_desktop.domain.papers import Step
from tests.ui.conftest import on_disk
from tests.ui.walk import MEASURES, walk


@pytest.mark.background
def test_from_the_first_start_to_the_signed_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    parts = walk(tmp_path, None, monkeypatch)
    keys = {part.name: part.keys for part in parts}
    assert sum(keys.values()) < 180, keys
    assert keys["entered into the register"] <= 2
    assert keys["printed, sent, signed, back"] == 4
    slips = [note for part in parts for note in part.notes if "เขียนชื่อหน่วยงานผิด" in note]
    assert len(slips) == 1, "the planted slip is found"
    dossier = on_disk(tmp_path / "ข้อมูล ITA.ita")
    (measures,) = dossier.measures.values()
    done = [each.progress_in(Round.TWELVE) for each in measures]
    assert [each.title for each in measures] == [title for title, *_ in MEASURES]
    assert [each.status for each in done] == [Status.DONE] * len(MEASURES)
    assert "องค์กรบริหาร" not in "".join(each.result for each in done), "and mended"
    (issued,) = dossier.issued
    assert [each.step for each in issued.passings] == list(Step)
    with pypdfium2.PdfDocument(tmp_path / "รายงาน.pdf") as pdf:
        assert len(pdf) >= 1
