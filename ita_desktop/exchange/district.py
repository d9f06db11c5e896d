"""Many packages become one summary: a line an office, and what became of every file.

Packages are read one after the other and only a few figures of each are kept, so that a whole
country's take little memory. None of them is believed: what can't be read whole is listed with its
reason and never ends the run.
"""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import Path

from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.framework import Framework, FrameworkError
from ita_desktop.domain.measures import STATUS_LABELS, MeasureKind, Status
from ita_desktop.domain.office import Office
from ita_desktop.domain.scores import TOTAL, half_up, score_tree
from ita_desktop.exchange.arrivals import moment_text
from ita_desktop.exchange.errors import PackageError, SourceError, one_line
from ita_desktop.exchange.interchange import check_codes
from ita_desktop.exchange.offices import Key, Listed, office_key, plain_name, same_office
from ita_desktop.exchange.package import SUFFIX, Manifest
from ita_desktop.exchange.unpack import opened

FrameworkOf = Callable[[int], Framework]
Progress = Callable[[int, int, str], bool]
"""Told how many files of how many are read and which is next; False cancels."""

MOST_FILES = 50_000
_DEEPEST = 12
_LONGEST = 120
_MOST_REMARKS = 6
_AHEAD = timedelta(days=1)


class Cancelled(Exception):
    """The user has cancelled; nothing was written."""


class Fate(Enum):
    """What became of a file; the value is the word in lists."""

    TAKEN = "ใช้แล้ว"
    DOUBLE = "ซ้ำกับฉบับที่ใช้"
    OLDER = "ฉบับเก่ากว่า"
    OTHER_YEAR = "คนละปี"
    LOCKED = "ล็อกด้วยรหัสผ่าน"
    REFUSED = "ใช้ไม่ได้"


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file and what became of it. ``reason``: a Thai sentence, "" when it was taken."""

    name: str
    fate: Fate
    reason: str = ""
    office: str = ""
    made: datetime | None = None
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One office's year in figures.

    ``instruments`` and ``indicators`` are code -> score; ``weak`` are codes of the indicators
    below the pass mark. ``round`` is the last one with a status, None when there is none;
    ``statuses`` counts measures by status in it (None: not stated).
    """

    office: Office
    year: int
    made: datetime
    fingerprint: str
    file: str
    total: Decimal | None
    level: str
    earlier: Decimal | None
    instruments: Mapping[str, Decimal | None]
    indicators: Mapping[str, Decimal]
    weak: tuple[str, ...]
    round: Round | None
    statuses: Mapping[Status | None, int]
    findings: int
    remarks: tuple[str, ...] = ()

    @property
    def difference(self) -> Decimal | None:
        """Total less last year's, in points."""
        if self.total is None or self.earlier is None:
            return None
        return self.total - self.earlier

    @property
    def measures(self) -> int:
        """How many measures there are."""
        return sum(self.statuses.values())


@dataclass(frozen=True, slots=True)
class WeakIndicator:
    """An indicator across offices: how many know it, how many are below the pass mark, the mean.

    ``lowest``: the offices with the lowest scores among those below, lowest first.
    """

    code: str
    name: str
    known: int
    below: int
    mean: Decimal
    lowest: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class District:
    """The summary of a measure year. ``lines`` stand in the order of province, อำเภอ and name.

    ``ranks``: place of each line by its total, from 1, equal ones alike; None without a total.
    ``missing``: offices of the list that have not sent; ``unlisted``: lines not on the list.
    """

    year: int
    framework: Framework
    lines: tuple[Line, ...]
    ranks: tuple[int | None, ...]
    arrivals: tuple[Arrival, ...]
    listed: int | None = None
    missing: tuple[Office, ...] = ()
    unlisted: tuple[str, ...] = ()

    @property
    def analysed_year(self) -> int:
        """The assessed year of the scores."""
        return self.year - 1

    @property
    def statuses(self) -> Counter[Status | None]:
        """Measures of all offices by status."""
        found: Counter[Status | None] = Counter()
        for line in self.lines:
            found.update(line.statuses)
        return found

    @property
    def mean(self) -> Decimal | None:
        """The mean of the totals, of the offices that have one."""
        totals = [line.total for line in self.lines if line.total is not None]
        return half_up(sum(totals, Decimal(0)) / len(totals)) if totals else None

    @property
    def levels(self) -> Counter[str]:
        """How many offices reached each level; "" those without one."""
        return Counter(line.level for line in self.lines)

    def fates(self) -> Counter[Fate]:
        """How many files met each fate."""
        return Counter(arrival.fate for arrival in self.arrivals)

    def ranking(self) -> Iterator[tuple[int, Line]]:
        """Lines with a total by rank, equal ones in the order of their names."""
        found = [
            (rank, line)
            for rank, line in zip(self.ranks, self.lines, strict=True)
            if rank is not None
        ]
        yield from sorted(found, key=lambda one: one[0])

    def weak_indicators(self) -> tuple[WeakIndicator, ...]:
        """Every indicator, that of which most offices are below the pass mark first."""
        found = [_weak_indicator(self, code) for code in self.framework.indicators]
        known = [each for each in found if each is not None]
        return tuple(sorted(known, key=lambda one: (-one.below, one.mean)))


