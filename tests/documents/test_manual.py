"""The manual: every chapter can be read, shown and printed, and says what is there."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from ita_desktop.documents.manual import (
    Kind,
    bold_parts,
    chapters,
    help_folder,
    manual,
    read_lines,
    with_digits,
)
from ita_desktop.documents.pdf import render_pdf
from ita_desktop.thai.digits import to_thai

CHAPTERS = chapters()


def test_every_kind_of_line(tmp_path: Path):
    text = (
        "# ก\n\n## ข\n\n- ค\n- ง\n  ต่อ\n\n1. จ\n2. ฉ\n\n| ช | ซ |\n| ๑ | ๒ |\n\nญ\nฎ\n\n![ฏ](a.png)"
    )
    lines = list(read_lines(text, tmp_path))
    assert [line.kind for line in lines] == [
        *(Kind.TITLE, Kind.PART, Kind.POINT, Kind.POINT, Kind.STEP, Kind.STEP),
        *(Kind.TABLE, Kind.TEXT, Kind.PICTURE),
    ]
    assert [line.text for line in lines][3:6] == ["ง ต่อ", "จ", "ฉ"]
    assert lines[6].rows == (("ช", "ซ"), ("๑", "๒"))
    assert lines[7].text == "ญ ฎ"
    assert lines[8].file == tmp_path / "pictures" / "a.png"


def test_bold_and_keys():
    assert list(bold_parts("กด **Ctrl+1** ได้")) == [
        ("กด ", False),
        ("Ctrl+1", True),
        (" ได้", False),
    ]
    assert with_digits("Ctrl+1 F1 ปี 2569", to_thai) == "Ctrl+1 F1 ปี ๒๕๖๙"


def test_a_chapter_without_a_title_is_refused(tmp_path: Path):
    (tmp_path / "01-x.md").write_text("ไม่มีชื่อ", "utf-8")
    with pytest.raises(ValueError, match="01-x"):
        chapters(tmp_path)


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.key)
def test_pictures_are_there(chapter):
    for line in chapter.lines:
        assert line.file is None or line.file.is_file(), line.text


def test_every_picture_is_shown_or_on_the_front_page():
    shown = {line.file.name for c in CHAPTERS for line in c.lines if line.file}
    made = {path.name for path in (help_folder() / "pictures").glob("*.png")}
    assert made - shown <= {"report.png"}


def test_the_whole_manual_is_printed():
    with pypdfium2.PdfDocument(render_pdf(manual())) as pdf:
        assert len(pdf) >= len(CHAPTERS)
        text = "".join(page.get_textpage().get_text_range() for page in pdf)
    plain = "".join(text.split())
    for chapter in CHAPTERS:
        assert "".join(chapter.title.split()) in plain
