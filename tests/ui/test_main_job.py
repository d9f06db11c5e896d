"""The main job, whole: a clerk types reference document 2 by keyboard and prints the report."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pypdfium2
import pytest

from db.store import Store
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.measures import Measure, MeasureKind, Status, points
from ita_desktop.domain.scores import score_tree
from ita_desktop.thai.digits import to_thai
from tests.ui import reference2 as ref
from tests.ui.conftest import Keyboard
from ui.main_window import PAGES, MainWindow
from ui.pages.documents import DocumentsPage

MEASURE_YEAR = ref.YEAR + 1

needs_reference = pytest.mark.skipif(not ref.SOURCE.exists(), reason="no reference documents here")


def choose_year(keys: Keyboard, year: int) -> None:
    """Pick the measure year in the head of the window."""
    session = keys.window.session
    assert session is not None
    keys.window.year.setFocus()
    for _ in range(20):
        if session.year == year:
            return
        keys.press("Down" if session.year > year else "Up")
    raise AssertionError(f"the year {year} can't be chosen")


def enter_office(keys: Keyboard) -> None:
    keys.press("Ctrl+1")
    keys.tab_to("ชื่อ").type("ตัวอย่าง")
    keys.press("Tab").type("ตัวอย่าง").press("Tab").type("ตัวอย่าง")


def enter_chain(keys: Keyboard) -> None:
    """One person with an acting position, and the chain."""
    keys.tab_to("เพิ่มบุคคล").press("Space")
    for text in ("นาง", "สมศรี", "นามสมมุติ", "นักจัดการงานทั่วไป", "รักษาราชการแทนปลัด อบต."):
        keys.type(text).press("Tab")
    keys.press("Esc")
    keys.tab_to("เพิ่มผู้ลงนาม").press("Space")
    keys.type("ผู้รายงาน").press("Tab", "Down", "Return")


def enter_scores(keys: Keyboard) -> None:
    """Ten indicators, down the tree with Enter; Thai and Arabic digits in turn."""
    keys.press("Ctrl+2")
    keys.tab_to("คะแนน")
    rows = ["total", "IIT", "1", "2", "3", "4", "5", "EIT", "6", "7", "8", "OIT", "9", "10"]
    keys.press("Return")
    for number, code in enumerate(rows):
        score = ref.SCORES.get(code, "")
        keys.type(to_thai(score) if number % 2 else score).press("Return")


def enter_measures(keys: Keyboard, measures: tuple[ref.MeasureText, ...]) -> None:
    keys.press("Ctrl+3")
    for measure in measures:
        keys.press("Ctrl+N").type(measure.title).press("Tab").type(measure.steps)
        keys.press("Tab").type(measure.owners)
        keys.tab_to("ตัวชี้วัดที่มาตรการนี้ตอบ").press("Space")


def enter_guidelines(keys: Keyboard, guidelines: tuple[ref.GuidelineText, ...]) -> None:
    keys.press("Ctrl+3")
    keys.tab_to("มาตรการ", key="Shift+Tab").press("Right")
    keys.tab_to("เพิ่มให้ครบทุกตัวชี้วัด").press("Space")
    keys.tab_to("รายการมาตรการ").press("Home")
    for guideline in guidelines:
        keys.tab_to("แนวทางยกระดับ").type(guideline.steps).press("Tab").type(guideline.owners)
        keys.tab_to("รายการมาตรการ", key="Shift+Tab").press("Down")


def enter_progress(keys: Keyboard, data: Sequence[tuple[str, str, int | None]]) -> None:
    """Status, result and outcome of each, in the 12-month round, Alt+PageDown to the next."""
    keys.press("Ctrl+4")
    keys.tab_to("รอบ ๖ เดือน").press("Right")
    keys.tab_to("รายการมาตรการและสถานะ").press("Home")
    keys.tab_to("ผลการดำเนินการ")
    for result, outcome, status in data:
        if status is not None:
            keys.press(f"Alt+{(1, 2, 3)[status]}")
        keys.type(result).press("Tab", "Tab").type(outcome)
        keys.press("Alt+PgDown")
        keys.tab_to("ผลการดำเนินการ", key="Shift+Tab")


def pdf_text(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf).replace("\r\n", "\n")


def joined(text: str) -> str:
    """Text without spaces and line ends, to look for what stands over several lines."""
    return re.sub(r"\s+", "", text)


def check_on_disk(path: Path, measures: int, window: MainWindow) -> None:
    """A second program finds everything in the file after the window is closed."""
    with Store(path) as store:
        dossier = store.dossier()
    assert (
        dict(dossier.sheet(ref.YEAR).entered)
        and {code: str(score) for code, score in dossier.sheet(ref.YEAR).entered.items()}
        == ref.SCORES
    )
    assert len(dossier.measures_of(MEASURE_YEAR, MeasureKind.MEASURE)) == measures
    guidelines = dossier.measures_of(MEASURE_YEAR, MeasureKind.GUIDELINE)
    ticked = {g.indicators[0]: g.progress_in(Round.TWELVE).status for g in guidelines}
    order = list(Status)
    expected = {c: None if s is None else order[s] for c, s in ref.STATUSES.items()}
    assert {code: status for code, status in ticked.items() if status} == expected


def check_report(text: str, guidelines: tuple[Measure, ...]) -> None:
    """All ten scores, the ticks in the right boxes, the totals and the level."""
    flat = joined(text)
    for code, score in ref.SCORES.items():
        assert to_thai(f"คะแนน{score}") in flat, f"score of indicator {code}"
    for words in ("๘๓.๖๘", "๙๒.๐๐", "๘๐.๖๓", "๘๔.๙๖", "ต้องปรับปรุง"):
        assert words in flat
    boxes = re.findall(r"([☑☐])ดำเนินการแล้วเสร็จ([☑☐])ยังไม่ได้ดำเนินการ([☑☐])อยู่ระหว่างดำเนินการ", flat)
    ticked = [None if "☑" not in three else three.index("☑") for three in boxes]
    assert ticked == [ref.STATUSES.get(g.indicators[0]) for g in guidelines]
    assert sum(three.count("☑") for three in boxes) == 8


@pytest.mark.parametrize(
    "read",
    [
        pytest.param(False, id="own"),
        pytest.param(True, id="document-2", marks=needs_reference),
    ],
)
def test_clerk_types_document_2_and_prints_it(
    keys: Keyboard, tmp_path: Path, read: bool, told: object
):
    measures = ref.read_measures() if read else ref.OWN_MEASURES
    guidelines = ref.read_guidelines() if read else ref.OWN_GUIDELINES
    assert (len(measures), len(guidelines)) == (6, 10)
    window = keys.window
    enter_office(keys)
    enter_chain(keys)
    choose_year(keys, MEASURE_YEAR)
    enter_scores(keys)
    enter_measures(keys, measures)
    enter_guidelines(keys, guidelines)
    enter_progress(
        keys,
        [(m.result, m.outcome, 0) for m in measures]
        + [(g.result, "", ref.STATUSES.get(g.code)) for g in guidelines],
    )
    keys.press("Ctrl+6")
    assert window.tabs.currentIndex() == PAGES.index("documents")
    page = window.pages["documents"]
    assert isinstance(page, DocumentsPage)
    target = tmp_path / "รายงาน.pdf"
    assert page.make_pdf_at(target)
    session = window.session
    assert session is not None
    entered = session.dossier.measures_of(MEASURE_YEAR, MeasureKind.GUIDELINE)
    path = session.store.path
    check_totals(window)
    window.close()
    check_on_disk(path, len(measures), window)
    text = pdf_text(target)
    check_report(text, entered)
    check_every_point(joined(text), measures, guidelines)
    assert "รักษาราชการแทนปลัดอบต." in joined(text)


def check_every_point(
    flat: str,
    measures: tuple[ref.MeasureText, ...],
    guidelines: tuple[ref.GuidelineText, ...],
) -> None:
    """Every typed point is on paper, letter by letter."""
    texts = [text for m in measures for text in (m.title, m.steps, m.result, m.outcome)]
    texts += [text for g in guidelines for text in (g.steps, g.result)]
    for text in texts:
        for point in points(text):
            assert is_on_paper(joined(to_thai(point)), flat), point


def is_on_paper(point: str, flat: str) -> bool:
    """Whether the point is there, whole or broken once, where its cell goes on overleaf."""
    return point in flat or any(
        point[:at] in flat and point[at:] in flat for at in range(len(point) - 1, 0, -1)
    )


def check_totals(window: MainWindow) -> None:
    """The window says what the paper says."""
    session = window.session
    assert session is not None
    tree = score_tree(session.framework(ref.YEAR), session.dossier.sheet(ref.YEAR))
    assert [str(tree.score(code)) for code in ("IIT", "EIT", "OIT", "total")] == [
        "83.68",
        "92.00",
        "80.63",
        "84.96",
    ]
    assert tree.level == "ต้องปรับปรุง"


def test_every_tab_is_reached_by_keyboard(sample_keys: Keyboard, type_text: Callable[[str], None]):
    for number, page in enumerate(PAGES):
        sample_keys.press(f"Ctrl+{number}")
        assert sample_keys.window.tabs.currentIndex() == PAGES.index(page)
