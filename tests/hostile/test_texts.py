"""Typed texts stay texts: in the data file, on paper, in Word, in workbooks, in JSON."""

from __future__ import annotations

import io
import json
import re
import unicodedata
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from db.store import Store
from ita_desktop.documents.compose import Matter, compose
from ita_desktop.documents.formats import render
from ita_desktop.documents.pdf import render_pdf
from ita_desktop.documents.templates import load_templates
from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.framework import FrameworkShelf
from ita_desktop.exchange.interchange import interchange_from_data, interchange_to_data
from ita_desktop.exchange.sheets.child import read_source
from ita_desktop.exchange.sheets.form import make_form
from ita_desktop.exchange.sheets.plan import plan_tables, propose
from ita_desktop.paths import resources
from tests.documents.pdf.reading import (
    POPPLER,
    document,
    joined,
    pages_by_pdfium,
    pages_by_poppler,
    paragraph,
)
from tests.hostile.office import hostile_office
from tests.hostile.texts import HOSTILE_TEXTS, fuzzed

SHELF = FrameworkShelf(resources() / "frameworks")
TEMPLATES = load_templates(resources() / "documents")
YEAR = 2569
MARKER = re.compile(r"\[\[(?:[0-9]+|end)\]\]")
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    """The hostile office as the data file gives it back."""
    path = tmp_path_factory.mktemp("hostile") / "หน่วยงาน.ita"
    parts = ("office", "people", "divisions", "scores", "measures", "passages", "disclosures")
    with Store.create(path) as store:
        store.take_in(hostile_office(), (*parts, "papers"))
    with Store(path) as store:
        return store.dossier()


# --- on paper -------------------------------------------------------------------------------------


def told(text: str) -> str:
    """What a reader of the page must find: every letter and sign, in one way of writing marks.

    Invisible characters go; what is no character at all is the sign for that. Spaces don't count.
    """
    known = ("\ufffd" if unicodedata.category(c) in ("Cs", "Co", "Cn") else c for c in text)
    plain = unicodedata.normalize("NFC", "".join(known).replace("\u0e4d\u0e32", "\u0e33"))
    return "".join(c for c in plain if unicodedata.category(c)[0] not in "ZC")


@pytest.fixture(scope="module")
def printed() -> tuple[list[str], list[str]]:
    """Two thousand texts, and what a reader of the PDF finds of each."""
    if not POPPLER:
        pytest.skip("no reader of PDF that knows every character")
    texts = [*HOSTILE_TEXTS, *fuzzed(2_000 - len(HOSTILE_TEXTS))]
    blocks = [
        block
        for number, text in enumerate(texts)
        for block in (paragraph(f"[[{number}]]"), paragraph(text))
    ]
    pages = pages_by_poppler(render_pdf(document(*blocks, paragraph("[[end]]"))), "-raw")
    return texts, MARKER.split(joined("".join(pages)))[1:-1]


def test_what_is_printed_is_what_was_typed(printed: tuple[list[str], list[str]]):
    texts, found = printed
    assert len(found) == len(texts) == 2_000
    wrong = []
    for text, page in zip(texts, found, strict=True):
        want, got = told(text), told(page)
        if RIGHT_TO_LEFT.search(text):  # read in another order, but all of it
            want, got = "".join(sorted(want)), "".join(sorted(got))
        if want != got:
            wrong.append((text, want, got))
    assert wrong == []


def test_a_wrong_letter_would_be_found(printed: tuple[list[str], list[str]]):
    texts, found = printed
    assert sum(told(text + "ก") == told(page) for text, page in zip(texts, found, strict=True)) == 0


def test_a_text_without_end_is_printed(tmp_path: Path):
    text = "ก" * 20_000 + " " + "x" * 20_000
    found = "".join(pages_by_pdfium(render_pdf(document(paragraph(text)))))
    assert told(joined(found)) == told(text)


# --- in every document ----------------------------------------------------------------------------


