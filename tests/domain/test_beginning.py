"""The guided start: what the data show as done, and the usual chain of each kind of office."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from ita_desktop.domain.beginning import (
    Stage,
    beginning_of,
    has_signers,
    is_fresh,
    usual_chain,
)
from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.measures import Measure
from ita_desktop.domain.office import OFFICE_KINDS, SIGNER_ROLES, Office, Person
from ita_desktop.domain.scores import ScoreSheet

OFFICE = Office(name="สมมุติ", district="เมืองตาก", province="ตาก")


def named(office: Office = OFFICE) -> Dossier:
    people, chain = usual_chain(office)
    people = tuple(
        replace(each, given_name="ก", position=each.position or "เจ้าหน้าที่") for each in people
    )
    return Dossier(office=office, people=people, chain=chain)


def test_an_empty_file_has_all_to_do():
    beginning = beginning_of(Dossier(), 2570, year_chosen=False)
    assert beginning.open == tuple(Stage)
    assert beginning.next is Stage.OFFICE


def test_each_stage_is_done_by_its_own_data():
    sheet = ScoreSheet(2569, {"1": Decimal("90.00")})
    dossier = replace(named(), sheets={2569: sheet})
    for year, chosen, open_ in (
        (2570, True, ()),
        (2570, False, (Stage.YEAR,)),
        (2571, True, (Stage.SCORES,)),
    ):
        assert beginning_of(dossier, year, year_chosen=chosen).open == open_
    without = replace(dossier, office=replace(OFFICE, district=" "))
    assert beginning_of(without, 2570, year_chosen=True).open == (Stage.OFFICE,)


def test_what_is_skipped_is_still_open_but_not_next():
    skipped = frozenset({Stage.OFFICE, Stage.CHAIN})
    beginning = beginning_of(named(), 2570, year_chosen=False, skipped=skipped)
    assert beginning.skipped == frozenset()
    beginning = beginning_of(Dossier(), 2570, year_chosen=False, skipped=skipped)
    assert (beginning.next, beginning.skipped) == (Stage.YEAR, skipped)
    assert beginning.open == tuple(Stage)


def test_signers_need_person_name_and_position():
    assert has_signers(named())
    people, chain = usual_chain(OFFICE)
    assert not has_signers(Dossier(people=people, chain=chain)), "no names yet"
    whole = named()
    assert not has_signers(replace(whole, people=whole.people[1:])), "a place without a person"


@pytest.mark.parametrize(
    ("kind", "positions"),
    [
        (
            "องค์การบริหารส่วนตำบล",
            ("หัวหน้าสำนักปลัด", "ปลัดองค์การบริหารส่วนตำบลสมมุติ", "นายกองค์การบริหารส่วนตำบลสมมุติ"),
        ),
        ("เทศบาลตำบล", ("หัวหน้าสำนักปลัดเทศบาล", "ปลัดเทศบาลตำบลสมมุติ", "นายกเทศมนตรีตำบลสมมุติ")),
        ("เทศบาลนคร", ("หัวหน้าสำนักปลัดเทศบาล", "ปลัดเทศบาลนครสมมุติ", "นายกเทศมนตรีนครสมมุติ")),
        (
            "องค์การบริหารส่วนจังหวัด",
            (
                "หัวหน้าสำนักปลัด",
                "ปลัดองค์การบริหารส่วนจังหวัดสมมุติ",
                "นายกองค์การบริหารส่วนจังหวัดสมมุติ",
            ),
        ),
    ],
)
def test_the_usual_chain_of_each_kind(kind: str, positions: tuple[str, ...]):
    people, chain = usual_chain(replace(OFFICE, kind=kind))
    assert tuple(each.position for each in people) == ("", *positions)
    assert tuple(link.role for link in chain) == SIGNER_ROLES
    assert [link.person_id for link in chain] == [each.id for each in people]


def test_every_kind_of_office_has_a_usual_chain():
    for kind in (*OFFICE_KINDS, "หน่วยงานอื่น"):
        assert len(usual_chain(Office(kind=kind))[1]) == len(SIGNER_ROLES)


def test_a_file_is_fresh_until_something_of_an_office_is_in_it():
    assert is_fresh(Dossier())
    assert is_fresh(Dossier(office=Office(kind="เทศบาลเมือง")))
    for dossier in (
        Dossier(office=Office(name="ก")),
        Dossier(people=(Person(1),)),
        Dossier(sheets={2569: ScoreSheet(2569)}),
        Dossier(measures={2570: (Measure(1, 2570),)}),
    ):
        assert not is_fresh(dossier)
