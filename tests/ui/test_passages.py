"""Texts of a document: drafts, live figures, figures that no longer fit, texts of earlier years."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtWidgets import QPushButton

from ita_desktop.documents.compose import compose, drafts_of, live_texts
from ita_desktop.domain.fiscal import Round
from ita_desktop.thai.digits import to_arabic, to_thai
from tests.documents.test_same_everywhere import TEMPLATES
from tests.documents.test_same_everywhere import matter as matter_of
from tests.documents.test_year import texts
from tests.ui.conftest import Keyboard, open_session, page_of
from ui.pages.documents import DocumentsPage
from ui.pages.measures import MeasuresPage
from ui.widgets.passages import Passages

OVERVIEW = "issue/1/overview"


def passages(keys: Keyboard, kind: str = "issues-plan") -> Passages:
    """The texts of that document, in view."""
    keys.press("Ctrl+6")
    page = page_of(keys.window, DocumentsPage)
    page._show_kind(kind)
    page.tabs.setCurrentIndex(2)
    return page.passages


def stored(keys: Keyboard, key: str) -> str:
    open_session(keys.window).saver.flush()
    return open_session(keys.window).dossier.passage(2569, key)


def click(button: QPushButton) -> None:
    assert button.isEnabled()
    button.click()


@pytest.mark.parametrize("kind", TEMPLATES)
def test_a_draft_taken_over_prints_what_was_printed_without(kind: str):
    template, matter = TEMPLATES[kind], matter_of(Round.TWELVE)
    drafts, fill = drafts_of(template, matter), live_texts(template, matter)
    printed = "\n".join(texts(compose(template, matter)))
    for place, draft in drafts.items():
        for line in fill(draft).splitlines():
            assert line.strip() in printed, place
    assert "{" not in fill("".join(drafts.values()))


def test_the_gray_text_is_what_will_be_printed(sample_keys: Keyboard):
    form = passages(sample_keys).form
    gray = form.fields[OVERVIEW].placeholderText()  # type: ignore[union-attr]
    assert to_thai("97.92") in gray
    assert "{" not in gray


def test_a_draft_is_taken_over_and_its_figures_stay_alive(sample_keys: Keyboard):
    found = passages(sample_keys)
    found.form.go_to(OVERVIEW)
    click(found.use)
    sample_keys.type(" และจะรักษาไว้")
    kept = stored(sample_keys, OVERVIEW)
    assert "{ค่าเฉลี่ย:ประเด็น๑}" in kept
    assert kept.endswith(" และจะรักษาไว้")
    assert "จะพิมพ์ว่า" in found.reading.text()
    assert to_thai("97.92") in found.reading.text()
    session = open_session(sample_keys.window)
    session.store.set_scores(2568, {"i1": Decimal("50.00")})
    made = compose(TEMPLATES["issues-plan"], session.matter(Round.TWELVE))
    assert any("และจะรักษาไว้" in text and "97.92" not in to_arabic(text) for text in texts(made))


def test_a_draft_taken_over_is_taken_back(sample_keys: Keyboard):
    found = passages(sample_keys)
    found.form.go_to(OVERVIEW)
    click(found.use)
    sample_keys.press("Ctrl+Z")
    assert stored(sample_keys, OVERVIEW) == ""


def test_figures_that_no_longer_fit_are_pointed_out_and_made_live(sample_keys: Keyboard):
    found = passages(sample_keys)
    found.form.go_to("analysis/i1")
    sample_keys.type("ข้อ i1 ได้คะแนน ๙๑.๑๑ คะแนน")
    assert to_thai("91.11") in found.stale.text()
    assert to_thai("92.12") in found.stale.text()
    click(found.mend)
    assert stored(sample_keys, "analysis/i1") == "ข้อ i1 ได้คะแนน {คะแนน:i1} คะแนน"
    assert not found.stale.isVisible()


def test_live_figures_are_offered_with_what_they_are(sample_keys: Keyboard):
    found = passages(sample_keys)
    found.form.go_to(OVERVIEW)
    assert found._live_fields()[0] == "{ค่าเฉลี่ย:ประเด็น1}"
    assert "{คะแนนรวม}" in found._live_fields()
    assert all(found._printed(each) != each for each in found._live_fields())


def test_a_live_field_of_no_such_code_is_a_finding(sample_keys: Keyboard):
    found = passages(sample_keys)
    found.form.go_to("analysis/i1")
    sample_keys.type("ได้ {คะแนน:i77} คะแนน")
    stored(sample_keys, "analysis/i1")
    page = page_of(sample_keys.window, DocumentsPage)
    assert [each.rule for each in page._session.reviews.look(page._paper())] == ["code-unknown"]


def test_texts_of_earlier_years_are_offered_for_the_field(sample_keys: Keyboard):
    store = open_session(sample_keys.window).store
    measure = store.dossier().measures[2569][0]
    new = store.add_measure(2568, measure.kind, title="อบรมปีก่อน", indicators=measure.indicators)
    store.set_measure(new, steps="เชิญวิทยากรมาอบรม")
    sample_keys.press("Ctrl+3")
    page = page_of(sample_keys.window, MeasuresPage)
    page.form.go_to("steps")
    ((source, text),) = page.earlier.offered()
    assert (source, text) == ("วิธีดำเนินการ ปี 2568", "เชิญวิทยากรมาอบรม")
    (action,) = page.earlier.menu_of([(source, text)]).actions()
    action.trigger()
    open_session(sample_keys.window).saver.flush()
    steps = store.dossier().measures[2569][0].steps
    assert "เชิญวิทยากรมาอบรม" in steps
    page.form.go_to("title")
    assert page.earlier.offered() == [("มาตรการ ปี 2568", "อบรมปีก่อน")]


def test_where_there_is_nothing_earlier_it_says_so(sample_keys: Keyboard):
    sample_keys.press("Ctrl+3")
    page = page_of(sample_keys.window, MeasuresPage)
    (action,) = page.earlier.menu_of(page.earlier.offered()).actions()
    assert not action.isEnabled()
