"""Runs the reading process as the program does, and sees what it took."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Watched:
    """How a reading process ended: its answer ("" when none), seconds, bytes of memory, code."""

    answer: str
    seconds: float
    memory: int
    code: int


def watched(content: bytes, folder: Path) -> Watched:
    """Have a file read by the hidden command."""
    wanted, target = folder / "in", folder / "out"
    wanted.write_bytes(content)
    target.unlink(missing_ok=True)
    before = time.monotonic()
    child = subprocess.Popen(
        [sys.executable, "-m", "ita_desktop", "read-tables", str(wanted), str(target)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    memory, ended, status = 0, 0, 0
    while not ended:
        memory = max(memory, _peak(child.pid))
        time.sleep(0.01)
        ended, status = os.waitpid(child.pid, os.WNOHANG)
    child.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.monotonic() - before
    answer = target.read_text("utf-8") if target.exists() else ""
    return Watched(answer, seconds, memory, child.returncode)


def _peak(process: int) -> int:
    """The most memory a process has held so far, where the system tells."""
    try:
        status = Path(f"/proc/{process}/status").read_text("ascii", "replace")
    except OSError:
        return 0
    found = re.search(r"VmHWM:\s+([0-9]+) kB", status)
    return int(found[1]) * 1024 if found else 0
