"""The seven shipped frameworks, what is refused, the way there and back, and the shelf."""

from __future__ import annotations

import copy
import json
import pickle
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ita_desktop.domain import framework as module
from ita_desktop.domain.framework import (
    Confidence,
    Framework,
    FrameworkError,
    FrameworkShelf,
    check_crosswalk,
    framework_text,
    framework_to_data,
    load_framework,
    parse_framework,
    read_framework,
    shipped_frameworks,
)
from ita_desktop.paths import resources

FOLDER = resources() / "frameworks"
YEARS = (2563, 2564, 2565, 2566, 2567, 2568, 2569)
SIX_STEPS = tuple(Decimal(step) for step in (0, 20, 40, 60, 80, 100))
FOUR_STEPS = tuple(Decimal(step) for step in (0, 33, 67, 100))
NO_OR_YES = (Decimal(0), Decimal(100))


def file_data(year: int) -> Any:
    return json.loads((FOLDER / f"{year}.json").read_text("utf-8"))


SCHEMA = json.loads((resources() / "schemas" / "framework.schema.json").read_text("utf-8"))
DATA = {year: file_data(year) for year in YEARS}


@pytest.fixture(scope="module")
def shipped() -> dict[int, Framework]:
    return shipped_frameworks(FOLDER)


def refused(data: object, name: str = "2568.json") -> FrameworkError:
    """The error a wrong framework is refused with; one sentence that says all there is to say."""
    with pytest.raises(FrameworkError) as caught:
        parse_framework(data, name)
    error = caught.value
    sentence = str(error)
    assert sentence.isprintable(), "one line"
    assert error.name in sentence
    assert error.problem in sentence
    assert error.mend in sentence
    assert error.place == "$" or error.place in sentence
    return error


# --- the shipped files -----------------------------------------------------------------------


def test_all_seven_are_there_and_load(shipped: dict[int, Framework]) -> None:
    assert tuple(shipped) == YEARS
    assert all(framework.year == year for year, framework in shipped.items())


@pytest.mark.parametrize("year", YEARS)
def test_file_is_valid_against_the_schema_and_written_as_the_program_writes(year: int) -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(DATA[year])
    text = (FOLDER / f"{year}.json").read_text("utf-8")
    assert framework_text(load_framework(FOLDER / f"{year}.json")) == text


@pytest.mark.parametrize(
    ("year", "iit", "eit", "oit"),
    [(year, 30, 15, 43) for year in (2563, 2564, 2565, 2566)]
    + [(2567, 15, 9, 35), (2568, 15, 9, 28), (2569, 15, 9, 26)],
)
def test_item_counts(
    shipped: dict[int, Framework], year: int, iit: int, eit: int, oit: int
) -> None:
    framework = shipped[year]
    counts = [sum(len(ind.items) for ind in inst.indicators) for inst in framework.instruments]
    assert counts == [iit, eit, oit]
    expected = [f"{kind}{n}" for kind, top in zip("ieo", counts, strict=True)
                for n in range(1, top + 1)]  # fmt: skip
    assert list(framework.items) == expected


@pytest.mark.parametrize("year", YEARS)
def test_tree_of_every_year(shipped: dict[int, Framework], year: int) -> None:
    framework = shipped[year]
    weights = {inst.code: inst.weight for inst in framework.instruments}
    assert weights == {"IIT": Decimal("0.3"), "EIT": Decimal("0.3"), "OIT": Decimal("0.4")}
    assert list(framework.indicators) == [str(number) for number in range(1, 11)]
    assert framework.indicators["4"].name == "การใช้ทรัพย์สินของราชการ"
    assert framework.indicators["8"].also_printed == ("การปรับปรุงการทำงาน",)
    subs = [sub.code for ind in framework.indicators.values() for sub in ind.subindicators]
    assert subs == ["9.1", "9.2", "9.3", "9.4", "9.5", "10.1", "10.2"]
    assert framework.pass_mark == 85
    assert framework.notes
    assert framework.source


