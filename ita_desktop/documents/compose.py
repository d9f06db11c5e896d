"""From a dossier and a template to blocks.

Every figure, count and level is taken from the score tree and the lists at this moment, so a number
is written once. Numbering is generated. Text leaves here as it is printed: with Thai digits, item
codes keeping their Latin letter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from ita_desktop.documents.blocks import (
    Bar,
    BarChart,
    BarGroup,
    Block,
    Cell,
    Column,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Run,
    Section,
    Share,
    ShareChart,
    SignatureChain,
    Signer,
    Space,
    StatusBoxes,
    Table,
)
from ita_desktop.documents.templates import BlockTemplate, ColumnTemplate, Template, fill
from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round, month_name
from ita_desktop.domain.framework import Framework
from ita_desktop.domain.measures import (
    STATUS_LABELS,
    Measure,
    MeasureKind,
    Progress,
    Status,
    owner_names,
    points,
)
from ita_desktop.domain.scores import NodeKind, ScoreNode, ScoreTree, score_tree
from ita_desktop.thai.digits import to_thai

_OPTIONS = tuple(STATUS_LABELS.values())
_TABLE_SIZE_PT = 14.0


@dataclass(frozen=True, slots=True)
class Matter:
    """What one document is about: the data, the measure year and the round.

    ``framework`` is that of the analysed year (measure year - 1), ``earlier`` of the year before.
    """

    dossier: Dossier
    year: int
    round: Round
    framework: Framework
    earlier: Framework

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


def compose(template: Template, matter: Matter) -> Document:
    """Make the document of that kind from the office's data as it is now."""
    composer = _Composer(matter)
    blocks = tuple(block for part in template.blocks for block in composer.blocks(part))
    font = matter.dossier.letterhead.font or template.page.font
    return Document(
        title=composer.text(template.title),
        subject=composer.text(template.subject),
        author=matter.dossier.office.full_name,
        sections=(Section(replace(template.page, font=font), blocks),),
    )


