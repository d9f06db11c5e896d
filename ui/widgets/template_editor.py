"""แม่แบบ: the office's own copy of a document's template, changed part by part."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QListWidget, QVBoxLayout, QWidget

from ita_desktop.documents.own_template import OwnTemplate, Part, check_values, free_kind
from ita_desktop.documents.template_kinds import (
    COLUMNS,
    KINDS,
    LISTS,
    PLACEHOLDERS,
    USUAL_LIST,
    Setting,
    Want,
    words_of,
)
from ita_desktop.documents.templates import Template, TemplateError, read_template, wrong_line
from ita_desktop.domain.live import in_code, in_thai
from ita_desktop.files import FileNotWritten, write_file
from ita_desktop.thai.digits import to_arabic
from ui import alerts
from ui.models.rows_model import ColumnSpec
from ui.session import Session
from ui.text import shown
from ui.widgets.checklist import CheckList
from ui.widgets.forms import Choice, FieldKind, FieldSpec, Form
from ui.widgets.layouts import Turning, button, label, row, scrolling, shortcut
from ui.widgets.record_table import RecordTable
from ui.widgets.refused import Refused, RefusedTexts, cell
from ui.widgets.texts import TextField

_YES, _NO = "yes", "no"
_MOST_BYTES = 1_000_000
_PASTE_TIP = "นำข้อความที่คัดลอกไว้มาไว้ใต้ส่วนที่เลือก บรรทัดละหนึ่งย่อหน้า (Ctrl+V)"
_Seats = list[int | None]
"""The number each part had before a change of their order; None: it is new."""
_WITH_WORDS = (Want.WORDING, Want.WORDINGS)
"""Settings whose places to fill are shown and typed by their Thai names."""
_FIELD = {
    Want.WORDING: FieldKind.TEXT,
    Want.WORDINGS: FieldKind.TEXT,
    Want.PLACE: FieldKind.LINE,
    Want.NUMBER: FieldKind.LINE,
    Want.FLAG: FieldKind.CHOICE,
    Want.CHOICE: FieldKind.CHOICE,
}


@dataclass(frozen=True, slots=True)
class _ColumnRow:
    """A table's column as a row of the editor; ``id`` is its place."""

    id: int
    heading: str
    value: str
    width: str
    group: str
    list: str
    bold: str


