"""What a document is about, and what its blocks are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property

from ita_desktop.documents.template_kinds import PLACEHOLDERS
from ita_desktop.documents.templates import BlockTemplate, Template, fill, fill_known
from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.drafts import Drafter, Wording, fill_figures, load_wording
from ita_desktop.domain.fiscal import MONTHS, Round, month_name, thai_date
from ita_desktop.domain.framework import Framework
from ita_desktop.domain.live import in_code
from ita_desktop.domain.measures import Measure, MeasureKind, Status
from ita_desktop.domain.papers import NO_ROUND, Disclosure, Paper, PaperKey
from ita_desktop.domain.scores import ScoreTree, score_tree
from ita_desktop.paths import data_file, when_changed
from ita_desktop.thai.digits import to_thai

from .texts import DOTS, change_words, indicator_names, instrument_parts, score_text

_POST_ACTED = ("รักษาราชการแทน", "รักษาการแทน", "ปฏิบัติหน้าที่")


@dataclass(frozen=True, slots=True)
class Matter:
    """What one document is about: the data, the measure year and the round.

    ``framework`` is that of the analysed year (measure year - 1), ``earlier`` of the year before.
    ``oit`` is the framework of the measure year, whose OIT list is collected in it; None takes the
    analysed year's. ``pictures``: digest -> picture file; one that is missing leaves its room.
    ``mark`` is the code of an issued document; ``notice`` stands across every page. Of requests
    for OIT data: ``wanted`` is the day by which they are to be answered, ``owner`` the only one
    asked; None asks everybody.
    """

    dossier: Dossier
    year: int
    round: Round
    framework: Framework
    earlier: Framework
    oit: Framework | None = None
    pictures: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    mark: str = ""
    notice: str = ""
    wanted: date | None = None
    owner: str | None = None

    @property
    def analysed_year(self) -> int:
        """The year whose result the measures answer."""
        return self.year - 1

    def tree(self) -> ScoreTree:
        """The score tree of the analysed year."""
        return score_tree(self.framework, self.dossier.sheet(self.analysed_year))

    def earlier_tree(self) -> ScoreTree:
        """The score tree of the year before the analysed one."""
        return score_tree(self.earlier, self.dossier.sheet(self.analysed_year - 1))

    def paper_key(self, template: Template) -> PaperKey:
        """Which paper of the year a document of this template is."""
        return PaperKey(self.year, template.kind, self.round if template.rounds else NO_ROUND)


def passage_place(template: Template, part: BlockTemplate, which: Round) -> str:
    """Where the office's text for a passage is kept: one for each round where there are rounds."""
    place = part.wording("place")
    return f"{place}/{int(which)}" if template.rounds else place


def pictures_needed(dossier: Dossier, year: int) -> tuple[str, ...]:
    """Digests of every picture that a document of the year may show."""
    letterhead = dossier.letterhead
    found = [letterhead.emblem, letterhead.seal]
    for measure in dossier.measures.get(year, ()):
        for progress in measure.progress.values():
            found += [photo.digest for photo in progress.photos]
    return tuple(dict.fromkeys(digest for digest in found if digest))


@cache
def _wording() -> Wording:
    return load_wording(data_file("wording/analysis.json"))


when_changed(_wording.cache_clear)


