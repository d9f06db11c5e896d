"""The benchmark's table by this program: ``here.py ROWS.json OUT.pdf [warm]``.

With ``warm`` the word list is loaded first, and the time besides is printed (seconds).
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path


def main(source: str, target: str, warm: bool = False) -> None:
    from ita_desktop.documents import pdf
    from ita_desktop.documents.blocks import (
        Cell,
        Column,
        Document,
        PageSetup,
        Paragraph,
        Run,
        Section,
        Table,
    )

    if warm:
        pdf.warm_up()
    begin = time.perf_counter()
    data = json.loads(Path(source).read_text("utf-8"))
    columns = tuple(
        Column(heading, share)
        for heading, share in zip(data["headings"], data["shares"], strict=True)
    )
    rows = tuple(
        tuple(Cell((Paragraph((Run(text),)),)) for text in texts) for texts in data["rows"]
    )
    page = PageSetup(landscape=True, size_pt=data["size"])
    document = Document("ตาราง", (Section(page, (Table(columns, rows),)),))
    Path(target).write_bytes(pdf.render_pdf(document))
    if warm:
        print(time.perf_counter() - begin)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], "warm" in sys.argv[3:])
