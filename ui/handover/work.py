"""Long work in a thread: told how far it is, cancellable, its failures one Thai sentence."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from PySide6.QtCore import QObject, Signal

from ita_desktop.domain.framework import FrameworkError
from ita_desktop.exchange import district
from ita_desktop.exchange.errors import PackageError, SourceError
from ita_desktop.files import FileNotWritten
from ita_desktop.handover import parts

Progress = Callable[[int, int, str], bool]
Job = Callable[[Progress], object]
"""Does the work; it may touch nothing the window can change meanwhile."""

FAULT = "โปรแกรมขัดข้อง งานนี้จึงไม่สำเร็จ ข้อมูลที่กรอกไว้ยังอยู่ครบ โปรดลองอีกครั้ง"


class Work(QObject):
    """One job at a time. Its signals arrive in the window's thread."""

    progressed = Signal(int, int, str)
    """So many steps of so many are done; what is being done."""
    done = Signal(object)
    """What the job has made."""
    failed = Signal(object)
    """Why it could not: the exception, whose ``str()`` is a Thai sentence."""
    cancelled = Signal()

    _told = Signal(int, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = ThreadPoolExecutor(1, "handover")
        self._stop = threading.Event()
        self._number = 0
        self.busy = False
        self._told.connect(self._on_told)

    def start(self, job: Job) -> None:
        """Begin a job; one that still runs is cancelled and its result dropped."""
        self.cancel()
        self._number += 1
        self._stop = threading.Event()
        self.busy = True
        self._thread.submit(self._run, self._number, job, self._stop)

    def cancel(self) -> None:
        """Ask the running job to stop."""
        self._stop.set()

    def close(self) -> None:
        """Stop, wait, and take no more."""
        self.cancel()
        self._number += 1
        self.busy = False
        self._thread.shutdown(wait=True)

    def _run(self, number: int, job: Job, stop: threading.Event) -> None:
        """In the other thread."""

        def progress(done: int, whole: int, name: str) -> bool:
            self.progressed.emit(done, whole, name)
            return not stop.is_set()

        made: object = None
        problem: Exception | None = None
        try:
            made = job(progress)
        except Exception as error:  # noqa: BLE001 - a fault must reach the window
            problem = error
        try:
            self._told.emit(number, made, problem)
        except RuntimeError:
            return  # the program has ended meanwhile

    def _on_told(self, number: int, made: object, problem: Exception | None) -> None:
        if number != self._number:
            return
        self.busy = False
        if problem is None:
            self.done.emit(made)
        elif isinstance(problem, parts.Cancelled | district.Cancelled):
            self.cancelled.emit()
        elif isinstance(problem, PackageError | SourceError | FrameworkError | FileNotWritten):
            self.failed.emit(problem)
        else:
            traceback.print_exception(problem)
            self.failed.emit(PackageError(FAULT))
