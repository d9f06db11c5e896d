"""ตรวจก่อนพิมพ์ in the window: why and how, one click to mend, setting aside, other documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.measures import Measure, MeasureKind
from ita_desktop.domain.review import Finding, Fix, Place, Severity
from ita_desktop.thai.digits import to_arabic
from tests.ui.conftest import Alerts, Keyboard, on_disk, open_session, page_of, wait_saved
from ui.main_window import PAGES
from ui.pages.documents import DocumentsPage
from ui.widgets.review import ReviewPanel, _change

YEAR, TWELVE = 2569, Round.TWELVE
WRONG = "องค์กรบริหารส่วนตำบลตัวอย่างสรุปผลการอบรมเจ้าหน้าที่ครบทุกคนแล้ว"


@pytest.fixture
def panel(sample_keys: Keyboard) -> ReviewPanel:
    """The panel, over a result that misspells the agency."""
    store = open_session(sample_keys.window).store
    store.set_progress(first(sample_keys).id, TWELVE, result=WRONG)
    sample_keys.press("Ctrl+6")
    return page_of(sample_keys.window, DocumentsPage).review


def first(keys: Keyboard) -> Measure:
    return open_session(keys.window).dossier.measures_of(YEAR, MeasureKind.MEASURE)[0]


def choose(panel: ReviewPanel, rule: str) -> Finding:
    for at in range(panel.list.count()):
        panel.list.setCurrentRow(at)
        if panel.finding and panel.finding.rule == rule:
            return panel.finding
    raise AssertionError(f"no finding of {rule}")


def rules(panel: ReviewPanel) -> list[str]:
    found: list[str] = []
    for at in range(panel.list.count()):
        panel.list.setCurrentRow(at)
        assert panel.finding
        found.append(panel.finding.rule)
    return found


def test_a_finding_says_how_and_why(panel: ReviewPanel):
    choose(panel, "agency-misspelt")
    assert "ทำอย่างไร: " in panel.detail.text()
    assert "เพราะ: " in panel.detail.text()
    assert panel.mend_button.isEnabled()


def test_one_click_mends_and_undo_takes_it_back(panel: ReviewPanel, sample_keys: Keyboard):
    choose(panel, "agency-misspelt")
    panel.mend_button.click()
    assert "agency-misspelt" not in rules(panel)
    assert first(sample_keys).progress_in(TWELVE).result.startswith("องค์การบริหารส่วนตำบล")
    open_session(sample_keys.window).store.undo()
    assert first(sample_keys).progress_in(TWELVE).result == WRONG
    assert "agency-misspelt" in rules(panel)


def test_what_must_be_mended_stands_first(panel: ReviewPanel):
    place = Place("documents", "preface", "passage")
    kinds = (Severity.HINT, Severity.ERROR, Severity.WARNING, Severity.HINT, Severity.ERROR)
    found = tuple(Finding(kind, place, "any", f"เรื่องที่ {at}", "แก้") for at, kind in enumerate(kinds))
    panel.show_findings(found, TWELVE)
    listed = [panel.list.item(at).text()[-1] for at in range(panel.list.count())]
    assert [to_arabic(each) for each in listed] == ["1", "4", "2", "0", "3"]
    assert "(ต้องแก้ 2 • ควรตรวจ 1 • แนะนำ 2)" in to_arabic(panel.verdict.text())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("กฏหมาย", "กฎหมาย", "“กฏหมาย” เป็น “กฎหมาย”"),
        ("1. " + "ก" * 90 + " ๒", "๑. " + "ก" * 90 + " ๒", "เลขปนกัน"),
        ("ข้อความ " * 9 + "เเผน" + " ต่อไป" * 9, "ข้อความ " * 9 + "แผน" + " ต่อไป" * 9, "แผน"),
        ("น\u200bโยบาย", "นโยบาย", "เลขปนกัน"),
    ],
)
def test_what_was_mended_is_said_in_a_few_words(old: str, new: str, said: str):
    place = Place("documents", "preface", "passage")
    fix = Fix(place, old, new)
    sentence = _change(Finding(Severity.HINT, place, "any", "เลขปนกัน", "แก้", fix=fix))
    assert said in sentence
    assert len(sentence) <= 100


def test_a_finding_goes_to_its_field(panel: ReviewPanel, sample_keys: Keyboard):
    choose(panel, "agency-misspelt")
    panel.go_button.click()
    assert sample_keys.window.tabs.currentIndex() == PAGES.index("progress")
    assert sample_keys.focus.accessibleName() == "ผลการดำเนินการ"


def test_set_aside_with_a_reason_and_taken_up_again(
    panel: ReviewPanel, sample_keys: Keyboard, monkeypatch: pytest.MonkeyPatch
):
    before = len(rules(panel))
    finding = choose(panel, "agency-misspelt")
    monkeypatch.setattr("ui.alerts.ask_text", lambda *_: "ชื่อเดิมของโครงการ")
    panel.aside_button.click()
    assert len(rules(panel)) == before - 1
    wait_saved(sample_keys.window)
    kept = on_disk(open_session(sample_keys.window).store.path).set_aside
    assert kept == {YEAR: {finding.key: "ชื่อเดิมของโครงการ"}}
    panel.aside.setChecked(True)
    choose(panel, "agency-misspelt")
    assert "พักไว้เพราะ: ชื่อเดิมของโครงการ" in panel.detail.text()
    panel.aside_button.click()
    assert not panel.aside.isVisible()
    assert len(rules(panel)) == before


def test_no_reason_sets_nothing_aside(
    panel: ReviewPanel, told: Alerts, monkeypatch: pytest.MonkeyPatch
):
    choose(panel, "agency-misspelt")
    monkeypatch.setattr("ui.alerts.ask_text", lambda *_: "  ")
    panel.aside_button.click()
    assert "เหตุผล" in told.told[-1][1]
    assert "agency-misspelt" in rules(panel)


def test_another_document_is_read_and_left(panel: ReviewPanel, tmp_path: Path):
    path = tmp_path / "ของปีก่อน.txt"
    path.write_text("องค์กรบริหารส่วนตำบลสมมติ ได้จัดอบรม เช่น เช่น\nลงชื่อ ผู้จัดทำ", "utf-8")
    assert panel.read_file(path)
    assert "ของปีก่อน.txt" in panel.verdict.text()
    assert "word-doubled" in rules(panel)
    assert not panel.go_button.isEnabled() and not panel.mend_button.isEnabled()
    panel.back_button.click()
    assert "word-doubled" not in rules(panel)


def test_what_cannot_be_read_is_refused(panel: ReviewPanel, told: Alerts, tmp_path: Path):
    path = tmp_path / "x.docx"
    path.write_bytes(b"PK broken")
    assert not panel.read_file(path)
    assert "โปรด" in told.told[-1][1]


def test_a_wrong_passage_is_gone_to(sample_keys: Keyboard):
    session = open_session(sample_keys.window)
    session.store.set_passage(YEAR, "memo/facts/12", "ได้ดำเนินการเช่น เช่น อบรมเมื่อต้นปี")
    sample_keys.press("Ctrl+6")
    page = page_of(sample_keys.window, DocumentsPage)
    choose(page.review, "word-doubled")
    page.review.go_button.click()
    assert page.kind.value() == "memo"
    assert sample_keys.focus is page.passages.form.fields["memo/facts/12"]


@pytest.mark.parametrize(
    ("page", "wrong"),
    [
        ("measures", lambda store, m: store.set_measure(m.id, steps="จัดอบรม เช่น เช่น ประชุม")),
        ("progress", lambda store, m: store.set_progress(m.id, TWELVE, outcome="ดี\u200bขึ้นทุกด้าน")),
        ("documents", lambda store, _: store.set_passage(YEAR, "problems/12", "ขาดงบประมาณเเละคน")),
        ("office", lambda store, _: store.set_office("address", "เลขที่ ๙๙ เเขวงตัวอย่าง")),
    ],
)
def test_every_place_can_be_mended(sample_keys: Keyboard, page: str, wrong):
    session = open_session(sample_keys.window)
    before = session.dossier
    wrong(session.store, first(sample_keys))
    sample_keys.press("Ctrl+6")
    panel = page_of(sample_keys.window, DocumentsPage).review
    fixable = [
        at
        for at in range(panel.list.count())
        if (panel.list.setCurrentRow(at) or panel.finding) and panel.finding.fix  # type: ignore[union-attr]
    ]
    assert fixable
    panel.list.setCurrentRow(fixable[0])
    assert panel.finding and panel.finding.place.page == page
    key = panel.finding.key
    panel.mend_button.click()
    assert key not in {f.key for f in panel._found}
    assert session.dossier != before
