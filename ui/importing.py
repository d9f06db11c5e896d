"""นำเข้าข้อมูล: choose or paste, see how it is read, see what would change, take in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData, QSize, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.framework import FrameworkError
from ita_desktop.exchange.errors import SourceError
from ita_desktop.exchange.interchange import Interchange, check_codes
from ita_desktop.exchange.sheets.columns import KIND_LABELS, Layout, TableKind
from ita_desktop.exchange.sheets.form import make_form
from ita_desktop.exchange.sheets.plan import Job, Plan, plan_interchange, plan_tables, propose
from ita_desktop.exchange.sheets.raw import Source
from ita_desktop.files import FileNotWritten, write_file
from ui.reading import SourceReader
from ui.session import Session
from ui.text import shown
from ui.theme import scaled
from ui.widgets.dialogs import Dialog
from ui.widgets.layouts import (
    WipedLabel,
    button,
    card,
    label,
    row,
    scrolling,
    shortcut,
    tab_through,
)
from ui.widgets.matching import Matching

KINDS = (
    "ตารางและแฟ้มแลกเปลี่ยน (*.xlsx *.xlsm *.docx *.csv *.txt *.tsv *.htm *.html *.xls *.json);;"
    "ทุกแฟ้ม (*)"
)
MOST_ROWS = 2_000
"""Changes and findings that are listed; their number is always told."""
_LINE, _MOST_LINES = 24, 4
_NUMBERED = re.compile(r"ตารางที่ \d+")
"""A table without a name of its own."""
_STEPS = ("เลือกสิ่งที่จะนำเข้า", "ตรวจว่าคอลัมน์ใดคืออะไร", "ตรวจสิ่งที่จะเปลี่ยน")


@dataclass(slots=True)
class _Offer:
    """A table that was found, and how it is to be read. ``job`` None: nobody knows yet."""

    job: Job
    wanted: bool


class ImportDialog(Dialog):
    """Three steps to take in what an office has; nothing is written before the last."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.taken: Dossier | None = None
        """What was taken in; None as long as nothing was."""
        self.plan: Plan | None = None
        self._offers: list[_Offer] = []
        self._source_name = ""
        self._interchange: Interchange | None = None
        self.reader = SourceReader(self)
        self.reader.done.connect(self._on_read, Qt.ConnectionType.QueuedConnection)
        self.setWindowTitle("นำเข้าข้อมูล")
        self.setAcceptDrops(True)
        self.take_size(QSize(1060, 620))
        self._build()
        shortcut(self, "Ctrl+V", self.paste)
        self._show_step(0)

    # --- building ----------------------------------------------------------------------------

    def _build(self) -> None:
        self.step = label("", "title")
        self.stack = QStackedWidget()
        first = scrolling(self._source_page())
        for page in (first, self._matching_page(), self._preview_page()):
            self.stack.addWidget(page)
        self.back_button = button("ย้อนกลับ", self.back)
        self.next_button = button("ถัดไป", self.forward, primary=True)
        self.cancel_button = button("ยกเลิก", self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.step)
        column.addWidget(self.stack, 1)
        column.addLayout(row(None, self.back_button, self.next_button, self.cancel_button))

    def _source_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        self.file_button = button("เลือกแฟ้ม…", self.ask_file, primary=True)
        self.paste_button = button("วางตารางที่คัดลอก", self.paste)
        self.form_button = button("สร้างแบบกรอก Excel…", self.ask_form)
        self.state = label("")
        self.state.setWordWrap(True)
        for title, text, action in (
            (
                "จากแฟ้ม",
                "แบบกรอก Excel ของโปรแกรม ตารางใน Excel หรือ Word แฟ้ม CSV หรือแฟ้มแลกเปลี่ยน "
                "ลากแฟ้มมาวางในหน้าต่างนี้ก็ได้",
                self.file_button,
            ),
            (
                "จากตารางที่คัดลอก",
                "คัดลอกตารางจากหน้าเว็บ Word หรือ Excel แล้วกด Ctrl+V ที่หน้านี้",
                self.paste_button,
            ),
            (
                "ยังไม่มีตาราง",
                "สร้างแบบกรอกที่มีหัวตาราง รายการให้เลือก และข้อมูลที่มีอยู่แล้ว ส่งให้กองต่าง ๆ กรอก แล้วนำเข้ากลับที่นี่",
                self.form_button,
            ),
        ):
            column.addWidget(card(title, _wrapped(text), row(action, None)))
        column.addWidget(self.state)
        column.addStretch(1)
        return page

    def _matching_page(self) -> QWidget:
        page = QWidget()
        both = QHBoxLayout(page)
        both.setContentsMargins(0, 0, 0, 0)
        self.tables = QListWidget()
        self.tables.setAccessibleName("ตารางที่พบ")
        self.tables.setToolTip("กดเว้นวรรคเพื่อเลือกหรือไม่เลือกตาราง")
        self.tables.setWordWrap(True)
        self.tables.setMinimumWidth(220)
        self.tables.currentRowChanged.connect(self._on_table)
        self.tables.itemChanged.connect(self._on_ticked)
        self.matching = Matching()
        self.matching.changed.connect(self._on_matching)
        both.addWidget(card("ตารางที่พบ", self.tables), 2)
        both.addWidget(card("คอลัมน์ของตารางที่เลือก", self.matching), 5)
        return page

    def _preview_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        self.counts = _lines("สิ่งที่พบ", "จำนวนที่พบในตาราง และวิธีที่อ่าน")
        self.warning = _wrapped("", "notice")
        self.sure = QCheckBox("ตรวจแล้ว ต้องการนำเข้า")
        self.sure.toggled.connect(lambda _: self._show_buttons())
        self.problems_label = label("", "wrong")
        self.problems = _lines("ช่องที่อ่านไม่ได้", "ช่องเหล่านี้จะเว้นไว้ แก้ในตารางแล้วนำเข้าใหม่ได้")
        self.changes_label = label("")
        self.changes = QTableWidget(0, 3)
        self.changes.setAccessibleName("สิ่งที่จะเปลี่ยน")
        self.changes.setHorizontalHeaderLabels(["ที่", "เดิม", "ใหม่"])
        self.changes.verticalHeader().hide()
        self.changes.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.changes.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.changes.setTabKeyNavigation(False)
        self.changes.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for part in (
            *(self.counts, self.warning, self.sure, self.problems_label, self.problems),
            self.changes_label,
        ):
            column.addWidget(part)
        column.addWidget(self.changes, 1)
        return page

    # --- the first step ----------------------------------------------------------------------

    def ask_file(self) -> None:
        """Ask for a file and read it."""
        chosen, _ = QFileDialog.getOpenFileName(self, "เลือกแฟ้มที่จะนำเข้า", "", KINDS)
        if chosen:
            self.read(Path(chosen))

    def read(self, path: Path) -> None:
        """Begin to read a file."""
        self._wait(f"กำลังอ่าน {path.name}…")
        self.reader.read_file(path)

    def paste(self) -> None:
        """Begin to read what was copied: files, or a table."""
        if self.stack.currentIndex() == 0:
            self._take_mime(QGuiApplication.clipboard().mimeData())

    def _take_mime(self, mime: QMimeData | None) -> None:
        files = (
            [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()] if mime else []
        )
        if files:
            self.read(files[0])
        elif mime is not None and (mime.hasText() or mime.hasHtml()):
            self._wait("กำลังอ่านตารางที่วาง…")
            self.reader.read_pasted(mime.text(), mime.html())
        else:
            self._refuse("ยังไม่ได้คัดลอกตาราง โปรดเลือกตารางในหน้าเว็บ Word หรือ Excel แล้วกด Ctrl+C ก่อน")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.stack.currentIndex() == 0 and (event.mimeData().hasUrls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self._take_mime(event.mimeData())

    def ask_form(self) -> None:
        """Ask for a name and write the form of the chosen year, filled in as far as known."""
        year = self.session.year
        name = f"แบบกรอก ITA {year}.xlsx"
        chosen, _ = QFileDialog.getSaveFileName(self, "สร้างแบบกรอก Excel", name, "Excel (*.xlsx)")
        if chosen:
            self.write_form(Path(chosen if chosen.lower().endswith(".xlsx") else f"{chosen}.xlsx"))

    def write_form(self, path: Path) -> None:
        """Write the form of the chosen year."""
        year = self.session.year
        frameworks = self.session.framework(year - 1), self.session.framework(year)
        self.session.saver.flush()
        try:
            write_file(path, make_form(year, *frameworks, self.session.dossier))
        except FileNotWritten as error:
            self._refuse(str(error))
            return
        self._say(shown(f"สร้างแบบกรอกของปี {year} แล้ว: ") + path.name)

    def _wait(self, text: str) -> None:
        self._say(text)
        for each in (self.file_button, self.paste_button, self.form_button, self.next_button):
            each.setEnabled(False)

    def _say(self, text: str, *, wrong: bool = False) -> None:
        self.state.setProperty("role", "wrong" if wrong else "")
        self.state.style().polish(self.state)
        self.state.setText(text)

    def _refuse(self, sentence: str) -> None:
        self._say(sentence, wrong=True)
        self._show_step(0)

    def _on_read(self) -> None:
        done = self.reader.take()
        if done is None:
            return
        self._source_name = done.name
        if isinstance(done.found, Interchange):
            self._take_interchange(done.found)
        elif isinstance(done.found, Source):
            self._take_tables(done.found)
        else:
            self._refuse(done.problem)

    def _take_interchange(self, found: Interchange) -> None:
        try:
            check_codes(found.dossier, self.session.framework)
        except (SourceError, FrameworkError) as error:
            self._refuse(str(error))
            return
        self._interchange = found
        self._show_plan(plan_interchange(found, self.session.dossier))

    def _take_tables(self, source: Source) -> None:
        self._interchange = None
        year, which = self.session.year, Round.TWELVE
        known = {id(job.table): job for job in propose(source, year, which)}
        self._offers = []
        for table in source.tables:
            job = known.get(id(table))
            blank = Layout(TableKind.MEASURES, 0, 1, ("",) * table.width)
            self._offers.append(_Offer(job or Job(table, blank, year, which), job is not None))
        if not self._offers:
            self._refuse("ไม่พบตารางในสิ่งที่เลือก โปรดเลือกแฟ้มอื่น หรือคัดลอกตารางมาวาง")
            return
        self._show_tables()
        self._say("")
        self._show_step(1)
        self.tables.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- the second step ---------------------------------------------------------------------

    def _show_tables(self) -> None:
        self.tables.blockSignals(True)
        self.tables.clear()
        for offer in self._offers:
            item = QListWidgetItem(self.tables)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            self._show_offer(item, offer)
        self.tables.blockSignals(False)
        first = next((at for at, offer in enumerate(self._offers) if offer.wanted), 0)
        self.tables.setCurrentRow(first)
        self._on_table(first)

    @staticmethod
    def _show_offer(item: QListWidgetItem, offer: _Offer) -> None:
        layout, table = offer.job.layout, offer.job.table
        kind = "ยังไม่รู้ว่าเป็นตารางอะไร" if layout.missing() else KIND_LABELS[layout.kind]
        rows = max(len(table.rows) - layout.body, 0)
        name = shown(table.name) if _NUMBERED.fullmatch(table.name) else table.name
        item.setText(f"{name}\n{kind} {shown(rows)} แถว")
        states = Qt.CheckState
        item.setCheckState(states.Checked if offer.wanted else states.Unchecked)

    def _on_table(self, at: int) -> None:
        self.matching.show_job(self._offers[at].job if 0 <= at < len(self._offers) else None)
        self._order()

    def _order(self) -> None:
        """The columns of a table are made anew each time, and would come last with Tab."""
        tab_through(
            *(self.tables, self.matching, self.back_button, self.next_button, self.cancel_button)
        )

    def _on_ticked(self, item: QListWidgetItem) -> None:
        offer = self._offers[self.tables.row(item)]
        offer.wanted = item.checkState() is Qt.CheckState.Checked
        self._show_buttons()

    def _on_matching(self) -> None:
        at, job = self.tables.currentRow(), self.matching.job()
        if job is None or not 0 <= at < len(self._offers):
            return
        offer = self._offers[at]
        offer.wanted = not job.layout.missing()
        offer.job = job
        self._order()
        item = self.tables.item(at)
        self.tables.blockSignals(True)
        self._show_offer(item, offer)
        self.tables.blockSignals(False)
        self._show_buttons()

    def _chosen(self) -> list[Job]:
        return [o.job for o in self._offers if o.wanted and not o.job.layout.missing()]

    # --- the last step -----------------------------------------------------------------------

    def _show_plan(self, plan: Plan) -> None:
        self.plan = plan
        _show_lines(self.counts, [shown(text) for text in plan.counts])
        self.warning.setText(shown("\n".join(plan.warnings)))
        for each in (self.warning, self.sure):
            each.setVisible(bool(plan.warnings))
        self.sure.setChecked(False)
        problems = [f"{shown(note.cell)}: {note.sentence}" for note in plan.problems[:MOST_ROWS]]
        _show_lines(self.problems, problems)
        for each in (self.problems_label, self.problems):
            each.setVisible(bool(plan.problems))
        told = f"อ่านไม่ได้ {len(plan.problems)} แห่ง จะเว้นไว้ไม่นำเข้า แก้ในตารางแล้วนำเข้าใหม่ได้"
        self.problems_label.setText(shown(told))
        self._show_changes(plan)
        self._show_step(2)
        self.changes.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_changes(self, plan: Plan) -> None:
        count = len(plan.changes)
        told = f"สิ่งที่จะเปลี่ยน {count} แห่ง ช่องว่างในตารางไม่ลบข้อมูลเดิม" if count else "ไม่มีอะไรเปลี่ยน"
        self.changes_label.setText(shown(told))
        self.changes.setRowCount(min(count, MOST_ROWS))
        for at, change in enumerate(plan.changes[:MOST_ROWS]):
            texts = (shown(change.label), change.old or "–", change.new or "–")
            for column, text in enumerate(texts):
                item = QTableWidgetItem(" ".join(text.split())[:300])
                item.setToolTip(text[:2000])
                self.changes.setItem(at, column, item)
        if count:
            self.changes.setCurrentCell(0, 0)

    def _take_in(self) -> None:
        plan = self.plan
        if plan is None:
            return
        store, files = self.session.store, plan.pictures.values()
        if self.session.done(lambda: store.take_in(plan.after, plan.parts, files=files)):
            self.taken = plan.after
            self.accept()

    # --- moving between the steps ------------------------------------------------------------

    def forward(self) -> None:
        """The next step; in the last one, take in."""
        at = self.stack.currentIndex()
        if at == 2:
            self._take_in()
        elif at == 1 and self._chosen() and self.session.saver.flush():
            try:
                plan = plan_tables(self._chosen(), self.session.dossier, self.session.framework)
            except FrameworkError as error:
                self._refuse(str(error))
                return
            self._show_plan(plan)

    def back(self) -> None:
        """The step before."""
        at = self.stack.currentIndex()
        self._say("")
        self._show_step(0 if at == 1 or self._interchange is not None else 1)

    def _show_step(self, at: int) -> None:
        self.stack.setCurrentIndex(at)
        self.step.setText(shown(f"ขั้นที่ {at + 1} จาก 3: {_STEPS[at]}"))
        for each in (self.file_button, self.paste_button, self.form_button):
            each.setEnabled(True)
        self._show_buttons()

    def _show_buttons(self) -> None:
        at, plan = self.stack.currentIndex(), self.plan
        self.back_button.setVisible(at > 0)
        self.next_button.setVisible(at > 0)
        if at == 1:
            self.next_button.setText("ดูสิ่งที่จะเปลี่ยน")
            self.next_button.setEnabled(bool(self._chosen()))
        elif at == 2 and plan is not None:
            left_out = len(plan.problems)
            text = f"นำเข้าโดยเว้น {left_out} แห่ง" if left_out else "นำเข้า"
            self.next_button.setText(shown(text))
            sure = self.sure.isChecked() or not plan.warnings
            self.next_button.setEnabled(bool(plan.changes) and sure)
        self.enter_button = self.next_button if at else None

    def done(self, result: int) -> None:
        """Let the reading end before the dialog goes."""
        self.reader.close()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.reader.close()
        super().closeEvent(event)


def _lines(name: str, tip: str) -> QListWidget:
    """A list of sentences to read, as tall as they are up to a few lines."""
    made = QListWidget()
    made.setAccessibleName(name)
    made.setToolTip(tip)
    made.setWordWrap(True)
    made.setResizeMode(QListWidget.ResizeMode.Adjust)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return made


def _show_lines(where: QListWidget, texts: list[str]) -> None:
    where.clear()
    where.addItems(texts)
    where.setFixedHeight(scaled(_LINE) * min(max(2, len(texts)), _MOST_LINES) + 8)
    for at, text in enumerate(texts):
        where.item(at).setToolTip(text)


def _wrapped(text: str, role: str = "") -> WipedLabel:
    made = label(text, role)
    made.setWordWrap(True)
    assert isinstance(made, WipedLabel)
    return made
