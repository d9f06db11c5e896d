"""ความก้าวหน้า: how far each measure is in a round."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from db.store import Notice
from ita_desktop.domain.filters import MeasureFilter
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.measures import Measure, MeasureKind, Status, owner_names
from ita_desktop.domain.points import labelled, main_points, points
from ita_desktop.domain.review import Place
from ui.models.measure_model import MARKS, measure_name
from ui.session import Session
from ui.text import shown
from ui.widgets.earlier import EarlierTexts, LastField
from ui.widgets.filters import FilterBar
from ui.widgets.forms import FieldKind, FieldSpec, Form
from ui.widgets.layouts import (
    Turning,
    WipedLabel,
    WrappedLabel,
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
from ui.widgets.photos import Photos

PROGRESS_FIELDS = (
    FieldSpec(
        "result",
        "ผลการดำเนินการ",
        FieldKind.TEXT,
        help="สิ่งที่ได้ทำแล้ว บรรทัดละหนึ่งข้อ ตรงกับวิธีดำเนินการแต่ละข้อ",
        example="บรรทัดละหนึ่งข้อ ไม่ต้องใส่เลขข้อ",
        lines=4,
    ),
    FieldSpec("output", "ผลผลิต", FieldKind.TEXT, help="สิ่งที่ได้ นับได้ เช่น คู่มือ 1 ฉบับ", lines=2),
    FieldSpec("outcome", "ผลลัพธ์", FieldKind.TEXT, help="สิ่งที่เปลี่ยนไปเพราะมาตรการนี้", lines=2),
    FieldSpec("note", "หมายเหตุ", FieldKind.TEXT, help="คำอธิบาย เช่น เหตุที่ยังไม่แล้วเสร็จ", lines=1),
)


_EMPTY = "ยังไม่มีมาตรการของปีนี้\nเมื่อมีมาตรการแล้ว บันทึกสถานะ ผล และภาพถ่ายของแต่ละรอบที่นี่"
_NOTHING_PASSES = "ไม่มีรายการที่ตรงกับตัวกรอง กด “ล้าง” เหนือรายการเพื่อแสดงทั้งหมด"


class SeveralPage(QWidget):
    """What can be done with several measures at once: give them all the same status."""

    status_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.heading = label("", "title")
        self.heading.setWordWrap(True)
        self.names = WrappedLabel("", "muted")
        words = WrappedLabel("เปลี่ยนสถานะของทุกรายการที่เลือกพร้อมกันเป็น")
        self.buttons = [
            button(
                f"{MARKS[status]}  {status.label}",
                lambda status=status: self.status_asked.emit(status),
                tip=f"เปลี่ยนทุกรายการที่เลือก (Alt+{number})",
            )
            for number, status in enumerate(Status, start=1)
        ]
        for each in self.buttons:
            each.setAccessibleName(each.text()[3:])
        hint = WrappedLabel(
            "เลือกเพิ่มด้วย Ctrl+คลิก หรือ Shift+ลูกศร  •  กด Ctrl+Z เพื่อเลิกทำทั้งหมด", "muted"
        )
        parts = [row(each, None) for each in self.buttons]
        inside = card("", self.heading, words, *parts, hint, self.names)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(inside)

    def show_names(self, names: list[str], which: Round) -> None:
        """Say which measures are selected, for which round."""
        self.heading.setText(shown(f"เลือกไว้ {len(names)} รายการ {which.label}"))
        self.names.setText("\n".join(names))


class ProgressPage(QWidget):
    """The tab of progress: measures with their status at the left, one record at the right."""

    said = Signal(str)
    page_asked = Signal(str)
    """Go to another page, by its name."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.round = Round.SIX
        self._chosen: int | None = None
        self._hidden: frozenset[int] = frozenset()

    def build(self) -> Iterator[None]:
        """Build the page, piece by piece; it is whole at the end."""
        left = self._lay_out()
        yield
        self.list = MeasureList("รายการมาตรการและสถานะ", several=True)
        self.filter = FilterBar("เลือกหลายรายการได้ด้วย Shift หรือ Ctrl")
        self.model = self.list.rows
        self.entrance: QWidget = self.list
        """Where the keyboard begins on this page."""
        self.round_buttons = self._make_round_buttons()
        self._fill_left(left)
        yield
        right = self._fill_stack()
        self._build_statuses(right)
        yield
        self.form = Form("progress", ())
        fill(right, self.form)
        self.form.add(PROGRESS_FIELDS)
        yield
        self.photos = Photos(self._session)
        fill(right, self.photos, self._steps())
        end(right)
        yield
        self.several = SeveralPage()
        self.stack.addWidget(scrolling(self.several))
        yield
        self._connect()
        yield
        self.refresh()

    # --- building ------------------------------------------------------------------------------

    def _make_round_buttons(self) -> dict[Round, QPushButton]:
        group = QButtonGroup(self)
        made: dict[Round, QPushButton] = {}
        for which in (Round.SIX, Round.TWELVE):
            each = button(shown(which.label), lambda which=which: self.show_round(which))
            each.setCheckable(True)
            group.addButton(each)
            made[which] = each
        made[self.round].setChecked(True)
        return made

    def _make_status_buttons(self) -> dict[Status, QRadioButton]:
        self._status_group = QButtonGroup(self)
        made: dict[Status, QRadioButton] = {}
        for number, status in enumerate(Status, start=1):
            each = QRadioButton(status.label)
            each.setToolTip(f"Alt+{number}")
            each.clicked.connect(lambda _=False, status=status: self.set_status(status))
            self._status_group.addButton(each)
            made[status] = each
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
        self.stack.addWidget(self._empty_page())
        self.stack.addWidget(scrolling(right))
        return right

    def _fill_left(self, left: QFrame) -> None:
        self.counts = label("", "muted")
        self.counts.setWordWrap(True)
        fill(left, row(*self.round_buttons.values(), None), self.filter, self.list, self.counts)
        end(left)

    def _empty_page(self) -> QWidget:
        """What belongs here, and the button that begins it."""
        self.empty_text = label(_EMPTY, "muted")
        self.empty_text.setWordWrap(True)
        self.empty_text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        begin = button("ไปเพิ่มมาตรการ", lambda: self.page_asked.emit("measures"), primary=True)
        self.begin_button = begin
        page = QWidget()
        column = QVBoxLayout(page)
        column.addStretch(1)
        column.addWidget(self.empty_text)
        column.addLayout(row(None, begin, None))
        column.addStretch(2)
        return page

    def _build_statuses(self, place: QFrame) -> None:
        self.status_buttons = self._make_status_buttons()
        self.heading = label("", "title")
        self.heading.setWordWrap(True)
        self.plan = WipedLabel()
        self.plan.setTextFormat(Qt.TextFormat.PlainText)
        self.plan.setWordWrap(True)
        self.plan.setProperty("role", "muted")
        caption = label("สถานะ")
        caption.setBuddy(self.status_buttons[Status.DONE])
        self.status_hint = label("", "wrong")
        radios = [(each, 0) for each in self.status_buttons.values()]
        statuses = Turning(680, (row(caption, self.status_hint), 0), *radios, (QWidget(), 1))
        statuses.layout().setSpacing(4)  # type: ignore[union-attr]
        fill(place, self.heading, self.plan, statuses)

    def _steps(self) -> QHBoxLayout:
        last = LastField(lambda: self.form.fields, self)
        self.earlier = EarlierTexts(self._session, last, self._answered)
        return row(
            self.earlier,
            None,
            button("◀ ก่อนหน้า", lambda: self.step(-1), tip="มาตรการก่อนหน้า (Alt+PageUp)"),
            button("ถัดไป ▶", lambda: self.step(1), tip="มาตรการถัดไป (Alt+PageDown)", primary=True),
        )

    def _answered(self) -> tuple[str, ...]:
        return self.current.indicators if self.current else ()

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._on_chosen)
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._show_stack())
        self.several.status_asked.connect(self.set_status)
        self.filter.chosen.connect(self._on_filter)
        self.form.typed.connect(self._on_typed)
        self.photos.said.connect(self.said)
        keys = {"Alt+PgUp": lambda: self.step(-1), "Alt+PgDown": lambda: self.step(1)}
        # Fields of text take Ctrl+V themselves; everywhere else on the page it is for photos.
        keys["Ctrl+V"] = self.paste
        keys["Ctrl+Shift+F"] = self.filter.open
        for number, status in enumerate(Status, start=1):
            keys[f"Alt+{number}"] = lambda status=status: self.set_status(status)
        for key, action in keys.items():
            shortcut(self, key, action)

    # --- what the user does --------------------------------------------------------------------

    @property
    def current(self) -> Measure | None:
        """The chosen measure."""
        return self.list.chosen

    def show_round(self, which: Round) -> None:
        """Show another round."""
        self._session.saver.flush()
        self.round = which
        self.round_buttons[which].setChecked(True)
        self._hide()
        self.refresh()

    def set_status(self, status: Status) -> None:
        """Tick exactly one status, of the chosen measure or of all that are selected."""
        measure, which, store = self.current, self.round, self._session.store
        ids = self.list.selected_ids
        if len(ids) > 1:
            if self._session.done(lambda: store.set_statuses(ids, which, status)):
                words = f"เปลี่ยน {len(ids)} รายการเป็น “{status.label}” แล้ว กด Ctrl+Z เพื่อเลิกทำทั้งหมด"
                self.said.emit(shown(words))
        elif measure:
            self._session.saver.now(
                store.set_progress, measure.id, which, origin=self.form, status=status
            )
            self._show_status()

    def _on_filter(self) -> None:
        self._session.saver.flush()
        self._hide()
        self.refresh()
        if self.filter.active and not self.model.rowCount():
            self.said.emit("ไม่มีรายการที่ตรงกับที่เลือก กด “ล้าง” เพื่อแสดงทั้งหมด")

    def _hide(self) -> None:
        """Hide what does not pass. What is shown stays, whatever is typed, until chosen anew."""
        wanted, which = MeasureFilter(**self.filter.values), self.round
        self._hidden = frozenset(
            each.id
            for each in self._all()
            if not wanted.passes(each, each.progress_in(which).status)
        )

    def _all(self) -> tuple[Measure, ...]:
        """The whole list, whatever the filter hides."""
        return self._session.dossier.measures.get(self._session.year, ())

    def paste(self) -> None:
        """Add the picture of the clipboard to the chosen measure's photos."""
        if self.photos.isVisible():
            self.photos.paste()

    @property
    def preparing(self) -> bool:
        """Whether a photo is being made ready, so that to finish takes a while."""
        return self.photos.preparer.busy

    def finish(self) -> None:
        """Wait until no picture is being made ready."""
        self.photos.preparer.finish()

    def close_down(self) -> None:
        """Make nothing more in the background."""
        self.photos.preparer.close()

    def step(self, by: int) -> None:
        """Go to the measure before or after."""
        row_there = self.list.currentIndex().row() + by
        if 0 <= row_there < self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(row_there))
        else:
            self.said.emit("ครบทุกรายการแล้ว" if by > 0 else "นี่คือรายการแรก")

    def _on_chosen(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._session.saver.flush()
        self._chosen = self.list.chosen_id
        self._show_current()

    def _on_typed(self, key: str, value: str) -> None:
        if self.current:
            measure_id, which, visit = self.current.id, self.round, self.form.visit(key)
            self._session.saver.later(
                ("progress", measure_id, which, key),
                self._session.store.set_progress,
                measure_id,
                which,
                origin=self.form,
                merge=visit,
                **{key: value},
            )

    # --- following the data --------------------------------------------------------------------

    def on_year_changed(self, _year: int) -> None:
        """Show another measure year."""
        self._chosen = None
        self.filter.clear()
        self._hide()
        self.refresh()

    def on_notice(self, notice: Notice) -> None:
        """Follow what changed in the file."""
        if notice.areas & {"measures", "frameworks"}:
            self.refresh(notice.origin)

    def refresh(self, origin: object = None) -> None:
        """Show the data as it is; where the user is typing (``origin``) nothing is touched."""
        session = self._session
        measures, framework = self._all(), session.framework(session.year - 1)
        seen = [each for each in measures if each.id not in self._hidden]
        self.list.fill(seen, framework, self.round, self._chosen, among=measures)
        self.filter.setVisible(len(measures) > 1 or self.filter.active)
        self.filter.offer(measure_groups(session.dossier, measures, framework, "สถานะ"))
        self.filter.tell(len(seen), len(measures))
        one_tab_stop(self.round_buttons.values())
        self.counts.setText(shown(self._counts_text(measures)))
        if origin is not self.form:
            self._show_current()

    def _counts_text(self, measures: tuple[Measure, ...]) -> str:
        statuses = [measure.progress_in(self.round).status for measure in measures]
        parts = [f"{status.label} {statuses.count(status)}" for status in Status]
        return "  •  ".join([*parts, f"ยังไม่ได้เลือก {statuses.count(None)}"])

    def _show_current(self) -> None:
        measure = self.current
        self._show_stack()
        if measure is None:
            return
        framework = self._session.framework(self._session.year - 1)
        self.heading.setText(measure_name(measure, framework))
        self.plan.setText(_plan_text(measure))
        progress = measure.progress_in(self.round)
        self.form.show_values({spec.key: getattr(progress, spec.key) for spec in PROGRESS_FIELDS})
        self.photos.setVisible(measure.kind is MeasureKind.MEASURE)
        self.photos.show_measure(measure, self.round)
        self._show_status()

    def _show_stack(self) -> None:
        """One measure's fields, what can be done with several, or what belongs here."""
        ids = self.list.selected_ids
        if len(ids) > 1:
            texts = [self.model.index_of(each).data() for each in ids]
            self.several.show_names(texts, self.round)
            self.stack.setCurrentIndex(2)
            return
        self.stack.setCurrentIndex(1 if self.current else 0)
        if self.current is None:
            hidden = bool(self._all())
            self.empty_text.setText(_NOTHING_PASSES if hidden else _EMPTY)
            self.begin_button.setVisible(not hidden)

    def _show_status(self) -> None:
        measure = self.current
        status = measure.progress_in(self.round).status if measure else None
        with QSignalBlocker(self._status_group):
            self._status_group.setExclusive(False)
            for each, made in self.status_buttons.items():
                made.setChecked(each is status)
            self._status_group.setExclusive(True)
        one_tab_stop(self.status_buttons.values())
        self.status_hint.setText("" if status else "โปรดเลือกหนึ่งสถานะ")

    def go_to(self, place: Place) -> None:
        """Put the cursor where a finding is."""
        if isinstance(place.record, int):
            if place.record in self._hidden:
                self.filter.clear()
            self.list.choose(place.record)
        if place.field in self.form.fields:
            self.form.go_to(place.field)
        elif place.field.startswith("photo/"):
            self.photos.go_to(int(place.field.partition("/")[2]))
        else:
            self.status_buttons[Status.DONE].setFocus(Qt.FocusReason.OtherFocusReason)


def _plan_text(measure: Measure) -> str:
    """The plan in short, to be read while the result is written."""
    steps = points(measure.steps)
    alone = len(main_points(measure.steps)) < 2
    lines = (
        "    " * (step.level - 1) + (shown(f"{mark} ") if mark else "") + step
        for step, mark in labelled(steps, "numbers", bare=alone)
    )
    owners = ", ".join(owner_names(measure.owners)) or "ยังไม่มีผู้รับผิดชอบ"
    return "\n".join([*lines, f"{shown(measure.period)}  •  {owners}"])
