"""Letterhead, passages, the OIT list, papers and pictures in the interchange file."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.marks import LIMITS, Marks, mark_of
from ita_desktop.domain.office import LETTERHEAD_LIMITS, Letterhead
from ita_desktop.domain.papers import Disclosure, Paper, PaperKey
from ita_desktop.domain.selection import Scale
from ita_desktop.exchange.checked import (
    code_in,
    day,
    digest,
    entries,
    flag,
    group,
    name_of_place,
    picture,
    text_in,
    whole,
    year_in,
)
from ita_desktop.exchange.errors import SourceError

PAPER_PARTS = (
    *("letterhead", "passages", "disclosures", "papers", "set_aside", "marks"),
    "pictures",
)
"""Names of the sections, as they stand in the file."""

_LETTERHEAD = tuple(field.name for field in fields(Letterhead))
_DISCLOSURE = ("url", "explanation", "owner", "checked_by")


def papers_from_data(top: Mapping[str, Any]) -> dict[str, Any]:
    """The dossier's fields that these sections hold. Raises SourceError."""
    return {
        "letterhead": _letterhead(top.get("letterhead", {})),
        "passages": _passages(top.get("passages", [])),
        "disclosures": _disclosures(top.get("disclosures", [])),
        "papers": _papers(top.get("papers", [])),
        "set_aside": _set_aside(top.get("set_aside", [])),
        "marks": _marks(top.get("marks", {})),
    }


def pictures_from_data(top: Mapping[str, Any]) -> dict[str, bytes]:
    """Digest -> picture file. Raises SourceError."""
    found = group(top.get("pictures", {}), "pictures", None)
    return {
        digest(name, "pictures"): picture(data, f"pictures.{name[:12]}", name)
        for name, data in found.items()
    }


def _letterhead(data: Any) -> Letterhead:
    found = group(data, "letterhead", _LETTERHEAD)
    values: dict[str, Any] = {}
    for name, value in found.items():
        place = f"letterhead.{name}"
        if name in ("emblem", "seal"):
            values[name] = digest(value, place) if value != "" else ""
        elif name == "font":
            values[name] = text_in(value, place)
        elif value is not None:
            values[name] = _measure(value, place, *LETTERHEAD_LIMITS[name])
    return Letterhead(**values)


def _measure(data: Any, place: str, low: float, high: float) -> float:
    """A length or a size; numbers with a point come as they are written."""
    try:
        value = float(data)
    except (TypeError, ValueError):
        value = float("nan")
    if isinstance(data, bool) or not low <= value <= high:
        raise SourceError(place, f"ต้องเป็นตัวเลข {low:g} ถึง {high:g}", "แก้ตัวเลข")
    return value


def _passages(data: Any) -> dict[int, dict[str, str]]:
    passages: dict[int, dict[str, str]] = {}
    for number, entry in enumerate(entries(data, "passages")):
        here = f"passages[{number}]"
        found = group(entry, here, ("year", "place", "text"))
        name = name_of_place(found.get("place"), f"{here}.place")
        texts = passages.setdefault(year_in(found.get("year"), f"{here}.year"), {})
        if name in texts:
            raise SourceError(f"{here}.place", f"มีข้อความ “{name}” สองครั้ง", "ลบออกให้เหลือครั้งเดียว")
        texts[name] = text_in(found.get("text"), f"{here}.text")
    return passages


def _disclosures(data: Any) -> dict[int, dict[str, Disclosure]]:
    disclosures: dict[int, dict[str, Disclosure]] = {}
    for number, entry in enumerate(entries(data, "disclosures")):
        here = f"disclosures[{number}]"
        found = group(entry, here, ("year", "code", "disclosed", "day", *_DISCLOSURE))
        code = code_in(text_in(found.get("code"), f"{here}.code"), f"{here}.code")
        items = disclosures.setdefault(year_in(found.get("year"), f"{here}.year"), {})
        if code in items:
            raise SourceError(f"{here}.code", f"มีข้อ “{code}” สองครั้ง", "ลบออกให้เหลือครั้งเดียว")
        disclosed = found.get("disclosed")
        items[code] = Disclosure(
            code=code,
            disclosed=None if disclosed is None else flag(disclosed, f"{here}.disclosed"),
            day=day(found.get("day"), f"{here}.day"),
            **{name: text_in(found.get(name, ""), f"{here}.{name}") for name in _DISCLOSURE},
        )
    return disclosures


