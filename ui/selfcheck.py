"""The program tries itself out: the real window, from a new data file to every document.

For whoever made the program into one folder: a part that was left out shows here and not at the
clerk's. It works the window as she does, with keys, but for the system's file dialogs.
"""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from ita_desktop.domain.fiscal import Round
from ui.app import make_app, open_window
from ui.data_place import data_place
from ui.main_window import PAGES, MainWindow, make_sample

SLOW = (
    *("reportlab", "pythainlp", "openpyxl", "docx", "lxml", "PIL", "pypdfium2", "cryptography"),
    "ita_desktop.thai.words",
)
"""Modules that no first window waits for."""
LONGEST_WAIT_S = 60.0
SCORE = "93.59"
_BEGINNINGS = {".pdf": b"%PDF-", ".docx": b"PK\x03\x04", ".xlsx": b"PK\x03\x04"}


class NotWorking(Exception):
    """A part does not do what it should; ``str()`` is the Thai sentence."""


def check_itself(folder: Path) -> Iterator[str]:
    """Try everything out, files into ``folder``; gives a line for each part that works.

    Raises NotWorking at the first that does not. A mistake within the window counts as one too.
    """
    folder.mkdir(parents=True, exist_ok=True)
    mistakes: list[str] = []
    app = make_app(["selftest"])
    window, _ = open_window()
    sys.excepthook = lambda *found: mistakes.append("".join(traceback.format_exception(*found)))
    try:
        yield f"หน้าต่าง ({app.platformName()}) ข้อมูลอยู่ที่ {data_place().folder}"
        steps = (_new_file, _form_and_back, _every_document, _preview, _manual)
        for step in steps:
            yield step(window, folder)
            if mistakes:
                raise NotWorking(f"โปรแกรมผิดพลาดระหว่างทดสอบ\n{mistakes[0]}")
        if not window.close():
            raise NotWorking("ปิดหน้าต่างไม่ได้")
    finally:
        window.guard.end()
        app.processEvents()
    yield "ปิดโปรแกรม"


def first_window(path: Path | None, rest_s: float = 0.0) -> dict[str, object]:
    """Start as the program does, with a data file or none, until the window takes the keyboard.

    Gives what was loaded of the modules that are slow to load, the seconds that opening the file
    took, and after ``rest_s`` seconds of rest the memory in megabytes (0 where none can be told).
    """
    app = make_app(["selftest"])
    window, _ = open_window()
    app.processEvents()
    loaded = sorted(name for name in SLOW if name in sys.modules)
    began = time.perf_counter()
    if path is not None:
        window.open_soon(path)
        _until(lambda: window.opening is None or window.opening.over, "การเปิดแฟ้ม")
        if window.session is None:
            raise NotWorking(f"เปิดแฟ้ม “{path.name}” ไม่ได้")
        app.processEvents()
    took = time.perf_counter() - began
    if rest_s:
        from ita_desktop.thai.words import warm_up

        warm_up()
        end = time.monotonic() + rest_s
        _until(lambda: time.monotonic() > end, "การรอ")
    found = {"loaded": loaded, "opened_s": took, "memory_mb": _memory_mb()}
    window.close()
    window.guard.end()
    return found


def _memory_mb() -> float:
    """The memory this process holds, as Linux tells it."""
    status = Path("/proc/self/status")
    lines = status.read_text("utf-8").splitlines() if status.exists() else []
    return next((int(each.split()[1]) / 1024 for each in lines if each.startswith("VmRSS")), 0.0)


def _until(ready: Callable[[], object], what: str) -> None:
    """Let the window work until it is ready."""
    end = time.monotonic() + LONGEST_WAIT_S
    while not ready():
        if time.monotonic() > end:
            raise NotWorking(f"{what}ไม่เสร็จใน {LONGEST_WAIT_S:.0f} วินาที")
        QApplication.processEvents()
        time.sleep(0.001)


def _type(text: str) -> None:
    """Type into whatever has the focus; a line end is Return."""
    for letter in text:
        key = Qt.Key.Key_Return if letter == "\n" else Qt.Key(ord(letter.upper()))
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            focus = QApplication.focusWidget()
            if focus is None:
                raise NotWorking("หน้าต่างไม่รับแป้นพิมพ์")
            none = Qt.KeyboardModifier.NoModifier
            QApplication.sendEvent(focus, QKeyEvent(kind, key, none, letter.replace("\n", "\r")))
            QApplication.processEvents()


