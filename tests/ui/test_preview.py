"""Documents made in the background: the newest wins, and the window goes on answering."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from db.errors import DataFileError
from ita_desktop.documents.compose import Matter, compose
from ita_desktop.documents.pdf import render_pdf, warm_up
from ita_desktop.documents.templates import load_templates
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.framework import FrameworkShelf
from ita_desktop.exchange.interchange import read_interchange
from ita_desktop.paths import resources
from tests.ready import SAMPLE
from tests.ui.test_page_view import pause, times_round
from ui.preview import CANNOT_MAKE, PAUSE_MS, Preview, Switch


class Told:
    """Everything a preview has said."""

    def __init__(self, preview: Preview) -> None:
        self.ready: list[bytes] = []
        self.failed: list[str] = []
        self.working: list[bool] = []
        preview.ready.connect(self.ready.append)
        preview.failed.connect(self.failed.append)
        preview.working.connect(self.working.append)


@pytest.fixture
def preview(qapp: QApplication) -> Iterator[Preview]:
    made = Preview()
    yield made
    made.close()


def settle(preview: Preview) -> None:
    for _ in range(600):
        if not preview.busy:
            return
        pause(10)
    raise AssertionError("nothing comes")


def test_bytes_come_from_another_thread(preview: Preview):
    told, threads = Told(preview), []

    def make() -> bytes:
        threads.append(threading.current_thread())
        return b"\x00PDF\xff"

    preview.ask(make)
    assert told.working == [True]
    settle(preview)
    assert told.ready == [b"\x00PDF\xff"]
    assert told.working == [True, False]
    assert threads[0] is not threading.main_thread()


def test_fast_requests_make_one_document(preview: Preview):
    told, made = Told(preview), []
    for at in range(10):
        preview.ask(lambda at=at: made.append(at) or bytes([at]))
        pause(20)
    settle(preview)
    assert made == [9]
    assert told.ready == [b"\x09"]


def test_what_an_older_request_makes_is_dropped(preview: Preview):
    told, go = Told(preview), threading.Event()
    preview.ask(lambda: b"old" if go.wait(5) else b"")
    pause(PAUSE_MS + 50)  # it runs
    preview.ask(lambda: b"new")
    pause(PAUSE_MS + 50)
    go.set()
    settle(preview)
    assert told.ready == [b"new"]
    assert told.working == [True, False]


def test_an_old_failure_is_not_told_when_something_newer_is_asked(
    preview: Preview, capsys: pytest.CaptureFixture[str]
):
    told, go = Told(preview), threading.Event()

    def fail() -> bytes:
        go.wait(5)
        raise DataFileError(Path("เก่า.ita"))

    preview.ask(fail)
    pause(PAUSE_MS + 50)
    preview.ask(lambda: b"new")
    go.set()
    settle(preview)
    assert (told.ready, told.failed) == ([b"new"], [])


def test_failures_are_thai_sentences_and_the_next_request_works(
    preview: Preview, capsys: pytest.CaptureFixture[str]
):
    told = Told(preview)

    refusal = DataFileError(Path("หน่วยงาน.ita"))

    def refused() -> bytes:
        raise refusal

    for make in (refused, lambda: bytes([1 // int("0")]), lambda: b"well"):
        preview.ask(make)
        settle(preview)
    assert told.failed == [str(refusal), CANNOT_MAKE]
    assert told.ready == [b"well"]
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_the_switch_interval_is_given_back(preview: Preview, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("ui.preview._switch", Switch())  # whatever other tests left running
    monkeypatch.setattr("ui.preview.SWITCH_S", sys.getswitchinterval() / 10)
    usual, during = sys.getswitchinterval(), []
    preview.ask(lambda: during.append(sys.getswitchinterval()) or b"x")
    settle(preview)
    assert during[0] < usual
    assert sys.getswitchinterval() == usual


def test_closing_waits_and_nothing_comes_after(preview: Preview):
    told, done = Told(preview), []
    usual = sys.getswitchinterval()
    preview.ask(lambda: time.sleep(0.3) or done.append(True) or b"x")
    pause(PAUSE_MS + 50)
    preview.close()
    assert done == [True]
    preview.ask(lambda: b"late")
    pause(PAUSE_MS + 100)
    assert (told.ready, told.working) == ([], [True, False])
    assert sys.getswitchinterval() == usual
    preview.close()


def matter() -> Matter:
    found = read_interchange(SAMPLE)
    shelf = FrameworkShelf(resources() / "frameworks")
    year = max(found.dossier.measures)
    return Matter(
        dossier=found.dossier,
        year=year,
        round=Round(12),
        framework=shelf.get(year - 1),
        earlier=shelf.get(year - 2),
    )


def test_the_window_answers_while_twenty_pages_are_made(
    preview: Preview, qapp: QApplication, capsys: pytest.CaptureFixture[str]
):
    warm_up()
    subject = matter()
    template = next(iter(load_templates(resources() / "documents").values()))
    told = Told(preview)

    def make() -> bytes:
        data = b""
        for _ in range(3):  # 8 or 9 pages each
            data = render_pdf(compose(template, subject))
        return data

    preview.ask(make)
    assert times_round(qapp, lambda: bool(told.ready)) > 30, "the window waited for its pages"
