"""ภาพรวม: what is due, how far each document is, scores, measures, and what was done today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLabel,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from db.backup import Backups
from db.errors import DataFileError
from db.store import Notice
from ita_desktop.domain.agenda import (
    SETTINGS,
    SOON,
    Due,
    day_setting,
    done_setting,
    left_text,
    load_tasks,
)
from ita_desktop.domain.analysis import Change
from ita_desktop.domain.fiscal import fiscal_year, thai_date
from ita_desktop.domain.papers import PaperKey
from ita_desktop.domain.review import Place
from ita_desktop.paths import data_file
from ui import theme
from ui.backing import second_place
from ui.overview import (
    Asked,
    Overview,
    Overviews,
    PaperState,
    edits_in_words,
    newest_issued,
    next_due,
)
from ui.preview import Preview
from ui.session import Session
from ui.text import change_text, score_text, shown
from ui.widgets.charts import Chart, ScoreChart, StatusChart
from ui.widgets.dates import DateField
from ui.widgets.guide import Guide
from ui.widgets.layouts import Turning, button, card, label, row, scrolling

CANNOT_LOOK = "รวบรวมภาพรวมไม่ได้ ข้อมูลที่กรอกไว้ยังอยู่ครบ โปรดเปิดหน้าอื่นแล้วกลับมาอีกครั้ง"
_COLLECTING = "กำลังรวบรวม…"
_NO_BACKUP = "ยังไม่มีแฟ้มสำรอง โปรแกรมสำรองให้เองเมื่อปิดแฟ้ม และทุกครึ่งชั่วโมงที่มีการแก้ไข"
_ROW = 28
"""Room for stacked Thai marks, in pixels at 100 %."""


class _List(QTreeWidget):
    """A list of rows to read. Space is one more thing to do with a row."""

    space = Signal()

    def __init__(self, name: str, headings: tuple[str, ...], widths: tuple[int, ...]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setAccessibleDescription("กด Enter เพื่อเปิดรายการที่เลือก")
        self.setHeaderLabels(list(headings))
        self.setRootIsDecorated(False)
        self.setAlternatingRowColors(True)
        self.setUniformRowHeights(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(theme.scaled(56))
        for at, width in enumerate(widths, start=1):
            self.setColumnWidth(at, theme.scaled(width))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.space.emit()
            return
        super().keyPressEvent(event)

    def show_rows(self, rows: list[tuple[str, ...]], start: int = 0) -> None:
        """Show rows anew, keeping the chosen one; at first the one at ``start``."""
        at = self.at if self.topLevelItemCount() else start
        with QSignalBlocker(self):
            self.clear()
            for texts in rows:
                item = QTreeWidgetItem([shown(text) for text in texts])
                for column, text in enumerate(texts):
                    item.setToolTip(column, shown(text))
                self.addTopLevelItem(item)
        now = self.topLevelItem(min(at, len(rows) - 1)) if rows else None
        if now is not None:
            self.setCurrentItem(now)
            self.scrollToItem(now)

    @property
    def at(self) -> int:
        """The number of the chosen row, -1 for none."""
        item = self.currentItem()
        return -1 if item is None else self.indexOfTopLevelItem(item)

    def paint_row(self, at: int, *, bold: bool = False, colour: str = "") -> None:
        """Stress a row; nothing is told by that alone."""
        item = self.topLevelItem(at)
        if item is None:
            return
        for column in range(self.columnCount()):
            font = item.font(column)
            font.setBold(bold)
            item.setFont(column, font)
            if colour:
                item.setForeground(column, QBrush(QColor(colour)))


def _wrapped(text: str, role: str = "") -> QLabel:
    made = label(text, role)
    made.setWordWrap(True)
    return made


class OverviewPage(QWidget):
    """The first tab. Everything on it is derived, but the days the office has set."""

    said = Signal(str)
    page_asked = Signal(str)
    """Go to a page, by its name."""
    backups_asked = Signal()
    """Show the back-ups of the file."""
    paper_asked = Signal(object)
    """Go to a document (a PaperKey)."""
    finding_asked = Signal(object, object)
    """Go to the place of a finding of a document (PaperKey, Place)."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks = load_tasks(data_file("calendar/ita.json"))
        self._overviews = Overviews(session.reviews)
        self._asked: Asked | None = None
        self._day = date.today()
        self._data: dict[str, bytes] = {}
        self.overview: Overview | None = None
        """What is shown; None until it is collected for the first time."""
        self.maker = Preview(self, CANNOT_LOOK)

    def build(self) -> Iterator[None]:
        """Build the page, piece by piece; it is whole at the end."""
        left, right = self._lay_out()
        yield
        for column, cards in (
            (left, (self._due_card, self._papers_card, self._file_card)),
            (right, (self._scores_card, self._statuses_card)),
        ):
            for each in cards:
                column.addWidget(each())
                yield
            column.addStretch(1)
        self._connect()
        self._show_guide_or_overview()

    # --- building ------------------------------------------------------------------------------

    def _lay_out(self) -> tuple[QVBoxLayout, QVBoxLayout]:
        """What is around the cards, and the two columns they come into."""
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(10)
        right.setSpacing(10)
        self.guide = Guide(self._session)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(10)
        column.addWidget(self._resume_bar())
        column.addWidget(Turning(1036, (left, 1), (right, 1)), 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(scrolling(inner))
        self.stack.addWidget(self.guide)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)
        return left, right

    def _resume_bar(self) -> QWidget:
        """What is open of the guided start, with one click to go on."""
        self.resume_label = label("")
        self.resume_label.setWordWrap(True)
        self.resume_button = button("ทำต่อ", self.begin_guide, tip="เปิดการเริ่มต้นทีละขั้น", primary=True)
        self.enough_button = button("ไม่ต้องเตือนอีก", self._stop_reminding, tip="ซ่อนแถบนี้สำหรับแฟ้มนี้")
        self.resume = QFrame()
        self.resume.setProperty("card", True)
        line = row(self.resume_label, self.resume_button, self.enough_button)
        line.setContentsMargins(14, 8, 14, 8)
        line.setStretch(0, 1)
        self.resume.setLayout(line)
        return self.resume

    def _due_card(self) -> QFrame:
        self.next_label, self.note = _wrapped(_COLLECTING, "figure"), _wrapped("", "muted")
        self.due = _List("ปฏิทินงาน", ("งาน", "กำหนด", "เหลือ"), (110, 150))
        self.day = DateField()
        self.due.setMinimumHeight(theme.scaled(38 + 6 * _ROW))
        self.day.setAccessibleName("กำหนดของงานที่เลือก")
        self.day.setToolTip("หน่วยงานตั้งวันกำหนดเองได้ เว้นว่างเพื่อใช้วันเดิม")
        caption = label("กำหนดของงานที่เลือก")
        caption.setBuddy(self.day.line)
        self.tick_button = button("ทำเสร็จแล้ว", self.tick, tip="ทำเครื่องหมายงานที่เลือก (Space)")
        self.go_button = button("ไปทำงานนี้", self._go, tip="เปิดหน้าของงานที่เลือก (Enter)", primary=True)
        return card(
            "สิ่งที่ต้องทำต่อไป",
            self.next_label,
            self.due,
            self.note,
            row(caption, self.day),
            row(self.go_button, self.tick_button, None),
        )

    def _papers_card(self) -> QFrame:
        self.papers = _List("เอกสารของปีนี้", ("เอกสาร", "รอบ", "สถานะ", "ยังขาด"), (64, 150, 72))
        self.missing = _wrapped("", "muted")
        self.papers.setMinimumHeight(theme.scaled(38 + 7 * _ROW))
        self.mend_button = button(
            "ไปที่สิ่งแรกที่ขาด",
            self._go_to_missing,
            tip="เปิดช่องแรกที่ต้องแก้ของเอกสารที่เลือก (Enter)",
            primary=True,
        )
        self.open_button = button("เปิดเอกสาร", self._open_paper, tip="เปิดเอกสารที่เลือกในหน้าเอกสาร")
        return card(
            "เอกสารถึงไหนแล้ว",
            self.papers,
            self.missing,
            row(self.mend_button, self.open_button, None),
        )

    def _scores_card(self) -> QFrame:
        self.total_label, self.scores = _wrapped("", "figure"), ScoreChart()
        self.enter_button = button("ไปหน้าคะแนน", lambda: self.page_asked.emit("scores"))
        return card(
            "คะแนน",
            self.total_label,
            self.scores,
            row(self.enter_button, *_copiers(self.scores, self), None),
        )

    def _statuses_card(self) -> QFrame:
        self.statuses = StatusChart()
        self.plan_button = button("ไปหน้ามาตรการ", lambda: self.page_asked.emit("measures"))
        buttons = row(self.plan_button, *_copiers(self.statuses, self), None)
        return card("มาตรการตามสถานะ", self.statuses, buttons)

    def _file_card(self) -> QFrame:
        self.backup_label, self.today_label = _wrapped(_NO_BACKUP), _wrapped("")
        self.backups_button = button(
            "แฟ้มสำรอง…", self.backups_asked.emit, tip="ดูแฟ้มสำรองทั้งหมด และกู้คืนได้"
        )
        return card("แฟ้มนี้", self.backup_label, row(self.backups_button, None), self.today_label)

    def _connect(self) -> None:
        self.maker.ready.connect(self._on_ready)
        self.maker.failed.connect(self.said)
        self.due.currentItemChanged.connect(lambda *_: self._show_chosen())
        self.due.itemActivated.connect(lambda *_: self._go())
        self.due.space.connect(self.tick)
        self.papers.currentItemChanged.connect(lambda *_: self._show_missing())
        self.papers.itemActivated.connect(lambda *_: self._go_to_missing())
        self.day.typed.connect(self._on_day)
        self.guide.said.connect(self.said)
        self.guide.left.connect(self._on_guide_left)

    @property
    def entrance(self) -> QWidget:
        """Where the keyboard begins on this page."""
        return self.guide.entrance if self.guiding else self.due

    # --- the guided start ----------------------------------------------------------------------

    @property
    def guiding(self) -> bool:
        """Whether the guided start is in view."""
        return self.stack.currentWidget() is self.guide

    def begin_guide(self) -> None:
        """Go on with the guided start where it was left."""
        self.guide.resume()
        self.stack.setCurrentWidget(self.guide)
        self.guide.entrance.setFocus()

    def _show_guide_or_overview(self) -> None:
        if self.guide.is_wanted():
            self.guide.resume()
            self.stack.setCurrentWidget(self.guide)

    def _on_guide_left(self) -> None:
        self.stack.setCurrentIndex(0)
        self.refresh()
        self.due.setFocus()

    def _stop_reminding(self) -> None:
        self.guide.stop_reminding()
        self._show_resume()
        self.due.setFocus()

    def _show_resume(self) -> None:
        open_ = self.guide.reminder()
        self.resume.setVisible(bool(open_))
        self.resume_label.setText(open_)

    # --- following the data --------------------------------------------------------------------

    def on_notice(self, notice: Notice) -> None:
        """Look again; a page that is not seen looks when it is shown."""
        if self.guiding:
            self.guide.on_notice(notice)
        if self.isVisible():
            self.refresh()

    def on_year_changed(self, _year: int) -> None:
        """Another measure year."""
        self.day.forget()
        if self.guiding:
            self.guide.show_data()
        if self.isVisible():
            self.refresh()

    def on_shown(self) -> None:
        """The tab was opened."""
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks any more: what is not collected yet need not be."""
        super().hideEvent(event)
        self._asked = None if self.maker.busy else self._asked
        self.maker.drop()

    def go_to(self, _place: Place) -> None:
        """Put the keyboard on the page."""
        self.entrance.setFocus()

    def close_down(self) -> None:
        """Make nothing more in the background."""
        self.maker.close()

    def refresh(self) -> None:
        """Have the overview made anew where something it shows has changed."""
        if self.guiding or not self.isVisible():
            return
        self._show_resume()
        self._show_file()
        with suppress(DataFileError):
            asked = self._ask()
            if asked != self._asked or self._day != date.today():
                self._asked, self._day = asked, date.today()
                self.maker.ask(lambda: self._overviews.make(asked))

    def _ask(self) -> Asked:
        """A snapshot of all that the overview depends on."""
        session = self._session
        dossier, year = session.dossier, session.year
        settings = session.store.settings_under(SETTINGS)
        backups = Backups(session.store.path, second_place())
        try:
            backups_at = backups.folder.stat().st_mtime_ns
        except OSError:
            backups_at = 0
        data = self._issued_data(dossier.issued, year)
        shelf, tasks = session.shelf, self._tasks
        return Asked(dossier, year, shelf, tasks, settings, data, backups, backups_at)

    def _issued_data(self, issued: tuple, year: int) -> Mapping[str, bytes]:
        """The data behind the newest issue of each document, read once."""
        keys = {each.key for each in issued if each.key.year == year}
        newest = (newest_issued(self._session.dossier, key) for key in keys)
        digests = {each.data for each in newest if each is not None and each.data}
        for digest in digests - self._data.keys():
            content = self._session.store.picture(digest)
            if content is not None:
                self._data[digest] = content
        return {digest: self._data[digest] for digest in digests & self._data.keys()}

    # --- showing -------------------------------------------------------------------------------

    def _on_ready(self, overview: Overview) -> None:
        self.overview = overview
        self._show_due(overview)
        self._show_papers(overview)
        self.scores.show_scores(overview)
        self.statuses.show_statuses(overview)
        self.total_label.setText(shown(_total_text(overview)))
        backup = overview.backup
        said = f"สำรองล่าสุด {backup.sentence()}" if backup is not None else _NO_BACKUP
        self.backup_label.setText(shown(said))

    def _show_due(self, overview: Overview) -> None:
        today, inks = date.today(), theme.colours()
        coming, over = next_due(overview.due, today), fiscal_year(today) > overview.year
        rows = [
            (each.title, thai_date(each.day, short=True), _left(each, today, over=over))
            for each in overview.due
        ]
        at = overview.due.index(coming) if coming else 0
        self.due.show_rows(rows, at)
        for number, each in enumerate(overview.due):
            late = not each.done and not over and each.days_left(today) < 0
            near = not each.done and not over and each.days_left(today) <= SOON
            colour = inks.wrong if late else inks.good if each.done else ""
            self.due.paint_row(number, bold=late or near or each is coming, colour=colour)
        if coming is None:
            self.next_label.setText("ทำครบทุกงานของปีนี้แล้ว ✓")
        elif over:
            left = sum(not each.done for each in overview.due)
            text = f"ปีงบประมาณ {overview.year} สิ้นสุดแล้ว มี {left} งานที่ไม่ได้บันทึกว่าทำ"
            self.next_label.setText(shown(text))
        else:
            self.next_label.setText(shown(f"{left_text(coming.days_left(today))}: {coming.title}"))
        self._show_chosen()

    @property
    def chosen_due(self) -> Due | None:
        """The chosen task."""
        return self.overview.due[self.due.at] if self.overview and self.due.at >= 0 else None

    def _show_chosen(self) -> None:
        due = self.chosen_due
        if due is None:
            return
        own = " • วันที่หน่วยงานตั้งเอง" if due.own_day else ""
        self.note.setText(shown(f"{due.task.note}{own}"))
        if not self.day.line.hasFocus():
            self.day.forget()
        self.day.show_value(due.day)
        self.go_button.setEnabled(bool(due.task.page))
        self.tick_button.setEnabled(due.task.by_hand)
        self.tick_button.setText("ยังไม่เสร็จ" if due.done and due.task.by_hand else "ทำเสร็จแล้ว")

    def _show_papers(self, overview: Overview) -> None:
        rows = []
        for each in overview.papers:
            months = f"{each.key.round} ด." if each.key.round else "–"
            missing = str(len(each.missing)) if each.missing else "ครบ ✓"
            rows.append((each.name, months, each.state, missing))
        self.papers.show_rows(rows)
        inks = theme.colours()
        for at, each in enumerate(overview.papers):
            fine = each.issued is not None and not each.changed
            colour = inks.caution if each.changed else inks.good if fine else ""
            self.papers.paint_row(at, colour=colour)
        self._show_missing()

    @property
    def chosen_paper(self) -> PaperState | None:
        """The chosen document."""
        return (
            self.overview.papers[self.papers.at] if self.overview and self.papers.at >= 0 else None
        )

    def _show_missing(self) -> None:
        paper = self.chosen_paper
        self.mend_button.setEnabled(bool(paper and paper.missing))
        if paper is None:
            return
        if paper.missing:
            text = f"ขาด {len(paper.missing)} รายการ เริ่มที่: {paper.missing[0].problem}"
        elif paper.changed:
            text = f"ข้อมูลเปลี่ยนไป {paper.changed} แห่งหลังออกเอกสาร โปรดออกเอกสารใหม่"
        else:
            text = "ไม่มีสิ่งที่ขาด พร้อมออกเอกสาร" if paper.issued is None else "ข้อมูลยังตรงกับเอกสารที่ออก"
        self.missing.setText(shown(text))

    def _show_file(self) -> None:
        with suppress(DataFileError):
            lines = edits_in_words(self._session.store.edits_since(date.today()))
            text = "\n".join(lines) if lines else "วันนี้ยังไม่มีการแก้ไข"
            self.today_label.setText(shown(f"วันนี้\n{text}" if lines else text))

    # --- what the user does --------------------------------------------------------------------

    def _go(self) -> None:
        due = self.chosen_due
        if due is None or not due.task.page:
            return
        kinds = due.task.done.get("issued")
        if kinds and due.task.page == "documents":
            year = due.year + due.task.done.get("year", 0)
            self.paper_asked.emit(PaperKey(year, kinds[0], due.task.done.get("round", 0)))
        else:
            self.page_asked.emit(due.task.page)

    def tick(self) -> None:
        """Say that the chosen task is done, or that it is not."""
        due = self.chosen_due
        if due is None:
            return
        if not due.task.by_hand:
            self.said.emit("งานนี้โปรแกรมทำเครื่องหมายให้เองเมื่อข้อมูลครบ")
            return
        value = "" if due.done else date.today().isoformat()
        key, store = done_setting(due.year, due.task.key), self._session.store
        label_ = shown(f"ทำเครื่องหมาย “{due.title}”")
        self._session.done(lambda: store.set_calendar(key, value, label=label_))

    def _on_day(self, day: date | None) -> None:
        due = self.chosen_due
        if due is None:
            return
        usual = due.task.usual_day(due.year)
        value = "" if day in (None, usual) else day.isoformat()
        key, store = day_setting(due.year, due.task.key), self._session.store
        self._session.saver.later(
            ("setting", key),
            store.set_calendar,
            key,
            value,
            origin=self,
        )

    def _go_to_missing(self) -> None:
        paper = self.chosen_paper
        if paper is not None and paper.missing:
            self.finding_asked.emit(paper.key, paper.missing[0].place)
        elif paper is not None:
            self.paper_asked.emit(paper.key)

    def _open_paper(self) -> None:
        if self.chosen_paper is not None:
            self.paper_asked.emit(self.chosen_paper.key)


def _copiers(chart: Chart, page: OverviewPage) -> tuple[QWidget, QWidget]:
    """The buttons that every chart has."""

    def copy() -> None:
        chart.copy()
        page.said.emit("คัดลอกภาพแล้ว วางในเอกสารได้ด้วย Ctrl+V")

    return (
        button("คัดลอกภาพ", copy, tip="คัดลอกแผนภูมิเป็นภาพ เพื่อวางในเอกสารอื่น"),
        button("บันทึกภาพ…", chart.save, tip="บันทึกแผนภูมิเป็นแฟ้ม PNG"),
    )


def _left(due: Due, today: date, *, over: bool) -> str:
    """What stands in the last column: done and when, or the days left while the year runs."""
    if not due.done:
        return "ไม่ได้บันทึก" if over else left_text(due.days_left(today))
    return f"✓ เสร็จ {thai_date(due.done_on, short=True)}" if due.done_on else "✓ เสร็จแล้ว"


def _total_text(overview: Overview) -> str:
    """The total with its level, beside last year's."""
    total: Change = overview.scores[0]
    if total.score is None:
        return f"คะแนนปี {overview.year - 1} ยังไม่ครบ"
    level = f" ระดับ {overview.tree.level}" if overview.tree.level else ""
    text = f"คะแนนรวมปี {overview.year - 1}: {score_text(total.score)}{level}"
    return f"{text} ({change_text(total.points)} จากปีก่อน)" if total.points is not None else text
