"""Glyphs as HarfBuzz sees them."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest
import uharfbuzz
from hypothesis import given
from hypothesis import strategies as st

from ita_desktop.thai.shaping import Face, clean, clusters, script_runs, shape

FONTS = Path(__file__).parents[2] / "resources" / "fonts" / "documents"
STYLES = ["Laksaman", "Laksaman-Bold", "Laksaman-Italic", "Laksaman-BoldItalic"]
HARD = [
    "น้ำ",
    "กตัญญู",
    "ฐานะ",
    "ญุ",
    "ฐู",
    "ป่า",
    "ฟั่น",
    "ปิ่น",
    "ที่",
    "ผู้",
    "องค์การ",
    "ป้ำ",
    "ฟ้า",
    "ปุ่ม",
    "ฤๅษี",
]
hb: Any = uharfbuzz

face = Face(FONTS / "Laksaman.ttf")


def straight(text: str, path: Path, script: str) -> list[tuple[int, ...]]:
    """The string through HarfBuzz with nothing of ours in between."""
    font = hb.Font(hb.Face(hb.Blob(path.read_bytes())))
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.script, buffer.language, buffer.direction = script, "th", "ltr"
    hb.shape(font, buffer)
    return [
        (info.codepoint, info.cluster, at.x_advance, at.x_offset, at.y_offset)
        for info, at in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    ]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("word", HARD)
def test_hard_words_are_harfbuzz_own(word: str, style: str) -> None:
    path = FONTS / f"{style}.ttf"
    assert list(shape(word, Face(path))) == straight(word, path, "Thai")


_cluster = st.builds(
    lambda lead, base, vowel, tone, tail: lead + base + vowel + tone + tail,
    st.sampled_from(["", "เ", "แ", "โ", "ใ", "ไ"]),
    st.sampled_from([chr(code) for code in range(0x0E01, 0x0E2F)]),
    st.sampled_from(["", "ั", "ิ", "ี", "ึ", "ื", "ุ", "ู", "็", "ํ", "ฺ"]),
    st.sampled_from(["", "่", "้", "๊", "๋", "์"]),
    st.sampled_from(["", "า", "ำ", "ะ", "ๆ", " ", "๑", "5", "(", "."]),
)


@given(st.lists(_cluster, min_size=1, max_size=8).map("".join))
def test_clusters_are_harfbuzz_own(text: str) -> None:
    assert list(shape(text, face)) == straight(text, face.path, "Thai")


@given(st.lists(_cluster, min_size=2, max_size=6))
def test_shaping_piece_by_piece_is_shaping_the_whole(parts: list[str]) -> None:
    # What lets a word be shaped once and kept: nothing happens across its ends.
    whole = [glyph[:1] + glyph[2:] for glyph in shape("".join(parts), face)]
    pieces = [glyph[:1] + glyph[2:] for part in parts for glyph in shape(part, face)]
    assert whole == pieces


def test_text_that_begins_in_latin_is_still_shaped_as_thai() -> None:
    mixed = shape("IIT ป่า", face)
    assert [glyph.gid for glyph in mixed[4:]] == [glyph.gid for glyph in shape("ป่า", face)]
    assert script_runs("(IIT) แบบ 1") == [(0, 6, "Latn"), (6, 11, "Thai")]


def test_clean_text() -> None:
    assert clean("ก\u200bข\ufeff\x00ค\u202e") == "กขค"
    assert clean("ก\tข\r\nค\x0bง") == "ก ข\nค\nง"
    assert clean("\ud800 \ue000") == "\ufffd \ufffd"
    assert clean("ท\u0e35\uf70a") == "ที่"
    assert clean("น้ำ") == "น้ำ"
    assert clean("e\u0301") == "é"


@given(st.text(max_size=40))
def test_any_text_is_cleaned_and_shaped(text: str) -> None:
    cleaned = clean(text)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert "".join(clusters(cleaned)) == cleaned
    shape(cleaned.replace("\n", " "), face)


def test_clusters_stay_whole() -> None:
    assert clusters("กตัญญูน้ำ") == ["ก", "ตั", "ญ", "ญู", "น้ำ"]
    assert clusters("เที่ยวไป") == ["เที่", "ย", "ว", "ไป"]
