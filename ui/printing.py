"""Printing through the system's own dialog; no other program is needed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication, QDialog, QProgressDialog, QWidget

from ui import alerts
from ui.pages_of import PdfPages
from ui.text import shown

LEAST_DPI, MOST_DPI = 300, 600

Tell = Callable[[int, int], bool]
"""Told page and number of pages before each page; returns whether to go on."""


def print_pdf(parent: QWidget, content: bytes, name: str) -> bool:
    """Ask for printer, pages and copies, and print; returns whether all was sent."""
    if not QPrinterInfo.availablePrinters():
        alerts.warn(
            parent,
            "ไม่พบเครื่องพิมพ์",
            "คอมพิวเตอร์เครื่องนี้ยังไม่มีเครื่องพิมพ์ โปรดต่อเครื่องพิมพ์หรือบันทึกเป็น PDF แล้วพิมพ์จากเครื่องอื่น",
        )
        return False
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    pages = PdfPages(content)
    try:
        dialog = QPrintDialog(printer, parent)
        dialog.setWindowTitle("พิมพ์เอกสาร")
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, True)
        dialog.setMinMax(1, len(pages.sizes))
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return False
        return _print_with_progress(parent, printer, pages)
    finally:
        pages.close()


def _print_with_progress(parent: QWidget, printer: QPrinter, pages: PdfPages) -> bool:
    progress = QProgressDialog("กำลังพิมพ์…", "ยกเลิก", 0, 1, parent)
    progress.setWindowTitle("พิมพ์เอกสาร")
    progress.setWindowModality(Qt.WindowModality.WindowModal)
    progress.setMinimumDuration(400)

    def tell(page: int, count: int) -> bool:
        progress.setMaximum(count)
        progress.setValue(page - 1)
        progress.setLabelText(shown(f"กำลังพิมพ์หน้า {page} จาก {count}"))
        QApplication.processEvents()
        return not progress.wasCanceled()

    wanted = numbers_of(printer, len(pages.sizes))
    sent = print_pages(printer, pages, wanted, tell)
    progress.reset()
    if sent is None:
        alerts.warn(parent, "พิมพ์ไม่สำเร็จ", "เครื่องพิมพ์ไม่รับงาน โปรดตรวจว่าเปิดเครื่องและมีกระดาษ แล้วพิมพ์ใหม่")
    return sent == len(wanted)


def numbers_of(printer: QPrinter, count: int) -> list[int]:
    """The pages asked for, counted from 0, in the order they are printed."""
    first, last = printer.fromPage() or 1, printer.toPage() or count
    numbers = list(range(max(1, first) - 1, min(last, count)))
    if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst:
        numbers.reverse()
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    return numbers * max(1, copies)


def print_pages(printer: QPrinter, pages: PdfPages, numbers: list[int], tell: Tell) -> int | None:
    """Print pages in their own size; how many were sent, None when the printer refused.

    What is printed already stays printed when ``tell`` says stop; the job is then given up.
    """
    printer.setResolution(min(max(printer.resolution(), LEAST_DPI), MOST_DPI))
    printer.setFullPage(True)
    painter = QPainter()
    for sent, number in enumerate(numbers):
        if not tell(sent + 1, len(numbers)):
            printer.abort()
            painter.end()
            return sent
        _turn(printer, pages, number)
        if sent == 0:
            if not painter.begin(printer):
                return None
        elif not printer.newPage():
            painter.end()
            return None
        size, dots = pages.sizes[number], printer.resolution() / 72
        image = pages.image(number, dots)
        painter.drawImage(QRectF(0, 0, size.width() * dots, size.height() * dots), image)
    painter.end()
    return len(numbers)


def _turn(printer: QPrinter, pages: PdfPages, number: int) -> None:
    """Lay the paper as the page lies."""
    size = pages.sizes[number]
    wide = size.width() > size.height()
    printer.setPageOrientation(
        QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    )
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
