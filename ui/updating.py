"""ปรับปรุงข้อมูลโปรแกรม: update files looked at, installed, listed and taken back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ita_desktop.domain.fiscal import thai_date
from ita_desktop.paths import data_file
from ita_desktop.thai.words import use_field_words
from ita_desktop.updates.errors import UpdateError
from ita_desktop.updates.shelf import (
    Installed,
    YearEffect,
    check_fits,
    effect_lines,
    effects_of_removal,
    effects_on,
    install,
    installed,
    take_back,
)
from ita_desktop.updates.update_file import SPOKEN_LETTERS, SUFFIX, Update, open_update
from ui import alerts
from ui.session import Session
from ui.text import shown
from ui.widgets.dialogs import WINDOW, Panel, Rows
from ui.widgets.layouts import WrappedLabel, button, label, row
from ui.widgets.texts import LineField

UPDATE_FILTER = f"แฟ้มปรับปรุง (*{SUFFIX})"
MOST_SAID = 8
"""Lines of effects in a question; all of them stand on the page before an installation."""
_INTRO = (
    "เมื่อ ป.ป.ช. เปลี่ยนข้อคำถาม หรือผู้ดูแลแก้แม่แบบและรายการคำ จะส่งแฟ้มปรับปรุงมาทางแฟลชไดรฟ์ได้ "
    "แฟ้มข้อมูลของหน่วยงานไม่ถูกแก้ และนำการปรับปรุงออกเพื่อกลับไปใช้ของเดิมได้เสมอ"
)


def read_only(name: str) -> QPlainTextEdit:
    """A text to be read and copied, reached and left with Tab."""
    made = QPlainTextEdit()
    made.setAccessibleName(name)
    made.setReadOnly(True)
    made.setTabChangesFocus(True)
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return made


class ListPage(QWidget):
    """What is installed, and what is in the chosen one."""

    def __init__(self) -> None:
        super().__init__()
        headings = ("การปรับปรุง", "ผู้ทำ", "ติดตั้งเมื่อ", "ที่มาและสภาพ")
        self.table = Rows("การปรับปรุงที่ติดตั้งไว้", headings, (0, 150, 130, 300))
        self.empty = WrappedLabel(
            "ยังไม่ได้ติดตั้งการปรับปรุงใด โปรแกรมใช้กรอบการประเมิน แม่แบบ และรายการคำที่มากับโปรแกรม", "muted"
        )
        self.about = read_only("รายละเอียดของการปรับปรุงที่เลือก")
        self.listed: tuple[Installed, ...] = ()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(WrappedLabel(_INTRO))
        self.column.addWidget(self.empty)
        self.column.addWidget(self.table, 3)
        self.column.addWidget(self.about, 2)
        self.table.moved.connect(self._show_about)

    @property
    def chosen(self) -> Installed | None:
        """The update in the current row."""
        at = self.table.currentRow()
        return self.listed[at] if 0 <= at < len(self.listed) else None

    def show_list(self, listed: tuple[Installed, ...]) -> None:
        """Show these updates."""
        self.listed = listed
        for part in (self.table, self.about):
            part.setVisible(bool(listed))
        self.table.show_rows([_row_of(each) for each in listed])
        self.empty.setVisible(not listed)
        self.column.setStretchFactor(self.empty, 0 if listed else 1)
        self._show_about()

    def _show_about(self, *_: object) -> None:
        found = self.chosen
        if found is None:
            self.about.clear()
            return
        lines = [
            shown(f"{found.about.title} ทำเมื่อ {thai_date(found.about.made)}"),
            *([shown(found.about.notes)] if found.about.notes else []),
            *(shown(f"• {each}") for each in found.about.labels),
            f"รหัสตรวจสอบ {found.spoken}",
            f"SHA-256 {found.checksum}",
        ]
        self.about.setPlainText("\n".join(lines))


def _row_of(found: Installed) -> list[str]:
    about = found.about
    state = found.state or found.origin
    return [shown(text) for text in (about.title, about.by, found.installed_on, state)]


class CheckPage(QWidget):
    """What a file holds and what it does, before it is installed."""

    def __init__(self) -> None:
        super().__init__()
        self.title = label("", "title")
        self.title.setWordWrap(True)
        self.origin = WrappedLabel("")
        self.about = read_only("สิ่งที่อยู่ในแฟ้มและผลต่อข้อมูลที่มีอยู่")
        self.checksum = label("", "title")
        self.checksum.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.checksum.setAccessibleName("รหัสตรวจสอบ")
        self.letters = LineField()
        self.letters.setMaxLength(24)
        caption = label("อักษรสี่ตัวแรกของรหัส")
        caption.setBuddy(self.letters)
        self.caption = caption
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.title)
        column.addWidget(self.about, 1)
        column.addWidget(self.origin)
        column.addWidget(self.checksum)
        column.addLayout(row(caption, self.letters, None))

    def show_update(self, update: Update, lines: tuple[str, ...]) -> None:
        """Show a checked update; ``lines``: what it does to the office that is open."""
        about = update.about
        self.title.setText(shown(about.words))
        parts = [shown(about.notes)] if about.notes else []
        parts += ["สิ่งที่อยู่ในแฟ้ม", *(shown(f"• {each}") for each in about.labels)]
        parts += ["", "ผลต่อข้อมูลที่มีอยู่", *(shown(f"• {each}") for each in lines)]
        self.about.setPlainText("\n".join(parts))
        self.checksum.setText(update.spoken)
        self.origin.setText(
            f"ลงนามโดย {update.signer} ซึ่งโปรแกรมนี้รู้จัก รหัสตรวจสอบของแฟ้มคือ"
            if update.signer
            else "แฟ้มนี้ไม่มีลายเซ็นที่โปรแกรมรู้จัก โปรดโทรศัพท์ถามรหัสตรวจสอบจากผู้ส่ง "
            "ถ้าผู้ส่งอ่านรหัสตรงกับข้างล่างทุกตัว ให้พิมพ์อักษรสี่ตัวแรกเพื่อยืนยัน"
        )
        for part in (self.caption, self.letters):
            part.setVisible(not update.signer)
        self.letters.clear()


class UpdatesDialog(Panel):
    """The list, and the check of a file, one after the other.

    ``changed``: something was installed or taken back, and counts now. ``session``: the open file,
    whose years are looked at; None when none is open.
    """

    changed = Signal()

    def __init__(self, session: Session | None, parent: QWidget | None = None) -> None:
        super().__init__("ปรับปรุงข้อมูลโปรแกรม", WINDOW, parent)
        self._session = session
        self._update: Update | None = None
        self.list = ListPage()
        self.check = CheckPage()
        self.stack = QStackedWidget()
        self.take_in_button = button("ติดตั้งจากแฟ้ม…", self.ask_file, primary=True)
        self.take_back_button = button("นำออก…", self.take_back, tip="กลับไปใช้ของที่มีก่อนติดตั้ง")
        self.close_button = button("ปิด", self.close)
        self.list.column.addLayout(
            row(self.take_in_button, self.take_back_button, None, self.close_button)
        )
        self.back_button = button("กลับ", self.show_list, tip="ยังไม่ติดตั้ง (Esc)")
        self.install_button = button("ติดตั้ง", self.install, primary=True)
        column = self.check.layout()
        assert isinstance(column, QVBoxLayout)
        column.addLayout(row(self.back_button, None, self.install_button))
        for page in (self.list, self.check):
            self.stack.addWidget(page)
        self.column.addWidget(self.stack)
        self.check.letters.typed.connect(lambda _: self._show_ready())
        self.check.letters.returnPressed.connect(self.install)
        self.show_list()

    def show_list(self) -> None:
        """Show what is installed."""
        self._update = None
        self.stack.setCurrentWidget(self.list)
        self.list.show_list(installed())
        self.take_back_button.setEnabled(bool(self.list.listed))
        first = self.list.table if self.list.listed else self.take_in_button
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_file(self) -> None:
        """Ask for an update file and show what it would do."""
        chosen, _ = QFileDialog.getOpenFileName(self, "แฟ้มปรับปรุง", str(Path.home()), UPDATE_FILTER)
        if chosen:
            self.look_at(Path(chosen))

    def look_at(self, path: Path) -> None:
        """Check a file and show what is in it; a broken one is told and left."""
        try:
            update = open_update(path)
            check_fits(update)
        except UpdateError as error:
            alerts.warn(self, "ใช้แฟ้มปรับปรุงไม่ได้", shown(str(error)))
            return
        self._update = update
        self.check.show_update(update, self._effects_of(update))
        self.stack.setCurrentWidget(self.check)
        self._show_ready()
        first = self.install_button if update.signer else self.check.letters
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _effects_of(self, update: Update) -> tuple[str, ...]:
        if self._session is None:
            return ("ยังไม่ได้เปิดแฟ้มข้อมูล จึงยังบอกผลต่อปีที่มีคะแนนไม่ได้",)
        self._session.saver.flush()
        found = effects_on(update, self._session.dossier, self._session.shelf)
        return effect_lines(found) or ("ไม่เปลี่ยนคะแนน ระดับ หรือมาตรการที่มีอยู่",)

    def _show_ready(self) -> None:
        update = self._update
        ready = update is not None and (
            bool(update.signer) or update.fits(self.check.letters.text())
        )
        self.install_button.setEnabled(ready)
        self.install_button.setToolTip(
            "" if ready else shown(f"พิมพ์อักษร {SPOKEN_LETTERS} ตัวแรกของรหัสให้ตรงก่อน")
        )

    def install(self) -> None:
        """Install what is shown, once it is signed or confirmed."""
        update = self._update
        if update is None or not self.install_button.isEnabled():
            return
        try:
            done = install(update, datetime.now().astimezone())
        except UpdateError as error:
            alerts.warn(self, "ติดตั้งไม่ได้", shown(str(error)))
            return
        self._count(f"ติดตั้ง “{done.about.title}” แล้ว")

    def take_back(self) -> None:
        """Ask, with what would change, and take the chosen update back."""
        found = self.list.chosen
        if found is None:
            return
        lines = effect_lines(self._effects_of_removal(found))
        said = "\n".join(f"• {line}" for line in lines[:MOST_SAID])
        more = f"\nและอีก {len(lines) - MOST_SAID} เรื่อง" if len(lines) > MOST_SAID else ""
        effects = f"\n\nผลต่อข้อมูลที่มีอยู่\n{said}{more}" if lines else ""
        question = (
            f"นำ “{found.about.title}” ออก แล้วกลับไปใช้ของที่มีก่อนติดตั้ง แฟ้มข้อมูลของหน่วยงานไม่ถูกแก้{effects}"
        )
        if not alerts.ask(self, "นำการปรับปรุงออก", shown(question), "นำออก"):
            return
        try:
            take_back(found.about.folder)
        except UpdateError as error:
            alerts.warn(self, "นำออกไม่ได้", shown(str(error)))
            return
        self._count(f"นำ “{found.about.title}” ออกแล้ว")

    def _effects_of_removal(self, found: Installed) -> tuple[YearEffect, ...]:
        if self._session is None or found.state:
            return ()
        self._session.saver.flush()
        return effects_of_removal(found, self._session.dossier, self._session.shelf)

    def _count(self, said: str) -> None:
        """What is installed now counts everywhere, from now on."""
        use_field_words(data_file("dictionary/field_words.txt"))
        if self._session is not None:
            self._session.forget_data()
        self.changed.emit()
        self.show_list()
        alerts.tell(self, "ปรับปรุงข้อมูลโปรแกรม", shown(said))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the list, and out of the dialog from there."""
        if event.key() == Qt.Key.Key_Escape and self.stack.currentWidget() is self.check:
            self.show_list()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # The field has had its Enter; a button has it only when it has the focus.
            focus = self.focusWidget()
            if isinstance(focus, QPushButton):
                focus.click()
            return
        super().keyPressEvent(event)
