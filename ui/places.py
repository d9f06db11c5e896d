"""Rows of the data file in the clerk's words: which field, what it says, where it is shown."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from db.compare import Records
from db.history import Change
from db.rows import Row, key_parts
from ita_desktop.domain.agenda import load_tasks
from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import MONTHS, thai_date
from ita_desktop.domain.framework_origin import Origin, Source
from ita_desktop.domain.measures import STATUS_LABELS, Measure, MeasureKind
from ita_desktop.domain.office import LETTERHEAD_WORDS
from ita_desktop.domain.papers import Step
from ita_desktop.domain.review import Place
from ita_desktop.domain.scores import TOTAL
from ita_desktop.exchange.changes import MARK_WORDS, field_word
from ita_desktop.paths import data_file

_TABLES: dict[str, str] = {
    "office": "หน่วยงาน",
    "person": "บุคคล",
    "chain_link": "สายการลงนาม",
    "division": "กอง/สำนัก",
    "score": "คะแนน",
    "respondents": "จำนวนผู้ตอบ",
    "official_level": "ระดับตามประกาศ",
    "measure": "มาตรการ",
    "progress": "ความก้าวหน้า",
    "photo": "ภาพ",
    "passage": "ข้อความในเอกสาร",
    "disclosure": "OIT",
    "paper": "เลขที่และวันที่ของเอกสาร",
    "issued": "ทะเบียนเอกสาร",
    "passing": "การเดินเรื่อง",
    "template": "แม่แบบเอกสาร",
    "framework": "กรอบการประเมิน",
    "set_aside": "ข้อสังเกตที่พักไว้",
    "setting": "การตั้งค่า",
    "picture": "แฟ้มภาพ",
}
_COLUMNS: dict[tuple[str, str], str] = {
    ("person", "title"): "คำนำหน้า",
    ("person", "given_name"): "ชื่อ",
    ("person", "family_name"): "นามสกุล",
    ("person", "position"): "ตำแหน่ง",
    ("person", "acting"): "รักษาราชการแทน",
    ("chain_link", "person_id"): "ผู้ลงนาม",
    ("chain_link", "role"): "ลงนามในฐานะ",
    ("photo", "caption"): "คำบรรยายภาพ",
    ("photo", "digest"): "แฟ้มภาพ",
    ("passing", "who"): "ผู้รับหรือผู้ลงนาม",
    ("passing", "step"): "ขั้นตอน",
    ("passing", "scan"): "ภาพสแกน",
    ("passing", "scan_name"): "ชื่อแฟ้มสแกน",
    ("issued", "name"): "ชื่อเอกสาร",
    ("issued", "code"): "รหัสเอกสาร",
    ("division", "name"): "ชื่อกอง/สำนัก",
    ("set_aside", "reason"): "เหตุผล",
    ("template", "content"): "เนื้อหา",
    ("framework", "content"): "เนื้อหา",
}
_SILENT = {
    *("id", "rank", "year", "kind", "measure_id", "issued_id", "round", "digest", "file", "data"),
    *("at", "key", "place", "finding", "instrument"),
}
_CODED = {"score", "disclosure"}
"""Tables whose code says which row it is; an issued document's is its own."""
_MOST_LETTERS = 400


@dataclass(frozen=True, slots=True)
class Line:
    """One field before and after. ``where`` names it; ``place`` opens its page, None: none does.

    ``year`` is the measure year to be shown for it, ``months`` the round; 0 when it has none.
    """

    where: str
    old: str
    new: str
    place: Place | None = None
    year: int = 0
    months: int = 0


def table_word(table: str) -> str:
    """What a table's rows are called."""
    return _TABLES.get(table, "ข้อมูลอื่น")


def lines_of(changes: Iterable[Change], dossier: Dossier) -> tuple[Line, ...]:
    """Changes of rows as lines, a field a line; a row that came or went is one line."""
    found: list[Line] = []
    for change in changes:
        if change.old is not None and change.new is not None:
            names = [name for name in change.new if name != "rank"]
            found += [_field_line(change, name, dossier) for name in names] or [
                _line(change, "", "ลำดับเดิม", "ลำดับใหม่", dossier)
            ]
        else:
            old = summary(change.table, change.old, dossier) if change.old else ""
            new = summary(change.table, change.new, dossier) if change.new else ""
            found.append(_line(change, "", old, new, dossier))
    return tuple(found)


