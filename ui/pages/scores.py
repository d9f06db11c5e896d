"""คะแนน: the score tree of a fiscal year, live while typing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from math import ceil

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QRegularExpression,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QRegularExpressionValidator,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QStyle,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from db.store import Notice
from ita_desktop.domain.framework import Framework
from ita_desktop.domain.review import Place
from ita_desktop.domain.scores import ScoreSheet, ScoreTree, score_tree
from ita_desktop.thai.digits import to_arabic
from ui import theme
from ui.models.rows_model import Index, TypedDelegate
from ui.models.score_model import CHANGE, COMPUTED, EARLIER, NAME, REMARK, SCORE, ScoreModel
from ui.session import Session
from ui.text import change_text, score_text, shown
from ui.widgets.forms import Choice, FieldKind, FieldSpec, Form
from ui.widgets.layouts import ElidedLabel, button, card, label, row
from ui.widgets.texts import LineField

_WIDTHS = {SCORE: 126, COMPUTED: 84, EARLIER: 78, CHANGE: 98}
_NAME_WIDTH = 340
_REMARK_WIDTHS = (140, 330)
_COUNT = QRegularExpression("[0-9๐-๙]{0,6}")
_UP = (Qt.Key.Key_Up, Qt.Key.Key_Backtab)
_DOWN = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_MARKED = (
    QStyle.StateFlag.State_Selected
    | QStyle.StateFlag.State_HasFocus
    | QStyle.StateFlag.State_MouseOver
)
_BESIDE = 5
"""Pixels between a cell's edge and its text."""
_KEPT = 2000
"""Texts whose fitting form is remembered."""


class ScoreDelegate(TypedDelegate):
    """Editors of scores: Enter and the arrows go on to the next, a pasted block goes to many."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._fitted: dict[tuple[str, str, int], str] = {}

    step_asked = Signal(int, bool)
    """How many rows down, and whether to leave the tree past its ends (Tab does)."""
    paste_asked = Signal()
    opened = Signal()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a usual cell as the style sheet's machinery does, in half its time."""
        role = Qt.ItemDataRole
        if option.state & _MARKED:
            super().paint(painter, option, index)
            return
        ground, text = index.data(role.BackgroundRole), index.data()
        if ground is not None:
            painter.fillRect(option.rect, ground)
        if not text:
            return
        font = index.data(role.FontRole) or option.font
        high = ceil(QFontMetricsF(font).height())
        room = option.rect.adjusted(_BESIDE, 0, -_BESIDE, 0)
        room.moveTop(room.top() + room.height() // 2 - high // 2)  # rounded as Qt does
        room.setHeight(high)
        align = index.data(role.TextAlignmentRole) or Qt.AlignmentFlag.AlignLeft
        align = align & Qt.AlignmentFlag.AlignHorizontal_Mask | Qt.AlignmentFlag.AlignTop
        flags = align | Qt.TextFlag.TextDontClip  # a tone mark stands above its line
        painter.save()
        painter.setFont(font)
        painter.setPen((index.data(role.ForegroundRole) or option.palette.text()).color())
        painter.drawText(room, flags, self._fitting(text, font, room.width()))
        painter.restore()

    def _fitting(self, text: str, font: QFont, width: int) -> str:
        """The text, with its end left out where it is wider than that."""
        key = (text, font.key(), width)
        if key not in self._fitted:
            if len(self._fitted) > _KEPT:
                self._fitted.clear()
            measure = QFontMetrics(font)
            self._fitted[key] = measure.elidedText(text, Qt.TextElideMode.ElideRight, width)
        return self._fitted[key]

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        self.opened.emit()
        line = self._line(parent, index)
        line.setAlignment(Qt.AlignmentFlag.AlignRight)
        line.setAccessibleName("คะแนน")
        return line

    def show_in(self, editor: QWidget, value: object) -> None:
        super().show_in(editor, value)
        assert isinstance(editor, QLineEdit)
        editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        # A score shown as ๙๓.๕๐ and left alone is not written anew.
        if self.value_in(editor) != editor.property("given"):
            super().setModelData(editor, model, index)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        is_key = event.type() is QEvent.Type.KeyPress
        if (
            is_key
            and isinstance(event, QKeyEvent)
            and isinstance(editor, QLineEdit)
            and self._takes(editor, event)
        ):
            return True
        return super().eventFilter(editor, event)

    def _takes(self, editor: QLineEdit, event: QKeyEvent) -> bool:
        """Leave the editor on a key that goes on, or that puts in more than one score."""
        step = 1 if event.key() in _DOWN else -1 if event.key() in _UP else 0
        is_paste = event.matches(QKeySequence.StandardKey.Paste) and _is_block(_clipboard())
        if not step and not is_paste:
            return False
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        if is_paste:
            self.paste_asked.emit()
        else:
            self.step_asked.emit(step, event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab))
        return True


