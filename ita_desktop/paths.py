"""Where the program keeps the files it ships with, and what an update put in their place.

An installed update (``ita_desktop/updates/``) is a folder in the user's own data folder. A file of
it counts instead of the shipped file of the same name; nothing of the program is ever changed, so
taking an update back is taking its folder away. What is installed is looked up once; whoever
installs or takes back calls ``look_again``.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

INSTALLED = "installed.json"
"""The file in an installed update's folder that tells what it holds and where it came from."""
MOST_RECORD = 500_000
_PART = re.compile(r"[a-z]{1,20}/[a-z0-9_-]{1,40}\.(json|txt)", re.ASCII)
_FOLDER = re.compile(r"[0-9]{8}-[a-z0-9-]{1,40}", re.ASCII)
_NAME = "ITA Desktop"


def resources() -> Path:
    """The resources folder, in a checkout or in the folder that PyInstaller built."""
    frozen: str | None = getattr(sys, "_MEIPASS", None)
    base = Path(frozen) if frozen else Path(__file__).resolve().parent.parent
    return base / "resources"


_chosen: list[Path] = []


def use_user_folder(folder: Path) -> None:
    """Have another folder be the user's own, for a program that keeps its data beside itself."""
    _chosen[:] = [folder]
    look_again()


def user_folder() -> Path:
    """The user's own folder for this program, as Qt names it too. It may be missing."""
    if _chosen:
        return _chosen[-1]
    home = Path.home()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return base / _NAME / _NAME


def updates_folder() -> Path:
    """Where installed updates lie, a folder each, named after number and name. May be missing."""
    return user_folder() / "updates"


def shipped_number() -> int:
    """The number of the data this program ships with (a day); older updates don't count."""
    import json  # here and below: no window waits for it

    data = json.loads((resources() / "updates" / "shipped.json").read_text("utf-8"))
    return int(data["number"])


def update_folders() -> tuple[Path, ...]:
    """The folders of installed updates, oldest number first, whole or not."""
    try:
        found = sorted(updates_folder().iterdir())
    except OSError:
        return ()
    return tuple(path for path in found if _FOLDER.fullmatch(path.name) and path.is_dir())


def update_files(folder: Path) -> dict[str, Path] | None:
    """The files of an installed update by their name ("frameworks/2570.json").

    None when it is not as it was installed: a file is missing or has changed. Then none of it
    counts, as if it were not there.
    """
    import hashlib
    import json

    try:
        if (folder / INSTALLED).stat().st_size > MOST_RECORD:
            return None
        record = json.loads((folder / INSTALLED).read_text("utf-8"))
        found: dict[str, Path] = {}
        for part in record["parts"]:
            path = folder / part["name"]
            if not _PART.fullmatch(part["name"]):
                return None
            if hashlib.sha256(path.read_bytes()).hexdigest() != part["sha256"]:
                return None
            found[part["name"]] = path
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
    return found


@lru_cache(maxsize=1)
def _updated() -> dict[str, Path]:
    """Every file that counts instead of a shipped one, of all updates; the newest number wins."""
    found: dict[str, Path] = {}
    newest = None
    for folder in update_folders():
        newest = shipped_number() if newest is None else newest
        if int(folder.name[:8]) > newest:
            found |= update_files(folder) or {}
    return found


_forgetting: list[Callable[[], object]] = []


def when_changed(forget: Callable[[], object]) -> None:
    """Have ``forget`` called by ``look_again``; for whoever keeps what a data file said."""
    _forgetting.append(forget)


def look_again() -> None:
    """Forget which updates are installed, and what was read; for whoever has changed that."""
    _updated.cache_clear()
    for forget in _forgetting:
        forget()


def data_file(name: str) -> Path:
    """The file that counts under a name such as "calendar/ita.json": of an update, else shipped."""
    return _updated().get(name) or resources() / name


def data_files(room: str) -> tuple[Path, ...]:
    """The files that count in a folder of the resources ("frameworks"), by name."""
    found = {path.name: path for path in (resources() / room).iterdir() if path.is_file()}
    for name, path in _updated().items():
        folder, _, last = name.rpartition("/")
        if folder == room:
            found[last] = path
    return tuple(found[name] for name in sorted(found))


def is_shipped(path: Path) -> bool:
    """Whether a data file came with the program and not with an update."""
    return path.is_relative_to(resources())
