"""The window: tabs over one data file, the year, undo and redo, and when it was saved."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Iterable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, QSettings, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QActionGroup, QCloseEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QScrollArea,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from db.errors import CreateFailed, DataFileError
from ita_desktop.domain.fiscal import Round, fiscal_year
from ita_desktop.paths import resources
from ui import alerts, theme
from ui.backing import second_place
from ui.data_place import data_folder, kept_path
from ui.guarding import Guard
from ui.handover.actions import Handover
from ui.help_key import give_help_key
from ui.helping import Helping, recent_files, remember_recent
from ui.page_set import PageSet
from ui.pages.problem import ProblemPage
from ui.pages.start import StartPage
from ui.pasts import past_key
from ui.runs import Run
from ui.searching import Searching
from ui.session import SAMPLE, SAMPLE_MARK, Session
from ui.text import clock_text, set_thai_digits, shown, thai_digits
from ui.widgets.choice import Choice
from ui.widgets.layouts import ElidedLabel, button, label, row
from ui.widgets.tips import tip_of

if TYPE_CHECKING:
    from db.history import Edit
    from db.store import Notice
    from ita_desktop.domain.dossier import Dossier
    from ita_desktop.domain.papers import PaperKey
    from ita_desktop.domain.review import Place
    from ui.opening import Opening
    from ui.pages.analysis import AnalysisPage
    from ui.pages.documents import DocumentsPage
    from ui.pages.measures import MeasuresPage
    from ui.pages.office import OfficePage
    from ui.pages.oit import OitPage
    from ui.pages.overview import OverviewPage
    from ui.pages.progress import ProgressPage
    from ui.pages.scores import ScoresPage
    from ui.pasts import Where
    from ui.places import Line
    from ui.widgets.help import HelpWindow

    Page = (
        OverviewPage
        | OfficePage
        | ScoresPage
        | MeasuresPage
        | ProgressPage
        | OitPage
        | DocumentsPage
        | AnalysisPage
    )

PAGES = ("overview", "office", "scores", "measures", "progress", "oit", "documents", "analysis")
TAB_NAMES = (
    *("ภาพรวม", "หน่วยงาน", "คะแนน", "มาตรการ", "ความก้าวหน้า"),
    *("การเปิดเผยข้อมูล (OIT)", "เอกสาร", "วิเคราะห์"),
)
FILE_FILTER = "แฟ้มข้อมูล ITA (*.ita)"
LAST_FILE = "last_file"
T = TypeVar("T")


class MainWindow(QMainWindow):
    """One window, one data file at a time. ``run``: this start's private folder, if it has one."""

    def __init__(self, run: Run | None = None) -> None:
        super().__init__()
        self.guard = Guard(self, run)
        self.setObjectName("main_window")
        self.session: Session | None = None
        self._help: HelpWindow | None = None
        self.opening: Opening | None = None
        self._sight = QTimer(self)
        self._sight.setSingleShot(True)
        self._sight.timeout.connect(self._show_focused)
        self.start = StartPage()
        self.problem = ProblemPage()
        self.helping = Helping(self)
        self.searching = Searching(self)
        self.menus: list[QMenu] = []
        self.tabs = QTabWidget()
        self.pages: PageSet[Page] = PageSet(self.tabs, {}, self._on_page)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setAccessibleName("หน้า")
        self.year = Choice({})
        self.year.setAccessibleName("ปีงบประมาณของมาตรการ")
        self.year.setToolTip("ปีที่ทำมาตรการ ทุกหน้าแสดงปีนี้ คะแนนที่วิเคราะห์เป็นของปีก่อนหน้า")
        self.office_name = ElidedLabel()
        self.office_name.setProperty("role", "title")
        self.tip_label = ElidedLabel()
        self.tip_label.setProperty("role", "muted")
        self.saved_label = label("")
        self.reminder_label = label("", "muted")
        self.file_label = ElidedLabel()
        self.file_label.setProperty("role", "muted")
        self._build_actions()
        self._build_menus()
        self._build_body()
        self._connect()
        self.resize(fitting(self.screen().availableGeometry().size()))
        self._show_title()

    # --- building ------------------------------------------------------------------------------

    def _action(
        self, text: str, key: str | QKeySequence.StandardKey, do: Callable[[], object]
    ) -> QAction:
        action = QAction(text, self)
        if key:
            action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda _checked: do())
        self.addAction(action)
        return action

    def _build_actions(self) -> None:
        self.new_action = self._action("แฟ้ม&ใหม่…", "Ctrl+Shift+N", self.new_file)
        self.open_action = self._action("&เปิดแฟ้ม…", "Ctrl+O", self.ask_open)
        self.backups_action = self._action("&แฟ้มสำรอง…", "Ctrl+B", self.show_backups)
        self.history_action = self._action("ประ&วัติการแก้ไข…", "Ctrl+H", self.show_history)
        self.import_action = self._action("&นำเข้าข้อมูล…", "Ctrl+I", self.ask_import)
        self.quit_action = self._action("&ออกจากโปรแกรม", "Ctrl+Q", self.close)
        self.undo_action = self._action("เ&ลิกทำ", QKeySequence.StandardKey.Undo, self.undo)
        self.redo_action = self._action("ทำ&ซ้ำ", "Ctrl+Y", self.redo)
        self.redo_action.setShortcuts([QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z")])
        self.find_action = self._action("&ค้นหาทุกอย่าง…", "Ctrl+F", self.searching.show)
        self.find_next_action = self._action("&ไปที่พบถัดไป", "F3", self.searching.go_on)
        self.pdf_action = self._action("สร้าง &PDF…", "Ctrl+P", self.make_pdf)
        self.digits_action = self._action("เลขไทยบนหน้าจอ", "", self._toggle_digits)
        self.digits_action.setCheckable(True)
        self.digits_action.setChecked(thai_digits())
        self.frameworks_action = self._action("กรอบ&การประเมิน…", "Ctrl+K", self.show_frameworks)
        self.year_change_action = self._action("&ขึ้นปีใหม่…", "Ctrl+Shift+Y", self.change_year)
        self.guide_action = self._action("เริ่มต้นใช้งานทีละขั้น", "", self.begin_guide)
        self.look_actions = self._choices(theme.LOOKS, theme.chosen_look(), self._set_look)
        self.size_actions = self._choices(theme.SIZES, theme.chosen_size(), self._set_size)
        self._action("ตัวอักษรใหญ่ขึ้น", "Ctrl+=", lambda: self._step_size(1))
        self._action("ตัวอักษรเล็กลง", "Ctrl+-", lambda: self._step_size(-1))
        self.help_action = self._action("&คู่มือ", QKeySequence.StandardKey.HelpContents, self.help)
        self.updates_action = self._action("&ปรับปรุงข้อมูลโปรแกรม…", "", self.show_updates)
        self.support_action = self._action("ส่งข้อมูลให้ผู้ดูแล…", "", self.helping.show_support)
        self.about_action = self._action("เกี่ยวกับโปรแกรม", "", self.about)
        self.tab_actions = [
            self._action(name, f"Ctrl+{number}", lambda at=number: self.show_page(at))
            for number, name in enumerate(TAB_NAMES)
        ]
        tools = (self.year_change_action, self.frameworks_action)
        self.handover = Handover(self)
        edits = (
            self.backups_action,
            self.history_action,
            self.import_action,
            self.handover.send_action,
            self.backups_action,
            self.history_action,
            self.undo_action,
            self.redo_action,
            self.find_action,
            self.find_next_action,
            self.pdf_action,
            self.guide_action,
        )
        self.file_actions = (*edits, *self.tab_actions, *tools)

    def _choices(
        self, names: Mapping[T, str], chosen: T, choose: Callable[[T], None]
    ) -> dict[T, QAction]:
        """Actions of which exactly one is ticked."""
        group = QActionGroup(self)
        made: dict[T, QAction] = {}
        for value, name in names.items():
            each = self._action(name, "", lambda value=value: choose(value))
            each.setCheckable(True)
            each.setChecked(value == chosen)
            group.addAction(each)
            made[value] = each
        return made

    def _build_menus(self) -> None:
        menus: tuple[tuple[str, tuple[QAction | None, ...]], ...] = (
            ("แ&ฟ้ม", (self.new_action, self.open_action, None, self.import_action, self.pdf_action,
                       None, *self.handover.actions, None, self.backups_action, None,
                       self.quit_action)),
            ("แ&ก้ไข", (self.undo_action, self.redo_action, None, self.find_action,
                       self.find_next_action, None, self.history_action)),
            ("&ไปที่", tuple(self.tab_actions)),
            ("เ&ครื่องมือ", (self.year_change_action, self.frameworks_action)),
            ("&มุมมอง", (self.digits_action,)),
            ("&ช่วยเหลือ", (self.help_action, self.guide_action, None, self.updates_action,
                            self.support_action, self.about_action)),
        )  # fmt: skip
        for name, actions in menus:
            menu = QMenu(name, self)
            for action in actions:
                if action is None:
                    menu.addSeparator()
                else:
                    menu.addAction(action)
            self.menuBar().addMenu(menu)
            self.menus.append(menu)
            if self.digits_action in actions:
                self._add_choices(menu, "สีหน้าจอ", self.look_actions.values())
                self._add_choices(menu, "ขนาดตัวอักษร (Ctrl+= Ctrl+-)", self.size_actions.values())

    @staticmethod
    def _add_choices(menu: QMenu, name: str, actions: Iterable[QAction]) -> None:
        inner = menu.addMenu(name)
        inner.addActions(list(actions))

    def _build_body(self) -> None:
        year_label = label("มาตรการของปีงบประมาณ")
        year_label.setBuddy(self.year)
        self.analysed_label = label("", "muted")
        self.undo_button = button("↶ เลิกทำ", self.undo)
        self.redo_button = button("↷ ทำซ้ำ", self.redo)
        self.find_button = button(
            "ค้นหา", self.searching.show, tip="ค้นหาทุกอย่างในแฟ้ม พิมพ์แล้วพบทันที (Ctrl+F)"
        )
        head = QHBoxLayout()
        head.setContentsMargins(14, 8, 14, 4)
        head.addWidget(self.office_name, 1)
        for part in (
            year_label,
            self.year,
            self.analysed_label,
            self.find_button,
            self.undo_button,
            self.redo_button,
        ):
            head.addWidget(part)
        self.workspace = QWidget()
        column = QVBoxLayout(self.workspace)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._sample_band())
        column.addLayout(head)
        column.addWidget(self.tabs, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.start)
        self.stack.addWidget(self.workspace)
        self.stack.addWidget(self.problem)
        whole = QWidget()
        outer = QVBoxLayout(whole)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.guard.troubles)
        outer.addWidget(self.stack, 1)
        self.setCentralWidget(whole)
        self.statusBar().addWidget(self.tip_label, 1)
        self.statusBar().addPermanentWidget(self.reminder_label)
        self.statusBar().addPermanentWidget(self.file_label)
        self.statusBar().addPermanentWidget(self.saved_label)

    def _sample_band(self) -> QFrame:
        """Across the window while the sample office is open: nobody takes it for real data."""
        words = label(f"{SAMPLE_MARK}  ทุกชื่อและทุกตัวเลขในแฟ้มนี้เป็นเรื่องสมมุติ ลองแก้ได้ตามใจ")
        words.setWordWrap(True)
        self.own_button = button(
            "เริ่มแฟ้มของหน่วยงานเรา…", self.new_file, tip="สร้างแฟ้มใหม่ของหน่วยงาน แฟ้มตัวอย่างยังอยู่ที่เดิม"
        )
        self.sample_band = QFrame()
        self.sample_band.setProperty("sample", True)
        line = row(words, self.own_button)
        line.setContentsMargins(14, 4, 14, 4)
        line.setStretch(0, 1)
        self.sample_band.setLayout(line)
        self.sample_band.hide()
        return self.sample_band

    def _connect(self) -> None:
        self.start.new_asked.connect(self.new_file)
        self.start.open_asked.connect(self.ask_open)
        self.start.sample_asked.connect(self.open_sample)
        self.year.picked.connect(self._on_year_picked)
        self.tabs.currentChanged.connect(self._on_tab)
        self._connect_problem()
        self.guard.moved.connect(self._go_on_with)
        self.guard.open_asked.connect(self.open_file)
        self.guard.put_back.connect(self.show_anew)
        self.guard.said.connect(self.say)
        self.guard.reminded.connect(self.reminder_label.setText)
        self.guard.backing.busy.connect(self._show_busy)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus)

    def _connect_problem(self) -> None:
        page, helping = self.problem, self.helping
        page.retry_asked.connect(self.open_file)
        page.open_asked.connect(self.open_file)
        page.choose_asked.connect(self.ask_open)
        page.new_asked.connect(self.new_file)
        page.restore_asked.connect(helping.restore)
        page.rescue_asked.connect(helping.ask_rescue)
        page.backups_asked.connect(helping.show_backups)
        page.copy_asked.connect(lambda path: helping.copy_here(path, data_folder()))
        page.back_asked.connect(self._back_to_work)
        past_key(self, self._show_past_of_focus)

    def show_backups(self) -> None:
        """Show what each day held."""
        self.helping.show_backups()

    def show_history(self) -> None:
        """Show every edit."""
        self.helping.show_history()

    def past_of(self, field: QWidget) -> Callable[[], object] | None:
        """What shows the past of a field; None when it has none of its own."""
        from ui.pasts import record_of

        where = record_of(self, field)
        return None if where is None else lambda: self.helping.show_past(*where)

    def _show_past_of_focus(self) -> None:
        focus = self.focusWidget()
        views = {"scores": self._score_here, "oit": self._oit_here}
        for name, find in views.items():
            if self.session and focus is getattr(self.pages[name], "view", None):
                self._show_past(find())
                return
        show = self.past_of(focus) if focus is not None else None
        if show is not None:
            show()

    def _show_past(self, where: Where | None) -> None:
        if where is not None:
            self.helping.show_past(*where)

    def _score_here(self) -> Where | None:
        from ui.pages.scores import ScoresPage

        page = self.pages["scores"]
        assert isinstance(page, ScoresPage)
        code = page.model.code_at(page.view.currentIndex())
        return ("score", (page.shown_year, code), "value") if code else None

    def _oit_here(self) -> Where | None:
        from ui.pages.oit import OitPage

        page = self.pages["oit"]
        assert isinstance(page, OitPage)
        index = page.view.currentIndex()
        code = page.model.code_at(index) if index.isValid() else ""
        column = page.model.columns[index.column()]
        if not code or column.fixed:
            return None
        return ("disclosure", (page.shown_year, code), column.key)

    # --- opening and closing -------------------------------------------------------------------

    def open_file(self, path: Path) -> bool:
        """Open a data file in place of the one that is open; tells when it can't be."""
        self._stop_opening()
        if self.session is not None and _same_file(path, self.session.store.path):
            self._back_to_work()
            return True
        try:
            session = Session.open(path)
        except DataFileError as error:
            self._show_problem(path, error)
            return False
        if self.session is not None and not self.let_go():
            session.close()
            return False
        self._show_opened(path, session)
        return True

    def open_soon(self, path: Path, then: Callable[[], object] = lambda: None) -> None:
        """Open the first file piece by piece; ``then`` is called when it is open, or is not."""
        from ui.opening import Opening

        assert self.session is None
        self.opening = Opening(self._open_in_pieces(path), then, self)

    def _open_in_pieces(self, path: Path) -> Generator[None]:
        try:
            session = Session.open(path)
        except DataFileError as error:
            self._show_problem(path, error)
            return
        pages = self.pages = self._page_set(session)
        try:
            yield
            # One that can't be built is asked for again below, and told of.
            with contextlib.suppress(DataFileError):
                yield from pages.pieces(PAGES[0])
        except GeneratorExit:
            pages.drop()
            session.close()
            raise
        self._show_opened(path, session, pages)

    def _show_opened(
        self, path: Path, session: Session, pages: PageSet[Page] | None = None
    ) -> None:
        """Show a file that was just opened, and open it again at the next start."""
        self._show_session(session, pages)
        QSettings().setValue(LAST_FILE, kept_path(path))
        remember_recent(path)

    def _stop_opening(self) -> None:
        if self.opening is not None:
            self.opening.stop()
            self.opening = None

    def _show_problem(self, path: Path, error: DataFileError) -> None:
        self.problem.show_problem(
            path,
            error,
            recent=recent_files(),
            working=self.session is not None,
            second=second_place(),
        )
        self.stack.setCurrentWidget(self.problem)

    def _back_to_work(self) -> None:
        self.problem.leave()
        self.stack.setCurrentWidget(self.workspace)

    def let_go(self) -> bool:
        """Close the open file; False when something typed could not be written and she stays."""
        from ui.preparing import WORKING

        assert self.session is not None
        for page in self.pages.made():
            if getattr(page, "preparing", False):
                self._show_busy(WORKING)
            finish = getattr(page, "finish", None)
            if finish is not None:
                finish()
        if self.session.saver.flush():
            self.guard.keep_unfinished()
        elif not self._leave_unsaved():
            return False
        with contextlib.suppress(DataFileError):
            self.session.keep_year()
        self.guard.backing.at_close()
        self.guard.follow(None)
        self.helping.close_panels()
        self.searching.close()
        self.session.close()
        self.session = None
        return True

    def _leave_unsaved(self) -> bool:
        """Ask whether to close although the disk refuses; what waits is kept where it can be."""
        keeps = self.guard.keeper is not None
        later = (
            "ถ้าปิดตอนนี้ โปรแกรมจะเก็บสิ่งนั้นไว้ในเครื่องนี้ และถามเมื่อเปิดโปรแกรมครั้งหน้า"
            if keeps
            else "ถ้าปิดตอนนี้สิ่งนั้นจะหายไป"
        )
        sentence = f"สิ่งที่พิมพ์ล่าสุดยังบันทึกไม่ได้ {later}"
        yes = "ปิดและเก็บไว้ก่อน" if keeps else "ปิดโดยไม่บันทึก"
        if not alerts.ask(self, "ยังบันทึกไม่ได้", sentence, yes, "กลับไปแก้ไข"):
            return False
        return (
            not keeps
            or self.guard.keep_for_later()
            or alerts.ask(
                self,
                "เก็บสิ่งที่พิมพ์ไว้ไม่ได้",
                "เครื่องนี้เก็บสิ่งที่พิมพ์ล่าสุดไว้ไม่ได้ ถ้าปิดตอนนี้สิ่งนั้นจะหายไป โปรดบันทึกไว้ที่อื่นก่อน",
                "ปิดโดยไม่บันทึก",
                "กลับไปแก้ไข",
            )
        )

    def _show_busy(self, words: str) -> None:
        self.saved_label.setText(words)
        self.saved_label.repaint()

    def _go_on_with(self, path: Path) -> None:
        """The data were saved elsewhere: go on there, on the same page."""
        here, before = self.tabs.currentIndex(), self.session
        try:
            session = Session.open(path)
        except DataFileError as error:
            alerts.warn(self, "เปิดแฟ้มไม่ได้", str(error))
            return
        year = before.year if before else session.year
        self._show_session(session)
        session.set_year(year)
        self.tabs.setCurrentIndex(here)
        QSettings().setValue(LAST_FILE, kept_path(path))
        if before is not None:
            with contextlib.suppress(DataFileError):
                before.store.close()

    def show_anew(self, between: Callable[[], None] | None = None) -> None:
        """Build all pages anew from the file, on the same tab.

        ``between`` is done while there are no pages: putting on a look is quick only then.
        """
        here, saved = self.tabs.currentIndex(), self.saved_label.text()
        if self.session:
            self.session.saver.flush()
            self._forget_session(self.session)
            self._drop_pages()
        if between is not None:
            between()
        if self.session:
            self._show_session(self.session)
            self.saved_label.setText(shown(saved))
            self.tabs.setCurrentIndex(here)

    def _forget_session(self, session: Session) -> None:
        session.changed.disconnect(self._on_notice)
        session.year_changed.disconnect(self._on_year_changed)
        session.saver.failed.disconnect(self._on_not_saved)
        session.saver.recovered.disconnect(self._show_saved)
        session.saver.refused.disconnect(self._on_refused)

    def _drop_pages(self) -> None:
        for page in self.pages.made():
            close_down = getattr(page, "close_down", None)
            if close_down is not None:
                close_down()
        self.pages.drop()

    def _show_session(self, session: Session, pages: PageSet[Page] | None = None) -> None:
        """Show an open file; ``pages``: its own, where some of them are there already."""
        if pages is None:
            self._drop_pages()
        self.session = session
        self.helping.close_panels()
        self.searching.close()
        session.setParent(self)
        session.changed.connect(self._on_notice)
        session.year_changed.connect(self._on_year_changed)
        session.saver.failed.connect(self._on_not_saved)
        session.saver.recovered.connect(self._show_saved)
        session.saver.refused.connect(self._on_refused)
        self.pages = self._page_set(session) if pages is None else pages
        self._on_tab(self.tabs.currentIndex())
        self.problem.leave()
        self.stack.setCurrentWidget(self.workspace)
        self._show_years()
        self._show_title()
        self._show_undo()
        self.saved_label.setText("เปิดแฟ้มแล้ว")
        self._focus_beginning()
        self.guard.follow(session)
        self.pages.build_ahead()

    def _focus_beginning(self) -> None:
        """The keyboard on the tabs, or in the first field of a guided start."""
        from ui.pages.overview import OverviewPage

        overview = self.pages["overview"]
        if isinstance(overview, OverviewPage) and overview.guiding:
            overview.entrance.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.tabs.tabBar().setFocus()

    def _page_set(self, session: Session) -> PageSet[Page]:
        makers = {
            name: (title, partial(_make_page, name, session))
            for name, title in zip(PAGES, TAB_NAMES, strict=True)
        }
        return PageSet(self.tabs, makers, self._on_page)

    def _on_page(self, name: str, page: Page) -> None:
        """A page was built: listen to what it says and asks for."""
        page.said.connect(self.say)
        listen = {
            "overview": self._on_overview,
            "scores": self._on_scores,
            "progress": self._on_progress,
            "oit": self._on_oit,
            "documents": self._on_pointing,
            "analysis": self._on_pointing,
        }
        if name in listen:
            listen[name](page)

    def _on_pointing(self, page: Page) -> None:
        from ui.pages.analysis import AnalysisPage
        from ui.pages.documents import DocumentsPage

        if isinstance(page, DocumentsPage | AnalysisPage):
            page.place_asked.connect(self.go_to)

    def _on_progress(self, page: Page) -> None:
        from ui.pages.progress import ProgressPage

        if isinstance(page, ProgressPage):
            page.page_asked.connect(lambda name: self.show_page(PAGES.index(name)))

    def _on_overview(self, page: Page) -> None:
        from ui.pages.overview import OverviewPage

        if isinstance(page, OverviewPage):
            page.page_asked.connect(lambda name: self.show_page(PAGES.index(name)))
            self.pages.busy = lambda: page.maker.busy
            page.backups_asked.connect(self.backups_action.trigger)
            page.paper_asked.connect(self.go_to_paper)
            page.finding_asked.connect(self.go_to_finding)

    def _on_scores(self, page: Page) -> None:
        from ui.pages.scores import ScoresPage
        from ui.pasts import offer_past

        if isinstance(page, ScoresPage):
            offer_past(page.view, self._score_here, self._show_past)

    def _on_oit(self, page: Page) -> None:
        from ui.pages.oit import OitPage
        from ui.pasts import offer_past

        if isinstance(page, OitPage):
            offer_past(page.view, self._oit_here, self._show_past)

    def new_file(self) -> None:
        """Ask for a name and begin an empty data file."""
        from db.opening import create_data_file

        chosen, _ = QFileDialog.getSaveFileName(
            self, "แฟ้มใหม่ของหน่วยงาน", str(data_folder() / "ข้อมูล ITA.ita"), FILE_FILTER
        )
        if not chosen:
            return
        path = Path(chosen if chosen.endswith(".ita") else chosen + ".ita")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            create_data_file(path)
        except (DataFileError, OSError) as error:
            alerts.warn(self, "สร้างแฟ้มไม่ได้", _sentence(error, path))
            return
        self.open_file(path)

    def ask_open(self) -> None:
        """Ask for a data file and open it."""
        chosen, _ = QFileDialog.getOpenFileName(self, "เปิดแฟ้ม", str(data_folder()), FILE_FILTER)
        if chosen:
            self.open_file(Path(chosen))

    def open_sample(self) -> None:
        """Open the sample file to play with; it is made when there is none."""
        path = data_folder() / "แฟ้มตัวอย่าง.ita"
        try:
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                make_sample(path)
        except (DataFileError, OSError) as error:
            alerts.warn(self, "สร้างแฟ้มตัวอย่างไม่ได้", _sentence(error, path))
            return
        if self.open_file(path) and self.session and not self.session.is_sample:
            with contextlib.suppress(DataFileError):  # made by an earlier program
                self.session.store.keep(SAMPLE, "yes")
            self._show_title()

    def ask_import(self) -> None:
        """Show the steps of taking in a file or a pasted table, as one edit."""
        from ui.importing import ImportDialog

        if self.session and self.session.saver.flush():
            dialog = ImportDialog(self.session, self)
            dialog.exec()
            if dialog.taken is not None:
                self._show_imported(dialog.taken)
                self.say("นำเข้าแล้ว กด Ctrl+Z เพื่อเลิกทำทั้งหมด")
            dialog.deleteLater()

    def _show_imported(self, dossier: Dossier) -> None:
        """Go to the newest year that came in, so that it is seen."""
        years = [*dossier.measures, *(year + 1 for year in dossier.sheets)]
        if years and self.session and self.session.year not in years:
            self.session.set_year(max(years))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Write what waits before the window goes."""
        self._stop_opening()
        if self.session is not None and not self.let_go():
            event.ignore()
            return
        self.problem.leave()
        self.guard.follow(None)
        self.pages.stop()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Write what waits when the user turns to another program."""
        super().changeEvent(event)
        if (
            event.type() is QEvent.Type.ActivationChange
            and self.session
            and not self.isActiveWindow()
        ):
            self.session.saver.flush()

    # --- what the user does --------------------------------------------------------------------

    def undo(self) -> None:
        """Take back the last edit."""
        if self.session and self.session.saver.flush():
            edit = self._try(self.session.store.undo)
            self.say(shown(f"เลิกทำแล้ว: {edit.label}") if edit else "ไม่มีสิ่งที่จะเลิกทำ")

    def redo(self) -> None:
        """Bring back what was undone."""
        if self.session and self.session.saver.flush():
            edit = self._try(self.session.store.redo)
            self.say(shown(f"ทำซ้ำแล้ว: {edit.label}") if edit else "ไม่มีสิ่งที่จะทำซ้ำ")

    def _try(self, step: Callable[[], Edit | None]) -> Edit | None:
        try:
            return step()
        except DataFileError as error:
            alerts.warn(self, "บันทึกไม่ได้", str(error))
            return None

    def make_pdf(self) -> None:
        """Go to the documents and make the PDF."""
        from ui.pages.documents import DocumentsPage

        if self.session:
            self.tabs.setCurrentIndex(PAGES.index("documents"))
            page = self.pages["documents"]
            assert isinstance(page, DocumentsPage)
            page.make_pdf()

    def show_page(self, at: int) -> None:
        """Open a tab, with the keyboard on its page."""
        if self.session:
            self.tabs.setCurrentIndex(at)
            page = self.pages[PAGES[self.tabs.currentIndex()]]
            page.entrance.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_to(self, place: Place) -> None:
        """Open the page of a finding, with the cursor in its field."""
        from ita_desktop.domain.review import Place
        from ui.pages.documents import DocumentsPage
        from ui.pages.progress import ProgressPage

        record = str(place.record)
        if place.page == "documents" and record.startswith("oit/"):
            place = Place("oit", record.rpartition("/")[2], place.field)
        self.tabs.setCurrentIndex(PAGES.index(place.page))
        page = self.pages[place.page]
        documents = self.pages["documents"]
        if isinstance(page, ProgressPage) and isinstance(documents, DocumentsPage):
            page.show_round(documents.chosen_round)
        page.go_to(place)

    def go_to_paper(self, key: PaperKey) -> None:
        """Open a document of the tab of documents; one of another year with its year."""
        from ui.pages.documents import DocumentsPage

        if self.session:
            self.session.set_year(key.year)
            page = self.pages["documents"]
            assert isinstance(page, DocumentsPage)
            page.show_paper(key)
            self.show_page(PAGES.index("documents"))

    def go_to_finding(self, key: PaperKey, place: Place) -> None:
        """Open the place of a finding of a document; its round is shown where there are rounds."""
        from ui.pages.documents import DocumentsPage

        documents = self.pages["documents"]
        assert isinstance(documents, DocumentsPage)
        documents.show_paper(key)
        self.go_to(place)

    def begin_guide(self) -> None:
        """Open the guided start, from the beginning or where it was left."""
        from ui.pages.overview import OverviewPage

        page = self.pages["overview"] if self.session else None
        if isinstance(page, OverviewPage):
            self.tabs.setCurrentIndex(0)
            page.begin_guide()

    def go_to_line(self, line: Line) -> None:
        """Open the page of a line of the history, with the cursor in its field."""
        from ui.pages.progress import ProgressPage

        if line.place is None or self.session is None:
            return
        if line.year and line.place.page in ("measures", "progress", "documents", "oit"):
            self.session.set_year(line.year)
        self.go_to(line.place)
        page = self.pages[line.place.page]
        if line.months and isinstance(page, ProgressPage):
            page.show_round(Round(line.months))
            page.go_to(line.place)
        self.activateWindow()

    def show_frameworks(self) -> None:
        """Open the years' frameworks, to see, correct, add, give and take them."""
        from ui.frameworks import FrameworksDialog

        if self.session and self.session.saver.flush():
            dialog = FrameworksDialog(self.session, self)
            dialog.said.connect(self.say)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def change_year(self) -> None:
        """Open the steps into the next measure year."""
        from ita_desktop.domain.framework import FrameworkError
        from ui.year_change import YearChangeDialog

        if not self.session or not self.session.saver.flush():
            return
        try:
            dialog = YearChangeDialog(self.session, self)
        except FrameworkError as error:
            alerts.warn(self, "ขึ้นปีใหม่ไม่ได้", str(error))
            return
        dialog.said.connect(self.say)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def say(self, text: str) -> None:
        """Say something in the status bar for a while."""
        self.statusBar().showMessage(text, 8000)

    def help(self) -> None:
        """Open the manual at the chapter of the page in view."""
        from ui.widgets.help import HelpWindow

        if self._help is None:
            self._help = HelpWindow(self)
        self._help.show_chapter(self.page_in_view or "start")

    @property
    def page_in_view(self) -> str:
        """The key of the tab in view, "" while no file is open."""
        at = self.tabs.currentIndex()
        return PAGES[at] if self.session is not None and 0 <= at < len(PAGES) else ""

    def about(self) -> None:
        """Say what the program is and what is inside."""
        from ui.about import AboutDialog

        dialog = AboutDialog(self.session.store.path if self.session else None, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def show_updates(self) -> None:
        """Open the updates of frameworks, templates and words."""
        from ui.updating import UpdatesDialog

        if self.session and not self.session.saver.flush():
            return
        dialog = UpdatesDialog(self.session, self)
        dialog.changed.connect(self.show_anew)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _toggle_digits(self) -> None:
        set_thai_digits(self.digits_action.isChecked())
        self.show_anew()

    def _set_look(self, look: str) -> None:
        theme.choose(look=look)
        self._show_again()

    def _set_size(self, points: int) -> None:
        theme.choose(size=points)
        self._show_again()

    def _step_size(self, by: int) -> None:
        sizes = list(theme.SIZES)
        at = sizes.index(theme.points()) + by
        if 0 <= at < len(sizes):
            self.size_actions[sizes[at]].setChecked(True)
            self._set_size(sizes[at])

    def _show_again(self) -> None:
        """Put the chosen look on; colours and sizes are the pages' own from the beginning."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.show_anew(lambda: theme.apply_theme(app))

    # --- following the data --------------------------------------------------------------------

    def _on_tab(self, at: int) -> None:
        if self.session is None or not 0 <= at < len(PAGES) or not self.pages:
            return
        self.session.saver.flush()
        self.guard.note(PAGES[at])
        try:
            page = self.pages[PAGES[at]]
        except DataFileError as error:
            alerts.warn(self, "เปิดหน้านี้ยังไม่ได้", str(error))
            self.tabs.setCurrentIndex(0)
            return
        on_shown = getattr(page, "on_shown", None)
        if on_shown is not None:
            on_shown()

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """A field was left: what was typed in it goes to the disk now; the new one is in sight."""
        if now is None or self.isAncestorOf(now):
            self.tip_label.setText(shown(tip_of(now)))
        elif _root(now) in (self, now.window()):
            give_help_key(now.window(), self.page_in_view or "start")
        self._show_focused()
        self._sight.start()  # once more when leaving the field before has changed the page
        if self.session is not None and self.session.saver.pending:
            self.session.saver.flush()

    def _show_focused(self) -> None:
        """Bring what has the focus into sight, whole where it can be; Qt takes the cursor."""
        now = QApplication.focusWidget()
        area = now.parentWidget() if now is not None else None
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is None or now is None or not self.isAncestorOf(area):
            return
        inside = area.widget()
        if inside is not None and now.height() + 40 < area.viewport().height():
            middle = now.mapTo(inside, now.rect().center())
            area.ensureVisible(middle.x(), middle.y(), 20, now.height() // 2 + 20)
        else:
            area.ensureWidgetVisible(now, 20, 20)

    def _on_year_picked(self, value: str) -> None:
        if self.session:
            self.session.set_year(int(value))

    def _on_year_changed(self, year: int) -> None:
        self._show_years()
        self.searching.forget()
        self.pages.tell(lambda page: _tell_year(page, year))

    def _on_notice(self, notice: Notice) -> None:
        self.searching.forget()
        self.pages.tell(lambda page: page.on_notice(notice))
        if "office" in notice.areas:
            self._show_title()
        if "frameworks" in notice.areas or "measures" in notice.areas:
            self._show_years()
        self._show_undo()
        self._show_saved(notice.saved_at)

    def _on_not_saved(self, _sentence: str) -> None:
        self.saved_label.setText("ยังไม่ได้บันทึก")
        self._colour_saved(wrong=True)
        self._show_undo()

    def _on_refused(self, sentence: str) -> None:
        alerts.warn(self, "บันทึกไม่ได้", sentence)

    def _show_saved(self, moment: datetime | None = None) -> None:
        self.saved_label.setText(f"บันทึกแล้ว {clock_text(moment or datetime.now())}")
        self._colour_saved(wrong=False)

    def _colour_saved(self, *, wrong: bool) -> None:
        self.saved_label.setProperty("role", "wrong" if wrong else "")
        self.saved_label.style().polish(self.saved_label)

    def _show_undo(self) -> None:
        if self.session is None:
            return
        undo = redo = None
        with contextlib.suppress(DataFileError):  # the medium is gone: nothing can be undone now
            undo, redo = self.session.store.undo_label(), self.session.store.redo_label()
        for action, each, name, words in (
            (self.undo_action, self.undo_button, "เลิกทำ", undo),
            (self.redo_action, self.redo_button, "ทำซ้ำ", redo),
        ):
            each.setEnabled(words is not None)
            each.setToolTip(shown(f"{name}: {words}") if words else f"ไม่มีสิ่งที่จะ{name}")
            action.setText(shown(f"{name}: {words}") if words else name)

    def _show_years(self) -> None:
        if self.session is None:
            return
        known = {*self.session.dossier.measures, self.session.year, *self.session.shelf.years()}
        newest = max(*known, fiscal_year(datetime.now().date()) + 1)
        years = range(newest, min(known), -1)
        self.year.offer({str(year): shown(year) for year in years})
        self.year.show_value(str(self.session.year))
        self.analysed_label.setText(shown(f"(วิเคราะห์ผลปี {self.session.year - 1})"))

    def _show_title(self) -> None:
        working = self.session is not None
        for action in self.file_actions:
            action.setEnabled(working)
        if self.session is None:
            self.setWindowTitle("ITA Desktop")
            self.file_label.setText("")
            self.saved_label.setText("")
            return
        name = self.session.dossier.office.short_name or "ยังไม่ได้กรอกชื่อหน่วยงาน"
        self.office_name.setText(name)
        self.sample_band.setVisible(self.session.is_sample)
        self.setWindowTitle(f"{name} – ITA Desktop")
        self.file_label.setText(self.session.store.path.name)
        self.file_label.setToolTip(str(self.session.store.path))


def fitting(screen: QSize) -> QSize:
    """The window's first size: no larger than the screen, with room for its frame and title."""
    return QSize(1280, 700).boundedTo(screen - QSize(16, 40))


def _root(part: QWidget) -> QWidget:
    """The window that a widget's window was opened by, or its own where nothing opened it."""
    window = part.window()
    above = window.parentWidget()
    return window if above is None else _root(above)


def _tell_year(page: Page, year: int) -> None:
    follow = getattr(page, "on_year_changed", None)
    if follow is not None:
        follow(year)


def _make_page(name: str, session: Session, holder: QWidget) -> Generator[None, None, Page]:
    """A page by its name, built piece by piece inside ``holder``; its code is loaded only now."""
    kind = _page_class(name)
    yield
    page = kind(session, holder)
    page.hide()  # until it is whole
    for _ in page.build():
        for part in page.findChildren(QWidget):
            part.ensurePolished()  # not all of them at once when the page is shown
        yield
    return page


def _page_class(name: str) -> type[Page]:
    match name:
        case "overview":
            from ui.pages.overview import OverviewPage as Found
        case "office":
            from ui.pages.office import OfficePage as Found
        case "scores":
            from ui.pages.scores import ScoresPage as Found
        case "measures":
            from ui.pages.measures import MeasuresPage as Found
        case "progress":
            from ui.pages.progress import ProgressPage as Found
        case "oit":
            from ui.pages.oit import OitPage as Found
        case "documents":
            from ui.pages.documents import DocumentsPage as Found
        case _:
            from ui.pages.analysis import AnalysisPage as Found
    return Found


def _same_file(one: Path, other: Path) -> bool:
    return one.exists() and one.samefile(other)


def make_sample(path: Path) -> None:
    """A data file with the made-up office, marked as such for good."""
    from db.store import Store
    from ita_desktop.exchange.interchange import read_interchange

    found = read_interchange(resources() / "sample" / "office.json")
    with Store.create(path) as store:
        store.keep(SAMPLE, "yes")
        store.keep("measure_year", str(max(found.dossier.measures)))
        store.take_in(
            found.dossier,
            found.parts,
            files=found.pictures.values(),
            label="ใส่ข้อมูลตัวอย่าง",
        )


def _sentence(error: Exception, path: Path) -> str:
    """What the clerk reads; the system's own words are English."""
    return str(error) if isinstance(error, DataFileError) else str(CreateFailed(path))
