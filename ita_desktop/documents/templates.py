"""Document templates: which blocks a kind of document is made of, as data.

A template is a JSON file in ``resources/documents/``. It names blocks, columns, headings and
wording with placeholders in braces; a wrong one is refused with its name, the place and the mend.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from ita_desktop.documents.blocks import Align, PageSetup
from ita_desktop.documents.template_kinds import (
    COLUMNS,
    EXTRA_WORDS,
    KINDS,
    LISTS,
    PLACEHOLDERS,
    USUAL_LIST,
    Setting,
    Want,
)
from ita_desktop.domain.fiscal import Round

_PLACEHOLDER = re.compile(r"\{([a-z_]*)\}")
_PLACE = re.compile(r"^[a-z0-9-]+(/[a-z0-9-]+)*$")

ORDER = (
    *("measures-report", "progress-report", "photo-report", "memo"),
    *("analysis-memo", "issues-plan", "score-summary", "district-line", "oit-list"),
)
"""The order in which kinds of document are offered; others follow."""

_TOP = ("kind", "name", "title", "subject", "rounds", "page", "sections", "blocks")
_SECTION = ("page", "blocks")
_PAGE = (
    *("landscape", "left_mm", "right_mm", "top_mm", "bottom_mm", "size_pt", "font"),
    *("number_from", "number_restart", "catchwords"),
)
_COLUMN = ("heading", "value", "width", "align", "group", "list", "bold")
_ALIGNS = tuple(align.value for align in Align)
_MOST = 500
"""So many sections, blocks or columns a template may have."""


class TemplateError(Exception):
    """A template is wrong. ``str()`` is one plain Thai sentence with file, place and mend."""

    def __init__(self, name: str, place: str, problem: str, mend: str) -> None:
        self.name, self.place, self.problem, self.mend = name, place, problem, mend
        super().__init__(f"แม่แบบเอกสาร “{name}” ผิดที่ {place}: {problem} โปรด{mend}")


@dataclass(frozen=True, slots=True)
class ColumnTemplate:
    """One column of a table: its heading, what it shows and its share of the width."""

    heading: str
    value: str
    width: float
    align: Align
    group: str = ""
    list: str = USUAL_LIST
    """How the points in a cell are told apart: one of ``LISTS``."""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class BlockTemplate:
    """One block: its kind and its checked settings, one for each that ``KINDS`` names."""

    kind: str
    settings: Mapping[str, Any]

    def wording(self, key: str) -> str:
        """A text setting; "" where the kind has none of that name."""
        return self.settings.get(key, "")

    @property
    def text(self) -> str:
        """The block's main wording: its text, or its title."""
        return self.wording("text") or self.wording("title")

    @property
    def align(self) -> Align:
        """How its text is set."""
        return Align(self.settings.get("align", "left"))

    @property
    def size_pt(self) -> float | None:
        """Its own type size; None: the page's."""
        return self.settings.get("size_pt") or None

    @property
    def first_indent_mm(self) -> float:
        """Indent of the first line."""
        return self.settings.get("first_indent_mm", 0.0)

    @property
    def columns(self) -> tuple[ColumnTemplate, ...]:
        """Its columns; none where it is no table."""
        return self.settings.get("columns", ())

    def shows(self, *values: str) -> bool:
        """Whether a column shows one of these values."""
        return any(column.value in values for column in self.columns)