@pytest.mark.parametrize(
    ("year", "measures", "report"),
    [(year, "o42", "o43") for year in (2563, 2564, 2565, 2566)]
    + [(2567, "o34", "o35"), (2568, "o27", "o28"), (2569, "o25", "o26")],
)
def test_measure_documents(
    shipped: dict[int, Framework], year: int, measures: str, report: str
) -> None:
    framework = shipped[year]
    assert (framework.measures_code, framework.report_code) == (measures, report)
    assert framework.items[report].title.startswith(("การดำเนินการตามมาตรการ", "รายงานผล"))


def test_codes_are_in_tree_order_and_each_once(shipped: dict[int, Framework]) -> None:
    codes = list(shipped[2568].codes())
    assert codes[:6] == ["total", "IIT", "1", "i1", "i2", "i3"]
    assert codes[codes.index("OIT") :][:4] == ["OIT", "9", "9.1", "o1"]
    assert codes[-1] == "o28"
    assert len(codes) == len(set(codes)) == 1 + 3 + 10 + 7 + 52


def test_levels(shipped: dict[int, Framework]) -> None:
    letters = [(rule.level, int(rule.total_min)) for rule in shipped[2565].levels]
    assert letters == [("AA", 95), ("A", 85), ("B", 75), ("C", 65), ("D", 55), ("E", 50), ("F", 0)]
    words = [(r.level, int(r.total_min), r.each_instrument_min) for r in shipped[2566].levels]
    assert words == [
        ("ผ่านดีเยี่ยม", 95, 95),
        ("ผ่านดี", 85, 85),
        ("ผ่าน", 85, None),
        ("ต้องปรับปรุง", 70, None),
        ("ต้องปรับปรุงโดยด่วน", 0, None),
    ]
    assert shipped[2563].levels == shipped[2564].levels == shipped[2565].levels
    assert shipped[2566].levels == shipped[2568].levels == shipped[2569].levels


def test_answers_and_wording(shipped: dict[int, Framework]) -> None:
    items = shipped[2564].items
    assert items["i1"].answers == FOUR_STEPS
    assert items["i4"].answers == NO_OR_YES
    assert items["i4"].negative
    assert items["i4"].parts == 3
    assert items["i26"].answers == NO_OR_YES
    assert not items["i26"].negative
    assert items["i11"].negative_parts == (2,)
    assert not items["i11"].negative
    assert items["i30"].part_texts[1] == "สามารถติดตามผลการร้องเรียนได้"
    for framework in shipped.values():
        for code, item in framework.items.items():
            assert item.part_texts == () or len(item.part_texts) == item.parts > 1
            if code.startswith("o"):
                assert item.answers == NO_OR_YES
                assert not item.negative
    later = [shipped[2568].items[code] for code in shipped[2568].items if code[0] in "ie"]
    assert {item.answers for item in later} == {SIX_STEPS}
    negative = [item.code for item in later if item.negative]
    assert negative == ["i3", "i5", "i6", "i7", "i8", "i9", "i11", "e3"]
    unknown = [item.answers for code, item in shipped[2566].items.items() if code[0] in "ie"]
    assert set(unknown) == {()}


def test_subindicators_where_the_year_changed_them(shipped: dict[int, Framework]) -> None:
    def sizes(year: int) -> list[int]:
        indicators = shipped[year].indicators.values()
        return [len(sub.items) for ind in indicators for sub in ind.subindicators]

    assert sizes(2564) == [9, 8, 7, 4, 5, 8, 2]
    assert sizes(2566) == [10, 8, 4, 4, 4, 8, 5]
    assert sizes(2567) == [6, 7, 4, 4, 4, 6, 4]
    assert sizes(2568) == [4, 7, 2, 3, 4, 4, 4]
    assert sizes(2569) == [4, 6, 2, 3, 4, 3, 4]