_LOWEST = 5


def _weak_indicator(district: District, code: str) -> WeakIndicator | None:
    scores = [(line.indicators[code], line) for line in district.lines if code in line.indicators]
    if not scores:
        return None
    below = sorted((s for s in scores if code in s[1].weak), key=lambda one: one[0])
    mean = half_up(sum((score for score, _ in scores), Decimal(0)) / len(scores))
    lowest = tuple((line.office.short_name, score) for score, line in below[:_LOWEST])
    name = district.framework.indicators[code].name
    return WeakIndicator(code, name, len(scores), len(below), mean, lowest)


# --- finding the files ---------------------------------------------------------------------------


def find_packages(places: Iterable[Path]) -> list[Path]:
    """Packages among files and, at any depth, in folders; each file once, in order of names.

    A named file is taken whatever its ending. Links to folders are not followed. Raises
    PackageError when there is none, a place does not exist, or there are too many.
    """
    found: dict[tuple[int, int] | str, Path] = {}
    for place in places:
        for path in [place] if place.is_file() else _in_folder(place):
            found.setdefault(_identity(path), path)
            if len(found) > MOST_FILES:
                raise PackageError(f"มีชุดข้อมูลเกิน {MOST_FILES:,} แฟ้ม โปรดแบ่งเป็นหลายโฟลเดอร์")
    if not found:
        raise PackageError(f"ไม่พบชุดข้อมูล ({SUFFIX}) โปรดเลือกโฟลเดอร์ที่เก็บแฟ้มที่หน่วยงานส่งมา")
    return list(found.values())


