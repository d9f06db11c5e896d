"""An office's year as a package: what goes in, as it was issued or as it is now, and back again."""

from __future__ import annotations

import io
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ita_desktop.documents.templates import load_templates
from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.framework import Framework, FrameworkShelf, LevelRule
from ita_desktop.domain.papers import Issued, PaperKey
from ita_desktop.exchange import package as packages
from ita_desktop.exchange.district import read_line
from ita_desktop.exchange.errors import PackageError
from ita_desktop.exchange.interchange import (
    interchange_from_data,
    interchange_to_data,
    parse_json,
    read_interchange,
)
from ita_desktop.exchange.package import COVER, DATA, Manifest, content_of
from ita_desktop.exchange.unpack import opened
from ita_desktop.files import FileNotWritten, write_file
from ita_desktop.handover.cover import make_cover
from ita_desktop.handover.parts import (
    Cancelled,
    Material,
    Offer,
    gather_material,
    make_package,
    of_year,
    offers,
    open_findings,
    suggested_name,
)
from ita_desktop.paths import resources
from ita_desktop.thai.digits import to_thai
from tests.documents.pdf.reading import joined, pages_by_pdfium
from tests.exchange.packages import MADE

SAMPLE = read_interchange(resources() / "sample" / "office.json")
SHELF = FrameworkShelf(resources() / "frameworks")
TEMPLATES = load_templates(resources() / "documents")
QUICK = ("score-summary", "memo")
"""Documents that are quickly made."""


def material(
    dossier: Dossier = SAMPLE.dossier,
    files: Mapping[str, bytes] = SAMPLE.pictures,
    year: int = 2569,
) -> Material:
    return gather_material(dossier, SHELF, TEMPLATES, year, dict(files).get)


def quick(found: Material) -> list[Offer]:
    return [each for each in offers(found) if each.template.kind in QUICK and each.ready]


@pytest.fixture(scope="module")
def made() -> tuple[Manifest, bytes]:
    found = material()
    return make_package(found, quick(found), MADE)


# --- what is offered ------------------------------------------------------------------------------


def test_both_rounds_and_the_yearly_documents_are_offered():
    found = offers(material())
    assert len(found) == 13 and all(each.ready for each in found)
    assert found[0].title == "รายงานผลการดำเนินการตามมาตรการ รอบ 6 เดือน"
    assert {each.round for each in found} == {None, Round.SIX, Round.TWELVE}


def test_what_the_year_has_nothing_for_is_not_ready():
    measures = tuple(
        replace(each, progress={w: p for w, p in each.progress.items() if w is Round.SIX})
        for each in SAMPLE.dossier.measures[2569]
    )
    half = replace(SAMPLE.dossier, measures={2569: measures}, disclosures={})
    ready = {(e.template.kind, e.round) for e in offers(material(half)) if e.ready}
    assert ("memo", Round.SIX) in ready and ("score-summary", None) in ready
    assert ("memo", Round.TWELVE) not in ready and ("oit-list", None) not in ready
    assert not any(each.ready for each in offers(material(Dossier())))


# --- what is inside -------------------------------------------------------------------------------


def test_documents_tables_and_data_are_inside(made: tuple[Manifest, bytes], tmp_path: Path):
    path = tmp_path / "x.itapack"
    path.write_bytes(made[1])
    with opened(path) as package:
        assert package.is_whole and package.manifest == replace(
            made[0], office=package.manifest.office
        )
        kinds = [part.kind for part in package.manifest.parts]
        assert kinds.count("document") == 3 and kinds.count("csv") == 3 and kinds[0] == "cover"
        for part in package.manifest.parts:
            content = package.read(part)
            if part.name.endswith(".pdf"):
                assert content.startswith(b"%PDF")
            elif part.name.endswith(".xlsx"):
                assert load_workbook(io.BytesIO(content)).worksheets
        assert package.manifest.findings == ((6, 0), (12, 0))


