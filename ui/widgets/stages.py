"""The stages of the guided start: the office, who signs, the year, last year's scores."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFormLayout, QGridLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from ita_desktop.domain.beginning import usual_chain
from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.fiscal import fiscal_year
from ita_desktop.domain.office import NAME_TITLES, OFFICE_KINDS, ChainLink, Person
from ita_desktop.domain.places import Places, load_places, place_remark
from ita_desktop.domain.scores import TOTAL, score_tree
from ita_desktop.paths import data_file, when_changed
from ui import theme
from ui.models.score_model import ScoreModel
from ui.pages.scores import read_block
from ui.session import Session
from ui.text import score_text, shown
from ui.widgets.forms import Choice, FieldKind, FieldSpec, Form, Suggest
from ui.widgets.layouts import button, label, row, tab_through
from ui.widgets.lookup import Lookup
from ui.widgets.texts import LineField

_PERSON_FIELDS = {
    "title": "คำนำหน้า",
    "given_name": "ชื่อ",
    "family_name": "นามสกุล",
    "position": "ตำแหน่ง",
}


@cache
def places() -> Places:
    """The provinces with their districts."""
    return load_places(data_file("places/provinces.json"))


when_changed(places.cache_clear)


class StagePage(QWidget):
    """One stage. ``touched``: something was entered in it."""

    touched = Signal()
    said = Signal(str)
    going_on = Signal()
    """Ctrl+Enter was pressed where the window does not hear it."""
    heading = ""
    hint = ""
    rebuilt = Signal()
    """Fields were made anew, and would come last with Tab."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    @property
    def entrance(self) -> QWidget:
        """The first field."""
        raise NotImplementedError

    def settle(self) -> None:
        """The stage is left by a key: what its fields do when they are left is done now."""

    def show_data(self, origin: object = None) -> None:
        """Show what the file holds; where she is typing (``origin``) nothing is touched."""
        raise NotImplementedError


class OfficeStage(StagePage):
    """Kind, name, province and district."""

    heading = "หน่วยงานของเราคือ"
    hint = "ชื่อนี้จะอยู่ในเอกสารทุกฉบับ พิมพ์เพียงต้นชื่อจังหวัดหรืออำเภอ แล้วเลือกจากรายการ"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        kinds = {kind: kind for kind in OFFICE_KINDS}
        self.form = Form(
            "begin_office",
            (
                FieldSpec("kind", "ประเภทหน่วยงาน", FieldKind.CHOICE, choices=kinds),
                FieldSpec("name", "ชื่อ", help="ชื่อเฉพาะ ไม่ต้องพิมพ์ประเภทนำหน้า", example="เช่น บ้านสุขใจ"),
            ),
        )
        self.province, self.district = Lookup("จังหวัด"), Lookup("อำเภอ")
        for key, field, name in (
            ("province", self.province, "จังหวัด"),
            ("district", self.district, "อำเภอ"),
        ):
            field.setAccessibleName(name)
            field.setToolTip(f"พิมพ์ต้นชื่อ{name} แล้วกด Tab หรือเลือกจากรายการ")
            field.typed.connect(lambda value, key=key: self._on_typed(key, value))
            field.going_on.connect(self.going_on)
            field.line.editingFinished.connect(self._show_remark)
            self.form.add_row(name, field)
        self.province.offer_names(places())
        self.full_name, self.remark = label("", "muted"), label("", "wrong")
        for each in (self.full_name, self.remark):
            each.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for each in (self.form, self.full_name, self.remark):
            column.addWidget(each)
        self.form.typed.connect(self._on_typed)

    @property
    def entrance(self) -> QWidget:
        return self.form.fields["name"]

    def settle(self) -> None:
        for field in (self.province, self.district):
            field.settle()

    def _visit(self, key: str) -> object:
        fields = {"province": self.province, "district": self.district}
        if key in fields:
            return fields[key].line.visit
        return self.form.visit(key)

    def _on_typed(self, key: str, value: str) -> None:
        visit, store = self._visit(key), self._session.store
        self._session.saver.later(
            ("office", key), store.set_office, key, value, origin=self, merge=visit
        )
        self.touched.emit()
        if key == "province":
            self.district.offer_names(places().get(value, ()))

    def show_data(self, origin: object = None) -> None:
        office = self._session.dossier.office
        if origin is not self:
            self.form.show_values({"kind": office.kind, "name": office.name})
            self.province.show_value(office.province)
            self.district.offer_names(places().get(office.province, ()))
            self.district.show_value(office.district)
        name = f"{office.full_name} {office.place}".strip() if office.name else "–"
        self.full_name.setText(f"ในเอกสาร: {name}")
        if not (self.province.hasFocus() or self.district.hasFocus()):
            self._show_remark()

    def _show_remark(self) -> None:
        """Say what is odd about the place, once the fields are left."""
        remark = place_remark(places(), self.province.value(), self.district.value())
        self.remark.setText(remark)
        self.remark.setVisible(bool(remark))


