"""The provinces and districts that are offered, and what is said of a name that is none."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from ita_desktop.domain.places import load_places, place_remark, plain_place
from ita_desktop.paths import resources

FOLDER = resources() / "places"
PLACES = load_places(FOLDER / "provinces.json")


def test_all_provinces_are_there_as_another_source_names_them():
    with (files("pythainlp.corpus") / "thailand_provinces_th.csv").open(encoding="utf-8") as file:
        others = {row[0].strip() for row in csv.reader(file)}
    assert set(PLACES) == others
    assert len(PLACES) == 77


def test_every_district_is_a_thai_name_once_and_without_the_word_before_it():
    assert sum(map(len, PLACES.values())) == 928
    for province, districts in PLACES.items():
        assert len(set(districts)) == len(districts), province
        for name in districts:
            assert name == name.strip()
            assert not name.startswith(("อำเภอ", "เขต")), name
            assert all("ก" <= letter <= "๙" or letter in "- " for letter in name), name


def test_the_licence_lies_beside_the_data():
    text = (FOLDER / "LICENSE.txt").read_text("utf-8")
    assert "MIT License" in text
    assert "Copyright" in text


@pytest.mark.parametrize(
    ("text", "word", "plain"),
    [
        ("จังหวัดตาก", "จังหวัด", "ตาก"),
        ("จ.ตาก", "จังหวัด", "ตาก"),
        (" อำเภอ แม่สอด ", "อำเภอ", "แม่สอด"),
        ("อ.แม่สอด", "อำเภอ", "แม่สอด"),
        ("อุ้มผาง", "อำเภอ", "อุ้มผาง"),
        ("จังหวัด", "จังหวัด", "จังหวัด"),
        ("", "อำเภอ", ""),
    ],
)
def test_the_word_before_a_name_is_taken_off(text: str, word: str, plain: str):
    assert plain_place(text, word) == plain


@pytest.mark.parametrize(
    ("province", "district", "said"),
    [
        ("ตาก", "แม่สอด", ""),
        ("ตาก", "", ""),
        ("", "แม่สอด", ""),
        ("ตาค", "แม่สอด", "ไม่พบจังหวัด “ตาค”"),
        ("ตาก", "แม่สาย", "ไม่พบอำเภอ “แม่สาย” ในจังหวัดตาก"),
    ],
)
def test_what_is_odd_about_a_place(province: str, district: str, said: str):
    remark = place_remark(PLACES, province, district)
    assert remark.startswith(said)
    assert bool(remark) is bool(said)
