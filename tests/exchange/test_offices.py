"""The same office however it is written, and lists of offices as districts keep them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ita_desktop.domain.office import Office
from ita_desktop.exchange.errors import PackageError
from ita_desktop.exchange.offices import office_key, read_offices, same_office, split_kind

FULL = "องค์การบริหารส่วนตำบล"
LIST = "ลำดับ,ชื่อหน่วยงาน,อำเภอ,จังหวัด\r\n1,อบต.ทดสอบ,อ.หนึ่ง,ก\r\n2,เทศบาลตำบลสอง,หนึ่ง,ก\r\n,,,\r\n"


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("อบต.ทดสอบ", FULL, "ทดสอบ"),
        ("อบต ทดสอบ", FULL, "ทดสอบ"),
        (f" {FULL}ทดสอบ ", FULL, "ทดสอบ"),
        ("ทต.สอง", "เทศบาลตำบล", "สอง"),
        ("อบจ.สาม", "องค์การบริหารส่วนจังหวัด", "สาม"),
        ("ทดสอบ", "", "ทดสอบ"),
    ],
)
def test_kind_and_name_are_told_apart(text: str, kind: str, name: str):
    assert split_kind(text) == (kind, name)


def test_one_office_in_many_spellings():
    same = [
        Office(name="น้ำใส", district="หนึ่ง", province="ก"),
        Office(name="น้\u0e4d\u0e32ใส", district="อำเภอหนึ่ง", province="จังหวัดก"),
        Office(name=" น้ำ ใส\u200b", district="อ.หนึ่ง", province="จ.ก"),
        Office(kind="", name="อบต.น้ำใส", district="หนึ่ง", province="ก"),
    ]
    assert len({office_key(office) for office in same}) == 1
    assert office_key(same[0]) != office_key(Office(kind="เทศบาลตำบล", name="น้ำใส", district="หนึ่ง"))
    assert same_office(Office(kind="", name="น้ำใส"), same[0])
    assert not same_office(Office(kind="", name="น้ำใส", district="สอง"), same[0])


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "cp874", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_lists_in_every_usual_form(tmp_path: Path, code: str, mark: str):
    path = tmp_path / "บัญชี.csv"
    path.write_bytes(LIST.replace(",", mark).encode(code))
    found = read_offices(path)
    assert [(each.office.kind, each.office.name, each.row) for each in found] == [
        (FULL, "ทดสอบ", 2),
        ("เทศบาลตำบล", "สอง", 3),
    ]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "ไม่มีคอลัมน์ชื่อหน่วยงาน"),
        ("ก,ข\n1,2\n".encode(), "ไม่มีคอลัมน์ชื่อหน่วยงาน"),
        ("ชื่อหน่วยงาน,อำเภอ\n,\n".encode(), "ไม่มีหน่วยงาน"),
        ('ชื่อหน่วยงาน\n"ก'.encode(), "อ่านบัญชีรายชื่อหน่วยงานไม่ได้"),
        (b"\xff\xfe\x00", "อ่านบัญชีรายชื่อหน่วยงานไม่ได้"),
        ("ชื่อหน่วยงาน\n".encode() + b"x\n" * 20_001, "แบ่งเป็นหลายแฟ้ม"),
        (bytes(5_000_001), "ใหญ่เกินไป"),
    ],
)
def test_lists_that_cant_be_used_are_told(tmp_path: Path, content: bytes, why: str):
    path = tmp_path / "บัญชี.csv"
    path.write_bytes(content)
    with pytest.raises(PackageError, match=why):
        read_offices(path)


def test_a_list_that_is_not_there(tmp_path: Path):
    for path in (tmp_path / "x.csv", tmp_path):
        with pytest.raises(PackageError, match="โปรดตรวจชื่อแฟ้ม"):
            read_offices(path)
