"""The pages of the window, each built when it is first needed, or in a quiet moment before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from db.errors import DataFileError

FIRST_PAUSE_MS = 250
PAUSE_MS = 60
"""Between two pages built ahead: so long the window is there for the clerk alone."""

AWAY_MS = 5000
"""So long after a page that could not be built, because the data file could not be read."""

PageT = TypeVar("PageT", bound=QWidget)


class PageSet(Mapping[str, PageT], Generic[PageT]):
    """Pages by name, in the order of their tabs.

    Asking for a page builds it, and raises DataFileError when the data file can't be read just
    then; nothing of the page is left. ``made`` lists those that are there. ``on_made`` is told of
    each page once it stands in its tab.
    """

    def __init__(
        self,
        tabs: QTabWidget,
        makers: Mapping[str, tuple[str, Callable[[], PageT]]],
        on_made: Callable[[str, PageT], object],
    ) -> None:
        self._tabs = tabs
        self._makers = {name: make for name, (_title, make) in makers.items()}
        self._on_made = on_made
        self.busy: Callable[[], bool] = lambda: False
        """Whether something is made beside the window, so that a page would take twice as long."""
        self._made: dict[str, PageT] = {}
        self._holders: dict[str, QWidget] = {}
        for name, (title, _make) in makers.items():
            self._holders[name] = _holder()
            tabs.addTab(self._holders[name], title)
        self._timer = QTimer(tabs)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._build_ahead)

    def __getitem__(self, name: str) -> PageT:
        page = self._made.get(name)
        return page if page is not None else self._build(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)

    def made(self) -> tuple[PageT, ...]:
        """The pages that are there."""
        return tuple(self._made.values())

    def build_ahead(self) -> None:
        """Build the rest one by one while the window has nothing else to do."""
        self._timer.start(FIRST_PAUSE_MS)

    def stop(self) -> None:
        """Build nothing more ahead."""
        self._timer.stop()

    def drop(self) -> None:
        """Free all pages and take their tabs away."""
        self.stop()
        while self._tabs.count():
            self._tabs.removeTab(0)
        for holder in self._holders.values():
            holder.deleteLater()
            QCoreApplication.sendPostedEvents(holder, QEvent.Type.DeferredDelete)
        self._makers, self._made, self._holders = {}, {}, {}

    def _build(self, name: str) -> PageT:
        page = self._makers[name]()
        self._made[name] = page
        holder = self._holders[name]
        column = holder.layout()
        assert column is not None
        column.addWidget(page)
        page.show()
        self._on_made(name, page)
        return page

    def _build_ahead(self) -> None:
        missing = next((name for name in self._makers if name not in self._made), None)
        if missing is not None and self.busy():
            self._timer.start(PAUSE_MS)
        elif missing is not None:
            with suppress(DataFileError):  # the medium is away: it is told of where she needs it
                self._build(missing)
            self._timer.start(PAUSE_MS if missing in self._made else AWAY_MS)


def _holder() -> QWidget:
    """An empty place for a page."""
    holder = QWidget()
    QVBoxLayout(holder).setContentsMargins(0, 0, 0, 0)
    return holder
