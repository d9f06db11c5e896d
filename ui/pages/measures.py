"""มาตรการ: measures and improvement guidelines of the measure year."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from db.store import Notice
from ita_desktop.domain.filters import MeasureFilter, latest_status
from ita_desktop.domain.fiscal import month_name
from ita_desktop.domain.measures import Measure, MeasureKind, counted
from ita_desktop.domain.ordering import dragged, stepped
from ita_desktop.domain.phrases import owner_phrases
from ita_desktop.domain.review import Place
from ui.session import Session
from ui.text import shown
from ui.widgets.checklist import CheckList
from ui.widgets.dates import DateField
from ui.widgets.earlier import EarlierTexts, LastField
from ui.widgets.filters import FilterBar
from ui.widgets.forms import Choice, FieldKind, FieldSpec, Form, Suggest
from ui.widgets.layouts import (
    beside,
    button,
    card,
    end,
    fill,
    label,
    one_tab_stop,
    row,
    scrolling,
    shortcut,
)
from ui.widgets.measure_groups import measure_groups
from ui.widgets.measure_list import MeasureList
from ui.widgets.phrases import offer_phrases

KIND_NAMES: dict[MeasureKind, str] = {
    MeasureKind.MEASURE: "มาตรการ",
    MeasureKind.GUIDELINE: "แนวทางยกระดับ",
}

MEASURE_FIELDS = (
    FieldSpec(
        "indicator",
        "ตัวชี้วัด",
        FieldKind.CHOICE,
        help="ตัวชี้วัดที่แนวทางนี้ยกระดับ คะแนนในรายงานมาจากหน้าคะแนนเสมอ",
        choices={},
    ),
    FieldSpec("title", "ชื่อมาตรการ", FieldKind.TEXT, help="ชื่อที่พิมพ์ในรายงาน", lines=2),
    FieldSpec(
        "steps",
        "วิธีดำเนินการ",
        FieldKind.TEXT,
        help="พิมพ์บรรทัดละหนึ่งข้อ โปรแกรมใส่เลขข้อให้เอง",
        example="บรรทัดละหนึ่งข้อ ไม่ต้องใส่เลขข้อ",
        lines=4,
    ),
    FieldSpec(
        "owners",
        "ผู้รับผิดชอบ",
        FieldKind.SUGGEST,
        help="หลายกองให้คั่นด้วยเครื่องหมาย , หรือ /",
    ),
)

MORE_FIELDS = (
    FieldSpec(
        "approach",
        "แนวทางปฏิบัติ",
        FieldKind.TEXT,
        help="ใช้ในรายงานรอบพร้อมปก พิมพ์บรรทัดละหนึ่งข้อ",
        lines=2,
    ),
    FieldSpec(
        "follow_up",
        "กำกับติดตาม",
        FieldKind.TEXT,
        help="เช่น รายงานผลรอบ 6 เดือน พิมพ์บรรทัดละหนึ่งข้อ",
        lines=2,
    ),
    FieldSpec(
        "day",
        "วันเดียว",
        FieldKind.DATE,
        help="ใช้แทนระยะเวลาเมื่อทำเสร็จในวันเดียว เว้นว่างถ้าใช้เดือนเริ่มและเดือนสิ้นสุด",
        example="เช่น 7 ม.ค. 2569",
    ),
    FieldSpec(
        "continued",
        "ชนิดข้อ",
        FieldKind.CHOICE,
        help="วิธีเพิ่มเติมพิมพ์อยู่ในช่องเดียวกับมาตรการข้างบน มีผู้รับผิดชอบและระยะเวลาของตนเอง",
        choices={"no": "มาตรการ", "yes": "วิธีเพิ่มเติม"},
    ),
)
"""What only some documents print, under the fields every measure needs."""


class MeasuresPage(QWidget):
    """The tab of measures: the list at the left, one measure's fields at the right."""

    said = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._kind = MeasureKind.MEASURE
        self._chosen: dict[MeasureKind, int | None] = dict.fromkeys(MeasureKind)
        self._shown_id: int | None = None
        self._hidden: frozenset[int] = frozenset()

    def build(self) -> Iterator[None]:
        """Build the page, piece by piece; it is whole at the end."""
        left = self._lay_out()
        yield
        self.list = MeasureList("รายการมาตรการ", dragged=True)
        self.filter = FilterBar("ลากเพื่อเรียงลำดับ หรือกด Alt+↑ Alt+↓")
        self.model = self.list.rows
        self.entrance: QWidget = self.list
        """Where the keyboard begins on this page."""
        self.kind_buttons = self._make_kind_buttons()
        self._fill_left(left)
        yield
        right = self._fill_stack()
        yield
        yield from self._build_editor(right)
        self._connect()
        yield
        self.refresh()

    def _build_editor(self, place: QFrame) -> Iterator[None]:
        self.heading = label("", "title")
        self.form = Form("measure", ())
        self._fields: dict[str, QWidget] = {}
        last = LastField(lambda: self._fields, self)
        self.earlier = EarlierTexts(self._session, last, self._answered)
        fill(place, row(self.heading, None, self.earlier), self.form)
        yield
        self.form.add(MEASURE_FIELDS)
        self._fields |= self.form.fields
        yield
        self._add_period()
        yield
        self._build_answers(place)
        yield
        self.extra = Form("measure_more", ())
        fill(place, self.extra)
        self.extra.add(MORE_FIELDS)
        self._fields |= self.extra.fields
        end(place)
        yield

    def _build_answers(self, place: QFrame) -> None:
        """What the measure answers: indicators, issues, items."""
        self.indicators = CheckList("ตัวชี้วัดที่มาตรการนี้ตอบ", rows=7)
        self.issues = CheckList("ประเด็นที่มาตรการนี้ตอบ", rows=7)
        self.items = CheckList("ข้อที่มาตรการนี้ตอบ", rows=5)
        answers = QHBoxLayout()
        fill(place, answers)
        self._answer_labels: list[QLabel] = []
        for title, boxes in (("ตอบตัวชี้วัด", self.indicators), ("ตอบประเด็น", self.issues)):
            column = QVBoxLayout()
            answers.addLayout(column, 1)
            caption = label(title)
            caption.setBuddy(boxes)
            column.addWidget(caption)
            column.addWidget(boxes)
            column.addStretch(1)
            self._answer_labels.append(caption)
        self._items_label = label("ตอบข้อ (พิมพ์ใต้ชื่อมาตรการในรายงานพร้อมภาพ)")
        self._items_label.setWordWrap(True)
        self._items_label.setBuddy(self.items)
        fill(place, self._items_label, self.items)

    def _add_period(self) -> None:
        self.first_month, self.last_month = Choice({}), Choice({})
        self.first_month.setAccessibleName("เดือนเริ่ม")
        self.first_month.setToolTip("เดือนที่เริ่มทำ เช่น ตุลาคม")
        self.last_month.setAccessibleName("เดือนสิ้นสุด")
        self.last_month.setToolTip("เดือนที่ทำเสร็จ เช่น กันยายน")
        period = QWidget()
        line = QHBoxLayout(period)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.first_month)
        line.addWidget(label("ถึง"))
        line.addWidget(self.last_month)
        line.addStretch(1)
        period.setFocusProxy(self.first_month)
        self.form.add_row("ระยะเวลา", period)

    # --- building ------------------------------------------------------------------------------

    def _make_kind_buttons(self) -> dict[MeasureKind, QPushButton]:
        group = QButtonGroup(self)
        made: dict[MeasureKind, QPushButton] = {}
        for kind, name in KIND_NAMES.items():
            each = button(name, lambda kind=kind: self.show_kind(kind))
            each.setCheckable(True)
            each.setAccessibleName(name)
            each.setToolTip(f"{name} (ลูกศรซ้ายขวาเพื่อสลับ)")
            group.addButton(each)
            made[kind] = each
        made[self._kind].setChecked(True)
        return made

    def _lay_out(self) -> QFrame:
        """The empty card for the list, and the place of the measure beside it."""
        left = card("")
        self.stack = QStackedWidget()
        beside(self, left, self.stack)
        return left

    def _fill_stack(self) -> QFrame:
        """What stands where no measure is chosen, and the empty card for one."""
        right = card("")
        self.empty = self._empty_page()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(scrolling(right))
        return right

    def _fill_left(self, left: QFrame) -> None:
        self.add_button = button("เพิ่ม", self.add, tip="เพิ่มรายการใหม่ (Ctrl+N)", primary=True)
        self.copy_button = button("ทำสำเนา", self.duplicate, tip="ทำสำเนารายการที่เลือก (Ctrl+D)")
        self.delete_button = button("ลบ", self.delete, tip="ลบรายการที่เลือก (Ctrl+Delete)")
        self.up_button = button("▲", lambda: self.move_by(-1), tip="เลื่อนขึ้น (Alt+Up)")
        self.down_button = button("▼", lambda: self.move_by(1), tip="เลื่อนลง (Alt+Down)")
        self.up_button.setAccessibleName("เลื่อนขึ้น")
        self.down_button.setAccessibleName("เลื่อนลง")
        self.fill_button = button(
            "เพิ่มให้ครบทุกตัวชี้วัด", self.add_missing, tip="เพิ่มแนวทางของตัวชี้วัดที่ยังไม่มี"
        )
        fill(
            left,
            row(*self.kind_buttons.values(), None),
            self.filter,
            self.list,
            row(
                self.add_button,
                self.copy_button,
                self.delete_button,
                self.up_button,
                self.down_button,
                None,
            ),
            self.fill_button,
        )
        end(left)

    def _empty_page(self) -> QWidget:
        self.empty_text = label("", "muted")
        self.empty_text.setWordWrap(True)
        self.empty_text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        begin = button("เพิ่มรายการแรก", self.add, primary=True)
        page = QWidget()
        column = QVBoxLayout(page)
        column.addStretch(1)
        column.addWidget(self.empty_text)
        column.addLayout(row(None, begin, None))
        column.addStretch(2)
        return page

    def _answered(self) -> tuple[str, ...]:
        return self.current.indicators if self.current else ()

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._on_chosen)
        self.list.dropped.connect(self.drop_before)
        self.filter.chosen.connect(self._on_filter)
        self.form.typed.connect(self._on_typed)
        owners = self.form.fields["owners"]
        assert isinstance(owners, Suggest)
        offer_phrases(owners, lambda: owner_phrases(self._session.dossier), parted=True)
        self.extra.typed.connect(self._on_typed)
        self.indicators.ticked.connect(self._on_indicators)
        self.items.ticked.connect(lambda values: self._set(items=tuple(values)))
        self.issues.ticked.connect(lambda values: self._set(issues=tuple(int(v) for v in values)))
        self.first_month.picked.connect(lambda _: self._on_period(self.first_month))
        self.last_month.picked.connect(lambda _: self._on_period(self.last_month))
        # Elsewhere Alt+Down opens a pick list and Ctrl+Delete deletes a word.
        keys: tuple[tuple[str, QWidget, Callable[[], object]], ...] = (
            ("Ctrl+N", self, self.add),
            ("Ctrl+D", self, self.duplicate),
            ("Ctrl+Shift+F", self, self.filter.open),
            ("Ctrl+Del", self.list, self.delete),
            ("Alt+Up", self.list, lambda: self.move_by(-1)),
            ("Alt+Down", self.list, lambda: self.move_by(1)),
        )
        for key, where, action in keys:
            shortcut(where, key, action)

    # --- what the user does --------------------------------------------------------------------

    @property
    def current(self) -> Measure | None:
        """The chosen measure."""
        return self.list.chosen

    def show_kind(self, kind: MeasureKind) -> None:
        """Show measures or guidelines."""
        self._session.saver.flush()
        if kind is not self._kind:
            self.filter.clear()
        self._kind = kind
        self.kind_buttons[kind].setChecked(True)
        self.refresh()

    def add(self) -> None:
        """Add an empty measure or guideline and go to its first field."""
        store, year = self._session.store, self._session.year
        new_id = self._session.do(lambda: store.add_measure(year, self._kind))
        if new_id is None:
            return
        self.list.choose(new_id)
        self.form.go_to("title" if self._kind is MeasureKind.MEASURE else "indicator")

    def add_missing(self) -> None:
        """Add a guideline for every indicator that has none, as one edit."""
        store, year = self._session.store, self._session.year
        framework = self._session.framework(year - 1)
        present = {code for m in self._all() for code in m.indicators}
        missing = [code for code in framework.indicators if code not in present]
        if not missing:
            self.said.emit("มีแนวทางครบทุกตัวชี้วัดแล้ว")
        elif self._session.done(lambda: store.add_guidelines(year, missing)):
            self.said.emit(shown(f"เพิ่มแนวทาง {len(missing)} ตัวชี้วัดแล้ว"))

    def duplicate(self) -> None:
        """Copy the chosen one right below itself."""
        measure, store = self.current, self._session.store
        if measure:
            copy = self._session.do(lambda: store.duplicate_measure(measure.id))
            if copy is not None:
                self.list.choose(copy)

    def delete(self) -> None:
        """Delete the chosen one; undo brings it back with its progress."""
        measure, at = self.current, self.list.currentIndex().row()
        store = self._session.store
        if measure and self._session.done(lambda: store.delete_measure(measure.id)):
            self.list.setCurrentIndex(self.model.index(min(at, self.model.rowCount() - 1)))
            self.said.emit("ลบแล้ว กด Ctrl+Z เพื่อนำกลับมา")

    def move_by(self, by: int) -> None:
        """Move the chosen one up or down, with its further ways, past the next that is shown."""
        if self.current:
            shown_now = [each for each in self._all() if each.id not in self._hidden]
            order = stepped(shown_now, self.current.id, by)
            here = order.index(self.current.id)
            follows = [each for each in order[here + 1 :] if each not in self._ways(self.current)]
            if order != tuple(each.id for each in shown_now):
                self.drop_before(self.current.id, follows[0] if follows else None)

    def drop_before(self, measure_id: int, before: int | None) -> None:
        """Put a measure before another one (None: at the end), with its further ways."""
        store, ids = self._session.store, dragged(self._all(), measure_id, before)
        if self._session.done(lambda: store.reorder("measure", measure_id, ids)):
            self.list.choose(measure_id)

    def _ways(self, measure: Measure) -> frozenset[int]:
        """The ids of a measure's further ways, which follow it."""
        found: list[int] = []
        measures = self._all()
        for each in measures[measures.index(measure) + 1 :]:
            if measure.continued or not each.continued:
                break
            found.append(each.id)
        return frozenset(found)

    def _all(self) -> tuple[Measure, ...]:
        """The whole list, whatever the filter hides."""
        return self._session.dossier.measures_of(self._session.year, self._kind)

    def _on_filter(self) -> None:
        """Hide what does not pass. What is shown stays, whatever is typed, until chosen anew."""
        self._session.saver.flush()
        wanted = MeasureFilter(**self.filter.values)
        self._hidden = frozenset(
            each.id for each in self._all() if not wanted.passes(each, latest_status(each))
        )
        self.refresh()
        if self.filter.active and not self.model.rowCount():
            self.said.emit("ไม่มีรายการที่ตรงกับที่เลือก กด “ล้าง” เพื่อแสดงทั้งหมด")

    def _on_chosen(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._session.saver.flush()
        self._chosen[self._kind] = self.list.chosen_id
        self._show_current()

    def _on_typed(self, key: str, value: Any) -> None:
        if key == "indicator":
            self._set(indicators=(value,) if value else ())
        elif key == "continued":
            self._set(continued=value == "yes")
            self.refresh()
        elif self.current:
            form = self.extra if key in self.extra.fields else self.form
            measure_id, visit = self.current.id, form.visit(key)
            self._session.saver.later(
                ("measure", measure_id, key),
                self._session.store.set_measure,
                measure_id,
                origin=self.form,
                merge=visit,
                **{key: value},
            )

    def _set(self, **values: object) -> None:
        measure = self.current
        if measure:
            store = self._session.store
            self._session.saver.now(store.set_measure, measure.id, origin=self.form, **values)

    def _on_indicators(self, values: list[str]) -> None:
        self._set(indicators=tuple(values))
        if self.current:
            self._show_items(self.current)

    def _on_period(self, picked: Choice) -> None:
        """Keep the months in order: the one just picked rules."""
        first, last = int(self.first_month.value()), int(self.last_month.value())
        if last < first:
            first = last = int(picked.value())
        self.first_month.show_value(str(first))
        self.last_month.show_value(str(last))
        self._set(first_month=first, last_month=last)

    # --- following the data --------------------------------------------------------------------

    def on_year_changed(self, _year: int) -> None:
        """Show the measures of another measure year."""
        self._chosen = dict.fromkeys(MeasureKind)
        self.filter.clear()
        self.refresh()

    def on_notice(self, notice: Notice) -> None:
        """Follow what changed in the file."""
        if notice.areas & {"measures", "people", "frameworks"}:
            self.refresh(notice.origin)

    def refresh(self, origin: object = None) -> None:
        """Show the data as it is; where the user is typing (``origin``) nothing is touched."""
        session = self._session
        framework = session.framework(session.year - 1)
        measures = self._all()
        seen = [each for each in measures if each.id not in self._hidden]
        self.list.fill(seen, framework, chosen=self._chosen[self._kind], among=measures)
        self.filter.setVisible(len(measures) > 1 or self.filter.active)
        self.filter.offer(measure_groups(session.dossier, measures, framework, "สถานะล่าสุด"))
        self.filter.tell(len(seen), len(measures))
        for kind, each in self.kind_buttons.items():
            count = counted(session.dossier.measures_of(session.year, kind))
            each.setText(shown(f"{KIND_NAMES[kind]} ({count})"))
        one_tab_stop(self.kind_buttons.values())
        if origin is not self.form:
            self._show_current()
        else:
            self._show_heading()

    def _show_current(self) -> None:
        measure = self.current
        some = measure is not None
        for each in (self.copy_button, self.delete_button, self.up_button, self.down_button):
            each.setEnabled(some)
        self.fill_button.setVisible(self._kind is MeasureKind.GUIDELINE)
        self.stack.setCurrentIndex(1 if some else 0)
        if measure is None:
            hidden = bool(self._all())
            words = _NOTHING_PASSES if hidden else _empty_text(self._kind, self._session.year)
            self.empty_text.setText(words)
        else:
            self._show_choices()
            self._show_measure(measure)

    def _show_choices(self) -> None:
        session = self._session
        framework = session.framework(session.year - 1)
        indicators = {c: f"{shown(c)}. {i.name}" for c, i in framework.indicators.items()}
        self.indicators.offer(indicators)
        self.issues.offer({str(i.no): f"{shown(i.no)}. {i.name}" for i in framework.issues})
        indicator = self.form.fields["indicator"]
        assert isinstance(indicator, Choice)
        indicator.offer({"": "– เลือกตัวชี้วัด –", **indicators})
        months = {str(m): shown(month_name(session.year, m)) for m in range(1, 13)}
        for choice in (self.first_month, self.last_month):
            choice.offer(months)
        owners = self.form.fields["owners"]
        assert isinstance(owners, Suggest)
        owners.offer({name: name for name in owner_phrases(session.dossier)})

    def _show_measure(self, measure: Measure) -> None:
        is_measure = measure.kind is MeasureKind.MEASURE
        first = self.list.currentIndex().row() == 0
        self._forget_drafts(measure)
        self.extra.setVisible(is_measure)
        self.extra.show_row("continued", is_measure and not (first and not measure.continued))
        self.form.show_row("title", is_measure and not measure.continued)
        self.form.show_row("indicator", not is_measure)
        self.form.rename("steps", "วิธีดำเนินการ" if is_measure else "แนวทางยกระดับ")
        has_issues = self.issues.count() > 0 or bool(measure.issues)
        for caption, boxes, on in zip(
            self._answer_labels, (self.indicators, self.issues), (True, has_issues), strict=True
        ):
            caption.setVisible(is_measure and on)
            boxes.setVisible(is_measure and on)
        self.form.show_values(
            {
                "indicator": measure.indicators[0] if measure.indicators else "",
                "title": measure.title,
                "steps": measure.steps,
                "owners": measure.owners,
            }
        )
        self.extra.show_values(
            {
                "approach": measure.approach,
                "follow_up": measure.follow_up,
                "day": measure.day,
                "continued": "yes" if measure.continued else "no",
            },
            but=next((f for f in self.extra.fields.values() if f.hasFocus()), None),
        )
        self.indicators.show_values(measure.indicators)
        self.issues.show_values(tuple(str(no) for no in measure.issues))
        self._show_items(measure)
        self.first_month.show_value(str(measure.first_month))
        self.last_month.show_value(str(measure.last_month))
        self._show_heading()

    def _show_items(self, measure: Measure) -> None:
        """Offer the items of the chosen indicators, and those chosen before: none is lost."""
        framework = self._session.framework(self._session.year - 1)
        codes = {code.partition(".")[0] for code in measure.indicators}
        offered = {
            item.code: f"{shown(item.code)} {shown(item.title)}"
            for indicator in framework.indicators.values()
            for item in indicator.items
            if indicator.code in codes or item.code in measure.items
        }
        self.items.offer(offered)
        self.items.show_values(measure.items)
        on = bool(offered) and measure.kind is MeasureKind.MEASURE
        self._items_label.setVisible(on)
        self.items.setVisible(on)

    def _forget_drafts(self, measure: Measure) -> None:
        """A text that is no date belongs to the measure it was typed for."""
        if measure.id != self._shown_id:
            self._shown_id = measure.id
            day = self.extra.fields["day"]
            assert isinstance(day, DateField)
            day.forget()

    def _show_heading(self) -> None:
        text = self.list.currentIndex().data() or ""
        self.heading.setText(text if len(text) < 90 else text[:88] + "…")
        self.heading.setWordWrap(True)

    def go_to(self, place: Place) -> None:
        """Put the cursor where a finding is."""
        wanted = next(
            (
                measure
                for measure in self._session.dossier.measures.get(self._session.year, ())
                if measure.id == place.record
            ),
            None,
        )
        if wanted is None:
            self.show_kind(MeasureKind.MEASURE)
            self.list.setFocus()
            return
        self.show_kind(wanted.kind)
        if wanted.id in self._hidden:
            self.filter.clear()
        self.list.choose(wanted.id)
        if place.field == "indicators":
            is_measure = wanted.kind is MeasureKind.MEASURE
            (self.indicators if is_measure else self.form.fields["indicator"]).setFocus()
        elif place.field in self.form.fields:
            self.form.go_to(place.field)
        elif place.field in self.extra.fields:
            self.extra.go_to(place.field)


_NOTHING_PASSES = "ไม่มีรายการที่ตรงกับตัวกรอง กด “ล้าง” เหนือรายการเพื่อแสดงทั้งหมด"


def _empty_text(kind: MeasureKind, year: int) -> str:
    if kind is MeasureKind.MEASURE:
        return shown(
            f"ยังไม่มีมาตรการของปีงบประมาณ {year}\n"
            "มาตรการแต่ละข้อมีวิธีดำเนินการ ระยะเวลา และผู้รับผิดชอบ แล้วจึงติดตามในหน้าความก้าวหน้า"
        )
    return shown(
        f"ยังไม่มีแนวทางยกระดับของปีงบประมาณ {year}\n"
        "แนวทางยกระดับเขียนแยกตามตัวชี้วัด กด “เพิ่มให้ครบทุกตัวชี้วัด” เพื่อเริ่มทั้งสิบตัวชี้วัดพร้อมกัน"
    )
