"""The interchange file: there and back, what is refused and where, and hostile input."""

from __future__ import annotations

import copy
import json
import random
import sys
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.framework import FrameworkShelf
from ita_desktop.domain.marks import Marks
from ita_desktop.domain.measures import Measure, MeasureKind, Progress, Status
from ita_desktop.domain.office import ChainLink, Division, Office, Person
from ita_desktop.domain.scores import ScoreSheet
from ita_desktop.domain.selection import DEFAULT_SCALE, Scale
from ita_desktop.exchange.checked import MOST_TEXT
from ita_desktop.exchange.errors import SourceError, one_line
from ita_desktop.exchange.interchange import (
    MOST_BYTES,
    check_codes,
    interchange_from_data,
    interchange_to_data,
    read_interchange,
)
from ita_desktop.paths import resources

SAMPLE_FILE = resources() / "sample" / "office.json"
EXAMPLE_FILE = resources().parent / "docs" / "interchange-example.json"
SAMPLE: dict[str, Any] = json.loads(SAMPLE_FILE.read_text("utf-8"))
EXAMPLE: dict[str, Any] = json.loads(EXAMPLE_FILE.read_text("utf-8"), parse_float=str)
SCHEMA = json.loads((resources() / "schemas" / "interchange.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
SHELF = FrameworkShelf(resources() / "frameworks")
HEAD = {"format": "ita-desktop", "version": 1}


def refused(data: Any) -> SourceError:
    """The error the data is refused with: one sentence that names the place."""
    with pytest.raises(SourceError) as caught:
        interchange_from_data(data)
    return checked(caught.value)


def checked(error: SourceError) -> SourceError:
    sentence = str(error)
    assert sentence.startswith("นำเข้าไม่ได้")
    assert any(word in sentence for word in ("โปรด", "ใช้จุดทศนิยม", "เช่น ๙๓.๕๙"))
    assert sentence.isprintable() and len(sentence) < 400
    assert f"(ที่ {error.place})" in sentence if error.place else "(ที่" not in sentence
    return error


def refused_file(folder: Path, content: bytes | str) -> SourceError:
    file = folder / "ข้อมูล.json"
    file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    with pytest.raises(SourceError) as caught:
        read_interchange(file)
    return checked(caught.value)


def taken_file(folder: Path, content: bytes | str) -> Dossier:
    file = folder / "ข้อมูล.json"
    file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return read_interchange(file).dossier


# --- what is right --------------------------------------------------------------------------------


def test_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("file", [SAMPLE_FILE, EXAMPLE_FILE], ids=["sample", "example"])
def test_sample_and_example_follow_the_schema(file: Path):
    VALIDATOR.validate(json.loads(file.read_text("utf-8")))
    dossier = read_interchange(file).dossier
    VALIDATOR.validate(interchange_to_data(dossier))
    check_codes(dossier, SHELF.get)


def test_example_holds_what_it_says():
    found = read_interchange(EXAMPLE_FILE)
    dossier = found.dossier
    assert found.parts == ("office", "people", "divisions", "scores", "measures")
    assert dossier.office.full_name == "เทศบาลตำบลตัวอย่าง"
    assert [dossier.person(link.person_id) for link in dossier.chain] == list(dossier.people)
    sheet = dossier.sheets[2568]
    assert {code: str(score) for code, score in sheet.entered.items()} == {
        "1": "93.59",
        "2": "75.23",
        "i10": "74.55",
        "9.1": "100.00",
        "total": "84.96",
    }
    assert (sheet.respondents, sheet.official_level) == ({"IIT": 33, "EIT": 41}, "ต้องปรับปรุง")
    (measure,) = dossier.measures_of(2569, MeasureKind.MEASURE)
    assert measure.owners == "กองคลัง" and len(measure.steps.split("\n")) == 2
    assert (measure.first_month, measure.last_month) == (1, 9)
    assert measure.progress_in(Round.SIX).status is Status.IN_PROGRESS


def test_a_file_of_nothing_changes_nothing():
    found = interchange_from_data(HEAD)
    assert found.parts == () and found.dossier == Dossier()


@pytest.mark.parametrize("section", ["office", "people", "divisions", "scores", "measures"])
def test_parts_name_the_sections_of_the_file(section: str):
    data = HEAD | {section: {} if section == "office" else []}
    assert interchange_from_data(data).parts == (section,)


def test_defaults():
    data = HEAD | {
        "people": [{}],
        "chain": [{}],
        "scores": [{"year": 2568}],
        "measures": [{"year": 2569, "progress": [{"round": 6}]}],
    }
    dossier = interchange_from_data(data).dossier
    assert dossier.people == (Person(1),) and dossier.chain == (ChainLink(1, None),)
    assert dossier.sheets == {2568: ScoreSheet(2568)}
    assert dossier.measures == {2569: (Measure(1, 2569, progress={Round.SIX: Progress()}),)}


def test_unlike_ids_and_numbers_of_the_list():
    data = HEAD | {"people": [{"id": "b"}, {}, {"id": "a"}], "chain": [{"person": "2"}]}
    assert interchange_from_data(data).dossier.chain[0].person_id == 2


# --- there and back -------------------------------------------------------------------------------


def test_sample_there_and_back():
    dossier = interchange_from_data(SAMPLE).dossier
    text = json.dumps(interchange_to_data(dossier))
    assert interchange_from_data(json.loads(text)).dossier == dossier


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
CODE = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9.\-]{0,5}", fullmatch=True)
YEAR = st.integers(2500, 2700)
SCORE = st.integers(0, 10000).map(lambda cents: Decimal(cents) / 100)
PEOPLE = st.lists(st.tuples(TEXT, TEXT, TEXT, TEXT, TEXT), max_size=4).map(
    lambda found: tuple(Person(i + 1, *texts) for i, texts in enumerate(found))
)
SHEET = st.builds(
    ScoreSheet,
    year=YEAR,
    entered=st.dictionaries(CODE, SCORE, max_size=5),
    respondents=st.dictionaries(CODE, st.integers(1, 1_000_000), max_size=3),
    official_level=TEXT,
)
PROGRESS = st.builds(
    Progress,
    status=st.none() | st.sampled_from(Status),
    result=TEXT,
    output=TEXT,
    outcome=TEXT,
    note=TEXT,
)
MEASURE = st.builds(
    Measure,
    id=st.just(0),
    year=st.integers(2568, 2570),
    kind=st.sampled_from(MeasureKind),
    title=TEXT,
    indicators=st.lists(CODE, max_size=3).map(tuple),
    issues=st.lists(st.integers(1, 99), max_size=3).map(tuple),
    items=st.lists(CODE, max_size=3).map(tuple),
    steps=st.lists(TEXT, max_size=3).map("\n".join),
    owners=TEXT,
    first_month=st.integers(1, 6),
    last_month=st.integers(6, 12),
    progress=st.dictionaries(st.sampled_from(Round), PROGRESS, max_size=3),
)


MARKS = st.builds(
    Marks,
    threshold=st.sampled_from([Decimal(0), Decimal("0.50")]),
    strength=st.sampled_from([Decimal(95), Decimal("92.5")]),
    count=st.integers(1, 10),
    scale=st.sampled_from(
        [DEFAULT_SCALE, Scale(((Decimal(80), "ดี"), (Decimal(0), "พอใช้")))],
    ),
)


@st.composite
def dossiers(draw: st.DrawFn) -> Dossier:
    people = draw(PEOPLE)
    signer = st.none() | (st.sampled_from([p.id for p in people]) if people else st.none())
    links = draw(st.lists(st.tuples(signer, TEXT), max_size=4))
    by_year: dict[int, list[Measure]] = {}
    for measure in draw(st.lists(MEASURE, max_size=5)):
        by_year.setdefault(measure.year, []).append(measure)
    number = iter(range(1, 100))
    return Dossier(
        office=Office(*draw(st.tuples(*[TEXT] * 12))),
        people=people,
        chain=tuple(ChainLink(i + 1, *link) for i, link in enumerate(links)),
        divisions=tuple(Division(i + 1, n) for i, n in enumerate(draw(st.lists(TEXT)))),
        sheets={sheet.year: sheet for sheet in draw(st.lists(SHEET, max_size=3))},
        measures={
            year: tuple(replace(each, id=next(number)) for each in found)
            for year, found in by_year.items()
        },
        set_aside=draw(
            st.dictionaries(
                YEAR,
                st.dictionaries(TEXT.filter(bool), TEXT, min_size=1, max_size=2),
                max_size=2,
            )
        ),
        marks=draw(MARKS),
    )


@settings(max_examples=60)
@given(dossiers())
def test_any_dossier_there_and_back(dossier: Dossier):
    data = json.loads(json.dumps(interchange_to_data(dossier), ensure_ascii=False))
    VALIDATOR.validate(data)
    assert interchange_from_data(data).dossier == dossier


# --- what is refused, and where -------------------------------------------------------------------


def at(*path: str | int, put: Any) -> Callable[[], dict[str, Any]]:
    """The sample with one value changed; ``path`` leads to it."""

    def change() -> dict[str, Any]:
        data = copy.deepcopy(SAMPLE)
        inner: Any = data
        for step in path[:-1]:
            inner = inner[step]
        inner[path[-1]] = put
        return data

    return change


S, M = ("scores", 1), ("measures", 0)
ASIDE = {"year": 2569, "finding": "a", "reason": "b"}
REFUSED: list[tuple[Callable[[], Any], str, str]] = [
    (list, "", "{ }"),
    (lambda: "x", "", "{ }"),
    (dict, "format", "ไม่ใช่แฟ้มแลกเปลี่ยน"),
    (at("format", put="other"), "format", "ไม่ใช่แฟ้มแลกเปลี่ยน"),
    (at("version", put=2), "version", "รุ่น"),
    (at("version", put=True), "version", "รุ่น"),
    (at("version", put="1"), "version", "รุ่น"),
    (at("extra", put=1), "extra", "“extra”"),
    (at("office", put=[]), "office", "{ }"),
    (at("office", "nmae", put="x"), "office", "“nmae”"),
    (at("office", "name", put=5), "office.name", "คำพูด"),
    (at("office", "name", put=None), "office.name", "คำพูด"),
    (at("office", "name", put="a\0b"), "office.name", "อักขระ"),
    (at("office", "name", put="a\ud800"), "office.name", "อักขระ"),
    (at("office", "name", put="ก" * (MOST_TEXT + 1)), "office.name", "หนึ่งแสน"),
    (at("people", put={}), "people", "[ ]"),
    (at(*M, "items", put=["i 1"]), "measures[0].items[0]", "รหัส"),
    (at("marks", put={"strength": "101"}), "marks.strength", "50 ถึง 100"),
    (at("marks", put={"scale": [["80"]]}), "marks.scale", "ระดับ"),
    (at("marks", put={"high": []}), "marks.high", "ตัวเลข"),
    (at("set_aside", put=[{**ASIDE, "finding": ""}]), "set_aside[0].finding", "ว่าง"),
    (at("set_aside", put=[ASIDE, ASIDE]), "set_aside[1].finding", "ซ้ำ"),
    (at("set_aside", put=[{**ASIDE, "year": 2026}]), "set_aside[0].year", "2569"),
    (at("people", 1, put="x"), "people[1]", "{ }"),
    (at("people", 1, "age", put=5), "people[1]", "“age”"),
    (at("people", 1, "title", put=True), "people[1].title", "คำพูด"),
    (at("people", 1, "id", put="maker"), "people[1].id", "“maker” ซ้ำ"),
    (at("people", 1, "id", put=7), "people[1].id", "คำพูด"),
    (at("chain", put=None), "chain", "[ ]"),
    (at("chain", 2, put=[]), "chain[2]", "{ }"),
    (at("chain", 2, "person", put="nobody"), "chain[2].person", "“nobody”"),
    (at("chain", 2, "person", put=[]), "chain[2].person", "คำพูด"),
    (at("chain", 2, "person", put={}), "chain[2].person", "คำพูด"),
    (at("chain", 2, "role", put=1), "chain[2].role", "คำพูด"),
    (lambda: HEAD | {"chain": []}, "chain", "รายชื่อบุคคล"),
    (at("divisions", 1, put=1), "divisions[1]", "คำพูด"),
    (at("divisions", put=["x"] * 5001), "divisions", "มากเกินไป"),
    (at("scores", put=[{"year": 2568}] * 2), "scores[1].year", "2568 มีสองชุด"),
    (at(*S, "year", put=2025), "scores[1].year", "พ.ศ. คือ 2568"),
    (at(*S, "year", put=2499), "scores[1].year", "2500 ถึง 2700"),
    (at(*S, "year", put=2701), "scores[1].year", "2500 ถึง 2700"),
    (at(*S, "year", put="2568"), "scores[1].year", "จำนวนเต็ม"),
    (at(*S, "year", put=True), "scores[1].year", "จำนวนเต็ม"),
    (at(*S, "year", put=10**400), "scores[1].year", "จำนวนเต็ม"),
    (lambda: HEAD | {"scores": [{}]}, "scores[0].year", "จำนวนเต็ม"),
    (at(*S, "total", put=1), "scores[1]", "“total”"),
    (at(*S, "entered", put=[]), "scores[1].entered", "{ }"),
    (at(*S, "entered", put=dict.fromkeys(map(str, range(5001)), 1)), "scores[1].entered", "มาก"),
    (at(*S, "entered", "", put=1), "scores[1].entered", "“”"),
    (at(*S, "entered", "x" * 21, put=1), "scores[1].entered", "รหัส"),
    (at(*S, "entered", "ก๑", put=1), "scores[1].entered", "“ก๑”"),
    (at(*S, "entered", "i1", put=101), "scores[1].entered.i1", "ไม่เกิน ๑๐๐"),
    (at(*S, "entered", "i1", put=-1), "scores[1].entered.i1", "ไม่ต่ำกว่า"),
    (at(*S, "entered", "i1", put="4,5"), "scores[1].entered.i1", "จุดทศนิยม"),
    (at(*S, "entered", "i1", put="93.591"), "scores[1].entered.i1", "สองตำแหน่ง"),
    (at(*S, "entered", "i1", put=" " * 30 + "abc"), "scores[1].entered.i1", "ตัวเลข"),
    (at(*S, "entered", "i1", put="nan"), "scores[1].entered.i1", "ตัวเลข"),
    (at(*S, "entered", "i1", put="٣"), "scores[1].entered.i1", "ตัวเลข"),
    (at(*S, "entered", "i1", put=None), "scores[1].entered.i1", "ตัวเลข"),
    (at(*S, "entered", "i1", put=True), "scores[1].entered.i1", "ตัวเลข"),
    (at(*S, "entered", "i1", put=[93]), "scores[1].entered.i1", "ตัวเลข"),
    (at(*S, "respondents", put=1), "scores[1].respondents", "{ }"),
    (at(*S, "respondents", "IIT", put=0), "scores[1].respondents.IIT", "จำนวนเต็ม"),
    (at(*S, "respondents", "IIT", put=1_000_001), "scores[1].respondents.IIT", "จำนวนเต็ม"),
    (at(*S, "respondents", "a\nb", put=1), "scores[1].respondents", "รหัส"),
    (at(*S, "official_level", put=1), "scores[1].official_level", "คำพูด"),
    (at("measures", put=5), "measures", "[ ]"),
    (at(*M, "year", put=2026), "measures[0].year", "พ.ศ. คือ 2569"),
    (at(*M, "kind", put="plan"), "measures[0].kind", "“plan”"),
    (at(*M, "kind", put=[]), "measures[0].kind", "ชนิดอื่น"),
    (at(*M, "kind", put={"a": 1}), "measures[0].kind", "ชนิดอื่น"),
    (at(*M, "title", put=None), "measures[0].title", "คำพูด"),
    (at(*M, "indicators", put="1"), "measures[0].indicators", "[ ]"),
    (at(*M, "indicators", put=["1", 2]), "measures[0].indicators[1]", "คำพูด"),
    (at(*M, "indicators", put=["1", "๒"]), "measures[0].indicators[1]", "รหัส"),
    (at(*M, "issues", put=[1, 0]), "measures[0].issues[1]", "1 ถึง 99"),
    (at(*M, "issues", put=["1"]), "measures[0].issues[0]", "จำนวนเต็ม"),
    (at(*M, "steps", put="ก"), "measures[0].steps", "[ ]"),
    (at(*M, "steps", put=["ก", None]), "measures[0].steps[1]", "คำพูด"),
    (at(*M, "owners", put=[1]), "measures[0].owners[0]", "คำพูด"),
    (at(*M, "first_month", put=0), "measures[0].first_month", "1 ถึง 12"),
    (at(*M, "first_month", put=True), "measures[0].first_month", "1 ถึง 12"),
    (at(*M, "last_month", put=13), "measures[0].last_month", "1 ถึง 12"),
    (at(*M, "first_month", put=10), "measures[0].last_month", "ก่อนเดือนเริ่ม"),
    (at(*M, "progress", put={}), "measures[0].progress", "[ ]"),
    (at(*M, "progress", 1, put=None), "measures[0].progress[1]", "{ }"),
    (at(*M, "progress", 1, "round", put=6), "measures[0].progress[1].round", "สองรายการ"),
    (at(*M, "progress", 1, "round", put=9), "measures[0].progress[1].round", "“9”"),
    (at(*M, "progress", 1, "round", put="a\nb"), "measures[0].progress[1].round", "“a"),
    (at(*M, "progress", 1, "status", put="ok"), "measures[0].progress[1].status", "“ok”"),
    (at(*M, "progress", 1, "status", put=False), "measures[0].progress[1].status", "“False”"),
    (at(*M, "progress", 1, "result", put=["x"]), "measures[0].progress[1].result", "คำพูด"),
    (at(*M, "progress", 1, "done", put=1), "measures[0].progress[1]", "“done”"),
]


@pytest.mark.parametrize(
    ("data", "place", "words"), REFUSED, ids=[f"{i} {case[1]}" for i, case in enumerate(REFUSED)]
)
def test_refused_in_its_place(data: Callable[[], Any], place: str, words: str):
    error = refused(data())
    assert error.place == place
    assert words in str(error)


@pytest.mark.parametrize(
    ("data", "place", "words"), REFUSED, ids=[f"{i} {case[1]}" for i, case in enumerate(REFUSED)]
)
def test_what_the_program_refuses_the_schema_refuses_as_far_as_it_can(
    data: Callable[[], Any], place: str, words: str
):
    said_by_program_alone = ("สองชุด", "ซ้ำ", "“nobody”", "ก่อนเดือนเริ่ม", "สองรายการ", "50 ถึง 100")
    lone_surrogate = place == "office.name" and data()["office"]["name"] == "a\ud800"
    if words in said_by_program_alone or words.endswith(said_by_program_alone) or lone_surrogate:
        assert VALIDATOR.is_valid(data())
    else:
        assert not VALIDATOR.is_valid(data())


def test_unknown_keys_are_shown_short_and_on_one_line():
    error = refused(HEAD | {"a\nb" + "x" * 500: 1})
    assert "a\N{REPLACEMENT CHARACTER}b" in str(error) and "…" in str(error)
    assert one_line("ก" * 60) == "ก" * 60 and one_line("ก" * 61) == "ก" * 60 + "…"


@pytest.mark.parametrize(
    ("year", "section", "code"),
    [(2568, "entered", "i16"), (2567, "entered", "o36"), (2568, "respondents", "1")],
)
def test_codes_the_year_does_not_have(year: int, section: str, code: str):
    data = HEAD | {"scores": [{"year": 2566}, {"year": year, section: {code: 50}}]}
    dossier = interchange_from_data(data).dossier
    with pytest.raises(SourceError) as caught:
        check_codes(dossier, SHELF.get)
    assert checked(caught.value).place == f"scores[1].{section}.{code}"
    assert str(year) in str(caught.value)


# --- hostile files --------------------------------------------------------------------------------


def in_file(entered: str) -> str:
    head = '{"format": "ita-desktop", "version": 1, "scores": [{"year": 2568, "entered": '
    return head + entered + "}]}"


@pytest.mark.parametrize(
    ("written", "score"),
    [("93.59", "93.59"), ("93", "93.00"), ("93.5", "93.50"), ("100.00", "100.00"), ("0", "0.00")],
)
def test_numbers_are_read_as_written(tmp_path: Path, written: str, score: str):
    dossier = taken_file(tmp_path, in_file(f'{{"i1": {written}}}'))
    assert str(dossier.sheets[2568].entered["i1"]) == score


def test_no_score_typed_is_none(tmp_path: Path):
    dossier = taken_file(tmp_path, in_file(json.dumps({"i1": " ", "i2": " " * 30 + "93.59"})))
    assert dossier.sheets[2568].entered == {"i2": Decimal("93.59")}


@pytest.mark.parametrize(
    "written",
    [
        *["93.591", "100.01", "1e1", "9.3e1", "1E400", "1e-400", "-0.0", "-5", "1e999999999999"],
        *["9" * 30, "9" * 4000, "0." + "9" * 5000, "NaN", "Infinity", "-Infinity", "null"],
    ],
    ids=lambda text: text[:16],
)
def test_numbers_that_are_no_scores(tmp_path: Path, written: str):
    refused_file(tmp_path, in_file(f'{{"i1": {written}}}'))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0",
        b" ",
        b"\0" * 4096,
        b"null",
        b'"text"',
        b"[]",
        b"{",
        b'{"format": "ita-desktop", "version": 1,}',
        b"{'format': 'ita-desktop'}",
        b'{"format": "ita-desktop", "version": 1} x',
        b"PK\x03\x04" + b"\0" * 100,
        b"SQLite format 3\0" + b"\0" * 100,
        b"\xef\xbb\xbf\xef\xbb\xbf{}",
        '{"office": {"name": "อบต."}}'.encode("cp874"),
        '{"format": "ita-desktop"}'.encode("utf-16"),
        b'{"format": "\xed\xa0\x80"}',
        b'{"format": "a\nb"}',
        b"9" * 5000,
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"[" * 100_000 + b"]" * 100_000,
    ],
    ids=lambda content: ascii(content[:24]),
)
def test_files_that_are_something_else(tmp_path: Path, content: bytes):
    refused_file(tmp_path, content)


