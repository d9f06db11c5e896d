"""Undo, redo and the history say which field they speak of, by the name it has on its page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from db.store import Store
from ita_desktop.domain.agenda import day_setting, done_setting
from ita_desktop.domain.framework_origin import Source
from ita_desktop.domain.office import LETTERHEAD_WORDS, OFFICE_WORDS
from tests.ui.conftest import open_session
from ui.main_window import MainWindow
from ui.pages.office import OFFICE_FIELDS
from ui.places import lines_of, summary
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


CODES = re.compile(r"\b(?:[ieo][0-9]+|IIT|EIT|OIT|URL|ITA|AA|[A-F])\b|https?://\S+|TH Sarabun\w+")
LATIN = re.compile(r"[A-Za-z{}\[\]]")


def english(text: str) -> str:
    """The text, when something in it is neither Thai nor a code she knows."""
    return text if LATIN.search(CODES.sub("", text)) else ""


def test_what_is_english_is_found():
    assert english("calendar/2567/group/done • 21 พ.ย. 2569")
    assert english('{"source"')
    assert not english("o1 ของ OIT • URL • ระดับ C")


def _filled(store: Store) -> None:
    """A record of each kind that the sample has none of."""
    year = max(store.dossier().sheets)
    store.set_calendar(done_setting(year, "group"), "2026-11-21", label="ก")
    store.set_calendar(day_setting(year, "plan"), "2026-10-21", label="ก")
    store.set_calendar(day_setting(year, "gone"), "2026-10-21", label="ก")
    store.set_framework(year, "{}", Source.TYPED)
    store.set_framework(year, '{"a": 1}', Source.COPY, name=str(year - 1))
    store.set_official_level(year, "C")
    store.set_mark("count", 4)
    store.set_mark("count", 5)
    store.set_letterhead(emblem="a" * 64)
    store.set_letterhead(emblem="b" * 64, font="TH SarabunPSK")
    store.set_letterhead(left_mm=25.0)
    store.set_template("memo", '{"kind": "memo"}')
    store.set_setting("sample", "yes", label="ก")
    store.set_setting(f"brought_over/{year + 1}", '["measure/1"]', label="ก")


TEXTS = ("title", "steps", "owners", "approach", "follow_up", "note", "result", "outcome")
OWN = (*TEXTS, "caption", "explanation", "url", "number", "content")


def _own_words(store: Store) -> set[str]:
    """What the office itself has written in Latin letters, such as E-Service."""
    rows = [
        each.new or {}
        for edit in store.edits(1000)
        for each in edit.changes
        if each.table not in ("template", "framework")
    ]
    texts = [row.get(name) for row in rows for name in OWN]
    return {word for text in texts for word in re.findall("[A-Za-z]+", str(text or ""))}


def _without(text: str, words: set[str]) -> str:
    return re.sub("[A-Za-z]+", lambda found: "" if found[0] in words else found[0], text)


def test_no_english_stands_in_the_history(sample_window: MainWindow):
    session = open_session(sample_window)
    _filled(session.store)
    own, dossier = _own_words(session.store), session.store.dossier()
    assert not own & {"calendar", "framework", "source", "day", "done", "level", "marks"}
    edits = session.store.edits(1000)
    lines = [line for edit in edits for line in lines_of(edit.changes, dossier)]
    for word in ("ปฏิทินงานปี", "กรอบการประเมินปี", "ระดับตามประกาศ", "เกณฑ์การวิเคราะห์", "หัวกระดาษ"):
        assert any(word in line.where for line in lines), word
    texts = [text for line in lines for text in (line.where, line.old, line.new)]
    panel = HistoryPanel(session)
    texts += [text for row in panel.edits.texts() for text in row]
    assert {text for text in texts if english(_without(text, own))} == set()
    header = panel.edits.horizontalHeader().model()
    headings = [str(header.headerData(at, Qt.Orientation.Horizontal)) for at in range(6)]
    assert headings[-1] == "สถานะ"
    panel.deleteLater()


def test_every_record_is_summed_up_in_thai(sample_window: MainWindow):
    store = open_session(sample_window).store
    _filled(store)
    own, dossier = _own_words(store), store.dossier()
    came = [
        each
        for edit in store.edits(1000)
        for each in edit.changes
        if each.new is not None and each.old is None
    ]
    assert len({each.table for each in came}) >= 12
    said = {(each.table, summary(each.table, each.new or {}, dossier)) for each in came}
    assert {each for each in said if english(_without(each[1], own))} == set()