class TemplateEditor(QWidget):
    """Parts of the chosen document at the left, the settings of one of them at the right."""

    said = Signal(str)
    kind_made = Signal(str)
    """A document of this kind has been added to the list."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._own: OwnTemplate | None = None
        self._template: Template | None = None
        self._part: Part | None = None
        self._refused = RefusedTexts(self)

    def build(self) -> Iterator[None]:
        """Build the panel, piece by piece."""
        left, right = self._lay_out()
        yield
        self.parts = QListWidget()
        self.parts.setAccessibleName("ส่วนของแม่แบบ")
        self.parts.setToolTip("ส่วนของเอกสารเรียงตามที่พิมพ์ เลือกแล้วแก้ทางขวา")
        self.parts.setMinimumHeight(170)
        self.parts.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.parts.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.problem = label("", "wrong")
        self.problem.setWordWrap(True)
        self.state = label("", "muted")
        self.state.setWordWrap(True)
        self._fill_left(left)
        self.form = Form("template", ())
        self.checks: CheckList | None = None
        self.columns = RecordTable(
            "คอลัมน์", _column_specs(lambda: self._part), least_rows=4, pasted=True
        )
        self._settings = QVBoxLayout(right)
        self._settings.setContentsMargins(0, 0, 0, 0)
        for part in (self.problem, self.form, self.columns):
            self._settings.addWidget(part)
        self._settings.addStretch(1)
        yield
        self.parts.currentRowChanged.connect(self._show_part)
        self.columns.model.edited.connect(self._on_column)
        self.columns.add_asked.connect(self._add_column)
        self.columns.delete_asked.connect(self._delete_column)
        self.columns.move_asked.connect(self._move_column)
        self.columns.paste_asked.connect(self._paste_columns)
        self.columns.said.connect(self.said)
        shortcut(self.parts, "Ctrl+V", self.paste)

    def _lay_out(self) -> tuple[QWidget, QWidget]:
        """The places of the parts, at the left, and of their settings."""
        left, right = QWidget(), QWidget()
        inner = Turning(760, (left, 2), (right, 3))
        inner.layout().setContentsMargins(6, 6, 6, 6)  # type: ignore[union-attr]
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(inner))
        return left, right

    def _fill_left(self, left: QWidget) -> None:
        self.kinds = Choice({kind: each.name for kind, each in KINDS.items()})
        self.kinds.setAccessibleName("ส่วนที่จะเพิ่ม")
        self.kinds.setToolTip("เลือกส่วนที่จะแทรกต่อจากส่วนที่เลือกอยู่ เช่น ย่อหน้า")
        self.kinds.setCurrentIndex(0)
        self.copy_button = button("ทำเป็นเอกสารใหม่…", self.copy, tip="ทำสำเนาเป็นเอกสารอีกชนิดหนึ่ง")
        self.back_button = button("กลับไปใช้ของเดิม", self.go_back, tip="เลิกใช้แม่แบบของหน่วยงาน")
        self.take_button = button("นำเข้า…", self.take_in, tip="นำเข้าแม่แบบจากแฟ้ม")
        self.give_button = button("ส่งออก…", self.give_out, tip="บันทึกแม่แบบเป็นแฟ้มให้หน่วยงานอื่น")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.state)
        column.addLayout(row(self.copy_button, self.back_button, None))
        column.addLayout(row(self.take_button, self.give_button, None))
        column.addWidget(self.parts, 1)
        up = button("▲ ขึ้น", lambda: self._move(-1), tip="เลื่อนส่วนนี้ขึ้น")
        down = button("▼ ลง", lambda: self._move(1), tip="เลื่อนส่วนนี้ลง")
        column.addLayout(row(up, down, button("นำออก", self._remove, tip="ไม่พิมพ์ส่วนนี้"), None))
        add = button("เพิ่มส่วน", self._add, tip="เพิ่มใต้ส่วนที่เลือก")
        paste = button("วางเป็นย่อหน้า", self.paste, tip=_PASTE_TIP)
        column.addLayout(row(self.kinds, add, None))
        column.addLayout(row(paste, None))

    # --- showing -------------------------------------------------------------------------------

    def show_template(self, template: Template) -> None:
        """Show a template's parts; where the user is typing nothing is touched."""
        if self._own is not None and self._own.kind == template.kind and template == self._template:
            self._show_state()
            return
        same = self._template is not None and self._template.kind == template.kind
        at = self.parts.currentRow() if same else 1
        self._template, self._own = template, OwnTemplate(template)
        self._refused.follow(template.kind, template.name, self._own.parts())
        self._show_parts(at)
        self._show_state()

    def _show_state(self) -> None:
        assert self._template is not None
        own = self._template.kind in self._session.dossier.templates
        self.back_button.setEnabled(own)
        self.state.setText(
            "เอกสารนี้ใช้แม่แบบของหน่วยงาน เก็บอยู่ในแฟ้มข้อมูลนี้"
            if own
            else "เอกสารนี้ใช้แม่แบบของโปรแกรม เมื่อแก้แล้วจะเป็นแม่แบบของหน่วยงาน กลับไปใช้ของเดิมได้เสมอ"
        )

    def _show_parts(self, at: int) -> None:
        assert self._own is not None
        parts = self._own.parts()
        with QSignalBlocker(self.parts):
            self.parts.clear()
            for number, part in enumerate(parts):
                self.parts.addItem(_line(part, bool(self._refused.of(self._own.kind, number))))
            self.parts.setCurrentRow(max(0, min(at, len(parts) - 1)))
        self._show_part(self.parts.currentRow())

    def _show_part(self, at: int) -> None:
        assert self._own is not None
        parts = self._own.parts()
        self._part = part = parts[at] if 0 <= at < len(parts) else None
        specs = _specs(part) if part else ()
        old, self.form = self.form, Form("template", specs)
        for field in old.fields.values():
            field.setProperty("state", "")  # its text is kept as that of a part out of view
        self.form.typed.connect(self._on_typed)
        if part and part.kind == "paragraph":
            text = self.form.fields["text"]
            assert isinstance(text, TextField)
            text.take_lines = self._paste_into
        if part:
            self.form.show_values({spec.key: _text(part, spec.key) for spec in specs})
            self._offer_checks(part)
        self._show_refused(at)
        self._settings.replaceWidget(old, self.form)
        old.hide()  # it is only deleted when the program comes to rest
        old.deleteLater()
        self._show_columns()

    def _show_refused(self, at: int) -> None:
        """Texts of the part that were refused stand in their fields again, with the reasons."""
        assert self._own is not None
        self._refused.in_view = self._own.kind, at
        texts = self._refused.of(self._own.kind, at)
        for key in texts.keys() & self.form.fields.keys():
            self.form.fields[key].show_value(texts[key].text)
            _dress(self.form.fields[key], wrong=True)
        self.problem.setText(_reasons(texts))

    def _offer_checks(self, part: Part) -> None:
        """Boxes for a setting that is several of a few words."""
        for key, setting in part.settings.items():
            if setting.want is Want.CHOICES:
                checks = CheckList(setting.label, rows=len(setting.choices))
                checks.offer(setting.choices)
                checks.show_values(tuple(part.values.get(key, setting.default)))
                checks.ticked.connect(lambda values, key=key: self._put(key, values))
                self.form.add_row(setting.label, checks)
                self.checks = checks

    def _show_columns(self) -> None:
        has = self._part is not None and "columns" in self._part.settings
        self.columns.setVisible(has)
        if has:
            rows = [_column_row(at, each) for at, each in enumerate(self._column_data())]
            for key, refused in self._refused_here().items():
                if "." in key:
                    _, at, name = key.split(".")
                    rows[int(at)] = replace(rows[int(at)], **{name: refused.text})
            self.columns.show_records(tuple(rows))

    def _refused_here(self) -> Mapping[str, Refused]:
        """The refused texts of the part in view."""
        assert self._own is not None
        return self._refused.of(self._own.kind, self.parts.currentRow())

    # --- changing ------------------------------------------------------------------------------

    def _on_typed(self, key: str, text: str) -> None:
        """Change a setting as typed; one that is refused stays, here and when she comes back."""
        assert self._part is not None
        reason = ""
        try:
            value = _value(self._part, key, text)
        except ValueError as error:
            reason = str(error)
        else:
            if not self._put(key, value, self.form.visit(key)):
                reason = self.problem.text()
        self._settle(key, Refused(text, reason, self._part.settings[key].label))
        _dress(self.form.fields[key], wrong=bool(reason))

    def _settle(self, key: str, typed: Refused) -> None:
        """Keep a text that was refused; without a reason it was taken."""
        assert self._own is not None and self._part is not None
        at, kind = self.parts.currentRow(), self._own.kind
        if typed.reason:
            self._refused.put(kind, at, key, typed)
        else:
            self._refused.mend(kind, at, key)
        texts = self._refused_here()
        self.problem.setText(_reasons(texts))
        self.parts.item(at).setText(_line(self._part, bool(texts)))

    def _put(self, key: str, value: Any, visit: object = None) -> bool:
        """Change one setting; whether it was taken."""
        assert self._own is not None and self._part is not None
        at, own = self.parts.currentRow(), self._own
        lines = value.split("\n") if isinstance(value, str) else value
        lines = lines if self._part.settings[key].want in _WITH_WORDS else ()
        if not self._tried(lambda own, part: own.put(part, key, value), key, lines):
            return False
        parts = own.parts()
        self._part = parts[at]
        self._refused.seen(own.kind, str(parts[0].values["name"]), parts)
        self.parts.item(at).setText(_line(self._part, bool(self._refused.of(own.kind, at))))
        self._keep((visit, key) if visit is not None else None)
        return True

    def _tried(
        self,
        change: Callable[[OwnTemplate, Part], object],
        key: str = "",
        lines: Sequence[str] = (),
    ) -> bool:
        """Whether a change was taken; ``lines``: the wording it is about, to name the wrong one."""
        assert self._own is not None and self._part is not None
        try:
            change(self._own, self._part)
        except TemplateError as error:
            self.problem.setText(_reason(error, self._part, key, lines))
            return False
        self.problem.setText(_reasons(self._refused.of(self._own.kind, self.parts.currentRow())))
        return True

    def _keep(self, merge: object = None) -> None:
        """Keep the copy in the data file."""
        assert self._own is not None
        own, store = self._own, self._session.store
        self._template = read_template(own.text, own.kind)
        self._session.saver.later(
            ("template", own.kind),
            store.set_template,
            own.kind,
            own.text,
            origin=self,
            merge=merge,
        )
        if merge is None:
            self._session.saver.flush()

    def _move(self, by: int) -> None:
        if self._part is None or self._part.block is None:
            self.said.emit("เลือกส่วนที่จะเลื่อนก่อน")
            return
        at = self.parts.currentRow()
        self._changed(
            lambda own, part: own.move(part, by),
            lambda seats, to: seats.insert(to, seats.pop(at)),
        )

    def _remove(self) -> None:
        at = self.parts.currentRow()
        count = self._part_length()

        def leave(seats: _Seats, _to: int) -> None:
            del seats[at : at + count]

        if self._changed(lambda own, part: (own.remove(part), at)[1], leave):
            self.said.emit("นำออกแล้ว กด Ctrl+Z เพื่อนำกลับมา")

    def _part_length(self) -> int:
        """How many lines of the list the part has: a section goes with all in it."""
        if self._own is None or self._part is None or self._part.block is not None:
            return 1
        return sum(each.section == self._part.section for each in self._own.parts())

    def _add(self) -> None:
        self._changed(
            lambda own, part: own.add(part, self.kinds.value()),
            lambda seats, to: seats.insert(to, None),
        )

    def _changed(
        self,
        change: Callable[[OwnTemplate, Part], int],
        reseat: Callable[[_Seats, int], None],
        lines: Sequence[str] = (),
    ) -> bool:
        """A change of the parts' order; shows the part it leads to.

        ``reseat`` does to the parts' old numbers what the change did to the parts.
        """
        if self._own is None or self._part is None:
            return False
        numbers: list[int] = []
        seats: _Seats = [*range(len(self._own.parts()))]
        if not self._tried(lambda own, part: numbers.append(change(own, part)), lines=lines):
            return False
        self._keep()
        parts = self._own.parts()
        reseat(seats, numbers[0])
        self._refused.follow(self._own.kind, str(parts[0].values["name"]), parts, seats)
        self._show_parts(numbers[0])
        return True

    # --- pasting -------------------------------------------------------------------------------

    def paste(self) -> None:
        """Put what was copied behind the chosen part, each of its lines as a paragraph."""
        copied = QGuiApplication.clipboard().text().splitlines()
        lines = [line.strip() for line in copied if line.strip()]
        if not lines:
            self.said.emit("ไม่มีข้อความให้วาง โปรดคัดลอกข้อความก่อน")
            return
        self._session.saver.flush()
        lines, copied = ([in_code(line, PLACEHOLDERS) for line in each] for each in (lines, copied))

        def reseat(seats: _Seats, last: int) -> None:
            first = last - len(lines) + 1
            seats[first:first] = [None] * len(lines)

        if self._changed(lambda own, part: own.add_texts(part, lines), reseat, copied):
            self._tell_pasted(len(lines))

    def _paste_into(self, lines: list[str]) -> bool:
        """Part the paragraph at the cursor: each line that is pasted becomes one like it."""
        text = self.form.fields["text"]
        assert isinstance(text, TextField)
        cursor, whole = text.textCursor(), text.toPlainText()
        before, after = whole[: cursor.selectionStart()], whole[cursor.selectionEnd() :]
        texts = [before + lines[0], *lines[1:-1], lines[-1] + after]
        texts = [in_code(each, PLACEHOLDERS) for each in texts]
        self._session.saver.flush()

        def reseat(seats: _Seats, last: int) -> None:
            first = last - len(texts) + 2
            seats[first:first] = [None] * (len(texts) - 1)

        if not self._changed(lambda own, part: own.split(part, "text", texts), reseat, texts):
            return False  # it stays in the field as it is, with the reason below
        last = self.form.fields["text"]
        assert isinstance(last, TextField)
        last.setFocus()
        cursor = last.textCursor()
        cursor.setPosition(len(lines[-1]))
        last.setTextCursor(cursor)
        self._tell_pasted(len(texts))
        return True

    def _tell_pasted(self, count: int) -> None:
        self.said.emit(shown(f"วางเป็น {count} ย่อหน้าแล้ว กด Ctrl+Z เพื่อเลิกทำทั้งหมด"))

    def _paste_columns(
        self, changed: Mapping[int, Mapping[str, str]], added: Sequence[Mapping[str, str]]
    ) -> None:
        """Take a block of cells: columns as they are now, and new ones below them."""
        assert self._part is not None
        value, heading = next(iter(COLUMNS[self._part.kind].items()))
        columns = self._column_data()
        try:
            for at, values in changed.items():
                columns[at] |= {key: _cell(key, text) for key, text in values.items()}
            for values in added:
                new = {key: _cell(key, text) for key, text in values.items()}
                columns.append({"heading": heading, "value": value, **new})
        except ValueError as error:
            self.problem.setText(str(error))
            return
        if self._put("columns", columns):
            for at, values in changed.items():
                for key in values:
                    self._settle(cell(at, key), Refused("", "", ""))
        self._show_columns()

    # --- columns -------------------------------------------------------------------------------

    def _column_data(self) -> list[dict[str, Any]]:
        assert self._part is not None
        return [dict(column) for column in self._part.values.get("columns", ())]

    def _on_column(self, at: int, key: str, value: str) -> None:
        columns = self._column_data()
        reason = ""
        try:
            columns[at][key] = _cell(key, value)
        except ValueError as error:
            reason = str(error)
        else:
            if not self._put("columns", columns, ("column", at, key)):
                reason = self.problem.text()
        label = next(each.heading for each in self.columns.model.columns if each.key == key)
        self._settle(cell(at, key), Refused(value, reason, shown(f"{label} ที่ {at + 1}")))
        self._show_columns()

    def _add_column(self) -> None:
        assert self._part is not None
        value, heading = next(iter(COLUMNS[self._part.kind].items()))
        self._put("columns", [*self._column_data(), {"heading": heading, "value": value}])
        self._show_columns()

    def _delete_column(self, at: int) -> None:
        seats = [*range(len(self._column_data()))]
        self._reorder(seats[:at] + seats[at + 1 :])

    def _move_column(self, at: int, by: int) -> None:
        seats = [*range(len(self._column_data()))]
        if 0 <= at + by < len(seats):
            seats.insert(at + by, seats.pop(at))
            self._reorder(seats)
            self.columns.select(at + by)

    def _reorder(self, seats: Sequence[int]) -> None:
        """Columns in another order, or fewer; ``seats``: where each is now."""
        assert self._own is not None and self._part is not None
        columns = self._column_data()
        if self._put("columns", [columns[seat] for seat in seats]):
            at = self.parts.currentRow()
            self._refused.reseat_columns(self._own.kind, at, seats)
            self.problem.setText(_reasons(self._refused_here()))
            self.parts.item(at).setText(_line(self._part, bool(self._refused_here())))
        self._show_columns()

    # --- whole templates -----------------------------------------------------------------------

    def copy(self) -> None:
        """Ask for a name and make the template another document of the list."""
        assert self._template is not None
        name = alerts.ask_text(
            self, "ทำเป็นเอกสารใหม่", "ชื่อของเอกสารใหม่", f"{self._template.name} (ของเรา)"
        )
        if name and name.strip():
            self.copy_as(name.strip())

    def copy_as(self, name: str) -> None:
        """Make the template another document of that name."""
        assert self._template is not None
        own = OwnTemplate(self._template)
        own.rename(free_kind(self._template.kind, self._session.dossier.templates), name)
        if self._session.done(lambda: self._session.store.set_template(own.kind, own.text)):
            self.kind_made.emit(own.kind)
            self.said.emit("เพิ่มเอกสารใหม่ในรายการแล้ว")

    def go_back(self) -> None:
        """Use the shipped template again, or drop a document of the office's own."""
        assert self._template is not None
        kind = self._template.kind
        self._own = None
        self._refused.forget(kind)
        if self._session.done(lambda: self._session.store.set_template(kind, None)):
            self.said.emit("กลับไปใช้แม่แบบเดิมแล้ว กด Ctrl+Z เพื่อนำแม่แบบของหน่วยงานกลับมา")

    def give_out(self) -> None:
        """Ask where to, and write the template as a file."""
        assert self._own is not None
        name = f"แม่แบบ {self._own.kind}.json"
        chosen, _ = QFileDialog.getSaveFileName(self, "ส่งออกแม่แบบ", name, "แม่แบบ (*.json)")
        if not chosen:
            return
        try:
            write_file(Path(chosen), self._own.text.encode())
        except FileNotWritten as error:
            alerts.warn(self, "ส่งออกไม่สำเร็จ", str(error))
        else:
            self.said.emit("ส่งออกแม่แบบแล้ว")

    def take_in(self) -> None:
        """Ask for a template file and keep it; a broken one is refused with place and mend."""
        chosen, _ = QFileDialog.getOpenFileName(self, "นำเข้าแม่แบบ", "", "แม่แบบ (*.json)")
        if chosen:
            self.take_in_file(Path(chosen))

    def take_in_file(self, path: Path) -> bool:
        """Keep the template of a file; it replaces the one of its kind."""
        try:
            if path.stat().st_size > _MOST_BYTES:
                raise TemplateError(path.name, "ทั้งแฟ้ม", "แฟ้มใหญ่เกิน 1 MB", "เลือกแฟ้มแม่แบบ")
            template = read_template(path.read_text(encoding="utf-8-sig"), path.name)
            check_values(template)
        except TemplateError as error:
            alerts.warn(self, "นำเข้าแม่แบบไม่ได้", shown(str(error)))
            return False
        except (OSError, ValueError):
            alerts.warn(self, "นำเข้าแม่แบบไม่ได้", f"อ่านแฟ้ม “{path.name}” ไม่ได้ โปรดเลือกแฟ้มอื่น")
            return False
        own, self._own = OwnTemplate(template), None
        if not self._session.done(lambda: self._session.store.set_template(own.kind, own.text)):
            return False
        self.kind_made.emit(own.kind)
        return True


