"""Lists by rule, what is to be developed, and the analysis of the issues."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from ita_desktop.documents.blocks import Align, Block, Cell, Heading, Paragraph, Run, Table
from ita_desktop.documents.templates import BlockTemplate, ColumnTemplate
from ita_desktop.domain.analysis import Change, IssueItem, IssueResult, changes, issue_results
from ita_desktop.domain.framework import Item
from ita_desktop.domain.points import points
from ita_desktop.domain.selection import Scale, select
from ita_desktop.thai.digits import to_thai

from .context import Context
from .scores import columns
from .texts import (
    TABLE_SIZE_PT,
    cell,
    change_text,
    hang_of,
    line,
    lines,
    listed,
    numbered,
    score_text,
)

_INDENT_MM = 12.0
_TEXT_INDENT_MM = 25.0
_FULL = Decimal(100)
_LOW_ITEMS = 3
"""So many of an indicator's items, the lowest, are named as what to develop."""


# --- lists by rule -------------------------------------------------------------------------------


def selection(context: Context, part: BlockTemplate) -> Iterator[Block]:
    """Indicators chosen by a rule: the heading with their count, then each under its number."""
    found = _chosen(context, part)
    number = context.text(part.wording("number"))
    head = f"{number}) " if number else ""
    if not found:
        if empty := context.text(part.wording("empty")):
            yield _plain(f"{head}{empty}")
        return
    text = context.text(part.wording("text"), count=str(len(found)))
    yield Heading(f"{head}{text}", 3, space_before_pt=4, space_after_pt=2)
    for place, change in enumerate(found, start=1):
        label = to_thai(f"{number}.{place}" if number else f"{place}.")
        score = f" ({score_text(change.score)} คะแนน{_direction(change)})"
        yield Paragraph(
            (Run(to_thai(f"ตัวชี้วัดที่ {change.code} {change.name}") + score),),
            left_indent_mm=_INDENT_MM,
            label=label,
            hang_mm=10,
        )


def _direction(change: Change) -> str:
    moved = change.points
    if not moved:
        return ""
    return to_thai(f" {change.direction.word} {abs(moved):.2f} คะแนน")


def _chosen(context: Context, part: BlockTemplate) -> tuple[Change, ...]:
    """What the block's rule picks; a high riser that has full score stands in that list alone."""
    marks = context.dossier.marks
    rules = marks.rules()
    found = changes(context.tree, context.earlier, threshold=marks.threshold)
    mark = context.framework.pass_mark
    rule = part.wording("rule")
    if rule == "weak_or_lowest":  # in a good year the lowest are what can still be raised
        return select(rules["weak"], found, mark) or select(rules["lowest"], found, mark)
    full = select(rules["full"], found, mark) if rule == "risen_high" else ()
    return select(rules[rule], found, mark, excluding=full)


# --- what is to be developed ---------------------------------------------------------------------


def focus_table(context: Context, part: BlockTemplate) -> Iterator[Block]:
    """The indicators a rule picks, with what they assess and what is to be developed."""
    found = _chosen(context, part)
    if not found:
        if empty := context.text(part.wording("empty")):
            yield _plain(empty)
        return
    rows = tuple(
        tuple(_focus_cell(context, column, change) for column in part.columns) for change in found
    )
    title = context.text(part.text, count=str(len(found))) or None
    yield Table(
        columns(context, part),
        rows,
        title,
        repeat_title=True,
        size_pt=TABLE_SIZE_PT,
        sheet="ประเด็นที่ต้องพัฒนา",
    )


def _focus_cell(context: Context, column: ColumnTemplate, change: Change) -> Cell:
    makers: dict[str, Callable[[], Cell]] = {
        "indicator": lambda: line(f"ตัวชี้วัดที่ {change.code} {change.name}"),
        "score": lambda: line(score_text(change.score)),
        "change": lambda: line(change_text(change.points)),
        "assessed": lambda: lines(_assessed(context, change.code)),
        "develop": lambda: cell(numbered(_to_develop(context, change.code), column.list)),
    }
    return makers[column.value]()


def _items(context: Context, code: str) -> tuple[Item, ...]:
    return context.framework.indicators[code].items


def _assessed(context: Context, code: str) -> list[str]:
    """What an indicator assesses in the office's own words, else its items."""
    if own := context.own_text(f"assessed/{code}"):
        return [line for line in own.splitlines() if line.strip()]
    return [f"{item.code} {item.title}" for item in _items(context, code)]


