"""Tables and charts of scores. Every figure comes from the score tree at this moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from ita_desktop.documents.blocks import (
    Align,
    Bar,
    BarChart,
    BarGroup,
    Block,
    Cell,
    Column,
    Share,
    ShareChart,
    Table,
)
from ita_desktop.documents.templates import BlockTemplate, ColumnTemplate
from ita_desktop.domain.framework import Framework, Instrument, LevelRule
from ita_desktop.domain.measures import STATUS_LABELS
from ita_desktop.domain.scores import NodeKind, ScoreNode
from ita_desktop.thai.digits import to_thai

from .context import Context
from .texts import (
    SCORE_FORMAT,
    TABLE_SIZE_PT,
    change_text,
    line,
    lines,
    percent_of,
    score_text,
)

_NUMBERS = {
    **dict.fromkeys(("earlier", "score", "change", "change_percent"), SCORE_FORMAT),
    **dict.fromkeys(("iit", "eit", "oit", "total", "difference"), SCORE_FORMAT),
    "weight": "0",
}
"""Columns that are numbers in a worksheet, and their format."""


def columns(context: Context, part: BlockTemplate) -> tuple[Column, ...]:
    """The columns of a table as they are printed."""
    return tuple(
        Column(
            context.text(found.heading),
            found.width,
            found.align,
            context.text(found.group),
            _NUMBERS.get(found.value, ""),
        )
        for found in part.columns
    )


def score_table(context: Context, part: BlockTemplate) -> Iterator[Block]:
    """Instruments, indicators and the total, beside the year before."""
    merged = part.shows("instrument")
    rows: list[tuple[Cell, ...]] = []
    for instrument in context.tree.root.children:
        if not merged:
            rows.append(_row(context, part, instrument, bold=True))
        for number, indicator in enumerate(instrument.children):
            first = _instrument_cell(context, instrument) if merged and number == 0 else None
            rows.append(_row(context, part, indicator, first=first))
    rows.append(_total_row(context, part))
    rows.append(_level_row(context, part))
    title = context.text(part.text) or None
    yield Table(columns(context, part), tuple(rows), title, size_pt=TABLE_SIZE_PT, sheet="คะแนน")


def _instrument_cell(context: Context, instrument: ScoreNode) -> Cell:
    label = next(i.label for i in context.framework.instruments if i.code == instrument.code)
    found = lines((label, f"คะแนน {score_text(instrument.score)}" if instrument.score else ""))
    return Cell(found.blocks, rowspan=max(1, len(instrument.children)), continued=label)


def _row(
    context: Context,
    part: BlockTemplate,
    node: ScoreNode,
    *,
    bold: bool = False,
    first: Cell | None = None,
) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for column in part.columns:
        if column.value != "instrument":
            cells.append(line(_value(context, column, node), bold=bold))
        elif first is not None:
            cells.append(first)
    return tuple(cells)


def _total_row(context: Context, part: BlockTemplate) -> tuple[Cell, ...]:
    """The total; with merged instruments its name stands in their column too."""
    if not part.shows("instrument"):
        return _row(context, part, context.tree.root, bold=True)
    return _named_row(part, "คะแนนรวม", lambda c: _value(context, c, context.tree.root))


def _level_row(context: Context, part: BlockTemplate) -> tuple[Cell, ...]:
    values = {"earlier": context.earlier.level or "", "score": context.tree.level or ""}
    return _named_row(part, "ระดับผลการประเมิน", lambda c: values.get(c.value, ""))


def _named_row(
    part: BlockTemplate, name: str, value: Callable[[ColumnTemplate], str]
) -> tuple[Cell, ...]:
    """A row whose name fills the columns of names."""
    names = [c for c in part.columns if c.value in ("instrument", "name")]
    adjoining = len(names) == 2 and part.columns[0] in names and part.columns[1] in names
    cells: list[Cell] = []
    for column in part.columns:
        if column is names[0] if names else False:
            made = line(name, bold=True)
            cells.append(Cell(made.blocks, colspan=2) if adjoining else made)
        elif column not in names:
            cells.append(line(value(column), bold=True))
        elif not adjoining:
            cells.append(line(""))
    return tuple(cells)


def _value(context: Context, column: ColumnTemplate, node: ScoreNode) -> str:
    now, before = node.score, context.earlier.score(node.code)
    known = now is not None and before is not None
    if column.value == "name":
        return node_name(node)
    if column.value == "weight":
        return _weight(context.framework, node)
    if column.value == "earlier":
        return score_text(before)
    if column.value == "score":
        return score_text(now)
    if not known:
        return ""
    assert now is not None and before is not None
    return _changes(before, now)[column.value]


def _changes(before: Decimal, now: Decimal) -> dict[str, str]:
    word = "เท่าเดิม" if now == before else "เพิ่มขึ้น" if now > before else "ลดลง"
    percent = percent_of(before, now)
    return {
        "change": change_text(now - before),
        "change_percent": change_text(percent) if percent is not None else "–",
        "change_word": word,
    }


def node_name(node: ScoreNode) -> str:
    """A node's name as it stands in a table."""
    if node.kind is NodeKind.INDICATOR:
        return to_thai(f"{node.code}. {node.name}")
    return node.name


def _weight(framework: Framework, node: ScoreNode) -> str:
    weights = {part.code: part.weight for part in framework.instruments}
    weight = weights.get(node.code)
    return "" if weight is None else to_thai(f"{(weight * 100).normalize():f}")


# --- how scores are made -------------------------------------------------------------------------


