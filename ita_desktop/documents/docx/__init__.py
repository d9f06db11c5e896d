"""The Word writer: blocks in, bytes of a DOCX file out."""

from __future__ import annotations

from ita_desktop.documents.blocks import Document

__all__ = ["render_docx"]


def render_docx(document: Document) -> bytes:
    """Return ``document`` as a DOCX file; the same document gives the same bytes."""
    from .writer import render_docx as render

    return render(document)
