"""The list of measures that stands at the left of the pages of measures and of progress."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView, QWidget

from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.framework import Framework
from ita_desktop.domain.measures import Measure
from ui.models.measure_model import MeasureModel
from ui.widgets.wrapping import WordDelegate


class MeasureList(QListView):
    """Measures to choose from; one is chosen whenever there is any."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = MeasureModel(self)
        self.setModel(self.rows)
        self.setWordWrap(True)
        self.setItemDelegate(WordDelegate(self))
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

    def choose(self, measure_id: int | None) -> None:
        """Make a measure the chosen one."""
        self.setCurrentIndex(self.rows.index_of(measure_id))

    def fill(
        self,
        measures: Sequence[Measure],
        framework: Framework,
        which: Round | None = None,
        chosen: int | None = None,
    ) -> None:
        """Show measures, with their status in a round where one is given.

        ``chosen`` is chosen again when the list was filled anew, or the first when it is gone.
        """
        self.rows.show_measures(measures, framework, which)
        if not self.currentIndex().isValid() and measures:
            index = self.rows.index_of(chosen)
            self.setCurrentIndex(index if index.isValid() else self.rows.index(0))
