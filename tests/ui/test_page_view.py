"""The pages as they will print: sharp, in their place, and never waited for."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import QEventLoop, QPoint, QPointF, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPalette, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from reportlab.pdfgen.canvas import Canvas

from tests.ui.conftest import Keyboard, page_of
from ui.pages.documents import DocumentsPage
from ui.theme import points
from ui.widgets import page_view
from ui.widgets.page_view import Fit, PageTools, PageView, Sheets, UnreadablePdf

A4 = (595.28, 841.89)
ACROSS = (A4[1], A4[0])


@cache
def pdf(count: int, text: str = "x", sizes: tuple[tuple[float, float], ...] = (A4,)) -> bytes:
    """Pages with a black square of an inch, an inch from the left and the top, and a number."""
    kept = BytesIO()
    canvas = Canvas(kept, invariant=True)
    for at in range(count):
        width, height = sizes[at % len(sizes)]
        canvas.setPageSize((width, height))
        canvas.rect(72, height - 144, 72, 72, stroke=0, fill=1)
        canvas.setFont("Helvetica", 40)
        canvas.drawString(200, height - 300, f"{text} {at + 1}")
        canvas.showPage()
    canvas.save()
    return kept.getvalue()


@pytest.fixture
def view(qapp: QApplication) -> Iterator[PageView]:
    made = PageView()
    made.resize(700, 600)
    made.show()
    QTest.qWaitForWindowExposed(made)
    made.activateWindow()
    made.setFocus()
    yield made
    made.close()
    made.deleteLater()
    qapp.processEvents()


def pause(milliseconds: int) -> None:
    """Let the event loop run; unlike QTest.qWait this lets other threads run, too."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def settle(view: PageView) -> None:
    for _ in range(1000):
        if view.settled:
            view.viewport().repaint()
            return
        pause(5)
    raise AssertionError("the pages are never drawn")


def shows(view: PageView, data: bytes) -> PageView:
    view.show_pdf(data)
    settle(view)
    return view


def seen(view: PageView) -> QImage:
    return view.viewport().grab().toImage()


def black(image: QImage) -> tuple[int, int, int, int]:
    """The box around what is black: left, top, right, bottom."""
    gray = image.convertToFormat(QImage.Format.Format_Grayscale8)
    line, width = gray.bytesPerLine(), image.width()
    dots = bytes(gray.constBits()).translate(bytes(60 * [1] + 196 * [0]))
    lines = [dots[at * line : at * line + width] for at in range(image.height())]
    dark = [at for at, each in enumerate(lines) if 1 in each]
    left = min(lines[at].find(1) for at in dark)
    return left, dark[0], max(lines[at].rfind(1) for at in dark), dark[-1]