class ChainStage(StagePage):
    """Who signs: the usual chain at one click, then their names."""

    heading = "ใครลงนามในเอกสาร"
    hint = "เรียงจากผู้จัดทำขึ้นไปถึงผู้อนุมัติ แก้ เพิ่ม หรือเรียงใหม่ภายหลังได้ในหน้าหน่วยงาน"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._shape: tuple[ChainLink, ...] | None = None
        self.fields: dict[tuple[int, str], LineField | Suggest] = {}
        self.offer_button = button(
            "ใช้สายการลงนามที่ใช้กันทั่วไป", self.take_usual, tip="เติมสี่ลำดับให้ แล้วพิมพ์ชื่อแต่ละคน", primary=True
        )
        self.offer_text = label("", "muted")
        self.offer_text.setWordWrap(True)
        offer = QWidget()
        column = QVBoxLayout(offer)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.offer_text)
        column.addLayout(row(self.offer_button, None))
        column.addStretch(1)
        self.stack = QStackedWidget()
        self.stack.addWidget(offer)
        self._people = QWidget()
        self.stack.addWidget(self._people)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)

    @property
    def entrance(self) -> QWidget:
        return next(iter(self.fields.values()), self.offer_button)

    def take_usual(self) -> None:
        """Put the usual chain of such an office in, as one edit."""
        people, chain = usual_chain(self._session.dossier.office)
        store = self._session.store
        dossier = Dossier(people=people, chain=chain)
        if self._session.done(
            lambda: store.take_in(dossier, ("people",), label="ใช้สายการลงนามทั่วไป")
        ):
            self.touched.emit()
            self.entrance.setFocus()

    def show_data(self, origin: object = None) -> None:
        dossier = self._session.dossier
        if dossier.chain != self._shape:
            self._build_rows(dossier)
        self.stack.setCurrentIndex(1 if dossier.chain else 0)
        _, chain = usual_chain(dossier.office)
        people, _ = usual_chain(dossier.office)
        lines = [
            f"{link.role}: {person.position or 'เจ้าหน้าที่ผู้จัดทำ'}"
            for link, person in zip(chain, people, strict=True)
        ]
        self.offer_text.setText("สายการลงนามที่ใช้กันทั่วไปของหน่วยงานประเภทนี้\n" + "\n".join(lines))
        if origin is not self:
            for (person_id, key), field in self.fields.items():
                person = dossier.person(person_id)
                if person is not None:
                    field.show_value(getattr(person, key))

    def _build_rows(self, dossier: Dossier) -> None:
        """A line of fields for each place in the chain."""
        self._shape = dossier.chain
        self.stack.removeWidget(self._people)
        self._people.deleteLater()
        self._people = QWidget()
        self.fields = {}
        grid = QGridLayout(self._people)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        for column, text in enumerate(_PERSON_FIELDS.values(), start=1):
            grid.addWidget(label(text, "muted"), 0, column)
        for at, link in enumerate(dossier.chain, start=1):
            grid.addWidget(label(shown(f"{at}. {link.role}")), at, 0)
            person = dossier.person(link.person_id)
            if person is None:
                grid.addWidget(label("ยังไม่ได้เลือกบุคคล เลือกได้ในหน้าหน่วยงาน", "muted"), at, 1, 1, 4)
                continue
            for column, (key, text) in enumerate(_PERSON_FIELDS.items(), start=1):
                grid.addWidget(self._field(link, person, key, text), at, column)
        for column, stretch in ((2, 3), (3, 3), (4, 5)):
            grid.setColumnStretch(column, stretch)
        grid.setRowStretch(len(dossier.chain) + 1, 1)
        self.stack.addWidget(self._people)
        self.rebuilt.emit()

    def _field(self, link: ChainLink, person: Person, key: str, text: str) -> QWidget:
        field = Suggest({each: each for each in NAME_TITLES}) if key == "title" else LineField()
        if key == "title":
            field.setMinimumWidth(theme.scaled(112))
        field.show_value(getattr(person, key))
        field.setAccessibleName(f"{text} {link.role}")
        field.setToolTip(f"{text}ของ{link.role} พิมพ์แล้วเก็บในหน้าหน่วยงานด้วย")
        field.typed.connect(lambda value: self._on_typed(person.id, key, value, field))
        self.fields.setdefault((person.id, key), field)
        return field

    def _on_typed(self, person_id: int, key: str, value: str, field: LineField | Suggest) -> None:
        line = field.lineEdit() if isinstance(field, Suggest) else field
        visit, store = getattr(line, "visit", None), self._session.store
        self._session.saver.later(
            ("person", person_id, key),
            store.set_person,
            person_id,
            key,
            value,
            origin=self,
            merge=visit,
        )


