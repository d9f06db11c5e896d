"""What an update may hold, and the check of each file before it is used.

Whatever an update brings is read by the same readers as the program's own files; those that trust
the program's own files are preceded here by a check of every type and size.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ita_desktop.documents.templates import TemplateError, load_templates, read_template
from ita_desktop.domain.agenda import parse_tasks
from ita_desktop.domain.drafts import parse_wording
from ita_desktop.domain.framework import (
    FrameworkError,
    FrameworkShelf,
    check_crosswalk,
    read_framework,
)
from ita_desktop.exchange.checked import entries, flag, group, text_in, texts, whole
from ita_desktop.exchange.errors import SourceError
from ita_desktop.exchange.unpack import bounded_json
from ita_desktop.paths import resources
from ita_desktop.updates.errors import ASK_AGAIN, UpdateError

MOST_LINE = 200
"""Letters of a word, a name of a place, a key."""
_PAGES = ("", "scores", "measures", "progress", "oit", "documents", "analysis", "office")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: how it is called in an update, its Thai name, and who checks its content.

    ``most``: bytes. ``check`` raises FrameworkError, TemplateError, SourceError or ValueError.
    """

    pattern: re.Pattern[str]
    label: str
    most: int
    check: Callable[[bytes, str], object]


def kind_of(name: str) -> Kind | None:
    """The kind of a file by its name in the update; None: an update may not hold it."""
    return next((kind for kind in _KINDS if kind.pattern.fullmatch(name)), None)


def label_of(name: str) -> str:
    """What a file is, in Thai: "กรอบการประเมินปี 2570"; Arabic digits."""
    kind = kind_of(name)
    if kind is None:
        return name
    stem = name.rpartition("/")[2].rpartition(".")[0]
    return kind.label.replace("*", stem)


def check_content(name: str, content: bytes) -> None:
    """Check one file of an update by itself. Raises UpdateError with the place in it."""
    kind = kind_of(name)
    if kind is None:
        raise UpdateError(name, "แฟ้มปรับปรุงมีสิ่งที่โปรแกรมรุ่นนี้ไม่รู้จัก", "ใช้โปรแกรมรุ่นล่าสุด หรือขอแฟ้มอื่น")
    if len(content) > kind.most:
        raise UpdateError(name, "ใหญ่เกินกว่าที่ควรเป็น", ASK_AGAIN)
    last = name.rpartition("/")[2]
    try:
        kind.check(content, last)
    except (FrameworkError, TemplateError) as error:
        raise UpdateError(f"{name} {error.place}", error.problem, ASK_AGAIN) from error
    except SourceError as error:
        raise UpdateError(f"{name} {error.place}".strip(), error.problem, ASK_AGAIN) from error
    except (ValueError, RecursionError) as error:
        raise UpdateError(name, "เนื้อหาผิดรูปแบบ", ASK_AGAIN) from error


def check_together(files: Mapping[str, Iterable[Path]]) -> None:
    """Check all frameworks and templates as they would be used: each beside the others.

    ``files``: "frameworks" and "documents" -> the files that would count. Raises UpdateError.
    """
    try:
        shelf = FrameworkShelf(tuple(files["frameworks"]))
        for year in shelf.years():
            framework = shelf.get(year)
            if framework.crosswalk_year in shelf.years():
                check_crosswalk(framework, shelf.get(framework.crosswalk_year))
        load_templates(files["documents"])
    except (FrameworkError, TemplateError) as error:
        place = f"{error.name} {error.place}"
        raise UpdateError(place, f"ใช้ร่วมกับแฟ้มที่มีอยู่ไม่ได้ เพราะ{error.problem}", ASK_AGAIN) from error


# --- the kinds ------------------------------------------------------------------------------------


def _check_template(content: bytes, name: str) -> None:
    text = _text(content)
    bounded_json(content)  # no key twice, not too many values
    template = read_template(text, name)
    if f"{template.kind}.json" != name:
        raise SourceError("kind", f"เป็นแม่แบบชนิด “{template.kind}” ไม่ตรงกับชื่อแฟ้ม")


def _check_misspellings(content: bytes, _name: str) -> None:
    data = group(bounded_json(content), "", ("note", "words"))
    words = _group(data.get("words"), "words", 20_000)
    for wrong, right in words.items():
        place = f"words.{wrong}"
        if not 2 <= len(wrong) <= MOST_LINE or _line(right, place) == wrong:
            raise SourceError(place, "คำผิดกับคำถูกต้องต่างกัน และยาวอย่างน้อยสองตัวอักษร")
        if not right.strip() or wrong in right:
            raise SourceError(place, "คำผิดเป็นส่วนหนึ่งของคำถูก หรือไม่มีคำถูก")


def _check_field_words(content: bytes, _name: str) -> None:
    for number, line in enumerate(_text(content).splitlines(), 1):
        entry = line.partition("#")[0].strip()
        odd = entry.startswith("!") and "|" in entry
        if len(line) > MOST_LINE or _CONTROL.search(line) or odd or "||" in entry:
            raise SourceError(f"บรรทัด {number}", "ไม่ใช่คำหนึ่งคำต่อบรรทัด")


