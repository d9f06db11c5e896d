"""Packages to test with: honest ones, small and quickly made, and those of strangers."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.office import Office
from ita_desktop.domain.scores import ScoreSheet
from ita_desktop.exchange.interchange import interchange_to_data, read_interchange
from ita_desktop.exchange.package import (
    DATA,
    MANIFEST,
    Content,
    Manifest,
    Part,
    build_package,
    manifest_data,
    sized,
)
from ita_desktop.exchange.safe_zip import SEAL
from ita_desktop.paths import resources

SAMPLE = read_interchange(resources() / "sample" / "office.json").dossier
BANGKOK = timezone(timedelta(hours=7))
MADE = datetime(2026, 4, 26, 10, 11, 12, tzinfo=BANGKOK)
YEAR = 2569
DOCUMENT = "เอกสาร/01 รายงาน รอบ 6 เดือน.pdf"


def of_office(name: str, district: str = "ตัวอย่าง", total: str | None = None) -> Dossier:
    """The sample's data as another office's; with ``total`` its total alone is another."""
    office = replace(SAMPLE.office, name=name, district=district)
    if total is None:
        return replace(SAMPLE, office=office)
    sheets = {
        2567: ScoreSheet(2567, {"total": Decimal("80.00")}),
        2568: ScoreSheet(2568, {"total": Decimal(total)}),
    }
    return replace(SAMPLE, office=office, sheets=sheets)


def about(office: Office = SAMPLE.office, made: datetime = MADE, year: int = YEAR) -> Manifest:
    """A manifest without parts."""
    return Manifest(office, year, made, "0.1.0", ())


def contents(dossier: Dossier = SAMPLE) -> list[Content]:
    """A document and the data."""
    data = json.dumps(interchange_to_data(dossier), ensure_ascii=False).encode()
    pdf = b"%PDF-1.7 " + b"0123456789" * 300
    return [
        (Part(DOCUMENT, "document", "รายงาน รอบ 6 เดือน", document="measures-report", round=6), pdf),
        (Part("ตาราง/01.xlsx", "table", "ตาราง"), b"PK" + bytes(range(256)) * 9),
        (Part(DATA, "data", "ข้อมูล"), data),
    ]


def package_of(
    dossier: Dossier = SAMPLE, made: datetime = MADE, year: int = YEAR, more: bytes = b""
) -> bytes:
    """A small package of an office; ``more`` makes it another one."""
    files = contents(dossier)
    files += [(Part("ตาราง/02.xlsx", "table", "อีก"), more)] if more else []
    return build_package(about(dossier.office, made, year), files, lambda m: b"%PDF cover")[1]


def sealed(files: Iterable[tuple[zipfile.ZipInfo | str, bytes]], **settings: Any) -> bytes:
    """Any zip file with a seal that fits: a stranger can make one too."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", **settings) as archive:
        for name, content in files:
            archive.writestr(name, content)
        archive.comment = SEAL + b"0" * 64
    return reseal(target.getvalue())


def reseal(package: bytes) -> bytes:
    """The package with the seal its bytes ask for."""
    body = package[:-64]
    return body + hashlib.sha256(body).hexdigest().encode()


def forged(
    files: Mapping[str, bytes], told: Iterable[Part] | None = None, **changes: Any
) -> list[tuple[zipfile.ZipInfo | str, bytes]]:
    """Files with a manifest that fits them, or is ``told`` of others; ``changes`` go into it."""
    parts = [sized(Part(name, "document", name), content) for name, content in files.items()]
    manifest = replace(about(), parts=tuple(parts if told is None else told))
    data = {**manifest_data(manifest, manifest.fingerprint), **changes}
    return [(MANIFEST, json.dumps(data).encode()), *files.items()]
