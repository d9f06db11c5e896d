"""The interchange file: an office's data as JSON, in and out.

``resources/schemas/interchange.schema.json`` is the format's schema, ``docs/interchange.md``
explains it with an example. A file that strays from it is refused whole, with the place and the
mend.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.framework import Framework
from ita_desktop.domain.measures import Measure, MeasureKind, Photo, Progress, Status
from ita_desktop.domain.office import ChainLink, Division, Office, Person
from ita_desktop.domain.scores import ScoreSheet, ScoreTextError, parse_score
from ita_desktop.exchange.checked import (
    Written,
    code_in,
    day,
    digest,
    entries,
    flag,
    group,
    text_in,
    texts,
    whole,
    word,
    year_in,
)
from ita_desktop.exchange.errors import SourceError, one_line
from ita_desktop.exchange.papers import (
    PAPER_PARTS,
    papers_from_data,
    papers_to_data,
    pictures_from_data,
)

FORMAT = "ita-desktop"
VERSION = 1
T = TypeVar("T")

MOST_BYTES = 20_000_000
"""Of a file that is read at once, pictures included."""

MOST_PARTS = 1_000_000
"""Groups, lists and commas of a file, those in texts included."""

_OFFICE = (
    "kind",
    "name",
    "district",
    "province",
    "address",
    "postal_code",
    "telephone",
    "website",
    "email",
    "responsible_division",
    "number_prefix",
    "fax",
)
_PERSON = ("title", "given_name", "family_name", "position", "acting")
_PROGRESS = ("result", "output", "outcome", "note")
_TOP = (
    *("format", "version", "office", "people", "chain", "divisions", "scores", "measures"),
    *PAPER_PARTS,
)


@dataclass(frozen=True, slots=True)
class Interchange:
    """What an interchange file holds. ``parts`` names the sections it has (see Store.take_in)."""

    dossier: Dossier
    parts: tuple[str, ...]
    pictures: Mapping[str, bytes] = field(default_factory=dict, repr=False)


# --- reading -----------------------------------------------------------------------------------


def read_interchange(path: Path) -> Interchange:
    """Read and check an interchange file. Raises SourceError."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise SourceError("", "แฟ้มใหญ่เกิน ๒๐ เมกะไบต์", "ตรวจว่าเลือกแฟ้มถูกต้อง")
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError("", "แฟ้มไม่ใช่ข้อความ UTF-8", "บันทึกแฟ้มเป็น UTF-8 แล้วนำเข้าใหม่") from error
    except OSError as error:
        problem = f"อ่านแฟ้ม “{one_line(path.name)}” ไม่ได้"
        raise SourceError("", problem, "ตรวจชื่อแฟ้มและที่เก็บ") from error
    return interchange_from_data(parse_json(text))


def parse_json(text: str) -> Any:
    """JSON read strictly: no key twice, no NaN, numbers as written. Raises SourceError."""
    # Each becomes an object in memory many times its size; a full office's file has about 20,000.
    if sum(map(text.count, "{[,")) > MOST_PARTS:
        raise SourceError("", "แฟ้มมีรายการมากเกินไป", "ตรวจว่าเลือกแฟ้มถูกต้อง")
    try:
        return json.loads(
            text, parse_float=Written, parse_constant=_no_constant, object_pairs_hook=_no_doubles
        )
    except json.JSONDecodeError as error:
        place = f"บรรทัด {error.lineno}"
        raise SourceError(place, "รูปแบบ JSON ไม่ถูกต้อง", "แก้เครื่องหมายที่บรรทัดนั้น") from error
    except (RecursionError, ValueError) as error:
        raise SourceError("", "รูปแบบ JSON ไม่ถูกต้อง", "ส่งออกแฟ้มใหม่จากโปรแกรมต้นทาง") from error


def _no_constant(word: str) -> Any:
    raise SourceError("", f"ค่า {word} ไม่ใช่ตัวเลข", "แก้เป็นตัวเลขหรือเว้นว่าง")


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            problem = f"มีคำว่า “{one_line(key)}” ซ้ำกันสองครั้ง"
            raise SourceError(key, problem, "ลบออกให้เหลือครั้งเดียว")
        found[key] = value
    return found


