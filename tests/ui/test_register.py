"""Number and date, issuing, the way up the chain, what changed since; texts and photos."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.papers import Issued, PaperKey, Step
from tests.documents.pdf.reading import pages_by_pdfium
from tests.ui.conftest import Alerts, Keyboard, on_disk, open_session, page_of, wait_saved
from ui.pages.documents import DocumentsPage
from ui.widgets.register import Register

YEAR = 2569
PASSAGES, REGISTER = 2, 3


def page(keys: Keyboard) -> DocumentsPage:
    return page_of(keys.window, DocumentsPage)


def stored(keys: Keyboard) -> Dossier:
    wait_saved(keys.window)
    return on_disk(open_session(keys.window).store.path)


@pytest.fixture
def memo(sample_keys: Keyboard) -> Keyboard:
    """The page of documents with the memo of six months chosen."""
    sample_keys.press("Ctrl+6")
    page(sample_keys).kind.show_value("memo")
    page(sample_keys)._offer_rounds()
    page(sample_keys).round.show_value("6")
    page(sample_keys).refresh()
    return sample_keys


KEY = PaperKey(YEAR, "memo", 6)


def issued(keys: Keyboard) -> Issued:
    page(keys).issue()
    return open_session(keys.window).dossier.issued[0]


def register(keys: Keyboard) -> Register:
    return page(keys).register


def rows(keys: Keyboard, column: int) -> list[str]:
    tree = register(keys).papers
    found = (tree.topLevelItem(at) for at in range(tree.topLevelItemCount()))
    return [item.text(column) for item in found if item]


# --- number and date ------------------------------------------------------------------------------


def test_number_and_date_are_kept_for_this_document(memo: Keyboard):
    page(memo).number.setFocus()
    memo.press("Ctrl+A").type("ตย ๑๒๓")
    page(memo).day.setFocus()
    memo.press("Ctrl+A").type("7 เม.ย. 2569")
    paper = stored(memo).paper(KEY)
    assert (paper.number, paper.day) == ("ตย ๑๒๓", date(2026, 4, 7))
    page(memo).kind.show_value("issues-plan")
    page(memo)._offer_rounds()
    assert page(memo).number.value() != "ตย ๑๒๓"


@pytest.mark.parametrize("half", ["7 เม.ย.", "31 ก.พ. 2569", "เมื่อวาน", "7/13/2569"])
def test_half_a_date_stays_typed_and_is_not_kept(memo: Keyboard, half: str):
    before = stored(memo).paper(KEY).day
    page(memo).day.setFocus()
    memo.press("Ctrl+A").type(half)
    assert page(memo).day.property("state") == "wrong"
    assert page(memo).day.toolTip()
    assert page(memo).day.value() == half
    assert stored(memo).paper(KEY).day == before


# --- the register ---------------------------------------------------------------------------------


def test_an_issued_document_carries_its_code(memo: Keyboard):
    found = issued(memo)
    assert found.key == KEY
    assert page(memo).tabs.currentIndex() == REGISTER
    content = open_session(memo.window).store.picture(found.file)
    assert content
    assert all(found.code in text for text in pages_by_pdfium(content))
    assert rows(memo, 1) == [found.code]
    assert rows(memo, 4) == ["ออกแล้ว"]
    assert register(memo).changed_label.text() == "ข้อมูลยังตรงกับเอกสารที่ออก"


def test_a_later_edit_makes_it_out_of_date_and_says_where(memo: Keyboard):
    issued(memo)
    session = open_session(memo.window)
    session.store.set_office("telephone", "0 9999 9999")
    assert "ล้าสมัย" in rows(memo, 4)[0]
    texts = [register(memo).changes.item(at).text() for at in range(register(memo).changes.count())]
    assert len(texts) == 1
    assert "โทรศัพท์" in texts[0] and "๐ ๙๙๙๙ ๙๙๙๙" in texts[0]
    session.store.undo()
    assert "ล้าสมัย" not in rows(memo, 4)[0]


def test_the_way_up_the_chain(memo: Keyboard, tmp_path: Path):
    issued(memo)
    view = register(memo)
    view.step.show_value(Step.PRINTED.value)
    view.add_step()
    view.step.show_value(Step.SENT.value)
    view.who.setEditText("ปลัดองค์การบริหารส่วนตำบล")
    view.day.setText("8 เม.ย. 69")
    view.add_step()
    scan = tmp_path / "ลงนาม.pdf"
    scan.write_bytes(b"%PDF-1.4 scan")
    view.steps.setCurrentRow(1)
    assert view.attach_file(scan)
    (found,) = stored(memo).issued
    assert [(p.step, p.who) for p in found.passings] == [
        (Step.PRINTED, ""),
        (Step.SENT, "ปลัดองค์การบริหารส่วนตำบล"),
    ]
    assert found.passings[1].day == date(2026, 4, 8)
    assert found.passings[1].scan_name == "ลงนาม.pdf"
    assert rows(memo, 4) == [Step.SENT.label]


def test_no_step_on_a_day_that_is_none(memo: Keyboard, told: Alerts):
    issued(memo)
    register(memo).day.setText("วันพรุ่งนี้")
    register(memo).add_step()
    assert told.told[-1][0] == "วันที่ใช้ไม่ได้"
    assert stored(memo).issued[0].passings == ()
    assert register(memo).day.value() == "วันพรุ่งนี้"


def test_the_same_step_is_not_written_twice(memo: Keyboard, told: Alerts):
    issued(memo)
    view = register(memo)
    view.add_step()
    view.step.show_value(Step.PRINTED.value)
    view.add_step()
    assert told.told[-1][0] == "บันทึกขั้นนี้ไว้แล้ว"
    assert "พิมพ์แล้ว" in told.told[-1][1]
    assert [each.step for each in stored(memo).issued[0].passings] == [Step.PRINTED]
    view.who.setEditText("ปลัด")
    view.add_step()
    assert [each.who for each in stored(memo).issued[0].passings] == ["", "ปลัด"]


def test_nothing_more_is_offered_once_all_steps_are_done(memo: Keyboard):
    issued(memo)
    view = register(memo)
    for _ in range(2 * len(Step)):
        view.add_button.click()
    assert [each.step for each in stored(memo).issued[0].passings] == list(Step)
    assert not view.add_button.isEnabled()
    assert view.add_button.text() == "ครบทุกขั้นแล้ว"
    view.step.show_value(Step.SENT.value)
    view.step.picked.emit(Step.SENT.value)  # sent to one more, which she had forgotten
    assert view.add_button.isEnabled()
    view.who.setEditText("นายก")
    view.add_button.click()
    assert stored(memo).issued[0].passings[-1].who == "นายก"
    assert not view.add_button.isEnabled()
    open_session(memo.window).store.undo()
    open_session(memo.window).store.undo()
    assert view.add_button.isEnabled()


def test_what_is_no_scan_is_refused(memo: Keyboard, told: Alerts, tmp_path: Path):
    issued(memo)
    register(memo).add_step()
    wrong = tmp_path / "x.exe"
    wrong.write_bytes(b"MZ")
    assert not register(memo).attach_file(wrong)
    assert "PDF" in told.told[-1][1]


def test_the_issued_file_is_written_out_again(memo: Keyboard, tmp_path: Path):
    found = issued(memo)
    path = tmp_path / "ออก.pdf"
    assert register(memo).save_file_at(found, path)
    assert path.read_bytes().startswith(b"%PDF")


def test_taken_out_and_brought_back(memo: Keyboard):
    issued(memo)
    register(memo).delete()
    assert rows(memo, 1) == []
    open_session(memo.window).store.undo()
    assert len(rows(memo, 1)) == 1


def test_findings_are_asked_about_first(keys: Keyboard, told: Alerts):
    keys.press("Ctrl+6")
    told.answer = False
    page(keys).issue()
    question = told.told[-1][1]
    assert question.startswith("เอกสารนี้ยังมี") and "ต้องแก้" in question
    assert open_session(keys.window).dossier.issued == ()


# --- texts of the document ------------------------------------------------------------------------


def test_a_text_is_kept_and_printed(memo: Keyboard):
    page(memo).tabs.setCurrentIndex(PASSAGES)
    form = page(memo).passages.form
    key = next(key for key in form.fields if "facts" in key)
    form.fields[key].setFocus()
    memo.press("Ctrl+A").type("ดำเนินการครบทุกข้อ")
    assert stored(memo).passage(YEAR, key) == "ดำเนินการครบทุกข้อ"
    path = open_session(memo.window).store.path.with_suffix(".pdf")
    assert page(memo).make_pdf_at(path)
    assert "ดำเนินการครบทุกข้อ" in "".join(pages_by_pdfium(path.read_bytes()))


# --- other forms ----------------------------------------------------------------------------------


def test_word_and_excel_are_made_where_asked(
    memo: Keyboard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for suffix in (".docx", ".xlsx"):
        path = tmp_path / f"บันทึก{suffix}"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, path=path: (str(path), ""))
        page(memo).make(suffix)
        assert path.read_bytes().startswith(b"PK")
