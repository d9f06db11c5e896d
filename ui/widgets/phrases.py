"""Phrases offered below a field while one types. Only what is picked is taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QStringListModel, Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QListView

from ita_desktop.domain.measures import owner_names
from ita_desktop.domain.phrases import last_part, matching
from ui.widgets.texts import LineField

Offers = Callable[[], Sequence[str]]
"""What can be offered now, the best first."""


class PhraseFinder(QCompleter):
    """Finds phrases by any part of them, whatever their digits and spaces.

    ``parted``: the field names several, parted by commas; each is found by itself.
    """

    def __init__(
        self, line: LineField, offers: Offers, *, parted: bool = False, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._line, self._offers, self._parted = line, offers, parted
        self._head = ""
        self._known: Sequence[str] | None = None
        self._model = QStringListModel(self)
        self.setModel(self._model)
        self.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setMaxVisibleItems(10)
        self.list = QListView()
        self.list.setAccessibleName("ข้อความที่เคยใช้")
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setUniformItemSizes(True)
        self.setPopup(self.list)
        line.textEdited.connect(self._find)
        # What is shown in the field is what is kept, also while one walks through the list.
        self.highlighted.connect(line.typed)
        self.activated.connect(line.typed)
        line.editingFinished.connect(self._forget)

    def _find(self, text: str) -> None:
        self._head, part = last_part(text) if self._parted else ("", text)
        self._model.setStringList(list(matching(self._left(), part)))
        if not self._model.rowCount():
            self.list.hide()

    def _left(self) -> Sequence[str]:
        """What can be offered beside the names that stand there.

        Asked once in a stay in the field: what is half typed is on the disk soon, and no phrase.
        """
        if self._known is None:
            self._known = self._offers()
        named = owner_names(self._head)
        if not named:
            return self._known
        return [text for text in self._known if not set(owner_names(text)) & set(named)]

    def _forget(self) -> None:
        """The field is left; a list that opens or closes is no leaving."""
        if not self.list.isVisible():
            self._known = None

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """What a picked phrase makes of the field: the names before it stay."""
        return self._head + str(index.data())


def offer_phrases(
    field: QComboBox | LineField, offers: Offers, *, parted: bool = False
) -> PhraseFinder:
    """Offer phrases below a field while one types in it."""
    line: QLineEdit | None = field.lineEdit() if isinstance(field, QComboBox) else field
    assert isinstance(line, LineField)
    finder = PhraseFinder(line, offers, parted=parted, parent=field)
    field.setCompleter(finder)
    return finder
