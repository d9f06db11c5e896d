"""Printing: what comes out of a printer is the page, 1 to 1, at 300 dpi or more."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QImage, QPageLayout, QPageRanges
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication, QDialog, QProgressDialog, QPushButton

from tests.ui.conftest import Alerts
from tests.ui.test_page_view import A4, ACROSS, black, pdf
from ui.printing import (
    BAND_PIXELS,
    NO_PRINTER,
    NOT_PRINTED,
    UNREADABLE,
    NotPrinted,
    bands,
    layout_of,
    page_order,
    print_pages,
    print_pdf,
    print_with_progress,
    raster_dpi,
)
from ui.widgets.page_view import Sheets

pytestmark = pytest.mark.usefixtures("qapp")


def to_file(path: Path, dpi: int = 600) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(dpi)
    return printer


def go_on(_done: int, _whole: int) -> bool:
    return True


def sizes(path: Path) -> list[tuple[float, float]]:
    with pypdfium2.PdfDocument(path) as document:
        return [document.get_page_size(at) for at in range(len(document))]


def numbers(path: Path, original: bytes) -> list[int]:
    """Which page of the original, counted from 1, each printed page is."""
    theirs, ours = Sheets(original), Sheets(path.read_bytes())
    found = []
    for at in range(len(ours.sizes)):
        printed = _gray(ours, at)
        off = [
            sum(abs(a - b) for a, b in zip(printed, _gray(theirs, page), strict=False))
            for page in range(len(theirs.sizes))
        ]
        found.append(off.index(min(off)) + 1)
    return found


def _gray(sheets: Sheets, at: int) -> bytes:
    image = sheets.image(at, QSize(248, 351))
    return bytes(image.convertToFormat(QImage.Format.Format_Grayscale8).constBits())


def test_every_page_on_paper_of_its_own_size_and_way(tmp_path: Path):
    path = tmp_path / "out.pdf"
    data = pdf(4, sizes=(A4, ACROSS, ACROSS, A4))
    assert print_pages(to_file(path, 300), data, go_on) == 4
    assert sizes(path) == [pytest.approx(size, abs=1) for size in (A4, ACROSS, ACROSS, A4)]
    assert numbers(path, data) == [1, 2, 3, 4]


@pytest.mark.parametrize("dpi", [203, 300, 360, 600, 720, 1200])
def test_ink_is_where_the_page_has_it(tmp_path: Path, dpi: int):
    path = tmp_path / "out.pdf"
    data = pdf(1, sizes=(ACROSS,))
    print_pages(to_file(path, dpi), data, go_on)
    dots = raster_dpi(dpi)
    whole = QSize(round(ACROSS[0] * dots / 72), round(ACROSS[1] * dots / 72))
    theirs, ours = (
        black(
            Sheets(each).image(0, whole, 0, dots * 5 // 2).copy(0, 0, dots * 5 // 2, dots * 5 // 2)
        )
        for each in (data, path.read_bytes())
    )
    assert ours == pytest.approx(theirs, abs=2)
    assert ours == pytest.approx((dots, dots, 2 * dots, 2 * dots), abs=3)


def rasters(path: Path) -> list[tuple[int, int, float]]:
    """Width and height in pixels of each picture on the first page, and its resolution."""
    found = []
    with pypdfium2.PdfDocument(path) as document:
        for each in document[0].get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4):
            assert isinstance(each, pypdfium2.PdfImage)
            width, height = each.get_px_size()
            left, _, right, _ = each.get_bounds()
            found.append((width, height, width / (right - left) * 72))
    return found


@pytest.mark.parametrize(
    ("dpi", "drawn"), [(203, 300), (300, 300), (360, 360), (600, 600), (1200, 600)]
)
def test_pages_are_drawn_as_finely_as_the_printer_between_300_and_600(
    tmp_path: Path, dpi: int, drawn: int
):
    path = tmp_path / "out.pdf"
    print_pages(to_file(path, dpi), pdf(1), go_on)
    found = rasters(path)
    assert [dots for _, _, dots in found] == [pytest.approx(drawn, rel=0.01)] * len(found)
    assert sum(height for _, height, _ in found) == pytest.approx(A4[1] * drawn / 72, abs=1)


@pytest.mark.parametrize("resolution", [300, 360, 600, 720, 1200, 2400])
def test_bands_meet_at_whole_dots_and_cover_the_page(resolution: int):
    sheets, top = Sheets(pdf(1)), 0.0
    for place, image in bands(sheets, 0, resolution):
        assert place.top() == top == round(top)
        assert image.width() * image.height() <= BAND_PIXELS * 1.01
        top = place.bottom()
    assert top == pytest.approx(A4[1] * resolution / 72, abs=resolution / 300)


def test_no_line_shows_between_bands(tmp_path: Path):
    path = tmp_path / "out.pdf"
    data = pdf(1)
    print_pages(to_file(path, 600), data, go_on)
    whole = QSize(4961, 7016)
    ours = Sheets(path.read_bytes()).image(0, whole, 0, 3000)
    theirs = Sheets(data).image(0, whole, 0, 3000)
    columns = (900, 1750)
    for x in columns:
        ink = [
            [image.pixelColor(x, y).lightness() < 128 for y in range(3000)]
            for image in (ours, theirs)
        ]
        assert sum(a != b for a, b in zip(*ink, strict=True)) <= 12


def ranged(printer: QPrinter, first: int, last: int) -> None:
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(first, last)


def test_page_range(tmp_path: Path):
    path, data = tmp_path / "out.pdf", pdf(6)
    printer = to_file(path, 300)
    ranged(printer, 2, 4)
    assert print_pages(printer, data, go_on) == 3
    assert numbers(path, data) == [2, 3, 4]


def test_ranges_of_pages():
    printer = QPrinter()
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setPageRanges(QPageRanges.fromString("1-2,5"))
    assert page_order(printer, 6) == [0, 1, 4]
    assert page_order(printer, 4) == [0, 1]


def test_last_page_first_and_a_range_beyond_the_end(tmp_path: Path):
    path, data = tmp_path / "out.pdf", pdf(3)
    printer = to_file(path, 300)
    ranged(printer, 2, 9)
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert print_pages(printer, data, go_on) == 2
    assert numbers(path, data) == [3, 2]


@pytest.mark.parametrize(("collate", "order"), [(True, [0, 1, 0, 1]), (False, [0, 0, 1, 1])])
def test_copies_where_the_printer_makes_none(
    monkeypatch: pytest.MonkeyPatch, collate: bool, order: list[int]
):
    printer = QPrinter()
    monkeypatch.setattr(QPrinter, "supportsMultipleCopies", lambda _self: False)
    monkeypatch.setattr(QPrinter, "copyCount", lambda _self: 2)
    monkeypatch.setattr(QPrinter, "collateCopies", lambda _self: collate)
    assert page_order(printer, 2) == order
    monkeypatch.setattr(QPrinter, "supportsMultipleCopies", lambda _self: True)
    assert page_order(printer, 2) == [0, 1]


def test_progress_counts_and_cancel_aborts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    aborted, told = [], []
    usual = QPrinter.abort
    monkeypatch.setattr(QPrinter, "abort", lambda self: aborted.append(True) or usual(self))

    def progress(done: int, whole: int) -> bool:
        told.append((done, whole))
        return done < 2

    assert print_pages(to_file(tmp_path / "out.pdf", 300), pdf(5), progress) == 2
    assert aborted == [True]
    assert {whole for _, whole in told} == {5}
    assert [done for done, _ in told] == sorted(done for done, _ in told)


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_refuses_is_told_in_thai(tmp_path: Path):
    printer = to_file(tmp_path / "missing" / "out.pdf")
    with pytest.raises(NotPrinted, match="เครื่องพิมพ์"):
        print_pages(printer, pdf(1), go_on)


def test_no_paper_for_no_bytes(tmp_path: Path):
    with pytest.raises(NotPrinted, match="อ่านเอกสาร"):
        print_pages(to_file(tmp_path / "out.pdf"), b"", go_on)


def test_layouts_are_full_pages():
    layout = layout_of(*ACROSS)
    assert layout.orientation() == QPageLayout.Orientation.Landscape
    assert layout.pageSize().id().name == "A4"
    assert layout.mode() == QPageLayout.Mode.FullPageMode
    assert layout.margins().isNull()


# --- with its dialogs --------------------------------------------------------------------------


def test_no_printer_is_told(told: Alerts, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(QPrinterInfo, "availablePrinters", staticmethod(list))
    monkeypatch.setattr(QPrinterInfo, "defaultPrinter", staticmethod(QPrinterInfo))
    assert print_pdf(None, pdf(1), "รายงาน") is False
    assert told.told == [("ไม่มีเครื่องพิมพ์", NO_PRINTER)]


@pytest.fixture
def a_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinters", staticmethod(lambda: [object()]))


@pytest.mark.usefixtures("a_printer")
def test_the_dialog_knows_the_pages_and_its_answer_is_followed(
    tmp_path: Path, told: Alerts, monkeypatch: pytest.MonkeyPatch
):
    path, data, asked = tmp_path / "out.pdf", pdf(3, sizes=(ACROSS,)), []

    def answer(dialog: QPrintDialog) -> int:
        printer = dialog.printer()
        asked.append((dialog.minPage(), dialog.maxPage(), dialog.windowTitle(), printer.docName()))
        assert printer.pageLayout().orientation() == QPageLayout.Orientation.Landscape
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))
        printer.setResolution(300)
        ranged(printer, 3, 3)
        return int(QDialog.DialogCode.Accepted)

    monkeypatch.setattr(QPrintDialog, "exec", answer)
    assert print_pdf(None, data, "รายงาน") is True
    assert asked == [(1, 3, "พิมพ์", "รายงาน")]
    assert numbers(path, data) == [3]
    monkeypatch.setattr(QPrintDialog, "exec", lambda _dialog: int(QDialog.DialogCode.Rejected))
    assert print_pdf(None, data, "รายงาน") is False
    assert told.told == []


@pytest.mark.usefixtures("a_printer")
def test_an_unreadable_document_is_told(told: Alerts):
    assert print_pdf(None, b"", "รายงาน") is False
    assert told.told == [("พิมพ์ไม่สำเร็จ", UNREADABLE)]


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_refusing_printer_is_told(tmp_path: Path, told: Alerts):
    printer = to_file(tmp_path / "missing" / "out.pdf")
    assert print_with_progress(None, printer, pdf(1), "รายงาน") is False
    assert told.told == [("พิมพ์ไม่สำเร็จ", NOT_PRINTED)]


def open_dialog() -> QProgressDialog:
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QProgressDialog) and widget.isVisible():
            return widget
    raise AssertionError("no progress is shown")


def test_the_window_lives_while_printing_and_cancel_is_heard(
    tmp_path: Path, told: Alerts, capsys: pytest.CaptureFixture[str]
):
    words: list[str] = []

    def cancel() -> None:
        dialog = open_dialog()
        words.extend([dialog.windowTitle(), dialog.labelText()])
        button = dialog.findChildren(QPushButton)[0]
        words.append(button.text())
        button.click()

    QTimer.singleShot(400, cancel)
    began = time.monotonic()
    printer = to_file(tmp_path / "out.pdf", 600)
    assert print_with_progress(None, printer, pdf(200), "รายงาน") is False
    with capsys.disabled():
        sys.stdout.write(f"\ncancelled after {time.monotonic() - began:.1f} s of printing\n")
    assert words[0] == "พิมพ์ รายงาน"
    assert words[1].startswith("กำลังพิมพ์แผ่นที่ ")
    assert words[1].endswith(" จาก ๒๐๐")
    assert words[2] == "ยกเลิก"
    assert told.told == []


def test_the_window_comes_round_often_while_a_page_is_printed(tmp_path: Path):
    rounds = 0

    def progress(_done: int, _whole: int) -> bool:
        nonlocal rounds
        rounds += 1
        return True

    print_pages(to_file(tmp_path / "out.pdf", 600), pdf(2, sizes=(ACROSS,)), progress)
    assert rounds > 20, "it looks up at every band and not only at every page"
