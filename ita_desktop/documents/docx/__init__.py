"""Documents become Word files: the same blocks, to be edited by hand."""

from __future__ import annotations

from ita_desktop.documents.blocks import Document


def render_docx(document: Document) -> bytes:
    """The document as a Word file; the same document gives the same bytes."""
    from .writer import render

    return render(document)
