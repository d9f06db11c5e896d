"""The pages of a PDF as they will be printed, and the buttons to look through them.

Nothing here waits for pdfium: opening and drawing happen in one thread of the view's own, and
until a page is drawn its former picture, or white paper, stands in its place.
"""

from __future__ import annotations

import ctypes
import hashlib
import math
import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from enum import Enum, auto
from itertools import pairwise

from PySide6.QtCore import (
    QEvent,
    QKeyCombination,
    QObject,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    SignalInstance,
)
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QBoxLayout, QPushButton, QWidget

from ui.text import shown
from ui.widgets.layouts import button, label, row

PDFIUM = threading.RLock()
"""Held around every call of pdfium, which takes one caller at a time in the whole program.

It can be taken again by its holder: a document may be freed at any moment, this one included.
"""
LEAST_ZOOM, MOST_ZOOM = 0.5, 3.0
_LEAST_FIT = 0.1
_STEPS = (0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
_PIXELS_PER_POINT = 96 / 72
MARGIN, GAP = 14, 14
BUDGET = 96 * 1024 * 1024
"""Bytes of pictures kept; what is seen is kept even beyond it."""
_MOST_PIXELS = 20_000_000
"""A page is drawn no larger than that, and stretched: 300 % on a very fine screen."""
CANNOT_SHOW = "แสดงตัวอย่างเอกสารไม่ได้ โปรดสร้างเป็นแฟ้ม PDF แล้วเปิดดูด้วยโปรแกรมอื่น"


class UnreadablePdf(Exception):
    """Pdfium can't open the bytes."""


class Sheets:
    """A PDF opened to be drawn. May be used from any thread; calls wait for each other."""

    def __init__(self, data: bytes) -> None:
        with PDFIUM:
            import pypdfium2.raw as pdfium

            self._data = data  # pdfium reads from it as long as the document is open
            self._pdf = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
            if not self._pdf:
                raise UnreadablePdf
            close = weakref.finalize(self, _close, self._pdf, data)
            close.atexit = False  # by then pdfium itself may be gone
            count = pdfium.FPDF_GetPageCount(self._pdf)
            self.sizes = tuple(self._size(at) for at in range(count))
            """Width and height of every page in points."""

    def _size(self, at: int) -> tuple[float, float]:
        import pypdfium2.raw as pdfium

        size = pdfium.FS_SIZEF()
        pdfium.FPDF_GetPageSizeByIndexF(self._pdf, at, ctypes.byref(size))
        return float(size.width), float(size.height)

    def image(self, at: int, whole: QSize, top: int = 0, rows: int | None = None) -> QImage:
        """Page ``at`` drawn ``whole`` pixels large, or of that only ``rows`` from ``top`` on."""
        import pypdfium2.raw as pdfium

        width, height = whole.width(), whole.height()
        image = QImage(width, height - top if rows is None else rows, QImage.Format.Format_RGB32)
        if image.isNull():
            raise MemoryError
        image.fill(Qt.GlobalColor.white)
        line = image.bytesPerLine()
        pixels = (ctypes.c_char * (line * image.height())).from_buffer(image.bits())
        with PDFIUM:
            page = pdfium.FPDF_LoadPage(self._pdf, at)
            bitmap = pdfium.FPDFBitmap_CreateEx(
                width, image.height(), pdfium.FPDFBitmap_BGRx, pixels, line
            )
            pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, -top, width, height, 0, pdfium.FPDF_ANNOT)
            pdfium.FPDFBitmap_Destroy(bitmap)
            pdfium.FPDF_ClosePage(page)
        return image


def _close(pdf: object, _data: bytes) -> None:
    import pypdfium2.raw as pdfium

    with PDFIUM:
        pdfium.FPDF_CloseDocument(pdf)


class Fit(Enum):
    """What the zoom follows."""

    FREE = auto()
    WIDTH = auto()
    PAGE = auto()


Key = tuple[str, int, int, int]
"""A picture: digest of the document, page, width and height in pixels."""
Anchor = tuple[int, float, float]
"""A page and a place on it, as parts of its width and height."""


