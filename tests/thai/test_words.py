"""Where lines may end."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_desktop.thai import words
from ita_desktop.thai.shaping import clusters

PHRASES = [
    *("ดำเนินการ", "ประชาชน", "หน่วยงานภาครัฐ", "ตามที่", "ทุก ๆ ๖ เดือน", "พ.ศ. ๒๕๖๙", "(ก)", "ITA"),
    *("สห ๗๔๖๐๑/๔๔๗", "ระดับ", "เดือน", "เมษายน", "ข้อ", "น.ส.๓", "รายงาน", "จำนวน", "กองคลัง"),
    *("นายสมชาย", "ใจดีมาก", "ว่าที่", "ร.ต.", "- ๒", "“งดรับ", "งดให้”", "www.a.go.th", "ค่าใช้จ่าย"),
    *("ร้อยละ", "ฯลฯ"),
]


def ends_inside(text: str, part: str) -> list[int]:
    """Break opportunities of ``text`` that fall inside ``part``."""
    start = text.index(part)
    at, found = 0, []
    for unit in words.units(text):
        at += len(unit)
        if start < at < start + len(part):
            found.append(at - start)
    return found


@pytest.mark.parametrize(
    "part",
    [
        "องค์การบริหารส่วนตำบล",
        "ผู้มีส่วนได้ส่วนเสีย",
        "รักษาราชการแทน",
        "น้ำหนัก",
        "คุณธรรม",
        "ความโปร่งใส",
        "พ.ศ. ๒๕๖๙",
        "พ.ศ. ๒๕๖๑ - ๒๕๘๐",
        "๒๖ เมษายน ๒๕๖๕",
        "สห ๗๔๖๐๑/๔๔๗",
        "๖ เดือน",
        "ร้อยละ ๘๐",
        "ตัวชี้วัดที่ ๑",
        "ต่าง ๆ",
        "ทุกๆ",
        "สำนักปลัดฯ",
        "ป.ป.ช.",
        "อบต.",
        "นางสาวเยาวลักษณ์ ครรชิตวงค์",
        "นายสกล มาระโรจน์",
        "(i๑)",
        "ระดับ A",
        "โทร. ๐ ๓๖๕๑ ๐๘๐๔",
        "https://www.nacc.go.th/a?b=1",
        "saraban@dla.go.th",
    ],
)
def test_what_belongs_together_stays_together(part: str) -> None:
    assert ends_inside(f"ดำเนินการตามมาตรการ {part} ดังกล่าว", part) == []


def test_dictionary_words_are_not_cut_by_a_wrong_guess() -> None:
    # Maximal matching alone reads ดำเนิน|การตาม|มาตรการ here.
    assert words.units("ดำเนินการตามมาตรการ") == ("ดำเนินการ", "ตาม", "มาตรการ")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("กันยายน ๒๕๖๙ กองคลัง", "๒๕๖๙ กองคลัง"),
        ("ประชุมประจำเดือน (๓) เผยแพร่", "เดือน (๓)"),
        ("ตัวชี้วัดที่ ๙ ข้อมูลพื้นฐาน", "๙ ข้อมูล"),
    ],
)
def test_what_only_looks_like_belonging_together_may_part(text: str, part: str) -> None:
    assert ends_inside(text, part)


@given(st.lists(st.sampled_from(PHRASES), min_size=1, max_size=12).map(" ".join))
def test_units_of_the_phrases_are_the_units_of_the_text(text: str) -> None:
    assert "".join(words.phrases(text)) == text
    assert tuple(u for part in words.phrases(text) for u in words.units(part)) == words.units(text)


def test_the_word_lists_are_pythainlps_own() -> None:
    from pythainlp.corpus import thai_orst_words, thai_words

    words.warm_up()
    index, standard = words._breaker().index, words._breaker().standard
    left_out = {word for word in thai_words() if word not in index}
    assert left_out <= words._breaker().no_words | set(words._LETTERS)
    assert all(word in standard for word in thai_orst_words())


@pytest.mark.parametrize("text", ["องค์การบริหารส่วนตำบล", "การประเมินผล", "กา", "ก", ""])
def test_the_word_index_finds_what_looking_at_every_word_finds(text: str) -> None:
    from pythainlp.corpus import thai_orst_words

    index = words.WordIndex(thai_orst_words(), {"การ"})
    for start in range(len(text)):
        wanted = sorted(w for w in thai_orst_words() if text.startswith(w, start) and w != "การ")
        assert index.prefixes(text, start) == sorted(wanted, key=len)


def test_lines_may_end_between_words_and_after_spaces() -> None:
    assert words.units("ของหน่วยงาน และประชาชน") == ("ของ", "หน่วยงาน ", "และ", "ประชาชน")
    assert words.units("มาตรการ/กิจกรรม") == ("มาตรการ/", "กิจกรรม")


@pytest.mark.parametrize(
    ("unit", "parts"),
    [
        ("องค์การบริหารส่วนตำบล", ("องค์การบริหาร", "ส่วนตำบล")),
        ("น้ำหนัก", ("น้ำ", "หนัก")),
        ("กตัญญู", ("กตัญญู",)),
        ("๒๖ เมษายน ๒๕๖๕", ("๒๖ ", "เมษายน ", "๒๕๖๕")),
        ("https://a.go.th/x?y=1", ("https://", "a.", "go.", "th/", "x?", "y=", "1")),
    ],
)
def test_inner_boundaries(unit: str, parts: tuple[str, ...]) -> None:
    assert words.inner(unit) == parts


@given(st.text(alphabet='กขคงจนมรสหอญฐ ่้๊๋์ิีุูำาะเแโใไๆฯ๑๒1aZ./-()&"\n', max_size=60))
def test_nothing_is_lost_and_no_cluster_is_torn(text: str) -> None:
    assert "".join(words.units(text)) == text
    allowed = {0}
    for cluster in clusters(text):
        allowed.add(max(allowed) + len(cluster))
    at = 0
    for unit in words.units(text):
        assert "".join(words.inner(unit)) == unit
        assert "".join(words.soft(unit)) == unit
        at += len(unit)
        assert at in allowed


@pytest.mark.parametrize("letters", ["ก", "กา", "เ", "ประเมินผล", "่"])
def test_a_very_long_run_takes_its_time_and_no_more(letters: str) -> None:
    text = (letters * 200_000)[:200_000]
    words.warm_up()
    begin = time.perf_counter()
    assert "".join(words.units(text)) == text
    assert time.perf_counter() - begin < 10


def test_pythainlp_makes_no_folder_and_loads_late() -> None:
    code = (
        "import sys, pathlib; from ita_desktop.thai import words;"
        "assert 'pythainlp' not in sys.modules; words.warm_up();"
        "assert not (pathlib.Path.home() / 'pythainlp-data').exists()"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
