"""Frameworks in her hands: seen, corrected, added, given and taken; what it does is said first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from ita_desktop.domain.framework import framework_text, load_framework
from ita_desktop.domain.framework_draft import ROOT, DraftKind, FrameworkDraft
from ita_desktop.domain.framework_origin import Source
from tests.ui.conftest import Alerts, Keyboard, open_session, page_of
from ui.frameworks import FrameworksDialog
from ui.main_window import MainWindow
from ui.pages.scores import ScoresPage
from ui.session import Session
from ui.widgets.framework_editor import FrameworkEditor


@dataclass
class Desk:
    """The dialog over a data file, without the window around it, and the keyboard."""

    session: Session
    dialog: FrameworksDialog
    keys: Keyboard

    @property
    def editor(self) -> FrameworkEditor:
        return self.dialog.editor


@pytest.fixture
def desk(qapp: QApplication, empty_file: Path, type_text: Callable[[str], None]) -> Iterator[Desk]:
    session = Session.open(empty_file)
    score = {"total": Decimal("90.00"), "o3": Decimal(100)}
    session.store.set_scores(2569, score)
    dialog = FrameworksDialog(session)
    dialog.show()
    QTest.qWaitForWindowExposed(dialog)
    dialog.activateWindow()
    qapp.processEvents()
    yield Desk(session, dialog, Keyboard(cast("MainWindow", dialog), type_text))
    dialog.close()
    dialog.deleteLater()
    session.close()
    qapp.processEvents()


def choose(dialog: FrameworksDialog, year: int) -> None:
    at = next(i for i, entry in enumerate(dialog.years.entries) if entry.year == year)
    dialog.years.table.setCurrentCell(at, 0)


def go(editor: FrameworkEditor, path: tuple[str | int, ...]) -> None:
    item = next(item for item in editor._items() if editor._path_of(item) == path)
    editor.tree.setCurrentItem(item)


def cells(dialog: FrameworksDialog) -> list[list[str]]:
    table = dialog.effects.table
    return [
        [table.item(row, column).text() for column in range(table.columnCount())]  # type: ignore[union-attr]
        for row in range(table.rowCount())
    ]


def test_every_year_is_listed_with_where_it_comes_from(desk: Desk):
    dialog = desk.dialog
    assert [entry.year for entry in dialog.years.entries] == list(range(2569, 2562, -1))
    first = [dialog.years.table.item(0, column).text() for column in range(4)]  # type: ignore[union-attr]
    assert first == ["๒๕๖๙", "๕๐ ข้อ", "มากับโปรแกรม", "ฉบับชั่วคราว โปรดตรวจกับคู่มือ"]
    assert not dialog.years.buttons[2].isEnabled(), "nothing of the office's own to take back"


def test_a_correction_by_keyboard_from_list_to_scores(sample_keys: Keyboard):
    """Weights are corrected, what they do is seen, it is taken, and Ctrl+Z takes it back."""
    session = open_session(sample_keys.window)
    before = page_of(sample_keys.window, ScoresPage).model.tree.total
    sample_keys.press("Ctrl+K")
    dialog = sample_keys.window.findChild(FrameworksDialog)
    assert dialog is not None and dialog.isVisible()
    sample_keys.press("Down", "Return")
    editor = dialog.editor
    assert dialog.stack.currentWidget() is editor and editor.draft.year == 2568
    sample_keys.press("Down").tab_to("น้ำหนัก").press("Ctrl+A").type("๐.๕")
    assert [problem.field for problem in editor.problems] == ["weight"]
    assert "น้ำหนัก" in editor.node_problem.text() and editor.node_problem.isVisible()
    editor.use()
    assert dialog.stack.currentWidget() is editor, "a wrong draft is not used"
    go(editor, ("instruments", 2))
    editor.form.go_to("weight")
    sample_keys.press("Ctrl+A").type("0.2")
    assert editor.problems == ()
    editor.use()
    assert dialog.stack.currentWidget() is dialog.effects
    rows = cells(dialog)
    assert rows[0][:2] == ["คะแนนที่คำนวณ", "คะแนนรวม"] and rows[0][2] != rows[0][3]
    assert session.store.frameworks() == {}, "nothing is taken before she has seen it"
    dialog.effects.note.setFocus()
    sample_keys.type("ตามหนังสือเวียน")
    dialog.effects.take_button.click()
    assert dialog.years.entries[1].note == "ตามหนังสือเวียน"
    assert "แก้จากของโปรแกรม" in dialog.years.entries[1].origin
    assert session.framework(2568).instruments[0].weight == Decimal("0.5")
    dialog.close()
    page = page_of(sample_keys.window, ScoresPage)
    page.show_year(2568)
    assert page.model.tree.total != before
    sample_keys.window.undo()
    assert session.framework(2568).instruments[0].weight == Decimal("0.30")


def test_what_is_typed_survives_leaving_and_a_restart(desk: Desk):
    dialog = desk.dialog
    desk.keys.press("Return")
    go(dialog.editor, dialog.editor.draft.item_paths["o1"])
    dialog.editor.form.go_to("title")
    desk.keys.press("Ctrl+A").type("ชื่อใหม่")
    desk.keys.press("Escape")
    assert dialog.stack.currentWidget() is dialog.years
    assert "ร่าง" in dialog.years.table.item(0, 3).text()  # type: ignore[union-attr]
    store = desk.session.store
    assert store.edits()[0].label != "แก้กรอบปี 2569"
    assert "ชื่อใหม่" in store.framework_drafts()[2569]
    dialog.edit()
    go(dialog.editor, dialog.editor.draft.item_paths["o1"])
    assert dialog.editor.form.fields["title"].value() == "ชื่อใหม่"


def test_giving_a_draft_up_asks_first(desk: Desk, told: Alerts):
    dialog = desk.dialog
    dialog.edit_year(2569)
    dialog.editor._on_typed("source", "x")
    desk.session.saver.flush()
    told.answer = False
    dialog.give_up()
    assert dialog.stack.currentWidget() is dialog.editor
    told.answer = True
    dialog.give_up()
    assert desk.session.store.framework_drafts() == {}
    dialog.edit_year(2569)
    assert dialog.editor.draft == FrameworkDraft.of(desk.session.framework(2569))


def test_a_typed_code_passes_others_on_its_way(desk: Desk):
    """o5 → o50 by way of "o", which is nobody's, and Ctrl+Z takes the stay back at once."""
    dialog = desk.dialog
    dialog.edit_year(2569)
    editor = dialog.editor
    go(editor, editor.draft.item_paths["o5"])
    editor.form.go_to("code")
    desk.keys.press("End", "Backspace").type("1")
    assert any(problem.field == "code" for problem in editor.problems), "o1 is taken"
    desk.keys.type("99")
    assert editor.problems == ()
    made = editor.draft.framework()
    assert made.crosswalk["o199"] == "o5" and made.crosswalk["o1"] == "o1"
    editor.undo()
    assert "o5" in editor.draft.item_paths
    editor.redo()
    assert "o199" in editor.draft.item_paths


