"""Undo, redo and the history say which field they speak of, by the name it has on its page."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.store import Store
from ita_desktop.domain.office import LETTERHEAD_WORDS, OFFICE_WORDS
from tests.ui.conftest import open_session
from ui.main_window import MainWindow
from ui.pages.office import OFFICE_FIELDS
from ui.places import lines_of
from ui.widgets.history import HistoryPanel

OTHER = {"kind": "เทศบาลตำบล"}


def bare(label: str) -> str:
    """The words of a label without what it has in common with the others."""
    return label.removesuffix("หน่วยงาน") or label


@pytest.mark.parametrize("key", [spec.key for spec in OFFICE_FIELDS])
def test_undo_names_the_field_of_the_office(sample_window: MainWindow, key: str):
    window = sample_window
    spec = next(spec for spec in OFFICE_FIELDS if spec.key == key)
    session = open_session(window)
    session.store.set_office(key, OTHER.get(key, "ใหม่"))
    assert spec.label in window.undo_action.text()
    assert spec.label in window.undo_button.toolTip()
    panel = HistoryPanel(session)
    assert spec.label in panel.undo_button.text()
    assert spec.label in panel.edits.texts()[0][1]
    assert bare(spec.label) in panel.edits.texts()[0][2]
    window.undo()
    assert spec.label in window.redo_action.text()
    assert spec.label in window.redo_button.toolTip()
    panel.deleteLater()


def test_every_field_has_words_of_its_own(empty_file: Path):
    words = {}
    with Store(empty_file) as store:
        for spec in OFFICE_FIELDS:
            store.set_office(spec.key, OTHER.get(spec.key, "ใหม่"))
            words[spec.key] = store.undo_label()
        for name in LETTERHEAD_WORDS:
            store.set_letterhead(**{name: "abc" if name in ("font", "emblem", "seal") else 15.0})
            words[f"letterhead {name}"] = store.undo_label()
            edit = store.edits(1)[0]
            assert LETTERHEAD_WORDS[name] in lines_of(edit.changes, store.dossier())[0].where
    assert len(set(words.values())) == len(words), words
    assert all(LETTERHEAD_WORDS[name] in words[f"letterhead {name}"] for name in LETTERHEAD_WORDS)


def test_the_page_calls_the_fields_as_undo_does():
    labels = {spec.key: spec.label for spec in OFFICE_FIELDS}
    assert labels == {"kind": "ประเภทหน่วยงาน", **OFFICE_WORDS}
