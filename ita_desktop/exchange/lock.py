"""A file locked with a password: derived key, authenticated chunks, read at any place.

The layout, and why each part is there, stands in ``docs/package.md``. Nothing of what is inside
reaches the disk while a locked file is read: chunks are opened in memory as they are asked for.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import os
import struct
import unicodedata
from enum import Enum
from itertools import pairwise
from typing import BinaryIO

from ita_desktop.exchange.errors import PackageError

MAGIC = b"ITALOCK\x01"
CHUNK = 65_536
"""Bytes of content in a chunk; the last one may hold fewer."""
SCRYPT_LOG_N, SCRYPT_R, SCRYPT_P = 17, 8, 1
"""The cost of one guess: 128 MiB of memory and about half a second."""
LONGEST_PASSWORD = 200

_TAG = 16
_FIELDS = struct.Struct(">8sBBBxI16s")
_CHECK = 32
_HEADER = _FIELDS.size + _CHECK + _CHECK
_NONCE = struct.Struct(">QxxxB")
_MOST_CHUNKS = 1 << 32


class LockedPackage(PackageError):
    """It is locked, and no password was given."""


class WrongPassword(PackageError):
    """The lock is whole, the password is another one."""


class DamagedLock(PackageError):
    """The locked file is cut, changed or joined from parts of others."""


_LOCKED = "แฟ้มนี้ล็อกด้วยรหัสผ่าน โปรดใส่รหัสผ่านที่ได้จากหน่วยงานผู้ส่ง"
_WRONG = "รหัสผ่านไม่ถูกต้อง โปรดพิมพ์ใหม่ โดยดูแป้นภาษาและตัวพิมพ์ใหญ่เล็ก หรือถามหน่วยงานผู้ส่ง"
_DAMAGED = "แฟ้มที่ล็อกไว้เสียหายหรือถูกแก้ไข จึงเปิดไม่ได้แม้รหัสผ่านถูกต้อง โปรดขอแฟ้มใหม่จากหน่วยงานผู้ส่ง"


def is_locked(start: bytes) -> bool:
    """Whether a file that begins so is a locked one."""
    return start.startswith(MAGIC)


def lock(content: bytes, password: str, salt: bytes | None = None) -> bytes:
    """The content locked with the password.

    ``salt``: 16 random bytes; None draws them. The same salt and password must never lock two
    contents, so only tests give one. Raises ValueError for a password that is empty or too long.
    """
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    drawn = os.urandom(16) if salt is None else salt
    fields = _FIELDS.pack(MAGIC, SCRYPT_LOG_N, SCRYPT_R, SCRYPT_P, CHUNK, drawn)
    key, check_key = _keys(password, drawn)
    header = fields + hmac.digest(check_key, fields, "sha256")
    header += hashlib.sha256(header).digest()
    cipher = ChaCha20Poly1305(key)
    count = max(1, -(-len(content) // CHUNK))
    made = bytearray(header)
    for number in range(count):
        chunk = content[number * CHUNK : (number + 1) * CHUNK]
        made += cipher.encrypt(_nonce(number, count), chunk, header)
    return bytes(made)


def _keys(password: str, salt: bytes) -> tuple[bytes, bytes]:
    """The key of the chunks and the key that tells a wrong password from damage."""
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    plain = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
    if not plain or len(password) > LONGEST_PASSWORD:
        raise ValueError("a password of 1 to 200 characters is needed")
    found = Scrypt(salt=salt, length=64, n=1 << SCRYPT_LOG_N, r=SCRYPT_R, p=SCRYPT_P).derive(plain)
    return found[:32], found[32:]


def _nonce(number: int, count: int) -> bytes:
    """The chunk's number and whether it is the last: what is cut or moved no longer opens."""
    return _NONCE.pack(number, number == count - 1)


