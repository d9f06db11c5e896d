"""The windows of hand-over: by keyboard, in the background, nothing cut off on a small screen."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from db.store import Store
from ita_desktop.documents import templates
from ita_desktop.exchange.unpack import opened
from tests.exchange.packages import of_office, package_of
from tests.ui.conftest import Alerts, Keyboard, open_session
from tests.ui.test_looks import FULL, SMALL, describe, english_in, texts_of
from ui.handover.frame import HandoverDialog
from ui.handover.gather import GatherDialog
from ui.handover.look import LookDialog
from ui.handover.send import SendDialog
from ui.main_window import MainWindow

PASSWORD = "น้ำใสไหลเย็น"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two documents instead of thirteen, and locks that open at once."""
    everything = templates.load_templates

    def few(*arguments: Any) -> dict[str, Any]:
        found = everything(*arguments)
        return {kind: found[kind] for kind in ("memo", "score-summary")}

    monkeypatch.setattr("ui.handover.send.load_templates", few)
    monkeypatch.setattr("ita_desktop.exchange.lock.SCRYPT_LOG_N", 2)


@pytest.fixture
def handed(sample_window: MainWindow) -> Iterator[MainWindow]:
    """The window over the sample office; a dialog that is left open is closed."""
    yield sample_window
    dialog = sample_window.handover.dialog
    if dialog is not None and dialog.isVisible():
        dialog.reject()


def dialog_of(window: MainWindow, kind: type[Any]) -> Any:
    found = window.handover.dialog
    assert isinstance(found, kind)
    return found


