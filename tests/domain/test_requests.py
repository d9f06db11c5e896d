"""What is asked of each division: all that is missing, nothing that is there."""

from __future__ import annotations

from dataclasses import replace

from ita_desktop.domain.disclosure import Flaw, Mark, marks
from ita_desktop.domain.framework import Item
from ita_desktop.domain.papers import Disclosure
from ita_desktop.domain.requests import missing_of, requests_of

SITE = "https://www.example.go.th"
READY = Disclosure("o1", True, f"{SITE}/o1", owner="กองคลัง")


def test_what_is_there_is_not_asked_for():
    assert missing_of(READY, ()) == ()
    other = Mark(Flaw.OTHER_HOST, "")
    assert missing_of(READY, [other]) == ()
    assert len(missing_of(replace(READY, disclosed=None), [other])) == 2


def test_every_lack_is_asked_for():
    assert len(missing_of(Disclosure("o1"), ())) == 2
    assert len(missing_of(replace(READY, url=""), ())) == 1
    assert len(missing_of(replace(READY, disclosed=False), ())) == 1
    assert len(missing_of(READY, [Mark(Flaw.NO_ADDRESS, "")])) == 1
    for flaw in Flaw:
        assert missing_of(replace(READY, disclosed=None), [Mark(flaw, "")])


def item(code: str) -> Item:
    return Item(code, f"ข้อ {code}")


def test_each_owner_is_asked_for_its_own():
    found = {
        "o1": READY,
        "o2": replace(READY, code="o2", url="", owner="กองช่าง, กองคลัง"),
        "o3": replace(READY, code="o3", url="เว็บไซต์", owner="สภา"),
        "o4": Disclosure("o4"),
    }
    items = [item(code) for code in (*found, "o5")]
    asked = requests_of(items, found, marks(found, SITE), ["สำนักปลัด", "กองคลัง", "กองช่าง"])
    assert [(each.owner, [wish.item.code for wish in each.wishes]) for each in asked] == [
        ("กองคลัง", ["o2"]),
        ("กองช่าง", ["o2"]),
        ("สภา", ["o3"]),
        ("", ["o4", "o5"]),
    ]
