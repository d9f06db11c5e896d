"""A measure year of an office as a hand-over package: documents, tables, data, cover."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from ita_desktop import VERSION
from ita_desktop.documents.blocks import Document, Table
from ita_desktop.documents.compose import Matter, compose, pictures_needed
from ita_desktop.documents.formats import render
from ita_desktop.documents.templates import Template
from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.framework import FrameworkShelf, framework_text
from ita_desktop.domain.papers import NO_ROUND, Issued, PaperKey
from ita_desktop.domain.review import Reviewer
from ita_desktop.domain.scores import score_tree
from ita_desktop.exchange.changes import differences, snapshot
from ita_desktop.exchange.errors import PackageError, SourceError
from ita_desktop.exchange.interchange import (
    check_codes,
    interchange_from_data,
    interchange_to_data,
    parse_json,
)
from ita_desktop.exchange.package import (
    DATA,
    FOLDERS,
    MOST_DATA,
    Content,
    Manifest,
    Part,
    build_package,
    fitting_name,
)
from ita_desktop.exchange.tables import csv_bytes, disclosure_rows, measure_rows, score_rows
from ita_desktop.handover.cover import make_cover

_PICTURE_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
_MOST_PICTURE = 12_000_000
_BASE64 = 4 / 3
_ROOM = 100
"""Bytes that a picture takes in the data beside its own."""

Progress = Callable[[int, int, str], bool]
"""Told how many steps of how many are done and which is next; False cancels."""


class Cancelled(Exception):
    """The user has cancelled; nothing was written."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A document that can go into the package.

    ``ready``: whether the year holds anything for it. ``issued``: its newest issue, which then
    goes in as it was issued; ``stale``: the data have changed since.
    """

    template: Template
    round: Round | None
    ready: bool
    issued: Issued | None = None
    stale: bool = False

    @property
    def title(self) -> str:
        """The document's name with its round, Arabic digits."""
        return f"{self.template.name} {self.round.label}" if self.round else self.template.name


@dataclass(frozen=True, slots=True)
class Material:
    """All that a package is made from, as one snapshot: a thread may work on it.

    ``files``: digest -> content of pictures and of issued documents with their data.
    """

    dossier: Dossier
    shelf: FrameworkShelf
    templates: Mapping[str, Template]
    year: int
    files: Mapping[str, bytes] = field(repr=False)

    def matter(self, which: Round) -> Matter:
        """What a document of that round is about."""
        return Matter(
            dossier=self.dossier,
            year=self.year,
            round=which,
            framework=self.shelf.get(self.year - 1),
            earlier=self.shelf.get(self.year - 2),
            oit=self.shelf.get(self.year),
            pictures=self.files,
        )


def gather_material(
    dossier: Dossier,
    shelf: FrameworkShelf,
    templates: Mapping[str, Template],
    year: int,
    file_of: Callable[[str], bytes | None],
) -> Material:
    """Read what a package of the year needs; ``file_of`` gives a kept file by its digest."""
    wanted = list(pictures_needed(dossier, year))
    for issued in _newest_issues(dossier, year).values():
        wanted += [issued.file, issued.data]
    files = {digest: content for digest in wanted if digest and (content := file_of(digest))}
    return Material(dossier, shelf, templates, year, files)


def _newest_issues(dossier: Dossier, year: int) -> dict[PaperKey, Issued]:
    """The newest issue of each document of the year."""
    newest: dict[PaperKey, Issued] = {}
    for issued in sorted(dossier.issued, key=lambda one: (one.at, one.id)):
        if issued.key.year == year:
            newest[issued.key] = issued
    return newest


def offers(material: Material) -> tuple[Offer, ...]:
    """Every document of the year, in the order in which documents are offered."""
    issues = _newest_issues(material.dossier, material.year)
    now = snapshot(material.dossier)
    return tuple(
        _offer(material, template, which, issues, now)
        for template in material.templates.values()
        for which in template.rounds or (None,)
    )


def _offer(
    material: Material,
    template: Template,
    which: Round | None,
    issues: Mapping[PaperKey, Issued],
    now: Mapping[str, object],
) -> Offer:
    issued = issues.get(PaperKey(material.year, template.kind, int(which) if which else NO_ROUND))
    if issued is not None and issued.file not in material.files:
        issued = None
    stale = False
    if issued is not None and issued.data in material.files:
        then = json.loads(material.files[issued.data])
        stale = bool(differences(then, now, material.year))
    return Offer(template, which, _is_ready(material, template, which), issued, stale)


