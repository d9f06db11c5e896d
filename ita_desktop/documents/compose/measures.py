"""Tables of measures and guidelines, and their photos."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ita_desktop.documents.blocks import (
    Block,
    Cell,
    Heading,
    Paragraph,
    Picture,
    PictureGrid,
    Run,
    StatusBoxes,
    Table,
)
from ita_desktop.documents.templates import BlockTemplate, ColumnTemplate
from ita_desktop.domain.measures import (
    STATUS_LABELS,
    Measure,
    MeasureKind,
    Photo,
    Progress,
    Status,
    main_points,
    owner_names,
    points,
)
from ita_desktop.thai.digits import to_thai

from .context import Context
from .scores import columns
from .texts import TABLE_SIZE_PT, CellBlocks, cell, line, lines, numbered, paragraph, titled
from .texts import score_text as _score_text

_OPTIONS = tuple(STATUS_LABELS.values())
_MERGED = frozenset({"number", "title", "numbered_title", "title_items", "answers"})
"""Columns that a measure and its further ways share in one merged cell."""
_PHOTO_MM = 45.0
_ITEM_MM = 6.0
"""Items stand under their measure's title, right of its number."""
_SHEET_MM = {1: 200.0, 2: 105.0, 3: 105.0, 4: 90.0}


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of a table: a measure, or a further way of the one above it."""

    measure: Measure
    number: int
    ways: int
    """Rows that share the measure's merged cells; 0 in a row that goes on with one."""
    first_step: int
    """Number of the row's first step: ways of one measure count on."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Measures under one heading."""

    measures: tuple[Measure, ...]
    words: dict[str, str]


# --- measures ------------------------------------------------------------------------------------


def measure_tables(context: Context, part: BlockTemplate) -> Iterator[Block]:
    """The measures in one table, or in one for each group that has any."""
    found = _with_ways(context.measures())
    chosen = _only(context, found, part.wording("only"))
    if not chosen:
        if empty := context.text(part.wording("empty")):
            yield Paragraph((Run(empty),), first_indent_mm=25, space_after_pt=6)
        return
    first = 1
    for group in _groups(context, chosen, part.wording("group")):
        rows = tuple(_rows(group.measures, first))
        yield _table(context, part, rows, context.text(part.text, **group.words))
        if part.settings["run_on"]:
            first = rows[-1].number + 1


_Family = tuple[Measure, ...]
"""A measure with the further ways that follow it."""


def _with_ways(measures: Iterable[Measure]) -> list[_Family]:
    families: list[_Family] = []
    for measure in measures:
        if measure.continued and families:
            families[-1] = (*families[-1], measure)
        else:
            families.append((measure,))
    return families


def _only(context: Context, families: list[_Family], only: str) -> list[_Family]:
    """Those whose first indicator belongs to one instrument, or to none ("rest")."""
    if only in ("", "all"):
        return families
    wanted = "" if only == "rest" else only
    return [family for family in families if _instrument_of(context, family[0]) == wanted]


def _indicator_of(context: Context, measure: Measure) -> str:
    """The first indicator or sub-indicator a measure answers; "" when there is none."""
    known = _names(context)
    return next((code for code in measure.indicators if code in known), "")


def _names(context: Context) -> dict[str, str]:
    """Names of the indicators and sub-indicators, in order."""
    names: dict[str, str] = {}
    for code, indicator in context.framework.indicators.items():
        names[code] = indicator.name
        names.update((sub.code, sub.name) for sub in indicator.subindicators)
    return names


def _instrument_of(context: Context, measure: Measure) -> str:
    code = _indicator_of(context, measure).partition(".")[0]
    for instrument in context.framework.instruments:
        if code in {indicator.code for indicator in instrument.indicators}:
            return instrument.code
    return ""


def _groups(context: Context, families: list[_Family], by: str) -> Iterator[_Group]:
    """The families by group, in the framework's order; those of no group last, never lost."""
    if by in ("", "none"):
        yield _Group(tuple(m for family in families for m in family), {})
        return
    names = _group_names(context, by)
    finders: dict[str, Callable[[Measure], str]] = {
        "instrument": lambda measure: _instrument_of(context, measure),
        "indicator": lambda measure: _indicator_of(context, measure),
        "issue": lambda measure: str(measure.issues[0]) if measure.issues else "",
    }
    keys = [finders[by](family[0]) for family in families]
    for code, name in {**names, "": ""}.items():
        found = [f for key, f in zip(keys, families, strict=True) if key == code]
        if not code:
            found = [f for key, f in zip(keys, families, strict=True) if key not in names]
        if found:
            yield _Group(tuple(m for f in found for m in f), _group_words(by, code, name, found))


def _group_names(context: Context, by: str) -> dict[str, str]:
    if by == "issue":
        return {str(issue.no): issue.name for issue in context.framework.issues}
    if by == "instrument":
        return {instrument.code: instrument.name for instrument in context.framework.instruments}
    return _names(context)


