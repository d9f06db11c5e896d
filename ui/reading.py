"""Reads what is to be taken in beside the window, which goes on answering meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue

from PySide6.QtCore import QObject, Signal

from ita_desktop.exchange.errors import SourceError
from ita_desktop.exchange.interchange import Interchange, read_interchange
from ita_desktop.exchange.sheets.child import BROKEN, MEND
from ita_desktop.exchange.sheets.raw import Source
from ita_desktop.exchange.sheets.reading import read_file, read_pasted

Found = Source | Interchange


@dataclass(frozen=True, slots=True)
class Read:
    """What was read, or why it could not be. ``name``: of the file, "" for a pasted table."""

    name: str
    found: Found | None
    problem: str = ""


class SourceReader(QObject):
    """Reads one source at a time in a thread, which waits for the reading process."""

    done = Signal()
    """Something was read, or could not be: ask ``take``."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = ThreadPoolExecutor(1, "reading")
        self._results: SimpleQueue[Read] = SimpleQueue()
        self._last: Future[None] | None = None

    def read_file(self, path: Path) -> None:
        """Begin to read a file."""
        if path.suffix.lower() == ".json":
            self._ask(path.name, lambda: read_interchange(path))
        else:
            self._ask(path.name, lambda: read_file(path))

    def read_pasted(self, text: str, html: str) -> None:
        """Begin to read what was copied."""
        self._ask("", lambda: read_pasted(text, html))

    def take(self) -> Read | None:
        """The next result, None when there is none yet."""
        try:
            return self._results.get_nowait()
        except Empty:
            return None

    def finish(self) -> None:
        """Wait until nothing is being read."""
        if self._last is not None:
            self._last.result()

    def close(self) -> None:
        """Wait, and read no more."""
        self._thread.shutdown(wait=True)

    def _ask(self, name: str, read: Callable[[], Found]) -> None:
        self._last = self._thread.submit(self._work, name, read)

    def _work(self, name: str, read: Callable[[], Found]) -> None:
        """In the other thread: whatever goes wrong becomes a sentence."""
        try:
            self._results.put(Read(name, read()))
        except SourceError as error:
            self._results.put(Read(name, None, str(error)))
        except Exception:  # noqa: BLE001 - a fault must reach the window, not end with the thread
            self._results.put(Read(name, None, str(SourceError("", BROKEN, MEND))))
        try:
            self.done.emit()
        except RuntimeError:
            return  # the window has gone meanwhile
