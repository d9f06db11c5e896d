"""The ground every test stands on: no screen, no network, no real home folder, one time zone.

What is set here must be set before the first Qt import, which is why it happens on import.
"""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

HOME = Path(tempfile.mkdtemp(prefix="ita-tests-"))


def _set_environment() -> None:
    runtime = HOME / "runtime"
    runtime.mkdir(mode=0o700)
    os.environ.update(
        QT_QPA_PLATFORM="offscreen",
        QT_SCALE_FACTOR="1",
        LC_ALL="C.UTF-8",
        TZ="Asia/Bangkok",
        XDG_RUNTIME_DIR=str(runtime),
    )
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        os.environ[name] = str(HOME)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        os.environ[name] = str(HOME / name)
    if hasattr(time, "tzset"):
        time.tzset()


_set_environment()

settings.register_profile("house", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "house")


class NetworkForbidden(RuntimeError):
    """The program reached for the network; nothing may leave the clerk's computer."""


_attempts: list[str] = []
_AF_UNIX = 1
_LOOKUPS = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")


def _forbid_network(event: str, arguments: tuple[object, ...]) -> None:
    if not event.startswith("socket."):
        return
    network_socket = event == "socket.__new__" and arguments[1] != _AF_UNIX
    if network_socket or event in _LOOKUPS:
        _attempts.append(f"{event}{arguments[1:] if network_socket else arguments}")
        raise NetworkForbidden(_attempts[-1])


sys.addaudithook(_forbid_network)  # for good: an audit hook cannot be taken away again


@pytest.fixture
def network_attempts() -> list[str]:
    """What this test tried to reach; a test that means to try empties it."""
    return _attempts


@pytest.fixture(autouse=True)
def _nothing_leaves_the_pc() -> Iterator[None]:
    """Fails a test whose code tried, even when the code swallowed the refusal."""
    _attempts.clear()
    yield
    assert not _attempts, f"reached for the network: {_attempts}"


def type_letters(text: str) -> None:
    """Type into whatever has the focus. QTest.keyClicks ends the process at a Thai letter."""
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication

    for letter in text:
        key = ord(letter.upper()) if letter.isascii() else Qt.Key.Key_unknown
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            focus = QApplication.focusWidget()
            assert focus, f"nothing has the focus to take {letter!r}"
            plain = Qt.KeyboardModifier.NoModifier
            QApplication.sendEvent(focus, QKeyEvent(kind, key, plain, letter))


@pytest.fixture
def type_text() -> Callable[[str], None]:
    """Types into whatever has the focus."""
    return type_letters


def pytest_collection_finish() -> None:
    """What stands now stays to the end: it need not be looked through again and again."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    """Remove the home folder of this run."""
    shutil.rmtree(HOME, ignore_errors=True)
