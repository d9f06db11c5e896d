"""Digits in print."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_desktop.thai.digits import to_arabic, to_thai


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("คะแนน 93.59", "คะแนน ๙๓.๕๙"),
        ("i1 e10 o43", "i๑ e๑๐ o๔๓"),
        ("9.1-9.5", "๙.๑-๙.๕"),
        (
            "ดู https://itas.nacc.go.th/go/eit/2569?x=1 หน้า 3",
            "ดู https://itas.nacc.go.th/go/eit/2569?x=1 หน้า ๓",
        ),
        ("www.x2.go.th/a1 2", "www.x2.go.th/a1 ๒"),
        ("saraban2@dla1.go.th 5", "saraban2@dla1.go.th ๕"),
        ("๑๒ 12", "๑๒ ๑๒"),
    ],
)
def test_digits_become_thai_except_in_addresses(text: str, expected: str) -> None:
    assert to_thai(text) == expected


@given(st.text(alphabet="0123456789๐๑๒๓๔๕๖๗๘๙ กขค,()"))
def test_back_and_forth(text: str) -> None:
    assert to_arabic(to_thai(text)) == to_arabic(text)
    assert not any(digit in to_thai(text) for digit in "0123456789")