def interchange_from_data(data: Any) -> Interchange:
    """Check parsed JSON and make a dossier of it. Raises SourceError."""
    top = group(data, "", _TOP)
    if top.get("format") != FORMAT:
        raise SourceError("format", "ไม่ใช่แฟ้มแลกเปลี่ยนของโปรแกรมนี้", "เลือกแฟ้มที่ส่งออกจากโปรแกรมนี้")
    if type(top.get("version")) is not int or top["version"] != VERSION:
        raise SourceError("version", "แฟ้มเป็นรุ่นที่โปรแกรมนี้ไม่รู้จัก", "ใช้โปรแกรมรุ่นล่าสุด")
    people, chain = _people(top)
    dossier = Dossier(
        office=_office(top["office"]) if "office" in top else Office(),
        people=people,
        chain=chain,
        divisions=tuple(
            Division(number, text_in(name, f"divisions[{number - 1}]"))
            for number, name in enumerate(entries(top.get("divisions", []), "divisions"), start=1)
        ),
        sheets=_by_year(_each(top, "scores", _sheet), "scores"),
        measures=_grouped(_each(top, "measures", _measure)),
        **papers_from_data(top),
    )
    sections = ("office", "people", "divisions", "scores", "measures", *PAPER_PARTS[:-1])
    parts = tuple(section for section in sections if section in top)
    return Interchange(dossier, parts, pictures_from_data(top))


def _each(top: dict[str, Any], section: str, read: Callable[[Any, str, int], T]) -> list[T]:
    found = entries(top.get(section, []), section)
    return [read(entry, f"{section}[{i}]", i + 1) for i, entry in enumerate(found)]


def _by_year(sheets: list[ScoreSheet], section: str) -> dict[int, ScoreSheet]:
    found: dict[int, ScoreSheet] = {}
    for index, sheet in enumerate(sheets):
        if sheet.year in found:
            place = f"{section}[{index}].year"
            raise SourceError(place, f"ปี {sheet.year} มีสองชุด", "รวมให้เหลือชุดเดียว")
        found[sheet.year] = sheet
    return found


def _grouped(measures: list[Measure]) -> dict[int, tuple[Measure, ...]]:
    years = dict.fromkeys(measure.year for measure in measures)
    return {year: tuple(m for m in measures if m.year == year) for year in years}


def _office(data: Any) -> Office:
    found = group(data, "office", _OFFICE)
    return Office(**{name: text_in(value, f"office.{name}") for name, value in found.items()})


def _people(top: dict[str, Any]) -> tuple[tuple[Person, ...], tuple[ChainLink, ...]]:
    people: list[Person] = []
    ids: dict[str, int] = {}
    for index, entry in enumerate(entries(top.get("people", []), "people")):
        place = f"people[{index}]"
        found = group(entry, place, ("id", *_PERSON))
        key = text_in(found.pop("id", str(index + 1)), f"{place}.id")
        if key in ids:
            raise SourceError(f"{place}.id", f"รหัสบุคคล “{one_line(key)}” ซ้ำกัน", "ใช้รหัสที่ไม่ซ้ำ")
        ids[key] = index + 1
        texts = {name: text_in(value, f"{place}.{name}") for name, value in found.items()}
        people.append(Person(index + 1, **texts))
    return tuple(people), tuple(_chain(top, ids))


def _chain(top: dict[str, Any], ids: dict[str, int]) -> Iterable[ChainLink]:
    if "chain" in top and "people" not in top:
        raise SourceError("chain", "มีสายการลงนามแต่ไม่มีรายชื่อบุคคล", "เพิ่ม people หรือลบ chain ออก")
    for index, entry in enumerate(entries(top.get("chain", []), "chain")):
        place = f"chain[{index}]"
        found = group(entry, place, ("person", "role"))
        person = _person_id(found.get("person"), f"{place}.person", ids)
        yield ChainLink(index + 1, person, text_in(found.get("role", ""), f"{place}.role"))


