"""What the program is made of: every component with its version, licence and licence text.

The list is made by ``docs/make_licences.py`` from the locked distributions.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from ita_desktop.paths import resources

SBOM = "sbom.cdx.json"


@dataclass(frozen=True, slots=True)
class Component:
    """One thing inside. ``kind``: program, runtime, font, data or library.

    ``version`` is "" for what only the running program knows; ``what``: what it does here, in Thai;
    ``licence``: an SPDX expression; ``texts``: the files that hold its licence.
    """

    kind: str
    name: str
    version: str
    what: str
    licence: str
    page: str
    texts: tuple[Path, ...]

    def text(self) -> str:
        """The whole licence text. Raises OSError when its file is missing."""
        parts = (path.read_text("utf-8", "replace") for path in self.texts)
        return "\n\n".join(part.strip("\ufeff\n") for part in parts)


def folder() -> Path:
    """Where the list, the texts and the bill of materials lie."""
    return resources() / "licences"


def components() -> tuple[Component, ...]:
    """Everything inside: the program, what runs it, fonts and data, then libraries by name."""
    here = folder()
    data = json.loads((here / "index.json").read_text("utf-8"))
    return tuple(
        Component(
            **{key: each[key] for key in ("kind", "name", "version", "what", "licence", "page")},
            texts=tuple((here / name).resolve() for name in each["texts"]),
        )
        for each in data["components"]
    )