class LockedFile(io.RawIOBase):
    """The content of a locked file, readable at any place, from the open file it lies in."""

    def __init__(self, source: BinaryIO, password: str | None) -> None:
        """Raises LockedPackage without a password, WrongPassword, or DamagedLock."""
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

        super().__init__()
        self._source = source
        size = source.seek(0, io.SEEK_END)
        source.seek(0)
        self._header = source.read(_HEADER)
        self._count, self._size = _content_of(size)
        salt = _checked_salt(self._header)
        if not password:
            raise LockedPackage(_LOCKED)
        if len(password) > LONGEST_PASSWORD:
            raise WrongPassword(_WRONG)
        key, check_key = _keys(password, salt)
        fields, check = self._header[: _FIELDS.size], self._header[_FIELDS.size :][:_CHECK]
        if not hmac.compare_digest(hmac.digest(check_key, fields, "sha256"), check):
            raise WrongPassword(_WRONG)
        self._cipher = ChaCha20Poly1305(key)
        self._at = 0
        self._held: tuple[int, bytes] = (-1, b"")

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def tell(self) -> int:
        """The place in the content, in bytes."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a place in the content; returns it."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        """Read what one chunk still holds; 0 at the end. Raises DamagedLock."""
        if self._at >= self._size:
            return 0
        number, start = divmod(self._at, CHUNK)
        found = self._chunk(number)[start : start + len(buffer)]
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)

    def _chunk(self, number: int) -> bytes:
        from cryptography.exceptions import InvalidTag

        if self._held[0] != number:
            self._source.seek(_HEADER + number * (CHUNK + _TAG))
            stored = self._source.read(CHUNK + _TAG)
            try:
                content = self._cipher.decrypt(_nonce(number, self._count), stored, self._header)
            except (InvalidTag, ValueError) as error:
                raise DamagedLock(_DAMAGED) from error
            self._held = (number, content)
        return self._held[1]


def _content_of(size: int) -> tuple[int, int]:
    """How many chunks a locked file of that size has, and how many bytes of content."""
    body = size - _HEADER
    count = max(1, -(-body // (CHUNK + _TAG)))
    content = body - count * _TAG
    if content < 0 or count > _MOST_CHUNKS:
        raise DamagedLock(_DAMAGED)
    return count, content


def _checked_salt(header: bytes) -> bytes:
    """The salt of a whole header. Raises DamagedLock for anything this version doesn't write."""
    if len(header) != _HEADER or hashlib.sha256(header[:-_CHECK]).digest() != header[-_CHECK:]:
        raise DamagedLock(_DAMAGED)
    _magic, *cost, salt = _FIELDS.unpack(header[: _FIELDS.size])
    # Other costs are not tried: a stranger's header could ask for all the memory there is.
    if cost != [SCRYPT_LOG_N, SCRYPT_R, SCRYPT_P, CHUNK]:
        raise DamagedLock(_DAMAGED)
    return salt


# --- how good a password is ----------------------------------------------------------------------


class Strength(Enum):
    """How long a password would stand against guessing; ``value`` is the word shown."""

    NONE = ""
    WEAK = "เดาง่าย"
    FAIR = "พอใช้"
    STRONG = "เดายาก"


_ROWS = (
    *("abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890"),
    *("กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ", "ๆไำพะัีรนยบล", "ฟหกด้่าสวง", "ผปแอิืทมใฝ"),
)
_FAIR, _STRONG = 8, 12


def strength(password: str) -> Strength:
    """A word for a password, by how many letters of it can't be foretold from those before.

    Letters that repeat, or go on along the alphabet or the keyboard, don't count; digits alone
    (telephone numbers, birthdays) are never better than weak.
    """
    plain = unicodedata.normalize("NFC", password).strip().casefold()
    if not plain:
        return Strength.NONE
    free = 1 + sum(not _follows(a, b) for a, b in pairwise(plain))
    free = min(free, 2 * len(set(plain)))
    if free < _FAIR or not any(letter.isalpha() for letter in plain):
        return Strength.WEAK
    return Strength.STRONG if free >= _STRONG else Strength.FAIR


def _follows(letter: str, following: str) -> bool:
    if letter == following:
        return True
    pair = letter + following
    return any(pair in row or pair in row[::-1] for row in _ROWS)
