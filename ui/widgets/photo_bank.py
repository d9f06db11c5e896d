"""Photos that are in the file already, to be used again: the picture itself is kept once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QImageReader, QPixmap
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QWidget

from db.errors import DataFileError
from ita_desktop.domain.dossier import Dossier
from ui.session import Session
from ui.text import shown
from ui.widgets.dialogs import Panel
from ui.widgets.layouts import WrappedLabel, button, row

_THUMB = QSize(160, 120)
_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Used:
    """A picture of the file with its caption and where it was used last."""

    digest: str
    caption: str
    where: str


def used_photos(dossier: Dossier, but: Sequence[str] = ()) -> tuple[Used, ...]:
    """Every picture once, newest year first, without those of digest in ``but``."""
    found: dict[str, Used] = {}
    for year in sorted(dossier.measures, reverse=True):
        for measure in dossier.measures[year]:
            for which in sorted(measure.progress, reverse=True):
                for photo in measure.progress_in(which).photos:
                    where = f"ปี {year} รอบ {int(which)} เดือน {' '.join(measure.title.split())}"
                    if photo.digest not in but and photo.digest not in found:
                        found[photo.digest] = Used(photo.digest, photo.caption, where)
    return tuple(found.values())


class PhotoBank(Panel):
    """The pictures to choose from; several may be chosen."""

    chosen = Signal(object)
    """What was chosen, a tuple of ``Used``."""

    def __init__(self, session: Session, photos: Sequence[Used], parent: QWidget) -> None:
        super().__init__("ใช้ภาพที่มีอยู่ในแฟ้ม", QSize(860, 540), parent)
        self._session, self._photos = session, tuple(photos)
        self._left = list(range(len(photos)))
        intro = "เลือกภาพที่เคยใช้ในมาตรการหรือรอบอื่น ภาพไม่ถูกเก็บซ้ำ แฟ้มจึงไม่ใหญ่ขึ้น"
        self.list = QListWidget()
        self.list.setAccessibleName("ภาพที่มีอยู่ในแฟ้ม")
        self.list.setToolTip("กด Ctrl ค้างไว้แล้วคลิกเพื่อเลือกหลายภาพ")
        self.list.setViewMode(QListView.ViewMode.IconMode)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setMovement(QListView.Movement.Static)
        self.list.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.list.setIconSize(_THUMB)
        self.where = WrappedLabel("", "muted")
        self.use_button = button("ใช้ภาพที่เลือก", self.use, primary=True)
        blank = QPixmap(_THUMB)
        blank.fill(Qt.GlobalColor.transparent)
        for number, photo in enumerate(self._photos):
            item = QListWidgetItem(QIcon(blank), shown(photo.caption or "ไม่มีคำบรรยาย"))
            item.setData(_ROLE, number)
            item.setSizeHint(QSize(_THUMB.width() + 18, _THUMB.height() + 40))
            item.setToolTip(shown(f"{photo.caption}\n{photo.where}".strip()))
            self.list.addItem(item)
        self.column.addWidget(WrappedLabel(intro))
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self.where)
        self.column.addLayout(row(self.use_button, None, button("ปิด", self.close)))
        self.list.itemSelectionChanged.connect(self._show_where)
        self.list.itemDoubleClicked.connect(lambda _: self.use())
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._draw_next)
        self._timer.start(0)
        self._show_where()

    def _draw_next(self) -> None:
        """One small picture at a time: the window answers between two."""
        if not self._left:
            self._timer.stop()
            return
        number = self._left.pop(0)
        try:
            content = self._session.store.picture(self._photos[number].digest) or b""
        except DataFileError:
            self._timer.stop()
            return
        picture = small(content, _THUMB)
        if not picture.isNull():
            self.list.item(number).setIcon(QIcon(picture))

    def _selected(self) -> tuple[Used, ...]:
        numbers = sorted(item.data(_ROLE) for item in self.list.selectedItems())
        return tuple(self._photos[number] for number in numbers)

    def _show_where(self) -> None:
        found = self._selected()
        self.use_button.setEnabled(bool(found))
        text = found[0].where if len(found) == 1 else f"เลือก {len(found)} ภาพ" if found else ""
        self.where.setText(shown(text))

    def use(self) -> None:
        """Hand over what is chosen, and close."""
        found = self._selected()
        if found:
            self.chosen.emit(found)
            self.close()


def small(content: bytes, size: QSize) -> QPixmap:
    """A picture file read no larger than ``size``; null when it can't be read."""
    kept = QByteArray(content)
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    found = reader.size()
    if found.isValid():
        reader.setScaledSize(found.scaled(size, Qt.AspectRatioMode.KeepAspectRatio))
    return QPixmap.fromImage(reader.read())
