"""When a back-up is due."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

EVERY = timedelta(minutes=30)
"""How long changes may wait for a back-up."""


@dataclass
class Schedule:
    """When a back-up is due: after 30 minutes of change. No timer of its own, no Qt.

    The window's timer asks ``due`` (every minute, say) with a clock that never goes back
    (``time.monotonic()``, seconds), and tells of every Notice and every back-up.
    """

    every: timedelta = EVERY
    _changed_since: float | None = field(default=None, init=False)

    def changed(self, at: float) -> None:
        """An edit was saved."""
        if self._changed_since is None:
            self._changed_since = at

    def made(self) -> None:
        """A back-up was begun: what it holds need not be held again."""
        self._changed_since = None

    def due(self, at: float) -> bool:
        """Whether changes have waited long enough."""
        since = self._changed_since
        return since is not None and at - since >= self.every.total_seconds()

    @property
    def waiting(self) -> bool:
        """Whether anything has changed since the last back-up: then closing makes one."""
        return self._changed_since is not None
