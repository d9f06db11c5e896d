"""The benchmark's table by reportlab's own shaped paragraphs: ``ROWS.json OUT.pdf``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, TableStyle


def main(source: str, target: str) -> None:
    data = json.loads(Path(source).read_text("utf-8"))
    for name, file in (("Laksaman", data["font"]), ("Laksaman-Bold", data["bold"])):
        pdfmetrics.registerFont(TTFont(name, file, shapable=True))
    style = ParagraphStyle(
        "cell",
        fontName="Laksaman",
        fontSize=data["drawn_size"],
        leading=data["line_height"],
        shaping=1,
        wordWrap="CJK",  # the nearest reportlab has: it can break where there is no space
    )
    head = ParagraphStyle("head", parent=style, fontName="Laksaman-Bold", alignment=1)
    size = landscape(A4)
    width = size[0] - 50 * mm
    cells: list[list[Any]] = [[Paragraph(escape(text), head) for text in data["headings"]]]
    cells += [[Paragraph(escape(text), style) for text in row] for row in data["rows"]]
    table = LongTable(
        cells,
        colWidths=[share / sum(data["shares"]) * width for share in data["shares"]],
        repeatRows=1,
        splitInRow=1,
        style=TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.5, "black"),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                *((f"{side}PADDING", (0, 0), (-1, -1), 1.5 * mm) for side in data["sides"]),
            ]
        ),
    )
    SimpleDocTemplate(
        target,
        pagesize=size,
        leftMargin=30 * mm,
        rightMargin=20 * mm,
        topMargin=25 * mm,
        bottomMargin=20 * mm,
    ).build([table])


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