def chosen_codes(context: Context, part: BlockTemplate) -> tuple[str, ...]:
    """Codes of the indicators that a block's rule picks."""
    return tuple(change.code for change in _chosen(context, part))


def _to_develop(context: Context, code: str) -> str:
    """The office's own points; else the lowest items, or all where items have no scores."""
    if own := context.own_text(f"develop/{code}"):
        return own
    items = _items(context, code)
    scored = [(context.tree.score(item.code), item) for item in items]
    known = sorted(
        ((score, item) for score, item in scored if score is not None and score < 100),
        key=lambda pair: pair[0],
    )
    if not known:
        return "\n".join(f"{item.code} {item.title}" for item in items[:_LOW_ITEMS])
    lowest = known[:_LOW_ITEMS]
    return "\n".join(f"{item.code} {item.title} ({score:.2f} คะแนน)" for score, item in lowest)


# --- the issues ----------------------------------------------------------------------------------


def issues(context: Context, part: BlockTemplate) -> Iterator[Block]:
    """Each issue: its table with the mean, then its analysis, the office's text or a draft."""
    results = issue_results(context.tree)
    if not results:
        yield _plain(to_thai(f"กรอบการประเมินปี {context.framework.year} ไม่ได้กำหนดประเด็น"))
        return
    shown = part.settings["parts"]
    for result in results:
        words = {"group_number": str(result.no), "group_name": result.name}
        yield Heading(context.text(part.wording("text"), **words), 2, space_before_pt=10)
        if "table" in shown:
            yield _issue_table(context, part, result)
        yield from _issue_texts(context, result, shown, together=part.settings["together"])


def _issue_table(context: Context, part: BlockTemplate, result: IssueResult) -> Table:
    rows: list[tuple[Cell, ...]] = []
    done: set[str] = set()
    for item in result.items:
        count = 0 if item.instrument in done else _count(result, item.instrument)
        done.add(item.instrument)
        rows.append(_item_row(part, item, count, context.dossier.marks.scale))
    rows.append(_mean_row(part, result, context.dossier.marks.scale))
    return Table(
        columns(context, part),
        tuple(rows),
        size_pt=TABLE_SIZE_PT,
        sheet=to_thai(f"ประเด็นที่ {result.no}"),
    )


def _count(result: IssueResult, instrument: str) -> int:
    return sum(item.instrument == instrument for item in result.items)


def _item_row(part: BlockTemplate, item: IssueItem, count: int, scale: Scale) -> tuple[Cell, ...]:
    word = "" if item.score is None else scale.word(item.score)
    values = {
        "item": f"{item.code} {item.title}",
        "score": score_text(item.score),
        "level": word,
        "instrument": item.instrument,
    }
    cells: list[Cell] = []
    for column in part.columns:
        if column.value != "instrument":
            cells.append(line(values[column.value]))
        elif count:
            made = line(item.instrument, bold=True)
            cells.append(Cell(made.blocks, rowspan=count, continued=item.instrument))
    return tuple(cells)


def _mean_row(part: BlockTemplate, result: IssueResult, scale: Scale) -> tuple[Cell, ...]:
    """The mean; the words for it fill the columns of names before the figures."""
    mean = result.mean
    values = {
        "score": score_text(mean),
        "level": "" if mean is None else scale.word(mean),
    }
    names = 0
    for column in part.columns:
        if column.value in values:
            break
        names += 1
    head = line("คะแนนเฉลี่ย", bold=True)
    first = (Cell(head.blocks, Align.CENTER, names),) if names else ()
    rest = (line(values.get(column.value, ""), bold=True) for column in part.columns[names:])
    return (*first, *rest)


_TITLES = {
    "overview": "สรุปภาพรวม",
    "strengths": "จุดแข็ง",
    "improve": "จุดที่สามารถปรับปรุง",
    "lead": "ข้อเสนอแนะ",
    "suggestions": "ข้อเสนอแนะ",
    "conclusion": "",
}
_POINTS = frozenset({"strengths", "improve", "suggestions"})
"""Parts of an issue's analysis that are lists of points."""


def _issue_texts(
    context: Context, result: IssueResult, shown: tuple[str, ...], *, together: bool
) -> Iterator[Block]:
    printed = ""
    for name in shown:
        if name == "items":
            yield from _item_texts(context, result, together=together)
        elif text := issue_text(context, result, name) if name in _TITLES else "":
            title = _TITLES[name]  # a lead and what it leads to stand under one title
            yield from _titled("" if title == printed else title, text, as_points=name in _POINTS)
            printed = title


