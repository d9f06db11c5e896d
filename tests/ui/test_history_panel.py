"""History, the bin, a field's own past, and the back-ups: as she works them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from db.backup import Backups
from db.shelf import Reason
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.measures import STATUS_LABELS, Status
from tests.ui.conftest import Alerts, open_session, page_of
from tests.ui.disasters import go_to_address, pause, sample, session_of, type_in, until, window_over
from ui.backing import reminder
from ui.main_window import MainWindow
from ui.pages.measures import MeasuresPage
from ui.pages.office import OfficePage
from ui.pages.progress import ProgressPage
from ui.pages.scores import ScoresPage
from ui.pasts import record_of
from ui.theme import SIZES, USUAL_SIZE, apply_theme, choose
from ui.widgets.backups import BackupsPanel
from ui.widgets.history import HistoryPanel, PastPanel


def history_of(window: MainWindow) -> HistoryPanel:
    window.history_action.trigger()
    assert window.helping.history is not None
    return window.helping.history


def test_every_edit_stands_there_with_when_where_old_and_new(sample_window: MainWindow):
    session = open_session(sample_window)
    measure = session.dossier.measures[session.year][0]
    before = measure.progress[Round.SIX].status
    wanted = next(each for each in Status if each is not before)
    session.store.set_progress(measure.id, Round.SIX, status=wanted)
    session.store.set_office("district", "ใหม่")
    panel = history_of(sample_window)
    first, second = panel.edits.texts()[:2]
    assert first[1:5] == ["แก้อำเภอของหน่วยงาน", "หน่วยงาน • อำเภอ", "ตัวอย่าง", "ใหม่"]
    assert second[2].endswith("รอบ ๖ เดือน • สถานะ")
    assert second[4] == STATUS_LABELS[wanted]


def test_a_click_goes_to_the_field(sample_window: MainWindow):
    session = open_session(sample_window)
    measure = session.dossier.measures[session.year][1]
    session.store.set_progress(measure.id, Round.SIX, note="จดไว้")
    panel = history_of(sample_window)
    panel.edits.chosen.emit(0)
    page = page_of(sample_window, ProgressPage)
    assert page.isVisible()
    assert page.round is Round.SIX
    assert page.current is not None
    assert page.current.id == measure.id
    session.store.set_office("district", "ใหม่")
    panel.edits.chosen.emit(0)
    assert page_of(sample_window, OfficePage).isVisible()


def test_the_filter_leaves_what_was_asked_for(sample_window: MainWindow):
    session = open_session(sample_window)
    session.store.set_office("district", "เมืองทดลอง")
    panel = history_of(sample_window)
    everything = panel.edits.rowCount()
    panel.search.setText("เมืองทดลอง")
    panel.search.typed.emit("เมืองทดลอง")
    assert panel.edits.rowCount() == 1 < everything


def test_long_words_of_undo_leave_the_window_as_narrow_as_the_screen(
    sample_window: MainWindow, qapp: QApplication
):
    choose(look="light", size=max(SIZES))
    apply_theme(qapp)
    try:
        session = open_session(sample_window)
        words = "ทำเครื่องหมาย “" + "ตั้งคณะทำงานและผู้รับผิดชอบ" * 4 + "”"
        for value in ("1", "2"):
            session.store.set_setting("sample", value, label=words)
        session.store.undo()
        panel = history_of(sample_window)
        for each in (panel.undo_button, panel.redo_button):
            assert each.text().endswith("…")
            assert words in each.toolTip() and words in each.accessibleName()
        assert panel.minimumSizeHint().width() <= 911
    finally:
        choose(look="light", size=USUAL_SIZE)
        apply_theme(qapp)


def test_undo_and_redo_in_words(sample_window: MainWindow):
    session = open_session(sample_window)
    session.store.set_office("district", "ใหม่")
    panel = history_of(sample_window)
    assert panel.undo_button.text() == "↶ เลิกทำ: แก้อำเภอของหน่วยงาน"
    panel.undo_button.click()
    assert session.dossier.office.district == "ตัวอย่าง"
    assert panel.edits.texts()[0][5] == "เลิกทำแล้ว"
    panel.redo_button.click()
    assert session.dossier.office.district == "ใหม่"


def test_what_was_deleted_is_in_the_bin_and_comes_back(sample_window: MainWindow):
    session = open_session(sample_window)
    before = session.dossier
    measure = before.measures[session.year][0]
    session.store.delete_measure(measure.id)
    session.store.set_office("district", "ใหม่")  # undo alone would not do
    panel = history_of(sample_window)
    panel.tabs.setCurrentIndex(1)
    ((_, name, along),) = panel.bin.texts()
    assert measure.title[:20] in name
    assert "ความก้าวหน้า" in along
    panel.back_button.click()
    assert session.dossier.measures == before.measures
    assert panel.bin.rowCount() == 0
    assert not panel.back_button.isEnabled()


def test_what_has_changed_since_a_document_was_issued(sample_window: MainWindow):
    from ui.issuing import issue
    from ui.pages.documents import DocumentsPage

    session = open_session(sample_window)
    page = page_of(sample_window, DocumentsPage)
    session.store.set_office("district", "ก่อนออก")
    assert issue(session, page.template, Round.SIX)
    session.store.set_office("district", "หลังออก")
    session.store.set_office("district", "หลังออกอีก")
    panel = history_of(sample_window)
    assert panel.since.texts() == [["หน่วยงาน • อำเภอ", "ก่อนออก", "หลังออกอีก"]]


def test_an_earlier_value_of_a_field_is_taken_back(sample_window: MainWindow):
    session = open_session(sample_window)
    for text in ("หนึ่ง", "สอง"):
        session.store.set_office("district", text)
    page = page_of(sample_window, OfficePage)
    show = sample_window.past_of(page.form.fields["district"])
    assert show is not None
    show()
    panel = sample_window.helping.past
    assert isinstance(panel, PastPanel)
    assert [row[1] for row in panel.table.texts()] == ["สอง", "หนึ่ง", "ตัวอย่าง", "(ว่าง)"]
    panel.table.setCurrentCell(2, 0)
    panel.back_button.click()
    assert session.dossier.office.district == "ตัวอย่าง"
    assert page.form.fields["district"].value() == "ตัวอย่าง"
    sample_window.undo()
    assert session.dossier.office.district == "สอง"


def test_fields_know_where_they_are_kept(sample_window: MainWindow):
    session = open_session(sample_window)
    measures, scores = page_of(sample_window, MeasuresPage), page_of(sample_window, ScoresPage)
    sample_window.tabs.setCurrentWidget(measures)
    assert measures.current is not None
    measure_id = measures.current.id
    assert record_of(sample_window, measures.form.fields["title"]) == (
        *("measure", measure_id, "title"),
    )
    progress = page_of(sample_window, ProgressPage)
    assert record_of(sample_window, progress.form.fields["result"]) is not None
    assert record_of(sample_window, sample_window.year) is None
    scores.view.go(scores.model.index_of("i1"))
    session.store.set_scores(scores.shown_year, {"i1": None})
    sample_window.tabs.setCurrentWidget(scores)
    scores.view.setFocus()
    sample_window._show_past_of_focus()
    panel = sample_window.helping.past
    assert panel is not None
    values = [row[1] for row in panel.table.texts()]
    assert values[0] == "(ว่าง)"
    panel.table.setCurrentCell(1, 0)
    panel.take_back()
    assert str(session.dossier.sheet(scores.shown_year).entered["i1"]) == values[1]


# --- back-ups ------------------------------------------------------------------------------------


@pytest.fixture
def kept_window(qapp: QApplication, tmp_path: Path) -> Iterator[MainWindow]:
    """A window with a private folder: one that makes back-ups by itself."""
    with window_over(sample(tmp_path / "ข้อมูล ITA.ita"), tmp_path / "runs") as window:
        yield window


def backups_of(window: MainWindow) -> BackupsPanel:
    window.backups_action.trigger()
    assert window.helping.panel is not None
    return window.helping.panel


def test_a_day_of_the_past_is_looked_into_and_brought_back(kept_window: MainWindow, told: Alerts):
    window, path = kept_window, session_of(kept_window).store.path
    before = session_of(window).dossier
    panel = backups_of(window)
    panel.make_button.click()
    until(lambda: panel.table.rowCount() == 1)
    assert "มาตรการ" in panel.table.texts()[0][1]
    session_of(window).store.set_office("district", "ใหม่")
    session_of(window).store.delete_measure(before.measures[2569][0].id)
    content = panel.listed[0].path.read_bytes()
    panel.look()
    assert panel.looking is not None
    rows = panel.looking.table.texts()
    assert ["หน่วยงาน • อำเภอ", "ตัวอย่าง", "ใหม่"] in rows
    assert any(before.measures[2569][0].title[:20] in row[0] for row in rows)
    assert panel.looking.measures.rowCount() == len(before.measures[2569])
    assert panel.listed[0].path.read_bytes() == content
    panel.restore()
    assert told.told[-1][0] == "กู้คืนแฟ้มสำรอง"
    assert "มาตรการ" in told.told[-1][1]
    assert session_of(window).dossier == before
    reasons = [each.reason for each in Backups(path).list()]
    assert reasons[0] in (Reason.RESTORE, Reason.CLOSE)
    assert len(reasons) >= 2


def test_she_may_think_better_of_it(kept_window: MainWindow, told: Alerts):
    panel = backups_of(kept_window)
    panel.make_button.click()
    until(lambda: panel.table.rowCount() == 1)
    session_of(kept_window).store.set_office("district", "ใหม่")
    told.answer = False
    panel.restore()
    assert session_of(kept_window).dossier.office.district == "ใหม่"


def test_a_second_place_is_filled_and_spoken_of_when_old(kept_window: MainWindow, tmp_path: Path):
    stick = tmp_path / "แฟลชไดรฟ์"
    stick.mkdir()
    panel = backups_of(kept_window)
    assert "ยังไม่มีที่สำรองแห่งที่สอง" in panel.second.text()
    panel.make_button.click()
    until(lambda: panel.table.rowCount() == 1)
    now = datetime.now().astimezone()
    assert reminder(panel.backups(), now) == "ยังไม่มีแฟ้มสำรองนอกเครื่อง"
    panel.set_second(stick)
    assert list(stick.rglob("*.ita-backup"))
    assert reminder(panel.backups(), now) == ""
    second, panel_backups = panel.backups().second, panel.backups()
    panel_backups.second = None
    session_of(kept_window).store.set_office("district", "ใหม่")
    panel_backups.make(session_of(kept_window).store).run()
    panel_backups.second = second
    assert reminder(panel_backups, now) == ""
    assert reminder(panel_backups, now + timedelta(days=12)) == "แฟ้มสำรองนอกเครื่องเก่า 12 วันแล้ว"


def test_a_backup_that_is_due_is_made_while_she_types(
    kept_window: MainWindow, monkeypatch: pytest.MonkeyPatch
):
    window, backing = kept_window, kept_window.guard.backing
    monkeypatch.setattr("ui.backing.Schedule.due", lambda *_: True)
    go_to_address(window)
    backing._ask()
    assert backing.running
    while backing.running:
        type_in("ก")
        pause(10)
    (made,) = Backups(session_of(window).store.path).list()
    assert (made.reason, made.healthy) == (Reason.AUTO, True)


def test_closing_makes_one_only_when_something_has_changed(tmp_path: Path, qapp: QApplication):
    path = sample(tmp_path / "ข้อมูล ITA.ita")
    for typed, count in (("", 0), ("ก", 1), ("", 1)):
        with window_over(path, tmp_path / "runs") as window:
            go_to_address(window)
            type_in(typed)
            window.close()
        assert len(Backups(path).list()) == count
