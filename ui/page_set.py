"""The pages of the window, each built when it is first needed, or in quiet moments before.

A page is built in pieces, so that the window answers between two. Asked for, it is built to its end
at once, wherever it is.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import suppress
from typing import Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from db.errors import DataFileError

FIRST_PAUSE_MS = 250
PAUSE_MS = 60
"""Between two pages built ahead: so long the window is there for the clerk alone."""
PIECE_PAUSE_MS = 15
"""The same between two pieces of a page."""

AWAY_MS = 5000
"""So long after a page that could not be built, because the data file could not be read."""

PageT = TypeVar("PageT", bound=QWidget)
Pieces = Generator[None, None, PageT]
"""Builds a page, stopping after each piece; the page is what it returns."""


class PageSet(Mapping[str, PageT], Generic[PageT]):
    """Pages by name, in the order of their tabs.

    Each is built by its maker, inside the widget that is given to it. Asking for a page builds it,
    and raises DataFileError when the data file can't be read just then; nothing of the page is
    left. ``made`` lists those that are whole. ``on_made`` is told of each page once it is.
    """

    def __init__(
        self,
        tabs: QTabWidget,
        makers: Mapping[str, tuple[str, Callable[[QWidget], Pieces[PageT]]]],
        on_made: Callable[[str, PageT], object],
    ) -> None:
        self._tabs = tabs
        self._makers = {name: make for name, (_title, make) in makers.items()}
        self._on_made = on_made
        self.busy: Callable[[], bool] = lambda: False
        """Whether something is made beside the window, so that a page would take twice as long."""
        self._made: dict[str, PageT] = {}
        self._begun: dict[str, Pieces[PageT]] = {}
        self._missed: dict[str, list[Callable[[PageT], object]]] = {}
        self._holders: dict[str, QWidget] = {}
        for name, (title, _make) in makers.items():
            self._holders[name] = _holder()
            tabs.addTab(self._holders[name], title)
        self._timer = QTimer(tabs)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._build_ahead)

    def __getitem__(self, name: str) -> PageT:
        while name not in self._made:
            self._build_piece(name)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)

    def made(self) -> tuple[PageT, ...]:
        """The pages that are there, whole."""
        return tuple(self._made.values())

    def tell(self, news: Callable[[PageT], object]) -> None:
        """Tell every page; one that is half built is told when it is whole."""
        for missed in self._missed.values():
            missed.append(news)
        for page in self.made():
            news(page)

    def pieces(self, name: str) -> Iterator[None]:
        """Build one page, piece by piece; raises as asking for it does."""
        while name not in self._made:
            self._build_piece(name)
            yield

    def build_ahead(self) -> None:
        """Build the rest one by one while the window has nothing else to do."""
        self._timer.start(FIRST_PAUSE_MS)

    def stop(self) -> None:
        """Build nothing more ahead."""
        self._timer.stop()

    def drop(self) -> None:
        """Free all pages and take their tabs away."""
        self.stop()
        for name in [*self._begun]:
            self._give_up(name)
        while self._tabs.count():
            self._tabs.removeTab(0)
        for holder in self._holders.values():
            holder.deleteLater()
            QCoreApplication.sendPostedEvents(holder, QEvent.Type.DeferredDelete)
        self._makers, self._made, self._holders = {}, {}, {}

    def _build_piece(self, name: str) -> None:
        """Build one piece of a page; the last makes it whole."""
        if name not in self._begun:
            self._begun[name] = self._makers[name](self._holders[name])
            self._missed[name] = []
        try:
            next(self._begun[name])
        except StopIteration as end:
            self._finish(name, end.value)
        except BaseException:
            self._give_up(name)
            raise

    def _finish(self, name: str, page: PageT) -> None:
        del self._begun[name]
        missed = self._missed.pop(name)
        self._made[name] = page
        column = self._holders[name].layout()
        assert column is not None
        column.addWidget(page)
        page.show()
        self._on_made(name, page)
        for news in missed:
            news(page)

    def _give_up(self, name: str) -> None:
        """Take away what is built of a page."""
        del self._missed[name]
        self._begun.pop(name).close()
        only = Qt.FindChildOption.FindDirectChildrenOnly
        for part in self._holders[name].findChildren(QWidget, options=only):
            part.hide()
            part.deleteLater()

    def _build_ahead(self) -> None:
        missing = next((name for name in self._makers if name not in self._made), None)
        if missing is None:
            return
        if self.busy():
            self._timer.start(PAUSE_MS)
            return
        with suppress(DataFileError):  # the medium is away: it is told of where she needs it
            self._build_piece(missing)
        begun = missing in self._begun
        soon = PAUSE_MS if missing in self._made else AWAY_MS
        self._timer.start(PIECE_PAUSE_MS if begun else soon)


def _holder() -> QWidget:
    """An empty place for a page."""
    holder = QWidget()
    QVBoxLayout(holder).setContentsMargins(0, 0, 0, 0)
    return holder
