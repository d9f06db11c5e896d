"""A line whose text stands for a value: what can't be read stays typed, with a sentence beneath.

What is typed is handed over as soon as it can be read. Where it can't, the value goes back to what
it was before this stay in the field: "26/4/25" on the way to "26/4/256" must not remain as a date.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.layouts import label
from ui.widgets.texts import LineField


class CheckedField(QWidget):
    """A line with a sentence beneath. Subclasses say how a text is read and a value written.

    ``typed`` carries the value (None for an empty field) when the user's typing changes it.
    """

    typed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = LineField()
        self.problem = label("", "wrong")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.setFocusProxy(self.line)
        self._value: Any = None
        self._before: Any = None
        self._draft = False
        self._tools = QHBoxLayout()
        self._tools.setSpacing(6)
        self._tools.addWidget(self.line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(self._tools)
        column.addWidget(self.problem)
        self.line.typed.connect(self._on_typed)
        self.line.editingFinished.connect(self.settle)
        self.line.installEventFilter(self)

    # --- what subclasses say ---------------------------------------------------------------------

    def read(self, text: str) -> Any:
        """The value of a text, None for an empty one; raises ValueError with a Thai sentence."""
        raise NotImplementedError

    def written(self, value: Any) -> str:
        """A value as the field shows it when it is left."""
        raise NotImplementedError

    # --- as every field --------------------------------------------------------------------------

    @property
    def visit(self) -> object:
        """Stands for one stay in the field: all typed in it is one undo step."""
        return self.line.visit

    @property
    def is_draft(self) -> bool:
        """Whether what stands in the field can't be read, and so is not stored."""
        return self._draft

    def value(self) -> Any:
        """The value that was last stored or shown; what can't be read is not one."""
        return self._value

    def show_value(self, value: Any) -> None:
        """Show a value from the data; what can't be read stays while the value is the same."""
        same = value == self._value
        self._value = value
        if same and (self._draft or self.line.hasFocus()):
            return
        self._before = value
        self._draft = False
        self.line.show_value(self.written(value))
        self._say("")

    def forget(self) -> None:
        """Drop a text that can't be read: the field stands for another record now."""
        if self._draft:
            self._draft = False
            self.line.show_value(self.written(self._value))
            self._say("")
        self._before = self._value

    def settle(self) -> None:
        """The field is left: write the value out, or say why the text is none."""
        try:
            value = self.read(self.line.text())
        except ValueError as error:
            self._say(str(error))
            return
        self._say("")
        if value == self._value:
            self.line.show_value(self.written(value))

    def _on_typed(self, text: str) -> None:
        try:
            value = self.read(text)
        except ValueError:
            self._draft = True
            value = self._before
        else:
            self._draft = False
            self._say("")
        self._give(value)

    def _give(self, value: Any) -> None:
        if value != self._value:
            self._value = value
            self.typed.emit(value)

    def _say(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        described = self.accessibleDescription()
        self.line.setAccessibleDescription(f"{sentence} {described}".strip())
        self._fit()

    def _fit(self) -> None:
        """Claim the height of the wrapped sentence: a form in a scroll area asks for none."""
        if not self.problem.isHidden():
            self.problem.setMinimumHeight(max(self.problem.heightForWidth(self.width()), 0))
            self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrapping depends on the width."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A new stay in the field begins with the value it shows."""
        if watched is self.line and event.type() is QEvent.Type.FocusIn and not self._draft:
            self._before = self._value
        return super().eventFilter(watched, event)

    # --- named as one field ----------------------------------------------------------------------

    def setAccessibleName(self, name: str) -> None:
        """The line inside is what a screen reader meets."""
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def setAccessibleDescription(self, description: str) -> None:
        """Said by a screen reader after the name."""
        super().setAccessibleDescription(description)
        self.line.setAccessibleDescription(description)

    def setToolTip(self, tip: str) -> None:
        """The tip of the line."""
        self.line.setToolTip(tip)

    def setPlaceholderText(self, text: str) -> None:
        """What stands in the empty field, in gray."""
        self.line.setPlaceholderText(text)
