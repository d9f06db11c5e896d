"""ภาพรวม in the window: what is due, documents, charts, today's edits, and where clicks lead."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog

from db.backup import Backups
from db.store import Store
from ita_desktop.domain.agenda import day_setting, done_setting
from ita_desktop.domain.fiscal import Round, fiscal_year, thai_date
from ita_desktop.domain.measures import MeasureKind, Status
from ita_desktop.domain.papers import PaperKey, Step
from tests.ui.conftest import Alerts, Keyboard, open_session, page_of, wait_saved
from ui.main_window import PAGES, MainWindow
from ui.overview import edits_in_words
from ui.pages.documents import DocumentsPage
from ui.pages.overview import OverviewPage
from ui.pages.progress import ProgressPage
from ui.session import SAMPLE
from ui.widgets.charts import Chart

YEAR = 2569
THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
KEY = PaperKey(YEAR, "measures-report", 6)


def collected(window: MainWindow) -> OverviewPage:
    """The page, once its overview is made; the other thread needs the event loop."""
    page = page_of(window, OverviewPage)
    window.show_page(0)
    for _ in range(1000):
        loop = QEventLoop()
        QTimer.singleShot(5, loop.quit)
        loop.exec()
        if page.overview is not None and not page.maker.busy:
            return page
    raise AssertionError("the overview is never made")


def paper(page: OverviewPage, key: PaperKey):
    assert page.overview
    at, found = next((i, e) for i, e in enumerate(page.overview.papers) if e.key == key)
    page.papers.setCurrentIndex(page.papers.model().index(at, 0))
    return found


def choose(page: OverviewPage, key: str) -> None:
    assert page.overview
    at = next(i for i, each in enumerate(page.overview.due) if each.task.key == key)
    page.due.setCurrentIndex(page.due.model().index(at, 0))


def cells(page: OverviewPage, key: PaperKey) -> list[str]:
    paper(page, key)
    item = page.papers.currentItem()
    return [item.text(column) for column in range(4)] if item else []


# --- documents ------------------------------------------------------------------------------------


def test_the_sample_misses_nothing_and_has_nothing_issued(sample_window: MainWindow):
    page = collected(sample_window)
    assert page.overview
    assert [each.missing for each in page.overview.papers if each.missing] == []
    assert {each.state for each in page.overview.papers} == {"ยังไม่ได้ออก"}
    assert len(page.overview.papers) == page.papers.topLevelItemCount() == 13
    assert cells(page, KEY)[1:] == ["๖ ด.", "ยังไม่ได้ออก", "ครบ ✓"]


def test_what_a_document_misses_is_counted_and_one_key_leads_there(sample_keys: Keyboard):
    window = sample_keys.window
    session = open_session(window)
    measure = session.dossier.measures_of(YEAR, MeasureKind.MEASURE)[0]
    session.store.set_progress(measure.id, Round.SIX, result="")
    page = collected(window)
    assert [len(paper(page, key).missing) for key in (KEY, PaperKey(YEAR, "oit-list"))] == [1, 0]
    assert cells(page, KEY)[3] == "๑"
    page.papers.setFocus()
    sample_keys.press("Return")
    assert PAGES[window.tabs.currentIndex()] == "progress"
    assert page_of(window, ProgressPage).round is Round.SIX
    assert sample_keys.focus.accessibleName() == "ผลการดำเนินการ"


def test_only_the_round_that_misses_something_says_so(sample_window: MainWindow):
    session = open_session(sample_window)
    measure = session.dossier.measures_of(YEAR, MeasureKind.MEASURE)[0]
    session.store.set_progress(measure.id, Round.TWELVE, result="")
    page = collected(sample_window)
    assert not paper(page, KEY).missing
    assert paper(page, PaperKey(YEAR, "measures-report", 12)).missing


def test_what_is_set_aside_is_not_missing(sample_window: MainWindow):
    session = open_session(sample_window)
    measure = session.dossier.measures_of(YEAR, MeasureKind.MEASURE)[0]
    session.store.set_progress(measure.id, Round.SIX, result="")
    (finding,) = paper(collected(sample_window), KEY).missing
    session.store.set_aside(YEAR, finding.key, "ไม่ต้องกรอก")
    assert paper(collected(sample_window), KEY).missing == ()


def test_issued_signed_and_out_of_date(sample_window: MainWindow):
    page, session = collected(sample_window), open_session(sample_window)
    sample_window.go_to_paper(KEY)
    documents = page_of(sample_window, DocumentsPage)
    assert documents.paper_key == KEY
    documents.issue()
    assert cells(collected(sample_window), KEY)[2] == "ออกแล้ว"
    issued = session.dossier.issued[0]
    session.store.add_passing(issued.id, Step.SIGNED, day=date.today(), who="นายก")
    assert cells(collected(sample_window), KEY)[2] == "ลงนามแล้ว"
    session.store.set_office("telephone", "0 1111 1111")
    assert cells(collected(sample_window), KEY)[2] == "ลงนามแล้ว • ล้าสมัย"
    assert "๑ แห่ง" in page.missing.text()
    session.store.undo()
    assert cells(collected(sample_window), KEY)[2] == "ลงนามแล้ว"


def test_a_document_is_opened_from_its_row(sample_keys: Keyboard):
    page = collected(sample_keys.window)
    paper(page, PaperKey(YEAR, "oit-list"))
    page.papers.setFocus()
    sample_keys.press("Return")
    assert PAGES[sample_keys.window.tabs.currentIndex()] == "documents"
    assert page_of(sample_keys.window, DocumentsPage).template.kind == "oit-list"


# --- the calendar ---------------------------------------------------------------------------------


@pytest.fixture
def running(sample_window: MainWindow) -> OverviewPage:
    """The page of the running fiscal year, which has no data yet."""
    open_session(sample_window).set_year(fiscal_year(date.today()))
    return collected(sample_window)


def test_what_is_due_next_is_said_and_chosen(running: OverviewPage):
    assert running.chosen_due
    assert running.chosen_due.title.replace("2568", "๒๕๖๘")[:10] in running.next_label.text()
    assert running.chosen_due.day == min(e.day for e in running.overview.due if not e.done)  # type: ignore[union-attr]


def test_a_task_of_the_clerk_is_ticked_by_space_and_back(
    running: OverviewPage, sample_keys: Keyboard
):
    window, store = sample_keys.window, open_session(sample_keys.window).store
    key = done_setting(fiscal_year(date.today()), "group")
    choose(running, "group")
    running.due.setFocus()
    sample_keys.press("Space")
    assert store.setting(key) == date.today().isoformat()
    assert collected(window).chosen_due.done  # type: ignore[union-attr]
    assert running.tick_button.text() == "ยังไม่เสร็จ"
    sample_keys.press("Space")
    assert store.setting(key) == ""
    sample_keys.press("Ctrl+Z")
    assert store.setting(key) == date.today().isoformat()


def test_a_task_that_data_tick_is_not_ticked_by_hand(running: OverviewPage, sample_keys: Keyboard):
    store = open_session(sample_keys.window).store
    choose(running, "oit")
    running.due.setFocus()
    before = store.undo_label()
    sample_keys.press("Space")
    assert store.undo_label() == before
    assert not running.tick_button.isEnabled()
    assert "โปรแกรมทำเครื่องหมายให้เอง" in sample_keys.window.statusBar().currentMessage()


def test_the_office_sets_a_day_and_takes_it_back(running: OverviewPage, sample_keys: Keyboard):
    window, store = sample_keys.window, open_session(sample_keys.window).store
    year = fiscal_year(date.today())
    choose(running, "oit")
    usual = running.chosen_due.day  # type: ignore[union-attr]
    running.due.setFocus()
    sample_keys.tab_to("กำหนดของงานที่เลือก").press("Ctrl+A").type(f"15/4/{year}")
    wait_saved(window)
    assert store.setting(day_setting(year, "oit")) == f"{year - 543}-04-15"
    assert collected(window).chosen_due.day == date(year - 543, 4, 15)  # type: ignore[union-attr]
    assert "วันที่หน่วยงานตั้งเอง" in running.note.text()
    running.day.line.setFocus()
    sample_keys.press("Ctrl+A", "Del")
    wait_saved(window)
    assert collected(window).chosen_due.day == usual  # type: ignore[union-attr]


def test_the_next_task_leads_to_its_page(running: OverviewPage, sample_keys: Keyboard):
    choose(running, "oit")
    running.due.setFocus()
    sample_keys.press("Return")
    assert PAGES[sample_keys.window.tabs.currentIndex()] == "oit"


def test_the_report_of_twelve_months_is_that_of_the_year_before(
    running: OverviewPage, sample_window: MainWindow
):
    choose(running, "report-12")
    running.go_button.click()
    documents = page_of(sample_window, DocumentsPage)
    year = fiscal_year(date.today())
    assert documents.paper_key == PaperKey(year - 1, "measures-report", 12)
    assert open_session(sample_window).year == year - 1


def test_a_year_that_is_over_cries_for_nothing(sample_window: MainWindow):
    session = open_session(sample_window)
    session.set_year(fiscal_year(date.today()) - 2)
    page = collected(sample_window)
    assert "สิ้นสุดแล้ว" in page.next_label.text()
    texts = [page.due.topLevelItem(at).text(2) for at in range(page.due.topLevelItemCount())]  # type: ignore[union-attr]
    assert not any("เลยกำหนด" in text for text in texts)


# --- scores, measures, today ----------------------------------------------------------------------


def test_the_charts_say_the_same_as_the_data(sample_window: MainWindow):
    page = collected(sample_window)
    assert page.total_label.text() == "คะแนนรวมปี ๒๕๖๘: ๙๖.๖๑ ระดับ ผ่านดี (▲ ๘.๔๕ จากปีก่อน)"
    lines = page.scores.accessibleDescription().splitlines()
    assert lines[0] == "คะแนนรวม ปี ๒๕๖๘ ๙๖.๖๑ ปี ๒๕๖๗ ๘๘.๑๖"
    assert len(lines) == 1 + 3 + 10
    measures = open_session(sample_window).dossier.measures_of(YEAR, MeasureKind.MEASURE)
    counted = [each for each in measures if not each.continued]
    done = sum(each.progress_in(Round.SIX).status is Status.DONE for each in counted)
    first = page.statuses.accessibleDescription().splitlines()[0]
    assert f"ดำเนินการแล้วเสร็จ {done}".translate(THAI) in first


def dark_share(image: QImage) -> float:
    points = [(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)]
    dark = sum(image.pixelColor(x, y).lightness() < 128 for x, y in points)
    return dark / len(points)


def test_charts_are_copied_as_pictures_on_white(sample_window: MainWindow):
    page = collected(sample_window)
    for chart in (page.scores, page.statuses):
        QGuiApplication.clipboard().clear()
        chart.copy()
        image = QGuiApplication.clipboard().image()
        assert image.width() == 1800
        assert image.pixelColor(0, 0) == Qt.GlobalColor.white
        assert 0.02 < dark_share(image) < 0.5, "there is something on it"


def test_bars_are_told_apart_without_colour(sample_window: MainWindow):
    """Gray values alone: the two years' bars and the three statuses have different fillings."""
    inks = collected(sample_window).scores.inks
    brushes = [inks.filling(each) for each in (*Status, None)]
    assert len({brush.style() for brush in brushes} | {brushes[1].color().name()}) >= 4
    assert inks.full().style() != inks.hatched().style()


