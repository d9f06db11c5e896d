"""What taking in would do, before anything is done: the data afterwards, counts, warnings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.framework import Framework
from ita_desktop.domain.measures import STATUS_LABELS, Measure, MeasureKind, Progress, counted
from ita_desktop.domain.office import OFFICE_KINDS, ChainLink, Office, Person
from ita_desktop.domain.scores import ScoreSheet
from ita_desktop.exchange.changes import Difference, differences
from ita_desktop.exchange.interchange import Interchange, interchange_to_data
from ita_desktop.exchange.sheets.columns import (
    KIND_LABELS,
    Layout,
    TableKind,
    find_layout,
    round_in,
    words_above,
    years_in,
)
from ita_desktop.exchange.sheets.raw import Note, RawTable, Source
from ita_desktop.exchange.sheets.rows import (
    MeasureRow,
    Reading,
    Setting,
    disclosures_of,
    groups,
    identity,
    read_rows,
)
from ita_desktop.exchange.sheets.values import plain

MOST_DIFFERENCES = 5_000
OFFICE_LABELS: dict[str, str] = {
    "ประเภทหน่วยงาน": "kind",
    "ชื่อหน่วยงาน (ไม่ต้องมีคำว่า อบต.)": "name",
    "อำเภอ": "district",
    "จังหวัด": "province",
    "ที่อยู่": "address",
    "รหัสไปรษณีย์": "postal_code",
    "โทรศัพท์": "telephone",
    "โทรสาร": "fax",
    "เว็บไซต์": "website",
    "อีเมล": "email",
    "ส่วนที่รับผิดชอบ": "responsible_division",
    "เลขที่หนังสือ": "number_prefix",
}
"""Label in the own form -> field of the office."""
_ASSESSED = (TableKind.SCORES, TableKind.DISCLOSURES)


@dataclass(frozen=True, slots=True)
class Job:
    """One table and how it is to be read.

    ``year``: of measures the measure year, of scores and the OIT list the assessed year. ``round``:
    of progress whose columns name no round.
    """

    table: RawTable
    layout: Layout
    year: int
    round: Round = Round.TWELVE


@dataclass(frozen=True, slots=True)
class Plan:
    """What taking in would do. ``after`` and ``parts`` are for ``Store.take_in``.

    ``counts``: what was found, in sentences. ``warnings``: what to think about first, such as
    another office's file. ``problems``: cells that can't be read and are left out.
    """

    after: Dossier
    parts: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    problems: tuple[Note, ...] = ()
    changes: tuple[Difference, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    @property
    def empty(self) -> bool:
        """Whether taking in would change nothing."""
        return not self.changes


# --- what to do with each table -------------------------------------------------------------------


def propose(source: Source, measure_year: int, which: Round = Round.TWELVE) -> tuple[Job, ...]:
    """How each table of a source that can be understood would be read, in order.

    The own form knows its year itself; other tables are read for the chosen measure year.
    """
    year = int(source.mark.split()[1]) if source.mark else measure_year
    jobs: list[Job] = []
    for table in source.tables:
        layout = find_layout(table, year - 1)
        if layout is not None:
            jobs.append(job_of(table, layout, year, which))
    return tuple(jobs)


def job_of(table: RawTable, layout: Layout, measure_year: int, which: Round) -> Job:
    """The job of a table in a measure year; the round is the one its title names, if any."""
    year = measure_year - 1 if layout.kind is TableKind.SCORES else measure_year
    return Job(table, layout, year, round_in(words_above(table, layout)) or which)


def plan_tables(
    jobs: Iterable[Job], present: Dossier, framework_of: Callable[[int], Framework]
) -> Plan:
    """What taking the tables in, one after the other, would do."""
    made = _Making(present, framework_of)
    for job in jobs:
        made.take(job)
    return made.plan()


def plan_interchange(found: Interchange, present: Dossier) -> Plan:
    """What taking an interchange file in would do."""
    source = found.dossier
    after = present
    for part in found.parts:
        after = _with_part(after, source, part)
    counts = [_part_count(source, part) for part in found.parts]
    warnings = _office_warnings(source.office, present.office) if "office" in found.parts else []
    return Plan(
        after=source,
        parts=found.parts,
        counts=tuple(filter(None, counts)),
        warnings=tuple(warnings),
        changes=_changes(present, after),
        pictures=found.pictures,
    )


def _with_part(after: Dossier, source: Dossier, part: str) -> Dossier:
    """The data after one section was taken in, as ``Store.take_in`` does it."""
    if part == "people":
        return replace(after, people=source.people, chain=source.chain)
    if part in ("office", "divisions", "marks"):
        return replace(after, **{part: getattr(source, part)})
    if part == "letterhead":
        given = {
            each.name: value
            for each in fields(source.letterhead)
            if (value := getattr(source.letterhead, each.name)) not in (None, "")
        }
        return replace(after, letterhead=replace(after.letterhead, **given))
    if part in ("passages", "disclosures"):
        now: Mapping[int, Mapping[str, Any]] = getattr(after, part)
        new: Mapping[int, Mapping[str, Any]] = getattr(source, part)
        joined = {year: {**now.get(year, {}), **found} for year, found in new.items()}
        return replace(after, **{part: {**now, **joined}})
    name = "sheets" if part == "scores" else part
    return replace(after, **{name: {**getattr(after, name), **getattr(source, name)}})


def _part_count(source: Dossier, part: str) -> str:
    if part == "scores":
        return " ".join(_score_count(sheet.entered, y) for y, sheet in source.sheets.items())
    if part == "measures":
        return " ".join(_measure_count(found, y) for y, found in source.measures.items())
    if part == "disclosures":
        return " ".join(f"รายการ OIT ปี {y}: {len(f)} ข้อ" for y, f in source.disclosures.items())
    if part == "people":
        return f"บุคคล {len(source.people)} คน สายการลงนาม {len(source.chain)} ลำดับ"
    return ""


def _changes(present: Dossier, after: Dossier) -> tuple[Difference, ...]:
    """Every difference of every year, each once."""
    years = {*present.measures, *after.measures, *present.passages, *after.passages}
    years |= {*present.set_aside, *after.set_aside}
    years |= {key.year for key in (*present.papers, *after.papers)}
    assessed = {*present.sheets, *after.sheets, *present.disclosures, *after.disclosures}
    years |= {year + 1 for year in assessed}
    old, new = interchange_to_data(present), interchange_to_data(after)
    found: dict[Difference, None] = {}
    for year in sorted(years) or [0]:
        found.update(dict.fromkeys(_told(differences(old, new, year), year)))
    found.update(dict.fromkeys(_beside(present, after)))
    return tuple(found)


def _beside(present: Dossier, after: Dossier) -> Iterator[Difference]:
    """What no document shows and is kept all the same: divisions, all people, who answered."""
    texts: tuple[tuple[str, Callable[[Dossier], str]], ...] = (
        ("กอง/สำนัก", lambda d: "\n".join(each.name for each in d.divisions)),
        ("บุคคล", lambda d: "\n".join(f"{p.full_name} {p.position}" for p in d.people)),
    )
    for label, text_of in texts:
        if text_of(present) != text_of(after):
            yield Difference(label, text_of(present), text_of(after))
    for year in sorted({*present.sheets, *after.sheets}):
        old, new = present.sheet(year).respondents, after.sheet(year).respondents
        for code in sorted({*old, *new}):
            if old.get(code) != new.get(code):
                label = f"คะแนนปี {year} • ผู้ตอบ {code}"
                yield Difference(label, str(old.get(code, "")), str(new.get(code, "")))


def _told(found: Iterable[Difference], year: int) -> Iterable[Difference]:
    """Measures of several years are told apart by their year."""
    for each in found:
        of_year = each.label.startswith(("มาตรการ", "แนวทาง", "ข้อความ", "ข้อสังเกต"))
        yield replace(each, label=f"ปี {year} • {each.label}") if of_year else each


# --- tables ---------------------------------------------------------------------------------------


class _Making:
    """A plan while its tables are read one after the other."""

    def __init__(self, present: Dossier, framework_of: Callable[[int], Framework]) -> None:
        self.present = present
        self.after = present
        self.framework_of = framework_of
        self.parts: dict[str, None] = {}
        self.counts: list[str] = []
        self.warnings: dict[str, None] = {}
        self.problems: list[Note] = []
        self.years: dict[str, set[int]] = {}
        self.numbers: dict[int, _Numbers] = {}

    def take(self, job: Job) -> None:
        assessed = job.year if job.layout.kind in _ASSESSED else job.year - 1
        labels = {plain(label): name for label, name in OFFICE_LABELS.items()}
        setting = Setting(job.year, job.round, self.framework_of(assessed), labels)
        reading = read_rows(job.table, job.layout, setting)
        name = job.table.name
        self.problems += [
            Note(f"{name} {note.cell}".strip(), note.sentence)
            for note in (*job.table.notes, *reading.problems)
            if note.column is None or job.layout.keys[note.column : note.column + 1] != ("",)
        ]
        self._warn(job)
        takers: dict[TableKind, Callable[[Reading, Job], str]] = {
            TableKind.SCORES: self._scores,
            TableKind.MEASURES: self._measures,
            TableKind.GUIDELINES: self._measures,
            TableKind.DISCLOSURES: self._disclosures,
            TableKind.OFFICE: self._office,
            TableKind.PEOPLE: self._people,
        }
        found = takers[job.layout.kind](reading, job) if reading.used else "ไม่พบข้อมูล"
        rows = len(job.table.rows) - job.layout.body
        passed = "".join(f" {why} {n}" for why, n in reading.passed.items())
        told = f" อ่านไม่ได้ {len(reading.problems)} ช่อง" if reading.problems else ""
        rest = f" ไม่ใช้:{passed}" if passed else ""
        self.counts.append(
            f"{name} – {KIND_LABELS[job.layout.kind]}: {found} "
            f"(ในตาราง {rows} แถว ใช้ {reading.used} แถว{rest}{told})"
        )

    def _warn(self, job: Job) -> None:
        above = words_above(job.table, job.layout)
        heads = " ".join(job.table.rows[job.layout.top]) if job.layout.kind in _ASSESSED else ""
        near = {job.year, job.year - 1, job.year + 1}
        years = years_in(above)
        if years and job.year not in years and not (heads and job.year in years_in(heads)):
            told = ", ".join(str(year) for year in years)
            close = "" if near & {*years} else "มาก"
            self.warnings[
                f"ตาราง “{job.table.name}” เขียนว่าปี {told} ซึ่งต่าง{close}จากปี {job.year} ที่จะนำเข้า "
                "โปรดตรวจว่าเป็นแฟ้มของปีที่ต้องการ"
            ] = None
        for name in _offices_in(above):
            own = plain(self.present.office.name)
            if own and plain(name) != own and not plain(name).startswith(own):
                self.warnings[
                    f"ตาราง “{job.table.name}” เป็นของ “{name}” ไม่ใช่ “{self.present.office.name}” "
                    "โปรดตรวจว่าเลือกแฟ้มถูก"
                ] = None

    def plan(self) -> Plan:
        after = self.after
        return Plan(
            after=replace(
                after,
                sheets=_only(after.sheets, self.years.get("scores")),
                measures=_only(after.measures, self.years.get("measures")),
                disclosures=_only(after.disclosures, self.years.get("disclosures")),
            ),
            parts=tuple(self.parts),
            counts=tuple(self.counts),
            warnings=tuple(self.warnings),
            problems=tuple(self.problems),
            changes=_changes(self.present, after),
        )

    def _touch(self, part: str, year: int = 0) -> None:
        self.parts[part] = None
        self.years.setdefault(part, set()).add(year)

    def _scores(self, reading: Reading, job: Job) -> str:
        sheet = self.after.sheet(job.year)
        sheet = ScoreSheet(
            year=job.year,
            entered={**sheet.entered, **reading.scores},
            respondents={**sheet.respondents, **reading.respondents},
            official_level=reading.level or sheet.official_level,
            drafts=sheet.drafts,
        )
        self.after = replace(self.after, sheets={**self.after.sheets, job.year: sheet})
        self._touch("scores", job.year)
        return _score_count(reading.scores, job.year)

    def _disclosures(self, reading: Reading, job: Job) -> str:
        present = dict(self.after.disclosures.get(job.year, {}))
        present.update(disclosures_of(reading, present))
        found = {**self.after.disclosures, job.year: present}
        self.after = replace(self.after, disclosures=found)
        self._touch("disclosures", job.year)
        addresses = sum(bool(each.get("url")) for each in reading.disclosures.values())
        return f"ปี {job.year} {len(reading.disclosures)} ข้อ มีที่อยู่เว็บ {addresses} ข้อ"

    def _office(self, reading: Reading, _job: Job) -> str:
        office = replace(self.after.office, **reading.office)
        for warning in _office_warnings(office, self.present.office):
            self.warnings[warning] = None
        self.after = replace(self.after, office=office)
        self._touch("office")
        return f"{len(reading.office)} ช่อง"

    def _people(self, reading: Reading, _job: Job) -> str:
        people, chain = _people_of(reading, self.after)
        self.after = replace(self.after, people=people, chain=chain)
        self._touch("people")
        return f"{len(reading.people)} คน"

    def _measures(self, reading: Reading, job: Job) -> str:
        present = self.after.measures.get(job.year, ())
        joining = _Joining(present, job.year, self.numbers.setdefault(job.year, {}))
        for rows in groups(reading.measures):
            joining.take(rows)
        self.problems += [replace(n, cell=f"{job.table.name} {n.cell}") for n in joining.lost]
        years = {**self.after.measures, job.year: joining.measures()}
        self.after = replace(self.after, measures=years)
        self._touch("measures", job.year)
        twice = _twice(reading.measures)
        if twice:
            self.warnings[f"มีมาตรการชื่อซ้ำในตาราง: “{twice}” โปรดตรวจว่าเป็นคนละรายการ"] = None
        known = sum(not row.continued for row in reading.measures) - joining.new
        told = f"ตรงกับที่มีอยู่ {known - len(joining.lost)} เพิ่มใหม่ {joining.new}"
        return f"{_measure_row_count(reading.measures, job.year)} ({told})"


def _only(years: Mapping[int, Any], chosen: set[int] | None) -> dict[int, Any]:
    return {year: found for year, found in years.items() if chosen and year in chosen}


def _people_of(
    reading: Reading, present: Dossier
) -> tuple[tuple[Person, ...], tuple[ChainLink, ...]]:
    """The file's people with those of the table brought up to date; the chain is the table's."""
    people = list(present.people)
    links: list[ChainLink] = []
    for number, row in enumerate(reading.people, start=1):
        values = {name: text for name, text in row.items() if name != "role" and text}
        key = plain(row["given_name"] + row["family_name"])
        at = next(
            (i for i, p in enumerate(people) if plain(p.given_name + p.family_name) == key), None
        )
        if at is None:
            at = len(people)
            people.append(Person(max((p.id for p in people), default=0) + 1))
        people[at] = replace(people[at], **values)
        if row["role"]:
            links.append(ChainLink(number, people[at].id, row["role"]))
    return tuple(people), tuple(links) or present.chain


# --- measures -------------------------------------------------------------------------------------


_Numbers = dict[str, tuple[str, int]]
"""Number in the tables so far -> identity of its measure, and which of its ways it is."""


class _Joining:
    """The measures of a year while rows are taken in: known ones changed, others at the end."""

    def __init__(self, present: Iterable[Measure], year: int, numbers: _Numbers) -> None:
        self.year = year
        self.numbers = numbers
        self.groups = [list(group) for group in groups(list(present))]
        self.heads = [group[0] for group in self.groups]
        self.free = set(range(len(self.groups)))
        self.new = 0
        self.lost: list[Note] = []

    def take(self, rows: list[MeasureRow]) -> None:
        """Take a measure with its further ways in."""
        kind = rows[0].kind
        if kind is None:
            self._take_numbered(rows[0])
            return
        at = self._known(rows[0], kind)
        if at is None:
            self.new += 1
            at = len(self.groups)
            self.groups.append([])
            self.heads.append(_changed(Measure(0, self.year, kind=kind), rows[0]))
        self.free.discard(at)
        group, blank = self.groups[at], Measure(0, self.year, kind=kind)
        self.groups[at] = [
            _changed(group[n] if n < len(group) else blank, row) for n, row in enumerate(rows)
        ] + group[len(rows) :]
        name = identity(self.groups[at][0])
        self.numbers.update({row.number: (name, n) for n, row in enumerate(rows) if row.number})

    def _take_numbered(self, row: MeasureRow) -> None:
        """Take in what a row says of the measure that it names by its number alone."""
        name, way = self.numbers.get(row.number, ("", 0))
        at = int(row.number or 0) - 1
        if self.numbers:
            found = (n for n, group in enumerate(self.groups) if identity(group[0]) == name)
            at = next(found, -1)
        if not (0 <= at < len(self.groups) and way < len(self.groups[at])):
            sentence = f"ไม่พบมาตรการลำดับที่ {row.number} โปรดใส่ชื่อมาตรการ หรือเพิ่มมาตรการนั้นก่อน"
            self.lost.append(Note(row.cell, sentence))
            return
        there = self.groups[at][way]
        self.groups[at][way] = _changed(there, replace(row, continued=there.continued))

    def _known(self, row: MeasureRow, kind: MeasureKind) -> int | None:
        """Which measure a row is about: that of the same title or, without one, the same number."""
        wanted = identity(_changed(Measure(0, 0, kind=kind), row))
        same = [at for at, head in enumerate(self.heads) if head.kind is kind]
        if wanted in ("m:", "g:"):
            number = int(row.number or 0)
            return same[number - 1] if 1 <= number <= len(same) else None
        return next(
            (at for at in same if at in self.free and identity(self.heads[at]) == wanted), None
        )

    def measures(self) -> tuple[Measure, ...]:
        """All of the year, measures first."""
        together = [measure for group in self.groups for measure in group]
        return tuple(m for kind in MeasureKind for m in together if m.kind is kind)


def _changed(measure: Measure, row: MeasureRow) -> Measure:
    """The measure with what the row says; what the row does not say stays."""
    progress = dict(measure.progress)
    for which, values in row.progress.items():
        progress[which] = replace(progress.get(which, Progress()), **values)
    values = dict(row.values)
    if values.get("first_month", 0) > values.get("last_month", measure.last_month):
        values["last_month"] = values["first_month"]
    if values.get("last_month", 12) < values.get("first_month", measure.first_month):
        values["first_month"] = values["last_month"]
    return replace(
        measure, kind=row.kind or measure.kind, continued=row.continued, progress=progress, **values
    )


def _twice(rows: list[MeasureRow]) -> str:
    seen: set[str] = set()
    for row in rows:
        title = plain(str(row.values.get("title", "")))
        if title and title in seen:
            return str(row.values["title"])[:60]
        seen.add(title)
    return ""


# --- what was found, in words ---------------------------------------------------------------------


def _score_count(scores: Mapping[str, Any], year: int) -> str:
    total = sum(scores.values())
    return f"คะแนนปี {year} {len(scores)} ช่อง ผลบวกทุกช่อง {total:.2f}"


def _measure_count(measures: tuple[Measure, ...], year: int) -> str:
    kinds = [tuple(m for m in measures if m.kind is kind) for kind in MeasureKind]
    return f"ปี {year}: มาตรการ {counted(kinds[0])} แนวทางยกระดับ {counted(kinds[1])} รายการ"


def _measure_row_count(rows: list[MeasureRow], year: int) -> str:
    told = [f"ปี {year} {sum(not row.continued for row in rows)} รายการ"]
    for which in Round:
        found = [row.progress[which] for row in rows if which in row.progress]
        if not found:
            continue
        statuses = [values.get("status") for values in found]
        words = [
            f"{label} {statuses.count(status)}"
            for status, label in STATUS_LABELS.items()
            if status in statuses
        ]
        if None in statuses:
            words.append(f"ไม่ได้บอกสถานะ {statuses.count(None)}")
        told.append(f"{which.label}: {' '.join(words)}")
    return " ".join(told)


def _office_warnings(found: Office, present: Office) -> list[str]:
    if present.name and found.name and plain(found.name) != plain(present.name):
        return [
            f"ข้อมูลนี้เป็นของ “{found.full_name}” ไม่ใช่ “{present.full_name}” โปรดตรวจว่าเลือกแฟ้มถูก "
            "ถ้านำเข้า ข้อมูลของหน่วยงานนี้จะถูกแทนที่"
        ]
    return []


def _offices_in(text: str) -> tuple[str, ...]:
    """Names of offices that a title tells, without the kind."""
    import re

    kinds = "|".join(
        [*OFFICE_KINDS, *(short.replace(".", r"\.") for short in OFFICE_KINDS.values())]
    )
    found = re.findall(rf"(?:{kinds})\s?([ก-๛]{{2,40}})", text)
    return tuple(dict.fromkeys(found))