def test_the_cover_bears_the_fingerprint_and_the_figures(made: tuple[Manifest, bytes]):
    pages = pages_by_pdfium(content_of(made[1], COVER))
    text = joined("".join(pages))
    assert len(pages) == 1
    assert made[0].fingerprint in text
    assert to_thai("96.61") in text and "องค์การบริหารส่วนตำบลตัวอย่าง" in text
    assert to_thai("26 เมษายน 2569") in text


def test_the_cover_stays_on_one_page_with_every_document():
    found = material()
    parts = [
        packages.Part(
            f"เอกสาร/{n}.pdf",
            "document",
            e.title,
            10**5,
            "0" * 64,
            e.template.kind,
            int(e.round or 0),
        )
        for n, e in enumerate(offers(found))
    ]
    manifest = Manifest(
        SAMPLE.dossier.office, 2569, MADE, "0.1.0", tuple(parts), ((6, 3),), ("ก" * 90,)
    )
    assert len(pages_by_pdfium(make_cover(found.matter(Round.TWELVE), manifest))) == 1


def test_the_data_come_back_as_they_were(made: tuple[Manifest, bytes]):
    data = parse_json(content_of(made[1], DATA).decode())
    back = interchange_from_data(data)
    there = interchange_to_data(of_year(SAMPLE.dossier, 2569), SAMPLE.pictures)
    assert interchange_to_data(back.dossier, back.pictures) == there
    assert there["measures"] and len(there["pictures"]) == 4


def test_only_the_year_leaves_the_office():
    two = {**SAMPLE.dossier.measures, 2568: SAMPLE.dossier.measures[2569]}
    other = replace(SAMPLE.dossier, measures=two, passages={2568: {"memo/facts/6": "ลับ"}})
    data = interchange_to_data(of_year(other, 2569))
    assert {each["year"] for each in data["measures"]} == {2569}
    assert {each["year"] for each in data["scores"]} == {2567, 2568}
    assert "ลับ" not in json.dumps(data, ensure_ascii=False)


def test_the_same_office_and_time_give_the_same_file(made: tuple[Manifest, bytes]):
    found = material()
    assert make_package(found, quick(found), MADE)[1] == made[1]


def test_an_issued_document_goes_in_as_it_was_issued():
    now = interchange_to_data(SAMPLE.dossier)
    older = {**now, "office": {**now["office"], "telephone": "0 1111 2222"}}
    files = {
        **SAMPLE.pictures,
        "a" * 64: b"%PDF issued",
        "b" * 64: json.dumps(now).encode(),
        "c" * 64: json.dumps(older).encode(),
    }
    for data, stale in (("b" * 64, False), ("c" * 64, True)):
        key = PaperKey(2569, "memo", 6)
        issued = (
            Issued(
                2,
                key,
                "บันทึก",
                "2569-06-AAAAAA",
                "2026-05-01T09:00:00+07:00",
                "",
                None,
                "a" * 64,
                data,
            ),
            Issued(
                1,
                key,
                "บันทึก",
                "2569-06-BBBBBB",
                "2026-04-01T09:00:00+07:00",
                "",
                None,
                "d" * 64,
                data,
            ),
        )
        found = material(replace(SAMPLE.dossier, issued=issued), files)
        offer = next(e for e in offers(found) if e.template.kind == "memo" and e.round is Round.SIX)
        assert offer.issued == issued[0] and offer.stale is stale
        manifest, content = make_package(found, [offer], MADE)
        part = next(part for part in manifest.parts if part.kind == "document")
        assert part.code == "2569-06-AAAAAA" and content_of(content, part.name) == b"%PDF issued"
        assert bool(manifest.left_out) is stale


def test_pictures_that_find_no_room_are_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("ita_desktop.handover.parts.MOST_DATA", 100_000)
    manifest, content = make_package(material(), [], MADE)
    assert any("ภาพ" in sentence for sentence in manifest.left_out)
    assert len(content_of(content, DATA)) <= 100_000


def test_data_that_could_not_be_taken_in_are_told_when_it_is_made():
    broken = replace(SAMPLE.dossier, office=replace(SAMPLE.dossier.office, address="x" * 100_001))
    with pytest.raises(PackageError, match="ทำชุดข้อมูลไม่ได้"):
        make_package(material(broken), [], MADE)


