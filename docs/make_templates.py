"""Write ``docs/templates.md`` from the tables that templates are checked by.

Run from the project's root with the program's own Python: ``python docs/make_templates.py``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from ita_desktop.documents.template_kinds import (  # noqa: E402
    COLUMNS,
    EXTRA_WORDS,
    KINDS,
    PLACEHOLDERS,
    Setting,
    Want,
)
from ita_desktop.documents.templates import load_templates  # noqa: E402
from ita_desktop.paths import resources  # noqa: E402

PAGE = HERE / "templates.md"
_FEW = 9

_INTRODUCTION = """\
# Templates

A kind of document is a JSON file in `resources/documents/`. An office's own copy is the same text,
kept in its data file; it stands in for the shipped one of its kind, or is a kind of its own. In the
program: เอกสาร → แม่แบบ. An own template that this program can't read is left out for the shipped
one.

This page is made by `docs/make_templates.py` from the tables that templates are checked by.
"""
_FILE = """
## A file

| key | meaning |
|---|---|
| `kind` | a-z, 0-9 and -; part of file names and of the data file |
| `name` | what the window calls it |
| `title`, `subject` | the file's own description; wording |
| `rounds` | 3, 6, 12; empty: made once a year |
| `page` | `landscape`, `left_mm` … `bottom_mm`, `size_pt`, `font`, `number_from` (0: no page \
numbers), `number_restart`, `catchwords`; what is left out is as usual |
| `sections` | list of `page` and `blocks`; each begins on a new page. A document of one section \
may have `blocks` at the top instead |

A template that strays from this is refused with its name, the place and the mend:
`แม่แบบเอกสาร “x.json” ผิดที่ blocks[3].columns[0].value: ไม่รู้จักค่า … โปรด…`

## Blocks

Each block has `block`, its kind, and some of the kind's settings. Wording is text with placeholders
in braces. `columns` is a list of columns, each with `heading` (wording) and `value`, and if need be
`width` (share, 1–100), `align`, `group` (a common heading over neighbours), `bold` and `list` (how
the points in a cell are told apart: `numbers` ๑., `brackets` ๑), `dashes` or `plain`; points under
a point have ๑.๑ or dashes, as they were typed).
"""


def text() -> str:
    """The whole page."""
    parts = [
        _INTRODUCTION,
        *_table("file", "document", "rounds", rows=_shipped()),
        _FILE,
        *_table("`block`", "in the window", "settings", rows=_kinds()),
        "\n## What columns can show\n",
        *_table("table", "values", rows=((f"`{k}`", _listed(v)) for k, v in COLUMNS.items())),
        "\n## Placeholders\n",
        *_table("word", "stands for", rows=((f"`{{{k}}}`", v) for k, v in PLACEHOLDERS.items())),
        "\nWording of some kinds knows further words, about one group or one list:\n",
        *_table("`block`", "words", rows=_extra()),
    ]
    return "\n".join(parts) + "\n"


def _table(*heads: str, rows: Iterable[Iterable[str]]) -> Iterator[str]:
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "---|" * len(heads)
    for row in rows:
        yield "| " + " | ".join(row) + " |"


def _shipped() -> Iterator[tuple[str, str, str]]:
    for template in load_templates(resources() / "documents").values():
        rounds = ", ".join(str(int(which)) for which in template.rounds) or "once a year"
        yield f"`{template.kind}.json`", template.name, rounds


def _kinds() -> Iterator[tuple[str, str, str]]:
    for kind, found in KINDS.items():
        settings = (f"`{key}`{_values(each)}" for key, each in found.settings.items())
        yield f"`{kind}`", found.name, ", ".join(settings) or "–"


def _values(setting: Setting) -> str:
    if setting.want is Want.NUMBER:
        return f" ({setting.low:g}–{setting.high:g})"
    if setting.choices and len(setting.choices) < _FEW:
        return " (" + ", ".join(f"`{choice}`" for choice in setting.choices) + ")"
    return ""


def _listed(values: dict[str, str]) -> str:
    return ", ".join(f"`{value}` {meaning}" for value, meaning in values.items())


def _extra() -> Iterator[tuple[str, str]]:
    for kind, words in EXTRA_WORDS.items():
        yield f"`{kind}`", ", ".join(f"`{{{word}}}`" for word in sorted(words))


if __name__ == "__main__":
    PAGE.write_text(text(), encoding="utf-8")
