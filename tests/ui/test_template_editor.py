"""Templates of the office's own: changed in the program, kept in its file, taken back."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from ita_desktop.documents.template_kinds import KINDS, words_of
from ita_desktop.domain.live import in_code, in_thai
from tests.ui.conftest import Alerts, Keyboard, on_disk, open_session, page_of, wait_saved
from ui.keeping import unfinished_texts
from ui.pages.documents import DocumentsPage
from ui.widgets.template_editor import TemplateEditor
from ui.widgets.texts import TextField

TAB = 4
REFUSED = "ข้อความ { ต่อ"


@pytest.fixture
def editor(sample_keys: Keyboard) -> TemplateEditor:
    sample_keys.press("Ctrl+6")
    page_of(sample_keys.window, DocumentsPage).tabs.setCurrentIndex(TAB)
    return page_of(sample_keys.window, DocumentsPage).editor


def stored(keys: Keyboard) -> dict[str, str]:
    wait_saved(keys.window)
    return dict(on_disk(open_session(keys.window).store.path).templates)


def names(editor: TemplateEditor) -> list[str]:
    return [editor.parts.item(at).text().strip() for at in range(editor.parts.count())]


def choose(editor: TemplateEditor, kind: str) -> int:
    assert editor._own
    at = next(at for at, part in enumerate(editor._own.parts()) if part.kind == kind)
    editor.parts.setCurrentRow(at)
    return at


def shown_kinds(keys: Keyboard) -> list[str]:
    box = page_of(keys.window, DocumentsPage).kind
    return [box.itemData(at) for at in range(box.count())]


def test_the_parts_of_the_chosen_document_are_listed(editor: TemplateEditor):
    assert names(editor)[0] == "เอกสาร"
    assert names(editor)[1].startswith("ตอนที่ ๑")
    assert "ตารางมาตรการ" in names(editor)
    assert not editor.back_button.isEnabled()


def test_a_typed_heading_is_printed_and_undone(editor: TemplateEditor, sample_keys: Keyboard):
    choose(editor, "heading")
    field = editor.form.fields["text"]
    field.setFocus()
    sample_keys.press("Ctrl+A").type("รายงานของ{office}")
    assert json.loads(stored(sample_keys)["measures-report"])
    page = page_of(sample_keys.window, DocumentsPage)
    assert page.template.blocks[0].text == "รายงานของ{office}"
    assert editor.back_button.isEnabled()
    open_session(sample_keys.window).store.undo()
    assert stored(sample_keys) == {}
    assert page.template.blocks[0].text.startswith("รายงานผล")


def test_a_wrong_word_in_braces_stays_typed_but_is_not_kept(
    editor: TemplateEditor, sample_keys: Keyboard
):
    choose(editor, "heading")
    editor.form.fields["text"].setFocus()
    sample_keys.press("Ctrl+A").type("ของ {offce}")
    assert "{offce}" in editor.problem.text() and "โปรด" in editor.problem.text()
    assert editor.form.fields["text"].value() == "ของ {offce}"
    assert "{offce}" not in json.dumps(stored(sample_keys))


@pytest.fixture
def refused(editor: TemplateEditor, sample_keys: Keyboard) -> TextField:
    """The text of the first heading with a brace that was never closed."""
    choose(editor, "heading")
    field = editor.form.fields["text"]
    assert isinstance(field, TextField)
    field.setFocus()
    sample_keys.press("Ctrl+A").type(REFUSED)
    return field


def test_a_refused_wording_is_there_again_with_the_reason(
    refused: TextField, editor: TemplateEditor, sample_keys: Keyboard
):
    at, reason = editor.parts.currentRow(), editor.problem.text()
    assert reason and names(editor)[at].startswith("⚠ ")
    editor.parts.setCurrentRow(0)
    assert editor.problem.text() == ""
    (found,) = unfinished_texts(sample_keys.window)
    assert found.text == REFUSED and "หัวข้อ" in found.field
    editor.parts.setCurrentRow(at)
    field = editor.form.fields["text"]
    assert (field.value(), editor.problem.text()) == (REFUSED, reason)
    assert field.property("state") == "wrong"
    assert [each.text for each in unfinished_texts(sample_keys.window)] == [REFUSED]
    field.setFocus()
    sample_keys.press("Ctrl+A").type("ข้อความต่อ")
    assert editor.problem.text() == "" and "⚠" not in names(editor)[at]
    assert unfinished_texts(sample_keys.window) == ()


def test_a_refused_wording_goes_with_its_part(
    refused: TextField, editor: TemplateEditor, sample_keys: Keyboard
):
    wait_saved(sample_keys.window)
    editor._add()
    editor._move(-1)
    marked = [at for at, name in enumerate(names(editor)) if name.startswith("⚠")]
    assert len(marked) == 1
    for _ in range(2):
        open_session(sample_keys.window).store.undo()
    marked = [at for at, name in enumerate(names(editor)) if name.startswith("⚠")]
    assert len(marked) == 1
    editor.parts.setCurrentRow(marked[0])
    assert editor.form.fields["text"].value() == REFUSED
    editor._remove()
    assert not [name for name in names(editor) if name.startswith("⚠")]


def test_a_refused_wording_is_gone_once_its_typing_is_undone(
    refused: TextField, editor: TemplateEditor, sample_keys: Keyboard
):
    at = editor.parts.currentRow()
    wait_saved(sample_keys.window)
    open_session(sample_keys.window).store.undo()
    assert "{ ต่อ" not in editor.form.fields["text"].value()
    assert editor.problem.text() == "" and "⚠" not in names(editor)[at]


def test_a_refused_wording_waits_while_another_document_is_shown(
    refused: TextField, editor: TemplateEditor, sample_keys: Keyboard
):
    at = editor.parts.currentRow()
    wait_saved(sample_keys.window)
    page = page_of(sample_keys.window, DocumentsPage)
    page._show_kind("memo")
    assert [each.text for each in unfinished_texts(sample_keys.window)] == [REFUSED]
    page._show_kind("measures-report")
    editor.parts.setCurrentRow(at)
    assert editor.form.fields["text"].value() == REFUSED


def test_the_reason_is_in_thai_and_names_the_line(editor: TemplateEditor, sample_keys: Keyboard):
    choose(editor, "heading")
    before = names(editor)
    copy_text("หนึ่ง\n\nสอง\nสาม {offce}")
    editor.paste()
    assert names(editor) == before
    reason = editor.problem.text()
    assert "หัวข้อ" in reason and "บรรทัดที่ ๔" in reason and "ช่องเติม {offce}" in reason
    assert not re.search("sections|blocks|text", reason)
    editor.form.fields["text"].setFocus()
    sample_keys.press("Ctrl+A").type("ต่อ {")
    assert not re.search("[a-z]", editor.problem.text())


def test_columns_are_renamed_reordered_and_left_out(editor: TemplateEditor, sample_keys: Keyboard):
    choose(editor, "measures")
    before = [row.heading for row in page_columns(sample_keys)]
    editor.columns.model.edited.emit(0, "heading", "ข้อที่")
    editor.columns.move_asked.emit(0, 1)
    editor.columns.delete_asked.emit(len(before) - 1)
    headings = [row.heading for row in page_columns(sample_keys)]
    assert headings == [before[1], "ข้อที่", *before[2:-1]]
    assert stored(sample_keys)


def page_columns(keys: Keyboard):
    template = page_of(keys.window, DocumentsPage).template
    return next(block for block in template.blocks if block.kind == "measures").columns


def test_the_last_column_cannot_be_left_out(editor: TemplateEditor, sample_keys: Keyboard):
    choose(editor, "guidelines")
    while editor.columns.model.rowCount() > 1:
        editor.columns.delete_asked.emit(0)
    editor.columns.delete_asked.emit(0)
    assert editor.columns.model.rowCount() == 1
    assert "ตารางไม่มีคอลัมน์" in editor.problem.text()


def test_a_width_that_is_no_number_is_refused(editor: TemplateEditor, sample_keys: Keyboard):
    choose(editor, "measures")
    editor.columns.model.edited.emit(0, "width", "กว้างๆ")
    assert "ต้องเป็นตัวเลข" in editor.problem.text()
    editor.columns.model.edited.emit(0, "width", "๒๕")
    wait_saved(sample_keys.window)
    assert page_columns(sample_keys)[0].width == 25
    assert editor.problem.text() == ""


def test_a_refused_heading_of_a_column_stays_with_its_column(
    editor: TemplateEditor, sample_keys: Keyboard
):
    at = choose(editor, "measures")
    editor.columns.model.edited.emit(0, "heading", REFUSED)
    reason = editor.problem.text()
    assert "คอลัมน์" in reason and "⚠" in names(editor)[at]
    editor.columns.move_asked.emit(0, 1)
    editor.parts.setCurrentRow(0)
    assert [each.text for each in unfinished_texts(sample_keys.window)] == [REFUSED]
    editor.parts.setCurrentRow(at)
    assert editor.columns.model.index(1, 0).data() == REFUSED
    assert editor.problem.text() == reason
    editor.columns.model.edited.emit(1, "heading", "ข้อที่")
    assert editor.problem.text() == "" and "⚠" not in names(editor)[at]
    assert unfinished_texts(sample_keys.window) == ()


def test_a_column_gets_another_list(editor: TemplateEditor, sample_keys: Keyboard):
    choose(editor, "measures")
    assert page_columns(sample_keys)[2].list == "numbers"
    editor.columns.model.edited.emit(2, "list", "dashes")
    wait_saved(sample_keys.window)
    assert page_columns(sample_keys)[2].list == "dashes"
    assert editor.problem.text() == ""


def test_parts_are_moved_added_and_left_out(editor: TemplateEditor, sample_keys: Keyboard):
    before = names(editor)
    at = choose(editor, "scores")
    editor._move(-1)
    assert names(editor)[at - 1] == before[at]
    assert editor.parts.currentRow() == at - 1
    editor.kinds.show_value("photos")
    editor._add()
    assert names(editor)[at] == "ภาพถ่าย"
    editor._remove()
    assert sorted(names(editor)) == sorted(before)


def test_back_to_the_shipped_one(editor: TemplateEditor, sample_keys: Keyboard):
    before = names(editor)
    choose(editor, "measures")
    editor._remove()
    editor.go_back()
    assert names(editor) == before
    assert stored(sample_keys) == {}


def test_a_copy_is_another_document(
    editor: TemplateEditor, sample_keys: Keyboard, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("ui.alerts.ask_text", lambda *_: "รายงานของกองคลัง")
    editor.copy()
    assert "measures-report-2" in shown_kinds(sample_keys)
    page = page_of(sample_keys.window, DocumentsPage)
    assert page.template.name == "รายงานของกองคลัง"
    editor.go_back()
    assert "measures-report-2" not in shown_kinds(sample_keys)
    assert page.template.kind == "measures-report"


def test_given_out_and_taken_in(
    editor: TemplateEditor,
    sample_keys: Keyboard,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    path = tmp_path / "แม่แบบ.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    choose(editor, "measures")
    editor._remove()
    editor.give_out()
    after = names(editor)
    editor.go_back()
    assert names(editor) != after
    assert editor.take_in_file(path)
    assert names(editor) == after


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "JSON"),
        ('{"kind": "x", "name": "x", "blocks": []}', "ไม่มีส่วนใด"),
        ('{"kind": "x", "name": "x", "blocks": [{"block": "tabel"}]}', "blocks[0].block"),
        ("ก" * 600_000, "ใหญ่เกิน"),
    ],
)
def test_a_broken_file_is_refused(
    editor: TemplateEditor, told: Alerts, tmp_path: Path, content: str, words: str
):
    path = tmp_path / "x.json"
    path.write_text(content, "utf-8")
    assert not editor.take_in_file(path)
    assert words in told.told[-1][1].translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789"))
    assert not editor.take_in_file(tmp_path / "missing.json")


# --- pasted blocks -----------------------------------------------------------------------------


def paragraphs(keys: Keyboard) -> list[tuple[str, object]]:
    template = page_of(keys.window, DocumentsPage).template
    return [(b.text, b.first_indent_mm) for b in template.blocks if b.kind == "paragraph"]


def copy_text(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


@pytest.fixture
def paragraph(editor: TemplateEditor, sample_keys: Keyboard) -> TextField:
    """The text of a paragraph with an indent of its own, in the first section."""
    assert editor._own
    choose(editor, "heading")
    copy_text("ต้น ปลาย")
    editor.paste()
    editor._put("first_indent_mm", 25)
    wait_saved(sample_keys.window)
    field = editor.form.fields["text"]
    assert isinstance(field, TextField)
    field.setFocus()
    cursor = field.textCursor()
    cursor.setPosition(4)
    field.setTextCursor(cursor)
    return field


def test_lines_pasted_into_a_paragraph_become_paragraphs_like_it(
    paragraph: TextField, editor: TemplateEditor, sample_keys: Keyboard
):
    before = paragraphs(sample_keys)
    at = before.index(("ต้น ปลาย", 25))
    copy_text("หนึ่ง\r\n\n  สอง\nสาม ")
    sample_keys.press("Ctrl+V")
    new = [("ต้น หนึ่ง", 25), ("สอง", 25), ("สามปลาย", 25)]
    assert paragraphs(sample_keys) == [*before[:at], *new, *before[at + 1 :]]
    sample_keys.type("!")
    assert editor.form.fields["text"].value() == "สาม!ปลาย", "she types on where she was"
    wait_saved(sample_keys.window)
    store = open_session(sample_keys.window).store
    store.undo()
    store.undo()
    assert paragraphs(sample_keys) == before, "one step takes the whole block back"
    store.redo()
    assert paragraphs(sample_keys) == [*before[:at], *new, *before[at + 1 :]]


def test_one_line_is_pasted_as_ever(paragraph: TextField, sample_keys: Keyboard):
    count = len(paragraphs(sample_keys))
    copy_text("กลาง\n")
    sample_keys.press("Ctrl+V")
    wait_saved(sample_keys.window)
    assert len(paragraphs(sample_keys)) == count


def test_a_block_with_a_wrong_word_stays_in_the_field(
    paragraph: TextField, editor: TemplateEditor, sample_keys: Keyboard
):
    before = paragraphs(sample_keys)
    copy_text("หนึ่ง\nสอง {offce}")
    sample_keys.press("Ctrl+V")
    assert paragraphs(sample_keys) == before
    assert "{offce}" in editor.problem.text()
    assert editor.form.fields["text"].value() == "ต้น หนึ่ง\nสอง {offce}ปลาย"


def test_lines_pasted_at_the_list_become_paragraphs(editor: TemplateEditor, sample_keys: Keyboard):
    before = paragraphs(sample_keys)
    told: list[str] = []
    editor.said.connect(told.append)
    choose(editor, "heading")
    editor.parts.setFocus()
    copy_text("หนึ่ง\n\nสอง\nสาม\n")
    sample_keys.press("Ctrl+V")
    assert [text for text, _ in paragraphs(sample_keys)][:3] == ["หนึ่ง", "สอง", "สาม"]
    assert "๓ ย่อหน้า" in told[-1]
    assert "สาม" in editor.form.fields["text"].value()
    open_session(sample_keys.window).store.undo()
    assert paragraphs(sample_keys) == before
    copy_text("")
    editor.paste()
    assert "ไม่มีข้อความ" in told[-1]


def test_lines_in_a_heading_stay_together(editor: TemplateEditor, sample_keys: Keyboard):
    choose(editor, "heading")
    editor.form.fields["text"].setFocus()
    copy_text("รายงานผล\nประจำปี")
    sample_keys.press("Ctrl+A", "Ctrl+V")
    wait_saved(sample_keys.window)
    template = page_of(sample_keys.window, DocumentsPage).template
    assert template.blocks[0].text == "รายงานผล\nประจำปี"


def test_a_block_of_cells_goes_into_the_columns(editor: TemplateEditor, sample_keys: Keyboard):
    choose(editor, "measures")
    before = page_columns(sample_keys)
    editor.columns.view.setCurrentIndex(editor.columns.model.index(1, 0))
    editor.columns.view.setFocus()
    names = [f"หัว {at}" for at in range(len(before))]
    copy_text("\n".join(names))
    sample_keys.press("Ctrl+V")
    wait_saved(sample_keys.window)
    assert [each.heading for each in page_columns(sample_keys)] == [before[0].heading, *names]
    open_session(sample_keys.window).store.undo()
    assert page_columns(sample_keys) == before
    editor.columns.view.setCurrentIndex(editor.columns.model.index(0, 2))
    copy_text("กว้าง")
    sample_keys.press("Ctrl+V")
    assert "ต้องเป็นตัวเลข" in editor.problem.text()
    assert page_columns(sample_keys) == before


def test_places_to_fill_have_thai_names_on_the_screen_and_the_program_s_own_in_the_file(
    editor: TemplateEditor, sample_keys: Keyboard
):
    choose(editor, "heading")
    assert "{office}" not in " ".join(names(editor))
    field = editor.form.fields["text"]
    field.setFocus()
    sample_keys.press("Ctrl+A").type("ของ{ชื่อหน่วยงานเต็ม} ปี {ปีของมาตรการ}")
    kept = json.loads(stored(sample_keys)["measures-report"])
    assert kept["sections"][0]["blocks"][0]["text"] == "ของ{office} ปี {measure_year}"
    editor._show_part(editor.parts.currentRow())
    assert editor.form.fields["text"].value() == "ของ{ชื่อหน่วยงานเต็ม} ปี {ปีของมาตรการ}"
    assert "{ชื่อหน่วยงานเต็ม}" in names(editor)[editor.parts.currentRow()]
    assert not re.search(r"\{[a-z_]+\}", editor.form.fields["text"].toolTip())


@pytest.mark.parametrize("kind", ["", *KINDS])
def test_thai_names_of_places_to_fill_lead_back_to_one_word_each(kind: str):
    words = words_of(kind)
    text = " ".join(f"{{{word}}}" for word in words)
    assert in_code(in_thai(text, words), words) == text
    assert not re.search(r"\{[a-z_]+\}", in_thai(text, words))