def _field_line(change: Change, name: str, dossier: Dossier) -> Line:
    assert change.old is not None and change.new is not None
    key = str(key_parts(change.key)[0])
    old = value_word(change.table, name, change.old.get(name), dossier, key)
    new = value_word(change.table, name, change.new.get(name), dossier, key)
    return _line(change, name, old, new, dossier)


def _line(change: Change, column: str, old: str, new: str, dossier: Dossier) -> Line:
    row = {**(change.old or {}), **(change.new or {})}
    owner = _owner(change, row, dossier)
    words = [_row_word(change, row, owner), column_word(change.table, column)]
    place, year, months = _place(change, column, row, owner)
    return Line(" • ".join(each for each in words if each), old, new, place, year, months)


def column_word(table: str, column: str) -> str:
    """What a field is called; "" for the one field of a row that has no other."""
    if not column or table in ("score", "respondents", "official_level", "passage", "setting"):
        return ""
    word = _COLUMNS.get((table, column)) or field_word(column)
    return "" if word == column else word


def _owner(change: Change, row: Row, dossier: Dossier) -> Measure | None:
    """The measure a row belongs to."""
    parts = key_parts(change.key)
    wanted = {
        "measure": parts[0],
        "progress": parts[0],
        "photo": row.get("measure_id"),
    }.get(change.table)
    if change.table == "photo" and wanted is None:
        wanted = _measure_of_photo(parts[0], dossier)
    each = (measure for measures in dossier.measures.values() for measure in measures)
    return next((measure for measure in each if measure.id == wanted), None)


def _measure_of_photo(photo_id: object, dossier: Dossier) -> int | None:
    for measures in dossier.measures.values():
        for measure in measures:
            for progress in measure.progress.values():
                if any(photo.id == photo_id for photo in progress.photos):
                    return measure.id
    return None


def _row_word(change: Change, row: Row, owner: Measure | None) -> str:
    """Which row it is."""
    table, parts = change.table, key_parts(change.key)
    word = table_word(table)
    if table in ("measure", "progress", "photo"):
        name = measure_word(_owner_row(owner) if owner else row)
        months = parts[1] if table == "progress" else row.get("round")
        which = f"รอบ {months} เดือน" if months else ""
        words = (name, which, "ภาพ" if table == "photo" else "")
        return " • ".join(each for each in words if each)
    return _KEYED.get(table, lambda _: word)(parts)


def measure_word(row: Row) -> str:
    """A measure by its title; a guideline without one by its indicators."""
    name = "แนวทางยกระดับ" if row.get("kind") == MeasureKind.GUIDELINE.value else "มาตรการ"
    title = _short(str(row.get("title") or ""), 50)
    if title:
        return f"{name} “{title}”"
    codes = _plain_word("indicators", row.get("indicators") or "[]")
    return name if codes == "–" else f"{name} ตัวชี้วัดที่ {codes}"


def _owner_row(owner: Measure) -> Row:
    return {
        "kind": owner.kind.value,
        "title": owner.title,
        "indicators": json.dumps(list(owner.indicators)),
    }


def differing(old: Records, new: Records) -> tuple[Change, ...]:
    """What has changed from one state of a data file to another, row by row by its key."""
    found: list[Change] = []
    for table in dict.fromkeys([*old, *new]):
        before, now = old.get(table, {}), new.get(table, {})
        for parts in dict.fromkeys([*before, *now]):
            one, other = before.get(parts), now.get(parts)
            if one is not None and other is not None:
                names = [name for name in other if one.get(name) != other[name]]
                one = {name: one.get(name) for name in names}
                other = {name: other[name] for name in names}
            if one != other:
                key = parts[0] if len(parts) == 1 else parts
                found.append(Change(table, key, one, other))
    return tuple(found)


_LEVELS = {"level": "ระดับตามประกาศ", TOTAL: "คะแนนรวม"}

