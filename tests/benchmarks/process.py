"""One process measured as a whole: its time from start to end, and the most memory it held.

The command is started by a small process of its own (this file), because a new process at first
counts the memory of the one that started it as its own.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
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
        """Seconds of the run in the middle."""
        return statistics.median(self.seconds)


def measured(command: list[str], runs: int, environment: dict[str, str] | None = None) -> Taken:
    """Run ``command`` ``runs`` times, one after another."""
    found = []
    for _ in range(runs):
        done = subprocess.run(
            [sys.executable, "-I", "-S", __file__, *command],
            env={**os.environ, **(environment or {})},
            capture_output=True,
            check=True,
        )
        took = json.loads(done.stdout)
        if took["code"]:
            raise Failed(took["errors"][-400:])
        found.append(took)
    return Taken(
        tuple(took["seconds"] for took in found),
        max(took["megabytes"] for took in found),
        tuple(took["printed"] for took in found),
    )


def _run(command: list[str]) -> None:
    """Run one command and print what it took as JSON."""
    begin = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False)
    seconds = time.perf_counter() - begin
    import resource  # not on Windows, where nothing else here runs either

    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    found = {
        "seconds": seconds,
        "megabytes": most,
        "code": done.returncode,
        "printed": done.stdout.decode("utf-8", "replace"),
        "errors": done.stderr.decode("utf-8", "replace"),
    }
    print(json.dumps(found))


def has_module(python: Path, name: str) -> bool:
    """Whether the interpreter ``python`` can import ``name``."""
    code = f"import importlib.util, sys; sys.exit(importlib.util.find_spec('{name}') is None)"
    return subprocess.run([str(python), "-c", code], check=False).returncode == 0


if __name__ == "__main__":
    _run(sys.argv[1:])
