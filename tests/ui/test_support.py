"""The file for whoever looks after the program: useful, and without a word of the office's."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog

from ita_desktop.exchange.interchange import interchange_to_data
from tests.ui.conftest import Alerts, Keyboard, open_session
from ui.crash import report_of
from ui.support import SupportPanel, packed

SAYS = re.compile(r"[ก-๙]{3}|@|[0-9๐-๙][0-9๐-๙.,/ -]{3}")
"""A value that says something of somebody; "T" or "12" may stand anywhere."""


def opened(keys: Keyboard) -> SupportPanel:
    keys.window.support_action.trigger()
    found = keys.window.helping.support
    assert found is not None
    return found


def values(data: Any) -> Iterator[str]:
    """Every text and figure of the office's data."""
    match data:
        case dict():
            for each in data.values():
                yield from values(each)
        case list():
            for each in data:
                yield from values(each)
        case str() | float():
            yield str(data)


def told(keys: Keyboard, text: str) -> list[str]:
    """What of the data file stands in a text."""
    store = open_session(keys.window).store
    found = set(values(interchange_to_data(store.dossier())))
    found |= {store.path.name, store.path.stem, str(store.path.parent), Path.home().name + "/"}
    found |= {part for each in found for part in each.split("\n")}
    return [each for each in found if SAYS.search(each) and each in text]


def everything(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        assert made.testzip() is None
        names = made.namelist()
        return "\n".join([*names, *(made.read(name).decode("utf-8-sig") for name in names)])


def test_nothing_of_the_data_file_is_in_it(sample_keys: Keyboard):
    store = open_session(sample_keys.window).store
    store.set_office("name", "หนองนามสมมุติ")
    person = store.dossier().people[0]
    store.set_person(person.id, "given_name", "สมมุติชื่อ")
    store.delete_person(store.add_person({"given_name": "ผู้ถูกลบ", "family_name": "สมมุติสกุล"}))
    text = everything(packed(opened(sample_keys).parts))
    assert told(sample_keys, text) == []
    assert not re.search("สมมุติ|ผู้ถูกลบ", text)
    for needed in ("SQLite", "PySide6", "user_version = ", "measure: ", "person.given_name"):
        assert needed in text
    seen = "\n".join(opened(sample_keys).parts.values())
    assert told(sample_keys, f"{seen} {person.family_name}"), "a name would not be found"
    score = next(iter(store.dossier().sheets[2568].entered.values()))
    assert told(sample_keys, f"{seen} {score}"), "a score would not be found"


def test_a_report_of_a_mistake_goes_along_without_the_words_of_the_error(sample_keys: Keyboard):
    try:
        raise ValueError("นายสมชาย นามสมมุติ")
    except ValueError as error:
        report = report_of(error, "office")
    window = sample_keys.window
    window.guard.all_reports = lambda: (report,)
    text = opened(sample_keys).parts["รายงานข้อผิดพลาด.txt"]
    assert "ValueError" in text
    assert "test_support.py" in text
    assert "สมชาย" not in text


def test_she_sees_all_of_it_before_it_is_saved(
    sample_keys: Keyboard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: Alerts
):
    panel = opened(sample_keys)
    seen = []
    for at in range(panel.list.count()):
        panel.list.setCurrentRow(at)
        seen.append((panel.list.item(at).text(), panel.text.toPlainText()))
    assert seen == list(panel.parts.items())
    target = tmp_path / "ส่ง.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    panel.save()
    assert everything(target.read_bytes()) == everything(packed(panel.parts))
    assert told.told[-1][0] == "ส่งข้อมูลให้ผู้ดูแล"


def test_it_can_be_made_with_no_file_open(make_bare):
    window = make_bare()
    window.support_action.trigger()
    assert window.helping.support is not None
    assert "แฟ้มข้อมูล.txt" not in window.helping.support.parts
