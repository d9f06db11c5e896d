"""The updates that are installed for this user: put in, listed, taken back.

An installed update is one folder (see ``ita_desktop/paths.py``). It gets its name by one renaming,
once every byte of it is on the disk; until then, and after an interruption, it does not exist.
Taking back renames it away before anything of it is removed.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import thai_date
from ita_desktop.domain.framework import Framework, FrameworkShelf, read_framework
from ita_desktop.domain.framework_effects import Effect, effects_of
from ita_desktop.exchange.errors import SourceError
from ita_desktop.exchange.names import spoken
from ita_desktop.exchange.unpack import bounded_json
from ita_desktop.files import FileNotWritten, write_file
from ita_desktop.paths import (
    INSTALLED,
    look_again,
    resources,
    shipped_number,
    update_files,
    update_folders,
    updates_folder,
)
from ita_desktop.updates.contents import check_together, label_of
from ita_desktop.updates.errors import UpdateError
from ita_desktop.updates.update_file import About, Update, about_data, about_from_data

MOST_INSTALLED = 50
_DAMAGED = "เสียหาย จึงไม่ใช้ โปรดนำออกแล้วติดตั้งใหม่"
_GROWING, _GOING = ".new-", ".gone-"


@dataclass(frozen=True, slots=True)
class Installed:
    """An update that is installed.

    ``at``: when; ``signer``: whose known key signed it, "" for one she confirmed by its checksum;
    ``checksum``: SHA-256 of its file. ``state`` is "" when it counts, else why not, in Thai.
    """

    about: About
    at: datetime
    signer: str
    checksum: str
    folder: Path
    state: str = ""

    @property
    def spoken(self) -> str:
        """The checksum in sixteen letters."""
        return spoken(bytes.fromhex(self.checksum))

    @property
    def origin(self) -> str:
        """Who stands for it, in Thai."""
        return f"ลงนามโดย {self.signer}" if self.signer else "ไม่มีลายเซ็นที่รู้จัก ยืนยันด้วยรหัสตรวจสอบ"

    @property
    def installed_on(self) -> str:
        """The day it was installed, in Thai, Arabic digits."""
        return thai_date(self.at.astimezone().date(), short=True)


def installed() -> tuple[Installed, ...]:
    """The updates in the user's folder, newest number first; damaged ones too, marked as such."""
    return tuple(_read(folder) for folder in reversed(update_folders()))


def _read(folder: Path) -> Installed:
    try:
        content = (folder / INSTALLED).read_bytes()
        data = bounded_json(content)
        about = about_from_data({key: data[key] for key in about_data(_nameless(folder))})
        at = datetime.fromisoformat(data["installed"])
        signer, checksum = str(data["signer"]), str(data["checksum"])
        bytes.fromhex(checksum)
    except (OSError, ValueError, KeyError, TypeError, SourceError, UpdateError):
        now = datetime.now().astimezone()
        return Installed(_nameless(folder), now, "", "00" * 32, folder, _DAMAGED)
    state = ""
    if update_files(folder) is None:
        state = _DAMAGED
    elif about.number <= shipped_number():
        state = "โปรแกรมรุ่นนี้มีข้อมูลที่ใหม่กว่าแล้ว จึงไม่ใช้"
    return Installed(about, at, signer, checksum, folder, state)


def _nameless(folder: Path) -> About:
    """What the folder's own name tells of an update whose record can't be read."""
    number, _, name = folder.name.partition("-")
    return About(name, int(number), name, "", "")


# --- before --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class YearEffect:
    """What an update does to one assessed year. ``own``: the office has its own, which stays."""

    year: int
    is_new: bool
    own: bool
    effects: tuple[Effect, ...]


def check_fits(update: Update) -> None:
    """Refuse an update that can't be used here now. Raises UpdateError."""
    about = update.about
    if about.number <= shipped_number():
        raise UpdateError("", "โปรแกรมรุ่นนี้มีข้อมูลที่ใหม่กว่าแฟ้มนี้แล้ว ไม่ต้องติดตั้ง")
    here = installed()
    for each in here:
        if each.about.folder != about.folder:
            continue
        if each.checksum == update.checksum and not each.state:
            raise UpdateError("", f"“{about.title}” ติดตั้งไว้แล้วเมื่อ {each.installed_on}")
        raise UpdateError(
            "", f"มี “{each.about.name}” ลงวันที่เดียวกันติดตั้งอยู่", "นำฉบับเดิมออกก่อน แล้วติดตั้งใหม่"
        )
    if len(here) >= MOST_INSTALLED:
        raise UpdateError("", "ติดตั้งไว้มากเกินไปแล้ว", "นำฉบับเก่าออกก่อน")
    try:
        with tempfile.TemporaryDirectory(prefix="ita-update-") as place:
            trial = Path(place)
            _lay_out(update, trial)
            new = {part.name: trial / part.name for part in about.parts}
            layers = {**_layers(), about.folder: new}
            check_together({room: _counting(room, layers) for room in ("frameworks", "documents")})
    except (OSError, FileNotWritten) as error:
        raise _not_kept() from error


def _counting(room: str, layers: dict[str, dict[str, Path]]) -> list[Path]:
    """The files of a folder that would count with these updates: folder name -> its files."""
    found = {path.name: path for path in (resources() / room).glob("*.json")}
    for _, files in sorted(layers.items()):
        for name, path in files.items():
            if name.startswith(f"{room}/"):
                found[path.name] = path
    return [found[name] for name in sorted(found)]


