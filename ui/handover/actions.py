"""The menu's three ways into hand-over: send, open a package, sum up the district."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFileDialog

if TYPE_CHECKING:
    from ui.handover.frame import HandoverDialog
    from ui.main_window import MainWindow


class Handover(QObject):
    """The actions, and the one window of them that is open."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.dialog: HandoverDialog | None = None
        self.send_action = self._action("&ส่งให้อำเภอ…", "Ctrl+E", self.send)
        self.look_action = self._action("เปิดชุดข้อ&มูล…", "Ctrl+Shift+O", self.ask_look)
        self.gather_action = self._action("&รวมของอำเภอ…", "Ctrl+Shift+R", self.gather)
        self.actions = (self.send_action, self.look_action, self.gather_action)

    def _action(self, text: str, key: str, do: Callable[[], object]) -> QAction:
        action = QAction(text, self._window)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda _checked: do())
        self._window.addAction(action)
        return action

    def send(self) -> None:
        """Make a package of the open file."""
        from ui.handover.send import SendDialog

        session = self._window.session
        if session is not None and session.saver.flush():
            dialog = SendDialog(session, self._window)
            dialog.said.connect(self._window.say)
            self._open(dialog)

    def ask_look(self) -> None:
        """Ask for a package, and look at it."""
        from ui.handover.frame import documents_folder
        from ui.handover.look import FILTER

        chosen, _ = QFileDialog.getOpenFileName(
            self._window, "เปิดชุดข้อมูล", str(documents_folder()), FILTER
        )
        if chosen:
            self.look(Path(chosen))

    def look(self, path: Path) -> None:
        """Look at a package."""
        from ui.handover.look import LookDialog

        dialog = LookDialog(self._window.session, self._window)
        dialog.said.connect(self._window.say)
        dialog.taken.connect(self._on_taken)
        self._open(dialog)
        dialog.look_at(path)

    def gather(self) -> None:
        """Sum up a folder of packages."""
        from ui.handover.gather import GatherDialog

        dialog = GatherDialog(self._window)
        dialog.said.connect(self._window.say)
        self._open(dialog)

    def _open(self, dialog: HandoverDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(self._on_closed)
        dialog.open()

    def _on_closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def _on_taken(self, year: int) -> None:
        """Go to the year that came in, so that it is seen."""
        if self._window.session is not None:
            self._window.session.set_year(year)
