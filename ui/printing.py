"""Printing a PDF without a PDF viewer: pages drawn at the printer's resolution, 1 to 1."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from PySide6.QtCore import QCoreApplication, QMarginsF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QProgressBar, QProgressDialog, QWidget

from ui import alerts
from ui.text import shown
from ui.widgets.page_view import Sheets, UnreadablePdf

LEAST_DPI, MOST_DPI = 300, 600
BAND_PIXELS = 1_000_000
"""A page is drawn in bands of about so many pixels: little memory, and the window answers."""

Progress = Callable[[int, int], bool]
"""Told how many sheets of how many are done, several times a sheet; False cancels."""

NO_PRINTER = (
    "เครื่องนี้ยังไม่มีเครื่องพิมพ์ที่ติดตั้งไว้ จึงพิมพ์ไม่ได้\nโปรดติดตั้งเครื่องพิมพ์ก่อน หรือสร้างเป็นแฟ้ม PDF แล้วนำไปพิมพ์ที่เครื่องอื่น"
)
NOT_PRINTED = (
    "เครื่องพิมพ์ไม่รับงานพิมพ์ จึงพิมพ์ไม่สำเร็จ\n"
    "โปรดตรวจว่าเครื่องพิมพ์เปิดอยู่และต่อสายแล้วลองอีกครั้ง หรือสร้างเป็นแฟ้ม PDF แทน"
)
NO_MEMORY = "หน่วยความจำของเครื่องไม่พอสำหรับพิมพ์ โปรดปิดโปรแกรมอื่นแล้วลองอีกครั้ง หรือสร้างเป็นแฟ้ม PDF แทน"
UNREADABLE = "อ่านเอกสารที่จะพิมพ์ไม่ได้ โปรดสร้างเป็นแฟ้ม PDF แล้วพิมพ์ด้วยโปรแกรมอื่น"


class NotPrinted(Exception):
    """The printer refused; the text is a Thai sentence."""


def print_pdf(parent: QWidget | None, data: bytes, name: str) -> bool:
    """Ask for a printer and print there; whether all of it went to the printer."""
    if not QPrinterInfo.availablePrinters() and QPrinterInfo.defaultPrinter().isNull():
        alerts.warn(parent, "ไม่มีเครื่องพิมพ์", NO_PRINTER)
        return False
    try:
        sheets = Sheets(data)
    except UnreadablePdf:
        alerts.warn(parent, "พิมพ์ไม่สำเร็จ", UNREADABLE)
        return False
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    printer.setPageLayout(layout_of(*sheets.sizes[0]))
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle("พิมพ์")
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, True)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintCollateCopies, True)
    dialog.setMinMax(1, len(sheets.sizes))
    dialog.setFromTo(1, len(sheets.sizes))
    dialog.setPrintRange(QPrintDialog.PrintRange.AllPages)
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return False
    return print_with_progress(parent, printer, sheets, name)


def print_with_progress(
    parent: QWidget | None, printer: QPrinter, data: bytes | Sheets, name: str
) -> bool:
    """Print to a chosen printer while a dialog shows how far it is and lets it be cancelled."""
    dialog = progress_dialog(parent, name)
    dialog.show()

    def progress(done: int, whole: int) -> bool:
        dialog.setMaximum(whole)
        dialog.setValue(done)
        sheet = min(done + 1, whole)
        dialog.setLabelText(shown(f"กำลังพิมพ์แผ่นที่ {sheet} จาก {whole}"))
        QCoreApplication.processEvents()
        return not dialog.wasCanceled()

    try:
        print_pages(printer, data, progress)
        return not dialog.wasCanceled()
    except NotPrinted as error:
        dialog.hide()
        alerts.warn(parent, "พิมพ์ไม่สำเร็จ", str(error))
        return False
    finally:
        dialog.close()
        dialog.deleteLater()


def progress_dialog(parent: QWidget | None, name: str) -> QProgressDialog:
    """What shows how far printing is; Esc and its button cancel."""
    dialog = QProgressDialog("กำลังเตรียมพิมพ์…", "ยกเลิก", 0, 1, parent)
    dialog.setWindowTitle(f"พิมพ์ {name}")
    dialog.setWindowModality(Qt.WindowModality.ApplicationModal)
    dialog.setMinimumDuration(0)
    dialog.setMinimumWidth(340)
    bar = QProgressBar()
    bar.setTextVisible(False)  # the label says it, in the screen's digits
    bar.setAccessibleName("ความคืบหน้าของการพิมพ์")
    dialog.setBar(bar)
    dialog.setAutoReset(False)
    dialog.setAutoClose(False)
    return dialog


def print_pages(printer: QPrinter, data: bytes | Sheets, progress: Progress) -> int:
    """Print what the printer's settings ask for; how many sheets it was given.

    Each page gets paper of its own size and orientation. The printer's job is aborted when
    ``progress`` returns False. Raises NotPrinted.
    """
    sheets = data if isinstance(data, Sheets) else _opened(data)
    order = page_order(printer, len(sheets.sizes))
    if not order:
        return 0
    printer.setPageLayout(layout_of(*sheets.sizes[order[0]]))
    painter = QPainter()
    if not painter.begin(printer):
        raise NotPrinted(NOT_PRINTED)
    try:
        return _print_all(printer, painter, sheets, order, progress)
    except MemoryError:
        printer.abort()
        raise NotPrinted(NO_MEMORY) from None
    finally:
        painter.end()


def _print_all(
    printer: QPrinter, painter: QPainter, sheets: Sheets, order: list[int], progress: Progress
) -> int:
    for done, at in enumerate(order):
        if done:
            printer.setPageLayout(layout_of(*sheets.sizes[at]))
            if not printer.newPage():
                printer.abort()
                raise NotPrinted(NOT_PRINTED)
        # Letters must stay sharp where the printer would store pictures as photographs.
        painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
        for place, image in bands(sheets, at, printer.resolution()):
            painter.drawImage(place, image)
            if not progress(done, len(order)):
                printer.abort()
                return done
    progress(len(order), len(order))
    return len(order)


def _opened(data: bytes) -> Sheets:
    try:
        return Sheets(data)
    except UnreadablePdf:
        raise NotPrinted(UNREADABLE) from None


def layout_of(width: float, height: float) -> QPageLayout:
    """The paper of a page of that many points: its size, its orientation, no margins."""
    upright = QSizeF(min(width, height), max(width, height))
    size = QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    way = QPageLayout.Orientation.Landscape if width > height else QPageLayout.Orientation.Portrait
    layout = QPageLayout(size, way, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return layout


def page_order(printer: QPrinter, count: int) -> list[int]:
    """The pages, from 0, in the order they leave: range, direction, and copies.

    Copies are made here only where the printer can't make them itself.
    """
    pages = list(range(count))
    if printer.printRange() == QPrinter.PrintRange.PageRange:
        ranges = printer.pageRanges()
        first, last = printer.fromPage() or 1, printer.toPage() or count
        pages = [
            at
            for at in pages
            if (first <= at + 1 <= last if ranges.isEmpty() else ranges.contains(at + 1))
        ]
    if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst:
        pages.reverse()
    copies = 1 if printer.supportsMultipleCopies() else max(1, printer.copyCount())
    if printer.collateCopies():
        return pages * copies
    return [at for at in pages for _ in range(copies)]


def raster_dpi(resolution: int) -> int:
    """The resolution a page is drawn at for a printer of that resolution."""
    return min(max(resolution, LEAST_DPI), MOST_DPI)


def bands(sheets: Sheets, at: int, resolution: int) -> Iterator[tuple[QRectF, QImage]]:
    """The pictures of a page from top to bottom and where they belong in the printer's dots."""
    dpi = raster_dpi(resolution)
    width, height = sheets.sizes[at]
    whole = QSize(round(width * dpi / 72), round(height * dpi / 72))
    # Bands meet at whole dots of the printer, or a fine line would show between them.
    step = dpi // math.gcd(dpi, resolution)
    rows = max(1, BAND_PIXELS // whole.width() // step) * step
    scale = resolution / dpi
    for top in range(0, whole.height(), rows):
        image = sheets.image(at, whole, top, min(rows, whole.height() - top))
        if image.allGray():
            image = image.convertToFormat(QImage.Format.Format_Grayscale8)
        place = QRectF(0, top * scale, image.width() * scale, image.height() * scale)
        yield place, image
