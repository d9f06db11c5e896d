"""Time and memory of the district's summary for 100, 1,000 and 7,850 offices.

``python -m tests.benchmarks.bench_district [COUNT …]`` makes so many packages of made-up offices
in bulk, one in fifty damaged or sent twice, and runs the program's own command on them, in a
process of its own. 7,850 is the number of local offices in the country.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.scores import ScoreSheet
from ita_desktop.exchange.interchange import interchange_to_data, read_interchange
from ita_desktop.exchange.package import DATA, Manifest, Part, build_package
from ita_desktop.handover.parts import of_year
from ita_desktop.paths import resources

COUNTS = (100, 1_000, 7_850)
DOCUMENT_BYTES = 150_000
"""Bytes of documents in each package; they don't pack, as those in PDF don't."""
MADE = datetime(2026, 4, 26, 9, tzinfo=timezone(timedelta(hours=7)))
YEAR = 2569
PROVINCES, DISTRICTS = 76, 12


def main(arguments: list[str]) -> None:
    """Make the packages once, the most that are wanted, and measure each number of them."""
    counts = [int(word) for word in arguments] or list(COUNTS)
    with tempfile.TemporaryDirectory(prefix="ita-district-") as name:
        folder = Path(name)
        before = time.perf_counter()
        sizes = make_packages(folder / "all", max(counts))
        print(f"made {len(sizes)} packages, {sum(sizes) / 1e6:.0f} MB", end="")
        print(f" in {time.perf_counter() - before:.0f} s")
        print("offices   files   seconds   ms a file   memory MB   xlsx KB   pdf KB")
        for count in counts:
            measure(folder, count)


def make_packages(folder: Path, count: int) -> list[int]:
    """Packages of so many offices; every fiftieth is damaged, every fiftieth sent twice."""
    folder.mkdir()
    sample = read_interchange(resources() / "sample" / "office.json").dossier
    chance = random.Random(2569)
    sizes: list[int] = []
    for number in range(count):
        dossier = office_of(sample, number, chance)
        made = package(dossier, MADE + timedelta(minutes=number % 1000), number)
        if number % 50 == 7:
            made = made[: len(made) // 2] + b"\0" + made[len(made) // 2 + 1 :]
        for copy in range(2 if number % 50 == 11 else 1):
            path = folder / f"{number // 1000:02}" / f"{number:05}-{copy}.itapack"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(made)
            sizes.append(len(made))
    return sizes


def office_of(sample: Dossier, number: int, chance: random.Random) -> Dossier:
    """A made-up office with its own scores."""
    office = replace(
        sample.office,
        name=f"ทดสอบ {number + 1}",
        district=f"อำเภอที่ {number % DISTRICTS + 1}",
        province=f"จังหวัดที่ {number // 104 % PROVINCES + 1}",
    )
    sheets = {year: _shifted(sheet, chance) for year, sheet in sample.sheets.items()}
    return of_year(replace(sample, office=office, sheets=sheets), YEAR)


def _shifted(sheet: ScoreSheet, chance: random.Random) -> ScoreSheet:
    """The sheet's scores, each down by some points."""
    entered = {
        code: max(Decimal(0), score - Decimal(chance.randrange(0, 2500)) / 100)
        for code, score in sheet.entered.items()
    }
    return replace(sheet, entered=entered, official_level="")


def package(dossier: Dossier, made: datetime, number: int) -> bytes:
    """A package with documents of the usual size."""
    data = json.dumps(interchange_to_data(dossier), ensure_ascii=False).encode()
    documents = random.Random(number).randbytes(DOCUMENT_BYTES)
    contents = [
        (Part("เอกสาร/01 รายงาน.pdf", "document", "รายงาน"), documents),
        (Part(DATA, "data", "ข้อมูล"), data),
    ]
    return build_package(Manifest(dossier.office, YEAR, made, "0.1.0", ()), contents)[1]


def measure(folder: Path, count: int) -> None:
    """Run the command on the first ``count`` offices and print a line."""
    files = [f for f in sorted((folder / "all").rglob("*.itapack")) if int(f.name[:5]) < count]
    some = folder / f"some-{count}"
    for file in files:
        link = some / file.parent.name / file.name
        link.parent.mkdir(parents=True, exist_ok=True)
        os.link(file, link)
    book, paper = folder / f"{count}.xlsx", folder / f"{count}.pdf"
    words = ["district", str(some), "--to", str(book), "--pdf", str(paper)]
    before = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _RUN, *words], capture_output=True, text=True, check=False
    )
    seconds = time.perf_counter() - before
    assert done.returncode == 0, done.stderr[-2000:]
    memory = int(done.stdout.rsplit(None, 1)[-1]) / 1024
    line = f"{count:7} {len(files):7} {seconds:9.1f} {seconds * 1000 / len(files):11.1f}"
    sizes = f"{book.stat().st_size / 1000:9.0f} {paper.stat().st_size / 1000:8.0f}"
    print(f"{line} {memory:11.0f} {sizes}", flush=True)


_RUN = """
import resource, sys
from ita_desktop.cli import main
code = main(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
sys.exit(code)
"""


if __name__ == "__main__":
    main(sys.argv[1:])
