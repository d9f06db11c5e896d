"""A person at the real program: ``python -m tests.ui.person FILE "type …;say …;wait"``.

The program is started as its front door starts it; the person's steps come from the event loop.
"""

from __future__ import annotations

import faulthandler
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from tests.ui.disasters import go_to_address, session_of, type_in
from ui.app import make_app, run
from ui.main_window import MainWindow

LETTER_MS = 40


class Refusing:
    """The data file's connection on a disk that takes nothing."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._real = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        if sql.startswith("COMMIT"):
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error
        return self._real.execute(sql, *values)


def say(word: str) -> None:
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


class Person:
    """Takes one step after the other, a letter at a time."""

    def __init__(self, script: str) -> None:
        self._steps = self._all(script.split(";"))
        self._timer = QTimer()
        self._timer.timeout.connect(self._step)
        self._timer.start(LETTER_MS)

    def _step(self) -> None:
        next(self._steps, None)

    def _all(self, steps: list[str]) -> Iterator[None]:
        window = None
        while window is None or window.session is None:
            yield
            tops = QApplication.topLevelWidgets()
            window = next((each for each in tops if isinstance(each, MainWindow)), None)
        window.activateWindow()
        go_to_address(window)
        yield
        for step in steps:
            yield from self._one(window, *step.split(" ", 1))

    def _one(self, window: MainWindow, what: str, more: str = "") -> Iterator[None]:
        if what == "refuse":
            database = session_of(window).store._database
            database.conn = Refusing(database.conn)  # type: ignore[assignment]
        elif what == "type":
            for letter in more:
                type_in(letter)
                yield
        elif what == "count":  # types numbers without end, saying each letter once it is typed
            for number in range(10_000):
                type_in(f"{number},")
                say(str(number))
                yield
        elif what == "say":
            say(more)
        elif what == "mistake":
            QTimer.singleShot(0, _mistake)
            yield
        elif what == "fault":
            faulthandler._sigsegv()  # type: ignore[attr-defined]
        elif what == "close":
            window.close()
        yield


def _mistake() -> None:
    raise RuntimeError("นายสมมุติ ทดสอบ 0812345678")


if __name__ == "__main__":
    app = make_app(sys.argv[:1])
    person = Person(sys.argv[2])
    sys.exit(run(Path(sys.argv[1])))
