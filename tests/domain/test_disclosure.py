"""The rules of the OIT list: items, words, addresses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ita_desktop.domain.disclosure import (
    Flaw,
    address_flaw,
    host_of,
    marks,
    oit_items,
    read_disclosed,
)
from ita_desktop.domain.framework import FrameworkShelf
from ita_desktop.domain.papers import Disclosure
from ita_desktop.paths import resources

OWN = "https://www.sukjai.go.th"


def flaws(website: str = OWN, **urls: str) -> dict[str, list[Flaw]]:
    found = marks({code: Disclosure(code, url=url) for code, url in urls.items()}, website)
    return {code: [mark.flaw for mark in each] for code, each in found.items()}


@pytest.mark.parametrize(("year", "count"), [(2568, 28), (2569, 26)])
def test_the_items_are_those_of_the_framework(year: int, count: int):
    items = oit_items(FrameworkShelf(resources() / "frameworks").get(year))
    assert [item.code for item in items] == [f"o{number}" for number in range(1, count + 1)]


@pytest.mark.parametrize(
    ("text", "value"),
    [("", None), ("  ", None), ("เผยแพร่แล้ว", True), (" เปิดเผยแล้ว ", True), ("/", True),
     ("ยังไม่เผยแพร่", False), ("ไม่มี", False), ("-", False)],
)  # fmt: skip
def test_words_for_disclosed(text: str, value: bool | None):
    assert read_disclosed(text) is value


def test_another_word_is_refused_in_thai():
    with pytest.raises(ValueError, match="เว้นว่าง"):
        read_disclosed("อาจจะ")


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://www.sukjai.go.th/o1", "sukjai.go.th"),
        ("www.sukjai.go.th", "sukjai.go.th"),
        ("HTTP://Sukjai.GO.TH:8080/a", "sukjai.go.th"),
        ("https://xn--12c1c3c.example/", "xn--12c1c3c.example"),
        ("ไม่มี", ""),
        ("", ""),
        ("https://[", ""),
        ("https:///o1", ""),
    ],
)
def test_hosts(address: str, host: str):
    assert host_of(address) == host


def test_a_thai_host_is_the_same_in_either_writing():
    thai = host_of("https://สุขใจ.ไทย/หน้า")
    assert thai.startswith("xn--")
    assert host_of(f"https://{thai}") == thai


@pytest.mark.parametrize(
    ("address", "flaw"),
    [
        ("", None),
        ("https://www.sukjai.go.th/ita/o1.pdf", None),
        ("http://sukjai.go.th/?p=1&q=ก", None),
        ("HTTPS://sukjai.go.th", None),
        ("https://www.sukjai.go.th/แผน", None),
        ("www.sukjai.go.th/o1", Flaw.NO_SCHEME),
        ("อยู่ที่หน้าแรก", Flaw.NO_ADDRESS),
        ("ftp://sukjai.go.th/a", Flaw.NO_ADDRESS),
        ("https://", Flaw.NO_ADDRESS),
        ("https://sukjai", Flaw.NO_ADDRESS),
        ("ita@sukjai.go.th", Flaw.NO_ADDRESS),
        (r"C:\ita\o1.pdf", Flaw.NO_ADDRESS),
        ("https://a.go.th/1 https://a.go.th/2", Flaw.SEVERAL),
        ("https://a.go.th/1\nhttps://a.go.th/2", Flaw.SEVERAL),
    ],
)
def test_what_is_no_web_address(address: str, flaw: Flaw | None):
    found = address_flaw(address)
    assert (found.flaw if found else None) is flaw


def test_repeated_addresses_name_each_other():
    found = marks(
        {
            "o1": Disclosure("o1", url="https://www.sukjai.go.th/a/"),
            "o2": Disclosure("o2", url="http://sukjai.go.th/a"),
            "o3": Disclosure("o3", url="https://sukjai.go.th/a?b=1"),
            "o4": Disclosure("o4"),
            "o5": Disclosure("o5"),
        },
        OWN,
    )
    assert list(found) == ["o1", "o2"]
    assert "o2" in found["o1"][0].sentence and "o1" in found["o2"][0].sentence


def test_the_case_of_a_path_and_its_anchor_tell_pages_apart():
    assert flaws(o1=f"{OWN}/A", o2=f"{OWN}/a", o3=f"{OWN}/a#b") == {}


def test_another_host_is_told_but_a_part_of_the_own_is_not():
    found = flaws(o1="https://ita.sukjai.go.th/1", o2="https://drive.example/2", o3=f"{OWN}/3")
    assert found == {"o2": [Flaw.OTHER_HOST]}
    assert flaws(o1="https://notsukjai.go.th/1") == {"o1": [Flaw.OTHER_HOST]}


def test_without_a_website_no_host_is_compared():
    assert flaws("", o1="https://drive.example/1") == {}
    assert flaws("ยังไม่มี", o1="https://drive.example/1") == {}


def test_one_address_may_have_several_flaws():
    found = flaws(o1="www.other.example/1", o2="www.other.example/1")
    assert found["o1"] == [Flaw.NO_SCHEME, Flaw.REPEATED, Flaw.OTHER_HOST]


def test_an_address_of_last_year_is_told_until_it_is_called_disclosed():
    old = {"o2": Disclosure("o2", True, "https://www.a.go.th/o2/")}
    now = {
        "o2": Disclosure("o2", url="http://a.go.th/o2"),
        "o3": Disclosure("o3", url="https://a.go.th/n"),
    }
    assert {c: [m.flaw for m in found] for c, found in marks(now, "a.go.th", old).items()} == {
        "o2": [Flaw.LAST_YEAR]
    }
    assert marks({"o2": replace(now["o2"], disclosed=True)}, "a.go.th", old) == {}
    assert marks(now, "a.go.th", {}) == marks(now, "a.go.th") == {}