def _check_wording(content: bytes, _name: str) -> None:
    data = group(bounded_json(content), "", ("layout", "source", "subjects", "groups", "sentences"))
    whole(data.get("layout"), "layout", 1, 1)
    for key in ("subjects", "groups"):
        for at, each in enumerate(entries(data.get(key), key)):
            _check_subject(each, f"{key}[{at}]")
    known = json.loads((resources() / "wording" / "analysis.json").read_text("utf-8"))["sentences"]
    sentences = group(data.get("sentences"), "sentences", tuple(known))
    for key in known:
        if not [text for text in texts(sentences.get(key), f"sentences.{key}") if text.strip()]:
            raise SourceError(f"sentences.{key}", "ไม่มีประโยค")
    parse_wording(data)


def _check_subject(data: Any, place: str) -> None:
    found = group(data, place, ("match", "about", "finding", "actions", "instrument", "negative"))
    if not all(word.strip() for word in texts(found.get("match"), f"{place}.match")):
        raise SourceError(f"{place}.match", "มีคำว่างเปล่า")
    for key in ("about", "finding", "instrument"):
        text_in(found.get(key, ""), f"{place}.{key}")
    texts(found.get("actions", []), f"{place}.actions")
    flag(found.get("negative", False), f"{place}.negative")


def _check_calendar(content: bytes, _name: str) -> None:
    data = entries(bounded_json(content), "")
    for at, each in enumerate(data):
        place = f"[{at}]"
        found = group(each, place, ("key", "name", "note", "month", "day", "page", "done"))
        if not re.fullmatch(r"[a-z0-9-]{1,40}", _line(found.get("key"), f"{place}.key")):
            raise SourceError(f"{place}.key", "ใช้ชื่อนี้ไม่ได้")
        for key in ("name", "note"):
            text_in(found.get(key), f"{place}.{key}")
        whole(found.get("month"), f"{place}.month", 1, 12)
        whole(found.get("day"), f"{place}.day", 1, 31)
        if found.get("page") not in _PAGES:
            raise SourceError(f"{place}.page", "ไม่มีหน้านี้ในโปรแกรม")
        _check_rule(found.get("done", {}), f"{place}.done")
    parse_tasks(data, "ita.json")


def _check_rule(data: Any, place: str) -> None:
    names = ("issued", "round", "year", "scores", "planned", "disclosed")
    found = group(data, place, names)
    rules = [name for name in ("issued", "scores", "planned", "disclosed") if name in found]
    if len(rules) > 1 or (found and not rules):
        raise SourceError(place, "ต้องบอกวิธีดูว่าเสร็จแล้วเพียงวิธีเดียว")
    texts(found.get("issued", []), f"{place}.issued")
    for key in ("year", "scores"):
        whole(found.get(key, 0), f"{place}.{key}", -2, 2)
    if found.get("round") not in (None, 6, 12):
        raise SourceError(f"{place}.round", "รอบต้องเป็น 6 หรือ 12")
    for key in ("planned", "disclosed"):
        flag(found.get(key, True), f"{place}.{key}")


def _check_places(content: bytes, _name: str) -> None:
    data = _group(bounded_json(content), "", 200)
    if not data:
        raise SourceError("", "ไม่มีจังหวัด")
    for province, districts in data.items():
        _line(province, province)
        for at, district in enumerate(texts(districts, province)):
            _line(district, f"{province}[{at}]")


def _group(data: Any, place: str, most: int) -> dict[str, Any]:
    """A group with any names, but no more than so many."""
    if not isinstance(data, dict) or len(data) > most:
        raise SourceError(place, "ต้องเป็นกลุ่มข้อมูลในวงเล็บปีกกา { } ที่ไม่ยาวเกินไป")
    return data


def _line(data: Any, place: str) -> str:
    """A short text on one line."""
    found = text_in(data, place)
    if not found.strip() or len(found) > MOST_LINE or _CONTROL.search(found) or "\n" in found:
        raise SourceError(place, "ต้องเป็นข้อความสั้นบรรทัดเดียว")
    return found


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SourceError("", "ไม่ใช่ข้อความ UTF-8") from error


_KINDS = (
    Kind(re.compile(r"frameworks/[0-9]{4}\.json"), "กรอบการประเมินปี *", 2_000_000, read_framework),
    Kind(re.compile(r"documents/[a-z0-9-]{1,40}\.json"), "แม่แบบเอกสาร *", 500_000, _check_template),
    Kind(
        re.compile(r"dictionary/misspellings\.json"),
        "รายการคำที่มักเขียนผิด",
        2_000_000,
        _check_misspellings,
    ),
    Kind(
        re.compile(r"dictionary/field_words\.txt"),
        "คำเฉพาะของงานสำหรับตัดบรรทัด",
        2_000_000,
        _check_field_words,
    ),
    Kind(re.compile(r"wording/analysis\.json"), "ถ้อยคำของการวิเคราะห์", 2_000_000, _check_wording),
    Kind(re.compile(r"calendar/ita\.json"), "ปฏิทินงานของปี", 200_000, _check_calendar),
    Kind(re.compile(r"places/provinces\.json"), "รายชื่อจังหวัดและอำเภอ", 500_000, _check_places),
)