_KEYED: dict[str, Callable[[tuple[int | str, ...]], str]] = {
    "score": lambda k: f"คะแนนปี {k[0]} • {_LEVELS.get(str(k[1]), _code_word(str(k[1])))}",
    "respondents": lambda k: f"จำนวนผู้ตอบปี {k[0]} • {k[1]}",
    "official_level": lambda k: f"ระดับตามประกาศปี {k[0]}",
    "disclosure": lambda k: f"OIT ปี {k[0]} ข้อ {k[1]}",
    "passage": lambda k: f"ข้อความในเอกสารปี {k[0]}",
    "set_aside": lambda k: f"ข้อสังเกตที่พักไว้ปี {k[0]}",
    "paper": lambda k: f"เอกสารปี {k[0]}" + (f" รอบ {k[2]} เดือน" if k[2] else ""),
    "framework": lambda k: f"กรอบการประเมินปี {k[0]}",
    "setting": lambda k: _setting_word(str(k[0])),
}


def _code_word(code: str) -> str:
    return f"ตัวชี้วัดที่ {code}" if code.isdigit() else code


def _setting_word(key: str) -> str:
    kind, _, name = key.partition("/")
    if kind == "letterhead":
        return " • ".join(filter(None, ("หัวกระดาษ", LETTERHEAD_WORDS.get(name, ""))))
    if kind == "draft":
        parts = name.split("/")
        return f"คะแนนปี {parts[1]} • {parts[-1]} (ยังใช้ไม่ได้)" if len(parts) == 3 else "คะแนน"
    if kind == "calendar" and name.count("/") == 2:
        return _calendar_word(*name.split("/"))
    if kind == "framework":
        return f"ที่มาของกรอบการประเมินปี {name.rpartition('/')[2]}"
    if kind == "brought_over":
        return f"รายการที่ยกมาใช้ในปี {name}"
    return {"marks": "เกณฑ์การวิเคราะห์"}.get(key, "การตั้งค่า")


def _calendar_word(year: str, task: str, what: str) -> str:
    """A day of the calendar: "ปฏิทินงานปี 2570 • … • วันกำหนด"."""
    try:
        tasks = {each.key: each for each in load_tasks(data_file("calendar/ita.json"))}
        title = tasks[task].title(int(year))
    except (OSError, ValueError, KeyError):  # a task that this program's calendar no longer has
        title = "งานที่ไม่มีในปฏิทินแล้ว"
    said = {"day": "วันกำหนด", "done": "ทำแล้วเมื่อ"}.get(what, "")
    return " • ".join(filter(None, (f"ปฏิทินงานปี {year}", title, said)))


_Placed = tuple[Place | None, int, int]
_Keys = tuple[int | str, ...]

_PLACES: dict[str, Callable[[_Keys, str], _Placed]] = {
    "office": lambda _, column: (Place("office", None, column), 0, 0),
    "person": lambda k, _: (Place("office", k[0], "person"), 0, 0),
    "chain_link": lambda k, _: (Place("office", k[0], "chain_link"), 0, 0),
    "division": lambda k, _: (Place("office", k[0], "division"), 0, 0),
    "score": lambda k, _: (Place("scores", k[0], str(k[1])), _number(k[0]) + 1, 0),
    "respondents": lambda k, _: (Place("scores", k[0], str(k[1])), _number(k[0]) + 1, 0),
    "official_level": lambda k, _: (Place("scores", k[0], "level"), _number(k[0]) + 1, 0),
    "disclosure": lambda k, column: (Place("oit", str(k[1]), column), _number(k[0]), 0),
    "passage": lambda k, _: (Place("documents", str(k[1]), "passage"), _number(k[0]), 0),
    "setting": lambda k, _: _letterhead_place(str(k[0])),
}


def _place(change: Change, column: str, row: Row, owner: Measure | None) -> _Placed:
    """The page and field, the measure year, the round."""
    parts = key_parts(change.key)
    if owner is not None:
        if change.table == "measure":
            return Place("measures", owner.id, column), owner.year, 0
        months = parts[1] if change.table == "progress" else row.get("round") or 0
        return Place("progress", owner.id, column), owner.year, _number(months)
    find = _PLACES.get(change.table)
    return (None, 0, 0) if find is None else find(parts, column)


