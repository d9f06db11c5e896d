"""กระดาษหัวหนังสือ: margins, sizes, the garuda and the office's seal."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ita_desktop.documents.blocks import Cover, MemoHead, PageSetup
from ita_desktop.domain.office import LETTERHEAD_LIMITS
from ui.session import Session
from ui.text import shown
from ui.widgets.forms import FieldKind, FieldSpec, Form
from ui.widgets.layouts import Turning, card, end, fill, label
from ui.widgets.picture_box import PictureBox

_MM, _PT = "มม.", "พอยต์"
_OWN: dict[str, float] = {
    **{name: getattr(PageSetup(), name) for name in ("left_mm", "right_mm", "top_mm", "bottom_mm")},
    "size_pt": PageSetup().size_pt,
    **{name: getattr(MemoHead("", "", ""), name) for name in ("title_pt", "label_pt", "emblem_mm")},
    "seal_mm": Cover("").seal_mm,
}
"""What the program's own templates take for portrait pages."""

_MARGINS = {"left_mm": "ขอบซ้าย", "right_mm": "ขอบขวา", "top_mm": "ขอบบน", "bottom_mm": "ขอบล่าง"}
_SIZES = {"size_pt": "ตัวอักษรเนื้อความ", "title_pt": "คำว่าบันทึกข้อความ", "label_pt": "หัวข้อในบันทึก"}
_HIGH = {"emblem_mm": "ความสูง", "seal_mm": "ความสูง"}
PICTURES = {"emblem": "ตราครุฑ", "seal": "ตราหน่วยงาน"}
"""Field of the letterhead -> what its picture is called."""
_EMPTY = {
    "emblem": "ยังไม่มีภาพ\nเอกสารเว้นที่ไว้ให้",
    "seal": "ยังไม่มีภาพ\nปกเว้นที่ไว้ให้",
}


class LetterheadCards(QWidget):
    """The settings of the office's paper. An empty field leaves it to the document's template."""

    said = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.heights: dict[str, Form] = {}
        self.pictures: dict[str, PictureBox] = {}

    def build(self) -> Iterator[None]:
        """Build the cards, piece by piece."""
        texts, emblem, seal = self._lay_out()
        self.form = Form("letterhead", _specs(_MARGINS, _MM))
        fill(texts, self.form)
        yield
        self.form.add(_specs(_SIZES, _PT))
        end(texts)
        yield
        for key, place in (("emblem", emblem), ("seal", seal)):
            self._build_picture(key, place)
            yield
        self.forms = (self.form, *self.heights.values())
        self._connect()

    def _build_picture(self, key: str, place: QFrame) -> None:
        name, height = PICTURES[key], f"{key}_mm"
        box = PictureBox(name, _EMPTY[key])
        form = Form(f"letterhead_{key}", _specs({height: _HIGH[height]}, _MM))
        form.fields[height].setAccessibleName(f"ความสูง{name}")
        self.pictures[key], self.heights[key] = box, form
        fill(place, box, form)
        end(place)

    def _connect(self) -> None:
        for form in self.forms:
            form.typed.connect(lambda key, value, form=form: self._on_typed(form, key, value))
        for key, box in self.pictures.items():
            box.chosen.connect(lambda content, key=key: self._on_chosen(key, content))
            box.said.connect(self.said)

    def _lay_out(self) -> tuple[QFrame, QFrame, QFrame]:
        hint = label("ช่องที่เว้นว่างใช้ค่าของแม่แบบเอกสาร ขอบกระดาษใช้กับหน้าแนวตั้ง", "muted")
        hint.setWordWrap(True)
        texts = card("กระดาษหัวหนังสือ")
        fill(texts, hint)
        emblem, seal = card("ตราครุฑบนบันทึกข้อความ"), card("ตราหน่วยงานบนปก")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Turning(780, (texts, 4), (emblem, 3), (seal, 3)))
        return texts, emblem, seal

    def _on_typed(self, form: Form, key: str, value: object) -> None:
        visit, store = form.visit(key), self._session.store
        self._session.saver.later(
            ("letterhead", key),
            store.set_letterhead,
            origin=self,
            merge=visit,
            **{key: value},
        )

    def _on_chosen(self, key: str, content: bytes) -> None:
        store = self._session.store

        def keep() -> None:
            store.set_letterhead(**{key: store.add_picture(content) if content else ""})

        if self._session.done(keep):
            done = "เปลี่ยน" if content else "ลบ"
            self.said.emit(f"{done}{PICTURES[key]}แล้ว กด Ctrl+Z เพื่อนำภาพเดิมกลับมา")

    def refresh(self, origin: object = None) -> None:
        """Show the letterhead as it is; ``origin`` is who edited: own typing is left alone."""
        letterhead = self._session.dossier.letterhead
        if origin is not self:
            for form in self.forms:
                form.show_values({key: getattr(letterhead, key) for key in form.fields})
        for key, box in self.pictures.items():
            digest = getattr(letterhead, key)
            box.show_picture(digest, self._session.store.picture(digest) if digest else None)

    def go_to(self, field: str) -> bool:
        """Put the cursor into a field or on a picture; False when there is none of that name."""
        for form in self.forms:
            if field in form.fields:
                form.go_to(field)
                return True
        if field in self.pictures:
            self.pictures[field].choose_button.setFocus()
        return field in self.pictures

    @property
    def preparing(self) -> bool:
        """Whether a picture is being made ready."""
        return any(box.preparer.busy for box in self.pictures.values())

    def finish(self) -> None:
        """Wait until no picture is being made ready."""
        for box in self.pictures.values():
            box.preparer.finish()

    def close_down(self) -> None:
        """Make nothing more in the background."""
        for box in self.pictures.values():
            box.preparer.close()


def _specs(names: dict[str, str], unit: str) -> tuple[FieldSpec, ...]:
    return tuple(_spec(key, name, unit) for key, name in names.items())


def _spec(key: str, name: str, unit: str) -> FieldSpec:
    least, most = LETTERHEAD_LIMITS[key]
    return FieldSpec(
        key,
        name,
        FieldKind.AMOUNT,
        help=shown(f"{name} ใช้ได้ {least:g} ถึง {most:g} {unit} เว้นว่างให้แม่แบบกำหนด"),
        example=shown(f"แม่แบบ {_OWN[key]:g}"),
        limits=(least, most),
        unit=unit,
    )
