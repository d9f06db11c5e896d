"""ประวัติ: every edit, the bin of what was deleted, what has changed since a document was issued."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QPushButton, QTabWidget, QVBoxLayout, QWidget

from db.errors import DataFileError
from db.history import Change, Edit
from db.past import Altered, Deleted
from db.rows import Key, key_parts
from db.store import Notice
from ita_desktop.domain.fiscal import thai_date
from ui.places import Line, lines_of, measure_word, table_word, value_word
from ui.session import Session
from ui.text import shown
from ui.widgets.dialogs import Panel, Rows
from ui.widgets.forms import Choice
from ui.widgets.layouts import WrappedLabel, button, label, row
from ui.widgets.texts import LineField

MOST_EDITS = 1000
_BIN = 1
"""The tab of what was deleted."""
MOST_LINES = 40
"""Of one edit: an import of a whole year is thousands of fields."""
_MOST_WIDTH = 290
"""Of the words on a button, at any size of the text: three are on a screen of 911."""
_STATES = {"done": "", "undone": "เลิกทำแล้ว", "dropped": "เลิกทำแล้ว"}


def moment_text(at: datetime) -> str:
    """A day and a time for a narrow column."""
    here = at.astimezone()
    return shown(f"{thai_date(here.date(), short=True)} {here:%H.%M} น.")


class HistoryPanel(Panel):
    """Every edit with when, where, old and new; the bin; what has changed since a document."""

    go_asked = Signal(object)
    """A field is to be shown: its Line."""
    undo_asked = Signal()
    redo_asked = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("ประวัติการแก้ไข", QSize(1160, 640), parent)
        self._session = session
        self._lines: list[Line] = []
        self._bin: tuple[Deleted, ...] = ()
        self._since: tuple[Line, ...] = ()
        self.search = LineField()
        self.search.setAccessibleName("กรองประวัติ")
        self.search.setPlaceholderText("พิมพ์คำที่ต้องการหา เช่น ชื่อช่อง ชื่อมาตรการ หรือข้อความเดิม")
        self.search.typed.connect(lambda _: self._show_edits())
        self.edits = Rows(
            "ประวัติ",
            ("เมื่อ", "ทำอะไร", "ช่อง", "เดิม", "ใหม่", "สถานะ"),
            (175, 170, 230, 0, 0, 90),
        )
        self.bin = Rows("ถังของที่ลบ", ("ลบเมื่อ", "สิ่งที่ลบ", "พร้อมกับ"), (175, 0, 300))
        self.since = Rows("ที่เปลี่ยนไป", ("ช่อง", "ตอนออกเอกสาร", "ตอนนี้"), (300, 0, 0))
        self.document = Choice({})
        self.document.setAccessibleName("เอกสารที่ออกแล้ว")
        self.document.picked.connect(lambda _: self._show_since())
        self.since_words = WrappedLabel("", "muted")
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self._lay_out()
        session.changed.connect(self._on_notice)
        self.refresh()
        self.search.setFocus()

    def _lay_out(self) -> None:
        self.go_button = button("ไปที่ช่องนี้", lambda: self._go(self.edits.currentRow()), primary=True)
        self.enter_button = self.go_button
        self.undo_button = button("↶ เลิกทำ", self.undo_asked.emit)
        self.redo_button = button("↷ ทำซ้ำ", self.redo_asked.emit)
        self.back_button = button("นำกลับมา", self.put_back, primary=True)
        self.edits.chosen.connect(self._go)
        self.since.chosen.connect(lambda at: self.go_asked.emit(self._since[at]))
        self.bin.chosen.connect(lambda _: self.put_back())
        edits = row(self.go_button, None, self.undo_button, self.redo_button)
        self.caption = label("ตั้งแต่ออกเอกสาร")
        self.caption.setBuddy(self.document)
        self._tab("การแก้ไขทั้งหมด", self.search, self.edits, edits)
        self._tab("ถังของที่ลบ", self.bin, row(self.back_button, None))
        self._tab(
            "เปลี่ยนไปตั้งแต่ออกเอกสาร",
            row(self.caption, self.document, None),
            self.since_words,
            self.since,
        )
        self.column.addWidget(self.tabs)
        self.column.addLayout(row(None, button("ปิด", self.close)))

    def _tab(self, name: str, *parts: Any) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(4, 10, 4, 4)
        for part in parts:
            if isinstance(part, QWidget):
                column.addWidget(part)
            else:
                column.addLayout(part)
        self.tabs.addTab(page, name)

    def _on_notice(self, _notice: Notice) -> None:
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Show all three as they are now."""
        try:
            self._all = _edit_lines(self._session)
            self._bin = self._session.store.bin()
            undo, redo = self._session.store.undo_label(), self._session.store.redo_label()
        except DataFileError:
            return  # the medium is gone: what was shown stays
        for each, name, words in (
            (self.undo_button, "↶ เลิกทำ", undo),
            (self.redo_button, "↷ ทำซ้ำ", redo),
        ):
            each.setEnabled(words is not None)
            _name(each, shown(f"{name}: {words}") if words else name)
        self._show_edits()
        self._show_bin()
        self._offer_documents()

    # --- every edit ------------------------------------------------------------------------------

    def _show_edits(self) -> None:
        wanted = self.search.text().strip().casefold()
        found = [
            (edit, line, texts)
            for edit, line, texts in self._all
            if not wanted or wanted in " ".join(texts).casefold()
        ]
        self._lines = [line for _, line, _ in found]
        self.edits.show_rows([texts for _, _, texts in found])
        self.go_button.setEnabled(bool(found))

    def _go(self, at: int) -> None:
        if 0 <= at < len(self._lines):
            self.go_asked.emit(self._lines[at])

    # --- the bin ---------------------------------------------------------------------------------

    def _show_bin(self) -> None:
        self.bin.show_rows(
            [
                (moment_text(each.at), shown(_bin_name(each)), shown(_went_along(each)))
                for each in self._bin
            ]
        )
        self.back_button.setEnabled(bool(self._bin))

    def choose_deleted(self, gone: Deleted) -> None:
        """Show the bin with one of its things chosen."""
        at = next((at for at, each in enumerate(self._bin) if each == gone), -1)
        self.tabs.setCurrentIndex(_BIN)
        self.bin.setFocus()
        if at >= 0:
            self.bin.setCurrentCell(at, 0)

    def put_back(self) -> None:
        """Bring the chosen thing back, with all that went with it, as a new edit."""
        at = self.bin.currentRow()
        if 0 <= at < len(self._bin):
            gone, store = self._bin[at], self._session.store
            self._session.done(lambda: store.put_back(gone.edit, gone.table, gone.key))

    # --- since a document ------------------------------------------------------------------------

    def _offer_documents(self) -> None:
        issued = self._session.dossier.issued
        self.document.offer(
            {
                str(each.id): shown(
                    f"{each.name} {each.code} ({moment_text(datetime.fromisoformat(each.at))})"
                )
                for each in issued
            }
        )
        for each in (self.document, self.caption):
            each.setVisible(bool(issued))
        if issued and not self.document.value():
            self.document.show_value(str(issued[0].id))
        self._show_since()

    def _show_since(self) -> None:
        value = self.document.value()
        found: tuple[Altered, ...] | None = ()
        if value:
            try:
                found = self._session.store.changes_since_issued(int(value))
            except DataFileError:
                found = None
        self._since = lines_of(map(_as_change, found or ()), self._session.dossier)
        self.since.show_rows([(shown(line.where), line.old, line.new) for line in self._since])
        if not value:
            words = "ยังไม่มีเอกสารที่ออกแล้ว เมื่อออกเอกสารในหน้าเอกสาร จะเห็นที่นี่ว่าแก้อะไรหลังจากนั้น"
        elif found is None:
            words = "ประวัติของเอกสารฉบับนี้เก่าเกินกว่าที่เก็บไว้"
        else:
            words = f"มี {len(self._since)} ช่องที่เปลี่ยนไป" if found else "ไม่มีช่องใดเปลี่ยนไปหลังออกเอกสาร"
        self.since_words.setText(shown(words))