def test_a_byte_order_mark_is_allowed(tmp_path: Path):
    taken_file(tmp_path, b"\xef\xbb\xbf" + json.dumps(HEAD).encode())


def test_a_broken_line_is_named(tmp_path: Path):
    error = refused_file(tmp_path, '{\n"format": "ita-desktop",\n"version": 1,,\n}')
    assert error.place == "บรรทัด 3"


def test_doubled_keys(tmp_path: Path):
    text = '{"format": "ita-desktop", "version": 1, "office": {"name": "ก", "name": "ข"}}'
    error = refused_file(tmp_path, text)
    assert error.place == "name" and "ซ้ำ" in str(error)
    refused_file(tmp_path, '{"a\\n": 1, "a\\n": 2}')


def test_escaped_surrogates(tmp_path: Path):
    head = '{"format": "ita-desktop", "version": 1, "office": {"name": '
    assert refused_file(tmp_path, head + r'"\ud83d"}}').place == "office.name"
    assert refused_file(tmp_path, head + r'"\u0000"}}').place == "office.name"
    assert taken_file(tmp_path, head + r'"\ud83d\ude00"}}').office.name == "\N{GRINNING FACE}"
    refused_file(tmp_path, r'{"\ud800": 1}')


def test_a_number_is_no_text(tmp_path: Path):
    head = '{"format": "ita-desktop", "version": 1, "office": {"name": '
    assert refused_file(tmp_path, head + "1.5}}").place == "office.name"


