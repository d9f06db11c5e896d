"""วิเคราะห์: two years side by side, what is strong and weak, what a change would do, the holes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QTabWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from db.store import Notice
from ita_desktop.domain.analysis import Change, Direction, changes, issue_results, pulls_down
from ita_desktop.domain.bank import bank_of
from ita_desktop.domain.coverage import coverage
from ita_desktop.domain.drafts import Drafter, fill_figures, load_wording
from ita_desktop.domain.marks import LIMITS, Marks, mark_of
from ita_desktop.domain.measures import MeasureKind
from ita_desktop.domain.review import Place
from ita_desktop.domain.scores import TOTAL, NodeKind, ScoreTree, parse_score, score_tree
from ita_desktop.domain.selection import Scale, select
from ita_desktop.paths import data_file
from ita_desktop.thai.digits import to_arabic
from ui import theme
from ui.session import Session
from ui.text import change_text, score_text, shown
from ui.widgets.forms import Choice, FieldKind, FieldSpec, Form
from ui.widgets.hints import EmptyHint
from ui.widgets.layouts import button, label, row, scrolling
from ui.widgets.texts import LineField

_DEPTHS = {"indicators": "รายตัวชี้วัด", "items": "รายข้อ", "all": "ทุกระดับ"}
_LISTS = ("full", "risen_high", "strength", "fell", "below_pass", "gains", "losses", "lowest")
_MARK_LABELS = {
    "threshold": ("ต่างไม่เกินกี่คะแนน ถือว่าเท่าเดิม", "คะแนนที่ต่างกันไม่เกินนี้ถือว่าเท่าเดิม"),
    "strength": ("จุดแข็งเริ่มที่", "คะแนนตั้งแต่นี้ขึ้นไปถือเป็นจุดแข็ง"),
    "high": ("เพิ่มขึ้นและสูงกว่า", "คะแนนที่เพิ่มขึ้นและมากกว่านี้ จะอยู่ในรายการจุดแข็ง"),
    "count": ("จำนวนในรายการสูงสุดและต่ำสุด", "รายการเพิ่มขึ้น ลดลง และต่ำสุด มีกี่ลำดับ"),
}
_BOX_HEIGHT = 34
_TARGETS = (85, 95, 100)
_NO_COUNTERPART = "ไม่มีข้อคู่เทียบในปีก่อน"


def table(name: str, *headings: str, widths: Sequence[int] = ()) -> QTreeWidget:
    """A list of rows to read; the keyboard moves in it."""
    made = QTreeWidget()
    made.setAccessibleName(name)
    made.setHeaderLabels([*headings])
    made.setRootIsDecorated(False)
    made.setAlternatingRowColors(True)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    for at, width in enumerate(widths):
        made.setColumnWidth(at, theme.scaled(width))
    made.setMinimumHeight(150)
    return made


def fill(into: QTreeWidget, rows: Iterable[Sequence[str]], data: Sequence[Any] = ()) -> None:
    """Show rows anew, keeping the chosen one where there still is one."""
    chosen = into.currentItem()
    at = into.indexOfTopLevelItem(chosen) if chosen is not None else 0
    into.clear()
    for number, texts in enumerate(rows):
        item = QTreeWidgetItem([shown(text) for text in texts])
        for column, text in enumerate(texts):
            item.setToolTip(column, shown(text))
        if number < len(data):
            item.setData(0, Qt.ItemDataRole.UserRole, data[number])
        into.addTopLevelItem(item)
    again = into.topLevelItem(max(0, min(at, into.topLevelItemCount() - 1)))
    if again is not None:
        into.setCurrentItem(again)


class AnalysisPage(QWidget):
    """The tab of analysis. Everything is derived; only the marks are kept."""

    said = Signal(str)
    place_asked = Signal(object)
    """Go to the place of a weak point or of a measure."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._tried: dict[str, Decimal] = {}

    def build(self) -> Iterator[None]:
        """Build the page, piece by piece; it is whole at the end."""
        self._make_choices()
        self._lay_out()
        yield
        for name, parts in (
            ("เปรียบเทียบ", self._compared_parts),
            ("จุดแข็ง จุดอ่อน", self._lists_parts),
            ("ลองเปลี่ยนคะแนน", self._trial_parts),
            ("จุดอ่อนกับมาตรการ", self._grid_parts),
            ("ร่างและคลังข้อความ", self._drafts_parts),
            ("เกณฑ์", self._marks_parts),
        ):
            inner = QWidget()
            self.tabs.addTab(scrolling(inner), name)
            _fill_column(inner, parts())
            yield
        self._connect()

    # --- building ------------------------------------------------------------------------------

    def _make_choices(self) -> None:
        self.year, self.other = Choice({}), Choice({})
        self.detail = Choice(_DEPTHS)
        self.detail.setCurrentIndex(0)
        for box, name, tip in (
            (self.year, "ปีที่วิเคราะห์", "ปีของผลการประเมินที่จะดู"),
            (self.other, "เทียบกับปี", "ปีที่นำมาเปรียบเทียบ ปกติคือปีก่อน"),
            (self.detail, "แสดง", "ดูเฉพาะตัวชี้วัด หรือลงไปถึงรายข้อ"),
        ):
            box.setAccessibleName(name)
            box.setToolTip(tip)
            box.setMinimumWidth(124)
            # A focused box wants two pixels more; nobody lays it out anew for that.
            box.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)
            box.setMaximumHeight(theme.scaled(_BOX_HEIGHT))
        self.entrance: QWidget = self.year
        """Where the keyboard begins on this page."""

    def _lay_out(self) -> None:
        captions = (label("ผลของปี"), label("เทียบกับปี"))
        captions[0].setFixedHeight(theme.scaled(_BOX_HEIGHT))
        choose = row(captions[0], self.year, captions[1], self.other, self.detail, None)
        self.summary = label("", "figure")
        self.summary.setWordWrap(True)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("ส่วนของการวิเคราะห์")
        self.tabs.tabBar().setAccessibleName("ส่วนของการวิเคราะห์")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.addLayout(choose)
        self.begin_button = button("กรอกคะแนน", self._begin, tip="เปิดหน้าคะแนนของปีนี้", primary=True)
        column.addLayout(row(self.summary, self.begin_button))
        column.addWidget(self.tabs, 1)

    def _compared_parts(self) -> tuple[QWidget, ...]:
        self.compared = table(
            *("ตารางเปรียบเทียบ", "ข้อ", "ปีก่อน", "ปีนี้", "ต่าง (คะแนน)", "ต่าง (ร้อยละ)", "ทิศทาง"),
            widths=(430, 90, 90, 110, 110),
        )
        return (self.compared,)

    def _lists_parts(self) -> tuple[QWidget, ...]:
        self.lists = table("รายการตามเงื่อนไข", "ตัวชี้วัด", "คะแนน", "เปลี่ยนแปลง", widths=(560, 100))
        self.pulls = table(
            *("ตัวชี้วัดที่ฉุดคะแนนรวม", "ตัวชี้วัด", "คะแนน", "", "", ""),
            widths=(430, 90, 110, 110),
        )
        return (self.lists, label("คะแนนรวมจะเพิ่มขึ้นเท่าใด ถ้าตัวชี้วัดได้ถึง", "title"), self.pulls)

    def _trial_parts(self) -> tuple[QWidget, ...]:
        self.trial_field = LineField()
        self.trial_total = label("", "figure")
        self.trial = table(
            *("ลองเปลี่ยนคะแนน", "ตัวชี้วัด", "คะแนนจริง", "ลองเป็น", "คะแนนรวมเปลี่ยน"),
            widths=(430, 110, 110),
        )
        return (self._trial_line(), self.trial_total, self.trial)

    def _grid_parts(self) -> tuple[QWidget, ...]:
        self.grid = table("จุดอ่อนกับมาตรการ", "จุดที่ต้องพัฒนา", "คะแนน", "มาตรการที่ตอบ", widths=(430, 90))
        EmptyHint(self.grid, "ยังไม่มีจุดที่ต้องพัฒนา\nเมื่อกรอกคะแนนแล้ว จุดที่ต่ำหรือลดลงจะอยู่ที่นี่พร้อมมาตรการที่ตอบ")
        return (self.grid, self._grid_line())

    def _drafts_parts(self) -> tuple[QWidget, ...]:
        self.drafts = table("ร่างข้อความ", "เรื่อง", "ร่าง", widths=(300,))
        self.bank = table("คลังข้อความ", "จาก", "ข้อความ", widths=(300,))
        self.search = LineField()
        EmptyHint(self.bank, "ยังไม่มีข้อความของปีก่อนๆ\nเมื่อมีมาตรการหรือข้อความของปีก่อน จะค้นและนำมาใช้ได้ที่นี่")
        return (self.drafts, self._bank_line(), self.bank, self._copy_line())

    def _marks_parts(self) -> tuple[QWidget, ...]:
        self.marks = Form("marks", _mark_specs())
        self.problem = label("", "wrong")
        self.problem.setWordWrap(True)
        return (self.marks, self.problem)

    def _trial_line(self) -> QWidget:
        self.trial_field.setAccessibleName("คะแนนที่ลอง")
        self.trial_field.setToolTip("คะแนน ๐ ถึง ๑๐๐ เช่น ๘๕.๕๐ ใช้ลองดูเท่านั้น ไม่ถูกบันทึก")
        self.trial_field.setPlaceholderText("เช่น 95.00")
        self.trial_field.setMaximumWidth(140)
        caption = label("คะแนนที่ลองของข้อที่เลือก")
        caption.setBuddy(self.trial_field)
        self.reset_button = button("ล้างที่ลอง", self._forget_trial, tip="กลับไปเป็นคะแนนจริงทั้งหมด")
        hint = label("ไม่มีผลต่อคะแนนที่บันทึกไว้", "muted")
        return _line(caption, self.trial_field, self.reset_button, hint)

    def _grid_line(self) -> QWidget:
        self.go_button = button("ไปที่มาตรการ", self._go, tip="เปิดหน้ามาตรการ")
        self.add_button = button("เพิ่มมาตรการตอบข้อนี้", self._add, tip="เพิ่มมาตรการที่ตอบตัวชี้วัดนี้")
        return _line(self.add_button, self.go_button)

    def _bank_line(self) -> QWidget:
        self.search.setAccessibleName("ค้นในคลังข้อความ")
        self.search.setToolTip("พิมพ์คำที่จำได้ เช่น จุดอ่อน เพื่อหาข้อความของปีก่อน")
        self.search.setPlaceholderText("พิมพ์คำที่ต้องการค้น")
        caption = label("ข้อความและมาตรการของปีก่อนๆ")
        caption.setBuddy(self.search)
        return _line(caption, self.search)

    def _copy_line(self) -> QWidget:
        copy_draft = button("คัดลอกร่าง", lambda: self._copy(self.drafts), tip="คัดลอกร่างที่เลือก")
        copy_bank = button("คัดลอกจากคลัง", lambda: self._copy(self.bank), tip="คัดลอกข้อความที่เลือก")
        return _line(copy_draft, copy_bank)

    def _connect(self) -> None:
        for box in (self.year, self.other, self.detail):
            box.picked.connect(lambda _: self.refresh())
        self.marks.typed.connect(self._on_mark)
        self.trial.currentItemChanged.connect(lambda *_: self._show_trial_field())
        self.trial_field.typed.connect(self._on_trial)
        self.search.typed.connect(lambda _: self._show_bank())
        self.tabs.currentChanged.connect(lambda _: self.refresh())
        self.grid.itemActivated.connect(lambda *_: self._go())
        self.compared.itemActivated.connect(lambda item, _: self._go_to_score(item))

    def _begin(self) -> None:
        """Go where the scores that are missing here are entered."""
        self.place_asked.emit(Place("scores", self._years()[0], TOTAL))

    # --- the data ------------------------------------------------------------------------------

    def _tree(self, year: int) -> ScoreTree:
        return score_tree(self._session.framework(year), self._session.dossier.sheet(year))

    def _years(self) -> tuple[int, int]:
        analysed = self._session.year - 1
        return int(self.year.value() or analysed), int(self.other.value() or analysed - 1)

    def _offer_years(self) -> None:
        analysed = self._session.year - 1
        known = set(self._session.dossier.sheets) | {analysed, analysed - 1}
        choices = {str(year): shown(year) for year in sorted(known, reverse=True)}
        for box, usual in ((self.year, analysed), (self.other, analysed - 1)):
            chosen = box.value()
            box.offer(choices)
            box.show_value(chosen if chosen in choices else str(usual))

    @property
    def _marks(self) -> Marks:
        return self._session.dossier.marks

    def _changes(self, tree: ScoreTree, other: ScoreTree, codes: Any = None) -> tuple[Change, ...]:
        return changes(tree, other, codes, threshold=self._marks.threshold)

    # --- showing -------------------------------------------------------------------------------

    def on_notice(self, _notice: Notice) -> None:
        """Look again; a page that is not seen looks when it is shown."""
        if self.isVisible():
            self.refresh()

    def on_year_changed(self, _year: int) -> None:
        """Another measure year: another year is analysed."""
        for box in (self.year, self.other):
            with QSignalBlocker(box):
                box.clear()
        self._tried.clear()
        if self.isVisible():
            self.refresh()

    def on_shown(self) -> None:
        """The tab was opened."""
        self.refresh()

    def go_to(self, _place: Place) -> None:
        """Put the keyboard on the page."""
        self.year.setFocus()

    def refresh(self) -> None:
        """Show the part in view as the data are now."""
        self._offer_years()
        year, other = self._years()
        tree, earlier = self._tree(year), self._tree(other)
        self.summary.setText(shown(_summary(tree, earlier, year, other)))
        self.begin_button.setVisible(tree.total is None)
        parts: tuple[Callable[[], None], ...] = (
            lambda: self._show_compared(tree, earlier),
            lambda: self._show_lists(tree, earlier),
            lambda: self._show_trial(tree),
            lambda: self._show_grid(tree, earlier),
            lambda: self._show_drafts(tree, earlier),
            self._show_marks,
        )
        parts[max(0, self.tabs.currentIndex())]()

    def _show_compared(self, tree: ScoreTree, earlier: ScoreTree) -> None:
        depth = self.detail.value()
        items, indicators = [*tree.framework.items], [*tree.framework.indicators]
        codes = {"items": items, "indicators": indicators}.get(depth, [*tree.nodes])
        if depth != "items":
            codes = list(dict.fromkeys([TOTAL, *_instruments(tree), *codes]))
        found = self._changes(tree, earlier, codes)
        self.compared.setHeaderLabels(
            [
                "ข้อ",
                *(shown(f"ปี {y}") for y in self._years()[::-1]),
                "ต่าง (คะแนน)",
                "ต่าง (ร้อยละ)",
                "ทิศทาง",
            ]
        )
        fill(self.compared, map(_compared_row, found), [each.code for each in found])

    def _show_lists(self, tree: ScoreTree, earlier: ScoreTree) -> None:
        found, mark, rules = (
            self._changes(tree, earlier),
            tree.framework.pass_mark,
            self._marks.rules(),
        )
        rows: list[tuple[str, ...]] = []
        for key in _LISTS:
            picked = select(rules[key], found, mark)
            condition = rules[key].condition_text(mark)
            rows.append((f"■ {rules[key].text} ({condition}) จำนวน {len(picked)} ตัวชี้วัด", "", ""))
            rows += [
                (f"      {_named(each)}", _score(each.score), change_text(each.points))
                for each in picked
            ]
        for result in issue_results(tree):
            mean = "ยังไม่ครบ" if result.mean is None else _score(result.mean)
            word = "" if result.mean is None else self._marks.scale.word(result.mean)
            rows.append((f"□ ประเด็นที่ {result.no} {result.name}", mean, word))
        fill(self.lists, rows)
        targets = (shown(f"ถ้าได้ {target}") for target in _TARGETS)
        self.pulls.setHeaderLabels(["ตัวชี้วัด", "คะแนน", *targets])
        fill(self.pulls, _pull_rows(tree))

    def _show_trial(self, tree: ScoreTree) -> None:
        now = self._trial_tree(tree)
        rows, codes = [], list(tree.framework.indicators)
        for code in codes:
            node, tried = tree.nodes[code], self._tried.get(code)
            alone = _with(tree, {code: tried}) if tried is not None else None
            moved = alone.total - tree.total if alone and alone.total and tree.total else None
            rows.append(
                (f"{code}. {node.name}", _score(node.score), _score(tried), change_text(moved))
            )
        with QSignalBlocker(self.trial):
            fill(self.trial, rows, codes)
        self._show_trial_field()
        self.trial_total.setText(shown(_trial_text(tree, now)))

    def _trial_tree(self, tree: ScoreTree) -> ScoreTree:
        return _with(tree, self._tried)

    def _show_trial_field(self) -> None:
        code = _chosen(self.trial)
        self.trial_field.setEnabled(code is not None)
        if not self.trial_field.hasFocus():
            tried = self._tried.get(code or "")
            self.trial_field.show_value("" if tried is None else f"{tried:.2f}")

    def _show_grid(self, tree: ScoreTree, earlier: ScoreTree) -> None:
        rows = coverage(
            self._changes(tree, earlier),
            tree,
            self._session.dossier.measures_of(self._session.year, MeasureKind.MEASURE),
            self._marks,
        )
        texts = [
            (
                f"{each.code}. {each.name}",
                _score(each.score),
                "\n".join(f"✓ {number}. {title}" for number, title in each.measures)
                or "✗ ยังไม่มีมาตรการ",
            )
            for each in rows
        ]
        fill(self.grid, texts or [("ไม่มีจุดที่ต้องพัฒนา", "", "")], [each.code for each in rows])
        for part in (self.add_button, self.go_button):
            part.setEnabled(bool(rows))

    def _show_drafts(self, tree: ScoreTree, earlier: ScoreTree) -> None:
        office = self._session.dossier.office.full_name or "หน่วยงาน"
        wording = load_wording(data_file("wording/analysis.json"))
        scale = self._marks.scale
        drafter = Drafter(
            tree,
            wording,
            earlier=earlier,
            scale=scale,
            strength=self._marks.strength,
            agency=office,
        )
        rows: list[tuple[str, str]] = []
        for name, said in _drafted(drafter, tree):
            if said:
                text = " ".join(fill_figures(each, tree, earlier, scale) for each in said)
                rows.append((name, text))
        fill(self.drafts, rows)
        self._show_bank()

    def _show_bank(self) -> None:
        found = bank_of(self._session.dossier, self._session.year, self.search.value())
        fill(self.bank, [(each.source, each.text) for each in found])

    def _show_marks(self) -> None:
        for key, field in self.marks.fields.items():
            if not field.hasFocus() and field.property("state") != "wrong":
                field.show_value(_mark_text(self._marks, key))

    # --- what the user does --------------------------------------------------------------------

    def _on_mark(self, key: str, text: str) -> None:
        field = self.marks.fields[key]
        try:
            value = _mark_value(key, to_arabic(text))
        except ValueError as error:
            field.setProperty("state", "wrong")
            self.problem.setText(shown(f"{self.marks.labels[key].text()}: {error}"))
        else:
            field.setProperty("state", "")
            self.problem.setText("")
            self._keep_mark(key, value)
        field.style().polish(field)

    def _keep_mark(self, key: str, value: Any) -> None:
        store, merge = self._session.store, (self.marks.visit(key), key)
        self._session.saver.later(
            ("marks", key),
            store.set_mark,
            key,
            value,
            origin=self,
            merge=merge,
        )

    def _on_trial(self, text: str) -> None:
        code = _chosen(self.trial)
        if code is None:
            return
        self._tried.pop(code, None)
        try:
            tried = parse_score(text)
        except ValueError as error:
            self.trial_field.setProperty("state", "wrong")
            self.said.emit(shown(str(error)))
        else:
            self.trial_field.setProperty("state", "")
            if tried is not None:
                self._tried[code] = tried
        self._show_trial(self._tree(self._years()[0]))
        self.trial_field.style().polish(self.trial_field)

    def _forget_trial(self) -> None:
        self._tried.clear()
        self.refresh()

    def _go(self) -> None:
        code = _chosen(self.grid)
        if code is None:
            return
        year = self._session.year
        measures = self._session.dossier.measures_of(year, MeasureKind.MEASURE)
        found = next((each.id for each in measures if code in each.indicators), None)
        self.place_asked.emit(Place("measures", found if found is not None else year, "title"))

    def _add(self) -> None:
        code, year = _chosen(self.grid), self._session.year
        if code is None:
            return
        store = self._session.store
        made = self._session.do(
            lambda: store.add_measure(year, MeasureKind.MEASURE, indicators=(code,))
        )
        if made is not None:
            self.place_asked.emit(Place("measures", made, "title"))

    def _go_to_score(self, item: QTreeWidgetItem) -> None:
        code = item.data(0, Qt.ItemDataRole.UserRole)
        self.place_asked.emit(Place("scores", self._years()[0], code))

    def _copy(self, source: QTreeWidget) -> None:
        item = source.currentItem()
        if item is not None:
            QGuiApplication.clipboard().setText(item.text(1))
            self.said.emit("คัดลอกแล้ว นำไปวางในช่องที่ต้องการด้วย Ctrl+V")


