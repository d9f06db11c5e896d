"""The letterhead: sizes within bounds, garuda and seal, printed at once."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from ita_desktop.documents.blocks import Cover, MemoHead
from ita_desktop.documents.compose import compose
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.office import LETTERHEAD_LIMITS, Letterhead
from tests.ui.conftest import Alerts, Keyboard, on_disk, open_session, page_of, wait_saved
from ui.pages.documents import DocumentsPage
from ui.pages.office import OfficePage
from ui.widgets.letterhead import LetterheadForm, size_of


@pytest.fixture
def form(sample_keys: Keyboard) -> LetterheadForm:
    sample_keys.press("Ctrl+1")
    return page_of(sample_keys.window, OfficePage).letterhead


def kept(keys: Keyboard) -> Letterhead:
    wait_saved(keys.window)
    return on_disk(open_session(keys.window).store.path).letterhead


def picture(path: Path) -> Path:
    out = io.BytesIO()
    Image.new("RGB", (40, 44), "black").save(out, "PNG")
    path.write_bytes(out.getvalue())
    return path


@pytest.mark.parametrize("typed", ["25", "๒๕", "25.0", "๒๕,๐", " 25 "])
def test_a_size_may_be_typed_in_any_way(form: LetterheadForm, sample_keys: Keyboard, typed: str):
    form.form.fields["left_mm"].setFocus()
    sample_keys.type(typed)
    assert kept(sample_keys).left_mm == 25


@pytest.mark.parametrize("typed", ["5", "61", "ซ้าย", "2 5", "-20", "nan", "1e9"])
def test_what_is_no_margin_stays_typed_and_is_not_kept(
    form: LetterheadForm, sample_keys: Keyboard, typed: str
):
    field = form.form.fields["left_mm"]
    field.setFocus()
    sample_keys.type(typed)
    assert kept(sample_keys).left_mm is None
    assert field.value() == typed
    assert field.property("state") == "wrong"
    assert "๑๐ ถึง ๖๐" in form.problem.text()


def test_an_emptied_size_is_the_templates_own(form: LetterheadForm, sample_keys: Keyboard):
    open_session(sample_keys.window).store.set_letterhead(size_pt=18.0)
    field = form.form.fields["size_pt"]
    assert field.value() == "18"
    field.setFocus()
    sample_keys.press("Ctrl+A", "Delete")
    assert kept(sample_keys).size_pt is None


@pytest.mark.parametrize("key", LETTERHEAD_LIMITS)
def test_every_bound_is_kept(key: str):
    low, high = LETTERHEAD_LIMITS[key]
    assert size_of(key, f"{low:g}") == low
    assert size_of(key, f"{high:g}") == high
    for beyond in (low - 0.1, high + 0.1):
        with pytest.raises(ValueError, match="ต้องเป็นตัวเลข"):
            size_of(key, f"{beyond}")


def test_garuda_and_seal_are_printed(form: LetterheadForm, sample_keys: Keyboard, tmp_path: Path):
    for field in form.pictures.values():
        assert field.take(picture(tmp_path / "ตรา.png"))
    letterhead = kept(sample_keys)
    assert letterhead.emblem and letterhead.emblem == letterhead.seal
    session = open_session(sample_keys.window)
    templates = page_of(sample_keys.window, DocumentsPage).templates
    document = compose(templates["analysis-memo"], session.matter(Round.TWELVE))
    blocks = [block for section in document.sections for block in section.blocks]
    assert next(b for b in blocks if isinstance(b, MemoHead)).emblem
    assert next(b for b in blocks if isinstance(b, Cover)).seal
    form.pictures["emblem"].clear_button.click()
    assert not kept(sample_keys).emblem
    session.store.undo()
    assert kept(sample_keys).emblem


def test_what_is_no_picture_is_refused(form: LetterheadForm, told: Alerts, tmp_path: Path):
    wrong = tmp_path / "ตรา.svg"
    wrong.write_bytes(b"<svg/>")
    assert not form.pictures["seal"].take(wrong)
    assert not form.pictures["seal"].take(tmp_path / "missing.png")
    assert len(told.told) == 2
