"""Many packages, one summary: doubles, older ones, damaged ones, strangers', who has not sent."""

from __future__ import annotations

import io
import os
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.framework import FrameworkShelf
from ita_desktop.domain.office import Office
from ita_desktop.domain.scores import ScoreSheet, half_up, score_tree
from ita_desktop.exchange.district import (
    Cancelled,
    District,
    Fate,
    Wishes,
    find_packages,
    summarise,
)
from ita_desktop.exchange.district_book import district_workbook
from ita_desktop.exchange.errors import PackageError
from ita_desktop.exchange.lock import lock
from ita_desktop.exchange.offices import Listed
from ita_desktop.handover.district_paper import district_document, district_pdf
from ita_desktop.paths import resources
from tests.documents.pdf.reading import joined, pages_by_pdfium
from tests.exchange.packages import MADE, SAMPLE, forged, of_office, package_of, sealed

SHELF = FrameworkShelf(resources() / "frameworks")
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def put(folder: Path, name: str, content: bytes) -> Path:
    path = folder / f"{name}.itapack"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def summary(folder: Path, **wishes: object) -> District:
    return summarise(find_packages([folder]), SHELF.get, NOW, Wishes(**wishes))  # type: ignore[arg-type]


def fates(district: District) -> dict[str, Fate]:
    return {arrival.name: arrival.fate for arrival in district.arrivals}


# --- a line an office -----------------------------------------------------------------------------


def test_a_line_holds_the_figures_of_the_office(tmp_path: Path):
    put(tmp_path, "ก", package_of())
    (line,) = summary(tmp_path).lines
    tree = score_tree(SHELF.get(2568), SAMPLE.sheet(2568))
    assert line.total == tree.total == Decimal("96.61") and line.level == "ผ่านดี"
    assert line.earlier == Decimal("88.16") and line.difference == Decimal("8.45")
    assert line.instruments == tree.instruments
    assert line.weak == () and line.indicators.keys() == SHELF.get(2568).indicators.keys()
    assert line.round is Round.TWELVE and line.measures == 7
    assert line.office.short_name == "อบต.ตัวอย่าง" and line.remarks == ()