# --- small things ---------------------------------------------------------------------------------


def _fill_column(inner: QWidget, parts: Sequence[QWidget]) -> None:
    """Put the parts of a tab one below the other, into what stands in its place already."""
    column = QVBoxLayout(inner)
    for part in parts:
        column.addWidget(part, 1 if isinstance(part, QTreeWidget) else 0)
    if not any(isinstance(part, QTreeWidget) for part in parts):
        column.addStretch(1)


def _line(*parts: QWidget) -> QWidget:
    holder = QWidget()
    line = row(*parts, None)
    line.setContentsMargins(0, 0, 0, 0)
    holder.setLayout(line)
    return holder


def _mark_specs() -> tuple[FieldSpec, ...]:
    made: list[FieldSpec] = []
    for key, (name, help_text) in _MARK_LABELS.items():
        low, high = LIMITS[key]
        made.append(FieldSpec(key, name, help=shown(f"{help_text} ({low} ถึง {high})")))
    help_text = "บรรทัดละหนึ่งระดับ คะแนนเริ่มต้นแล้วเว้นวรรคตามด้วยชื่อระดับ จากสูงไปต่ำ"
    scale = FieldSpec("scale", "ระดับของข้อและประเด็น", FieldKind.TEXT, help=help_text, lines=6)
    return (*made, scale)


