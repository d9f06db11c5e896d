"""Whether there is a screen for a window."""

from __future__ import annotations

import os
import sys


def has_display() -> bool:
    """Whether a window can be shown; without one Qt itself ends the program, in English."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in names)
