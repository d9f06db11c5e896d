"""The same text as sources for other typesetters: DOCX for LibreOffice, markup for Typst."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from tests.benchmarks.office_table import HEADINGS, SHARES, Row

DRAWN_SIZE = 10.64
"""Points: Laksaman at this size fills the room of TH Sarabun at 16 pt."""
LINE_HEIGHT = 21.62
"""Points from base line to base line, as this program sets 16 pt."""

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats"
_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    f'<Default Extension="rels" ContentType="{_KIND}-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" '
    f'ContentType="{_KIND}-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)


def _twips(points: float) -> int:
    return round(points * 20)


def _docx(body: str, page: str, target: Path) -> None:
    document = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{_W}">'
        f"<w:body>{body}<w:sectPr>{page}</w:sectPr></w:body></w:document>"
    )
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _RELS)
        package.writestr("word/document.xml", document)


def _word_paragraph(text: str, bold: bool = False, justified: bool = False) -> str:
    # DOCX knows half points only: 10.5 pt, drawn 101 % wide.
    weight = "<w:b/><w:bCs/>" if bold else ""
    align = '<w:jc w:val="thaiDistribute"/>' if justified else ""
    return (
        f'<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="{_twips(LINE_HEIGHT)}" '
        f'w:lineRule="exact"/>{align}</w:pPr><w:r><w:rPr>'
        '<w:rFonts w:ascii="Laksaman" w:hAnsi="Laksaman" w:cs="Laksaman"/>'
        f'{weight}<w:w w:val="101"/><w:sz w:val="21"/><w:szCs w:val="21"/>'
        '<w:lang w:val="en-US" w:bidi="th-TH"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
    )


def table_docx(rows: list[Row], target: Path) -> None:
    """The benchmark's table as DOCX, A4 landscape, the heading row repeated."""
    mm = 72 / 25.4
    widths = [share / sum(SHARES) * 247 * mm for share in SHARES]

    def line(texts: tuple[str, ...], head: bool) -> str:
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/></w:tcPr>'
            f"{_word_paragraph(text, bold=head)}</w:tc>"
            for text, width in zip(texts, widths, strict=True)
        )
        return f"<w:tr>{'<w:trPr><w:tblHeader/></w:trPr>' if head else ''}{cells}</w:tr>"

    sides = ("top", "left", "bottom", "right")
    rules = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="000000"/>'
        for side in (*sides, "insideH", "insideV")
    )
    padding = "".join(f'<w:{side} w:w="{_twips(1.5 * mm)}" w:type="dxa"/>' for side in sides)
    body = (
        f'<w:tbl><w:tblPr><w:tblBorders>{rules}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{padding}</w:tblCellMar></w:tblPr><w:tblGrid>"
        + "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in widths)
        + f"</w:tblGrid>{line(HEADINGS, True)}{''.join(line(row, False) for row in rows)}</w:tbl>"
    )
    page = (
        '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
        '<w:pgMar w:left="1701" w:right="1134" w:top="1417" w:bottom="1134"/>'
    )
    _docx(body, page, target)


def column_docx(texts: list[str], width: float, target: Path) -> None:
    """Paragraphs one under another in a column of ``width`` points, justified the Thai way."""
    body = "".join(_word_paragraph(text, justified=True) for text in texts)
    page = (
        f'<w:pgSz w:w="{_twips(width) + 2000}" w:h="16838"/>'
        '<w:pgMar w:left="1000" w:right="1000" w:top="1000" w:bottom="1000"/>'
    )
    _docx(body, page, target)


def _typst_text(text: str) -> str:
    return (
        "["
        + "".join(f"\\{char}" if char in "\\#*_`$<>@[]~-/=+'\"" else char for char in text)
        + "]"
    )


_TYPST_TEXT = f"""#set text(font: "Laksaman", size: {DRAWN_SIZE}pt, lang: "th",
  top-edge: "ascender", bottom-edge: "descender")
"""


def table_typst(rows: list[Row], target: Path) -> None:
    """The benchmark's table as Typst markup."""
    head = ", ".join(f"table.cell(align: center)[*{heading}*]" for heading in HEADINGS)
    cells = "\n".join(", ".join(_typst_text(text) for text in row) + "," for row in rows)
    widths = ", ".join(f"{share}fr" for share in SHARES)
    target.write_text(
        '#set page(paper: "a4", flipped: true, margin: '
        "(left: 30mm, right: 20mm, top: 25mm, bottom: 20mm))\n"
        f"{_TYPST_TEXT}#set par(leading: {_typst_leading():.3f}pt)\n"
        f"#table(columns: ({widths}), inset: 1.5mm, stroke: 0.5pt,\n"
        f"table.header({head}),\n{cells}\n)\n",
        "utf-8",
    )


def _typst_leading() -> float:
    return LINE_HEIGHT - DRAWN_SIZE * 1.5