def _papers(data: Any) -> dict[PaperKey, Paper]:
    papers: dict[PaperKey, Paper] = {}
    for number, entry in enumerate(entries(data, "papers")):
        here = f"papers[{number}]"
        found = group(entry, here, ("year", "kind", "round", "number", "day"))
        months = whole(found.get("round", 0), f"{here}.round", 0, 12)
        if months not in (0, 3, 6, 12):
            raise SourceError(f"{here}.round", "รอบต้องเป็น 0 3 6 หรือ 12", "แก้ตัวเลข")
        key = PaperKey(
            year_in(found.get("year"), f"{here}.year"),
            name_of_place(found.get("kind"), f"{here}.kind"),
            months,
        )
        papers[key] = Paper(
            text_in(found.get("number", ""), f"{here}.number"),
            day(found.get("day"), f"{here}.day"),
        )
    return papers


def _set_aside(data: Any) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for number, entry in enumerate(entries(data, "set_aside")):
        here = f"set_aside[{number}]"
        one = group(entry, here, ("year", "finding", "reason"))
        finding = text_in(one.get("finding"), f"{here}.finding")
        findings = found.setdefault(year_in(one.get("year"), f"{here}.year"), {})
        if not finding or finding in findings:
            problem = "รหัสข้อสังเกตว่างหรือซ้ำ"
            raise SourceError(f"{here}.finding", problem, "แก้รหัสหรือลบให้เหลือครั้งเดียว")
        findings[finding] = text_in(one.get("reason", ""), f"{here}.reason")
    return found


def _marks(data: Any) -> Marks:
    found = group(data, "marks", (*LIMITS, "scale"))
    values: dict[str, Any] = {}
    for name, value in found.items():
        try:
            values[name] = Scale.parse(value) if name == "scale" else mark_of(name, str(value))
        except ValueError as error:
            raise SourceError(f"marks.{name}", str(error), "แก้ค่าตามเอกสารแฟ้มแลกเปลี่ยน") from error
    if "count" in values:
        values["count"] = int(values["count"])
    return Marks(**values)


def papers_to_data(dossier: Dossier, pictures: Mapping[str, bytes]) -> dict[str, Any]:
    """The sections as data for JSON."""
    return {
        "letterhead": {
            name: value
            for name in _LETTERHEAD
            if (value := getattr(dossier.letterhead, name)) not in (None, "")
        },
        "passages": [
            {"year": year, "place": place, "text": text}
            for year, passages in dossier.passages.items()
            for place, text in passages.items()
        ],
        "disclosures": [
            {
                "year": year,
                "code": code,
                "disclosed": found.disclosed,
                "day": found.day.isoformat() if found.day else None,
                **{name: getattr(found, name) for name in _DISCLOSURE},
            }
            for year, items in dossier.disclosures.items()
            for code, found in items.items()
        ],
        "papers": [
            {
                "year": key.year,
                "kind": key.kind,
                "round": key.round,
                "number": paper.number,
                "day": paper.day.isoformat() if paper.day else None,
            }
            for key, paper in dossier.papers.items()
        ],
        "set_aside": [
            {"year": year, "finding": finding, "reason": reason}
            for year, findings in dossier.set_aside.items()
            for finding, reason in findings.items()
        ],
        "marks": json.loads(dossier.marks.text() or "{}"),
        "pictures": {
            name: base64.b64encode(content).decode() for name, content in pictures.items()
        },
    }
