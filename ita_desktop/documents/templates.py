"""Document templates: which blocks a kind of document is made of, as data.

A template is a JSON file in ``resources/documents/``. It names blocks, columns, headings and wording
with placeholders in braces; a wrong one is refused with its name, the place and the mend.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ita_desktop.documents.blocks import Align, PageSetup
from ita_desktop.domain.fiscal import Round

_PLACEHOLDER = re.compile(r"\{([a-z_]*)\}")

PLACEHOLDERS = frozenset(
    {
        "office",
        "office_short",
        "place",
        "measure_year",
        "analysed_year",
        "earlier_year",
        "round",
        "round_start",
        "round_end",
        "measure_count",
        "guideline_count",
        "total",
        "level",
        "instrument",
    }
)
"""Every word that may stand in braces; ``compose`` gives them their values."""

COLUMN_VALUES: dict[str, frozenset[str]] = {
    "scores": frozenset({"name", "weight", "earlier", "score", "change"}),
    "measures": frozenset(
        {"number", "title", "answers", "steps", "period", "owners", "result", "outcome", "status"}
    ),
    "guidelines": frozenset(
        {"number", "indicator", "steps", "period", "owners", "result", "progress", "status"}
    ),
}
"""What a column of each kind of table can show."""

BLOCKS = frozenset({"heading", "paragraph", "space", "page_break", "signatures", *COLUMN_VALUES})


class TemplateError(Exception):
    """A template is wrong. ``str()`` is one plain Thai sentence with file, place and mend."""

    def __init__(self, name: str, place: str, problem: str, mend: str) -> None:
        self.name, self.place = name, place
        super().__init__(f"แม่แบบเอกสาร “{name}” ผิดที่ {place}: {problem} โปรด{mend}")


@dataclass(frozen=True, slots=True)
class ColumnTemplate:
    """One column of a table: its heading, what it shows and its share of the width."""

    heading: str
    value: str
    width: float
    align: Align


@dataclass(frozen=True, slots=True)
class BlockTemplate:
    """One block: its kind, its wording and its settings."""

    kind: str
    text: str = ""
    align: Align = Align.LEFT
    level: int = 1
    size_pt: float | None = None
    first_indent_mm: float = 0.0
    height_pt: float = 0.0
    columns: tuple[ColumnTemplate, ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """A kind of document."""

    kind: str
    name: str
    title: str
    subject: str
    rounds: tuple[Round, ...]
    page: PageSetup
    blocks: tuple[BlockTemplate, ...] = field(default=())


def fill(text: str, words: Mapping[str, str]) -> str:
    """The text with every placeholder replaced. User text put in is never looked at again."""
    return _PLACEHOLDER.sub(lambda match: words.get(match[1], ""), text)


def load_templates(folder: Path) -> dict[str, Template]:
    """All templates of a folder by kind. Raises TemplateError."""
    found = (load_template(path) for path in sorted(folder.glob("*.json")))
    return {template.kind: template for template in found}


def load_template(path: Path) -> Template:
    """Read and check one template. Raises TemplateError."""
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise TemplateError(path.name, "ทั้งแฟ้ม", "อ่านเป็น JSON ไม่ได้", "แก้รูปแบบแฟ้ม") from error
    return parse_template(data, path.name)


def parse_template(data: Any, name: str) -> Template:
    """Check a template's data. ``name`` is the file's, for the error. Raises TemplateError."""
    reader = _Reader(name)
    top = reader.object(data, "ทั้งแฟ้ม")
    rounds = reader.list(top.get("rounds", []), "rounds")
    if not rounds or any(each not in list(Round) for each in rounds):
        raise TemplateError(name, "rounds", "ต้องมีรอบ ๓ ๖ หรือ ๑๒ อย่างน้อยหนึ่งรอบ", "แก้รายการรอบ")
    blocks = reader.list(top.get("blocks", []), "blocks")
    return Template(
        kind=reader.text(top, "kind", "kind"),
        name=reader.text(top, "name", "name"),
        title=reader.wording(top, "title", "title"),
        subject=reader.wording(top, "subject", "subject"),
        rounds=tuple(Round(each) for each in rounds),
        page=reader.page(top.get("page", {}), "page"),
        blocks=tuple(reader.block(block, f"blocks[{i}]") for i, block in enumerate(blocks)),
    )


class _Reader:
    """Reads checked parts of one template's data."""

    def __init__(self, name: str) -> None:
        self._name = name

    def _wrong(self, place: str, problem: str, mend: str) -> TemplateError:
        return TemplateError(self._name, place, problem, mend)

    def object(self, data: Any, place: str) -> dict[str, Any]:
        if not isinstance(data, dict):
            raise self._wrong(place, "ต้องเป็นกลุ่มข้อมูล { }", "แก้รูปแบบ")
        return data

    def list(self, data: Any, place: str) -> list[Any]:
        if not isinstance(data, list):
            raise self._wrong(place, "ต้องเป็นรายการ [ ]", "แก้รูปแบบ")
        return data

    def text(self, data: dict[str, Any], key: str, place: str, default: str = "") -> str:
        value = data.get(key, default)
        if not isinstance(value, str) or not (value or key in ("text", "title", "subject")):
            raise self._wrong(place, "ต้องเป็นข้อความที่ไม่ว่าง", "เติมข้อความ")
        return value

    def wording(self, data: dict[str, Any], key: str, place: str) -> str:
        value = self.text(data, key, place)
        for match in _PLACEHOLDER.finditer(value):
            if match[1] not in PLACEHOLDERS:
                raise self._wrong(place, f"ไม่รู้จักช่องเติม {match[0]}", "แก้ชื่อช่องเติมหรือลบออก")
        return value

    def number(
        self, data: dict[str, Any], key: str, place: str, default: float, low: float, high: float
    ) -> float:
        value = data.get(key, default)
        usable = isinstance(value, int | float) and not isinstance(value, bool)
        if not usable or not low <= value <= high:
            raise self._wrong(f"{place}.{key}", f"ต้องเป็นตัวเลข {low:g} ถึง {high:g}", "แก้ตัวเลข")
        return float(value)

    def align(self, data: dict[str, Any], place: str) -> Align:
        try:
            return Align(data.get("align", "left"))
        except ValueError as error:
            mend = "ใช้ left center right หรือ thai"
            raise self._wrong(f"{place}.align", "ไม่รู้จักการจัดแนว", mend) from error

    def page(self, data: Any, place: str) -> PageSetup:
        found, plain = self.object(data, place), PageSetup()
        return PageSetup(
            landscape=bool(found.get("landscape", False)),
            left_mm=self.number(found, "left_mm", place, plain.left_mm, 5, 60),
            right_mm=self.number(found, "right_mm", place, plain.right_mm, 5, 60),
            top_mm=self.number(found, "top_mm", place, plain.top_mm, 5, 60),
            bottom_mm=self.number(found, "bottom_mm", place, plain.bottom_mm, 5, 60),
            size_pt=self.number(found, "size_pt", place, plain.size_pt, 8, 40),
        )

    def block(self, data: Any, place: str) -> BlockTemplate:
        found = self.object(data, place)
        kind = found.get("block")
        if kind not in BLOCKS:
            mend = "ใช้ชนิดที่มี เช่น " + " ".join(sorted(BLOCKS))
            raise self._wrong(f"{place}.block", f"ไม่รู้จักชนิด “{kind}”", mend)
        size = self.number(found, "size_pt", place, 0, 0, 60)
        return BlockTemplate(
            kind=kind,
            text=self.wording(found, "title" if kind in COLUMN_VALUES else "text", f"{place}.text"),
            align=self.align(found, place),
            level=int(self.number(found, "level", place, 1, 1, 3)),
            size_pt=size or None,
            first_indent_mm=self.number(found, "first_indent_mm", place, 0, 0, 100),
            height_pt=self.number(found, "height_pt", place, 0, 0, 800),
            columns=self.columns(found, kind, place) if kind in COLUMN_VALUES else (),
        )

    def columns(self, data: dict[str, Any], kind: str, place: str) -> tuple[ColumnTemplate, ...]:
        columns = self.list(data.get("columns", []), f"{place}.columns")
        if not columns:
            raise self._wrong(f"{place}.columns", "ตารางไม่มีคอลัมน์", "เติมอย่างน้อยหนึ่งคอลัมน์")
        return tuple(
            self.column(column, kind, f"{place}.columns[{i}]") for i, column in enumerate(columns)
        )

    def column(self, data: Any, kind: str, place: str) -> ColumnTemplate:
        found = self.object(data, place)
        value = found.get("value")
        if value not in COLUMN_VALUES[kind]:
            mend = "ใช้ค่าที่มี คือ " + " ".join(sorted(COLUMN_VALUES[kind]))
            raise self._wrong(f"{place}.value", f"ไม่รู้จักค่า “{value}”", mend)
        return ColumnTemplate(
            heading=self.wording(found, "heading", f"{place}.heading"),
            value=value,
            width=self.number(found, "width", place, 10, 1, 100),
            align=self.align(found, place),
        )
