"""Memo heads, covers, the office's own passages, signatures and the OIT list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ita_desktop.documents.blocks import (
    Align,
    Block,
    Cell,
    Cover,
    Heading,
    MemoHead,
    Paragraph,
    Run,
    SignatureChain,
    Signer,
    Table,
)
from ita_desktop.documents.templates import BlockTemplate
from ita_desktop.domain.fiscal import thai_date
from ita_desktop.domain.framework import Indicator, Item
from ita_desktop.domain.office import ChainLink
from ita_desktop.domain.papers import Disclosure
from ita_desktop.domain.points import points
from ita_desktop.thai.digits import to_thai

from .context import Context, post_of
from .scores import columns
from .texts import DOTS, TABLE_SIZE_PT, hang_of, line, listed

_WIDER_MM = 1.0
"""Labels of running text are larger than those of cells."""


def memo_head(context: Context, part: BlockTemplate) -> Iterator[Block]:
    """The head of a memo; number and date stay blank for the pen when they were not given."""
    office, paper, letterhead = context.dossier.office, context.paper, context.dossier.letterhead
    telephone = f" โทร. {office.telephone}" if office.telephone else ""
    number = paper.number or (f"{office.number_prefix}/" if office.number_prefix else "")
    plain = MemoHead("", "", "")
    yield MemoHead(
        division=to_thai(f"{context.words['division']}{telephone}"),
        subject=context.text(part.wording("subject")),
        to=context.text(part.wording("to")),
        number=to_thai(number.replace("//", "/")),
        date=to_thai(thai_date(paper.day)) if paper.day else "",
        attachments=tuple(context.text(text) for text in part.settings["attachments"]),
        emblem=context.picture(letterhead.emblem) or None,
        emblem_mm=letterhead.emblem_mm or plain.emblem_mm,
        title_pt=letterhead.title_pt or plain.title_pt,
        label_pt=letterhead.label_pt or plain.label_pt,
    )


def cover(context: Context, part: BlockTemplate) -> Iterator[Block]:
    """A cover with the office's seal."""
    letterhead, plain = context.dossier.letterhead, Cover("")
    yield Cover(
        title=context.text(part.text),
        middle=context.text(part.wording("middle")),
        foot=_foot(context, part.wording("foot")),
        seal=context.picture(letterhead.seal) or None,
        seal_mm=letterhead.seal_mm or plain.seal_mm,
    )


def _foot(context: Context, wording: str) -> str:
    """The foot without the lines whose every placeholder is empty: no label stands alone."""
    kept: list[str] = []
    for each in wording.split("\n"):
        words = re.findall(r"\{(\w+)\}", each)
        if not words or any(context.words.get(word, "").strip() for word in words):
            kept.append(context.text(each))
    return "\n".join(kept)


def passage(context: Context, part: BlockTemplate) -> Iterator[Block]:
    """The office's text, or the template's; its heading only where there is text."""
    text = context.passage(part).strip()
    if not text:
        return
    if heading := context.text(part.wording("heading")):
        yield Heading(heading, 3, size_pt=None, space_before_pt=6, space_after_pt=2)
    yield from passage_paragraphs(text, part.wording("list"), part.align, part.first_indent_mm)


def passage_paragraphs(
    text: str, style: str, align: Align, first_indent_mm: float
) -> Iterator[Paragraph]:
    """A text's lines as paragraphs, or its points with numbers or dashes."""
    if style == "none":
        for paragraph in (each.strip() for each in text.splitlines()):
            if paragraph:
                yield Paragraph(
                    (Run(paragraph),), align, first_indent_mm=first_indent_mm, space_after_pt=6
                )
        return
    for point, label in listed(points(text), style):
        left, hang = hang_of(point, label)
        yield Paragraph(
            (Run(point),),
            align,
            left_indent_mm=first_indent_mm + left,
            label=label,
            hang_mm=hang + _WIDER_MM,
            space_after_pt=3,
        )


# --- signatures ----------------------------------------------------------------------------------


def signatures(context: Context, part: BlockTemplate) -> Iterator[Block]:
    """The chain; with opinions, each signer from ``first_opinion`` on writes one above."""
    links = context.dossier.chain
    which = part.wording("signers")
    chosen = links if which == "all" else links[:1] if which == "first" else links[-1:]
    opinions, first = bool(part.settings["opinions"]), int(part.settings["first_opinion"])
    signers = tuple(
        signer_of(context, link, opinion=opinions and number >= first)
        for number, link in enumerate(chosen, start=1)
    )
    yield SignatureChain(
        signers or (Signer("", "", "ผู้รายงาน"),),
        date_line=bool(part.settings["date_line"]),
        sign_line=bool(part.settings["sign_line"]),
        role=part.wording("role"),
    )


def signer_of(context: Context, link: ChainLink, *, opinion: bool = False) -> Signer:
    """One of the chain as the document names them; blank where nobody was chosen yet."""
    person = context.dossier.person(link.person_id)
    if person is None:
        blank = f"ความเห็นของ{DOTS}" if opinion else None
        return Signer("", "", to_thai(link.role), opinion=blank)
    post = post_of(person.position, person.acting)
    return Signer(
        name=person.full_name,
        position=to_thai(person.position),
        role=to_thai(link.role),
        acting=to_thai(person.acting),
        opinion=to_thai(f"ความเห็นของ{post}") if opinion else None,
    )


# --- the OIT list --------------------------------------------------------------------------------


def oit_table(context: Context, part: BlockTemplate) -> Iterator[Block]:
    """The OIT list of the year under its sub-indicators: disclosed or not, URL, explanation."""
    rows: list[tuple[Cell, ...]] = []
    for instrument in context.oit.instruments:
        if instrument.code != "OIT":
            continue
        for indicator in instrument.indicators:
            for name, items in _parts(indicator):
                rows.append(_wide_row(part, name))
                rows += [_oit_row(context, part, item) for item in items]
    title = context.text(part.text) or None
    yield Table(
        columns(context, part),
        tuple(rows),
        title,
        repeat_title=True,
        size_pt=TABLE_SIZE_PT,
        sheet="OIT",
    )


def _parts(indicator: Indicator) -> Iterator[tuple[str, tuple[Item, ...]]]:
    if not indicator.subindicators:
        yield f"ตัวชี้วัดที่ {indicator.code} {indicator.name}", indicator.items
        return
    for sub in indicator.subindicators:
        yield f"ตัวชี้วัดย่อยที่ {sub.code} {sub.name}", sub.items


def _wide_row(part: BlockTemplate, text: str) -> tuple[Cell, ...]:
    found = line(text, bold=True)
    return (Cell(found.blocks, Align.LEFT, len(part.columns)),)


def _oit_row(context: Context, part: BlockTemplate, item: Item) -> tuple[Cell, ...]:
    found = context.disclosure(item.code)
    return tuple(_oit_cell(column.value, item, found) for column in part.columns)


def _oit_cell(value: str, item: Item, found: Disclosure) -> Cell:
    shown = {True: "เปิดเผยแล้ว", False: "ยังไม่เปิดเผย", None: ""}
    if value == "url":  # an address is printed as it is typed into a browser
        url = found.url.strip()
        safe = url.startswith(("http://", "https://"))
        return Cell((Paragraph((Run(url, link=url if safe else None),)),))
    texts = {
        "code": item.code,
        "name": item.title,
        "disclosed": shown[found.disclosed],
        "explanation": found.explanation,
        "owner": found.owner,
        "day": thai_date(found.day, short=True) if found.day else "",
        "checked_by": found.checked_by,
    }
    return line(texts[value])
