"""The office's own texts in a document: one field for each passage of the chosen template."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ita_desktop.documents.compose import Matter, default_passage, focus_codes, passage_place
from ita_desktop.documents.templates import BlockTemplate, Template
from ui.session import Session
from ui.text import shown
from ui.widgets.forms import FieldKind, FieldSpec, Form
from ui.widgets.layouts import label, scrolling

_ANALYSIS_PARTS = {
    "overview": "สรุปภาพรวม",
    "strengths": "จุดแข็ง",
    "improve": "จุดที่สามารถปรับปรุง",
    "lead": "นำข้อเสนอแนะ",
    "suggestions": "ข้อเสนอแนะ",
    "conclusion": "สรุป",
}


class Passages(QWidget):
    """A form of the passages; an empty field prints the template's own wording, shown in gray."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._shown: tuple[str, ...] = ()
        self.form = Form("passages", ())
        self.hint = label("", "muted")
        self.hint.setWordWrap(True)
        self._column = QVBoxLayout()
        inner = QWidget()
        inner.setLayout(self._column)
        self._column.addWidget(self.hint)
        self._column.addWidget(self.form)
        self._column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(inner))

    def show_template(self, template: Template, matter: Matter) -> None:
        """Offer the passages of this document in this round, with the texts kept for them."""
        specs = _specs(template, matter)
        keys = tuple(spec.key for spec in specs)
        if keys != self._shown:
            self._build(specs)
        for spec in specs:
            field = self.form.fields[spec.key]
            if hasattr(field, "setPlaceholderText"):
                field.setPlaceholderText(spec.example)
        values = {key: self._session.dossier.passage(self._session.year, key) for key in keys}
        busy = next((f for f in self.form.fields.values() if f.hasFocus()), None)
        self.form.show_values(values, but=busy)

    def _build(self, specs: tuple[FieldSpec, ...]) -> None:
        self._shown = tuple(spec.key for spec in specs)
        old = self.form
        self.form = Form("passages", specs)
        self.form.typed.connect(self._on_typed)
        self._column.replaceWidget(old, self.form)
        old.hide()
        old.deleteLater()
        self.hint.setText(
            "ช่องที่เว้นว่างจะพิมพ์ข้อความตั้งต้นสีจาง ซึ่งใส่ตัวเลขล่าสุดให้เอง เมื่อพิมพ์เอง โปรแกรมจะใช้ข้อความของท่าน"
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
        example = shown(default_passage(template, part, matter))
        return [_text_field(key, part.wording("name") or key, example)]
    if part.kind == "issues":
        return _issue_fields(part, matter)
    if part.kind == "focus":
        return _focus_fields(template, part, matter)
    return []


def _focus_fields(template: Template, part: BlockTemplate, matter: Matter) -> list[FieldSpec]:
    """What each indicator of the table assesses, and what is to be developed in it."""
    columns = {"assessed": "สิ่งที่ประเมิน", "develop": "ประเด็นที่ควรพัฒนา"}
    return [
        _text_field(f"{value}/{code}", shown(f"ตัวชี้วัดที่ {code} • {name}"), "")
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
                _text_field(f"analysis/{code}", shown(f"ประเด็นที่ {issue.no} • วิเคราะห์ {code}"), "")
                for code in issue.items
            ]
        fields += [
            _text_field(f"issue/{issue.no}/{name}", shown(f"ประเด็นที่ {issue.no} • {title}"), "")
            for name, title in _ANALYSIS_PARTS.items()
            if name in parts
        ]
    return fields


def _text_field(key: str, name: str, example: str) -> FieldSpec:
    return FieldSpec(key, name, FieldKind.TEXT, example=example, lines=3)
