"""What lies about in circles is thrown away in the window's thread."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.disasters import until
from ui.collecting import Collecting


class Circle:
    """Holds itself; ``freed_in`` are the threads in which such ones were thrown away."""

    freed_in: list[str] = []  # noqa: RUF012 - shared on purpose

    def __init__(self) -> None:
        self.me = self

    def __del__(self) -> None:
        self.freed_in.append(threading.current_thread().name)


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    was = gc.isenabled()
    gc.enable()
    gc.collect()
    Circle.freed_in.clear()
    yield
    if not was:  # the window of the tests has its own
        gc.disable()


def in_a_worker() -> None:
    """Make as much as Python throws something away for."""

    def work() -> None:
        for _ in range(3):
            Circle()
        list(map(list, [()] * 20_000))

    thread = threading.Thread(target=work, name="worker")
    thread.start()
    thread.join()


def test_by_itself_python_throws_away_in_the_worker():
    in_a_worker()
    assert "worker" in Circle.freed_in


def test_the_window_s_thread_does_it(qapp: QApplication):
    collecting = Collecting(qapp)
    in_a_worker()
    assert Circle.freed_in == []
    circle = weakref.ref(Circle())
    held = list(map(list, [()] * 20_000))  # enough to look through
    collecting._timer.start(1)
    until(lambda: circle() is None)
    assert set(Circle.freed_in) == {"MainThread"}
    assert held
    collecting.deleteLater()
