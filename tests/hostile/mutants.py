"""Damaged copies of real sources, the same ones for the same seed."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from ita_desktop.domain.framework import FrameworkShelf
from ita_desktop.exchange.interchange import read_interchange
from ita_desktop.exchange.sheets.form import make_form
from ita_desktop.paths import resources
from tests.exchange.sheets.tables import (
    OIT_TEXT,
    PLAN_ROWS,
    PROGRESS_HTML,
    SCORES_CSV,
    workbook,
)
from tests.hostile.texts import HOSTILE_TEXTS

YEAR = 2569
_ODD = ("", "-1", "1e308", "NaN", "XFD1048576", "A1:XFD1048576", "99999999999", "s", "d", "e")
_EXAMPLE = resources().parent / "docs" / "interchange-example.json"


@dataclass(frozen=True)
class Mutant:
    """A damaged source. ``json``: it goes the way of interchange files."""

    name: str
    content: bytes
    json: bool = False


@cache
def seeds() -> dict[str, bytes]:
    """What is damaged: each kind of source there is."""
    shelf = FrameworkShelf(resources() / "frameworks")
    sample = read_interchange(resources() / "sample" / "office.json").dossier
    return {
        "form": make_form(YEAR, shelf.get(YEAR - 1), shelf.get(YEAR), sample),
        "sheet": workbook(PLAN_ROWS),
        "merged": workbook([["มาตรการ", "สถานะ", None], ["ก", "x", None]], ("B1:C1",)),
        "html": PROGRESS_HTML.encode(),
        "csv": SCORES_CSV.encode("cp874"),
        "text": OIT_TEXT.encode("utf-16"),
        "json": _EXAMPLE.read_bytes(),
    }


def mutants(count: int, seed: int = 2569) -> Iterator[Mutant]:
    """So many damaged sources, of each kind in turn."""
    chance = random.Random(seed)
    kinds = list(seeds())
    for number in range(count):
        kind = kinds[number % len(kinds)]
        content = seeds()[kind]
        if kind == "json" and chance.random() < 0.7:
            made = json.dumps(_changed(chance, json.loads(content))).encode()
        elif content.startswith(b"PK") and chance.random() < 0.75:
            made = _inside(chance, content)
        else:
            made = _damaged(chance, content)
        yield Mutant(f"{kind}-{number}", made, kind == "json")


def _damaged(chance: random.Random, content: bytes) -> bytes:
    """Bytes flipped, cut, doubled, put in or zeroed, a few times."""
    data = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        if not data:
            break
        at = chance.randrange(len(data))
        size = min(chance.choice((1, 2, 8, 64, 512)), len(data) - at)
        way = chance.randrange(6)
        if way == 0:
            data[at] ^= 1 << chance.randrange(8)
        elif way == 1:
            del data[at : at + size]
        elif way == 2:
            data[at:at] = data[at : at + size]
        elif way == 3:
            data[at : at + size] = bytes(size)
        elif way == 4:
            data[at:at] = _text(chance).encode("utf-8", "replace")
        else:
            del data[at : None if chance.random() < 0.2 else at + 1]
    return bytes(data)


def _inside(chance: random.Random, content: bytes) -> bytes:
    """One part of a workbook damaged, the archive around it whole."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        names = source.namelist()
        sheets = [name for name in names if "sheet" in name]
        chosen = chance.choice(sheets if chance.random() < 0.7 else names)
        lost = chance.choice(names) if chance.random() < 0.05 else ""
        for name in names:
            part = source.read(name)
            if name == chosen:
                part = _markup(chance, part) if chance.random() < 0.6 else _damaged(chance, part)
            if name != lost:
                target.writestr(name, part)
    return out.getvalue()


def _markup(chance: random.Random, part: bytes) -> bytes:
    """Markup that stays markup: values, references and texts become others."""
    text = part.decode("utf-8", "replace")
    for _ in range(chance.randint(1, 6)):
        start = chance.randrange(len(text))
        at = text.find(chance.choice(('="', "><", "<v>", "<t>", 'r="', 't="')), start)
        ends = (text.find(mark, at + 3) for mark in '"<')
        end = min((n for n in ends if n > 0), default=-1)
        if at < 0 or end < 0:
            continue
        fresh = chance.choice([*_ODD, _text(chance)])
        safe = fresh.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
        text = text[: at + 3] + safe + text[end:]
    return text.encode("utf-8", "replace")


def _changed(chance: random.Random, data: Any) -> Any:
    """JSON that stays JSON: somewhere another value, a key more or less, a list longer."""
    for _ in range(chance.randint(1, 4)):
        holder = data
        for _ in range(chance.randint(0, 5)):
            inner = [v for v in _values(holder) if isinstance(v, dict | list) and v]
            if not inner:
                break
            holder = chance.choice(inner)
        _change(chance, holder)
    return data


def _values(holder: Any) -> list[Any]:
    return list(holder.values()) if isinstance(holder, dict) else list(holder)


def _change(chance: random.Random, holder: Any) -> None:
    odd: list[Any] = [None, True, -1, 0, 10**30, 1.5, "", [], {}, [[]], "2568", "๙๙.๙"]
    fresh = chance.choice([*odd, _text(chance)])
    if isinstance(holder, dict) and holder:
        key = chance.choice(list(holder))
        way = chance.randrange(4)
        if way == 0:
            del holder[key]
        elif way == 1:
            holder[_text(chance)] = fresh
        else:
            holder[key] = fresh
    elif isinstance(holder, list) and holder:
        at = chance.randrange(len(holder))
        if chance.random() < 0.3:
            holder.extend(holder[:20] * chance.choice((1, 3, 300)))
        else:
            holder[at] = fresh


def _text(chance: random.Random) -> str:
    return chance.choice(HOSTILE_TEXTS)
