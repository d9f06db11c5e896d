"""Wordings of templates that were typed and refused: kept, with the reason, until mended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from PySide6.QtCore import QObject

from ita_desktop.documents.own_template import Part
from ui.keeping import HasUnfinished, Unfinished
from ui.text import shown


@dataclass(frozen=True, slots=True)
class Refused:
    """A text as it was typed, why it could not be taken, and the Thai name of its field."""

    text: str
    reason: str
    label: str


def cell(at: int, key: str) -> str:
    """The key of a text in the table of columns."""
    return f"columns.{at}.{key}"


@dataclass(slots=True)
class _Document:
    """What was refused in one kind of document: number of the part -> key -> text."""

    name: str = ""
    parts: Sequence[Part] = ()
    """The parts as they were last seen: by them a text finds its part again after a change."""
    texts: dict[int, dict[str, Refused]] = field(default_factory=dict)


class RefusedTexts(HasUnfinished):
    """Refused texts of all documents, each at its part wherever that part goes."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._documents: dict[str, _Document] = {}
        self.in_view: tuple[str, int] | None = None
        """Kind and number of the part whose texts stand in fields now."""

    def of(self, kind: str, at: int) -> Mapping[str, Refused]:
        """The refused texts of a part, by key."""
        return self._of(kind).texts.get(at, {})

    def _of(self, kind: str) -> _Document:
        return self._documents.setdefault(kind, _Document())

    def put(self, kind: str, at: int, key: str, refused: Refused) -> None:
        """Keep a text until it is mended."""
        self._of(kind).texts.setdefault(at, {})[key] = refused

    def mend(self, kind: str, at: int, key: str) -> None:
        """The setting has been taken, or given up."""
        self._of(kind).texts.get(at, {}).pop(key, None)

    def reseat_columns(self, kind: str, at: int, seats: Sequence[int]) -> None:
        """The columns of a part changed places; ``seats``: where each was before."""
        texts = self._of(kind).texts.get(at, {})
        moved = {key: texts.pop(key) for key in tuple(texts) if "." in key}
        for key, refused in moved.items():
            _, before, name = key.split(".")
            if int(before) in seats:
                texts[cell(seats.index(int(before)), name)] = refused

    def forget(self, kind: str) -> None:
        """The document's own template is given up."""
        self._documents.pop(kind, None)

    def seen(self, kind: str, name: str, parts: Sequence[Part]) -> None:
        """Parts that changed but stand where they stood."""
        document = self._of(kind)
        document.name, document.parts = name, parts

    def follow(
        self, kind: str, name: str, parts: Sequence[Part], seats: Sequence[int | None] = ()
    ) -> None:
        """Go with parts that changed places. ``seats``: where each was before, when it is known.

        Otherwise (an undo, a file taken in) a part is known again by what it holds. A text whose
        setting has another value now was undone with it.
        """
        document = self._of(kind)
        if any(document.texts.values()):
            known = len(seats) == len(parts)
            pairs = dict(enumerate(seats)) if known else _matched(document.parts, parts)
            document.texts = {
                now: kept
                for now, before in pairs.items()
                if before is not None
                and (
                    kept := _still(
                        document.texts.get(before, {}), document.parts[before], parts[now]
                    )
                )
            }
        self.seen(kind, name, parts)

    def unfinished(self) -> tuple[Unfinished, ...]:
        """Those that stand in no field now."""
        return tuple(self._unseen())

    def _unseen(self) -> Iterator[Unfinished]:
        for kind, document in self._documents.items():
            for at, texts in sorted(document.texts.items()):
                part = document.parts[at]
                for key, refused in texts.items():
                    in_field = (kind, at) == self.in_view and "." not in key
                    if refused.text and not in_field:
                        name = shown(f"{document.name} – {part.name} – {refused.label}")
                        yield Unfinished(name, refused.text)


def _still(texts: Mapping[str, Refused], before: Part, now: Part) -> dict[str, Refused]:
    return {
        key: refused for key, refused in texts.items() if _stored(before, key) == _stored(now, key)
    }


def _stored(part: Part, key: str) -> object:
    """What the data have where the text was typed."""
    if "." not in key:
        return part.values.get(key)
    _, at, name = key.split(".")
    columns = part.values.get("columns", ())
    return columns[int(at)].get(name) if int(at) < len(columns) else None


def _mark(part: Part) -> str:
    """What a part is known by."""
    return repr((part.kind, part.block is None, part.section is None, sorted(part.values.items())))


def _matched(before: Sequence[Part], now: Sequence[Part]) -> dict[int, int]:
    """Which part each one was: the same in its row or elsewhere, else what took its place."""
    old, new = [_mark(part) for part in before], [_mark(part) for part in now]
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    found: dict[int, int] = {}
    for what, a1, a2, b1, b2 in steps:
        if what == "equal":
            found |= zip(range(b1, b2), range(a1, a2), strict=True)
    for at, mark in enumerate(new):
        left = [i for i, each in enumerate(old) if each == mark and i not in found.values()]
        if at not in found and left:
            found[at] = left[0]
    for what, a1, a2, b1, b2 in steps:
        if what == "replace":
            for at, i in zip(range(b1, b2), range(a1, a2), strict=False):
                if at not in found and i not in found.values() and before[i].kind == now[at].kind:
                    found[at] = i
    return found
