"""What is typed and not on the disk yet, kept in a private file beside the data file's own.

While the disk refuses, or a write waits longer than it should, the deeds that wait go into the
run's folder at most every second, and are gone from there once all is saved. After a crash the
next start reads them and offers to put them back.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from ui.runs import Run
from ui.session import Session

if TYPE_CHECKING:
    from db.deeds import Deed

EVERY_MS = 1000
MOST_BYTES = 20_000_000
_BALLAST = "ballast"
_BALLAST_BYTES = 262_144
"""Held in reserve, and let go when the disk is full: the disk that is full is often this one."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A text that is no value yet ("31/2/" in a field for a date): the field's name, the text."""

    field: str
    text: str


class HasUnfinished(QObject):
    """Holds texts that are no values yet and stand in no field at the moment."""

    def unfinished(self) -> tuple[Unfinished, ...]:
        """Those texts."""
        return ()


@dataclass(frozen=True, slots=True)
class Kept:
    """What was typed and not saved: for which data file, what to do, what was half typed."""

    path: Path
    deeds: tuple[Deed, ...] = ()
    unfinished: tuple[Unfinished, ...] = ()
    cut: bool = False
    """Whether something of the file could not be read or did not fit."""

    def __bool__(self) -> bool:
        return bool(self.deeds or self.unfinished or self.cut)


def write_kept(path: Path, kept: Kept) -> None:
    """Write the file anew, on the disk before the earlier one goes; raises OSError."""
    lines = [json.dumps({"path": str(kept.path)}, ensure_ascii=False)]
    size, cut = 0, kept.cut
    for kind, text in _entries(kept):
        size += len(text.encode("utf-8", "surrogatepass"))
        if size > MOST_BYTES:
            cut = True
            break
        lines.append(json.dumps({kind: text}))
    lines.append(json.dumps({"end": len(lines), "cut": cut}))
    growing = path.with_suffix(".part")
    with growing.open("w", encoding="ascii", errors="backslashreplace") as file:
        growing.chmod(0o600)
        file.write("\n".join(lines) + "\n")
        file.flush()
        os.fsync(file.fileno())
    growing.replace(path)


def _entries(kept: Kept) -> list[tuple[str, str]]:
    """Kinds and texts of the lines."""
    deeds = [("deed", deed.text()) for deed in kept.deeds]
    return deeds + [("text", json.dumps([each.field, each.text])) for each in kept.unfinished]


def read_kept(path: Path) -> Kept | None:
    """What was kept; None when there is nothing. A line that can't be read is left out."""
    from db.deeds import NotADeed, read_deed

    try:
        with path.open("rb") as file:
            lines = file.read(2 * MOST_BYTES).decode("utf-8", "replace").splitlines()
        head = Path(str(json.loads(lines[0])["path"]))
    except (OSError, ValueError, LookupError, TypeError):
        return None
    deeds: list[Deed] = []
    texts: list[Unfinished] = []
    whole = False
    cut = False
    for line in lines[1:]:
        try:
            found = json.loads(line)
            if "deed" in found:
                deeds.append(read_deed(found["deed"]))
            elif "text" in found:
                field, text = json.loads(found["text"])
                texts.append(Unfinished(str(field), str(text)))
            else:
                whole, cut = True, cut or bool(found["cut"])
        except (ValueError, LookupError, TypeError, NotADeed):
            cut = True
    return Kept(head, tuple(deeds), tuple(texts), cut or not whole)


class Keeper(QObject):
    """Watches the session's saver and keeps what waits."""

    failed = Signal()
    """Not even the private file can be written: what waits is in memory only."""

    def __init__(self, run: Run, window: QWidget) -> None:
        super().__init__(window)
        self._run = run
        self._window = window
        self._session: Session | None = None
        self._written: Kept | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.keep)
        with suppress(OSError):
            (run.folder / _BALLAST).write_bytes(b"\0" * _BALLAST_BYTES)

    def follow(self, session: Session | None) -> None:
        """Watch another session; None: none is open."""
        if session is self._session:
            return
        self._session = session
        self._written = None
        if session is None:
            self._timer.stop()
            self.clear()
        else:
            session.saver.failed.connect(self.keep)
            session.saver.recovered.connect(self.keep)
            self._timer.start()

    def keep(self) -> None:
        """Keep what waits now; take the file away when nothing does."""
        if self._session is None:
            return
        kept = self._waiting(self._session)
        if not kept:
            if self._written is not None:
                self.clear()
        elif kept != self._written:
            self._write(kept)

    def hand_over(self) -> bool:
        """Keep all that waits for the next start; False when it can't be."""
        if self._session is None:
            return False
        saver = self._session.saver
        waiting = Kept(self._session.store.path, saver.deeds(), unfinished_texts(self._window))
        self._written = None
        self._write(waiting)
        return self._written is not None and self._run.hand_over()

    def hand_over_unfinished(self) -> None:
        """All is saved; texts that are no values yet are kept for the next start."""
        if self._session is not None and unfinished_texts(self._window):
            self.hand_over()

    def _waiting(self, session: Session) -> Kept:
        """What waits longer than a healthy disk would let it."""
        saver = session.saver
        late = saver.waited >= EVERY_MS / 1000
        deeds = saver.deeds() if saver.broken or late else ()
        return Kept(session.store.path, deeds, unfinished_texts(self._window))

    def _write(self, kept: Kept) -> None:
        for attempt in (self._attempt, self._without_ballast):
            if attempt(kept):
                self._written = kept
                return
        self.failed.emit()

    def _attempt(self, kept: Kept) -> bool:
        try:
            write_kept(self._run.kept, kept)
        except OSError:
            return False
        return True

    def _without_ballast(self, kept: Kept) -> bool:
        with suppress(OSError):
            (self._run.folder / _BALLAST).unlink(missing_ok=True)
        return self._attempt(kept)

    def clear(self) -> None:
        """Nothing waits: nothing is kept."""
        self._written = None
        with suppress(OSError):
            self._run.kept.unlink(missing_ok=True)


def unfinished_texts(window: QWidget) -> tuple[Unfinished, ...]:
    """Texts in the window's fields that are no values yet and so are in no data file."""
    from ui.widgets.checked import CheckedField

    found: list[Unfinished] = []
    for line in window.findChildren(QLineEdit):
        owner = line.parentWidget()
        half = isinstance(owner, CheckedField) and owner.is_draft
        if (half or line.property("state") == "wrong") and line.text():
            name = line.accessibleName() or (owner.accessibleName() if owner else "")
            found.append(Unfinished(name, line.text()))
    found += [
        Unfinished(field.accessibleName(), field.toPlainText())
        for field in window.findChildren(QPlainTextEdit)
        if field.property("state") == "wrong" and field.toPlainText()
    ]
    for holder in window.findChildren(HasUnfinished):
        found += holder.unfinished()
    return tuple(found)