def test_the_seven_issues(shipped: dict[int, Framework]) -> None:
    assert [year for year in YEARS if shipped[year].issues] == [2567, 2568, 2569]
    for year, places in ((2567, 59), (2568, 54), (2569, 52)):
        framework = shipped[year]
        listed = [code for issue in framework.issues for code in issue.items]
        assert [issue.no for issue in framework.issues] == [1, 2, 3, 4, 5, 6, 7]
        assert len(listed) == places
        assert set(listed) == set(framework.items), "each item stands in at least one issue"
    twice = [code for issue in shipped[2568].issues[:3:2] for code in issue.items]
    assert sorted({code for code in twice if twice.count(code) == 2}) == ["o5", "o6"]
    assert shipped[2568].issues[3].items == ("i10", "i11", "i12")


@pytest.mark.parametrize("year", YEARS[1:])
def test_crosswalk_is_whole_and_names_items_of_the_year_before(
    shipped: dict[int, Framework], year: int
) -> None:
    framework, previous = shipped[year], shipped[year - 1]
    assert framework.crosswalk_year == year - 1
    assert list(framework.crosswalk) == list(framework.items)
    check_crosswalk(framework, previous)
    before = [code for code in framework.crosswalk.values() if code]
    assert len(before) == len(set(before)), "no earlier item is used twice"
    title = {item.title: code for code, item in previous.items.items()}
    for code, item in framework.items.items():
        if item.title in title:
            assert framework.crosswalk[code] == title[item.title], f"{year} {code}"


def test_crosswalk_samples(shipped: dict[int, Framework]) -> None:
    def was(year: int, code: str) -> str | None:
        return shipped[year].crosswalk[code]

    assert shipped[2563].crosswalk_year is None
    assert shipped[2563].crosswalk == {}
    assert was(2565, "o34") is None
    assert (was(2566, "o19"), was(2566, "o36"), was(2566, "o10")) == ("o21", "o39", None)
    assert (was(2567, "o7"), was(2567, "o29"), was(2567, "i5")) == ("o4", None, "i10")
    assert (was(2568, "o10"), was(2568, "o27"), was(2568, "i7")) == ("o13", "o34", "i7")
    assert (was(2569, "o25"), was(2569, "o11"), was(2569, "o16")) == ("o27", None, "o17")
    for year in (2568, 2569):
        asked = {c: b for c, b in shipped[year].crosswalk.items() if c[0] in "ie"}
        assert all(code == before for code, before in asked.items())


def test_trust_in_a_crosswalk_entry_is_the_least_of_its_reasons(
    shipped: dict[int, Framework],
) -> None:
    assert shipped[2568].crosswalk_trust("o2") is Confidence.MEDIUM
    assert shipped[2568].crosswalk_trust("o12") is Confidence.LOW, "marked unsure"
    assert shipped[2567].crosswalk_trust("i5") is Confidence.LOW, "item itself is low"
    assert shipped[2568].crosswalk_trust("o99") is Confidence.NONE


def test_provisional_and_parts(shipped: dict[int, Framework]) -> None:
    assert [year for year in YEARS if shipped[year].provisional] == [2569]
    assert any("ชั่วคราว" in note for note in shipped[2569].notes)
    assert shipped[2569].confidence["subindicators"] is Confidence.NONE
    assert {item.confidence for item in shipped[2569].items.values()} == {Confidence.LOW}
    for year, framework in shipped.items():
        iit, eit, oit = framework.instruments
        assert not iit.parts
        assert not oit.parts
        shares = [part.share for part in eit.parts]
        assert shares == ([Decimal("0.5")] * 2 if year >= 2566 else [])
        assert ("instrument_parts" in framework.confidence) == bool(eit.parts)


def test_no_year_in_code() -> None:
    source = Path(module.__file__).read_text("utf-8")
    code = re.sub(r'""".*?"""', "", source, flags=re.DOTALL)
    assert re.findall(r"\b25[0-9]{2}\b", code) == ["2500"], "only the bound of sensible years"


# --- refusals --------------------------------------------------------------------------------

O1 = ("instruments", 2, "indicators", 0, "subindicators", 0, "items", 0)
I1 = ("instruments", 0, "indicators", 0, "items", 0)
GONE = object()

