"""What is wrong with a file that comes in, as one plain Thai sentence."""

from __future__ import annotations


class SourceError(Exception):
    """A file to import is refused as a whole; nothing of it has been taken in.

    ``place`` is where in the file (``measures[2].steps``); ``str()`` is the sentence to show.
    """

    def __init__(self, place: str, problem: str, mend: str) -> None:
        self.place = place
        where = f" (ที่ {place})" if place else ""
        super().__init__(f"นำเข้าไม่ได้{where}: {problem} โปรด{mend}")
