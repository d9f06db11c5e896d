"""A real window over a data file, worked as the clerk works it, with a witness at her side."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

from PySide6.QtTest import QTest

from db.store import Store
from tests.conftest import type_letters
from tests.faults.witness import Witness, attach
from tests.ui.conftest import Keyboard, look_at_once, page_of
from tests.ui.test_page_view import pause
from ui.app import make_app
from ui.main_window import MainWindow
from ui.pages.documents import DocumentsPage
from ui.session import Session


class Desk:
    """The window, its keyboard, what it told, and the witness."""

    def __init__(self, path: Path) -> None:
        for name, soon in (("PAUSE_MS", 8), ("RETRY_MS", 8), ("LONGEST_WAIT_S", 0.02)):
            patch(f"ui.session.{name}", soon).start()  # as the program saves, only sooner
        self.path = path
        self.base = path.parent.parent / "base.ita"
        """A copy of the file, for commands: the file itself is held by the window."""
        self.target = path
        self.done = False
        self.tell: Callable[[str, str], None] = lambda *_: None
        self.told: list[str] = []
        self.witness: Witness | None = None
        self._patch()
        self.app = make_app(["proof"])
        self.window = MainWindow()
        self.window.resize(1366, 700)
        self.window.setUpdatesEnabled(False)  # painting starts threads, which no fork survives
        self.window.show()
        QTest.qWaitForWindowExposed(self.window)
        self.open(path)
        self.app.processEvents()
        self.keys = Keyboard(self.window, type_letters)

    def _patch(self) -> None:
        """Message boxes are kept and agreed to; the status bar is listened to."""

        def ask(_parent: object, *words: str) -> bool:
            self.told.append(words[1])
            return True

        def told(_parent: object, *words: str) -> None:
            self.told.append(words[1])

        for name, instead in (("ask", ask), ("tell", told), ("warn", told)):
            patch(f"ui.alerts.{name}", instead).start()
        show_saved = MainWindow._show_saved

        def _show_saved(window: MainWindow, *moment: Any) -> None:
            show_saved(window, *moment)
            if self.witness is not None and window.saved_label.text().startswith("บันทึกแล้ว"):
                self.witness.shown()

        patch.object(MainWindow, "_show_saved", _show_saved).start()
        reconnect = Store.reconnect

        def anew(store: Store) -> None:
            reconnect(store)
            self.witness = attach(store, self._pass_on)

        patch.object(Store, "reconnect", anew).start()
        patch.object(DocumentsPage, "_look", look_at_once).start()  # no fork has a thread

    def open(self, path: Path) -> None:
        """Open a data file in the window, with the witness over it."""
        assert self.window.open_file(path), self.told
        assert all(self.window.pages.values())  # built now, and not in the middle of a save
        self.window.pages.stop()
        self.window.activateWindow()
        self.path = path
        self.witness = attach(self.session.store, self._pass_on)

    def _pass_on(self, word: str, found: str) -> None:
        self.tell(word, found)  # each job has its own teller

    @property
    def session(self) -> Session:
        """The open file."""
        assert self.window.session is not None
        return self.window.session

    @property
    def says_saved(self) -> bool:
        """Whether the status bar says that all is saved."""
        return self.window.saved_label.text() != "ยังไม่ได้บันทึก"

    def page(self, kind: type[Any]) -> Any:
        """The window's page of that class."""
        return page_of(self.window, kind)

    def settle(self, longest_ms: int = 1500) -> bool:
        """Let the pause after typing pass; whether nothing is left to be written."""
        for _ in range(max(1, longest_ms // 5)):
            if not self.session.saver.pending:
                return True
            pause(5)
        return not self.session.saver.pending
