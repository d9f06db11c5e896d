"""ICU's word boundaries: texts as JSON on stdin, offsets as JSON on stdout. Needs PyICU."""

from __future__ import annotations

import importlib
import json
import sys


def main() -> None:
    icu = importlib.import_module("icu")
    made = []
    for text in json.load(sys.stdin):
        breaker = icu.BreakIterator.createWordInstance(icu.Locale("th"))
        breaker.setText(text)  # Thai is in the basic plane: UTF-16 offsets are Python's
        made.append([at for at in breaker if at < len(text)])
    json.dump(made, sys.stdout)


if __name__ == "__main__":
    main()
