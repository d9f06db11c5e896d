"""The office's own texts in a document: one field for each passage of the chosen template.

An empty field prints the draft, shown in gray. "ใช้ร่าง" puts it into the field to be changed; its
figures stay live fields ({คะแนน:i1}), and the line above says how the text will be printed.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from ita_desktop.documents.compose import (
    Matter,
    drafts_of,
    focus_codes,
    live_texts,
    passage_place,
)
from ita_desktop.documents.template_kinds import PLACEHOLDERS
from ita_desktop.documents.templates import BlockTemplate, Template
from ita_desktop.domain.drafts import Stale, stale_figures
from ita_desktop.domain.live import FIELD, in_thai
from ui.session import Session
from ui.text import shown
from ui.widgets.earlier import EarlierTexts, LastField, put
from ui.widgets.forms import FieldKind, FieldSpec, Form
from ui.widgets.layouts import button, label, scrolling
from ui.widgets.texts import TextField

_ANALYSIS_PARTS = {
    "overview": "สรุปภาพรวม",
    "strengths": "จุดแข็ง",
    "improve": "จุดที่สามารถปรับปรุง",
    "lead": "นำข้อเสนอแนะ",
    "suggestions": "ข้อเสนอแนะ",
    "conclusion": "สรุป",
}


_LIVE_WORDS = (
    "total",
    "level",
    "earlier_total",
    "total_change",
    "measure_count",
    "done_count",
    "weak_count",
    "weak_list",
    "disclosed_count",
    "oit_count",
)


class Passages(QWidget):
    """A form of the passages; an empty field prints the template's own wording, shown in gray."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._shown: tuple[str, ...] | None = None
        self._drafts: dict[str, str] = {}
        self._fill: Callable[[str], str] = str
        self._about: tuple[Template, Matter] | None = None
        self._key = ""
        self.form = Form("passages", ())
        self.hint = _wrapped("muted")
        self.reading = _wrapped("muted")
        self.stale = _wrapped("notice")
        self.use = button("ใช้ร่าง", self._use_draft, tip="ใส่ร่างลงในช่องที่เลือก แล้วแก้ต่อได้")
        self.live = button("แทรกตัวเลขสด", self._offer_live, tip="ใส่ตัวเลขที่เปลี่ยนตามคะแนนเอง")
        last = LastField(lambda: self.form.fields, self)
        self.earlier = EarlierTexts(session, last, kinds=lambda _key: ("passage",))
        self.mend = button("แทนด้วยตัวเลขสด", self._make_live, tip="แทนตัวเลขที่ไม่ตรงในช่องนี้")
        self._column = QVBoxLayout()
        inner = QWidget()
        inner.setLayout(self._column)
        self._column.addWidget(self.form)
        self._column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.hint)
        outer.addLayout(self._tools())
        outer.addWidget(self.reading)
        outer.addWidget(self.stale)
        self._area = scrolling(inner)
        outer.addWidget(self._area, 1)
        QGuiApplication.instance().focusObjectChanged.connect(self._on_focus)  # type: ignore[union-attr]

    def _tools(self) -> QHBoxLayout:
        line = QHBoxLayout()
        for each in (self.use, self.live, self.mend, self.earlier):
            each.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the cursor in the text
            line.addWidget(each)
        line.addStretch(1)
        return line

    def show_template(self, template: Template, matter: Matter) -> None:
        """Offer the passages of this document in this round, with the texts kept for them."""
        self._about = (template, matter)
        self._drafts = drafts_of(template, matter)
        self._fill = live_texts(template, matter)
        specs = _specs(template, matter)
        keys = tuple(spec.key for spec in specs)
        if keys != self._shown:
            self._build(specs)
        for key in keys:
            self._field(key).setPlaceholderText(self._gray(key))
        values = {key: self._session.dossier.passage(self._session.year, key) for key in keys}
        busy = next((f for f in self.form.fields.values() if f.hasFocus()), None)
        self.form.show_values(values, but=busy)
        self._show_tools()

    def _field(self, key: str) -> TextField:
        field = self.form.fields[key]
        assert isinstance(field, TextField)
        return field

    def _gray(self, key: str) -> str:
        """What an empty field says: the draft that will be printed in its place."""
        if draft := self._drafts.get(key, ""):
            return self._printed(draft)
        return "พิมพ์รวมกับข้ออื่นที่ได้คะแนนเต็ม" if key.startswith("analysis/") else ""

    def _printed(self, text: str) -> str:
        """How a text will be printed, in the digits of the screen."""
        return shown(self._fill(text)) if text else ""

    def _build(self, specs: tuple[FieldSpec, ...]) -> None:
        self._shown = tuple(spec.key for spec in specs)
        self._key = self._shown[0] if self._shown else ""
        old = self.form
        self.form = Form("passages", specs)
        self.form.typed.connect(self._on_typed)
        self._column.replaceWidget(old, self.form)
        old.hide()
        old.deleteLater()
        self.hint.setText(
            "ช่องที่เว้นว่างจะพิมพ์ร่างสีจาง ซึ่งใส่ตัวเลขล่าสุดให้เอง เมื่อพิมพ์เอง โปรแกรมจะใช้ข้อความของท่าน"
            if specs
            else "เอกสารนี้ไม่มีข้อความที่ต้องพิมพ์เพิ่ม"
        )

    def _on_typed(self, key: str, text: str) -> None:
        session, year = self._session, self._session.year
        merge = (self.form.visit(key), year, key)
        session.saver.later(
            ("passage", year, key),
            session.store.set_passage,
            year,
            key,
            text,
            origin=self,
            merge=merge,
        )
        self._show_tools()

    # --- the field the tools work on -----------------------------------------------------------

    def _on_focus(self, now: QObject | None) -> None:
        for key, field in self.form.fields.items():
            if field is now:
                self._key = key
                self._show_tools()
                self._keep_in_view()

    def _keep_in_view(self) -> None:
        """The chosen field stays in view when the lines above it grow, once they have."""
        QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(self._field(self._key)))

    def _show_tools(self) -> None:
        """What can be done in the chosen field, how it will print, what no longer fits."""
        has = bool(self._key) and self._key in self.form.fields
        text = self._field(self._key).value() if has else ""
        draft = shown(self._drafts.get(self._key, ""))
        self.use.setEnabled(has and bool(draft) and text != draft)
        self.use.setText("ใช้ร่าง" if not text.strip() else "กลับไปใช้ร่าง")
        self.live.setEnabled(has)
        live = FIELD.search(text) is not None
        self.reading.setText(f"จะพิมพ์ว่า: {self._printed(text)}" if live else "")
        self.reading.setVisible(live)
        stale = self._stale(text)
        told = " • ".join(
            f"{each.code} พิมพ์ {each.typed} แต่คะแนนคือ {each.current}" for each in stale
        )
        self.stale.setText(shown(f"⚠ ตัวเลขไม่ตรงกับคะแนน: {told}") if stale else "")
        self.stale.setVisible(bool(stale))
        self.mend.setVisible(bool(stale))

    def _stale(self, text: str) -> tuple[Stale, ...]:
        if self._about is None or not text:
            return ()
        matter = self._about[1]
        return stale_figures(text, matter.tree(), matter.earlier_tree())

    def _use_draft(self) -> None:
        self._put(shown(self._drafts.get(self._key, "")), whole=True)

    def _make_live(self) -> None:
        text = self._field(self._key).value()
        for each in reversed(self._stale(text)):
            kind = "mean" if each.code.startswith("issue") else "score"
            live = in_thai(f"{{{kind}:{each.code}}}", PLACEHOLDERS)
            text = text[: each.start] + live + text[each.end :]
        self._put(text, whole=True)

    def _put(self, text: str, *, whole: bool = False) -> None:
        if self._key in self.form.fields:
            put(self._field(self._key), text, whole=whole)
            self._keep_in_view()

    def _offer_live(self) -> None:
        """A menu of figures, each with what it is now."""
        menu = QMenu(self)
        for live in self._live_fields():
            words = f"{live.strip('{}').replace(':', ' ')} = {self._printed(live)}"
            menu.addAction(words.replace("&", "&&")).triggered.connect(
                lambda _=False, text=live: self._put(text)
            )
        menu.exec(self.live.mapToGlobal(self.live.rect().bottomLeft()))

    def _live_fields(self) -> tuple[str, ...]:
        """Live fields that fit the chosen passage: those of its issue, then those of the whole."""
        if self._about is None:
            return ()
        framework = self._about[1].framework
        inner = [f"{{score:{code}}}" for code in (i.code for i in framework.instruments)]
        for issue in framework.issues:
            if self._key.startswith(f"issue/{issue.no}/"):
                own = [f"{{mean:issue{issue.no}}}", *(f"{{score:{code}}}" for code in issue.items)]
                inner = own
        code = self._key.rpartition("/")[2]
        if code in framework.codes():
            inner = [f"{{{kind}:{code}}}" for kind in ("score", "earlier", "change", "percent")]
        words = [f"{{{word}}}" for word in _LIVE_WORDS]
        return tuple(in_thai(each, PLACEHOLDERS) for each in (*inner, *words))


