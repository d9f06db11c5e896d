"""Thai and Arabic digits in print.

Official Thai print uses Thai digits everywhere, except where a reader must type the text again
(web and mail addresses). Latin letters of an item code are not touched: ``i1`` becomes ``i๑``.
"""

from __future__ import annotations

import re

ARABIC = "0123456789"
THAI = "๐๑๒๓๔๕๖๗๘๙"

_TO_THAI = str.maketrans(ARABIC, THAI)
_TO_ARABIC = str.maketrans(THAI, ARABIC)

ADDRESS = re.compile(
    r"""
    (?:https?|ftp)://[!-~]+                         # a web address with its scheme
    | www\.[!-~]+                                   # one without
    | [A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+      # a mail address
    | (?<![A-Za-z0-9.])(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}(?![A-Za-z])(?:/[!-~]*)?
    """,
    re.VERBOSE,
)
"""Web and mail addresses: written as they must be typed."""


def to_thai(text: str) -> str:
    """Return ``text`` with ASCII digits as Thai digits, addresses left as they are."""
    if not any(digit in text for digit in ARABIC):
        return text
    parts: list[str] = []
    done = 0
    for match in ADDRESS.finditer(text):
        parts.append(text[done : match.start()].translate(_TO_THAI))
        parts.append(match.group())
        done = match.end()
    parts.append(text[done:].translate(_TO_THAI))
    return "".join(parts)


def to_arabic(text: str) -> str:
    """Return ``text`` with Thai digits as ASCII digits."""
    return text.translate(_TO_ARABIC)