WRONG: list[tuple[tuple[str | int, ...], object, str]] = [
    (("layout",), 2, "layout"),
    (("year",), "2568", "year"),
    (("year",), True, "year"),
    (("year",), 2499, "year"),
    (("year",), 2701, "year"),
    (("year",), 10**5000, "year"),
    (("year",), 2567, "year"),
    (("based_on",), 2568, "based_on"),
    (("source",), "  ", "source"),
    (("notes", 0), "", "notes[0]"),
    (("notes",), "คำ", "notes"),
    (("confidence", "overall"), "certain", "confidence.overall"),
    (("confidence", "overall"), GONE, "confidence.overall"),
    (("confidence", "Ab c"), "low", "confidence.Ab c"),
    (("pass_mark",), "100.01", "pass_mark"),
    (("pass_mark",), 85, "pass_mark"),
    (("pass_mark",), 85.0, "pass_mark"),
    (("pass_mark",), "๘๕", "pass_mark"),
    (("pass_mark",), "-1", "pass_mark"),
    (("pass_mark",), "0085", "pass_mark"),
    (("pass_mark",), "NaN", "pass_mark"),
    (("levels",), [], "levels"),
    (("levels",), {}, "levels"),
    (("levels", 0, "total_min"), "101", "levels[0].total_min"),
    (("levels", 0, "each_instrument_min"), "101", "levels[0].each_instrument_min"),
    (("levels", 1, "total_min"), "96", "levels[1].total_min"),
    (("levels", 2, "each_instrument_min"), "90", "levels[2].total_min"),
    (("levels", 1, "level"), "ผ่านดีเยี่ยม", "levels[1].level"),
    (("levels", 4, "total_min"), "1", "levels[4]"),
    (("levels", 4, "each_instrument_min"), "1", "levels[4]"),
    (("levels", 0, "total_max"), "100", "levels[0].total_max"),
    (("measure_documents", "measures"), "o42", "measure_documents.measures"),
    (("measure_documents", "report"), "o27", "measure_documents.report"),
    (("instruments",), [], "instruments"),
    (("instruments",), GONE, "instruments"),
    (("instruments", 0, "weight"), "0.31", "instruments"),
    (("instruments", 0, "weight"), "0.300001", "instruments"),
    (("instruments", 0, "weight"), 0.3, "instruments[0].weight"),
    (("instruments", 0, "weight"), "1.3", "instruments[0].weight"),
    (("instruments", 1, "code"), "iit", "instruments[1].code"),
    (("instruments", 1, "code"), "total", "instruments[1].code"),
    (("instruments", 1, "code"), "อีไอที", "instruments[1].code"),
    (("instruments", 1, "name"), "", "instruments[1].name"),
    (("instruments", 1, "parts", 0, "share"), "0.6", "instruments[1].parts"),
    (("instruments", 1, "parts"), [], "instruments[1].parts"),
    (("instruments", 1, "indicators"), [], "instruments[1].indicators"),
    (("instruments", 1, "indicators", 0, "items"), [], "instruments[1].indicators[0].items"),
    (("instruments", 1, "indicators", 0, "items"), GONE, "instruments[1].indicators[0].items"),
    (("instruments", 1, "indicators", 0, "code"), "1", "instruments[1].indicators[0].code"),
    (("instruments", 2, "indicators", 0, "items"), [], "instruments[2].indicators[0]"),
    (O1[:6], [], "instruments[2].indicators[0].subindicators[0]"),
    ((*O1[:6], "items"), [], "instruments[2].indicators[0].subindicators[0].items"),
    ((*O1[:6], "code"), "9", "instruments[2].indicators[0].subindicators[0].code"),
    ((*I1, "code"), "i2", "instruments[0].indicators[0].items[1].code"),
    ((*I1, "code"), "i 1", "instruments[0].indicators[0].items[0].code"),
    ((*I1, "title"), "\n", "instruments[0].indicators[0].items[0].title"),
    ((*I1, "title"), "ก\x00ข", "instruments[0].indicators[0].items[0].title"),
    ((*I1, "title"), "ก\ud800", "instruments[0].indicators[0].items[0].title"),
    ((*I1, "title"), "ก" * 2001, "instruments[0].indicators[0].items[0].title"),
    ((*I1, "negative"), 0, "instruments[0].indicators[0].items[0].negative"),
    ((*I1, "negatve"), True, "instruments[0].indicators[0].items[0].negatve"),
    ((*I1, "answers"), ["0", "0"], "instruments[0].indicators[0].items[0].answers[1]"),
    ((*I1, "answers"), ["0"], "instruments[0].indicators[0].items[0].answers"),
    ((*I1, "answers"), ["0", "101"], "instruments[0].indicators[0].items[0].answers[1]"),
    ((*I1, "parts"), 0, "instruments[0].indicators[0].items[0].parts"),
    ((*I1, "parts"), True, "instruments[0].indicators[0].items[0].parts"),
    ((*I1, "parts"), ["ก"], "instruments[0].indicators[0].items[0].parts"),
    ((*I1, "negative_parts"), [2], "instruments[0].indicators[0].items[0].negative_parts[0]"),
    ((*I1, "confidence"), None, "instruments[0].indicators[0].items[0].confidence"),
    (("issues", 0, "items", 2), "i99", "issues[0].items[2]"),
    (("issues", 0, "items", 2), "9.1", "issues[0].items[2]"),
    (("issues", 0, "items", 2), "i1", "issues[0].items[2]"),
    (("issues", 0, "items"), [], "issues[0].items"),
    (("issues", 1, "no"), 1, "issues[1].no"),
    (("issues", 1, "name"), " ", "issues[1].name"),
    (("crosswalk", "year"), 2568, "crosswalk.year"),
    (("crosswalk", "items", "o99"), "o1", "crosswalk.items.o99"),
    (("crosswalk", "items", "o1"), "", "crosswalk.items.o1"),
    (("crosswalk", "items", "o1"), 1, "crosswalk.items.o1"),
    (("crosswalk", "unsure", "o99"), "low", "crosswalk.unsure.o99"),
    (("crosswalk", "unsure", "o1"), "perhaps", "crosswalk.unsure.o1"),
]


