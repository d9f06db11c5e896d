"""The page of scores: typing, refusing, pasting, comparing, all by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QStyledItemDelegate

from tests.ui.conftest import Keyboard, on_disk, open_session, page_of, wait_saved
from ui.main_window import MainWindow
from ui.models.score_model import CHANGE, COMPUTED, EARLIER, REMARK, SCORE
from ui.pages.scores import ScoresPage, read_block
from ui.theme import USUAL_SIZE, apply_theme, choose

OpenWindow = Callable[[Path], MainWindow]


class Scores:
    """The page of scores of one year, worked by keys."""

    def __init__(self, keys: Keyboard, year: int) -> None:
        self.keys = keys
        keys.press("Ctrl+2")
        self.page = page_of(keys.window, ScoresPage)
        self.page.show_year(year)
        self.year = year

    def at(self, code: str) -> Scores:
        """Go to a score without opening it."""
        self.page.view.setFocus()
        self.page.view.go(self.page.model.index_of(code))
        return self

    def type(self, code: str, text: str) -> Scores:
        self.at(code).keys.type(text)
        return self

    def paste(self, code: str, text: str) -> Scores:
        QGuiApplication.clipboard().setText(text)
        self.at(code).keys.press("Ctrl+V")
        return self

    def cell(self, code: str, column: int = SCORE) -> str:
        return self.page.model.index_of(code, column).data() or ""

    def figure(self, name: str) -> str:
        return self.page._figures[name][0].text()

    @property
    def here(self) -> str:
        return self.page.model.code_at(self.page.view.currentIndex())

    @property
    def stored(self) -> dict[str, str]:
        session = open_session(self.keys.window)
        wait_saved(self.keys.window)
        entered = on_disk(session.store.path).sheet(self.year).entered
        return {code: str(score) for code, score in entered.items()}


@pytest.fixture
def scores(keys: Keyboard) -> Scores:
    return Scores(keys, 2568)


@pytest.fixture
def sample(sample_keys: Keyboard) -> Scores:
    return Scores(sample_keys, 2568)


# --- typing ------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["93.59", "๙๓.๕๙", "93.59%"])
def test_a_score_is_accepted_in_both_digits(scores: Scores, typed: str):
    scores.type("1", typed)
    assert scores.cell("1", REMARK) == ""
    scores.keys.press("Return")
    assert scores.cell("1") == "๙๓.๕๙"
    assert scores.stored == {"1": "93.59"}


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("101", "ไม่เกิน ๑๐๐"),
        ("abc", "ต้องเป็นตัวเลข"),
        ("93,59", "จุดทศนิยม"),
        ("-1", "ไม่ต่ำกว่า"),
        ("93.595", "ทศนิยมไม่เกินสองตำแหน่ง"),
    ],
)
def test_a_wrong_text_is_refused_beside_the_field_and_kept(
    scores: Scores, make_window: OpenWindow, typed: str, problem: str
):
    scores.type("1", typed)
    assert problem in scores.cell("1", REMARK)
    scores.keys.press("Return")
    assert scores.cell("1") == typed
    assert scores.stored == {}, "what is no score counts as none"
    scores.keys.press("Ctrl+1", "Ctrl+2")
    assert (scores.cell("1"), problem in scores.cell("1", REMARK)) == (typed, True)
    path = open_session(scores.keys.window).store.path
    scores.keys.window.close()
    again = page_of(make_window(path), ScoresPage)
    again.show_year(2568)
    assert again.model.index_of("1").data() == typed
    assert problem in again.model.index_of("1", REMARK).data()


def test_a_remark_is_said_whole_in_the_status_bar(scores: Scores):
    bar = scores.keys.window.statusBar()
    scores.type("1", "101")
    assert bar.currentMessage() == scores.cell("1", REMARK) != ""
    scores.keys.press("Return")
    bar.clearMessage()
    scores.keys.press("Esc", "Up")
    assert bar.currentMessage() == scores.cell("1", REMARK)


def test_a_refused_text_is_mended_where_it_stands(scores: Scores):
    scores.type("1", "93,59").keys.press("Return")
    scores.type("1", "93.59").keys.press("Return")
    assert (scores.cell("1"), scores.cell("1", REMARK)) == ("๙๓.๕๙", "")
    assert scores.stored == {"1": "93.59"}
    assert open_session(scores.keys.window).store.dossier().sheet(2568).drafts == {}


def test_a_wrong_text_over_a_score_does_not_count_half_of_it(sample: Scores):
    """Typing 101 passes 1 and 10 on its way: neither may stay as the score."""
    before = sample.cell("i1"), sample.figure("total")
    sample.type("i1", "101")
    sample.keys.press("Return")
    assert sample.figure("total") == "–"
    assert "i1" not in sample.stored
    sample.keys.press("Ctrl+Z")
    assert (sample.cell("i1"), sample.figure("total")) == before
    assert sample.cell("i1", REMARK) == ""


def test_a_point_on_the_way_is_no_fault(scores: Scores):
    scores.type("1", "93.")
    assert scores.cell("1", REMARK) == ""
    assert scores.page.model.tree.score("1") == Decimal("93.00")


def test_everything_follows_each_keystroke(sample: Scores):
    sample.at("i1").keys.press("Return")
    seen = []
    for letter in "5", "0":
        sample.keys.type(letter)
        seen.append((sample.cell("1", COMPUTED), sample.cell("IIT", COMPUTED)))
        assert sample.figure("IIT") == sample.cell("IIT", COMPUTED)
        assert sample.figure("total") == sample.cell("total", COMPUTED)
    assert isinstance(sample.keys.focus, QLineEdit), "the field was not left"
    assert len(set(seen)) == 2
    assert sample.cell("1", COMPUTED) == "๘๑.๑๑"  # (50 + 93.33 + 100) / 3


def test_the_level_follows_each_keystroke(scores: Scores):
    for code, score in {"IIT": "95", "EIT": "95", "OIT": "9"}.items():
        scores.type(code, score)
    low = scores.figure("level")
    scores.keys.type("5")
    assert scores.figure("total") == "๙๕.๐๐"
    assert scores.figure("level") not in (low, "–")


def test_reaches_the_disk_without_leaving_the_field(scores: Scores):
    scores.type("1", "๙๓.๕๙")
    assert isinstance(scores.keys.focus, QLineEdit)
    assert scores.stored == {"1": "93.59"}


@pytest.mark.parametrize(
    ("key", "there"),
    [("Return", "2"), ("Down", "2"), ("Tab", "2"), ("Up", "1"), ("Shift+Tab", "1")],
)
def test_keys_go_to_the_next_score(scores: Scores, key: str, there: str):
    start = "1" if there == "2" else "2"
    scores.type(start, "90").keys.press(key)
    assert scores.here == there
    scores.keys.type("77")
    wait_saved(scores.keys.window)
    assert scores.stored == {start: "90.00", there: "77.00"}


def test_past_the_last_score_the_tree_is_left(scores: Scores):
    scores.type("10", "90").keys.press("Tab")
    assert not scores.page.view.isAncestorOf(scores.keys.focus)
    assert scores.keys.focus is not scores.page.view


def test_enter_in_the_last_score_stays_in_the_tree(scores: Scores):
    scores.type("10", "90").keys.press("Return")
    assert scores.keys.focus is scores.page.view


def test_values_without_a_place_are_told(scores: Scores):
    said: list[str] = []
    scores.page.said.connect(said.append)
    scores.paste("9", "90\n80\n70\n60")
    assert scores.stored == {"9": "90.00", "10": "80.00"}
    assert "อีก ๒ ค่า" in said[-1]


@pytest.mark.parametrize("key", ["Delete", "Backspace"])
def test_delete_empties_a_score_and_undo_brings_it_back(sample: Scores, key: str):
    sample.at("i1").keys.press(key)
    assert sample.cell("i1") == ""
    assert "i1" not in sample.stored
    sample.keys.press("Ctrl+Z")
    assert sample.cell("i1") == "๙๒.๑๒"
    assert sample.stored["i1"] == "92.12"


def test_copy_gives_the_score(sample: Scores):
    sample.at("i1").keys.press("Ctrl+C")
    assert QGuiApplication.clipboard().text() == "๙๒.๑๒"


def test_undo_goes_field_by_field_and_shows_in_an_open_editor(scores: Scores):
    scores.type("1", "90").keys.press("Return")
    scores.keys.type("80").press("Return")
    scores.keys.press("Ctrl+Z")
    assert (scores.cell("1"), scores.cell("2")) == ("๙๐.๐๐", "")
    scores.keys.press("Ctrl+Z")
    assert scores.cell("1") == ""
    scores.keys.press("Ctrl+Y", "Ctrl+Y")
    assert scores.stored == {"1": "90.00", "2": "80.00"}


def test_undo_while_typing_takes_back_the_typing_only(sample: Scores):
    sample.type("i2", "11").keys.press("Return")
    sample.type("i1", "50").keys.press("Ctrl+Z")
    assert sample.cell("i1") == "๙๒.๑๒"
    sample.keys.press("Ctrl+Z", "Return")
    assert (sample.cell("i1"), sample.cell("i2")) == ("๙๒.๑๒", "๙๓.๓๓")
    assert sample.stored["i2"] == "93.33"


def test_what_undo_took_back_is_not_written_again_on_leaving(scores: Scores):
    scores.type("1", "90").keys.press("Return")
    scores.type("1", "80")
    wait_saved(scores.keys.window)
    scores.keys.window.undo()
    scores.keys.press("Return")
    assert scores.stored == {"1": "90.00"}


# --- pasting -----------------------------------------------------------------------------------


def test_a_column_goes_onto_the_indicators(scores: Scores):
    scores.paste("1", "93.59\r\n75.23\r\n88.15\r\n")
    assert scores.stored == {"1": "93.59", "2": "75.23", "3": "88.15"}


def test_a_column_skips_rows_of_another_kind(scores: Scores):
    scores.paste("i2", "91\n92\n93")
    assert scores.stored == {"i2": "91.00", "i3": "92.00", "i4": "93.00"}


def test_a_column_is_pasted_while_a_score_is_open(scores: Scores):
    scores.at("1").keys.press("Return")
    QGuiApplication.clipboard().setText("90.00\r\n80.00\r\n")
    scores.keys.press("Ctrl+V")
    assert scores.stored == {"1": "90.00", "2": "80.00"}


def test_a_single_cell_is_pasted_while_a_score_is_open(scores: Scores):
    scores.at("1").keys.press("Return")
    QGuiApplication.clipboard().setText("90.12\r\n")
    scores.keys.press("Ctrl+V")
    assert scores.stored == {"1": "90.12"}


def test_a_plain_number_is_pasted_into_the_text(scores: Scores):
    scores.at("1").keys.press("Return")
    QGuiApplication.clipboard().setText("90.12")
    scores.keys.press("Ctrl+V", "Return")
    assert scores.stored == {"1": "90.12"}


def test_rows_with_codes_go_to_their_codes(scores: Scores):
    scores.paste("total", "EIT\t92.00\ni2 ใช้จ่าย…\t๙๐.๑๐\n10\t71.25\nI1\t88")
    assert scores.stored == {"EIT": "92.00", "i2": "90.10", "10": "71.25", "i1": "88.00"}


def test_blank_cells_change_nothing(sample: Scores):
    sample.paste("i1", "50\r\n\r\n60\r\n")
    stored = sample.stored
    assert (stored["i1"], stored["i2"], stored["i3"]) == ("50.00", "93.33", "60.00")


def test_two_hundred_cells_stop_at_the_last_score(scores: Scores):
    items = scores.page.model.same_kind_from("i1")
    scores.paste("i1", "\r\n".join(["75.00"] * 200))
    assert scores.stored == dict.fromkeys(items, "75.00")


def test_garbage_is_kept_beside_its_fields_and_counted(scores: Scores):
    scores.paste("1", "ข้อมูล\n90\n\0\nn/a")
    assert scores.cell("1") == "ข้อมูล"
    assert scores.stored == {"2": "90.00"}
    assert "ช่องที่ยังใช้ไม่ได้" in scores.keys.window.statusBar().currentMessage()


@pytest.mark.parametrize("nothing", ["", "\n\n", "\t\t"])
def test_an_empty_clipboard_says_so(scores: Scores, nothing: str):
    scores.paste("1", nothing)
    assert "ไม่มีคะแนนให้วาง" in scores.keys.window.statusBar().currentMessage()
    assert scores.stored == {}


def test_undo_of_a_paste_is_one_step(sample: Scores):
    before = sample.stored
    sample.paste("i1", "10\n20\n30")
    sample.keys.press("Ctrl+Z")
    assert sample.stored == before
    sample.keys.press("Ctrl+Y")
    assert [sample.stored[code] for code in ("i1", "i2", "i3")] == ["10.00", "20.00", "30.00"]


def test_a_row_of_cells_goes_down_the_tree():
    assert read_block("1\t2\t\t4", ["a", "b", "c", "d"], set()) == {"a": "1", "b": "2", "d": "4"}


# --- comparing ---------------------------------------------------------------------------------


def test_last_year_stands_beside_and_the_change(sample: Scores):
    assert sample.cell("1", EARLIER) == "๘๘.๔๔"
    assert sample.cell("1", CHANGE) == "▲ ๖.๗๑"
    assert sample.page._figures["total"][1].text() == sample.cell("total", CHANGE) != ""


def test_items_are_compared_by_the_crosswalk_alone(keys: Keyboard):
    """The same code is another question in another year: o3 of 2568 was o4, o11 of 2569 is new."""
    store = open_session(keys.window).store
    store.set_scores(2567, {"o3": Decimal(0), "o4": Decimal(100)})
    store.set_scores(2568, {"o11": Decimal(100)})
    assert Scores(keys, 2568).cell("o3", EARLIER) == "๑๐๐.๐๐"
    assert Scores(keys, 2569).cell("o11", EARLIER) == ""


def test_an_official_figure_that_can_not_be_is_remarked(sample: Scores):
    computed = sample.cell("1", COMPUTED)
    sample.type("1", "50")
    assert "ไม่ตรงกับที่คำนวณได้" in sample.cell("1", REMARK)
    assert computed in sample.cell("1", REMARK)
    sample.at("1").keys.press("Delete")
    assert sample.cell("1", REMARK) == ""


def test_a_mean_so_many_people_can_not_give_is_remarked(scores: Scores):
    scores.keys.tab_to("ผู้ตอบ EIT").type("41")
    wait_saved(scores.keys.window)
    scores.type("e1", "95.60")
    remark = scores.cell("e1", REMARK)
    assert "ผู้ตอบ ๔๑ คน" in remark and "หรือ" in remark
    scores.type("e1", "95.61")
    assert scores.cell("e1", REMARK) == ""


@pytest.mark.parametrize(("typed", "count"), [("41", 41), ("๓๓", 33), ("4x1", 41), ("0", None)])
def test_respondents_take_whole_numbers_only(scores: Scores, typed: str, count: int | None):
    scores.keys.tab_to("ผู้ตอบ EIT").type(typed)
    wait_saved(scores.keys.window)
    sheet = on_disk(open_session(scores.keys.window).store.path).sheet(2568)
    assert sheet.respondents.get("EIT") == count
    if count is None:
        assert "มากกว่า ๐" in scores.keys.window.statusBar().currentMessage()


def test_an_oit_item_has_two_answers_only(scores: Scores):
    scores.type("o1", "50")
    assert "๐ หรือ ๑๐๐" in scores.cell("o1", REMARK)
    scores.type("o1", "100")
    assert scores.cell("o1", REMARK) == ""


def test_the_announced_level_rules(sample: Scores):
    computed = sample.figure("level")
    sample.keys.tab_to("ระดับตามประกาศ").press("Down")
    chosen = sample.figure("level")
    wait_saved(sample.keys.window)
    sheet = on_disk(open_session(sample.keys.window).store.path).sheet(2568)
    assert sheet.official_level == chosen
    sample.keys.press("Down")
    assert sample.figure("level") != chosen
    sample.keys.press("Home")
    assert sample.figure("level") == computed


@pytest.mark.parametrize(
    ("year", "shown"), [(2567, False), (2568, False), (2569, True), (2570, True), (2572, True)]
)
def test_a_year_that_is_not_confirmed_says_so(scores: Scores, year: int, shown: bool):
    scores.page.show_year(year)
    assert scores.page.notice.isVisible() is shown
    if shown:
        assert "ป.ป.ช." in scores.page.notice.text() + scores.page.notice.toolTip()


def test_the_year_is_chosen_by_keyboard_and_typing_lands_in_it(scores: Scores):
    scores.type("1", "90")
    scores.keys.press("Return").tab_to("ปีที่ประเมิน").press("Down")
    assert scores.page.model.tree.framework.year == 2567
    scores.type("1", "70")
    wait_saved(scores.keys.window)
    disk = on_disk(open_session(scores.keys.window).store.path)
    assert disk.sheet(2568).entered == {"1": Decimal("90.00")}
    assert disk.sheet(2567).entered == {"1": Decimal("70.00")}


def test_items_are_folded_and_unfolded(scores: Scores):
    view, model = scores.page.view, scores.page.model
    assert not view.isExpanded(model.index_of("1", 0))
    scores.keys.tab_to("แสดงรายข้อ").press("Space")
    assert view.isExpanded(model.index_of("1", 0))
    assert view.isExpanded(model.index_of("9.1", 0)) or model.index_of("9.1", 0).isValid()
    scores.keys.press("Space")
    assert not view.isExpanded(model.index_of("1", 0))


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("size", [10, 11, 15])
def test_cells_are_drawn_as_the_style_would(
    sample: Scores, qapp: QApplication, look: str, size: int
):
    choose(look=look, size=size)
    apply_theme(qapp)
    try:
        sample.type("1", "50")  # a remark, and a refused text
        sample.type("2", "๙๓.")
        sample.at("IIT")
        view = sample.page.view
        ours = view.viewport().grab().toImage()
        view.setItemDelegate(QStyledItemDelegate(view))
        assert view.viewport().grab().toImage() == ours
    finally:
        choose(look="light", size=USUAL_SIZE)
        apply_theme(qapp)


def test_keystrokes_are_quick(sample: Scores, tell_speed: Callable[[str, list[float]], None]):
    sample.at("i1").keys.press("Return")
    tell_speed("scores", sample.keys.timed("12.3"))
