"""กรอบการประเมิน: every year's framework, where it comes from, corrected, added, given and taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ita_desktop.domain.fiscal import fiscal_year
from ita_desktop.domain.framework import (
    LAST_YEAR,
    Framework,
    FrameworkError,
    FrameworkShelf,
    check_crosswalk,
    framework_text,
    load_framework,
)
from ita_desktop.domain.framework_draft import FrameworkDraft
from ita_desktop.domain.framework_effects import Effect, effects_of, has_scores
from ita_desktop.domain.framework_origin import Source, YearEntry, year_entries
from ita_desktop.files import FileNotWritten, write_file
from ita_desktop.paths import data_files
from ui import alerts
from ui.session import Session
from ui.text import shown
from ui.widgets.dialogs import Dialog
from ui.widgets.forms import Choice
from ui.widgets.framework_editor import FrameworkEditor
from ui.widgets.layouts import button, label, row
from ui.widgets.plain_table import PlainTable
from ui.widgets.texts import LineField

FRAMEWORK_FILTER = "กรอบการประเมิน (*.json)"
_YEARS_AHEAD = 5
_SIZE = QSize(1180, 640)


@dataclass(frozen=True, slots=True)
class _Pending:
    """A change that waits for her word after she has seen what it does. ``after`` None: drop."""

    year: int
    after: Framework | None
    source: Source = Source.TYPED
    name: str = ""
    from_editor: bool = False


class YearsPage(QWidget):
    """The list of years with what can be done to one."""

    def __init__(self) -> None:
        super().__init__()
        intro = label(
            "กรอบการประเมินบอกว่าปีนั้นมีข้อใด น้ำหนักเท่าใด และระดับใดเริ่มที่กี่คะแนน "
            "แก้หรือเพิ่มได้ตามคู่มือของสำนักงาน ป.ป.ช. ของที่มากับโปรแกรมนำกลับมาได้เสมอ",
            "muted",
        )
        intro.setWordWrap(True)
        self.broken = label("", "wrong")
        self.broken.setWordWrap(True)
        self.broken.hide()
        headings = ("ปี", "จำนวนข้อ", "ที่มา", "บันทึกและสถานะ")
        self.table = PlainTable("ปีที่มีกรอบการประเมิน", headings, stretch=(3,))
        self.table.widths(70, 92, 330)
        self.new_year = Choice({})
        self.new_year.setAccessibleName("ปีที่จะเพิ่ม")
        self.new_year.setToolTip("ปีที่ยังไม่มีกรอบของตนเอง")
        self.entries: tuple[YearEntry, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(intro)
        self._column.addWidget(self.broken)
        self._column.addWidget(self.table, 1)

    def add_buttons(
        self,
        on_year: tuple[tuple[str, str, Callable[[], object]], ...],
        add: Callable[[], object],
        take: Callable[[], object],
        leave: Callable[[], object],
    ) -> None:
        """The buttons; ``on_year``: name, tip and action of those for the chosen year."""
        self.buttons = [button(name, do, tip=tip) for name, tip, do in on_year]
        self._column.addLayout(row(*self.buttons, None))
        self.add_button = button("เพิ่มปีนี้", add, tip="คัดลอกจากปีที่ใกล้ที่สุดแล้วแก้")
        self.take_button = button("นำเข้าจากแฟ้ม…", take, tip="นำกรอบการประเมินจากแฟ้มเข้ามา")
        new = label("เพิ่มปี")
        new.setBuddy(self.new_year)
        close = button("ปิด", leave)
        self._column.addLayout(
            row(new, self.new_year, self.add_button, self.take_button, None, close)
        )

    @property
    def year(self) -> int | None:
        """The chosen year."""
        at = self.table.currentRow()
        return self.entries[at].year if 0 <= at < len(self.entries) else None

    def show_broken(self, years: tuple[int, ...]) -> None:
        """Say which years' own frameworks can't be read."""
        named = ", ".join(map(str, years))
        self.broken.setText(
            shown(
                f"กรอบของหน่วยงานปี {named} ในแฟ้มนี้อ่านไม่ได้ จึงใช้ของโปรแกรมแทน "
                "โปรดนำเข้าจากแฟ้มหรือแก้กรอบของปีนั้นใหม่"
            )
        )
        self.broken.setVisible(bool(years))

    def show_entries(self, entries: tuple[YearEntry, ...], drafts: set[int]) -> None:
        """Show the years; those with an unused draft say so."""
        self.entries = entries
        self.table.show_rows([_row_of(entry, entry.year in drafts) for entry in entries])
        known = {entry.year for entry in entries}
        newest = max(*known, fiscal_year(date.today()) + 1)
        last = min(newest + _YEARS_AHEAD, LAST_YEAR)
        free = [year for year in range(min(known), last + 1) if year not in known]
        said = {year: " (มีร่าง)" if year in drafts else "" for year in free}
        self.new_year.offer({str(year): shown(f"{year}{said[year]}") for year in free})
        if not self.new_year.value() or int(self.new_year.value()) in known:
            ahead = [year for year in free if year > max(known)]
            self.new_year.show_value(str(ahead[0] if ahead else free[0]) if free else "")


class EffectsPage(QWidget):
    """What a change does to what the office has, before it is taken."""

    taken = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = label("", "title")
        self.intro = label("")
        self.intro.setWordWrap(True)
        headings = ("เรื่อง", "ที่", "ตอนนี้", "จะเป็น")
        self.table = PlainTable("ผลต่อข้อมูลที่มีอยู่", headings, stretch=(1,))
        self.table.widths(190, 0, 210, 210)
        self.note = LineField()
        self.note.setAccessibleName("บันทึกของหน่วยงาน")
        self.note.setPlaceholderText("เช่น ตามหนังสือสำนักงาน ป.ป.ช. ที่ ปช … (เว้นว่างได้)")
        caption = label("บันทึก")
        caption.setBuddy(self.note)
        self.take_button = button("ใช้กรอบนี้", self.taken.emit, primary=True)
        self.back_button = button("กลับ", self.left.emit, tip="ยังไม่เปลี่ยนอะไร (Esc)")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.title)
        column.addWidget(self.intro)
        column.addWidget(self.table, 1)
        self.note_row = row(caption, self.note)
        column.addLayout(self.note_row)
        column.addLayout(row(self.back_button, None, self.take_button))
        self.note_label = caption

    def show_effects(self, title: str, sentence: str, effects: tuple[Effect, ...]) -> None:
        """Show what will be otherwise."""
        self.title.setText(shown(title))
        self.intro.setText(shown(sentence))
        rows = [(e.subject.heading, e.what, e.before, e.after) for e in effects]
        self.table.show_rows([[shown(text) for text in texts] for texts in rows])
        self.table.setVisible(bool(effects))


class FrameworksDialog(Dialog):
    """The years, the editor of one, and what a change would do, one after the other."""

    said = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("frameworks")
        self.setWindowTitle("กรอบการประเมิน")
        self._session = session
        self._pending: _Pending | None = None
        self.years = YearsPage()
        self.editor = FrameworkEditor(session)
        self.effects = EffectsPage()
        self.stack = QStackedWidget()
        for page in (self.years, self.editor, self.effects):
            self.stack.addWidget(page)
        column = QVBoxLayout(self)
        column.addWidget(self.stack)
        self._connect()
        self.take_size(_SIZE)
        self.refresh()
        self.years.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        self.years.add_buttons(
            (
                ("แก้กรอบของปีนี้…", "เปิดกรอบของปีที่เลือก (Enter)", self.edit),
                ("ส่งออกเป็นแฟ้ม…", "บันทึกกรอบของปีที่เลือกเป็นแฟ้มเดียว", self.give_out),
                ("กลับไปใช้ของโปรแกรม", "เลิกใช้ที่หน่วยงานแก้หรือเพิ่มไว้ในปีที่เลือก", self.go_back),
            ),
            self.add_year,
            self.take_in,
            self.close,
        )
        self.years.table.entered.connect(lambda _: self.edit())
        self.years.table.chosen.connect(lambda _: self._show_choice())
        self.editor.left.connect(self.show_years)
        self.editor.given_up.connect(self.give_up)
        self.editor.use_asked.connect(self._use_draft)
        self.effects.taken.connect(self.take)
        self.effects.left.connect(self._leave_effects)

    # --- the years -----------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the years as they are in the file."""
        store = self._session.store
        entries = year_entries(self._session.shelf, store.framework_origin)
        self.years.show_entries(entries, set(store.framework_drafts()))
        self.years.show_broken(self._session.broken_frameworks)
        self._show_choice()

    def _show_choice(self) -> None:
        """What can be done to the chosen year."""
        entry = next((each for each in self.years.entries if each.year == self.years.year), None)
        back = self.years.buttons[2]
        back.setEnabled(entry is not None and entry.own)
        gone = entry is not None and entry.own and not entry.shipped
        back.setText("ลบกรอบของปีนี้" if gone else "กลับไปใช้ของโปรแกรม")

    def show_years(self) -> None:
        """Go back to the list; a draft stays kept."""
        self._session.saver.flush()
        self.refresh()
        self.stack.setCurrentWidget(self.years)
        self.years.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def edit(self) -> None:
        """Edit the chosen year: its draft where there is one, else what counts now."""
        if self.years.year is not None:
            self.edit_year(self.years.year)

    def edit_year(self, year: int) -> None:
        """Edit a year that has a framework, or begin one."""
        draft = self._kept_draft(year)
        if draft is None:
            shelf = self._session.shelf
            known = year in shelf.years()
            base = shelf.get(year if known else shelf.base_of(year))
            draft = FrameworkDraft.of(base) if known else FrameworkDraft.copied(base, year)
        self.editor.open(draft)
        self.stack.setCurrentWidget(self.editor)
        self.editor.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _kept_draft(self, year: int) -> FrameworkDraft | None:
        text = self._session.store.framework_drafts().get(year)
        if text is None:
            return None
        try:
            return FrameworkDraft.parse(text)
        except ValueError:
            return None

    def add_year(self) -> None:
        """Begin the framework of the year that is picked."""
        if self.years.new_year.value():
            self.edit_year(int(self.years.new_year.value()))

    def give_up(self) -> None:
        """Drop the draft: nothing of it counts anywhere."""
        year = self.editor.draft.year
        if not alerts.ask(
            self,
            "ทิ้งร่าง",
            shown(f"สิ่งที่แก้ไว้ในร่างกรอบปี {year} จะหายไป กรอบที่ใช้อยู่ไม่เปลี่ยน"),
            "ทิ้งร่าง",
            "กลับไปแก้ต่อ",
        ):
            return
        store = self._session.store
        self._session.done(lambda: store.keep_framework_draft(year, ""))
        self.show_years()

    # --- files ---------------------------------------------------------------------------------

    def give_out(self) -> None:
        """Ask where to, and write the chosen year's framework as one file."""
        year = self.years.year
        if year is None:
            return
        chosen, _ = QFileDialog.getSaveFileName(
            self, "ส่งออกกรอบการประเมิน", f"{year}.json", FRAMEWORK_FILTER
        )
        if not chosen:
            return
        path = Path(chosen if chosen.endswith(".json") else f"{chosen}.json")
        try:
            write_file(path, framework_text(self._session.framework(year)).encode())
        except FileNotWritten as error:
            alerts.warn(self, "ส่งออกไม่สำเร็จ", str(error))
        else:
            alerts.tell(self, "ส่งออกแล้ว", shown(f"กรอบปี {year} อยู่ในแฟ้ม ") + path.name)

    def take_in(self) -> None:
        """Ask for a file, and show what its framework would do."""
        chosen, _ = QFileDialog.getOpenFileName(self, "นำเข้ากรอบการประเมิน", "", FRAMEWORK_FILTER)
        if chosen:
            self.take_in_file(Path(chosen))

    def take_in_file(self, path: Path) -> None:
        """Read and check a file; one that can't be used is refused with place and mend."""
        try:
            found = load_framework(path)
            self._check_neighbour(found)
        except FrameworkError as error:
            alerts.warn(self, "นำเข้าไม่ได้", shown(str(error)))
            return
        self._ask(_Pending(found.year, found, Source.FILE, path.name))

    def _check_neighbour(self, found: Framework) -> None:
        shelf = self._session.shelf
        if found.crosswalk_year in shelf.years():
            check_crosswalk(found, shelf.get(found.crosswalk_year))

    # --- what it does, and taking it -------------------------------------------------------------

    def _use_draft(self) -> None:
        draft = self.editor.draft
        try:
            found = draft.framework()
        except FrameworkError as error:
            alerts.warn(self, "ยังใช้ไม่ได้", shown(str(error)))
            return
        copied = draft.year not in self._session.shelf.years()
        if not copied and found == self._session.framework(draft.year):
            alerts.tell(self, "ยังไม่ได้แก้", shown(f"กรอบนี้เหมือนกับกรอบปี {draft.year} ที่ใช้อยู่"))
            return
        source = Source.COPY if copied else Source.TYPED
        name = str(self._session.shelf.base_of(draft.year)) if copied else ""
        self._ask(_Pending(draft.year, found, source, name, from_editor=True))

    def go_back(self) -> None:
        """Show what taking the office's own framework back would do."""
        if self.years.year is not None and self._session.shelf.is_own(self.years.year):
            self._ask(_Pending(self.years.year, None))

    def _ask(self, pending: _Pending) -> None:
        """Show what a change does, for her to take or leave."""
        self._pending = pending
        shelf, dossier = self._session.shelf, self._session.dossier
        before = shelf.get(pending.year)
        after = pending.after or self._without_own(pending.year)
        found = effects_of(dossier, before, after, shelf)
        self.effects.show_effects(
            f"ถ้าเปลี่ยนกรอบปี {pending.year}",
            _sentence(found, entered=has_scores(dossier, pending.year)),
            found,
        )
        self.effects.note.show_value("")
        for each in (self.effects.note, self.effects.note_label):
            each.setVisible(pending.after is not None)
        self.stack.setCurrentWidget(self.effects)
        self.effects.take_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _without_own(self, year: int) -> Framework:
        """What counts once the office's own framework of a year is gone."""
        own = self._session.store.frameworks()
        own.pop(year, None)
        return FrameworkShelf(data_files("frameworks"), own).get(year)

    def take(self) -> None:
        """Take the change, as one edit that Ctrl+Z takes back."""
        pending, store = self._pending, self._session.store
        if pending is None:
            return
        note, after = self.effects.note.text().strip(), pending.after
        if after is None:
            done = self._session.done(lambda: store.drop_framework(pending.year))
        else:
            done = self._session.done(
                lambda: store.set_framework(
                    pending.year,
                    framework_text(after),
                    pending.source,
                    name=pending.name,
                    note=note,
                )
            )
        if done:
            self._pending = None
            self.said.emit(shown(f"เปลี่ยนกรอบปี {pending.year} แล้ว กด Ctrl+Z ในหน้าต่างหลักเพื่อเลิกทำ"))
            self.show_years()

    def _leave_effects(self) -> None:
        from_editor = self._pending is not None and self._pending.from_editor
        self._pending = None
        self.stack.setCurrentWidget(self.editor if from_editor else self.years)

    # --- leaving -------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back a page, and out of the dialog from the first one."""
        if event.key() != Qt.Key.Key_Escape or self.stack.currentWidget() is self.years:
            super().keyPressEvent(event)
        elif self.stack.currentWidget() is self.editor:
            self.show_years()
        else:
            self._leave_effects()

    def closeEvent(self, event: QCloseEvent) -> None:
        """What is being edited is kept as a draft."""
        self._session.saver.flush()
        super().closeEvent(event)


def _row_of(entry: YearEntry, has_draft: bool) -> list[str]:
    said = [entry.note] if entry.note else []
    said += ["ฉบับชั่วคราว โปรดตรวจกับคู่มือ"] if entry.provisional else []
    said += ["มีร่างที่ยังไม่ได้ใช้"] if has_draft else []
    cells = (str(entry.year), f"{entry.items} ข้อ", entry.origin, " • ".join(said))
    return [shown(text) for text in cells]


def _sentence(effects: tuple[Effect, ...], *, entered: bool) -> str:
    if effects:
        return (
            f"มี {len(effects)} เรื่องที่จะเปลี่ยน ไม่มีข้อมูลใดถูกลบ "
            "คะแนนที่ไม่มีช่องแล้วยังเก็บในแฟ้ม และกลับมาเมื่อกลับไปใช้กรอบเดิม"
        )
    if entered:
        return "คะแนน ระดับ มาตรการ และเอกสารที่มีอยู่ไม่เปลี่ยน"
    return "ปีนี้ยังไม่มีคะแนนหรือมาตรการที่เกี่ยวข้อง จึงไม่มีข้อมูลใดเปลี่ยน"