def _line(part: Part, wrong: bool) -> str:
    """A part in the list of parts; ``wrong``: something typed in it was refused."""
    name = f"⚠ {part.name}" if wrong else part.name
    return shown(name if part.block is None else f"    {name}")


def _dress(field: QWidget, *, wrong: bool) -> None:
    field.setProperty("state", "wrong" if wrong else "")
    field.style().polish(field)


def _reasons(texts: Mapping[str, Refused]) -> str:
    return "\n".join(dict.fromkeys(refused.reason for refused in texts.values()))


def _reason(error: TemplateError, part: Part, key: str, lines: Sequence[str]) -> str:
    """Why a change was refused: the part by its Thai name, the line where there are several."""
    words = words_of(part.kind)
    where = [KINDS[part.kind].name if part.kind else part.name]
    if key:
        where.append(part.settings[key].label)
    column = re.search(r"\.columns\[(\d+)\]", error.place)
    if column:
        where.append(f"ที่ {int(column[1]) + 1}")
    at = wrong_line(lines, words.keys()) if len(lines) > 1 else None
    if at is not None:
        where.append(f"บรรทัดที่ {at + 1}")
    sentence = f"{' '.join(where)}: {error.problem} โปรด{error.mend}"
    return shown(in_thai(sentence, words))


