"""หัวกระดาษ: margins and sizes of the office's paper, its garuda and its seal."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ita_desktop.documents.blocks import Cover, MemoHead, PageSetup
from ita_desktop.domain.office import LETTERHEAD_LIMITS, Letterhead
from ita_desktop.thai.digits import to_arabic
from ui import alerts
from ui.session import Session
from ui.text import shown
from ui.widgets.forms import FieldSpec, Form
from ui.widgets.layouts import button, label, row

_PAGE, _MEMO, _COVER = PageSetup(), MemoHead("", "", ""), Cover("")
_LABELS: dict[str, tuple[str, str, float]] = {
    "left_mm": ("ขอบซ้าย (มม.)", "หน้าแนวตั้ง", _PAGE.left_mm),
    "right_mm": ("ขอบขวา (มม.)", "หน้าแนวตั้ง", _PAGE.right_mm),
    "top_mm": ("ขอบบน (มม.)", "หน้าแนวตั้ง", _PAGE.top_mm),
    "bottom_mm": ("ขอบล่าง (มม.)", "หน้าแนวตั้ง", _PAGE.bottom_mm),
    "size_pt": ("ขนาดอักษร", "ตัวเนื้อความ", _PAGE.size_pt),
    "title_pt": ("“บันทึกข้อความ”", "ขนาดอักษรของชื่อแบบ", _MEMO.title_pt),
    "label_pt": ("ส่วนราชการ ที่ เรื่อง", "ขนาดอักษรของชื่อช่อง", _MEMO.label_pt),
    "emblem_mm": ("ครุฑสูง (มม.)", "บนบันทึกข้อความ", _MEMO.emblem_mm),
    "seal_mm": ("ตราสูง (มม.)", "บนปก", _COVER.seal_mm),
}
_THUMB = QSize(84, 84)


class PictureField(QWidget):
    """A picture of the letterhead: choose, drop, take away."""

    chosen = Signal(bytes)
    """Another picture, as it is kept; empty: none."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setAcceptDrops(True)
        self.setAccessibleName(name)
        self.picture = QLabel()
        self.picture.setFixedSize(_THUMB)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setProperty("role", "picture")
        self.choose_button = button("เลือกภาพ…", self.choose, tip=f"เลือกแฟ้มภาพ{name} หรือลากมาวาง")
        self.clear_button = button("เอาออก", self._clear, tip=f"ไม่ใช้ภาพ{name}")
        side = QVBoxLayout()
        side.addWidget(label(name))
        side.addLayout(row(self.choose_button, self.clear_button, None))
        side.addStretch(1)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.picture)
        line.addLayout(side, 1)

    def show_picture(self, content: bytes | None) -> None:
        """Show a picture file; None: there is none."""
        found = QPixmap()
        if content:
            found.loadFromData(content)
        self.clear_button.setEnabled(not found.isNull())
        if found.isNull():
            self.picture.setPixmap(QPixmap())
            self.picture.setText("ไม่มี")
            return
        kept, smooth = (
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        self.picture.setPixmap(found.scaled(_THUMB, kept, smooth))

    def choose(self) -> None:
        """Ask for a picture file."""
        kinds = "ภาพ (*.png *.jpg *.jpeg *.webp *.bmp *.gif *.tif *.tiff)"
        chosen, _ = QFileDialog.getOpenFileName(self, f"เลือกภาพ{self._name}", "", kinds)
        if chosen:
            self.take(Path(chosen))

    def take(self, path: Path) -> bool:
        """Take a picture file; tells why one can't be taken."""
        from ita_desktop.exchange.pictures import PictureError, prepare_picture

        try:
            content = prepare_picture(path.read_bytes())
        except PictureError as error:
            alerts.warn(self, f"ใช้ภาพ “{path.name}” ไม่ได้", shown(str(error)))
            return False
        except OSError:
            alerts.warn(self, f"ใช้ภาพ “{path.name}” ไม่ได้", "เปิดแฟ้มนี้ไม่ได้ โปรดตรวจว่าแฟ้มยังอยู่")
            return False
        self.chosen.emit(content)
        return True

    def _clear(self) -> None:
        self.chosen.emit(b"")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file may be dropped here."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the first file that was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self.take(paths[0])
        event.acceptProposedAction()


class LetterheadForm(QWidget):
    """Sizes, the pictures below them; an empty size is the template's own."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.form = Form("letterhead", _specs())
        self.problem = label("", "wrong")
        self.problem.setWordWrap(True)
        self.pictures = {"emblem": PictureField("ตราครุฑ"), "seal": PictureField("ตราหน่วยงาน")}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        hint = label("ช่องที่เว้นว่างจะใช้ค่าของแม่แบบ ซึ่งแสดงเป็นตัวจาง", "muted")
        hint.setWordWrap(True)
        column.addWidget(hint)
        column.addWidget(self.form)
        column.addWidget(self.problem)
        column.addLayout(row(*self.pictures.values()))
        self.form.typed.connect(self._on_typed)
        for name, picture in self.pictures.items():
            picture.chosen.connect(lambda content, name=name: self._on_picture(name, content))

    def show_letterhead(self, letterhead: Letterhead) -> None:
        """Show what is kept; a size that is being typed is left alone."""
        for key, field in self.form.fields.items():
            value = getattr(letterhead, key)
            if not field.hasFocus() and field.property("state") != "wrong":
                field.show_value("" if value is None else f"{value:g}")
        for name, picture in self.pictures.items():
            digest = getattr(letterhead, name)
            picture.show_picture(self._session.store.picture(digest) if digest else None)

    def _on_typed(self, key: str, text: str) -> None:
        field = self.form.fields[key]
        try:
            value = size_of(key, text)
        except ValueError as error:
            field.setProperty("state", "wrong")
            self.problem.setText(shown(f"{_LABELS[key][0]}: {error}"))
        else:
            field.setProperty("state", "")
            self.problem.setText("")
            self._keep(key, value)
        field.style().polish(field)

    def _keep(self, key: str, value: float | None) -> None:
        store, merge = self._session.store, (self.form.visit(key), key)
        self._session.saver.later(
            ("letterhead", key),
            lambda: store.set_letterhead(origin=self, merge=merge, **{key: value}),
        )

    def _on_picture(self, name: str, content: bytes) -> None:
        store = self._session.store

        def keep() -> None:
            store.set_letterhead(**{name: store.add_picture(content) if content else ""})

        self._session.done(keep)


def size_of(key: str, text: str) -> float | None:
    """The size that was typed, in either digits; None: the template's own.

    Raises ValueError with a Thai sentence for what is no number or out of bounds.
    """
    plain = to_arabic(text.strip()).replace(",", ".")
    if not plain:
        return None
    low, high = LETTERHEAD_LIMITS[key]
    try:
        value = float(plain)
    except ValueError:
        value = float("nan")
    if not low <= value <= high:
        raise ValueError(f"ต้องเป็นตัวเลข {low:g} ถึง {high:g} ยังไม่ได้เก็บค่าที่พิมพ์")
    return value


def _specs() -> tuple[FieldSpec, ...]:
    made: list[FieldSpec] = []
    for key, (name, where, usual) in _LABELS.items():
        low, high = LETTERHEAD_LIMITS[key]
        help_text = shown(f"{where} {low:g} ถึง {high:g}")
        made.append(FieldSpec(key, name, help=help_text, example=shown(f"{usual:g}")))
    return tuple(made)
