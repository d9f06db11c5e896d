"""A framework while it is being edited: data that may be wrong for a while, with what is wrong.

A draft is never used for scores. It becomes a framework through ``FrameworkDraft.framework`` once
``problems`` is empty. Every change gives a new draft; the old one stays, so it can be gone back to.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property
from typing import Any

from ita_desktop.domain.framework import (
    FIRST_YEAR,
    LAYOUT,
    SIZE_LIMIT,
    Confidence,
    Framework,
    FrameworkError,
    check_crosswalk,
    framework_problems,
    framework_to_data,
    parse_framework,
)
from ita_desktop.thai.digits import to_arabic

Path = tuple[str | int, ...]
"""Where a node stands in the data, such as ``("instruments", 0, "indicators", 2)``."""

ROOT: Path = ()


class DraftKind(Enum):
    """What a node of a draft is; ``word`` is its Thai name."""

    YEAR = "year"
    LEVEL = "level"
    INSTRUMENT = "instrument"
    INDICATOR = "indicator"
    SUBINDICATOR = "subindicator"
    ITEM = "item"
    ISSUE = "issue"

    @property
    def word(self) -> str:
        """The Thai name."""
        return _WORDS[self]


_WORDS = {
    DraftKind.YEAR: "กรอบปี",
    DraftKind.LEVEL: "ระดับ",
    DraftKind.INSTRUMENT: "เครื่องมือ",
    DraftKind.INDICATOR: "ตัวชี้วัด",
    DraftKind.SUBINDICATOR: "ตัวชี้วัดย่อย",
    DraftKind.ITEM: "ข้อ",
    DraftKind.ISSUE: "ประเด็น",
}
_LISTS: dict[str, DraftKind] = {
    "levels": DraftKind.LEVEL,
    "instruments": DraftKind.INSTRUMENT,
    "indicators": DraftKind.INDICATOR,
    "subindicators": DraftKind.SUBINDICATOR,
    "items": DraftKind.ITEM,
    "issues": DraftKind.ISSUE,
}
_BRANCHES: dict[DraftKind, tuple[str, ...]] = {
    DraftKind.YEAR: ("instruments", "levels", "issues"),
    DraftKind.INSTRUMENT: ("indicators",),
    DraftKind.INDICATOR: ("subindicators", "items"),
    DraftKind.SUBINDICATOR: ("items",),
}
"""The lists of nodes under a node; an issue's items are codes, no nodes."""

