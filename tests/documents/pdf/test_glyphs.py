"""The glyphs on the finished page are HarfBuzz's own: the same ones, at the same places."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import uharfbuzz

from ita_desktop.documents.blocks import Align, Paragraph, Run
from ita_desktop.documents.pdf import render_pdf
from ita_desktop.documents.pdf.fonts import FALLBACK, FOLDER, family
from ita_desktop.documents.pdf.lines import SPACE_WEIGHT, Line, lines_of, setting_of

from .content import Shown, Span, spans
from .reading import REFERENCE, document

hb: Any = uharfbuzz
FAMILY, SIZE = "Laksaman", 16.0
NEAR = 0.02
"""Points: what rounding to thousandths may add up to on one line."""

HARD = (
    "น้ำ กตัญญู ฐานะ ญุ ฐู ป่า ฟั่น ปิ่น ที่ ผู้ องค์การ ป้ำ ฟ้า ปุ่ม ฤๅษี ปั๊ม ฝั่ง ก่ี๋ ปุ๋ย ฎุ ฏู ป๊ำ "
    "IIT ป่า (ฟ้า) 93.59% ๙๓.๕๙ % i๑ e๒ ที่ ๑๒/๒๕๖๙ “ฝึก” ฟิ้ว AVATo Type ก.พ. ฯลฯ ๆ ☑ ทำแล้ว ☐ ยังไม่ทำ"
)


@dataclass(frozen=True)
class Expected:
    """A glyph as HarfBuzz places it, points from the beginning of its run."""

    gid: int
    x: float
    y: float


@cache
def _font(path: Path) -> Any:
    return hb.Font(hb.Face(hb.Blob(path.read_bytes())))


def by_harfbuzz(text: str, path: Path, size: float, script: str) -> tuple[list[Expected], float]:
    """A run through HarfBuzz with nothing of ours in between, and how wide it is."""
    font = _font(path)
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    if script:
        buffer.script, buffer.language = script, "th" if script == "Thai" else "en"
    buffer.direction = "ltr"
    hb.shape(font, buffer)
    scale = size / font.face.upem
    x, made = 0.0, []
    for info, at in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        made.append(Expected(info.codepoint, x + at.x_offset * scale, at.y_offset * scale))
        x += at.x_advance * scale
    return made, x


def runs_of(text: str, path: Path) -> Iterator[tuple[str, Path, str]]:
    """Text by font and script, found here in another way than the program finds it."""
    for part in re.findall(r"[☑☐]+|[A-Za-z][^ก-๛☑☐]*|[^A-Za-z☑☐]+", text):
        if part[0] in "☑☐":
            yield part, FALLBACK, ""
        else:
            yield part, path, "Latn" if part[0].isascii() and part[0].isalpha() else "Thai"


def expected_line(line: Line, bold: bool, italic: bool) -> list[Expected]:
    """A whole line through HarfBuzz, its letters moved apart as the line says."""
    main = family(FAMILY).face(bold, italic)
    made: list[Expected] = []
    x = 0.0
    for text, file, script in runs_of(line.text.rstrip(" "), main.path):
        size = SIZE * family(FAMILY).scale
        if file == FALLBACK:  # drawn so that its capitals are as high
            size *= _capital_em(main.path) / _capital_em(FALLBACK)
        glyphs, width = by_harfbuzz(text, file, size, script)
        made += [Expected(glyph.gid, glyph.x + x, glyph.y) for glyph in glyphs]
        x += width
    return made


@cache
def _capital_em(path: Path) -> float:
    font = _font(path)
    extents = font.get_glyph_extents(font.get_nominal_glyph(ord("H")))
    return extents.y_bearing / font.face.upem


def compare(span: Span, wanted: list[Expected]) -> None:
    """Same glyphs at the same places, as seen from the first one's run."""
    shown = span.glyphs
    assert [glyph.gid for glyph in shown] == [glyph.gid for glyph in wanted], span.text
    for got, want in zip(placed(shown, wanted), wanted, strict=True):
        assert got[0] == pytest.approx(want.x, abs=NEAR), (span.text, want)
        assert got[1] == pytest.approx(want.y, abs=NEAR), (span.text, want)


def placed(shown: list[Shown], wanted: list[Expected]) -> list[tuple[float, float]]:
    """Positions from the line's own beginning."""
    if not shown:
        return []
    x, y = shown[0].x - wanted[0].x, shown[0].y - wanted[0].y
    return [(glyph.x - x, glyph.y - y) for glyph in shown]


STYLES = [(False, False), (True, False), (False, True), (True, True)]
STYLE_NAMES = ["regular", "bold", "italic", "bold italic"]