def test_adding_moving_and_removing_in_the_tree(desk: Desk):
    dialog = desk.dialog
    dialog.edit_year(2569)
    editor = dialog.editor
    go(editor, editor.draft.item_paths["o4"])
    editor.tree.setFocus()
    desk.keys.press("Ctrl+N")
    assert editor.form.fields["title"].hasFocus()
    assert [problem.field for problem in editor.problems] == ["title"]
    desk.keys.type("ข้อใหม่")
    assert editor.problems == ()
    editor.tree.setFocus()
    desk.keys.press("Alt+Up")
    assert editor.draft.node(editor._path).code == "o27"
    assert editor._path[-1] == editor.draft.item_paths["o4"][-1] - 1  # type: ignore[operator]
    desk.keys.press("Ctrl+Del")
    assert "o27" not in editor.draft.item_paths
    desk.keys.press("Ctrl+Z")
    assert "o27" in editor.draft.item_paths
    parent = editor.draft.value(editor.draft.item_paths["o1"], "parent")
    go(editor, editor.draft.item_paths["o1"])
    editor._on_typed("parent", "9.2")
    assert editor.draft.value(editor.draft.item_paths["o1"], "parent") == "9.2" != parent


def test_levels_and_issues_have_their_fields(desk: Desk):
    dialog = desk.dialog
    dialog.edit_year(2568)
    editor = dialog.editor
    go(editor, ("levels", 0))
    assert set(editor.form.fields) == {"level", "total_min", "each_instrument_min"}
    go(editor, ("issues", 0))
    assert editor.issue_items is not None
    box = editor.issue_items.item(0)
    box.setCheckState(Qt.CheckState.Unchecked)
    assert "i1" not in editor.draft.framework().issues[0].items
    go(editor, ROOT)
    assert "source" in editor.form.fields and not editor.remove_button.isEnabled()


