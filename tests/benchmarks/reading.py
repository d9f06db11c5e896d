"""Files read back by poppler, as the benchmarks need it."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from collections import Counter
from pathlib import Path

POPPLER = shutil.which("pdftotext")


def text_of(path: Path) -> str:
    """The file's text in reading order, one line of the page a line."""
    assert POPPLER
    done = subprocess.run(
        [POPPLER, "-raw", "-enc", "UTF-8", str(path), "-"], stdout=subprocess.PIPE, check=True
    )
    return done.stdout.decode("utf-8")


def pages_of(path: Path) -> int:
    """How many pages the file has."""
    return text_of(path).count("\f")


def lost(texts: list[str], extracted: str) -> int:
    """How many characters that went in do not come out, whatever their order.

    A tone mark that came back as a private code is lost; so is ำ when it came back in two parts.
    """
    put = Counter("".join("".join(text.split()) for text in texts))
    got = Counter("".join(unicodedata.normalize("NFC", extracted).split()))
    return (put - got).total()