def test_a_hundred_with_doubles_older_ones_and_damaged_ones(tmp_path: Path):
    for number in range(100):
        total = f"{60 + number % 40}.25"
        made = package_of(of_office(f"ที่{number:03}", f"อ{number % 5}", total), MADE)
        put(tmp_path, f"{number % 7}/{number:03}", made)
        if number % 10 == 1:
            put(tmp_path, f"ซ้ำ/{number:03}", made)
        if number % 10 == 2:  # sent again later, with other figures
            newer = of_office(f" ที่{number:03}", f"อำเภออ{number % 5}", "99.00")
            put(tmp_path, f"ใหม่/{number:03}", package_of(newer, MADE + timedelta(days=1)))
        if number % 10 == 3:  # an earlier one that arrives late
            older = of_office(f"ที่{number:03}", f"อ{number % 5}", "1.00")
            put(tmp_path, f"เก่า/{number:03}", package_of(older, MADE - timedelta(days=1)))
        if number % 10 == 4:
            put(tmp_path, f"{number % 7}/{number:03}", made[:-200] + b"\1" + made[-199:])
        if number % 10 == 5:
            put(tmp_path, f"{number % 7}/{number:03}", made[: len(made) // 2])
    found = summary(tmp_path)
    assert len(found.lines) == 80 and len(found.arrivals) == 130
    assert found.fates() == {Fate.TAKEN: 80, Fate.DOUBLE: 10, Fate.OLDER: 20, Fate.REFUSED: 20}
    totals = {line.office.name: line.total for line in found.lines}
    assert all(totals[f"ที่{n:03}"] == Decimal("99.00") for n in range(2, 100, 10))
    assert totals["ที่003"] == Decimal("63.25")
    assert all(arrival.reason for arrival in found.arrivals if arrival.fate is not Fate.TAKEN)
    assert found.mean == half_up(sum(line.total or 0 for line in found.lines) / Decimal(80))


def test_the_order_of_reading_decides_nothing(tmp_path: Path):
    for name, total, days in (("ก", "70.00", 0), ("ข", "80.00", 1), ("ค", "75.00", 0)):
        put(tmp_path, name, package_of(of_office("หนึ่ง", total=total), MADE + timedelta(days=days)))
    paths = find_packages([tmp_path])
    for order in (paths, paths[::-1], paths[1:] + paths[:1]):
        (line,) = summarise(order, SHELF.get, NOW).lines
        assert line.total == Decimal("80.00") and line.remarks == ()
    put(tmp_path, "ง", package_of(of_office("หนึ่ง", total="81.00"), MADE + timedelta(days=1)))
    both = [
        summarise(o, SHELF.get, NOW).lines[0]
        for o in (find_packages([tmp_path]), [*find_packages([tmp_path])][::-1])
    ]
    assert both[0].fingerprint == both[1].fingerprint
    assert all("เวลาเดียวกัน" in line.remarks[0] for line in both)


def test_ranks_are_shared_and_offices_without_a_total_have_none(tmp_path: Path):
    for name, total in (("ก", "90.00"), ("ข", "95.00"), ("ค", "90.00"), ("ง", "80.00")):
        put(tmp_path, name, package_of(of_office(name, total=total)))
    blank = replace(of_office("จ"), sheets={2568: ScoreSheet(2568)})
    put(tmp_path, "จ", package_of(blank))
    found = summary(tmp_path)
    ranks = {line.office.name: rank for line, rank in zip(found.lines, found.ranks, strict=True)}
    assert ranks == {"ข": 1, "ก": 2, "ค": 2, "ง": 4, "จ": None}
    assert [line.office.name for _, line in found.ranking()] == ["ข", "ก", "ค", "ง"]
    assert found.lines[-1].remarks == ("ยังไม่มีคะแนนรวม",)


def test_weak_indicators_across_offices(tmp_path: Path):
    def with_scores(name: str, one: str, two: str) -> bytes:
        entered = {"1": Decimal(one), "2": Decimal(two)}
        return package_of(replace(of_office(name), sheets={2568: ScoreSheet(2568, entered)}))

    put(tmp_path, "ก", with_scores("ก", "50.00", "90.00"))
    put(tmp_path, "ข", with_scores("ข", "60.00", "70.00"))
    put(tmp_path, "ค", with_scores("ค", "90.00", "85.00"))
    first, second = summary(tmp_path).weak_indicators()
    assert (first.code, first.known, first.below, first.mean) == ("1", 3, 2, Decimal("66.67"))
    assert first.lowest == (("อบต.ก", Decimal("50.00")), ("อบต.ข", Decimal("60.00")))
    assert (second.code, second.below) == ("2", 1)


def test_another_year_is_put_aside_and_can_be_wished_for(tmp_path: Path):
    put(tmp_path, "ก", package_of())
    put(tmp_path, "ข", package_of(of_office("ข"), year=2568))
    assert fates(summary(tmp_path)) == {"ก.itapack": Fate.TAKEN, "ข.itapack": Fate.OTHER_YEAR}
    other = summary(tmp_path, year=2568)
    assert fates(other) == {"ก.itapack": Fate.OTHER_YEAR, "ข.itapack": Fate.TAKEN}
    assert other.analysed_year == 2567


def test_who_has_not_sent(tmp_path: Path):
    put(tmp_path, "ก", package_of(of_office("ก", "หนึ่ง")))
    put(tmp_path, "ข", package_of(of_office("ข", "หนึ่ง")))
    wanted = [
        Listed(Office(kind="", name="ก", district="หนึ่ง"), 2),
        Listed(Office(name="ค", district="หนึ่ง"), 3),
        Listed(Office(name="ก", district="สอง"), 4),
    ]
    found = summary(tmp_path, offices=wanted)
    assert [office.name for office in found.missing] == ["ค", "ก"]
    assert found.unlisted == ("อบต.ข อำเภอหนึ่ง จังหวัดตัวอย่าง",) and found.listed == 3


def test_locked_ones_open_with_the_password_or_are_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("ita_desktop.exchange.lock.SCRYPT_LOG_N", 2)
    put(tmp_path, "ก", lock(package_of(), "ลับ"))
    put(tmp_path, "ข", package_of(of_office("ข")))
    assert fates(summary(tmp_path))["ก.itapack"] is Fate.LOCKED
    assert fates(summary(tmp_path, password="ผิด"))["ก.itapack"] is Fate.LOCKED
    assert len(summary(tmp_path, password="ลับ").lines) == 2


def test_remarks_on_what_looks_wrong(tmp_path: Path):
    put(tmp_path, "ก", package_of(of_office("ก"), NOW + timedelta(days=2)))
    unknown = {"i999": Decimal("1.00"), "total": Decimal("90.00")}
    put(
        tmp_path, "ข", package_of(replace(of_office("ข"), sheets={2568: ScoreSheet(2568, unknown)}))
    )
    put(tmp_path, "ค", package_of(of_office("")))
    put(tmp_path, "ง", package_of(of_office("", total="5.00")))
    remarks = [line.remarks for line in summary(tmp_path).lines]
    assert len(remarks) == 4
    texts = Counter(text[:12] for each in remarks for text in each)
    assert texts == {"ไม่ได้ระบุชื": 2, "เวลาที่ทำอยู": 1, "มีคะแนนในรหั": 1}


# --- finding and refusing -------------------------------------------------------------------------


def test_packages_are_found_once_at_any_depth(tmp_path: Path):
    one = put(tmp_path, "ก/ข/ค/หนึ่ง", b"x")
    named = tmp_path / "ไม่มีนามสกุล"
    named.write_bytes(b"x")
    (tmp_path / "ก" / ".ซ่อน.itapack").write_bytes(b"x")
    (tmp_path / "ก" / "อื่น.pdf").write_bytes(b"x")
    put(tmp_path, "ก/ใหญ่", b"x").rename(tmp_path / "ก" / "ใหญ่.ITAPACK")
    (tmp_path / "ก" / "วน").symlink_to(tmp_path, target_is_directory=True)
    os.link(one, tmp_path / "ลิงก์.itapack")
    found = find_packages([tmp_path, one, tmp_path / "ก", named])
    assert len(found) == 3 and named in found


def test_nothing_to_sum_up_is_told(tmp_path: Path):
    with pytest.raises(PackageError, match="ไม่พบชุดข้อมูล"):
        find_packages([tmp_path])
    with pytest.raises(PackageError, match="ไม่มีแฟ้มหรือโฟลเดอร์"):
        find_packages([tmp_path / "ไม่มี"])
    put(tmp_path, "เสีย", b"rubbish")
    with pytest.raises(PackageError, match="ไม่มีชุดข้อมูลที่ใช้ได้เลย"):
        summary(tmp_path)


def hostile() -> dict[str, bytes]:
    """What strangers may send."""
    good = package_of()
    bomb = sealed(forged({"ก.pdf": bytes(30_000_000)}), compression=zipfile.ZIP_DEFLATED)
    return {
        "bomb": bomb,
        "climbs": sealed([*forged({}), ("../../x", b"x")]),
        "device": sealed([*forged({}), ("CON.txt", b"x")]),
        "no data": sealed(forged({"ก.pdf": b"x"})),
        "cut": good[:-1],
        "flipped": good[:5000] + bytes([good[5000] ^ 1]) + good[5001:],
        "empty": b"",
        "zip": zip_of({"x": b"y"}),
        "data": package_of(replace(SAMPLE, office=replace(SAMPLE.office, name="x" * 100_001))),
    }


def zip_of(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def test_hostile_packages_are_lines_in_the_list(tmp_path: Path):
    for name, content in hostile().items():
        put(tmp_path, name, content)
    put(tmp_path, "good", package_of())
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.itapack")
    before = sorted(path.name for path in tmp_path.rglob("*"))
    found = summary(tmp_path)
    assert [line.file for line in found.lines] == ["good.itapack"]
    refused = [each for each in found.arrivals if each.fate is Fate.REFUSED]
    assert len(refused) == len(before) - 1 and all(each.reason for each in refused)
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


def test_reading_can_be_cancelled(tmp_path: Path):
    for name in "กขค":
        put(tmp_path, name, package_of(of_office(name)))
    with pytest.raises(Cancelled):
        summarise(find_packages([tmp_path]), SHELF.get, NOW, progress=lambda done, *_: done < 2)


# --- the workbook and the paper -------------------------------------------------------------------

EVIL = '=HYPERLINK("http://x")\u202e<b>_x0041_'


@pytest.fixture
def found(tmp_path: Path) -> District:
    put(tmp_path, "ก", package_of(of_office("ก", "หนึ่ง", "90.00")))
    put(tmp_path, "ข", package_of(of_office(EVIL, "+สอง", "70.50")))
    put(tmp_path, "=ค", b"rubbish")
    listed = [Listed(Office(name="@ง", district="-หนึ่ง"), 2)]
    return summary(tmp_path, offices=listed)


def test_the_workbook_holds_typed_numbers_and_no_formula(found: District):
    content = district_workbook(found)
    book = load_workbook(io.BytesIO(content))
    names = ["สรุปรายหน่วยงาน", "อันดับ", "ตัวชี้วัดที่อ่อน", "มาตรการตามสถานะ", "ยังไม่ได้ส่ง", "แฟ้มที่รับ"]
    assert book.sheetnames == names
    sheet = book["สรุปรายหน่วยงาน"]
    heads = [cell.value for cell in sheet[2]]
    by_name = {row[1].value: row for row in sheet.iter_rows(min_row=3)}
    total = heads.index("คะแนนรวม")
    assert by_name["อบต.ก"][total].value == 90 and by_name["อบต.ก"][total].number_format == "0.00"
    assert by_name["เฉลี่ย"][total].value == 80.25
    assert sheet.freeze_panes == "C3" and sheet.print_title_rows == "$2:$2"
    assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.fitToHeight == 0
    assert EVIL.replace("\u202e", "�").replace("_x", "_x005F_x", 1)[:20] in str(list(by_name))
    for each in book:
        for row in each.iter_rows():
            assert all(cell.data_type in ("s", "n") for cell in row)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/"):
                tags = {
                    node.tag.rpartition("}")[2]
                    for node in ElementTree.fromstring(archive.read(name)).iter()
                }
                assert not tags & {"f", "hyperlink", "hyperlinks"}, name
        assert not any("external" in name.lower() for name in archive.namelist())


def test_the_paper_says_the_same(found: District):
    text = joined("".join(pages_by_pdfium(district_pdf(found, NOW.date()))))
    for words in ("อบต.ก", "๙๐.๐๐", "๗๐.๕๐", "๘๐.๒๕", "ยังไม่ได้ส่ง ๑ แห่ง", "=ค.itapack", "HYPERLINK"):
        assert words in text, words
    assert district_document(found, NOW.date()).title == "สรุปผลการประเมิน ITA ปีงบประมาณ พ.ศ. ๒๕๖๘"


def test_measures_by_status_add_up(found: District):
    book = load_workbook(io.BytesIO(district_workbook(found)))
    sheet = book["มาตรการตามสถานะ"]
    rows = [[int(str(cell.value)) for cell in row[5:]] for row in sheet.iter_rows(min_row=3)]
    assert rows[-1][0] == sum(row[0] for row in rows[:-1]) == 14
    assert all(row[0] == sum(row[1:]) for row in rows)
