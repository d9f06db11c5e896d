"""How soon the page view shows an edit, and what all documents of a year cost.

Run from the project's folder: ``python -m tests.benchmarks.bench_preview``. A real window over the
sample office, drawn off the screen; the first turn of each document is not counted.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from db.opening import create_data_file
from db.store import Store
from ita_desktop.documents.compose import compose
from ita_desktop.documents.formats import SUFFIXES, render
from ita_desktop.domain.fiscal import Round
from ita_desktop.exchange.interchange import read_interchange
from ita_desktop.paths import resources
from ui.app import make_app
from ui.main_window import PAGES, MainWindow
from ui.pages.documents import DocumentsPage

TIMES = 15
TARGET_S = 0.5
LONGEST_S = 20.0
PREVIEW = 1


def sample(path: Path) -> Path:
    """A data file of the sample office."""
    create_data_file(path)
    found = read_interchange(resources() / "sample" / "office.json")
    with Store(path) as store:
        store.take_in(found.dossier, found.parts, files=found.pictures.values())
    return path


def wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def follow(window: MainWindow, page: DocumentsPage, turn: int) -> float:
    """Seconds from an edit until the pages in view are drawn anew."""
    shown: list[bytes] = []

    def keep(data: bytes) -> None:
        shown.append(data)

    page.preview.ready.connect(keep)
    session = window.session
    assert session is not None
    before = time.perf_counter()
    session.store.set_office("telephone", f"0 1{turn:03} {time.monotonic_ns() % 10000:04}")
    while not shown or not page.view.settled:
        wait(1)
        if time.perf_counter() > before + LONGEST_S:
            raise SystemExit("the pages never follow the edit")
    seconds = time.perf_counter() - before
    page.preview.ready.disconnect(keep)
    return seconds


def previews(window: MainWindow) -> bool:
    """Print how soon each document follows; whether all are soon enough."""
    window.tabs.setCurrentIndex(PAGES.index("documents"))
    page = window.pages["documents"]
    assert isinstance(page, DocumentsPage)
    page.tabs.setCurrentIndex(PREVIEW)
    good = True
    print(f"{'document':<18}{'pages':>6}{'median':>9}{'slowest':>9}   (target {TARGET_S} s)")
    for kind in page.templates:
        page.kind.show_value(kind)
        page._offer_rounds()
        wait(1500)
        follow(window, page, 0)
        times = [follow(window, page, turn) for turn in range(1, TIMES + 1)]
        good &= median(times) <= TARGET_S
        print(f"{kind:<18}{page.view.page_count:>6}{median(times):>8.3f}s{max(times):>8.3f}s")
    return good


def whole_year(window: MainWindow) -> None:
    """Print what all documents of the year take in each form, each made once before."""
    page, session = window.pages["documents"], window.session
    assert isinstance(page, DocumentsPage) and session is not None
    papers = [
        (template, which)
        for template in page.templates.values()
        for which in (template.rounds or (Round.TWELVE,))
    ]
    for suffix in SUFFIXES:
        before, size = time.perf_counter(), 0
        for template, which in papers:
            size += len(render(compose(template, session.matter(which)), suffix))
        seconds = time.perf_counter() - before
        print(f"{len(papers)} documents as {suffix}: {seconds:.2f} s, {size / 1e6:.2f} MB")


def main() -> int:
    """Print both; 1 when an edit is followed too late."""
    app = make_app(["bench"])
    with tempfile.TemporaryDirectory() as folder:
        window = MainWindow()
        window.resize(1366, 700)
        window.show()
        window.open_file(sample(Path(folder) / "sample.ita"))
        good = previews(window)
        whole_year(window)
        window.close()
        QApplication.processEvents()
    app.quit()
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
