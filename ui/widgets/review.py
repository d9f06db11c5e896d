"""ตรวจก่อนพิมพ์: the findings, why each is one, how to mend it, and setting it aside."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.review import Finding, Place, Severity, by_weight
from ita_desktop.exchange.errors import SourceError
from ui import alerts
from ui.mending import mend
from ui.session import Session
from ui.text import shown
from ui.widgets.layouts import button, label, row
from ui.widgets.wrapping import RowDelegate

MARKS = {Severity.ERROR: "✗ ต้องแก้", Severity.WARNING: "⚠ ควรตรวจ", Severity.HINT: "• แนะนำ"}
_DOCUMENT = "document"
_LONG, _AROUND = 40, 8
"""Letters of a text in the status bar, and those said before and after what was changed."""
_BATCH = 100
"""So many findings are laid out at a time."""
"""The page of findings in a finished document, which has no field to go to."""


class FindingList(QListWidget):
    """Hundreds of findings are laid out a hundred at a time, where she looks at the first.

    From further down all are laid out at once, so that what she looks at stays where it is.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setBatchSize(_BATCH)
        self.setWordWrap(True)
        self.setItemDelegate(RowDelegate(self))
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def doItemsLayout(self) -> None:
        """Qt asks for it whenever rows or the width have changed, once the list is in sight."""
        at_top = self.verticalScrollBar().value() == 0 and self.currentRow() < _BATCH
        modes = QListWidget.LayoutMode
        self.setLayoutMode(modes.Batched if at_top else modes.SinglePass)
        super().doItemsLayout()

    def go_to(self, row: int) -> None:
        """Choose a row, and have it in sight even while the rows are being laid out."""
        self.setCurrentRow(row)
        if row >= _BATCH:
            self.doItemsLayout()
            self.scrollTo(self.currentIndex())