class ScoreTreeView(QTreeView):
    """The tree of scores. Typing begins an edit; paste takes a block from Excel."""

    paste_asked = Signal()
    leave_asked = Signal(bool)
    visited = Signal()
    """A score was opened for typing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("คะแนน")
        self.setAccessibleDescription(
            "พิมพ์คะแนน ๐ ถึง ๑๐๐ เช่น ๙๒.๑๒ แล้วกด Enter ไปข้อถัดไป  •  Ctrl+V วางคอลัมน์จาก Excel"
        )
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.SelectedClicked
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setAlternatingRowColors(True)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(False)
        self.setTabKeyNavigation(False)
        delegate = ScoreDelegate(self)
        self.setItemDelegate(delegate)
        delegate.step_asked.connect(self.step)
        delegate.paste_asked.connect(self.paste_asked)
        delegate.opened.connect(self.visited)

    def step(self, by: int, leave: bool) -> None:
        """Go to the score below or above and type there; past the ends, leave or stay."""
        here = self.currentIndex()
        there = self.indexBelow(here) if by > 0 else self.indexAbove(here)
        if not there.isValid():
            self.setFocus()
            if leave:
                self.leave_asked.emit(by > 0)
            return
        there = there.siblingAtColumn(SCORE)
        self.go(there)
        self.edit(there)

    def go(self, index: QModelIndex) -> None:
        """Make a row's score the current cell."""
        self.selectionModel().setCurrentIndex(
            index,
            QItemSelectionModel.SelectionFlag.ClearAndSelect
            | QItemSelectionModel.SelectionFlag.Rows,
        )
        self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = self.currentIndex()
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_asked.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(here.siblingAtColumn(SCORE).data() or "")
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self._edit_here(here)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and here.isValid():
            self.visited.emit()
            self.model().setData(here.siblingAtColumn(SCORE), "")
        elif (
            event.text().strip() and event.text().isprintable() and event.key() != Qt.Key.Key_Space
        ):
            self._type_here(here, event)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Remarks take what the names leave, within limits."""
        super().resizeEvent(event)
        left = self.viewport().width() - theme.scaled(sum(_WIDTHS.values())) - _NAME_WIDTH
        least, most = _REMARK_WIDTHS
        self.setColumnWidth(REMARK, min(max(left, least), most))

    def _edit_here(self, here: QModelIndex) -> None:
        there = here.siblingAtColumn(SCORE)
        self.go(there)
        self.edit(there)

    def _type_here(self, here: QModelIndex, event: QKeyEvent) -> None:
        """Typing anywhere in a row goes into its score."""
        there = here.siblingAtColumn(SCORE)
        self.go(there)
        self.edit(there, QAbstractItemView.EditTrigger.AnyKeyPressed, event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002
        """Tab leaves the tree; inside, Enter and the arrows move."""
        return QWidget.focusNextPrevChild(self, next)


class ScoresPage(QWidget):
    """The tab of scores: the analysed year, or any year chosen here."""

    said = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._year = session.year - 1
        self._visit = object()

    def build(self) -> Iterator[None]:
        """Build the page, piece by piece; it is whole at the end."""
        self.model = ScoreModel(self)
        self.view = ScoreTreeView()
        self.view.setModel(self.model)
        self.year_choice = Choice(self._year_choices())
        self.year_choice.setAccessibleName("ปีที่ประเมิน")
        self.year_choice.setToolTip("ปีของผลการประเมินที่จะกรอก ปกติคือปีก่อนปีของมาตรการ")
        self.notice = label("", "notice")
        self.notice.setWordWrap(True)
        self.entrance: QWidget = self.view
        """Where the keyboard begins on this page."""
        self._figures: dict[str, tuple[QLabel, QLabel]] = {}
        self.extra = Form("scores", self._extra_fields(), across=True)
        self._lay_out()
        self._connect()
        for year in (self._year, self._year - 1):
            self._session.framework(year)  # read once, and kept
            yield
        self.refresh()
        yield
        self._unfold_what_is_known()
        self.view.go(self.model.index_of("total"))

    # --- building ------------------------------------------------------------------------------

    def _extra_fields(self) -> tuple[FieldSpec, ...]:
        people = "จำนวนคนที่ตอบ ใช้ตรวจว่าคะแนนรายข้อเป็นไปได้หรือไม่ ไม่ทราบให้เว้นว่าง"
        return (
            FieldSpec("IIT", "ผู้ตอบ IIT", help=people),
            FieldSpec("EIT", "ผู้ตอบ EIT", help=people),
            FieldSpec(
                "level",
                "ระดับตามประกาศ",
                FieldKind.CHOICE,
                help="ใช้เมื่อทราบระดับจากประกาศ เว้นว่างไว้ให้โปรแกรมบอกระดับตามเกณฑ์ของปี",
                choices={"": "– ตามเกณฑ์ –"},
            ),
        )

    def _year_choices(self) -> dict[str, str]:
        newest = max(self._session.year, *self._session.shelf.years())
        oldest = min((*self._session.shelf.years(), *self._session.dossier.sheets))
        return {str(year): shown(f"ปี {year}") for year in range(newest, oldest - 1, -1)}

    def _lay_out(self) -> None:
        caption = label("คะแนนของ")
        caption.setBuddy(self.year_choice)
        self.items_button = button("แสดงรายข้อ", self._toggle_items, tip="แสดงหรือซ่อนคะแนนรายข้อ")
        for people in ("IIT", "EIT"):
            field = self.extra.fields[people]
            assert isinstance(field, LineField)
            field.setFixedWidth(theme.scaled(56))
            field.setValidator(QRegularExpressionValidator(_COUNT, field))
        self.hint = ElidedLabel("วางคะแนนจาก Excel ด้วย Ctrl+V  •  Enter ไปข้อถัดไป")
        self.hint.setProperty("role", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.addLayout(row(caption, self.year_choice, self.items_button, None, self.extra))
        column.addWidget(card("", self._figure_line()))
        column.addWidget(self.notice)
        column.addWidget(self.view, 1)
        self._dress_header()

    def _dress_header(self) -> None:
        header = self.view.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(REMARK, QHeaderView.ResizeMode.Fixed)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        for column, width in _WIDTHS.items():
            self.view.setColumnWidth(column, theme.scaled(width))

    def _figure_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        names = {"total": "คะแนนรวม", "level": "ระดับ", "IIT": "IIT", "EIT": "EIT", "OIT": "OIT"}
        for key, name in names.items():
            figure = label("–", "figure" if key in ("total", "level") else "")
            change = label("", "muted")
            figure.setAccessibleName(name)
            for part in (label(name, "muted"), figure, change):
                line.addWidget(part)
            line.addSpacing(10)
            self._figures[key] = (figure, change)
        line.addWidget(self.hint, 1)
        return line

    def _connect(self) -> None:
        self.model.entered.connect(self._on_entered)
        self.view.selectionModel().currentChanged.connect(lambda *_: self._say_remark())
        self.view.paste_asked.connect(self.paste)
        self.view.visited.connect(self._on_visited)
        self.view.leave_asked.connect(self._leave)
        self.year_choice.picked.connect(self._on_year_picked)
        self.extra.typed.connect(self._on_extra_typed)
        self.model.modelReset.connect(lambda: self.view.expandToDepth(0))

    # --- what the user does --------------------------------------------------------------------

    def _on_entered(self, scores: Mapping[str, Decimal | None], drafts: Mapping[str, str]) -> None:
        self._show_figures()
        store, year = self._session.store, self._year
        visit = self._visit

        self._session.saver.later(
            visit, store.enter_scores, year, dict(scores), dict(drafts), origin=self, merge=visit
        )
        self._say_remark()

    def _say_remark(self) -> None:
        """Say the row's remark whole in the status bar too: its column may be too narrow."""
        code = self.model.code_at(self.view.currentIndex())
        remark = self.model.remark(self.model.tree.nodes[code]) if code else ""
        if remark:
            self.said.emit(shown(remark))

    def _on_visited(self) -> None:
        """What is typed in one stay in a score is one undo step."""
        self._session.saver.flush()
        self._visit = object()

    def paste(self) -> None:
        """Put the clipboard's block of scores in, beginning at the current row."""
        code = self.model.code_at(self.view.currentIndex()) or "total"
        texts = read_block(
            _clipboard(), self.model.same_kind_from(code), set(self.model.tree.nodes)
        )
        if not texts:
            self.said.emit("ไม่มีคะแนนให้วาง โปรดคัดลอกคอลัมน์คะแนนจาก Excel ก่อน")
            return
        self._on_visited()
        self.model.enter(texts)
        self._session.saver.flush()
        wrong = sum(1 for each in texts if each in self.model.drafts)
        left = _values_in(_clipboard()) - len(texts)
        notes = (f"วางคะแนน {len(texts)} ช่องแล้ว",) + (
            (f"มี {wrong} ช่องที่ยังใช้ไม่ได้ ดูข้อสังเกต",) if wrong else ()
        )
        if left > 0:
            notes += (f"อีก {left} ค่าไม่มีช่องให้วาง โปรดตรวจว่าเริ่มวางถูกข้อ",)
        self.said.emit(shown(" ".join(notes)))

    def _leave(self, forward: bool) -> None:
        QWidget.focusNextPrevChild(self.view, forward)

    def _on_year_picked(self, value: str) -> None:
        self._session.saver.flush()
        self.show_year(int(value))

    def _on_extra_typed(self, key: str, value: str) -> None:
        store, saver, year = self._session.store, self._session.saver, self._year
        if key == "level":
            saver.now(store.set_official_level, year, value, origin=self.extra)
            return
        count = _people(value)
        if count is None and value.strip():
            self.said.emit(shown("จำนวนผู้ตอบต้องมากกว่า 0 โปรดแก้ไข หรือเว้นว่างไว้ถ้าไม่ทราบ"))
            return
        saver.later(
            ("respondents", year, key),
            store.set_respondents,
            year,
            key,
            count,
            origin=self.extra,
        )

    def _toggle_items(self) -> None:
        if self.items_button.text() == "แสดงรายข้อ":
            self.view.expandAll()
            self.items_button.setText("ซ่อนรายข้อ")
        else:
            self.view.collapseAll()
            self.view.expandToDepth(0)
            self.items_button.setText("แสดงรายข้อ")

    def _unfold_what_is_known(self) -> None:
        """Show the items when any is entered."""
        items = self.model.tree.framework.items
        known = {*self.model.tree.sheet.entered, *self.model.drafts}
        if known & set(items) and self.items_button.text() == "แสดงรายข้อ":
            self._toggle_items()

    # --- following the data --------------------------------------------------------------------

    @property
    def shown_year(self) -> int:
        """The assessed year in sight."""
        return self._year

    def show_year(self, year: int) -> None:
        """Show another assessed year."""
        self._year = year
        self.refresh()
        self._unfold_what_is_known()
        self.view.go(self.model.index_of("total"))

    def on_year_changed(self, year: int) -> None:
        """Follow the measure year of the window: its analysed year is the one before."""
        self.year_choice.offer(self._year_choices())
        self.show_year(year - 1)

    def on_notice(self, notice: Notice) -> None:
        """Follow what changed in the file."""
        if notice.areas & {"scores", "frameworks"} and notice.origin is not self:
            if notice.origin is None:
                self._drop_undone_drafts()
            self.refresh(notice.origin)

    def _drop_undone_drafts(self) -> None:
        """Where undo has brought a score back, what was wrongly typed over it is done with."""
        store, year = self._session.store, self._year
        entered = store.dossier().sheet(year).entered
        for code in store.dossier().sheet(year).drafts.keys() & entered.keys():
            self._session.saver.now(store.keep_score_draft, year, code, "")

    def refresh(self, origin: object = None) -> None:
        """Show the year as it is in the file."""
        session, year = self._session, self._year
        framework, sheet = session.framework(year), session.dossier.sheet(year)
        earlier = score_tree(session.framework(year - 1), session.dossier.sheet(year - 1))
        self.model.show_year(framework, sheet, earlier, sheet.drafts)
        self.year_choice.show_value(str(year))
        if origin is not self.extra:
            self._show_extra(sheet)
        self._show_figures()
        self.notice.setVisible(framework.provisional)
        self.notice.setText(shown(_provisional_text(framework)))
        self.notice.setToolTip("\n".join(shown(f"• {note}") for note in framework.notes))

    def _show_extra(self, sheet: ScoreSheet) -> None:
        level = self.extra.fields["level"]
        assert isinstance(level, Choice)
        rules = {rule.level: rule.level for rule in self.model.tree.framework.levels}
        level.offer({"": "– ตามเกณฑ์ –", **rules})
        people = {code: str(sheet.respondents.get(code, "")) for code in ("IIT", "EIT")}
        self.extra.show_values({**people, "level": sheet.official_level})

    def _show_figures(self) -> None:
        tree = self.model.tree
        for code, (figure, change) in self._figures.items():
            if code == "level":
                figure.setText(shown_level(tree))
                continue
            now, before = tree.score(code), self.model.earlier_score(code)
            figure.setText(score_text(now) or "–")
            if code == "total" and now is not None and before is not None:
                change.setText(change_text(now - before))
            else:
                change.setText("")

    def go_to(self, place: Place) -> None:
        """Put the cursor where a finding is."""
        if isinstance(place.record, int) and place.record != self._year:
            self.show_year(place.record)
        if place.field in ("level", *self.extra.fields):
            self.extra.go_to(place.field)
            return
        index = self.model.index_of(place.field or "total")
        self.view.setFocus()
        self.view.go(index)


