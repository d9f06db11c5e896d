"""ขึ้นปีใหม่: step by step into the next measure year, everything seen before it is taken."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QListWidget,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ita_desktop.domain.framework import Framework
from ita_desktop.domain.framework_changes import Comparison, Difference, Level
from ita_desktop.domain.measures import counted
from ita_desktop.domain.year_change import Choice as CodeChoice
from ita_desktop.domain.year_change import Group, ToChoose, YearChange
from ui.session import Session
from ui.text import shown
from ui.theme import scaled
from ui.widgets.dialogs import Dialog
from ui.widgets.forms import Choice, FieldKind, FieldSpec, Form
from ui.widgets.layouts import button, label, row, scrolling, shortcut
from ui.widgets.offers import OffersPage
from ui.widgets.plain_table import PlainTable

STEPS = (
    *("ปีใหม่", "กรอบที่เปลี่ยนไป", "มาตรการ", "แนวทางยกระดับ"),
    *("ข้อความในเอกสาร", "การเปิดเผยข้อมูล", "ตรวจแล้วนำมา"),
)
_SIZE = QSize(1120, 640)
_INTROS = {
    Group.MEASURE: (
        "มาตรการที่ยังไม่เสร็จเลือกไว้ให้แล้ว ความก้าวหน้าและภาพของปีเดิมไม่ถูกนำมา",
        "ปีเดิมไม่มีมาตรการ ข้ามไปขั้นถัดไปได้",
    ),
    Group.GUIDELINE: (
        "แนวทางยกระดับใช้ต่อได้ทุกปี เลือกไว้ให้แล้ว แก้ต่อได้หลังนำมา",
        "ปีเดิมไม่มีแนวทางยกระดับ ข้ามไปขั้นถัดไปได้",
    ),
    Group.TEXT: (
        "ข้อความของหน่วยงานในเอกสาร บรรทัดที่มีตัวเลขของปีเดิมถูกตัดออก ตัวเลขสดนำมาได้",
        "ปีเดิมไม่มีข้อความของหน่วยงานในเอกสาร ข้ามไปขั้นถัดไปได้",
    ),
    Group.DISCLOSURE: (
        "ที่อยู่ คำอธิบาย และผู้รับผิดชอบของแต่ละข้อ ที่อยู่ทุกแห่งต้องตรวจใหม่ก่อนเลือกว่าเผยแพร่แล้ว",
        "ปีเดิมไม่มีรายการเปิดเผยข้อมูล ข้ามไปขั้นถัดไปได้",
    ),
}


class YearChangeDialog(Dialog):
    """Steps at the left, the step at the right. Nothing is written before the last button."""

    said = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("year_change")
        self.setWindowTitle("ขึ้นปีใหม่")
        self._session = session
        self._chosen: dict[CodeChoice, str] = {}
        self._ticks: dict[str, bool] = {}
        self.year = _new_year(session)
        self.change = self._compute()
        self._build()
        self._lay_out()
        self._connect()
        self.take_size(_SIZE)
        self._show_all()
        self.go_to(0)

    # --- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        self.steps = QListWidget()
        self.steps.setAccessibleName("ขั้นตอน")
        self.steps.setToolTip("เลือกขั้นที่จะดู ย้อนกลับได้เสมอ")
        self.steps.addItems([shown(f"{at}. {name}") for at, name in enumerate(STEPS, start=1)])
        self.steps.setFixedWidth(scaled(190))
        self.steps.setSpacing(3)
        self.steps.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.year_choice = Choice({})
        self.year_choice.setAccessibleName("ปีงบประมาณใหม่")
        self.summary = label("")
        self.summary.setWordWrap(True)
        self.summary.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.frameworks = label("", "notice")
        self.frameworks.setWordWrap(True)
        headings = ("ใช้กับ", "การเปลี่ยน", "ปีเดิม", "ปีใหม่")
        self.differences = PlainTable("สิ่งที่เปลี่ยนในกรอบการประเมิน", headings, stretch=(2, 3))
        self.differences.widths(108, 120)
        self.no_difference = label("")
        self.no_difference.setWordWrap(True)
        self.choices_title = label("รหัสที่มาตรการใช้แต่ปีใหม่ไม่มี โปรดเลือกรหัสใหม่", "title")
        self.choices = Form("codes", ())
        self.pages = {
            group: OffersPage(f"{group.heading}ที่จะนำมา", *_INTROS[group]) for group in Group
        }
        self.final = label("")
        self.final.setWordWrap(True)
        self.final.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.cancel_button = button("ปิด", self.reject, tip="ยังไม่เปลี่ยนอะไร (Esc)")
        self.back_button = button("◀ ย้อนกลับ", lambda: self.go_by(-1), tip="ขั้นก่อนหน้า (Alt+ลูกศรซ้าย)")
        self.next_button = button(
            "ถัดไป ▶", lambda: self.go_by(1), tip="ขั้นถัดไป (Alt+ลูกศรขวา)", primary=True
        )
        self.enter_button = self.next_button
        self.take_button = button(
            "นำมาทั้งหมด", self.take, tip="เป็นการแก้ไขครั้งเดียว กด Ctrl+Z เลิกทำได้ทั้งหมด", primary=True
        )

    def _lay_out(self) -> None:
        self.stack = QStackedWidget()
        for page in (self._first_page(), self._changes_page(), *self.pages.values()):
            self.stack.addWidget(page)
        last = QWidget()
        column = QVBoxLayout(last)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.final)
        column.addStretch(1)
        self.stack.addWidget(scrolling(last))
        right = QVBoxLayout()
        self.title = label("", "title")
        right.addWidget(self.title)
        right.addWidget(self.stack, 1)
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addWidget(self.steps)
        body.addLayout(right, 1)
        outer = QVBoxLayout(self)
        outer.addLayout(body, 1)
        outer.addLayout(
            row(self.cancel_button, None, self.back_button, self.next_button, self.take_button)
        )

    def _first_page(self) -> QWidget:
        page = QWidget()
        caption = label("ขึ้นเป็นปีงบประมาณ")
        caption.setBuddy(self.year_choice)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row(caption, self.year_choice, None))
        column.addWidget(self.summary)
        column.addWidget(self.frameworks)
        column.addStretch(1)
        return page

    def _changes_page(self) -> QWidget:
        page = QWidget()
        self._changes = QVBoxLayout(page)
        self._changes.setContentsMargins(0, 0, 0, 0)
        self._changes.addWidget(self.no_difference)
        self._changes.addWidget(self.differences, 3)
        self._changes.addWidget(self.choices_title)
        inner = QWidget()
        self._choice_column = QVBoxLayout(inner)
        self._choice_column.setContentsMargins(0, 0, 6, 0)
        self._choice_column.addWidget(self.choices)
        self._choice_column.addStretch(1)
        self.choice_area = scrolling(inner)
        self.choice_area.setMinimumHeight(scaled(84))
        self._changes.addWidget(self.choice_area, 2)
        return page

    def _connect(self) -> None:
        self.steps.currentRowChanged.connect(self._show_step)
        self.year_choice.picked.connect(lambda value: self.set_year(int(value)))
        for page in self.pages.values():
            page.ticked.connect(self._on_ticked)
        keys: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Alt+Left", lambda: self.go_by(-1)),
            ("Alt+Right", lambda: self.go_by(1)),
        )
        for key, action in keys:
            shortcut(self, key, action)
        for each in (self.cancel_button, self.back_button, self.take_button):
            each.setAutoDefault(False)

    # --- computing -----------------------------------------------------------------------------

    def _compute(self) -> YearChange:
        session = self._session
        return YearChange(
            session.dossier,
            session.shelf,
            self.year,
            chosen=self._chosen,
            brought=session.store.brought_over(self.year),
        )

    def set_year(self, year: int) -> None:
        """Go into another new year."""
        self.year = year
        self._chosen, self._ticks = {}, {}
        self.change = self._compute()
        self._show_all()

    def keys(self) -> set[str]:
        """The keys of what is ticked now: the proposal, and what she changed in it."""
        ticked = dict.fromkeys(self.change.proposed(), True) | self._ticks
        return {key for key, on in ticked.items() if on}

    def _on_ticked(self, key: str, on: bool) -> None:
        self._ticks[key] = on
        self._show_final()

    def _on_code(self, choice: CodeChoice, value: str) -> None:
        """A new code for one that is gone: what is offered is computed anew."""
        self._chosen[choice] = value
        self.change = self._compute()
        self._show_offers()

    # --- showing -------------------------------------------------------------------------------

    def _show_all(self) -> None:
        years = _years(self._session)
        self.year_choice.offer({str(year): shown(year) for year in years})
        self.year_choice.show_value(str(self.year))
        self._show_summary()
        self._show_changes()
        self._show_offers()

    def _show_summary(self) -> None:
        change, dossier = self.change, self._session.dossier
        measures = counted(dossier.measures.get(change.before, ()))
        listed = len(dossier.disclosures.get(change.before, {}))
        texts = len(dossier.passages.get(change.before, {}))
        self.summary.setText(
            shown(
                f"นำงานของปีงบประมาณ {change.before} ต่อไปปีงบประมาณ {change.year}\n"
                f"ปี {change.before} มีมาตรการและแนวทาง {measures} รายการ ข้อความในเอกสาร {texts} แห่ง "
                f"รายการ OIT {listed} ข้อ\n"
                "หน่วยงาน บุคคล สายการลงนาม กอง หัวกระดาษ และแม่แบบเอกสาร ใช้ต่อได้ทันที ไม่ต้องนำมา\n"
                "ยังไม่มีอะไรเปลี่ยนจนกว่าจะกด “นำมาทั้งหมด” ในขั้นสุดท้าย ข้อมูลของปีเดิมไม่เปลี่ยน"
            )
        )
        said = [
            _framework_words("รหัสของมาตรการ (ปีที่วิเคราะห์)", change.plan),
            _framework_words("รายการ OIT", change.oit),
        ]
        self.frameworks.setText(shown("\n".join(said)))

    def _show_changes(self) -> None:
        rows = [
            *_difference_rows("มาตรการ", self.change.plan),
            *_difference_rows("รายการ OIT", self.change.oit, only="o"),
        ]
        self.differences.show_rows([[shown(text) for text in texts] for texts in rows])
        self.differences.setVisible(bool(rows))
        self.no_difference.setText(
            shown(
                f"เปลี่ยน {len(rows)} เรื่อง รหัสในมาตรการและรายการ OIT เปลี่ยนตามให้เอง"
                if rows
                else "กรอบการประเมินของสองปีนี้เหมือนกัน รหัสเดิมใช้ต่อได้ทั้งหมด"
            )
        )
        self._show_choices()

    def _show_choices(self) -> None:
        wanted = self.change.to_choose
        specs = tuple(_choice_spec(at, each, self.change) for at, each in enumerate(wanted))
        old, self.choices = self.choices, Form("codes", specs)
        for field in self.choices.fields.values():
            assert isinstance(field, Choice)
            field.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            field.setMinimumContentsLength(20)
            field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        values = {str(at): self._chosen.get((e.level, e.old), "") for at, e in enumerate(wanted)}
        self.choices.show_values(values)
        self.choices.typed.connect(
            lambda key, value: self._on_code((wanted[int(key)].level, wanted[int(key)].old), value)
        )
        self._choice_column.replaceWidget(old, self.choices)
        old.hide()
        old.deleteLater()
        for each in (self.choices_title, self.choice_area):
            each.setVisible(bool(wanted))

    def _show_offers(self) -> None:
        keys = self.keys()
        for group, page in self.pages.items():
            page.show_offers(self.change.of(group), keys)
        self._show_final()

    def _show_final(self) -> None:
        """What is about to be taken in, in figures."""
        keys = self.keys()
        brought = self.change.brought(keys)
        lines = [f"จะนำเข้าปีงบประมาณ {self.year}"]
        for group in Group:
            taken = [o for o in self.change.of(group) if o.key in keys and not o.why_not]
            remarks = sum(bool(offer.remarks) for offer in taken)
            look = f" (มีข้อควรตรวจ {remarks})" if remarks and group is not Group.DISCLOSURE else ""
            lines.append(f"•  {group.heading} {len(taken)} รายการ{look}")
        if left := self.change.unchosen(keys):
            codes = ", ".join(each.old for each in left)
            lines.append(f"•  รหัสที่ยังไม่ได้เลือกใหม่: {codes} จะเว้นว่างไว้ เลือกได้ภายหลังในหน้ามาตรการ")
        lines.append("")
        lines.append(
            "ทั้งหมดเป็นการแก้ไขครั้งเดียว กด Ctrl+Z ในหน้าต่างหลักครั้งเดียวก็กลับเป็นอย่างเดิม"
            if brought.keys
            else "ยังไม่ได้เลือกอะไร ย้อนกลับไปเลือกในขั้นก่อนหน้า"
        )
        self.final.setText(shown("\n".join(lines)))
        self.take_button.setEnabled(bool(brought.keys))

    # --- steps ---------------------------------------------------------------------------------

    def go_by(self, by: int) -> None:
        """Go a step on or back."""
        self.go_to(self.stack.currentIndex() + by)

    def go_to(self, at: int) -> None:
        """Go to a step, with the keyboard where it begins."""
        if not 0 <= at < len(STEPS):
            return
        with QSignalBlocker(self.steps):
            self.steps.setCurrentRow(at)
        self._show_step(at)
        self._focus_step()

    def _show_step(self, at: int) -> None:
        self.stack.setCurrentIndex(at)
        self.title.setText(STEPS[at])
        last = at == len(STEPS) - 1
        self.back_button.setEnabled(at > 0)
        self.next_button.setVisible(not last)
        self.take_button.setVisible(last)
        self.take_button.setDefault(last)
        self.next_button.setDefault(not last)

    def _focus_step(self) -> None:
        at = self.stack.currentIndex()
        page = self.stack.currentWidget()
        entrance: QWidget = self.take_button if at == len(STEPS) - 1 else self.next_button
        if at == 0:
            entrance = self.year_choice
        elif at == 1 and self.change.to_choose:
            entrance = next(iter(self.choices.fields.values()))
        elif isinstance(page, OffersPage) and page.list.isVisibleTo(page):
            entrance = page.list
        entrance.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard begins in the first step."""
        super().showEvent(event)
        self._focus_step()

    def take(self) -> None:
        """Take all that is ticked in, as one edit, and go to the new year."""
        brought, session = self.change.brought(self.keys()), self._session
        if brought.keys and session.done(lambda: session.store.bring_over(brought)):
            session.set_year(brought.year)
            self.said.emit(
                shown(
                    f"ขึ้นปีงบประมาณ {brought.year} แล้ว {len(brought.keys)} รายการ กด Ctrl+Z เพื่อเลิกทำ"
                )
            )
            self.accept()


