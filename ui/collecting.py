"""What lies about in circles is thrown away in the window's thread only.

Python looks for it in whichever thread asks for memory. In one that makes a document it would free
widgets of a page that was closed, which Qt allows in the window's thread alone: the program ends.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1000


class Collecting(QObject):
    """Looks once a second whether there is enough to throw away; Python itself no longer does."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(EVERY_MS)

    def collect(self) -> None:
        """Throw away what Python would by now: the oldest generation that has enough."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return
