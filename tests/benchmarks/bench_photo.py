"""A 40 MB photo: how long until it is kept, and how long the window does not answer meanwhile.

Beside it the same work done in the window's own thread, as a program does that has no other.
``python -m tests.benchmarks.bench_photo``
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QTimer

from ita_desktop.exchange.pictures import prepare_picture
from ui.app import make_app
from ui.preparing import Preparer

MEGABYTES = 40
TICK_MS = 2


def large_photo() -> bytes:
    """A JPEG of at least ``MEGABYTES`` with the grain of a camera."""
    grain = Image.frombytes("RGB", (1000, 1000), os.urandom(3_000_000))
    photo = Image.new("RGB", (8000, 6000))
    for x in range(0, 8000, 1000):
        for y in range(0, 6000, 1000):
            photo.paste(grain, (x, y))
    for quality in (80, 85, 90, 95):
        made = io.BytesIO()
        photo.save(made, "JPEG", quality=quality)
        if made.tell() >= MEGABYTES * 1_000_000:
            break
    return made.getvalue()


def main() -> None:
    """Say both figures of both ways."""
    app = make_app(["bench"])
    content = large_photo()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "photo.jpg"
        path.write_bytes(content)
        gaps, last = [0.0], [time.perf_counter()]

        def tick() -> None:
            now = time.perf_counter()
            gaps.append(now - last[0])
            last[0] = now

        timer = QTimer()
        timer.timeout.connect(tick)
        timer.start(TICK_MS)
        preparer = Preparer()
        kept: list[int] = []
        begun = last[0] = time.perf_counter()
        preparer.ask(path, lambda done: kept.append(len(done.content)))
        while not kept:
            app.processEvents()
        whole, longest = time.perf_counter() - begun, max(gaps)
        preparer.close()
        begun = time.perf_counter()
        prepare_picture(path.read_bytes())
        alone = time.perf_counter() - begun
    sys.stdout.write(
        f"photo {len(content) / 1e6:.0f} MB, kept {kept[0] / 1e6:.1f} MB\n"
        f"beside the window: ready in {whole:.2f} s, silent at most {longest * 1000:.0f} ms\n"
        f"in the window's thread: silent for {alone * 1000:.0f} ms\n"
    )


if __name__ == "__main__":
    main()
