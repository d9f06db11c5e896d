"""Gives jobs to the clerk's process and looks at what is left in the file."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any, Self, TypeVar

from db.errors import DataFileError
from db.opening import journal_of
from db.store import Store
from tests.db.matter import ROOT
from tests.faults.clerk_job import Job
from tests.faults.found import Found
from tests.faults.shim import environment
from tests.faults.witness import Told, digest_of, digest_plain

MEMORY = Path("/dev/shm")


def scratch() -> tempfile.TemporaryDirectory[str]:
    """A folder for many small files, in memory where there is such a place."""
    return tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None, prefix="ita-")


@dataclass(frozen=True)
class Run:
    """What became of a job. ``status``: how its process ended, 0 when by itself."""

    told: Told
    status: int
    report: dict[str, Any]


def found_in(folder: Path, name: str) -> str:
    """The digest of the file as the program's own opening finds it; why not, when it refuses."""
    try:
        with Store(folder / name) as store:
            return digest_of(store)
    except DataFileError as error:
        return f"{type(error).__name__}: {error}"


class Look:
    """Opens what was left, as the program does; the same bytes only once."""

    def __init__(self) -> None:
        self._known: dict[bytes, str] = {}

    def __len__(self) -> int:
        return len(self._known)

    def digest(self, folder: Path, name: str) -> str:
        """The digest of the file and the journal in that folder, or why it is refused."""
        key = hashlib.sha256()
        for each in (folder / name, journal_of(folder / name)):
            content = each.read_bytes() if each.exists() else b""
            key.update(f"{each.exists()} {len(content)}\n".encode() + content)
        if key.digest() not in self._known:
            self._known[key.digest()] = found_in(folder, name)
        return self._known[key.digest()]


class Office:
    """A data file and the clerk's process over it. ``look`` opens what a trial left of the file."""

    def __init__(self, name: str = "หน่วยงาน.ita") -> None:
        self._scratch = scratch()
        self.folder = Path(self._scratch.name)
        (self.folder / "data").mkdir()
        self.path = self.folder / "data" / name
        self._number = 0
        self.look = Look()

    def __enter__(self) -> Self:
        from tests.faults.base import make_base

        make_base(self.path)
        self.base = self.path.read_bytes()
        (self.folder / "base.ita").write_bytes(self.base)
        self.first = digest_plain(self.path)
        self._stderr = (self.folder / "stderr").open("wb")
        self._clerk = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.clerk", str(self.path)],
            cwd=ROOT,
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._stderr,
            text=True,
        )
        self._hear()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None
    ) -> None:
        assert self._clerk.stdin and self._clerk.stdout
        with suppress(OSError):
            self._clerk.stdin.close()
        self._clerk.kill()
        self._clerk.wait()
        self._clerk.stdout.close()
        self._stderr.close()
        self._scratch.cleanup()

    def _hear(self) -> dict[str, Any]:
        assert self._clerk.stdout
        line = self._clerk.stdout.readline()
        if not line:
            said = (self.folder / "stderr").read_text("utf-8", "replace")
            raise RuntimeError(f"the clerk's process has ended: {said[-3000:]}")
        return json.loads(line)

    def run(self, save: str, **befalls: Any) -> Run:
        """Do a save from the same beginning; see ``Job`` for what can befall it."""
        self.put_back()
        self._number += 1
        events = self.folder / f"events-{self._number}"
        job = Job(save, str(events), **befalls)
        assert self._clerk.stdin
        self._clerk.stdin.write(json.dumps(job.__dict__) + "\n")
        self._clerk.stdin.flush()
        report = self._hear()
        with events.open(encoding="utf-8") as lines:
            told = Told.of_lines(lines)
        events.unlink()
        return Run(told, report.pop("status"), report)

    def put_back(self) -> None:
        """Make the file what it was, in place: the waiting window holds it open."""
        with self.path.open("r+b") as file:
            file.truncate(0)
            file.write(self.base)
        journal_of(self.path).unlink(missing_ok=True)

    def errors(self) -> str:
        """What the clerk's process said of itself."""
        return (self.folder / "stderr").read_text("utf-8", "replace")


def copied(path: Path, folder: Path) -> Path:
    """The file and its journal, copied as a dead program left them; returns the copy."""
    folder.mkdir(parents=True, exist_ok=True)
    for each in (path, journal_of(path)):
        target = folder / each.name
        target.unlink(missing_ok=True)
        if each.exists():
            shutil.copyfile(each, target)
    return folder / path.name


def cores() -> int:
    """How many offices can work at a time."""
    return max(1, min(4, (os.cpu_count() or 1) - 1))


Trial = TypeVar("Trial")


def in_offices(
    name: str, trials: Iterable[Trial], work: Callable[[Office, Iterator[Trial]], Found]
) -> Found:
    """Share trials out among several offices that work side by side."""
    waiting: SimpleQueue[Trial] = SimpleQueue()
    for trial in trials:
        waiting.put(trial)

    def waiting_ones() -> Iterator[Trial]:
        with suppress(Empty):
            while True:
                yield waiting.get_nowait()

    def one(_: int) -> Found:
        with Office() as office:
            return work(office, waiting_ones())

    with ThreadPoolExecutor(cores()) as pool:
        return sum(pool.map(one, range(cores())), Found(name))
