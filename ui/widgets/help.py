"""The manual in the window: chapters at the left, text and pictures at the right."""

from __future__ import annotations

from html import escape
from pathlib import Path

from PySide6.QtCore import QMimeData, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QImage, QResizeEvent, QTextDocument
from PySide6.QtWidgets import (
    QFileDialog,
    QListWidget,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from ita_desktop.documents.manual import (
    Chapter,
    Kind,
    Line,
    bold_parts,
    chapters,
    help_folder,
    with_digits,
)
from ui import alerts, theme
from ui.text import shown
from ui.widgets.dialogs import Dialog
from ui.widgets.layouts import button, row, shortcut
from ui.widgets.texts import LineField
from ui.widgets.wrapping import WordDelegate, breakable, plain

_PICTURE_WIDTH = 640


class _Reader(QTextBrowser):
    """The text of a chapter; pictures are made smaller smoothly, so that they can be read."""

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied has no places to break in it."""
        copied = QMimeData()
        copied.setText(plain(self.textCursor().selection().toPlainText()))
        return copied

    resized = Signal()

    @property
    def picture_width(self) -> int:
        """As wide as pictures may be: none is cut off."""
        return min(_PICTURE_WIDTH, max(self.viewport().width() - 30, 200))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        path = help_folder() / "pictures" / Path(QUrl(name).path()).name
        if kind != QTextDocument.ResourceType.ImageResource.value or not path.is_file():
            return super().loadResource(kind, QUrl(name))
        ratio = self.devicePixelRatioF()
        mode = Qt.TransformationMode.SmoothTransformation
        picture = QImage(str(path)).scaledToWidth(round(self.picture_width * ratio), mode)
        picture.setDevicePixelRatio(ratio)
        return picture


class HelpWindow(Dialog):
    """A window of its own that stays open beside the work."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("คู่มือ")
        self.take_size(QSize(940, 600))
        self._chapters = chapters()
        self.search = LineField()
        self.search.setAccessibleName("ค้นหาในคู่มือ")
        self.search.setToolTip("พิมพ์คำ เช่น ภาพถ่าย เพื่อดูเฉพาะบทที่มีคำนั้น")
        self.search.setPlaceholderText("ค้นหาในคู่มือ")
        self.search.typed.connect(self._filter)
        self.search.returnPressed.connect(self._show_first)
        self.list = QListWidget()
        self.list.setAccessibleName("บทของคู่มือ")
        self.list.setToolTip("เลือกบทที่จะอ่าน")
        self.list.setWordWrap(True)
        self.list.setItemDelegate(WordDelegate(self.list))
        self.list.currentRowChanged.connect(self._show)
        self.text = _Reader()
        self.text.setAccessibleName("เนื้อหาคู่มือ")
        self.text.setOpenLinks(False)
        self._width = 0
        # A bar that came and went with the text would change the width the text is made for.
        self.text.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._resting = QTimer(self, interval=0, singleShot=True)
        self._resting.timeout.connect(self._fit)
        self.text.resized.connect(self._resting.start)  # never while a text is being laid out
        for chapter in self._chapters:
            self.list.addItem(chapter.title)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.list)
        split.addWidget(self.text)
        split.setStretchFactor(1, 1)
        split.setSizes([theme.scaled(240), theme.scaled(700)])
        self.save_button = button("บันทึกคู่มือเป็น PDF…", self.save, tip="พิมพ์คู่มือทั้งเล่มเก็บไว้อ่าน")
        column = QVBoxLayout(self)
        column.addWidget(self.search)
        column.addWidget(split, 1)
        column.addLayout(row(self.save_button, None, button("ปิด", self.close)))
        shortcut(self, "Ctrl+F", self.search.setFocus)

    def show_chapter(self, key: str) -> None:
        """Open the chapter about that page; the first one when there is none."""
        self.search.clear()
        self._filter("")
        keys = [chapter.key for chapter in self._chapters]
        self.list.setCurrentRow(keys.index(key) if key in keys else 0)
        self.show()
        self.raise_()
        self.activateWindow()

    def _filter(self, text: str) -> None:
        """Keep the chapters that hold every word."""
        words = text.casefold().split()
        for at, chapter in enumerate(self._chapters):
            held = _plain(chapter).casefold()
            self.list.item(at).setHidden(not all(word in held for word in words))

    def _show_first(self) -> None:
        """Enter after the words: the first chapter that holds them."""
        kept = (at for at in range(self.list.count()) if not self.list.item(at).isHidden())
        self.list.setCurrentRow(next(kept, self.list.currentRow()))

    def _show(self, at: int) -> None:
        if 0 <= at < len(self._chapters):
            self._width = self.text.picture_width
            self.text.document().clear()  # the pictures that were loaded are of another width
            self.text.setHtml(as_html(self._chapters[at], self._width))

    def _fit(self) -> None:
        """Pictures follow the width; the place that is read stays in sight."""
        if self.text.picture_width != self._width:
            bar = self.text.verticalScrollBar()
            share = bar.value() / max(bar.maximum(), 1)
            self._show(self.list.currentRow())
            bar.setValue(round(share * bar.maximum()))

    def save(self) -> None:
        """Write the manual as a PDF where she says."""
        chosen, _ = QFileDialog.getSaveFileName(
            self, "บันทึกคู่มือ", "คู่มือ ITA Desktop.pdf", "PDF (*.pdf)"
        )
        if not chosen:
            return
        try:
            write_manual(Path(chosen))
        except OSError:
            alerts.warn(self, "บันทึกคู่มือไม่ได้", "เขียนแฟ้มไม่ได้ โปรดเลือกที่เก็บอื่นหรือปิดแฟ้มที่เปิดค้างไว้")


