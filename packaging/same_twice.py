"""Freezes the program twice and tells what differs: nothing may but the times of files.

    python3 packaging/same_twice.py            (in the environment of docs/release.md)

Both builds begin with nothing, each in a folder of its own. The environment sets what else would
leave a trace: the seed of hashes and the time that goes into archives.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAME = "ita-desktop"


def build(work: Path, when: str) -> Path:
    """The program as one folder under ``work``."""
    places = ["--distpath", str(work / "dist"), "--workpath", str(work / "build")]
    words = ["--noconfirm", "--clean", "--log-level", "ERROR", *places, "build.spec"]
    subprocess.run(
        [sys.executable, "-m", "PyInstaller", *words],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": when},
        check=True,
    )
    return work / "dist" / NAME


def contents(folder: Path) -> dict[str, str]:
    """Each file and link inside by its path: what it holds, or leads to, and how it may be used."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = f"link to {path.readlink()}"
        elif path.is_file():
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            found[name] = f"{path.stat().st_mode:o} {digest}"
    return found


def commit_time() -> str:
    """Seconds since 1970 of the commit that is built: the same wherever that happens."""
    asked = ["git", "log", "-1", "--format=%ct"]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def main() -> int:
    """The exit code: 1 when the two differ."""
    when = commit_time()
    with tempfile.TemporaryDirectory() as name:
        one, other = (contents(build(Path(name) / number, when)) for number in ("1", "2"))
    differing = sorted(path for path, _ in one.items() ^ other.items())
    lines = [f"{len(one)} files, {len(set(differing))} differ", *dict.fromkeys(differing)]
    print("\n".join(lines))  # noqa: T201
    return int(bool(differing))


if __name__ == "__main__":
    sys.exit(main())