def _wrapped(role: str) -> QLabel:
    made = label("", role)
    made.setWordWrap(True)
    return made


def _specs(template: Template, matter: Matter) -> tuple[FieldSpec, ...]:
    """A field for each passage, and for each text of the analysis where the document has one."""
    specs: dict[str, FieldSpec] = {}
    for part in template.blocks:
        for spec in _fields_of(template, part, matter):
            specs.setdefault(spec.key, spec)
    return tuple(specs.values())


def _fields_of(template: Template, part: BlockTemplate, matter: Matter) -> list[FieldSpec]:
    if part.kind == "passage":
        key = passage_place(template, part, matter.round)
        return [_text_field(key, part.wording("name") or key)]
    if part.kind == "issues":
        return _issue_fields(part, matter)
    if part.kind == "focus":
        return _focus_fields(template, part, matter)
    return []


def _focus_fields(template: Template, part: BlockTemplate, matter: Matter) -> list[FieldSpec]:
    """What each indicator of the table assesses, and what is to be developed in it."""
    columns = {"assessed": "สิ่งที่ประเมิน", "develop": "ประเด็นที่ควรพัฒนา"}
    return [
        _text_field(f"{value}/{code}", shown(f"ตัวชี้วัดที่ {code} • {name}"))
        for code in focus_codes(template, part, matter)
        for value, name in columns.items()
        if part.shows(value)
    ]


def _issue_fields(part: BlockTemplate, matter: Matter) -> list[FieldSpec]:
    parts = part.settings["parts"]
    fields: list[FieldSpec] = []
    for issue in matter.framework.issues:
        if "items" in parts:
            fields += [
                _text_field(f"analysis/{code}", shown(f"ประเด็นที่ {issue.no} • วิเคราะห์ {code}"))
                for code in issue.items
            ]
        fields += [
            _text_field(f"issue/{issue.no}/{name}", shown(f"ประเด็นที่ {issue.no} • {title}"))
            for name, title in _ANALYSIS_PARTS.items()
            if name in parts
        ]
    return fields


def _text_field(key: str, name: str) -> FieldSpec:
    return FieldSpec(key, name, FieldKind.TEXT, lines=3)
