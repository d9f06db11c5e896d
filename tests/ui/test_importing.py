"""นำเข้าข้อมูล: from a file or the clipboard, through matching and preview, into the file and back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLabel, QPushButton, QWidget

from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.measures import Status
from tests.exchange.sheets.tables import OIT_TEXT, PROGRESS_HTML, SCORES_CSV
from tests.ready import SAMPLE
from tests.ui.conftest import Keyboard, on_disk, open_session
from tests.ui.test_looks import FULL, SMALL, english_in, settle, stops, tab_round, texts_of
from ui.importing import ImportDialog
from ui.main_window import MainWindow
from ui.session import Session
from ui.widgets.layouts import ElidedLabel

YEAR = 2569


@pytest.fixture
def dialog(qapp: QApplication, sample_file: Path) -> Iterator[ImportDialog]:
    """The dialog over the sample office, without the window around it."""
    session = Session.open(sample_file)
    session.set_year(YEAR)
    made = ImportDialog(session)
    made.show()
    yield made
    made.reject()
    made.deleteLater()
    session.close()
    qapp.clipboard().clear()  # Qt would let go of Python's data after Python has gone
    qapp.processEvents()


def read(dialog: ImportDialog, path: Path, content: bytes) -> None:
    path.write_bytes(content)
    dialog.read(path)
    dialog.reader.finish()
    settle()


def copy(text: str = "", html: str = "") -> None:
    mime = QMimeData()
    mime.setText(text)
    if html:
        mime.setHtml(html)
    QGuiApplication.clipboard().setMimeData(mime)


def changed(dialog: ImportDialog) -> str:
    """What the first change makes of it."""
    item = dialog.changes.item(0, 2)
    assert item is not None
    return item.text()


def test_a_file_goes_through_three_steps_into_the_file_and_back(
    dialog: ImportDialog, tmp_path: Path, sample_file: Path
):
    before = on_disk(sample_file)
    read(dialog, tmp_path / "ผล.html", PROGRESS_HTML.encode())
    assert dialog.stack.currentIndex() == 1
    assert dialog.matching.round.value() == "6"
    dialog.next_button.click()
    assert dialog.stack.currentIndex() == 2
    assert "๓ รายการ" in dialog.counts.item(0).text()
    assert dialog.problems.count() == 1
    assert on_disk(sample_file) == before, "nothing is written before the last step"
    assert dialog.next_button.text() == "นำเข้าโดยเว้น ๑ แห่ง"
    dialog.next_button.click()
    assert dialog.taken is not None
    added = [m for m in on_disk(sample_file).measures[YEAR] if m.title == "อบรมจริยธรรม"]
    assert added[0].progress_in(Round.SIX).status is Status.IN_PROGRESS
    dialog.session.store.undo()
    assert on_disk(sample_file) == before


def test_a_copied_table_is_pasted_by_keyboard(dialog: ImportDialog, sample_file: Path):
    copy("ไม่ใช้", PROGRESS_HTML)
    dialog.activateWindow()
    keys = Keyboard(dialog, lambda _: None)  # type: ignore[arg-type]
    keys.press("Ctrl+V")
    dialog.reader.finish()
    settle()
    assert dialog.stack.currentIndex() == 1
    keys.press("Return")
    assert dialog.stack.currentIndex() == 2
    keys.press("Return")
    assert dialog.taken is not None
    titles = [m.title for m in on_disk(sample_file).measures[YEAR]]
    assert "ประกาศเจตนารมณ์ <สุจริต>" in titles


def test_copied_cells_without_markup(dialog: ImportDialog):
    copy(OIT_TEXT)
    dialog.paste()
    dialog.reader.finish()
    settle()
    dialog.forward()
    assert "รายการ OIT" in dialog.counts.item(0).text()


def test_nothing_copied_is_said(dialog: ImportDialog):
    QGuiApplication.clipboard().setMimeData(QMimeData())
    dialog.paste()
    assert "คัดลอก" in dialog.state.text()


def test_kind_year_and_columns_can_be_set_by_hand(dialog: ImportDialog, tmp_path: Path):
    read(dialog, tmp_path / "คะแนน.csv", "ก,ข\ni1,91.25\n".encode())
    assert not dialog.next_button.isEnabled()
    pick(dialog.matching.kind, "scores")
    assert not dialog.matching.missing.isHidden()
    pick(dialog.matching.columns[0], "code")
    pick(dialog.matching.columns[1], "score")
    assert dialog.next_button.isEnabled()
    assert dialog.matching.year.value() == "2568"
    pick(dialog.matching.year, "2567")
    dialog.forward()
    assert dialog.plan is not None
    assert dialog.plan.after.sheets[2567].entered["i1"] == Decimal("91.25")


def pick(box: QComboBox, value: str) -> None:
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def test_another_office_must_be_confirmed(dialog: ImportDialog, tmp_path: Path):
    other = PROGRESS_HTML.replace("ตำบลตัวอย่าง", "ตำบลแม่น้ำ")
    read(dialog, tmp_path / "อื่น.html", other.encode())
    dialog.forward()
    assert "แม่น้ำ" in dialog.warning.text()
    assert not dialog.next_button.isEnabled()
    dialog.sure.setChecked(True)
    assert dialog.next_button.isEnabled()


def test_an_interchange_file_is_previewed_and_the_same_again_changes_nothing(
    dialog: ImportDialog, tmp_path: Path
):
    data = json.loads(SAMPLE.read_text("utf-8"))
    read(dialog, tmp_path / "เดิม.json", json.dumps(data).encode())
    assert dialog.stack.currentIndex() == 2
    assert dialog.changes_label.text() == "ไม่มีอะไรเปลี่ยน"
    assert not dialog.next_button.isEnabled()
    dialog.back()
    assert dialog.stack.currentIndex() == 0
    data["office"]["telephone"] = "0 1111 1111"
    read(dialog, tmp_path / "ใหม่.json", json.dumps(data).encode())
    assert dialog.changes.rowCount() == 1
    assert changed(dialog) == "0 1111 1111"
    dialog.forward()
    assert dialog.taken is not None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 99,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99),
        b"PK\3\4damaged",
        b"%PDF-1.4",
    ],
)
def test_a_file_that_is_no_table_is_refused_in_a_sentence(
    dialog: ImportDialog, tmp_path: Path, content: bytes
):
    read(dialog, tmp_path / "เสีย.xlsx", content)
    assert dialog.stack.currentIndex() == 0
    assert dialog.state.text().startswith("นำเข้าไม่ได้") and "โปรด" in dialog.state.text()
    assert dialog.file_button.isEnabled()


def test_the_form_is_written_and_comes_back(dialog: ImportDialog, tmp_path: Path):
    target = tmp_path / "แบบกรอก.xlsx"
    dialog.write_form(target)
    assert target.name in dialog.state.text()
    read(dialog, tmp_path / "กรอกแล้ว.xlsx", target.read_bytes())
    assert dialog.tables.count() == 8
    dialog.forward()
    assert dialog.changes_label.text() == "ไม่มีอะไรเปลี่ยน"


def test_the_menu_opens_it(
    sample_window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def work(self: ImportDialog) -> int:
        read(self, tmp_path / "คะแนน.csv", SCORES_CSV.encode())
        self.forward()
        self.forward()
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(ImportDialog, "exec", work)
    open_session(sample_window).set_year(YEAR)
    sample_window.import_action.trigger()
    session = open_session(sample_window)
    assert session.dossier.sheet(2568).entered["1"] == Decimal("91.25")
    assert "Ctrl+Z" in sample_window.statusBar().currentMessage()


# --- looks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [FULL, SMALL], ids=["full", "small"])
def test_every_step_fits_the_screen_and_is_reached_by_tab(
    dialog: ImportDialog, tmp_path: Path, size: tuple[int, int], type_text: Callable[[str], None]
):
    for step in range(3):
        if step == 1:
            read(dialog, tmp_path / "ผล.html", PROGRESS_HTML.replace("ตัวอย่าง", "แม่น้ำ").encode())
        elif step:
            dialog.forward()
        dialog.resize(*size)
        settle()
        assert (dialog.width(), dialog.height()) == size
        keys = Keyboard(dialog, type_text)  # type: ignore[arg-type]
        dialog.activateWindow()
        seen = tab_round(keys, "Tab")
        missed = [each for each in stops(dialog) if each not in seen]
        assert missed == []
        for each in dialog.findChildren(QWidget):
            if isinstance(each, QLabel | QPushButton | QComboBox) and each.isVisible():
                wraps = isinstance(each, QLabel) and (
                    each.wordWrap() or isinstance(each, ElidedLabel)
                )
                cut = each.height() < each.sizeHint().height() and not wraps
                narrow = each.width() < each.minimumSizeHint().width()
                assert not cut and not narrow, (step, each.property("text"))


def test_no_english_in_the_dialog(dialog: ImportDialog, tmp_path: Path):
    read(dialog, tmp_path / "ผล.html", PROGRESS_HTML.encode())
    dialog.forward()
    found = [
        text
        for each in dialog.findChildren(QWidget)
        for text in texts_of(each)
        if english_in(text.replace("CSV", "")) and not isinstance(each, ElidedLabel)
    ]
    assert found == []


HOSTILE = "<b>x</b><img src=x>"


def test_texts_of_a_file_are_never_markup(dialog: ImportDialog, tmp_path: Path):
    cell = HOSTILE.replace("<", "&lt;")
    table = (
        f"<table><tr><th>มาตรการ {cell}</th><th>ผู้รับผิดชอบ</th></tr>"
        f"<tr><td>{cell}</td><td>{cell}</td></tr></table>"
    )
    read(dialog, tmp_path / "ผล.html", table.encode())
    dialog.forward()
    assert changed(dialog) == HOSTILE
    settle()
    labels = dialog.findChildren(QLabel)
    assert any(HOSTILE in each.text() for each in labels)
    for each in labels:
        assert each.textFormat() is Qt.TextFormat.PlainText, each.text()