class ReviewPanel(QWidget):
    """The findings of the chosen document and year, or of a finished document that was read."""

    said = Signal(str)
    place_asked = Signal(object)
    changed = Signal()
    """A finding was mended, set aside or taken up again."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._found: tuple[Finding, ...] = ()
        self._listed: list[tuple[Finding, str | None]] = []
        """The rows of the list: findings, and why those that are set aside are."""
        self.has_looked = False
        """Whether anything was shown yet."""
        self._round = Round.TWELVE
        self._other: tuple[str, tuple[Finding, ...]] | None = None
        self.verdict = label("")
        self.verdict.setWordWrap(True)
        self.list = FindingList()
        self.list.setAccessibleName("สิ่งที่ยังขาดหรือควรตรวจ")
        self.detail = label("", "muted")
        self.detail.setWordWrap(True)
        self.aside = QCheckBox("แสดงที่พักไว้")
        self.aside.setToolTip("แสดงรายการที่พักไว้พร้อมเหตุผล")
        self._build()

    def _build(self) -> None:
        self.go_button = button("ไปที่ช่อง", self._go, tip="ไปยังช่องที่ต้องแก้ (Enter)")
        self.mend_button = button(
            "แก้ให้", self.mend, tip="แก้ตามคำแนะนำทันที เลิกทำได้ (Ctrl+M)", primary=True
        )
        self.mend_button.setShortcut(QKeySequence("Ctrl+M"))
        self.aside_button = button("พักไว้…", self.set_aside, tip="ไม่ต้องเตือนรายการนี้ พร้อมเหตุผล")
        self.read_button = button(
            "ตรวจเอกสารอื่น…", self.read, tip="ตรวจเอกสาร Word หรือ PDF ที่ทำเสร็จแล้ว โดยไม่ใช้ข้อมูลในแฟ้มนี้"
        )
        self.back_button = button("กลับไปตรวจแฟ้มนี้", self.back, tip="แสดงผลตรวจของแฟ้มข้อมูลนี้")
        self.back_button.hide()
        column = QVBoxLayout(self)
        column.addWidget(self.verdict)
        column.addWidget(self.list, 1)
        column.addWidget(self.detail)
        column.addStretch(0)
        column.addLayout(row(self.go_button, self.mend_button, self.aside_button, None))
        column.addLayout(row(self.read_button, self.back_button, self.aside, None))
        self.list.itemActivated.connect(lambda _: self._go())
        self.list.currentItemChanged.connect(lambda *_: self._show_detail())
        self.aside.toggled.connect(lambda _: self._show())

    # --- showing -------------------------------------------------------------------------------

    def show_findings(self, found: tuple[Finding, ...], which: Round) -> int:
        """Show what was found; returns how many are not set aside."""
        self._found, self._round = by_weight(found), which
        self.has_looked = True
        self._show()
        return len(self._open())

    def _kept(self) -> dict[str, str]:
        return dict(self._session.dossier.set_aside.get(self._session.year, {}))

    def _open(self) -> list[Finding]:
        kept = self._kept()
        return [each for each in self._found if each.key not in kept]

    def _show(self) -> None:
        at = max(0, self.list.currentRow())
        kept = self._kept()
        self._fill(kept)
        set_aside = sum(each.key in kept for each in self._found)
        self.aside.setVisible(bool(set_aside) and self._other is None)
        self.aside.setText(shown(f"แสดงที่พักไว้ ({set_aside})"))
        self.back_button.setVisible(self._other is not None)
        self._say()
        self.list.setVisible(self.list.count() > 0)
        self.list.setCurrentRow(min(at, self.list.count() - 1))
        self._show_detail()

    def _fill(self, kept: dict[str, str]) -> None:
        """List what was found; hundreds of rows are not made anew where they stay the same."""
        found = self._other[1] if self._other else self._found
        reasons = {} if self._other else {each.key: kept.get(each.key) for each in found}
        rows = [
            (each, reasons.get(each.key))
            for each in found
            if reasons.get(each.key) is None or self.aside.isChecked()
        ]
        if rows != self._listed:
            self._listed = rows
            self.list.clear()
            for finding, reason in rows:
                self.list.addItem(_item(finding, reason))

    def _say(self) -> None:
        if self._other:
            name, found = self._other
            text, good = _verdict_of(name, found), not found
        else:
            found = self._open()
            text, good = _verdict(found), not found
        self.verdict.setText(shown(text))
        self.verdict.setProperty("role", "good" if good else "")
        self.verdict.style().polish(self.verdict)

    @property
    def finding(self) -> Finding | None:
        """The chosen one."""
        item = self.list.currentItem()
        return item.data(Qt.ItemDataRole.UserRole) if item is not None else None

    def _show_detail(self) -> None:
        finding = self.finding
        self.detail.setVisible(finding is not None)
        is_here = finding is not None and self._other is None
        self.go_button.setEnabled(is_here)
        self.aside_button.setEnabled(is_here)
        self.mend_button.setEnabled(is_here and finding is not None and finding.fix is not None)
        if finding is None:
            return
        reason = self._kept().get(finding.key)
        self.aside_button.setText("พักไว้…" if reason is None else "เตือนอีกครั้ง")
        lines = [f"ทำอย่างไร: {finding.mend}", f"เพราะ: {finding.why}" if finding.why else ""]
        if reason is not None and self._other is None:
            lines.append(f"พักไว้เพราะ: {reason}")
        self.detail.setText(shown("\n".join(filter(None, lines))))

    # --- what the user does --------------------------------------------------------------------

    def _go(self) -> None:
        finding = self.finding
        if finding is not None and finding.place.page != _DOCUMENT and self._other is None:
            self.place_asked.emit(finding.place)

    def mend(self) -> None:
        """Mend the chosen finding where the mend is certain."""
        finding = self.finding
        if finding is None or finding.fix is None:
            return
        if mend(self._session, finding.fix, self._round):
            self.said.emit(shown(f"แก้แล้ว: {_change(finding)} (Ctrl+Z เพื่อเลิกทำ)"))
            self.changed.emit()
        else:
            self.said.emit("ข้อความเปลี่ยนไปแล้ว กด “ไปที่ช่อง” เพื่อดูและแก้เอง")

    def set_aside(self) -> None:
        """Ask why, and set the chosen finding aside; one set aside is taken up again."""
        finding = self.finding
        if finding is None:
            return
        if finding.key in self._kept():
            self.keep_aside(finding, None)
            return
        reason = alerts.ask_text(self, "พักรายการนี้ไว้", "เหตุผลที่ไม่ต้องแก้")
        if reason is None:
            return
        if reason.strip():
            self.keep_aside(finding, reason.strip())
        else:
            alerts.tell(self, "พักรายการนี้ไว้", "โปรดบอกเหตุผลสั้นๆ เพื่อให้ผู้อื่นเข้าใจ")

    def keep_aside(self, finding: Finding, reason: str | None) -> None:
        """Set a finding aside with a reason; None takes it up again."""
        session = self._session
        if session.done(lambda: session.store.set_aside(session.year, finding.key, reason)):
            self.changed.emit()

    def read(self) -> None:
        """Ask for a finished document and review it."""
        kinds = "เอกสาร (*.docx *.pdf *.txt)"
        chosen, _ = QFileDialog.getOpenFileName(self, "ตรวจเอกสารที่ทำเสร็จแล้ว", "", kinds)
        if chosen:
            self.read_file(Path(chosen))

    def read_file(self, path: Path) -> bool:
        """Review a finished document; tells why one can't be read."""
        from ita_desktop.domain.review.paper import review_finished
        from ita_desktop.exchange.finished import read_finished

        try:
            document = read_finished(path)
        except SourceError as error:
            alerts.warn(self, "ตรวจเอกสารนี้ไม่ได้", shown(str(error)))
            return False
        self._other = (path.name, by_weight(review_finished(document, self._session.shelf)))
        self._show()
        return True

    def back(self) -> None:
        """Show the findings of this data file again."""
        self._other = None
        self._show()

    def go_to(self, place: Place) -> bool:
        """Choose the finding at a place; whether there is one."""
        for at in range(self.list.count()):
            if self.list.item(at).data(Qt.ItemDataRole.UserRole).place == place:
                self.list.go_to(at)
                return True
        return False


