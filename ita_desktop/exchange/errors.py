"""What is wrong with a file that comes in, as one plain Thai sentence."""

from __future__ import annotations


class SourceError(Exception):
    """A file to import is refused as a whole; nothing of it has been taken in.

    ``place`` is where in the file (``measures[2].steps``); ``str()`` is the sentence to show.
    ``mend`` is "" when ``problem`` says what to do.
    """

    def __init__(self, place: str, problem: str, mend: str = "") -> None:
        self.place = one_line(place)
        self.problem = problem
        self.mend = mend
        where = f" (ที่ {self.place})" if place else ""
        ask = f" โปรด{mend}" if mend else ""
        super().__init__(f"นำเข้าไม่ได้{where}: {problem}{ask}")


def one_line(text: str, longest: int = 60) -> str:
    """A text from a file as it may stand in a sentence: short, printable, on one line."""
    short = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[:longest])
    return short if len(text) <= longest else f"{short}…"


class PackageError(Exception):
    """A hand-over package can't be opened or made. ``str()`` is one plain Thai sentence."""
