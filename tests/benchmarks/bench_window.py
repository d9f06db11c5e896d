"""How long the window is away: every event on the main thread, while the whole job is done.

Run from the project's folder: ``python -m tests.benchmarks.bench_window [--worst N]``. A real
window, drawn off the screen, over a year of 60 measures and 400 texts: it types, pastes 200 cells,
switches tabs, composes and reviews. Printed for each part: how many events there were, the longest
ones in ms with what they were, and how many took over 50 ms. The exit code is 1 when one did.

Two clocks run. ``wall`` is what the clerk feels, and what counts, on a computer that has nothing
else to do: one wall time over 50 ms is one too many. ``cpu`` is what the window's thread itself
worked for; the difference was spent waiting, for another program, the disk, or a thread of our own
(``beside``: how many worked for the window when the event was over). On a busy computer only
``cpu`` says whether a handler is to blame. ``gc`` is the part the garbage collector took, ``inner``
how many events were handed out inside: the watch sees each of them, which itself takes some 15 µs
and makes the building of a page dearer than it is. The program runs from compiled files, as an
installed one does.
"""

from __future__ import annotations

import argparse
import compileall
import gc
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from db.store import Store
from tests.benchmarks.bench_review import YEAR, large
from tests.ui.disasters import pause, until
from ui.app import make_app
from ui.main_window import PAGES, MainWindow
from ui.preview import working_beside

TARGET_MS = 50
ROOT = Path(__file__).resolve().parent.parent.parent
PARTS = ("office", "people", "divisions", "scores", "measures", "letterhead", "passages")
TEXT = "จัดประชุมเจ้าหน้าที่ทุกกองเพื่อทบทวนขั้นตอนการให้บริการและประกาศบนเว็บไซต์ของหน่วยงาน "


@dataclass(frozen=True, slots=True, order=True)
class Took:
    """One event of the event loop; times in ms."""

    wall: float
    cpu: float
    gc: float
    inner: int
    beside: int
    what: str


@dataclass
class Part:
    """The events of one part of the job."""

    name: str
    events: list[Took] = field(default_factory=list)

    def over(self) -> tuple[int, int]:
        """How many took too long, by the wall clock and by the processor's."""
        return (
            sum(each.wall > TARGET_MS for each in self.events),
            sum(each.cpu > TARGET_MS for each in self.events),
        )

    def told(self, worst: int) -> str:
        """One line for the table, and the longest events below it."""
        events = sorted(self.events, reverse=True)
        wall, cpu = self.over()
        longest = max(each.cpu for each in events)
        lines = [
            f"{self.name:<28}{len(events):>7}{events[0].wall:>9.1f}{wall:>5}{longest:>9.1f}{cpu:>5}"
        ]
        lines += [
            f"    wall {each.wall:7.1f}  cpu {each.cpu:7.1f}  gc {each.gc:5.1f}  inner "
            f"{each.inner:5}  beside {each.beside}  {each.what}"
            for each in events[:worst]
        ]
        return "\n".join(lines)


class Collector:
    """How long the garbage collector has worked in this thread, in ms."""

    def __init__(self) -> None:
        self.took = 0.0
        self._since = 0.0
        gc.callbacks.append(self._on)

    def _on(self, phase: str, _info: dict[str, int]) -> None:
        now = time.thread_time() * 1000
        if phase == "start":
            self._since = now
        else:
            self.took += max(now - self._since, 0.0)


class Watching(QApplication):
    """The application, with a watch on every event that the event loop hands out itself."""

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self.part: Part | None = None
        self._inside = False
        self._inner = 0
        self._collector = Collector()

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        """Hand out one event and write down how long its handler took."""
        if self.part is None or self._inside:
            self._inner += 1
            return super().notify(receiver, event)
        self._inside, self._inner = True, 0
        what = f"{type(receiver).__name__} {receiver.objectName()} {event.type().name}"
        collected = self._collector.took
        wall, cpu = time.perf_counter(), time.thread_time()
        try:
            return super().notify(receiver, event)
        finally:
            wall, cpu = time.perf_counter() - wall, time.thread_time() - cpu
            self._inside = False
            collected = self._collector.took - collected
            self.part.events.append(
                Took(wall * 1000, cpu * 1000, collected, self._inner, working_beside(), what)
            )


def press(key: Qt.Key, letter: str = "", shift: Qt.KeyboardModifier | None = None) -> None:
    """One key, down and up, by way of the event queue."""
    focus = QApplication.focusWidget()
    if focus is None:
        raise SystemExit("nothing has the focus")
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, shift or Qt.KeyboardModifier.NoModifier, letter)
        QApplication.postEvent(focus, event)