def write_manual(path: Path) -> None:
    """The manual as a PDF file. Raises OSError."""
    from ita_desktop.documents.manual import manual
    from ita_desktop.documents.pdf import render_pdf
    from ita_desktop.files import write_file

    write_file(path, render_pdf(manual()))


def _plain(chapter: Chapter) -> str:
    parts = [chapter.title]
    for line in chapter.lines:
        parts += [line.text, *(cell for cells in line.rows for cell in cells)]
    return " ".join(parts)


def as_html(chapter: Chapter, width: int = _PICTURE_WIDTH) -> str:
    """A chapter for the browser: the program's own text, with nothing of the user's in it."""
    colours = theme.colours()
    parts = [f"<h2 style='color:{colours.accent}'>{_text(chapter.title)}</h2>"]
    listed = ""
    for line in chapter.lines:
        tag = {Kind.POINT: "ul", Kind.STEP: "ol"}.get(line.kind, "")
        if tag != listed:
            parts += [f"</{listed}>"] if listed else []
            parts += [f"<{tag}>"] if tag else []
            listed = tag
        parts.append(_html(line, width))
    if listed:
        parts.append(f"</{listed}>")
    return "\n".join(parts)


def _html(line: Line, width: int) -> str:
    match line.kind:
        case Kind.PART:
            return f"<h3 style='color:{theme.colours().accent}'>{_text(line.text)}</h3>"
        case Kind.POINT | Kind.STEP:
            return f"<li>{_text(line.text)}</li>"
        case Kind.TABLE:
            return _html_table(line)
        case Kind.PICTURE if line.file is not None:
            picture = f"<img src='{escape(line.file.name)}' width='{width}'>"
            return f"<p>{picture}<br><i>{_text(line.text)}</i></p>"
        case _:
            return f"<p>{_text(line.text)}</p>"


def _html_table(line: Line) -> str:
    rows = []
    for at, cells in enumerate(line.rows):
        tag = "th align='left'" if at == 0 else "td"
        made = "".join(f"<{tag} style='padding:4px'>{_text(c)}</{tag[:2]}>" for c in cells)
        rows.append(f"<tr>{made}</tr>")
    return f"<table border='1' cellspacing='0' cellpadding='4'>{''.join(rows)}</table>"


def _text(text: str) -> str:
    parts = ((breakable(with_digits(piece, shown)), bold) for piece, bold in bold_parts(text))
    return "".join(f"<b>{escape(piece)}</b>" if bold else escape(piece) for piece, bold in parts)
