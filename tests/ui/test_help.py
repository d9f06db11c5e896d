"""F1 opens the manual at the chapter of the page; it is searched and saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from tests.ui.conftest import Alerts, Keyboard
from ui.main_window import PAGES
from ui.widgets.help import HelpWindow, as_html


def opened(keys: Keyboard) -> HelpWindow:
    keys.window.help_action.trigger()
    found = keys.window._help
    assert found is not None
    return found


@pytest.mark.parametrize("page", PAGES)
def test_every_page_has_its_chapter(sample_keys: Keyboard, page: str):
    window = sample_keys.window
    window.show_page(PAGES.index(page))
    found = opened(sample_keys)
    assert found._chapters[found.list.currentRow()].key == page
    assert found.text.toPlainText().strip()
    found.close()


def test_searching_keeps_the_chapters_that_hold_the_words(sample_keys: Keyboard):
    found = opened(sample_keys)
    found.search.setText("ภาพถ่าย")
    found.search.typed.emit("ภาพถ่าย")
    kept = [at for at in range(found.list.count()) if not found.list.item(at).isHidden()]
    assert 0 < len(kept) < found.list.count()
    found.close()


def test_pictures_are_shown(sample_keys: Keyboard):
    found = opened(sample_keys)
    found.show_chapter("scores")
    chapter = found._chapters[found.list.currentRow()]
    assert "scores.png" in as_html(chapter)
    assert found.text.document().size().height() > 300
    found.close()


def test_the_manual_is_saved_as_pdf(
    sample_keys: Keyboard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: Alerts
):
    target = tmp_path / "คู่มือ.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    found = opened(sample_keys)
    found.save()
    assert target.read_bytes().startswith(b"%PDF")

    def full(*_: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr("ita_desktop.files.write_file", full)
    found.save()
    assert told.told[-1][0] == "บันทึกคู่มือไม่ได้"
    found.close()