def _mark_text(marks: Marks, key: str) -> str:
    if key == "scale":
        return "\n".join(" ".join(step) for step in marks.scale.to_data())
    return f"{Decimal(getattr(marks, key)).normalize():f}"


def _mark_value(key: str, text: str) -> Any:
    """What was typed for a mark. Raises ValueError with a Thai sentence."""
    if key == "scale":
        steps = [line.split(maxsplit=1) for line in text.split("\n") if line.strip()]
        return Scale.parse(steps)
    value = mark_of(key, text)
    return int(value) if key == "count" else value


def _chosen(source: QTreeWidget) -> str | None:
    item = source.currentItem()
    return item.data(0, Qt.ItemDataRole.UserRole) if item is not None else None


def _score(score: Decimal | None) -> str:
    return score_text(score)


def _named(change: Change) -> str:
    above = change.kind in (NodeKind.TOTAL, NodeKind.INSTRUMENT)
    return change.name if above else f"{change.code} {change.name}"


def _instruments(tree: ScoreTree) -> list[str]:
    return [instrument.code for instrument in tree.framework.instruments]


def _compared_row(change: Change) -> tuple[str, ...]:
    percent = "" if change.percent is None else f"{change.percent:+.2f}"
    word = change.direction.word
    if change.direction is Direction.UNKNOWN and change.earlier_code is None:
        word = _NO_COUNTERPART
    figures = (_score(change.earlier), _score(change.score), change_text(change.points))
    return (_named(change), *figures, percent, word)


