"""A form is data: a list of field descriptions becomes labelled, named, ordered fields.

Labels get their buddies, fields their accessible names, tool tips and tab order by construction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QWidget,
)

from ui import theme
from ui.widgets.amounts import AmountField
from ui.widgets.checked import CheckedField
from ui.widgets.choice import Choice
from ui.widgets.dates import DateField
from ui.widgets.texts import LineField, TextField, close_list_on_tab


class FieldKind(Enum):
    """How a field is entered."""

    LINE = auto()
    TEXT = auto()
    CHOICE = auto()
    SUGGEST = auto()
    """Free text with suggestions to pick from."""
    DATE = auto()
    """A day of the Buddhist era; its value is a date or None."""
    AMOUNT = auto()
    """A number between ``limits``; its value is a float or None."""


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field: the key of its value, the Thai label, the kind, the help.

    ``choices``: stored value -> shown text, for CHOICE; for SUGGEST only the shown texts count.
    ``lines``: least height of a TEXT field. ``example`` shows while the field is empty.
    ``limits`` and ``unit`` (Thai, beside the field) are an AMOUNT's.
    """

    key: str
    label: str
    kind: FieldKind = FieldKind.LINE
    help: str = ""
    example: str = ""
    choices: Mapping[str, str] | None = None
    lines: int = 2
    limits: tuple[float, float] = (0, 0)
    unit: str = ""


class Suggest(Choice):
    """Free text with a list of suggestions."""

    typed = Signal(str)

    def __init__(self, choices: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(choices, parent)
        self.setEditable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        line = LineField()
        self.setLineEdit(line)
        line.typed.connect(self.typed)
        # What is typed is meant as typed: "สำนักปลัด" must not grow into a phrase used before.
        self.setCompleter(None)  # type: ignore[arg-type]
        self.picked.connect(self.typed)

    def event(self, event: QEvent) -> bool:
        """Tab leaves the field, whatever is offered below it."""
        close_list_on_tab(self.completer(), event)
        return super().event(event)

    def value(self) -> str:
        """The text."""
        return self.currentText()

    def show_value(self, value: str) -> None:
        """Show a text from the data."""
        with QSignalBlocker(self):
            self.setCurrentIndex(self.findText(value))
            if value != self.currentText():
                self.setEditText(value)


Field = LineField | TextField | Choice | CheckedField


class Form(QWidget):
    """Fields from descriptions. ``typed`` carries key and value of each change by the user.

    The value is a text, but a date, a float or None for a DATE or an AMOUNT.
    ``across``: the fields stand side by side in one line.
    """

    typed = Signal(str, object)

    def __init__(self, name: str, specs: tuple[FieldSpec, ...], *, across: bool = False) -> None:
        super().__init__()
        self.setObjectName(name)
        self.fields: dict[str, Field] = {}
        self.labels: dict[str, QLabel] = {}
        self._layout = QHBoxLayout(self) if across else _form_layout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.add(specs)

    def add(self, specs: Iterable[FieldSpec]) -> None:
        """Add fields below (or after) those that are there."""
        for spec in specs:
            self._add(spec)

    def _add(self, spec: FieldSpec) -> None:
        field = _make(spec)
        field.setObjectName(f"{self.objectName()}_{spec.key}")
        field.setAccessibleName(spec.label)
        field.setAccessibleDescription(spec.help)
        field.setToolTip(spec.help)
        signal = field.picked if type(field) is Choice else field.typed  # type: ignore[union-attr]
        signal.connect(lambda value, key=spec.key: self.typed.emit(key, value))
        label = QLabel(spec.label)
        label.setBuddy(field)
        _dress_label(label)
        self._place(label, field)
        self.fields[spec.key], self.labels[spec.key] = field, label

    def _place(self, label: QLabel, field: QWidget) -> None:
        if isinstance(self._layout, QFormLayout):
            self._layout.addRow(label, field)
        else:
            self._layout.addWidget(label)
            self._layout.addWidget(field)

    def add_row(self, label: str, widget: QWidget) -> None:
        """Add a row of another kind; its label is the widget's buddy."""
        caption = QLabel(label)
        caption.setBuddy(widget)
        _dress_label(caption)
        self._place(caption, widget)

    def rename(self, key: str, text: str) -> None:
        """Call a field otherwise, for the eye and for a screen reader."""
        self.labels[key].setText(text)
        self.fields[key].setAccessibleName(text)

    def show_row(self, key: str, on: bool) -> None:
        """Show or hide a field with its label."""
        self.fields[key].setVisible(on)
        self.labels[key].setVisible(on)

    def show_values(self, values: Mapping[str, Any], *, but: object = None) -> None:
        """Show values from the data, leaving alone the field that is being typed in (``but``)."""
        for key, value in values.items():
            field = self.fields[key]
            if field is not but:
                field.show_value(value)

    def visit(self, key: str) -> object:
        """The token of the present stay in a field."""
        field = self.fields[key]
        line = field.lineEdit() if isinstance(field, Suggest) else field
        return getattr(line, "visit", None)

    def go_to(self, key: str) -> None:
        """Put the cursor into a field."""
        self.fields[key].setFocus(Qt.FocusReason.OtherFocusReason)


def _form_layout(form: QWidget) -> QFormLayout:
    layout = QFormLayout(form)
    layout.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    layout.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
    layout.setVerticalSpacing(6)
    return layout


def _dress_label(caption: QLabel) -> None:
    """Level with the first line of the field beside it, however tall the field is."""
    caption.setFixedHeight(theme.scaled(34))
    caption.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


def _make(spec: FieldSpec) -> Field:
    if spec.kind in (FieldKind.DATE, FieldKind.AMOUNT):
        return _make_checked(spec)
    if spec.kind is FieldKind.TEXT:
        text = TextField(spec.lines)
        text.setPlaceholderText(spec.example)
        return text
    if spec.kind is FieldKind.CHOICE:
        return Choice(spec.choices or {})
    if spec.kind is FieldKind.SUGGEST:
        return Suggest(spec.choices or {})
    line = LineField()
    line.setPlaceholderText(spec.example)
    return line


def _make_checked(spec: FieldSpec) -> CheckedField:
    made = DateField() if spec.kind is FieldKind.DATE else AmountField(spec.limits, spec.unit)
    made.setPlaceholderText(spec.example)
    return made
