"""Opening a data file at the start in short pieces, so that the window answers from the beginning.

Loading code takes longest: what knows nothing of the window is loaded beside it. Most of that goes
on while the file is read through, for SQLite reads without Python.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from contextlib import suppress

from PySide6.QtCore import QObject, QTimer, Signal

from ui.preview import working_beside_begins, working_beside_ends


class Opening(QObject):
    """Loads the code, then does the pieces one by one; ``then`` is called at the end, once."""

    _can_read = Signal()
    _loaded = Signal()

    def __init__(
        self, pieces: Generator[None], then: Callable[[], object], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._pieces, self._then = pieces, then
        self.over = False
        """Whether it is done, or was left."""
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._step)
        self._can_read.connect(self._read)
        self._loaded.connect(self._begin)
        self._loading = True
        working_beside_begins()
        threading.Thread(target=self._load, name="opening", daemon=True).start()

    def stop(self) -> None:
        """Leave it, wherever it is: something else is opened, or the window goes."""
        if not self.over:
            self._pieces.close()
            self._end()

    def _load(self) -> None:
        """In the other thread. What can't be loaded is told of where it is needed."""
        with suppress(Exception):
            import db.store  # noqa: F401
        with suppress(RuntimeError):  # the program has ended meanwhile
            self._can_read.emit()
            with suppress(Exception):
                import ui.overview  # noqa: F401
            self._loaded.emit()

    def _rest(self) -> None:
        if self._loading:
            self._loading = False
            working_beside_ends()

    def _read(self) -> None:
        """The first piece: it opens the file."""
        if not self.over:
            self._step()

    def _begin(self) -> None:
        self._rest()
        if not self.over:
            self._timer.start(0)

    def _step(self) -> None:
        try:
            next(self._pieces)
        except StopIteration:
            self._end()
        except BaseException:
            self._end()
            raise

    def _end(self) -> None:
        if not self.over:
            self.over = True
            self._rest()
            self._timer.stop()
            self._then()