def test_a_chart_is_saved_as_png(sample_window: MainWindow, tmp_path: Path, told: Alerts):
    chart = collected(sample_window).scores
    target = tmp_path / "คะแนน.png"
    assert chart.save_at(str(target))
    assert QImage(str(target)).width() == 1800
    assert not chart.save_at(str(tmp_path / "คะแนน.png" / "x.png"))
    assert len(told.told) == 1


def test_the_menu_of_a_chart(
    sample_window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    chart: Chart = collected(sample_window).statuses
    menu = chart.make_menu()
    assert [each.text() for each in menu.actions()] == ["คัดลอกภาพ", "บันทึกเป็นภาพ PNG…"]
    target = tmp_path / "สถานะ"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    menu.actions()[1].trigger()
    menu.deleteLater()
    assert (tmp_path / "สถานะ.png").exists()


def test_what_was_changed_today(sample_window: MainWindow):
    session = open_session(sample_window)
    for name in ("ก", "ข"):
        session.store.set_office("name", name)
    session.store.undo()
    page = collected(sample_window)
    assert "แก้ชื่อหน่วยงาน" in page.today_label.text()
    assert "ครั้ง" not in page.today_label.text(), "what was undone does not count"


def test_edits_in_words_counts_each_kind_once():
    from datetime import datetime

    at = datetime(2026, 11, 21, 9, 30)
    edits = [(at, "ก"), (at, "ข"), (at - timedelta(hours=1), "ก")]
    assert edits_in_words(edits) == ("09.30 น. ก (2 ครั้ง)", "09.30 น. ข")
    assert edits_in_words([(at, str(n)) for n in range(6)])[-1] == "และอีก 2 เรื่อง"
    assert edits_in_words([]) == ()


def test_the_last_back_up_is_said(sample_window: MainWindow):
    page, session = collected(sample_window), open_session(sample_window)
    assert "ยังไม่มีแฟ้มสำรอง" in page.backup_label.text()
    Backups(session.store.path).make(session.store).run()
    sample_window.show_page(1)
    page = collected(sample_window)
    assert page.backup_label.text().startswith("สำรองล่าสุด")
    assert thai_date(date.today(), short=True).translate(THAI) in page.backup_label.text()


# --- when it is made ------------------------------------------------------------------------------


def test_nothing_is_made_for_a_page_that_is_not_seen(sample_window: MainWindow):
    page = collected(sample_window)
    sample_window.show_page(1)
    shown = page.overview
    open_session(sample_window).store.set_office("name", "อื่น")
    assert not page.maker.busy
    assert page.overview is shown
    assert collected(sample_window).overview is not shown


def test_nothing_is_made_anew_when_nothing_has_changed(sample_window: MainWindow):
    page = collected(sample_window)
    shown = page.overview
    sample_window.show_page(1)
    sample_window.show_page(0)
    assert not page.maker.busy
    assert page.overview is shown


# --- the sample -----------------------------------------------------------------------------------


def test_the_sample_is_marked_across_the_window_and_its_pages(
    make_bare: Callable[[], MainWindow], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setattr("ui.main_window.data_folder", lambda: tmp_path)
    window = make_bare()
    window.open_sample()
    assert window.sample_band.isVisible()
    assert page_of(window, DocumentsPage).view.mark == "ข้อมูลตัวอย่าง"
    assert not page_of(window, OverviewPage).guiding
    assert open_session(window).store.undo_label() == "ใส่ข้อมูลตัวอย่าง"
    own = tmp_path / "ของเรา.ita"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(own), ""))
    window.own_button.click()
    assert open_session(window).store.path == own
    assert not window.sample_band.isVisible()
    assert page_of(window, DocumentsPage).view.mark == ""
    assert page_of(window, OverviewPage).guiding
    window.open_sample()
    assert window.sample_band.isVisible()
    assert not window.own_button.isHidden()


def test_a_sample_file_of_an_earlier_program_is_marked_when_it_is_opened(
    make_bare: Callable[[], MainWindow],
    monkeypatch: pytest.MonkeyPatch,
    sample_file: Path,
    tmp_path: Path,
):
    sample_file.rename(tmp_path / "แฟ้มตัวอย่าง.ita")
    monkeypatch.setattr("ui.main_window.data_folder", lambda: tmp_path)
    window = make_bare()
    window.open_sample()
    assert window.sample_band.isVisible()
    window.close()
    with Store(tmp_path / "แฟ้มตัวอย่าง.ita") as store:
        assert store.setting(SAMPLE) == "yes"


def test_an_office_s_own_file_has_no_band(sample_window: MainWindow):
    assert not sample_window.sample_band.isVisible()
