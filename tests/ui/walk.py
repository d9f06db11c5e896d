"""The whole job by keyboard, counted: ``python -m tests.ui.walk FOLDER``.

From the first start, with no file, to a document that is signed and back, in a real window. Printed
for each part of the job: keys pressed, letters typed, and stops at a system's dialog (one Enter
each). Into ``FOLDER`` goes a picture of the window after each part. Nothing is set behind the
window's back; only the dialogs of the system, which a script can't work, are answered for it.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, QSettings
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.ui.conftest import Keyboard
from tests.ui.disasters import pause, type_in, until
from tests.ui.test_guide import SCORES, fill_chain, fill_office
from ui.app import make_app
from ui.main_window import MainWindow
from ui.pages.documents import DocumentsPage

MEASURES = (
    (
        "ประชุมชี้แจงมาตรฐานการให้บริการแก่เจ้าหน้าที่ทุกกอง",
        "จัดทำคู่มือการให้บริการ\nประชุมชี้แจงเจ้าหน้าที่\nติดประกาศขั้นตอนและระยะเวลา",
        "สำนักปลัด",
        "จัดทำคู่มือการให้บริการ 1 ฉบับ\nประชุมชี้แจงเจ้าหน้าที่ครบทุกกอง\nติดประกาศที่จุดบริการครบ 3 จุด",
        "ผู้รับบริการทราบขั้นตอนและระยะเวลา",
    ),
    (
        "เผยแพร่แผนการใช้จ่ายงบประมาณและผลรายไตรมาส",
        "รวบรวมข้อมูลการใช้จ่าย\nเผยแพร่บนเว็บไซต์ทุกไตรมาส",
        "กองคลัง",
        "รวบรวมข้อมูลครบ 4 ไตรมาส\nเผยแพร่บนเว็บไซต์องค์กรบริหารส่วนตำบลครบ 4 ไตรมาส",
        "เจ้าหน้าที่และประชาชนตรวจสอบการใช้จ่ายได้",
    ),
    (
        "กำหนดแนวทางการยืมและใช้ทรัพย์สินของราชการ",
        "จัดทำแนวทางการยืม\nแจ้งเวียนทุกกอง\nตรวจสอบทะเบียนการยืมทุกเดือน",
        "กองคลัง",
        "ประกาศแนวทางการยืมแล้ว\nแจ้งเวียนครบทุกกอง\nตรวจสอบทะเบียนครบ 12 เดือน",
        "การยืมทรัพย์สินเป็นไปตามระเบียบ",
    ),
)


@dataclass
class Counts:
    """What one part of the job took."""

    name: str
    keys: int = 0
    letters: int = 0
    dialogs: int = 0
    notes: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        told = f"{self.name:<44}{self.keys:>6}{self.letters:>9}{self.dialogs:>9}"
        return "\n".join([told, *(f"    {note}" for note in self.notes)])


class Counter(QObject):
    """Counts keys that go down where the focus is: letters, and all others."""

    def __init__(self) -> None:
        super().__init__()
        self.part = Counts("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if (
            event.type() is QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and watched is QApplication.focusWidget()
        ):
            if event.text().isprintable() and event.text().strip():
                self.part.letters += 1
            else:
                self.part.keys += 1
        return False


class Walk:
    """One clerk's way through the job. ``pictures``: where they go; None: none are taken."""

    def __init__(self, folder: Path, pictures: Path | None) -> None:
        self.folder, self.pictures = folder, pictures
        self.counter = Counter()
        self.parts: list[Counts] = []
        self.window = MainWindow()
        self.keys = Keyboard(self.window, type_in)

    @contextmanager
    def part(self, name: str) -> Iterator[Counts]:
        """Count one part of the job; a picture at its end."""
        self.counter.part = Counts(name)
        self.parts.append(self.counter.part)
        yield self.counter.part
        pause(700 if self.pictures else 20)
        if self.pictures is not None:
            self.window.grab().save(str(self.pictures / f"{len(self.parts):02}.png"))

    def page(self) -> DocumentsPage:
        """The page of documents."""
        found = self.window.pages["documents"]
        assert isinstance(found, DocumentsPage)
        return found

    def chosen(self, path: Path) -> Callable[..., tuple[str, str]]:
        """Stands in for a dialog of the system: she types nothing and presses Enter."""

        def answer(*_arguments: Any, **_named: Any) -> tuple[str, str]:
            self.counter.part.dialogs += 1
            return str(path), ""

        return answer

    def begin(self) -> None:
        """The first start: no file yet."""
        self.window.resize(1366, 728)
        self.window.show()
        QTest.qWaitForWindowExposed(self.window)
        self.window.activateWindow()
        pause(50)
        self.keys.tab_to("เริ่มแฟ้มใหม่ของหน่วยงาน…").press("Space")
        pause(50)

    def guide(self) -> None:
        """Office, signers, year and last year's scores."""
        fill_office(self.keys)
        fill_chain(self.keys)
        self.keys.press("Ctrl+Return")
        for score in SCORES:
            self.keys.type(score).press("Return")
        self.keys.press("Ctrl+Return")

    def measures(self) -> None:
        """Three measures, with steps and owner."""
        self.keys.press("Ctrl+3")
        for title, steps, owners, _result, _outcome in MEASURES:
            self.keys.press("Ctrl+N").type(title).press("Tab").type(steps)
            self.keys.press("Tab").type(owners)
            self.keys.tab_to("ตัวชี้วัดที่มาตรการนี้ตอบ").press("Space")

    def progress(self) -> None:
        """Status, result and outcome of each in the round of 12 months."""
        keys = self.keys.press("Ctrl+4")
        keys.tab_to("รอบ ๖ เดือน").press("Right")
        keys.tab_to("รายการมาตรการและสถานะ").press("Home")
        keys.tab_to("ผลการดำเนินการ")
        for _title, _steps, _owners, result, outcome in MEASURES:
            keys.press("Alt+1").type(result).press("Tab", "Tab").type(outcome)
            keys.press("Alt+PgDown").tab_to("ผลการดำเนินการ", key="Shift+Tab")

    def review(self, part: Counts) -> None:
        """Look at what would be wrong on paper, and have it mended."""
        keys, page = self.keys.press("Ctrl+6"), self.page()
        until(lambda: not page.looking.busy)
        listed = page.findings
        for at in range(listed.count()):
            part.notes.append(listed.item(at).text().replace("\n", " "))
        while listed.count():
            before = listed.count()
            keys.press("Ctrl+M")
            until(lambda: not page.looking.busy and listed.count() < before)  # noqa: B023

    def look_and_save(self) -> None:
        """See the pages as they will print, and save them as PDF."""
        keys, page = self.keys, self.page()
        keys.tab_to("ส่วนของเอกสาร", key="Shift+Tab").press("Right")
        until(lambda: page.view.settled and page.view.page_count > 0)
        keys.press("Ctrl+P")

    def issue(self) -> None:
        """Enter it into the register."""
        self.keys.press("Ctrl+Shift+P")
        until(lambda: self.page().register.papers.topLevelItemCount() == 1)

    def chain(self, part: Counts) -> None:
        """Tick off its way: printed, sent, signed, back."""
        self.keys.press("Space", "Space", "Space", "Space")
        steps = self.page().register.steps
        part.notes += [steps.item(at).text() for at in range(steps.count())]


