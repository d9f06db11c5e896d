"""What is looked at before printing, so that the window can have it done in the background."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from ita_desktop.documents.check import check_type
from ita_desktop.documents.compose import Matter, compose
from ita_desktop.documents.templates import Template
from ita_desktop.domain.framework import FrameworkShelf
from ita_desktop.domain.review import Finding, Reviewer


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as it would be printed now, read in the window's thread."""

    matter: Matter
    template: Template
    shelf: FrameworkShelf


class Looker:
    """Looks at papers again and again; what an edit left alone is remembered.

    It may be asked from any thread, by one at a time.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._shelf: FrameworkShelf | None = None
        self._reviewer: Reviewer | None = None

    def look(self, paper: Paper) -> tuple[Finding, ...]:
        """What the data miss, and what the chosen font can't show."""
        with self._lock:
            if self._reviewer is None or self._shelf is not paper.shelf:
                self._shelf, self._reviewer = paper.shelf, Reviewer(paper.shelf)
            matter = paper.matter
            found = self._reviewer.review(matter.dossier, matter.year, matter.round)
        return (*found, *check_type(compose(paper.template, matter)))