def test_open_findings_leave_out_what_was_set_aside():
    nameless = replace(SAMPLE.dossier, office=replace(SAMPLE.dossier.office, name=""))
    counts = dict(open_findings(material(nameless)))
    assert counts[6] > 0 and counts[12] > 0


def test_making_can_be_cancelled():
    found = material()
    steps: list[tuple[int, int, str]] = []

    def stop(done: int, whole: int, name: str) -> bool:
        steps.append((done, whole, name))
        return done < 1

    with pytest.raises(Cancelled):
        make_package(found, quick(found), MADE, stop)
    assert len(steps) == 2 and steps[0][1] == 6


def test_a_suggested_name_fits_every_system():
    office = replace(SAMPLE.dossier.office, name='ก/ข:"*\u202e')
    assert not packages.name_problem(suggested_name(replace(SAMPLE.dossier, office=office), 2569))


# --- writing --------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["mkstemp", "fdopen", "fsync", "replace"])
def test_a_fault_at_every_write_leaves_the_earlier_package(
    made: tuple[Manifest, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
):
    path = tmp_path / "ส่ง.itapack"
    path.write_bytes(made[1])

    def fail(*_: object, **__: object) -> None:
        raise OSError("no room")

    where = {"mkstemp": tempfile, "fdopen": os, "fsync": os, "replace": Path}[step]
    monkeypatch.setattr(where, step, fail)
    with pytest.raises(FileNotWritten):
        write_file(path, b"new")
    monkeypatch.undo()
    with opened(path) as package:
        assert package.is_whole
    assert [each.name for each in tmp_path.iterdir()] == ["ส่ง.itapack"]


def test_taking_out_never_overwrites_nor_leaves_the_folder(tmp_path: Path):
    part = packages.Part("เอกสาร/01 รายงาน.pdf", "document", "รายงาน")
    first = packages.free_path(tmp_path, part)
    assert first.parent == tmp_path and first.name == "01 รายงาน.pdf"
    first.write_bytes(b"mine")
    assert packages.free_path(tmp_path, part).name == "01 รายงาน (2).pdf"
    for name in ("../../x", "C:\\x.exe", "CON", "a/b/.hidden", "x.exe"):
        path = packages.free_path(tmp_path, replace(part, name=name))
        assert path.parent == tmp_path and not packages.name_problem(path.name)
        assert path.suffix != ".exe"


def test_time_needs_its_zone():
    with pytest.raises(ValueError, match="zone"):
        make_package(material(), [], datetime(2026, 4, 26))


def with_own_framework() -> tuple[Material, Framework]:
    """The sample with its own framework of 2568, in which every score has another level."""
    common = SHELF.get(2568)
    own = replace(common, levels=(LevelRule("เฉพาะที่นี่", Decimal(0)),))
    shelf = FrameworkShelf(resources() / "frameworks", {2568: own})
    found = gather_material(SAMPLE.dossier, shelf, TEMPLATES, 2569, {}.get)
    return found, own


def test_an_own_framework_travels_along_and_the_district_reads_by_it(
    made: tuple[Manifest, bytes], tmp_path: Path
):
    found, own = with_own_framework()
    chosen = [each for each in quick(found) if each.template.kind == "score-summary"]
    path = tmp_path / "x.itapack"
    path.write_bytes(make_package(found, chosen, MADE)[1])
    with opened(path) as package:
        assert package.is_whole
        assert [part.name for part in package.manifest.parts if part.kind == "framework"] == [
            "กรอบการประเมิน/2568.json"
        ]
        assert package.frameworks() == {2568: own}
    line = read_line(path, SHELF.get, None, MADE)
    assert line.level == "เฉพาะที่นี่" and any("2568" in each for each in line.remarks)
    path.write_bytes(made[1])
    plain = read_line(path, SHELF.get, None, MADE)
    assert plain.level != line.level and plain.remarks == ()
    assert plain.indicators == line.indicators and plain.total == line.total
