"""Rules of the OIT list: which items it has, and what looks wrong with an address.

Nothing here asks the network: an address is judged by how it is written alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from urllib.parse import SplitResult, urlsplit

from ita_desktop.domain.framework import Framework, Item
from ita_desktop.domain.papers import Disclosure

DISCLOSED_LABELS: dict[bool | None, str] = {
    None: "",
    True: "เผยแพร่แล้ว",
    False: "ยังไม่เผยแพร่",
}
"""What the screen calls ``Disclosure.disclosed``; None: not decided yet."""

_YES = frozenset({"เผยแพร่แล้ว", "เผยแพร่", "เปิดเผยแล้ว", "เปิดเผย", "มี", "/", "✓", "✔"})
_NO = frozenset({"ยังไม่เผยแพร่", "ไม่เผยแพร่", "ยังไม่เปิดเผย", "ไม่เปิดเผย", "ไม่มี", "-", "–", "✗", "x"})
_HOST = re.compile(r"[^\s@/:.]+(\.[^\s@/:.]+)+")


class Flaw(Enum):
    """What is wrong, or unusual, with the address of an item."""

    NO_ADDRESS = "no_address"
    """It is no web address at all."""
    NO_SCHEME = "no_scheme"
    """http:// or https:// is missing, so no reader can press it."""
    SEVERAL = "several"
    """It holds spaces: a text, or more than one address."""
    REPEATED = "repeated"
    """Another item of the year has the same address."""
    OTHER_HOST = "other_host"
    """It is not on the office's own website."""
    LAST_YEAR = "last_year"
    """It is an address of the year before, and nobody has said yet that it still is right."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A flaw with its Thai sentence, which says what to do."""

    flaw: Flaw
    sentence: str


def oit_items(framework: Framework) -> tuple[Item, ...]:
    """The items of the framework's OIT list in order; empty when the year has no OIT."""
    return tuple(
        item
        for instrument in framework.instruments
        if instrument.code == "OIT"
        for indicator in instrument.indicators
        for item in indicator.items
    )


def read_disclosed(text: str) -> bool | None:
    """What a typed or pasted word says of an item: disclosed, not disclosed, None for blank.

    Raises ValueError with a plain Thai sentence for any other word.
    """
    plain = text.strip().lower()
    if not plain:
        return None
    if plain in _YES | _NO:
        return plain in _YES
    raise ValueError("โปรดใส่ เผยแพร่แล้ว หรือ ยังไม่เผยแพร่ หรือเว้นว่าง")


def host_of(address: str) -> str:
    """The host of an address in small letters, as the network writes it; "" when it has none.

    "www." and the port are left out; a missing "https://" is allowed, as offices often write
    their website without it.
    """
    parts = _split(address if "://" in address else f"//{address}")
    try:
        host = (parts.hostname if parts else None) or ""
    except ValueError:
        return ""
    if not _HOST.fullmatch(host):
        return ""
    host = host.lower().removeprefix("www.")
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def address_flaw(address: str) -> Mark | None:
    """What keeps a text from being one web address; None for a good or an empty one."""
    plain = address.strip()
    if not plain:
        return None
    if re.search(r"\s", plain):
        return Mark(
            Flaw.SEVERAL,
            "มีช่องว่างในที่อยู่ หรือมีหลายที่อยู่ โปรดใส่ที่อยู่เดียว ส่วนที่อยู่อื่นให้ใส่ในคำอธิบาย",
        )
    scheme, found, _ = plain.partition("://")
    if found and scheme.lower() in ("http", "https") and host_of(plain):
        return None
    if not found and host_of(plain) and "@" not in plain:
        return Mark(
            Flaw.NO_SCHEME,
            "ที่อยู่ขาด https:// ข้างหน้า ผู้อ่านจะกดเปิดไม่ได้ โปรดคัดลอกทั้งที่อยู่จากหน้าเว็บ",
        )
    return Mark(
        Flaw.NO_ADDRESS,
        "นี่ไม่ใช่ที่อยู่เว็บ โปรดคัดลอกจากช่องที่อยู่ของหน้าเว็บ ซึ่งขึ้นต้นด้วย https://",
    )


def marks(
    disclosures: Mapping[str, Disclosure],
    website: str,
    earlier: Mapping[str, Disclosure] | None = None,
) -> dict[str, tuple[Mark, ...]]:
    """What is to be looked at in a year's addresses, by item code; items without flaw are absent.

    ``website``: the office's own; where it is empty or unreadable no host is compared.
    ``earlier``: the entries of the year before; an address of theirs is pointed out until the
    entry says that it is disclosed.
    """
    own = host_of(website.strip())
    old = {_comparable(each.url) for each in (earlier or {}).values() if each.url.strip()}
    same: dict[str, list[str]] = {}
    for code, found in disclosures.items():
        if found.url.strip():
            same.setdefault(_comparable(found.url), []).append(code)
    made: dict[str, tuple[Mark, ...]] = {}
    for code, found in disclosures.items():
        if not found.url.strip():
            continue
        others = [each for each in same[_comparable(found.url)] if each != code]
        here = _marks_of(found.url.strip(), others, own)
        if found.disclosed is not True and _comparable(found.url) in old:
            here.append(_LAST_YEARS)
        if here:
            made[code] = tuple(here)
    return made


_LAST_YEARS = Mark(
    Flaw.LAST_YEAR,
    "ที่อยู่นี้เป็นของปีก่อน โปรดเปิดดูว่าเป็นข้อมูลของปีนี้แล้ว จึงเลือก เผยแพร่แล้ว",
)


def _marks_of(address: str, others: list[str], own: str) -> list[Mark]:
    found: list[Mark] = []
    flaw = address_flaw(address)
    if flaw is not None:
        found.append(flaw)
    if others:
        codes = ", ".join(others)
        found.append(Mark(Flaw.REPEATED, f"ที่อยู่นี้ซ้ำกับข้อ {codes} โปรดตรวจว่าแต่ละข้อชี้ไปหน้าของตนเอง"))
    host = host_of(address)
    readable = flaw is None or flaw.flaw is Flaw.NO_SCHEME
    if own and readable and host and host != own and not host.endswith(f".{own}"):
        found.append(
            Mark(
                Flaw.OTHER_HOST,
                f"ที่อยู่นี้อยู่ที่ {host} ไม่ใช่เว็บไซต์ของหน่วยงาน ({own}) โปรดตรวจว่าตั้งใจ",
            )
        )
    return found


def _comparable(address: str) -> str:
    """The address without what leads to the same page: scheme, "www.", end "/"."""
    plain = address.strip()
    parts = _split(plain if "://" in plain else f"//{plain}")
    host = host_of(plain)
    if parts is None or not host:
        return plain
    try:
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return plain
    query = f"?{parts.query}" if parts.query else ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return f"{host}{port}{parts.path.rstrip('/')}{query}{fragment}"


def _split(address: str) -> SplitResult | None:
    try:
        return urlsplit(address)
    except ValueError:  # "https://[" is no address
        return None