def type_in(text: str, each_ms: int = 25) -> None:
    """Type a text, a letter at a time, faster than anybody types."""
    for letter in text:
        press(Qt.Key.Key_unknown, letter)
        pause(each_ms)


@contextmanager
def watched(app: Watching, name: str, parts: list[Part]) -> Iterator[None]:
    """Watch one part of the job."""
    app.part = Part(name)
    parts.append(app.part)
    yield
    pause(600)
    app.part = None


def go(window: MainWindow, name: str) -> None:
    """Open a page as its key does."""
    press(Qt.Key(Qt.Key.Key_0 + PAGES.index(name)), "", Qt.KeyboardModifier.ControlModifier)
    pause(250)


def type_office(window: MainWindow) -> None:
    """Type into a one-line field of the office."""
    page = window.pages["office"]
    page.form.go_to("address")  # type: ignore[union-attr]
    pause(50)
    type_in(TEXT)


def type_measure(window: MainWindow) -> None:
    """Type into the project's name of a measure, and leave the field."""
    page = window.pages["measures"]
    page.form.go_to("title")  # type: ignore[union-attr]
    pause(50)
    type_in(TEXT * 2)
    press(Qt.Key.Key_Tab)


def paste_scores(window: MainWindow) -> None:
    """Paste 200 cells into the scores."""
    from ui.pages.scores import ScoresPage

    page = window.pages["scores"]
    assert isinstance(page, ScoresPage)
    table = page.view
    table.setFocus()
    pause(50)
    QApplication.clipboard().setText("\n".join(f"{60 + n % 40}.{n % 100:02}" for n in range(200)))
    table.setCurrentIndex(table.model().index(0, 1))
    press(Qt.Key.Key_V, "\x16", Qt.KeyboardModifier.ControlModifier)
    pause(500)


def switch_tabs(window: MainWindow) -> None:
    """Every page three times."""
    for _ in range(3):
        for at in range(len(PAGES)):
            press(Qt.Key(Qt.Key.Key_0 + at), "", Qt.KeyboardModifier.ControlModifier)
            pause(250)


def compose(window: MainWindow) -> None:
    """Show each document as pages, and scroll through it."""
    from ui.pages.documents import DocumentsPage

    go(window, "documents")
    page = window.pages["documents"]
    assert isinstance(page, DocumentsPage)
    page.tabs.setCurrentIndex(1)
    for kind in page.templates:
        page.kind.show_value(kind)
        page._offer_rounds()
        pause(400)
        until(lambda: page.view.settled)
        page.view.setFocus()
        for _ in range(4):
            press(Qt.Key.Key_PageDown)
            pause(120)


JOB: tuple[tuple[str, str, Callable[[MainWindow], None]], ...] = (
    ("typing into the office", "office", type_office),
    ("typing into a measure", "measures", type_measure),
    ("pasting 200 cells", "scores", paste_scores),
    ("switching tabs", "overview", switch_tabs),
    ("composing every document", "documents", compose),
)


def compile_program(folder: Path) -> None:
    """Compile the program into a folder of its own: loading a page's code costs as usual."""
    sys.pycache_prefix = str(folder)
    for room in ("db", "ita_desktop", "ui"):
        compileall.compile_dir(ROOT / room, quiet=1)


def do_job(app: Watching, path: Path) -> list[Part]:
    """Open the file and do every part of the job under the watch."""
    parts: list[Part] = []
    window = MainWindow()
    window.resize(1366, 700)
    window.show()
    window.activateWindow()
    with watched(app, "opening the file", parts):
        window.open_soon(path)
        pause(2500)
        until(lambda: len(window.pages.made()) == len(PAGES))
    for name, page, do in JOB:
        with watched(app, name, parts):
            go(window, page)
            do(window)
    window.close()
    return parts


def main() -> int:
    """Do the job and print the table; 1 when a handler took too long."""
    reader = argparse.ArgumentParser(prog="python -m tests.benchmarks.bench_window")
    reader.add_argument("--worst", type=int, default=3, help="so many of the longest of each part")
    given = reader.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        compile_program(Path(folder) / "compiled")
        app = Watching(["bench"])
        make_app(["bench"])
        path = Path(folder) / "large.ita"
        with Store.create(path) as store:
            store.take_in(large(), PARTS)
            store.keep("measure_year", str(YEAR))
        parts = do_job(app, path)
    print(f"{'part':<28}{'events':>7}{'wall':>9}{'>50':>5}{'cpu':>9}{'>50':>5}")
    for part in parts:
        print(part.told(given.worst))
    return int(any(part.over()[0] for part in parts))


if __name__ == "__main__":
    sys.exit(main())
