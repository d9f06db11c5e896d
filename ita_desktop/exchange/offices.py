"""Which office is which: the same one written in different ways, and a district's list of all."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ita_desktop.domain.office import OFFICE_KINDS, Office
from ita_desktop.exchange.errors import PackageError, one_line

Key = tuple[str, str, str, str]
"""Kind, name, district and province of an office, without what is written in many ways."""

MOST_LIST_BYTES = 5_000_000
MOST_OFFICES = 20_000
_LONGEST = 200
_KINDS = {short.rstrip("."): kind for kind, short in OFFICE_KINDS.items()}
_SHORT = re.compile(rf"({'|'.join(map(re.escape, _KINDS))})\.?", re.IGNORECASE)
_PREFIX = re.compile(r"^(อำเภอ|อ\.|จังหวัด|จ\.|เขต)")
_HEADS: dict[str, tuple[str, ...]] = {
    "kind": ("ประเภท", "ประเภทหน่วยงาน", "ชนิด"),
    "name": ("หน่วยงาน", "ชื่อหน่วยงาน", "ชื่อ", "อปท", "ชื่ออปท", "องค์กรปกครองส่วนท้องถิ่น"),
    "district": ("อำเภอ", "ชื่ออำเภอ"),
    "province": ("จังหวัด", "ชื่อจังหวัด"),
}


def plain_name(text: str) -> str:
    """A name without spaces and marks that can't be seen, in one spelling."""
    found = unicodedata.normalize("NFC", text.replace("\u0e4d\u0e32", "\u0e33"))
    kept = (letter for letter in found if unicodedata.category(letter)[0] not in "CZ")
    return "".join(kept)[:_LONGEST].casefold()


def office_key(office: Office) -> Key:
    """By what an office is known again, however its name was typed."""
    kind, name = split_kind(office.name)
    kind = kind or office.kind
    return (
        plain_name(kind),
        plain_name(name),
        _PREFIX.sub("", plain_name(office.district)),
        _PREFIX.sub("", plain_name(office.province)),
    )


def split_kind(name: str) -> tuple[str, str]:
    """ "อบต.ตัวอย่าง" as kind in full and name; a name without a kind has "" for it."""
    text = name.strip()
    for kind in OFFICE_KINDS:
        if text.startswith(kind):
            return kind, text.removeprefix(kind).strip()
    if found := _SHORT.match(text):
        return _KINDS[found[1]], text[found.end() :].strip()
    return "", text


@dataclass(frozen=True, slots=True)
class Listed:
    """An office of the list. ``row`` is its line in the file, from 1."""

    office: Office
    row: int


def read_offices(path: Path) -> tuple[Listed, ...]:
    """The offices of a CSV list with a heading row. Raises PackageError with what to mend.

    Columns are found by their headings (ชื่อหน่วยงาน, อำเภอ, จังหวัด, ประเภท); only the name is
    required. UTF-8 (with or without mark), UTF-16 with mark, or Windows' Thai (cp874).
    """
    try:
        if path.stat().st_size > MOST_LIST_BYTES:
            raise PackageError("บัญชีรายชื่อหน่วยงานใหญ่เกินไป โปรดใช้แฟ้ม CSV ที่มีเฉพาะรายชื่อ")
        content = path.read_bytes()
    except OSError as error:
        name = one_line(path.name)
        raise PackageError(f"อ่านบัญชีรายชื่อ “{name}” ไม่ได้ โปรดตรวจชื่อแฟ้มและที่เก็บ") from error
    try:
        found = tuple(_listed(_rows(_decoded(content))))
    except (csv.Error, ValueError) as error:
        raise PackageError("อ่านบัญชีรายชื่อหน่วยงานไม่ได้ โปรดบันทึกเป็น CSV UTF-8 จาก Excel") from error
    if not found:
        raise PackageError("บัญชีรายชื่อไม่มีหน่วยงาน โปรดใส่หน่วยงานบรรทัดละหนึ่งแห่งใต้หัวคอลัมน์")
    return found


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp874")


def _rows(text: str) -> Iterator[list[str]]:
    first = text.split("\n", 1)[0]
    mark = max(",;\t", key=first.count)
    yield from csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)


def _listed(rows: Iterator[list[str]]) -> Iterator[Listed]:
    columns = _columns(next(rows, []))
    for number, row in enumerate(rows, start=2):
        if number > MOST_OFFICES:
            raise PackageError(f"บัญชีรายชื่อมีเกิน {MOST_OFFICES:,} หน่วยงาน โปรดแบ่งเป็นหลายแฟ้ม")
        values = {name: _value(row, at) for name, at in columns.items()}
        kind, name = split_kind(values["name"])
        if name:
            whole = split_kind(values.get("kind", ""))[0] or kind or values.get("kind", "")
            place = {field: values.get(field, "") for field in ("district", "province")}
            yield Listed(Office(kind=whole, name=name, **place), number)


def _columns(heading: Sequence[str]) -> dict[str, int]:
    plain = [re.sub(r"[.()/]", "", plain_name(cell)) for cell in heading]
    found: dict[str, int] = {}
    for name, words in _HEADS.items():
        at = next((plain.index(word) for word in map(plain_name, words) if word in plain), None)
        if at is not None:
            found[name] = at
    if "name" not in found:
        raise PackageError(
            "บัญชีรายชื่อไม่มีคอลัมน์ชื่อหน่วยงาน โปรดให้บรรทัดแรกเป็นหัวคอลัมน์ เช่น ชื่อหน่วยงาน อำเภอ จังหวัด"
        )
    return found


def _value(row: Sequence[str], at: int) -> str:
    return " ".join(row[at].split())[:_LONGEST] if at < len(row) else ""


def same_office(listed: Office, sent: Office) -> bool:
    """Whether a listed office is the one that sent: what the list leaves out is not compared."""
    wanted, found = office_key(listed), office_key(sent)
    return all(not part or part == other for part, other in zip(wanted, found, strict=True))
