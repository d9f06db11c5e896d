"""Times the same five-column Thai table set here and by other typesetters.

    python -m tests.benchmarks.bench_table [--rows 200 1000 2000] [--distinct 20] [--python PATH]

``--distinct`` lets the rows repeat after so many: Typst, as this program, keeps what it has set
once, so that its time depends on how much the text repeats itself.
``--python`` names an interpreter that has ``typst`` and ``PyICU`` (benchmark only; neither belongs
to the program). LibreOffice (``soffice``) and poppler (``pdftotext``) are looked for on the path.
What is missing is said so and skipped. See docs/typesetting.md for the figures.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from ita_desktop.documents.pdf.fonts import FOLDER
from tests.benchmarks import line_ends, office_table, reading
from tests.benchmarks.process import Failed, Taken, has_module, measured
from tests.benchmarks.rivals import sources

ROOT = Path(__file__).parents[2]
RIVALS = Path(__file__).parent / "rivals"


@dataclass(frozen=True)
class Typesetter:
    """One way to the PDF. ``missing`` says why it cannot run, "" when it can."""

    name: str
    command: Callable[[Path], list[str]]
    """The command that sets the sources in a folder."""
    result: str
    missing: str = ""
    environment: dict[str, str] = field(default_factory=dict)


def typesetters(python: Path) -> list[Typesetter]:
    """All that are compared, this program first."""
    ours = {"PYTHONPATH": str(ROOT)}
    office = shutil.which("soffice")
    here, own = str(RIVALS / "here.py"), sys.executable
    return [
        Typesetter(
            "here, word list warm",
            lambda at: [own, here, f"{at}/rows.json", f"{at}/warm.pdf", "warm"],
            "warm.pdf",
            environment=ours,
        ),
        Typesetter(
            "here, whole process",
            lambda at: [own, here, f"{at}/rows.json", f"{at}/here.pdf"],
            "here.pdf",
            environment=ours,
        ),
        Typesetter(
            "Typst",
            lambda at: [
                str(python),
                str(RIVALS / "with_typst.py"),
                f"{at}/table.typ",
                str(FOLDER),
                f"{at}/typst.pdf",
            ],
            "typst.pdf",
            "" if has_module(python, "typst") else "no typst in the interpreter of --python",
        ),
        Typesetter(
            "LibreOffice",
            lambda at: [
                office or "",
                f"-env:UserInstallation={(at / 'profile').as_uri()}",
                *("--headless", "--convert-to", "pdf", "--outdir", str(at)),
                f"{at}/table.docx",
            ],
            "table.pdf",
            "" if office else "no soffice on the path",
        ),
        Typesetter(
            "reportlab, shaped",
            lambda at: [own, str(RIVALS / "with_reportlab.py"), f"{at}/rows.json", f"{at}/rl.pdf"],
            "rl.pdf",
        ),
    ]


def write_sources(rows: list[office_table.Row], folder: Path) -> None:
    """The same rows in each typesetter's own tongue."""
    data = {
        "headings": office_table.HEADINGS,
        "shares": office_table.SHARES,
        "rows": rows,
        "size": 16,
        "drawn_size": sources.DRAWN_SIZE,
        "line_height": sources.LINE_HEIGHT,
        "font": str(FOLDER / "Laksaman.ttf"),
        "bold": str(FOLDER / "Laksaman-Bold.ttf"),
        "sides": ["LEFT", "RIGHT", "TOP", "BOTTOM"],
    }
    (folder / "rows.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    sources.table_docx(rows, folder / "table.docx")
    sources.table_typst(rows, folder / "table.typ")


Judge = Callable[[str], str]


def judge_of(rows: list[office_table.Row], icu: line_ends.IcuWords) -> Judge:
    """A function from a file's text to its columns: lost characters, lines, word breaks."""
    texts = [text for row in rows for text in row]
    distinct = list(dict.fromkeys(texts))
    judged = line_ends.boundaries(distinct, icu)

    def judge(extracted: str) -> str:
        found = line_ends.count(line_ends.ends_in_file(extracted, distinct), judged)
        missing = reading.lost(texts, extracted)
        return f"{missing:>8,}{found['lines']:>8,}{found['certain']:>9,}{found['dictionary']:>11,}"

    return judge


def report(setter: Typesetter, taken: Taken, file: Path, judge: Judge | None) -> str:
    """One line of the printed table."""
    inside = setter.name.endswith("warm")
    seconds = [float(text) for text in taken.printed] if inside else list(taken.seconds)
    extracted = reading.text_of(file) if reading.POPPLER else ""
    pages = extracted.count("\f")
    return (
        f"{setter.name:<22}{min(seconds):>8.2f}{statistics.median(seconds):>8.2f}"
        f"{taken.megabytes:>8.0f}{file.stat().st_size / 1024:>8.0f}{pages:>7}"
        f"{judge(extracted) if judge else ''}"
    )


HEAD = (
    f"{'':<22}{'min s':>8}{'median':>8}{'MB':>8}{'KB':>8}{'pages':>7}"
    f"{'lost':>8}{'lines':>8}{'certain':>9}{'dictionary':>11}"
)


def compare(rows: list[office_table.Row], runs: int, python: Path, only: str) -> None:
    """Set the rows with each typesetter and print what it took."""
    has_icu = has_module(python, "icu")
    icu = line_ends.icu_by(python) if has_icu else line_ends.without_icu
    judge = judge_of(rows, icu) if reading.POPPLER and not only else None
    print(
        f"\n{len(rows):,} rows, {len(set(rows)):,} distinct, "
        f"{sum(len(text) for row in rows for text in row):,} characters"
    )
    print(HEAD, flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_sources(rows, folder)
        for setter in typesetters(python):
            if not setter.name.startswith(only):
                continue
            if setter.missing:
                print(f"{setter.name:<22}skipped: {setter.missing}")
                continue
            try:
                taken = measured(setter.command(folder), runs, setter.environment)
            except Failed as error:
                print(f"{setter.name:<22}failed: {error}")
                continue
            print(report(setter, taken, folder / setter.result, judge), flush=True)


def main() -> None:
    """Read the command line and compare."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rows", type=int, nargs="+", default=[200])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--distinct", type=int, help="rows repeat after so many")
    parser.add_argument("--python", type=Path, default=Path(sys.executable))
    parser.add_argument("--only", default="", help="only typesetters whose name begins so")
    asked = parser.parse_args()
    if not has_module(asked.python, "icu"):
        print("no ICU in the interpreter of --python: certain breaks are judged without it")
    if not reading.POPPLER:
        print("no pdftotext on the path: files are not read back")
    for count in asked.rows:
        rows = office_table.rows(count, asked.distinct)
        compare(rows, asked.runs, asked.python, asked.only)


if __name__ == "__main__":
    main()
