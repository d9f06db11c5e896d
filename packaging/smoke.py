"""Tries a frozen program out as it will be used: from a stick, with no network, in a bare home.

    python3 packaging/smoke.py dist/ita-desktop

The program is copied to a path with Thai letters and spaces. Twice it tries itself out (its hidden
command ``selftest`` drives the real window): once portable, with the data beside it, once on a
read-only medium, with the data in the computer. Then the commands are run. Each must end with 0,
say nothing on stderr and write nothing outside its data folder. On Linux that happens on a virtual
screen and in a namespace without any network; where those are missing it says so.
"""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

WINDOWS = os.name == "nt"
LONGEST_S = 300
BESIDE = "ข้อมูล"
LOCAL = Path(".local", "share", "ITA Desktop", "ITA Desktop")
RESOURCES = {  # inside: what -> the least number of files
    "resources/frameworks/*.json": 7,
    "resources/documents/*.json": 9,
    "resources/fonts/documents/*.ttf": 5,
    "resources/fonts/screen/*.ttf": 4,
    "resources/help/*.md": 10,
    "resources/dictionary/*": 2,
}
SPOKEN = {"check": "พบ 0 รายการ", "doctor": "แฟ้มสมบูรณ์", "export": "ภาพ 4 ภาพไม่ได้อยู่ในข้อมูลสำหรับนำเข้า"}
"""Commands that sum up on stderr, and how what they say of the sample begins."""
UNWANTED = ("Qml", "Quick", "Network", "WebEngine", "tkinter", "tcl", "numpy", "translations")


class NotGood(Exception):
    """What is wrong with the frozen program."""


@dataclass(frozen=True)
class Ground:
    """An empty computer for the program: its folder, a home and a folder for temporary files."""

    program: Path
    home: Path
    temporary: Path

    def surroundings(self) -> dict[str, str]:
        """The environment: nothing of the builder's but what a window needs."""
        kept = ("PATH", "DISPLAY", "XAUTHORITY", "SYSTEMROOT", "WINDIR", "COMSPEC")
        found = {name: os.environ[name] for name in kept if name in os.environ}
        home, temporary = str(self.home), str(self.temporary)
        names = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_RUNTIME_DIR")
        found.update(dict.fromkeys(names, home))
        found.update(dict.fromkeys(("TMPDIR", "TMP", "TEMP"), temporary))
        if not WINDOWS:
            found.update(LANG="C.UTF-8", PATH="/usr/bin:/bin")
            if "DISPLAY" not in found:
                found["QT_QPA_PLATFORM"] = "offscreen"
        return found


def main(frozen: Path) -> None:
    """Try everything; raises NotGood at the first thing that is wrong."""
    inside(frozen)
    with tempfile.TemporaryDirectory(prefix="ita smoke ") as name:
        for number, read_only in enumerate((False, True)):
            if read_only and not has_namespaces("-m"):
                say("NOT TRIED: a read-only medium (no mount namespace here)")
                continue
            began = time.monotonic()
            one_round(frozen, Path(name) / f"{number}", read_only)
            say(f"  {time.monotonic() - began:.0f} s")
    say("all good")


def one_round(frozen: Path, base: Path, read_only: bool) -> None:
    """The program from one kind of medium."""
    ground = Ground(base / "แฟลชไดรฟ์ ของ อบต" / "ita desktop", base / "home", base / "tmp")
    for folder in (ground.home, ground.temporary):
        folder.mkdir(parents=True, mode=0o700)
    shutil.copytree(frozen, ground.program, symlinks=True)
    data = ground.home / LOCAL if read_only else ground.program / BESIDE
    if not read_only:
        data.mkdir()
    say(f"{'read-only' if read_only else 'portable'}, data in …/{data.relative_to(base)}")
    before = listing(base, data)
    run(ground, read_only, "selftest", str(data / "งาน"))
    for words in commands(data / "งาน"):
        run(ground, read_only, *words)
    changed = {path for path, _ in listing(base, data) ^ before}
    if changed:
        raise NotGood("written outside the data folder: " + ", ".join(sorted(changed)))


