#!/usr/bin/env python3
"""Sets ITA Desktop up once, then starts it or tests it. Needs nothing but Python 3.11.

python3 start.py [FILE.ita | command …]   the program; with no display, the sample documents
python3 start.py test [pytest options]    ruff, pyright and all tests
python3 start.py frozen                   the program as one folder in dist, made and tried out
"""

from __future__ import annotations

import ctypes
import hashlib
import io
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
FREEZING = ROOT / "build" / "env"
"""A second environment, for the frozen program: with nothing in it that she does not get."""
DEMO_FOLDER = "demo-output"

LIBRARIES = {  # what Qt's wheels expect of the system: library -> Debian package
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


FREEZING_TOOLS = {"objdump": "binutils", "xvfb-run": "xvfb", "xauth": "xauth"}
LIBPYTHON = f"libpython3.{sys.version_info.minor}"


class SetupError(Exception):
    """Says in a plain sentence what is wrong and what to do."""


def say(text: str) -> None:
    """Tell the user one line, at once."""
    print(text, flush=True)


def begin(command: list[str], **settings: str) -> subprocess.Popen[str]:
    """Start a program; what it says waits to be read."""
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, **settings},
    )


def run(command: list[str], **settings: str) -> bool:
    """Run quietly; when it fails, show the end of what it said."""
    process = begin(command, **settings)
    said = process.communicate()[0]
    if process.returncode:
        say("\n".join(said.strip().splitlines()[-3:]))
    return process.returncode == 0


def has_library(name: str) -> bool:
    """Whether the system's loader finds the library."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_venv() -> bool:
    """Whether this Python can make a virtual environment with pip in it (bare Debian: no)."""
    probe = [sys.executable, "-c", "import ensurepip, venv"]
    return subprocess.run(probe, stderr=subprocess.DEVNULL, check=False).returncode == 0


def missing_packages(for_tests: bool, for_freezing: bool) -> list[str]:
    """Debian packages to install: Python's venv, Qt's libraries; for the tests, two tools more.

    Those are pdftotext, and a C compiler for the layer that lets disks fail (``tests/faults``).
    Freezing needs Python as a library, a look into libraries, and a screen to try it out on.
    """
    if not sys.platform.startswith("linux"):
        return []
    missing = [] if has_venv() else ["python3-venv"]
    missing += [package for library, package in LIBRARIES.items() if not has_library(library)]
    if for_tests and not shutil.which("pdftotext"):
        missing.append("poppler-utils")
    if for_tests and not shutil.which("gcc"):
        missing += ["gcc", "libc6-dev"]
    if for_freezing:
        missing += [package for tool, package in FREEZING_TOOLS.items() if not shutil.which(tool)]
        missing += [] if has_library(f"{LIBPYTHON}.so.1.0") else [LIBPYTHON]
    return missing


def install_packages(packages: list[str]) -> None:
    """Install system packages where we may; where we may not, say which are missing and go on."""
    if not packages:
        return
    may_install = shutil.which("apt-get") and getattr(os, "geteuid", lambda: 1)() == 0
    if may_install:
        say("ติดตั้งส่วนของระบบ … / Installing system packages …")
        apt, quiet = ["apt-get", "-qq", "-y"], {"DEBIAN_FRONTEND": "noninteractive"}
        install = [*apt, "install", "--no-install-recommends", *packages]
        if run([*apt, "update"], **quiet) and run(install, **quiet):
            return
    wanted = "apt-get install " + " ".join(packages)
    if "python3-venv" in packages:
        raise SetupError(
            "เครื่องนี้ยังไม่มี python3-venv ให้ผู้ดูแลระบบติดตั้งก่อน แล้วเริ่มใหม่\n"
            f"This Python cannot make virtual environments. As root run: {wanted}"
        )
    say(f"หน้าต่างอาจไม่เปิด ขาดส่วนของระบบ / The window may fail to open. As root run: {wanted}")


def python_of(venv: Path) -> Path:
    """The Python of an environment."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def stamp_of(lock: Path, venv: Path) -> Path:
    """The file that remembers which state of the lock is installed."""
    return venv / f"{lock.stem}.installed"


def is_installed(lock: Path, venv: Path) -> bool:
    """Whether the lock is installed as it stands."""
    stamp = stamp_of(lock, venv)
    return stamp.exists() and stamp.read_text("utf-8") == fingerprint(lock)


def fingerprint(lock: Path) -> str:
    """Changes whenever the lock does."""
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def venv_works(venv: Path) -> bool:
    """Whether it was finished once, and the Python it was made with is still there."""
    python = python_of(venv)
    if not (python.exists() and stamp_of(venv, venv).exists()):
        return False
    return subprocess.run([str(python), "-c", ""], capture_output=True, check=False).returncode == 0


def make_venv(venv: Path) -> None:
    """Make an empty virtual environment, in place of a half-made or foreign one."""
    if Path(sys.prefix).resolve() == venv.resolve():
        raise SetupError(
            "พิมพ์ deactivate ก่อน แล้วเริ่มใหม่\n"
            "The environment must be made anew: leave it first (deactivate), then start again."
        )
    if not run([sys.executable, "-m", "venv", "--clear", str(venv)]):
        raise SetupError(
            f"สร้างโฟลเดอร์ {venv} ไม่ได้ ตรวจสิทธิ์การเขียนและพื้นที่ว่าง\n"
            f"Could not make {venv}. Check that the folder may be written and the disk is not full."
        )
    stamp_of(venv, venv).touch()


