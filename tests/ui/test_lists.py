"""Lists of measures and people: filtered, dragged, several at once."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QStyleOptionComboBox
from pytestqt.qtbot import QtBot

from ita_desktop.domain.filters import NONE
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.measures import MeasureKind, Status
from ita_desktop.domain.review import Place
from tests.ui.conftest import Keyboard, open_session, page_of
from ui.main_window import MainWindow
from ui.pages.measures import MeasuresPage
from ui.pages.office import OfficePage
from ui.pages.progress import ProgressPage
from ui.widgets.choice import Choice


def order(window: MainWindow) -> list[int]:
    session = open_session(window)
    return [each.id for each in session.dossier.measures_of(session.year, MeasureKind.MEASURE)]


class _Drop(QDropEvent):
    """A drop that a view has begun itself; only the system can name the source of a real one."""

    def __init__(self, view: QAbstractItemView, at: QPoint) -> None:
        self.mime = QMimeData()
        super().__init__(
            QPointF(at),
            Qt.DropAction.MoveAction,
            self.mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        self.view = view

    def source(self) -> QAbstractItemView:
        return self.view


def drop(view: QAbstractItemView, onto: int, *, below: bool) -> None:
    """Drop the current row onto the upper or lower half of a row."""
    rectangle = view.visualRect(view.model().index(onto, 0))
    at = rectangle.center() + QPoint(0, rectangle.height() // 4 * (1 if below else -1))
    view.dropEvent(_Drop(view, at))
    QApplication.processEvents()


def test_filters_of_measures(sample_keys: Keyboard):
    window = sample_keys.window
    sample_keys.press("Ctrl+3")
    page, session = page_of(window, MeasuresPage), open_session(window)
    before, all_ = session.store.edits(), order(window)
    numbers = {m.id: page.model.index_of(m.id).data() for m in page.model.measures}
    page.filter.choose("owner", "กองคลัง")
    kept = [each.id for each in page.model.measures]
    assert 0 < len(kept) < len(all_)
    assert all("กองคลัง" in each.owners for each in page.model.measures)
    assert page.filter.count.text().startswith("แสดง ")
    assert {i: page.model.index_of(i).data() for i in kept} == {i: numbers[i] for i in kept}
    # What she types stays in sight although it no longer passes.
    page.form.go_to("owners")
    sample_keys.press("Ctrl+A").type("กองใหม่")
    session.saver.flush()
    assert [each.id for each in page.model.measures] == kept
    # What is new is seen, too.
    page.add()
    assert page.current is not None and page.current.title == ""
    page.filter.clear()
    assert page.model.rowCount() == len(all_) + 1 and "แสดง" not in page.filter.count.text()
    page.filter.choose("owner", "ไม่มีกองนี้")
    assert page.model.rowCount() == 0 and "ล้าง" in page.empty_text.text()
    found = session.dossier.measures[session.year][0].id
    page.go_to(_place(found))
    assert page.list.chosen_id == found and not page.filter.active
    assert len(session.store.edits()) == len(before) + 2  # the owner and the new one: no filter
    page.filter.open()
    assert page.filter.menu.actions()[0].text() == "ผู้รับผิดชอบ"
    page.filter.menu.close()


def _place(measure_id: int) -> Place:
    return Place("measures", measure_id, "title")


def test_dragging_measures_and_people(sample_window: MainWindow):
    session = open_session(sample_window)
    page, office = page_of(sample_window, MeasuresPage), page_of(sample_window, OfficePage)
    sample_window.show_page(3)
    QApplication.processEvents()
    before = order(sample_window)
    last = session.dossier.measures_of(session.year, MeasureKind.MEASURE)[-1]
    page.list.choose(last.id)
    drop(page.list, 0, below=False)
    assert order(sample_window) == [last.id, *before[:-1]]
    assert page.list.chosen_id == last.id and page.list.currentIndex().row() == 0
    undo = session.store.undo_label() or ""
    assert undo.startswith("ย้ายมาตรการ “") and last.title[:10] in undo
    drop(page.list, 0, below=True)  # onto itself: no edit
    assert session.store.undo_label() == undo
    sample_window.undo()
    assert order(sample_window) == before
    page.list.setFocus()
    sample_window.show_page(1)
    QApplication.processEvents()
    chain = [each.id for each in session.dossier.chain]
    office.chain.view.setCurrentIndex(office.chain.model.index(0, 1))
    drop(office.chain.view, 2, below=True)
    assert [each.id for each in session.dossier.chain] == [*chain[1:3], chain[0], *chain[3:]]
    assert (session.store.undo_label() or "").startswith("ย้ายผู้ลงนาม")
    office.chain.view.setFocus()
    QTest.keyClick(office.chain.view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [each.id for each in session.dossier.chain] == [chain[1], chain[0], *chain[2:]]
    assert office.chain.model.id_at(office.chain.view.currentIndex()) == chain[0]
    foreign = _Drop(page.list, QPoint(5, 5))
    office.chain.view.dropEvent(foreign)
    assert not foreign.isAccepted()


def test_several_measures_get_a_status_at_once(sample_keys: Keyboard):
    window = sample_keys.window
    sample_keys.press("Ctrl+4")
    page, session = page_of(window, ProgressPage), open_session(window)
    page.list.setFocus()
    page.list.choose(page.model.measures[0].id)
    sample_keys.press("Shift+Down", "Shift+Down")
    ids = [each.id for each in page.model.measures[:3]]
    assert list(page.list.selected_ids) == ids
    assert page.stack.currentIndex() == 2 and "๓" in page.several.heading.text()
    before = statuses(window)
    sample_keys.press("Alt+2")
    assert statuses(window)[:3] == [Status.NOT_STARTED] * 3
    assert statuses(window)[3:] == before[3:]
    assert list(page.list.selected_ids) == ids, "still selected, to be seen and corrected"
    assert session.store.undo_label() == "เปลี่ยน 3 รายการเป็น “ยังไม่ได้ดำเนินการ” รอบ 6 เดือน"
    page.several.buttons[2].click()
    assert statuses(window)[:3] == [Status.IN_PROGRESS] * 3
    window.undo()
    window.undo()
    assert statuses(window) == before
    page.list.choose(ids[1])
    assert page.stack.currentIndex() == 1
    page.filter.choose("status", NONE)
    assert page.model.rowCount() == before.count(None)


def statuses(window: MainWindow) -> list[Status | None]:
    session = open_session(window)
    found = session.dossier.measures[session.year]
    return [each.progress_in(Round.SIX).status for each in found]


def test_tables_do_what_excel_taught(sample_keys: Keyboard):
    window = sample_keys.window
    sample_keys.press("Ctrl+1")
    page, session = page_of(window, OfficePage), open_session(window)
    before = session.dossier
    view = page.people.view
    view.setFocus()
    view.setCurrentIndex(page.people.model.index(0, 3))
    # Typing replaces, Enter goes down, Delete empties.
    sample_keys.type("ฝฝฝ").press("Return")
    assert session.saver.flush() and session.dossier.people[0].position == "ฝฝฝ"
    assert view.currentIndex().row() == 1 and view.currentIndex().column() == 3
    assert session.store.undo_label() == "แก้ตำแหน่งบุคคล"
    sample_keys.press("Delete")
    assert session.saver.flush() and session.dossier.people[1].position == ""
    window.undo()
    window.undo()
    assert session.dossier.people == before.people
    # A block goes to the right and down, below the last row as new rows; one step takes it back.
    last = len(before.people) - 1
    view.setCurrentIndex(page.people.model.index(last, 1))
    QApplication.clipboard().setText("หนึ่ง\tสกุลหนึ่ง\r\nสอง\tสกุลสอง\r\n")
    sample_keys.press("Ctrl+V")
    names = [(each.given_name, each.family_name) for each in session.dossier.people[last:]]
    assert names == [("หนึ่ง", "สกุลหนึ่ง"), ("สอง", "สกุลสอง")]
    assert session.store.undo_label() == "วางบุคคล 2 แถว"
    window.undo()
    assert session.dossier.people == before.people
    # Only who is on the list of people can sign; the rest is said.
    said: list[str] = []
    page.said.connect(said.append)
    page.chain.view.setFocus()
    page.chain.view.setCurrentIndex(page.chain.model.index(0, 1))
    other = before.people[-1]
    QApplication.clipboard().setText(f"{other.full_name}\r\nผู้ไม่มีในรายชื่อ\r\n")
    sample_keys.press("Ctrl+V")

    assert session.dossier.chain[0].person_id == other.id
    assert session.dossier.chain[1] == before.chain[1]
    assert "๑ แถว" in said[-1] and "๑ ช่องที่ใช้ไม่ได้" in said[-1]


def test_a_step_is_moved_by_keyboard(sample_keys: Keyboard):
    window = sample_keys.window
    sample_keys.press("Ctrl+3")
    page, session = page_of(window, MeasuresPage), open_session(window)
    assert page.current is not None
    measure, title = page.current.id, page.current.title
    session.store.set_measure(measure, steps="หนึ่ง\nสอง\nสาม")
    page.form.go_to("steps")
    sample_keys.press("Ctrl+Home", "Down", "Alt+Up", "Alt+Up", "Alt+Down", "Alt+Down")
    session.saver.flush()
    found = {each.id: each.steps for each in session.dossier.measures[session.year]}
    assert found[measure] == "หนึ่ง\nสาม\nสอง"
    assert session.store.undo_label() == f"แก้วิธีดำเนินการ “{title[:30]}”"


def test_a_choice_of_its_own_size_is_whole_also_with_the_focus(qtbot: QtBot):
    choice = Choice({"a": "๒๕๗๐"})
    choice.setCurrentIndex(0)
    qtbot.addWidget(choice)
    choice.show()
    choice.setFocus()
    QApplication.processEvents()
    option = QStyleOptionComboBox()
    choice.initStyleOption(option)
    choice.resize(choice.sizeHint())
    assert choice.fitting(option) == "๒๕๗๐"
    choice.setItemText(0, "รายงานผลการดำเนินการ")
    choice.resize(120, choice.height())
    choice.initStyleOption(option)
    assert choice.fitting(option).endswith("…")
