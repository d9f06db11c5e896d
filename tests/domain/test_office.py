"""How offices and people are named on paper."""

from __future__ import annotations

import pytest

from ita_desktop.domain.office import OFFICE_KINDS, Office, Person


@pytest.mark.parametrize(("kind", "short"), OFFICE_KINDS.items())
def test_names_of_an_office(kind: str, short: str):
    office = Office(kind=kind, name="ตัวอย่าง")
    assert (office.full_name, office.short_name) == (f"{kind}ตัวอย่าง", f"{short}ตัวอย่าง")


def test_a_kind_of_its_own_has_no_short_form():
    assert Office(kind="เมืองพัทยา", name="ก").short_name == "เมืองพัทยาก"


def test_nothing_is_made_up_while_the_name_is_unknown():
    assert (Office().full_name, Office().short_name, Office().place) == ("", "", "")


def test_place():
    assert Office(district="ก", province="ข").place == "อำเภอก จังหวัดข"
    assert Office(district="ก").place == "อำเภอก"
    assert Office(province="ข").place == "จังหวัดข"


def test_names_of_people():
    assert Person(1, "นาย", "สมชาย", "นามสมมุติ").full_name == "นายสมชาย นามสมมุติ"
    assert Person(1, "", "สมชาย").full_name == "สมชาย"
    assert Person(1, "", "", "นามสมมุติ").full_name == "นามสมมุติ"
    assert Person(1).full_name == ""
