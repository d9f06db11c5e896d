"""Finding by a few letters: as a clerk reads, not as a computer compares.

Thai and Arabic digits are the same, and so are large and small letters. Spaces count nowhere: Thai
sentences have them in one place and lack them in the next. What looks the same on the screen is the
same (แ and two เ, ำ and its two parts, marks typed in the other order).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ita_desktop.domain.papers import PaperKey
from ita_desktop.domain.review.kinds import Place
from ita_desktop.thai.digits import ARABIC, THAI

MOST_HITS = 200
"""As many are handed over; nobody reads more, and each has to be drawn."""

_BLANK = " \t\n\r\v\f\u00a0\u2009\u200b\u200c\u200d\u2060\ufeff"
_FOLDED = str.maketrans(
    {
        **dict(zip(THAI, ARABIC, strict=True)),
        **dict.fromkeys(_BLANK),
        "ำ": "\u0e4d\u0e32",
        "แ": "เเ",
    }
)
_MARK_ORDER = re.compile("(\u0e4d)([\u0e48-\u0e4b])")
_MARKS = frozenset(chr(each) for each in (0x0E31, *range(0x0E33, 0x0E3B), *range(0x0E47, 0x0E4F)))
"""Thai signs that stand on or under a letter, or lean on it: never parted from it."""


@dataclass(frozen=True, slots=True)
class Findable:
    """One text that can be found, and where it stands.

    ``kind``: the page or part of the program, in Thai; ``where``: the record and field, in Thai.
    ``place`` opens its field. ``year``: the measure year to be shown for it (0: any), ``months``:
    the round (0: none). ``paper``: the document to be opened instead. ``typed``: whether the
    office typed it; the program's own texts are shown with the screen's digits.
    """

    kind: str
    where: str
    text: str
    place: Place | None = None
    year: int = 0
    months: int = 0
    paper: PaperKey | None = None
    typed: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: the first ``MOST_HITS``, best first, and how many there are altogether.

    ``words``: what was looked for, folded, as ``spans`` and ``excerpt`` want it.
    """

    hits: tuple[Findable, ...] = ()
    count: int = 0
    words: tuple[str, ...] = ()


@lru_cache(maxsize=32768)
def fold(text: str) -> str:
    """The text as it is compared: without blanks, one form for what looks the same."""
    return _MARK_ORDER.sub(r"\2\1", text.translate(_FOLDED).casefold())


def folded_words(query: str) -> tuple[str, ...]:
    """The words of a query, folded; the longest come first, so that most is ruled out at once."""
    found = dict.fromkeys(word for part in query.split() if (word := fold(part)))
    return tuple(sorted(found, key=len, reverse=True))


class Finder:
    """Looks for words in many texts; made once, asked at every keystroke."""

    def __init__(self, texts: Iterable[Findable]) -> None:
        self._texts = [
            (each, fold(each.text), fold(f"{each.kind} {each.where}"))
            for each in texts
            if each.text.strip()
        ]

    def __len__(self) -> int:
        return len(self._texts)

    def find(self, query: str, year: int = 0) -> Found:
        """Texts that hold every word of the query, in themselves or in where they stand.

        First those that hold the query as it was typed, then those that hold all its words, then
        the others; of each those of the measure year ``year`` before those of other years.
        """
        words, whole = folded_words(query), fold(query)
        if not words:
            return Found()
        ranked: list[tuple[int, bool, int]] = []
        for at, (each, text, where) in enumerate(self._texts):
            rank = _rank(words, whole, text, where)
            if rank is not None:
                ranked.append((rank, each.year not in (0, year), at))
        ranked.sort()
        hits = tuple(self._texts[at][0] for _, _, at in ranked[:MOST_HITS])
        return Found(hits, len(ranked), words if len(words) > 1 else (whole,))


def _rank(words: Sequence[str], whole: str, text: str, where: str) -> int | None:
    """How well a text fits, 0 best; None when it does not."""
    if whole in text:
        return 0
    inside = [word in text for word in words]
    if all(inside):
        return 1
    if all(here or word in where for here, word in zip(inside, words, strict=True)):
        return 2 if any(inside) else 3
    return None


def spans(text: str, words: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Where folded words stand in a text: beginnings and ends, in order, none inside another."""
    folded = fold(text)
    if not any(word in folded for word in words):
        return ()
    origin = [at for at, letter in enumerate(text) for _ in fold(letter)]
    if len(origin) != len(folded):  # letters that only fold together: shown without marks
        return ()
    found = [
        _whole_letters(text, origin[at], origin[at + len(word) - 1] + 1)
        for word in words
        for at in _all_at(folded, word)
    ]
    return _joined(sorted(found))


def _all_at(text: str, word: str) -> Iterable[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))


def _whole_letters(text: str, start: int, end: int) -> tuple[int, int]:
    """Grown so that no sign is parted from its letter."""
    while start > 0 and text[start] in _MARKS:
        start -= 1
    while end < len(text) and text[end] in _MARKS:
        end += 1
    return start, end


def _joined(found: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    made: list[tuple[int, int]] = []
    for start, end in found:
        if made and start <= made[-1][1]:
            made[-1] = made[-1][0], max(end, made[-1][1])
        else:
            made.append((start, end))
    return tuple(made)


def excerpt(
    text: str, words: Iterable[str], most: int = 105
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The part of a text around the first word found, on one line, and where the words stand in it.

    ``most``: its letters at most, beside the "…" at either end.
    """
    words = tuple(words)
    line = re.sub(r"[\n\r\t\v\f\u2028\u2029]", " ", text.strip())
    marked = spans(line, words)
    if len(line) <= most:
        return line, marked
    first = marked[0][0] if marked else 0
    start = max(0, min(first - most // 4, len(line) - most))
    start = 0 if start < 4 else _before_blank(line, start, first)
    end = min(len(line), start + most)
    start, end = _whole_letters(line, start, end)
    head, tail = ("…" if start else ""), ("…" if end < len(line) else "")
    by = len(head) - start
    inside = tuple((max(a, start) + by, min(b, end) + by) for a, b in marked if start <= a < end)
    return f"{head}{line[start:end]}{tail}", inside


def _before_blank(line: str, start: int, first: int) -> int:
    """Begin after a blank where there is one near, so that no word is cut."""
    blank = line.find(" ", start, first)
    return blank + 1 if 0 <= blank < start + 20 else start
