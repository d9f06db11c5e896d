"""What she sees in each disaster, as pictures: ``python -m tests.ui.disasters FOLDER``.

Each scene makes the disaster in earnest where the system lets it (a real small drive, a real
second process, a real kill), works the real window, and leaves it as she finds it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from db.store import Store
from ita_desktop.cli import main as run_command
from ita_desktop.exchange.interchange import read_interchange
from ita_desktop.paths import resources
from tests.ui.medium import Drive
from ui.main_window import PAGES, MainWindow
from ui.runs import Run, earlier_runs
from ui.session import Session
from ui.widgets.wrapping import plain

ROOT = Path(__file__).resolve().parent.parent.parent
SIZE = (1366, 740) if os.environ.get("QT_SCALE_FACTOR", "1") == "1" else (911, 490)


def sample(path: Path) -> Path:
    """A data file with the sample office."""
    found = read_interchange(resources() / "sample" / "office.json")
    with Store.create(path) as store:
        store.take_in(found.dossier, found.parts)
        store.keep("measure_year", str(max(found.dossier.measures)))
    return path


def pause(milliseconds: int) -> None:
    """Let the event loop run, other threads too."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def until(condition: Callable[[], bool], seconds: float = 40) -> None:
    """Let the event loop run until something is so."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError("it never happened")
        pause(20)


def labels(window: MainWindow) -> list[str]:
    """What the labels in view say."""
    return [each.text() for each in window.findChildren(QLabel) if each.isVisible()]


def type_in(text: str) -> None:
    """Type into whatever has the focus."""
    for letter in text:
        focus = QApplication.focusWidget()
        assert focus is not None
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(focus, event)


@contextmanager
def window_over(path: Path, runs: Path) -> Iterator[MainWindow]:
    """The window as the program makes it, with a private folder of its own below ``runs``."""
    window = MainWindow(Run(runs))
    try:
        window.resize(*SIZE)
        window.show()
        QTest.qWaitForWindowExposed(window)
        window.activateWindow()
        window.open_file(path)
        yield window
    finally:
        if window.session is not None:
            window.session.saver.forget()
        window.close()
        window.guard.end()
        window.deleteLater()


def session_of(window: MainWindow) -> Session:
    """The open file's session."""
    assert window.session is not None
    return window.session


def go_to_address(window: MainWindow) -> None:
    """Put the cursor into the office's address."""
    from ui.pages.office import OfficePage

    window.tabs.setCurrentIndex(PAGES.index("office"))
    page = window.pages["office"]
    assert isinstance(page, OfficePage)
    page.form.go_to("address")


@contextmanager
def start_program(path: Path, home: Path, script: str) -> Iterator[subprocess.Popen[str]]:
    """The real program in a process of its own, with no screen and its own home folder.

    ``script``: what a person does, as tests/ui/person.py understands it. It is ended afterwards.
    """
    places = {
        name: str(home)
        for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA", "APPDATA")
    }
    environment = {**os.environ, **places, "QT_QPA_PLATFORM": "offscreen"}
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.person", str(path), script],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield program
    finally:
        program.kill()
        program.communicate()


def runs_below(home: Path) -> Path:
    """Where such a program has its private folders."""
    return home / "ITA Desktop" / "ITA Desktop" / "runs"


# --- the scenes --------------------------------------------------------------------------------


@contextmanager
def disk_full(folder: Path) -> Iterator[MainWindow]:
    """The stick is full while she types."""
    drive = Drive(folder)
    try:
        path = sample(drive.place / "ข้อมูล ITA.ita")
        with window_over(path, folder / "runs") as window:
            go_to_address(window)
            drive.fill()
            type_in(" เลขที่ ๙๙ หมู่ ๒")
            until(lambda: bool(window.guard.troubles.keys()))
            yield window
    finally:
        drive.away()


@contextmanager
def stick_pulled(folder: Path) -> Iterator[MainWindow]:
    """The stick is pulled while she types."""
    drive = Drive(folder)
    try:
        path = sample(drive.place / "ข้อมูล ITA.ita")
        with window_over(path, folder / "runs") as window:
            go_to_address(window)
            drive.pull()
            type_in(" เลขที่ ๙๙ หมู่ ๒")
            until(lambda: bool(window.guard.troubles.keys()))
            yield window
    finally:
        drive.away()


@contextmanager
def damaged(folder: Path) -> Iterator[MainWindow]:
    """The file was damaged by a bad medium."""
    path = sample(folder / "ข้อมูล ITA.ita")
    assert run_command(["backup", str(path)]) == 0
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 6] = b"\0" * 4096 * 3
    path.write_bytes(content)
    with window_over(path, folder / "runs") as window:
        until(lambda: not any("กำลังหา" in plain(each) for each in labels(window)))
        yield window


@contextmanager
def crashed(folder: Path) -> Iterator[MainWindow]:
    """The program was killed while the disk refused what she typed."""
    path = sample(folder / "ข้อมูล ITA.ita")
    with start_program(
        path, folder, "refuse;type เลขที่ ๙๙ หมู่ ๒ ตำบลตัวอย่าง;say typed;wait"
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "typed\n"
        time.sleep(2)
        program.kill()
    with window_over(path, runs_below(folder)) as window:
        assert window.guard.run is not None
        window.guard.tell_of(earlier_runs(runs_below(folder), but=window.guard.run))
        yield window


@contextmanager
def locked(folder: Path) -> Iterator[MainWindow]:
    """A colleague has the file open."""
    path = sample(folder / "ข้อมูล ITA.ita")
    with start_program(path, folder / "เพื่อน", "say open;wait") as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "open\n"
        with window_over(path, folder / "runs") as window:
            yield window
        program.kill()


SCENES: dict[str, Callable[[Path], object]] = {
    "disk-full": disk_full,
    "stick-pulled": stick_pulled,
    "damaged": damaged,
    "crash": crashed,
    "locked": locked,
}


def picture(window: QWidget, path: Path) -> None:
    """Everything in sight of the program, the window's own windows laid over it."""
    from PySide6.QtGui import QPainter, QPixmap

    pause(150)
    shot = QPixmap(window.grab())
    painter = QPainter(shot)
    for other in QApplication.topLevelWidgets():
        if other is not window and other.isVisible() and other.isWindow():
            left = (window.width() - other.width()) // 2
            top = (window.height() - other.height()) // 2
            painter.fillRect(0, 0, window.width(), window.height(), Qt.GlobalColor.transparent)
            painter.drawPixmap(left, top, other.grab())
            painter.drawRect(left - 1, top - 1, other.width() + 1, other.height() + 1)
    painter.end()
    shot.save(str(path))


def main() -> None:
    """Draw all scenes, or those named after the folder."""
    from ui.app import make_app

    app = make_app(sys.argv[:1])
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[2:] or SCENES:
        with tempfile.TemporaryDirectory() as place, SCENES[name](Path(place)) as window:  # type: ignore[attr-defined]
            picture(window, folder / f"{name}.png")
        app.processEvents()


if __name__ == "__main__":
    main()
