"""The pages of a finished PDF file as pictures."""

from __future__ import annotations

from threading import Lock
from typing import Any

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

_pdfium = Lock()
"""pdfium may not be called from two threads at once."""


class PdfPages:
    """An open PDF file. Sizes are points; page numbers begin at 0."""

    def __init__(self, content: bytes) -> None:
        import pypdfium2

        with _pdfium:
            self._file: Any = pypdfium2.PdfDocument(content)
            self.sizes = tuple(
                QSizeF(*self._file.get_page_size(number)) for number in range(len(self._file))
            )

    def close(self) -> None:
        """Let go of the file."""
        with _pdfium:
            self._file.close()

    def image(self, number: int, scale: float) -> QImage:
        """A page as a picture of ``scale`` pixels a point."""
        with _pdfium:
            page = self._file[number]
            bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
            data, wide, high, stride = bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride
            made = QImage(bytes(data), wide, high, stride, QImage.Format.Format_RGBX8888).copy()
            page.close()
        return made
