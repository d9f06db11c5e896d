"""Document templates: which blocks a kind of document is made of, as data.

A template is a JSON file in ``resources/documents/``. It names blocks, columns, headings and
wording with placeholders in braces; a wrong one is refused with its name, the place and the mend.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
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
    }
)
"""Every word that may stand in braces; ``compose`` gives them their values."""

TITLE_PLACEHOLDERS = {"guidelines": PLACEHOLDERS | {"instrument"}}
"""Kinds of table whose title may use further words: each such table is about one instrument."""

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

CHART_SOURCES = frozenset({"indicators", "statuses"})
"""What a chart can show: the indicators beside last year's, or the measures by status."""

_TABLE = ("block", "title", "columns")
BLOCK_KEYS: dict[str, tuple[str, ...]] = {
    "heading": ("block", "text", "level", "align", "size_pt"),
    "paragraph": ("block", "text", "align", "size_pt", "first_indent_mm"),
    "space": ("block", "height_pt"),
    "page_break": ("block",),
    "signatures": ("block",),
    "chart": ("block", "source", "title", "size_pt"),
    **dict.fromkeys(COLUMN_VALUES, _TABLE),
}
"""Every kind of block and the settings it has."""

_TOP = ("kind", "name", "title", "subject", "rounds", "page", "blocks")
_PAGE = (
    *("landscape", "left_mm", "right_mm", "top_mm", "bottom_mm", "size_pt", "font"),
    *("number_from", "number_restart", "catchwords"),
)
_COLUMN = ("heading", "value", "width", "align")


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
    source: str = ""


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
    found: dict[str, Template] = {}
    for path in sorted(folder.glob("*.json")):
        template = load_template(path)
        if template.kind in found:
            problem = f"มีแม่แบบชนิด “{template.kind}” อยู่แล้วในแฟ้มอื่น"
            raise TemplateError(path.name, "kind", problem, "ใช้ชื่อชนิดอื่นหรือลบแฟ้มใดแฟ้มหนึ่ง")
        found[template.kind] = template
    return found


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
    top = reader.object(data, "ทั้งแฟ้ม", _TOP)
    blocks = reader.list(top.get("blocks", []), "blocks")
    return Template(
        kind=reader.text(top, "kind", "kind"),
        name=reader.text(top, "name", "name"),
        title=reader.wording(top, "title", "title"),
        subject=reader.wording(top, "subject", "subject"),
        rounds=reader.rounds(top.get("rounds", []), "rounds"),
        page=reader.page(top.get("page", {}), "page"),
        blocks=tuple(reader.block(block, f"blocks[{i}]") for i, block in enumerate(blocks)),
    )


def _shown(value: Any) -> str:
    """A value as it may stand in an error sentence: short, on one line."""
    if not isinstance(value, str | int | float):
        return "ข้อมูลชนิดอื่น"
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in str(value)[:40])


