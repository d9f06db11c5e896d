"""Make the pictures of the documentation from the program as it is.

Run from the project's root with the program's own Python: ``python docs/make_pictures.py``.
Needs no display; ``pypdfium2`` (a development dependency) makes a picture of a page of the report.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from PIL import Image

HERE = Path(__file__).resolve().parent
PICTURES = HERE.parent / "resources" / "help" / "pictures"
"""The manual shows them, and so do the README and the documentation."""
WIDTH, HEIGHT = 1366, 728


def main() -> None:
    """Write every picture anew."""
    sys.path.insert(0, str(HERE.parent))
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HOME"] = os.environ["XDG_CONFIG_HOME"] = folder
        _make_sample(Path(folder))
        _picture_report(Path(folder))
        _picture_window(Path(folder))
    _make_small()


def _make_sample(folder: Path) -> None:
    from ita_desktop.cli import main as run_command

    if run_command(["demo", str(folder)]) != 0:
        raise SystemExit("the sample office could not be made")


def _picture_report(folder: Path) -> None:
    import pypdfium2

    with pypdfium2.PdfDocument(folder / "measures-report-2569-12.pdf") as pdf:
        pdf[1].render(scale=2).to_pil().save(PICTURES / "report.png", optimize=True)


def _picture_window(folder: Path) -> None:
    from ui.app import make_app
    from ui.main_window import PAGES, MainWindow

    app = make_app(["pictures"])
    window = MainWindow()
    window.resize(WIDTH, HEIGHT)
    window.show()
    window.open_file(folder / "sample-office.ita")
    for number, page in enumerate(PAGES):
        window.tabs.setCurrentIndex(number)
        for _ in range(5):
            app.processEvents()
        window.grab().save(str(PICTURES / f"{page}.png"))
    window.close()


def _make_small() -> None:
    """Pictures of a window have few colours: a palette makes them a third as large."""
    for path in PICTURES.glob("*.png"):
        with Image.open(path) as picture:
            small = picture.convert("RGB").quantize(96, dither=Image.Dither.NONE)
        small.save(path, optimize=True)


if __name__ == "__main__":
    main()
