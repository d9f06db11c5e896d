"""Where all that the program writes by itself lies: one folder, by the form the program has.

=================  =================================================================================
form               the data folder
=================  =================================================================================
installed, source  the user's local data folder, which nothing synchronises
portable           beside the program or in the computer's documents, as chosen at the first start
portable, on a     the user's local data folder: such a medium takes nothing
read-only medium
=================  =================================================================================

In it are the settings, the private folders of this and earlier starts, the sample file, and new
data files unless the clerk says otherwise. The choice lies beside the program: as the data folder
itself, or as a note.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSettings, QStandardPaths

from ita_desktop.files import FileNotWritten, write_file
from ita_desktop.paths import use_user_folder

NAME = "ITA Desktop"
"""The program's and its maker's, as the computer knows them."""
BESIDE = "ข้อมูล"
"""The data folder's name beside a portable program."""
IN_DOCUMENTS = NAME
"""Its name in the computer's documents."""
NOTE = "เก็บข้อมูลในเอกสารของเครื่อง.txt"
"""Lies beside a portable program whose data are in the documents of whichever computer it is."""
NOTE_TEXT = (
    "โปรแกรมชุดนี้เก็บข้อมูลไว้ในโฟลเดอร์เอกสารของเครื่องที่ใช้ "
    f"ลบแฟ้มนี้เมื่อต้องการให้โปรแกรมถามใหม่ หรือสร้างโฟลเดอร์ชื่อ “{BESIDE}” เพื่อเก็บไว้ข้างโปรแกรม\n"
)
INSTALLED = "installed.txt"
"""Put beside the program by the installer; without it a frozen program is portable."""


class Form(Enum):
    """How the program lies on the computer."""

    LOCAL = "local"
    """Installed, or started from source."""
    BESIDE = "beside"
    DOCUMENTS = "documents"
    READ_ONLY = "read-only"
    """Portable, on a medium that takes nothing."""
    UNDECIDED = "undecided"
    """Portable and new: she has not been asked yet."""


@dataclass(frozen=True, slots=True)
class DataPlace:
    """The data folder (it need not be there yet), and why it is that one."""

    form: Form
    folder: Path


def program_folder() -> Path | None:
    """The folder of a portable program; None when it is installed or runs from source."""
    if not getattr(sys, "frozen", False):
        return None
    folder = Path(sys.executable).resolve().parent
    return None if (folder / INSTALLED).exists() else folder


def find_place(program: Path | None, local: Path, documents: Path) -> DataPlace:
    """Where data go for a program in that folder, on a computer with those two folders."""
    if program is None:
        return DataPlace(Form.LOCAL, local)
    beside = program / BESIDE
    if beside.is_dir() and _takes_files(beside):
        return DataPlace(Form.BESIDE, beside)
    if (program / NOTE).exists():
        return DataPlace(Form.DOCUMENTS, documents / IN_DOCUMENTS)
    if not _takes_files(program):
        return DataPlace(Form.READ_ONLY, local)
    return DataPlace(Form.UNDECIDED, local)


def choose(program: Path, beside: bool) -> bool:
    """Remember beside the program where data go; False when that can't be written."""
    try:
        if beside:
            (program / BESIDE).mkdir(exist_ok=True)
        else:
            write_file(program / NOTE, NOTE_TEXT.encode())
    except (OSError, FileNotWritten):
        return False
    return True


def _takes_files(folder: Path) -> bool:
    """Whether a file can be made there; asking for permissions tells little on Windows."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _standard(place: QStandardPaths.StandardLocation) -> Path:
    return Path(QStandardPaths.writableLocation(place))


class _Here:
    """The place of this start."""

    place: DataPlace | None = None


def data_place() -> DataPlace:
    """The place of this start; looked for once. The application must have its name by then."""
    if _Here.place is None:
        places = QStandardPaths.StandardLocation
        local, documents = _standard(places.AppLocalDataLocation), places.DocumentsLocation
        _Here.place = find_place(program_folder(), local, _standard(documents))
    return _Here.place


def follow() -> DataPlace:
    """Look for the place anew, and keep the program's settings in it from now on."""
    _Here.place = None
    place = data_place()
    form, user = QSettings.Format.IniFormat, QSettings.Scope.UserScope
    QSettings.setDefaultFormat(form)
    QSettings.setPath(form, user, str(place.folder / "settings"))
    use_user_folder(place.folder)
    return place


def follow_without_window() -> None:
    """Have a command find the user's own folder where the window has it."""
    QCoreApplication.setOrganizationName(NAME)
    QCoreApplication.setApplicationName(NAME)
    _Here.place = None
    use_user_folder(data_place().folder)


def data_folder() -> Path:
    """The data folder. It is made: a file dialog that is given a missing one begins elsewhere."""
    folder = data_place().folder
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def kept_path(path: Path) -> str:
    """A data file's path as settings keep it: a stick may have another letter tomorrow."""
    place = data_place()
    if place.form is Form.BESIDE and path.is_absolute() and path.is_relative_to(place.folder):
        return path.relative_to(place.folder).as_posix()
    return str(path)


def path_kept(text: str) -> Path:
    """The path that ``kept_path`` made a text of."""
    place = data_place()
    return place.folder / text if place.form is Form.BESIDE else Path(text)
