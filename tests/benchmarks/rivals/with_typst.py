"""A Typst source to PDF: ``with_typst.py SOURCE.typ FONTS OUT.pdf``. Needs the package typst."""

from __future__ import annotations

import importlib
import sys


def main(source: str, fonts: str, target: str) -> None:
    compiler = importlib.import_module("typst")
    compiler.compile(source, output=target, font_paths=[fonts], ignore_system_fonts=True)


if __name__ == "__main__":
    main(*sys.argv[1:4])