class YearStage(StagePage):
    """The measure year."""

    heading = "ปีงบประมาณที่กำลังทำ"
    hint = "ปีงบประมาณเริ่มวันที่ 1 ตุลาคม เปลี่ยนปีภายหลังได้ที่มุมขวาบนของหน้าต่าง"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        running = fiscal_year(date.today())
        years = sorted({running + 1, running, running - 1, session.year}, reverse=True)
        self.year = Choice({str(year): shown(f"ปีงบประมาณ {year}") for year in years})
        self.year.setAccessibleName("ปีงบประมาณ")
        self.year.setMinimumWidth(theme.scaled(200))
        self.meaning = label("")
        self.meaning.setWordWrap(True)
        caption = label("วางมาตรการของ")
        caption.setBuddy(self.year)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row(caption, self.year, None))
        column.addWidget(self.meaning)
        column.addStretch(1)
        self.year.picked.connect(self._on_picked)

    @property
    def entrance(self) -> QWidget:
        return self.year

    def _on_picked(self, value: str) -> None:
        self._session.set_year(int(value))
        self.touched.emit()
        self.show_data()

    def show_data(self, origin: object = None) -> None:
        year = self._session.year
        self.year.show_value(str(year))
        running = year == fiscal_year(date.today())
        now = " (ปีที่กำลังดำเนินอยู่)" if running else ""
        self.meaning.setText(
            shown(
                f"ปีงบประมาณ {year}{now}: 1 ตุลาคม {year - 1} ถึง 30 กันยายน {year}\n"
                f"โปรแกรมจะวิเคราะห์ผลการประเมินปี {year - 1} วางมาตรการของปี {year} "
                f"และรายงานผลรอบ 6 เดือนและ 12 เดือน"
            )
        )


