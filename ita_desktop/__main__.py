"""``python -m ita_desktop``, and the frozen program."""

from __future__ import annotations

import sys
from pathlib import Path

from ita_desktop.screen import has_display


def start(words: list[str]) -> int:
    """Open the window, or do what the words say; returns the exit code.

    For a window nothing of the command line is loaded: she waits for it.
    """
    named = len(words) == 1 and words[0].lower().endswith(".ita") and not words[0].startswith("-")
    if (named or not words) and has_display():
        from ui.app import run

        return run(Path(words[0]) if words else None)
    from ita_desktop.cli import main

    return main(words)


if __name__ == "__main__":
    sys.exit(start(sys.argv[1:]))
