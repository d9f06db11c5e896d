"""The PDF writer: blocks in, bytes out."""

from __future__ import annotations

from ita_desktop.documents.blocks import Document

__all__ = ["fonts_changed", "render_pdf", "warm_up"]


def render_pdf(document: Document) -> bytes:
    """Set ``document`` and return the PDF file; the same document gives the same bytes."""
    from .writer import render_pdf as render

    return render(document)


def warm_up() -> None:
    """Load what the first document would otherwise wait for: dictionary, fonts, writer."""
    from ita_desktop.thai import words

    from . import writer as _writer  # noqa: F401
    from .fonts import DEFAULT_FAMILY, family

    words.warm_up()
    for bold in (False, True):
        family(DEFAULT_FAMILY).face(bold, italic=False)


def fonts_changed() -> None:
    """Look for installed fonts again: one may have come or gone since the first document."""
    from . import fonts, lines

    fonts.look_again()
    lines.forget()