def _group_words(by: str, code: str, name: str, found: list[_Family]) -> dict[str, str]:
    kinds = {"issue": "ประเด็นที่", "indicator": "ตัวชี้วัดที่", "instrument": "แบบวัด"}
    group = f"{kinds[by]} {code} {name}" if code else "มาตรการอื่น"
    return {
        "group": group,
        "group_number": code,
        "group_name": name,
        "instrument": code,
        "count": str(len(found)),
    }


def _rows(measures: Iterable[Measure], first: int) -> Iterator[_Row]:
    """Rows with their numbers: generated, so that there is no gap and no double."""
    for number, family in enumerate(_with_ways(measures), start=first):
        step = 1
        for way, measure in enumerate(family):
            yield _Row(measure, number, 0 if way else len(family), step)
            step += len(main_points(measure.steps))


def _table(context: Context, part: BlockTemplate, rows: Iterable[_Row], title: str) -> Table:
    made = tuple(
        tuple(
            _cell(context, part, column, row)
            for column in part.columns
            if row.ways or column.value not in _MERGED
        )
        for row in rows
    )
    return Table(
        columns(context, part),
        made,
        title=title or None,
        repeat_title=True,
        size_pt=TABLE_SIZE_PT,
        sheet="มาตรการ",
    )


def _cell(context: Context, part: BlockTemplate, column: ColumnTemplate, row: _Row) -> Cell:
    measure, value, style = row.measure, column.value, column.list
    progress = measure.progress_in(context.matter.round)
    if value in _MERGED:
        return _merged_cell(context, value, row)
    makers: dict[str, Callable[[], Cell]] = {
        "approach": lambda: cell(numbered(measure.approach, style)),
        "steps": lambda: cell(
            numbered(measure.steps, style, first=row.first_step, always=row.ways != 1)
        ),
        "period": lambda: line(measure.period),
        "short_period": lambda: line(measure.short_period),
        "owners": lambda: lines(owner_names(measure.owners)),
        "follow_up": lambda: cell(numbered(measure.follow_up, style)),
        "result": lambda: cell(_result(context, part, column, measure)),
        "output": lambda: cell(numbered(progress.output, style)),
        "outcome": lambda: cell(_outcome(part, progress, style)),
        "outcome_photos": lambda: cell(
            (*_outcome(part, progress, style), *_pictures(context, measure))
        ),
        "photos": lambda: cell(_pictures(context, measure)),
        "note": lambda: cell(numbered(progress.note, style)),
        "status": lambda: Cell((_boxes(progress.status),)),
    }
    return makers[value]()


def _merged_cell(context: Context, value: str, row: _Row) -> Cell:
    measure = row.measure
    goes_on = f"{measure.title} (ต่อ)"
    texts = {
        "number": ((paragraph(str(row.number)),), to_thai(str(row.number))),
        "title": ((paragraph(measure.title),), goes_on),
        "numbered_title": (
            (paragraph(measure.title, label=f"{row.number}."),),
            f"{row.number}. {goes_on}",
        ),
        "title_items": (
            (paragraph(measure.title, label=f"{row.number}."), *_items(context, measure)),
            f"{row.number}. {goes_on}",
        ),
        "answers": (lines(_answers(context, measure)).blocks, ""),
    }
    blocks, continued = texts[value]
    return Cell(blocks, rowspan=row.ways, continued=to_thai(continued))


def _items(context: Context, measure: Measure) -> Iterator[Paragraph]:
    """Code and question of each item a measure answers, under its title, in the year's order."""
    for code, item in context.framework.items.items():
        if code in measure.items:
            text = to_thai(f"{code} {item.title}")
            yield Paragraph((Run(text),), left_indent_mm=_ITEM_MM, space_before_pt=2)


def _answers(context: Context, measure: Measure) -> Iterator[str]:
    names = _names(context)
    for code in measure.indicators:
        if code in names:
            yield f"ตัวชี้วัดที่ {code} {names[code]}"
    for issue in context.framework.issues:
        if issue.no in measure.issues:
            yield f"ประเด็นที่ {issue.no} {issue.name}"


def _result(
    context: Context, part: BlockTemplate, column: ColumnTemplate, measure: Measure
) -> CellBlocks:
    """What was done, which photos show it, and the note where that has no column of its own."""
    progress = measure.progress_in(context.matter.round)
    found = numbered(progress.result, column.list)
    cited = () if part.shows("photos") else _cited(context, measure, progress)
    note = () if part.shows("note") else titled("หมายเหตุ", progress.note, column.list)
    return (*found, *cited, *note)


def _cited(context: Context, measure: Measure, progress: Progress) -> tuple[Paragraph, ...]:
    keys = ((measure.id, photo.id) for photo in progress.photos)
    numbers = [context.photo_numbers[key] for key in keys if key in context.photo_numbers]
    if not numbers:
        return ()
    first, last = min(numbers), max(numbers)
    which = f"ภาพที่ {first}" if first == last else f"ภาพที่ {first} – {last}"
    return (paragraph(f"({which})"),)