def test_no_document(view: PageView):
    assert (view.page_count, view.current_page) == (0, 0)
    for key in (Qt.Key.Key_End, Qt.Key.Key_Home, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
        QTest.keyClick(view, key)
    view.set_fit(Fit.PAGE)
    view.set_columns(2)
    view.zoom_in()
    assert view.current_page == 0


def test_page_fits_the_width(view: PageView):
    shows(view, pdf(3))
    place = view._places[0]
    assert place.left() == page_view.MARGIN
    assert abs(place.right() - (view.viewport().width() - page_view.MARGIN)) <= 1
    assert view.horizontalScrollBar().maximum() == 0


def test_whole_page_fits(view: PageView):
    shows(view, pdf(3))
    view.set_fit(Fit.PAGE)
    settle(view)
    assert view._places[0].height() <= view.viewport().height() - 2 * page_view.MARGIN + 1
    assert seen(view).pixelColor(view._places[0].center()) == QColor("white")


def test_a_point_of_the_page_is_where_the_paper_has_it(view: PageView):
    shows(view, pdf(1))
    view.set_zoom(1.0)
    settle(view)
    view.go_to(1)
    view.horizontalScrollBar().setValue(0)
    corner = view._places[0].topLeft() - view._corner()
    part = QRect(corner.x(), corner.y(), 250, 180)
    left, top, right, _ = black(seen(view).copy(part.adjusted(10, 20, 0, 0)))
    left, top, right = left + 10, top + 20, right + 10
    assert [left, top, right] == pytest.approx([96, 96, 191], abs=1)


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_drawn_for_the_screens_own_pixels(
    view: PageView, ratio: float, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(PageView, "devicePixelRatioF", lambda _self: ratio)
    shows(view, pdf(1))
    width = view._places[0].width() * ratio
    assert next(iter(view._pictures.values())).width() == pytest.approx(width, abs=1)


def test_a_new_version_keeps_place_and_zoom(view: PageView):
    shows(view, pdf(9))
    view.set_zoom(1.25)
    view.verticalScrollBar().setValue(3000)
    view.horizontalScrollBar().setValue(17)
    kept = (view.current_page, view._corner())
    shows(view, pdf(9, "y"))
    assert (view.current_page, view._corner(), view.zoom) == (*kept, 1.25)


def test_a_shorter_version_stays_at_its_end(view: PageView):
    shows(view, pdf(9))
    view.go_to(8)
    shows(view, pdf(2))
    assert view.current_page == 2


def test_the_former_picture_stands_until_the_new_one_is_there(view: PageView):
    shows(view, pdf(1))
    before = seen(view)
    view.show_pdf(pdf(1, "y"))
    for _ in range(400):
        pause(1)
        image = seen(view)
        assert image.pixelColor(120, 120) == before.pixelColor(120, 120)
        if view.settled:
            break
    assert view.settled
    assert seen(view) != before


def test_of_many_versions_the_newest_is_shown(view: PageView):
    for at in range(20):
        view.show_pdf(pdf(at + 1))
    settle(view)
    assert view.page_count == 20


def test_only_pages_seen_and_a_neighbour_are_drawn(view: PageView):
    shows(view, pdf(40))
    pause(300)
    assert {key[1] for key in view._pictures} == {0, 1}


def test_pictures_kept_are_bounded(view: PageView, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(page_view, "BUDGET", 8_000_000)
    shows(view, pdf(30))
    for page in range(1, 31):
        view.go_to(page)
        settle(view)
    assert sum(map(page_view._bytes, view._pictures)) <= 8_000_000
    asked = []
    monkeypatch.setattr(view._thread, "submit", lambda *what: asked.append(what))
    pause(50)
    assert asked == []


def test_the_same_bytes_are_not_drawn_again(view: PageView, monkeypatch: pytest.MonkeyPatch):
    shows(view, pdf(2))
    pause(100)
    asked = []
    monkeypatch.setattr(view._thread, "submit", lambda *what: asked.append(what))
    shows(view, pdf(2))
    assert asked == []


def test_hidden_pages_are_not_drawn(qapp: QApplication):
    view = PageView()
    view.show_pdf(pdf(2))
    pause(100)
    assert view.page_count == 2
    assert not view._pictures
    view.deleteLater()


def test_unreadable_bytes_are_told(view: PageView, qtbot):
    shows(view, pdf(2))
    with qtbot.waitSignal(view.failed) as told:
        view.show_pdf(b"no pdf")
    assert told.args == [page_view.CANNOT_SHOW]
    assert view.page_count == 2
    with pytest.raises(UnreadablePdf):
        Sheets(b"")


def test_keys_turn_pages(view: PageView):
    shows(view, pdf(5))
    view.set_fit(Fit.PAGE)
    told: list[tuple[int, int]] = []
    view.page_changed.connect(lambda *what: told.append(what))
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_End):
        QTest.keyClick(view, key)
    pages = [page for page, count in told if count == 5]
    assert view.current_page == 5
    assert [pages[0], 3 in pages, pages[-1]] == [2, True, 5]
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.current_page == 1
    assert view.verticalScrollBar().value() == 0


def test_page_down_shows_every_line(view: PageView):
    shows(view, pdf(3))
    bar = view.verticalScrollBar()
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert 0 < bar.value() < view.viewport().height()


@pytest.mark.parametrize("fit", [Fit.WIDTH, Fit.PAGE])
@pytest.mark.parametrize("columns", [1, 2])
def test_next_reaches_the_last_page_and_previous_the_first(view: PageView, fit: Fit, columns: int):
    shows(view, pdf(7, sizes=(A4, ACROSS)))
    view.set_fit(fit)
    view.set_columns(columns)
    for _ in range(7):
        view.next_page()
    assert view.current_page == 7
    for _ in range(7):
        view.previous_page()
    assert view.current_page == 1


def test_scrolling_names_first_and_last_page_however_many_are_seen(view: PageView):
    shows(view, pdf(8))
    view.set_zoom(0.5)
    view.set_columns(2)
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert view.current_page in (7, 8)
    bar.setValue(0)
    assert view.current_page == 1


def test_zoom_keys_and_bounds(view: PageView):
    shows(view, pdf(2))
    ctrl = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(view, Qt.Key.Key_0, ctrl)
    assert view.zoom == 1.0
    QTest.keyClick(view, Qt.Key.Key_Plus, ctrl)
    assert view.zoom == 1.1
    QTest.keyClick(view, Qt.Key.Key_Minus, ctrl)
    QTest.keyClick(view, Qt.Key.Key_Minus, ctrl)
    assert view.zoom == 0.9
    for _ in range(20):
        QTest.keyClick(view, Qt.Key.Key_Equal, ctrl)
    assert view.zoom == 3.0
    for _ in range(20):
        view.zoom_out()
    assert view.zoom == 0.5


def test_zooming_out_never_makes_larger(view: PageView):
    view.resize(300, 400)
    shows(view, pdf(2, sizes=(ACROSS,)))
    fitted = view.zoom
    assert fitted < 0.5
    view.zoom_out()
    assert (view.zoom, view.fit) == (fitted, Fit.FREE)
    view.zoom_in()
    assert view.zoom == 0.5


def test_the_wheel_zooms_around_the_pointer(view: PageView):
    shows(view, pdf(4))
    view.set_zoom(1.0)
    view.verticalScrollBar().setValue(700)
    point = QPoint(300, 250)
    before = view._anchor(point)
    for _ in range(3):
        turn = QWheelEvent(
            QPointF(point),
            QPointF(point),
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.ControlModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(view.viewport(), turn)
    assert view.zoom == pytest.approx(1.15**3)
    assert view._anchor(point) == pytest.approx(before, abs=0.003)


def test_two_pages_stand_side_by_side(view: PageView):
    shows(view, pdf(5))
    view.set_columns(2)
    settle(view)
    first, second, third = view._places[:3]
    assert first.top() == second.top()
    assert second.left() > first.right()
    assert third.top() > first.bottom()
    assert third.left() == first.left()
    assert view.horizontalScrollBar().maximum() == 0


def test_resizing_follows_the_fit_and_keeps_the_page(view: PageView):
    shows(view, pdf(9))
    view.go_to(4)
    view.resize(420, 500)
    pause(20)
    assert abs(view._places[3].top() - page_view.MARGIN - view.verticalScrollBar().value()) <= 4
    assert view.horizontalScrollBar().maximum() == 0


def test_a_zoom_no_picture_is_possible_for_is_not_asked_forever(
    view: PageView, monkeypatch: pytest.MonkeyPatch
):
    def fail(*_what: object) -> QImage:
        raise MemoryError

    monkeypatch.setattr(Sheets, "image", fail)
    view.show_pdf(pdf(1))
    pause(100)
    assert len(view._hopeless) == 1
    assert view._drawing is None


def test_very_large_pages_are_drawn_within_bounds(view: PageView, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(PageView, "devicePixelRatioF", lambda _self: 3.0)
    shows(view, pdf(1))
    view.set_zoom(3.0)
    key = view._key(0)
    assert key[2] * key[3] <= page_view._MOST_PIXELS * 1.001
    settle(view)


def test_raster_matches_pdfiums_own(qapp: QApplication):
    data = pdf(2, sizes=(A4, ACROSS))
    with pypdfium2.PdfDocument(data) as document:
        theirs = document[1].render(scale=2, rev_byteorder=True, prefer_bgrx=True)
        size = QSize(theirs.width, theirs.height)
        raw = bytes(theirs.buffer)
    ours = Sheets(data).image(1, size)
    shown = QImage(raw, size.width(), size.height(), QImage.Format.Format_RGBX8888)
    assert ours == shown.convertToFormat(QImage.Format.Format_RGB32)
    band = Sheets(data).image(1, size, 150, 90)
    assert band == ours.copy(0, 150, size.width(), 90)


def times_round(app: QApplication, until: Callable[[], bool], most_s: float = 60) -> int:
    """How often the event loop came round, meeting a timer, before something was so."""
    rounds = 0
    ticker = QTimer()
    ticker.setInterval(1)

    def tick() -> None:
        nonlocal rounds
        rounds += 1

    ticker.timeout.connect(tick)
    ticker.start()
    end = time.monotonic() + most_s
    while not until() and time.monotonic() < end:
        app.processEvents()
        time.sleep(0.0005)
    ticker.stop()
    assert until()
    return rounds


def test_drawing_never_stops_the_window(view: PageView, monkeypatch: pytest.MonkeyPatch):
    drew: list[int] = []
    image = Sheets.image

    def noted(sheets: Sheets, *arguments: Any) -> QImage:
        drew.append(threading.get_ident())
        return image(sheets, *arguments)

    monkeypatch.setattr(Sheets, "image", noted)
    shows(view, pdf(30))
    for zoom in (3.0, 2.6, 0.5):
        view.set_zoom(zoom)
        view.go_to(20)
        settle(view)
    assert len(drew) > 3
    assert threading.get_ident() not in drew, "the window draws nothing itself"


# --- the buttons -------------------------------------------------------------------------------


@pytest.fixture
def tools(view: PageView) -> Iterator[PageTools]:
    holder = QWidget()
    holder.resize(900, 100)
    made = PageTools(view, holder)
    made.resize(900, 50)
    holder.show()
    QTest.qWaitForWindowExposed(holder)
    yield made
    holder.close()
    holder.deleteLater()


def test_tools_follow_the_view(view: PageView, tools: PageTools):
    assert tools.page_label.text() == "ยังไม่มีเอกสาร"
    assert not tools.next.isEnabled()
    shows(view, pdf(20))
    tools.next.click()
    assert tools.page_label.text() == "หน้า ๒ จาก ๒๐"
    view.set_zoom(1.5)
    assert tools.zoom_label.text() == "๑๕๐ %"
    assert not tools.width_button.isChecked()
    tools.page_button.click()
    assert view.fit is Fit.PAGE
    tools.two_button.click()
    assert view.columns == 2
    tools.page_button.click()
    assert (view.fit, tools.page_button.isChecked()) == (Fit.FREE, False)
    view.clear()
    assert tools.page_label.text() == "ยังไม่มีเอกสาร"


def test_every_button_has_a_thai_name_and_tip(tools: PageTools):
    for each in tools.findChildren(QPushButton):
        assert any("ก" <= letter <= "๛" for letter in each.accessibleName())
        assert any("ก" <= letter <= "๛" for letter in each.toolTip())


def test_zoom_keys_work_at_the_buttons(view: PageView, tools: PageTools):
    shows(view, pdf(2))
    tools.window().activateWindow()
    tools.two_button.setFocus()
    before = view.zoom
    QTest.keyClick(tools.two_button, Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom > before
    QTest.keyClick(tools.two_button, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(tools.two_button, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom < before


@pytest.mark.parametrize("where", ["paper", "buttons"])
def test_zoom_keys_are_the_paper_s_beside_those_of_the_window(sample_keys: Keyboard, where: str):
    """The same keys make the window's text larger everywhere else."""
    sample_keys.press("Ctrl+6")
    page = page_of(sample_keys.window, DocumentsPage)
    page.tabs.setCurrentIndex(1)
    tools = page.findChildren(PageTools)[0]
    (page.view if where == "paper" else tools.two_button).setFocus()
    before, size = page.view.zoom, points()
    sample_keys.press("Ctrl+=")
    assert (page.view.zoom > before, points()) == (True, size)
    sample_keys.press("Ctrl+-", "Ctrl+-")
    assert (page.view.zoom < before, points()) == (True, size)


def test_tools_break_in_two_lines_where_room_is_short(tools: PageTools):
    tools.resize(tools.minimumSizeHint().width(), 100)
    pause(10)
    assert tools.two_button.y() > tools.next.y()
    tools.resize(900, 50)
    pause(10)
    assert abs(tools.two_button.y() - tools.next.y()) < 8


def test_desk_stands_off_from_paper_in_light_and_dark():
    for window in ("#f3f6f7", "#1e1e1e"):
        palette = QPalette(QColor(window))
        palette.setColor(QPalette.ColorRole.Window, QColor(window))
        desk = page_view.desk_colour(palette).lightness()
        assert 255 - desk > 40
        assert abs(desk - QColor(window).lightness()) >= 5


def test_nothing_is_left_of_a_freed_view(qapp: QApplication):
    holder = QWidget()
    column = QVBoxLayout(holder)
    view = PageView()
    column.addWidget(view)
    holder.show()
    view.show_pdf(pdf(12))
    pause(15)  # in the midst of drawing
    holder.deleteLater()
    del view, column, holder
    for _ in range(20):
        pause(5)
