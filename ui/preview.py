"""Composes in the background: the window goes on while a document is made."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal

PAUSE_MS = 150
"""Edits that follow each other so quickly make one new preview."""

_composing = Lock()
"""One document is set at a time: what is known of words and glyphs is kept for all."""


class _Told(QObject):
    ready = Signal(int, bytes)
    failed = Signal(int, str)


class _Job(QRunnable):
    def __init__(self, number: int, make: Callable[[], bytes], told: _Told) -> None:
        super().__init__()
        self._number, self._make, self._told = number, make, told

    def run(self) -> None:
        """Make the document; whatever goes wrong is a sentence in the window."""
        try:
            with _composing:
                content = self._make()
        except Exception as error:  # noqa: BLE001
            sentence = f"ทำตัวอย่างเอกสารไม่ได้ ({type(error).__name__}) โปรดตรวจข้อมูลในเอกสารนี้"
            self._told.failed.emit(self._number, sentence)
        else:
            self._told.ready.emit(self._number, content)


class Preview(QObject):
    """Makes the newest asked-for document in the background; older ones are dropped."""

    ready = Signal(bytes)
    failed = Signal(str)
    working = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._told = _Told(self)
        self._told.ready.connect(self._on_ready)
        self._told.failed.connect(self._on_failed)
        self._newest = 0
        self._make: Callable[[], bytes] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._start)

    def ask(self, make: Callable[[], bytes]) -> None:
        """Have ``make`` called in the background after a short pause; it must share no state."""
        self._make = make
        self._timer.start()

    def close(self) -> None:
        """Wait for what is being made, and make nothing more."""
        self._timer.stop()
        self._newest += 1
        self._pool.clear()
        self._pool.waitForDone()

    def _start(self) -> None:
        if self._make is None:
            return
        self._newest += 1
        self._pool.clear()
        self._pool.start(_Job(self._newest, self._make, self._told))
        self.working.emit(True)

    def _on_ready(self, number: int, content: bytes) -> None:
        if number == self._newest:
            self.working.emit(False)
            self.ready.emit(content)

    def _on_failed(self, number: int, sentence: str) -> None:
        if number == self._newest:
            self.working.emit(False)
            self.failed.emit(sentence)