def _open(window: MainWindow, path: Path) -> None:
    if not window.open_file(path) or window.session is None:
        raise NotWorking(f"เปิดแฟ้ม “{path.name}” ไม่ได้")
    window.activateWindow()
    _until(lambda: QApplication.activeWindow() is not None, "การแสดงหน้าต่าง")


def _new_file(window: MainWindow, folder: Path) -> str:
    """A new data file, and a score typed into it; it must be on the disk afterwards."""

    from db.opening import create_data_file
    from ui.pages.scores import ScoresPage

    path = folder / "แฟ้มของหน่วยงาน.ita"
    create_data_file(path)
    _open(window, path)
    window.show_page(PAGES.index("scores"))
    page = window.pages["scores"]
    assert isinstance(page, ScoresPage) and window.session is not None
    page.view.setFocus()
    page.view.go(page.model.index_of("1"))
    _type(SCORE + "\n")
    session, year = window.session, page.shown_year
    _until(lambda: not session.saver.pending, "การบันทึก")
    if session.dossier.sheet(year).entered.get("1") != Decimal(SCORE):
        raise NotWorking("คะแนนที่พิมพ์ไม่อยู่ในแฟ้ม")
    return f"แฟ้มใหม่ และคะแนน {SCORE} ที่พิมพ์"


def _form_and_back(window: MainWindow, folder: Path) -> str:
    """The form as a workbook, read by the other process that reads tables."""
    from ita_desktop.exchange.sheets.form import make_form
    from ita_desktop.exchange.sheets.reading import read_file
    from ita_desktop.files import write_file

    session = window.session
    assert session is not None
    frameworks = (session.framework(session.year - 1), session.framework(session.year))
    path = folder / "แบบกรอก.xlsx"
    write_file(path, make_form(session.year, *frameworks, session.dossier))
    if not read_file(path).tables:
        raise NotWorking("อ่านแบบกรอกที่ทำเองไม่ได้")
    return "แบบกรอก Excel ไปและกลับ"


def _every_document(window: MainWindow, folder: Path) -> str:
    """All documents of the sample year in all forms."""
    from ita_desktop.documents.formats import SUFFIXES
    from ita_desktop.domain.papers import PaperKey
    from ui.pages.documents import DocumentsPage

    path = folder / "แฟ้มตัวอย่าง.ita"
    make_sample(path)
    _open(window, path)
    window.show_page(PAGES.index("documents"))
    page, session = window.pages["documents"], window.session
    assert isinstance(page, DocumentsPage) and session is not None
    made = 0
    for kind, template in page.templates.items():
        for which in template.rounds or (Round.TWELVE,):
            page.show_paper(PaperKey(session.year, kind, int(which) if template.rounds else 0))
            for suffix in SUFFIXES:
                target = folder / f"{kind}-{int(which)}{suffix}"
                if not page.make_at(target, suffix):
                    raise NotWorking(f"ทำเอกสาร {target.name} ไม่ได้")
                if not target.read_bytes().startswith(_BEGINNINGS[suffix]):
                    raise NotWorking(f"เอกสาร {target.name} ไม่ใช่แฟ้ม {suffix}")
                made += 1
    return f"เอกสาร {made} แฟ้ม"


def _preview(window: MainWindow, folder: Path) -> str:
    """The chosen document on the screen."""
    from ui.pages.documents import DocumentsPage

    page = window.pages["documents"]
    assert isinstance(page, DocumentsPage)
    counts: list[int] = []
    page.view.page_changed.connect(lambda _page, count: counts.append(count))
    page.show_preview()
    _until(lambda: any(counts) and not page.preview.busy, "ตัวอย่างก่อนพิมพ์")
    _until(lambda: page.view.settled, "ภาพของหน้าเอกสาร")
    page.view.grab().save(str(folder / "ตัวอย่าง.png"))
    return f"ตัวอย่างก่อนพิมพ์ {counts[-1]} หน้า"


def _manual(window: MainWindow, folder: Path) -> str:
    """The manual with its pictures."""
    from ui.widgets.help import HelpWindow

    window.help()
    shown = window.findChild(HelpWindow)
    if shown is None or not shown.isVisible():
        raise NotWorking("เปิดคู่มือไม่ได้")
    QApplication.processEvents()
    shown.grab().save(str(folder / "คู่มือ.png"))
    shown.close()
    return "คู่มือ"