def _outcome(part: BlockTemplate, progress: Progress, style: str) -> CellBlocks:
    """The outcome; with the output where that has no column of its own, told apart from it."""
    if part.shows("output"):
        return numbered(progress.outcome, style)
    if points(progress.output) and points(progress.outcome):
        return (
            *titled("ผลผลิต", progress.output, style),
            *titled("ผลลัพธ์", progress.outcome, style),
        )
    return (*numbered(progress.outcome, style), *numbered(progress.output, style))


def _boxes(status: Status | None) -> StatusBoxes:
    ticked = None if status is None else list(STATUS_LABELS).index(status)
    return StatusBoxes(_OPTIONS, ticked)


# --- photos --------------------------------------------------------------------------------------


def _caption(context: Context, measure: Measure, photo: Photo) -> str:
    number = context.photo_numbers.get((measure.id, photo.id))
    head = "" if number is None else f"ภาพที่ {number}"
    return to_thai(" ".join(part for part in (head, photo.caption) if part))


def _pictures(context: Context, measure: Measure) -> tuple[Picture, ...]:
    progress = measure.progress_in(context.matter.round)
    return tuple(
        Picture(
            context.picture(photo.digest),
            _caption(context, measure, photo),
            height_mm=_PHOTO_MM,
            alt=photo.caption,
        )
        for photo in progress.photos
    )


def photo_sheets(context: Context, part: BlockTemplate) -> Iterator[Block]:
    """All photos of the round, two or four to a sheet; nothing when there are none."""
    per_sheet = int(part.settings["per_sheet"])
    across = 1 if per_sheet < 3 else 2
    height = _SHEET_MM.get(per_sheet, 80.0)
    pictures = tuple(
        Picture(
            context.picture(photo.digest),
            _caption(context, measure, photo),
            height_mm=height,
            alt=photo.caption,
        )
        for measure in context.measures()
        for photo in measure.progress_in(context.matter.round).photos
    )
    if not pictures:
        return
    if title := context.text(part.text):
        yield Heading(title, 2)
    yield PictureGrid(pictures, across, height)


# --- guidelines ----------------------------------------------------------------------------------


def guideline_tables(context: Context, part: BlockTemplate) -> Iterator[Block]:
    """One table an instrument; a guideline stands under its own indicator's instrument."""
    guidelines = context.measures(MeasureKind.GUIDELINE)
    for instrument in context.framework.instruments:
        codes = [indicator.code for indicator in instrument.indicators]
        found = [g for code in codes for g in guidelines if g.indicators[:1] == (code,)]
        if found:
            title = context.text(part.text, instrument=instrument.code)
            yield _guideline_table(context, part, found, title)


def _guideline_table(
    context: Context, part: BlockTemplate, guidelines: list[Measure], title: str
) -> Table:
    rows = tuple(
        tuple(_guideline_cell(context, column, guideline, number) for column in part.columns)
        for number, guideline in enumerate(guidelines, start=1)
    )
    return Table(
        columns(context, part),
        rows,
        title=title or None,
        repeat_title=True,
        size_pt=TABLE_SIZE_PT,
        sheet="แนวทางยกระดับ",
    )


def _guideline_cell(
    context: Context, column: ColumnTemplate, guideline: Measure, number: int
) -> Cell:
    progress, style = guideline.progress_in(context.matter.round), column.list
    makers: dict[str, Callable[[], Cell]] = {
        "number": lambda: line(str(number)),
        "indicator": lambda: _indicator_cell(context, guideline),
        "steps": lambda: cell(numbered(guideline.steps, style)),
        "period": lambda: line(guideline.period),
        "owners": lambda: lines(owner_names(guideline.owners)),
        "result": lambda: cell(
            (*numbered(progress.result, style), *titled("หมายเหตุ", progress.note, style))
        ),
        "progress": lambda: _progress_cell(progress, style),
        "status": lambda: Cell((_boxes(progress.status),)),
    }
    return makers[column.value]()


def _indicator_cell(context: Context, guideline: Measure) -> Cell:
    code = guideline.indicators[0]
    name = context.framework.indicators[code].name
    score = _score_text(context.tree.score(code))
    title = paragraph(f"ตัวชี้วัดที่ {code} {name}", bold=True)
    return Cell((title, paragraph(f"คะแนน {score}")) if score else (title,))


def _progress_cell(progress: Progress, style: str) -> Cell:
    texts = (
        *numbered(progress.result, style),
        *titled("ผลผลิต", progress.output, style),
        *titled("ผลลัพธ์", progress.outcome, style),
        *titled("หมายเหตุ", progress.note, style),
    )
    return Cell((*texts, _boxes(progress.status)))
