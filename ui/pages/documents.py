"""เอกสาร: choose a document, see what is missing, make the PDF."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from db.store import Notice
from ita_desktop.documents.check import check_type
from ita_desktop.documents.compose import compose
from ita_desktop.documents.templates import Template, load_templates
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.measures import MeasureKind
from ita_desktop.domain.review import Finding, Place, Severity, review_report
from ita_desktop.domain.scores import score_tree
from ita_desktop.files import FileNotWritten, write_file
from ita_desktop.paths import resources
from ui import alerts
from ui.session import Session
from ui.text import shown
from ui.widgets.forms import Choice
from ui.widgets.layouts import button, card, label, row

OFFICIAL_FONTS = ("TH SarabunIT๙", "TH Sarabun New", "TH SarabunPSK")
"""Families of official paper; those installed on the computer may be chosen."""
OWN_FONT = "ของโปรแกรม"
_MARKS = {Severity.ERROR: "✗", Severity.WARNING: "⚠", Severity.HINT: "ⓘ"}


class DocumentsPage(QWidget):
    """The tab of documents."""

    said = Signal(str)
    place_asked = Signal(object)
    """Go to the place of a finding."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._made: Path | None = None
        self.templates = load_templates(resources() / "documents")
        self.kind = Choice({kind: each.name for kind, each in self.templates.items()})
        self.kind.setAccessibleName("ชนิดเอกสาร")
        self.kind.setCurrentIndex(0)
        self.entrance: QWidget = self.kind
        """Where the keyboard begins on this page."""
        self.round = Choice({})
        self.round.setAccessibleName("รอบ")
        self.font_choice = Choice({"": OWN_FONT})
        self.font_choice.setAccessibleName("แบบอักษรของเอกสาร")
        self.font_choice.setToolTip("แบบอักษรราชการที่ติดตั้งในเครื่องนี้ จะอยู่ในรายการให้เลือก")
        self.findings = QListWidget()
        self.findings.setAccessibleName("สิ่งที่ยังขาดหรือควรตรวจ")
        self.findings.setWordWrap(True)
        self.findings.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.findings.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lay_out()
        self._connect()
        self._offer_rounds()

    def _lay_out(self) -> None:
        kind_label, round_label = label("เอกสาร"), label("รอบ")
        kind_label.setBuddy(self.kind)
        round_label.setBuddy(self.round)
        font_label = label("แบบอักษร")
        font_label.setBuddy(self.font_choice)
        self.facts = label("", "muted")
        self.facts.setWordWrap(True)
        self.make_button = button(
            "สร้าง PDF…", self.make_pdf, tip="สร้างแฟ้ม PDF (Ctrl+P)", primary=True
        )
        self.open_button = button("เปิดเอกสารที่สร้าง", self.open_made, tip="เปิดด้วยโปรแกรมของเครื่อง")
        self.open_button.setEnabled(False)
        self.made_label = label("", "muted")
        self.made_label.setWordWrap(True)
        choose = card(
            "เลือกเอกสาร",
            row(kind_label, self.kind, None),
            row(round_label, self.round, font_label, self.font_choice, None),
            self.facts,
            row(self.make_button, self.open_button, None),
            self.made_label,
        )
        self.verdict = label("")
        self.verdict.setWordWrap(True)
        missing = card("ตรวจก่อนพิมพ์", self.verdict, self.findings)
        column = missing.layout()
        assert isinstance(column, QVBoxLayout)
        column.setStretchFactor(self.findings, 1)
        column.addStretch(0)
        left = QVBoxLayout()
        left.addWidget(choose)
        left.addStretch(1)
        both = QHBoxLayout(self)
        both.setContentsMargins(12, 10, 12, 10)
        both.setSpacing(10)
        both.addLayout(left, 3)
        both.addWidget(missing, 4)

    def _connect(self) -> None:
        self.kind.picked.connect(lambda _: self._offer_rounds())
        self.round.picked.connect(lambda _: self.refresh())
        self.font_choice.picked.connect(self._on_font)
        self.findings.itemActivated.connect(self._go)

    @property
    def template(self) -> Template:
        """The chosen kind of document."""
        return self.templates[self.kind.value()]

    @property
    def chosen_round(self) -> Round:
        """The chosen round."""
        return Round(int(self.round.value()))

    def _offer_rounds(self) -> None:
        rounds = self.template.rounds
        self.round.offer({str(int(which)): shown(which.label) for which in rounds})
        if not self.round.value():
            self.round.show_value(str(int(rounds[-1])))
        self.refresh()

    # --- what the user does --------------------------------------------------------------------

    def suggested_path(self) -> Path:
        """Where the document would go: the user's documents, a telling name."""
        where = Path(
            QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        )
        # A file dialog that is given a missing folder begins somewhere else.
        where = where if where.is_dir() else Path.home()
        office = self._session.dossier.office.short_name or "หน่วยงาน"
        which = int(self.chosen_round)
        name = f"{self.template.name} {office} ปี {self._session.year} รอบ {which} เดือน.pdf"
        return where / "".join("-" if letter in '<>:"/\\|?*' else letter for letter in name)

    def make_pdf(self) -> None:
        """Ask where to, and make the PDF."""
        chosen, _ = QFileDialog.getSaveFileName(
            self, "สร้าง PDF", str(self.suggested_path()), "เอกสาร PDF (*.pdf)"
        )
        if chosen:
            self.make_pdf_at(Path(chosen))

    def make_pdf_at(self, path: Path) -> bool:
        """Make the PDF at ``path``; tells when that fails and leaves an earlier file whole."""
        from ita_desktop.documents.pdf import render_pdf

        target = path if path.suffix.lower() == ".pdf" else path.with_name(path.name + ".pdf")
        try:
            with _waiting():
                document = compose(self.template, self._session.matter(self.chosen_round))
                write_file(target, render_pdf(document))
        except FileNotWritten as error:
            alerts.warn(self, "สร้าง PDF ไม่สำเร็จ", str(error))
            return False
        self._made = target
        self.open_button.setEnabled(True)
        self.made_label.setText(f"สร้างแล้ว: {target}")
        self.said.emit(f"สร้าง PDF แล้ว: {target.name}")
        return True

    def open_made(self) -> None:
        """Open the made file in the computer's own viewer."""
        if self._made is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._made)))

    def _on_font(self, family: str) -> None:
        self._session.saver.now(lambda: self._session.store.set_font(family))

    def _go(self, item: QListWidgetItem) -> None:
        finding = item.data(Qt.ItemDataRole.UserRole)
        if finding is not None:
            self.place_asked.emit(finding.place)

    # --- following the data --------------------------------------------------------------------

    def on_year_changed(self, _year: int) -> None:
        """Another measure year."""
        self._offer_rounds()

    def on_notice(self, _notice: Notice) -> None:
        """Look again; a page that is not seen looks when it is shown."""
        if self.isVisible():
            self.refresh()

    def on_shown(self) -> None:
        """The tab was opened."""
        self._offer_fonts()
        self.refresh()

    def _offer_fonts(self) -> None:
        """The official families that are installed on this computer, and the program's own."""
        from ita_desktop.documents.pdf.installed import find

        installed = [name for name in OFFICIAL_FONTS if find(name)]
        self.font_choice.offer({"": OWN_FONT, **{name: name for name in installed}})

    def go_to(self, _place: Place) -> None:
        """Put the cursor where a finding about the paper is."""
        self.font_choice.setFocus()

    def _facts_text(self) -> str:
        """What will be in the document, counted now."""
        session, year = self._session, self._session.year
        dossier, framework = session.dossier, session.framework(year - 1)
        tree = score_tree(framework, dossier.sheet(year - 1))
        kinds = {"มาตรการ": MeasureKind.MEASURE, "แนวทางยกระดับ": MeasureKind.GUIDELINE}
        counts = [f"{name} {len(dossier.measures_of(year, kind))}" for name, kind in kinds.items()]
        total = "ยังไม่ครบ" if tree.total is None else f"{tree.total} {tree.level or ''}"
        return (
            f"มาตรการของปีงบประมาณ {year} ตามผลการประเมินของปีงบประมาณ {year - 1}\n"
            f"{'  •  '.join(counts)}\nคะแนนรวมปี {year - 1}: {total}\n"
            f"ผู้ลงนาม {len(dossier.chain)} คน"
        )

    def refresh(self) -> None:
        """Say what the document is about and what is missing."""
        session = self._session
        self.facts.setText(shown(self._facts_text()))
        self.font_choice.show_value(session.dossier.letterhead.font)
        found = self._findings()
        self.findings.clear()
        for finding in found:
            self.findings.addItem(_item(finding))
        self.verdict.setText(shown(_verdict(len(found))))
        self.verdict.setProperty("role", "" if found else "good")
        self.verdict.style().polish(self.verdict)
        self.findings.setVisible(bool(found))
        if found:
            self.findings.setCurrentRow(0)

    def _findings(self) -> tuple[Finding, ...]:
        """What the data miss, and what the chosen font can't show."""
        session, which = self._session, self.chosen_round
        matter = session.matter(which)
        data = review_report(matter.dossier, matter.framework, session.year, which)
        # Fonts are only looked into once the page is seen: start-up need not wait for them.
        return (*data, *check_type(compose(self.template, matter))) if self.isVisible() else data


@contextmanager
def _waiting() -> Iterator[None]:
    QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        yield
    finally:
        QApplication.restoreOverrideCursor()


def _item(finding: Finding) -> QListWidgetItem:
    item = QListWidgetItem(shown(f"{_MARKS[finding.severity]}  {finding.problem}"))
    item.setToolTip(shown(finding.mend))
    item.setData(Qt.ItemDataRole.UserRole, finding)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, shown(f"{finding.problem} {finding.mend}"))
    return item


def _verdict(count: int) -> str:
    if count == 0:
        return "✓ ครบถ้วน พร้อมพิมพ์"
    return f"พบ {count} รายการที่ควรแก้ก่อนพิมพ์ กด Enter หรือดับเบิลคลิกเพื่อไปยังช่องนั้น"
