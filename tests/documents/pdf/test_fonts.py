"""The bundled family, fonts installed on the office's computer, and what stands in for them."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from ita_desktop.documents.blocks import Document, PageSetup, Paragraph, Run, Section
from ita_desktop.documents.pdf import fonts, fonts_changed, installed, render_pdf
from ita_desktop.documents.pdf.fonts import FALLBACK, FOLDER, Style, family, has_family, piece
from ita_desktop.documents.pdf.lines import line_height

from .font_files import STYLES, renamed, tables, without, write
from .reading import joined, pages_by_pdfium, paragraph

OFFICE = "TH SarabunIT๙"


@pytest.fixture
def fonts_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder where this computer's fonts are looked for."""
    monkeypatch.setattr(installed, "folders", lambda: [tmp_path])
    fonts_changed()
    yield tmp_path
    monkeypatch.undo()
    fonts_changed()


def install(folder: Path, name: str = OFFICE) -> None:
    """Install a family in four styles, in files whose names say nothing."""
    for number, style in enumerate(STYLES):
        source = FOLDER / f"Laksaman{'-' + style if style else ''}.ttf"
        renamed(source, folder / f"f{number}.ttf", name, style)
    fonts_changed()


def test_bundled_family_has_four_styles() -> None:
    chosen = family("Laksaman")
    paths = [
        chosen.face(bold, italic).path.stem for italic in (False, True) for bold in (False, True)
    ]
    assert paths == ["Laksaman", "Laksaman-Bold", "Laksaman-Italic", "Laksaman-BoldItalic"]


def test_an_installed_family_is_found_by_its_own_name(fonts_folder: Path) -> None:
    assert not has_family(OFFICE)
    install(fonts_folder)
    for asked in (OFFICE, "th sarabunit9", "THSarabunIT๙"):
        assert has_family(asked)
    assert not has_family("TH Sarabun")
    assert not has_family("f0")
    chosen = family(OFFICE)
    stems = [
        chosen.face(bold, italic).path.stem for italic in (False, True) for bold in (False, True)
    ]
    assert stems == ["f0", "f1", "f2", "f3"]
    assert chosen.scale == 1.0


def test_an_installed_family_has_its_own_size_and_lines(fonts_folder: Path) -> None:
    install(fonts_folder)
    own = piece("องค์การบริหารส่วนตำบล", Style(OFFICE, 16))
    bundled = piece("องค์การบริหารส่วนตำบล", Style("Laksaman", 16))
    assert bundled.width == pytest.approx(own.width * 0.665)
    head = tables(fonts_folder / "f0.ttf")[b"head"]
    ascent, descent = struct.unpack(">HH", tables(fonts_folder / "f0.ttf")[b"OS/2"][74:78])
    (upem,) = struct.unpack(">H", head[18:20])
    assert line_height(OFFICE, 16)[0] == pytest.approx(ascent / upem * 16)
    assert line_height(OFFICE, 16)[1] >= (ascent + descent) / upem * 16


def test_the_file_embeds_the_installed_font_and_repeats_itself(fonts_folder: Path) -> None:
    install(fonts_folder)
    runs = (Run("น้ำใจ "), Run("กตัญญู", bold=True), Run(" ☑ ป่า", italic=True))
    page = PageSetup(font=OFFICE, number_from=0)
    paper = Document("ท", (Section(page, (Paragraph(runs),)),))
    data = render_pdf(paper)
    assert data.count(b"+Office-Regular") >= 3
    assert b"Laksaman" not in data
    assert data == render_pdf(paper)
    assert len(data) < 40_000
    assert joined("".join(pages_by_pdfium(data))).strip() == "น้ำใจ กตัญญู ☑ ป่า"


def test_a_style_that_is_not_installed_is_set_regular(fonts_folder: Path) -> None:
    renamed(FOLDER / "Laksaman.ttf", fonts_folder / "a.ttf", OFFICE)
    fonts_changed()
    assert family(OFFICE).face(bold=True, italic=False).path.stem == "a"


def test_an_unknown_family_gives_way_to_the_bundled_one(fonts_folder: Path) -> None:
    assert family("ไม่มีแบบอักษรนี้").name == "Laksaman"
    assert not has_family("ไม่มีแบบอักษรนี้")


def test_what_a_font_lacks_comes_from_the_bundled_family_then_the_symbols(
    fonts_folder: Path,
) -> None:
    without(FOLDER / "Laksaman.ttf", fonts_folder / "a.ttf", OFFICE, "ขค”")
    fonts_changed()
    faces = [segment.face.path for segment in piece("กขก☑ก", Style(OFFICE, 16)).segments]
    own = fonts_folder / "a.ttf"
    assert faces == [own, FOLDER / "Laksaman.ttf", own, FALLBACK, own]
    assert fonts.missing("กขคก☑", OFFICE) == "ขค☑"
    assert fonts.drawable("ข", OFFICE)
    assert not fonts.drawable("漢", OFFICE)
    page = PageSetup(font=OFFICE, number_from=0)
    data = render_pdf(Document("ท", (Section(page, (paragraph("ขัดข้อง คำนึง”"),)),)))
    assert "ขัดข้อง คำนึง”" in joined("".join(pages_by_pdfium(data)))


def test_broken_font_files_are_passed_over(fonts_folder: Path) -> None:
    install(fonts_folder)
    whole = tables(fonts_folder / "f0.ttf")
    (fonts_folder / "0.ttf").write_bytes(b"")
    (fonts_folder / "1.ttf").write_bytes(b"\0\1\0\0\xff\xff" + b"x" * 40)
    write(fonts_folder / "2.ttf", {**whole, b"name": b"\0\0\0\x09\0\6abc"})
    write(fonts_folder / "3.ttf", {b"name": whole[b"name"]})
    (fonts_folder / "4.ttf").mkdir()
    fonts_changed()
    assert family(OFFICE).face(bold=False, italic=False).path.stem == "f0"