def walk(folder: Path, pictures: Path | None, patch: pytest.MonkeyPatch) -> list[Counts]:
    """Do the job; the counts of its parts."""
    app = make_app(["walk"])
    QSettings().clear()
    made = Walk(folder, pictures)
    app.installEventFilter(made.counter)
    patch.setattr(QFileDialog, "getSaveFileName", made.chosen(folder / "ข้อมูล ITA.ita"))
    try:
        with made.part("first start: a new file"):
            made.begin()
        with made.part("guide: office, signers, year, scores"):
            made.guide()
        with made.part("three measures"):
            made.measures()
        with made.part("progress of 12 months"):
            made.progress()
        with made.part("review before printing") as part:
            made.review(part)
        patch.setattr(QFileDialog, "getSaveFileName", made.chosen(folder / "รายงาน.pdf"))
        with made.part("the pages on the screen, saved as PDF"):
            made.look_and_save()
        with made.part("entered into the register"):
            made.issue()
        with made.part("printed, sent, signed, back") as part:
            made.chain(part)
    finally:
        app.removeEventFilter(made.counter)
        made.window.close()
    return made.parts


def main() -> int:
    """Walk, and print the counts."""
    pictures = Path(sys.argv[1])
    pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        parts = walk(Path(folder), pictures, patch)
    print(f"{'part of the job':<44}{'keys':>6}{'letters':>9}{'dialogs':>9}")  # noqa: T201
    for part in parts:
        print(part)  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