def finish(dialog: HandoverDialog) -> None:
    """Let what runs in the background come to its end."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        QApplication.processEvents()
        reviewing = isinstance(dialog, SendDialog) and dialog.reviewing
        if not dialog.work.busy and not reviewing:
            return
        time.sleep(0.01)
    raise AssertionError("still busy after half a minute")


def open_send(window: MainWindow) -> SendDialog:
    window.handover.send_action.trigger()
    dialog = dialog_of(window, SendDialog)
    finish(dialog)
    return dialog


def make(dialog: SendDialog, path: Path) -> Path:
    dialog.make_at(path)
    finish(dialog)
    assert dialog.stack.currentWidget() is dialog.result_page
    return path.with_suffix(".itapack")


def look(window: MainWindow, path: Path) -> LookDialog:
    window.handover.look(path)
    dialog = dialog_of(window, LookDialog)
    finish(dialog)
    return dialog


# --- sending --------------------------------------------------------------------------------------


def test_sending_by_keyboard_alone(
    handed: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    type_text: Callable[[str], None],
):
    target = tmp_path / "ส่ง"
    asked: list[str] = []

    def choose(_parent: QWidget, _title: str, suggested: str, _kinds: str) -> tuple[str, str]:
        asked.append(Path(suggested).name)
        return str(target), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    keys = Keyboard(handed, type_text)
    keys.press("Ctrl+E")
    dialog = dialog_of(handed, SendDialog)
    finish(dialog)
    dialog.activateWindow()
    keys.tab_to("รหัสผ่าน").type(PASSWORD).tab_to("พิมพ์ซ้ำ").type(PASSWORD)
    assert "เดา" in dialog.verdict.text()
    keys.tab_to("ทำชุดข้อมูล…").press("Return")
    finish(dialog)
    assert asked == ["ITA อบต.ตัวอย่าง ตัวอย่าง ปี 2569.itapack"]
    with opened(tmp_path / "ส่ง.itapack", PASSWORD) as package:
        assert package.is_whole and package.locked
        assert package.fingerprint == dialog.fingerprint.text()
    keys.tab_to("ปิด").press("Return")
    assert not dialog.isVisible()


def test_the_form_tells_what_is_missing(handed: MainWindow):
    dialog = open_send(handed)
    assert dialog.findings.text() == "ไม่มีรายการที่ควรแก้ในรอบ ๖ และ ๑๒ เดือน"
    assert dialog.make_button.isEnabled() and "ไม่ล็อก" in dialog.verdict.text()
    dialog.password.insert("ก")
    assert not dialog.make_button.isEnabled() and "ไม่ตรงกัน" in dialog.verdict.text()
    dialog.again.insert("ก")
    assert dialog.make_button.isEnabled() and "เดาง่าย" in dialog.verdict.text()
    dialog.documents.show_values(())
    dialog.documents.ticked.emit([])
    assert not dialog.make_button.isEnabled()
    assert dialog.password.echoMode() is QLineEdit.EchoMode.Password
    dialog.see.setChecked(True)
    assert dialog.again.echoMode() is QLineEdit.EchoMode.Normal


def test_open_findings_are_told(handed: MainWindow):
    open_session(handed).store.set_office("name", "")
    dialog = open_send(handed)
    assert "เหลือ" in dialog.findings.text() and "หน้าเอกสาร" in dialog.findings.text()


def test_a_year_without_data_has_nothing_ticked(handed: MainWindow):
    open_session(handed).set_year(2575)
    dialog = open_send(handed)
    assert dialog.documents.values() == [] and not dialog.make_button.isEnabled()


def test_a_package_that_cant_be_written_leaves_the_form(
    handed: MainWindow, tmp_path: Path, told: Alerts
):
    dialog = open_send(handed)
    dialog.make_at(tmp_path)  # a folder
    finish(dialog)
    dialog.make_at(tmp_path / ("ก" * 300))
    finish(dialog)
    assert [title for title, _ in told.told][-1] == "ทำชุดข้อมูลไม่สำเร็จ"
    assert dialog.stack.currentWidget() is dialog.form_page


def test_cancelling_writes_nothing(handed: MainWindow, tmp_path: Path):
    dialog = open_send(handed)
    dialog.make_at(tmp_path / "ส่ง")
    dialog.cancel_button.click()
    finish(dialog)
    assert dialog.stack.currentWidget() is dialog.form_page
    assert not list(tmp_path.glob("*.itapack"))


def test_the_own_package_is_known_when_it_comes_back(
    handed: MainWindow, tmp_path: Path, told: Alerts
):
    path = make(open_send(handed), tmp_path / "ส่ง")
    dialog = look(handed, path)
    told.answer = False
    dialog.take_in()
    finish(dialog)
    assert "มีข้อมูลของชุดนี้อยู่แล้ว" in told.told[-1][1]
    assert dialog.isVisible()


# --- looking --------------------------------------------------------------------------------------


def test_a_whole_package_shows_what_is_inside(handed: MainWindow, tmp_path: Path):
    path = make(open_send(handed), tmp_path / "ส่ง")
    dialog = look(handed, path)
    assert "ครบถ้วน" in dialog.verdict.text() and not dialog.problems_card.isVisible()
    assert dialog.inside.topLevelItemCount() == 9
    letters = dialog.fingerprint.text()
    for typed, word in (
        (letters.lower(), "ตรงกันทุกตัว"),
        (letters[:6], "พิมพ์ต่อ"),
        ("XXXX", "ไม่ตรงกัน"),
    ):
        dialog.on_paper.setText(typed)
        dialog.on_paper.typed.emit(typed)
        assert word in dialog.compared.text()


def test_a_changed_package_says_what_is_wrong_and_gives_nothing(handed: MainWindow, tmp_path: Path):
    path = make(open_send(handed), tmp_path / "ส่ง")
    changed = bytearray(path.read_bytes())
    changed[len(changed) // 3] ^= 1
    path.write_bytes(changed)
    dialog = look(handed, path)
    assert "อย่าใช้" in dialog.verdict.text() and dialog.problems_card.isVisible()
    assert dialog.problems.topLevelItemCount() >= 1
    assert not dialog.save_button.isEnabled() and not dialog.take_button.isEnabled()


def test_a_locked_package_asks_until_it_is_right(
    handed: MainWindow, tmp_path: Path, type_text: Callable[[str], None]
):
    sender = open_send(handed)
    sender.password.insert(PASSWORD)
    sender.again.insert(PASSWORD)
    path = make(sender, tmp_path / "ส่ง")
    dialog = look(handed, path)
    assert dialog.stack.currentWidget() is dialog.password_page
    keys = Keyboard(handed, type_text)
    dialog.activateWindow()
    dialog.password.setFocus()
    keys.type("ผิด").press("Return")
    finish(dialog)
    assert "รหัสผ่านไม่ถูกต้อง" in dialog.asked.text()
    keys.type(PASSWORD).press("Return")
    finish(dialog)
    assert "ครบถ้วน" in dialog.verdict.text()


def test_documents_are_taken_out_beside_what_is_there(handed: MainWindow, tmp_path: Path):
    path = make(open_send(handed), tmp_path / "ส่ง")
    dialog = look(handed, path)
    folder = tmp_path / "ออก"
    folder.mkdir()
    (folder / "ใบนำส่ง.pdf").write_bytes(b"mine")
    dialog.save_to(folder)
    finish(dialog)
    names = sorted(each.name for each in folder.iterdir())
    assert len(names) == 9 and "ใบนำส่ง (2).pdf" in names
    assert (folder / "ใบนำส่ง.pdf").read_bytes() == b"mine"
    assert all(each.suffix in (".pdf", ".xlsx", ".csv") for each in folder.iterdir())


def test_data_come_in_as_one_edit_that_undo_takes_back(
    handed: MainWindow, tmp_path: Path, told: Alerts
):
    path = tmp_path / "อื่น.itapack"
    path.write_bytes(package_of(of_office("อื่น", total="77.00")))
    session = open_session(handed)
    before = session.dossier
    dialog = look(handed, path)
    dialog.take_in()
    finish(dialog)
    assert "เป็นของอบต.อื่น แต่แฟ้มนี้เป็นของอบต.ตัวอย่าง" in told.told[-1][1]
    assert session.dossier.office.name == "อื่น" and not dialog.isVisible()
    handed.undo()
    assert session.dossier.office == before.office and session.dossier.sheets == before.sheets


def test_rubbish_is_told_and_the_window_goes(handed: MainWindow, tmp_path: Path, told: Alerts):
    path = tmp_path / "x.itapack"
    path.write_bytes(b"rubbish")
    dialog = look(handed, path)
    assert told.told[-1][0] == "เปิดชุดข้อมูลไม่ได้" and not dialog.isVisible()


def test_packages_open_without_a_data_file(make_bare: Callable[[], MainWindow], tmp_path: Path):
    window = make_bare()
    assert not window.handover.send_action.isEnabled()
    path = tmp_path / "x.itapack"
    path.write_bytes(package_of())
    dialog = look(window, path)
    assert "ครบถ้วน" in dialog.verdict.text() and not dialog.take_button.isEnabled()
    dialog.reject()


# --- the district ---------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three offices, one of them twice, and a damaged file."""
    made = tmp_path / "รับ"
    made.mkdir()
    for name, total in (("ก", "90.00"), ("ข", "80.00"), ("ค", "70.00")):
        (made / f"{name}.itapack").write_bytes(package_of(of_office(name, total=total)))
    (made / "ก2.itapack").write_bytes(package_of(of_office("ก", total="90.00")))
    (made / "เสีย.itapack").write_bytes(b"x")
    return made


