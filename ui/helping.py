"""Ways out of a file that can't be opened: restored, rescued, copied here; and the back-ups."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from db.errors import DataFileError
from ui import alerts
from ui.backing import second_place
from ui.data_place import kept_path, path_kept
from ui.text import shown

if TYPE_CHECKING:
    from db.past import Deleted
    from db.rescue import Rescue
    from db.shelf import Backup
    from ui.main_window import MainWindow
    from ui.support import SupportPanel
    from ui.widgets.backups import BackupsPanel
    from ui.widgets.history import HistoryPanel, PastPanel
    from ui.widgets.recovery import TextPanel

RECENT = "recent_files"
MOST_RECENT = 8
FILE_FILTER = "แฟ้มข้อมูล ITA (*.ita)"


def recent_files() -> tuple[Path, ...]:
    """Data files that were open lately, latest first."""
    kept = QSettings().value(RECENT, [])
    names = kept if isinstance(kept, list) else [kept]
    return tuple(path_kept(name) for name in names if isinstance(name, str) and name)


def remember_recent(path: Path) -> None:
    """Put a file at the head of the list."""
    others = [kept_path(each) for each in recent_files() if each != path]
    QSettings().setValue(RECENT, [kept_path(path), *others][:MOST_RECENT])


@contextmanager
def _busy() -> Iterator[None]:
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        yield
    finally:
        QGuiApplication.restoreOverrideCursor()


class Helping(QObject):
    """Does what the page of a problem, the list of back-ups and the history offer."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.panel: BackupsPanel | None = None
        self.history: HistoryPanel | None = None
        self.past: PastPanel | None = None
        self.report: TextPanel | None = None
        self.support: SupportPanel | None = None

    def restore(self, path: Path, backup: Backup) -> bool:
        """Have the data file become a back-up; today's is kept. Opens it afterwards."""
        from db.backup import Backups

        window = self._window
        session = window.session
        if session is not None and session.store.path == path and not window.let_go():
            return False
        try:
            with _busy():
                today = Backups(path, second_place()).restore(backup)
        except DataFileError as error:
            alerts.warn(window, "กู้คืนไม่สำเร็จ", str(error))
            window.open_file(path)
            return False
        if not window.open_file(path):
            return False
        kept = "ข้อมูลก่อนหน้านี้เก็บเป็นแฟ้มสำรองแล้ว" if today else "แฟ้มเดิมที่ชำรุดเก็บไว้ข้างกันแล้ว"
        window.say(f"กู้คืนแล้ว {kept} (เมนู แฟ้ม > แฟ้มสำรอง)")
        return True

    def ask_rescue(self, path: Path, newest: Backup | None) -> None:
        """Ask where to put what can still be read, and bring it there."""
        name = str(path.with_name(f"{path.stem} (กู้ข้อมูล).ita"))
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, "กู้ข้อมูลที่ยังอ่านได้ไปไว้ในแฟ้มใหม่", name, FILE_FILTER
        )
        if chosen:
            self.rescue(path, Path(chosen if chosen.endswith(".ita") else chosen + ".ita"), newest)

    def rescue(self, path: Path, to: Path, newest: Backup | None) -> bool:
        """Bring what can be read into a new file, open it, and say what was lost."""
        from db.rescue import rescue
        from ui.widgets.recovery import TextPanel

        try:
            with _busy():
                found = rescue(path, to, newest.path if newest else None)
        except DataFileError as error:
            alerts.warn(self._window, "กู้ข้อมูลไม่สำเร็จ", str(error))
            return False
        opened = self._window.open_file(to)
        self.report = TextPanel(
            "ผลการกู้ข้อมูล", shown(_rescued_head(found)), _rescued_text(found), self._window
        )
        self.report.show()
        return opened

    def copy_here(self, path: Path, folder: Path) -> bool:
        """Copy a file that can't be written into a folder of this computer and open the copy."""
        from db.copying import copy_file

        to = _free_name(folder / path.name)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with to.open("xb"):
                pass
            with _busy():
                copy_file(path, to)
        except OSError:
            with contextlib.suppress(OSError):
                to.unlink(missing_ok=True)
            alerts.warn(
                self._window,
                "คัดลอกไม่สำเร็จ",
                f"คัดลอก “{path.name}” มาไว้ใน “{folder}” ไม่ได้ โปรดตรวจพื้นที่ว่างของเครื่อง แล้วลองอีกครั้ง",
            )
            return False
        with contextlib.suppress(OSError):
            to.chmod(0o600)
        return self._window.open_file(to)

    # --- windows of their own --------------------------------------------------------------------

    def show_backups(self, path: Path | None = None) -> None:
        """Show the back-ups of a file, of the open one unless said."""
        from db.shelf import Reason
        from ui.widgets.backups import BackupsPanel

        window = self._window
        session = window.session if path is None or _is_open(window, path) else None
        path = path or (session.store.path if session else None)
        if path is None:
            return
        backing = window.guard.backing
        make = (lambda: backing.begin(Reason.ASKED)) if session else None
        self.panel = BackupsPanel(path, session, make, window)
        self.panel.restore_asked.connect(self.restore)
        backing.made.connect(self.panel.refresh)
        self.panel.show()

    def show_history(self) -> None:
        """Show every edit, the bin, and what has changed since a document."""
        from ui.widgets.history import HistoryPanel

        window = self._window
        if window.session is None:
            return
        window.session.saver.flush()
        self.history = HistoryPanel(window.session, window)
        self.history.go_asked.connect(window.go_to_line)
        self.history.undo_asked.connect(window.undo)
        self.history.redo_asked.connect(window.redo)
        self.history.show()

    def show_support(self) -> None:
        """Show what can be sent to whoever looks after the program, and save it."""
        from ui.support import SupportPanel, support_parts

        window = self._window
        if window.session is not None:
            window.session.saver.flush()
        with _busy():
            store = window.session.store if window.session is not None else None
            parts = support_parts(store, window.page_in_view, window.guard.all_reports())
        self.support = SupportPanel(parts, window)
        self.support.show()

    def show_bin(self, gone: Deleted) -> None:
        """Show what was deleted, with one of it chosen."""
        self.show_history()
        if self.history is not None:
            self.history.choose_deleted(gone)

    def show_past(self, table: str, key: int | str | tuple[int | str, ...], column: str) -> None:
        """Show what stood in a field before."""
        from ui.widgets.history import PastPanel

        window = self._window
        if window.session is not None:
            window.session.saver.flush()
            self.past = PastPanel(window.session, table, key, column, window)
            self.past.show()

    def close_panels(self) -> None:
        """Another file is opened: what spoke of the old one goes."""
        for panel in (self.panel, self.history, self.past):
            if panel is not None:
                with contextlib.suppress(RuntimeError):  # Qt has freed it already
                    panel.close()
        self.panel = self.history = self.past = None


def _is_open(window: MainWindow, path: Path) -> bool:
    return window.session is not None and window.session.store.path == path


def _free_name(path: Path) -> Path:
    """The name, or the next that is free: nothing is overwritten."""
    number, found = 2, path
    while found.exists():
        found = path.with_name(f"{path.stem} ({number}){path.suffix}")
        number += 1
    return found


def _rescued_head(found: Rescue) -> str:
    lost, doubtful = len(found.lost), len(found.doubtful)
    if not lost and not doubtful:
        return f"กู้ข้อมูลได้ครบ {found.kept} รายการ ไม่มีสิ่งใดหาย"
    return (
        f"กู้ข้อมูลได้ {found.kept} รายการ หายไป {lost} รายการ "
        f"และมี {doubtful} รายการที่ควรตรวจอีกครั้ง โปรดเทียบกับเอกสารที่พิมพ์ไว้"
    )


def _rescued_text(found: Rescue) -> str:
    parts: list[str] = []
    if found.lost:
        parts += ["หายไป:", *(f"• {line}" for line in found.lost)]
    if found.doubtful:
        parts += ["ควรตรวจ:", *(f"• {line}" for line in found.doubtful)]
    return shown("\n".join(parts) or "ไม่มีสิ่งใดหาย")
