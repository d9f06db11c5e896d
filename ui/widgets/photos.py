"""Photos of a measure in a round: thumbnails, captions, order."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QIcon, QPixmap
from PySide6.QtWidgets import (
    QFileDialog,
    QListView,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.measures import Measure, Photo
from ui import alerts
from ui.session import Session
from ui.text import shown
from ui.widgets.layouts import button, label, row
from ui.widgets.texts import LineField

_THUMB = QSize(120, 90)


class Photos(QWidget):
    """The photos that show what was done; they are kept in the data file, scaled for print."""

    said = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._measure: Measure | None = None
        self._round = Round.TWELVE
        self.list = QListWidget()
        self.list.setAccessibleName("ภาพของมาตรการ")
        self.list.setViewMode(QListView.ViewMode.IconMode)
        self.list.setFlow(QListView.Flow.LeftToRight)
        self.list.setMovement(QListView.Movement.Static)
        self.list.setWrapping(False)
        self.list.setIconSize(_THUMB)
        self.list.setFixedHeight(150)
        self.list.currentItemChanged.connect(lambda *_: self._show_caption())
        self.caption = LineField()
        self.caption.setAccessibleName("คำบรรยายภาพ")
        self.caption.setPlaceholderText("คำบรรยายภาพที่เลือก")
        self.caption.typed.connect(self._on_caption)
        self.setAcceptDrops(True)
        caption_label = label("คำบรรยาย")
        caption_label.setBuddy(self.caption)
        self.add_button = button("เพิ่มภาพ…", self.add, tip="เลือกแฟ้มภาพ หรือลากภาพมาวาง")
        self.back_button = button("◀", lambda: self.move_by(-1), tip="เลื่อนภาพไปก่อน")
        self.on_button = button("▶", lambda: self.move_by(1), tip="เลื่อนภาพไปหลัง")
        self.back_button.setAccessibleName("เลื่อนภาพไปก่อน")
        self.on_button.setAccessibleName("เลื่อนภาพไปหลัง")
        self.delete_button = button("ลบภาพ", self.delete, tip="เรียกคืนได้ด้วยเลิกทำ")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        tools = (self.add_button, self.back_button, self.on_button, self.delete_button)
        column.addLayout(row(label("ภาพถ่าย"), *tools, None))
        column.addWidget(self.list)
        column.addLayout(row(caption_label, self.caption))

    # --- showing ---------------------------------------------------------------------------------

    def show_measure(self, measure: Measure, which: Round) -> None:
        """Show the photos of a measure in a round."""
        chosen = self._photo
        same = self._measure is not None and self._measure.id == measure.id
        self._measure, self._round = measure, which
        photos = measure.progress_in(which).photos
        if [p.id for p in photos] != self._ids() or not same:
            self._fill(photos, chosen.id if chosen else None)
        for at, photo in enumerate(photos):
            item = self.list.item(at)
            item.setText(shown(photo.caption or f"ภาพที่ {at + 1}"))
            item.setToolTip(photo.caption)
        self.list.setVisible(bool(photos))
        self._show_caption()

    def _ids(self) -> list[int]:
        role = Qt.ItemDataRole.UserRole
        return [self.list.item(at).data(role) for at in range(self.list.count())]

    def _fill(self, photos: tuple[Photo, ...], chosen: int | None) -> None:
        self.list.clear()
        for photo in photos:
            picture = QPixmap()
            picture.loadFromData(self._session.store.picture(photo.digest) or b"")
            if not picture.isNull():
                kept = Qt.AspectRatioMode.KeepAspectRatio
                smooth = Qt.TransformationMode.SmoothTransformation
                picture = picture.scaled(_THUMB, kept, smooth)
            item = QListWidgetItem(QIcon(picture), "")
            item.setSizeHint(QSize(_THUMB.width() + 16, _THUMB.height() + 34))
            item.setData(Qt.ItemDataRole.UserRole, photo.id)
            self.list.addItem(item)
            if photo.id == chosen:
                self.list.setCurrentItem(item)
        if self.list.currentItem() is None and self.list.count():
            self.list.setCurrentRow(0)

    @property
    def _photo(self) -> Photo | None:
        item = self.list.currentItem()
        if item is None or self._measure is None:
            return None
        wanted = item.data(Qt.ItemDataRole.UserRole)
        photos = self._measure.progress_in(self._round).photos
        return next((photo for photo in photos if photo.id == wanted), None)

    def _show_caption(self) -> None:
        photo = self._photo
        for part in (self.caption, self.back_button, self.on_button, self.delete_button):
            part.setEnabled(photo is not None)
        if not self.caption.hasFocus():
            self.caption.show_value(photo.caption if photo else "")

    # --- what the user does ----------------------------------------------------------------------

    def add(self) -> None:
        """Choose picture files and add them."""
        kinds = "ภาพ (*.jpg *.jpeg *.png *.webp *.bmp *.gif *.tif *.tiff)"
        chosen, _ = QFileDialog.getOpenFileNames(self, "เพิ่มภาพ", "", kinds)
        self.add_files([Path(each) for each in chosen])

    def add_files(self, paths: list[Path]) -> int:
        """Add picture files; returns how many were taken, and tells why one was not."""
        from ita_desktop.exchange.pictures import PictureError, prepare_picture

        taken = 0
        for path in paths:
            try:
                content = prepare_picture(path.read_bytes())
            except PictureError as error:
                alerts.warn(self, f"เพิ่มภาพ “{path.name}” ไม่ได้", str(error))
            except OSError:
                alerts.warn(self, f"เพิ่มภาพ “{path.name}” ไม่ได้", "เปิดแฟ้มนี้ไม่ได้ โปรดตรวจว่าแฟ้มยังอยู่")
            else:
                taken += self._keep(content)
        if taken:
            self.said.emit(shown(f"เพิ่มภาพแล้ว {taken} ภาพ"))
        return taken

    def _keep(self, content: bytes) -> bool:
        measure, which, store = self._measure, self._round, self._session.store
        if measure is None:
            return False
        return self._session.done(
            lambda: store.add_photo(measure.id, which, store.add_picture(content))
        )

    def delete(self) -> None:
        """Take the chosen photo away; undo brings it back."""
        photo = self._photo
        if photo is not None:
            self._session.done(lambda: self._session.store.delete_row("photo", photo.id))

    def move_by(self, by: int) -> None:
        """Move the chosen photo to an earlier or a later place."""
        photo = self._photo
        if photo is not None:
            self._session.done(lambda: self._session.store.move_row("photo", photo.id, by))

    def _on_caption(self, text: str) -> None:
        photo = self._photo
        if photo is not None:
            merge = (self.caption.visit, photo.id)
            self._session.saver.later(
                ("photo", photo.id),
                lambda: self._session.store.set_photo(
                    photo.id, caption=text, origin=self, merge=merge
                ),
            )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped here."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add the files that were dropped."""
        urls = event.mimeData().urls()
        self.add_files([Path(url.toLocalFile()) for url in urls if url.isLocalFile()])
        event.acceptProposedAction()
