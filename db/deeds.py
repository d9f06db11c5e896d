"""Deeds: what was to be written, in a form that can be kept elsewhere and done later.

A deed is the name of one of the store's writing methods with its plain arguments. When the disk
refuses, or the program dies, the deeds that wait are what she typed; done again they are one edit.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.measures import Status
from ita_desktop.domain.papers import PaperKey

DOABLE = frozenset(
    {
        *("set_office", "set_person", "set_chain_link", "set_division"),
        *("enter_scores", "set_respondents", "set_official_level", "keep_score_draft"),
        *("set_measure", "set_progress", "set_photo", "set_passage", "set_disclosure"),
        *("set_paper", "set_template", "set_letterhead", "set_font", "set_mark"),
        "set_calendar",
        "keep_framework_draft",
    }
)
"""The methods of the store that typing ends in; nothing else is ever done from a kept text."""

ROW_OF = {
    "set_person": "person",
    "set_chain_link": "chain_link",
    "set_division": "division",
    "set_measure": "measure",
    "set_progress": "measure",
    "set_photo": "photo",
}
"""Methods whose first argument is the id of a row, and of which table."""

_PASSING = ("origin", "merge")
"""Arguments that only mean something while the window is open."""


class NotADeed(ValueError):
    """A kept text is no deed: it was cut off, changed, or comes from elsewhere."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One call of a writing method of the store."""

    method: str
    arguments: tuple[Any, ...] = ()
    named: Mapping[str, Any] = field(default_factory=dict)

    @property
    def lasting(self) -> Deed:
        """The same without what only means something while the window is open."""
        named = {name: value for name, value in self.named.items() if name not in _PASSING}
        return Deed(self.method, self.arguments, named)

    def text(self) -> str:
        """The deed as one line of JSON; raises TypeError for an argument that can't be kept."""
        lasting = self.lasting
        parts = [lasting.method, _plain(lasting.arguments), _plain(dict(lasting.named))]
        return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def read_deed(text: str) -> Deed:
    """The deed of a text; raises NotADeed."""
    try:
        method, arguments, named = json.loads(text)
        if method not in DOABLE:
            raise NotADeed(str(method)[:40])
        return Deed(method, tuple(_meant(each) for each in arguments), dict(_meant(named)))
    except (ValueError, TypeError, LookupError, ArithmeticError, RecursionError) as error:
        raise NotADeed(str(error)[:80]) from error


def _plain(value: Any) -> Any:
    """A value as JSON holds it; what JSON has no word for is {"its kind": …}."""
    match value:
        case Round():
            return {"round": int(value)}
        case Status():
            return {"status": value.value}
        case Decimal():
            return {"decimal": str(value)}
        case date():
            return {"date": value.isoformat()}
        case PaperKey():
            return {"paper": [value.year, value.kind, value.round]}
        case None | bool() | int() | float() | str():
            return value
        case list() | tuple():
            return [_plain(each) for each in value]
        case Mapping():
            # A dict of data is told from a kind by its list of pairs.
            return {"dict": [[key, _plain(each)] for key, each in value.items()]}
    raise TypeError(f"can't keep {type(value).__name__}")


def _meant(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_meant(each) for each in value)
    if not isinstance(value, dict):
        return value
    ((kind, inner),) = value.items()
    return _KINDS[kind](inner)


_KINDS: dict[str, Any] = {
    "round": Round,
    "status": Status,
    "decimal": Decimal,
    "date": date.fromisoformat,
    "paper": lambda parts: PaperKey(*parts),
    "dict": lambda pairs: {key: _meant(each) for key, each in pairs},
}