def _pull_rows(tree: ScoreTree) -> list[tuple[str, ...]]:
    """Each indicator that holds the total down, the heaviest first, with what each target wins."""
    won: dict[str, dict[int, Decimal]] = {}
    for pull in pulls_down(tree):
        won.setdefault(pull.code, {})[int(pull.target)] = pull.points
    heaviest = sorted(won, key=lambda code: -won[code].get(100, Decimal(0)))
    return [
        (
            f"{code}. {tree.nodes[code].name}",
            _score(tree.score(code)),
            *(f"+{won[code][t]:.2f}" if t in won[code] else "ถึงแล้ว" for t in _TARGETS),
        )
        for code in heaviest
    ]


def _with(tree: ScoreTree, tried: dict[str, Decimal]) -> ScoreTree:
    """The tree with other scores of indicators; announced totals give way to computed ones."""
    above = {TOTAL, *_instruments(tree)}
    entered = {code: score for code, score in tree.sheet.entered.items() if code not in above}
    if not tried:
        return tree
    return score_tree(
        tree.framework, replace(tree.sheet, entered={**entered, **tried}, official_level="")
    )


def _summary(tree: ScoreTree, earlier: ScoreTree, year: int, other: int) -> str:
    if tree.total is None:
        return f"คะแนนปี {year} ยังไม่ครบ จึงยังไม่มีคะแนนรวม กรอกคะแนนในหน้าคะแนน"
    text = f"ปี {year} ได้ {tree.total:.2f} คะแนน ระดับ {tree.level or '–'}"
    if earlier.total is None:
        return f"{text} (ปี {other} ยังไม่มีคะแนนรวม)"
    (change,) = changes(tree, earlier, [TOTAL])
    moved, percent = change.points or Decimal(0), change.percent or Decimal(0)
    if change.direction is Direction.SAME:
        return f"{text} เท่าเดิมจากปี {other}"
    way = change.direction.word
    return f"{text} {way}จากปี {other} {abs(moved):.2f} คะแนน คิดเป็นร้อยละ {abs(percent):.2f}"


