"""The office's paper: margins, sizes and pictures, on the page of the office."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog

from ita_desktop.domain.office import LETTERHEAD_LIMITS, Letterhead
from ita_desktop.domain.review import Place
from tests.ui.conftest import Alerts, Keyboard, on_disk, open_session, page_of, wait_saved
from tests.ui.test_page_view import pause
from ui.main_window import MainWindow
from ui.pages.office import OfficePage
from ui.widgets.amounts import AmountField, read_amount
from ui.widgets.letterhead import LetterheadCards
from ui.widgets.picture_box import PictureBox

LEFT, EMBLEM = "ขอบซ้าย", "emblem"


def cards(window: MainWindow) -> LetterheadCards:
    return page_of(window, OfficePage).letterhead


def box(window: MainWindow) -> PictureBox:
    return cards(window).pictures[EMBLEM]


def left(window: MainWindow) -> AmountField:
    field = cards(window).form.fields["left_mm"]
    assert isinstance(field, AmountField)
    return field


def stored(window: MainWindow) -> Letterhead:
    wait_saved(window)
    return on_disk(open_session(window).store.path).letterhead


def settle(window: MainWindow) -> None:
    for _ in range(400):
        if not box(window).preparer.busy:
            return
        pause(5)
    raise AssertionError("the picture is never ready")


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "ครุฑ.png"
    Image.new("RGB", (60, 80), "#aa7733").save(path)
    return path


@pytest.fixture
def clipboard(qapp: QApplication) -> Iterator[None]:
    yield
    QGuiApplication.clipboard().clear()


# --- numbers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("25", 25),
        ("๒๕", 25),
        ("25,5", 25.5),
        ("๒๕.๕", 25.5),
        (" 25 มม. ", 25),
        ("25.", 25),
    ],
)
def test_a_measure_is_read_in_either_writing(text: str, value: float | None):
    assert read_amount(text, (10, 60), "มม.") == value


@pytest.mark.parametrize("text", ["9.99", "60,01", "๙๙", "-20", "กว้าง", "2 5", "1e1", "nan", "²"])
def test_what_is_no_measure_is_told(text: str):
    with pytest.raises(ValueError, match="10 ถึง 60"):
        read_amount(text, (10, 60), "มม.")


def test_every_measure_has_a_field(window: MainWindow):
    fields = {key for form in cards(window).forms for key in form.fields}
    assert fields == set(LETTERHEAD_LIMITS)


@pytest.mark.parametrize("typed", ["๒๕,๕", "25.5"])
def test_a_typed_margin_is_kept(keys: Keyboard, typed: str):
    keys.press("Ctrl+1").tab_to(LEFT).type(typed)
    assert stored(keys.window).left_mm == 25.5
    keys.press("Tab")
    assert left(keys.window).line.text() == "๒๕.๕"


def test_an_empty_field_shows_the_templates_own(keys: Keyboard):
    assert left(keys.window).line.placeholderText() == "แม่แบบ ๓๐"
    keys.press("Ctrl+1").tab_to(LEFT).type("25").press("Backspace", "Backspace")
    assert stored(keys.window).left_mm is None


def test_out_of_bounds_stays_in_the_field_and_is_not_kept(keys: Keyboard):
    open_session(keys.window).store.set_letterhead(left_mm=25.0)
    keys.press("Ctrl+1").tab_to(LEFT).press("Ctrl+A").type("99").press("Tab")
    field = left(keys.window)
    assert stored(keys.window).left_mm == 25
    assert field.line.text() == "99"
    assert field.problem.isVisible() and "๑๐ ถึง ๖๐" in field.problem.text()
    keys.press("Ctrl+2", "Ctrl+1")
    open_session(keys.window).store.set_office("name", "สุขใจ")
    assert field.line.text() == "99", "it waits to be mended"
    field.setFocus()
    keys.press("Ctrl+A").type("40").press("Tab")
    assert not field.problem.isVisible()
    assert stored(keys.window).left_mm == 40


def test_a_visit_to_a_field_is_one_undo_step(keys: Keyboard):
    keys.press("Ctrl+1").tab_to(LEFT).type("25").press("Tab")
    wait_saved(keys.window)
    keys.press("Ctrl+Z")
    assert stored(keys.window).left_mm is None
    assert left(keys.window).line.text() == ""


def test_a_finding_leads_to_its_field(window: MainWindow):
    window.go_to(Place("office", None, "seal_mm"))
    assert cards(window).heights["seal"].fields["seal_mm"].hasFocus()
    window.go_to(Place("office", None, "emblem"))
    assert box(window).choose_button.hasFocus()


# --- pictures ----------------------------------------------------------------------------------


def test_a_chosen_picture_is_kept_and_shown(
    window: MainWindow, picture: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(picture), ""))
    box(window).choose_button.click()
    assert not box(window).waiting.isHidden()
    settle(window)
    assert box(window).waiting.isHidden()
    content = open_session(window).store.picture(stored(window).emblem)
    assert content is not None
    assert Image.open(BytesIO(content)).size == (60, 80)
    assert not box(window).thumb.pixmap().isNull()
    assert box(window).thumb.accessibleName() == "ตราครุฑ: มีภาพแล้ว"


def test_a_picture_is_cleared_and_brought_back(window: MainWindow, picture: Path):
    box(window).take(picture)
    settle(window)
    digest = stored(window).emblem
    box(window).clear_button.click()
    assert stored(window).emblem == ""
    assert not box(window).clear_button.isEnabled()
    assert "ยังไม่มีภาพ" in box(window).thumb.text()
    window.undo()
    assert stored(window).emblem == digest
    assert not box(window).thumb.pixmap().isNull()
    window.undo()
    assert stored(window).emblem == ""


def test_a_picture_is_dropped(window: MainWindow, picture: Path):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(picture))])
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    box(window).dropEvent(drop)
    settle(window)
    assert stored(window).emblem


@pytest.mark.usefixtures("clipboard")
def test_a_picture_is_pasted_by_keyboard(keys: Keyboard):
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    QGuiApplication.clipboard().setImage(image)
    keys.press("Ctrl+1")
    box(keys.window).choose_button.setFocus()
    keys.press("Ctrl+V")
    settle(keys.window)
    assert stored(keys.window).emblem and not stored(keys.window).seal


@pytest.mark.usefixtures("clipboard")
def test_pasting_what_is_no_picture_says_so(window: MainWindow):
    QGuiApplication.clipboard().setText("ครุฑ")
    box(window).paste()
    assert "ไม่มีภาพให้วาง" in window.statusBar().currentMessage()
    assert stored(window).emblem == ""


def test_a_broken_picture_is_refused_in_thai(window: MainWindow, told: Alerts, tmp_path: Path):
    path = tmp_path / "เสีย.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\nbroken")
    for each in (path, tmp_path / "ไม่มี.png"):
        box(window).take(each)
    settle(window)
    assert stored(window).emblem == ""
    assert [title for title, _ in told.told] == [
        "ใช้ภาพ “เสีย.png” ไม่ได้",
        "ใช้ภาพ “ไม่มี.png” ไม่ได้",
    ]
    assert "JPEG หรือ PNG" in told.told[0][1] and "โปรดตรวจ" in told.told[1][1]


def test_a_picture_too_large_is_refused_in_thai(
    window: MainWindow, told: Alerts, picture: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("ita_desktop.exchange.pictures.MOST_BYTES", 10)
    box(window).take(picture)
    settle(window)
    assert "ใหญ่เกิน" in told.told[0][1]
    assert stored(window).emblem == ""


def test_closing_the_window_keeps_a_picture_in_hand(window: MainWindow, picture: Path):
    path = open_session(window).store.path
    box(window).take(picture)
    window.close()
    assert on_disk(path).letterhead.emblem
