"""What the page of the overview shows, made from a snapshot: no Qt, any thread.

Everything is derived: what is due, how far each document is, the scores beside last year's, the
measures by status. ``Overviews`` keeps the last reviews, so that an edit costs little.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from db.backup import Backup, Backups
from ita_desktop.documents.concerns import concerned
from ita_desktop.documents.templates import Template, load_templates
from ita_desktop.domain.agenda import Due, Known, Task, agenda
from ita_desktop.domain.analysis import Change, changes
from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.framework import FrameworkShelf
from ita_desktop.domain.measures import MeasureKind, Status
from ita_desktop.domain.papers import NO_ROUND, Issued, PaperKey, Step
from ita_desktop.domain.review import Finding, by_weight
from ita_desktop.domain.scores import TOTAL, ScoreTree, score_tree
from ita_desktop.exchange.changes import differences, snapshot
from ita_desktop.paths import data_files
from ui.looking import Reviews

ROUNDS = (Round.SIX, Round.TWELVE)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an overview is made of, read in the window's thread.

    ``issued_data``: digest -> the data of an issued document as they were. ``backups``: those of
    the file; ``backups_at``: when their folder last changed, so that a new one is seen.
    """

    dossier: Dossier
    year: int
    shelf: FrameworkShelf
    tasks: Sequence[Task]
    settings: Mapping[str, str]
    issued_data: Mapping[str, bytes] = field(default_factory=dict)
    backups: Backups | None = field(default=None, compare=False)
    backups_at: int = 0


@dataclass(frozen=True, slots=True)
class PaperState:
    """How far one document of the year is.

    ``missing``: findings that concern it, set aside ones left out. ``issued``: its newest entry in
    the register; ``changed``: how many things in the data have changed since.
    """

    key: PaperKey
    name: str
    missing: tuple[Finding, ...]
    issued: Issued | None
    changed: int

    @property
    def state(self) -> str:
        """The state in words: not issued, issued, on its way, signed, out of date."""
        if self.issued is None:
            return "ยังไม่ได้ออก"
        steps = [each.step for each in self.issued.passings]
        word = "ลงนามแล้ว" if Step.SIGNED in steps else "ออกแล้ว"
        if steps and steps[-1] is not Step.SIGNED:
            word = steps[-1].label
        return f"{word} • ล้าสมัย" if self.changed else word