def issue_text(context: Context, result: IssueResult, name: str) -> str:
    """The office's text for a part of an issue's analysis, else a draft from the figures now."""
    if own := context.own_text(f"issue/{result.no}/{name}"):
        return own
    drafter = context.drafter
    makers: dict[str, Callable[[IssueResult], tuple[str, ...]]] = {
        "overview": drafter.issue_overview,
        "strengths": drafter.issue_strengths,
        "improve": drafter.issue_improve,
        "lead": drafter.issue_lead,
        "suggestions": drafter.issue_suggestions,
        "conclusion": drafter.issue_conclusion,
    }
    glue = "\n" if name in _POINTS else " "
    return context.draft(f"issue/{result.no}/{name}", glue.join(makers[name](result)))


def _titled(title: str, text: str, *, as_points: bool) -> Iterator[Block]:
    if not text.strip():
        return
    if title:
        yield Heading(title, 3, space_before_pt=4, space_after_pt=2)
    if not as_points:
        for each in text.splitlines():
            yield _plain(each)
        return
    yield from _issue_points(text)


def _issue_points(text: str) -> Iterator[Paragraph]:
    """Dashes; where dashes were typed under subjects, the subjects have ๑) and they the dashes."""
    found = points(text)
    subjects = any(point.level > 1 and point.dash for point in found)
    for point, label in listed(found, "brackets" if subjects else "dashes"):
        left, hang = hang_of(point, label)
        yield Paragraph(
            (Run(point),), Align.THAI, left_indent_mm=_INDENT_MM + left, label=label, hang_mm=hang
        )


def _item_texts(context: Context, result: IssueResult, *, together: bool) -> Iterator[Block]:
    """The analysis of each item under its instrument; with ``together`` full ones as one."""
    yield Heading(f"ผลการวิเคราะห์: {result.name}", 3, space_before_pt=4, space_after_pt=2)
    labels = {i.code: i.label for i in context.framework.instruments}
    yield _plain(_counts(result))
    for instrument in dict.fromkeys(item.instrument for item in result.items):
        yield Paragraph(
            (Run(labels[instrument], bold=True),), space_before_pt=4, keep_with_next=True
        )
        items = [item for item in result.items if item.instrument == instrument]
        if together and _are_one(context, items):
            yield _together(context, result, items)
        else:
            yield from (_item_text(context, item) for item in items)


def _are_one(context: Context, items: list[IssueItem]) -> bool:
    """Whether items need no words of their own: all full, and the office wrote none."""
    full = all(item.score == _FULL for item in items)
    own = any(context.own_text(f"analysis/{item.code}") for item in items)
    return full and not own and len(items) > 1


def _together(context: Context, result: IssueResult, items: list[IssueItem]) -> Paragraph:
    codes = [item.code for item in items]
    text = context.figures(" ".join(context.drafter.items_together(result, codes)))
    head = to_thai(f"{' '.join(codes[:-1])} และ {codes[-1]}") + f" คะแนน {score_text(_FULL)} ทุกข้อ"
    return _analysed(head, text)


def _item_text(context: Context, item: IssueItem) -> Paragraph:
    place = f"analysis/{item.code}"
    text = context.own_text(place) or context.draft(
        place, " ".join(context.drafter.item(item.code))
    )
    score = f" คะแนน {score_text(item.score)}" if item.score is not None else ""
    return _analysed(to_thai(f"{item.code} {item.title}") + score, text)


def _analysed(head: str, text: str) -> Paragraph:
    return Paragraph(
        (Run(head, bold=True), Run(f"\nวิเคราะห์: {text}" if text else "")),
        Align.THAI,
        left_indent_mm=_INDENT_MM,
        space_after_pt=3,
    )


def _counts(result: IssueResult) -> str:
    """The sentence that leads to the items: how many of each instrument."""
    instruments = tuple(dict.fromkeys(item.instrument for item in result.items))
    parts = [f"{code} {_count(result, code)} ข้อ" for code in instruments]
    if len(parts) < 2:
        return f"ประเด็นนี้พิจารณาจากแบบวัด {''.join(parts)} ดังนี้"
    listed = f"{' '.join(parts[:-1])} และ {parts[-1]}"
    return f"ประเด็นนี้พิจารณาจากแบบวัด {listed} รวม {len(result.items)} ข้อ ดังนี้"


def _plain(text: str) -> Paragraph:
    return Paragraph(
        (Run(to_thai(text)),), Align.THAI, first_indent_mm=_TEXT_INDENT_MM, space_after_pt=4
    )
