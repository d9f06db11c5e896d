"""The page of documents: what is missing, where to mend it, and the PDF."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.measures import MeasureKind, Status
from ita_desktop.domain.papers import PaperKey
from ita_desktop.domain.review import Finding
from tests.ui.conftest import Alerts, Keyboard, on_disk, open_session, page_of, wait_saved
from tests.ui.disasters import until
from tests.ui.test_page_view import pause
from ui.main_window import PAGES
from ui.pages.documents import DocumentsPage
from ui.pages.scores import ScoresPage
from ui.theme import colours


def page(keys: Keyboard) -> DocumentsPage:
    return page_of(keys.window, DocumentsPage)


def findings(keys: Keyboard) -> list[Finding]:
    view = page(keys).findings
    return [view.item(at).data(Qt.ItemDataRole.UserRole) for at in range(view.count())]


def activate(keys: Keyboard, at: int) -> None:
    """Choose a finding and press Enter on it, as the clerk does."""
    keys.press("Ctrl+6")
    page(keys).findings.setFocus()
    page(keys).findings.setCurrentRow(at)
    keys.press("Return")


def choose_path(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> None:
    chosen = ("" if path is None else str(path), "")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: chosen)


def test_an_empty_file_lists_what_is_missing(keys: Keyboard):
    keys.press("Ctrl+6")
    rules = [finding.rule for finding in findings(keys)]
    assert rules[:4] == ["office-missing"] * 3 + ["chain-missing"]
    assert {"score-missing", "measures-missing"} <= set(rules)
    assert (
        f"พบ {len(rules)}".translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
        in page(keys).verdict.text()
    )


def test_the_sample_is_free_of_findings(sample_keys: Keyboard):
    sample_keys.press("Ctrl+6")
    assert findings(sample_keys) == []
    assert "พร้อมพิมพ์" in page(sample_keys).verdict.text()
    assert not page(sample_keys).findings.isVisible()
    for at in range(page(sample_keys).round.count()):
        page(sample_keys).round.setCurrentIndex(at)
        page(sample_keys).refresh()
        assert findings(sample_keys) == []


EMPTY_PLACES = {
    "ยังไม่ได้กรอกชื่อหน่วยงาน": ("office", "ชื่อ"),
    "ยังไม่ได้กรอกอำเภอ": ("office", "อำเภอ"),
    "ยังไม่ได้กรอกจังหวัด": ("office", "จังหวัด"),
    "ยังไม่มีผู้ลงนาม": ("office", "ผู้ลงนาม"),
    "คะแนนปี": ("scores", "คะแนน"),
    "ยังไม่มีมาตรการ": ("measures", "รายการมาตรการ"),
}


@pytest.mark.parametrize(("problem", "place"), EMPTY_PLACES.items(), ids=EMPTY_PLACES)
def test_each_finding_of_an_empty_file_leads_to_its_field(
    keys: Keyboard, problem: str, place: tuple[str, str]
):
    keys.press("Ctrl+6")
    at = next(i for i, f in enumerate(findings(keys)) if f.problem.startswith(problem))
    activate(keys, at)
    assert (PAGES[keys.window.tabs.currentIndex()], keys.focus.accessibleName()) == place


def _gaps(keys: Keyboard) -> None:
    """One gap of each kind in the sample."""
    store, year = open_session(keys.window).store, open_session(keys.window).year
    dossier = store.dossier()
    measures = dossier.measures_of(year, MeasureKind.MEASURE)
    store.set_person(dossier.people[0].id, "position", "")
    store.set_chain_link(dossier.chain[1].id, person_id=None)
    store.set_measure(measures[1].id, title="")
    store.set_measure(measures[2].id, steps="")
    store.set_measure(measures[3].id, owners="")
    store.set_measure(measures[4].id, indicators=(), issues=())
    store.set_progress(measures[0].id, Round.TWELVE, status=None)
    store.set_progress(measures[1].id, Round.TWELVE, result="")
    store.set_progress(measures[2].id, Round.TWELVE, outcome="")
    store.set_progress(measures[3].id, Round.TWELVE, status=Status.IN_PROGRESS, note="")
    guideline = dossier.measures_of(year, MeasureKind.GUIDELINE)[0]
    store.set_measure(guideline.id, indicators=())
    store.set_official_level(year - 1, "ต้องปรับปรุง")


def test_each_gap_leads_to_its_page_record_and_field(sample_keys: Keyboard):
    keys = sample_keys
    _gaps(keys)
    keys.press("Ctrl+6")
    found = findings(keys)
    assert len({finding.rule for finding in found}) >= 11
    for at, finding in enumerate(found):
        activate(keys, at)
        assert PAGES[keys.window.tabs.currentIndex()] == finding.place.page, finding.problem
        shown: QWidget = keys.window.pages[finding.place.page]
        assert shown.isAncestorOf(keys.focus), finding.problem
        assert keys.focus.isVisible(), finding.problem
        if finding.place.page in ("measures", "progress"):
            current = keys.window.pages[finding.place.page].current  # type: ignore[union-attr]
            assert current and current.id == finding.place.record, finding.problem


def test_a_progress_finding_opens_the_round_it_is_about(sample_keys: Keyboard):
    keys = sample_keys
    store, year = open_session(keys.window).store, open_session(keys.window).year
    measure = store.dossier().measures_of(year, MeasureKind.MEASURE)[2]
    store.set_progress(measure.id, Round.TWELVE, result="")
    keys.press("Ctrl+6")
    assert page(keys).chosen_round is Round.TWELVE
    activate(keys, 0)
    shown = keys.window.pages["progress"]
    assert shown.round is Round.TWELVE  # type: ignore[union-attr]
    assert keys.focus.accessibleName() == "ผลการดำเนินการ"
    keys.type("ทำแล้ว")
    keys.press("Ctrl+6")
    assert findings(keys) == []


def test_a_finding_of_a_single_score_opens_its_row(sample_keys: Keyboard):
    keys = sample_keys
    session = open_session(keys.window)
    session.store.set_scores(session.year - 1, {"8": Decimal(10)})
    activate(keys, 0)
    scores = page_of(keys.window, ScoresPage)
    assert scores.model.code_at(scores.view.currentIndex()) == "8"
    assert keys.focus is scores.view


def test_double_click_is_as_good_as_enter(keys: Keyboard):
    keys.press("Ctrl+6")
    page(keys).findings.itemActivated.emit(page(keys).findings.item(0))
    assert keys.focus.accessibleName() == "ชื่อ"


def test_mending_takes_the_finding_away(keys: Keyboard):
    activate(keys, 0)
    before = len(findings(keys))
    keys.type("สุขใจ").press("Ctrl+6")
    assert len(findings(keys)) == before - 1


def test_a_text_that_is_no_score_is_found_and_led_to(sample_keys: Keyboard):
    keys = sample_keys
    keys.press("Ctrl+2")
    scores = page_of(keys.window, ScoresPage)
    scores.view.go(scores.model.index_of("i2"))
    keys.type("93,33").press("Ctrl+6")
    at = next(i for i, f in enumerate(findings(keys)) if f.rule == "score-draft")
    activate(keys, at)
    assert scores.model.code_at(scores.view.currentIndex()) == "i2"
    keys.type("93.33").press("Ctrl+6")
    assert findings(keys) == []


def test_the_facts_are_those_of_now(sample_keys: Keyboard):
    sample_keys.press("Ctrl+6")
    facts = page(sample_keys).facts.text()
    for words in ("มาตรการ ๗", "แนวทางยกระดับ ๑๐", "๙๖.๖๑", "ผ่านดี", "ผู้ลงนาม ๔ คน", "๒๕๖๙"):
        assert words in facts
    session = open_session(sample_keys.window)
    session.store.add_measure(session.year, MeasureKind.MEASURE)
    assert "มาตรการ ๘" in page(sample_keys).facts.text()


def test_ctrl_p_makes_the_pdf_from_any_page(
    sample_keys: Keyboard, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    choose_path(monkeypatch, tmp_path / "รายงาน")
    sample_keys.press("Ctrl+2", "Ctrl+P")
    made = tmp_path / "รายงาน.pdf"
    assert made.read_bytes().startswith(b"%PDF")
    assert PAGES[sample_keys.window.tabs.currentIndex()] == "documents"
    assert str(made) in page(sample_keys).made_label.text()
    assert "สร้าง PDF แล้ว" in sample_keys.window.statusBar().currentMessage()


def test_ctrl_p_and_then_nothing(
    sample_keys: Keyboard, monkeypatch: pytest.MonkeyPatch, told: Alerts
):
    choose_path(monkeypatch, None)
    sample_keys.press("Ctrl+P")
    assert not page(sample_keys).open_button.isEnabled()
    assert told.told == []


def test_the_made_document_is_opened(
    sample_keys: Keyboard, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    page(sample_keys).open_made()
    assert opened == []
    assert page(sample_keys).make_pdf_at(tmp_path / "รายงาน.pdf")
    sample_keys.press("Ctrl+6").tab_to("เปิดเอกสารที่สร้าง").press("Space")
    assert [url.toLocalFile() for url in opened] == [str(tmp_path / "รายงาน.pdf")]


def test_what_is_being_typed_is_in_the_pdf(sample_keys: Keyboard, tmp_path: Path):
    import pypdfium2

    sample_keys.press("Ctrl+3", "Home").tab_to("ชื่อมาตรการ").press("Ctrl+End").type("เพิ่มเติมล่าสุด")
    target = tmp_path / "รายงาน.pdf"
    assert page(sample_keys).make_pdf_at(target)
    with pypdfium2.PdfDocument(target) as pdf:
        text = "".join(part.get_textpage().get_text_range() for part in pdf)
    assert "เพิ่มเติมล่าสุด" in "".join(text.split())


def test_a_place_that_can_not_be_written_is_told(
    sample_keys: Keyboard, told: Alerts, tmp_path: Path
):
    (tmp_path / "แฟ้ม").write_text("ไม่ใช่โฟลเดอร์")
    assert not page(sample_keys).make_pdf_at(tmp_path / "แฟ้ม" / "รายงาน.pdf")
    assert told.told[-1][0] == "สร้าง PDF ไม่สำเร็จ"
    assert not page(sample_keys).open_button.isEnabled()


def test_a_busy_file_is_told_and_stays_as_it_was(
    sample_keys: Keyboard, told: Alerts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """As on Windows, while a viewer has the earlier document open."""
    target = tmp_path / "รายงาน.pdf"
    target.write_bytes(b"earlier")

    def busy(_self: Path, _target: Path) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", busy)
    assert not page(sample_keys).make_pdf_at(target)
    assert "ปิดโปรแกรมที่เปิดแฟ้มนี้อยู่" in told.told[-1][1]
    assert target.read_bytes() == b"earlier"
    assert [each.name for each in tmp_path.glob("*.pdf")] == ["รายงาน.pdf"]


def test_the_suggested_name_is_a_file_name(sample_keys: Keyboard):
    open_session(sample_keys.window).store.set_office("name", 'a/b\\c:d*e?f"g')
    name = page(sample_keys).suggested_path().name
    assert not set('<>:"/\\|?*') & set(name)
    assert name.endswith(".pdf") and "2569" in name


def test_the_round_is_kept_while_the_year_changes(sample_keys: Keyboard):
    keys = sample_keys
    keys.press("Ctrl+6").tab_to("รอบ").press("Home")
    assert page(keys).chosen_round is Round.SIX
    open_session(keys.window).set_year(2568)
    assert page(keys).chosen_round is Round.SIX
    assert "๒๕๖๘" in page(keys).facts.text()


def test_the_chosen_font_is_kept_and_goes_into_the_document(
    sample_keys: Keyboard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(
        "ita_desktop.documents.pdf.installed.find",
        lambda name: {"regular": tmp_path} if name == "TH SarabunPSK" else {},
    )
    sample_keys.press("Ctrl+6")
    choice = page(sample_keys).font_choice
    until(lambda: choice.count() > 1)
    assert [choice.itemData(at) for at in range(choice.count())] == ["", "TH SarabunPSK"]
    choice.setFocus()
    sample_keys.press("Down")
    dossier = open_session(sample_keys.window).dossier
    assert dossier.letterhead.font == "TH SarabunPSK"
    sample_keys.press("Ctrl+1", "Ctrl+Z", "Ctrl+6")
    assert choice.value() == "" and not open_session(sample_keys.window).dossier.letterhead.font


def test_a_font_that_is_not_here_is_a_finding_that_leads_to_the_choice(sample_keys: Keyboard):
    open_session(sample_keys.window).store.set_font("TH SarabunIT๙")
    sample_keys.press("Ctrl+6")
    found = findings(sample_keys)
    assert len(found) == 1 and "TH SarabunIT๙" in found[0].problem
    assert page(sample_keys).font_choice.value() == "TH SarabunIT๙"
    activate(sample_keys, 0)
    assert sample_keys.focus is page(sample_keys).font_choice


def test_a_character_no_font_has_is_a_finding(sample_keys: Keyboard):
    open_session(sample_keys.window).store.set_office("name", "ตัวอย่าง\U0001f600")
    sample_keys.press("Ctrl+6")
    of_paper = [each for each in findings(sample_keys) if each.place.page == "documents"]
    assert ["\U0001f600" in finding.problem for finding in of_paper] == [True]


@pytest.mark.background
def test_findings_come_by_themselves_and_only_when_something_changed(sample_keys: Keyboard):
    found = page(sample_keys)
    looked: list[object] = []
    found.looking.ready.connect(looked.append)

    def looked_at(times: int) -> bool:
        for _ in range(500):
            if len(looked) == times:
                return True
            pause(20)
        return False

    sample_keys.press("Ctrl+6")
    assert looked_at(1)
    assert found.tabs.tabText(0) == "ตรวจก่อนพิมพ์ ✓"
    sample_keys.press("Ctrl+0", "Ctrl+6")
    assert not found.looking.busy, "nothing has changed"
    store = open_session(sample_keys.window).store
    store.set_progress(
        sorted(m.id for m in store.dossier().measures[2569])[0], Round.TWELVE, result=""
    )
    assert looked_at(2)
    assert found.tabs.tabText(0) != "ตรวจก่อนพิมพ์ ✓"


# --- half a date ---------------------------------------------------------------------------------


def _half_date(keys: Keyboard, half: str = "26 เม") -> PaperKey:
    """The memo of six months, with half a date typed and left."""
    keys.press("Ctrl+6")
    _choose(keys, "memo", "6")
    page(keys).day.setFocus()
    keys.press("Ctrl+A").type(half).press("Tab")
    return page(keys).paper_key


def _choose(keys: Keyboard, kind: str, months: str) -> None:
    page(keys).kind.show_value(kind)
    page(keys)._offer_rounds()
    page(keys).round.show_value(months)
    page(keys).refresh()


def _stored_day(keys: Keyboard, key: PaperKey) -> date | None:
    wait_saved(keys.window)
    return on_disk(open_session(keys.window).store.path).paper(key).day


def test_half_a_date_is_seen_and_said(sample_keys: Keyboard):
    plain = page(sample_keys).day.grab().toImage()
    _half_date(sample_keys)
    day, problem = page(sample_keys).day, page(sample_keys).day_problem
    assert day.property("state") == "wrong"
    wrong = QColor(colours().wrong)
    image = day.grab().toImage()
    foot = image.height() - 2, image.width() // 2
    assert image.pixelColor(foot[1], foot[0]) == wrong != plain.pixelColor(foot[1], foot[0])
    assert problem.isVisible() and "โปรดพิมพ์วัน เดือน ปี" in problem.text()
    assert problem.text() in day.accessibleDescription()
    day.setFocus()
    sample_keys.press("Ctrl+A").type("26 เม.ย. 2569")
    assert not problem.isVisible()
    assert day.property("state") == ""


def test_a_date_on_the_way_to_half_a_date_is_not_kept(sample_keys: Keyboard):
    _choose(sample_keys, "memo", "6")
    before = _stored_day(sample_keys, page(sample_keys).paper_key)
    key = _half_date(sample_keys, "26/4/25")
    assert _stored_day(sample_keys, key) == date(1982, 4, 26)
    open_session(sample_keys.window).store.undo()
    assert _half_date(sample_keys, "26/4/256") == key
    assert _stored_day(sample_keys, key) == before


def test_half_a_date_stays_with_its_document(sample_keys: Keyboard):
    keys = sample_keys
    session = open_session(keys.window)
    twelve = PaperKey(session.year, "memo", 12)
    session.store.set_paper(twelve, day=date(2026, 10, 5))
    six = _half_date(keys)
    _choose(keys, "memo", "12")
    assert page(keys).day.value() == "๕ ตุลาคม ๒๕๖๙"
    assert page(keys).day.property("state") == ""
    assert not page(keys).day_problem.isVisible()
    page(keys).day.setFocus()
    keys.press("End").press("Backspace").type("๘").press("Tab")
    assert _stored_day(keys, twelve) == date(2025, 10, 5)
    _choose(keys, "memo", "6")
    assert (page(keys).paper_key, page(keys).day.value()) == (six, "26 เม")
    assert page(keys).day_problem.isVisible()


def test_half_a_date_alone_is_no_edit(sample_keys: Keyboard):
    sample_keys.press("Ctrl+6")
    _choose(sample_keys, "memo", "12")
    before = open_session(sample_keys.window).store.edits(5)
    page(sample_keys).day.setFocus()
    sample_keys.press("Ctrl+A").type("26 เม").press("Tab")
    wait_saved(sample_keys.window)
    assert open_session(sample_keys.window).store.edits(5) == before


def test_another_document_shows_its_date_with_the_keyboard_in_the_field(sample_keys: Keyboard):
    keys = sample_keys
    six = _half_date(keys)
    page(keys).day.setFocus()
    other = PaperKey(six.year, "memo", 12)
    keys.window.pages["documents"].show_paper(other)  # type: ignore[union-attr]
    assert page(keys).day.value() != "26 เม"
    keys.press("Ctrl+A").type("7 ต.ค. 2569").press("Tab")
    assert _stored_day(keys, other) == date(2026, 10, 7)
    assert _stored_day(keys, six) != date(2026, 10, 7)


@pytest.mark.parametrize("asked", ["print_now", "make_pdf", "issue"])
def test_nothing_is_made_with_half_a_date(
    sample_keys: Keyboard, told: Alerts, monkeypatch: pytest.MonkeyPatch, asked: str
):
    _half_date(sample_keys)
    made: list[object] = []
    monkeypatch.setattr("ui.printing.print_pdf", lambda *_: made.append(1))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: made.append(2) or ("", ""))
    getattr(page(sample_keys), asked)()
    title, text = told.told[-1][:2]
    assert title == "วันที่ของเอกสารยังไม่ครบ"
    assert "26 เม" in text and "โปรดแก้วันที่" in text
    assert made == [] and open_session(sample_keys.window).dossier.issued == ()
    assert sample_keys.focus is page(sample_keys).day
    sample_keys.press("Ctrl+A").press("Delete")
    told.told.clear()
    getattr(page(sample_keys), asked)()
    assert "วันที่ของเอกสารยังไม่ครบ" not in [each[0] for each in told.told]