class Context:
    """Everything the makers of blocks share for one document."""

    def __init__(self, matter: Matter, template: Template) -> None:
        self.matter = matter
        self.template = template
        self.dossier = matter.dossier
        self.framework = matter.framework
        self.tree = matter.tree()
        self.earlier = matter.earlier_tree()
        self.paper: Paper = matter.dossier.paper(matter.paper_key(template))
        self.oit = matter.oit or matter.framework
        self.photo_numbers = self._number_photos()
        self.offered: dict[str, str] = {}
        """Place of a passage -> the wording or draft that stands for it, its fields not filled."""
        self.words = self._words()

    # --- the data ------------------------------------------------------------------------------

    def measures(self, kind: MeasureKind = MeasureKind.MEASURE) -> tuple[Measure, ...]:
        """Measures or guidelines of the year, in order."""
        return self.dossier.measures_of(self.matter.year, kind)

    def disclosure(self, code: str) -> Disclosure:
        """What is disclosed for an item of the OIT list."""
        return self.dossier.disclosure(self.oit.year, code)

    def picture(self, digest: str) -> bytes:
        """A picture file; b"" when it is missing."""
        return self.matter.pictures.get(digest, b"")

    def passage(self, part: BlockTemplate) -> str:
        """The office's text for a passage, or the template's own wording, filled."""
        place = passage_place(self.template, part, self.matter.round)
        own = self.dossier.passage(self.matter.year, place)
        if own.strip():
            return self.live(own)
        self.offered[place] = part.wording("text")
        return self.text(part.wording("text"))

    def own_text(self, place: str) -> str:
        """The office's text for a place of the analysis, Thai digits; "" when it has none."""
        return self.live(self.dossier.passage(self.matter.year, place).strip())

    def draft(self, place: str, text: str) -> str:
        """A draft for a place where the office has written nothing, filled; kept as offered."""
        self.offered[place] = text
        return self.figures(text)

    def _number_photos(self) -> dict[tuple[int, int], int]:
        """Measure's and photo's id -> its number in the document, in the order of the measures.

        Numbered only where the template shows photos: what is cited is there.
        """
        parts = self.template.blocks
        if not any(
            part.kind == "photos" or part.shows("photos", "outcome_photos") for part in parts
        ):
            return {}
        photos = (
            (measure.id, photo.id)
            for measure in self.measures()
            for photo in measure.progress_in(self.matter.round).photos
        )
        return {photo: number for number, photo in enumerate(photos, start=1)}

    @cached_property
    def drafter(self) -> Drafter:
        """Who drafts the analysis where the office has written nothing of its own."""
        office = self.dossier.office.full_name or "หน่วยงาน"
        marks = self.dossier.marks
        return Drafter(
            self.tree,
            _wording(),
            earlier=self.earlier,
            scale=marks.scale,
            strength=marks.strength,
            agency=office,
        )

    def live(self, text: str) -> str:
        """The office's own text with its live fields filled, Thai digits; unknown ones stay."""
        figures = self.figures(in_code(text, PLACEHOLDERS))
        return to_thai(fill_known(figures, self.words))

    def figures(self, text: str) -> str:
        """A text whose live figures are what the scores are now, with Thai digits."""
        scale = self.dossier.marks.scale
        return to_thai(fill_figures(text, self.tree, self.earlier, scale))

    # --- words ---------------------------------------------------------------------------------

    def text(self, wording: str, **more: str) -> str:
        """The wording with placeholders filled and Thai digits."""
        return to_thai(fill(wording, {**self.words, **more}))

    def addressee(self) -> str:
        """The post the document goes to: that of the last signer, or the one acted for."""
        for link in reversed(self.dossier.chain):
            person = self.dossier.person(link.person_id)
            if person is not None:
                return post_of(person.position, person.acting)
        return ""

    def _words(self) -> dict[str, str]:
        return {
            **self._office_words(),
            **self._time_words(),
            **self._count_words(),
            **self._score_words(),
            **self._framework_words(),
        }

    def _office_words(self) -> dict[str, str]:
        office = self.dossier.office
        division = office.responsible_division
        return {
            "office": office.full_name,
            "office_short": office.short_name,
            "place": office.place,
            "district": office.district,
            "province": office.province,
            "address": " ".join(part for part in (office.address, office.postal_code) if part),
            "telephone": office.telephone or DOTS,
            "fax": office.fax,
            "website": office.website,
            "division": " ".join(part for part in (division, office.full_name) if part),
            "addressee": self.addressee() or DOTS,
        }

    def _time_words(self) -> dict[str, str]:
        matter, day = self.matter, self.paper.day
        return {
            "measure_year": str(matter.year),
            "analysed_year": str(matter.analysed_year),
            "earlier_year": str(matter.analysed_year - 1),
            "oit_year": str(self.oit.year),
            "round": matter.round.label,
            "round_start": month_name(matter.year, 1),
            "round_end": month_name(matter.year, int(matter.round)),
            "month": self._month(day),
            "date": thai_date(day) if day else DOTS,
        }

    def _month(self, day: date | None) -> str:
        """The document's month; without a date, the one after its round."""
        if day is not None:
            return f"{MONTHS[day.month - 1]} {day.year + 543}"
        if not self.template.rounds:
            return month_name(self.matter.year, 1)
        if self.matter.round is Round.TWELVE:
            return month_name(self.matter.year + 1, 1)
        return month_name(self.matter.year, int(self.matter.round) + 1)

    def _count_words(self) -> dict[str, str]:
        measures = [measure for measure in self.measures() if not measure.continued]
        states = [measure.progress_in(self.matter.round).status for measure in measures]
        shown = [self.disclosure(code) for code in oit_codes(self.oit)]
        return {
            "measure_count": str(len(measures)),
            "guideline_count": str(len(self.measures(MeasureKind.GUIDELINE))),
            "done_count": str(states.count(Status.DONE)),
            "in_progress_count": str(states.count(Status.IN_PROGRESS)),
            "not_started_count": str(states.count(Status.NOT_STARTED)),
            "oit_count": str(len(shown)),
            "disclosed_count": str(sum(one.disclosed is True for one in shown)),
        }

    def _score_words(self) -> dict[str, str]:
        weak, strong = self._weak(), self._strong()
        scores = self.tree.instruments
        return {
            "total": score_text(self.tree.total) or DOTS,
            "level": self.tree.level or DOTS,
            "earlier_total": score_text(self.earlier.total) or DOTS,
            "earlier_level": self.earlier.level or DOTS,
            "total_change": change_words(self.earlier.total, self.tree.total),
            "instrument_scores": " ".join(
                f"{code} {score_text(score) or DOTS} คะแนน" for code, score in scores.items()
            ),
            "strong_list": indicator_names(self.framework, strong) or DOTS,
            "weak_list": indicator_names(self.framework, weak) or "ไม่มี",
            "weak_count": str(len(weak)),
            "weak_summary": f"มี {len(weak)} ตัวชี้วัด คือ {indicator_names(self.framework, weak)}"
            if weak
            else "ไม่มี",
        }

    def _framework_words(self) -> dict[str, str]:
        parts = {f"{i.code.lower()}_parts": instrument_parts(i) for i in self.framework.instruments}
        return {
            **parts,
            "pass_mark": f"{self.framework.pass_mark.normalize():f}",
            "high_mark": f"{self.dossier.marks.high.normalize():f}",
            "strength_mark": f"{self.dossier.marks.strength.normalize():f}",
            "level_count": str(len(self.framework.levels)),
        }

    def _weak(self) -> list[str]:
        """Codes of the indicators under the pass mark."""
        scores = {code: self.tree.score(code) for code in self.framework.indicators}
        return [c for c, s in scores.items() if s is not None and s < self.framework.pass_mark]

    def _strong(self) -> list[str]:
        """Codes of the indicators with the highest score."""
        scores = {code: self.tree.score(code) for code in self.framework.indicators}
        best = max((score for score in scores.values() if score is not None), default=None)
        return [code for code, score in scores.items() if best is not None and score == best]


def post_of(position: str, acting: str) -> str:
    """The post a signer stands for: the one acted for, where there is one."""
    for words in _POST_ACTED:
        if acting.startswith(words):
            return acting.removeprefix(words).strip()
    return position


def oit_codes(framework: Framework) -> tuple[str, ...]:
    """Codes of the OIT list's items, in order."""
    return tuple(
        item.code
        for instrument in framework.instruments
        if instrument.code == "OIT"
        for indicator in instrument.indicators
        for item in indicator.items
    )
