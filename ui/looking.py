"""What is looked at before printing, so that the window can have it done in the background."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from ita_desktop.documents.check import check_type
from ita_desktop.documents.compose import Matter, compose
from ita_desktop.documents.concerns import concerned
from ita_desktop.documents.templates import Template
from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.framework import FrameworkShelf
from ita_desktop.domain.review import Finding, Reviewer


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as it would be printed now, read in the window's thread."""

    matter: Matter
    template: Template
    shelf: FrameworkShelf


class Reviews:
    """Reviews the data again and again; what an edit left alone is remembered, round by round.

    It may be asked from any thread: one waits for the other.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._shelf: FrameworkShelf | None = None
        self._reviewers: dict[Round, Reviewer] = {}

    def review(
        self, dossier: Dossier, year: int, which: Round, shelf: FrameworkShelf
    ) -> tuple[Finding, ...]:
        """What the data of a measure year and round miss."""
        with self._lock:
            if self._shelf is not shelf:
                self._shelf, self._reviewers = shelf, {each: Reviewer(shelf) for each in Round}
            return self._reviewers[which].review(dossier, year, which)

    def look(self, paper: Paper) -> tuple[Finding, ...]:
        """What the data miss, and what the chosen font can't show."""
        matter = paper.matter
        found = self.review(matter.dossier, matter.year, matter.round, paper.shelf)
        return (*found, *check_type(compose(paper.template, matter)))

    def of_paper(self, paper: Paper) -> tuple[Finding, ...]:
        """What the chosen document alone misses, and what its font can't show."""
        matter = paper.matter
        found = self.review(matter.dossier, matter.year, matter.round, paper.shelf)
        mine = concerned(paper.template, found, matter.year, matter.round)
        return (*mine, *check_type(compose(paper.template, matter)))