def shown_level(tree: ScoreTree) -> str:
    """The level, or why there is none yet."""
    if tree.level:
        return tree.level
    return "–" if tree.total is None else "ต้องมี IIT EIT OIT"


def _provisional_text(framework: Framework) -> str:
    """That the year is not confirmed, and how much more the tip says."""
    first = framework.notes[0] if framework.notes else "กรอบการประเมินของปีนี้เป็นฉบับชั่วคราว"
    more = len(framework.notes) - 1
    return f"{first} (ชี้ที่ข้อความนี้เพื่ออ่านหมายเหตุอีก {more} ข้อ)" if more > 0 else first


def _people(text: str) -> int | None:
    plain = to_arabic(text)
    return int(plain) or None if plain else None


def read_block(block: str, codes: list[str], known: set[str]) -> dict[str, str]:
    """A pasted block as code -> text.

    Rows that begin with a code of the year go to that code, whatever their order. A single column
    fills ``codes`` from its top; a single row of many cells fills them from its left. Blank
    cells change nothing.
    """
    rows = [line.split("\t") for line in block.replace("\r\n", "\n").strip("\n").split("\n")]
    named = {
        found: cells[-1].strip()
        for cells in rows
        if len(cells) > 1 and (found := _code_in(cells[0], known)) and cells[-1].strip()
    }
    if named and len(named) == len(
        [cells for cells in rows if any(cell.strip() for cell in cells)]
    ):
        return named
    cells = rows[0] if len(rows) == 1 else [cells[-1] for cells in rows]
    pairs = zip(codes, (cell.strip() for cell in cells), strict=False)
    return {code: text for code, text in pairs if text}


def _values_in(block: str) -> int:
    """How many scores a pasted block holds: one a row, or all of a single row's cells."""
    rows = [line for line in block.splitlines() if line.strip()]
    return len(rows) if len(rows) != 1 else sum(1 for c in rows[0].split("\t") if c.strip())


def _clipboard() -> str:
    return QGuiApplication.clipboard().text()


def _is_block(text: str) -> bool:
    """Whether a text was copied from cells; Excel ends even a single one with a line end."""
    return "\t" in text or "\n" in text


def _code_in(cell: str, known: set[str]) -> str:
    """The code a cell begins with ("i๑ การปฏิบัติงาน…" gives i1), "" for none."""
    match = re.match(r"\s*([A-Za-z]*[0-9]+(?:\.[0-9]+)?|IIT|EIT|OIT)(?![0-9.])", to_arabic(cell))
    if not match:
        return ""
    word = match[1]
    return next((each for each in (word, word.lower(), word.upper()) if each in known), "")