def test_a_problem_leads_to_its_field(desk: Desk):
    dialog = desk.dialog
    editor = dialog.editor
    draft = FrameworkDraft.of(desk.session.framework(2569))
    wrong = draft.put(draft.item_paths["e1"], "answers", "๑๐๐ ๐").put(ROOT, "pass_mark", "x")
    editor.open(wrong)
    dialog.stack.setCurrentWidget(editor)
    assert editor.problem_list.count() == 2
    editor.problem_list.setCurrentRow(0)
    editor.problem_list.setFocus()
    desk.keys.press("Return")
    assert editor.form.fields["answers"].hasFocus()
    marked = [item.text(0) for item in editor._items() if item.text(0).startswith("⚠")]
    assert any("ข้อ e๑" in text for text in marked) and len(marked) >= 4


def test_a_year_is_added_from_the_nearest(desk: Desk):
    dialog = desk.dialog
    assert dialog.years.new_year.value() == "2570"
    dialog.years.add_button.click()
    editor = dialog.editor
    assert editor.draft.year == 2570 and editor.problems == ()
    editor.use()
    assert cells(dialog) == []
    dialog.take()
    session = desk.session
    assert session.shelf.years()[-1] == 2570 and session.framework(2570).based_on is None
    assert dialog.years.entries[0].origin.startswith("ของหน่วยงาน คัดลอกจากปี 2569")
    choose(dialog, 2570)
    assert dialog.years.buttons[2].text() == "ลบกรอบของปีนี้"
    dialog.go_back()
    dialog.take()
    assert session.shelf.years()[-1] == 2569


def test_what_is_the_same_as_now_is_not_taken(desk: Desk, told: Alerts):
    desk.dialog.edit_year(2569)
    desk.editor.use()
    assert told.told[-1][0] == "ยังไม่ได้แก้"
    assert desk.dialog.stack.currentWidget() is desk.editor


def test_files_out_and_in(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: Alerts
):
    dialog, path = desk.dialog, tmp_path / "กรอบ"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    dialog.give_out()
    written = path.with_suffix(".json")
    assert load_framework(written).year == 2569
    draft = FrameworkDraft.of(load_framework(written))
    written.write_text(framework_text(draft.remove(draft.item_paths["o3"]).framework()), "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(written), ""))
    dialog.take_in()
    assert any(row[1].startswith("o๓ ") for row in cells(dialog))
    dialog.effects.back_button.click()
    store = desk.session.store
    assert store.frameworks() == {} and dialog.stack.currentWidget() is dialog.years
    dialog.take_in()
    dialog.take()
    assert store.framework_origin(2569).name == "กรอบ.json"  # type: ignore[union-attr]
    written.write_bytes(b"PK\x03\x04 no framework")
    dialog.take_in()
    assert told.told[-1][0] == "นำเข้าไม่ได้" and "กรอบ.json" in told.told[-1][1]


def test_a_file_that_names_what_the_year_before_lacks_is_refused(
    desk: Desk, tmp_path: Path, told: Alerts
):
    dialog, path = desk.dialog, tmp_path / "2569.json"
    base = desk.session.framework(2569)
    draft = FrameworkDraft.of(base).put(
        FrameworkDraft.of(base).item_paths["o1"], "counterpart", "o99"
    )
    path.write_text(framework_text(draft.framework()), "utf-8")
    dialog.take_in_file(path)
    assert "o๙๙" in told.told[-1][1]


def test_a_broken_framework_in_the_file_does_not_keep_the_window_shut(desk: Desk):
    session = desk.session
    with session.store.edit("เสีย", "framework/2568") as rows:
        rows.put("framework", 2568, {"content": "{}"})
    assert session.framework(2568).year == 2568
    dialog = desk.dialog
    dialog.refresh()
    assert "๒๕๖๘" in dialog.years.broken.text() and dialog.years.broken.isVisible()
    own = framework_text(session.framework(2568))
    session.store.set_framework(2568, own, Source.FILE)
    dialog.refresh()
    assert not dialog.years.broken.isVisible()


def test_kinds_to_add_fit_the_node(desk: Desk):
    dialog = desk.dialog
    dialog.edit_year(2569)
    editor = dialog.editor
    nodes = {(node.kind, len(node.path)): node for node in editor.draft.nodes()}
    for node in nodes.values():
        go(editor, node.path)
        kinds = [DraftKind(editor.kinds.itemData(at)) for at in range(editor.kinds.count())]
        assert kinds
        for kind in kinds:
            made, path = editor.draft.add(node.path, kind)
            assert made.node(path).kind is kind, node
