"""Things to tick, each shown as it was and as it will be: what is brought over into a new year."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ita_desktop.domain.year_change import Offer
from ui.text import shown
from ui.theme import scaled
from ui.widgets.layouts import button, label, row

_KEY = Qt.ItemDataRole.UserRole
_STATE_WIDTH = 190
_REMARKS_HEIGHT = 72


class OffersPage(QWidget):
    """A list of offers with boxes, the chosen one's texts before and after below."""

    ticked = Signal(str, bool)
    """The user ticked or unticked the offer of that key."""

    def __init__(self, name: str, intro: str, empty: str) -> None:
        """``empty``: what is said where there is nothing to bring over."""
        super().__init__()
        self._offers: dict[str, Offer] = {}
        self._empty = empty
        self._intro = intro
        self.intro = label(intro)
        self.intro.setWordWrap(True)
        self.list = _list(name)
        self.before, self.after = _reader("เดิม"), _reader("ปีใหม่")
        self.remarks = _reader("สิ่งที่เปลี่ยนหรือควรตรวจ")
        self.remarks.setFixedHeight(scaled(_REMARKS_HEIGHT))
        self.all_button = button("เลือกทั้งหมด", lambda: self._tick_all(on=True))
        self.none_button = button("ไม่เลือกเลย", lambda: self._tick_all(on=False))
        self._lay_out()
        self.list.itemChanged.connect(self._on_changed)
        self.list.currentItemChanged.connect(lambda now, _: self._show(now))

    def _lay_out(self) -> None:
        texts = QHBoxLayout()
        self._captions = []
        for name, reader in (("เดิม", self.before), ("ปีใหม่", self.after)):
            caption = label(name, "muted")
            caption.setBuddy(reader)
            self._captions.append(caption)
            column = QVBoxLayout()
            column.setSpacing(2)
            column.addWidget(caption)
            column.addWidget(reader)
            texts.addLayout(column, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.intro)
        column.addWidget(self.list, 3)
        column.addLayout(row(self.all_button, self.none_button, None))
        column.addLayout(texts, 2)
        column.addWidget(self.remarks)

    def show_offers(self, offers: Sequence[Offer], keys: Collection[str]) -> None:
        """Show offers, those of ``keys`` ticked."""
        here = self._key(self.list.currentItem())
        self._offers = {offer.key: offer for offer in offers}
        with QSignalBlocker(self.list):
            self.list.clear()
            for offer in offers:
                self.list.addTopLevelItem(_item(offer, on=offer.key in keys))
        some = bool(offers)
        self.intro.setText(shown(self._intro if some else self._empty))
        for each in (self.list, self.before, self.after, self.all_button, self.none_button):
            each.setVisible(some)
        for each in self._captions:
            each.setVisible(some)
        at = next((i for i, offer in enumerate(offers) if offer.key == here), 0)
        chosen = self.list.topLevelItem(at)
        if chosen is not None:
            self.list.setCurrentItem(chosen)
        self._show(chosen)

    @property
    def entrance(self) -> QWidget:
        """Where the keyboard begins."""
        return self.list

    @staticmethod
    def _key(item: QTreeWidgetItem | None) -> str:
        return str(item.data(0, _KEY)) if item is not None else ""

    def _on_changed(self, item: QTreeWidgetItem, column: int) -> None:
        if column == 0:
            self.ticked.emit(self._key(item), item.checkState(0) is Qt.CheckState.Checked)

    def _tick_all(self, *, on: bool) -> None:
        state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        for at in range(self.list.topLevelItemCount()):
            item = self.list.topLevelItem(at)
            if item is not None and item.flags() & Qt.ItemFlag.ItemIsUserCheckable:
                item.setCheckState(0, state)

    def _show(self, item: QTreeWidgetItem | None) -> None:
        """Show the chosen offer's texts and what happened to it."""
        offer = self._offers.get(self._key(item))
        self.before.setPlainText(shown(offer.before) if offer else "")
        self.after.setPlainText(shown(offer.after) if offer else "")
        said = [offer.why_not, *offer.remarks] if offer else []
        self.remarks.setPlainText(shown("\n".join(f"⚠ {text}" for text in said if text)))
        self.remarks.setVisible(any(said))


def _list(name: str) -> QTreeWidget:
    made = QTreeWidget()
    made.setAccessibleName(name)
    made.setToolTip("กดเว้นวรรคเพื่อเลือกหรือเลิกเลือก")
    made.setRootIsDecorated(False)
    made.setUniformRowHeights(True)
    made.setHeaderLabels(["รายการ", "สถานะ"])
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    header = made.header()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    header.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
    header.resizeSection(1, scaled(_STATE_WIDTH))
    made.setMinimumHeight(90)
    return made


def _item(offer: Offer, *, on: bool) -> QTreeWidgetItem:
    state = f"{offer.state} ({offer.why_not})" if offer.why_not else offer.state
    mark = "⚠ " if offer.remarks and not offer.why_not else ""
    made = QTreeWidgetItem([shown(f"{mark}{offer.title}"), shown(state)])
    made.setData(0, _KEY, offer.key)
    for column, text in enumerate((offer.title, state)):
        made.setToolTip(column, shown(text))
    if offer.why_not:
        made.setFlags(made.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
        return made
    made.setFlags(made.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    made.setCheckState(0, Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
    return made


def _reader(name: str) -> QPlainTextEdit:
    made = QPlainTextEdit()
    made.setReadOnly(True)
    made.setTabChangesFocus(True)
    made.setAccessibleName(name)
    made.setMinimumHeight(60)
    return made
