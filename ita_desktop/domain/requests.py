"""What each division still owes the OIT list: items, what is missing of each, by owner."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ita_desktop.domain.disclosure import Flaw, Mark
from ita_desktop.domain.framework import Item
from ita_desktop.domain.measures import owner_names
from ita_desktop.domain.papers import Disclosure

NO_OWNER = ""
"""Stands for the items nobody was named for."""

_WISHES = {
    Flaw.NO_ADDRESS: "ที่อยู่ (URL) ที่ถูกต้อง เพราะที่กรอกไว้ไม่ใช่ที่อยู่เว็บ",
    Flaw.NO_SCHEME: "ที่อยู่ (URL) เต็ม ขึ้นต้นด้วย https://",
    Flaw.SEVERAL: "ที่อยู่ (URL) เดียว เพราะที่กรอกไว้มีช่องว่างหรือหลายที่อยู่",
    Flaw.REPEATED: "ที่อยู่ (URL) ของข้อนี้เอง เพราะซ้ำกับข้ออื่น",
    Flaw.OTHER_HOST: "ยืนยันที่อยู่ (URL) เพราะไม่ใช่เว็บไซต์ของหน่วยงาน",
    Flaw.LAST_YEAR: "ยืนยันว่าที่อยู่ (URL) เป็นข้อมูลของปีนี้ เพราะเป็นของปีก่อน",
}
"""What is asked for because of a mark."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One item that is not ready, and what is asked for, a sentence each."""

    item: Item
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """What one owner is asked for; ``owner`` is "" for the items nobody was named for."""

    owner: str
    wishes: tuple[Wish, ...]


def missing_of(found: Disclosure, marks: Iterable[Mark]) -> tuple[str, ...]:
    """What an item still needs, in Thai; empty when it is disclosed with a good address."""
    missing: list[str] = []
    if found.disclosed is not True:
        missing.append("เผยแพร่ข้อมูลบนเว็บไซต์")
    if not found.url.strip():
        missing.append("ที่อยู่ (URL) ของข้อมูล")
    # Once she has said that it is disclosed, another site or a shared page is her decision.
    marks = [each for each in marks if found.disclosed is not True or each.flaw in _ALWAYS]
    return (*missing, *(_WISHES[each.flaw] for each in marks))


_ALWAYS = frozenset({Flaw.NO_ADDRESS, Flaw.NO_SCHEME, Flaw.SEVERAL})


def requests_of(
    items: Iterable[Item],
    disclosures: Mapping[str, Disclosure],
    marks: Mapping[str, Iterable[Mark]],
    divisions: Iterable[str],
) -> tuple[Request, ...]:
    """What each owner is asked for: divisions in their order, then others, last what has no owner.

    An item of several owners is asked of each. Owners who owe nothing are left out.
    """
    owed: dict[str, list[Wish]] = {name: [] for name in divisions if name}
    for item in items:
        found = disclosures.get(item.code, Disclosure(item.code))
        missing = missing_of(found, marks.get(item.code, ()))
        if missing:
            for owner in owner_names(found.owner) or (NO_OWNER,):
                owed.setdefault(owner, []).append(Wish(item, missing))
    nobody = owed.pop(NO_OWNER, [])
    owed[NO_OWNER] = nobody
    return tuple(Request(owner, tuple(wishes)) for owner, wishes in owed.items() if wishes)