_CROSSWALK_FIELDS = ("counterpart", "counterpart_trust")
_PLACE_FIELDS = {
    "measure_documents.measures": "measures",
    "measure_documents.report": "report",
    "confidence.overall": "overall",
    "crosswalk.year": "crosswalk_year",
}
_TOKEN = re.compile(r"\[(\d+)\]|([^.\[\]]+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class DraftNode:
    """A node of the tree as it is shown. ``code``: "" for the year and for a level."""

    path: Path
    kind: DraftKind
    code: str
    name: str

    @property
    def label(self) -> str:
        """Kind, code and name, Arabic digits."""
        start = f"{self.kind.word} {self.code}".strip()
        return f"{start} {self.name}".strip()

    @property
    def short(self) -> str:
        """Kind and code, or kind and name where there is no code."""
        return f"{self.kind.word} {self.code or self.name}".strip()


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at a node and field of a draft ("" when the node as a whole), with the mend."""

    path: Path
    field: str
    where: str
    problem: str
    mend: str

    @property
    def sentence(self) -> str:
        """The whole in one Thai sentence."""
        return f"{self.where}: {self.problem} โปรด{self.mend}"


class FrameworkDraft:
    """The data of a framework file under the hands of an editor. Never changed in place."""

    def __init__(self, data: Mapping[str, Any], *, copied: bool = False) -> None:
        """``copied``: nobody else holds the data, so it need not be copied once more."""
        self._data: dict[str, Any] = dict(data) if copied else _copy(dict(data))

    @classmethod
    def of(cls, framework: Framework) -> FrameworkDraft:
        """The draft of a finished framework."""
        return cls(framework_to_data(framework))

    @classmethod
    def copied(cls, base: Framework, year: int) -> FrameworkDraft:
        """The draft of a new year, copied from another year's framework.

        The crosswalk names the base year's items where that is the year before; a note says what
        it was copied from, and the whole is marked as not confirmed.
        """
        codes = dict.fromkeys(base.items)
        draft = replace(
            base,
            year=year,
            based_on=None,
            source=f"คัดลอกจากกรอบการประเมินปีงบประมาณ พ.ศ. {base.year}",
            notes=(f"คัดลอกจากกรอบปี {base.year} โปรดตรวจทุกข้อกับคู่มือของสำนักงาน ป.ป.ช.",),
            confidence={**base.confidence, "overall": Confidence.LOW, "crosswalk": Confidence.LOW},
            crosswalk={code: code for code in codes} if year > FIRST_YEAR else {},
            crosswalk_year=year - 1 if year > FIRST_YEAR else None,
            crosswalk_unsure={},
        )
        return cls.of(draft)

    @classmethod
    def parse(cls, text: str) -> FrameworkDraft:
        """The draft of ``text``. Raises ValueError when that is no draft of this program."""
        if len(text) > SIZE_LIMIT:
            raise ValueError("too long")
        try:
            data = json.loads(text)
        except RecursionError as error:
            raise ValueError("too deep") from error
        if not isinstance(data, dict) or data.get("layout") != LAYOUT:
            raise ValueError("no draft")
        if not isinstance(data.get("year"), int):
            raise ValueError("no year")
        draft = cls(data)
        try:
            tuple(draft.problems())
            tuple(draft.nodes())
        except (TypeError, AttributeError, LookupError) as error:
            raise ValueError("not of this shape") from error
        return draft

    @property
    def text(self) -> str:
        """The draft as text, to be kept."""
        return json.dumps(self._data, ensure_ascii=False)

    @property
    def year(self) -> int:
        """The fiscal year it is for."""
        return self._data["year"]

    @property
    def crosswalk_year(self) -> int | None:
        """The earlier year its items are compared with."""
        found = self._crosswalk().get("year")
        return found if isinstance(found, int) else None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FrameworkDraft) and other._data == self._data

    def __hash__(self) -> int:
        return hash(self.text)

    # --- reading -------------------------------------------------------------------------------

    def framework(self) -> Framework:
        """The finished framework. Raises FrameworkError while something is wrong."""
        return parse_framework(self._data, f"{self.year}.json")

    def problems(self, earlier: Framework | None = None) -> tuple[Problem, ...]:
        """All that keeps the draft from being used, in its order.

        ``earlier``: the framework of the crosswalk's year, whose codes it names.
        """
        try:
            framework = self.framework()
            if earlier is not None and earlier.year == self.crosswalk_year:
                check_crosswalk(framework, earlier)
        except FrameworkError as error:
            found = framework_problems(self._data, f"{self.year}.json") or (error,)
        else:
            return ()
        return tuple(self._problem(error) for error in found)

    def nodes(self) -> Iterator[DraftNode]:
        """Every node in the order of the tree, each before what is under it."""
        yield from self._below(ROOT)

    @cached_property
    def item_paths(self) -> dict[str, Path]:
        """The items by code."""
        return {node.code: node.path for node in self.nodes() if node.kind is DraftKind.ITEM}

    def node(self, path: Path) -> DraftNode:
        """The node at a path. Raises LookupError when there is none."""
        value = self._at(self._data, path)
        if not path:
            return DraftNode(path, DraftKind.YEAR, str(self.year), "")
        kind = _LISTS[str(path[-2])]
        name = value.get({"level": "level", "item": "title"}.get(kind.value, "name"), "")
        code = value.get("no" if kind is DraftKind.ISSUE else "code", "")
        return DraftNode(path, kind, str(code), str(name))

    def _below(self, path: Path) -> Iterator[DraftNode]:
        node = self.node(path)
        yield node
        value = self._at(self._data, path)
        for branch in _BRANCHES.get(node.kind, ()):
            for number in range(len(value.get(branch, ()))):
                yield from self._below((*path, branch, number))

    def parents(self) -> tuple[DraftNode, ...]:
        """The nodes that hold items, or could: indicators without sub-indicators, and those."""
        return tuple(
            node
            for node in self.nodes()
            if node.kind is DraftKind.SUBINDICATOR
            or (
                node.kind is DraftKind.INDICATOR and not self._value(node.path).get("subindicators")
            )
        )

    def value(self, path: Path, field: str) -> str:
        """A field of a node as text: lists a line each, flags "yes" and "no"."""
        return _written(self._raw(path, field), field)

    def codes_in(self, path: Path) -> tuple[str, ...]:
        """The codes of an issue's items."""
        return tuple(str(code) for code in self._value(path).get("items", ()))

    def _raw(self, path: Path, field: str) -> object:
        value = self._value(path)
        kind = self.node(path).kind
        if kind is DraftKind.YEAR and field in ("measures", "report"):
            return value.get("measure_documents", {}).get(field)
        if kind is DraftKind.YEAR and field == "overall":
            return value.get("confidence", {}).get(field)
        if kind is DraftKind.YEAR and field == "crosswalk_year":
            return self._crosswalk().get("year")
        if kind is DraftKind.ITEM and field in _CROSSWALK_FIELDS:
            part = "items" if field == "counterpart" else "unsure"
            return self._crosswalk().get(part, {}).get(value.get("code"))
        if kind is DraftKind.ITEM and field == "parent":
            return self.node(path[:-2]).code
        return value.get(field)

    def _value(self, path: Path) -> dict[str, Any]:
        return self._at(self._data, path)

    def _crosswalk(self) -> dict[str, Any]:
        return self._data.get("crosswalk", {})

    @staticmethod
    def _at(data: dict[str, Any], path: Path) -> dict[str, Any]:
        found: Any = data
        for step in path:
            found = found[step]
        if not isinstance(found, dict):
            raise LookupError(path)
        return found

    # --- what is wrong ---------------------------------------------------------------------------

    def _problem(self, error: FrameworkError) -> Problem:
        path, field = self._locate(error.place)
        names = [self.node(path[:end]).short for end in range(2, len(path) + 1, 2)]
        where = " › ".join(names) or f"{DraftKind.YEAR.word} {self.year}"
        twice = re.search(r"(instruments\S*)", error.problem)
        problem = error.problem
        if twice:
            other, _ = self._locate(twice[1])
            problem = problem.replace(twice[1], self.node(other).short)
        mend = error.mend.replace("ที่มีใน instruments", "ที่มีในกรอบนี้")
        return Problem(path, field, where, problem, mend)

    def _locate(self, place: str) -> tuple[Path, str]:
        """The node and the field of a place as the reader of files names it."""
        if place in _PLACE_FIELDS:
            return ROOT, _PLACE_FIELDS[place]
        steps = [int(n) if n else word for n, word in _TOKEN.findall(place)]
        crosswalk = re.fullmatch(r"crosswalk\.(?:items|unsure)\.(.+)", place)
        if crosswalk and crosswalk[1] in self.item_paths:
            return self.item_paths[crosswalk[1]], "counterpart"
        if place == "instruments":
            return ("instruments", 0), "weight"
        path: Path = ROOT
        while len(steps) >= 2 and isinstance(steps[1], int):
            if steps[0] not in _BRANCHES.get(self.node(path).kind, ()):
                break
            path, steps = (*path, *steps[:2]), steps[2:]
        return path, str(steps[0]) if steps and isinstance(steps[0], str) else ""

    # --- changing --------------------------------------------------------------------------------

    def put(self, path: Path, field: str, text: str) -> FrameworkDraft:
        """Set a field from what was typed, Thai or Arabic digits; what can't be read is kept.

        A changed code of an item is changed wherever it is named.
        """
        data = _copy(self._data)
        node = self.node(path)
        code = to_arabic(text).strip()
        if node.kind is DraftKind.ITEM and field == "code" and code not in self.item_paths:
            _rename(data, node.code, code)
        if node.kind is DraftKind.YEAR and field in ("measures", "report"):
            data.setdefault("measure_documents", {})[field] = text
        elif node.kind is DraftKind.YEAR and field == "overall":
            data.setdefault("confidence", {})[field] = text
        elif node.kind is DraftKind.YEAR and field == "crosswalk_year":
            _set_crosswalk_year(data, text)
        elif node.kind is DraftKind.ITEM and field in _CROSSWALK_FIELDS:
            _set_counterpart(data, node.code, field, text)
        else:
            _set(self._at(data, path), field, _read(field, text))
        return FrameworkDraft(data, copied=True)

    def put_codes(self, path: Path, codes: list[str]) -> FrameworkDraft:
        """Set the items of an issue."""
        data = _copy(self._data)
        self._at(data, path)["items"] = list(codes)
        return FrameworkDraft(data, copied=True)

    def add(self, path: Path, kind: DraftKind) -> tuple[FrameworkDraft, Path]:
        """Add a node of a kind after the node at ``path`` or under it; returns its path.

        The first sub-indicator of an indicator takes the indicator's own items. Raises LookupError
        where such a node has no place.
        """
        data = _copy(self._data)
        branch, at = self._place_for(data, path, kind)
        owner = self._at(data, branch[:-1])
        name = str(branch[-1])
        if kind is DraftKind.SUBINDICATOR and owner.get("items"):
            first = _blank(kind, self._free_code(branch[:-1], kind))
            owner["subindicators"] = [first | {"items": owner.pop("items")}]
            return FrameworkDraft(data, copied=True), (*branch, 0)
        owner.pop("items" if kind is DraftKind.SUBINDICATOR else "", None)
        entries = owner.setdefault(name, [])
        entries.insert(at, _blank(kind, self._free_code(branch[:-1], kind)))
        return FrameworkDraft(data, copied=True), (*branch, at)

    def _place_for(self, data: dict[str, Any], path: Path, kind: DraftKind) -> tuple[Path, int]:
        """The list a new node belongs in, and its number there."""
        here = path
        while True:
            for branch in _BRANCHES.get(self.node(here).kind, ()):
                if _LISTS[branch] is kind and self._may_hold(here, branch):
                    after = path[len(here) + 1] if len(path) > len(here) else None
                    beside = isinstance(after, int) and path[len(here)] == branch
                    count = len(self._at(data, here).get(branch, ()))
                    return (*here, branch), int(
                        after
                    ) + 1 if beside and after is not None else count
            if not here:
                raise LookupError(kind)
            here = here[:-2]

    def _may_hold(self, path: Path, branch: str) -> bool:
        """An indicator with sub-indicators has no items of its own."""
        return branch != "items" or not self._value(path).get("subindicators")

    def _free_code(self, owner: Path, kind: DraftKind) -> str:
        """A code that is not taken: the next number with the letter or the indicator before it."""
        taken = {node.code.casefold() for node in self.nodes()}
        start = ""
        if kind is DraftKind.ITEM:
            start = str(self._value(owner[:2]).get("code", "x"))[:1].lower()
        elif kind is DraftKind.SUBINDICATOR:
            start = f"{self.node(owner).code}."
        elif kind is DraftKind.INSTRUMENT:
            start = "X"
        if kind is DraftKind.ISSUE:
            return str(max((_whole(issue.get("no")) for issue in self._issues()), default=0) + 1)
        return next(
            f"{start}{n}" for n in range(1, 10_000) if f"{start}{n}".casefold() not in taken
        )

    def _issues(self) -> list[dict[str, Any]]:
        return self._data.get("issues", [])

    def remove(self, path: Path) -> FrameworkDraft:
        """Take a node away with all under it, and its items out of issues and crosswalk."""
        data = _copy(self._data)
        gone = [node.code for node in self._below(path) if node.kind is DraftKind.ITEM]
        self._list_of(data, path).pop(int(path[-1]))
        owner = self._at(data, path[:-2])
        if path[-2] == "subindicators" and not owner["subindicators"]:
            owner |= {"items": []}
            del owner["subindicators"]
        if path[-2] == "issues" and not owner["issues"]:
            del owner["issues"]
        for code in gone:
            _forget(data, code)
        return FrameworkDraft(data, copied=True)

    def move(self, path: Path, by: int) -> tuple[FrameworkDraft, Path]:
        """Move a node up (-1) or down (+1); an item at the end goes on into the next list."""
        data = _copy(self._data)
        entries = self._list_of(data, path)
        at, to = int(path[-1]), int(path[-1]) + by
        if 0 <= to < len(entries):
            entries.insert(to, entries.pop(at))
            return FrameworkDraft(data, copied=True), (*path[:-1], to)
        if self.node(path).kind is not DraftKind.ITEM:
            return self, path
        holders = [node.path for node in self.parents()]
        there = holders.index(path[:-2]) + by
        if not 0 <= there < len(holders):
            return self, path
        return self.move_to(path, holders[there], at_end=by < 0)

    def move_to(
        self, path: Path, holder: Path, *, at_end: bool = True
    ) -> tuple[FrameworkDraft, Path]:
        """Move an item to another indicator or sub-indicator."""
        data = _copy(self._data)
        item = self._list_of(data, path).pop(int(path[-1]))
        entries = self._at(data, holder).setdefault("items", [])
        at = len(entries) if at_end else 0
        entries.insert(at, item)
        return FrameworkDraft(data, copied=True), (*holder, "items", at)

    def _list_of(self, data: dict[str, Any], path: Path) -> list[dict[str, Any]]:
        return self._at(data, path[:-2])[path[-2]]  # type: ignore[index]


# --- between text and data -----------------------------------------------------------------------

_NUMBERS = ("weight", "total_min", "each_instrument_min", "pass_mark")
_LINES = ("notes", "also_printed")
_WHOLE = ("no",)
_OPTIONAL = ("also_printed", "each_instrument_min", "parts", "negative_parts", "based_on")


def _copy(data: Any) -> Any:
    """A copy of JSON data; ``deepcopy`` looks for cycles and takes ten times as long."""
    if isinstance(data, dict):
        return {key: _copy(value) for key, value in data.items()}
    return [_copy(value) for value in data] if isinstance(data, list) else data


def _read(field: str, text: str) -> object:
    """What a typed text is as data; where it can't be read, the text itself, which is refused."""
    plain = to_arabic(text).strip()
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    match field:
        case "negative":
            return text == "yes"
        case "code":
            return plain
        case "answers":
            return [word for word in re.split(r"[\s,]+", plain) if word]
        case "negative_parts":
            return [_whole_or_text(word) for word in re.split(r"[\s,]+", plain) if word]
        case "parts":
            return _read_parts(plain, lines)
    if field in _NUMBERS:
        return plain.removesuffix("%").strip()
    if field in _WHOLE:
        return _whole_or_text(plain)
    return lines if field in _LINES else " ".join(lines)


def _read_parts(plain: str, lines: list[str]) -> object:
    """Sub-questions: their number, or their texts; parts of an instrument: name = share."""
    if lines and all("=" in line for line in lines):
        pairs = [line.rpartition("=") for line in lines]
        return [{"name": one.strip(), "share": to_arabic(two).strip()} for one, _, two in pairs]
    if re.fullmatch(r"[0-9]+", plain):
        return _whole_or_text(plain)
    return lines


def _whole_or_text(text: str) -> int | str:
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else text


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _written(value: object, field: str) -> str:
    """A value as the text that stands for it in a field."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, list):
        return "" if value is None else str(value)
    lines = [
        f"{each.get('name', '')} = {each.get('share', '')}" if isinstance(each, dict) else str(each)
        for each in value
    ]
    return ", ".join(lines) if field in ("answers", "negative_parts") else "\n".join(lines)


def _set(node: dict[str, Any], field: str, value: object) -> None:
    if field in _OPTIONAL and value in ("", [], 1):
        node.pop(field, None)
    else:
        node[field] = value


def _set_crosswalk_year(data: dict[str, Any], text: str) -> None:
    if not text:
        data.pop("crosswalk", None)
        return
    walk = data.setdefault("crosswalk", {"items": {}})
    walk["year"] = _whole_or_text(to_arabic(text).strip())


def _set_counterpart(data: dict[str, Any], code: str, field: str, text: str) -> None:
    """Set which earlier item an item continues ("" for none), or how sure that is."""
    walk = data.setdefault("crosswalk", {"year": data["year"] - 1, "items": {}})
    unsure = walk.setdefault("unsure", {})
    if field == "counterpart":
        walk.setdefault("items", {})[code] = text or None
    if field == "counterpart_trust" and text and walk.get("items", {}).get(code):
        unsure[code] = text
    elif field == "counterpart_trust" or not text:
        unsure.pop(code, None)
    if not unsure:
        del walk["unsure"]


def _rename(data: dict[str, Any], old: str, new: str) -> None:
    """Name an item otherwise in issues, crosswalk and the two documents.

    Who types a code passes others on the way (i1 on the way to i12), so an editor sets a code each
    time from the draft as it was when the field was entered.
    """
    for issue in data.get("issues", ()):
        issue["items"] = [new if code == old else code for code in issue.get("items", ())]
    walk = data.get("crosswalk", {})
    for part in ("items", "unsure"):
        if old in walk.get(part, {}):
            entries = walk[part].items()
            walk[part] = {new if code == old else code: entry for code, entry in entries}
    documents = data.get("measure_documents", {})
    for key, code in documents.items():
        documents[key] = new if code == old else code


def _forget(data: dict[str, Any], code: str) -> None:
    """Take an item out of issues and crosswalk; the two documents are for the editor to choose."""
    for issue in data.get("issues", ()):
        issue["items"] = [each for each in issue.get("items", ()) if each != code]
    walk = data.get("crosswalk", {})
    for part in ("items", "unsure"):
        walk.get(part, {}).pop(code, None)
    if not walk.get("unsure", True):
        del walk["unsure"]


def _blank(kind: DraftKind, code: str) -> dict[str, Any]:
    """A new node, as far from wrong as it can be without its name."""
    match kind:
        case DraftKind.ITEM:
            plain = {"code": code, "title": "", "negative": False}
            return plain | {"answers": [], "confidence": "low"}
        case DraftKind.LEVEL:
            return {"level": "", "total_min": "0"}
        case DraftKind.ISSUE:
            return {"no": int(code), "name": "", "items": []}
        case DraftKind.INSTRUMENT:
            return {"code": code, "name": "", "weight": "0", "indicators": []}
        case _:
            return {"code": code, "name": "", "items": []}
