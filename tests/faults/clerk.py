"""The process that is killed and starved: a window over a data file, started over ``shim.c``.

``python -m tests.faults.clerk FILE`` opens the window once and then takes jobs from its input, a
line of JSON each. Every job is done in a fork of its own, so that its death costs nothing and the
next one begins at the same open file. Only one fork lives at a time, and the file is put back to
what it was between them, in place, by whoever gives the jobs.
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import traceback
from contextlib import suppress
from pathlib import Path
from typing import Any

from db.errors import DataFileError
from tests import conftest
from tests.faults.clerk_job import UNDER, Job
from tests.faults.desk import Desk
from tests.faults.exporting import EXPORTS
from tests.faults.saves import SAVES, Save
from tests.faults.shim import Death, Shim
from tests.faults.witness import appender
from ui.pages.documents import DocumentsPage

LONGEST = 120
"""Seconds after which a fork that waits for somebody, as at a dialog, is ended by the system."""


def copy_from_outside(path: Path, folder: Path) -> None:
    """Copy the file and its journal by another process: this one must never open it again."""
    folder.mkdir(parents=True)
    found = [str(each) for each in (path, path.with_name(path.name + "-journal")) if each.exists()]
    if found:
        subprocess.run(["cp", *found, str(folder)], check=True)


def do(desk: Desk, shim: Shim, job: Job) -> dict[str, Any]:
    """Do the save under what befalls it; what the window says then, and once it is over."""
    save = next(each for each in (*SAVES, *EXPORTS) if each.name == job.save)
    desk.target = Path(job.target)
    tell = appender(Path(job.events))

    def told(word: str, found: str) -> None:
        shim.mark(f"{word} {found}")
        tell(word, found)

    if job.open:
        desk.open(Path(job.open))
    desk.tell = told
    save.prepare(desk)
    for setting in job.settings:
        desk.session.store._database.conn.execute(setting).fetchall()
    shim.watch(desk.path.parent, Path(job.log) if job.log else None)
    _arm(shim, job)
    tell("ready", "")
    report: dict[str, Any] = {"error": _act(desk, save), "done": desk.done}
    report |= {"calls": shim.counted, "failed": shim.failed, "told": list(desk.told)}
    if job.copies:
        report |= _look(desk, shim, save, Path(job.copies))
    return report


def _arm(shim: Shim, job: Job) -> None:
    if job.die:
        shim.die(job.die, Death(job.how))
    if job.fail:
        shim.fail(job.fail, job.error, half=job.half, then=job.then)


def _act(desk: Desk, save: Save) -> str:
    """Do it; what the program itself raised, which it never should."""
    try:
        desk.done = bool(save.act(desk))
        if desk.window.session is not None:
            desk.settle(60)
    except Exception:  # noqa: BLE001 - whatever it is, the report says so
        return traceback.format_exc()
    return ""


def _look(desk: Desk, shim: Shim, save: Save, copies: Path) -> dict[str, Any]:
    """Copies and words under the fault; then the fault ends, she works on, and once more."""
    found: dict[str, Any] = {}
    if desk.window.session is None:
        shim.heal()
        return found | {"closed": True}
    found |= {"saved_under": desk.says_saved, "pending_under": desk.session.saver.pending}
    desk.tell(UNDER, "")
    copy_from_outside(desk.path, copies / UNDER)
    shim.heal()
    found["settled"] = desk.settle()
    found["saved_after"] = desk.says_saved
    with suppress(DataFileError):
        found["kept"] = save.kept(desk.session.dossier)
        desk.session.store.set_office("fax", "043-000-009")  # the file can be worked with
        found["works_on"] = True
    return found


def serve(path: Path) -> None:
    """Open the window and do jobs until the input ends."""
    desk, shim = Desk(path), Shim()
    # Closing any handle of a file lets go of this process's locks on it: a fork that opens the
    # file anew after a fault would else find it held by the one it was forked from.
    os.close(os.open(path, os.O_RDONLY))
    _warm_up(desk)
    gc.collect()
    gc.freeze()  # or every fork would write to, and so copy, the pages of all that stands here
    _say({"ready": True})
    for line in sys.stdin:
        job = Job(**json.loads(line))
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            os.close(reading)
            _in_fork(desk, shim, job, writing)
        os.close(writing)
        _end_after(child, job)
        with os.fdopen(reading) as pipe:
            said = pipe.read()
        _, status = os.waitpid(child, 0)
        _say({"status": status, **(json.loads(said) if said else {})})
    os._exit(0)


def _warm_up(desk: Desk) -> None:
    """Load now, once, what the first save of each kind would load; nothing of it writes."""
    from ita_desktop.documents.compose import compose
    from ita_desktop.documents.pdf import render_pdf

    for save in SAVES:
        save.prepare(desk)
    page = desk.page(DocumentsPage)
    render_pdf(compose(page.template, desk.session.matter(page.chosen_round)))


def _in_fork(desk: Desk, shim: Shim, job: Job, writing: int) -> None:
    signal.alarm(LONGEST)
    try:
        report = do(desk, shim, job)
        os.write(writing, json.dumps(report).encode())
    except BaseException:  # noqa: BLE001 - a fork must never go on as the server
        traceback.print_exc()
        os._exit(3)
    os._exit(0)


def _end_after(child: int, job: Job) -> None:
    """Kill the fork from outside after its time."""
    if job.life < 0:
        return
    events = Path(job.events)
    for _ in range(4000):
        if events.exists() and b"ready" in events.read_bytes():
            break
        time.sleep(0.0005)
    time.sleep(job.life)
    os.kill(child, signal.SIGKILL)


def _say(words: dict[str, Any]) -> None:
    os.write(1, json.dumps(words).encode() + b"\n")


if __name__ == "__main__":
    try:
        serve(Path(sys.argv[1]))
    finally:
        shutil.rmtree(conftest.HOME, ignore_errors=True)
