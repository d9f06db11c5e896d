"""Names of members that may stand in a zip file, and a digest as letters to be read aloud."""

from __future__ import annotations

import re
import unicodedata

MOST_NAME = 120
UNFIT = re.compile(r'[\\/:*?"<>|]')
RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
"""Names that Windows keeps for devices."""

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""No I, O, 0 and 1: a fingerprint is read aloud and compared on paper."""


def spoken(digest: bytes) -> str:
    """Sixteen letters in groups of four that stand for the first 80 bits of a digest."""
    number = int.from_bytes(digest[:10])
    letters = "".join(_LETTERS[number >> 5 * at & 31] for at in range(16))
    return "-".join(letters[at : at + 4] for at in range(0, 16, 4))


def name_problem(name: str) -> bool:
    """Whether a part may not be called so: it could lead out of a folder, or look like another.

    Names come from strangers. They are never used as paths here, but a person may unpack a package
    with another program.
    """
    pieces = name.split("/")
    return (
        not 1 <= len(pieces) <= 2
        or len(name) > MOST_NAME
        or unicodedata.normalize("NFC", name) != name
        or any(_piece_problem(piece) for piece in pieces)
    )


def _piece_problem(piece: str) -> bool:
    return (
        not piece
        or piece.strip(" .") != piece
        or UNFIT.search(piece) is not None
        or RESERVED.fullmatch(piece) is not None
        or any(unicodedata.category(letter)[0] in "CZ" and letter != " " for letter in piece)
    )
