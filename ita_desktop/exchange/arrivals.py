"""What the clerk should know before a package's data go into her file.

The data file remembers, for each measure year, the newest package that was made of it or taken
into it (``record_of``): so an older one coming in late is noticed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import thai_date
from ita_desktop.exchange.offices import office_key
from ita_desktop.exchange.package import Manifest

RECORD = "package/{year}"
"""Setting of the data file under which the newest package of a measure year is remembered."""


def moment_text(moment: datetime) -> str:
    """A moment as it is told, Arabic digits: "26 เมษายน 2569 เวลา 10.11.05 น."."""
    return f"{thai_date(moment.date())} เวลา {moment:%H.%M.%S} น."


def record_of(manifest: Manifest, earlier: str) -> str:
    """What to remember of this package; ``earlier`` is what was remembered, and stays if newer."""
    known = _read(earlier)
    if known is not None and known[0] > manifest.made:
        return earlier
    return json.dumps([manifest.made.isoformat(), manifest.fingerprint])


def _read(record: str) -> tuple[datetime, str] | None:
    try:
        made, fingerprint = json.loads(record)
        moment = datetime.fromisoformat(made)
    except (ValueError, TypeError):
        return None
    return (moment, str(fingerprint)) if moment.tzinfo else None


def check_arrival(manifest: Manifest, dossier: Dossier, record: str) -> Iterator[str]:
    """Thai sentences: another office's, the same again, older than what is known."""
    own = dossier.office
    if own.name and office_key(own) != office_key(manifest.office):
        theirs = manifest.office.short_name or "หน่วยงานที่ไม่ได้ระบุชื่อ"
        yield (
            f"ชุดข้อมูลนี้เป็นของ{theirs} แต่แฟ้มนี้เป็นของ{own.short_name} หากนำเข้าผิดแฟ้ม โปรดกดเลิกทำ (Ctrl+Z)"
        )
    known = _read(record)
    if known is None:
        return
    made, fingerprint = known
    if fingerprint == manifest.fingerprint:
        yield "แฟ้มนี้มีข้อมูลของชุดนี้อยู่แล้ว"
    elif manifest.made < made:
        yield (
            f"ชุดข้อมูลนี้ทำเมื่อ {moment_text(manifest.made)} เก่ากว่าชุดที่แฟ้มนี้รู้จัก "
            f"ซึ่งทำเมื่อ {moment_text(made)}"
        )