def _cell(key: str, text: str) -> Any:
    """What a cell of the table of columns means. Raises ValueError with a Thai sentence."""
    if key == "width":
        return _number(text)
    if key in ("heading", "group"):
        return in_code(text, PLACEHOLDERS)
    return text == _YES if key == "bold" else text


def _column_specs(part: Callable[[], Part | None]) -> tuple[ColumnSpec, ...]:
    def values() -> dict[str, str]:
        here = part()
        return COLUMNS.get(here.kind, {}) if here else {}

    return (
        ColumnSpec("heading", "หัวคอลัมน์", width=150),
        ColumnSpec("value", "แสดง", values, width=150),
        ColumnSpec("width", "กว้าง", width=60),
        ColumnSpec("group", "หัวรวม", width=80),
        ColumnSpec("list", "รายการ", lambda: LISTS, width=90),
        ColumnSpec("bold", "ตัวหนา", lambda: {_NO: "ไม่ใช่", _YES: "ใช่"}, width=60),
    )


def _column_row(at: int, data: Mapping[str, Any]) -> _ColumnRow:
    width = f"{data.get('width', 10):g}"
    heading, group = (in_thai(data.get(key, ""), PLACEHOLDERS) for key in ("heading", "group"))
    style, bold = data.get("list", USUAL_LIST), _YES if data.get("bold") else _NO
    return _ColumnRow(at, heading, data["value"], width, group, style, bold)


