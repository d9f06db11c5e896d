"""เอกสาร: choose a document, see its pages and what is missing, print it, issue it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from db.store import Notice
from ita_desktop.documents.compose import Matter, compose, passage_place
from ita_desktop.documents.templates import Template, load_templates
from ita_desktop.domain.fiscal import Round, parse_thai_date, thai_date
from ita_desktop.domain.measures import MeasureKind, counted
from ita_desktop.domain.papers import NO_ROUND, PaperKey
from ita_desktop.domain.review import Finding, Place
from ita_desktop.domain.scores import score_tree
from ita_desktop.files import FileNotWritten, write_file
from ita_desktop.paths import data_files
from ui import alerts
from ui.issuing import issue
from ui.looking import Paper
from ui.preview import Preview
from ui.session import SAMPLE_MARK, Session
from ui.text import shown
from ui.theme import scaled
from ui.widgets import review as findings
from ui.widgets.forms import Choice
from ui.widgets.layouts import WrappedLabel, button, card, end, fill, label, row, scrolling
from ui.widgets.page_view import PageTools, PageView
from ui.widgets.passages import Passages
from ui.widgets.register import Register
from ui.widgets.review import ReviewPanel
from ui.widgets.template_editor import TemplateEditor
from ui.widgets.texts import LineField

OFFICIAL_FONTS = ("TH SarabunIT๙", "TH Sarabun New", "TH SarabunPSK")
"""Families of official paper; those installed on the computer may be chosen."""
OWN_FONT = "ของโปรแกรม"
_PREVIEW, _PASSAGES, _REGISTER, _TEMPLATE = 1, 2, 3, 4
"""Tabs of the chosen document; the first shows what is missing."""
_FORMS = {
    ".pdf": ("สร้าง PDF", "เอกสาร PDF"),
    ".docx": ("สร้างเอกสาร Word", "เอกสาร Word"),
    ".xlsx": ("สร้างแฟ้ม Excel", "แฟ้ม Excel"),
}
_DAY_TIP = "วันที่ของเอกสาร เช่น ๒๖ เม.ย. ๒๕๖๙ เว้นไว้เขียนด้วยปากกาได้"
CANNOT_LOOK = "ตรวจก่อนพิมพ์ไม่สำเร็จ ข้อมูลที่กรอกไว้ยังอยู่ครบ โปรดแก้ข้อมูลล่าสุดแล้วลองอีกครั้ง"


class DocumentsPage(QWidget):
    """The tab of documents."""

    said = Signal(str)
    place_asked = Signal(object)
    """Go to the place of a finding."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._made: Path | None = None
        self._looked: Paper | None = None
        self._drawn: Paper | None = None
        self._half_days: dict[PaperKey, str] = {}
        """What stands typed as a document's date and is none; nothing of it is stored."""
        self._day_of: PaperKey | None = None
        """The document whose date the field shows."""
        self._day_before: tuple[object, PaperKey, date | None] | None = None
        """The stay in the field, the document, and its date when the stay began."""
        self._day_given = False
        """Whether a date has been stored in this stay."""

    def build(self) -> Iterator[None]:
        """Build the page, piece by piece; it is whole at the end."""
        self.templates = self._load_templates()
        yield
        left = self._lay_out()
        self._make_fields()
        self._fill_left(left)
        self._add_tabs()
        yield
        for name, part in (
            ("ตรวจก่อนพิมพ์", self._review_part),
            ("ตัวอย่าง", self._pages_part),
            ("ข้อความในเอกสาร", self._passages_part),
        ):
            self.tabs.addTab(part(), name)
            yield
        self.register = Register(self._session)
        self.tabs.addTab(scrolling(self.register), "ทะเบียนเอกสาร")
        yield
        self.editor = TemplateEditor(self._session)
        self.tabs.addTab(self.editor, "แม่แบบ")
        yield from self.editor.build()
        self._connect()
        # What the document is about and what it misses is found out once the page is seen.
        self._fill_rounds()

    def _make_fields(self) -> None:
        """What chooses the document, and its number and date."""
        self.kind = Choice({kind: each.name for kind, each in self.templates.items()})
        self.kind.setAccessibleName("ชนิดเอกสาร")
        self.kind.setToolTip("เอกสารที่จะตรวจและพิมพ์ เช่น รายงานผลการดำเนินการ")
        self.kind.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.kind.setMinimumContentsLength(14)
        self.kind.setCurrentIndex(0)
        self.entrance: QWidget = self.kind
        """Where the keyboard begins on this page."""
        self.round = Choice({})
        self.round.setAccessibleName("รอบ")
        self.round.setToolTip("รายงานถึงเดือนใด: รอบ ๖ เดือนหรือ ๑๒ เดือน")
        self._fonts_offered = {"": OWN_FONT}
        self.fonts = Preview(self)
        self.font_choice = Choice(self._fonts_offered)
        self.font_choice.setAccessibleName("แบบอักษรของเอกสาร")
        self.font_choice.setToolTip("แบบอักษรราชการที่ติดตั้งในเครื่องนี้ จะอยู่ในรายการให้เลือก")
        self.number, self.day = LineField(), LineField()
        self.day_problem = WrappedLabel("", "wrong")
        self.day_problem.hide()

    def _load_templates(self) -> dict[str, Template]:
        return load_templates(data_files("documents"), self._session.dossier.templates)

    def _lay_out(self) -> QFrame:
        """The empty card of what is chosen, in its place."""
        choose = card("เลือกเอกสาร")
        self.left = QWidget()
        column = QVBoxLayout(self.left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(choose)
        column.addStretch(1)
        self.area = scrolling(self.left)
        both = QHBoxLayout(self)
        both.setContentsMargins(12, 10, 12, 10)
        both.setSpacing(10)
        both.addWidget(self.area, 0)
        return choose

    def _add_tabs(self) -> None:
        """The parts of the chosen document, beside what is chosen."""
        self.tabs = QTabWidget()
        self.tabs.setMinimumSize(300, 200)
        self.tabs.setAccessibleName("ส่วนของเอกสาร")
        self.tabs.tabBar().setAccessibleName("ส่วนของเอกสาร")
        both = self.layout()
        assert isinstance(both, QHBoxLayout)
        both.addWidget(self.tabs, 1)

    def _fill_left(self, choose: QFrame) -> None:
        self.facts = label("", "muted")
        self.facts.setWordWrap(True)
        self.made_label = label("", "muted")
        self.made_label.setWordWrap(True)
        self.print_button = button("พิมพ์…", self.print_now, tip="พิมพ์ออกเครื่องพิมพ์", primary=True)
        self.make_button = button("บันทึกเป็น PDF…", self.make_pdf, tip="บันทึกเป็นแฟ้ม PDF (Ctrl+P)")
        self.word_button = button("Word…", lambda: self.make(".docx"), tip="บันทึกเป็นแฟ้ม Word")
        self.sheet_button = button(
            "Excel…", lambda: self.make(".xlsx"), tip="บันทึกตารางเป็นแฟ้ม Excel"
        )
        self.word_button.setAccessibleName("บันทึกเป็นแฟ้ม Word")
        self.sheet_button.setAccessibleName("บันทึกตารางเป็นแฟ้ม Excel")
        self.issue_button = button(
            "ออกเอกสาร", self.issue, tip="ลงทะเบียนเอกสารฉบับนี้พร้อมรหัสท้ายหน้า (Ctrl+Shift+P)"
        )
        self.issue_button.setShortcut(QKeySequence("Ctrl+Shift+P"))
        self.open_button = button("เปิดเอกสารที่สร้าง", self.open_made, tip="เปิดด้วยโปรแกรมของเครื่อง")
        self.open_button.setEnabled(False)
        fill(
            choose,
            self._choosers(),
            self.facts,
            row(self.print_button, self.issue_button, None),
            row(self.make_button, self.word_button, self.sheet_button, None),
            row(self.open_button, None),
            self.made_label,
        )
        end(choose)
        choose.updateGeometry()  # what was measured while it was empty counts no more
        self.left.setMinimumWidth(_least_width(self.left))
        bar = self.area.verticalScrollBar().sizeHint().width()
        self.area.setMinimumWidth(self.left.minimumWidth() + bar)
        self.area.setMaximumWidth(max(440, self.area.minimumWidth()))

    def _choosers(self) -> QFormLayout:
        """The labelled fields: which document, and its number and date."""
        form = QFormLayout()
        self.number.setPlaceholderText("เว้นไว้ให้เขียนด้วยปากกา")
        self.day.setPlaceholderText("เช่น 26 เม.ย. 2569")
        self.number.setToolTip("เลขที่หนังสือ เช่น สห ๗๔๖๐๑/๑๒๓ เว้นไว้เขียนด้วยปากกาได้")
        self.day.setToolTip(_DAY_TIP)
        fields: dict[str, QWidget] = {
            "เอกสาร": self.kind,
            "รอบ": self.round,
            "แบบอักษร": self.font_choice,
            "ที่": self.number,
            "วันที่": self.day,
        }
        for text, field in fields.items():
            caption = label(text)
            caption.setBuddy(field)
            form.addRow(caption, field)
            if not field.accessibleName():
                field.setAccessibleName(f"{text}ของเอกสาร")
        form.addRow(self.day_problem)
        self.round_label = form.labelForField(self.round)
        return form

    def _review_part(self) -> QWidget:
        self.review = ReviewPanel(self._session)
        self.findings, self.verdict = self.review.list, self.review.verdict
        self.looking = Preview(self, cannot=CANNOT_LOOK)
        return self.review

    def _pages_part(self) -> QWidget:
        self.view = PageView()
        self.view.mark = SAMPLE_MARK if self._session.is_sample else ""
        self.preview = Preview(self)
        pages = QWidget()
        column = QVBoxLayout(pages)
        column.setContentsMargins(6, 6, 6, 6)
        column.addWidget(PageTools(self.view))
        column.addWidget(self.view, 1)
        return pages

    def _passages_part(self) -> QWidget:
        self.passages = Passages(self._session)
        return self.passages

    def _connect(self) -> None:
        self.kind.picked.connect(lambda _: self._offer_rounds())
        self.round.picked.connect(lambda _: self.refresh())
        self.font_choice.picked.connect(self._on_font)
        self.fonts.ready.connect(self._offer_fonts)
        self.review.place_asked.connect(self.place_asked)
        self.review.said.connect(self.said)
        self.review.changed.connect(self.refresh)
        self.number.typed.connect(self._on_number)
        self.day.typed.connect(self._on_day)
        self.day.editingFinished.connect(self._on_day_left)
        self.preview.ready.connect(self.view.show_pdf)
        self.preview.failed.connect(self._on_not_drawn)
        self.looking.ready.connect(self._on_looked)
        self.looking.failed.connect(self._on_not_looked)
        self.tabs.currentChanged.connect(lambda _: self.refresh())
        self.editor.said.connect(self.said)
        self.editor.kind_made.connect(self._show_kind)

    @property
    def template(self) -> Template:
        """The chosen kind of document."""
        return self.templates[self.kind.value()]

    @property
    def chosen_round(self) -> Round:
        """The chosen round; the year's last where the document has none."""
        return Round(int(self.round.value() or Round.TWELVE))

    @property
    def paper_key(self) -> PaperKey:
        """Which paper of the year is chosen."""
        months = int(self.chosen_round) if self.template.rounds else NO_ROUND
        return PaperKey(self._session.year, self.template.kind, months)

    def _offer_kinds(self) -> None:
        """The documents there are now; the office may have changed or added a template."""
        self.templates = self._load_templates()
        chosen = self.kind.value()
        self.kind.offer({kind: each.name for kind, each in self.templates.items()})
        if chosen not in self.templates:
            self.kind.removeItem(self.kind.findData(chosen))
            self.kind.setCurrentIndex(0)
            self._offer_rounds()

    def show_preview(self) -> None:
        """Show the pages of the chosen document."""
        self.tabs.setCurrentIndex(_PREVIEW)

    def _show_kind(self, kind: str) -> None:
        """Choose a document that has just been added."""
        self.kind.show_value(kind)
        self._offer_rounds()

    def show_paper(self, key: PaperKey) -> None:
        """Choose a document of the year, and its round where it has one."""
        if key.kind in self.templates:
            if key.round and Round(key.round) in self.templates[key.kind].rounds:
                self.kind.show_value(key.kind)
                self._offer_rounds()
                self.round.show_value(str(key.round))
                self.refresh()
            else:
                self._show_kind(key.kind)

    def _offer_rounds(self) -> None:
        self._fill_rounds()
        self.refresh()

    def _fill_rounds(self) -> None:
        """Offer the rounds the chosen document has."""
        rounds = self.template.rounds
        self.round.offer({str(int(which)): shown(which.label) for which in rounds})
        if rounds and not self.round.value():
            self.round.show_value(str(int(rounds[-1])))
        for part in (self.round, self.round_label):
            part.setVisible(bool(rounds))

    # --- what the user does --------------------------------------------------------------------

    def suggested_path(self, suffix: str = ".pdf") -> Path:
        """Where the document would go: the user's documents, a telling name."""
        where = Path(
            QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        )
        # A file dialog that is given a missing folder begins somewhere else.
        where = where if where.is_dir() else Path.home()
        office = self._session.dossier.office.short_name or "หน่วยงาน"
        which = f" รอบ {int(self.chosen_round)} เดือน" if self.template.rounds else ""
        name = f"{self.template.name} {office} ปี {self._session.year}{which}{suffix}"
        return where / "".join("-" if letter in '<>:"/\\|?*' else letter for letter in name)

    def make_pdf(self) -> None:
        """Ask where to, and make the PDF."""
        self.make(".pdf")

    def make(self, suffix: str) -> None:
        """Ask where to, and make the document in that form."""
        if self._stops_at_half_day():
            return
        title, kind = _FORMS[suffix]
        chosen, _ = QFileDialog.getSaveFileName(
            self, title, str(self.suggested_path(suffix)), f"{kind} (*{suffix})"
        )
        if chosen:
            self.make_at(Path(chosen), suffix)

    def make_pdf_at(self, path: Path) -> bool:
        """Make the PDF at ``path``; see ``make_at``."""
        return self.make_at(path, ".pdf")

    def make_at(self, path: Path, suffix: str) -> bool:
        """Make the document at ``path``; tells when that fails and leaves an earlier file whole."""
        from ita_desktop.documents.formats import render

        target = path if path.suffix.lower() == suffix else path.with_name(path.name + suffix)
        form = suffix[1:].upper()
        try:
            with _waiting():
                document = compose(self.template, self._session.matter(self.chosen_round))
                write_file(target, render(document, suffix))
        except FileNotWritten as error:
            alerts.warn(self, f"สร้าง {form} ไม่สำเร็จ", str(error))
            return False
        self._made = target
        self.open_button.setEnabled(True)
        self.made_label.setText(f"สร้างแล้ว: {target}")
        self.said.emit(f"สร้าง {form} แล้ว: {target.name}")
        return True

    def print_now(self) -> None:
        """Print the document through the system's dialog."""
        from ita_desktop.documents.pdf import render_pdf
        from ui.printing import print_pdf

        if self._stops_at_half_day():
            return
        with _waiting():
            document = compose(self.template, self._session.matter(self.chosen_round))
            content = render_pdf(document)
        if print_pdf(self, content, self.suggested_path().stem):
            self.said.emit("ส่งงานไปยังเครื่องพิมพ์แล้ว")

    def issue(self) -> None:
        """Enter the document into the register as it is now."""
        if self._stops_at_half_day():
            return
        kept = self._session.dossier.set_aside.get(self._session.year, {})
        found = self._session.reviews.of_paper(self._paper())
        left = [each for each in found if each.key not in kept]
        question = f"เอกสารนี้ยังมี {len(left)} รายการ ({findings.counted(left)}) ออกเลยหรือไม่"
        if left and not alerts.ask(self, "ออกเอกสาร", shown(question), "ออกเอกสาร"):
            return
        with _waiting():
            issued = issue(self._session, self.template, self.chosen_round)
        if issued is not None:
            self.said.emit("ออกเอกสารแล้ว ดูรหัสและบันทึกการเดินเรื่องได้ในทะเบียนเอกสาร")
            self.tabs.setCurrentIndex(_REGISTER)
            self.register.begin()

    def open_made(self) -> None:
        """Open the made file in the computer's own viewer."""
        if self._made is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._made)))

    def _on_font(self, family: str) -> None:
        self._session.saver.now(self._session.store.set_font, family)

    def _on_number(self, text: str) -> None:
        session, key = self._session, self.paper_key
        merge = (self.number.visit, key)
        session.saver.later(
            ("paper number", key),
            session.store.set_paper,
            key,
            number=text,
            origin=self,
            merge=merge,
        )

    def _on_day(self, text: str) -> None:
        """Keep a date once it can be read; until then it stays as it is typed.

        "26/4/25" on the way to "26/4/256" is a date: with half a date the one before it is back.
        """
        session, key = self._session, self.paper_key
        merge = (self.day.visit, key)
        if self._day_before is None or self._day_before[:2] != merge:
            self._day_before = (*merge, session.dossier.paper(key).day)
            self._day_given = False
        problem = _day_problem(text)
        self._half_days.pop(key, None)
        if problem:
            self._half_days[key] = text
        self._mark_day()
        if problem and not self._day_given:
            return
        self._day_given = True
        session.saver.later(
            ("paper day", key),
            session.store.set_paper,
            key,
            day=self._day_before[2] if problem else parse_thai_date(text),
            origin=self,
            merge=merge,
        )
        if not problem:
            self._tell_day()

    def _on_day_left(self) -> None:
        self._show_paper()
        self._tell_day()

    def _mark_day(self) -> None:
        """Show at the field whether a date stands in it."""
        problem = _day_problem(self._half_days.get(self.paper_key, ""))
        self.day.setProperty("state", "wrong" if problem else "")
        self.day.setToolTip(problem or _DAY_TIP)
        self.day.setAccessibleDescription(problem or _DAY_TIP)
        self.day.style().polish(self.day)

    def _tell_day(self) -> None:
        """Say below the field why it is no date: not before she has left it."""
        problem = _day_problem(self._half_days.get(self.paper_key, ""))
        self.day_problem.setText(problem)
        self.day_problem.setVisible(bool(problem))

    def _stops_at_half_day(self) -> bool:
        """Whether half a date stands in the field; tells what to do and goes there."""
        half = self._half_days.get(self.paper_key)
        if half is None:
            return False
        alerts.warn(
            self,
            "วันที่ของเอกสารยังไม่ครบ",
            f"วันที่ “{half}” ยังใช้ไม่ได้ {_day_problem(half)}\n"
            "โปรดแก้วันที่ให้ครบ หรือลบออกเพื่อเขียนด้วยปากกา แล้วสั่งอีกครั้ง",
        )
        self._tell_day()
        self.day.setFocus()
        self.day.selectAll()
        return True

    def _show_paper(self) -> None:
        """Number and date of the chosen paper, unless she is typing there."""
        key = self.paper_key
        paper = self._session.dossier.paper(key)
        if not self.number.hasFocus():
            self.number.show_value(paper.number)
        if self.day.hasFocus() and key == self._day_of:
            return
        self._day_of = key
        written = shown(thai_date(paper.day)) if paper.day else ""
        self.day.show_value(self._half_days.get(key, written))
        self._mark_day()
        self._tell_day()

    # --- following the data --------------------------------------------------------------------

    def on_year_changed(self, _year: int) -> None:
        """Another measure year."""
        self._offer_rounds()

    def on_notice(self, notice: Notice) -> None:
        """Look again; a page that is not seen looks when it is shown."""
        if "papers" in notice.areas:
            self._offer_kinds()
        if self.isVisible():
            self.refresh()

    def on_shown(self) -> None:
        """The tab was opened."""
        self.fonts.ask(_installed_fonts)
        self.refresh()

    def _offer_fonts(self, installed: tuple[str, ...]) -> None:
        """Offer the official families that are installed on this computer, and the program's own.

        An open list is left alone where nothing has changed.
        """
        offered = {"": OWN_FONT, **{name: name for name in installed}}
        if offered != self._fonts_offered:
            self._fonts_offered = offered
            self.font_choice.offer(offered)

    def go_to(self, place: Place) -> None:
        """Put the cursor where a finding about the paper is."""
        if place.field == "passage" and self._show_passage(str(place.record)):
            return
        self.font_choice.setFocus()

    def _show_passage(self, key: str) -> bool:
        """Open the text kept under ``key``, in the chosen document or in one that prints it."""
        which = _round_of(key) or self.chosen_round
        kinds = [self.template.kind, *self.templates]
        for kind in dict.fromkeys(kinds):
            template = self.templates[kind]
            places = {passage_place(template, part, which) for part in template.passages}
            if key in places or (key.startswith(("issue/", "analysis/")) and _analyses(template)):
                self.show_paper(PaperKey(self._session.year, kind, int(which)))
                self.tabs.setCurrentIndex(_PASSAGES)
                self.passages.show_template(template, self._session.matter(which))
                if key in self.passages.form.fields:
                    self.passages.form.go_to(key)
                    return True
        return False

    def _facts_text(self) -> str:
        """What will be in the document, counted now."""
        session, year = self._session, self._session.year
        dossier, framework = session.dossier, session.framework(year - 1)
        tree = score_tree(framework, dossier.sheet(year - 1))
        kinds = {"มาตรการ": MeasureKind.MEASURE, "แนวทางยกระดับ": MeasureKind.GUIDELINE}
        lists = {name: dossier.measures_of(year, kind) for name, kind in kinds.items()}
        counts = [f"{name} {counted(found)}" for name, found in lists.items()]
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
        self._show_paper()
        if self.isVisible():
            paper = self._paper()
            self._refresh_tab(paper)
            self._look(paper)

    def _paper(self) -> Paper:
        """The chosen document as it would be printed now."""
        session = self._session
        return Paper(session.matter(self.chosen_round), self.template, session.shelf)

    def _look(self, paper: Paper) -> None:
        """Have the paper looked at in the background, if anything has changed."""
        if paper != self._looked:
            self._looked = paper
            if not self.review.has_looked:
                self.review.verdict.setText("กำลังตรวจ…")
            self.looking.ask(lambda: self._session.reviews.look(paper))

    def _on_looked(self, found: tuple[Finding, ...]) -> None:
        count = self.review.show_findings(found, self.chosen_round)
        self.tabs.setTabText(0, shown(f"ตรวจก่อนพิมพ์ ({count})") if count else "ตรวจก่อนพิมพ์ ✓")

    def _on_not_drawn(self, problem: str) -> None:
        self._drawn = None
        self.said.emit(problem)

    def _on_not_looked(self, problem: str) -> None:
        self._looked = None
        self.said.emit(problem)

    def _refresh_tab(self, paper: Paper) -> None:
        """Bring the tab in view up to date; those not seen wait until they are."""
        matter, template = paper.matter, paper.template
        tab = self.tabs.currentIndex()
        if tab == _PREVIEW:
            if paper != self._drawn:
                self._drawn = paper
                self.preview.ask(lambda: _made(template, matter))
        elif tab == _PASSAGES:
            self.passages.show_template(template, matter)
        elif tab == _REGISTER:
            self.register.refresh()
        elif tab == _TEMPLATE:
            self.editor.show_template(template)

    def close_down(self) -> None:
        """Make nothing more in the background."""
        for maker in (self.preview, self.looking, self.fonts):
            maker.close()


def _installed_fonts() -> tuple[str, ...]:
    """The official families of this computer: a look into hundreds of files, the first time."""
    from ita_desktop.documents.pdf.installed import find

    return tuple(name for name in OFFICIAL_FONTS if find(name))


def _day_problem(text: str) -> str:
    """Why a text is no date; "" for one, and for an empty text."""
    try:
        parse_thai_date(text)
    except ValueError as error:
        return shown(str(error))
    return ""


def _analyses(template: Template) -> bool:
    return any(block.kind == "issues" for block in template.blocks)


def _made(template: Template, matter: Matter) -> bytes:
    from ita_desktop.documents.pdf import render_pdf

    return render_pdf(compose(template, matter))


def _least_width(panel: QWidget) -> int:
    """What a panel needs to show its buttons whole; a pick list may show less of its text."""
    return min(panel.minimumSizeHint().width(), scaled(330))


@contextmanager
def _waiting() -> Iterator[None]:
    QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        yield
    finally:
        QApplication.restoreOverrideCursor()


def _round_of(key: str) -> Round | None:
    """The round that the text kept under ``key`` belongs to; None: to the whole year."""
    last = key.rpartition("/")[2]
    return next((which for which in Round if last == str(int(which))), None)