def _new_year(session: Session) -> int:
    """The year after the chosen one; the chosen one itself while nothing stands in it."""
    dossier = session.dossier
    known = {*dossier.measures, *dossier.disclosures}
    return session.year + 1 if session.year in known or not known else session.year


def _years(session: Session) -> list[int]:
    """Years that can be the new one: each after a year that has something, and the proposed one."""
    dossier = session.dossier
    known = {*dossier.measures, *dossier.disclosures, *dossier.passages, session.year}
    return sorted({year + 1 for year in known} | {_new_year(session)}, reverse=True)


def _framework_words(what: str, pair: Comparison) -> str:
    said = f"{what}: จากกรอบปี {pair.earlier.year} เป็นกรอบปี {pair.later.year}"
    notes = [_standing(each) for each in (pair.later,) if _standing(each)]
    if not pair.by_crosswalk:
        notes.append("ไม่มีตารางเทียบข้อ จึงเทียบจากชื่อข้อที่เหมือนกัน")
    return " ".join([said, *(f"({note})" for note in notes)])


def _standing(framework: Framework) -> str:
    if framework.based_on is not None:
        return f"ยังไม่มีกรอบของปีนี้ ใช้ของปี {framework.based_on} แทน"
    return "ฉบับชั่วคราว" if framework.provisional else ""


def _difference_rows(what: str, pair: Comparison, *, only: str = "") -> list[tuple[str, ...]]:
    """The changed things; ``only``: of items those of the instrument whose codes begin so."""
    return [
        (
            what,
            each.kind.word,
            _side(each, each.old, each.old_name),
            _side(each, each.new, each.new_name),
        )
        for each in pair.changed
        if not only or (each.level is Level.ITEM and (*each.old, *each.new)[0].startswith(only))
    ]


def _side(each: Difference, codes: tuple[str, ...], name: str) -> str:
    return f"{each.level.word} {', '.join(codes)} {name}".strip() if codes else "–"


def _choice_spec(at: int, wanted: ToChoose, change: YearChange) -> FieldSpec:
    """One code to choose anew: the likely ones first."""
    known = change.codes_of_level(wanted.level)
    first = {code: known[code] for code in wanted.offered if code in known}
    choices = {"": "ไม่เลือก (เว้นว่างไว้)"}
    choices |= {c: shown(f"{c} {name[:70]}") for c, name in {**first, **known}.items()}
    return FieldSpec(
        str(at),
        shown(f"{wanted.level.word} {wanted.old}"),
        FieldKind.CHOICE,
        help=wanted.name,
        choices=choices,
    )