def documents(dossier: Dossier) -> list[tuple[str, Matter]]:
    return [
        (
            kind,
            Matter(
                dossier,
                YEAR,
                which,
                framework=SHELF.get(YEAR - 1),
                earlier=SHELF.get(YEAR - 2),
                oit=SHELF.get(YEAR),
                pictures={},
            ),
        )
        for kind, template in TEMPLATES.items()
        for which in (template.rounds[-1:] or (Round.TWELVE,))
    ]


def test_no_formula_and_no_link_in_workbooks(kept: Dossier):
    for kind, matter in documents(kept):
        book = load_workbook(io.BytesIO(render(compose(TEMPLATES[kind], matter), ".xlsx")))
        assert no_formulas(book) == [], kind


def no_formulas(book: object) -> list[str]:
    """Cells that are a formula or a link, "@" cells read as anything else."""
    return [
        f"{sheet.title} {cell.coordinate}"
        for sheet in book.worksheets  # type: ignore[attr-defined]
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type in ("f", "e") or cell.hyperlink is not None
    ]


def test_a_formula_would_be_found():
    from tests.exchange.sheets.tables import workbook

    book = load_workbook(io.BytesIO(workbook([["=1+1", "ก"]])))
    assert no_formulas(book) == ["Sheet1 A1"]


def test_word_files_have_no_field_and_no_strange_link(kept: Dossier):
    for kind, matter in documents(kept):
        content = render(compose(TEMPLATES[kind], matter), ".docx")
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                if not name.endswith((".xml", ".rels")):
                    continue
                text = archive.read(name).decode("utf-8")
                assert "<!" not in text, (kind, name)
                for target in re.findall(r'Target="([^"]+)" TargetMode="External"', text):
                    assert target.startswith(("http://", "https://")), (kind, target)
                for field in re.findall(r"<w:instrText[^>]*>([^<]*)", text):
                    assert field.split()[0] in ("PAGE", "NUMPAGES", "REF", "SEQ"), (kind, field)


def test_pdf_files_have_no_strange_link_and_run_nothing(kept: Dossier):
    for kind, matter in documents(kept):
        content = render(compose(TEMPLATES[kind], matter), ".pdf")
        assert not re.search(rb"/(JavaScript|JS|Launch|EmbeddedFile|SubmitForm|GoToR)\b", content)
        for target in re.findall(rb"/URI \((.*?)\)", content):
            assert target.startswith((b"http://", b"https://", b"mailto:")), (kind, target)


def test_the_form_holds_no_formula_but_its_own(kept: Dossier):
    content = make_form(YEAR, SHELF.get(YEAR - 1), SHELF.get(YEAR), kept)
    book = load_workbook(io.BytesIO(content))
    formulas = {
        str(cell.value)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
    assert formulas
    assert all(re.fullmatch(r"=IF\(มาตรการ![CD0-9<>\",IF()มาตร!ก]+\)", text) for text in formulas)
    assert not any(
        cell.hyperlink for sheet in book.worksheets for row in sheet.iter_rows() for cell in row
    )
    plan = plan_tables(propose(read_source(content), YEAR), kept, SHELF.get)
    assert plan.counts


# --- data -----------------------------------------------------------------------------------------


def test_the_data_file_gives_back_what_was_typed(kept: Dossier):
    given = hostile_office()

    def keepable(text: str) -> str:
        joined_halves = text.replace("\0", "")
        return re.sub("[\ud800-\udfff]", "\ufffd", joined_halves)

    for one, other in zip(given.measures[YEAR], kept.measures[YEAR], strict=True):
        assert other.title == keepable(one.title)
        assert other.steps == keepable(one.steps)
        for which, progress in one.progress.items():
            assert other.progress_in(which).result == keepable(progress.result)
    assert kept.office.address == keepable(given.office.address)
    assert [p.family_name for p in kept.people] == [keepable(p.family_name) for p in given.people]


def test_json_gives_back_what_was_typed(kept: Dossier):
    text = json.dumps(interchange_to_data(kept), ensure_ascii=False)
    for again in (text, json.dumps(json.loads(text))):
        found = interchange_from_data(json.loads(again)).dossier
        assert found.office == kept.office
        assert interchange_to_data(found)["measures"] == interchange_to_data(kept)["measures"]
        assert found.disclosures == kept.disclosures
