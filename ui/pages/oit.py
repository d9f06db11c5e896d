"""การเปิดเผยข้อมูล (OIT): what the office discloses for each item of a year, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.store import Notice
from ita_desktop.domain.disclosure import DISCLOSED_LABELS, marks, oit_items
from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.filters import NONE, DisclosureFilter
from ita_desktop.domain.framework import Item
from ita_desktop.domain.measures import owner_names
from ita_desktop.domain.papers import Disclosure
from ita_desktop.domain.phrases import checkers, explanations, owners
from ita_desktop.domain.review import Place
from ita_desktop.thai.digits import to_arabic
from ui.models.oit_model import SIGN, OitModel, oit_row
from ui.models.rows_model import ColumnSpec
from ui.session import Session
from ui.text import shown
from ui.widgets.filters import FilterBar, Group
from ui.widgets.forms import Choice
from ui.widgets.layouts import ElidedLabel, button, label, row, shortcut
from ui.widgets.oit_table import OitTable
from ui.widgets.pasting import cells_of, clipboard_text

_MISSING = {
    "url": "ยังไม่มีที่อยู่",
    "explanation": "ยังไม่มีคำอธิบาย",
    "owner": "ยังไม่มีผู้รับผิดชอบ",
    "day": "ยังไม่มีวันที่เผยแพร่",
    "checked_by": "ยังไม่มีผู้ตรวจ",
}
"""What of an item can be missing."""


class OitPage(QWidget):
    """The tab of the OIT list: the window's measure year, or any year chosen here."""

    said = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._year = session.year
        self._visit = object()
        self._items: dict[str, Item] = {}
        self._indicator_of: dict[str, str] = {}
        self._shown_codes: list[str] = []

    def build(self) -> Iterator[None]:
        """Build the page, piece by piece; it is whole at the end."""
        self.model = OitModel(self._columns(), self)
        self.view = OitTable(self.model)
        self.entrance: QWidget = self.view
        """Where the keyboard begins on this page."""
        self.year_choice = Choice(self._year_choices())
        self.year_choice.setAccessibleName("ปีที่ประเมิน")
        self.year_choice.setToolTip("ปีที่ประเมิน OIT")
        self.filter = FilterBar()
        self.filter.count.hide()  # said with the other counts
        self._lay_out()
        self._connect()
        yield
        self.show_year(self._year)

    # --- building ------------------------------------------------------------------------------

    def _columns(self) -> tuple[ColumnSpec, ...]:
        def dossier() -> Dossier:
            return self._session.dossier

        return (
            ColumnSpec("code", "ข้อ", fixed=True, width=52),
            ColumnSpec("title", "รายการ", fixed=True, width=240),
            ColumnSpec("disclosed", "การเผยแพร่", lambda: dict(DISCLOSED_LABELS), width=122),
            ColumnSpec("url", "ที่อยู่ (URL)", width=300),
            ColumnSpec(
                "explanation", "คำอธิบาย", width=180, phrases=lambda: explanations(dossier())
            ),
            ColumnSpec(
                *("owner", "ผู้รับผิดชอบ", lambda: _choices(owners(dossier()))),
                free=True,
                width=140,
                phrases=lambda: owners(dossier()),
            ),
            ColumnSpec("day", "วันที่เผยแพร่", width=112),
            ColumnSpec(
                *("checked_by", "ผู้ตรวจ", lambda: _choices(checkers(dossier()))),
                free=True,
                width=120,
                phrases=lambda: checkers(dossier()),
            ),
        )

    def _owners(self) -> list[str]:
        """The divisions, and whoever else is named as owner in this year."""
        names = [each.name for each in self._session.dossier.divisions if each.name]
        used = [name for found in self._disclosures().values() for name in owner_names(found.owner)]
        return list(dict.fromkeys([*names, *used]))

    def _year_choices(self) -> dict[str, str]:
        years = {self._session.year, *self._session.shelf.years()}
        known = {*years, *self._session.dossier.disclosures}
        return {str(year): shown(f"ปี {year}") for year in range(max(known), min(known) - 1, -1)}

    def _lay_out(self) -> None:
        year_label = label("OIT ของ")
        year_label.setBuddy(self.year_choice)
        self.counts = ElidedLabel()
        self.counts.setProperty("role", "muted")
        self.copy_button = button(
            "คัดลอกข้อความและที่อยู่",
            self.copy_row,
            tip="คัดลอกข้อที่เลือกไปวางในระบบ ITAS หรือเอกสารอื่น (Ctrl+Shift+C)",
        )
        shortcut(self, "Ctrl+Shift+C", self.copy_row)
        self.paper_button = button(
            "พิมพ์…", self.show_papers, tip="ใบขอข้อมูลของแต่ละกอง และรายการส่งอำเภอ"
        )
        top = row(year_label, self.year_choice, self.filter)
        top.addWidget(self.counts, 1)
        top.addWidget(self.copy_button)
        top.addWidget(self.paper_button)
        self.item_name = ElidedLabel()
        self.item_name.setProperty("role", "muted")
        self.remark = label("", "wrong")
        self.remark.setAccessibleName("ข้อสังเกตของข้อที่เลือก")
        self.remark.setWordWrap(True)
        self.remark.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.remark.setMinimumHeight(2 * self.remark.fontMetrics().lineSpacing() + 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.addLayout(top)
        column.addWidget(self.view, 1)
        column.addWidget(self.item_name)
        column.addWidget(self.remark)

    def _connect(self) -> None:
        self.model.entered.connect(self._on_entered)
        self.model.dataChanged.connect(lambda *_: self._show_remark())
        self.view.paste_asked.connect(self.paste)
        self.view.cells.opened.connect(self._on_visited)
        self.view.selectionModel().currentChanged.connect(self._on_chosen)
        self.year_choice.picked.connect(lambda value: self.show_year(int(value)))
        self.filter.chosen.connect(self._on_filter)
        shortcut(self, "Ctrl+Shift+F", self.filter.open)

    # --- what the user does --------------------------------------------------------------------

    @property
    def year(self) -> int:
        """The assessed year shown."""
        return self._year

    @property
    def code(self) -> str:
        """The chosen item, "" when there is none."""
        return self.model.code_at(self.view.currentIndex())

    def _on_visited(self) -> None:
        """What is typed in one stay in a cell is one undo step."""
        self._session.saver.flush()
        self._visit = object()

    def _on_chosen(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._session.saver.flush()
        self._show_remark()

    def _on_entered(self, code: str, key: str, value: object) -> None:
        store, year, visit = self._session.store, self._year, self._visit
        self._session.saver.later(
            ("disclosure", year, code, key),
            store.set_disclosure,
            year,
            code,
            origin=self,
            merge=visit,
            **{key: value},
        )

    def paste(self) -> None:
        """Put the clipboard's cells in, from the current cell to the right and down."""
        here = self.view.currentIndex()
        cells = cells_of(clipboard_text())
        if not here.isValid() or not any(map(any, cells)):
            self.said.emit("ไม่มีข้อความให้วาง โปรดคัดลอกคอลัมน์จาก Excel ก่อน")
            return
        if self.model.columns[here.column()].fixed:
            here = here.siblingAtColumn(self.model.column_of("url"))
        found, wrong = self._read_cells(here, cells)
        self._on_visited()
        store, year = self._session.store, self._year
        if found and not self._session.done(lambda: store.set_disclosures(year, found)):
            return
        self.refresh()
        left = len(cells) - (self.model.rowCount() - here.row())
        notes = [f"วางแล้ว {len(found)} ข้อ"]
        if wrong:
            notes.append(f"มี {wrong} ช่องที่ใช้ไม่ได้ จึงไม่ได้วาง")
        if left > 0 and not self._named(cells):
            notes.append(f"อีก {left} แถวไม่มีข้อให้วาง โปรดตรวจว่าเริ่มวางถูกข้อ")
        self.said.emit(shown("  •  ".join(notes)))

    def _named(self, cells: list[list[str]]) -> bool:
        """Whether every row begins with a code of the year and has a cell more."""
        return all(len(each) > 1 and self._code_in(each[0]) for each in cells if any(each))

    def _code_in(self, cell: str) -> str:
        code = to_arabic(cell).strip().lower()
        return code if code in self._items else ""

    def _read_cells(
        self, here: QModelIndex, cells: list[list[str]]
    ) -> tuple[dict[str, dict[str, Any]], int]:
        """Pasted cells as code -> field -> value, and how many cells can't be used.

        Rows that begin with a code go to that item, whatever their order; others follow the rows
        shown. Blank cells change nothing.
        """
        codes = self.model.codes()[here.row() :]
        named = self._named(cells)
        columns = self.model.columns[here.column() :]
        found: dict[str, dict[str, Any]] = {}
        wrong = 0
        for at, each in enumerate(cells):
            code = self._code_in(each[0]) if named else codes[at] if at < len(codes) else ""
            texts = each[-1:] if named else each
            if not code:
                continue
            for column, text in zip(columns, texts, strict=False):
                if text.strip():
                    values = self.model.read(code, column.key, text)
                    wrong += not values
                    if values:
                        found.setdefault(code, {}).update(values)
        return found, wrong

    def copy_row(self) -> None:
        """Copy the chosen item's name, explanation and address as text."""
        code = self.code
        if not code:
            self.said.emit("โปรดเลือกข้อก่อน")
            return
        self._session.saver.flush()
        found = self._session.dossier.disclosure(self._year, code)
        heading = shown(f"{code} {self._items[code].title}")
        parts = (heading, found.explanation.strip(), found.url.strip())
        QGuiApplication.clipboard().setText("\n".join(part for part in parts if part))
        self.said.emit(shown(f"คัดลอกข้อ {code} แล้ว"))

    def show_papers(self) -> None:
        """Open what can be printed of the list: requests for each division, the district's list."""
        from ui.oit_paper import OitPaperPanel

        self._session.saver.flush()
        self.papers = OitPaperPanel(self._session, self._year, self)
        self.papers.said.connect(self.said)
        self.papers.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.papers.show()

    def _on_filter(self) -> None:
        """Show what passes the filter.

        What is shown stays shown while it is worked on, until the filter is chosen anew.
        """
        self._session.saver.flush()
        wanted = DisclosureFilter(**self.filter.values)
        self._shown_codes = [
            code
            for code, found in self._disclosures().items()
            if wanted.passes(found, self._indicator_of.get(code, ""))
        ]
        self.refresh()
        self.view.go(0, self.model.column_of("url"))
        if not self._shown_codes and self._items:
            self.said.emit("ไม่มีข้อที่ตรงกับที่เลือก กด “ล้าง” เพื่อแสดงทั้งหมด")

    # --- following the data --------------------------------------------------------------------

    def show_year(self, year: int) -> None:
        """Show the list of an assessed year."""
        self._session.saver.flush()
        self._year = year
        framework = self._session.framework(year)
        self._items = {item.code: item for item in oit_items(framework)}
        self._indicator_of = {
            item.code: code for code, each in framework.indicators.items() for item in each.items
        }
        self.model.forget()
        self.year_choice.show_value(str(year))
        self._offer_filters()
        self.filter.forget()
        self._on_filter()

    def on_year_changed(self, year: int) -> None:
        """Follow the measure year of the window: its OIT list is being filled in now."""
        self.year_choice.offer(self._year_choices())
        self.show_year(year)

    def on_notice(self, notice: Notice) -> None:
        """Follow what changed in the file."""
        if "frameworks" in notice.areas:
            self.show_year(self._year)
        elif notice.areas & {"papers", "office", "people"}:
            self.refresh(notice.origin)

    def _disclosures(self) -> dict[str, Disclosure]:
        """What is disclosed for every item of the year, in order."""
        dossier = self._session.dossier
        return {code: dossier.disclosure(self._year, code) for code in self._items}

    def refresh(self, origin: object = None) -> None:
        """Show the data as it is; while the user is typing here (``origin``) no cell is touched."""
        disclosures = self._disclosures()
        if origin is not self:
            here = self.view.currentIndex()
            code, column = self.model.code_at(here), here.column()
            self.model.show_records(
                [
                    oit_row(number, item, disclosures[item.code])
                    for number, item in enumerate(self._items.values())
                    if item.code in self._shown_codes
                ]
            )
            if code in self.model.codes() and not self.view.currentIndex().isValid():
                self.view.go(self.model.codes().index(code), column)
            self._offer_filters()
        dossier = self._session.dossier
        earlier = dossier.disclosures.get(self._year - 1)
        self.model.show_marks(marks(disclosures, dossier.office.website, earlier))
        self._show_counts(disclosures)
        self._show_remark()

    def _offer_filters(self) -> None:
        names = {name: name for name in self._owners()}
        indicators = {
            code: f"{shown(code)}. {indicator.name}"
            for code, indicator in self._session.framework(self._year).indicators.items()
            if any(item.code in self._items for item in indicator.items)
        }
        states = {"yes": "เผยแพร่แล้ว", "no": "ยังไม่เผยแพร่", NONE: "ยังไม่ได้ระบุ"}
        self.filter.offer(
            (
                Group("owner", "ผู้รับผิดชอบ", names),
                Group("indicator", "ตัวชี้วัด", indicators),
                Group("disclosed", "การเผยแพร่", states),
                Group("missing", "ที่ยังขาด", _MISSING),
            )
        )

    def _show_counts(self, disclosures: Mapping[str, Disclosure]) -> None:
        done = sum(found.disclosed is True for found in disclosures.values())
        missing = sum(not found.url.strip() for found in disclosures.values())
        marked = len(self.model.marks)
        self.filter.tell(len(self._shown_codes), len(disclosures))
        filtered = [f"{self.filter.count.text()} ข้อ"] if self.filter.active else []
        parts = [*filtered, f"เผยแพร่แล้ว {done} จาก {len(disclosures)} ข้อ", f"ยังไม่มีที่อยู่ {missing} ข้อ"]
        if marked:
            parts.append(f"{SIGN}ควรตรวจที่อยู่ {marked} ข้อ")
        text = "  •  ".join(parts) if disclosures else "ปีนี้ไม่มีรายการ OIT ในกรอบการประเมิน"
        self.counts.setText(shown(text))

    def _show_remark(self) -> None:
        code = self.code
        self.copy_button.setEnabled(bool(code))
        item = self._items.get(code)
        self.item_name.setText(shown(f"{code} {item.title}") if item else "")
        problems = self.model.problems(code) if code else []
        self.remark.setText("\n".join(f"{SIGN}{problem}" for problem in problems))

    @property
    def shown_year(self) -> int:
        """The assessed year in sight."""
        return self._year

    def go_to(self, place: Place) -> None:
        """Put the cursor where a finding is: the item is the place's record."""
        if self._year != self._session.year:
            self.show_year(self._session.year)
        code = str(place.record or "")
        if code not in self._shown_codes:
            self.filter.clear()
        keys = [column.key for column in self.model.columns]
        column = keys.index(place.field) if place.field in keys else keys.index("url")
        self.view.setFocus()
        if code in self.model.codes():
            self.view.go(self.model.codes().index(code), column)


def _choices(names: Iterable[str]) -> dict[str, str]:
    return {name: name for name in names}
