"""Where the program keeps the files it ships with."""

from __future__ import annotations

import sys
from pathlib import Path


def resources() -> Path:
    """The resources folder, in a checkout or in the folder that PyInstaller built."""
    frozen: str | None = getattr(sys, "_MEIPASS", None)
    base = Path(frozen) if frozen else Path(__file__).resolve().parent.parent
    return base / "resources"
