"""An office's own copy of a template: every change keeps a template that can be read."""

from __future__ import annotations

import json

import pytest

from ita_desktop.documents.own_template import OwnTemplate, Part, check_values, free_kind
from ita_desktop.documents.template_kinds import KINDS
from ita_desktop.documents.templates import Template, TemplateError, load_templates, read_template
from ita_desktop.paths import resources

SHIPPED = load_templates(resources() / "documents")


def read(own: OwnTemplate) -> Template:
    return read_template(own.text, "x")


def part(own: OwnTemplate, kind: str) -> Part:
    return next(each for each in own.parts() if each.kind == kind)


@pytest.mark.parametrize("kind", SHIPPED)
def test_a_copy_is_the_same_document(kind: str):
    assert read(OwnTemplate(SHIPPED[kind])) == SHIPPED[kind]


def test_a_heading_is_renamed_and_a_column_left_out():
    own = OwnTemplate(SHIPPED["measures-report"])
    table = part(own, "measures")
    columns = [dict(column) for column in table.values["columns"]]
    columns[0]["heading"] = "ข้อ"
    own.put(table, "columns", columns[:-1])
    found = next(block for block in read(own).blocks if block.kind == "measures")
    assert found.columns[0].heading == "ข้อ"
    assert len(found.columns) == len(columns) - 1


def test_a_wrong_placeholder_is_refused_and_nothing_changes():
    own = OwnTemplate(SHIPPED["memo"])
    before = own.text
    with pytest.raises(TemplateError, match=r"ไม่รู้จักช่องเติม \{offce\}") as refused:
        own.put(part(own, "memo_head"), "subject", "ของ {offce}")
    assert "sections[0].blocks[0].subject" in str(refused.value)
    assert own.text == before


def test_blocks_move_through_the_sections():
    own = OwnTemplate(SHIPPED["photo-report"])
    last = own.parts()[-1]
    number = len(own.parts()) - 1
    order = [each.name for each in own.parts()]
    while own.parts()[number].section:
        number = own.move(own.parts()[number], -1)
    assert own.parts()[number].kind == last.kind
    assert sorted(each.name for each in own.parts()) == sorted(order)
    assert read(own).sections[0].blocks[-1].kind == last.kind
    number = own.move(own.parts()[number], 1)
    assert own.parts()[number].section == 1


def test_the_first_block_does_not_move_out_of_the_document():
    own = OwnTemplate(SHIPPED["memo"])
    first = part(own, "memo_head")
    assert own.parts()[own.move(first, -1)].kind == "memo_head"


@pytest.mark.parametrize("kind", KINDS)
def test_a_block_of_every_kind_can_be_added_and_removed(kind: str):
    own = OwnTemplate(SHIPPED["memo"])
    before = own.text
    number = own.add(own.parts()[1], kind)
    assert own.parts()[number].kind == kind
    assert read(own).blocks[0].kind == kind
    own.remove(own.parts()[number])
    assert own.text == before


def test_two_new_passages_have_places_of_their_own():
    own = OwnTemplate(SHIPPED["memo"])
    numbers = [own.add(own.parts()[1], "passage") for _ in range(2)]
    assert numbers == [2, 2]
    assert own.parts()[2].values["place"] != own.parts()[3].values["place"]


def test_a_section_goes_with_its_blocks_but_not_the_last_one():
    own = OwnTemplate(SHIPPED["photo-report"])
    page = next(each for each in own.parts() if each.section == 1 and each.block is None)
    own.remove(page)
    assert len(read(own).sections) == 1
    own.remove(own.parts()[1])
    assert len(read(own).sections) == 1


def test_the_page_turns():
    own = OwnTemplate(SHIPPED["memo"])
    own.put(own.parts()[1], "landscape", True)
    assert read(own).page.landscape


def test_a_copy_becomes_a_document_of_its_own():
    own = OwnTemplate(SHIPPED["memo"])
    name = free_kind("memo", {"memo": 1, "memo-2": 1})
    own.rename(name, "บันทึกของกองคลัง")
    assert (name, read(own).kind, read(own).name) == ("memo-3", "memo-3", "บันทึกของกองคลัง")


def test_a_template_that_prints_nothing_is_refused():
    data = {"kind": "x", "name": "ว่าง", "blocks": []}
    with pytest.raises(TemplateError, match="ไม่มีส่วนใดให้พิมพ์"):
        check_values(read_template(json.dumps(data), "x"))