def changed(data: Any, path: tuple[str | int, ...], value: object) -> Any:
    """A deep copy of the data with one value set, or taken out for GONE."""
    data = copy.deepcopy(data)
    node = data
    for step in path[:-1]:
        node = node[step]
    if value is GONE:
        del node[path[-1]]
    else:
        node[path[-1]] = value
    return data


@pytest.mark.parametrize(("path", "value", "place"), WRONG, ids=[place for *_, place in WRONG])
def test_wrong_value_is_refused_at_its_place(
    path: tuple[str | int, ...], value: object, place: str
) -> None:
    wrong = changed(DATA[2568], path, value)
    error = refused(wrong)
    assert error.place == place
    assert error.name == "2568.json"


@pytest.mark.parametrize("data", [None, 1, 1.5, "text", [], {}, {"layout": 1}, {1: 2}, object()])
def test_what_is_no_framework_is_refused(data: object) -> None:
    refused(data)


def test_both_negative_and_negative_parts() -> None:
    wrong = changed(DATA[2564], (*I1, "negative"), True)
    wrong = changed(wrong, (*I1, "negative_parts"), [1])
    assert refused(wrong, "2564.json").place.endswith("items[0].negative_parts")


def test_negative_parts_are_in_order() -> None:
    for numbers in ([2, 1], [1, 1]):
        wrong = changed(DATA[2564], (*I1, "negative_parts"), numbers)
        assert refused(wrong, "2564.json").place.endswith("items[0].negative_parts[1]")


def test_the_sentence() -> None:
    error = refused(changed(DATA[2568], ("issues", 0, "items", 2), "i99"))
    assert str(error) == (
        "ใช้แฟ้มกรอบการประเมิน 2568.json ไม่ได้ เพราะที่ issues[0].items[2] "
        "อ้างถึงข้อ i99 ซึ่งไม่มีในปีนี้ โปรดแก้รหัสให้ตรงกับข้อที่มีใน instruments หรือลบออก"
    )
    again = pickle.loads(pickle.dumps(error))
    assert (again.place, str(again)) == (error.place, str(error))


