"""Memo heads, signatures, covers and charts in a Word file."""

from __future__ import annotations

import io
from typing import Any

from docx.shared import Mm, Pt

from ita_desktop.documents.blocks import (
    Align,
    BarChart,
    Cover,
    MemoHead,
    Paragraph,
    Picture,
    PictureGrid,
    Run,
    ShareChart,
    SignatureChain,
    Signer,
)

from .pictures import upright, write_picture
from .tables import clear, new_table, underline_dotted
from .text import write_paragraph
from .xml import child, element

_WIDE_MM = 197.0
"""From this text width on two signers stand beside each other."""
_DOTS = "." * 40


def _say(holder: Any, text: str, font: str, size: float, align: Align = Align.LEFT) -> Any:
    made = holder.add_paragraph()
    write_paragraph(made, Paragraph((Run(text),)), font, size, align)
    return made


def write_memo(holder: Any, head: MemoHead, font: str, size: float, width_mm: float) -> None:
    """The head of a memo: title, labelled lines on dots, addressee."""
    side = max(head.emblem_mm + 10, 25)
    top = new_table(holder, 1, [side, width_mm - 2 * side, side], ruled=False)
    left, middle, _ = top.rows[0].cells
    if head.emblem and (found := upright(head.emblem)):
        clear(left).add_run().add_picture(io.BytesIO(found[0]), height=Mm(head.emblem_mm))
    child(middle._tc.get_or_add_tcPr(), "w:vAlign", val="bottom")  # noqa: SLF001
    title = Paragraph((Run(head.title, bold=True),), Align.CENTER, size_pt=head.title_pt)
    write_paragraph(clear(middle), title, font, size, Align.CENTER)
    label_mm = head.label_pt * 0.3528
    _fields(holder, [("ส่วนราชการ", head.division)], head, (font, size), width_mm, label_mm)
    half = [("ที่", head.number), ("วันที่", head.date)]
    _fields(holder, half, head, (font, size), width_mm, label_mm)
    _fields(holder, [("เรื่อง", head.subject)], head, (font, size), width_mm, label_mm)
    _addressed(holder, "เรียน", (head.to,), font, size)
    if head.attachments:
        _addressed(holder, "สิ่งที่ส่งมาด้วย", head.attachments, font, size)


def _fields(
    holder: Any,
    fields: list[tuple[str, str]],
    head: MemoHead,
    type_: tuple[str, float],
    width_mm: float,
    em_mm: float,
) -> None:
    """Labels and their contents on dotted rules, side by side."""
    share = width_mm / len(fields)
    widths: list[float] = []
    for label, _ in fields:
        wide = len(label) * em_mm * 0.42 + 3
        widths += [wide, share - wide]
    made = new_table(holder, 1, widths, ruled=False)
    cells = made.rows[0].cells
    for number, (label, text) in enumerate(fields):
        bold = Paragraph((Run(label, bold=True),), size_pt=head.label_pt)
        write_paragraph(clear(cells[2 * number]), bold, *type_, Align.LEFT)
        child(cells[2 * number + 1]._tc.get_or_add_tcPr(), "w:vAlign", val="bottom")  # noqa: SLF001
        write_paragraph(clear(cells[2 * number + 1]), Paragraph((Run(text),)), *type_, Align.LEFT)
        underline_dotted(cells[2 * number + 1])


def _addressed(holder: Any, label: str, texts: tuple[str, ...], font: str, size: float) -> None:
    hang = len(label) * size * 0.3528 * 0.42 + 5
    for number, text in enumerate(texts):
        paragraph = Paragraph(
            (Run(text),),
            label=label if number == 0 else " ",
            hang_mm=hang,
            space_before_pt=6 if number == 0 else 0,
        )
        write_paragraph(holder.add_paragraph(), paragraph, font, size, Align.LEFT)


