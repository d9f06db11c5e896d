"""The guided start: four short stages inside the window, each of which can be left for later.

It is no dialog: all tabs stay open to her. What she types goes the way of every field, and where
she is in it is remembered in the data file, outside the history of edits.
"""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from db.errors import DataFileError
from db.store import Notice
from ita_desktop.domain.beginning import Beginning, Stage, beginning_of, is_fresh
from ui import theme
from ui.session import Session
from ui.text import shown
from ui.widgets.layouts import button, label, row, scrolling, shortcut, tab_through
from ui.widgets.layouts import card as make_card
from ui.widgets.stages import ChainStage, OfficeStage, ScoresStage, StagePage, YearStage

_STATE, _AT, _SKIPPED, _YEAR = "begin/state", "begin/stage", "begin/skipped", "begin/year"
_OPEN, _LATER, _DONE = "open", "later", "done"


class Guide(QWidget):
    """The stages with their buttons. ``left``: she goes to the overview, done or for now."""

    left = Signal()
    said = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.pages: dict[Stage, StagePage] = {}
        self.stage = Stage.OFFICE
        self._built = False

    # --- what is remembered --------------------------------------------------------------------

    def _kept(self, key: str) -> str:
        with suppress(DataFileError):
            return self._session.store.setting(key)
        return ""

    def _keep(self, key: str, value: str) -> None:
        with suppress(DataFileError):  # where she was: not worth a word
            self._session.store.keep(key, value)

    @property
    def _skipped(self) -> frozenset[Stage]:
        names = self._kept(_SKIPPED).split(",")
        return frozenset(stage for stage in Stage if stage.value in names)

    @property
    def beginning(self) -> Beginning:
        """How far the data file is."""
        dossier, year = self._session.dossier, self._session.year
        chosen = bool(self._kept(_YEAR) or dossier.measures or dossier.sheets)
        return beginning_of(dossier, year, year_chosen=chosen, skipped=self._skipped)

    def is_wanted(self) -> bool:
        """Whether a file that was just opened begins here: nothing in it, or left in the middle."""
        if self._session.is_sample:
            return False
        state = self._kept(_STATE)
        return state == _OPEN or (not state and is_fresh(self._session.dossier))

    def reminder(self) -> str:
        """What is still open, as a sentence; "" where there is nothing to remind of."""
        open_ = self.beginning.open
        if not open_ or self._session.is_sample or self._kept(_STATE) == _DONE:
            return ""
        names = " ".join(f"“{stage.label}”" for stage in open_)
        return shown(
            f"การเริ่มต้นทำไปแล้ว {len(Stage) - len(open_)} จาก {len(Stage)} ขั้น ยังเหลือ {names}"
        )

    def stop_reminding(self) -> None:
        """She has decided to leave the rest."""
        self._keep(_STATE, _DONE)

    # --- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        self._built = True
        self.pages = {
            Stage.OFFICE: OfficeStage(self._session),
            Stage.CHAIN: ChainStage(self._session),
            Stage.YEAR: YearStage(self._session),
            Stage.SCORES: ScoresStage(self._session),
        }
        self.progress = label("", "muted")
        self.heading = label("", "title")
        self.hint = label("", "muted")
        self.hint.setWordWrap(True)
        self.stack = QStackedWidget()
        for page in self.pages.values():
            self.stack.addWidget(page)
            page.said.connect(self.said)
            page.touched.connect(self._on_touched)
            page.going_on.connect(self.go_on)
            page.rebuilt.connect(self._order)
        frame = make_card(
            "", self._stage_line(), self.heading, self.hint, self.stack, self._button_line()
        )
        frame.setMaximumWidth(theme.scaled(920))
        inner = QWidget()
        middle = row(None, frame, None)
        middle.setStretch(1, 100)
        column = QVBoxLayout(inner)
        column.setContentsMargins(12, 14, 12, 14)
        column.addLayout(middle)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(inner))
        shortcut(self, "Ctrl+Return", self.go_on)

    def _order(self) -> None:
        """Tab goes through the stages, the fields, then the buttons below them."""
        below = (self.next_button, self.back_button, self.skip_button, self.later_button)
        tab_through(*self.stage_buttons.values(), *self.pages.values(), *below)

    def _stage_line(self) -> QWidget:
        """How far she is, each stage a button."""
        self.stage_buttons: dict[Stage, QPushButton] = {}
        group = QButtonGroup(self)
        for stage in Stage:
            made = button(stage.label, lambda stage=stage: self.show_stage(stage))
            made.setCheckable(True)
            group.addButton(made)
            self.stage_buttons[stage] = made
        line = QWidget()
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 0, 0, 4)
        column.addWidget(self.progress)
        column.addLayout(row(*self.stage_buttons.values(), None))
        return line

    def _button_line(self) -> QWidget:
        self.back_button = button("◀ ย้อนกลับ", self.go_back)
        self.next_button = button("ถัดไป ▶", self.go_on, tip="ไปขั้นถัดไป (Ctrl+Enter)", primary=True)
        self.skip_button = button("ข้ามขั้นนี้", self.skip, tip="กลับมาทำภายหลังได้จากหน้าภาพรวม")
        self.later_button = button("ไว้ทำทีหลัง", self.leave, tip="ไปหน้าภาพรวม แล้วกลับมาทำต่อได้")
        line = QWidget()
        line.setLayout(
            row(self.next_button, self.back_button, self.skip_button, None, self.later_button)
        )
        line.layout().setContentsMargins(0, 8, 0, 0)  # type: ignore[union-attr]
        return line

    # --- moving --------------------------------------------------------------------------------

    @property
    def entrance(self) -> QWidget:
        """Where the keyboard begins."""
        return self.pages[self.stage].entrance

    def resume(self) -> None:
        """Show the stage she was at, else the first that is open."""
        if not self._built:
            self._build()
        kept = self._kept(_AT)
        was = next((stage for stage in Stage if stage.value == kept), None)
        beginning = self.beginning
        opened = was if was in beginning.open else beginning.next
        self._show(opened or next(iter(beginning.open), Stage.OFFICE))

    def show_stage(self, stage: Stage) -> None:
        """Go to a stage, with the keyboard in its first field."""
        self._session.saver.flush()
        self._keep(_AT, stage.value)
        self._keep(_STATE, _OPEN)
        self._show(stage)
        self.entrance.setFocus()

    def _show(self, stage: Stage) -> None:
        self.stage = stage
        self.stack.setCurrentWidget(self.pages[stage])
        for each, page in self.pages.items():
            # A stage that is not seen must not make the page as high as itself.
            page.setVisible(each is stage)
        self.show_data()

    def go_on(self) -> None:
        """To the next stage; what is still empty in this one counts as skipped."""
        self.pages[self.stage].settle()
        self._session.saver.flush()
        if self.stage is Stage.YEAR:
            self._keep(_YEAR, str(self._session.year))
        if self.stage not in self.beginning.done:
            self._keep(_SKIPPED, _joined({*self._skipped, self.stage}))
        after = list(Stage)[list(Stage).index(self.stage) + 1 :]
        if after:
            self.show_stage(after[0])
        else:
            self._finish()

    def skip(self) -> None:
        """To the next stage, whatever stands in this one."""
        self._keep(_SKIPPED, _joined({*self._skipped, self.stage}))
        after = list(Stage)[list(Stage).index(self.stage) + 1 :]
        if after:
            self.show_stage(after[0])
        else:
            self._finish()

    def go_back(self) -> None:
        """To the stage before."""
        at = list(Stage).index(self.stage)
        if at:
            self.show_stage(list(Stage)[at - 1])

    def leave(self) -> None:
        """To the overview; the bar there leads back."""
        self._session.saver.flush()
        self._keep(_STATE, _LATER)
        self.left.emit()

    def _finish(self) -> None:
        self._keep(_STATE, _LATER if self.beginning.open else _DONE)
        self.left.emit()
        self.said.emit("เริ่มต้นเรียบร้อยแล้ว หน้านี้บอกว่าต่อไปต้องทำอะไร")

    def _on_touched(self) -> None:
        """Something was entered: the file is no longer new, but she is still here."""
        if not self._kept(_STATE):
            self._keep(_STATE, _OPEN)

    # --- following the data --------------------------------------------------------------------

    def on_notice(self, notice: Notice) -> None:
        """Follow what changed in the file."""
        self.show_data(notice.origin)

    def show_data(self, origin: object = None) -> None:
        """Show the stage as the data are now; the field that is typed in is left alone."""
        if not self._built:
            return
        page, beginning = self.pages[self.stage], self.beginning
        at = list(Stage).index(self.stage)
        self.progress.setText(
            shown(
                f"เริ่มต้นใช้งาน  •  ขั้นที่ {at + 1} จาก {len(Stage)}  •  เสร็จแล้ว {len(beginning.done)} ขั้น"
            )
        )
        for stage, each in self.stage_buttons.items():
            done, skipped = stage in beginning.done, stage in beginning.skipped
            mark = "✓ " if done else "ข้าม: " if skipped else ""
            each.setText(f"{mark}{stage.label}")
            each.setChecked(stage is self.stage)
        self.heading.setText(page.heading)
        self.hint.setText(shown(page.hint))
        self.back_button.setEnabled(at > 0)
        last = at == len(Stage) - 1
        self.next_button.setText("เสร็จแล้ว ไปภาพรวม ▶" if last else "ถัดไป ▶")
        page.show_data(origin)


def _joined(stages: set[Stage]) -> str:
    return ",".join(sorted(stage.value for stage in stages))
