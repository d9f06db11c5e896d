"""The forms a document can take as a file."""

from __future__ import annotations

from ita_desktop.documents.blocks import Document

SUFFIXES = (".pdf", ".docx", ".xlsx")
"""Endings of file names, in the order they are offered."""


def render(document: Document, suffix: str) -> bytes:
    """The document as a file of that form; the same document gives the same bytes.

    ``suffix`` is one of ``SUFFIXES`` in any case; another raises KeyError. The writers are loaded
    when they are needed: none of them is part of the program's start.
    """
    match suffix.lower():
        case ".pdf":
            from ita_desktop.documents.pdf import render_pdf

            return render_pdf(document)
        case ".docx":
            from ita_desktop.documents.docx import render_docx

            return render_docx(document)
        case ".xlsx":
            from ita_desktop.documents.xlsx import render_xlsx

            return render_xlsx(document)
        case _:
            raise KeyError(suffix)
