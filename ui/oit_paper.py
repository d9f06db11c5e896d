"""Paper of the OIT list: what is asked of each division, and the list for the district."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSize, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from ita_desktop.documents.compose import Matter, compose
from ita_desktop.documents.templates import Template, TemplateError, load_template, load_templates
from ita_desktop.domain.disclosure import marks, oit_items
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.requests import Request, requests_of
from ita_desktop.files import FileNotWritten, write_file
from ita_desktop.paths import data_file, data_files
from ui import alerts
from ui.session import Session
from ui.text import shown
from ui.widgets.dialogs import Panel
from ui.widgets.forms import FieldKind, FieldSpec, Form
from ui.widgets.layouts import WrappedLabel, button, row

REQUESTS, LIST = "requests", "list"
_ALL, _NOBODY = "all", "nobody"
_OWNER = "owner/"
_PAPERS = {REQUESTS: "ใบขอข้อมูลของแต่ละกอง", LIST: "รายการข้อมูล OIT พร้อม URL ส่งอำเภอ"}
_FORMS = {".pdf": "PDF", ".docx": "Word", ".xlsx": "Excel"}
_FIELDS = (
    FieldSpec(
        "paper",
        "เอกสาร",
        FieldKind.CHOICE,
        help="ใบขอข้อมูลมีหนึ่งหน้าต่อหนึ่งกอง รายการส่งอำเภอมีทุกข้อในตารางเดียว",
        choices=_PAPERS,
    ),
    FieldSpec(
        "owner", "ขอจาก", FieldKind.CHOICE, help="ทุกกองในแฟ้มเดียว หรือเลือกกองเดียว", choices={_ALL: ""}
    ),
    FieldSpec(
        "wanted",
        "ขอภายในวันที่",
        FieldKind.DATE,
        help="วันที่ต้องการข้อมูล เช่น ๑๕ ธ.ค. ๒๕๖๘ เว้นว่างไว้เขียนด้วยปากกาได้",
        example="เช่น ๑๕ ธ.ค. ๒๕๖๘",
    ),
)


class OitPaperPanel(Panel):
    """Which paper, of whom, by when; then as PDF, Word or Excel file."""

    said = Signal(str)

    def __init__(self, session: Session, year: int, parent: QWidget | None = None) -> None:
        super().__init__("พิมพ์รายการ OIT", QSize(620, 330), parent)
        self._session, self._year = session, year
        self._wanted: date | None = None
        self.form = Form("oit_paper", _FIELDS)
        self.requests = self._requests()
        self._offer_owners()
        self.form.show_values({"paper": REQUESTS, "owner": _ALL})
        self.form.typed.connect(self._on_typed)
        self.summary = WrappedLabel("", "muted")
        self.buttons = {
            suffix: button(f"สร้าง {name}…", lambda suffix=suffix: self.make(suffix))
            for suffix, name in _FORMS.items()
        }
        self.buttons[".pdf"].setProperty("primary", True)
        self.enter_button = self.buttons[".pdf"]
        self.column.addWidget(self.form)
        self.column.addWidget(self.summary)
        self.column.addStretch(1)
        self.column.addLayout(row(*self.buttons.values(), None, button("ปิด", self.close)))
        self._show()

    def _requests(self) -> tuple[Request, ...]:
        dossier, year = self._session.dossier, self._year
        items = oit_items(self._session.framework(year))
        found = {item.code: dossier.disclosure(year, item.code) for item in items}
        marked = marks(found, dossier.office.website, dossier.disclosures.get(year - 1))
        return requests_of(items, found, marked, (each.name for each in dossier.divisions))

    def _offer_owners(self) -> None:
        pages = len(self.requests)
        offered = {_ALL: shown(f"ทุกกองที่ยังส่งไม่ครบ ({pages} หน้า)")}
        for request in self.requests:
            name = request.owner or "ข้อที่ยังไม่มีผู้รับผิดชอบ"
            value = f"{_OWNER}{request.owner}" if request.owner else _NOBODY
            offered[value] = shown(f"{name} ({len(request.wishes)} ข้อ)")
        field = self.form.fields["owner"]
        field.offer(offered)  # type: ignore[union-attr]

    def _on_typed(self, key: str, value: object) -> None:
        if key == "wanted":
            self._wanted = value if isinstance(value, date) else None
        self._show()

    @property
    def paper(self) -> str:
        """Which paper is chosen: ``REQUESTS`` or ``LIST``."""
        return str(self.form.fields["paper"].value())

    @property
    def owner(self) -> str | None:
        """Who is asked alone; None: everybody. "" stands for items nobody was named for."""
        value = str(self.form.fields["owner"].value())
        if value == _ALL:
            return None
        return value.removeprefix(_OWNER) if value != _NOBODY else ""

    def _show(self) -> None:
        asks = self.paper == REQUESTS
        for key in ("owner", "wanted"):
            self.form.show_row(key, asks)
        wishes = sum(len(request.wishes) for request in self.requests)
        if not asks:
            text = f"ทุกข้อของปี {self._year} พร้อมที่อยู่ คำอธิบาย และผู้รับผิดชอบ"
        elif not self.requests:
            text = f"ทุกข้อของปี {self._year} ครบแล้ว ไม่มีข้อมูลที่ต้องขอ"
        else:
            text = (
                f"ปี {self._year} ยังขาด {wishes} รายการ จาก {len(self.requests)} ผู้รับผิดชอบ "
                "แต่ละหน้ามีข้อที่ยังขาด สิ่งที่ขอ และที่ลงชื่อผู้ส่งกับผู้ขอข้อมูล"
            )
        self.summary.setText(shown(text))

    def make(self, suffix: str) -> None:
        """Ask where to, and make the chosen paper in that form."""
        documents = QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        name = f"{_PAPERS[self.paper]} {self._year}{suffix}"
        chosen, _ = QFileDialog.getSaveFileName(
            self, _PAPERS[self.paper], str(Path(documents) / name), f"{_FORMS[suffix]} (*{suffix})"
        )
        if chosen:
            path = Path(chosen)
            self.make_at(path if path.suffix.lower() == suffix else Path(chosen + suffix), suffix)

    def make_at(self, path: Path, suffix: str) -> bool:
        """Make the chosen paper at ``path``; tells when that fails, an earlier file stays whole."""
        from ita_desktop.documents.formats import render

        try:
            document = compose(self._template(), self._matter())
            write_file(path, render(document, suffix))
        except (FileNotWritten, TemplateError) as error:
            alerts.warn(self, f"สร้าง {_FORMS[suffix]} ไม่สำเร็จ", str(error))
            return False
        self.said.emit(f"สร้างแล้วที่ {path}")
        return True

    def _template(self) -> Template:
        if self.paper == REQUESTS:
            return load_template(data_file("documents/on-request/oit-requests.json"))
        return load_templates(data_files("documents"), self._session.dossier.templates)["oit-list"]

    def _matter(self) -> Matter:
        return replace(
            self._session.matter(Round.TWELVE),
            oit=self._session.framework(self._year),
            wanted=self._wanted,
            owner=self.owner,
        )
