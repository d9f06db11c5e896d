"""What a finished document would show that its author did not mean: findings about the type.

The review of the data (``domain.review``) knows no paper; these findings come from the blocks, and
are shown beside its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from ita_desktop.documents.blocks import (
    BarChart,
    Block,
    Cover,
    Document,
    Heading,
    MemoHead,
    Paragraph,
    Picture,
    PictureGrid,
    Section,
    ShareChart,
    SignatureChain,
    StatusBoxes,
    Table,
)
from ita_desktop.domain.review import Finding, Place, Severity
from ita_desktop.thai.shaping import clean

_OWN_SIGNS = frozenset("☑☐✓\n\ufe0e\ufe0f")
"""Signs the program prints itself, in a font of symbols by design."""
_SHOWN = 12
"""So many characters stand in a finding; more are counted."""


def check_type(document: Document) -> tuple[Finding, ...]:
    """Fonts that are not installed, and characters a chosen font or any font lacks."""
    from ita_desktop.documents.pdf import fonts

    findings: list[Finding] = []
    used: dict[str, dict[str, None]] = {}
    for section in document.sections:
        name = section.page.font
        if not fonts.has_family(name):
            findings.append(_not_installed(name, fonts.DEFAULT_FAMILY))
            name = fonts.DEFAULT_FAMILY
        used.setdefault(name, {}).update(_characters(section))
    for name, characters in used.items():
        missing = fonts.missing("".join(characters), name)
        nowhere = "".join(char for char in missing if not fonts.drawable(char, name))
        elsewhere = "".join(char for char in missing if char not in nowhere)
        findings += [_nowhere(nowhere)] if nowhere else []
        findings += [_elsewhere(name, elsewhere)] if elsewhere else []
    return tuple(dict.fromkeys(findings))


def _characters(section: Section) -> dict[str, None]:
    """The characters of a section, each once, in order of first use."""
    texts = (clean(text) for block in section.blocks for text in texts_of(block))
    return {char: None for text in texts for char in text if char not in _OWN_SIGNS}


def texts_of(block: Block) -> Iterator[str]:
    """Every text a block prints."""
    match block:
        case Paragraph(runs=runs, label=label):
            yield from (run.text for run in runs)
            yield label or ""
        case Heading(text=text):
            yield text
        case StatusBoxes(options=options):
            yield from options
        case Table():
            yield from _table_texts(block)
        case Picture(caption=caption):
            yield caption
        case PictureGrid(pictures=pictures):
            yield from (picture.caption for picture in pictures)
        case MemoHead() | SignatureChain() | Cover():
            yield from _paper_texts(block)
        case BarChart() | ShareChart():
            yield from _chart_texts(block)
        case _:
            return


def _paper_texts(block: MemoHead | SignatureChain | Cover) -> Iterator[str]:
    if isinstance(block, Cover):
        yield from (block.title, block.middle, block.foot)
    elif isinstance(block, MemoHead):
        yield from (block.title, block.division, block.number, block.date, block.subject)
        yield from (block.to, *block.attachments)
    else:
        for signer in block.signers:
            yield from (signer.name, signer.position, signer.role, signer.acting)
            yield signer.opinion or ""


def _table_texts(table: Table) -> Iterator[str]:
    yield table.title or ""
    for column in table.columns:
        yield from (column.heading, column.group)
    for row in table.rows:
        for cell in row:
            yield cell.continued
            for block in cell.blocks:
                yield from texts_of(block)


def _chart_texts(chart: BarChart | ShareChart) -> Iterator[str]:
    yield chart.title
    if isinstance(chart, ShareChart):
        for share in chart.shares:
            yield from (share.label, share.text, share.short)
        return
    yield from chart.series
    yield from (text for _, text in chart.ticks)
    yield chart.mark[1] if chart.mark else ""
    for group in chart.groups:
        yield group.label
        yield from (bar.text for bar in group.bars)


def _finding(severity: Severity, rule: str, problem: str, mend: str) -> Finding:
    return Finding(severity, Place("documents", field="font"), rule, problem, mend)


def _listed(characters: str) -> str:
    shown = " ".join(characters[:_SHOWN])
    more = len(characters) - _SHOWN
    return f"“{shown}”" + (f" และอีก {more} ตัว" if more > 0 else "")


def _not_installed(name: str, instead: str) -> Finding:
    problem = f"ไม่พบแบบอักษร “{name}” ในเครื่องนี้ จึงพิมพ์ด้วย {instead} แทน"
    mend = "ติดตั้งแบบอักษรนี้ หรือเลือกแบบอักษรอื่นในการตั้งค่าเอกสาร"
    return _finding(Severity.WARNING, "font-not-installed", problem, mend)


def _elsewhere(name: str, characters: str) -> Finding:
    problem = f"แบบอักษร “{name}” ไม่มีอักขระ {_listed(characters)} จึงพิมพ์อักขระเหล่านี้ด้วยแบบอักษรอื่น"
    mend = "ดูตัวอย่างก่อนพิมพ์ หรือเลือกแบบอักษรอื่นในการตั้งค่าเอกสาร"
    return _finding(Severity.HINT, "font-lacks-character", problem, mend)


def _nowhere(characters: str) -> Finding:
    problem = f"ไม่มีแบบอักษรใดที่มีอักขระ {_listed(characters)} เอกสารจะมีช่องว่างหรือกรอบสี่เหลี่ยมแทน"
    mend = "พิมพ์อักขระนั้นใหม่หรือลบออก"
    return _finding(Severity.WARNING, "character-without-font", problem, mend)
