"""Templates: the shipped ones load, and each mistake is refused in its place."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ita_desktop.documents.blocks import Align, PageSetup
from ita_desktop.documents.template_kinds import COLUMNS, PLACEHOLDERS
from ita_desktop.documents.template_kinds import KINDS as BLOCK_KINDS
from ita_desktop.documents.templates import (
    ORDER,
    Template,
    TemplateError,
    fill,
    load_template,
    load_templates,
    parse_template,
)
from ita_desktop.domain.fiscal import Round
from ita_desktop.paths import resources

FOLDER = resources() / "documents"
SHIPPED = json.loads((FOLDER / "measures-report.json").read_text("utf-8"))
KINDS = [block["block"] for block in SHIPPED["blocks"]]
SCORES, MEASURES = KINDS.index("scores"), KINDS.index("measures")
GUIDELINES, PARAGRAPH = KINDS.index("guidelines"), KINDS.index("paragraph")


def at(*path: str | int, put: Any) -> Callable[[], Any]:
    """The shipped template with one value changed; ``path`` leads to it."""

    def change() -> Any:
        data = copy.deepcopy(SHIPPED)
        inner = data
        for step in path[:-1]:
            inner = inner[step]
        inner[path[-1]] = put
        return data

    return change


def refused(data: Any) -> TemplateError:
    with pytest.raises(TemplateError) as caught:
        parse_template(data, "ทดลอง.json")
    sentence = str(caught.value)
    assert sentence.startswith("แม่แบบเอกสาร “ทดลอง.json” ผิดที่ ") and " โปรด" in sentence
    assert sentence.isprintable() and len(sentence) < 400
    return caught.value


def test_shipped_templates_load():
    found = load_templates(FOLDER)
    assert list(found) == list(ORDER) and set(ORDER) == {p.stem for p in FOLDER.glob("*.json")}
    report = found["measures-report"]
    assert report.rounds == (Round.SIX, Round.TWELVE) and report.page.landscape
    assert [block.kind for block in report.blocks] == KINDS
    assert len(report.blocks[MEASURES].columns) == 7
    assert report.blocks[PARAGRAPH].align is Align.THAI


def test_what_is_left_out_is_as_usual():
    data = {"kind": "x", "name": "x", "rounds": [3], "blocks": [{"block": "heading"}]}
    template = parse_template(data, "x.json")
    assert template.page == PageSetup()
    assert (template.title, template.subject) == ("", "")
    (block,) = template.blocks
    assert (block.text, block.align, block.settings["level"]) == ("", Align.LEFT, 1)
    assert block.size_pt is None


B = "blocks"
REFUSED: list[tuple[Callable[[], Any], str, str]] = [
    (list, "ทั้งแฟ้ม", "{ }"),
    (at("tilte", put="x"), "ทั้งแฟ้ม", "“tilte”"),
    (at("a\nb", put="x"), "ทั้งแฟ้ม", "“a"),
    (at("kind", put=""), "kind", "ไม่ว่าง"),
    (at("kind", put=5), "kind", "ข้อความ"),
    (at("name", put=None), "name", "ข้อความ"),
    (at("title", put=[]), "title", "ข้อความ"),
    (at("title", put="{nobody}"), "title", "{nobody}"),
    (at("title", put="ปี {}"), "title", "{}"),
    (at("title", put="{Office}"), "title", "วงเล็บปีกกา"),
    (at("title", put="{office"), "title", "วงเล็บปีกกา"),
    (at("title", put="office}"), "title", "วงเล็บปีกกา"),
    (at("title", put="{{office}}"), "title", "วงเล็บปีกกา"),
    (at("title", put="{measure-year}"), "title", "วงเล็บปีกกา"),
    (at("subject", put="{instrument}"), "subject", "{instrument}"),
    (at("kind", put="a/b"), "kind", "ชื่อชนิด"),
    (at("kind", put="../x"), "kind", "ชื่อชนิด"),
    (at("sections", put=[]), "sections", "อย่างใดอย่างหนึ่ง"),
    (at("rounds", put=[9]), "rounds", "รอบ"),
    (at("rounds", put=[6, "12"]), "rounds", "รอบ"),
    (at("rounds", put=[[6]]), "rounds", "รอบ"),
    (at("rounds", put=[6.0]), "rounds", "รอบ"),
    (at("rounds", put=6), "rounds", "[ ]"),
    (at("page", put=[]), "page", "{ }"),
    (at("page", "lanscape", put=True), "page", "“lanscape”"),
    (at("page", "landscape", put="yes"), "page.landscape", "true"),
    (at("page", "left_mm", put=4), "page.left_mm", "5 ถึง 60"),
    (at("page", "right_mm", put=61), "page.right_mm", "5 ถึง 60"),
    (at("page", "top_mm", put="20"), "page.top_mm", "ตัวเลข"),
    (at("page", "bottom_mm", put=True), "page.bottom_mm", "ตัวเลข"),
    (at("page", "size_pt", put=float("nan")), "page.size_pt", "ตัวเลข"),
    (at("page", "size_pt", put=float("inf")), "page.size_pt", "ตัวเลข"),
    (at(B, put={}), "blocks", "[ ]"),
    (at(B, 0, put="heading"), "blocks[0]", "{ }"),
    (at(B, 0, put={}), "blocks[0].block", "ชนิด"),
    (at(B, 0, "block", put="picture"), "blocks[0].block", "“picture”"),
    (at(B, 0, "block", put=[]), "blocks[0].block", "ชนิด"),
    (at(B, 0, "block", put={}), "blocks[0].block", "ชนิด"),
    (at(B, 0, "colour", put="red"), "blocks[0]", "“colour”"),
    (at(B, 0, "height_pt", put=5), "blocks[0]", "“height_pt”"),
    (at(B, 0, "text", put=5), "blocks[0].text", "ข้อความ"),
    (at(B, 0, "text", put="{x}"), "blocks[0].text", "{x}"),
    (at(B, 0, "text", put="{instrument}"), "blocks[0].text", "{instrument}"),
    (at(B, 0, "align", put="middle"), "blocks[0].align", "ค่า"),
    (at(B, 0, "align", put=[]), "blocks[0].align", "ค่า"),
    (at(B, 0, "level", put=4), "blocks[0].level", "1 ถึง 3"),
    (at(B, 0, "size_pt", put=-1), "blocks[0].size_pt", "0 ถึง 60"),
    (at(B, 1, "first_indent_mm", put=10**400), "blocks[1].first_indent_mm", "0 ถึง 100"),
    (at(B, 0, put={"block": "space", "height_pt": 801}), "blocks[0].height_pt", "0 ถึง 800"),
    (at(B, 0, put={"block": "page_break", "text": "x"}), "blocks[0]", "“text”"),
    (at(B, 0, put={"block": "signatures", "text": "x"}), "blocks[0]", "“text”"),
    (at(B, SCORES, "title", put="{x}"), f"blocks[{SCORES}].title", "{x}"),
    (at(B, SCORES, "title", put="{instrument}"), f"blocks[{SCORES}].title", "{instrument}"),
    (at(B, SCORES, "text", put="x"), f"blocks[{SCORES}]", "“text”"),
    (at(B, SCORES, "columns", put=[]), f"blocks[{SCORES}].columns", "ไม่มีคอลัมน์"),
    (at(B, SCORES, "columns", put={}), f"blocks[{SCORES}].columns", "[ ]"),
    (at(B, SCORES, "columns", 1, put=5), f"blocks[{SCORES}].columns[1]", "{ }"),
    (
        at(B, SCORES, "columns", 1, "value", put="owners"),
        f"blocks[{SCORES}].columns[1].value",
        "“owners”",
    ),
    (at(B, SCORES, "columns", 1, "value", put=[]), f"blocks[{SCORES}].columns[1].value", "ค่า"),
    (at(B, SCORES, "columns", 1, "heading", put=""), f"blocks[{SCORES}].columns[1].heading", "ว่าง"),
    (
        at(B, GUIDELINES, "columns", 1, "heading", put="{instrument}"),
        f"blocks[{GUIDELINES}].columns[1].heading",
        "{instrument}",
    ),
    (at(B, SCORES, "columns", 1, "width", put=0), f"blocks[{SCORES}].columns[1].width", "1 ถึง"),
    (at(B, SCORES, "columns", 1, "align", put=0), f"blocks[{SCORES}].columns[1].align", "ค่า"),
    (at(B, SCORES, "columns", 1, "size", put=0), f"blocks[{SCORES}].columns[1]", "“size”"),
]


@pytest.mark.parametrize(
    ("data", "place", "words"), REFUSED, ids=[f"{i} {case[1]}" for i, case in enumerate(REFUSED)]
)
def test_refused_in_its_place(data: Callable[[], Any], place: str, words: str):
    error = refused(data())
    assert error.place == place and words in str(error)


@pytest.mark.parametrize("kind", COLUMNS)
def test_every_value_of_every_table_is_taken(kind: str):
    columns = [{"heading": "x", "value": value} for value in COLUMNS[kind]]
    block = {"block": kind, "columns": columns}
    template = parse_template(SHIPPED | {"blocks": [block]}, "x.json")
    assert {column.value for column in template.blocks[0].columns} == set(COLUMNS[kind])
    assert kind in BLOCK_KINDS


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"9" * 5000, "{'kind': 'ก'}".encode("cp874")],
    ids=lambda content: ascii(content[:12]),
)
def test_files_that_are_no_json(tmp_path: Path, content: bytes):
    file = tmp_path / "เสีย.json"
    file.write_bytes(content)
    with pytest.raises(TemplateError, match="เสีย") as caught:
        load_template(file)
    assert caught.value.place == "ทั้งแฟ้ม"


def test_missing_file(tmp_path: Path):
    with pytest.raises(TemplateError, match="ไม่มี"):
        load_template(tmp_path / "ไม่มี.json")


def test_two_templates_of_one_kind(tmp_path: Path):
    for name in ("1.json", "2.json"):
        (tmp_path / name).write_text(json.dumps(SHIPPED), encoding="utf-8-sig")
    with pytest.raises(TemplateError, match=r"2\.json") as caught:
        load_templates(tmp_path)
    assert caught.value.place == "kind"


def test_an_empty_folder_holds_none(tmp_path: Path):
    assert load_templates(tmp_path) == {}


def test_filling_looks_at_nothing_twice():
    words = {"office": "{total} {level}", "total": "5", "level": "{office}"}
    assert fill("{office}/{total}/{level}", words) == "{total} {level}/5/{office}"
    assert fill("{round}!", {}) == "!"


def test_placeholders_are_words_fill_can_find():
    template = parse_template(SHIPPED | {"title": "".join(f"{{{w}}}" for w in PLACEHOLDERS)}, "x")
    assert isinstance(template, Template)
    assert fill(template.title, dict.fromkeys(PLACEHOLDERS, "x")) == "x" * len(PLACEHOLDERS)
