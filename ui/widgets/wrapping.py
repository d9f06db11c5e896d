"""Lines on the screen end between Thai words, as on paper.

Qt itself finds Thai words only where the system has a library for it, which Windows has not.
Texts to read get places to break that nobody sees, for showing only. Fields get a layout of their
own that says where each line ends: not a letter of what is typed is touched by it.
"""

from __future__ import annotations

import sys
import weakref
from bisect import bisect_right
from itertools import accumulate
from typing import Any

from PySide6.QtCore import (
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    QSizeF,
    Signal,
)
from PySide6.QtGui import QTextBlock, QTextLayout, QTextLine, QTextOption
from PySide6.QtWidgets import (
    QPlainTextDocumentLayout,
    QPlainTextEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

BREAK = "\u200b"
"""A place where a line may end; it has no width."""
LONGEST = 20_000
"""Letters of a text up to which its words are looked for while she types."""
_PARAGRAPH = 2000
"""Letters of a paragraph up to which a key is quicker than anybody notices."""
_SHORT = 8
"""Letters that fit any line."""
_KEPT = 200
"""Paragraphs whose lines are remembered."""
_SIZES_KEPT = 5000
"""Rows whose size is remembered."""
_BEYOND = 1e7
"""A width that no text reaches."""
Index = QModelIndex | QPersistentModelIndex
_Lines = tuple[tuple[int, ...], tuple[float, ...]]
"""How many letters, and what width, each line of a paragraph has."""


class _News(QObject):
    """Tells that the word list is there: what was shown before is laid out anew."""

    ready = Signal()


_news: list[_News] = []


def news() -> _News:
    """What tells that the word list is there. Made in the window's thread."""
    if not _news:
        _news.append(_News())
    return _news[0]


def words_loaded() -> bool:
    """Whether Thai words can be asked for without waiting; here they are never loaded."""
    if "ita_desktop.thai.words" not in sys.modules:
        return False
    from ita_desktop.thai import words

    return words.loaded()


def breakable(text: str) -> str:
    """The text with places to break between its words, for showing only."""
    if not _SHORT < len(text) <= _PARAGRAPH or not words_loaded():
        return text
    return BREAK.join(_pieces(text))


def plain(text: str) -> str:
    """A shown text without its places to break, as it is copied."""
    return text.replace(BREAK, "")


class WordDelegate(QStyledItemDelegate):
    """Draws the texts of a list whose rows have several lines."""

    def displayText(self, value: Any, locale: QLocale | QLocale.Language) -> str:
        return breakable(super().displayText(value, locale))


class RowDelegate(WordDelegate):
    """The same for long lists of texts with nothing beside them: each is measured once.

    A list asks for the heights of all its rows again whenever it is shown.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._sizes: dict[tuple[str, int, str, bool], QSize] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        text = index.data()
        if not isinstance(text, str):
            return super().sizeHint(option, index)
        asked = (text, option.rect.width(), option.font.key(), words_loaded())
        if asked not in self._sizes:
            if len(self._sizes) >= _SIZES_KEPT:
                self._sizes.clear()
            self._sizes[asked] = super().sizeHint(option, index)
        return self._sizes[asked]


def _pieces(text: str) -> list[str]:
    from ita_desktop.thai import words

    return [unit for phrase in words.phrases(text) for unit in words.units(phrase)]


class WordLayout(QPlainTextDocumentLayout):
    """Lays out the paragraphs of a field with line ends between words only.

    Every line is given just the width of the words it shall hold and may break anywhere, so that
    Qt breaks it there. A word wider than the field breaks where its own words do.
    """

    def __init__(self, field: QPlainTextEdit) -> None:
        super().__init__(field.document())
        self._field = weakref.ref(field)
        self._made: dict[tuple[str, float, str], _Lines] = {}
        self._busy = False

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        """Every way to a paragraph's lines goes through here."""
        if (field := self._mine()) is not None:
            self._lay(field, block)
        return super().blockBoundingRect(block)

    def documentSize(self) -> QSizeF:
        """The size once every paragraph has its lines: the field grows by it."""
        if (field := self._mine()) is not None:
            block = field.document().begin()
            while block.isValid():
                self._lay(field, block)
                block = block.next()
        return super().documentSize()

    def _mine(self) -> QPlainTextEdit | None:
        """The field, where this layout is to decide; None where Qt does.

        The document is asked of the field, never of this layout: what the layout hands out, the
        binding takes for the layout's own, and frees it with the layout.
        """
        field = self._field()
        if self._busy or field is None or not words_loaded():
            return None
        return field if field.document().characterCount() <= LONGEST else None

    def _lay(self, field: QPlainTextEdit, block: QTextBlock) -> None:
        layout, text = block.layout(), block.text()
        margin = field.document().documentMargin()
        width = field.viewport().width() - 2 * margin
        if width <= 0 or not _SHORT < len(text) <= _PARAGRAPH or layout.preeditAreaText():
            return
        self._busy = True  # laying out tells of itself, and who hears of it asks for the size
        try:
            self._break(layout, text, width, margin, field.font().key())
            block.setLineCount(layout.lineCount())
        finally:
            self._busy = False

    def _break(
        self, layout: QTextLayout, text: str, width: float, margin: float, font: str
    ) -> None:
        key = (text, width, font)
        lines = self._made.get(key)
        if lines is not None and lines[0] == _present(layout):
            return
        if lines is None:
            lines = _lines(layout, text, width)
        _set(layout, lines, width, margin)
        if len(self._made) > _KEPT:
            self._made.clear()
        self._made[key] = (_present(layout), lines[1])


def _present(layout: QTextLayout) -> tuple[int, ...]:
    return tuple(layout.lineAt(at).textLength() for at in range(layout.lineCount()))


def _lines(layout: QTextLayout, text: str, width: float) -> _Lines:
    """The lines of a paragraph as they should be; a length of 0 leaves a line to Qt."""
    pieces = _pieces(text)
    ends = list(accumulate(map(len, pieces)))
    whole = _one_line(layout)
    places = [_x(whole, end) for end in ends]
    # Spaces at a line's end hang over its edge.
    hard = [
        _x(whole, end - len(piece) + len(piece.rstrip()))
        for end, piece in zip(ends, pieces, strict=True)
    ]
    lengths: list[int] = []
    widths: list[float] = []
    start, left = 0, 0.0
    while start < len(text):
        first = bisect_right(ends, start)
        fits = first + bisect_right(hard[first:], left + width) - 1
        if fits < first:
            end = _inside(layout, whole, pieces[first], ends[first], start, left + width)
            place = _x(whole, end)
        else:
            end, place = ends[fits], places[fits]
        lengths.append(end - start)
        widths.append(place - left)
        start, left = end, place
    return tuple(lengths), tuple(widths)


def _inside(
    layout: QTextLayout, whole: QTextLine, piece: str, end: int, start: int, right: float
) -> int:
    """Where a piece wider than the field is broken: inside it by its words, else anywhere."""
    from ita_desktop.thai import words

    begin = end - len(piece)
    soft = [begin + at for at in accumulate(map(len, words.inner(piece)))][:-1]
    letters = [at for at in range(start + 1, end + 1) if layout.isValidCursorPosition(at)]
    for places in (soft, letters):
        fitting = [at for at in places if at > start and _x(whole, at) <= right]
        if fitting:
            return fitting[-1]
    return letters[0] if letters else end


def _one_line(layout: QTextLayout) -> QTextLine:
    _option(layout, QTextOption.WrapMode.NoWrap)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(_BEYOND)
    layout.endLayout()
    return line


def _option(layout: QTextLayout, mode: QTextOption.WrapMode) -> None:
    option = layout.textOption()
    option.setWrapMode(mode)
    layout.setTextOption(option)


def _x(line: QTextLine, at: int) -> float:
    found: Any = line.cursorToX(at)
    return found[0] if isinstance(found, tuple) else found


def _set(layout: QTextLayout, lines: _Lines, width: float, margin: float) -> None:
    """Lay a paragraph out; a line that Qt will not end where it should is left to Qt."""
    _option(layout, QTextOption.WrapMode.WrapAnywhere)
    starts = {
        start: (length, wide)
        for start, length, wide in zip(
            accumulate(lines[0], initial=0), lines[0], lines[1], strict=False
        )
    }
    height = 0.0
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLeadingIncluded(True)
        _fill(line, *starts.get(line.textStart(), (0, 0.0)), width)
        line.setPosition(QPointF(margin, height))
        height += line.height()
    layout.endLayout()


def _fill(line: QTextLine, length: int, wide: float, width: float) -> None:
    for room in (0.3, 1.0, 3.0):
        if length:
            line.setLineWidth(min(wide + room, width + room))
            if line.textLength() == length:
                return
    line.setLineWidth(width)
