"""The list of what was found: where it stands above, the words in their sentence below, marked."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPalette,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ita_desktop.domain.search import Findable, Found, excerpt
from ui import theme
from ui.models.rows_model import Index
from ui.text import shown

_MARGIN = 8
_EXCERPT = Qt.ItemDataRole.UserRole


class FoundModel(QAbstractListModel):
    """The hits of a search as rows."""

    def __init__(self) -> None:
        super().__init__()
        self.found = Found()

    def show_found(self, found: Found) -> None:
        """Show what was found."""
        self.beginResetModel()
        self.found = found
        self.endResetModel()

    def hit(self, row: int) -> Findable | None:
        """The hit of a row."""
        return self.found.hits[row] if 0 <= row < len(self.found.hits) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.found.hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        hit = self.found.hits[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return shown(f"{hit.kind} • {hit.where}")
            case Qt.ItemDataRole.ToolTipRole:
                return _as_shown(hit)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{shown(f'{hit.kind} {hit.where}')} {_as_shown(hit)}"
            case _ if role == _EXCERPT:
                return excerpt(_as_shown(hit), self.found.words)
            case _:
                return None


def _as_shown(hit: Findable) -> str:
    return hit.text if hit.typed else shown(hit.text)


class _FoundDelegate(QStyledItemDelegate):
    """Two lines a hit; the words found are bold, underlined and on a ground of their own."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = QFontMetricsF(option.font).lineSpacing()
        return QSize(200, int(2 * line) + _MARGIN)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        where, option.text = option.text, ""
        widget = option.widget
        style = widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        room = option.rect.adjusted(_MARGIN, _MARGIN // 2, -_MARGIN, -_MARGIN // 2)
        half = room.height() // 2
        upper = QRect(room.left(), room.top(), room.width(), half)
        painter.save()
        painter.setPen(QColor(theme.colours().accent))
        line = option.fontMetrics.elidedText(where, Qt.TextElideMode.ElideMiddle, upper.width())
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(upper, flags, line)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        text, marked = index.data(_EXCERPT)
        painter.setClipRect(room)
        _layout(text, marked, option.font).draw(painter, QPointF(room.left(), room.top() + half))
        painter.restore()


def _layout(text: str, marked: tuple[tuple[int, int], ...], font: QFont) -> QTextLayout:
    """One line of text with marks, ready to be drawn."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    look = QTextCharFormat()
    look.setBackground(QColor(theme.colours().notice))
    look.setForeground(QColor(theme.colours().on_notice))
    look.setFontWeight(QFont.Weight.Bold)
    look.setFontUnderline(True)
    ranges: list[QTextLayout.FormatRange] = []
    for start, end in marked:
        part = QTextLayout.FormatRange()
        part.start, part.length, part.format = start, end - start, look
        ranges.append(part)
    layout.setFormats(ranges)
    layout.beginLayout()
    layout.createLine().setLineWidth(100_000)
    layout.endLayout()
    return layout


class FoundList(QListView):
    """What was found, to choose from by mouse; the keyboard stays in the field above."""

    picked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = FoundModel()
        self.setModel(self.rows)
        self.setItemDelegate(_FoundDelegate(self))
        self.setUniformItemSizes(True)
        self.setAccessibleName("สิ่งที่พบ")
        self.setToolTip("ดับเบิลคลิกเพื่อไปที่ช่องนั้น")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(lambda _: self.picked.emit())

    def show_found(self, found: Found) -> None:
        """Show what was found, the best chosen."""
        self.rows.show_found(found)
        if found.hits:
            self.setCurrentIndex(self.rows.index(0))

    @property
    def chosen(self) -> Findable | None:
        """The chosen hit."""
        return self.rows.hit(self.currentIndex().row())

    def step(self, by: int) -> None:
        """Choose another hit; it stays within the list."""
        last = self.rows.rowCount() - 1
        if last >= 0:
            there = min(max(self.currentIndex().row() + by, 0), last)
            self.setCurrentIndex(self.rows.index(there))
