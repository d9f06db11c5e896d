"""Photos of a measure: added, pasted, dropped, and prepared without freezing the window."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import wait
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.measures import MeasureKind, Photo
from tests.ui.conftest import Alerts, Keyboard, on_disk, open_session, page_of, wait_saved
from tests.ui.test_page_view import pause
from ui.pages.progress import ProgressPage
from ui.preparing import Source, _prepared
from ui.widgets.photos import Photos


@pytest.fixture
def progress(keys: Keyboard) -> Iterator[Keyboard]:
    """Two measures, the page of progress open."""
    session = open_session(keys.window)
    for title in ("ก", "ข"):
        session.store.add_measure(session.year, MeasureKind.MEASURE, title=title)
    yield keys.press("Ctrl+4", "Home")
    QGuiApplication.clipboard().clear()


@pytest.fixture
def make_photo(tmp_path: Path) -> Callable[[str], Path]:
    def make(name: str) -> Path:
        path = tmp_path / name
        Image.new("RGB", (80, 60), "navy").save(path)
        return path

    return make


def photos(keys: Keyboard) -> Photos:
    return page_of(keys.window, ProgressPage).photos


def settle(keys: Keyboard) -> None:
    for _ in range(400):
        if not photos(keys).preparer.busy:
            return
        pause(5)
    raise AssertionError("the photo is never ready")


def stored(keys: Keyboard, at: int = 0, which: Round = Round.SIX) -> tuple[Photo, ...]:
    wait_saved(keys.window)
    session = open_session(keys.window)
    return on_disk(session.store.path).measures[session.year][at].progress_in(which).photos


def test_files_are_added_in_their_order(progress: Keyboard, make_photo: Callable[[str], Path]):
    sources = [make_photo("๑.jpg"), make_photo("๒.png")]
    photos(progress).add_pictures(sources)
    assert photos(progress).waiting.label.text() == "กำลังเตรียมภาพ… ๑.jpg และอีก ๑ ภาพ"
    assert photos(progress).waiting.isVisible()
    settle(progress)
    assert not photos(progress).waiting.isVisible()
    assert len(stored(progress)) == 2
    assert photos(progress).list.count() == 2
    progress.press("Ctrl+Z")
    assert len(stored(progress)) == 1, "each photo is a step of its own"


def test_a_picture_is_pasted_from_the_list_of_measures(progress: Keyboard):
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("green"))
    QGuiApplication.clipboard().setImage(image)
    progress.press("Ctrl+V")
    settle(progress)
    assert len(stored(progress)) == 1


def test_copied_files_are_pasted(progress: Keyboard, make_photo: Callable[[str], Path]):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(make_photo(name))) for name in ("ก.jpg", "ข.jpg")])
    QGuiApplication.clipboard().setMimeData(mime)
    photos(progress).paste_button.setFocus()
    progress.press("Ctrl+V")
    settle(progress)
    assert len(stored(progress)) == 2


def test_a_field_pastes_its_own_text(progress: Keyboard):
    QGuiApplication.clipboard().setText("ผลงาน")
    progress.tab_to("ผลการดำเนินการ").press("Ctrl+V")
    assert page_of(progress.window, ProgressPage).form.fields["result"].value() == "ผลงาน"
    assert stored(progress) == ()


def test_pasting_without_a_picture_says_so(progress: Keyboard):
    QGuiApplication.clipboard().setText("ผลงาน")
    progress.press("Ctrl+V")
    assert "ไม่มีภาพให้วาง" in progress.window.statusBar().currentMessage()


def test_the_window_works_on_while_a_photo_is_prepared(
    progress: Keyboard, make_photo: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
):
    go_on, threads = threading.Event(), []

    def slow(source: Source) -> tuple[bytes, str]:
        threads.append(threading.current_thread())
        go_on.wait(10)
        return _prepared(source)

    monkeypatch.setattr("ui.preparing._prepared", slow)
    photos(progress).add_pictures([make_photo("ใหญ่.jpg")])
    progress.tab_to("ผลการดำเนินการ").type("พิมพ์ต่อได้").press("Alt+PgDown")
    QApplication.processEvents()
    assert photos(progress).waiting.isVisible()
    go_on.set()
    settle(progress)
    assert threads[0] is not threading.main_thread()
    assert (len(stored(progress, 0)), len(stored(progress, 1))) == (1, 0), "where it was added"


def test_photos_on_their_way_can_be_left(
    progress: Keyboard, make_photo: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
):
    begun, go_on = threading.Event(), threading.Event()

    def slow(source: Source) -> tuple[bytes, str]:
        begun.set()
        go_on.wait(10)
        return _prepared(source)

    photos(progress).add_pictures([make_photo("ก่อน.jpg")])
    settle(progress)
    monkeypatch.setattr("ui.preparing._prepared", slow)
    photos(progress).add_pictures([make_photo("ใหญ่.jpg"), make_photo("ใหญ่กว่า.jpg")])
    begun.wait(10)
    photos(progress).waiting.cancel_button.click()
    assert not photos(progress).preparer.busy
    assert not photos(progress).waiting.isVisible()
    assert "ยกเลิกแล้ว" in progress.window.statusBar().currentMessage()
    go_on.set()
    photos(progress).preparer.finish()
    assert len(stored(progress)) == 1, "only what was there before"
    photos(progress).add_pictures([make_photo("อีกภาพ.jpg")])
    settle(progress)
    assert len(stored(progress)) == 2, "and the next is taken"


def test_a_photo_that_is_ready_but_not_handed_over_can_be_left(
    progress: Keyboard, make_photo: Callable[[str], Path]
):
    photos(progress).add_pictures([make_photo("ก.jpg")])
    wait(photos(progress).preparer._futures)
    photos(progress).waiting.cancel_button.click()
    QApplication.processEvents()
    assert stored(progress) == ()


def test_a_long_name_does_not_widen_the_page(progress: Keyboard, make_photo: Callable[[str], Path]):
    photos(progress).add_pictures([make_photo("ก" * 60 + ".jpg")])
    text = photos(progress).waiting.label.text()
    assert "…" in text and text.endswith("ก.jpg") and len(text) < 50
    settle(progress)


def test_a_broken_photo_is_told_and_the_others_are_taken(
    progress: Keyboard, make_photo: Callable[[str], Path], told: Alerts, tmp_path: Path
):
    broken = tmp_path / "เสีย.jpg"
    broken.write_bytes(b"x")
    photos(progress).add_pictures([broken, make_photo("ดี.jpg")])
    settle(progress)
    assert len(stored(progress)) == 1
    assert told.told[0][0] == "เพิ่มภาพ “เสีย.jpg” ไม่ได้"


def test_closing_the_window_keeps_a_photo_in_hand(
    progress: Keyboard, make_photo: Callable[[str], Path]
):
    session = open_session(progress.window)
    photos(progress).add_pictures([make_photo("ก.jpg")])
    progress.window.close()
    found = on_disk(session.store.path).measures[session.year][0]
    assert len(found.progress_in(Round.SIX).photos) == 1


def test_a_photo_of_another_measure_is_used_again_and_kept_once(
    progress: Keyboard, make_photo: Callable[[str], Path]
):
    here, store = photos(progress), open_session(progress.window).store
    here.reuse()
    assert here.bank is None, "there is nothing to use again yet"
    here.add_pictures([make_photo("หนึ่ง.png")])
    settle(progress)
    (first,) = stored(progress)
    store.set_photo(first.id, caption="ประชุมชี้แจง")
    progress.press("Down")
    here.reuse()
    assert here.bank is not None
    pause(5)
    here.bank.list.selectAll()
    assert not here.bank.list.item(0).icon().isNull()
    here.bank.use()
    again = stored(progress, at=1)
    assert [(each.digest, each.caption) for each in again] == [(first.digest, "ประชุมชี้แจง")]
    (pictures,) = store.connection.execute("SELECT count(*) FROM picture").fetchone()
    assert pictures == 1
    progress.window.undo()
    assert stored(progress, at=1) == ()
    assert stored(progress)[0].digest == first.digest
