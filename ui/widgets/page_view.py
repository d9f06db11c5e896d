"""The pages of a document as they will print: zoomed, one or two beside each other."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QHBoxLayout, QWidget

from ui.pages_of import PdfPages
from ui.text import shown
from ui.widgets.layouts import button, label

_GAP = 14
_DESK = QColor("#8a9096")
_SHADOW = QColor(0, 0, 0, 70)
_KEPT = 12
"""Pages kept as pictures."""
LEAST, MOST = 0.3, 4.0
_PIXELS_PER_POINT = 96 / 72


class PageView(QAbstractScrollArea):
    """Shows the pages of a PDF. Keeps its place when a new version of the document comes."""

    page_changed = Signal(int, int)
    """The page in view and how many there are, counted from 1."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: PdfPages | None = None
        self._zoom = 0.0
        self._beside = False
        self._images: dict[tuple[int, int], QImage] = {}
        self._places: list[QRect] = []
        self.setAccessibleName("ตัวอย่างเอกสาร")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._tell_page())
        self.verticalScrollBar().setSingleStep(40)

    # --- what is shown ---------------------------------------------------------------------------

    def show_pdf(self, content: bytes) -> None:
        """Show a document, at the place where the last one was read."""
        if self._pages is not None:
            self._pages.close()
        self._pages = PdfPages(content)
        self._images.clear()
        self._lay_out()

    @property
    def count(self) -> int:
        """How many pages the document has."""
        return 0 if self._pages is None else len(self._pages.sizes)

    @property
    def page(self) -> int:
        """The page in view, counted from 1; 0 when there is none."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 3
        for number, place in enumerate(self._places, start=1):
            if place.bottom() >= middle:
                return number
        return self.count

    def set_beside(self, on: bool) -> None:
        """Show two pages beside each other, or one."""
        self._beside = on
        self._lay_out()

    def set_zoom(self, zoom: float) -> None:
        """Pixels a point over those of paper in its own size; 0 fits the width."""
        self._zoom = 0.0 if zoom <= 0 else min(max(zoom, LEAST), MOST)
        self._lay_out()

    def zoom_by(self, factor: float) -> None:
        """Zoom in or out from what is seen now."""
        self.set_zoom(self.zoom * factor)

    @property
    def zoom(self) -> float:
        """The zoom as it is, also when the width is fitted."""
        return self._zoom or self._fitting()

    def _fitting(self) -> float:
        if self._pages is None or not self._pages.sizes:
            return 1.0
        across = 2 if self._beside else 1
        widest = max(size.width() for size in self._pages.sizes) * across
        room = self.viewport().width() - _GAP * (across + 1)
        return min(max(room / widest / _PIXELS_PER_POINT, LEAST), MOST)

    # --- layout ----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        scale = self.zoom * _PIXELS_PER_POINT
        sizes = [
            QSize(round(size.width() * scale), round(size.height() * scale))
            for size in (self._pages.sizes if self._pages else ())
        ]
        across = 2 if self._beside else 1
        bar = self.verticalScrollBar()
        share = bar.value() / max(1, bar.maximum() + bar.pageStep())
        self._places, top, widest = [], _GAP, 0
        for at in range(0, len(sizes), across):
            row = sizes[at : at + across]
            wide = sum(size.width() for size in row) + _GAP * (len(row) + 1)
            widest = max(widest, wide)
            left = max(0, (self.viewport().width() - wide) // 2) + _GAP
            for size in row:
                self._places.append(QRect(left, top, size.width(), size.height()))
                left += size.width() + _GAP
            top += max(size.height() for size in row) + _GAP
        bar.setPageStep(self.viewport().height())
        bar.setRange(0, max(0, top - self.viewport().height()))
        bar.setValue(round(share * (bar.maximum() + bar.pageStep())))
        across_bar = self.horizontalScrollBar()
        across_bar.setPageStep(self.viewport().width())
        across_bar.setRange(0, max(0, widest - self.viewport().width()))
        self.viewport().update()
        self._tell_page()

    def _tell_page(self) -> None:
        self.page_changed.emit(self.page, self.count)

    def go_to_page(self, number: int) -> None:
        """Bring a page, counted from 1, to the top."""
        if 1 <= number <= len(self._places):
            self.verticalScrollBar().setValue(self._places[number - 1].top() - _GAP)

    # --- events ----------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit anew."""
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pages in view on a gray desk."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), _DESK)
        shift = -self.horizontalScrollBar().value(), -self.verticalScrollBar().value()
        for number, place in enumerate(self._places):
            there = place.translated(*shift)
            if there.intersects(self.viewport().rect()):
                painter.fillRect(there.translated(3, 3), _SHADOW)
                painter.drawImage(there, self._image(number, place.width()))
        painter.end()

    def _image(self, number: int, width: int) -> QImage:
        key = number, width
        if key not in self._images:
            assert self._pages is not None
            if len(self._images) >= _KEPT:
                self._images.pop(next(iter(self._images)))
            ratio = self.devicePixelRatioF()
            scale = width / self._pages.sizes[number].width() * ratio
            image = self._pages.image(number, scale)
            image.setDevicePixelRatio(ratio)
            self._images[key] = image
        return self._images[key]

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl, zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1.15 if event.angleDelta().y() > 0 else 1 / 1.15)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page up and down, first and last page, zoom."""
        key, bar = event.key(), self.verticalScrollBar()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(1.15)
        elif control and key == Qt.Key.Key_Minus:
            self.zoom_by(1 / 1.15)
        elif control and key == Qt.Key.Key_0:
            self.set_zoom(0)
        elif key == Qt.Key.Key_Home:
            bar.setValue(0)
        elif key == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        else:
            super().keyPressEvent(event)


class PageTools(QWidget):
    """Buttons over a page view: zoom, one or two pages, and which page is seen."""

    def __init__(self, view: PageView) -> None:
        super().__init__()
        self._view = view
        self.where = label("", "muted")
        self.beside = button("สองหน้า", self._turn, tip="ดูสองหน้าเคียงกัน")
        self.beside.setCheckable(True)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        zoom_out = button("−", lambda: view.zoom_by(1 / 1.15), tip="ย่อ (Ctrl+-)")
        zoom_out.setAccessibleName("ย่อ")
        zoom_in = button("+", lambda: view.zoom_by(1.15), tip="ขยาย (Ctrl++)")
        zoom_in.setAccessibleName("ขยาย")
        fit = button("พอดีความกว้าง", lambda: view.set_zoom(0), tip="พอดีความกว้าง (Ctrl+0)")
        for part in (zoom_out, zoom_in, fit, self.beside):
            line.addWidget(part)
        line.addStretch(1)
        line.addWidget(self.where)
        view.page_changed.connect(self._on_page)

    def _turn(self) -> None:
        self._view.set_beside(self.beside.isChecked())

    def _on_page(self, page: int, count: int) -> None:
        self.where.setText(shown(f"หน้า {page} จาก {count}") if count else "")