def _person_id(data: Any, place: str, ids: dict[str, int]) -> int | None:
    if data is None:
        return None
    key = text_in(data, place)
    if key not in ids:
        raise SourceError(place, f"ไม่มีบุคคลรหัส “{one_line(key)}”", "ใช้รหัสที่มีใน people")
    return ids[key]


def _sheet(data: Any, place: str, _number: int) -> ScoreSheet:
    found = group(data, place, ("year", "entered", "respondents", "official_level"))
    entered = group(found.get("entered", {}), f"{place}.entered", None)
    respondents = group(found.get("respondents", {}), f"{place}.respondents", None)
    scores = {
        code_in(code, f"{place}.entered"): _score(value, f"{place}.entered.{code}")
        for code, value in entered.items()
    }
    return ScoreSheet(
        year=year_in(found.get("year"), f"{place}.year"),
        entered={code: score for code, score in scores.items() if score is not None},
        respondents={
            code_in(code, f"{place}.respondents"): whole(
                count, f"{place}.respondents.{code}", 1, 1_000_000
            )
            for code, count in respondents.items()
        },
        official_level=text_in(found.get("official_level", ""), f"{place}.official_level"),
    )


def _score(value: Any, place: str) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise SourceError(place, "คะแนนต้องเป็นตัวเลข", "แก้เป็นตัวเลข ๐ ถึง ๑๐๐")
    try:
        return parse_score(str(value))
    except ScoreTextError as error:
        raise SourceError(place, str(error)) from error


_MEASURE = (
    "year",
    "kind",
    "title",
    "indicators",
    "issues",
    "steps",
    "owners",
    "first_month",
    "last_month",
    "progress",
    "approach",
    "follow_up",
    "continued",
    "day",
    "items",
)


def _measure(data: Any, place: str, number: int) -> Measure:
    found = group(data, place, _MEASURE)
    first = whole(found.get("first_month", 1), f"{place}.first_month", 1, 12)
    last = whole(found.get("last_month", 12), f"{place}.last_month", 1, 12)
    if last < first:
        raise SourceError(f"{place}.last_month", "เดือนสิ้นสุดอยู่ก่อนเดือนเริ่ม", "แก้ลำดับเดือน")
    return Measure(
        id=number,
        year=year_in(found.get("year"), f"{place}.year"),
        kind=word(MeasureKind, found.get("kind", "measure"), f"{place}.kind"),
        title=text_in(found.get("title", ""), f"{place}.title"),
        indicators=tuple(
            code_in(code, f"{place}.indicators[{i}]")
            for i, code in enumerate(texts(found.get("indicators", []), f"{place}.indicators"))
        ),
        items=tuple(
            code_in(code, f"{place}.items[{i}]")
            for i, code in enumerate(texts(found.get("items", []), f"{place}.items"))
        ),
        issues=tuple(
            whole(no, f"{place}.issues[{i}]", 1, 99)
            for i, no in enumerate(entries(found.get("issues", []), f"{place}.issues"))
        ),
        steps="\n".join(texts(found.get("steps", []), f"{place}.steps")),
        owners=", ".join(texts(found.get("owners", []), f"{place}.owners")),
        first_month=first,
        last_month=last,
        progress=_all_progress(found.get("progress", []), f"{place}.progress"),
        approach="\n".join(texts(found.get("approach", []), f"{place}.approach")),
        follow_up="\n".join(texts(found.get("follow_up", []), f"{place}.follow_up")),
        continued=flag(found.get("continued", False), f"{place}.continued"),
        day=day(found.get("day"), f"{place}.day"),
    )


def _all_progress(data: Any, place: str) -> dict[Round, Progress]:
    progress: dict[Round, Progress] = {}
    for index, entry in enumerate(entries(data, place)):
        here = f"{place}[{index}]"
        found = group(entry, here, ("round", "status", "photos", *_PROGRESS))
        which = word(Round, found.get("round"), f"{here}.round")
        if which in progress:
            raise SourceError(f"{here}.round", f"{which.label} มีสองรายการ", "รวมให้เหลือรายการเดียว")
        status = found.get("status")
        progress[which] = Progress(
            status=None if status is None else word(Status, status, f"{here}.status"),
            photos=_photos(found.get("photos", []), f"{here}.photos"),
            **{name: text_in(found.get(name, ""), f"{here}.{name}") for name in _PROGRESS},
        )
    return progress