def _letterhead_place(key: str) -> _Placed:
    kind, _, name = key.partition("/")
    return (Place("office", None, name), 0, 0) if kind == "letterhead" else (None, 0, 0)


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


# --- values ----------------------------------------------------------------------------------


def value_word(table: str, column: str, value: Any, dossier: Dossier, key: str = "") -> str:
    """A value as the clerk reads it; "" for an empty one. ``key``: of the row, for a setting."""
    if value is None or value == "":
        return ""
    if table in _WHOLE:
        return _WHOLE[table](key, str(value))
    if column == "status":
        return {s.value: words for s, words in STATUS_LABELS.items()}.get(value, str(value))
    if column in ("first_month", "last_month"):
        return MONTHS[(int(value) + 8) % 12]
    if column == "person_id":
        names = {person.id: person.full_name for person in dossier.people}
        return names.get(value, "บุคคลที่ถูกลบแล้ว")
    if column in ("continued", "disclosed"):
        return "ใช่" if value else "ไม่ใช่"
    return _plain_word(column, value)


def _setting_value(key: str, text: str) -> str:
    """A setting's value; what only the program itself reads is not shown as it is kept."""
    kind, _, name = key.partition("/")
    if kind == "letterhead" and name in ("emblem", "seal"):
        return "(แฟ้มภาพ)"
    if kind in ("letterhead", "draft", "calendar"):
        return _plain_word("value", text)
    try:
        told = json.loads(text)
        if kind == "framework":
            at, source = datetime.fromisoformat(told["at"]), Source(told["source"])
            return Origin(source, at, str(told["name"]), str(told["note"])).words
        if kind == "brought_over":
            return f"{len(told)} รายการ"
        if kind == "marks":
            return " • ".join(_mark_word(each, told[each]) for each in told)
    except (ValueError, KeyError, TypeError):  # of a newer program, or no text of ours
        pass
    return "(ค่าที่โปรแกรมใช้)"


def _mark_word(name: str, value: object) -> str:
    word = MARK_WORDS.get(name, "เกณฑ์อื่น")
    return f"{word} (กำหนดเอง)" if isinstance(value, list | dict) else f"{word} {value}"


_WHOLE: dict[str, Callable[[str, str], str]] = {
    "template": lambda _key, _value: "แม่แบบของหน่วยงาน",
    "framework": lambda _key, _value: "กรอบของหน่วยงาน",
    "setting": _setting_value,
    "official_level": lambda _key, value: f"ระดับ {value}",
}
"""Tables whose one value is said by the key of its row."""


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
"""A day as settings hold it."""


def _plain_word(column: str, value: Any) -> str:
    text = str(value)
    if column in ("digest", "scan"):
        return "(แฟ้มภาพ)"
    if column in ("indicators", "issues", "items"):
        try:
            return ", ".join(str(each) for each in json.loads(text)) or "–"
        except ValueError:
            return text
    if column == "day" or _DAY.fullmatch(text):
        try:
            return thai_date(date.fromisoformat(text), short=True)
        except ValueError:
            return text
    if column == "step":
        return next((step.label for step in Step if step.value == text), text)
    return _short(text, _MOST_LETTERS)


def summary(table: str, row: Row, dossier: Dossier) -> str:
    """What a whole row held, in one text."""
    silent = {*_SILENT, "code"} if table in _CODED else _SILENT
    values = (
        value_word(table, name, value, dossier, str(row.get("key") or ""))
        for name, value in row.items()
        if name not in silent and value not in (None, "", "[]")
    )
    if table == "measure":
        said = (str(row.get(name) or "") for name in ("title", "approach", "steps"))
        return _short(next(filter(None, said), measure_word(row)), _MOST_LETTERS)
    text = " • ".join(each for each in values if each)
    return _short(text, _MOST_LETTERS) or "(ว่าง)"


def _short(text: str, most: int) -> str:
    """The text, cut where it is too long for a table."""
    return text if len(text) <= most else text[: most - 1] + "…"
