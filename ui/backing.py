"""Back-ups that make themselves: every half hour of change, in slices, and at closing."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QObject, QSettings, QTimer, Signal
from PySide6.QtWidgets import QApplication

from db.errors import DataFileError
from db.schedule import Schedule
from ui.session import Session

if TYPE_CHECKING:
    from db.backup import Backups, Making
    from db.shelf import Backup, Reason

SECOND_PLACE = "backup/second_place"
ASK_MS = 30_000
OLD_DAYS = 7
"""A copy on another drive that is older is spoken of."""
SLICE_MS = 20
SLICE_S = 0.008
WORD_AFTER_S = 0.5
"""Closing that takes longer than this says what it is doing."""


def second_place() -> Path | None:
    """The folder on another drive that gets a copy of each back-up; None: none was chosen."""
    kept = QSettings().value(SECOND_PLACE, "", type=str)
    return Path(kept) if isinstance(kept, str) and kept else None


def set_second_place(folder: Path | None) -> None:
    """Choose that folder; None: none any more."""
    QSettings().setValue(SECOND_PLACE, str(folder or ""))


def reminder(backups: Backups, now: datetime) -> str:
    """What the status bar says of the copy on another drive; "" while all is well."""
    place = backups.second_place()
    if place is None:
        return "ยังไม่มีแฟ้มสำรองนอกเครื่อง" if backups.list() else ""
    if not place.behind:
        return ""
    if place.newest is None:
        return "ไม่พบที่สำรองแห่งที่สอง" if not place.there else "ยังไม่มีแฟ้มสำรองนอกเครื่อง"
    days = (now - place.newest.at).days
    return f"แฟ้มสำรองนอกเครื่องเก่า {days} วันแล้ว" if days >= OLD_DAYS else ""


class Backing(QObject):
    """Makes the back-ups of the open file while she works."""

    made = Signal(object)
    """A back-up is there (a Backup)."""
    failed = Signal(str)
    """None could be made, for the reason in the Thai sentence."""
    busy = Signal(str)
    """Closing takes a moment because of it: what to say."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._schedule = Schedule()
        self._making: Making | None = None
        self._asking = QTimer(self)
        self._asking.setInterval(ASK_MS)
        self._asking.timeout.connect(self._ask)
        self._slices = QTimer(self)
        self._slices.setInterval(SLICE_MS)
        self._slices.timeout.connect(self._step)

    def follow(self, session: Session | None) -> None:
        """Look after another open file; None: none is open."""
        self._stop()
        self._session, self._schedule = session, Schedule()
        if session is None:
            self._asking.stop()
        else:
            session.changed.connect(lambda _: self._on_changed(session))
            self._asking.start()

    def _on_changed(self, session: Session) -> None:
        if session is self._session:
            self._schedule.changed(time.monotonic())

    def backups(self) -> Backups | None:
        """The back-ups of the open file."""
        from db.backup import Backups

        session = self._session
        return None if session is None else Backups(session.store.path, second_place())

    def _ask(self) -> None:
        from db.shelf import Reason

        if self._schedule.due(time.monotonic()):
            self.begin(Reason.AUTO)

    def begin(self, reason: Reason) -> bool:
        """Begin a back-up in the background; False when one is under way or it can't be begun."""
        backups, session = self.backups(), self._session
        if backups is None or session is None or self._making is not None:
            return False
        session.saver.flush()
        try:
            self._making = backups.make(session.store, reason)
        except DataFileError as error:
            self.failed.emit(str(error))
            return False
        self._schedule.made()
        self._slices.start()
        return True

    def _step(self) -> None:
        if self._making is None:
            self._slices.stop()
            return
        try:
            if self._making.step(SLICE_S):
                return
        except DataFileError as error:
            self._end_making()
            self._schedule.changed(time.monotonic())  # what was to be held still is to be
            self.failed.emit(str(error))
            return
        backup = self._making.backup
        self._end_making()
        if backup is not None:
            self.made.emit(backup)

    def _end_making(self) -> None:
        self._slices.stop()
        self._making = None

    def _stop(self) -> None:
        if self._making is not None:
            self._making.cancel()
        self._end_making()

    @property
    def running(self) -> bool:
        """Whether a back-up is under way."""
        return self._making is not None

    def at_close(self) -> Backup | None:
        """The back-up before the file is closed; None when nothing has changed or it can't be.

        The window stays alive meanwhile, but takes no keys.
        """
        from db.shelf import Reason

        if self._session is None or not (self._schedule.waiting or self.running):
            return None
        if not self.running and not self.begin(Reason.CLOSE):
            return None
        self._slices.stop()
        began, said = time.monotonic(), False
        making = self._making
        try:
            while making is not None and making.step(0.05):
                if not said and time.monotonic() - began > WORD_AFTER_S:
                    said = True
                    self.busy.emit("กำลังทำแฟ้มสำรองก่อนปิด โปรดรอสักครู่…")
                QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents, 10)
        except DataFileError as error:
            self.failed.emit(str(error))
        self._end_making()
        return None if making is None else making.backup
