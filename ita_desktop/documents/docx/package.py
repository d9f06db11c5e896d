"""What office files share: text they may hold, one fixed time, the same bytes every time."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime

from ita_desktop.thai.shaping import clean

MADE = datetime(2000, 1, 1)
"""The time every file says it was made: a document knows none."""
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_ILLEGAL = re.compile(r"[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def fit(text: str) -> str:
    """The text as XML may hold it: nothing illegal or invisible, one kind of line end."""
    return _ILLEGAL.sub("", clean(text))


def one_line(text: str) -> str:
    """The text as a single line."""
    return " ".join(fit(text).split())


def repacked(data: bytes) -> bytes:
    """The zip file with fixed times and the order of its parts kept."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            target.writestr(entry, source.read(name))
    return made.getvalue()