def _name(which: QPushButton, text: str) -> None:
    """Give a button a text, cut where three such would not fit beside each other."""
    which.ensurePolished()  # else it measures with the program's first font
    which.setText(which.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, _MOST_WIDTH))
    which.setToolTip(text)
    which.setAccessibleName(text)


def _edit_lines(session: Session) -> list[tuple[Edit, Line, tuple[str, ...]]]:
    """All edits, newest first, a line a field."""
    dossier = session.dossier
    found: list[tuple[Edit, Line, tuple[str, ...]]] = []
    for edit in session.store.edits(MOST_EDITS):
        lines = lines_of(edit.changes[:MOST_LINES], dossier)
        more = len(edit.changes) - MOST_LINES
        if more > 0:
            lines = (*lines, Line(f"และอีก {more} รายการ", "", ""))
        for line in lines:
            texts = (
                moment_text(edit.at),
                shown(edit.label),
                shown(line.where),
                line.old,
                line.new,
                _STATES[edit.state],
            )
            found.append((edit, line, texts))
    return found


def _as_change(altered: Altered) -> Change:
    if not altered.column:
        return Change(altered.table, altered.key, altered.old, altered.new)
    name = altered.column
    return Change(altered.table, altered.key, {name: altered.old}, {name: altered.new})