def _is_ready(material: Material, template: Template, which: Round | None) -> bool:
    dossier, year = material.dossier, material.year
    if which is not None:
        found = (measure.progress.get(which) for measure in dossier.measures.get(year, ()))
        return any(progress is not None and progress.status for progress in found)
    if template.kind == "oit-list":
        return bool(dossier.disclosures.get(year))
    return bool(dossier.sheet(year - 1).entered)


def open_findings(material: Material) -> tuple[tuple[int, int], ...]:
    """Round in months -> how many findings of the review are open; rounds that have begun only."""
    reviewer = Reviewer(material.shelf)
    aside = material.dossier.set_aside.get(material.year, {})
    found: list[tuple[int, int]] = []
    for which in (Round.SIX, Round.TWELVE):
        if _has_begun(material, which):
            all_found = reviewer.review(material.dossier, material.year, which)
            found.append((int(which), sum(each.key not in aside for each in all_found)))
    return tuple(found)


def _has_begun(material: Material, which: Round) -> bool:
    measures = material.dossier.measures.get(material.year, ())
    return any(measure.progress_in(which).status for measure in measures)


# --- making --------------------------------------------------------------------------------------


def make_package(
    material: Material,
    chosen: Iterable[Offer],
    made: datetime,
    progress: Progress | None = None,
) -> tuple[Manifest, bytes]:
    """The package of the chosen documents as a file, and its manifest.

    ``made`` carries its time zone. Raises PackageError, or Cancelled when ``progress`` says so.
    """
    documents = tuple(chosen)
    steps = _Steps(len(documents) + 3, progress)
    contents: list[Content] = []
    left_out: list[str] = []
    for number, offer in enumerate(documents, start=1):
        steps.next(offer.title)
        contents += _document_parts(material, offer, number)
        if offer.stale and offer.issued is not None:
            left_out.append(f"{offer.title} เป็นฉบับที่ออกไว้ ข้อมูลเปลี่ยนไปหลังจากออกเอกสารนั้น")
    steps.next("ตาราง")
    contents += _csv_parts(material)
    steps.next("ข้อมูล")
    data, dropped = _data(material)
    contents.append((Part(DATA, "data", "ข้อมูลสำหรับนำเข้าโปรแกรม"), data))
    contents += _framework_parts(material)
    if dropped:
        left_out.append(f"ภาพ {dropped} ภาพไม่ได้อยู่ในข้อมูลสำหรับนำเข้า เพราะรวมกันใหญ่เกินไป")
    steps.next("ตรวจก่อนส่ง")
    about = Manifest(
        office=material.dossier.office,
        year=material.year,
        made=made.replace(microsecond=0),
        program=VERSION,
        parts=(),
        findings=open_findings(material),
        left_out=tuple(left_out),
    )
    return build_package(
        about, contents, lambda whole: make_cover(material.matter(_last(material)), whole)
    )


class _Steps:
    """Counts steps for whoever watches."""

    def __init__(self, whole: int, progress: Progress | None) -> None:
        self._done, self._whole, self._progress = 0, whole, progress

    def next(self, name: str) -> None:
        """Begin a step. Raises Cancelled."""
        if self._progress is not None and not self._progress(self._done, self._whole, name):
            raise Cancelled
        self._done += 1


def _last(material: Material) -> Round:
    """The last round that has begun."""
    begun = [which for which in Round if _has_begun(material, which)]
    return begun[-1] if begun else Round.SIX


def _document_parts(material: Material, offer: Offer, number: int) -> Iterator[Content]:
    document = compose(offer.template, material.matter(offer.round or Round.TWELVE))
    issued = offer.issued
    pdf = material.files[issued.file] if issued else render(document, ".pdf")
    months = int(offer.round) if offer.round else NO_ROUND
    code = issued.code if issued else ""
    kind, title = offer.template.kind, offer.title
    stem = f"{number:02} {title}"
    name = f"{FOLDERS['document']}/{fitting_name(stem, '.pdf')}"
    yield Part(name, "document", title, document=kind, round=months, code=code), pdf
    if _has_table(document):
        name = f"{FOLDERS['table']}/{fitting_name(stem, '.xlsx')}"
        part = Part(name, "table", f"ตารางของ{title}", document=kind, round=months)
        yield part, render(document, ".xlsx")


