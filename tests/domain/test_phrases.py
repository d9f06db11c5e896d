"""Phrases typed before: what is offered, and in which order."""

from __future__ import annotations

import pytest

from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.measures import Measure, Photo, Progress
from ita_desktop.domain.office import Division, Person
from ita_desktop.domain.papers import Disclosure
from ita_desktop.domain.phrases import (
    LONGEST,
    MOST_OFFERED,
    captions,
    checkers,
    explanations,
    last_part,
    matching,
    owner_phrases,
    owners,
    positions,
    ranked,
)

PHOTOS = (Photo(1, "a", "ประชุมที่ห้องประชุม อบต."), Photo(2, "b"), Photo(3, "c", "วัดใหม่"))
DOSSIER = Dossier(
    people=(Person(1, "นาย", "ก", "ข", "นิติกร", "ปลัด"), Person(2, position="นิติกร")),
    divisions=(Division(1, "กองการศึกษา"), Division(2, "กองคลัง")),
    measures={
        2568: (
            Measure(1, 2568, owners="กองช่าง"),
            Measure(2, 2568, owners="กองช่าง", progress={Round.SIX: Progress(photos=PHOTOS)}),
        ),
        2569: (Measure(3, 2569, owners="กองคลัง / สำนักปลัด"), Measure(4, 2569, owners="กองคลัง")),
    },
    disclosures={2569: {"o1": Disclosure("o1", explanation="ไม่มี", checked_by="ปลัด")}},
)


def test_what_is_used_most_and_latest_comes_first_then_what_was_only_declared():
    assert owners(DOSSIER) == ("กองคลัง", "กองช่าง", "สำนักปลัด", "กองการศึกษา")
    assert owner_phrases(DOSSIER)[-1] == "กองคลัง / สำนักปลัด"


def test_each_field_learns_from_its_own_kind():
    assert checkers(DOSSIER) == ("ปลัด", "นายก ข")
    assert explanations(DOSSIER) == ("ไม่มี",)
    assert captions(DOSSIER) == ("ประชุมที่ห้องประชุม อบต.", "วัดใหม่")
    assert positions(DOSSIER) == ("นิติกร", "ปลัด")
    assert owners(Dossier()) == captions(Dossier()) == ()


def test_texts_and_blanks_are_no_phrases():
    assert ranked([(2569, "  "), (2569, "ก" * (LONGEST + 1)), (2569, " ก \n ข ")]) == ("ก ข",)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("กอง", ["กองคลัง", "กองช่าง 2"]),
        ("คลัง", ["กองคลัง"]),
        ("กองช่าง ๒", []),  # it stands there already
        ("ช่าง2", ["กองช่าง 2"]),
        ("ปลัด", ["สำนักปลัด อบต."]),
        ("", []),
        (" ", []),
        ("ก", []),
        ("ฮฮ", []),
    ],
)
def test_phrases_are_found_by_any_part(typed: str, offered: list[str]):
    assert list(matching(("สำนักปลัด อบต.", "กองคลัง", "กองช่าง 2"), typed)) == offered


def test_a_list_stays_short():
    assert len(matching([f"กอง {number}" for number in range(50)], "กอง")) == MOST_OFFERED


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("กอง", ("", "กอง")),
        ("กองคลัง, กอ", ("กองคลัง, ", "กอ")),
        ("ก/ข / ", ("ก/ข / ", "")),
        ("", ("", "")),
    ],
)
def test_the_last_of_several_names_is_the_one_being_typed(text: str, parts: tuple[str, str]):
    assert last_part(text) == parts