def test_name_that_is_no_year_does_not_bind_the_year() -> None:
    assert parse_framework(DATA[2568], "จากอำเภอ.json").year == 2568
    assert parse_framework(DATA[2568], "2568.JSON").year == 2568
    assert refused(DATA[2568], "2567.JSON").place == "year"


def one_line(error: FrameworkError) -> bool:
    return str(error).isprintable() and len(str(error)) < 1000


# --- files -----------------------------------------------------------------------------------


def text_of(year: int) -> str:
    return (FOLDER / f"{year}.json").read_text("utf-8")


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"", "บรรทัด 1 ตัวที่ 1"),
        (b'{"year": 2568,\n  oops}', "บรรทัด 2 ตัวที่ 3"),
        ("ปี".encode("cp874"), "$"),
        (text_of(2568).encode("utf-16"), "$"),
        (b"[" * 200_000, "$"),
        (b'{"a":' * 200_000, "$"),
        (b'{"year": NaN}', "$"),
        (b'{"year": -Infinity}', "$"),
        (b'{"year": ' + b"9" * 5000 + b"}", "$"),
        (b" " * 2_000_001, "$"),
        (b'{"layout": 1, "year": 2568, "layout": 1}', "layout"),
        (text_of(2568).replace('"IIT",', '"IIT", "code": "IIT",').encode(), "instruments[0].code"),
        (text_of(2568).replace('"i1": "i1",', '"i1": "i1", "i1": "i2",'), "crosswalk.items.i1"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 40 else "content",
)
def test_wrong_content_is_refused(content: bytes | str, place: str) -> None:
    with pytest.raises(FrameworkError) as caught:
        read_framework(content, "2568.json")
    assert caught.value.place == place
    assert str(caught.value).isprintable()


def test_byte_order_mark_and_windows_line_ends_are_allowed(tmp_path: Path) -> None:
    path = tmp_path / "2568.json"
    path.write_bytes(b"\xef\xbb\xbf" + text_of(2568).replace("\n", "\r\n").encode())
    assert load_framework(path) == load_framework(FOLDER / "2568.json")


def test_file_that_cannot_be_opened(tmp_path: Path) -> None:
    for path in (tmp_path / "2568.json", tmp_path, tmp_path / "a\0b"):
        with pytest.raises(FrameworkError) as caught:
            load_framework(path)
        assert caught.value.name == path.name


def test_file_over_the_limit_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "2568.json"
    path.write_bytes(text_of(2568).encode().ljust(2_000_000))
    assert load_framework(path).year == 2568
    path.write_bytes(text_of(2568).encode().ljust(2_000_001))
    with pytest.raises(FrameworkError, match="ใหญ่เกิน"):
        load_framework(path)


# --- there and back --------------------------------------------------------------------------


@pytest.mark.parametrize("year", YEARS)
def test_round_trip(year: int) -> None:
    framework = parse_framework(DATA[year], f"{year}.json")
    assert framework_to_data(framework) == DATA[year]
    assert parse_framework(framework_to_data(framework), f"{year}.json") == framework
    assert read_framework(framework_text(framework), f"{year}.json") == framework


def test_a_stand_in_can_be_written_and_read_again() -> None:
    stand_in = FrameworkShelf(FOLDER).get(2570)
    data = framework_to_data(stand_in)
    jsonschema.Draft202012Validator(SCHEMA).validate(data)
    assert data["based_on"] == 2569
    assert parse_framework(data, "2570.json") == stand_in