def _in_folder(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        raise PackageError(f"ไม่มีแฟ้มหรือโฟลเดอร์ “{one_line(folder.name)}” โปรดตรวจชื่อ")
    depth = len(folder.parts)
    for root, folders, files in os.walk(folder):
        folders.sort()
        if len(Path(root).parts) - depth >= _DEEPEST:
            folders.clear()
        for name in sorted(files):
            if name.lower().endswith(SUFFIX) and not name.startswith("."):
                yield Path(root, name)


def _identity(path: Path) -> tuple[int, int] | str:
    """The same for one file, by whatever way it was found."""
    try:
        about = path.stat()
    except OSError:
        return str(path)
    usable = about.st_ino and stat.S_ISREG(about.st_mode)
    return (about.st_dev, about.st_ino) if usable else str(path)


# --- one package ---------------------------------------------------------------------------------


def read_line(path: Path, framework_of: FrameworkOf, password: str | None, now: datetime) -> Line:
    """The line of one package. Raises PackageError, SourceError or FrameworkError."""
    with opened(path, password) as package:
        if not package.is_whole:
            raise PackageError(package.complaint)
        dossier = package.data().dossier
        own = _fitting(package.frameworks(), framework_of)
        line = _line(
            package.manifest,
            package.fingerprint,
            dossier,
            path,
            lambda year: own.get(year) or framework_of(year),
            now,
        )
    if not own:
        return line
    shared = framework_of(line.year - 1).indicators
    years = " ".join(str(year) for year in sorted(own))
    return replace(
        line,
        indicators={code: score for code, score in line.indicators.items() if code in shared},
        weak=tuple(code for code in line.weak if code in shared),
        remarks=(*line.remarks, f"ใช้กรอบการประเมินของหน่วยงานเองปี {years}"),
    )


def _fitting(own: Mapping[int, Framework], framework_of: FrameworkOf) -> dict[int, Framework]:
    """The own frameworks that can stand in one table with the others: of the same instruments.

    One that equals the common one is none of its own.
    """
    found: dict[int, Framework] = {}
    for year, framework in own.items():
        common = framework_of(year)
        codes = [instrument.code for instrument in framework.instruments]
        if framework != common and codes == [each.code for each in common.instruments]:
            found[year] = framework
    return found


def _line(
    manifest: Manifest,
    fingerprint: str,
    dossier: Dossier,
    path: Path,
    framework_of: FrameworkOf,
    now: datetime,
) -> Line:
    year = manifest.year
    framework = framework_of(year - 1)
    tree = score_tree(framework, dossier.sheet(year - 1))
    scores = {code: tree.score(code) for code in framework.indicators}
    known = {code: score for code, score in scores.items() if score is not None}
    which = _last_round(dossier, year)
    remarks = tuple(_remarks(manifest, dossier, framework_of, now))
    return Line(
        office=_short(manifest.office),
        year=year,
        made=manifest.made,
        fingerprint=fingerprint,
        file=one_line(path.name, _LONGEST),
        total=tree.total,
        level=one_line(tree.level or "", _LONGEST),
        earlier=_earlier_total(dossier, year - 2, framework_of),
        instruments=tree.instruments,
        indicators=known,
        weak=tuple(code for code, score in known.items() if score < framework.pass_mark),
        round=which,
        statuses=_statuses(dossier, year, which),
        findings=max((count for _, count in manifest.findings), default=0),
        remarks=remarks + (("ยังไม่มีคะแนนรวม",) if tree.total is None else ()),
    )


def _earlier_total(dossier: Dossier, year: int, framework_of: FrameworkOf) -> Decimal | None:
    """Last year's total: the entered one stands before any that its parts would give."""
    sheet = dossier.sheet(year)
    if TOTAL in sheet.entered or not sheet.entered:
        return sheet.entered.get(TOTAL)
    return score_tree(framework_of(year), sheet).total


def _short(office: Office) -> Office:
    """The office with names of a length that a table can hold, on one line."""
    names = ("kind", "name", "district", "province")
    return Office(**{name: one_line(getattr(office, name).strip(), _LONGEST) for name in names})


def _last_round(dossier: Dossier, year: int) -> Round | None:
    measures = dossier.measures_of(year, MeasureKind.MEASURE)
    begun = [which for which in Round if any(m.progress_in(which).status for m in measures)]
    return begun[-1] if begun else None


def _statuses(dossier: Dossier, year: int, which: Round | None) -> dict[Status | None, int]:
    states = Counter(
        measure.progress_in(which).status if which else None
        for measure in dossier.measures_of(year, MeasureKind.MEASURE)
        if not measure.continued
    )
    return {status: states[status] for status in (*STATUS_LABELS, None)}


def _remarks(
    manifest: Manifest, dossier: Dossier, framework_of: FrameworkOf, now: datetime
) -> Iterator[str]:
    if not manifest.office.name.strip():
        yield "ไม่ได้ระบุชื่อหน่วยงาน"
    if manifest.made > now + _AHEAD:
        yield "เวลาที่ทำอยู่ในอนาคต นาฬิกาของเครื่องที่ส่งอาจผิด"
    if office_key(dossier.office) != office_key(manifest.office):
        yield "ชื่อหน่วยงานในข้อมูลไม่ตรงกับสารบัญ"
    try:
        check_codes(dossier, framework_of)
    except SourceError:
        yield "มีคะแนนในรหัสที่กรอบการประเมินไม่มี"


# --- all of them ---------------------------------------------------------------------------------


class _Gathering:
    """Lines by office and year, and the fate of every file so far."""

    def __init__(self) -> None:
        self.newest: dict[tuple[Key, int], tuple[int, Line]] = {}
        self.arrivals: list[Arrival] = []

    def refuse(self, path: Path, fate: Fate, reason: str) -> None:
        """Note a file that can't be used."""
        self.arrivals.append(Arrival(one_line(path.name, _LONGEST), fate, reason))

    def take(self, line: Line) -> None:
        """Note a line; of one office and year the newest package stays."""
        here = len(self.arrivals)
        self.arrivals.append(
            Arrival(
                name=line.file,
                fate=Fate.TAKEN,
                office=_name(line.office),
                made=line.made,
                fingerprint=line.fingerprint,
            )
        )
        key = (office_key(line.office), line.year)
        if not line.office.name:  # nothing tells two of them apart but their content
            key = ((line.fingerprint, "", "", ""), line.year)
        known = self.newest.get(key)
        if known is None:
            self.newest[key] = (here, line)
        elif known[1].fingerprint == line.fingerprint:
            self._put_aside(here, Fate.DOUBLE, known[1])
        elif (line.made, line.fingerprint) > (known[1].made, known[1].fingerprint):
            self._put_aside(known[0], Fate.OLDER, line)
            self.newest[key] = (here, _remarked(line, known[1]))
        else:
            self._put_aside(here, Fate.OLDER, known[1])
            self.newest[key] = (known[0], _remarked(known[1], line))

    def _put_aside(self, at: int, fate: Fate, used: Line) -> None:
        reason = f"ใช้ “{used.file}” ซึ่งทำเมื่อ {moment_text(used.made)}"
        self.arrivals[at] = replace(self.arrivals[at], fate=fate, reason=reason)

    def of_year(self, year: int) -> list[Line]:
        """The lines of the year; those of others are put aside."""
        kept: list[Line] = []
        for at, line in self.newest.values():
            if line.year == year:
                kept.append(line)
            else:
                reason = f"เป็นของปี {line.year} แต่สรุปนี้เป็นของปี {year}"
                self.arrivals[at] = replace(self.arrivals[at], fate=Fate.OTHER_YEAR, reason=reason)
        return kept


def _remarked(line: Line, other: Line) -> Line:
    """The line that is used, remarked where nobody can tell which of two is newer."""
    remark = "มีสองชุดที่ทำเวลาเดียวกันแต่ข้อมูลต่างกัน โปรดถามหน่วยงาน"
    if line.made != other.made or remark in line.remarks:
        return line
    return replace(line, remarks=(*line.remarks, remark)[:_MOST_REMARKS])


def _name(office: Office) -> str:
    return " ".join(part for part in (office.short_name, office.place) if part)


@dataclass(frozen=True, slots=True)
class Wishes:
    """``year``: the measure year, None for the newest there is. ``password`` opens locked ones.

    ``offices``: the district's list of all, None when there is none.
    """

    year: int | None = None
    password: str | None = None
    offices: Sequence[Listed] | None = None


def summarise(
    paths: Sequence[Path],
    framework_of: FrameworkOf,
    now: datetime,
    wishes: Wishes = Wishes(),
    progress: Progress | None = None,
) -> District:
    """Read all packages and sum them up.

    ``now`` carries its time zone. Raises Cancelled when ``progress`` says so, and PackageError
    when not one file can be used.
    """
    gathering = _Gathering()
    for number, path in enumerate(paths):
        if progress is not None and not progress(number, len(paths), path.name):
            raise Cancelled
        _read_into(gathering, path, framework_of, wishes.password, now)
    offices = wishes.offices
    chosen = wishes.year or max((each for _, each in gathering.newest), default=None)
    if chosen is None:
        reason = gathering.arrivals[0].reason if gathering.arrivals else ""
        raise PackageError(f"ไม่มีชุดข้อมูลที่ใช้ได้เลย แฟ้มแรกใช้ไม่ได้เพราะ{reason}")
    lines = tuple(sorted(gathering.of_year(chosen), key=_order))
    missing, unlisted = _compared(lines, offices)
    return District(
        year=chosen,
        framework=framework_of(chosen - 1),
        lines=lines,
        ranks=_ranks(lines),
        arrivals=tuple(gathering.arrivals),
        listed=None if offices is None else len(offices),
        missing=missing,
        unlisted=unlisted,
    )


def _read_into(
    gathering: _Gathering,
    path: Path,
    framework_of: FrameworkOf,
    password: str | None,
    now: datetime,
) -> None:
    from ita_desktop.exchange.lock import LockedPackage, WrongPassword

    try:
        gathering.take(read_line(path, framework_of, password, now))
    except (LockedPackage, WrongPassword) as error:
        gathering.refuse(path, Fate.LOCKED, str(error))
    except (PackageError, SourceError, FrameworkError) as error:
        gathering.refuse(path, Fate.REFUSED, str(error))
    except (MemoryError, RecursionError):
        gathering.refuse(path, Fate.REFUSED, "แฟ้มใช้หน่วยความจำมากผิดปกติ โปรดขอแฟ้มใหม่จากหน่วยงานผู้ส่ง")


def _order(line: Line) -> tuple[str, ...]:
    office = line.office
    place = (office.province, office.district, office.name)
    return (*(plain_name(part) for part in place), office.kind, line.fingerprint)


def _ranks(lines: Sequence[Line]) -> tuple[int | None, ...]:
    totals = sorted((line.total for line in lines if line.total is not None), reverse=True)
    first: dict[Decimal, int] = {}
    for place, total in enumerate(totals, start=1):
        first.setdefault(total, place)
    return tuple(None if line.total is None else first[line.total] for line in lines)


def _compared(
    lines: Sequence[Line], offices: Sequence[Listed] | None
) -> tuple[tuple[Office, ...], tuple[str, ...]]:
    """Offices of the list that have not sent, and names of those that sent without being on it."""
    if offices is None:
        return (), ()
    by_name: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        by_name.setdefault(office_key(line.office)[1], []).append(at)
    seen: set[int] = set()
    missing: list[Office] = []
    for listed in offices:
        same = [
            at
            for at in by_name.get(office_key(listed.office)[1], ())
            if same_office(listed.office, lines[at].office)
        ]
        seen.update(same)
        if not same:
            missing.append(listed.office)
    unlisted = (_name(line.office) for at, line in enumerate(lines) if at not in seen)
    return tuple(missing), tuple(unlisted)