class ScoresStage(StagePage):
    """The ten indicators of the analysed year, typed or pasted; or only the total."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.model = ScoreModel(self)
        self.model.entered.connect(self._on_entered)
        self._visit = object()
        self._codes: tuple[str, ...] = ()
        self.form = Form("begin_scores", ())
        self.figure, self.remark = label("", "figure"), label("", "wrong")
        self.remark.setWordWrap(True)
        self.paste_button = button(
            "วางจาก Excel หรือหน้าเว็บ", self.paste, tip="วางคะแนนที่คัดลอกมา เรียงตามตัวชี้วัด (Ctrl+V)"
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row(self.paste_button, None))
        column.addWidget(self.form)
        column.addWidget(self.figure)
        column.addWidget(self.remark)

    @property
    def heading(self) -> str:
        return shown(f"คะแนนผลการประเมินปี {self._year}")

    @property
    def hint(self) -> str:
        return (
            f"กรอกคะแนนสิบตัวชี้วัดที่ประกาศของปี {self._year} โปรแกรมคำนวณคะแนนรวมและระดับให้ "
            "ถ้ารู้เพียงคะแนนรวมให้กรอกช่องสุดท้าย ถ้ายังไม่มีผลให้ข้ามขั้นนี้"
        )

    @property
    def _year(self) -> int:
        return self._session.year - 1

    @property
    def entrance(self) -> QWidget:
        return self.form.fields[self._codes[0]]

    def _build(self) -> None:
        """A field for each indicator of the year, and one for the total."""
        framework = self._session.framework(self._year)
        codes = (*framework.indicators, TOTAL)
        names = {code: f"{code}. {each.name}" for code, each in framework.indicators.items()}
        names[TOTAL] = "หรือคะแนนรวม"
        if codes == self._codes and all(
            self.form.labels[code].text() == shown(names[code]) for code in codes
        ):
            return
        self._codes = codes
        specs = tuple(
            FieldSpec(code, shown(names[code]), help="0 ถึง 100 ทศนิยมสองตำแหน่ง", example="เช่น 93.59")
            for code in codes
        )
        before, self.form = self.form, Form("begin_scores", specs)
        self.layout().replaceWidget(before, self.form)  # type: ignore[union-attr]
        before.hide()
        before.deleteLater()
        self.form.typed.connect(self._on_typed)
        for code in codes:
            field = self.form.fields[code]
            assert isinstance(field, LineField)
            field.setMaximumWidth(theme.scaled(130))
            field.installEventFilter(self)
        form = self.form.layout()
        assert isinstance(form, QFormLayout)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        for each in self.form.findChildren(QLabel):
            each.setMinimumWidth(theme.scaled(300))
        tab_through(self.paste_button, self.form)
        self.rebuilt.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and the arrows go to the next field, a pasted block goes to many."""
        if event.type() is QEvent.Type.FocusIn:
            self._visit = object()
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        text = QGuiApplication.clipboard().text()
        if event.matches(QKeySequence.StandardKey.Paste) and ("\n" in text or "\t" in text):
            self.paste()
            return True
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        keys = {Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        by = keys.get(Qt.Key(event.key()), 0) if plain else 0
        if by:
            self._step(watched, by)
        return bool(by)

    def _step(self, field: QObject, by: int) -> None:
        fields = [self.form.fields[code] for code in self._codes]
        at = next(number for number, each in enumerate(fields) if each is field) + by
        if 0 <= at < len(fields):
            fields[at].setFocus(Qt.FocusReason.TabFocusReason)
        elif by > 0:
            self.focusNextChild()

    def paste(self) -> None:
        """Put the clipboard's scores in, beginning at the field with the cursor."""
        focused = [code for code in self._codes if self.form.fields[code].hasFocus()]
        start = self._codes.index(focused[0]) if focused and focused[0] != TOTAL else 0
        codes = [code for code in self._codes[start:] if code != TOTAL]
        known = set(self.model.tree.nodes)
        texts = read_block(QGuiApplication.clipboard().text(), codes, known)
        if not texts:
            self.said.emit("ไม่มีคะแนนในคลิปบอร์ด โปรดคัดลอกช่องคะแนนจาก Excel หรือหน้าเว็บก่อน")
            return
        self._visit = object()
        self.model.enter(texts)
        self._session.saver.flush()
        self.show_data()
        self.said.emit(shown(f"วางคะแนนแล้ว {len(texts)} ช่อง กด Ctrl+Z เพื่อเลิกทำ"))

    def _on_typed(self, code: str, text: str) -> None:
        self.model.enter({code: text})
        self._show_figures()

    def _on_entered(self, scores: Mapping[str, Decimal | None], drafts: Mapping[str, str]) -> None:
        store, year, visit = self._session.store, self._year, self._visit
        self._session.saver.later(
            (visit, tuple(scores)),
            store.enter_scores,
            year,
            dict(scores),
            dict(drafts),
            origin=self,
            merge=visit,
        )
        self.touched.emit()

    def show_data(self, origin: object = None) -> None:
        self._build()
        session, year = self._session, self._year
        sheet = session.dossier.sheet(year)
        if origin is not self or self.model.drafts is None:
            framework = session.framework(year)
            before = session.framework(year - 1)
            earlier = score_tree(before, session.dossier.sheet(year - 1))
            self.model.show_year(framework, sheet, earlier, sheet.drafts)
            for code in self._codes:
                entered = sheet.entered.get(code)
                text = sheet.drafts.get(code) or score_text(entered)
                self.form.fields[code].show_value(text)
        self._show_figures()

    def _show_figures(self) -> None:
        tree = self.model.tree
        known = sum(code in tree.sheet.entered for code in tree.framework.indicators)
        if tree.total is None:
            self.figure.setText(
                shown(f"กรอกแล้ว {known} จาก {len(tree.framework.indicators)} ตัวชี้วัด")
            )
        else:
            level = f"  ระดับ {tree.level}" if tree.level else ""
            self.figure.setText(shown(f"คะแนนรวม {tree.total:.2f}{level}"))
        remarks = [text for code in self._codes if (text := self.model.remark(tree.nodes[code]))]
        self.remark.setText(shown("\n".join(dict.fromkeys(remarks))))
        self.remark.setVisible(bool(remarks))
