"""Strips of paper, and how they flow over pages.

Everything a document holds becomes strips: a line of text, a gap, a row of a table. Lengths are
points; a strip is painted with its upper left corner at (x, y).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from .ink import Ink
from .photo import Photo

WASTE_LIMIT = 0.4
"""A row that fits on a page is split only when keeping it whole would leave more than this
share of the page before it empty."""


_CARRIED = 70.0
"""Height of a row, some three lines, that goes over to the page of a signature block."""


class Sheets(Protocol):
    """What the flow needs of the pages it fills."""

    ink: Ink
    left: float
    top: float
    bottom: float

    def next_page(self, words: str) -> None:
        """End the page in hand and begin the next, whose first text is ``words``."""
        ...

    def picture(self, data: bytes, x: float, top: float, height: float, room: float = 0.0) -> None:
        """Draw a picture file so high, in the middle of a room; an unreadable one stays blank."""
        ...

    def photo(self, photo: Photo, area: tuple[float, float, float, float], alt: str) -> None:
        """Draw a picture in an area (x, y, width, height); ``alt`` says what is seen."""
        ...

    def clear(self) -> None:
        """Take what stands in the margins off the page just begun."""
        ...


Paint = Callable[[Sheets, float, float], None]


@dataclass(slots=True)
class Strip:
    """One strip of paper."""

    height: float
    paint: Paint | None = None
    keep_next: bool = False
    """The strip may not be parted from the next one by a page end."""
    weak: bool = False
    """With ``keep_next``: where a group too tall for any page is parted first."""
    repeat: tuple[Strip, ...] = ()
    """Strips to set again when this one begins a page: a table's title and heading row."""
    split: Callable[[float, bool, float], tuple[Strip, Strip] | None] | None = None
    """Part the strip so that the first part is at most so high; None when that cannot be done well,
    or, when it must be done (True), at all. The last figure is the height of a new page."""
    loose: bool = False
    """Several rows, which a page end may part as if each was a strip of its own."""
    yields: bool = False
    """With ``weak``: the tie gives way where keeping it would leave too much of a page empty."""
    words: str = ""
    """The first text on the strip."""

    @property
    def is_gap(self) -> bool:
        """Empty height, which vanishes at the top of a page."""
        return self.paint is None


