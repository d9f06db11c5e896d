"""Measures and guidelines as a list: number, name, and the status of a round where asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QBrush, QColor

from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.framework import Framework
from ita_desktop.domain.measures import Measure, MeasureKind, Status
from ui import theme
from ui.models.rows_model import ANSWERED, Index
from ui.text import shown

MARKS: dict[Status | None, str] = {
    Status.DONE: "☑",
    Status.IN_PROGRESS: "◐",
    Status.NOT_STARTED: "☐",
    None: "–",
}
"""Signs beside the name, so that a status is not told by colour alone."""


def measure_name(measure: Measure, framework: Framework) -> str:
    """What a measure is called in lists; a guideline is called after its indicator."""
    if measure.kind is MeasureKind.MEASURE:
        if measure.continued:
            first = measure.steps.strip().partition("\n")[0]
            return f"↳ {first or '(ยังไม่มีวิธีดำเนินการ)'}"
        return measure.title.strip() or "(ยังไม่มีชื่อ)"
    code = measure.indicators[0] if measure.indicators else ""
    indicator = framework.indicators.get(code)
    if indicator is None:
        return "(ยังไม่ได้เลือกตัวชี้วัด)"
    return shown(f"ตัวชี้วัดที่ {code} ") + indicator.name


_ANSWERED = ANSWERED | {int(Qt.ItemDataRole.ForegroundRole)}


class MeasureModel(QAbstractListModel):
    """A list of measures of one year."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._measures: tuple[Measure, ...] = ()
        self._framework: Framework | None = None
        self._round: Round | None = None
        self._numbers: dict[int, int] = {}

    def show_measures(
        self,
        measures: Sequence[Measure],
        framework: Framework,
        which: Round | None = None,
        among: Sequence[Measure] | None = None,
    ) -> None:
        """Show measures; with a round, the status in it stands before each name.

        ``among``: the whole list they are part of, which gives them their numbers.
        """
        self._numbers = _numbers(measures if among is None else among)
        same = [m.id for m in measures] == [m.id for m in self._measures]
        if not same:
            self.beginResetModel()
        self._measures, self._framework, self._round = tuple(measures), framework, which
        if not same:
            self.endResetModel()
        elif measures:
            self.dataChanged.emit(self.index(0), self.index(len(measures) - 1))

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What is shown."""
        return self._measures

    def measure_at(self, index: Index) -> Measure | None:
        """The measure of a row."""
        return self._measures[index.row()] if index.isValid() else None

    def index_of(self, measure_id: int | None) -> QModelIndex:
        """The row of a measure."""
        for row, measure in enumerate(self._measures):
            if measure.id == measure_id:
                return self.index(row)
        return QModelIndex()

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows are dragged, and dropped between rows only."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._measures)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _ANSWERED:
            return None
        measure = self._measures[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(measure)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._text(measure)} {self._status_words(measure)}"
        if role == Qt.ItemDataRole.ForegroundRole and self._round is not None:
            missing = measure.progress_in(self._round).status is None
            return QBrush(QColor(theme.colours().caution)) if missing else None
        return None

    def _text(self, measure: Measure) -> str:
        assert self._framework is not None
        name = measure_name(measure, self._framework)
        plain = measure.kind is MeasureKind.GUIDELINE or measure.continued
        number = "" if plain else shown(f"{self._numbers[measure.id]}. ")
        mark = "" if self._round is None else MARKS[measure.progress_in(self._round).status] + "  "
        return f"{mark}{number}{name}"

    def _status_words(self, measure: Measure) -> str:
        if self._round is None:
            return ""
        status = measure.progress_in(self._round).status
        return status.label if status else "ยังไม่ได้เลือกสถานะ"


def _numbers(measures: Sequence[Measure]) -> dict[int, int]:
    """The number each measure has on paper, by its id."""
    number, made = 0, dict[int, int]()
    for measure in measures:
        if measure.kind is MeasureKind.MEASURE and not measure.continued:
            number += 1
        made[measure.id] = number
    return made
