"""An office's own copy of a template: changed part by part, checked before it is kept.

The copy is the template's JSON data. Parts are counted through all sections; part 0 is the document
itself, and every section begins with a part of its own that holds its page.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from ita_desktop.documents.blocks import Align, PageSetup
from ita_desktop.documents.template_kinds import (
    COLUMNS,
    KINDS,
    USUAL_LIST,
    Setting,
    Want,
    words_of,
)
from ita_desktop.documents.templates import (
    BlockTemplate,
    ColumnTemplate,
    Template,
    TemplateError,
    parse_template,
)
from ita_desktop.domain.live import in_thai

DOCUMENT_SETTINGS: dict[str, Setting] = {
    "name": Setting(Want.WORDING, "ชื่อในรายการ"),
    "title": Setting(Want.WORDING, "ชื่อเอกสาร"),
    "subject": Setting(Want.WORDING, "เรื่องย่อ"),
}
PAGE_SETTINGS: dict[str, Setting] = {
    "landscape": Setting(Want.FLAG, "กระดาษแนวนอน", False),
    "size_pt": Setting(Want.NUMBER, "ขนาดอักษร", 16, 8, 40),
    "number_from": Setting(Want.NUMBER, "เลขหน้าตั้งแต่หน้า", 2, 0, 99),
    "number_restart": Setting(Want.FLAG, "เริ่มนับหน้าใหม่", False),
    "catchwords": Setting(Want.FLAG, "คำต่อหน้า", False),
}
FIRST_COLUMNS = 3
"""So many columns a new table begins with."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its Thai name with its first words, its place, and the settings it has.

    ``section`` is None for the document itself, ``block`` is None for a section's page.
    """

    name: str
    section: int | None
    block: int | None
    kind: str
    settings: Mapping[str, Setting]
    values: Mapping[str, Any]


class OwnTemplate:
    """A template's data while it is changed. Changes are refused by TemplateError and undone."""

    def __init__(self, template: Template) -> None:
        self._data = template_data(template)
        self._name = template.name

    @property
    def kind(self) -> str:
        """Which kind of document it makes."""
        return str(self._data["kind"])

    @property
    def text(self) -> str:
        """The JSON text to keep."""
        return json.dumps(self._data, ensure_ascii=False, indent=1)

    def parts(self) -> list[Part]:
        """The document, then each section with its blocks."""
        return list(_parts(self._data))

    def put(self, part: Part, key: str, value: Any) -> None:
        """Change one setting of a part. Raises TemplateError; then nothing has changed."""
        changed = copy.deepcopy(self._data)
        _holder(changed, part)[key] = value
        self._take(changed)

    def move(self, part: Part, by: int) -> int:
        """Move a block up or down, also into the next section; return its part's number."""
        changed = copy.deepcopy(self._data)
        sections: list[dict[str, Any]] = changed["sections"]
        assert part.section is not None and part.block is not None
        at, to = part.section, part.section
        block = sections[at]["blocks"].pop(part.block)
        place = part.block + by
        if place < 0 and at > 0:
            to, place = at - 1, len(sections[at - 1]["blocks"])
        elif place > len(sections[at]["blocks"]) and at < len(sections) - 1:
            to, place = at + 1, 0
        place = max(0, min(place, len(sections[to]["blocks"])))
        sections[to]["blocks"].insert(place, block)
        self._take(changed)
        return self._number(to, place)

    def remove(self, part: Part) -> None:
        """Leave a block out, or a section with all its blocks."""
        changed = copy.deepcopy(self._data)
        sections: list[dict[str, Any]] = changed["sections"]
        if part.section is None:
            return
        if part.block is not None:
            sections[part.section]["blocks"].pop(part.block)
        elif len(sections) > 1:
            sections.pop(part.section)
        self._take(changed)

    def add(self, after: Part, kind: str) -> int:
        """Put a new block of that kind behind a part; return its part's number."""
        changed = copy.deepcopy(self._data)
        section = after.section or 0
        place = 0 if after.block is None else after.block + 1
        changed["sections"][section]["blocks"].insert(place, _new_block(kind, changed))
        self._take(changed)
        return self._number(section, place)

    def split(self, part: Part, key: str, texts: Sequence[str]) -> int:
        """Make one block several that are alike but for a text; return the last one's number."""
        changed = copy.deepcopy(self._data)
        assert part.section is not None and part.block is not None
        blocks: list[dict[str, Any]] = changed["sections"][part.section]["blocks"]
        here = blocks[part.block]
        blocks[part.block : part.block + 1] = [{**copy.deepcopy(here), key: t} for t in texts]
        self._take(changed)
        return self._number(part.section, part.block + len(texts) - 1)

    def add_texts(self, after: Part, texts: Sequence[str]) -> int:
        """Put paragraphs of these texts behind a part; return the last one's number."""
        changed = copy.deepcopy(self._data)
        section = after.section or 0
        place = 0 if after.block is None else after.block + 1
        new = [{**_new_block("paragraph", changed), "text": text} for text in texts]
        changed["sections"][section]["blocks"][place:place] = new
        self._take(changed)
        return self._number(section, place + len(texts) - 1)

    def rename(self, kind: str, name: str) -> None:
        """Make it another document with a kind and a name of its own."""
        self._take({**copy.deepcopy(self._data), "kind": kind, "name": name})

    def _take(self, changed: dict[str, Any]) -> None:
        parse_template(changed, self._name)
        self._data = changed

    def _number(self, section: int, block: int) -> int:
        places = [(part.section, part.block) for part in self.parts()]
        return places.index((section, block))