def _layers() -> dict[str, dict[str, Path]]:
    """The updates that count now: folder name -> its files."""
    newest = shipped_number()
    return {
        folder.name: update_files(folder) or {}
        for folder in update_folders()
        if int(folder.name[:8]) > newest
    }


def effects_on(update: Update, dossier: Dossier, shelf: FrameworkShelf) -> tuple[YearEffect, ...]:
    """What the update's frameworks do to each year of an office, as it stands in ``shelf``.

    Only years that are new or change what was entered, or that the office has made its own.
    """
    found: list[YearEffect] = []
    for after in _frameworks(update):
        own = shelf.is_own(after.year)
        is_new = after.year not in shelf.years()
        before = shelf.get(after.year)
        same = before == after
        effects = () if own or same else effects_of(dossier, before, after, shelf)
        if not same:
            found.append(YearEffect(after.year, is_new, own, effects))
    return tuple(found)


def effects_of_removal(
    found: Installed, dossier: Dossier, shelf: FrameworkShelf
) -> tuple[YearEffect, ...]:
    """What taking an update back does to each year of an office, as it stands in ``shelf``."""
    layers = _layers()
    files = layers.pop(found.about.folder, {})
    without = FrameworkShelf(_counting("frameworks", layers))
    years = (int(path.stem) for name, path in files.items() if name.startswith("frameworks/"))
    changes: list[YearEffect] = []
    for year in sorted(years):
        before, after = shelf.get(year), without.get(year)
        if not shelf.is_own(year) and before != after:
            effects = effects_of(dossier, before, after, shelf)
            changes.append(YearEffect(year, is_new=False, own=False, effects=effects))
    return tuple(changes)


def _frameworks(update: Update) -> tuple[Framework, ...]:
    return tuple(
        read_framework(content, name.rpartition("/")[2])
        for name, content in sorted(update.contents.items())
        if name.startswith("frameworks/")
    )


def effect_lines(found: tuple[YearEffect, ...]) -> tuple[str, ...]:
    """The effects as Thai lines, Arabic digits."""
    lines: list[str] = []
    for each in found:
        name = label_of(f"frameworks/{each.year}.json")
        if each.own:
            lines.append(f"{name}: หน่วยงานมีกรอบของตนเอง จึงยังใช้ของหน่วยงานต่อไป")
        elif not each.effects:
            how = "เพิ่มเข้ามาใหม่ " if each.is_new else ""
            lines.append(f"{name}: {how}ไม่เปลี่ยนสิ่งที่กรอกไว้แล้ว")
        lines += [
            f"{name}: {effect.subject.heading} {effect.what}: {effect.before} → {effect.after}"
            for effect in each.effects
        ]
    return tuple(lines)


# --- putting in and taking back ------------------------------------------------------------------


def install(update: Update, now: datetime) -> Installed:
    """Install a checked update for this user. Raises UpdateError; then nothing has changed.

    Whoever asks has seen to it that it is signed by a known key or was confirmed by its checksum.
    Whoever holds a FrameworkShelf or templates has to make them anew.
    """
    check_fits(update)
    base = updates_folder()
    try:
        base.mkdir(parents=True, exist_ok=True)
        _sweep(base)
        growing = Path(tempfile.mkdtemp(prefix=_GROWING, dir=base))
    except OSError as error:
        raise _not_kept() from error
    try:
        _lay_out(update, growing)
        write_file(growing / INSTALLED, _record(update, now))
        _sync(growing)
        growing.rename(base / update.about.folder)
        _sync(base)
    except (OSError, FileNotWritten) as error:
        raise _not_kept() from error
    finally:  # after an interruption too; once all went well there is none
        shutil.rmtree(growing, ignore_errors=True)
    look_again()
    return _read(base / update.about.folder)


def take_back(name: str) -> Installed:
    """Take an installed update back, by its name or "number-name"; the newest of that name.

    What counted before it was installed counts again. Raises UpdateError.
    """
    named = [each for each in installed() if name in (each.about.name, each.about.folder)]
    if not named:
        raise UpdateError("", f"ไม่มีการปรับปรุงชื่อ “{name[:60]}”", "ดูชื่อในรายการ")
    found = named[0]
    gone = found.folder.with_name(f"{_GOING}{os.getpid()}-{found.folder.name}")
    try:
        found.folder.rename(gone)
        _sync(updates_folder())
    except OSError as error:
        problem = "นำออกไม่ได้ แฟ้มอาจถูกโปรแกรมอื่นใช้อยู่"
        raise UpdateError("", problem, "ปิดโปรแกรมอื่นแล้วลองอีกครั้ง") from error
    shutil.rmtree(gone, ignore_errors=True)
    look_again()
    return replace(found, state="นำออกแล้ว")


def _not_kept() -> UpdateError:
    return UpdateError("", "เขียนลงเครื่องนี้ไม่สำเร็จ", "ตรวจพื้นที่ว่างของเครื่องแล้วลองอีกครั้ง")


def _lay_out(update: Update, folder: Path) -> None:
    for name, content in update.contents.items():
        write_file(folder / name, content)
        _sync((folder / name).parent)


def _record(update: Update, now: datetime) -> bytes:
    data: dict[str, Any] = {
        **about_data(update.about),
        "installed": now.isoformat(timespec="seconds"),
        "signer": update.signer,
        "checksum": update.checksum,
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _sync(folder: Path) -> None:
    """Let the system write down the names in a folder; some systems have nothing to do."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _sweep(base: Path) -> None:
    """Remove what interrupted installations and removals left."""
    for path in base.iterdir():
        if path.name.startswith((_GROWING, _GOING)):
            shutil.rmtree(path, ignore_errors=True)