def _specs(part: Part) -> tuple[FieldSpec, ...]:
    made: list[FieldSpec] = []
    for key, setting in part.settings.items():
        if setting.want in (Want.COLUMNS, Want.CHOICES):
            continue
        choices = {_NO: "ไม่ใช่", _YES: "ใช่"} if setting.want is Want.FLAG else setting.choices
        made.append(
            FieldSpec(
                *(key, setting.label, _FIELD[setting.want]),
                help=_help(part, setting),
                choices=choices,
                lines=1,
            )
        )
    return tuple(made)


def _help(part: Part, setting: Setting) -> str:
    if setting.want is Want.NUMBER:
        return shown(f"ตัวเลข {setting.low:g} ถึง {setting.high:g}")
    if setting.want not in _WITH_WORDS:
        return setting.label
    words = "  ".join(f"{{{name}}}" for name in words_of(part.kind).values())
    lines = "บรรทัดละหนึ่งข้อ\n" if setting.want is Want.WORDINGS else ""
    return f"{lines}ช่องเติมที่ใช้ได้ โปรแกรมจะเติมค่าให้เมื่อพิมพ์\n{words}"


def _text(part: Part, key: str) -> str:
    setting = part.settings[key]
    value = part.values.get(key, setting.default)
    if setting.want is Want.FLAG:
        return _YES if value else _NO
    if setting.want is Want.NUMBER:
        return f"{value or 0:g}"
    text = "\n".join(value) if setting.want is Want.WORDINGS else str(value or "")
    return in_thai(text, words_of(part.kind)) if setting.want in _WITH_WORDS else text


def _value(part: Part, key: str, text: str) -> Any:
    """What a setting's text means. Raises ValueError with a Thai sentence."""
    setting = part.settings[key]
    if setting.want in _WITH_WORDS:
        text = in_code(text, words_of(part.kind))
    if setting.want is Want.FLAG:
        return text == _YES
    if setting.want is Want.NUMBER:
        return _number(text)
    if setting.want is Want.WORDINGS:
        return [line for line in text.split("\n") if line.strip()]
    return text


def _number(text: str) -> float:
    """The number that was typed, in either digits. Raises ValueError with a Thai sentence."""
    try:
        return float(to_arabic(text.strip()).replace(",", "."))
    except ValueError:
        raise ValueError("ช่องนี้ต้องเป็นตัวเลข ยังไม่ได้เก็บค่าที่พิมพ์") from None