def template_data(template: Template) -> dict[str, Any]:
    """The JSON data a template is read from; what is as usual is left out."""
    return {
        "kind": template.kind,
        "name": template.name,
        "title": template.title,
        "subject": template.subject,
        "rounds": [int(which) for which in template.rounds],
        "sections": [
            {"page": _page_data(section.page), "blocks": [*map(_block_data, section.blocks)]}
            for section in template.sections
        ],
    }


def free_kind(kind: str, taken: Mapping[str, object]) -> str:
    """A name for a copy of a kind that no other document has."""
    number = 2
    while (name := f"{kind[:50]}-{number}") in taken:
        number += 1
    return name


def check_values(template: Template) -> None:
    """Refuse, as TemplateError, what reads well but can make no document."""
    if not template.sections or not template.blocks:
        raise TemplateError(template.name, "blocks", "ไม่มีส่วนใดให้พิมพ์", "เพิ่มอย่างน้อยหนึ่งส่วน")


def _page_data(page: PageSetup) -> dict[str, Any]:
    plain = PageSetup()
    names = [each.name for each in fields(PageSetup)]
    return {
        name: getattr(page, name) for name in names if getattr(page, name) != getattr(plain, name)
    }


def _block_data(block: BlockTemplate) -> dict[str, Any]:
    settings = KINDS[block.kind].settings
    data: dict[str, Any] = {"block": block.kind}
    for key, value in block.settings.items():
        if value != settings[key].default:
            data[key] = _plain(value)
    return data


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, ColumnTemplate):
        return column_data(value)
    return value


def column_data(column: ColumnTemplate) -> dict[str, Any]:
    """The JSON data of a column; what is as usual is left out."""
    plain = replace(column, align=Align.LEFT, group="", list=USUAL_LIST, bold=False)
    data: dict[str, Any] = {
        "heading": plain.heading,
        "value": plain.value,
        "width": plain.width,
    }
    if column.align is not Align.LEFT:
        data["align"] = column.align.value
    if column.group:
        data["group"] = column.group
    if column.list != USUAL_LIST:
        data["list"] = column.list
    if column.bold:
        data["bold"] = True
    return data


def _parts(data: dict[str, Any]) -> Iterator[Part]:
    top = {key: data.get(key, "") for key in DOCUMENT_SETTINGS}
    yield Part("เอกสาร", None, None, "", DOCUMENT_SETTINGS, top)
    for at, section in enumerate(data["sections"]):
        page = section.get("page", {})
        turned = "แนวนอน" if page.get("landscape") else "แนวตั้ง"
        yield Part(f"ตอนที่ {at + 1} (กระดาษ{turned})", at, None, "", PAGE_SETTINGS, page)
        for number, block in enumerate(section["blocks"]):
            kind = KINDS[block["block"]]
            name = " – ".join(part for part in (kind.name, _first_words(block)) if part)
            yield Part(name, at, number, block["block"], kind.settings, block)


def _first_words(block: Mapping[str, Any]) -> str:
    for key in ("name", "heading", "title", "text", "subject"):
        if block.get(key):
            words = in_thai(str(block[key]).split("\n")[0], words_of(str(block.get("block", ""))))
            return words if len(words) <= 40 else f"{words[:40]}…"
    return ""


def _holder(data: dict[str, Any], part: Part) -> dict[str, Any]:
    if part.section is None:
        return data
    section = data["sections"][part.section]
    if part.block is None:
        return section.setdefault("page", {})
    return section["blocks"][part.block]


def _new_block(kind: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """A block of that kind that can be read as it is."""
    made: dict[str, Any] = {"block": kind}
    for key, setting in KINDS[kind].settings.items():
        if setting.want is Want.COLUMNS:
            first = list(COLUMNS[kind].items())[:FIRST_COLUMNS]
            made[key] = [{"heading": heading, "value": value} for value, heading in first]
        elif setting.want is Want.PLACE:
            made[key] = _free_place(data)
        elif setting.want is Want.CHOICE and setting.default is None:
            made[key] = next(iter(setting.choices))
        elif key in ("text", "name") and kind in ("heading", "paragraph", "passage"):
            made[key] = "ข้อความใหม่"
    return made


def _free_place(data: Mapping[str, Any]) -> str:
    taken = {
        block.get("place") for section in data["sections"] for block in section.get("blocks", ())
    }
    return next(place for n in range(1, 1000) if (place := f"own-{n}") not in taken)