def _photos(data: Any, place: str) -> tuple[Photo, ...]:
    photos: list[Photo] = []
    for number, entry in enumerate(entries(data, place)):
        here = f"{place}[{number}]"
        found = group(entry, here, ("picture", "caption"))
        photos.append(
            Photo(
                number + 1,
                digest(found.get("picture"), f"{here}.picture"),
                text_in(found.get("caption", ""), f"{here}.caption"),
            )
        )
    return tuple(photos)


def check_codes(dossier: Dossier, framework_of: Callable[[int], Framework]) -> None:
    """Refuse scores at codes their year does not have: they could never be seen in the window.

    Raises SourceError.
    """
    for index, sheet in enumerate(dossier.sheets.values()):
        framework = framework_of(sheet.year)
        instruments = [instrument.code for instrument in framework.instruments]
        for section, found, known in (
            ("entered", sheet.entered, set(framework.codes())),
            ("respondents", sheet.respondents, set(instruments)),
        ):
            unknown = [code for code in found if code not in known]
            if unknown:
                place = f"scores[{index}].{section}.{unknown[0]}"
                problem = f"กรอบการประเมินปี {sheet.year} ไม่มีรหัส “{unknown[0]}”"
                raise SourceError(place, problem, "แก้รหัสให้ตรงกับปี")


# --- writing -----------------------------------------------------------------------------------


def interchange_to_data(
    dossier: Dossier, pictures: Mapping[str, bytes] | None = None
) -> dict[str, Any]:
    """The dossier as data for JSON; reading it back gives the same dossier but for its ids.

    ``pictures``: digest -> file, of the pictures that shall travel along.
    """
    return {
        "format": FORMAT,
        "version": VERSION,
        "office": {name: getattr(dossier.office, name) for name in _OFFICE},
        "people": [
            {"id": str(person.id), **{name: getattr(person, name) for name in _PERSON}}
            for person in dossier.people
        ],
        "chain": [
            {"person": None if link.person_id is None else str(link.person_id), "role": link.role}
            for link in dossier.chain
        ],
        "divisions": [division.name for division in dossier.divisions],
        "scores": [_sheet_to_data(sheet) for sheet in dossier.sheets.values()],
        "measures": [
            _measure_to_data(measure) for found in dossier.measures.values() for measure in found
        ],
        **papers_to_data(dossier, pictures or {}),
    }


def _sheet_to_data(sheet: ScoreSheet) -> dict[str, Any]:
    return {
        "year": sheet.year,
        "entered": {code: f"{score:.2f}" for code, score in sheet.entered.items()},
        "respondents": dict(sheet.respondents),
        "official_level": sheet.official_level,
    }


def _measure_to_data(measure: Measure) -> dict[str, Any]:
    return {
        "year": measure.year,
        "kind": measure.kind.value,
        "title": measure.title,
        "indicators": list(measure.indicators),
        "issues": list(measure.issues),
        "items": list(measure.items),
        "steps": measure.steps.split("\n") if measure.steps else [],
        "owners": [measure.owners] if measure.owners else [],
        "first_month": measure.first_month,
        "last_month": measure.last_month,
        "approach": measure.approach.split("\n") if measure.approach else [],
        "follow_up": measure.follow_up.split("\n") if measure.follow_up else [],
        "continued": measure.continued,
        "day": measure.day.isoformat() if measure.day else None,
        "progress": [
            {
                "round": int(which),
                "status": None if progress.status is None else progress.status.value,
                **{name: getattr(progress, name) for name in _PROGRESS},
                "photos": [
                    {"picture": photo.digest, "caption": photo.caption} for photo in progress.photos
                ],
            }
            for which, progress in sorted(measure.progress.items())
        ],
    }