def gather(window: MainWindow, folder: Path) -> GatherDialog:
    window.handover.gather_action.trigger()
    dialog = dialog_of(window, GatherDialog)
    assert not dialog.start_button.isEnabled()
    dialog.folder.insert(str(folder))
    dialog._show_ready()
    return dialog


def test_a_folder_becomes_a_summary(handed: MainWindow, folder: Path, tmp_path: Path):
    dialog = gather(handed, folder)
    listed = tmp_path / "บัญชี.csv"
    listed.write_text("ชื่อหน่วยงาน\nอบต.ก\nอบต.ง\n", "utf-8")
    dialog.list.insert(str(listed))
    dialog.start_button.click()
    finish(dialog)
    assert "ใช้ได้ ๓ หน่วยงาน" in dialog.summary.text() and "๘๐.๐๐" in dialog.summary.text()
    assert [dialog.tabs.tabText(at) for at in range(dialog.tabs.count())] == [
        *("ผลรายหน่วยงาน", "ตัวชี้วัดที่อ่อน", "ยังไม่ได้ส่ง ๑", "แฟ้มที่ไม่ได้ใช้ ๒")
    ]
    names = [dialog.lines.topLevelItem(at).text(1) for at in range(3)]  # type: ignore[union-attr]
    assert names == ["อบต.ก", "อบต.ข", "อบต.ค"]
    for suffix, start in ((".xlsx", b"PK"), (".pdf", b"%PDF")):
        dialog.save_at(tmp_path / "สรุป", suffix)
        finish(dialog)
        assert (tmp_path / f"สรุป{suffix}").read_bytes().startswith(start)
    assert "บันทึกแล้ว: สรุป.pdf" in dialog.summary.text()


def test_summing_up_can_be_cancelled(handed: MainWindow, folder: Path):
    dialog = gather(handed, folder)
    dialog.start()
    dialog.cancel_button.click()
    finish(dialog)
    assert dialog.district is None and dialog.stack.currentWidget() is dialog.form_page


def test_a_folder_without_packages_is_told(handed: MainWindow, tmp_path: Path, told: Alerts):
    dialog = gather(handed, tmp_path / "ไม่มี")
    dialog.start()
    finish(dialog)
    assert "โปรดตรวจชื่อ" in told.told[-1][1]
    assert dialog.stack.currentWidget() is dialog.form_page