def commands(work: Path) -> Iterator[tuple[str, ...]]:
    """What an office's IT staff type, over what the window has made."""
    sample, package = str(work / "แฟ้มตัวอย่าง.ita"), str(work / "ส่ง.itapack")
    password = work / "รหัสผ่าน.txt"
    password.write_text("รหัสผ่านที่ยาวพอสมควร 2569\n", encoding="utf-8")
    locked = ("--password-file", str(password))
    other = str(work / "แฟ้มอีกแฟ้ม.ita")
    yield ("demo", str(work / "demo"))
    yield ("check", sample, "--year", "2569")
    yield ("scores", sample, "--year", "2568", "--json")
    yield ("export", sample, "--year", "2569", "--to", package, *locked)
    yield ("check", package, *locked)
    yield ("new", other)
    yield ("import", other, package, *locked)
    summary = ("--to", str(work / "อำเภอ.xlsx"), "--pdf", str(work / "อำเภอ.pdf"))
    yield ("district", package, *summary, *locked)
    yield ("sheet", sample, "--to", str(work / "แบบ.xlsx"))
    yield ("import", other, str(work / "แบบ.xlsx"), "--preview", "--leave-out")
    yield ("backup", sample)
    yield ("restore", sample, "--list")
    yield ("doctor", sample)


def inside(frozen: Path) -> None:
    """What must be in the folder, and what must not."""
    contents = frozen / "_internal"
    for pattern, least in RESOURCES.items():
        if len(list(contents.glob(pattern))) < least:
            raise NotGood(f"missing inside: {pattern}")
    for path in contents.rglob("*"):
        for word in UNWANTED:
            if word in path.name and "resources" not in path.parts:
                raise NotGood(f"should not be inside: {path.relative_to(contents)}")


def run(ground: Ground, read_only: bool, *words: str) -> None:
    """Run the program with these words; it must end well and without a word on stderr."""
    name = "ita-desktop-console.exe" if WINDOWS else "ita-desktop"
    done = subprocess.run(
        [*closed_off(ground, read_only), str(ground.program / name), *words],
        cwd=ground.home,
        env=ground.surroundings(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=LONGEST_S,
        check=False,
    )
    printed, errors = (found.decode("utf-8", "replace") for found in (done.stdout, done.stderr))
    if words[0] == "selftest":
        say("".join(f"    {line}\n" for line in printed.splitlines()).rstrip())
    if done.returncode or (errors and not errors.startswith(SPOKEN.get(words[0], "\n"))):
        told = "; ".join((*errors.splitlines()[-5:], *printed.splitlines()[-5:]))
        raise NotGood(f"{' '.join(words)}: exit code {done.returncode}: {told}")


def closed_off(ground: Ground, read_only: bool) -> list[str]:
    """What shuts the program off: no network, and its own folder only to be read."""
    if WINDOWS or not has_namespaces("-n"):
        say("NOT TRIED: without a network (no network namespace here)")
        return []
    if not read_only:
        return ["unshare", "--map-root-user", "--net"]
    script = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'
    shut = ["unshare", "--map-root-user", "--net", "--mount", "sh", "-c", script]
    return [*shut, str(ground.program)]


def has_namespaces(kind: str) -> bool:
    """Whether this computer lets us close a program off."""
    if WINDOWS or not shutil.which("unshare"):
        return False
    probe = ["unshare", "--map-root-user", kind, "true"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


def listing(base: Path, data: Path) -> set[tuple[str, tuple[int, int]]]:
    """All files and folders outside the data folder, each with its size and time of change.

    The folders above the data folder are not looked at for their times: it is made in them.
    """
    found: set[tuple[str, tuple[int, int]]] = set()
    for path in base.rglob("*"):
        if path == data or data in path.parents or path in data.parents:
            continue
        state = path.lstat()
        kept = (state.st_size, state.st_mtime_ns) if stat.S_ISREG(state.st_mode) else (0, 0)
        found.add((str(path.relative_to(base)), kept))
    return found


def say(text: str) -> None:
    """Tell whoever waits."""
    print(text, flush=True)  # noqa: T201


def on_a_screen() -> None:
    """Begin anew on a virtual screen where there is none at all."""
    if WINDOWS or "DISPLAY" in os.environ or not shutil.which("xvfb-run"):
        return
    size = "-screen 0 1366x768x24"
    os.execvp("xvfb-run", ["xvfb-run", "-a", "-s", size, sys.executable, *sys.argv])


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    on_a_screen()
    try:
        main(Path(sys.argv[1]).resolve())
    except NotGood as problem:
        say(f"NOT GOOD: {problem}")
        sys.exit(1)
