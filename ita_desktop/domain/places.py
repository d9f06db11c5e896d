"""The provinces of Thailand with their districts, to choose from and to check a spelling by."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

Places = Mapping[str, tuple[str, ...]]
"""Province -> its districts, both without the words จังหวัด and อำเภอ, in Thai order."""


def load_places(path: Path) -> Places:
    """The provinces of a file. Raises OSError or ValueError when it can't be used."""
    data = json.loads(path.read_text("utf-8"))
    return {province: tuple(districts) for province, districts in data.items()}


def plain_place(text: str, word: str) -> str:
    """A typed name without the word before it: "จังหวัดสุพรรณบุรี" is "สุพรรณบุรี".

    ``word``: จังหวัด or อำเภอ; its short form ("จ.", "อ.") is taken off too.
    """
    name = text.strip()
    for before in (word, f"{word[0]}."):
        if name.startswith(before) and len(name) > len(before):
            return name[len(before) :].strip()
    return name


def place_remark(places: Places, province: str, district: str) -> str:
    """What is odd about a province and a district, as one Thai sentence; "" for nothing."""
    if province and province not in places:
        return f"ไม่พบจังหวัด “{province}” ในรายชื่อ โปรดตรวจตัวสะกด"
    if province and district and district not in places[province]:
        return f"ไม่พบอำเภอ “{district}” ในจังหวัด{province} โปรดตรวจตัวสะกดหรือจังหวัด"
    return ""
