"""Blocks of cells on the clipboard, as Excel puts them there."""

from __future__ import annotations

import csv
import io

from PySide6.QtGui import QGuiApplication


def clipboard_text() -> str:
    """The text of the clipboard."""
    return QGuiApplication.clipboard().text()


def is_block(text: str) -> bool:
    """Whether a text was copied from cells; Excel ends even a single one with a line end."""
    return "\t" in text or "\n" in text


def cells_of(block: str) -> list[list[str]]:
    """A block copied from Excel as rows of cells, without the line end at its end.

    A cell with line ends or tabs inside stands in quotation marks; quotation marks are doubled.
    """
    plain = block.replace("\r\n", "\n").removesuffix("\n")
    try:
        return [row or [""] for row in csv.reader(io.StringIO(plain), delimiter="\t")]
    except csv.Error:  # a cell longer than any address or explanation
        return [line.split("\t") for line in plain.split("\n")]
