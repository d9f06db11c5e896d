"""Documents and overviews made in the background, so that typing never waits for them."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from db.errors import DataFileError

PAUSE_MS = 150
"""A document is made after so long a pause in the asking."""
SWITCH_S = 0.00005
"""How long the making thread may keep the window's thread waiting, while it works.

The usual 5 ms are waited again and again, at almost every call the window makes into Qt.
"""
CANNOT_MAKE = "สร้างตัวอย่างเอกสารไม่ได้ ข้อมูลที่กรอกไว้ยังอยู่ครบ โปรดแก้ข้อมูลล่าสุดแล้วลองอีกครั้ง"

Make = Callable[[], Any]
"""Makes a document (bytes), or whatever else is made beside the window."""


class Switch:
    """Hands the processor over sooner while anything is being made; the window's thread only."""

    def __init__(self) -> None:
        self._usual = 0.0
        self.working = 0

    def begin(self) -> None:
        """One more is being made."""
        if not self.working:
            self._usual = sys.getswitchinterval()
            sys.setswitchinterval(min(SWITCH_S, self._usual))
        self.working += 1

    def end(self) -> None:
        """One is done; with the last all is as it was."""
        self.working -= 1
        if not self.working:
            sys.setswitchinterval(self._usual + 1e-7)  # it cuts off, and 49.99 µs would become 49


_switch = Switch()


def working_beside() -> int:
    """How many things are being made beside the window just now."""
    return _switch.working


def working_beside_begins() -> None:
    """Something else is made beside the window, by its own thread."""
    _switch.begin()


def working_beside_ends() -> None:
    """It is done."""
    _switch.end()


class _Post(QObject):
    """Brings what the making thread has made to the window's thread."""

    done = Signal(int, object, str)

    def make(self, number: int, make: Make, cannot: str) -> None:
        """In the making thread: make a document; whatever goes wrong becomes a sentence."""
        data, problem = None, ""
        try:
            data = make()
        except DataFileError as error:
            problem = str(error)
        except Exception:  # noqa: BLE001 - a fault must reach the window, not end with the thread
            traceback.print_exc()
            problem = cannot
        try:
            self.done.emit(number, data, problem)
        except RuntimeError:
            return  # the program has ended meanwhile


class Preview(QObject):
    """Makes the newest document asked for, in a thread of its own.

    ``cannot``: the sentence for a mistake of the program in the making.
    """

    ready = Signal(object)
    """The newest document asked for."""
    failed = Signal(str)
    """It could not be made, for the reason in the Thai sentence."""
    working = Signal(bool)
    """Whether a document is being waited for."""

    def __init__(self, parent: QObject | None = None, cannot: str = CANNOT_MAKE) -> None:
        super().__init__(parent)
        self._cannot = cannot
        self._wanted: Make | None = None
        self._number = 0
        self._running = self._said = self._closed = False
        self._thread = ThreadPoolExecutor(1, "preview")
        self._post = _Post()
        self._post.done.connect(self._on_done)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._start)

    @property
    def busy(self) -> bool:
        """Whether a document is being waited for."""
        return self._said

    def ask(self, make: Make) -> None:
        """Have ``make`` run after a pause; it may touch nothing the window can change meanwhile.

        Of several requests the newest wins: what an older one makes is dropped.
        """
        if self._closed:
            return
        self._number += 1
        self._wanted = make
        self._timer.start()
        self._say(working=True)

    def drop(self) -> None:
        """Forget what was asked for and is not made yet: nobody looks any more."""
        self._number += 1
        self._wanted = None
        self._timer.stop()
        self._say(working=False)

    def close(self) -> None:
        """Take no more requests, and wait until nothing runs."""
        self._closed = True
        self._timer.stop()
        self._wanted = None
        self._thread.shutdown(wait=True)
        self._rest()
        self._say(working=False)

    def _start(self) -> None:
        if self._running or self._wanted is None:
            return
        make, self._wanted = self._wanted, None
        self._running = True
        _switch.begin()
        self._thread.submit(self._post.make, self._number, make, self._cannot)

    def _rest(self) -> None:
        if self._running:
            self._running = False
            _switch.end()

    def _on_done(self, number: int, data: Any, problem: str) -> None:
        self._rest()
        if self._closed:
            return
        if number != self._number:
            if not self._timer.isActive():
                self._start()
            return
        self._say(working=False)
        if problem:
            self.failed.emit(problem)
        else:
            self.ready.emit(data)

    def _say(self, *, working: bool) -> None:
        if working != self._said:
            self._said = working
            self.working.emit(working)
