"""Requests for OIT data: a page for each division, with what is missing and a place to sign."""

from __future__ import annotations

from collections.abc import Iterator

from ita_desktop.documents.blocks import (
    Align,
    Block,
    Cell,
    Heading,
    PageBreak,
    Paragraph,
    Run,
    SignatureChain,
    Signer,
    Table,
)
from ita_desktop.documents.templates import BlockTemplate
from ita_desktop.domain.disclosure import marks, oit_items
from ita_desktop.domain.fiscal import thai_date
from ita_desktop.domain.requests import Request, Wish, requests_of
from ita_desktop.thai.digits import to_thai

from .context import Context
from .papers import signer_of
from .scores import columns
from .texts import DOTS, TABLE_SIZE_PT, line

_WANTED = "." * 40
_HEADING_PT = 18.0


def request_pages(context: Context, part: BlockTemplate) -> Iterator[Block]:
    """A page for each owner who still owes something; who asks and who answers sign it."""
    found = [each for each in _requests(context) if context.matter.owner in (None, each.owner)]
    if not found:
        yield _heading(context, part)
        yield Paragraph((Run(context.text(part.wording("none"))),), Align.CENTER)
    for number, request in enumerate(found):
        if number:
            yield PageBreak()
        yield from _page(context, part, request)


def _requests(context: Context) -> tuple[Request, ...]:
    dossier, year = context.dossier, context.oit.year
    items = oit_items(context.oit)
    shown = {item.code: context.disclosure(item.code) for item in items}
    marked = marks(shown, dossier.office.website, dossier.disclosures.get(year - 1))
    return requests_of(items, shown, marked, (each.name for each in dossier.divisions))


def _heading(context: Context, part: BlockTemplate) -> Heading:
    return Heading(context.text(part.wording("heading")), 1, Align.CENTER, _HEADING_PT)


def _page(context: Context, part: BlockTemplate, request: Request) -> Iterator[Block]:
    wanted = context.matter.wanted
    words = {
        "owner": request.owner or context.text(part.wording("nobody")),
        "count": str(len(request.wishes)),
        "wanted": thai_date(wanted) if wanted else _WANTED,
    }
    yield _heading(context, part)
    yield Paragraph((Run(context.text(part.wording("to"), **words)),), space_after_pt=4)
    text = context.text(part.wording("text"), **words)
    yield Paragraph((Run(text),), first_indent_mm=15, space_after_pt=6)
    rows = tuple(_row(context, part, wish) for wish in request.wishes)
    sheet = request.owner or "ไม่มีผู้รับผิดชอบ"
    yield Table(columns(context, part), rows, size_pt=TABLE_SIZE_PT, sheet=sheet)
    yield SignatureChain((Signer(DOTS * 3, "", "ผู้ส่งข้อมูล"), _asker(context)))


def _asker(context: Context) -> Signer:
    """The first of the chain, who collects the list."""
    chain = context.dossier.chain
    found = signer_of(context, chain[0]) if chain else Signer("", "")
    return Signer(found.name, found.position, "ผู้ขอข้อมูล", found.acting)


def _row(context: Context, part: BlockTemplate, wish: Wish) -> tuple[Cell, ...]:
    found = context.disclosure(wish.item.code)
    texts = {
        "code": wish.item.code,
        "name": wish.item.title,
        "missing": to_thai("\n".join(wish.missing)),
        "blank": "",
    }
    url = Cell((Paragraph((Run(found.url.strip()),)),))
    return tuple(
        url if column.value == "url" else line(texts[column.value]) for column in part.columns
    )
