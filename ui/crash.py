"""Unexpected mistakes: caught, reported without a word of the user's, and told in plain Thai.

A report holds where in the program it happened, and what computer it was; never a text, a name,
a file name or the words of the error, which may quote them.
"""

from __future__ import annotations

import faulthandler
import re
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO

from PySide6.QtCore import QObject, Signal, qVersion
from PySide6.QtGui import QGuiApplication

from ita_desktop.paths import resources
from ui.runs import Run

_ROOT = resources().parent
_FAULT_LINE = re.compile(r'File "(?P<file>[^"]*)", line (?P<line>[0-9]+)(?: in (?P<name>\S+))?')
_SPEAKS = re.compile(r"^(?:Fatal Python error|Windows fatal exception|Current thread|Thread 0x)")

_Hook = Callable[[type[BaseException], BaseException, TracebackType | None], object]


def _short(file: str) -> str:
    """A program file's name without the folders above it, which may name the user."""
    path = Path(file)
    with suppress(ValueError):
        return path.relative_to(_ROOT).as_posix()
    return "/".join(path.parts[-2:]) if path.suffix == ".py" else "?"


def _stack(error: BaseException) -> list[str]:
    """Type and places of an error and of what it came from; none of its words."""
    lines: list[str] = []
    seen: set[int] = set()
    each: BaseException | None = error
    while each is not None and id(each) not in seen and len(lines) < 200:
        seen.add(id(each))
        lines.append(f"{type(each).__module__}.{type(each).__qualname__}")
        frames = traceback.extract_tb(each.__traceback__)[-40:]
        lines += [f"  {_short(each.filename)}:{each.lineno} {each.name}" for each in frames]
        each = each.__cause__ or each.__context__
        if each is not None:
            lines.append("จาก")
    return lines


def about_computer(page: str) -> list[str]:
    """Versions, system and screen, as far as they say nothing of a person."""
    import platform

    from db.reasons import SQLITE_VERSION

    screen = QGuiApplication.primaryScreen()
    size = "–"
    if screen is not None:
        area = screen.size()
        size = f"{area.width()}×{area.height()} ({screen.devicePixelRatio() * 100:.0f} %)"
    return [
        f"เวลา {datetime.now():%Y-%m-%d %H:%M:%S}",
        f"Python {platform.python_version()} • Qt {qVersion()} • SQLite {SQLITE_VERSION}",
        f"{platform.system()} {platform.release()} {platform.machine()}",
        f"จอภาพ {size} • หน้า {page or '–'}",
    ]


def report_of(error: BaseException, page: str) -> str:
    """The report of an unexpected error."""
    head = ["รายงานข้อผิดพลาดของ ITA Desktop", *about_computer(page), ""]
    return "\n".join([*head, *_stack(error)]) + "\n"


def report_of_fault(text: str, page: str) -> str:
    """The report of a fault that ended the process, from what the interpreter left behind."""
    lines: list[str] = []
    for line in text.splitlines()[:400]:
        place = _FAULT_LINE.search(line)
        if place:
            lines.append(f"  {_short(place['file'])}:{place['line']} {place['name'] or ''}")
        elif _SPEAKS.match(line):
            lines.append(re.sub(r"0x[0-9a-f]+", "", line))
    head = ["รายงานข้อผิดพลาดของ ITA Desktop", *about_computer(page), ""]
    return "\n".join([*head, *lines]) + "\n"


class Crashes(QObject):
    """Catches what nobody else does. The window goes on."""

    happened = Signal()
    """Something unexpected was caught and reported."""

    def __init__(self, run: Run, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run = run
        self._before: tuple[_Hook, Callable[[threading.ExceptHookArgs], object]] | None = None
        self._file: IO[str] | None = None
        self._seen: set[str] = set()

    def install(self) -> None:
        """Begin to catch; the interpreter's own faults are written into the run's folder."""
        self._before = (sys.excepthook, threading.excepthook)
        sys.excepthook = self.catch
        threading.excepthook = self._catch_in_thread
        with suppress(OSError):
            self._file = self._run.faults.open("w", encoding="utf-8")
            faulthandler.enable(self._file, all_threads=True)

    def remove(self) -> None:
        """Leave everything as it was."""
        if self._before is not None:
            sys.excepthook, threading.excepthook = self._before
            self._before = None
        if self._file is not None:
            faulthandler.disable()
            self._file.close()
            self._file = None

    def catch(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """Keep a report of the error, once for each place it comes from, and say so."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        with suppress(Exception):  # a mistake in here must not hide the first one
            report = report_of(error, self._run.here.page)
            stack = report.partition("\n\n")[2]
            if stack not in self._seen:
                self._seen.add(stack)
                self._run.report(report)
            self.happened.emit()
        if sys.stderr is not None:  # a windowed program on Windows has none
            with suppress(Exception):
                sys.stderr.write(report_of(error, self._run.here.page))

    def _catch_in_thread(self, found: threading.ExceptHookArgs) -> None:
        if found.exc_value is not None:
            self.catch(found.exc_type, found.exc_value, found.exc_traceback)