def test_too_large_a_file(tmp_path: Path):
    text = json.dumps(HEAD | {"office": {"address": "x" * 21_000_000}})
    assert "ใหญ่เกิน" in str(refused_file(tmp_path, text))
    just = json.dumps(HEAD)
    taken_file(tmp_path, just + " " * (MOST_BYTES - len(just)))
    refused_file(tmp_path, just + " " * (MOST_BYTES - len(just) + 1))


def test_missing_file_and_folder(tmp_path: Path):
    for path in (tmp_path / "ไม่มี.json", tmp_path, tmp_path / ("x" * 300)):
        with pytest.raises(SourceError) as caught:
            read_interchange(path)
        checked(caught.value)


@pytest.mark.parametrize("place", ['"kind"', '"x"', '"indicators"', '"first_month"'])
def test_every_depth_of_nesting(tmp_path: Path, place: str):
    """Also where the parser still copes and what comes after it might not."""
    limit = sys.getrecursionlimit()
    for depth in range(10, limit + 50, 7):
        inner = "[" * depth + "]" * depth
        text = f'{{"format": "ita-desktop", "version": 1, "measures": [{{{place}: {inner}}}]}}'
        refused_file(tmp_path, text)


SHORTENED = SAMPLE | {"measures": SAMPLE["measures"][:2]}
HOSTILE = st.sampled_from(
    [
        *[None, True, False, 0, 1, -1, 2567, 2024, 10**30, 10**4000, 0.5, "", " ", "\0", "\ud800"],
        *["x" * 100_001, "\u202e", "=1+1", "a\nb", [], {}, [[]], [{}], [None], {"": 1}],
        *[{"year": 2568}, ["x"] * 5001, {"a\nb": 1}, "1e5", "๙๓.๕๙", "101", [1, "x"]],
    ]
)