def _item(finding: Finding, reason: str | None) -> QListWidgetItem:
    sign = "– พักไว้" if reason is not None else MARKS[finding.severity]
    item = QListWidgetItem(shown(f"{sign}   {finding.problem}"))
    item.setToolTip(shown(finding.mend))
    item.setData(Qt.ItemDataRole.UserRole, finding)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, shown(f"{finding.problem} {finding.mend}"))
    return item


def _change(finding: Finding) -> str:
    """What a mend changed, in a few words; what looks alike is named by what was wrong with it."""
    if finding.fix is None:
        return ""
    old, new = finding.fix.old, finding.fix.new
    if _looks(old) == _looks(new):
        return _cut(finding.problem)
    old, new = " ".join(old.split()), " ".join(new.split())
    if max(len(old), len(new)) > _LONG:
        old, new = _differing(old, new)
    return f"“{_cut(old)}” เป็น “{_cut(new)}”" if new else f"ลบ “{_cut(old)}”"


def _looks(text: str) -> str:
    """A text as it is seen: the window shows figures in one way, and some signs not at all."""
    plain = "".join(each for each in shown(text) if unicodedata.category(each) not in ("Cf", "Cc"))
    return " ".join(unicodedata.normalize("NFKC", plain).split())


def _differing(old: str, new: str) -> tuple[str, str]:
    """The part in which two texts differ, with a little around it."""
    start = _alike(old, new)
    end = _alike(old[start:][::-1], new[start:][::-1])
    first, last = max(0, start - _AROUND), max(0, end - _AROUND)
    while first and unicodedata.category(old[first]) == "Mn":
        first -= 1  # a mark is not parted from its letter
    before, after = "…" if first else "", "…" if last else ""
    return (
        f"{before}{old[first : len(old) - last]}{after}",
        f"{before}{new[first : len(new) - last]}{after}",
    )


def _alike(one: str, other: str) -> int:
    """How many letters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _cut(text: str) -> str:
    return text if len(text) <= _LONG else f"{text[: _LONG - 1]}…"


def counted(found: Iterable[Finding]) -> str:
    """How many findings there are of each kind, in words: "ต้องแก้ 2 • แนะนำ 5"."""
    counts = Counter(each.severity for each in found)
    return " • ".join(
        f"{mark.split()[-1]} {counts[kind]}" for kind, mark in MARKS.items() if counts[kind]
    )


def _verdict(found: Sequence[Finding]) -> str:
    if not found:
        return "✓ ครบถ้วน พร้อมพิมพ์"
    kinds = counted(found)
    return f"พบ {len(found)} รายการ ({kinds}) กด Enter หรือดับเบิลคลิกเพื่อไปยังช่องนั้น"


def _verdict_of(name: str, found: tuple[Finding, ...]) -> str:
    if not found:
        return f"✓ {name}: ไม่พบสิ่งที่ควรแก้"
    return f"{name}: พบ {len(found)} รายการ ตรวจเฉพาะสิ่งที่เอกสารบอกเอง"
