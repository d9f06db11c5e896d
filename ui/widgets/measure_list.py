"""The list of measures that stands at the left of the pages of measures and of progress."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.framework import Framework
from ita_desktop.domain.measures import Measure
from ui.models.measure_model import MeasureModel
from ui.widgets.row_drag import let_drag, take_drop
from ui.widgets.wrapping import RowDelegate


class MeasureList(QListView):
    """Measures to choose from; one is chosen whenever there is any.

    ``several``: more can be selected, by Shift and Ctrl. ``dragged``: rows can be put in another
    order by mouse; the owner does what ``dropped`` asks for.
    """

    dropped = Signal(int, object)
    """A measure was dropped: its id, and the id of the one it stands before now (None: last)."""

    def __init__(
        self,
        name: str,
        parent: QWidget | None = None,
        *,
        several: bool = False,
        dragged: bool = False,
    ) -> None:
        super().__init__(parent)
        if several:
            self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        if dragged:
            let_drag(self)
        self.rows = MeasureModel(self)
        self.setModel(self.rows)
        self.setWordWrap(True)
        self.setItemDelegate(RowDelegate(self))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self.setAccessibleDescription("ลูกศรขึ้นลงเลือกรายการ แล้วกด Tab ไปกรอกทางขวา")

    @property
    def chosen(self) -> Measure | None:
        """The chosen measure."""
        return self.rows.measure_at(self.currentIndex())

    @property
    def chosen_id(self) -> int | None:
        """The id of the chosen measure."""
        return self.chosen.id if self.chosen else None

    @property
    def selected_ids(self) -> tuple[int, ...]:
        """The ids of all selected measures, in the order of the list."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        return tuple(self.rows.measures[row].id for row in rows)

    def choose(self, measure_id: int | None) -> None:
        """Make a measure the chosen one."""
        self.setCurrentIndex(self.rows.index_of(measure_id))

    def dropEvent(self, event: QDropEvent) -> None:
        """Say where the dragged measure is to go; the data put it there."""
        gap = take_drop(self, event)
        if gap is not None and self.chosen_id is not None:
            shown = self.rows.measures
            self.dropped.emit(self.chosen_id, shown[gap].id if gap < len(shown) else None)

    def fill(
        self,
        measures: Sequence[Measure],
        framework: Framework,
        which: Round | None = None,
        chosen: int | None = None,
        among: Sequence[Measure] | None = None,
    ) -> None:
        """Show measures, with their status in a round where one is given.

        ``chosen`` is chosen again when the list was filled anew, or the first when it is gone.
        ``among``: the whole list they are part of, when a filter is on.
        """
        kept = self.selected_ids
        self.rows.show_measures(measures, framework, which, among)
        if not self.currentIndex().isValid() and measures:
            index = self.rows.index_of(chosen)
            self.setCurrentIndex(index if index.isValid() else self.rows.index(0))
            if len(kept) > 1:
                self._select(kept)

    def _select(self, ids: Sequence[int]) -> None:
        """Select measures again after the list was filled anew."""
        selection = self.selectionModel()
        for index in map(self.rows.index_of, ids):
            if index.isValid():
                selection.select(index, QItemSelectionModel.SelectionFlag.Select)
