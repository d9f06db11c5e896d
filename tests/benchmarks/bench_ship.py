"""What the frozen program weighs and how soon it is there, beside an empty window.

    python -m tests.benchmarks.bench_ship [WORK_FOLDER]

Run it where PyInstaller is installed (docs/release.md). It freezes an empty ``QMainWindow`` by
PyInstaller's own recipes and the program by ``build.spec``, into WORK_FOLDER (default: a temporary
one; what is there already is taken as it is), and prints them side by side. Times are medians of
whole processes from launch to a window that takes the keyboard, without a screen, by turns.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from db.store import Store
from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.measures import Measure, Photo, Progress, Status
from tests.benchmarks.process import Taken, measured

ROOT = Path(__file__).resolve().parents[2]
RUNS = 7
YEARS, MEASURES, PHOTOS, PHOTO_BYTES = 12, 800, 600, 500_000
EMPTY = """\
import sys
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow()
window.show()
app.processEvents()
window.activateWindow()
app.processEvents()
"""


def main(work: Path) -> None:
    """Freeze both, and print what is asked of the program beside what it has."""
    work.mkdir(parents=True, exist_ok=True)
    empty, ours = frozen_empty(work), frozen_program(work)
    print(f"{'':42}{'empty':>10}{'program':>10}{'':>8}  target")
    sizes(empty, ours)
    starts(work, empty / "empty", ours / "ita-desktop")
    files(work, [str(ours / "ita-desktop")])
    heaviest(ours)


def line(what: str, one: float, other: float, unit: str, target: str) -> None:
    """One line of the table."""
    share = f"{other / one:.2f}×" if one else ""
    print(f"{what:42}{one:10.2f}{other:10.2f}{share:>8}  {target} ({unit})")


# --- freezing ------------------------------------------------------------------------------------


def pyinstaller(work: Path, *words: str) -> None:
    """Run PyInstaller into the work folder."""
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
    places = ["--distpath", str(work / "dist"), "--workpath", str(work / "build")]
    settings = {"PYTHONHASHSEED": "1"}
    subprocess.run(
        [*command, *places, *words], cwd=ROOT, env={**os.environ, **settings}, check=True
    )


def frozen_empty(work: Path) -> Path:
    """An empty window as one folder."""
    folder = work / "dist" / "empty"
    script = work / "empty.py"
    script.write_text(EMPTY, encoding="utf-8")
    if not folder.is_dir():
        pyinstaller(work, "--onedir", "--specpath", str(work), str(script))
    return folder


def frozen_program(work: Path) -> Path:
    """The program as one folder."""
    folder = work / "dist" / "ita-desktop"
    if not folder.is_dir():
        pyinstaller(work, str(ROOT / "build.spec"))
    return folder


# --- size ----------------------------------------------------------------------------------------


def megabytes(folder: Path) -> float:
    """Of all files in a folder; a link counts nothing."""
    found = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return sum(path.stat().st_size for path in found) / 1e6


def sizes(empty: Path, ours: Path) -> None:
    """Unpacked and packed."""
    line("size unpacked", megabytes(empty), megabytes(ours), "MB", "≤ 1.15×")
    line("zip", packed(empty), packed(ours), "MB", "< 80 MB")


def packed(folder: Path) -> float:
    """Megabytes of the folder as a zip file; a link counts nothing."""
    with tempfile.TemporaryFile() as target:
        with ZipFile(target, "w", ZIP_DEFLATED) as archive:
            for path in sorted(folder.rglob("*")):
                if not path.is_symlink():
                    archive.write(path, path.relative_to(folder))
        return target.tell() / 1e6


def heaviest(ours: Path) -> None:
    """What is inside, by size."""
    inside: Counter[str] = Counter()
    contents = ours / "_internal"
    for path in contents.rglob("*"):
        if path.is_file() and not path.is_symlink():
            inside[path.relative_to(contents).parts[0]] += path.stat().st_size
    inside["the program file, with all Python code"] = (ours / "ita-desktop").stat().st_size
    print("\ninside, MB:")
    for name, size in inside.most_common(18):
        print(f"  {size / 1e6:8.1f}  {name}")


# --- time ----------------------------------------------------------------------------------------


def surroundings(work: Path) -> dict[str, str]:
    """No screen, and a home of its own."""
    home = work / "home"
    home.mkdir(exist_ok=True)
    return {
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(home),
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "",  # from source the code is compiled once, as at hers
    }


def by_turns(work: Path, *commands: list[str]) -> list[list[Taken]]:
    """Each command some times, one after the other and again."""
    around = surroundings(work)
    turns = [[measured(each, 1, around) for each in commands] for _ in range(RUNS + 1)]
    return [list(each) for each in zip(*turns[1:], strict=True)]  # the first only warms up


def median(found: list[Taken]) -> float:
    return statistics.median(each.median for each in found)


def starts(work: Path, empty: Path, ours: Path) -> None:
    """The first window, frozen and from source."""
    words = ["selftest", "--start"]
    one, other = by_turns(work, [str(empty)], [str(ours), *words])
    line("first window, frozen", median(one), median(other), "s", "≤ 2.5×")
    # What ``python -m ita_desktop`` does when no command is asked for.
    window = "from ui.selfcheck import first_window; first_window(None)"
    source = [sys.executable, "-c", window]
    plain, whole = by_turns(work, [sys.executable, str(work / "empty.py")], source)
    line("first window, from source", median(plain), median(whole), "s", "≤ 2×")
    loaded = json.loads(other[-1].printed[-1])["loaded"]
    print(f"{'slow modules loaded at that moment':62} {', '.join(loaded) or 'none':>8}  none")


def files(work: Path, program: list[str]) -> None:
    """Opening a large data file, and memory at rest."""
    small, large = work / "small.ita", work / "large.ita"
    if not large.exists():
        Store.create(small).close()
        fill(large)
    print(
        f"(data files of {small.stat().st_size / 1e6:.1f} and {large.stat().st_size / 1e6:.0f} MB)"
    )
    words = [*program, "selftest", "--start", "--open"]
    one, other = by_turns(work, [*words, str(small)], [*words, str(large)])
    line("launch to an open data file: empty, large", median(one), median(other), "s", "≤ 1.3×")
    took = [statistics.median(opened(each) for each in found) for found in (one, other)]
    line("of that, opening and showing it", took[0], took[1], "s", "")
    rest = [
        measured([*words, str(each), "--rest", "3"], 1, surroundings(work))
        for each in (small, large)
    ]
    memory = [json.loads(each.printed[-1])["memory_mb"] for each in rest]
    line("memory at rest: empty, large data file", memory[0], memory[1], "MB", "< 160 MB")


def opened(taken: Taken) -> float:
    """The seconds that opening took, as the program tells them."""
    return float(json.loads(taken.printed[-1])["opened_s"])


def fill(path: Path) -> None:
    """Twelve years of measures with results and photos."""
    chance = random.Random(8)
    pictures = [b"\xff\xd8\xff" + chance.randbytes(PHOTO_BYTES) for _ in range(PHOTOS)]
    with Store.create(path) as store:
        digests = [store.add_picture(each) for each in pictures]
        measures: dict[int, list[Measure]] = {}
        for number in range(MEASURES):
            year = 2570 - number % YEARS
            mine = digests[number : number + 1]
            measures.setdefault(year, []).append(measure(number + 1, year, mine))
        store.take_in(
            Dossier(measures={year: tuple(each) for year, each in measures.items()}), ("measures",)
        )


def measure(number: int, year: int, digests: list[str]) -> Measure:
    """A measure as offices write them, with its photos in the last round."""
    photos = tuple(Photo(0, digest, "ภาพการประชุม") for digest in digests)
    result = Progress(
        Status.DONE, "ดำเนินการครบทุกขั้นตอน\n" * 4, "อบรม ๒ รุ่น", "ผู้รับบริการเข้าใจ", "", photos
    )
    return Measure(
        id=number,
        year=year,
        title=f"มาตรการที่ {number} ปรับปรุงคุณภาพการให้บริการประชาชน",
        indicators=(str(number % 10 + 1),),
        steps="ประชุมคณะทำงาน\nจัดทำแผน\nดำเนินการตามแผน\nสรุปผล",
        owners="สำนักปลัด กองคลัง",
        progress={Round.SIX: Progress(Status.IN_PROGRESS, "เริ่มแล้ว"), Round.TWELVE: result},
    )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]).resolve())
    else:
        with tempfile.TemporaryDirectory() as folder:
            main(Path(folder))