def write_chain(
    holder: Any, chain: SignatureChain, font: str, size: float, width_mm: float
) -> None:
    """Signers one under another in the right half, or two beside each other on a wide page."""
    opinions = any(signer.opinion for signer in chain.signers)
    beside = width_mm >= _WIDE_MM and not opinions and len(chain.signers) > 1
    if beside:
        for at in range(0, len(chain.signers), 2):
            pair = chain.signers[at : at + 2]
            made = _whole_row(holder, [width_mm / 2, width_mm / 2])
            for cell, signer in zip(made.rows[0].cells, pair, strict=False):
                _sign(cell, signer, chain, font, size)
        return
    for signer in chain.signers:
        if signer.opinion:
            for text in (signer.opinion, _DOTS * 3, _DOTS * 3):
                _say(holder, text, font, size).paragraph_format.keep_with_next = True
        made = _whole_row(holder, [width_mm / 2, width_mm / 2])
        _sign(made.rows[0].cells[1], signer, chain, font, size)


def _whole_row(holder: Any, widths: list[float]) -> Any:
    """A table of one row that is never parted."""
    made = new_table(holder, 1, widths, ruled=False)
    made.rows[0]._tr.get_or_add_trPr().append(element("w:cantSplit"))  # noqa: SLF001
    return made


def _sign(cell: Any, signer: Signer, chain: SignatureChain, font: str, size: float) -> None:
    texts = [
        f"ลงชื่อ{_DOTS}{signer.role}",
        f"({signer.name or _DOTS})",
        *(text for text in (signer.position, signer.acting) if text.strip()),
    ]
    if chain.date_line:
        texts.append(f"วันที่{'.' * 8}/{'.' * 14}/{'.' * 10}")
    clear(cell).paragraph_format.space_after = Pt(size)
    for text in texts:
        made = _say(cell, text, font, size, Align.CENTER)
        made.paragraph_format.keep_with_next = True


def write_cover(holder: Any, cover: Cover, font: str, size: float, height_mm: float) -> None:
    """A cover: seal, title, middle and foot, kept apart by space."""
    used = 0.0
    if cover.seal and (found := upright(cover.seal)):
        made = holder.add_paragraph()
        write_paragraph(made, Paragraph((), Align.CENTER), font, size, Align.CENTER)
        made.add_run().add_picture(io.BytesIO(found[0]), height=Mm(cover.seal_mm))
        used = cover.seal_mm
    parts = (
        (cover.title, cover.title_pt, max(10.0, height_mm * 0.28 - used)),
        (cover.middle, cover.text_pt, height_mm * 0.15),
        (cover.foot, cover.text_pt, height_mm * 0.2),
    )
    for text, points, before_mm in parts:
        for number, each in enumerate(line for line in text.splitlines() if line.strip()):
            paragraph = Paragraph(
                (Run(each.strip(), bold=True),),
                Align.CENTER,
                size_pt=points,
                space_before_pt=before_mm * 2.83 if number == 0 else 0,
            )
            write_paragraph(holder.add_paragraph(), paragraph, font, size, Align.CENTER)


def write_grid(holder: Any, grid: PictureGrid, font: str, size: float, width_mm: float) -> None:
    """Pictures beside each other in an unruled table whose rows are not parted."""
    across = max(1, grid.across)
    for at in range(0, len(grid.pictures), across):
        made = _whole_row(holder, [width_mm / across] * across)
        cells = made.rows[0].cells
        for cell, picture in zip(cells, grid.pictures[at : at + across], strict=False):
            height = min(picture.height_mm, grid.height_mm)
            bounded = Picture(
                picture.data, picture.caption, picture.width_mm, height, alt=picture.alt
            )
            write_picture(clear(cell), bounded, font, size, width_mm / across - 6)


def write_chart(holder: Any, chart: BarChart | ShareChart, font: str, size: float) -> None:
    """A chart as its figures, line by line: they can be edited like all the rest."""
    own = chart.size_pt or size
    if chart.title:
        title = Paragraph((Run(chart.title, bold=True),), space_before_pt=6, keep_with_next=True)
        write_paragraph(holder.add_paragraph(), title, font, own, Align.LEFT)
    if isinstance(chart, ShareChart):
        for share in chart.shares:
            _say(holder, f"{share.label} {share.text}", font, own)
        return
    for group in chart.groups:
        pairs = zip(chart.series, group.bars, strict=False)
        texts = "  ".join(f"{name} {bar.text}" for name, bar in pairs)
        _say(holder, f"{group.label}  {texts}", font, own)
