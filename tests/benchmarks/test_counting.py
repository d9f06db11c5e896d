"""The counting itself: what it must see, and what it must not."""

from __future__ import annotations

import pytest

from .line_ends import End, boundaries, count, ends_in_file, kinds_of, without_icu
from .office_table import rows
from .reading import lost


def kinds(text: str) -> set[str]:
    """What is said of a line end at the stroke in ``text``."""
    at = text.index("|")
    whole = text.replace("|", "")
    return set(kinds_of(End(whole, at), boundaries([whole], without_icu)[whole]))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("น้ำ|หนักมาก", "dictionary"),
        ("การประ|เมินผล", "certain"),
        ("ทุก ๖ |เดือน", "number"),
        ("ต่าง |ๆ กัน", "before"),
        ("วันที่ ๒๖ |เมษายน ๒๕๖๕", "date"),
        ("พ.ศ. |๒๕๖๙", "date"),
        ("โดย นาย|สมชาย ใจดี ", "name"),
        ("ข้อ i|๑ ได้", "code"),
        ("กต|ัญญู", "cluster"),
    ],
)
def test_bad_ends_are_seen(text: str, kind: str) -> None:
    assert kind in kinds(text)


@pytest.mark.parametrize(
    "text", ["ของ|หน่วยงาน", "ดำเนินการ |ตามแผน", "มาตรการ|ส่งเสริม", "สห ๗๔๖๐๑/๔๔๗ |วันที่"]
)
def test_good_ends_are_left_alone(text: str) -> None:
    assert kinds(text) == set()


def test_line_ends_are_found_again_in_a_file() -> None:
    text = "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสของหน่วยงาน"
    lines = ["รายงานผลการดำเนินการตาม", "มาตรการส่งเสริมคุณธรรมและ", "ความโปร่งใสของหน่วยงาน"]
    broken = "\n".join(lines).replace("่", "")  # a reader that loses tone marks
    found = list(ends_in_file(broken, [text]))
    assert [end.at for end in found] == [len(lines[0]), len(lines[0] + lines[1])]
    assert count(found, boundaries([text], without_icu))["lines"] == 2


def test_lost_characters_are_counted() -> None:
    assert lost(["น้ำใจ"], "น้ำใจ") == 0
    assert lost(["น้ำ"], "น\u0e4d\u0e49\u0e32") == 1  # ำ in two parts
    assert lost(["ที่"], "ที\uf70a") == 1


def test_the_table_is_the_same_each_time_and_no_two_rows_are_equal() -> None:
    made = rows(300)
    assert made == rows(300)
    assert len(set(made)) == 300
    assert len(set(rows(100, distinct=20))) == 20
