"""Every page and window as a picture: ``python -m tests.ui.gallery FOLDER [--dark]``.

At 100 %, and at 150 % with ``QT_SCALE_FACTOR=1.5``. Each also goes on one sheet, to be looked at.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.ui.disasters import SIZE, pause
from tests.ui.every_window import Desk, prepare, walk
from ui.app import make_app
from ui.main_window import PAGES, MainWindow
from ui.pages.documents import DocumentsPage
from ui.theme import apply_theme, choose

ACROSS = 3
Shot = tuple[str, Callable[[MainWindow], object]]


def parts_of_documents(window: MainWindow) -> Iterator[Shot]:
    """The tabs beside a document."""
    for at, name in enumerate(("review", "preview", "passages", "register", "template")):

        def show(window: MainWindow, at: int = at) -> None:
            window.show_page(PAGES.index("documents"))
            page = window.pages["documents"]
            assert isinstance(page, DocumentsPage)
            page.tabs.setCurrentIndex(at)

        yield f"documents-{name}", show


def gallery(folder: Path, window: MainWindow, private: Path) -> list[Path]:
    """Take every picture; the files."""
    made: list[Path] = []

    def keep(name: str, widget: QWidget) -> None:
        made.append(folder / f"{len(made):02}-{name}.png")
        widget.grab().save(str(made[-1]))

    for at, name in enumerate(PAGES):
        window.show_page(at)
        pause(1200)
        keep(name, window)
    for name, show in parts_of_documents(window):
        show(window)
        pause(1500)
        keep(name, window)
    for name, _, widget in walk(Desk(window, private)):
        pause(400)
        keep(name, widget)
    return made


def sheet(pictures: list[Path], target: Path) -> None:
    """All on one sheet."""
    images = [Image.open(each).convert("RGB") for each in pictures]
    wide, high = SIZE[0] // 2, SIZE[1] // 2
    rows = -(-len(images) // ACROSS)
    whole = Image.new("RGB", (ACROSS * wide, rows * high), "grey")
    for at, image in enumerate(images):
        image.thumbnail((wide - 6, high - 6))
        whole.paste(image, ((at % ACROSS) * wide, (at // ACROSS) * high))
    whole.save(target)


def main() -> int:
    """Open the sample and take the pictures."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    app = make_app(["gallery"])
    choose(look="dark" if "--dark" in sys.argv else "light")
    apply_theme(app)
    with tempfile.TemporaryDirectory() as private:
        window = MainWindow()
        window.resize(*SIZE)
        window.show()
        QTest.qWaitForWindowExposed(window)
        window.open_file(prepare(Path(private)))
        pause(1500)
        made = gallery(folder, window, Path(private))
        window.close()
    sheet(made, folder / "all.png")
    choose(look="light")
    return 0


if __name__ == "__main__":
    sys.exit(main())