def test_the_example_of_the_documentation_loads() -> None:
    docs = Path(__file__).parents[2] / "docs" / "framework.md"
    found = re.search(r"```json\n(.*?)```", docs.read_text("utf-8"), re.DOTALL)
    assert found
    framework = read_framework(found[1], "2570.json")
    assert list(framework.items) == ["i1", "o1", "o2"]
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(found[1]))


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.sampled_from(["0", "0.3", "85", "100", "o1", "i1", "9.1", "IIT", "low", "total", "\ud800"]),
    st.just([]),
    st.just({}),
    st.lists(st.sampled_from(["o1", "0", "100", "i1"]), max_size=3),
    st.dictionaries(st.sampled_from(["code", "o1", "name"]), st.just("o1"), max_size=2),
)


def places(node: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Path of every value below a node."""
    if not isinstance(node, (dict, list)):
        return []
    found: list[tuple[str | int, ...]] = []
    for key, value in node.items() if isinstance(node, dict) else enumerate(node):
        found += [(*path, key), *places(value, (*path, key))]
    return found


PLACES = {year: places(DATA[year]) for year in YEARS}


def mutate(draw: st.DrawFn, data: Any, path: tuple[str | int, ...]) -> None:
    """Change one value in place: replace, take out, double, or swap with another of its kind."""
    node = data
    for step in path[:-1]:
        node = node[step]
    key = path[-1]
    what = draw(st.sampled_from(["replace", "remove", "double", "move", "add"]))
    if what == "replace":
        node[key] = draw(JUNK)
    elif what == "remove":
        del node[key]
    elif what == "double" and isinstance(node, list):
        node.append(copy.deepcopy(node[int(key)]))
    elif what == "move":
        other = draw(st.sampled_from(sorted(node) if isinstance(node, dict) else range(len(node))))
        node[key], node[other] = node[other], node[key]
    elif isinstance(node, dict):
        node[draw(st.text(max_size=4))] = draw(JUNK)


@st.composite
def mutations(draw: st.DrawFn) -> tuple[int, Any]:
    year = draw(st.sampled_from(YEARS))
    data = copy.deepcopy(DATA[year])
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(PLACES[year]))
        try:
            mutate(draw, data, path)
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took this place away
    return year, data


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutations())
def test_any_mutation_loads_or_is_refused(case: tuple[int, Any]) -> None:
    year, data = case
    framework, error = None, None
    try:
        framework = parse_framework(data, f"{year}.json")
    except FrameworkError as refusal:
        error = refusal
    if error is not None:
        assert one_line(error)
        return
    assert framework is not None
    written = framework_to_data(framework)
    assert parse_framework(written, f"{year}.json") == framework
    jsonschema.Draft202012Validator(SCHEMA).validate(written)
    assert sum(inst.weight for inst in framework.instruments) == 1
    assert all(code in framework.items for issue in framework.issues for code in issue.items)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=60), st.integers(0, 30_000), st.integers(0, 60))
def test_any_bytes_load_or_are_refused(junk: bytes, start: int, length: int) -> None:
    content = text_of(2569).encode()
    for candidate in (junk, content[:start] + junk + content[start + length :]):
        error = None
        try:
            read_framework(candidate, "2569.json")
        except FrameworkError as refusal:
            error = refusal
        assert error is None or one_line(error)


# --- the shelf -------------------------------------------------------------------------------


def own_2569(**changes: object) -> Framework:
    return parse_framework(DATA[2569] | changes, "2569.json")


def test_shelf_knows_its_years_and_reads_only_what_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[str] = []

    def spy(path: Path) -> Framework:
        read.append(path.name)
        return load_framework(path)

    monkeypatch.setattr(module, "load_framework", spy)
    shelf = FrameworkShelf(FOLDER)
    assert shelf.years() == YEARS
    assert read == []
    assert shelf.get(2566).year == 2566
    assert shelf.get(2566) is shelf.get(2566)
    assert read == ["2566.json"]


@pytest.mark.parametrize(("year", "base"), [(2570, 2569), (2575, 2569), (2562, 2563)])
def test_year_without_a_framework_gets_the_nearest(year: int, base: int) -> None:
    shelf = FrameworkShelf(FOLDER)
    framework = shelf.get(year)
    assert (framework.year, framework.based_on) == (year, base)
    assert framework.provisional
    assert framework.instruments == shelf.get(base).instruments
    assert str(year) in framework.notes[0]
    assert str(base) in framework.notes[0]
    assert framework.notes[1:] == shelf.get(base).notes
    assert framework.crosswalk_year == year - 1
    assert framework.crosswalk == {code: code for code in framework.items}
    assert framework.crosswalk_trust("i1") is Confidence.LOW
    assert framework.confidence["overall"] in (Confidence.LOW, Confidence.NONE)
    assert year not in shelf.years()
    assert shelf.get(base).based_on is None


def test_a_gap_is_filled_from_the_year_before_it(tmp_path: Path) -> None:
    for year in (2564, 2568):
        (tmp_path / f"{year}.json").write_text(text_of(year), "utf-8")
    assert FrameworkShelf(tmp_path).get(2567).based_on == 2564
    assert FrameworkShelf(tmp_path).get(2500).crosswalk_year is None


def test_the_offices_own_wins_and_can_be_taken_away() -> None:
    own = own_2569(pass_mark="80")
    shelf = FrameworkShelf(FOLDER, {2569: framework_text(own)})
    assert shelf.is_own(2569)
    assert not shelf.is_own(2568)
    assert shelf.get(2569) == own
    assert shelf.get(2570).pass_mark == 80, "the stand-in follows the own framework"
    shipped_one = shelf.shipped(2569)
    assert shipped_one
    assert shipped_one.pass_mark == 85
    assert shelf.shipped(2570) is None
    shelf.drop(2569)
    assert shelf.get(2569).pass_mark == shelf.get(2570).pass_mark == 85


def test_put_adds_a_year_and_checks_its_crosswalk() -> None:
    shelf = FrameworkShelf(FOLDER)
    data = framework_to_data(shelf.get(2570))
    del data["based_on"]
    new = parse_framework(data, "2570.json")
    shelf.put(new)
    assert shelf.years() == (*YEARS, 2570)
    assert shelf.get(2570).based_on is None
    assert shelf.get(2571).based_on == 2570
    wrong = parse_framework(changed(data, ("crosswalk", "items", "o1"), "o99"), "2570.json")
    with pytest.raises(FrameworkError) as caught:
        shelf.put(wrong)
    assert caught.value.place == "crosswalk.items.o1"
    assert "2569" in str(caught.value)
    assert shelf.get(2570) == new


def test_a_stored_stand_in_does_not_hide_the_year_it_came_from() -> None:
    shelf = FrameworkShelf(FOLDER)
    shelf.put(shelf.get(2570))
    assert shelf.get(2571).based_on == 2569


def test_own_content_that_is_wrong_is_refused_when_asked_for() -> None:
    shelf = FrameworkShelf(FOLDER, {2569: b"{", 2570: text_of(2568)})
    assert shelf.get(2568).year == 2568
    with pytest.raises(FrameworkError):
        shelf.get(2569)
    with pytest.raises(FrameworkError) as caught:
        shelf.get(2570)
    assert caught.value.place == "year"


def test_empty_or_missing_folder_and_years_out_of_range(tmp_path: Path) -> None:
    (tmp_path / "readme.json").write_text("{}")
    with pytest.raises(FrameworkError, match="ไม่มีกรอบการประเมิน"):
        FrameworkShelf(tmp_path).get(2569)
    with pytest.raises(FrameworkError, match="ไม่พบโฟลเดอร์"):
        FrameworkShelf(tmp_path / "none")
    for year in (2499, 2701, 2026):
        with pytest.raises(FrameworkError):
            FrameworkShelf(FOLDER).get(year)


def test_resources_when_frozen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path), raising=False)
    assert resources() == tmp_path / "resources"


def test_an_odd_file_name_does_not_break_the_sentence() -> None:
    error = refused_name("ก\n" * 300 + ".json")
    assert one_line(error)


def refused_name(name: str) -> FrameworkError:
    with pytest.raises(FrameworkError) as caught:
        parse_framework([], name)
    return caught.value