class _Reader:
    """Reads checked parts of one template's data."""

    def __init__(self, name: str) -> None:
        self._name = name

    def _wrong(self, place: str, problem: str, mend: str) -> TemplateError:
        return TemplateError(self._name, place, problem, mend)

    def object(self, data: Any, place: str, keys: Iterable[str] | None = None) -> dict[str, Any]:
        """A group; with ``keys``, one that has no other keys."""
        if not isinstance(data, dict):
            raise self._wrong(place, "ต้องเป็นกลุ่มข้อมูล { }", "แก้รูปแบบ")
        for key in data:
            if keys is not None and key not in keys:
                mend = "แก้ตัวสะกดหรือลบออก"
                raise self._wrong(place, f"ไม่รู้จักคำว่า “{_shown(key)}”", mend)
        return data

    def list(self, data: Any, place: str) -> list[Any]:
        """A list."""
        if not isinstance(data, list):
            raise self._wrong(place, "ต้องเป็นรายการ [ ]", "แก้รูปแบบ")
        return data

    def rounds(self, data: Any, place: str) -> tuple[Round, ...]:
        """The rounds a document is made for."""
        rounds = self.list(data, place)
        if not rounds or any(type(each) is not int or each not in list(Round) for each in rounds):
            raise self._wrong(place, "ต้องมีรอบ ๓ ๖ หรือ ๑๒ อย่างน้อยหนึ่งรอบ", "แก้รายการรอบ")
        return tuple(Round(each) for each in rounds)

    def text(self, data: dict[str, Any], key: str, place: str, default: str = "") -> str:
        """A text; only a title, a subject and a block's text may be empty."""
        value = data.get(key, default)
        if not isinstance(value, str) or not (value or key in ("text", "title", "subject")):
            raise self._wrong(place, "ต้องเป็นข้อความที่ไม่ว่าง", "เติมข้อความ")
        return value

    def wording(
        self, data: dict[str, Any], key: str, place: str, words: frozenset[str] = PLACEHOLDERS
    ) -> str:
        """A text whose braces hold nothing but known placeholders."""
        value = self.text(data, key, place)
        for match in _PLACEHOLDER.finditer(value):
            if match[1] not in words:
                raise self._wrong(place, f"ไม่รู้จักช่องเติม {match[0]}", "แก้ชื่อช่องเติมหรือลบออก")
        if re.search(r"[{}]", _PLACEHOLDER.sub("", value)):
            mend = "ใช้ช่องเติมที่มี เช่น {office} หรือลบวงเล็บออก"
            raise self._wrong(place, "มีวงเล็บปีกกาที่ไม่ใช่ช่องเติม", mend)
        return value

    def number(
        self, data: dict[str, Any], key: str, place: str, default: float, low: float, high: float
    ) -> float:
        """A number between two bounds."""
        value = data.get(key, default)
        usable = isinstance(value, int | float) and not isinstance(value, bool)
        if not usable or not low <= value <= high:
            raise self._wrong(f"{place}.{key}", f"ต้องเป็นตัวเลข {low:g} ถึง {high:g}", "แก้ตัวเลข")
        return float(value)

    def align(self, data: dict[str, Any], place: str) -> Align:
        """An alignment by name."""
        try:
            return Align(data.get("align", "left"))
        except ValueError as error:
            mend = "ใช้ left center right หรือ thai"
            raise self._wrong(f"{place}.align", "ไม่รู้จักการจัดแนว", mend) from error

    def page(self, data: Any, place: str) -> PageSetup:
        """The page set-up; what is not given is as offices usually have it."""
        found, plain = self.object(data, place, _PAGE), PageSetup()
        return PageSetup(
            landscape=self.flag(found, "landscape", place),
            left_mm=self.number(found, "left_mm", place, plain.left_mm, 5, 60),
            right_mm=self.number(found, "right_mm", place, plain.right_mm, 5, 60),
            top_mm=self.number(found, "top_mm", place, plain.top_mm, 5, 60),
            bottom_mm=self.number(found, "bottom_mm", place, plain.bottom_mm, 5, 60),
            size_pt=self.number(found, "size_pt", place, plain.size_pt, 8, 40),
            font=self.text(found, "font", f"{place}.font", plain.font),
            number_from=int(self.number(found, "number_from", place, plain.number_from, 0, 99)),
            number_restart=self.flag(found, "number_restart", place),
            catchwords=self.flag(found, "catchwords", place),
        )

    def flag(self, data: dict[str, Any], key: str, place: str) -> bool:
        """A yes or no; no when it is not given."""
        value = data.get(key, False)
        if not isinstance(value, bool):
            raise self._wrong(f"{place}.{key}", "ต้องเป็น true หรือ false", "แก้ค่า")
        return value

    def block(self, data: Any, place: str) -> BlockTemplate:
        """One block of the document."""
        kind = self.object(data, place).get("block")
        if not isinstance(kind, str) or kind not in BLOCK_KEYS:
            mend = "ใช้ชนิดที่มี เช่น " + " ".join(sorted(BLOCK_KEYS))
            raise self._wrong(f"{place}.block", f"ไม่รู้จักชนิด “{_shown(kind)}”", mend)
        found = self.object(data, place, BLOCK_KEYS[kind])
        is_table = kind in COLUMN_VALUES
        key = "title" if is_table or kind == "chart" else "text"
        words = TITLE_PLACEHOLDERS.get(kind, PLACEHOLDERS)
        return BlockTemplate(
            kind=kind,
            text=self.wording(found, key, f"{place}.{key}", words),
            align=self.align(found, place),
            level=int(self.number(found, "level", place, 1, 1, 3)),
            size_pt=self.number(found, "size_pt", place, 0, 0, 60) or None,
            first_indent_mm=self.number(found, "first_indent_mm", place, 0, 0, 100),
            height_pt=self.number(found, "height_pt", place, 0, 0, 800),
            columns=self.columns(found, kind, place) if is_table else (),
            source=self.source(found, place) if kind == "chart" else "",
        )

    def source(self, data: dict[str, Any], place: str) -> str:
        """What a chart shows."""
        value = data.get("source")
        if not isinstance(value, str) or value not in CHART_SOURCES:
            mend = "ใช้ค่าที่มี คือ " + " ".join(sorted(CHART_SOURCES))
            raise self._wrong(f"{place}.source", f"ไม่รู้จักค่า “{_shown(value)}”", mend)
        return value

    def columns(self, data: dict[str, Any], kind: str, place: str) -> tuple[ColumnTemplate, ...]:
        """The columns of a table, at least one."""
        columns = self.list(data.get("columns", []), f"{place}.columns")
        if not columns:
            raise self._wrong(f"{place}.columns", "ตารางไม่มีคอลัมน์", "เติมอย่างน้อยหนึ่งคอลัมน์")
        return tuple(
            self.column(column, kind, f"{place}.columns[{i}]") for i, column in enumerate(columns)
        )

    def column(self, data: Any, kind: str, place: str) -> ColumnTemplate:
        """One column of a table of that kind."""
        found = self.object(data, place, _COLUMN)
        value = found.get("value")
        if not isinstance(value, str) or value not in COLUMN_VALUES[kind]:
            mend = "ใช้ค่าที่มี คือ " + " ".join(sorted(COLUMN_VALUES[kind]))
            raise self._wrong(f"{place}.value", f"ไม่รู้จักค่า “{_shown(value)}”", mend)
        return ColumnTemplate(
            heading=self.wording(found, "heading", f"{place}.heading"),
            value=value,
            width=self.number(found, "width", place, 10, 1, 100),
            align=self.align(found, place),
        )
