"""How one table is read: its kind, year, round and heading, and the field of each column."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ita_desktop.domain.fiscal import Round
from ita_desktop.exchange.errors import one_line
from ita_desktop.exchange.sheets.columns import (
    KIND_LABELS,
    LOOKED_AT,
    TableKind,
    choices,
    headings_of,
    layout_at,
    needed_labels,
)
from ita_desktop.exchange.sheets.plan import Job
from ui.text import shown
from ui.widgets.forms import Choice
from ui.widgets.layouts import ElidedLabel, label, row, scrolling

_EXAMPLES = 3
_ASSESSED = (TableKind.SCORES, TableKind.DISCLOSURES)


class Matching(QWidget):
    """The matching of one table's columns, found by the program and settable by hand."""

    changed = Signal()
    """The user has chosen otherwise: ask ``job``."""

    def __init__(self) -> None:
        super().__init__()
        self._job: Job | None = None
        self.kind = _choice("ชนิดของตาราง", {k.value: text for k, text in KIND_LABELS.items()})
        self.year = _choice("ปี", {})
        rounds = {str(int(each)): shown(each.label) for each in Round}
        self.round = _choice("รอบ", rounds)
        self.round.setToolTip("รอบที่ใช้เมื่อหัวตารางไม่บอกว่าเป็นความก้าวหน้ารอบใด")
        self.top = _choice("แถวหัวตาราง", {})
        for field in (self.top, self.kind):
            field.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            field.setMinimumContentsLength(14)
            field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.missing = label("", "wrong")
        self.missing.setWordWrap(True)
        self.columns: list[Choice] = []
        self._grid_holder = QWidget()
        self._grid = QGridLayout(self._grid_holder)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        kind, year, which, top = (
            _buddy(field) for field in (self.kind, self.year, self.round, self.top)
        )
        column.addLayout(row(kind, self.kind, year, self.year))
        column.addLayout(row(top, self.top, which, self.round))
        column.addWidget(self.missing)
        self._area = scrolling(self._grid_holder)
        column.addWidget(self._area, 1)
        self.kind.picked.connect(lambda _: self._on_layout())
        self.top.picked.connect(lambda _: self._on_layout())
        self.year.picked.connect(lambda _: self._on_setting())
        self.round.picked.connect(lambda _: self._on_setting())

    def job(self) -> Job | None:
        """How the table is to be read now."""
        return self._job

    def show_job(self, job: Job | None) -> None:
        """Show how a table would be read; None shows nothing."""
        self._job = job
        self.setEnabled(job is not None)
        if job is None:
            self._show_columns(None)
            self.missing.setText("")
            return
        years = range(job.year + 2, job.year - 5, -1)
        self.year.offer({str(year): shown(year) for year in years})
        self.year.show_value(str(job.year))
        self.kind.show_value(job.layout.kind.value)
        self.round.show_value(str(int(job.round)))
        self.round.setEnabled(job.layout.kind in (TableKind.MEASURES, TableKind.GUIDELINES))
        tops = {
            str(at): f"{shown(at + 1)}: {one_line(' '.join(filter(str.strip, texts)), 30)}"
            for at, texts in enumerate(job.table.rows[:LOOKED_AT])
            if any(text.strip() for text in texts)
        }
        self.top.offer(tops)
        self.top.show_value(str(job.layout.top))
        self._show_columns(job)
        self._show_missing()

    def _show_columns(self, job: Job | None) -> None:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(4, 4, 4, 4)
        grid.setHorizontalSpacing(12)
        self.columns = []
        if job is not None:
            for at, text in enumerate(("หัวคอลัมน์ในตาราง", "ตัวอย่างในตาราง", "นำเข้าเป็น")):
                grid.addWidget(label(text, "muted"), 0, at)
            for number, heading in enumerate(headings_of(job.table, job.layout)):
                self._show_column(grid, job, number, heading)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        grid.setRowStretch(len(self.columns) + 1, 1)
        self._area.setWidget(holder)

    def _show_column(self, grid: QGridLayout, job: Job, number: int, heading: str) -> None:
        name = heading or shown(f"คอลัมน์ที่ {number + 1}")
        texts = (job.table.cell(at, number).strip() for at in range(job.layout.body, 2000))
        examples = [" ".join(text.split()) for text in texts if text][:_EXAMPLES]
        told = ElidedLabel()
        told.setText(name)
        shown_texts = ElidedLabel()
        shown_texts.setText(" | ".join(examples))
        offered = {key: shown(text) for key, text in choices(job.layout.kind).items()}
        field = Choice(offered)
        field.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        field.setMinimumContentsLength(18)
        field.setAccessibleName(f"นำเข้าคอลัมน์ “{name}” เป็น")
        field.setToolTip("เลือกว่าคอลัมน์นี้คืออะไร หรือไม่นำเข้า")
        field.show_value(job.layout.keys[number])
        field.picked.connect(lambda _: self._on_columns())
        line = len(self.columns) + 1
        for at, widget in enumerate((told, shown_texts, field)):
            grid.addWidget(widget, line, at)
        self.columns.append(field)

    def _show_missing(self) -> None:
        job = self._job
        missing = job is not None and job.layout.missing()
        self.missing.setVisible(missing)
        if job is not None and missing:
            needed = " และ ".join(f"“{text}”" for text in needed_labels(job.layout.kind))
            self.missing.setText(f"ต้องเลือกคอลัมน์ {needed} ก่อน จึงจะนำเข้าตารางนี้ได้")

    def _on_layout(self) -> None:
        """Another kind or heading row: the columns are matched anew."""
        if self._job is None:
            return
        before = self._job
        kind = TableKind(self.kind.value())
        year = int(self.year.value() or before.year)
        if (kind is TableKind.SCORES) != (before.layout.kind is TableKind.SCORES):
            year += -1 if kind is TableKind.SCORES else 1
        layout = layout_at(before.table, kind, int(self.top.value() or 0), year)
        self.show_job(replace(before, layout=layout, year=year))
        self.changed.emit()

    def _on_setting(self) -> None:
        if self._job is not None:
            which = Round(int(self.round.value()))
            self._job = replace(self._job, year=int(self.year.value()), round=which)
            self.changed.emit()

    def _on_columns(self) -> None:
        if self._job is not None:
            keys = tuple(field.value() for field in self.columns)
            self._job = replace(self._job, layout=replace(self._job.layout, keys=keys))
            self._show_missing()
            self.changed.emit()


def _choice(name: str, offered: dict[str, str]) -> Choice:
    made = Choice(offered)
    made.setAccessibleName(name)
    return made


def _buddy(field: Choice) -> QLabel:
    made = label(field.accessibleName())
    made.setBuddy(field)
    made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return made