class _Composer:
    """Makes blocks for one matter; holds the two score trees and the placeholder words."""

    def __init__(self, matter: Matter) -> None:
        self._matter = matter
        self._tree = matter.tree()
        self._earlier = matter.earlier_tree()
        self._words = self._placeholder_words()

    def _placeholder_words(self) -> dict[str, str]:
        matter, office = self._matter, self._matter.dossier.office
        return {
            "office": office.full_name,
            "office_short": office.short_name,
            "place": office.place,
            "measure_year": str(matter.year),
            "analysed_year": str(matter.analysed_year),
            "earlier_year": str(matter.analysed_year - 1),
            "round": matter.round.label,
            "round_start": month_name(matter.year, 1),
            "round_end": month_name(matter.year, int(matter.round)),
            "measure_count": str(len(self._measures(MeasureKind.MEASURE))),
            "guideline_count": str(len(self._measures(MeasureKind.GUIDELINE))),
            "total": _score_text(self._tree.total),
            "level": self._tree.level or "",
        }

    def _measures(self, kind: MeasureKind) -> tuple[Measure, ...]:
        return self._matter.dossier.measures_of(self._matter.year, kind)

    def text(self, wording: str, **more: str) -> str:
        """The wording with placeholders filled and Thai digits."""
        return to_thai(fill(wording, {**self._words, **more}))

    def blocks(self, part: BlockTemplate) -> Iterator[Block]:
        """The blocks one part of the template becomes."""
        makers: dict[str, Callable[[BlockTemplate], Iterable[Block]]] = {
            "heading": self._heading,
            "paragraph": self._paragraph,
            "space": lambda found: [Space(found.height_pt)],
            "page_break": lambda _: [PageBreak()],
            "scores": self._scores,
            "measures": self._measure_table,
            "guidelines": self._guideline_tables,
            "signatures": self._signatures,
            "chart": lambda found: [self._chart(found)],
        }
        yield from makers[part.kind](part)

    def _heading(self, part: BlockTemplate) -> Iterator[Block]:
        yield Heading(self.text(part.text), part.level, part.align, part.size_pt)

    def _paragraph(self, part: BlockTemplate) -> Iterator[Block]:
        yield Paragraph(
            (Run(self.text(part.text)),),
            align=part.align,
            first_indent_mm=part.first_indent_mm,
            size_pt=part.size_pt,
            space_after_pt=6,
        )

    def _columns(self, part: BlockTemplate) -> tuple[Column, ...]:
        return tuple(Column(self.text(c.heading), c.width, c.align) for c in part.columns)

    # --- scores --------------------------------------------------------------------------------

    def _scores(self, part: BlockTemplate) -> Iterator[Block]:
        rows = [self._score_row(part, node) for node in self._score_nodes()]
        rows.append(self._score_row(part, self._tree.root))
        rows.append(self._level_row(part))
        title = self.text(part.text) or None
        yield Table(self._columns(part), tuple(rows), title=title, size_pt=_TABLE_SIZE_PT)

    def _score_nodes(self) -> Iterator[ScoreNode]:
        for instrument in self._tree.root.children:
            yield instrument
            yield from instrument.children

    def _score_row(self, part: BlockTemplate, node: ScoreNode) -> tuple[Cell, ...]:
        bold = node.kind is not NodeKind.INDICATOR
        return tuple(_line(self._score_value(c, node), bold=bold) for c in part.columns)

    def _score_value(self, column: ColumnTemplate, node: ScoreNode) -> str:
        now, before = node.score, self._earlier.score(node.code)
        if column.value == "name":
            return self._node_name(node)
        if column.value == "weight":
            return self._weight(node)
        if column.value == "earlier":
            return _score_text(before)
        if column.value == "score":
            return _score_text(now)
        return "" if now is None or before is None else _change_text(now - before)

    def _node_name(self, node: ScoreNode) -> str:
        if node.kind is NodeKind.INDICATOR:
            return to_thai(f"{node.code}. {node.name}")
        return node.name

    def _weight(self, node: ScoreNode) -> str:
        weights = {part.code: part.weight for part in self._matter.framework.instruments}
        weight = weights.get(node.code)
        return "" if weight is None else to_thai(f"{(weight * 100).normalize():f}")

    def _level_row(self, part: BlockTemplate) -> tuple[Cell, ...]:
        values = {
            "name": "ระดับผลการประเมิน",
            "earlier": self._earlier.level or "",
            "score": self._tree.level or "",
        }
        return tuple(_line(values.get(c.value, ""), bold=True) for c in part.columns)

    # --- charts --------------------------------------------------------------------------------

    def _chart(self, part: BlockTemplate) -> Block:
        title = self.text(part.text)
        size = part.size_pt or _TABLE_SIZE_PT
        if part.source == "statuses":
            return ShareChart(tuple(self._shares()), title, size)
        years = (self._matter.analysed_year - 1, self._matter.analysed_year)
        pass_mark = self._matter.framework.pass_mark
        return BarChart(
            series=tuple(to_thai(f"ปี {year}") for year in years),
            groups=tuple(self._bar_group(node) for node in self._indicator_nodes()),
            title=title,
            ticks=tuple((value, to_thai(str(value))) for value in range(0, 101, 20)),
            mark=(float(pass_mark), to_thai(f"เกณฑ์ผ่าน {pass_mark.normalize():f}")),
            size_pt=size,
        )

    def _indicator_nodes(self) -> Iterator[ScoreNode]:
        return (node for node in self._score_nodes() if node.kind is NodeKind.INDICATOR)

    def _bar_group(self, node: ScoreNode) -> BarGroup:
        scores = self._earlier.score(node.code), node.score
        return BarGroup(self._node_name(node), tuple(_bar(score) for score in scores))

    def _shares(self) -> Iterator[Share]:
        """The measures by status; those without one only when there are any."""
        measures = self._measures(MeasureKind.MEASURE)
        found = [measure.progress_in(self._matter.round).status for measure in measures]
        counts = {label: found.count(status) for status, label in STATUS_LABELS.items()}
        if None in found:
            counts["ยังไม่ได้ระบุสถานะ"] = found.count(None)
        for label, count in counts.items():
            per_cent = _score_text(Decimal(count * 100) / max(len(found), 1))
            text = to_thai(f"{count} มาตรการ (ร้อยละ {per_cent})")
            yield Share(label, count, text, f"{per_cent} %")

    # --- measures and guidelines ---------------------------------------------------------------

    def _measure_table(self, part: BlockTemplate) -> Iterator[Block]:
        yield self._table(part, self._measures(MeasureKind.MEASURE), self.text(part.text))

    def _guideline_tables(self, part: BlockTemplate) -> Iterator[Block]:
        """One table an instrument; a guideline stands under its own indicator's instrument."""
        guidelines = self._measures(MeasureKind.GUIDELINE)
        for instrument in self._matter.framework.instruments:
            codes = [indicator.code for indicator in instrument.indicators]
            found = [g for code in codes for g in guidelines if g.indicators[:1] == (code,)]
            if found:
                yield self._table(part, found, self.text(part.text, instrument=instrument.code))

    def _table(self, part: BlockTemplate, measures: Iterable[Measure], title: str) -> Table:
        rows = tuple(
            tuple(self._cell(column, measure, number) for column in part.columns)
            for number, measure in enumerate(measures, start=1)
        )
        return Table(
            self._columns(part),
            rows,
            title=title or None,
            repeat_title=True,
            size_pt=_TABLE_SIZE_PT,
        )

    def _cell(self, column: ColumnTemplate, measure: Measure, number: int) -> Cell:
        progress = measure.progress_in(self._matter.round)
        makers: dict[str, Callable[[], Cell]] = {
            "number": lambda: _line(str(number)),
            "title": lambda: _line(measure.title),
            "indicator": lambda: self._indicator_cell(measure),
            "answers": lambda: _lines(self._answers(measure)),
            "steps": lambda: _points_cell(measure.steps),
            "period": lambda: _line(measure.period),
            "owners": lambda: _lines(owner_names(measure.owners)),
            "result": lambda: _result_cell(progress),
            "outcome": lambda: _outcome_cell(progress),
            "progress": lambda: _progress_cell(progress),
            "status": lambda: Cell((_boxes(progress.status),)),
        }
        return makers[column.value]()

    def _indicator_cell(self, measure: Measure) -> Cell:
        code = measure.indicators[0]
        name = self._matter.framework.indicators[code].name
        score = _score_text(self._tree.score(code))
        title = Paragraph((Run(to_thai(f"ตัวชี้วัดที่ {code} {name}"), bold=True),))
        return Cell((title, _paragraph(f"คะแนน {score}")) if score else (title,))

    def _answers(self, measure: Measure) -> Iterator[str]:
        indicators = self._matter.framework.indicators
        for code in measure.indicators:
            if code in indicators:
                yield f"ตัวชี้วัดที่ {code} {indicators[code].name}"
        for issue in self._matter.framework.issues:
            if issue.no in measure.issues:
                yield f"ประเด็นที่ {issue.no} {issue.name}"

    def _signatures(self, _part: BlockTemplate) -> Iterator[Block]:
        dossier = self._matter.dossier
        signers: list[Signer] = []
        for link in dossier.chain:
            person = dossier.person(link.person_id)
            signers.append(
                Signer(
                    name=person.full_name if person else "",
                    position=to_thai(person.position) if person else "",
                    acting=to_thai(person.acting) if person else "",
                    role=to_thai(link.role),
                )
            )
        yield SignatureChain(tuple(signers) or (Signer("", "", "ผู้รายงาน"),))