class Flow:
    """Places strips on pages one after another."""

    def __init__(self, sheets: Sheets) -> None:
        self._sheets = sheets
        self.y = sheets.top
        self._fresh = True
        self._turning = False
        self._ahead = ""

    @property
    def room(self) -> float:
        """Height left on the page."""
        return self.y - self._sheets.bottom

    def turn(self, repeat: tuple[Strip, ...] = ()) -> None:
        """Begin a new page, with a table's heading row where one goes on.

        The sheet is turned when something is put on the new one: only then is it known what its
        first words are, and a document does not end in an empty page.
        """
        self._turning = True
        self.y = self._sheets.top
        if sum(strip.height for strip in repeat) < self.room * 0.6:
            for strip in repeat:
                self._put(strip)
        self._fresh = True

    def page_break(self) -> None:
        """Begin a new page unless the page is still empty."""
        if not self._fresh:
            self.turn()

    def add(self, strips: list[Strip]) -> None:
        """Place strips, those that belong together on one page where one can hold them."""
        group: list[Strip] = []
        for strip in strips:
            group.append(strip)
            if not strip.keep_next:
                self._place(group)
                group = []
        if group:
            self._place(group)

    def _put(self, strip: Strip) -> None:
        if strip.is_gap and self._fresh:
            return
        if strip.paint is not None:
            if self._turning:
                self._turning = False
                self._sheets.next_page(strip.words or self._ahead)
            strip.paint(self._sheets, self._sheets.left, self.y)
            self._fresh = False
        self.y -= strip.height

    def _place(self, group: list[Strip]) -> None:
        while group and group[0].is_gap and (self._fresh or group[0].height > self.room):
            group = group[1:]  # a gap at the top or the foot of a page is no gap
        if not group:
            return
        self._ahead = next((strip.words for strip in group if strip.words), "")
        if self._fits(group):
            for strip in group:
                self._put(strip)
        elif not self._split_last(group):
            self._place_on_next(group)

    def _fits(self, group: list[Strip]) -> bool:
        return sum(strip.height for strip in group) <= self.room + 0.01

    def _fresh_height(self, strip: Strip) -> float:
        """Height a new page offers to a group that begins with ``strip``."""
        repeat = sum(part.height for part in strip.repeat)
        whole = self._sheets.top - self._sheets.bottom
        return whole - repeat if repeat < whole * 0.6 else whole

    def _split_last(self, group: list[Strip]) -> bool:
        """Part the group's last strip, a tall table row, when it must be."""
        *before, last = group
        if last.split is None:
            return False
        height = sum(strip.height for strip in group)
        fresh = self._fresh_height(group[0])
        whole = self._sheets.top - self._sheets.bottom
        if height <= fresh and self.room <= whole * WASTE_LIMIT and not last.loose:
            return False
        room = self.room - sum(strip.height for strip in before)
        parts = last.split(room, False, fresh)
        if parts is None:
            return False
        for strip in (*before, parts[0]):
            self._put(strip)
        self.turn(last.repeat)
        self._place([parts[1]])
        return True

    def _place_on_next(self, group: list[Strip]) -> None:
        """The group does not fit here and cannot be split here."""
        tall = sum(strip.height for strip in group) > self._fresh_height(group[0])
        weak = [index + 1 for index, strip in enumerate(group[:-1]) if strip.weak]
        loose = any(strip.loose for strip in group)
        if weak and (tall or loose) and self._carry_over(group, weak[-1]):
            return
        if not tall and self._give_way(group):
            return
        if tall and weak:
            # Too tall for any page: part it where the tie is weak, last one first.
            self._place(group[: weak[-1]])
            self._place(group[weak[-1] :])
        elif not self._fresh:
            self.turn(group[0].repeat)
            self._place(group)
        elif len(group) > 1:
            fitting = self._fitting(group)
            for strip in group[:fitting]:
                self._put(strip)
            if fitting == 0:
                self._place(group[:1])
            self._place(group[max(1, fitting) :])
        else:
            self._force(group[0])

    def _carry_over(self, group: list[Strip], cut: int) -> bool:
        """Split the row before a signature block, so that the block does not stand alone.

        Only the row's last lines go over, and only where row and block cannot share a page whole.
        """
        row = max(index for index in range(cut) if not group[index].is_gap)
        before, tall, after = group[:row], group[row], group[row + 1 :]
        if tall.split is None:
            return False
        room = self.room - sum(strip.height for strip in before)
        whole = room >= tall.height
        fresh = self._fresh_height(tall)
        parts = tall.split(tall.height - _CARRIED if whole else room, False, fresh)
        if not whole and not self._fresh and (parts is None or self._may_wait(tall)):
            self.turn(group[0].repeat)
            self._place(group)
            return True
        spare = fresh - sum(strip.height for strip in after)
        if parts is None or (whole and parts[1].height > spare):
            return False
        for strip in (*before, parts[0]):
            self._put(strip)
        self.turn(tall.repeat)
        parts[1].keep_next = parts[1].weak = True
        self._place([parts[1], *after])
        return True

    def _give_way(self, group: list[Strip]) -> bool:
        """Part a group at a tie that yields, when it would leave too much of this page empty."""
        whole = self._sheets.top - self._sheets.bottom
        if self._fresh or self.room <= whole * WASTE_LIMIT:
            return False
        ties = [index + 1 for index, strip in enumerate(group[:-1]) if strip.yields]
        for cut in reversed(ties):
            if self._fits(group[:cut]):
                self._place(group[:cut])
                self._place(group[cut:])
                return True
        return False

    def _may_wait(self, row: Strip) -> bool:
        """Whether a row is better begun on the next page: it fits there, and little is wasted."""
        whole = self._sheets.top - self._sheets.bottom
        if row.loose:
            return False
        return row.height <= self._fresh_height(row) and self.room <= whole * WASTE_LIMIT

    def _fitting(self, group: list[Strip]) -> int:
        """How many strips of the group fit on the page."""
        height = 0.0
        for count, strip in enumerate(group):
            height += strip.height
            if height > self.room:
                return count
        return len(group)

    def _force(self, strip: Strip) -> None:
        """A strip higher than a page: split it if it can be, else let it run over the edge."""
        parts = strip.split(self.room, True, self._fresh_height(strip)) if strip.split else None
        if parts is None:
            self._put(strip)
            return
        self._put(parts[0])
        self.turn(strip.repeat)
        self._place([parts[1]])
