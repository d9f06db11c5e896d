"""Counts line ends by kind on the reference documents, here and beside LibreOffice.

    python -m tests.benchmarks.bench_lines [--width-cm 6] [--python PATH] [--show KIND]

``--python`` names an interpreter that has ``PyICU``. The documents lie beside the repository, in
``../shared/reference``; LibreOffice (``soffice``) and poppler (``pdftotext``) are looked for on the
path. What is missing is said so and skipped. See docs/typesetting.md for the figures.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ita_desktop.documents.blocks import Align, Document, PageSetup, Paragraph, Run, Section
from ita_desktop.documents.pdf import render_pdf
from ita_desktop.documents.pdf.lines import (
    MM,
    Line,
    line_height,
    lines_of,
    opened,
    setting_of,
)
from ita_desktop.thai import words
from tests.benchmarks import line_ends, reading
from tests.benchmarks.line_ends import KINDS, Boundaries, End
from tests.benchmarks.process import has_module
from tests.benchmarks.rivals import sources

REFERENCE = Path(__file__).parents[3] / "shared" / "reference"
FAMILY, SIZE = "Laksaman", 16.0


def paragraphs(folder: Path = REFERENCE) -> list[str]:
    """The paragraphs and cells of the reference documents, each once, in order."""
    found: dict[str, None] = {}
    for path in sorted(folder.glob("*.txt")):
        for line in path.read_text("utf-8").replace("\t", "\n").splitlines():
            text = " ".join(line.split())
            if text:
                found[text] = None
    return list(found)


def set_lines(text: str, width: float) -> list[Line]:
    """The lines of a justified paragraph in a column of ``width`` points."""
    block = Paragraph((Run(text),), align=Align.THAI)
    return lines_of(block, setting_of(block, FAMILY, SIZE), width)


def ends_here(texts: list[str], width: float) -> Iterator[End]:
    """The line ends of this program, without the last of each paragraph."""
    for text in texts:
        at = 0
        for line in set_lines(text, width)[:-1]:
            at += len(line.text)
            yield End(text, at)


def look_of(texts: list[str], width: float) -> dict[str, float]:
    """How the justified lines look: how far they open, and last lines of one short word."""
    openings: list[float] = []
    unfilled = short = lonely = 0
    for text in texts:
        *inner, last = set_lines(text, width)
        for line in inner:
            openings.append(line.opening / SIZE)
            added = sum(opened(made, line.opening) for made in line.pieces)
            added -= max(line.opening, 0.0)  # nothing opens after the last letter
            unfilled += width - line.width - added > 0.5
        if inner and last.width < width * 0.18:
            short += 1
            lonely += len(words.units(last.text)) == 1
    openings.sort()
    return {
        "lines": len(openings),
        "short of the edge": unfilled,
        "letters opened, median em": statistics.median(openings),
        "95 % of lines, em": openings[int(len(openings) * 0.95)],
        "most, em": openings[-1],
        "last lines under 18 %": short,
        "of these one word": lonely,
    }


def ends_by_libreoffice(texts: list[str], width: float) -> Iterator[End]:
    """The line ends of LibreOffice for the same paragraphs, font and width."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sources.column_docx(texts, width, folder / "column.docx")
        subprocess.run(
            [
                str(shutil.which("soffice")),
                f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                *("--headless", "--convert-to", "pdf", "--outdir", name),
                str(folder / "column.docx"),
            ],
            check=True,
            capture_output=True,
        )
        yield from line_ends.ends_in_file(reading.text_of(folder / "column.pdf"), texts)


def ends_in_own_file(texts: list[str], width: float) -> Iterator[End]:
    """The line ends of this program, found in its finished file as LibreOffice's are."""
    side = (210 - width / MM) / 2
    page = PageSetup(left_mm=side, right_mm=side, number_from=0, font=FAMILY, size_pt=SIZE)
    blocks = tuple(Paragraph((Run(text),), align=Align.THAI) for text in texts)
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "column.pdf"
        file.write_bytes(render_pdf(Document("คอลัมน์", (Section(page, blocks),))))
        yield from line_ends.ends_in_file(reading.text_of(file), texts)


def tell(name: str, ends: list[End], judged: dict[str, Boundaries], show: str) -> None:
    """Print one line of counts, and with ``show`` every end of that kind."""
    found = line_ends.count(ends, judged)
    print(f"{name:<22}{found['lines']:>7}" + "".join(f"{found[kind]:>11}" for kind in KINDS))
    for text, at in ends if show else ():
        if show in line_ends.kinds_of(End(text, at), judged[text]):
            print(f"    {text[max(0, at - 24) : at]}|{text[at : at + 24]}")


def main() -> None:
    """Read the command line and count."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--width-cm", type=float, default=6.0)
    parser.add_argument("--python", type=Path, default=Path(sys.executable))
    parser.add_argument("--show", choices=KINDS, default="")
    asked = parser.parse_args()
    texts, width = paragraphs(), asked.width_cm * 10 * MM
    if not texts:
        print("the reference documents are not here")
        return
    has_icu = has_module(asked.python, "icu")
    if not has_icu:
        print("no ICU in the interpreter of --python: certain ends are judged without it")
    icu = line_ends.icu_by(asked.python) if has_icu else line_ends.without_icu
    judged = line_ends.boundaries(texts, icu)
    print(f"{sum(map(len, texts)):,} characters in a column of {asked.width_cm:g} cm at 16 pt")
    print(f"{'':<22}{'ends':>7}" + "".join(f"{kind:>11}" for kind in KINDS))
    tell("here", list(ends_here(texts, width)), judged, asked.show)
    if reading.POPPLER:
        tell("here, from the file", list(ends_in_own_file(texts, width)), judged, "")
        if shutil.which("soffice"):
            tell("LibreOffice", list(ends_by_libreoffice(texts, width)), judged, asked.show)
        else:
            print("LibreOffice skipped: no soffice on the path")
    print(f"line height {line_height(FAMILY, SIZE)[1]:.2f} pt")
    for name, value in look_of(texts, width).items():
        print(f"{name:<28}{value:>9.3f}" if isinstance(value, float) else f"{name:<28}{value:>9,}")


if __name__ == "__main__":
    main()