def _trial_text(tree: ScoreTree, now: ScoreTree) -> str:
    if tree.total is None or now.total is None:
        return "ต้องมีคะแนนครบก่อน จึงจะลองเปลี่ยนได้"
    if now is tree:
        return f"คะแนนรวมจริง {tree.total:.2f} ระดับ {tree.level or '–'}"
    moved = now.total - tree.total
    return (
        f"คะแนนรวมจริง {tree.total:.2f} ระดับ {tree.level or '–'}  →  "
        f"ถ้าลองตามนี้ {now.total:.2f} ระดับ {now.level or '–'} ({moved:+.2f})"
    )


def _drafted(drafter: Drafter, tree: ScoreTree) -> Iterable[tuple[str, tuple[str, ...]]]:
    yield "ภาพรวม", drafter.total()
    for code, indicator in tree.framework.indicators.items():
        yield f"ตัวชี้วัดที่ {code} {indicator.name}", drafter.indicator(code)
        yield f"ข้อเสนอแนะ {code}", drafter.actions(code)
    for code in tree.framework.items:
        if tree.score(code) is not None:
            yield f"{code} {tree.nodes[code].name}", drafter.item(code)
    for result in issue_results(tree):
        yield f"ประเด็นที่ {result.no} {result.name}", drafter.issue_overview(result)
