"""Make the pictures of the documentation from the program as it is.

Run from the project's root with the program's own Python: ``python docs/make_pictures.py``.
Needs no display; ``pypdfium2`` (a development dependency) makes a picture of a page of the report.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ui.main_window import MainWindow

HERE = Path(__file__).resolve().parent
PICTURES = HERE.parent / "resources" / "help" / "pictures"
"""The manual shows them, and so do the README and the documentation."""
WIDTH, HEIGHT = 1366, 728


def main() -> None:
    """Write every picture anew."""
    sys.path.insert(0, str(HERE.parent))
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HOME"] = os.environ["XDG_CONFIG_HOME"] = folder
        _make_sample(Path(folder))
        _picture_report(Path(folder))
        _picture_window(Path(folder))
    _make_small()


def _make_sample(folder: Path) -> None:
    from ita_desktop.cli import main as run_command

    if run_command(["demo", str(folder)]) != 0:
        raise SystemExit("the sample office could not be made")


def _picture_report(folder: Path) -> None:
    import pypdfium2

    with pypdfium2.PdfDocument(folder / "measures-report-2569-12.pdf") as pdf:
        pdf[1].render(scale=2).to_pil().save(PICTURES / "report.png", optimize=True)


def _picture_window(folder: Path) -> None:
    from ui.app import make_app
    from ui.main_window import PAGES, MainWindow

    app = make_app(["pictures"])
    window = MainWindow()
    window.resize(WIDTH, HEIGHT)
    window.show()
    window.open_file(folder / "sample-office.ita")
    for number, page in enumerate(PAGES):
        window.tabs.setCurrentIndex(number)
        _wait_for_overview(window.pages[page])
        for _ in range(5):
            app.processEvents()
        window.grab().save(str(PICTURES / f"{page}.png"))
    _picture_import(app, window, folder)
    _picture_dialogs(window)
    _picture_handover(window)
    _picture_safety(window)
    window.close()


def _picture_safety(window: MainWindow) -> None:
    """The list of back-ups with one in it, and the history after some edits."""
    from PySide6.QtWidgets import QApplication

    from db.backup import Backups
    from ui.widgets.backups import BackupsPanel
    from ui.widgets.history import HistoryPanel

    assert window.session is not None
    store = window.session.store
    store.set_office("telephone", "0 0000 0002")
    store.delete_measure(store.dossier().measures[2569][-1].id)
    making = Backups(store.path).make(store)
    while making.step():
        pass
    panels = {
        "backups": BackupsPanel(store.path, window.session, None, window),
        "history": HistoryPanel(window.session, window),
    }
    for name, panel in panels.items():
        panel.resize(1000, 480)
        panel.show()
        for _ in range(5):
            QApplication.processEvents()
        panel.grab().save(str(PICTURES / f"{name}.png"))
        panel.close()
    store.undo()
    store.undo()


def _picture_handover(window: MainWindow) -> None:
    from PySide6.QtTest import QTest

    from ui.handover.send import SendDialog

    window.handover.send_action.trigger()
    dialog = window.handover.dialog
    assert isinstance(dialog, SendDialog)
    dialog.resize(900, 480)
    while dialog.reviewing:
        QTest.qWait(20)
    dialog.grab().save(str(PICTURES / "handover.png"))
    dialog.reject()


def _picture_import(app: QApplication, window: MainWindow, folder: Path) -> None:
    from ui.importing import ImportDialog

    assert window.session is not None
    table = folder / "ตาราง.csv"
    table.write_text(
        "ที่,มาตรการ/กิจกรรม,วิธีดำเนินการ,ระยะเวลา,ผู้รับผิดชอบ\n"
        "๑,จัดทำคู่มือการให้บริการ,จัดทำร่างและเผยแพร่,ไตรมาสที่ ๑,สำนักปลัด\n",
        "utf-8",
    )
    dialog = ImportDialog(window.session, window)
    dialog.resize(1000, 480)
    dialog.show()
    dialog.read(table)
    dialog.reader.finish()
    for _ in range(5):
        app.processEvents()
    dialog.grab().save(str(PICTURES / "import.png"))
    dialog.reject()


def _picture_dialogs(window: MainWindow) -> None:
    """The dialogs of the menu เครื่องมือ, each where there is something to see."""
    from PySide6.QtWidgets import QApplication

    from ui.frameworks import FrameworksDialog
    from ui.year_change import YearChangeDialog

    assert window.session is not None
    frameworks = FrameworksDialog(window.session, window)
    steps = YearChangeDialog(window.session, window)
    for name, dialog in (("frameworks", frameworks), ("year-change", steps)):
        dialog.resize(1120, 600)
        dialog.show()
        if dialog is steps:
            steps.go_to(3)
        else:
            frameworks.edit_year(2569)
            frameworks.editor.choose(frameworks.editor.draft.item_paths["o25"])
        for _ in range(5):
            QApplication.processEvents()
        dialog.grab().save(str(PICTURES / f"{name}.png"))
        dialog.close()


def _wait_for_overview(page: object) -> None:
    """The overview is collected in another thread."""
    from PySide6.QtCore import QEventLoop, QTimer

    from ui.pages.overview import OverviewPage

    while isinstance(page, OverviewPage) and page.overview is None:
        loop = QEventLoop()
        QTimer.singleShot(20, loop.quit)
        loop.exec()


def _make_small() -> None:
    """Pictures of a window have few colours: a palette makes them a third as large."""
    for path in PICTURES.glob("*.png"):
        with Image.open(path) as picture:
            small = picture.convert("RGB").quantize(96, dither=Image.Dither.NONE)
        small.save(path, optimize=True)


if __name__ == "__main__":
    main()