def check_lines(texts: list[str], bold: bool, italic: bool) -> int:
    """Set texts as ragged paragraphs and compare every line of the file; how many lines."""
    blocks = [Paragraph((Run(text, bold, italic),)) for text in texts]
    found = [span for page in spans(render_pdf(document(*blocks))) for span in page]
    setting = [setting_of(block, FAMILY, SIZE) for block in blocks]
    lines = [
        line
        for block, how in zip(blocks, setting, strict=True)
        for line in lines_of(block, how, (210 - 50) * 72 / 25.4)
        if line.text.strip()
    ]
    assert len(found) == len(lines)
    for span, line in zip(found, lines, strict=True):
        assert span.text.rstrip(" ") == line.text.rstrip(" ")
        compare(span, expected_line(line, bold, italic))
    return len(lines)


@pytest.mark.parametrize(("bold", "italic"), STYLES, ids=STYLE_NAMES)
def test_hard_words_across_line_ends(bold: bool, italic: bool) -> None:
    assert check_lines([HARD * 3], bold, italic) > 3


CONSONANTS = [chr(code) for code in range(0x0E01, 0x0E2F)]
TAILS = ["", "", "า", "ำ", "ะ", "ๆ", " ", "๑", "5", "(ก)", ".", " ITA ", "-", "ฯ", "/"]


def random_text(chance: random.Random, count: int) -> str:
    """Clusters any Thai speller could write, however senseless, Latin and digits between."""

    def cluster() -> str:
        lead = chance.choice(["", "", "", "เ", "แ", "โ", "ใ", "ไ"])
        above = chance.choice(["", "", "ั", "ิ", "ี", "ึ", "ื", "ุ", "ู", "็", "ฺ"])
        tone = chance.choice(["", "", "่", "้", "๊", "๋", "์"])
        return lead + chance.choice(CONSONANTS) + above + tone + chance.choice(TAILS)

    return "".join(cluster() for _ in range(count)).strip()


@pytest.mark.parametrize(("bold", "italic"), STYLES, ids=STYLE_NAMES)
def test_thousands_of_random_clusters(bold: bool, italic: bool) -> None:
    chance = random.Random(2569)
    texts = [random_text(chance, 40) for _ in range(100)]
    assert check_lines(texts, bold, italic) >= 200


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the reference documents are not here")
@pytest.mark.parametrize("path", sorted(REFERENCE.glob("*.txt")), ids=lambda path: path.stem[:20])
def test_every_string_of_the_reference_documents(path: Path) -> None:
    texts = [" ".join(text.split()) for text in re.split(r"[\t\n]", path.read_text("utf-8"))]
    bold, italic = STYLES[int(path.stem[0]) % 4]
    assert check_lines([text for text in dict.fromkeys(texts) if text], bold, italic) > 50


def test_style_changes_inside_a_line() -> None:
    parts = [
        ("ตามที่", False, False),
        ("ป่าไม้", True, False),
        ("ฟั่นเฝือ", False, True),
        ("ญุ ITA", True, True),
    ]
    block = Paragraph(tuple(Run(*part) for part in parts))
    ((span,),) = spans(render_pdf(document(block)))
    wanted: list[Expected] = []
    x, size = 0.0, SIZE * family(FAMILY).scale
    for text, bold, italic in parts:
        for part, file, script in runs_of(text, family(FAMILY).face(bold, italic).path):
            glyphs, width = by_harfbuzz(part, file, size, script)
            wanted += [Expected(glyph.gid, glyph.x + x, glyph.y) for glyph in glyphs]
            x += width
    compare(span, wanted)
    faces = [glyph.font for glyph in span.glyphs]
    assert list(dict.fromkeys(faces)) == [
        "Laksaman",
        "Laksaman-Bold",
        "Laksaman-Italic",
        "Laksaman-BoldItalic",
    ]
    assert {file.stem for file in FOLDER.glob("Laksaman*.ttf")} == set(faces)


def test_a_justified_line_moves_whole_letters_and_keeps_their_marks() -> None:
    text = ("ผู้มีส่วนได้ส่วนเสียฟั่นน้ำที่ป่า " * 8).strip()
    block = Paragraph((Run(text),), align=Align.THAI)
    found = [span for page in spans(render_pdf(document(block))) for span in page]
    lines = lines_of(block, setting_of(block, FAMILY, SIZE), 160 * 72 / 25.4)
    assert any(line.opening > 0 for line in lines)
    for span, line in zip(found, lines, strict=True):
        compare(span, opened(line))


def opened(line: Line) -> list[Expected]:
    """The line by HarfBuzz, moved apart after each cluster; a space moves more."""
    path = family(FAMILY).face(False, False).path
    text = line.text.rstrip(" ")
    size = SIZE * family(FAMILY).scale
    font = _font(path)
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.script, buffer.language, buffer.direction = "Thai", "th", "ltr"
    hb.shape(font, buffer)
    made: list[Expected] = []
    x, moved, last = 0.0, 0.0, 0
    for info, at in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        if info.cluster != last:
            moved += line.opening * (SPACE_WEIGHT if text[last] == " " else 1.0)
            last = info.cluster
        scale = size / font.face.upem
        made.append(Expected(info.codepoint, x + moved + at.x_offset * scale, at.y_offset * scale))
        x += at.x_advance * scale
    return made