# --- looks ----------------------------------------------------------------------------------------


def pages(handed: MainWindow, tmp_path: Path, folder: Path) -> Iterator[QDialog]:
    """Each page of each window, one after the other."""
    sender = open_send(handed)
    yield sender
    path = make(sender, tmp_path / "ส่ง")
    yield sender
    sender.reject()
    looker = look(handed, path)
    yield looker
    looker.stack.setCurrentWidget(looker.password_page)
    yield looker
    looker.reject()
    changed = tmp_path / "เปลี่ยน.itapack"
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 1
    changed.write_bytes(content)
    looker = look(handed, changed)
    yield looker
    looker.reject()
    gatherer = gather(handed, folder)
    yield gatherer
    gatherer.show_working("กำลังรวม")
    yield gatherer
    gatherer.start()
    finish(gatherer)
    yield gatherer


def seen(dialog: QDialog, *kinds: type[QWidget]) -> list[Any]:
    return [each for kind in kinds for each in dialog.findChildren(kind) if each.isVisible()]


@pytest.mark.parametrize("size", [FULL, SMALL], ids=["full", "small"])
def test_every_page_fits_is_thai_and_reads_in_order(
    handed: MainWindow,
    tmp_path: Path,
    folder: Path,
    size: tuple[int, int],
    type_text: Callable[[str], None],
):
    for dialog in pages(handed, tmp_path, folder):
        dialog.resize(min(900, size[0] - 20), min(600, size[1] - 60))
        for _ in range(5):
            QApplication.processEvents()
        assert dialog.width() <= size[0] and dialog.height() <= size[1] - 40
        assert _cut_off(dialog) == []
        assert _english(dialog) == []
        assert [
            describe(e) for e in seen(dialog, QLineEdit, QComboBox) if not e.accessibleName()
        ] == []
        _check_order(dialog, Keyboard(handed, type_text))


def _cut_off(dialog: QDialog) -> list[str]:
    cut = []
    for each in seen(dialog, QPushButton, QLabel, QAbstractButton, QComboBox):
        wanted, given = each.sizeHint(), each.size()
        wraps = isinstance(each, QLabel) and each.wordWrap()
        height = each.heightForWidth(given.width()) if wraps else wanted.height()
        if (not wraps and given.width() < wanted.width()) or given.height() < height:
            cut.append(f"{describe(each)} {wanted.toTuple()} {given.toTuple()}")
    return cut


def _english(dialog: QDialog) -> list[str]:
    """Texts with English words, but for file names and fingerprints, which are no language."""
    own = [getattr(dialog, name, None) for name in ("fingerprint", "told", "outcome", "about")]
    widgets = [each for each in seen(dialog, QWidget) if each not in own]
    fields = [each for each in widgets if not isinstance(each, QLineEdit)]
    return [
        text for each in fields for text in texts_of(each) if english_in(text.replace("CSV", ""))
    ]


def _check_order(dialog: QDialog, keys: Keyboard) -> None:
    """Tab goes from top to bottom, in a line from left to right, column by column."""
    dialog.activateWindow()
    start = seen(dialog.stack.currentWidget(), QLineEdit, QComboBox, QPushButton)[0]  # type: ignore[attr-defined]
    start.setFocus()
    order: list[QWidget] = []
    while keys.focus not in order:
        order.append(keys.focus)
        keys.press("Tab")
    assert all(dialog.isAncestorOf(each) for each in order)
    buttons = [each for each in order if isinstance(each, QPushButton)]
    for before, after in pairwise(buttons):
        one, two = (each.mapTo(dialog, QPoint(0, 0)) for each in (before, after))
        backwards = after is order[0]
        assert backwards or one.y() < two.y() or one.x() < two.x(), describe(after)


def test_nothing_is_left_running_when_the_window_goes(handed: MainWindow, folder: Path):
    dialog = gather(handed, folder)
    dialog.start()
    dialog.reject()
    assert not dialog.work.busy and not dialog.isVisible()


def test_a_package_made_in_the_window_comes_in_by_command(handed: MainWindow, tmp_path: Path):
    from ita_desktop import cli

    path = make(open_send(handed), tmp_path / "ส่ง")
    other = tmp_path / "อื่น.ita"
    assert cli.main(["new", str(other)]) == 0 == cli.main(["import", str(other), str(path)])
    with Store(other) as store:
        assert store.dossier().sheets == {
            year: sheet
            for year, sheet in open_session(handed).dossier.sheets.items()
            if year in (2567, 2568)
        }