@settings(max_examples=400)
@given(seed=st.integers(0, 2**32), put=HOSTILE)
def test_a_mutated_file_is_taken_or_refused(seed: int, put: Any):
    luck = random.Random(seed)
    data = copy.deepcopy(luck.choice([SHORTENED, EXAMPLE]))
    for _ in range(luck.randint(1, 3)):
        _mutate(data, luck, copy.deepcopy(put))
    try:
        dossier = interchange_from_data(data).dossier
    except SourceError as error:
        checked(error)
        return
    again = interchange_from_data(interchange_to_data(dossier)).dossier
    assert again == dossier
    json.dumps(interchange_to_data(dossier), ensure_ascii=False).encode("utf-8")


def _mutate(inner: Any, luck: random.Random, put: Any) -> None:
    """Change, add or drop something somewhere inside."""
    while True:
        keys = list(inner) if isinstance(inner, dict) else list(range(len(inner)))
        if not keys:
            return
        key = luck.choice(keys)
        if isinstance(inner[key], dict | list) and luck.random() < 0.8:
            inner = inner[key]
            continue
        what = luck.randint(0, 3)
        if what == 0:
            del inner[key]
        elif what == 1 and isinstance(inner, dict):
            inner[luck.choice(["", "x", "\ud800", "a\nb", "year", "kind"])] = put
        else:
            inner[key] = put
        return


@settings(max_examples=150)
@given(seed=st.integers(0, 2**32))
def test_a_damaged_file_is_taken_or_refused(tmp_path_factory: Any, seed: int):
    luck = random.Random(seed)
    content = bytearray(EXAMPLE_FILE.read_bytes())
    for _ in range(luck.randint(1, 4)):
        content[luck.randrange(len(content))] = luck.randrange(256)
    if luck.random() < 0.3:
        del content[luck.randrange(len(content)) :]
    file = tmp_path_factory.getbasetemp() / "damaged.json"
    file.write_bytes(content)
    try:
        read_interchange(file)
    except SourceError as error:
        checked(error)
