"""Where a data file lies: in a folder that is synchronised or shared, beside a conflict copy.

Nothing here opens a data file or writes; each finding has a Thai sentence.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePath, PureWindowsPath

from db.errors import DataFileError
from db.opening import check_head_of

_SERVICES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("OneDrive", r"onedrive( - .+)?|skydrive"),
        ("Dropbox", r"dropbox( \(.+\))?"),
        ("Google Drive", r"google ?drive.*|my drive|ไดรฟ์ของฉัน|shared drives|ไดรฟ์ที่แชร์"),
        ("iCloud", r"icloud ?drive|mobile documents|com~apple~clouddocs"),
        ("Box", r"box( sync)?"),
        ("MEGA", r"mega(sync)?( uploads)?"),
        ("Nextcloud", r"nextcloud|owncloud"),
        ("pCloud", r"p-?cloud ?drive|pcloud ?sync"),
        ("Synology Drive", r"synologydrive|synology drive"),
        ("Syncthing", r"sync(thing)?"),
        ("Yandex.Disk", r"yandex\.?disk"),
    )
)
"""Names of folders that such programs make. A folder's whole name has to be one of them."""

_MARKERS = {".dropbox.cache": "Dropbox", ".stfolder": "Syncthing", ".owncloudsync.log": "Nextcloud"}
"""What lies in the top folder of what they synchronise."""
_ENVIRONMENT = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_NETWORK_SYSTEMS = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "afpfs",
        "9p",
        "fuse.sshfs",
        "fuse.gvfsd-fuse",
        "davfs",
    }
    | {"fuse.rclone", "fuse.google-drive-ocamlfuse", "fuse.davfs2"}
)
_REMOTE_DRIVE = 4
"""What Windows calls a drive that lies on another computer."""

_CONFLICT = re.compile(
    r"""^(
        [ ]\((?P<copy>.*(conflict|ขัดแย้ง).*)\)            # Dropbox, Nextcloud, Box
      | [._-]?(sync-)?conflict-[0-9]{8}-[0-9]{6}.*          # Syncthing, ownCloud
      | -(?=[^a-z]*[A-Z])[A-Z0-9][A-Z0-9-]{2,}               # OneDrive: the computer's name
      | [ ]\([0-9]{1,3}\)                                     # Google Drive, and second downloads
      | [ ][2-9]                                               # iCloud
    )$""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place that is not this computer's alone. ``service`` is "" for a network folder."""

    service: str

    def sentence(self) -> str:
        """What may happen there, and what to do."""
        if self.service:
            return (
                f"แฟ้มนี้อยู่ในโฟลเดอร์ที่ {self.service} คัดลอกขึ้นอินเทอร์เน็ตเอง "
                "การคัดลอกขณะเปิดแฟ้มอาจทำให้สำเนาชำรุด และข้อมูลออกนอกเครื่อง "
                "โปรดย้ายแฟ้มไปไว้ในโฟลเดอร์ของเครื่องนี้"
            )
        return (
            "แฟ้มนี้อยู่ในโฟลเดอร์ของเครือข่าย หากสายหลุดหรือมีผู้เปิดพร้อมกัน แฟ้มอาจชำรุดได้"
            " โปรดย้ายแฟ้มไปไว้ในเครื่องนี้ แล้วใช้โฟลเดอร์เครือข่ายเป็นที่สำรองแห่งที่สอง"
        )


def place_of(path: Path, environment: Mapping[str, str] | None = None) -> Place | None:
    """Whether a file lies where other programs or computers reach it; None: in a place of its own.

    ``environment``: the system's variables, which name OneDrive's folders.
    """
    service = _by_environment(path, os.environ if environment is None else environment)
    service = service or _by_name(path) or _by_marker(path)
    if service:
        return Place(service)
    return Place("") if is_on_network(path) else None


def _by_environment(path: Path, environment: Mapping[str, str]) -> str:
    for name in _ENVIRONMENT:
        folder = environment.get(name)
        if folder and path.is_relative_to(folder):
            return "OneDrive"
    return ""


def _by_name(path: PurePath) -> str:
    parts = path.parent.parts
    if "\\" in str(path):
        parts = PureWindowsPath(str(path)).parent.parts
    for part in parts:
        for service, pattern in _SERVICES:
            if pattern.fullmatch(part):
                return service
    return ""


def _by_marker(path: Path) -> str:
    for folder in path.parents:
        for marker, service in _MARKERS.items():
            with suppress(OSError):
                if os.path.lexists(folder / marker):
                    return service
    return ""


def is_on_network(path: Path) -> bool:
    """Whether a file lies on another computer, as far as the system tells."""
    text = str(path)
    if text.startswith(("\\\\", "//")) and not text.startswith("\\\\?\\"):
        return True
    if os.name == "nt":
        return _drive_kind(path) == _REMOTE_DRIVE
    return _file_system(path) in _NETWORK_SYSTEMS


def _drive_kind(path: Path) -> int:
    import ctypes

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - there is none elsewhere
    return int(kernel.GetDriveTypeW(path.resolve().anchor))


def _file_system(path: Path, mounts: Path = Path("/proc/mounts")) -> str:
    """The kind of file system a path lies on; "" when the system does not tell."""
    best, kind = "", ""
    with suppress(OSError, UnicodeDecodeError):
        real = os.path.realpath(path)
        for line in mounts.read_text("utf-8").splitlines():
            fields = line.split(" ")
            if len(fields) < 3:
                continue
            point = fields[1].replace("\\040", " ")
            inside = real == point or real.startswith(point.rstrip("/") + "/")
            if inside and len(point) >= len(best):
                best, kind = point, fields[2]
    return kind


# --- conflict copies -------------------------------------------------------------------------


def conflict_copies(path: Path) -> tuple[Path, ...]:
    """Data files beside it that look like a second version a sync program has made of it."""
    return tuple(sorted(_conflicts(path)))


def _conflicts(path: Path) -> Iterator[Path]:
    with suppress(OSError):
        for other in path.parent.iterdir():
            if is_conflict_name(path.name, other.name):
                with suppress(DataFileError):  # no data file of ours, or the open one by a link
                    check_head_of(other)
                    yield other


def is_conflict_name(name: str, other: str) -> bool:
    """Whether ``other`` is how sync programs call a second version of ``name``."""
    mine, theirs = PurePath(name), PurePath(other)
    if mine.suffix.lower() != theirs.suffix.lower() or not theirs.stem.startswith(mine.stem):
        return False
    return bool(_CONFLICT.match(theirs.stem.removeprefix(mine.stem)))


def conflict_sentence(path: Path, copies: tuple[Path, ...]) -> str:
    """What such copies mean, and what to do."""
    names = ", ".join(f"“{copy.name}”" for copy in copies[:3])
    return (
        f"ข้างแฟ้ม “{path.name}” มีแฟ้มที่อาจเป็นอีกฉบับหนึ่งของแฟ้มเดียวกัน ({names}) "
        "ข้อมูลบางส่วนอาจอยู่ในฉบับนั้น โปรดเปิดดูทีละแฟ้ม เก็บฉบับที่ถูกต้องไว้ฉบับเดียว แล้วย้ายออกจากโฟลเดอร์ที่ซิงค์"
    )