def _bin_name(gone: Deleted) -> str:
    """What it was, by its own words; a bare number says nothing to her."""
    row = gone.rows[0][1]
    if gone.table == "measure":
        return measure_word(row)
    words = next(
        (
            str(row[name])
            for name in ("title", "name", "given_name", "caption", "code", "role", "value")
            if row.get(name)
        ),
        "(ไม่มีชื่อ)",
    )
    return f"{table_word(gone.table)} “{words}”"


def _went_along(gone: Deleted) -> str:
    """What was deleted with it, counted."""
    tables = [table for table, _ in gone.rows[1:]]
    counts = {table: tables.count(table) for table in dict.fromkeys(tables)}
    return ", ".join(f"{table_word(table)} {count} รายการ" for table, count in counts.items())


class PastPanel(Panel):
    """What stood in one field before; one of it can be taken back."""

    def __init__(
        self,
        session: Session,
        table: str,
        key: Key,
        column: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("ค่าก่อนหน้าของช่องนี้", QSize(820, 460), parent)
        self._session, self._where = session, (table, key, column)
        self._values: list[Any] = []
        self.head = WrappedLabel("", "title")
        self.table = Rows("ค่าก่อนหน้า", ("ตั้งแต่", "ค่า", "สถานะ"), (170, 0, 110))
        self.back_button = button("ใช้ค่านี้อีกครั้ง", self.take_back, primary=True)
        self.table.chosen.connect(lambda _: self.take_back())
        self.column.addWidget(self.head)
        self.column.addWidget(self.table)
        self.column.addLayout(row(self.back_button, None, button("ปิด", self.close)))
        self.refresh()
        self.table.setFocus()

    def refresh(self) -> None:
        """Show the field's past as it is now."""
        table, key, column = self._where
        dossier = self._session.dossier
        steps = self._session.store.past(table, key, column)
        change = Change(table, key, {column: None}, {column: None})
        self.head.setText(shown(lines_of([change], dossier)[0].where))
        rows: list[tuple[str, str, str]] = []
        self._values = []
        name = str(key_parts(key)[0])
        for at, step in enumerate(steps):
            state = "ตอนนี้" if not at and step.state == "done" else _STATES[step.state]
            said = value_word(table, column, step.new, dossier, name)
            rows.append((moment_text(step.at), said, state))
            self._values.append(step.new)
        if steps:
            first = steps[-1]
            rows.append(("ก่อนหน้านั้น", value_word(table, column, first.old, dossier, name), ""))
            self._values.append(first.old)
        self.table.show_rows([(when, value or "(ว่าง)", state) for when, value, state in rows])
        self.back_button.setEnabled(bool(rows))
        if not rows:
            self.head.setText(f"{self.head.text()}\nยังไม่เคยมีการแก้ไขที่จำไว้")

    def take_back(self) -> None:
        """Put the chosen value into the field again, as a new edit."""
        at = self.table.currentRow()
        if 0 <= at < len(self._values):
            value, store = self._values[at], self._session.store
            if self._session.done(lambda: store.take_value_back(*self._where, value)):
                self.refresh()
