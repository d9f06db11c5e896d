"""The update file (``.itaupdate``): what it says of itself, how one is made and opened.

``docs/updates.md`` describes the file. It is a sealed zip file: a manifest with the SHA-256 of each
part, the parts, and a signature of the manifest when its maker has a key.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ita_desktop.domain.fiscal import thai_date
from ita_desktop.exchange.checked import entries, group, text_in, whole
from ita_desktop.exchange.errors import SourceError, one_line
from ita_desktop.exchange.names import spoken
from ita_desktop.exchange.safe_zip import HarmfulZip, NotSuchZip, ZipBounds, open_zip, sealed_zip
from ita_desktop.exchange.unpack import bounded_json
from ita_desktop.paths import resources
from ita_desktop.updates.contents import check_content, kind_of, label_of
from ita_desktop.updates.errors import ASK_AGAIN, UpdateError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SUFFIX = ".itaupdate"
FORMAT, VERSION = "ita-desktop-update", 1
MANIFEST, SIGNATURE, ABOUT = "manifest.json", "signature.json", "update.json"
MOST_FILE = 10_000_000
"""Bytes of an update as a file, and of all its parts unpacked."""
MOST_PARTS = 200
MOST_MANIFEST = 200_000
MOST_TITLE, MOST_NOTES = 120, 2_000
SPOKEN_LETTERS = 4
"""So many letters of the checksum she types for an update that nobody known has signed."""

_BOUNDS = ZipBounds(
    parts=MOST_PARTS,
    part=2_000_000,
    whole=MOST_FILE,
    directory=100_000,
    ratio=250,
    small=200_000,
)
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_CONTEXT = b"ITA Desktop update, manifest:\n"
"""Stands before what is signed, so that a signature of anything else never fits."""
_BANGKOK = timezone(timedelta(hours=7))
_UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError),
    *(NotImplementedError, struct.error, KeyError, OverflowError),
)


@dataclass(frozen=True, slots=True)
class Part:
    """One file of an update: its name ("frameworks/2570.json"), bytes and digest."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class About:
    """What an update says of itself.

    ``name``: small letters, digits, hyphens; ``number``: the day it was made as 20270115, which
    orders updates; ``by``: who made it; ``notes``: what is new, may have several lines.
    """

    name: str
    number: int
    title: str
    by: str
    notes: str
    parts: tuple[Part, ...] = ()

    @property
    def made(self) -> date:
        """The day in the number."""
        return date.fromisoformat(str(self.number))

    @property
    def folder(self) -> str:
        """The name of its folder once it is installed."""
        return f"{self.number}-{self.name}"

    @property
    def words(self) -> str:
        """Title, maker and day in one Thai line, Arabic digits."""
        return f"{self.title} ({self.by} {thai_date(self.made, short=True)})"

    @property
    def labels(self) -> tuple[str, ...]:
        """What is in it, in Thai, in the order of its parts."""
        return tuple(label_of(part.name) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Update:
    """An opened update, every part checked. ``contents``: name -> bytes.

    ``checksum``: SHA-256 of the whole file, 64 letters. ``signer``: whose known key signed it, ""
    when nobody known did.
    """

    about: About
    checksum: str
    signer: str
    contents: Mapping[str, bytes]

    @property
    def spoken(self) -> str:
        """The checksum in sixteen letters, to compare over the telephone."""
        return spoken(bytes.fromhex(self.checksum))

    def fits(self, typed: str) -> bool:
        """Whether what she typed are the first letters of the checksum: four or more of them."""
        letters = re.sub(r"[\s-]", "", typed).upper()
        whole_word = self.spoken.replace("-", "")
        return len(letters) >= SPOKEN_LETTERS and whole_word.startswith(letters)


def about_data(about: About) -> dict[str, Any]:
    """The manifest as data for JSON, in one order."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "name": about.name,
        "number": about.number,
        "title": about.title,
        "by": about.by,
        "notes": about.notes,
        "parts": [
            {"name": part.name, "size": part.size, "sha256": part.sha256} for part in about.parts
        ],
    }


def about_from_data(data: Any) -> About:
    """The manifest out of parsed JSON. Raises SourceError, or UpdateError for a newer one's."""
    if isinstance(data, dict) and data.get("format") == FORMAT:
        version = data.get("version")
        if type(version) is int and version > VERSION:
            raise UpdateError("", "แฟ้มนี้ทำสำหรับโปรแกรมรุ่นใหม่กว่า", "ใช้โปรแกรมรุ่นล่าสุด")
    names = ("format", "version", "name", "number", "title", "by", "notes", "parts")
    top = group(data, "", names)
    if top.get("format") != FORMAT or top.get("version") != VERSION:
        raise SourceError("format", "ไม่ใช่แฟ้มปรับปรุงของโปรแกรมนี้")
    parts = tuple(_part(each, at) for at, each in enumerate(entries(top.get("parts"), "parts")))
    if not parts or len({part.name for part in parts}) != len(parts):
        raise SourceError("parts", "ไม่มีแฟ้มข้างใน หรือมีชื่อซ้ำกัน")
    return _about(top, parts)


def _about(top: Mapping[str, Any], parts: tuple[Part, ...] = ()) -> About:
    name = text_in(top.get("name"), "name")
    if not _NAME.fullmatch(name):
        raise SourceError("name", "ชื่อต้องเป็นอักษรอังกฤษตัวเล็ก ตัวเลข หรือขีด ไม่เกิน 40 ตัว")
    number = whole(top.get("number"), "number", 20_000_101, 22_991_231)
    try:
        date.fromisoformat(str(number))
    except ValueError as error:
        raise SourceError("number", "ต้องเป็นวันที่ทำ ปี ค.ศ. เดือน วัน เช่น 20270115") from error
    texts = {key: text_in(top.get(key), key).strip() for key in ("title", "by", "notes")}
    for key in ("title", "by"):
        if not 1 <= len(texts[key]) <= MOST_TITLE or not texts[key].isprintable():
            raise SourceError(key, f"ต้องเป็นข้อความบรรทัดเดียว ไม่เกิน {MOST_TITLE} ตัวอักษร")
    notes = texts["notes"]
    if len(notes) > MOST_NOTES or not notes.replace("\n", "").isprintable():
        raise SourceError("notes", f"ต้องเป็นข้อความไม่เกิน {MOST_NOTES} ตัวอักษร")
    return About(name, number, texts["title"], texts["by"], notes, parts)


def _part(data: Any, at: int) -> Part:
    place = f"parts[{at}]"
    found = group(data, place, ("name", "size", "sha256"))
    name, digest = text_in(found.get("name"), place), text_in(found.get("sha256"), place)
    if kind_of(name) is None:
        problem = f"มี “{one_line(name, 40)}” ซึ่งโปรแกรมรุ่นนี้ไม่รู้จัก"
        raise SourceError(place, problem)
    if not _DIGEST.fullmatch(digest):
        raise SourceError(place, "รหัสตรวจสอบใช้ไม่ได้")
    return Part(name, whole(found.get("size"), place, 0, _BOUNDS.part), digest)


# --- opening -------------------------------------------------------------------------------------


def known_keys() -> dict[str, str]:
    """The public keys this program trusts: key in base64 -> whose it is."""
    data = json.loads((resources() / "updates" / "keys.json").read_text("utf-8"))
    return {each["key"]: each["name"] for each in data["keys"]}


def open_update(path: Path) -> Update:
    """Read an update and check all of it. Raises UpdateError; nothing is written anywhere."""
    name = one_line(path.name)
    try:
        with path.open("rb") as file:
            content = file.read(MOST_FILE + 1)
    except (OSError, ValueError) as error:
        raise UpdateError("", f"เปิดแฟ้ม “{name}” ไม่ได้", "ตรวจชื่อแฟ้ม ที่เก็บ และสิทธิ์การอ่าน") from error
    if len(content) > MOST_FILE:
        raise UpdateError("", f"แฟ้ม “{name}” ใหญ่เกินไป", "ตรวจว่าเลือกแฟ้มถูกต้อง")
    return read_update(content)


def read_update(content: bytes) -> Update:
    """The update in these bytes, checked. Raises UpdateError."""
    not_one = "แฟ้มนี้ไม่ใช่แฟ้มปรับปรุงของโปรแกรม หรือถูกตัดขาด"
    try:
        _, sealed, archive, members = open_zip(io.BytesIO(content), _BOUNDS)
        with archive:
            if not sealed:
                raise UpdateError("", "แฟ้มเสียหายหรือถูกแก้ไข (ผนึกท้ายแฟ้มไม่ตรง)", ASK_AGAIN)
            found = {name: archive.read(info) for name, info in members.items()}
    except HarmfulZip as error:
        raise UpdateError("", f"ในแฟ้ม{error} โปรแกรมไม่เปิดเพื่อความปลอดภัย", ASK_AGAIN) from error
    except (NotSuchZip, *_UNREADABLE) as error:
        raise UpdateError("", not_one, ASK_AGAIN) from error
    manifest, signature = found.pop(MANIFEST, b""), found.pop(SIGNATURE, None)
    if not manifest or len(manifest) > MOST_MANIFEST:
        raise UpdateError("", not_one, ASK_AGAIN)
    about = _read_about(manifest)
    _check_parts(about, found)
    signer = _signer(manifest, signature) if signature is not None else ""
    return Update(about, hashlib.sha256(content).hexdigest(), signer, found)


def _read_about(manifest: bytes) -> About:
    try:
        return about_from_data(bounded_json(manifest))
    except SourceError as error:
        raise UpdateError(f"{MANIFEST} {error.place}".strip(), error.problem, ASK_AGAIN) from error


def _check_parts(about: About, found: Mapping[str, bytes]) -> None:
    listed = {part.name: part for part in about.parts}
    for name in found:
        if name not in listed:
            raise UpdateError(name, "มีแฟ้มที่ไม่ได้อยู่ในสารบัญแปลกปลอมเข้ามา", ASK_AGAIN)
    for name, part in listed.items():
        content = found.get(name)
        if content is None:
            raise UpdateError(name, "แฟ้มนี้หายไป", ASK_AGAIN)
        if len(content) != part.size or hashlib.sha256(content).hexdigest() != part.sha256:
            raise UpdateError(name, "แฟ้มนี้เสียหายหรือถูกแก้ไข", ASK_AGAIN)
        check_content(name, content)


def _signer(manifest: bytes, signature: bytes) -> str:
    """Whose known key signed the manifest; "" for a key that nobody here knows.

    A signature that does not fit its own key is damage or forgery, and refuses the update.
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    wrong = "ลายเซ็นดิจิทัลไม่ตรงกับเนื้อหา"
    try:
        data = group(bounded_json(signature), "", ("key", "signature"))
        key, signed = text_in(data.get("key"), "key"), text_in(data.get("signature"), "signature")
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key, validate=True))
        public.verify(base64.b64decode(signed, validate=True), _CONTEXT + manifest)
    except (SourceError, binascii.Error, ValueError, InvalidSignature) as error:
        raise UpdateError(SIGNATURE, wrong, ASK_AGAIN) from error
    return known_keys().get(key, "")


# --- making --------------------------------------------------------------------------------------


def build_update(
    about: About, contents: Mapping[str, bytes], key: Ed25519PrivateKey | None = None
) -> bytes:
    """The bytes of an update of these files; ``about`` has no parts yet.

    The same files and key give the same bytes. Raises UpdateError for what no program would take.
    """
    parts = tuple(
        Part(name, len(content), hashlib.sha256(content).hexdigest())
        for name, content in sorted(contents.items())
    )
    data = about_data(About(about.name, about.number, about.title, about.by, about.notes, parts))
    manifest = (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
    files: list[tuple[str, bytes]] = [(MANIFEST, manifest)]
    if key is not None:
        signed = base64.b64encode(key.sign(_CONTEXT + manifest)).decode()
        data = {"key": public_text(key), "signature": signed}
        files.append((SIGNATURE, (json.dumps(data, indent=1) + "\n").encode()))
    files += sorted(contents.items())
    moment = datetime.combine(about.made, datetime.min.time(), _BANGKOK)
    made = sealed_zip(files, moment)
    read_update(made)
    return made


def public_text(key: Ed25519PrivateKey) -> str:
    """The public half of a key in base64, as ``keys.json`` lists it."""
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()


def update_of_folder(folder: Path, key: Ed25519PrivateKey | None = None) -> bytes:
    """The update that a maintainer laid out in a folder: ``update.json`` and the files.

    Raises UpdateError for a folder that can't be read or holds anything else.
    """
    try:
        data = group(bounded_json((folder / ABOUT).read_bytes()), "", _ABOUT_KEYS)
        about = _about({"notes": "", **data})
        contents = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in _files(folder)
            if path != folder / ABOUT
        }
    except SourceError as error:
        raise UpdateError(f"{ABOUT} {error.place}".strip(), error.problem) from error
    except OSError as error:
        problem = f"อ่านโฟลเดอร์ “{folder.name}” หรือแฟ้ม {ABOUT} ในนั้นไม่ได้"
        raise UpdateError("", problem, "ดูตัวอย่างใน docs/updates.md") from error
    for name in contents:
        if kind_of(name) is None:
            raise UpdateError(name, "แฟ้มปรับปรุงมีแฟ้มชนิดนี้ไม่ได้", "นำออกจากโฟลเดอร์")
    return build_update(about, contents, key)


_ABOUT_KEYS = ("name", "number", "title", "by", "notes")


def _files(folder: Path) -> Sequence[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() or path.is_symlink())


# --- keys ----------------------------------------------------------------------------------------


def new_key() -> tuple[bytes, str]:
    """A new key: the private one as PEM text, which stays with the maintainer, and the public."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return pem, public_text(key)


def read_key(path: Path) -> Ed25519PrivateKey:
    """A private key from its PEM file. Raises UpdateError."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise UpdateError("", f"อ่านกุญแจ “{one_line(path.name)}” ไม่ได้", "ตรวจแฟ้มกุญแจ") from error
    if not isinstance(key, Ed25519PrivateKey):
        problem = f"กุญแจ “{one_line(path.name)}” ไม่ใช่ Ed25519"
        raise UpdateError("", problem, "ทำกุญแจใหม่ด้วย --make-key")
    return key
