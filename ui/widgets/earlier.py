"""ข้อความที่เคยใช้: texts of earlier years, offered for the field that is being written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from ita_desktop.domain.bank import bank_of
from ui.session import Session
from ui.text import shown
from ui.widgets.texts import TextField

_MOST = 12
_LETTERS = 80


class LastField(QObject):
    """Remembers which of some text fields had the cursor last."""

    def __init__(self, fields: Callable[[], Mapping[str, QWidget]], owner: QWidget) -> None:
        super().__init__(owner)
        self._fields = fields
        self.key = ""
        QGuiApplication.instance().focusObjectChanged.connect(self._on_focus)  # type: ignore[union-attr]

    def _on_focus(self, now: QObject | None) -> None:
        for key, field in self._fields().items():
            if field is now and isinstance(field, TextField):
                self.key = key

    @property
    def field(self) -> TextField | None:
        """The field, while it is still there; else the first one."""
        fields = {k: f for k, f in self._fields().items() if isinstance(f, TextField)}
        self.key = self.key if self.key in fields else next(iter(fields), "")
        return fields.get(self.key)


def put(field: TextField, text: str, *, whole: bool = False) -> None:
    """Into a field as if typed: saved, and taken back with Ctrl+Z."""
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    cursor = field.textCursor()
    if whole:
        cursor.select(cursor.SelectionType.Document)
    cursor.insertText(text)
    field.setTextCursor(cursor)


class EarlierTexts(QPushButton):
    """A button with the texts of other years that fit the field, best first.

    ``indicators`` gives the codes the text is to answer; ``kinds``, from a field's key, what the
    bank calls such texts.
    """

    def __init__(
        self,
        session: Session,
        last: LastField,
        indicators: Callable[[], Iterable[str]] = tuple,
        kinds: Callable[[str], tuple[str, ...]] = lambda key: (key,),
    ) -> None:
        super().__init__("ข้อความที่เคยใช้")
        self._session, self._last = session, last
        self._indicators, self._kinds = indicators, kinds
        tip = "เลือกข้อความของปีก่อนมาใส่ในช่องที่เคอร์เซอร์อยู่"
        self.setToolTip(tip)
        self.setAccessibleDescription(tip)
        self.setAutoDefault(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the cursor in the text
        self.clicked.connect(lambda _checked: self._offer())

    def offered(self) -> list[tuple[str, str]]:
        """Where each text that fits is from, and the text."""
        if self._last.field is None:
            return []
        kept = bank_of(
            self._session.dossier,
            self._session.year,
            indicators=self._indicators(),
            fields=self._kinds(self._last.key),
        )
        return [(each.source, each.text) for each in kept[:_MOST]]

    def _offer(self) -> None:
        menu = self.menu_of(self.offered())
        menu.exec(self.mapToGlobal(self.rect().bottomLeft()))

    def menu_of(self, offered: list[tuple[str, str]]) -> QMenu:
        """The menu: a line a text, or a word that there is none."""
        menu = QMenu(self)
        if not offered:
            menu.addAction("ยังไม่มีข้อความของปีอื่นสำหรับช่องนี้").setEnabled(False)
        for source, text in offered:
            short = " ".join(text.split())
            short = short if len(short) <= _LETTERS else f"{short[:_LETTERS]}…"
            action = menu.addAction(shown(f"{short}   ({source})").replace("&", "&&"))
            action.triggered.connect(lambda _=False, text=text: self._take(text))
        return menu

    def _take(self, text: str) -> None:
        if (field := self._last.field) is not None:
            put(field, text)
