"""One process measured as a whole: its time from start to end, and the most memory it held."""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path


class Failed(RuntimeError):
    """The process ended with an error; the text says which."""


@dataclass(frozen=True)
class Taken:
    """What several runs of one command took: seconds, and megabytes at the most."""

    seconds: tuple[float, ...]
    megabytes: float
    printed: tuple[str, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def measured(command: list[str], runs: int, environment: dict[str, str] | None = None) -> Taken:
    """Run ``command`` ``runs`` times, one after another."""
    seconds: list[float] = []
    printed: list[str] = []
    most = 0.0
    for _ in range(runs):
        took, megabytes, text = _once(command, environment)
        seconds.append(took)
        printed.append(text)
        most = max(most, megabytes)
    return Taken(tuple(seconds), most, tuple(printed))


def _once(command: list[str], environment: dict[str, str] | None) -> tuple[float, float, str]:
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        begin = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=output, stderr=errors, env={**os.environ, **(environment or {})}
        )
        _, status, usage = os.wait4(process.pid, 0)
        took = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        for stream in (output, errors):
            stream.seek(0)
        if process.returncode:
            raise Failed(errors.read().decode("utf-8", "replace")[-400:])
        return took, usage.ru_maxrss / 1024, output.read().decode("utf-8")


def has_module(python: Path, name: str) -> bool:
    """Whether the interpreter ``python`` can import ``name``."""
    code = f"import importlib.util, sys; sys.exit(importlib.util.find_spec('{name}') is None)"
    return subprocess.run([str(python), "-c", code], check=False).returncode == 0