@dataclass(frozen=True, slots=True)
class StatusCount:
    """Measures (or guidelines) of one round by status; ``None``: no status is ticked yet."""

    kind: MeasureKind
    round: Round
    counts: Mapping[Status | None, int]

    @property
    def all(self) -> int:
        """How many there are."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Overview:
    """All that the page shows of a measure year."""

    year: int
    due: tuple[Due, ...]
    papers: tuple[PaperState, ...]
    tree: ScoreTree
    earlier: ScoreTree
    scores: tuple[Change, ...]
    statuses: tuple[StatusCount, ...]
    backup: Backup | None = None


class Overviews:
    """Makes overviews one after the other, in one thread; keeps what reviews have found."""

    def __init__(self, reviews: Reviews) -> None:
        self._reviews = reviews
        self._own: Mapping[str, str] | None = None
        self._templates: dict[str, Template] = {}

    def make(self, asked: Asked) -> Overview:
        """The overview of the year that is asked for."""
        dossier, year, shelf = asked.dossier, asked.year, asked.shelf
        tree, earlier = (
            score_tree(shelf.get(each), dossier.sheet(each)) for each in (year - 1, year - 2)
        )
        codes = [TOTAL, *tree.instruments, *tree.framework.indicators]
        return Overview(
            year=year,
            due=agenda(asked.tasks, dossier, year, asked.settings, self._known(asked, tree)),
            papers=self._papers(asked),
            tree=tree,
            earlier=earlier,
            scores=changes(tree, earlier, codes),
            statuses=tuple(status_counts(dossier, year)),
            backup=_last_backup(asked.backups),
        )

    @staticmethod
    def _known(asked: Asked, tree: ScoreTree) -> Known:
        year, shelf = asked.year, asked.shelf
        coming = score_tree(shelf.get(year), asked.dossier.sheet(year))
        scored = {each: known.total for each, known in ((year - 1, tree), (year, coming))}
        items = coming.framework.items
        oit = [code for code in items if code.startswith("o")]
        return Known({each for each, total in scored.items() if total is not None}, oit)

    def _papers(self, asked: Asked) -> tuple[PaperState, ...]:
        found = {which: self._findings(asked, which) for which in ROUNDS}
        now = snapshot(asked.dossier) if asked.issued_data else {}
        states: list[PaperState] = []
        for template in self._kinds(asked.dossier):
            for which in template.rounds or (Round.TWELVE,):
                months = int(which) if template.rounds else NO_ROUND
                key = PaperKey(asked.year, template.kind, months)
                missing = by_weight(concerned(template, found.get(which, ()), asked.year, which))
                issued = newest_issued(asked.dossier, key)
                states.append(
                    PaperState(key, template.name, missing, issued, _changed(asked, issued, now))
                )
        return tuple(states)

    def _kinds(self, dossier: Dossier) -> list[Template]:
        if self._own != dossier.templates:
            self._own = dossier.templates
            self._templates = load_templates(data_files("documents"), dossier.templates)
        return list(self._templates.values())

    def _findings(self, asked: Asked, which: Round) -> tuple[Finding, ...]:
        kept = asked.dossier.set_aside.get(asked.year, {})
        found = self._reviews.review(asked.dossier, asked.year, which, asked.shelf)
        return tuple(each for each in found if each.key not in kept)


def _last_backup(backups: Backups | None) -> Backup | None:
    """The newest healthy one, by its note."""
    found = backups.list() if backups is not None else ()
    return next((each for each in found if each.healthy), None)


def newest_issued(dossier: Dossier, key: PaperKey) -> Issued | None:
    """The newest entry of the register for a document."""
    return next((each for each in dossier.issued if each.key == key), None)


def _changed(asked: Asked, issued: Issued | None, now: dict[str, object]) -> int:
    content = asked.issued_data.get(issued.data) if issued else None
    if content is None:
        return 0
    return len(differences(json.loads(content), now, asked.year))


def status_counts(dossier: Dossier, year: int) -> list[StatusCount]:
    """Measures by status for both rounds, then guidelines where the year has some.

    A further way of a measure isn't counted.
    """
    found: list[StatusCount] = []
    for kind in (MeasureKind.MEASURE, MeasureKind.GUIDELINE):
        listed = [each for each in dossier.measures_of(year, kind) if not each.continued]
        if listed or kind is MeasureKind.MEASURE:
            for which in ROUNDS:
                counts = Counter(each.progress_in(which).status for each in listed)
                found.append(StatusCount(kind, which, counts))
    return found


def edits_in_words(edits: Sequence[tuple[datetime, str]], most: int = 4) -> tuple[str, ...]:
    """Today's edits in words: each kind once, with how often, newest first, Arabic digits."""
    counts = Counter(label for _, label in edits)
    latest: dict[str, datetime] = {}
    for at, label in edits:
        latest.setdefault(label, at)
    lines = [
        f"{at:%H.%M} น. {label}" + (f" ({counts[label]} ครั้ง)" if counts[label] > 1 else "")
        for label, at in latest.items()
    ]
    more = len(lines) - most
    return (*lines[:most], *([f"และอีก {more} เรื่อง"] if more > 0 else []))


def next_due(due: Sequence[Due], today: date) -> Due | None:
    """The task that comes next: the first that is not done, the most overdue before all."""
    return min(
        (each for each in due if not each.done), key=lambda e: e.days_left(today), default=None
    )