def method_table(context: Context, part: BlockTemplate) -> Iterator[Block]:
    """How items become indicators, instruments and the total, read from the framework."""
    instruments = context.framework.instruments
    means = {
        "คะแนนข้อคำถาม": _item_method,
        "คะแนนตัวชี้วัดย่อย": lambda i: "เฉลี่ยทุกข้อในตัวชี้วัดย่อย" if _has_subs(i) else "–",
        "คะแนนตัวชี้วัด": lambda i: "เฉลี่ยทุกตัวชี้วัดย่อย" if _has_subs(i) else "เฉลี่ยทุกข้อในตัวชี้วัด",
        "คะแนนแบบวัด": lambda _: "เฉลี่ยทุกตัวชี้วัดในแบบวัด",
        "น้ำหนัก": lambda i: f"ร้อยละ {(i.weight * 100).normalize():f}",
    }
    rows = [
        (line(name), *(line(make(instrument)) for instrument in instruments))
        for name, make in means.items()
    ]
    last = line("ผลรวมของคะแนนแบบวัดที่ถ่วงน้ำหนักแล้ว")
    rows.append((line("คะแนนรวม", bold=True), Cell(last.blocks, Align.CENTER, len(instruments))))
    heads = [Column("คะแนน", 22)]
    heads += [Column(f"แบบ {i.code}", 26, Align.CENTER) for i in instruments]
    title = context.text(part.text) or None
    yield Table(tuple(heads), tuple(rows), title, size_pt=TABLE_SIZE_PT, sheet="วิธีคิดคะแนน")


def _item_method(instrument: Instrument) -> str:
    return "เปิดเผย 100 ไม่เปิดเผย 0" if _has_subs(instrument) else "เฉลี่ยจากผู้ตอบทุกคน"


def _has_subs(instrument: Instrument) -> bool:
    return any(indicator.subindicators for indicator in instrument.indicators)


def level_table(context: Context, part: BlockTemplate) -> Iterator[Block]:
    """The levels of the analysed year and what each asks for."""
    rules = context.framework.levels
    rows = tuple(
        (line(_level_range(rules, number)), line(rule.level)) for number, rule in enumerate(rules)
    )
    heads = (Column("คะแนน", 70), Column("ระดับ", 30, Align.CENTER))
    title = context.text(part.text) or None
    yield Table(heads, rows, title, size_pt=TABLE_SIZE_PT, sheet="ระดับ")


def _level_range(rules: tuple[LevelRule, ...], number: int) -> str:
    """A level's share of the scale; with a rule about instruments, the rule."""
    rule = rules[number]
    each = rule.each_instrument_min
    if each is not None:
        return f"คะแนนรวมตั้งแต่ {rule.total_min:.2f} และทุกแบบวัดตั้งแต่ {each:.2f}"
    above = [r.total_min for r in rules[:number] if r.each_instrument_min is None]
    top = min(above) - Decimal("0.01") if above else Decimal(100)
    return f"{rule.total_min:.2f} – {top:.2f}"


# --- one line for the district -------------------------------------------------------------------


def summary_table(context: Context, part: BlockTemplate) -> Iterator[Block]:
    """The office's year in one line."""
    scores = context.tree.instruments
    now, before = context.tree.total, context.earlier.total
    values = {
        "office": context.dossier.office.full_name,
        "total": score_text(now),
        "level": context.tree.level or "",
        "earlier": score_text(before),
        "difference": change_text(None if now is None or before is None else now - before),
        **{code.lower(): score_text(score) for code, score in scores.items()},
    }
    row = tuple(line(values.get(column.value, "")) for column in part.columns)
    title = context.text(part.text) or None
    yield Table(columns(context, part), (row,), title, size_pt=TABLE_SIZE_PT, sheet="สรุป")


# --- charts --------------------------------------------------------------------------------------


def chart(context: Context, part: BlockTemplate) -> Iterator[Block]:
    """Indicators beside last year's, or the measures by status."""
    title = context.text(part.text)
    size = part.size_pt or TABLE_SIZE_PT
    if part.wording("source") == "statuses":
        yield ShareChart(tuple(_shares(context)), title, size)
        return
    years = (context.matter.analysed_year - 1, context.matter.analysed_year)
    pass_mark = context.framework.pass_mark
    yield BarChart(
        series=tuple(to_thai(f"ปี {year}") for year in years),
        groups=tuple(_bar_group(context, node) for node in _indicators(context)),
        title=title,
        ticks=tuple((value, to_thai(str(value))) for value in range(0, 101, 20)),
        mark=(float(pass_mark), to_thai(f"เกณฑ์ผ่าน {pass_mark.normalize():f}")),
        size_pt=size,
    )


def _indicators(context: Context) -> Iterator[ScoreNode]:
    for instrument in context.tree.root.children:
        yield from instrument.children


def _bar_group(context: Context, node: ScoreNode) -> BarGroup:
    scores = context.earlier.score(node.code), node.score
    return BarGroup(node_name(node), tuple(_bar(score) for score in scores))


def _bar(score: Decimal | None) -> Bar:
    return Bar(None, "–") if score is None else Bar(float(score), score_text(score))


def _shares(context: Context) -> Iterator[Share]:
    """The measures by status; those without one only when there are any."""
    measures = [measure for measure in context.measures() if not measure.continued]
    found = [measure.progress_in(context.matter.round).status for measure in measures]
    counts = {label: found.count(status) for status, label in STATUS_LABELS.items()}
    if None in found:
        counts["ยังไม่ได้ระบุสถานะ"] = found.count(None)
    for label, count in counts.items():
        per_cent = score_text(Decimal(count * 100) / max(len(found), 1))
        text = to_thai(f"{count} มาตรการ (ร้อยละ {per_cent})")
        yield Share(label, count, text, f"{per_cent} %")
