"""From a dossier and a template to blocks.

Every figure, count and level is taken from the score tree and the lists at this moment, so a number
is written once. Numbering is generated. Text leaves here as it is printed: with Thai digits, item
codes keeping their Latin letter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from ita_desktop.documents.blocks import (
    Block,
    Document,
    Heading,
    PageBreak,
    PageSetup,
    Paragraph,
    Run,
    Section,
    Space,
    Table,
)
from ita_desktop.documents.template_kinds import PLACEHOLDERS
from ita_desktop.documents.templates import BlockTemplate, Template
from ita_desktop.domain.live import in_thai
from ita_desktop.domain.office import Letterhead

from . import analysis, measures, papers, requests, scores
from .context import Context, Matter, passage_place, pictures_needed
from .texts import with_bold

__all__ = [
    "Matter",
    "compose",
    "drafts_of",
    "focus_codes",
    "live_texts",
    "passage_place",
    "pictures_needed",
]

Maker = Callable[[Context, BlockTemplate], Iterable[Block]]


def compose(template: Template, matter: Matter) -> Document:
    """Make the document of that kind from the office's data as it is now."""
    context = Context(matter, template)
    letterhead = matter.dossier.letterhead
    sections = tuple(
        Section(
            _page(section.page, letterhead),
            tuple(block for part in section.blocks for block in _made(context, part)),
        )
        for section in template.sections
    )
    return Document(
        title=context.text(template.title),
        subject=context.text(template.subject),
        author=matter.dossier.office.full_name,
        sections=tuple(section for section in sections if section.blocks) or sections[:1],
        mark=matter.mark,
        notice=matter.notice,
    )


def _made(context: Context, part: BlockTemplate) -> Iterator[Block]:
    bold = [column.bold for column in part.columns]
    for block in MAKERS[part.kind](context, part):
        yield with_bold(block, bold) if isinstance(block, Table) else block


def drafts_of(template: Template, matter: Matter) -> dict[str, str]:
    """Place of each passage -> what is drafted for it, its figures as live fields in Thai words.

    As if the office had written nothing: also what its own texts have taken the place of.
    """
    year = matter.year
    bare = {key: texts for key, texts in matter.dossier.passages.items() if key != year}
    context = Context(replace(matter, dossier=replace(matter.dossier, passages=bare)), template)
    for part in template.blocks:
        if part.kind in ("passage", "issues"):
            for _ in MAKERS[part.kind](context, part):
                pass
    return {place: in_thai(text, PLACEHOLDERS) for place, text in context.offered.items()}


def live_texts(template: Template, matter: Matter) -> Callable[[str], str]:
    """Tells how a text of the office will be printed in this document: its live fields filled."""
    return Context(matter, template).live


def focus_codes(template: Template, part: BlockTemplate, matter: Matter) -> tuple[str, ...]:
    """Codes of the indicators that a table of what is to be developed shows."""
    return analysis.chosen_codes(Context(matter, template), part)


def _page(page: PageSetup, letterhead: Letterhead) -> PageSetup:
    """The template's page with the letterhead's own settings; margins are those of portrait."""
    names = ["size_pt"]
    if not page.landscape:
        names += ["left_mm", "right_mm", "top_mm", "bottom_mm"]
    own = {name: value for name in names if (value := getattr(letterhead, name)) is not None}
    return replace(page, font=letterhead.font or page.font, **own)


def _heading(context: Context, part: BlockTemplate) -> Iterator[Block]:
    level = int(part.settings["level"])
    yield Heading(
        context.text(part.text),
        level,
        part.align,
        part.size_pt,
        first_indent_mm=part.first_indent_mm,
    )


def _paragraph(context: Context, part: BlockTemplate) -> Iterator[Block]:
    yield Paragraph(
        (Run(context.text(part.text), bold=bool(part.settings["bold"])),),
        align=part.align,
        first_indent_mm=part.first_indent_mm,
        left_indent_mm=part.settings["left_indent_mm"],
        size_pt=part.size_pt,
        space_after_pt=6,
    )


def _space(_: Context, part: BlockTemplate) -> Iterator[Block]:
    yield Space(part.settings["height_pt"])


def _page_break(_: Context, _part: BlockTemplate) -> Iterator[Block]:
    yield PageBreak()


MAKERS: dict[str, Maker] = {
    "heading": _heading,
    "paragraph": _paragraph,
    "passage": papers.passage,
    "space": _space,
    "page_break": _page_break,
    "memo_head": papers.memo_head,
    "cover": papers.cover,
    "signatures": papers.signatures,
    "chart": scores.chart,
    "scores": scores.score_table,
    "method": scores.method_table,
    "levels": scores.level_table,
    "selection": analysis.selection,
    "focus": analysis.focus_table,
    "issues": analysis.issues,
    "measures": measures.measure_tables,
    "guidelines": measures.guideline_tables,
    "photos": measures.photo_sheets,
    "oit": papers.oit_table,
    "oit_requests": requests.request_pages,
    "summary": scores.summary_table,
}
"""Who makes the blocks of each kind of block a template may name."""