class _Post(QObject):
    """Brings what the drawing thread has made to the window's thread."""

    opened = Signal(object, object)
    drawn = Signal(object, object)

    def open(self, digest: str, data: bytes) -> None:
        """In the drawing thread: open a document, None when it can't be read."""
        try:
            sheets = Sheets(data)
        except UnreadablePdf:
            sheets = None
        self._send(self.opened, digest, sheets)

    def draw(self, key: Key, sheets: Sheets) -> None:
        """In the drawing thread: draw a page, a null picture when there is no memory for it."""
        try:
            image = sheets.image(key[1], QSize(key[2], key[3]))
        except MemoryError:
            image = QImage()
        self._send(self.drawn, key, image)

    def _send(self, signal: SignalInstance, *what: object) -> None:
        try:
            signal.emit(*what)
        except RuntimeError:
            return  # the program has ended meanwhile


class PageView(QAbstractScrollArea):
    """Shows the pages of a PDF."""

    page_changed = Signal(int, int)
    """The current page, counted from 1, and how many there are (0, 0: no document)."""
    view_changed = Signal()
    """Zoom, fit or the number of columns has changed."""
    failed = Signal(str)
    """The document can't be shown; a Thai sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mark = ""
        """Words that stand across every page on the screen, such as that the data are made up."""
        self._sheets: Sheets | None = None
        self._digest = self._awaited = ""
        self._places: list[QRect] = []
        self._extent = QSize()
        self._zoom, self._fit, self._columns = 1.0, Fit.WIDTH, 1
        self._current = 0
        self._pictures: OrderedDict[Key, QImage] = OrderedDict()
        self._former: dict[int, QImage] = {}
        self._drawing: Key | None = None
        self._hopeless: set[Key] = set()
        self._post = _Post()
        self._post.opened.connect(self._on_opened)
        self._post.drawn.connect(self._on_drawn)
        self._thread = ThreadPoolExecutor(1, "pages")
        self.setAccessibleName("ตัวอย่างเอกสาร")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        # A bar that came and went would change the very width a page is fitted to.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().setSingleStep(40)
        self.horizontalScrollBar().setSingleStep(40)
        self.setMinimumSize(220, 160)

    # --- the document --------------------------------------------------------------------------

    def show_pdf(self, data: bytes) -> None:
        """Show a document, or its next version: place and zoom stay as they are."""
        self._awaited = hashlib.blake2b(data, digest_size=16).hexdigest()
        if self._awaited != self._digest:
            self._thread.submit(self._post.open, self._awaited, data)

    def clear(self) -> None:
        """Show no document."""
        self._sheets = None
        self._digest = self._awaited = ""
        self._pictures.clear()
        self._former.clear()
        self._arrange()

    def _on_opened(self, digest: str, sheets: Sheets | None) -> None:
        if digest != self._awaited:
            return  # a newer version is on its way
        if sheets is None:
            self._awaited = self._digest
            self.failed.emit(CANNOT_SHOW)
            return
        anchor = self._anchor(QPoint(0, 0))
        self._sheets, self._digest = sheets, digest
        self._arrange(anchor)

    @property
    def page_count(self) -> int:
        """How many pages the document has."""
        return len(self._sheets.sizes) if self._sheets is not None else 0

    @property
    def current_page(self) -> int:
        """The page that is looked at, counted from 1; 0 without a document."""
        return self._current

    # --- zoom and columns ----------------------------------------------------------------------

    @property
    def zoom(self) -> float:
        """The zoom in force; 1.0 is the size of the paper."""
        return self._zoom

    @property
    def fit(self) -> Fit:
        """What the zoom follows."""
        return self._fit

    @property
    def columns(self) -> int:
        """Pages side by side: 1 or 2."""
        return self._columns

    def set_zoom(self, zoom: float, around: QPoint | None = None) -> None:
        """Zoom freely, keeping what is at ``around`` (else the middle) where it is."""
        point = around if around is not None else self.viewport().rect().center()
        anchor = self._anchor(point)
        self._fit = Fit.FREE
        # A fit may have gone below the least zoom; zooming out from there must not enlarge.
        self._zoom = min(max(zoom, min(LEAST_ZOOM, self._zoom)), MOST_ZOOM)
        self._arrange(anchor, point)
        self.view_changed.emit()

    def zoom_in(self) -> None:
        """The next larger step."""
        self.set_zoom(next((step for step in _STEPS if step > self._zoom * 1.01), MOST_ZOOM))

    def zoom_out(self) -> None:
        """The next smaller step."""
        smaller = (step for step in reversed(_STEPS) if step < self._zoom * 0.99)
        self.set_zoom(next(smaller, min(LEAST_ZOOM, self._zoom)))

    def set_fit(self, fit: Fit) -> None:
        """Let the zoom follow the window; FREE keeps the zoom that is in force."""
        current = self._current
        self._fit = fit
        if fit is Fit.FREE:
            self.set_zoom(self._zoom)
            return
        self._arrange(self._anchor(QPoint(0, 0)))
        if fit is Fit.PAGE and current:
            self.go_to(current)
        self.view_changed.emit()

    def set_columns(self, columns: int) -> None:
        """One page wide, or two side by side; stays at the current page."""
        current = self._current
        self._columns = columns
        self._arrange()
        if current:
            self.go_to(current)
        self.view_changed.emit()

    # --- layout --------------------------------------------------------------------------------

    def _rows(self) -> list[list[int]]:
        step = self._columns
        pages = list(range(self.page_count))
        return [pages[at : at + step] for at in range(0, len(pages), step)]

    def _fitted(self) -> float:
        """The zoom the fit asks for in the window's present size."""
        if self._sheets is None or self._fit is Fit.FREE:
            return self._zoom
        sizes, scale = self._sheets.sizes, _PIXELS_PER_POINT
        room = self.viewport().size()
        found = MOST_ZOOM
        for pages in self._rows():
            free = room.width() - 2 * MARGIN - GAP * (len(pages) - 1)
            found = min(found, free / (scale * sum(sizes[at][0] for at in pages)))
            if self._fit is Fit.PAGE:
                tallest = scale * max(sizes[at][1] for at in pages)
                found = min(found, (room.height() - 2 * MARGIN) / tallest)
        return max(found, _LEAST_FIT)

    def _arrange(self, anchor: Anchor | None = None, point: QPoint | None = None) -> None:
        """Put every page in its place, then the anchor back to ``point`` of the viewport."""
        self._zoom = self._fitted()
        sizes = self._sheets.sizes if self._sheets is not None else ()
        scale = self._zoom * _PIXELS_PER_POINT
        pixels = [QSize(round(width * scale), round(height * scale)) for width, height in sizes]
        wides = [
            sum(pixels[at].width() for at in pages) + GAP * (len(pages) - 1)
            for pages in self._rows()
        ]
        wide = max(self.viewport().width(), max(wides, default=0) + 2 * MARGIN)
        self._places, top = [], MARGIN
        for pages, own in zip(self._rows(), wides, strict=True):
            left = (wide - own) // 2
            for at in pages:
                self._places.append(QRect(QPoint(left, top), pixels[at]))
                left += pixels[at].width() + GAP
            top += max(pixels[at].height() for at in pages) + GAP
        self._extent = QSize(wide, top - GAP + MARGIN if sizes else 0)
        self._set_bars()
        if anchor is not None and self._places:
            self._return_to(anchor, point or QPoint(0, 0))
        self._find_current()
        self._draw_next()
        self.viewport().update()

    def _set_bars(self) -> None:
        room = self.viewport().size()
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setPageStep(room.height())
        down.setRange(0, max(0, self._extent.height() - room.height()))
        across.setPageStep(room.width())
        across.setRange(0, max(0, self._extent.width() - room.width()))

    def _corner(self) -> QPoint:
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _nearest(self, spot: QPoint) -> int:
        def distance(at: int) -> int:
            place = self._places[at]
            down = max(place.top() - spot.y(), spot.y() - place.bottom(), 0)
            across = max(place.left() - spot.x(), spot.x() - place.right(), 0)
            return down * down + across * across

        return min(range(len(self._places)), key=distance)

    def _anchor(self, point: QPoint) -> Anchor | None:
        if not self._places:
            return None
        spot = self._corner() + point
        at = self._nearest(spot)
        off, place = spot - self._places[at].topLeft(), self._places[at]
        return at, off.x() / place.width(), off.y() / place.height()

    def _return_to(self, anchor: Anchor, point: QPoint) -> None:
        at, across, down = anchor
        place = self._places[min(at, len(self._places) - 1)]
        spot = place.topLeft() + QPoint(round(across * place.width()), round(down * place.height()))
        self.horizontalScrollBar().setValue(spot.x() - point.x())
        self.verticalScrollBar().setValue(spot.y() - point.y())

    # --- the current page ----------------------------------------------------------------------

    def go_to(self, page: int) -> None:
        """Bring the top of a page, counted from 1, to the top of the view."""
        if not self._places:
            return
        page = min(max(page, 1), len(self._places))
        self.verticalScrollBar().setValue(self._places[page - 1].top() - MARGIN)
        self._set_current(page)

    def next_page(self) -> None:
        """The next page, or pair of pages."""
        self.go_to(self._row_start(self._current) + self._columns)

    def previous_page(self) -> None:
        """The page before, or pair of pages."""
        self.go_to(max(1, self._row_start(self._current) - self._columns))

    def _row_start(self, page: int) -> int:
        return (page - 1) // self._columns * self._columns + 1

    def _find_current(self) -> None:
        """The page at a line that glides from the view's top to its bottom with the scroll bar.

        So the first page is current at the very top and the last one at the very bottom,
        however many are seen at once.
        """
        bar = self.verticalScrollBar()
        if not self._places:
            self._set_current(0)
            return
        part = bar.value() / bar.maximum() if bar.maximum() else 0.0
        line = bar.value() + round(part * self.viewport().height())
        at = self._nearest(QPoint(self._places[0].left(), line))
        self._set_current(at + 1)

    def _set_current(self, page: int) -> None:
        self._current = page
        self.setAccessibleDescription(page_text(page, self.page_count))
        self.page_changed.emit(page, self.page_count)

    # --- pictures ------------------------------------------------------------------------------

    def _seen(self) -> list[int]:
        window = QRect(self._corner(), self.viewport().size())
        return [at for at, place in enumerate(self._places) if place.intersects(window)]

    def _key(self, at: int) -> Key:
        ratio, place = self.devicePixelRatioF(), self._places[at]
        width, height = place.width() * ratio, place.height() * ratio
        less = min(1.0, math.sqrt(_MOST_PIXELS / (width * height)))
        return self._digest, at, math.ceil(width * less), math.ceil(height * less)

    def _wanted(self) -> list[Key]:
        """Pictures of the pages seen, then of their neighbours as far as the budget goes."""
        seen = self._seen()
        if not seen:
            return []
        wanted = [self._key(at) for at in seen]
        spent = sum(map(_bytes, wanted))
        step = self._columns
        beside = [*range(seen[-1] + 1, seen[-1] + 1 + step), *range(seen[0] - step, seen[0])]
        for at in beside:
            if 0 <= at < len(self._places):
                spent += _bytes(self._key(at))
                if spent <= BUDGET:
                    wanted.append(self._key(at))
        return wanted

    def _draw_next(self) -> None:
        """Have the first missing picture drawn, one at a time: what is wanted may change."""
        if self._drawing is not None or self._sheets is None or not self.isVisible():
            return
        for key in self._wanted():
            if key not in self._pictures and key not in self._hopeless:
                self._drawing = key
                self._thread.submit(self._post.draw, key, self._sheets)
                return

    def _on_drawn(self, key: Key, image: QImage) -> None:
        self._drawing = None
        if image.isNull():
            self._hopeless.add(key)
        elif key[0] == self._digest:
            self._pictures[key] = image
            self._forget_pictures()
            self.viewport().update()
        self._draw_next()

    def _forget_pictures(self) -> None:
        wanted = set(self._wanted())
        spent = sum(map(_bytes, self._pictures))
        for key in list(self._pictures):
            if spent <= BUDGET:
                break
            if key not in wanted:
                spent -= _bytes(key)
                del self._pictures[key]

    @property
    def settled(self) -> bool:
        """Whether every page seen is drawn from the newest version."""
        keys = [self._key(at) for at in self._seen()]
        return self._awaited == self._digest and all(key in self._pictures for key in keys)

    # --- events --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Desk, papers with their shadows, pages."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), desk_colour(self.palette()))
        seen, corner = self._seen(), self._corner()
        self._former = {at: image for at, image in self._former.items() if at in seen}
        for at in seen:
            place = self._places[at].translated(-corner)
            _paint_shadow(painter, place)
            self._paint_page(painter, at, place)
            if self.mark:
                _paint_mark(painter, place, self.mark)
        if self.hasFocus():
            painter.setPen(self.palette().color(QPalette.ColorRole.Highlight))
            room = self.viewport().rect()
            painter.drawRect(room.adjusted(0, 0, -1, -1))
            painter.drawRect(room.adjusted(1, 1, -2, -2))

    def _paint_page(self, painter: QPainter, at: int, place: QRect) -> None:
        key, ratio = self._key(at), self.devicePixelRatioF()
        image = self._pictures.get(key)
        if image is not None:
            self._pictures.move_to_end(key)
            self._former[at] = image
        else:
            image = self._former.get(at)
        if image is None or not _alike(image, place):
            painter.fillRect(place, Qt.GlobalColor.white)
        elif abs(image.width() - place.width() * ratio) < 1:
            # Pixel by pixel: stretching by a fraction of one would blur the letters.
            image.setDevicePixelRatio(ratio)
            painter.drawImage(QPointF(place.topLeft()), image)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(place), image, QRectF(image.rect()))

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._find_current()
        self._draw_next()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        before = self._zoom
        self._arrange(self._anchor(QPoint(0, 0)))
        if self._zoom != before:
            self.view_changed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw_next()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls; with Ctrl it zooms around the pointer."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turned = event.angleDelta().y() / 120
            self.set_zoom(self._zoom * 1.15**turned, event.position().toPoint())
            event.accept()
        else:
            super().wheelEvent(event)

    def event(self, event: QEvent) -> bool:
        return _keep_zoom_keys(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the view; all others go on."""
        for keys, action in self._keys():
            if (
                event.matches(keys)
                if isinstance(keys, QKeySequence.StandardKey)
                else (event.keyCombination() == keys)
            ):
                action()
                return
        super().keyPressEvent(event)

    def _keys(self) -> list[tuple[object, Callable[[], None]]]:
        ctrl = Qt.KeyboardModifier.ControlModifier
        standard, key, none = QKeySequence.StandardKey, Qt.Key, Qt.KeyboardModifier.NoModifier
        return [
            (standard.ZoomIn, self.zoom_in),
            (QKeyCombination(ctrl, key.Key_Equal), self.zoom_in),
            (standard.ZoomOut, self.zoom_out),
            (QKeyCombination(ctrl, key.Key_0), lambda: self.set_zoom(1.0)),
            (QKeyCombination(none, key.Key_PageDown), lambda: self._turn(1)),
            (QKeyCombination(none, key.Key_PageUp), lambda: self._turn(-1)),
            (QKeyCombination(none, key.Key_Home), lambda: self.go_to(1)),
            (QKeyCombination(none, key.Key_End), self._to_end),
        ]

    def _turn(self, way: int) -> None:
        """One screen on or back; page by page when whole pages are seen."""
        bar = self.verticalScrollBar()
        if self._fit is not Fit.PAGE:
            bar.setValue(bar.value() + way * max(40, self.viewport().height() - 40))
        elif way > 0:
            self.next_page()
        else:
            self.previous_page()

    def _to_end(self) -> None:
        self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
        self._set_current(self.page_count)


def page_text(page: int, count: int) -> str:
    """The current page in words."""
    return shown(f"หน้า {page} จาก {count}") if count else "ยังไม่มีเอกสาร"


def desk_colour(palette: QPalette) -> QColor:
    """What the papers lie on: a gray that stands off from paper and window, light or dark."""
    dark = palette.color(QPalette.ColorRole.Window).lightness() < 128
    return QColor("#23282b" if dark else "#c3ccd0")


def _bytes(key: Key) -> int:
    return key[2] * key[3] * 4


def _alike(image: QImage, place: QRect) -> bool:
    """Whether a picture has the paper's shape; that of another paper would look distorted."""
    return abs(image.width() * place.height() / (image.height() * place.width()) - 1) < 0.02


def _paint_shadow(painter: QPainter, place: QRect) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    for spread in range(5, 0, -1):
        painter.setBrush(QColor(0, 0, 0, 14))
        grown = place.adjusted(-spread + 1, -spread + 3, spread - 1, spread + 1)
        painter.drawRoundedRect(grown, spread, spread)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _paint_mark(painter: QPainter, place: QRect, text: str) -> None:
    """Words across the page, faint enough to read the page through them."""
    font = painter.font()
    font.setPixelSize(max(12, place.width() // 8))
    font.setBold(True)
    # As one path: letter by letter, marks that reach into a letter would be painted twice.
    words = QPainterPath()
    words.setFillRule(Qt.FillRule.WindingFill)
    words.addText(0, 0, font, text)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(place.center())
    painter.rotate(-35)
    painter.translate(-words.boundingRect().center())
    painter.fillPath(words, QColor(166, 90, 0, 60))
    painter.restore()


class PageTools(QWidget):
    """The buttons of a page view: pages, zoom, fits, columns."""

    def __init__(self, view: PageView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self.page_label = label("")
        # The buttons beside it stay under the pointer while the number grows.
        self.page_label.setMinimumWidth(96)
        self.page_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.zoom_label = label("")
        self.zoom_label.setMinimumWidth(48)
        self.zoom_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.previous = _small("‹", "หน้าก่อน", view.previous_page, "หน้าก่อน (PageUp)")
        self.next = _small("›", "หน้าถัดไป", view.next_page, "หน้าถัดไป (PageDown)")
        self.smaller = _small("−", "ย่อ", view.zoom_out, "ย่อ (Ctrl+-)")
        self.larger = _small("+", "ขยาย", view.zoom_in, "ขยาย (Ctrl++)")
        self.width_button = _switch(
            "พอดีความกว้าง", "ให้กระดาษกว้างพอดีกับหน้าต่าง", lambda: self._fit(Fit.WIDTH)
        )
        self.page_button = _switch("พอดีหน้า", "ให้เห็นทั้งหน้ากระดาษ", lambda: self._fit(Fit.PAGE))
        self.two_button = _switch("สองหน้า", "แสดงสองหน้าเคียงกัน", self._toggle_columns)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._parts = self._lay_out()
        self._connect()
        self.refresh()

    def _lay_out(self) -> tuple[QBoxLayout, QBoxLayout]:
        pages = row(self.previous, self.page_label, self.next)
        zoom = row(self.smaller, self.zoom_label, self.larger)
        fits = row(self.width_button, self.page_button, self.two_button, None)
        for part in (pages, zoom, fits):
            part.setSpacing(4)
        top = row()
        top.addLayout(pages)
        top.addSpacing(10)
        top.addLayout(zoom)
        top.addStretch(1)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(8)
        self._line.addLayout(top, 1)
        self._line.addLayout(fits)
        switches = [self.width_button, self.page_button, self.two_button]
        for first, second in pairwise(
            [self.previous, self.next, self.smaller, self.larger, *switches]
        ):
            QWidget.setTabOrder(first, second)
        return top, fits

    def _connect(self) -> None:
        view = self._view
        view.page_changed.connect(lambda _page, _count: self.refresh())
        view.view_changed.connect(self.refresh)

    def event(self, event: QEvent) -> bool:
        """The keys of zooming are the paper's while the keyboard is here."""
        return _keep_zoom_keys(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        zoom = {1: self._view.zoom_in, -1: self._view.zoom_out}.get(_zoom_of(event))
        if zoom is None:
            super().keyPressEvent(event)
        else:
            zoom()

    def minimumSizeHint(self) -> QSize:
        """As wide as the wider half: the halves stand below each other where room is short."""
        width = max(part.minimumSize().width() for part in self._parts)
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        need = sum(part.minimumSize().width() for part in self._parts) + self._line.spacing()
        ways = QBoxLayout.Direction
        self._line.setDirection(ways.LeftToRight if self.width() >= need else ways.TopToBottom)

    def refresh(self) -> None:
        """Say page and zoom as they are; also after the digits of the screen have changed."""
        view = self._view
        self.page_label.setText(page_text(view.current_page, view.page_count))
        self.zoom_label.setText(shown(f"{round(view.zoom * 100)} %"))
        self.previous.setEnabled(view.current_page > 1)
        self.next.setEnabled(view.current_page < view.page_count)
        self.smaller.setEnabled(view.zoom > LEAST_ZOOM)
        self.larger.setEnabled(view.zoom < MOST_ZOOM)
        self.width_button.setChecked(view.fit is Fit.WIDTH)
        self.page_button.setChecked(view.fit is Fit.PAGE)
        self.two_button.setChecked(view.columns == 2)

    def _fit(self, fit: Fit) -> None:
        self._view.set_fit(Fit.FREE if self._view.fit is fit else fit)
        self.refresh()

    def _toggle_columns(self) -> None:
        self._view.set_columns(1 if self._view.columns == 2 else 2)


def _zoom_of(event: QKeyEvent) -> int:
    """1 for a key that makes larger, -1 for smaller, else 0."""
    if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return 0
    keys = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}
    return keys.get(Qt.Key(event.key()), 0)


def _keep_zoom_keys(event: QEvent) -> bool:
    """Take a key of zooming before the window has it for the size of its own text."""
    wanted = event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
    if not wanted or not isinstance(event, QKeyEvent) or not _zoom_of(event):
        return False
    event.accept()
    return True


def _small(sign: str, name: str, action: Callable[[], object], tip: str) -> QPushButton:
    made = button(sign, action, tip=tip)
    made.setAccessibleName(name)
    made.setFixedWidth(36)
    return made


def _switch(text: str, tip: str, action: Callable[[], object]) -> QPushButton:
    made = button(text, action, tip=tip)
    made.setAccessibleName(text)
    made.setCheckable(True)
    return made