def _has_table(document: Document) -> bool:
    return any(isinstance(block, Table) for part in document.sections for block in part.blocks)


def _csv_parts(material: Material) -> Iterator[Content]:
    dossier, shelf, year = material.dossier, material.shelf, material.year
    tables = {
        f"คะแนน ปี {year - 1}": score_rows(dossier, shelf.get(year - 1), shelf.get(year - 2)),
        f"มาตรการ ปี {year}": measure_rows(dossier, year),
        f"รายการ OIT ปี {year}": disclosure_rows(dossier, shelf.get(year)),
    }
    for title, rows in tables.items():
        found = list(rows)
        if len(found) > 1:
            name = f"{FOLDERS['csv']}/{fitting_name(title, '.csv')}"
            yield Part(name, "csv", f"{title} (CSV)"), csv_bytes(found)


def _framework_parts(material: Material) -> Iterator[Content]:
    """The own frameworks of the years that are handed over: without them codes say nothing."""
    shelf, folder = material.shelf, FOLDERS["framework"]
    for year in (material.year - 2, material.year - 1, material.year):
        if shelf.is_own(year):
            content = framework_text(shelf.get(year)).encode()
            part = Part(f"{folder}/{year}.json", "framework", f"กรอบการประเมินปี {year} ของหน่วยงาน")
            yield part, content


def of_year(dossier: Dossier, year: int) -> Dossier:
    """What of the data a package of the measure year hands over.

    The year's measures, texts and papers, the scores of the analysed year and the one before, the
    OIT lists of the analysed and the measure year; the office, its signers and its letterhead.
    """
    return replace(
        dossier,
        sheets={at: dossier.sheets[at] for at in (year - 2, year - 1) if at in dossier.sheets},
        measures={at: found for at, found in dossier.measures.items() if at == year},
        passages={at: found for at, found in dossier.passages.items() if at == year},
        disclosures={
            at: found for at, found in dossier.disclosures.items() if at in (year - 1, year)
        },
        papers={key: paper for key, paper in dossier.papers.items() if key.year == year},
        set_aside={at: found for at, found in dossier.set_aside.items() if at == year},
    )


def _data(material: Material) -> tuple[bytes, int]:
    """The data part, and how many pictures found no room in it. Raises PackageError."""
    dossier = of_year(material.dossier, material.year)
    room = MOST_DATA - len(_json(dossier, {})) - _ROOM
    kept: dict[str, bytes] = {}
    wanted = pictures_needed(dossier, material.year)
    for digest in wanted:
        content = material.files.get(digest, b"")
        needs = len(content) * _BASE64 + _ROOM
        fits = len(content) <= _MOST_PICTURE and needs <= room
        if content.startswith(_PICTURE_STARTS) and fits:
            kept[digest] = content
            room -= needs
    made = _json(dossier, kept)
    try:  # what is handed over can be taken in: told now, not at the district
        found = interchange_from_data(parse_json(made.decode()))
        check_codes(found.dossier, material.shelf.get)
    except SourceError as error:
        raise PackageError(f"ทำชุดข้อมูลไม่ได้ เพราะข้อมูลในแฟ้มใช้ไม่ได้: {error}") from error
    return made, len(wanted) - len(kept)


def _json(dossier: Dossier, pictures: Mapping[str, bytes]) -> bytes:
    return json.dumps(interchange_to_data(dossier, pictures), ensure_ascii=False).encode()


def suggested_name(dossier: Dossier, year: int) -> str:
    """A telling file name without its ending."""
    office = dossier.office.short_name or "หน่วยงาน"
    return fitting_name(f"ITA {office} {dossier.office.district} ปี {year}", "")


def has_scores(material: Material) -> bool:
    """Whether the analysed year has a total: without one the district's line stays empty."""
    sheet = material.dossier.sheet(material.year - 1)
    return score_tree(material.shelf.get(material.year - 1), sheet).total is not None