def install(lock: Path, venv: Path) -> None:
    """Install what the lock names, every file checked against its hash."""
    say("ติดตั้งส่วนประกอบ ใช้เวลา 1–3 นาที … / Installing components, 1–3 minutes …")
    stamp_of(lock, venv).unlink(missing_ok=True)
    pip = [str(python_of(venv)), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    pip += ["--no-input", "--only-binary", ":all:", "--require-hashes", "-r", str(lock)]
    if not run(pip, PYTHONPATH=""):
        raise SetupError(
            "ติดตั้งส่วนประกอบไม่สำเร็จ (เหตุอยู่ข้างบน) ครั้งแรกต้องต่ออินเทอร์เน็ต ตรวจแล้วเริ่มใหม่\n"
            "Could not install the components (why: above). The first start needs the internet. "
            "Check the connection and start again."
        )
    stamp_of(lock, venv).write_text(fingerprint(lock), encoding="utf-8")


def set_up(word: str) -> None:
    """Bring the environment up to its locks. When nothing changed, nothing is run but a look."""
    venv = FREEZING if word == "frozen" else VENV
    names = {
        "test": ["requirements.lock", "requirements-dev.lock"],
        "frozen": ["requirements-build.lock"],
    }.get(word, ["requirements.lock"])
    works = venv_works(venv)
    stale = [ROOT / name for name in names if not (works and is_installed(ROOT / name, venv))]
    if not stale:
        return
    freezing = word == "frozen" or (word == "test" and in_ci())
    install_packages(missing_packages(word == "test", freezing))
    if not works:
        make_venv(venv)
    for lock in stale:
        install(lock, venv)


def in_ci() -> bool:
    """Whether the project is checked before it is handed on: then as a frozen program too."""
    return bool(os.environ.get("CI"))


def call(*arguments: str, **settings: str) -> int:
    """Run the environment's Python with the program on its path; the exit code."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONNOUSERSITE": "1", **settings}
    command = [str(python_of(VENV)), *arguments]
    return subprocess.run(command, env=environment, check=False).returncode


def run_program(arguments: list[str]) -> int:
    """Start the window, a command, or, with no display, the sample documents."""
    headless = sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
    if headless and not arguments:
        say(f"ไม่มีจอภาพ จึงทำเอกสารตัวอย่าง / No display: the sample goes to {DEMO_FOLDER}")
        arguments = ["demo", DEMO_FOLDER]
    return call("-m", "ita_desktop", *arguments)


def run_frozen() -> int:
    """Make the program as one folder, and try that out; the exit code."""
    say("── making the folder")
    began = time.monotonic()
    work = ["--distpath", str(ROOT / "dist"), "--workpath", str(ROOT / "build" / "work")]
    words = ["--noconfirm", "--clean", "--log-level", "ERROR", *work, str(ROOT / "build.spec")]
    environment = {**os.environ, "PYTHONHASHSEED": "1", "PYTHONPATH": ""}
    make = [str(python_of(FREEZING)), "-m", "PyInstaller", *words]
    if code := subprocess.run(make, env=environment, check=False).returncode:
        return code
    say(f"── trying it out (made in {time.monotonic() - began:.0f} s)")
    frozen = str(ROOT / "dist" / "ita-desktop")
    smoke = [sys.executable, str(ROOT / "packaging" / "smoke.py"), frozen]
    return subprocess.run(smoke, check=False).returncode


def run_tests(arguments: list[str]) -> int:
    """Every check, even after one failed; the exit code is 1 when any did."""
    os.chdir(ROOT)
    quick = any(not argument.startswith("-") for argument in arguments)
    spread = [] if quick else ["-n", "auto", "--dist", "worksteal"]
    python = str(python_of(VENV))
    quiet = {"PYTHONNOUSERSITE": "1", "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"}
    pyright = [python, "-m", "pyright", "--warnings", "--pythonpath", python]
    beside = {"pyright": begin(pyright, **quiet)}
    if in_ci() and not quick:
        beside["frozen"] = begin([sys.executable, str(Path(__file__).resolve()), "frozen"])
    checks = {"ruff": ["ruff", "check", "--quiet", "."], "pytest": ["pytest", *spread, *arguments]}
    results: list[tuple[str, int, float]] = []
    for name, command in checks.items():
        say(f"── {name}")
        began = time.monotonic()
        code = call("-m", *command, QT_QPA_PLATFORM="offscreen")
        results.append((name, code, time.monotonic() - began))
    for name, process in beside.items():
        say(f"── {name}")
        began = time.monotonic()
        say(process.communicate()[0].rstrip())
        results.append((name, process.returncode, time.monotonic() - began))
    lines = [f"{name}: {'FAILED' if code else 'ok'} ({took:.0f} s)" for name, code, took in results]
    say("── " + " · ".join(lines))
    return int(any(code for _, code, _ in results))


def main(arguments: list[str]) -> int:
    """Set up, then do as told; every failure of the set-up is one plain message."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    if sys.version_info < (3, 11):
        print("ต้องใช้ Python 3.11 ขึ้นไป / Python 3.11 or newer is needed.", file=sys.stderr)
        return 2
    word = arguments[0] if arguments else ""
    try:
        set_up(word)
        if word == "frozen":
            return run_frozen()
        return run_tests(arguments[1:]) if word == "test" else run_program(arguments)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