def _paragraph(text: str, *, bold: bool = False, number: int | None = None) -> Paragraph:
    label = None if number is None else to_thai(f"{number}.")
    return Paragraph((Run(to_thai(text), bold=bold),), label=label, hang_mm=6)


def _line(text: str, *, bold: bool = False) -> Cell:
    return Cell((_paragraph(text, bold=bold),))


def _lines(texts: Iterable[str]) -> Cell:
    return Cell(tuple(_paragraph(text) for text in texts) or (_paragraph(""),))


def _numbered(text: str) -> tuple[Paragraph, ...]:
    """The points of a text, numbered when there are several."""
    found = points(text)
    if len(found) < 2:
        return tuple(_paragraph(point) for point in found)
    return tuple(_paragraph(point, number=i) for i, point in enumerate(found, start=1))


def _points_cell(text: str) -> Cell:
    return Cell(_numbered(text) or (_paragraph(""),))


def _titled(title: str, text: str) -> tuple[Paragraph, ...]:
    """The points under a small bold title; nothing when there are none."""
    found = _numbered(text)
    return (_paragraph(title, bold=True), *found) if found else ()


def _result_cell(progress: Progress) -> Cell:
    return Cell(
        (*_numbered(progress.result), *_titled("หมายเหตุ", progress.note)) or (_paragraph(""),)
    )


def _outcome_cell(progress: Progress) -> Cell:
    """Output and outcome side by side are told apart; either alone needs no title."""
    if points(progress.output) and points(progress.outcome):
        return Cell((*_titled("ผลผลิต", progress.output), *_titled("ผลลัพธ์", progress.outcome)))
    return Cell((*_numbered(progress.outcome), *_numbered(progress.output)) or (_paragraph(""),))


def _progress_cell(progress: Progress) -> Cell:
    texts = (
        *_numbered(progress.result),
        *_titled("ผลผลิต", progress.output),
        *_titled("ผลลัพธ์", progress.outcome),
        *_titled("หมายเหตุ", progress.note),
    )
    return Cell((*texts, _boxes(progress.status)))


def _boxes(status: Status | None) -> StatusBoxes:
    ticked = None if status is None else list(STATUS_LABELS).index(status)
    return StatusBoxes(_OPTIONS, ticked)


def _score_text(score: Decimal | None) -> str:
    return "" if score is None else to_thai(f"{score:.2f}")


def _bar(score: Decimal | None) -> Bar:
    return Bar(None, "–") if score is None else Bar(float(score), _score_text(score))


def _change_text(change: Decimal) -> str:
    """The change in points, signed, so that a fall can't be read as a rise."""
    if change == 0:
        return to_thai("0.00")
    return to_thai(f"{'+' if change > 0 else '−'}{abs(change):.2f}")