@dataclass(frozen=True, slots=True)
class SectionTemplate:
    """Blocks that share one page set-up; a section begins on a new page."""

    page: PageSetup
    blocks: tuple[BlockTemplate, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A kind of document. Without ``rounds`` it is made once a year."""

    kind: str
    name: str
    title: str
    subject: str
    rounds: tuple[Round, ...]
    sections: tuple[SectionTemplate, ...] = ()

    @property
    def page(self) -> PageSetup:
        """The page of the first section."""
        return self.sections[0].page if self.sections else PageSetup()

    @property
    def blocks(self) -> tuple[BlockTemplate, ...]:
        """The blocks of all sections."""
        return tuple(block for section in self.sections for block in section.blocks)

    @property
    def passages(self) -> tuple[BlockTemplate, ...]:
        """The places where the office puts texts of its own."""
        return tuple(block for block in self.blocks if block.kind == "passage")


def fill(text: str, words: Mapping[str, str]) -> str:
    """The text with every placeholder replaced. User text put in is never looked at again."""
    return _PLACEHOLDER.sub(lambda match: words.get(match[1], ""), text)


def fill_known(text: str, words: Mapping[str, str]) -> str:
    """A user's text with the placeholders it knows replaced; every other brace stays as typed."""
    return _PLACEHOLDER.sub(lambda match: words.get(match[1], match[0]), text)


def wrong_line(lines: Iterable[str], words: Set[str]) -> int | None:
    """The first of some lines whose braces hold anything but known placeholders."""
    for number, line in enumerate(lines):
        rest = _PLACEHOLDER.sub(lambda match: "" if match[1] in words else match[0], line)
        if re.search(r"[{}]", rest):
            return number
    return None


def load_templates(
    files: Path | Iterable[Path], own: Mapping[str, str] | None = None
) -> dict[str, Template]:
    """All templates of a folder, or of these files, by kind. Raises TemplateError.

    The office's own lie over them.

    ``own``: kind -> JSON text. An own template that this program can't read is left out for the
    shipped one of its kind: the office still gets its paper.
    """
    found: dict[str, Template] = {}
    for path in sorted(files.glob("*.json") if isinstance(files, Path) else files):
        template = load_template(path)
        if template.kind in found:
            problem = f"มีแม่แบบชนิด “{template.kind}” อยู่แล้วในแฟ้มอื่น"
            raise TemplateError(path.name, "kind", problem, "ใช้ชื่อชนิดอื่นหรือลบแฟ้มใดแฟ้มหนึ่ง")
        found[template.kind] = template
    for kind, text in (own or {}).items():
        with contextlib.suppress(TemplateError):
            found[kind] = replace(read_template(text, f"แม่แบบของหน่วยงาน {kind}"), kind=kind)
    order = {kind: number for number, kind in enumerate(ORDER)}
    return dict(sorted(found.items(), key=lambda pair: order.get(pair[0], len(order))))


def load_template(path: Path) -> Template:
    """Read and check one template. Raises TemplateError."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise TemplateError(path.name, "ทั้งแฟ้ม", "อ่านเป็น JSON ไม่ได้", "แก้รูปแบบแฟ้ม") from error
    return _read_file(text, path.name)


@lru_cache(maxsize=32)
def _read_file(text: str, name: str) -> Template:
    """The same text is taken apart once: every overview and every document asks for all kinds."""
    return read_template(text, name)


def read_template(text: str, name: str) -> Template:
    """Check a template's JSON text. Raises TemplateError."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise TemplateError(name, "ทั้งแฟ้ม", "อ่านเป็น JSON ไม่ได้", "แก้รูปแบบแฟ้ม") from error
    return parse_template(data, name)


def parse_template(data: Any, name: str) -> Template:
    """Check a template's data. ``name`` is the file's, for the error. Raises TemplateError."""
    reader = _Reader(name)
    top = reader.object(data, "ทั้งแฟ้ม", _TOP)
    return Template(
        kind=reader.kind(top),
        name=reader.text(top, "name", "name"),
        title=reader.wording(top, "title", "title"),
        subject=reader.wording(top, "subject", "subject"),
        rounds=reader.rounds(top.get("rounds", []), "rounds"),
        sections=reader.sections(top),
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
        if not isinstance(data, list) or len(data) > _MOST:
            raise self._wrong(place, f"ต้องเป็นรายการ [ ] ไม่เกิน {_MOST} รายการ", "แก้รูปแบบ")
        return data

    def kind(self, top: dict[str, Any]) -> str:
        """The kind's name: it becomes part of file names."""
        value = self.text(top, "kind", "kind")
        if not _PLACE.match(value) or "/" in value or len(value) > 60:
            raise self._wrong("kind", f"ใช้ชื่อชนิด “{_shown(value)}” ไม่ได้", "ใช้ a-z 0-9 และ -")
        return value

    def sections(self, top: dict[str, Any]) -> tuple[SectionTemplate, ...]:
        """The sections; blocks without sections are one."""
        page = self.object(top.get("page", {}), "page", _PAGE)
        plain = self.page(page, "page")
        if "blocks" in top:
            if "sections" in top:
                raise self._wrong("sections", "มีทั้ง blocks และ sections", "ใช้อย่างใดอย่างหนึ่ง")
            return (SectionTemplate(plain, self.blocks(top["blocks"], "blocks")),)
        sections = self.list(top.get("sections", []), "sections")
        return tuple(
            self.section(section, page, f"sections[{i}]") for i, section in enumerate(sections)
        )

    def blocks(self, data: Any, place: str) -> tuple[BlockTemplate, ...]:
        """The blocks of a section."""
        blocks = self.list(data, place)
        return tuple(self.block(block, f"{place}[{i}]") for i, block in enumerate(blocks))

    def section(self, data: Any, page: dict[str, Any], place: str) -> SectionTemplate:
        """A section; what its page does not say is as the document's page says."""
        found = self.object(data, place, _SECTION)
        own = self.object(found.get("page", {}), f"{place}.page", _PAGE)
        return SectionTemplate(
            self.page({**page, **own}, f"{place}.page"),
            self.blocks(found.get("blocks", []), f"{place}.blocks"),
        )

    def rounds(self, data: Any, place: str) -> tuple[Round, ...]:
        """The rounds a document is made for; none when it is made once a year."""
        rounds = self.list(data, place)
        if any(type(each) is not int or each not in list(Round) for each in rounds):
            raise self._wrong(place, "รอบต้องเป็น ๓ ๖ หรือ ๑๒", "แก้รายการรอบ")
        return tuple(Round(each) for each in rounds)

    def text(self, data: dict[str, Any], key: str, place: str, default: str | None = None) -> str:
        """A text; it may only be empty where ``default`` is given."""
        value = data.get(key, default)
        if not isinstance(value, str) or not (value or default is not None):
            raise self._wrong(place, "ต้องเป็นข้อความที่ไม่ว่าง", "เติมข้อความ")
        return value

    def wording(
        self,
        data: dict[str, Any],
        key: str,
        place: str,
        words: Set[str] = PLACEHOLDERS.keys(),
        default: str | None = "",
    ) -> str:
        """A text whose braces hold nothing but known placeholders."""
        value = self.text(data, key, place, default)
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

    def choice(
        self, data: dict[str, Any], key: str, place: str, default: Any, choices: Iterable[str]
    ) -> str:
        """One of a few words."""
        value = data.get(key, default)
        if not isinstance(value, str) or value not in choices:
            mend = "ใช้ค่าที่มี คือ " + " ".join(sorted(choices))
            raise self._wrong(f"{place}.{key}", f"ไม่รู้จักค่า “{_shown(value)}”", mend)
        return value

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
            font=self.text(found, "font", f"{place}.font", plain.font) or plain.font,
            number_from=int(self.number(found, "number_from", place, plain.number_from, 0, 99)),
            number_restart=self.flag(found, "number_restart", place),
            catchwords=self.flag(found, "catchwords", place),
        )

    def flag(self, data: dict[str, Any], key: str, place: str, *, default: bool = False) -> bool:
        """A yes or no."""
        value = data.get(key, default)
        if not isinstance(value, bool):
            raise self._wrong(f"{place}.{key}", "ต้องเป็น true หรือ false", "แก้ค่า")
        return value

    def block(self, data: Any, place: str) -> BlockTemplate:
        """One block of the document."""
        name = self.object(data, place).get("block")
        if not isinstance(name, str) or name not in KINDS:
            mend = "ใช้ชนิดที่มี เช่น " + " ".join(sorted(KINDS))
            raise self._wrong(f"{place}.block", f"ไม่รู้จักชนิด “{_shown(name)}”", mend)
        settings = KINDS[name].settings
        found = self.object(data, place, ("block", *settings))
        return BlockTemplate(name, {key: self.setting(found, key, name, place) for key in settings})

    def setting(self, data: dict[str, Any], key: str, kind: str, place: str) -> Any:
        """One setting of a block, as its kind wants it."""
        setting = KINDS[kind].settings[key]
        inner = f"{place}.{key}"
        words = PLACEHOLDERS.keys() | EXTRA_WORDS.get(kind, {}).keys()
        makers: dict[Want, Callable[[], Any]] = {
            Want.WORDING: lambda: self.wording(data, key, inner, words, setting.default),
            Want.WORDINGS: lambda: self.wordings(data.get(key, []), inner, words),
            Want.PLACE: lambda: self.place(data, key, inner),
            Want.NUMBER: lambda: self.number(
                data, key, place, setting.default, setting.low, setting.high
            ),
            Want.FLAG: lambda: self.flag(data, key, place, default=setting.default),
            Want.CHOICE: lambda: self.choice(data, key, place, setting.default, setting.choices),
            Want.CHOICES: lambda: self.choices(data, key, place, setting),
            Want.COLUMNS: lambda: self.columns(data, kind, place),
        }
        return makers[setting.want]()

    def wordings(self, data: Any, place: str, words: Set[str]) -> tuple[str, ...]:
        """Several texts with placeholders."""
        texts = self.list(data, place)
        return tuple(
            self.wording({"text": text}, "text", f"{place}[{i}]", words)
            for i, text in enumerate(texts)
        )

    def place(self, data: dict[str, Any], key: str, place: str) -> str:
        """The name of a passage."""
        value = data.get(key)
        if not isinstance(value, str) or not _PLACE.match(value) or len(value) > 60:
            mend = "ใช้ชื่อเช่น memo/facts (a-z 0-9 - /)"
            raise self._wrong(place, f"ใช้ชื่อช่อง “{_shown(value)}” ไม่ได้", mend)
        return value

    def choices(
        self, data: dict[str, Any], key: str, place: str, setting: Setting
    ) -> tuple[str, ...]:
        """Several of a few words, in the order given."""
        if key not in data:
            return setting.default
        values = self.list(data[key], f"{place}.{key}")
        return tuple(
            self.choice({key: value}, key, place, None, setting.choices) for value in values
        )

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
        return ColumnTemplate(
            heading=self.wording(found, "heading", f"{place}.heading", PLACEHOLDERS.keys(), None),
            value=self.choice(found, "value", place, None, COLUMNS[kind]),
            width=self.number(found, "width", place, 10, 1, 100),
            align=Align(self.choice(found, "align", place, "left", _ALIGNS)),
            group=self.wording(found, "group", f"{place}.group"),
            list=self.choice(found, "list", place, USUAL_LIST, LISTS),
            bold=self.flag(found, "bold", place, default=False),
        )
