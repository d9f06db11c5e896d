"""The score tree of one year as a Qt model, computed anew with every keystroke."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QColor, QFont

from ita_desktop.domain.analysis import counterpart
from ita_desktop.domain.framework import Framework
from ita_desktop.domain.scores import (
    NodeKind,
    ScoreNode,
    ScoreSheet,
    ScoreTextError,
    ScoreTree,
    parse_score,
    respondent_test,
    score_tree,
)
from ui import theme
from ui.text import change_text, score_text, shown

Index = QModelIndex | QPersistentModelIndex

NAME, SCORE, COMPUTED, EARLIER, CHANGE, REMARK = range(6)
ROW_HEIGHT = 28
"""Room for stacked Thai marks, in pixels at 100 %."""

_READ = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
_TYPED = _READ | Qt.ItemFlag.ItemIsEditable


@dataclass(eq=False)
class _Row:
    """A node's place in the tree of rows."""

    code: str
    parent: _Row | None
    at: int
    children: list[_Row] = field(default_factory=list)
    answers: dict[tuple[int, int], Any] = field(default_factory=dict)
    """What a view was told of column and role: it asks for all of it at each painting."""


class ScoreModel(QAbstractItemModel):
    """Rows: the total, then the instruments with all below them.

    ``entered`` carries the codes with their new scores (None: taken away) and the drafts, texts
    that are no scores and are kept until mended; the owner writes both to the data file.
    """

    entered = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tops: list[_Row] = []
        self._rows: dict[str, _Row] = {}
        self._drafts: dict[str, str] = {}
        self._tree: ScoreTree | None = None
        self._earlier: ScoreTree | None = None

    # --- what is shown -------------------------------------------------------------------------

    @property
    def tree(self) -> ScoreTree:
        """The tree as it is on the screen."""
        assert self._tree is not None
        return self._tree

    @property
    def drafts(self) -> Mapping[str, str]:
        """Texts typed that are no scores."""
        return self._drafts

    def show_year(
        self, framework: Framework, sheet: ScoreSheet, earlier: ScoreTree, drafts: Mapping[str, str]
    ) -> None:
        """Show a year beside the year before."""
        same = self._tree is not None and self._tree.framework is framework
        self._earlier, self._drafts = earlier, dict(drafts)
        if same:
            self._tree = score_tree(framework, sheet)
            self._all_changed()
            return
        self.beginResetModel()
        self._tree = score_tree(framework, sheet)
        self._rows = {}
        root = self._tree.root
        self._tops = [_Row(root.code, None, 0)]
        self._rows[root.code] = self._tops[0]
        for at, child in enumerate(root.children, start=1):
            self._tops.append(self._grow(child, None, at))
        self.endResetModel()

    def _grow(self, node: ScoreNode, parent: _Row | None, at: int) -> _Row:
        grown = _Row(node.code, parent, at)
        self._rows[node.code] = grown
        grown.children = [self._grow(child, grown, i) for i, child in enumerate(node.children)]
        return grown

    def _all_changed(self) -> None:
        for row in self._rows.values():
            row.answers.clear()
        self._changed_below(self._tops, QModelIndex())

    def _changed_below(self, rows: list[_Row], parent: QModelIndex) -> None:
        if rows:
            first, last = self.index(0, SCORE, parent), self.index(len(rows) - 1, REMARK, parent)
            self.dataChanged.emit(first, last)
        for each in rows:
            if each.children:
                self._changed_below(each.children, self.index(each.at, 0, parent))

    # --- entering ------------------------------------------------------------------------------

    def enter(self, texts: Mapping[str, str]) -> None:
        """Enter typed or pasted texts at their codes, as one edit."""
        scores: dict[str, Decimal | None] = {}
        drafts: dict[str, str] = {}
        for code, text in texts.items():
            try:
                scores[code] = _typed_score(text)
                drafts[code] = ""
            except ScoreTextError:
                # What is shown is no score, so none is counted; undo brings the earlier one back.
                scores[code] = None
                drafts[code] = text
        if not self._differs(scores, drafts):
            return
        self._take(scores, drafts)
        self.entered.emit(scores, drafts)

    def _differs(self, scores: Mapping[str, Decimal | None], drafts: Mapping[str, str]) -> bool:
        now = self.tree.sheet.entered
        return any(now.get(code) != score for code, score in scores.items()) or any(
            self._drafts.get(code, "") != text for code, text in drafts.items()
        )

    def _take(self, scores: Mapping[str, Decimal | None], drafts: Mapping[str, str]) -> None:
        sheet = self.tree.sheet
        entered = {**sheet.entered, **scores}
        known = {code: score for code, score in entered.items() if score is not None}
        self._drafts = {c: t for c, t in {**self._drafts, **drafts}.items() if t}
        self._tree = score_tree(
            self.tree.framework,
            ScoreSheet(sheet.year, known, sheet.respondents, sheet.official_level),
        )
        self._all_changed()

    def same_kind_from(self, code: str) -> list[str]:
        """The codes from ``code`` on that are nodes of the same kind, in tree order."""
        kind = self.tree.nodes[code].kind
        codes = [node.code for node in self.tree.root.walk() if node.kind is kind]
        return codes[codes.index(code) :]

    # --- Qt's side -----------------------------------------------------------------------------

    def code_at(self, index: Index) -> str:
        """The code of a row, "" for none."""
        row: _Row | None = index.internalPointer() if index.isValid() else None
        return row.code if row else ""

    def index_of(self, code: str, column: int = SCORE) -> QModelIndex:
        """The index of a node."""
        row = self._rows.get(code)
        return QModelIndex() if row is None else self.createIndex(row.at, column, row)

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        rows = self._children(parent)
        if 0 <= row < len(rows) and 0 <= column <= REMARK:
            return self.createIndex(row, column, rows[row])
        return QModelIndex()

    def _children(self, parent: Index) -> list[_Row]:
        return parent.internalPointer().children if parent.isValid() else self._tops

    def parent(self, index: Index = QModelIndex()) -> Any:  # noqa: B008
        row: _Row | None = index.internalPointer() if index.isValid() else None
        if row is None or row.parent is None:
            return QModelIndex()
        return self.createIndex(row.parent.at, 0, row.parent)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.column() > 0 else len(self._children(parent))

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return REMARK + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _TYPED if index.column() == SCORE else _READ

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and self._tree is not None:
            year = self._tree.framework.year
            return (
                "เครื่องมือ / ตัวชี้วัด / ข้อ",
                shown(f"คะแนนปี {year}"),
                "คำนวณได้",
                shown(f"ปี {year - 1}"),
                "เปลี่ยนแปลง",
                "ข้อสังเกต",
            )[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row: _Row = index.internalPointer()
        asked = (index.column(), role)
        if asked not in row.answers:
            row.answers[asked] = self._answer(self.tree.nodes[row.code], *asked)
        return row.answers[asked]

    def _answer(self, node: ScoreNode, column: int, role: int) -> Any:
        makers: dict[int, Callable[[ScoreNode, int], Any]] = {
            Qt.ItemDataRole.DisplayRole: self._text,
            Qt.ItemDataRole.EditRole: lambda node, _: self._text(node, SCORE),
            Qt.ItemDataRole.ToolTipRole: self._text,
            Qt.ItemDataRole.TextAlignmentRole: _alignment,
            Qt.ItemDataRole.SizeHintRole: lambda _node, _column: QSize(0, theme.scaled(ROW_HEIGHT)),
            Qt.ItemDataRole.FontRole: _font,
            Qt.ItemDataRole.ForegroundRole: self._colour,
            Qt.ItemDataRole.BackgroundRole: _background,
            Qt.ItemDataRole.AccessibleTextRole: self._spoken,
        }
        maker = makers.get(role)
        return maker(node, column) if maker else None

    def _spoken(self, node: ScoreNode, column: int) -> str:
        heading = self.headerData(column, Qt.Orientation.Horizontal)
        return f"{_name(node)} {heading} {self._text(node, column) or 'ว่าง'}"

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        self.enter({self.code_at(index): str(value)})
        return True

    def _text(self, node: ScoreNode, column: int) -> str:
        if column == NAME:
            return _name(node)
        if column == SCORE:
            return self._drafts.get(node.code) or score_text(node.entered)
        if column == COMPUTED:
            return score_text(node.computed)
        if column == EARLIER:
            return score_text(self.earlier_score(node.code))
        if column == CHANGE:
            before, now = self.earlier_score(node.code), node.score
            return "" if before is None or now is None else change_text(now - before)
        return shown(self.remark(node))

    def earlier_score(self, code: str) -> Decimal | None:
        """The score of the same node in the year before, by the crosswalk."""
        if self._earlier is None:
            return None
        before = counterpart(self.tree.framework, self._earlier.framework, code)
        return None if before is None else self._earlier.score(before)

    def remark(self, node: ScoreNode) -> str:
        """What is to be seen beside the field: why it is refused, or what looks wrong."""
        if node.code in self._drafts:
            return f"✗ {draft_problem(self._drafts[node.code])}"
        if node.attainable is False:
            return f"⚠ ไม่ตรงกับที่คำนวณได้ ({node.computed}) โปรดตรวจกับผลประกาศ"
        if node.kind is NodeKind.ITEM and node.entered is not None:
            return self._item_remark(node, node.entered)
        return ""

    def _item_remark(self, node: ScoreNode, entered: Decimal) -> str:
        item = node.item
        assert item is not None
        if len(item.answers) == 2 and entered not in item.answers and item.code.startswith("o"):
            return "⚠ ข้อ OIT ได้เพียง 0 หรือ 100"
        instrument = self._instrument_of(node.code)
        people = self.tree.sheet.respondents.get(instrument)
        if people and not instrument.startswith("OIT"):
            test = respondent_test(item, entered, people)
            if not test.possible:
                near = " หรือ ".join(
                    f"{mean:.2f}" for mean in (test.below, test.above) if mean is not None
                )
                return f"⚠ ผู้ตอบ {people} คน ให้คะแนนนี้ไม่ได้ ที่ใกล้คือ {near}"
        return ""

    def _instrument_of(self, code: str) -> str:
        row = self._rows[code]
        while row.parent is not None:
            row = row.parent
        return row.code

    def _colour(self, node: ScoreNode, column: int) -> QBrush | None:
        if column in (SCORE, REMARK) and node.code in self._drafts:
            return QBrush(QColor(theme.colours().wrong))
        if column == REMARK:
            return QBrush(QColor(theme.colours().caution))
        if column == COMPUTED:
            return QBrush(QColor(theme.colours().muted))
        return None


def _alignment(_node: ScoreNode, column: int) -> Qt.AlignmentFlag | None:
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    return right if SCORE <= column <= CHANGE else None


def _background(_node: ScoreNode, column: int) -> QBrush | None:
    """The cells that can be typed in stand out."""
    return QBrush(QColor(theme.colours().field)) if column == SCORE else None


def _font(node: ScoreNode, _column: int) -> QFont | None:
    if node.kind not in (NodeKind.TOTAL, NodeKind.INSTRUMENT):
        return None
    font = QFont(theme.FAMILY, theme.points())
    font.setWeight(QFont.Weight.DemiBold)
    return font


def _name(node: ScoreNode) -> str:
    if node.kind is NodeKind.INDICATOR:
        return shown(f"ตัวชี้วัดที่ {node.code} ") + node.name
    if node.kind in (NodeKind.SUBINDICATOR, NodeKind.ITEM):
        return f"{shown(node.code)} {node.name}"
    return node.name


def _typed_score(text: str) -> Decimal | None:
    """The score, also on the way from "93" to "93.59": a point alone behind is not wrong yet."""
    head = text.strip().removesuffix(".")
    return parse_score(head if head[-1:].isdigit() else text)


def draft_problem(text: str) -> str:
    """Why a typed text is no score, as a Thai sentence."""
    try:
        parse_score(text)
    except ScoreTextError as error:
        return str(error)
    return ""
