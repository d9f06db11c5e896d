"""What is wrong with an update, as one plain Thai sentence."""

from __future__ import annotations

from ita_desktop.exchange.errors import one_line


class UpdateError(Exception):
    """An update is refused, nothing was changed. ``str()`` is the sentence to show.

    ``place``: which file of it, and where in that file; "" for the update as a whole.
    ``mend``: what to do; "" when ``problem`` says so.
    """

    def __init__(self, place: str, problem: str, mend: str = "") -> None:
        self.place = one_line(place, 120)
        self.problem = problem
        self.mend = mend
        where = f" (ที่ {self.place})" if place else ""
        ask = f" โปรด{mend}" if mend else ""
        super().__init__(f"ใช้แฟ้มปรับปรุงไม่ได้{where}: {problem}{ask}")


ASK_AGAIN = "ขอแฟ้มปรับปรุงใหม่จากผู้ส่ง"
"""What to do about a file that was damaged or made wrong."""
